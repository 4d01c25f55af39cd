/* dra-note-filter.h: which of an article's notes are listed: by words, colour, kind, place, tag.
 *
 * Within one of these any that is chosen will do; nothing chosen is everything.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "notes/dra-note.h"

G_BEGIN_DECLS

typedef enum
{
  DRA_NOTE_KIND_HIGHLIGHT, /* of a passage, with nothing written on it */
  DRA_NOTE_KIND_PASSAGE,
  DRA_NOTE_KIND_ENTITY,
  DRA_NOTE_KIND_ARTICLE,
  DRA_N_NOTE_KINDS,
} DraNoteKind;

#define DRA_TYPE_NOTE_FILTER (dra_note_filter_get_type ())
G_DECLARE_FINAL_TYPE (DraNoteFilter, dra_note_filter, DRA, NOTE_FILTER, GtkFilter)

DraNoteFilter *dra_note_filter_new        (void);
DraNoteKind    dra_note_filter_get_kind   (DraNote       *note);
void           dra_note_filter_set_text   (DraNoteFilter *self,
                                           const char    *text);
/* Bits: 1 << DraNoteColor, DraNoteKind, DraAnchorState. */
void           dra_note_filter_set_colors (DraNoteFilter *self,
                                           guint          colors);
void           dra_note_filter_set_kinds  (DraNoteFilter *self,
                                           guint          kinds);
void           dra_note_filter_set_states (DraNoteFilter *self,
                                           guint          states);
void           dra_note_filter_set_tag    (DraNoteFilter *self,
                                           const char    *tag,
                                           gboolean       wanted);
gboolean       dra_note_filter_has_tag    (DraNoteFilter *self,
                                           const char    *tag);
guint          dra_note_filter_get_states (DraNoteFilter *self);
gboolean       dra_note_filter_is_open    (DraNoteFilter *self);
void           dra_note_filter_clear      (DraNoteFilter *self);

G_END_DECLS
