/* dra-html-writer.c: the self-contained annotated copy.
 *
 * The page as a whole; its format is described in dra-html-writer.h.  It is polyglot
 * markup: valid HTML5 that is well-formed XML, so that an XML parser gives the text back
 * to the last space while any browser shows it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "writers/dra-html-writer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dra-writers-resources.h"
#include "writers/dra-html-private.h"

#define STYLE_RESOURCE "/io/github/dramatis/Dramatis/writers/annotated-copy.css"

/* Nothing is fetched and nothing runs, whatever the page was made of. */
#define POLICY \
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; " \
  "form-action 'none'"

/* The Char production of XML 1.0 without what HTML forbids besides. */
static gboolean
is_allowed (gunichar c)
{
  return c >= 0x20 ? !(c >= 0x7F && c < 0xA0) && (c & 0xFFFE) != 0xFFFE
                       && !(c >= 0xFDD0 && c <= 0xFDEF)
                   : c == '\t' || c == '\n';
}

/**
 * dra_html_append_text:
 * @out: where to
 * @text: UTF-8 text
 * @length: its length in bytes, or -1 when it is NUL-terminated
 *
 * Appends @text as text of an element: nothing in it can become markup.  Characters
 * that HTML or XML forbids (article texts have none) become U+FFFD.
 */
void
dra_html_append_text (GString    *out,
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
 * dra_html_append_attribute:
 * @out: where to, inside a start tag
 * @name: the attribute's name
 * @value: UTF-8
 *
 * Appends ` name="value"`.
 */
void
dra_html_append_attribute (GString    *out,
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
        dra_html_append_text (out, p, g_utf8_next_char (p) - p);
    }
  g_string_append_c (out, '"');
}

/**
 * dra_html_append_lines:
 * @out: where to
 * @text: text of several lines
 * @element: element of each paragraph
 * @attributes: attributes of each
 *
 * Appends @text, an empty line parting paragraphs and any other line end a line break.
 */
void
dra_html_append_lines (GString    *out,
                       const char *text,
                       const char *element,
                       const char *attributes)
{
  gboolean in_paragraph = FALSE;
  gsize breaks = 0;

  for (const char *p = text; *p != '\0';)
    {
      gsize length = strcspn (p, "\r\n");

      if (length > 0)
        {
          if (in_paragraph && breaks > 1)
            {
              g_string_append_printf (out, "</%s>", element);
              in_paragraph = FALSE;
            }
          if (!in_paragraph)
            g_string_append_printf (out, "<%s %s>", element, attributes);
          else
            g_string_append (out, "<br/>");
          dra_html_append_text (out, p, length);
          in_paragraph = TRUE;
          breaks = 0;
        }
      p += length;
      if (p[0] == '\r' && p[1] == '\n')
        p++;
      if (*p != '\0')
        p++;
      breaks++;
    }
  if (in_paragraph)
    g_string_append_printf (out, "</%s>", element);
}

/**
 * dra_html_is_web_address:
 * @address: (nullable): the target of a link
 *
 * Returns: whether a page may link to it: http, https and mailto only
 */
gboolean
dra_html_is_web_address (const char *address)
{
  static const char *const schemes[] = { "http://", "https://", "mailto:" };

  if (address == NULL || !g_utf8_validate (address, -1, NULL))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (g_ascii_strncasecmp (address, schemes[i], strlen (schemes[i])) == 0
        && address[strlen (schemes[i])] != '\0')
      return TRUE;

  return FALSE;
}

/**
 * dra_html_is_name:
 * @name: (nullable): the label of a footnote
 *
 * Returns: whether it can be part of an element's id and of a link to that
 */
gboolean
dra_html_is_name (const char *name)
{
  if (name == NULL || *name == '\0')
    return FALSE;
  for (const char *p = name; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr ("-_.", *p) == NULL)
      return FALSE;

  return TRUE;
}

/**
 * dra_html_dup_origin:
 * @article: an article
 *
 * The address of the original article, for a file that leaves the machine: of a local
 * file only its name, since the path says more about the reader than about the article.
 *
 * The same as annotations have for their source (dra-web-annotation.c).
 *
 * Returns: (transfer full): a URI, or a relative one of one segment
 */
