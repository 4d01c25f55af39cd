/* dra-copy-notes.c: the notes of a copy: in the order of the text, numbered, and in words.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "writers/dra-copy-notes.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "article/dra-date.h"

/* Code points of a passage that a note in a list shows: enough to recognize it. */
#define MAX_QUOTE 180

static int
compare_notes (gconstpointer a,
               gconstpointer b)
{
  const DraCopyNote *x = a;
  const DraCopyNote *y = b;
  gboolean x_placed = dra_range_length (x->range) > 0;
  gboolean y_placed = dra_range_length (y->range) > 0;
  gint64 x_created = dra_note_get_created (x->note);
  gint64 y_created = dra_note_get_created (y->note);

  if (x_placed != y_placed)
    return x_placed ? -1 : 1;
  if (x->range.start != y->range.start)
    return x->range.start < y->range.start ? -1 : 1;
  if (x->range.end != y->range.end)
    return x->range.end > y->range.end ? -1 : 1;
  if (x_created != y_created)
    return x_created < y_created ? -1 : 1;

  return g_strcmp0 (dra_note_get_uuid (x->note), dra_note_get_uuid (y->note));
}

static int
compare_ends (gconstpointer a,
              gconstpointer b,
              gpointer      data)
{
  guint i = *(const guint *) a;
  guint j = *(const guint *) b;
  DraRange x = g_array_index ((GArray *) data, DraCopyNote, i).range;
  DraRange y = g_array_index ((GArray *) data, DraCopyNote, j).range;

  if ((dra_range_length (x) > 0) != (dra_range_length (y) > 0))
    return dra_range_length (x) > 0 ? -1 : 1;
  if (x.end != y.end)
    return x.end < y.end ? -1 : 1;

  return (i > j) - (i < j);
}

static gboolean
range_fits (DraArticle *article,
            DraRange    range)
{
  gsize length;
  const char *text = dra_article_get_text (article, &length);

  return range.start < range.end && range.end <= length
         && ((guchar) text[range.start] & 0xC0) != 0x80
         && ((guchar) text[range.end] & 0xC0) != 0x80;
}

/**
 * dra_copy_notes_init:
 * @self: (out caller-allocates): the notes
 * @article: the article they are anchored in
 * @notes: (nullable) (element-type DraNote): them; borrowed
 *
 * Sorts the notes and numbers those that say something or have lost their place, in the
 * order in which their numbers come in the text.
 */
void
dra_copy_notes_init (DraCopyNotes *self,
                     DraArticle   *article,
                     GPtrArray    *notes)
{
  self->all = g_array_new (FALSE, FALSE, sizeof (DraCopyNote));
  self->numbered = g_array_new (FALSE, FALSE, sizeof (guint));
  self->n_placed = 0;

  for (guint i = 0; notes != NULL && i < notes->len; i++)
    {
      DraCopyNote note = { .note = g_ptr_array_index (notes, i) };

      if (dra_note_get_target (note.note) == DRA_NOTE_TARGET_PASSAGE)
        {
          DraAnchorState state = dra_note_get_anchor (note.note, &note.range, NULL);

          note.lost = state == DRA_ANCHOR_LOST;
          if (note.lost || state == DRA_ANCHOR_UNSURE || !range_fits (article, note.range))
            note.range = (DraRange){ 0, 0 };
        }
      g_array_append_val (self->all, note);
    }
  g_array_sort (self->all, compare_notes);

  for (guint i = 0; i < self->all->len; i++)
    {
      const DraCopyNote *note = dra_copy_notes_get (self, i);
      gboolean placed = dra_range_length (note->range) > 0;

      self->n_placed += placed;
      if (!placed || *dra_note_get_body (note->note) != '\0'
          || dra_note_get_tags (note->note)[0] != NULL)
        g_array_append_val (self->numbered, i);
    }
  g_array_sort_with_data (self->numbered, compare_ends, self->all);
  for (guint i = 0; i < self->numbered->len; i++)
    dra_copy_notes_by_number (self, i + 1)->number = i + 1;
}

/**
 * dra_copy_notes_clear:
 * @self: the notes
 */
void
dra_copy_notes_clear (DraCopyNotes *self)
{
  g_clear_pointer (&self->all, g_array_unref);
  g_clear_pointer (&self->numbered, g_array_unref);
}

/**
 * dra_copy_notes_get:
 * @self: the notes
 * @index: which, below their number
 *
 * Returns: (transfer none): that note, in text order
 */
DraCopyNote *
dra_copy_notes_get (const DraCopyNotes *self,
                    guint               index)
{
  return &g_array_index (self->all, DraCopyNote, index);
}

/**
 * dra_copy_notes_by_number:
 * @self: the notes
 * @number: from 1 to how many are numbered
 *
 * Returns: (transfer none): the note of that number
 */
DraCopyNote *
dra_copy_notes_by_number (const DraCopyNotes *self,
                          guint               number)
{
  return dra_copy_notes_get (self, g_array_index (self->numbered, guint, number - 1));
}

/**
 * dra_copy_note_dup_about:
 * @note: a note
 *
 * Returns: (transfer full) (nullable): what a note is about that has no passage in the
 *   text, in words; %NULL for one that has
 */
