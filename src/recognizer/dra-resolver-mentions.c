/* dra-resolver-mentions.c: the steps that decide which mentions there are, and of what kind.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recognizer/dra-resolver-private.h"

#include <string.h>

#define UNITE_FACTOR       2.0f /* how much stronger a class must be to take over a string */
#define ACRONYM_WORDS      13   /* words before a bracket looked at for its long form */
#define HEADLINE_SHARE     0.5  /* of an article in capitals before they mean nothing */

/* --- names without what surrounds them --- */

static gboolean
is_possessive (DraResolution *self,
               guint          token)
{
  const char *folded = dra_resolution_word (self, token)->folded;

  return g_str_equal (folded, "'s") || g_str_equal (folded, "'");
}

/* A handle, an address or a link names an account, not a person. */
static gboolean
is_handle (DraResolution        *self,
           const DraWorkMention *mention)
{
  DraRange range = dra_resolution_range (self, mention->first, mention->n_tokens);
  gsize length = dra_range_length (range);

  if (memchr (self->text + range.start, '@', length) != NULL ||
      self->text[range.start] == '#' ||
      g_strstr_len (self->text + range.start, (gssize) length, "://") != NULL ||
      (length > 4 && g_ascii_strncasecmp (self->text + range.start, "www.", 4) == 0))
    return TRUE;

  return range.start > 0 && (self->text[range.start - 1] == '@' || self->text[range.start - 1] == '#');
}

/* Quotation marks and commas are never part of a name; "Wham!", "Congress (I)" and
 * "McDonald's" are names, though not of people. */
static gboolean
is_outside (DraResolution *self,
            DraLabel       label,
            guint          token)
{
  if (label == DRA_LABEL_PERSON)
    return !(self->shapes[token] & DRA_SHAPE_WORD) || is_possessive (self, token);

  return strchr ("\"'`,;:.-", self->text[self->tokens[token].range.start]) != NULL &&
         !(self->shapes[token] & DRA_SHAPE_WORD);
}

static void
trim_edges (DraResolution *self,
            DraLabel       label,
            guint         *first,
            guint         *n)
{
  while (*n > 0 && (is_outside (self, label, *first) || !(self->shapes[*first] & DRA_SHAPE_WORD)))
    (*first)++, (*n)--;
  while (*n > 0 && is_outside (self, label, *first + *n - 1))
    (*n)--;
}

static void
trim_person (DraResolution *self,
             guint         *first,
             guint         *n)
{
  const DraWordClass no_name_end =
    DRA_WORD_CLASS_FUNCTION | DRA_WORD_CLASS_REGIME | DRA_WORD_CLASS_ROLE;

  while (*n > 1)
    {
      DraWordInfo *word = dra_resolution_word (self, *first);

      if ((word->classes & (DRA_WORD_CLASS_HONORIFIC | DRA_WORD_CLASS_TITLE)) ||
          ((self->shapes[*first] & DRA_SHAPE_LOWER) && !(word->classes & DRA_WORD_CLASS_PARTICLE) &&
           (word->classes & (no_name_end | DRA_WORD_CLASS_MODIFIER))) ||
          !(self->shapes[*first] & DRA_SHAPE_WORD))
        (*first)++, (*n)--;
      else
        break;
    }
  while (*n > 1)
    {
      DraWordInfo *word = dra_resolution_word (self, *first + *n - 1);

      if (((self->shapes[*first + *n - 1] & DRA_SHAPE_LOWER) && (word->classes & no_name_end) &&
           !(word->classes & DRA_WORD_CLASS_PARTICLE)) ||
          !(self->shapes[*first + *n - 1] & DRA_SHAPE_WORD))
        (*n)--;
      else
        break;
    }
}

/* "Free Party leader", "AAP National Convenor": the office is not part of the name, but it
 * is in "Office of the Governor". */
