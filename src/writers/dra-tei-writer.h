/* dra-tei-writer.h: a copy as TEI P5, with everything in it.
 *
 * The Text Encoding Initiative's Guidelines, P5: the article in <text>, sections as <div>
 * with <head>, names as <persName>, <orgName> and <placeName> that lead to the lists in
 * <standOff>, where also the notes are, which lead to <anchor>s in the text.  The subset is
 * tests/writers/tei-copy.rng.  What Dramatis reads back of it (readers/dra-tei-copy.c):
 *
 * - <application ident="dramatis"> in the first kilobytes marks it; there is no DOCTYPE.
 * - Each block of the article is one element below <body>: <head>, <byline>, <dateline>,
 *   <p>, <ab>, <item>, <quote>, <row>, <note> or <figure>; "rend" says the kind of a <p>
 *   (dra_block_kind_to_string), "n" the label of an <item> or <note>.  Its text content is
 *   the block's text exactly, <lb/> being U+2028; between two <cell>s is one tab.
 * - Inline: <hi rend="bold, italic, underline, strikethrough, code, superscript or
 *   subscript">, <ref target="">.
 * - <xenoData xml:id="dramatis-article"> and <xenoData xml:id="dramatis-notes"> are what
 *   writers/dra-copy-data.h describes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "writers/dra-writer.h"

G_BEGIN_DECLS

extern const DraWriter dra_tei_writer;

G_END_DECLS
