/* document-fixture.c: small packages made by the tests that read them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "document-fixture.h"

#include <string.h>
#ifdef DRA_HAVE_ARCHIVE
#include <archive.h>
#include <archive_entry.h>

static la_ssize_t
write_cb (struct archive *archive G_GNUC_UNUSED,
          void           *user_data,
          const void     *data,
          size_t          length)
{
  g_byte_array_append (user_data, data, (guint) length);

  return (la_ssize_t) length;
}

GBytes *
document_zip (const char *first,
              ...)
{
  GByteArray *bytes = g_byte_array_new ();
  struct archive *archive = archive_write_new ();
  va_list args;

  archive_write_set_format_zip (archive);
  archive_write_set_bytes_in_last_block (archive, 1);
  g_assert_cmpint (archive_write_open (archive, bytes, NULL, write_cb, NULL), ==, ARCHIVE_OK);
  va_start (args, first);
  for (const char *name = first; name != NULL; name = va_arg (args, const char *))
    {
      const char *content = va_arg (args, const char *);
      struct archive_entry *entry = archive_entry_new ();

      archive_entry_set_pathname (entry, name);
      archive_entry_set_filetype (entry, AE_IFREG);
      archive_entry_set_perm (entry, 0644);
      archive_entry_set_size (entry, (la_int64_t) strlen (content));
      g_assert_cmpint (archive_write_header (archive, entry), ==, ARCHIVE_OK);
      g_assert_cmpint (archive_write_data (archive, content, strlen (content)), ==, (la_ssize_t) strlen (content));
      archive_entry_free (entry);
    }
  va_end (args);
  g_assert_cmpint (archive_write_free (archive), ==, ARCHIVE_OK);

  return g_byte_array_free_to_bytes (bytes);
}
#endif

void
document_check (DraReadFunc  read,
                GBytes      *bytes,
                const char  *expected)
{
  g_autoptr (DraReading) reading = dra_test_read_with (read, bytes);
  g_autofree char *dump = dra_test_dump (reading->article);

  g_assert_cmpstr (dump, ==, expected);
}

void
document_check_refused (DraReadFunc  read,
                        GBytes      *bytes,
                        const char  *part)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DraReading) reading = read (bytes, "test.file", NULL, &error);

  g_assert_null (reading);
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, "test.file"));
  g_assert_nonnull (strstr (error->message, part));
}

char *
document_dump_styles (DraArticle *article)
{
  GString *dump = g_string_new (NULL);
  guint n;
  const DraStyle *styles = dra_article_get_styles (article, &n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = dra_article_dup_range (article, styles[i].range);

      g_string_append_printf (dump, "%s(%s)", dra_style_kind_to_string (styles[i].kind), text);
      if (styles[i].target != NULL)
        g_string_append_printf (dump, "->%s", styles[i].target);
      g_string_append_c (dump, '\n');
    }

  return g_string_free (dump, FALSE);
}

char *
document_dump_notes (DraReading *reading)
{
  GString *dump = g_string_new (NULL);

  for (guint i = 0; i < reading->notes->len; i++)
    {
      DraNote *note = g_ptr_array_index (reading->notes, i);
      const DraQuote *quote = dra_note_get_quote (note);

      g_string_append_printf (dump, "%s @%" G_GINT64_FORMAT " = %s\n", quote != NULL ? quote->exact : "-",
                              dra_note_get_created (note) / G_USEC_PER_SEC, dra_note_get_body (note));
    }

  return g_string_free (dump, FALSE);
}
