/* dra-article-text-pictures.c: the pictures of an article.
 *
 * A picture is one character of the text on a line of its own.  The line has a tag that
 * keeps the room below it, as the picture's header tells it, so that nothing moves when the
 * picture comes; it is drawn there, over its character.  Pictures of one height share their
 * tag: a text buffer looks through all its tags for each it applies.  Only what is near the window is decoded,
 * in the size it is shown in.  There a widget that draws nothing stands over it, for the
 * pointer and for screen readers.  A picture that cannot be shown is its alternative text in
 * a frame.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-article-text-private.h"

#include <glib/gi18n.h>
#include <math.h>

#define OBJECT "\xef\xbf\xbc" /* U+FFFC */
#define MAX_NEAR 40           /* of them that are held in view at once */
#define MAX_BYTES (64 * 1024 * 1024) /* of decoded pictures that are kept out of view */
#define TALLEST 1.6           /* times the width of the column */
#define WORDS_LINES 6         /* of alternative text */
#define RADIUS 4

typedef struct
{
  guint         block;
  GtkTextTag   *tag;           /* unowned: the tag of its room */
  guint         width, height; /* pixels of the picture as it is, 0 while unknown */
  int           shown_width, shown_height; /* pixels in the window */
  gboolean      failed;        /* alternative text is all there is */
  gboolean      later;         /* its size is not known yet */
  GdkTexture   *texture;       /* (nullable) */
  GCancellable *loading;       /* (nullable) */
  GtkWidget    *widget;        /* (nullable): a child of the text view */
  GdkRectangle  widget_place;  /* at the last allocation */
} Picture;

struct _DraTextPictures
{
  DraPictureSource *source;   /* (nullable) */
  gulong            source_id;
  GArray           *pictures; /* Picture, by block */
  GArray           *near;     /* guint: index of those with a widget */
  GHashTable       *rooms;    /* pixels below a line to the GtkTextTag that keeps them, unowned */
  GHashTable       *waiting;  /* owned address to GArray of guint: pictures whose size comes later */
  int               above;    /* pixels above a line with a picture, of all rooms */
  gsize             bytes;    /* of textures */
  int               line_height; /* pixels: of a line that holds a picture's character */
  guint             update_id;
};

static void size_found_cb (DraArticleText *self,
                           const char     *source);

/**
 * dra_text_pictures_new:
 *
 * Returns: (transfer full): no pictures; free with dra_text_pictures_free()
 */
DraTextPictures *
dra_text_pictures_new (void)
{
  DraTextPictures *self = g_new0 (DraTextPictures, 1);

  self->pictures = g_array_new (FALSE, TRUE, sizeof (Picture));
  self->near = g_array_new (FALSE, FALSE, sizeof (guint));
  self->rooms = g_hash_table_new (NULL, NULL);
  self->waiting = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                         (GDestroyNotify) g_array_unref);
  return self;
}

/**
 * dra_text_pictures_free:
 * @self: what dra_text_pictures_new() gave, cleared
 */
void
dra_text_pictures_free (DraTextPictures *self)
{
  g_array_unref (self->pictures);
  g_array_unref (self->near);
  g_hash_table_unref (self->rooms);
  g_hash_table_unref (self->waiting);
  g_free (self);
}

static Picture *
get_picture (DraArticleText *self,
             guint           index)
{
  return &g_array_index (self->pictures->pictures, Picture, index);
}

/* The picture that is this block, or NULL. */
static Picture *
find_picture (DraArticleText *self,
              guint           block)
{
  guint low = 0;
  guint high = self->pictures->pictures->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (get_picture (self, middle)->block < block)
        low = middle + 1;
      else
        high = middle;
    }
  return low < self->pictures->pictures->len && get_picture (self, low)->block == block
           ? get_picture (self, low)
           : NULL;
}

static const DraBlock *
get_block (DraArticleText *self,
           guint           block)
{
  guint n_blocks;

  return &dra_article_get_blocks (self->article, &n_blocks)[block];
}

