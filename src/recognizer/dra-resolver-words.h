/* dra-resolver-words.h: the few closed word classes the document pass and the roles need.
 *
 * Honorifics, titles, name particles, legal suffixes and the like are small, closed classes
 * that do not come from data, so they are code.  Open classes (first names, surnames,
 * demonyms, frequent words) are asked of the model.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DraWordClass:
 * @DRA_WORD_CLASS_HONORIFIC: "mr", "dr", "sir": never part of a name, says nothing of a role
 * @DRA_WORD_CLASS_TITLE: "president", "sen": stands before a name and is no name itself
 * @DRA_WORD_CLASS_ROLE: the head of a phrase that says who a person is
 * @DRA_WORD_CLASS_PLURAL_ROLE: the same, of several people
 * @DRA_WORD_CLASS_WEAK_ROLE: a rank, or a role that says little
 * @DRA_WORD_CLASS_PARTY: "Republican" before a title says no more of who it is
 * @DRA_WORD_CLASS_MODIFIER: may stand between the start of such a phrase and its head
 * @DRA_WORD_CLASS_PARTICLE: "van", "de", "bin": joins the parts of a surname
 * @DRA_WORD_CLASS_SUFFIX: "jr", "iii": after a name, tells namesakes apart
 * @DRA_WORD_CLASS_LEGAL: "inc", "ltd": after the name of a company, says nothing
 * @DRA_WORD_CLASS_GENERIC: a word that many organizations share ("ministry", "bank")
 * @DRA_WORD_CLASS_REGIME: "administration", "government": makes "Smith administration" of Smith
 * @DRA_WORD_CLASS_LINK: small words inside names of organizations ("of", "and", "for")
 * @DRA_WORD_CLASS_FUNCTION: prepositions, pronouns, auxiliaries, ...: never in a title
 * @DRA_WORD_CLASS_BELIEF: "Muslim": of people, like a nationality, and no name
 * @DRA_WORD_CLASS_BODY: the head of a phrase that says what an organization is
 * @DRA_WORD_CLASS_COMPANY: before a name, says that it is a company's
 * @DRA_WORD_CLASS_OF_COMPANY: after a name, the same
 * @DRA_WORD_CLASS_SUBUNIT: after the name of an organization, names a part of it
 * @DRA_WORD_CLASS_THING: the head of a phrase that is a rule, a device, a measure, an illness ...
 * @DRA_WORD_CLASS_CALENDAR: months and days
 */
typedef enum
{
  DRA_WORD_CLASS_HONORIFIC   = 1 << 0,
  DRA_WORD_CLASS_TITLE       = 1 << 1,
  DRA_WORD_CLASS_ROLE        = 1 << 2,
  DRA_WORD_CLASS_PLURAL_ROLE = 1 << 3,
  DRA_WORD_CLASS_MODIFIER    = 1 << 4,
  DRA_WORD_CLASS_PARTICLE    = 1 << 5,
  DRA_WORD_CLASS_SUFFIX      = 1 << 6,
  DRA_WORD_CLASS_LEGAL       = 1 << 7,
  DRA_WORD_CLASS_GENERIC     = 1 << 8,
  DRA_WORD_CLASS_REGIME      = 1 << 9,
  DRA_WORD_CLASS_LINK        = 1 << 10,
  DRA_WORD_CLASS_FUNCTION    = 1 << 11,
  DRA_WORD_CLASS_CALENDAR    = 1 << 12,
  DRA_WORD_CLASS_SUBUNIT     = 1 << 13,
  DRA_WORD_CLASS_WEAK_ROLE   = 1 << 14,
  DRA_WORD_CLASS_PARTY       = 1 << 15,
  DRA_WORD_CLASS_BELIEF      = 1 << 16,
  DRA_WORD_CLASS_COMPANY     = 1 << 17,
  DRA_WORD_CLASS_OF_COMPANY  = 1 << 18,
  DRA_WORD_CLASS_BODY        = 1 << 19,
  DRA_WORD_CLASS_THING       = 1 << 20,
} DraWordClass;

DraWordClass  dra_word_class_lookup  (const char *folded);
char         *dra_word_fold          (const char *text,
                                      gsize       length);
gboolean      dra_word_same_given    (const char *folded_a,
                                      const char *folded_b);

G_END_DECLS
