/* dra-html-extract-segment.c: a page as a list of blocks of text.
 *
 * The same rules as in dra-html-blocks.c say where a block ends.  Each block knows the
 * elements around it, and each element which blocks are in it, so that what is asked of a
 * container is a difference of two running sums.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-html-extract-private.h"

#include <string.h>

#include "readers/dra-html-blocks-private.h"

#define HASH_START 2166136261u
#define HASH_STEP 16777619u

static inline gboolean
is_ideograph (gunichar c)
{
  return (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF)
         || (c >= 0xAC00 && c <= 0xD7AF) || (c >= 0xF900 && c <= 0xFAFF);
}

static inline guint32
hash_step (guint32  hash,
           gunichar c)
{
  return (hash ^ c) * HASH_STEP;
}

/* The hashes of words on their way into an array. */
typedef struct
{
  GArray  *tokens;
  guint32  word;        /* hash of the word that is being read, 0 for none */
  guint    n_waiting;
  guint32  waiting[64];
} Tokens;

static void
flush_tokens (Tokens *self)
{
  if (self->n_waiting > 0)
    g_array_append_vals (self->tokens, self->waiting, self->n_waiting);
  self->n_waiting = 0;
}

static inline void
add_token (Tokens  *self,
           guint32  token)
{
  if (self->n_waiting == G_N_ELEMENTS (self->waiting))
    flush_tokens (self);
  self->waiting[self->n_waiting++] = token;
}

static inline void
end_token (Tokens *self)
{
  if (self->word != 0)
    add_token (self, self->word);
  self->word = 0;
}

static inline void
take_char (Tokens   *self,
           gunichar  c)
{
  guint32 before = self->word != 0 ? self->word : HASH_START;

  if (c < 0x80)
    {
      if (g_ascii_isalnum ((char) c))
        self->word = hash_step (before, (gunichar) g_ascii_tolower ((char) c));
      else
        end_token (self);
    }
  else if (is_ideograph (c))
    {
      end_token (self);
      add_token (self, hash_step (HASH_START, c));
    }
  else if (g_unichar_isalnum (c) || g_unichar_ismark (c))
    self->word = hash_step (before, g_unichar_tolower (c));
  else if (c != 0xAD && c != 0x200B && c != 0x2060)
    end_token (self);
}

/**
 * dra_html_tokenize:
 * @text: a text
 * @tokens: array of hashes to add to
 *
 * Takes the words of a text, in lower case; ideographs are words by themselves.
 */
void
dra_html_tokenize (const char *text,
                   GArray     *tokens)
{
  Tokens words = { .tokens = tokens };

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    take_char (&words, g_utf8_get_char (p));
  end_token (&words);
  flush_tokens (&words);
}

typedef struct
{
  DraHtmlSegments *segments;
  guint32          element;   /* the innermost that is open */
  guint32          row;       /* element of a row of a table of data, else 0 */
  guint32          table;     /* element of that table */
  gboolean         in_block;
  guint            n_breaks;
  gboolean         br;        /* the next block follows line breaks */
  guint            link_depth;
  guint            bold_depth;
  guint            n_images;  /* since the last block */
  Tokens           tokens;
} Cut;

static void
end_block (Cut *cut)
{
  if (cut->in_block)
    {
      DraHtmlBlock *block = dra_html_segments_block (cut->segments, cut->segments->blocks->len - 1);

      end_token (&cut->tokens);
      flush_tokens (&cut->tokens);
      block->end_token = cut->segments->tokens->len;
      if (strchr (".!?", (char) MIN (block->last, 127)) != NULL || block->last == 0x3002)
        block->n_stops++;
    }
  cut->in_block = FALSE;
  cut->n_breaks = 0;
  cut->br = FALSE;
}

static void
begin_block (Cut *cut)
{
  DraHtmlBlock block = { 0 };
  guint32 element = cut->row != 0 ? cut->row : cut->element;

  block.inner = cut->element;
  while (element > 0 && cut->row == 0
         && !dra_html_tag_is_block (dra_html_segments_element (cut->segments, element)->tag))
    element = dra_html_segments_element (cut->segments, element)->parent;
  block.element = element;
  flush_tokens (&cut->tokens);
  block.first_token = cut->segments->tokens->len;
  block.br = cut->br;
  block.n_images = (guint16) MIN (cut->n_images, 1000);
  g_array_append_val (cut->segments->blocks, block);
  cut->in_block = TRUE;
  cut->n_images = 0;
  cut->br = FALSE;
}

