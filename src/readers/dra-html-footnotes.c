/* dra-html-footnotes.c: footnotes of a page, found by the links to them.
 *
 * A reference is a link into the page that says so (role, epub:type, class) or stands
 * raised and is a number or a sign.  What it leads to, or the block around that, is the
 * note when it comes later in the page; the link from the note back to the reference goes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-html-blocks-private.h"

#include <string.h>

#define MAX_MARK 12 /* bytes of what a reference shows: "[12]", "†" */

struct _DraHtmlFootnotes
{
  GHashTable *labels;     /* element of a note -> its label */
  GHashTable *targets;    /* link -> "#fn:" and a label */
  GHashTable *references; /* id at or around a link to a note -> the link */
};

static gboolean
has_kind (const xmlNode *node,
          const char    *kind)
{
  g_autofree char *role = g_strconcat ("doc-", kind, NULL);

  return dra_html_has_word (node, "epub:type", kind) || dra_html_has_word (node, "type", kind)
         || dra_html_has_word (node, "role", role);
}

/* The text in a few bytes, or FALSE when there is more of it. */
static gboolean
get_mark (const xmlNode *node,
          char           mark[MAX_MARK + 1])
{
  gsize n = 0;

  for (const xmlNode *p = dra_html_next (node, node, TRUE); p != NULL;
       p = dra_html_next (p, node, TRUE))
    for (const char *text = dra_html_get_text (p); text != NULL && *text != '\0'; text++)
      if (!g_ascii_isspace (*text))
        {
          if (n == MAX_MARK)
            return FALSE;
          mark[n++] = *text;
        }
  mark[n] = '\0';

  return n > 0;
}

static gboolean
is_numberlike (const char *mark)
{
  gsize n = strspn (mark, "[(");

  n += strspn (mark + n, "0123456789*abcdefivx");
  n += strspn (mark + n, "])");

  return mark[n] == '\0' || (guchar) mark[0] >= 0x80;
}

static gboolean
is_raised (const xmlNode *link)
{
  const xmlNode *only = link->children;

  return dra_html_get_tag (link->parent) == DRA_HTML_SUP
         || (only != NULL && only->next == NULL && dra_html_get_tag (only) == DRA_HTML_SUP);
}

static gboolean
has_note_class (const xmlNode *link)
{
  const char *class = dra_html_get_attribute (link, "class");

  return class != NULL && (strstr (class, "footnote") != NULL || strstr (class, "noteref") != NULL);
}

static gboolean
is_reference (const xmlNode *link)
{
  char mark[MAX_MARK + 1];

  if (has_kind (link, "noteref"))
    return TRUE;

  return (is_raised (link) || has_note_class (link)) && get_mark (link, mark)
         && is_numberlike (mark);
}

/* What the link shows without its brackets, which is what the note is called; its number
 * when that name is taken. */
static char *
make_label (const xmlNode *link,
            GHashTable    *taken,
            const char    *prefix)
{
  char mark[MAX_MARK + 1];
  g_autofree char *label = NULL;

  if (get_mark (link, mark) && g_utf8_validate (mark, -1, NULL))
    {
      const char *start = mark + strspn (mark, "[(");
      g_autofree char *plain = g_strndup (start, strcspn (start, "])"));

      label = g_strconcat (prefix, plain, NULL);
    }
  if (label == NULL || g_hash_table_contains (taken, label))
    {
      g_free (label);
      label = g_strdup_printf ("%snote-%u", prefix, g_hash_table_size (taken) + 1);
    }

  return g_steal_pointer (&label);
}

/* The block whose beginning node is. */
static const xmlNode *
find_block (const xmlNode *node,
            const xmlNode *root)
{
  while (node != root && !dra_html_tag_is_block (dra_html_get_tag (node)))
    node = node->parent;

  return node == root || dra_html_get_tag (node) == DRA_HTML_BODY ? NULL : node;
}

static const char *
get_id (const xmlNode *node)
{
  const char *id = dra_html_get_attribute (node, "id");

  return id != NULL ? id : dra_html_get_tag (node) == DRA_HTML_A
                             ? dra_html_get_attribute (node, "name") : NULL;
}

static void
add_reference (DraHtmlFootnotes *self,
               const xmlNode    *link)
{
  const xmlNode *node = link;

  for (guint i = 0; i < 3 && node != NULL && !dra_html_tag_is_block (dra_html_get_tag (node)); i++)
    {
      const char *id = get_id (node);

      if (id != NULL)
        g_hash_table_insert (self->references, (gpointer) id, (gpointer) link);
      node = node->parent;
    }
}

