/* dra-help.c: the articles that come with Dramatis: its help, and a sample.
 *
 * The help is a Markdown file for each language (help/LANGUAGE.md), opened like any other
 * article, so that what it tells of can be tried on it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-help.h"

/**
 * dra_help_dup_folder:
 *
 * Returns: (transfer full): where the articles are: $DRAMATIS_HELP or, without it, where
 *   they were installed
 */
char *
dra_help_dup_folder (void)
{
  const char *folder = g_getenv ("DRAMATIS_HELP");

  return folder != NULL ? g_strdup (folder) : g_build_filename (DRA_PKGDATADIR, "help", NULL);
}

/**
 * dra_help_dup_path:
 * @folder: where the articles are
 *
 * Finds the help in the first of the reader's languages that it was written in, else in
 * English.
 *
 * Returns: (transfer full): a path
 */
char *
dra_help_dup_path (const char *folder)
{
  const char *const *languages = g_get_language_names ();

  g_return_val_if_fail (folder != NULL, NULL);

  for (guint i = 0; languages[i] != NULL && !g_str_equal (languages[i], "C"); i++)
    {
      g_autofree char *name = g_strconcat (languages[i], ".md", NULL);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      /* "de/x" from the environment must not lead elsewhere. */
      if (strchr (languages[i], G_DIR_SEPARATOR) == NULL &&
          g_file_test (path, G_FILE_TEST_IS_REGULAR))
        return g_steal_pointer (&path);
    }

  return g_build_filename (folder, "en.md", NULL);
}

/**
 * dra_help_dup_sample:
 * @folder: where the articles are
 *
 * Returns: (transfer full): the path of the article that shows what can be done
 */
char *
dra_help_dup_sample (const char *folder)
{
  g_return_val_if_fail (folder != NULL, NULL);

  return g_build_filename (folder, "sample.md", NULL);
}

/**
 * dra_help_is_part:
 * @file: a file
 *
 * Returns: whether @file is one of the articles that come with Dramatis
 */
gboolean
dra_help_is_part (GFile *file)
{
  g_autofree char *path = dra_help_dup_folder ();
  g_autoptr (GFile) folder = g_file_new_for_path (path);

  g_return_val_if_fail (G_IS_FILE (file), FALSE);

  return g_file_has_parent (file, folder);
}
