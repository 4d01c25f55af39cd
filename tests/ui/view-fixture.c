/* view-fixture.c: what the tests of the article view share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "view-fixture.h"

#include <string.h>

gboolean
fixture_pulse (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

void
fixture_open (Fixture *self,
              int      width,
              int      height)
{
  self->window = gtk_window_new ();
  self->view = DRA_ARTICLE_VIEW (dra_article_view_new ());
  gtk_window_set_default_size (GTK_WINDOW (self->window), width, height);
  gtk_window_set_decorated (GTK_WINDOW (self->window), FALSE);
  gtk_window_set_child (GTK_WINDOW (self->window), GTK_WIDGET (self->view));
  gtk_window_present (GTK_WINDOW (self->window));
  WAIT_FOR (gtk_widget_get_mapped (GTK_WIDGET (self->view)));
}

void
fixture_close (Fixture *self)
{
  DraArticleView *view = self->view;

  g_object_add_weak_pointer (G_OBJECT (view), (gpointer *) &view);
  gtk_window_destroy (GTK_WINDOW (self->window));
  WAIT_FOR (view == NULL);
  self->window = NULL;
  self->view = NULL;
}

/* Until what is shown follows what was set: idle work done and a frame drawn since. */
void
fixture_settle (Fixture *self)
{
  for (guint i = 0; i < 3; i++)
    {
      gint64 until = g_get_monotonic_time () + G_TIME_SPAN_SECOND;

      while (g_main_context_pending (NULL) && g_get_monotonic_time () < until)
        g_main_context_iteration (NULL, FALSE);
      gtk_widget_queue_draw (self->window);
      gtk_test_widget_wait_for_draw (self->window);
    }
}

/* After a popover that had grabbed the pointer, GTK 4.8 looks for a tooltip half a second
 * later, and complains when the window is gone by then. */
void
fixture_let_tooltips_end (void)
{
  gint64 end = g_get_monotonic_time () + 600 * G_TIME_SPAN_MILLISECOND;

  WAIT_FOR (g_get_monotonic_time () > end);
}

static void
add_block (DraArticleBuilder *builder,
           DraBlockKind       kind,
           guint              level,
           const char        *label,
           const char        *text)
{
  dra_article_builder_begin_block (builder, kind, level, label);
  dra_article_builder_add_text (builder, text, -1);
  dra_article_builder_end_block (builder);
}

static void
add_row (DraArticleBuilder *builder,
         gboolean           heading,
         const char        *first,
         const char        *second,
         const char        *third)
{
  dra_article_builder_begin_block (builder, DRA_BLOCK_TABLE_ROW, heading,
                                   heading ? "first" : NULL);
  dra_article_builder_add_text (builder, first, -1);
  dra_article_builder_next_cell (builder);
  dra_article_builder_add_text (builder, second, -1);
  dra_article_builder_next_cell (builder);
  dra_article_builder_add_text (builder, third, -1);
  dra_article_builder_end_block (builder);
}

static void
add_styled (DraArticleBuilder *builder)
{
  dra_article_builder_begin_block (builder, DRA_BLOCK_PARAGRAPH, 0, NULL);
  dra_article_builder_add_text (builder, "Harbour master Lena Ortiz said the ", -1);
  dra_article_builder_begin_style (builder, DRA_STYLE_EMPHASIS, NULL);
  dra_article_builder_add_text (builder, "Kestrel", -1);
  dra_article_builder_end_style (builder, DRA_STYLE_EMPHASIS);
  dra_article_builder_add_text (builder, " had been ", -1);
  dra_article_builder_begin_style (builder, DRA_STYLE_STRONG, NULL);
  dra_article_builder_add_text (builder, "overdue", -1);
  dra_article_builder_end_style (builder, DRA_STYLE_STRONG);
  dra_article_builder_add_text (builder, " since Monday, as ", -1);
  dra_article_builder_begin_style (builder, DRA_STYLE_LINK, "https://example.org/log");
  dra_article_builder_add_text (builder, "the port log", -1);
  dra_article_builder_end_style (builder, DRA_STYLE_LINK);
  dra_article_builder_add_text (builder, " shows. Ortiz asked the Northern Lights Board for "
                                         "help; “we searched all night,” she said, “and "
                                         "found a lamp.”", -1);
  dra_article_builder_end_block (builder);
}

