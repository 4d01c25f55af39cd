/* dra-tag-completion.h: completes the tag being typed from the tags in use.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void dra_tag_completion_learn  (const char *const *tags);
void dra_tag_completion_attach (GtkEntry          *entry);

G_END_DECLS
