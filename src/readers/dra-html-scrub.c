/* dra-html-scrub.c: one pass over the bytes of a page, which makes tags and text of them.
 *
 * Passes on what a reader may see or is asked of a page and drops the rest, and bounds what
 * time and memory depend on: the depth of elements, and how many attributes one has.  It
 * follows the tokenizer of the HTML standard (section 13.2.5) where that is about text that
 * only looks like markup; the tree is made in dra-html-tree.c.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-html-parse.h"

#include <string.h>

#include "readers/dra-html-dom.h"
#include "readers/dra-html-tree.h"

#define MAX_NAME 64    /* bytes of the name of an element or attribute */
#define MAX_VALUE 4096 /* bytes of attributes that do not hold addresses or text */
#define MAX_STATE (8 * 1024 * 1024) /* bytes of a script that is kept for its data */

/* What ends the name of a tag, and of an attribute. */
#define ENDS_TAG 1
#define ENDS_ATTRIBUTE 2

static const guint8 stops[256] = {
  [' '] = 3, ['\t'] = 3, ['\n'] = 3, ['\v'] = 3, ['\f'] = 3, ['\r'] = 3,
  ['/'] = 3, ['>'] = 3, ['='] = ENDS_ATTRIBUTE,
};

typedef struct
{
  const char *p;
  const char *end;
  DraHtmlTree *tree;
  gboolean    xml; /* empty-element tags and CDATA sections mean what they do in XML */

  struct
  {
    guint       hash;
    guint8      priority;
    DraHtmlTag  tag;
    const char *name; /* in the page, maybe in capitals */
    guint8      length;
  } open[DRA_HTML_MAX_DEPTH];
  guint       depth;
  guint       n_exact;     /* open elements in which white space counts */
  gsize       n_dropped;   /* start tags beyond that depth whose end tags are to come */
  GHashTable *missing;     /* end tags that do not come any more */

  DraHtmlTreeAttribute attributes[DRA_HTML_MAX_ATTRIBUTES]; /* of the last start tag */
  guint       n_attributes;
} Scrub;

/* Name of a tag or attribute in lower case. */
typedef struct
{
  char  text[MAX_NAME];
  gsize length;
} Name;

static inline gboolean
is_blank (char c)
{
  return c == ' ' || (c >= '\t' && c <= '\r');
}

static guint
hash_name (const Name *name)
{
  guint hash = 5381;

  for (gsize i = 0; i < name->length; i++)
    hash = hash * 33 + (guchar) name->text[i];

  return hash;
}

/* As libxml2's htmlEndPriority: an end tag does not reach through elements that rank above
 * its own. */
static guint8
get_priority (DraHtmlTag tag)
{
  switch (tag)
    {
    case DRA_HTML_DIV:
      return 150;
    case DRA_HTML_TD:
    case DRA_HTML_TH:
      return 160;
    case DRA_HTML_TR:
      return 170;
    case DRA_HTML_THEAD:
    case DRA_HTML_TBODY:
    case DRA_HTML_TFOOT:
      return 180;
    case DRA_HTML_TABLE:
      return 190;
    case DRA_HTML_HEAD:
    case DRA_HTML_BODY:
      return 200;
    case DRA_HTML_HTML:
      return 220;
    default:
      return 100;
    }
}

/* Elements that end where the next one of their kind begins. */
static gboolean
ends_itself (DraHtmlTag tag)
{
  return tag == DRA_HTML_P || tag == DRA_HTML_LI || tag == DRA_HTML_DT || tag == DRA_HTML_DD
         || tag == DRA_HTML_TR || tag == DRA_HTML_TD || tag == DRA_HTML_TH
         || tag == DRA_HTML_OPTION;
}

static inline void
put (Scrub      *self,
     const char *text,
     gsize       length)
{
  dra_html_tree_add_text (self->tree, text, length);
}

static void
put_start_tag (Scrub      *self,
               DraHtmlTag  tag,
               const char *name,
               gsize       length)
{
  dra_html_tree_start (self->tree, tag, name, length, self->attributes, self->n_attributes);
}

/* Text in which nothing is a character reference. */
static void
put_exactly (Scrub      *self,
             const char *text,
             gsize       length)
{
  const char *end = text + length;

  for (const char *p; (p = memchr (text, '&', end - text)) != NULL; text = p + 1)
    {
      put (self, text, p - text);
      put (self, "&amp;", 5);
    }
  put (self, text, end - text);
}

