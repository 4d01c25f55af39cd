/* dra-search-provider.c: the library in the search of the desktop.
 *
 * A result's id says all that is needed to show it again, for the process that is asked may
 * be another one than that which found it.  Its parts stand between unit separators: what it
 * is, the address of the article, its title, then of a note the UUID and its words.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-search-provider.h"

#include <glib/gi18n.h>

#include "library/dra-library-names.h"
#include "notes/dra-note-markup.h"

#define MAX_ARTICLES 5
#define MAX_NOTES 10
#define MAX_WORDS 160     /* code points of a note that are shown */
#define MIN_TERM 2        /* code points that make a search */
#define LINGER 20000      /* milliseconds a process without windows waits for the next question */
#define SEPARATOR "\037"

struct _DraSearchProvider
{
  GObject          parent_instance;

  GApplication    *application; /* unowned: it has this */
  DraServices     *services;
  GDBusConnection *connection;  /* (nullable) */
  guint            id;          /* of the exported object, 0: none */
};

enum
{
  OPEN,
  SEARCH,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DraSearchProvider, dra_search_provider, G_TYPE_OBJECT)

static const char interface_xml[] =
  "<node><interface name='org.gnome.Shell.SearchProvider2'>"
  "<method name='GetInitialResultSet'><arg type='as' direction='in'/><arg type='as' direction='out'/></method>"
  "<method name='GetSubsearchResultSet'><arg type='as' direction='in'/><arg type='as' direction='in'/>"
  "<arg type='as' direction='out'/></method>"
  "<method name='GetResultMetas'><arg type='as' direction='in'/><arg type='aa{sv}' direction='out'/></method>"
  "<method name='ActivateResult'><arg type='s' direction='in'/><arg type='as' direction='in'/>"
  "<arg type='u' direction='in'/></method>"
  "<method name='LaunchSearch'><arg type='as' direction='in'/><arg type='u' direction='in'/></method>"
  "</interface></node>";

/* One question while the library is looked through. */
typedef struct
{
  DraSearchProvider     *provider;
  GDBusMethodInvocation *invocation;
  GStrvBuilder          *ids;
  char                  *text;
} Question;

