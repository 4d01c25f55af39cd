/* dra-window-across.c: the other articles that name the selected one.
 *
 * Asks the library, where who is in which article is noted only when the reader has
 * switched that on.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-window-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "library/dra-library-names.h"

#define MAX_ARTICLES 500

/* The window the reader asked in, and of whom. */
typedef struct
{
  DraWindow    *window;
  DraEntityKind kind;
  char         *name;
  char         *hash; /* of the article that is read: it is no other one */
  GtkLabel     *label; /* (nullable) where only their number is to be said */
} Question;

static void
question_free (Question *question)
{
  g_object_unref (question->window);
  g_free (question->name);
  g_free (question->hash);
  g_clear_object (&question->label);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static void
activated_cb (GtkListBox    *list,
              GtkListBoxRow *row,
              DraWindow     *self)
{
  const char *uri = g_object_get_data (G_OBJECT (row), "uri");
  GtkWindow *dialog = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (list)));

  if (uri != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-uri", "s", uri);
  gtk_window_close (dialog);
}

static char *
dup_title (DraFoundName *article)
{
  g_autoptr (GFile) file = NULL;
  g_autofree char *name = NULL;

  if (article->title != NULL && *article->title != '\0')
    return g_strdup (article->title);
  if (article->uri == NULL)
    return g_strdup (_("An Article That Is Not Known Here"));
  file = g_file_new_for_uri (article->uri);
  name = g_file_get_basename (file);
  return g_filename_display_name (name);
}

static GtkWidget *
create_row (DraFoundName *article)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = dup_title (article);
  g_autofree char *escaped = g_markup_escape_text (title, -1);
  g_autofree char *mentions
    = g_strdup_printf (ngettext ("%u mention", "%u mentions", article->n_mentions),
                       article->n_mentions);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), mentions);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), article->uri != NULL);
  g_object_set_data_full (G_OBJECT (row), "uri", g_strdup (article->uri), g_free);
  return row;
}

/* Others than the one that is read. */
static guint
fill (GtkListBox *list,
      GPtrArray  *articles,
      const char *hash)
{
  guint n = 0;

  for (guint i = 0; i < articles->len; i++)
    {
      DraFoundName *article = g_ptr_array_index (articles, i);

      if (g_strcmp0 (article->hash, hash) == 0)
        continue;
      gtk_list_box_append (list, create_row (article));
      n++;
    }
  return n;
}

static void
show (Question  *question,
      GPtrArray *articles)
{
  GtkWidget *dialog = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *list = gtk_list_box_new ();
  g_autofree char *title = NULL;
  guint n = fill (GTK_LIST_BOX (list), articles, question->hash);

  if (n == 0)
    {
      g_object_unref (g_object_ref_sink (scrolled));
      g_object_unref (g_object_ref_sink (list));
      g_object_unref (g_object_ref_sink (box));
      gtk_window_destroy (GTK_WINDOW (dialog));
      title = g_strdup_printf (_("No other article that was opened names “%s”."), question->name);
      dra_window_toast (question->window, title);
      return;
    }
  title = g_strdup_printf (ngettext ("“%s” Is in %u Other Article", "“%s” Is in %u Other Articles", n),
                           question->name, n);
  gtk_window_set_title (GTK_WINDOW (dialog), title);
  gtk_window_set_default_size (GTK_WINDOW (dialog), 420, 420);
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (question->window));
  gtk_window_set_modal (GTK_WINDOW (dialog), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (dialog), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_valign (list, GTK_ALIGN_START);
  gtk_widget_set_margin_start (list, 12);
  gtk_widget_set_margin_end (list, 12);
  gtk_widget_set_margin_top (list, 12);
  gtk_widget_set_margin_bottom (list, 12);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  g_signal_connect_object (list, "row-activated", G_CALLBACK (activated_cb), question->window, 0);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), list);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), scrolled);
  adw_window_set_content (ADW_WINDOW (dialog), box);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* On a card: in how many they are, if in any. */
