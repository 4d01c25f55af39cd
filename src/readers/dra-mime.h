/* dra-mime.h: what mail and web archives share: their parts, through GMime.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>
#include <gmime/gmime.h>

#include "readers/dra-reading.h"

G_BEGIN_DECLS

#define DRA_MIME_MAX_DEPTH 24    /* of parts within parts: GMime and we recurse over them */
#define DRA_MIME_MAX_PARTS 20000

GMimeParser *dra_mime_parser_new    (GBytes       *bytes,
                                     gboolean     *mbox);
GBytes      *dra_mime_get_content   (GMimeObject  *part);
GBytes      *dra_mime_get_utf8      (GMimeObject  *part);
GPtrArray   *dra_mime_list_parts    (GMimeObject  *root);
char        *dra_mime_get_type      (GMimeObject  *part);
gboolean     dra_mime_is_type       (GMimeObject  *part,
                                     const char   *type,
                                     const char   *subtype);

/* Pictures of a file by the addresses that its HTML knows them by. */
typedef struct _DraMimeImages DraMimeImages;

DraMimeImages *dra_mime_images_new  (void);
void           dra_mime_images_free (DraMimeImages *self);
void           dra_mime_images_add  (DraMimeImages *self,
                                     GMimeObject   *part);
void           dra_mime_images_set_base (DraMimeImages *self,
                                     const char    *base);
char          *dra_mime_images_find (const char    *source,
                                     gpointer       self);
void           dra_mime_images_give (DraMimeImages *self,
                                     DraReading    *reading);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeParser, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeMessage, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DraMimeImages, dra_mime_images_free)

G_END_DECLS