/* --- sizes ------------------------------------------------------------------------ */

static const char *
get_words (const DraBlock *block)
{
  return block->label != NULL && *block->label != '\0' ? block->label
                                                       : _("This picture cannot be shown");
}

static float
get_padding (DraArticleText *self)
{
  return (float) dra_text_style_get_metrics (self->style)->size * .6f;
}

static PangoLayout *
create_words_layout (DraArticleText *self,
                     const DraBlock *block,
                     int             width)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), get_words (block));

  pango_layout_set_width (layout, (int) MAX (1, width - 2 * get_padding (self)) * PANGO_SCALE);
  pango_layout_set_height (layout, -WORDS_LINES);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  pango_layout_set_spacing (
    layout, dra_text_style_get_metrics (self->style)->leading / 2 * PANGO_SCALE);
  return layout;
}

static int
get_column (DraArticleText *self)
{
  return self->column_width > 0 ? self->column_width
                                : dra_text_style_get_metrics (self->style)->measure;
}

static void
measure_line (DraArticleText *self)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), OBJECT);

  pango_layout_get_pixel_size (layout, NULL, &self->pictures->line_height);
}

/* The tag that keeps so many pixels below a line. */
static GtkTextTag *
get_room (DraArticleText *self,
          int             below)
{
  DraTextPictures *pictures = self->pictures;
  GtkTextTag *tag = g_hash_table_lookup (pictures->rooms, GINT_TO_POINTER (below));

  if (tag != NULL)
    return tag;
  tag = gtk_text_tag_new (NULL);
  g_object_set (tag, "pixels-above-lines", pictures->above, "pixels-below-lines", below, NULL);
  gtk_text_tag_table_add (dra_text_style_get_table (self->style), tag);
  g_hash_table_insert (pictures->rooms, GINT_TO_POINTER (below), tag);
  g_object_unref (tag);
  return tag;
}

/* Gives a picture that stands in the text another room. */
static void
move_to_room (DraArticleText *self,
              Picture        *picture,
              GtkTextTag     *tag)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  const DraRange range = get_block (self, picture->block)->range;
  GtkTextIter start, end;

  if (dra_article_text_get_iter (self, range.start, &start)
      && dra_article_text_get_iter (self, range.end, &end))
    {
      /* Setting a tag has the text laid out anew. */
      gtk_text_buffer_remove_tag (buffer, picture->tag, &start, &end);
      gtk_text_buffer_apply_tag (buffer, tag, &start, &end);
    }
}

/* Fits the picture, or the words for it, into the column and keeps the room for it. */
static void
fit (DraArticleText *self,
     Picture        *picture)
{
  const DraTextMetrics *metrics = dra_text_style_get_metrics (self->style);
  const DraBlock *block = get_block (self, picture->block);
  guint n_blocks;
  int column = get_column (self);
  gboolean captioned;
  GtkTextTag *room;
  int below;

  if (picture->width > 0 && !picture->failed)
    {
      double width = picture->width * self->zoom;
      double height = picture->height * self->zoom;
      double scale = MIN (1, MIN (column / width, column * TALLEST / height));

      picture->shown_width = MAX (1, (int) lround (width * scale));
      picture->shown_height = MAX (1, (int) lround (height * scale));
    }
  else
    {
      g_autoptr (PangoLayout) layout = create_words_layout (self, block, column);
      int height;

      pango_layout_get_pixel_size (layout, NULL, &height);
      picture->shown_width = column;
      picture->shown_height = height + (int) (2 * get_padding (self));
    }

  dra_article_get_blocks (self->article, &n_blocks);
  captioned = picture->block + 1 < n_blocks && block[1].kind == DRA_BLOCK_CAPTION;
  below = MAX (0, picture->shown_height - self->pictures->line_height)
          + (captioned ? (int) lround (metrics->size * .7)
                       : metrics->paragraph + (int) lround (metrics->size * .6));
  room = get_room (self, below);
  if (picture->tag != NULL && picture->tag != room)
    move_to_room (self, picture, room);
  picture->tag = room;
}

