/* dra-reading.h: what came out of one file: an article, and what the file carried.
 *
 * Only our own copies (and later formats with comments) carry notes and a cast.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "article/dra-article.h"
#include "notes/dra-note.h"
#include "recognizer/dra-cast.h"

G_BEGIN_DECLS

typedef struct
{
  DraArticle *article;
  DraCast    *cast;  /* (nullable) */
  GPtrArray  *notes; /* of DraNote; never NULL, often empty */
  gboolean    copy;  /* TRUE when the file is an annotated copy made by Dramatis */
} DraReading;

/* article: (transfer full); cast, notes: (transfer full) (nullable) */
DraReading *dra_reading_new  (DraArticle *article,
                              DraCast    *cast,
                              GPtrArray  *notes);
void        dra_reading_free (DraReading *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DraReading, dra_reading_free)

G_END_DECLS
