/* dra-tei-text.c: the article's blocks as TEI; see dra-tei-writer.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "writers/dra-tei-private.h"

#include <string.h>

#define LINE_BREAK "\342\200\250" /* U+2028 */

static const struct
{
  DraStyleKind kind;
  const char  *rend;
} styles[] = {
  { DRA_STYLE_STRONG, "bold" },
  { DRA_STYLE_EMPHASIS, "italic" },
  { DRA_STYLE_UNDERLINE, "underline" },
  { DRA_STYLE_STRIKETHROUGH, "strikethrough" },
  { DRA_STYLE_CODE, "code" },
  { DRA_STYLE_SUPERSCRIPT, "superscript" },
  { DRA_STYLE_SUBSCRIPT, "subscript" },
};

static const char *const names[] = {
  [DRA_ENTITY_PERSON] = "persName",
  [DRA_ENTITY_ORGANIZATION] = "orgName",
  [DRA_ENTITY_PLACE] = "placeName",
};

enum
{
  LEVEL_LINK,
  LEVEL_MENTION,
  LEVEL_STYLES,
  N_LEVELS = LEVEL_STYLES + G_N_ELEMENTS (styles),
};

typedef enum
{
  GROUP_NONE,
  GROUP_LIST,
  GROUP_TABLE,
} Group;

typedef struct
{
  GString     *out;
  DraCopyWalk *walk;
  guint        open[N_LEVELS];
  guint        next_start; /* of the placed notes: the first not begun */
  GArray      *ends;       /* guint: indices of placed notes by where they end */
  guint        next_end;
  Group        group;
  gboolean     in_section;
  gboolean     top;        /* nothing but title, byline and date before */
} Tei;

static int
compare_ends (gconstpointer a,
              gconstpointer b,
              gpointer      data)
{
  guint i = *(const guint *) a;
  guint j = *(const guint *) b;
  gsize x = dra_copy_notes_get (data, i)->range.end;
  gsize y = dra_copy_notes_get (data, j)->range.end;

  return x != y ? (x > y) - (x < y) : (i > j) - (i < j);
}

static void
close_levels (Tei   *self,
              guint  first)
{
  for (guint level = N_LEVELS; level > first; level--)
    {
      guint id = self->open[level - 1];

      if (id == 0)
        continue;
      self->open[level - 1] = 0;
      if (level - 1 == LEVEL_LINK)
        g_string_append (self->out, "</ref>");
      else if (level - 1 == LEVEL_MENTION)
        {
          const DraMention *mention = &self->walk->mentions[id - 1];

          g_string_append_printf (self->out, "</%s>",
                                  names[dra_cast_get_entity (self->walk->cast,
                                                             mention->entity)->kind]);
        }
      else
        g_string_append (self->out, "</hi>");
    }
}

static void
open_link (Tei            *self,
           const DraStyle *style)
{
  const char *target = style->target;

  if (dra_copy_walk_is_footnote (self->walk, target))
    g_string_append_printf (self->out, "<ref type=\"note\" target=\"#fn-%s\">",
                            target + strlen ("#fn:"));
  else
    {
      g_autofree char *escaped = g_uri_escape_string (target, ":/?#@!$&'()*+,;=%", FALSE);

      g_string_append (self->out, "<ref");
      dra_markup_append_attribute (self->out, "target", escaped);
      g_string_append_c (self->out, '>');
    }
}

static void
open_level (Tei   *self,
            guint  level,
            guint  id)
{
  self->open[level] = id;
  if (level == LEVEL_LINK)
    open_link (self, &self->walk->styles[id - 1]);
  else if (level == LEVEL_MENTION)
    {
      const DraMention *mention = &self->walk->mentions[id - 1];
      const DraEntity *entity = dra_cast_get_entity (self->walk->cast, mention->entity);

      g_string_append_printf (self->out, "<%s ref=\"#%s\">", names[entity->kind], entity->id);
    }
  else
    g_string_append_printf (self->out, "<hi rend=\"%s\">", styles[level - LEVEL_STYLES].rend);
}

static const DraCopyNote *
get_start (Tei *self)
{
  return self->next_start < self->walk->notes->n_placed
           ? dra_copy_notes_get (self->walk->notes, self->next_start) : NULL;
}

static const DraCopyNote *
get_end (Tei *self)
{
  return self->next_end < self->ends->len
           ? dra_copy_notes_get (self->walk->notes,
                                 g_array_index (self->ends, guint, self->next_end)) : NULL;
}

static void
append_ends (Tei   *self,
             gsize  pos)
{
  const DraCopyNote *note;

  while ((note = get_end (self)) != NULL && note->range.end <= pos
         && g_array_index (self->ends, guint, self->next_end) < self->next_start)
    g_string_append_printf (self->out, "<anchor xml:id=\"note-%u-end\"/>",
                            g_array_index (self->ends, guint, self->next_end++) + 1);
}

/* Where the passages of notes end and begin, as points. */
static void
append_anchors (Tei   *self,
                gsize  pos)
{
  const DraCopyNote *note;

  append_ends (self, pos);
  while ((note = get_start (self)) != NULL && note->range.start <= pos)
    g_string_append_printf (self->out, "<anchor xml:id=\"note-%u-start\"/>",
                            ++self->next_start);
  append_ends (self, pos);
}

