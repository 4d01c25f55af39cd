/* dra-positions.c: keeps and finds where the reader was.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "library/dra-positions.h"

#include <math.h>
#include <string.h>

#define QUOTE 80     /* code points that are kept of the text */
#define MIN_QUOTE 12 /* bytes: shorter ones are found anywhere */
#define MAX_URIS 8   /* of one article */
#define MAX_FILE (4 * 1024 * 1024)

struct _DraPositions
{
  GObject   parent_instance;

  char     *path;
  GKeyFile *file; /* (nullable): not read yet */
};

G_DEFINE_FINAL_TYPE (DraPositions, dra_positions, G_TYPE_OBJECT)

static void
dra_positions_finalize (GObject *object)
{
  DraPositions *self = DRA_POSITIONS (object);

  g_clear_pointer (&self->file, g_key_file_unref);
  g_free (self->path);
  G_OBJECT_CLASS (dra_positions_parent_class)->finalize (object);
}

static void
dra_positions_class_init (DraPositionsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dra_positions_finalize;
}

static void
dra_positions_init (DraPositions *self G_GNUC_UNUSED)
{
}

/**
 * dra_positions_new:
 * @path: (nullable): the file, or %NULL for the reader's own
 *
 * Returns: (transfer full): the positions; nothing is read yet
 */
DraPositions *
dra_positions_new (const char *path)
{
  DraPositions *self = g_object_new (DRA_TYPE_POSITIONS, NULL);

  self->path = path != NULL ? g_strdup (path)
                            : g_build_filename (g_get_user_state_dir (), "dramatis",
                                                "positions", NULL);
  return self;
}

/* Another window's process may have written since, so it is read anew. */
static void
read_file (DraPositions *self)
{
  g_autofree char *content = NULL;
  gsize length;

  g_clear_pointer (&self->file, g_key_file_unref);
  self->file = g_key_file_new ();
  if (g_file_get_contents (self->path, &content, &length, NULL) && length <= MAX_FILE)
    g_key_file_load_from_data (self->file, content, length, G_KEY_FILE_NONE, NULL);
}

static char *
dup_quote (DraArticle *article,
           gsize       offset)
{
  gsize length;
  const char *text = dra_article_get_text (article, &length);
  const char *start = text + offset;
  const char *end = start;

  for (guint i = 0; i < QUOTE && end < text + length && *end != '\n'; i++)
    end = g_utf8_next_char (end);
  return g_strndup (start, end - start);
}

/* The occurrence of the quote that is nearest to where it should be. */
static gboolean
find_quote (DraArticle *article,
            const char *quote,
            gsize       expected,
            gsize      *offset)
{
  gsize length;
  const char *text = dra_article_get_text (article, &length);
  gsize best = G_MAXSIZE;

  if (strlen (quote) < MIN_QUOTE)
    return FALSE;
  for (const char *p = text; (p = strstr (p, quote)) != NULL; p++)
    {
      gsize at = p - text;
      gsize distance = at > expected ? at - expected : expected - at;

      if (distance >= best)
        break; /* they only get farther */
      best = distance;
      *offset = at;
    }
  return best != G_MAXSIZE;
}

static char *
find_group_by_uri (DraPositions *self,
                   const char   *uri)
{
  gsize n_groups;
  g_auto (GStrv) groups = g_key_file_get_groups (self->file, &n_groups);
  gint64 newest = G_MININT64;
  char *found = NULL;

  for (gsize i = 0; i < n_groups; i++)
    {
      g_auto (GStrv) uris = g_key_file_get_string_list (self->file, groups[i], "uris", NULL, NULL);
      gint64 time = g_key_file_get_int64 (self->file, groups[i], "time", NULL);

      if (uris == NULL || !g_strv_contains ((const char *const *) uris, uri) || time < newest)
        continue;
      newest = time;
      g_free (found);
      found = g_strdup (groups[i]);
    }
  return found;
}

/**
 * dra_positions_find:
 * @article: an article
 * @offset: (out): bytes of its text: where the reader was
 *
 * Finds where the reader was, by the text, wherever the file is now; in a text that has
 * changed by what stood there, else by the share of the whole.
 *
 * Returns: FALSE when it was never read, or only its beginning
 */
