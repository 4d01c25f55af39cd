/* dra-note-make.c: new notes on something in an article; copies of notes, and which are equal.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "notes/dra-note-private.h"

static DraNote *
new_in_article (DraArticle    *article,
                DraNoteTarget  target)
{
  DraNote *self = dra_note_new_from_parts (NULL, target, 0, 0);

  dra_note_set_text_hash (self, dra_article_get_hash (article));
  dra_note_set_text_version (self, DRA_ARTICLE_TEXT_VERSION);
  self->state = DRA_ANCHOR_EXACT;
  return self;
}

/**
 * dra_note_new_for_passage:
 * @article: the article the note is made in
 * @range: the passage, bytes of the article's text
 *
 * Makes a note on a passage, with a new UUID and the present time.
 *
 * Its selectors (position, quote with context, hash of the text) are made here and are
 * never changed afterwards.
 *
 * Returns: (transfer full): a new note, anchored at @range
 */
DraNote *
dra_note_new_for_passage (DraArticle *article,
                          DraRange    range)
{
  DraNote *self;
  gsize length;

  g_return_val_if_fail (DRA_IS_ARTICLE (article), NULL);
  dra_article_get_text (article, &length);
  g_return_val_if_fail (range.start <= range.end && range.end <= length, NULL);

  self = new_in_article (article, DRA_NOTE_TARGET_PASSAGE);
  self->anchor = range;
  dra_note_make_selectors (self, article, range);
  return self;
}

/**
 * dra_note_new_for_article:
 * @article: an article
 *
 * Makes a note on the whole of @article, with a new UUID and the present time.
 *
 * Returns: (transfer full): a new note
 */
DraNote *
dra_note_new_for_article (DraArticle *article)
{
  g_return_val_if_fail (DRA_IS_ARTICLE (article), NULL);

  return new_in_article (article, DRA_NOTE_TARGET_ARTICLE);
}

/**
 * dra_note_new_for_entity:
 * @article: the article the note is made in
 * @kind: "person", "organization" or "place"
 * @name: the name it goes by
 *
 * Makes a note on a person or organization, with a new UUID and the present time.
 *
 * Returns: (transfer full): a new note
 */
DraNote *
dra_note_new_for_entity (DraArticle *article,
                         const char *kind,
                         const char *name)
{
  DraNote *self;

  g_return_val_if_fail (DRA_IS_ARTICLE (article), NULL);
  g_return_val_if_fail (kind != NULL && name != NULL, NULL);

  self = new_in_article (article, DRA_NOTE_TARGET_ENTITY);
  dra_note_set_entity (self, kind, name);
  return self;
}

/**
 * dra_note_copy:
 * @self: a note
 *
 * Makes a second note with the same UUID, content, selectors and anchor.
 *
 * Returns: (transfer full): the copy
 */
DraNote *
dra_note_copy (DraNote *self)
{
  DraNote *copy;

  g_return_val_if_fail (DRA_IS_NOTE (self), NULL);

  copy = dra_note_new_from_parts (self->uuid, self->target, self->created, self->modified);
  copy->color = self->color;
  dra_note_take_string (&copy->body, g_strdup (self->body));
  g_strfreev (copy->tags);
  copy->tags = g_strdupv (self->tags);
  dra_note_take_selectors (copy, self);
  copy->entity_kind = g_strdup (self->entity_kind);
  copy->entity_name = g_strdup (self->entity_name);
  copy->state = self->state;
  copy->anchor = self->anchor;
  copy->reason = g_strdup (self->reason);
  return copy;
}

/**
 * dra_note_equal:
 * @a: a note
 * @b: a note
 *
 * Compares the stored parts of two notes: all but the anchors.
 *
 * Returns: %TRUE when they are the same
 */
gboolean
dra_note_equal (DraNote *a,
                DraNote *b)
{
  g_return_val_if_fail (DRA_IS_NOTE (a), FALSE);
  g_return_val_if_fail (DRA_IS_NOTE (b), FALSE);

  return strcmp (a->uuid, b->uuid) == 0 &&
         a->target == b->target &&
         a->created == b->created &&
         a->modified == b->modified &&
         a->color == b->color &&
         strcmp (a->body, b->body) == 0 &&
         g_strv_equal ((const char *const *) a->tags, (const char *const *) b->tags) &&
         dra_note_same_selectors (a, b) &&
         g_strcmp0 (a->entity_kind, b->entity_kind) == 0 &&
         g_strcmp0 (a->entity_name, b->entity_name) == 0;
}
