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
#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>

#include "article/dra-article-builder.h"
#include "recognizer/dra-recognizer.h"
#include "recognizer/dra-resolver.h"
#include "recognizer/dra-tokenizer.h"
#include "score-cast.h"

#define HOLD_OUT 10 /* every tenth article in the order of names, as the training program keeps back */

typedef struct
{
  DraEntityKind kind;
  char         *name;
  char         *role;
  GArray       *spans; /* of DraRange, bytes */
} Entity;

typedef struct
{
  DraArticle *article;
  GPtrArray  *gold;    /* of Entity that count */
  GArray     *ignored; /* of DraRange */
  GArray     *marked;  /* of DraSpan over its tokens: people, organizations and places */
  DraTokens  *tokens;
} Marked;

static void
entity_free (gpointer data)
{
  Entity *entity = data;

  g_free (entity->name);
  g_free (entity->role);
  g_array_unref (entity->spans);
  g_free (entity);
}

static void
marked_free (Marked *marked)
{
  g_clear_object (&marked->article);
  g_clear_pointer (&marked->gold, g_ptr_array_unref);
  g_clear_pointer (&marked->ignored, g_array_unref);
  g_clear_pointer (&marked->marked, g_array_unref);
  g_clear_pointer (&marked->tokens, dra_tokens_free);
  g_free (marked);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Marked, marked_free)

/* --- reading what is marked --- */

static void
add_strings (GHashTable *set,
             JsonObject *object,
             const char *member)
{
  JsonArray *array = json_object_has_member (object, member)
                       ? json_object_get_array_member (object, member) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    if (*json_array_get_string_element (array, i) != '\0')
      g_hash_table_add (set, g_strdup (json_array_get_string_element (array, i)));
}

static void
mark_span (Marked     *marked,
           DraRange    range,
           const char *kind)
{
  DraSpan span = { .confidence = 1 };
  GArray *tokens = marked->tokens->tokens;
  guint low = 0, high = tokens->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (tokens, DraToken, middle).range.end <= range.start)
        low = middle + 1;
      else
        high = middle;
    }
  span.first = low;
  while (low < tokens->len && g_array_index (tokens, DraToken, low).range.start < range.end)
    low++;
  span.n_tokens = low - span.first;
  span.label = *kind == 'P' ? DRA_LABEL_PERSON : *kind == 'O' ? DRA_LABEL_ORGANIZATION : DRA_LABEL_PLACE;
  span.scores[span.label] = 1;
  if (span.n_tokens > 0)
    g_array_append_val (marked->marked, span);
}

static gboolean
is_whole_word (const char *text,
               gsize       start,
               gsize       end)
{
  gboolean left = start > 0 && g_unichar_isalnum (g_utf8_get_char (g_utf8_prev_char (text + start))) &&
                  g_unichar_isalnum (g_utf8_get_char (text + start));
  gboolean right = text[end] != '\0' && g_unichar_isalnum (g_utf8_get_char (text + end)) &&
                   g_unichar_isalnum (g_utf8_get_char (g_utf8_prev_char (text + end)));

  return !left && !right;
}

static int
compare_lengths (gconstpointer a,
                 gconstpointer b)
{
  glong x = g_utf8_strlen (*(const char *const *) a, -1), y = g_utf8_strlen (*(const char *const *) b, -1);

  return x != y ? (x > y ? -1 : 1) : strcmp (*(const char *const *) a, *(const char *const *) b);
}

static gboolean
is_clear (const guint8 *taken,
          gsize         start,
          gsize         end)
{
  for (gsize i = start; i < end; i++)
    if (taken[i])
      return FALSE;

  return TRUE;
}

/* Wherever a name that may be seen either way stands outside every marked span. */
static void
ignore_either (Marked     *marked,
               GHashTable *either)
{
  gsize length;
  const char *text = dra_article_get_text (marked->article, &length);
  g_autofree guint8 *taken = g_malloc0 (length + 1);
  guint n = 0;
  g_autofree char **names = (char **) g_hash_table_get_keys_as_array (either, &n);

  for (guint e = 0; e < marked->gold->len; e++)
    {
      Entity *entity = g_ptr_array_index (marked->gold, e);

      for (guint i = 0; i < entity->spans->len; i++)
        {
          DraRange range = g_array_index (entity->spans, DraRange, i);

          memset (taken + range.start, 1, dra_range_length (range));
        }
    }
  qsort (names, n, sizeof *names, compare_lengths);
  for (guint i = 0; i < n; i++)
    {
      gsize size = strlen (names[i]);

      for (const char *p = strstr (text, names[i]); p != NULL; p = strstr (p + size, names[i]))
        {
          DraRange range = { (gsize) (p - text), (gsize) (p - text) + size };

          if (is_whole_word (text, range.start, range.end) && is_clear (taken, range.start, range.end))
            {
              g_array_append_val (marked->ignored, range);
              memset (taken + range.start, 1, size);
            }
        }
    }
}

