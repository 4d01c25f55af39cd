/* dra-docx-private.h: the parts of the DOCX reader.
 *
 * Names of elements and attributes are those of ECMA-376 part 1 (WordprocessingML); the
 * strict namespaces of ISO/IEC 29500 mean the same.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "article/dra-article.h"
#include "readers/dra-flow.h"
#include "readers/dra-package.h"

G_BEGIN_DECLS

/* Namespaces. */
enum { W = 1, R, WP, A, V, MC, M, PKG };

extern const DraXmlNamespace dra_docx_namespaces[];

/* How a toggle of a style or a run is: not said, off, on. */
typedef struct
{
  gint8 bold, italic, underline, strike, hidden, code;
  gint8 vertical; /* 0 not said, 1 none, 2 above, 3 below */
} DraDocxRun;

typedef struct
{
  char        *based_on; /* (nullable): id */
  DraBlockKind kind;     /* DRA_BLOCK_PARAGRAPH when it says nothing */
  gboolean     has_kind;
  int          outline;  /* 0 to 8, 9 for text; -1 not said */
  int          num_id;   /* -1 not said, 0 none */
  int          level;    /* of the list, -1 not said */
  DraDocxRun   run;
  gboolean     resolved;
} DraDocxStyle;

typedef struct
{
  GHashTable *styles;   /* id -> DraDocxStyle */
  char       *language; /* (nullable) */
} DraDocxStyles;

DraDocxStyles      *dra_docx_styles_new      (void);
void                dra_docx_styles_free     (DraDocxStyles *self);
gboolean            dra_docx_styles_parse    (DraDocxStyles *self,
                                              DraZip        *zip,
                                              const char    *path,
                                              GError       **error);
const DraDocxStyle *dra_docx_styles_find     (DraDocxStyles *self,
                                              const char    *id);
gboolean            dra_docx_is_on           (const char    *value);

typedef struct _DraDocxNumbering DraDocxNumbering;

DraDocxNumbering *dra_docx_numbering_new   (void);
void              dra_docx_numbering_free  (DraDocxNumbering *self);
gboolean          dra_docx_numbering_parse (DraDocxNumbering *self,
                                            DraZip           *zip,
                                            const char       *path,
                                            GError          **error);
char             *dra_docx_numbering_next  (DraDocxNumbering *self,
                                            int               num_id,
                                            int               level);

/* A field: what computes a part of the text, and that part. */
typedef struct
{
  GString *instruction;
  char    *link;      /* (nullable) */
  gboolean in_result;
} DraDocxField;

/* A paragraph and the run in it; a text box in a run has its own. */
typedef struct
{
  gboolean            open;
  gboolean            begun; /* its block was */
  const DraDocxStyle *style; /* (nullable) */
  int                 num_id, num_level, outline;
  gboolean            in_properties;
  gboolean            in_run, in_run_properties;
  DraDocxRun          run;
  char               *link;  /* (nullable): of a hyperlink element */
  guint               floor; /* of its tables */
} DraDocxParagraph;

typedef struct
{
  DraZip           *zip;
  DraFlow          *flow;
  DraDocxStyles    *styles;
  DraDocxNumbering *numbering;
  GHashTable       *relations;  /* id -> target of the part that is being read */
  GPtrArray        *images;     /* names of entries */
  GHashTable       *footnotes;  /* "f12" or "e3" -> label */
  guint             n_footnotes;
  char              notes_prefix; /* of the part that is being read: 'f', 'e', 0 for others */

  DraDocxParagraph  now;
  GArray           *boxes;      /* of DraDocxParagraph: those around the text boxes that are open */
  guint             overflow;   /* text boxes that have none of their own */
  DraFlowGrids     *tables;
  GArray           *fields;     /* of DraDocxField */
  guint             n_fields_over;
  guint             skip;       /* depth in an element that is left out */
  gboolean          in_text;
  gboolean          in_instruction;
  gboolean          has_title;
  char             *alternative; /* (nullable): of the image that comes */

  GString          *comment;    /* (nullable): body of the one that is open */
  char             *comment_id, *comment_author;
  gint64            comment_time;
  gboolean          in_note;
} DraDocx;

/* dra-docx-package.c */
GHashTable *dra_docx_relations_new   (void);
gboolean    dra_docx_relations_read  (DraZip      *zip,
                                      const char  *part,
                                      GHashTable  *targets,
                                      GHashTable  *types,
                                      GError     **error);
gboolean    dra_docx_properties_read (DraZip      *zip,
                                      DraFlow     *flow,
                                      const char  *path,
                                      GError     **error);

/* dra-docx-text.c */
void  dra_docx_text_begin_paragraph (DraDocx      *self);
void  dra_docx_text_end_paragraph   (DraDocx      *self);
void  dra_docx_text_begin_run       (DraDocx      *self);
void  dra_docx_text_add             (DraDocx      *self,
                                     const char   *text,
                                     gsize         length);
void  dra_docx_text_add_break       (DraDocx      *self);
void  dra_docx_text_change_field    (DraDocx      *self,
                                     const char   *type);
char *dra_docx_text_make_link       (const char   *target);
void  dra_docx_text_begin_box       (DraDocx      *self);
void  dra_docx_text_end_box         (DraDocx      *self);
void  dra_docx_text_add_image       (DraDocx      *self,
                                     const char   *id);
void  dra_docx_text_set_alternative (DraDocx      *self,
                                     DraXmlStream *stream,
                                     const char   *description,
                                     const char   *title);
void  dra_docx_text_add_reference   (DraDocx      *self,
                                     char          prefix,
                                     const char   *id);
void  dra_docx_text_begin_footnote  (DraDocx      *self,
                                     const char   *id);
void  dra_docx_text_begin_comment   (DraDocx      *self,
                                     DraXmlStream *stream);
void  dra_docx_text_end_comment     (DraDocx      *self);

/* dra-docx-events.c */
extern const DraXmlVocabulary dra_docx_text_vocabulary; /* its data is a DraDocx */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DraDocxStyles, dra_docx_styles_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DraDocxNumbering, dra_docx_numbering_free)

G_END_DECLS
