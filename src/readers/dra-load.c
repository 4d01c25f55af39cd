/* dra-load.c: the bytes of a file, or one sentence why not.
 *
 * Files are read, not mapped: a file that is cut short while mapped kills the program.
 * They are looked at before they are opened, so that a pipe or device is never waited for.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-load.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gfiledescriptorbased.h>
#include <gio/gunixinputstream.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "article/dra-error.h"
#include "readers/dra-reader-registry.h"

#define CHUNK (1024 * 1024) /* bytes read at a time: how soon a cancel is seen */
/* What a packed file may unpack to: text of any sort stays far below, and a file made to
 * grow without end is stopped before it fills the memory. */
#define MAX_UNPACKED(size) MIN (DRA_READER_MAX_SIZE, 20 * (guint64) (size) + 8 * 1024 * 1024)
#define MAX_TRIES 3         /* readings of a file that keeps changing */

/**
 * dra_load_display_name:
 * @file: a file
 *
 * The file's own name for messages: valid UTF-8, one line, and without the characters
 * that turn text around or hide in it.
 *
 * Returns: (transfer full): the name
 */
char *
dra_load_display_name (GFile *file)
{
  g_autofree char *base = NULL;
  g_autofree char *valid = NULL;
  GString *name = g_string_new (NULL);

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  base = g_file_get_basename (file);
  if (base == NULL)
    base = g_file_get_uri (file);
  valid = g_filename_display_name (base);
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      GUnicodeType type = g_unichar_type (c);

      if (type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT
          || type == G_UNICODE_LINE_SEPARATOR || type == G_UNICODE_PARAGRAPH_SEPARATOR)
        c = 0xFFFD;
      g_string_append_unichar (name, c);
    }

  return g_string_free (name, FALSE);
}

/* One sentence for each way in which a file cannot be had. */
static void
set_sentence (GError    **error,
              GIOErrorEnum code,
              const char  *name,
              const char  *detail)
{
  switch ((int) code)
    {
    case G_IO_ERROR_NOT_FOUND:
    case G_IO_ERROR_NOT_DIRECTORY:
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                   _("“%s” is not there; it may have been moved or deleted."), name);
      break;
    case G_IO_ERROR_PERMISSION_DENIED:
      g_set_error (error, G_IO_ERROR, code,
                   _("You do not have permission to read “%s”."), name);
      break;
    case G_IO_ERROR_IS_DIRECTORY:
      g_set_error (error, G_IO_ERROR, code, _("“%s” is a folder, not an article."), name);
      break;
    case G_IO_ERROR_NOT_REGULAR_FILE:
      g_set_error (error, G_IO_ERROR, code,
                   _("“%s” is a device or a pipe, not a file."), name);
      break;
    case G_IO_ERROR_TOO_MANY_LINKS:
      g_set_error (error, G_IO_ERROR, code, _("“%s” is a link that leads to itself."), name);
      break;
    case G_IO_ERROR_FILENAME_TOO_LONG:
      g_set_error (error, G_IO_ERROR, code, _("The name “%s” is too long."), name);
      break;
    case G_IO_ERROR_TOO_MANY_OPEN_FILES:
      g_set_error (error, G_IO_ERROR, code,
                   _("“%s” cannot be opened because too many files are open."), name);
      break;
    default:
      g_set_error (error, G_IO_ERROR, code, _("“%s” could not be read: %s."), name, detail);
    }
}

static void
set_errno_sentence (GError    **error,
                    int         code,
                    const char *name)
{
  set_sentence (error,
                code == ELOOP ? G_IO_ERROR_TOO_MANY_LINKS
                              : (GIOErrorEnum) g_io_error_from_errno (code),
                name, g_strerror (code));
}

static void
set_too_large (GError    **error,
               const char *name)
{
  g_autofree char *limit = g_format_size_full (DRA_READER_MAX_SIZE, G_FORMAT_SIZE_IEC_UNITS);

  g_set_error (error, DRA_ERROR, DRA_ERROR_TOO_LARGE,
               /* Translators: the first is a file name, the second a size like "256 MiB" */
               _("“%s” is larger than %s, the most that Dramatis opens."), name, limit);
}