static void
read_entities (JsonObject *root,
               const char *member,
               DraEntityKind kind,
               GPtrArray  *entities,
               GPtrArray  *forms)
{
  JsonArray *array = json_object_get_array_member (root, member);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *object = json_array_get_object_element (array, i);
      Entity *entity = g_new0 (Entity, 1);
      GHashTable *set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

      entity->kind = kind;
      entity->name = g_strdup (json_object_get_string_member (object, "name"));
      entity->role = g_strdup (json_object_get_string_member_with_default (object, "role", NULL));
      entity->spans = g_array_new (FALSE, FALSE, sizeof (DraRange));
      g_ptr_array_add (entities, entity);
      g_hash_table_add (set, g_strdup (entity->name));
      add_strings (set, object, "forms");
      g_ptr_array_add (forms, set);
    }
}

static gboolean
all_in (GHashTable *forms,
        GHashTable *either)
{
  GHashTableIter iter;
  gpointer form;

  g_hash_table_iter_init (&iter, forms);
  while (g_hash_table_iter_next (&iter, &form, NULL))
    if (!g_hash_table_contains (either, form))
      return FALSE;

  return TRUE;
}

static Marked *
read_marked (const char *folder,
             const char *name,
             GError    **error)
{
  g_autoptr (Marked) marked = g_new0 (Marked, 1);
  g_autofree char *text_path = g_strdup_printf ("%s/%s.txt", folder, name);
  g_autofree char *json_path = g_strdup_printf ("%s/%s.cast.json", folder, name);
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GPtrArray) entities = g_ptr_array_new ();
  g_autoptr (GPtrArray) forms = g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);
  g_autoptr (GHashTable) either = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  JsonObject *root;
  JsonArray *spans;
  char *text;
  gsize length;
  guint n_people;

  if (!g_file_get_contents (text_path, &text, &length, error))
    return NULL;
  dra_article_builder_take_lines (builder, text, length);
  marked->article = dra_article_builder_build (builder);
  marked->tokens = dra_tokens_new_for_article (marked->article);
  marked->gold = g_ptr_array_new_with_free_func (entity_free);
  marked->ignored = g_array_new (FALSE, FALSE, sizeof (DraRange));
  marked->marked = g_array_new (FALSE, FALSE, sizeof (DraSpan));

  if (!json_parser_load_from_file (parser, json_path, error))
    return NULL;
  root = json_node_get_object (json_parser_get_root (parser));
  add_strings (either, root, "either");
  read_entities (root, "people", DRA_ENTITY_PERSON, entities, forms);
  n_people = entities->len;
  read_entities (root, "organizations", DRA_ENTITY_ORGANIZATION, entities, forms);

  spans = json_object_get_array_member (root, "spans");
  for (guint i = 0; i < json_array_get_length (spans); i++)
    {
      JsonArray *span = json_array_get_array_element (spans, i);
      const char *kind = json_array_get_string_element (span, 2);
      guint index = (guint) json_array_get_int_element (span, 3) + (*kind == 'O' ? n_people : 0);
      DraRange range = {
        dra_article_to_bytes (marked->article, (gsize) json_array_get_int_element (span, 0)),
        dra_article_to_bytes (marked->article, (gsize) json_array_get_int_element (span, 1)),
      };

      mark_span (marked, range, kind);
      if (*kind != 'L')
        g_array_append_val (((Entity *) g_ptr_array_index (entities, index))->spans, range);
    }

  for (guint i = 0; i < entities->len; i++)
    {
      Entity *entity = g_ptr_array_index (entities, i);

      if (all_in (g_ptr_array_index (forms, i), either))
        {
          g_array_append_vals (marked->ignored, entity->spans->data, entity->spans->len);
          entity_free (entity);
        }
      else
        {
          g_ptr_array_add (marked->gold, entity);
        }
    }
  ignore_either (marked, either);

  return g_steal_pointer (&marked);
}

/* --- comparing --- */