/* Where the next passage of a note begins or ends after pos, end at the latest. */
static gsize
find_anchor (Tei   *self,
             gsize  pos,
             gsize  end)
{
  for (guint i = self->next_start; i < self->walk->notes->n_placed; i++)
    {
      gsize start = dra_copy_notes_get (self->walk->notes, i)->range.start;

      if (start > pos)
        {
          end = MIN (end, start);
          break;
        }
    }
  for (guint i = self->next_end; i < self->ends->len; i++)
    {
      guint index = g_array_index (self->ends, guint, i);
      gsize stop = dra_copy_notes_get (self->walk->notes, index)->range.end;

      if (stop > pos)
        return MIN (end, stop);
    }

  return end;
}

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
      g_string_append (out, "<lb/>");
      text = line + strlen (LINE_BREAK);
    }
}

/* last: up to where passages that end after the range have their end here. */
static void
append_inlines (Tei      *self,
                DraRange  range,
                gsize     last)
{
  gsize pos = range.start;

  while (pos < range.end)
    {
      DraCopySegment segment;
      guint wanted[N_LEVELS] = { 0 };
      guint level = 0;

      dra_copy_walk_segment (self->walk, pos, range.end, &segment);
      segment.end = find_anchor (self, pos, segment.end);
      wanted[LEVEL_LINK] = segment.link;
      wanted[LEVEL_MENTION] = segment.mention;
      for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
        wanted[LEVEL_STYLES + i] = (segment.styles >> styles[i].kind) & 1;

      while (level < N_LEVELS && self->open[level] == wanted[level])
        level++;
      close_levels (self, level);
      append_anchors (self, pos);
      for (; level < N_LEVELS; level++)
        if (wanted[level] != 0)
          open_level (self, level, wanted[level]);
      append_run (self->out, self->walk->text + pos, segment.end - pos);
      pos = segment.end;
    }
  close_levels (self, 0);
  append_ends (self, last);
}

static void
set_group (Tei            *self,
           const DraBlock *block)
{
  static const char *const open[] = { "", "<list>\n", "<table>\n" };
  static const char *const close[] = { "", "</list>\n", "</table>\n" };
  Group group = block == NULL                             ? GROUP_NONE
                : block->kind == DRA_BLOCK_LIST_ITEM      ? GROUP_LIST
                : block->kind == DRA_BLOCK_TABLE_ROW      ? GROUP_TABLE
                                                          : GROUP_NONE;

  if (group == self->group
      && !(group == GROUP_TABLE && g_strcmp0 (block->label, "first") == 0))
    return;
  g_string_append (self->out, close[self->group]);
  g_string_append (self->out, open[group]);
  self->group = group;
}

static void
append_element (Tei            *self,
                const DraBlock *block,
                gsize           last,
                const char     *element,
                const char     *attributes)
{
  g_string_append_printf (self->out, "<%s%s>", element, attributes);
  append_inlines (self, block->range, last);
  g_string_append_printf (self->out, "</%s>\n", element);
}

static void
append_row (Tei            *self,
            const DraBlock *block,
            gsize           last)
{
  gsize pos = block->range.start;

  g_string_append (self->out, block->level > 0 ? "<row role=\"label\">" : "<row>");
  for (;;)
    {
      const char *tab = memchr (self->walk->text + pos, '\t', block->range.end - pos);
      gsize end = tab != NULL ? (gsize) (tab - self->walk->text) : block->range.end;

      g_string_append (self->out, "<cell>");
      append_inlines (self, (DraRange){ pos, end }, tab != NULL ? end : last);
      g_string_append (self->out, "</cell>");
      if (tab == NULL)
        break;
      pos = end + 1;
    }
  g_string_append (self->out, "</row>\n");
}

/* A heading begins a section; the title before all of them is that of the text. */
static void
append_head (Tei            *self,
             const DraBlock *block,
             gsize           last)
{
  g_autofree char *attributes
    = block->kind == DRA_BLOCK_TITLE ? g_strdup (" type=\"title\"")
                                     : g_strdup_printf (" type=\"heading\" n=\"%u\"", block->level);

  if (!(self->top && block->kind == DRA_BLOCK_TITLE))
    {
      g_string_append (self->out, self->in_section ? "</div>\n<div>\n" : "<div>\n");
      self->in_section = TRUE;
    }
  append_element (self, block, last, "head", attributes);
}

static void
append_image (Tei            *self,
              const DraBlock *block,
              DraCopyShape   *shape,
              gsize           last)
{
  g_string_append (self->out, "<figure>");
  shape->label = block->label != NULL && *block->label != '\0' ? block->label : NULL;
  if (shape->label != NULL)
    {
      g_string_append (self->out, "<figDesc>");
      dra_markup_append_text (self->out, shape->label, -1);
      g_string_append (self->out, "</figDesc>");
      /* What is not said as it is. */
      if (strpbrk (shape->label, "\n\r") != NULL)
        shape->label = NULL;
    }
  g_string_append (self->out, "</figure>\n");
  /* Its one character is in no element: passages begin and end behind it. */
  append_anchors (self, MIN (last, block->range.end));
  append_ends (self, last);
}

