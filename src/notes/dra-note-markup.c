/* dra-note-markup.c: what in a note's text is bold, a link, a list: the Markdown subset.
 *
 * One pass over each line.  Emphasis is found with one open mark of each sort, not with
 * CommonMark's stack of delimiters, and what has once been looked for in vain on a line is
 * not looked for again: both keep a line of nothing but marks linear.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "notes/dra-note-markup.h"

#include <stdlib.h>
#include <string.h>

#define MAX_TICKS 3 /* of a code span's mark: no note needs more */
#define NONE G_MAXSIZE

typedef struct
{
  const char *text;
  gsize end;            /* of the line */
  GArray *spans;
  gsize open[2][2];     /* [0: *, 1: _][0: one, 1: two]: the first byte of an open mark */
  gsize bracket;        /* an open [ */
  gboolean no_ticks[MAX_TICKS + 1]; /* no such mark follows on this line */
  gboolean no_parenthesis;
} Line;

static void
add (Line              *line,
     DraNoteMarkupKind  kind,
     gsize              start,
     gsize              end)
{
  DraNoteMarkup span = { .kind = kind, .start = start, .end = end };

  if (end > start)
    g_array_append_val (line->spans, span);
}

static gboolean
is_space_at (const Line *line,
             gsize       at)
{
  return at >= line->end || g_unichar_isspace (g_utf8_get_char (line->text + at));
}

static gboolean
is_word_at (const Line *line,
            gsize       at)
{
  return at < line->end && g_unichar_isalnum (g_utf8_get_char (line->text + at));
}

static gsize
before (const Line *line,
        gsize       start,
        gsize       at)
{
  return at > start ? (gsize) (g_utf8_prev_char (line->text + at) - line->text) : line->end;
}

static gsize
run_length (const Line *line,
            gsize       at)
{
  gsize n = 1;

  while (at + n < line->end && line->text[at + n] == line->text[at])
    n++;
  return n;
}

/* What was opened inside of a span that now closes cannot close any more. */
static void
forget_after (Line  *line,
              gsize  at)
{
  for (guint i = 0; i < 4; i++)
    if (line->open[i / 2][i % 2] != NONE && line->open[i / 2][i % 2] > at)
      line->open[i / 2][i % 2] = NONE;
  if (line->bracket != NONE && line->bracket > at)
    line->bracket = NONE;
}

static gboolean
close_emphasis (Line  *line,
                guint  sort,
                guint  two,
                gsize  at)
{
  const gsize open = line->open[sort][two], width = two + 1;

  if (open == NONE || open + width >= at)
    return FALSE;
  add (line, two ? DRA_NOTE_MARKUP_STRONG : DRA_NOTE_MARKUP_EMPHASIS, open + width, at);
  add (line, DRA_NOTE_MARKUP_MARKER, open, open + width);
  add (line, DRA_NOTE_MARKUP_MARKER, at, at + width);
  line->open[sort][two] = NONE;
  forget_after (line, open);
  return TRUE;
}

/* Up to three of * or _; the flanks are those of CommonMark, in short. */
static gsize
read_emphasis (Line  *line,
               gsize  start,
               gsize  at)
{
  const guint sort = line->text[at] == '_';
  const gsize n = run_length (line, at);
  const gsize last = before (line, start, at);
  const gboolean opens = !is_space_at (line, at + n) && (sort == 0 || !is_word_at (line, last));
  const gboolean closes = !is_space_at (line, last) && (sort == 0 || !is_word_at (line, at + n));
  gsize done = 0;

  if (n > 3)
    return at + n;
  while (closes && done < n)
    {
      const gboolean two = n - done >= 2 && line->open[sort][1] != NONE &&
                           (line->open[sort][0] == NONE || line->open[sort][1] > line->open[sort][0] || n - done == 2);

      if (!close_emphasis (line, sort, two, at + done))
        break;
      done += two + 1;
    }
  if (opens && n - done == 3)
    {
      line->open[sort][1] = at; /* the outer one */
      line->open[sort][0] = at + 2;
    }
  else if (opens && n > done)
    {
      line->open[sort][n - done == 2] = at + done;
    }
  return at + n;
}