static inline gboolean
is_blank (gunichar c)
{
  return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || c == 0x200B || c == 0x2060
         || c == 0xFEFF || c == 0xAD || c == 0x2028 || c == 0x2029 || c == 0x85;
}

static gboolean
is_all_blank (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (!is_blank (g_utf8_get_char (text)))
      return FALSE;

  return TRUE;
}

static inline void
add_one (guint16 *count)
{
  if (*count < G_MAXINT16)
    (*count)++;
}

/* The numbers of a block that come from its characters. */
static void
count_char (DraHtmlBlock *block,
            gunichar      c,
            gunichar      before)
{
  gboolean after_blank = block->n_chars == 0 || is_blank (before);

  switch (c)
    {
    case ',':
    case ';':
    case 0x3001:
    case 0xFF0C:
    case 0x60C:
      add_one (&block->n_commas);
      break;
    case 0x3002:
    case 0xFF01:
    case 0xFF1F:
    case 0x964:
      add_one (&block->n_stops);
      break;
    case '|':
    case 0xB7:
    case 0xBB:
    case 0xAB:
    case 0x203A:
    case 0xA9:
    case 0xAE:
    case 0x2192:
    case 0x2022:
      add_one (&block->n_marks);
      break;
    default:
      if (c < 0x80 ? g_ascii_isdigit ((char) c) : FALSE)
        add_one (&block->n_digits);
      else if (after_blank && (c < 0x80 ? g_ascii_isupper ((char) c) : g_unichar_isupper (c)))
        add_one (&block->n_upper);
      break;
    }
}

static void
take_text (Cut           *cut,
           const xmlNode *node,
           const char    *text)
{
  DraHtmlTextNode entry = { node, 0 };
  DraHtmlBlock *block;
  guint n_chars = 0;
  gunichar before = ' ';

  if (is_all_blank (text))
    {
      if (cut->in_block && *text != '\0')
        end_token (&cut->tokens);
      return;
    }
  if (cut->n_breaks > 1)
    {
      end_block (cut);
      cut->br = TRUE;
    }
  else if (cut->n_breaks == 1)
    end_token (&cut->tokens);
  cut->n_breaks = 0;
  if (!cut->in_block)
    begin_block (cut);

  block = dra_html_segments_block (cut->segments, cut->segments->blocks->len - 1);
  before = block->n_chars > 0 ? block->last : ' ';
  for (const char *p = text; *p != '\0';)
    {
      gunichar c = (guchar) *p < 0x80 ? (gunichar) *p : g_utf8_get_char (p);

      p = (guchar) *p < 0x80 ? p + 1 : g_utf8_next_char (p);
      take_char (&cut->tokens, c);
      if (is_blank (c))
        {
          if (before == '.' || before == '!' || before == '?' || before == 0x201D)
            add_one (&block->n_stops);
          before = ' ';
          continue;
        }
      count_char (block, c, before);
      if (block->n_chars == 0)
        block->first = c;
      block->last = c;
      block->n_chars++;
      n_chars++;
      before = c;
    }
  if (cut->link_depth > 0)
    block->n_link += n_chars;
  if (cut->bold_depth > 0)
    block->n_bold += n_chars;
  entry.block = cut->segments->blocks->len - 1;
  g_array_append_val (cut->segments->texts, entry);
}

static guint32
tag_flags (DraHtmlTag tag)
{
  switch (tag)
    {
    case DRA_HTML_ARTICLE:
      return DRA_HTML_IN_ARTICLE;
    case DRA_HTML_MAIN:
      return DRA_HTML_IN_MAIN;
    case DRA_HTML_NAV:
    case DRA_HTML_MENU:
      return DRA_HTML_IN_NAV;
    case DRA_HTML_ASIDE:
      return DRA_HTML_IN_ASIDE;
    case DRA_HTML_HEADER:
      return DRA_HTML_IN_HEADER;
    case DRA_HTML_FOOTER:
      return DRA_HTML_IN_FOOTER;
    case DRA_HTML_FORM:
    case DRA_HTML_FIELDSET:
      return DRA_HTML_IN_FORM;
    case DRA_HTML_UL:
    case DRA_HTML_OL:
    case DRA_HTML_DL:
      return DRA_HTML_IN_LIST;
    case DRA_HTML_TABLE:
      return DRA_HTML_IN_TABLE;
    case DRA_HTML_FIGURE:
      return DRA_HTML_IN_FIGURE;
    case DRA_HTML_DIALOG:
      return DRA_HTML_IN_DIALOG;
    case DRA_HTML_BLOCKQUOTE:
      return DRA_HTML_IN_QUOTE;
    case DRA_HTML_PRE:
      return DRA_HTML_IN_PRE;
    case DRA_HTML_FIGCAPTION:
    case DRA_HTML_CAPTION:
      return DRA_HTML_IN_CAPTION;
    case DRA_HTML_SECTION:
      return DRA_HTML_IN_SECTION;
    case DRA_HTML_H1:
    case DRA_HTML_H2:
    case DRA_HTML_H3:
    case DRA_HTML_H4:
    case DRA_HTML_H5:
    case DRA_HTML_H6:
      return DRA_HTML_IN_HEADING;
    default:
      return 0;
    }
}