static void
append_item (Tei            *self,
             const DraBlock *block,
             DraCopyShape   *shape,
             gsize           last)
{
  g_autoptr (GString) attributes = g_string_new (NULL);

  shape->level = block->level;
  g_string_append_printf (attributes, " rend=\"level-%u\"", block->level);
  if (block->label != NULL && *block->label != '\0')
    {
      dra_markup_append_attribute (attributes, "n", block->label);
      shape->label = block->label;
    }
  append_element (self, block, last, "item", attributes->str);
}

static void
append_block (Tei            *self,
              const DraBlock *block,
              DraCopyShape   *shape,
              gsize           last)
{
  *shape = (DraCopyShape){ .kind = block->kind };
  set_group (self, block);
  switch (block->kind)
    {
    case DRA_BLOCK_TITLE:
      append_head (self, block, last);
      return;

    case DRA_BLOCK_HEADING:
      shape->level = block->level;
      append_head (self, block, last);
      break;

    case DRA_BLOCK_BYLINE:
    case DRA_BLOCK_DATE:
      if (self->top)
        {
          append_element (self, block, last,
                          block->kind == DRA_BLOCK_BYLINE ? "byline" : "dateline", "");
          return;
        }
      append_element (self, block, last, "p",
                      block->kind == DRA_BLOCK_BYLINE ? " rend=\"byline\"" : " rend=\"date\"");
      break;

    case DRA_BLOCK_LIST_ITEM:
      append_item (self, block, shape, last);
      break;

    case DRA_BLOCK_QUOTATION:
      {
        g_autofree char *attributes = g_strdup_printf (" rend=\"level-%u\"", block->level);

        shape->level = block->level;
        append_element (self, block, last, "quote", attributes);
        break;
      }

    case DRA_BLOCK_PREFORMATTED:
      append_element (self, block, last, "ab",
                      " rend=\"preformatted\" xml:space=\"preserve\"");
      break;

    case DRA_BLOCK_TABLE_ROW:
      shape->level = block->level > 0;
      shape->label = g_strcmp0 (block->label, "first") == 0 || self->group != GROUP_TABLE
                       ? "first" : NULL;
      append_row (self, block, last);
      break;

    case DRA_BLOCK_IMAGE:
      append_image (self, block, shape, last);
      break;

    case DRA_BLOCK_FOOTNOTE:
      if (dra_copy_walk_is_target (self->walk, block))
        {
          g_autofree char *attributes
            = g_strdup_printf (" place=\"foot\" n=\"%s\" xml:id=\"fn-%s\"", block->label,
                               block->label);

          shape->label = block->label;
          append_element (self, block, last, "note", attributes);
        }
      else
        append_element (self, block, last, "note", " place=\"foot\"");
      break;

    case DRA_BLOCK_RULE:
    case DRA_BLOCK_CAPTION:
      append_element (self, block, last, "p",
                      block->kind == DRA_BLOCK_RULE ? " rend=\"rule\"" : " rend=\"caption\"");
      break;

    case DRA_BLOCK_PARAGRAPH:
    default:
      append_element (self, block, last, "p", "");
      break;
    }
  self->top = FALSE;
}

/**
 * dra_tei_append_body:
 * @out: where to
 * @walk: a walk that has not begun
 * @shapes: (out caller-allocates): one for each block, filled with what is said of it
 * @cancellable: (nullable): a cancellable
 * @error: return location for %G_IO_ERROR_CANCELLED
 *
 * Appends the article's text as the element "body".
 *
 * Returns: %FALSE when cancelled
 */
gboolean
dra_tei_append_body (GString       *out,
                     DraCopyWalk   *walk,
                     DraCopyShape  *shapes,
                     GCancellable  *cancellable,
                     GError       **error)
{
  Tei self = { .out = out, .walk = walk, .top = TRUE };
  guint n_blocks;
  const DraBlock *blocks = dra_article_get_blocks (walk->article, &n_blocks);
  gboolean ok = TRUE;

  self.ends = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < walk->notes->n_placed; i++)
    g_array_append_val (self.ends, i);
  g_array_sort_with_data (self.ends, compare_ends, (gpointer) walk->notes);

  g_string_append (out, "<body>\n");
  for (guint i = 0; i < n_blocks && ok; i++)
    {
      append_block (&self, &blocks[i], &shapes[i],
                    i + 1 < n_blocks ? blocks[i + 1].range.start : G_MAXSIZE);
      ok = !g_cancellable_set_error_if_cancelled (cancellable, error);
    }
  set_group (&self, NULL);
  append_anchors (&self, G_MAXSIZE);
  /* The Guidelines want something below a title. */
  if (self.top)
    g_string_append (out, "<p/>\n");
  g_string_append (out, self.in_section ? "</div>\n</body>\n" : "</body>\n");
  g_array_unref (self.ends);

  return ok;
}
