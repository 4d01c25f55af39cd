/* dra-passage-list.c: a list model over an array of ranges.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-passage-list.h"

#include "app/dra-snippet.h"

/* {{{ One passage */

struct _DraPassage
{
  GObject  parent_instance;

  DraRange range;
  char    *markup;
  char    *text;
};

G_DEFINE_FINAL_TYPE (DraPassage, dra_passage, G_TYPE_OBJECT)

static void
dra_passage_finalize (GObject *object)
{
  DraPassage *self = DRA_PASSAGE (object);

  g_free (self->markup);
  g_free (self->text);
  G_OBJECT_CLASS (dra_passage_parent_class)->finalize (object);
}

static void
dra_passage_class_init (DraPassageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dra_passage_finalize;
}

static void
dra_passage_init (DraPassage *self)
{
}

DraRange
dra_passage_get_range (DraPassage *self)
{
  return self->range;
}

const char *
dra_passage_get_markup (DraPassage *self)
{
  return self->markup;
}

const char *
dra_passage_get_text (DraPassage *self)
{
  return self->text;
}

/* }}} */

#define LONGEST 400 /* bytes that are shown of a passage */
#define SHORT 60    /* bytes of one that stands out among the words round it */

struct _DraPassageList
{
  GObject     parent_instance;

  DraArticle *article; /* (nullable) */
  GArray     *ranges;  /* (nullable): DraRange */
  guint       context; /* bytes on both sides */
};

static void list_model_init (GListModelInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DraPassageList, dra_passage_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static GType
get_item_type (GListModel *model)
{
  return DRA_TYPE_PASSAGE;
}

static guint
get_n_items (GListModel *model)
{
  DraPassageList *self = DRA_PASSAGE_LIST (model);

  return self->ranges != NULL ? self->ranges->len : 0;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  DraPassageList *self = DRA_PASSAGE_LIST (model);
  DraPassage *passage;
  DraRange shown;

  if (position >= get_n_items (model))
    return NULL;
  passage = g_object_new (DRA_TYPE_PASSAGE, NULL);
  passage->range = g_array_index (self->ranges, DraRange, position);
  shown = passage->range;
  if (dra_range_length (shown) > LONGEST)
    shown.end = dra_article_to_bytes (
      self->article, dra_article_to_code_points (self->article, shown.start + LONGEST));
  passage->text = dra_snippet_dup_text (self->article, shown, self->context, self->context);
  /* A short one is to be found among the words round it. */
  passage->markup = dra_range_length (passage->range) <= SHORT
                      ? dra_snippet_dup_markup (self->article, shown, self->context,
                                                self->context)
                      : g_markup_escape_text (passage->text, -1);
  return passage;
}

static void
list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = get_item_type;
  interface->get_n_items = get_n_items;
  interface->get_item = get_item;
}

static void
dra_passage_list_finalize (GObject *object)
{
  DraPassageList *self = DRA_PASSAGE_LIST (object);

  g_clear_object (&self->article);
  g_clear_pointer (&self->ranges, g_array_unref);
  G_OBJECT_CLASS (dra_passage_list_parent_class)->finalize (object);
}

static void
dra_passage_list_class_init (DraPassageListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dra_passage_list_finalize;
}

static void
dra_passage_list_init (DraPassageList *self)
{
}

/**
 * dra_passage_list_new:
 *
 * Returns: (transfer full): an empty list
 */
DraPassageList *
dra_passage_list_new (void)
{
  return g_object_new (DRA_TYPE_PASSAGE_LIST, NULL);
}

/**
 * dra_passage_list_set:
 * @article: (nullable): the article
 * @ranges: (nullable) (element-type DraRange): bytes of its text; a reference is taken
 * @context: how many bytes of the text stand on both sides of a passage
 *
 * Lists these passages.
 */
void
dra_passage_list_set (DraPassageList *self,
                      DraArticle     *article,
                      GArray         *ranges,
                      guint           context)
{
  guint before = get_n_items (G_LIST_MODEL (self));

  if (ranges != NULL)
    g_array_ref (ranges);
  g_clear_pointer (&self->ranges, g_array_unref);
  g_set_object (&self->article, article);
  self->ranges = article != NULL ? ranges : NULL;
  if (article == NULL && ranges != NULL)
    g_array_unref (ranges);
  self->context = context;
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, get_n_items (G_LIST_MODEL (self)));
}
