/* dra-resolver-trim.c: the bare name within a span, or that it is none.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recognizer/dra-resolver-private.h"

#include <string.h>

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

/* "&amp;" that a page escaped twice, and of "Jane Roe1" the digit, which is a token of its own. */
static gboolean
is_mark (DraResolution *self,
         DraLabel       label,
         guint          token)
{
  DraRange range = self->tokens[token].range;

  if (label == DRA_LABEL_PERSON)
    return token > 0 && range.start == self->tokens[token - 1].range.end &&
           g_ascii_isdigit (self->text[range.start]);

  return self->text[range.start] == '&' && self->text[range.end - 1] == ';';
}

/* Quotation marks and commas are never part of a name; "Wham!", "Congress (I)" and
 * "McDonald's" are names, though not of people. */
static gboolean
is_outside (DraResolution *self,
            DraLabel       label,
            guint          token)
{
  if (label == DRA_LABEL_PERSON)
    return !(self->shapes[token] & DRA_SHAPE_WORD) || dra_resolution_is_possessive (self, token);

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
  while (*n > 0 && (is_outside (self, label, *first + *n - 1) || is_mark (self, label, *first + *n - 1)))
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

/* "Health Ministry on Monday" */
static guint
count_day (DraResolution *self,
           guint          first,
           guint          n)
{
  guint last = first + n - 1;

  return n > 2 && (dra_resolution_word (self, last)->classes & DRA_WORD_CLASS_CALENDAR) &&
             (self->shapes[last - 1] & DRA_SHAPE_LOWER) &&
             (dra_resolution_word (self, last - 1)->classes & DRA_WORD_CLASS_FUNCTION)
           ? 2 : 0;
}

/* "London's Natural Bell Museum": whose place it is, if what follows is a name of its own. */
static guint
count_owner (DraResolution *self,
             guint          first,
             guint          n)
{
  guint last = first + n - 1;

  for (guint k = 1; k + 2 < n; k++)
    if (dra_resolution_is_possessive (self, first + k))
      return dra_resolution_is_listed_place (self, first, k, 0) &&
                 (dra_resolution_word (self, last)->classes & (DRA_WORD_CLASS_GENERIC | DRA_WORD_CLASS_BODY)) &&
                 (self->shapes[first + k + 1] & DRA_SHAPE_CAPITAL)
               ? k + 1 : 0;

  return 0;
}

/* "Vane's Lampworks", where Vane is a person of the article. */
static guint
count_person (DraResolution *self,
              guint          first,
              guint          n,
              GHashTable    *surnames)
{
  return n > 2 && dra_resolution_is_possessive (self, first + 1) && (self->shapes[first + 2] & DRA_SHAPE_CAPITAL) &&
             g_hash_table_contains (surnames, GUINT_TO_POINTER (self->ids[first] + 1))
           ? 2 : 0;
}

static void
trim_organization (DraResolution *self,
                   GHashTable    *surnames,
                   guint         *first,
                   guint         *n)
{
  guint owner;

  *n -= count_office (self, *first, *n);
  *n -= count_day (self, *first, *n);
  owner = count_owner (self, *first, *n);
  if (owner == 0)
    owner = count_person (self, *first, *n, surnames);
  *first += owner;
  *n -= owner;
  /* "Marmara University Former Rector", "Lighthouse Division Eng. Vane" */
  while (*n > 1 && (self->shapes[*first + *n - 1] & DRA_SHAPE_WORD))
    {
      const DraWordInfo *word = dra_resolution_word (self, *first + *n - 1);

      if (!g_str_equal (word->folded, "former") && !g_str_equal (word->folded, "eng") &&
          !(word->classes & DRA_WORD_CLASS_HONORIFIC))
        break;
      (*n)--;
    }
  while (*n > 1)
    {
      const char *folded = dra_resolution_word (self, *first)->folded;

      if (g_str_equal (folded, "the") || g_str_equal (folded, "a") || g_str_equal (folded, "an"))
        (*first)++, (*n)--;
      else
        break;
    }
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

/* "Mexican", "Muslim" */
static gboolean
is_kind_of_people (DraResolution *self,
                   guint          token)
{
  const DraWordInfo *word = dra_resolution_word (self, token);

  return (word->flags & DRA_WORD_DEMONYM) || (word->classes & DRA_WORD_CLASS_BELIEF);
}

/* "the Clintons": a family is none of its members. */
static gboolean
is_family (DraResolution        *self,
           const DraWorkMention *mention,
           GHashTable           *surnames)
{
  const char *folded = dra_resolution_word (self, mention->first)->folded;
  gsize length = strlen (folded);

  if (mention->n_tokens != 1 || length < 4 || folded[length - 1] != 's' || mention->first == 0 ||
      !dra_resolution_same_sentence (self, mention->first, mention->first - 1) ||
      !g_str_equal (dra_resolution_word (self, mention->first - 1)->folded, "the") ||
      g_hash_table_contains (surnames, GUINT_TO_POINTER (self->ids[mention->first] + 1)))
    return FALSE;
  for (gsize cut = 1; cut <= (folded[length - 2] == 'e' ? 2 : 1); cut++)
    {
      g_autofree char *stem = g_strndup (folded, length - cut);
      gpointer id = g_hash_table_lookup (self->word_ids, stem);

      if (id != NULL && g_hash_table_contains (surnames, id))
        return TRUE;
    }

  return FALSE;
}

/* "Indians", "Germans", "Europeans" */
static gboolean
is_plural_demonym (DraResolution *self,
                   guint          token)
{
  DraRange range = self->tokens[token].range;
  gsize length = dra_range_length (range);
  g_autofree char *stem = NULL;

  if (length <= 4 || self->text[range.end - 1] != 's')
    return FALSE;
  if (self->model != NULL &&
      (dra_model_lookup_word (self->model, self->text + range.start, length - 1) & DRA_WORD_DEMONYM))
    return TRUE;
  stem = dra_word_fold (self->text + range.start, length - 1);

  return (dra_word_class_lookup (stem) & DRA_WORD_CLASS_BELIEF) != 0;
}

/* "New Zealanders", "a New Yorker", but not "The New Yorker": of a place, by its ending. */
static gboolean
is_inhabitant (DraResolution *self,
               guint          first,
               guint          n)
{
  guint last = first + n - 1;
  const char *folded = dra_resolution_word (self, last)->folded;
  gsize length = dra_range_length (self->tokens[last].range);
  gboolean plural = g_str_has_suffix (folded, "ers");

  if (n > 2 || length < 6 || !(plural || g_str_has_suffix (folded, "er")))
    return FALSE;
  if (!plural && (first == 0 || !dra_resolution_same_sentence (self, first, first - 1) ||
                  g_str_equal (dra_resolution_word (self, first - 1)->folded, "the")))
    return FALSE;

  return dra_resolution_is_listed_place (self, first, n, plural ? 3 : 2);
}

/* Whether a small word follows that is neither a function word nor, by its ending, a verb. */
static gboolean
is_before_noun (DraResolution *self,
                guint          token)
{
  const DraWordInfo *word;

  if (!dra_resolution_same_sentence (self, token, token + 1) || !(self->shapes[token + 1] & DRA_SHAPE_LOWER))
    return FALSE;
  word = dra_resolution_word (self, token + 1);

  return !(word->classes & DRA_WORD_CLASS_FUNCTION) && !g_str_has_suffix (word->folded, "ed") &&
         !g_str_has_suffix (word->folded, "s");
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
  static const char *const houses[] = { "bank", "school", "church", "hospital", "university", "college", "club", NULL };
  DraWordInfo *word = dra_resolution_word (self, first);

  if (is_inhabitant (self, first, n))
    return TRUE;
  if (n == 2)
    return (word->classes & DRA_WORD_CLASS_BELIEF) &&
           ((dra_resolution_word (self, first + 1)->classes & DRA_WORD_CLASS_BELIEF) ||
            (dra_resolution_word (self, first + 1)->flags & DRA_WORD_DEMONYM));
  if (n != 1)
    return FALSE;
  /* "The Hindu" is a newspaper, not so "the Hindu temple" */
  if (is_kind_of_people (self, first) &&
      (!(first > 0 && dra_resolution_same_sentence (self, first, first - 1) &&
         g_str_equal (dra_resolution_word (self, first - 1)->folded, "the")) ||
       is_before_noun (self, first)))
    return TRUE;
  if (g_str_has_suffix (word->folded, "ism") && !(self->shapes[first] & DRA_SHAPE_ALL_CAPS))
    return TRUE;
  /* "this high Office": the article has it as a common word as well */
  if (word->n_lower > 0 && !(self->shapes[first] & DRA_SHAPE_ALL_CAPS) &&
      (g_strv_contains (bodies, word->folded) ||
       ((self->shapes[first] & DRA_SHAPE_START) && g_strv_contains (houses, word->folded))))
    return TRUE;

  /* "CEO", "NGO", "DNA" */
  if ((word->classes & DRA_WORD_CLASS_THING) && (self->shapes[first] & DRA_SHAPE_ALL_CAPS))
    return TRUE;

  return dra_resolution_is_plural_acronym (self, first) || is_plural_demonym (self, first);
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

/* "Bank of Ellery" and "Ellery High School" are no places, whatever they are named after. */
static gboolean
is_institution (DraResolution *self,
            guint          first,
            guint          n)
{
  static const char *const bodies[] = { "bank", "ministry", "university", "department", "institute", "office",
                                        "association", "council", "academy", "federation",
                                        "society", "school", "college", "union", "bureau", "board", NULL };
  static const char *const papers[] = { "courier", "herald", "gazette", "tribune", "chronicle", "times", "telegraph",
                                        "observer", "journal", "echo", "star", "mirror", "mail", "news", "post",
                                        "inquirer", "examiner", "dispatch", "sentinel", "register", "bulletin",
                                        "argus", "mercury", "citizen", "beacon", "press", NULL };
  static const char *const last_words[] = { "school", "university", "college", "institute", "academy", "lottery",
                                            "tribunal", "ministry", "council", "police", "isd", "foundation",
                                            "ltd", "inc", "corp", "company", "fc", "museum", "conservancy", "aquarium",
                                            "patrol", "hospital", "commission", "association", "society", "authority",
                                            "agency", "department", "bureau", "federation", "trust", NULL };

  if (n > 1 && first > 0 && dra_resolution_same_sentence (self, first, first - 1) &&
      g_str_equal (dra_resolution_word (self, first - 1)->folded, "the") &&
      g_strv_contains (papers, dra_resolution_word (self, first + n - 1)->folded))
    return TRUE;
  if (n > 1 && g_strv_contains (last_words, dra_resolution_word (self, first + n - 1)->folded))
    return TRUE;

  return n > 2 && g_str_equal (dra_resolution_word (self, first + 1)->folded, "of") &&
         (self->shapes[first] & DRA_SHAPE_CAPITAL) &&
         g_strv_contains (bodies, dra_resolution_word (self, first)->folded);
}

/* "Ellery County", "Quay Road" */
static gboolean
is_ground (DraResolution *self,
           guint          first,
           guint          n)
{
  static const char *const last_words[] = { "county", "road", "rd", "street", "avenue", "ave", "boulevard", "airport",
                                            "sub-division", "cathedral", "mosque", NULL };

  return n > 1 && g_strv_contains (last_words, dra_resolution_word (self, first + n - 1)->folded);
}

/* "Ellery Bell Awards", "Lamp Agreement": events and documents, by their last words, which
 * no marked organization has. */
static gboolean
is_event (DraResolution *self,
          guint          first,
          guint          n)
{
  static const char *const last_words[] = { "awards", "award", "prize", "index", "act", "bill", "agreement",
                                            "treaty", "protocol", "accord", "pact", "amendment", "cup", "olympics",
                                            "championship", "championships", "tournament", "festival", "marathon",
                                            "summit", "war", "election", "elections", NULL };

  return n > 1 && g_strv_contains (last_words, dra_resolution_word (self, first + n - 1)->folded);
}

/* Whether the token is what stands in formulas: a sign, a small letter alone, the bracket of
 * "max(". */
static gboolean
is_of_formula (DraResolution *self,
               guint          first,
               gint           token)
{
  DraRange range;
  gunichar c;

  if (token < 0 || !dra_resolution_same_sentence (self, first, (guint) token))
    return FALSE;
  range = self->tokens[token].range;
  c = g_utf8_get_char (self->text + range.start);
  if (self->shapes[token] & DRA_SHAPE_WORD)
    return dra_range_length (range) == 1 && g_ascii_islower ((char) c) && c != 'a';
  if (c == '(')
    return range.start > 0 && g_ascii_isalnum (self->text[range.start - 1]);

  return g_unichar_type (c) == G_UNICODE_MATH_SYMBOL || (c < 0x80 && strchr ("*^{}", (int) c) != NULL);
}

/* Whether no word has more than two letters, nor is an initial. */
static gboolean
is_short (DraResolution *self,
          guint          first,
          guint          n)
{
  for (guint t = first; t < first + n; t++)
    {
      DraRange range = self->tokens[t].range;

      if ((self->shapes[t] & DRA_SHAPE_WORD) &&
          (self->text[range.end - 1] == '.' ||
           g_utf8_strlen (self->text + range.start, (gssize) dra_range_length (range)) > 2))
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_formula (DraResolution *self,
            guint          first,
            guint          n)
{
  gboolean capital = FALSE;

  for (guint t = first; t < first + n; t++)
    capital |= (self->shapes[t] & DRA_SHAPE_CAPITAL) != 0;

  return (!capital && n > 1) || is_of_formula (self, first, (gint) first - 1) || is_of_formula (self, first, (gint) (first + n));
}

/* "max(Cj) = 2", "j tj xi": letters with their indices are nobody anywhere in the article, "Xi"
 * that stands in no formula may be. */
static void
drop_variables (DraResolution *self)
{
  g_autoptr (GHashTable) variables = g_hash_table_new (NULL, NULL); /* set of word id + 1 */

  for (guint i = 0; i < 2 * self->mentions->len; i++)
    {
      guint index = i % self->mentions->len;
      DraWorkMention *m = dra_resolution_mention (self, index);

      if (m->removed || m->label != DRA_LABEL_PERSON || !is_short (self, m->first, m->n_tokens))
        continue;
      if (i == index && is_formula (self, m->first, m->n_tokens))
        g_hash_table_add (variables, GUINT_TO_POINTER (self->ids[m->first] + 1));
      else if (i != index && g_hash_table_contains (variables, GUINT_TO_POINTER (self->ids[m->first] + 1)))
        dra_resolution_remove (self, index);
    }
}

/* Step 1.  Cuts titles, honorifics, articles and possessives off, and drops what is then no
 * name: a title alone, a handle, a demonym alone. */
void
dra_resolver_trim_names (DraResolution *self)
{
  g_autoptr (GHashTable) surnames = NULL;

  drop_variables (self);
  surnames = dra_resolution_dup_surnames (self);
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
        trim_organization (self, surnames, &first, &n);
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
      if (m->label == DRA_LABEL_PERSON && dra_resolution_is_title (self, first, n) &&
          !(word->flags & DRA_WORD_SURNAME && m->confidence > 0.8f) &&
          !g_hash_table_contains (surnames, GUINT_TO_POINTER (self->ids[first + n - 1] + 1)))
        dra_resolution_remove (self, i);
      else if ((m->label == DRA_LABEL_ORGANIZATION && (is_people_word (self, first, n) || is_event (self, first, n))) ||
               (m->label == DRA_LABEL_PLACE && n == 1 && is_kind_of_people (self, first)) ||
               is_family (self, m, surnames))
        dra_resolution_relabel (self, i, DRA_LABEL_OTHER);
      else if (m->label == DRA_LABEL_ORGANIZATION && is_ground (self, first, n))
        dra_resolution_relabel (self, i, DRA_LABEL_PLACE);
      else if (m->label == DRA_LABEL_ORGANIZATION)
        join_place (self, i);
      else if (m->label == DRA_LABEL_PLACE && is_institution (self, first, n))
        dra_resolution_relabel (self, i, DRA_LABEL_ORGANIZATION);
    }
}
