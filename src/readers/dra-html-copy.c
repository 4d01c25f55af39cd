/* dra-html-copy.c: the parts of an annotated copy, before they are an article.
 *
 * Event driven: there is no tree, so memory is the text's and depth costs nothing.  A copy
 * as Dramatis wrote it is well-formed XML and libxml2's XML parser gives its text exactly.
 * What another program made of it goes through the HTML parser, with the same handlers.
 *
 * Entities other than the predefined ones cannot occur: the XML parser is used only where
 * the document type is "html" without a subset of its own, and the HTML parser knows none
 * but those of HTML.  Nothing is loaded.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-html-copy.h"

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <string.h>

#define LINE_BREAK "\342\200\250" /* U+2028 */
#define DOCTYPE "<!DOCTYPE html>"

/* A number of newlines in the file; dra-copy-parts.c bounds their sum. */
#define MAX_NEWLINES (16 * 1024 * 1024)

/* Elements between two looks at the cancellable. */
#define CANCEL_STEP 4096

typedef enum
{
  REGION_BEFORE, /* the element of the text has not come: anything may be text */
  REGION_TEXT,
  REGION_AFTER,
} Region;

typedef struct
{
  guint        depth;
  guint        event; /* index of where it began */
} OpenStyle;

typedef struct
{
  DraCopyParts      *copy;
  xmlParserCtxtPtr  parser;
  GCancellable     *cancellable;
  guint             n_elements;

  guint             depth;
  guint             skip_depth;  /* of the element whose content is left out, 0 for none */
  guint             json_depth;  /* of the script whose content is kept, 0 for none */
  GString          *json;
  guint             block_depth; /* of the block's own element, 0 for none */
  guint             text_depth;  /* of the element of the text */
  Region            region;
  gboolean          had_cell;    /* of the row that is open */
  gboolean          loose;       /* in text that no data-block encloses */
  gboolean          had_title;
  DraBlockKind      loose_kind;
  guint             loose_level;
  GArray           *styles;      /* of OpenStyle */
} Parse;

static const struct
{
  const char  *name;
  DraStyleKind kind;
} style_elements[] = {
  { "strong", DRA_STYLE_STRONG },      { "b", DRA_STYLE_STRONG },
  { "em", DRA_STYLE_EMPHASIS },        { "i", DRA_STYLE_EMPHASIS },
  { "u", DRA_STYLE_UNDERLINE },        { "s", DRA_STYLE_STRIKETHROUGH },
  { "code", DRA_STYLE_CODE },          { "sup", DRA_STYLE_SUPERSCRIPT },
  { "sub", DRA_STYLE_SUBSCRIPT },
};

/* Elements that end a line of loose text. */
static const char *const block_elements[] = {
  "address", "article", "aside", "blockquote", "body", "caption", "dd", "div", "dl", "dt",
  "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
  "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul",
  NULL,
};

static const char *const skipped_elements[] = {
  "head", "style", "script", "template", "noscript", "footer", "nav", "title", "object",
  "iframe", "svg", "math", NULL,
};

static const char *
get_attribute (const xmlChar **attributes,
               const char     *name)
{
  for (guint i = 0; attributes != NULL && attributes[i] != NULL; i += 2)
    if (strcmp ((const char *) attributes[i], name) == 0)
      return attributes[i + 1] != NULL ? (const char *) attributes[i + 1] : "";

  return NULL;
}

static gsize
get_number (const xmlChar **attributes,
            const char     *name,
            gsize           fallback,
            gsize           max)
{
  const char *value = get_attribute (attributes, name);
  guint64 number;

  if (value == NULL || !g_ascii_string_to_unsigned (value, 10, 0, max, &number, NULL))
    return fallback;

  return (gsize) number;
}

static void
end_block (Parse *parse)
{
  if (parse->block_depth == 0 && !parse->loose)
    return;
  dra_copy_parts_end_block (parse->copy);
  parse->block_depth = 0;
  parse->loose = FALSE;
}

/* What came before the element of the text was only a guess. */
static void
begin_text (Parse          *parse,
            const xmlChar **attributes)
{
  DraCopyParts *copy = parse->copy;

  end_block (parse);
  g_string_truncate (copy->text, 0);
  g_array_set_size (copy->blocks, 0);
  g_array_set_size (copy->events, 0);
  g_array_set_size (parse->styles, 0);
  copy->n_newlines_after = get_number (attributes, "data-after", 0, MAX_NEWLINES);
  parse->had_title = FALSE;
  parse->region = REGION_TEXT;
  parse->text_depth = parse->depth;
}

