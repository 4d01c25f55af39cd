/* dra-carve.c: rows out of an SQLite file that SQLite itself can no longer read.
 *
 * Follows "Database File Format" (sqlite.org/fileformat2.html).  Every page of the file
 * (or its latest committed image in the write-ahead log) that looks like a leaf of a table
 * is read on its own: no page is trusted to lead to another, so one bad page costs its own
 * rows and no more.  A row's overflow pages are followed, as there is no other way.  With
 * "secure_delete" on, as the library has it, deleted rows are zeros and do not come back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "library/dra-carve.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEADER_SIZE 100
#define WAL_HEADER_SIZE 32
#define WAL_FRAME_HEADER_SIZE 24
#define LEAF_TABLE_PAGE 0x0d
#define MAX_COLUMNS 64
#define MAX_PAYLOAD (G_GUINT64_CONSTANT (1) << 30) /* SQLite's own limit */

struct _DraCarve
{
  int db;
  int wal; /* -1 when there is none */
  guint page_size;
  guint64 n_pages;
  GHashTable *frames; /* page number -> offset of its latest committed image in the WAL */
  guint8 *page;
  guint8 *overflow;
};

static guint16
get_u16 (const guint8 *p)
{
  return (guint16) (p[0] << 8 | p[1]);
}

static guint32
get_u32 (const guint8 *p)
{
  return (guint32) p[0] << 24 | (guint32) p[1] << 16 | (guint32) p[2] << 8 | p[3];
}

static gboolean
read_at (int      fd,
         guint8  *buffer,
         gsize    length,
         guint64  offset)
{
  while (length > 0)
    {
      ssize_t n = pread (fd, buffer, length, (off_t) offset);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      buffer += n;
      offset += (guint64) n;
      length -= (gsize) n;
    }

  return TRUE;
}

static guint64
file_size (int fd)
{
  struct stat info;

  return fd >= 0 && fstat (fd, &info) == 0 && info.st_size > 0 ? (guint64) info.st_size : 0;
}

/* Maps the pages of all committed transactions.  Frames of an earlier use of the log carry
 * other salts and end it; checksums are not asked for, since a flipped bit in one frame must
 * not cost the rows of all after it. */
static void
map_wal (DraCarve *self)
{
  const guint64 frame_size = WAL_FRAME_HEADER_SIZE + self->page_size;
  g_autoptr (GHashTable) pending = g_hash_table_new (NULL, NULL);
  guint8 head[WAL_HEADER_SIZE];
  guint8 frame[WAL_FRAME_HEADER_SIZE];
  guint64 size = file_size (self->wal);
  /* A number beyond this is damaged, and would have us look for pages that are not there. */
  const guint64 limit = self->n_pages + size / frame_size;

  if (size < WAL_HEADER_SIZE || !read_at (self->wal, head, sizeof head, 0))
    return;

  for (guint64 at = WAL_HEADER_SIZE; at + frame_size <= size; at += frame_size)
    {
      guint32 page;
      GHashTableIter iter;
      gpointer key, value;

      if (!read_at (self->wal, frame, sizeof frame, at) || memcmp (frame + 8, head + 16, 8) != 0)
        break;
      page = get_u32 (frame);
      if (page == 0 || page > limit)
        continue;
      g_hash_table_insert (pending, GUINT_TO_POINTER (page),
                           GSIZE_TO_POINTER (at + WAL_FRAME_HEADER_SIZE));
      if (get_u32 (frame + 4) == 0)
        continue;

      g_hash_table_iter_init (&iter, pending);
      while (g_hash_table_iter_next (&iter, &key, &value))
        {
          g_hash_table_insert (self->frames, key, value);
          self->n_pages = MAX (self->n_pages, GPOINTER_TO_UINT (key));
        }
      g_hash_table_remove_all (pending);
    }
}

/**
 * dra_carve_open:
 * @path: an SQLite file; its write-ahead log is looked for beside it
 * @page_size: the size of its pages in bytes, which a damaged header cannot be asked
 * @error: return location
 *
 * Opens a file for carving.  It is only ever read.
 *
 * Returns: (transfer full): a carver, or %NULL with an error of %G_IO_ERROR
 */
