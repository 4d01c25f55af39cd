/* dra-iso-time.c: microseconds since 1970 as ISO 8601 text and back, without loss.
 *
 * GDateTime keeps seconds as a double while it parses, which can lose a microsecond; the
 * fraction is therefore read here and GDateTime does the calendar only.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "notes/dra-iso-time.h"

#include <string.h>

/**
 * dra_iso_time_format:
 * @microseconds: since 1970, UTC; within the years 1 to 9999
 *
 * Returns: (transfer full): the time as ISO 8601 with six decimals, in UTC
 */
char *
dra_iso_time_format (gint64 microseconds)
{
  gint64 fraction = microseconds % G_USEC_PER_SEC;
  gint64 seconds = microseconds / G_USEC_PER_SEC;
  g_autoptr (GDateTime) time = NULL;

  if (fraction < 0)
    {
      fraction += G_USEC_PER_SEC;
      seconds--;
    }

  time = g_date_time_new_from_unix_utc (seconds);
  if (time == NULL)
    time = g_date_time_new_from_unix_utc (0);

  return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02d.%06dZ",
                          g_date_time_get_year (time), g_date_time_get_month (time),
                          g_date_time_get_day_of_month (time), g_date_time_get_hour (time),
                          g_date_time_get_minute (time), g_date_time_get_second (time),
                          (int) fraction);
}

/* Moves *p past the fraction of a second, if there is one; digits past six are dropped. */
static gint64
parse_fraction (const char **p)
{
  gint64 value = 0;
  gint64 unit = G_USEC_PER_SEC / 10;

  if (**p != '.' && **p != ',')
    return 0;

  for ((*p)++; g_ascii_isdigit (**p); (*p)++)
    {
      value += unit * g_ascii_digit_value (**p);
      unit /= 10;
    }
  return value;
}

/**
 * dra_iso_time_parse:
 * @string: (nullable): ISO 8601 date and time; without a zone it is taken as UTC
 * @microseconds: (out): since 1970, UTC; set only on success
 *
 * Returns: %FALSE when @string is no date and time
 */
gboolean
dra_iso_time_parse (const char *string,
                    gint64     *microseconds)
{
  g_autoptr (GDateTime) time = NULL;
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *whole = NULL;
  const char *p;
  gint64 fraction;

  if (string == NULL || strlen (string) > 64)
    return FALSE;

  p = strpbrk (string, ".,");
  if (p == NULL)
    p = string + strlen (string);
  whole = g_strndup (string, p - string);
  fraction = parse_fraction (&p);
  if (*p != '\0')
    {
      char *joined = g_strconcat (whole, p, NULL);

      g_free (whole);
      whole = joined;
    }

  if (strchr (whole, 'T') == NULL)
    {
      /* A date alone is midnight. */
      char *joined = g_strconcat (whole, "T00:00:00", NULL);

      g_free (whole);
      whole = joined;
    }

  time = g_date_time_new_from_iso8601 (whole, utc);
  if (time == NULL)
    return FALSE;

  *microseconds = g_date_time_to_unix (time) * G_USEC_PER_SEC + fraction;
  return TRUE;
}