typedef struct
{
  const xmlNode *node;
  guint          place;
} Anchor;

static void
add_note (DraHtmlFootnotes *self,
          const xmlNode    *link,
          const xmlNode    *note,
          GHashTable       *taken,
          const char       *prefix)
{
  const char *label = g_hash_table_lookup (self->labels, note);

  if (label == NULL)
    {
      char *made = make_label (link, taken, prefix);

      g_hash_table_add (taken, made);
      g_hash_table_insert (self->labels, (gpointer) note, made);
      label = made;
    }
  g_hash_table_insert (self->targets, (gpointer) link, g_strconcat ("#fn:", label, NULL));
  add_reference (self, link);
}

/**
 * dra_html_footnotes_find:
 * @root: a part of a page
 * @prefix: (nullable): for the labels
 *
 * Looks for notes and what refers to them.
 *
 * Returns: (transfer full) (nullable): the footnotes, when there are any
 */
DraHtmlFootnotes *
dra_html_footnotes_find (const xmlNode *root,
                         const char    *prefix)
{
  g_autoptr (GHashTable) anchors = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autoptr (GHashTable) taken = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GArray) links = g_array_new (FALSE, FALSE, sizeof (Anchor));
  DraHtmlFootnotes *self;
  guint place = 0;

  for (const xmlNode *node = root; node != NULL; node = dra_html_next (node, root, TRUE))
    {
      const char *id, *href;

      if (node->type != XML_ELEMENT_NODE || node->properties == NULL)
        continue;
      place++;
      id = get_id (node);
      if (id != NULL && *id != '\0' && !g_hash_table_contains (anchors, id))
        {
          Anchor anchor = { node, place };

          g_hash_table_insert (anchors, (gpointer) id, g_memdup2 (&anchor, sizeof anchor));
        }
      if (dra_html_get_tag (node) != DRA_HTML_A)
        continue;
      href = dra_html_get_attribute (node, "href");
      if (href != NULL && href[0] == '#' && href[1] != '\0' && is_reference (node))
        {
          Anchor link = { node, place };

          g_array_append_val (links, link);
        }
    }
  if (links->len == 0)
    return NULL;

  self = g_new0 (DraHtmlFootnotes, 1);
  self->labels = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->targets = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->references = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < links->len; i++)
    {
      const Anchor *link = &g_array_index (links, Anchor, i);
      const Anchor *anchor = g_hash_table_lookup (anchors,
                                                  dra_html_get_attribute (link->node, "href") + 1);
      const xmlNode *note = anchor != NULL && anchor->place > link->place
                              ? find_block (anchor->node, root) : NULL;

      if (note != NULL && note != find_block (link->node, root))
        add_note (self, link->node, note, taken, prefix != NULL ? prefix : "");
    }

  return self;
}

/**
 * dra_html_footnotes_free:
 * @self: (nullable): footnotes
 */
void
dra_html_footnotes_free (DraHtmlFootnotes *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->labels);
  g_hash_table_unref (self->targets);
  g_hash_table_unref (self->references);
  g_free (self);
}

/**
 * dra_html_footnotes_get_label:
 * @self: (nullable): footnotes
 * @element: an element
 *
 * Returns: (nullable): the label when the element is a note
 */
const char *
dra_html_footnotes_get_label (DraHtmlFootnotes *self,
                              const xmlNode    *element)
{
  return self != NULL ? g_hash_table_lookup (self->labels, element) : NULL;
}

/**
 * dra_html_footnotes_get_target:
 * @self: (nullable): footnotes
 * @link: a link
 *
 * Returns: (nullable): "#fn:" and the label of the note when the link refers to one
 */
const char *
dra_html_footnotes_get_target (DraHtmlFootnotes *self,
                               const xmlNode    *link)
{
  return self != NULL ? g_hash_table_lookup (self->targets, link) : NULL;
}

/**
 * dra_html_footnotes_is_return:
 * @self: (nullable): footnotes
 * @link: a link
 *
 * Returns: whether it leads from a note back to where the note is referred to
 */
gboolean
dra_html_footnotes_is_return (DraHtmlFootnotes *self,
                              const xmlNode    *link)
{
  const char *href = dra_html_get_attribute (link, "href");
  char mark[MAX_MARK + 1];

  return self != NULL && href != NULL && href[0] == '#'
         && g_hash_table_contains (self->references, href + 1)
         && get_mark (link, mark);
}
