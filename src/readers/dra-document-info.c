/* dra-document-info.c: what office documents say of themselves, and comments in them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-document-info.h"

#include <stdlib.h>
#include <string.h>

#include "notes/dra-iso-time.h"
#include "readers/dra-text-date.h"

#define CONTEXT 64                        /* code points beside the quote of one note of very many */

/* Titles and authors that programs put in by themselves, in lower case. */
static const char *const made_up[] = {
  "untitled", "untitled document", "document", "no title", "title", "[title]", "(title)",
  "titel", "titre", "título", "titolo", "microsoft word", "word document", "normal",
  "normal.dot", "normal.dotm", "template", "blank", "unknown", "unknown author", "author", "[author]",
  "user", "admin", "administrator", "windows user", "microsoft office user", "microsoft",
  "microsoft office", "default", "owner", "root", "test", "none", "n/a", "python-docx",
  "openoffice.org", "libreoffice", "pandoc", "apache poi", "calibre",
};

static gboolean
is_made_up (const char *value)
{
  static const char *const suffixes[] = {
    ".doc", ".docx", ".dot", ".dotx", ".dotm", ".odt", ".rtf", ".tmp", ".indd", ".qxd", ".fm",
    ".txt", ".htm", ".html", ".xml", ".wpd", ".pages",
  };
  static const char *const prefixes[] = {
    "microsoft word - ", "microsoft word – ", "untitled-", "untitled ", "<4d",
  };
  g_autofree char *lower = g_utf8_strdown (value, -1);
  gsize digits;

  for (guint i = 0; i < G_N_ELEMENTS (made_up); i++)
    if (strcmp (lower, made_up[i]) == 0)
      return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (g_str_has_suffix (lower, suffixes[i]))
      return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_str_has_prefix (lower, prefixes[i]))
      return TRUE;
  /* "Document1", "Dokument 2", and nothing but digits and signs. */
  if (g_str_has_prefix (lower, "document") || g_str_has_prefix (lower, "dokument"))
    {
      const char *rest = lower + strlen ("document");

      digits = strspn (rest, " 0123456789");
      if (rest[digits] == '\0')
        return TRUE;
    }
  digits = strspn (lower, " 0123456789.,:;-_/()[]");

  return lower[digits] == '\0';
}

/* "2024-03-05T10:20:30Z" is a day and a time; the time of day of a property says nothing. */
static char *
clean_date (const char *value)
{
  gsize n = strspn (value, "0123456789-");

  if ((n == 10 || n == 7 || n == 4) && (value[n] == '\0' || value[n] == 'T' || value[n] == ' ')
      && (n == 4 || value[4] == '-') && (n < 10 || value[7] == '-'))
    {
      int year = atoi (value);
      int month = n >= 7 ? atoi (value + 5) : 1;
      int day = n == 10 ? atoi (value + 8) : 1;

      /* 1601, 1900 and 1970 are what clocks say that were never set. */
      if (year < 1000 || year > 2200 || year == 1601 || month < 1 || month > 12 || day < 1 || day > 31
          || ((year == 1970 || year == 1900 || year == 1980) && month == 1 && day == 1))
        return NULL;
      return g_strndup (value, n);
    }

  return dra_text_date_parse (value, strlen (value));
}

static char *
clean_language (const char *value)
{
  gsize n = strspn (value, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");
  char *language;

  if (n < 2 || value[n] != '\0' || n > 35 || !g_ascii_isalpha (value[0]) || !g_ascii_isalpha (value[1])
      || g_ascii_strcasecmp (value, "none") == 0 || g_ascii_strncasecmp (value, "und", 3) == 0
      || g_ascii_strncasecmp (value, "x-", 2) == 0 || g_ascii_strcasecmp (value, "zxx") == 0)
    return NULL;
  language = g_strdup (value);
  g_strdelimit (language, "_", '-');

  return language;
}

/**
 * dra_document_info_clean:
 * @which: which metadata
 * @value: (nullable): what the document says
 *
 * Returns: (transfer full) (nullable): the value when it is plausible; a date is a day in
 *   ISO 8601 where it could be read
 */
char *
dra_document_info_clean (DraMetadata which,
                         const char *value)
{
  g_autofree char *valid = NULL;

  if (value == NULL)
    return NULL;
  valid = g_utf8_make_valid (value, -1);
  g_strstrip (valid);
  if (*valid == '\0')
    return NULL;

  switch (which)
    {
    case DRA_METADATA_TITLE:
    case DRA_METADATA_BYLINE:
    case DRA_METADATA_SITE:
      return is_made_up (valid) ? NULL : g_steal_pointer (&valid);
    case DRA_METADATA_PUBLISHED:
      return clean_date (valid);
    case DRA_METADATA_LANGUAGE:
      return clean_language (valid);
    case DRA_METADATA_SOURCE_URI:
    case DRA_METADATA_SOURCE_TYPE:
    case DRA_METADATA_ORIGIN_URI:
    case DRA_N_METADATA:
    default:
      return g_steal_pointer (&valid);
    }
}

/**
 * dra_document_info_parse_time:
 * @iso: (nullable): a time in ISO 8601, with or without a zone (then UTC)
 *
 * Returns: microseconds since 1970, 0 when there is no time in it
 */
gint64
dra_document_info_parse_time (const char *iso)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = NULL;

  if (iso == NULL)
    return 0;
  time = g_date_time_new_from_iso8601 (iso, utc);

  return time != NULL ? g_date_time_to_unix (time) * G_USEC_PER_SEC : 0;
}