char *
dra_html_dup_origin (DraArticle *article)
{
  const char *uri = dra_article_get_metadata (article, DRA_METADATA_ORIGIN_URI);
  const char *slash;

  if (uri == NULL)
    uri = dra_article_get_metadata (article, DRA_METADATA_SOURCE_URI);
  if (uri != NULL && !g_str_has_prefix (uri, "file:")
      && g_uri_is_valid (uri, G_URI_FLAGS_NONE, NULL))
    return g_strdup (uri);

  slash = uri != NULL ? strrchr (uri, '/') : NULL;
  if (slash != NULL && slash[1] != '\0')
    {
      g_autofree char *plain = g_uri_unescape_string (slash + 1, NULL);

      return g_uri_escape_string (plain != NULL ? plain : slash + 1, NULL, TRUE);
    }

  return g_strconcat ("urn:sha256:", dra_article_get_hash (article), NULL);
}

/**
 * dra_html_format_date:
 * @iso: (nullable): ISO 8601 date, with or without time
 * @formatted: (out) (transfer full): the date for people
 *
 * Returns: (nullable): @iso when it is a date that a time element may hold, else %NULL
 */
const char *
dra_html_format_date (const char  *iso,
                      char       **formatted)
{
  g_autoptr (GDateTime) date = NULL;
  g_autofree char *with_time = NULL;

  if (iso == NULL || strlen (iso) < 10 || !g_ascii_isdigit (iso[0]) || iso[4] != '-')
    return NULL;

  with_time = strlen (iso) == 10 ? g_strconcat (iso, "T00:00:00Z", NULL) : g_strdup (iso);
  date = g_date_time_new_from_iso8601 (with_time, NULL);
  if (date == NULL)
    {
      g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

      date = g_date_time_new_from_iso8601 (with_time, utc);
    }
  if (date == NULL)
    return NULL;

  /* Translators: a date, see strftime(3): %-d is the day, %B the month, %Y the year. */
  *formatted = g_date_time_format (date, _("%-d %B %Y"));

  return iso;
}

/**
 * dra_html_append_ui_language:
 * @page: the page
 * @out: where to, inside a start tag
 *
 * Appends the attributes that text of the page's own needs in an article of another
 * language or direction.
 */
void
dra_html_append_ui_language (DraHtmlPage *page,
                             GString     *out)
{
  /* Translators: the BCP 47 tag of the language you translate to, such as "fr" or "pt-BR". */
  const char *language = C_("language tag of this translation", "en");
  /* Translators: "rtl" when your language is written from right to left. */
  const char *direction = C_("direction of this translation", "ltr");

  if (g_strcmp0 (language, page->language) != 0)
    dra_html_append_attribute (out, "lang", language);
  if (page->rtl != (strcmp (direction, "rtl") == 0))
    dra_html_append_attribute (out, "dir", direction);
}

static gboolean
is_right_to_left (gunichar c)
{
  return (c >= 0x590 && c <= 0x8FF) || (c >= 0xFB1D && c <= 0xFDFF)
         || (c >= 0xFE70 && c <= 0xFEFC) || (c >= 0x10800 && c <= 0x10FFF)
         || (c >= 0x1E800 && c <= 0x1EFFF);
}

/* The direction of the page is that of most of its letters; each block finds its own. */
static void
find_direction (DraHtmlPage *page)
{
  gsize n_left = 0, n_right = 0;

  for (const char *p = page->text; p < page->text + page->length; p = g_utf8_next_char (p))
    {
      gunichar c = (guchar) *p < 0x80 ? (gunichar) *p : g_utf8_get_char (p);

      if (c < 0x80 ? g_ascii_isalpha (c) : !is_right_to_left (c) && g_unichar_isalpha (c))
        n_left++;
      else if (c >= 0x590 && is_right_to_left (c))
        n_right++;
    }
  page->mixed = n_right > 0;
  page->rtl = n_right > n_left;
}

