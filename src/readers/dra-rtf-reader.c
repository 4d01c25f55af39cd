/* dra-rtf-reader.c: Rich Text Format.
 *
 * A stack of groups, each with a copy of how text is at the moment; groups are as many as
 * the file likes, up to a bound, for nothing here recurses.  Text that was deleted or is
 * hidden is left out.
 *
 * Follows Microsoft's Rich Text Format Specification 1.9.1.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-rtf-reader.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "article/dra-error.h"
#include "readers/dra-rtf-state.h"

#define LOOK 4096 /* tokens between looks at the cancellable */

static void
clear_inside (gpointer data)
{
  g_free (((DraRtfInside *) data)->label);
}

static void
take_symbol (DraRtf *self)
{
  switch (self->lexer.byte)
    {
    case '*':
      dra_rtf_top (self)->star = dra_rtf_top (self)->fresh;
      break;
    case '~':
      dra_rtf_add_utf8 (self, "\302\240");
      break;
    case '_':
      dra_rtf_add_utf8 (self, "\342\200\221");
      break;
    case '\n':
    case '\r':
      dra_rtf_put_text (self);
      dra_rtf_end_paragraph (self);
      break;
    case '\t':
      dra_rtf_add_utf8 (self, " ");
      break;
    case '\\':
    case '{':
    case '}':
      dra_rtf_add_bytes (self, &self->lexer.byte, 1);
      break;
    default: /* optional hyphens, index marks */
      if (self->skip > 0)
        self->skip--;
      break;
    }
}

static gboolean
read_tokens (DraRtf        *self,
             GCancellable  *cancellable,
             GError       **error)
{
  for (guint n = 0;; n++)
    {
      if (n % LOOK == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      switch (dra_rtf_lexer_next (&self->lexer))
        {
        case DRA_RTF_END:
          dra_rtf_put_text (self);
          while (self->groups->len > 1)
            dra_rtf_close_group (self);
          return TRUE;
        case DRA_RTF_OPEN:
          dra_rtf_open_group (self);
          break;
        case DRA_RTF_CLOSE:
          dra_rtf_close_group (self);
          /* What stands behind the last group is not part of the document. */
          if (self->groups->len == 1 && self->overflow == 0)
            return TRUE;
          break;
        case DRA_RTF_WORD:
          dra_rtf_take_word (self);
          break;
        case DRA_RTF_SYMBOL:
          take_symbol (self);
          break;
        case DRA_RTF_BYTE:
          dra_rtf_add_bytes (self, &self->lexer.byte, 1);
          break;
        case DRA_RTF_TEXT:
          dra_rtf_top (self)->star = dra_rtf_top (self)->fresh = FALSE;
          dra_rtf_add_bytes (self, self->lexer.data, self->lexer.length);
          break;
        case DRA_RTF_BINARY:
          if (self->skip > 0)
            self->skip--;
          else if (dra_rtf_top (self)->destination == DRA_RTF_TO_PICTURE && self->picture != NULL && self->picture_type != NULL)
            g_byte_array_append (self->picture, self->lexer.data, (guint) self->lexer.length);
          break;
        default:
          g_assert_not_reached ();
        }
    }
}

static void
rtf_init (DraRtf       *self,
          const guint8 *data,
          gsize         length)
{
  DraRtfGroup root = { .uc = 1, .outline = -1, .destination = DRA_RTF_TO_NORMAL };

  self->lexer.p = data;
  self->lexer.end = data + length;
  dra_rtf_decoder_init (&self->decoder);
  self->flow = dra_flow_new ();
  self->groups = g_array_new (FALSE, FALSE, sizeof (DraRtfGroup));
  g_array_append_val (self->groups, root);
  self->inside = g_array_new (FALSE, FALSE, sizeof (DraRtfInside));
  g_array_set_clear_func (self->inside, clear_inside);
  self->text = g_string_new (NULL);
  self->value = g_string_new (NULL);
  self->style_name = g_string_new (NULL);
  self->links = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->links, NULL);
  self->page = 1252;
  self->fonts = g_hash_table_new (NULL, NULL);
  self->styles = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->style_number = -1;
  self->pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  self->picture_types = g_ptr_array_new ();
  self->nibble = -1;
}

static void
rtf_clear (DraRtf *self)
{
  dra_rtf_decoder_clear (&self->decoder);
  dra_flow_free (self->flow);
  g_array_unref (self->groups);
  g_array_unref (self->inside);
  g_free (self->now.label);
  g_string_free (self->text, TRUE);
  g_string_free (self->value, TRUE);
  g_string_free (self->style_name, TRUE);
  g_ptr_array_unref (self->links);
  g_hash_table_unref (self->fonts);
  g_hash_table_unref (self->styles);
  if (self->comment != NULL)
    g_string_free (self->comment, TRUE);
  g_free (self->atn_author);
  g_free (self->atn_id);
  g_free (self->atn_ref);
  g_clear_pointer (&self->picture, g_byte_array_unref);
  g_ptr_array_unref (self->pictures);
  g_ptr_array_unref (self->picture_types);
}

/**
 * dra_rtf_read:
 * @bytes: an RTF file
 * @name: its name, for messages
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Reads a document, its comments as notes.  Sets %DRA_ERROR_NOT_TEXT when it is no RTF,
 * %DRA_ERROR_EMPTY, %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full): the reading, or %NULL with @error set
 */
DraReading *
dra_rtf_read (GBytes        *bytes,
              const char    *name,
              GCancellable  *cancellable,
              GError       **error)
{
  DraReading *reading = NULL;
  DraRtf self = { 0 };
  gsize length, start = 0;
  const guint8 *data;

  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  data = g_bytes_get_data (bytes, &length);
  if (length >= 3 && memcmp (data, "\357\273\277", 3) == 0)
    start = 3;
  while (start < length && g_ascii_isspace (data[start]))
    start++;
  if (length - start < 5 || memcmp (data + start, "{\\rtf", 5) != 0)
    {
      g_set_error (error, DRA_ERROR, DRA_ERROR_NOT_TEXT, _("“%s” is not an RTF document."), name);
      return NULL;
    }

  rtf_init (&self, data + start, length - start);
  if (read_tokens (&self, cancellable, error))
    reading = dra_flow_finish (self.flow, name, error);
  for (guint i = 0; reading != NULL && i < self.pictures->len; i++)
    {
      g_autofree char *source = g_strdup_printf ("image%u", i + 1);

      dra_reading_add_image (reading, source, g_ptr_array_index (self.picture_types, i),
                             g_ptr_array_index (self.pictures, i));
    }
  rtf_clear (&self);

  return reading;
}