static void
begin_style (Parse          *parse,
             const char     *name,
             const xmlChar **attributes)
{
  OpenStyle open = { .depth = parse->depth };
  DraStyleKind kind;
  const char *target = NULL;

  if (strcmp (name, "a") == 0)
    {
      target = get_attribute (attributes, "href");
      /* Marks of people lead to the cast, on the page itself. */
      if (target == NULL || *target == '\0'
          || (*target == '#' && !g_str_has_prefix (target, "#fn:")))
        return;
      kind = DRA_STYLE_LINK;
    }
  else
    {
      guint i;

      for (i = 0; i < G_N_ELEMENTS (style_elements); i++)
        if (strcmp (name, style_elements[i].name) == 0)
          break;
      if (i == G_N_ELEMENTS (style_elements))
        return;
      kind = style_elements[i].kind;
    }

  open.event = dra_copy_parts_begin_style (parse->copy, kind, target);
  g_array_append_val (parse->styles, open);
}

static void
end_style (Parse *parse)
{
  while (parse->styles->len > 0)
    {
      OpenStyle *open = &g_array_index (parse->styles, OpenStyle, parse->styles->len - 1);

      if (open->depth < parse->depth)
        break;
      dra_copy_parts_end_style (parse->copy, open->event);
      g_array_set_size (parse->styles, parse->styles->len - 1);
    }
}

/* Sets what loose text inside this element would be. */
static void
set_loose_kind (Parse      *parse,
                const char *name)
{
  parse->loose_level = 0;
  if (name[0] == 'h' && g_ascii_isdigit (name[1]) && name[2] == '\0')
    {
      gboolean title = name[1] == '1' && !parse->had_title;

      parse->loose_kind = title ? DRA_BLOCK_TITLE : DRA_BLOCK_HEADING;
      parse->loose_level = title ? 0 : MAX (name[1] - '1', 1);
    }
  else if (strcmp (name, "li") == 0)
    {
      parse->loose_kind = DRA_BLOCK_LIST_ITEM;
      parse->loose_level = 1;
    }
  else if (strcmp (name, "blockquote") == 0)
    {
      parse->loose_kind = DRA_BLOCK_QUOTATION;
      parse->loose_level = 1;
    }
  else if (strcmp (name, "pre") == 0)
    parse->loose_kind = DRA_BLOCK_PREFORMATTED;
  else if (!(strcmp (name, "p") == 0 && parse->loose_kind == DRA_BLOCK_QUOTATION))
    parse->loose_kind = DRA_BLOCK_PARAGRAPH;
}

static void
begin_script (Parse          *parse,
              const xmlChar **attributes)
{
  const char *id = get_attribute (attributes, "id");
  DraCopyParts *copy = parse->copy;

  if (g_strcmp0 (id, "dramatis-article") == 0 && copy->article_json->len == 0)
    parse->json = copy->article_json;
  else if (g_strcmp0 (id, "dramatis-notes") == 0 && copy->notes_json->len == 0)
    parse->json = copy->notes_json;
  else
    {
      parse->skip_depth = parse->depth;
      return;
    }
  copy->marked = TRUE;
  parse->json_depth = parse->depth;
}

/* Whether what is inside the element is no part of the article. */
static gboolean
is_left_out (Parse          *parse,
             const char     *name,
             const xmlChar **attributes)
{
  const char *id;

  if (get_attribute (attributes, "data-aside") != NULL)
    return TRUE;
  if (g_strv_contains (skipped_elements, name))
    return TRUE;
  id = get_attribute (attributes, "id");

  return parse->region != REGION_TEXT && id != NULL
         && (strcmp (id, "cast") == 0 || strcmp (id, "notes") == 0);
}

static gboolean
is_in_row (Parse *parse)
{
  GArray *blocks = parse->copy->blocks;

  return parse->block_depth != 0
         && g_array_index (blocks, DraCopyBlock, blocks->len - 1).kind == DRA_BLOCK_TABLE_ROW;
}

