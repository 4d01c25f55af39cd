/* dra-odt-reader.c: text documents in OpenDocument, packed or flat.
 *
 * A packed document is read part by part, a flat one has all of them in one; the same
 * functions take both.  Changes are shown as accepted: what was deleted stands apart from
 * the text.  Names with family and list styles are dra-odt-styles.c's.
 *
 * Follows OpenDocument 1.3 part 3 (OASIS).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-odt-reader.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "article/dra-error.h"
#include "readers/dra-document-info.h"
#include "readers/dra-odt-state.h"
#include "readers/dra-package.h"

#define MAX_VALUE 1000 /* bytes of a property */

static const DraXmlNamespace namespaces[] = {
  { "urn:oasis:names:tc:opendocument:xmlns:office:1.0", OFFICE },
  { "urn:oasis:names:tc:opendocument:xmlns:text:1.0", TEXT },
  { "urn:oasis:names:tc:opendocument:xmlns:style:1.0", STYLE },
  { "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0", FO },
  { "urn:oasis:names:tc:opendocument:xmlns:table:1.0", TABLE },
  { "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0", DRAW },
  { "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0", SVG },
  { "http://www.w3.org/1999/xlink", XLINK },
  { "http://purl.org/dc/elements/1.1/", DC },
  { "urn:oasis:names:tc:opendocument:xmlns:meta:1.0", META },
  { "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0", MANIFEST },
  { "http://openoffice.org/2000/office", OFFICE },
  { "http://openoffice.org/2000/text", TEXT },
  { "http://openoffice.org/2000/style", STYLE },
  { "http://openoffice.org/2000/table", TABLE },
  { "http://openoffice.org/2000/drawing", DRAW },
  { "http://www.w3.org/1999/XSL/Format", FO },
  { "http://openoffice.org/2000/meta", META },
  { NULL, 0 },
};

static const DraXmlToken tokens[] = {
  { TEXT, "a", T_A }, { OFFICE, "automatic-styles", T_AUTOMATIC }, { OFFICE, "annotation", T_ANNOTATION },
  { OFFICE, "annotation-end", T_ANNOTATION_END }, { OFFICE, "binary-data", T_BINARY },
  { OFFICE, "body", T_BODY }, { TABLE, "table-cell", T_CELL }, { TABLE, "table-column", T_COLUMN },
  { TABLE, "covered-table-cell", T_COVERED }, { META, "creation-date", T_CREATION_DATE },
  { DC, "creator", T_CREATOR }, { DC, "date", T_DATE }, { STYLE, "default-style", T_DEFAULT_STYLE },
  { SVG, "desc", T_DESC }, { MANIFEST, "encryption-data", T_ENCRYPTION },
  { MANIFEST, "file-entry", T_FILE_ENTRY }, { DRAW, "frame", T_FRAME }, { TEXT, "h", T_H },
  { TABLE, "table-header-rows", T_HEADER_ROWS }, { DRAW, "image", T_IMAGE },
  { META, "initial-creator", T_INITIAL_CREATOR }, { DC, "language", T_LANGUAGE },
  { TEXT, "list-level-style-bullet", T_LEVEL_BULLET }, { TEXT, "list-level-style-number", T_LEVEL_NUMBER },
  { TEXT, "line-break", T_LINE_BREAK }, { TEXT, "list", T_LIST }, { TEXT, "list-header", T_LIST_HEADER },
  { TEXT, "list-item", T_LIST_ITEM }, { TEXT, "list-style", T_LIST_STYLE }, { OFFICE, "meta", T_META },
  { TEXT, "note", T_NOTE }, { TEXT, "note-body", T_NOTE_BODY }, { TEXT, "note-citation", T_NOTE_CITATION },
  { TEXT, "p", T_P }, { TABLE, "table-row", T_ROW }, { TEXT, "s", T_S }, { TEXT, "section", T_SECTION },
  { TEXT, "span", T_SPAN }, { STYLE, "style", T_STYLE }, { TEXT, "tab", T_TAB }, { TEXT, "tab-stop", T_TAB },
  { TABLE, "table", T_TABLE }, { DRAW, "text-box", T_TEXT_BOX },
  { STYLE, "text-properties", T_TEXT_PROPERTIES }, { DC, "title", T_TITLE }, { SVG, "title", T_SVG_TITLE },
  /* What is not text. */
  { TEXT, "tracked-changes", T_SKIP }, { OFFICE, "forms", T_SKIP }, { TEXT, "ruby-text", T_SKIP },
  { TEXT, "sequence-decls", T_SKIP }, { TEXT, "variable-decls", T_SKIP }, { TEXT, "user-field-decls", T_SKIP },
  { OFFICE, "scripts", T_SKIP }, { OFFICE, "master-styles", T_SKIP }, { TEXT, "index-title-template", T_SKIP },
  { TEXT, "table-of-content-source", T_SKIP }, { TEXT, "illustration-index-source", T_SKIP },
  { TEXT, "bibliography-source", T_SKIP }, { TEXT, "alphabetical-index-source", T_SKIP },
  { TEXT, "notes-configuration", T_SKIP }, { TEXT, "hidden-paragraph", T_SKIP },
  { OFFICE, "event-listeners", T_SKIP }, { TABLE, "shapes", T_SKIP }, { 0, NULL, 0 },
};