/**
 * dra_document_info_find_language:
 * @lcid: a language identifier of Windows (MS-LCID)
 *
 * Returns: (transfer none) (nullable): its language tag (BCP 47)
 */
const char *
dra_document_info_find_language (guint lcid)
{
  static const struct { guint16 lcid; char tag[6]; } regions[] = {
    { 0x0409, "en-US" }, { 0x0809, "en-GB" }, { 0x0C09, "en-AU" }, { 0x1009, "en-CA" },
    { 0x1409, "en-NZ" }, { 0x1809, "en-IE" }, { 0x0407, "de-DE" }, { 0x0807, "de-CH" },
    { 0x0C07, "de-AT" }, { 0x040C, "fr-FR" }, { 0x080C, "fr-BE" }, { 0x0C0C, "fr-CA" },
    { 0x100C, "fr-CH" }, { 0x040A, "es-ES" }, { 0x0C0A, "es-ES" }, { 0x080A, "es-MX" },
    { 0x2C0A, "es-AR" }, { 0x0416, "pt-BR" }, { 0x0816, "pt-PT" }, { 0x0404, "zh-TW" },
    { 0x0804, "zh-CN" }, { 0x0413, "nl-NL" }, { 0x0813, "nl-BE" }, { 0x0414, "nb-NO" },
    { 0x0814, "nn-NO" },
  };
  static const char primary[][3] = {
    "", "ar", "bg", "ca", "zh", "cs", "da", "de", "el", "en", "es", "fi", "fr", "he", "hu", "is",
    "it", "ja", "ko", "nl", "no", "pl", "pt", "rm", "ro", "ru", "hr", "sk", "sq", "sv", "th", "tr",
    "ur", "id", "uk", "be", "sl", "et", "lv", "lt", "tg", "fa", "vi", "hy", "az", "eu",
  };

  for (guint i = 0; i < G_N_ELEMENTS (regions); i++)
    if (regions[i].lcid == lcid)
      return regions[i].tag;
  /* The low ten bits are the language, the others its region. */
  if (lcid == 0 || (lcid & 0x3FF) == 0 || (lcid & 0x3FF) >= G_N_ELEMENTS (primary))
    return NULL;

  return primary[lcid & 0x3FF];
}

/* A comment is the same note each time the file is opened, so its UUID comes out of what it
 * is (RFC 9562, version 8). */
static char *
make_uuid (const char *author,
           gint64      created,
           const char *body,
           const char *quote)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *time = g_strdup_printf ("%" G_GINT64_FORMAT, created);
  const char *parts[] = { "dramatis comment", author, time, body, quote };
  guint8 digest[32];
  gsize length = sizeof digest;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    g_checksum_update (checksum, (const guchar *) parts[i], (gssize) strlen (parts[i]) + 1);
  g_checksum_get_digest (checksum, digest, &length);
  digest[6] = (guint8) ((digest[6] & 0x0F) | 0x80);
  digest[8] = (guint8) ((digest[8] & 0x3F) | 0x80);

  return g_strdup_printf ("%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x",
                          digest[0], digest[1], digest[2], digest[3], digest[4], digest[5],
                          digest[6], digest[7], digest[8], digest[9], digest[10], digest[11],
                          digest[12], digest[13], digest[14], digest[15]);
}

