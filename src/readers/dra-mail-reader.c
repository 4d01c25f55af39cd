/* dra-mail-reader.c: e-mail messages as files, and mailboxes of them.
 *
 * The subject is the title, the sender the byline.  Of alternatives the HTML is shown, else
 * the plain text; messages inside a message follow it under their own headings; attached
 * files are left out.  The text itself is read by the readers for HTML and plain text.
 *
 * Follows RFC 5322, 2045 to 2047, 2392 and 3676, as far as mails do.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-mail-reader.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "article/dra-error.h"
#include "readers/dra-html-blocks.h"
#include "readers/dra-html-extract.h"
#include "readers/dra-html-parse.h"
#include "readers/dra-mime.h"
#include "readers/dra-text-reader.h"

#define MAX_MESSAGES 10000 /* of a mailbox */
#define LINE_BREAK "\342\200\250"

typedef struct
{
  DraArticleBuilder *builder;
  DraMimeImages     *images;
  GCancellable      *cancellable;
  guint              n_messages; /* written so far */
  guint              level;      /* messages around the present part */
  gboolean           whole;      /* nothing is to be left out of pages */
  gboolean           bulk;       /* the present message is one of those sent to many */
  gboolean           cut;        /* something was */
} Mail;

static gboolean write_entity (Mail         *self,
                              GMimeObject  *part,
                              guint         depth,
                              GError      **error);

static guint
count_quotes (const char *line)
{
  return (guint) strspn (line, ">");
}

/**
 * dra_mail_unwrap_flowed:
 * @text: text of a part whose format is flowed
 * @delete_space: whether it says DelSp=yes
 *
 * Joins the lines that end in a space to those after them, of the same depth of quotation.
 *
 * Returns: (transfer full): a line for each paragraph
 */
char *
dra_mail_unwrap_flowed (const char *text,
                        gboolean    delete_space)
{
  GString *out = g_string_new (NULL);
  gboolean joins = FALSE;
  guint depth = 0;

  for (const char *p = text; *p != '\0';)
    {
      gsize length = strcspn (p, "\n");
      gsize end = length;
      guint quotes = count_quotes (p);
      const char *line = p + quotes;
      gboolean soft;

      if (end > quotes && p[end - 1] == '\r')
        end--;
      if (quotes > end)
        quotes = (guint) end;
      line = p + quotes;
      end -= quotes;
      /* A space that was put in so that the line does not begin like a quotation. */
      if (end > 0 && *line == ' ')
        {
          line++;
          end--;
        }
      soft = end > 0 && line[end - 1] == ' ' && !(end == 3 && memcmp (line, "-- ", 3) == 0);
      if (joins && quotes != depth)
        {
          g_string_append_c (out, '\n');
          joins = FALSE;
        }
      if (!joins && quotes > 0)
        {
          for (guint i = 0; i < quotes; i++)
            g_string_append_c (out, '>');
          g_string_append_c (out, ' ');
        }
      g_string_append_len (out, line, (gssize) (soft && delete_space ? end - 1 : end));
      if (!soft)
        g_string_append_c (out, '\n');
      joins = soft;
      depth = quotes;
      p += length + (p[length] == '\n');
    }

  return g_string_free (out, FALSE);
}

static void
add_lines (DraArticleBuilder *builder,
           const char        *text,
           gsize              length)
{
  const char *end = text + length;

  while (text < end)
    {
      const char *brk = g_strstr_len (text, end - text, LINE_BREAK);
      const char *stop = brk != NULL ? brk : end;

      dra_article_builder_add_text (builder, text, stop - text);
      if (brk == NULL)
        break;
      dra_article_builder_add_break (builder);
      text = brk + strlen (LINE_BREAK);
    }
}

/* Another article's blocks, of which none is a title: a mail's title is its subject. */
static void
append_article (DraArticleBuilder *builder,
                DraArticle        *article)
{
  const char *text = dra_article_get_text (article, NULL);
  guint n_blocks;
  const DraBlock *blocks = dra_article_get_blocks (article, &n_blocks);

  for (guint i = 0; i < n_blocks; i++)
    {
      DraBlockKind kind = blocks[i].kind;

      if (kind == DRA_BLOCK_TITLE || kind == DRA_BLOCK_BYLINE || kind == DRA_BLOCK_DATE)
        kind = DRA_BLOCK_PARAGRAPH;
      dra_article_builder_begin_block (builder, kind, kind == DRA_BLOCK_PARAGRAPH ? 0 : blocks[i].level, blocks[i].label);
      add_lines (builder, text + blocks[i].range.start, dra_range_length (blocks[i].range));
      dra_article_builder_end_block (builder);
    }
}

