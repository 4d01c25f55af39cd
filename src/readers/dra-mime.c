/* dra-mime.c: what mail and web archives share: their parts, through GMime.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-mime.h"

#include <string.h>

#include "readers/dra-encoding-private.h"
#include "readers/dra-encoding.h"
#include "readers/dra-html-blocks.h"

static void
init_once (void)
{
  static gsize once = 0;

  if (g_once_init_enter (&once))
    {
      g_mime_init ();
      g_once_init_leave (&once, 1);
    }
}

/* GMime recurses into parts within parts: where a file opens more of them than any mail
 * has, what follows is not looked at.  Returns the bytes that are safe to parse. */
static gsize
find_safe_length (const char *data,
                  gsize       length)
{
  const char *p = data, *end = data + length;
  guint depth = 0;

  while (p < end)
    {
      const char *line_end = memchr (p, '\n', end - p);
      gsize n = (line_end != NULL ? line_end : end) - p;

      if (n > 13 && (*p == 'C' || *p == 'c') && g_ascii_strncasecmp (p, "content-type:", 13) == 0)
        {
          const char *value = p + 13;

          while (value < p + n && (*value == ' ' || *value == '\t'))
            value++;
          if ((p + n - value >= 10 && g_ascii_strncasecmp (value, "multipart/", 10) == 0)
              || (p + n - value >= 8 && g_ascii_strncasecmp (value, "message/", 8) == 0))
            {
              if (++depth > 400)
                return p - data;
            }
        }
      p += n + (line_end != NULL);
    }

  return length;
}

/* "From " and a sender, and not the old form of a header, "From : ". */
static gboolean
is_mailbox (const char *data,
            gsize       length)
{
  gsize n = 5;

  if (length <= n || memcmp (data, "From ", n) != 0)
    return FALSE;
  while (n < length && (data[n] == ' ' || data[n] == '\t'))
    n++;

  return n < length && data[n] != ':';
}

/**
 * dra_mime_parser_new:
 * @bytes: a file
 * @mbox: (out): whether it is a mailbox, of perhaps several messages
 *
 * Returns: (transfer full): a parser that stands before the first message
 */
GMimeParser *
dra_mime_parser_new (GBytes   *bytes,
                     gboolean *mbox)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  GMimeStream *stream;
  GMimeParser *parser;

  init_once ();
  if (data == NULL)
    data = "";
  while (length > 0 && (g_ascii_isspace (*data) || (guchar) *data == 0xEF || (guchar) *data == 0xBB || (guchar) *data == 0xBF))
    {
      data++;
      length--;
    }
  *mbox = is_mailbox (data, length);
  stream = g_mime_stream_mem_new_with_buffer (data, find_safe_length (data, length));
  parser = g_mime_parser_new_with_stream (stream);
  g_mime_parser_set_format (parser, *mbox ? GMIME_FORMAT_MBOX : GMIME_FORMAT_MESSAGE);
  /* The content is copied out of our bytes, which may go first. */
  g_mime_parser_set_persist_stream (parser, FALSE);
  g_object_unref (stream);

  return parser;
}

/**
 * dra_mime_get_content:
 * @part: a part
 *
 * Returns: (transfer full): its content with the transfer encoding undone
 */
GBytes *
dra_mime_get_content (GMimeObject *part)
{
  GMimeDataWrapper *content = GMIME_IS_PART (part) ? g_mime_part_get_content (GMIME_PART (part)) : NULL;
  GMimeStream *stream;
  GByteArray *array;
  GBytes *bytes;

  if (content == NULL)
    return g_bytes_new (NULL, 0);
  stream = g_mime_stream_mem_new ();
  g_mime_data_wrapper_write_to_stream (content, stream);
  array = g_mime_stream_mem_get_byte_array (GMIME_STREAM_MEM (stream));
  bytes = g_bytes_new (array->data, array->len);
  g_object_unref (stream);

  return bytes;
}

/**
 * dra_mime_get_utf8:
 * @part: a part with text
 *
 * Returns: (transfer full): its content in UTF-8, from the character set that it names, or
 *   else from the one it looks like
 */
GBytes *
dra_mime_get_utf8 (GMimeObject *part)
{
  g_autoptr (GBytes) content = dra_mime_get_content (part);
  const char *charset = g_mime_object_get_content_type_parameter (part, "charset");
  gsize length, n_replaced = 0;
  const guint8 *data = g_bytes_get_data (content, &length);
  GString *text;

  if (length > 0 && charset != NULL && g_ascii_strcasecmp (charset, "us-ascii") != 0
      && g_ascii_strncasecmp (charset, "utf-8", 5) != 0 && g_ascii_strncasecmp (charset, "unknown", 7) != 0
      && strlen (charset) < 40 && (text = dra_encoding_decode (data, length, charset, &n_replaced)) != NULL)
    {
      if (n_replaced * 20 <= length)
        return g_string_free_to_bytes (text);
      g_string_free (text, TRUE);
    }
  if (length > 0 && charset != NULL && g_ascii_strncasecmp (charset, "utf-8", 5) == 0
      && g_utf8_validate_len ((const char *) data, length, NULL))
    return g_steal_pointer (&content);

  return dra_encoding_to_utf8 (content, NULL, NULL);
}

