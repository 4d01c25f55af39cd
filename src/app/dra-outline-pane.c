/* dra-outline-pane.c: the headings of the article as a list.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-outline-pane.h"

#include <glib/gi18n.h>

#define INDENT 14 /* pixels a level */
#define MAX_TITLE 300 /* bytes that are shown of a heading */

/* {{{ One heading */

#define TYPE_HEADING (heading_get_type ())
G_DECLARE_FINAL_TYPE (Heading, heading, DRA, HEADING, GObject)

struct _Heading
{
  GObject parent_instance;

  char   *title;
  guint   level;  /* 0 for the title of the article */
  gsize   offset; /* bytes of the article */
};

G_DEFINE_FINAL_TYPE (Heading, heading, G_TYPE_OBJECT)

static void
heading_finalize (GObject *object)
{
  g_free (DRA_HEADING (object)->title);
  G_OBJECT_CLASS (heading_parent_class)->finalize (object);
}

static void
heading_class_init (HeadingClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = heading_finalize;
}

static void
heading_init (Heading *self)
{
}

/* }}} */

struct _DraOutlinePane
{
  GtkWidget           parent_instance;

  GtkStack           *stack;
  GtkListView        *list;
  GListStore         *headings; /* Heading */
  GtkSingleSelection *selection;
  int                 current;
};

enum
{
  HEADING_ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DraOutlinePane, dra_outline_pane, GTK_TYPE_WIDGET)

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), 3);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *item)
{
  GtkWidget *label = gtk_list_item_get_child (item);
  Heading *heading = gtk_list_item_get_item (item);

  gtk_label_set_label (GTK_LABEL (label), heading->title);
  gtk_widget_set_margin_start (label, heading->level > 1 ? INDENT * ((int) heading->level - 1)
                                                         : 0);
  if (heading->level == 0)
    gtk_widget_add_css_class (label, "heading");
  else
    gtk_widget_remove_css_class (label, "heading");
  if (heading->level > 2)
    gtk_widget_add_css_class (label, "dim-label");
  else
    gtk_widget_remove_css_class (label, "dim-label");
}

static void
activate_cb (DraOutlinePane *self,
             guint           position)
{
  g_autoptr (Heading) heading
    = g_list_model_get_item (G_LIST_MODEL (self->headings), position);

  if (heading != NULL)
    g_signal_emit (self, signals[HEADING_ACTIVATED], 0, (guint64) heading->offset);
}

static void
dra_outline_pane_dispose (GObject *object)
{
  DraOutlinePane *self = DRA_OUTLINE_PANE (object);

  g_clear_pointer ((GtkWidget **) &self->stack, gtk_widget_unparent);
  g_clear_object (&self->selection);
  g_clear_object (&self->headings);
  G_OBJECT_CLASS (dra_outline_pane_parent_class)->dispose (object);
}

static void
dra_outline_pane_class_init (DraOutlinePaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dra_outline_pane_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);

  /**
   * DraOutlinePane::heading-activated:
   * @offset: bytes of the article where the heading begins
   *
   * The reader wants to go there.
   */
  signals[HEADING_ACTIVATED]
    = g_signal_new ("heading-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT64);
}

static void
dra_outline_pane_init (DraOutlinePane *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *empty = adw_status_page_new ();

  self->current = -1;
  self->headings = g_list_store_new (TYPE_HEADING);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->headings)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);

  self->list = GTK_LIST_VIEW (
    gtk_list_view_new (g_object_ref (GTK_SELECTION_MODEL (self->selection)), factory));
  gtk_list_view_set_single_click_activate (self->list, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Headings"), -1);
  g_signal_connect_object (self->list, "activate", G_CALLBACK (activate_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->list));

  adw_status_page_set_title (ADW_STATUS_PAGE (empty), _("No Headings"));
  adw_status_page_set_description (ADW_STATUS_PAGE (empty),
                                   _("This article is not divided by headings."));
  gtk_widget_add_css_class (empty, "compact");

  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, empty, "empty");
  gtk_stack_add_named (self->stack, scrolled, "list");
  gtk_widget_set_parent (GTK_WIDGET (self->stack), GTK_WIDGET (self));
}