DraArticle *
fixture_new_article (void)
{
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();

  dra_article_builder_set_metadata (builder, DRA_METADATA_PUBLISHED, "2025-03-09");
  add_block (builder, DRA_BLOCK_TITLE, 0, NULL, "Lamp Found Adrift Off the Northern Skerries");
  add_block (builder, DRA_BLOCK_BYLINE, 0, NULL, "By Tomás Iversen");
  add_styled (builder);
  add_block (builder, DRA_BLOCK_HEADING, 1, NULL, "What was on board");
  add_block (builder, DRA_BLOCK_PARAGRAPH, 0, NULL, "The Board lists three things.");
  add_block (builder, DRA_BLOCK_LIST_ITEM, 1, "•", "A lamp of brass, made by Halvorsen & Sons, "
             "with a lens that is older than the ship and is said to be the last of its kind.");
  add_block (builder, DRA_BLOCK_LIST_ITEM, 2, "1.", "Its box.");
  add_block (builder, DRA_BLOCK_LIST_ITEM, 2, "2.", "Its key.");
  add_block (builder, DRA_BLOCK_LIST_ITEM, 1, "•", "Letters to Lena Ortiz.");
  add_block (builder, DRA_BLOCK_HEADING, 2, NULL, "A witness");
  add_block (builder, DRA_BLOCK_QUOTATION, 1, NULL, "I saw the light go round, and then it did "
             "not, and I put the kettle on and went to wake my brother, who keeps the radio.");
  add_block (builder, DRA_BLOCK_PREFORMATTED, 0, NULL,
             "Low is the tide and long the bar,\nthe lamp went out that was our star,\n"
             "  and who will light it now?");
  add_block (builder, DRA_BLOCK_RULE, 0, NULL, "* * *");
  add_block (builder, DRA_BLOCK_PREFORMATTED, 0, NULL,
             "date      height   light\n03-07     1.2 m    on\n03-08     1.9 m    off");
  add_block (builder, DRA_BLOCK_PARAGRAPH, 0, NULL,
             "بحث فريق لينا أورتيز عن المصباح طوال الليل ثم عاد إلى الميناء قبل الفجر.");
  add_block (builder, DRA_BLOCK_LIST_ITEM, 1, "•", "المصباح من النحاس.");
  add_block (builder, DRA_BLOCK_PARAGRAPH, 0, NULL, "灯台守は夜明け前に港へ戻った。");
  add_block (builder, DRA_BLOCK_PARAGRAPH, 0, NULL, "A gull 🐦 and a family 👩‍👩‍👧 watched. Naïve "
             "cafe\xcc\x81 owners cheered.");
  dra_article_builder_begin_block (builder, DRA_BLOCK_IMAGE, 0, NULL);
  dra_article_builder_add_image (builder, "The lamp on the quay");
  dra_article_builder_end_block (builder);
  add_block (builder, DRA_BLOCK_CAPTION, 0, NULL, "The lamp on the quay, on Sunday.");
  add_row (builder, TRUE, "Night", "Kept by", "Light");
  add_row (builder, FALSE, "3 July", "Tomás Iversen, with his brother", "on");
  add_row (builder, FALSE, "4 July", "Halvorsen & Sons", "off at two in the morning");
  dra_article_builder_begin_block (builder, DRA_BLOCK_PARAGRAPH, 0, NULL);
  dra_article_builder_add_text (builder, "Tomás Iversen reports for the Skerry Post.", -1);
  dra_article_builder_begin_style (builder, DRA_STYLE_SUPERSCRIPT, NULL);
  dra_article_builder_begin_style (builder, DRA_STYLE_LINK, "#fn:post");
  dra_article_builder_add_text (builder, "1", -1);
  dra_article_builder_end_style (builder, DRA_STYLE_LINK);
  dra_article_builder_end_style (builder, DRA_STYLE_SUPERSCRIPT);
  add_block (builder, DRA_BLOCK_FOOTNOTE, 0, "post", "He has done so since the light was built, "
             "and was never paid for a line of it, as he told the Board in a letter.");
  return dra_article_builder_build (builder);
}

/* One paragraph a line. */
DraArticle *
fixture_new_plain (const char *text)
{
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0')
      add_block (builder, DRA_BLOCK_PARAGRAPH, 0, NULL, lines[i]);
  return dra_article_builder_build (builder);
}

typedef struct
{
  DraRange range;
  guint    entity;
} Found;

static int
compare_found (gconstpointer a,
               gconstpointer b)
{
  const Found *x = a, *y = b;

  if (x->range.start != y->range.start)
    return x->range.start < y->range.start ? -1 : 1;
  return x->range.end > y->range.end ? -1 : 1;
}

