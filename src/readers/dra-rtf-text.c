/* dra-rtf-text.c: paragraphs, tables, characters and pictures of an RTF file, put into the
 * flow of its article with the style its group has at the moment.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-rtf-state.h"

#define MAX_VALUE 4096      /* bytes of a property, a field, a marker */
#define MAX_COMMENT 100000  /* bytes */

/* --- Blocks -------------------------------------------------------------------------------- */

static const DraRtfStyle *
find_style (DraRtf *self,
            int     number)
{
  DraRtfStyle *style = g_hash_table_lookup (self->styles, GINT_TO_POINTER (number));
  const DraRtfStyle *base = style;

  for (guint i = 0; style != NULL && i < 20; i++)
    {
      if (base->style_base < 0)
        break;
      base = g_hash_table_lookup (self->styles, GINT_TO_POINTER (base->style_base));
      if (base == NULL)
        break;
      if (!style->has_kind && base->has_kind)
        {
          style->has_kind = TRUE;
          style->kind = base->kind;
        }
      style->outline = style->outline >= 0 ? style->outline : base->outline;
    }
  if (style != NULL)
    style->style_base = -1;

  return style;
}

static void
ensure_row (DraRtf *self)
{
  if (!self->now.table_open)
    dra_flow_begin_table (self->flow, self->now.n_columns);
  self->now.table_open = TRUE;
  if (!self->now.row_open)
    {
      dra_flow_begin_row (self->flow, self->now.heading);
      dra_flow_begin_cell (self->flow);
      self->now.row_open = TRUE;
      self->now.cell_waiting = FALSE;
      self->now.begun = FALSE;
    }
  else if (self->now.cell_waiting)
    {
      dra_flow_begin_cell (self->flow);
      self->now.cell_waiting = FALSE;
      self->now.begun = FALSE;
    }
}

void
dra_rtf_end_table (DraRtf *self)
{
  if (self->now.table_open)
    dra_flow_end_table (self->flow);
  self->now.table_open = self->now.row_open = self->now.cell_waiting = FALSE;
}

static void
begin_block (DraRtf *self)
{
  DraRtfGroup *group = dra_rtf_top (self);
  const DraRtfStyle *style = find_style (self, group->style);
  DraBlockKind kind = style != NULL ? style->kind : DRA_BLOCK_PARAGRAPH;
  int outline = group->outline >= 0 ? group->outline : style != NULL ? style->outline : -1;
  guint level = kind == DRA_BLOCK_QUOTATION ? 1 : 0;

  self->now.begun = TRUE;
  if (self->in_note)
    {
      if (dra_flow_has_text (self->flow))
        dra_flow_add_break (self->flow);
      return;
    }
  if (kind != DRA_BLOCK_TITLE && outline >= 0 && outline < 9)
    {
      kind = DRA_BLOCK_HEADING;
      level = (guint) MIN (outline + 1, 6);
    }
  else if (kind == DRA_BLOCK_HEADING)
    kind = DRA_BLOCK_PARAGRAPH;
  else if (kind == DRA_BLOCK_PARAGRAPH && (self->now.label != NULL || group->list > 0))
    {
      kind = DRA_BLOCK_LIST_ITEM;
      level = MIN (group->level, 8) + 1;
    }
  dra_flow_begin_block (self->flow, kind, level,
                        kind == DRA_BLOCK_LIST_ITEM ? (self->now.label != NULL ? self->now.label : "•") : NULL);
  g_clear_pointer (&self->now.label, g_free);
}

void
dra_rtf_prepare_text (DraRtf *self)
{
  if (dra_rtf_top (self)->in_table)
    ensure_row (self);
  else if (self->now.table_open)
    dra_rtf_end_table (self);
  if (!self->now.begun)
    begin_block (self);
}

/* Text of links is underlined because it is a link. */
void
dra_rtf_put_text (DraRtf *self)
{
  DraRtfGroup *group = dra_rtf_top (self);
  const char *link = g_ptr_array_index (self->links, group->link);
  guint styles = group->styles;

  if (self->text->len == 0)
    return;
  switch (group->destination)
    {
    case DRA_RTF_TO_NORMAL:
      if (group->hidden || group->deleted)
        break;
      dra_rtf_prepare_text (self);
      if (link != NULL)
        styles &= ~DRA_FLOW_STYLE (DRA_STYLE_UNDERLINE);
      dra_flow_add_text (self->flow, self->text->str, (gssize) self->text->len, styles, link);
      break;
    case DRA_RTF_TO_COMMENT:
      if (self->comment != NULL && self->comment->len < MAX_COMMENT)
        g_string_append_len (self->comment, self->text->str, (gssize) self->text->len);
      break;
    case DRA_RTF_TO_VALUE:
      if (self->value->len < MAX_VALUE)
        g_string_append_len (self->value, self->text->str, (gssize) self->text->len);
      break;
    case DRA_RTF_TO_STYLES:
      if (self->style_name->len < MAX_VALUE)
        g_string_append_len (self->style_name, self->text->str, (gssize) self->text->len);
      break;
    case DRA_RTF_TO_SKIP:
    case DRA_RTF_TO_FONTS:
    case DRA_RTF_TO_INFO:
    case DRA_RTF_TO_PICTURE:
    case DRA_RTF_TO_SHAPE:
    case DRA_RTF_TO_FIELD:
    default:
      break;
    }
  g_string_truncate (self->text, 0);
}

