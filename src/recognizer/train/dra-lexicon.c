/* dra-lexicon.c: reads the lists of names and clusters and merges them into two tables.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recognizer/train/dra-lexicon.h"

#include <stdlib.h>
#include <string.h>

#include "recognizer/dra-features.h"
#include "recognizer/dra-tokenizer.h"
#include "recognizer/train/dra-model-writer.h"
#include "recognizer/train/dra-vectors.h"

/* Ranks of frequency: below the first a word is "frequent", below the others it is too
 * common to be an organization on its own. */
#define RANK_FREQUENT 4000
#define RANK_ORGANIZATION 6000
#define RANK_LISTED 30000
/* So many of the most frequent words have a vector of their own; the others share that of
 * their cluster. */
#define OWN_VECTORS 40000

static const char title_words[] =
  "mr mrs ms miss mx dr prof professor sir dame lord lady president minister premier chancellor"
  " secretary senator sen rep congressman congresswoman governor gov mayor king queen prince"
  " princess pope cardinal archbishop bishop father rev reverend imam sheikh general gen lieutenant"
  " lt colonel col major maj captain capt sergeant sgt admiral commander judge justice ambassador"
  " spokesman spokeswoman spokesperson chairman chairwoman chair director ceo chief leader coach"
  " manager star actor actress singer author journalist reporter analyst attorney lawyer candidate"
  " deputy lawmaker speaker sheriff officer detective constable inspector superintendent host"
  " founder economist professor striker defender midfielder goalkeeper representative councillor"
  " councilman commissioner treasurer editor correspondent doctor emperor sultan emir crown"
  " envoy pastor rabbi activist novelist poet historian scientist researcher investigator"
  " prosecutor magistrate aide adviser advisor executive boss mp msp mla mlc mep td cllr kingpin"
  " rapper comedian dj presenter anchor columnist blogger";

static const char organization_words[] =
  "inc corp co ltd llc plc gmbh ag sa spa nv bv company corporation group holdings bank university"
  " college school institute institution academy party ministry department agency bureau office"
  " commission committee council congress senate parliament assembly court association"
  " organization organisation federation confederation union league foundation fund club society"
  " network authority service services administration board army navy force forces guard police"
  " hospital center centre church times post news press journal herald tribune gazette chronicle"
  " guardian telegraph courier examiner inquirer enquirer sentinel argus advertiser dispatch"
  " bulletin daily airlines airways motors industries systems technologies partners"
  " capital international united city fc afc cf sc team brigade brigades front movement alliance"
  " coalition trust laboratory laboratories museum theatre theater studios records entertainment"
  " media broadcasting television radio magazine chamber tribunal directorate secretariat inquiry"
  " associates consulting consultancy solutions software pharmaceuticals pharma energy petroleum"
  " insurance securities investments bancorp financial airline railways railway transport"
  " logistics cooperative syndicate consortium initiative project programme observatory watch"
  " taskforce command corps battalion regiment squadron division militia cartel gang athletic"
  " rovers wanderers orchestra choir band ensemble department's";

typedef struct
{
  guint32 rank; /* from 1 in order of frequency; 0 unknown */
  guint16 cluster;
  guint16 flags;
  DraModelVector vector;
} Entry;

static Entry *
get_entry (GHashTable *entries,
           const char *word,
           gsize       length)
{
  char lower[DRA_FEATURES_MAX_WORD];
  g_autofree char *key = NULL;
  Entry *entry;

  length = dra_features_fold (word, length, TRUE, lower);
  key = g_strndup (lower, length);
  entry = g_hash_table_lookup (entries, key);
  if (entry == NULL)
    {
      entry = g_new0 (Entry, 1);
      g_hash_table_insert (entries, g_steal_pointer (&key), entry);
    }
  return entry;
}

static char **
read_lines (const char *data,
            const char *name,
            GError    **error)
{
  g_autofree char *path = g_build_filename (data, name, NULL);
  g_autofree char *content = NULL;

  if (!g_file_get_contents (path, &content, NULL, error))
    return NULL;
  return g_strsplit (content, "\n", -1);
}

static gboolean
read_clusters (const char *data,
               GHashTable *entries,
               GError    **error)
{
  g_auto (GStrv) lines = read_lines (data, "lexicon/glove-clusters.tsv", error);
  guint32 rank = 0;

  if (lines == NULL)
    return FALSE;
  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *tab = strchr (lines[i], '\t'), *last = strrchr (lines[i], '\t');
      Entry *entry;

      if (tab == NULL || tab == lines[i])
        continue;
      entry = get_entry (entries, lines[i], tab - lines[i]);
      if (entry->rank > 0)
        continue;
      entry->rank = ++rank;
      entry->cluster = 1 + CLAMP (atoi (last + 1), 0, 4095);
      entry->flags |= DRA_WORD_KNOWN;
      if (rank <= RANK_FREQUENT)
        entry->flags |= DRA_WORD_FREQUENT;
    }
  return TRUE;
}

