/* dra-docx-reader.c: documents of Microsoft Word, in Office Open XML.
 *
 * The parts that say how things are (styles, lists) are read first, then the text in one
 * pass, then footnotes, comments and images that it refers to.  Tracked changes are shown
 * as accepted, hidden text is left out.
 *
 * Follows ECMA-376 parts 1 and 2 (WordprocessingML, Open Packaging Conventions).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-docx-reader.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "article/dra-error.h"
#include "readers/dra-docx-private.h"

static void
clear_field (gpointer data)
{
  DraDocxField *field = data;

  g_string_free (field->instruction, TRUE);
  g_free (field->link);
}

static void
clear_paragraph (gpointer data)
{
  g_free (((DraDocxParagraph *) data)->link);
}

static gboolean
read_part (DraDocx     *self,
           const char  *path,
           GError     **error)
{
  g_autoptr (GHashTable) types = dra_docx_relations_new ();

  g_hash_table_remove_all (self->relations);
  if (!dra_docx_relations_read (self->zip, path, self->relations, types, error))
    return FALSE;

  return dra_package_parse (self->zip, path, &dra_docx_text_vocabulary, self, error);
}

/* A part that the main one refers to, by its kind. */
static const char *
find_part (DraDocx    *self,
           GHashTable *types,
           const char *type)
{
  const char *path = g_hash_table_lookup (types, type);

  return path != NULL ? dra_zip_find (self->zip, path) : NULL;
}

static gboolean
read_notes (DraDocx     *self,
            GHashTable  *types,
            GError     **error)
{
  static const struct { const char *type; char prefix; } parts[] = {
    { "footnotes", 'f' }, { "endnotes", 'e' }, { "comments", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      const char *path = find_part (self, types, parts[i].type);

      self->notes_prefix = parts[i].prefix;
      if (path != NULL && !read_part (self, path, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
read_document (DraDocx  *self,
               GError  **error)
{
  g_autoptr (GHashTable) targets = dra_docx_relations_new ();
  g_autoptr (GHashTable) root = dra_docx_relations_new ();
  g_autoptr (GHashTable) types = dra_docx_relations_new ();
  const char *path, *part;

  if (!dra_docx_relations_read (self->zip, "", targets, root, error))
    return FALSE;
  path = find_part (self, root, "officeDocument");
  if (path == NULL)
    path = "word/document.xml";
  if (dra_zip_find (self->zip, path) == NULL)
    {
      g_set_error (error, DRA_ERROR, DRA_ERROR_DAMAGED,
                   _("“%s” is damaged: “%s” is missing in it."), dra_zip_get_name (self->zip), path);
      return FALSE;
    }
  part = find_part (self, root, "core-properties");
  if (part != NULL && !dra_docx_properties_read (self->zip, self->flow, part, error))
    return FALSE;

  if (!dra_docx_relations_read (self->zip, path, targets, types, error))
    return FALSE;
  part = find_part (self, types, "styles");
  if (part != NULL && !dra_docx_styles_parse (self->styles, self->zip, part, error))
    return FALSE;
  part = find_part (self, types, "numbering");
  if (part != NULL && !dra_docx_numbering_parse (self->numbering, self->zip, part, error))
    return FALSE;
  dra_flow_set_metadata (self->flow, DRA_METADATA_LANGUAGE, self->styles->language);

  return read_part (self, path, error) && read_notes (self, types, error);
}

/* Encrypted documents, and those of old versions, are OLE compound files. */
static gboolean
is_compound (GBytes      *bytes,
             const char  *name,
             GError     **error)
{
  static const guint8 magic[] = { 0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1 };
  static const char encrypted[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  if (length < sizeof magic || memcmp (data, magic, sizeof magic) != 0)
    return FALSE;
  if (memmem (data, length, encrypted, sizeof encrypted) != NULL)
    g_set_error (error, DRA_ERROR, DRA_ERROR_UNSUPPORTED,
                 _("“%s” is protected by a password; open it in the program that made it and save it without one."),
                 name);
  else
    g_set_error (error, DRA_ERROR, DRA_ERROR_UNSUPPORTED,
                 _("“%s” is a document of an old version of Word; save it as DOCX, ODT or RTF to open it here."),
                 name);

  return TRUE;
}

static void
docx_clear (DraDocx *self)
{
  dra_flow_free (self->flow);
  dra_docx_styles_free (self->styles);
  dra_docx_numbering_free (self->numbering);
  g_hash_table_unref (self->relations);
  g_hash_table_unref (self->footnotes);
  g_ptr_array_unref (self->images);
  g_array_unref (self->boxes);
  dra_flow_grids_free (self->tables);
  g_array_unref (self->fields);
  if (self->comment != NULL)
    g_string_free (self->comment, TRUE);
  g_free (self->comment_id);
  g_free (self->comment_author);
  g_free (self->alternative);
  g_free (self->now.link);
}

/**
 * dra_docx_read:
 * @bytes: a DOCX file
 * @name: its name, for messages
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Reads a document, its comments as notes.  Sets %DRA_ERROR_UNSUPPORTED (encrypted, or of
 * an old version), %DRA_ERROR_DAMAGED, %DRA_ERROR_TOO_LARGE, %DRA_ERROR_EMPTY,
 * %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full): the reading, or %NULL with @error set
 */
DraReading *
dra_docx_read (GBytes        *bytes,
               const char    *name,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autoptr (DraZip) zip = NULL;
  g_autoptr (DraReading) reading = NULL;
  DraDocx self = { 0 };

  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  if (is_compound (bytes, name, error))
    return NULL;
  zip = dra_zip_new (bytes, name, cancellable, error);
  if (zip == NULL)
    return NULL;

  self.zip = zip;
  self.flow = dra_flow_new ();
  self.styles = dra_docx_styles_new ();
  self.numbering = dra_docx_numbering_new ();
  self.relations = dra_docx_relations_new ();
  self.footnotes = dra_docx_relations_new ();
  self.images = g_ptr_array_new_with_free_func (g_free);
  self.boxes = g_array_new (FALSE, FALSE, sizeof (DraDocxParagraph));
  g_array_set_clear_func (self.boxes, clear_paragraph);
  self.tables = dra_flow_grids_new (self.flow);
  self.fields = g_array_new (FALSE, FALSE, sizeof (DraDocxField));
  g_array_set_clear_func (self.fields, clear_field);

  if (read_document (&self, error))
    reading = dra_flow_finish (self.flow, name, error);
  if (reading != NULL
      && !dra_package_add_images (zip, self.images, reading, g_bytes_get_size (bytes), error))
    g_clear_pointer (&reading, dra_reading_free);
  docx_clear (&self);

  return g_steal_pointer (&reading);
}
