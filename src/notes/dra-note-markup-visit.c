/* dra-note-markup-visit.c: a note's text gone through in order, without its marks: what the
 * cards, the copies and the pages make of it differs only in how they say "bold".
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "notes/dra-note-markup.h"

#include <string.h>

#define MAX_FORMATTED (256 * 1024) /* bytes: longer ones are shown as they are */

typedef struct
{
  const char                 *body;
  const DraNoteMarkupVisitor *visitor;
  gpointer                    data;
  GArray                     *spans;
  GArray                     *open; /* guint: spans that are not closed yet, the innermost last */
} Visit;

static void
put_text (Visit *visit,
          gsize  from,
          gsize  to)
{
  if (to > from)
    visit->visitor->text (visit->body + from, to - from, visit->data);
}

/* Closes every span that ends at or before the byte; the text up to it has been put out as
 * far as the byte that is returned. */
static gsize
close_until (Visit *visit,
             gsize  at,
             gsize  byte)
{
  while (visit->open->len > 0)
    {
      const guint i = g_array_index (visit->open, guint, visit->open->len - 1);
      const DraNoteMarkup *span = &g_array_index (visit->spans, DraNoteMarkup, i);

      if (span->end > byte)
        break;
      put_text (visit, at, span->end);
      at = MAX (at, span->end);
      visit->visitor->end (visit->body, span, visit->data);
      g_array_set_size (visit->open, visit->open->len - 1);
    }
  return at;
}

/* The mark of an item is shown: as a bullet, or as the number it is. */
static void
put_marker (Visit               *visit,
            const DraNoteMarkup *span)
{
  const char *body = visit->body;
  gsize mark;

  if (span->end - span->start < 2 || body[span->end - 1] != ' ' || body[span->end - 2] == '>')
    return;
  mark = span->start + strspn (body + span->start, " ");
  if (g_ascii_isdigit (body[mark]))
    put_text (visit, mark, span->end);
  else
    visit->visitor->text ("•\u00A0", strlen ("•\u00A0"), visit->data);
}

/**
 * dra_note_markup_visit:
 * @body: a note's text
 * @visitor: what is called: for text, which is not terminated; and where a span other than a
 *   marker begins and ends, properly nested
 * @data: for @visitor
 *
 * Goes through a note as it reads.  Text longer than 256 KiB has no spans.
 */
void
dra_note_markup_visit (const char                 *body,
                       const DraNoteMarkupVisitor *visitor,
                       gpointer                    data)
{
  const gsize length = strlen (body);
  Visit visit = { .body = body, .visitor = visitor, .data = data };
  gsize at = 0;

  if (length > MAX_FORMATTED)
    {
      put_text (&visit, 0, length);
      return;
    }

  visit.spans = dra_note_markup_parse (body, length);
  visit.open = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < visit.spans->len; i++)
    {
      const DraNoteMarkup *span = &g_array_index (visit.spans, DraNoteMarkup, i);

      at = close_until (&visit, at, span->start);
      put_text (&visit, at, span->start);
      at = MAX (at, span->start);
      if (span->kind != DRA_NOTE_MARKUP_MARKER)
        {
          visitor->begin (body, span, data);
          g_array_append_val (visit.open, i);
          continue;
        }
      put_marker (&visit, span);
      at = MAX (at, span->end);
    }
  at = close_until (&visit, at, length);
  put_text (&visit, at, length);
  g_array_unref (visit.spans);
  g_array_unref (visit.open);
}