/* The picture of the block that is open. */
static void
take_image (Parse          *parse,
            const xmlChar **attributes)
{
  const char *source = get_attribute (attributes, "src");
  DraCopyParts *copy = parse->copy;
  DraCopyBlock *block;

  if (parse->block_depth == 0 || source == NULL || parse->region == REGION_AFTER
      || g_ascii_strncasecmp (source, "data:", 5) != 0)
    return;
  block = &g_array_index (copy->blocks, DraCopyBlock, copy->blocks->len - 1);
  if (block->kind != DRA_BLOCK_IMAGE || block->source != NULL)
    return;
  if (copy->images == NULL)
    copy->images = dra_html_images_new ();
  block->source = dra_html_images_take (source, copy->images);
}

static void
start_element_cb (void           *data,
                  const xmlChar  *xml_name,
                  const xmlChar **attributes)
{
  Parse *parse = data;
  const char *name = (const char *) xml_name;
  const char *kind_name;
  DraBlockKind kind;

  parse->depth++;
  if (++parse->n_elements % CANCEL_STEP == 0
      && g_cancellable_is_cancelled (parse->cancellable))
    {
      xmlStopParser (parse->parser);
      return;
    }
  if (parse->skip_depth != 0 || parse->json_depth != 0)
    return;

  if (strcmp (name, "img") == 0)
    take_image (parse, attributes);
  if (strcmp (name, "script") == 0)
    {
      begin_script (parse, attributes);
      return;
    }
  if (is_left_out (parse, name, attributes))
    {
      parse->skip_depth = parse->depth;
      return;
    }
  if (parse->region == REGION_AFTER)
    return;
  if (parse->region == REGION_BEFORE
      && g_strcmp0 (get_attribute (attributes, "id"), "dramatis-text") == 0)
    {
      begin_text (parse, attributes);
      return;
    }

  kind_name = get_attribute (attributes, "data-block");
  if (kind_name != NULL && dra_block_kind_from_string (kind_name, &kind))
    {
      end_block (parse);
      parse->copy->marked = TRUE;
      parse->had_title = parse->had_title || kind == DRA_BLOCK_TITLE;
      dra_copy_parts_begin_block (parse->copy, kind, get_number (attributes, "data-level", 0, 100),
                   get_attribute (attributes, "data-label"),
                   get_number (attributes, "data-before", parse->copy->blocks->len > 0,
                               MAX_NEWLINES));
      parse->block_depth = parse->depth;
      parse->had_cell = FALSE;
    }
  else if (is_in_row (parse) && (strcmp (name, "td") == 0 || strcmp (name, "th") == 0))
    {
      if (parse->had_cell)
        g_string_append_c (parse->copy->text, '\t');
      parse->had_cell = TRUE;
    }
  else if (strcmp (name, "br") == 0)
    {
      if (parse->block_depth != 0 || parse->loose)
        g_string_append (parse->copy->text, LINE_BREAK);
    }
  else if (parse->block_depth == 0 && g_strv_contains (block_elements, name))
    {
      end_block (parse);
      set_loose_kind (parse, name);
    }
  else
    begin_style (parse, name, attributes);
}

static void
end_element_cb (void          *data,
                const xmlChar *xml_name)
{
  Parse *parse = data;
  const char *name = (const char *) xml_name;

  if (parse->depth == 0)
    return;

  if (parse->json_depth == parse->depth)
    parse->json_depth = 0;
  else if (parse->skip_depth == parse->depth)
    parse->skip_depth = 0;
  else if (parse->skip_depth == 0 && parse->json_depth == 0)
    {
      end_style (parse);
      if (parse->block_depth == parse->depth)
        end_block (parse);
      else if (parse->block_depth == 0 && g_strv_contains (block_elements, name))
        {
          end_block (parse);
          if (strcmp (name, "p") != 0)
            parse->loose_kind = DRA_BLOCK_PARAGRAPH;
        }
      if (parse->region == REGION_TEXT && parse->text_depth == parse->depth)
        {
          end_block (parse);
          parse->region = REGION_AFTER;
        }
    }
  parse->depth--;
}

static gboolean
is_blank (const char *text,
          gsize       length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isspace (text[i]))
      return FALSE;

  return TRUE;
}

static void
characters_cb (void          *data,
               const xmlChar *xml_text,
               int            length)
{
  Parse *parse = data;
  const char *text = (const char *) xml_text;

  if (length <= 0)
    return;
  if (parse->json_depth != 0)
    {
      g_string_append_len (parse->json, text, length);
      return;
    }
  if (parse->skip_depth != 0 || parse->region == REGION_AFTER || parse->depth == 0)
    return;

  if (parse->block_depth == 0 && !parse->loose)
    {
      if (is_blank (text, length))
        return;
      dra_copy_parts_begin_block (parse->copy, parse->loose_kind, parse->loose_level, NULL,
                   parse->copy->blocks->len > 0);
      parse->had_title = parse->had_title || parse->loose_kind == DRA_BLOCK_TITLE;
      parse->loose = TRUE;
    }
  g_string_append_len (parse->copy->text, text, length);
}