void
dra_rtf_end_paragraph (DraRtf *self)
{
  DraRtfGroup *group = dra_rtf_top (self);

  if (group->destination == DRA_RTF_TO_COMMENT && self->comment != NULL)
    g_string_append (self->comment, "\n\n");
  if (group->destination != DRA_RTF_TO_NORMAL)
    return;
  if (!self->in_note)
    dra_flow_end_block (self->flow);
  self->now.begun = FALSE;
  g_clear_pointer (&self->now.label, g_free);
}

void
dra_rtf_add_break (DraRtf *self)
{
  DraRtfGroup *group = dra_rtf_top (self);

  if (group->destination == DRA_RTF_TO_COMMENT && self->comment != NULL)
    g_string_append_c (self->comment, '\n');
  else if (group->destination == DRA_RTF_TO_NORMAL && self->now.begun && !group->hidden)
    dra_flow_add_break (self->flow);
}

void
dra_rtf_end_cell (DraRtf *self)
{
  if (dra_rtf_top (self)->destination != DRA_RTF_TO_NORMAL)
    return;
  ensure_row (self);
  self->now.cell_waiting = TRUE;
  self->now.begun = FALSE;
}

void
dra_rtf_end_row (DraRtf *self)
{
  if (dra_rtf_top (self)->destination != DRA_RTF_TO_NORMAL || !self->now.row_open)
    return;
  dra_flow_end_row (self->flow);
  self->now.row_open = self->now.cell_waiting = self->now.begun = FALSE;
}

/* --- Characters ------------------------------------------------------------------------------- */

static int
get_page (DraRtf *self)
{
  int page = GPOINTER_TO_INT (g_hash_table_lookup (self->fonts, GINT_TO_POINTER (dra_rtf_top (self)->font)));

  return page != 0 ? page : self->page;
}

static void add_pict_hex (DraRtf       *self,
                          const guint8 *data,
                          gsize         length);

void
dra_rtf_add_bytes (DraRtf       *self,
                   const guint8 *data,
                   gsize         length)
{
  gsize skipped = MIN (self->skip, length);

  self->skip -= (guint) skipped;
  data += skipped;
  length -= skipped;
  if (length == 0)
    return;
  if (dra_rtf_top (self)->destination == DRA_RTF_TO_PICTURE)
    add_pict_hex (self, data, length);
  else if (dra_rtf_top (self)->destination != DRA_RTF_TO_SKIP)
    dra_rtf_decoder_add (&self->decoder, get_page (self), data, length, self->text);
}

/* A character that stands for itself, not for one given by number before. */
void
dra_rtf_add_utf8 (DraRtf     *self,
                  const char *text)
{
  if (self->skip > 0)
    {
      self->skip--;
      return;
    }
  dra_rtf_decoder_flush (&self->decoder, self->text);
  g_string_append (self->text, text);
}

void
dra_rtf_add_unicode (DraRtf *self,
                     int     number)
{
  gunichar c = (gunichar) (number < 0 ? number + 65536 : number);

  self->skip = dra_rtf_top (self)->uc;
  dra_rtf_decoder_flush (&self->decoder, self->text);
  if (c >= 0xD800 && c < 0xDC00)
    {
      self->surrogate = c;
      return;
    }
  if (c >= 0xDC00 && c < 0xE000 && self->surrogate != 0)
    c = 0x10000 + ((self->surrogate - 0xD800) << 10) + (c - 0xDC00);
  self->surrogate = 0;
  /* Symbol fonts lie in the private area. */
  if (c == 0xF0B7)
    c = 0x2022;
  if (c >= 0x20 && c < 0x110000 && g_unichar_validate (c) && !(c >= 0xE000 && c <= 0xF8FF))
    g_string_append_unichar (self->text, c);
}

/* --- Pictures ------------------------------------------------------------------------------------- */

static void
add_pict_hex (DraRtf       *self,
              const guint8 *data,
              gsize         length)
{
  if (self->picture == NULL || self->picture_type == NULL)
    return;
  for (gsize i = 0; i < length; i++)
    {
      int digit = g_ascii_xdigit_value ((char) data[i]);

      if (digit < 0)
        continue;
      if (self->nibble < 0)
        self->nibble = digit;
      else
        {
          guint8 byte = (guint8) (self->nibble * 16 + digit);

          g_byte_array_append (self->picture, &byte, 1);
          self->nibble = -1;
        }
    }
}

void
dra_rtf_start_picture (DraRtf *self)
{
  dra_rtf_top (self)->destination = DRA_RTF_TO_PICTURE;
  g_clear_pointer (&self->picture, g_byte_array_unref);
  self->picture = g_byte_array_new ();
  self->picture_type = NULL;
  self->nibble = -1;
}

void
dra_rtf_end_picture (DraRtf *self)
{
  g_autofree char *source = NULL;
  DraRtfGroup *outer = dra_rtf_top (self);

  if (self->picture == NULL)
    return;
  if (self->picture->len > 0 && outer->destination == DRA_RTF_TO_NORMAL && !outer->hidden)
    {
      g_ptr_array_add (self->pictures, g_byte_array_free_to_bytes (g_steal_pointer (&self->picture)));
      g_ptr_array_add (self->picture_types, (gpointer) self->picture_type);
      source = g_strdup_printf ("image%u", self->pictures->len);
      if (outer->in_table)
        ensure_row (self);
      else if (self->now.table_open)
        dra_rtf_end_table (self);
      dra_flow_add_image (self->flow, NULL, source);
      if (!dra_flow_has_text (self->flow))
        self->now.begun = FALSE;
    }
  g_clear_pointer (&self->picture, g_byte_array_unref);
}
