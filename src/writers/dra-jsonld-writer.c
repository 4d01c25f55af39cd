/* dra-jsonld-writer.c: the notes alone, as W3C Web Annotations.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "writers/dra-jsonld-writer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "notes/dra-web-annotation.h"

static GBytes *
write_jsonld (DraArticle    *article,
              DraCast       *cast G_GNUC_UNUSED,
              GPtrArray     *notes,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  char *json;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  json = dra_web_annotation_write_string (article, notes != NULL ? notes : none);

  return g_bytes_new_take (json, strlen (json));
}

const DraWriter dra_jsonld_writer = {
  .id = "jsonld",
  .name = N_("Notes only, for other annotation programs"),
  .suffix = ".jsonld",
  .type = "application/ld+json",
  .shows = DRA_WRITER_NOTES,
  .returns = DRA_WRITER_NOTES,
  .write = write_jsonld,
};
