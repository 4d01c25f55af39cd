/* dra-fb2-reader.c: FictionBook 2, plain or in a ZIP archive.
 *
 * One pass over the elements.  The body named "notes" becomes footnotes, whose labels are
 * numbers in the order in which the text refers to them; images are base64 at the end of
 * the file, of which those are kept that the text shows.
 *
 * Follows FictionBook 2.1 (FictionBook2.1.xsd, gribuser.ru/xml/fictionbook).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-fb2-reader.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "article/dra-error.h"
#include "readers/dra-flow.h"
#include "readers/dra-xml-stream.h"
#ifdef DRA_HAVE_ARCHIVE
#include "readers/dra-zip.h"
#endif

#define MAX_FIELD 1000 /* bytes of a title, a name, a date */

enum
{
  A = 1, ANNOTATION, AUTHOR, BINARY, BODY, BOOK_TITLE, CITE, CODE, COVERPAGE, DATE, DESCRIPTION, EMPHASIS,
  EPIGRAPH, FIRST_NAME, HISTORY, IMAGE, LANG, LAST_NAME, MIDDLE_NAME, NICKNAME, P, POEM,
  PUBLISH_INFO, PUBLISHER, SECTION, STANZA, STRIKETHROUGH, STRONG, SUB, SUBTITLE, SUP, TABLE,
  TD, TEXT_AUTHOR, TH, TITLE, TITLE_INFO, TR, TRANSLATOR, V, YEAR,
};

static const DraXmlToken tokens[] = {
  { -1, "a", A }, { -1, "annotation", ANNOTATION }, { -1, "author", AUTHOR }, { -1, "binary", BINARY },
  { -1, "body", BODY }, { -1, "book-title", BOOK_TITLE }, { -1, "cite", CITE }, { -1, "code", CODE },
  { -1, "coverpage", COVERPAGE }, { -1, "date", DATE }, { -1, "description", DESCRIPTION },
  { -1, "emphasis", EMPHASIS }, { -1, "epigraph", EPIGRAPH },
  { -1, "first-name", FIRST_NAME }, { -1, "history", HISTORY }, { -1, "image", IMAGE },
  { -1, "lang", LANG }, { -1, "last-name", LAST_NAME }, { -1, "middle-name", MIDDLE_NAME },
  { -1, "nickname", NICKNAME }, { -1, "p", P }, { -1, "poem", POEM },
  { -1, "publish-info", PUBLISH_INFO }, { -1, "publisher", PUBLISHER }, { -1, "section", SECTION },
  { -1, "stanza", STANZA }, { -1, "strikethrough", STRIKETHROUGH }, { -1, "strong", STRONG },
  { -1, "sub", SUB }, { -1, "subtitle", SUBTITLE }, { -1, "sup", SUP }, { -1, "table", TABLE },
  { -1, "td", TD }, { -1, "text-author", TEXT_AUTHOR }, { -1, "th", TH }, { -1, "title", TITLE },
  { -1, "title-info", TITLE_INFO }, { -1, "tr", TR }, { -1, "translator", TRANSLATOR }, { -1, "v", V },
  { -1, "year", YEAR }, { 0, NULL, 0 },
};

typedef struct
{
  DraFlow    *flow;
  guint       n_bodies;
  gboolean    in_body;
  gboolean    in_notes;      /* the body is one of notes */
  gboolean    in_note;       /* a footnote is open */
  guint       note_depth;    /* sections open when it began */
  guint       sections;      /* how many are open */
  guint       quotes;        /* epigraphs and cites that are open */
  guint       title_depth;   /* titles that are open */
  gboolean    in_heading;    /* the block of the title was begun */
  gboolean    in_stanza;     /* the block of the stanza was begun */
  guint       n_strong, n_emphasis, n_code, n_sup, n_sub, n_strike;
  char       *link;          /* (nullable) */
  GHashTable *note_labels;   /* id of a section -> label */
  GHashTable *note_ids;      /* ids that footnotes were made of */
  guint       n_labels;

  gboolean    in_title_info, in_publish_info, in_author, in_description, in_cover, skip;
  int         field;         /* token of the property that is open, 0: none */
  GString    *value;
  GString    *author;        /* names of the present one */
  GString    *authors;
  char       *date, *year;

  GHashTable *wanted;        /* sources of images */
  GPtrArray  *images;        /* of Binary */
  GByteArray *binary;        /* (nullable): the one that is open */
  char       *binary_id, *binary_type;
  gsize       binary_total;
  gint        base64_state;
  guint       base64_save;
} Fb2;