/* What all rooms of this size of the letters have above them. */
static void
update_above (DraArticleText *self)
{
  DraTextPictures *pictures = self->pictures;
  int above = (int) lround (dra_text_style_get_metrics (self->style)->size * .6);
  GHashTableIter iter;
  gpointer tag;

  if (pictures->above == above)
    return;
  pictures->above = above;
  g_hash_table_iter_init (&iter, pictures->rooms);
  while (g_hash_table_iter_next (&iter, NULL, &tag))
    g_object_set (tag, "pixels-above-lines", above, NULL);
}

/* A window that is made wider step by step must not leave a tag for each step. */
static void
drop_unused_rooms (DraArticleText *self)
{
  g_autoptr (GHashTable) used = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer tag;

  for (guint i = 0; i < self->pictures->pictures->len; i++)
    g_hash_table_add (used, get_picture (self, i)->tag);
  g_hash_table_iter_init (&iter, self->pictures->rooms);
  while (g_hash_table_iter_next (&iter, NULL, &tag))
    if (!g_hash_table_contains (used, tag))
      {
        g_hash_table_iter_remove (&iter);
        gtk_text_tag_table_remove (dra_text_style_get_table (self->style), tag);
      }
}

static void
ask_size (DraArticleText *self,
          Picture        *picture)
{
  const char *source = get_block (self, picture->block)->source;
  DraPictureSize known = DRA_PICTURE_SIZE_NONE;

  if (self->pictures->source != NULL && source != NULL)
    known = dra_picture_source_get_size (self->pictures->source, source, &picture->width,
                                         &picture->height);
  picture->failed = known == DRA_PICTURE_SIZE_NONE;
  picture->later = known == DRA_PICTURE_SIZE_LATER;
}

static void
wait_for_size (DraArticleText *self,
               guint           index)
{
  const char *source = get_block (self, get_picture (self, index)->block)->source;
  GArray *same = g_hash_table_lookup (self->pictures->waiting, source);

  if (same == NULL)
    {
      same = g_array_new (FALSE, FALSE, sizeof (guint));
      g_hash_table_insert (self->pictures->waiting, g_strdup (source), same);
    }
  g_array_append_val (same, index);
}

/**
 * dra_article_text_get_picture_tag:
 * @block: index of a block that is an image
 *
 * Pictures are asked for in the order of the text.
 *
 * Returns: (transfer none): the tag that keeps the room for the picture
 */
GtkTextTag *
dra_article_text_get_picture_tag (DraArticleText *self,
                                  guint           block)
{
  DraTextPictures *pictures = self->pictures;
  Picture picture = { .block = block };

  if (pictures->line_height == 0)
    measure_line (self);
  update_above (self);
  ask_size (self, &picture);
  fit (self, &picture);
  g_array_append_val (pictures->pictures, picture);
  if (picture.later)
    wait_for_size (self, pictures->pictures->len - 1);
  return picture.tag;
}

/**
 * dra_article_text_update_pictures:
 *
 * Fits the pictures anew for another column width or size of the letters.
 */
void
dra_article_text_update_pictures (DraArticleText *self)
{
  if (self->pictures->pictures->len == 0)
    return;
  measure_line (self);
  update_above (self);
  for (guint i = 0; i < self->pictures->pictures->len; i++)
    fit (self, get_picture (self, i));
  drop_unused_rooms (self);
}

/* --- what is near the window ------------------------------------------------------- */

typedef struct
{
  DraArticleText *text; /* owned */
  GCancellable   *cancellable;
  guint           block;
} Load;

