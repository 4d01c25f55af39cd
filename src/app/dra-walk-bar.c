/* dra-walk-bar.c: below the text, while someone is selected: who, "2 of 3", previous, next.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-walk-bar.h"

#include <glib/gi18n.h>

#include "app/dra-badge.h"

struct _DraWalkBar
{
  GtkWidget  parent_instance;

  GtkWidget *box;
  DraBadge  *badge;
  GtkLabel  *name;
  GtkLabel  *role;
  GtkLabel  *count;
};

G_DEFINE_FINAL_TYPE (DraWalkBar, dra_walk_bar, GTK_TYPE_WIDGET)

static void
dra_walk_bar_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), DRA_TYPE_WALK_BAR);

  G_OBJECT_CLASS (dra_walk_bar_parent_class)->dispose (object);
}

static void
dra_walk_bar_class_init (DraWalkBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dra_walk_bar_dispose;

  g_type_ensure (DRA_TYPE_BADGE);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/dramatis/Dramatis/dra-walk-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, DraWalkBar, box);
  gtk_widget_class_bind_template_child (widget_class, DraWalkBar, badge);
  gtk_widget_class_bind_template_child (widget_class, DraWalkBar, name);
  gtk_widget_class_bind_template_child (widget_class, DraWalkBar, role);
  gtk_widget_class_bind_template_child (widget_class, DraWalkBar, count);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_STATUS);
}

static void
dra_walk_bar_init (DraWalkBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * dra_walk_bar_show:
 * @self: the bar
 * @entity: (nullable): who is selected
 * @position: which of its mentions the walk stands on, from 0, or -1
 *
 * Shows who is selected and where the walk stands; hides the bar when nobody is.
 */
void
dra_walk_bar_show (DraWalkBar      *self,
                   const DraEntity *entity,
                   int              position)
{
  g_autofree char *count = NULL;

  g_return_if_fail (DRA_IS_WALK_BAR (self));

  gtk_widget_set_visible (GTK_WIDGET (self), entity != NULL);
  if (entity == NULL)
    return;

  if (position >= 0)
    /* Translators: which mention of a name, as in "2 of 3" */
    count = g_strdup_printf (_("%d of %u"), position + 1, entity->n_mentions);
  else
    count = g_strdup_printf (ngettext ("%u mention", "%u mentions", entity->n_mentions),
                             entity->n_mentions);

  dra_badge_set_entity (self->badge, entity->kind, entity->name);
  gtk_label_set_label (self->name, entity->name);
  gtk_label_set_label (self->role, entity->role != NULL ? entity->role : "");
  gtk_widget_set_visible (GTK_WIDGET (self->role), entity->role != NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->role), entity->role);
  gtk_label_set_label (self->count, count);
}

const char *
dra_walk_bar_get_text (DraWalkBar *self)
{
  g_return_val_if_fail (DRA_IS_WALK_BAR (self), NULL);

  return gtk_label_get_label (self->count);
}
