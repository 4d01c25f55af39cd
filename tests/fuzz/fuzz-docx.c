/* fuzz-docx.c: any bytes at all for the reader of DOCX files.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-docx-reader.h"

#define DRA_FUZZ_READ dra_docx_read

#include "fuzz-document.h"
