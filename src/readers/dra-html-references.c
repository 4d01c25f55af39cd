/* dra-html-references.c: character references in the markup of a page.
 *
 * The named ones are those of HTML 4, and only with a semicolon behind them; numbers may do
 * without.  What is no reference stays as it is written.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-html-references.h"

#include <libxml/HTMLparser.h>
#include <string.h>

#define MAX_ENTITY 10   /* bytes of the longest name */
#define MAX_CODE 0x110000
#define MAX_REMEMBERED 512

struct _DraHtmlReferences
{
  GHashTable *values; /* name -> code, 0 for none: libxml2 looks through a list each time */
};

/**
 * dra_html_references_new:
 *
 * Returns: (transfer full): what decodes references
 */
DraHtmlReferences *
dra_html_references_new (void)
{
  DraHtmlReferences *self = g_new0 (DraHtmlReferences, 1);

  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

/**
 * dra_html_references_free:
 * @self: what decodes references
 */
void
dra_html_references_free (DraHtmlReferences *self)
{
  g_hash_table_unref (self->values);
  g_free (self);
}

/* Controls, and the two code points that are no characters: EF BF BE and EF BF BF. */
static gboolean
is_no_character (const char *p,
                 const char *end)
{
  guchar c = (guchar) *p;

  return c < 0x20 ? c != '\t' && c != '\n' && c != '\r'
                  : c == 0xEF && end - p >= 3 && (guchar) p[1] == 0xBF && ((guchar) p[2] & 0xFE) == 0xBE;
}

/**
 * dra_html_references_clean:
 * @text: text in UTF-8
 * @length: its length in bytes
 * @out: where it is appended
 *
 * Takes controls out of a text.
 */
void
dra_html_references_clean (const char *text,
                           gsize       length,
                           GString    *out)
{
  const char *end = text + length;
  const char *start = text;

  for (const char *p = text; p < end; p++)
    if (((guchar) *p < 0x20 || (guchar) *p == 0xEF) && is_no_character (p, end))
      {
        g_string_append_len (out, start, p - start);
        p += (guchar) *p == 0xEF ? 2 : 0;
        start = p + 1;
      }
  g_string_append_len (out, start, end - start);
}

static guint32
look_up (DraHtmlReferences *self,
         const char        *name,
         gsize              length)
{
  char key[MAX_ENTITY + 1];
  const htmlEntityDesc *entity;
  gpointer value;

  if (length > MAX_ENTITY)
    return 0;
  memcpy (key, name, length);
  key[length] = '\0';
  if (g_hash_table_lookup_extended (self->values, key, NULL, &value))
    return GPOINTER_TO_UINT (value);
  entity = htmlEntityLookup ((const xmlChar *) key);
  if (g_hash_table_size (self->values) < MAX_REMEMBERED)
    g_hash_table_insert (self->values, g_strdup (key), GUINT_TO_POINTER (entity != NULL ? entity->value : 0));

  return entity != NULL ? entity->value : 0;
}

/* The number behind "&#": to where it ends. */
static const char *
read_number (const char *p,
             const char *end,
             guint32    *code)
{
  guint base = 10;
  int digit;

  *code = 0;
  if (p < end && (*p == 'x' || *p == 'X'))
    {
      base = 16;
      p++;
    }
  for (; p < end && (digit = base == 16 ? g_ascii_xdigit_value (*p) : g_ascii_digit_value (*p)) >= 0; p++)
    if (*code < MAX_CODE)
      *code = *code * base + (guint) digit;
  if (p < end && *p == ';')
    p++;
  if (*code >= MAX_CODE || (*code < 0x20 && *code != '\t' && *code != '\n' && *code != '\r')
      || (*code >= 0xD800 && *code < 0xE000) || (*code & 0xFFFFFFFE) == 0xFFFE)
    *code = 0;

  return p;
}

static gboolean
is_name (char c)
{
  return g_ascii_isalnum (c) || c == '_' || c == '-' || c == ':' || c == '.';
}

/**
 * dra_html_references_decode:
 * @self: what decodes references
 * @text: text in UTF-8
 * @length: its length in bytes
 * @keep_controls: whether controls that are there as such stay
 * @out: where it is appended
 *
 * Puts characters in the place of references.  A number that stands for no character is
 * dropped.
 */
void
dra_html_references_decode (DraHtmlReferences *self,
                            const char        *text,
                            gsize              length,
                            gboolean           keep_controls,
                            GString           *out)
{
  const char *end = text + length;
  const char *p = text;

  while (p < end)
    {
      const char *ampersand = memchr (p, '&', end - p);
      const char *stop = ampersand != NULL ? ampersand : end;
      guint32 code = 0;

      if (keep_controls)
        g_string_append_len (out, p, stop - p);
      else
        dra_html_references_clean (p, stop - p, out);
      if (ampersand == NULL)
        return;
      p = ampersand + 1;
      if (p < end && *p == '#')
        {
          p = read_number (p + 1, end, &code);
          if (code != 0)
            g_string_append_unichar (out, code);
          continue;
        }
      for (stop = p; stop < end && is_name (*stop); stop++)
        ;
      if (stop < end && *stop == ';' && stop > p)
        code = look_up (self, p, stop - p);
      if (code != 0)
        {
          g_string_append_unichar (out, code);
          p = stop + 1;
        }
      else
        g_string_append_c (out, '&');
    }
}
