/* dra-writer.h: article + cast + notes -> an annotated copy.
 *
 * Every write is atomic (temporary file in the same folder, fsync, rename, fsync of the
 * folder) and never replaces the source article.  One file a format: each writer is a row
 * in the table in dra-writer.c.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "article/dra-article.h"
#include "notes/dra-note.h"
#include "recognizer/dra-cast.h"
#include "writers/dra-copy-images.h"

G_BEGIN_DECLS

/**
 * DraWriterParts:
 * @DRA_WRITER_TEXT: the article
 * @DRA_WRITER_NOTES: notes and highlights
 * @DRA_WRITER_CAST: people and organizations
 *
 * What a file of some format has in it.
 */
typedef enum
{
  DRA_WRITER_TEXT = 1 << 0,
  DRA_WRITER_NOTES = 1 << 1,
  DRA_WRITER_CAST = 1 << 2,
} DraWriterParts;

/* cast: (nullable); notes: GPtrArray of DraNote, (nullable). */
typedef struct
{
  const char  *id;     /* "html" */
  const char  *name;   /* untranslated, for a list of formats: "Web page" */
  const char  *suffix; /* ".html" */
  const char  *type;   /* content type */
  guint        shows;   /* DraWriterParts a reader of the file sees; all with the text are
                           copies, the others exports */
  guint        returns; /* DraWriterParts that Dramatis gets back, byte for byte */
  GBytes    *(*write) (DraArticle   *article,
                       DraCast      *cast,
                       GPtrArray    *notes,
                       GCancellable *cancellable,
                       GError      **error);
  /* (nullable): the same with pictures, for formats that can have them */
  GBytes    *(*write_illustrated) (DraArticle    *article,
                                   DraCast       *cast,
                                   GPtrArray     *notes,
                                   DraCopyImages *images,
                                   GCancellable  *cancellable,
                                   GError       **error);
  gboolean     pixels; /* pictures are wanted decoded */
} DraWriter;

const DraWriter *const *dra_writer_list          (guint        *n_writers);
/* By id or by the suffix of a file name, NULL when there is none. */
const DraWriter        *dra_writer_find          (const char   *id);
const DraWriter        *dra_writer_find_for_name (const char   *name);
/* "Title (annotated).html", safe as a file name. */
char                   *dra_writer_propose_name  (const DraWriter *writer,
                                                  DraArticle   *article);
char                   *dra_writer_settle_name   (const char       *name,
                                                  const DraWriter  *proposed,
                                                  const DraWriter  *chosen,
                                                  const DraWriter **writer);
gboolean                dra_writer_save          (const DraWriter *writer,
                                                  DraArticle   *article,
                                                  DraCast      *cast,
                                                  GPtrArray    *notes,
                                                  GFile        *target,
                                                  GCancellable *cancellable,
                                                  GError      **error);
gboolean                dra_writer_save_bytes    (DraArticle       *article,
                                                  GBytes           *bytes,
                                                  GFile            *target,
                                                  GCancellable     *cancellable,
                                                  GError          **error);

G_END_DECLS