static gsize
read_code (Line  *line,
           gsize  at)
{
  const gsize n = run_length (line, at);
  gsize i = at + n;

  if (n > MAX_TICKS || line->no_ticks[n])
    return at + n;
  while (i < line->end)
    {
      gsize m;

      if (line->text[i] != '`')
        {
          i++;
          continue;
        }
      m = run_length (line, i);
      if (m == n)
        {
          add (line, DRA_NOTE_MARKUP_CODE, at + n, i);
          add (line, DRA_NOTE_MARKUP_MARKER, at, at + n);
          add (line, DRA_NOTE_MARKUP_MARKER, i, i + n);
          return i + n;
        }
      i += m;
    }
  line->no_ticks[n] = TRUE;
  return at + n;
}

static void
add_link (Line  *line,
          gsize  start,
          gsize  end,
          gsize  target_start,
          gsize  target_end)
{
  DraNoteMarkup span = { DRA_NOTE_MARKUP_LINK, 0, start, end, target_start, target_end };

  g_array_append_val (line->spans, span);
}

/* ](address), when a [ is open. */
static gsize
read_link (Line  *line,
           gsize  at)
{
  const gsize open = line->bracket;
  gsize i = at + 2;

  line->bracket = NONE;
  if (open == NONE || open + 1 == at || at + 1 >= line->end || line->text[at + 1] != '(' || line->no_parenthesis)
    return at + 1;
  while (i < line->end && strchr (" \t()<>", line->text[i]) == NULL)
    i++;
  if (i >= line->end)
    line->no_parenthesis = TRUE;
  if (i >= line->end || line->text[i] != ')' || i == at + 2)
    return at + 1;

  add_link (line, open + 1, at, at + 2, i);
  add (line, DRA_NOTE_MARKUP_MARKER, open, open + 1);
  add (line, DRA_NOTE_MARKUP_MARKER, at, i + 1);
  forget_after (line, open);
  return i + 1;
}

/* An address that stands for itself, without the stop that ends its sentence. */
static gsize
read_address (Line  *line,
              gsize  start,
              gsize  at)
{
  gsize i = at;

  if (is_word_at (line, before (line, start, at)) ||
      (strncmp (line->text + at, "https://", 8) != 0 && strncmp (line->text + at, "http://", 7) != 0))
    return at + 1;
  while (i < line->end && !is_space_at (line, i) && strchr ("<>\"`*", line->text[i]) == NULL)
    i = g_utf8_next_char (line->text + i) - line->text;
  while (i > at && strchr (".,;:!?)]'_", line->text[i - 1]) != NULL)
    i--;
  if (i - at > 8)
    add_link (line, at, i, at, i);
  return MAX (i, at + 1);
}

static void
read_inline (Line  *line,
             gsize  start)
{
  gsize i = start;

  memset (line->open, 0xFF, sizeof line->open); /* NONE */
  memset (line->no_ticks, 0, sizeof line->no_ticks);
  line->bracket = NONE;
  line->no_parenthesis = FALSE;
  while (i < line->end)
    switch (line->text[i])
      {
      case '\\':
        if (i + 1 < line->end && g_ascii_ispunct (line->text[i + 1]))
          add (line, DRA_NOTE_MARKUP_MARKER, i, i + 1);
        i += i + 1 < line->end && g_ascii_ispunct (line->text[i + 1]) ? 2 : 1;
        break;
      case '*':
      case '_':
        i = read_emphasis (line, start, i);
        break;
      case '`':
        i = read_code (line, i);
        break;
      case '[':
        line->bracket = i++;
        break;
      case ']':
        i = read_link (line, i);
        break;
      case 'h':
        i = line->bracket == NONE ? read_address (line, start, i) : i + 1;
        break;
      default:
        i++;
      }
}

/* The length of "- " or "12. " at the byte, 0 for none. */
static gsize
item_marker (const Line *line,
             gsize       at)
{
  gsize i = at;

  if (i < line->end && strchr ("-*+", line->text[i]) != NULL)
    i++;
  else
    {
      while (i < line->end && i - at < 9 && g_ascii_isdigit (line->text[i]))
        i++;
      if (i == at || i >= line->end || strchr (".)", line->text[i]) == NULL)
        return 0;
      i++;
    }
  return i < line->end && line->text[i] == ' ' ? i + 1 - at : 0;
}

