/* dra-language.c: which language an article is written in.
 *
 * The script decides first, by counting letters; scripts of several languages are told
 * apart by letters that only one of them has.  Latin letters are left to the little words:
 * the share of the words that are among the most frequent of each language (an old and
 * sturdy method: Ingle 1976; Grefenstette 1995), words of several languages counting less.
 * What the article's metadata says counts where the text is too short or does not say.
 *
 * Lists written for this project from general knowledge.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recognizer/dra-language.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define N_SAMPLES 4          /* places of a long text that are looked at ... */
#define SAMPLE_BYTES 16384   /* ... and how much of each */
#define MIN_LETTERS 20       /* fewer say nothing of a script */
#define MIN_WORDS 12         /* fewer say nothing of a language */
#define MIN_SHARE 0.08       /* of the words that must be the language's little words ... */
#define MIN_SHARE_ALONE 0.04 /* ... or that much where no other language comes near */
#define MIN_LEAD 1.2         /* times the share of the next language ... */
#define MIN_LEAD_ALONE 2     /* ... and of one that does not come near */
#define OTHER_WORDS 40       /* so many words with hardly an English one among them are ... */
#define OTHER_SHARE 0.03
#define OTHER_ACCENTS 0.01   /* ... of another language, when letters have accents ... */
#define OTHER_LENGTH 6.5     /* ... or words are long: else it may be a list of names */
#define LONGEST_WORD 15      /* bytes, of the little words */

typedef struct
{
  const char *tag;   /* BCP 47 */
  const char *name;  /* translatable */
  const char *words; /* (nullable): in Latin letters: separated by spaces */
} Language;