/* Gives frequent words their vectors, and clusters the mean of those of their words. */
static gboolean
read_vectors (const char *data,
              GHashTable *entries,
              GArray     *cluster_vectors,
              GError    **error)
{
  g_autoptr (DraVectors) vectors = dra_vectors_read (data, error);
  g_autofree float (*sums)[DRA_MODEL_DIMENSIONS] = NULL;
  g_autofree guint *counts = g_new0 (guint, DRA_MODEL_N_CLUSTERS);

  if (vectors == NULL)
    return FALSE;
  sums = g_malloc0_n (DRA_MODEL_N_CLUSTERS, sizeof *sums);
  for (guint i = 0; i < vectors->n; i++)
    {
      const char *word = vectors->words[i];
      Entry *entry = get_entry (entries, word, strlen (word));

      if (i < OWN_VECTORS)
        {
          dra_vectors_quantize (vectors->vectors[i], entry->vector);
          entry->flags |= DRA_MODEL_HAS_VECTOR;
        }
      if (entry->cluster == 0)
        continue;
      counts[entry->cluster - 1]++;
      for (guint d = 0; d < DRA_MODEL_DIMENSIONS; d++)
        sums[entry->cluster - 1][d] += vectors->vectors[i][d];
    }
  g_array_set_size (cluster_vectors, DRA_MODEL_N_CLUSTERS);
  for (guint i = 0; i < DRA_MODEL_N_CLUSTERS; i++)
    {
      for (guint d = 0; d < DRA_MODEL_DIMENSIONS; d++)
        sums[i][d] /= MAX (counts[i], 1);
      dra_vectors_quantize (sums[i], g_array_index (cluster_vectors, DraModelVector, i));
    }
  return TRUE;
}

static gboolean
read_names (const char  *data,
            const char  *name,
            DraWordFlags flag,
            GHashTable  *entries,
            GError     **error)
{
  g_auto (GStrv) lines = read_lines (data, name, error);

  if (lines == NULL)
    return FALSE;
  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0' && strchr (lines[i], ' ') == NULL)
      get_entry (entries, lines[i], strlen (lines[i]))->flags |= flag;
  return TRUE;
}

static void
add_words (const char  *list,
           DraWordFlags flag,
           GHashTable  *entries)
{
  g_auto (GStrv) words = g_strsplit (list, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *dotted = g_strconcat (words[i], ".", NULL);

      if (*words[i] == '\0')
        continue;
      get_entry (entries, words[i], strlen (words[i]))->flags |= flag;
      if (strlen (words[i]) <= 4) /* Mr and Mr., Inc and Inc. */
        {
          Entry *entry = get_entry (entries, dotted, strlen (dotted));
          Entry *plain = get_entry (entries, words[i], strlen (words[i]));

          entry->flags |= plain->flags;
          if (entry->cluster == 0)
            entry->cluster = plain->cluster;
        }
    }
}

static void
add_flags (GHashTable *phrases,
           guint64     hash,
           guint       flags)
{
  guint64 key = hash & G_GUINT64_CONSTANT (0xFFFFFFFFFFFF);
  gpointer value = g_hash_table_lookup (phrases, &key);

  g_hash_table_insert (phrases, g_memdup2 (&key, sizeof key),
                       GUINT_TO_POINTER (GPOINTER_TO_UINT (value) | flags));
}

static void
add_phrase (GHashTable *phrases,
            const char *name,
            guint       flag,
            guint32     least_rank,
            GHashTable *entries)
{
  g_autoptr (DraTokens) tokens = dra_tokens_new_for_text (name, strlen (name));
  guint64 hashes[DRA_MODEL_MAX_PHRASE];
  guint64 hash = 0;
  guint n = tokens->tokens->len;

  if (n == 0 || n > DRA_MODEL_MAX_PHRASE || strpbrk (name, "[]()/;") != NULL)
    return;
  if (n == 1 && least_rank > 0)
    {
      guint32 rank = get_entry (entries, name, strlen (name))->rank;

      if ((rank > 0 && rank < least_rank) || strlen (name) < 3)
        return;
    }
  for (guint i = 0; i < n; i++)
    {
      DraRange range = g_array_index (tokens->tokens, DraToken, i).range;
      char plain[DRA_FEATURES_MAX_WORD];
      gsize length = dra_features_fold (name + range.start, dra_range_length (range), FALSE, plain);

      hash = dra_model_extend_phrase (hash, dra_model_hash (plain, length));
      hashes[i] = hash;
    }
  add_flags (phrases, hashes[n - 1], flag);
  for (guint i = 0; i + 1 < n; i++)
    add_flags (phrases, hashes[i], DRA_PHRASE_PREFIX);
}

