/* dra-package.h: what DOCX, ODT and EPUB have in common as archives of XML and images.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "readers/dra-reading.h"
#include "readers/dra-xml-stream.h"
#include "readers/dra-zip.h"

G_BEGIN_DECLS

gboolean dra_package_parse      (DraZip                 *zip,
                                 const char             *path,
                                 const DraXmlVocabulary *vocabulary,
                                 gpointer                user_data,
                                 GError                **error);
gboolean dra_package_add_images (DraZip                 *zip,
                                 GPtrArray              *paths,
                                 DraReading             *reading,
                                 gsize                   input_size,
                                 GError                **error);

G_END_DECLS
