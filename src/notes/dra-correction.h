/* dra-correction.h: what the reader says of the names that were found.
 *
 * A correction is a rule: it is kept, and put on the cast that the recognizer gave, which is
 * never changed itself.  So it can be taken back at any time, and never fights the model.
 * Rules are put on in the order they were made, each on what those before it left.
 *
 * A rule is about someone by kind and name (the name as dra_fold_string() has it) and counts
 * in one article or in all.  Whoever has the same name but another kind is meant when nobody
 * has both, so that a rule holds where the recognizer takes the kind otherwise.  "start" says
 * which of several with one name is meant, in the very text it was made in.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "recognizer/dra-cast.h"

G_BEGIN_DECLS

typedef enum
{
  DRA_CORRECTION_REJECT,  /* not a name */
  DRA_CORRECTION_CONFIRM, /* it is one, and of this kind */
  DRA_CORRECTION_KIND,    /* it is of to_kind */
  DRA_CORRECTION_RENAME,  /* it is called to_name */
  DRA_CORRECTION_MERGE,   /* it is to_name of to_kind */
  DRA_CORRECTION_SPLIT,   /* called to_name it is somebody else: everywhere in the text, or at
                             the one mention at split_at */
  DRA_CORRECTION_MARK,    /* these words are a name of this kind that was not found */
  DRA_N_CORRECTION_ACTIONS,
} DraCorrectionAction;

#define DRA_TYPE_CORRECTION (dra_correction_get_type ())
G_DECLARE_FINAL_TYPE (DraCorrection, dra_correction, DRA, CORRECTION, GObject)

/* Everything a correction consists of. */
typedef struct
{
  const char         *uuid;       /* (nullable) in dra_correction_new: a new one */
  gint64              created;    /* microseconds since 1970; 0 in dra_correction_new: now */
  DraCorrectionAction action;
  DraEntityKind       kind;
  const char         *name;
  DraEntityKind       to_kind;    /* KIND, MERGE */
  const char         *to_name;    /* RENAME, MERGE, SPLIT; else NULL */
  const char         *hash;       /* of the text of the article it was made in */
  gint64              start;      /* code points: a mention of it there; -1: not known */
  gint64              split_at;   /* code points: the one mention that is split off, or -1 */
  gboolean            everywhere; /* in all articles, not only in that one */
} DraCorrectionParts;

/* NULL when the parts make no sense (a library may be damaged). */
DraCorrection            *dra_correction_new       (const DraCorrectionParts *parts);
const DraCorrectionParts *dra_correction_get_parts (DraCorrection            *self);
const char               *dra_correction_action_to_string   (DraCorrectionAction  action);
gboolean                  dra_correction_action_from_string (const char          *string,
                                                             DraCorrectionAction *action);
/* One sentence that says what it does. */
char                     *dra_correction_describe  (DraCorrection            *self);
/* corrections: of DraCorrection, in the order they were made.  (transfer full) */
DraCast                  *dra_correction_apply     (DraArticle               *article,
                                                    DraCast                  *cast,
                                                    GPtrArray                *corrections);

G_END_DECLS
