/* dra-format.h: what a file is that no reader of this version opens.
 *
 * Tells apart formats that later versions may open (a PDF document), and things that are
 * no article at all (a program, a picture), so that the message can say which it is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

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
  gboolean      weak;     /* told by one tag only, which Markdown may begin with as well */
} DraFormat;

const DraFormat *dra_format_find (const guint8 *data,
                                  gsize         length);

G_END_DECLS
