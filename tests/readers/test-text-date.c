/* test-text-date.c: dates as people write them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib.h>

#include <string.h>

#include "readers/dra-text-date.h"

static void
test_dates (void)
{
  static const struct { const char *text; const char *date; } cases[] = {
    { "March 3, 2024", "2024-03-03" },
    { "Mar. 3, 2024", "2024-03-03" },
    { "3 March 2024", "2024-03-03" },
    { "3rd of March, 2024", "2024-03-03" },
    { "Sunday, March 3, 2024", "2024-03-03" },
    { "Published March 3, 2024", "2024-03-03" },
    { "Published: Sunday, 3 March 2024 at 5:30 p.m. EST", "2024-03-03T17:30:00-05:00" },
    { "Updated on March 3, 2024 at 12:05 AM", "2024-03-03T00:05:00" },
    { "March 3, 2024 | 5 pm", "2024-03-03T17:00:00" },
    { "2024-03-03", "2024-03-03" },
    { "2024/03/03", "2024-03-03" },
    { "2024-03-03T10:00:00Z", "2024-03-03T10:00:00Z" },
    { "2024-03-03T10:00:00.123+0530", "2024-03-03T10:00:00+05:30" },
    { "2024-03-03 10:00:00 +02:00", "2024-03-03T10:00:00+02:00" },
    { "Mon, 6 May 2024 10:00:00 +0200", "2024-05-06T10:00:00+02:00" },
    { "Mon, 6 May 2024 10:00:00 GMT", "2024-05-06T10:00:00Z" },
    { "03.04.2024", "2024-04-03" },
    { "3. April 2024, 14:05 Uhr", "2024-04-03T14:05:00" },
    { "12 février 2024", "2024-02-12" },
    { "5 de mayo de 2024", "2024-05-05" },
    { "13/04/2024", "2024-04-13" },
    { "04/13/2024", "2024-04-13" },
    { "03/04/2024", "03/04/2024" },
    { "04/04/2024", "2024-04-04" },
    { "March 2024", "2024-03" },
    { "February 29, 2024", "2024-02-29" },
    { "February 29, 2023", NULL },
    { "March 32, 2024", NULL },
    { "March 0, 2024", NULL },
    { "13/13/2024", NULL },
    { "2024-13-01", NULL },
    { "March 3", NULL },
    { "2024", NULL },
    { "March", NULL },
    { "May may be March 3, 2024", NULL },
    { "On March 3, 2024, the ferry sank", NULL },
    { "10:30", NULL },
    { "March 3, 99999", NULL },
    { "12345678901234567890", NULL },
    { "1.2.3.4.2024", NULL },
    { "25:00 March 3, 2024", NULL },
    { "", NULL },
    { "-", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *date = dra_text_date_parse (cases[i].text, strlen (cases[i].text));

      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (date, ==, cases[i].date);
    }
}

/* Pieces of dates in any order: nothing out of range comes out. */
static void
test_noise (void)
{
  static const char *const pieces[] = {
    "March", "3", "2024", "13", "10:30", "5 pm", "a.m.", "+0200", "-", "/", ".", ":", ",", " ", " ", "T", "Z",
    "GMT", "é", "99999", "0", "on", "|",
  };
  GRand *rand = g_rand_new_with_seed (7);

  for (guint round = 0; round < 20000; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *date = NULL;
      guint n = g_rand_int_range (rand, 0, 12);

      while (n-- > 0)
        g_string_append (text, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
      date = dra_text_date_parse (text->str, text->len);
      if (date != NULL && strcmp (date, text->str) != 0)
        {
          g_assert_true (g_ascii_isdigit (date[3]) && date[4] == '-');
          g_assert_cmpuint (strlen (date), <=, strlen ("2024-03-03T10:00:00+02:00"));
        }
    }
  g_rand_free (rand);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text-date/dates", test_dates);
  g_test_add_func ("/text-date/noise", test_noise);

  return g_test_run ();
}
