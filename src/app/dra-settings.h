/* dra-settings.h: the settings of the program.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GSettings *dra_settings_get_default (void);

G_END_DECLS
