/* score-cast.c: how well people and organizations of whole articles are found.
 *
 * score-cast [OPTION...] FOLDER reads every NAME.txt of FOLDER as lines, recognizes it, and
 * compares the cast with NAME.cast.json, which marks every person, organization and mention
 * (offsets in code points).  A tool, not a test: it prints figures.
 *
 *   mentions   exact span and kind
 *   entities   found whole: right kind, and more than half of its mentions are those of one
 *              marked entity that no other found entity has taken
 *   B-cubed    over the mentions of people and organizations together (Bagga and Baldwin 1998)
 *   exact set  share of articles whose set of people (organizations) is exactly right
 *   roles      of people: right when the head noun is that of the marked role and every word
 *              is one of its words
 *
 * Names that the markers thought could be seen either way count neither way.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdio.h>
#include <math.h>
#include <string.h>

#include "marked-article.h"
#include "recognizer/dra-resolver.h"
#include "score-causes.h"

/* --- comparing --- */

static GHashTable *
index_spans (GPtrArray *entities)
{
  GHashTable *owner = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint e = 0; e < entities->len; e++)
    {
      MarkedEntity *entity = g_ptr_array_index (entities, e);

      for (guint i = 0; i < entity->spans->len; i++)
        {
          DraRange range = g_array_index (entity->spans, DraRange, i);

          g_hash_table_insert (owner, g_strdup_printf ("%" G_GSIZE_FORMAT "-%" G_GSIZE_FORMAT,
                                                       range.start, range.end),
                               GUINT_TO_POINTER (e + 1));
        }
    }

  return owner;
}

static gint
owner_of (GHashTable *owner,
          DraRange    range)
{
  char key[64];

  g_snprintf (key, sizeof key, "%" G_GSIZE_FORMAT "-%" G_GSIZE_FORMAT, range.start, range.end);

  return (gint) GPOINTER_TO_UINT (g_hash_table_lookup (owner, key)) - 1;
}

static gboolean
is_ignored (MarkedArticle *marked,
            DraRange       range)
{
  for (guint i = 0; i < marked->ignored->len; i++)
    if (dra_range_overlaps (range, g_array_index (marked->ignored, DraRange, i)))
      return TRUE;

  return FALSE;
}

static void
count_reliability (Reliability *reliability,
                   float        confidence,
                   gboolean     right)
{
  guint bin = confidence >= 0.95f ? RELIABILITY_BINS - 1 : (guint) (CLAMP (confidence, 0, 1) * 10);

  reliability->n[bin]++;
  reliability->right[bin] += right;
  reliability->sum[bin] += (double) confidence;
}

/* The found entities that count, as the marked ones are kept. */
static GPtrArray *
read_cast (MarkedArticle *marked,
           DraCast       *cast,
           GHashTable    *owner,
           Score         *score)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (marked_entity_free);
  guint n_mentions;
  const DraMention *mentions = dra_cast_get_mentions (cast, &n_mentions);

  for (guint e = 0; e < dra_cast_get_n_entities (cast); e++)
    {
      const DraEntity *in = dra_cast_get_entity (cast, e);
      MarkedEntity *out;

      if (in->kind == DRA_ENTITY_PLACE)
        continue;
      out = g_new0 (MarkedEntity, 1);
      out->kind = in->kind;
      out->name = g_strdup (in->name);
      out->role = g_strdup (in->role);
      out->spans = g_array_new (FALSE, FALSE, sizeof (DraRange));
      for (guint i = 0; i < in->n_mentions; i++)
        {
          const DraMention *mention = &mentions[in->mentions[i]];
          gint gold = owner_of (owner, mention->range);

          if (gold < 0 && is_ignored (marked, mention->range))
            continue;
          g_array_append_val (out->spans, mention->range);
          count_reliability (&score->reliability[in->kind], mention->confidence,
                             gold >= 0 && ((MarkedEntity *) g_ptr_array_index (marked->gold, gold))->kind == in->kind);
        }
      if (out->spans->len > 0)
        g_ptr_array_add (found, out);
      else
        marked_entity_free (out);
    }

  return found;
}

static gint
best_overlap (MarkedArticle *marked,
              DraRange       range)
{
  gsize best = 0, best_start = 0;
  gint entity = -1;

  for (guint e = 0; e < marked->gold->len; e++)
    {
      MarkedEntity *gold = g_ptr_array_index (marked->gold, e);

      for (guint i = 0; i < gold->spans->len; i++)
        {
          DraRange other = g_array_index (gold->spans, DraRange, i);
          gsize shared;

          if (!dra_range_overlaps (range, other))
            continue;
          shared = MIN (range.end, other.end) - MAX (range.start, other.start);
          if (shared > best || (shared == best && other.start < best_start))
            {
              best = shared;
              best_start = other.start;
              entity = (gint) e;
            }
        }
    }

  return entity;
}

