/* dra-article-view-peek.c: cards over the text: who someone is, and footnotes in place.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-article-view-private.h"

#include <glib/gi18n.h>

#include "app/dra-peek.h"
#include "app/dra-snippet.h"

#define WIDTH 330 /* pixels */

static void
closed_cb (DraArticleView *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

/* GTK 4.8 gives a popover and a tooltip the height that their text has in another width. */
static void
fix_size (GtkWidget *child)
{
  int height;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, WIDTH, NULL, &height, NULL, NULL);
  gtk_widget_set_size_request (child, WIDTH, height);
}

/* Over the first line of a passage. */
static void
show_popover (DraArticleView *self,
              GtkWidget      *child,
              DraRange        range)
{
  GtkTextView *view = GTK_TEXT_VIEW (self->text);
  g_autoptr (GArray) lines = dra_article_text_get_rectangles (self->text, range);
  GdkRectangle place = { 0, 0, 1, 1 };
  int x, y;

  if (lines->len > 0)
    place = g_array_index (lines, GdkRectangle, 0);
  gtk_text_view_buffer_to_window_coords (view, GTK_TEXT_WINDOW_WIDGET, place.x, place.y, &x,
                                         &y);
  place.x = x;
  place.y = CLAMP (y, 0, gtk_widget_get_height (GTK_WIDGET (self)));
  if (self->peek == NULL)
    {
      self->peek = gtk_popover_new ();
      gtk_popover_set_position (GTK_POPOVER (self->peek), GTK_POS_BOTTOM);
      gtk_widget_set_parent (self->peek, GTK_WIDGET (self));
      g_signal_connect_object (self->peek, "closed", G_CALLBACK (closed_cb), self,
                               G_CONNECT_SWAPPED);
    }
  gtk_popover_set_child (GTK_POPOVER (self->peek), child);
  fix_size (child);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->peek), &place);
  gtk_popover_popup (GTK_POPOVER (self->peek));
}

/* --- who is this ------------------------------------------------------------------ */

/* The answer of the library has come: the card grows by a line. */
static void
elsewhere_cb (GtkWidget  *label,
              GParamSpec *pspec,
              GtkWidget  *card)
{
  GtkWidget *box = gtk_widget_get_parent (card);

  gtk_widget_set_visible (label, TRUE);
  gtk_widget_set_size_request (card, -1, -1);
  fix_size (card);
  if (GTK_IS_BOX (box))
    {
      gtk_widget_set_size_request (box, -1, -1);
      fix_size (box);
    }
}

/**
 * dra_article_view_create_peek:
 * @mention: index in the cast
 *
 * Returns: (transfer floating): a card about who is mentioned
 */
GtkWidget *
dra_article_view_create_peek (DraArticleView *self,
                              guint           mention)
{
  guint n_mentions;
  const DraMention *mentions = dra_cast_get_mentions (self->cast, &n_mentions);
  g_autoptr (DraPeek) peek
    = dra_peek_new (self->article, self->cast, self->all_notes, mentions[mention].entity);
  GtkWidget *card = dra_peek_create_card (peek);
  GtkWidget *elsewhere = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (elsewhere), 0);
  gtk_label_set_wrap (GTK_LABEL (elsewhere), TRUE);
  gtk_widget_add_css_class (elsewhere, "dim-label");
  gtk_widget_set_visible (elsewhere, FALSE);
  gtk_box_append (GTK_BOX (card), elsewhere);
  g_signal_connect_object (elsewhere, "notify::label", G_CALLBACK (elsewhere_cb), card, 0);
  fix_size (card);
  g_signal_emit (self, dra_article_view_signals[DRA_VIEW_PEEKED], 0, mentions[mention].entity, elsewhere);
  return card;
}

static void
walk_cb (GtkButton      *button,
         DraArticleView *self)
{
  guint mention = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "mention"));
  guint n_mentions = 0;

  gtk_popover_popdown (GTK_POPOVER (self->peek));
  if (self->cast != NULL)
    dra_cast_get_mentions (self->cast, &n_mentions);
  if (mention < n_mentions)
    g_signal_emit (self, dra_article_view_signals[DRA_VIEW_MENTION_CLICKED], 0, mention);
}