DraCast *
fixture_find_cast (DraArticle        *article,
                   const char *const *names)
{
  DraCastBuilder *builder = dra_cast_builder_new (article);
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (Found));
  const char *text = dra_article_get_text (article, NULL);
  DraCast *cast;
  gsize last = 0;

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_auto (GStrv) forms = g_strsplit (names[i] + 2, "|", -1);
      guint entity = dra_cast_builder_add_entity (
        builder, names[i][0] == 'p' ? DRA_ENTITY_PERSON : DRA_ENTITY_ORGANIZATION, forms[0],
        .95f);

      for (guint j = 0; forms[j] != NULL; j++)
        for (const char *p = text; (p = strstr (p, forms[j])) != NULL; p++)
          {
            Found one = { { p - text, p - text + strlen (forms[j]) }, entity };

            g_array_append_val (found, one);
          }
    }
  g_array_sort (found, compare_found);
  for (guint i = 0; i < found->len; i++)
    {
      Found *one = &g_array_index (found, Found, i);

      if (one->range.start < last)
        continue;
      last = one->range.end;
      dra_cast_builder_add_mention (builder, one->entity, one->range, .95f);
    }
  cast = dra_cast_builder_build (builder);
  dra_cast_builder_free (builder);
  return cast;
}

DraCast *
fixture_new_cast (DraArticle *article)
{
  const char *const names[] = { "p:Lena Ortiz|Ortiz|لينا أورتيز", "p:Tomás Iversen",
                                "o:Northern Lights Board|Board", "o:Halvorsen & Sons",
                                "o:Skerry Post", NULL };

  return fixture_find_cast (article, names);
}

DraRange
fixture_find (DraArticle *article,
              const char *passage)
{
  const char *text = dra_article_get_text (article, NULL);
  const char *found = strstr (text, passage);

  g_assert_nonnull (found);
  return (DraRange) { found - text, found - text + strlen (passage) };
}

DraNote *
fixture_new_note (DraArticle   *article,
                  const char   *passage,
                  DraNoteColor  color,
                  const char   *body)
{
  DraNote *note = dra_note_new_for_passage (article, fixture_find (article, passage));

  dra_note_set_color (note, color);
  dra_note_set_body (note, body);
  return note;
}

char *
fixture_buffer_text (Fixture  *self,
                     DraRange  range)
{
  DraArticleText *text = DRA_ARTICLE_TEXT (dra_article_view_get_text_view (self->view));
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (text));
  GtkTextIter start, end;

  g_assert_true (dra_article_text_get_iter (text, range.start, &start));
  g_assert_true (dra_article_text_get_iter (text, range.end, &end));
  return gtk_text_buffer_get_slice (buffer, &start, &end, TRUE);
}

GtkWidget *
fixture_find_widget (GtkWidget *widget,
                     GType      type)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = fixture_find_widget (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
save_picture (GtkWidget  *widget,
              const char *name,
              double      scale)
{
  g_autofree char *folder = g_build_filename (g_getenv ("G_TEST_BUILDDIR"), "pictures", NULL);
  g_autofree char *path = g_strdup_printf ("%s/%s.png", folder, name);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  double width = gdk_paintable_get_intrinsic_width (paintable);
  double height = gdk_paintable_get_intrinsic_height (paintable);

  gtk_snapshot_scale (snapshot, (float) scale, (float) scale);
  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  g_assert_nonnull (node);
  texture = gsk_renderer_render_texture (
    gtk_native_get_renderer (gtk_widget_get_native (widget)), node,
    &GRAPHENE_RECT_INIT (0, 0, (float) (width * scale), (float) (height * scale)));
  g_assert_cmpint (g_mkdir_with_parents (folder, 0777), ==, 0);
  g_assert_true (gdk_texture_save_to_png (texture, path));
  g_test_message ("picture: %s", path);
}

/* Of something that is on the screen; in the fineness of small things. */
void
fixture_widget_picture (Fixture    *self,
                        GtkWidget  *widget,
                        const char *name)
{
  fixture_settle (self);
  save_picture (widget, name, 2);
}

void
fixture_picture (Fixture    *self,
                 const char *name,
                 double      scale)
{
  fixture_settle (self);
  save_picture (self->window, name, scale);
}

void
fixture_popover_picture (Fixture    *self,
                         GType       type,
                         const char *name)
{
  GtkWidget *found;
  GtkWidget *popover;

  fixture_settle (self);
  found = fixture_find_widget (GTK_WIDGET (self->view), type);
  g_assert_nonnull (found);
  popover = GTK_IS_POPOVER (found) ? found : gtk_widget_get_ancestor (found, GTK_TYPE_POPOVER);
  WAIT_FOR (gtk_widget_get_mapped (popover));
  fixture_settle (self);
  save_picture (popover, name, 2);
}
