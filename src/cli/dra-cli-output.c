/* dra-cli-output.c: what the commands print, and where.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "cli/dra-cli.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#define PROGRAM "dramatis-cli"

static gboolean progress_shown;

/**
 * dra_cli_open_standard_files:
 *
 * Makes sure that descriptors 0 to 2 are taken.  When a caller closed one of them, the
 * next file opened would get its number, and what is printed would be written into an
 * article or the library.  Opened for the wrong direction, so that using it still fails.
 */
void
dra_cli_open_standard_files (void)
{
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
    if (fcntl (fd, F_GETFD) < 0 && errno == EBADF
        && open ("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) < 0)
      _exit (DRA_CLI_FAILED);
}

/* Whether a terminal could take c for a command, or would show the text other than it is. */
static gboolean
is_unprintable (gunichar c)
{
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 || c == 0x61C
         || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E)
         || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

/**
 * dra_cli_make_printable:
 * @text: any text
 * @keep_lines: whether newlines and tabs stay
 *
 * Returns: (transfer full): @text in UTF-8, control characters become spaces and
 *   bidirectional controls are left out
 */
char *
dra_cli_make_printable (const char *text,
                        gboolean    keep_lines)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *out = g_string_sized_new (strlen (valid));

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if ((keep_lines && (c == '\n' || c == '\t')) || !is_unprintable (c))
        g_string_append_unichar (out, c);
      else if (c < 0xA0 || c == 0x2028 || c == 0x2029)
        g_string_append_c (out, ' ');
    }

  return g_string_free (out, FALSE);
}

static void
say (const char *format,
     va_list     args)
{
  g_autofree char *message = g_strdup_vprintf (format, args);
  g_autofree char *printable = dra_cli_make_printable (message, FALSE);

  dra_cli_clear_progress ();
  g_printerr (PROGRAM ": %s\n", printable);
}

/**
 * dra_cli_say:
 * @format: format of one sentence
 * @...: its arguments
 *
 * Tells the person something on standard error.
 */
void
dra_cli_say (const char *format,
             ...)
{
  va_list args;

  va_start (args, format);
  say (format, args);
  va_end (args);
}

/**
 * dra_cli_usage_error:
 * @format: format of one sentence that says what is wrong with the arguments
 * @...: its arguments
 *
 * Returns: %DRA_CLI_USAGE
 */
int
dra_cli_usage_error (const char *format,
                     ...)
{
  va_list args;

  va_start (args, format);
  say (format, args);
  va_end (args);

  return DRA_CLI_USAGE;
}

/**
 * dra_cli_print:
 * @data: bytes
 * @length: how many
 *
 * Writes to standard output, saying why when that fails.
 *
 * Returns: whether all was written
 */
gboolean
dra_cli_print (const char *data,
               gsize       length)
{
  static gboolean failed;

  if (failed)
    return FALSE;

  dra_cli_clear_progress ();
  while (length > 0)
    {
      ssize_t n = write (STDOUT_FILENO, data, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          /* Whoever read has what they wanted: nothing to complain about. */
          if (errno != EPIPE)
            dra_cli_say (_("Standard output could not be written to: %s."), g_strerror (errno));
          failed = TRUE;
          return FALSE;
        }
      data += n;
      length -= (gsize) n;
    }

  return TRUE;
}

/**
 * dra_cli_show_progress:
 * @n_done: files done
 * @n_files: files in all
 *
 * Shows how far it is on the last line of the terminal, when standard error is one.
 */
void
dra_cli_show_progress (guint n_done,
                       guint n_files)
{
  if (n_files < 2 || !isatty (STDERR_FILENO))
    return;

  /* Translators: how many files are done, and how many there are. */
  g_printerr ("\r");
  g_printerr (_("%u of %u files"), n_done, n_files);
  progress_shown = TRUE;
}

/**
 * dra_cli_clear_progress:
 *
 * Clears the line, so that something else can be printed there.
 */
void
dra_cli_clear_progress (void)
{
  if (!progress_shown)
    return;

  g_printerr ("\r\033[K");
  progress_shown = FALSE;
}

/**
 * dra_cli_append_csv:
 * @out: where to
 * @field: (nullable): a field
 *
 * Appends a field as RFC 4180 has it, quoted where needed.
 */
void
dra_cli_append_csv (GString    *out,
                    const char *field)
{
  g_autofree char *printable = dra_cli_make_printable (field != NULL ? field : "", TRUE);

  if (strpbrk (printable, ",\"\n\t") == NULL)
    {
      g_string_append (out, printable);
      return;
    }

  g_string_append_c (out, '"');
  for (const char *p = printable; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (out, '"');
      g_string_append_c (out, *p);
    }
  g_string_append_c (out, '"');
}