static gboolean
is_language_tag (const char *tag)
{
  if (tag == NULL || !g_ascii_isalpha (*tag) || strlen (tag) > 35)
    return FALSE;
  for (; *tag != '\0'; tag++)
    if (!g_ascii_isalnum (*tag) && *tag != '-')
      return FALSE;

  return TRUE;
}

static int
compare_notes (gconstpointer a,
               gconstpointer b)
{
  const DraHtmlNote *x = a;
  const DraHtmlNote *y = b;
  gboolean x_placed = dra_range_length (x->range) > 0;
  gboolean y_placed = dra_range_length (y->range) > 0;
  gint64 x_created = dra_note_get_created (x->note);
  gint64 y_created = dra_note_get_created (y->note);

  if (x_placed != y_placed)
    return x_placed ? -1 : 1;
  if (x->range.start != y->range.start)
    return x->range.start < y->range.start ? -1 : 1;
  if (x->range.end != y->range.end)
    return x->range.end > y->range.end ? -1 : 1;
  if (x_created != y_created)
    return x_created < y_created ? -1 : 1;

  return g_strcmp0 (dra_note_get_uuid (x->note), dra_note_get_uuid (y->note));
}

static int
compare_ends (gconstpointer a,
              gconstpointer b,
              gpointer      data)
{
  guint i = *(const guint *) a;
  guint j = *(const guint *) b;
  DraRange x = g_array_index ((GArray *) data, DraHtmlNote, i).range;
  DraRange y = g_array_index ((GArray *) data, DraHtmlNote, j).range;

  if ((dra_range_length (x) > 0) != (dra_range_length (y) > 0))
    return dra_range_length (x) > 0 ? -1 : 1;
  if (x.end != y.end)
    return x.end < y.end ? -1 : 1;

  return (i > j) - (i < j);
}

static gboolean
range_fits (DraHtmlPage *page,
            DraRange     range)
{
  return range.start < range.end && range.end <= page->length
         && ((guchar) page->text[range.start] & 0xC0) != 0x80
         && ((guchar) page->text[range.end] & 0xC0) != 0x80;
}

/* Sorts the notes and numbers those that say something or have lost their place, in the
 * order in which their numbers come in the text. */
static void
collect_notes (DraHtmlPage *page,
               GPtrArray   *notes)
{
  for (guint i = 0; notes != NULL && i < notes->len; i++)
    {
      DraHtmlNote note = { .note = g_ptr_array_index (notes, i) };

      if (dra_note_get_target (note.note) == DRA_NOTE_TARGET_PASSAGE)
        {
          DraAnchorState state = dra_note_get_anchor (note.note, &note.range, NULL);

          note.lost = state == DRA_ANCHOR_LOST;
          if (note.lost || state == DRA_ANCHOR_UNSURE || !range_fits (page, note.range))
            note.range = (DraRange){ 0, 0 };
        }
      g_array_append_val (page->notes, note);
    }
  g_array_sort (page->notes, compare_notes);

  for (guint i = 0; i < page->notes->len; i++)
    {
      DraHtmlNote *note = &g_array_index (page->notes, DraHtmlNote, i);
      gboolean placed = dra_range_length (note->range) > 0;

      page->n_placed += placed;
      if (!placed || *dra_note_get_body (note->note) != '\0'
          || dra_note_get_tags (note->note)[0] != NULL)
        g_array_append_val (page->numbered, i);
    }
  g_array_sort_with_data (page->numbered, compare_ends, page->notes);
  for (guint i = 0; i < page->numbered->len; i++)
    g_array_index (page->notes, DraHtmlNote,
                   g_array_index (page->numbered, guint, i)).number = i + 1;
}

static gboolean
has_block (DraHtmlPage  *page,
           DraBlockKind  kind)
{
  guint n_blocks;
  const DraBlock *blocks = dra_article_get_blocks (page->article, &n_blocks);

  for (guint i = 0; i < n_blocks; i++)
    if (blocks[i].kind == kind)
      return TRUE;

  return FALSE;
}

static void
append_count (GString    *out,
              const char *target,
              const char *text)
{
  g_string_append_printf (out, "<a href=\"#%s\">", target);
  dra_html_append_text (out, text, -1);
  g_string_append (out, "</a>");
}

