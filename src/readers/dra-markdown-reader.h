/* dra-markdown-reader.h: Markdown (CommonMark with GitHub's extensions).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "readers/dra-reading.h"

G_BEGIN_DECLS

DraReading *dra_markdown_read (GBytes        *bytes,
                               const char    *name,
                               GCancellable  *cancellable,
                               GError       **error);

G_END_DECLS
