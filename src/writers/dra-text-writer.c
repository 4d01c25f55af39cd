/* dra-text-writer.c: a copy as plain text: the article, then numbered notes and the people.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "writers/dra-text-writer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "writers/dra-copy-walk.h"
#include "writers/dra-plain-output.h"

/* Columns of a line below a heading, and of a table's cell that others are aligned with. */
#define MAX_LINE 72
#define MAX_CELL 40
#define MAX_COLUMNS 16

typedef struct
{
  GString      *out;
  DraArticle   *article;
  DraCast      *cast; /* (nullable) */
  DraCopyNotes  notes;
  DraCopyWalk   walk;
  const char   *reference; /* format of the number of a note */
} Text;

static void
append_underlined (Text       *self,
                   const char *line,
                   char        with)
{
  guint width = MIN (dra_plain_width (line), MAX_LINE);

  g_string_append (self->out, line);
  g_string_append_c (self->out, '\n');
  for (guint i = 0; i < width; i++)
    g_string_append_c (self->out, with);
  g_string_append_c (self->out, '\n');
}

/* Every line of text after an indent. */
static void
append_indented (GString    *out,
                 const char *text,
                 const char *first,
                 const char *indent)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (i == 0 || *lines[i] != '\0')
        g_string_append (out, i == 0 ? first : indent);
      g_string_append (out, lines[i]);
      g_string_append_c (out, '\n');
    }
}

/* The text of a block with the numbers of its notes in it. */
static char *
dup_block (Text           *self,
           const DraBlock *block,
           gsize           next_start)
{
  g_autoptr (GString) raw = g_string_new (NULL);
  gsize pos = block->range.start;
  const DraCopyNote *note;

  while (pos < block->range.end)
    {
      DraCopySegment segment;

      while ((note = dra_copy_walk_reference (&self->walk, pos)) != NULL)
        g_string_append_printf (raw, self->reference, note->number);
      dra_copy_walk_segment (&self->walk, pos, block->range.end, &segment);
      g_string_append_len (raw, self->walk.text + pos, segment.end - pos);
      pos = segment.end;
    }
  if (block->kind == DRA_BLOCK_IMAGE)
    {
      g_string_truncate (raw, 0);
      if (block->label != NULL && *block->label != '\0')
        /* Translators: stands for an image in a plain text; %s says what is on it. */
        g_string_append_printf (raw, _("[Image: %s]"), block->label);
      else
        g_string_append (raw, _("[Image]"));
    }
  while ((note = dra_copy_walk_reference (&self->walk, next_start)) != NULL)
    g_string_append_printf (raw, self->reference, note->number);

  return dra_plain_clean (raw->str, TRUE);
}

static guint
count_rows (const DraBlock *blocks,
            guint           n_blocks,
            guint           first)
{
  guint n = 1;

  while (first + n < n_blocks && blocks[first + n].kind == DRA_BLOCK_TABLE_ROW
         && g_strcmp0 (blocks[first + n].label, "first") != 0)
    n++;

  return n;
}

/* A table with its columns below one another. */
static void
append_table (Text           *self,
              const DraBlock *rows,
              guint           n_rows,
              gsize           next_start)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  guint widths[MAX_COLUMNS] = { 0 };

  for (guint i = 0; i < n_rows; i++)
    {
      g_autofree char *text = dup_block (self, &rows[i],
                                         i + 1 < n_rows ? rows[i + 1].range.start : next_start);
      GStrv row = g_strsplit (g_strdelimit (text, "\n", ' '), "\t", -1);

      for (guint j = 0; row[j] != NULL && j < MAX_COLUMNS; j++)
        if (dra_plain_width (row[j]) <= MAX_CELL)
          widths[j] = MAX (widths[j], dra_plain_width (row[j]));
      g_ptr_array_add (cells, row);
    }
  for (guint i = 0; i < n_rows; i++)
    {
      GStrv row = cells->pdata[i];

      for (guint j = 0; row[j] != NULL; j++)
        {
          guint width = dra_plain_width (row[j]);

          g_string_append (self->out, j > 0 ? "  " : "");
          g_string_append (self->out, row[j]);
          if (row[j + 1] != NULL && j < MAX_COLUMNS && width < widths[j])
            g_string_append_printf (self->out, "%*s", (int) (widths[j] - width), "");
        }
      g_string_append_c (self->out, '\n');
    }
}

