/* dra-myers.h: approximate string matching by bit vectors.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _DraMyers DraMyers;

DraMyers *dra_myers_new      (const gunichar *pattern,
                              guint           length);
void      dra_myers_free     (DraMyers       *self);
guint     dra_myers_search   (DraMyers       *self,
                              const gunichar *text,
                              guint           length,
                              guint          *start,
                              guint          *end);
guint     dra_myers_reach    (DraMyers       *self,
                              const gunichar *text,
                              guint           length);
guint     dra_myers_distance (DraMyers       *self,
                              const gunichar *text,
                              guint           length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DraMyers, dra_myers_free)

G_END_DECLS
