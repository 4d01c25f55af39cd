/* dra-html-text.c: the article's blocks, with styles, mentions and notes as elements.
 *
 * Ranges overlap as they like, elements may not.  So each block is cut at every boundary
 * of a range into segments, and for a segment it is known what it is: at most one
 * highlight (the one that began last), one link, one mention and a set of styles.
 * Elements nest in that fixed order, and from one segment to the next only those from
 * the first difference on are closed and opened again.  Work and output are linear in
 * the text and the number of ranges.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "writers/dra-html-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define LINE_BREAK "\342\200\250" /* U+2028 */

/* Styles as nested elements, outermost first; a link is a level of its own. */
static const struct
{
  DraStyleKind kind;
  const char  *element;
} style_levels[] = {
  { DRA_STYLE_STRONG, "strong" },
  { DRA_STYLE_EMPHASIS, "em" },
  { DRA_STYLE_UNDERLINE, "u" },
  { DRA_STYLE_STRIKETHROUGH, "s" },
  { DRA_STYLE_CODE, "code" },
  { DRA_STYLE_SUPERSCRIPT, "sup" },
  { DRA_STYLE_SUBSCRIPT, "sub" },
};

enum
{
  LEVEL_MARK,
  LEVEL_LINK,
  LEVEL_MENTION,
  LEVEL_STYLES,
  N_LEVELS = LEVEL_STYLES + G_N_ELEMENTS (style_levels),
};

typedef enum
{
  GROUP_NONE,
  GROUP_BULLETS,
  GROUP_NUMBERS,
  GROUP_QUOTATION,
  GROUP_TABLE,
} Group;

typedef struct
{
  DraHtmlPage      *page;

  const DraStyle   *styles;
  guint             n_styles;
  guint             next_style;
  gsize             style_end[G_N_ELEMENTS (style_levels)]; /* active while after pos */
  guint             link; /* index + 1 of the active link, 0 for none */

  const DraMention *mentions;
  guint             n_mentions;
  guint             next_mention; /* the first that does not end before pos */
  guint             opened_mention; /* index + 1 of the last one that got its id */
  guint            *ordinals; /* of each mention among those of its entity, from 1 */

  guint             next_note;  /* the first that does not start before pos */
  GArray           *marks;      /* guint: indices of notes begun, the last one on top */
  guint             next_reference; /* in the page's numbered notes: they come by end */

  GHashTable       *footnotes;      /* labels that are an id in the page */
  guint             open[N_LEVELS]; /* what is open at each level, 0 for nothing */
  gboolean          had_heading;    /* the page has its h1 */
  const char       *lead;           /* (nullable): goes after the title block */
  Group             group;
} Walk;

static void
close_levels (Walk *walk,
              guint first)
{
  GString *out = walk->page->out;

  for (guint level = N_LEVELS; level > first; level--)
    {
      guint id = walk->open[level - 1];

      if (id == 0)
        continue;
      walk->open[level - 1] = 0;

      if (level - 1 == LEVEL_MARK)
        g_string_append (out, "</mark>");
      else if (level - 1 == LEVEL_LINK)
        g_string_append (out, "</a>");
      else if (level - 1 == LEVEL_MENTION)
        g_string_append (out, walk->open[LEVEL_LINK] != 0 ? "</span>" : "</a>");
      else
        g_string_append_printf (out, "</%s>", style_levels[level - 1 - LEVEL_STYLES].element);
    }
}

static void
open_mention (Walk *walk,
              guint index)
{
  GString *out = walk->page->out;
  const DraMention *mention = &walk->mentions[index];
  const DraEntity *entity = dra_cast_get_entity (walk->page->cast, mention->entity);
  g_autofree char *id = NULL;
  g_autofree char *reference = NULL;

  g_string_append (out, walk->open[LEVEL_LINK] != 0 ? "<span" : "<a");
  dra_html_append_attribute (out, "class", dra_entity_kind_to_string (entity->kind));
  if (walk->open[LEVEL_LINK] == 0)
    {
      reference = g_strconcat ("#", entity->id, NULL);
      dra_html_append_attribute (out, "href", reference);
    }
  if (walk->opened_mention != index + 1)
    {
      id = g_strdup_printf ("%s-%u", entity->id, walk->ordinals[index]);
      dra_html_append_attribute (out, "id", id);
      walk->opened_mention = index + 1;
    }
  if (entity->role != NULL)
    {
      g_autofree char *title = g_strdup_printf ("%s, %s", entity->name, entity->role);

      dra_html_append_attribute (out, "title", title);
    }
  else if (strlen (entity->name) != dra_range_length (mention->range)
           || memcmp (entity->name, walk->page->text + mention->range.start,
                      dra_range_length (mention->range)) != 0)
    dra_html_append_attribute (out, "title", entity->name);
  g_string_append_c (out, '>');
}

