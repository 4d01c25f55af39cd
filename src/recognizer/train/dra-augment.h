/* dra-augment.h: copies of marked documents with other names in them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean dra_augment (GPtrArray  *documents,
                      const char *data,
                      float       weight,
                      double      cased,
                      guint64     seed,
                      GError    **error);

G_END_DECLS