static guint
count_office (DraResolution *self,
              guint          first,
              guint          n)
{
  guint k = 0;

  while (k + 1 < n)
    {
      DraWordInfo *word = dra_resolution_word (self, first + n - 1 - k);

      if (!(word->classes & DRA_WORD_CLASS_TITLE) && !(k == 0 && g_str_equal (word->folded, "supremo")) &&
          !(k == 0 && g_str_equal (word->folded, "convenor")) &&
          !(k > 0 && (word->classes & DRA_WORD_CLASS_MODIFIER) && !(word->classes & DRA_WORD_CLASS_GENERIC)) &&
          !(k > 0 && g_str_equal (word->folded, "national")))
        break;
      k++;
    }
  if (k > 0 && (dra_resolution_word (self, first + n - 1 - k)->classes & DRA_WORD_CLASS_LINK))
    return 0;

  return k;
}

static void
trim_organization (DraResolution *self,
                   guint         *first,
                   guint         *n)
{
  *n -= count_office (self, *first, *n);
  while (*n > 1)
    {
      const char *folded = dra_resolution_word (self, *first)->folded;

      if (g_str_equal (folded, "the") || g_str_equal (folded, "a") || g_str_equal (folded, "an"))
        (*first)++, (*n)--;
      else
        break;
    }
}

/* "Prime Minister", "President": nothing but a title. */
static gboolean
is_title_alone (DraResolution *self,
                guint          first,
                guint          n)
{
  const DraWordClass title = DRA_WORD_CLASS_HONORIFIC | DRA_WORD_CLASS_TITLE;

  for (guint t = first; t + 1 < first + n; t++)
    if (!(dra_resolution_word (self, t)->classes & (title | DRA_WORD_CLASS_MODIFIER)))
      return FALSE;

  return (dra_resolution_word (self, first + n - 1)->classes & title) != 0;
}

/* Ids of the last words of the longer names of people: those may stand alone. */
static GHashTable *
collect_surnames (DraResolution *self)
{
  GHashTable *surnames = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < self->mentions->len; i++)
    {
      DraWorkMention *m = dra_resolution_mention (self, i);

      if (!m->removed && m->label == DRA_LABEL_PERSON && m->n_tokens > 1)
        {
          guint last = m->first + m->n_tokens - 1;

          if ((dra_resolution_word (self, last)->classes & DRA_WORD_CLASS_SUFFIX) && m->n_tokens > 2)
            last--;
          if (is_title_alone (self, m->first, m->n_tokens))
            continue;
          g_hash_table_add (surnames, GUINT_TO_POINTER (self->ids[last] + 1));
        }
    }

  return surnames;
}

/* "Smith administration" is named after a person: keep the person. */
static gboolean
cut_regime (DraResolution  *self,
            DraWorkMention *mention,
            GHashTable     *surnames,
            guint          *n)
{
  guint last = mention->first + *n - 1;
  DraWordInfo *before;

  if (*n < 2 || !(dra_resolution_word (self, last)->classes & DRA_WORD_CLASS_REGIME))
    return FALSE;
  before = dra_resolution_word (self, last - 1);
  if (before->flags & DRA_WORD_DEMONYM)
    return FALSE;
  if (!g_hash_table_contains (surnames, GUINT_TO_POINTER (self->ids[last - 1] + 1)))
    return FALSE;
  (*n)--;

  return TRUE;
}

/* "STs", "NGOs" */
static gboolean
is_plural_acronym (DraResolution *self,
                   guint          token)
{
  DraRange range = self->tokens[token].range;

  for (gsize i = range.start; i + 1 < range.end; i++)
    if (!g_ascii_isupper (self->text[i]))
      return FALSE;

  return dra_range_length (range) > 2 && self->text[range.end - 1] == 's';
}

