/* fuzz-epub.c: any bytes at all for the reader of EPUB files.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-epub-reader.h"

#define DRA_FUZZ_READ dra_epub_read

#include "fuzz-document.h"
