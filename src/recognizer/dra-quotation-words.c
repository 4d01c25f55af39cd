/* dra-quotation-words.c: words of speech, pronouns, and who goes by "he" or "she".
 *
 * Closed classes and the commonest given names of English, written for this project.
 * Whether a person is "he" or "she" is learned from the article first: "Mr", "spokeswoman",
 * and the pronouns of sentences that name one person only.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "recognizer/dra-quotations-private.h"

#define LONGEST_WORD 24 /* bytes */

typedef struct
{
  guint32     flags;
  const char *words; /* separated by spaces */
} WordList;

/* A word may stand in several lists. */
static const WordList lists[] = {
  { DRA_CUE_SAY,
    "said says say saying adds added noted notes wrote writes explained explains continued "
    "continues argued argues insisted insists tweeted posted recalled recalls stated states "
    "replied replies responded responds answered answers announced declared declares claimed "
    "claims admitted admits acknowledged acknowledges conceded concedes agreed concluded concludes "
    "emphasized emphasised emphasizes stressed stresses suggested suggests remarked remarks "
    "commented comments quipped joked jokes observed observes predicted predicts testified shouted "
    "yelled whispered cried exclaimed muttered murmured vowed vows pledged promised recounted "
    "confirmed confirms denied maintained maintains boasted lamented laments complained complains "
    "cautioned cautions countered counters retorted reiterated repeated alleged asserted asserts "
    "contended contends mused reflected reasoned opined believes believed thinks thought hopes "
    "hoped warned warns asked asks urged urges demanded pleaded begged interjected chimed snapped "
    "roared sighed gasped growled bellowed hissed advised revealed reveals reported disclosed "
    "described describes proclaimed proclaims preached "
    "clarified elaborated surmised acknowledging adding noting arguing insisting explaining writing "
    "warning stressing claiming stating declaring telling describing saying suggesting" },
  { DRA_CUE_TELL, "told tells tell assured assures informed reminded reminds telling" },
  { DRA_CUE_CALL,
    "called calls calling labelled labeled dubbed dubs branded hailed hails praised praises "
    "praising criticised criticized criticizing criticising slammed blasted condemned condemns "
    "condemning denounced accused accuses accusing dismissed dismisses dismissing expressed "
    "expresses expressing cited cites citing welcomed lauded ridiculed derided decried decries "
    "blamed compared characterized characterised touted credited deemed considers considered "
    "apologised apologized voiced pointed referred refers referring thanked found feels felt sees "
    "defended lambasted mocked attacked endorsed termed deplored" },
  { DRA_CUE_AUXILIARY,
    "has have had is was were are be been being did does do would will could can may might must "
    "should not never n't 'd ’d wo ca" },
  { DRA_CUE_ADVERB,
    "also then later earlier again once still just even often today yesterday now reportedly "
    "first further too finally instead ever thus here simply soon famously however meanwhile "
    "monday tuesday wednesday thursday friday saturday sunday all both himself herself themselves "
    "itself on" },
  { DRA_CUE_HE, "he" },
  { DRA_CUE_SHE, "she" },
  { DRA_CUE_IT, "it" },
  { DRA_CUE_NOBODY,
    "i we you they many some several others everyone someone somebody anyone nobody one people "
    "critics experts officials witnesses residents protesters supporters opponents lawmakers "
    "analysts police authorities prosecutors doctors scientists researchers sources reporters "
    "which that there this these those" },
  { DRA_CUE_HIS, "his him himself" },
  { DRA_CUE_HER, "her hers herself" },
  { DRA_CUE_WHO, "who which" },
  { DRA_CUE_DETERMINER,
    "the a an his her its their my our your this that another one these those" },
  { DRA_CUE_PREPOSITION,
    "of for from at in with by to about on against into over under after before near between "
    "among during through via despite without like than as while when because if since until "
    "where whether although though" },
  { DRA_CUE_AND, "and but or yet then so" },
  { DRA_CUE_VOICE,
    "spokesman spokeswoman spokesperson spokespersons spokespeople representative representatives "
    "official officials statement report lawyers attorneys executives staff press-release release "
    "tweet post leaders" },
  { DRA_CUE_ORGANIZATION,
    "company firm group agency organization organisation ministry department party union bank "
    "court newspaper paper club charity association council committee commission university "
    "institute office retailer airline carmaker government bureau body network society centre "
    "center foundation team force service authority corporation board regulator watchdog league "
    "federation school hospital magazine broadcaster outlet" },
  { DRA_CUE_MALE,
    "mr sir lord king prince father brother pope imam sheikh monsieur señor herr duke baron "
    "spokesman chairman businessman congressman councilman sportsman man husband son widower "
    "actor uncle nephew grandfather boy dad boyfriend assemblyman councilman fisherman policeman "
    "james john robert michael william david richard joseph thomas charles christopher daniel "
    "matthew anthony mark donald steven paul andrew joshua kenneth kevin brian george timothy "
    "ronald edward jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin "
    "scott brandon benjamin samuel gregory frank alexander raymond patrick jack dennis jerry "
    "tyler aaron jose henry adam douglas nathan peter zachary kyle walter ethan jeremy harold "
    "keith christian roger noah gerald carl arthur sean juan albert joe willie ralph roy eugene "
    "russell bobby philip louis harry vincent antonio carlos luis miguel pedro javier francisco "
    "manuel jorge alejandro diego fernando rafael pablo mike jim bill tom bob steve dan matt tony "
    "ben greg jeff tim ken ron don fred ian simon neil alan graham colin stuart martin nigel "
    "craig barry gordon malcolm duncan hugh oliver leo max mohammed mohamed muhammad ahmed ali "
    "hassan hussein omar ibrahim abdullah yusuf khalid mustafa vladimir sergei dmitry ivan igor "
    "nikolai boris mikhail pierre jean-claude françois emmanuel nicolas jacques hans klaus "
    "wolfgang jürgen stefan heinz friedrich olaf lars erik bjorn giovanni marco matteo luca "
    "giuseppe narendra rahul amit arvind rajesh sanjay anil vijay ravi sunil ashok barack bernie "
    "elon jeremy keir rishi nick liam connor luke dylan josh jake zack chuck ted rob phil pete "
    "dave andy chris joel jared derek travis trevor shane brett chad curtis wayne glenn randy "
    "howard leonard norman stanley theodore warren wesley clarence ernest lawrence micheál "
    "terrence terry herbert victor hugo felix oscar sebastian julian fabian tobias jonas niels" },
  { DRA_CUE_FEMALE,
    "mrs ms miss lady queen princess mother sister dame madam madame mme señora frau duchess "
    "baroness spokeswoman chairwoman businesswoman congresswoman councilwoman woman wife daughter "
    "widow actress aunt niece grandmother girl mom mum girlfriend assemblywoman policewoman "
    "mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty "
    "margaret sandra ashley kimberly emily donna michelle carol amanda dorothy melissa deborah "
    "stephanie rebecca sharon laura cynthia kathleen amy angela shirley anna brenda pamela emma "
    "nicole helen samantha katherine christine debra rachel carolyn janet catherine maria heather "
    "diane ruth julie olivia joyce virginia victoria kelly lauren christina joan evelyn judith "
    "megan andrea cheryl hannah jacqueline martha gloria teresa ann sara madison frances kathryn "
    "janice jean abigail alice julia judy sophia grace denise amber doris marilyn danielle "
    "beverly isabella theresa diana natalie brittany charlotte marie kayla alexis lori jane anne "
    "claire fiona nicola alison joanne louise sally lucy kate katie jenny jill wendy liz sue "
    "hillary claudia kamala angela ursula theresa nikki sonia priya indira aung fatima aisha "
    "leila mariam zainab olga natasha svetlana tatiana irina elena ekaterina yulia ingrid astrid "
    "greta heidi petra sabine monika brigitte sophie camille amelie chloe juliette giorgia "
    "francesca chiara paola carmen ana lucia isabel rosa dolores guadalupe ximena beatriz nancy "
    "melania ivanka jill meghan kerry jacinda penny yvette priti suella nadine ruby ella mia ava "
    "molly gemma naomi miriam esther deborah leah tara erin shannon tracy stacey dawn holly "
    "bridget caitlin siobhan niamh aoife heather paula vanessa veronica valerie sylvia yvonne" },
};