/* "Mexican", "Muslims", "STs": words for people of a kind. */
static gboolean
is_people_word (DraResolution *self,
                guint          first,
                guint          n)
{
  static const char *const bodies[] = { "office", "state", "court", "board", "division", "unit", "department",
                                        "committee", "council", "commission", "party", "center", "centre",
                                        "company", "group", "newsletter", "website", "museum", "team", NULL };
  DraWordInfo *word = dra_resolution_word (self, first);

  if (n == 2)
    return (word->classes & DRA_WORD_CLASS_BELIEF) &&
           ((dra_resolution_word (self, first + 1)->classes & DRA_WORD_CLASS_BELIEF) ||
            (dra_resolution_word (self, first + 1)->flags & DRA_WORD_DEMONYM));
  if (n != 1)
    return FALSE;
  if (((word->flags & DRA_WORD_DEMONYM) || (word->classes & DRA_WORD_CLASS_BELIEF)) &&
      !(first > 0 && dra_resolution_same_sentence (self, first, first - 1) &&
        g_str_equal (dra_resolution_word (self, first - 1)->folded, "the"))) /* "The Hindu" is a newspaper */
    return TRUE;
  /* "this high Office": the article has it as a common word as well */
  if (word->n_lower > 0 && !(self->shapes[first] & DRA_SHAPE_ALL_CAPS) &&
      g_strv_contains (bodies, word->folded))
    return TRUE;

  return is_plural_acronym (self, first);
}

/* "Parliament" and "of the Republic of Fiji": a common word is a name with its place. */
static void
join_place (DraResolution *self,
            guint          index)
{
  DraWorkMention *m = dra_resolution_mention (self, index), *place;
  guint end = m->first + m->n_tokens, t = end;

  for (guint k = m->first; k < end; k++)
    if (!(dra_resolution_word (self, k)->classes & (DRA_WORD_CLASS_GENERIC | DRA_WORD_CLASS_MODIFIER)))
      return;
  if (t + 1 >= self->n_tokens || !dra_resolution_same_sentence (self, m->first, t + 1) ||
      !g_str_equal (dra_resolution_word (self, t)->folded, "of"))
    return;
  t++;
  if (g_str_equal (dra_resolution_word (self, t)->folded, "the") &&
      dra_resolution_same_sentence (self, t, t + 1))
    t++;
  if (self->owner[t] < 0)
    return;
  place = dra_resolution_mention (self, (guint) self->owner[t]);
  if (place->label != DRA_LABEL_PLACE || place->first != t)
    return;
  end = place->first + place->n_tokens;
  dra_resolution_remove (self, (guint) self->owner[t]);
  dra_resolution_resize (self, index, m->first, end - m->first);
}

/* Step 1.  Cuts titles, honorifics, articles and possessives off, and drops what is then no
 * name: a title alone, a handle, a demonym alone. */
void
dra_resolver_trim_names (DraResolution *self)
{
  g_autoptr (GHashTable) surnames = collect_surnames (self);

  for (guint i = 0; i < self->mentions->len; i++)
    {
      DraWorkMention *m = dra_resolution_mention (self, i);
      guint first = m->first, n = m->n_tokens;
      DraWordInfo *word;

      if (m->removed)
        continue;
      if (is_handle (self, m))
        {
          dra_resolution_remove (self, i);
          continue;
        }

      trim_edges (self, m->label, &first, &n);
      if (n > 0 && m->label == DRA_LABEL_PERSON)
        trim_person (self, &first, &n);
      else if (n > 0 && m->label == DRA_LABEL_ORGANIZATION)
        trim_organization (self, &first, &n);
      if (n == 0)
        {
          dra_resolution_remove (self, i);
          continue;
        }
      dra_resolution_resize (self, i, first, n);
      if (m->label != DRA_LABEL_PERSON && cut_regime (self, m, surnames, &n))
        {
          dra_resolution_resize (self, i, first, n);
          dra_resolution_relabel (self, i, DRA_LABEL_PERSON);
        }

      word = dra_resolution_word (self, first);
      if (m->label == DRA_LABEL_PERSON && is_title_alone (self, first, n) &&
          !(word->flags & DRA_WORD_SURNAME && m->confidence > 0.8f) &&
          !g_hash_table_contains (surnames, GUINT_TO_POINTER (self->ids[first + n - 1] + 1)))
        dra_resolution_remove (self, i);
      else if (m->label == DRA_LABEL_ORGANIZATION && is_people_word (self, first, n))
        dra_resolution_relabel (self, i, DRA_LABEL_OTHER);
      else if (m->label == DRA_LABEL_ORGANIZATION)
        join_place (self, i);
    }
}

