/* dra-library-window.c: all notes of all articles.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-library-window.h"

#include <glib/gi18n.h>

#include "app/dra-note-body.h"
#include "app/dra-note-colors.h"
#include "app/dra-restore-dialog.h"
#include "notes/dra-note-markup.h"

#define MAX_SHOWN 200 /* rows: more are told of, not made */

struct _DraLibraryWindow
{
  AdwWindow parent_instance;

  DraServices     *services;
  DraLibrary      *library;   /* (nullable) until it is open */
  GCancellable    *searching; /* (nullable) */
  GPtrArray       *found;     /* (nullable) of DraFoundNote: what is listed */
  gboolean         settled;
  guint            n_rows;

  AdwToastOverlay *toasts;
  GtkEditable     *search;
  GtkDropDown     *grouping;
  GtkStack        *stack;
  AdwStatusPage   *failed_page;
  GtkListBox      *list;
};

enum
{
  OPEN_NOTE,
  RESTORED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DraLibraryWindow, dra_library_window, ADW_TYPE_WINDOW)

static void
toast (DraLibraryWindow *self,
       const char       *sentence)
{
  g_autofree char *escaped = g_markup_escape_text (sentence, -1);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (escaped));
}

/* What went wrong and why is too long for a toast. */
static void
alert (DraLibraryWindow *self,
       const char       *heading,
       const char       *sentence)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), heading, sentence);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

/* {{{ Rows */

/* What a note is grouped under: an article or whom it is about; NULL: nobody. */
static const char *
get_group (DraLibraryWindow *self,
           DraFoundNote     *found)
{
  if (gtk_drop_down_get_selected (self->grouping) == 1)
    return dra_note_get_entity_name (found->note);
  return found->hash;
}

static char *
dup_heading (DraLibraryWindow *self,
             DraFoundNote     *found)
{
  if (gtk_drop_down_get_selected (self->grouping) == 1)
    {
      const char *name = dra_note_get_entity_name (found->note);

      return g_strdup (name != NULL ? name : _("About Nobody in Particular"));
    }
  if (found->title != NULL && *found->title != '\0')
    return g_strdup (found->title);
  if (found->uri != NULL)
    {
      g_autoptr (GFile) file = g_file_new_for_uri (found->uri);
      g_autofree char *name = g_file_get_basename (file);

      if (name != NULL)
        return g_filename_display_name (name);
    }
  return g_strdup (_("An Article That Is Not Known Here"));
}

static GtkWidget *
new_label (const char *text,
           int         lines,
           const char *class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_lines (GTK_LABEL (label), lines);
  if (class != NULL)
    gtk_widget_add_css_class (label, class);
  return label;
}

