/* dra-resolver.c: the document pass, from tagged spans to the cast.
 *
 * The order of the steps, and why:
 *
 *   1. trim_names        titles, articles, possessives off: later steps compare bare names
 *   2. split_couples     "Bill and Hillary Clinton": before anything counts names
 *   3. join_nicknames    'William "Bill" Clinton': likewise
 *   4. filter_headlines  capitals mean nothing there; the running text says which are names
 *   5. find_bodies       "Ministry of Ferries, Quays and Lamps" by its head, before acronyms
 *                        and labels need whole names
 *   6. find_ends         "Labour party", "BBC Three": by the words beside it, likewise
 *   7. settle_acronyms   "robotic process automation (RPA)": what an acronym is not, before
 *   8. join_acronyms     "Long Name (ABC)" is one organization, and so is every later ABC
 *   9. unite_labels      equal strings take the class that is clearly the stronger, by what
 *                        the tagger thought and by the words beside them
 *  10. fix_boundaries    a name known in full takes over what was found of it
 *  11. spread_names      known names in sentences where the tagger missed them
 *  12. drop_non_names    OTHER spans have kept their words from 10 and 11; now they go
 *  13. group_people      mentions to people: full names first
 *  14. group_organizations, 15. group_places
 *  16. build_cast        display names, confidence, roles; doubtful entities are left out
 *
 * Steps 1 to 12 settle which mentions there are, each looking at names as the ones before
 * left them; 13 to 15 only read them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recognizer/dra-resolver-private.h"

#include <string.h>

#define MAX_ROLE_MENTIONS 12 /* mentions of a person that are asked for a role */

/* The confidence that the surest mention must have for an entity to be listed, set where
 * more right than wrong ones come in on development articles.  One word once and never a
 * full name is seldom a person of the article. */
#define MIN_PERSON       0.4f
#define MIN_PERSON_ONCE  0.8f
#define MIN_ORGANIZATION 0.4f
#define MIN_NAMED_IN_FULL 3 /* people */

/* How good a mention is as the name to show: words first, then not all capitals. */
static guint
name_rank (DraResolution        *self,
           const DraWorkMention *mention)
{
  guint n_words = 0, n_shouted = 0;

  for (guint t = mention->first; t < mention->first + mention->n_tokens; t++)
    if (self->shapes[t] & DRA_SHAPE_WORD)
      {
        n_words++;
        n_shouted += (self->shapes[t] & DRA_SHAPE_ALL_CAPS) != 0;
      }

  return n_words * 4 + (n_shouted == n_words && n_words > 1 ? 0 : 2) +
         ((self->shapes[mention->first] & DRA_SHAPE_HEADLINE) ? 0 : 1);
}

static void
sum_entities (DraResolution *self,
              GArray        *order)
{
  for (guint i = 0; i < order->len; i++)
    {
      guint index = g_array_index (order, guint, i);
      DraWorkMention *m = dra_resolution_mention (self, index);
      DraWorkEntity *entity;

      if (m->entity < 0)
        continue;
      m->entity = (gint) dra_resolution_find_entity (self, (guint) m->entity);
      entity = dra_resolution_entity (self, (guint) m->entity);
      entity->n_mentions++;
      entity->confidence = MAX (entity->confidence, m->confidence);
      if (entity->name < 0 ||
          name_rank (self, m) > name_rank (self, dra_resolution_mention (self, (guint) entity->name)))
        entity->name = (gint) index;
    }
}

static gboolean
is_named_once (DraResolution       *self,
               const DraWorkEntity *entity)
{
  return entity->n_mentions == 1 &&
         dra_resolution_mention (self, (guint) entity->name)->n_tokens == 1;
}

/* Whether the text introduces people by full names, as articles do and chat does not. */
static gboolean
does_name_in_full (DraResolution *self)
{
  guint n_full = 0, n_once = 0;

  for (guint e = 0; e < self->entities->len; e++)
    {
      const DraWorkEntity *entity = dra_resolution_entity (self, e);

      if (entity->kind != DRA_ENTITY_PERSON || entity->n_mentions == 0)
        continue;
      n_full += dra_resolution_mention (self, (guint) entity->name)->n_tokens > 1;
      n_once += is_named_once (self, entity);
    }
  return n_full >= MIN_NAMED_IN_FULL && n_full >= n_once;
}

