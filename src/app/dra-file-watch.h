/* dra-file-watch.h: notices that an open file changed on disk or is gone.
 *
 * Editors save by writing a new file over the old one, so a file may be gone for a moment
 * and events come in bursts: they are collected for a moment, then the file's etag
 * decides.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  DRA_FILE_SAME,
  DRA_FILE_CHANGED,
  DRA_FILE_GONE,
} DraFileState;

#define DRA_TYPE_FILE_WATCH (dra_file_watch_get_type ())
G_DECLARE_FINAL_TYPE (DraFileWatch, dra_file_watch, DRA, FILE_WATCH, GObject)

/* Emits "changed" whenever the state changes, and again when a changed file changes. */
DraFileWatch *dra_file_watch_new       (GFile        *file);
DraFileState  dra_file_watch_get_state (DraFileWatch *self);

G_END_DECLS
