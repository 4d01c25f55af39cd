/* dra-answer.h: what the worker answers, as bytes, and how they are read.
 *
 * One answer is written to a file in memory, from its beginning to its end:
 *
 *   "DRAA", version, kind, content, total length (64 bits), "DRAE"
 *
 * Numbers are little-endian and of 32 bits unless said otherwise; a text is its length in
 * bytes and these (UTF-8 without NUL), with the length 2^32-1 for none.
 *
 *   kind 1, an error:   domain (1 DRA_ERROR, 2 G_IO_ERROR), code, one sentence
 *   kind 2, a reading:  copy (0 or 1), extent; number of metadata and these in the order of
 *     DraMetadata; length of the article's text (64 bits) and the text; number of blocks,
 *     each: kind, level, start, end (64 bits, bytes), label, source; number of styles,
 *     each: kind, start, end (64 bits), target; 1 when there is a cast, then the number of
 *     its entities, each: kind, confidence, name, start and end of the role (64 bits), then
 *     the number of its mentions, each: entity, start, end (64 bits), confidence; number of
 *     notes, each as in dra-answer-note.c; number of images, each: source, type, length
 *     (64 bits), bytes.  A confidence is a float of IEEE 754.
 *   kind 3, an image:   width, height, rows of 4 * width bytes, see dra-pixels.h
 *   kind 4, a file:     length (64 bits), bytes
 *
 * The worker may have been taken over by the file it reads, so nothing in an answer is
 * believed: each number is checked against what is left, each text and range against the
 * rules of dra-article.h.  An answer that breaks one is refused as a whole.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "readers/dra-reading.h"
#include "worker/dra-pixels.h"

G_BEGIN_DECLS

#define DRA_ANSWER_VERSION 1

typedef enum
{
  DRA_ANSWER_ERROR = 1,
  DRA_ANSWER_READING,
  DRA_ANSWER_PIXELS,
  DRA_ANSWER_FILE,
} DraAnswerKind;

/* Bytes of the longest answer about a file of that size: its images and its text, with all
 * that is said about it. */
static inline guint64
dra_answer_max_size (guint64 size)
{
  return 2 * (guint64) DRA_READING_MAX_IMAGES + 20 * size;
}

/* Each returns whether all was written. */
gboolean    dra_answer_write_error   (int               fd,
                                      const GError     *error);
gboolean    dra_answer_write_reading (int               fd,
                                      DraReading       *reading);
gboolean    dra_answer_write_pixels  (int               fd,
                                      const DraPixels  *pixels);
gboolean    dra_answer_write_file    (int               fd,
                                      GBytes           *file);

/* Set what the answer says went wrong, or DRA_ERROR_DAMAGED for an answer that is none. */
DraReading *dra_answer_read_reading  (GBytes           *answer,
                                      const char       *name,
                                      GError          **error);
DraPixels  *dra_answer_read_pixels   (GBytes           *answer,
                                      const char       *name,
                                      GError          **error);
GBytes     *dra_answer_read_file     (GBytes           *answer,
                                      const char       *name,
                                      GError          **error);

G_END_DECLS
