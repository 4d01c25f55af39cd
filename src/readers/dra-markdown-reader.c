/* dra-markdown-reader.c: Markdown (CommonMark with GitHub's extensions).
 *
 * cmark-gfm parses it and writes it as HTML, which is then read as any other page is.  The
 * way through HTML is the only one on which raw HTML in the text means what its author saw:
 * a tag that opens before some Markdown and closes after it.  It also makes all that is
 * true of pages true here: tables, footnotes, addresses, images, what is never shown.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-markdown-reader.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "article/dra-error.h"
#include "readers/dra-encoding.h"
#include "readers/dra-html-blocks.h"
#include "readers/dra-html-dom.h"
#include "readers/dra-html-parse.h"
#include "readers/dra-markdown-private.h"
#include "readers/dra-text-private.h"

/* Above, what cmark-gfm writes could be more than it can hold, where it gives up the
 * process. */
#define MAX_SIZE (64 * 1024 * 1024)
#define MAX_BEFORE_TITLE 400 /* bytes of text, of badges and mottos mostly */
#define MAX_HEAD_LINE 300    /* bytes of a byline or a date */
#define MAX_HEAD_LINES 3
#define OPTIONS (CMARK_OPT_UNSAFE | CMARK_OPT_VALIDATE_UTF8)