static gboolean
is_white (const char *text,
          gsize       i)
{
  return text[i] == ' ' || text[i] == '\n' || text[i] == '\t'
         || (i >= 2 && memcmp (text + i - 2, "\342\200\250", 3) == 0)
         || memcmp (text + i, "\342\200\250", MIN (3, strlen (text + i))) == 0;
}

/* What the comment is about: without white space around it, and the word before when it
 * hangs on a point. */
static DraRange
fit_range (const char *text,
           gsize       length,
           DraRange    range)
{
  range.end = MIN (range.end, length);
  range.start = MIN (range.start, range.end);
  while (range.start < range.end && (is_white (text, range.start) || ((guchar) text[range.start] & 0xC0) == 0x80))
    range.start++;
  while (range.end > range.start && is_white (text, range.end - 1))
    range.end--;
  if (range.start < range.end)
    return range;

  while (range.end > 0 && (range.end == length || is_white (text, range.end) || ((guchar) text[range.end] & 0xC0) == 0x80)
         && is_white (text, range.end - 1))
    range.end--;
  while (range.end < length && !is_white (text, range.end) && ((guchar) text[range.end] & 0xC0) == 0x80)
    range.end++;
  range.start = range.end;
  while (range.start > 0 && !is_white (text, range.start - 1))
    range.start--;
  if (range.start == range.end)
    while (range.end < length && !is_white (text, range.end))
      range.end++;

  return range;
}

static const char *
step (const char *p,
      const char *text,
      const char *end,
      int         n)
{
  for (; n > 0 && p < end; n--)
    p = g_utf8_next_char (p);
  for (; n < 0 && p > text; n++)
    p = g_utf8_prev_char (p);

  return p;
}

/* A passage's selectors without a search through the whole text. */
static DraNote *
note_plain_passage (DraArticle *article,
                    DraRange    range)
{
  gsize length;
  const char *text = dra_article_get_text (article, &length);
  const char *start = text + range.start;
  const char *end = text + range.end;
  const char *before = step (start, text, text + length, -CONTEXT);
  const char *after = step (end, text, text + length, CONTEXT);
  g_autofree char *exact = g_strndup (start, (gsize) (end - start));
  g_autofree char *prefix = g_strndup (before, (gsize) (start - before));
  g_autofree char *suffix = g_strndup (end, (gsize) (after - end));
  g_autoptr (DraQuote) quote = dra_quote_new (exact, prefix, suffix);
  DraNote *note = dra_note_new_from_parts (NULL, DRA_NOTE_TARGET_PASSAGE, 0, 0);

  dra_note_set_quote (note, quote);
  dra_note_set_position (note, dra_article_to_code_points (article, range.start),
                         dra_article_to_code_points (article, range.end));
  dra_note_set_text_hash (note, dra_article_get_hash (article));
  dra_note_set_text_version (note, DRA_ARTICLE_TEXT_VERSION);

  return note;
}

static void
copy_selectors (DraNote *to,
                DraNote *from)
{
  gsize start, end;
  guint before, after;

  if (dra_note_get_position (from, &start, &end))
    dra_note_set_position (to, start, end);
  dra_note_set_quote (to, dra_note_get_quote (from));
  dra_note_set_text_hash (to, dra_note_get_text_hash (from));
  dra_note_set_text_version (to, dra_note_get_text_version (from));
  dra_note_get_distinct (from, &before, &after);
  dra_note_set_distinct (to, before, after);
}

/**
 * dra_document_info_make_note:
 * @article: the article the comment is in
 * @range: (nullable): bytes it is about; an empty range is the word before, %NULL the
 *   whole article
 * @author: (nullable): who wrote it
 * @created: microseconds since 1970, 0 when not known
 * @body: its text
 * @measure: whether to search the text for how long the quote's context has to be
 *
 * Makes a comment a note.  Its author stands before its text in bold; its time is that of
 * the comment; its UUID is the same each time.
 *
 * Returns: (transfer full): the note
 */