static guint32
role_flags (const char *role)
{
  static const struct { const char *role; guint32 flags; } roles[] = {
    { "main", DRA_HTML_IN_MAIN },           { "article", DRA_HTML_IN_ARTICLE },
    { "navigation", DRA_HTML_IN_NAV },      { "menu", DRA_HTML_IN_NAV },
    { "menubar", DRA_HTML_IN_NAV },         { "complementary", DRA_HTML_IN_ASIDE },
    { "banner", DRA_HTML_IN_HEADER },       { "contentinfo", DRA_HTML_IN_FOOTER },
    { "dialog", DRA_HTML_IN_DIALOG },       { "alertdialog", DRA_HTML_IN_DIALOG },
    { "search", DRA_HTML_IN_FORM },         { "form", DRA_HTML_IN_FORM },
    { "list", DRA_HTML_IN_LIST },           { "heading", DRA_HTML_IN_HEADING },
  };

  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    if (g_ascii_strcasecmp (roles[i].role, role) == 0)
      return roles[i].flags;

  return 0;
}

static guint32
attribute_flags (const xmlNode *node)
{
  guint32 flags = 0;

  for (const xmlAttr *attr = node->properties; attr != NULL; attr = attr->next)
    {
      const char *name = (const char *) attr->name;
      const char *value = attr->children != NULL && attr->children->content != NULL
                            ? (const char *) attr->children->content : "";

      if (name[0] != 'r' && name[0] != 'a' && name[0] != 'i')
        continue;
      if (strcmp (name, "role") == 0)
        flags |= role_flags (value);
      else if (strcmp (name, "aria-modal") == 0)
        flags |= DRA_HTML_IN_DIALOG;
      else if (strcmp (name, "itemprop") == 0)
        {
          if (strstr (value, "articleBody") != NULL || strcmp (value, "reviewBody") == 0)
            flags |= DRA_HTML_IN_BODY_PROPERTY;
          else if (strstr (value, "omment") != NULL)
            flags |= DRA_HTML_IN_COMMENT_TYPE;
        }
      else if (strcmp (name, "itemtype") == 0 && strstr (value, "Comment") != NULL)
        flags |= DRA_HTML_IN_COMMENT_TYPE;
    }

  return flags;
}

/* Names of classes are made of words: "post-body", "postBody", "article__text". */
static void
each_word_of (const char      *value,
              DraHtmlWordFunc  func,
              gpointer         user_data)
{
  guint32 hash = 0;
  guint length = 0;
  gboolean lower = FALSE;

  for (const char *p = value;; p++)
    {
      gboolean alpha = g_ascii_isalpha (*p);

      if (hash != 0 && (!alpha || (lower && g_ascii_isupper (*p))))
        {
          if (length > 1)
            func (hash, user_data);
          hash = 0;
          length = 0;
        }
      if (*p == '\0')
        return;
      if (alpha)
        {
          hash = hash_step (hash != 0 ? hash : HASH_START, (gunichar) g_ascii_tolower (*p));
          length++;
        }
      lower = g_ascii_islower (*p);
    }
}

/**
 * dra_html_each_word:
 * @node: an element
 * @func: what to call
 * @user_data: for @func
 *
 * Calls a function for each word that the element's class, id and the like are made of.
 */