static GHashTable *
get_words (void)
{
  static GHashTable *words;

  if (g_once_init_enter (&words))
    {
      GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

      for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
        {
          g_auto (GStrv) list = g_strsplit (lists[i].words, " ", -1);

          for (guint j = 0; list[j] != NULL; j++)
            {
              gpointer known = g_hash_table_lookup (table, list[j]);

              g_hash_table_replace (table, g_strdup (list[j]),
                                    GUINT_TO_POINTER (GPOINTER_TO_UINT (known) | lists[i].flags));
            }
        }
      g_once_init_leave (&words, table);
    }

  return words;
}

/*
 * dra_cue_word_lookup:
 * @word: a token
 * @length: bytes
 *
 * Returns: what the word can be near a quotation
 */
guint32
dra_cue_word_lookup (const char *word,
                     gsize       length)
{
  char lower[LONGEST_WORD + 1];
  guint32 flags = 0;
  gunichar first;

  if (length == 0)
    return 0;
  first = g_utf8_get_char (word);
  if (g_unichar_islower (first))
    flags |= DRA_CUE_LOWER;
  if (g_unichar_isalnum (first))
    flags |= DRA_CUE_WORD;
  if (length == 1 && strchr (";:()[]", *word) != NULL)
    flags |= DRA_CUE_BREAK;
  if (first == 0x2013 || first == 0x2014)
    flags |= DRA_CUE_BREAK;
  if (length > LONGEST_WORD)
    return flags;

  for (gsize i = 0; i < length; i++)
    lower[i] = g_ascii_tolower (word[i]);
  lower[length] = '\0';
  if (length > 2 && lower[length - 1] == '.')
    lower[length - 1] = '\0';
  flags |= GPOINTER_TO_UINT (g_hash_table_lookup (get_words (), lower));
  if (length > 4 && g_str_has_suffix (lower, "ly"))
    flags |= DRA_CUE_ADVERB;

  return flags;
}

