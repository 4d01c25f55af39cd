/* dra-xml-stream.c: XML as a stream of events, for files that nobody trusts.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-xml-stream.h"

#include <glib/gi18n-lib.h>
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <string.h>

#include "article/dra-error.h"
#include "readers/dra-encoding.h"
#include "readers/dra-xml-mend.h"

#define MAX_ENTITY 4096                 /* bytes of text one entity may stand for */
#define MAX_EXPANDED (1024 * 1024)      /* bytes that all references together may bring */
#define MAX_NAME 64                     /* bytes of an entity's name that is shown as it is */
#define CHUNK (64 * 1024)               /* bytes fed at a time, and between looks at the cancellable */

struct _DraXmlStream
{
  const DraXmlVocabulary *vocabulary;
  gpointer                user_data;
  xmlParserCtxtPtr        context;
  GHashTable             *tokens;     /* of DraXmlToken, by name and namespace */
  GHashTable             *entities;   /* name -> xmlEntity */
  gsize                   expanded;
  guint                   depth;
  gboolean                stopped;
  gboolean                complete;   /* the root element has ended */

  /* The element that begins. */
  const xmlChar          *name;
  const xmlChar         **attributes; /* (nullable): five pointers each */
  int                     n_attributes;
  GPtrArray              *values;     /* copies given out */

  /* Where the bytes fed so far end, as far as counting attributes needs to know. */
  gboolean                in_tag;
  guint8                  last;
  guint8                  quote;
  guint                   n_equals;
};

static guint
token_hash (gconstpointer key)
{
  return g_str_hash (((const DraXmlToken *) key)->name);
}

static gboolean
token_equal (gconstpointer a,
             gconstpointer b)
{
  const DraXmlToken *x = a;
  const DraXmlToken *y = b;

  return strcmp (x->name, y->name) == 0
         && (x->space == y->space || x->space == DRA_XML_ANY_NAMESPACE
             || y->space == DRA_XML_ANY_NAMESPACE);
}

static int
find_namespace (DraXmlStream  *self,
                const xmlChar *uri)
{
  const DraXmlNamespace *all = self->vocabulary->namespaces;

  if (uri == NULL || all == NULL)
    return 0;
  for (guint i = 0; all[i].uri != NULL; i++)
    if (strcmp (all[i].uri, (const char *) uri) == 0)
      return all[i].space;

  return 0;
}

static int
find_token (DraXmlStream  *self,
            const xmlChar *name,
            const xmlChar *uri)
{
  DraXmlToken key = { find_namespace (self, uri), (const char *) name, 0 };
  const DraXmlToken *found = g_hash_table_lookup (self->tokens, &key);

  return found != NULL ? found->token : 0;
}

static void
start_cb (void           *user_data,
          const xmlChar  *name,
          const xmlChar  *prefix G_GNUC_UNUSED,
          const xmlChar  *uri,
          int             n_namespaces G_GNUC_UNUSED,
          const xmlChar **namespaces G_GNUC_UNUSED,
          int             n_attributes,
          int             n_defaulted G_GNUC_UNUSED,
          const xmlChar **attributes)
{
  DraXmlStream *self = user_data;

  if (self->stopped)
    return;
  if (++self->depth > DRA_XML_MAX_DEPTH)
    {
      dra_xml_stream_stop (self);
      return;
    }
  self->name = name;
  self->attributes = attributes;
  self->n_attributes = n_attributes;
  self->vocabulary->start (self, find_token (self, name, uri), self->user_data);
  self->attributes = NULL;
  self->n_attributes = 0;
  g_ptr_array_set_size (self->values, 0);
}

static void
end_cb (void          *user_data,
        const xmlChar *name,
        const xmlChar *prefix G_GNUC_UNUSED,
        const xmlChar *uri)
{
  DraXmlStream *self = user_data;

  if (self->stopped || self->depth == 0)
    return;
  self->name = name;
  self->vocabulary->end (self, find_token (self, name, uri), self->user_data);
  if (--self->depth == 0)
    self->complete = TRUE;
}

