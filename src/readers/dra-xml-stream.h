/* dra-xml-stream.h: XML as a stream of events, for files that nobody trusts.
 *
 * A thin layer over libxml2's SAX2 push parser, which neither recurses nor builds a tree:
 * memory does not grow with the document.  Nothing is loaded from anywhere; an entity is
 * only ever plain text, and how much of it comes out is bounded.  Elements are told by the
 * tokens of a vocabulary, so that a reader can switch over them whatever prefix they have.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define DRA_XML_MAX_DEPTH 2000     /* deeper documents are refused: scopes are searched linearly */
#define DRA_XML_MAX_ATTRIBUTES 512 /* of one element: libxml2 compares each with all others */
#define DRA_XML_ANY_NAMESPACE (-1)

typedef struct _DraXmlStream DraXmlStream;

typedef struct
{
  const char *uri;
  int         space; /* what the reader calls it, from 1; several addresses may share one */
} DraXmlNamespace;

typedef struct
{
  int         space; /* a namespace, or DRA_XML_ANY_NAMESPACE */
  const char *name;  /* local name */
  int         token; /* from 1; elements that have none are 0 */
} DraXmlToken;

typedef struct
{
  const DraXmlNamespace *namespaces; /* (nullable): ends with a NULL uri */
  const DraXmlToken     *tokens;     /* ends with a NULL name */
  void (*start) (DraXmlStream *stream,
                 int           token,
                 gpointer      user_data);
  void (*end)   (DraXmlStream *stream,
                 int           token,
                 gpointer      user_data);
  void (*text)  (DraXmlStream *stream,
                 const char   *text,
                 gsize         length,
                 gpointer      user_data);
} DraXmlVocabulary;

DraXmlStream *dra_xml_stream_new           (const DraXmlVocabulary *vocabulary,
                                            gboolean                utf8,
                                            gpointer                user_data);
void          dra_xml_stream_free          (DraXmlStream           *self);
gboolean      dra_xml_stream_feed          (DraXmlStream           *self,
                                            const guint8           *data,
                                            gsize                   length);
gboolean      dra_xml_stream_finish        (DraXmlStream           *self);
gboolean      dra_xml_stream_is_well_formed (DraXmlStream          *self);

/* For the functions of the vocabulary, about the element that begins. */
const char   *dra_xml_stream_get_attribute (DraXmlStream           *self,
                                            int                     space,
                                            const char             *name);
const char   *dra_xml_stream_get_local_name (DraXmlStream          *self);
void          dra_xml_stream_stop          (DraXmlStream           *self);

gboolean      dra_xml_parse                (const DraXmlVocabulary *vocabulary,
                                            GBytes                 *bytes,
                                            const char             *name,
                                            gpointer                user_data,
                                            GCancellable           *cancellable,
                                            GError                **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DraXmlStream, dra_xml_stream_free)

G_END_DECLS
