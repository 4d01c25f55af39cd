/* dra-markdown-matter.c: what a Markdown text says of itself before it begins.
 *
 * Front matter in YAML (between "---" and "---" or "...") or TOML (between "+++"), of which
 * the flat part is understood that editors and site generators write: strings with and
 * without quotes, block scalars, lists in either form, lists of authors with names; and the
 * title block of pandoc ("% Title").  What is not known is skipped.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-markdown-private.h"

#include <string.h>

#include "readers/dra-text-date.h"

#define MAX_MATTER (256 * 1024) /* bytes in which it must end */
#define MAX_NAMES 100

typedef struct
{
  const char *p;
  const char *end;
} Lines;

/* A line without its end; FALSE behind the last. */
static gboolean
next_line (Lines       *self,
           const char **start,
           const char **stop)
{
  if (self->p >= self->end)
    return FALSE;
  *start = self->p;
  while (self->p < self->end && *self->p != '\n' && *self->p != '\r')
    self->p++;
  *stop = self->p;
  if (self->p < self->end && *self->p == '\r')
    self->p++;
  if (self->p < self->end && *self->p == '\n')
    self->p++;

  return TRUE;
}

static char *
dup_stripped (const char *start,
              const char *stop)
{
  return g_strstrip (g_strndup (start, (gsize) (stop - start)));
}

static gboolean
is_line (const char *start,
         const char *stop,
         const char *what)
{
  while (stop > start && (stop[-1] == ' ' || stop[-1] == '\t'))
    stop--;

  return (gsize) (stop - start) == strlen (what) && memcmp (start, what, (gsize) (stop - start)) == 0;
}

/* A key that a line begins with, in lower case, or NULL; value: behind it. */
static char *
find_key (const char  *line,
          char         sign,
          const char **value)
{
  const char *p = line;
  gsize n = strspn (p, "\"'");

  p += n;
  while (g_ascii_isalnum (*p) || *p == '_' || *p == '-' || *p == '.')
    p++;
  if (p == line + n || p - line > 64)
    return NULL;
  *value = p + strspn (p, "\"' \t");
  if (**value != sign || (sign == ':' && (*value)[1] != '\0' && !g_ascii_isspace ((*value)[1])))
    return NULL;
  (*value)++;
  *value += strspn (*value, " \t");

  return g_ascii_strdown (line + n, p - line - (gssize) n);
}

static void
append_escape (GString     *out,
               const char **p)
{
  gunichar c = 0;
  guint digits = **p == 'x' ? 2 : **p == 'u' ? 4 : **p == 'U' ? 8 : 0;

  if (digits == 0)
    {
      g_string_append_c (out, strchr ("nrt", **p) != NULL && **p != '\0' ? ' ' : **p);
      *p += **p != '\0';
      return;
    }
  for ((*p)++; digits > 0 && g_ascii_isxdigit (**p); digits--, (*p)++)
    c = c * 16 + (gunichar) g_ascii_xdigit_value (**p);
  if (c != 0 && g_unichar_validate (c))
    g_string_append_unichar (out, c);
}

/* A value in quotes from its first; moves p behind the last quote.  NULL without one. */
static char *
take_quoted (const char **p)
{
  char quote = **p;
  const char *start = ++*p;
  GString *out = g_string_new (NULL);

  while (**p != '\0' && **p != quote)
    {
      char c = *(*p)++;

      if (c == '\\' && quote == '"')
        append_escape (out, p);
      else
        g_string_append_c (out, c);
      if (quote == '\'' && **p == '\'' && (*p)[1] == '\'')
        {
          g_string_append_c (out, '\'');
          *p += 2;
        }
    }
  if (**p == '\0')
    {
      *p = start;
      g_string_free (out, TRUE);
      return NULL;
    }
  (*p)++;

  return g_string_free (out, FALSE);
}

static gboolean
is_nothing (const char *value)
{
  return *value == '\0' || strcmp (value, "~") == 0 || g_ascii_strcasecmp (value, "null") == 0
         || strcmp (value, "{}") == 0 || strcmp (value, "[]") == 0;
}

/* One value without quotes, marks of types and comments. */
static char *
take_scalar (const char *value)
{
  const char *p = value;
  const char *comment;
  char *plain;

  if (*p == '"' || *p == '\'')
    {
      plain = take_quoted (&p);
      if (plain != NULL)
        return g_strstrip (plain);
      p = value + 1;
    }
  comment = strstr (p, " #");
  plain = comment != NULL ? g_strndup (p, (gsize) (comment - p)) : g_strdup (p);
  g_strstrip (plain);
  if (is_nothing (plain))
    g_clear_pointer (&plain, g_free);

  return plain;
}

