/* dra-odt-styles.c: what the styles and lists of an OpenDocument text mean.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "readers/dra-document-info.h"
#include "readers/dra-odt-private.h"

#define MAX_CHAIN 20 /* styles that are each other's parents */

static void
style_free (gpointer data)
{
  DraOdtStyle *style = data;

  g_free (style->parent);
  g_free (style);
}

static void
list_free (gpointer data)
{
  DraOdtList *list = data;

  for (guint i = 0; i < DRA_ODT_N_LEVELS; i++)
    {
      g_free (list->levels[i].bullet);
      g_free (list->levels[i].format);
      g_free (list->levels[i].prefix);
      g_free (list->levels[i].suffix);
    }
  g_free (list);
}

/**
 * dra_odt_styles_new:
 *
 * Returns: (transfer full): no styles
 */
DraOdtStyles *
dra_odt_styles_new (void)
{
  DraOdtStyles *self = g_new0 (DraOdtStyles, 1);

  self->styles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, style_free);
  self->lists = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, list_free);

  return self;
}

/**
 * dra_odt_styles_free:
 * @self: (nullable): styles
 *
 * Frees the styles.
 */
void
dra_odt_styles_free (DraOdtStyles *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->styles);
  g_hash_table_unref (self->lists);
  g_free (self->language);
  g_free (self->country);
  g_free (self);
}

static const char *
get (DraXmlStream *stream,
     int           space,
     const char   *name)
{
  return dra_xml_stream_get_attribute (stream, space, name);
}

static int
number (const char *value,
        int         least,
        int         most)
{
  return value != NULL ? (int) CLAMP (strtol (value, NULL, 10), least, most) : least;
}

/* "Heading_20_1" is "Heading 1". */
static char *
decode_name (const char *name)
{
  GString *out = g_string_new (NULL);

  for (const char *p = name; *p != '\0'; p++)
    if (p[0] == '_' && g_ascii_isxdigit (p[1]) && g_ascii_isxdigit (p[2]) && p[3] == '_')
      {
        g_string_append_c (out, (char) (g_ascii_xdigit_value (p[1]) * 16 + g_ascii_xdigit_value (p[2])));
        p += 3;
      }
    else
      g_string_append_c (out, *p);
  if (!g_utf8_validate (out->str, -1, NULL))
    g_string_assign (out, name);

  return g_string_free (out, FALSE);
}

static void
start_style (DraOdtStyles *self,
             DraXmlStream *stream)
{
  const char *name = get (stream, STYLE, "name");
  const char *family = get (stream, STYLE, "family");
  const char *display = get (stream, STYLE, "display-name");
  const char *outline = get (stream, STYLE, "default-outline-level");
  g_autofree char *decoded = NULL;
  g_autofree char *key = g_strdup_printf ("%s %s", family != NULL ? family : "", name != NULL ? name : "");
  int level;

  self->style = NULL;
  if (name == NULL || family == NULL || g_hash_table_contains (self->styles, key))
    return;
  self->style = g_new0 (DraOdtStyle, 1);
  self->style->kind = DRA_BLOCK_PARAGRAPH;
  self->style->outline = -1;
  self->style->parent = g_strdup (get (stream, STYLE, "parent-style-name"));
  decoded = decode_name (display != NULL ? display : name);
  if (strcmp (family, "paragraph") == 0)
    {
      self->style->has_kind = dra_document_info_find_kind (decoded, &self->style->kind, &level);
      if (outline != NULL && *outline != '\0')
        self->style->outline = number (outline, 1, 10) - 1;
    }
  else if (strcmp (decoded, "Source Text") == 0 || strcmp (decoded, "Teletype") == 0)
    self->style->code = 2;
  g_hash_table_insert (self->styles, g_steal_pointer (&key), self->style);
}

