/* dra-confine-held.c: files that a confined worker can still read, opened beforehand.
 *
 * A library may have tables in files and read them when a document asks for one, such as
 * poppler with the encodings of Chinese, Japanese and Korean.  The files are opened while
 * that is still allowed; the call that opens one later is refused by the kernel, and the
 * handler of that (dra-confine-filter.c) answers with a copy of the descriptor held.  The
 * filter allows no more than for a worker that holds nothing, but to copy a descriptor.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "worker/dra-confine-private.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_HELD 512 /* files; poppler-data has 266 */
#define MAX_DEPTH 4  /* of folders */

/* Not on the heap: a signal may come while that is in no good state. */
static struct
{
  char *path;
  int   fd;
} held[MAX_HELD];
static guint n_held;
static int last_held;

static void
hold (char *path,
      int   fd)
{
  held[n_held].path = path;
  held[n_held].fd = fd;
  n_held++;
  last_held = MAX (last_held, fd);
}

static void
hold_folder (const char *path,
             guint       depth)
{
  DIR *folder = depth < MAX_DEPTH ? opendir (path) : NULL;
  const struct dirent *entry;

  while (folder != NULL && n_held < MAX_HELD && (entry = readdir (folder)) != NULL)
    {
      g_autofree char *name = NULL;
      struct stat info;
      int fd;

      if (entry->d_name[0] == '.')
        continue;
      name = g_strconcat (path, "/", entry->d_name, NULL);
      fd = open (name, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
      if (fd < 0)
        continue;
      if (fstat (fd, &info) == 0 && S_ISREG (info.st_mode))
        {
          hold (g_steal_pointer (&name), fd);
          continue;
        }
      close (fd);
      if (S_ISDIR (info.st_mode))
        hold_folder (name, depth + 1);
    }
  if (folder != NULL)
    closedir (folder);
}

/**
 * dra_confine_hold_folder:
 * @path: an absolute path without a slash at its end
 *
 * Opens the files in a folder and below it, for reading, before dra_confine().  What is not
 * there is left out.
 */
void
dra_confine_hold_folder (const char *path)
{
  g_return_if_fail (path != NULL && *path == '/');

  hold_folder (path, 0);
}

int
dra_confine_get_last_held (void)
{
  return last_held;
}

/* Copies share their place in the file, so each begins at its beginning; two copies of one
 * file are not read by turns. */
int
dra_confine_open_held (const char *path)
{
  for (guint i = 0; i < n_held; i++)
    if (strcmp (held[i].path, path) == 0)
      {
        int fd = dup (held[i].fd);

        if (fd >= 0)
          lseek (fd, 0, SEEK_SET);
        return fd;
      }

  return -1;
}
