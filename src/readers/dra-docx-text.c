/* dra-docx-text.c: what the elements of a DOCX text do: paragraphs, fields, boxes, notes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-docx-private.h"

#include <string.h>

#include "readers/dra-document-info.h"

#define MAX_BOXES 32       /* text boxes in one another; deeper ones join the last */
#define MAX_FIELDS 64      /* fields in one another */
#define MAX_COMMENT 100000 /* bytes */

/* --- Paragraphs and runs ------------------------------------------------------------- */

void
dra_docx_text_begin_paragraph (DraDocx *self)
{
  self->now.open = TRUE;
  self->now.begun = FALSE;
  self->now.style = NULL;
  self->now.num_id = self->now.num_level = self->now.outline = -1;
  self->now.in_run = self->now.in_properties = FALSE;
}

/* The list the paragraph is an item of, 0 when it is none. */
static int
get_list (DraDocx *self,
          int     *level)
{
  const DraDocxStyle *style = self->now.style;
  int num_id = self->now.num_id >= 0 ? self->now.num_id : style != NULL ? style->num_id : 0;

  *level = self->now.num_level >= 0 ? self->now.num_level : style != NULL && style->level >= 0 ? style->level : 0;

  return MAX (num_id, 0);
}

static void
begin_block (DraDocx *self)
{
  const DraDocxStyle *style = self->now.style;
  DraBlockKind kind = style != NULL ? style->kind : DRA_BLOCK_PARAGRAPH;
  int outline = self->now.outline >= 0 ? self->now.outline : style != NULL ? style->outline : -1;
  int list_level;
  int num_id = get_list (self, &list_level);
  g_autofree char *label = NULL;
  guint level = 0;

  self->now.begun = TRUE;
  if (outline >= 0 && outline < 9 && kind != DRA_BLOCK_TITLE)
    kind = DRA_BLOCK_HEADING;
  else if (kind == DRA_BLOCK_HEADING)
    kind = DRA_BLOCK_PARAGRAPH;
  if (num_id > 0)
    label = dra_docx_numbering_next (self->numbering, num_id, list_level);
  if (kind == DRA_BLOCK_TITLE)
    {
      if (self->has_title || self->in_note)
        kind = DRA_BLOCK_HEADING;
      outline = 0;
      self->has_title = TRUE;
    }
  if (self->in_note)
    {
      if (dra_flow_has_text (self->flow))
        dra_flow_add_break (self->flow);
      return;
    }
  if (kind == DRA_BLOCK_HEADING)
    level = (guint) MIN (outline + 1, 6);
  else if (kind == DRA_BLOCK_QUOTATION)
    level = 1;
  else if (num_id > 0 && kind == DRA_BLOCK_PARAGRAPH && label != NULL)
    {
      kind = DRA_BLOCK_LIST_ITEM;
      level = (guint) list_level + 1;
    }
  dra_flow_begin_block (self->flow, kind, level, kind == DRA_BLOCK_LIST_ITEM ? label : NULL);
}

void
dra_docx_text_end_paragraph (DraDocx *self)
{
  int level;
  int num_id = get_list (self, &level);

  /* An item without text counts. */
  if (!self->now.begun && num_id > 0)
    g_free (dra_docx_numbering_next (self->numbering, num_id, level));
  if (!self->in_note)
    dra_flow_end_block (self->flow);
  self->now.open = self->now.begun = FALSE;
  /* A field's result may go on in the next paragraph, what it is made of does not. */
  while (self->fields->len > 0 && !g_array_index (self->fields, DraDocxField, self->fields->len - 1).in_result)
    g_array_set_size (self->fields, self->fields->len - 1);
  if (self->comment != NULL)
    g_string_append (self->comment, "\n\n");
}

static gboolean
is_hidden (DraDocx *self)
{
  if (self->now.run.hidden == 2)
    return TRUE;
  for (guint i = self->fields->len; i > 0; i--)
    if (!g_array_index (self->fields, DraDocxField, i - 1).in_result)
      return TRUE;

  return FALSE;
}

