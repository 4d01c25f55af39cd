/* dra-tei-copy.c: an annotated copy in TEI, our own, taken apart.
 *
 * Event driven, over the stream of dra-xml-stream.c: there is no tree, and nothing outside
 * the file is looked at.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-tei-copy.h"

#include <string.h>

#include "readers/dra-xml-stream.h"

#define LINE_BREAK "\342\200\250" /* U+2028 */
#define MAX_LEVEL 1000

/* Bytes fed to the parser between two looks at the cancellable. */
#define STEP (256 * 1024)

enum
{
  TEI_NAMESPACE = 1,
};

typedef enum
{
  TOKEN_OTHER,
  TOKEN_XENO_DATA,
  TOKEN_STAND_OFF,
  TOKEN_BODY,
  TOKEN_HEAD,
  TOKEN_BYLINE,
  TOKEN_DATELINE,
  TOKEN_P,
  TOKEN_AB,
  TOKEN_ITEM,
  TOKEN_QUOTE,
  TOKEN_TABLE,
  TOKEN_ROW,
  TOKEN_CELL,
  TOKEN_NOTE,
  TOKEN_FIGURE,
  TOKEN_FIG_DESC,
  TOKEN_HI,
  TOKEN_REF,
  TOKEN_LB,
} Token;

typedef struct
{
  DraCopyParts *copy;
  guint         depth;
  guint         skip_depth;  /* of the element that is left out, 0 for none */
  guint         body_depth;  /* 0 outside of the text */
  guint         block_depth; /* of the block's element, 0 for none */
  gboolean      had_cell;
  gboolean      had_row;     /* of the table */
  GString      *json;        /* (nullable): where text goes in xenoData */
  GString      *label;       /* (nullable): where text goes in figDesc */
  GArray       *styles;      /* of Open */
} Parse;

typedef struct
{
  guint depth;
  guint event;
} Open;

static const DraXmlNamespace namespaces[] = {
  { "http://www.tei-c.org/ns/1.0", TEI_NAMESPACE },
  { "http://www.w3.org/XML/1998/namespace", 2 },
  { NULL, 0 },
};

static const DraXmlToken tokens[] = {
  { TEI_NAMESPACE, "xenoData", TOKEN_XENO_DATA },
  { TEI_NAMESPACE, "standOff", TOKEN_STAND_OFF },
  { TEI_NAMESPACE, "body", TOKEN_BODY },
  { TEI_NAMESPACE, "head", TOKEN_HEAD },
  { TEI_NAMESPACE, "byline", TOKEN_BYLINE },
  { TEI_NAMESPACE, "dateline", TOKEN_DATELINE },
  { TEI_NAMESPACE, "p", TOKEN_P },
  { TEI_NAMESPACE, "ab", TOKEN_AB },
  { TEI_NAMESPACE, "item", TOKEN_ITEM },
  { TEI_NAMESPACE, "quote", TOKEN_QUOTE },
  { TEI_NAMESPACE, "table", TOKEN_TABLE },
  { TEI_NAMESPACE, "row", TOKEN_ROW },
  { TEI_NAMESPACE, "cell", TOKEN_CELL },
  { TEI_NAMESPACE, "note", TOKEN_NOTE },
  { TEI_NAMESPACE, "figure", TOKEN_FIGURE },
  { TEI_NAMESPACE, "figDesc", TOKEN_FIG_DESC },
  { TEI_NAMESPACE, "hi", TOKEN_HI },
  { TEI_NAMESPACE, "ref", TOKEN_REF },
  { TEI_NAMESPACE, "lb", TOKEN_LB },
  { 0, NULL, 0 },
};

static const struct
{
  const char  *rend;
  DraStyleKind kind;
} rends[] = {
  { "bold", DRA_STYLE_STRONG },
  { "italic", DRA_STYLE_EMPHASIS },
  { "underline", DRA_STYLE_UNDERLINE },
  { "strikethrough", DRA_STYLE_STRIKETHROUGH },
  { "code", DRA_STYLE_CODE },
  { "superscript", DRA_STYLE_SUPERSCRIPT },
  { "subscript", DRA_STYLE_SUBSCRIPT },
};

static const char *
get (DraXmlStream *stream,
     const char   *name)
{
  return dra_xml_stream_get_attribute (stream, DRA_XML_ANY_NAMESPACE, name);
}

static guint
get_level (DraXmlStream *stream)
{
  const char *rend = get (stream, "rend");
  guint64 level;

  if (rend == NULL || !g_str_has_prefix (rend, "level-")
      || !g_ascii_string_to_unsigned (rend + strlen ("level-"), 10, 0, MAX_LEVEL, &level, NULL))
    return 1;

  return (guint) level;
}

