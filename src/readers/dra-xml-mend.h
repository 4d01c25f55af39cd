/* dra-xml-mend.h: something like XML made into XML.
 *
 * For documents that a program or a person wrote by hand: stray "<" and "&", elements
 * closed in the wrong order or not at all, attributes without quotes, control characters.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GBytes *dra_xml_mend (GBytes *utf8);

G_END_DECLS
