/* dra-docx-package.c: what the parts of a DOCX file say of one another, and of all.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-docx-private.h"

#include <string.h>

typedef struct
{
  GHashTable *targets; /* id -> target */
  GHashTable *types;   /* last part of the type -> target */
  const char *base;
} Relations;

static const DraXmlToken relation_tokens[] = { { PKG, "Relationship", 1 }, { 0, NULL, 0 } };

static void
ignore_end (DraXmlStream *stream G_GNUC_UNUSED,
            int           token G_GNUC_UNUSED,
            gpointer      user_data G_GNUC_UNUSED)
{
}

/* External targets are addresses; others are names of entries, from here on with a '/'. */
static void
relation_cb (DraXmlStream *stream,
             int           token,
             gpointer      user_data)
{
  Relations *self = user_data;
  const char *id, *type, *target, *mode, *slash;
  char *resolved;

  if (token == 0)
    return;
  id = dra_xml_stream_get_attribute (stream, 0, "Id");
  type = dra_xml_stream_get_attribute (stream, 0, "Type");
  target = dra_xml_stream_get_attribute (stream, 0, "Target");
  mode = dra_xml_stream_get_attribute (stream, 0, "TargetMode");
  if (id == NULL || type == NULL || target == NULL)
    return;
  if (g_strcmp0 (mode, "External") == 0)
    {
      g_hash_table_replace (self->targets, g_strdup (id), g_strdup (target));
      return;
    }
  resolved = dra_zip_resolve (self->base, target);
  if (resolved == NULL)
    return;
  slash = strrchr (type, '/');
  if (!g_hash_table_contains (self->types, slash != NULL ? slash + 1 : type))
    g_hash_table_insert (self->types, g_strdup (slash != NULL ? slash + 1 : type), g_strdup (resolved));
  g_hash_table_replace (self->targets, g_strdup (id), g_strconcat ("/", resolved, NULL));
  g_free (resolved);
}

GHashTable *
dra_docx_relations_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/* Reads what the part refers to; one without relations refers to nothing. */
gboolean
dra_docx_relations_read (DraZip      *zip,
                         const char  *part,
                         GHashTable  *targets,
                         GHashTable  *types,
                         GError     **error)
{
  static const DraXmlVocabulary vocabulary = {
    dra_docx_namespaces, relation_tokens, relation_cb, ignore_end, NULL,
  };
  const char *slash = strrchr (part, '/');
  g_autofree char *path = NULL;
  Relations relations = { targets, types, part };

  if (slash != NULL)
    path = g_strdup_printf ("%.*s/_rels/%s.rels", (int) (slash - part), part, slash + 1);
  else
    path = g_strdup_printf ("_rels/%s.rels", part);
  if (dra_zip_find (zip, path) == NULL)
    return TRUE;

  return dra_package_parse (zip, path, &vocabulary, &relations, error);
}

typedef struct
{
  DraFlow *flow;
  GString *value;
} Properties;

static const DraXmlToken property_tokens[] = {
  { DRA_XML_ANY_NAMESPACE, "title", DRA_METADATA_TITLE + 1 },
  { DRA_XML_ANY_NAMESPACE, "creator", DRA_METADATA_BYLINE + 1 },
  { DRA_XML_ANY_NAMESPACE, "created", DRA_METADATA_PUBLISHED + 1 },
  { DRA_XML_ANY_NAMESPACE, "language", DRA_METADATA_LANGUAGE + 1 }, { 0, NULL, 0 },
};

static void
start_property (DraXmlStream *stream G_GNUC_UNUSED,
                int           token G_GNUC_UNUSED,
                gpointer      user_data)
{
  g_string_truncate (((Properties *) user_data)->value, 0);
}

static void
end_property (DraXmlStream *stream G_GNUC_UNUSED,
              int           token,
              gpointer      user_data)
{
  Properties *self = user_data;

  if (token > 0)
    dra_flow_set_metadata (self->flow, (DraMetadata) (token - 1), self->value->str);
  g_string_truncate (self->value, 0);
}

static void
property_text (DraXmlStream *stream G_GNUC_UNUSED,
               const char   *text,
               gsize         length,
               gpointer      user_data)
{
  Properties *self = user_data;

  if (self->value->len < 1000)
    g_string_append_len (self->value, text, (gssize) length);
}

/* What the document says of itself. */
gboolean
dra_docx_properties_read (DraZip      *zip,
                          DraFlow     *flow,
                          const char  *path,
                          GError     **error)
{
  static const DraXmlVocabulary vocabulary = {
    NULL, property_tokens, start_property, end_property, property_text,
  };
  Properties properties = { flow, g_string_new (NULL) };
  gboolean done = dra_package_parse (zip, path, &vocabulary, &properties, error);

  g_string_free (properties.value, TRUE);

  return done;
}
