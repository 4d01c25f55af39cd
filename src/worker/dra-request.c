/* dra-request.c: what the worker is asked, as bytes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "worker/dra-request.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "worker/dra-answer-private.h"

static void
put_marks (DraAnswerWriter   *writer,
           const DraPdfMarks *marks)
{
  dra_answer_put_text (writer, marks->text_hash);
  dra_answer_put_u32 (writer, marks->marks->len);
  for (guint i = 0; i < marks->marks->len; i++)
    {
      const DraPdfMark *mark = marks->marks->pdata[i];

      dra_answer_put_range (writer, mark->range);
      dra_answer_put_text (writer, mark->json);
    }
}

static DraPdfMarks *
get_marks (DraAnswerCursor *cursor)
{
  g_autofree char *hash = dra_answer_get_text (cursor);
  DraPdfMarks *marks = dra_pdf_marks_new (hash);
  guint32 n = dra_answer_get_count (cursor, 20);

  for (guint32 i = 0; i < n && !cursor->bad; i++)
    {
      DraRange range = dra_answer_get_range (cursor);
      g_autofree char *json = dra_answer_get_text (cursor);

      dra_pdf_marks_add (marks, range, json != NULL ? json : "");
    }

  return marks;
}

/**
 * dra_request_write:
 * @self: a request
 *
 * Writes a request to a file in memory that cannot be changed afterwards.
 *
 * Returns: its descriptor, or -1 with errno set
 */
int
dra_request_write (const DraRequest *self)
{
  DraAnswerWriter writer = { 0 };
  gsize length;
  gconstpointer data;
  int fd = memfd_create ("dramatis-request", MFD_CLOEXEC | MFD_ALLOW_SEALING);

  if (fd < 0)
    return -1;

  data = g_bytes_get_data (self->content, &length);
  writer = (DraAnswerWriter){ .fd = fd, .buffer = g_byte_array_new () };
  dra_answer_put_bytes (&writer, "DRAQ", 4);
  dra_answer_put_u32 (&writer, DRA_REQUEST_VERSION);
  dra_answer_put_u32 (&writer, self->kind);
  dra_answer_put_u32 (&writer, self->extent);
  dra_answer_put_u32 (&writer, self->max_width);
  dra_answer_put_u32 (&writer, self->max_height);
  dra_answer_put_text (&writer, self->name);
  dra_answer_put_text (&writer, self->as);
  if (self->kind == DRA_REQUEST_ANNOTATE)
    put_marks (&writer, self->marks);
  dra_answer_put_u64 (&writer, length);
  dra_answer_put_bytes (&writer, data, length);
  dra_answer_flush (&writer);
  g_byte_array_unref (writer.buffer);

  if (writer.failed
      || fcntl (fd, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) != 0)
    {
      close (fd);
      errno = ENOSPC;
      return -1;
    }

  return fd;
}

/**
 * dra_request_read:
 * @self: (out): the request; clear it with dra_request_clear()
 * @fd: a descriptor as dra_request_write() returns it
 *
 * Returns: whether it is a request
 */
gboolean
dra_request_read (DraRequest *self,
                  int         fd)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new_from_fd (fd, FALSE, NULL);
  g_autoptr (GBytes) whole = file != NULL ? g_mapped_file_get_bytes (file) : NULL;
  DraAnswerCursor cursor = { 0 };
  const guint8 *data;
  gsize size = 0;
  guint64 length;

  *self = (DraRequest){ 0 };
  if (whole == NULL)
    return FALSE;
  data = g_bytes_get_data (whole, &size);
  if (size < 4 || memcmp (data, "DRAQ", 4) != 0)
    return FALSE;

  cursor = (DraAnswerCursor){ .p = data + 4, .end = data + size };
  if (dra_answer_get_u32 (&cursor) != DRA_REQUEST_VERSION)
    return FALSE;
  self->kind = dra_answer_get_u32 (&cursor);
  self->extent = dra_answer_get_below (&cursor, DRA_READING_PAGE + 1);
  self->max_width = dra_answer_get_u32 (&cursor);
  self->max_height = dra_answer_get_u32 (&cursor);
  self->name = dra_answer_get_text (&cursor);
  self->as = dra_answer_get_text (&cursor);
  if (self->kind == DRA_REQUEST_ANNOTATE)
    self->marks = get_marks (&cursor);
  length = dra_answer_get_u64 (&cursor);
  data = dra_answer_get_bytes (&cursor, length);
  if (cursor.bad || data == NULL || self->name == NULL)
    {
      dra_request_clear (self);
      return FALSE;
    }
  self->content = g_bytes_new_from_bytes (whole, data - (const guint8 *) g_bytes_get_data (whole, NULL), length);

  return TRUE;
}

/**
 * dra_request_clear:
 * @self: a request
 */
void
dra_request_clear (DraRequest *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->as, g_free);
  g_clear_pointer (&self->marks, dra_pdf_marks_free);
  g_clear_pointer (&self->content, g_bytes_unref);
}
