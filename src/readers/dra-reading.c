/* dra-reading.c: what came out of one file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-reading.h"

static void
image_free (gpointer data)
{
  DraImage *image = data;

  g_free (image->source);
  g_free (image->type);
  g_bytes_unref (image->bytes);
  g_free (image);
}

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
  self->images = g_ptr_array_new_with_free_func (image_free);
  self->images_by_source = g_hash_table_new (g_str_hash, g_str_equal);

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
  g_clear_pointer (&self->images_by_source, g_hash_table_unref);
  g_clear_pointer (&self->images, g_ptr_array_unref);
  g_free (self);
}

/**
 * dra_reading_find_image:
 * @self: a reading
 * @source: the source of an image's block
 *
 * Returns: (transfer none) (nullable): the image, when the file carries it
 */
const DraImage *
dra_reading_find_image (DraReading *self,
                        const char *source)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (source != NULL, NULL);

  return g_hash_table_lookup (self->images_by_source, source);
}

/**
 * dra_reading_add_image:
 * @self: a reading
 * @source: the source of the image's block
 * @type: (nullable): content type the file gave
 * @bytes: the image as the file has it
 *
 * Adds an image, once for each source, as long as there is room for it: all images of a
 * reading together have at most %DRA_READING_MAX_IMAGES bytes.
 *
 * Returns: whether the reading has that image now
 */
gboolean
dra_reading_add_image (DraReading *self,
                       const char *source,
                       const char *type,
                       GBytes     *bytes)
{
  DraImage *image;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (source != NULL, FALSE);
  g_return_val_if_fail (bytes != NULL, FALSE);

  if (dra_reading_find_image (self, source) != NULL)
    return TRUE;
  if (g_bytes_get_size (bytes) > DRA_READING_MAX_IMAGES - self->images_size)
    return FALSE;

  image = g_new0 (DraImage, 1);
  image->source = g_strdup (source);
  image->type = g_strdup (type);
  image->bytes = g_bytes_ref (bytes);
  g_ptr_array_add (self->images, image);
  g_hash_table_insert (self->images_by_source, image->source, image);
  self->images_size += g_bytes_get_size (bytes);

  return TRUE;
}
