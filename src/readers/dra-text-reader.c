/* dra-text-reader.c: plain text as people have it.
 *
 * Two or three passes over the text, each linear: the layout of the whole file, words
 * broken by hyphens (only where there are some), and the writing of the blocks.  No letter
 * or digit is lost or moved: what a list's marker said is in the block's label, and only
 * line ends, underlines, ">" and "#" marks go.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-text-reader.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "article/dra-error.h"
#include "readers/dra-encoding.h"
#include "readers/dra-format.h"
#include "readers/dra-text-private.h"

/* Whatever is text and nothing that has a form of its own. */
static int
sniff (const DraSniff *file)
{
  if (dra_format_find (file) != NULL || dra_encoding_is_binary (file->data, file->length))
    return 0;

  return DRA_SNIFF_TEXT;
}

static gboolean
is_markdown_name (const char *name)
{
  return dra_sniff_has_suffix (name, ".md") || dra_sniff_has_suffix (name, ".markdown");
}

static gboolean
has_text (const char *text,
          gsize       length)
{
  for (const char *p = text; p < text + length; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isgraph (c) && !g_unichar_isspace (c))
        return TRUE;
    }

  return FALSE;
}

static DraReading *
read_text (GBytes        *bytes,
           const char    *name,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (DraArticleBuilder) builder = NULL;
  g_autoptr (GBytes) utf8 = NULL;
  DraTextOutput output = { 0 };
  const char *text, *body;
  gboolean done;
  gsize length;

  text = g_bytes_get_data (bytes, &length);
  if (dra_encoding_is_binary ((const guint8 *) text, length))
    {
      g_set_error (error, DRA_ERROR, DRA_ERROR_NOT_TEXT, _("“%s” is not text."), name);
      return NULL;
    }
  utf8 = dra_encoding_to_utf8 (bytes, NULL, NULL);
  text = g_bytes_get_data (utf8, &length);
  if (!has_text (text, length))
    {
      g_set_error (error, DRA_ERROR, DRA_ERROR_EMPTY,
                   _("“%s” has no text in it, only white space."), name);
      return NULL;
    }
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  builder = dra_article_builder_new ();
  dra_article_builder_set_metadata (builder, DRA_METADATA_SOURCE_TYPE,
                                    is_markdown_name (name) ? "text/markdown" : "text/plain");
  output.builder = builder;
  dra_text_layout_find (&output.layout, text, length);
  dra_text_output_find_hyphens (&output, text, length);
  body = dra_text_head_read (&output, text, length);
  done = dra_text_body_read (&output, body, length - (body - text), cancellable, error);
  g_clear_pointer (&output.words, g_hash_table_unref);
  g_free (output.title);
  if (!done)
    return NULL;

  return dra_reading_new (dra_article_builder_build (builder), NULL, NULL);
}

static const char *const types[] = { "text/plain", NULL };
static const char *const suffixes[] = { ".txt", ".text", ".asc", NULL };

const DraReader dra_text_reader = {
  .id = "text",
  .types = types,
  .suffixes = suffixes,
  .sniff = sniff,
  .read = read_text,
};