static void
vote (int     *votes,
      guint32  flags,
      int      weight)
{
  if (flags & (DRA_CUE_MALE | DRA_CUE_HE | DRA_CUE_HIS))
    *votes += weight;
  if (flags & (DRA_CUE_FEMALE | DRA_CUE_SHE | DRA_CUE_HER))
    *votes -= weight;
}

static void
vote_by_names (DraQuotationFinder *self,
               int                *votes)
{
  for (guint t = 0; t < self->n_tokens; t++)
    {
      int mention = self->cues[t].mention;
      int *own;

      if (mention < 0 || (t > 0 && self->cues[t - 1].mention == mention) ||
          dra_cue_kind (self, mention) != DRA_ENTITY_PERSON)
        continue;
      own = &votes[self->mentions[mention].entity];
      /* A given name that is not the whole name. */
      if (t + 1 < self->n_tokens && self->cues[t + 1].mention == mention)
        vote (own, self->cues[t].flags, 2);
      if (t > 0 && self->cues[t - 1].mention < 0 &&
          dra_cue_sentence (self, t) == dra_cue_sentence (self, t - 1))
        vote (own, self->cues[t - 1].flags, 4);
    }
  for (guint e = 0; e < dra_cast_get_n_entities (self->cast); e++)
    {
      const char *role = dra_cast_get_entity (self->cast, e)->role;
      g_auto (GStrv) words = role != NULL ? g_strsplit (role, " ", 16) : NULL;

      for (guint i = 0; words != NULL && words[i] != NULL; i++)
        vote (&votes[e], dra_cue_word_lookup (words[i], strlen (words[i])) &
              (DRA_CUE_MALE | DRA_CUE_FEMALE), 3);
    }
}

/* The only person that a sentence names outside quotations, or -1. */
static int
find_only_person (DraQuotationFinder *self,
                  const DraSentence  *sentence,
                  guint              *after)
{
  int only = -1;

  for (guint t = sentence->first; t < sentence->first + sentence->n_tokens; t++)
    {
      int mention = self->cues[t].mention;

      if (mention < 0 || self->cues[t].quote >= 0 ||
          dra_cue_kind (self, mention) != DRA_ENTITY_PERSON)
        continue;
      if (only >= 0 && only != (int) self->mentions[mention].entity)
        return -2;
      only = (int) self->mentions[mention].entity;
      if (*after == 0)
        *after = t + 1;
    }

  return only;
}

/* In "Lund rose. She ..." the pronoun says how Lund is spoken of. */
static void
vote_by_pronouns (DraQuotationFinder *self,
                  int                *votes)
{
  int person = -1;
  guint block = G_MAXUINT;

  for (guint s = 0; s < self->tokens->sentences->len; s++)
    {
      const DraSentence *sentence = &g_array_index (self->tokens->sentences, DraSentence, s);
      guint t = 0;
      int only = find_only_person (self, sentence, &t);

      if (sentence->block != block)
        person = -1;
      block = sentence->block;
      if (only == -1)
        {
          t = sentence->first;
          only = person;
          if (only >= 0 && sentence->n_tokens > 0 && self->cues[t].quote < 0)
            vote (&votes[only], self->cues[t].flags & (DRA_CUE_HE | DRA_CUE_SHE), 1);
          continue; /* who it is stays in mind */
        }
      /* In "Vane asked her" it is somebody else. */
      for (; only >= 0 && t < sentence->first + sentence->n_tokens; t++)
        if (self->cues[t].quote < 0 && !dra_cue_is (self, t - 1, DRA_CUE_SAY | DRA_CUE_TELL))
          vote (&votes[only],
                self->cues[t].flags & (DRA_CUE_HE | DRA_CUE_SHE | DRA_CUE_HIS | DRA_CUE_HER), 1);
      person = only;
    }
}

/*
 * dra_cue_learn_genders:
 * @self: a finder
 *
 * Learns from the article which pronoun each person goes by.
 */
void
dra_cue_learn_genders (DraQuotationFinder *self)
{
  guint n = dra_cast_get_n_entities (self->cast);
  g_autofree int *votes = g_new0 (int, MAX (n, 1));

  self->genders = g_new0 (gint8, MAX (n, 1));
  vote_by_names (self, votes);
  vote_by_pronouns (self, votes);
  for (guint e = 0; e < n; e++)
    self->genders[e] = (gint8) ((votes[e] > 0) - (votes[e] < 0));
}
