/* dra-note-selectors.c: how a note says which passage it is on.
 *
 * Selectors are made once, in the text at hand, and stay as they are however that text
 * changes.  Only the reader can put a note on another passage; what it was made with is
 * kept beside the new selectors, as its origin.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "notes/dra-note-private.h"

#include "notes/dra-anchor.h"

/* Makes the selectors of a passage of the text at hand, range in its bytes. */
void
dra_note_make_selectors (DraNote    *self,
                         DraArticle *article,
                         DraRange    range)
{
  gsize length;
  const char *text = dra_article_get_text (article, &length);
  g_autoptr (DraQuote) quote = dra_quote_new_for_range (text, length, range);

  dra_note_set_quote (self, quote);
  dra_note_set_position (self,
                         dra_article_to_code_points (article, range.start),
                         dra_article_to_code_points (article, range.end));
  dra_note_set_text_hash (self, dra_article_get_hash (article));
  dra_note_set_text_version (self, DRA_ARTICLE_TEXT_VERSION);
  dra_anchor_measure_context (text, length, range,
                              &self->distinct_before, &self->distinct_after);
}

static void
copy_selectors (DraNote *to,
                DraNote *from)
{
  g_autoptr (DraQuote) quote = from->quote != NULL ? dra_quote_copy (from->quote) : NULL;

  g_clear_pointer (&to->quote, dra_quote_free);
  to->quote = g_steal_pointer (&quote);
  to->has_position = from->has_position;
  to->position_start = from->position_start;
  to->position_end = from->position_end;
  dra_note_take_string (&to->text_hash, g_strdup (from->text_hash));
  to->text_version = from->text_version;
  to->distinct_before = from->distinct_before;
  to->distinct_after = from->distinct_after;
}

/**
 * dra_note_take_selectors:
 * @self: a note
 * @from: another, or the same note at another time
 *
 * Gives @self the selectors of @from and its origin: for copies and for undo.
 */
void
dra_note_take_selectors (DraNote *self,
                         DraNote *from)
{
  g_return_if_fail (DRA_IS_NOTE (self));
  g_return_if_fail (DRA_IS_NOTE (from));

  if (self == from)
    return;
  copy_selectors (self, from);
  dra_note_set_origin (self, from->origin);
}

/**
 * dra_note_reattach:
 * @self: a note on a passage
 * @article: the article at hand
 * @range: the passage the reader has chosen, bytes of the article's text
 *
 * Puts the note on another passage, by the reader's decision.
 *
 * It gets selectors of the new passage and stands there exactly.  Those it was made with
 * are kept as its origin; when it is put elsewhere once more the first origin stays.
 */
void
dra_note_reattach (DraNote    *self,
                   DraArticle *article,
                   DraRange    range)
{
  gsize length;

  g_return_if_fail (DRA_IS_NOTE (self));
  g_return_if_fail (DRA_IS_ARTICLE (article));
  g_return_if_fail (self->target == DRA_NOTE_TARGET_PASSAGE);
  dra_article_get_text (article, &length);
  g_return_if_fail (range.start <= range.end && range.end <= length);

  if (self->origin == NULL)
    dra_note_set_origin (self, self);
  dra_note_make_selectors (self, article, range);
  dra_note_set_anchor (self, DRA_ANCHOR_EXACT, range, NULL);
}

/**
 * dra_note_get_origin:
 * @self: a note
 *
 * Returns: (transfer none) (nullable): a note of which only the selectors mean something:
 *   those @self was made with, when the reader has put it on another passage since
 */
DraNote *
dra_note_get_origin (DraNote *self)
{
  g_return_val_if_fail (DRA_IS_NOTE (self), NULL);

  return self->origin;
}

/**
 * dra_note_set_origin:
 * @self: a note
 * @origin: (nullable): a note with the selectors @self was made with, copied; its own origin
 *   is of no account
 *
 * Sets what the note was made with; for loading a note only.
 */
void
dra_note_set_origin (DraNote *self,
                     DraNote *origin)
{
  DraNote *copy = NULL;

  g_return_if_fail (DRA_IS_NOTE (self));
  g_return_if_fail (origin == NULL || DRA_IS_NOTE (origin));

  if (origin != NULL)
    {
      copy = dra_note_new_from_parts (self->uuid, DRA_NOTE_TARGET_PASSAGE, self->created, 0);
      copy_selectors (copy, origin);
    }
  g_clear_object (&self->origin);
  self->origin = copy;
}

static gboolean
quotes_equal (const DraQuote *a,
              const DraQuote *b)
{
  if (a == NULL || b == NULL)
    return a == b;

  return dra_quote_equal (a, b);
}

/**
 * dra_note_same_selectors:
 * @a: a note
 * @b: a note
 *
 * Returns: whether both say the same of where they belong, their origins included
 */
