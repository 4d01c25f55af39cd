/* dra-html-tree.c: the tree of a page, made of its tags.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-html-tree.h"

#include <libxml/HTMLtree.h>
#include <libxml/parserInternals.h>
#include <string.h>

#include "readers/dra-html-parse.h"
#include "readers/dra-html-references.h"

#define SHORT_TEXT (2 * sizeof (void *)) /* a text below that is kept in its node, as libxml2 does */
#define MAX_ATTRIBUTE_NAMES 64
#define STORE_BLOCK 65536          /* bytes */

/* Elements that only matter to how a tree is made. */
#define MORE_TAGS(TAG)                                                                     \
  TAG (ACRONYM, "acronym") TAG (AREA, "area") TAG (BASEFONT, "basefont") TAG (BDO, "bdo")  \
  TAG (FRAME, "frame") TAG (FRAMESET, "frameset") TAG (ISINDEX, "isindex")                 \
  TAG (MAP, "map") TAG (NOFRAMES, "noframes") TAG (OPTGROUP, "optgroup") TAG (PARAM, "param")

#define MORE_ENUM(ID, NAME) KIND_##ID,
#define MORE_NAME(ID, NAME) NAME,

enum
{
  KIND_FIRST = DRA_HTML_N_TAGS - 1,
  MORE_TAGS (MORE_ENUM)
  N_KINDS,
};

static const char *const more_names[] = { MORE_TAGS (MORE_NAME) };

/* What is open when the new tag comes, and the new tags that end it. */
static const struct
{
  const char *open;
  const char *tags;
} ended_by[] = {
  { "a", "a fieldset table td th" },
  { "address", "dd dl dt form li ul" },
  { "b i", "center p td th" },
  { "big s small strike tt", "p" },
  { "caption col", "col colgroup tbody tfoot thead tr" },
  { "colgroup", "colgroup tbody tfoot thead tr" },
  { "dd", "dt" },
  { "dir menu", "dd dl dt form ul" },
  { "dl", "form li" },
  { "dt", "dd dl" },
  { "font", "center td th" },
  { "form hr", "form" },
  { "h1 h2 h3 h4 h5 h6", "fieldset form li p table" },
  { "head", "a abbr acronym address b bdo big blockquote body br center cite code dd dfn dir div dl dt em fieldset "
            "font form frameset h1 h2 h3 h4 h5 h6 hr i iframe img kbd li listing map menu ol p pre q s samp small "
            "span strike strong sub sup table tt u ul var xmp "
            /* those that came with HTML 5 */
            "article aside figcaption figure footer header main nav section" },
  { "legend", "fieldset" },
  { "li", "li" },
  { "link style title", "body frameset" },
  { "listing pre xmp", "dd dl dt fieldset form li table ul" },
  { "ol", "form ul" },
  { "option", "optgroup option" },
  { "p", "address blockquote body caption center col colgroup dd dir div dl dt fieldset form frameset h1 h2 h3 h4 h5 h6 "
         "head hr li listing menu ol p pre table tbody td tfoot th title tr ul xmp" },
  { "script", "noscript" },
  { "span", "td th" },
  { "tbody thead", "tbody tfoot" },
  { "td th", "tbody td tfoot th tr" },
  { "tfoot", "tbody" },
  { "tr", "tbody tfoot tr" },
  { "u", "p td th" },
  { "ul", "address form menu ol pre" },
};

static guint8 ends[N_KINDS][N_KINDS]; /* [open][tag] */

typedef struct
{
  guint          kind;
  const xmlChar *name;
  xmlNode       *node;
} Open;

/* Where the nodes of a document are: blocks of zeros that are given away from the front and
 * freed all at once.  The document has it in its _private. */
typedef struct
{
  GPtrArray *blocks;
  char      *at;
  char      *end;
} Store;

struct _DraHtmlTree
{
  xmlDoc        *document;
  Store         *store;
  GArray        *open;     /* of Open */
  GString       *pending;  /* text since the last tag, as in the markup */
  GString       *decoded;
  gboolean       had_head;
  gboolean       had_body;
  guint          n_ignored; /* html, head and body tags whose end tags are to be ignored */
  xmlNode       *last_text; /* the text that grew last */
  gsize          last_length;
  gsize          last_size; /* 0: in the node */
  const xmlChar *tag_names[DRA_HTML_N_TAGS];
  struct
  {
    const char    *name;
    const xmlChar *interned;
  } attribute_names[MAX_ATTRIBUTE_NAMES];
  DraHtmlReferences *references;
};

