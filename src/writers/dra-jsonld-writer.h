/* dra-jsonld-writer.h: the notes alone, as W3C Web Annotations.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "writers/dra-writer.h"

G_BEGIN_DECLS

extern const DraWriter dra_jsonld_writer;

G_END_DECLS