/* "name: Jane Doe" and "{name: Jane Doe, ...}" as names; others as they are. */
static char *
take_name (const char *item,
           char        sign)
{
  g_autofree char *inner = NULL;
  g_autofree char *key = NULL;
  const char *value;

  if (*item == '{')
    {
      const char *name = strstr (item, "name");

      if (name == NULL)
        return NULL;
      inner = g_strdup (name);
      inner[strcspn (inner, ",}")] = '\0';
      item = inner;
    }
  key = find_key (item, sign, &value);
  if (key == NULL)
    return take_scalar (item);

  return strcmp (key, "name") == 0 || strcmp (key, "literal") == 0 ? take_scalar (value) : NULL;
}

/* The parts of "[a, 'b, c', {name: d}]". */
static void
split_list (const char *value,
            char        sign,
            GPtrArray  *out)
{
  const char *p = value + 1;

  while (*p != '\0' && *p != ']' && out->len < MAX_NAMES)
    {
      const char *start = p;
      g_autofree char *item = NULL;
      char *name;

      if (*p == '"' || *p == '\'')
        item = take_quoted (&p);
      if (item == NULL)
        {
          if (*p == '{')
            p += strcspn (p, "}");
          p += strcspn (p, ",]");
          item = g_strstrip (g_strndup (start, (gsize) (p - start)));
          name = take_name (item, sign);
        }
      else
        name = g_steal_pointer (&item);
      if (name != NULL && *name != '\0')
        g_ptr_array_add (out, name);
      else
        g_free (name);
      p += strspn (p, ", \t\n\r");
      if (p == start)
        p++;
    }
}

/* The lines below a key: a list, names of authors, or text that goes on. */
static void
split_lines (const char *more,
             char        sign,
             GPtrArray  *out)
{
  g_auto (GStrv) lines = g_strsplit (more, "\n", -1);
  GString *text = g_string_new (NULL);
  gboolean list = FALSE;

  for (guint i = 0; lines[i] != NULL && out->len < MAX_NAMES; i++)
    {
      char *line = g_strstrip (lines[i]);
      char *name;

      if (g_str_has_prefix (line, "- ") || strcmp (line, "-") == 0)
        {
          list = TRUE;
          line += 1 + strspn (line + 1, " \t");
        }
      else if (!list)
        {
          g_autofree char *key = NULL;
          const char *value;

          key = find_key (line, sign, &value);
          if (key == NULL || strcmp (key, "name") != 0)
            {
              if (key == NULL)
                g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", line);
              continue;
            }
        }
      else
        {
          g_autofree char *key = NULL;
          const char *value;

          key = find_key (line, sign, &value);
          if (key == NULL)
            continue;
        }
      name = take_name (line, sign);
      if (name != NULL && *name != '\0')
        g_ptr_array_add (out, name);
      else
        g_free (name);
    }
  if (out->len == 0 && text->len > 0)
    {
      char *scalar = take_scalar (text->str);

      if (scalar != NULL)
        g_ptr_array_add (out, scalar);
    }
  g_string_free (text, TRUE);
}

/* All of a value: what stands behind its key and in the lines below. */
static GPtrArray *
take_values (const char *value,
             const char *more,
             char        sign)
{
  GPtrArray *out = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *all = NULL;
  char *scalar;

  if (*value == '#')
    value = "";
  if (g_str_has_prefix (value, "\"\"\"") || g_str_has_prefix (value, "'''"))
    {
      all = g_strconcat (value + 3, " ", more, NULL);
      for (char *p = strstr (all, *value == '"' ? "\"\"\"" : "'''"); p != NULL; p = NULL)
        *p = '\0';
      g_ptr_array_add (out, g_steal_pointer (&all));
      return out;
    }
  if (*value == '|' || *value == '>')
    {
      if (*more != '\0')
        g_ptr_array_add (out, g_strdup (more));
      return out;
    }
  if (*value == '\0')
    {
      split_lines (more, sign, out);
      return out;
    }
  all = *more != '\0' ? g_strconcat (value, " ", more, NULL) : g_strdup (value);
  if (*all == '[')
    split_list (all, sign, out);
  else
    {
      scalar = *all == '{' ? take_name (all, sign) : take_scalar (all);
      if (scalar != NULL)
        g_ptr_array_add (out, scalar);
    }

  return out;
}

