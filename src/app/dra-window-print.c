/* dra-window-print.c: Print.
 *
 * The pages are those of a PDF (writers/dra-pages.h).  They are set in a thread while the
 * print operation waits, so that a long article does not stop the window.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-window-private.h"

#include <glib/gi18n.h>

#include "worker/dra-copy-pictures.h"
#include "writers/dra-pages.h"

/* Between two looks whether the pages are there, while GTK asks as fast as it can. */
#define WAIT 4000 /* microseconds */

typedef struct
{
  DraWindow       *window;
  DraArticle      *article;
  DraCast         *cast; /* (nullable) */
  GPtrArray       *notes;
  DraPagesOptions  options;
  DraPages        *pages; /* NULL while they are being set */
  GCancellable    *cancellable;
  gboolean         failed;
  GtkCheckButton  *marks_button;
  GtkCheckButton  *notes_button;
  GtkCheckButton  *cast_button;
} Print;

/* What was chosen last, for the next time. */
static gboolean with_marks = TRUE;
static gboolean with_notes = TRUE;
static gboolean with_cast = TRUE;

static void
print_free (gpointer data)
{
  Print *print = data;

  g_cancellable_cancel (print->cancellable);
  g_object_unref (print->cancellable);
  g_clear_pointer (&print->pages, dra_pages_free);
  g_object_unref (print->article);
  g_clear_object (&print->cast);
  g_ptr_array_unref (print->notes);
  g_object_unref (print->window);
  g_free (print);
}

/* {{{ Setting the pages */

typedef struct
{
  DraArticle      *article;
  DraCast         *cast;
  GPtrArray       *notes;
  DraPagesOptions  options;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->article);
  g_clear_object (&job->cast);
  g_ptr_array_unref (job->notes);
  g_free (job);
}

static void
set_pages_in_thread (GTask        *task,
                     gpointer      source,
                     gpointer      data,
                     GCancellable *cancellable)
{
  Job *job = data;
  g_autoptr (GHashTable) images = dra_copy_load_images (job->article, TRUE, cancellable);
  GError *error = NULL;
  DraPages *pages;

  job->options.images = images;
  pages = dra_pages_new (job->article, job->cast, job->notes, &job->options, cancellable, &error);
  job->options.images = NULL;

  if (pages != NULL)
    g_task_return_pointer (task, pages, (GDestroyNotify) dra_pages_free);
  else
    g_task_return_error (task, error);
}

static void
pages_set_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GtkPrintOperation) operation = GTK_PRINT_OPERATION (source);
  Print *print = g_object_get_data (G_OBJECT (operation), "dramatis-print");
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&print->pages, dra_pages_free);
  print->pages = g_task_propagate_pointer (G_TASK (result), &error);
  print->failed = print->pages == NULL;
}

static void
begin_print_cb (GtkPrintOperation *operation,
                GtkPrintContext   *context,
                Print             *print)
{
  g_autoptr (GTask) task = g_task_new (operation, print->cancellable, pages_set_cb, NULL);
  Job *job = g_new0 (Job, 1);

  print->options.width = gtk_print_context_get_width (context);
  print->options.height = gtk_print_context_get_height (context);
  print->options.marks = with_marks;
  print->options.notes = with_notes;
  print->options.cast = with_cast;
  print->failed = FALSE;
  g_clear_pointer (&print->pages, dra_pages_free);

  job->article = g_object_ref (print->article);
  job->cast = print->cast != NULL ? g_object_ref (print->cast) : NULL;
  job->notes = g_ptr_array_ref (print->notes);
  job->options = print->options;
  g_object_ref (operation);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, set_pages_in_thread);
}

static gboolean
paginate_cb (GtkPrintOperation *operation,
             GtkPrintContext   *context,
             Print             *print)
{
  if (print->failed)
    {
      gtk_print_operation_cancel (operation);
      return TRUE;
    }
  if (print->pages == NULL)
    {
      g_usleep (WAIT);
      return FALSE;
    }
  gtk_print_operation_set_n_pages (operation, (int) dra_pages_get_n_pages (print->pages));

  return TRUE;
}

static void
draw_page_cb (GtkPrintOperation *operation,
              GtkPrintContext   *context,
              int                page,
              Print             *print)
{
  if (print->pages != NULL)
    dra_pages_draw (print->pages, (guint) page, gtk_print_context_get_cairo_context (context),
                    FALSE);
}

/* }}} */
/* {{{ The tab of the dialog */

static GtkCheckButton *
add_check (GtkBox     *box,
           const char *label,
           gboolean    active)
{
  GtkWidget *check = gtk_check_button_new_with_mnemonic (label);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), active);
  gtk_box_append (box, check);

  return GTK_CHECK_BUTTON (check);
}

