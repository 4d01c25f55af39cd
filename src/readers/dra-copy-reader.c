/* dra-copy-reader.c: annotated copies, our own, read back.
 *
 * What is seen in the copy is the text; the JSON-LD only adds to it.  Where the text has
 * the hash that the copy names, positions in it are right, and all is taken as it was.
 * Where it has not, somebody edited the copy: blocks and styles are those of the markup,
 * notes are anchored by their quotes, and each mention is looked for near its old place,
 * with the drift of the mentions before it, under a name its person or organization has.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-copy-reader.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "article/dra-article-builder.h"
#include "article/dra-error.h"
#include "notes/dra-anchor.h"
#include "notes/dra-web-annotation.h"
#include "readers/dra-copy-cast.h"
#include "readers/dra-copy-json.h"
#include "readers/dra-encoding.h"
#include "readers/dra-html-copy.h"
#include "readers/dra-markdown-copy.h"
#include "readers/dra-tei-copy.h"

#define LINE_BREAK "\342\200\250" /* U+2028 */

static const struct
{
  DraMetadata which;
  const char *name;
} metadata_names[] = {
  { DRA_METADATA_TITLE, "title" },
  { DRA_METADATA_BYLINE, "byline" },
  { DRA_METADATA_PUBLISHED, "published" },
  { DRA_METADATA_SITE, "site" },
  { DRA_METADATA_LANGUAGE, "language" },
};

/* Metadata as they were.  A local original is known by its name alone, which many files
 * share: with the hash of its text before it, it is the address of that article only. */
static void
set_metadata (DraArticleBuilder *builder,
              JsonObject        *json)
{
  JsonNode *node = json != NULL ? json_object_get_member (json, "dramatis:metadata") : NULL;
  JsonObject *metadata
    = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *origin = dra_json_get_string (json, "isBasedOn");
  const char *hash = dra_json_get_string (json, "dramatis:textSha256");
  g_autofree char *scheme = origin != NULL ? g_uri_parse_scheme (origin) : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (metadata_names); i++)
    dra_article_builder_set_metadata (builder, metadata_names[i].which,
                                      dra_json_get_string (metadata, metadata_names[i].name));

  if (scheme != NULL)
    dra_article_builder_set_metadata (builder, DRA_METADATA_ORIGIN_URI, origin);
  else if (origin != NULL && hash != NULL && strchr (origin, '/') == NULL)
    {
      g_autofree char *local = g_strconcat ("./", hash, "/", origin, NULL);

      dra_article_builder_set_metadata (builder, DRA_METADATA_ORIGIN_URI, local);
    }
}

/* Positions of styles need the finished text's code points: an index of its own. */
static void
add_exact_styles (DraArticleBuilder *builder,
                  DraArticle        *plain,
                  JsonArray         *styles)
{
  guint n = styles != NULL ? json_array_get_length (styles) : 0;

  for (guint i = 0; i < n; i++)
    {
      JsonArray *row = dra_copy_json_get_row (styles, i);
      JsonNode *name = row != NULL && json_array_get_length (row) > 0
                         ? json_array_get_element (row, 0) : NULL;
      JsonNode *target = row != NULL && json_array_get_length (row) > 3
                           ? json_array_get_element (row, 3) : NULL;
      DraStyleKind kind;
      DraRange range;

      if (name == NULL || json_node_get_value_type (name) != G_TYPE_STRING
          || !dra_style_kind_from_string (json_node_get_string (name), &kind)
          || !dra_copy_json_get_range (row, 1, &range) || !dra_copy_json_to_bytes (plain, range, &range))
        continue;
      dra_article_builder_add_style (
        builder, kind, range,
        target != NULL && json_node_get_value_type (target) == G_TYPE_STRING
            && g_utf8_validate (json_node_get_string (target), -1, NULL)
          ? json_node_get_string (target) : NULL);
    }
}

static void
add_exact_blocks (DraArticleBuilder *builder,
                  DraCopyParts       *copy)
{
  for (guint i = 0; i < copy->blocks->len; i++)
    {
      const DraCopyBlock *block = &g_array_index (copy->blocks, DraCopyBlock, i);

      dra_article_builder_add_exact (builder, block->kind, block->level, block->label,
                                     copy->text->str + block->range.start,
                                     dra_range_length (block->range),
                                     (guint) block->n_newlines);
      if (block->source != NULL)
        dra_article_builder_set_source (builder, block->source);
    }
  if (copy->n_newlines_after > 0)
    dra_article_builder_add_exact (builder, DRA_BLOCK_PARAGRAPH, 0, NULL, "", 0,
                                   (guint) copy->n_newlines_after);
}

