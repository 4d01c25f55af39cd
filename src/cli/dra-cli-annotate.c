/* dra-cli-annotate.c: dramatis-cli annotate: an annotated copy of an article.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/dra-cli.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "worker/dra-copy-save.h"

/* ".html, .txt, .csv" or "html, text, csv": what there is to choose from. */
static char *
list_formats (gboolean suffixes)
{
  guint n_writers;
  const DraWriter *const *writers = dra_writer_list (&n_writers);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < n_writers; i++)
    g_ptr_array_add (names, (gpointer) (suffixes ? writers[i]->suffix : writers[i]->id));
  g_ptr_array_add (names, NULL);

  return g_strjoinv (", ", (char **) names->pdata);
}

static const DraWriter *
find_writer (const char *output,
             const char *format,
             int        *code)
{
  const DraWriter *writer;
  g_autofree char *name = g_filename_display_name (output);
  g_autofree char *all = list_formats (format == NULL);

  if (format != NULL)
    {
      writer = dra_writer_find (format);
      if (writer == NULL)
        *code = dra_cli_usage_error (_("There is no format “%s”; those to choose from are %s."),
                                     format, all);
      return writer;
    }
  if (strcmp (output, "-") == 0)
    return dra_writer_find ("html");
  writer = dra_writer_find_for_name (name);
  if (writer == NULL)
    *code = dra_cli_usage_error (_("“%s” was not written: give it a name that ends in one of %s, "
                                   "or say the format with --format."), name, all);

  return writer;
}

static gboolean
print_copy (const DraWriter  *writer,
            DraReading       *reading,
            DraCast          *cast,
            GPtrArray        *notes,
            GError          **error)
{
  g_autofree char *remark = NULL;
  g_autoptr (GBytes) bytes = dra_copy_make (writer, reading->article, cast, notes, &remark, NULL, error);
  gsize size;
  const char *data;

  if (bytes == NULL)
    return FALSE;
  if (remark != NULL)
    dra_cli_say ("%s", remark);
  data = g_bytes_get_data (bytes, &size);

  return dra_cli_print (data, size);
}

static gboolean
annotate (const char       *file,
          const char       *as,
          const char       *notes_file,
          const DraWriter  *writer,
          const char       *output,
          GError          **error)
{
  g_autoptr (DraReading) reading = dra_cli_read (file, as, error);
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (DraCast) cast = NULL;
  g_autoptr (GFile) target = NULL;
  g_autofree char *remark = NULL;

  if (reading == NULL)
    return FALSE;
  notes = dra_cli_gather_notes (reading, notes_file, error);
  if (notes == NULL)
    return FALSE;
  cast = dra_cli_recognize (reading, error);
  if (cast == NULL)
    return FALSE;

  if (strcmp (output, "-") == 0)
    return print_copy (writer, reading, cast, notes, error);

  target = g_file_new_for_commandline_arg (output);

  if (!dra_copy_save (writer, reading->article, cast, notes, target, &remark, NULL, error))
    return FALSE;
  if (remark != NULL)
    dra_cli_say ("%s", remark);

  return TRUE;
}

static int
run_annotate (const char *const *argv)
{
  g_autofree char *as = NULL;
  g_autofree char *notes_file = NULL;
  g_autofree char *output = NULL;
  g_autofree char *format = NULL;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
      N_("The copy; the end of its name says the format"), N_("COPY") },
    { "format", 'f', 0, G_OPTION_ARG_STRING, &format,
      N_("The format, whatever the name of the copy"), N_("FORMAT") },
    { "notes", 'n', 0, G_OPTION_ARG_FILENAME, &notes_file,
      N_("Add the notes in this file of Web Annotations or annotated copy"), N_("NOTES.jsonld") },
    { "as", 0, 0, G_OPTION_ARG_STRING, &as,
      N_("Read the file as this type, such as “text”, “lines” or “html”"), N_("TYPE") },
    { NULL },
  };
  g_auto (GStrv) files = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *ids = list_formats (FALSE);
  g_autofree char *suffixes = list_formats (TRUE);
  g_autofree char *description = NULL;
  const DraWriter *writer;
  int code;

  /* Translators: the first %s is a list of formats, the second the ends of file names that
   * stand for them in the same order. */
  description = g_strdup_printf (_("The copy has the notes in your library, those that the "
                                   "file carries, and those of --notes.  The file itself is "
                                   "never changed or replaced.\n\nFormats: %s\nEnds of names: %s"),
                                 ids, suffixes);
  if (!dra_cli_parse (&dra_cli_annotate_command, argv, entries, description, &files, &code)
      || !dra_cli_check_as (as, &code) || !dra_cli_take_one_file (files, &code))
    return code;
  if (output == NULL)
    return dra_cli_usage_error (_("Say with -o what the copy is called."));
  writer = find_writer (output, format, &code);
  if (writer == NULL)
    return code;

  if (annotate (files[0], as, notes_file, writer, output, &error))
    return DRA_CLI_DONE;
  if (error != NULL)
    dra_cli_say ("%s", error->message);

  return DRA_CLI_FAILED;
}

const DraCliCommand dra_cli_annotate_command = {
  .name = "annotate",
  .arguments = N_("FILE"),
  .summary = N_("Save a copy with people, organizations and notes marked"),
  .run = run_annotate,
};