static gboolean
is_footnote (Walk       *walk,
             const char *target)
{
  return target != NULL && g_str_has_prefix (target, "#fn:")
         && g_hash_table_contains (walk->footnotes, target + strlen ("#fn:"));
}

static void
open_level (Walk  *walk,
            guint  level,
            guint  id)
{
  GString *out = walk->page->out;

  walk->open[level] = id;
  if (level == LEVEL_MARK)
    {
      const DraHtmlNote *note = &g_array_index (walk->page->notes, DraHtmlNote, id - 1);

      g_string_append (out, "<mark");
      dra_html_append_attribute (out, "class", dra_html_note_class (note));
      g_string_append_c (out, '>');
    }
  else if (level == LEVEL_LINK)
    {
      g_string_append (out, is_footnote (walk, walk->styles[id - 1].target)
                              ? "<a class=\"footnote\"" : "<a class=\"link\" rel=\"noreferrer\"");
      dra_html_append_attribute (out, "href", walk->styles[id - 1].target);
      g_string_append_c (out, '>');
    }
  else if (level == LEVEL_MENTION)
    open_mention (walk, id - 1);
  else
    g_string_append_printf (out, "<%s>", style_levels[level - LEVEL_STYLES].element);
}

/* Takes in the styles that start at pos, and lets go of the link that ends there. */
static void
advance_styles (Walk  *walk,
                gsize  pos)
{
  if (walk->link != 0 && walk->styles[walk->link - 1].range.end <= pos)
    walk->link = 0;

  for (; walk->next_style < walk->n_styles
         && walk->styles[walk->next_style].range.start <= pos; walk->next_style++)
    {
      const DraStyle *style = &walk->styles[walk->next_style];

      if (style->range.end <= pos)
        continue;
      if (style->kind == DRA_STYLE_LINK)
        {
          if (walk->link == 0
              && (dra_html_is_web_address (style->target) || is_footnote (walk, style->target)))
            walk->link = walk->next_style + 1;
          continue;
        }
      for (guint i = 0; i < G_N_ELEMENTS (style_levels); i++)
        if (style_levels[i].kind == style->kind)
          walk->style_end[i] = MAX (walk->style_end[i], style->range.end);
    }
}

static const DraHtmlNote *
top_mark (Walk *walk)
{
  guint index;

  if (walk->marks->len == 0)
    return NULL;
  index = g_array_index (walk->marks, guint, walk->marks->len - 1);

  return &g_array_index (walk->page->notes, DraHtmlNote, index);
}

/* Notes come by start, and of those that start together the longest first, so that the
 * one on top of the stack is always the one to show. */
static void
advance_marks (Walk  *walk,
               gsize  pos)
{
  while (walk->next_note < walk->page->n_placed)
    {
      const DraHtmlNote *note
        = &g_array_index (walk->page->notes, DraHtmlNote, walk->next_note);

      if (note->range.start > pos)
        break;
      if (note->range.end > pos)
        g_array_append_val (walk->marks, walk->next_note);
      walk->next_note++;
    }
  while (walk->marks->len > 0 && top_mark (walk)->range.end <= pos)
    g_array_set_size (walk->marks, walk->marks->len - 1);
}

/* What the segment that starts at pos is, and where it ends. */
static gsize
describe_segment (Walk  *walk,
                  gsize  pos,
                  gsize  end,
                  guint  wanted[N_LEVELS])
{
  memset (wanted, 0, N_LEVELS * sizeof *wanted);

  advance_styles (walk, pos);
  for (guint i = 0; i < G_N_ELEMENTS (style_levels); i++)
    if (walk->style_end[i] > pos)
      {
        wanted[LEVEL_STYLES + i] = 1;
        end = MIN (end, walk->style_end[i]);
      }
  if (walk->link != 0)
    {
      wanted[LEVEL_LINK] = walk->link;
      end = MIN (end, walk->styles[walk->link - 1].range.end);
    }
  if (walk->next_style < walk->n_styles)
    end = MIN (end, walk->styles[walk->next_style].range.start);

  while (walk->next_mention < walk->n_mentions
         && walk->mentions[walk->next_mention].range.end <= pos)
    walk->next_mention++;
  if (walk->next_mention < walk->n_mentions)
    {
      const DraMention *mention = &walk->mentions[walk->next_mention];
      const DraEntity *entity = dra_cast_get_entity (walk->page->cast, mention->entity);

      if (mention->range.start > pos)
        end = MIN (end, mention->range.start);
      else
        {
          if (entity->kind != DRA_ENTITY_PLACE)
            wanted[LEVEL_MENTION] = walk->next_mention + 1;
          end = MIN (end, mention->range.end);
        }
    }

  advance_marks (walk, pos);
  if (walk->marks->len > 0)
    {
      wanted[LEVEL_MARK] = g_array_index (walk->marks, guint, walk->marks->len - 1) + 1;
      end = MIN (end, top_mark (walk)->range.end);
    }
  if (walk->next_note < walk->page->n_placed)
    end = MIN (end, g_array_index (walk->page->notes, DraHtmlNote,
                                   walk->next_note).range.start);

  return end;
}