/* Where needle is, or NULL; once it is missing it is not looked for again, which keeps the
 * whole pass linear. */
static const char *
find (Scrub      *self,
      const char *needle)
{
  gsize length = strlen (needle);
  const char *p = self->p;

  if (g_hash_table_contains (self->missing, needle))
    return NULL;
  while ((gsize) (self->end - p) >= length && (p = memchr (p, needle[0], self->end - p)) != NULL)
    {
      if ((gsize) (self->end - p) < length)
        break;
      if (g_ascii_strncasecmp (p, needle, length) == 0)
        return p;
      p++;
    }
  g_hash_table_add (self->missing, (gpointer) needle);

  return NULL;
}

static void
read_name (Scrub  *self,
           Name   *name,
           guint8  stop)
{
  const char *p = self->p;
  gsize length = 0;

  for (; p < self->end && (stops[(guchar) *p] & stop) == 0; p++)
    if (length < MAX_NAME - 1)
      name->text[length++] = *p >= 'A' && *p <= 'Z' ? (char) (*p + 32) : *p;
  name->text[length] = '\0';
  name->length = length;
  self->p = p;
}

/* Only what is a name to the parser as well. */
static gboolean
is_good_name (const Name *name)
{
  if (!g_ascii_isalpha (name->text[0]) && name->text[0] != '_')
    return FALSE;
  for (gsize i = 0; i < name->length; i++)
    if (!g_ascii_isalnum (name->text[i]) && strchr (":_-.", name->text[i]) == NULL)
      return FALSE;

  return TRUE;
}

/* What the other parts ask for, sorted; long: addresses and text. */
static const struct
{
  char     name[20];
  gboolean is_long;
} attributes[] = {
  { "alt", TRUE }, { "aria-hidden", FALSE }, { "aria-modal", FALSE }, { "charset", FALSE }, { "class", FALSE },
  { "colspan", FALSE }, { "content", TRUE }, { "data-component", FALSE }, { "data-component-name", FALSE },
  { "data-hi-res-src", TRUE }, { "data-image", TRUE }, { "data-lazy", TRUE }, { "data-lazy-src", TRUE },
  { "data-original", TRUE }, { "data-src", TRUE }, { "data-srcset", TRUE }, { "data-testid", FALSE },
  { "data-type", FALSE }, { "data-url", TRUE }, { "datetime", TRUE }, { "epub:type", FALSE }, { "height", FALSE },
  { "hidden", FALSE }, { "href", TRUE }, { "http-equiv", FALSE }, { "id", FALSE }, { "itemprop", FALSE },
  { "itemtype", FALSE }, { "lang", FALSE }, { "name", FALSE }, { "property", FALSE }, { "rel", FALSE },
  { "reversed", FALSE }, { "role", FALSE }, { "rowspan", FALSE }, { "shadowrootmode", FALSE }, { "src", TRUE },
  { "srcset", TRUE }, { "start", FALSE }, { "style", FALSE }, { "title", TRUE }, { "type", FALSE }, { "value", TRUE },
  { "width", FALSE }, { "xml:lang", FALSE },
};

/* Its name in the table, or NULL. */
static const char *
find_wanted (const Name *name,
             const char *value,
             gsize       length)
{
  guint low = 0;
  guint high = G_N_ELEMENTS (attributes);

  while (low < high)
    {
      guint middle = (low + high) / 2;
      int order = strcmp (name->text, attributes[middle].name);

      if (order == 0)
        {
          if (length > MAX_VALUE && !attributes[middle].is_long)
            return NULL;
          /* Of styles only what hides and what fonts say. */
          return name->text[0] != 's' || strcmp (name->text, "style") != 0
                 || memmem (value, length, "font", 4) != NULL || memmem (value, length, "none", 4) != NULL
                 || memmem (value, length, "NONE", 4) != NULL || memmem (value, length, "idden", 5) != NULL
                 || memmem (value, length, "IDDEN", 5) != NULL
                   ? attributes[middle].name : NULL;
        }
      if (order < 0)
        high = middle;
      else
        low = middle + 1;
    }

  return NULL;
}

/* Of two attributes of one name the first counts. */
static void
keep_attribute (Scrub      *self,
                const Name *name,
                const char *value,
                gsize       length)
{
  const char *known = find_wanted (name, value, length);

  if (known == NULL || self->n_attributes == DRA_HTML_MAX_ATTRIBUTES)
    return;
  for (guint i = 0; i < self->n_attributes; i++)
    if (self->attributes[i].name == known)
      return;
  self->attributes[self->n_attributes++] = (DraHtmlTreeAttribute) { known, value, length };
}