typedef struct
{
  char   *id;
  char   *type;
  GBytes *bytes;
} Binary;

static void
binary_free (gpointer data)
{
  Binary *binary = data;

  g_free (binary->id);
  g_free (binary->type);
  g_bytes_unref (binary->bytes);
  g_free (binary);
}

static guint
get_styles (Fb2 *self)
{
  return (self->n_strong > 0 ? DRA_FLOW_STYLE (DRA_STYLE_STRONG) : 0)
         | (self->n_emphasis > 0 ? DRA_FLOW_STYLE (DRA_STYLE_EMPHASIS) : 0)
         | (self->n_code > 0 ? DRA_FLOW_STYLE (DRA_STYLE_CODE) : 0)
         | (self->n_sup > 0 ? DRA_FLOW_STYLE (DRA_STYLE_SUPERSCRIPT) : 0)
         | (self->n_sub > 0 ? DRA_FLOW_STYLE (DRA_STYLE_SUBSCRIPT) : 0)
         | (self->n_strike > 0 ? DRA_FLOW_STYLE (DRA_STYLE_STRIKETHROUGH) : 0);
}

/* The address of an image or a note inside the file. */
static const char *
get_reference (DraXmlStream *stream)
{
  const char *href = dra_xml_stream_get_attribute (stream, DRA_XML_ANY_NAMESPACE, "href");

  return href != NULL && *href == '#' && href[1] != '\0' ? href + 1 : NULL;
}

static const char *
get_note_label (Fb2        *self,
                const char *id)
{
  const char *label = g_hash_table_lookup (self->note_labels, id);

  if (label == NULL)
    {
      char *new_label = g_strdup_printf ("%u", ++self->n_labels);

      g_hash_table_insert (self->note_labels, g_strdup (id), new_label);
      label = new_label;
    }

  return label;
}

static void
start_link (Fb2          *self,
            DraXmlStream *stream)
{
  const char *href = dra_xml_stream_get_attribute (stream, DRA_XML_ANY_NAMESPACE, "href");
  const char *type = dra_xml_stream_get_attribute (stream, DRA_XML_ANY_NAMESPACE, "type");
  const char *id = get_reference (stream);

  g_clear_pointer (&self->link, g_free);
  if (id != NULL && (g_strcmp0 (type, "note") == 0 || g_strcmp0 (type, "comment") == 0))
    {
      if (!self->in_notes)
        self->link = g_strconcat ("#fn:", get_note_label (self, id), NULL);
    }
  else if (href != NULL && *href != '#')
    self->link = g_strdup (href);
}

static void
add_image (Fb2          *self,
           DraXmlStream *stream)
{
  const char *id = get_reference (stream);
  const char *alternative = dra_xml_stream_get_attribute (stream, DRA_XML_ANY_NAMESPACE, "alt");

  if (alternative == NULL || *alternative == '\0')
    alternative = dra_xml_stream_get_attribute (stream, DRA_XML_ANY_NAMESPACE, "title");
  if (id == NULL)
    return;
  g_hash_table_add (self->wanted, g_strdup (id));
  dra_flow_add_image (self->flow, alternative, id);
}

static void
start_block (Fb2          *self,
             DraBlockKind  kind,
             guint         level)
{
  if (self->in_note && dra_flow_has_text (self->flow))
    dra_flow_add_break (self->flow);
  else if (self->in_note)
    return;
  else if (self->quotes > 0 && kind == DRA_BLOCK_PARAGRAPH)
    dra_flow_begin_block (self->flow, DRA_BLOCK_QUOTATION, self->quotes, NULL);
  else
    dra_flow_begin_block (self->flow, kind, level, NULL);
}

