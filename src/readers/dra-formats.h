/* dra-formats.h: the readers that need a parser library.
 *
 * They are kept out of the library that the window links to: it neither loads nor trusts
 * them.  The worker, the tests and the fuzzers provide them to the registry.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "readers/dra-reader-registry.h"

G_BEGIN_DECLS

void dra_formats_provide      (void);
/* All but PDF, for a program that does not link to poppler. */
void dra_formats_provide_most (void);

G_END_DECLS
