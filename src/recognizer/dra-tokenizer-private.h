/* dra-tokenizer-private.h: characters as the tokenizer and the sentence splitter see them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "recognizer/dra-tokenizer.h"

G_BEGIN_DECLS

typedef enum
{
  DRA_CHAR_SPACE,
  DRA_CHAR_LETTER,
  DRA_CHAR_DIGIT,
  DRA_CHAR_MARK,   /* combining: belongs to what stands before */
  DRA_CHAR_FORMAT, /* invisible joiners: belong to the word they are in */
  DRA_CHAR_ALONE,  /* a letter of a script written without spaces */
  DRA_CHAR_OTHER,
} DraCharClass;

/* Decodes one character and never reads beyond end; a broken byte is a character. */
static inline gsize
dra_char_decode (const char *p,
                 const char *end,
                 gunichar   *c)
{
  gunichar value;

  if ((guchar) *p < 0x80)
    {
      *c = (guchar) *p;
      return 1;
    }
  value = g_utf8_get_char_validated (p, end - p);
  if (value == (gunichar) -1 || value == (gunichar) -2)
    {
      *c = 0xFFFD;
      return 1;
    }
  *c = value;
  return g_utf8_skip[(guchar) *p];
}

/* What ends a sentence within a block, beside the stops. */
typedef enum
{
  DRA_ENDS_NONE,
  DRA_ENDS_LINES, /* of verse, code and the like */
  DRA_ENDS_CELLS, /* of a table's row, and the lines in them */
} DraSentenceEnds;

DraCharClass dra_char_classify          (gunichar    c);
void         dra_tokens_split_sentences (DraTokens      *self,
                                         const char     *text,
                                         guint           first,
                                         guint           block,
                                         gboolean        heading,
                                         DraSentenceEnds breaks);

G_END_DECLS
