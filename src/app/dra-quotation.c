/* dra-quotation.c: a passage as it is quoted elsewhere, with its source.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-quotation.h"

#include <glib/gi18n.h>

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

/* The date an article bears, as the reader's language writes it. */
static char *
dup_date (const char *published)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *whole = NULL;
  g_autoptr (GDateTime) time = NULL;

  if (published == NULL)
    return NULL;

  /* A day without a time of day is a date all the same. */
  whole = strlen (published) == 10 ? g_strconcat (published, "T00:00:00Z", NULL) : g_strdup (published);
  time = g_date_time_new_from_iso8601 (whole, utc);
  /* Translators: the day an article was published, see g_date_time_format() */
  return time != NULL ? g_date_time_format (time, _("%-e %B %Y")) : g_strdup (published);
}

/**
 * dra_quotation_new:
 * @article: where the passage is from
 * @passage: (nullable): the passage
 * @comment: (nullable): what the reader wrote on it
 *
 * Sets a passage between quotation marks with its source below: author, title, site, date
 * and address, as far as they are known.  An address on this computer is left out.
 *
 * Returns: (transfer full): plain text
 */
char *
dra_quotation_new (DraArticle *article,
                   const char *passage,
                   const char *comment)
{
  const char *title = dra_article_get_title (article);
  const char *uri = dra_article_get_metadata (article, DRA_METADATA_ORIGIN_URI);
  g_autofree char *date = dup_date (dra_article_get_metadata (article, DRA_METADATA_PUBLISHED));
  g_autofree char *quoted_title = NULL;
  g_autoptr (GString) source = g_string_new (NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (DRA_IS_ARTICLE (article), NULL);

  add (source, dra_article_get_metadata (article, DRA_METADATA_BYLINE));
  if (title != NULL && *title != '\0')
    quoted_title = g_strdup_printf (_("“%s”"), title);
  add (source, quoted_title);
  add (source, dra_article_get_metadata (article, DRA_METADATA_SITE));
  add (source, date);
  if (uri != NULL && (g_str_has_prefix (uri, "http:") || g_str_has_prefix (uri, "https:")))
    add (source, uri);

  if (passage != NULL && *passage != '\0')
    g_string_append_printf (text, _("“%s”"), passage);
  if (source->len > 0)
    g_string_append_printf (text, "%s— %s", text->len > 0 ? "\n" : "", source->str);
  if (comment != NULL && *comment != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n\n" : "", comment);

  return g_string_free (g_steal_pointer (&text), FALSE);
}
