/* fuzz-fb2.c: any bytes at all for the reader of FB2 files.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-fb2-reader.h"

#define DRA_FUZZ_READ dra_fb2_read

#include "fuzz-document.h"