/* A paragraph, or a line of a title or of a stanza. */
static void
start_paragraph (Fb2 *self,
                 int  token)
{
  if (self->title_depth > 0)
    {
      if (self->in_note)
        return;
      if (self->in_heading)
        dra_flow_add_break (self->flow);
      else if (self->sections == 0 && self->n_bodies == 1)
        start_block (self, DRA_BLOCK_TITLE, 0);
      else
        start_block (self, DRA_BLOCK_HEADING, CLAMP (self->sections, 1, 6));
      self->in_heading = TRUE;
      return;
    }
  if (token == V)
    {
      if (self->in_stanza)
        dra_flow_add_break (self->flow);
      else
        start_block (self, DRA_BLOCK_PARAGRAPH, 0);
      self->in_stanza = TRUE;
      return;
    }
  self->in_stanza = FALSE;
  if (token == SUBTITLE)
    start_block (self, DRA_BLOCK_HEADING, CLAMP (self->sections + 1, 1, 6));
  else
    start_block (self, DRA_BLOCK_PARAGRAPH, 0);
}

static void
start_section (Fb2          *self,
               DraXmlStream *stream)
{
  const char *id = dra_xml_stream_get_attribute (stream, DRA_XML_ANY_NAMESPACE, "id");

  self->sections++;
  dra_flow_end_block (self->flow);
  if (!self->in_notes || self->in_note || id == NULL || g_hash_table_contains (self->note_ids, id))
    return;
  g_hash_table_add (self->note_ids, g_strdup (id));
  dra_flow_begin_footnote (self->flow, get_note_label (self, id));
  self->in_note = TRUE;
  self->note_depth = self->sections;
}

static void
end_section (Fb2 *self)
{
  dra_flow_end_block (self->flow);
  if (self->in_note && self->note_depth == self->sections)
    {
      dra_flow_end_footnote (self->flow);
      self->in_note = FALSE;
    }
  if (self->sections > 0)
    self->sections--;
}

static void
count (guint *counter,
       int    change)
{
  if (change > 0 || *counter > 0)
    *counter += (guint) change;
}

/* Styles count how often they are open.  FALSE: it is none. */
static gboolean
change_style (Fb2 *self,
              int  token,
              int  change)
{
  switch (token)
    {
    case STRONG:        count (&self->n_strong, change); break;
    case EMPHASIS:      count (&self->n_emphasis, change); break;
    case CODE:          count (&self->n_code, change); break;
    case SUP:           count (&self->n_sup, change); break;
    case SUB:           count (&self->n_sub, change); break;
    case STRIKETHROUGH: count (&self->n_strike, change); break;
    default:            return FALSE;
    }

  return TRUE;
}

static void
start_binary (Fb2          *self,
              DraXmlStream *stream)
{
  const char *id = dra_xml_stream_get_attribute (stream, DRA_XML_ANY_NAMESPACE, "id");

  if (id == NULL || !g_hash_table_contains (self->wanted, id) || self->binary != NULL
      || self->binary_total >= DRA_READING_MAX_IMAGES)
    return;
  self->binary = g_byte_array_new ();
  self->binary_id = g_strdup (id);
  self->binary_type = g_strdup (dra_xml_stream_get_attribute (stream, DRA_XML_ANY_NAMESPACE, "content-type"));
  self->base64_state = 0;
  self->base64_save = 0;
}

static void
end_binary (Fb2 *self)
{
  Binary *binary;

  if (self->binary == NULL)
    return;
  binary = g_new0 (Binary, 1);
  self->binary_total += self->binary->len;
  binary->bytes = g_byte_array_free_to_bytes (g_steal_pointer (&self->binary));
  binary->id = g_steal_pointer (&self->binary_id);
  binary->type = g_steal_pointer (&self->binary_type);
  g_hash_table_remove (self->wanted, binary->id);
  g_ptr_array_add (self->images, binary);
}