static void
read_line (Line  *line,
           gsize  start)
{
  gsize at = start, n;
  DraNoteMarkup span = { .end = line->end };

  while (at < line->end && line->text[at] == '>')
    {
      gsize mark = at++;

      at += at < line->end && line->text[at] == ' ';
      if (mark == start)
        add (line, DRA_NOTE_MARKUP_QUOTE, start, line->end);
      add (line, DRA_NOTE_MARKUP_MARKER, mark, at);
    }
  span.start = at;
  while (at < line->end && line->text[at] == ' ')
    at++;
  n = item_marker (line, at);
  if (n > 0)
    {
      span.kind = DRA_NOTE_MARKUP_ITEM;
      span.level = (guint) MIN ((at - span.start) / 2, 8);
      g_array_append_val (line->spans, span);
      add (line, DRA_NOTE_MARKUP_MARKER, span.start, at + n);
      at += n;
    }
  read_inline (line, at);
}

static int
compare_spans (gconstpointer a,
               gconstpointer b)
{
  const DraNoteMarkup *left = a, *right = b;

  if (left->start != right->start)
    return left->start < right->start ? -1 : 1;
  if (left->end != right->end)
    return left->end > right->end ? -1 : 1;
  return (int) left->kind - (int) right->kind;
}

/**
 * dra_note_markup_parse:
 * @body: a note's text, valid UTF-8
 * @length: its length in bytes
 *
 * Finds what is marked in a note's text.  The work is linear but for one sort.
 *
 * Returns: (transfer full) (element-type DraNoteMarkup): the spans
 */
GArray *
dra_note_markup_parse (const char *body,
                       gsize       length)
{
  Line line = { .text = body, .spans = g_array_new (FALSE, FALSE, sizeof (DraNoteMarkup)) };

  g_return_val_if_fail (body != NULL, line.spans);

  for (gsize start = 0; start < length; start = line.end + 1)
    {
      const char *end = memchr (body + start, '\n', length - start);

      line.end = end != NULL ? (gsize) (end - body) : length;
      read_line (&line, start);
    }
  g_array_sort (line.spans, compare_spans);
  return line.spans;
}

/**
 * dra_note_markup_is_safe:
 * @address: an address
 * @length: its length in bytes
 *
 * Returns: whether it may be opened: what is on the network, and mail
 */
gboolean
dra_note_markup_is_safe (const char *address,
                         gsize       length)
{
  static const char *const schemes[] = { "http://", "https://", "mailto:" };

  g_return_val_if_fail (address != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (length > strlen (schemes[i]) && g_ascii_strncasecmp (address, schemes[i], strlen (schemes[i])) == 0)
      return TRUE;
  return FALSE;
}

/**
 * dra_note_markup_to_plain:
 * @body: a note's text, valid UTF-8
 *
 * Leaves out the marks, for where a note is shown in one line or read aloud.
 *
 * Returns: (transfer full): the text as it reads
 */
char *
dra_note_markup_to_plain (const char *body)
{
  g_autoptr (GArray) spans = NULL;
  GString *plain = g_string_new (NULL);
  gsize at = 0;

  g_return_val_if_fail (body != NULL, g_string_free (plain, FALSE));

  spans = dra_note_markup_parse (body, strlen (body));
  for (guint i = 0; i < spans->len; i++)
    {
      const DraNoteMarkup *span = &g_array_index (spans, DraNoteMarkup, i);

      if (span->kind != DRA_NOTE_MARKUP_MARKER || span->start < at)
        continue;
      g_string_append_len (plain, body + at, (gssize) (span->start - at));
      if (span->end - span->start >= 3 && body[span->end - 1] == ' ' && strchr (".)", body[span->end - 2]) != NULL)
        g_string_append_len (plain, body + span->start, (gssize) (span->end - span->start)); /* "1. " is read */
      at = span->end;
    }
  g_string_append (plain, body + at);
  return g_string_free (plain, FALSE);
}