static gboolean
is_doubtful (DraResolution       *self,
             const DraWorkEntity *entity,
             gboolean             names_in_full)
{
  switch (entity->kind)
    {
    case DRA_ENTITY_PERSON:
      if (names_in_full && is_named_once (self, entity))
        return entity->confidence < MIN_PERSON_ONCE;
      return entity->confidence < MIN_PERSON;

    case DRA_ENTITY_ORGANIZATION:
      return entity->confidence < MIN_ORGANIZATION;

    case DRA_ENTITY_PLACE:
    default:
      return FALSE;
    }
}

static gboolean
is_legal_with_stop (DraResolution *self,
                    guint          token)
{
  return (dra_resolution_word (self, token)->classes & DRA_WORD_CLASS_LEGAL) &&
         self->text[self->tokens[token].range.end - 1] == '.';
}

/* Whether the article writes "Acme Inc" where no sentence ends: then the full stop of "Acme
 * Inc." is the sentence's. */
static gboolean
writes_legal_bare (DraResolution *self)
{
  gboolean bare = FALSE;

  for (guint t = 1; t + 1 < self->n_tokens; t++)
    if ((dra_resolution_word (self, t)->classes & DRA_WORD_CLASS_LEGAL) && self->owner[t] >= 0 &&
        self->owner[t - 1] == self->owner[t] && dra_resolution_same_sentence (self, t, t + 1) &&
        strlen (dra_resolution_word (self, t)->folded) <= 4)
      {
        if (is_legal_with_stop (self, t))
          return FALSE;
        bare = TRUE;
      }

  return bare;
}

static DraRange
range_of_mention (DraResolution        *self,
                  const DraWorkMention *mention,
                  gboolean              legal_is_bare)
{
  guint last = mention->first + mention->n_tokens - 1;
  DraRange range = dra_resolution_range (self, mention->first, mention->n_tokens);

  if (legal_is_bare && mention->n_tokens > 1 && is_legal_with_stop (self, last) &&
      !dra_resolution_same_sentence (self, last, last + 1))
    range.end--;

  return range;
}

static void
add_role (DraResolution  *self,
          DraCastBuilder *builder,
          DraEntityKind   kind,
          guint           entity,
          GArray         *mentions)
{
  const guint *indices = (const guint *) (gpointer) mentions->data;
  gboolean found = FALSE;
  DraRange range;

  if (kind == DRA_ENTITY_PERSON)
    found = dra_roles_find (self, indices, mentions->len, &range);
  else if (kind == DRA_ENTITY_ORGANIZATION)
    found = dra_roles_find_body (self, indices, mentions->len, &range);
  if (found)
    dra_cast_builder_set_role (builder, entity, range);
}

