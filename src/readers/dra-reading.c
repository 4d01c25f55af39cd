/* dra-reading.c: what came out of one file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-reading.h"

/**
 * dra_reading_new:
 * @article: (transfer full): the article
 * @cast: (transfer full) (nullable): the cast the file carried
 * @notes: (transfer full) (nullable) (element-type DraNote): the notes the file carried
 *
 * Returns: (transfer full): a reading that is not of a copy; set its copy field if it is
 */
DraReading *
dra_reading_new (DraArticle *article,
                 DraCast    *cast,
                 GPtrArray  *notes)
{
  DraReading *self;

  g_return_val_if_fail (article != NULL, NULL);

  self = g_new0 (DraReading, 1);
  self->article = article;
  self->cast = cast;
  self->notes = notes != NULL ? notes : g_ptr_array_new_with_free_func (g_object_unref);

  return self;
}

/**
 * dra_reading_free:
 * @self: (nullable): a reading
 *
 * Frees the reading and lets go of what is in it.
 */
void
dra_reading_free (DraReading *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->article);
  g_clear_object (&self->cast);
  g_clear_pointer (&self->notes, g_ptr_array_unref);
  g_free (self);
}
