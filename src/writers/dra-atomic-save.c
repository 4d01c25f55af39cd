/* dra-atomic-save.c: puts bytes into a file so that a reader sees the old one or the new.
 *
 * GLib's g_file_replace() does most of this, but it follows no hard link to a protected
 * file, replaces devices, and its messages name the temporary file; so the steps are
 * spelled out here.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "writers/dra-atomic-save.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "article/dra-error.h"

/* One write() call at most, so that cancelling is noticed. */
#define WRITE_CHUNK (1024 * 1024)

/* Symbolic links followed by hand when the last of them points at nothing yet. */
#define MAX_LINKS 40

/* Sets one sentence for errno saved in code while saving to path. */
static void
set_save_error (GError    **error,
                const char *path,
                int         code)
{
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *dir = g_path_get_dirname (path);
  g_autofree char *name = g_filename_display_name (base);
  g_autofree char *folder = g_filename_display_name (dir);
  GIOErrorEnum io_code = g_io_error_from_errno (code);

  switch (code)
    {
    case ENOSPC:
    case EDQUOT:
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
                   _("“%s” could not be saved: there is no space left in “%s”."),
                   name, folder);
      break;

    case EFBIG:
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
                   _("“%s” could not be saved: it is larger than a file in “%s” may be."),
                   name, folder);
      break;

    case EROFS:
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_READ_ONLY,
                   _("“%s” could not be saved: “%s” can only be read."), name, folder);
      break;

    case EACCES:
    case EPERM:
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                   _("“%s” could not be saved: you may not write in “%s”."), name, folder);
      break;

    case ENOENT:
    case ENOTDIR:
      g_set_error (error, G_IO_ERROR, io_code,
                   _("“%s” could not be saved: there is no folder “%s”."), name, folder);
      break;

    case EISDIR:
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY,
                   _("“%s” could not be saved: there is a folder of that name in “%s”."),
                   name, folder);
      break;

    case ENAMETOOLONG:
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FILENAME_TOO_LONG,
                   _("“%s” could not be saved in “%s”: the name is too long."),
                   name, folder);
      break;

    case ELOOP:
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_TOO_MANY_LINKS,
                   _("“%s” could not be saved in “%s”: it is a link that leads in a circle."),
                   name, folder);
      break;

    default:
      g_set_error (error, G_IO_ERROR, io_code,
                   _("“%s” could not be saved in “%s”: %s."),
                   name, folder, g_strerror (code));
      break;
    }
}

static void
set_refused_error (GError    **error,
                   const char *path)
{
  g_autofree char *name = g_filename_display_basename (path);

  g_set_error (error, DRA_ERROR, DRA_ERROR_REFUSED,
               _("“%s” was not replaced: it is the article itself, and a copy never "
                 "replaces it."),
               name);
}

/* The path that path leads to through symbolic links, which need not exist yet.
 * (transfer full), NULL with errno set. */
static char *
resolve_links (const char *path)
{
  g_autofree char *current = g_strdup (path);
  char *real = realpath (path, NULL);

  if (real != NULL)
    {
      char *copy = g_strdup (real);

      free (real);
      return copy;
    }

  for (int i = 0; i < MAX_LINKS; i++)
    {
      char target[PATH_MAX];
      ssize_t length = readlink (current, target, sizeof target - 1);
      g_autofree char *dir = NULL;
      char *next;

      if (length < 0)
        return g_steal_pointer (&current);

      target[length] = '\0';
      dir = g_path_get_dirname (current);
      next = g_path_is_absolute (target) ? g_strdup (target)
                                         : g_build_filename (dir, target, NULL);
      g_free (current);
      current = next;
    }

  errno = ELOOP;
  return NULL;
}

/* Whether path is one of the protected files, by its links too.  info: (nullable) the
 * result of stat() on path. */
static gboolean
is_protected (const char        *path,
              const struct stat *info,
              const char *const *uris)
{
  for (guint i = 0; uris != NULL && uris[i] != NULL; i++)
    {
      g_autoptr (GFile) file = g_file_new_for_uri (uris[i]);
      g_autofree char *source = g_file_get_path (file);
      struct stat source_info;

      if (source == NULL || info == NULL)
        continue;
      if (g_strcmp0 (source, path) == 0)
        return TRUE;
      if (stat (source, &source_info) == 0 && source_info.st_dev == info->st_dev
          && source_info.st_ino == info->st_ino)
        return TRUE;
    }

  return FALSE;
}

/* Writes all of bytes; FALSE with errno set, or with error set when cancelled. */
static gboolean
write_all (int            fd,
           GBytes        *bytes,
           GCancellable  *cancellable,
           GError       **error)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  for (gsize done = 0; done < size;)
    {
      ssize_t n;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;

      n = write (fd, data + done, MIN (size - done, WRITE_CHUNK));
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      done += (gsize) n;
    }

  return TRUE;
}