static void
clear_span (gpointer data)
{
  g_free (((DraOdtSpan *) data)->link);
}

static void
clear_list (gpointer data)
{
  g_free (((DraOdtOpenList *) data)->style);
}

static void
clear_inside (gpointer data)
{
  g_free (((DraOdtInside *) data)->label);
}

/* --- Events -------------------------------------------------------------------------------------- */

static void
start_inline (DraOdt       *self,
              DraXmlStream *stream,
              int           token)
{
  const char *value;
  g_autofree char *id = NULL;

  switch (token)
    {
    case T_SPAN:
      dra_odt_push_span (self, dra_odt_styles_find (self->styles, "text",
                                            dra_xml_stream_get_attribute (stream, TEXT, "style-name")), NULL);
      break;
    case T_A:
      value = dra_xml_stream_get_attribute (stream, XLINK, "href");
      dra_odt_push_span (self, NULL, value != NULL && *value != '#' && strchr (value, ':') != NULL ? value : NULL);
      break;
    case T_S:
      dra_odt_add_spaces (self, stream);
      break;
    case T_TAB:
      dra_odt_add_text (self, " ", 1);
      break;
    case T_LINE_BREAK:
      if (self->comment != NULL)
        g_string_append_c (self->comment, '\n');
      else if (self->now.begun)
        dra_flow_add_break (self->flow);
      break;
    case T_NOTE_CITATION:
      self->in_citation = TRUE;
      break;
    case T_NOTE_BODY:
      dra_odt_start_note_body (self);
      break;
    case T_ANNOTATION:
      dra_odt_start_comment (self, stream);
      break;
    case T_ANNOTATION_END:
      value = dra_xml_stream_get_attribute (stream, OFFICE, "name");
      id = value != NULL ? g_strconcat ("n", value, NULL) : NULL;
      if (id != NULL && self->comment == NULL)
        dra_flow_end_comment (self->flow, id);
      break;
    case T_IMAGE:
      dra_odt_start_image (self, stream);
      break;
    case T_BINARY:
      dra_odt_start_binary (self);
      break;
    case T_FRAME:
      g_clear_pointer (&self->image, g_free);
      g_string_truncate (self->alternative, 0);
      break;
    case T_TEXT_BOX:
      dra_flow_begin_aside (self->flow);
      dra_odt_save (self);
      break;
    default:
      break;
    }
}

static void
start_body (DraOdt       *self,
            DraXmlStream *stream,
            int           token)
{
  switch (token)
    {
    case T_P:
    case T_H:
      if (self->now.in_paragraph)
        dra_odt_end_paragraph (self);
      dra_odt_start_paragraph (self, stream, token);
      break;
    case T_LIST:
      dra_odt_start_list (self, stream);
      break;
    case T_LIST_ITEM:
    case T_LIST_HEADER:
      dra_odt_set_item (self, stream, TRUE, token == T_LIST_HEADER);
      break;
    case T_TABLE:
    case T_COLUMN:
    case T_HEADER_ROWS:
    case T_ROW:
    case T_CELL:
    case T_COVERED:
      dra_odt_start_table_part (self, stream, token);
      break;
    case T_SECTION:
      if (g_strcmp0 (dra_xml_stream_get_attribute (stream, TEXT, "display"), "none") == 0)
        self->skip = 1;
      break;
    default:
      start_inline (self, stream, token);
      break;
    }
}

/* Properties of the document or of a comment. */
static gboolean
is_field (int token)
{
  return token == T_TITLE || token == T_CREATOR || token == T_DATE || token == T_CREATION_DATE
         || token == T_INITIAL_CREATOR || token == T_LANGUAGE || token == T_DESC || token == T_SVG_TITLE;
}

static void
start_cb (DraXmlStream *stream,
          int           token,
          gpointer      user_data)
{
  DraOdt *self = user_data;

  if (self->skip > 0 || token == T_SKIP || (token == T_AUTOMATIC && self->only_common))
    {
      self->skip++;
      return;
    }
  if (token == 0)
    return;
  if (token == T_META)
    self->in_meta = TRUE;
  if (token == T_BODY)
    self->in_body = TRUE;
  if (is_field (token))
    {
      self->field = token;
      g_string_truncate (self->value, 0);
      return;
    }
  if (token == T_ENCRYPTION)
    self->encrypted = TRUE;
  else if (!self->in_body)
    dra_odt_styles_start (self->styles, stream, token);
  else
    start_body (self, stream, token);
}

