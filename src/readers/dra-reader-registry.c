/* dra-reader-registry.c: picks the reader for a file and runs it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-reader-registry.h"

#include <gio/gunixinputstream.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "article/dra-article-private.h"
#include "article/dra-error.h"
#include "readers/dra-encoding.h"
#include "readers/dra-format.h"
#include "readers/dra-lines-reader.h"
#include "readers/dra-load.h"
#include "readers/dra-reader-rows.h"
#include "readers/dra-text-reader.h"

#define N_READERS (2 + DRA_N_READER_ROWS)

static DraReadFunc provided[N_READERS];

/* Asked in this order; of equal answers the first counts. */
static const DraReader *const *
get_readers (void)
{
  static gsize once = 0;
  static const DraReader *readers[N_READERS] = { &dra_text_reader, &dra_lines_reader };

  if (g_once_init_enter (&once))
    {
      for (guint i = 0; i < DRA_N_READER_ROWS; i++)
        readers[i + 2] = &dra_reader_rows[i];
      g_once_init_leave (&once, 1);
    }

  return readers;
}

static int
find_index (const char *id)
{
  const DraReader *const *readers = get_readers ();

  for (int i = 0; i < N_READERS; i++)
    if (strcmp (readers[i]->id, id) == 0)
      return i;

  return -1;
}

/**
 * dra_reader_registry_provide:
 * @id: the id of a reader whose row has no function
 * @read: the function that reads the format
 *
 * Lets this process read a format itself.  Call it before anything is read.
 */
void
dra_reader_registry_provide (const char  *id,
                             DraReadFunc  read)
{
  int i;

  g_return_if_fail (id != NULL);
  g_return_if_fail (read != NULL);

  i = find_index (id);
  g_return_if_fail (i >= 0);
  provided[i] = read;
}

/**
 * dra_reader_registry_list:
 * @n_readers: (out): how many there are
 *
 * Returns: (array length=n_readers) (transfer none): all readers
 */
const DraReader *const *
dra_reader_registry_list (guint *n_readers)
{
  g_return_val_if_fail (n_readers != NULL, NULL);

  *n_readers = N_READERS;

  return get_readers ();
}

/**
 * dra_reader_registry_find:
 * @id: the id of a reader, "text" say
 *
 * Returns: (transfer none) (nullable): the reader
 */
const DraReader *
dra_reader_registry_find (const char *id)
{
  int i;

  g_return_val_if_fail (id != NULL, NULL);

  i = find_index (id);

  return i >= 0 ? get_readers ()[i] : NULL;
}

static gboolean
can_read (const DraReader *reader)
{
  return reader->package == NULL || reader->fallback != NULL;
}

/**
 * dra_reader_registry_get_types:
 *
 * Returns: (array zero-terminated=1) (transfer none): the content types that can be
 *   opened by this build, each once
 */
const char *const *
dra_reader_registry_get_types (void)
{
  static gsize once = 0;
  static const char **types = NULL;

  if (g_once_init_enter (&once))
    {
      const DraReader *const *readers = get_readers ();
      GPtrArray *all = g_ptr_array_new ();

      for (guint i = 0; i < N_READERS; i++)
        for (guint k = 0; can_read (readers[i]) && readers[i]->types[k] != NULL; k++)
          if (!g_ptr_array_find_with_equal_func (all, readers[i]->types[k], g_str_equal, NULL))
            g_ptr_array_add (all, (gpointer) readers[i]->types[k]);
      g_ptr_array_add (all, NULL);
      types = (const char **) g_ptr_array_free (all, FALSE);
      g_once_init_leave (&once, 1);
    }

  return types;
}

static gboolean
has_suffix (const DraReader *reader,
            const char      *name)
{
  for (guint i = 0; reader->suffixes[i] != NULL; i++)
    if (dra_sniff_has_suffix (name, reader->suffixes[i]))
      return TRUE;

  return FALSE;
}

/* Content decides; a name that fits tips the balance between readers that are unsure, and
 * what is no text at all is only what it is for certain. */
static const DraReader *
choose (const DraSniff *file)
{
  const DraReader *const *readers = get_readers ();
  const DraReader *best = NULL;
  gboolean text = FALSE;
  int best_score = 0;

  for (guint i = 0; i < N_READERS; i++)
    {
      int score = readers[i]->sniff (file);

      if (i == 0)
        text = score > 0;
      if (!text && score < DRA_SNIFF_FORM)
        continue;
      if (score > 0 && score < 100 && has_suffix (readers[i], file->name))
        score++;
      if (score > best_score)
        {
          best = readers[i];
          best_score = score;
        }
    }

  return best;
}