static void
question_free (Question *question)
{
  g_application_release (question->provider->application);
  g_object_unref (question->provider);
  g_strv_builder_unref (question->ids);
  g_free (question->text);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

/* {{{ Results */

/* A title on one line; that of an article without one is its file's name. */
static char *
dup_title (const char *title,
           const char *uri)
{
  g_autoptr (GFile) file = NULL;
  g_autofree char *name = NULL;

  if (title != NULL && *title != '\0')
    return g_strdelimit (g_strdup (title), "\n" SEPARATOR, ' ');
  file = g_file_new_for_uri (uri);
  name = g_file_get_basename (file);
  return g_filename_display_name (name != NULL ? name : uri);
}

static char *
dup_words (DraNote *note)
{
  g_autofree char *plain = dra_note_markup_to_plain (dra_note_get_body (note));
  const DraQuote *quote = dra_note_get_quote (note);
  const char *words = *plain != '\0' ? plain : quote != NULL ? quote->exact : "";
  g_autofree char *some = g_utf8_substring (words, 0, MIN (g_utf8_strlen (words, -1), MAX_WORDS));

  return g_strstrip (g_strdelimit (g_steal_pointer (&some), "\n\t" SEPARATOR, ' '));
}

/* An article, or a note in one; nothing that cannot be opened. */
static void
add_result (Question   *question,
            const char *uri,
            const char *title,
            DraNote    *note)
{
  g_autofree char *line = NULL;
  g_autofree char *words = NULL;
  g_autofree char *id = NULL;

  if (uri == NULL)
    return;
  line = dup_title (title, uri);
  words = note != NULL ? dup_words (note) : NULL;
  id = note != NULL ? g_strjoin (SEPARATOR, "note", uri, line, dra_note_get_uuid (note), words, NULL)
                    : g_strjoin (SEPARATOR, "article", uri, line, NULL);
  g_strv_builder_add (question->ids, id);
}

static void
notes_cb (GObject      *library,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (Question) question = data;
  g_autoptr (GPtrArray) notes = dra_library_find_notes_finish (DRA_LIBRARY (library), result, NULL);
  g_auto (GStrv) ids = NULL;

  for (guint i = 0; notes != NULL && i < notes->len; i++)
    {
      DraFoundNote *found = g_ptr_array_index (notes, i);

      add_result (question, found->uri, found->title, found->note);
    }
  ids = g_strv_builder_end (question->ids);
  g_dbus_method_invocation_return_value (question->invocation, g_variant_new ("(^as)", ids));
}

static void
articles_cb (GObject      *library,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (Question) question = data;
  g_autoptr (GPtrArray) articles = dra_library_ask_names_finish (DRA_LIBRARY (library), result, NULL);
  const char *text = question->text;

  for (guint i = 0; articles != NULL && i < articles->len; i++)
    {
      DraFoundName *found = g_ptr_array_index (articles, i);

      add_result (question, found->uri, found->title, NULL);
    }
  dra_library_find_notes_async (DRA_LIBRARY (library), text, MAX_NOTES, NULL, notes_cb,
                                g_steal_pointer (&question));
}

static void
library_cb (GObject      *services,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (Question) question = data;
  g_autoptr (DraLibrary) library = dra_services_get_library_finish (DRA_SERVICES (services), result, NULL);
  const char *text = question->text;

  /* Without a library there is nothing to find, which is no error here. */
  if (library == NULL)
    {
      const char *const none[] = { NULL };

      g_dbus_method_invocation_return_value (question->invocation, g_variant_new ("(^as)", none));
      return;
    }
  dra_library_ask_names_async (library, DRA_NAMES_ARTICLES, DRA_ENTITY_PERSON, text, MAX_ARTICLES, NULL,
                               articles_cb, g_steal_pointer (&question));
}

static void
find (DraSearchProvider     *self,
      GDBusMethodInvocation *invocation,
      char                 **terms)
{
  g_autofree char *text = g_strjoinv (" ", terms);
  Question *question;

  if (g_utf8_strlen (g_strstrip (text), -1) < MIN_TERM)
    {
      const char *const none[] = { NULL };

      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(^as)", none));
      return;
    }
  question = g_new0 (Question, 1);
  question->provider = g_object_ref (self);
  question->invocation = invocation;
  question->ids = g_strv_builder_new ();
  question->text = g_steal_pointer (&text);
  g_application_hold (self->application);
  dra_services_get_library_async (self->services, NULL, library_cb, question);
}

/* }}} */
/* {{{ What a result looks like, and where it leads */

/* (transfer full) (nullable): the parts of an id; of anything else nothing. */
static GStrv
split_id (const char *id)
{
  g_auto (GStrv) parts = g_strsplit (id, SEPARATOR, -1);
  const guint n = g_strv_length (parts);

  if ((n == 3 && g_str_equal (parts[0], "article")) || (n == 5 && g_str_equal (parts[0], "note")))
    return g_steal_pointer (&parts);
  return NULL;
}

static void
add_meta (GVariantBuilder *metas,
          const char      *id)
{
  g_auto (GStrv) parts = split_id (id);
  g_autoptr (GIcon) icon = NULL;
  g_autoptr (GVariant) icon_data = NULL;
  gboolean note;

  if (parts == NULL)
    return;
  note = g_str_equal (parts[0], "note");
  icon = g_themed_icon_new (note ? "document-edit-symbolic" : "x-office-document");
  icon_data = g_icon_serialize (icon);
  g_variant_builder_open (metas, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (metas, "{sv}", "id", g_variant_new_string (id));
  g_variant_builder_add (metas, "{sv}", "name", g_variant_new_string (parts[2]));
  g_variant_builder_add (metas, "{sv}", "description", g_variant_new_string (note ? parts[4] : _("Article")));
  g_variant_builder_add (metas, "{sv}", "icon", icon_data);
  g_variant_builder_close (metas);
}

static void
return_metas (GDBusMethodInvocation *invocation,
              char                 **ids)
{
  GVariantBuilder metas;

  g_variant_builder_init (&metas, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; ids[i] != NULL; i++)
    add_meta (&metas, ids[i]);
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(aa{sv})", &metas));
}

static void
activate (DraSearchProvider *self,
          const char        *id)
{
  g_auto (GStrv) parts = split_id (id);

  if (parts != NULL)
    g_signal_emit (self, signals[OPEN], 0, parts[1], g_str_equal (parts[0], "note") ? parts[3] : NULL);
}

/* }}} */

static void
method_cb (GDBusConnection       *connection,
           const char            *sender,
           const char            *path,
           const char            *interface,
           const char            *method,
           GVariant              *parameters,
           GDBusMethodInvocation *invocation,
           gpointer               data)
{
  DraSearchProvider *self = data;
  g_autofree char **terms = NULL;
  g_autofree char *text = NULL;
  const char *id;

  /* A process that was started for this does not end between two letters. */
  g_application_set_inactivity_timeout (self->application, LINGER);
  g_application_hold (self->application);
  if (g_str_equal (method, "GetInitialResultSet"))
    {
      g_variant_get (parameters, "(^a&s)", &terms);
      find (self, invocation, terms);
    }
  else if (g_str_equal (method, "GetSubsearchResultSet"))
    {
      g_variant_get (parameters, "(@as^a&s)", NULL, &terms);
      find (self, invocation, terms);
    }
  else if (g_str_equal (method, "GetResultMetas"))
    {
      g_variant_get (parameters, "(^a&s)", &terms);
      return_metas (invocation, terms);
    }
  else if (g_str_equal (method, "ActivateResult"))
    {
      g_variant_get (parameters, "(&s^a&su)", &id, &terms, NULL);
      activate (self, id);
      g_dbus_method_invocation_return_value (invocation, NULL);
    }
  else
    {
      g_variant_get (parameters, "(^a&su)", &terms, NULL);
      text = g_strjoinv (" ", terms);
      g_signal_emit (self, signals[SEARCH], 0, text);
      g_dbus_method_invocation_return_value (invocation, NULL);
    }
  g_application_release (self->application);
}

static void
dra_search_provider_dispose (GObject *object)
{
  DraSearchProvider *self = DRA_SEARCH_PROVIDER (object);

  dra_search_provider_unexport (self);
  g_clear_object (&self->services);

  G_OBJECT_CLASS (dra_search_provider_parent_class)->dispose (object);
}

static void
dra_search_provider_class_init (DraSearchProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dra_search_provider_dispose;

  signals[OPEN] = g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[SEARCH] = g_signal_new ("search", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
dra_search_provider_init (DraSearchProvider *self)
{
}

/**
 * dra_search_provider_new:
 * @application: the application, which outlives the provider
 * @services: where the library is
 *
 * Returns: (transfer full): a provider that nobody can ask yet
 */
DraSearchProvider *
dra_search_provider_new (GApplication *application,
                         DraServices  *services)
{
  DraSearchProvider *self;

  g_return_val_if_fail (G_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (DRA_IS_SERVICES (services), NULL);

  self = g_object_new (DRA_TYPE_SEARCH_PROVIDER, NULL);
  self->application = application;
  self->services = g_object_ref (services);
  return self;
}

/**
 * dra_search_provider_export:
 * @self: a provider
 * @connection: the session's bus
 * @error: return location
 *
 * Lets the desktop ask.
 *
 * Returns: %FALSE with an error of GDBus when the path is taken
 */
gboolean
dra_search_provider_export (DraSearchProvider  *self,
                            GDBusConnection    *connection,
                            GError            **error)
{
  static const GDBusInterfaceVTable functions = { .method_call = method_cb };
  g_autoptr (GDBusNodeInfo) node = NULL;

  g_return_val_if_fail (DRA_IS_SEARCH_PROVIDER (self) && self->id == 0, FALSE);

  node = g_dbus_node_info_new_for_xml (interface_xml, error);
  if (node == NULL)
    return FALSE;
  self->id = g_dbus_connection_register_object (connection, DRA_SEARCH_PROVIDER_PATH, node->interfaces[0],
                                                &functions, self, NULL, error);
  if (self->id != 0)
    self->connection = g_object_ref (connection);
  return self->id != 0;
}

/**
 * dra_search_provider_unexport:
 * @self: a provider
 *
 * Takes it from the bus, if it is there.
 */
void
dra_search_provider_unexport (DraSearchProvider *self)
{
  g_return_if_fail (DRA_IS_SEARCH_PROVIDER (self));

  if (self->id != 0)
    g_dbus_connection_unregister_object (self->connection, self->id);
  self->id = 0;
  g_clear_object (&self->connection);
}
