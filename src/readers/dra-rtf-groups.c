/* dra-rtf-groups.c: what begins and ends with a group of an RTF file: footnotes, comments,
 * boxes, properties, fields and the style sheet.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-rtf-state.h"

#include <string.h>

#include "readers/dra-document-info.h"

#define MAX_GROUPS 100000 /* open at a time; deeper ones are taken for part of the last */

/* --- Footnotes, comments, boxes ---------------------------------------------------------------------- */

/* Returns FALSE when there are too many in one another. */
gboolean
dra_rtf_go_inside (DraRtf *self,
                   int     kind)
{
  if (self->inside->len >= DRA_RTF_MAX_INSIDE)
    return FALSE;
  g_array_append_val (self->inside, self->now);
  memset (&self->now, 0, sizeof self->now);
  self->now.kind = kind;
  dra_rtf_top (self)->inside = TRUE;
  dra_rtf_top (self)->in_table = FALSE;
  dra_rtf_top (self)->outline = -1;
  dra_rtf_top (self)->list = 0;
  dra_rtf_top (self)->link = 0;
  dra_rtf_top (self)->styles = 0;

  return TRUE;
}

void
dra_rtf_start_footnote (DraRtf *self)
{
  g_autofree char *label = g_strdup_printf ("%u", self->n_footnotes + 1);
  DraRtfGroup *group = dra_rtf_top (self);

  if (self->in_note || self->comment != NULL || group->hidden || group->destination != DRA_RTF_TO_NORMAL
      || self->inside->len >= DRA_RTF_MAX_INSIDE)
    {
      group->destination = DRA_RTF_TO_SKIP;
      return;
    }
  self->n_footnotes++;
  dra_rtf_prepare_text (self);
  dra_flow_add_reference (self->flow, label);
  dra_flow_begin_footnote (self->flow, label);
  dra_rtf_go_inside (self, -1);
  self->in_note = TRUE;
}

void
dra_rtf_start_comment (DraRtf *self)
{
  if (self->comment != NULL || !dra_rtf_go_inside (self, DRA_RTF_TO_COMMENT))
    {
      dra_rtf_top (self)->destination = DRA_RTF_TO_SKIP;
      return;
    }
  dra_rtf_top (self)->destination = DRA_RTF_TO_COMMENT;
  self->comment = g_string_new (NULL);
}

static void
end_comment (DraRtf *self)
{
  g_autofree char *id = NULL;

  g_strstrip (self->comment->str);
  id = self->atn_ref != NULL ? g_strconcat ("r", self->atn_ref, NULL)
                             : g_strdup_printf ("#%u", self->n_comments++);
  if (*self->comment->str != '\0')
    {
      dra_flow_end_comment (self->flow, id);
      dra_flow_set_comment (self->flow, id, self->atn_author != NULL ? self->atn_author : self->atn_id,
                            self->atn_time, self->comment->str);
    }
  g_string_free (g_steal_pointer (&self->comment), TRUE);
  g_clear_pointer (&self->atn_author, g_free);
  g_clear_pointer (&self->atn_id, g_free);
  g_clear_pointer (&self->atn_ref, g_free);
  self->atn_time = 0;
}

static void
leave (DraRtf *self)
{
  int kind = self->now.kind;

  dra_rtf_end_table (self);
  if (kind == -1)
    {
      dra_flow_end_footnote (self->flow);
      self->in_note = FALSE;
    }
  else if (kind == -2)
    {
      dra_flow_end_block (self->flow);
      dra_flow_end_aside (self->flow);
    }
  g_free (self->now.label);
  self->now = g_array_index (self->inside, DraRtfInside, self->inside->len - 1);
  g_array_index (self->inside, DraRtfInside, self->inside->len - 1).label = NULL;
  g_array_set_size (self->inside, self->inside->len - 1);
  if (kind == DRA_RTF_TO_COMMENT && self->comment != NULL)
    end_comment (self);
}

/* --- Values --------------------------------------------------------------------------------------------- */

/* DTTM: minutes, hours, days, months, years since 1900, from the low bits up. */
static gint64
parse_dttm (const char *value)
{
  gint64 number = g_ascii_strtoll (value, NULL, 10);
  guint32 bits = (guint32) number;
  g_autoptr (GDateTime) time = g_date_time_new_utc (1900 + (int) ((bits >> 20) & 0x1FF), (int) ((bits >> 16) & 0xF),
                                                    (int) ((bits >> 11) & 0x1F), (int) ((bits >> 6) & 0x1F),
                                                    (int) (bits & 0x3F), 0);

  return time != NULL ? g_date_time_to_unix (time) * G_USEC_PER_SEC : 0;
}

static void
set_string (char       **field,
            const char  *value)
{
  g_free (*field);
  *field = *value != '\0' ? g_strdup (value) : NULL;
}

static void
end_instruction (DraRtf *self,
                 guint   field)
{
  g_autofree char *link = dra_document_info_find_hyperlink (self->value->str);

  if (link == NULL || field >= self->groups->len)
    return;
  g_ptr_array_add (self->links, g_steal_pointer (&link));
  g_array_index (self->groups, DraRtfGroup, field).link = self->links->len - 1;
}

