/* dra-markdown-writer.c: a copy as Markdown: notes as footnotes, the people at the end.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "writers/dra-markdown-writer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "writers/dra-markdown-private.h"
#include "writers/dra-plain-output.h"

typedef struct
{
  GString      *out;
  DraArticle   *article;
  DraCast      *cast; /* (nullable) */
  DraCopyNotes  notes;
  GString      *footnotes; /* JSON: what is known of each footnote */
} Copy;

static void
append_matter (Copy *self)
{
  static const struct { const char *name; DraMetadata which; } lines[] = {
    { "title", DRA_METADATA_TITLE },
    { "author", DRA_METADATA_BYLINE },
    { "date", DRA_METADATA_PUBLISHED },
    { "publisher", DRA_METADATA_SITE },
    { "lang", DRA_METADATA_LANGUAGE },
  };
  g_autofree char *origin = dra_copy_dup_origin (self->article);

  g_string_append (self->out, "---\n");
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      const char *value = dra_article_get_metadata (self->article, lines[i].which);

      if (value == NULL)
        continue;
      g_string_append_printf (self->out, "%s: ", lines[i].name);
      dra_json_append_string (self->out, value, -1, DRA_JSON_PLAIN);
      g_string_append_c (self->out, '\n');
    }
  if (dra_copy_is_web_address (origin))
    {
      g_string_append (self->out, "source: ");
      dra_json_append_string (self->out, origin, -1, DRA_JSON_PLAIN);
      g_string_append_c (self->out, '\n');
    }
  g_string_append (self->out, "generator: \"Dramatis " DRA_VERSION "\"\n---\n\n");
}

static void
append_plain (GString    *out,
              const char *text,
              gboolean    line_start)
{
  g_autofree char *clean = dra_plain_clean (text, FALSE);

  dra_markdown_append_escaped (out, clean, strlen (clean), line_start, FALSE);
}

/* What a note says is Markdown already: only elements, comments and footnotes of its own
 * are kept from being taken for ours.  Lines after the first are indented. */
static void
append_body (GString    *out,
             const char *body,
             const char *indent)
{
  g_autofree char *clean = dra_plain_clean (body, TRUE);

  for (const char *p = g_strchomp (clean); *p != '\0'; p++)
    {
      if (*p == '<')
        g_string_append (out, "&lt;");
      else if (*p == '&' && (p[1] == '#' || g_ascii_isalpha (p[1])))
        g_string_append (out, "&amp;");
      else if (*p == '[' && p[1] == '^')
        g_string_append (out, "\\[");
      else
        g_string_append_c (out, *p);
      if (*p == '\n' && p[1] != '\n')
        g_string_append (out, indent);
    }
}

/* A line of the note's tags; how many lines it took. */
static guint
append_tags (GString    *out,
             DraNote    *note,
             gboolean    first,
             const char *indent)
{
  const char *const *tags = dra_note_get_tags (note);

  if (tags[0] == NULL)
    return 0;
  if (!first)
    g_string_append_printf (out, "\n\n%s", indent);
  g_string_append (out, "<small>");
  for (guint i = 0; tags[i] != NULL; i++)
    {
      g_string_append (out, i > 0 ? ", " : "");
      append_plain (out, tags[i], FALSE);
    }
  g_string_append (out, "</small>");

  return first ? 1 : 2;
}

/* What a reader of the file gets for a footnote: without its indent. */
static char *
make_footnote (DraNote *note,
               guint   *n_more)
{
  GString *text = g_string_new (NULL);

  append_body (text, dra_note_get_body (note), "");
  *n_more = append_tags (text, note, text->len == 0, "");

  return g_string_free (text, FALSE);
}

static void
append_footnote (Copy              *self,
                 const DraCopyNote *note)
{
  guint n_more;
  g_autofree char *text = make_footnote (note->note, &n_more);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  g_string_append_printf (self->out, "\n[^%u]: ", note->number);
  for (const char *p = text; *p != '\0'; p++)
    {
      g_string_append_c (self->out, *p);
      if (*p == '\n' && p[1] != '\n')
        g_string_append (self->out, "    ");
    }
  g_string_append_c (self->out, '\n');

  g_string_append_printf (self->footnotes, "%s[\"%s\", \"%s\", %u]",
                          self->footnotes->len > 0 ? ",\n" : "", dra_note_get_uuid (note->note),
                          sum, n_more);
}

/* A note with no place in the text cannot be a footnote. */
static void
append_apart (Copy              *self,
              const DraCopyNote *note)
{
  g_autofree char *about = dra_copy_note_dup_about (note);
  g_autofree char *passage = dra_copy_note_dup_passage (note, self->article);

  g_string_append (self->out, "- **");
  append_plain (self->out, about != NULL ? about : "", FALSE);
  g_string_append (self->out, "**");
  if (passage != NULL)
    {
      g_string_append (self->out, "\n\n  > ");
      append_plain (self->out, passage, TRUE);
    }
  if (*dra_note_get_body (note->note) != '\0')
    {
      g_string_append (self->out, "\n\n  ");
      append_body (self->out, dra_note_get_body (note->note), "  ");
    }
  append_tags (self->out, note->note, FALSE, "  ");
  g_string_append_c (self->out, '\n');
}

static void
append_notes (Copy *self)
{
  gboolean any = FALSE;

  for (guint i = 1; i <= self->notes.numbered->len; i++)
    {
      const DraCopyNote *note = dra_copy_notes_by_number (&self->notes, i);

      if (dra_range_length (note->range) > 0)
        continue;
      if (!any)
        g_string_append_printf (self->out, "\n## %s\n\n", _("Notes"));
      any = TRUE;
      append_apart (self, note);
    }
  for (guint i = 1; i <= self->notes.numbered->len; i++)
    {
      const DraCopyNote *note = dra_copy_notes_by_number (&self->notes, i);

      if (dra_range_length (note->range) > 0)
        append_footnote (self, note);
    }
}