static char *
dup_title (DraArticle     *article,
           const DraBlock *block)
{
  DraRange range = block->range;
  g_autofree char *text = NULL;

  range.end = MIN (range.end, range.start + MAX_TITLE);
  /* To the beginning of a character. */
  range.end = dra_article_to_bytes (article, dra_article_to_code_points (article, range.end));
  text = dra_article_dup_range (article, range);
  g_strdelimit (text, "\n\t", ' ');
  return g_steal_pointer (&text);
}

/**
 * dra_outline_pane_set_article:
 * @article: (nullable): the article
 *
 * Lists its headings, below its title.
 */
void
dra_outline_pane_set_article (DraOutlinePane *self,
                              DraArticle     *article)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  const DraBlock *blocks = NULL;
  guint n_blocks = 0;
  guint n_below = 0;

  g_return_if_fail (DRA_IS_OUTLINE_PANE (self));

  if (article != NULL)
    blocks = dra_article_get_blocks (article, &n_blocks);
  for (guint i = 0; i < n_blocks; i++)
    if (blocks[i].kind == DRA_BLOCK_HEADING || blocks[i].kind == DRA_BLOCK_TITLE)
      {
        Heading *heading = g_object_new (TYPE_HEADING, NULL);

        heading->title = dup_title (article, &blocks[i]);
        heading->level = blocks[i].kind == DRA_BLOCK_TITLE ? 0 : MAX (1, blocks[i].level);
        heading->offset = blocks[i].range.start;
        n_below += heading->level > 0 ? 1 : 0;
        g_ptr_array_add (found, heading);
      }
  self->current = -1;
  g_list_store_splice (self->headings, 0,
                       g_list_model_get_n_items (G_LIST_MODEL (self->headings)), found->pdata,
                       n_below > 0 ? found->len : 0);
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  gtk_stack_set_visible_child_name (self->stack, n_below > 0 ? "list" : "empty");
}

/**
 * dra_outline_pane_set_position:
 * @offset: bytes of the article: where the text in view begins
 *
 * Marks the heading that this part of the text is under.
 */
void
dra_outline_pane_set_position (DraOutlinePane *self,
                               gsize           offset)
{
  GListModel *headings = G_LIST_MODEL (self->headings);
  guint low = 0;
  guint high = g_list_model_get_n_items (headings);
  int current;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      g_autoptr (Heading) heading = g_list_model_get_item (headings, middle);

      if (heading->offset <= offset)
        low = middle + 1;
      else
        high = middle;
    }
  current = (int) low - 1;
  if (current == self->current)
    return;
  self->current = current;
  gtk_single_selection_set_selected (self->selection, current >= 0
                                                        ? (guint) current
                                                        : GTK_INVALID_LIST_POSITION);
  /* Not while the keyboard walks the list: the row in focus must stay in view. */
  if (current >= 0 && gtk_widget_get_mapped (GTK_WIDGET (self->list))
      && gtk_widget_get_focus_child (GTK_WIDGET (self->list)) == NULL)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u",
                                (guint) current);
}

/**
 * dra_outline_pane_focus_list:
 *
 * Puts the keyboard into the list.
 */
void
dra_outline_pane_focus_list (DraOutlinePane *self)
{
  if (!gtk_widget_grab_focus (GTK_WIDGET (self->list)))
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

guint
dra_outline_pane_get_n_headings (DraOutlinePane *self)
{
  g_return_val_if_fail (DRA_IS_OUTLINE_PANE (self), 0);

  return g_list_model_get_n_items (G_LIST_MODEL (self->headings));
}

int
dra_outline_pane_get_current (DraOutlinePane *self)
{
  g_return_val_if_fail (DRA_IS_OUTLINE_PANE (self), -1);

  return self->current;
}
