/* dra-article.c: one immutable text with blocks, inline styles and metadata.
 *
 * Everything is fixed when it is made but two figures that cost a pass over the text
 * (hash and word count): those are computed on first use, under a lock.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "article/dra-article-private.h"

#include "article/dra-text-index.h"

struct _DraArticle
{
  GObject       parent_instance;

  char         *text;
  gsize         length;
  GArray       *blocks;
  GArray       *styles;
  GStringChunk *strings;
  char         *metadata[DRA_N_METADATA];
  DraTextIndex *index;

  GMutex        lock;
  char         *hash;
  guint         n_words;
  gboolean      words_counted;
};

G_DEFINE_FINAL_TYPE (DraArticle, dra_article, G_TYPE_OBJECT)

static const char *const block_names[] = {
  [DRA_BLOCK_TITLE] = "title",
  [DRA_BLOCK_BYLINE] = "byline",
  [DRA_BLOCK_DATE] = "date",
  [DRA_BLOCK_HEADING] = "heading",
  [DRA_BLOCK_PARAGRAPH] = "paragraph",
  [DRA_BLOCK_LIST_ITEM] = "list-item",
  [DRA_BLOCK_QUOTATION] = "quotation",
  [DRA_BLOCK_PREFORMATTED] = "preformatted",
  [DRA_BLOCK_RULE] = "rule",
  [DRA_BLOCK_CAPTION] = "caption",
  [DRA_BLOCK_IMAGE] = "image",
  [DRA_BLOCK_TABLE_ROW] = "table-row",
  [DRA_BLOCK_FOOTNOTE] = "footnote",
};

static const char *const style_names[] = {
  [DRA_STYLE_EMPHASIS] = "emphasis",
  [DRA_STYLE_STRONG] = "strong",
  [DRA_STYLE_CODE] = "code",
  [DRA_STYLE_LINK] = "link",
  [DRA_STYLE_UNDERLINE] = "underline",
  [DRA_STYLE_STRIKETHROUGH] = "strikethrough",
  [DRA_STYLE_SUPERSCRIPT] = "superscript",
  [DRA_STYLE_SUBSCRIPT] = "subscript",
};

static void
dra_article_finalize (GObject *object)
{
  DraArticle *self = DRA_ARTICLE (object);

  g_clear_pointer (&self->index, dra_text_index_free);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->blocks, g_array_unref);
  g_clear_pointer (&self->styles, g_array_unref);
  g_clear_pointer (&self->strings, g_string_chunk_free);
  for (guint i = 0; i < DRA_N_METADATA; i++)
    g_clear_pointer (&self->metadata[i], g_free);
  g_clear_pointer (&self->hash, g_free);
  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (dra_article_parent_class)->finalize (object);
}

static void
dra_article_class_init (DraArticleClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dra_article_finalize;
}

static void
dra_article_init (DraArticle *self)
{
  g_mutex_init (&self->lock);
}

DraArticle *
dra_article_new_take (char         *text,
                      gsize         length,
                      GArray       *blocks,
                      GArray       *styles,
                      GStringChunk *strings,
                      char         *metadata[DRA_N_METADATA])
{
  DraArticle *self = g_object_new (DRA_TYPE_ARTICLE, NULL);

  self->text = text;
  self->length = length;
  self->blocks = blocks;
  self->styles = styles;
  self->strings = strings;
  for (guint i = 0; i < DRA_N_METADATA; i++)
    self->metadata[i] = g_steal_pointer (&metadata[i]);
  self->index = dra_text_index_new (text, length);

  return self;
}

void
dra_article_set_source (DraArticle *self,
                        const char *uri,
                        const char *type)
{
  g_return_if_fail (DRA_IS_ARTICLE (self));

  if (uri != NULL)
    {
      g_free (self->metadata[DRA_METADATA_SOURCE_URI]);
      self->metadata[DRA_METADATA_SOURCE_URI] = g_strdup (uri);
    }
  if (type != NULL)
    {
      g_free (self->metadata[DRA_METADATA_SOURCE_TYPE]);
      self->metadata[DRA_METADATA_SOURCE_TYPE] = g_strdup (type);
    }
}

/**
 * dra_article_get_text:
 * @self: an article
 * @length: (out) (optional): length of the text in bytes
 *
 * Returns: (transfer none): the text, NUL-terminated UTF-8
 */
const char *
dra_article_get_text (DraArticle *self,
                      gsize      *length)
{
  g_return_val_if_fail (DRA_IS_ARTICLE (self), NULL);

  if (length != NULL)
    *length = self->length;

  return self->text;
}

