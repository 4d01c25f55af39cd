/* fuzz-rtf.c: any bytes at all for the reader of RTF files.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-rtf-reader.h"

#define DRA_FUZZ_READ dra_rtf_read

#include "fuzz-document.h"
