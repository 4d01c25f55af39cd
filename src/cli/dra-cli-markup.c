/* dra-cli-markup.c: a cast as TEI and as brat standoff.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/dra-cli.h"

#include <string.h>

#define LINE_BREAK "\342\200\250" /* U+2028 */

/* The names of TEI P5 for each kind: chapter 13, "Names, Dates, People, and Places". */
static const struct
{
  const char *list;
  const char *item;
  const char *name;
} tei_names[] = {
  [DRA_ENTITY_PERSON] = { "listPerson", "person", "persName" },
  [DRA_ENTITY_ORGANIZATION] = { "listOrg", "org", "orgName" },
  [DRA_ENTITY_PLACE] = { "listPlace", "place", "placeName" },
};

/* Article text has no character that XML forbids; a file name may have. */
static void
append_xml (GString    *out,
            const char *text,
            gsize       length)
{
  const char *end = text + length;

  for (const char *p = text; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '<')
        g_string_append (out, "&lt;");
      else if (c == '>')
        g_string_append (out, "&gt;");
      else if (c == '&')
        g_string_append (out, "&amp;");
      else if (c == '"')
        g_string_append (out, "&quot;");
      else if (c == 0x2028)
        g_string_append (out, "<lb/>");
      else if ((c < 0x20 && c != '\t' && c != '\n') || (c >= 0x7F && c < 0xA0)
               || (c & 0xFFFE) == 0xFFFE)
        g_string_append (out, "\357\277\275");
      else
        g_string_append_unichar (out, c);
    }
}

static void
append_xml_string (GString    *out,
                   const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  append_xml (out, valid, strlen (valid));
}

static void
append_header (GString    *out,
               DraArticle *article,
               const char *file)
{
  const char *title = dra_article_get_title (article);
  const char *byline = dra_article_get_metadata (article, DRA_METADATA_BYLINE);
  const char *published = dra_article_get_metadata (article, DRA_METADATA_PUBLISHED);

  g_string_append (out, "<teiHeader><fileDesc><titleStmt><title>");
  append_xml_string (out, title != NULL ? title : file);
  g_string_append (out, "</title>");
  if (byline != NULL)
    {
      g_string_append (out, "<author>");
      append_xml_string (out, byline);
      g_string_append (out, "</author>");
    }
  g_string_append (out, "</titleStmt><publicationStmt><p>Made by dramatis-cli.</p>"
                        "</publicationStmt><sourceDesc><bibl><title>");
  append_xml_string (out, file);
  g_string_append (out, "</title>");
  if (published != NULL)
    {
      g_string_append (out, "<date>");
      append_xml_string (out, published);
      g_string_append (out, "</date>");
    }
  g_string_append (out, "</bibl></sourceDesc></fileDesc></teiHeader>\n");
}

static void
append_lists (GString    *out,
              DraCast    *cast,
              const char *id_prefix)
{
  guint n = dra_cast_get_n_entities (cast);

  if (n == 0)
    return;

  g_string_append (out, "<standOff>\n");
  for (guint kind = 0; kind < G_N_ELEMENTS (tei_names); kind++)
    {
      gboolean begun = FALSE;

      for (guint i = 0; i < n; i++)
        {
          const DraEntity *entity = dra_cast_get_entity (cast, i);

          if (entity->kind != kind)
            continue;
          if (!begun)
            g_string_append_printf (out, "<%s>\n", tei_names[kind].list);
          begun = TRUE;
          g_string_append_printf (out, "<%s xml:id=\"%s%s\">", tei_names[kind].item, id_prefix,
                                  entity->id);
          g_string_append_printf (out, "<%s>", tei_names[kind].name);
          append_xml_string (out, entity->name);
          g_string_append_printf (out, "</%s>", tei_names[kind].name);
          for (guint j = 0; entity->forms[j] != NULL; j++)
            if (strcmp (entity->forms[j], entity->name) != 0)
              {
                g_string_append_printf (out, "<%s type=\"other\">", tei_names[kind].name);
                append_xml_string (out, entity->forms[j]);
                g_string_append_printf (out, "</%s>", tei_names[kind].name);
              }
          if (entity->role != NULL)
            {
              g_string_append (out, "<note type=\"role\">");
              append_xml_string (out, entity->role);
              g_string_append (out, "</note>");
            }
          g_string_append_printf (out, "</%s>\n", tei_names[kind].item);
        }
      if (begun)
        g_string_append_printf (out, "</%s>\n", tei_names[kind].list);
    }
  g_string_append (out, "</standOff>\n");
}

/* A mention that reaches over blocks is cut at their ends. */
static void
append_block (GString        *out,
              const char     *text,
              const DraBlock *block,
              DraCast        *cast,
              guint          *next_mention,
              const char     *id_prefix)
{
  guint n_mentions;
  const DraMention *mentions = dra_cast_get_mentions (cast, &n_mentions);
  gsize pos = block->range.start;
  gboolean head = block->kind == DRA_BLOCK_TITLE || block->kind == DRA_BLOCK_HEADING;

  if (head)
    g_string_append (out, block->kind == DRA_BLOCK_TITLE ? "<p rend=\"title\">"
                                                         : "<p rend=\"heading\">");
  else
    g_string_append_printf (out, block->kind == DRA_BLOCK_PARAGRAPH ? "<p>" : "<p rend=\"%s\">",
                            dra_block_kind_to_string (block->kind));

  while (*next_mention < n_mentions && mentions[*next_mention].range.start < block->range.end)
    {
      const DraMention *mention = &mentions[*next_mention];
      const DraEntity *entity = dra_cast_get_entity (cast, mention->entity);
      gsize start = MAX (mention->range.start, pos);
      gsize end = MIN (mention->range.end, block->range.end);

      if (end > start)
        {
          append_xml (out, text + pos, start - pos);
          g_string_append_printf (out, "<%s ref=\"#%s%s\">", tei_names[entity->kind].name,
                                  id_prefix, entity->id);
          append_xml (out, text + start, end - start);
          g_string_append_printf (out, "</%s>", tei_names[entity->kind].name);
          pos = end;
        }
      if (mention->range.end > block->range.end)
        break;
      (*next_mention)++;
    }
  append_xml (out, text + pos, block->range.end - pos);
  g_string_append (out, "</p>\n");
}

