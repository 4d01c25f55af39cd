/* dra-rtf-lexer.c: RTF as a stream of groups, control words and characters.
 *
 * Follows Microsoft's Rich Text Format Specification 1.9.1.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <errno.h>
#include <string.h>

#include "readers/dra-rtf-private.h"

#define DEFAULT_PAGE 1252
#define SYMBOL_PAGE 42

static DraRtfKind
read_word (DraRtfLexer *self)
{
  gsize n = 0;
  gboolean negative = FALSE;

  while (self->p < self->end && g_ascii_isalpha (*self->p))
    {
      if (n < DRA_RTF_MAX_WORD)
        self->word[n++] = (char) *self->p;
      self->p++;
    }
  self->word[n] = '\0';
  self->number = 0;
  self->has_number = FALSE;
  if (self->p + 1 < self->end && *self->p == '-' && g_ascii_isdigit (self->p[1]))
    {
      negative = TRUE;
      self->p++;
    }
  for (; self->p < self->end && g_ascii_isdigit (*self->p); self->p++)
    {
      self->has_number = TRUE;
      if (self->number <= (G_MAXINT - 9) / 10)
        self->number = self->number * 10 + (*self->p - '0');
    }
  if (negative)
    self->number = -self->number;
  if (self->p < self->end && *self->p == ' ')
    self->p++;

  if (strcmp (self->word, "bin") == 0)
    {
      self->length = (gsize) CLAMP (self->number, 0, self->end - self->p);
      self->data = self->p;
      self->p += self->length;
      return DRA_RTF_BINARY;
    }

  return DRA_RTF_WORD;
}

/**
 * dra_rtf_lexer_next:
 * @self: a lexer whose p and end were set
 *
 * Reads a token; its parts are the fields of @self.
 *
 * Returns: what it is
 */
DraRtfKind
dra_rtf_lexer_next (DraRtfLexer *self)
{
  const guint8 *start;

  while (self->p < self->end && (*self->p == '\r' || *self->p == '\n' || *self->p == '\0'))
    self->p++;
  if (self->p >= self->end)
    return DRA_RTF_END;
  if (*self->p == '{' || *self->p == '}')
    return *self->p++ == '{' ? DRA_RTF_OPEN : DRA_RTF_CLOSE;
  if (*self->p != '\\')
    {
      for (start = self->p; self->p < self->end && strchr ("\\{}\r\n", *self->p) == NULL; self->p++)
        ;
      self->data = start;
      self->length = (gsize) (self->p - start);
      return DRA_RTF_TEXT;
    }

  self->p++;
  if (self->p >= self->end)
    return DRA_RTF_END;
  if (g_ascii_isalpha (*self->p))
    return read_word (self);
  self->byte = *self->p++;
  if (self->byte != '\'')
    return DRA_RTF_SYMBOL;
  if (self->p + 1 < self->end && g_ascii_isxdigit (self->p[0]) && g_ascii_isxdigit (self->p[1]))
    {
      self->byte = (guint8) (g_ascii_xdigit_value ((char) self->p[0]) * 16 + g_ascii_xdigit_value ((char) self->p[1]));
      self->p += 2;
      return DRA_RTF_BYTE;
    }
  self->byte = 0;

  return DRA_RTF_SYMBOL;
}

/**
 * dra_rtf_charset_to_page:
 * @charset: a \fcharset
 *
 * Returns: its code page, 0 when it says nothing
 */
