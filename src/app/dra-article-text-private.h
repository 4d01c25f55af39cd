/* dra-article-text-private.h: what the parts of DraArticleText share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/dra-article-text.h"
#include "app/dra-text-layout.h"

G_BEGIN_DECLS

typedef struct
{
  DraRange  range;
  gsize     reach; /* largest end of this and all before: where a search may stop */
  DraNote  *note;  /* owned */
} DraNoteSpan;

/* Tab stops of the tables in the article. */
typedef struct _DraTextTables DraTextTables;

/* Places, decoded pixels and widgets of the pictures. */
typedef struct _DraTextPictures DraTextPictures;

struct _DraArticleText
{
  GtkTextView parent_instance;

  DraTextStyle  *style;
  DraTextTables *tables;
  DraTextPictures *pictures;
  GHashTable    *footnotes; /* (nullable): label to the text of its first reference */
  DraArticle    *article; /* (nullable) */
  DraTextLayout *layout;  /* (nullable) */
  DraCast       *cast;    /* (nullable) */
  GArray        *notes;   /* DraNoteSpan by start */
  GArray        *hits;    /* (nullable): DraRange by start, never overlapping */
  GCancellable  *counting;
  GCancellable  *loading_hyphens; /* (nullable) */
  const char    *hyphens_language; /* (nullable), static: whose dictionary was asked for */
  gboolean       hyphenate;
  char          *title; /* (nullable): as it stands in the text */
  char          *meta;  /* (nullable): the line under the title */

  DraMarkPalette palette;
  double         zoom;
  DraTheme       theme;
  guint          n_words; /* 0: not counted yet */
  int            selected_entity;
  int            current_mention;
  int            current_hit;
  DraRange       spoken; /* what is read aloud; empty: nothing */
  DraMarkLevel   levels[DRA_N_MARKED_KINDS];

  GString *chunk;
  GArray  *open_styles; /* guint: indices of styles that go on in the next chunk */
  gsize    filled;      /* bytes of the article in the buffer */
  guint    fill_id;
  guint    n_header; /* blocks of title, byline and date at the start */
  gboolean reveal_pending;
  DraRange reveal_range;
  gboolean reveal_on_top;
  gboolean pinned; /* the mark "pin" keeps its place in the window */
  double   pin_share;
  gboolean select_pending;
  DraRange select_range;

  GtkAdjustment *vadjustment;
  guint          geometry_tick;
  gboolean       allocating;
  int            gutter; /* pixels wanted right of the column, 0 for none */
  int            column_x;
  int            column_width;
};

/* First index in a sorted array of ranges whose range ends after offset. */
guint dra_article_text_first_mention   (DraArticleText *self,
                                        gsize           offset);
guint dra_article_text_first_note      (DraArticleText *self,
                                        gsize           offset);
gboolean dra_article_text_shows_mention (DraArticleText *self,
                                        guint           mention);
void  dra_article_text_fill_start      (DraArticleText *self);
void  dra_article_text_fill_stop       (DraArticleText *self);
void  dra_article_text_take_selection  (DraArticleText *self);
void  dra_article_text_release_selection (DraArticleText *self);
void  dra_article_text_add_drag        (DraArticleText *self);
void  dra_article_text_update_meta     (DraArticleText *self);
void  dra_article_text_refill          (DraArticleText *self);
DraHyphenator *dra_article_text_find_hyphenator (DraArticleText *self);
void  dra_article_text_set_hyphenate   (DraArticleText *self,
                                        gboolean        hyphenate);
void  dra_article_text_snapshot_marks  (DraArticleText *self,
                                        GtkSnapshot    *snapshot);
void  dra_article_text_snapshot_blocks (DraArticleText *self,
                                        GtkSnapshot    *snapshot,
                                        DraRange        visible);
DraTextTables *dra_text_tables_new     (void);
void  dra_text_tables_free             (DraTextTables  *self);
GtkTextTag *dra_article_text_get_table_tag (DraArticleText *self,
                                        guint           block);
void  dra_article_text_update_tables   (DraArticleText *self);
void  dra_article_text_clear_tables    (DraArticleText *self);
DraTextPictures *dra_text_pictures_new (void);
void  dra_text_pictures_free           (DraTextPictures *self);
GtkTextTag *dra_article_text_get_picture_tag (DraArticleText *self,
                                        guint           block);
void  dra_article_text_update_pictures (DraArticleText *self);
void  dra_article_text_queue_pictures  (DraArticleText *self);
void  dra_article_text_allocate_pictures (DraArticleText *self);
void  dra_article_text_clear_pictures  (DraArticleText *self);
gboolean dra_article_text_get_picture_place (DraArticleText *self,
                                        guint           block,
                                        GdkRectangle   *place);
void  dra_article_text_snapshot_pictures (DraArticleText *self,
                                        GtkSnapshot    *snapshot,
                                        DraRange        visible);
DraRange dra_article_text_get_visible_range (DraArticleText *self);
void  dra_article_text_fill_done       (DraArticleText *self);
void  dra_article_text_reveal_pending  (DraArticleText *self);
void  dra_article_text_realign         (DraArticleText *self);
void  dra_article_text_pin_top         (DraArticleText *self);

G_END_DECLS