static const Language languages[] = {
  { "en", N_("English"),
    "the of and to in that is was for it with as on be by at this had not are but from have an "
    "they which you were her his has been who will more their said would its or we our can so if "
    "there about than what when all up out into no do i she my your just how after over he could "
    "should because only other these those some first where while being does did most" },
  { "de", N_("German"),
    "der die und das den von zu mit ist des im dem nicht ein eine auf für sich als auch es an "
    "werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum "
    "war haben nur oder aber vor zur bis mehr durch man sein wurde" },
  { "fr", N_("French"),
    "le la les de des du et à un une en que qui dans pour est sur pas au il par plus ne se ce "
    "sont avec mais a été son cette ses ont aux comme nous elle leur vous ou être fait deux" },
  { "es", N_("Spanish"),
    "el la los las de del y a que en un una por con para se no al su lo es más como pero sus le "
    "ha este sobre entre cuando muy sin ser también fue había desde está años dos hasta hay" },
  { "pt", N_("Portuguese"),
    "o a os as de do da dos das e que em um uma para com não no na por se mais ao como mas foi "
    "ele seu sua ou ser são quando muito nos já também pelo pela até isso entre está à às" },
  { "it", N_("Italian"),
    "il lo la i gli le di del della dei che e è un una in per con non si da al alla nel sono ma "
    "più come anche ha ed dal su questo delle nella o ci se degli tra dalla stato hanno" },
  { "nl", N_("Dutch"),
    "de het een van en in is dat op te zijn met voor niet aan er om ook als bij maar uit dan nog "
    "naar door heeft hij was wordt worden ze over tot je meer die deze hun zou of" },
  { "sv", N_("Swedish"),
    "och i att det som en på är av för med till den har inte om ett han men var jag de från vi "
    "så kan när nu ska också hon efter eller vid sig under där än mot sin blir" },
  { "da", N_("Danish"),
    "og i at det er en til på af for med den de ikke som har der et han var fra om men jeg vi "
    "kan så efter blev ved skal også sig være nu eller havde bliver hun mod mere" },
  { "nb", N_("Norwegian"),
    "og i det er på en som til av for at med de ikke den har fra om et han var men jeg vi kan så "
    "etter ble ved skal også seg være nå eller hadde blir hun mot mer" },
  { "fi", N_("Finnish"),
    "ja on ei että se oli hän mutta kun ovat myös kuin joka sen ole tai jos niin mukaan olisi "
    "vain mitä nyt jo vielä sitä hänen ollut voi jotka sekä jälkeen" },
  { "pl", N_("Polish"),
    "i w na z do nie się że to jest o jak za po co od dla przez ale tak tym był są by czy już "
    "być oraz jego może tylko które który ma lub która było ich także" },
  { "cs", N_("Czech"),
    "a v na se je že to s z do o i ve pro jako za by ale po si od jsou podle není co které který "
    "byl jeho když bude už také jen aby však být má roku která" },
  { "sk", N_("Slovak"),
    "a v na sa je že to s z do o aj vo pre ako za by ale po si od sú podľa nie čo ktoré ktorý bol "
    "jeho keď bude už tiež len aby však byť má roku ktorá" },
  { "hu", N_("Hungarian"),
    "a az és hogy nem is egy ez azt volt csak meg de ha van már mint el még vagy ki lesz kell "
    "szerint ezt után aki amely pedig minden között lehet" },
  { "ro", N_("Romanian"),
    "și şi de la a în cu pe că nu din o un care pentru este mai au sa se ce să prin ale fost sunt "
    "lui cel iar după dar al ai fi către acest" },
  { "tr", N_("Turkish"),
    "ve bir bu da de için ile çok daha olarak gibi kadar ne var olan sonra en ancak ise değil "
    "ama her göre oldu olduğunu ya diye şey büyük" },
  { "id", N_("Indonesian"),
    "yang dan di dengan untuk dari ini itu pada tidak dalam akan adalah ke oleh juga karena "
    "mereka telah sebagai ada kata bisa atau saya kami dia sudah tersebut lebih para" },
  { "ms", N_("Malay"),
    "yang dan di dengan untuk dari ini itu pada tidak dalam akan adalah ke oleh juga kerana "
    "mereka telah sebagai ada kata boleh atau saya kami dia sudah berkata beliau tersebut" },
  { "vi", N_("Vietnamese"),
    "và của là có trong cho được các với không một này đã để những người khi từ năm về cũng ra "
    "như vào nhiều tại đến theo sau trên" },
  { "tl", N_("Filipino"),
    "ang ng sa na mga ay at ni si para hindi kung siya ito niya nang din rin mula naman kay "
    "lang po ako iyon may dahil sila" },
  { "sw", N_("Swahili"),
    "ya na wa kwa katika ni za la kuwa hiyo hii cha kama yake huo lakini baada alisema pia watu "
    "hilo wake hayo huyo ambao kutoka si vya wakati mwa" },
  { "ha", N_("Hausa"),
    "da a na ya ta ba cewa wannan shi su don ga ne ce wani daga sun kuma domin yi kan an zai za "
    "cikin shugaban" },
  { "yo", N_("Yoruba"),
    "ti ni ati ó tí ní àti sí náà pé fún wọn àwọn awon won kan bí jẹ́ lè ló gbogbo" },
  { "hr", N_("Croatian"),
    "i u je na se da su za od a o iz s kao nije koji što biti će bi samo ali ili koja kako sve "
    "bio nakon prema te koje do ne može" },
  { "sl", N_("Slovenian"),
    "in v je na se da za so ki z s od pa o kot ne tudi po bi bo še pri ali iz več lahko bil "
    "med ter ob zaradi" },
  { "lt", N_("Lithuanian"),
    "ir į kad iš su tai yra bet kaip ne nuo už dėl apie buvo tik po jau bus jo prie taip gali "
    "metų pat arba" },
  { "lv", N_("Latvian"),
    "un ir ka no uz ar par kas tas arī bet to nav pie pēc tā bija vai kā lai gan tikai jau tiek "
    "gada būt" },
  { "et", N_("Estonian"),
    "ja on ei et see oli kui ka ta mis oma aga siis ning kes või pole seda veel välja nii selle "
    "olla pärast nad" },
  { "ca", N_("Catalan"),
    "el la els les de del i que en un una per amb no es al és ha als seva seu com més però aquest "
    "també són ser aquesta entre dels hi" },
  { "af", N_("Afrikaans"),
    "die en van in is het dat nie om te vir met op wat hy ’n n aan ook was sy hulle as by sal "
    "word deur maar kan uit na gesê" },
  { "sq", N_("Albanian"),
    "të në e i dhe për që me një nga se është si ka do nuk kjo ky por janë duke më këtë tha edhe "
    "pas ose" },
  { "is", N_("Icelandic"),
    "og að í á er sem var um ekki það við til en hann með af fyrir hefur þá eru svo hún þetta að "
    "voru hafa þeir frá eftir" },
  { "zu", N_("Zulu"),
    "ukuthi futhi uma kodwa ukuze ngoba noma lapho lokhu kusho yena lo le la ngesikhathi emva "
    "kwakhe wakhe abantu ngo nga" },
  { "ru", N_("Russian"), NULL },
  { "uk", N_("Ukrainian"), NULL },
  { "be", N_("Belarusian"), NULL },
  { "bg", N_("Bulgarian"), NULL },
  { "sr", N_("Serbian"), NULL },
  { "mk", N_("Macedonian"), NULL },
  { "el", N_("Greek"), NULL },
  { "he", N_("Hebrew"), NULL },
  { "ar", N_("Arabic"), NULL },
  { "fa", N_("Persian"), NULL },
  { "ur", N_("Urdu"), NULL },
  { "hi", N_("Hindi"), NULL },
  { "bn", N_("Bengali"), NULL },
  { "pa", N_("Punjabi"), NULL },
  { "gu", N_("Gujarati"), NULL },
  { "ta", N_("Tamil"), NULL },
  { "te", N_("Telugu"), NULL },
  { "kn", N_("Kannada"), NULL },
  { "ml", N_("Malayalam"), NULL },
  { "si", N_("Sinhala"), NULL },
  { "th", N_("Thai"), NULL },
  { "lo", N_("Lao"), NULL },
  { "my", N_("Burmese"), NULL },
  { "km", N_("Khmer"), NULL },
  { "am", N_("Amharic"), NULL },
  { "ka", N_("Georgian"), NULL },
  { "hy", N_("Armenian"), NULL },
  { "zh", N_("Chinese"), NULL },
  { "ja", N_("Japanese"), NULL },
  { "ko", N_("Korean"), NULL },
};