static void
read_text_properties (DraOdtStyle  *style,
                      DraXmlStream *stream)
{
  const char *value;

  value = get (stream, FO, "font-weight");
  if (value != NULL)
    style->bold = strcmp (value, "bold") == 0 || atoi (value) >= 600 ? 2 : 1;
  value = get (stream, FO, "font-style");
  if (value != NULL)
    style->italic = strcmp (value, "normal") == 0 ? 1 : 2;
  value = get (stream, STYLE, "text-underline-style");
  if (value != NULL)
    style->underline = strcmp (value, "none") == 0 ? 1 : 2;
  value = get (stream, STYLE, "text-line-through-style");
  if (value != NULL)
    style->strike = strcmp (value, "none") == 0 ? 1 : 2;
  value = get (stream, TEXT, "display");
  if (value != NULL)
    style->hidden = strcmp (value, "none") == 0 ? 2 : 1;
  value = get (stream, STYLE, "text-position");
  if (value != NULL)
    style->vertical = g_str_has_prefix (value, "super") ? 2
                      : g_str_has_prefix (value, "sub") || *value == '-' ? 3
                      : *value >= '1' && *value <= '9' ? 2 : 1;
}

static void
start_level (DraOdtStyles *self,
             DraXmlStream *stream,
             int           token)
{
  int level = number (get (stream, TEXT, "level"), 1, DRA_ODT_N_LEVELS) - 1;

  if (self->list == NULL || self->list->levels[level].known)
    return;
  self->list->levels[level].known = TRUE;
  self->list->levels[level].start = 1;
  self->list->levels[level].shown = 1;
  if (token == T_LEVEL_BULLET)
    {
      self->list->levels[level].bullet = dra_document_info_make_bullet (get (stream, TEXT, "bullet-char"));
      return;
    }
  self->list->levels[level].format = g_strdup (get (stream, STYLE, "num-format"));
  self->list->levels[level].prefix = g_strdup (get (stream, STYLE, "num-prefix"));
  self->list->levels[level].suffix = g_strdup (get (stream, STYLE, "num-suffix"));
  if (get (stream, TEXT, "start-value") != NULL)
    self->list->levels[level].start = (guint) number (get (stream, TEXT, "start-value"), 0, 1000000);
  self->list->levels[level].shown = (guint) number (get (stream, TEXT, "display-levels"), 1, DRA_ODT_N_LEVELS);
}

/**
 * dra_odt_styles_start:
 * @self: styles
 * @stream: the document
 * @token: an element of it that begins
 *
 * Takes what is about styles.
 *
 * Returns: whether it was
 */
gboolean
dra_odt_styles_start (DraOdtStyles *self,
                      DraXmlStream *stream,
                      int           token)
{
  const char *name;

  switch (token)
    {
    case T_STYLE:
      start_style (self, stream);
      return TRUE;
    case T_DEFAULT_STYLE:
      self->in_default = g_strcmp0 (get (stream, STYLE, "family"), "paragraph") == 0;
      return TRUE;
    case T_TEXT_PROPERTIES:
      if (self->style != NULL)
        read_text_properties (self->style, stream);
      else if (self->in_default && self->language == NULL)
        {
          self->language = g_strdup (get (stream, FO, "language"));
          self->country = g_strdup (get (stream, FO, "country"));
        }
      return TRUE;
    case T_LIST_STYLE:
      name = get (stream, STYLE, "name");
      self->list = NULL;
      if (name == NULL || g_hash_table_contains (self->lists, name))
        return TRUE;
      self->list = g_new0 (DraOdtList, 1);
      g_hash_table_insert (self->lists, g_strdup (name), self->list);
      return TRUE;
    case T_LEVEL_BULLET:
    case T_LEVEL_NUMBER:
      start_level (self, stream, token);
      return TRUE;
    default:
      return FALSE;
    }
}

/**
 * dra_odt_styles_end:
 * @self: styles
 * @token: an element that ends
 *
 * Takes what is about styles.
 */
void
dra_odt_styles_end (DraOdtStyles *self,
                    int           token)
{
  if (token == T_STYLE)
    self->style = NULL;
  else if (token == T_LIST_STYLE)
    self->list = NULL;
  else if (token == T_DEFAULT_STYLE)
    self->in_default = FALSE;
}