/* --- "Bill and Hillary Clinton" --- */

static gboolean
is_and (DraResolution *self,
        guint          token)
{
  const char *folded = dra_resolution_word (self, token)->folded;

  return g_str_equal (folded, "and") || g_str_equal (folded, "&");
}

static gboolean
known_key (DraResolution *self,
           GHashTable    *keys,
           guint          first,
           guint          n)
{
  g_autofree char *key = dra_resolution_dup_key (self, first, n);

  return g_hash_table_contains (keys, key);
}

/* Two people in one span always come apart; two organizations only when each is named alone
 * somewhere, for "Procter and Gamble" is one. */
static void
split_at_and (DraResolution *self,
              guint          index,
              GHashTable    *keys)
{
  DraWorkMention *m = dra_resolution_mention (self, index);
  guint first = m->first, end = m->first + m->n_tokens;

  for (guint t = first + 1; t + 1 < end; t++)
    {
      gint right;

      if (!is_and (self, t))
        continue;
      if (m->label == DRA_LABEL_ORGANIZATION &&
          !(known_key (self, keys, first, t - first) && known_key (self, keys, t + 1, end - t - 1)))
        continue;
      if (m->label == DRA_LABEL_PERSON && dra_resolution_is_char (self, t, '&'))
        continue;

      dra_resolution_resize (self, index, first, t - first);
      right = dra_resolution_add (self, t + 1, end - t - 1, m->label, m->confidence);
      memcpy (dra_resolution_mention (self, (guint) right)->scores,
              dra_resolution_mention (self, index)->scores, sizeof m->scores);
      return;
    }
}

/* Step 2.  Couples: one given name, "and", a full name: the first has the family name of the
 * second, unless it is a family name itself. */
void
dra_resolver_split_couples (DraResolution *self)
{
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) surnames = NULL;
  guint n_mentions = self->mentions->len;

  for (guint i = 0; i < n_mentions; i++)
    {
      DraWorkMention *m = dra_resolution_mention (self, i);

      if (!m->removed && m->label != DRA_LABEL_OTHER)
        g_hash_table_add (keys, dra_resolution_dup_key (self, m->first, m->n_tokens));
    }
  for (guint i = 0; i < n_mentions; i++)
    {
      DraWorkMention *m = dra_resolution_mention (self, i);

      if (!m->removed && m->n_tokens > 2 &&
          (m->label == DRA_LABEL_PERSON || m->label == DRA_LABEL_ORGANIZATION))
        split_at_and (self, i, keys);
    }

  surnames = collect_surnames (self);
  for (guint i = 0; i < self->mentions->len; i++)
    {
      DraWorkMention *m = dra_resolution_mention (self, i), *next;
      guint after = m->first + m->n_tokens, last;
      g_autofree char *full = NULL;
      DraWordInfo *word;

      if (m->removed || m->label != DRA_LABEL_PERSON || m->n_tokens != 1 ||
          after + 1 >= self->n_tokens || !is_and (self, after) || self->owner[after + 1] < 0)
        continue;
      next = dra_resolution_mention (self, (guint) self->owner[after + 1]);
      if (next->label != DRA_LABEL_PERSON || next->n_tokens < 2)
        continue;

      word = dra_resolution_word (self, m->first);
      last = next->first + next->n_tokens - 1;
      full = g_strconcat (word->folded, " ", dra_resolution_word (self, last)->folded, NULL);
      if (g_hash_table_contains (keys, full) ||
          ((word->flags & DRA_WORD_FIRST_NAME) &&
           !g_hash_table_contains (surnames, GUINT_TO_POINTER (self->ids[m->first] + 1))))
        m->surname = (gint) self->ids[last];
    }
}

