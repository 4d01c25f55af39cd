/* dra-corrections-window.c: all that the reader has said of names, to look through and change.
 *
 * A correction is changed by one of the same UUID and time, so that it keeps its place among
 * the others.  Articles that are open follow at once (dra_services_tell_corrections()).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-corrections-window.h"

#include <glib/gi18n.h>

#include "library/dra-library-names.h"

struct _DraCorrectionsWindow
{
  AdwWindow        parent_instance;

  DraServices     *services;
  DraLibrary      *library; /* (nullable) */
  GtkListBox      *list;
  GtkStack        *stack;
  AdwStatusPage   *status;
  AdwToastOverlay *toasts;
  guint            n_rows;
};

G_DEFINE_FINAL_TYPE (DraCorrectionsWindow, dra_corrections_window, ADW_TYPE_WINDOW)

static void load (DraCorrectionsWindow *self);

/* {{{ Changes */

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (DraCorrectionsWindow) self = data;
  g_autoptr (GError) error = NULL;

  if (self->toasts == NULL)
    return;
  if (!dra_library_write_names_finish (DRA_LIBRARY (source), result, &error))
    {
      g_autofree char *sentence = g_markup_escape_text (error->message, -1);

      adw_toast_overlay_add_toast (self->toasts, adw_toast_new (sentence));
    }
  dra_services_tell_corrections (self->services, G_OBJECT (self));
  load (self);
}

static void
save (DraCorrectionsWindow *self,
      DraCorrection        *correction)
{
  dra_library_save_correction_async (self->library, correction, written_cb, g_object_ref (self));
}

static void
undo_cb (AdwToast *toast,
         gpointer  data)
{
  DraCorrectionsWindow *self = data;
  DraCorrection *correction = g_object_get_data (G_OBJECT (toast), "correction");

  save (self, correction);
}

static void
remove_cb (GtkButton            *button,
           DraCorrectionsWindow *self)
{
  DraCorrection *correction = g_object_get_data (G_OBJECT (button), "correction");
  g_autofree char *sentence = dra_correction_describe (correction);
  /* Translators: what the reader had said of a name and takes back */
  g_autofree char *title = g_markup_printf_escaped (_("Removed: %s"), sentence);
  AdwToast *toast = adw_toast_new (title);

  adw_toast_set_button_label (toast, _("_Undo"));
  g_object_set_data_full (G_OBJECT (toast), "correction", g_object_ref (correction), g_object_unref);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_cb), self, 0);
  adw_toast_overlay_add_toast (self->toasts, toast);
  dra_library_delete_correction_async (self->library, dra_correction_get_parts (correction)->uuid, written_cb,
                                       g_object_ref (self));
}

static void
everywhere_cb (GtkSwitch            *button,
               GParamSpec           *pspec,
               DraCorrectionsWindow *self)
{
  DraCorrection *correction = g_object_get_data (G_OBJECT (button), "correction");
  DraCorrectionParts parts = *dra_correction_get_parts (correction);
  g_autoptr (DraCorrection) changed = NULL;

  parts.everywhere = gtk_switch_get_active (button);
  changed = dra_correction_new (&parts);
  if (changed != NULL)
    save (self, changed);
}

/* Another name for someone, typed in the row. */
static void
renamed_cb (GtkEntry             *entry,
            DraCorrectionsWindow *self)
{
  DraCorrection *correction = g_object_get_data (G_OBJECT (entry), "correction");
  DraCorrectionParts parts = *dra_correction_get_parts (correction);
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));
  g_autoptr (DraCorrection) changed = NULL;

  gtk_popover_popdown (GTK_POPOVER (gtk_widget_get_ancestor (GTK_WIDGET (entry), GTK_TYPE_POPOVER)));
  if (*name == '\0' || g_str_equal (name, parts.to_name))
    return;
  parts.to_name = name;
  changed = dra_correction_new (&parts);
  if (changed != NULL)
    save (self, changed);
}

/* }}} */
/* {{{ Rows */

static void
give_correction (GtkWidget     *widget,
                 DraCorrection *correction)
{
  g_object_set_data_full (G_OBJECT (widget), "correction", g_object_ref (correction), g_object_unref);
  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
}

static void
name_widget (GtkWidget  *widget,
             const char *label,
             const char *sentence)
{
  gtk_widget_set_tooltip_text (widget, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, sentence, -1);
}

static GtkWidget *
new_rename_button (DraCorrectionsWindow *self,
                   DraCorrection        *correction)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *entry = gtk_entry_new ();

  gtk_editable_set_text (GTK_EDITABLE (entry), dra_correction_get_parts (correction)->to_name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Name"), -1);
  give_correction (entry, correction);
  g_signal_connect_object (entry, "activate", G_CALLBACK (renamed_cb), self, 0);
  gtk_popover_set_child (GTK_POPOVER (popover), entry);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "document-edit-symbolic");
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  return button;
}

