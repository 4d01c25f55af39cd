/* test-dra-test.c: what the tests themselves rely on.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>
#include <stdlib.h>

#include "dra-test.h"

/* An assertion leaves no folder behind. */
static void
test_folders (void)
{
  if (g_test_subprocess ())
    {
      char *folder = dra_test_mkdtemp ();
      g_autofree char *inner = g_build_filename (folder, "a", "b", NULL);

      g_assert_cmpint (g_mkdir_with_parents (inner, 0700), ==, 0);
      g_assert_true (g_file_set_contents (g_getenv ("DRA_TEST_NOTE"), folder, -1, NULL));
      abort (); /* as an assertion does, but for one in a subprocess of GTest */
    }
  else
    {
      char *folder = dra_test_mkdtemp ();
      g_autofree char *note = g_build_filename (folder, "note", NULL);
      g_autofree char *gone = NULL;

      g_setenv ("DRA_TEST_NOTE", note, TRUE);
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_failed ();
      g_assert_true (g_file_get_contents (note, &gone, NULL, NULL));
      g_assert_false (g_file_test (gone, G_FILE_TEST_EXISTS));
      g_assert_true (g_file_test (folder, G_FILE_TEST_IS_DIR));
      dra_test_rmtree (folder);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dra-test/folders", test_folders);

  return g_test_run ();
}