int
dra_rtf_charset_to_page (int charset)
{
  static const struct { int charset, page; } pages[] = {
    { 0, 1252 }, { 2, SYMBOL_PAGE }, { 77, 10000 }, { 128, 932 }, { 129, 949 }, { 130, 1361 }, { 134, 936 },
    { 136, 950 }, { 161, 1253 }, { 162, 1254 }, { 163, 1258 }, { 177, 1255 }, { 178, 1256 },
    { 186, 1257 }, { 204, 1251 }, { 222, 874 }, { 238, 1250 }, { 254, 437 }, { 255, 850 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    if (pages[i].charset == charset)
      return pages[i].page;

  return 0;
}

static void
close_converter (gpointer data)
{
  if (data != NULL)
    g_iconv_close (data);
}

/**
 * dra_rtf_decoder_init:
 * @self: a decoder
 *
 * Makes it ready.
 */
void
dra_rtf_decoder_init (DraRtfDecoder *self)
{
  memset (self, 0, sizeof *self);
  self->converters = g_hash_table_new_full (NULL, NULL, NULL, close_converter);
}

/**
 * dra_rtf_decoder_clear:
 * @self: a decoder
 *
 * Frees what it has.
 */
void
dra_rtf_decoder_clear (DraRtfDecoder *self)
{
  g_clear_pointer (&self->converters, g_hash_table_unref);
}

/* A page that iconv does not know is taken for the one of western Europe. */
static GIConv
get_converter (DraRtfDecoder *self,
               int            page)
{
  gpointer found;
  g_autofree char *name = NULL;
  GIConv converter;

  if (g_hash_table_lookup_extended (self->converters, GINT_TO_POINTER (page), NULL, &found))
    return found;
  if (page == 10000)
    name = g_strdup ("MACINTOSH");
  else if (page == 65001)
    name = g_strdup ("UTF-8");
  else if (page == 1361)
    name = g_strdup ("JOHAB");
  else
    name = g_strdup_printf ("CP%d", page);
  converter = g_iconv_open ("UTF-8", name);
  if (converter == (GIConv) -1)
    converter = page == DEFAULT_PAGE ? NULL : g_iconv_open ("UTF-8", "CP1252");
  if (converter == (GIConv) -1)
    converter = NULL;
  g_hash_table_insert (self->converters, GINT_TO_POINTER (page), converter);

  return converter;
}

static void
add_symbol (guint8   c,
            GString *out)
{
  if (c == 0xB7)
    g_string_append (out, "•");
  else if (c >= 0x20 && c < 0x7F)
    g_string_append_c (out, (char) c);
}

/* Converts what is whole; returns how many bytes are left that may become a character. */
static gsize
convert (GIConv        converter,
         const guint8 *data,
         gsize         length,
         GString      *out)
{
  char *in = (char *) data;
  gsize left = length;

  while (left > 0)
    {
      char buffer[1024];
      char *to = buffer;
      gsize room = sizeof buffer;
      gsize result = g_iconv (converter, &in, &left, &to, &room);

      g_string_append_len (out, buffer, to - buffer);
      if (result != (gsize) -1 || errno == E2BIG)
        continue;
      if (errno == EINVAL && left < 4)
        return left;
      g_string_append (out, "\357\277\275");
      in++;
      left--;
      g_iconv (converter, NULL, NULL, NULL, NULL);
    }

  return 0;
}

/**
 * dra_rtf_decoder_add:
 * @self: a decoder
 * @page: code page
 * @data: bytes
 * @length: how many
 * @out: what the characters are added to
 *
 * Decodes bytes.  The first half of a character waits for the next call, also across groups.
 */
void
dra_rtf_decoder_add (DraRtfDecoder *self,
                     int            page,
                     const guint8  *data,
                     gsize          length,
                     GString       *out)
{
  GIConv converter;
  gsize left;

  if (page != self->page)
    dra_rtf_decoder_flush (self, out);
  self->page = page;
  if (page == SYMBOL_PAGE)
    {
      for (gsize i = 0; i < length; i++)
        add_symbol (data[i], out);
      return;
    }
  converter = get_converter (self, page);
  if (converter == NULL)
    return;
  while (self->n_waiting > 0 && length > 0)
    {
      guint8 joined[5];
      guint n = self->n_waiting;

      memcpy (joined, self->waiting, n);
      joined[n] = *data;
      self->n_waiting = 0;
      left = convert (converter, joined, n + 1, out);
      memcpy (self->waiting, joined + n + 1 - left, left);
      self->n_waiting = (guint) left;
      data++;
      length--;
    }
  left = convert (converter, data, length, out);
  if (left > 0)
    memcpy (self->waiting, data + length - left, left);
  if (left > 0)
    self->n_waiting = (guint) left;
}

/**
 * dra_rtf_decoder_flush:
 * @self: a decoder
 * @out: what the characters are added to
 *
 * Gives up on half a character.
 */
void
dra_rtf_decoder_flush (DraRtfDecoder *self,
                       GString       *out)
{
  if (self->n_waiting > 0)
    g_string_append (out, "\357\277\275");
  self->n_waiting = 0;
}
