/* dra-text-fields.c: fields above an article, "Title: ..." and the like.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-text-private.h"

#include <string.h>

/* Fields of a header block, in small letters, and what they say. */
static const struct
{
  const char *name;
  int         which; /* DraMetadata, -1 for one we only recognise */
} fields[] = {
  { "title", DRA_METADATA_TITLE }, { "headline", DRA_METADATA_TITLE },
  { "subject", DRA_METADATA_TITLE }, { "author", DRA_METADATA_BYLINE },
  { "authors", DRA_METADATA_BYLINE }, { "byline", DRA_METADATA_BYLINE },
  { "by", DRA_METADATA_BYLINE }, { "writer", DRA_METADATA_BYLINE },
  { "from", DRA_METADATA_BYLINE }, { "date", DRA_METADATA_PUBLISHED },
  { "published", DRA_METADATA_PUBLISHED }, { "publication date", DRA_METADATA_PUBLISHED },
  { "pubdate", DRA_METADATA_PUBLISHED }, { "posted", DRA_METADATA_PUBLISHED },
  { "source", DRA_METADATA_SITE }, { "site", DRA_METADATA_SITE },
  { "publication", DRA_METADATA_SITE }, { "publisher", DRA_METADATA_SITE },
  { "newspaper", DRA_METADATA_SITE }, { "url", DRA_METADATA_ORIGIN_URI },
  { "link", DRA_METADATA_ORIGIN_URI }, { "language", DRA_METADATA_LANGUAGE },
  { "lang", DRA_METADATA_LANGUAGE }, { "updated", -1 }, { "to", -1 }, { "cc", -1 },
  { "sent", DRA_METADATA_PUBLISHED }, { "reply-to", -1 }, { "section", -1 },
  { "category", -1 }, { "categories", -1 }, { "tags", -1 }, { "keywords", -1 },
  { "topics", -1 }, { "slug", -1 }, { "summary", -1 }, { "description", -1 },
  { "subtitle", -1 }, { "dateline", -1 }, { "location", -1 }, { "copyright", -1 },
  { "words", -1 }, { "word count", -1 }, { "length", -1 }, { "page", -1 }, { "edition", -1 },
  { "message-id", -1 }, { "newsgroups", -1 }, { "organization", -1 }, { "id", -1 },
};

static int
find_field (const DraTextLine *line,
            const char       **value)
{
  const char *colon = line->end - line->start <= DRA_TEXT_MAX_LOOK
                        ? memchr (line->start, ':', line->end - line->start) : NULL;
  g_autofree char *name = NULL;

  if (colon == NULL || colon - line->start > 20 || colon == line->start)
    return -1;
  name = g_ascii_strdown (line->start, colon - line->start);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (strcmp (name, fields[i].name) == 0)
      {
        *value = colon + 1;
        while (*value < line->end && (**value == ' ' || **value == '\t'))
          (*value)++;
        return (int) i;
      }

  return -1;
}

static void
write_field (DraTextOutput     *self,
             const DraTextLine *line,
             guint              n_lines)
{
  const char *value;
  int field = find_field (line, &value);
  DraBlockKind kind = DRA_BLOCK_BYLINE;

  if (field >= 0 && fields[field].which >= 0)
    {
      DraMetadata which = (DraMetadata) fields[field].which;

      if (which == DRA_METADATA_PUBLISHED)
        kind = DRA_BLOCK_DATE;
      /* Quotes are YAML's, not the title's. */
      if (line->end - value >= 2 && (*value == '"' || *value == '\'') && line->end[-1] == *value)
        dra_text_output_set_metadata (self, which, value + 1, line->end - 1);
      else
        dra_text_output_set_metadata (self, which, value, line->end);
    }
  dra_text_output_block (self, kind, 0, NULL, line, n_lines);
}

/**
 * dra_text_fields_read: (skip)
 * @self: where to
 * @lines: the lines of a head
 * @n_lines: how many
 * @i: where fields may begin
 *
 * Reads "Title: ..." and so on: two fields at least, or one that names the title, up to a blank
 * line; lines that are indented go on with the field above.
 *
 * Returns: the line behind them, or @i when there are none
 */
guint
dra_text_fields_read (DraTextOutput     *self,
                      const DraTextLine *lines,
                      guint              n_lines,
                      guint              i)
{
  guint n_fields = 0, stop = i;
  gboolean front_matter = FALSE, title = FALSE;
  const char *value;

  if (i < n_lines && lines[i].end - lines[i].start == 3
      && memcmp (lines[i].start, "---", 3) == 0)
    {
      front_matter = TRUE;
      stop = ++i;
    }
  for (; stop < n_lines && !dra_text_line_is_blank (&lines[stop]); stop++)
    {
      int field = find_field (&lines[stop], &value);

      if (front_matter && lines[stop].end - lines[stop].start == 3
          && memcmp (lines[stop].start, "---", 3) == 0)
        break;
      if (field < 0 && (n_fields == 0 || lines[stop].indent == lines[i].indent) && !front_matter)
        break;
      n_fields += field >= 0;
      title = title || (field >= 0 && fields[field].which == DRA_METADATA_TITLE);
    }
  if (n_fields == 0 || (n_fields == 1 && !title) || (front_matter && (stop == n_lines || dra_text_line_is_blank (&lines[stop]))))
    return i - front_matter;

  while (i < stop)
    {
      guint k = i + 1;

      while (k < stop && find_field (&lines[k], &value) < 0)
        k++;
      write_field (self, &lines[i], k - i);
      i = k;
    }

  return stop + front_matter;
}