static gboolean
write_plain (Mail         *self,
             GMimeObject  *part,
             GError      **error)
{
  g_autoptr (GBytes) utf8 = dra_mime_get_utf8 (part);
  const char *format = g_mime_object_get_content_type_parameter (part, "format");
  const char *delete_space = g_mime_object_get_content_type_parameter (part, "delsp");
  g_autoptr (GError) local = NULL;
  g_autoptr (DraReading) reading = NULL;

  if (format != NULL && g_ascii_strcasecmp (format, "flowed") == 0)
    {
      g_autofree char *text = g_strndup (g_bytes_get_data (utf8, NULL), g_bytes_get_size (utf8));
      char *joined = dra_mail_unwrap_flowed (text, delete_space != NULL && g_ascii_strcasecmp (delete_space, "yes") == 0);

      g_bytes_unref (utf8);
      utf8 = g_bytes_new_take (joined, strlen (joined));
    }
  reading = dra_text_reader.read (utf8, "", self->cancellable, &local);
  if (reading == NULL)
    {
      if (!g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return TRUE; /* empty, or not text at all */
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  append_article (self->builder, reading->article);

  return TRUE;
}

/* Newsletters can be left (RFC 2369), but not written to as lists of people can.  Theirs are
 * pages with much around an article; what one person writes is never cut. */
static gboolean
is_bulk (GMimeMessage *message)
{
  GMimeObject *object = GMIME_OBJECT (message);

  return g_mime_object_get_header (object, "List-Unsubscribe") != NULL
         && g_mime_object_get_header (object, "List-Post") == NULL;
}

static gboolean
write_html (Mail         *self,
            GMimeObject  *part,
            GError      **error)
{
  g_autoptr (GBytes) utf8 = dra_mime_get_utf8 (part);
  DraHtmlBlocksOptions options = { .image = dra_mime_images_find, .user_data = self->images, .heading_shift = 1 };
  g_autoptr (GString) page = g_string_new ("\357\273\277"); /* says that it is UTF-8, whatever it says of itself */
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) local = NULL;
  g_autoptr (DraHtmlExtract) extract = NULL;
  g_autoptr (xmlDoc) doc = NULL;
  gboolean done;

  g_string_append_len (page, g_bytes_get_data (utf8, NULL), (gssize) g_bytes_get_size (utf8));
  bytes = g_string_free_to_bytes (g_steal_pointer (&page));
  doc = dra_html_parse (bytes, "", self->cancellable, &local);
  if (doc == NULL)
    {
      if (!g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (self->bulk && !self->whole)
    {
      extract = dra_html_extract_new (xmlDocGetRootElement (doc), NULL);
      self->cut = self->cut || !dra_html_extract_is_whole (extract);
      options.filter = dra_html_extract_filter;
      options.filter_data = extract;
    }
  done = dra_html_blocks_write (self->builder, xmlDocGetRootElement (doc), &options, self->cancellable, error);
  dra_article_builder_end_block (self->builder);

  return done;
}

static char *
list_names (InternetAddressList *list)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (int i = 0; list != NULL && i < internet_address_list_length (list) && i < 200; i++)
    {
      InternetAddress *address = internet_address_list_get_address (list, i);
      const char *name = internet_address_get_name (address);
      const char *mailbox = INTERNET_ADDRESS_IS_MAILBOX (address)
                              ? internet_address_mailbox_get_addr (INTERNET_ADDRESS_MAILBOX (address)) : NULL;

      if (name != NULL && *name != '\0')
        g_ptr_array_add (names, g_utf8_make_valid (name, -1));
      else if (mailbox != NULL && *mailbox != '\0')
        g_ptr_array_add (names, g_utf8_make_valid (mailbox, -1));
    }
  if (names->len == 0)
    return NULL;
  g_ptr_array_add (names, NULL);

  return g_strjoinv (", ", (char **) names->pdata);
}

static void
write_block (DraArticleBuilder *builder,
             DraBlockKind       kind,
             guint              level,
             const char        *text)
{
  if (text == NULL)
    return;
  dra_article_builder_begin_block (builder, kind, level, NULL);
  dra_article_builder_add_text (builder, text, -1);
  dra_article_builder_end_block (builder);
}

static char *
find_date (GMimeMessage *message)
{
  GDateTime *date = g_mime_message_get_date (message);

  if (date == NULL)
    return g_strdup (g_mime_object_get_header (GMIME_OBJECT (message), "Date"));

  return g_date_time_format (date, g_date_time_get_utc_offset (date) == 0 ? "%Y-%m-%dT%H:%M:%SZ" : "%Y-%m-%dT%H:%M:%S%:z");
}

/* Subject and sender; of the first message also as metadata. */
static void
write_head (Mail         *self,
            GMimeMessage *message,
            gboolean      alone)
{
  const char *subject = g_mime_message_get_subject (message);
  g_autofree char *valid = subject != NULL ? g_utf8_make_valid (subject, -1) : NULL;
  g_autofree char *from = list_names (g_mime_message_get_from (message));
  g_autofree char *date = find_date (message);

  if (valid != NULL && *g_strstrip (valid) == '\0')
    g_clear_pointer (&valid, g_free);
  if (self->n_messages++ == 0)
    {
      dra_article_builder_set_metadata (self->builder, DRA_METADATA_TITLE, valid);
      dra_article_builder_set_metadata (self->builder, DRA_METADATA_BYLINE, from);
      dra_article_builder_set_metadata (self->builder, DRA_METADATA_PUBLISHED, date);
    }
  if (alone)
    write_block (self->builder, DRA_BLOCK_TITLE, 0, valid);
  else
    write_block (self->builder, DRA_BLOCK_HEADING, MIN (self->level + 1, 6), valid);
  write_block (self->builder, DRA_BLOCK_BYLINE, 0, from);
}

static gboolean
write_message (Mail          *self,
               GMimeMessage  *message,
               guint          depth,
               gboolean       alone,
               GError       **error)
{
  gboolean around = self->bulk;
  gboolean done;

  write_head (self, message, alone);
  self->bulk = is_bulk (message);
  self->level++;
  done = write_entity (self, g_mime_message_get_mime_part (message), depth, error);
  self->level--;
  self->bulk = around;

  return done;
}

static gboolean
is_attached (GMimeObject *part)
{
  GMimeContentDisposition *disposition = g_mime_object_get_content_disposition (part);

  return disposition != NULL && g_mime_content_disposition_is_attachment (disposition);
}

/* Whether there is a part of that type in it, within alternatives and related parts. */
static GMimeObject *
find_alternative (GMimeObject *part,
                  const char  *subtype,
                  guint        depth)
{
  if (part == NULL || depth > DRA_MIME_MAX_DEPTH)
    return NULL;
  if (GMIME_IS_MULTIPART (part))
    {
      for (int i = 0; i < g_mime_multipart_get_count (GMIME_MULTIPART (part)); i++)
        {
          GMimeObject *found = find_alternative (g_mime_multipart_get_part (GMIME_MULTIPART (part), i), subtype, depth + 1);

          if (found != NULL)
            return g_mime_multipart_get_part (GMIME_MULTIPART (part), i);
        }
      return NULL;
    }

  return dra_mime_is_type (part, "text", subtype) && !is_attached (part) ? part : NULL;
}

static gboolean
write_multipart (Mail            *self,
                 GMimeMultipart  *multipart,
                 guint            depth,
                 GError         **error)
{
  if (dra_mime_is_type (GMIME_OBJECT (multipart), "multipart", "alternative"))
    {
      GMimeObject *best = find_alternative (GMIME_OBJECT (multipart), "html", 0);
      gsize before = dra_article_builder_get_length (self->builder);

      if (best != NULL && !write_entity (self, best, depth + 1, error))
        return FALSE;
      dra_article_builder_end_block (self->builder);
      if (dra_article_builder_get_length (self->builder) > before)
        return TRUE;
      best = find_alternative (GMIME_OBJECT (multipart), "plain", 0);
      if (best != NULL)
        return write_entity (self, best, depth + 1, error);
    }
  for (int i = 0; i < g_mime_multipart_get_count (multipart) && i < DRA_MIME_MAX_PARTS; i++)
    if (!write_entity (self, g_mime_multipart_get_part (multipart, i), depth + 1, error))
      return FALSE;

  return TRUE;
}

static gboolean
write_entity (Mail         *self,
              GMimeObject  *part,
              guint         depth,
              GError      **error)
{
  if (part == NULL || depth > DRA_MIME_MAX_DEPTH)
    return TRUE;
  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  if (GMIME_IS_MULTIPART (part))
    return write_multipart (self, GMIME_MULTIPART (part), depth, error);
  if (GMIME_IS_MESSAGE_PART (part))
    {
      GMimeMessage *message = g_mime_message_part_get_message (GMIME_MESSAGE_PART (part));

      return message == NULL || write_message (self, message, depth + 1, FALSE, error);
    }
  if (is_attached (part))
    return TRUE;
  if (dra_mime_is_type (part, "text", "html") || dra_mime_is_type (part, "application", "xhtml+xml"))
    return write_html (self, part, error);
  if (dra_mime_is_type (part, "text", "plain") || dra_mime_is_type (part, "text", "enriched")
      || g_mime_object_get_content_type (part) == NULL)
    return write_plain (self, part, error);

  return TRUE;
}

static void
list_images (DraMimeImages *images,
             GMimeObject   *root,
             guint          depth)
{
  g_autoptr (GPtrArray) parts = dra_mime_list_parts (root);

  for (guint i = 0; i < parts->len; i++)
    if (GMIME_IS_MESSAGE_PART (parts->pdata[i]) && depth < DRA_MIME_MAX_DEPTH)
      {
        GMimeMessage *message = g_mime_message_part_get_message (parts->pdata[i]);

        if (message != NULL)
          list_images (images, g_mime_message_get_mime_part (message), depth + 1);
      }
    else
      dra_mime_images_add (images, parts->pdata[i]);
}

static gboolean
write_messages (Mail         *self,
                GMimeParser  *parser,
                gboolean      mbox,
                GError      **error)
{
  GMimeMessage *message = g_mime_parser_construct_message (parser, NULL);
  gboolean done = TRUE;

  for (guint i = 0; message != NULL && done && i < MAX_MESSAGES; i++)
    {
      GMimeMessage *next = mbox && !g_mime_parser_eos (parser) ? g_mime_parser_construct_message (parser, NULL) : NULL;

      list_images (self->images, g_mime_message_get_mime_part (message), 0);
      done = write_message (self, message, 0, i == 0 && next == NULL, error);
      g_object_unref (message);
      message = next;
    }
  g_clear_object (&message);

  return done;
}

static DraReading *
read_mail (GBytes        *bytes,
           const char    *name,
           gboolean       whole,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();
  g_autoptr (DraMimeImages) images = NULL;
  g_autoptr (GMimeParser) parser = NULL;
  Mail self = { .builder = builder, .cancellable = cancellable, .whole = whole };
  DraReading *reading;
  gboolean mbox;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  parser = dra_mime_parser_new (bytes, &mbox);
  self.images = images = dra_mime_images_new ();
  dra_article_builder_set_metadata (builder, DRA_METADATA_SOURCE_TYPE, mbox ? "application/mbox" : "message/rfc822");
  if (!write_messages (&self, parser, mbox, error))
    return NULL;
  dra_article_builder_end_block (builder);
  if (dra_article_builder_get_length (builder) == 0)
    {
      g_set_error (error, DRA_ERROR, DRA_ERROR_EMPTY, _("“%s” is a message without any text."), name);
      return NULL;
    }
  reading = dra_reading_new (dra_article_builder_build (builder), NULL, NULL);
  dra_mime_images_give (images, reading);
  reading->extent = whole ? DRA_READING_PAGE : self.cut ? DRA_READING_MAIN : DRA_READING_ALL;

  return reading;
}

/**
 * dra_mail_read:
 * @bytes: a file
 * @name: its display name, for messages
 * @cancellable: (nullable): a cancellable
 * @error: return location for %DRA_ERROR and %G_IO_ERROR_CANCELLED
 *
 * Reads a mail, or a mailbox as one article with a heading for each mail.  Of a
 * newsletter, its article.
 *
 * Returns: (transfer full) (nullable): the article
 */
DraReading *
dra_mail_read (GBytes        *bytes,
               const char    *name,
               GCancellable  *cancellable,
               GError       **error)
{
  return read_mail (bytes, name, FALSE, cancellable, error);
}

/**
 * dra_mail_page_read:
 * @bytes: a file
 * @name: its display name, for messages
 * @cancellable: (nullable): a cancellable
 * @error: return location as for dra_mail_read()
 *
 * Reads a mail with all that is around the article of a newsletter.
 *
 * Returns: (transfer full) (nullable): the article
 */
DraReading *
dra_mail_page_read (GBytes        *bytes,
                    const char    *name,
                    GCancellable  *cancellable,
                    GError       **error)
{
  return read_mail (bytes, name, TRUE, cancellable, error);
}