/* A pipe or a device is written to as it stands: renaming over it would destroy it. */
static gboolean
write_in_place (const char    *path,
                GBytes        *bytes,
                GCancellable  *cancellable,
                GError       **error)
{
  int fd = open (path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
  gboolean ok;

  if (fd < 0)
    {
      set_save_error (error, path, errno);
      return FALSE;
    }

  ok = write_all (fd, bytes, cancellable, error);
  if (!ok && (error == NULL || *error == NULL))
    set_save_error (error, path, errno);
  if (close (fd) != 0 && ok)
    {
      set_save_error (error, path, errno);
      ok = FALSE;
    }

  return ok;
}

/* Gives the new file the group and permissions of the one it replaces.  Where the group
 * cannot be given, its permissions are not given to another group either. */
static void
copy_permissions (int                fd,
                  const struct stat *old)
{
  mode_t mode = old->st_mode & 0777;
  struct stat now;

  if (fstat (fd, &now) == 0 && (now.st_gid != old->st_gid || now.st_uid != old->st_uid)
      && fchown (fd, old->st_uid, old->st_gid) != 0
      && now.st_gid != old->st_gid && fchown (fd, (uid_t) -1, old->st_gid) != 0)
    mode &= (mode_t) ~(S_IRWXG & ~((old->st_mode & S_IRWXO) << 3));

  if (fchmod (fd, mode) != 0)
    g_debug ("Permissions of the older copy not kept: %s", g_strerror (errno));
}

/* The name is changed already: a folder that cannot be synchronized is no failure. */
static void
sync_folder (const char *dir)
{
  int fd = open (dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return;
  if (fsync (fd) != 0)
    g_debug ("Folder not synchronized: %s", g_strerror (errno));
  close (fd);
}

static gboolean
replace_file (const char         *path,
              const struct stat  *old,
              GBytes             *bytes,
              GCancellable       *cancellable,
              GError            **error)
{
  g_autofree char *dir = g_path_get_dirname (path);
  g_autofree char *temporary = g_build_filename (dir, DRA_ATOMIC_SAVE_PREFIX "XXXXXX", NULL);
  g_autoptr (GError) local_error = NULL;
  gboolean ok;
  int code = 0;
  int fd;

  /* The name is tried first, so that its error is not found after all is written. */
  if (old != NULL && access (path, W_OK) != 0)
    {
      set_save_error (error, path, errno);
      return FALSE;
    }

  /* Mode 0666: the kernel takes the umask off, as for any new file. */
  fd = g_mkstemp_full (temporary, O_RDWR | O_CLOEXEC, 0666);
  if (fd < 0)
    {
      set_save_error (error, path, errno);
      return FALSE;
    }

  if (old != NULL)
    copy_permissions (fd, old);

  ok = write_all (fd, bytes, cancellable, &local_error);
  if (!ok)
    code = errno;
  if (ok && fsync (fd) != 0 && errno != EINVAL)
    {
      code = errno;
      ok = FALSE;
    }
  if (close (fd) != 0 && ok)
    {
      code = errno;
      ok = FALSE;
    }
  if (ok && rename (temporary, path) != 0)
    {
      code = errno;
      ok = FALSE;
    }

  if (!ok)
    {
      unlink (temporary);
      if (local_error != NULL)
        g_propagate_error (error, g_steal_pointer (&local_error));
      else
        set_save_error (error, path, code);
      return FALSE;
    }

  sync_folder (dir);
  return TRUE;
}

/* Files behind GVfs: its own replace is as atomic as the far side allows. */
static gboolean
replace_remote (GFile         *target,
                GBytes        *bytes,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *name = NULL;
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  if (g_file_replace_contents (target, data, size, NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                               cancellable, &local_error))
    return TRUE;

  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  name = g_file_get_parse_name (target);
  g_set_error (error, local_error->domain, local_error->code,
               _("“%s” could not be saved: %s"), name, local_error->message);
  return FALSE;
}

/**
 * dra_atomic_save:
 * @target: the file to make or replace; symbolic links are followed and kept
 * @bytes: its whole content
 * @protected_uris: (nullable) (array zero-terminated=1): files that are never replaced
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Saves @bytes as @target: whole, or not at all.  Permissions of a file that is replaced
 * are kept.  A device or pipe is written to directly.
 *
 * Sets %DRA_ERROR_REFUSED when @target is one of @protected_uris (under this or another
 * name), or a %G_IO_ERROR whose message is one sentence that names the file.
 *
 * Returns: whether it was saved
 */
gboolean
dra_atomic_save (GFile               *target,
                 GBytes              *bytes,
                 const char *const   *protected_uris,
                 GCancellable        *cancellable,
                 GError             **error)
{
  g_autofree char *path = NULL;
  g_autofree char *real = NULL;
  struct stat info;
  gboolean exists;

  g_return_val_if_fail (G_IS_FILE (target), FALSE);
  g_return_val_if_fail (bytes != NULL, FALSE);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  path = g_file_get_path (target);
  if (path == NULL)
    {
      g_autofree char *uri = g_file_get_uri (target);

      if (protected_uris != NULL && g_strv_contains (protected_uris, uri))
        {
          set_refused_error (error, uri);
          return FALSE;
        }
      return replace_remote (target, bytes, cancellable, error);
    }

  exists = stat (path, &info) == 0;
  if (!exists && errno != ENOENT)
    {
      set_save_error (error, path, errno);
      return FALSE;
    }
  if (exists && is_protected (path, &info, protected_uris))
    {
      set_refused_error (error, path);
      return FALSE;
    }
  if (exists && S_ISDIR (info.st_mode))
    {
      set_save_error (error, path, EISDIR);
      return FALSE;
    }
  if (exists && !S_ISREG (info.st_mode))
    return write_in_place (path, bytes, cancellable, error);

  real = resolve_links (path);
  if (real == NULL)
    {
      set_save_error (error, path, errno);
      return FALSE;
    }

  return replace_file (real, exists ? &info : NULL, bytes, cancellable, error);
}
