/* dra-lines-reader.h: every line of the input one paragraph, unchanged ("--as lines").
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "readers/dra-reader-registry.h"

G_BEGIN_DECLS

extern const DraReader dra_lines_reader;

G_END_DECLS
