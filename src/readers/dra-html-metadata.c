/* dra-html-metadata.c: what a web page says of itself: title, byline, date, site.
 *
 * Weights come from how often each place was right on some seven hundred pages whose
 * answers are known; no rule is for one site.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-html-metadata.h"

#include <libxml/HTMLparser.h>
#include <string.h>

#include "readers/dra-html-dom.h"
#include "readers/dra-html-metadata-private.h"

static void
free_place (DraHtmlPlace *place)
{
  g_free (place->text);
  g_free (place->value);
  g_free (place);
}

static void
clear_facts (DraHtmlFacts *self)
{
  g_free (self->uri);
  g_hash_table_unref (self->meta);
  g_free (self->head_title);
  g_free (self->language);
  g_free (self->canonical);
  g_hash_table_unref (self->words);
  g_string_free (self->line, TRUE);
  g_ptr_array_unref (self->places);
  g_ptr_array_unref (self->scripts);
  g_ptr_array_unref (self->articles);
  g_free (self->site);
  g_free (self->host);
  g_free (self->folded_site);
  g_free (self->folded_publisher);
}

static char *
fold_ascii (const char *text)
{
  char *folded = g_malloc (strlen (text) + 1);
  char *out = folded;
  gboolean pending = FALSE;

  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_isalnum (*p))
      {
        if (pending && out > folded)
          *out++ = ' ';
        pending = FALSE;
        *out++ = g_ascii_tolower (*p);
      }
    else if (*p != '\'')
      pending = TRUE;
  *out = '\0';

  return folded;
}

/* What becomes of a character beyond ASCII that no normalization touches and whose capital is
 * next to it: itself in small letters, 0 where it is no letter, 1 for an apostrophe.  FALSE
 * for all others. */
static inline gboolean
fold_simple (gunichar  c,
             gunichar *folded)
{
  if ((c >= 0xC0 && c <= 0xFF && c != 0xD7 && c != 0xF7) || (c >= 0x410 && c <= 0x44F))
    *folded = c <= 0xDE || (c >= 0x410 && c <= 0x42F) ? c + 0x20 : c;
  else if ((c >= 0x4E00 && c <= 0x9FA5) || (c >= 0x3041 && c <= 0x3094) || (c >= 0x30A1 && c <= 0x30FA))
    *folded = c;
  else if (c == 0x2019)
    *folded = 1;
  else if (c == 0xA0 || c == 0xA7 || c == 0xA9 || c == 0xAB || c == 0xAE || c == 0xB7 || c == 0xBB || c == 0x2013
           || c == 0x2014 || c == 0x2018 || (c >= 0x201C && c <= 0x201E) || c == 0x2022 || c == 0x20AC)
    *folded = 0;
  else
    return FALSE;

  return TRUE;
}

/* As dra_html_fold() does, of a text of ASCII and such characters; NULL for others. */
static char *
fold_simple_text (const char *text)
{
  char *folded = g_malloc (strlen (text) + 1);
  char *out = folded;
  gboolean pending = FALSE;

  for (const char *p = text; *p != '\0';)
    {
      gunichar c = (guchar) *p;

      if (c < 0x80)
        {
          p++;
          c = c == '\'' ? 1 : g_ascii_isalnum ((char) c) ? (gunichar) g_ascii_tolower ((char) c) : 0;
        }
      else
        {
          if (!fold_simple (g_utf8_get_char (p), &c))
            {
              g_free (folded);
              return NULL;
            }
          p = g_utf8_next_char (p);
        }
      if (c == 1)
        continue;
      if (c == 0)
        {
          pending = TRUE;
          continue;
        }
      if (pending && out > folded)
        *out++ = ' ';
      pending = FALSE;
      if (c < 0x80)
        *out++ = (char) c;
      else
        out += g_unichar_to_utf8 (c, out);
    }
  *out = '\0';

  return folded;
}

/**
 * dra_html_fold:
 * @text: any text
 *
 * Returns: (transfer full): letters and digits in small letters, words parted by one space
 */
char *
dra_html_fold (const char *text)
{
  g_autofree char *normal = NULL;
  g_autofree char *lower = NULL;
  GString *folded;
  gboolean pending = FALSE;
  char *simple;

  if (g_str_is_ascii (text))
    return fold_ascii (text);
  simple = fold_simple_text (text);
  if (simple != NULL)
    return simple;
  normal = g_utf8_normalize (text, -1, G_NORMALIZE_NFKC);
  lower = normal != NULL ? g_utf8_strdown (normal, -1) : g_strdup ("");
  folded = g_string_sized_new (strlen (lower));
  for (const char *p = lower; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      /* An apostrophe inside a word is written in many ways. */
      if (c == '\'' || c == 0x2019 || c == 0x2BC)
        continue;
      if (g_unichar_isalnum (c) || g_unichar_ismark (c))
        {
          if (pending && folded->len > 0)
            g_string_append_c (folded, ' ');
          pending = FALSE;
          g_string_append_unichar (folded, c);
        }
      else
        pending = TRUE;
    }

  return g_string_free (folded, FALSE);
}

