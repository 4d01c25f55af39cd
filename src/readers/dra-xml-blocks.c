/* dra-xml-blocks.c: XML elements as blocks of an article, by a table of their names.
 *
 * Walks the tree with a stack of its own.  What a paragraph becomes depends on the list
 * item, quotation, note or caption it stands in.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "readers/dra-xml-tree.h"

#define MAX_LIST_DEPTH 16
#define CANCEL_EVERY 4096 /* nodes */

/* What is open at an element; saved when another is entered. */
typedef struct
{
  DraBlockKind kind;       /* of a paragraph here */
  guint        level;
  guint        section;    /* level of a heading here */
  guint        list_depth;
  gboolean     numbered;
  guint        number;     /* of the last item */
  gboolean     in_row;     /* in a cell, where blocks do not begin */
  gboolean     lines;      /* white space is kept */
  const char  *label;      /* for the next block only, (nullable) */
} State;

typedef struct
{
  const xmlNode *node;
  DraXmlAction   action;
  guint          value;
  State          state; /* outside it */
} Frame;

typedef struct
{
  DraArticleBuilder *builder;
  const DraXmlMap   *map;
  GHashTable        *rules;
  State              state;
  gboolean           open;      /* a block of ours is */
  gboolean           first_row;
  gboolean           first_cell;
  gboolean           row_of_heads;
  GPtrArray         *labels;    /* keeps them */
} Writer;

static void
end_block (Writer *self)
{
  if (self->open && !self->state.in_row)
    {
      dra_article_builder_end_block (self->builder);
      self->open = FALSE;
    }
}

static void
begin_block (Writer *self)
{
  if (self->open || self->state.in_row)
    return;
  dra_article_builder_begin_block (self->builder, self->state.kind, self->state.level, self->state.label);
  /* Of a list item's paragraphs only the first has the marker. */
  if (self->state.kind == DRA_BLOCK_LIST_ITEM)
    self->state.label = NULL;
  self->open = TRUE;
}

static gboolean
is_blank (const char *text)
{
  return text[strspn (text, " \t\r\n")] == '\0';
}

static void
add_text (Writer     *self,
          const char *text)
{
  if (!self->open && !self->state.in_row)
    {
      if (is_blank (text))
        return;
      begin_block (self);
    }
  dra_article_builder_add_text (self->builder, text, -1);
}

static DraXmlAction
get_action (Writer        *self,
            const xmlNode *node,
            guint         *value)
{
  const DraXmlRule *rule;
  DraXmlAction action = 0;

  *value = 0;
  if (self->map->choose != NULL)
    action = self->map->choose (node, value, self->map->user_data);
  if (action != 0)
    return action;
  rule = g_hash_table_lookup (self->rules, node->name);
  if (rule == NULL)
    return DRA_XML_THROUGH;
  *value = rule->value;

  return rule->action;
}

static const char *
keep (Writer *self,
      char   *label)
{
  g_ptr_array_add (self->labels, label);

  return label;
}

static void
set_kind (Writer       *self,
          DraBlockKind  kind,
          guint         level,
          const char   *label)
{
  end_block (self);
  self->state.kind = kind;
  self->state.level = level;
  self->state.label = label;
}

static void
enter_item (Writer *self,
            State  *outside)
{
  guint depth = CLAMP (self->state.list_depth, 1, MAX_LIST_DEPTH);

  end_block (self);
  if (self->state.numbered)
    {
      outside->number++;
      set_kind (self, DRA_BLOCK_LIST_ITEM, depth, keep (self, g_strdup_printf ("%u.", outside->number)));
    }
  else
    set_kind (self, DRA_BLOCK_LIST_ITEM, depth, "•");
}

static void
enter_note (Writer        *self,
            const xmlNode *node)
{
  const char *id = dra_xml_attribute (node, "id");
  const char *label = id != NULL && self->map->labels != NULL ? g_hash_table_lookup (self->map->labels, id) : NULL;

  if (self->state.in_row)
    return;
  set_kind (self, DRA_BLOCK_FOOTNOTE, 0, label != NULL ? label : "*");
}

