/* view-fixture.h: an article with every kind of block, its cast, and a window to show it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/dra-article-text.h"
#include "app/dra-article-view.h"
#include "article/dra-article-builder.h"

G_BEGIN_DECLS

#define WAIT_SECONDS 20 /* for anything on a busy machine */

/* Runs the main loop until condition holds, with no sleeps; fails the test if it never does. */
#define WAIT_FOR(condition)                                                                  \
  G_STMT_START                                                                               \
  {                                                                                          \
    gint64 deadline_ = g_get_monotonic_time () + WAIT_SECONDS * G_TIME_SPAN_SECOND;          \
    guint pulse_ = g_timeout_add (20, fixture_pulse, NULL);                                  \
    while (!(condition) && g_get_monotonic_time () < deadline_)                              \
      g_main_context_iteration (NULL, TRUE);                                                 \
    g_source_remove (pulse_);                                                                \
    g_assert_true (condition);                                                               \
  }                                                                                          \
  G_STMT_END

typedef struct
{
  GtkWidget      *window;
  DraArticleView *view;
} Fixture;

gboolean    fixture_pulse       (gpointer        data);
void        fixture_open        (Fixture        *self,
                                 int             width,
                                 int             height);
void        fixture_close       (Fixture        *self);
void        fixture_settle      (Fixture        *self);
void        fixture_let_tooltips_end (void);
DraArticle *fixture_new_article (void);
DraArticle *fixture_new_plain   (const char     *text);
DraCast    *fixture_new_cast    (DraArticle     *article);
/* names: kind letter p or o, a colon, forms with '|' between; NULL-terminated. */
DraCast    *fixture_find_cast   (DraArticle     *article,
                                 const char *const *names);
DraRange    fixture_find        (DraArticle     *article,
                                 const char     *passage);
DraNote    *fixture_new_note    (DraArticle     *article,
                                 const char     *passage,
                                 DraNoteColor    color,
                                 const char     *body);
char       *fixture_buffer_text (Fixture        *self,
                                 DraRange        range);
GtkWidget  *fixture_find_widget (GtkWidget      *widget,
                                 GType           type);
/* To "pictures" in the build folder; scale 2 for fine screens. */
void        fixture_picture     (Fixture        *self,
                                 const char     *name,
                                 double          scale);
void        fixture_widget_picture (Fixture     *self,
                                 GtkWidget      *widget,
                                 const char     *name);
/* Of the popover that is, or holds, a widget of this type. */
void        fixture_popover_picture (Fixture    *self,
                                 GType           type,
                                 const char     *name);

G_END_DECLS
