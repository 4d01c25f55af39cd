/* dra-answer-note.c: a note in an answer.
 *
 * UUID; target; created, modified (64 bits); colour; body; number of tags and these; 1 with
 * a position, then its start and end (64 bits, code points); 1 with a quote, then exact,
 * prefix, suffix; hash of the text; its version; distinct code points before and after;
 * kind and name of an entity; state of the anchor, its start and end (64 bits), its reason.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "worker/dra-answer-private.h"

void
dra_answer_put_note (DraAnswerWriter *self,
                     DraNote         *note)
{
  const char *const *tags = dra_note_get_tags (note);
  const DraQuote *quote = dra_note_get_quote (note);
  DraAnchorState state;
  const char *reason;
  gsize start, end;
  guint before, after;
  DraRange anchor;

  dra_answer_put_text (self, dra_note_get_uuid (note));
  dra_answer_put_u32 (self, dra_note_get_target (note));
  dra_answer_put_u64 (self, dra_note_get_created (note));
  dra_answer_put_u64 (self, dra_note_get_modified (note));
  dra_answer_put_u32 (self, dra_note_get_color (note));
  dra_answer_put_text (self, dra_note_get_body (note));
  dra_answer_put_u32 (self, g_strv_length ((char **) tags));
  for (guint i = 0; tags[i] != NULL; i++)
    dra_answer_put_text (self, tags[i]);

  if (dra_note_get_position (note, &start, &end))
    {
      dra_answer_put_u32 (self, 1);
      dra_answer_put_range (self, (DraRange){ start, end });
    }
  else
    dra_answer_put_u32 (self, 0);
  dra_answer_put_u32 (self, quote != NULL);
  if (quote != NULL)
    {
      dra_answer_put_text (self, quote->exact);
      dra_answer_put_text (self, quote->prefix);
      dra_answer_put_text (self, quote->suffix);
    }
  dra_answer_put_text (self, dra_note_get_text_hash (note));
  dra_answer_put_u32 (self, dra_note_get_text_version (note));
  dra_note_get_distinct (note, &before, &after);
  dra_answer_put_u32 (self, before);
  dra_answer_put_u32 (self, after);
  dra_answer_put_text (self, dra_note_get_entity_kind (note));
  dra_answer_put_text (self, dra_note_get_entity_name (note));
  state = dra_note_get_anchor (note, &anchor, &reason);
  dra_answer_put_u32 (self, state);
  dra_answer_put_range (self, anchor);
  dra_answer_put_text (self, reason);
}

static void
get_tags (DraAnswerCursor *self,
          DraNote         *note)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) tags = NULL;
  guint32 n = dra_answer_get_count (self, 4);

  for (guint32 i = 0; i < n && !self->bad; i++)
    {
      g_autofree char *tag = dra_answer_get_text (self);

      if (tag != NULL)
        g_strv_builder_add (builder, tag);
    }
  tags = g_strv_builder_end (builder);
  dra_note_set_tags (note, (const char *const *) tags);
}

static void
get_selectors (DraAnswerCursor *self,
               DraNote         *note)
{
  g_autofree char *hash = NULL;
  guint32 before, after;

  if (dra_answer_get_below (self, 2) == 1)
    {
      DraRange position = dra_answer_get_range (self);

      dra_note_set_position (note, position.start, position.end);
    }
  if (dra_answer_get_below (self, 2) == 1)
    {
      g_autofree char *exact = dra_answer_get_text (self);
      g_autofree char *prefix = dra_answer_get_text (self);
      g_autofree char *suffix = dra_answer_get_text (self);
      DraQuote quote = { exact, prefix, suffix };

      dra_note_set_quote (note, &quote);
    }
  hash = dra_answer_get_text (self);
  dra_note_set_text_hash (note, hash);
  dra_note_set_text_version (note, dra_answer_get_u32 (self));
  before = dra_answer_get_u32 (self);
  after = dra_answer_get_u32 (self);
  dra_note_set_distinct (note, before, after);
}

static void
get_anchor (DraAnswerCursor *self,
            DraNote         *note,
            const char      *text,
            gsize            length)
{
  guint32 state = dra_answer_get_below (self, DRA_ANCHOR_LOST + 1);
  DraRange range = dra_answer_get_range (self);
  g_autofree char *reason = dra_answer_get_text (self);

  if (!dra_answer_is_boundary (text, length, range.start)
      || !dra_answer_is_boundary (text, length, range.end))
    self->bad = TRUE;
  if (!self->bad)
    dra_note_set_anchor (note, state, range, reason);
}

DraNote *
dra_answer_get_note (DraAnswerCursor *self,
                     const char      *text,
                     gsize            length)
{
  g_autoptr (DraNote) note = NULL;
  g_autofree char *uuid = dra_answer_get_text (self);
  guint32 target = dra_answer_get_below (self, DRA_NOTE_TARGET_ARTICLE + 1);
  gint64 created = (gint64) dra_answer_get_u64 (self);
  gint64 modified = (gint64) dra_answer_get_u64 (self);
  guint32 color = dra_answer_get_below (self, DRA_N_NOTE_COLORS);
  g_autofree char *body = dra_answer_get_text (self);
  g_autofree char *kind = NULL;
  g_autofree char *name = NULL;

  if (self->bad)
    return NULL;

  note = dra_note_new_from_parts (uuid, target, created, modified);
  dra_note_set_color (note, color);
  dra_note_set_body (note, body);
  get_tags (self, note);
  get_selectors (self, note);
  kind = dra_answer_get_text (self);
  name = dra_answer_get_text (self);
  dra_note_set_entity (note, kind, name);
  get_anchor (self, note, text, length);

  return self->bad ? NULL : g_steal_pointer (&note);
}