static void
start_description (Fb2          *self,
                   DraXmlStream *stream,
                   int           token)
{
  const char *value;

  switch (token)
    {
    case TITLE_INFO:
      self->in_title_info = TRUE;
      break;
    case PUBLISH_INFO:
      self->in_publish_info = TRUE;
      break;
    case AUTHOR:
      self->in_author = self->in_title_info;
      g_string_truncate (self->author, 0);
      break;
    case ANNOTATION:
    case HISTORY:
    case TRANSLATOR:
      self->skip = TRUE;
      break;
    case COVERPAGE:
      self->in_cover = self->in_title_info;
      break;
    case IMAGE:
      if (self->in_cover)
        add_image (self, stream);
      break;
    case DATE:
      value = dra_xml_stream_get_attribute (stream, DRA_XML_ANY_NAMESPACE, "value");
      if (self->in_title_info && value != NULL && *value != '\0' && self->date == NULL)
        self->date = g_strdup (value);
      G_GNUC_FALLTHROUGH;
    case BOOK_TITLE:
    case LANG:
    case PUBLISHER:
    case YEAR:
    case FIRST_NAME:
    case MIDDLE_NAME:
    case LAST_NAME:
    case NICKNAME:
      self->field = token;
      g_string_truncate (self->value, 0);
      break;
    default:
      break;
    }
}

static void
end_name (Fb2 *self,
          int  token)
{
  if (!self->in_author || *self->value->str == '\0' || (token == NICKNAME && self->author->len > 0))
    return;
  if (self->author->len > 0)
    g_string_append_c (self->author, ' ');
  g_string_append (self->author, self->value->str);
}

static void
end_field (Fb2 *self,
           int  token)
{
  g_strstrip (self->value->str);
  self->value->len = strlen (self->value->str);
  self->field = 0;
  if (self->skip)
    return;
  switch (token)
    {
    case BOOK_TITLE:
      if (self->in_title_info)
        dra_flow_set_metadata (self->flow, DRA_METADATA_TITLE, self->value->str);
      break;
    case LANG:
      if (self->in_title_info)
        dra_flow_set_metadata (self->flow, DRA_METADATA_LANGUAGE, self->value->str);
      break;
    case PUBLISHER:
      if (self->in_publish_info)
        dra_flow_set_metadata (self->flow, DRA_METADATA_SITE, self->value->str);
      break;
    case YEAR:
      if (self->in_publish_info && self->year == NULL)
        self->year = g_strdup (self->value->str);
      break;
    case DATE:
      if (self->in_title_info && self->date == NULL && self->value->len > 0)
        self->date = g_strdup (self->value->str);
      break;
    default:
      end_name (self, token);
    }
}

static void
end_description (Fb2 *self,
                 int  token)
{
  if (token == self->field && token != 0)
    end_field (self, token);
  switch (token)
    {
    case TITLE_INFO:
      self->in_title_info = FALSE;
      break;
    case PUBLISH_INFO:
      self->in_publish_info = FALSE;
      break;
    case AUTHOR:
      if (self->in_author && self->author->len > 0 && self->authors->len < MAX_FIELD)
        g_string_append_printf (self->authors, "%s%s", self->authors->len > 0 ? ", " : "", self->author->str);
      self->in_author = FALSE;
      break;
    case ANNOTATION:
    case HISTORY:
    case TRANSLATOR:
      self->skip = FALSE;
      break;
    case COVERPAGE:
      self->in_cover = FALSE;
      break;
    default:
      break;
    }
}

static void
start_body (Fb2          *self,
            DraXmlStream *stream)
{
  const char *name = dra_xml_stream_get_attribute (stream, DRA_XML_ANY_NAMESPACE, "name");

  self->in_body = TRUE;
  self->n_bodies++;
  self->in_notes = name != NULL && (g_ascii_strcasecmp (name, "notes") == 0
                                    || g_ascii_strcasecmp (name, "comments") == 0
                                    || g_ascii_strcasecmp (name, "footnotes") == 0);
  self->sections = self->quotes = self->title_depth = 0;
}