static void
append_block (Text           *self,
              const DraBlock *block,
              gsize           next_start)
{
  g_autofree char *text = dup_block (self, block, next_start);
  guint depth = CLAMP (block->level, 1, 12);
  g_autofree char *indent = NULL;
  g_autofree char *first = NULL;

  switch (block->kind)
    {
    case DRA_BLOCK_TITLE:
    case DRA_BLOCK_HEADING:
      g_strdelimit (text, "\n", ' ');
      append_underlined (self, text, block->kind == DRA_BLOCK_TITLE ? '=' : '-');
      break;

    case DRA_BLOCK_LIST_ITEM:
      {
        g_autofree char *label = dra_plain_clean (block->label != NULL ? block->label : "•",
                                                  FALSE);

        first = g_strdup_printf ("%*s%s ", (int) depth * 2, "", label);
        indent = g_strdup_printf ("%*s", (int) (depth * 2 + dra_plain_width (label) + 1), "");
        append_indented (self->out, text, first, indent);
        break;
      }

    case DRA_BLOCK_QUOTATION:
      indent = g_strdup_printf ("%*s", (int) depth * 4, "");
      append_indented (self->out, text, indent, indent);
      break;

    case DRA_BLOCK_PREFORMATTED:
      append_indented (self->out, text, "    ", "    ");
      break;

    case DRA_BLOCK_FOOTNOTE:
      if (block->label != NULL)
        {
          g_autofree char *label = dra_plain_clean (block->label, FALSE);

          g_string_append_printf (self->out, "(%s) ", label);
        }
      append_indented (self->out, text, "", "");
      break;

    case DRA_BLOCK_BYLINE:
    case DRA_BLOCK_DATE:
    case DRA_BLOCK_PARAGRAPH:
    case DRA_BLOCK_RULE:
    case DRA_BLOCK_CAPTION:
    case DRA_BLOCK_IMAGE:
    case DRA_BLOCK_TABLE_ROW:
    default:
      append_indented (self->out, text, "", "");
    }
}

/* Who wrote it, when and where, when the text does not say so itself. */
static void
append_source (Text *self)
{
  static const struct { DraMetadata which; DraBlockKind kind; } lines[] = {
    { DRA_METADATA_BYLINE, DRA_BLOCK_BYLINE },
    { DRA_METADATA_PUBLISHED, DRA_BLOCK_DATE },
    { DRA_METADATA_SITE, DRA_N_BLOCK_KINDS },
  };
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  const char *origin = dra_article_get_metadata (self->article, DRA_METADATA_ORIGIN_URI);
  g_autofree char *line = NULL;

  if (origin == NULL)
    origin = dra_article_get_metadata (self->article, DRA_METADATA_SOURCE_URI);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      const char *value = dra_article_get_metadata (self->article, lines[i].which);
      char *formatted = NULL;

      if (value == NULL || dra_article_has_block (self->article, lines[i].kind))
        continue;
      if (lines[i].which == DRA_METADATA_PUBLISHED)
        dra_copy_format_date (value, &formatted);
      g_ptr_array_add (parts, formatted != NULL ? formatted : dra_plain_clean (value, FALSE));
    }
  if (dra_copy_is_web_address (origin))
    g_ptr_array_add (parts, dra_plain_clean (origin, FALSE));
  if (parts->len == 0)
    return;
  g_ptr_array_add (parts, NULL);
  line = g_strjoinv (" · ", (char **) parts->pdata);
  g_string_append_printf (self->out, "\n%s\n", line);
}

static void
append_note (Text              *self,
             const DraCopyNote *note)
{
  g_autofree char *about = dra_copy_note_dup_about (note);
  g_autofree char *passage = dra_copy_note_dup_passage (note, self->article);
  g_autofree char *body = dra_plain_clean (dra_note_get_body (note->note), TRUE);
  g_autofree char *date = dra_copy_note_dup_date (note, NULL);
  g_autofree char *tags = g_strjoinv (", ", (char **) dra_note_get_tags (note->note));
  g_autofree char *number = g_strdup_printf (self->reference, note->number);
  g_autofree char *about_line = about != NULL ? dra_plain_clean (about, FALSE) : NULL;
  g_autofree char *clean = passage != NULL ? dra_plain_clean (passage, FALSE) : NULL;
  g_autofree char *clean_tags = dra_plain_clean (tags, FALSE);

  g_string_append_printf (self->out, "\n%s", note->number > 0 ? g_strchug (number) : "-");
  if (about_line != NULL)
    g_string_append_printf (self->out, " %s%s", about_line, clean != NULL ? ":" : "");
  if (clean != NULL)
    g_string_append_printf (self->out, " “%s”", clean);
  g_string_append_c (self->out, '\n');
  if (*body != '\0')
    append_indented (self->out, g_strchomp (body), "    ", "    ");
  if (*clean_tags != '\0' || (date != NULL && note->number > 0))
    g_string_append_printf (self->out, "    (%s%s%s)\n", clean_tags,
                            *clean_tags != '\0' && date != NULL ? " · " : "",
                            date != NULL ? date : "");
}

