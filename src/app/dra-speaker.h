/* dra-speaker.h: speaks sentences through Speech Dispatcher, where it is installed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define DRA_TYPE_SPEAKER (dra_speaker_get_type ())
G_DECLARE_FINAL_TYPE (DraSpeaker, dra_speaker, DRA, SPEAKER, GObject)

/* Signals, in the main thread, about the last text only:
 *   ended  (uint serial, boolean whole)      it was spoken, or another program cut it short
 *   failed (uint serial, string sentence)    it cannot be spoken, and why */
DraSpeaker *dra_speaker_get_default (void);
guint       dra_speaker_say         (DraSpeaker *self,
                                     const char *text,
                                     const char *language);
void        dra_speaker_stop        (DraSpeaker *self);

G_END_DECLS