static int
find_metadata (const char *key)
{
  static const struct { const char *key; DraMetadata which; } keys[] = {
    { "title", DRA_METADATA_TITLE }, { "headline", DRA_METADATA_TITLE },
    { "author", DRA_METADATA_BYLINE }, { "authors", DRA_METADATA_BYLINE },
    { "byline", DRA_METADATA_BYLINE }, { "creator", DRA_METADATA_BYLINE },
    { "date", DRA_METADATA_PUBLISHED }, { "published", DRA_METADATA_PUBLISHED },
    { "pubdate", DRA_METADATA_PUBLISHED }, { "publishdate", DRA_METADATA_PUBLISHED },
    { "date_published", DRA_METADATA_PUBLISHED }, { "published_at", DRA_METADATA_PUBLISHED },
    { "created", DRA_METADATA_PUBLISHED }, { "created_at", DRA_METADATA_PUBLISHED },
    { "lang", DRA_METADATA_LANGUAGE }, { "language", DRA_METADATA_LANGUAGE },
    { "site", DRA_METADATA_SITE }, { "sitename", DRA_METADATA_SITE },
    { "site_name", DRA_METADATA_SITE }, { "publication", DRA_METADATA_SITE },
    { "publisher", DRA_METADATA_SITE }, { "website", DRA_METADATA_SITE },
    { "source", DRA_METADATA_ORIGIN_URI }, { "source_url", DRA_METADATA_ORIGIN_URI },
    { "url", DRA_METADATA_ORIGIN_URI }, { "canonical_url", DRA_METADATA_ORIGIN_URI },
    { "canonical", DRA_METADATA_ORIGIN_URI }, { "original_url", DRA_METADATA_ORIGIN_URI },
    { "link", DRA_METADATA_ORIGIN_URI },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (strcmp (keys[i].key, key) == 0)
      return (int) keys[i].which;

  return -1;
}

static gboolean
is_address (const char *value)
{
  return g_ascii_strncasecmp (value, "http://", 7) == 0 || g_ascii_strncasecmp (value, "https://", 8) == 0;
}

/* A language tag: letters, then parts of letters and digits. */
static gboolean
is_language (const char *value)
{
  gsize n = 0;

  while (g_ascii_isalpha (value[n]))
    n++;
  if (n < 2 || n > 3)
    return FALSE;
  while (g_ascii_isalnum (value[n]) || value[n] == '-' || value[n] == '_')
    n++;

  return value[n] == '\0' && n <= 20;
}

static void
set_value (char       *metadata[DRA_N_METADATA],
           const char *key,
           GPtrArray  *values)
{
  int which = find_metadata (key);
  g_autofree char *value = NULL;
  char *date;

  if (which < 0 || values->len == 0)
    return;
  if (which == DRA_METADATA_ORIGIN_URI && !is_address (values->pdata[0]))
    which = strcmp (key, "source") == 0 && *(const char *) values->pdata[0] != '/' ? DRA_METADATA_SITE : -1;
  if (which < 0 || metadata[which] != NULL)
    return;
  if (which == DRA_METADATA_BYLINE)
    {
      g_ptr_array_add (values, NULL);
      value = g_strjoinv (", ", (char **) values->pdata);
    }
  else
    value = g_strdup (values->pdata[0]);
  g_strstrip (value);
  if (which == DRA_METADATA_LANGUAGE)
    {
      g_strdelimit (value, "_", '-');
      if (!is_language (value))
        return;
    }
  if (which == DRA_METADATA_PUBLISHED && (date = dra_text_date_parse (value, strlen (value))) != NULL)
    {
      g_free (value);
      value = date;
    }
  if (*value != '\0')
    metadata[which] = g_steal_pointer (&value);
}

/* One key and the lines that belong to it. */
static void
read_fields (const char *start,
             const char *end,
             char        sign,
             char       *metadata[DRA_N_METADATA])
{
  Lines lines = { start, end };
  const char *line_start, *line_stop;
  gboolean more_lines = next_line (&lines, &line_start, &line_stop);

  while (more_lines)
    {
      g_autofree char *line = g_strndup (line_start, (gsize) (line_stop - line_start));
      g_autofree char *key = NULL;
      g_autoptr (GPtrArray) values = NULL;
      GString *more = g_string_new (NULL);
      const char *value;

      if (sign == '=' && *line == '[')
        more_lines = FALSE; /* a table: what follows is not the article's */
      else
        key = g_ascii_isspace (*line) ? NULL : find_key (line, sign, &value);
      while ((more_lines = more_lines && next_line (&lines, &line_start, &line_stop)))
        {
          g_autofree char *next = g_strndup (line_start, (gsize) (line_stop - line_start));
          const char *rest;
          g_autofree char *next_key = g_ascii_isspace (*next) ? NULL : find_key (next, sign, &rest);

          if (next_key != NULL || (sign == '=' && *next == '[' && *line != '['))
            break;
          g_strstrip (next);
          g_string_append_printf (more, "%s%s", more->len > 0 ? "\n" : "", next);
        }
      if (key != NULL)
        {
          values = take_values (value, more->str, sign);
          set_value (metadata, key, values);
        }
      g_string_free (more, TRUE);
    }
}

/* "% Title", "% Authors", "% Date", each going on in lines that begin with a space. */
static gsize
read_pandoc (const char *text,
             gsize       length,
             char       *metadata[DRA_N_METADATA])
{
  static const char *const keys[] = { "title", "author", "date" };
  Lines lines = { text, text + MIN (length, MAX_MATTER) };
  const char *start, *stop;
  const char *body = text;
  GString *value = g_string_new (NULL);
  guint n = 0;

  while (next_line (&lines, &start, &stop) && stop > start)
    {
      g_autofree char *line = NULL;

      if (*start == '%' && n < G_N_ELEMENTS (keys))
        {
          g_string_truncate (value, 0);
          n++;
          start++;
        }
      else if (*start != ' ' || n == 0)
        break;
      line = dup_stripped (start, stop);
      g_string_append_printf (value, "%s%s", value->len > 0 ? " " : "", line);
      body = lines.p;
      if (value->len > 0)
        {
          g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);

          g_clear_pointer (&metadata[find_metadata (keys[n - 1])], g_free);
          g_strdelimit (value->str, ";", ',');
          g_ptr_array_add (values, g_strdup (value->str));
          set_value (metadata, keys[n - 1], values);
        }
    }
  g_string_free (value, TRUE);

  return (gsize) (body - text);
}

