/* dra-reader-registry.h: picks the reader for a file and runs it.
 *
 * By content first; a name decides only between equal answers, so that a wrong suffix
 * still opens.  A file packed with gzip is unpacked first.  One file a format: each reader
 * is a row, of text in dra-reader-registry.c, of the others in dra-reader-rows.c.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "readers/dra-reading.h"
#include "readers/dra-sniff.h"

G_BEGIN_DECLS

#define DRA_READER_MAX_SIZE (256 * 1024 * 1024) /* bytes of a file: above, one sentence */

typedef DraReading *(*DraReadFunc) (GBytes       *bytes,
                                    const char   *name, /* display name for messages */
                                    GCancellable *cancellable,
                                    GError      **error);

/* One format.  sniff: 0 (not mine) to 100 (certain). */
typedef struct
{
  const char        *id;           /* "text", "lines", "html" ...: for --as */
  const char        *what;         /* untranslated, for messages: "a PDF document" */
  const char *const *types;        /* NULL-terminated content types */
  const char *const *suffixes;     /* NULL-terminated, with the dot, lower case */
  int              (*sniff) (const DraSniff *file);
  DraReadFunc        read;     /* NULL for a format that is read in the worker */
  const char        *package;  /* Debian package of the library this build lacks, or NULL */
  const char        *fallback; /* id of what else reads it when there is nothing, or NULL */
  const char        *page;     /* id of what reads the same file as DRA_READING_PAGE, or NULL */
} DraReader;

const DraReader *const *dra_reader_registry_list     (guint         *n_readers);
const DraReader        *dra_reader_registry_find     (const char    *id);
/* Lets this process read a format itself: in the worker, tests and fuzzers. */
void                    dra_reader_registry_provide  (const char  *id,
                                                      DraReadFunc  read);
/* Content types for the desktop entry and the open dialog, NULL-terminated. */
const char *const      *dra_reader_registry_get_types (void);

/* The reader for a file's content; as: (nullable) reader id. */
const DraReader        *dra_reader_registry_choose   (GBytes       *bytes,
                                                      const char   *name,
                                                      const char   *as,
                                                      GError      **error);

/* as: (nullable) reader id.  Sets source URI and type on the article.  G_IO_ERROR and
 * DRA_ERROR, each message one sentence naming the file. */
DraReading *dra_reader_registry_read        (GFile               *file,
                                             const char          *as,
                                             GCancellable        *cancellable,
                                             GError             **error);
DraReading *dra_reader_registry_read_bytes  (GBytes              *bytes,
                                             const char          *name,
                                             const char          *as,
                                             GCancellable        *cancellable,
                                             GError             **error);
/* extent: DRA_READING_PAGE for the whole page where there is a choice. */
DraReading *dra_reader_registry_read_extent (GBytes              *bytes,
                                             const char          *name,
                                             const char          *as,
                                             DraReadingExtent     extent,
                                             GCancellable        *cancellable,
                                             GError             **error);
DraReading *dra_reader_registry_read_stdin  (const char          *as,
                                             GCancellable        *cancellable,
                                             GError             **error);
void        dra_reader_registry_read_async  (GFile               *file,
                                             const char          *as,
                                             GCancellable        *cancellable,
                                             GAsyncReadyCallback  callback,
                                             gpointer             user_data);
DraReading *dra_reader_registry_read_finish (GFile               *file,
                                             GAsyncResult        *result,
                                             GError             **error);

G_END_DECLS
