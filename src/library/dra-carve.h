/* dra-carve.h: rows out of an SQLite file that SQLite itself can no longer read.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  DRA_CARVE_NULL,
  DRA_CARVE_INTEGER,
  DRA_CARVE_FLOAT,
  DRA_CARVE_TEXT,
  DRA_CARVE_BLOB,
} DraCarveType;

typedef struct
{
  DraCarveType type;
  gint64       integer;
  const char  *data;   /* text or blob; not NUL-terminated */
  gsize        length; /* bytes */
} DraCarveValue;

typedef void (*DraCarveFunc) (gint64               rowid,
                              const DraCarveValue *values,
                              guint                n_values,
                              gpointer             user_data);

typedef struct _DraCarve DraCarve;

DraCarve *dra_carve_open       (const char   *path,
                                guint         page_size,
                                GError      **error);
void      dra_carve_free       (DraCarve     *self);
gboolean  dra_carve_get_header (DraCarve     *self,
                                guint32      *user_version,
                                guint32      *application_id);
gsize     dra_carve_get_n_pages (DraCarve    *self);
void      dra_carve_rows       (DraCarve     *self,
                                DraCarveFunc  func,
                                gpointer      user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DraCarve, dra_carve_free)

G_END_DECLS
