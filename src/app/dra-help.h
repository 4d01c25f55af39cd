/* dra-help.h: the articles that come with Dramatis: its help, and a sample.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char     *dra_help_dup_folder (void);
char     *dra_help_dup_path   (const char *folder);
char     *dra_help_dup_sample (const char *folder);
/* TRUE for what comes with Dramatis: it is no article that somebody chose to read. */
gboolean  dra_help_is_part    (GFile      *file);

G_END_DECLS
