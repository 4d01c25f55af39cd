/* dra-quotation.c: a passage as it is quoted elsewhere, with its source.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-quotation.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "app/dra-snippet.h"
#include "article/dra-date.h"

static void
add (GString    *source,
     const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  if (source->len > 0)
    g_string_append (source, ", ");
  g_string_append (source, text);
}

/* Where it is from, for others: of a file on this computer only the name, as its folders say
 * more about the reader than about the article. */
static char *
dup_address (DraArticle *article)
{
  const char *uri = dra_article_get_metadata (article, DRA_METADATA_ORIGIN_URI);
  const char *file = dra_article_get_metadata (article, DRA_METADATA_SOURCE_URI);
  g_autofree char *scheme = uri != NULL ? g_uri_parse_scheme (uri) : NULL;
  g_autoptr (GFile) source = NULL;
  g_autofree char *name = NULL;

  if (g_strcmp0 (scheme, "http") == 0 || g_strcmp0 (scheme, "https") == 0)
    return g_strdup (uri);
  if (uri == NULL)
    uri = file;
  if (uri == NULL)
    return NULL;

  source = g_file_new_for_uri (uri);
  name = g_file_get_basename (source);
  return name != NULL ? g_filename_display_name (name) : NULL;
}

/* Which paragraph this is, headings, lists and the like not counted; 0 outside of any. */
static guint
count_paragraphs (DraArticle *article,
                  gsize       offset)
{
  int block = dra_article_find_block (article, offset);
  guint n = 0;
  guint n_blocks;
  const DraBlock *blocks = dra_article_get_blocks (article, &n_blocks);

  if (block < 0 || blocks[block].kind != DRA_BLOCK_PARAGRAPH)
    return 0;
  for (int i = 0; i <= block; i++)
    n += blocks[i].kind == DRA_BLOCK_PARAGRAPH ? 1 : 0;

  return n;
}

static char *
quote (DraArticle *article,
       const char *passage,
       const char *place,
       const char *comment)
{
  const char *title = dra_article_get_title (article);
  const char *published = dra_article_get_metadata (article, DRA_METADATA_PUBLISHED);
  g_autofree char *date = dra_date_dup_words (published);
  g_autofree char *address = dup_address (article);
  g_autofree char *quoted_title = NULL;
  g_autoptr (GString) source = g_string_new (NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  add (source, dra_article_get_metadata (article, DRA_METADATA_BYLINE));
  if (title != NULL && *title != '\0')
    quoted_title = g_strdup_printf (_("“%s”"), title);
  add (source, quoted_title);
  add (source, dra_article_get_metadata (article, DRA_METADATA_SITE));
  add (source, date != NULL ? date : published);
  add (source, address);
  add (source, place);

  if (passage != NULL && *passage != '\0')
    g_string_append_printf (text, _("“%s”"), passage);
  if (source->len > 0)
    g_string_append_printf (text, "%s— %s", text->len > 0 ? "\n" : "", source->str);
  if (comment != NULL && *comment != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n\n" : "", comment);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * dra_quotation_new:
 * @article: where the passage is from
 * @passage: (nullable): the passage
 * @comment: (nullable): what the reader wrote on it
 *
 * Sets a passage between quotation marks with its source below: author, title, site, date
 * and address, as far as they are known.  Of a file on this computer only its name is told.
 *
 * Returns: (transfer full): plain text
 */
char *
dra_quotation_new (DraArticle *article,
                   const char *passage,
                   const char *comment)
{
  g_return_val_if_fail (DRA_IS_ARTICLE (article), NULL);

  return quote (article, passage, NULL, comment);
}

/**
 * dra_quotation_new_for_range:
 * @article: an article
 * @range: bytes of its text
 *
 * As dra_quotation_new(), and says in which paragraph of the article the passage stands.
 *
 * Returns: (transfer full): plain text
 */
char *
dra_quotation_new_for_range (DraArticle *article,
                             DraRange    range)
{
  g_autofree char *passage = NULL;
  g_autofree char *place = NULL;
  guint paragraph;

  g_return_val_if_fail (DRA_IS_ARTICLE (article), NULL);

  passage = g_strstrip (dra_snippet_dup_plain (article, range));
  paragraph = count_paragraphs (article, range.start);
  if (paragraph > 0)
    /* Translators: where a quotation stands in its article */
    place = g_strdup_printf (_("paragraph %u"), paragraph);

  return quote (article, passage, place, NULL);
}