DraNote *
dra_document_info_make_note (DraArticle     *article,
                             const DraRange *range,
                             const char     *author,
                             gint64          created,
                             const char     *body,
                             gboolean        measure)
{
  static const gint64 long_ago = G_USEC_PER_SEC; /* older than any edit of the reader's */
  g_autoptr (DraNote) model = NULL;
  g_autofree char *name = g_strstrip (g_utf8_make_valid (author != NULL ? author : "", -1));
  g_autofree char *valid = g_strstrip (g_utf8_make_valid (body, -1));
  g_autofree char *text_of_note = NULL;
  g_autofree char *uuid = NULL;
  DraRange passage = { 0, 0 };
  DraNote *note;

  g_return_val_if_fail (DRA_IS_ARTICLE (article), NULL);
  g_return_val_if_fail (body != NULL, NULL);

  if (range != NULL)
    {
      gsize length;
      const char *text = dra_article_get_text (article, &length);

      passage = fit_range (text, length, *range);
      if (passage.start < passage.end)
        model = measure ? dra_note_new_for_passage (article, passage) : note_plain_passage (article, passage);
    }
  if (model == NULL)
    model = dra_note_new_for_article (article);

  g_strdelimit (name, "*_\r\n", ' ');
  text_of_note = *name != '\0' ? g_strdup_printf ("**%s:** %s", name, valid) : g_strdup (valid);
  uuid = make_uuid (name, created, valid,
                    dra_note_get_quote (model) != NULL ? dra_note_get_quote (model)->exact : "");
  note = dra_note_new_from_parts (uuid, dra_note_get_target (model),
                                  created != 0 ? created : long_ago, created != 0 ? created : long_ago);
  copy_selectors (note, model);
  dra_note_set_body (note, text_of_note);
  if (passage.start < passage.end)
    dra_note_set_anchor (note, DRA_ANCHOR_EXACT, passage, NULL);

  return note;
}

/**
 * dra_document_info_find_kind:
 * @name: the name of a style, in the languages that programs write it in
 * @kind: (out): what its paragraphs are
 * @outline: (out): level of a heading from 0, else -1
 *
 * Word writes the names of its own styles in English, whatever its language; others do
 * not.
 *
 * Returns: whether the name says something
 */
gboolean
dra_document_info_find_kind (const char   *name,
                    DraBlockKind *kind,
                    int          *outline)
{
  static const char *const headings[] = {
    "heading", "überschrift", "titre", "título", "titolo", "kop", "rubrik", "overskrift", "otsikko",
    "nagłówek", "nadpis", "заголовок", "标题", "標題", "見出し", "제목", "cabeçalho", "encabezado", "intestazione",
    "címsor", "titlu", "επικεφαλίδα", "başlık", "عنوان", "כותרת", "naslov",
  };
  static const struct { const char *name; DraBlockKind kind; } names[] = {
    { "title", DRA_BLOCK_TITLE }, { "titel", DRA_BLOCK_TITLE }, { "titre", DRA_BLOCK_TITLE },
    { "título", DRA_BLOCK_TITLE }, { "titolo", DRA_BLOCK_TITLE }, { "название", DRA_BLOCK_TITLE },
    { "tytuł", DRA_BLOCK_TITLE }, { "quote", DRA_BLOCK_QUOTATION },
    { "intense quote", DRA_BLOCK_QUOTATION }, { "block text", DRA_BLOCK_QUOTATION },
    { "block quote", DRA_BLOCK_QUOTATION }, { "blockquote", DRA_BLOCK_QUOTATION },
    { "quotations", DRA_BLOCK_QUOTATION }, { "quotation", DRA_BLOCK_QUOTATION }, { "zitat", DRA_BLOCK_QUOTATION },
    { "citation", DRA_BLOCK_QUOTATION }, { "caption", DRA_BLOCK_CAPTION },
    { "image caption", DRA_BLOCK_CAPTION }, { "table caption", DRA_BLOCK_CAPTION },
    { "beschriftung", DRA_BLOCK_CAPTION }, { "légende", DRA_BLOCK_CAPTION },
    { "illustration", DRA_BLOCK_CAPTION }, { "figure", DRA_BLOCK_CAPTION },
    { "author", DRA_BLOCK_BYLINE }, { "byline", DRA_BLOCK_BYLINE }, { "date", DRA_BLOCK_DATE },
    { "html preformatted", DRA_BLOCK_PREFORMATTED }, { "preformatted text", DRA_BLOCK_PREFORMATTED },
    { "source code", DRA_BLOCK_PREFORMATTED }, { "preformatted", DRA_BLOCK_PREFORMATTED },
  };
  g_autofree char *lower = g_utf8_strdown (name, -1);

  g_strstrip (lower);
  *outline = -1;
  for (guint i = 0; i < G_N_ELEMENTS (headings); i++)
    {
      const char *rest = lower + strlen (headings[i]);

      if (!g_str_has_prefix (lower, headings[i]))
        continue;
      while (*rest == ' ')
        rest++;
      if (*rest < '1' || *rest > '9' || (rest[1] != '\0' && !(g_ascii_isspace (rest[1]))))
        continue;
      *kind = DRA_BLOCK_HEADING;
      *outline = *rest - '1';
      return TRUE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (lower, names[i].name) == 0)
      {
        *kind = names[i].kind;
        return TRUE;
      }

  return FALSE;
}

