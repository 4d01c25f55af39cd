/* marked-text.h: a text with names marked in it, for tables of resolver tests.
 *
 * "{P Jane Roe} left {O Acme Corp}, {L Paris}": spans of label P(erson), O(rganization),
 * L (place) or X (other), with confidence 0.9; "{P5 Jane Roe}" has 0.5.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "recognizer/dra-cast.h"
#include "recognizer/dra-model.h"

G_BEGIN_DECLS

/* What the resolver may ask from now on; %NULL, as in the beginning, for nothing. */
void     marked_text_set_model (DraModel *model);
/* What the resolver makes of it. */
DraCast *marked_text_resolve  (const char *marked);
/* The same, with the article in *article (transfer full). */
DraCast *marked_text_resolve_article (const char  *marked,
                                      DraArticle **article);
/* "P Jane Roe: Jane Roe, Roe; O Acme: Acme": kind, name and mentions of every entity. */
char    *marked_text_describe (DraCast    *cast,
                               DraArticle *article);
void     marked_text_check    (const char *marked,
                               const char *expected);
void     marked_text_check_role (const char   *marked,
                                 DraEntityKind kind,
                                 const char   *expected);

G_END_DECLS