static const struct
{
  GUnicodeScript script;
  const char    *tag; /* of the language that has it mostly to itself; NULL: see below */
} scripts[] = {
  { G_UNICODE_SCRIPT_LATIN, NULL },      { G_UNICODE_SCRIPT_CYRILLIC, NULL },
  { G_UNICODE_SCRIPT_ARABIC, NULL },     { G_UNICODE_SCRIPT_HAN, "zh" },
  { G_UNICODE_SCRIPT_HIRAGANA, "ja" },   { G_UNICODE_SCRIPT_KATAKANA, "ja" },
  { G_UNICODE_SCRIPT_HANGUL, "ko" },     { G_UNICODE_SCRIPT_DEVANAGARI, "hi" },
  { G_UNICODE_SCRIPT_BENGALI, "bn" },    { G_UNICODE_SCRIPT_GURMUKHI, "pa" },
  { G_UNICODE_SCRIPT_GUJARATI, "gu" },   { G_UNICODE_SCRIPT_TAMIL, "ta" },
  { G_UNICODE_SCRIPT_TELUGU, "te" },     { G_UNICODE_SCRIPT_KANNADA, "kn" },
  { G_UNICODE_SCRIPT_MALAYALAM, "ml" },  { G_UNICODE_SCRIPT_SINHALA, "si" },
  { G_UNICODE_SCRIPT_THAI, "th" },       { G_UNICODE_SCRIPT_LAO, "lo" },
  { G_UNICODE_SCRIPT_MYANMAR, "my" },    { G_UNICODE_SCRIPT_KHMER, "km" },
  { G_UNICODE_SCRIPT_ETHIOPIC, "am" },   { G_UNICODE_SCRIPT_GEORGIAN, "ka" },
  { G_UNICODE_SCRIPT_ARMENIAN, "hy" },   { G_UNICODE_SCRIPT_GREEK, "el" },
  { G_UNICODE_SCRIPT_HEBREW, "he" },
};

