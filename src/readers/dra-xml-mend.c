/* dra-xml-mend.c: something like XML made into XML.
 *
 * One pass; what is no tag becomes text.  Every search for an end has either a bound or is
 * given up for good the first time it fails, so that the cost stays linear.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-xml-mend.h"

#include <string.h>

#define MAX_DEPTH 1000     /* elements open at a time; deeper ones are left out, not their text */
#define MAX_BACK 64        /* how far up an end tag may look for its element */
#define MAX_ATTRIBUTES 64
#define MAX_VALUE 4096     /* bytes in which the closing quote has to come */
#define MAX_NAME 128       /* bytes */

typedef struct
{
  const char *p;
  const char *end;
  GString    *out;
  GPtrArray  *open; /* names */
  gboolean    no_comment_end, no_cdata_end, no_pi_end, no_subset_end;
} Mend;

static gboolean
is_name_start (char c)
{
  return g_ascii_isalpha (c) || c == '_' || (guchar) c >= 0x80;
}

static gsize
name_length (const char *p,
             const char *end)
{
  const char *q = p;

  if (q >= end || !is_name_start (*q))
    return 0;
  while (q < end && (is_name_start (*q) || g_ascii_isdigit (*q) || *q == '-' || *q == '.' || *q == ':'))
    q++;

  return q - p <= MAX_NAME ? (gsize) (q - p) : 0;
}

/* Bytes of a reference to a character or an entity, 0 when it is none. */
static gsize
reference_length (const char *p,
                  const char *end)
{
  const char *q = p + 1;

  if (q < end && *q == '#')
    {
      gboolean hex = q + 1 < end && q[1] == 'x';
      guint64 value = 0;

      for (q += hex ? 2 : 1; q < end && (hex ? g_ascii_isxdigit (*q) : g_ascii_isdigit (*q)) && value < 0x110000; q++)
        value = value * (hex ? 16 : 10) + (guint64) g_ascii_xdigit_value (*q);
      if (q < end && *q == ';' && value >= 0x20 && value < 0x110000
          && g_unichar_validate ((gunichar) value) && (value & 0xFFFE) != 0xFFFE)
        return (gsize) (q + 1 - p);
      return 0;
    }
  q += name_length (q, end);

  return q > p + 1 && q < end && *q == ';' && memchr (p, ':', (gsize) (q - p)) == NULL
           ? (gsize) (q + 1 - p) : 0;
}

static void
put_text (Mend       *self,
          const char *p,
          const char *end,
          gboolean    references)
{
  while (p < end)
    {
      const char *run = p;
      gsize n;

      while (p < end && *p != '<' && *p != '&' && *p != '"' && *p != '>' && (guchar) *p >= 0x20)
        p++;
      g_string_append_len (self->out, run, p - run);
      if (p == end)
        break;
      n = *p == '&' && references ? reference_length (p, end) : 0;
      if (n > 0)
        g_string_append_len (self->out, p, (gssize) n);
      else if (*p == '<')
        g_string_append (self->out, "&lt;");
      else if (*p == '>')
        g_string_append (self->out, "&gt;");
      else if (*p == '&')
        g_string_append (self->out, "&amp;");
      else if (*p == '"')
        g_string_append (self->out, "&quot;");
      else if (*p == '\t' || *p == '\n' || *p == '\r')
        g_string_append_c (self->out, *p);
      p += MAX (n, 1);
    }
}

static void
close_last (Mend *self)
{
  g_string_append_printf (self->out, "</%s>",
                          (const char *) g_ptr_array_index (self->open, self->open->len - 1));
  g_ptr_array_set_size (self->open, (gint) self->open->len - 1);
}

static void
end_tag (Mend *self)
{
  const char *p = self->p + 2;
  gsize n = name_length (p, self->end);
  const char *close = memchr (p + n, '>', MIN ((gsize) (self->end - p) - n, MAX_NAME));
  guint back = 0;

  self->p = close != NULL ? close + 1 : p + n;
  while (back < MIN (self->open->len, MAX_BACK))
    {
      const char *name = g_ptr_array_index (self->open, self->open->len - 1 - back);

      if (strlen (name) == n && memcmp (name, p, n) == 0)
        break;
      back++;
    }
  if (back == MIN (self->open->len, MAX_BACK))
    return;
  for (guint i = 0; i <= back; i++)
    close_last (self);
}

static const char *
skip_space (const char *p,
            const char *end)
{
  while (p < end && g_ascii_isspace (*p))
    p++;

  return p;
}

/* Returns where the value ends; start and length say what it is. */
static const char *
find_value (const char  *p,
            const char  *end,
            const char **start,
            gsize       *length)
{
  if (p < end && (*p == '"' || *p == '\''))
    {
      const char *close = memchr (p + 1, *p, MIN ((gsize) (end - p - 1), MAX_VALUE));

      if (close != NULL)
        {
          *start = p + 1;
          *length = (gsize) (close - *start);
          return close + 1;
        }
      p++;
    }
  *start = p;
  while (p < end && !g_ascii_isspace (*p) && *p != '>' && *p != '<' && p - *start < MAX_VALUE)
    p++;
  *length = (gsize) (p - *start);
  if (p < end && *p == '>' && *length > 0 && p[-1] == '/')
    {
      (*length)--;
      return p - 1;
    }

  return p;
}

