/* dra-roles-private.h: what the patterns of dra-roles.c ask of dra-roles-phrase.c.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "recognizer/dra-resolver-private.h"

G_BEGIN_DECLS

#define MAX_PHRASE 12 /* words of a role */
#define MAX_LEFT   8  /* words before the head */

static inline DraWordClass
classes_at (DraResolution *self,
            guint          token)
{
  return dra_resolution_word (self, token)->classes;
}

static inline const char *
folded_at (DraResolution *self,
           guint          token)
{
  return dra_resolution_word (self, token)->folded;
}

static inline gboolean
is_one_of (const char        *word,
           const char *const *words)
{
  return g_strv_contains (words, word);
}

/* DRA_N_LABELS when the token is in no name. */
static inline DraLabel
label_at (DraResolution *self,
          guint          token)
{
  return self->owner[token] < 0 ? DRA_N_LABELS
                                : dra_resolution_mention (self, (guint) self->owner[token])->label;
}

gboolean dra_role_is_civil_general (DraResolution *self,
                                    guint          token);
gboolean dra_role_is_head          (DraResolution *self,
                                    guint          token);
gboolean dra_role_is_plural_head   (DraResolution *self,
                                    guint          token);
guint    dra_role_extend_left      (DraResolution *self,
                                    guint          head);
gboolean dra_role_take             (DraResolution *self,
                                    guint          first,
                                    guint          end,
                                    DraRange      *range);
gboolean dra_role_find_phrase      (DraResolution *self,
                                    guint          start,
                                    gboolean       determined,
                                    DraRange      *range);

/* dra-roles-lists.c */
gboolean dra_role_find_plural      (DraResolution        *self,
                                    guint                 end,
                                    DraRange             *range);
gboolean dra_role_find_one_of      (DraResolution        *self,
                                    guint                 start,
                                    DraRange             *range);
gboolean dra_role_find_affiliation (DraResolution        *self,
                                    const DraWorkMention *mention,
                                    DraRange             *range);

/* dra-roles-bodies.c */
gboolean dra_role_find_body_after  (DraResolution        *self,
                                    const DraWorkMention *mention,
                                    DraRange             *range);

G_END_DECLS