static GObject *
create_widget_cb (GtkPrintOperation *operation,
                  Print             *print)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_widget_set_margin_top (box, 18);
  gtk_widget_set_margin_bottom (box, 18);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  print->marks_button = add_check (GTK_BOX (box), _("_Mark people and organizations in the text"),
                                   with_marks);
  print->notes_button = add_check (GTK_BOX (box), _("_Highlights and notes"), with_notes);
  print->cast_button = add_check (GTK_BOX (box), _("_List of people and organizations"),
                                  with_cast);

  return G_OBJECT (box);
}

static void
apply_widget_cb (GtkPrintOperation *operation,
                 GtkWidget         *widget,
                 Print             *print)
{
  with_marks = gtk_check_button_get_active (print->marks_button);
  with_notes = gtk_check_button_get_active (print->notes_button);
  with_cast = gtk_check_button_get_active (print->cast_button);
}

/* }}} */

static void
done_cb (GtkPrintOperation       *operation,
         GtkPrintOperationResult  result,
         Print                   *print)
{
  g_autoptr (GError) error = NULL;

  if (result == GTK_PRINT_OPERATION_RESULT_APPLY)
    g_object_set_data_full (G_OBJECT (print->window), "dramatis-print-settings",
                            g_object_ref (gtk_print_operation_get_print_settings (operation)),
                            g_object_unref);
  if (result != GTK_PRINT_OPERATION_RESULT_ERROR || print->window->toasts == NULL)
    return;
  gtk_print_operation_get_error (operation, &error);
  dra_window_alert (print->window, _("The Article Was Not Printed"),
                    error != NULL ? error->message : "");
}

static Print *
print_new (DraWindow *self)
{
  Print *print = g_new0 (Print, 1);
  GListModel *notes = dra_document_get_notes (self->document);
  DraCast *cast = dra_document_get_cast (self->document);

  print->window = g_object_ref (self);
  print->article = g_object_ref (dra_document_get_article (self->document));
  print->cast = cast != NULL ? g_object_ref (cast) : NULL;
  print->cancellable = g_cancellable_new ();
  /* As they are now: the dialog may stay open while notes change. */
  print->notes = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; notes != NULL && i < g_list_model_get_n_items (notes); i++)
    {
      g_autoptr (DraNote) note = g_list_model_get_item (notes, i);
      DraNote *copy = dra_note_copy (note);
      DraRange range;
      const char *reason;
      DraAnchorState state = dra_note_get_anchor (note, &range, &reason);

      dra_note_set_anchor (copy, state, range, reason);
      g_ptr_array_add (print->notes, copy);
    }

  return print;
}

/**
 * dra_window_print:
 * @self: a window with an article
 * @action: the dialog, a preview, or a file
 * @path: (nullable): the PDF file to make, for %GTK_PRINT_OPERATION_ACTION_EXPORT
 *
 * Prints the article with marks, notes and people, as chosen in the dialog.
 */
void
dra_window_print (DraWindow               *self,
                  GtkPrintOperationAction  action,
                  const char              *path)
{
  g_autoptr (GtkPrintOperation) operation = NULL;
  g_autoptr (GError) error = NULL;
  GtkPrintSettings *settings;
  const char *title;
  Print *print;

  g_return_if_fail (DRA_IS_WINDOW (self));
  if (self->document == NULL || dra_document_get_article (self->document) == NULL)
    return;

  operation = gtk_print_operation_new ();
  print = print_new (self);
  g_object_set_data_full (G_OBJECT (operation), "dramatis-print", print, print_free);
  title = dra_article_get_title (print->article);
  if (title != NULL)
    gtk_print_operation_set_job_name (operation, title);
  settings = g_object_get_data (G_OBJECT (self), "dramatis-print-settings");
  if (settings != NULL)
    gtk_print_operation_set_print_settings (operation, settings);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_allow_async (operation, TRUE);
  gtk_print_operation_set_custom_tab_label (operation, _("Article"));
  if (path != NULL)
    gtk_print_operation_set_export_filename (operation, path);
  g_signal_connect (operation, "begin-print", G_CALLBACK (begin_print_cb), print);
  g_signal_connect (operation, "paginate", G_CALLBACK (paginate_cb), print);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_page_cb), print);
  g_signal_connect (operation, "create-custom-widget", G_CALLBACK (create_widget_cb), print);
  g_signal_connect (operation, "custom-widget-apply", G_CALLBACK (apply_widget_cb), print);
  g_signal_connect (operation, "done", G_CALLBACK (done_cb), print);
  gtk_print_operation_run (operation, action, GTK_WINDOW (self), &error);
}
