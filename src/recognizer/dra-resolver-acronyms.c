/* dra-resolver-acronyms.c: "Long Name (ABC)" and "ABC (Long Name)".
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recognizer/dra-resolver-private.h"

#include <string.h>

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

/* The long form of the acronym at `token`, which stands in brackets after it or before
 * them.  Returns a mention or -1. */
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

  return -1;
}

/* Step 5.  Acronyms defined in brackets, either way round, and every later use of them. */
void
dra_resolver_join_acronyms (DraResolution *self)
{
  g_autoptr (GHashTable) defined = g_hash_table_new (NULL, NULL); /* word id + 1 -> mention + 1 */

  for (guint t = 0; t < self->n_tokens; t++)
    {
      gint long_form, own;

      if (!is_acronym (self, t) ||
          !((t > 0 && dra_resolution_is_char (self, t - 1, '(')) ||
            (t + 1 < self->n_tokens && dra_resolution_is_char (self, t + 1, '('))))
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