static Store *
store_new (void)
{
  Store *self = g_new0 (Store, 1);

  self->blocks = g_ptr_array_new_with_free_func (g_free);

  return self;
}

static void
store_free (Store *self)
{
  g_ptr_array_unref (self->blocks);
  g_free (self);
}

/* Returns: size bytes of zeros, aligned as anything */
static gpointer
store_take (Store *self,
            gsize  size)
{
  char *taken;

  size = (size + 15) & ~(gsize) 15;
  if (G_UNLIKELY ((gsize) (self->end - self->at) < size))
    {
      gboolean large = size > STORE_BLOCK / 4;
      char *block = g_malloc0 (large ? size : STORE_BLOCK);

      g_ptr_array_add (self->blocks, block);
      /* What is large has a block of its own. */
      if (large)
        return block;
      self->at = block;
      self->end = block + STORE_BLOCK;
    }
  taken = self->at;
  self->at += size;

  return taken;
}

static guint
find_kind (DraHtmlTag  tag,
           const char *name,
           gsize       length)
{
  if (tag != DRA_HTML_OTHER)
    return tag;
  for (guint i = 0; i < G_N_ELEMENTS (more_names); i++)
    if (strncmp (more_names[i], name, length) == 0 && more_names[i][length] == '\0')
      return KIND_FIRST + 1 + i;

  return DRA_HTML_OTHER;
}

static guint
kind_of_word (const char *word)
{
  gsize length = strlen (word);

  return find_kind (dra_html_tag_of_name (word, length), word, length);
}

static void
fill_ends (void)
{
  static gsize once = 0;

  if (!g_once_init_enter (&once))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (ended_by); i++)
    {
      g_auto (GStrv) open = g_strsplit (ended_by[i].open, " ", -1);
      g_auto (GStrv) tags = g_strsplit (ended_by[i].tags, " ", -1);

      for (guint k = 0; open[k] != NULL; k++)
        for (guint n = 0; tags[n] != NULL; n++)
          ends[kind_of_word (open[k])][kind_of_word (tags[n])] = 1;
    }
  g_once_init_leave (&once, 1);
}

/* An end tag does not reach through elements that rank above its own. */
static guint
get_rank (guint kind)
{
  switch (kind)
    {
    case DRA_HTML_DIV:
      return 1;
    case DRA_HTML_TD:
    case DRA_HTML_TH:
      return 2;
    case DRA_HTML_TR:
      return 3;
    case DRA_HTML_THEAD:
    case DRA_HTML_TBODY:
    case DRA_HTML_TFOOT:
      return 4;
    case DRA_HTML_TABLE:
      return 5;
    case DRA_HTML_HEAD:
    case DRA_HTML_BODY:
      return 6;
    case DRA_HTML_HTML:
      return 7;
    default:
      return 0;
    }
}

static gboolean
is_empty (guint kind)
{
  switch (kind)
    {
    case KIND_AREA:
    case KIND_BASEFONT:
    case KIND_FRAME:
    case KIND_ISINDEX:
    case KIND_PARAM:
      return TRUE;
    default:
      return kind < DRA_HTML_N_TAGS && dra_html_tag_is_void (kind);
    }
}

/**
 * dra_html_tree_new:
 *
 * Returns: (transfer full): a tree without nodes
 */
DraHtmlTree *
dra_html_tree_new (void)
{
  DraHtmlTree *self = g_new0 (DraHtmlTree, 1);

  fill_ends ();
  self->document = htmlNewDocNoDtD (NULL, NULL);
  self->document->dict = xmlDictCreate ();
  self->document->_private = self->store = store_new ();
  self->open = g_array_new (FALSE, FALSE, sizeof (Open));
  self->pending = g_string_sized_new (1024);
  self->decoded = g_string_sized_new (1024);
  self->references = dra_html_references_new ();

  return self;
}