static GtkWidget *
new_row (DraCorrectionsWindow *self,
         DraCorrection        *correction)
{
  const DraCorrectionParts *parts = dra_correction_get_parts (correction);
  g_autofree char *sentence = dra_correction_describe (correction);
  g_autofree char *title = g_markup_escape_text (sentence, -1);
  g_autoptr (GDateTime) created = g_date_time_new_from_unix_local (parts->created / G_USEC_PER_SEC);
  /* Translators: a day, see g_date_time_format() */
  g_autofree char *date = created != NULL ? g_date_time_format (created, _("%-e %B %Y")) : NULL;
  g_autofree char *subtitle = g_strdup_printf ("%s · %s", parts->everywhere ? _("In all articles") : _("In one article"),
                                               date != NULL ? date : "");
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *everywhere = gtk_switch_new ();
  GtkWidget *remove = gtk_button_new_from_icon_name ("user-trash-symbolic");

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (parts->action == DRA_CORRECTION_RENAME)
    {
      GtkWidget *rename = new_rename_button (self, correction);

      name_widget (rename, _("Change the Name"), sentence);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), rename);
    }
  gtk_switch_set_active (GTK_SWITCH (everywhere), parts->everywhere);
  /* Without the text it was made in it can only be meant for all. */
  gtk_widget_set_sensitive (everywhere, parts->hash != NULL && *parts->hash != '\0');
  give_correction (everywhere, correction);
  name_widget (everywhere, _("In All Articles"), sentence);
  g_signal_connect_object (everywhere, "notify::active", G_CALLBACK (everywhere_cb), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), everywhere);
  give_correction (remove, correction);
  name_widget (remove, _("Remove"), sentence);
  gtk_widget_add_css_class (remove, "flat");
  g_signal_connect_object (remove, "clicked", G_CALLBACK (remove_cb), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), remove);
  return row;
}

static void
show_status (DraCorrectionsWindow *self,
             const char           *title,
             const char           *description)
{
  adw_status_page_set_title (self->status, title);
  adw_status_page_set_description (self->status, description);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->status));
}

/* The newest first; the keyboard stays in the row it was in. */
static void
fill (DraCorrectionsWindow *self,
      GPtrArray            *corrections)
{
  GtkWidget *focused = gtk_widget_get_focus_child (GTK_WIDGET (self->list));
  int index = focused != NULL ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (focused)) : -1;

  for (GtkListBoxRow *row; (row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL;)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = corrections->len; i > 0; i--)
    gtk_list_box_append (self->list, new_row (self, corrections->pdata[i - 1]));
  self->n_rows = corrections->len;
  if (index >= 0 && corrections->len > 0)
    gtk_widget_child_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->list,
                                                                       MIN (index, (int) corrections->len - 1))),
                            GTK_DIR_TAB_FORWARD);
  if (corrections->len > 0)
    gtk_stack_set_visible_child_name (self->stack, "list");
  else
    show_status (self, _("No Corrections"),
                 _("What you say of a name, by its menu in the list or in the text, is kept here."));
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (DraCorrectionsWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) corrections
    = dra_library_load_corrections_finish (DRA_LIBRARY (source), result, &error);

  if (self->list == NULL)
    return;
  if (corrections != NULL)
    fill (self, corrections);
  else
    show_status (self, _("Corrections Could Not Be Read"), error->message);
}

static void
load (DraCorrectionsWindow *self)
{
  dra_library_load_corrections_async (self->library, NULL, NULL, loaded_cb, g_object_ref (self));
}

static void
changed_cb (DraCorrectionsWindow *self,
            GObject              *who)
{
  if (who != G_OBJECT (self) && self->library != NULL)
    load (self);
}

static void
library_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (DraCorrectionsWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DraLibrary) library
    = dra_services_get_library_finish (DRA_SERVICES (source), result, &error);

  if (self->list == NULL)
    return;
  if (library == NULL)
    {
      show_status (self, _("Corrections Could Not Be Read"), error->message);
      return;
    }
  self->library = g_steal_pointer (&library);
  load (self);
}

/* }}} */

static void
dra_corrections_window_dispose (GObject *object)
{
  DraCorrectionsWindow *self = DRA_CORRECTIONS_WINDOW (object);

  self->list = NULL;
  self->toasts = NULL;
  g_clear_object (&self->library);
  g_clear_object (&self->services);

  G_OBJECT_CLASS (dra_corrections_window_parent_class)->dispose (object);
}

static void
dra_corrections_window_class_init (DraCorrectionsWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dra_corrections_window_dispose;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
dra_corrections_window_init (DraCorrectionsWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  self->stack = GTK_STACK (gtk_stack_new ());
  self->status = ADW_STATUS_PAGE (adw_status_page_new ());
  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_widget_set_valign (GTK_WIDGET (self->list), GTK_ALIGN_START);
  gtk_widget_set_margin_start (GTK_WIDGET (self->list), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self->list), 12);
  gtk_widget_set_margin_top (GTK_WIDGET (self->list), 12);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->list), 12);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Corrections"), -1);
  adw_clamp_set_child (ADW_CLAMP (clamp), GTK_WIDGET (self->list));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  gtk_stack_add_named (self->stack, gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), "blank");
  gtk_stack_add_named (self->stack, scrolled, "list");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->status), "status");
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  adw_toast_overlay_set_child (self->toasts, GTK_WIDGET (self->stack));
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->toasts));
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_title (GTK_WINDOW (self), _("Corrections"));
  gtk_window_set_default_size (GTK_WINDOW (self), 560, 520);
}

/**
 * dra_corrections_window_new:
 * @parent: (nullable): the window it belongs to
 * @services: where the library is
 *
 * Lists what the reader has said of names, in all articles or in one, to be changed and taken
 * back.
 *
 * Returns: (transfer none): the window
 */
GtkWindow *
dra_corrections_window_new (GtkWindow   *parent,
                            DraServices *services)
{
  DraCorrectionsWindow *self = g_object_new (DRA_TYPE_CORRECTIONS_WINDOW, "transient-for", parent, "modal",
                                             parent != NULL, "destroy-with-parent", TRUE, NULL);

  self->services = g_object_ref (services);
  g_signal_connect_object (services, "corrections-changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  dra_services_get_library_async (services, NULL, library_cb, g_object_ref (self));
  return GTK_WINDOW (self);
}
