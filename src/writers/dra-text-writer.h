/* dra-text-writer.h: a copy as plain text: the article, then numbered notes and the people.
 *
 * One line a paragraph, an empty line between blocks, "[1]" where the passage of a note
 * ends ("[note 1]" in a text that has such numbers itself).  Nothing is read back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "writers/dra-writer.h"

G_BEGIN_DECLS

extern const DraWriter dra_text_writer;

G_END_DECLS