/* A cancel is reported as such; everything else as a sentence. */
static void
take_io_error (GError    **error,
               GError     *found,
               const char *name)
{
  if (g_error_matches (found, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, found);
  else
    {
      GIOErrorEnum code = found->domain == G_IO_ERROR ? (GIOErrorEnum) found->code : G_IO_ERROR_FAILED;
      g_autofree char *detail = g_strdup (found->message);

      /* The sentence has a full stop of its own. */
      if (g_str_has_suffix (detail, "."))
        detail[strlen (detail) - 1] = '\0';
      set_sentence (error, code, name, detail);
      g_error_free (found);
    }
}

/* Reads to the end.  expected: bytes it will probably be, 0 when that is not known. */
static GBytes *
read_all (GInputStream  *stream,
          gsize          expected,
          const char    *name,
          GCancellable  *cancellable,
          GError       **error)
{
  gsize size = MAX (expected + 1, 4096), length = 0;
  g_autofree guint8 *data = g_malloc (size);

  for (;;)
    {
      g_autoptr (GError) found = NULL;
      gssize n;

      if (length == size)
        {
          size *= 2;
          data = g_realloc (data, size);
        }
      n = g_input_stream_read (stream, data + length, MIN (size - length, CHUNK),
                               cancellable, &found);
      if (n < 0)
        {
          take_io_error (error, g_steal_pointer (&found), name);
          return NULL;
        }
      if (n == 0)
        break;
      length += n;
      if (length > DRA_READER_MAX_SIZE)
        {
          set_too_large (error, name);
          return NULL;
        }
    }

  data = g_realloc (data, MAX (length, 1));
  return g_bytes_new_take (g_steal_pointer (&data), length);
}

/**
 * dra_load_stream:
 * @stream: a stream, standard input say
 * @name: what to call it in a message
 * @cancellable: (nullable): a cancellable
 * @error: return location; the message is one sentence
 *
 * Reads a stream to its end, at most DRA_READER_MAX_SIZE bytes.
 *
 * Returns: (transfer full): its bytes, or %NULL with @error set
 */
GBytes *
dra_load_stream (GInputStream *stream,
                 const char   *name,
                 GCancellable *cancellable,
                 GError      **error)
{
  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return read_all (stream, 0, name, cancellable, error);
}

static gboolean
check_kind (const struct stat *info,
            const char        *name,
            GError           **error)
{
  if (S_ISREG (info->st_mode) && info->st_size > DRA_READER_MAX_SIZE)
    {
      set_too_large (error, name);
      return FALSE;
    }
  if (!S_ISREG (info->st_mode))
    {
      set_sentence (error,
                    S_ISDIR (info->st_mode) ? G_IO_ERROR_IS_DIRECTORY
                                            : G_IO_ERROR_NOT_REGULAR_FILE,
                    name, NULL);
      return FALSE;
    }

  return TRUE;
}

static gboolean
is_unchanged (const struct stat *a,
              const struct stat *b)
{
  return a->st_size == b->st_size && a->st_mtim.tv_sec == b->st_mtim.tv_sec
         && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

/* A file that is written while we read is read again, so that we do not show the head of
 * one version and the tail of another; one that never rests is taken as it came. */
static GBytes *
load_path (const char    *path,
           const char    *name,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (GInputStream) stream = NULL;
  struct stat before, after;
  GBytes *bytes = NULL;
  int fd;

  if (stat (path, &before) != 0)
    {
      set_errno_sentence (error, errno, name);
      return NULL;
    }
  if (!check_kind (&before, name, error))
    return NULL;
  fd = open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  if (fd < 0)
    {
      set_errno_sentence (error, errno, name);
      return NULL;
    }
  stream = g_unix_input_stream_new (fd, TRUE);

  for (guint i = 0; i < MAX_TRIES; i++)
    {
      g_clear_pointer (&bytes, g_bytes_unref);
      if (fstat (fd, &before) != 0 || lseek (fd, 0, SEEK_SET) < 0)
        {
          set_errno_sentence (error, errno, name);
          return NULL;
        }
      if (!check_kind (&before, name, error))
        return NULL;
      bytes = read_all (stream, before.st_size, name, cancellable, error);
      if (bytes == NULL || (fstat (fd, &after) == 0 && is_unchanged (&before, &after)))
        break;
    }

  return bytes;
}

static GBytes *
load_remote (GFile         *file,
             const char    *name,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr (GError) found = NULL;
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (GFileInputStream) stream = NULL;

  info = g_file_query_info (file,
                            G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
                            G_FILE_QUERY_INFO_NONE, cancellable, &found);
  if (info != NULL)
    {
      GFileType type = g_file_info_get_file_type (info);

      if (type == G_FILE_TYPE_DIRECTORY || type == G_FILE_TYPE_SPECIAL)
        {
          set_sentence (error,
                        type == G_FILE_TYPE_DIRECTORY ? G_IO_ERROR_IS_DIRECTORY
                                                      : G_IO_ERROR_NOT_REGULAR_FILE,
                        name, NULL);
          return NULL;
        }
      if (g_file_info_get_size (info) > DRA_READER_MAX_SIZE)
        {
          set_too_large (error, name);
          return NULL;
        }
      stream = g_file_read (file, cancellable, &found);
    }
  if (stream == NULL)
    {
      take_io_error (error, g_steal_pointer (&found), name);
      return NULL;
    }

  return read_all (G_INPUT_STREAM (stream), g_file_info_get_size (info), name, cancellable, error);
}

/**
 * dra_load_file:
 * @file: a file
 * @cancellable: (nullable): a cancellable
 * @error: return location; the message is one sentence naming the file
 *
 * Reads a whole file of at most DRA_READER_MAX_SIZE bytes.  Folders, pipes and devices are
 * refused without being opened, and addresses on the web are never fetched.
 *
 * Returns: (transfer full): its bytes, or %NULL with @error set
 */
GBytes *
dra_load_file (GFile         *file,
               GCancellable  *cancellable,
               GError       **error)
{
  static const char *const web[] = { "http", "https", "ftp", "ftps", "dav", "davs" };
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  name = dra_load_display_name (file);
  path = g_file_get_path (file);
  if (path != NULL)
    return load_path (path, name, cancellable, error);

  for (guint i = 0; i < G_N_ELEMENTS (web); i++)
    if (g_file_has_uri_scheme (file, web[i]))
      {
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                     _("“%s” is an address on the web, and Dramatis opens files only."), name);
        return NULL;
      }

  return load_remote (file, name, cancellable, error);
}

/**
 * dra_load_is_packed:
 * @bytes: the content of a file
 *
 * Returns: whether it is packed with gzip (RFC 1952)
 */
gboolean
dra_load_is_packed (GBytes *bytes)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  return length >= 10 && memcmp (data, "\x1F\x8B\x08", 3) == 0;
}

