/* dra-cli-options.c: arguments, and the articles, casts and notes they lead to.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/dra-cli.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "article/dra-error.h"
#include "library/dra-library.h"
#include "notes/dra-anchor.h"
#include "readers/dra-reader-registry.h"
#include "worker/dra-notes-file.h"
#include "worker/dra-worker-client.h"
#include "recognizer/dra-recognizer.h"

/**
 * dra_cli_parse:
 * @command: the command
 * @argv: its name and arguments
 * @entries: (nullable): its options
 * @description: (nullable): translated: what its help says below the options
 * @files: (out) (transfer full): the arguments that are no options
 * @exit_code: (out): what to exit with when it returns %FALSE
 *
 * Parses the arguments of a command; prints its help when asked for.
 *
 * Returns: whether to go on
 */
gboolean
dra_cli_parse (const DraCliCommand *command,
               const char *const   *argv,
               const GOptionEntry  *entries,
               const char          *description,
               GStrv               *files,
               int                 *exit_code)
{
  g_autoptr (GOptionContext) context = g_option_context_new (gettext (command->arguments));
  g_autoptr (GError) error = NULL;
  g_autofree char *program = g_strconcat ("dramatis-cli ", command->name, NULL);
  g_auto (GStrv) arguments = g_strdupv ((char **) argv);
  GStrv rest = NULL;
  gboolean help = FALSE;
  const GOptionEntry common[] = {
    { "help", 'h', 0, G_OPTION_ARG_NONE, &help, N_("Show this help"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &rest, NULL, NULL },
    { NULL },
  };

  *files = NULL;
  *exit_code = DRA_CLI_USAGE;
  g_free (arguments[0]);
  arguments[0] = g_strdup (program);
  g_set_prgname (program);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, gettext (command->summary));
  g_option_context_set_description (context, description);
  g_option_context_set_help_enabled (context, FALSE);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, common, GETTEXT_PACKAGE);

  if (!g_option_context_parse_strv (context, &arguments, &error))
    {
      /* Translators: what is wrong with an option; then the command to ask for help. */
      dra_cli_usage_error (_("%s (see “%s --help”)"), error->message, program);
      return FALSE;
    }
  if (help)
    {
      g_autofree char *text = g_option_context_get_help (context, TRUE, NULL);

      *exit_code = dra_cli_print (text, strlen (text)) ? DRA_CLI_DONE : DRA_CLI_FAILED;
      g_strfreev (rest);
      return FALSE;
    }
  if (rest == NULL)
    {
      dra_cli_usage_error (_("No file was given (see “%s --help”)."), program);
      return FALSE;
    }

  *files = rest;

  return TRUE;
}

/**
 * dra_cli_check_as:
 * @as: (nullable): argument of --as
 * @exit_code: (out): what to exit with when it returns %FALSE
 *
 * Returns: whether it is the id of a reader
 */
gboolean
dra_cli_check_as (const char *as,
                  int        *exit_code)
{
  g_autoptr (GString) ids = NULL;
  const DraReader *const *readers;
  guint n_readers;

  if (as == NULL || dra_reader_registry_find (as) != NULL)
    return TRUE;

  ids = g_string_new (NULL);
  readers = dra_reader_registry_list (&n_readers);
  for (guint i = 0; i < n_readers; i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? ", " : "", readers[i]->id);
  *exit_code = dra_cli_usage_error (_("There is no type “%s”; those to choose from are %s."),
                                    as, ids->str);

  return FALSE;
}

/**
 * dra_cli_take_one_file:
 * @files: the arguments
 * @exit_code: (out): what to exit with when it returns %FALSE
 *
 * Returns: whether there is exactly one file
 */
gboolean
dra_cli_take_one_file (GStrv  files,
                       int   *exit_code)
{
  if (g_strv_length (files) == 1)
    return TRUE;

  *exit_code = dra_cli_usage_error (_("This command takes one file, and %u were given."),
                                    g_strv_length (files));

  return FALSE;
}

/**
 * dra_cli_read:
 * @file: a path, a URI, or "-" for standard input
 * @as: (nullable): id of a reader
 * @error: return location for an error
 *
 * Returns: (transfer full): what is in the file
 */
DraReading *
dra_cli_read (const char  *file,
              const char  *as,
              GError     **error)
{
  g_autoptr (GFile) gfile = NULL;

  if (strcmp (file, "-") == 0)
    return dra_worker_read_stdin (as, NULL, error);

  gfile = g_file_new_for_commandline_arg (file);

  return dra_worker_read (gfile, as, NULL, error);
}

static void
merge_note (GHashTable *by_uuid,
            DraNote    *note)
{
  const char *uuid = dra_note_get_uuid (note);
  DraNote *known = g_hash_table_lookup (by_uuid, uuid);

  if (known != NULL && dra_note_get_modified (known) >= dra_note_get_modified (note))
    return;
  /* The key is the note's own. */
  g_hash_table_replace (by_uuid, (gpointer) uuid, g_object_ref (note));
}

static void
merge_notes (GHashTable *by_uuid,
             GPtrArray  *notes)
{
  for (guint i = 0; i < notes->len; i++)
    merge_note (by_uuid, notes->pdata[i]);
}

