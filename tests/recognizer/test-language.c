/* test-language.c: which language it is, and what is marked where it is not English.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "article/dra-article-builder.h"
#include "recognizer/dra-language.h"
#include "recognizer/dra-recognizer.h"

static DraArticle *
make_article (const char *text,
              const char *stated)
{
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();

  if (stated != NULL)
    dra_article_builder_set_metadata (builder, DRA_METADATA_LANGUAGE, stated);
  dra_article_builder_take_lines (builder, g_strdup (text), strlen (text));

  return dra_article_builder_build (builder);
}

static const struct
{
  const char *text;
  const char *stated;   /* (nullable): metadata */
  const char *expected; /* (nullable) */
} cases[] = {
  { "The lamp on the point will go out in the spring, said the keeper, who has been there since "
    "he was a boy and will not leave it.", NULL, "en" },
  { "Die Lampe am Kap geht im Frühjahr aus, sagte der Wärter, der seit seiner Jugend dort ist und "
    "nicht gehen will.", NULL, "de" },
  { "La lampe de la pointe s'éteindra au printemps, a dit le gardien, qui est là depuis son "
    "enfance et ne veut pas partir.", NULL, "fr" },
  { "La lámpara de la punta se apagará en primavera, dijo el farero, que está allí desde que era "
    "niño y no quiere irse.", NULL, "es" },
  { "A lâmpada da ponta vai apagar-se na primavera, disse o faroleiro, que está lá desde menino e "
    "não quer sair.", NULL, "pt" },
  { "La lampada della punta si spegnerà in primavera, ha detto il custode, che è lì da quando era "
    "un ragazzo e non vuole andare.", NULL, "it" },
  { "De lamp op de kaap gaat in het voorjaar uit, zei de wachter, die er al sinds zijn jeugd is en "
    "niet wil gaan.", NULL, "nl" },
  { "Lampan på udden ska slockna till våren, sade vaktaren, som har varit där sedan han var pojke "
    "och inte vill gå.", NULL, "sv" },
  { "Lampa na cyplu zgaśnie na wiosnę, powiedział latarnik, który jest tam od dziecka i nie chce "
    "się stamtąd ruszyć, bo to jest jego dom.", NULL, "pl" },
  { "Burundaki lamba ilkbaharda sönecek, dedi bekçi. Bir çocuk olarak geldi ve bu yer onun için "
    "çok önemli, ama para yok.", NULL, "tr" },
  { "Лампа на мысе погаснет весной, сказал смотритель, который живёт там с детства и не хочет "
    "уезжать.", NULL, "ru" },
  { "Лампа на мисі згасне навесні, сказав доглядач, який живе там із дитинства і не хоче їхати.",
    NULL, "uk" },
  { "Лампата на носа ще угасне през пролетта, каза пазачът, който живее там от дете.", NULL, "bg" },
  { "سينطفئ المصباح في الربيع، قال الحارس الذي يعيش هناك منذ صغره ولا يريد الرحيل.", NULL, "ar" },
  { "چراغ دماغه در بهار خاموش می‌شود، نگهبان گفت که از کودکی آنجا زندگی می‌کند.", NULL, "fa" },
  { "岬のランプは春に消えると、子供の頃からそこに住んでいる灯台守は言った。", NULL, "ja" },
  { "守灯人说，海角上的灯将在春天熄灭，他从小就住在那里，不愿离开。", NULL, "zh" },
  { "곶의 등불은 봄에 꺼질 것이라고 어릴 때부터 그곳에 산 등대지기가 말했다.", NULL, "ko" },
  { "पहरेदार ने कहा कि बत्ती वसंत में बुझ जाएगी और वह बचपन से वहीं रहता है।", NULL, "hi" },
  { "ผู้ดูแลกล่าวว่าตะเกียงจะดับในฤดูใบไม้ผลิ", NULL, "th" },
  { "Η λάμπα στο ακρωτήρι θα σβήσει την άνοιξη, είπε ο φύλακας.", NULL, "el" },
  /* too little text: what is stated, or nothing */
  { "Anna Whitcombe", NULL, NULL },
  { "Anna Whitcombe", "de-AT", "de" },
  { "Anna Whitcombe", "en_US", "en" },
  { "Anna Whitcombe", "no", "nb" },
  { "Anna Whitcombe", "xx-klingon", NULL },
  { "", NULL, NULL },
  { "", "fr", "fr" },
  { "1 2 3 4 5 6 7 8 9 10", NULL, NULL },
  /* the text says more than a careless page */
  { "Die Lampe am Kap geht im Frühjahr aus, sagte der Wärter, der seit seiner Jugend dort ist und "
    "nicht gehen will.", "en", "de" },
  { "सुबह बत्ती बुझ जाएगी, पहरेदार ने यह बात कही और चला गया।", "en", "hi" },
  { "The lamp on the point will go out in the spring, said the keeper, who has been there since "
    "he was a boy and will not leave it.", "de", "en" },
  { "Лампа на мысе погаснет весной, сказал смотритель.", "be", "be" },
  /* a list of names says nothing */
  { "Anna Whitcombe Boris Kowalski Clara Delgado David Arkwright Elena Brennan Felix Caldwell "
    "Grace Dorman Hugo Fenton", NULL, NULL },
  /* a language it does not know */
  { "Lorpen zuridun maskeltion, orunga trevalimba skorintha pelundrai mascolendria trisquentalo. "
    "Velkamurindo starquenda lorintheas provalduri nesquandole, brivantos kelumarine dostravanda. "
    "Quenlorimanda perivaltos sumatrindole, wendrakul noristovale kaminderu proskalendia trumbos. "
    "Zelvarionda kriptomasle vendoralquis marontepula skalindravo, purintheos galvarindo lomquist. "
    "Trendolvaris munquelota pervindalos karumbisto, solvandrige nuromantis delvarokin postrumene. "
    "Vilandroqui serbantelos murkandolie prosventaris, lequandorim tolvaskinde purmandros velkurin.",
    NULL, "und" },
  /* mixed: what there is more of */
  { "守灯人说，海角上的灯将在春天熄灭，他从小就住在那里，不愿离开。灯塔的故事很长。 Hello there, world.", NULL,
    "zh" },
};

