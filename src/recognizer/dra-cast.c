/* dra-cast.c: the people, organizations and places of one article.
 *
 * The builder takes mentions in any order and settles conflicts, so that whoever fills it
 * (resolver, own copies, later the reader's corrections) gets the same guarantees.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recognizer/dra-cast.h"

#include <string.h>

struct _DraCast
{
  GObject       parent_instance;

  GArray       *entities; /* of DraEntity */
  GArray       *mentions; /* of DraMention */
  guint        *indices;  /* the entities' mention lists, one after another */
  GPtrArray    *forms;    /* the entities' form lists, each ended by NULL */
  GStringChunk *strings;
  gsize         text_length; /* bytes */
};

G_DEFINE_FINAL_TYPE (DraCast, dra_cast, G_TYPE_OBJECT)

typedef struct
{
  DraEntityKind kind;
  char         *name;
  DraRange      role_range;
  float         confidence;
  guint         n_mentions;
  guint         order; /* its index in the cast */
} Draft;

struct _DraCastBuilder
{
  DraArticle *article;
  GArray     *drafts;   /* of Draft */
  GArray     *mentions; /* of DraMention */
};

static const char *const kind_names[] = {
  [DRA_ENTITY_PERSON] = "person",
  [DRA_ENTITY_ORGANIZATION] = "organization",
  [DRA_ENTITY_PLACE] = "place",
};

static void
dra_cast_finalize (GObject *object)
{
  DraCast *self = DRA_CAST (object);

  g_clear_pointer (&self->entities, g_array_unref);
  g_clear_pointer (&self->mentions, g_array_unref);
  g_clear_pointer (&self->indices, g_free);
  g_clear_pointer (&self->forms, g_ptr_array_unref);
  g_clear_pointer (&self->strings, g_string_chunk_free);

  G_OBJECT_CLASS (dra_cast_parent_class)->finalize (object);
}

static void
dra_cast_class_init (DraCastClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dra_cast_finalize;
}

static void
dra_cast_init (DraCast *self)
{
  self->entities = g_array_new (FALSE, FALSE, sizeof (DraEntity));
  self->mentions = g_array_new (FALSE, FALSE, sizeof (DraMention));
  self->forms = g_ptr_array_new ();
  self->strings = g_string_chunk_new (1024);
}

/**
 * dra_cast_get_n_entities:
 * @self: a cast
 *
 * Returns: how many people, organizations and places there are
 */
guint
dra_cast_get_n_entities (DraCast *self)
{
  g_return_val_if_fail (DRA_IS_CAST (self), 0);

  return self->entities->len;
}

/**
 * dra_cast_get_entity:
 * @self: a cast
 * @index: below dra_cast_get_n_entities()
 *
 * Returns: (transfer none): that entity; they come by first mention
 */
const DraEntity *
dra_cast_get_entity (DraCast *self,
                     guint    index)
{
  g_return_val_if_fail (DRA_IS_CAST (self), NULL);
  g_return_val_if_fail (index < self->entities->len, NULL);

  return &g_array_index (self->entities, DraEntity, index);
}

/**
 * dra_cast_get_text_length:
 * @self: a cast
 *
 * Returns: bytes of the text of the article it was made of
 */
gsize
dra_cast_get_text_length (DraCast *self)
{
  g_return_val_if_fail (DRA_IS_CAST (self), 0);

  return self->text_length;
}

/**
 * dra_cast_get_mentions:
 * @self: a cast
 * @n_mentions: (out): how many
 *
 * Returns: (array length=n_mentions) (transfer none): all mentions in text order
 */
const DraMention *
dra_cast_get_mentions (DraCast *self,
                       guint   *n_mentions)
{
  g_return_val_if_fail (DRA_IS_CAST (self), NULL);

  *n_mentions = self->mentions->len;

  return (const DraMention *) (void *) self->mentions->data;
}

/**
 * dra_cast_find_mention:
 * @self: a cast
 * @offset: byte offset in the article's text
 *
 * Returns: the index of the mention that holds @offset, or -1
 */
int
dra_cast_find_mention (DraCast *self,
                       gsize    offset)
{
  guint low = 0, high;

  g_return_val_if_fail (DRA_IS_CAST (self), -1);

  high = self->mentions->len;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const DraMention *mention = &g_array_index (self->mentions, DraMention, middle);

      if (offset < mention->range.start)
        high = middle;
      else if (offset >= mention->range.end)
        low = middle + 1;
      else
        return (int) middle;
    }

  return -1;
}

/**
 * dra_cast_find_entity:
 * @self: a cast
 * @id: an entity's id
 *
 * Returns: the index of the entity with that id, or -1
 */
int
dra_cast_find_entity (DraCast    *self,
                      const char *id)
{
  g_return_val_if_fail (DRA_IS_CAST (self), -1);

  for (guint i = 0; i < self->entities->len; i++)
    if (g_strcmp0 (g_array_index (self->entities, DraEntity, i).id, id) == 0)
      return (int) i;

  return -1;
}

