/* dra-shelf-names.h: corrections and appearances as rows, for dra-library-names.c.
 *
 * Each function runs inside a transaction of the store.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "library/dra-library-names.h"
#include "library/dra-store.h"

G_BEGIN_DECLS

gboolean dra_shelf_save_correction   (DraStore         *store,
                                      DraCorrection    *correction,
                                      GError          **error);
gboolean dra_shelf_delete_correction (DraStore         *store,
                                      const char       *uuid,
                                      GError          **error);
gboolean dra_shelf_load_corrections  (DraStore         *store,
                                      DraArticle       *article,
                                      GPtrArray        *corrections,
                                      GError          **error);
gboolean dra_shelf_index_names       (DraStore         *store,
                                      DraArticle       *article,
                                      DraCast          *cast,
                                      GError          **error);
gboolean dra_shelf_wipe_names        (DraStore         *store,
                                      GError          **error);
gboolean dra_shelf_ask_names         (DraStore         *store,
                                      DraNamesQuestion  question,
                                      DraEntityKind     kind,
                                      const char       *text,
                                      guint             limit,
                                      GPtrArray        *found,
                                      GError          **error);

G_END_DECLS
