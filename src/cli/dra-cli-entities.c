/* dra-cli-entities.c: dramatis-cli entities: who and what is named in articles.
 *
 * The JSON, offsets in bytes of the text, entities by first mention:
 *
 *   {"articles": [{"file", "title", "length", "entities": [
 *     {"id", "kind", "name", "role", "confidence", "mentions": [{"start", "end", "text"}]}]}]}
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/dra-cli.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "writers/dra-json-output.h"

#define CORPUS_HEAD                                                                   \
  "<teiCorpus xmlns=\"http://www.tei-c.org/ns/1.0\">\n<teiHeader><fileDesc><titleStmt>" \
  "<title>Articles</title></titleStmt><publicationStmt><p>Made by dramatis-cli.</p>"  \
  "</publicationStmt><sourceDesc><p>Files.</p></sourceDesc></fileDesc></teiHeader>\n"

typedef enum
{
  FORMAT_TABLE,
  FORMAT_JSON,
  FORMAT_CSV,
  FORMAT_TEI,
  FORMAT_BRAT,
} Format;

static const char *const format_names[] = { "table", "json", "csv", "tei", "brat" };

typedef struct
{
  const char *as; /* (nullable) */
  Format      format;
  gboolean    several;
} Options;

static void
append_json_entity (GString          *out,
                    DraArticle       *article,
                    const DraEntity  *entity,
                    const DraMention *mentions)
{
  g_string_append_c (out, '{');
  dra_json_append_member (out, "id", entity->id, DRA_JSON_PLAIN);
  g_string_append (out, ", ");
  dra_json_append_member (out, "kind", dra_entity_kind_to_string (entity->kind), DRA_JSON_PLAIN);
  g_string_append (out, ", ");
  dra_json_append_member (out, "name", entity->name, DRA_JSON_PLAIN);
  g_string_append (out, ", ");
  dra_json_append_member (out, "role", entity->role, DRA_JSON_PLAIN);
  g_string_append (out, ", \"confidence\": ");
  dra_json_append_number (out, entity->confidence);
  g_string_append (out, ", \"mentions\": [");
  for (guint i = 0; i < entity->n_mentions; i++)
    {
      DraRange range = mentions[entity->mentions[i]].range;
      g_autofree char *text = dra_article_dup_range (article, range);

      g_string_append_printf (out, "%s{\"start\": %" G_GSIZE_FORMAT ", \"end\": %" G_GSIZE_FORMAT
                              ", ", i > 0 ? ", " : "", range.start, range.end);
      dra_json_append_member (out, "text", text, DRA_JSON_PLAIN);
      g_string_append_c (out, '}');
    }
  g_string_append (out, "]}");
}

static void
append_json (GString    *out,
             DraArticle *article,
             DraCast    *cast,
             const char *file)
{
  guint n_mentions;
  const DraMention *mentions = dra_cast_get_mentions (cast, &n_mentions);
  gsize length;

  dra_article_get_text (article, &length);
  g_string_append_c (out, '{');
  dra_json_append_member (out, "file", file, DRA_JSON_PLAIN);
  g_string_append (out, ", ");
  dra_json_append_member (out, "title", dra_article_get_title (article), DRA_JSON_PLAIN);
  g_string_append_printf (out, ", \"length\": %" G_GSIZE_FORMAT ", \"entities\": [", length);
  for (guint i = 0; i < dra_cast_get_n_entities (cast); i++)
    {
      g_string_append (out, i > 0 ? ",\n  " : "\n  ");
      append_json_entity (out, article, dra_cast_get_entity (cast, i), mentions);
    }
  g_string_append (out, "]}");
}

