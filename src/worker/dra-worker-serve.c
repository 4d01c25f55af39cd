/* dra-worker-serve.c: what a worker does, from its start to its end.
 *
 * All that comes from files is loaded first: translations, the time zone, tables of the
 * encodings that the content names, loaders of images.  Then the process is confined, and
 * only then is the content looked at by anything that parses it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "worker/dra-worker-serve.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <libxml/parser.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#ifdef DRA_HAVE_MAIL
#include <gmime/gmime.h>
#endif

#include "readers/dra-image-size.h"
#include "readers/dra-load.h"
#include "readers/dra-reader-registry.h"
#include "worker/dra-answer.h"
#include "worker/dra-confine.h"
#include "worker/dra-image-decode.h"
#include "worker/dra-request.h"

#define MAX_NAMED 16 /* encodings loaded because the content names them */

static DraWorkerAnnotate annotate;

/* Whether the request is there already: a worker that stands ready has time for what it may
 * need. */
static gboolean
is_asked (void)
{
  struct pollfd polled = { .fd = DRA_WORKER_SOCKET, .events = POLLIN };

  return poll (&polled, 1, 0) != 0;
}

/* Two descriptors, for the request and the answer.  Nothing comes when the one who would
 * ask has ended. */
static gboolean
receive (int *request,
         int *answer)
{
  char byte;
  union
  {
    char           space[CMSG_SPACE (2 * sizeof (int))];
    struct cmsghdr align;
  } control;
  struct iovec part = { .iov_base = &byte, .iov_len = 1 };
  struct msghdr message = {
    .msg_iov = &part, .msg_iovlen = 1,
    .msg_control = control.space, .msg_controllen = sizeof control.space,
  };
  const struct cmsghdr *header;
  int both[2];
  gssize n;

  do
    n = recvmsg (DRA_WORKER_SOCKET, &message, MSG_CMSG_CLOEXEC);
  while (n < 0 && errno == EINTR);
  header = n == 1 ? CMSG_FIRSTHDR (&message) : NULL;
  if (header == NULL || header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS
      || header->cmsg_len != CMSG_LEN (sizeof both))
    return FALSE;
  memcpy (both, CMSG_DATA (header), sizeof both);
  *request = both[0];
  *answer = both[1];

  return TRUE;
}

/* What no file is needed for once it was done. */
static void
prepare (void)
{
  g_autofree char *uuid = g_uuid_string_random ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();

  tzset ();
  g_get_charset (NULL);
  g_debug ("%s %s %s %s", uuid, g_strerror (EINVAL), g_dgettext (GETTEXT_PACKAGE, "image"),
           g_dgettext ("glib20", "image"));
  g_type_ensure (DRA_TYPE_NOTE);
  g_type_ensure (DRA_TYPE_NOTE_TARGET);
  g_type_ensure (DRA_TYPE_NOTE_COLOR);
  xmlInitParser ();
#ifdef DRA_HAVE_MAIL
  g_mime_init ();
#endif
}

/* The C library keeps the table of an encoding as long as a converter is open. */
static void
load_encoding (const char *name)
{
  if (g_ascii_strcasecmp (name, "utf-8") != 0 && g_ascii_strcasecmp (name, "us-ascii") != 0)
    g_iconv_open ("UTF-8", name);
}

/* What may be guessed where nothing is said, and what books are packed in; once. */
static void
load_common_encodings (void)
{
  static gboolean loaded = FALSE;
  static const char *const names[] = {
    "WINDOWS-1252", "WINDOWS-1251", "WINDOWS-1250", "WINDOWS-1253", "WINDOWS-1254", "WINDOWS-1255",
    "WINDOWS-1256", "WINDOWS-1257", "WINDOWS-1258", "ISO-8859-1", "ISO-8859-2", "ISO-8859-5",
    "ISO-8859-7", "ISO-8859-15", "KOI8-R", "KOI8-U", "BIG5", "BIG5-HKSCS", "GB18030", "GBK", "EUC-JP",
    "SHIFT_JIS", "CP932", "ISO-2022-JP", "EUC-KR", "CP949", "UHC", "EUC-TW", "CP866", "IBM850", "MACINTOSH", "MAC-CYRILLIC",
    "TIS-620",
  };

  for (guint i = 0; !loaded && i < G_N_ELEMENTS (names); i++)
    load_encoding (names[i]);
  loaded = TRUE;
}

/* Formats that have an encoding without naming it, or name it within an encoding. */
static gboolean
needs_common_encodings (const char *as)
{
  static const char *const formats[] = { "mail", "mail-page", "mhtml", "mhtml-page", "rtf", NULL };

  return as != NULL && g_strv_contains (formats, as);
}

/* The name that follows a word like charset=, when it looks like one. */
static void
load_named (const char *p,
            const char *end)
{
  char name[32];
  gsize n = 0;

  while (p < end && (*p == ' ' || *p == '"' || *p == '\'' || *p == '='))
    p++;
  for (; p < end && n < sizeof name - 1 && (g_ascii_isalnum (*p) || *p == '-' || *p == '_'); p++)
    name[n++] = *p;
  name[n] = '\0';
  if (n >= 3)
    load_encoding (name);
}

