/* dra-xml-tree.h: an XML file as a tree, safely, and as blocks by a table of its elements.
 *
 * Before libxml2 sees a file its document type goes: no entity of it is ever expanded by
 * the parser and nothing outside the file is looked at.  Character names of HTML and plain
 * entities that the file itself declares are put in as text, as many as fit in a bound.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>
#include <libxml/tree.h>

#include "article/dra-article-builder.h"

G_BEGIN_DECLS

xmlDoc     *dra_xml_tree_parse         (GBytes        *bytes,
                                   const char    *name,
                                   GCancellable  *cancellable,
                                   GError       **error);

gboolean    dra_xml_is            (const xmlNode *node,
                                   const char    *name);
xmlNode    *dra_xml_child         (const xmlNode *node,
                                   const char    *name);
xmlNode    *dra_xml_path          (const xmlNode *node,
                                   const char    *path);
xmlNode    *dra_xml_next          (const xmlNode *node,
                                   const xmlNode *root,
                                   gboolean       inside);
xmlNode    *dra_xml_find          (const xmlNode *root,
                                   const char    *name);
const char *dra_xml_attribute     (const xmlNode *node,
                                   const char    *name);
char       *dra_xml_text          (const xmlNode *node);

/**
 * DraXmlAction:
 * @DRA_XML_SKIP: it and what is in it is left out
 * @DRA_XML_THROUGH: only what is in it counts; so do elements of no rule
 * @DRA_XML_GROUP: as that, and text does not run on over its edges
 * @DRA_XML_SECTION: headings in it are one level deeper
 * @DRA_XML_HEADING: the heading of the sections around it
 * @DRA_XML_PARAGRAPH: running text; in a list item, quotation or note a part of that
 * @DRA_XML_LIST: items in it are one deeper; value 1 numbers them
 * @DRA_XML_ITEM: item of a list
 * @DRA_XML_QUOTATION: a quotation on lines of its own
 * @DRA_XML_LINES: white space in it is kept
 * @DRA_XML_LINE: a line of verse or of an address
 * @DRA_XML_CAPTION: what is said of an image or table
 * @DRA_XML_NOTE: footnote; its label is that of its id
 * @DRA_XML_TABLE: table
 * @DRA_XML_ROW: row of a table
 * @DRA_XML_CELL: cell of a row; value 1 for a heading
 * @DRA_XML_BREAK: broken line
 * @DRA_XML_RULE: line between parts
 * @DRA_XML_STYLE: inline; value is the #DraStyleKind
 * @DRA_XML_LINK: link; the map's link function says where to
 * @DRA_XML_IMAGE: image; the map's image function says which
 * @DRA_XML_BYLINE: line that names the authors
 */
typedef enum
{
  DRA_XML_SKIP = 1,
  DRA_XML_THROUGH,
  DRA_XML_GROUP,
  DRA_XML_SECTION,
  DRA_XML_HEADING,
  DRA_XML_PARAGRAPH,
  DRA_XML_LIST,
  DRA_XML_ITEM,
  DRA_XML_QUOTATION,
  DRA_XML_LINES,
  DRA_XML_LINE,
  DRA_XML_CAPTION,
  DRA_XML_NOTE,
  DRA_XML_TABLE,
  DRA_XML_ROW,
  DRA_XML_CELL,
  DRA_XML_BREAK,
  DRA_XML_RULE,
  DRA_XML_STYLE,
  DRA_XML_LINK,
  DRA_XML_IMAGE,
  DRA_XML_BYLINE,
} DraXmlAction;

typedef struct
{
  const char   *name;
  DraXmlAction  action;
  guint         value;
} DraXmlRule;

/**
 * DraXmlMap:
 * @rules: by name, ended by %NULL; prefixes and namespaces do not count
 * @choose: (nullable): asked first; 0 for what the rule says
 * @link: (nullable): the target of a link element, (transfer full)
 * @image: (nullable): source and alternative text of an image, each (transfer full)
 *   (nullable); %FALSE for no image
 * @user_data: for these
 * @level: of the headings that are in no section
 */
typedef struct
{
  const DraXmlRule *rules;
  DraXmlAction    (*choose) (const xmlNode *node,
                             guint         *value,
                             gpointer       user_data);
  char           *(*link)   (const xmlNode *node,
                             gpointer       user_data);
  gboolean        (*image)  (const xmlNode *node,
                             char         **source,
                             char         **alternative,
                             gpointer       user_data);
  gpointer          user_data;
  guint             level;
  GHashTable       *labels; /* (nullable): id of a note -> its label */
} DraXmlMap;

gboolean    dra_xml_write         (DraArticleBuilder  *builder,
                                   const xmlNode      *root,
                                   const DraXmlMap    *map,
                                   GCancellable       *cancellable,
                                   GError            **error);
GHashTable *dra_xml_number_notes  (const xmlNode      *root,
                                   const char *const  *names);

/* What the readers of XML formats end with. */
DraArticle *dra_xml_finish        (DraArticleBuilder  *builder,
                                   const char         *name,
                                   GError            **error);

G_END_DECLS
