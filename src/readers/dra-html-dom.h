/* dra-html-dom.h: what is asked of the nodes of a parsed page all the time.
 *
 * Everything that walks a page does so by dra_html_next() or with a stack of its own: how
 * deep a page nests is up to the page.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>
#include <libxml/tree.h>

G_BEGIN_DECLS

/* The elements that mean something to us; by name, so that the table can be made of it. */
#define DRA_HTML_TAGS(TAG)                                                                 \
  TAG (A, "a") TAG (ABBR, "abbr") TAG (ADDRESS, "address") TAG (AMP_IMG, "amp-img")        \
  TAG (ARTICLE, "article") TAG (ASIDE, "aside") TAG (AUDIO, "audio") TAG (B, "b")          \
  TAG (BASE, "base") TAG (BIG, "big") TAG (BLOCKQUOTE, "blockquote") TAG (BODY, "body")    \
  TAG (BR, "br") TAG (BUTTON, "button") TAG (CANVAS, "canvas") TAG (CAPTION, "caption")    \
  TAG (CENTER, "center") TAG (CITE, "cite") TAG (CODE, "code") TAG (COL, "col")            \
  TAG (COLGROUP, "colgroup") TAG (DATALIST, "datalist") TAG (DD, "dd") TAG (DEL, "del")    \
  TAG (DETAILS, "details") TAG (DFN, "dfn") TAG (DIALOG, "dialog") TAG (DIR, "dir")        \
  TAG (DIV, "div") TAG (DL, "dl") TAG (DT, "dt") TAG (EM, "em") TAG (EMBED, "embed")       \
  TAG (FIELDSET, "fieldset") TAG (FIGCAPTION, "figcaption") TAG (FIGURE, "figure")         \
  TAG (FONT, "font") TAG (FOOTER, "footer") TAG (FORM, "form") TAG (H1, "h1")              \
  TAG (H2, "h2") TAG (H3, "h3") TAG (H4, "h4") TAG (H5, "h5") TAG (H6, "h6")               \
  TAG (HEAD, "head") TAG (HEADER, "header") TAG (HGROUP, "hgroup") TAG (HR, "hr")          \
  TAG (HTML, "html") TAG (I, "i") TAG (IFRAME, "iframe") TAG (IMG, "img")                  \
  TAG (INPUT, "input") TAG (INS, "ins") TAG (KBD, "kbd") TAG (LABEL, "label")              \
  TAG (LEGEND, "legend") TAG (LI, "li") TAG (LINK, "link") TAG (LISTING, "listing")        \
  TAG (MAIN, "main") TAG (MARK, "mark") TAG (MENU, "menu") TAG (META, "meta")              \
  TAG (METER, "meter") TAG (NAV, "nav") TAG (NOSCRIPT, "noscript") TAG (OBJECT, "object")  \
  TAG (OL, "ol") TAG (OPTION, "option") TAG (P, "p") TAG (PICTURE, "picture")              \
  TAG (PRE, "pre") TAG (PROGRESS, "progress") TAG (Q, "q") TAG (RP, "rp") TAG (RT, "rt")   \
  TAG (RUBY, "ruby") TAG (S, "s") TAG (SAMP, "samp") TAG (SCRIPT, "script")                \
  TAG (SEARCH, "search") TAG (SECTION, "section") TAG (SELECT, "select")                   \
  TAG (SLOT, "slot") TAG (SMALL, "small") TAG (SOURCE, "source") TAG (SPAN, "span")        \
  TAG (STRIKE, "strike") TAG (STRONG, "strong") TAG (STYLE, "style") TAG (SUB, "sub")      \
  TAG (SUMMARY, "summary") TAG (SUP, "sup") TAG (SVG, "svg") TAG (TABLE, "table")          \
  TAG (TBODY, "tbody") TAG (TD, "td") TAG (TEMPLATE, "template")                           \
  TAG (TEXTAREA, "textarea") TAG (TFOOT, "tfoot") TAG (TH, "th") TAG (THEAD, "thead")      \
  TAG (TIME, "time") TAG (TITLE, "title") TAG (TR, "tr") TAG (TRACK, "track") TAG (TT, "tt") \
  TAG (U, "u") TAG (UL, "ul") TAG (VAR, "var") TAG (VIDEO, "video") TAG (WBR, "wbr") TAG (XMP, "xmp")

#define DRA_HTML_TAG_ENUM(ID, NAME) DRA_HTML_##ID,

/* DRA_HTML_OTHER: an element without meaning, a custom element mostly. */
typedef enum
{
  DRA_HTML_NONE, /* no element */
  DRA_HTML_OTHER,
  DRA_HTML_TAGS (DRA_HTML_TAG_ENUM)
  DRA_HTML_N_TAGS,
} DraHtmlTag;

DraHtmlTag  dra_html_tag_of_name   (const char    *name,
                                    gsize          length);
DraHtmlTag  dra_html_get_tag       (const xmlNode *node);
gboolean    dra_html_tag_is_block  (DraHtmlTag     tag);
gboolean    dra_html_tag_is_void   (DraHtmlTag     tag);
gboolean    dra_html_tag_is_unseen (DraHtmlTag     tag);
const char *dra_html_get_attribute (const xmlNode *node,
                                    const char    *name);
gboolean    dra_html_has_word      (const xmlNode *node,
                                    const char    *name,
                                    const char    *word);
const char *dra_html_get_text      (const xmlNode *node);
gboolean    dra_html_is_hidden     (const xmlNode *node);
guint       dra_html_value_hash    (gconstpointer  value);
xmlNode    *dra_html_next          (const xmlNode *node,
                                    const xmlNode *root,
                                    gboolean       inside);

G_END_DECLS