/* The mention at the caret, or the one that the walk stands on. */
static int
find_mention (DraArticleView *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text));
  DraTextSpot spot;
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_insert (buffer));
  dra_article_text_find_spot (self->text, dra_article_text_get_offset (self->text, &iter),
                              &spot);
  return spot.mention >= 0 ? spot.mention : self->current_mention;
}

/**
 * dra_article_view_peek:
 * @self: an article view
 *
 * Shows a card about who is named at the caret, or where the walk stands.
 *
 * Returns: FALSE when nobody is named there
 */
gboolean
dra_article_view_peek (DraArticleView *self)
{
  const DraMention *mentions;
  GtkWidget *box, *button;
  guint n_mentions;
  int mention;

  g_return_val_if_fail (DRA_IS_ARTICLE_VIEW (self), FALSE);

  mention = self->cast != NULL ? find_mention (self) : -1;
  if (mention < 0)
    return FALSE;
  mentions = dra_cast_get_mentions (self->cast, &n_mentions);
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  gtk_box_append (GTK_BOX (box), dra_article_view_create_peek (self, (guint) mention));
  button = gtk_button_new_with_label (_("Walk Through the Mentions"));
  g_object_set_data (G_OBJECT (button), "mention", GUINT_TO_POINTER ((guint) mention));
  g_signal_connect_object (button, "clicked", G_CALLBACK (walk_cb), self, 0);
  gtk_box_append (GTK_BOX (box), button);
  show_popover (self, box, mentions[mention].range);
  return TRUE;
}

/* --- footnotes -------------------------------------------------------------------- */

static void
go_to_footnote_cb (GtkButton      *button,
                   DraArticleView *self)
{
  gsize offset = GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (button), "offset"));

  gtk_popover_popdown (GTK_POPOVER (self->peek));
  dra_article_text_reveal (self->text, (DraRange) { offset, offset });
  dra_article_text_select (self->text, (DraRange) { offset, offset });
}

/**
 * dra_article_view_show_footnote:
 * @label: of the footnote
 * @offset: bytes of the article: where its reference is
 *
 * Opens a footnote in place.
 *
 * Returns: FALSE when there is none of this name
 */
gboolean
dra_article_view_show_footnote (DraArticleView *self,
                                const char     *label,
                                gsize           offset)
{
  guint n_blocks;
  const DraBlock *blocks = dra_article_get_blocks (self->article, &n_blocks);
  g_autofree char *text = NULL;
  GtkWidget *box, *note, *button;
  guint first = 0, last;
  DraRange range;

  while (first < n_blocks
         && !(blocks[first].kind == DRA_BLOCK_FOOTNOTE
              && g_strcmp0 (blocks[first].label, label) == 0))
    first++;
  if (first == n_blocks)
    return FALSE;
  /* Further paragraphs of a footnote have no name of their own. */
  for (last = first; last + 1 < n_blocks && blocks[last + 1].kind == DRA_BLOCK_FOOTNOTE
                     && blocks[last + 1].label == NULL;)
    last++;
  range = (DraRange) { blocks[first].range.start, blocks[last].range.end };
  text = dra_snippet_dup_plain (self->article, range);

  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  note = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (note), 0);
  gtk_label_set_wrap (GTK_LABEL (note), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (note), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (note), 10);
  gtk_label_set_selectable (GTK_LABEL (note), TRUE);
  dra_peek_set_passage (GTK_LABEL (note));
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Footnote"), -1);
  gtk_box_append (GTK_BOX (box), note);
  button = gtk_button_new_with_label (_("Go to the Footnote"));
  gtk_widget_set_halign (button, GTK_ALIGN_END);
  g_object_set_data (G_OBJECT (button), "offset", GSIZE_TO_POINTER (range.start));
  g_signal_connect_object (button, "clicked", G_CALLBACK (go_to_footnote_cb), self, 0);
  gtk_box_append (GTK_BOX (box), button);
  show_popover (self, box, (DraRange) { offset, offset + 1 });
  gtk_label_select_region (GTK_LABEL (note), 0, 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text, -1);
  gtk_widget_grab_focus (button);
  return TRUE;
}

/**
 * dra_article_view_peek_dispose:
 *
 * Takes the cards away.
 */
void
dra_article_view_peek_dispose (DraArticleView *self)
{
  g_clear_pointer (&self->peek, gtk_widget_unparent);
}