static const DraHtmlNote *
next_reference (Walk *walk)
{
  guint index;

  if (walk->next_reference >= walk->page->numbered->len)
    return NULL;
  index = g_array_index (walk->page->numbered, guint, walk->next_reference);
  if (index >= walk->page->n_placed)
    return NULL;

  return &g_array_index (walk->page->notes, DraHtmlNote, index);
}

/* The number of a note, and the note for the margin: not part of the block's text. */
static void
append_reference (Walk              *walk,
                  const DraHtmlNote *note)
{
  GString *out = walk->page->out;
  g_autofree char *label = g_strdup_printf (_("Note %u"), note->number);

  close_levels (walk, 0);
  g_string_append_printf (out, "<sup class=\"ref\" data-aside=\"\" id=\"ref-%u\">",
                          note->number);
  for (guint i = 0; i < 2; i++)
    {
      g_string_append_printf (out, "<a class=\"%s\" href=\"#%s-%u\"",
                              i == 0 ? "narrow" : "wide", i == 0 ? "note" : "margin",
                              note->number);
      dra_html_append_attribute (out, "aria-label", label);
      g_string_append_printf (out, ">%u</a>", note->number);
    }
  g_string_append (out, "</sup><span data-aside=\"\" role=\"note\"");
  g_string_append_printf (out, " id=\"margin-%u\" class=\"side %s\" dir=\"auto\">",
                          note->number, dra_html_note_class (note));
  g_string_append_printf (out, "<span class=\"number\">%u</span> ", note->number);
  dra_html_append_note_body (out, note, "span");
  g_string_append (out, "</span>");
}

/* A row has nothing but cells in it: what is between the elements would be text. */
static const char *
cell_element (const DraBlock *block)
{
  return block->level > 0 ? "th" : "td";
}

/* Article text: as it is, with U+2028 as a line break. */
static void
append_run (GString    *out,
            const char *text,
            gsize       length)
{
  const char *end = text + length;

  while (text < end)
    {
      const char *line = memmem (text, end - text, LINE_BREAK, strlen (LINE_BREAK));

      dra_html_append_text (out, text, (line != NULL ? line : end) - text);
      if (line == NULL)
        break;
      g_string_append (out, "<br/>");
      text = line + strlen (LINE_BREAK);
    }
}

/* Where the cell ends that pos is in. */
static gsize
find_tab (Walk           *walk,
          const DraBlock *block,
          gsize           pos)
{
  const char *tab = NULL;

  if (block->kind == DRA_BLOCK_TABLE_ROW && pos < block->range.end)
    tab = memchr (walk->page->text + pos, '\t', block->range.end - pos);

  return tab != NULL ? (gsize) (tab - walk->page->text) : block->range.end;
}

static void
append_inlines (Walk           *walk,
                const DraBlock *block)
{
  gsize pos = block->range.start;
  gsize tab = find_tab (walk, block, pos);
  const DraHtmlNote *note;

  while (pos < block->range.end)
    {
      guint wanted[N_LEVELS];
      guint level = 0;
      gsize end;

      if (pos == tab)
        {
          close_levels (walk, 0);
          g_string_append_printf (walk->page->out, "</%s><%s>", cell_element (block),
                                  cell_element (block));
          tab = find_tab (walk, block, ++pos);
          continue;
        }
      end = describe_segment (walk, pos, tab, wanted);

      while ((note = next_reference (walk)) != NULL && note->range.end <= pos)
        {
          append_reference (walk, note);
          walk->next_reference++;
        }
      if (note != NULL)
        end = MIN (end, note->range.end);

      while (level < N_LEVELS && walk->open[level] == wanted[level])
        level++;
      close_levels (walk, level);
      for (; level < N_LEVELS; level++)
        if (wanted[level] != 0)
          open_level (walk, level, wanted[level]);

      append_run (walk->page->out, walk->page->text + pos, end - pos);
      pos = end;
    }

  close_levels (walk, 0);
}

