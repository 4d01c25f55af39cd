/* main.c: starts dramatis, the desktop program.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gi18n.h>
#include <locale.h>

#include "app/dra-application.h"
#include "app/dra-settings.h"

int
main (int   argc,
      char *argv[])
{
  g_autoptr (DraApplication) application = NULL;
  int status;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, DRA_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_application_name (_("Dramatis"));

  if (dra_settings_get_default () == NULL)
    {
      g_printerr (_("Dramatis is not completely installed: the settings schema %s is missing.\n"),
                  DRA_APP_ID);
      return 1;
    }

  application = dra_application_new ();
  status = g_application_run (G_APPLICATION (application), argc, argv);
  return status != 0 ? status : dra_application_get_exit_status (application);
}