/**
 * dra_entity_kind_to_string:
 * @kind: a kind
 *
 * Returns: its name in files and on the command line
 */
const char *
dra_entity_kind_to_string (DraEntityKind kind)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (kind_names), NULL);

  return kind_names[kind];
}

/**
 * dra_entity_kind_from_string:
 * @string: (nullable): a name as dra_entity_kind_to_string() gives it
 * @kind: (out): the kind, untouched when there is none of that name
 *
 * Returns: whether there is one
 */
gboolean
dra_entity_kind_from_string (const char    *string,
                             DraEntityKind *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kind_names); i++)
    if (g_strcmp0 (string, kind_names[i]) == 0)
      {
        *kind = (DraEntityKind) i;
        return TRUE;
      }

  return FALSE;
}

static void
clear_draft (gpointer data)
{
  g_free (((Draft *) data)->name);
}

/**
 * dra_cast_builder_new:
 * @article: the article whose cast it is
 *
 * Returns: (transfer full): an empty builder
 */
DraCastBuilder *
dra_cast_builder_new (DraArticle *article)
{
  DraCastBuilder *self;

  g_return_val_if_fail (DRA_IS_ARTICLE (article), NULL);

  self = g_new0 (DraCastBuilder, 1);
  self->article = g_object_ref (article);
  self->drafts = g_array_new (FALSE, FALSE, sizeof (Draft));
  g_array_set_clear_func (self->drafts, clear_draft);
  self->mentions = g_array_new (FALSE, FALSE, sizeof (DraMention));

  return self;
}

/**
 * dra_cast_builder_free:
 * @self: (nullable): a builder
 */
void
dra_cast_builder_free (DraCastBuilder *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->article);
  g_array_unref (self->drafts);
  g_array_unref (self->mentions);
  g_free (self);
}

/**
 * dra_cast_builder_add_entity:
 * @self: a builder
 * @kind: what it is
 * @name: (nullable): its name; NULL takes the longest of its mentions
 * @confidence: 0 to 1, or below 0 for the best of its mentions
 *
 * Returns: the number by which the builder knows it; one without mentions is left out
 */
guint
dra_cast_builder_add_entity (DraCastBuilder *self,
                             DraEntityKind   kind,
                             const char     *name,
                             float           confidence)
{
  Draft draft = { .kind = kind, .confidence = confidence };

  g_return_val_if_fail (self != NULL, 0);

  draft.name = g_strdup (name);
  g_array_append_val (self->drafts, draft);

  return self->drafts->len - 1;
}

static gboolean
fits (DraCastBuilder *self,
      DraRange        range)
{
  gsize length;
  const char *text = dra_article_get_text (self->article, &length);

  return range.start < range.end && range.end <= length
         && ((guchar) text[range.start] & 0xC0) != 0x80
         && ((guchar) text[range.end] & 0xC0) != 0x80;
}

/**
 * dra_cast_builder_set_role:
 * @self: a builder
 * @entity: what dra_cast_builder_add_entity() returned
 * @role_range: bytes of the article's text; one that does not fit it is left out
 */
void
dra_cast_builder_set_role (DraCastBuilder *self,
                           guint           entity,
                           DraRange        role_range)
{
  g_return_if_fail (self != NULL && entity < self->drafts->len);

  if (fits (self, role_range))
    g_array_index (self->drafts, Draft, entity).role_range = role_range;
}

/**
 * dra_cast_builder_add_mention:
 * @self: a builder
 * @entity: what dra_cast_builder_add_entity() returned
 * @range: bytes of the article's text
 * @confidence: 0 to 1
 *
 * Adds a mention.  Where mentions overlap, the one that starts first stays, of two that
 * start together the longer.
 *
 * Returns: FALSE when @range does not fit the text, and nothing was added
 */
gboolean
dra_cast_builder_add_mention (DraCastBuilder *self,
                              guint           entity,
                              DraRange        range,
                              float           confidence)
{
  DraMention mention = { range, entity, confidence };

  g_return_val_if_fail (self != NULL && entity < self->drafts->len, FALSE);

  if (!fits (self, range))
    return FALSE;
  g_array_append_val (self->mentions, mention);

  return TRUE;
}

static int
compare_mentions (gconstpointer a,
                  gconstpointer b)
{
  const DraMention *x = a;
  const DraMention *y = b;

  if (x->range.start != y->range.start)
    return x->range.start < y->range.start ? -1 : 1;
  if (x->range.end != y->range.end)
    return x->range.end > y->range.end ? -1 : 1;

  return (x->entity > y->entity) - (x->entity < y->entity);
}

static void
settle_mentions (DraCastBuilder *self,
                 GArray         *settled)
{
  gsize end = 0;

  g_array_sort (self->mentions, compare_mentions);
  for (guint i = 0; i < self->mentions->len; i++)
    {
      DraMention *mention = &g_array_index (self->mentions, DraMention, i);

      if (mention->range.start < end)
        continue;
      end = mention->range.end;
      g_array_append_val (settled, *mention);
      g_array_index (self->drafts, Draft, mention->entity).n_mentions++;
    }
}

