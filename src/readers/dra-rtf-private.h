/* dra-rtf-private.h: RTF as a stream of groups, control words and characters.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define DRA_RTF_MAX_WORD 32 /* letters of a control word (RTF 1.9.1) */

typedef enum
{
  DRA_RTF_END,
  DRA_RTF_OPEN,    /* { */
  DRA_RTF_CLOSE,   /* } */
  DRA_RTF_WORD,    /* \word, with or without a number */
  DRA_RTF_SYMBOL,  /* \ and one sign that is no letter */
  DRA_RTF_BYTE,    /* \'hh */
  DRA_RTF_TEXT,    /* bytes up to the next of these */
  DRA_RTF_BINARY,  /* what \bin brings */
} DraRtfKind;

typedef struct
{
  const guint8 *p, *end;

  /* The token that was read. */
  char          word[DRA_RTF_MAX_WORD + 1];
  gboolean      has_number;
  int           number;
  guint8        byte;      /* of a symbol or a byte */
  const guint8 *data;      /* of text and binary data */
  gsize         length;
} DraRtfLexer;

DraRtfKind dra_rtf_lexer_next (DraRtfLexer *self);

/* Bytes in the code page that goes for them, to UTF-8. */
typedef struct
{
  GHashTable *converters; /* code page -> GIConv */
  int         page;       /* of what waits */
  guint8      waiting[4]; /* a character that is not whole yet */
  guint       n_waiting;
} DraRtfDecoder;

void dra_rtf_decoder_init    (DraRtfDecoder *self);
void dra_rtf_decoder_clear   (DraRtfDecoder *self);
void dra_rtf_decoder_add     (DraRtfDecoder *self,
                              int            page,
                              const guint8  *data,
                              gsize          length,
                              GString       *out);
void dra_rtf_decoder_flush   (DraRtfDecoder *self,
                              GString       *out);
int  dra_rtf_charset_to_page (int            charset);

G_END_DECLS
