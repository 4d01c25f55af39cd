/* dra-article-text-hyphens.c: words divided at the ends of lines, where the reader wants it.
 *
 * The buffer gets soft hyphens, which Pango shows where it divides a word and nowhere else.
 * They are no part of the article: positions are counted without them (dra-text-layout.h),
 * what is copied has none, and the caret never stops at one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-article-text-private.h"

#include "recognizer/dra-language.h"

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (DraArticleText) self = data;
  g_autoptr (GCancellable) loading = g_steal_pointer (&self->loading_hyphens);

  if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    {
      /* Another one may have been started since. */
      if (loading != g_task_get_cancellable (G_TASK (result)))
        self->loading_hyphens = g_steal_pointer (&loading);
      return;
    }
  if (dra_hyphenator_get_finish (result) != NULL)
    dra_article_text_refill (self);
}

/**
 * dra_article_text_find_hyphenator:
 *
 * Looks for what divides the words of the article's language.  Where it has to be read
 * first, the text is filled in again when it is there.
 *
 * Returns: (transfer none) (nullable): the hyphenator
 */
DraHyphenator *
dra_article_text_find_hyphenator (DraArticleText *self)
{
  const char *language;
  DraHyphenator *hyphenator;

  if (self->loading_hyphens != NULL)
    g_cancellable_cancel (self->loading_hyphens);
  g_clear_object (&self->loading_hyphens);
  if (!self->hyphenate || self->article == NULL || !dra_hyphenator_is_supported ())
    return NULL;
  language = dra_language_detect (self->article);
  if (language == NULL)
    return NULL;
  hyphenator = dra_hyphenator_get_loaded (language);
  if (hyphenator == NULL && g_strcmp0 (self->hyphens_language, language) != 0)
    {
      self->loading_hyphens = g_cancellable_new ();
      /* Asked for once: most languages have no dictionary on most machines. */
      self->hyphens_language = language;
      dra_hyphenator_get_async (language, self->loading_hyphens, loaded_cb, g_object_ref (self));
    }
  return hyphenator;
}

/**
 * dra_article_text_set_hyphenate:
 * @hyphenate: whether words may be divided
 *
 * Fills the text in again; the place in view, the caret and the selection stay.
 */
void
dra_article_text_set_hyphenate (DraArticleText *self,
                                gboolean        hyphenate)
{
  if (self->hyphenate == hyphenate)
    return;
  self->hyphenate = hyphenate;
  self->hyphens_language = NULL;
  if (self->article == NULL)
    return;
  /* Nothing changes before there is something to divide with. */
  if (!hyphenate || dra_article_text_find_hyphenator (self) != NULL)
    dra_article_text_refill (self);
}
