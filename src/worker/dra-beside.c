/* dra-beside.c: files that lie beside an article, and are opened nowhere else.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "worker/dra-worker-client.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "article/dra-error.h"
#include "readers/dra-load.h"

/* From linux/openat2.h, which may be older than the kernel. */
#define OPENAT2 437
#define NO_MAGICLINKS 0x02
#define BENEATH 0x08

/* One part after the other, and no link at all: for kernels without openat2(2). */
static int
open_by_parts (int         folder,
               const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  int at = fcntl (folder, F_DUPFD_CLOEXEC, 0);

  for (guint i = 0; parts[i] != NULL && at >= 0; i++)
    {
      int next;

      if (*parts[i] == '\0' || strcmp (parts[i], ".") == 0)
        continue;
      next = openat (at, parts[i], O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | O_NOFOLLOW);
      close (at);
      at = next;
    }

  return at;
}

/* Links are followed as long as they stay below the folder. */
static int
open_beneath (int         folder,
              const char *path)
{
  struct
  {
    guint64 flags, mode, resolve;
  } how = { O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0, BENEATH | NO_MAGICLINKS };
  int fd = (int) syscall (OPENAT2, folder, path, &how, sizeof how);

  return fd < 0 && (errno == ENOSYS || errno == EPERM) ? open_by_parts (folder, path) : fd;
}

/* The path that a relative reference names, or NULL when it may lead elsewhere. */
static char *
get_relative_path (const char *source)
{
  g_autofree char *reference = g_strndup (source, strcspn (source, "?#"));
  g_autofree char *path = g_uri_unescape_string (reference, NULL);
  g_auto (GStrv) parts = NULL;

  if (path == NULL || *path == '\0' || *path == '/' || strchr (path, '\\') != NULL
      || g_uri_peek_scheme (source) != NULL)
    return NULL;
  parts = g_strsplit (path, "/", -1);
  if (g_strv_contains ((const char *const *) parts, ".."))
    return NULL;

  return g_steal_pointer (&path);
}

/**
 * dra_worker_load_beside:
 * @article: the article's file
 * @source: source of an image's block, a relative reference
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Reads a file that lies beside the article, in its own folder or below it: no address, no
 * absolute path, no "..", and no link that leads out.  At most %DRA_BESIDE_MAX_SIZE bytes.
 * Sets %G_IO_ERROR and %DRA_ERROR_REFUSED, %DRA_ERROR_TOO_LARGE.
 *
 * Returns: (transfer full): its bytes, or %NULL with @error set
 */
GBytes *
dra_worker_load_beside (GFile         *article,
                        const char    *source,
                        GCancellable  *cancellable,
                        GError       **error)
{
  g_autoptr (GFile) parent = NULL;
  g_autoptr (GInputStream) stream = NULL;
  g_autofree char *folder_path = NULL;
  g_autofree char *path = NULL;
  struct stat info;
  int folder, fd;

  g_return_val_if_fail (G_IS_FILE (article), NULL);
  g_return_val_if_fail (source != NULL, NULL);

  parent = g_file_get_parent (article);
  folder_path = parent != NULL ? g_file_get_path (parent) : NULL;
  path = get_relative_path (source);
  if (folder_path == NULL || path == NULL)
    {
      g_set_error (error, DRA_ERROR, DRA_ERROR_REFUSED,
                   _("“%s” is not a file beside the article."), source);
      return NULL;
    }

  folder = open (folder_path, O_PATH | O_DIRECTORY | O_CLOEXEC);
  fd = folder >= 0 ? open_beneath (folder, path) : -1;
  if (folder >= 0)
    close (folder);
  if (fd < 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
                   _("“%s” cannot be opened beside the article."), source);
      return NULL;
    }
  stream = g_unix_input_stream_new (fd, TRUE);
  if (fstat (fd, &info) != 0 || !S_ISREG (info.st_mode) || info.st_size > DRA_BESIDE_MAX_SIZE)
    {
      g_set_error (error, DRA_ERROR, DRA_ERROR_TOO_LARGE,
                   _("“%s” is not a file, or too large for an image."), source);
      return NULL;
    }

  return dra_load_stream (stream, source, cancellable, error);
}
