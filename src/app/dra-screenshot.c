/* dra-screenshot.c: a picture of a window as PNG, drawn inside the program.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-screenshot.h"

#include <glib/gi18n.h>

/**
 * dra_screenshot_save:
 * @widget: a mapped widget that has been drawn once
 * @path: the PNG file to write
 * @error: set when there is nothing to draw or @path cannot be written
 *
 * Draws @widget as it now is, in device pixels (its scale factor is used), into a file.
 *
 * Returns: whether the file was written
 */
gboolean
dra_screenshot_save (GtkWidget   *widget,
                     const char  *path,
                     GError     **error)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  double width = gdk_paintable_get_intrinsic_width (paintable);
  double height = gdk_paintable_get_intrinsic_height (paintable);
  double scale = gtk_widget_get_scale_factor (widget);
  GskRenderer *renderer;

  gtk_snapshot_scale (snapshot, scale, scale);
  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  if (node == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                           _("The window has not been drawn yet."));
      return FALSE;
    }

  renderer = gtk_native_get_renderer (gtk_widget_get_native (widget));
  texture = gsk_renderer_render_texture (
    renderer, node, &GRAPHENE_RECT_INIT (0, 0, width * scale, height * scale));
  if (!gdk_texture_save_to_png (texture, path))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("“%s” could not be written."), path);
      return FALSE;
    }

  return TRUE;
}
