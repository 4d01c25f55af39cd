/* worker-fixture.h: what the tests of the worker share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "readers/dra-reading.h"

G_BEGIN_DECLS

#if defined (__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined (__has_feature)
#if __has_feature (address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

/* One sentence for a person: it names the file, ends as one, and is not of a programmer. */
void    worker_check_sentence (const GError *error,
                               const char   *name);
/* Fails unless the article keeps the rules of dra-article.h that other code relies on, which
 * are all but those of white space. */
void    worker_check_article  (DraArticle   *article);
/* A reading as the bytes of an answer. */
GBytes *worker_serialise      (DraReading   *reading);
/* The content of a file of the source tree. */
GBytes *worker_load           (const char   *relative);
/* A PDF document of one page: font is the dictionary of its font, shown what is drawn. */
GBytes *worker_make_pdf       (const char   *font,
                               const char   *shown);

G_END_DECLS