void
dra_docx_text_add_break (DraDocx *self)
{
  if (self->comment != NULL)
    g_string_append_c (self->comment, '\n');
  else if (self->now.begun && !is_hidden (self))
    dra_flow_add_break (self->flow);
}

static const char *
get_link (DraDocx *self)
{
  if (self->now.link != NULL)
    return self->now.link;
  for (guint i = self->fields->len; i > 0; i--)
    if (g_array_index (self->fields, DraDocxField, i - 1).link != NULL)
      return g_array_index (self->fields, DraDocxField, i - 1).link;

  return NULL;
}

static guint
get_styles (DraDocx *self)
{
  const DraDocxRun *run = &self->now.run;
  gboolean heading = self->now.style != NULL && self->now.style->kind == DRA_BLOCK_HEADING;

  return (run->bold == 2 && !heading ? DRA_FLOW_STYLE (DRA_STYLE_STRONG) : 0)
         | (run->italic == 2 ? DRA_FLOW_STYLE (DRA_STYLE_EMPHASIS) : 0)
         | (run->underline == 2 && get_link (self) == NULL ? DRA_FLOW_STYLE (DRA_STYLE_UNDERLINE) : 0)
         | (run->strike == 2 ? DRA_FLOW_STYLE (DRA_STYLE_STRIKETHROUGH) : 0)
         | (run->code != 0 ? DRA_FLOW_STYLE (DRA_STYLE_CODE) : 0)
         | (run->vertical == 2 ? DRA_FLOW_STYLE (DRA_STYLE_SUPERSCRIPT) : 0)
         | (run->vertical == 3 ? DRA_FLOW_STYLE (DRA_STYLE_SUBSCRIPT) : 0);
}

void
dra_docx_text_add (DraDocx    *self,
                   const char *text,
                   gsize       length)
{
  if (self->comment != NULL)
    {
      if (self->comment->len < MAX_COMMENT)
        g_string_append_len (self->comment, text, (gssize) length);
      return;
    }
  if (is_hidden (self) || (self->notes_prefix != 0 && !self->in_note))
    return;
  if (!self->now.begun)
    begin_block (self);
  dra_flow_add_text (self->flow, text, (gssize) length, get_styles (self), get_link (self));
}

void
dra_docx_text_begin_run (DraDocx *self)
{
  self->now.in_run = TRUE;
  self->now.in_run_properties = FALSE;
  memset (&self->now.run, 0, sizeof self->now.run);
  if (self->now.style != NULL)
    self->now.run.hidden = self->now.style->run.hidden;
}

/* Only addresses of the web and of mail are links; places in the document are none. */
char *
dra_docx_text_make_link (const char *target)
{
  return target != NULL && *target != '/' && *target != '#' ? g_strdup (target) : NULL;
}

/* --- Fields ---------------------------------------------------------------------------- */

void
dra_docx_text_change_field (DraDocx    *self,
                            const char *type)
{
  DraDocxField *last = self->fields->len > 0 ? &g_array_index (self->fields, DraDocxField, self->fields->len - 1) : NULL;
  DraDocxField field = { 0 };

  if (type == NULL)
    return;
  if (strcmp (type, "begin") == 0)
    {
      if (self->fields->len >= MAX_FIELDS)
        {
          self->n_fields_over++;
          return;
        }
      field.instruction = g_string_new (NULL);
      g_array_append_val (self->fields, field);
    }
  else if (self->n_fields_over > 0)
    self->n_fields_over -= strcmp (type, "end") == 0;
  else if (strcmp (type, "separate") == 0 && last != NULL)
    {
      last->in_result = TRUE;
      g_free (last->link);
      last->link = dra_document_info_find_hyperlink (last->instruction->str);
    }
  else if (strcmp (type, "end") == 0 && last != NULL)
    g_array_set_size (self->fields, self->fields->len - 1);
}

/* --- Text boxes, images, notes --------------------------------------------------------- */

void
dra_docx_text_begin_box (DraDocx *self)
{
  if (self->boxes->len >= MAX_BOXES)
    {
      self->overflow++;
      return;
    }
  g_array_append_val (self->boxes, self->now);
  memset (&self->now, 0, sizeof self->now);
  self->now.floor = dra_flow_grids_enter (self->tables);
  dra_flow_begin_aside (self->flow);
}