/* --- William "Bill" Clinton --- */

static gboolean
is_quote (DraResolution *self,
          guint          token)
{
  gunichar c = g_utf8_get_char (self->text + self->tokens[token].range.start);

  return (c == '"' || c == '\'' || c == '`' || (c >= 0x2018 && c <= 0x201F)) &&
         !(self->shapes[token] & DRA_SHAPE_WORD);
}

/* A capitalised word that is a person's or nobody's yet. */
static gboolean
may_be_personal (DraResolution *self,
                 guint          token)
{
  gint owner = self->owner[token];

  return (self->shapes[token] & DRA_SHAPE_CAPITAL) &&
         (owner < 0 || dra_resolution_mention (self, (guint) owner)->label != DRA_LABEL_PLACE);
}

/* The end of the name that begins with the person whose last token is before the opening
 * quote: past the closing quote and the family name; 0 when it is none. */
static guint
find_nickname_end (DraResolution *self,
                   guint          quote)
{
  for (guint t = quote + 1; t + 1 < self->n_tokens && t < quote + 5 &&
                            dra_resolution_same_sentence (self, quote, t + 1); t++)
    {
      if (is_quote (self, t))
        return t > quote + 1 && may_be_personal (self, t + 1) &&
               !(dra_resolution_word (self, t + 1)->classes & DRA_WORD_CLASS_FUNCTION) ? t + 2 : 0;
      if (!may_be_personal (self, t) && !g_str_equal (dra_resolution_word (self, t)->folded, "the"))
        return 0;
    }

  return 0;
}

/* Step 3.  A nickname in quotes between given and family name is part of one name. */
void
dra_resolver_join_nicknames (DraResolution *self)
{
  for (guint quote = 1; quote + 3 < self->n_tokens; quote++)
    {
      gint owner = self->owner[quote - 1];
      DraWorkMention *m;
      guint first, end;
      float confidence;

      if (!is_quote (self, quote) || owner < 0)
        continue;
      m = dra_resolution_mention (self, (guint) owner);
      if (m->label != DRA_LABEL_PERSON || m->first + m->n_tokens != quote)
        continue;
      first = m->first;
      confidence = m->confidence;
      end = find_nickname_end (self, quote);
      if (end == 0 ||
          (end < self->n_tokens && self->owner[end] >= 0 && self->owner[end] == self->owner[end - 1] &&
           dra_resolution_mention (self, (guint) self->owner[end])->label != DRA_LABEL_PERSON))
        continue;
      while (end < self->n_tokens && self->owner[end] >= 0 && self->owner[end] == self->owner[end - 1])
        end++;

      for (guint t = first; t < end; t++)
        if (self->owner[t] >= 0)
          dra_resolution_remove (self, (guint) self->owner[t]);
      dra_resolution_add (self, first, end - first, DRA_LABEL_PERSON, confidence);
      quote = end - 1;
    }
}

/* --- headlines --- */

static void
count_named_words (DraResolution *self)
{
  for (guint i = 0; i < self->words->len; i++)
    g_array_index (self->words, DraWordInfo, i).n_named = 0;

  for (guint t = 0; t < self->n_tokens; t++)
    if (self->owner[t] >= 0 && !(self->shapes[t] & DRA_SHAPE_HEADLINE) &&
        dra_resolution_mention (self, (guint) self->owner[t])->label != DRA_LABEL_OTHER)
      dra_resolution_word (self, t)->n_named++;
}

