/* dra-writer.c: the table of writers, and saving what they write.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "writers/dra-writer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "writers/dra-atomic-save.h"
#include "writers/dra-csv-writer.h"
#include "writers/dra-html-writer.h"
#include "writers/dra-jsonld-writer.h"
#include "writers/dra-markdown-writer.h"
#include "writers/dra-pdf-writer.h"
#include "writers/dra-tei-writer.h"
#include "writers/dra-text-writer.h"

/* Bytes of a proposed name.  Most file systems take 255; eCryptfs takes 143. */
#define MAX_NAME 140

static const DraWriter *const writers[] = {
  &dra_html_writer,
  &dra_pdf_writer,
  &dra_markdown_writer,
  &dra_tei_writer,
  &dra_text_writer,
  &dra_jsonld_writer,
  &dra_csv_writer,
};

/* Other suffixes people give such files. */
static const struct
{
  const char *suffix;
  const char *id;
} aliases[] = {
  { ".htm", "html" },
  { ".xhtml", "html" },
  { ".markdown", "markdown" },
  { ".tei", "tei" },
};

/**
 * dra_writer_list:
 * @n_writers: (out): how many
 *
 * Returns: (array length=n_writers) (transfer none): the writers, the usual one first
 */
const DraWriter *const *
dra_writer_list (guint *n_writers)
{
  g_return_val_if_fail (n_writers != NULL, NULL);

  *n_writers = G_N_ELEMENTS (writers);

  return writers;
}

/**
 * dra_writer_find:
 * @id: a writer's id
 *
 * Returns: (nullable): the writer of that id
 */
const DraWriter *
dra_writer_find (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (writers); i++)
    if (g_strcmp0 (writers[i]->id, id) == 0)
      return writers[i];

  return NULL;
}

static gboolean
has_suffix (const char *name,
            const char *suffix)
{
  gsize length = strlen (name);
  gsize suffix_length = strlen (suffix);

  return length > suffix_length
         && g_ascii_strcasecmp (name + length - suffix_length, suffix) == 0;
}

/**
 * dra_writer_find_for_name:
 * @name: a file name
 *
 * Returns: (nullable): the writer for the suffix of @name, in upper or lower case
 */
const DraWriter *
dra_writer_find_for_name (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (writers); i++)
    if (has_suffix (name, writers[i]->suffix))
      return writers[i];
  for (guint i = 0; i < G_N_ELEMENTS (aliases); i++)
    if (has_suffix (name, aliases[i].suffix))
      return dra_writer_find (aliases[i].id);

  return NULL;
}

/* What some file system or shell refuses in a name, or what makes it read other than it
 * is: bidirectional controls and characters that cannot be seen. */
static gboolean
is_unsafe (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  /* Joiners belong to the spelling of Persian, Indic and emoji. */
  if (c == 0x200C || c == 0x200D)
    return FALSE;

  return strchr ("/\\:*?\"<>|", (int) MIN (c, 0x7F)) != NULL
         || type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT
         || type == G_UNICODE_UNASSIGNED || type == G_UNICODE_PRIVATE_USE
         || type == G_UNICODE_LINE_SEPARATOR || type == G_UNICODE_PARAGRAPH_SEPARATOR
         || c == 0xFFFC || c == 0xFFFD;
}

static char *
clean_name (const char *title)
{
  GString *name = g_string_new (NULL);
  gboolean pending = FALSE;

  for (const char *p = title; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c) || is_unsafe (c))
        {
          pending = name->len > 0;
          continue;
        }
      /* No hidden file, and nothing that a program takes for an option. */
      if (name->len == 0 && (c == '.' || c == '-' || c == '~'))
        continue;
      if (pending)
        g_string_append_c (name, ' ');
      pending = FALSE;
      g_string_append_unichar (name, c);
    }

  return g_string_free (name, FALSE);
}

/* Cuts at a word where that keeps most of it, and never inside a grapheme: not before a
 * combining mark, a joiner, or after one. */
static void
cut_name (char  *name,
          gsize  max)
{
  char *cut;

  if (strlen (name) <= max)
    return;

  cut = g_utf8_find_prev_char (name, name + max + 1);
  for (char *space = cut; space > name + max * 2 / 3; space--)
    if (*space == ' ')
      {
        cut = space;
        break;
      }
  while (cut > name && *cut != ' ')
    {
      gunichar c = g_utf8_get_char (cut);
      char *before = g_utf8_find_prev_char (name, cut);

      if (!g_unichar_ismark (c) && c != 0x200D && c != 0x200C
          && !(c >= 0x1F3FB && c <= 0x1F3FF)
          && (before == NULL || g_utf8_get_char (before) != 0x200D))
        break;
      cut = before;
      if (cut == NULL)
        break;
    }
  if (cut == NULL)
    cut = name;
  *cut = '\0';
  g_strchomp (name);
}

/**
 * dra_writer_propose_name:
 * @writer: a writer
 * @article: the article
 *
 * A name for the copy: "Title (annotated).html".  It is at most 140 bytes long and has
 * nothing that a file system of any kind refuses.
 *
 * Returns: (transfer full): a file name in UTF-8
 */
