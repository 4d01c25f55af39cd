/* dra-error.h: the error domain of everything below the window.
 *
 * A message in this domain is one translated sentence that names the file and
 * the cause, ready to be shown to a person.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define DRA_ERROR (dra_error_quark ())

/**
 * DraError:
 * @DRA_ERROR_FAILED: anything without a code of its own
 * @DRA_ERROR_EMPTY: the file has no text
 * @DRA_ERROR_NOT_TEXT: the file is not an article in any known form
 * @DRA_ERROR_UNSUPPORTED: a known form that this build cannot read or write
 * @DRA_ERROR_TOO_LARGE: over a stated limit
 * @DRA_ERROR_DAMAGED: the content contradicts its own format
 * @DRA_ERROR_NEWER: written by a newer version of Dramatis
 * @DRA_ERROR_REFUSED: the write would touch the source article
 */
typedef enum
{
  DRA_ERROR_FAILED,
  DRA_ERROR_EMPTY,
  DRA_ERROR_NOT_TEXT,
  DRA_ERROR_UNSUPPORTED,
  DRA_ERROR_TOO_LARGE,
  DRA_ERROR_DAMAGED,
  DRA_ERROR_NEWER,
  DRA_ERROR_REFUSED,
} DraError;

GQuark dra_error_quark (void);

G_END_DECLS
