/* dra-date.h: the dates that articles bear, as words.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *dra_date_dup_words (const char *written);

G_END_DECLS