static void
list (GPtrArray   *parts,
      GMimeObject *part,
      guint        depth)
{
  if (part == NULL || depth > DRA_MIME_MAX_DEPTH || parts->len >= DRA_MIME_MAX_PARTS)
    return;
  if (GMIME_IS_MULTIPART (part))
    for (int i = 0; i < g_mime_multipart_get_count (GMIME_MULTIPART (part)); i++)
      list (parts, g_mime_multipart_get_part (GMIME_MULTIPART (part), i), depth + 1);
  else
    g_ptr_array_add (parts, part);
}

/**
 * dra_mime_list_parts:
 * @root: a part
 *
 * Returns: (transfer container): the parts in it that hold no parts; messages within are one
 */
GPtrArray *
dra_mime_list_parts (GMimeObject *root)
{
  GPtrArray *parts = g_ptr_array_new ();

  list (parts, root, 0);

  return parts;
}

/**
 * dra_mime_get_type:
 * @part: a part
 *
 * Returns: (transfer full) (nullable): its content type in small letters
 */
char *
dra_mime_get_type (GMimeObject *part)
{
  GMimeContentType *type = g_mime_object_get_content_type (part);
  g_autofree char *name = type != NULL ? g_mime_content_type_get_mime_type (type) : NULL;

  return name != NULL ? g_ascii_strdown (name, -1) : NULL;
}

/**
 * dra_mime_is_type:
 * @part: a part
 * @type: "text"
 * @subtype: "html", or "*"
 *
 * Returns: whether its content type is that
 */
gboolean
dra_mime_is_type (GMimeObject *part,
                  const char  *type,
                  const char  *subtype)
{
  GMimeContentType *own = g_mime_object_get_content_type (part);

  return own != NULL && g_mime_content_type_is_type (own, type, subtype);
}

struct _DraMimeImages
{
  GHashTable *by_address; /* address -> key in images */
  GHashTable *parts;      /* key -> GMimeObject */
  GHashTable *used;       /* keys */
  char       *base;
  guint       n;
};

/**
 * dra_mime_images_new:
 *
 * Returns: (transfer full): a collection without pictures
 */
DraMimeImages *
dra_mime_images_new (void)
{
  DraMimeImages *self = g_new0 (DraMimeImages, 1);

  self->by_address = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->parts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->used = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

/**
 * dra_mime_images_free:
 * @self: (nullable): a collection
 */
void
dra_mime_images_free (DraMimeImages *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->by_address);
  g_hash_table_unref (self->parts);
  g_hash_table_unref (self->used);
  g_free (self->base);
  g_free (self);
}

/**
 * dra_mime_images_add:
 * @self: a collection
 * @part: a part; nothing happens when it is no picture
 *
 * Makes a picture known by its Content-ID and its Content-Location.
 */
void
dra_mime_images_add (DraMimeImages *self,
                     GMimeObject   *part)
{
  const char *id = g_mime_object_get_content_id (part);
  const char *location = g_mime_object_get_header (part, "Content-Location");
  char *key;

  if (!dra_mime_is_type (part, "image", "*") || (id == NULL && location == NULL))
    return;
  key = g_strdup_printf ("part:%u", ++self->n);
  if (id != NULL)
    g_hash_table_insert (self->by_address, g_strconcat ("cid:", id, NULL), g_strdup (key));
  if (location != NULL)
    g_hash_table_insert (self->by_address, g_strdup (location), g_strdup (key));
  g_hash_table_insert (self->parts, key, g_object_ref (part));
}

/**
 * dra_mime_images_set_base:
 * @self: a collection
 * @base: (nullable): address that those in the HTML are relative to
 */
void
dra_mime_images_set_base (DraMimeImages *self,
                          const char    *base)
{
  g_free (self->base);
  self->base = g_strdup (base);
}

/**
 * dra_mime_images_find:
 * @source: an address as the HTML has it
 * @self: a #DraMimeImages
 *
 * A #DraHtmlImageFunc.
 *
 * Returns: (transfer full) (nullable): key of the picture in the reading
 */
char *
dra_mime_images_find (const char *source,
                      gpointer    self)
{
  DraMimeImages *images = self;
  const char *key = g_hash_table_lookup (images->by_address, source);

  if (key == NULL && images->base != NULL)
    {
      g_autofree char *address = g_uri_resolve_relative (images->base, source, G_URI_FLAGS_PARSE_RELAXED, NULL);

      if (address != NULL)
        key = g_hash_table_lookup (images->by_address, address);
    }
  if (key == NULL && g_str_has_prefix (source, "cid:"))
    {
      g_autofree char *plain = g_uri_unescape_string (source, NULL);

      if (plain != NULL)
        key = g_hash_table_lookup (images->by_address, plain);
    }
  if (key == NULL)
    return NULL;
  g_hash_table_add (images->used, g_strdup (key));

  return g_strdup (key);
}

/**
 * dra_mime_images_give:
 * @self: a collection
 * @reading: a reading
 *
 * Gives the reading the pictures that were found.
 */
void
dra_mime_images_give (DraMimeImages *self,
                      DraReading    *reading)
{
  for (guint i = 1; i <= self->n; i++)
    {
      g_autofree char *key = g_strdup_printf ("part:%u", i);
      GMimeObject *part = g_hash_table_lookup (self->parts, key);

      if (part != NULL && g_hash_table_contains (self->used, key))
        {
          g_autoptr (GBytes) content = dra_mime_get_content (part);
          g_autofree char *type = dra_mime_get_type (part);

          dra_reading_add_image (reading, key, type, content);
        }
    }
}
