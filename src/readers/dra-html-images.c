/* dra-html-images.c: images that a page carries as "data:" URIs, and paths beside it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-html-blocks.h"

#include <string.h>

#define MAX_PATH 1024      /* bytes of a relative path */
#define MIN_SIZE 100       /* bytes: smaller ones are dots that stand in for an image */

struct _DraHtmlImages
{
  GPtrArray  *images;      /* of DraImage */
  GHashTable *by_digest;   /* hex digest of the bytes -> source, both owned by images */
  gsize       size;        /* bytes of all */
};

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
 * dra_html_images_new:
 *
 * Returns: (transfer full): a collection without images
 */
DraHtmlImages *
dra_html_images_new (void)
{
  DraHtmlImages *self = g_new0 (DraHtmlImages, 1);

  self->images = g_ptr_array_new_with_free_func (image_free);
  self->by_digest = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

/**
 * dra_html_images_free:
 * @self: (nullable): a collection
 */
void
dra_html_images_free (DraHtmlImages *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->by_digest);
  g_ptr_array_unref (self->images);
  g_free (self);
}

static GBytes *
decode (const char *data,
        gboolean    base64)
{
  g_autofree char *plain = g_uri_unescape_string (data, NULL);
  guchar *bytes;
  gsize length;

  if (base64)
    {
      bytes = g_base64_decode (plain != NULL ? plain : data, &length);
      return g_bytes_new_take (bytes, length);
    }
  if (plain == NULL)
    return NULL;
  length = strlen (plain);

  return g_bytes_new_take (g_steal_pointer (&plain), length);
}

static const char *
keep (DraHtmlImages *self,
      const char    *type,
      gsize          type_length,
      GBytes        *bytes)
{
  g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA1, bytes);
  const char *known = g_hash_table_lookup (self->by_digest, digest);
  DraImage *image;

  if (known != NULL)
    return known;
  if (self->size + g_bytes_get_size (bytes) > DRA_READING_MAX_IMAGES)
    return NULL;
  self->size += g_bytes_get_size (bytes);
  image = g_new0 (DraImage, 1);
  image->source = g_strdup_printf ("data:%u", self->images->len + 1);
  image->type = g_ascii_strdown (type, (gssize) type_length);
  image->bytes = g_bytes_ref (bytes);
  g_ptr_array_add (self->images, image);
  g_hash_table_insert (self->by_digest, g_steal_pointer (&digest), image->source);

  return image->source;
}

static char *
take_data (DraHtmlImages *self,
           const char    *source)
{
  const char *type = source + strlen ("data:");
  const char *comma = strchr (type, ',');
  gsize type_length;
  gboolean base64;
  g_autoptr (GBytes) bytes = NULL;

  if (comma == NULL || comma - type > 200 || g_ascii_strncasecmp (type, "image/", 6) != 0)
    return NULL;
  type_length = strcspn (type, ";,");
  base64 = comma - type >= 7 && g_ascii_strncasecmp (comma - 7, ";base64", 7) == 0;
  if (strlen (comma) / 4 * 3 > DRA_READING_MAX_IMAGES)
    return NULL;
  bytes = decode (comma + 1, base64);
  if (bytes == NULL || g_bytes_get_size (bytes) < MIN_SIZE)
    return NULL;

  return g_strdup (keep (self, type, type_length, bytes));
}

/* A path below the folder of the page; anything else is not looked at. */
static char *
take_path (const char *source)
{
  gsize length = strcspn (source, "?#");
  g_autofree char *part = g_strndup (source, length);
  g_autofree char *path = g_uri_unescape_string (part, "/");
  g_auto (GStrv) steps = NULL;

  if (path == NULL && strstr (part, "%2f") == NULL && strstr (part, "%2F") == NULL)
    path = g_steal_pointer (&part); /* "100%.png" */
  if (path == NULL)
    return NULL;
  if (*path == '\0' || *path == '/' || strlen (path) > MAX_PATH || strchr (path, '\\') != NULL
      || strcspn (path, ":") < strcspn (path, "/"))
    return NULL;
  steps = g_strsplit (path, "/", -1);
  for (guint i = 0; steps[i] != NULL; i++)
    if (strcmp (steps[i], "..") == 0)
      return NULL;

  return g_str_has_prefix (path, "./") ? g_strdup (path + 2) : g_steal_pointer (&path);
}

/**
 * dra_html_images_take:
 * @source: address of an image
 * @self: a #DraHtmlImages
 *
 * A #DraHtmlImageFunc.  An image in a "data:" URI is kept under a short name; one that is
 * the same as another is kept once, and one of a few bytes is no image.  A relative path
 * stays as it is, decoded, when it leads to below the folder of the page; addresses on the
 * web and paths elsewhere give nothing.
 *
 * Returns: (transfer full) (nullable): where the image is
 */
char *
dra_html_images_take (const char *source,
                      gpointer    self)
{
  while (g_ascii_isspace (*source))
    source++;
  if (g_ascii_strncasecmp (source, "data:", 5) == 0)
    return take_data (self, source);

  return take_path (source);
}

/**
 * dra_html_images_give:
 * @self: a collection
 * @reading: what they are to be in
 *
 * Adds all images to a reading.
 */
void
dra_html_images_give (DraHtmlImages *self,
                      DraReading    *reading)
{
  for (guint i = 0; i < self->images->len; i++)
    {
      const DraImage *image = self->images->pdata[i];

      dra_reading_add_image (reading, image->source, image->type, image->bytes);
    }
}
