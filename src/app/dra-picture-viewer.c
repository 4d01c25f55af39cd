/* dra-picture-viewer.c: shows a picture in the size of the screen.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-picture-viewer.h"

#include <glib/gi18n.h>

#define LARGEST 4096 /* pixels of a side that are decoded */
#define SHARE .8     /* of the parent window, at least */

struct _DraPictureViewer
{
  AdwWindow     parent_instance;

  GtkPicture   *picture;
  GtkSpinner   *spinner;
  GtkLabel     *failed;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (DraPictureViewer, dra_picture_viewer, ADW_TYPE_WINDOW)

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (DraPictureViewer) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture
    = dra_picture_source_load_finish (DRA_PICTURE_SOURCE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gtk_spinner_stop (self->spinner);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), FALSE);
  if (texture != NULL)
    gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
  gtk_widget_set_visible (GTK_WIDGET (self->failed), texture == NULL);
}

static void
dra_picture_viewer_dispose (GObject *object)
{
  g_cancellable_cancel (DRA_PICTURE_VIEWER (object)->cancellable);
  G_OBJECT_CLASS (dra_picture_viewer_parent_class)->dispose (object);
}

static void
dra_picture_viewer_finalize (GObject *object)
{
  g_object_unref (DRA_PICTURE_VIEWER (object)->cancellable);
  G_OBJECT_CLASS (dra_picture_viewer_parent_class)->finalize (object);
}

static void
dra_picture_viewer_class_init (DraPictureViewerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dra_picture_viewer_dispose;
  G_OBJECT_CLASS (klass)->finalize = dra_picture_viewer_finalize;
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK,
                                       "window.close", NULL);
}

static void
dra_picture_viewer_init (DraPictureViewer *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *overlay = gtk_overlay_new ();

  self->cancellable = g_cancellable_new ();
  self->picture = GTK_PICTURE (gtk_picture_new ());
  self->spinner = GTK_SPINNER (gtk_spinner_new ());
  self->failed = GTK_LABEL (gtk_label_new (_("This picture cannot be shown")));
  gtk_widget_set_vexpand (overlay, TRUE);
  gtk_widget_set_size_request (GTK_WIDGET (self->spinner), 32, 32);
  gtk_widget_set_halign (GTK_WIDGET (self->spinner), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (self->spinner), GTK_ALIGN_CENTER);
  gtk_widget_set_visible (GTK_WIDGET (self->failed), FALSE);
  gtk_spinner_start (self->spinner);

  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_overlay_set_child (GTK_OVERLAY (overlay), GTK_WIDGET (self->picture));
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), GTK_WIDGET (self->spinner));
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), GTK_WIDGET (self->failed));
  gtk_box_append (GTK_BOX (box), overlay);
  adw_window_set_content (ADW_WINDOW (self), box);
}

/**
 * dra_picture_viewer_new:
 * @parent: the window with the article
 * @source: where the picture comes from
 * @address: of the picture
 * @title: for the title bar
 * @description: (nullable): its alternative text
 *
 * Makes a window that decodes the picture and shows it.  Escape closes it.
 *
 * Returns: (transfer none): the window, owned by GTK
 */
GtkWindow *
dra_picture_viewer_new (GtkWindow        *parent,
                        DraPictureSource *source,
                        const char       *address,
                        const char       *title,
                        const char       *description)
{
  DraPictureViewer *self;
  guint width, height;
  double scale;

  g_return_val_if_fail (DRA_IS_PICTURE_SOURCE (source), NULL);

  self = g_object_new (DRA_TYPE_PICTURE_VIEWER, "transient-for", parent, "modal", TRUE,
                       "destroy-with-parent", TRUE, "title", title, NULL);
  gtk_picture_set_alternative_text (self->picture, description);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->picture), description);

  /* As large as the picture, but not larger than the window it comes from. */
  if (dra_picture_source_get_size (source, address, &width, &height) == DRA_PICTURE_SIZE_KNOWN)
    {
      scale = MIN (1, MIN (gtk_widget_get_width (GTK_WIDGET (parent)) * SHARE / width,
                           gtk_widget_get_height (GTK_WIDGET (parent)) * SHARE / height));
      gtk_window_set_default_size (GTK_WINDOW (self), MAX (360, (int) (width * scale)),
                                   MAX (294, (int) (height * scale) + 47));
    }
  dra_picture_source_load_async (source, address, LARGEST, LARGEST, self->cancellable, loaded_cb,
                                 g_object_ref (self));
  return GTK_WINDOW (self);
}
