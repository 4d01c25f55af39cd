/* dra-resolver-acronyms.c: "Long Name (ABC)" and "ABC (Long Name)".
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recognizer/dra-resolver-private.h"

#include <string.h>

#define MIN_INITIALS 3      /* letters of an acronym that need no explanation */
#define SURE_LONG_FORM 0.6f /* confidence of the name that it is the initials of */
#define ACRONYM_WORDS 13 /* words before a bracket looked at for its long form */

static gboolean
is_acronym (DraResolution *self,
            guint          token)
{
  DraRange range = self->tokens[token].range;
  guint n_upper = 0, n_letters = 0;

  if (dra_range_length (range) < 2 || dra_range_length (range) > 12 ||
      !(self->shapes[token] & DRA_SHAPE_CAPITAL) || dra_resolution_is_plural_acronym (self, token))
    return FALSE;
  for (gsize i = range.start; i < range.end; i++)
    {
      n_upper += g_ascii_isupper (self->text[i]) != 0;
      n_letters += g_ascii_isalpha (self->text[i]) != 0;
    }

  return n_upper >= 2 && n_upper * 2 >= n_letters && n_upper <= 8;
}

/* The capitals of a token, upper case: "U.N." -> "UN", "al-Qaeda" -> "Q". */
static void
append_capitals (DraResolution *self,
                 guint          token,
                 gboolean       all,
                 GString       *out)
{
  DraRange range = self->tokens[token].range;
  gboolean at_start = TRUE;

  for (gsize i = range.start; i < range.end; i++)
    {
      char c = self->text[i];

      if (g_ascii_isupper (c) && (all || at_start))
        g_string_append_c (out, c);
      at_start = c == '-';
    }
}

/* Looks for the start of the run of words that ends before `end` and spells the letters. */
static gboolean
find_long_form (DraResolution *self,
                guint          end,
                const char    *letters,
                guint         *first)
{
  guint lowest = end > ACRONYM_WORDS ? end - ACRONYM_WORDS : 0;
  g_autoptr (GString) initials = g_string_new (NULL);

  for (guint t = end; t > lowest && dra_resolution_same_sentence (self, t - 1, end); t--)
    {
      g_autoptr (GString) own = g_string_new (NULL);

      if (!(self->shapes[t - 1] & DRA_SHAPE_WORD) && !dra_resolution_is_char (self, t - 1, '&') &&
          !dra_resolution_is_char (self, t - 1, ','))
        return FALSE;
      append_capitals (self, t - 1, FALSE, own);
      g_string_prepend (initials, own->str);
      if (own->len > 0 && initials->len >= strlen (letters))
        {
          *first = t - 1;
          return end - *first >= 2 && g_str_equal (initials->str, letters);
        }
    }

  return FALSE;
}

static gint
mention_ending_at (DraResolution *self,
                   guint          end)
{
  gint index = end > 0 ? self->owner[end - 1] : -1;

  if (index < 0)
    return -1;

  return dra_resolution_mention (self, (guint) index)->first +
         dra_resolution_mention (self, (guint) index)->n_tokens == end ? index : -1;
}

/* Things have acronyms too ("Remote Monitoring System (RMS)"): an organization is one that
 * the tagger saw in either, or a long name that ends or begins as theirs do. */
static gboolean
is_backed_as_organization (DraResolution *self,
                           guint          first,
                           guint          n,
                           guint          acronym)
{
  if (self->owner[acronym] >= 0 &&
      dra_resolution_mention (self, (guint) self->owner[acronym])->label == DRA_LABEL_ORGANIZATION)
    return TRUE;
  for (guint t = first; t < first + n; t++)
    if (self->owner[t] >= 0 &&
        dra_resolution_mention (self, (guint) self->owner[t])->label == DRA_LABEL_ORGANIZATION)
      return TRUE;

  return FALSE;
}

/* Makes [first, first + n) one organization unless a mention crosses its edges or the
 * tagger is sure that it is a person or a place. */
static gint
take_as_organization (DraResolution *self,
                      guint          first,
                      guint          n)
{
  gint owner = self->owner[first];

  if (owner >= 0 && dra_resolution_mention (self, (guint) owner)->first == first &&
      dra_resolution_mention (self, (guint) owner)->n_tokens == n)
    {
      DraWorkMention *m = dra_resolution_mention (self, (guint) owner);

      if (m->label == DRA_LABEL_PERSON || (m->label == DRA_LABEL_PLACE && m->confidence > 0.5f))
        return -1;
      m->label = DRA_LABEL_ORGANIZATION;
      return owner;
    }

  for (guint t = first; t < first + n; t++)
    if (self->owner[t] >= 0)
      {
        DraWorkMention *m = dra_resolution_mention (self, (guint) self->owner[t]);

        if (m->first < first || m->first + m->n_tokens > first + n)
          return -1;
        if (m->label == DRA_LABEL_PERSON && m->n_tokens > 1 && m->confidence > 0.9f && n - m->n_tokens < 1)
          return -1;
      }
  for (guint t = first; t < first + n; t++)
    if (self->owner[t] >= 0)
      dra_resolution_remove (self, (guint) self->owner[t]);

  return dra_resolution_add (self, first, n, DRA_LABEL_ORGANIZATION, 0.8f);
}

