/* dra-hyphenator.h: where words of a language may be divided.
 *
 * Patterns are those of the system's hyphenation dictionaries (hyph_LL_CC.dic, as LibreOffice
 * and web browsers use them).  Without libhyphen, or without a dictionary of the language,
 * there is no hyphenator and nothing is divided.
 *
 * Does not use GTK and may be tested without a display.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define DRA_TYPE_HYPHENATOR (dra_hyphenator_get_type ())
G_DECLARE_FINAL_TYPE (DraHyphenator, dra_hyphenator, DRA, HYPHENATOR, GObject)

gboolean       dra_hyphenator_is_supported (void);
char          *dra_hyphenator_find         (const char          *language,
                                            const char *const   *folders);
DraHyphenator *dra_hyphenator_new          (const char          *path);
void           dra_hyphenator_get_async    (const char          *language,
                                            GCancellable        *cancellable,
                                            GAsyncReadyCallback  callback,
                                            gpointer             user_data);
DraHyphenator *dra_hyphenator_get_finish   (GAsyncResult        *result);
DraHyphenator *dra_hyphenator_get_loaded   (const char          *language);
guint64        dra_hyphenator_divide       (DraHyphenator       *self,
                                            const char          *word,
                                            gsize                length);
void           dra_hyphenator_append       (DraHyphenator       *self,
                                            const char          *text,
                                            gsize                length,
                                            GString             *divided,
                                            GArray              *positions,
                                            gsize                first);

G_END_DECLS
