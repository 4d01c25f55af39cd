/* score-causes.c: the wrong mentions and entities of an article, each under one cause.
 *
 * A marked mention that was not found exactly counts once, under what stands in its place; a
 * found one counts only when it lies on no marked one.  An entity that is no marked one
 * counts as split when its mentions are those of one that another found entity is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "score-causes.h"

#include <stdio.h>
#include <string.h>

static const char *const names[N_CAUSES] = {
  "boundary", "person or organization", "place or not", "missed, known elsewhere",
  "missed altogether", "nothing there", "one found as two", "two found as one",
};

/* Whose each byte of the text is: index + 1. */
static guint *
paint (MarkedArticle *marked,
       GPtrArray     *entities)
{
  gsize length;
  guint *owner;

  dra_article_get_text (marked->article, &length);
  owner = g_new0 (guint, length + 1);
  for (guint e = 0; e < entities->len; e++)
    {
      MarkedEntity *entity = g_ptr_array_index (entities, e);

      for (guint i = 0; i < entity->spans->len; i++)
        {
          DraRange range = g_array_index (entity->spans, DraRange, i);

          for (gsize b = range.start; b < range.end; b++)
            owner[b] = e + 1;
        }
    }

  return owner;
}

static gboolean
has_span (const MarkedEntity *entity,
          DraRange            range)
{
  for (guint i = 0; i < entity->spans->len; i++)
    {
      DraRange other = g_array_index (entity->spans, DraRange, i);

      if (other.start == range.start && other.end == range.end)
        return TRUE;
    }

  return FALSE;
}

/* An entity of the other side with a mention that lies on the range, exactly so if there is
 * one; NULL when there is none. */
static const MarkedEntity *
entity_on (GPtrArray   *entities,
           const guint *owner,
           DraRange     range)
{
  const MarkedEntity *any = NULL;

  for (gsize b = range.start; b < range.end; b++)
    if (owner[b] > 0)
      {
        const MarkedEntity *entity = g_ptr_array_index (entities, owner[b] - 1);

        if (has_span (entity, range))
          return entity;
        if (any == NULL)
          any = entity;
      }

  return any;
}

/* "cause TAB article TAB kind TAB the words around [the name] TAB what was found or marked" */
static void
print_span (MarkedArticle *marked,
            Cause          cause,
            const char    *name,
            DraEntityKind  kind,
            DraRange       range,
            const char    *instead)
{
  gsize length;
  const char *text = dra_article_get_text (marked->article, &length);
  DraRange wide = { range.start > 60 ? range.start - 60 : 0, MIN (range.end + 40, length) };
  g_autofree char *around =
    g_strdup_printf ("%.*s[%.*s]%.*s", (int) (range.start - wide.start), text + wide.start,
                     (int) dra_range_length (range), text + range.start,
                     (int) (wide.end - range.end), text + range.end);

  g_strdelimit (around, "\n\t", '|');
  printf ("%s\t%s\t%s\t%s\t%s\n", names[cause], name, dra_entity_kind_to_string (kind), around, instead);
}

static gboolean
is_place (DraCast *cast,
          DraRange range)
{
  guint n;
  const DraMention *mentions = dra_cast_get_mentions (cast, &n);

  for (guint i = 0; i < n; i++)
    if (dra_range_overlaps (mentions[i].range, range) &&
        dra_cast_get_entity (cast, mentions[i].entity)->kind == DRA_ENTITY_PLACE)
      return TRUE;

  return FALSE;
}

/* Whether the marks say that a place is here. */
static gboolean
is_marked_place (MarkedArticle *marked,
                 DraRange       range)
{
  const DraToken *tokens = (const DraToken *) (gpointer) marked->tokens->tokens->data;

  for (guint i = 0; i < marked->marked->len; i++)
    {
      const DraSpan *span = &g_array_index (marked->marked, DraSpan, i);
      DraRange other = { tokens[span->first].range.start, tokens[span->first + span->n_tokens - 1].range.end };

      if (span->label == DRA_LABEL_PLACE && dra_range_overlaps (range, other))
        return TRUE;
    }

  return FALSE;
}

static Cause
cause_of_miss (DraCast            *cast,
               GPtrArray          *found,
               const guint        *found_owner,
               const MarkedEntity *gold,
               DraRange            range,
               const char        **instead)
{
  const MarkedEntity *other = entity_on (found, found_owner, range);

  *instead = other != NULL ? other->name : "-";
  if (other != NULL)
    return other->kind == gold->kind ? CAUSE_BOUNDARY : CAUSE_KIND;
  if (is_place (cast, range))
    return CAUSE_PLACE;
  for (guint i = 0; i < gold->spans->len; i++)
    {
      DraRange own = g_array_index (gold->spans, DraRange, i);

      other = entity_on (found, found_owner, own);
      if (other != NULL && other->kind == gold->kind && has_span (other, own))
        return CAUSE_ELSEWHERE;
    }

  return CAUSE_MISSED;
}