/* (nullable): the article as it was, when the text is. */
static DraArticle *
build_exact (DraCopyParts *copy,
             JsonObject  *json)
{
  const char *expected = dra_json_get_string (json, "dramatis:textSha256");
  g_autofree char *hash = NULL;
  g_autoptr (DraArticleBuilder) plain_builder = NULL;
  g_autoptr (DraArticleBuilder) builder = NULL;
  g_autoptr (DraArticle) plain = NULL;
  g_autoptr (DraArticle) article = NULL;
  JsonArray *styles = dra_json_get_array (json, "dramatis:styles");

  if (expected == NULL)
    return NULL;
  hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) copy->text->str,
                                      copy->text->len);
  if (strcmp (hash, expected) != 0)
    return NULL;

  if (styles != NULL && json_array_get_length (styles) > 0)
    {
      plain_builder = dra_article_builder_new ();
      add_exact_blocks (plain_builder, copy);
      plain = dra_article_builder_build (plain_builder);
    }

  builder = dra_article_builder_new ();
  set_metadata (builder, json);
  add_exact_blocks (builder, copy);
  if (plain != NULL)
    add_exact_styles (builder, plain, styles);
  article = dra_article_builder_build (builder);

  /* The builder replaces what no text may hold: then it was no text of ours. */
  return strcmp (dra_article_get_hash (article), expected) == 0 ? g_steal_pointer (&article)
                                                                : NULL;
}

/* Text of an edited page, by the rules of any other reader. */
static void
add_loose_text (DraArticleBuilder *builder,
                const char        *text,
                gsize              length)
{
  const char *end = text + length;

  while (text < end)
    {
      const char *line = memmem (text, end - text, LINE_BREAK, strlen (LINE_BREAK));

      dra_article_builder_add_text (builder, text, (line != NULL ? line : end) - text);
      if (line == NULL)
        break;
      dra_article_builder_add_break (builder);
      text = line + strlen (LINE_BREAK);
    }
}

static DraArticle *
build_edited (DraCopyParts *copy,
              JsonObject  *json)
{
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();
  g_autofree char *title = NULL;
  guint next = 0;

  set_metadata (builder, json);
  for (guint i = 0; i < copy->blocks->len; i++)
    {
      const DraCopyBlock *block = &g_array_index (copy->blocks, DraCopyBlock, i);
      gsize pos = block->range.start;

      if (block->kind == DRA_BLOCK_IMAGE)
        {
          dra_article_builder_add_image (builder, block->label);
          if (block->source != NULL)
            dra_article_builder_set_source (builder, block->source);
          continue;
        }
      dra_article_builder_begin_block (builder, block->kind, block->level, block->label);
      for (; next < copy->events->len; next++)
        {
          const DraCopyEvent *event
            = &g_array_index (copy->events, DraCopyEvent, next);

          if (event->offset > block->range.end)
            break;
          if (event->offset > pos)
            {
              add_loose_text (builder, copy->text->str + pos, event->offset - pos);
              pos = event->offset;
            }
          if (event->begins)
            dra_article_builder_begin_style (builder, event->kind, event->target);
          else
            dra_article_builder_end_style (builder, event->kind);
        }
      add_loose_text (builder, copy->text->str + pos, block->range.end - pos);
      dra_article_builder_end_block (builder);
      /* The title that is seen is the title. */
      if (block->kind == DRA_BLOCK_TITLE && title == NULL)
        {
          title = g_strndup (copy->text->str + block->range.start,
                             dra_range_length (block->range));
          dra_article_builder_set_metadata (builder, DRA_METADATA_TITLE, title);
        }
    }

  return dra_article_builder_build (builder);
}

typedef DraCopyParts *(*ParseFunc) (GBytes        *utf8,
                                    GCancellable  *cancellable,
                                    GError       **error);

/* Footnotes that somebody edited in the file: what they say now is newer than the note. */
static void
take_footnotes (DraCopyParts *copy,
                JsonObject   *json,
                GPtrArray    *notes)
{
  JsonArray *rows = dra_json_get_array (json, "dramatis:footnotes");
  g_autoptr (GHashTable) by_uuid = g_hash_table_new (g_str_hash, g_str_equal);

  if (rows == NULL || copy->footnotes == NULL)
    return;
  for (guint i = 0; i < notes->len; i++)
    g_hash_table_insert (by_uuid, (gpointer) dra_note_get_uuid (notes->pdata[i]), notes->pdata[i]);

  for (guint i = 0; i < MIN (json_array_get_length (rows), copy->footnotes->len); i++)
    {
      JsonArray *row = dra_copy_json_get_row (rows, i);
      const char *footnote = copy->footnotes->pdata[i];
      g_autofree char *sum = NULL;
      g_autofree char *body = NULL;
      DraNote *note;

      if (footnote == NULL || row == NULL || json_array_get_length (row) < 3
          || json_node_get_value_type (json_array_get_element (row, 0)) != G_TYPE_STRING
          || json_node_get_value_type (json_array_get_element (row, 1)) != G_TYPE_STRING
          || json_node_get_value_type (json_array_get_element (row, 2)) != G_TYPE_INT64)
        continue;
      note = g_hash_table_lookup (by_uuid, json_array_get_string_element (row, 0));
      sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, footnote, -1);
      if (note == NULL || strcmp (sum, json_array_get_string_element (row, 1)) == 0)
        continue;
      body = dra_markdown_copy_dup_body (footnote,
                                         (guint) CLAMP (json_array_get_int_element (row, 2), 0, 2));
      if (strcmp (body, dra_note_get_body (note)) == 0)
        continue;
      dra_note_set_body (note, body);
      dra_note_set_modified (note, dra_note_get_modified (note) + 1);
    }
}

