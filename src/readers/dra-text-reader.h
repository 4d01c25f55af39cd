/* dra-text-reader.h: plain text as people have it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "readers/dra-reader-registry.h"

G_BEGIN_DECLS

extern const DraReader dra_text_reader;

G_END_DECLS