static void
tell (Question  *question,
      GPtrArray *articles)
{
  g_autofree char *text = NULL;
  guint n = 0;

  for (guint i = 0; i < articles->len; i++)
    n += g_strcmp0 (((DraFoundName *) g_ptr_array_index (articles, i))->hash, question->hash) != 0;
  if (n == 0)
    return;
  text = g_strdup_printf (ngettext ("In %u other article", "In %u other articles", n), n);
  gtk_label_set_label (question->label, text);
}

static void
asked_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (Question) question = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) articles
    = dra_library_ask_names_finish (DRA_LIBRARY (source), result, &error);

  if (question->label != NULL)
    {
      if (articles != NULL)
        tell (question, articles);
      return;
    }
  if (question->window->view == NULL || !gtk_widget_get_mapped (GTK_WIDGET (question->window)))
    return;
  if (articles != NULL)
    show (question, articles);
  else
    dra_window_alert (question->window, _("Other Articles"), error->message);
}

static void
library_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (Question) question = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DraLibrary) library
    = dra_services_get_library_finish (DRA_SERVICES (source), result, &error);
  Question *asked = question;

  if (library == NULL && question->label != NULL)
    return;
  if (library == NULL)
    {
      dra_window_alert (question->window, _("Other Articles"), error->message);
      return;
    }
  dra_library_ask_names_async (library, DRA_NAMES_APPEARANCES, asked->kind, asked->name,
                               MAX_ARTICLES, NULL, asked_cb, g_steal_pointer (&question));
}

/**
 * dra_window_is_known_elsewhere:
 * @entity: someone of the cast
 *
 * Somebody called by one name alone may be anybody of that name: only who has a full one is
 * looked for in other articles.
 *
 * Returns: whether @entity can be told apart from others by its name
 */
gboolean
dra_window_is_known_elsewhere (const DraEntity *entity)
{
  return entity->kind != DRA_ENTITY_PERSON || strchr (entity->name, ' ') != NULL
         || strstr (entity->name, "\u00A0") != NULL || g_unichar_iswide (g_utf8_get_char (entity->name));
}

static void
ask (DraWindow       *self,
     const DraEntity *entity,
     GtkLabel        *label)
{
  Question *question = g_new0 (Question, 1);

  question->window = g_object_ref (self);
  question->kind = entity->kind;
  question->name = g_strdup (entity->name);
  question->hash
    = g_strdup (dra_article_get_hash (dra_article_view_get_article (self->view)));
  question->label = label != NULL ? g_object_ref (label) : NULL;
  dra_services_get_library_async (self->services, NULL, library_cb, question);
}

/**
 * dra_window_tell_elsewhere:
 * @self: the window
 * @entity: index in the cast of who is asked about
 * @label: what says it, once it is known
 *
 * Says on a card in how many other articles someone is named, when the reader has switched on
 * that this is remembered.
 */
void
dra_window_tell_elsewhere (DraWindow *self,
                           guint      entity,
                           GtkLabel  *label)
{
  DraCast *cast = dra_article_view_get_cast (self->view);

  if (cast == NULL || self->settings == NULL
      || !dra_window_is_known_elsewhere (dra_cast_get_entity (cast, entity)) || !g_settings_get_boolean (self->settings, "index-articles"))
    return;
  ask (self, dra_cast_get_entity (cast, entity), label);
}

/**
 * dra_window_list_other_articles:
 * @self: the window
 *
 * Lists the other articles that name the selected one, to be opened.
 */
void
dra_window_list_other_articles (DraWindow *self)
{
  DraCast *cast = dra_article_view_get_cast (self->view);
  int selected = dra_article_view_get_selected_entity (self->view);

  if (cast == NULL || selected < 0)
    return;
  ask (self, dra_cast_get_entity (cast, (guint) selected), NULL);
}
