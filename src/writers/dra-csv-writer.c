/* dra-csv-writer.c: the people and organizations as a table for spreadsheets.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "writers/dra-csv-writer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "writers/dra-plain-output.h"

/* Bytes of text around a first mention, at most on each side. */
#define MAX_CONTEXT 160

/* The text around a mention on one line, cut at words. */
static char *
dup_context (DraArticle *article,
             DraRange    range)
{
  gsize length;
  const char *text = dra_article_get_text (article, &length);
  gsize start = range.start - MIN (range.start, MAX_CONTEXT);
  gsize end = MIN (range.end + MAX_CONTEXT, length);
  const char *newline;

  newline = memrchr (text + start, '\n', range.start - start);
  if (newline != NULL)
    start = (gsize) (newline + 1 - text);
  else if (start > 0)
    while (start < range.start && text[start] != ' ')
      start++;
  newline = memchr (text + range.end, '\n', end - range.end);
  if (newline != NULL)
    end = (gsize) (newline - text);
  else if (end < length)
    while (end > range.end && text[end] != ' ')
      end--;

  /* Nothing but one long word around it. */
  while (start < range.start && ((guchar) text[start] & 0xC0) == 0x80)
    start++;

  return g_strstrip (g_strndup (text + start, end - start));
}

static char *
join_forms (const DraEntity *entity)
{
  g_autoptr (GPtrArray) others = g_ptr_array_new ();

  for (guint i = 0; entity->forms[i] != NULL; i++)
    if (strcmp (entity->forms[i], entity->name) != 0)
      g_ptr_array_add (others, (gpointer) entity->forms[i]);
  g_ptr_array_add (others, NULL);

  return g_strjoinv ("; ", (char **) others->pdata);
}

/* Name -> what notes about it say, in one text. */
static GHashTable *
collect_bodies (GPtrArray *notes)
{
  GHashTable *bodies = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  for (guint i = 0; notes != NULL && i < notes->len; i++)
    {
      DraNote *note = notes->pdata[i];
      const char *name = dra_note_get_entity_name (note);
      const char *earlier;

      if (dra_note_get_target (note) != DRA_NOTE_TARGET_ENTITY || name == NULL
          || *dra_note_get_body (note) == '\0')
        continue;
      earlier = g_hash_table_lookup (bodies, name);
      g_hash_table_insert (bodies, (gpointer) name,
                           earlier != NULL
                             ? g_strconcat (earlier, "\n\n", dra_note_get_body (note), NULL)
                             : g_strdup (dra_note_get_body (note)));
    }

  return bodies;
}

static GBytes *
write_csv (DraArticle    *article,
           DraCast       *cast,
           GPtrArray     *notes,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (GString) out = g_string_new ("kind,name,role,mentions,other names,first mention,notes\r\n");
  g_autoptr (GHashTable) bodies = collect_bodies (notes);
  const DraMention *mentions = NULL;
  guint n_mentions;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  if (cast != NULL)
    mentions = dra_cast_get_mentions (cast, &n_mentions);
  for (guint i = 0; cast != NULL && i < dra_cast_get_n_entities (cast); i++)
    {
      const DraEntity *entity = dra_cast_get_entity (cast, i);
      g_autofree char *forms = NULL;
      g_autofree char *context = NULL;

      if (entity->kind == DRA_ENTITY_PLACE)
        continue;
      forms = join_forms (entity);
      context = dup_context (article, mentions[entity->mentions[0]].range);
      g_string_append_printf (out, "%s,", dra_entity_kind_to_string (entity->kind));
      dra_plain_append_csv (out, entity->name);
      g_string_append_c (out, ',');
      dra_plain_append_csv (out, entity->role);
      g_string_append_printf (out, ",%u,", entity->n_mentions);
      dra_plain_append_csv (out, forms);
      g_string_append_c (out, ',');
      dra_plain_append_csv (out, context);
      g_string_append_c (out, ',');
      dra_plain_append_csv (out, g_hash_table_lookup (bodies, entity->name));
      g_string_append (out, "\r\n");
    }

  return g_string_free_to_bytes (g_steal_pointer (&out));
}

const DraWriter dra_csv_writer = {
  .id = "csv",
  .name = N_("People and organizations, for spreadsheets"),
  .suffix = ".csv",
  .type = "text/csv",
  .shows = DRA_WRITER_CAST,
  .write = write_csv,
};