static void
end_field (DraOdt *self,
           int     token)
{
  const char *value = g_strstrip (self->value->str);

  self->field = 0;
  if (token == T_DESC || token == T_SVG_TITLE)
    {
      if (self->alternative->len == 0 || token == T_DESC)
        g_string_assign (self->alternative, value);
    }
  else if (self->comment != NULL && token == T_CREATOR)
    {
      g_free (self->comment_author);
      self->comment_author = g_strdup (value);
    }
  else if (self->comment != NULL && token == T_DATE)
    self->comment_time = dra_document_info_parse_time (value);
  else if (!self->in_meta)
    return;
  else if (token == T_TITLE)
    dra_flow_set_metadata (self->flow, DRA_METADATA_TITLE, value);
  else if (token == T_INITIAL_CREATOR)
    dra_flow_set_metadata (self->flow, DRA_METADATA_BYLINE, value);
  else if (token == T_CREATION_DATE)
    dra_flow_set_metadata (self->flow, DRA_METADATA_PUBLISHED, value);
  else if (token == T_LANGUAGE)
    dra_flow_set_metadata (self->flow, DRA_METADATA_LANGUAGE, value);
  else if (token == T_CREATOR && self->creator == NULL)
    self->creator = g_strdup (value);
  else if (token == T_DATE && self->date == NULL)
    self->date = g_strdup (value);
}

static void
end_body (DraOdt *self,
          int     token)
{
  switch (token)
    {
    case T_P:
    case T_H:
      if (self->now.in_paragraph)
        dra_odt_end_paragraph (self);
      break;
    case T_SPAN:
    case T_A:
      if (self->spans->len > self->now.n_spans)
        g_array_set_size (self->spans, self->spans->len - 1);
      break;
    case T_LIST:
      if (self->lists->len > self->now.n_lists)
        g_array_set_size (self->lists, self->lists->len - 1);
      break;
    case T_LIST_ITEM:
    case T_LIST_HEADER:
      dra_odt_set_item (self, NULL, FALSE, FALSE);
      break;
    case T_HEADER_ROWS:
    case T_ROW:
    case T_TABLE:
      dra_odt_end_table_part (self, token);
      break;
    case T_NOTE_CITATION:
      self->in_citation = FALSE;
      break;
    case T_NOTE_BODY:
      dra_odt_end_note_body (self);
      break;
    case T_ANNOTATION:
      dra_odt_end_comment (self);
      break;
    case T_BINARY:
      dra_odt_end_binary (self);
      break;
    case T_FRAME:
      dra_odt_end_frame (self);
      break;
    case T_TEXT_BOX:
      dra_flow_end_block (self->flow);
      dra_odt_restore (self);
      dra_flow_end_aside (self->flow);
      break;
    default:
      break;
    }
}

static void
end_cb (DraXmlStream *stream G_GNUC_UNUSED,
        int                  token,
        gpointer             user_data)
{
  DraOdt *self = user_data;

  if (self->skip > 0)
    {
      self->skip--;
      return;
    }
  if (token == T_META)
    self->in_meta = FALSE;
  if (token == T_BODY)
    self->in_body = FALSE;
  if (token != 0 && token == self->field)
    end_field (self, token);
  else if (!self->in_body)
    dra_odt_styles_end (self->styles, token);
  else
    end_body (self, token);
}

static void
text_cb (DraXmlStream *stream  G_GNUC_UNUSED,
         const char           *text,
         gsize                 length,
         gpointer              user_data)
{
  DraOdt *self = user_data;

  if (self->skip > 0)
    return;
  if (self->field != 0)
    {
      if (self->value->len < MAX_VALUE)
        g_string_append_len (self->value, text, (gssize) length);
    }
  else if (self->binary != NULL)
    {
      guint before = self->binary->len;
      gsize n;

      g_byte_array_set_size (self->binary, before + (guint) length / 4 * 3 + 6);
      n = g_base64_decode_step (text, length, self->binary->data + before, &self->base64_state, &self->base64_save);
      g_byte_array_set_size (self->binary, before + (guint) n);
    }
  else if (self->in_body)
    dra_odt_add_text (self, text, length);
}

/* --- The whole -------------------------------------------------------------------------------------- */

static const DraXmlVocabulary vocabulary = { namespaces, tokens, start_cb, end_cb, text_cb };