/* Letters that tell languages of one script apart: the first of which two occur in a
 * thousand letters. */
static const struct
{
  GUnicodeScript script;
  const char    *letters;
  const char    *tag;
} telling_letters[] = {
  { G_UNICODE_SCRIPT_CYRILLIC, "ўЎ", "be" },
  { G_UNICODE_SCRIPT_CYRILLIC, "їєґЇЄҐ", "uk" },
  { G_UNICODE_SCRIPT_CYRILLIC, "ѓќѕЃЌЅ", "mk" },
  { G_UNICODE_SCRIPT_CYRILLIC, "ђћјЂЋЈ", "sr" },
  { G_UNICODE_SCRIPT_CYRILLIC, "ыэЫЭ", "ru" },
  { G_UNICODE_SCRIPT_CYRILLIC, "ъЪ", "bg" },
  { G_UNICODE_SCRIPT_ARABIC, "ٹڈڑےں", "ur" },
  { G_UNICODE_SCRIPT_ARABIC, "پچگژ", "fa" },
};

#define N_LATIN_MAX 64
#define N_LETTER_SETS G_N_ELEMENTS (telling_letters)

typedef struct
{
  guint  n_letters;
  guint  by_script[G_N_ELEMENTS (scripts)];
  guint  by_letters[N_LETTER_SETS];
  guint  n_accents; /* Latin letters beyond a to z */
  guint  n_words;
  double by_language[G_N_ELEMENTS (languages)];
} Counts;

typedef struct
{
  guint64 languages; /* a bit for each */
  double  weight;
} LittleWord;

static GHashTable *
get_little_words (void)
{
  static GHashTable *words;

  G_STATIC_ASSERT (G_N_ELEMENTS (languages) <= N_LATIN_MAX);
  if (g_once_init_enter (&words))
    {
      GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      GHashTableIter iter;
      gpointer value;

      for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
        {
          g_auto (GStrv) list = g_strsplit (languages[i].words != NULL ? languages[i].words : "",
                                            " ", -1);

          for (guint j = 0; list[j] != NULL; j++)
            {
              LittleWord *word = g_hash_table_lookup (table, list[j]);

              if (word == NULL)
                {
                  word = g_new0 (LittleWord, 1);
                  g_hash_table_insert (table, g_strdup (list[j]), word);
                }
              word->languages |= G_GUINT64_CONSTANT (1) << i;
            }
        }
      g_hash_table_iter_init (&iter, table);
      while (g_hash_table_iter_next (&iter, NULL, &value))
        {
          LittleWord *word = value;
          guint n = 0;

          for (guint i = 0; i < N_LATIN_MAX; i++)
            n += (word->languages >> i) & 1;
          word->weight = n > 2 ? 0.6 : 1;
        }
      g_once_init_leave (&words, table);
    }

  return words;
}

static void
count_word (Counts     *counts,
            const char *word,
            gsize       length)
{
  const LittleWord *known;

  counts->n_words++;
  if (length > LONGEST_WORD)
    return;
  known = g_hash_table_lookup (get_little_words (), word);
  for (guint i = 0; known != NULL && i < G_N_ELEMENTS (languages); i++)
    if ((known->languages >> i) & 1)
      counts->by_language[i] += known->weight;
}