/* Attributes, up to what ends the tag. */
static const char *
put_attributes (Mend       *self,
                const char *p)
{
  const char *names[MAX_ATTRIBUTES];
  gsize lengths[MAX_ATTRIBUTES];
  guint n_names = 0;

  for (;;)
    {
      const char *name, *value = "";
      gsize n, length = 0;
      gboolean twice = FALSE;

      p = skip_space (p, self->end);
      if (p >= self->end || *p == '>' || *p == '<' || (*p == '/' && p + 1 < self->end && p[1] == '>'))
        return p;
      name = p;
      n = name_length (p, self->end);
      if (n == 0)
        {
          p++;
          continue;
        }
      p = skip_space (p + n, self->end);
      if (p < self->end && *p == '=')
        p = find_value (skip_space (p + 1, self->end), self->end, &value, &length);
      for (guint i = 0; i < n_names; i++)
        twice |= lengths[i] == n && memcmp (names[i], name, n) == 0;
      if (twice || n_names == MAX_ATTRIBUTES)
        continue;
      names[n_names] = name;
      lengths[n_names++] = n;
      g_string_append_c (self->out, ' ');
      g_string_append_len (self->out, name, (gssize) n);
      g_string_append (self->out, "=\"");
      put_text (self, value, value + length, TRUE);
      g_string_append_c (self->out, '"');
    }
}

static void
start_tag (Mend  *self,
           gsize  n)
{
  const char *name = self->p + 1;
  gsize before = self->out->len;
  gboolean empty;

  g_string_append_c (self->out, '<');
  g_string_append_len (self->out, name, (gssize) n);
  self->p = put_attributes (self, name + n);
  empty = self->p < self->end && *self->p == '/';
  if (self->p < self->end && *self->p != '<')
    self->p += empty ? 2 : 1;
  if (!empty && self->open->len >= MAX_DEPTH)
    {
      g_string_truncate (self->out, before);
      return;
    }
  g_string_append (self->out, empty ? "/>" : ">");
  if (!empty)
    g_ptr_array_add (self->open, g_strndup (name, n));
}

static const char *
find (Mend       *self,
      const char *from,
      const char *what,
      gboolean   *missing)
{
  const char *found = NULL;

  if (!*missing && from <= self->end)
    found = g_strstr_len (from, self->end - from, what);
  *missing = found == NULL;

  return found;
}

/* Comments, processing instructions, CDATA and declarations.  FALSE: it is none. */
static gboolean
special (Mend *self)
{
  const char *p = self->p;
  gsize left = (gsize) (self->end - p);
  const char *found;

  if (left >= 4 && memcmp (p, "<!--", 4) == 0)
    {
      found = find (self, p + 4, "-->", &self->no_comment_end);
      self->p = found != NULL ? found + 3 : p + 4;
    }
  else if (left >= 9 && memcmp (p, "<![CDATA[", 9) == 0)
    {
      found = find (self, p + 9, "]]>", &self->no_cdata_end);
      if (found != NULL)
        put_text (self, p + 9, found, FALSE);
      self->p = found != NULL ? found + 3 : p + 9;
    }
  else if (left >= 2 && p[1] == '?')
    {
      found = find (self, p + 2, "?>", &self->no_pi_end);
      self->p = found != NULL ? found + 2 : p + 2;
    }
  else if (left >= 3 && p[1] == '!' && g_ascii_isalpha (p[2]))
    {
      const char *close = memchr (p, '>', MIN (left, MAX_VALUE));
      const char *subset = memchr (p, '[', MIN (left, MAX_VALUE));

      if (close != NULL && subset != NULL && subset < close)
        {
          found = find (self, subset, "]>", &self->no_subset_end);
          close = found != NULL ? found + 1 : close;
        }
      self->p = close != NULL ? close + 1 : p + 2;
    }
  else
    return FALSE;

  return TRUE;
}

/**
 * dra_xml_mend:
 * @utf8: valid UTF-8 that should be XML
 *
 * Makes a well-formed document that says the same.  Its root is an element of our own
 * around everything.
 *
 * Returns: (transfer full): the document, UTF-8
 */
GBytes *
dra_xml_mend (GBytes *utf8)
{
  gsize length;
  const char *data = g_bytes_get_data (utf8, &length);
  Mend self = { .p = data, .end = data + length };

  self.out = g_string_sized_new (length + 64);
  self.open = g_ptr_array_new_with_free_func (g_free);
  g_string_append (self.out, "<mended>");
  while (self.p < self.end)
    {
      const char *tag = memchr (self.p, '<', (gsize) (self.end - self.p));
      gsize n;

      if (tag == NULL)
        tag = self.end;
      put_text (&self, self.p, tag, TRUE);
      self.p = tag;
      if (tag == self.end)
        break;
      if (special (&self))
        continue;
      n = name_length (tag + 1, self.end);
      if (n > 0)
        start_tag (&self, n);
      else if (tag + 1 < self.end && tag[1] == '/' && name_length (tag + 2, self.end) > 0)
        end_tag (&self);
      else
        {
          g_string_append (self.out, "&lt;");
          self.p++;
        }
    }
  while (self.open->len > 0)
    close_last (&self);
  g_string_append (self.out, "</mended>");
  g_ptr_array_unref (self.open);

  return g_string_free_to_bytes (self.out);
}
