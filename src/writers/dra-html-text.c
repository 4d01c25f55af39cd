/* dra-html-text.c: the article's blocks, with styles, mentions and notes as elements.
 *
 * Elements nest in a fixed order, and from one segment of the text (dra-copy-walk.h) to
 * the next only those from the first difference on are closed and opened again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "writers/dra-html-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "readers/dra-image-size.h"
#include "writers/dra-copy-walk.h"

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
  GROUP_FIGURE,
} Group;

typedef struct
{
  DraHtmlPage      *page;
  DraCopyWalk       walk;
  guint             opened_mention; /* index + 1 of the last one that got its id */
  guint            *ordinals; /* of each mention among those of its entity, from 1 */

  guint             open[N_LEVELS]; /* what is open at each level, 0 for nothing */
  gboolean          had_heading;    /* the page has its h1 */
  const char       *lead;           /* (nullable): goes after the title block */
  Group             group;
  gboolean          captioned; /* the figure has its caption, which is its last element */
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
  const DraMention *mention = &walk->walk.mentions[index];
  const DraEntity *entity = dra_cast_get_entity (walk->page->cast, mention->entity);
  g_autofree char *id = NULL;
  g_autofree char *reference = NULL;

  g_string_append (out, walk->open[LEVEL_LINK] != 0 ? "<span" : "<a");
  dra_markup_append_attribute (out, "class", dra_entity_kind_to_string (entity->kind));
  if (walk->open[LEVEL_LINK] == 0)
    {
      reference = g_strconcat ("#", entity->id, NULL);
      dra_markup_append_attribute (out, "href", reference);
    }
  if (walk->opened_mention != index + 1)
    {
      id = g_strdup_printf ("%s-%u", entity->id, walk->ordinals[index]);
      dra_markup_append_attribute (out, "id", id);
      walk->opened_mention = index + 1;
    }
  if (entity->role != NULL)
    {
      g_autofree char *title = g_strdup_printf ("%s, %s", entity->name, entity->role);

      dra_markup_append_attribute (out, "title", title);
    }
  else if (strlen (entity->name) != dra_range_length (mention->range)
           || memcmp (entity->name, walk->page->text + mention->range.start,
                      dra_range_length (mention->range)) != 0)
    dra_markup_append_attribute (out, "title", entity->name);
  g_string_append_c (out, '>');
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
      const DraCopyNote *note = &g_array_index (walk->page->notes.all, DraCopyNote, id - 1);

      g_string_append (out, "<mark");
      dra_markup_append_attribute (out, "class", dra_html_note_class (note));
      g_string_append_c (out, '>');
    }
  else if (level == LEVEL_LINK)
    {
      g_string_append (out, dra_copy_walk_is_footnote (&walk->walk, walk->walk.styles[id - 1].target)
                              ? "<a class=\"footnote\"" : "<a class=\"link\" rel=\"noreferrer\"");
      dra_markup_append_attribute (out, "href", walk->walk.styles[id - 1].target);
      g_string_append_c (out, '>');
    }
  else if (level == LEVEL_MENTION)
    open_mention (walk, id - 1);
  else
    g_string_append_printf (out, "<%s>", style_levels[level - LEVEL_STYLES].element);
}

/* What the segment is, level by level. */
static void
list_levels (const DraCopySegment *segment,
             guint                 wanted[N_LEVELS])
{
  wanted[LEVEL_MARK] = segment->mark;
  wanted[LEVEL_LINK] = segment->link;
  wanted[LEVEL_MENTION] = segment->mention;
  for (guint i = 0; i < G_N_ELEMENTS (style_levels); i++)
    wanted[LEVEL_STYLES + i] = (segment->styles >> style_levels[i].kind) & 1;
}

/* The number of a note, and the note for the margin: not part of the block's text. */
static void
append_reference (Walk              *walk,
                  const DraCopyNote *note)
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
      dra_markup_append_attribute (out, "aria-label", label);
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

      dra_markup_append_text (out, text, (line != NULL ? line : end) - text);
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
  const DraCopyNote *note;

  while (pos < block->range.end)
    {
      DraCopySegment segment;
      guint wanted[N_LEVELS];
      guint level = 0;

      if (pos == tab)
        {
          close_levels (walk, 0);
          g_string_append_printf (walk->page->out, "</%s><%s>", cell_element (block),
                                  cell_element (block));
          tab = find_tab (walk, block, ++pos);
          continue;
        }
      while ((note = dra_copy_walk_reference (&walk->walk, pos)) != NULL)
        append_reference (walk, note);
      dra_copy_walk_segment (&walk->walk, pos, tab, &segment);
      list_levels (&segment, wanted);

      while (level < N_LEVELS && walk->open[level] == wanted[level])
        level++;
      close_levels (walk, level);
      for (; level < N_LEVELS; level++)
        if (wanted[level] != 0)
          open_level (walk, level, wanted[level]);

      append_run (walk->page->out, walk->page->text + pos, segment.end - pos);
      pos = segment.end;
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
    [GROUP_FIGURE] = "<figure>\n",
  };
  static const char *const close[] = {
    [GROUP_BULLETS] = "</ul>\n",
    [GROUP_NUMBERS] = "</ol>\n",
    [GROUP_QUOTATION] = "</blockquote>\n",
    [GROUP_TABLE] = "</table>\n",
    [GROUP_FIGURE] = "</figure>\n",
  };
  Group group = GROUP_NONE;

  if (block != NULL && block->kind == DRA_BLOCK_QUOTATION)
    group = GROUP_QUOTATION;
  else if (block != NULL
           && (block->kind == DRA_BLOCK_IMAGE
               || (block->kind == DRA_BLOCK_CAPTION && walk->group == GROUP_FIGURE
                   && !walk->captioned)))
    group = GROUP_FIGURE;
  else if (block != NULL && block->kind == DRA_BLOCK_TABLE_ROW)
    group = GROUP_TABLE;
  else if (block != NULL && block->kind == DRA_BLOCK_LIST_ITEM)
    group = block->label != NULL && g_unichar_isalnum (g_utf8_get_char (block->label))
              ? GROUP_NUMBERS : GROUP_BULLETS;

  if (group == walk->group
      && !(group == GROUP_TABLE && g_strcmp0 (block->label, "first") == 0)
      && !(group == GROUP_FIGURE && walk->captioned))
    {
      walk->captioned = group == GROUP_FIGURE && block->kind == DRA_BLOCK_CAPTION;
      return;
    }
  walk->captioned = FALSE;
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
    case DRA_BLOCK_CAPTION:
      return walk->group == GROUP_FIGURE ? "figcaption" : "p";
    case DRA_BLOCK_BYLINE:
    case DRA_BLOCK_DATE:
    case DRA_BLOCK_PARAGRAPH:
    case DRA_BLOCK_QUOTATION:
    case DRA_BLOCK_RULE:
    case DRA_BLOCK_IMAGE:
    case DRA_BLOCK_FOOTNOTE:
    default:
      return "p";
    }
}

