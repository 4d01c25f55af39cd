/* dra-date.c: the dates that articles bear, as words.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "article/dra-date.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * dra_date_dup_words:
 * @written: (nullable): an ISO 8601 date, with or without a time of day
 *
 * Writes a day as the reader's language does, "4 March 2026".  The day is that of the time
 * zone in which it was written, and of UTC where none is named.
 *
 * Returns: (transfer full) (nullable): the words, or %NULL when @written is no date
 */
char *
dra_date_dup_words (const char *written)
{
  g_autoptr (GTimeZone) utc = NULL;
  g_autofree char *whole = NULL;
  g_autoptr (GDateTime) date = NULL;

  if (written == NULL)
    return NULL;

  utc = g_time_zone_new_utc ();
  /* A day without a time of day is a date all the same. */
  whole = strlen (written) == strlen ("2026-03-04") ? g_strconcat (written, "T00:00:00Z", NULL)
                                                    : g_strdup (written);
  date = g_date_time_new_from_iso8601 (whole, utc);
  /* Translators: a date in running text, see g_date_time_format(): %-e is the day, %B the
     month, %Y the year. */
  return date != NULL ? g_date_time_format (date, _("%-e %B %Y")) : NULL;
}
