/* dra-epub-package.c: what an EPUB says of itself beside its chapters.
 *
 * container.xml names the package document, that one the chapters and their order, and the
 * table of contents: the navigation document of EPUB 3 or the NCX of EPUB 2.
 *
 * Follows EPUB 3.3 (W3C) and OPF 2.0.1, NCX (DAISY Z39.86-2005), XML Encryption.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-epub-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "article/dra-error.h"
#include "readers/dra-document-info.h"
#include "readers/dra-xml-stream.h"

#define MAX_VALUE 1000 /* bytes of a title, a name, a label */
#define MAX_LEVEL 6

enum
{
  ROOTFILE = 1, TITLE, CREATOR, DATE, LANGUAGE, PUBLISHER, ITEM, SPINE, ITEMREF, NAV, A, LIST, NAV_POINT, CONTENT,
  NAV_LABEL, ENCRYPTED, METHOD, REFERENCE, NAV_MAP,
};

static const DraXmlToken tokens[] = {
  { -1, "rootfile", ROOTFILE }, { -1, "title", TITLE }, { -1, "creator", CREATOR }, { -1, "date", DATE },
  { -1, "language", LANGUAGE }, { -1, "publisher", PUBLISHER }, { -1, "item", ITEM }, { -1, "spine", SPINE },
  { -1, "itemref", ITEMREF }, { -1, "nav", NAV }, { -1, "a", A }, { -1, "ol", LIST }, { -1, "ul", LIST },
  { -1, "navPoint", NAV_POINT }, { -1, "content", CONTENT }, { -1, "navLabel", NAV_LABEL },
  { -1, "EncryptedData", ENCRYPTED }, { -1, "EncryptionMethod", METHOD }, { -1, "CipherReference", REFERENCE },
  { -1, "navMap", NAV_MAP }, { 0, NULL, 0 },
};

typedef struct
{
  DraEpubPackage *package;
  DraZip         *zip;
  char           *base;       /* path of the part that is being read */
  char           *root;       /* (nullable): path of the package document */
  char           *nav, *ncx;  /* (nullable): paths */
  GHashTable     *spine;      /* items that are in it */
  GString        *value;
  int             field;
  gboolean        author;     /* the creator that is open is one */
  gboolean        publication;
  GString        *authors;
  gboolean        in_toc;
  guint           level;
  char           *target;     /* (nullable): of the entry that is open */
  char           *label;      /* (nullable) */
  gboolean        obfuscated;
} Parse;

static void
item_free (gpointer data)
{
  DraEpubItem *item = data;

  g_free (item->path);
  g_free (item->type);
  g_free (item);
}

static void
heading_free (gpointer data)
{
  DraEpubHeading *heading = data;

  g_free (heading->label);
  g_free (heading);
}

static const char *
get (DraXmlStream *stream,
     const char   *name)
{
  return dra_xml_stream_get_attribute (stream, DRA_XML_ANY_NAMESPACE, name);
}

static gboolean
has_word (const char *words,
          const char *word)
{
  g_auto (GStrv) all = g_strsplit_set (words != NULL ? words : "", " \t\r\n", -1);

  return g_strv_contains ((const char *const *) all, word);
}

static char *
find (Parse      *self,
      const char *reference)
{
  g_autofree char *path = reference != NULL ? dra_zip_resolve (self->base, reference) : NULL;

  return path != NULL ? g_strdup (dra_zip_find (self->zip, path)) : NULL;
}

static void
add_item (Parse        *self,
          DraXmlStream *stream)
{
  const char *id = get (stream, "id");
  const char *type = get (stream, "media-type");
  g_autofree char *path = find (self, get (stream, "href"));
  DraEpubItem *item;

  if (id == NULL || path == NULL || g_hash_table_contains (self->package->items, id))
    return;
  item = g_new0 (DraEpubItem, 1);
  item->type = g_strdup (type);
  item->is_nav = has_word (get (stream, "properties"), "nav");
  if (item->is_nav && self->nav == NULL)
    self->nav = g_strdup (path);
  if (g_strcmp0 (type, "application/x-dtbncx+xml") == 0 && self->ncx == NULL)
    self->ncx = g_strdup (path);
  item->path = g_steal_pointer (&path);
  g_hash_table_insert (self->package->items, g_strdup (id), item);
}

static void
add_to_spine (Parse      *self,
              const char *id)
{
  DraEpubItem *item = id != NULL ? g_hash_table_lookup (self->package->items, id) : NULL;

  if (item != NULL && g_hash_table_add (self->spine, item->path))
    g_ptr_array_add (self->package->spine, item);
}

