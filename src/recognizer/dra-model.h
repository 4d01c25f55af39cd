/* dra-model.h: the memory-mapped model file.
 *
 * Everything is little endian, every section begins on a multiple of 8 bytes, and nothing
 * is parsed: the tables are used where they are mapped.  dra-model.c checks all of what
 * follows before first use; train/dra-model-writer.c writes it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   offset  size  header
 *        0     8  magic "DRAMODEL"
 *        8     4  format version, DRA_MODEL_VERSION
 *       12     4  DRA_TOKENIZER_VERSION the model was trained with
 *       16     4  DRA_FEATURES_VERSION the model was trained with
 *       20     4  number of sections, DRA_MODEL_N_SECTIONS
 *       24     8  size of the file in bytes
 *       32     8  checksum of all bytes but these eight, see dra_model_checksum()
 *       40   16n  sections: 4-byte name, u32 offset, u32 size in bytes, u32 count
 *
 *   name  count                 content
 *   ATTR  bytes of text         attribution: UTF-8, one NUL behind it
 *   PARA  1 + 9 + 81            f32: scale of the weights, bias of each label, transition
 *                               from label (row) to label (column)
 *   FIDX  65537                 u32: features, where each bucket begins in FKEY
 *   FKEY  features              u16: low half of the feature's 32-bit hash, ascending in
 *                               a bucket; the high half is the number of the bucket
 *   FWEI  features              9 i8 each: weight of each label, in units of the scale
 *   WIDX  65537                 u32: words, buckets as above
 *   WKEY  words                 u16: low half of the 32-bit hash of the word in lower case
 *   WVAL  words                 u16 cluster (0 none, else 1 + number in 0 to 4095; nested:
 *                               its first 6, 8 or 10 bits name the coarser clusters); u16 of
 *                               DraWordFlags, with 128 for those with a vector
 *   PIDX  65537                 u32: phrases, buckets as above
 *   PKEY  phrases               u32: low 32 of the 48 bits of the phrase's hash
 *   PVAL  phrases               u8 of DraPhraseFlags
 *   VIDX  65537                 u32: where the vectors of each bucket of words begin, which
 *                               are those of its words flagged as having one, in order
 *   VECT  vectors               32 i8 each, in 1/32: of words, then of the 4096 clusters
 *   NETW  see DraNet            f32: the weights of the network of dra-net-private.h
 *
 * Labels are in BIO2 order: O, B-PER, I-PER, B-ORG, I-ORG, B-LOC, I-LOC, B-MISC, I-MISC.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define DRA_MODEL_VERSION 2

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

DraModel     *dra_model_open            (const char *path,
                                         GError    **error);
DraModel     *dra_model_new_for_bytes   (GBytes     *bytes,
                                         const char *name,
                                         GError    **error);
DraModel     *dra_model_ref             (DraModel   *self);
void          dra_model_unref           (DraModel   *self);
void          dra_model_release_pages   (DraModel   *self);
const char   *dra_model_get_attribution (DraModel   *self);
DraWordFlags  dra_model_lookup_word     (DraModel   *self,
                                         const char *word,
                                         gsize       length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DraModel, dra_model_unref)

G_END_DECLS
