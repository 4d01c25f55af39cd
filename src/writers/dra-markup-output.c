/* dra-markup-output.c: text and attributes of HTML and XML.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "writers/dra-markup-output.h"

#include <string.h>

/* The Char production of XML 1.0 without what HTML forbids besides. */
static gboolean
is_allowed (gunichar c)
{
  return c >= 0x20 ? !(c >= 0x7F && c < 0xA0) && (c & 0xFFFE) != 0xFFFE
                       && !(c >= 0xFDD0 && c <= 0xFDEF)
                   : c == '\t' || c == '\n';
}

/**
 * dra_markup_append_text:
 * @out: where to
 * @text: UTF-8 text
 * @length: its length in bytes, or -1 when it is NUL-terminated
 *
 * Appends @text as text of an element: nothing in it can become markup.  Characters
 * that HTML or XML forbids (article texts have none) become U+FFFD.
 */
void
dra_markup_append_text (GString    *out,
                      const char *text,
                      gssize      length)
{
  const char *end = text + (length < 0 ? (gssize) strlen (text) : length);
  const char *p, *run;

  for (p = run = text; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c != '<' && c != '>' && c != '&' && is_allowed (c))
        continue;

      g_string_append_len (out, run, p - run);
      run = g_utf8_next_char (p);
      g_string_append (out, c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '&' ? "&amp;"
                                                                             : "\357\277\275");
    }
  g_string_append_len (out, run, end - run);
}

/**
 * dra_markup_append_attribute:
 * @out: where to, inside a start tag
 * @name: the attribute's name
 * @value: UTF-8
 *
 * Appends ` name="value"`.
 */
void
dra_markup_append_attribute (GString    *out,
                           const char *name,
                           const char *value)
{
  g_string_append_printf (out, " %s=\"", name);
  for (const char *p = value; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (*p == '"')
        g_string_append (out, "&quot;");
      else if (*p == '\n')
        g_string_append (out, "&#10;");
      else if (*p == '\t')
        g_string_append (out, "&#9;");
      else
        dra_markup_append_text (out, p, g_utf8_next_char (p) - p);
    }
  g_string_append_c (out, '"');
}
