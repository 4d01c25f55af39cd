/* dra-csv-writer.h: the people and organizations as a table for spreadsheets.
 *
 * RFC 4180, UTF-8: a header line, then one line for each in the order of first mention,
 * with CRLF at its end: kind ("person" or "organization"), name, role, how often it
 * is mentioned, its other names parted by "; ", the sentence or line that names it first,
 * and what notes about it say.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "writers/dra-writer.h"

G_BEGIN_DECLS

extern const DraWriter dra_csv_writer;

G_END_DECLS
