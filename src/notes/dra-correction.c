/* dra-correction.c: one thing the reader says of a name, and what that is in words.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "notes/dra-correction.h"

#include <glib/gi18n-lib.h>

struct _DraCorrection
{
  GObject            parent_instance;

  DraCorrectionParts parts; /* its strings are the correction's */
};

G_DEFINE_FINAL_TYPE (DraCorrection, dra_correction, G_TYPE_OBJECT)

static const char *const action_names[DRA_N_CORRECTION_ACTIONS] = {
  [DRA_CORRECTION_REJECT] = "reject", [DRA_CORRECTION_CONFIRM] = "confirm",
  [DRA_CORRECTION_KIND] = "kind",     [DRA_CORRECTION_RENAME] = "rename",
  [DRA_CORRECTION_MERGE] = "merge",   [DRA_CORRECTION_SPLIT] = "split",
  [DRA_CORRECTION_MARK] = "mark",
};

static void
dra_correction_finalize (GObject *object)
{
  DraCorrectionParts *parts = &DRA_CORRECTION (object)->parts;

  g_free ((char *) parts->uuid);
  g_free ((char *) parts->name);
  g_free ((char *) parts->to_name);
  g_free ((char *) parts->hash);

  G_OBJECT_CLASS (dra_correction_parent_class)->finalize (object);
}

static void
dra_correction_class_init (DraCorrectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dra_correction_finalize;
}

static void
dra_correction_init (DraCorrection *self G_GNUC_UNUSED)
{
}

static gboolean
is_sound (const DraCorrectionParts *parts)
{
  const gboolean needs_name = parts->action == DRA_CORRECTION_RENAME
                              || parts->action == DRA_CORRECTION_MERGE
                              || parts->action == DRA_CORRECTION_SPLIT;

  return parts->action < DRA_N_CORRECTION_ACTIONS && parts->kind <= DRA_ENTITY_PLACE
         && parts->to_kind <= DRA_ENTITY_PLACE && parts->name != NULL && *parts->name != '\0'
         && g_utf8_validate (parts->name, -1, NULL)
         && (parts->to_name == NULL || g_utf8_validate (parts->to_name, -1, NULL))
         && (!needs_name || (parts->to_name != NULL && *parts->to_name != '\0'))
         && (parts->everywhere || parts->hash != NULL)
         && (parts->uuid == NULL || g_uuid_string_is_valid (parts->uuid));
}

/**
 * dra_correction_new:
 * @parts: what it is to be; copied
 *
 * Returns: (transfer full) (nullable): the correction, or %NULL when the parts make no sense
 */
DraCorrection *
dra_correction_new (const DraCorrectionParts *parts)
{
  DraCorrection *self;

  g_return_val_if_fail (parts != NULL, NULL);

  if (!is_sound (parts))
    return NULL;
  self = g_object_new (DRA_TYPE_CORRECTION, NULL);
  self->parts = *parts;
  self->parts.uuid = parts->uuid != NULL ? g_strdup (parts->uuid) : g_uuid_string_random ();
  self->parts.created = parts->created != 0 ? parts->created : g_get_real_time ();
  self->parts.name = g_strdup (parts->name);
  self->parts.to_name = g_strdup (parts->to_name);
  self->parts.hash = g_strdup (parts->hash);
  return self;
}

/**
 * dra_correction_get_parts:
 * @self: a correction
 *
 * Returns: (transfer none): all of it
 */
const DraCorrectionParts *
dra_correction_get_parts (DraCorrection *self)
{
  g_return_val_if_fail (DRA_IS_CORRECTION (self), NULL);

  return &self->parts;
}

/**
 * dra_correction_action_to_string:
 * @action: an action
 *
 * Returns: its name in files
 */
const char *
dra_correction_action_to_string (DraCorrectionAction action)
{
  g_return_val_if_fail (action < DRA_N_CORRECTION_ACTIONS, NULL);

  return action_names[action];
}

/**
 * dra_correction_action_from_string:
 * @string: (nullable): a name as dra_correction_action_to_string() gives it
 * @action: (out): the action, untouched when there is none of that name
 *
 * Returns: whether there is one
 */
gboolean
dra_correction_action_from_string (const char          *string,
                                   DraCorrectionAction *action)
{
  for (guint i = 0; i < DRA_N_CORRECTION_ACTIONS; i++)
    if (g_strcmp0 (string, action_names[i]) == 0)
      {
        *action = (DraCorrectionAction) i;
        return TRUE;
      }

  return FALSE;
}

static char *
describe_kind (DraEntityKind kind,
               const char   *name)
{
  switch (kind)
    {
    case DRA_ENTITY_PERSON:
      return g_strdup_printf (_("“%s” is a person"), name);
    case DRA_ENTITY_ORGANIZATION:
      return g_strdup_printf (_("“%s” is an organization"), name);
    case DRA_ENTITY_PLACE:
    default:
      return g_strdup_printf (_("“%s” is a place"), name);
    }
}

/**
 * dra_correction_describe:
 * @self: a correction
 *
 * Returns: (transfer full): what it does, in a few words
 */
char *
dra_correction_describe (DraCorrection *self)
{
  const DraCorrectionParts *parts;

  g_return_val_if_fail (DRA_IS_CORRECTION (self), NULL);

  parts = &self->parts;
  switch (parts->action)
    {
    case DRA_CORRECTION_REJECT:
      return g_strdup_printf (_("“%s” is not a name"), parts->name);
    case DRA_CORRECTION_KIND:
      return describe_kind (parts->to_kind, parts->name);
    case DRA_CORRECTION_RENAME:
      return g_strdup_printf (_("“%s” is called “%s”"), parts->name, parts->to_name);
    case DRA_CORRECTION_MERGE:
      return g_strdup_printf (_("“%s” is the same as “%s”"), parts->name, parts->to_name);
    case DRA_CORRECTION_SPLIT:
      /* Translators: someone is wrongly taken for someone else */
      return g_strdup_printf (_("“%2$s” is not “%1$s”"), parts->name, parts->to_name);
    case DRA_CORRECTION_CONFIRM:
    case DRA_CORRECTION_MARK:
    case DRA_N_CORRECTION_ACTIONS:
    default:
      return describe_kind (parts->kind, parts->name);
    }
}