static void
set_unknown_reader (GError    **error,
                    const char *name,
                    const char *as)
{
  g_autoptr (GString) ids = g_string_new (NULL);

  for (guint i = 0; i < N_READERS; i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? ", " : "", get_readers ()[i]->id);
  g_set_error (error, DRA_ERROR, DRA_ERROR_UNSUPPORTED,
               /* Translators: a file name, a word the person gave, the words there are */
               _("“%s” cannot be read as “%s”; what it can be read as is %s."), name, as, ids->str);
}

static void
set_unknown_format (GError         **error,
                    const DraSniff  *file)
{
  const DraFormat *format = dra_format_find (file);

  if (format != NULL)
    g_set_error (error, DRA_ERROR,
                 format->kind == DRA_FORMAT_DOCUMENT ? DRA_ERROR_UNSUPPORTED : DRA_ERROR_NOT_TEXT,
                 g_dgettext (GETTEXT_PACKAGE, format->sentence), file->name);
  else
    g_set_error (error, DRA_ERROR, DRA_ERROR_NOT_TEXT,
                 _("“%s” is not text, nor any other article that Dramatis knows."), file->name);
}

/**
 * dra_reader_registry_choose:
 * @bytes: the content of a file, not packed
 * @name: its name, for messages and where the content leaves a choice
 * @as: (nullable): id of the reader to use, or %NULL to choose
 * @error: return location
 *
 * Finds what a file is.  Sets %DRA_ERROR_NOT_TEXT and %DRA_ERROR_UNSUPPORTED.
 *
 * Returns: (transfer none): its reader, or %NULL with @error set
 */
const DraReader *
dra_reader_registry_choose (GBytes      *bytes,
                            const char  *name,
                            const char  *as,
                            GError     **error)
{
  const DraReader *reader;
  const guint8 *data;
  gsize length;
  DraSniff file;

  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  if (as != NULL)
    {
      reader = dra_reader_registry_find (as);
      if (reader == NULL)
        set_unknown_reader (error, name, as);
      return reader;
    }

  data = g_bytes_get_data (bytes, &length);
  dra_sniff_init (&file, data, length, name);
  reader = choose (&file);
  if (reader == NULL)
    set_unknown_format (error, &file);
  dra_sniff_clear (&file);

  return reader;
}

/* What reads a format here, or one sentence why nothing does. */
static DraReadFunc
find_function (const DraReader  *reader,
               const char       *name,
               GError          **error)
{
  DraReadFunc read = provided[find_index (reader->id)];

  if (read == NULL)
    read = reader->read;
  if (read == NULL && reader->fallback != NULL)
    read = dra_reader_registry_find (reader->fallback)->read;
  if (read == NULL && reader->package != NULL)
    g_set_error (error, DRA_ERROR, DRA_ERROR_UNSUPPORTED,
                 /* Translators: a file name, what it is ("a PDF document"), a package */
                 _("“%s” is %s, and this Dramatis was built without the library that reads it, "
                   "which the package %s brings."),
                 name, g_dgettext (GETTEXT_PACKAGE, reader->what), reader->package);
  else if (read == NULL)
    g_set_error (error, DRA_ERROR, DRA_ERROR_UNSUPPORTED,
                 /* Translators: a file name, what it is ("a PDF document") */
                 _("“%s” is %s, and this Dramatis was built without what reads it."),
                 name, g_dgettext (GETTEXT_PACKAGE, reader->what));

  return read;
}

/* The article is nobody else's yet, so what it came from can still be written on it. */
static void
set_source (DraReading *reading,
            const char *uri,
            const char *type)
{
  const char *known = dra_article_get_metadata (reading->article, DRA_METADATA_SOURCE_TYPE);

  dra_article_set_source (reading->article, uri, known != NULL ? NULL : type);
}

static DraReading *
read_bytes (GBytes            *bytes,
            const char        *name,
            const char        *uri,
            const char        *as,
            DraReadingExtent   extent,
            GCancellable      *cancellable,
            GError           **error)
{
  g_autoptr (GBytes) unpacked = NULL;
  const DraReader *reader;
  DraReadFunc read;
  DraReading *reading;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (g_bytes_get_size (bytes) == 0)
    {
      g_set_error (error, DRA_ERROR, DRA_ERROR_EMPTY, _("“%s” is empty."), name);
      return NULL;
    }
  unpacked = dra_load_unpack (bytes, name, cancellable, error);
  if (unpacked == NULL)
    return NULL;
  reader = dra_reader_registry_choose (unpacked, name, as, error);
  if (reader != NULL && reader->page != NULL && extent == DRA_READING_PAGE)
    reader = dra_reader_registry_find (reader->page);
  read = reader != NULL ? find_function (reader, name, error) : NULL;
  if (read == NULL)
    return NULL;

  reading = read (unpacked, name, cancellable, error);
  if (reading != NULL)
    set_source (reading, uri, reader->types[0]);

  return reading;
}