static void
load_encodings (GBytes *content)
{
  static const char *const words[] = { "charset", "encoding=", "=?", "CHARSET", "Charset" };
  gsize length;
  const char *text = g_bytes_get_data (content, &length);
  const char *end = text + length;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      const char *p = text;

      for (guint k = 0; k < MAX_NAMED; k++)
        {
          p = memmem (p, end - p, words[i], strlen (words[i]));
          if (p == NULL)
            break;
          p += strlen (words[i]);
          load_named (p, end);
        }
    }
  if (!g_utf8_validate_len (text, length, NULL) || memmem (text, length, "\\ansi", 5) != NULL)
    load_common_encodings ();
}

/* A read that finds no memory is told from one that goes wrong. */
static void
log_cb (const char     *domain,
        GLogLevelFlags  level,
        const char     *message,
        gpointer        user_data G_GNUC_UNUSED)
{
  if ((level & G_LOG_FLAG_FATAL) != 0 && message != NULL && strstr (message, "failed to allocate") != NULL)
    _exit (DRA_WORKER_NO_MEMORY);
  g_log_default_handler (domain, level, message, NULL);
}

static gboolean
answer_reading (const DraRequest *request,
                int               fd)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DraReading) reading = NULL;

  reading = dra_reader_registry_read_extent (request->content, request->name, request->as,
                                             request->extent, NULL, &error);

  return reading != NULL ? dra_answer_write_reading (fd, reading) : dra_answer_write_error (fd, error);
}

static gboolean
answer_pixels (const DraRequest *request,
               int               fd)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DraPixels) pixels = dra_image_decode (request->content, request->name,
                                                   request->max_width, request->max_height, &error);

  return pixels != NULL ? dra_answer_write_pixels (fd, pixels) : dra_answer_write_error (fd, error);
}

static gboolean
answer_annotated (const DraRequest *request,
                  int               temporary,
                  int               fd)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (annotate == NULL || temporary < 0)
    return FALSE;
  bytes = annotate (request->content, request->name, request->marks, temporary, &error);

  return bytes != NULL ? dra_answer_write_file (fd, bytes) : dra_answer_write_error (fd, error);
}

static gboolean
answer_request (const DraRequest *request,
                int               temporary,
                int               fd)
{
  switch (request->kind)
    {
    case DRA_REQUEST_READ:
      return answer_reading (request, fd);
    case DRA_REQUEST_DECODE:
      return answer_pixels (request, fd);
    case DRA_REQUEST_ANNOTATE:
      return answer_annotated (request, temporary, fd);
    default:
      return FALSE;
    }
}

static void
confine (const DraRequest *request)
{
  gsize size = g_bytes_get_size (request->content);
  DraConfineLimits limits = {
    .memory = DRA_CONFINE_MEMORY (size),
    .seconds = DRA_CONFINE_SECONDS (size),
    .answer = dra_answer_max_size (size),
  };
  g_autoptr (GError) error = NULL;

  if (request->kind == DRA_REQUEST_DECODE)
    {
      limits.memory += DRA_CONFINE_PICTURE_MEMORY;
      limits.seconds = dra_image_is_svg (g_bytes_get_data (request->content, NULL), size)
                         ? DRA_CONFINE_DRAWING_SECONDS : DRA_CONFINE_PICTURE_SECONDS;
    }
  if (!dra_confine (&limits, &error))
    _exit (DRA_WORKER_NOT_CONFINED);
}

/**
 * dra_worker_provide_annotate:
 * @function: what writes notes into a PDF document
 *
 * Lets this worker do that.
 */
void
dra_worker_provide_annotate (DraWorkerAnnotate function)
{
  annotate = function;
}

/**
 * dra_worker_begin:
 *
 * Closes all descriptors that the program which started the worker may have left open.
 */
void
dra_worker_begin (void)
{
  close_range (DRA_WORKER_SOCKET + 1, G_MAXUINT, 0);
}

/**
 * dra_worker_serve:
 *
 * Answers one request and ends the process.  Call it with the readers provided, on the only
 * thread.
 */
void
dra_worker_serve (void)
{
  DraRequest request;
  int request_fd, answer_fd;
  int temporary = -1;
  gboolean done;

  signal (SIGPIPE, SIG_IGN);
  signal (SIGXFSZ, SIG_IGN);
  g_log_set_default_handler (log_cb, NULL);
  prepare ();

  if (!is_asked ())
    load_common_encodings ();
  if (!receive (&request_fd, &answer_fd) || !dra_request_read (&request, request_fd))
    _exit (DRA_WORKER_NOT_ASKED);
  if (request.kind == DRA_REQUEST_DECODE)
    dra_image_decode_prepare (request.content);
  else if (dra_load_is_packed (request.content) || needs_common_encodings (request.as))
    load_common_encodings ();
  else if (g_strcmp0 (request.as, "docx") != 0 && g_strcmp0 (request.as, "odt") != 0)
    load_encodings (request.content);

  if (request.kind == DRA_REQUEST_ANNOTATE)
    temporary = memfd_create ("dramatis-annotated", MFD_CLOEXEC);
  confine (&request);
  done = answer_request (&request, temporary, answer_fd);
  _exit (done ? 0 : 1);
}