static void
test_detect (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DraArticle) article = make_article (cases[i].text, cases[i].stated);
      const char *language = dra_language_detect (article);

      if (g_strcmp0 (language, cases[i].expected) != 0)
        g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (language, ==, cases[i].expected);
      g_assert_true (dra_language_is_english (language) ==
                     (language == NULL || g_str_equal (language, "en")));
      if (language != NULL && !g_str_equal (language, "und"))
        g_assert_nonnull (dra_language_get_name (language));
    }
  g_assert_null (dra_language_get_name (NULL));
  g_assert_null (dra_language_get_name ("und"));
}

static const struct
{
  const char *text;
  const char *expected; /* people and organizations, as "kind name;" */
} sure_cases[] = {
  /* full names, and their family names elsewhere */
  { "Die Bundeskanzlerin Angela Merkel traf am Montag den Präsidenten. Das sagte Merkel der Zeitung, "
    "und sie hat es auch so gemeint.", "p Angela Merkel;" },
  { "Ayer el alcalde Pedro Sánchez habló con la prensa sobre el puente de la ciudad, que no está "
    "en buen estado desde hace años.", "p Pedro Sánchez;" },
  /* a given name that is a frequent word in English */
  { "Die Brücke bleibt gesperrt. Der Ingenieur Peter Wagner sagte, dass das Geld nicht reicht und man noch "
    "warten muss.", "p Peter Wagner;" },
  /* an acronym with its long form */
  { "Gestern hat die Deutsche Forschungsgemeinschaft (DF) mit dem Bund über das Geld gesprochen, "
    "und die DF war nicht zufrieden damit.", "o Deutsche Forschungsgemeinschaft;" },
  /* a single name, or a name that goes on, is not sure */
  { "Gestern hat Habicht mit dem Bund über das Geld gesprochen, und er war nicht zufrieden damit.",
    "" },
  { "El autobús para en la calle Pedro Sánchez Boulevard, que no está en el centro de la ciudad "
    "desde hace años.", "" },
  /* with an article, or in quotation marks, it is no person */
  { "Ayer la Cruz Roja habló con la prensa sobre el puente de la ciudad, que no está en buen estado "
    "desde hace años.", "" },
  { "Hier la Maison Blanche a dit que le pont de la ville est fermé, et que les travaux ne sont pas "
    "encore finis.", "" },
  { "Ayer el barco \"Ana Torres\" salió del puerto de la ciudad, que no está en buen estado desde "
    "hace años.", "" },
  /* nor is a part of a name a name */
  { "Ayer el alcalde, Qorvando Pedro Sánchez, habló con la prensa sobre el puente de la ciudad, que no "
    "está en buen estado desde hace años.", "" },
  { "Das sagte die Ärztin gestern dem New England Journal, das über die Brücke schreibt und nicht zum "
    "ersten Mal.", "" },
  { "Вчера Анна Петрова сказала, что лампа погаснет весной, и ушла домой.", "" },
};