void
dra_html_each_word (const xmlNode   *node,
                    DraHtmlWordFunc  func,
                    gpointer         user_data)
{
  for (const xmlAttr *attr = node->properties; attr != NULL; attr = attr->next)
    {
      const char *name = (const char *) attr->name;

      if ((name[0] != 'c' && name[0] != 'i' && name[0] != 'd') || attr->children == NULL
          || attr->children->content == NULL)
        continue;
      if (strcmp (name, "class") == 0 || strcmp (name, "id") == 0
          || strcmp (name, "data-testid") == 0 || strcmp (name, "data-component") == 0
          || strcmp (name, "data-component-name") == 0 || strcmp (name, "itemprop") == 0
          || strcmp (name, "data-type") == 0)
        each_word_of ((const char *) attr->children->content, func, user_data);
    }
  if (strchr ((const char *) node->name, '-') != NULL)
    each_word_of ((const char *) node->name, func, user_data);
}

typedef struct
{
  int     sum;
  guint32 hash;
} Words;

static void
add_word (guint32  hash,
          gpointer data)
{
  Words *words = data;

  words->sum += dra_html_word_weight (hash);
  words->hash = words->hash * 33 + hash;
}

static void
begin_element (Cut           *cut,
               const xmlNode *node,
               DraHtmlTag     tag,
               gboolean       hidden)
{
  GArray *elements = cut->segments->elements;
  const DraHtmlElement *parent = elements->len > 0
                                   ? dra_html_segments_element (cut->segments, cut->element) : NULL;
  DraHtmlElement element = {
    .node = node,
    .parent = cut->element,
    .first_block = cut->segments->blocks->len,
    .tag = (guint8) tag,
    .flags = tag_flags (tag) | attribute_flags (node),
  };
  Words words = { 0, (guint32) tag + 1 };

  if (cut->in_block && !dra_html_tag_is_block (tag))
    element.first_block--; /* inside the block that goes on */
  dra_html_each_word (node, add_word, &words);
  element.words = (gint8) CLAMP (words.sum, -100, 100);
  element.least_words = MIN (element.words, 0);
  element.most_words = MAX (element.words, 0);
  element.sum_words = element.words;
  element.path = words.hash;
  if (parent != NULL)
    {
      element.flags |= parent->flags;
      element.depth = parent->depth + 1;
      element.least_words = MIN (element.words, parent->least_words);
      element.most_words = MAX (element.words, parent->most_words);
      element.sum_words = (gint16) CLAMP (element.words + parent->sum_words, -1000, 1000);
      element.path = words.hash * 31 + (parent->path >> 3);
      dra_html_segments_element (cut->segments, cut->element)->n_children++;
    }
  if (hidden)
    element.flags |= DRA_HTML_IN_HIDDEN;
  g_array_append_val (elements, element);
  cut->element = elements->len - 1;
}

static void
enter (Cut           *cut,
       const xmlNode *node,
       DraHtmlTag     tag,
       gboolean       hidden)
{
  gboolean block = dra_html_tag_is_block (tag);

  if (cut->row != 0)
    block = FALSE;
  if (block)
    end_block (cut);
  begin_element (cut, node, tag, hidden);
  switch (tag)
    {
    case DRA_HTML_A:
      cut->link_depth++;
      if (cut->in_block)
        add_one (&dra_html_segments_block (cut->segments, cut->segments->blocks->len - 1)->n_links);
      break;
    case DRA_HTML_STRONG:
    case DRA_HTML_B:
    case DRA_HTML_EM:
    case DRA_HTML_I:
      cut->bold_depth++;
      break;
    case DRA_HTML_BR:
      if (cut->in_block && cut->row == 0)
        cut->n_breaks++;
      else
        end_token (&cut->tokens);
      break;
    case DRA_HTML_TABLE:
      if (cut->table == 0 && dra_html_table_is_data (node, NULL, NULL))
        cut->table = cut->element;
      break;
    case DRA_HTML_TR:
      if (cut->table != 0)
        cut->row = cut->element;
      break;
    case DRA_HTML_TD:
    case DRA_HTML_TH:
      end_token (&cut->tokens);
      break;
    case DRA_HTML_IMG:
    case DRA_HTML_AMP_IMG:
    case DRA_HTML_VIDEO:
    case DRA_HTML_IFRAME:
      cut->n_images++;
      break;
    default:
      break;
    }
}

