/* dra-error.c: the error domain of everything below the window.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "article/dra-error.h"

G_DEFINE_QUARK (dra-error-quark, dra_error)