char *
dra_writer_propose_name (const DraWriter *writer,
                         DraArticle      *article)
{
  g_autofree char *name = NULL;
  g_autofree char *frame = NULL;
  g_autofree char *full = NULL;
  const char *format;
  const char *title;

  g_return_val_if_fail (writer != NULL, NULL);
  g_return_val_if_fail (DRA_IS_ARTICLE (article), NULL);

  title = dra_article_get_title (article);
  name = clean_name (title != NULL ? title : "");
  if (*name == '\0')
    {
      g_free (name);
      name = g_strdup (_("Article"));
    }

  /* Translators: the name of a copy with notes; %s is the article's title. */
  format = _("%s (annotated)");
  frame = g_strdup_printf (format, "");
  cut_name (name, MAX_NAME - MIN (MAX_NAME, strlen (frame) + strlen (writer->suffix)));
  full = g_strdup_printf (format, name);

  return g_strconcat (full, writer->suffix, NULL);
}

/**
 * dra_writer_settle_name:
 * @name: a file name that a person gave a copy, or left as it was proposed
 * @proposed: the writer whose suffix the proposed name had
 * @chosen: the writer chosen from the list of formats, maybe @proposed still
 * @writer: (out): the writer to use
 *
 * A name that somebody typed with the suffix of a format says the format.  A name with the
 * suffix it was proposed with, when another format was chosen, gets that one's; a name with
 * none gets it as well.
 *
 * Returns: (transfer full): the file name to write to
 */
char *
dra_writer_settle_name (const char       *name,
                        const DraWriter  *proposed,
                        const DraWriter  *chosen,
                        const DraWriter **writer)
{
  const DraWriter *named;

  g_return_val_if_fail (name != NULL && proposed != NULL && chosen != NULL && writer != NULL, NULL);

  named = dra_writer_find_for_name (name);
  if (named != NULL && (named != proposed || chosen == proposed))
    {
      *writer = named;
      return g_strdup (name);
    }
  *writer = chosen;
  if (named != NULL && has_suffix (name, named->suffix))
    {
      g_autofree char *stem = g_strndup (name, strlen (name) - strlen (named->suffix));

      return g_strconcat (stem, chosen->suffix, NULL);
    }

  return g_strconcat (name, chosen->suffix, NULL);
}

/* The files a copy never replaces: the one that was opened and, when that was a copy, the
 * original it names (by file name alone: the one beside the copy). */
static GStrv
list_sources (DraArticle *article)
{
  g_autoptr (GStrvBuilder) uris = g_strv_builder_new ();
  const char *source = dra_article_get_metadata (article, DRA_METADATA_SOURCE_URI);
  const char *origin = dra_article_get_metadata (article, DRA_METADATA_ORIGIN_URI);
  g_autofree char *resolved = NULL;

  if (source != NULL)
    g_strv_builder_add (uris, source);
  if (origin != NULL && g_str_has_prefix (origin, "./"))
    origin = strrchr (origin, '/') + 1;
  if (origin != NULL)
    resolved = g_uri_resolve_relative (source, origin, G_URI_FLAGS_NONE, NULL);
  if (resolved != NULL)
    g_strv_builder_add (uris, resolved);

  return g_strv_builder_end (uris);
}

/**
 * dra_writer_save:
 * @writer: a writer
 * @article: the article
 * @cast: (nullable): its people and organizations
 * @notes: (nullable) (element-type DraNote): its notes, anchored in @article
 * @target: the file to make or replace
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Writes an annotated copy, whole or not at all.
 *
 * Sets %DRA_ERROR_REFUSED when @target is the file that the article was read from, under
 * whatever name, and otherwise %G_IO_ERROR; each message is one sentence naming the file.
 *
 * Returns: whether it was saved
 */
gboolean
dra_writer_save (const DraWriter  *writer,
                 DraArticle       *article,
                 DraCast          *cast,
                 GPtrArray        *notes,
                 GFile            *target,
                 GCancellable     *cancellable,
                 GError          **error)
{
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (writer != NULL, FALSE);
  g_return_val_if_fail (DRA_IS_ARTICLE (article), FALSE);
  g_return_val_if_fail (G_IS_FILE (target), FALSE);

  bytes = writer->write (article, cast, notes, cancellable, error);

  return bytes != NULL && dra_writer_save_bytes (article, bytes, target, cancellable, error);
}

/**
 * dra_writer_save_bytes:
 * @article: the article that @bytes is a copy of
 * @bytes: what a writer made of it
 * @target: the file to make or replace
 * @cancellable: (nullable): a cancellable
 * @error: return location, see dra_writer_save()
 *
 * Saves a copy, whole or not at all, and never over the article's own file.
 *
 * Returns: whether it was saved
 */
gboolean
dra_writer_save_bytes (DraArticle    *article,
                       GBytes        *bytes,
                       GFile         *target,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_auto (GStrv) sources = NULL;

  g_return_val_if_fail (DRA_IS_ARTICLE (article), FALSE);
  g_return_val_if_fail (bytes != NULL, FALSE);

  sources = list_sources (article);

  return dra_atomic_save (target, bytes, (const char *const *) sources, cancellable, error);
}
