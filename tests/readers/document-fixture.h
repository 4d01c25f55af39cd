/* document-fixture.h: small packages made by the tests that read them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "dra-test-readers.h"

/* name, content, name, content ..., NULL */
GBytes     *document_zip         (const char  *first,
                                  ...) G_GNUC_NULL_TERMINATED;
void        document_check       (DraReadFunc  read,
                                  GBytes      *bytes,
                                  const char  *expected);
void        document_check_refused (DraReadFunc  read,
                                    GBytes      *bytes,
                                    const char  *part);
char       *document_dump_styles (DraArticle  *article);
char       *document_dump_notes  (DraReading  *reading);