static void
text_cb (void          *user_data,
         const xmlChar *text,
         int            length)
{
  DraXmlStream *self = user_data;

  if (!self->stopped && length > 0 && self->vocabulary->text != NULL)
    self->vocabulary->text (self, (const char *) text, (gsize) length, self->user_data);
}

static void
entity_free (gpointer data)
{
  xmlEntity *entity = data;

  g_free ((char *) entity->name);
  g_free (entity->content);
  /* libxml2 gives an entity that was declared its value as written. */
  if (entity->orig != NULL)
    xmlFree (entity->orig);
  g_free (entity);
}

/* An entity that libxml2 takes as plain text, as it does "&lt;": never parsed again. */
static xmlEntity *
add_entity (DraXmlStream  *self,
            const xmlChar *name,
            const char    *content)
{
  xmlEntity *entity = g_new0 (xmlEntity, 1);

  entity->type = XML_ENTITY_DECL;
  entity->etype = XML_INTERNAL_PREDEFINED_ENTITY;
  entity->name = (xmlChar *) g_strdup ((const char *) name);
  entity->content = (xmlChar *) g_strdup (content);
  entity->length = (int) strlen (content);
  entity->orig = NULL;
  g_hash_table_insert (self->entities, (gpointer) entity->name, entity);

  return entity;
}

/* What the document declares counts when it is plain text; characters by their number are
 * text by now.  Entities in entities and markup in them are what attacks are made of. */
static void
declare_cb (void          *user_data,
            const xmlChar *name,
            int            type,
            const xmlChar *public_id G_GNUC_UNUSED,
            const xmlChar *system_id G_GNUC_UNUSED,
            xmlChar       *content)
{
  DraXmlStream *self = user_data;
  const char *text = (const char *) content;

  if (type == XML_INTERNAL_GENERAL_ENTITY && text != NULL && strpbrk (text, "<&") == NULL
      && strlen (text) <= MAX_ENTITY && g_hash_table_lookup (self->entities, name) == NULL)
    add_entity (self, name, text);
}

/* Names that nothing declares: those of HTML, or else as they are written. */
static xmlEntityPtr
entity_cb (void          *user_data,
           const xmlChar *name)
{
  DraXmlStream *self = user_data;
  xmlEntity *entity = g_hash_table_lookup (self->entities, name);

  if (entity == NULL)
    {
      const htmlEntityDesc *html = htmlEntityLookup (name);
      char text[MAX_NAME + 3] = "";

      if (html != NULL)
        text[g_unichar_to_utf8 (html->value, text)] = '\0';
      else if (strlen ((const char *) name) <= MAX_NAME)
        g_snprintf (text, sizeof text, "&%s;", (const char *) name);
      entity = add_entity (self, name, text);
    }
  self->expanded += (gsize) entity->length;
  if (self->expanded > MAX_EXPANDED)
    dra_xml_stream_stop (self);

  return entity;
}

static void
error_cb (void         *user_data G_GNUC_UNUSED,
          xmlErrorPtr   error G_GNUC_UNUSED)
{
}

/**
 * dra_xml_stream_new:
 * @vocabulary: what to look for and whom to tell; it must outlive the stream
 * @utf8: whether the bytes are UTF-8 whatever they say themselves
 * @user_data: for the functions of @vocabulary
 *
 * Returns: (transfer full): a stream that nothing was fed to yet
 */