char *
dra_copy_note_dup_about (const DraCopyNote *note)
{
  switch (dra_note_get_target (note->note))
    {
    case DRA_NOTE_TARGET_ARTICLE:
      return g_strdup (_("About the whole article"));

    case DRA_NOTE_TARGET_ENTITY:
      /* Translators: %s is the name of a person or organization. */
      return g_strdup_printf (_("About %s"), dra_note_get_entity_name (note->note));

    case DRA_NOTE_TARGET_PASSAGE:
    default:
      if (note->lost)
        return g_strdup (_("This passage is no longer in the text"));
      if (dra_range_length (note->range) == 0)
        return g_strdup (_("Where this belongs in the text is uncertain"));
      return NULL;
    }
}

/**
 * dra_copy_note_dup_passage:
 * @note: a note
 * @article: the article
 *
 * The passage on one line, from the text where it has a place there, else as it was
 * quoted; cut at a word, with an ellipsis, where it is long.
 *
 * Returns: (transfer full) (nullable): the passage, or %NULL when there is none
 */
char *
dra_copy_note_dup_passage (const DraCopyNote *note,
                           DraArticle        *article)
{
  const DraQuote *quote = dra_note_get_quote (note->note);
  g_autofree char *line = NULL;
  const char *start;
  gsize length;
  char *cut;

  if (dra_range_length (note->range) > 0)
    {
      start = dra_article_get_text (article, NULL) + note->range.start;
      length = dra_range_length (note->range);
    }
  else if (quote != NULL && quote->exact != NULL)
    {
      start = quote->exact;
      length = strlen (start);
    }
  else
    return NULL;

  if (length > MAX_QUOTE * 6)
    length = g_utf8_find_prev_char (start, start + MAX_QUOTE * 6 + 1) - start;
  line = g_strndup (start, length);
  for (char *p = line; *p != '\0'; p++)
    if (*p == '\n' || *p == '\t')
      *p = ' ';
  if (g_utf8_strlen (line, -1) <= MAX_QUOTE)
    return g_steal_pointer (&line);

  cut = g_utf8_offset_to_pointer (line, MAX_QUOTE);
  for (char *space = cut; space > line + (cut - line) / 2; space--)
    if (*space == ' ')
      {
        cut = space;
        break;
      }
  *cut = '\0';

  return g_strconcat (line, " …", NULL);
}

/**
 * dra_copy_note_dup_date:
 * @note: a note
 * @iso: (out) (optional) (transfer full): the time in ISO 8601
 *
 * Returns: (transfer full) (nullable): when it was changed last, for people
 */
char *
dra_copy_note_dup_date (const DraCopyNote  *note,
                        char              **iso)
{
  g_autoptr (GDateTime) date
    = g_date_time_new_from_unix_utc (dra_note_get_modified (note->note) / G_USEC_PER_SEC);
  g_autofree char *time = NULL;
  g_autofree char *formatted = NULL;

  if (date == NULL)
    return NULL;
  time = g_date_time_format (date, "%Y-%m-%dT%H:%M:%SZ");
  if (dra_copy_format_date (time, &formatted) == NULL)
    return NULL;
  if (iso != NULL)
    *iso = g_steal_pointer (&time);

  return g_steal_pointer (&formatted);
}

/**
 * dra_copy_format_date:
 * @iso: (nullable): ISO 8601 date, with or without time
 * @formatted: (out) (transfer full): the date for people
 *
 * Returns: (nullable): @iso when it is a date that a time element may hold, else %NULL
 */
const char *
dra_copy_format_date (const char  *iso,
                      char       **formatted)
{
  g_autofree char *words = NULL;

  if (iso == NULL || strlen (iso) < 10 || !g_ascii_isdigit (iso[0]) || iso[4] != '-')
    return NULL;

  words = dra_date_dup_words (iso);
  if (words == NULL)
    return NULL;

  *formatted = g_steal_pointer (&words);
  return iso;
}

/**
 * dra_copy_dup_origin:
 * @article: an article
 *
 * The address of the original article, for a file that leaves the machine: of a local
 * file only its name, since the path says more about the reader than about the article.
 *
 * The same as annotations have for their source (dra-web-annotation.c).
 *
 * Returns: (transfer full): a URI, or a relative one of one segment
 */
char *
dra_copy_dup_origin (DraArticle *article)
{
  const char *uri = dra_article_get_metadata (article, DRA_METADATA_ORIGIN_URI);
  const char *slash;

  if (uri == NULL)
    uri = dra_article_get_metadata (article, DRA_METADATA_SOURCE_URI);
  if (uri != NULL && !g_str_has_prefix (uri, "file:")
      && g_uri_is_valid (uri, G_URI_FLAGS_NONE, NULL))
    return g_strdup (uri);

  slash = uri != NULL ? strrchr (uri, '/') : NULL;
  if (slash != NULL && slash[1] != '\0')
    {
      g_autofree char *plain = g_uri_unescape_string (slash + 1, NULL);

      return g_uri_escape_string (plain != NULL ? plain : slash + 1, NULL, TRUE);
    }

  return g_strconcat ("urn:sha256:", dra_article_get_hash (article), NULL);
}

/**
 * dra_copy_is_web_address:
 * @address: (nullable): the target of a link
 *
 * Returns: whether a page may link to it: http, https and mailto only
 */
gboolean
dra_copy_is_web_address (const char *address)
{
  static const char *const schemes[] = { "http://", "https://", "mailto:" };

  if (address == NULL || !g_utf8_validate (address, -1, NULL))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (g_ascii_strncasecmp (address, schemes[i], strlen (schemes[i])) == 0
        && address[strlen (schemes[i])] != '\0')
      return TRUE;

  return FALSE;
}