static void
test_sure (void)
{
  g_autoptr (DraRecognizer) recognizer = dra_recognizer_new (NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (sure_cases); i++)
    {
      g_autoptr (DraArticle) article = make_article (sure_cases[i].text, NULL);
      g_autoptr (DraCast) cast = dra_recognizer_recognize (recognizer, article, NULL, NULL);
      g_autoptr (GString) found = g_string_new (NULL);

      for (guint e = 0; e < dra_cast_get_n_entities (cast); e++)
        {
          const DraEntity *entity = dra_cast_get_entity (cast, e);

          if (entity->kind != DRA_ENTITY_PLACE)
            g_string_append_printf (found, "%c %s;", "po"[entity->kind], entity->name);
          /* The patterns of roles are English. */
          g_assert_null (entity->role);
        }
      if (!g_str_equal (found->str, sure_cases[i].expected))
        g_test_message ("%s", sure_cases[i].text);
      g_assert_cmpstr (found->str, ==, sure_cases[i].expected);
    }
}

/* Much text without spaces, without Latin letters, from right to left, or mixed, and words of
 * one letter: an answer, and in about the time that English takes. */
static void
test_any_script (void)
{
  static const char *const units[] = {
    "سينطفئ المصباح في الربيع، قال الحارس الذي يعيش هناك. ",
    "守灯人说，海角上的灯将在春天熄灭，他从小就住在那里。",
    "ผู้ดูแลกล่าวว่าตะเกียงจะดับในฤดูใบไม้ผลิ",
    "पहरेदार ने कहा कि बत्ती वसंत में बुझ जाएगी। ",
    "Anna 守灯人 Whitcombe المصباح said ตะเกียง (ABC) 灯. ",
    "I ", "A B. ", "ÅÄÖ ", "e\xcc\x81", "(A)", "\xf0\x9f\x98\x80\xe2\x80\x8d",
  };
  g_autoptr (DraRecognizer) recognizer = dra_recognizer_new (NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (DraArticle) article = NULL;
      g_autoptr (DraCast) cast = NULL;
      guint n;
      const DraMention *mentions;

      while (text->len < 100000)
        g_string_append (text, units[i]);
      article = make_article (text->str, NULL);
      cast = dra_recognizer_recognize (recognizer, article, NULL, NULL);
      mentions = dra_cast_get_mentions (cast, &n);
      for (guint m = 0; m < n; m++)
        g_assert_true (g_utf8_validate (text->str + mentions[m].range.start,
                                        (gssize) dra_range_length (mentions[m].range), NULL));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/language/detect", test_detect);
  g_test_add_func ("/language/sure", test_sure);
  g_test_add_func ("/language/any-script", test_any_script);

  return g_test_run ();
}
