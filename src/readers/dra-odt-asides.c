/* dra-odt-asides.c: what stands in an OpenDocument text and interrupts it: text boxes,
 * footnotes, comments and pictures.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-odt-state.h"

#include <string.h>

#define MAX_SAVED 32 /* text boxes, notes and comments in one another */

/* --- Inside something else ------------------------------------------------------------ */

void
dra_odt_save (DraOdt *self)
{
  if (self->saved->len >= MAX_SAVED)
    {
      self->overflow++;
      return;
    }
  g_array_append_val (self->saved, self->now);
  memset (&self->now, 0, sizeof self->now);
  self->now.n_spans = self->spans->len;
  self->now.n_lists = self->lists->len;
  self->now.floor = dra_flow_grids_enter (self->tables);
}

void
dra_odt_restore (DraOdt *self)
{
  if (self->overflow > 0)
    {
      self->overflow--;
      return;
    }
  if (self->saved->len == 0)
    return;
  dra_flow_grids_leave (self->tables, self->now.floor);
  g_array_set_size (self->spans, self->now.n_spans);
  g_array_set_size (self->lists, self->now.n_lists);
  g_free (self->now.label);
  self->now = g_array_index (self->saved, DraOdtInside, self->saved->len - 1);
  g_array_index (self->saved, DraOdtInside, self->saved->len - 1).label = NULL;
  g_array_set_size (self->saved, self->saved->len - 1);
}

/* --- Notes, comments, images ------------------------------------------------------------------ */

void
dra_odt_start_note_body (DraOdt *self)
{
  g_autofree char *label = g_strdup_printf ("%u", self->n_footnotes + 1);

  if (!self->in_note && self->comment == NULL && !dra_odt_get_span (self)->hidden)
    {
      self->n_footnotes++;
      if (!self->now.begun && self->now.in_paragraph)
        dra_odt_begin_block (self);
      dra_flow_add_reference (self->flow, label);
      dra_flow_begin_footnote (self->flow, label);
      dra_odt_save (self);
      self->in_note = TRUE;
    }
  else
    self->skip = 1;
}

void
dra_odt_end_note_body (DraOdt *self)
{
  if (!self->in_note)
    return;
  dra_odt_restore (self);
  dra_flow_end_footnote (self->flow);
  self->in_note = FALSE;
}

void
dra_odt_start_comment (DraOdt       *self,
                       DraXmlStream *stream)
{
  const char *name = dra_xml_stream_get_attribute (stream, OFFICE, "name");

  if (self->comment != NULL || self->saved->len >= MAX_SAVED)
    {
      self->skip = 1;
      return;
    }
  self->comment_id = name != NULL ? g_strconcat ("n", name, NULL) : g_strdup_printf ("#%u", self->n_comments++);
  dra_flow_begin_comment (self->flow, self->comment_id);
  self->comment = g_string_new (NULL);
  self->comment_time = 0;
  dra_odt_save (self);
}

void
dra_odt_end_comment (DraOdt *self)
{
  if (self->comment == NULL)
    return;
  dra_odt_restore (self);
  g_strstrip (self->comment->str);
  if (*self->comment->str != '\0')
    dra_flow_set_comment (self->flow, self->comment_id, self->comment_author, self->comment_time,
                          self->comment->str);
  g_string_free (g_steal_pointer (&self->comment), TRUE);
  g_clear_pointer (&self->comment_id, g_free);
  g_clear_pointer (&self->comment_author, g_free);
}

void
dra_odt_start_image (DraOdt       *self,
                     DraXmlStream *stream)
{
  const char *href = dra_xml_stream_get_attribute (stream, XLINK, "href");
  g_autofree char *path = href != NULL && self->zip != NULL ? dra_zip_resolve ("content.xml", href) : NULL;
  const char *found = path != NULL ? dra_zip_find (self->zip, path) : NULL;

  /* A frame has its picture in several forms: the first counts. */
  if (found == NULL || self->image != NULL || self->comment != NULL)
    return;
  g_ptr_array_add (self->images, g_strdup (found));
  self->image = g_strdup (found);
}

void
dra_odt_end_frame (DraOdt *self)
{
  if (self->image != NULL && !dra_odt_get_span (self)->hidden)
    {
      g_strstrip (self->alternative->str);
      dra_flow_add_image (self->flow, *self->alternative->str != '\0' ? self->alternative->str : NULL, self->image);
    }
  g_clear_pointer (&self->image, g_free);
  g_string_truncate (self->alternative, 0);
}

void
dra_odt_end_binary (DraOdt *self)
{
  if (self->binary == NULL)
    return;
  g_ptr_array_add (self->binaries, g_byte_array_free_to_bytes (g_steal_pointer (&self->binary)));
  self->image = g_strdup_printf ("image%u", self->binaries->len);
}

void
dra_odt_start_binary (DraOdt *self)
{
  if (self->image != NULL || self->binary != NULL || self->comment != NULL)
    return;
  self->binary = g_byte_array_new ();
  self->base64_state = 0;
  self->base64_save = 0;
}