/* "the Free Workers Party, or FWP,": the long form before an "or", "known as" or "called". */
static gint
long_form_before (DraResolution *self,
                  guint          token,
                  const char    *letters)
{
  guint end = token, first;

  if (end < 3 || !dra_resolution_same_sentence (self, end, end - 3))
    return -1;
  if (g_str_equal (dra_resolution_word (self, end - 1)->folded, "the"))
    end--;
  if (g_str_equal (dra_resolution_word (self, end - 1)->folded, "as") &&
      g_str_equal (dra_resolution_word (self, end - 2)->folded, "known"))
    end -= 2;
  else if (g_str_equal (dra_resolution_word (self, end - 1)->folded, "or") ||
           g_str_equal (dra_resolution_word (self, end - 1)->folded, "called"))
    end--;
  else
    return -1;
  if (dra_resolution_is_char (self, end - 1, ','))
    end--;
  if (!find_long_form (self, end, letters, &first) ||
      !is_backed_as_organization (self, first, end - first, token))
    return -1;

  return take_as_organization (self, first, end - first);
}

/* The long form of the acronym at `token`, which stands in brackets after it or before
 * them, or before an "or".  Returns a mention or -1. */
static gint
long_form_of (DraResolution *self,
              guint          token)
{
  g_autoptr (GString) letters = g_string_new (NULL);
  guint first = 0, end;
  gint before;

  append_capitals (self, token, TRUE, letters);

  if (token > 1 && dra_resolution_is_char (self, token - 1, '(') &&
      dra_resolution_same_sentence (self, token - 2, token) && token + 1 < self->n_tokens &&
      (dra_resolution_is_char (self, token + 1, ')') || dra_resolution_is_char (self, token + 1, ',') ||
       dra_resolution_is_char (self, token + 1, ';')))
    {
      end = token - 1;
      before = mention_ending_at (self, end);
      /* An organization followed by capitals in brackets: also where they spell its name in
       * another language or order ("Institutional Revolutionary Party (PRI)"). */
      if (before >= 0 && dra_resolution_mention (self, (guint) before)->label == DRA_LABEL_ORGANIZATION &&
          !find_long_form (self, end, letters->str, &first))
        {
          gint own = self->owner[token];

          if (dra_resolution_mention (self, (guint) before)->n_tokens < 2 ||
              (own >= 0 && dra_resolution_mention (self, (guint) own)->label == DRA_LABEL_PLACE))
            return -1;
          return before;
        }
      if (find_long_form (self, end, letters->str, &first) &&
          is_backed_as_organization (self, first, end - first, token))
        return take_as_organization (self, first, end - first);
      return -1;
    }

  /* "ABC (Long Name)" */
  if (token + 3 < self->n_tokens && dra_resolution_is_char (self, token + 1, '('))
    for (end = token + 3; end < self->n_tokens && end < token + 3 + ACRONYM_WORDS &&
                          dra_resolution_same_sentence (self, token, end); end++)
      if (dra_resolution_is_char (self, end, ')'))
        {
          if (find_long_form (self, end, letters->str, &first) && first == token + 2 &&
              is_backed_as_organization (self, first, end - first, token))
            return take_as_organization (self, first, end - first);
          break;
        }

  return long_form_before (self, token, letters->str);
}

/* --- acronyms of other things --- */

/* The words before `end` whose initials, small letters too, are the letters: the first of
 * them, or `end` when there are none.  Small words may have none ("Statement of Case"). */
static guint
find_spelt_words (DraResolution *self,
                  guint          end,
                  const char    *letters)
{
  guint left = (guint) strlen (letters), t = end;

  while (left > 0 && t > 0 && end - t < ACRONYM_WORDS && dra_resolution_same_sentence (self, t - 1, end))
    {
      const char *folded = dra_resolution_word (self, t - 1)->folded;

      if (g_ascii_tolower (letters[left - 1]) == folded[0])
        left--;
      else if (t == end || !(dra_resolution_word (self, t - 1)->classes & DRA_WORD_CLASS_LINK))
        return end;
      t--;
    }

  return left == 0 ? t : end;
}

