/* dra-zip.c: a ZIP container that nobody trusts, its entries by name.
 *
 * libarchive reads forward only, so a cursor stands before one entry: what comes later is
 * reached by skipping headers, what came before by starting again.  Who needs many entries
 * in an order of its own prefetches them, which takes one pass.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-zip.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gi18n-lib.h>
#include <locale.h>
#include <string.h>

#include "article/dra-error.h"

#define CHUNK (64 * 1024) /* bytes unpacked at a time, and between looks at the cancellable */

typedef struct
{
  char    *path;
  guint    position; /* how many headers stand before it */
  gboolean encrypted;
  GBytes  *bytes;    /* (nullable): prefetched */
} Entry;

struct _DraZip
{
  GBytes         *bytes;
  char           *name;
  GCancellable   *cancellable;
  GArray         *entries;       /* of Entry, in the order of the archive */
  GHashTable     *by_path;       /* path -> index + 1 */
  GHashTable     *by_lower_path; /* the same in lower case: part names of OOXML have none */
  struct archive *archive;       /* (nullable): the cursor */
  guint           cursor;        /* headers read from it */
  guint64         left;          /* bytes that may still be unpacked */
};

static void
set_damaged (GError    **error,
             const char *name)
{
  g_set_error (error, DRA_ERROR, DRA_ERROR_DAMAGED,
               _("“%s” is damaged or incomplete: its archive cannot be unpacked."), name);
}

static void
set_too_large (GError    **error,
               const char *name)
{
  g_set_error (error, DRA_ERROR, DRA_ERROR_TOO_LARGE,
               _("“%s” would unpack to far more than an article."), name);
}

static void
set_encrypted (GError    **error,
               const char *name)
{
  g_set_error (error, DRA_ERROR, DRA_ERROR_UNSUPPORTED,
               _("“%s” is encrypted; open it in the program that made it and save it without a password."),
               name);
}

/* A name as the maps have it: no "." and "..", no slash at either end. */
static char *
clean_path (const char *path)
{
  g_autofree char *copy = g_strdup (path);
  g_auto (GStrv) parts = NULL;
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();

  g_strdelimit (copy, "\\", '/');
  parts = g_strsplit (copy, "/", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (strcmp (parts[i], "..") == 0)
        {
          if (kept->len > 0)
            g_ptr_array_set_size (kept, (gint) kept->len - 1);
        }
      else if (*parts[i] != '\0' && strcmp (parts[i], ".") != 0)
        g_ptr_array_add (kept, parts[i]);
    }
  g_ptr_array_add (kept, NULL);

  return g_strjoinv ("/", (char **) kept->pdata);
}

/* Whether an entry's own name leads out of the archive. */
static gboolean
leads_out (const char *path)
{
  int depth = 0;

  for (const char *p = path; *p != '\0';)
    {
      gsize n = strcspn (p, "/\\");

      if (n == 2 && p[0] == '.' && p[1] == '.')
        depth--;
      else if (n > 0 && !(n == 1 && p[0] == '.'))
        depth++;
      if (depth < 0)
        return TRUE;
      p += n;
      while (*p == '/' || *p == '\\')
        p++;
    }

  return *path == '/' || *path == '\\';
}

static gboolean
open_archive (DraZip *self)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (self->bytes, &length);

  if (self->archive != NULL)
    archive_read_free (self->archive);
  self->cursor = 0;
  self->archive = archive_read_new ();
  if (self->archive == NULL)
    return FALSE;
  archive_read_support_format_zip (self->archive);

  return archive_read_open_memory (self->archive, data, length) == ARCHIVE_OK;
}

/* Names are converted through the locale, whatever the program's is: here it has to be
 * one that knows every character. */
static int
next_header (DraZip                *self,
             struct archive_entry **entry)
{
  static gsize once = 0;
  static locale_t utf8 = (locale_t) 0;
  locale_t before = (locale_t) 0;
  int status;

  if (g_once_init_enter (&once))
    {
      utf8 = newlocale (LC_CTYPE_MASK, "C.UTF-8", (locale_t) 0);
      g_once_init_leave (&once, 1);
    }
  if (utf8 != (locale_t) 0)
    before = uselocale (utf8);
  status = archive_read_next_header (self->archive, entry);
  if (utf8 != (locale_t) 0)
    uselocale (before);
  self->cursor++;

  return status;
}

