/* dra-encoding-private.h: the halves of the encoding detector.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What one pass over bytes taken as UTF-8 finds. */
typedef struct
{
  gsize n_zero;     /* NUL bytes */
  gsize n_multi;    /* well-formed sequences of two bytes and more */
  gsize n_shaped;   /* lead and all its trail bytes, but overlong, surrogate or too high */
  gsize n_bad;      /* every other byte that is not part of UTF-8 */
} DraUtf8Scan;

static inline guint32
dra_encoding_unit_at (const guint8 *p,
                      guint         size,
                      gboolean      big)
{
  if (size == 2)
    return big ? (guint32) p[0] << 8 | p[1] : (guint32) p[1] << 8 | p[0];

  return big ? (guint32) p[0] << 24 | (guint32) p[1] << 16 | (guint32) p[2] << 8 | p[3]
             : (guint32) p[3] << 24 | (guint32) p[2] << 16 | (guint32) p[1] << 8 | p[0];
}

void        dra_encoding_scan_utf8  (const guint8 *data,
                                     gsize         length,
                                     DraUtf8Scan  *scan);
/* Never NULL; name is a static string that dra_encoding_decode() knows. */
const char *dra_encoding_guess      (const guint8 *data,
                                     gsize         length);
/* NULL when the system has no converter for name. */
GString    *dra_encoding_decode     (const guint8 *data,
                                     gsize         length,
                                     const char   *name,
                                     gsize        *n_replaced);

G_END_DECLS
