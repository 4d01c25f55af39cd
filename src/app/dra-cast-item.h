/* dra-cast-item.h: one line of the cast pane: a heading, a person or an organization.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "recognizer/dra-cast.h"

G_BEGIN_DECLS

#define DRA_TYPE_CAST_ITEM (dra_cast_item_get_type ())
G_DECLARE_FINAL_TYPE (DraCastItem, dra_cast_item, DRA, CAST_ITEM, GObject)

DraCastItem     *dra_cast_item_new_heading (DraEntityKind  kind);
DraCastItem     *dra_cast_item_new         (DraCast       *cast,
                                            guint          entity);
/* The same line for another one of the same kind; emits "changed". */
void             dra_cast_item_set_entity  (DraCastItem   *self,
                                            DraCast       *cast,
                                            guint          entity);
gboolean         dra_cast_item_is_heading  (DraCastItem   *self);
DraEntityKind    dra_cast_item_get_kind    (DraCastItem   *self);
int              dra_cast_item_get_index   (DraCastItem   *self); /* in the cast, -1 for a heading */
const DraEntity *dra_cast_item_get_entity  (DraCastItem   *self); /* NULL for a heading */
DraCast         *dra_cast_item_get_cast    (DraCastItem   *self); /* NULL for a heading */
/* Of a heading: how many names stand below it.  Notifies "count". */
guint            dra_cast_item_get_count   (DraCastItem   *self);
void             dra_cast_item_set_count   (DraCastItem   *self,
                                            guint          count);
/* needle: from dra_cast_item_fold; any name it goes by may contain it. */
gboolean         dra_cast_item_matches     (DraCastItem   *self,
                                            const char    *needle);
char            *dra_cast_item_fold        (const char    *text);
/* "Claudia Sheinbaum, President, 3 mentions" */
char            *dra_cast_item_describe    (DraCastItem   *self);

G_END_DECLS