/* "5 people, 3 organizations, 2 notes", each leading there. */
static void
append_counts (DraHtmlPage *page,
               GString     *out)
{
  guint counts[3] = { 0 };
  const char *targets[3] = { "cast", "cast", "notes" };
  guint n_entities = page->cast != NULL ? dra_cast_get_n_entities (page->cast) : 0;
  gboolean any = FALSE;

  for (guint i = 0; i < n_entities; i++)
    {
      DraEntityKind kind = dra_cast_get_entity (page->cast, i)->kind;

      if (kind != DRA_ENTITY_PLACE)
        counts[kind == DRA_ENTITY_PERSON ? 0 : 1]++;
    }
  counts[2] = page->numbered->len;
  /* On a wide screen the list of notes may be hidden; the first reference never is. */
  if (counts[2] > 0 && g_array_index (page->numbered, guint, 0) < page->n_placed)
    targets[2] = "ref-1";

  if (counts[0] + counts[1] + counts[2] == 0)
    return;
  g_string_append (out, "<p class=\"counts\"");
  dra_html_append_ui_language (page, out);
  g_string_append_c (out, '>');
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autofree char *text = NULL;

      if (counts[i] == 0)
        continue;
      if (i == 0)
        text = g_strdup_printf (ngettext ("%u person", "%u people", counts[i]), counts[i]);
      else if (i == 1)
        text = g_strdup_printf (ngettext ("%u organization", "%u organizations", counts[i]),
                                counts[i]);
      else
        text = g_strdup_printf (ngettext ("%u note", "%u notes", counts[i]), counts[i]);
      if (any)
        g_string_append (out, " <span aria-hidden=\"true\">·</span> ");
      append_count (out, targets[i], text);
      any = TRUE;
    }
  g_string_append (out, "</p>\n");
}

/* What is known of the article and does not stand in its text. */
static char *
make_lead (DraHtmlPage *page)
{
  GString *out = g_string_new ("<div class=\"lead\" data-aside=\"\">\n");
  DraArticle *article = page->article;
  const char *byline = dra_article_get_metadata (article, DRA_METADATA_BYLINE);
  const char *published = dra_article_get_metadata (article, DRA_METADATA_PUBLISHED);
  const char *site = dra_article_get_metadata (article, DRA_METADATA_SITE);
  const char *origin = dra_article_get_metadata (article, DRA_METADATA_ORIGIN_URI);
  g_autofree char *formatted = NULL;
  GString *line = g_string_new (NULL);

  if (origin == NULL)
    origin = dra_article_get_metadata (article, DRA_METADATA_SOURCE_URI);

  if (byline != NULL && !has_block (page, DRA_BLOCK_BYLINE))
    {
      g_string_append (line, "<bdi class=\"by\">");
      dra_html_append_text (line, byline, -1);
      g_string_append (line, "</bdi>");
    }
  if (published != NULL && !has_block (page, DRA_BLOCK_DATE))
    {
      gboolean date = dra_html_format_date (published, &formatted) != NULL;

      g_string_append (line, line->len > 0 ? " · " : "");
      g_string_append (line, date ? "<time" : "<bdi>");
      if (date)
        {
          dra_html_append_attribute (line, "datetime", published);
          g_string_append_c (line, '>');
        }
      dra_html_append_text (line, date ? formatted : published, -1);
      g_string_append (line, date ? "</time>" : "</bdi>");
    }
  if (site != NULL || dra_html_is_web_address (origin))
    {
      g_string_append (line, line->len > 0 ? " · " : "");
      if (dra_html_is_web_address (origin))
        {
          g_string_append (line, "<a rel=\"noreferrer\"");
          dra_html_append_attribute (line, "href", origin);
          g_string_append_c (line, '>');
        }
      g_string_append (line, "<bdi>");
      dra_html_append_text (line, site != NULL ? site : _("Original article"), -1);
      g_string_append (line, dra_html_is_web_address (origin) ? "</bdi></a>" : "</bdi>");
    }

  if (line->len > 0)
    g_string_append_printf (out, "<p class=\"meta\">%s</p>\n", line->str);
  append_counts (page, out);
  g_string_append (out, "</div>\n");
  g_string_free (line, TRUE);

  return g_string_free (out, FALSE);
}

