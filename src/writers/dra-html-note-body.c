/* dra-html-note-body.c: what a note says, as elements: the Markdown subset of notes.
 *
 * In the margin, inside a paragraph, only inline elements are allowed; so paragraphs, items
 * and quotations are spans with a class there, and look the same.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "writers/dra-html-private.h"

#include <string.h>

#include "notes/dra-note-markup.h"
#include "writers/dra-markup-output.h"

typedef struct
{
  GString    *out;
  const char *element; /* of a paragraph */
  const char *open;    /* (nullable): class of the paragraph that is open */
  const char *wanted;  /* class of the line that comes */
  guint       breaks;  /* line ends since the last text */
  guint       level;   /* of the item that comes */
} Body;

static void
end_paragraph (Body *self)
{
  if (self->open != NULL)
    g_string_append_printf (self->out, "</%s>", self->element);
  self->open = NULL;
}

/* Before text or an element: the paragraph it belongs to. */
static void
prepare (Body *self)
{
  gboolean same = self->open == self->wanted && self->breaks < 2
                  && !(self->breaks > 0 && g_str_equal (self->wanted, "body item"));

  if (!same)
    {
      end_paragraph (self);
      g_string_append_printf (self->out, "<%s class=\"%s\">", self->element, self->wanted);
      self->open = self->wanted;
      for (; self->level > 0; self->level--)
        g_string_append (self->out, "\u2003");
    }
  else if (self->breaks > 0)
    {
      g_string_append (self->out, "<br/>");
    }
  self->breaks = 0;
}

static void
text_cb (const char *text,
         gsize       length,
         gpointer    data)
{
  Body *self = data;
  const char *end = text + length;

  while (text < end)
    {
      const char *stop = text;

      while (stop < end && *stop != '\n' && *stop != '\r')
        stop++;
      if (stop > text)
        {
          prepare (self);
          dra_markup_append_text (self->out, text, (gssize) (stop - text));
        }
      if (stop < end)
        {
          /* "\r\n" is one, which a note that was typed has nowhere. */
          self->breaks += *stop == '\n' || stop + 1 == end || stop[1] != '\n';
          stop++;
        }
      text = stop;
    }
}

static void
begin_cb (const char          *body,
          const DraNoteMarkup *span,
          gpointer             data)
{
  Body *self = data;
  g_autofree char *target = NULL;

  switch (span->kind)
    {
    case DRA_NOTE_MARKUP_ITEM:
      self->wanted = "body item";
      self->level = span->level;
      return;
    case DRA_NOTE_MARKUP_QUOTE:
      self->wanted = "body quotation";
      return;
    case DRA_NOTE_MARKUP_MARKER:
      return;
    case DRA_NOTE_MARKUP_STRONG:
      prepare (self);
      g_string_append (self->out, "<strong>");
      return;
    case DRA_NOTE_MARKUP_EMPHASIS:
      prepare (self);
      g_string_append (self->out, "<em>");
      return;
    case DRA_NOTE_MARKUP_CODE:
      prepare (self);
      g_string_append (self->out, "<code>");
      return;
    case DRA_NOTE_MARKUP_LINK:
      prepare (self);
      if (!dra_note_markup_is_safe (body + span->target_start, span->target_end - span->target_start))
        {
          g_string_append (self->out, "<u>");
          return;
        }
      target = g_strndup (body + span->target_start, span->target_end - span->target_start);
      g_string_append (self->out, "<a rel=\"noreferrer\"");
      dra_markup_append_attribute (self->out, "href", target);
      g_string_append_c (self->out, '>');
      return;
    default:
      g_assert_not_reached ();
    }
}

static void
end_cb (const char          *body,
        const DraNoteMarkup *span,
        gpointer             data)
{
  static const char *const ends[] = {
    [DRA_NOTE_MARKUP_STRONG] = "</strong>",
    [DRA_NOTE_MARKUP_EMPHASIS] = "</em>",
    [DRA_NOTE_MARKUP_CODE] = "</code>",
  };
  Body *self = data;

  switch (span->kind)
    {
    case DRA_NOTE_MARKUP_ITEM:
    case DRA_NOTE_MARKUP_QUOTE:
      self->wanted = "body";
      break;
    case DRA_NOTE_MARKUP_LINK:
      g_string_append (self->out, dra_note_markup_is_safe (body + span->target_start,
                                                           span->target_end - span->target_start)
                                    ? "</a>" : "</u>");
      break;
    case DRA_NOTE_MARKUP_STRONG:
    case DRA_NOTE_MARKUP_EMPHASIS:
    case DRA_NOTE_MARKUP_CODE:
      g_string_append (self->out, ends[span->kind]);
      break;
    case DRA_NOTE_MARKUP_MARKER:
    default:
      g_assert_not_reached ();
    }
}

/**
 * dra_html_append_note_body:
 * @out: where to
 * @note: a note
 * @element: "p", or "span" where only inline elements are allowed
 *
 * Appends what the note says and its tags.
 */
void
dra_html_append_note_body (GString           *out,
                           const DraCopyNote *note,
                           const char        *element)
{
  static const DraNoteMarkupVisitor visitor = { text_cb, begin_cb, end_cb };
  const char *const *tags = dra_note_get_tags (note->note);
  Body body = { .out = out, .element = element, .wanted = "body" };

  dra_note_markup_visit (dra_note_get_body (note->note), &visitor, &body);
  end_paragraph (&body);
  if (tags[0] == NULL)
    return;
  g_string_append_printf (out, "<%s class=\"tags\">", element);
  for (guint i = 0; tags[i] != NULL; i++)
    {
      g_string_append (out, i > 0 ? " <bdi>" : "<bdi>");
      dra_markup_append_text (out, tags[i], -1);
      g_string_append (out, "</bdi>");
    }
  g_string_append_printf (out, "</%s>", element);
}