/**
 * dra_reader_registry_read_bytes:
 * @bytes: the content of a file
 * @name: its name, for messages and to choose the reader
 * @as: (nullable): id of the reader to use, or %NULL to choose
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Reads an article that is in memory already.  Sets %DRA_ERROR_EMPTY, %DRA_ERROR_NOT_TEXT,
 * %DRA_ERROR_UNSUPPORTED, %DRA_ERROR_TOO_LARGE, what the reader sets, and
 * %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full): the reading, or %NULL with @error set
 */
DraReading *
dra_reader_registry_read_bytes (GBytes        *bytes,
                                const char    *name,
                                const char    *as,
                                GCancellable  *cancellable,
                                GError       **error)
{
  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return read_bytes (bytes, name, NULL, as, DRA_READING_ALL, cancellable, error);
}

/**
 * dra_reader_registry_read_extent:
 * @bytes: the content of a file
 * @name: its name, for messages and to choose the reader
 * @as: (nullable): id of the reader to use, or %NULL to choose
 * @extent: %DRA_READING_PAGE for the whole page of a file of which otherwise only the
 *   article is shown; all else is what dra_reader_registry_read_bytes() gives
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Reads as dra_reader_registry_read_bytes() does, as much as is asked for.
 *
 * Returns: (transfer full): the reading, or %NULL with @error set
 */
DraReading *
dra_reader_registry_read_extent (GBytes            *bytes,
                                 const char        *name,
                                 const char        *as,
                                 DraReadingExtent   extent,
                                 GCancellable      *cancellable,
                                 GError           **error)
{
  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return read_bytes (bytes, name, NULL, as, extent, cancellable, error);
}

/**
 * dra_reader_registry_read:
 * @file: a file
 * @as: (nullable): id of the reader to use, or %NULL to choose
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Reads the article in a file.  Blocks; see dra_reader_registry_read_async().  Sets what
 * dra_reader_registry_read_bytes() sets, and %G_IO_ERROR; each message is one translated
 * sentence that names the file.
 *
 * Returns: (transfer full): the reading, or %NULL with @error set
 */
DraReading *
dra_reader_registry_read (GFile         *file,
                          const char    *as,
                          GCancellable  *cancellable,
                          GError       **error)
{
  g_autofree char *name = NULL;
  g_autofree char *uri = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  bytes = dra_load_file (file, cancellable, error);
  if (bytes == NULL)
    return NULL;
  name = dra_load_display_name (file);
  uri = g_file_get_uri (file);

  return read_bytes (bytes, name, uri, as, DRA_READING_ALL, cancellable, error);
}

/**
 * dra_reader_registry_read_stdin:
 * @as: (nullable): id of the reader to use, or %NULL to choose
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Reads the article that comes on standard input, to its end.  The article has no source
 * URI.  Errors are those of dra_reader_registry_read().
 *
 * Returns: (transfer full): the reading, or %NULL with @error set
 */
DraReading *
dra_reader_registry_read_stdin (const char    *as,
                                GCancellable  *cancellable,
                                GError       **error)
{
  g_autoptr (GInputStream) stream = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GBytes) bytes = NULL;
  const char *name = _("standard input");

  bytes = dra_load_stream (stream, name, cancellable, error);
  if (bytes == NULL)
    return NULL;

  return read_bytes (bytes, name, NULL, as, DRA_READING_ALL, cancellable, error);
}

static void
read_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  DraReading *reading = dra_reader_registry_read (G_FILE (source), task_data, cancellable, &error);

  if (reading != NULL)
    g_task_return_pointer (task, reading, (GDestroyNotify) dra_reading_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * dra_reader_registry_read_async:
 * @file: a file
 * @as: (nullable): id of the reader to use, or %NULL to choose
 * @cancellable: (nullable): a cancellable
 * @callback: called on the caller's main context
 * @user_data: for @callback
 *
 * Reads the article in a file on a thread of its own.
 */
void
dra_reader_registry_read_async (GFile               *file,
                                const char          *as,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (file, cancellable, callback, user_data);
  g_task_set_source_tag (task, dra_reader_registry_read_async);
  g_task_set_task_data (task, g_strdup (as), g_free);
  g_task_run_in_thread (task, read_thread);
}

/**
 * dra_reader_registry_read_finish:
 * @file: the file
 * @result: what the callback was given
 * @error: return location, see dra_reader_registry_read()
 *
 * Returns: (transfer full): the reading, or %NULL with @error set
 */
DraReading *
dra_reader_registry_read_finish (GFile         *file,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, file), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
