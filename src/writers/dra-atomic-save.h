/* dra-atomic-save.h: puts bytes into a file so that a reader sees the old one or the new.
 *
 * The bytes go to a hidden temporary file in the same folder (DRA_ATOMIC_SAVE_PREFIX and
 * six random characters), are synchronized to the disk, and take the target's name by
 * rename(); then the folder is synchronized.  A process killed in between leaves the
 * target as it was and at most one such hidden file, which nothing reads.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define DRA_ATOMIC_SAVE_PREFIX ".dramatis-copy-"

gboolean dra_atomic_save (GFile               *target,
                          GBytes              *bytes,
                          const char *const   *protected_uris,
                          GCancellable        *cancellable,
                          GError             **error);

G_END_DECLS