G_DEFINE_AUTOPTR_CLEANUP_FUNC (cmark_parser, cmark_parser_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (cmark_node, cmark_node_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (cmark_iter, cmark_iter_free)

typedef struct
{
  DraMarkdownGuard  guard;
  char             *metadata[DRA_N_METADATA];
  DraHtmlImages    *images;
  GHashTable       *taken;   /* address that was put aside -> source of its image */
  GHashTable       *kinds;   /* element -> DraBlockKind */
  const char       *base;    /* (nullable): address of the original */
} Markdown;

static void
markdown_clear (Markdown *self)
{
  dra_markdown_guard_clear (&self->guard);
  for (guint i = 0; i < DRA_N_METADATA; i++)
    g_free (self->metadata[i]);
  g_clear_pointer (&self->images, dra_html_images_free);
  g_clear_pointer (&self->taken, g_hash_table_unref);
  g_clear_pointer (&self->kinds, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Markdown, markdown_clear)

static gboolean
is_wide (const char *p)
{
  gunichar c = g_utf8_get_char (p);

  /* Korean has spaces between words. */
  return g_unichar_iswide (c) && !(c >= 0x1100 && c <= 0x11FF) && !(c >= 0xAC00 && c <= 0xD7AF);
}

/* Chinese and Japanese lines are broken anywhere: their ends are no spaces. */
static void
join_lines (cmark_node *line_break)
{
  cmark_node *before = cmark_node_previous (line_break);
  cmark_node *after = cmark_node_next (line_break);
  const char *left, *right;

  if (before == NULL || after == NULL || cmark_node_get_type (before) != CMARK_NODE_TEXT
      || cmark_node_get_type (after) != CMARK_NODE_TEXT)
    return;
  left = cmark_node_get_literal (before);
  right = cmark_node_get_literal (after);
  if (left != NULL && right != NULL && *left != '\0' && *right != '\0'
      && is_wide (g_utf8_find_prev_char (left, left + strlen (left))) && is_wide (right))
    {
      cmark_node *empty = cmark_node_new (CMARK_NODE_TEXT);

      cmark_node_set_literal (empty, "");
      cmark_node_replace (line_break, empty);
      cmark_node_free (line_break);
    }
}

/* The box of a task as a character, which needs no form to be shown. */
static void
mark_task (cmark_node *item)
{
  cmark_node *paragraph = cmark_node_first_child (item);
  cmark_node *box;

  if (paragraph == NULL || cmark_node_get_type (paragraph) != CMARK_NODE_PARAGRAPH)
    return;
  box = cmark_node_new (CMARK_NODE_TEXT);
  cmark_node_set_literal (box, cmark_gfm_extensions_get_tasklist_item_checked (item) ? "☑ " : "☐ ");
  cmark_node_prepend_child (paragraph, box);
}

static void
restore_literal (Markdown   *self,
                 cmark_node *node)
{
  const char *literal = cmark_node_get_literal (node);
  g_autofree char *restored = literal != NULL ? dra_markdown_guard_restore (&self->guard, literal) : NULL;

  if (restored != NULL)
    cmark_node_set_literal (node, restored);
}

static void
edit (Markdown   *self,
      cmark_node *document)
{
  g_autoptr (cmark_iter) iter = cmark_iter_new (document);
  cmark_event_type event;

  while ((event = cmark_iter_next (iter)) != CMARK_EVENT_DONE)
    {
      cmark_node *node = cmark_iter_get_node (iter);
      cmark_node_type type = cmark_node_get_type (node);

      if (event != CMARK_EVENT_ENTER)
        continue;
      if (type == CMARK_NODE_SOFTBREAK)
        join_lines (node);
      else if (type == CMARK_NODE_ITEM && strcmp (cmark_node_get_type_string (node), "tasklist") == 0)
        mark_task (node);
      else if (self->guard.addresses->len > 0
               && (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE || type == CMARK_NODE_CODE_BLOCK
                   || type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HTML_INLINE))
        restore_literal (self, node);
    }
}

/* The text as HTML, with a mark of its encoding before it. */
static GBytes *
make_page (Markdown *self)
{
  static const char mark[] = "\357\273\277";
  int options = OPTIONS | (self->guard.footnotes ? CMARK_OPT_FOOTNOTES : 0);
  g_autoptr (cmark_parser) parser = NULL;
  g_autoptr (cmark_node) document = NULL;
  static const char *const names[] = { "strikethrough", "tasklist", "table", "autolink" };
  const gboolean use[] = { TRUE, TRUE, self->guard.tables, self->guard.autolinks };
  GString *page;
  char *html;

  cmark_gfm_core_extensions_ensure_registered ();
  parser = cmark_parser_new (options);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (use[i])
      cmark_parser_attach_syntax_extension (parser, cmark_find_syntax_extension (names[i]));
  cmark_parser_feed (parser, self->guard.text->str, self->guard.text->len);
  g_string_truncate (self->guard.text, 0);
  document = cmark_parser_finish (parser);
  edit (self, document);
  html = cmark_render_html (document, options, cmark_parser_get_syntax_extensions (parser));
  page = g_string_sized_new (strlen (html) + sizeof mark);
  g_string_append (page, mark);
  g_string_append (page, html);
  free (html);

  return g_string_free_to_bytes (page);
}

static char *
image_cb (const char *source,
          gpointer    user_data)
{
  Markdown *self = user_data;
  const char *address = dra_markdown_guard_find (&self->guard, source);
  char *taken;

  if (address == source)
    return dra_html_images_take (source, self->images);
  if (g_hash_table_lookup_extended (self->taken, address, NULL, (gpointer *) &taken))
    return g_strdup (taken);
  taken = dra_html_images_take (address, self->images);
  g_hash_table_insert (self->taken, (gpointer) address, taken);

  return g_strdup (taken);
}

/* A link that is neither to the web nor to a note: one that was put aside, or one beside
 * the original. */
static char *
link_cb (const char *href,
         gpointer    user_data)
{
  Markdown *self = user_data;
  const char *address = dra_markdown_guard_find (&self->guard, href);

  if (address != href)
    return g_strdup (address);
  if (self->base == NULL || *href == '#' || *href == '\0')
    return NULL;

  return g_uri_resolve_relative (self->base, href, G_URI_FLAGS_ENCODED | G_URI_FLAGS_PARSE_RELAXED, NULL);
}

/* The text of an element, white space collapsed; NULL when it is longer than limit bytes. */
static char *
get_text (const xmlNode *element,
          gsize          limit)
{
  GString *text = g_string_new (NULL);
  gboolean space = FALSE;

  for (const xmlNode *node = dra_html_next (element, element, TRUE); node != NULL;
       node = dra_html_next (node, element, TRUE))
    for (const char *p = dra_html_get_text (node); p != NULL && *p != '\0'; p++)
      {
        if (g_ascii_isspace (*p))
          space = text->len > 0;
        else
          {
            if (space)
              g_string_append_c (text, ' ');
            g_string_append_c (text, *p);
            space = FALSE;
          }
        if (text->len > limit)
          {
            g_string_free (text, TRUE);
            return NULL;
          }
      }

  return g_string_free (text, FALSE);
}

/* What a title is but for its spelling. */
static char *
fold_title (const char *title)
{
  g_autofree char *folded = g_utf8_casefold (title, -1);
  GString *out = g_string_new (NULL);

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isalnum (g_utf8_get_char (p)))
      g_string_append_unichar (out, g_utf8_get_char (p));

  return g_string_free (out, FALSE);
}

/* The heading that is the title: the first of level 1 that has nothing but a few words
 * before it, or a heading that nothing is before. */
static const xmlNode *
find_title (const xmlNode *root)
{
  const xmlNode *first = NULL;
  gsize n_before = 0;

  for (const xmlNode *node = dra_html_next (root, root, TRUE); node != NULL;)
    {
      DraHtmlTag tag = dra_html_get_tag (node);
      const char *text = dra_html_get_text (node);

      if (tag == DRA_HTML_H1)
        return node;
      if (tag >= DRA_HTML_H2 && tag <= DRA_HTML_H6 && n_before == 0)
        first = node;
      for (; text != NULL && *text != '\0'; text++)
        n_before += !g_ascii_isspace (*text);
      if (n_before > MAX_BEFORE_TITLE)
        break;
      node = dra_html_next (node, root, !dra_html_tag_is_unseen (tag));
    }

  return first;
}

static void
set_kind (Markdown      *self,
          const xmlNode *node,
          DraBlockKind   kind)
{
  g_hash_table_insert (self->kinds, (gpointer) node, GINT_TO_POINTER (kind));
}

/* Lines below the title that say who wrote it, and when. */
static void
find_lines (Markdown      *self,
            const xmlNode *node)
{
  guint n = 0;

  while (node != NULL && n < MAX_HEAD_LINES)
    {
      g_autofree char *text = NULL;
      g_autofree char *byline = NULL;
      g_autofree char *published = NULL;
      DraBlockKind kind = DRA_BLOCK_PARAGRAPH;

      if (node->type == XML_ELEMENT_NODE)
        {
          text = dra_html_get_tag (node) == DRA_HTML_P ? get_text (node, MAX_HEAD_LINE) : NULL;
          if (text == NULL)
            return;
          kind = dra_text_head_find_kind (text, &byline, &published);
          if (kind == DRA_BLOCK_PARAGRAPH && n > 0)
            return;
          n++;
        }
      if (kind != DRA_BLOCK_PARAGRAPH)
        set_kind (self, node, kind);
      if (byline != NULL && self->metadata[DRA_METADATA_BYLINE] == NULL)
        self->metadata[DRA_METADATA_BYLINE] = g_steal_pointer (&byline);
      if (published != NULL && self->metadata[DRA_METADATA_PUBLISHED] == NULL)
        self->metadata[DRA_METADATA_PUBLISHED] = g_steal_pointer (&published);
      node = node->next;
    }
}

/* Title, byline and date, from the front matter and from the first lines below root, which
 * may be NULL.  A title that is only in the front matter is written before all else. */
static void
write_head (Markdown          *self,
            DraArticleBuilder *builder,
            const xmlNode     *root)
{
  const xmlNode *heading = root != NULL ? find_title (root) : NULL;
  g_autofree char *text = heading != NULL ? get_text (heading, 2000) : NULL;
  g_autofree char *folded = text != NULL ? fold_title (text) : NULL;
  const char *title = self->metadata[DRA_METADATA_TITLE];
  g_autofree char *folded_title = title != NULL ? fold_title (title) : NULL;
  gboolean same = folded != NULL && *folded != '\0'
                  && (folded_title == NULL || strcmp (folded, folded_title) == 0);

  if (same)
    {
      set_kind (self, heading, DRA_BLOCK_TITLE);
      find_lines (self, heading->next);
      if (title == NULL)
        self->metadata[DRA_METADATA_TITLE] = g_steal_pointer (&text);
    }
  else if (title != NULL)
    {
      dra_article_builder_begin_block (builder, DRA_BLOCK_TITLE, 0, NULL);
      dra_article_builder_add_text (builder, title, -1);
      dra_article_builder_end_block (builder);
    }
  for (guint i = 0; i < DRA_N_METADATA; i++)
    if (self->metadata[i] != NULL)
      dra_article_builder_set_metadata (builder, i, self->metadata[i]);
  dra_article_builder_set_metadata (builder, DRA_METADATA_SOURCE_TYPE, "text/markdown");
}

static gboolean
is_blank (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    if (!g_ascii_isspace (*p) && (guchar) *p != 0xEF && (guchar) *p != 0xBB && (guchar) *p != 0xBF)
      return FALSE;

  return TRUE;
}

static DraReading *
read_page (Markdown      *self,
           GBytes        *page,
           const char    *name,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();
  g_autoptr (xmlDoc) document = NULL;
  g_autoptr (DraReading) reading = NULL;
  DraHtmlBlocksOptions options = { .image = image_cb, .link = link_cb, .user_data = self };
  const xmlNode *root = NULL;

  self->images = dra_html_images_new ();
  self->taken = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->kinds = g_hash_table_new (NULL, NULL);
  self->base = self->metadata[DRA_METADATA_ORIGIN_URI];
  options.kinds = self->kinds;
  if (!is_blank (g_bytes_get_data (page, NULL)))
    {
      document = dra_html_parse (page, name, cancellable, error);
      if (document == NULL)
        return NULL;
      root = xmlDocGetRootElement (document);
    }
  write_head (self, builder, root);
  if (root != NULL && !dra_html_blocks_write (builder, root, &options, cancellable, error))
    return NULL;
  dra_article_builder_end_block (builder);
  if (dra_article_builder_get_length (builder) == 0)
    {
      g_set_error (error, DRA_ERROR, DRA_ERROR_EMPTY, _("“%s” has no text."), name);
      return NULL;
    }
  reading = dra_reading_new (dra_article_builder_build (builder), NULL, NULL);
  dra_html_images_give (self->images, reading);

  return g_steal_pointer (&reading);
}

/**
 * dra_markdown_read:
 * @bytes: a Markdown text, in any encoding
 * @name: its name, for messages
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Reads Markdown as CommonMark 0.29 and GitHub's extensions say: tables, strikethrough,
 * bare addresses, task lists, footnotes.  Front matter gives metadata.  Sets
 * %DRA_ERROR_NOT_TEXT, %DRA_ERROR_TOO_LARGE, %DRA_ERROR_EMPTY, %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full): the reading, or %NULL with @error set
 */
DraReading *
dra_markdown_read (GBytes        *bytes,
                   const char    *name,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_auto (Markdown) self = { 0 };
  g_autoptr (GBytes) utf8 = NULL;
  g_autoptr (GBytes) page = NULL;
  const char *text;
  gsize length, n_matter;

  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  text = g_bytes_get_data (bytes, &length);
  if (dra_encoding_is_binary ((const guint8 *) text, length))
    {
      g_set_error (error, DRA_ERROR, DRA_ERROR_NOT_TEXT, _("“%s” is not text."), name);
      return NULL;
    }
  if (length > MAX_SIZE)
    {
      g_set_error (error, DRA_ERROR, DRA_ERROR_TOO_LARGE,
                   _("“%s” is too large to be read as Markdown."), name);
      return NULL;
    }
  utf8 = dra_encoding_to_utf8 (bytes, NULL, NULL);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  text = g_bytes_get_data (utf8, &length);
  n_matter = dra_markdown_matter_read (text, length, self.metadata);
  dra_markdown_guard_init (&self.guard, text + n_matter, length - n_matter);
  g_clear_pointer (&utf8, g_bytes_unref);
  page = make_page (&self);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  return read_page (&self, page, name, cancellable, error);
}
