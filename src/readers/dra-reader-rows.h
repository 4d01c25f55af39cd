/* dra-reader-rows.h: the formats that are read in the worker.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "readers/dra-reader-registry.h"

G_BEGIN_DECLS

#define DRA_N_READER_ROWS 21

extern const DraReader dra_reader_rows[DRA_N_READER_ROWS];

G_END_DECLS
