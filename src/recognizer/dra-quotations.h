/* dra-quotations.h: what is quoted in an article, and who said it.
 *
 * The base for "what they said": quotations as ranges, each with the person or organization
 * of the cast that said it and the words of the article that say so.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "recognizer/dra-cast.h"

G_BEGIN_DECLS

typedef struct
{
  DraRange range;     /* bytes, quotation marks included; may reach over paragraphs */
  guint    level;     /* 0, or how many quotations it stands inside */
  int      speaker;   /* index of the entity in the cast, or -1: unknown */
  DraRange cue;       /* bytes: "said Amy Lund"; empty when nothing says who said it */
  gboolean continued; /* the cue is an earlier quotation's or sentence's */
} DraQuotation;

#define DRA_TYPE_QUOTATIONS (dra_quotations_get_type ())
G_DECLARE_FINAL_TYPE (DraQuotations, dra_quotations, DRA, QUOTATIONS, GObject)

DraQuotations      *dra_quotations_find  (DraArticle    *article,
                                          DraCast       *cast,
                                          GCancellable  *cancellable,
                                          GError       **error);
guint               dra_quotations_get_n (DraQuotations *self);
const DraQuotation *dra_quotations_get   (DraQuotations *self,
                                          guint          index);

G_END_DECLS