static void
append_notes (Text *self)
{
  gboolean any = FALSE;

  if (self->notes.numbered->len > 0)
    {
      g_string_append_c (self->out, '\n');
      append_underlined (self, _("Notes"), '-');
    }
  for (guint i = 1; i <= self->notes.numbered->len; i++)
    append_note (self, dra_copy_notes_by_number (&self->notes, i));

  for (guint i = 0; i < self->notes.all->len; i++)
    {
      const DraCopyNote *note = dra_copy_notes_get (&self->notes, i);
      g_autofree char *passage = NULL;
      g_autofree char *clean = NULL;

      if (note->number > 0)
        continue;
      if (!any)
        {
          g_string_append_c (self->out, '\n');
          append_underlined (self, _("Highlights"), '-');
          g_string_append_c (self->out, '\n');
        }
      any = TRUE;
      passage = dra_copy_note_dup_passage (note, self->article);
      clean = dra_plain_clean (passage != NULL ? passage : "", FALSE);
      g_string_append_printf (self->out, "- “%s”\n", clean);
    }
}

static void
append_people (Text          *self,
               DraEntityKind  kind,
               const char    *heading)
{
  gboolean any = FALSE;

  for (guint i = 0; i < dra_cast_get_n_entities (self->cast); i++)
    {
      const DraEntity *entity = dra_cast_get_entity (self->cast, i);
      g_autofree char *name = NULL;
      g_autofree char *count = NULL;

      if (entity->kind != kind)
        continue;
      if (!any)
        {
          g_string_append_c (self->out, '\n');
          append_underlined (self, heading, '-');
          g_string_append_c (self->out, '\n');
        }
      any = TRUE;
      name = dra_plain_clean (entity->name, FALSE);
      count = g_strdup_printf (ngettext ("%u mention", "%u mentions", entity->n_mentions),
                               entity->n_mentions);
      g_string_append_printf (self->out, "- %s", name);
      if (entity->role != NULL)
        {
          g_autofree char *role = dra_plain_clean (entity->role, FALSE);

          g_string_append_printf (self->out, ", %s", role);
        }
      g_string_append_printf (self->out, " (%s)\n", count);
    }
}

/* Whether the text has numbers that look as ours would. */
static gboolean
has_references (const char *text)
{
  for (const char *p = text; (p = strchr (p, '[')) != NULL; p++)
    if (g_ascii_isdigit (p[1]))
      return TRUE;

  return FALSE;
}

static gboolean
append_blocks (Text          *self,
               GCancellable  *cancellable,
               GError       **error)
{
  guint n_blocks;
  const DraBlock *blocks = dra_article_get_blocks (self->article, &n_blocks);

  if (!dra_article_has_block (self->article, DRA_BLOCK_TITLE) && dra_article_get_title (self->article) != NULL)
    {
      g_autofree char *title = dra_plain_clean (dra_article_get_title (self->article), FALSE);

      append_underlined (self, title, '=');
      g_string_append_c (self->out, '\n');
    }
  for (guint i = 0; i < n_blocks; i++)
    {
      guint n_rows = blocks[i].kind == DRA_BLOCK_TABLE_ROW ? count_rows (blocks, n_blocks, i) : 0;
      guint last = n_rows > 0 ? i + n_rows - 1 : i;
      gsize next = last + 1 < n_blocks ? blocks[last + 1].range.start : G_MAXSIZE;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (i > 0 && !(blocks[i].kind == DRA_BLOCK_LIST_ITEM
                     && blocks[i - 1].kind == DRA_BLOCK_LIST_ITEM))
        g_string_append_c (self->out, '\n');
      if (n_rows > 0)
        append_table (self, &blocks[i], n_rows, next);
      else
        append_block (self, &blocks[i], next);
      i = last;
    }

  return TRUE;
}

static GBytes *
write_text (DraArticle    *article,
            DraCast       *cast,
            GPtrArray     *notes,
            GCancellable  *cancellable,
            GError       **error)
{
  gsize length;
  const char *text = dra_article_get_text (article, &length);
  g_autoptr (GString) out = g_string_sized_new (length + length / 8 + 1024);
  Text self = { .out = out, .article = article, .cast = cast };
  gboolean ok;

  /* Translators: where a note belongs in a plain text that has numbers in brackets itself. */
  self.reference = has_references (text) ? _(" [note %u]") : "[%u]";
  dra_copy_notes_init (&self.notes, article, notes);
  dra_copy_walk_init (&self.walk, article, NULL, &self.notes);
  ok = append_blocks (&self, cancellable, error);
  if (ok)
    {
      append_notes (&self);
      if (cast != NULL)
        {
          append_people (&self, DRA_ENTITY_PERSON, _("People"));
          append_people (&self, DRA_ENTITY_ORGANIZATION, _("Organizations"));
        }
      append_source (&self);
    }
  dra_copy_walk_clear (&self.walk);
  dra_copy_notes_clear (&self.notes);

  return ok ? g_string_free_to_bytes (g_steal_pointer (&out)) : NULL;
}

const DraWriter dra_text_writer = {
  .id = "text",
  .name = N_("Plain text"),
  .suffix = ".txt",
  .type = "text/plain",
  .shows = DRA_WRITER_TEXT | DRA_WRITER_NOTES | DRA_WRITER_CAST,
  .write = write_text,
};
