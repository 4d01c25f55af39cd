/* dra-markdown-private.h: the parts of the Markdown reader.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "article/dra-article-builder.h"

G_BEGIN_DECLS

/* dra-markdown-matter.c */
gsize dra_markdown_matter_read   (const char *text,
                                  gsize       length,
                                  char       *metadata[DRA_N_METADATA]);

/**
 * DraMarkdownGuard:
 * @text: the Markdown, safe to parse
 * @addresses: addresses that were put aside; in the text stand dra_markdown_guard_find()'s
 *   names for them
 * @restored: those that were put back into a text
 * @prefix: (nullable): what the names of addresses begin with
 * @tables: whether tables may be looked for
 * @autolinks: whether bare addresses may be looked for
 * @footnotes: whether footnotes may be looked for
 */
typedef struct
{
  GString    *text;
  GPtrArray  *addresses;
  GHashTable *restored;
  char       *prefix;
  gboolean    tables;
  gboolean    autolinks;
  gboolean    footnotes;
} DraMarkdownGuard;

/* dra-markdown-guard.c */
void        dra_markdown_guard_init  (DraMarkdownGuard *self,
                                      const char       *text,
                                      gsize             length);
void        dra_markdown_guard_clear (DraMarkdownGuard *self);
const char *dra_markdown_guard_find  (DraMarkdownGuard *self,
                                      const char       *address);
char       *dra_markdown_guard_restore (DraMarkdownGuard *self,
                                      const char       *text);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DraMarkdownGuard, dra_markdown_guard_clear)

G_END_DECLS
