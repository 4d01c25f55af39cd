/* dra-epub-private.h: what an EPUB says of itself beside its chapters.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "article/dra-article.h"
#include "readers/dra-zip.h"

G_BEGIN_DECLS

typedef struct
{
  char    *path;
  char    *type;   /* (nullable): media type */
  gboolean is_nav; /* the table of contents of EPUB 3 */
} DraEpubItem;

/* Where the table of contents says a chapter begins. */
typedef struct
{
  char *label;
  guint level; /* from 1 */
} DraEpubHeading;

typedef struct
{
  GHashTable *items;    /* id -> DraEpubItem */
  GPtrArray  *spine;    /* of DraEpubItem in reading order, each once, owned by items */
  GHashTable *headings; /* path -> DraEpubHeading */
  GHashTable *locked;   /* paths of entries that digital rights management encrypts */
  char       *metadata[DRA_N_METADATA];
} DraEpubPackage;

DraEpubPackage *dra_epub_package_read (DraZip         *zip,
                                       GCancellable   *cancellable,
                                       GError        **error);
void            dra_epub_package_free (DraEpubPackage *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DraEpubPackage, dra_epub_package_free)

G_END_DECLS