static void
set_group (Walk           *walk,
           const DraBlock *block)
{
  static const char *const open[] = {
    [GROUP_BULLETS] = "<ul>\n",
    [GROUP_NUMBERS] = "<ol>\n",
    [GROUP_QUOTATION] = "<blockquote>\n",
    [GROUP_TABLE] = "<table class=\"rows\">\n",
  };
  static const char *const close[] = {
    [GROUP_BULLETS] = "</ul>\n",
    [GROUP_NUMBERS] = "</ol>\n",
    [GROUP_QUOTATION] = "</blockquote>\n",
    [GROUP_TABLE] = "</table>\n",
  };
  Group group = GROUP_NONE;

  if (block != NULL && block->kind == DRA_BLOCK_QUOTATION)
    group = GROUP_QUOTATION;
  else if (block != NULL && block->kind == DRA_BLOCK_TABLE_ROW)
    group = GROUP_TABLE;
  else if (block != NULL && block->kind == DRA_BLOCK_LIST_ITEM)
    group = block->label != NULL && g_unichar_isalnum (g_utf8_get_char (block->label))
              ? GROUP_NUMBERS : GROUP_BULLETS;

  if (group == walk->group
      && !(group == GROUP_TABLE && g_strcmp0 (block->label, "first") == 0))
    return;
  if (walk->group != GROUP_NONE)
    g_string_append (walk->page->out, close[walk->group]);
  if (group != GROUP_NONE)
    g_string_append (walk->page->out, open[group]);
  walk->group = group;
}

/* The element of a block: the title is the page's h1, so headings begin at h2. */
static const char *
block_element (Walk           *walk,
               const DraBlock *block)
{
  static const char *const headings[] = { "h2", "h3", "h4", "h5", "h6" };

  switch (block->kind)
    {
    case DRA_BLOCK_TITLE:
      return walk->had_heading ? "h2" : "h1";
    case DRA_BLOCK_HEADING:
      return headings[CLAMP (block->level, 1, G_N_ELEMENTS (headings)) - 1];
    case DRA_BLOCK_LIST_ITEM:
      return "li";
    case DRA_BLOCK_PREFORMATTED:
      return "pre";
    case DRA_BLOCK_TABLE_ROW:
      return "tr";
    case DRA_BLOCK_BYLINE:
    case DRA_BLOCK_DATE:
    case DRA_BLOCK_PARAGRAPH:
    case DRA_BLOCK_QUOTATION:
    case DRA_BLOCK_RULE:
    case DRA_BLOCK_CAPTION:
    case DRA_BLOCK_IMAGE:
    case DRA_BLOCK_FOOTNOTE:
    default:
      return "p";
    }
}

static void
append_block (Walk           *walk,
              const DraBlock *block,
              gsize           n_newlines,
              gboolean        first,
              gsize           next_start)
{
  GString *out = walk->page->out;
  const char *element = block_element (walk, block);
  gboolean title = block->kind == DRA_BLOCK_TITLE && !walk->had_heading;
  const DraHtmlNote *note;

  set_group (walk, block);
  g_string_append_printf (out, "<%s data-block=\"%s\"", element,
                          dra_block_kind_to_string (block->kind));
  if (title)
    g_string_append (out, " id=\"title\"");
  if (block->level != 0)
    g_string_append_printf (out, " data-level=\"%u\"", block->level);
  if (block->level > 1 && block->kind == DRA_BLOCK_LIST_ITEM)
    g_string_append_printf (out, " aria-level=\"%u\"", block->level);
  if (block->label != NULL)
    dra_html_append_attribute (out, "data-label", block->label);
  if (n_newlines != (first ? 0 : 1))
    g_string_append_printf (out, " data-before=\"%" G_GSIZE_FORMAT "\"", n_newlines);
  if (block->kind == DRA_BLOCK_FOOTNOTE && block->label != NULL
      && g_hash_table_lookup (walk->footnotes, block->label) == block)
    {
      g_autofree char *id = g_strconcat ("fn:", block->label, NULL);

      dra_html_append_attribute (out, "id", id);
    }
  if (walk->page->mixed)
    g_string_append (out, " dir=\"auto\"");
  g_string_append_c (out, '>');
  if (block->kind == DRA_BLOCK_TABLE_ROW)
    g_string_append_printf (out, "<%s>", cell_element (block));

  /* The image itself is not in the copy: its description stands for it. */
  if (block->kind == DRA_BLOCK_IMAGE)
    {
      g_string_append (out, "<span class=\"image\" role=\"img\"");
      dra_html_append_attribute (out, "aria-label", block->label != NULL ? block->label
                                                                         : _("Image"));
      g_string_append_c (out, '>');
      append_run (out, walk->page->text + block->range.start,
                  dra_range_length (block->range));
      g_string_append (out, "</span>");
      g_string_append (out, "<span class=\"alternative\" data-aside=\"\" aria-hidden=\"true\">");
      dra_html_append_text (out, block->label != NULL ? block->label : _("Image"), -1);
      g_string_append (out, "</span>");
    }
  else
    append_inlines (walk, block);

  while ((note = next_reference (walk)) != NULL && note->range.end <= next_start)
    {
      append_reference (walk, note);
      walk->next_reference++;
    }

  if (block->kind == DRA_BLOCK_TABLE_ROW)
    g_string_append_printf (out, "</%s>", cell_element (block));
  g_string_append_printf (out, "</%s>\n", element);

  if (title)
    {
      walk->had_heading = TRUE;
      if (walk->lead != NULL)
        g_string_append (out, walk->lead);
      walk->lead = NULL;
    }
}