static void
append_head (DraHtmlPage *page)
{
  const char *title = dra_article_get_title (page->article);
  g_autoptr (GBytes) style
    = g_resource_lookup_data (dra_writers_get_resource (), STYLE_RESOURCE,
                              G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  gsize length;
  const char *css;

  g_assert (style != NULL);
  css = g_bytes_get_data (style, &length);

  g_string_append (page->out,
                   "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\"");
  if (page->language != NULL)
    {
      dra_html_append_attribute (page->out, "lang", page->language);
      dra_html_append_attribute (page->out, "xml:lang", page->language);
    }
  dra_html_append_attribute (page->out, "dir", page->rtl ? "rtl" : "ltr");
  g_string_append (page->out, ">\n<head>\n<meta charset=\"utf-8\"/>\n"
                              "<meta name=\"generator\" content=\"Dramatis " DRA_VERSION "\"/>\n"
                              "<meta http-equiv=\"Content-Security-Policy\" content=\"" POLICY
                              "\"/>\n<meta name=\"referrer\" content=\"no-referrer\"/>\n"
                              "<meta name=\"viewport\" content=\"width=device-width, "
                              "initial-scale=1\"/>\n"
                              "<meta name=\"color-scheme\" content=\"light dark\"/>\n<title>");
  dra_html_append_text (page->out, title != NULL ? title : _("Article"), -1);
  g_string_append (page->out, "</title>\n<style>\n");
  g_string_append_len (page->out, css, length);
  g_string_append (page->out, "</style>\n</head>\n");
}

static void
append_foot (DraHtmlPage *page)
{
  g_string_append (page->out, "<footer");
  dra_html_append_ui_language (page, page->out);
  g_string_append (page->out, ">\n<p>");
  dra_html_append_text (page->out,
                        _("An annotated copy made with Dramatis. Opened there again, it has "
                          "the same text, people and organizations, and notes; the marks "
                          "and notes are not part of the article."), -1);
  g_string_append (page->out, "</p>\n</footer>\n");
}

static GBytes *
write_html (DraArticle    *article,
            DraCast       *cast,
            GPtrArray     *notes,
            GCancellable  *cancellable,
            GError       **error)
{
  DraHtmlPage page = { .article = article, .cast = cast, .cancellable = cancellable };
  const char *language = dra_article_get_metadata (article, DRA_METADATA_LANGUAGE);
  g_autoptr (GString) out = NULL;
  g_autofree char *lead = NULL;
  gboolean ok;

  page.text = dra_article_get_text (article, &page.length);
  page.out = out = g_string_sized_new (page.length + page.length / 4 + 16384);
  page.language = is_language_tag (language) ? language : NULL;
  page.notes = g_array_new (FALSE, FALSE, sizeof (DraHtmlNote));
  page.numbered = g_array_new (FALSE, FALSE, sizeof (guint));
  page.entity_notes = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                             (GDestroyNotify) g_array_unref);
  find_direction (&page);
  collect_notes (&page, notes);
  lead = make_lead (&page);

  append_head (&page);
  g_string_append_printf (out, "<body%s>\n<main>\n<article aria-labelledby=\"title\">\n",
                          page.numbered->len > 0
                              && g_array_index (page.numbered, guint, 0) < page.n_placed
                            ? " class=\"with-margin\"" : "");
  ok = dra_html_append_blocks (&page, lead, error);
  if (ok)
    {
      g_string_append (out, "</article>\n");
      dra_html_append_cast (&page);
      dra_html_append_notes (&page);
      g_string_append (out, "</main>\n");
      append_foot (&page);
      dra_html_append_data (&page);
      g_string_append (out, "</body>\n</html>\n");
    }

  g_array_unref (page.notes);
  g_array_unref (page.numbered);
  g_hash_table_unref (page.entity_notes);
  if (!ok)
    return NULL;

  return g_string_free_to_bytes (g_steal_pointer (&out));
}

const DraWriter dra_html_writer = {
  .id = "html",
  .suffix = ".html",
  .type = "text/html",
  .write = write_html,
};