/**
 * dra_article_dup_range:
 * @self: an article
 * @range: bytes, on character boundaries
 *
 * Returns: (transfer full): the text in @range
 */
char *
dra_article_dup_range (DraArticle *self,
                       DraRange    range)
{
  g_return_val_if_fail (DRA_IS_ARTICLE (self), NULL);
  g_return_val_if_fail (range.start <= range.end && range.end <= self->length, NULL);

  return g_strndup (self->text + range.start, dra_range_length (range));
}

/**
 * dra_article_get_metadata:
 * @self: an article
 * @which: which of them
 *
 * Returns: (transfer none) (nullable): the value, when it is known
 */
const char *
dra_article_get_metadata (DraArticle *self,
                          DraMetadata which)
{
  g_return_val_if_fail (DRA_IS_ARTICLE (self), NULL);
  g_return_val_if_fail (which < DRA_N_METADATA, NULL);

  return self->metadata[which];
}

/**
 * dra_article_get_title:
 * @self: an article
 *
 * Returns: (transfer none) (nullable): the title, when it is known
 */
const char *
dra_article_get_title (DraArticle *self)
{
  return dra_article_get_metadata (self, DRA_METADATA_TITLE);
}

/**
 * dra_article_get_hash:
 * @self: an article
 *
 * The SHA-256 of the text in lower-case hexadecimal: what an article is known by.  The
 * first call passes over the whole text (about 3 ms a megabyte); any thread may make it.
 *
 * Returns: (transfer none): 64 hexadecimal digits
 */
const char *
dra_article_get_hash (DraArticle *self)
{
  const char *hash;

  g_return_val_if_fail (DRA_IS_ARTICLE (self), NULL);

  g_mutex_lock (&self->lock);
  if (self->hash == NULL)
    self->hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256,
                                              (const guchar *) self->text, self->length);
  hash = self->hash;
  g_mutex_unlock (&self->lock);

  return hash;
}

/* Scripts without spaces are counted by the character, as word processors do. */
static gboolean
is_word_of_its_own (gunichar c)
{
  GUnicodeScript script;

  if (c < 0x2E80)
    return FALSE;
  script = g_unichar_get_script (c);

  return script == G_UNICODE_SCRIPT_HAN || script == G_UNICODE_SCRIPT_HIRAGANA
         || script == G_UNICODE_SCRIPT_KATAKANA;
}

static guint
count_words (const char *text,
             gsize       length)
{
  const char *end = text + length;
  gboolean inside = FALSE;
  guint n = 0;

  for (const char *p = text; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = (guchar) *p < 0x80 ? (guchar) *p : g_utf8_get_char (p);

      if (c < 0x80 ? g_ascii_isalnum (c) : g_unichar_isalnum (c))
        {
          if (is_word_of_its_own (c))
            {
              n++;
              inside = FALSE;
            }
          else if (!inside)
            {
              n++;
              inside = TRUE;
            }
        }
      else if (c != '\'' && c != 0x2019 && c != '-' && !g_unichar_ismark (c))
        inside = FALSE;
    }

  return n;
}

/**
 * dra_article_count_words:
 * @self: an article
 *
 * The first call passes over the whole text; any thread may make it.
 *
 * Returns: the number of words
 */
guint
dra_article_count_words (DraArticle *self)
{
  guint n;

  g_return_val_if_fail (DRA_IS_ARTICLE (self), 0);

  g_mutex_lock (&self->lock);
  if (!self->words_counted)
    {
      self->n_words = count_words (self->text, self->length);
      self->words_counted = TRUE;
    }
  n = self->n_words;
  g_mutex_unlock (&self->lock);

  return n;
}

/**
 * dra_article_get_blocks:
 * @self: an article
 * @n_blocks: (out): how many
 *
 * Returns: (array length=n_blocks) (transfer none): the blocks in text order, none empty
 */
const DraBlock *
dra_article_get_blocks (DraArticle *self,
                        guint      *n_blocks)
{
  g_return_val_if_fail (DRA_IS_ARTICLE (self), NULL);

  *n_blocks = self->blocks->len;

  return (const DraBlock *) (void *) self->blocks->data;
}

/**
 * dra_article_has_block:
 * @self: an article
 * @kind: of a block
 *
 * Returns: whether it has one of this kind
 */
