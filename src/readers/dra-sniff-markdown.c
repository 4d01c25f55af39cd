/* dra-sniff-markdown.c: Markdown, by what plain text does not use.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-sniff.h"

#include <string.h>

enum
{
  HEADING = 1 << 0,
  LINK = 1 << 1,
  FENCE = 1 << 2,
  TABLE = 1 << 3,
  STRONG = 1 << 4,
  MATTER = 1 << 5,
};

/* What plain text needs to be taken for Markdown without a name that says so, and what it
 * needs whatever its name is. */
#define ENOUGH 3
#define CLEARLY 4

static gboolean
is_heading (const char *line)
{
  gsize n = strspn (line, "#");

  return n >= 1 && n <= 6 && line[n] == ' ' && g_ascii_isgraph (line[n + 1]);
}

/* The line under a table's heading: |---|:--:| */
static gboolean
is_delimiter_row (const char *line,
                  gsize       length)
{
  gsize n = strspn (line, "|-: \t");

  return length >= 5 && n >= length && memchr (line, '|', length) != NULL
         && memmem (line, length, "--", 2) != NULL;
}

/* [text](address) */
static gboolean
has_link (const char *line,
          gsize       length)
{
  const char *end = line + length;
  const char *p = memchr (line, '[', length);

  p = p != NULL ? memmem (p, end - p, "](", 2) : NULL;

  return p != NULL && memchr (p, ')', end - p) != NULL;
}

static gboolean
has_strong (const char *line,
            gsize       length)
{
  const char *end = line + length;
  const char *p = memmem (line, length, "**", 2);

  return p != NULL && p + 2 < end && g_ascii_isgraph (p[2]) && p[2] != '*'
         && memmem (p + 3, end - p - 3, "**", 2) != NULL;
}

static guint
find_signs (const char *head)
{
  guint signs = 0;

  if (g_str_has_prefix (head, "---\n") || g_str_has_prefix (head, "---\r\n")
      || g_str_has_prefix (head, "+++\n"))
    signs |= strstr (head + 4, "\n---") != NULL || strstr (head + 4, "\n+++") != NULL ? MATTER : 0;
  for (const char *line = head; *line != '\0';)
    {
      gsize length = strcspn (line, "\r\n");

      if (is_heading (line))
        signs |= HEADING;
      if (g_str_has_prefix (line, "```") || g_str_has_prefix (line, "~~~"))
        signs |= FENCE;
      if (is_delimiter_row (line, length))
        signs |= TABLE;
      if (has_link (line, length))
        signs |= LINK;
      if (has_strong (line, length))
        signs |= STRONG;
      line += length;
      line += strspn (line, "\r\n");
    }

  return signs;
}

/* A name that says so is believed of any text, even of one that begins with a tag, as many
 * a README does; whole web pages and other formats come first anyway. */
int
dra_sniff_markdown (const DraSniff *self)
{
  guint signs;
  int n;

  if (self->markdown_name)
    return DRA_SNIFF_LIKELY;
  signs = find_signs (self->head);
  n = __builtin_popcount (signs);
  if (n >= CLEARLY || (n >= ENOUGH && signs & MATTER))
    return DRA_SNIFF_LIKELY;

  return n >= ENOUGH ? DRA_SNIFF_TEXT + 1 : 0;
}
