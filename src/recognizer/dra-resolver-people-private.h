/* dra-resolver-people-private.h: the ways in which people are named in an article, and by what
 * a shorter one finds a longer one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "recognizer/dra-resolver-private.h"

G_BEGIN_DECLS

#define MAX_PARTS      10 /* words of a name looked at */

/* One way a person is named in the article. */
typedef struct
{
  guint32  parts[MAX_PARTS]; /* word ids, without suffixes, nicknames and punctuation */
  gboolean initial[MAX_PARTS];
  guint    n_parts;
  gint     suffix;           /* word id of "Jr", or -1 */
  gint     gender;           /* above 0 he, below 0 she, and how surely */
  guint    first;            /* token of its first mention */
  GArray  *mentions;         /* of guint, in text order */
  gint     entity;
} DraPersonForm;

typedef struct
{
  DraResolution *resolution;
  GHashTable    *forms;    /* key -> DraPersonForm */
  GPtrArray     *ordered;  /* of DraPersonForm */
  GHashTable    *by_last;  /* word id + 1 -> GArray of DraPersonForm* */
  GHashTable    *by_first;
  GHashTable    *by_inner;
  GHashTable    *by_part;  /* "moreno cardenas" -> GArray of DraPersonForm* */
  GHashTable    *by_squash; /* letters alone, in either order -> GArray of DraPersonForm* */
  GHashTable    *by_near;  /* a family name without one of its letters -> GArray of DraPersonForm* */
  GHashTable    *men;      /* set of words that stand alone after "Mr" */
  GHashTable    *women;    /* the same, after "Mrs" and "Ms" */
} DraPeople;


DraPeople  *dra_people_new             (DraResolution       *resolution);
void        dra_people_free            (DraPeople           *self);
const char *dra_people_folded          (DraPeople           *self,
                                        guint32              word);
char       *dra_people_dup_part_key    (DraPeople           *self,
                                        const DraPersonForm *form,
                                        guint                first,
                                        guint                n);
char       *dra_people_dup_squash_key  (DraPeople           *self,
                                        const DraPersonForm *form,
                                        gboolean             reversed);
gint        dra_people_without_article (DraPeople           *self,
                                        guint32              word);
void        dra_people_index           (DraPeople           *self,
                                        DraPersonForm       *form);
void        dra_people_find_near       (DraPeople           *self,
                                        const char          *word,
                                        GPtrArray           *found);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DraPeople, dra_people_free)

G_END_DECLS
