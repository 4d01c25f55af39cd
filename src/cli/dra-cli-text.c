/* dra-cli-text.c: dramatis-cli text: an article's text, exactly what offsets count.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/dra-cli.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "writers/dra-json-output.h"

static void
append_json (GString    *out,
             DraArticle *article)
{
  static const struct
  {
    DraMetadata which;
    const char *name;
  } members[] = {
    { DRA_METADATA_TITLE, "title" },         { DRA_METADATA_BYLINE, "byline" },
    { DRA_METADATA_PUBLISHED, "published" }, { DRA_METADATA_SITE, "site" },
    { DRA_METADATA_LANGUAGE, "language" },
  };
  guint n_blocks;
  const DraBlock *blocks = dra_article_get_blocks (article, &n_blocks);
  gsize length;
  const char *text = dra_article_get_text (article, &length);

  g_string_append_c (out, '{');
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      dra_json_append_member (out, members[i].name,
                              dra_article_get_metadata (article, members[i].which),
                              DRA_JSON_PLAIN);
      g_string_append (out, ",\n");
    }
  g_string_append (out, "\"text\": ");
  dra_json_append_string (out, text, (gssize) length, DRA_JSON_PLAIN);
  g_string_append (out, ",\n\"blocks\": [");
  for (guint i = 0; i < n_blocks; i++)
    {
      g_string_append (out, i > 0 ? ",\n{" : "\n{");
      dra_json_append_member (out, "kind", dra_block_kind_to_string (blocks[i].kind),
                              DRA_JSON_PLAIN);
      g_string_append_printf (out, ", \"level\": %u, \"start\": %" G_GSIZE_FORMAT
                              ", \"end\": %" G_GSIZE_FORMAT "}",
                              blocks[i].level, blocks[i].range.start, blocks[i].range.end);
    }
  g_string_append (out, "]}\n");
}

static int
run_text (const char *const *argv)
{
  g_autofree char *as = NULL;
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json,
      N_("Print the text with its title, byline, date and blocks as JSON"), NULL },
    { "as", 0, 0, G_OPTION_ARG_STRING, &as,
      N_("Read the file as this type, such as “text”, “lines” or “html”"), N_("TYPE") },
    { NULL },
  };
  g_auto (GStrv) files = NULL;
  g_autoptr (DraReading) reading = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) out = NULL;
  const char *text;
  gsize length;
  int code;

  if (!dra_cli_parse (&dra_cli_text_command, argv, entries,
                      _("Offsets in JSON are bytes of the text in UTF-8."), &files, &code)
      || !dra_cli_check_as (as, &code) || !dra_cli_take_one_file (files, &code))
    return code;

  reading = dra_cli_read (files[0], as, &error);
  if (reading == NULL)
    {
      dra_cli_say ("%s", error->message);
      return DRA_CLI_FAILED;
    }

  if (json)
    {
      out = g_string_new (NULL);
      append_json (out, reading->article);
      return dra_cli_print (out->str, out->len) ? DRA_CLI_DONE : DRA_CLI_FAILED;
    }

  text = dra_article_get_text (reading->article, &length);
  if (!dra_cli_print (text, length))
    return DRA_CLI_FAILED;
  /* Only for the eye: the text itself need not end a line. */
  if (isatty (STDOUT_FILENO))
    dra_cli_print ("\n", 1);

  return DRA_CLI_DONE;
}

const DraCliCommand dra_cli_text_command = {
  .name = "text",
  .arguments = N_("FILE"),
  .summary = N_("Print the text of an article"),
  .run = run_text,
};