/* The first entry of the contents that leads into a chapter is the chapter's. */
static void
add_heading (Parse *self)
{
  DraEpubHeading *heading;

  if (self->target != NULL && self->label != NULL && *self->label != '\0'
      && !g_hash_table_contains (self->package->headings, self->target))
    {
      heading = g_new0 (DraEpubHeading, 1);
      heading->label = g_strdup (self->label);
      heading->level = CLAMP (self->level, 1, MAX_LEVEL);
      g_hash_table_insert (self->package->headings, g_strdup (self->target), heading);
    }
  g_clear_pointer (&self->target, g_free);
  g_clear_pointer (&self->label, g_free);
}

static void
start_field (Parse *self,
             int    field)
{
  self->field = field;
  g_string_truncate (self->value, 0);
}

static void
start_contents (Parse        *self,
                DraXmlStream *stream,
                int           token)
{
  switch (token)
    {
    case NAV:
      self->in_toc = has_word (get (stream, "type"), "toc") || get (stream, "type") == NULL;
      self->level = 0;
      break;
    case NAV_MAP:
      self->in_toc = TRUE;
      break;
    case LIST:
    case NAV_POINT:
      if (token == NAV_POINT)
        add_heading (self);
      self->level++;
      break;
    case A:
      if (!self->in_toc)
        break;
      self->target = find (self, get (stream, "href"));
      start_field (self, A);
      break;
    case NAV_LABEL:
      start_field (self, NAV_LABEL);
      break;
    case CONTENT:
      g_free (self->target);
      self->target = find (self, get (stream, "src"));
      add_heading (self);
      break;
    default:
      break;
    }
}

static void
start_cb (DraXmlStream *stream,
          int           token,
          gpointer      user_data)
{
  Parse *self = user_data;
  const char *value;
  char *path;

  switch (token)
    {
    case ROOTFILE:
      value = get (stream, "full-path");
      if (self->root == NULL && value != NULL && dra_zip_find (self->zip, value) != NULL)
        self->root = g_strdup (dra_zip_find (self->zip, value));
      break;
    case TITLE:
    case LANGUAGE:
    case PUBLISHER:
      start_field (self, token);
      break;
    case CREATOR:
      value = get (stream, "role");
      self->author = value == NULL || strcmp (value, "aut") == 0;
      start_field (self, token);
      break;
    case DATE:
      value = get (stream, "event");
      self->publication = value == NULL || strcmp (value, "publication") == 0;
      start_field (self, token);
      break;
    case ITEM:
      add_item (self, stream);
      break;
    case ITEMREF:
      add_to_spine (self, get (stream, "idref"));
      break;
    case METHOD:
      value = get (stream, "Algorithm");
      self->obfuscated = value != NULL && (strcmp (value, "http://www.idpf.org/2008/embedding") == 0
                                           || strcmp (value, "http://ns.adobe.com/pdf/enc#RC") == 0);
      break;
    case ENCRYPTED:
      self->obfuscated = FALSE;
      break;
    case REFERENCE:
      path = find (self, get (stream, "URI"));
      if (path != NULL && !self->obfuscated)
        g_hash_table_add (self->package->locked, path);
      else
        g_free (path);
      break;
    default:
      start_contents (self, stream, token);
    }
}

static void
set_metadata (Parse       *self,
              DraMetadata  which)
{
  if (self->package->metadata[which] == NULL)
    self->package->metadata[which] = dra_document_info_clean (which, self->value->str);
}

static void
end_field (Parse *self)
{
  char *value = g_strstrip (self->value->str);

  switch (self->field)
    {
    case TITLE:
      set_metadata (self, DRA_METADATA_TITLE);
      break;
    case LANGUAGE:
      set_metadata (self, DRA_METADATA_LANGUAGE);
      break;
    case PUBLISHER:
      set_metadata (self, DRA_METADATA_SITE);
      break;
    case DATE:
      if (self->publication)
        set_metadata (self, DRA_METADATA_PUBLISHED);
      break;
    case CREATOR:
      if (self->author && *value != '\0' && self->authors->len < MAX_VALUE)
        g_string_append_printf (self->authors, "%s%s", self->authors->len > 0 ? ", " : "", value);
      break;
    case A:
    case NAV_LABEL:
      g_free (self->label);
      self->label = g_strdup (value);
      if (self->field == A)
        add_heading (self);
      break;
    default:
      break;
    }
  self->field = 0;
}

