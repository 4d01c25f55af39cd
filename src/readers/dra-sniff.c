/* dra-sniff.c: the view of a file that formats are told by, and those told at once.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-sniff.h"

#include <string.h>

/* The head in lower case, one byte a character, whatever the encoding. */
static char *
make_head (const guint8 *data,
           gsize         length)
{
  gsize n = MIN (length, DRA_SNIFF_HEAD);
  char *head = g_malloc (n + 1);
  gsize k = 0, i = 0;

  if (n >= 3 && memcmp (data, "\xEF\xBB\xBF", 3) == 0)
    i = 3;
  else if (n >= 2 && (memcmp (data, "\xFF\xFE", 2) == 0 || memcmp (data, "\xFE\xFF", 2) == 0))
    i = 2;
  for (; i < n; i++)
    if (data[i] != 0)
      head[k++] = g_ascii_tolower ((char) data[i]);
  head[k] = '\0';

  return head;
}

/**
 * dra_sniff_has_suffix:
 * @name: a file's name
 * @suffix: a suffix in lower case, with its dot
 *
 * Returns: whether the name ends in it, a ".gz" behind it left aside
 */
gboolean
dra_sniff_has_suffix (const char *name,
                      const char *suffix)
{
  gsize length = strlen (name), n = strlen (suffix);

  if (length > 3 && g_ascii_strncasecmp (name + length - 3, ".gz", 3) == 0)
    length -= 3;

  return length >= n && g_ascii_strncasecmp (name + length - n, suffix, n) == 0;
}

/**
 * dra_sniff_init:
 * @self: (out): a view to fill; clear it with dra_sniff_clear()
 * @data: the content of a file, which must stay
 * @length: its length in bytes
 * @name: the file's name, which must stay
 */
void
dra_sniff_init (DraSniff     *self,
                const guint8 *data,
                gsize         length,
                const char   *name)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (name != NULL);

  self->data = data;
  self->length = length;
  self->name = name;
  self->head = make_head (data, length);
  self->markdown_name = dra_sniff_has_suffix (name, ".md") || dra_sniff_has_suffix (name, ".markdown");
  self->zip = dra_sniff_zip (data, length);
}

/**
 * dra_sniff_clear:
 * @self: a view
 */
void
dra_sniff_clear (DraSniff *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->head, g_free);
}

/* A PDF may begin with up to 1 KiB of something else (PDF 1.7, implementation note 13);
 * text that only mentions the mark has no binary data. */
int
dra_sniff_pdf (const DraSniff *self)
{
  gsize n = MIN (self->length, 1024);

  if (self->length >= 5 && memcmp (self->data, "%PDF-", 5) == 0)
    return DRA_SNIFF_ROOT;
  if (memmem (self->data, n, "%PDF-1.", 7) != NULL && memchr (self->data, 0, self->length) != NULL)
    return DRA_SNIFF_ROOT;

  return 0;
}

int
dra_sniff_rtf (const DraSniff *self)
{
  const char *p = self->head;

  while (g_ascii_isspace (*p))
    p++;

  if (g_str_has_prefix (p, "{\\rtf"))
    return DRA_SNIFF_ROOT;

  /* A part of one, under a name that says so. */
  return g_str_has_prefix (p, "{\\") ? DRA_SNIFF_TEXT : 0;
}

int
dra_sniff_epub (const DraSniff *self)
{
  return self->zip == DRA_ZIP_EPUB ? DRA_SNIFF_ROOT : 0;
}

int
dra_sniff_docx (const DraSniff *self)
{
  return self->zip == DRA_ZIP_DOCX ? DRA_SNIFF_ROOT : 0;
}

int
dra_sniff_never (const DraSniff *self G_GNUC_UNUSED)
{
  return 0;
}