static GHashTable *
index_spans (GPtrArray *entities)
{
  GHashTable *owner = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint e = 0; e < entities->len; e++)
    {
      Entity *entity = g_ptr_array_index (entities, e);

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
is_ignored (Marked  *marked,
            DraRange range)
{
  for (guint i = 0; i < marked->ignored->len; i++)
    if (dra_range_overlaps (range, g_array_index (marked->ignored, DraRange, i)))
      return TRUE;

  return FALSE;
}

/* The found entities that count, as the marked ones are kept. */
static GPtrArray *
read_cast (Marked     *marked,
           DraCast    *cast,
           GHashTable *owner)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (entity_free);
  guint n_mentions;
  const DraMention *mentions = dra_cast_get_mentions (cast, &n_mentions);

  for (guint e = 0; e < dra_cast_get_n_entities (cast); e++)
    {
      const DraEntity *in = dra_cast_get_entity (cast, e);
      Entity *out;

      if (in->kind == DRA_ENTITY_PLACE)
        continue;
      out = g_new0 (Entity, 1);
      out->kind = in->kind;
      out->name = g_strdup (in->name);
      out->role = g_strdup (in->role);
      out->spans = g_array_new (FALSE, FALSE, sizeof (DraRange));
      for (guint i = 0; i < in->n_mentions; i++)
        {
          DraRange range = mentions[in->mentions[i]].range;

          if (owner_of (owner, range) >= 0 || !is_ignored (marked, range))
            g_array_append_val (out->spans, range);
        }
      if (out->spans->len > 0)
        g_ptr_array_add (found, out);
      else
        entity_free (out);
    }

  return found;
}