DraXmlStream *
dra_xml_stream_new (const DraXmlVocabulary *vocabulary,
                    gboolean                utf8,
                    gpointer                user_data)
{
  DraXmlStream *self;
  xmlSAXHandler sax = { .initialized = XML_SAX2_MAGIC };
  /* NOENT: else "&amp;" in an attribute comes as "&#38;".  Entities are entity_cb()'s. */
  int options = XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOENT;

  g_return_val_if_fail (vocabulary != NULL, NULL);

  self = g_new0 (DraXmlStream, 1);
  self->vocabulary = vocabulary;
  self->user_data = user_data;
  self->values = g_ptr_array_new_with_free_func (g_free);
  self->entities = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, entity_free);
  self->tokens = g_hash_table_new (token_hash, token_equal);
  for (guint i = 0; vocabulary->tokens[i].name != NULL; i++)
    g_hash_table_add (self->tokens, (gpointer) &vocabulary->tokens[i]);

  sax.startElementNs = start_cb;
  sax.endElementNs = end_cb;
  sax.characters = text_cb;
  sax.ignorableWhitespace = text_cb;
  sax.cdataBlock = text_cb;
  sax.getEntity = entity_cb;
  sax.entityDecl = declare_cb;
  sax.serror = error_cb;
  self->context = xmlCreatePushParserCtxt (&sax, self, NULL, 0, NULL);
  if (utf8)
    {
      options |= XML_PARSE_IGNORE_ENC;
      xmlSwitchEncoding (self->context, XML_CHAR_ENCODING_UTF8);
    }
  xmlCtxtUseOptions (self->context, options);

  return self;
}

/**
 * dra_xml_stream_free:
 * @self: (nullable): a stream
 *
 * Frees the stream.
 */
void
dra_xml_stream_free (DraXmlStream *self)
{
  if (self == NULL)
    return;

  if (self->context->myDoc != NULL)
    xmlFreeDoc (self->context->myDoc);
  self->context->myDoc = NULL;
  xmlFreeParserCtxt (self->context);
  g_hash_table_unref (self->tokens);
  g_hash_table_unref (self->entities);
  g_ptr_array_unref (self->values);
  g_free (self);
}

/* Counts the attributes of each element before libxml2 sees them.  FALSE: too many. */
static gboolean
count_attributes (DraXmlStream *self,
                  const guint8 *data,
                  gsize         length)
{
  for (gsize i = 0; i < length; i++)
    {
      guint8 c = data[i];

      if (!self->in_tag)
        {
          const guint8 *next;

          if (self->last != '<')
            {
              next = memchr (data + i, '<', length - i);
              if (next == NULL)
                break;
              i = (gsize) (next - data);
              self->last = '<';
              continue;
            }
          self->in_tag = c != '!' && c != '?' && c != '/';
          self->quote = 0;
          self->n_equals = 0;
        }
      else if (self->quote != 0)
        self->quote = c == self->quote ? 0 : self->quote;
      else if (c == '"' || c == '\'')
        self->quote = c;
      else if (c == '>')
        self->in_tag = FALSE;
      else if (c == '=' && ++self->n_equals > DRA_XML_MAX_ATTRIBUTES)
        return FALSE;
      self->last = c;
    }

  return TRUE;
}

/**
 * dra_xml_stream_feed:
 * @self: a stream
 * @data: the next bytes of the document
 * @length: how many
 *
 * Parses on.
 *
 * Returns: whether there is a use in feeding more
 */
gboolean
dra_xml_stream_feed (DraXmlStream *self,
                     const guint8 *data,
                     gsize         length)
{
  g_return_val_if_fail (self != NULL, FALSE);

  while (length > 0 && !self->stopped)
    {
      gsize n = MIN (length, CHUNK);

      if (!count_attributes (self, data, n))
        {
          dra_xml_stream_stop (self);
          break;
        }
      xmlParseChunk (self->context, (const char *) data, (int) n, 0);
      data += n;
      length -= n;
    }

  return !self->stopped;
}

/**
 * dra_xml_stream_finish:
 * @self: a stream
 *
 * Says that the document ends here.
 *
 * Returns: whether it was parsed to the end of its root element
 */
gboolean
dra_xml_stream_finish (DraXmlStream *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (!self->stopped)
    xmlParseChunk (self->context, NULL, 0, 1);

  return self->complete;
}

/**
 * dra_xml_stream_is_well_formed:
 * @self: a stream
 *
 * Returns: whether what was fed so far keeps the rules of XML
 */
