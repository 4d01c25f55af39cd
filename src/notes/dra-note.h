/* dra-note.h: one note or highlight and where it was put.
 *
 * A highlight is a note with an empty body.  The selectors (position, quote, hash of the
 * text they were made in) are those of the moment the note was made and are never
 * overwritten, save by the reader who puts the note on another passage: then they are kept
 * as its origin (dra_note_reattach()); where the note stands in the text at hand is its anchor, found anew each
 * time and not stored with the selectors (dra-anchor.h).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "article/dra-article.h"
#include "article/dra-quote.h"

G_BEGIN_DECLS

typedef enum
{
  DRA_NOTE_TARGET_PASSAGE,
  DRA_NOTE_TARGET_ENTITY,
  DRA_NOTE_TARGET_ARTICLE,
} DraNoteTarget;

typedef enum
{
  DRA_NOTE_YELLOW,
  DRA_NOTE_GREEN,
  DRA_NOTE_BLUE,
  DRA_NOTE_PURPLE,
  DRA_NOTE_PINK,
  DRA_NOTE_ORANGE,
  DRA_N_NOTE_COLORS,
} DraNoteColor;

/**
 * DraAnchorState:
 * @DRA_ANCHOR_EXACT: same text, same place
 * @DRA_ANCHOR_MOVED: the passage was found elsewhere in a changed text
 * @DRA_ANCHOR_UNSURE: a candidate is offered, the reader decides
 * @DRA_ANCHOR_LOST: not found; the note keeps its quote
 */
typedef enum
{
  DRA_ANCHOR_EXACT,
  DRA_ANCHOR_MOVED,
  DRA_ANCHOR_UNSURE,
  DRA_ANCHOR_LOST,
} DraAnchorState;

#define DRA_TYPE_NOTE_TARGET (dra_note_target_get_type ())
#define DRA_TYPE_NOTE_COLOR (dra_note_color_get_type ())
#define DRA_TYPE_ANCHOR_STATE (dra_anchor_state_get_type ())

GType dra_note_target_get_type  (void);
GType dra_note_color_get_type   (void);
GType dra_anchor_state_get_type (void);

/* Properties, each notifying exactly once a change and never without one:
 *   uuid, target, created       construct only
 *   modified, color, body, tags, entity-kind, entity-name
 *   anchor-state, anchor-start, anchor-end, anchor-reason   read-only, see set_anchor
 * The selectors have no properties: they do not change once a note is made.
 *
 * No setter stamps the time: whoever edits a note calls dra_note_set_modified() once per
 * edit, so that loading, merging and undo leave times as they were. */
#define DRA_TYPE_NOTE (dra_note_get_type ())
G_DECLARE_FINAL_TYPE (DraNote, dra_note, DRA, NOTE, GObject)

/* Makes a note on a passage of article, with a new UUID and the present time. */
DraNote           *dra_note_new_for_passage (DraArticle *article,
                                             DraRange    range);
DraNote           *dra_note_new_for_article (DraArticle *article);
DraNote           *dra_note_new_for_entity  (DraArticle *article,
                                             const char *kind,
                                             const char *name);
/* For storage and import: nothing is made up but what is missing. */
DraNote           *dra_note_new_from_parts  (const char     *uuid,
                                             DraNoteTarget   target,
                                             gint64          created,
                                             gint64          modified);
DraNote           *dra_note_copy            (DraNote        *self);

const char        *dra_note_get_uuid        (DraNote        *self);
DraNoteTarget      dra_note_get_target      (DraNote        *self);
gint64             dra_note_get_created     (DraNote        *self); /* microseconds, UTC, since 1970 */
gint64             dra_note_get_modified    (DraNote        *self);
void               dra_note_set_modified    (DraNote        *self,
                                             gint64          modified);
DraNoteColor       dra_note_get_color       (DraNote        *self);
void               dra_note_set_color       (DraNote        *self,
                                             DraNoteColor    color);
const char        *dra_note_get_body        (DraNote        *self); /* never NULL */
void               dra_note_set_body        (DraNote        *self,
                                             const char     *body);
const char *const *dra_note_get_tags        (DraNote        *self); /* never NULL */
void               dra_note_set_tags        (DraNote        *self,
                                             const char *const *tags);

/* Selectors, as made.  Positions in code points of the text with that hash. */
gboolean           dra_note_get_position    (DraNote        *self,
                                             gsize          *start,
                                             gsize          *end);
void               dra_note_set_position    (DraNote        *self,
                                             gsize           start,
                                             gsize           end);
const DraQuote    *dra_note_get_quote       (DraNote        *self); /* (nullable) */
void               dra_note_set_quote       (DraNote        *self,
                                             const DraQuote *quote);
const char        *dra_note_get_text_hash   (DraNote        *self); /* (nullable) */
void               dra_note_set_text_hash   (DraNote        *self,
                                             const char     *hash);
/* DRA_ARTICLE_TEXT_VERSION of that text, 0 when not known. */
guint              dra_note_get_text_version (DraNote       *self);
void               dra_note_set_text_version (DraNote       *self,
                                             guint           version);
/* How many code points of the quote's prefix (its end) and of its suffix (its beginning)
 * are by themselves found only once in that text; 0 when no part is, or not known.
 * Anchoring trusts a one-sided match no further than that (dra-anchor.h). */
void               dra_note_get_distinct    (DraNote        *self,
                                             guint          *before,  /* (nullable) */
                                             guint          *after);  /* (nullable) */
void               dra_note_set_distinct    (DraNote        *self,
                                             guint           before,
                                             guint           after);
/* The reader puts the note on another passage; what it was made with becomes its origin. */
void               dra_note_reattach        (DraNote        *self,
                                             DraArticle     *article,
                                             DraRange        range);
DraNote           *dra_note_get_origin      (DraNote        *self); /* (nullable) selectors only */
void               dra_note_set_origin      (DraNote        *self,
                                             DraNote        *origin);
void               dra_note_take_selectors  (DraNote        *self,
                                             DraNote        *from);
gboolean           dra_note_same_selectors  (DraNote        *a,
                                             DraNote        *b);
const char        *dra_note_get_entity_kind (DraNote        *self); /* (nullable) */
const char        *dra_note_get_entity_name (DraNote        *self); /* (nullable) */
void               dra_note_set_entity      (DraNote        *self,
                                             const char     *kind,
                                             const char     *name);

/* The anchor in the article at hand. */
DraAnchorState     dra_note_get_anchor      (DraNote        *self,
                                             DraRange       *range,   /* bytes; empty when lost */
                                             const char    **reason); /* (nullable) one sentence */
void               dra_note_set_anchor      (DraNote        *self,
                                             DraAnchorState  state,
                                             DraRange        range,
                                             const char     *reason);

gboolean           dra_note_equal           (DraNote        *a,
                                             DraNote        *b); /* stored parts, not anchors */
const char        *dra_note_color_to_string (DraNoteColor    color);
gboolean           dra_note_color_from_string (const char   *string,
                                             DraNoteColor   *color);

G_END_DECLS
