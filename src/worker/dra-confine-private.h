/* dra-confine-private.h: the parts of a worker's confinement.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "worker/dra-confine.h"

G_BEGIN_DECLS

gboolean dra_confine_filter (GError **error);

G_END_DECLS
