/* dra-undo-stack.c: what was done in a window and can be undone.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-undo-stack.h"

typedef struct
{
  const DraUndoClass *klass;
  gpointer            data;
} Action;

struct _DraUndoStack
{
  GObject parent_instance;

  GPtrArray *actions; /* of Action */
  guint      done;    /* the first done actions stand, the rest are undone */
  gboolean   sealed;
  gboolean   working; /* inside a callback: what it does is not a new action */
};

enum
{
  PROP_0,
  PROP_CAN_UNDO,
  PROP_CAN_REDO,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DraUndoStack, dra_undo_stack, G_TYPE_OBJECT)

static void
action_free (gpointer data)
{
  Action *action = data;

  if (action->klass->free != NULL)
    action->klass->free (action->data);
  g_free (action);
}

static void
notify_changes (DraUndoStack *self,
                gboolean      could_undo,
                gboolean      could_redo)
{
  if (could_undo != dra_undo_stack_can_undo (self))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_UNDO]);
  if (could_redo != dra_undo_stack_can_redo (self))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_REDO]);
}

static void
dra_undo_stack_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  DraUndoStack *self = DRA_UNDO_STACK (object);

  switch (prop_id)
    {
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, dra_undo_stack_can_undo (self));
      break;
    case PROP_CAN_REDO:
      g_value_set_boolean (value, dra_undo_stack_can_redo (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
dra_undo_stack_finalize (GObject *object)
{
  g_ptr_array_unref (DRA_UNDO_STACK (object)->actions);

  G_OBJECT_CLASS (dra_undo_stack_parent_class)->finalize (object);
}

static void
dra_undo_stack_class_init (DraUndoStackClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = dra_undo_stack_get_property;
  object_class->finalize = dra_undo_stack_finalize;

  properties[PROP_CAN_UNDO] =
    g_param_spec_boolean ("can-undo", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_CAN_REDO] =
    g_param_spec_boolean ("can-redo", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dra_undo_stack_init (DraUndoStack *self)
{
  self->actions = g_ptr_array_new_with_free_func (action_free);
}

/**
 * dra_undo_stack_new:
 *
 * Returns: (transfer full): an empty stack
 */
DraUndoStack *
dra_undo_stack_new (void)
{
  return g_object_new (DRA_TYPE_UNDO_STACK, NULL);
}

/**
 * dra_undo_stack_push:
 * @self: the stack
 * @klass: how to undo it; must outlive the stack
 * @data: (transfer full): what was done
 *
 * Adds an action that has just been done.  What had been undone can no longer be redone.
 * Inside an undo or redo callback nothing is added and @data is freed.
 */
void
dra_undo_stack_push (DraUndoStack       *self,
                     const DraUndoClass *klass,
                     gpointer            data)
{
  gboolean could_undo, could_redo;
  Action *action;

  g_return_if_fail (DRA_IS_UNDO_STACK (self));
  g_return_if_fail (klass != NULL);

  if (self->working)
    {
      if (klass->free != NULL)
        klass->free (data);
      return;
    }

  could_undo = dra_undo_stack_can_undo (self);
  could_redo = dra_undo_stack_can_redo (self);

  if (self->done < self->actions->len)
    g_ptr_array_remove_range (self->actions, self->done, self->actions->len - self->done);

  if (self->done > 0 && !self->sealed && klass->merge != NULL)
    {
      Action *last = g_ptr_array_index (self->actions, self->done - 1);

      if (last->klass == klass && klass->merge (last->data, data))
        {
          if (klass->free != NULL)
            klass->free (data);
          notify_changes (self, could_undo, could_redo);
          return;
        }
    }

  action = g_new0 (Action, 1);
  action->klass = klass;
  action->data = data;
  g_ptr_array_add (self->actions, action);
  self->done = self->actions->len;
  self->sealed = FALSE;
  notify_changes (self, could_undo, could_redo);
}

static gboolean
step (DraUndoStack *self,
      gboolean      back)
{
  gboolean could_undo, could_redo;
  Action *action;

  if (self->working || (back ? !dra_undo_stack_can_undo (self) : !dra_undo_stack_can_redo (self)))
    return FALSE;

  could_undo = dra_undo_stack_can_undo (self);
  could_redo = dra_undo_stack_can_redo (self);
  action = g_ptr_array_index (self->actions, back ? self->done - 1 : self->done);

  self->working = TRUE;
  if (back)
    action->klass->undo (action->data);
  else
    action->klass->redo (action->data);
  self->working = FALSE;

  self->done = back ? self->done - 1 : self->done + 1;
  self->sealed = TRUE;
  notify_changes (self, could_undo, could_redo);
  return TRUE;
}

/**
 * dra_undo_stack_undo:
 * @self: the stack
 *
 * Undoes the last action that stands.
 *
 * Returns: %FALSE when there is none
 */
gboolean
dra_undo_stack_undo (DraUndoStack *self)
{
  g_return_val_if_fail (DRA_IS_UNDO_STACK (self), FALSE);

  return step (self, TRUE);
}

/**
 * dra_undo_stack_redo:
 * @self: the stack
 *
 * Does the last undone action again.
 *
 * Returns: %FALSE when there is none
 */
gboolean
dra_undo_stack_redo (DraUndoStack *self)
{
  g_return_val_if_fail (DRA_IS_UNDO_STACK (self), FALSE);

  return step (self, FALSE);
}

gboolean
dra_undo_stack_can_undo (DraUndoStack *self)
{
  g_return_val_if_fail (DRA_IS_UNDO_STACK (self), FALSE);

  return self->done > 0;
}

gboolean
dra_undo_stack_can_redo (DraUndoStack *self)
{
  g_return_val_if_fail (DRA_IS_UNDO_STACK (self), FALSE);

  return self->done < self->actions->len;
}

/**
 * dra_undo_stack_peek:
 * @self: the stack
 * @klass: a kind of action
 *
 * Returns: (transfer none) (nullable): the data of the action that would be undone next,
 *   or %NULL when there is none or it is of another kind
 */
gpointer
dra_undo_stack_peek (DraUndoStack       *self,
                     const DraUndoClass *klass)
{
  Action *action;

  g_return_val_if_fail (DRA_IS_UNDO_STACK (self), NULL);

  if (self->done == 0)
    return NULL;

  action = g_ptr_array_index (self->actions, self->done - 1);
  return action->klass == klass ? action->data : NULL;
}

/**
 * dra_undo_stack_seal:
 * @self: the stack
 *
 * Ends the present step: a later action is not merged into it.
 */
void
dra_undo_stack_seal (DraUndoStack *self)
{
  g_return_if_fail (DRA_IS_UNDO_STACK (self));

  self->sealed = TRUE;
}

/**
 * dra_undo_stack_clear:
 * @self: the stack
 *
 * Forgets everything.
 */
void
dra_undo_stack_clear (DraUndoStack *self)
{
  gboolean could_undo, could_redo;

  g_return_if_fail (DRA_IS_UNDO_STACK (self));

  could_undo = dra_undo_stack_can_undo (self);
  could_redo = dra_undo_stack_can_redo (self);
  g_ptr_array_set_size (self->actions, 0);
  self->done = 0;
  notify_changes (self, could_undo, could_redo);
}