/**
 * dra_cli_append_tei:
 * @out: where to
 * @article: an article
 * @cast: its cast
 * @file: its file name
 * @id_prefix: goes before every id, so that several articles fit one document
 *
 * Appends a TEI P5 element: the entities in standOff, the text with their mentions.
 */
void
dra_cli_append_tei (GString    *out,
                    DraArticle *article,
                    DraCast    *cast,
                    const char *file,
                    const char *id_prefix)
{
  guint n_blocks, next_mention = 0;
  const DraBlock *blocks = dra_article_get_blocks (article, &n_blocks);
  const char *text = dra_article_get_text (article, NULL);

  g_string_append (out, "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\">\n");
  append_header (out, article, file);
  append_lists (out, cast, id_prefix);
  g_string_append (out, "<text><body>\n");
  for (guint i = 0; i < n_blocks; i++)
    append_block (out, text, &blocks[i], cast, &next_mention, id_prefix);
  /* A body may not be empty. */
  if (n_blocks == 0)
    g_string_append (out, "<p/>\n");
  g_string_append (out, "</body></text>\n</TEI>\n");
}

/* Text of one line: brat wants spaces for line ends. */
static void
append_brat_text (GString    *out,
                  const char *text,
                  gsize       length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (length - i >= strlen (LINE_BREAK)
          && memcmp (text + i, LINE_BREAK, strlen (LINE_BREAK)) == 0)
        {
          g_string_append_c (out, ' ');
          i += strlen (LINE_BREAK) - 1;
        }
      else
        g_string_append_c (out, text[i] == '\n' || text[i] == '\t' ? ' ' : text[i]);
    }
}

/* Offsets of a mention in characters, in pieces where it reaches over a line's end. */
static void
append_brat_offsets (GString    *out,
                     DraArticle *article,
                     DraRange    range)
{
  const char *text = dra_article_get_text (article, NULL);
  gsize start = range.start;
  gboolean any = FALSE;

  while (start < range.end)
    {
      const char *newline = memchr (text + start, '\n', range.end - start);
      gsize end = newline != NULL ? (gsize) (newline - text) : range.end;

      if (end > start)
        {
          g_string_append_printf (out, any ? ";%" G_GSIZE_FORMAT " %" G_GSIZE_FORMAT
                                           : "%" G_GSIZE_FORMAT " %" G_GSIZE_FORMAT,
                                  dra_article_to_code_points (article, start),
                                  dra_article_to_code_points (article, end));
          any = TRUE;
        }
      start = end + 1;
    }
}

/**
 * dra_cli_append_brat:
 * @out: where to
 * @article: an article
 * @cast: its cast
 *
 * Appends brat standoff annotation (.ann) for the text that `dramatis-cli text` prints:
 * a T line for each mention, an equivalence for those of one entity, a note for its role.
 */
void
dra_cli_append_brat (GString    *out,
                     DraArticle *article,
                     DraCast    *cast)
{
  static const char *const types[] = {
    [DRA_ENTITY_PERSON] = "Person",
    [DRA_ENTITY_ORGANIZATION] = "Organization",
    [DRA_ENTITY_PLACE] = "Place",
  };
  guint n_mentions;
  const DraMention *mentions = dra_cast_get_mentions (cast, &n_mentions);
  const char *text = dra_article_get_text (article, NULL);
  guint n_notes = 0;

  for (guint i = 0; i < n_mentions; i++)
    {
      const DraEntity *entity = dra_cast_get_entity (cast, mentions[i].entity);

      g_string_append_printf (out, "T%u\t%s ", i + 1, types[entity->kind]);
      append_brat_offsets (out, article, mentions[i].range);
      g_string_append_c (out, '\t');
      append_brat_text (out, text + mentions[i].range.start,
                        dra_range_length (mentions[i].range));
      g_string_append_c (out, '\n');
    }
  for (guint i = 0; i < dra_cast_get_n_entities (cast); i++)
    {
      const DraEntity *entity = dra_cast_get_entity (cast, i);

      if (entity->n_mentions > 1)
        {
          g_string_append (out, "*\tEquiv");
          for (guint j = 0; j < entity->n_mentions; j++)
            g_string_append_printf (out, " T%u", entity->mentions[j] + 1);
          g_string_append_c (out, '\n');
        }
      if (entity->role != NULL)
        {
          g_string_append_printf (out, "#%u\tAnnotatorNotes T%u\t", ++n_notes,
                                  entity->mentions[0] + 1);
          append_brat_text (out, entity->role, strlen (entity->role));
          g_string_append_c (out, '\n');
        }
    }
}