static void
count_mentions (MarkedArticle *marked,
                DraCast       *cast,
                GPtrArray     *found,
                const char    *name,
                gboolean       verbose,
                Causes        *causes)
{
  g_autofree guint *found_owner = paint (marked, found);
  g_autofree guint *owner = paint (marked, marked->gold);

  for (guint e = 0; e < marked->gold->len; e++)
    {
      const MarkedEntity *gold = g_ptr_array_index (marked->gold, e);

      for (guint i = 0; i < gold->spans->len; i++)
        {
          DraRange range = g_array_index (gold->spans, DraRange, i);
          const MarkedEntity *other = entity_on (found, found_owner, range);
          const char *instead;
          Cause cause;

          if (other != NULL && other->kind == gold->kind && has_span (other, range))
            continue;
          cause = cause_of_miss (cast, found, found_owner, gold, range, &instead);
          causes->n[cause][gold->kind]++;
          if (verbose)
            print_span (marked, cause, name, gold->kind, range, instead);
        }
    }
  for (guint e = 0; e < found->len; e++)
    {
      const MarkedEntity *entity = g_ptr_array_index (found, e);

      for (guint i = 0; i < entity->spans->len; i++)
        {
          DraRange range = g_array_index (entity->spans, DraRange, i);
          Cause cause;

          if (entity_on (marked->gold, owner, range) != NULL)
            continue;
          cause = is_marked_place (marked, range) ? CAUSE_PLACE : CAUSE_EXTRA;
          causes->n[cause][entity->kind]++;
          if (verbose)
            print_span (marked, cause, name, entity->kind, range, "not marked");
        }
    }
}

/* The marked entity that most mentions of the found one are exactly of, or -1. */
static gint
most_of (MarkedArticle      *marked,
         const guint        *owner,
         const MarkedEntity *entity)
{
  g_autofree guint *counts = g_new0 (guint, marked->gold->len + 1);
  gint best = -1;

  for (guint i = 0; i < entity->spans->len; i++)
    {
      guint e = owner[g_array_index (entity->spans, DraRange, i).start];

      if (e > 0 && ++counts[e - 1] > (best >= 0 ? counts[best] : 0))
        best = (gint) e - 1;
    }

  return best;
}

static void
count_entities (MarkedArticle *marked,
                GPtrArray     *found,
                const gint    *gold_of,
                const char    *name,
                gboolean       verbose,
                Causes        *causes)
{
  g_autofree gboolean *taken = g_new0 (gboolean, marked->gold->len + 1);
  g_autofree guint *owner = paint (marked, marked->gold);
  g_autofree guint *found_owner = paint (marked, found);

  for (guint j = 0; j < found->len; j++)
    if (gold_of[j] >= 0)
      taken[gold_of[j]] = TRUE;
  for (guint j = 0; j < found->len; j++)
    {
      const MarkedEntity *entity = g_ptr_array_index (found, j);
      gint gold = gold_of[j] < 0 ? most_of (marked, owner, entity) : -1;

      if (gold >= 0 && taken[gold] &&
          ((MarkedEntity *) g_ptr_array_index (marked->gold, gold))->kind == entity->kind)
        {
          causes->n[CAUSE_SPLIT][entity->kind]++;
          if (verbose)
            printf ("%s\t%s\t%s\t%s\t%s\n", names[CAUSE_SPLIT], name,
                    dra_entity_kind_to_string (entity->kind), entity->name,
                    ((MarkedEntity *) g_ptr_array_index (marked->gold, gold))->name);
        }
      if (verbose && gold_of[j] < 0)
        printf ("wrong\t%s\t%s\t%s\n", name, dra_entity_kind_to_string (entity->kind), entity->name);
    }
  for (guint e = 0; e < marked->gold->len; e++)
    {
      const MarkedEntity *gold = g_ptr_array_index (marked->gold, e);

      if (taken[e])
        continue;
      if (verbose)
        printf ("missing\t%s\t%s\t%s\n", name, dra_entity_kind_to_string (gold->kind), gold->name);
      for (guint i = 0; i < gold->spans->len; i++)
        {
          DraRange range = g_array_index (gold->spans, DraRange, i);
          const MarkedEntity *other = entity_on (found, found_owner, range);

          if (other == NULL || other->kind != gold->kind || !has_span (other, range))
            continue;
          causes->n[CAUSE_JOINED][gold->kind]++;
          if (verbose)
            printf ("%s\t%s\t%s\t%s\t%s\n", names[CAUSE_JOINED], name,
                    dra_entity_kind_to_string (gold->kind), gold->name, other->name);
          break;
        }
    }
}

void
score_causes (MarkedArticle *marked,
              DraCast       *cast,
              GPtrArray     *found,
              const gint    *gold_of,
              const char    *name,
              gboolean       verbose,
              Causes        *causes)
{
  count_mentions (marked, cast, found, name, verbose, causes);
  count_entities (marked, found, gold_of, name, verbose, causes);
}

void
score_causes_print (const Causes *causes)
{
  printf ("wrong mentions, and entities, by cause:   people   organizations\n");
  for (guint c = 0; c < N_CAUSES; c++)
    printf ("  %-38s %6u   %6u\n", names[c], causes->n[c][0], causes->n[c][1]);
}