static void
enter_row (Writer        *self,
           const xmlNode *node)
{
  gboolean heads = node->children != NULL;

  if (self->state.in_row)
    return;
  end_block (self);
  for (const xmlNode *child = node->children; child != NULL; child = child->next)
    {
      guint value;

      if (child->type == XML_ELEMENT_NODE && (get_action (self, child, &value) != DRA_XML_CELL || value != 1))
        heads = FALSE;
    }
  if (dra_xml_is (node->parent, "thead"))
    heads = TRUE;
  dra_article_builder_begin_block (self->builder, DRA_BLOCK_TABLE_ROW, heads ? 1 : 0, self->first_row ? "first" : NULL);
  self->first_row = FALSE;
  self->first_cell = TRUE;
  self->state.in_row = TRUE;
  self->open = TRUE;
}

static void
write_image (Writer        *self,
             const xmlNode *node)
{
  g_autofree char *source = NULL;
  g_autofree char *alternative = NULL;

  if (self->map->image == NULL || !self->map->image (node, &source, &alternative, self->map->user_data))
    return;
  if (self->state.in_row)
    {
      if (alternative != NULL)
        add_text (self, alternative);
      return;
    }
  end_block (self);
  dra_article_builder_add_image (self->builder, alternative);
  dra_article_builder_set_source (self->builder, source);
}

/* Begins an element; FALSE when what is in it is left out.  @outside: what its parent's
 * state becomes when it ends. */
static gboolean
enter (Writer        *self,
       const xmlNode *node,
       DraXmlAction   action,
       guint          value,
       State         *outside)
{
  switch (action)
    {
    case DRA_XML_SKIP:
      return FALSE;
    case DRA_XML_IMAGE:
      write_image (self, node);
      return FALSE;
    case DRA_XML_BREAK:
      if (self->open)
        dra_article_builder_add_break (self->builder);
      return FALSE;
    case DRA_XML_RULE:
      end_block (self);
      if (!self->state.in_row)
        {
          dra_article_builder_begin_block (self->builder, DRA_BLOCK_RULE, 0, NULL);
          dra_article_builder_add_text (self->builder, "* * *", -1);
          dra_article_builder_end_block (self->builder);
        }
      return FALSE;
    case DRA_XML_GROUP:
      end_block (self);
      break;
    case DRA_XML_SECTION:
      end_block (self);
      self->state.section++;
      break;
    case DRA_XML_HEADING:
      if (!self->state.in_row)
        set_kind (self, DRA_BLOCK_HEADING, CLAMP (value > 0 ? value : self->state.section, 1, 6), NULL);
      break;
    case DRA_XML_PARAGRAPH:
      if (self->state.in_row && !self->first_cell)
        dra_article_builder_add_text (self->builder, " ", 1);
      end_block (self);
      break;
    case DRA_XML_LIST:
      end_block (self);
      self->state.list_depth++;
      self->state.numbered = value == 1;
      self->state.number = 0;
      break;
    case DRA_XML_ITEM:
      if (!self->state.in_row)
        enter_item (self, outside);
      break;
    case DRA_XML_QUOTATION:
      if (!self->state.in_row)
        set_kind (self, DRA_BLOCK_QUOTATION,
                  MIN (self->state.kind == DRA_BLOCK_QUOTATION ? self->state.level + 1 : 1, MAX_LIST_DEPTH), NULL);
      break;
    case DRA_XML_LINES:
      if (!self->state.in_row)
        set_kind (self, DRA_BLOCK_PREFORMATTED, 0, NULL);
      break;
    case DRA_XML_LINE:
      if (self->open)
        dra_article_builder_add_break (self->builder);
      break;
    case DRA_XML_CAPTION:
      if (!self->state.in_row)
        set_kind (self, DRA_BLOCK_CAPTION, 0, NULL);
      break;
    case DRA_XML_BYLINE:
      if (!self->state.in_row)
        set_kind (self, DRA_BLOCK_BYLINE, 0, NULL);
      break;
    case DRA_XML_NOTE:
      enter_note (self, node);
      break;
    case DRA_XML_TABLE:
      end_block (self);
      if (!self->state.in_row)
        self->first_row = TRUE;
      break;
    case DRA_XML_ROW:
      enter_row (self, node);
      break;
    case DRA_XML_CELL:
      if (self->state.in_row && !self->first_cell)
        dra_article_builder_next_cell (self->builder);
      self->first_cell = FALSE;
      break;
    case DRA_XML_STYLE:
      dra_article_builder_begin_style (self->builder, (DraStyleKind) value, NULL);
      break;
    case DRA_XML_LINK: /* begun by visit() */
    case DRA_XML_THROUGH:
    default:
      break;
    }

  return TRUE;
}