static const char *
mention_text (DraCastBuilder   *self,
              DraCast          *cast,
              const DraMention *mention)
{
  g_autofree char *text = dra_article_dup_range (self->article, mention->range);

  return g_string_chunk_insert_const (cast->strings, text);
}

/* Name, confidence and forms from the mentions, which are already listed. */
static void
finish_entity (DraCastBuilder *self,
               DraCast        *cast,
               DraEntity      *entity,
               const Draft    *draft)
{
  const char *longest = NULL;
  float best = 0;
  guint first_form = cast->forms->len;
  /* Strings come from one chunk, so equal ones are the same pointer. */
  g_autoptr (GHashTable) known = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < entity->n_mentions; i++)
    {
      const DraMention *mention
        = &g_array_index (cast->mentions, DraMention, entity->mentions[i]);
      const char *text = mention_text (self, cast, mention);

      best = MAX (best, mention->confidence);
      if (longest == NULL || strlen (text) > strlen (longest))
        longest = text;
      if (g_hash_table_add (known, (gpointer) text))
        g_ptr_array_add (cast->forms, (gpointer) text);
    }

  entity->name = draft->name != NULL
                   ? g_string_chunk_insert_const (cast->strings, draft->name)
                   : longest;
  for (guint j = first_form; j < cast->forms->len; j++)
    if (g_ptr_array_index (cast->forms, j) == entity->name)
      {
        for (; j > first_form; j--)
          cast->forms->pdata[j] = cast->forms->pdata[j - 1];
        cast->forms->pdata[first_form] = (gpointer) entity->name;
        break;
      }
  g_ptr_array_add (cast->forms, NULL);
  entity->confidence = draft->confidence < 0 ? best : draft->confidence;
}

static void
number_entities (DraCastBuilder *self,
                 DraCast        *cast)
{
  guint counts[G_N_ELEMENTS (kind_names)] = { 0 };
  guint filled = 0;

  for (guint i = 0; i < self->drafts->len; i++)
    g_array_index (self->drafts, Draft, i).order = G_MAXUINT;

  for (guint i = 0; i < cast->mentions->len; i++)
    {
      DraMention *mention = &g_array_index (cast->mentions, DraMention, i);
      Draft *draft = &g_array_index (self->drafts, Draft, mention->entity);

      if (draft->order == G_MAXUINT)
        {
          DraEntity entity = { .kind = draft->kind, .role_range = draft->role_range };
          g_autofree char *id = g_strdup_printf ("%c%u", "pol"[draft->kind],
                                                 ++counts[draft->kind]);

          entity.id = g_string_chunk_insert (cast->strings, id);
          entity.mentions = cast->indices + filled;
          filled += draft->n_mentions;
          if (dra_range_length (draft->role_range) > 0)
            {
              g_autofree char *role
                = dra_article_dup_range (self->article, draft->role_range);

              entity.role = g_string_chunk_insert (cast->strings, role);
            }
          draft->order = cast->entities->len;
          g_array_append_val (cast->entities, entity);
        }
    }
}

/**
 * dra_cast_builder_build:
 * @self: a builder
 *
 * Settles overlaps, orders entities by first mention and gives them ids.
 *
 * Returns: (transfer full): the cast
 */
DraCast *
dra_cast_builder_build (DraCastBuilder *self)
{
  g_autoptr (DraCast) cast = NULL;
  g_autofree guint *offsets = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  cast = g_object_new (DRA_TYPE_CAST, NULL);
  dra_article_get_text (self->article, &cast->text_length);
  settle_mentions (self, cast->mentions);
  cast->indices = g_new (guint, MAX (cast->mentions->len, 1));
  number_entities (self, cast);

  for (guint i = 0; i < cast->mentions->len; i++)
    {
      DraMention *mention = &g_array_index (cast->mentions, DraMention, i);
      DraEntity *entity;

      mention->entity = g_array_index (self->drafts, Draft, mention->entity).order;
      entity = &g_array_index (cast->entities, DraEntity, mention->entity);
      ((guint *) entity->mentions)[entity->n_mentions++] = i;
    }

  /* The form lists move while they grow: note where each begins, point to it at the end. */
  offsets = g_new (guint, MAX (cast->entities->len, 1));
  for (guint i = 0; i < self->drafts->len; i++)
    {
      const Draft *draft = &g_array_index (self->drafts, Draft, i);

      if (draft->order == G_MAXUINT)
        continue;
      offsets[draft->order] = cast->forms->len;
      finish_entity (self, cast,
                     &g_array_index (cast->entities, DraEntity, draft->order), draft);
    }
  for (guint i = 0; i < cast->entities->len; i++)
    g_array_index (cast->entities, DraEntity, i).forms
      = (const char *const *) (cast->forms->pdata + offsets[i]);

  return g_steal_pointer (&cast);
}
