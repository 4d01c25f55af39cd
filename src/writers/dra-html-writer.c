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
#include "writers/dra-copy-data.h"
#include "writers/dra-html-private.h"

#define STYLE_RESOURCE "/io/github/dramatis/Dramatis/writers/annotated-copy.css"

/* Nothing is fetched and nothing runs, whatever the page was made of. */
#define POLICY \
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; " \
  "form-action 'none'"

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
    dra_markup_append_attribute (out, "lang", language);
  if (page->rtl != (strcmp (direction, "rtl") == 0))
    dra_markup_append_attribute (out, "dir", direction);
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

static void
append_count (GString    *out,
              const char *target,
              const char *text)
{
  g_string_append_printf (out, "<a href=\"#%s\">", target);
  dra_markup_append_text (out, text, -1);
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
  counts[2] = page->notes.numbered->len;
  /* On a wide screen the list of notes may be hidden; the first reference never is. */
  if (counts[2] > 0 && g_array_index (page->notes.numbered, guint, 0) < page->notes.n_placed)
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

  if (byline != NULL && !dra_article_has_block (page->article, DRA_BLOCK_BYLINE))
    {
      g_string_append (line, "<bdi class=\"by\">");
      dra_markup_append_text (line, byline, -1);
      g_string_append (line, "</bdi>");
    }
  if (published != NULL && !dra_article_has_block (page->article, DRA_BLOCK_DATE))
    {
      gboolean date = dra_copy_format_date (published, &formatted) != NULL;

      g_string_append (line, line->len > 0 ? " · " : "");
      g_string_append (line, date ? "<time" : "<bdi>");
      if (date)
        {
          dra_markup_append_attribute (line, "datetime", published);
          g_string_append_c (line, '>');
        }
      dra_markup_append_text (line, date ? formatted : published, -1);
      g_string_append (line, date ? "</time>" : "</bdi>");
    }
  if (site != NULL || dra_copy_is_web_address (origin))
    {
      g_string_append (line, line->len > 0 ? " · " : "");
      if (dra_copy_is_web_address (origin))
        {
          g_string_append (line, "<a rel=\"noreferrer\"");
          dra_markup_append_attribute (line, "href", origin);
          g_string_append_c (line, '>');
        }
      g_string_append (line, "<bdi>");
      dra_markup_append_text (line, site != NULL ? site : _("Original article"), -1);
      g_string_append (line, dra_copy_is_web_address (origin) ? "</bdi></a>" : "</bdi>");
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
      dra_markup_append_attribute (page->out, "lang", page->language);
      dra_markup_append_attribute (page->out, "xml:lang", page->language);
    }
  dra_markup_append_attribute (page->out, "dir", page->rtl ? "rtl" : "ltr");
  g_string_append (page->out, ">\n<head>\n<meta charset=\"utf-8\"/>\n"
                              "<meta name=\"generator\" content=\"Dramatis " DRA_VERSION "\"/>\n"
                              "<meta http-equiv=\"Content-Security-Policy\" content=\"" POLICY
                              "\"/>\n<meta name=\"referrer\" content=\"no-referrer\"/>\n"
                              "<meta name=\"viewport\" content=\"width=device-width, "
                              "initial-scale=1\"/>\n"
                              "<meta name=\"color-scheme\" content=\"light dark\"/>\n<title>");
  dra_markup_append_text (page->out, title != NULL ? title : _("Article"), -1);
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
  dra_markup_append_text (page->out,
                        _("An annotated copy made with Dramatis. Opened there again, it has "
                          "the same text, people and organizations, and notes; the marks "
                          "and notes are not part of the article."), -1);
  g_string_append (page->out, "</p>\n</footer>\n");
}

/* Both JSON-LD blocks; the second only when there are notes. */
static void
append_data (DraHtmlPage *page)
{
  g_string_append (page->out,
                   "<script type=\"application/ld+json\" id=\"dramatis-article\">\n");
  dra_copy_data_append_article (page->out, page->article, page->cast, NULL, DRA_JSON_IN_HTML);
  g_string_append (page->out, "\n</script>\n");
  if (page->notes.all->len == 0)
    return;

  g_string_append (page->out,
                   "<script type=\"application/ld+json\" id=\"dramatis-notes\">\n");
  dra_copy_data_append_notes (page->out, page->article, &page->notes);
  g_string_append (page->out, "</script>\n");
}

static GBytes *
write_illustrated (DraArticle     *article,
                   DraCast        *cast,
                   GPtrArray      *notes,
                   DraCopyImages  *images,
                   GCancellable   *cancellable,
                   GError        **error)
{
  DraHtmlPage page = {
    .article = article, .cast = cast, .images = images, .cancellable = cancellable,
  };
  const char *language = dra_article_get_metadata (article, DRA_METADATA_LANGUAGE);
  g_autoptr (GString) out = NULL;
  g_autofree char *lead = NULL;
  gboolean ok;

  page.text = dra_article_get_text (article, &page.length);
  page.out = out = g_string_sized_new (page.length + page.length / 4 + 16384);
  page.language = is_language_tag (language) ? language : NULL;
    page.entity_notes = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                             (GDestroyNotify) g_array_unref);
  find_direction (&page);
  dra_copy_notes_init (&page.notes, article, notes);
  lead = make_lead (&page);

  append_head (&page);
  g_string_append_printf (out, "<body%s>\n<main>\n<article aria-labelledby=\"title\">\n",
                          page.notes.numbered->len > 0
                              && g_array_index (page.notes.numbered, guint, 0) < page.notes.n_placed
                            ? " class=\"with-margin\"" : "");
  ok = dra_html_append_blocks (&page, lead, error);
  if (ok)
    {
      g_string_append (out, "</article>\n");
      dra_html_append_cast (&page);
      dra_html_append_notes (&page);
      g_string_append (out, "</main>\n");
      append_foot (&page);
      append_data (&page);
      g_string_append (out, "</body>\n</html>\n");
    }

  dra_copy_notes_clear (&page.notes);
  g_hash_table_unref (page.entity_notes);
  if (!ok)
    return NULL;

  return g_string_free_to_bytes (g_steal_pointer (&out));
}

static GBytes *
write_html (DraArticle    *article,
            DraCast       *cast,
            GPtrArray     *notes,
            GCancellable  *cancellable,
            GError       **error)
{
  return write_illustrated (article, cast, notes, NULL, cancellable, error);
}

const DraWriter dra_html_writer = {
  .id = "html",
  .name = N_("Web page, to read anywhere"),
  .suffix = ".html",
  .type = "text/html",
  .shows = DRA_WRITER_TEXT | DRA_WRITER_NOTES | DRA_WRITER_CAST,
  .returns = DRA_WRITER_TEXT | DRA_WRITER_NOTES | DRA_WRITER_CAST,
  .write = write_html,
  .write_illustrated = write_illustrated,
};