static void
begin_head (DraXmlStream *stream,
            DraCopyBlock *block)
{
  const char *n = get (stream, "n");
  guint64 level;

  if (g_strcmp0 (get (stream, "type"), "title") == 0)
    {
      block->kind = DRA_BLOCK_TITLE;
      return;
    }
  block->kind = DRA_BLOCK_HEADING;
  block->level = n != NULL && g_ascii_string_to_unsigned (n, 10, 0, MAX_LEVEL, &level, NULL)
                   ? (guint) level : 1;
}

/* What block an element is; FALSE when it is none. */
static gboolean
describe_block (Parse        *parse,
                DraXmlStream *stream,
                int           token,
                DraCopyBlock *block,
                const char  **label)
{
  const char *rend;

  switch ((Token) token)
    {
    case TOKEN_HEAD:
      begin_head (stream, block);
      return TRUE;

    case TOKEN_BYLINE:
      block->kind = DRA_BLOCK_BYLINE;
      return TRUE;

    case TOKEN_DATELINE:
      block->kind = DRA_BLOCK_DATE;
      return TRUE;

    case TOKEN_P:
      rend = get (stream, "rend");
      block->kind = DRA_BLOCK_PARAGRAPH;
      if (rend != NULL)
        dra_block_kind_from_string (rend, &block->kind);
      return TRUE;

    case TOKEN_AB:
      block->kind = DRA_BLOCK_PREFORMATTED;
      return TRUE;

    case TOKEN_ITEM:
      block->kind = DRA_BLOCK_LIST_ITEM;
      block->level = get_level (stream);
      *label = get (stream, "n");
      return TRUE;

    case TOKEN_QUOTE:
      block->kind = DRA_BLOCK_QUOTATION;
      block->level = get_level (stream);
      return TRUE;

    case TOKEN_ROW:
      block->kind = DRA_BLOCK_TABLE_ROW;
      block->level = g_strcmp0 (get (stream, "role"), "label") == 0;
      *label = parse->had_row ? NULL : "first";
      parse->had_row = TRUE;
      parse->had_cell = FALSE;
      return TRUE;

    case TOKEN_NOTE:
      block->kind = DRA_BLOCK_FOOTNOTE;
      *label = get (stream, "n");
      return TRUE;

    case TOKEN_FIGURE:
      block->kind = DRA_BLOCK_IMAGE;
      return TRUE;

    default:
      return FALSE;
    }
}

static void
begin_style (Parse        *parse,
             DraXmlStream *stream,
             int           token)
{
  Open open = { .depth = parse->depth };
  const char *target;

  if (token == TOKEN_REF)
    {
      g_autofree char *footnote = NULL;

      target = get (stream, "target");
      if (target == NULL)
        return;
      if (g_str_has_prefix (target, "#fn-"))
        target = footnote = g_strconcat ("#fn:", target + strlen ("#fn-"), NULL);
      open.event = dra_copy_parts_begin_style (parse->copy, DRA_STYLE_LINK, target);
    }
  else
    {
      const char *rend = get (stream, "rend");
      guint i;

      for (i = 0; i < G_N_ELEMENTS (rends); i++)
        if (g_strcmp0 (rend, rends[i].rend) == 0)
          break;
      if (i == G_N_ELEMENTS (rends))
        return;
      open.event = dra_copy_parts_begin_style (parse->copy, rends[i].kind, NULL);
    }
  g_array_append_val (parse->styles, open);
}

static void
begin_data (Parse        *parse,
            DraXmlStream *stream)
{
  const char *id = get (stream, "id");

  if (g_strcmp0 (id, "dramatis-article") == 0 && parse->copy->article_json->len == 0)
    parse->json = parse->copy->article_json;
  else if (g_strcmp0 (id, "dramatis-notes") == 0 && parse->copy->notes_json->len == 0)
    parse->json = parse->copy->notes_json;
  if (parse->json != NULL)
    parse->copy->marked = TRUE;
}

static void
start_cb (DraXmlStream *stream,
          int           token,
          gpointer      user_data)
{
  Parse *parse = user_data;
  DraCopyBlock block = { .kind = DRA_BLOCK_PARAGRAPH };
  const char *label = NULL;

  parse->depth++;
  if (parse->skip_depth != 0)
    return;
  if (parse->body_depth == 0)
    {
      if (token == TOKEN_STAND_OFF)
        parse->skip_depth = parse->depth;
      else if (token == TOKEN_XENO_DATA)
        begin_data (parse, stream);
      else if (token == TOKEN_BODY)
        parse->body_depth = parse->depth;
      return;
    }
  if (token == TOKEN_TABLE)
    parse->had_row = FALSE;

  if (parse->block_depth == 0)
    {
      if (!describe_block (parse, stream, token, &block, &label))
        return;
      dra_copy_parts_begin_block (parse->copy, block.kind, block.level, label,
                                  parse->copy->blocks->len > 0);
      parse->block_depth = parse->depth;
      if (token == TOKEN_FIGURE)
        g_string_append (parse->copy->text, "\357\277\274");
    }
  else if (token == TOKEN_LB)
    g_string_append (parse->copy->text, LINE_BREAK);
  else if (token == TOKEN_CELL)
    {
      if (parse->had_cell)
        g_string_append_c (parse->copy->text, '\t');
      parse->had_cell = TRUE;
    }
  else if (token == TOKEN_FIG_DESC)
    parse->label = g_string_new (NULL);
  else if (token == TOKEN_HI || token == TOKEN_REF)
    begin_style (parse, stream, token);
}

