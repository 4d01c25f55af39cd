/* dra-model.h: the memory-mapped model file.
 *
 * Layout, little endian (dra-model.c checks all of it before first use; dra-model-writer.h
 * in train/ writes it):  to be described here by whoever owns the format.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _DraModel DraModel;

/* What the lexicons in the model say of one word. */
typedef enum
{
  DRA_WORD_FIRST_NAME   = 1 << 0,
  DRA_WORD_SURNAME      = 1 << 1,
  DRA_WORD_DEMONYM      = 1 << 2,
  DRA_WORD_TITLE        = 1 << 3,
  DRA_WORD_ORGANIZATION = 1 << 4, /* a word typical of organization names */
  DRA_WORD_FREQUENT     = 1 << 5, /* among the most frequent words of English */
  DRA_WORD_KNOWN        = 1 << 6, /* in the vocabulary at all */
} DraWordFlags;

DraModel     *dra_model_open        (const char   *path,
                                     GError      **error);
DraModel     *dra_model_ref         (DraModel     *self);
void          dra_model_unref       (DraModel     *self);
const char   *dra_model_get_attribution (DraModel *self);
DraWordFlags  dra_model_lookup_word (DraModel     *self,
                                     const char   *word,
                                     gsize         length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DraModel, dra_model_unref)

G_END_DECLS
