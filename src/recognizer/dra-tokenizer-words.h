/* dra-tokenizer-words.h: the word lists of the tokenizer, asked as questions.
 *
 * Private to dra-tokenizer.c.  The lists are small, of English, and part of the tokenizer's
 * version: changing one changes what the model was trained on.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean dra_tokenizer_is_abbreviation     (const char *word,
                                            gsize       length,
                                            const char *end);
gboolean dra_tokenizer_never_ends_sentence (const char *word,
                                            gsize       length);
gboolean dra_tokenizer_begins_sentence     (const char *word,
                                            gsize       length);
gboolean dra_tokenizer_is_domain           (const char *start,
                                            const char *end);
gboolean dra_tokenizer_is_link             (const char *start,
                                            const char *end);
gboolean dra_tokenizer_splits_hyphen       (const char *left,
                                            gsize       left_length,
                                            const char *right,
                                            gsize       right_length);
gboolean dra_tokenizer_is_reference        (const char *start,
                                            const char *end);
const char *dra_tokenizer_find_note_digits (const char *start,
                                            const char *end,
                                            const char **digits_end);

G_END_DECLS