/**
 * dra_html_collapse:
 * @text: any text
 *
 * Returns: (transfer full): the text on one line with single spaces
 */
char *
dra_html_collapse (const char *text)
{
  GString *line = g_string_sized_new (strlen (text));
  gboolean pending = FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      const char *start = p;
      gunichar c;

      while (*p > ' ' && *p < 0x7F)
        p++;
      if (p > start)
        {
          if (pending)
            g_string_append_c (line, ' ');
          pending = FALSE;
          g_string_append_len (line, start, p - start);
          if (*p == '\0')
            break;
        }
      c = g_utf8_get_char (p);
      if (g_unichar_isspace (c) || c == 0xA0)
        pending = line->len > 0;
      else if (c != 0xAD && c != 0x200B && c != 0xFEFF)
        {
          if (pending)
            g_string_append_c (line, ' ');
          pending = FALSE;
          g_string_append_unichar (line, c);
        }
    }

  return g_string_free (line, FALSE);
}

/**
 * dra_html_decode:
 * @text: text that may hold character references or markup
 *
 * Decodes "&amp;quot;" and the like, which pages leave in attributes and JSON, and takes out tags.
 *
 * Returns: (transfer full): the text
 */
char *
dra_html_decode (const char *text)
{
  GString *out;

  if (strchr (text, '&') == NULL && strchr (text, '<') == NULL)
    return g_strdup (text);
  out = g_string_new (NULL);
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '<' && (g_ascii_isalpha (p[1]) || p[1] == '/'))
        {
          const char *end = strchr (p, '>');

          if (end != NULL && end - p < 400)
            {
              p = end;
              continue;
            }
        }
      else if (*p == '&')
        {
          gsize length = strcspn (p, "; \n");
          char *end;

          if (p[length] == ';' && length >= 3 && length < 12)
            {
              g_autofree char *name = g_strndup (p + 1, length - 1);
              const htmlEntityDesc *entity = NULL;
              guint64 code = 0;

              if (name[0] == '#')
                {
                  gboolean hex = name[1] == 'x' || name[1] == 'X';

                  code = g_ascii_strtoull (name + (hex ? 2 : 1), &end, hex ? 16 : 10);
                  if (*end != '\0')
                    code = 0;
                }
              else if ((entity = htmlEntityLookup ((const xmlChar *) name)) != NULL)
                code = entity->value;
              else if (strcmp (name, "apos") == 0)
                code = '\'';
              if (code >= 0x20 && code <= 0x10FFFF && g_unichar_validate ((gunichar) code))
                {
                  g_string_append_unichar (out, (gunichar) code);
                  p += length;
                  continue;
                }
            }
        }
      g_string_append_c (out, *p);
    }

  return g_string_free (out, FALSE);
}

static char *
get_host (const char *address)
{
  const char *p;
  char *host;

  if (address == NULL || (p = strstr (address, "://")) == NULL
      || (g_ascii_strncasecmp (address, "http://", 7) != 0 && g_ascii_strncasecmp (address, "https://", 8) != 0))
    return NULL;
  p += 3;
  if (g_ascii_strncasecmp (p, "www.", 4) == 0)
    p += 4;
  host = g_ascii_strdown (p, (gssize) strcspn (p, "/:?#"));
  if (*host == '\0')
    g_clear_pointer (&host, g_free);

  return host;
}

static char *
resolve (const char *base,
         const char *reference)
{
  if (reference == NULL || *reference == '\0')
    return NULL;
  if (strstr (reference, "://") != NULL)
    return g_strdup (reference);
  if (base == NULL)
    return NULL;

  return g_uri_resolve_relative (base, reference, G_URI_FLAGS_PARSE_RELAXED, NULL);
}

static void
find_address (DraHtmlFacts    *self,
              DraHtmlMetadata *metadata)
{
  const char *og = dra_html_facts_meta (self, "og:url");
  g_autofree char *canonical = resolve (self->uri, self->canonical);

  self->host = get_host (canonical);
  if (self->host == NULL)
    {
      g_free (canonical);
      canonical = resolve (self->uri, og);
      self->host = get_host (canonical);
    }
  if (self->host == NULL)
    {
      g_free (canonical);
      canonical = g_strdup (self->uri);
      self->host = get_host (canonical);
    }
  if (self->host != NULL)
    metadata->origin = g_steal_pointer (&canonical);
  else if (self->article != NULL)
    self->host = get_host (self->article->url);
}

static void
find_site (DraHtmlFacts    *self,
           DraHtmlMetadata *metadata)
{
  const char *site = dra_html_facts_meta (self, "og:site_name");

  if (site == NULL && self->article != NULL)
    site = self->article->publisher;
  if (site == NULL)
    site = dra_html_facts_meta (self, "application-name");
  if (site == NULL)
    site = dra_html_facts_meta (self, "apple-mobile-web-app-title");
  if (site != NULL)
    {
      self->site = dra_html_collapse (site);
      self->folded_site = dra_html_fold (self->site);
    }
  if (self->article != NULL && self->article->publisher != NULL)
    self->folded_publisher = dra_html_fold (self->article->publisher);
  metadata->site = g_strdup (self->site != NULL ? self->site : self->host);
}

