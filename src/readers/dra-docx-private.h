/* dra-docx-private.h: the parts of a DOCX file beside its text.
 *
 * Names of elements and attributes are those of ECMA-376 part 1 (WordprocessingML); the
 * strict namespaces of ISO/IEC 29500 mean the same.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "article/dra-article.h"
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

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DraDocxStyles, dra_docx_styles_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DraDocxNumbering, dra_docx_numbering_free)

G_END_DECLS
