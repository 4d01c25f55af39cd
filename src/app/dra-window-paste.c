/* dra-window-paste.c: what was copied elsewhere is opened as an article.
 *
 * It is put into a file of the reader's data folder first, and opened from there: HTML is
 * read by the confined worker like any web page, and notes on it are found again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-window-private.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>

#define BOM "\xef\xbb\xbf"
#define MOST (8 * 1024 * 1024) /* bytes: what more is, is not a copied passage */

typedef struct
{
  DraWindow     *window;
  gboolean       html;
  GOutputStream *memory;
  GFile         *file;
} Paste;

static void
paste_free (Paste *paste)
{
  g_object_unref (paste->window);
  g_clear_object (&paste->memory);
  g_clear_object (&paste->file);
  g_free (paste);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Paste, paste_free)

/* The same text is the same file: pasted again, it is the window that is open. */
static GFile *
find_place (GBytes   *bytes,
            gboolean  html,
            GError  **error)
{
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "dramatis", "pasted", NULL);
  g_autofree char *name = NULL;

  hash[12] = '\0';
  name = g_strconcat (hash, html ? ".html" : ".txt", NULL);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      int code = errno;

      g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (code), g_strerror (code));
      return NULL;
    }
  return g_file_new_build_filename (folder, name, NULL);
}

static void
fail (DraWindow  *self,
      const char *sentence)
{
  dra_window_alert (self, _("Nothing Was Opened"), sentence);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (Paste) paste = data;
  g_autoptr (GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    dra_window_open_file (paste->window, paste->file);
  else
    fail (paste->window, error->message);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (Paste) paste = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  const char *content;
  gsize size;

  if (g_output_stream_splice_finish (G_OUTPUT_STREAM (source), result, &error) < 0)
    {
      fail (paste->window, error->message);
      return;
    }
  bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (paste->memory));
  content = g_bytes_get_data (bytes, &size);
  if (size == 0 || size > MOST)
    {
      fail (paste->window, size == 0 ? _("What was copied has no text.")
                                     : _("What was copied is too long."));
      return;
    }
  /* A piece of a page does not say how its letters are written. */
  if (paste->html && !(size >= strlen (BOM) && memcmp (content, BOM, strlen (BOM)) == 0)
      && g_utf8_validate_len (content, size, NULL))
    {
      GByteArray *marked = g_byte_array_new ();

      g_byte_array_append (marked, (const guint8 *) BOM, strlen (BOM));
      g_byte_array_append (marked, (const guint8 *) content, (guint) size);
      g_bytes_unref (bytes);
      bytes = g_byte_array_free_to_bytes (marked);
    }
  paste->file = find_place (bytes, paste->html, &error);
  if (paste->file == NULL)
    {
      fail (paste->window, error->message);
      return;
    }
  g_file_replace_contents_bytes_async (paste->file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE,
                                       NULL, written_cb, paste);
  g_steal_pointer (&paste);
}

static void
offered_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (Paste) paste = data;
  const char *type = NULL;
  g_autoptr (GInputStream) input
    = gdk_clipboard_read_finish (GDK_CLIPBOARD (source), result, &type, NULL);

  if (input == NULL)
    {
      fail (paste->window, _("What was copied has no text."));
      return;
    }
  paste->html = g_str_has_prefix (type, "text/html");
  paste->memory = g_memory_output_stream_new_resizable ();
  g_output_stream_splice_async (paste->memory, input,
                                G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE
                                  | G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                                G_PRIORITY_DEFAULT, NULL, read_cb, paste);
  g_steal_pointer (&paste);
}

/**
 * dra_window_paste_article:
 * @self: the window
 *
 * Opens what is on the clipboard, a piece of a web page or text, as an article.
 */
void
dra_window_paste_article (DraWindow *self)
{
  static const char *types[] = { "text/html", "text/plain;charset=utf-8", "text/plain", NULL };
  Paste *paste = g_new0 (Paste, 1);

  paste->window = g_object_ref (self);
  gdk_clipboard_read_async (gtk_widget_get_clipboard (GTK_WIDGET (self)), types,
                            G_PRIORITY_DEFAULT, NULL, offered_cb, paste);
}