static gboolean
read_phrases (const char *data,
              const char *name,
              guint       flag,
              guint32     least_rank,
              GHashTable *entries,
              GHashTable *phrases,
              GError    **error)
{
  g_auto (GStrv) lines = read_lines (data, name, error);

  if (lines == NULL)
    return FALSE;
  for (guint i = 0; lines[i] != NULL; i++)
    add_phrase (phrases, lines[i], flag, least_rank, entries);
  return TRUE;
}

static gboolean
read_listed (const char *data,
             GHashTable *entries,
             GHashTable *phrases,
             GError    **error)
{
  static const char *const names[] = {
    "armed-groups-corpora", "brands-companies-nsi", "companies-newspapers-corpora",
    "companies-ror", "football-clubs", "government-agencies-ror", "nasdaq-companies", "ngos-ror",
    "nyse-companies", "political-parties", "sp500-companies", "sports-teams-corpora",
    "us-federal-agencies", "us-local-media", "us-uk-government-corpora",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = g_strdup_printf ("lists/%s.txt", names[i]);

      if (!read_phrases (data, name, DRA_PHRASE_LISTED, RANK_LISTED, entries, phrases, error))
        return FALSE;
    }
  return TRUE;
}

static int
compare_words (gconstpointer a,
               gconstpointer b)
{
  const DraModelWord *x = a, *y = b;

  if (x->hash != y->hash)
    return x->hash < y->hash ? -1 : 1;
  if (x->cluster != y->cluster)
    return x->cluster < y->cluster ? 1 : -1;
  return (x->flags > y->flags) - (x->flags < y->flags);
}

/* Words that share a hash become one; there are a dozen. */
static void
merge_words (GArray *words)
{
  guint kept = 0;

  g_array_sort (words, compare_words);
  for (guint i = 0; i < words->len; i++)
    {
      DraModelWord word = g_array_index (words, DraModelWord, i);

      if (kept > 0 && g_array_index (words, DraModelWord, kept - 1).hash == word.hash)
        g_array_index (words, DraModelWord, kept - 1).flags |= word.flags & ~DRA_MODEL_HAS_VECTOR;
      else
        g_array_index (words, DraModelWord, kept++) = word;
    }
  g_array_set_size (words, kept);
}

/* dra_lexicon_build: fills words (of DraModelWord), phrases (of DraModelPhrase) and
 * cluster_vectors (of DraModelVector) from the
 * folders lexicon/ and lists/ in data. */
gboolean
dra_lexicon_build (const char  *data,
                   GArray      *words,
                   GArray      *phrases,
                   GArray      *cluster_vectors,
                   GError     **error)
{
  g_autoptr (GHashTable) entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) flags = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer key, value;

  if (!read_clusters (data, entries, error) ||
      !read_vectors (data, entries, cluster_vectors, error) ||
      !read_names (data, "lexicon/firstnames.txt", DRA_WORD_FIRST_NAME, entries, error) ||
      !read_names (data, "lexicon/surnames.txt", DRA_WORD_SURNAME, entries, error) ||
      !read_names (data, "lexicon/demonyms.txt", DRA_WORD_DEMONYM, entries, error))
    return FALSE;
  add_words (title_words, DRA_WORD_TITLE, entries);
  add_words (organization_words, DRA_WORD_ORGANIZATION, entries);
  if (!read_phrases (data, "lexicon/places.txt", DRA_PHRASE_PLACE, 0, entries, flags, error) ||
      !read_phrases (data, "lexicon/orgs.txt", DRA_PHRASE_ORGANIZATION, RANK_ORGANIZATION, entries,
                     flags, error) ||
      !read_listed (data, entries, flags, error))
    return FALSE;

  g_hash_table_iter_init (&iter, entries);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      const Entry *entry = value;
      DraModelWord word = { dra_model_hash (key, strlen (key)) & 0xFFFFFFFF, entry->cluster,
                            entry->flags, { 0 } };

      memcpy (word.vector, entry->vector, sizeof word.vector);
      if (entry->cluster > 0 || entry->flags != 0)
        g_array_append_val (words, word);
    }
  merge_words (words);

  g_hash_table_iter_init (&iter, flags);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      DraModelPhrase phrase = { *(const guint64 *) key, GPOINTER_TO_UINT (value) };

      g_array_append_val (phrases, phrase);
    }
  return TRUE;
}