static Open *
get_top (DraHtmlTree *self)
{
  return self->open->len > 0 ? &g_array_index (self->open, Open, self->open->len - 1) : NULL;
}

static xmlNode *
new_node (DraHtmlTree    *self,
          xmlElementType  type,
          const xmlChar  *name)
{
  xmlNode *node = store_take (self->store, sizeof *node);

  node->type = type;
  node->name = name;
  node->doc = self->document;

  return node;
}

/* Behind what is in the innermost open element, or in the document. */
static void
append (DraHtmlTree *self,
        xmlNode     *node)
{
  Open *top = get_top (self);
  xmlNode *parent = top != NULL ? top->node : (xmlNode *) self->document;

  node->parent = parent;
  node->prev = parent->last;
  if (parent->last != NULL)
    parent->last->next = node;
  else
    parent->children = node;
  parent->last = node;
}

/* The capacity of the text is twice what it must be, so that a text that comes in many
 * pieces takes linear time. */
static void
grow_text (DraHtmlTree *self,
           const char  *text,
           gsize        length)
{
  xmlNode *node = self->last_text;
  gsize needed = self->last_length + length + 1;

  if (needed > MAX (self->last_size, SHORT_TEXT))
    {
      gsize size = self->last_length == 0 ? needed : needed * 2;
      xmlChar *content = store_take (self->store, size);

      memcpy (content, node->content, self->last_length);
      self->last_size = size;
      node->content = content;
    }
  memcpy (node->content + self->last_length, text, length);
  self->last_length += length;
  node->content[self->last_length] = '\0';
}

static xmlNode *
new_text (DraHtmlTree    *self,
          xmlElementType  type)
{
  xmlNode *node = new_node (self, type, type == XML_TEXT_NODE ? xmlStringText : NULL);

  node->content = (xmlChar *) &node->properties;
  self->last_text = node;
  self->last_length = 0;
  self->last_size = 0;

  return node;
}

static void
put_text (DraHtmlTree *self,
          const char  *text,
          gsize        length)
{
  Open *top = get_top (self);

  if (top == NULL || length == 0)
    return;
  if (top->node->last == NULL || top->node->last != self->last_text || self->last_text->type != XML_TEXT_NODE)
    append (self, new_text (self, XML_TEXT_NODE));
  grow_text (self, text, length);
}

static void
push (DraHtmlTree   *self,
      guint          kind,
      const xmlChar *name)
{
  Open open = { kind, name, new_node (self, XML_ELEMENT_NODE, name) };

  open.node->extra = (unsigned short) (kind < DRA_HTML_N_TAGS ? kind : DRA_HTML_OTHER);
  append (self, open.node);
  g_array_append_val (self->open, open);
  self->had_body = self->had_body || kind == DRA_HTML_BODY;
  self->had_head = self->had_head || kind == DRA_HTML_HEAD || kind == DRA_HTML_BODY;
}

static void
pop (DraHtmlTree *self)
{
  g_array_set_size (self->open, self->open->len - 1);
}

static const xmlChar *
intern (DraHtmlTree *self,
        DraHtmlTag   tag,
        const char  *name,
        gsize        length)
{
  const xmlChar **known = &self->tag_names[tag];

  if (tag == DRA_HTML_OTHER)
    return xmlDictLookup (self->document->dict, (const xmlChar *) name, (int) length);
  if (*known == NULL)
    *known = xmlDictLookup (self->document->dict, (const xmlChar *) name, (int) length);

  return *known;
}

static void
push_implied (DraHtmlTree *self,
              DraHtmlTag   tag,
              const char  *name)
{
  push (self, tag, intern (self, tag, name, strlen (name)));
}

static gboolean
is_open (DraHtmlTree *self,
         guint        kind)
{
  for (guint i = 0; i < self->open->len; i++)
    if (g_array_index (self->open, Open, i).kind == kind)
      return TRUE;

  return FALSE;
}

static void
end_for (DraHtmlTree *self,
         guint        kind)
{
  while (self->open->len > 0 && ends[get_top (self)->kind][kind])
    pop (self);
}