/* Reads the rest of a tag; attributes are remembered when keep is set.  Returns whether the
 * tag ended with a slash. */
static gboolean
read_attributes (Scrub    *self,
                 gboolean  keep)
{
  gboolean slash = FALSE;

  self->n_attributes = 0;
  for (;;)
    {
      const char *value = "";
      gsize length = 0;
      Name name;

      for (; self->p < self->end && (is_blank (*self->p) || *self->p == '/'); self->p++)
        slash = slash || *self->p == '/';
      if (self->p == self->end)
        return slash;
      if (*self->p == '>')
        {
          self->p++;
          return slash;
        }

      slash = FALSE;
      if (*self->p == '=')
        self->p++;
      read_name (self, &name, ENDS_ATTRIBUTE);
      while (self->p < self->end && is_blank (*self->p))
        self->p++;
      if (self->p < self->end && *self->p == '=')
        {
          self->p++;
          while (self->p < self->end && is_blank (*self->p))
            self->p++;
          if (self->p < self->end && (*self->p == '"' || *self->p == '\''))
            {
              char quote = *self->p++;
              const char *close = memchr (self->p, quote, self->end - self->p);

              value = self->p;
              length = (close != NULL ? close : self->end) - value;
              self->p = close != NULL ? close + 1 : self->end;
            }
          else
            {
              value = self->p;
              while (self->p < self->end && !is_blank (*self->p) && *self->p != '>')
                self->p++;
              length = self->p - value;
            }
        }
      if (keep && name.length > 0)
        keep_attribute (self, &name, value, length);
    }
}

static gboolean
is_exact (DraHtmlTag tag)
{
  return tag == DRA_HTML_PRE || tag == DRA_HTML_LISTING;
}

static void
pop_to (Scrub *self,
        guint  depth)
{
  while (self->depth > depth)
    self->n_exact -= is_exact (self->open[--self->depth].tag);
}

/* The tree knows the elements of HTML 4: of the later ones it must be told that a paragraph
 * ends before them. */
static void
end_paragraph (Scrub      *self,
               DraHtmlTag  tag)
{
  switch (tag)
    {
    case DRA_HTML_ARTICLE:
    case DRA_HTML_ASIDE:
    case DRA_HTML_DETAILS:
    case DRA_HTML_DIALOG:
    case DRA_HTML_FIGCAPTION:
    case DRA_HTML_FIGURE:
    case DRA_HTML_FOOTER:
    case DRA_HTML_HEADER:
    case DRA_HTML_HGROUP:
    case DRA_HTML_MAIN:
    case DRA_HTML_NAV:
    case DRA_HTML_SEARCH:
    case DRA_HTML_SECTION:
    case DRA_HTML_SUMMARY:
      break;
    default:
      return;
    }

  for (guint i = self->depth; i > 0 && !dra_html_tag_is_block (self->open[i - 1].tag); i--)
    if (i >= 2 && self->open[i - 2].tag == DRA_HTML_P)
      {
        dra_html_tree_end (self->tree, DRA_HTML_P, "p", 1);
        pop_to (self, i - 2);
        return;
      }
  if (self->depth > 0 && self->open[self->depth - 1].tag == DRA_HTML_P)
    {
      dra_html_tree_end (self->tree, DRA_HTML_P, "p", 1);
      pop_to (self, self->depth - 1);
    }
}

/* Whether the element fits in; else its tags are dropped. */
static gboolean
push (Scrub      *self,
      const Name *name,
      const char *start,
      DraHtmlTag  tag)
{
  guint hash = hash_name (name);

  end_paragraph (self, tag);
  if (self->depth > 0)
    {
      DraHtmlTag top = self->open[self->depth - 1].tag;

      if ((ends_itself (tag) && self->open[self->depth - 1].hash == hash)
          || (top == DRA_HTML_P && dra_html_tag_is_block (tag)))
        pop_to (self, self->depth - 1);
    }
  if (self->depth == DRA_HTML_MAX_DEPTH)
    {
      self->n_dropped++;
      return FALSE;
    }
  self->open[self->depth].hash = hash;
  self->open[self->depth].tag = tag;
  self->open[self->depth].priority = get_priority (tag);
  self->open[self->depth].name = start;
  self->open[self->depth].length = (guint8) name->length;
  self->n_exact += is_exact (tag);
  self->depth++;

  return TRUE;
}

