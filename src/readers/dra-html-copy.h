/* dra-html-copy.h: an annotated copy in HTML, taken apart.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "readers/dra-copy-parts.h"

G_BEGIN_DECLS

DraCopyParts *dra_html_copy_parse (GBytes        *utf8,
                                   GCancellable  *cancellable,
                                   GError       **error);

G_END_DECLS