static gboolean
is_of_head (guint kind)
{
  return kind == DRA_HTML_SCRIPT || kind == DRA_HTML_STYLE || kind == DRA_HTML_META || kind == DRA_HTML_LINK
         || kind == DRA_HTML_TITLE || kind == DRA_HTML_BASE;
}

/* The elements around the new one that have no tags. */
static void
push_around (DraHtmlTree *self,
             guint        kind)
{
  if (kind == DRA_HTML_HTML)
    return;
  if (self->open->len == 0)
    push_implied (self, DRA_HTML_HTML, "html");
  if (kind == DRA_HTML_BODY || kind == DRA_HTML_HEAD)
    return;
  if (self->open->len <= 1 && is_of_head (kind))
    {
      if (!self->had_head)
        push_implied (self, DRA_HTML_HEAD, "head");
    }
  else if (kind != KIND_NOFRAMES && kind != KIND_FRAME && kind != KIND_FRAMESET && !self->had_body
           && !is_open (self, DRA_HTML_HEAD))
    push_implied (self, DRA_HTML_BODY, "body");
}

static gboolean
is_all_blank (const GString *text)
{
  return strspn (text->str, " \t\n\r") == text->len;
}

/* The text since the last tag goes into the tree.  Text outside of body is in a paragraph. */
static void
flush (DraHtmlTree *self)
{
  Open *top = get_top (self);
  gboolean blank;

  if (self->pending->len == 0)
    return;
  blank = (top == NULL || top->kind == DRA_HTML_HTML || top->kind == DRA_HTML_HEAD) && is_all_blank (self->pending);
  g_string_truncate (self->decoded, 0);
  dra_html_references_decode (self->references, self->pending->str, self->pending->len, FALSE, self->decoded);
  g_string_truncate (self->pending, 0);
  if (!blank && self->decoded->len > 0
      && (top == NULL || top->kind == DRA_HTML_HTML || top->kind == DRA_HTML_HEAD))
    {
      end_for (self, DRA_HTML_P);
      push_around (self, DRA_HTML_P);
      push_implied (self, DRA_HTML_P, "p");
    }
  put_text (self, self->decoded->str, self->decoded->len);
}

static const xmlChar *
intern_attribute (DraHtmlTree *self,
                  const char  *name)
{
  guint i = GPOINTER_TO_SIZE (name) / 8 % MAX_ATTRIBUTE_NAMES;

  /* The names are those of a table: the same name is at the same address. */
  if (self->attribute_names[i].name != name)
    {
      self->attribute_names[i].name = name;
      self->attribute_names[i].interned = xmlDictLookup (self->document->dict, (const xmlChar *) name, -1);
    }

  return self->attribute_names[i].interned;
}

static void
add_attributes (DraHtmlTree                *self,
                xmlNode                    *node,
                const DraHtmlTreeAttribute *attributes,
                guint                       n_attributes)
{
  xmlAttr *last = NULL;

  for (guint i = 0; i < n_attributes; i++)
    {
      xmlAttr *attribute = store_take (self->store, sizeof *attribute);
      const char *value = attributes[i].value;
      gsize length = attributes[i].length;

      attribute->type = XML_ATTRIBUTE_NODE;
      attribute->name = intern_attribute (self, attributes[i].name);
      attribute->parent = node;
      attribute->doc = self->document;
      attribute->prev = last;
      if (last != NULL)
        last->next = attribute;
      else
        node->properties = attribute;
      last = attribute;
      if (memchr (value, '&', length) != NULL)
        {
          g_string_truncate (self->decoded, 0);
          dra_html_references_decode (self->references, value, length, TRUE, self->decoded);
          value = self->decoded->str;
          length = self->decoded->len;
        }
      attribute->children = attribute->last = new_text (self, XML_TEXT_NODE);
      attribute->children->parent = (xmlNode *) attribute;
      grow_text (self, value, length);
    }
}

/**
 * dra_html_tree_start:
 * @self: a tree
 * @tag: an element
 * @name: its name in lower case
 * @length: of @name, in bytes
 * @attributes: (array length=n_attributes): its attributes, each once; a name is always at
 *   the same address
 * @n_attributes: how many
 *
 * Takes a start tag.
 */
