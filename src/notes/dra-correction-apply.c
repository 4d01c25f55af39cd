/* dra-correction-apply.c: puts the reader's corrections on a cast.
 *
 * The cast is taken apart into plain arrays, the rules change those one after another, and
 * the builder makes a cast of them again.  Words that were marked as names are looked for
 * all in one pass over the text, by their first word.  Linear in the text; for each rule that
 * finds someone, linear in the cast.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "notes/dra-correction.h"

#include <string.h>

#include "notes/dra-fold.h"

typedef struct
{
  DraEntityKind kind;
  char         *name;
  char         *folded;
  DraRange      role_range;
  float         confidence; /* below 0: the best of its mentions */
  gboolean      gone;
} Entity;

typedef struct
{
  DraRange range;
  guint    entity;
  float    confidence;
  gboolean gone;
} Mention;

typedef struct
{
  DraArticle *article;
  const char *text;
  gsize       length;
  GArray     *entities; /* of Entity */
  GArray     *mentions; /* of Mention, in text order */
  GPtrArray  *found;    /* for each correction a GArray of DraRange, or NULL */
} Work;

#define ENTITY(work, i) (&g_array_index ((work)->entities, Entity, (i)))
#define MENTION(work, i) (&g_array_index ((work)->mentions, Mention, (i)))

/* {{{ Taking apart and putting together */

static void
clear_entity (gpointer data)
{
  g_free (((Entity *) data)->name);
  g_free (((Entity *) data)->folded);
}

static guint
add_entity (Work         *work,
            DraEntityKind kind,
            const char   *name)
{
  Entity entity = { kind, g_strdup (name), dra_fold_string (name), { 0, 0 }, -1, FALSE };

  g_array_append_val (work->entities, entity);
  return work->entities->len - 1;
}

static void
take_apart (Work    *work,
            DraCast *cast)
{
  guint n_mentions;
  const DraMention *mentions = dra_cast_get_mentions (cast, &n_mentions);

  for (guint i = 0; i < dra_cast_get_n_entities (cast); i++)
    {
      const DraEntity *entity = dra_cast_get_entity (cast, i);
      guint index = add_entity (work, entity->kind, entity->name);

      ENTITY (work, index)->role_range = entity->role_range;
      ENTITY (work, index)->confidence = entity->confidence;
    }
  for (guint i = 0; i < n_mentions; i++)
    {
      Mention mention = { mentions[i].range, mentions[i].entity, mentions[i].confidence, FALSE };

      g_array_append_val (work->mentions, mention);
    }
}

static DraCast *
put_together (Work *work)
{
  g_autoptr (DraCastBuilder) builder = dra_cast_builder_new (work->article);

  for (guint i = 0; i < work->entities->len; i++)
    {
      Entity *entity = ENTITY (work, i);

      dra_cast_builder_add_entity (builder, entity->kind, entity->name, entity->confidence);
      dra_cast_builder_set_role (builder, i, entity->role_range);
    }
  for (guint i = 0; i < work->mentions->len; i++)
    {
      Mention *mention = MENTION (work, i);

      if (!mention->gone && !ENTITY (work, mention->entity)->gone)
        dra_cast_builder_add_mention (builder, mention->entity, mention->range,
                                      mention->confidence);
    }
  return dra_cast_builder_build (builder);
}

/* }}} */
/* {{{ Words that were marked as names */

/* Scripts that put no space between words: each of their characters may begin a name. */
static gboolean
is_wide (gunichar c)
{
  return c >= 0x1100 && g_unichar_iswide (c);
}

static gboolean
is_word (gunichar c)
{
  return g_unichar_isalnum (c) || g_unichar_ismark (c);
}

/* The end of the word that begins at p. */
static const char *
word_end (const char *p,
          const char *limit)
{
  if (p < limit && (is_wide (g_utf8_get_char (p)) || !is_word (g_utf8_get_char (p))))
    return g_utf8_next_char (p);
  while (p < limit && is_word (g_utf8_get_char (p)) && !is_wide (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  return p;
}

static gboolean
ends_word (Work       *work,
           const char *end)
{
  gunichar before = g_utf8_get_char (g_utf8_prev_char (end));

  return end == work->text + work->length || is_wide (before) || !is_word (before)
         || !is_word (g_utf8_get_char (end)) || is_wide (g_utf8_get_char (end));
}

/* First word -> indices of the corrections that mark a name beginning with it. */
static GHashTable *
index_marks (GPtrArray *corrections)
{
  GHashTable *index = NULL;

  for (guint i = 0; i < corrections->len; i++)
    {
      const DraCorrectionParts *parts = dra_correction_get_parts (corrections->pdata[i]);
      const char *limit = parts->name + strlen (parts->name);
      g_autofree char *first = NULL;
      GArray *with;

      if (parts->action != DRA_CORRECTION_MARK)
        continue;
      if (index == NULL)
        index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify) g_array_unref);
      first = g_strndup (parts->name, (gsize) (word_end (parts->name, limit) - parts->name));
      with = g_hash_table_lookup (index, first);
      if (with == NULL)
        {
          with = g_array_new (FALSE, FALSE, sizeof (guint));
          g_hash_table_insert (index, g_steal_pointer (&first), with);
        }
      g_array_append_val (with, i);
    }

  return index;
}