static void
count_letter (Counts  *counts,
              gunichar c)
{
  GUnicodeScript script = c < 0x80 ? G_UNICODE_SCRIPT_LATIN : g_unichar_get_script (c);

  counts->n_letters++;
  counts->n_accents += script == G_UNICODE_SCRIPT_LATIN && c >= 0x80;
  for (gsize i = 0; i < G_N_ELEMENTS (scripts); i++)
    if (scripts[i].script == script)
      {
        counts->by_script[i]++;
        break;
      }
  if (script != G_UNICODE_SCRIPT_CYRILLIC && script != G_UNICODE_SCRIPT_ARABIC)
    return;
  for (gsize i = 0; i < N_LETTER_SETS; i++)
    if (g_utf8_strchr (telling_letters[i].letters, -1, c) != NULL)
      counts->by_letters[i]++;
}

/* One sample: letters by script, and words in lower case. */
static void
count_text (Counts     *counts,
            const char *p,
            const char *end)
{
  char word[LONGEST_WORD + 8];
  gsize length = 0;
  gboolean inside = FALSE;

  for (; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean letter = c < 0x80 ? g_ascii_isalpha ((char) c)
                                 : g_unichar_isalpha (c) || g_unichar_ismark (c);

      if (letter)
        {
          char lower[6];
          int n = g_unichar_to_utf8 (g_unichar_tolower (c), lower);

          count_letter (counts, c);
          if (length + (gsize) n <= LONGEST_WORD)
            memcpy (word + length, lower, (gsize) n);
          length += (gsize) n;
          inside = TRUE;
        }
      else if (inside)
        {
          word[MIN (length, LONGEST_WORD)] = '\0';
          count_word (counts, word, length);
          length = 0;
          inside = FALSE;
        }
    }
}

static void
count_article (Counts     *counts,
               DraArticle *article)
{
  gsize length;
  const char *text = dra_article_get_text (article, &length);
  const char *done = text;

  for (gsize i = 0; i < N_SAMPLES; i++)
    {
      const char *start = text + length / N_SAMPLES * i;
      const char *end = start + MIN (SAMPLE_BYTES, (gsize) (text + length - start));

      start = MAX (start, done);
      while (start < text + length && ((guchar) *start & 0xC0) == 0x80)
        start++;
      while (end < text + length && ((guchar) *end & 0xC0) == 0x80)
        end++;
      if (start < end)
        count_text (counts, start, end);
      done = MAX (done, end);
    }
}

/* The language by its little words, or NULL when they do not say. */
static const char *
judge_latin (const Counts *counts)
{
  guint best = 0;
  double second = 0, share;

  if (counts->n_words < MIN_WORDS)
    return NULL;
  for (guint i = 1; i < G_N_ELEMENTS (languages); i++)
    if (counts->by_language[i] > counts->by_language[best])
      best = i;
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    if (i != best)
      second = MAX (second, counts->by_language[i]);
  share = counts->by_language[best] / counts->n_words;
  if (share >= MIN_SHARE || (share >= MIN_SHARE_ALONE &&
                             counts->by_language[best] >= MIN_LEAD_ALONE * second))
    {
      /* Between two that are not English, as Danish and Norwegian, either will do. */
      if (counts->by_language[best] >= MIN_LEAD * second ||
          (best != 0 && counts->by_language[0] < second))
        return languages[best].tag;
    }
  else if (counts->n_words >= OTHER_WORDS &&
           counts->by_language[0] < OTHER_SHARE * counts->n_words &&
           (counts->n_accents > OTHER_ACCENTS * counts->n_letters ||
            counts->n_letters > OTHER_LENGTH * counts->n_words))
    {
      return "und";
    }

  return NULL;
}

static const char *
judge_script (const Counts *counts,
              gsize         script)
{
  if (scripts[script].tag != NULL)
    {
      /* Japanese is written in Chinese characters, too, and kana. */
      for (gsize i = 0; scripts[script].script == G_UNICODE_SCRIPT_HAN && i < G_N_ELEMENTS (scripts);
           i++)
        if (scripts[i].script == G_UNICODE_SCRIPT_HIRAGANA &&
            counts->by_script[i] * 10 > counts->by_script[script])
          return "ja";
      return scripts[script].tag;
    }
  for (gsize i = 0; i < N_LETTER_SETS; i++)
    if (telling_letters[i].script == scripts[script].script &&
        counts->by_letters[i] * 500 >= counts->by_script[script] && counts->by_letters[i] > 0)
      return telling_letters[i].tag;

  return scripts[script].script == G_UNICODE_SCRIPT_ARABIC ? "ar" : "ru";
}