static void
walk_init (Walk        *walk,
           DraHtmlPage *page)
{
  walk->page = page;
  walk->styles = dra_article_get_styles (page->article, &walk->n_styles);
  walk->marks = g_array_new (FALSE, FALSE, sizeof (guint));
  walk->footnotes = g_hash_table_new (g_str_hash, g_str_equal);

  if (page->cast != NULL)
    {
      walk->mentions = dra_cast_get_mentions (page->cast, &walk->n_mentions);
      walk->ordinals = g_new0 (guint, walk->n_mentions);
      for (guint i = 0; i < dra_cast_get_n_entities (page->cast); i++)
        {
          const DraEntity *entity = dra_cast_get_entity (page->cast, i);

          for (guint j = 0; j < entity->n_mentions; j++)
            walk->ordinals[entity->mentions[j]] = j + 1;
        }
    }
}

/**
 * dra_html_append_blocks:
 * @page: the page
 * @lead: (nullable): markup that goes below the title, wherever that is
 * @error: return location for an error
 *
 * Appends the article's text: a heading of its title when no block is the title, @lead,
 * and the blocks in an element of their own.
 *
 * Returns: FALSE when cancelled
 */
gboolean
dra_html_append_blocks (DraHtmlPage  *page,
                        const char   *lead,
                        GError      **error)
{
  Walk walk = { .lead = lead };
  guint n_blocks;
  const DraBlock *blocks = dra_article_get_blocks (page->article, &n_blocks);
  gboolean title_block = FALSE;
  gsize end = 0;
  gboolean ok = TRUE;

  walk_init (&walk, page);
  for (guint i = 0; i < n_blocks; i++)
    {
      title_block = title_block || blocks[i].kind == DRA_BLOCK_TITLE;
      if (blocks[i].kind == DRA_BLOCK_FOOTNOTE && dra_html_is_name (blocks[i].label)
          && !g_hash_table_contains (walk.footnotes, blocks[i].label))
        g_hash_table_insert (walk.footnotes, (gpointer) blocks[i].label, (gpointer) &blocks[i]);
    }

  if (!title_block)
    {
      const char *title = dra_article_get_title (page->article);

      g_string_append (page->out, "<h1 id=\"title\" dir=\"auto\">");
      dra_html_append_text (page->out, title != NULL ? title : _("Article"), -1);
      g_string_append (page->out, "</h1>\n");
      if (lead != NULL)
        g_string_append (page->out, lead);
      walk.had_heading = TRUE;
      walk.lead = NULL;
    }

  g_string_append (page->out, "<div id=\"dramatis-text\"");
  if (n_blocks == 0 ? page->length > 0 : blocks[n_blocks - 1].range.end < page->length)
    g_string_append_printf (page->out, " data-after=\"%" G_GSIZE_FORMAT "\"",
                            page->length - (n_blocks > 0 ? blocks[n_blocks - 1].range.end : 0));
  g_string_append (page->out, ">\n");

  for (guint i = 0; i < n_blocks && ok; i++)
    {
      gsize next = i + 1 < n_blocks ? blocks[i + 1].range.start : G_MAXSIZE;

      append_block (&walk, &blocks[i], blocks[i].range.start - end, i == 0, next);
      end = blocks[i].range.end;
      ok = !g_cancellable_set_error_if_cancelled (page->cancellable, error);
    }
  set_group (&walk, NULL);
  g_string_append (page->out, "</div>\n");

  g_array_unref (walk.marks);
  g_hash_table_unref (walk.footnotes);
  g_free (walk.ordinals);

  return ok;
}
