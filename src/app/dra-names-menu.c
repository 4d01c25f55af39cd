/* dra-names-menu.c: what can be done with a name, as a menu of the window's actions.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-names-menu.h"

#include <glib/gi18n.h>

#define MAX_NAME 40 /* characters of a name in a label */

static void
append (GMenu      *menu,
        const char *label,
        const char *action)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, action);

  g_menu_item_set_attribute (item, "hidden-when", "s", "action-disabled");
  g_menu_append_item (menu, item);
}

/**
 * dra_names_menu_new_correct:
 *
 * Returns: (transfer full): a menu of all that can be said of the selected name
 */
GMenuModel *
dra_names_menu_new_correct (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) verdict = g_menu_new ();
  g_autoptr (GMenu) kind = g_menu_new ();
  g_autoptr (GMenu) who = g_menu_new ();
  g_autoptr (GMenu) where = g_menu_new ();
  g_autoptr (GMenu) across = g_menu_new ();

  append (verdict, _("_Is Right"), "win.correct-confirm");
  g_menu_append (verdict, _("Is _Not a Name"), "win.correct-reject");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (verdict));
  g_menu_append (kind, _("_Person"), "win.correct-kind::person");
  g_menu_append (kind, _("_Organization"), "win.correct-kind::organization");
  g_menu_append (kind, _("P_lace"), "win.correct-kind::place");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (kind));
  g_menu_append (who, _("_Rename…"), "win.correct-rename");
  g_menu_append (who, _("_Same As…"), "win.correct-same");
  append (who, _("Someone _Else When Called So"), "win.correct-split");
  append (who, _("Someone Else _Here"), "win.correct-split-one");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (who));
  g_menu_append (where, _("In _All Articles"), "win.correct-everywhere");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (where));
  append (across, _("_Also in Other Articles…"), "win.other-articles");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (across));
  return G_MENU_MODEL (menu);
}

/**
 * dra_names_menu_new_mark:
 *
 * Returns: (transfer full): a menu of what the selected passage can be the name of
 */
GMenuModel *
dra_names_menu_new_mark (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) kind = g_menu_new ();
  g_autoptr (GMenu) where = g_menu_new ();

  g_menu_append (kind, _("_Person"), "win.mark-as::person");
  g_menu_append (kind, _("_Organization"), "win.mark-as::organization");
  g_menu_append (kind, _("P_lace"), "win.mark-as::place");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (kind));
  g_menu_append (where, _("In _All Articles"), "win.correct-everywhere");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (where));
  return G_MENU_MODEL (menu);
}

/**
 * dra_names_menu_dup_label:
 * @name: of someone
 *
 * Returns: (transfer full): the label of a submenu that corrects it
 */
char *
dra_names_menu_dup_label (const char *name)
{
  g_autofree char *cut = NULL;
  g_auto (GStrv) parts = NULL;
  g_autofree char *plain = NULL;

  if (g_utf8_strlen (name, -1) > MAX_NAME)
    {
      g_autofree char *start = g_utf8_substring (name, 0, MAX_NAME);

      cut = g_strconcat (start, "…", NULL);
    }
  /* No letter of a name is a key. */
  parts = g_strsplit (cut != NULL ? cut : name, "_", -1);
  plain = g_strjoinv ("__", parts);
  /* Translators: %s is a name; the item opens a menu of what can be said of it */
  return g_strdup_printf (_("“%s” _Is…"), plain);
}
