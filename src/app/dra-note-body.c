/* dra-note-body.c: a note's text as it looks: at rest in a label, and while it is typed.
 *
 * What is stored and typed is the text with its marks (dra-note-markup.h).  While it is
 * typed only tags of the buffer change, never its characters, so that undo and the cursor
 * know nothing of it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-note-body.h"

#include <string.h>

#include "notes/dra-note-markup.h"

#define INDENT 14 /* pixels a level of a list */
#define MAX_LEVELS 9
#define MAX_FORMATTED (32 * 1024) /* bytes: longer ones are typed without looks */

/* --- at rest ---------------------------------------------------------------------- */

static void
open_element (const char          *body,
              const DraNoteMarkup *span,
              gpointer             data)
{
  GString *out = data;

  switch (span->kind)
    {
    case DRA_NOTE_MARKUP_STRONG:
      g_string_append (out, "<b>");
      break;
    case DRA_NOTE_MARKUP_EMPHASIS:
      g_string_append (out, "<i>");
      break;
    case DRA_NOTE_MARKUP_CODE:
      g_string_append (out, "<tt>");
      break;
    case DRA_NOTE_MARKUP_QUOTE:
      g_string_append (out, "<span alpha=\"75%\"><i>");
      break;
    case DRA_NOTE_MARKUP_LINK:
      if (dra_note_markup_is_safe (body + span->target_start, span->target_end - span->target_start))
        {
          g_autofree char *address = g_markup_escape_text (body + span->target_start,
                                                           (gssize) (span->target_end - span->target_start));

          g_string_append_printf (out, "<a href=\"%s\" title=\"%s\">", address, address);
        }
      else
        {
          g_string_append (out, "<u>");
        }
      break;
    case DRA_NOTE_MARKUP_ITEM:
      for (guint i = 0; i < span->level; i++)
        g_string_append (out, "\u2003");
      break;
    case DRA_NOTE_MARKUP_MARKER:
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
close_element (const char          *body,
               const DraNoteMarkup *span,
               gpointer             data)
{
  GString *out = data;

  switch (span->kind)
    {
    case DRA_NOTE_MARKUP_STRONG:
      g_string_append (out, "</b>");
      break;
    case DRA_NOTE_MARKUP_EMPHASIS:
      g_string_append (out, "</i>");
      break;
    case DRA_NOTE_MARKUP_CODE:
      g_string_append (out, "</tt>");
      break;
    case DRA_NOTE_MARKUP_QUOTE:
      g_string_append (out, "</i></span>");
      break;
    case DRA_NOTE_MARKUP_LINK:
      g_string_append (out, dra_note_markup_is_safe (body + span->target_start,
                                                     span->target_end - span->target_start) ? "</a>" : "</u>");
      break;
    case DRA_NOTE_MARKUP_ITEM:
    case DRA_NOTE_MARKUP_MARKER:
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
append_text (const char *text,
             gsize       length,
             gpointer    data)
{
  g_autofree char *escaped = g_markup_escape_text (text, (gssize) length);

  g_string_append (data, escaped);
}

/**
 * dra_note_body_to_markup:
 * @body: a note's text
 *
 * Shows what is marked and leaves out the marks.
 *
 * Returns: (transfer full): Pango markup
 */
char *
dra_note_body_to_markup (const char *body)
{
  static const DraNoteMarkupVisitor visitor = { append_text, open_element, close_element };
  GString *out = g_string_new (NULL);

  dra_note_markup_visit (body, &visitor, out);
  return g_string_free (out, FALSE);
}

/* --- while it is typed ------------------------------------------------------------ */

static const char *const tag_names[] = {
  [DRA_NOTE_MARKUP_STRONG] = "note-strong",
  [DRA_NOTE_MARKUP_EMPHASIS] = "note-emphasis",
  [DRA_NOTE_MARKUP_CODE] = "note-code",
  [DRA_NOTE_MARKUP_LINK] = "note-link",
  [DRA_NOTE_MARKUP_QUOTE] = "note-quote",
  [DRA_NOTE_MARKUP_MARKER] = "note-marker",
};

static void
make_tags (GtkTextBuffer *buffer)
{
  /* A grey that is read on light, sepia and dark cards alike. */
  const GdkRGBA dim = { 0.5f, 0.5f, 0.5f, 1.0f };

  gtk_text_buffer_create_tag (buffer, tag_names[DRA_NOTE_MARKUP_QUOTE], "style", PANGO_STYLE_ITALIC,
                              "left-margin", INDENT, NULL);
  gtk_text_buffer_create_tag (buffer, tag_names[DRA_NOTE_MARKUP_STRONG], "weight", PANGO_WEIGHT_BOLD, NULL);
  gtk_text_buffer_create_tag (buffer, tag_names[DRA_NOTE_MARKUP_EMPHASIS], "style", PANGO_STYLE_ITALIC, NULL);
  gtk_text_buffer_create_tag (buffer, tag_names[DRA_NOTE_MARKUP_CODE], "family", "monospace", NULL);
  gtk_text_buffer_create_tag (buffer, tag_names[DRA_NOTE_MARKUP_LINK], "underline", PANGO_UNDERLINE_SINGLE, NULL);
  for (guint i = 0; i < MAX_LEVELS; i++)
    {
      g_autofree char *name = g_strdup_printf ("note-item-%u", i);

      /* What wraps stands below the item's words, not below its mark. */
      gtk_text_buffer_create_tag (buffer, name, "left-margin", INDENT * (int) (i + 1) + 4, "indent", -INDENT, NULL);
    }
  gtk_text_buffer_create_tag (buffer, tag_names[DRA_NOTE_MARKUP_MARKER], "foreground-rgba", &dim,
                              "weight", PANGO_WEIGHT_NORMAL, "style", PANGO_STYLE_NORMAL, NULL);
}

static void
remove_tag_cb (GtkTextTag *tag,
               gpointer    buffer)
{
  GtkTextIter start, end;
  g_autofree char *name = NULL;

  g_object_get (tag, "name", &name, NULL);
  if (name == NULL || !g_str_has_prefix (name, "note-"))
    return;
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_remove_tag (buffer, tag, &start, &end);
}

/* Bytes of the text to iters, from the place before: spans come by start. */
static void
apply (GtkTextBuffer       *buffer,
       const char          *text,
       const DraNoteMarkup *span)
{
  g_autofree char *item = g_strdup_printf ("note-item-%u", MIN (span->level, MAX_LEVELS - 1));
  GtkTextIter start, end;

  gtk_text_buffer_get_iter_at_offset (buffer, &start, (int) g_utf8_pointer_to_offset (text, text + span->start));
  end = start;
  gtk_text_iter_forward_chars (&end, (int) g_utf8_pointer_to_offset (text + span->start, text + span->end));
  gtk_text_buffer_apply_tag_by_name (buffer, span->kind == DRA_NOTE_MARKUP_ITEM ? item : tag_names[span->kind],
                                     &start, &end);
}

static void
buffer_changed_cb (GtkTextBuffer *buffer)
{
  GtkTextIter start, end;
  g_autofree char *text = NULL;
  g_autoptr (GArray) spans = NULL;
  gsize length;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
  length = strlen (text);
  gtk_text_tag_table_foreach (gtk_text_buffer_get_tag_table (buffer), remove_tag_cb, buffer);
  if (length > MAX_FORMATTED)
    return;

  spans = dra_note_markup_parse (text, length);
  for (guint i = 0; i < spans->len; i++)
    apply (buffer, text, &g_array_index (spans, DraNoteMarkup, i));
}

/**
 * dra_note_body_follow:
 * @buffer: where a note is typed
 *
 * Shows, from now on, what is marked in the text.
 */
void
dra_note_body_follow (GtkTextBuffer *buffer)
{
  g_return_if_fail (GTK_IS_TEXT_BUFFER (buffer));

  make_tags (buffer);
  g_signal_connect (buffer, "changed", G_CALLBACK (buffer_changed_cb), NULL);
  buffer_changed_cb (buffer);
}

/* --- keys ------------------------------------------------------------------------- */

/* Whether the letters at the end (or, of what follows, the beginning) of a text are a mark:
 * of three stars one is emphasis and two are strong. */
static gboolean
has_mark (const char *text,
          gboolean    at_end,
          const char *mark)
{
  const gsize length = strlen (text), width = strlen (mark);
  gsize n = 0;

  while (n < length && text[at_end ? length - 1 - n : n] == *mark)
    n++;
  return *mark == '*' && width == 1 ? n % 2 == 1 : n >= width;
}

/* Puts the marks around what is selected, or takes them off when they are there. */
static void
toggle_mark (GtkTextBuffer *buffer,
             const char    *mark)
{
  const int n = (int) strlen (mark);
  GtkTextIter start, end, before, after;
  g_autofree char *left = NULL;
  g_autofree char *right = NULL;
  int from, to;

  gtk_text_buffer_get_selection_bounds (buffer, &start, &end);
  before = start;
  after = end;
  gtk_text_iter_backward_chars (&before, 3);
  gtk_text_iter_forward_chars (&after, 3);
  left = gtk_text_buffer_get_text (buffer, &before, &start, TRUE);
  right = gtk_text_buffer_get_text (buffer, &end, &after, TRUE);
  from = gtk_text_iter_get_offset (&start);
  to = gtk_text_iter_get_offset (&end);

  gtk_text_buffer_begin_user_action (buffer);
  if (has_mark (left, TRUE, mark) && has_mark (right, FALSE, mark))
    {
      after = end;
      gtk_text_iter_forward_chars (&after, n);
      gtk_text_buffer_delete (buffer, &end, &after);
      gtk_text_buffer_get_iter_at_offset (buffer, &before, from - n);
      gtk_text_buffer_get_iter_at_offset (buffer, &start, from);
      gtk_text_buffer_delete (buffer, &before, &start);
      from -= n;
      to -= n;
    }
  else
    {
      gtk_text_buffer_insert (buffer, &end, mark, n);
      gtk_text_buffer_get_iter_at_offset (buffer, &start, from);
      gtk_text_buffer_insert (buffer, &start, mark, n);
      from += n;
      to += n;
    }
  gtk_text_buffer_get_iter_at_offset (buffer, &start, from);
  gtk_text_buffer_get_iter_at_offset (buffer, &end, to);
  gtk_text_buffer_select_range (buffer, &end, &start);
  gtk_text_buffer_end_user_action (buffer);
}

/* The mark the next line of a list or quotation begins with; empty when the line has nothing
 * but its mark, which then ends the list; NULL outside of one. */
static char *
next_marker (const char *line)
{
  g_autoptr (GArray) spans = dra_note_markup_parse (line, strlen (line));
  gsize end = 0;
  guint64 number;
  const char *digits;

  for (guint i = 0; i < spans->len; i++)
    {
      const DraNoteMarkup *span = &g_array_index (spans, DraNoteMarkup, i);

      if (span->kind == DRA_NOTE_MARKUP_MARKER && span->start == end && line[span->end - 1] == ' ')
        end = span->end;
    }
  if (end == 0)
    return NULL;
  if (line[end] == '\0')
    return g_strdup ("");

  digits = line + end - 2;
  if (strchr (".)", *digits) == NULL)
    return g_strndup (line, end);
  while (digits > line && g_ascii_isdigit (digits[-1]))
    digits--;
  number = g_ascii_strtoull (digits, NULL, 10) + 1;
  return g_strdup_printf ("%.*s%" G_GUINT64_FORMAT "%.2s", (int) (digits - line), line, number, line + end - 2);
}

static gboolean
continue_list (GtkTextBuffer *buffer)
{
  GtkTextIter start, cursor;
  g_autofree char *line = NULL;
  g_autofree char *marker = NULL;

  if (gtk_text_buffer_get_has_selection (buffer))
    return FALSE;
  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
  start = cursor;
  gtk_text_iter_set_line_offset (&start, 0);
  line = gtk_text_buffer_get_text (buffer, &start, &cursor, TRUE);
  marker = next_marker (line);
  if (marker == NULL)
    return FALSE;

  gtk_text_buffer_begin_user_action (buffer);
  if (*marker == '\0')
    {
      gtk_text_buffer_delete (buffer, &start, &cursor);
    }
  else
    {
      gtk_text_buffer_insert (buffer, &cursor, "\n", 1);
      gtk_text_buffer_insert (buffer, &cursor, marker, -1);
    }
  gtk_text_buffer_end_user_action (buffer);
  return TRUE;
}

/**
 * dra_note_body_key:
 * @buffer: where a note is typed
 * @key: a key value
 * @state: the modifiers held
 *
 * Marks what is selected as strong (Ctrl+B), emphasis (Ctrl+I) or code (Ctrl+E), and goes on
 * with a list when Enter is pressed in one.
 *
 * Returns: whether the key was used
 */
gboolean
dra_note_body_key (GtkTextBuffer   *buffer,
                   guint            key,
                   GdkModifierType  state)
{
  const GdkModifierType held = state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK | GDK_ALT_MASK | GDK_SUPER_MASK);

  g_return_val_if_fail (GTK_IS_TEXT_BUFFER (buffer), FALSE);

  if (held == 0 && (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter))
    return continue_list (buffer);
  if (held != GDK_CONTROL_MASK)
    return FALSE;
  switch (gdk_keyval_to_lower (key))
    {
    case GDK_KEY_b:
      toggle_mark (buffer, "**");
      return TRUE;
    case GDK_KEY_i:
      toggle_mark (buffer, "*");
      return TRUE;
    case GDK_KEY_e:
      toggle_mark (buffer, "`");
      return TRUE;
    default:
      return FALSE;
    }
}