static gboolean
read_parts (DraOdt  *self,
            GError **error)
{
  static const char *const parts[] = { "META-INF/manifest.xml", "meta.xml", "styles.xml", "content.xml" };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      self->only_common = i == 2;
      if (i < 3 && dra_zip_find (self->zip, parts[i]) == NULL)
        continue;
      if (self->encrypted)
        {
          g_set_error (error, DRA_ERROR, DRA_ERROR_UNSUPPORTED,
                       _("“%s” is protected by a password; open it in the program that made it and save it without one."),
                       dra_zip_get_name (self->zip));
          return FALSE;
        }
      self->skip = 0;
      if (!dra_package_parse (self->zip, parts[i], &vocabulary, self, error))
        return FALSE;
    }

  return TRUE;
}

static void
odt_init (DraOdt *self)
{
  self->flow = dra_flow_new ();
  self->styles = dra_odt_styles_new ();
  self->saved = g_array_new (FALSE, FALSE, sizeof (DraOdtInside));
  g_array_set_clear_func (self->saved, clear_inside);
  self->spans = g_array_new (FALSE, FALSE, sizeof (DraOdtSpan));
  g_array_set_clear_func (self->spans, clear_span);
  self->lists = g_array_new (FALSE, FALSE, sizeof (DraOdtOpenList));
  g_array_set_clear_func (self->lists, clear_list);
  self->tables = dra_flow_grids_new (self->flow);
  self->value = g_string_new (NULL);
  self->alternative = g_string_new (NULL);
  self->images = g_ptr_array_new_with_free_func (g_free);
  self->binaries = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
}

static void
odt_clear (DraOdt *self)
{
  dra_flow_free (self->flow);
  dra_odt_styles_free (self->styles);
  g_array_unref (self->saved);
  g_array_unref (self->spans);
  g_array_unref (self->lists);
  dra_flow_grids_free (self->tables);
  g_string_free (self->value, TRUE);
  g_string_free (self->alternative, TRUE);
  g_ptr_array_unref (self->images);
  g_ptr_array_unref (self->binaries);
  g_clear_pointer (&self->binary, g_byte_array_unref);
  if (self->comment != NULL)
    g_string_free (self->comment, TRUE);
  g_free (self->comment_id);
  g_free (self->comment_author);
  g_free (self->creator);
  g_free (self->date);
  g_free (self->image);
  g_free (self->now.label);
}

static DraReading *
finish (DraOdt      *self,
        const char  *name,
        gsize        size,
        GError     **error)
{
  g_autoptr (DraReading) reading = NULL;
  g_autofree char *language = NULL;

  if (self->styles->language != NULL)
    language = g_strdup_printf ("%s%s%s", self->styles->language, self->styles->country != NULL
                                && g_strcmp0 (self->styles->country, "none") != 0 ? "-" : "",
                                self->styles->country != NULL && g_strcmp0 (self->styles->country, "none") != 0
                                ? self->styles->country : "");
  dra_flow_set_metadata (self->flow, DRA_METADATA_LANGUAGE, language);
  dra_flow_set_metadata (self->flow, DRA_METADATA_BYLINE, self->creator);
  dra_flow_set_metadata (self->flow, DRA_METADATA_PUBLISHED, self->date);
  reading = dra_flow_finish (self->flow, name, error);
  if (reading == NULL)
    return NULL;
  if (self->zip != NULL && !dra_package_add_images (self->zip, self->images, reading, size, error))
    return NULL;
  for (guint i = 0; i < self->binaries->len; i++)
    {
      g_autofree char *source = g_strdup_printf ("image%u", i + 1);

      dra_reading_add_image (reading, source, NULL, g_ptr_array_index (self->binaries, i));
    }

  return g_steal_pointer (&reading);
}

/**
 * dra_odt_read:
 * @bytes: an ODT file, or a flat one (FODT)
 * @name: its name, for messages
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Reads a document, its comments as notes.  Sets %DRA_ERROR_UNSUPPORTED (encrypted),
 * %DRA_ERROR_DAMAGED, %DRA_ERROR_TOO_LARGE, %DRA_ERROR_EMPTY, %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full): the reading, or %NULL with @error set
 */
DraReading *
dra_odt_read (GBytes        *bytes,
              const char    *name,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr (DraZip) zip = NULL;
  DraReading *reading = NULL;
  DraOdt self = { 0 };
  gsize size;
  const guint8 *data;
  gboolean done;

  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  data = g_bytes_get_data (bytes, &size);
  odt_init (&self);
  /* A flat document begins with a tag, whatever may stand before it. */
  if (size > 0 && memchr (data, '<', MIN (size, 16)) != NULL)
    done = dra_xml_parse (&vocabulary, bytes, name, &self, cancellable, error);
  else
    {
      self.zip = zip = dra_zip_new (bytes, name, cancellable, error);
      done = zip != NULL && read_parts (&self, error);
    }
  if (done)
    reading = finish (&self, name, size, error);
  odt_clear (&self);

  return reading;
}
