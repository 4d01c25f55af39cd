/* dra-note-private.h: what dra-note.c, dra-note-make.c and dra-note-selectors.c share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "notes/dra-note.h"

G_BEGIN_DECLS

struct _DraNote
{
  GObject parent_instance;

  char *uuid;
  char *body;
  char **tags;
  DraQuote *quote;
  DraNote *origin;   /* (nullable): the selectors it was made with, before it was put elsewhere */
  char *text_hash;
  char *entity_kind;
  char *entity_name;
  char *reason;

  gint64 created;
  gint64 modified;
  gsize position_start; /* code points */
  gsize position_end;
  DraRange anchor; /* bytes */
  guint text_version;
  guint distinct_before; /* code points */
  guint distinct_after;
  DraNoteTarget target;
  DraNoteColor color;
  DraAnchorState state;
  gboolean has_position;
};

/* dra-note.c */
char     *dra_note_dup_valid      (const char *string);
gboolean  dra_note_take_string    (char      **where,
                                   char       *value);

/* dra-note-selectors.c */
void      dra_note_make_selectors (DraNote    *self,
                                   DraArticle *article,
                                   DraRange    range);

G_END_DECLS