static void
start_cb (DraXmlStream *stream,
          int           token,
          gpointer      user_data)
{
  Fb2 *self = user_data;

  if (self->in_description)
    {
      start_description (self, stream, token);
      return;
    }
  if (token == DESCRIPTION)
    self->in_description = TRUE;
  else if (token == BODY)
    start_body (self, stream);
  else if (token == BINARY)
    start_binary (self, stream);
  if (!self->in_body || change_style (self, token, 1))
    return;

  switch (token)
    {
    case SECTION:
      start_section (self, stream);
      break;
    case TITLE:
      self->title_depth++;
      self->in_heading = FALSE;
      break;
    case P:
    case V:
    case SUBTITLE:
    case TEXT_AUTHOR:
    case DATE:
      start_paragraph (self, token);
      break;
    case STANZA:
      self->in_stanza = FALSE;
      break;
    case EPIGRAPH:
    case CITE:
      dra_flow_end_block (self->flow);
      self->quotes++;
      break;
    case IMAGE:
      add_image (self, stream);
      break;
    case A:
      start_link (self, stream);
      break;
    case TABLE:
      dra_flow_begin_table (self->flow, 0);
      break;
    case TR:
      dra_flow_begin_row (self->flow, FALSE);
      break;
    case TH:
    case TD:
      dra_flow_begin_cell (self->flow);
      break;
    default:
      break;
    }
}

static void
end_cb (DraXmlStream *stream G_GNUC_UNUSED,
        int           token,
        gpointer      user_data)
{
  Fb2 *self = user_data;

  if (token == DESCRIPTION)
    self->in_description = FALSE;
  if (self->in_description)
    end_description (self, token);
  if (token == BINARY)
    end_binary (self);
  if (!self->in_body || change_style (self, token, -1))
    return;

  switch (token)
    {
    case BODY:
      while (self->sections > 0)
        end_section (self);
      dra_flow_end_block (self->flow);
      self->in_body = FALSE;
      break;
    case SECTION:
      end_section (self);
      break;
    case TITLE:
      count (&self->title_depth, -1);
      if (!self->in_note)
        dra_flow_end_block (self->flow);
      break;
    case P:
    case SUBTITLE:
    case TEXT_AUTHOR:
    case DATE:
      if (self->title_depth == 0 && !self->in_note)
        dra_flow_end_block (self->flow);
      break;
    case STANZA:
    case POEM:
      self->in_stanza = FALSE;
      if (!self->in_note)
        dra_flow_end_block (self->flow);
      break;
    case EPIGRAPH:
    case CITE:
      dra_flow_end_block (self->flow);
      count (&self->quotes, -1);
      break;
    case A:
      g_clear_pointer (&self->link, g_free);
      break;
    case TR:
      dra_flow_end_row (self->flow);
      break;
    case TABLE:
      dra_flow_end_table (self->flow);
      break;
    default:
      break;
    }
}

static void
text_cb (DraXmlStream *stream G_GNUC_UNUSED,
         const char   *text,
         gsize         length,
         gpointer      user_data)
{
  Fb2 *self = user_data;

  if (self->binary != NULL)
    {
      guint before = self->binary->len;
      gsize n;

      g_byte_array_set_size (self->binary, before + (guint) length / 4 * 3 + 6);
      n = g_base64_decode_step (text, length, self->binary->data + before,
                                &self->base64_state, &self->base64_save);
      g_byte_array_set_size (self->binary, before + (guint) n);
    }
  else if (self->in_description)
    {
      if (self->field != 0 && self->value->len < MAX_FIELD)
        g_string_append_len (self->value, text, (gssize) length);
    }
  else if (self->in_body && !(self->in_note && self->title_depth > 0))
    dra_flow_add_text (self->flow, text, (gssize) length, get_styles (self), self->link);
}