static void
append_roman (GString *out,
              guint    number)
{
  static const struct { guint value; const char *text; } parts[] = {
    { 1000, "m" }, { 900, "cm" }, { 500, "d" }, { 400, "cd" }, { 100, "c" }, { 90, "xc" },
    { 50, "l" }, { 40, "xl" }, { 10, "x" }, { 9, "ix" }, { 5, "v" }, { 4, "iv" }, { 1, "i" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    for (; number >= parts[i].value; number -= parts[i].value)
      g_string_append (out, parts[i].text);
}

/**
 * dra_document_info_format_number:
 * @number: a number
 * @format: (nullable): how to write it: a value of w:numFmt, or of style:num-format
 *
 * Returns: (transfer full): the number as the format has it; plain digits when that is not
 *   known or the number is beyond it
 */
char *
dra_document_info_format_number (guint       number,
                        const char *format)
{
  GString *out = g_string_new (NULL);
  gboolean upper = FALSE;

  if (format == NULL)
    format = "decimal";
  if (strcmp (format, "I") == 0 || strcmp (format, "A") == 0)
    upper = TRUE;
  if (strcmp (format, "upperRoman") == 0 || strcmp (format, "upperLetter") == 0)
    upper = TRUE;
  if ((strcmp (format, "lowerRoman") == 0 || strcmp (format, "upperRoman") == 0
       || g_ascii_strcasecmp (format, "i") == 0) && number > 0 && number < 4000)
    append_roman (out, number);
  else if ((strcmp (format, "lowerLetter") == 0 || strcmp (format, "upperLetter") == 0
            || g_ascii_strcasecmp (format, "a") == 0) && number > 0 && number <= 26 * 10)
    for (guint i = 0; i <= (number - 1) / 26; i++)
      g_string_append_c (out, (char) ('a' + (number - 1) % 26));
  else
    g_string_append_printf (out, strcmp (format, "decimalZero") == 0 ? "%02u" : "%u", number);
  if (upper)
    g_string_ascii_up (out);

  return g_string_free (out, FALSE);
}

/**
 * dra_document_info_make_bullet:
 * @text: (nullable): the sign a document has for a bullet
 *
 * Symbol fonts have their signs where no character is.
 *
 * Returns: (transfer full): the character that is meant
 */
char *
dra_document_info_make_bullet (const char *text)
{
  gunichar c = text != NULL ? g_utf8_get_char_validated (text, -1) : 0;

  if (text == NULL || *text == '\0' || c >= (gunichar) -2 || (c >= 0xE000 && c <= 0xF8FF) || strlen (text) > 8)
    return g_strdup (c == 0xF0A7 ? "▪" : c == 0xF0D8 ? "➢" : c == 0xF0FC ? "✓" : "•");
  if (strcmp (text, "o") == 0)
    return g_strdup ("◦");
  if (strcmp (text, "·") == 0 || strcmp (text, "§") == 0)
    return g_strdup ("•");

  return g_strdup (text);
}

/**
 * dra_document_info_find_hyperlink:
 * @instruction: what a field of Word is made of: HYPERLINK "address", quoted or not
 *
 * Returns: (transfer full) (nullable): the address
 */
char *
dra_document_info_find_hyperlink (const char *instruction)
{
  const char *p = instruction;
  gsize n;

  while (g_ascii_isspace (*p))
    p++;
  if (g_ascii_strncasecmp (p, "HYPERLINK", 9) != 0)
    return NULL;
  p += 9;
  while (g_ascii_isspace (*p))
    p++;
  if (*p == '\\' || *p == '\0')
    return NULL;
  if (*p == '"')
    {
      p++;
      n = strcspn (p, "\"");
    }
  else
    n = strcspn (p, " \t\r\n");

  return n > 0 && *p != '#' ? g_strndup (p, n) : NULL;
}