void
dra_docx_text_end_box (DraDocx *self)
{
  if (self->overflow > 0)
    {
      self->overflow--;
      return;
    }
  if (self->boxes->len == 0)
    return;
  dra_flow_grids_leave (self->tables, self->now.floor);
  dra_flow_end_block (self->flow);
  dra_flow_end_aside (self->flow);
  g_free (self->now.link);
  self->now = g_array_index (self->boxes, DraDocxParagraph, self->boxes->len - 1);
  g_array_index (self->boxes, DraDocxParagraph, self->boxes->len - 1).link = NULL;
  g_array_set_size (self->boxes, self->boxes->len - 1);
}

void
dra_docx_text_add_image (DraDocx    *self,
                         const char *id)
{
  const char *target = id != NULL ? g_hash_table_lookup (self->relations, id) : NULL;
  const char *path = target != NULL && *target == '/' ? dra_zip_find (self->zip, target) : NULL;

  if (path == NULL || self->comment != NULL || (self->notes_prefix != 0 && !self->in_note))
    return;
  g_ptr_array_add (self->images, g_strdup (path));
  dra_flow_add_image (self->flow, self->alternative, path);
  g_clear_pointer (&self->alternative, g_free);
}

void
dra_docx_text_set_alternative (DraDocx      *self,
                               DraXmlStream *stream,
                               const char   *description,
                               const char   *title)
{
  const char *text = dra_xml_stream_get_attribute (stream, 0, description);

  if (text == NULL || *text == '\0')
    text = dra_xml_stream_get_attribute (stream, 0, title);
  g_free (self->alternative);
  self->alternative = g_strdup (text);
}

void
dra_docx_text_add_reference (DraDocx    *self,
                             char        prefix,
                             const char *id)
{
  g_autofree char *key = NULL;
  char *label;

  if (id == NULL || self->in_note || self->comment != NULL || is_hidden (self))
    return;
  key = g_strdup_printf ("%c%s", prefix, id);
  label = g_hash_table_lookup (self->footnotes, key);
  if (label == NULL)
    {
      label = g_strdup_printf ("%u", ++self->n_footnotes);
      g_hash_table_insert (self->footnotes, g_steal_pointer (&key), label);
    }
  if (!self->now.begun)
    begin_block (self);
  dra_flow_add_reference (self->flow, label);
}

void
dra_docx_text_begin_footnote (DraDocx    *self,
                              const char *id)
{
  g_autofree char *key = g_strdup_printf ("%c%s", self->notes_prefix, id != NULL ? id : "");
  const char *label = g_hash_table_lookup (self->footnotes, key);

  if (label == NULL || self->in_note)
    return;
  dra_flow_begin_footnote (self->flow, label);
  self->in_note = TRUE;
}

void
dra_docx_text_begin_comment (DraDocx      *self,
                             DraXmlStream *stream)
{
  const char *author = dra_xml_stream_get_attribute (stream, W, "author");

  if (self->comment != NULL)
    return;
  if (author == NULL || *author == '\0')
    author = dra_xml_stream_get_attribute (stream, W, "initials");
  self->comment = g_string_new (NULL);
  self->comment_id = g_strdup (dra_xml_stream_get_attribute (stream, W, "id"));
  self->comment_author = g_strdup (author);
  self->comment_time = dra_document_info_parse_time (dra_xml_stream_get_attribute (stream, W, "date"));
}

void
dra_docx_text_end_comment (DraDocx *self)
{
  if (self->comment == NULL)
    return;
  g_strstrip (self->comment->str);
  if (self->comment_id != NULL && *self->comment->str != '\0')
    dra_flow_set_comment (self->flow, self->comment_id, self->comment_author, self->comment_time,
                          self->comment->str);
  g_string_free (g_steal_pointer (&self->comment), TRUE);
  g_clear_pointer (&self->comment_id, g_free);
  g_clear_pointer (&self->comment_author, g_free);
}