typedef struct
{
  guint n, found, gold;
} Candidate;

static int
compare_candidates (gconstpointer a,
                    gconstpointer b)
{
  const Candidate *x = a, *y = b;

  if (x->n != y->n)
    return x->n > y->n ? -1 : 1;
  if (x->found != y->found)
    return x->found < y->found ? -1 : 1;

  return x->gold < y->gold ? -1 : x->gold > y->gold;
}

/* Which marked entity each found one is: gold_of[found] or -1. */
static gint *
match_entities (MarkedArticle *marked,
                GPtrArray     *found,
                GHashTable    *owner)
{
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  g_autofree gboolean *taken = g_new0 (gboolean, marked->gold->len + 1);
  gint *gold_of = g_new (gint, found->len + 1);

  for (guint j = 0; j < found->len; j++)
    {
      MarkedEntity *entity = g_ptr_array_index (found, j);
      g_autofree guint *counts = g_new0 (guint, marked->gold->len + 1);

      gold_of[j] = -1;
      for (guint i = 0; i < entity->spans->len; i++)
        {
          DraRange range = g_array_index (entity->spans, DraRange, i);
          gint gold = owner_of (owner, range);

          if (gold < 0)
            gold = best_overlap (marked, range);
          if (gold >= 0)
            counts[gold]++;
        }
      for (guint i = 0; i < marked->gold->len; i++)
        if (2 * counts[i] > entity->spans->len &&
            ((MarkedEntity *) g_ptr_array_index (marked->gold, i))->kind == entity->kind)
          g_array_append_val (candidates, ((Candidate) { counts[i], j, i }));
    }

  g_array_sort (candidates, compare_candidates);
  for (guint c = 0; c < candidates->len; c++)
    {
      Candidate *candidate = &g_array_index (candidates, Candidate, c);

      if (!taken[candidate->gold])
        {
          taken[candidate->gold] = TRUE;
          gold_of[candidate->found] = (gint) candidate->gold;
        }
    }

  return gold_of;
}

static void
count_mentions (MarkedArticle *marked,
                GPtrArray     *found,
                GHashTable    *owner,
                Score         *score)
{
  for (guint i = 0; i < marked->gold->len; i++)
    {
      MarkedEntity *gold = g_ptr_array_index (marked->gold, i);

      score->mentions[gold->kind].gold += gold->spans->len;
    }
  for (guint j = 0; j < found->len; j++)
    {
      MarkedEntity *entity = g_ptr_array_index (found, j);

      score->mentions[entity->kind].found += entity->spans->len;
      for (guint i = 0; i < entity->spans->len; i++)
        {
          gint gold = owner_of (owner, g_array_index (entity->spans, DraRange, i));

          if (gold >= 0 && ((MarkedEntity *) g_ptr_array_index (marked->gold, gold))->kind == entity->kind)
            score->mentions[entity->kind].right++;
        }
    }
}

static void
count_b_cubed (MarkedArticle *marked,
               GPtrArray     *found,
               GHashTable    *owner,
               Score         *score)
{
  for (guint j = 0; j < found->len; j++)
    {
      MarkedEntity *entity = g_ptr_array_index (found, j);
      g_autofree guint *both = g_new0 (guint, marked->gold->len + 1);

      score->b_cubed_found += entity->spans->len;
      for (guint i = 0; i < entity->spans->len; i++)
        {
          gint gold = owner_of (owner, g_array_index (entity->spans, DraRange, i));

          if (gold >= 0 && ((MarkedEntity *) g_ptr_array_index (marked->gold, gold))->kind == entity->kind)
            both[gold]++;
        }
      for (guint i = 0; i < marked->gold->len; i++)
        if (both[i] > 0)
          {
            guint n_gold = ((MarkedEntity *) g_ptr_array_index (marked->gold, i))->spans->len;

            score->b_cubed_precision += (double) both[i] * both[i] / entity->spans->len;
            score->b_cubed_recall += (double) both[i] * both[i] / n_gold;
          }
    }
  for (guint i = 0; i < marked->gold->len; i++)
    score->b_cubed_gold += ((MarkedEntity *) g_ptr_array_index (marked->gold, i))->spans->len;
}

/* --- roles --- */

