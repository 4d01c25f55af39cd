/* dra-zip.h: a ZIP container that nobody trusts, its entries by name.
 *
 * EPUB, DOCX and ODT files are ZIP archives (PKWARE's APPNOTE.TXT; the Open Container
 * Format of EPUB, the Open Packaging Conventions of OOXML and the package of ODF say how
 * they use it).  One pass over the headers learns the names; what is never asked for is
 * never unpacked.  Nothing is ever written, so a name that leads out of the archive leads
 * nowhere.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define DRA_ZIP_MAX_ENTRIES 50000

/* Bytes that may be unpacked in all: this many, and so many for each byte of the file.
 * Deflate packs up to 1032 to 1; text of any sort stays below 40 to 1 (XML of tables does
 * not reach 30), and small files may be anything. */
#define DRA_ZIP_UNPACKED_FREE (16 * 1024 * 1024)
#define DRA_ZIP_UNPACKED_RATIO 40

typedef struct _DraZip DraZip;

/* Takes bytes as they are unpacked; FALSE with the error set ends it. */
typedef gboolean (*DraZipFunc) (const guint8 *data,
                                gsize         length,
                                gpointer      user_data,
                                GError      **error);

DraZip     *dra_zip_new           (GBytes        *bytes,
                                   const char    *name,
                                   GCancellable  *cancellable,
                                   GError       **error);
void        dra_zip_free          (DraZip        *self);

const char *dra_zip_get_name      (DraZip        *self);
guint       dra_zip_get_n_entries (DraZip        *self);
const char *dra_zip_get_path      (DraZip        *self,
                                   guint          index);
const char *dra_zip_find          (DraZip        *self,
                                   const char    *path);
gboolean    dra_zip_is_encrypted  (DraZip        *self,
                                   const char    *path);

gboolean    dra_zip_prefetch      (DraZip        *self,
                                   GPtrArray     *paths,
                                   gsize          limit,
                                   GError       **error);
GBytes     *dra_zip_read          (DraZip        *self,
                                   const char    *path,
                                   GError       **error);
GBytes     *dra_zip_take          (DraZip        *self,
                                   const char    *path);
gboolean    dra_zip_stream        (DraZip        *self,
                                   const char    *path,
                                   DraZipFunc     func,
                                   gpointer       user_data,
                                   GError       **error);

char       *dra_zip_resolve       (const char    *base,
                                   const char    *reference);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DraZip, dra_zip_free)

G_END_DECLS
