/* dra-test.c: what every test program needs.  SPDX-License-Identifier: GPL-3.0-or-later */
#include "dra-test.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <unistd.h>

#define MAX_FOLDERS 64

static const char *
source_root (void)
{
  const char *root = g_getenv ("DRAMATIS_SOURCE_ROOT");

  return root != NULL ? root : ".";
}

char *
dra_test_shared (const char *relative)
{
  const char *shared = g_getenv ("DRAMATIS_SHARED");
  g_autofree char *path = NULL;

  if (shared != NULL && *shared != '\0')
    path = g_build_filename (shared, relative, NULL);
  else
    path = g_build_filename (source_root (), "..", "shared", relative, NULL);

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_autofree char *message = g_strdup_printf (
        "%s is not here (set DRAMATIS_SHARED to the shared data)", relative);

      g_test_skip (message);
      return NULL;
    }

  return g_steal_pointer (&path);
}

char *
dra_test_source (const char *relative)
{
  return g_build_filename (source_root (), relative, NULL);
}

static void
remove_tree (const char *path)
{
  if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    {
      g_autoptr (GDir) dir = NULL;
      const char *name;

      g_chmod (path, 0700);
      dir = g_dir_open (path, 0, NULL);
      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *child = g_build_filename (path, name, NULL);

          remove_tree (child);
        }
    }
  g_remove (path);
}

/* Folders that are to go also when the program ends by an assertion. */
static char *folders[MAX_FOLDERS];
static pid_t owner;

static void
remove_folders (int number)
{
  /* What failed is over; a child that failed has no say about its parent's folders. */
  signal (number, SIG_DFL);
  if (getpid () == owner)
    for (guint i = 0; i < MAX_FOLDERS; i++)
      if (folders[i] != NULL)
        remove_tree (folders[i]);
  raise (number);
}

char *
dra_test_mkdtemp (void)
{
  g_autoptr (GError) error = NULL;
  char *path = g_dir_make_tmp ("dramatis-test-XXXXXX", &error);

  g_assert_no_error (error);
  if (owner != getpid ())
    {
      for (guint i = 0; i < MAX_FOLDERS; i++)
        g_clear_pointer (&folders[i], g_free);
      owner = getpid ();
      signal (SIGABRT, remove_folders);
      signal (SIGTRAP, remove_folders);
      signal (SIGTERM, remove_folders);
    }
  for (guint i = 0; i < MAX_FOLDERS; i++)
    if (folders[i] == NULL)
      {
        folders[i] = g_strdup (path);
        break;
      }

  return path;
}

void
dra_test_rmtree (char *path)
{
  for (guint i = 0; i < MAX_FOLDERS; i++)
    if (g_strcmp0 (folders[i], path) == 0)
      g_clear_pointer (&folders[i], g_free);
  remove_tree (path);
  g_free (path);
}

void
dra_test_finalize (gpointer object)
{
  gpointer weak = object;

  g_object_add_weak_pointer (object, &weak);
  g_object_unref (object);
  for (guint i = 0; i < 1000 && g_atomic_pointer_get (&weak) != NULL; i++)
    g_usleep (5000);
  g_assert_null (g_atomic_pointer_get (&weak));
}