gboolean
dra_note_same_selectors (DraNote *a,
                         DraNote *b)
{
  g_return_val_if_fail (DRA_IS_NOTE (a), FALSE);
  g_return_val_if_fail (DRA_IS_NOTE (b), FALSE);

  return a->has_position == b->has_position &&
         a->position_start == b->position_start &&
         a->position_end == b->position_end &&
         quotes_equal (a->quote, b->quote) &&
         g_strcmp0 (a->text_hash, b->text_hash) == 0 &&
         a->text_version == b->text_version &&
         a->distinct_before == b->distinct_before &&
         a->distinct_after == b->distinct_after &&
         (a->origin == NULL) == (b->origin == NULL) &&
         (a->origin == NULL || dra_note_same_selectors (a->origin, b->origin));
}

/**
 * dra_note_get_position:
 * @self: a note
 * @start: (out) (optional): first code point of the passage
 * @end: (out) (optional): the one after its last
 *
 * Gets where the passage stood in the text the note was made in, in code points.
 *
 * Returns: %FALSE when the note has no position
 */
gboolean
dra_note_get_position (DraNote *self,
                       gsize   *start,
                       gsize   *end)
{
  g_return_val_if_fail (DRA_IS_NOTE (self), FALSE);

  if (start != NULL)
    *start = self->position_start;
  if (end != NULL)
    *end = self->position_end;
  return self->has_position;
}

/**
 * dra_note_set_position:
 * @self: a note
 * @start: first code point of the passage
 * @end: the one after its last, not before @start
 *
 * Sets the position selector; for making and loading a note only.
 */
void
dra_note_set_position (DraNote *self,
                       gsize    start,
                       gsize    end)
{
  g_return_if_fail (DRA_IS_NOTE (self));
  g_return_if_fail (start <= end);

  self->has_position = TRUE;
  self->position_start = start;
  self->position_end = end;
}

/**
 * dra_note_get_quote:
 * @self: a note
 *
 * Returns: (nullable): the passage with its context, as it was when the note was made
 */
const DraQuote *
dra_note_get_quote (DraNote *self)
{
  g_return_val_if_fail (DRA_IS_NOTE (self), NULL);

  return self->quote;
}

/**
 * dra_note_set_quote:
 * @self: a note
 * @quote: (nullable): the quote, copied; broken UTF-8 is repaired
 *
 * Sets the quote selector; for making and loading a note only.
 */
void
dra_note_set_quote (DraNote        *self,
                    const DraQuote *quote)
{
  DraQuote *copy = NULL;

  g_return_if_fail (DRA_IS_NOTE (self));

  if (quote != NULL)
    {
      g_autofree char *exact = dra_note_dup_valid (quote->exact != NULL ? quote->exact : "");
      g_autofree char *prefix = dra_note_dup_valid (quote->prefix);
      g_autofree char *suffix = dra_note_dup_valid (quote->suffix);

      copy = dra_quote_new (exact, prefix, suffix);
    }
  g_clear_pointer (&self->quote, dra_quote_free);
  self->quote = copy;
}

/**
 * dra_note_get_text_hash:
 * @self: a note
 *
 * Returns: (nullable): SHA-256 of the text the selectors were made in, in hexadecimal
 */
const char *
dra_note_get_text_hash (DraNote *self)
{
  g_return_val_if_fail (DRA_IS_NOTE (self), NULL);

  return self->text_hash;
}

/**
 * dra_note_set_text_hash:
 * @self: a note
 * @hash: (nullable): SHA-256 in hexadecimal
 *
 * Sets the hash of the text the selectors were made in.
 */
void
dra_note_set_text_hash (DraNote    *self,
                        const char *hash)
{
  g_return_if_fail (DRA_IS_NOTE (self));

  dra_note_take_string (&self->text_hash, dra_note_dup_valid (hash));
}

/**
 * dra_note_get_text_version:
 * @self: a note
 *
 * Returns: version of the text rules of that text, 0 when not known
 */
guint
dra_note_get_text_version (DraNote *self)
{
  g_return_val_if_fail (DRA_IS_NOTE (self), 0);

  return self->text_version;
}

/**
 * dra_note_set_text_version:
 * @self: a note
 * @version: a DRA_ARTICLE_TEXT_VERSION, 0 for not known
 *
 * Sets the version of the text rules the selectors were made under.
 */
void
dra_note_set_text_version (DraNote *self,
                           guint    version)
{
  g_return_if_fail (DRA_IS_NOTE (self));

  self->text_version = version;
}

/**
 * dra_note_get_distinct:
 * @self: a note
 * @before: (out) (optional): code points of the prefix
 * @after: (out) (optional): code points of the suffix
 *
 * Gets how much of the context is by itself found only once in the note's text.
 */
void
dra_note_get_distinct (DraNote *self,
                       guint   *before,
                       guint   *after)
{
  g_return_if_fail (DRA_IS_NOTE (self));

  if (before != NULL)
    *before = self->distinct_before;
  if (after != NULL)
    *after = self->distinct_after;
}

/**
 * dra_note_set_distinct:
 * @self: a note
 * @before: code points of the prefix, 0 for none or not known
 * @after: code points of the suffix, the same
 *
 * Sets how much of the context is by itself found only once in the note's text.
 */
void
dra_note_set_distinct (DraNote *self,
                       guint    before,
                       guint    after)
{
  g_return_if_fail (DRA_IS_NOTE (self));

  self->distinct_before = before;
  self->distinct_after = after;
}