/* Whether what is between two rules is front matter: it begins with a key. */
static gboolean
has_keys (const char *start,
          const char *end,
          char        sign)
{
  Lines lines = { start, end };
  const char *line_start, *line_stop;

  while (next_line (&lines, &line_start, &line_stop))
    {
      g_autofree char *line = dup_stripped (line_start, line_stop);
      g_autofree char *key = NULL;
      const char *value;

      if (*line == '#' || (*line == '\0' && sign == '='))
        continue;
      if (*line == '\0')
        return FALSE;
      key = find_key (line, sign, &value);
      return key != NULL || (sign == '=' && *line == '[');
    }

  return TRUE; /* empty */
}

/**
 * dra_markdown_matter_read:
 * @text: a Markdown text in UTF-8
 * @length: its length in bytes
 * @metadata: (inout): values that are found are put here, each to be freed
 *
 * Reads front matter.  There is none when the text only begins with a rule.
 *
 * Returns: how many bytes it takes
 */
gsize
dra_markdown_matter_read (const char *text,
                          gsize       length,
                          char       *metadata[DRA_N_METADATA])
{
  Lines lines = { text, text + MIN (length, MAX_MATTER) };
  const char *start, *stop, *first;
  gboolean toml;

  g_return_val_if_fail (text != NULL || length == 0, 0);

  if (length > 0 && *text == '%')
    return length > 1 && text[1] == ' ' ? read_pandoc (text, length, metadata) : 0;
  if (!next_line (&lines, &start, &stop))
    return 0;
  toml = is_line (start, stop, "+++");
  if (!toml && !is_line (start, stop, "---"))
    return 0;

  first = lines.p;
  while (next_line (&lines, &start, &stop))
    if (is_line (start, stop, toml ? "+++" : "---") || (!toml && is_line (start, stop, "...")))
      {
        if (!has_keys (first, start, toml ? '=' : ':'))
          return 0;
        read_fields (first, start, toml ? '=' : ':', metadata);
        return (gsize) (lines.p - text);
      }

  return 0;
}