static GBytes *
unpack (GBytes        *bytes,
        const char    *name,
        GCancellable  *cancellable,
        GError       **error)
{
#ifdef DRA_HAVE_ARCHIVE
  g_autoptr (DraZip) zip = dra_zip_new (bytes, name, cancellable, error);
  const char *found = NULL;

  if (zip == NULL)
    return NULL;
  for (guint i = 0; i < dra_zip_get_n_entries (zip); i++)
    {
      const char *path = dra_zip_get_path (zip, i);
      g_autofree char *lower = g_ascii_strdown (path, -1);

      if (!g_str_has_suffix (lower, ".fb2"))
        continue;
      if (found != NULL)
        {
          g_set_error (error, DRA_ERROR, DRA_ERROR_UNSUPPORTED,
                       _("“%s” has several books in it; unpack it and open one of them."), name);
          return NULL;
        }
      found = path;
    }
  if (found != NULL)
    return dra_zip_read (zip, found, error);
  g_set_error (error, DRA_ERROR, DRA_ERROR_NOT_TEXT, _("“%s” has no book in it."), name);
#else
  (void) bytes;
  (void) cancellable;
  g_set_error (error, DRA_ERROR, DRA_ERROR_UNSUPPORTED,
               _("“%s” cannot be opened: Dramatis was built without what reads this format."), name);
#endif

  return NULL;
}

static void
fb2_clear (Fb2 *self)
{
  dra_flow_free (self->flow);
  g_hash_table_unref (self->note_labels);
  g_hash_table_unref (self->note_ids);
  g_hash_table_unref (self->wanted);
  g_ptr_array_unref (self->images);
  g_string_free (self->value, TRUE);
  g_string_free (self->author, TRUE);
  g_string_free (self->authors, TRUE);
  g_clear_pointer (&self->binary, g_byte_array_unref);
  g_free (self->binary_id);
  g_free (self->binary_type);
  g_free (self->link);
  g_free (self->date);
  g_free (self->year);
}

/**
 * dra_fb2_read:
 * @bytes: a FictionBook file, or a ZIP archive with one in it
 * @name: its name, for messages
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Reads a book.  Sets %DRA_ERROR_DAMAGED, %DRA_ERROR_EMPTY, what dra_zip_new() and
 * dra_zip_read() set, %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full): the reading, or %NULL with @error set
 */
DraReading *
dra_fb2_read (GBytes        *bytes,
              const char    *name,
              GCancellable  *cancellable,
              GError       **error)
{
  static const DraXmlVocabulary vocabulary = { NULL, tokens, start_cb, end_cb, text_cb };
  g_autoptr (GBytes) xml = NULL;
  DraReading *reading = NULL;
  Fb2 self = { 0 };

  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  if (g_bytes_get_size (bytes) >= 4 && memcmp (g_bytes_get_data (bytes, NULL), "PK\3\4", 4) == 0)
    xml = unpack (bytes, name, cancellable, error);
  else
    xml = g_bytes_ref (bytes);
  if (xml == NULL)
    return NULL;

  self.flow = dra_flow_new ();
  self.note_labels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self.note_ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.images = g_ptr_array_new_with_free_func (binary_free);
  self.value = g_string_new (NULL);
  self.author = g_string_new (NULL);
  self.authors = g_string_new (NULL);

  if (dra_xml_parse (&vocabulary, xml, name, &self, cancellable, error))
    {
      dra_flow_set_metadata (self.flow, DRA_METADATA_BYLINE, self.authors->str);
      dra_flow_set_metadata (self.flow, DRA_METADATA_PUBLISHED, self.date);
      dra_flow_set_metadata (self.flow, DRA_METADATA_PUBLISHED, self.year);
      reading = dra_flow_finish (self.flow, name, error);
    }
  for (guint i = 0; reading != NULL && i < self.images->len; i++)
    {
      Binary *binary = g_ptr_array_index (self.images, i);

      dra_reading_add_image (reading, binary->id, binary->type, binary->bytes);
    }
  fb2_clear (&self);

  return reading;
}