static void
add_found (Work    *work,
           guint    correction,
           DraRange range)
{
  GArray *found = work->found->pdata[correction];

  if (found == NULL)
    work->found->pdata[correction] = found = g_array_new (FALSE, FALSE, sizeof (DraRange));
  g_array_append_val (found, range);
}

static void
find_marks (Work      *work,
            GPtrArray *corrections)
{
  g_autoptr (GHashTable) index = index_marks (corrections);
  g_autoptr (GString) word = g_string_new (NULL);
  const char *limit = work->text + work->length;

  if (index == NULL)
    return;
  for (const char *p = work->text, *end; p < limit; p = end)
    {
      GArray *with;

      end = word_end (p, limit);
      g_string_truncate (word, 0);
      g_string_append_len (word, p, end - p);
      with = g_hash_table_lookup (index, word->str);
      for (guint i = 0; with != NULL && i < with->len; i++)
        {
          const guint correction = g_array_index (with, guint, i);
          const char *name = dra_correction_get_parts (corrections->pdata[correction])->name;
          const gsize size = strlen (name);
          const gsize start = (gsize) (p - work->text);

          if (size <= work->length - start && memcmp (p, name, size) == 0
              && ends_word (work, p + size))
            add_found (work, correction, (DraRange) { start, start + size });
        }
    }
}

/* }}} */
/* {{{ Who is meant */