static gboolean
pop (Scrub      *self,
     const Name *name,
     DraHtmlTag  tag)
{
  guint hash = hash_name (name);
  guint8 priority = get_priority (tag);

  if (self->n_dropped > 0)
    {
      self->n_dropped--;
      return FALSE;
    }
  for (guint i = self->depth; i > 0; i--)
    {
      if (self->open[i - 1].hash == hash)
        {
          pop_to (self, i - 1);
          break;
        }
      if (self->open[i - 1].priority > priority)
        break;
    }

  return TRUE;
}

/* Descriptions of the article stay. */
static gboolean
is_data (Scrub *self,
         gsize  length)
{
  if (length == 0 || length > MAX_STATE)
    return FALSE;
  for (guint i = 0; i < self->n_attributes; i++)
    if (memmem (self->attributes[i].value, self->attributes[i].length, "ld+json", 7) != NULL)
      return TRUE;

  return FALSE;
}

/* The element at self->p, whose start tag was read, holds text and no markup. */
static void
read_raw (Scrub      *self,
          DraHtmlTag  tag,
          const char *end_tag)
{
  const char *text = self->p;
  const char *close = find (self, end_tag);
  gsize length = (close != NULL ? close : self->end) - text;

  if (close == NULL && tag != DRA_HTML_SCRIPT && tag != DRA_HTML_STYLE)
    return; /* Not ended: what follows is more likely the page than its content. */
  if (tag == DRA_HTML_TITLE)
    {
      put_start_tag (self, tag, "title", 5);
      put (self, text, length);
      dra_html_tree_end (self->tree, tag, "title", 5);
    }
  else if (tag == DRA_HTML_XMP)
    {
      self->n_attributes = 0;
      put_start_tag (self, DRA_HTML_PRE, "pre", 3);
      put_exactly (self, text, length);
      dra_html_tree_end (self->tree, DRA_HTML_PRE, "pre", 3);
    }
  else if (tag == DRA_HTML_SCRIPT && is_data (self, length))
    {
      put_start_tag (self, tag, "script", 6);
      dra_html_tree_add_data (self->tree, text, length);
      dra_html_tree_end (self->tree, tag, "script", 6);
    }
  self->p = close != NULL ? close + strlen (end_tag) : self->end;
  if (close != NULL)
    read_attributes (self, FALSE);
}

static const char *
get_end_tag (DraHtmlTag tag)
{
  switch (tag)
    {
    case DRA_HTML_IFRAME:
      return "</iframe";
    case DRA_HTML_SCRIPT:
      return "</script";
    case DRA_HTML_STYLE:
      return "</style";
    case DRA_HTML_SVG:
      return "</svg";
    case DRA_HTML_TEXTAREA:
      return "</textarea";
    case DRA_HTML_TITLE:
      return "</title";
    case DRA_HTML_XMP:
      return "</xmp";
    default:
      return NULL;
    }
}

static void
read_start_tag (Scrub *self)
{
  const char *start = self->p;
  const char *end_tag;
  DraHtmlTag tag;
  gboolean fits, slash, is_void;
  Name name;

  self->p++;
  read_name (self, &name, ENDS_TAG);
  if (!is_good_name (&name))
    {
      /* "<3", "<mail@example.org>": text. */
      put (self, "<", 1);
      self->p = start + 1;
      return;
    }
  tag = dra_html_tag_of_name (name.text, name.length);
  if (tag == DRA_HTML_OTHER && strcmp (name.text, "image") == 0)
    {
      tag = DRA_HTML_IMG;
      strcpy (name.text, "img");
      name.length = 3;
    }
  end_tag = get_end_tag (tag);
  if (end_tag != NULL)
    {
      slash = read_attributes (self, TRUE);
      if (!slash || !(self->xml || tag == DRA_HTML_SVG))
        read_raw (self, tag, end_tag);
      return;
    }

  is_void = dra_html_tag_is_void (tag);
  fits = is_void || push (self, &name, start + 1, tag);
  slash = read_attributes (self, fits);
  if (fits)
    put_start_tag (self, tag, name.text, name.length);
  if (slash && self->xml && !is_void && pop (self, &name, tag) && fits)
    dra_html_tree_end (self->tree, tag, name.text, name.length);
}