static void
find_language (DraHtmlFacts    *self,
               DraHtmlMetadata *metadata)
{
  const char *language = self->language;
  char *tag;

  if (language == NULL || *language == '\0')
    language = dra_html_facts_meta (self, "content-language");
  if (language == NULL && self->article != NULL)
    language = self->article->language;
  if (language == NULL)
    language = dra_html_facts_meta (self, "og:locale");
  if (language == NULL)
    return;
  tag = g_strndup (language, strcspn (language, ",; "));
  g_strdelimit (tag, "_", '-');
  if (strlen (tag) >= 2 && strlen (tag) <= 35 && strspn (tag, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") == strlen (tag))
    metadata->language = tag;
  else
    g_free (tag);
}

static void
find_summary (DraHtmlFacts    *self,
              DraHtmlMetadata *metadata)
{
  static const char *const names[] = { "og:description", "description", "twitter:description" };
  const char *longest = "";

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *summary = dra_html_facts_meta (self, names[i]);

      if (summary != NULL && strlen (summary) > strlen (longest))
        longest = summary;
    }
  metadata->summary = *longest != '\0' ? dra_html_collapse (longest) : NULL;
}

/**
 * dra_html_metadata_find:
 * @doc: a parsed page; it is not changed
 * @uri: (nullable): where the page is from, when that is known beside what it says
 *
 * Finds what a page says of itself.  Takes time linear in the size of the page.
 *
 * Returns: (transfer full): what was found; the nodes in it belong to @doc
 */
DraHtmlMetadata *
dra_html_metadata_find (xmlDoc     *doc,
                        const char *uri)
{
  DraHtmlMetadata *metadata = g_new0 (DraHtmlMetadata, 1);
  DraHtmlFacts facts = { .doc = doc };

  g_return_val_if_fail (doc != NULL, metadata);

  facts.uri = g_strdup (uri);
  facts.meta = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  facts.words = g_hash_table_new (dra_html_value_hash, g_str_equal);
  facts.places = g_ptr_array_new_with_free_func ((GDestroyNotify) free_place);
  facts.scripts = g_ptr_array_new_with_free_func (g_free);
  facts.articles = g_ptr_array_new_with_free_func ((GDestroyNotify) dra_html_json_article_free);
  dra_html_facts_collect (&facts);
  dra_html_facts_read_json (&facts);
  find_address (&facts, metadata);
  find_site (&facts, metadata);
  find_language (&facts, metadata);
  dra_html_facts_choose_title (&facts, metadata);
  dra_html_facts_choose_byline (&facts, metadata);
  dra_html_facts_choose_date (&facts, metadata);
  if (facts.article != NULL)
    metadata->body = g_strdup (facts.article->body);
  find_summary (&facts, metadata);
  clear_facts (&facts);

  return metadata;
}

/**
 * dra_html_metadata_free:
 * @self: (nullable): what was found
 *
 * Frees it.
 */
void
dra_html_metadata_free (DraHtmlMetadata *self)
{
  if (self == NULL)
    return;
  g_free (self->title);
  g_free (self->byline);
  g_free (self->published);
  g_free (self->site);
  g_free (self->language);
  g_free (self->origin);
  g_free (self->body);
  g_free (self->summary);
  g_free (self);
}

/**
 * dra_html_metadata_set:
 * @self: what was found
 * @builder: the article that is being made
 *
 * Sets it as the metadata of the article.
 */
void
dra_html_metadata_set (const DraHtmlMetadata *self,
                       DraArticleBuilder     *builder)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (builder != NULL);

  dra_article_builder_set_metadata (builder, DRA_METADATA_TITLE, self->title);
  dra_article_builder_set_metadata (builder, DRA_METADATA_BYLINE, self->byline);
  dra_article_builder_set_metadata (builder, DRA_METADATA_PUBLISHED, self->published);
  dra_article_builder_set_metadata (builder, DRA_METADATA_SITE, self->site);
  dra_article_builder_set_metadata (builder, DRA_METADATA_LANGUAGE, self->language);
  dra_article_builder_set_metadata (builder, DRA_METADATA_ORIGIN_URI, self->origin);
}

/**
 * dra_html_metadata_apply:
 * @doc: a parsed page
 * @uri: (nullable): where the page is from
 * @builder: the article that is being made
 *
 * Finds what the page says of itself and sets it as the metadata of the article.
 */
void
dra_html_metadata_apply (xmlDoc            *doc,
                         const char        *uri,
                         DraArticleBuilder *builder)
{
  g_autoptr (DraHtmlMetadata) metadata = dra_html_metadata_find (doc, uri);

  dra_html_metadata_set (metadata, builder);
}