static void
drop_texture (DraArticleText *self,
              Picture        *picture)
{
  if (picture->texture == NULL)
    return;
  self->pictures->bytes -= (gsize) gdk_texture_get_width (picture->texture)
                           * gdk_texture_get_height (picture->texture) * 4;
  g_clear_object (&picture->texture);
}

static void
stop_loading (Picture *picture)
{
  g_cancellable_cancel (picture->loading);
  g_clear_object (&picture->loading);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Load *load = data;
  DraArticleText *self = load->text;
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GError) error = NULL;
  Picture *picture = NULL;

  texture = dra_picture_source_load_finish (DRA_PICTURE_SOURCE (source), result, &error);
  if (self->article != NULL)
    picture = find_picture (self, load->block);
  if (picture != NULL && picture->loading == load->cancellable)
    {
      g_clear_object (&picture->loading);
      drop_texture (self, picture);
      if (texture != NULL)
        {
          picture->texture = g_object_ref (texture);
          self->pictures->bytes += (gsize) gdk_texture_get_width (texture)
                                   * gdk_texture_get_height (texture) * 4;
        }
      else
        {
          picture->failed = TRUE;
          dra_article_text_pin_top (self);
          fit (self, picture);
        }
      gtk_widget_queue_draw (GTK_WIDGET (self));
      dra_article_text_queue_pictures (self);
    }
  g_object_unref (load->cancellable);
  g_object_unref (load->text);
  g_free (load);
}

/* Has a picture decoded in the size it is shown in, unless it is there in about that. */
static void
request (DraArticleText *self,
         Picture        *picture)
{
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  guint width = (guint) (picture->shown_width * scale);
  guint height = (guint) (picture->shown_height * scale);
  Load *load;

  if (picture->failed || picture->width == 0 || picture->loading != NULL
      || (picture->texture != NULL
          && gdk_texture_get_width (picture->texture)
               >= (int) (MIN (width, picture->width) * .95)))
    return;
  picture->loading = g_cancellable_new ();
  load = g_new0 (Load, 1);
  load->text = g_object_ref (self);
  load->cancellable = g_object_ref (picture->loading);
  load->block = picture->block;
  dra_picture_source_load_async (self->pictures->source, get_block (self, picture->block)->source,
                                 width, height, picture->loading, loaded_cb, load);
}

static void
released_cb (GtkGestureClick *gesture,
             int              n_press,
             double           x,
             double           y,
             DraArticleText  *self)
{
  GtkWidget *widget = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  guint block = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (widget), "block"));
  Picture *picture = find_picture (self, block);

  if (picture != NULL && !picture->failed)
    g_signal_emit_by_name (self, "picture-activated", block);
}

static void
add_widget (DraArticleText *self,
            Picture        *picture)
{
  const DraBlock *block = get_block (self, picture->block);
  GtkGesture *click = gtk_gesture_click_new ();

  picture->widget = gtk_picture_new ();
  gtk_widget_set_focusable (picture->widget, FALSE);
  g_object_set_data (G_OBJECT (picture->widget), "block", GUINT_TO_POINTER (picture->block));
  gtk_accessible_update_property (GTK_ACCESSIBLE (picture->widget),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  block->label != NULL && *block->label != '\0'
                                    ? block->label
                                    : _("Picture without a description"),
                                  -1);
  g_signal_connect_object (click, "released", G_CALLBACK (released_cb), self, 0);
  gtk_widget_add_controller (picture->widget, GTK_EVENT_CONTROLLER (click));
  gtk_widget_set_parent (picture->widget, GTK_WIDGET (self));
}

/* Where the widget belongs, in the coordinates of the text view. */
static gboolean
get_widget_place (DraArticleText *self,
                  Picture        *picture,
                  GdkRectangle   *place)
{
  if (!dra_article_text_get_picture_place (self, picture->block, place))
    return FALSE;
  gtk_text_view_buffer_to_window_coords (GTK_TEXT_VIEW (self), GTK_TEXT_WINDOW_WIDGET, place->x,
                                         place->y, &place->x, &place->y);
  return TRUE;
}

