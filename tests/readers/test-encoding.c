/* test-encoding.c: text of any encoding becomes the right characters.
 *
 * The last test scores the detector on the shared corpus and prints the figure.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "dra-test.h"

#include <string.h>

#include "readers/dra-encoding.h"

#define FLOOR 0.95 /* of the corpus's files, to the last character */

static const char english[] =
  "Anna Berg of Acme Holdings spoke in Oslo on Monday.\n\nShe said that the harbour would stay open.\n";
static const char typographic[] =
  "“We won’t pay,” said Anna Berg – the head of Acme Holdings – on Monday. “It’s €5 million…”\n";
static const char french[] =
  "La ville a rouvert le marché couvert lundi, après deux années de travaux. « C’est une fête », a "
  "déclaré la maire, Amélie Durand, qui a coupé le ruban à l’entrée.\n";
static const char german[] =
  "Der Rat der Stadt hat am Montag beschlossen, die alte Fähre für weitere zehn Jahre zu behalten. "
  "Bürgermeister Größner nannte den Beschluß vernünftig.\n";
static const char polish[] =
  "Rada miasta zdecydowała w poniedziałek, że stary prom będzie pływał jeszcze przez dziesięć lat. "
  "Burmistrz Paweł Wiśniewski nazwał tę decyzję jedyną możliwą, a żegluga chciała zbudować most.\n";
static const char russian[] =
  "Совет порта решил в понедельник сохранить старый паром ещё на десять лет, сообщила газета. Мэр "
  "Томас Брандт назвал это решение единственно возможным, а компания хотела построить мост.\n";
static const char greek[] =
  "Το συμβούλιο του λιμανιού αποφάσισε τη Δευτέρα να κρατήσει το παλιό πλοίο για άλλα δέκα χρόνια, "
  "όπως είπε η εφημερίδα. Ο δήμαρχος είπε ότι ήταν η μόνη λύση.\n";
static const char hebrew[] =
  "מועצת הנמל החליטה ביום שני להשאיר את המעבורת הישנה לעוד עשר שנים, כך נמסר בעיתון. ראש העיר אמר "
  "שזו ההחלטה היחידה האפשרית.\n";
static const char japanese[] =
  "港の評議会は月曜日、古い渡し船をあと十年間残すことを決めた。市長の田中一郎は「これしかなかった」と述べた。"
  "会社は橋を建てることを提案していた。\n";
static const char chinese[] =
  "港口委员会星期一决定，将旧渡轮再保留十年。市长王小明说，这是唯一可能的决定，而航运公司原本希望建一座桥。\n";
static const char korean[] =
  "항구 위원회는 월요일에 낡은 연락선을 앞으로 십 년 더 유지하기로 결정했다. 시장은 이것이 유일한 결정이었다고 말했다.\n";

static char *
decode (const char  *data,
        gsize        length,
        const char **encoding)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (GBytes) utf8 = dra_encoding_to_utf8 (bytes, encoding, NULL);
  gsize n;
  const char *text = g_bytes_get_data (utf8, &n);

  g_assert_true (n == 0 || g_utf8_validate_len (text, n, NULL));

  return g_strndup (text != NULL ? text : "", n);
}

static void
test_round_trips (void)
{
  static const struct { const char *text; const char *encodings; } cases[] = {
    { english, "ASCII UTF-8 UTF-16LE UTF-16BE UTF-16 UTF-32LE UTF-32BE UTF-32" },
    { typographic, "UTF-8 UTF-16LE UTF-16BE UTF-16 UTF-32 WINDOWS-1252 MACINTOSH" },
    { french, "UTF-8 UTF-16LE UTF-16BE WINDOWS-1252 MACINTOSH" },
    { german, "UTF-8 UTF-16LE UTF-16BE WINDOWS-1252 ISO-8859-1 MACINTOSH CP850 CP437" },
    { polish, "UTF-8 UTF-16LE WINDOWS-1250 ISO-8859-2" },
    { russian, "UTF-8 UTF-16LE UTF-16BE WINDOWS-1251 KOI8-R ISO-8859-5 IBM866" },
    { greek, "UTF-8 UTF-16LE ISO-8859-7 WINDOWS-1253" },
    { hebrew, "UTF-8 UTF-16LE WINDOWS-1255" },
    { japanese, "UTF-8 UTF-16LE UTF-16BE UTF-16 SHIFT_JIS EUC-JP ISO-2022-JP UTF-32LE" },
    { chinese, "UTF-8 UTF-16LE UTF-16BE GB2312 GBK GB18030" },
    { korean, "UTF-8 UTF-16LE UTF-16BE EUC-KR JOHAB" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) encodings = g_strsplit (cases[i].encodings, " ", -1);

      for (guint k = 0; encodings[k] != NULL; k++)
        {
          g_autoptr (GError) error = NULL;
          const char *found;
          gsize length;
          g_autofree char *data = g_convert (cases[i].text, -1, encodings[k], "UTF-8", NULL, &length, &error);
          g_autofree char *text = NULL;

          if (g_error_matches (error, G_CONVERT_ERROR, G_CONVERT_ERROR_NO_CONVERSION))
            {
              /* A system may be without the rarer converters. */
              g_test_message ("no converter for %s here", encodings[k]);
              continue;
            }
          g_assert_no_error (error);
          text = decode (data, length, &found);
          if (strcmp (text, cases[i].text) != 0)
            g_test_fail_printf ("%s was taken for %s: %.60s", encodings[k], found, text);
        }
    }
}