static void
append_csv (GString    *out,
            DraArticle *article,
            DraCast    *cast,
            const char *file)
{
  guint n_mentions;
  const DraMention *mentions = dra_cast_get_mentions (cast, &n_mentions);

  for (guint i = 0; i < n_mentions; i++)
    {
      const DraEntity *entity = dra_cast_get_entity (cast, mentions[i].entity);
      g_autofree char *text = dra_article_dup_range (article, mentions[i].range);

      dra_cli_append_csv (out, file);
      g_string_append_printf (out, ",%s,%s,", entity->id,
                              dra_entity_kind_to_string (entity->kind));
      dra_cli_append_csv (out, entity->name);
      g_string_append_c (out, ',');
      dra_cli_append_csv (out, entity->role);
      g_string_append_c (out, ',');
      dra_json_append_number (out, mentions[i].confidence);
      g_string_append_printf (out, ",%" G_GSIZE_FORMAT ",%" G_GSIZE_FORMAT ",",
                              mentions[i].range.start, mentions[i].range.end);
      dra_cli_append_csv (out, text);
      g_string_append_c (out, '\n');
    }
}

static const char *
kind_for_people (DraEntityKind kind)
{
  switch (kind)
    {
    case DRA_ENTITY_PERSON:
      return _("person");
    case DRA_ENTITY_ORGANIZATION:
      return _("organization");
    case DRA_ENTITY_PLACE:
    default:
      return _("place");
    }
}

/* Columns of a terminal. */
static guint
measure (const char *text)
{
  guint width = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      width += g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
    }

  return width;
}

static void
append_cell (GString    *out,
             const char *text,
             guint       width)
{
  guint used = measure (text);

  g_string_append (out, text);
  for (; used < width; used++)
    g_string_append_c (out, ' ');
}

static void
append_row (GString         *out,
            const DraEntity *entity,
            const char      *name,
            guint            kind_width,
            guint            name_width)
{
  g_autofree char *role
    = dra_cli_make_printable (entity->role != NULL ? entity->role : "", FALSE);

  g_string_append_printf (out, "%8u  ", entity->n_mentions);
  append_cell (out, kind_for_people (entity->kind), kind_width);
  g_string_append (out, "  ");
  if (*role == '\0')
    g_string_append (out, name);
  else
    {
      append_cell (out, name, name_width);
      g_string_append_printf (out, "  %s", role);
    }
  g_string_append_c (out, '\n');
}

static void
append_table (GString    *out,
              DraArticle *article,
              DraCast    *cast,
              const char *file,
              gboolean    several)
{
  guint n = dra_cast_get_n_entities (cast);
  guint kind_width = measure (_("Kind"));
  guint name_width = measure (_("Name"));
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  if (several)
    {
      const char *title = dra_article_get_title (article);
      g_autofree char *line = title != NULL ? g_strdup_printf ("%s: %s", file, title)
                                            : g_strdup (file);
      g_autofree char *printable = dra_cli_make_printable (line, FALSE);

      g_string_append_printf (out, "%s\n", printable);
    }
  if (n == 0)
    {
      g_string_append_printf (out, "%s\n", _("No people or organizations were found."));
      return;
    }

  for (guint i = 0; i < n; i++)
    {
      const DraEntity *entity = dra_cast_get_entity (cast, i);
      char *name = dra_cli_make_printable (entity->name, FALSE);

      g_ptr_array_add (names, name);
      kind_width = MAX (kind_width, measure (kind_for_people (entity->kind)));
      /* One very long name does not push all roles off the screen. */
      name_width = MAX (name_width, MIN (measure (name), 40));
    }

  append_cell (out, _("Mentions"), 8);
  g_string_append (out, "  ");
  append_cell (out, _("Kind"), kind_width);
  g_string_append (out, "  ");
  append_cell (out, _("Name"), name_width);
  g_string_append_printf (out, "  %s\n", _("Role"));
  for (int kind = DRA_ENTITY_PERSON; kind <= DRA_ENTITY_PLACE; kind++)
    for (guint i = 0; i < n; i++)
      {
        const DraEntity *entity = dra_cast_get_entity (cast, i);

        if ((int) entity->kind == kind)
          append_row (out, entity, names->pdata[i], kind_width, name_width);
      }
}

