/* dra-cast-row.c: what the cast pane shows for one DraCastItem.
 *
 * Rows are reused by the list view: everything is set again for each item.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-cast-row.h"

#include <glib/gi18n.h>

#include "app/dra-badge.h"
#include "app/dra-place-strip.h"

struct _DraCastRow
{
  GtkWidget    parent_instance;

  DraCastItem *item;

  GtkWidget   *heading;
  GtkLabel    *heading_title;
  GtkLabel    *heading_count;
  GtkWidget   *name_box;
  DraBadge    *badge;
  GtkLabel    *name;
  GtkLabel    *role;
  GtkLabel    *count;
  DraPlaceStrip *places;
};

G_DEFINE_FINAL_TYPE (DraCastRow, dra_cast_row, GTK_TYPE_WIDGET)

static void
update_heading (DraCastRow *self)
{
  g_autofree char *count = g_strdup_printf ("%u", dra_cast_item_get_count (self->item));

  gtk_label_set_label (self->heading_title,
                       dra_cast_item_get_kind (self->item) == DRA_ENTITY_PERSON
                         ? _("People")
                       : dra_cast_item_get_kind (self->item) == DRA_ENTITY_PLACE
                         ? _("Places")
                         : _("Organizations"));
  gtk_label_set_label (self->heading_count, count);
}

static void
update_name (DraCastRow *self)
{
  const DraEntity *entity = dra_cast_item_get_entity (self->item);
  g_autofree char *count
    = g_strdup_printf (entity->confidence < DRA_ENTITY_UNSURE ? "? %u" : "%u",
                       entity->n_mentions);

  dra_badge_set_entity (self->badge, entity->kind, entity->name);
  gtk_label_set_label (self->name, entity->name);
  gtk_label_set_label (self->role, entity->role != NULL ? entity->role : "");
  gtk_widget_set_visible (GTK_WIDGET (self->role), entity->role != NULL);
  gtk_label_set_label (self->count, count);
  dra_place_strip_set_entity (self->places, dra_cast_item_get_cast (self->item),
                              (guint) dra_cast_item_get_index (self->item));
}

/* A tooltip only where the row had to cut something. */
static gboolean
query_tooltip_cb (DraCastRow *self,
                  int         x,
                  int         y,
                  gboolean    keyboard,
                  GtkTooltip *tooltip)
{
  const DraEntity *entity = self->item != NULL ? dra_cast_item_get_entity (self->item) : NULL;
  g_autofree char *text = NULL;

  if (entity == NULL || (!pango_layout_is_ellipsized (gtk_label_get_layout (self->name)) &&
                         !pango_layout_is_ellipsized (gtk_label_get_layout (self->role))))
    return FALSE;

  text = entity->role != NULL ? g_strdup_printf ("%s\n%s", entity->name, entity->role)
                              : g_strdup (entity->name);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
dra_cast_row_dispose (GObject *object)
{
  g_clear_object (&DRA_CAST_ROW (object)->item);
  gtk_widget_dispose_template (GTK_WIDGET (object), DRA_TYPE_CAST_ROW);

  G_OBJECT_CLASS (dra_cast_row_parent_class)->dispose (object);
}

static void
dra_cast_row_class_init (DraCastRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dra_cast_row_dispose;

  g_type_ensure (DRA_TYPE_BADGE);
  g_type_ensure (DRA_TYPE_PLACE_STRIP);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/dramatis/Dramatis/dra-cast-row.ui");
  gtk_widget_class_bind_template_child (widget_class, DraCastRow, heading);
  gtk_widget_class_bind_template_child (widget_class, DraCastRow, heading_title);
  gtk_widget_class_bind_template_child (widget_class, DraCastRow, heading_count);
  gtk_widget_class_bind_template_child (widget_class, DraCastRow, name_box);
  gtk_widget_class_bind_template_child (widget_class, DraCastRow, badge);
  gtk_widget_class_bind_template_child (widget_class, DraCastRow, name);
  gtk_widget_class_bind_template_child (widget_class, DraCastRow, role);
  gtk_widget_class_bind_template_child (widget_class, DraCastRow, count);
  gtk_widget_class_bind_template_child (widget_class, DraCastRow, places);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
dra_cast_row_init (DraCastRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
}

GtkWidget *
dra_cast_row_new (void)
{
  return g_object_new (DRA_TYPE_CAST_ROW, NULL);
}

DraCastItem *
dra_cast_row_get_item (DraCastRow *self)
{
  g_return_val_if_fail (DRA_IS_CAST_ROW (self), NULL);

  return self->item;
}

/**
 * dra_cast_row_set_item:
 * @self: the row
 * @item: (nullable): what to show
 *
 * Shows @item and follows its changes.
 */
void
dra_cast_row_set_item (DraCastRow  *self,
                       DraCastItem *item)
{
  g_return_if_fail (DRA_IS_CAST_ROW (self));

  if (item == self->item)
    return;
  if (self->item != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->item, update_heading, self);
      g_signal_handlers_disconnect_by_func (self->item, update_name, self);
    }
  g_set_object (&self->item, item);
  if (item == NULL)
    return;

  gtk_widget_set_visible (self->heading, dra_cast_item_is_heading (item));
  gtk_widget_set_visible (self->name_box, !dra_cast_item_is_heading (item));
  if (dra_cast_item_is_heading (item))
    {
      g_signal_connect_object (item, "notify::count", G_CALLBACK (update_heading), self,
                               G_CONNECT_SWAPPED);
      update_heading (self);
    }
  else
    {
      g_signal_connect_object (item, "changed", G_CALLBACK (update_name), self, G_CONNECT_SWAPPED);
      update_name (self);
    }
}
