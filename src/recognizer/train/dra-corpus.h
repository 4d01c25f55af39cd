/* dra-corpus.h: marked texts for training and measuring.
 *
 * A document is a text, its tokens and sentences, and for each token the set of tags it may
 * have: one tag where the marker said so, several where the source does not tell, all where
 * a span is masked.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "recognizer/dra-tokenizer.h"

G_BEGIN_DECLS

#define DRA_CORPUS_ANY 0x1FF /* all nine tags */

typedef struct
{
  char   *text;
  GArray *tokens;   /* of DraToken */
  GArray *starts;   /* of guint: first token of each sentence, and one behind the last */
  GArray *allowed;  /* of guint16: bit 1 << tag for each tag a token may have */
  guint   source;   /* 0, or a number whose conventions are its own */
  float   weight;
  gboolean held_out;
} DraCorpusDocument;

typedef enum
{
  DRA_CORPUS_WHOLE = 0,
  DRA_CORPUS_NO_OTHER = 1 << 0, /* the source does not mark OTHER: what is O may be OTHER */
} DraCorpusFlags;

void       dra_corpus_document_free (DraCorpusDocument *self);
gboolean   dra_corpus_read_conll    (GPtrArray         *documents,
                                     const char        *path,
                                     DraCorpusFlags     flags,
                                     GError           **error);
gboolean   dra_corpus_read_news     (GPtrArray         *documents,
                                     const char        *directory,
                                     GError           **error);

G_END_DECLS