/* Has the widget put over what is drawn, with the next allocation. */
static void
place_widget (DraArticleText *self,
              Picture        *picture)
{
  gboolean shown = picture->texture != NULL;
  GdkRectangle place;

  if (picture->widget == NULL)
    add_widget (self, picture);
  gtk_widget_set_cursor_from_name (picture->widget, shown ? "pointer" : NULL);
  gtk_widget_set_tooltip_text (picture->widget,
                               shown ? get_block (self, picture->block)->label : NULL);
  if (get_widget_place (self, picture, &place)
      && !gdk_rectangle_equal (&place, &picture->widget_place))
    gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/**
 * dra_article_text_allocate_pictures:
 *
 * Puts the widgets of the pictures over what is drawn.  GtkTextView has a layer for that, but
 * in 4.8 it cannot let go of a widget, and loses memory for each.
 */
void
dra_article_text_allocate_pictures (DraArticleText *self)
{
  for (guint i = 0; i < self->pictures->near->len; i++)
    {
      Picture *picture = get_picture (self, g_array_index (self->pictures->near, guint, i));
      GdkRectangle *place = &picture->widget_place;

      if (picture->widget == NULL || !get_widget_place (self, picture, place))
        continue;
      gtk_widget_measure (picture->widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL,
                          NULL);
      gtk_widget_size_allocate (picture->widget, place, -1);
    }
}

static int
get_y (DraArticleText *self,
       guint           index)
{
  GtkTextIter iter;
  int y, height;

  if (!dra_article_text_get_iter (
        self, get_block (self, get_picture (self, index)->block)->range.start, &iter))
    return G_MAXINT;
  gtk_text_view_get_line_yrange (GTK_TEXT_VIEW (self), &iter, &y, &height);
  return y;
}

/* Index of the first picture that begins at or below y. */
static guint
find_from (DraArticleText *self,
           int             y)
{
  guint low = 0;
  guint high = self->pictures->pictures->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (get_y (self, middle) < y)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static void
leave (DraArticleText *self,
       Picture        *picture)
{
  g_clear_pointer (&picture->widget, gtk_widget_unparent);
  picture->widget_place = (GdkRectangle) { 0 };
  stop_loading (picture);
  if (self->pictures->bytes > MAX_BYTES)
    drop_texture (self, picture);
}

static gboolean
update_cb (gpointer data)
{
  DraArticleText *self = data;
  DraTextPictures *pictures = self->pictures;
  GdkRectangle visible;
  guint first, end;

  pictures->update_id = 0;
  if (self->article == NULL)
    return G_SOURCE_REMOVE;
  gtk_text_view_get_visible_rect (GTK_TEXT_VIEW (self), &visible);
  first = find_from (self, visible.y - visible.height);
  first -= MIN (first, 1); /* it may reach down from above */
  end = MIN (find_from (self, visible.y + 2 * visible.height), first + MAX_NEAR);
  for (guint i = 0; i < pictures->near->len; i++)
    {
      guint index = g_array_index (pictures->near, guint, i);

      if (index < first || index >= end)
        leave (self, get_picture (self, index));
    }
  g_array_set_size (pictures->near, 0);
  for (guint i = first; i < end; i++)
    {
      request (self, get_picture (self, i));
      place_widget (self, get_picture (self, i));
      g_array_append_val (pictures->near, i);
    }
  return G_SOURCE_REMOVE;
}

/**
 * dra_article_text_queue_pictures:
 *
 * Looks, before the next idle work, which pictures are near the window now.
 */
void
dra_article_text_queue_pictures (DraArticleText *self)
{
  if (self->pictures->pictures->len > 0 && self->pictures->update_id == 0)
    self->pictures->update_id
      = g_idle_add_full (GDK_PRIORITY_REDRAW + 1, update_cb, self, NULL);
}

static void
size_found_cb (DraArticleText *self,
               const char     *source)
{
  g_autoptr (GArray) same = NULL;
  gpointer key, value;

  if (self->article == NULL
      || !g_hash_table_steal_extended (self->pictures->waiting, source, &key, &value))
    return;
  g_free (key);
  same = value;
  dra_article_text_pin_top (self);
  for (guint i = 0; i < same->len; i++)
    {
      Picture *picture = get_picture (self, g_array_index (same, guint, i));

      ask_size (self, picture);
      fit (self, picture);
    }
  dra_article_text_queue_pictures (self);
}

/**
 * dra_article_text_clear_pictures:
 *
 * Forgets the pictures of the article that was shown.
 */
void
dra_article_text_clear_pictures (DraArticleText *self)
{
  DraTextPictures *pictures = self->pictures;
  GtkTextTagTable *tags = dra_text_style_get_table (self->style);
  GHashTableIter iter;
  gpointer tag;

  g_clear_handle_id (&pictures->update_id, g_source_remove);
  for (guint i = 0; i < pictures->pictures->len; i++)
    {
      Picture *picture = get_picture (self, i);

      g_clear_pointer (&picture->widget, gtk_widget_unparent);
      stop_loading (picture);
      drop_texture (self, picture);
    }
  g_hash_table_iter_init (&iter, pictures->rooms);
  while (g_hash_table_iter_next (&iter, NULL, &tag))
    gtk_text_tag_table_remove (tags, tag);
  g_hash_table_remove_all (pictures->rooms);
  g_hash_table_remove_all (pictures->waiting);
  g_array_set_size (pictures->pictures, 0);
  g_array_set_size (pictures->near, 0);
  pictures->line_height = 0;
}

/**
 * dra_article_text_set_picture_source:
 * @source: (nullable): where the pictures of the article come from
 *
 * To be set before the article.
 */
void
dra_article_text_set_picture_source (DraArticleText   *self,
                                     DraPictureSource *source)
{
  DraTextPictures *pictures = self->pictures;

  if (pictures->source == source)
    return;
  g_clear_signal_handler (&pictures->source_id, pictures->source);
  g_set_object (&pictures->source, source);
  if (source != NULL)
    pictures->source_id = g_signal_connect_object (source, "size-found",
                                                   G_CALLBACK (size_found_cb), self,
                                                   G_CONNECT_SWAPPED);
}

/* --- drawing ---------------------------------------------------------------------- */

/**
 * dra_article_text_get_picture_place:
 * @block: index of a block that is an image
 * @place: (out): where it is drawn, in the coordinates of the buffer
 *
 * Returns: FALSE when it has no place of its own
 */
gboolean
dra_article_text_get_picture_place (DraArticleText *self,
                                    guint           block,
                                    GdkRectangle   *place)
{
  Picture *picture = find_picture (self, block);
  GtkTextIter iter;

  if (picture == NULL
      || !dra_article_text_get_iter (self, get_block (self, block)->range.start, &iter))
    return FALSE;
  gtk_text_view_get_iter_location (GTK_TEXT_VIEW (self), &iter, place);
  place->x = self->column_x;
  place->width = picture->shown_width;
  place->height = picture->shown_height;
  return TRUE;
}

static void
draw_words (DraArticleText        *self,
            GtkSnapshot           *snapshot,
            const DraBlock        *block,
            const GskRoundedRect  *shape)
{
  const graphene_rect_t *bounds = &shape->bounds;
  g_autoptr (PangoLayout) layout
    = create_words_layout (self, block, (int) bounds->size.width);
  const GdkRGBA *faint = &self->palette.faint;
  int height;

  gtk_snapshot_append_border (snapshot, shape, (float[4]) { 1, 1, 1, 1 },
                              (GdkRGBA[4]) { *faint, *faint, *faint, *faint });
  pango_layout_get_pixel_size (layout, NULL, &height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
    snapshot, &GRAPHENE_POINT_INIT (bounds->origin.x + get_padding (self),
                                    bounds->origin.y + (bounds->size.height - height) / 2));
  gtk_snapshot_append_layout (snapshot, layout, &self->palette.secondary);
  gtk_snapshot_restore (snapshot);
}

/* A picture that is selected is tinted, and one that the caret stands before has a frame. */
static void
draw_state (DraArticleText       *self,
            GtkSnapshot          *snapshot,
            guint                 block,
            const GskRoundedRect *shape)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  const DraRange range = get_block (self, block)->range;
  const GdkRGBA *line = &self->palette.link;
  DraRange selection;
  GskRoundedRect frame;
  GtkTextIter caret;

  if (dra_article_text_get_selection (self, &selection))
    {
      if (selection.start <= range.start && selection.end >= range.end)
        gtk_snapshot_append_color (snapshot, &self->palette.selection, &shape->bounds);
      return;
    }
  gtk_text_buffer_get_iter_at_mark (buffer, &caret, gtk_text_buffer_get_insert (buffer));
  if (!gtk_widget_is_focus (GTK_WIDGET (self))
      || !gtk_widget_has_css_class (GTK_WIDGET (self), "caret")
      || dra_article_text_get_offset (self, &caret) != range.start)
    return;
  frame = *shape;
  gsk_rounded_rect_shrink (&frame, -3, -3, -3, -3);
  gtk_snapshot_append_border (snapshot, &frame, (float[4]) { 2, 2, 2, 2 },
                              (GdkRGBA[4]) { *line, *line, *line, *line });
}

/* The picture, its place while it is not there yet, or the words for it. */
static void
draw_picture (DraArticleText *self,
              GtkSnapshot    *snapshot,
              guint           block)
{
  Picture *picture = find_picture (self, block);
  GdkRGBA color = self->palette.faint;
  GskRoundedRect shape;
  GdkRectangle place;

  if (picture == NULL || !dra_article_text_get_picture_place (self, block, &place))
    return;
  gsk_rounded_rect_init_from_rect (
    &shape,
    &GRAPHENE_RECT_INIT (place.x, place.y, MIN (place.width, self->column_width), place.height),
    MIN (RADIUS, MIN (place.width, place.height) / 8.f));
  if (picture->texture == NULL && (picture->failed || picture->width == 0))
    {
      draw_words (self, snapshot, get_block (self, block), &shape);
      draw_state (self, snapshot, block, &shape);
      return;
    }
  gtk_snapshot_push_rounded_clip (snapshot, &shape);
  if (picture->texture == NULL)
    {
      color.alpha *= .3f;
      gtk_snapshot_append_color (snapshot, &color, &shape.bounds);
    }
  else
    {
      /* Black lines on nothing would be lost on a dark page. */
      if (dra_picture_source_is_transparent (picture->texture))
        gtk_snapshot_append_color (snapshot, &self->palette.paper, &shape.bounds);
      gtk_snapshot_append_texture (snapshot, picture->texture, &shape.bounds);
    }
  gtk_snapshot_pop (snapshot);
  draw_state (self, snapshot, block, &shape);
}

/**
 * dra_article_text_snapshot_pictures:
 * @visible: bytes of the article in view
 *
 * Draws the pictures in view, over their characters.
 */
void
dra_article_text_snapshot_pictures (DraArticleText *self,
                                    GtkSnapshot    *snapshot,
                                    DraRange        visible)
{
  DraTextPictures *pictures = self->pictures;
  guint low = 0;
  guint high = pictures->pictures->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (get_block (self, get_picture (self, middle)->block)->range.end < visible.start)
        low = middle + 1;
      else
        high = middle;
    }
  for (; low < pictures->pictures->len; low++)
    {
      guint block = get_picture (self, low)->block;

      if (get_block (self, block)->range.start > visible.end)
        break;
      draw_picture (self, snapshot, block);
    }
}
