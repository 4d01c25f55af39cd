/* dra-mail-reader.h: e-mail messages as files, and mailboxes of them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "readers/dra-reading.h"

G_BEGIN_DECLS

DraReading *dra_mail_read           (GBytes        *bytes,
                                     const char    *name,
                                     GCancellable  *cancellable,
                                     GError       **error);
/* With all that is around the article of a newsletter. */
DraReading *dra_mail_page_read      (GBytes        *bytes,
                                     const char    *name,
                                     GCancellable  *cancellable,
                                     GError       **error);

/* Text of RFC 3676 (format=flowed) with its paragraphs joined. */
char       *dra_mail_unwrap_flowed  (const char    *text,
                                     gboolean       delete_space);

G_END_DECLS
