/* dra-note-saver.h: writes the changes of one article's notes through to the library.
 *
 * At most one write of a note is under way; changes made meanwhile become one more write,
 * so fast typing does not pile up.  What could not be written is kept and tried again
 * with the next write that succeeds, or when asked to.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "library/dra-library.h"

G_BEGIN_DECLS

#define DRA_TYPE_NOTE_SAVER (dra_note_saver_get_type ())
G_DECLARE_FINAL_TYPE (DraNoteSaver, dra_note_saver, DRA, NOTE_SAVER, GObject)

/* Properties: busy (writes are under way or wait for the library),
 *             n-failed (notes whose last change is not on disk).
 * Signals: failed (const char *sentence). */
DraNoteSaver *dra_note_saver_new         (DraArticle   *article);
/* library NULL: it could not be opened, error says why; what waits has failed. */
void          dra_note_saver_set_library (DraNoteSaver *self,
                                          DraLibrary   *library,
                                          const GError *error);
DraLibrary   *dra_note_saver_get_library (DraNoteSaver *self); /* (nullable) */
void          dra_note_saver_save        (DraNoteSaver *self,
                                          DraNote      *note);
void          dra_note_saver_delete      (DraNoteSaver *self,
                                          const char   *uuid);
void          dra_note_saver_retry       (DraNoteSaver *self);
gboolean      dra_note_saver_get_busy    (DraNoteSaver *self);
guint         dra_note_saver_get_n_failed (DraNoteSaver *self);

G_END_DECLS
