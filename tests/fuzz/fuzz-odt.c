/* fuzz-odt.c: any bytes at all for the reader of ODT files.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-odt-reader.h"

#define DRA_FUZZ_READ dra_odt_read

#include "fuzz-document.h"
