/* dra-article-text-content.c: what leaves the text: copied, selected or dragged away.
 *
 * It is always the article's text.  The buffer's own has long paragraphs cut and words
 * divided, and GtkTextView would hand out that.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-article-text-private.h"

#include "app/dra-passage-content.h"
#include "app/dra-snippet.h"

#define ICON_LENGTH 60 /* code points of the passage that are seen while it is dragged */

/* The selection for the middle button, where the desktop has one.  It stays when nothing is
 * selected any more: taking it back and offering another at once confuses GDK on X11, which
 * then waits for itself. */
static void
mark_set_cb (DraArticleText *self,
             GtkTextIter    *where,
             GtkTextMark    *mark,
             GtkTextBuffer  *buffer)
{
  GdkClipboard *primary = gtk_widget_get_primary_clipboard (GTK_WIDGET (self));
  DraRange range;

  if ((mark != gtk_text_buffer_get_insert (buffer)
       && mark != gtk_text_buffer_get_selection_bound (buffer))
      || buffer != gtk_text_view_get_buffer (GTK_TEXT_VIEW (self))
      || !gtk_widget_get_realized (GTK_WIDGET (self)))
    return;
  if (dra_article_text_get_selection (self, &range))
    {
      g_autoptr (GdkContentProvider) passage = dra_passage_content_new (self->article, range);

      gdk_clipboard_set_content (primary, passage);
    }
}

/**
 * dra_article_text_release_selection:
 *
 * Gives the selection back to the buffer, which GtkTextView is about to take it from.
 */
void
dra_article_text_release_selection (DraArticleText *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));

  g_signal_handlers_disconnect_by_func (buffer, mark_set_cb, self);
  if (gtk_widget_get_realized (GTK_WIDGET (self)))
    gtk_text_buffer_add_selection_clipboard (
      buffer, gtk_widget_get_primary_clipboard (GTK_WIDGET (self)));
}

/**
 * dra_article_text_take_selection:
 *
 * Has what is selected offered to other programs as the article's text, where GtkTextView
 * has just made the buffer offer its own.
 */
void
dra_article_text_take_selection (DraArticleText *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));

  if (!gtk_widget_get_realized (GTK_WIDGET (self)))
    return;
  gtk_text_buffer_remove_selection_clipboard (
    buffer, gtk_widget_get_primary_clipboard (GTK_WIDGET (self)));
  g_signal_connect_object (buffer, "mark-set", G_CALLBACK (mark_set_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

static GdkContentProvider *
prepare_cb (DraArticleText *self,
            double          x,
            double          y,
            GtkDragSource  *source)
{
  DraTextSpot spot;
  DraRange range;

  if (!dra_article_text_get_selection (self, &range)
      || !dra_article_text_pick (self, x, y, &spot) || !dra_range_contains (range, spot.offset))
    return NULL;
  return dra_passage_content_new (self->article, range);
}

static void
drag_begin_cb (DraArticleText *self,
               GdkDrag        *drag)
{
  GtkWidget *label;
  g_autofree char *words = NULL;
  DraRange range;

  if (!dra_article_text_get_selection (self, &range))
    return;
  range.end = MIN (range.end, dra_article_to_bytes (
                                self->article,
                                dra_article_to_code_points (self->article, range.start)
                                  + ICON_LENGTH));
  words = dra_snippet_dup_text (self->article, range, 0, 0);
  label = gtk_label_new (words);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  gtk_widget_add_css_class (label, "dragged-passage");
  gtk_drag_icon_set_child (GTK_DRAG_ICON (gtk_drag_icon_get_for_drag (drag)), label);
}

/**
 * dra_article_text_add_drag:
 *
 * Lets the selected passage be dragged into another program.  Comes before GtkTextView's own
 * way of doing that, which takes the buffer's text.
 */
void
dra_article_text_add_drag (DraArticleText *self)
{
  GtkDragSource *source = gtk_drag_source_new ();

  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (source), GTK_PHASE_CAPTURE);
  gtk_drag_source_set_actions (source, GDK_ACTION_COPY);
  g_signal_connect_object (source, "prepare", G_CALLBACK (prepare_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (source, "drag-begin", G_CALLBACK (drag_begin_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (source));
}
