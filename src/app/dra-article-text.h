/* dra-article-text.h: the text view that shows an article and draws its marks.
 *
 * Fills its buffer in slices so that the first frame has text however long the article is.
 * Marks of people, notes and hits are drawn under the text from sorted ranges, for what is
 * in view only: no tags, so they cost nothing in a long text, change at once, and cannot
 * move a letter.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/dra-picture-source.h"
#include "app/dra-text-style.h"
#include "article/dra-article.h"
#include "notes/dra-note.h"
#include "recognizer/dra-cast.h"

G_BEGIN_DECLS

#define DRA_WORDS_PER_MINUTE 230 /* that people read */

#define DRA_TYPE_ARTICLE_TEXT (dra_article_text_get_type ())
G_DECLARE_FINAL_TYPE (DraArticleText, dra_article_text, DRA, ARTICLE_TEXT, GtkTextView)

/* Signals: text-shown (): the whole text is in the buffer;
 *          picture-activated (uint block): a picture that is shown was clicked;
 *          geometry-changed (): lines moved, scrolled or the column changed: place anew
 *          what stands beside the text. */

/* What lies under a point or at an offset; -1, NULL where nothing. */
typedef struct
{
  gsize       offset;  /* bytes of the article */
  int         mention; /* index in the cast, only of kinds that are shown */
  DraNote    *note;    /* unowned; the innermost */
  const char *link;    /* owned by the article */
  int         picture; /* index of the image's block, -1 for none */
} DraTextSpot;

GtkWidget            *dra_article_text_new           (void);
DraArticle           *dra_article_text_get_article   (DraArticleText *self);
void                  dra_article_text_set_article   (DraArticleText *self,
                                                      DraArticle     *article);
gboolean              dra_article_text_is_filled     (DraArticleText *self);
void                  dra_article_text_set_picture_source (DraArticleText   *self,
                                                      DraPictureSource *source);
void                  dra_article_text_set_cast      (DraArticleText *self,
                                                      DraCast        *cast);
void                  dra_article_text_set_selected  (DraArticleText *self,
                                                      int             entity,
                                                      int             mention);
void                  dra_article_text_set_level     (DraArticleText *self,
                                                      DraEntityKind   kind,
                                                      DraMarkLevel    level);
void                  dra_article_text_set_notes     (DraArticleText *self,
                                                      GPtrArray      *notes);
void                  dra_article_text_set_hits      (DraArticleText *self,
                                                      GArray         *hits,
                                                      int             current);
void                  dra_article_text_set_spoken    (DraArticleText *self,
                                                      DraRange        range);
void                  dra_article_text_set_zoom      (DraArticleText *self,
                                                      double          zoom);
void                  dra_article_text_set_typography (DraArticleText      *self,
                                                      const DraTypography *typography);
guint                 dra_article_text_get_n_words   (DraArticleText *self);
void                  dra_article_text_set_gutter    (DraArticleText *self,
                                                      int             width);
void                  dra_article_text_get_column    (DraArticleText *self,
                                                      int            *x,
                                                      int            *width);
const DraTextMetrics *dra_article_text_get_metrics   (DraArticleText *self);
const DraMarkPalette *dra_article_text_get_palette   (DraArticleText *self);
int                   dra_article_text_get_least_width (DraArticleText *self);

gboolean              dra_article_text_get_iter      (DraArticleText *self,
                                                      gsize           offset,
                                                      GtkTextIter    *iter);
gsize                 dra_article_text_get_offset    (DraArticleText    *self,
                                                      const GtkTextIter *iter);
void                  dra_article_text_reveal        (DraArticleText *self,
                                                      DraRange        range);
void                  dra_article_text_unpin         (DraArticleText *self);
void                  dra_article_text_select        (DraArticleText *self,
                                                      DraRange        range);
gboolean              dra_article_text_get_selection (DraArticleText *self,
                                                      DraRange       *range);
void                  dra_article_text_find_spot     (DraArticleText *self,
                                                      gsize           offset,
                                                      DraTextSpot    *spot);
gboolean              dra_article_text_pick          (DraArticleText *self,
                                                      double          x,
                                                      double          y,
                                                      DraTextSpot    *spot);
gsize                 dra_article_text_get_visible_offset (DraArticleText *self);
gsize                 dra_article_text_get_visible_end (DraArticleText *self);
void                  dra_article_text_put_on_top    (DraArticleText *self,
                                                      gsize           offset);
GArray               *dra_article_text_get_rectangles (DraArticleText *self,
                                                      DraRange        range);

G_END_DECLS