static void
leave (Cut *cut)
{
  DraHtmlElement *element = dra_html_segments_element (cut->segments, cut->element);
  DraHtmlTag tag = element->tag;

  if (tag == DRA_HTML_A)
    cut->link_depth--;
  else if (tag == DRA_HTML_STRONG || tag == DRA_HTML_B || tag == DRA_HTML_EM || tag == DRA_HTML_I)
    cut->bold_depth--;
  if (cut->row == cut->element)
    cut->row = 0;
  if (cut->table == cut->element)
    cut->table = 0;
  if (cut->row == 0 && dra_html_tag_is_block (tag))
    end_block (cut);
  element->end_block = cut->segments->blocks->len;
  element->end = cut->segments->elements->len;
  if (cut->element > 0)
    {
      DraHtmlElement *parent = dra_html_segments_element (cut->segments, element->parent);
      guint n_controls = element->n_controls + (tag == DRA_HTML_BUTTON || tag == DRA_HTML_INPUT
                                                || tag == DRA_HTML_SELECT || tag == DRA_HTML_TEXTAREA);
      guint n_images = element->n_images + (tag == DRA_HTML_IMG || tag == DRA_HTML_AMP_IMG);

      parent->n_controls = (guint16) MIN (parent->n_controls + n_controls, 1000);
      parent->n_images = (guint16) MIN (parent->n_images + n_images, 1000);
    }
  cut->element = element->parent;
}

/* Whether the content of the element is no text of the page; its presence still counts. */
static gboolean
is_closed (DraHtmlTag tag,
           guint32    flags,
           gboolean   hidden)
{
  switch (tag)
    {
    case DRA_HTML_AUDIO:
    case DRA_HTML_IFRAME:
    case DRA_HTML_VIDEO:
      return TRUE;
    case DRA_HTML_NOSCRIPT:
      return !hidden;
    case DRA_HTML_BUTTON:
      return (flags & DRA_HTML_IN_HEADING) == 0;
    default:
      return dra_html_tag_is_unseen (tag);
    }
}

static void
run (Cut           *cut,
     const xmlNode *root)
{
  const xmlNode *node = root;

  for (;;)
    {
      const char *text = dra_html_get_text (node);
      gboolean entered = FALSE;
      gboolean inside = FALSE;

      if (text != NULL)
        take_text (cut, node, text);
      else if (node->type == XML_ELEMENT_NODE)
        {
          DraHtmlTag tag = dra_html_get_tag (node);
          gboolean hidden = dra_html_is_hidden (node);
          gboolean seen = node == root || cut->segments->hidden || !hidden;

          if (seen || tag == DRA_HTML_INPUT || tag == DRA_HTML_SELECT || tag == DRA_HTML_TEXTAREA)
            {
              enter (cut, node, tag, hidden);
              entered = TRUE;
              inside = !is_closed (tag, dra_html_segments_element (cut->segments, cut->element)->flags,
                                    cut->segments->hidden)
                       && seen && node->children != NULL;
            }
        }
      if (inside)
        {
          node = node->children;
          continue;
        }
      if (entered)
        leave (cut);
      while (node != root && node->next == NULL)
        {
          node = node->parent;
          leave (cut);
        }
      if (node == root)
        return;
      node = node->next;
    }
}

/**
 * dra_html_segments_new:
 * @root: the element that is the page
 * @hidden: whether what is marked as hidden counts, too
 *
 * Cuts a page into blocks.  Takes time in proportion to its size.
 *
 * Returns: (transfer full): the blocks; nodes are borrowed from the page
 */
DraHtmlSegments *
dra_html_segments_new (const xmlNode *root,
                       gboolean       hidden)
{
  DraHtmlSegments *self = g_new0 (DraHtmlSegments, 1);
  Cut cut = { .segments = self };

  self->elements = g_array_new (FALSE, FALSE, sizeof (DraHtmlElement));
  self->blocks = g_array_new (FALSE, FALSE, sizeof (DraHtmlBlock));
  self->texts = g_array_new (FALSE, FALSE, sizeof (DraHtmlTextNode));
  self->tokens = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->hidden = hidden;
  cut.tokens.tokens = self->tokens;
  run (&cut, root);
  flush_tokens (&cut.tokens);

  return self;
}

/**
 * dra_html_segments_free:
 * @self: (nullable): blocks
 */
void
dra_html_segments_free (DraHtmlSegments *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->elements);
  g_array_unref (self->blocks);
  g_array_unref (self->texts);
  g_array_unref (self->tokens);
  g_free (self);
}