static char **
role_words (const char *role)
{
  g_autofree char *lower = g_utf8_strdown (role, -1);
  g_auto (GStrv) raw = g_strsplit_set (lower, " \n\t,;()\"", -1);
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  for (guint i = 0; raw[i] != NULL; i++)
    {
      gsize n = strlen (raw[i]);

      while (n > 0 && raw[i][n - 1] == '.')
        raw[i][--n] = '\0';
      if (n > 0 && !g_str_equal (raw[i], "the") && !g_str_equal (raw[i], "a") && !g_str_equal (raw[i], "an"))
        g_ptr_array_add (words, g_strdup (raw[i]));
    }
  g_ptr_array_add (words, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&words), FALSE);
}

/* The last word before the first comma, preposition or clause. */
static char *
dup_role_head (const char *role)
{
  static const char *const ends[] = { "of", "for", "at", "in", "with", "from", "to", "on", "who", "by",
                                      "and", "that", "whose", "which", "under", NULL };
  const char *comma = strchr (role, ',');
  g_autofree char *front = comma != NULL ? g_strndup (role, (gsize) (comma - role)) : g_strdup (role);
  g_auto (GStrv) words = role_words (front);
  const char *head = "";

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (i > 0 && g_strv_contains (ends, words[i]))
        break;
      head = words[i];
    }

  return g_strdup (head);
}

static gboolean
is_right_role (const char *found,
               const char *gold)
{
  g_auto (GStrv) a = role_words (found);
  g_auto (GStrv) b = role_words (gold);

  g_autofree char *head_a = dup_role_head (found);
  g_autofree char *head_b = dup_role_head (gold);

  if (!g_str_equal (head_a, head_b))
    return FALSE;
  for (guint i = 0; a[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) b, a[i]))
      return FALSE;

  return TRUE;
}

static void
count_roles (MarkedArticle *marked,
             GPtrArray     *found,
             gint          *gold_of,
             Score         *score,
             const char    *name,
             gboolean       verbose)
{
  for (guint i = 0; i < marked->gold->len; i++)
    {
      MarkedEntity *gold = g_ptr_array_index (marked->gold, i);

      score->roles.gold += gold->kind == DRA_ENTITY_PERSON && gold->role != NULL;
    }
  for (guint j = 0; j < found->len; j++)
    {
      MarkedEntity *entity = g_ptr_array_index (found, j);
      MarkedEntity *gold = gold_of[j] >= 0 ? g_ptr_array_index (marked->gold, gold_of[j]) : NULL;
      gboolean right;

      if (entity->kind != DRA_ENTITY_PERSON)
        continue;
      right = entity->role != NULL && gold != NULL && gold->role != NULL &&
              is_right_role (entity->role, gold->role);
      score->roles.found += entity->role != NULL;
      score->roles.right += right;
      if (verbose && right)
        printf ("role right\t%s\t%s\tfound: %s\tmarked: %s\n", name, entity->name, entity->role, gold->role);
      if (verbose && !right && (entity->role != NULL || (gold != NULL && gold->role != NULL)))
        printf ("role\t%s\t%s\tfound: %s\tmarked: %s\n", name, entity->name,
                entity->role != NULL ? entity->role : "-",
                gold == NULL ? "(no such person)" : gold->role != NULL ? gold->role : "-");
    }
}

/* --- all of it --- */

static void
compare (MarkedArticle *marked,
         DraCast       *cast,
         const char    *name,
         gboolean       verbose,
         Score         *score)
{
  g_autoptr (GHashTable) owner = index_spans (marked->gold);
  g_autoptr (GPtrArray) found = read_cast (marked, cast, owner, score);
  g_autofree gint *gold_of = match_entities (marked, found, owner);

  score->n_articles++;
  count_mentions (marked, found, owner, score);
  count_b_cubed (marked, found, owner, score);
  count_roles (marked, found, gold_of, score, name, verbose);
  for (DraEntityKind kind = DRA_ENTITY_PERSON; kind <= DRA_ENTITY_ORGANIZATION; kind++)
    {
      guint n_right = 0, n_found = 0, n_gold = 0;

      for (guint j = 0; j < found->len; j++)
        if (((MarkedEntity *) g_ptr_array_index (found, j))->kind == kind)
          {
            n_found++;
            n_right += gold_of[j] >= 0;
          }
      for (guint i = 0; i < marked->gold->len; i++)
        n_gold += ((MarkedEntity *) g_ptr_array_index (marked->gold, i))->kind == kind;
      score->entities[kind].right += n_right;
      score->entities[kind].found += n_found;
      score->entities[kind].gold += n_gold;
      score->exact[kind] += n_right == n_found && n_right == n_gold;
    }
  score_causes (marked, cast, found, gold_of, name, verbose, &score->causes);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Articles are numbered in the order of their names: those that leave fold when divided by
 * hold_out, but for those divisible by but_for when that is not 0, are held out. */
gboolean
score_folder (const char    *folder,
              ScoreFlags     flags,
              guint          hold_out,
              guint          fold,
              guint          but_for,
              DraRecognizer *recognizer,
              DraModel      *model,
              Score         *score,
              GError       **error)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *entry;

  memset (score, 0, sizeof *score);
  if (dir == NULL)
    return FALSE;
  while ((entry = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (entry, ".cast.json"))
      g_ptr_array_add (names, g_strndup (entry, strlen (entry) - strlen (".cast.json")));
  g_ptr_array_sort (names, compare_names);

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      gboolean held_out = i % hold_out == fold && (but_for == 0 || i % but_for != 0);
      g_autoptr (MarkedArticle) marked = NULL;
      g_autoptr (DraCast) cast = NULL;

      if (((flags & SCORE_HELD_OUT) && !held_out) || ((flags & SCORE_NOT_HELD_OUT) && held_out))
        continue;
      marked = marked_article_read (folder, name, error);
      if (marked == NULL)
        return FALSE;
      cast = (flags & SCORE_GOLD_MENTIONS)
               ? dra_resolver_resolve (marked->article, marked->tokens, marked->marked, model)
               : dra_recognizer_recognize (recognizer, marked->article, NULL, error);
      if (cast == NULL)
        return FALSE;
      compare (marked, cast, name, (flags & SCORE_VERBOSE) != 0, score);
    }

  return TRUE;
}

