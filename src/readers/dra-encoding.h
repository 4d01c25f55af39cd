/* dra-encoding.h: bytes of a text file in any encoding, as UTF-8.
 *
 * In order: byte order marks; UTF-32 and UTF-16 without one, by where their zero bytes
 * stand; escape sequences of ISO-2022; UTF-8, also with some broken bytes; what the file
 * says of itself (XML and HTML); then a guess: uchardet, checked against how plausible the
 * outcome reads (dra-encoding-guess.c).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GBytes     *dra_encoding_to_utf8     (GBytes       *bytes,
                                      const char  **encoding,
                                      gsize        *n_replaced);
gboolean    dra_encoding_is_binary   (const guint8 *data,
                                      gsize         length);

G_END_DECLS