/* A block with nothing in it is none. */
static void
end_block (Parse *parse)
{
  DraCopyParts *copy = parse->copy;
  DraCopyBlock *block = &g_array_index (copy->blocks, DraCopyBlock, copy->blocks->len - 1);

  dra_copy_parts_end_block (copy);
  parse->block_depth = 0;
  if (dra_range_length (block->range) > 0)
    return;
  g_string_truncate (copy->text, block->range.start - block->n_newlines);
  g_array_set_size (copy->blocks, copy->blocks->len - 1);
}

static void
end_cb (DraXmlStream *stream G_GNUC_UNUSED,
        int           token,
        gpointer      user_data)
{
  Parse *parse = user_data;

  if (parse->skip_depth == parse->depth)
    parse->skip_depth = 0;
  else if (parse->skip_depth == 0)
    {
      if (token == TOKEN_XENO_DATA)
        parse->json = NULL;
      while (parse->styles->len > 0)
        {
          Open *open = &g_array_index (parse->styles, Open, parse->styles->len - 1);

          if (open->depth < parse->depth)
            break;
          dra_copy_parts_end_style (parse->copy, open->event);
          g_array_set_size (parse->styles, parse->styles->len - 1);
        }
      if (token == TOKEN_FIG_DESC && parse->label != NULL)
        {
          GArray *blocks = parse->copy->blocks;
          char **label = &g_array_index (blocks, DraCopyBlock, blocks->len - 1).label;

          g_free (*label);
          *label = g_string_free (g_steal_pointer (&parse->label), FALSE);
        }
      if (parse->block_depth == parse->depth)
        end_block (parse);
      if (parse->body_depth == parse->depth)
        parse->body_depth = 0;
    }
  parse->depth--;
}

static void
text_cb (DraXmlStream *stream G_GNUC_UNUSED,
         const char   *text,
         gsize         length,
         gpointer      user_data)
{
  Parse *parse = user_data;

  if (parse->skip_depth != 0)
    return;
  if (parse->json != NULL)
    g_string_append_len (parse->json, text, (gssize) length);
  else if (parse->label != NULL)
    g_string_append_len (parse->label, text, (gssize) length);
  else if (parse->block_depth != 0
           && !(g_array_index (parse->copy->blocks, DraCopyBlock,
                               parse->copy->blocks->len - 1).kind == DRA_BLOCK_IMAGE))
    g_string_append_len (parse->copy->text, text, (gssize) length);
}

static const DraXmlVocabulary vocabulary = {
  .namespaces = namespaces,
  .tokens = tokens,
  .start = start_cb,
  .end = end_cb,
  .text = text_cb,
};

/**
 * dra_tei_copy_parse:
 * @utf8: the file, in UTF-8
 * @cancellable: (nullable): a cancellable
 * @error: return location for %G_IO_ERROR_CANCELLED
 *
 * Takes a copy apart; of a damaged one, what can be read.
 *
 * Returns: (transfer full): the parts
 */
DraCopyParts *
dra_tei_copy_parse (GBytes        *utf8,
                    GCancellable  *cancellable,
                    GError       **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (utf8, &size);
  g_autoptr (DraCopyParts) copy = dra_copy_parts_new ();
  g_autoptr (GArray) styles = g_array_new (FALSE, FALSE, sizeof (Open));
  Parse parse = { .copy = copy, .styles = styles };
  g_autoptr (DraXmlStream) stream = dra_xml_stream_new (&vocabulary, TRUE, &parse);
  gboolean ok = TRUE;

  for (gsize pos = 0; pos < size && ok; pos += STEP)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        break;
      ok = dra_xml_stream_feed (stream, data + pos, MIN (STEP, size - pos));
    }
  dra_xml_stream_finish (stream);
  if (parse.label != NULL)
    g_string_free (parse.label, TRUE);
  if (parse.block_depth != 0)
    end_block (&parse);

  return g_cancellable_is_cancelled (cancellable) ? NULL : g_steal_pointer (&copy);
}
