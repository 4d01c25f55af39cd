/* dra-docx-styles.c: what the styles of a DOCX file mean.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "readers/dra-docx-private.h"
#include "readers/dra-document-info.h"

#define MAX_CHAIN 20 /* styles based on one another */

const DraXmlNamespace dra_docx_namespaces[] = {
  { "http://schemas.openxmlformats.org/wordprocessingml/2006/main", W },
  { "http://purl.oclc.org/ooxml/wordprocessingml/main", W },
  { "http://schemas.openxmlformats.org/officeDocument/2006/relationships", R },
  { "http://purl.oclc.org/ooxml/officeDocument/relationships", R },
  { "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing", WP },
  { "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing", WP },
  { "http://schemas.openxmlformats.org/drawingml/2006/main", A },
  { "http://purl.oclc.org/ooxml/drawingml/main", A },
  { "urn:schemas-microsoft-com:vml", V },
  { "http://schemas.openxmlformats.org/markup-compatibility/2006", MC },
  { "http://schemas.openxmlformats.org/officeDocument/2006/math", M },
  { "http://purl.oclc.org/ooxml/officeDocument/math", M },
  { "http://schemas.openxmlformats.org/package/2006/relationships", PKG },
  { NULL, 0 },
};

enum
{
  STYLE = 1, NAME, BASED_ON, OUTLINE, NUM_ID, ILVL, BOLD, ITALIC, UNDERLINE, STRIKE, VERTICAL, VANISH,
  LANG, DEFAULTS, TABLE_STYLE,
};

static const DraXmlToken tokens[] = {
  { W, "style", STYLE }, { W, "name", NAME }, { W, "basedOn", BASED_ON }, { W, "outlineLvl", OUTLINE },
  { W, "numId", NUM_ID }, { W, "ilvl", ILVL }, { W, "b", BOLD }, { W, "i", ITALIC },
  { W, "u", UNDERLINE }, { W, "strike", STRIKE }, { W, "vertAlign", VERTICAL }, { W, "vanish", VANISH },
  { W, "lang", LANG }, { W, "docDefaults", DEFAULTS },
  { W, "tblStylePr", TABLE_STYLE }, { 0, NULL, 0 },
};

typedef struct
{
  DraDocxStyles *styles;
  DraDocxStyle  *style; /* (nullable): the one that is open */
  gboolean       is_character;
  gboolean       in_defaults;
  guint          in_table_style;
} Parse;

/**
 * dra_docx_is_on:
 * @value: (nullable): the w:val of a toggle
 *
 * Returns: whether the toggle is on
 */
gboolean
dra_docx_is_on (const char *value)
{
  return value == NULL || !(strcmp (value, "0") == 0 || strcmp (value, "false") == 0
                            || strcmp (value, "off") == 0 || strcmp (value, "none") == 0);
}

static void
style_free (gpointer data)
{
  DraDocxStyle *style = data;

  g_free (style->based_on);
  g_free (style);
}

/**
 * dra_docx_styles_new:
 *
 * Returns: (transfer full): no styles
 */
DraDocxStyles *
dra_docx_styles_new (void)
{
  DraDocxStyles *self = g_new0 (DraDocxStyles, 1);

  self->styles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, style_free);

  return self;
}

/**
 * dra_docx_styles_free:
 * @self: (nullable): styles
 *
 * Frees the styles.
 */
void
dra_docx_styles_free (DraDocxStyles *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->styles);
  g_free (self->language);
  g_free (self);
}

static void
begin_style (Parse        *parse,
             DraXmlStream *stream)
{
  const char *id = dra_xml_stream_get_attribute (stream, W, "styleId");
  const char *type = dra_xml_stream_get_attribute (stream, W, "type");

  parse->style = NULL;
  if (id == NULL)
    return;
  parse->is_character = g_strcmp0 (type, "character") == 0;
  parse->style = g_new0 (DraDocxStyle, 1);
  parse->style->kind = DRA_BLOCK_PARAGRAPH;
  parse->style->outline = parse->style->num_id = parse->style->level = -1;
  g_hash_table_insert (parse->styles->styles, g_strdup (id), parse->style);
}

static void
set_name (Parse      *parse,
          const char *name)
{
  DraDocxStyle *style = parse->style;
  int outline;

  if (name == NULL)
    return;
  if (parse->is_character)
    {
      style->run.code = g_ascii_strcasecmp (name, "verbatim char") == 0
                        || g_ascii_strcasecmp (name, "html code") == 0
                        || g_ascii_strcasecmp (name, "source text") == 0;
      return;
    }
  style->has_kind = dra_document_info_find_kind (name, &style->kind, &outline);
  if (outline >= 0)
    style->outline = outline;
}