static void
end_value (DraRtf *self,
           int     what,
           guint   field)
{
  g_autofree char *id = NULL;
  const char *value = g_strstrip (self->value->str);

  switch (what)
    {
    case DRA_RTF_V_TITLE:
      dra_flow_set_metadata (self->flow, DRA_METADATA_TITLE, value);
      break;
    case DRA_RTF_V_AUTHOR:
      dra_flow_set_metadata (self->flow, DRA_METADATA_BYLINE, value);
      break;
    case DRA_RTF_V_INSTRUCTION:
      end_instruction (self, field);
      break;
    case DRA_RTF_V_MARKER:
      set_string (&self->now.label, strcmp (value, "\357\277\275") == 0 ? "•" : value);
      break;
    case DRA_RTF_V_ATN_AUTHOR:
      set_string (&self->atn_author, value);
      break;
    case DRA_RTF_V_ATN_ID:
      set_string (&self->atn_id, value);
      break;
    case DRA_RTF_V_ATN_REF:
      set_string (&self->atn_ref, value);
      break;
    case DRA_RTF_V_ATN_DATE:
      self->atn_time = parse_dttm (value);
      break;
    case DRA_RTF_V_ATN_START:
    case DRA_RTF_V_ATN_END:
      id = g_strconcat ("r", value, NULL);
      if (what == DRA_RTF_V_ATN_START)
        dra_flow_begin_comment (self->flow, id);
      else
        dra_flow_end_comment (self->flow, id);
      break;
    case DRA_RTF_V_TIME:
      if (self->year > 0)
        {
          g_autofree char *date = g_strdup_printf ("%04d-%02d-%02d", self->year, MAX (self->month, 1), MAX (self->day, 1));

          dra_flow_set_metadata (self->flow, DRA_METADATA_PUBLISHED, date);
        }
      break;
    default:
      break;
    }
  g_string_truncate (self->value, 0);
}

void
dra_rtf_start_value (DraRtf      *self,
                     DraRtfValue  what)
{
  dra_rtf_put_text (self);
  dra_rtf_top (self)->destination = DRA_RTF_TO_VALUE;
  dra_rtf_top (self)->what = what;
  g_string_truncate (self->value, 0);
}

/* The name of a style stands at the end of its group, before a ';'. */
static void
end_style (DraRtf *self)
{
  DraRtfStyle *style;
  int outline = -1;
  char *end = strchr (self->style_name->str, ';');

  if (end != NULL)
    *end = '\0';
  if (self->style_number >= 0 && !g_hash_table_contains (self->styles, GINT_TO_POINTER (self->style_number)))
    {
      style = g_new0 (DraRtfStyle, 1);
      *style = self->style;
      style->kind = DRA_BLOCK_PARAGRAPH;
      style->has_kind = dra_document_info_find_kind (self->style_name->str, &style->kind, &outline);
      if (style->outline < 0)
        style->outline = outline;
      g_hash_table_insert (self->styles, GINT_TO_POINTER (self->style_number), style);
    }
  g_string_truncate (self->style_name, 0);
  self->style_number = -1;
  self->style = (DraRtfStyle){ -1, DRA_BLOCK_PARAGRAPH, FALSE, -1 };
}

/* --- Groups ------------------------------------------------------------------------------------------------ */

void
dra_rtf_open_group (DraRtf *self)
{
  DraRtfGroup group;

  dra_rtf_put_text (self);
  self->skip = 0;
  if (self->groups->len >= MAX_GROUPS)
    {
      self->overflow++;
      return;
    }
  group = *dra_rtf_top (self);
  group.inside = FALSE;
  group.star = FALSE;
  group.fresh = TRUE;
  g_array_append_val (self->groups, group);
  if (group.destination == DRA_RTF_TO_STYLES)
    {
      g_string_truncate (self->style_name, 0);
      self->style_number = 0;
      self->style = (DraRtfStyle){ -1, DRA_BLOCK_PARAGRAPH, FALSE, -1 };
    }
}

void
dra_rtf_close_group (DraRtf *self)
{
  DraRtfGroup group;
  gboolean own_value;
  DraRtfGroup *outer;

  dra_rtf_put_text (self);
  self->skip = 0;
  if (self->overflow > 0)
    {
      self->overflow--;
      return;
    }
  if (self->groups->len <= 1)
    return;
  group = *dra_rtf_top (self);
  outer = &g_array_index (self->groups, DraRtfGroup, self->groups->len - 2);
  own_value = group.destination == DRA_RTF_TO_VALUE && (outer->destination != DRA_RTF_TO_VALUE || outer->what != group.what);
  g_array_set_size (self->groups, self->groups->len - 1);
  if (group.inside)
    leave (self);
  if (own_value)
    end_value (self, group.what, group.field);
  if (group.destination == DRA_RTF_TO_STYLES && outer->destination == DRA_RTF_TO_STYLES)
    end_style (self);
  if (group.destination == DRA_RTF_TO_PICTURE && outer->destination != DRA_RTF_TO_PICTURE)
    dra_rtf_end_picture (self);
}