/* Elements whose end tag ends all that is open in them, and those whose end tag ends only
 * the style, not the blocks begun in it (section 13.2.6.4.7 of the standard).  The parser
 * passes over such end tags, and one button would hold all the rest of the page. */
typedef enum
{
  END_PLAIN,
  END_BLOCK,
  END_STYLE,
} EndKind;

static EndKind
get_end_kind (DraHtmlTag tag)
{
  switch (tag)
    {
    case DRA_HTML_ADDRESS:
    case DRA_HTML_ARTICLE:
    case DRA_HTML_ASIDE:
    case DRA_HTML_BLOCKQUOTE:
    case DRA_HTML_BUTTON:
    case DRA_HTML_CENTER:
    case DRA_HTML_DD:
    case DRA_HTML_DETAILS:
    case DRA_HTML_DIALOG:
    case DRA_HTML_DIR:
    case DRA_HTML_DL:
    case DRA_HTML_DT:
    case DRA_HTML_FIELDSET:
    case DRA_HTML_FIGCAPTION:
    case DRA_HTML_FIGURE:
    case DRA_HTML_FOOTER:
    case DRA_HTML_FORM:
    case DRA_HTML_H1:
    case DRA_HTML_H2:
    case DRA_HTML_H3:
    case DRA_HTML_H4:
    case DRA_HTML_H5:
    case DRA_HTML_H6:
    case DRA_HTML_HEADER:
    case DRA_HTML_HGROUP:
    case DRA_HTML_LI:
    case DRA_HTML_MAIN:
    case DRA_HTML_MENU:
    case DRA_HTML_NAV:
    case DRA_HTML_NOSCRIPT:
    case DRA_HTML_OL:
    case DRA_HTML_PRE:
    case DRA_HTML_SECTION:
    case DRA_HTML_SUMMARY:
    case DRA_HTML_UL:
      return END_BLOCK;
    case DRA_HTML_A:
    case DRA_HTML_B:
    case DRA_HTML_BIG:
    case DRA_HTML_CODE:
    case DRA_HTML_EM:
    case DRA_HTML_FONT:
    case DRA_HTML_I:
    case DRA_HTML_S:
    case DRA_HTML_SMALL:
    case DRA_HTML_STRIKE:
    case DRA_HTML_STRONG:
    case DRA_HTML_TT:
    case DRA_HTML_U:
      return END_STYLE;
    default:
      return END_PLAIN;
    }
}

/* The name of an open element in lower case, of at most MAX_NAME - 1 bytes. */
static void
copy_name (Scrub *self,
           guint  index,
           Name  *name)
{
  name->length = self->open[index].length;
  for (gsize i = 0; i < name->length; i++)
    name->text[i] = g_ascii_tolower (self->open[index].name[i]);
  name->text[name->length] = '\0';
}

/* Where in the stack the element is that the end tag means, or -1. */
static int
find_open (Scrub      *self,
           const Name *name)
{
  guint hash = hash_name (name);

  for (guint i = self->depth; i > 0; i--)
    {
      DraHtmlTag tag = self->open[i - 1].tag;

      if (self->open[i - 1].hash == hash)
        return (int) i - 1;
      if (tag == DRA_HTML_TABLE || tag == DRA_HTML_TD || tag == DRA_HTML_TH
          || tag == DRA_HTML_CAPTION || tag == DRA_HTML_TEMPLATE || tag == DRA_HTML_OBJECT)
        break;
    }

  return -1;
}

/* Ends the element with all that is open in it; blocks begun inside a style go on. */
static void
end_through (Scrub   *self,
             guint    index,
             EndKind  kind)
{
  guint depth = self->depth;
  guint n_again = 0;
  Name name;

  for (guint i = depth; i > index; i--)
    {
      copy_name (self, i - 1, &name);
      dra_html_tree_end (self->tree, self->open[i - 1].tag, name.text, name.length);
    }
  pop_to (self, index);
  if (kind != END_STYLE)
    return;
  for (guint i = index + 1; i < depth; i++)
    {
      if (!dra_html_tag_is_block (self->open[i].tag))
        continue;
      self->open[index + n_again] = self->open[i];
      self->n_exact += is_exact (self->open[i].tag);
      copy_name (self, i, &name);
      self->n_attributes = 0;
      put_start_tag (self, self->open[i].tag, name.text, name.length);
      n_again++;
    }
  self->depth = index + n_again;
}

