/* dra-cli-quotes.c: dramatis-cli quotes: who said what in articles.
 *
 * The JSON, offsets in bytes of the text, quotations in text order, those that stand inside
 * another one with their level:
 *
 *   {"articles": [{"file", "title", "length", "quotes": [
 *     {"start", "end", "text", "level", "speaker": {"id", "kind", "name"} or null,
 *      "cue": {"start", "end", "text"} or null, "continued"}]}]}
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/dra-cli.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "recognizer/dra-quotations.h"
#include "writers/dra-json-output.h"

typedef struct
{
  const char *as; /* (nullable) */
  gboolean    json;
  gboolean    several;
} Options;

static void
append_json_range (GString    *out,
                   DraArticle *article,
                   DraRange    range)
{
  g_autofree char *text = dra_article_dup_range (article, range);

  g_string_append_printf (out, "\"start\": %" G_GSIZE_FORMAT ", \"end\": %" G_GSIZE_FORMAT ", ",
                          range.start, range.end);
  dra_json_append_member (out, "text", text, DRA_JSON_PLAIN);
}

static void
append_json_quote (GString            *out,
                   DraArticle         *article,
                   DraCast            *cast,
                   const DraQuotation *quotation)
{
  g_string_append_c (out, '{');
  append_json_range (out, article, quotation->range);
  g_string_append_printf (out, ", \"level\": %u, \"speaker\": ", quotation->level);
  if (quotation->speaker >= 0)
    {
      const DraEntity *entity = dra_cast_get_entity (cast, (guint) quotation->speaker);

      g_string_append_c (out, '{');
      dra_json_append_member (out, "id", entity->id, DRA_JSON_PLAIN);
      g_string_append (out, ", ");
      dra_json_append_member (out, "kind", dra_entity_kind_to_string (entity->kind),
                              DRA_JSON_PLAIN);
      g_string_append (out, ", ");
      dra_json_append_member (out, "name", entity->name, DRA_JSON_PLAIN);
      g_string_append_c (out, '}');
    }
  else
    {
      g_string_append (out, "null");
    }
  g_string_append (out, ", \"cue\": ");
  if (dra_range_length (quotation->cue) > 0)
    {
      g_string_append_c (out, '{');
      append_json_range (out, article, quotation->cue);
      g_string_append_c (out, '}');
    }
  else
    {
      g_string_append (out, "null");
    }
  g_string_append_printf (out, ", \"continued\": %s}", quotation->continued ? "true" : "false");
}

static void
append_json (GString       *out,
             DraArticle    *article,
             DraCast       *cast,
             DraQuotations *quotations,
             const char    *file)
{
  gsize length;

  dra_article_get_text (article, &length);
  g_string_append_c (out, '{');
  dra_json_append_member (out, "file", file, DRA_JSON_PLAIN);
  g_string_append (out, ", ");
  dra_json_append_member (out, "title", dra_article_get_title (article), DRA_JSON_PLAIN);
  g_string_append_printf (out, ", \"length\": %" G_GSIZE_FORMAT ", \"quotes\": [", length);
  for (guint i = 0; i < dra_quotations_get_n (quotations); i++)
    {
      g_string_append (out, i > 0 ? ",\n  " : "\n  ");
      append_json_quote (out, article, cast, dra_quotations_get (quotations, i));
    }
  g_string_append (out, "]}");
}

/* A line for who speaks, then what is said, as in a play. */
static void
append_play (GString       *out,
             DraArticle    *article,
             DraCast       *cast,
             DraQuotations *quotations,
             const char    *file,
             gboolean       several)
{
  int last = -2;
  guint n = 0;

  if (several)
    {
      const char *title = dra_article_get_title (article);
      g_autofree char *line = title != NULL ? g_strdup_printf ("%s: %s", file, title)
                                            : g_strdup (file);
      g_autofree char *printable = dra_cli_make_printable (line, FALSE);

      g_string_append_printf (out, "%s\n", printable);
    }
  for (guint i = 0; i < dra_quotations_get_n (quotations); i++)
    {
      const DraQuotation *quotation = dra_quotations_get (quotations, i);
      g_autofree char *text = NULL;
      g_autofree char *printable = NULL;

      if (quotation->level > 0)
        continue;
      if (quotation->speaker != last)
        {
          g_autofree char *name = dra_cli_make_printable (
            quotation->speaker >= 0
              ? dra_cast_get_entity (cast, (guint) quotation->speaker)->name
              : _("(not known who)"), FALSE);

          g_string_append_printf (out, "%s\n", name);
          last = quotation->speaker;
        }
      text = dra_article_dup_range (article, quotation->range);
      printable = dra_cli_make_printable (text, FALSE);
      g_string_append_printf (out, "  %s\n", printable);
      n++;
    }
  if (n == 0)
    g_string_append_printf (out, "%s\n", _("Nothing is quoted."));
}

static GString *
find_quotes (gpointer     data,
             G_GNUC_UNUSED guint index,
             const char  *file,
             GError     **error)
{
  const Options *options = data;
  g_autofree char *name = g_filename_display_name (file);
  g_autoptr (DraReading) reading = dra_cli_read (file, options->as, error);
  g_autoptr (DraCast) cast = NULL;
  g_autoptr (DraQuotations) quotations = NULL;
  GString *out;

  if (reading == NULL)
    return NULL;
  cast = dra_cli_recognize (reading, error);
  if (cast == NULL)
    return NULL;
  quotations = dra_quotations_find (reading->article, cast, NULL, error);
  if (quotations == NULL)
    return NULL;

  out = g_string_new (NULL);
  if (options->json)
    append_json (out, reading->article, cast, quotations, name);
  else
    append_play (out, reading->article, cast, quotations, name, options->several);

  return out;
}

static int
run_quotes (const char *const *argv)
{
  g_autofree char *as = NULL;
  g_autofree char *format = NULL;
  const GOptionEntry entries[] = {
    { "format", 'f', 0, G_OPTION_ARG_STRING, &format, N_("text (the default) or json"),
      N_("FORMAT") },
    { "as", 0, 0, G_OPTION_ARG_STRING, &as,
      N_("Read the files as this type, such as “text”, “lines” or “html”"), N_("TYPE") },
    { NULL },
  };
  g_auto (GStrv) files = NULL;
  Options options = { 0 };
  gboolean ok;
  int code;

  if (!dra_cli_parse (&dra_cli_quotes_command, argv, entries,
                      _("Offsets are bytes of the text in UTF-8."), &files, &code)
      || !dra_cli_check_as (as, &code))
    return code;
  if (format != NULL && strcmp (format, "json") != 0 && strcmp (format, "text") != 0)
    return dra_cli_usage_error (_("There is no format “%s”; those to choose from are text and "
                                  "json."), format);

  options.as = as;
  options.json = g_strcmp0 (format, "json") == 0;
  options.several = files[1] != NULL;
  ok = !options.json || dra_cli_print ("{\"articles\": [\n", strlen ("{\"articles\": [\n"));
  code = dra_cli_run ((const char *const *) files, find_quotes, &options,
                      options.json ? ",\n" : "\n");
  if (options.json)
    ok = dra_cli_print ("\n]}\n", strlen ("\n]}\n")) && ok;

  return ok ? code : DRA_CLI_FAILED;
}

const DraCliCommand dra_cli_quotes_command = {
  .name = "quotes",
  .arguments = N_("FILE…"),
  .summary = N_("Print what is quoted in articles, and who said it"),
  .run = run_quotes,
};