gboolean
dra_xml_stream_is_well_formed (DraXmlStream *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->context->wellFormed != 0 && !self->stopped;
}

/**
 * dra_xml_stream_get_attribute:
 * @self: a stream, in its vocabulary's start function
 * @space: a namespace of the vocabulary, 0 for none, or %DRA_XML_ANY_NAMESPACE
 * @name: local name
 *
 * Returns: (transfer none) (nullable): the value, until that function returns
 */
const char *
dra_xml_stream_get_attribute (DraXmlStream *self,
                              int           space,
                              const char   *name)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (int i = 0; i < self->n_attributes; i++)
    {
      const xmlChar **attribute = self->attributes + (gsize) i * 5;
      char *value;

      if (strcmp ((const char *) attribute[0], name) != 0
          || (space != DRA_XML_ANY_NAMESPACE && find_namespace (self, attribute[2]) != space))
        continue;
      value = g_strndup ((const char *) attribute[3], (gsize) (attribute[4] - attribute[3]));
      g_ptr_array_add (self->values, value);
      return value;
    }

  return NULL;
}

/**
 * dra_xml_stream_get_local_name:
 * @self: a stream, in its vocabulary's start or end function
 *
 * Returns: (transfer none): the element's name without a prefix
 */
const char *
dra_xml_stream_get_local_name (DraXmlStream *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const char *) self->name;
}

/**
 * dra_xml_stream_stop:
 * @self: a stream
 *
 * Parses nothing more: no function is called any longer.
 */
void
dra_xml_stream_stop (DraXmlStream *self)
{
  g_return_if_fail (self != NULL);

  self->stopped = TRUE;
  xmlStopParser (self->context);
}

static void
ignore (DraXmlStream *stream G_GNUC_UNUSED,
        int           token G_GNUC_UNUSED,
        gpointer      user_data G_GNUC_UNUSED)
{
}

/* Whether the document can be parsed as it is. */
static gboolean
is_sound (GBytes *bytes)
{
  static const DraXmlToken none[] = { { 0, NULL, 0 } };
  static const DraXmlVocabulary vocabulary = { NULL, none, ignore, ignore, NULL };
  g_autoptr (DraXmlStream) stream = dra_xml_stream_new (&vocabulary, TRUE, NULL);
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  dra_xml_stream_feed (stream, data, length);

  return dra_xml_stream_finish (stream) && dra_xml_stream_is_well_formed (stream);
}

/**
 * dra_xml_parse:
 * @vocabulary: what to look for and whom to tell
 * @bytes: a whole document in any encoding
 * @name: the file's name, for messages
 * @user_data: for the functions of @vocabulary
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Parses a document; one that breaks the rules of XML is mended first.  Sets
 * %DRA_ERROR_DAMAGED and %G_IO_ERROR_CANCELLED.
 *
 * Returns: %FALSE with @error set
 */
gboolean
dra_xml_parse (const DraXmlVocabulary *vocabulary,
               GBytes                 *bytes,
               const char             *name,
               gpointer                user_data,
               GCancellable           *cancellable,
               GError                **error)
{
  g_autoptr (GBytes) utf8 = dra_encoding_to_utf8 (bytes, NULL, NULL);
  g_autoptr (DraXmlStream) stream = NULL;
  const guint8 *data;
  gsize length;

  if (!is_sound (utf8))
    {
      g_autoptr (GBytes) broken = g_steal_pointer (&utf8);

      utf8 = dra_xml_mend (broken);
    }
  data = g_bytes_get_data (utf8, &length);
  stream = dra_xml_stream_new (vocabulary, TRUE, user_data);
  for (gsize i = 0; i < length; i += CHUNK)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (!dra_xml_stream_feed (stream, data + i, MIN (CHUNK, length - i)))
        break;
    }
  if (dra_xml_stream_finish (stream))
    return TRUE;
  g_set_error (error, DRA_ERROR, DRA_ERROR_DAMAGED,
               _("“%s” is damaged: its XML cannot be made sense of."), name);

  return FALSE;
}