gboolean
dra_article_has_block (DraArticle   *self,
                       DraBlockKind  kind)
{
  g_return_val_if_fail (DRA_IS_ARTICLE (self), FALSE);

  for (guint i = 0; i < self->blocks->len; i++)
    if (g_array_index (self->blocks, DraBlock, i).kind == kind)
      return TRUE;

  return FALSE;
}

/**
 * dra_article_find_block:
 * @self: an article
 * @offset: bytes
 *
 * Finds the block that holds @offset; the position just behind a block's last character
 * belongs to it.
 *
 * Returns: its index, or -1 between blocks
 */
int
dra_article_find_block (DraArticle *self,
                        gsize       offset)
{
  guint low = 0, high;
  const DraBlock *block;

  g_return_val_if_fail (DRA_IS_ARTICLE (self), -1);

  high = self->blocks->len;
  if (high == 0)
    return -1;
  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->blocks, DraBlock, middle).range.start <= offset)
        low = middle;
      else
        high = middle;
    }

  block = &g_array_index (self->blocks, DraBlock, low);
  if (offset < block->range.start || offset > block->range.end)
    return -1;

  return (int) low;
}

/**
 * dra_article_get_styles:
 * @self: an article
 * @n_styles: (out): how many
 *
 * Returns: (array length=n_styles) (transfer none): inline styles sorted by start, then
 *   the longer first; none empty, none across blocks
 */
const DraStyle *
dra_article_get_styles (DraArticle *self,
                        guint      *n_styles)
{
  g_return_val_if_fail (DRA_IS_ARTICLE (self), NULL);

  *n_styles = self->styles->len;

  return (const DraStyle *) (void *) self->styles->data;
}

/**
 * dra_article_get_n_code_points:
 * @self: an article
 *
 * Returns: the length of the text in code points
 */
gsize
dra_article_get_n_code_points (DraArticle *self)
{
  g_return_val_if_fail (DRA_IS_ARTICLE (self), 0);

  return dra_text_index_get_n_code_points (self->index);
}

/**
 * dra_article_to_code_points:
 * @self: an article
 * @bytes: byte offset in the text
 *
 * Returns: the same position in code points
 */
gsize
dra_article_to_code_points (DraArticle *self,
                            gsize       bytes)
{
  g_return_val_if_fail (DRA_IS_ARTICLE (self), 0);

  return dra_text_index_to_code_points (self->index, bytes);
}

/**
 * dra_article_to_bytes:
 * @self: an article
 * @code_points: code point offset in the text
 *
 * Returns: the same position in bytes
 */
gsize
dra_article_to_bytes (DraArticle *self,
                      gsize       code_points)
{
  g_return_val_if_fail (DRA_IS_ARTICLE (self), 0);

  return dra_text_index_to_bytes (self->index, code_points);
}

static int
find_name (const char *const *names,
           guint              n_names,
           const char        *string)
{
  for (guint i = 0; i < n_names; i++)
    if (g_strcmp0 (names[i], string) == 0)
      return (int) i;

  return -1;
}

/**
 * dra_block_kind_to_string:
 * @kind: a kind of block
 *
 * Returns: its name in files and on the command line
 */
const char *
dra_block_kind_to_string (DraBlockKind kind)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (block_names), NULL);

  return block_names[kind];
}

/**
 * dra_block_kind_from_string:
 * @string: (nullable): a name as dra_block_kind_to_string() gives it
 * @kind: (out): the kind, untouched when there is none of that name
 *
 * Returns: whether there is one
 */
gboolean
dra_block_kind_from_string (const char   *string,
                            DraBlockKind *kind)
{
  int i = find_name (block_names, G_N_ELEMENTS (block_names), string);

  if (i >= 0)
    *kind = (DraBlockKind) i;

  return i >= 0;
}

/**
 * dra_style_kind_to_string:
 * @kind: a kind of inline style
 *
 * Returns: its name in files and on the command line
 */
const char *
dra_style_kind_to_string (DraStyleKind kind)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (style_names), NULL);

  return style_names[kind];
}

/**
 * dra_style_kind_from_string:
 * @string: (nullable): a name as dra_style_kind_to_string() gives it
 * @kind: (out): the kind, untouched when there is none of that name
 *
 * Returns: whether there is one
 */
gboolean
dra_style_kind_from_string (const char   *string,
                            DraStyleKind *kind)
{
  int i = find_name (style_names, G_N_ELEMENTS (style_names), string);

  if (i >= 0)
    *kind = (DraStyleKind) i;

  return i >= 0;
}