static void
end_cb (DraXmlStream *stream G_GNUC_UNUSED,
        int           token,
        gpointer      user_data)
{
  Parse *self = user_data;

  if (token != 0 && token == self->field)
    end_field (self);
  if (token == NAV)
    self->in_toc = FALSE;
  if ((token == LIST || token == NAV_POINT) && self->level > 0)
    self->level--;
}

static void
text_cb (DraXmlStream *stream G_GNUC_UNUSED,
         const char   *text,
         gsize         length,
         gpointer      user_data)
{
  Parse *self = user_data;

  if (self->field != 0 && self->value->len < MAX_VALUE)
    g_string_append_len (self->value, text, (gssize) length);
}

static gboolean
read_part (Parse         *self,
           const char    *path,
           const char    *base,
           GCancellable  *cancellable,
           GError       **error)
{
  static const DraXmlVocabulary vocabulary = { NULL, tokens, start_cb, end_cb, text_cb };
  g_autoptr (GBytes) bytes = NULL;

  g_free (self->base);
  self->base = g_strdup (base);
  self->field = 0;
  self->level = 0;
  bytes = dra_zip_read (self->zip, path, error);

  return bytes != NULL
         && dra_xml_parse (&vocabulary, bytes, dra_zip_get_name (self->zip), self, cancellable, error);
}

/* Some archives have a package and no container document that names it. */
static void
guess_root (Parse *self)
{
  for (guint i = 0; self->root == NULL && i < dra_zip_get_n_entries (self->zip); i++)
    {
      const char *path = dra_zip_get_path (self->zip, i);
      g_autofree char *lower = g_ascii_strdown (path, -1);

      if (g_str_has_suffix (lower, ".opf"))
        self->root = g_strdup (path);
    }
}

static gboolean
read_all (Parse         *self,
          GCancellable  *cancellable,
          GError       **error)
{
  static const char *const parts[] = { "META-INF/encryption.xml", "META-INF/container.xml" };
  const char *contents;
  g_autoptr (GError) local = NULL;

  /* References in META-INF are relative to the root of the archive. */
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (dra_zip_find (self->zip, parts[i]) != NULL
        && !read_part (self, parts[i], "", cancellable, error))
      return FALSE;
  guess_root (self);
  if (self->root == NULL)
    {
      g_set_error (error, DRA_ERROR, DRA_ERROR_DAMAGED,
                   _("“%s” is damaged: it does not say what its chapters are."), dra_zip_get_name (self->zip));
      return FALSE;
    }
  if (!read_part (self, self->root, self->root, cancellable, error))
    return FALSE;

  /* A book can be read without its table of contents. */
  contents = self->nav != NULL ? self->nav : self->ncx;
  if (contents != NULL && !read_part (self, contents, contents, cancellable, &local)
      && g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  return TRUE;
}

/**
 * dra_epub_package_read:
 * @zip: a book
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Reads everything but the chapters.  Sets %DRA_ERROR_DAMAGED, what dra_zip_read() sets and
 * %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full): the package, or %NULL with @error set
 */
DraEpubPackage *
dra_epub_package_read (DraZip        *zip,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_autoptr (DraEpubPackage) package = g_new0 (DraEpubPackage, 1);
  Parse self = { .package = package, .zip = zip };
  gboolean done;

  g_return_val_if_fail (zip != NULL, NULL);

  package->items = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, item_free);
  package->spine = g_ptr_array_new ();
  package->headings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, heading_free);
  package->locked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.spine = g_hash_table_new (g_str_hash, g_str_equal);
  self.value = g_string_new (NULL);
  self.authors = g_string_new (NULL);

  done = read_all (&self, cancellable, error);
  package->metadata[DRA_METADATA_BYLINE] = dra_document_info_clean (DRA_METADATA_BYLINE, self.authors->str);

  g_hash_table_unref (self.spine);
  g_string_free (self.value, TRUE);
  g_string_free (self.authors, TRUE);
  g_free (self.base);
  g_free (self.root);
  g_free (self.nav);
  g_free (self.ncx);
  g_free (self.target);
  g_free (self.label);

  return done ? g_steal_pointer (&package) : NULL;
}

/**
 * dra_epub_package_free:
 * @self: (nullable): a package
 *
 * Frees the package.
 */
void
dra_epub_package_free (DraEpubPackage *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->spine);
  g_hash_table_unref (self->items);
  g_hash_table_unref (self->headings);
  g_hash_table_unref (self->locked);
  for (guint i = 0; i < DRA_N_METADATA; i++)
    g_free (self->metadata[i]);
  g_free (self);
}
