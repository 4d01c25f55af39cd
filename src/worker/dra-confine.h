/* dra-confine.h: the limits a worker puts on itself before it looks at a file.
 *
 * What is left afterwards is: computing, memory up to a limit, and the descriptors that are
 * open.  No file can be opened or looked at, no socket made, no program or thread started.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a reading may take, DESIGN's budget for any file: memory, with what the worker has when
 * it begins, and seconds of CPU time, which are many times what readers need. */
#define DRA_CONFINE_MEMORY(size) (20 * (guint64) (size) + 64 * 1024 * 1024)
#define DRA_CONFINE_SECONDS(size) (10 + 2 * (guint) ((size) >> 20))

/* What a picture may take: it is as large as its pixels, not as its bytes. */
#define DRA_CONFINE_PICTURE_MEMORY (384 * 1024 * 1024)
#define DRA_CONFINE_PICTURE_SECONDS 10
#define DRA_CONFINE_DRAWING_SECONDS 2 /* a drawing in SVG can be made to take for ever */

typedef struct
{
  guint64 memory;  /* bytes, with those in use now */
  guint   seconds; /* of CPU time more than now */
  guint64 answer;  /* bytes of a file that is written */
} DraConfineLimits;

/* Opens all files of a folder and those below it, a few hundred at most: a library that opens
 * one of them by name while it reads, in confinement, is given it, for reading.  No other
 * way leads to a file. */
void     dra_confine_hold_folder (const char *path);

gboolean dra_confine (const DraConfineLimits *limits,
                      GError                **error);

G_END_DECLS