/* The picture, and its place in the text, which is not seen. */
static void
append_image (Walk               *walk,
              const DraBlock     *block,
              const DraCopyImage *image)
{
  GString *out = walk->page->out;
  gsize size;
  const guint8 *data = g_bytes_get_data (image->bytes, &size);
  g_autofree char *encoded = g_base64_encode (data, size);
  guint width, height;

  g_string_append (out, "<span class=\"image\" aria-hidden=\"true\">");
  append_run (out, walk->page->text + block->range.start, dra_range_length (block->range));
  g_string_append (out, "</span><img data-aside=\"\"");
  dra_markup_append_attribute (out, "alt", block->label != NULL ? block->label : "");
  /* So that nothing moves while a browser decodes it. */
  if (dra_image_size (data, size, &width, &height))
    g_string_append_printf (out, " width=\"%u\" height=\"%u\"", width, height);
  g_string_append_printf (out, " src=\"data:%s;base64,", image->type);
  g_string_append (out, encoded);
  g_string_append (out, "\"/>");
}

static void
append_block (Walk           *walk,
              const DraBlock *block,
              gsize           n_newlines,
              gboolean        first,
              gsize           next_start)
{
  GString *out = walk->page->out;
  const DraCopyImage *image = dra_copy_images_find (walk->page->images, block->source);
  const char *element;
  gboolean title = block->kind == DRA_BLOCK_TITLE && !walk->had_heading;
  const DraCopyNote *note;

  set_group (walk, block);
  element = block_element (walk, block);
  g_string_append_printf (out, "<%s data-block=\"%s\"", element,
                          dra_block_kind_to_string (block->kind));
  if (title)
    g_string_append (out, " id=\"title\"");
  if (block->level != 0)
    g_string_append_printf (out, " data-level=\"%u\"", block->level);
  if (block->level > 1 && block->kind == DRA_BLOCK_LIST_ITEM)
    g_string_append_printf (out, " aria-level=\"%u\"", block->level);
  if (block->label != NULL)
    dra_markup_append_attribute (out, "data-label", block->label);
  if (n_newlines != (first ? 0 : 1))
    g_string_append_printf (out, " data-before=\"%" G_GSIZE_FORMAT "\"", n_newlines);
  if (dra_copy_walk_is_target (&walk->walk, block))
    {
      g_autofree char *id = g_strconcat ("fn:", block->label, NULL);

      dra_markup_append_attribute (out, "id", id);
    }
  if (walk->page->mixed)
    g_string_append (out, " dir=\"auto\"");
  if (block->kind == DRA_BLOCK_IMAGE && image != NULL && image->bytes != NULL)
    g_string_append (out, " class=\"picture\"");
  g_string_append_c (out, '>');
  if (block->kind == DRA_BLOCK_TABLE_ROW)
    g_string_append_printf (out, "<%s>", cell_element (block));

  if (block->kind == DRA_BLOCK_IMAGE && image != NULL && image->bytes != NULL)
    append_image (walk, block, image);
  /* The image itself is not in the copy: its description stands for it. */
  else if (block->kind == DRA_BLOCK_IMAGE)
    {
      g_string_append (out, "<span class=\"image\" role=\"img\"");
      dra_markup_append_attribute (out, "aria-label", block->label != NULL ? block->label
                                                                         : _("Image"));
      g_string_append_c (out, '>');
      append_run (out, walk->page->text + block->range.start,
                  dra_range_length (block->range));
      g_string_append (out, "</span>");
      g_string_append (out, "<span class=\"alternative\" data-aside=\"\" aria-hidden=\"true\">");
      dra_markup_append_text (out, block->label != NULL ? block->label : _("Image"), -1);
      g_string_append (out, "</span>");
    }
  else
    append_inlines (walk, block);

  while ((note = dra_copy_walk_reference (&walk->walk, next_start)) != NULL)
    append_reference (walk, note);

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
  dra_copy_walk_init (&walk->walk, page->article, page->cast, &page->notes);

  if (page->cast != NULL)
    {
      walk->ordinals = g_new0 (guint, walk->walk.n_mentions);
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
    title_block = title_block || blocks[i].kind == DRA_BLOCK_TITLE;

  if (!title_block)
    {
      const char *title = dra_article_get_title (page->article);

      g_string_append (page->out, "<h1 id=\"title\" dir=\"auto\">");
      dra_markup_append_text (page->out, title != NULL ? title : _("Article"), -1);
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

  dra_copy_walk_clear (&walk.walk);
  g_free (walk.ordinals);

  return ok;
}
