/* test-article-images.c: the pictures of an article in the view.
 *
 * Their source is one of this test: an address is "640x480", with "later:" before it where
 * the size is told only on demand, "broken:" where decoding fails, "clear:" for a drawing on
 * nothing.  Writes pictures, to be looked at by a person.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-snippet.h"
#include "dra-test.h"
#include "view-fixture.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* --- a source --------------------------------------------------------------------- */

#define TEST_TYPE_SOURCE (test_source_get_type ())
G_DECLARE_FINAL_TYPE (TestSource, test_source, TEST, SOURCE, DraPictureSource)

struct _TestSource
{
  DraPictureSource parent_instance;

  GHashTable *found; /* sizes told now */
  GPtrArray  *tasks; /* loads that wait */
  guint       n_loads;
  guint       n_cancelled;
  guint       last_width;
  gboolean    hold;
};

G_DEFINE_FINAL_TYPE (TestSource, test_source, DRA_TYPE_PICTURE_SOURCE)

static gboolean
parse (const char *source,
       guint      *width,
       guint      *height)
{
  const char *colon = strchr (source, ':');

  return sscanf (colon != NULL ? colon + 1 : source, "%ux%u", width, height) == 2;
}

static DraPictureSize
test_source_get_size (DraPictureSource *source,
                      const char       *address,
                      guint            *width,
                      guint            *height)
{
  TestSource *self = TEST_SOURCE (source);

  if (!parse (address, width, height))
    return DRA_PICTURE_SIZE_NONE;
  if (g_str_has_prefix (address, "later:") && !g_hash_table_contains (self->found, address))
    {
      *width = *height = 0;
      return DRA_PICTURE_SIZE_LATER;
    }
  return DRA_PICTURE_SIZE_KNOWN;
}

/* Evening over the sea, or a circle on nothing. */
static GdkTexture *
paint (guint    width,
       guint    height,
       gboolean clear)
{
  g_autofree guint8 *pixels = g_malloc0 ((gsize) width * height * 4);
  g_autoptr (GBytes) bytes = NULL;
  GdkTexture *texture;

  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      {
        guint8 *p = pixels + ((gsize) y * width + x) * 4;
        double dx = (double) x / width - .5, dy = (double) y / height - .5;
        double sun = hypot (dx * width / height, dy) < .18 ? 1 : 0;

        if (clear)
          {
            p[3] = fabs (hypot (dx * width / height, dy) - .35) < .02 ? 255 : 0;
            continue;
          }
        p[0] = (guint8) (dy < .1 ? 250 - 90 * (dy + .5) : 40 + 40 * sin (y * .7));
        p[1] = (guint8) (dy < .1 ? 190 - 60 * (dy + .5) + 50 * sun : 80);
        p[2] = (guint8) (dy < .1 ? 140 + 60 * (dy + .5) - 60 * sun : 120);
        p[3] = 255;
      }
  bytes = g_bytes_new (pixels, (gsize) width * height * 4);
  texture = gdk_memory_texture_new ((int) width, (int) height, GDK_MEMORY_R8G8B8A8, bytes,
                                    (gsize) width * 4);
  if (clear)
    dra_picture_source_mark_transparent (texture);
  return texture;
}

static void
answer (GTask *task)
{
  const char *address = g_object_get_data (G_OBJECT (task), "address");
  guint max_width = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (task), "width"));
  guint max_height = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (task), "height"));
  guint width, height;
  double scale;

  if (g_task_return_error_if_cancelled (task))
    {
      TEST_SOURCE (g_task_get_source_object (task))->n_cancelled++;
      return;
    }
  if (g_str_has_prefix (address, "broken:"))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "It is broken.");
      return;
    }
  parse (address, &width, &height);
  scale = MIN (1, MIN ((double) max_width / width, (double) max_height / height));
  g_task_return_pointer (task,
                         paint ((guint) MAX (1, width * scale), (guint) MAX (1, height * scale),
                                g_str_has_prefix (address, "clear:")),
                         g_object_unref);
}

