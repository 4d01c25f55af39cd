/* dra-jsonld-writer.c: the notes alone, as W3C Web Annotations.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "writers/dra-jsonld-writer.h"

#include <string.h>

#include "writers/dra-html-private.h"

static GBytes *
write_jsonld (DraArticle    *article,
              DraCast       *cast G_GNUC_UNUSED,
              GPtrArray     *notes,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autofree char *json = NULL;
  char *file;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  json = dra_html_dup_annotations (article, notes != NULL ? notes : none);
  file = g_strconcat (json, "\n", NULL);

  return g_bytes_new_take (file, strlen (file));
}

const DraWriter dra_jsonld_writer = {
  .id = "jsonld",
  .suffix = ".jsonld",
  .type = "application/ld+json",
  .write = write_jsonld,
};