static xmlSAXHandler
make_handler (void)
{
  xmlSAXHandler handler = {
    .startElement = start_element_cb,
    .endElement = end_element_cb,
    .characters = characters_cb,
    .cdataBlock = characters_cb,
    /* The HTML parser would drop blanks between inline elements. */
    .ignorableWhitespace = characters_cb,
    .initialized = 1, /* SAX 1: names as they are written */
  };

  return handler;
}

/* Whether the file is one for the XML parser: begins as ours do, which leaves no room for
 * declarations of entities. */
static gboolean
begins_as_ours (const char *data,
                gsize       size)
{
  return size > strlen (DOCTYPE) && memcmp (data, DOCTYPE, strlen (DOCTYPE)) == 0;
}

static gboolean
parse_xml (Parse      *parse,
           const char *data,
           gsize       size)
{
  xmlSAXHandler handler = make_handler ();
  gboolean ok;

  parse->parser = xmlNewParserCtxt ();
  if (parse->parser == NULL)
    return FALSE;
  *parse->parser->sax = handler;
  parse->parser->userData = parse;
  /* HUGE: one paragraph may be longer than the 10 MB that libxml2 allows a text.  NOENT:
   * else "&" comes as "&#38;" in attributes; there are no other entities to replace. */
  xmlCtxtReadMemory (parse->parser, data, (int) size, NULL, "UTF-8",
                     XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING
                       | XML_PARSE_HUGE | XML_PARSE_SAX1 | XML_PARSE_IGNORE_ENC
                       | XML_PARSE_NOENT);
  ok = parse->parser->wellFormed != 0;
  xmlFreeParserCtxt (parse->parser);

  return ok;
}

static void
parse_html (Parse      *parse,
            const char *data,
            gsize       size)
{
  xmlSAXHandler handler = make_handler ();

  parse->parser = htmlNewParserCtxt ();
  if (parse->parser == NULL)
    return;
  *parse->parser->sax = handler;
  parse->parser->userData = parse;
  htmlCtxtReadMemory (parse->parser, data, (int) size, NULL, "UTF-8",
                      HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING
                        | HTML_PARSE_RECOVER);
  htmlFreeParserCtxt (parse->parser);
}

static DraCopyParts *
run (GBytes       *utf8,
     gboolean      xml,
     GCancellable *cancellable)
{
  gsize size;
  const char *data = g_bytes_get_data (utf8, &size);
  g_autoptr (DraCopyParts) copy = dra_copy_parts_new ();
  Parse parse = {
    .copy = copy,
    .cancellable = cancellable,
    .loose_kind = DRA_BLOCK_PARAGRAPH,
    .styles = g_array_new (FALSE, FALSE, sizeof (OpenStyle)),
  };
  gboolean ok = TRUE;

  if (xml)
    ok = parse_xml (&parse, data, size);
  else
    parse_html (&parse, data, size);

  end_block (&parse);
  dra_copy_parts_end_text (copy);
  g_array_unref (parse.styles);

  return ok ? g_steal_pointer (&copy) : NULL;
}

/**
 * dra_html_copy_parse:
 * @utf8: the file, in UTF-8
 * @cancellable: (nullable): a cancellable
 * @error: return location for %G_IO_ERROR_CANCELLED
 *
 * Takes a copy apart; anything at all gives parts, if only empty ones.
 *
 * Returns: (transfer full): the parts
 */
DraCopyParts *
dra_html_copy_parse (GBytes        *utf8,
                     GCancellable  *cancellable,
                     GError       **error)
{
  DraCopyParts *copy = NULL;
  gsize size;
  const char *data;

  g_return_val_if_fail (utf8 != NULL, NULL);

  data = g_bytes_get_data (utf8, &size);
  g_return_val_if_fail (size <= G_MAXINT, NULL);

  if (begins_as_ours (data, size))
    copy = run (utf8, TRUE, cancellable);
  if (copy == NULL && !g_cancellable_is_cancelled (cancellable))
    copy = run (utf8, FALSE, cancellable);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    g_clear_pointer (&copy, dra_copy_parts_free);

  return copy;
}