/* The notes the library has; no library is made where there is none. */
static gboolean
merge_library (GHashTable  *by_uuid,
               DraArticle  *article,
               GError     **error)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "dramatis",
                                            "library.sqlite", NULL);
  g_autoptr (DraLibrary) library = NULL;
  g_autoptr (GPtrArray) notes = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  library = dra_library_open (NULL, error);
  if (library == NULL)
    return FALSE;
  if (dra_library_get_notice (library) != NULL)
    dra_cli_say ("%s", dra_library_get_notice (library));
  notes = dra_library_load_notes (library, article, NULL, error);
  if (notes == NULL)
    return FALSE;
  merge_notes (by_uuid, notes);

  return TRUE;
}

static gboolean
merge_file (GHashTable  *by_uuid,
            DraArticle  *article,
            const char  *file,
            GError     **error)
{
  g_autofree char *name = g_filename_display_name (file);
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (GFile) gfile = g_file_new_for_commandline_arg (file);
  g_autoptr (GError) local_error = NULL;
  guint n_skipped = 0, n_lost = 0;

  notes = dra_notes_file_read (article, gfile, &n_skipped, NULL, &local_error);
  if (notes == NULL)
    {
      g_set_error (error, local_error->domain, local_error->code,
                   _("The notes in “%s” could not be read: %s"), name, local_error->message);
      return FALSE;
    }

  for (guint i = 0; i < notes->len; i++)
    n_lost += dra_note_get_anchor (notes->pdata[i], NULL, NULL) == DRA_ANCHOR_LOST;
  if (n_skipped > 0)
    dra_cli_say (ngettext ("%u note in “%s” could not be used.",
                           "%u notes in “%s” could not be used.", n_skipped), n_skipped, name);
  if (n_lost > 0)
    dra_cli_say (ngettext ("%u note in “%s” has no place in this article; its passage is "
                           "quoted in the list of notes.",
                           "%u notes in “%s” have no place in this article; their passages "
                           "are quoted in the list of notes.", n_lost), n_lost, name);
  merge_notes (by_uuid, notes);

  return TRUE;
}

static int
compare_notes (gconstpointer a,
               gconstpointer b)
{
  DraNote *x = *(DraNote *const *) a;
  DraNote *y = *(DraNote *const *) b;
  DraRange x_range, y_range;

  dra_note_get_anchor (x, &x_range, NULL);
  dra_note_get_anchor (y, &y_range, NULL);
  /* Notes without a place come last. */
  if ((dra_range_length (x_range) > 0) != (dra_range_length (y_range) > 0))
    return dra_range_length (x_range) > 0 ? -1 : 1;
  if (x_range.start != y_range.start)
    return x_range.start < y_range.start ? -1 : 1;
  if (dra_note_get_created (x) != dra_note_get_created (y))
    return dra_note_get_created (x) < dra_note_get_created (y) ? -1 : 1;

  return strcmp (dra_note_get_uuid (x), dra_note_get_uuid (y));
}

/**
 * dra_cli_gather_notes:
 * @reading: an article with what its file carries
 * @notes_file: (nullable): a file of Web Annotations
 * @error: return location for an error
 *
 * Gathers the notes known for an article: in the library, in the file itself, and in
 * @notes_file.  Of two with the same UUID the newer counts.
 *
 * Returns: (transfer full) (element-type DraNote): anchored, in text order
 */
GPtrArray *
dra_cli_gather_notes (DraReading  *reading,
                      const char  *notes_file,
                      GError     **error)
{
  g_autoptr (GHashTable) by_uuid = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                                          g_object_unref);
  GPtrArray *notes;
  GHashTableIter iter;
  gpointer note;

  merge_notes (by_uuid, reading->notes);
  if (!merge_library (by_uuid, reading->article, error))
    return NULL;
  if (notes_file != NULL && !merge_file (by_uuid, reading->article, notes_file, error))
    return NULL;

  notes = g_ptr_array_new_with_free_func (g_object_unref);
  g_hash_table_iter_init (&iter, by_uuid);
  while (g_hash_table_iter_next (&iter, NULL, &note))
    g_ptr_array_add (notes, g_object_ref (note));
  g_ptr_array_sort (notes, compare_notes);

  return notes;
}

/* One recognizer for all threads: its model is mapped once. */
static DraRecognizer *
get_recognizer (GError **error)
{
  static GMutex mutex;
  static DraRecognizer *recognizer;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);

  if (recognizer == NULL)
    recognizer = dra_recognizer_new (NULL, error);

  return recognizer;
}

/**
 * dra_cli_recognize:
 * @reading: an article with what its file carries
 * @error: return location for an error
 *
 * Returns: (transfer full): the cast that the file carries, else the one found now
 */
DraCast *
dra_cli_recognize (DraReading  *reading,
                   GError     **error)
{
  DraRecognizer *recognizer;

  if (reading->cast != NULL)
    return g_object_ref (reading->cast);

  recognizer = get_recognizer (error);
  if (recognizer == NULL)
    return NULL;

  return dra_recognizer_recognize (recognizer, reading->article, NULL, error);
}