/* The word that says what a phrase is: the last before the first "of" or "for". */
static guint
head_of (DraResolution *self,
         guint          first,
         guint          end)
{
  for (guint t = first + 1; t < end; t++)
    if (dra_resolution_word (self, t)->classes & DRA_WORD_CLASS_LINK)
      return t - 1;

  return end - 1;
}

/* "Robotic process automation (RPA)", "Contact Point (CP)": the words are common ones, or
 * their head is a thing. */
static gboolean
stands_for_thing (DraResolution *self,
                  guint          acronym,
                  guint         *head)
{
  g_autoptr (GString) letters = g_string_new (NULL);
  guint end = acronym - 1, first;

  append_capitals (self, acronym, TRUE, letters);
  if (letters->len < 2)
    return FALSE;
  first = find_spelt_words (self, end, letters->str);
  if (first == end)
    return FALSE;
  *head = head_of (self, first, end);
  if (dra_resolution_word (self, *head)->classes & DRA_WORD_CLASS_THING)
    return TRUE;
  if ((dra_resolution_word (self, *head)->classes & (DRA_WORD_CLASS_GENERIC | DRA_WORD_CLASS_BODY)) ||
      self->owner[*head] >= 0)
    return FALSE;

  return (self->shapes[end - 1] & DRA_SHAPE_LOWER) != 0 && (self->shapes[*head] & DRA_SHAPE_LOWER) != 0;
}

/* "an ASP of 40 dollars", "every MPA." but not "an FBI agent": a thing that there are many of. */
static gboolean
is_one_of_many (DraResolution *self,
                guint          token)
{
  static const char *const determiners[] = { "a", "an", "every", "each", "your", "no", "another", NULL };
  guint after = token + 1;

  if (token == 0 || !dra_resolution_same_sentence (self, token, token - 1) ||
      !(self->shapes[token] & DRA_SHAPE_ALL_CAPS) || (self->shapes[token] & DRA_SHAPE_HEADLINE) ||
      !g_strv_contains (determiners, dra_resolution_word (self, token - 1)->folded) ||
      (self->shapes[token - 1] & DRA_SHAPE_ALL_CAPS))
    return FALSE;
  if (!dra_resolution_same_sentence (self, token, after))
    return TRUE;
  if (!(self->shapes[after] & DRA_SHAPE_WORD))
    return strchr (".,;:!?)", self->text[self->tokens[after].range.start]) != NULL;

  return (dra_resolution_word (self, after)->classes & DRA_WORD_CLASS_FUNCTION) &&
         !dra_resolution_is_possessive (self, after);
}

/* Step 7.  An acronym that the article spells out as a thing, or as a place, or has an
 * indefinite article before, is no organization anywhere in it. */
void
dra_resolver_settle_acronyms (DraResolution *self)
{
  g_autoptr (GHashTable) things = g_hash_table_new (NULL, NULL); /* set of word id + 1 */
  g_autoptr (GHashTable) places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint t = 2; t < self->n_tokens; t++)
    {
      guint head;

      if (is_acronym (self, t) && is_one_of_many (self, t))
        g_hash_table_add (things, GUINT_TO_POINTER (self->ids[t] + 1));
      if (!dra_resolution_is_char (self, t - 1, '(') || !dra_resolution_same_sentence (self, t - 2, t) ||
          !is_acronym (self, t) || !stands_for_thing (self, t, &head))
        continue;
      g_hash_table_add (things, GUINT_TO_POINTER (self->ids[t] + 1));
      if (self->owner[head] >= 0 &&
          dra_resolution_mention (self, (guint) self->owner[head])->label == DRA_LABEL_ORGANIZATION)
        dra_resolution_relabel (self, (guint) self->owner[head], DRA_LABEL_OTHER);
    }

  for (guint i = 0; i < self->mentions->len; i++)
    {
      DraWorkMention *m = dra_resolution_mention (self, i);
      g_autoptr (GString) letters = g_string_new (NULL);

      if (m->removed || m->n_tokens < 2 || (m->label != DRA_LABEL_PLACE && m->label != DRA_LABEL_ORGANIZATION))
        continue;
      for (guint t = m->first; t < m->first + m->n_tokens; t++)
        append_capitals (self, t, FALSE, letters);
      if (m->label == DRA_LABEL_ORGANIZATION)
        g_hash_table_insert (places, g_string_free (g_steal_pointer (&letters), FALSE), NULL);
      else if (letters->len > 1 && !g_hash_table_contains (places, letters->str))
        g_hash_table_insert (places, g_string_free (g_steal_pointer (&letters), FALSE), GUINT_TO_POINTER (TRUE));
    }

  for (guint i = 0; i < self->mentions->len; i++)
    {
      DraWorkMention *m = dra_resolution_mention (self, i);
      g_autoptr (GString) letters = g_string_new (NULL);

      if (m->removed || m->n_tokens != 1 || m->label != DRA_LABEL_ORGANIZATION || !is_acronym (self, m->first))
        continue;
      append_capitals (self, m->first, TRUE, letters);
      if (g_hash_table_contains (things, GUINT_TO_POINTER (self->ids[m->first] + 1)))
        dra_resolution_relabel (self, i, DRA_LABEL_OTHER);
      else if (letters->len == strlen (dra_resolution_word (self, m->first)->folded) &&
               g_hash_table_lookup (places, letters->str) != NULL)
        dra_resolution_relabel (self, i, DRA_LABEL_PLACE);
    }
}