static GBytes *
unpack (GBytes        *bytes,
        const char    *name,
        GCancellable  *cancellable,
        GError       **error)
{
  g_autoptr (GConverter) converter = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  g_autofree guint8 *chunk = g_malloc (CHUNK);
  g_autoptr (GByteArray) plain = g_byte_array_new ();
  gsize length, at = 0;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  guint64 most = MAX_UNPACKED (length);
  GConverterResult result;

  do
    {
      g_autoptr (GError) found = NULL;
      gsize n_read, n_written;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      result = g_converter_convert (converter, data + at, length - at, chunk, CHUNK,
                                    G_CONVERTER_INPUT_AT_END, &n_read, &n_written, &found);
      if (result == G_CONVERTER_ERROR)
        {
          g_set_error (error, DRA_ERROR, DRA_ERROR_DAMAGED,
                       _("“%s” is compressed with gzip and damaged: it cannot be unpacked."), name);
          return NULL;
        }
      if (plain->len + n_written > most)
        {
          g_autofree char *limit = g_format_size_full (most, G_FORMAT_SIZE_IEC_UNITS);

          g_set_error (error, DRA_ERROR, DRA_ERROR_TOO_LARGE,
                       /* Translators: the first is a file name, the second a size like "8 MiB" */
                       _("“%s” is compressed with gzip and unpacks to more than %s."), name, limit);
          return NULL;
        }
      g_byte_array_append (plain, chunk, n_written);
      at += n_read;
      /* A file may be several packed ones, one behind the other. */
      if (result == G_CONVERTER_FINISHED && at + 10 <= length
          && memcmp (data + at, "\x1F\x8B\x08", 3) == 0)
        {
          g_converter_reset (converter);
          result = G_CONVERTER_CONVERTED;
        }
    }
  while (result != G_CONVERTER_FINISHED);

  return g_byte_array_free_to_bytes (g_steal_pointer (&plain));
}

/**
 * dra_load_unpack:
 * @bytes: the content of a file
 * @name: what to call it in a message
 * @cancellable: (nullable): a cancellable
 * @error: return location; the message is one sentence naming the file
 *
 * Unpacks a file that is packed with gzip, once: to 20 times its size and 8 MiB at most.
 * Sets %DRA_ERROR_DAMAGED, %DRA_ERROR_EMPTY, %DRA_ERROR_TOO_LARGE, %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full): what was in it, @bytes itself when it is not packed, or %NULL
 *   with @error set
 */
GBytes *
dra_load_unpack (GBytes        *bytes,
                 const char    *name,
                 GCancellable  *cancellable,
                 GError       **error)
{
  g_autoptr (GBytes) plain = NULL;

  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  if (!dra_load_is_packed (bytes))
    return g_bytes_ref (bytes);

  plain = unpack (bytes, name, cancellable, error);
  if (plain == NULL)
    return NULL;
  if (g_bytes_get_size (plain) == 0)
    {
      g_set_error (error, DRA_ERROR, DRA_ERROR_EMPTY, _("“%s” is compressed with gzip, and what is in it is empty."), name);
      return NULL;
    }
  if (dra_load_is_packed (plain))
    {
      g_set_error (error, DRA_ERROR, DRA_ERROR_NOT_TEXT,
                   _("“%s” is compressed with gzip more than once; unpack it and open what is inside."), name);
      return NULL;
    }

  return g_steal_pointer (&plain);
}