DraCarve *
dra_carve_open (const char  *path,
                guint        page_size,
                GError     **error)
{
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  int db = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  int saved_errno = errno;
  DraCarve *self;

  if (db < 0)
    {
      g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (saved_errno),
                           g_strerror (saved_errno));
      return NULL;
    }

  self = g_new0 (DraCarve, 1);
  self->db = db;
  self->wal = open (wal, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  self->page_size = page_size;
  self->n_pages = file_size (self->db) / page_size;
  self->frames = g_hash_table_new (NULL, NULL);
  self->page = g_malloc (page_size);
  self->overflow = g_malloc (page_size);
  if (self->wal >= 0)
    map_wal (self);

  return self;
}

/**
 * dra_carve_free:
 * @self: (nullable): a carver
 */
void
dra_carve_free (DraCarve *self)
{
  if (self == NULL)
    return;

  close (self->db);
  if (self->wal >= 0)
    close (self->wal);
  g_hash_table_unref (self->frames);
  g_free (self->page);
  g_free (self->overflow);
  g_free (self);
}

static gboolean
read_page (DraCarve *self,
           guint64   number,
           guint8   *buffer)
{
  gpointer frame;

  if (number == 0 || number > self->n_pages)
    return FALSE;

  frame = g_hash_table_lookup (self->frames, GSIZE_TO_POINTER (number));
  if (frame != NULL)
    return read_at (self->wal, buffer, self->page_size, GPOINTER_TO_SIZE (frame));

  return read_at (self->db, buffer, self->page_size, (number - 1) * self->page_size);
}

/**
 * dra_carve_get_header:
 * @self: a carver
 * @user_version: (out): what the file calls its version
 * @application_id: (out): what program it says it is of
 *
 * Reads the two numbers of the header without SQLite, which would write beside the file.
 *
 * Returns: %FALSE when there is no header
 */
gboolean
dra_carve_get_header (DraCarve *self,
                      guint32  *user_version,
                      guint32  *application_id)
{
  if (!read_page (self, 1, self->page) || memcmp (self->page, "SQLite format 3", 16) != 0)
    return FALSE;

  *user_version = get_u32 (self->page + 60);
  *application_id = get_u32 (self->page + 68);
  return TRUE;
}

/**
 * dra_carve_get_n_pages:
 * @self: a carver
 *
 * Returns: how many pages the file and its log have
 */
gsize
dra_carve_get_n_pages (DraCarve *self)
{
  return self->n_pages;
}

/* A varint of at most nine bytes; 0 when it runs past the end. */
static gsize
get_varint (const guint8 *p,
            gsize         available,
            guint64      *value)
{
  *value = 0;
  for (gsize i = 0; i < 9 && i < available; i++)
    {
      if (i == 8)
        {
          *value = *value << 8 | p[i];
          return 9;
        }
      *value = *value << 7 | (p[i] & 0x7f);
      if ((p[i] & 0x80) == 0)
        return i + 1;
    }

  return 0;
}

static gint64
get_integer (const guint8 *p,
             guint         size)
{
  guint64 value = (p[0] & 0x80) != 0 ? G_MAXUINT64 : 0;

  for (guint i = 0; i < size; i++)
    value = value << 8 | p[i];
  return (gint64) value;
}

/* Sets value from a serial type and the bytes at p; FALSE when they do not suffice. */
static gboolean
get_value (guint64        serial,
           const guint8  *p,
           gsize          available,
           DraCarveValue *value,
           gsize         *used)
{
  static const guint8 sizes[] = { 0, 1, 2, 3, 4, 6, 8, 8, 0, 0 };

  *value = (DraCarveValue) { 0 };
  if (serial == 10 || serial == 11)
    return FALSE;
  *used = serial >= 12 ? (serial - 12) / 2 : sizes[serial];
  if (*used > available)
    return FALSE;

  if (serial >= 12)
    {
      value->type = serial % 2 == 0 ? DRA_CARVE_BLOB : DRA_CARVE_TEXT;
      value->data = (const char *) p;
      value->length = *used;
    }
  else if (serial == 7)
    value->type = DRA_CARVE_FLOAT;
  else if (serial == 8 || serial == 9)
    {
      value->type = DRA_CARVE_INTEGER;
      value->integer = serial - 8;
    }
  else if (serial > 0)
    {
      value->type = DRA_CARVE_INTEGER;
      value->integer = get_integer (p, (guint) *used);
    }

  return TRUE;
}