static void
append_people (Copy          *self,
               DraEntityKind  kind,
               const char    *heading)
{
  gboolean any = FALSE;

  for (guint i = 0; self->cast != NULL && i < dra_cast_get_n_entities (self->cast); i++)
    {
      const DraEntity *entity = dra_cast_get_entity (self->cast, i);

      if (entity->kind != kind)
        continue;
      if (!any)
        g_string_append_printf (self->out, "\n## %s\n\n", heading);
      any = TRUE;
      g_string_append (self->out, "- **");
      append_plain (self->out, entity->name, FALSE);
      g_string_append (self->out, "**");
      if (entity->role != NULL)
        {
          g_string_append (self->out, ", ");
          append_plain (self->out, entity->role, FALSE);
        }
      g_string_append (self->out, " · ");
      g_string_append_printf (self->out,
                              ngettext ("%u mention", "%u mentions", entity->n_mentions),
                              entity->n_mentions);
      g_string_append_c (self->out, '\n');
    }
}

static void
append_source (Copy *self)
{
  static const DraMetadata which[] = { DRA_METADATA_BYLINE, DRA_METADATA_PUBLISHED,
                                       DRA_METADATA_SITE };
  g_autofree char *origin = dra_copy_dup_origin (self->article);
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (which); i++)
    {
      const char *value = dra_article_get_metadata (self->article, which[i]);
      g_autofree char *date = NULL;

      if (value == NULL)
        continue;
      if (which[i] == DRA_METADATA_PUBLISHED)
        dra_copy_format_date (value, &date);
      g_string_append (line, line->len > 0 ? " · " : "");
      append_plain (line, date != NULL ? date : value, line->len == 0);
    }
  if (dra_copy_is_web_address (origin))
    {
      g_autofree char *target = g_uri_escape_string (origin, ":/?#[]@!$&'()*+,;=%", FALSE);

      g_string_append_printf (line, "%s<%s>", line->len > 0 ? " · " : "", target);
    }
  if (line->len > 0)
    g_string_append_printf (self->out, "\n* * *\n\n%s\n", line->str);
}

/* The comments at the end: their JSON has no ">" outside of escapes. */
static void
append_data (Copy               *self,
             const DraCopyShape *shapes)
{
  g_string_append (self->out, "\n<!-- dramatis-article\n");
  dra_copy_data_append_article (self->out, self->article, NULL, shapes, DRA_JSON_IN_HTML);
  if (self->footnotes->len > 0)
    {
      g_string_truncate (self->out, self->out->len - 1);
      g_string_append_printf (self->out, ",\n\"dramatis:footnotes\": [%s]}",
                              self->footnotes->str);
    }
  g_string_append (self->out, "\n-->\n");
  if (self->notes.all->len == 0)
    return;
  g_string_append (self->out, "\n<!-- dramatis-notes\n");
  dra_copy_data_append_notes (self->out, self->article, &self->notes);
  g_string_append (self->out, "-->\n");
}

static gboolean
append_text (Copy          *self,
             DraCopyShape  *shapes,
             GCancellable  *cancellable,
             GError       **error)
{
  DraCopyWalk walk;
  gboolean ok;

  if (!dra_article_has_block (self->article, DRA_BLOCK_TITLE) && dra_article_get_title (self->article) != NULL)
    {
      g_string_append (self->out, "# ");
      append_plain (self->out, dra_article_get_title (self->article), TRUE);
      g_string_append (self->out, "\n\n");
    }
  g_string_append (self->out, "<!-- dramatis:text -->\n\n");
  dra_copy_walk_init (&walk, self->article, NULL, &self->notes);
  ok = dra_markdown_append_blocks (self->out, &walk, shapes, cancellable, error);
  dra_copy_walk_clear (&walk);
  g_string_append (self->out, "\n<!-- /dramatis:text -->\n");

  return ok;
}

static GBytes *
write_markdown (DraArticle    *article,
                DraCast       *cast,
                GPtrArray     *notes,
                GCancellable  *cancellable,
                GError       **error)
{
  gsize length;
  guint n_blocks;
  g_autoptr (GString) out = NULL;
  g_autoptr (GString) footnotes = g_string_new (NULL);
  g_autofree DraCopyShape *shapes = NULL;
  Copy self = { .article = article, .cast = cast, .footnotes = footnotes };
  gboolean ok;

  dra_article_get_text (article, &length);
  dra_article_get_blocks (article, &n_blocks);
  shapes = g_new0 (DraCopyShape, n_blocks + 1);
  self.out = out = g_string_sized_new (length + length / 8 + 4096);
  dra_copy_notes_init (&self.notes, article, notes);
  append_matter (&self);
  ok = append_text (&self, shapes, cancellable, error);
  if (ok)
    {
      append_people (&self, DRA_ENTITY_PERSON, _("People"));
      append_people (&self, DRA_ENTITY_ORGANIZATION, _("Organizations"));
      append_notes (&self);
      append_source (&self);
      append_data (&self, shapes);
    }
  dra_copy_notes_clear (&self.notes);

  return ok ? g_string_free_to_bytes (g_steal_pointer (&out)) : NULL;
}

const DraWriter dra_markdown_writer = {
  .id = "markdown",
  .name = N_("Markdown, with notes as footnotes"),
  .suffix = ".md",
  .type = "text/markdown",
  .shows = DRA_WRITER_TEXT | DRA_WRITER_NOTES | DRA_WRITER_CAST,
  .returns = DRA_WRITER_TEXT | DRA_WRITER_NOTES,
  .write = write_markdown,
};