#define INHERIT(field) style->field = style->field != 0 ? style->field : parent->field

/**
 * dra_odt_styles_find:
 * @self: styles
 * @family: "paragraph" or "text"
 * @name: (nullable): its name
 *
 * Returns: (transfer none) (nullable): the style, with what it has from its parents
 */
const DraOdtStyle *
dra_odt_styles_find (DraOdtStyles *self,
                     const char   *family,
                     const char   *name)
{
  g_autofree char *key = g_strdup_printf ("%s %s", family, name != NULL ? name : "");
  DraOdtStyle *style = g_hash_table_lookup (self->styles, key);
  const DraOdtStyle *parent = style;

  if (style == NULL || style->resolved)
    return style;
  for (guint i = 0; i < MAX_CHAIN && parent->parent != NULL; i++)
    {
      g_autofree char *parent_key = g_strdup_printf ("%s %s", family, parent->parent);

      parent = g_hash_table_lookup (self->styles, parent_key);
      if (parent == NULL)
        break;
      if (!style->has_kind && parent->has_kind)
        {
          style->has_kind = TRUE;
          style->kind = parent->kind;
        }
      style->outline = style->outline >= 0 ? style->outline : parent->outline;
      INHERIT (bold);
      INHERIT (italic);
      INHERIT (underline);
      INHERIT (strike);
      INHERIT (hidden);
      INHERIT (code);
      INHERIT (vertical);
    }
  style->resolved = TRUE;

  return style;
}

/**
 * dra_odt_styles_restart:
 * @self: styles
 * @list: (nullable): name of a list style
 * @level: from 0
 *
 * Says that a list begins, which counts anew.
 */
void
dra_odt_styles_restart (DraOdtStyles *self,
                        const char   *list,
                        guint         level)
{
  DraOdtList *found = list != NULL ? g_hash_table_lookup (self->lists, list) : NULL;

  for (guint i = level; found != NULL && i < DRA_ODT_N_LEVELS; i++)
    found->counters[i] = 0;
}

/**
 * dra_odt_styles_next:
 * @self: styles
 * @list: (nullable): name of a list style
 * @level: from 0
 * @start: the number the item says it has, or -1
 *
 * Counts an item.
 *
 * Returns: (transfer full) (nullable): its marker, %NULL when it has none
 */
char *
dra_odt_styles_next (DraOdtStyles *self,
                     const char   *list,
                     guint         level,
                     int           start)
{
  DraOdtList *found = list != NULL ? g_hash_table_lookup (self->lists, list) : NULL;
  guint first;
  GString *out;

  level = MIN (level, DRA_ODT_N_LEVELS - 1);
  if (found == NULL || !found->levels[level].known)
    return g_strdup ("•");
  /* A counter is one more than how many items there were, 0 before the first. */
  if (start >= 0)
    found->counters[level] = (guint) start;
  else if (found->counters[level] == 0)
    found->counters[level] = found->levels[level].start;
  else
    found->counters[level]++;
  for (guint i = level + 1; i < DRA_ODT_N_LEVELS; i++)
    found->counters[i] = 0;
  if (found->levels[level].bullet != NULL)
    return g_strdup (found->levels[level].bullet);
  if (found->levels[level].format == NULL || *found->levels[level].format == '\0')
    return NULL;

  out = g_string_new (found->levels[level].prefix);
  first = found->levels[level].shown <= level + 1 ? level + 1 - found->levels[level].shown : 0;
  for (guint i = first; i <= level; i++)
    {
      g_autofree char *text = dra_document_info_format_number (found->counters[i], found->levels[i].format);

      g_string_append_printf (out, "%s%s", i > first ? "." : "", text);
    }
  if (found->levels[level].suffix != NULL)
    g_string_append (out, found->levels[level].suffix);

  return g_string_free (out, FALSE);
}
