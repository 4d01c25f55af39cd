/* dra-passage-content.c: a passage of an article on its way to another program.
 *
 * Its text is made only when it is asked for: while a selection grows, it never is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-passage-content.h"

#include "app/dra-snippet.h"

struct _DraPassageContent
{
  GdkContentProvider parent_instance;

  DraArticle *article;
  DraRange    range;
};

G_DEFINE_FINAL_TYPE (DraPassageContent, dra_passage_content, GDK_TYPE_CONTENT_PROVIDER)

static GdkContentFormats *
dra_passage_content_ref_formats (GdkContentProvider *provider)
{
  return gdk_content_formats_new_for_gtype (G_TYPE_STRING);
}

static gboolean
dra_passage_content_get_value (GdkContentProvider *provider,
                               GValue             *value,
                               GError            **error)
{
  DraPassageContent *self = DRA_PASSAGE_CONTENT (provider);

  if (!G_VALUE_HOLDS_STRING (value))
    return GDK_CONTENT_PROVIDER_CLASS (dra_passage_content_parent_class)
      ->get_value (provider, value, error);
  g_value_take_string (value, dra_snippet_dup_plain (self->article, self->range));
  return TRUE;
}

static void
dra_passage_content_finalize (GObject *object)
{
  g_object_unref (DRA_PASSAGE_CONTENT (object)->article);
  G_OBJECT_CLASS (dra_passage_content_parent_class)->finalize (object);
}

static void
dra_passage_content_class_init (DraPassageContentClass *klass)
{
  GdkContentProviderClass *provider_class = GDK_CONTENT_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = dra_passage_content_finalize;
  provider_class->ref_formats = dra_passage_content_ref_formats;
  provider_class->get_value = dra_passage_content_get_value;
}

static void
dra_passage_content_init (DraPassageContent *self)
{
}

/**
 * dra_passage_content_new:
 * @article: where the passage is from
 * @range: bytes of its text
 *
 * Returns: (transfer full): the passage as plain text, for a clipboard or a drag
 */
GdkContentProvider *
dra_passage_content_new (DraArticle *article,
                         DraRange    range)
{
  DraPassageContent *self;

  g_return_val_if_fail (DRA_IS_ARTICLE (article), NULL);

  self = g_object_new (DRA_TYPE_PASSAGE_CONTENT, NULL);
  self->article = g_object_ref (article);
  self->range = range;
  return GDK_CONTENT_PROVIDER (self);
}
