/* dra-answer-private.h: numbers and texts of an answer.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#include "article/dra-range.h"
#include "notes/dra-note.h"

G_BEGIN_DECLS

#define DRA_ANSWER_NONE G_MAXUINT32

typedef struct
{
  int         fd;
  GByteArray *buffer;
  guint64     written;
  gboolean    failed;
} DraAnswerWriter;

void     dra_answer_flush      (DraAnswerWriter *self);
void     dra_answer_put_u32    (DraAnswerWriter *self,
                                guint32          value);
void     dra_answer_put_u64    (DraAnswerWriter *self,
                                guint64          value);
void     dra_answer_put_bytes  (DraAnswerWriter *self,
                                const void      *data,
                                gsize            length);
void     dra_answer_put_text   (DraAnswerWriter *self,
                                const char      *text);
void     dra_answer_put_range  (DraAnswerWriter *self,
                                DraRange         range);
void     dra_answer_put_note   (DraAnswerWriter *self,
                                DraNote         *note);

/* Reads on from p; once something did not fit, bad is set and all else reads as zero. */
typedef struct
{
  const guint8 *p;
  const guint8 *end;
  gboolean      bad;
} DraAnswerCursor;

guint32  dra_answer_get_u32    (DraAnswerCursor *self);
guint64  dra_answer_get_u64    (DraAnswerCursor *self);
/* A number below limit. */
guint32  dra_answer_get_below  (DraAnswerCursor *self,
                                guint32          limit);
/* How many of something follow that take at least size bytes each. */
guint32  dra_answer_get_count  (DraAnswerCursor *self,
                                gsize            size);
const guint8 *dra_answer_get_bytes (DraAnswerCursor *self,
                                    guint64          length);
/* (transfer full) (nullable): valid UTF-8 */
char    *dra_answer_get_text   (DraAnswerCursor *self);
/* The same, one line without control characters. */
char    *dra_answer_get_line   (DraAnswerCursor *self);
DraRange dra_answer_get_range  (DraAnswerCursor *self);
/* (transfer full) (nullable); text is what its anchor is a range of */
DraNote *dra_answer_get_note   (DraAnswerCursor *self,
                                const char      *text,
                                gsize            length);

gboolean dra_answer_is_boundary (const char     *text,
                                 gsize           length,
                                 gsize           offset);
gboolean dra_answer_is_allowed  (gunichar        c);

G_END_DECLS
