/* dra-copy-reader.h: annotated copies, our own, read back.
 *
 * The formats are described in writers/dra-html-writer.h, dra-markdown-writer.h and
 * dra-tei-writer.h.  A copy as it was written gives
 * the same text byte for byte, blocks, styles, metadata, cast and notes.  One that was
 * edited or saved again by another program gives the text that is seen in it; notes are
 * then found by their quotes, and mentions kept where the name still stands.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "readers/dra-reader-registry.h"

G_BEGIN_DECLS

DraReading *dra_copy_read (GBytes        *bytes,
                           const char    *name,
                           GCancellable  *cancellable,
                           GError       **error);
DraReading *dra_copy_read_markdown (GBytes        *bytes,
                                    const char    *name,
                                    GCancellable  *cancellable,
                                    GError       **error);
DraReading *dra_copy_read_tei (GBytes        *bytes,
                               const char    *name,
                               GCancellable  *cancellable,
                               GError       **error);

G_END_DECLS