/* The language of a BCP 47 tag, as this file names it, or NULL. */
static const char *
find_tag (const char *tag)
{
  static const char *const other_names[][2] = {
    { "no", "nb" }, { "nn", "nb" }, { "in", "id" }, { "iw", "he" }, { "fil", "tl" }, { "eng", "en" },
    { "bs", "hr" }, { "deu", "de" }, { "ger", "de" }, { "fra", "fr" }, { "fre", "fr" },
    { "spa", "es" }, { "ita", "it" }, { "por", "pt" }, { "nld", "nl" }, { "rus", "ru" },
  };
  gsize length = tag != NULL ? strcspn (tag, "-_") : 0;

  if (length < 2)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    if (strlen (languages[i].tag) == length &&
        g_ascii_strncasecmp (languages[i].tag, tag, length) == 0)
      return languages[i].tag;
  for (gsize i = 0; i < G_N_ELEMENTS (other_names); i++)
    if (strlen (other_names[i][0]) == length &&
        g_ascii_strncasecmp (other_names[i][0], tag, length) == 0)
      return find_tag (other_names[i][1]);

  return NULL;
}

static gboolean
is_latin (const char *tag)
{
  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    if (strcmp (languages[i].tag, tag) == 0)
      return languages[i].words != NULL;

  return FALSE;
}

/**
 * dra_language_detect:
 * @article: an article
 *
 * Finds the language of an article in its text and, where that does not say, in its
 * metadata.  At most 64 KB of the text are looked at, in several places.
 *
 * Returns: (nullable): its BCP 47 tag ("en", "de", "zh"), "und" when it is surely not English
 *   but not known which it is, or %NULL when it cannot be told
 */
const char *
dra_language_detect (DraArticle *article)
{
  Counts counts = { 0 };
  const char *language, *stated;
  gsize best = 0;

  g_return_val_if_fail (DRA_IS_ARTICLE (article), NULL);

  stated = dra_article_get_metadata (article, DRA_METADATA_LANGUAGE);
  count_article (&counts, article);
  for (gsize i = 1; i < G_N_ELEMENTS (scripts); i++)
    if (counts.by_script[i] > counts.by_script[best])
      best = i;
  if (counts.n_letters < MIN_LETTERS || counts.by_script[best] == 0)
    return find_tag (stated);

  if (scripts[best].script == G_UNICODE_SCRIPT_LATIN)
    {
      language = judge_latin (&counts);
      if ((language == NULL || g_str_equal (language, "und")) && find_tag (stated) != NULL)
        language = find_tag (stated);
    }
  else
    {
      language = judge_script (&counts, best);
      /* A script of several languages: what is stated may be one of them. */
      if (find_tag (stated) != NULL && !is_latin (find_tag (stated)) &&
          (g_str_equal (language, "ru") || g_str_equal (language, "ar")))
        language = find_tag (stated);
    }

  return language;
}

/**
 * dra_language_is_english:
 * @language: (nullable): as dra_language_detect() gives it
 *
 * Returns: whether it is English, or not known to be another language
 */
gboolean
dra_language_is_english (const char *language)
{
  return language == NULL || g_str_equal (language, "en");
}

/**
 * dra_language_get_name:
 * @language: (nullable): as dra_language_detect() gives it
 *
 * Returns: (nullable): what the language is called, translated
 */
const char *
dra_language_get_name (const char *language)
{
  for (gsize i = 0; language != NULL && i < G_N_ELEMENTS (languages); i++)
    if (strcmp (languages[i].tag, language) == 0)
      return g_dgettext (GETTEXT_PACKAGE, languages[i].name);

  return NULL;
}