static void
add_entry (DraZip               *self,
           struct archive_entry *header)
{
  const char *path = archive_entry_pathname_utf8 (header);
  g_autofree char *valid = NULL;
  g_autofree char *clean = NULL;
  Entry entry = { .position = self->cursor - 1 };
  guint index = self->entries->len;

  if (path == NULL)
    path = archive_entry_pathname (header);
  if (path == NULL || leads_out (path))
    return;
  if (archive_entry_filetype (header) != AE_IFREG && archive_entry_filetype (header) != 0)
    return;

  valid = g_utf8_make_valid (path, -1);
  clean = clean_path (valid);
  /* Of two entries with one name the first counts. */
  if (*clean == '\0' || g_hash_table_contains (self->by_path, clean))
    return;
  entry.path = g_steal_pointer (&clean);
  entry.encrypted = archive_entry_is_encrypted (header);
  g_array_append_val (self->entries, entry);
  g_hash_table_insert (self->by_path, entry.path, GUINT_TO_POINTER (index + 1));
  clean = g_utf8_strdown (entry.path, -1);
  if (!g_hash_table_contains (self->by_lower_path, clean))
    g_hash_table_insert (self->by_lower_path, g_steal_pointer (&clean), GUINT_TO_POINTER (index + 1));
}

static gboolean
read_headers (DraZip  *self,
              GError **error)
{
  if (!open_archive (self))
    {
      set_damaged (error, self->name);
      return FALSE;
    }
  for (;;)
    {
      struct archive_entry *header;
      int status;

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      status = next_header (self, &header);
      if (status == ARCHIVE_EOF)
        return TRUE;
      if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
        {
          set_damaged (error, self->name);
          return FALSE;
        }
      if (self->cursor > DRA_ZIP_MAX_ENTRIES)
        {
          set_too_large (error, self->name);
          return FALSE;
        }
      add_entry (self, header);
    }
}

static void
clear_entry (gpointer data)
{
  Entry *entry = data;

  g_free (entry->path);
  g_clear_pointer (&entry->bytes, g_bytes_unref);
}

/**
 * dra_zip_new:
 * @bytes: a file
 * @name: its name, for messages
 * @cancellable: (nullable): a cancellable, looked at as long as the container is used
 * @error: return location
 *
 * Reads what entries the container has.  Sets %DRA_ERROR_DAMAGED, %DRA_ERROR_TOO_LARGE
 * (more than %DRA_ZIP_MAX_ENTRIES entries), %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full): the container, or %NULL with @error set
 */