static void
leave (Writer *self,
       Frame  *frame)
{
  gboolean row = frame->action == DRA_XML_ROW && !frame->state.in_row;

  switch (frame->action)
    {
    case DRA_XML_STYLE:
      dra_article_builder_end_style (self->builder, (DraStyleKind) frame->value);
      break;
    case DRA_XML_LINK:
      if (frame->value)
        dra_article_builder_end_style (self->builder, DRA_STYLE_LINK);
      break;
    case DRA_XML_THROUGH:
      break;
    case DRA_XML_LINE:
      break;
    case DRA_XML_CELL:
      break;
    default:
      if (!row)
        end_block (self);
      break;
    }
  if (row)
    {
      self->state.in_row = FALSE;
      dra_article_builder_end_block (self->builder);
      self->open = FALSE;
    }
  /* What a block used up of the marker stays so in a list item's other elements. */
  if (frame->action == DRA_XML_THROUGH || frame->action == DRA_XML_STYLE || frame->action == DRA_XML_LINK
      || frame->action == DRA_XML_PARAGRAPH || frame->action == DRA_XML_GROUP || frame->action == DRA_XML_LINE)
    frame->state.label = self->state.label;
  self->state = frame->state;
}

static void
note_rules (Writer *self)
{
  self->rules = g_hash_table_new (g_str_hash, g_str_equal);
  for (const DraXmlRule *rule = self->map->rules; rule->name != NULL; rule++)
    g_hash_table_insert (self->rules, (gpointer) rule->name, (gpointer) rule);
}

static const xmlNode *
visit (Writer        *self,
       GArray        *frames,
       const xmlNode *node)
{
  if ((node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) && node->content != NULL)
    add_text (self, (const char *) node->content);
  else if (node->type == XML_ELEMENT_NODE)
    {
      Frame frame = { .node = node, .state = self->state };

      frame.action = get_action (self, node, &frame.value);
      if (frame.action == DRA_XML_LINK)
        {
          g_autofree char *target = self->map->link != NULL ? self->map->link (node, self->map->user_data) : NULL;

          frame.value = target != NULL;
          if (target != NULL)
            dra_article_builder_begin_style (self->builder, DRA_STYLE_LINK, target);
        }
      else if (!enter (self, node, frame.action, frame.value, &frame.state))
        return NULL;
      if (node->children != NULL)
        {
          g_array_append_val (frames, frame);
          return node->children;
        }
      leave (self, &frame);
    }

  return NULL;
}

/**
 * dra_xml_write:
 * @builder: where to
 * @root: the element whose content is written
 * @map: what its elements mean
 * @cancellable: (nullable): a cancellable
 * @error: return location for %G_IO_ERROR_CANCELLED
 *
 * Writes an element as blocks, in time linear in its size.
 *
 * Returns: %FALSE when it was cancelled
 */
gboolean
dra_xml_write (DraArticleBuilder  *builder,
               const xmlNode      *root,
               const DraXmlMap    *map,
               GCancellable       *cancellable,
               GError            **error)
{
  Writer self = { .builder = builder, .map = map, .state = { .kind = DRA_BLOCK_PARAGRAPH, .section = map->level } };
  g_autoptr (GArray) frames = g_array_new (FALSE, FALSE, sizeof (Frame));
  const xmlNode *node = root->children;
  gboolean done = TRUE;
  guint n = 0;

  note_rules (&self);
  self.labels = g_ptr_array_new_with_free_func (g_free);
  while (node != NULL)
    {
      const xmlNode *inside;

      if (++n % CANCEL_EVERY == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        {
          done = FALSE;
          break;
        }
      inside = visit (&self, frames, node);
      if (inside != NULL)
        {
          node = inside;
          continue;
        }
      while (node->next == NULL && frames->len > 0)
        {
          Frame frame = g_array_index (frames, Frame, frames->len - 1);

          g_array_set_size (frames, frames->len - 1);
          leave (&self, &frame);
          node = frame.node;
        }
      node = node->next;
    }
  if (self.open)
    dra_article_builder_end_block (builder);
  g_ptr_array_unref (self.labels);
  g_hash_table_unref (self.rules);

  return done;
}
