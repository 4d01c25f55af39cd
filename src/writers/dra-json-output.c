/* dra-json-output.c: JSON straight into a string, without a tree.
 *
 * A cast of a long text has a million numbers; a tree of them would need more memory than
 * the article.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "writers/dra-json-output.h"

#include <string.h>

/* Characters that readers of lines (U+2028, U+2029), of XML (noncharacters) or people
 * (bidirectional controls) would trip over. */
static gboolean
is_escaped_always (gunichar c)
{
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 || c == 0xFEFF
         || (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
}

static gboolean
is_escaped_in_html (gunichar c)
{
  return c == '<' || c == '>' || c == '&' || c == 0x61C || c == 0x200E || c == 0x200F
         || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

static void
append_escape (GString  *out,
               gunichar  c)
{
  if (c > 0xFFFF)
    g_string_append_printf (out, "\\u%04x\\u%04x", 0xD800 + ((c - 0x10000) >> 10),
                            0xDC00 + ((c - 0x10000) & 0x3FF));
  else
    g_string_append_printf (out, "\\u%04x", c);
}

/**
 * dra_json_append_string:
 * @out: where to
 * @string: (nullable): UTF-8; what is not becomes U+FFFD; NULL writes null
 * @length: bytes of @string, or -1 when it is NUL-terminated
 * @output: where the JSON will stand
 *
 * Appends @string as a JSON string (RFC 8259) with its quotation marks.
 */
void
dra_json_append_string (GString       *out,
                        const char    *string,
                        gssize         length,
                        DraJsonOutput  output)
{
  g_autofree char *valid = NULL;
  const char *p, *end, *run;

  if (string == NULL)
    {
      g_string_append (out, "null");
      return;
    }

  if (length < 0)
    length = (gssize) strlen (string);
  if (!g_utf8_validate_len (string, length, NULL))
    {
      valid = g_utf8_make_valid (string, length);
      string = valid;
      length = (gssize) strlen (valid);
    }

  g_string_append_c (out, '"');
  end = string + length;
  for (p = run = string; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c != '"' && c != '\\' && !is_escaped_always (c)
          && !(output == DRA_JSON_IN_HTML && is_escaped_in_html (c)))
        continue;

      g_string_append_len (out, run, p - run);
      run = g_utf8_next_char (p);
      if (c == '"' || c == '\\')
        {
          g_string_append_c (out, '\\');
          g_string_append_c (out, (char) c);
        }
      else if (c == '\n')
        g_string_append (out, "\\n");
      else if (c == '\t')
        g_string_append (out, "\\t");
      else
        append_escape (out, c);
    }
  g_string_append_len (out, run, end - run);
  g_string_append_c (out, '"');
}

/**
 * dra_json_append_member:
 * @out: where to
 * @name: the member's name, plain ASCII
 * @string: (nullable): its value
 * @output: where the JSON will stand
 *
 * Appends `"name": "string"`, or null for no string.
 */
void
dra_json_append_member (GString       *out,
                        const char    *name,
                        const char    *string,
                        DraJsonOutput  output)
{
  g_string_append_printf (out, "\"%s\": ", name);
  dra_json_append_string (out, string, -1, output);
}

/**
 * dra_json_append_number:
 * @out: where to
 * @number: a number; one that JSON cannot hold becomes 0
 *
 * Appends the shortest decimal that reads back as the same float.
 */
void
dra_json_append_number (GString *out,
                        float    number)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (!(number > -G_MAXFLOAT && number < G_MAXFLOAT))
    number = 0;

  for (int precision = 1; precision <= 9; precision++)
    {
      char format[8];

      g_snprintf (format, sizeof format, "%%.%dg", precision);
      g_ascii_formatd (buffer, sizeof buffer, format, (double) number);
      if ((float) g_ascii_strtod (buffer, NULL) == number)
        break;
    }
  g_string_append (out, buffer);
}

/**
 * dra_json_append_escaped:
 * @out: where to
 * @json: JSON, valid UTF-8
 *
 * Appends @json with everything escaped that %DRA_JSON_IN_HTML escapes.  None of these
 * characters occurs in JSON outside of strings.
 */
void
dra_json_append_escaped (GString    *out,
                         const char *json)
{
  const char *p, *run;

  for (p = run = json; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\n' || c == '\t' || (!is_escaped_always (c) && !is_escaped_in_html (c)))
        continue;

      g_string_append_len (out, run, p - run);
      append_escape (out, c);
      run = g_utf8_next_char (p);
    }
  g_string_append_len (out, run, p - run);
}
