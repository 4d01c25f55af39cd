/* dra-cli-notes.c: dramatis-cli notes: the notes known for an article.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/dra-cli.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "notes/dra-web-annotation.h"

static const char *
target_to_string (DraNoteTarget target)
{
  return target == DRA_NOTE_TARGET_ENTITY    ? "entity"
         : target == DRA_NOTE_TARGET_ARTICLE ? "article"
                                             : "passage";
}

static const char *
state_to_string (DraAnchorState state)
{
  return state == DRA_ANCHOR_EXACT    ? "exact"
         : state == DRA_ANCHOR_MOVED  ? "moved"
         : state == DRA_ANCHOR_UNSURE ? "unsure"
                                      : "lost";
}

static char *
format_time (gint64 time)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);

  return date != NULL ? g_date_time_format (date, "%Y-%m-%dT%H:%M:%SZ") : g_strdup ("");
}

/* The passage: from the text where it has a place in it, else as it was quoted. */
static char *
dup_passage (DraArticle *article,
             DraNote    *note)
{
  const DraQuote *quote = dra_note_get_quote (note);
  DraRange range;
  gsize length;

  dra_article_get_text (article, &length);
  if (dra_note_get_target (note) == DRA_NOTE_TARGET_PASSAGE
      && dra_note_get_anchor (note, &range, NULL) != DRA_ANCHOR_LOST
      && range.start < range.end && range.end <= length)
    return dra_article_dup_range (article, range);

  return g_strdup (quote != NULL ? quote->exact : NULL);
}

static void
append_csv (GString    *out,
            DraArticle *article,
            GPtrArray  *notes)
{
  g_string_append (out, "id,created,modified,color,target,name,state,start,end,quote,body,tags\n");
  for (guint i = 0; i < notes->len; i++)
    {
      DraNote *note = notes->pdata[i];
      g_autofree char *created = format_time (dra_note_get_created (note));
      g_autofree char *modified = format_time (dra_note_get_modified (note));
      g_autofree char *passage = dup_passage (article, note);
      g_autofree char *tags = g_strjoinv (";", (char **) dra_note_get_tags (note));
      DraRange range;
      DraAnchorState state = dra_note_get_anchor (note, &range, NULL);

      g_string_append_printf (out, "%s,%s,%s,%s,%s,", dra_note_get_uuid (note), created, modified,
                              dra_note_color_to_string (dra_note_get_color (note)),
                              target_to_string (dra_note_get_target (note)));
      dra_cli_append_csv (out, dra_note_get_entity_name (note));
      g_string_append_printf (out, ",%s,", state_to_string (state));
      if (dra_range_length (range) > 0)
        g_string_append_printf (out, "%" G_GSIZE_FORMAT ",%" G_GSIZE_FORMAT ",", range.start,
                                range.end);
      else
        g_string_append (out, ",,");
      dra_cli_append_csv (out, passage);
      g_string_append_c (out, ',');
      dra_cli_append_csv (out, dra_note_get_body (note));
      g_string_append_c (out, ',');
      dra_cli_append_csv (out, tags);
      g_string_append_c (out, '\n');
    }
}

static void
append_markdown_quote (GString    *out,
                       const char *passage)
{
  g_autofree char *printable = dra_cli_make_printable (passage, TRUE);
  g_auto (GStrv) lines = g_strsplit (printable, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    g_string_append_printf (out, "> %s\n", lines[i]);
  g_string_append_c (out, '\n');
}

static void
append_markdown (GString    *out,
                 DraArticle *article,
                 GPtrArray  *notes)
{
  const char *title = dra_article_get_title (article);
  g_autofree char *heading
    = dra_cli_make_printable (title != NULL ? title : _("Article"), FALSE);

  g_string_append_printf (out, "# %s\n", heading);
  for (guint i = 0; i < notes->len; i++)
    {
      DraNote *note = notes->pdata[i];
      g_autofree char *passage = dup_passage (article, note);
      g_autofree char *body = dra_cli_make_printable (dra_note_get_body (note), TRUE);
      g_autofree char *date = format_time (dra_note_get_modified (note));
      const char *const *tags = dra_note_get_tags (note);

      g_string_append (out, "\n");
      if (passage != NULL)
        append_markdown_quote (out, passage);
      else if (dra_note_get_entity_name (note) != NULL)
        {
          g_autofree char *name
            = dra_cli_make_printable (dra_note_get_entity_name (note), FALSE);
          g_autofree char *about = g_strdup_printf (_("About %s"), name);

          g_string_append_printf (out, "**%s**\n\n", about);
        }
      if (*body != '\0')
        g_string_append_printf (out, "%s\n\n", body);
      g_string_append_printf (out, "%.10s", date);
      for (guint j = 0; tags[j] != NULL; j++)
        {
          g_autofree char *tag = dra_cli_make_printable (tags[j], FALSE);

          g_string_append_printf (out, " · %s", tag);
        }
      g_string_append (out, "\n");
      if (i + 1 < notes->len)
        g_string_append (out, "\n---\n");
    }
}

static int
run_notes (const char *const *argv)
{
  static const char *const formats[] = { "jsonld", "markdown", "csv", NULL };
  g_autofree char *as = NULL;
  g_autofree char *format = NULL;
  const GOptionEntry entries[] = {
    { "format", 'f', 0, G_OPTION_ARG_STRING, &format,
      N_("jsonld (W3C Web Annotations, the default), markdown or csv"), N_("FORMAT") },
    { "as", 0, 0, G_OPTION_ARG_STRING, &as,
      N_("Read the file as this type, such as “text”, “lines” or “html”"), N_("TYPE") },
    { NULL },
  };
  g_auto (GStrv) files = NULL;
  g_autoptr (DraReading) reading = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) out = NULL;
  int code;

  if (!dra_cli_parse (&dra_cli_notes_command, argv, entries,
                      _("These are the notes in your library and, when the file is an annotated "
                        "copy, those it carries."), &files, &code)
      || !dra_cli_check_as (as, &code) || !dra_cli_take_one_file (files, &code))
    return code;
  if (format != NULL && !g_strv_contains (formats, format))
    return dra_cli_usage_error (_("There is no format “%s”; those to choose from are jsonld, "
                                  "markdown and csv."), format);

  reading = dra_cli_read (files[0], as, &error);
  if (reading != NULL)
    notes = dra_cli_gather_notes (reading, NULL, &error);
  if (notes == NULL)
    {
      dra_cli_say ("%s", error->message);
      return DRA_CLI_FAILED;
    }

  out = g_string_new (NULL);
  if (format == NULL || strcmp (format, "jsonld") == 0)
    {
      g_autofree char *json = dra_web_annotation_write_string (reading->article, notes);

      g_string_append (out, json);
    }
  else if (strcmp (format, "csv") == 0)
    append_csv (out, reading->article, notes);
  else
    append_markdown (out, reading->article, notes);

  return dra_cli_print (out->str, out->len) ? DRA_CLI_DONE : DRA_CLI_FAILED;
}

const DraCliCommand dra_cli_notes_command = {
  .name = "notes",
  .arguments = N_("FILE"),
  .summary = N_("Print the notes known for an article"),
  .run = run_notes,
};