/* A few characters prove nothing: then it is Windows-1252, the commonest. */
static void
test_short (void)
{
  static const struct { const char *bytes; const char *text; } cases[] = {
    { "caf\xe9 na\xefve r\xe9sum\xe9\n", "café naïve résumé\n" },
    { "\x93quoted\x94 \x96 it\x92s \x80" "5\n", "“quoted” – it’s €5\n" },
    { "It\x92s here", "It’s here" },
    { "na\xefve", "naïve" },
    { "\xa9 2024 Acme", "© 2024 Acme" },
    { "Se\xf1or P\xe9rez visited the town on Monday and said nothing to anyone there.", "Señor Pérez visited the town on Monday and said nothing to anyone there." },
    { "10 \xb0""C, \xbd mile, \xa3""4", "10 °C, ½ mile, £4" },
    { "M\xfcller met Gon\xe7""alves in Malm\xf6, not in K\xf8""benhavn.", "Müller met Gonçalves in Malmö, not in København." },
    { "The mayor, Ren\xe9""e Dubois, said on Friday that \xc9tienne Lef\xe8vre would come.", "The mayor, Renée Dubois, said on Friday that Étienne Lefèvre would come." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *found;
      g_autofree char *text = decode (cases[i].bytes, strlen (cases[i].bytes), &found);

      g_test_message ("%s", found);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

/* Broken UTF-8 stays UTF-8, with U+FFFD where it is broken. */
static void
test_broken_utf8 (void)
{
  static const struct { const char *bytes; gssize length; const char *text; } cases[] = {
    { "Marché de Noël, déjà caf\xe9 ouvert", -1, "Marché de Noël, déjà caf\xef\xbf\xbd ouvert" },
    { "d\303\251j\303\240 \xff fin, No\303\253l", -1, "déjà \xef\xbf\xbd fin, Noël" },
    { "Noël déjà vu \xe2\x82", -1, "Noël déjà vu \xef\xbf\xbd" },
    { "No\xc3\xabl \xc0\xaf \xed\xa0\x80 \xf5\x80\x80\x80 d\xc3\xa9j\xc3\xa0", -1,
      "Noël \xef\xbf\xbd\xef\xbf\xbd \xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd \xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd déjà" },
    { "It\xc3\xa2\xe2\x82\xac\xe2\x84\xa2s caf\xc3\x83\xc2\xa9", -1, "Itâ€™s cafÃ©" },
    { "Os\0lo No\xc3\xabl", 11, "Oslo Noël" },
    { "\xef\xbb\xbf", 3, "" },
    { "\xef\xbb\xbftext \xef\xbb\xbf", -1, "text \xef\xbb\xbf" },
    { "", 0, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *found;
      gsize length = cases[i].length >= 0 ? (gsize) cases[i].length : strlen (cases[i].bytes);
      g_autofree char *text = decode (cases[i].bytes, length, &found);

      g_assert_cmpstr (found, ==, "UTF-8");
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_broken_wide (void)
{
  static const char odd[] = "\xff\xfe" "a\0b\0c";
  static const char lone[] = "\xff\xfe" "a\0\x00\xd8" "b\0";
  static const char high[] = "\0\0\xfe\xff" "\0\0\0a" "\0\x11\0\0" "\0\0\0b";
  const char *found;
  g_autofree char *a = decode (odd, sizeof odd - 1, &found);
  g_autofree char *b = decode (lone, sizeof lone - 1, &found);
  g_autofree char *c = decode (high, sizeof high - 1, &found);

  g_assert_cmpstr (a, ==, "ab\xef\xbf\xbd");
  g_assert_cmpstr (b, ==, "a\xef\xbf\xbd" "b");
  g_assert_cmpstr (c, ==, "a\xef\xbf\xbd" "b");
}

static void
test_no_copy (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (french, sizeof french - 1);
  g_autoptr (GBytes) utf8 = dra_encoding_to_utf8 (bytes, NULL, NULL);

  g_assert_true (g_bytes_get_data (utf8, NULL) == (gconstpointer) french);
}

static void
test_binary (void)
{
  static const guint8 elf[] = "\x7f" "ELF\2\1\1\0\0\0\0\0\0\0\0\0\3\0>\0\1\0\0\0\220\245";
  static const guint8 zeros[64] = { 0 };
  static const guint8 padded[] = "Text that a crash has padded.\n\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
  static const guint8 some[] = "Os\0lo and Berg\0en, and a \001 few more words than control characters\n";

  g_assert_true (dra_encoding_is_binary (elf, sizeof elf - 1));
  g_assert_true (dra_encoding_is_binary (zeros, sizeof zeros));
  g_assert_false (dra_encoding_is_binary (padded, sizeof padded - 1));
  g_assert_false (dra_encoding_is_binary (some, sizeof some - 1));
  g_assert_false (dra_encoding_is_binary ((const guint8 *) japanese, sizeof japanese - 1));
}

/* Random bytes of every sort never do harm. */
static void
test_noise (void)
{
  GRand *rand = g_rand_new_with_seed (42);

  for (guint round = 0; round < 1000; round++)
    {
      char data[96];
      guint n = g_rand_int_range (rand, 0, sizeof data);
      guint low = round % 4 == 0 ? 0x80 : 0;
      const char *found;
      g_autofree char *text = NULL;

      for (guint i = 0; i < n; i++)
        data[i] = (char) (round % 8 == 1 && i % 2 == 1 ? 0 : g_rand_int_range (rand, low, 256));
      text = decode (data, n, &found);
    }
  g_rand_free (rand);
}

static void
drop_zeros_and_mark (char  *text,
                     gsize *length)
{
  gsize n = 0;

  for (gsize i = 0; i < *length; i++)
    if (text[i] != '\0')
      text[n++] = text[i];
  text[n] = '\0';
  if (g_str_has_prefix (text, "\xef\xbb\xbf"))
    {
      n -= 3;
      memmove (text, text + 3, n + 1);
    }
  *length = n;
}

static void
test_corpus (void)
{
  g_autofree char *folder = dra_test_shared ("corpus/open/txt");
  g_autoptr (GDir) dir = NULL;
  const char *name;
  guint n = 0, n_right = 0;

  if (folder == NULL)
    return;
  dir = g_dir_open (folder, 0, NULL);
  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = NULL;
      g_autofree char *gold_path = g_build_filename (folder, name, NULL);
      g_autofree char *data = NULL;
      g_autofree char *gold = NULL;
      g_autofree char *text = NULL;
      gsize length, gold_length;
      const char *found;

      if (!g_str_has_suffix (name, ".gold.txt"))
        continue;
      path = g_strndup (gold_path, strlen (gold_path) - strlen (".gold.txt"));
      g_assert_true (g_file_get_contents (path, &data, &length, NULL));
      g_assert_true (g_file_get_contents (gold_path, &gold, &gold_length, NULL));
      text = decode (data, length, &found);
      drop_zeros_and_mark (gold, &gold_length);
      n++;
      if (strcmp (text, gold) == 0)
        n_right++;
      else
        g_test_message ("%s: read as %s", name, found);
    }
  g_test_message ("encoding: %u of %u files to the last character, %.1f %%", n_right, n, 100.0 * n_right / n);
  g_assert_cmpuint (n, >=, 100);
  g_assert_cmpfloat ((double) n_right / n, >=, FLOOR);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/encoding/round-trips", test_round_trips);
  g_test_add_func ("/encoding/short", test_short);
  g_test_add_func ("/encoding/broken-utf8", test_broken_utf8);
  g_test_add_func ("/encoding/broken-wide", test_broken_wide);
  g_test_add_func ("/encoding/no-copy", test_no_copy);
  g_test_add_func ("/encoding/binary", test_binary);
  g_test_add_func ("/encoding/noise", test_noise);
  g_test_add_func ("/encoding/corpus", test_corpus);

  return g_test_run ();
}