static void
parse_record (gint64        rowid,
              const guint8 *record,
              gsize         length,
              DraCarveFunc  func,
              gpointer      user_data)
{
  DraCarveValue values[MAX_COLUMNS];
  guint64 header, serial;
  gsize at = get_varint (record, length, &header);
  gsize body = header;
  guint n = 0;

  if (at == 0 || header > length)
    return;

  while (at < header)
    {
      gsize size = get_varint (record + at, header - at, &serial);
      gsize used;

      if (size == 0 || n == MAX_COLUMNS ||
          !get_value (serial, record + body, length - body, &values[n], &used))
        return;
      at += size;
      body += used;
      n++;
    }

  if (n > 0 && body == length)
    func (rowid, values, n, user_data);
}

/* The rest of a payload, along the chain of overflow pages. */
static gboolean
read_overflow (DraCarve   *self,
               guint32     next,
               GByteArray *payload,
               gsize       length)
{
  while (payload->len < length)
    {
      gsize n = MIN (length - payload->len, self->page_size - 4);

      if (!read_page (self, next, self->overflow))
        return FALSE;
      next = get_u32 (self->overflow);
      g_byte_array_append (payload, self->overflow + 4, (guint) n);
    }

  return TRUE;
}

static void
parse_cell (DraCarve     *self,
            gsize         at,
            DraCarveFunc  func,
            gpointer      user_data)
{
  const gsize usable = self->page_size;
  const gsize max_local = usable - 35;
  const gsize min_local = (usable - 12) * 32 / 255 - 23;
  guint64 length, rowid;
  gsize size, local;

  size = get_varint (self->page + at, usable - at, &length);
  if (size == 0 || length == 0 || length > MAX_PAYLOAD ||
      length > (self->n_pages + 1) * (guint64) usable)
    return;
  at += size;
  size = get_varint (self->page + at, usable - at, &rowid);
  if (size == 0)
    return;
  at += size;

  if (length <= max_local)
    {
      if (length <= usable - at)
        parse_record ((gint64) rowid, self->page + at, length, func, user_data);
      return;
    }

  local = min_local + (length - min_local) % (usable - 4);
  if (local > max_local)
    local = min_local;
  if (local + 4 <= usable - at)
    {
      g_autoptr (GByteArray) payload = g_byte_array_new ();

      g_byte_array_append (payload, self->page + at, (guint) local);
      if (read_overflow (self, get_u32 (self->page + at + local), payload, length))
        parse_record ((gint64) rowid, payload->data, payload->len, func, user_data);
    }
}

/**
 * dra_carve_rows:
 * @self: a carver
 * @func: (scope call): called for each row of any table
 * @user_data: for @func
 *
 * Finds the rows of all tables, whatever table they are of: @func tells by their shape.
 *
 * An INTEGER PRIMARY KEY is a null value, its number being the rowid.  Values are valid
 * during the call only.
 */
void
dra_carve_rows (DraCarve     *self,
                DraCarveFunc  func,
                gpointer      user_data)
{
  for (guint64 number = 1; number <= self->n_pages; number++)
    {
      gsize head = number == 1 ? HEADER_SIZE : 0;
      guint n_cells;

      if (!read_page (self, number, self->page) || self->page[head] != LEAF_TABLE_PAGE)
        continue;

      n_cells = get_u16 (self->page + head + 3);
      for (guint i = 0; i < n_cells && head + 8 + 2 * (i + 1) <= self->page_size; i++)
        {
          gsize at = get_u16 (self->page + head + 8 + 2 * i);

          if (at >= head + 8 && at < self->page_size)
            parse_cell (self, at, func, user_data);
        }
    }
}
