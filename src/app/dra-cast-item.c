/* dra-cast-item.c: one line of the cast pane: a heading, a person or an organization.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-cast-item.h"

#include <glib/gi18n.h>

struct _DraCastItem
{
  GObject       parent_instance;

  DraCast      *cast;  /* NULL for a heading */
  guint         entity;
  DraEntityKind kind;
  guint         count;
  char         *folded; /* its forms, one a line, folded; made at the first search */
};

enum
{
  PROP_0,
  PROP_COUNT,
  N_PROPS,
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DraCastItem, dra_cast_item, G_TYPE_OBJECT)

static void
dra_cast_item_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_COUNT:
      g_value_set_uint (value, DRA_CAST_ITEM (object)->count);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
dra_cast_item_finalize (GObject *object)
{
  DraCastItem *self = DRA_CAST_ITEM (object);

  g_clear_object (&self->cast);
  g_free (self->folded);

  G_OBJECT_CLASS (dra_cast_item_parent_class)->finalize (object);
}

static void
dra_cast_item_class_init (DraCastItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = dra_cast_item_get_property;
  object_class->finalize = dra_cast_item_finalize;

  properties[PROP_COUNT] =
    g_param_spec_uint ("count", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dra_cast_item_init (DraCastItem *self)
{
}

DraCastItem *
dra_cast_item_new_heading (DraEntityKind kind)
{
  DraCastItem *self = g_object_new (DRA_TYPE_CAST_ITEM, NULL);

  self->kind = kind;
  return self;
}

DraCastItem *
dra_cast_item_new (DraCast *cast,
                   guint    entity)
{
  DraCastItem *self;

  g_return_val_if_fail (DRA_IS_CAST (cast), NULL);

  self = g_object_new (DRA_TYPE_CAST_ITEM, NULL);
  self->cast = g_object_ref (cast);
  self->entity = entity;
  self->kind = dra_cast_get_entity (cast, entity)->kind;
  return self;
}

/**
 * dra_cast_item_set_entity:
 * @self: a line that is no heading
 * @cast: a cast, perhaps a later one of the same article
 * @entity: index in it
 *
 * Lets the line stand for another entity of the same kind.
 */
void
dra_cast_item_set_entity (DraCastItem *self,
                          DraCast     *cast,
                          guint        entity)
{
  g_return_if_fail (DRA_IS_CAST_ITEM (self) && self->cast != NULL);
  g_return_if_fail (dra_cast_get_entity (cast, entity)->kind == self->kind);

  g_set_object (&self->cast, cast);
  self->entity = entity;
  g_clear_pointer (&self->folded, g_free);
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
dra_cast_item_is_heading (DraCastItem *self)
{
  g_return_val_if_fail (DRA_IS_CAST_ITEM (self), FALSE);

  return self->cast == NULL;
}

DraEntityKind
dra_cast_item_get_kind (DraCastItem *self)
{
  g_return_val_if_fail (DRA_IS_CAST_ITEM (self), DRA_ENTITY_PERSON);

  return self->kind;
}

int
dra_cast_item_get_index (DraCastItem *self)
{
  g_return_val_if_fail (DRA_IS_CAST_ITEM (self), -1);

  return self->cast != NULL ? (int) self->entity : -1;
}

const DraEntity *
dra_cast_item_get_entity (DraCastItem *self)
{
  g_return_val_if_fail (DRA_IS_CAST_ITEM (self), NULL);

  return self->cast != NULL ? dra_cast_get_entity (self->cast, self->entity) : NULL;
}

DraCast *
dra_cast_item_get_cast (DraCastItem *self)
{
  g_return_val_if_fail (DRA_IS_CAST_ITEM (self), NULL);

  return self->cast;
}

guint
dra_cast_item_get_count (DraCastItem *self)
{
  g_return_val_if_fail (DRA_IS_CAST_ITEM (self), 0);

  return self->count;
}

void
dra_cast_item_set_count (DraCastItem *self,
                         guint        count)
{
  g_return_if_fail (DRA_IS_CAST_ITEM (self));

  if (count == self->count)
    return;
  self->count = count;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COUNT]);
}

/**
 * dra_cast_item_fold:
 * @text: valid UTF-8
 *
 * Removes the difference of case and of accents, for searching: compatibility
 * decomposition (UAX 15, NFKD), marks dropped, case folded.
 *
 * Returns: (transfer full): the folded text
 */
char *
dra_cast_item_fold (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  g_autofree char *folded = g_utf8_casefold (normal != NULL ? normal : text, -1);
  GString *plain = g_string_sized_new (strlen (folded));

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_ismark (c))
        g_string_append_unichar (plain, c);
    }

  return g_string_free (plain, FALSE);
}

gboolean
dra_cast_item_matches (DraCastItem *self,
                       const char  *needle)
{
  g_return_val_if_fail (DRA_IS_CAST_ITEM (self), FALSE);

  if (needle == NULL || *needle == '\0' || self->cast == NULL)
    return TRUE;

  if (self->folded == NULL)
    {
      const DraEntity *entity = dra_cast_item_get_entity (self);
      g_autofree char *forms = g_strjoinv ("\n", (char **) entity->forms);
      g_autofree char *all = g_strconcat (entity->name, "\n", forms, NULL);

      self->folded = dra_cast_item_fold (all);
    }

  return strstr (self->folded, needle) != NULL;
}

char *
dra_cast_item_describe (DraCastItem *self)
{
  const DraEntity *entity;
  g_autofree char *mentions = NULL;

  g_return_val_if_fail (DRA_IS_CAST_ITEM (self), NULL);

  entity = dra_cast_item_get_entity (self);
  if (entity == NULL)
    return g_strdup_printf (self->kind == DRA_ENTITY_PERSON
                              ? ngettext ("%u person", "%u people", self->count)
                            : self->kind == DRA_ENTITY_PLACE
                              ? ngettext ("%u place", "%u places", self->count)
                              : ngettext ("%u organization", "%u organizations", self->count),
                            self->count);

  mentions = g_strdup_printf (ngettext ("%u mention", "%u mentions", entity->n_mentions),
                              entity->n_mentions);
  if (entity->role != NULL)
    /* Translators: spoken by a screen reader: name, role, how often mentioned */
    return g_strdup_printf (_("%s, %s, %s"), entity->name, entity->role, mentions);
  /* Translators: spoken by a screen reader: name, how often mentioned */
  return g_strdup_printf (_("%s, %s"), entity->name, mentions);
}