void
dra_html_tree_start (DraHtmlTree                *self,
                     DraHtmlTag                  tag,
                     const char                 *name,
                     gsize                       length,
                     const DraHtmlTreeAttribute *attributes,
                     guint                       n_attributes)
{
  guint kind = find_kind (tag, name, length);

  flush (self);
  end_for (self, kind);
  push_around (self, kind);
  if ((kind == DRA_HTML_HTML && self->open->len > 0) || (kind == DRA_HTML_HEAD && self->open->len != 1)
      || (kind == DRA_HTML_BODY && is_open (self, DRA_HTML_BODY)))
    {
      self->n_ignored++;
      return;
    }
  push (self, kind, intern (self, tag, name, length));
  add_attributes (self, get_top (self)->node, attributes, n_attributes);
  if (is_empty (kind))
    pop (self);
}

/**
 * dra_html_tree_end:
 * @self: a tree
 * @tag: an element
 * @name: its name in lower case
 * @length: of @name, in bytes
 *
 * Takes an end tag.
 */
void
dra_html_tree_end (DraHtmlTree *self,
                   DraHtmlTag   tag,
                   const char  *name,
                   gsize        length)
{
  guint kind = find_kind (tag, name, length);
  guint rank = get_rank (kind);
  const xmlChar *interned = kind == DRA_HTML_OTHER ? intern (self, tag, name, length) : NULL;

  if (self->n_ignored > 0 && (kind == DRA_HTML_HTML || kind == DRA_HTML_BODY || kind == DRA_HTML_HEAD))
    {
      self->n_ignored--;
      return;
    }
  for (guint i = self->open->len; i > 0; i--)
    {
      const Open *open = &g_array_index (self->open, Open, i - 1);

      if (open->kind == kind && (interned == NULL || open->name == interned))
        {
          flush (self);
          g_array_set_size (self->open, i - 1);
          return;
        }
      if (get_rank (open->kind) > rank)
        return;
    }
}

/**
 * dra_html_tree_add_text:
 * @self: a tree
 * @text: text as in the markup: it may hold character references, and no tags
 * @length: of @text, in bytes
 *
 * Takes text.
 */
void
dra_html_tree_add_text (DraHtmlTree *self,
                        const char  *text,
                        gsize        length)
{
  GString *pending = self->pending;

  if (pending->allocated_len - pending->len > length)
    {
      memcpy (pending->str + pending->len, text, length);
      pending->len += length;
      pending->str[pending->len] = '\0';
    }
  else
    g_string_append_len (pending, text, (gssize) length);
}

/**
 * dra_html_tree_add_data:
 * @self: a tree, whose innermost element is a script
 * @data: what is in it
 * @length: of @data, in bytes
 *
 * Takes data.
 */
void
dra_html_tree_add_data (DraHtmlTree *self,
                        const char  *data,
                        gsize        length)
{
  g_return_if_fail (self->open->len > 0);

  g_string_truncate (self->decoded, 0);
  dra_html_references_clean (data, length, self->decoded);
  append (self, new_text (self, XML_CDATA_SECTION_NODE));
  grow_text (self, self->decoded->str, self->decoded->len);
}

/**
 * dra_html_tree_finish:
 * @self: (transfer full): a tree
 *
 * Nodes of it must not be freed one by one, nor given to another document.
 *
 * Returns: (transfer full): its document, to be freed by dra_html_document_free()
 */
xmlDoc *
dra_html_tree_finish (DraHtmlTree *self)
{
  xmlDoc *document = self->document;

  flush (self);
  g_array_unref (self->open);
  g_string_free (self->pending, TRUE);
  g_string_free (self->decoded, TRUE);
  dra_html_references_free (self->references);
  g_free (self);

  return document;
}

/**
 * dra_html_document_free:
 * @document: (nullable): a document, of this or of libxml2's parser
 *
 * Frees a document with all its nodes.
 */
void
dra_html_document_free (xmlDoc *document)
{
  Store *store;

  if (document == NULL)
    return;
  store = document->_private;
  if (store != NULL)
    document->children = document->last = NULL; /* none was allocated by libxml2 */
  xmlFreeDoc (document);
  if (store != NULL)
    store_free (store);
}