/* When it was last changed, its colour's meaning and its tags. */
static char *
dup_details (DraNote *note)
{
  g_autoptr (GDateTime) utc =
    g_date_time_new_from_unix_utc (dra_note_get_modified (note) / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;
  g_autofree char *date = local != NULL ? g_date_time_format (local, _("%-e %B %Y")) : g_strdup ("");
  const char *meaning = dra_note_colors_get_meaning (dra_note_get_color (note));
  const char *const *tags = dra_note_get_tags (note);
  g_autoptr (GString) text = g_string_new (date);

  if (meaning != NULL)
    g_string_append_printf (text, "  ·  %s", meaning);
  for (guint i = 0; tags[i] != NULL; i++)
    g_string_append_printf (text, "  #%s", tags[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
dup_passage (DraNote *note)
{
  const DraQuote *quote = dra_note_get_quote (note);
  char *passage;

  if (quote != NULL && *quote->exact != '\0')
    passage = g_strdup_printf (_("“%s”"), quote->exact);
  else if (dra_note_get_entity_name (note) != NULL)
    passage = g_strdup (dra_note_get_entity_name (note));
  else
    passage = g_strdup (_("The whole article"));
  return g_strdelimit (passage, "\n", ' ');
}

static GtkWidget *
new_row (DraFoundNote *found)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  g_autofree char *body = dra_note_markup_to_plain (dra_note_get_body (found->note));
  g_autofree char *formatted = dra_note_body_to_markup (dra_note_get_body (found->note));
  g_autofree char *passage = dup_passage (found->note);
  g_autofree char *details = dup_details (found->note);
  g_autofree char *spoken = NULL;

  gtk_widget_add_css_class (box, "note-card");
  dra_note_colors_set_class (box, dra_note_get_color (found->note));
  gtk_box_append (GTK_BOX (box), new_label (passage, 2, *body != '\0' ? "dim-label" : NULL));
  if (*body != '\0')
    {
      GtkWidget *label = new_label (body, 5, "note-body");

      gtk_label_set_markup (GTK_LABEL (label), formatted);
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_box_append (GTK_BOX (box), new_label (details, 1, "caption"));
  gtk_widget_add_css_class (gtk_widget_get_last_child (box), "dim-label");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);

  if (*body != '\0')
    /* Translators: spoken by a screen reader: the passage, the text of the note on it */
    spoken = g_strdup_printf (_("Note on %s: %s"), passage, body);
  else
    /* Translators: spoken by a screen reader: the highlighted passage */
    spoken = g_strdup_printf (_("Highlight: %s"), passage);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_object_set_data (G_OBJECT (row), "found", found); /* lives as long as the row */
  return row;
}

static void
update_header (GtkListBoxRow *row,
               GtkListBoxRow *before,
               gpointer       user_data)
{
  DraLibraryWindow *self = user_data;
  DraFoundNote *found = g_object_get_data (G_OBJECT (row), "found");
  DraFoundNote *other = before != NULL ? g_object_get_data (G_OBJECT (before), "found") : NULL;
  GtkWidget *header = NULL;

  if (other == NULL || g_strcmp0 (get_group (self, found), get_group (self, other)) != 0)
    {
      g_autofree char *heading = dup_heading (self, found);

      header = new_label (heading, 2, "heading");
      gtk_widget_add_css_class (header, "notes-heading");
    }
  gtk_list_box_row_set_header (row, header);
}

/* In the order of the groups' newest notes, those of no group last. */
static void
show_found (DraLibraryWindow *self)
{
  g_autoptr (GHashTable) groups = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                                         (GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GPtrArray) order = g_ptr_array_new ();
  g_autoptr (GPtrArray) rest = g_ptr_array_new ();
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  self->n_rows = 0;
  for (guint i = 0; self->found != NULL && i < self->found->len; i++)
    {
      DraFoundNote *found = self->found->pdata[i];
      const char *key = get_group (self, found);
      GPtrArray *group = key != NULL ? g_hash_table_lookup (groups, key) : rest;

      if (group == NULL)
        {
          group = g_ptr_array_new ();
          g_hash_table_insert (groups, (gpointer) key, group);
          g_ptr_array_add (order, group);
        }
      g_ptr_array_add (group, found);
    }
  g_ptr_array_add (order, rest);

  for (guint i = 0; i < order->len; i++)
    {
      GPtrArray *group = order->pdata[i];

      for (guint k = 0; k < group->len; k++, self->n_rows++)
        gtk_list_box_append (self->list, new_row (group->pdata[k]));
    }
}

/* }}} */
/* {{{ Searching */

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (DraLibraryWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = dra_library_find_notes_finish (DRA_LIBRARY (source), result, &error);
  gboolean all;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->services == NULL)
    return;

  g_clear_object (&self->searching);
  self->settled = TRUE;
  if (found == NULL)
    {
      adw_status_page_set_description (self->failed_page, error->message);
      gtk_stack_set_visible_child_name (self->stack, "failed");
      return;
    }

  /* The rows hold on to what is found. */
  {
    g_autoptr (GPtrArray) old = g_steal_pointer (&self->found);

    self->found = g_steal_pointer (&found);
    show_found (self);
  }
  all = *gtk_editable_get_text (self->search) == '\0';
  gtk_stack_set_visible_child_name (self->stack,
                                    self->n_rows > 0 ? "list" : all ? "empty" : "no-match");
  if (self->n_rows == MAX_SHOWN)
    {
      g_autofree char *sentence = g_strdup_printf (
        _("The newest %u notes are shown; search to find others."), MAX_SHOWN);

      toast (self, sentence);
    }
}

static void
search_cb (DraLibraryWindow *self)
{
  if (self->library == NULL)
    return;

  if (self->searching != NULL)
    g_cancellable_cancel (self->searching);
  g_clear_object (&self->searching);
  self->searching = g_cancellable_new ();
  self->settled = FALSE;
  dra_library_find_notes_async (self->library, gtk_editable_get_text (self->search), MAX_SHOWN,
                                self->searching, found_cb, g_object_ref (self));
}

static void
regroup_cb (DraLibraryWindow *self)
{
  show_found (self);
}

static void
library_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (DraLibraryWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  self->library = dra_services_get_library_finish (DRA_SERVICES (source), result, &error);
  if (self->services == NULL) /* closed meanwhile */
    return;
  if (self->library == NULL)
    {
      self->settled = TRUE;
      adw_status_page_set_description (self->failed_page, error->message);
      gtk_stack_set_visible_child_name (self->stack, "failed");
      return;
    }
  search_cb (self);
}

static void
activated_cb (DraLibraryWindow *self,
              GtkListBoxRow    *row)
{
  DraFoundNote *found = g_object_get_data (G_OBJECT (row), "found");
  g_autoptr (GFile) file = found->uri != NULL ? g_file_new_for_uri (found->uri) : NULL;

  if (file == NULL)
    {
      toast (self, _("It is not known where this article is."));
      return;
    }
  if (!g_file_query_exists (file, NULL))
    {
      g_autofree char *name = g_file_get_parse_name (file);
      g_autofree char *sentence = g_strdup_printf (
        _("“%s” is no longer there. Open the article from where it is now; its notes are kept."), name);

      alert (self, _("The Article Is Not There"), sentence);
      return;
    }
  g_signal_emit (self, signals[OPEN_NOTE], 0, found->uri, dra_note_get_uuid (found->note));
}

/* }}} */
/* {{{ Out, in and back */

static void
exported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (DraLibraryWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (self->services == NULL)
    return;
  if (dra_library_export_finish (DRA_LIBRARY (source), result, &error))
    toast (self, _("All notes exported"));
  else
    alert (self, _("The Notes Could Not Be Exported"), error->message);
}

/**
 * dra_library_window_export:
 * @self: the window
 * @file: where to
 *
 * Writes all notes to one file and says so.
 */
void
dra_library_window_export (DraLibraryWindow *self,
                           GFile            *file)
{
  g_return_if_fail (DRA_IS_LIBRARY_WINDOW (self));

  if (self->library != NULL)
    dra_library_export_async (self->library, file, NULL, exported_cb, g_object_ref (self));
}

static void
imported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (DraLibraryWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;
  int n = dra_library_import_finish (DRA_LIBRARY (source), result, &error);

  if (self->services == NULL)
    return;
  if (n < 0)
    {
      alert (self, _("The Notes Could Not Be Imported"), error->message);
      return;
    }
  sentence = g_strdup_printf (ngettext ("%d note imported", "%d notes imported", n), n);
  toast (self, sentence);
  search_cb (self);
  g_signal_emit (self, signals[RESTORED], 0);
}

/**
 * dra_library_window_import:
 * @self: the window
 * @file: a file of notes that was exported
 *
 * Takes in all notes of a file and says so.
 */
void
dra_library_window_import (DraLibraryWindow *self,
                           GFile            *file)
{
  g_return_if_fail (DRA_IS_LIBRARY_WINDOW (self));

  if (self->library != NULL)
    dra_library_import_async (self->library, file, NULL, imported_cb, g_object_ref (self));
}

static void
file_chosen_cb (GtkNativeDialog  *dialog,
                int               response,
                DraLibraryWindow *self)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (file != NULL && gtk_file_chooser_get_action (GTK_FILE_CHOOSER (dialog)) == GTK_FILE_CHOOSER_ACTION_SAVE)
    dra_library_window_export (self, file);
  else if (file != NULL)
    dra_library_window_import (self, file);
  g_object_unref (dialog);
}

static void
choose_file (DraLibraryWindow    *self,
             const char          *title,
             const char          *button,
             GtkFileChooserAction action,
             const char          *name)
{
  GtkFileChooserNative *dialog =
    gtk_file_chooser_native_new (title, GTK_WINDOW (self), action, button, _("_Cancel"));

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  if (name != NULL)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  g_signal_connect_object (dialog, "response", G_CALLBACK (file_chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
export_action (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  /* Translators: a file name; what is between % signs is the date */
  g_autofree char *name = g_date_time_format (now, _("Notes %Y-%m-%d.json"));

  choose_file (user_data, _("Export All Notes"), _("_Export"), GTK_FILE_CHOOSER_ACTION_SAVE, name);
}

static void
import_action (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  choose_file (user_data, _("Import Notes"), _("_Import"), GTK_FILE_CHOOSER_ACTION_OPEN, NULL);
}

static void
restored_cb (DraLibraryWindow *self)
{
  search_cb (self);
  g_signal_emit (self, signals[RESTORED], 0);
}

static void
restore_action (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  DraLibraryWindow *self = user_data;
  GtkWindow *dialog = dra_restore_dialog_new (GTK_WINDOW (self), self->services);

  g_signal_connect_object (dialog, "restored", G_CALLBACK (restored_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (dialog);
}

/* }}} */

static void
dra_library_window_dispose (GObject *object)
{
  DraLibraryWindow *self = DRA_LIBRARY_WINDOW (object);

  if (self->searching != NULL)
    g_cancellable_cancel (self->searching);
  g_clear_object (&self->searching);
  /* As its rows go, the list would ask for headings, when all else is gone. */
  if (self->list != NULL)
    gtk_list_box_set_header_func (self->list, NULL, NULL, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), DRA_TYPE_LIBRARY_WINDOW);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_clear_object (&self->library);
  g_clear_object (&self->services);

  G_OBJECT_CLASS (dra_library_window_parent_class)->dispose (object);
}

static void
dra_library_window_class_init (DraLibraryWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dra_library_window_dispose;

  signals[OPEN_NOTE] = g_signal_new ("open-note", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[RESTORED] = g_signal_new ("restored", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/dramatis/Dramatis/dra-library-window.ui");
  gtk_widget_class_bind_template_child (widget_class, DraLibraryWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, DraLibraryWindow, search);
  gtk_widget_class_bind_template_child (widget_class, DraLibraryWindow, grouping);
  gtk_widget_class_bind_template_child (widget_class, DraLibraryWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, DraLibraryWindow, failed_page);
  gtk_widget_class_bind_template_child (widget_class, DraLibraryWindow, list);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_bind_template_callback (widget_class, regroup_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
dra_library_window_init (DraLibraryWindow *self)
{
  static const GActionEntry entries[] = {
    { "export", export_action },
    { "import", import_action },
    { "restore", restore_action },
  };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_header_func (self->list, update_header, self, NULL);
  /* The keyboard goes to the button inside, which GTK leaves without a name. */
  gtk_accessible_update_property (
    GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (self->grouping))),
    GTK_ACCESSIBLE_PROPERTY_LABEL, _("How notes are grouped"), -1);
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "library", G_ACTION_GROUP (group));
}

/**
 * dra_library_window_new:
 * @services: where the library is from
 *
 * Makes a window that lists all notes.
 *
 * Returns: (transfer none): the window
 */
DraLibraryWindow *
dra_library_window_new (DraServices *services)
{
  DraLibraryWindow *self;

  g_return_val_if_fail (DRA_IS_SERVICES (services), NULL);

  self = g_object_new (DRA_TYPE_LIBRARY_WINDOW, NULL);
  self->services = g_object_ref (services);
  dra_services_get_library_async (services, NULL, library_cb, g_object_ref (self));
  return self;
}

guint
dra_library_window_get_n_rows (DraLibraryWindow *self)
{
  g_return_val_if_fail (DRA_IS_LIBRARY_WINDOW (self), 0);

  return self->n_rows;
}

/**
 * dra_library_window_search:
 * @self: the window
 * @text: words
 *
 * Looks for @text, as if it had been typed.
 */
void
dra_library_window_search (DraLibraryWindow *self,
                           const char       *text)
{
  g_return_if_fail (DRA_IS_LIBRARY_WINDOW (self));
  g_return_if_fail (text != NULL);

  gtk_editable_set_text (self->search, text);
}

gboolean
dra_library_window_is_settled (DraLibraryWindow *self)
{
  g_return_val_if_fail (DRA_IS_LIBRARY_WINDOW (self), FALSE);

  return self->settled;
}