DraZip *
dra_zip_new (GBytes        *bytes,
             const char    *name,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr (DraZip) self = NULL;

  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  self = g_new0 (DraZip, 1);
  self->bytes = g_bytes_ref (bytes);
  self->name = g_strdup (name);
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_array_set_clear_func (self->entries, clear_entry);
  self->by_path = g_hash_table_new (g_str_hash, g_str_equal);
  self->by_lower_path = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->left = DRA_ZIP_UNPACKED_FREE + (guint64) g_bytes_get_size (bytes) * DRA_ZIP_UNPACKED_RATIO;

  return read_headers (self, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * dra_zip_free:
 * @self: (nullable): a container
 *
 * Frees the container.
 */
void
dra_zip_free (DraZip *self)
{
  if (self == NULL)
    return;

  if (self->archive != NULL)
    archive_read_free (self->archive);
  g_clear_pointer (&self->by_path, g_hash_table_unref);
  g_clear_pointer (&self->by_lower_path, g_hash_table_unref);
  g_clear_pointer (&self->entries, g_array_unref);
  g_clear_object (&self->cancellable);
  g_bytes_unref (self->bytes);
  g_free (self->name);
  g_free (self);
}

/**
 * dra_zip_get_name:
 * @self: a container
 *
 * Returns: (transfer none): the file's name, for messages
 */
const char *
dra_zip_get_name (DraZip *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}

/**
 * dra_zip_get_n_entries:
 * @self: a container
 *
 * Returns: how many files are in it
 */
guint
dra_zip_get_n_entries (DraZip *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->entries->len;
}

/**
 * dra_zip_get_path:
 * @self: a container
 * @index: which entry, in the order of the archive
 *
 * Returns: (transfer none): its name
 */
const char *
dra_zip_get_path (DraZip *self,
                  guint   index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->entries->len, NULL);

  return g_array_index (self->entries, Entry, index).path;
}

static Entry *
find_entry (DraZip     *self,
            const char *path)
{
  g_autofree char *clean = clean_path (path);
  gpointer index = g_hash_table_lookup (self->by_path, clean);

  if (index == NULL)
    {
      g_autofree char *lower = g_utf8_validate (clean, -1, NULL) ? g_utf8_strdown (clean, -1) : NULL;

      index = lower != NULL ? g_hash_table_lookup (self->by_lower_path, lower) : NULL;
    }

  return index != NULL
           ? &g_array_index (self->entries, Entry, GPOINTER_TO_UINT (index) - 1) : NULL;
}

/**
 * dra_zip_find:
 * @self: a container
 * @path: a name, in any case of letters
 *
 * Returns: (transfer none) (nullable): the name as the archive has it, without "." and ".."
 */
const char *
dra_zip_find (DraZip     *self,
              const char *path)
{
  Entry *entry;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (path != NULL, NULL);

  entry = find_entry (self, path);

  return entry != NULL ? entry->path : NULL;
}

/**
 * dra_zip_is_encrypted:
 * @self: a container
 * @path: a name
 *
 * Returns: whether the archive itself encrypts that entry
 */
gboolean
dra_zip_is_encrypted (DraZip     *self,
                      const char *path)
{
  Entry *entry;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  entry = find_entry (self, path);

  return entry != NULL && entry->encrypted;
}

/* Moves the cursor behind the header of the entry. */
static gboolean
go_to (DraZip  *self,
       Entry   *entry,
       GError **error)
{
  struct archive_entry *header;

  if (self->archive == NULL || self->cursor > entry->position)
    if (!open_archive (self))
      {
        set_damaged (error, self->name);
        return FALSE;
      }
  while (self->cursor <= entry->position)
    {
      int status = next_header (self, &header);

      if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
        {
          set_damaged (error, self->name);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
unpack (DraZip     *self,
        Entry      *entry,
        DraZipFunc  func,
        gpointer    user_data,
        GError    **error)
{
  g_autofree guint8 *buffer = NULL;

  if (entry->encrypted)
    {
      set_encrypted (error, self->name);
      return FALSE;
    }
  if (!go_to (self, entry, error))
    return FALSE;

  buffer = g_malloc (CHUNK);
  for (;;)
    {
      la_ssize_t n;

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      n = archive_read_data (self->archive, buffer, CHUNK);
      if (n == 0)
        return TRUE;
      if (n < 0)
        {
          set_damaged (error, self->name);
          return FALSE;
        }
      if ((guint64) n > self->left)
        {
          set_too_large (error, self->name);
          return FALSE;
        }
      self->left -= (guint64) n;
      if (!func (buffer, (gsize) n, user_data, error))
        return FALSE;
    }
}

static gboolean
append (const guint8 *data,
        gsize         length,
        gpointer      user_data,
        GError      **error G_GNUC_UNUSED)
{
  g_byte_array_append (user_data, data, (guint) length);

  return TRUE;
}

static GBytes *
unpack_whole (DraZip  *self,
              Entry   *entry,
              GError **error)
{
  g_autoptr (GByteArray) array = g_byte_array_new ();

  if (!unpack (self, entry, append, array, error))
    return NULL;

  return g_byte_array_free_to_bytes (g_steal_pointer (&array));
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  const Entry *x = *(const Entry *const *) a;
  const Entry *y = *(const Entry *const *) b;

  return x->position < y->position ? -1 : x->position > y->position;
}

/**
 * dra_zip_prefetch:
 * @self: a container
 * @paths: (element-type utf8): names; those that are not there are left out
 * @limit: bytes, unpacked, after which no further entry is begun
 * @error: return location
 *
 * Unpacks entries in one pass, so that dra_zip_read() has them at hand in any order.  An
 * entry that is damaged or encrypted is left for dra_zip_read() to say so.  Sets
 * %DRA_ERROR_TOO_LARGE and %G_IO_ERROR_CANCELLED.
 *
 * Returns: %FALSE with @error set
 */
gboolean
dra_zip_prefetch (DraZip     *self,
                  GPtrArray  *paths,
                  gsize       limit,
                  GError    **error)
{
  g_autoptr (GPtrArray) wanted = g_ptr_array_new ();
  gsize size = 0;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (paths != NULL, FALSE);

  for (guint i = 0; i < paths->len; i++)
    {
      Entry *entry = find_entry (self, g_ptr_array_index (paths, i));

      if (entry != NULL && entry->bytes == NULL && !entry->encrypted)
        g_ptr_array_add (wanted, entry);
    }
  g_ptr_array_sort (wanted, compare_entries);
  for (guint i = 0; i < wanted->len && size < limit; i++)
    {
      Entry *entry = g_ptr_array_index (wanted, i);
      g_autoptr (GError) local = NULL;

      if (entry->bytes != NULL)
        continue;
      entry->bytes = unpack_whole (self, entry, &local);
      if (entry->bytes != NULL)
        size += g_bytes_get_size (entry->bytes);
      else if (!g_error_matches (local, DRA_ERROR, DRA_ERROR_DAMAGED))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
    }

  return TRUE;
}

static Entry *
need_entry (DraZip     *self,
            const char *path,
            GError    **error)
{
  Entry *entry = find_entry (self, path);

  if (entry == NULL)
    g_set_error (error, DRA_ERROR, DRA_ERROR_DAMAGED,
                 /* Translators: a file name, the name of a file inside it */
                 _("“%s” is damaged: “%s” is missing in it."), self->name, path);

  return entry;
}

/**
 * dra_zip_read:
 * @self: a container
 * @path: the name of an entry
 * @error: return location
 *
 * Unpacks an entry.  What was prefetched is given away and forgotten.  Sets
 * %DRA_ERROR_DAMAGED, %DRA_ERROR_UNSUPPORTED (encrypted), %DRA_ERROR_TOO_LARGE and
 * %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full): its bytes, or %NULL with @error set
 */
GBytes *
dra_zip_read (DraZip     *self,
              const char *path,
              GError    **error)
{
  Entry *entry;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (path != NULL, NULL);

  entry = need_entry (self, path, error);
  if (entry == NULL)
    return NULL;
  if (entry->bytes != NULL)
    return g_steal_pointer (&entry->bytes);

  return unpack_whole (self, entry, error);
}

/**
 * dra_zip_take:
 * @self: a container
 * @path: the name of an entry
 *
 * Returns: (transfer full) (nullable): its bytes when they were prefetched
 */
GBytes *
dra_zip_take (DraZip     *self,
              const char *path)
{
  Entry *entry;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (path != NULL, NULL);

  entry = find_entry (self, path);

  return entry != NULL ? g_steal_pointer (&entry->bytes) : NULL;
}

/**
 * dra_zip_stream:
 * @self: a container
 * @path: the name of an entry
 * @func: takes the bytes piece by piece; it must not use @self
 * @user_data: for @func
 * @error: return location
 *
 * Unpacks an entry without holding it in memory.  Sets what dra_zip_read() and @func set.
 *
 * Returns: %FALSE with @error set
 */
gboolean
dra_zip_stream (DraZip      *self,
                const char  *path,
                DraZipFunc   func,
                gpointer     user_data,
                GError     **error)
{
  Entry *entry;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (func != NULL, FALSE);

  entry = need_entry (self, path, error);

  return entry != NULL && unpack (self, entry, func, user_data, error);
}

/**
 * dra_zip_resolve:
 * @base: the name of the entry that holds the reference
 * @reference: a relative reference (RFC 3986)
 *
 * Resolves a reference between entries: escapes are decoded, fragment and query cut; what
 * would climb out of the archive stays at its root, as EPUB 3.3 section 4.2.5 has it.
 *
 * Returns: (transfer full) (nullable): the name of an entry that may be there, or %NULL for
 *   a reference to something outside the archive
 */
char *
dra_zip_resolve (const char *base,
                 const char *reference)
{
  g_autofree char *path = NULL;
  g_autofree char *decoded = NULL;
  g_autofree char *joined = NULL;
  const char *slash;
  gsize scheme;

  g_return_val_if_fail (base != NULL, NULL);
  g_return_val_if_fail (reference != NULL, NULL);

  scheme = strcspn (reference, ":/?#");
  if (reference[scheme] == ':' || g_str_has_prefix (reference, "//"))
    return NULL;
  path = g_strndup (reference, strcspn (reference, "?#"));
  decoded = g_uri_unescape_string (path, NULL);
  if (decoded == NULL || !g_utf8_validate (decoded, -1, NULL))
    decoded = g_strdup (path);
  if (*decoded == '\0')
    return g_strdup (base);
  slash = strrchr (base, '/');
  if (*decoded != '/' && slash != NULL)
    joined = g_strdup_printf ("%.*s/%s", (int) (slash - base), base, decoded);
  else
    joined = g_strdup (decoded);

  return clean_path (joined);
}