double
score_f1 (const Count *count)
{
  return count->found + count->gold == 0 ? 1 : 2.0 * count->right / (count->found + count->gold);
}

double
score_b_cubed (const Score *score)
{
  double p = score->b_cubed_found > 0 ? score->b_cubed_precision / score->b_cubed_found : 0;
  double r = score->b_cubed_gold > 0 ? score->b_cubed_recall / score->b_cubed_gold : 0;

  return p + r > 0 ? 2 * p * r / (p + r) : 0;
}

static void
print_count (const char  *what,
             const char  *kind,
             const Count *count)
{
  printf ("%-17s %-13s P %.4f  R %.4f  F1 %.4f   (right %u, predicted %u, gold %u)\n", what, kind,
          count->found > 0 ? (double) count->right / count->found : 0,
          count->gold > 0 ? (double) count->right / count->gold : 0, score_f1 (count),
          count->right, count->found, count->gold);
}

void
score_print (const Score *score)
{
  static const char *const kinds[] = { "person", "organization" };
  double p = score->b_cubed_found > 0 ? score->b_cubed_precision / score->b_cubed_found : 0;
  double r = score->b_cubed_gold > 0 ? score->b_cubed_recall / score->b_cubed_gold : 0;

  printf ("articles: %u\n", score->n_articles);
  for (guint kind = 0; kind < 2; kind++)
    print_count ("mentions", kinds[kind], &score->mentions[kind]);
  for (guint kind = 0; kind < 2; kind++)
    print_count ("entities", kinds[kind], &score->entities[kind]);
  printf ("%-17s %-13s P %.4f  R %.4f  F1 %.4f\n", "B-cubed", "both", p, r, score_b_cubed (score));
  printf ("exact set of people in        %.4f of articles\n",
          (double) score->exact[0] / MAX (score->n_articles, 1));
  printf ("exact set of organizations in %.4f of articles\n",
          (double) score->exact[1] / MAX (score->n_articles, 1));
  print_count ("roles", "person", &score->roles);
  score_causes_print (&score->causes);
}

/* How often mentions are right, by how sure the program is of them; and the mean of how far
 * the two are apart (the expected calibration error of Guo et al. 2017). */
void
score_print_reliability (const Score *score)
{
  static const char *const kinds[] = { "person", "organization" };

  for (guint kind = 0; kind < 2; kind++)
    {
      const Reliability *r = &score->reliability[kind];
      double apart = 0;
      guint all = 0;

      printf ("%-13s mentions   confidence   right\n", kinds[kind]);
      for (guint i = 0; i < RELIABILITY_BINS; i++)
        {
          double from = i == RELIABILITY_BINS - 1 ? 0.95 : i / 10.0;
          double to = i == RELIABILITY_BINS - 1 ? 1 : i == RELIABILITY_BINS - 2 ? 0.95 : (i + 1) / 10.0;

          if (r->n[i] == 0)
            continue;
          printf ("  %.2f - %.2f %8u %12.3f %7.3f\n", from, to, r->n[i], r->sum[i] / r->n[i],
                  (double) r->right[i] / r->n[i]);
          apart += fabs (r->sum[i] - r->right[i]);
          all += r->n[i];
        }
      printf ("  apart by %.3f in the mean\n", apart / MAX (all, 1));
    }
}
