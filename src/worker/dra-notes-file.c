/* dra-notes-file.c: the notes of a file, for an article that is another one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "worker/dra-notes-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "article/dra-error.h"
#include "notes/dra-anchor.h"
#include "notes/dra-note-import.h"
#include "worker/dra-worker-client.h"

/* Bytes of a file of notes; an export of a hundred thousand is smaller. */
#define MAX_SIZE (64 * 1024 * 1024)

/* Whether a file begins as JSON does that has notes in it.  FALSE, too, when it cannot be
 * read: the reader says that with the file's name. */
static gboolean
is_json (GFile        *file,
         GCancellable *cancellable)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, NULL);
  char head[64];
  gsize length = 0;
  const char *p = head;

  if (stream == NULL
      || !g_input_stream_read_all (G_INPUT_STREAM (stream), head, sizeof head - 1, &length,
                                   cancellable, NULL))
    return FALSE;
  head[length] = '\0';
  if (g_str_has_prefix (p, "\357\273\277"))
    p += 3;
  p += strspn (p, " \t\r\n");

  return *p == '{' || *p == '[';
}

static GPtrArray *
read_json (DraArticle    *article,
           GFile         *file,
           guint         *n_skipped,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE,
                                                  G_FILE_QUERY_INFO_NONE, cancellable, error);
  g_autofree char *json = NULL;
  gsize length;

  if (info == NULL)
    return NULL;
  if (g_file_info_get_size (info) > MAX_SIZE)
    {
      g_set_error_literal (error, DRA_ERROR, DRA_ERROR_TOO_LARGE,
                           _("It is larger than a file of notes may be."));
      return NULL;
    }
  if (!g_file_load_contents (file, cancellable, &json, &length, NULL, error))
    return NULL;

  return dra_note_import (article, json, (gssize) length, n_skipped, error);
}

/**
 * dra_notes_file_read:
 * @article: the article the notes are for
 * @file: what this or another program wrote
 * @n_skipped: (out): how many notes could not be used at all
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error of reading, and for %DRA_ERROR_DAMAGED when there are
 *   no notes in the file
 *
 * Reads notes and finds their passages in @article; those without one are among them.
 *
 * Returns: (transfer full) (element-type DraNote): the notes, anchored in @article
 */
GPtrArray *
dra_notes_file_read (DraArticle    *article,
                     GFile         *file,
                     guint         *n_skipped,
                     GCancellable  *cancellable,
                     GError       **error)
{
  g_autoptr (DraReading) reading = NULL;

  g_return_val_if_fail (DRA_IS_ARTICLE (article), NULL);
  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (n_skipped != NULL, NULL);

  *n_skipped = 0;
  if (is_json (file, cancellable))
    return read_json (article, file, n_skipped, cancellable, error);

  reading = dra_worker_read (file, NULL, cancellable, error);
  if (reading == NULL)
    return NULL;
  if (reading->notes->len == 0 && !reading->copy)
    {
      g_set_error_literal (error, DRA_ERROR, DRA_ERROR_DAMAGED, _("There are no notes in it."));
      return NULL;
    }
  dra_anchor_notes (article, reading->notes);

  return g_ptr_array_ref (reading->notes);
}
