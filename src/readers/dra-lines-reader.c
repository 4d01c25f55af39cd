/* dra-lines-reader.c: every line of the input one paragraph, unchanged ("--as lines").
 *
 * For programs that hand us text and want offsets into what they handed: the article's
 * text has the input's length, and each byte is the input's own unless the text rules
 * forbid it, which makes it one space or '?'.  A byte order mark and a final newline are
 * text like any other.  Chosen only by name, never by content.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-lines-reader.h"

#include <glib/gi18n-lib.h>

#include "article/dra-article-builder.h"
#include "article/dra-error.h"

static DraReading *
read_lines (GBytes        *bytes,
            const char    *name,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();
  g_autoptr (DraArticle) article = NULL;
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  guint n_blocks;

  dra_article_builder_take_lines (builder, g_memdup2 (data, length), length);
  dra_article_builder_set_metadata (builder, DRA_METADATA_SOURCE_TYPE, "text/plain");
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  article = dra_article_builder_build (builder);
  dra_article_get_blocks (article, &n_blocks);
  if (n_blocks == 0)
    {
      g_set_error (error, DRA_ERROR, DRA_ERROR_EMPTY,
                   _("“%s” has only empty lines, no text."), name);
      return NULL;
    }

  return dra_reading_new (g_steal_pointer (&article), NULL, NULL);
}

static const char *const types[] = { NULL };
static const char *const suffixes[] = { NULL };

const DraReader dra_lines_reader = {
  .id = "lines",
  .types = types,
  .suffixes = suffixes,
  .sniff = dra_sniff_never,
  .read = read_lines,
};
