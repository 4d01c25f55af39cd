/* dra-html-parse.c: the bytes of a page as a tree.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-html-parse.h"

#include <glib/gi18n-lib.h>

#include "article/dra-error.h"

/**
 * dra_html_parse:
 * @bytes: a page or a fragment of one, as it is in the file, in any encoding
 * @name: display name of the file, for messages
 * @cancellable: (nullable): a cancellable
 * @error: return location for %DRA_ERROR_TOO_LARGE, %DRA_ERROR_EMPTY and
 *   %G_IO_ERROR_CANCELLED
 *
 * Parses a page.  XHTML is read as HTML whose empty-element tags are empty.
 *
 * Returns: (transfer full): the tree; it has a root element
 */
xmlDoc *
dra_html_parse (GBytes        *bytes,
                const char    *name,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autoptr (GBytes) utf8 = NULL;
  g_autoptr (xmlDoc) document = NULL;
  gsize length;
  const char *text;

  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  utf8 = dra_html_to_utf8 (bytes);
  text = g_bytes_get_data (utf8, &length);
  if (length > G_MAXINT / 2)
    {
      g_set_error (error, DRA_ERROR, DRA_ERROR_TOO_LARGE,
                   /* Translators: the name of a file */
                   _("“%s” is too large to be read as a web page."), name);
      return NULL;
    }
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  document = dra_html_parse_utf8 (text, length);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (document == NULL || xmlDocGetRootElement (document) == NULL)
    {
      g_set_error (error, DRA_ERROR, DRA_ERROR_EMPTY,
                   /* Translators: the name of a file */
                   _("“%s” has no text."), name);
      return NULL;
    }

  return g_steal_pointer (&document);
}
