/* main.c: dramatis-cli, what Dramatis does without a display.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gi18n-lib.h>
#include <locale.h>
#include <string.h>

#include "cli/dra-cli.h"

static const DraCliCommand *const commands[] = {
  &dra_cli_text_command,
  &dra_cli_entities_command,
  &dra_cli_quotes_command,
  &dra_cli_notes_command,
  &dra_cli_annotate_command,
};

static char *
make_help (void)
{
  GString *help = g_string_new (NULL);

  g_string_append_printf (help, "%s\n  dramatis-cli %s\n\n%s\n\n%s\n", _("Usage:"),
                          _("COMMAND [OPTION…] FILE…"),
                          _("Show who is named in articles, print their notes, and save "
                            "annotated copies."), _("Commands:"));
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_string_append_printf (help, "  %-10s %s\n", commands[i]->name,
                            gettext (commands[i]->summary));
  g_string_append_printf (help, "\n%s\n  -h, --help    %s\n  --version     %s\n\n%s\n",
                          _("Options:"), _("Show this help"), _("Print the version"),
                          _("“dramatis-cli COMMAND --help” tells about one command.\n"
                            "A file “-” is standard input.\n"
                            "The exit code is 0 when all was done, 1 when a file failed, 2 when "
                            "the\narguments were wrong."));

  return g_string_free (help, FALSE);
}

static int
print_string (const char *string)
{
  return dra_cli_print (string, strlen (string)) ? DRA_CLI_DONE : DRA_CLI_FAILED;
}

static int
run (const char *const *argv)
{
  if (argv[0] == NULL)
    return dra_cli_usage_error (_("No command was given (see “dramatis-cli --help”)."));

  if (strcmp (argv[0], "--help") == 0 || strcmp (argv[0], "-h") == 0
      || strcmp (argv[0], "help") == 0)
    {
      g_autofree char *help = make_help ();

      return print_string (help);
    }
  if (strcmp (argv[0], "--version") == 0)
    return print_string ("dramatis-cli " DRA_VERSION "\n");

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (argv[0], commands[i]->name) == 0)
      return commands[i]->run (argv);

  return dra_cli_usage_error (_("There is no command “%s” (see “dramatis-cli --help”)."),
                              argv[0]);
}

int
main (int    argc,
      char **argv)
{
  g_auto (GStrv) arguments = NULL;

  dra_cli_open_standard_files ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, DRA_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  arguments = g_strdupv (argv + MIN (argc, 1));

  return run ((const char *const *) arguments);
}