static void
read_end_tag (Scrub *self)
{
  EndKind kind;
  DraHtmlTag tag;
  Name name;

  self->p += 2;
  read_name (self, &name, ENDS_TAG);
  read_attributes (self, FALSE);
  if (!is_good_name (&name))
    return;
  tag = dra_html_tag_of_name (name.text, name.length);
  kind = get_end_kind (tag);
  if (tag == DRA_HTML_BR)
    put_start_tag (self, tag, "br", 2);
  else if (dra_html_tag_is_void (tag) || get_end_tag (tag) != NULL)
    return;
  else if (kind != END_PLAIN && self->n_dropped == 0)
    {
      int index = find_open (self, &name);

      if (index >= 0)
        end_through (self, (guint) index, kind);
    }
  else if (pop (self, &name, tag))
    dra_html_tree_end (self->tree, tag, name.text, name.length);
}

/* Text up to end.  Of white space between words one character is left: pages are indented
 * with a great deal of it. */
static void
put_text (Scrub      *self,
          const char *end)
{
  const char *p = self->p;

  if (self->n_exact > 0)
    {
      put (self, p, end - p);
      return;
    }
  while (p < end)
    {
      const char *start = p;

      while (p < end && !(is_blank (*p) && p + 1 < end && is_blank (p[1])))
        p++;
      put (self, start, p - start);
      if (p == end)
        return;
      put (self, p, 1);
      while (p < end && is_blank (*p))
        p++;
    }
}

/* Comments, declarations, instructions: nothing of them is kept. */
static void
read_declaration (Scrub *self)
{
  const char *close;

  if (self->end - self->p >= 4 && memcmp (self->p, "<!--", 4) == 0)
    {
      self->p += 2; /* "<!-->" is a whole comment */
      close = find (self, "-->");
      if (close == NULL)
        self->p += 2;
      self->p = close != NULL ? close + 3 : self->p;
      return;
    }
  if (self->xml && self->end - self->p >= 9 && memcmp (self->p, "<![CDATA[", 9) == 0)
    {
      const char *text = self->p + 9;

      close = find (self, "]]>");
      if (close == NULL)
        close = self->end;
      put_exactly (self, text, close - text);
      self->p = MIN (close + 3, self->end);
      return;
    }
  close = memchr (self->p, '>', self->end - self->p);
  self->p = close != NULL ? close + 1 : self->end;
}

/* Whether the page says that it is XML.  One that is sent as HTML but begins as XHTML does
 * means its empty-element tags, too. */
static gboolean
begins_as_xml (const char *text,
               gsize       length)
{
  while (length > 0 && is_blank (*text))
    {
      text++;
      length--;
    }

  return length > 5 && memcmp (text, "<?xml", 5) == 0;
}

/**
 * dra_html_parse_utf8:
 * @text: a page, in UTF-8
 * @length: its length in bytes
 *
 * Makes a tree of a page.  Styles, drawings, comments, forms' values and programs are not in
 * it, and elements that are nested deeper than %DRA_HTML_MAX_DEPTH are dissolved.  Of scripts
 * only JSON-LD is kept.  Takes time in proportion to @length whatever it holds.
 *
 * Returns: (transfer full): the tree; without a root element when there is nothing in it
 */
xmlDoc *
dra_html_parse_utf8 (const char *text,
                     gsize       length)
{
  Scrub self = {
    .tree = dra_html_tree_new (),
    .missing = g_hash_table_new (g_str_hash, g_str_equal),
  };

  if (length > 0)
    {
      self.p = text;
      self.end = text + length;
      self.xml = begins_as_xml (text, length);
    }
  while (self.p < self.end)
    {
      const char *open = memchr (self.p, '<', self.end - self.p);

      if (open == NULL)
        open = self.end;
      put_text (&self, open);
      self.p = open;
      if (self.end - open < 2)
        {
          if (open < self.end)
            put (&self, "<", 1);
          break;
        }
      if (open[1] == '/' && self.end - open > 2 && g_ascii_isalpha (open[2]))
        read_end_tag (&self);
      else if (open[1] == '!' || open[1] == '?' || open[1] == '/')
        read_declaration (&self);
      else if (g_ascii_isalpha (open[1]))
        read_start_tag (&self);
      else
        {
          put (&self, "<", 1);
          self.p++;
        }
    }
  g_hash_table_unref (self.missing);

  return dra_html_tree_finish (self.tree);
}
