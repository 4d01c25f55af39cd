/* dra-positions.h: where the reader was in each article, in one small file.
 *
 * $XDG_STATE_HOME/dramatis/positions, a key file with one group an article, named by the
 * SHA-256 of its text:
 *
 *   uris=  where it was opened from, the last first, to find it when its text has changed
 *   at=    code points before the first line that was in view
 *   share= the same from 0 to 1, for the list of recent articles
 *   quote= what stands there, to find the place in a text that has changed
 *   time=  seconds since 1970; the oldest go when there are more than DRA_POSITIONS_MAX
 *
 * It is no loss when the file cannot be read or written: nothing is told then.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "article/dra-article.h"

G_BEGIN_DECLS

#define DRA_POSITIONS_MAX 500

#define DRA_TYPE_POSITIONS (dra_positions_get_type ())
G_DECLARE_FINAL_TYPE (DraPositions, dra_positions, DRA, POSITIONS, GObject)

/* path NULL: the reader's own. */
DraPositions *dra_positions_new       (const char   *path);
gboolean      dra_positions_find      (DraPositions *self,
                                       DraArticle   *article,
                                       gsize        *offset);
double        dra_positions_get_share (DraPositions *self,
                                       const char   *uri);
void          dra_positions_keep      (DraPositions *self,
                                       DraArticle   *article,
                                       gsize         offset,
                                       double        share);

G_END_DECLS
