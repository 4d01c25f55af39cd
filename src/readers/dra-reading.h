/* dra-reading.h: what came out of one file: an article, and what the file carried.
 *
 * Our own copies carry notes and a cast, PDF documents the notes that were made in them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "article/dra-article.h"
#include "notes/dra-note.h"
#include "recognizer/dra-cast.h"

G_BEGIN_DECLS

#define DRA_READING_MAX_IMAGES (64 * 1024 * 1024) /* bytes of all images, as they are in the file */

/* An image the file itself carries, still encoded: PNG, JPEG, GIF, WebP, SVG ... */
typedef struct
{
  char   *source; /* as the image's block has it */
  char   *type;   /* (nullable): content type the file gave */
  GBytes *bytes;
} DraImage;

/**
 * DraReadingExtent:
 * @DRA_READING_ALL: the file is shown whole and there is no other way
 * @DRA_READING_MAIN: what is around the article was left out; a reader whose id ends in "page" shows it
 * @DRA_READING_PAGE: the whole page; reading it again without that gives the article
 */
typedef enum
{
  DRA_READING_ALL,
  DRA_READING_MAIN,
  DRA_READING_PAGE,
} DraReadingExtent;

typedef struct
{
  DraArticle *article;
  DraCast    *cast;  /* (nullable) */
  GPtrArray  *notes; /* of DraNote; never NULL, often empty */
  gboolean    copy;  /* TRUE when the file is an annotated copy made by Dramatis */
  DraReadingExtent extent;
  GPtrArray  *images; /* of DraImage; never NULL, often empty.  A source that is not here
                         and is a relative path names a file beside the article */

  /*< private >*/
  GHashTable *images_by_source;
  gsize       images_size; /* bytes */
} DraReading;

/* article: (transfer full); cast, notes: (transfer full) (nullable) */
DraReading *dra_reading_new  (DraArticle *article,
                              DraCast    *cast,
                              GPtrArray  *notes);
void        dra_reading_free (DraReading *self);

gboolean        dra_reading_add_image  (DraReading *self,
                                        const char *source,
                                        const char *type,
                                        GBytes     *bytes);
const DraImage *dra_reading_find_image (DraReading *self,
                                        const char *source);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DraReading, dra_reading_free)

G_END_DECLS