/* Step 16.  Entities in the order of their first mention. */
static DraCast *
build_cast (DraResolution *self)
{
  g_autoptr (DraCastBuilder) builder = dra_cast_builder_new (self->article);
  g_autoptr (GArray) order = dra_resolution_dup_order (self);
  g_autoptr (GPtrArray) first_mentions = NULL;
  gboolean names_in_full, legal_is_bare = writes_legal_bare (self);
  g_autofree gint *given = g_new (gint, MAX (self->entities->len, 1));

  sum_entities (self, order);
  names_in_full = does_name_in_full (self);
  first_mentions = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  for (guint e = 0; e < self->entities->len; e++)
    given[e] = -1;

  for (guint i = 0; i < order->len && !dra_resolution_is_stopped (self, i); i++)
    {
      guint index = g_array_index (order, guint, i);
      DraWorkMention *m = dra_resolution_mention (self, index);
      DraWorkEntity *entity;
      GArray *few;

      if (m->entity < 0)
        continue;
      entity = dra_resolution_entity (self, (guint) m->entity);
      if (is_doubtful (self, entity, names_in_full))
        continue;
      if (given[m->entity] < 0)
        {
          DraWorkMention *named = dra_resolution_mention (self, (guint) entity->name);
          g_autofree char *name =
            dra_article_dup_range (self->article, range_of_mention (self, named, legal_is_bare));

          given[m->entity] = (gint) dra_cast_builder_add_entity (builder, entity->kind, name,
                                                                 entity->confidence);
          g_ptr_array_add (first_mentions, g_array_new (FALSE, FALSE, sizeof (guint)));
          g_assert (first_mentions->len == (guint) given[m->entity] + 1);
        }
      dra_cast_builder_add_mention (builder, (guint) given[m->entity],
                                    range_of_mention (self, m, legal_is_bare), CLAMP (m->confidence, 0, 1));
      few = g_ptr_array_index (first_mentions, given[m->entity]);
      if (few->len < MAX_ROLE_MENTIONS)
        g_array_append_val (few, index);
    }

  for (guint e = 0; e < self->entities->len && !dra_resolution_is_stopped (self, e); e++)
    if (given[e] >= 0)
      add_role (self, builder, dra_resolution_entity (self, e)->kind, (guint) given[e],
                g_ptr_array_index (first_mentions, given[e]));

  return self->stopped ? NULL : dra_cast_builder_build (builder);
}

/**
 * dra_resolver_resolve:
 * @article: an article
 * @tokens: its tokens and sentences
 * @spans: (element-type DraSpan): tagged spans in text order, as dra_tagger_tag() gives them
 * @model: (nullable): asked what it knows of a word; without one only the closed word
 *   classes of dra-resolver-words.h are used
 *
 * Decides which spans are names and which of them name the same person, organization or
 * place, finds names the spans lack, and says who people are.  Linear in the length of the
 * article but for hash tables.
 *
 * Returns: (transfer full): the cast
 */
DraCast *
dra_resolver_resolve (DraArticle *article,
                      DraTokens  *tokens,
                      GArray     *spans,
                      DraModel   *model)
{
  return dra_resolver_resolve_cancellable (article, tokens, spans, model, NULL, NULL);
}

/**
 * dra_resolver_resolve_cancellable:
 * @article: an article
 * @tokens: its tokens and sentences, or those of its first part
 * @spans: (element-type DraSpan): tagged spans in text order
 * @model: (nullable): asked what it knows of a word
 * @cancellable: (nullable): stops the work when cancelled
 * @error: return location for an error
 *
 * Like dra_resolver_resolve().  Sets only %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full) (nullable): the cast
 */
DraCast *
dra_resolver_resolve_cancellable (DraArticle   *article,
                                  DraTokens    *tokens,
                                  GArray       *spans,
                                  DraModel     *model,
                                  GCancellable *cancellable,
                                  GError      **error)
{
  static void (*const steps[]) (DraResolution *) = {
    dra_resolver_trim_names,     dra_resolver_split_couples,       dra_resolver_join_nicknames,
    dra_resolver_filter_headlines, dra_resolver_find_bodies,       dra_resolver_find_ends,
    dra_resolver_settle_acronyms, dra_resolver_join_acronyms,      dra_resolver_unite_labels,
    dra_resolver_fix_boundaries, dra_resolver_spread_names,        dra_resolver_drop_non_names,
    dra_resolver_group_people,   dra_resolver_group_organizations, dra_resolver_group_places,
  };
  DraResolution *self;
  DraCast *cast = NULL;

  g_return_val_if_fail (DRA_IS_ARTICLE (article), NULL);
  g_return_val_if_fail (tokens != NULL && spans != NULL, NULL);

  self = dra_resolution_new (article, tokens, spans, model, cancellable);
  for (gsize i = 0; i < G_N_ELEMENTS (steps) && !dra_resolution_is_stopped (self, 0); i++)
    steps[i] (self);
  if (!self->stopped)
    cast = build_cast (self);
  if (cast == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
  dra_resolution_free (self);

  return cast;
}
