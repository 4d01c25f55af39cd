/* dra-resolver-gender.c: whether an article speaks of a person as he or as she.
 *
 * Only tells namesakes apart ("Mr Clinton" is not Hillary Clinton); it is never shown.  What
 * counts, in the order of how sure it is: an honorific before the name, a given name that is
 * nearly always a man's or a woman's, the first pronoun after the name where no other person
 * stands between.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recognizer/dra-roles-private.h"

#define BY_HONORIFIC 4
#define BY_NAME      3
#define BY_PRONOUN   1

typedef struct
{
  int         sign;
  const char *words;
} GenderList;

static const GenderList honorifics[] = {
  { 1, "mr sir lord senor señor herr monsieur king prince" },
  { -1, "mrs ms miss madam madame mme dame lady senora frau queen princess" },
};

static const GenderList pronouns[] = {
  { 1, "he him his himself husband" },
  { -1, "she her hers herself wife" },
};

/* The commonest of the English-speaking world and a few of elsewhere; none that both bear. */
static const GenderList names[] = {
  { 1,
    "james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony "
    "mark donald steven paul andrew joshua kenneth kevin brian george timothy ronald edward jason jeffrey ryan "
    "jacob gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory alexander "
    "patrick frank raymond jack dennis jerry tyler aaron jose adam nathan henry douglas zachary peter kyle noah "
    "ethan jeremy walter keith roger carl arthur lawrence albert joe harold ralph roy louis philip bobby johnny "
    "bradley bill jim tom bob mike tony dave steve ted ed fred ken ron don dan barack vladimir mohammed "
    "muhammad ahmed ali hassan omar ibrahim juan carlos luis jorge pedro miguel manuel francisco antonio "
    "giovanni giuseppe marco pierre jean-claude francois jacques hans klaus jurgen wolfgang stefan ivan sergei "
    "dmitry igor boris rajiv rahul narendra sanjay arvind amit anil sunil vijay hiroshi kenji" },
  { -1,
    "mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty margaret sandra "
    "ashley kimberly emily donna michelle carol amanda dorothy melissa deborah stephanie rebecca sharon laura "
    "cynthia kathleen amy angela shirley anna brenda pamela emma nicole helen samantha katherine christine "
    "debra rachel carolyn janet catherine maria heather diane ruth julie olivia joyce virginia victoria kelly "
    "lauren christina joan evelyn judith megan andrea cheryl hannah jacqueline martha gloria teresa ann sara "
    "madison frances kathryn janice jean abigail alice julia judy sophia grace denise amber doris marilyn "
    "danielle beverly isabella theresa diana natalie brittany charlotte marie kayla alexis lori hillary melania "
    "ivanka nikki kate sue liz beth peggy jenny fatima aisha sonia priya indira claudia rosa carmen lucia elena "
    "olga svetlana natasha tatiana francesca giulia brigitte monique ingrid ursula hilda michele" },
};

static GHashTable *
build_table (const GenderList *lists,
             gsize             n_lists)
{
  GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize i = 0; i < n_lists; i++)
    {
      g_auto (GStrv) words = g_strsplit (lists[i].words, " ", -1);

      for (gsize j = 0; words[j] != NULL; j++)
        g_hash_table_insert (table, g_strdup (words[j]), GINT_TO_POINTER (lists[i].sign));
    }

  return table;
}

static int
look_up (GHashTable **table,
         const GenderList *lists,
         gsize             n_lists,
         const char       *folded)
{
  if (g_once_init_enter (table))
    g_once_init_leave (table, build_table (lists, n_lists));

  return GPOINTER_TO_INT (g_hash_table_lookup (*table, folded));
}

static int
by_honorific (DraResolution *self,
              guint          token)
{
  static GHashTable *table;

  return look_up (&table, honorifics, G_N_ELEMENTS (honorifics), folded_at (self, token));
}

static int
by_pronoun (DraResolution *self,
            guint          token)
{
  static GHashTable *table;

  return look_up (&table, pronouns, G_N_ELEMENTS (pronouns), folded_at (self, token));
}

static int
by_name (DraResolution *self,
         guint          token)
{
  static GHashTable *table;

  return look_up (&table, names, G_N_ELEMENTS (names), folded_at (self, token));
}

/* Whether the mention is the first person of its sentence. */
static gboolean
is_first_person (DraResolution        *self,
                 const DraWorkMention *mention)
{
  for (guint t = mention->first; t > 0 && dra_resolution_same_sentence (self, mention->first, t - 1); t--)
    if (label_at (self, t - 1) == DRA_LABEL_PERSON)
      return FALSE;

  return TRUE;
}

/* The first pronoun after the mention, up to the next person; where the sentence names
 * nobody else, also the first word of the next. */
static int
pronoun_after (DraResolution        *self,
               const DraWorkMention *mention)
{
  guint t;

  for (t = mention->first + mention->n_tokens; dra_resolution_same_sentence (self, mention->first, t); t++)
    {
      int sign = by_pronoun (self, t);

      if (label_at (self, t) == DRA_LABEL_PERSON)
        return 0;
      if (sign != 0)
        return sign;
    }

  return t < self->n_tokens && is_first_person (self, mention) ? by_pronoun (self, t) : 0;
}

/* What the honorific before a mention says: 1 for a man, -1 for a woman, 0 for nothing. */
int
dra_resolver_honorific_gender (DraResolution        *self,
                               const DraWorkMention *mention)
{
  return mention->first > 0 && dra_resolution_same_sentence (self, mention->first, mention->first - 1)
           ? by_honorific (self, mention->first - 1) : 0;
}

/* How much a mention says for a man (above 0) or for a woman (below 0). */
int
dra_resolver_gender (DraResolution        *self,
                     const DraWorkMention *mention)
{
  int sum = BY_HONORIFIC * dra_resolver_honorific_gender (self, mention) +
            BY_PRONOUN * pronoun_after (self, mention);

  if (mention->n_tokens > 1 || mention->surname >= 0)
    sum += BY_NAME * by_name (self, mention->first);

  return sum;
}
