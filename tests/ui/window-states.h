/* window-states.h: the windows of Dramatis in each of their states, one after another.
 *
 * What holds for whatever is on the screen (its words, its room, its names and its keys) is
 * tried on all of them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "dra-ui-test.h"

G_BEGIN_DECLS

/* Called with a window, and whatever popped up over it, at rest. */
typedef void (*DraStateFunc) (GtkWindow  *window,
                              const char *state,
                              gpointer    data);

void            dra_window_states_visit (DraStateFunc func,
                                         gpointer     data,
                                         gboolean     narrow);
/* All words that are on the screen without being the program's own. */
const char     *dra_window_states_data  (void);

G_END_DECLS