static gboolean
is_telling (DraResolution *self,
            guint          token)
{
  return (self->shapes[token] & DRA_SHAPE_WORD) &&
         dra_range_length (self->tokens[token].range) > 3 &&
         !(dra_resolution_word (self, token)->classes & (DRA_WORD_CLASS_LINK | DRA_WORD_CLASS_FUNCTION));
}

static void
filter_headline_name (DraResolution *self,
                      guint          index)
{
  DraWorkMention *m = dra_resolution_mention (self, index);
  guint first = m->first, n = m->n_tokens;
  gboolean backed = FALSE, common = FALSE;

  for (guint t = first; t < first + n; t++)
    {
      DraWordInfo *word = dra_resolution_word (self, t);

      if (word->n_named > 0 && !(word->classes & DRA_WORD_CLASS_LINK))
        backed = TRUE;
      if (is_telling (self, t) && word->n_lower > 0)
        common = TRUE;
    }
  if (!backed)
    {
      if (common)
        dra_resolution_remove (self, index);
      return;
    }

  /* "Smith Urges": the ends go that the article uses as common words and in no name. */
  while (n > 1 && dra_resolution_word (self, first + n - 1)->n_named == 0 &&
         (dra_resolution_word (self, first + n - 1)->n_lower > 0 ||
          (dra_resolution_word (self, first + n - 1)->classes & DRA_WORD_CLASS_FUNCTION)))
    n--;
  while (n > 1 && dra_resolution_word (self, first)->n_named == 0 &&
         (dra_resolution_word (self, first)->n_lower > 0 ||
          (dra_resolution_word (self, first)->classes & DRA_WORD_CLASS_FUNCTION)))
    first++, n--;
  dra_resolution_resize (self, index, first, n);
}

/* Step 4.  In a sentence of capitals anything looks like a name: keep one only when the
 * running text names one of its words, or uses none of them in lower case. */
void
dra_resolver_filter_headlines (DraResolution *self)
{
  guint n_headline = 0;

  for (guint t = 0; t < self->n_tokens; t++)
    n_headline += (self->shapes[t] & DRA_SHAPE_HEADLINE) != 0;
  if (n_headline > HEADLINE_SHARE * self->n_tokens)
    return;

  count_named_words (self);
  for (guint i = 0; i < self->mentions->len; i++)
    {
      DraWorkMention *m = dra_resolution_mention (self, i);

      if (!m->removed && m->label != DRA_LABEL_OTHER && (self->shapes[m->first] & DRA_SHAPE_HEADLINE))
        filter_headline_name (self, i);
    }
}

/* --- "Long Name (ABC)" --- */