/* --- acronyms of organizations --- */

/* "LBC" in an article on the Lisbon Bell Council, which explains it nowhere. */
static void
join_initials (DraResolution *self)
{
  g_autoptr (GHashTable) initials = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->mentions->len; i++)
    {
      DraWorkMention *m = dra_resolution_mention (self, i);
      g_autoptr (GString) letters = g_string_new (NULL);

      if (m->removed || m->label != DRA_LABEL_ORGANIZATION || m->n_tokens < MIN_INITIALS ||
          m->confidence < SURE_LONG_FORM)
        continue;
      for (guint t = m->first; t < m->first + m->n_tokens; t++)
        append_capitals (self, t, FALSE, letters);
      if (letters->len >= MIN_INITIALS)
        g_hash_table_add (initials, g_string_free (g_steal_pointer (&letters), FALSE));
    }
  if (g_hash_table_size (initials) == 0)
    return;

  for (guint t = 0; t < self->n_tokens; t++)
    {
      g_autoptr (GString) letters = NULL;
      gint own = self->owner[t];

      if (!(self->shapes[t] & DRA_SHAPE_ALL_CAPS) || !is_acronym (self, t) ||
          (dra_resolution_word (self, t)->classes & DRA_WORD_CLASS_THING) ||
          (own >= 0 && (dra_resolution_mention (self, (guint) own)->n_tokens > 1 ||
                        dra_resolution_mention (self, (guint) own)->label == DRA_LABEL_PLACE)))
        continue;
      letters = g_string_new (NULL);
      append_capitals (self, t, TRUE, letters);
      if (letters->len < MIN_INITIALS || !g_hash_table_contains (initials, letters->str))
        continue;
      if (own < 0)
        dra_resolution_add (self, t, 1, DRA_LABEL_ORGANIZATION, SURE_LONG_FORM);
      else
        dra_resolution_relabel (self, (guint) own, DRA_LABEL_ORGANIZATION);
    }
}

/* Step 8.  Acronyms defined in brackets, either way round, or by "or", and every later use
 * of them. */
void
dra_resolver_join_acronyms (DraResolution *self)
{
  g_autoptr (GHashTable) defined = g_hash_table_new (NULL, NULL); /* word id + 1 -> mention + 1 */

  join_initials (self);
  for (guint t = 0; t < self->n_tokens; t++)
    {
      gint long_form, own;

      if (!is_acronym (self, t))
        continue;
      own = self->owner[t];
      if (own >= 0 && dra_resolution_mention (self, (guint) own)->n_tokens > 1)
        continue;
      long_form = long_form_of (self, t);
      if (long_form < 0)
        continue;

      if (!g_hash_table_contains (defined, GUINT_TO_POINTER (self->ids[t] + 1)))
        g_hash_table_insert (defined, GUINT_TO_POINTER (self->ids[t] + 1),
                             GUINT_TO_POINTER ((guint) long_form + 1));
    }

  if (g_hash_table_size (defined) == 0)
    return;

  for (guint t = 0; t < self->n_tokens; t++)
    {
      gpointer found;
      gint own = self->owner[t];

      if (!is_acronym (self, t))
        continue;
      found = g_hash_table_lookup (defined, GUINT_TO_POINTER (self->ids[t] + 1));
      if (found == NULL ||
          (own >= 0 && dra_resolution_mention (self, (guint) own)->n_tokens > 1))
        continue;
      if (own < 0)
        own = dra_resolution_add (self, t, 1, DRA_LABEL_ORGANIZATION, 0.8f);
      dra_resolution_relabel (self, (guint) own, DRA_LABEL_ORGANIZATION);
      dra_resolution_mention (self, (guint) own)->alias_of = (gint) GPOINTER_TO_UINT (found) - 1;
    }
}