static int
number (const char *value,
        int         least,
        int         most)
{
  long n = value != NULL ? strtol (value, NULL, 10) : least;

  return (int) CLAMP (n, least, most);
}

static void
start_cb (DraXmlStream *stream,
          int           token,
          gpointer      user_data)
{
  Parse *parse = user_data;
  DraDocxRun *run = parse->style != NULL ? &parse->style->run : NULL;
  const char *value = token != 0 ? dra_xml_stream_get_attribute (stream, W, "val") : NULL;
  gint8 on = dra_docx_is_on (value) ? 2 : 1;

  if (token == DEFAULTS)
    parse->in_defaults = TRUE;
  else if (token == LANG && parse->in_defaults && parse->styles->language == NULL)
    parse->styles->language = g_strdup (value);
  else if (token == STYLE)
    begin_style (parse, stream);
  else if (token == TABLE_STYLE)
    parse->in_table_style++;
  if (parse->style == NULL || parse->in_table_style > 0)
    return;

  switch (token)
    {
    case NAME:      set_name (parse, value); break;
    case BASED_ON:  g_free (parse->style->based_on); parse->style->based_on = g_strdup (value); break;
    case OUTLINE:   parse->style->outline = number (value, 0, 9); break;
    case NUM_ID:    parse->style->num_id = number (value, 0, G_MAXINT); break;
    case ILVL:      parse->style->level = number (value, 0, 8); break;
    case BOLD:      run->bold = on; break;
    case ITALIC:    run->italic = on; break;
    case UNDERLINE: run->underline = on; break;
    case STRIKE:    run->strike = on; break;
    case VANISH:    run->hidden = on; break;
    case VERTICAL:
      run->vertical = g_strcmp0 (value, "superscript") == 0 ? 2 : g_strcmp0 (value, "subscript") == 0 ? 3 : 1;
      break;
    default:
      break;
    }
}

static void
end_cb (DraXmlStream *stream G_GNUC_UNUSED,
        int           token,
        gpointer      user_data)
{
  Parse *parse = user_data;

  if (token == DEFAULTS)
    parse->in_defaults = FALSE;
  else if (token == STYLE)
    parse->style = NULL;
  else if (token == TABLE_STYLE && parse->in_table_style > 0)
    parse->in_table_style--;
}

/**
 * dra_docx_styles_parse:
 * @self: styles
 * @zip: the file
 * @path: the part with styles
 * @error: return location
 *
 * Adds the styles of a part.  Errors are those of dra_package_parse().
 *
 * Returns: %FALSE with @error set
 */
gboolean
dra_docx_styles_parse (DraDocxStyles *self,
                       DraZip        *zip,
                       const char    *path,
                       GError       **error)
{
  static const DraXmlVocabulary vocabulary = { dra_docx_namespaces, tokens, start_cb, end_cb, NULL };
  Parse parse = { .styles = self };

  return dra_package_parse (zip, path, &vocabulary, &parse, error);
}

static void
inherit_run (DraDocxRun       *run,
             const DraDocxRun *base)
{
  run->bold = run->bold != 0 ? run->bold : base->bold;
  run->italic = run->italic != 0 ? run->italic : base->italic;
  run->underline = run->underline != 0 ? run->underline : base->underline;
  run->strike = run->strike != 0 ? run->strike : base->strike;
  run->hidden = run->hidden != 0 ? run->hidden : base->hidden;
  run->code = run->code != 0 ? run->code : base->code;
  run->vertical = run->vertical != 0 ? run->vertical : base->vertical;
}

/**
 * dra_docx_styles_find:
 * @self: styles
 * @id: (nullable): a style's id
 *
 * Returns: (transfer none) (nullable): the style, with what it has from those it is based on
 */
const DraDocxStyle *
dra_docx_styles_find (DraDocxStyles *self,
                      const char    *id)
{
  DraDocxStyle *style = id != NULL ? g_hash_table_lookup (self->styles, id) : NULL;
  const DraDocxStyle *base = style;

  if (style == NULL || style->resolved)
    return style;
  for (guint i = 0; i < MAX_CHAIN && base->based_on != NULL; i++)
    {
      base = g_hash_table_lookup (self->styles, base->based_on);
      if (base == NULL)
        break;
      if (!style->has_kind && base->has_kind)
        {
          style->has_kind = TRUE;
          style->kind = base->kind;
        }
      style->outline = style->outline >= 0 ? style->outline : base->outline;
      style->num_id = style->num_id >= 0 ? style->num_id : base->num_id;
      style->level = style->level >= 0 ? style->level : base->level;
      inherit_run (&style->run, &base->run);
    }
  style->resolved = TRUE;

  return style;
}