static gboolean
is_acronym (DraResolution *self,
            guint          token)
{
  DraRange range = self->tokens[token].range;
  guint n_upper = 0, n_letters = 0;

  if (dra_range_length (range) < 2 || dra_range_length (range) > 12 ||
      !(self->shapes[token] & DRA_SHAPE_CAPITAL) || is_plural_acronym (self, token))
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

/* --- one string, one class --- */

typedef struct
{
  float    scores[DRA_N_LABELS];
  guint    n;
  gboolean is_titled; /* "Mr Habu": surely a person */
} Vote;

/* "startup Habu", "Habu's chairman": what stands beside a name tells of a company. */
static gboolean
has_company_cue (DraResolution        *self,
                 const DraWorkMention *mention)
{
  guint after = mention->first + mention->n_tokens;

  if (mention->first > 0 && dra_resolution_same_sentence (self, mention->first, mention->first - 1) &&
      (dra_resolution_word (self, mention->first - 1)->classes & DRA_WORD_CLASS_COMPANY))
    return TRUE;
  if (after < self->n_tokens && dra_resolution_same_sentence (self, mention->first, after) &&
      is_possessive (self, after))
    after++;

  /* "Acme <ACM.N>": a ticker */
  if (after + 1 < self->n_tokens && dra_resolution_is_char (self, after, '<') &&
      (self->shapes[after + 1] & DRA_SHAPE_ALL_CAPS))
    return TRUE;

  return after < self->n_tokens && dra_resolution_same_sentence (self, mention->first, after) &&
         (dra_resolution_word (self, after)->classes & DRA_WORD_CLASS_OF_COMPANY) &&
         !(self->shapes[after] & DRA_SHAPE_CAPITAL);
}

static gboolean
has_title (DraResolution        *self,
           const DraWorkMention *mention)
{
  return mention->first > 0 && dra_resolution_same_sentence (self, mention->first, mention->first - 1) &&
         (dra_resolution_word (self, mention->first - 1)->classes &
          (DRA_WORD_CLASS_HONORIFIC | DRA_WORD_CLASS_TITLE));
}

/* Step 6.  Equal strings take the class their marginals favour together, when it is clearly
 * the stronger; otherwise each keeps its own ("Washington" may be a man and a city). */
void
dra_resolver_unite_labels (DraResolution *self)
{
  g_autoptr (GHashTable) votes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) surnames = collect_surnames (self);
  g_autoptr (GPtrArray) of_mention = g_ptr_array_new ();

  for (guint i = 0; i < self->mentions->len; i++)
    {
      DraWorkMention *m = dra_resolution_mention (self, i);
      g_autofree char *key = NULL;
      Vote *vote;

      if (m->removed)
        {
          g_ptr_array_add (of_mention, NULL);
          continue;
        }
      key = dra_resolution_dup_key (self, m->first, m->n_tokens);
      vote = g_hash_table_lookup (votes, key);
      if (vote == NULL)
        {
          vote = g_new0 (Vote, 1);
          if (m->n_tokens == 1 &&
              g_hash_table_contains (surnames, GUINT_TO_POINTER (self->ids[m->first] + 1)))
            {
              vote->scores[DRA_LABEL_PERSON] += 1;
              vote->n++;
              vote->is_titled = TRUE;
            }
          g_hash_table_insert (votes, g_steal_pointer (&key), vote);
        }
      for (guint l = 0; l < DRA_N_LABELS; l++)
        vote->scores[l] += m->scores[l];
      vote->n++;
      vote->is_titled |= has_title (self, m);
      g_ptr_array_add (of_mention, vote);
    }

  for (guint i = 0; i < of_mention->len; i++)
    {
      DraWorkMention *m = dra_resolution_mention (self, i);
      Vote *vote = g_ptr_array_index (of_mention, i);

      if (vote == NULL || m->alias_of >= 0)
        continue;
      if (m->label == DRA_LABEL_PERSON && (m->n_tokens == 1 || m->confidence < 0.8f) &&
          !vote->is_titled && has_company_cue (self, m))
        {
          vote->scores[DRA_LABEL_ORGANIZATION] += vote->scores[DRA_LABEL_PERSON];
          vote->scores[DRA_LABEL_PERSON] = 0;
          vote->is_titled = TRUE; /* once is enough */
        }
    }
  for (guint i = 0; i < of_mention->len; i++)
    {
      DraWorkMention *m = dra_resolution_mention (self, i);
      Vote *vote = g_ptr_array_index (of_mention, i);
      guint best = 0;

      if (vote == NULL || m->alias_of >= 0)
        continue;
      for (guint l = 1; l < DRA_N_LABELS; l++)
        if (vote->scores[l] > vote->scores[best])
          best = l;
      if (best != (guint) m->label && vote->scores[best] >= UNITE_FACTOR * vote->scores[m->label])
        m->label = (DraLabel) best;
    }
}

/* Step 9.  Titles of works, events, nationalities: found so that they are not taken for
 * people or organizations, and not part of the cast. */
void
dra_resolver_drop_non_names (DraResolution *self)
{
  for (guint i = 0; i < self->mentions->len; i++)
    if (!dra_resolution_mention (self, i)->removed &&
        dra_resolution_mention (self, i)->label == DRA_LABEL_OTHER)
      dra_resolution_remove (self, i);
}
