/* dra-lexicon.h: the word and phrase tables of a model, from lists of names.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean dra_lexicon_build (const char  *data,
                            GArray      *words,
                            GArray      *phrases,
                            GArray      *cluster_vectors,
                            GError     **error);

G_END_DECLS