static DraReading *
make_reading (DraCopyParts  *copy,
              const char    *name,
              GError       **error)
{
  g_autoptr (JsonNode) root = dra_copy_json_parse (copy->article_json);
  JsonObject *json = root != NULL ? json_node_get_object (root) : NULL;
  JsonArray *rows = dra_json_get_array (json, "dramatis:blocks");
  g_autoptr (DraArticle) article = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  DraReading *reading;
  gboolean exact;
  gsize length;

  if (rows != NULL)
    dra_copy_parts_apply_blocks (copy, rows);
  article = build_exact (copy, json);
  exact = article != NULL;
  if (!exact)
    article = build_edited (copy, json);

  dra_article_get_text (article, &length);
  if (length == 0)
    {
      g_set_error (error, DRA_ERROR, DRA_ERROR_EMPTY, _("“%s” has no text."), name);
      return NULL;
    }

  if (copy->notes_json->len > 0)
    notes = dra_web_annotation_read_string (copy->notes_json->str, copy->notes_json->len,
                                            NULL, NULL);
  if (notes != NULL)
    {
      take_footnotes (copy, json, notes);
      dra_anchor_notes (article, notes);
    }

  reading = dra_reading_new (g_object_ref (article), dra_copy_cast_read (article, json, exact),
                             g_steal_pointer (&notes));
  reading->copy = TRUE;
  if (copy->images != NULL)
    dra_html_images_give (copy->images, reading);

  return reading;
}

static DraReading *
read_copy (GBytes        *bytes,
           const char    *name,
           ParseFunc      parse,
           const char    *not_a_copy,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (GBytes) utf8 = NULL;
  g_autoptr (DraCopyParts) copy = NULL;
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  utf8 = g_utf8_validate_len ((const char *) data, size, NULL)
           ? g_bytes_ref (bytes) : dra_encoding_to_utf8 (bytes, NULL, NULL);
  if (g_bytes_get_size (utf8) > DRA_READER_MAX_SIZE)
    {
      g_set_error (error, DRA_ERROR, DRA_ERROR_TOO_LARGE,
                   _("“%s” is larger than an article may be."), name);
      return NULL;
    }

  copy = parse (utf8, cancellable, error);
  if (copy == NULL)
    return NULL;
  if (!copy->marked)
    {
      DraSniff sniff;

      /* A page that kept nothing but the name of the program that made it. */
      dra_sniff_init (&sniff, data, size, name);
      copy->marked = dra_sniff_copy (&sniff) > 0;
      dra_sniff_clear (&sniff);
    }
  if (!copy->marked)
    {
      g_set_error (error, DRA_ERROR, DRA_ERROR_UNSUPPORTED, not_a_copy, name);
      return NULL;
    }

  return make_reading (copy, name, error);
}

/**
 * dra_copy_read:
 * @bytes: the content of an annotated copy in HTML
 * @name: its name, for messages
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Reads a copy with its notes and its cast.  Sets %DRA_ERROR_EMPTY, %DRA_ERROR_TOO_LARGE,
 * %DRA_ERROR_UNSUPPORTED for a page that is no copy, and %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full): the reading, or %NULL with @error set
 */
DraReading *
dra_copy_read (GBytes        *bytes,
               const char    *name,
               GCancellable  *cancellable,
               GError       **error)
{
  return read_copy (bytes, name, dra_html_copy_parse,
                    _("“%s” is a web page, but not an annotated copy made with Dramatis."),
                    cancellable, error);
}

/**
 * dra_copy_read_markdown:
 * @bytes: the content of an annotated copy in Markdown
 * @name: its name, for messages
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Reads a copy with its notes, as they are in the file when somebody edited a footnote.
 * Sets errors as dra_copy_read() does.
 *
 * Returns: (transfer full): the reading, or %NULL with @error set
 */
DraReading *
dra_copy_read_markdown (GBytes        *bytes,
                        const char    *name,
                        GCancellable  *cancellable,
                        GError       **error)
{
  return read_copy (bytes, name, dra_markdown_copy_parse,
                    _("“%s” is a Markdown text, but not an annotated copy made with Dramatis."),
                    cancellable, error);
}

/**
 * dra_copy_read_tei:
 * @bytes: the content of an annotated copy in TEI
 * @name: its name, for messages
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Reads a copy with its notes and its cast.  Sets errors as dra_copy_read() does.
 *
 * Returns: (transfer full): the reading, or %NULL with @error set
 */
DraReading *
dra_copy_read_tei (GBytes        *bytes,
                   const char    *name,
                   GCancellable  *cancellable,
                   GError       **error)
{
  return read_copy (bytes, name, dra_tei_copy_parse,
                    _("“%s” is a TEI document, but not an annotated copy made with Dramatis."),
                    cancellable, error);
}
