/* dra-request.h: what the worker is asked, as bytes.
 *
 * One message on the worker's socket (descriptor 3) carries two descriptors: a file in
 * memory with the request, which can no longer be changed, and one for the answer
 * (dra-answer.h).  The request, numbers as in an answer:
 *
 *   "DRAQ", version, kind (1 read, 2 decode an image, 3 write notes into a PDF document),
 *   extent (a DraReadingExtent), greatest width and height (pixels), name for messages, id of
 *   the reader or type of the image, for kind 3 hash of the article's text, number of marks
 *   and these, each: start, end (64 bits, bytes), note as JSON; length (64 bits), content
 *
 * The socket is never written to by the worker: that it is closed tells that the worker
 * has ended.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "readers/dra-pdf-annotate.h"
#include "readers/dra-reading.h"

G_BEGIN_DECLS

#define DRA_REQUEST_VERSION 2
#define DRA_WORKER_SOCKET 3

/* Exit codes of a worker that gave no answer. */
#define DRA_WORKER_NOT_CONFINED 40
#define DRA_WORKER_NO_MEMORY 41
#define DRA_WORKER_NOT_ASKED 42

typedef enum
{
  DRA_REQUEST_READ = 1,
  DRA_REQUEST_DECODE,
  DRA_REQUEST_ANNOTATE,
} DraRequestKind;

typedef struct
{
  DraRequestKind    kind;
  DraReadingExtent  extent; /* DRA_READING_PAGE for the whole page */
  guint             max_width;
  guint             max_height;
  char             *name;
  char             *as; /* (nullable) */
  DraPdfMarks      *marks; /* of DRA_REQUEST_ANNOTATE */
  GBytes           *content;
} DraRequest;

/* Returns a descriptor, or -1 with errno set. */
int      dra_request_write (const DraRequest *self);
gboolean dra_request_read  (DraRequest       *self,
                            int               fd);
void     dra_request_clear (DraRequest       *self);

G_END_DECLS