static gint
best_overlap (Marked  *marked,
              DraRange range)
{
  gsize best = 0, best_start = 0;
  gint entity = -1;

  for (guint e = 0; e < marked->gold->len; e++)
    {
      Entity *gold = g_ptr_array_index (marked->gold, e);

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
match_entities (Marked     *marked,
                GPtrArray  *found,
                GHashTable *owner)
{
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  g_autofree gboolean *taken = g_new0 (gboolean, marked->gold->len + 1);
  gint *gold_of = g_new (gint, found->len + 1);

  for (guint j = 0; j < found->len; j++)
    {
      Entity *entity = g_ptr_array_index (found, j);
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
            ((Entity *) g_ptr_array_index (marked->gold, i))->kind == entity->kind)
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
count_mentions (Marked     *marked,
                GPtrArray  *found,
                GHashTable *owner,
                Score      *score)
{
  for (guint i = 0; i < marked->gold->len; i++)
    {
      Entity *gold = g_ptr_array_index (marked->gold, i);

      score->mentions[gold->kind].gold += gold->spans->len;
    }
  for (guint j = 0; j < found->len; j++)
    {
      Entity *entity = g_ptr_array_index (found, j);

      score->mentions[entity->kind].found += entity->spans->len;
      for (guint i = 0; i < entity->spans->len; i++)
        {
          gint gold = owner_of (owner, g_array_index (entity->spans, DraRange, i));

          if (gold >= 0 && ((Entity *) g_ptr_array_index (marked->gold, gold))->kind == entity->kind)
            score->mentions[entity->kind].right++;
        }
    }
}

static void
count_b_cubed (Marked     *marked,
               GPtrArray  *found,
               GHashTable *owner,
               Score      *score)
{
  for (guint j = 0; j < found->len; j++)
    {
      Entity *entity = g_ptr_array_index (found, j);
      g_autofree guint *both = g_new0 (guint, marked->gold->len + 1);

      score->b_cubed_found += entity->spans->len;
      for (guint i = 0; i < entity->spans->len; i++)
        {
          gint gold = owner_of (owner, g_array_index (entity->spans, DraRange, i));

          if (gold >= 0 && ((Entity *) g_ptr_array_index (marked->gold, gold))->kind == entity->kind)
            both[gold]++;
        }
      for (guint i = 0; i < marked->gold->len; i++)
        if (both[i] > 0)
          {
            guint n_gold = ((Entity *) g_ptr_array_index (marked->gold, i))->spans->len;

            score->b_cubed_precision += (double) both[i] * both[i] / entity->spans->len;
            score->b_cubed_recall += (double) both[i] * both[i] / n_gold;
          }
    }
  for (guint i = 0; i < marked->gold->len; i++)
    score->b_cubed_gold += ((Entity *) g_ptr_array_index (marked->gold, i))->spans->len;
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
count_roles (Marked    *marked,
             GPtrArray *found,
             gint      *gold_of,
             Score     *score,
             const char *name,
             gboolean   verbose)
{
  for (guint i = 0; i < marked->gold->len; i++)
    {
      Entity *gold = g_ptr_array_index (marked->gold, i);

      score->roles.gold += gold->kind == DRA_ENTITY_PERSON && gold->role != NULL;
    }
  for (guint j = 0; j < found->len; j++)
    {
      Entity *entity = g_ptr_array_index (found, j);
      Entity *gold = gold_of[j] >= 0 ? g_ptr_array_index (marked->gold, gold_of[j]) : NULL;
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
print_differences (Marked     *marked,
                   GPtrArray  *found,
                   GHashTable *owner,
                   gint       *gold_of,
                   const char *name)
{
  static const char *const kinds[] = { "person", "organization" };
  g_autoptr (GHashTable) found_owner = index_spans (found);
  g_autofree gboolean *taken = g_new0 (gboolean, marked->gold->len + 1);

  for (guint j = 0; j < found->len; j++)
    {
      Entity *entity = g_ptr_array_index (found, j);

      if (gold_of[j] >= 0)
        taken[gold_of[j]] = TRUE;
      else
        printf ("wrong\t%s\t%s\t%s\n", name, kinds[entity->kind], entity->name);
      for (guint i = 0; i < entity->spans->len; i++)
        {
          DraRange range = g_array_index (entity->spans, DraRange, i);
          gint gold = owner_of (owner, range);
          DraRange wide = { range.start > 50 ? range.start - 50 : 0, range.end + 40 };
          g_autofree char *around = NULL;
          gsize length;
          const char *text = dra_article_get_text (marked->article, &length);

          if (gold >= 0 && ((Entity *) g_ptr_array_index (marked->gold, gold))->kind == entity->kind)
            continue;
          wide.end = MIN (wide.end, length);
          around = g_strdup_printf ("%.*s[%.*s]%.*s", (int) (range.start - wide.start), text + wide.start,
                                    (int) dra_range_length (range), text + range.start,
                                    (int) (wide.end - range.end), text + range.end);
          g_strdelimit (around, "\n\t", '|');
          printf ("extra\t%s\t%s\t%s\n", name, kinds[entity->kind], around);
        }
    }
  for (guint i = 0; i < marked->gold->len; i++)
    {
      Entity *gold = g_ptr_array_index (marked->gold, i);

      if (!taken[i])
        printf ("missing\t%s\t%s\t%s\n", name, kinds[gold->kind], gold->name);
      for (guint k = 0; k < gold->spans->len; k++)
        {
          DraRange range = g_array_index (gold->spans, DraRange, k);
          gint own = owner_of (found_owner, range);
          DraRange wide = { range.start > 50 ? range.start - 50 : 0, range.end + 40 };
          g_autofree char *around = NULL;
          gsize length;
          const char *text = dra_article_get_text (marked->article, &length);

          if (own >= 0 && ((Entity *) g_ptr_array_index (found, own))->kind == gold->kind)
            continue;
          wide.end = MIN (wide.end, length);
          around = g_strdup_printf ("%.*s[%.*s]%.*s", (int) (range.start - wide.start), text + wide.start,
                                    (int) dra_range_length (range), text + range.start,
                                    (int) (wide.end - range.end), text + range.end);
          g_strdelimit (around, "\n\t", '|');
          printf ("missed\t%s\t%s\t%s\n", name, kinds[gold->kind], around);
        }
    }
}

static void
compare (Marked     *marked,
         DraCast    *cast,
         const char *name,
         gboolean    verbose,
         Score      *score)
{
  g_autoptr (GHashTable) owner = index_spans (marked->gold);
  g_autoptr (GPtrArray) found = read_cast (marked, cast, owner);
  g_autofree gint *gold_of = match_entities (marked, found, owner);

  score->n_articles++;
  count_mentions (marked, found, owner, score);
  count_b_cubed (marked, found, owner, score);
  count_roles (marked, found, gold_of, score, name, verbose);
  for (DraEntityKind kind = DRA_ENTITY_PERSON; kind <= DRA_ENTITY_ORGANIZATION; kind++)
    {
      guint n_right = 0, n_found = 0, n_gold = 0;

      for (guint j = 0; j < found->len; j++)
        if (((Entity *) g_ptr_array_index (found, j))->kind == kind)
          {
            n_found++;
            n_right += gold_of[j] >= 0;
          }
      for (guint i = 0; i < marked->gold->len; i++)
        n_gold += ((Entity *) g_ptr_array_index (marked->gold, i))->kind == kind;
      score->entities[kind].right += n_right;
      score->entities[kind].found += n_found;
      score->entities[kind].gold += n_gold;
      score->exact[kind] += n_right == n_found && n_right == n_gold;
    }
  if (verbose)
    print_differences (marked, found, owner, gold_of, name);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

gboolean
score_folder (const char    *folder,
              ScoreFlags     flags,
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
      gboolean held_out = i % HOLD_OUT == 0;
      g_autoptr (Marked) marked = NULL;
      g_autoptr (DraCast) cast = NULL;

      if (((flags & SCORE_HELD_OUT) && !held_out) || ((flags & SCORE_NOT_HELD_OUT) && held_out))
        continue;
      marked = read_marked (folder, name, error);
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
}