/* Index of the first mention that ends after offset. */
static guint
first_mention (Work  *work,
               gsize  offset)
{
  guint low = 0, high = work->mentions->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (MENTION (work, middle)->range.end <= offset)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* In the very text a rule was made in: a position in it, in bytes. */
static gboolean
get_offset (Work                     *work,
            const DraCorrectionParts *parts,
            gint64                    position,
            gsize                    *offset)
{
  if (position < 0 || (guint64) position > dra_article_get_n_code_points (work->article)
      || g_strcmp0 (parts->hash, dra_article_get_hash (work->article)) != 0)
    return FALSE;
  *offset = dra_article_to_bytes (work->article, (gsize) position);
  return TRUE;
}

static int
find_entity (Work                     *work,
             DraEntityKind             kind,
             const char               *name,
             gboolean                  any_kind,
             const DraCorrectionParts *parts)
{
  g_autofree char *folded = dra_fold_string (name);
  gsize offset = 0;
  int named = -1;

  /* Of several with one name the one that is mentioned where the rule was made. */
  if (parts != NULL && get_offset (work, parts, parts->start, &offset))
    {
      guint at = first_mention (work, offset);

      for (; at < work->mentions->len && MENTION (work, at)->range.start <= offset; at++)
        {
          Entity *entity = ENTITY (work, MENTION (work, at)->entity);

          if (!MENTION (work, at)->gone && !entity->gone && entity->kind == kind
              && g_str_equal (entity->folded, folded))
            return (int) MENTION (work, at)->entity;
        }
    }
  for (guint i = 0; i < work->entities->len; i++)
    {
      Entity *entity = ENTITY (work, i);

      if (entity->gone || !g_str_equal (entity->folded, folded))
        continue;
      if (entity->kind == kind)
        return (int) i;
      if (any_kind && named < 0)
        named = (int) i;
    }
  return named;
}

static gboolean
is_called (Work          *work,
           const Mention *mention,
           const char    *form)
{
  const gsize size = strlen (form);

  return dra_range_length (mention->range) == size
         && memcmp (work->text + mention->range.start, form, size) == 0;
}

/* The one of this kind that has a mention in these words; -1 when there are none or two. */
static int
find_called (Work         *work,
             DraEntityKind kind,
             const char   *form)
{
  int found = -1;

  for (guint i = 0; i < work->mentions->len; i++)
    {
      Mention *mention = MENTION (work, i);
      Entity *entity = ENTITY (work, mention->entity);

      if (mention->gone || entity->gone || entity->kind != kind
          || !is_called (work, mention, form))
        continue;
      if (found >= 0 && found != (int) mention->entity)
        return -1;
      found = (int) mention->entity;
    }
  return found;
}

/* }}} */
/* {{{ Rules */

static void
confirm (Work  *work,
         guint  entity)
{
  ENTITY (work, entity)->confidence = 1;
  for (guint i = 0; i < work->mentions->len; i++)
    if (MENTION (work, i)->entity == entity)
      MENTION (work, i)->confidence = 1;
}

static void
merge (Work  *work,
       guint  from,
       guint  into)
{
  if (from == into)
    return;
  for (guint i = 0; i < work->mentions->len; i++)
    if (MENTION (work, i)->entity == from)
      MENTION (work, i)->entity = into;
  if (dra_range_length (ENTITY (work, into)->role_range) == 0)
    ENTITY (work, into)->role_range = ENTITY (work, from)->role_range;
  ENTITY (work, from)->gone = TRUE;
}

static void
set_name (Work       *work,
          guint       index,
          const char *name)
{
  Entity *entity = ENTITY (work, index);
  char *copy = g_strdup (name); /* it may be the entity's own */

  g_free (entity->name);
  g_free (entity->folded);
  entity->name = copy;
  entity->folded = dra_fold_string (copy);
}

/* It is now of this kind and name: whoever is that already takes it in. */
static void
become (Work         *work,
        guint         index,
        DraEntityKind kind,
        const char   *name)
{
  int other = find_entity (work, kind, name, FALSE, NULL);

  if (other >= 0 && other != (int) index)
    {
      merge (work, index, (guint) other);
      confirm (work, (guint) other);
      return;
    }
  ENTITY (work, index)->kind = kind;
  set_name (work, index, name);
  confirm (work, index);
}

/* The mention in these words that is nearest to where it was split off. */
static int
nearest_called (Work                     *work,
                guint                     entity,
                const DraCorrectionParts *parts)
{
  const gsize n = dra_article_get_n_code_points (work->article);
  const gsize at = dra_article_to_bytes (work->article, MIN ((gsize) parts->split_at, n));
  gsize best = G_MAXSIZE;
  int nearest = -1;

  for (guint i = 0; i < work->mentions->len; i++)
    {
      Mention *mention = MENTION (work, i);
      gsize start = mention->range.start;
      gsize distance = start > at ? start - at : at - start;

      if (!mention->gone && mention->entity == entity && distance < best
          && is_called (work, mention, parts->to_name))
        {
          best = distance;
          nearest = (int) i;
        }
    }
  return nearest;
}

static void
split (Work                     *work,
       guint                     entity,
       const DraCorrectionParts *parts)
{
  guint n_left = 0, n_split = 0;
  guint other;
  int one = -1;

  if (parts->split_at >= 0)
    {
      one = nearest_called (work, entity, parts);
      if (one < 0)
        return;
    }
  for (guint i = 0; i < work->mentions->len; i++)
    {
      Mention *mention = MENTION (work, i);
      gboolean leaves = one >= 0 ? (int) i == one : is_called (work, mention, parts->to_name);

      if (mention->gone || mention->entity != entity)
        continue;
      n_left += !leaves;
      n_split += leaves;
    }
  if (n_left == 0 || n_split == 0)
    return;

  other = add_entity (work, ENTITY (work, entity)->kind, parts->to_name);
  for (guint i = 0; i < work->mentions->len; i++)
    {
      Mention *mention = MENTION (work, i);

      if (!mention->gone && mention->entity == entity
          && (one >= 0 ? (int) i == one : is_called (work, mention, parts->to_name)))
        mention->entity = other;
    }
  /* What it was called by may have been the other's name. */
  if (g_str_equal (ENTITY (work, entity)->name, parts->to_name) && one < 0)
    {
      const Mention *longest = NULL;
      g_autofree char *name = NULL;

      for (guint i = 0; i < work->mentions->len; i++)
        if (!MENTION (work, i)->gone && MENTION (work, i)->entity == entity
            && (longest == NULL
                || dra_range_length (MENTION (work, i)->range)
                     > dra_range_length (longest->range)))
          longest = MENTION (work, i);
      name = dra_article_dup_range (work->article, longest->range);
      set_name (work, entity, name);
    }
  confirm (work, other);
}

static int
compare_mentions (gconstpointer a,
                  gconstpointer b)
{
  const Mention *x = a;
  const Mention *y = b;

  return (x->range.start > y->range.start) - (x->range.start < y->range.start);
}

/* Takes the place of shorter names; a longer one that is there stays, but where the reader
 * marked the words. */
static gboolean
make_room (Work    *work,
           DraRange range,
           gboolean forced)
{
  guint first = first_mention (work, range.start);

  for (guint i = first; i < work->mentions->len && MENTION (work, i)->range.start < range.end; i++)
    if (!forced && !MENTION (work, i)->gone
        && dra_range_length (MENTION (work, i)->range) > dra_range_length (range))
      return FALSE;
  for (guint i = first; i < work->mentions->len && MENTION (work, i)->range.start < range.end; i++)
    MENTION (work, i)->gone = TRUE;
  return TRUE;
}

static void
mark (Work                     *work,
      const DraCorrectionParts *parts,
      GArray                   *found)
{
  g_autoptr (GArray) added = g_array_new (FALSE, FALSE, sizeof (Mention));
  gsize offset = G_MAXSIZE;
  int entity;

  if (found == NULL)
    return;
  get_offset (work, parts, parts->start, &offset);
  entity = find_entity (work, parts->kind, parts->name, FALSE, NULL);
  if (entity < 0)
    entity = find_called (work, parts->kind, parts->name);
  if (entity < 0)
    entity = (int) add_entity (work, parts->kind, parts->name);
  for (guint i = 0; i < found->len; i++)
    {
      DraRange range = g_array_index (found, DraRange, i);
      Mention mention = { range, (guint) entity, 1, FALSE };

      if (make_room (work, range, range.start == offset))
        g_array_append_val (added, mention);
    }

  /* Those that are gone are taken out, so that the rest do not overlap. */
  for (guint i = 0; i < work->mentions->len; i++)
    if (!MENTION (work, i)->gone)
      g_array_append_val (added, *MENTION (work, i));
  g_array_sort (added, compare_mentions);
  g_array_unref (work->mentions);
  work->mentions = g_steal_pointer (&added);
}

static void
apply (Work          *work,
       DraCorrection *correction,
       GArray        *found)
{
  const DraCorrectionParts *parts = dra_correction_get_parts (correction);
  int entity;

  if (parts->action == DRA_CORRECTION_MARK)
    {
      mark (work, parts, found);
      return;
    }
  /* That something is a person says nothing of a place of that name. */
  entity = find_entity (work, parts->kind, parts->name, parts->action != DRA_CORRECTION_CONFIRM,
                        parts);
  if (entity < 0)
    return;

  switch (parts->action)
    {
    case DRA_CORRECTION_REJECT:
      ENTITY (work, (guint) entity)->gone = TRUE;
      break;
    case DRA_CORRECTION_CONFIRM:
      confirm (work, (guint) entity);
      break;
    case DRA_CORRECTION_KIND:
      become (work, (guint) entity, parts->to_kind, ENTITY (work, (guint) entity)->name);
      break;
    case DRA_CORRECTION_RENAME:
      become (work, (guint) entity, ENTITY (work, (guint) entity)->kind, parts->to_name);
      break;
    case DRA_CORRECTION_MERGE:
      become (work, (guint) entity, parts->to_kind, parts->to_name);
      break;
    case DRA_CORRECTION_SPLIT:
      split (work, (guint) entity, parts);
      break;
    case DRA_CORRECTION_MARK:
    case DRA_N_CORRECTION_ACTIONS:
    default:
      break;
    }
}

/* }}} */

static void
unref_found (gpointer found)
{
  if (found != NULL)
    g_array_unref (found);
}

/**
 * dra_correction_apply:
 * @article: an article
 * @cast: its cast as it was found
 * @corrections: (element-type DraCorrection): those that count in it, the oldest first
 *
 * Puts corrections on a cast.  What the reader has decided is certain.  Thread-safe.
 *
 * Returns: (transfer full): the corrected cast; @cast itself when there are no corrections
 */
DraCast *
dra_correction_apply (DraArticle *article,
                      DraCast    *cast,
                      GPtrArray  *corrections)
{
  Work work = { .article = article };
  DraCast *corrected;

  g_return_val_if_fail (DRA_IS_ARTICLE (article), NULL);
  g_return_val_if_fail (DRA_IS_CAST (cast), NULL);
  g_return_val_if_fail (corrections != NULL, NULL);

  if (corrections->len == 0)
    return g_object_ref (cast);

  work.text = dra_article_get_text (article, &work.length);
  work.entities = g_array_new (FALSE, FALSE, sizeof (Entity));
  g_array_set_clear_func (work.entities, clear_entity);
  work.mentions = g_array_new (FALSE, FALSE, sizeof (Mention));
  work.found = g_ptr_array_new_full (corrections->len, unref_found);
  g_ptr_array_set_size (work.found, (int) corrections->len);
  take_apart (&work, cast);
  find_marks (&work, corrections);
  for (guint i = 0; i < corrections->len; i++)
    apply (&work, corrections->pdata[i], work.found->pdata[i]);
  corrected = put_together (&work);

  g_ptr_array_unref (work.found);
  g_array_unref (work.mentions);
  g_array_unref (work.entities);
  return corrected;
}