static gboolean
answer_cb (gpointer task)
{
  answer (task);
  g_object_unref (task);
  return G_SOURCE_REMOVE;
}

static void
test_source_load_async (DraPictureSource    *source,
                        const char          *address,
                        guint                max_width,
                        guint                max_height,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  TestSource *self = TEST_SOURCE (source);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  self->n_loads++;
  self->last_width = max_width;
  g_object_set_data_full (G_OBJECT (task), "address", g_strdup (address), g_free);
  g_object_set_data (G_OBJECT (task), "width", GUINT_TO_POINTER (max_width));
  g_object_set_data (G_OBJECT (task), "height", GUINT_TO_POINTER (max_height));
  if (self->hold)
    g_ptr_array_add (self->tasks, task);
  else
    g_idle_add (answer_cb, task);
}

static GdkTexture *
test_source_load_finish (DraPictureSource  *source,
                         GAsyncResult      *result,
                         GError           **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
test_source_release (TestSource *self)
{
  self->hold = FALSE;
  for (guint i = 0; i < self->tasks->len; i++)
    answer (g_ptr_array_index (self->tasks, i));
  g_ptr_array_set_size (self->tasks, 0);
}

static void
test_source_finalize (GObject *object)
{
  TestSource *self = TEST_SOURCE (object);

  g_hash_table_unref (self->found);
  g_ptr_array_unref (self->tasks);
  G_OBJECT_CLASS (test_source_parent_class)->finalize (object);
}

static void
test_source_class_init (TestSourceClass *klass)
{
  DraPictureSourceClass *source_class = DRA_PICTURE_SOURCE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = test_source_finalize;
  source_class->get_size = test_source_get_size;
  source_class->load_async = test_source_load_async;
  source_class->load_finish = test_source_load_finish;
}

static void
test_source_init (TestSource *self)
{
  self->found = g_hash_table_new (g_str_hash, g_str_equal);
  self->tasks = g_ptr_array_new_with_free_func (g_object_unref);
}

/* --- an article ------------------------------------------------------------------- */

static void
add_words (DraArticleBuilder *builder,
           DraBlockKind       kind,
           const char        *words)
{
  dra_article_builder_begin_block (builder, kind, 0, NULL);
  dra_article_builder_add_text (builder, words, -1);
  dra_article_builder_end_block (builder);
}

static void
add_picture (DraArticleBuilder *builder,
             const char        *source,
             const char        *alternative,
             const char        *caption)
{
  dra_article_builder_add_image (builder, alternative);
  dra_article_builder_set_source (builder, source);
  if (caption != NULL)
    add_words (builder, DRA_BLOCK_CAPTION, caption);
}

static DraArticle *
new_illustrated (void)
{
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();

  add_words (builder, DRA_BLOCK_TITLE, "Six Pictures of One Evening");
  add_words (builder, DRA_BLOCK_PARAGRAPH,
             "The sun went down behind the breakwater at half past nine, and everybody who had "
             "a camera stood on the quay.");
  add_picture (builder, "1600x900", "The sun above the sea", "The sun at nine, from the quay.");
  add_words (builder, DRA_BLOCK_PARAGRAPH, "Lena Ortiz, who sells ice, drew it.");
  add_picture (builder, "clear:240x160", "A circle in ink", "Her drawing.");
  add_picture (builder, "broken:800x600", "A boat with a red sail, seen from above, with two "
               "people in it who wave and a dog that does not", "The boat.");
  add_picture (builder, "https://example.org/far.png", NULL, NULL);
  add_picture (builder, "later:400x300", "The same sun, a minute later", NULL);
  add_words (builder, DRA_BLOCK_PARAGRAPH, "Then it was dark, and they went home.");
  add_picture (builder, "300x3000", "The whole tower", "The tower.");
  add_words (builder, DRA_BLOCK_PARAGRAPH, "The end.");
  return dra_article_builder_build (builder);
}

static guint
find_block (DraArticle *article,
            const char *source)
{
  guint n_blocks;
  const DraBlock *blocks = dra_article_get_blocks (article, &n_blocks);

  for (guint i = 0; i < n_blocks; i++)
    if (g_strcmp0 (blocks[i].source, source) == 0)
      return i;
  g_assert_not_reached ();
}

static DraArticleText *
get_text (Fixture *f)
{
  return DRA_ARTICLE_TEXT (dra_article_view_get_text_view (f->view));
}

static GdkRectangle
get_place (Fixture    *f,
           DraArticle *article,
           const char *source)
{
  guint n_blocks;
  const DraBlock *block
    = &dra_article_get_blocks (article, &n_blocks)[find_block (article, source)];
  g_autoptr (GArray) places = dra_article_text_get_rectangles (get_text (f), block->range);

  g_assert_cmpuint (places->len, ==, 1);
  return g_array_index (places, GdkRectangle, 0);
}

static int
get_y (Fixture    *f,
       DraArticle *article,
       const char *passage)
{
  g_autoptr (GArray) places
    = dra_article_text_get_rectangles (get_text (f), fixture_find (article, passage));

  return g_array_index (places, GdkRectangle, 0).y;
}

static void
open_with (Fixture    *f,
           TestSource *source,
           DraArticle *article,
           int         width,
           int         height)
{
  fixture_open (f, width, height);
  dra_article_view_set_picture_source (f->view, DRA_PICTURE_SOURCE (source));
  dra_article_view_set_article (f->view, article);
  WAIT_FOR (dra_article_text_is_filled (get_text (f)));
  fixture_settle (f);
}

/* --- tests ------------------------------------------------------------------------ */

/* The room is there before the picture, and no letter moves when it comes. */
static void
test_room (void)
{
  g_autoptr (DraArticle) article = new_illustrated ();
  g_autoptr (TestSource) source = g_object_new (TEST_TYPE_SOURCE, NULL);
  GdkRectangle place;
  int column, before;
  Fixture f;

  source->hold = TRUE;
  open_with (&f, source, article, 1000, 3000);
  dra_article_text_get_column (get_text (&f), NULL, &column);
  WAIT_FOR (source->n_loads >= 3);
  place = get_place (&f, article, "1600x900");
  g_assert_cmpint (place.width, ==, column);
  g_assert_cmpint (ABS (place.height - column * 9 / 16), <=, 1);
  /* One pixel of a picture is one of the page, where there is room. */
  place = get_place (&f, article, "clear:240x160");
  g_assert_cmpint (place.width, ==, 240);
  g_assert_cmpint (place.height, ==, 160);
  place = get_place (&f, article, "300x3000");
  g_assert_cmpint (place.height, <=, (int) (column * 1.6) + 1);
  g_assert_cmpint (place.width, <, 120);
  before = get_y (&f, article, "Lena Ortiz");
  g_assert_cmpint (before - get_y (&f, article, "The sun at nine"), <, 150);
  g_assert_cmpint (get_y (&f, article, "The sun at nine") - get_y (&f, article, "camera"), >,
                   column * 9 / 16);

  test_source_release (source);
  fixture_settle (&f);
  g_assert_cmpint (get_y (&f, article, "Lena Ortiz"), ==, before);

  /* A narrower column has smaller pictures. */
  fixture_close (&f);
  open_with (&f, source, article, 400, 3000);
  dra_article_text_get_column (get_text (&f), NULL, &column);
  g_assert_cmpint (column, <, 380);
  g_assert_cmpint (get_place (&f, article, "1600x900").width, ==, column);
  fixture_close (&f);
}

/* What the header did not tell, and what does not come, become their words. */
static void
test_words (void)
{
  g_autoptr (DraArticle) article = new_illustrated ();
  g_autoptr (TestSource) source = g_object_new (TEST_TYPE_SOURCE, NULL);
  GdkRectangle place;
  gsize from;
  Fixture f;

  open_with (&f, source, article, 1000, 700);
  place = get_place (&f, article, "https://example.org/far.png");
  g_assert_cmpint (place.height, >, 20);
  g_assert_cmpint (place.height, <, 100);
  dra_article_view_scroll_to (f.view, fixture_find (article, "The boat."));
  WAIT_FOR (get_place (&f, article, "broken:800x600").height < 200);
  fixture_settle (&f);

  /* A size that comes late moves nothing that is being read. */
  dra_article_view_scroll_to (f.view, fixture_find (article, "The end."));
  fixture_settle (&f);
  from = dra_article_view_get_visible_offset (f.view);
  g_assert_cmpint (get_place (&f, article, "later:400x300").height, <, 100);
  g_hash_table_add (source->found, (gpointer) "later:400x300");
  dra_picture_source_size_found (DRA_PICTURE_SOURCE (source), "later:400x300");
  fixture_settle (&f);
  g_assert_cmpint (get_place (&f, article, "later:400x300").height, ==, 300);
  g_assert_cmpuint (dra_article_view_get_visible_offset (f.view), ==, from);
  fixture_close (&f);
}

/* Without a source all are words, and an article without pictures asks for none. */
static void
test_no_source (void)
{
  g_autoptr (DraArticle) article = new_illustrated ();
  g_autoptr (DraArticle) plain = fixture_new_plain ("No pictures.");
  g_autoptr (TestSource) source = g_object_new (TEST_TYPE_SOURCE, NULL);
  Fixture f;

  open_with (&f, NULL, article, 1000, 700);
  g_assert_cmpint (get_place (&f, article, "1600x900").height, <, 100);
  dra_article_view_set_picture_source (f.view, DRA_PICTURE_SOURCE (source));
  dra_article_view_set_article (f.view, plain);
  fixture_settle (&f);
  g_assert_cmpuint (source->n_loads, ==, 0);
  fixture_close (&f);
}

static void
test_lazy (void)
{
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();
  g_autoptr (DraArticle) article = NULL;
  g_autoptr (TestSource) source = g_object_new (TEST_TYPE_SOURCE, NULL);
  guint before;
  Fixture f;

  for (guint i = 0; i < 400; i++)
    {
      g_autofree char *words = g_strdup_printf ("Page %u of the album.", i);

      add_words (builder, DRA_BLOCK_PARAGRAPH, words);
      add_picture (builder, "600x400", words, NULL);
    }
  article = dra_article_builder_build (builder);
  open_with (&f, source, article, 800, 700);
  WAIT_FOR (source->n_loads >= 3);
  fixture_settle (&f);
  before = source->n_loads;
  g_assert_cmpuint (before, <, 60);

  /* What is left behind before it was there is not decoded. */
  source->hold = TRUE;
  dra_article_view_scroll_to (f.view, fixture_find (article, "Page 200 "));
  WAIT_FOR (source->n_loads > before);
  fixture_settle (&f);
  dra_article_view_scroll_to (f.view, fixture_find (article, "Page 350 "));
  fixture_settle (&f);
  test_source_release (source);
  WAIT_FOR (source->n_cancelled > 0);
  fixture_settle (&f);
  g_assert_cmpuint (source->n_loads, <, 150);
  fixture_close (&f);
}

static GtkWidget *find_picture_named (GtkWidget  *root,
                                      const char *name);

/* Of very many pictures each has its place, and its words or itself when it is looked at;
 * what is far from the window is neither decoded nor a widget. */
static void
test_many (void)
{
  const guint n_pictures = 5000;
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();
  g_autoptr (DraArticle) article = NULL;
  g_autoptr (TestSource) source = g_object_new (TEST_TYPE_SOURCE, NULL);
  GtkTextTagTable *tags;
  guint n_blocks, n_pictures_placed = 0, n_seen;
  const DraBlock *blocks;
  gint64 start;
  Fixture f;

  for (guint i = 0; i < n_pictures; i++)
    {
      g_autofree char *words = g_strdup_printf ("Plate %u of the atlas", i);
      g_autofree char *address = g_strdup_printf ("%s%ux%u", i % 5 == 3 ? "later:" : "",
                                                  100 + i % 50, 60 + i % 70);

      add_picture (builder, i % 5 == 4 ? "https://example.org/far.png" : address, words, NULL);
      if (i % 10 == 0)
        add_words (builder, DRA_BLOCK_PARAGRAPH, "The plates go on.");
    }
  article = dra_article_builder_build (builder);
  start = g_get_monotonic_time ();
  open_with (&f, source, article, 800, 700);
  WAIT_FOR (source->n_loads > 0);
  g_test_message ("%u pictures after %.2f s", n_pictures,
                  (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
  g_assert_cmpuint (source->n_loads, <, 100);
  tags = gtk_text_buffer_get_tag_table (gtk_text_view_get_buffer (GTK_TEXT_VIEW (get_text (&f))));
  g_assert_cmpint (gtk_text_tag_table_get_size (tags), <, 300);

  blocks = dra_article_get_blocks (article, &n_blocks);
  for (guint i = 0; i < n_blocks; i++)
    if (blocks[i].kind == DRA_BLOCK_IMAGE)
      {
        g_autoptr (GArray) places = dra_article_text_get_rectangles (get_text (&f),
                                                                     blocks[i].range);

        n_pictures_placed += places->len == 1 && g_array_index (places, GdkRectangle, 0).width > 50;
      }
  g_assert_cmpuint (n_pictures_placed, ==, n_pictures);

  /* The last ones: one in itself, one in words. */
  n_seen = source->n_loads;
  dra_article_view_scroll_to (f.view, blocks[n_blocks - 1].range);
  WAIT_FOR (find_picture_named (f.window, "Plate 4999 of the atlas") != NULL);
  WAIT_FOR (find_picture_named (f.window, "Plate 4997 of the atlas") != NULL);
  WAIT_FOR (source->n_loads > n_seen);
  g_assert_null (find_picture_named (f.window, "Plate 0 of the atlas"));
  g_assert_cmpuint (source->n_loads, <, 200);

  /* Those that share an address learn its size together. */
  {
    guint later = find_block (article, "later:103x63");
    int before = get_place (&f, article, "later:103x63").height;

    g_hash_table_add (source->found, (gpointer) blocks[later].source);
    dra_picture_source_size_found (DRA_PICTURE_SOURCE (source), "later:103x63");
    g_assert_cmpint (get_place (&f, article, "later:103x63").height, ==, 63);
    g_assert_cmpint (before, !=, 63);
  }
  dra_article_view_set_article (f.view, NULL);
  fixture_settle (&f);
  fixture_close (&f);
}

static GtkWidget *
find_picture_named (GtkWidget  *root,
                    const char *name)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = NULL;
      g_autofree char *mismatch = NULL;

      if (GTK_IS_PICTURE (child))
        mismatch = gtk_test_accessible_check_property (
          GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, name);
      if (GTK_IS_PICTURE (child) && mismatch == NULL)
        return child;
      found = find_picture_named (child, name);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
activated_cb (GObject *object,
              guint    block,
              guint   *kept)
{
  *kept = block;
}

/* For the pointer and the screen reader each picture near the window is a thing of its own. */
static void
test_widgets (void)
{
  g_autoptr (DraArticle) article = new_illustrated ();
  g_autoptr (TestSource) source = g_object_new (TEST_TYPE_SOURCE, NULL);
  guint activated = 0;
  GtkWidget *widget;
  GdkRectangle place;
  DraTextSpot spot;
  double x, y;
  int window_x, window_y;
  Fixture f;

  open_with (&f, source, article, 1000, 900);
  g_signal_connect (f.view, "picture-activated", G_CALLBACK (activated_cb), &activated);
  WAIT_FOR ((widget = find_picture_named (f.window, "The sun above the sea")) != NULL);
  fixture_settle (&f);
  g_assert_true (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget))
                 == GTK_ACCESSIBLE_ROLE_IMG);
  place = get_place (&f, article, "1600x900");
  gtk_text_view_buffer_to_window_coords (GTK_TEXT_VIEW (get_text (&f)), GTK_TEXT_WINDOW_WIDGET,
                                         place.x, place.y, &window_x, &window_y);
  g_assert_true (gtk_widget_translate_coordinates (widget, GTK_WIDGET (get_text (&f)), 0, 0, &x,
                                                   &y));
  g_assert_cmpint ((int) x, ==, window_x);
  g_assert_cmpint ((int) y, ==, window_y);
  g_assert_cmpint (gtk_widget_get_width (widget), ==, place.width);
  g_assert_cmpint (gtk_widget_get_height (widget), ==, place.height);
  WAIT_FOR (find_picture_named (f.window, "A circle in ink") != NULL);

  g_assert_true (gtk_widget_pick (f.window, window_x + 30, window_y + 30, 0) == widget);

  /* By keyboard: Enter with the caret before it, as for a link. */
  dra_article_text_find_spot (get_text (&f),
                              dra_article_get_blocks (article, &activated)[2].range.start,
                              &spot);
  g_assert_cmpint (spot.picture, ==, 2);
  dra_article_text_find_spot (get_text (&f), 0, &spot);
  g_assert_cmpint (spot.picture, ==, -1);

  /* Far away they are gone. */
  dra_article_view_set_article (f.view, NULL);
  fixture_settle (&f);
  g_assert_null (find_picture_named (f.window, "A circle in ink"));
  fixture_close (&f);
}

/* A copy has the words of a picture, not the character that stands for it. */
static void
test_plain (void)
{
  g_autoptr (DraArticle) article = new_illustrated ();
  DraRange range = { fixture_find (article, "drew it").start,
                     fixture_find (article, "Then it").end };
  g_autofree char *plain = dra_snippet_dup_plain (article, range);

  g_assert_cmpstr (plain, ==,
                   "drew it.\nA circle in ink\nHer drawing.\nA boat with a red sail, seen from "
                   "above, with two people in it who wave and a dog that does not\nThe boat.\n\n"
                   "The same sun, a minute later\nThen it");
}

static void
take_pictures (const char *style,
               int         width,
               int         height,
               double      scale)
{
  g_autoptr (DraArticle) article = new_illustrated ();
  g_autoptr (TestSource) source = g_object_new (TEST_TYPE_SOURCE, NULL);
  g_autofree char *name = g_strdup_printf ("article-images-%s-%d%s", style, width,
                                           scale > 1 ? "-2x" : "");
  Fixture f;

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      g_str_equal (style, "dark") ? ADW_COLOR_SCHEME_FORCE_DARK
                                                                  : ADW_COLOR_SCHEME_FORCE_LIGHT);
  g_hash_table_add (source->found, (gpointer) "later:400x300");
  open_with (&f, source, article, width, height);
  WAIT_FOR (source->n_loads >= 4);
  fixture_settle (&f);
  dra_article_view_select_range (f.view, (DraRange) { fixture_find (article, "Lena").start,
                                                      fixture_find (article, "Her").end });
  fixture_picture (&f, name, scale);
  fixture_close (&f);
}

static void
test_pictures (void)
{
  take_pictures ("light", 1000, 1300, 1);
  take_pictures ("dark", 1000, 1300, 1);
  take_pictures ("light", 400, 1200, 2);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      ADW_COLOR_SCHEME_DEFAULT);
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/article-images/room", test_room);
  g_test_add_func ("/article-images/words", test_words);
  g_test_add_func ("/article-images/no-source", test_no_source);
  g_test_add_func ("/article-images/lazy", test_lazy);
  g_test_add_func ("/article-images/many", test_many);
  g_test_add_func ("/article-images/widgets", test_widgets);
  g_test_add_func ("/article-images/plain", test_plain);
  g_test_add_func ("/article-images/pictures", test_pictures);
  return g_test_run ();
}
