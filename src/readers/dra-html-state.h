/* dra-html-state.h: text that only a page's scripts hold.
 *
 * Some pages are saved before their script has put the article into them: they show
 * nothing, and all their text is in strings of their scripts (the state of an application,
 * parts of a page that were streamed, a description in JSON-LD).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *dra_html_state_find (const char *page,
                           gsize       length);

G_END_DECLS
