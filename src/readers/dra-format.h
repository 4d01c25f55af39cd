/* dra-format.h: what a file is that no reader opens.
 *
 * Tells apart formats that hold articles all the same (a PostScript document), and things that are
 * no article at all (a program, a picture), so that the message can say which it is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "readers/dra-sniff.h"

G_BEGIN_DECLS

/**
 * DraFormatKind:
 * @DRA_FORMAT_DOCUMENT: may hold an article
 * @DRA_FORMAT_OTHER: holds none: pictures, sound, programs, databases
 */
typedef enum
{
  DRA_FORMAT_DOCUMENT,
  DRA_FORMAT_OTHER,
} DraFormatKind;

typedef struct
{
  const char   *type;     /* content type */
  const char   *sentence; /* untranslated; %s is the file's name */
  DraFormatKind kind;
} DraFormat;

const DraFormat *dra_format_find (const DraSniff *sniff);

G_END_DECLS
