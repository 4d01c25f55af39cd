/* dra-banner.c: a bar across the top for a state that lasts, with one button.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-banner.h"

struct _DraBanner
{
  GtkWidget    parent_instance;

  GtkRevealer *revealer;
  GtkLabel    *label;
  GtkButton   *button;
};

enum
{
  BUTTON_CLICKED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DraBanner, dra_banner, GTK_TYPE_WIDGET)

static void
button_clicked_cb (DraBanner *self)
{
  g_signal_emit (self, signals[BUTTON_CLICKED], 0);
}

static void
child_revealed_cb (DraBanner *self)
{
  /* Not visible when closed: it must not take part in focus or in the tree of a reader. */
  if (!gtk_revealer_get_child_revealed (self->revealer) &&
      !gtk_revealer_get_reveal_child (self->revealer))
    gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static void
dra_banner_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), DRA_TYPE_BANNER);

  G_OBJECT_CLASS (dra_banner_parent_class)->dispose (object);
}

static void
dra_banner_class_init (DraBannerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dra_banner_dispose;

  signals[BUTTON_CLICKED] = g_signal_new ("button-clicked", G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/dramatis/Dramatis/dra-banner.ui");
  gtk_widget_class_bind_template_child (widget_class, DraBanner, revealer);
  gtk_widget_class_bind_template_child (widget_class, DraBanner, label);
  gtk_widget_class_bind_template_child (widget_class, DraBanner, button);
  gtk_widget_class_bind_template_callback (widget_class, button_clicked_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
}

static void
dra_banner_init (DraBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->revealer, "notify::child-revealed",
                           G_CALLBACK (child_revealed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * dra_banner_show:
 * @self: the banner
 * @sentence: what to say
 * @button: (nullable): label of the button, with its mnemonic, or %NULL for none
 *
 * Shows the banner, or changes what it says.
 */
void
dra_banner_show (DraBanner  *self,
                 const char *sentence,
                 const char *button)
{
  g_return_if_fail (DRA_IS_BANNER (self));
  g_return_if_fail (sentence != NULL);

  gtk_label_set_label (self->label, sentence);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  sentence, -1);
  gtk_widget_set_visible (GTK_WIDGET (self->button), button != NULL);
  if (button != NULL)
    {
      gtk_button_set_label (self->button, button);
      gtk_button_set_use_underline (self->button, TRUE);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
}

void
dra_banner_hide (DraBanner *self)
{
  g_return_if_fail (DRA_IS_BANNER (self));

  gtk_revealer_set_reveal_child (self->revealer, FALSE);
  child_revealed_cb (self);
}

gboolean
dra_banner_get_revealed (DraBanner *self)
{
  g_return_val_if_fail (DRA_IS_BANNER (self), FALSE);

  return gtk_revealer_get_reveal_child (self->revealer);
}

const char *
dra_banner_get_sentence (DraBanner *self)
{
  g_return_val_if_fail (DRA_IS_BANNER (self), NULL);

  return gtk_label_get_label (self->label);
}