gboolean
dra_positions_find (DraPositions *self,
                    DraArticle   *article,
                    gsize        *offset)
{
  const char *hash, *uri;
  g_autofree char *group = NULL;
  g_autofree char *quote = NULL;
  double share;
  gsize length;

  g_return_val_if_fail (DRA_IS_POSITIONS (self), FALSE);
  g_return_val_if_fail (DRA_IS_ARTICLE (article), FALSE);

  if (self->file == NULL)
    read_file (self);
  *offset = 0;
  hash = dra_article_get_hash (article);
  dra_article_get_text (article, &length);
  if (g_key_file_has_group (self->file, hash))
    {
      guint64 at = g_key_file_get_uint64 (self->file, hash, "at", NULL);

      if (at > dra_article_get_n_code_points (article))
        return FALSE;
      *offset = dra_article_to_bytes (article, at);
      return *offset > 0;
    }

  uri = dra_article_get_metadata (article, DRA_METADATA_SOURCE_URI);
  group = uri != NULL ? find_group_by_uri (self, uri) : NULL;
  if (group == NULL)
    return FALSE;
  share = g_key_file_get_double (self->file, group, "share", NULL);
  share = isfinite (share) ? CLAMP (share, 0, 1) : 0;
  quote = g_key_file_get_string (self->file, group, "quote", NULL);
  if (quote == NULL || !find_quote (article, quote, (gsize) (share * length), offset))
    *offset = dra_article_to_bytes (
      article, dra_article_to_code_points (article, (gsize) (share * length)));
  return *offset > 0;
}

/**
 * dra_positions_get_share:
 * @uri: of a file
 *
 * Returns: how much of it was read, from 0 to 1; -1 when that is not known
 */
double
dra_positions_get_share (DraPositions *self,
                         const char   *uri)
{
  g_autofree char *group = NULL;
  double share;

  g_return_val_if_fail (DRA_IS_POSITIONS (self), -1);

  if (self->file == NULL)
    read_file (self);
  group = find_group_by_uri (self, uri);
  if (group == NULL)
    return -1;
  share = g_key_file_get_double (self->file, group, "share", NULL);
  return isfinite (share) && share >= 0 && share <= 1 ? share : -1;
}

typedef struct
{
  gint64      time;
  const char *group;
} Age;

static int
compare_ages (gconstpointer a,
              gconstpointer b)
{
  const Age *x = a, *y = b;

  return x->time < y->time ? -1 : x->time > y->time;
}

static void
drop_oldest (DraPositions *self)
{
  gsize n_groups;
  g_auto (GStrv) groups = g_key_file_get_groups (self->file, &n_groups);
  g_autoptr (GArray) ages = g_array_new (FALSE, FALSE, sizeof (Age));

  if (n_groups <= DRA_POSITIONS_MAX)
    return;
  for (gsize i = 0; i < n_groups; i++)
    {
      Age age = { g_key_file_get_int64 (self->file, groups[i], "time", NULL), groups[i] };

      g_array_append_val (ages, age);
    }
  g_array_sort (ages, compare_ages);
  for (gsize i = 0; i < n_groups - DRA_POSITIONS_MAX; i++)
    g_key_file_remove_group (self->file, g_array_index (ages, Age, i).group, NULL);
}

static void
keep_uri (DraPositions *self,
          const char   *hash,
          const char   *uri)
{
  g_auto (GStrv) before = g_key_file_get_string_list (self->file, hash, "uris", NULL, NULL);
  const char *uris[MAX_URIS];
  gsize n = 0;

  uris[n++] = uri;
  for (gsize i = 0; before != NULL && before[i] != NULL && n < MAX_URIS; i++)
    if (!g_str_equal (before[i], uri))
      uris[n++] = before[i];
  g_key_file_set_string_list (self->file, hash, "uris", uris, n);
}

/**
 * dra_positions_keep:
 * @article: an article
 * @offset: bytes of its text: the first in view, at the beginning of a character
 * @share: how much of it was read, from 0 to 1
 *
 * Remembers where the reader is; written at once.
 */
void
dra_positions_keep (DraPositions *self,
                    DraArticle   *article,
                    gsize         offset,
                    double        share)
{
  const char *hash, *uri;
  g_autofree char *quote = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *content = NULL;
  gsize length;

  g_return_if_fail (DRA_IS_POSITIONS (self));
  g_return_if_fail (DRA_IS_ARTICLE (article));

  dra_article_get_text (article, &length);
  g_return_if_fail (offset <= length);

  read_file (self);
  hash = dra_article_get_hash (article);
  uri = dra_article_get_metadata (article, DRA_METADATA_SOURCE_URI);
  quote = dup_quote (article, offset);
  if (uri != NULL)
    keep_uri (self, hash, uri);
  g_key_file_set_uint64 (self->file, hash, "at", dra_article_to_code_points (article, offset));
  g_key_file_set_double (self->file, hash, "share", CLAMP (share, 0, 1));
  g_key_file_set_string (self->file, hash, "quote", quote);
  g_key_file_set_int64 (self->file, hash, "time", g_get_real_time () / G_USEC_PER_SEC);
  drop_oldest (self);

  folder = g_path_get_dirname (self->path);
  g_mkdir_with_parents (folder, 0700);
  content = g_key_file_to_data (self->file, &length, NULL);
  g_file_set_contents_full (self->path, content, (gssize) length,
                            G_FILE_SET_CONTENTS_CONSISTENT,
                            0600, NULL);
}