static GString *
find_entities (gpointer     data,
               guint        index,
               const char  *file,
               GError     **error)
{
  const Options *options = data;
  g_autoptr (DraReading) reading = dra_cli_read (file, options->as, error);
  g_autoptr (DraCast) cast = NULL;
  g_autofree char *name = g_filename_display_name (file);
  g_autofree char *prefix = NULL;
  GString *out;

  if (reading == NULL)
    return NULL;
  cast = dra_cli_recognize (reading, error);
  if (cast == NULL)
    return NULL;

  out = g_string_new (NULL);
  switch (options->format)
    {
    case FORMAT_JSON:
      append_json (out, reading->article, cast, name);
      break;
    case FORMAT_CSV:
      append_csv (out, reading->article, cast, name);
      break;
    case FORMAT_TEI:
      if (!options->several)
        g_string_append (out, DRA_CLI_XML_HEAD);
      prefix = options->several ? g_strdup_printf ("a%u-", index + 1) : g_strdup ("");
      dra_cli_append_tei (out, reading->article, cast, name, prefix);
      break;
    case FORMAT_BRAT:
      dra_cli_append_brat (out, reading->article, cast);
      break;
    case FORMAT_TABLE:
    default:
      append_table (out, reading->article, cast, name, options->several);
      break;
    }

  return out;
}

static gboolean
parse_format (const char *name,
              Format     *format,
              int        *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (format_names); i++)
    if (name == NULL || strcmp (name, format_names[i]) == 0)
      {
        *format = (Format) i;
        return TRUE;
      }
  *code = dra_cli_usage_error (_("There is no format “%s”; those to choose from are table, "
                                 "json, csv, tei and brat."), name);

  return FALSE;
}

static int
run_entities (const char *const *argv)
{
  static const char *const before[] = {
    "", "{\"articles\": [\n", "file,id,kind,name,role,confidence,start,end,text\n",
    DRA_CLI_XML_HEAD CORPUS_HEAD, "",
  };
  static const char *const between[] = { "\n", ",\n", "", "\n", "" };
  static const char *const after[] = { "", "\n]}\n", "", "</teiCorpus>\n", "" };
  g_autofree char *as = NULL;
  g_autofree char *format = NULL;
  const GOptionEntry entries[] = {
    { "format", 'f', 0, G_OPTION_ARG_STRING, &format,
      N_("table (the default), json, csv, tei or brat"), N_("FORMAT") },
    { "as", 0, 0, G_OPTION_ARG_STRING, &as,
      N_("Read the files as this type, such as “text”, “lines” or “html”"), N_("TYPE") },
    { NULL },
  };
  g_auto (GStrv) files = NULL;
  Options options = { 0 };
  gboolean ok, frame;
  int code;

  if (!dra_cli_parse (&dra_cli_entities_command, argv, entries,
                      _("Offsets are bytes of the text in UTF-8, except in brat, which counts "
                        "characters."), &files, &code)
      || !dra_cli_check_as (as, &code) || !parse_format (format, &options.format, &code))
    return code;

  options.as = as;
  options.several = files[1] != NULL;
  if (options.format == FORMAT_BRAT && options.several)
    return dra_cli_usage_error (_("The brat format takes one file at a time."));

  /* One article is a TEI document of its own. */
  frame = options.format != FORMAT_TEI || options.several;
  ok = !frame || dra_cli_print (before[options.format], strlen (before[options.format]));
  code = dra_cli_run ((const char *const *) files, find_entities, &options,
                      between[options.format]);
  if (frame)
    ok = dra_cli_print (after[options.format], strlen (after[options.format])) && ok;

  return ok ? code : DRA_CLI_FAILED;
}

const DraCliCommand dra_cli_entities_command = {
  .name = "entities",
  .arguments = N_("FILE…"),
  .summary = N_("List the people, organizations and places named in articles"),
  .run = run_entities,
};
