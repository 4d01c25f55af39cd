/* writer-fixtures.c: articles, casts and notes to write copies of.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "writer-fixtures.h"

#include <string.h>

#include "article/dra-article-builder.h"
#include "dra-test.h"
#include "readers/dra-reader-registry.h"

static void
add_block (DraArticleBuilder *builder,
           DraBlockKind       kind,
           guint              level,
           const char        *label,
           const char        *text)
{
  dra_article_builder_begin_block (builder, kind, level, label);
  dra_article_builder_add_text (builder, text, -1);
  dra_article_builder_end_block (builder);
}

static void
add_styled (DraArticleBuilder *builder,
            DraStyleKind       kind,
            const char        *target,
            const char        *text)
{
  dra_article_builder_begin_style (builder, kind, target);
  dra_article_builder_add_text (builder, text, -1);
  dra_article_builder_end_style (builder, kind);
}

static void
add_row (DraArticleBuilder *builder,
         gboolean           first,
         gboolean           heading,
         const char        *one,
         const char        *two,
         const char        *three)
{
  dra_article_builder_begin_block (builder, DRA_BLOCK_TABLE_ROW, heading, first ? "first" : NULL);
  dra_article_builder_add_text (builder, one, -1);
  if (two != NULL)
    {
      dra_article_builder_next_cell (builder);
      add_styled (builder, DRA_STYLE_STRONG, NULL, two);
    }
  if (three != NULL)
    {
      dra_article_builder_next_cell (builder);
      dra_article_builder_add_text (builder, three, -1);
    }
  dra_article_builder_end_block (builder);
}

DraArticle *
fixture_news (void)
{
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();

  dra_article_builder_set_metadata (builder, DRA_METADATA_TITLE, "The Lamp on Skerry Point");
  dra_article_builder_set_metadata (builder, DRA_METADATA_BYLINE, "Maud Ferrant");
  dra_article_builder_set_metadata (builder, DRA_METADATA_PUBLISHED, "2025-11-03T06:30:00Z");
  dra_article_builder_set_metadata (builder, DRA_METADATA_SITE, "The Coast Gazette");
  dra_article_builder_set_metadata (builder, DRA_METADATA_LANGUAGE, "en");
  dra_article_builder_set_metadata (builder, DRA_METADATA_SOURCE_URI,
                                    "https://coast-gazette.example/2025/lamp?a=1&b=2");

  add_block (builder, DRA_BLOCK_TITLE, 0, NULL, "The Lamp on Skerry Point");
  add_block (builder, DRA_BLOCK_IMAGE, 0, NULL, "");
  dra_article_builder_add_image (builder, "The lighthouse at dusk, \"unlit\"");
  add_block (builder, DRA_BLOCK_CAPTION, 0, NULL, "Skerry Point last week. Photo: Ilse Brandt");

  dra_article_builder_begin_block (builder, DRA_BLOCK_PARAGRAPH, 0, NULL);
  dra_article_builder_add_text (builder, "For ninety years ", -1);
  add_styled (builder, DRA_STYLE_EMPHASIS, NULL, "somebody");
  dra_article_builder_add_text (builder, " has lit the lamp. Keeper ", -1);
  dra_article_builder_begin_style (builder, DRA_STYLE_STRONG, NULL);
  dra_article_builder_add_text (builder, "Oona Halloran ", -1);
  add_styled (builder, DRA_STYLE_LINK, "https://lights.example/board", "of the Board of Lights");
  dra_article_builder_end_style (builder, DRA_STYLE_STRONG);
  dra_article_builder_add_text (builder, " says it ends on Sunday. Halloran is 61.", -1);
  dra_article_builder_end_block (builder);

  add_block (builder, DRA_BLOCK_HEADING, 1, NULL, "What the Board says");
  add_block (builder, DRA_BLOCK_LIST_ITEM, 1, "•", "The Board of Lights pays for oil.");
  add_block (builder, DRA_BLOCK_LIST_ITEM, 2, "–", "Since 1931, not a day late.");
  add_block (builder, DRA_BLOCK_LIST_ITEM, 1, "1.", "The Ministry of Ports pays for nothing.");
  add_block (builder, DRA_BLOCK_QUOTATION, 1, NULL, "“We were never asked,” said Pascal Dure.");
  add_block (builder, DRA_BLOCK_QUOTATION, 2, NULL, "“Nor was I,” said Halloran.");

  dra_article_builder_begin_block (builder, DRA_BLOCK_PARAGRAPH, 0, NULL);
  add_styled (builder, DRA_STYLE_LINK, "javascript:alert(1)", "This link");
  dra_article_builder_add_text (builder, " does nothing, ", -1);
  add_styled (builder, DRA_STYLE_LINK, "mailto:keeper@lights.example", "this one");
  dra_article_builder_add_text (builder, " writes to Oona Halloran; H", -1);
  add_styled (builder, DRA_STYLE_SUBSCRIPT, NULL, "2");
  dra_article_builder_add_text (builder, "O, 5 m", -1);
  add_styled (builder, DRA_STYLE_SUPERSCRIPT, NULL, "2");
  dra_article_builder_add_text (builder, ", ", -1);
  add_styled (builder, DRA_STYLE_CODE, NULL, "lamp --on");
  dra_article_builder_add_text (builder, ", ", -1);
  add_styled (builder, DRA_STYLE_UNDERLINE, NULL, "kept");
  dra_article_builder_add_text (builder, " and ", -1);
  add_styled (builder, DRA_STYLE_STRIKETHROUGH, NULL, "dropped");
  dra_article_builder_add_text (builder, ".", -1);
  dra_article_builder_add_break (builder);
  dra_article_builder_add_text (builder, "A second line.", -1);
  dra_article_builder_end_block (builder);

  add_block (builder, DRA_BLOCK_PREFORMATTED, 0, NULL,
             "Skerry, oh Skerry,\n    thy lamp  is low,\n\n\tand Dure has gone.");
  add_block (builder, DRA_BLOCK_RULE, 0, NULL, "* * *");
  add_block (builder, DRA_BLOCK_HEADING, 6, NULL, "Corrections");
  add_block (builder, DRA_BLOCK_PARAGRAPH, 0, NULL,
             "An earlier version named the Board of Lights a ministry.");

  return dra_article_builder_build (builder);
}

DraArticle *
fixture_tables (void)
{
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();

  add_row (builder, TRUE, TRUE, "Year", "Keeper", "Paid by");
  add_row (builder, FALSE, FALSE, "1931", "Pascal Dure & Son", "Board of Lights");
  add_row (builder, FALSE, FALSE, "", "Oona Halloran", NULL);
  add_row (builder, TRUE, FALSE, "Another table", NULL, NULL);
  dra_article_builder_begin_block (builder, DRA_BLOCK_PARAGRAPH, 0, NULL);
  dra_article_builder_add_text (builder, "The oil was counted twice.", -1);
  add_styled (builder, DRA_STYLE_LINK, "#fn:oil-1", "1");
  add_styled (builder, DRA_STYLE_LINK, "#p1", " Nowhere.");
  dra_article_builder_end_block (builder);
  add_block (builder, DRA_BLOCK_FOOTNOTE, 0, "oil-1", "By Oona Halloran, and by Pascal Dure.");
  add_block (builder, DRA_BLOCK_FOOTNOTE, 0, "not a name", "Nothing leads here.");

  return dra_article_builder_build (builder);
}

#define HOSTILE \
  "</p></div></article><script>alert(1)</script><!-- --><![CDATA[ ]]> &amp; & &#60; <br> " \
  "\" ' ` \\ \\u003c </script> --> ]]> \342\200\256evil\342\200\254 \342\201\246 " \
  "\360\237\221\251\342\200\215\360\237\232\200 \357\277\275 e\314\201 " \
  "\360\235\224\270 javascript:alert(1) onload=x {{x}} %s \302\240\302\240"

DraArticle *
fixture_hostile (void)
{
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();

  dra_article_builder_set_metadata (builder, DRA_METADATA_TITLE, HOSTILE);
  dra_article_builder_set_metadata (builder, DRA_METADATA_BYLINE, HOSTILE);
  dra_article_builder_set_metadata (builder, DRA_METADATA_PUBLISHED, HOSTILE);
  dra_article_builder_set_metadata (builder, DRA_METADATA_SITE, HOSTILE);
  dra_article_builder_set_metadata (builder, DRA_METADATA_LANGUAGE, "\" onload=\"x");
  dra_article_builder_set_metadata (builder, DRA_METADATA_SOURCE_URI,
                                    "https://x.example/\"><script>alert(1)</script>");

  for (int kind = DRA_BLOCK_TITLE; kind < DRA_N_BLOCK_KINDS; kind++)
    {
      if (kind == DRA_BLOCK_IMAGE)
        continue;
      dra_article_builder_begin_block (builder, (DraBlockKind) kind, kind % 7, HOSTILE);
      dra_article_builder_begin_style (builder, DRA_STYLE_LINK, "https://x.example/\"><x>");
      dra_article_builder_add_text (builder, HOSTILE, -1);
      dra_article_builder_end_style (builder, DRA_STYLE_LINK);
      dra_article_builder_add_break (builder);
      dra_article_builder_begin_style (builder, DRA_STYLE_LINK, "data:text/html," HOSTILE);
      dra_article_builder_add_text (builder, HOSTILE, -1);
      dra_article_builder_end_style (builder, DRA_STYLE_LINK);
      dra_article_builder_end_block (builder);
    }
  dra_article_builder_add_image (builder, HOSTILE);

  return dra_article_builder_build (builder);
}

DraArticle *
fixture_arabic (void)
{
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();

  dra_article_builder_set_metadata (builder, DRA_METADATA_TITLE, "المنارة على الرأس");
  dra_article_builder_set_metadata (builder, DRA_METADATA_LANGUAGE, "ar");
  add_block (builder, DRA_BLOCK_TITLE, 0, NULL, "المنارة على الرأس");
  add_block (builder, DRA_BLOCK_PARAGRAPH, 0, NULL,
             "قالت سلمى الحداد إن المصباح سيُطفأ يوم الأحد. كتبت Oona Halloran رسالة إلى مجلس "
             "الأنوار ولم يصلها رد. وقالت الحداد إنها ستبقى.");
  add_block (builder, DRA_BLOCK_LIST_ITEM, 1, "•", "دفع مجلس الأنوار ثمن الزيت.");

  return dra_article_builder_build (builder);
}

DraArticle *
fixture_lines (const char *text)
{
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();

  dra_article_builder_take_lines (builder, g_strdup (text), strlen (text));

  return dra_article_builder_build (builder);
}

static void
add_mentions (DraCastBuilder *builder,
              DraArticle     *article,
              guint           entity,
              const char     *form)
{
  gsize length;
  const char *text = dra_article_get_text (article, &length);

  for (const char *p = text; (p = strstr (p, form)) != NULL; p += strlen (form))
    dra_cast_builder_add_mention (builder, entity,
                                  (DraRange){ p - text, p - text + strlen (form) }, 0.9f);
}

DraCast *
fixture_cast (DraArticle        *article,
              const char *const *names)
{
  g_autoptr (DraCastBuilder) builder = dra_cast_builder_new (article);
  const char *text = dra_article_get_text (article, NULL);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (names[i] + 2, "|", -1);
      DraEntityKind kind = names[i][0] == 'p' ? DRA_ENTITY_PERSON
                           : names[i][0] == 'o' ? DRA_ENTITY_ORGANIZATION
                                                : DRA_ENTITY_PLACE;
      guint entity = dra_cast_builder_add_entity (builder, kind, parts[0], -1);

      for (guint j = 0; parts[j] != NULL; j++)
        if (g_str_has_prefix (parts[j], "role="))
          {
            const char *role = strstr (text, parts[j] + 5);

            g_assert_nonnull (role);
            dra_cast_builder_set_role (builder, entity,
                                       (DraRange){ role - text,
                                                   role - text + strlen (parts[j] + 5) });
          }
        else
          add_mentions (builder, article, entity, parts[j]);
    }

  return dra_cast_builder_build (builder);
}

DraCast *
fixture_news_cast (DraArticle *article)
{
  static const char *const names[] = {
    "p:Oona Halloran|Halloran|role=Keeper",
    "o:Board of Lights|Board",
    "p:Pascal Dure|Dure",
    "o:Ministry of Ports",
    "l:Skerry Point|Skerry",
    "p:Ilse Brandt|role=Photo",
    NULL,
  };

  return fixture_cast (article, names);
}

/* A character boundary at random. */
static gsize
random_offset (DraArticle *article,
               GRand      *rand)
{
  gsize n = dra_article_get_n_code_points (article);

  return dra_article_to_bytes (article, n > 0 ? (gsize) g_rand_int_range (rand, 0, (gint) n) : 0);
}

static DraRange
random_range (DraArticle *article,
              GRand      *rand,
              guint       max)
{
  gsize length;
  gsize start = random_offset (article, rand);
  gsize n = dra_article_to_code_points (article, start)
            + (gsize) g_rand_int_range (rand, 1, (gint) max);

  dra_article_get_text (article, &length);
  n = MIN (n, dra_article_get_n_code_points (article));

  return (DraRange){ start, MIN (dra_article_to_bytes (article, n), length) };
}

DraCast *
fixture_random_cast (DraArticle *article,
                     GRand      *rand)
{
  g_autoptr (DraCastBuilder) builder = dra_cast_builder_new (article);
  guint n_entities = (guint) g_rand_int_range (rand, 1, 30);

  for (guint i = 0; i < n_entities; i++)
    {
      g_autofree char *name = g_strdup_printf ("Name & <%u>", i);
      guint entity = dra_cast_builder_add_entity (
        builder, (DraEntityKind) g_rand_int_range (rand, 0, 3),
        g_rand_boolean (rand) ? name : NULL,
        g_rand_boolean (rand) ? -1 : (float) g_rand_double (rand));
      guint n_mentions = (guint) g_rand_int_range (rand, 1, 12);

      if (g_rand_boolean (rand))
        dra_cast_builder_set_role (builder, entity, random_range (article, rand, 30));
      for (guint j = 0; j < n_mentions; j++)
        dra_cast_builder_add_mention (builder, entity, random_range (article, rand, 25),
                                      (float) g_rand_double (rand));
    }

  return dra_cast_builder_build (builder);
}

/* Times that do not change from run to run. */
static void
set_times (DraNote *note,
           guint    index)
{
  dra_note_set_modified (note, dra_note_get_created (note) + index);
}

DraNote *
fixture_note (DraArticle   *article,
              const char   *passage,
              DraNoteColor  color,
              const char   *body)
{
  const char *text = dra_article_get_text (article, NULL);
  const char *found = strstr (text, passage);
  DraNote *note;

  g_assert_nonnull (found);
  note = dra_note_new_for_passage (article, (DraRange){ found - text,
                                                        found - text + strlen (passage) });
  dra_note_set_color (note, color);
  dra_note_set_body (note, body);

  return note;
}

GPtrArray *
fixture_news_notes (DraArticle *article)
{
  static const char *const tags[] = { "money", "to check", NULL };
  GPtrArray *notes = g_ptr_array_new_with_free_func (g_object_unref);
  DraNote *note;

  g_ptr_array_add (notes, fixture_note (article, "Halloran of the Board", DRA_NOTE_YELLOW,
                                        "Ask her <i>why</i> now.\n\nAnd who pays?"));
  g_ptr_array_add (notes, fixture_note (article, "the Board of Lights", DRA_NOTE_BLUE, ""));
  g_ptr_array_add (notes, fixture_note (article, "lamp. Keeper Oona", DRA_NOTE_GREEN,
                                        "Over the start of another."));
  g_ptr_array_add (notes, fixture_note (article, "pays for oil.\nSince 1931", DRA_NOTE_PINK,
                                        "Over two blocks."));
  note = fixture_note (article, "lamp --on", DRA_NOTE_ORANGE, "");
  dra_note_set_tags (note, tags);
  g_ptr_array_add (notes, note);
  note = dra_note_new_for_article (article);
  dra_note_set_body (note, "Written before the election.");
  g_ptr_array_add (notes, note);
  note = dra_note_new_for_entity (article, "person", "Oona Halloran");
  dra_note_set_body (note, "Is she related to Brid Halloran?");
  g_ptr_array_add (notes, note);

  return notes;
}

GPtrArray *
fixture_random_notes (DraArticle *article,
                      DraCast    *cast,
                      GRand      *rand,
                      guint       n_notes)
{
  static const char *const bodies[] = {
    "", "A note.", "</script> & \"so\" <b>on</b>", "Two\nlines\n\nand a paragraph",
    "\342\200\256backwards \360\237\232\200", "-- > ]]> \\ \t tab",
  };
  static const char *const tags[] = { "a", "b & c", "</x>", NULL };
  GPtrArray *notes = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n_notes; i++)
    {
      DraNote *note;
      guint dice = (guint) g_rand_int_range (rand, 0, 20);

      if (dice == 0)
        note = dra_note_new_for_article (article);
      else if (dice == 1 && cast != NULL && dra_cast_get_n_entities (cast) > 0)
        note = dra_note_new_for_entity (article, "person", dra_cast_get_entity (cast, 0)->name);
      else
        note = dra_note_new_for_passage (article, random_range (article, rand,
                                                                dice < 5 ? 2000 : 60));
      dra_note_set_color (note, (DraNoteColor) g_rand_int_range (rand, 0, DRA_N_NOTE_COLORS));
      dra_note_set_body (note, bodies[g_rand_int_range (rand, 0, G_N_ELEMENTS (bodies))]);
      if (dice % 3 == 0)
        dra_note_set_tags (note, tags);
      set_times (note, i);
      g_ptr_array_add (notes, note);
    }

  return notes;
}

void
assert_same_article (DraArticle *a,
                     DraArticle *b)
{
  gsize a_length, b_length;
  const char *a_text = dra_article_get_text (a, &a_length);
  const char *b_text = dra_article_get_text (b, &b_length);
  guint a_n, b_n;
  const DraBlock *a_blocks = dra_article_get_blocks (a, &a_n);
  const DraBlock *b_blocks = dra_article_get_blocks (b, &b_n);
  const DraStyle *a_styles, *b_styles;

  g_assert_cmpmem (a_text, a_length, b_text, b_length);
  g_assert_cmpstr (dra_article_get_hash (a), ==, dra_article_get_hash (b));

  g_assert_cmpuint (a_n, ==, b_n);
  for (guint i = 0; i < a_n; i++)
    {
      g_assert_cmpint (a_blocks[i].kind, ==, b_blocks[i].kind);
      g_assert_cmpuint (a_blocks[i].level, ==, b_blocks[i].level);
      g_assert_cmpstr (a_blocks[i].label, ==, b_blocks[i].label);
      g_assert_cmpuint (a_blocks[i].range.start, ==, b_blocks[i].range.start);
      g_assert_cmpuint (a_blocks[i].range.end, ==, b_blocks[i].range.end);
    }

  a_styles = dra_article_get_styles (a, &a_n);
  b_styles = dra_article_get_styles (b, &b_n);
  g_assert_cmpuint (a_n, ==, b_n);
  for (guint i = 0; i < a_n; i++)
    {
      g_assert_cmpint (a_styles[i].kind, ==, b_styles[i].kind);
      g_assert_cmpstr (a_styles[i].target, ==, b_styles[i].target);
      g_assert_cmpuint (a_styles[i].range.start, ==, b_styles[i].range.start);
      g_assert_cmpuint (a_styles[i].range.end, ==, b_styles[i].range.end);
    }

  for (int i = DRA_METADATA_TITLE; i <= DRA_METADATA_LANGUAGE; i++)
    g_assert_cmpstr (dra_article_get_metadata (a, (DraMetadata) i), ==,
                     dra_article_get_metadata (b, (DraMetadata) i));
}

void
assert_same_cast (DraCast *a,
                  DraCast *b)
{
  const DraMention *a_mentions, *b_mentions;
  guint a_n, b_n;

  g_assert_cmpint (a == NULL, ==, b == NULL);
  if (a == NULL)
    return;

  a_mentions = dra_cast_get_mentions (a, &a_n);
  b_mentions = dra_cast_get_mentions (b, &b_n);
  g_assert_cmpuint (a_n, ==, b_n);
  for (guint i = 0; i < a_n; i++)
    {
      g_assert_cmpuint (a_mentions[i].range.start, ==, b_mentions[i].range.start);
      g_assert_cmpuint (a_mentions[i].range.end, ==, b_mentions[i].range.end);
      g_assert_cmpuint (a_mentions[i].entity, ==, b_mentions[i].entity);
      g_assert_true (a_mentions[i].confidence == b_mentions[i].confidence);
    }

  g_assert_cmpuint (dra_cast_get_n_entities (a), ==, dra_cast_get_n_entities (b));
  for (guint i = 0; i < dra_cast_get_n_entities (a); i++)
    {
      const DraEntity *x = dra_cast_get_entity (a, i);
      const DraEntity *y = dra_cast_get_entity (b, i);

      g_assert_cmpstr (x->id, ==, y->id);
      g_assert_cmpint (x->kind, ==, y->kind);
      g_assert_cmpstr (x->name, ==, y->name);
      g_assert_cmpstr (x->role, ==, y->role);
      g_assert_cmpuint (x->role_range.start, ==, y->role_range.start);
      g_assert_cmpuint (x->role_range.end, ==, y->role_range.end);
      g_assert_true (x->confidence == y->confidence);
      g_assert_true (g_strv_equal (x->forms, y->forms));
      g_assert_cmpmem (x->mentions, x->n_mentions * sizeof (guint),
                       y->mentions, y->n_mentions * sizeof (guint));
    }
}

void
assert_same_notes (GPtrArray *a,
                   GPtrArray *b)
{
  g_autoptr (GHashTable) by_uuid = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpuint (a->len, ==, b->len);
  for (guint i = 0; i < b->len; i++)
    g_hash_table_insert (by_uuid, (gpointer) dra_note_get_uuid (b->pdata[i]), b->pdata[i]);

  for (guint i = 0; i < a->len; i++)
    {
      DraNote *other = g_hash_table_lookup (by_uuid, dra_note_get_uuid (a->pdata[i]));
      DraRange x, y;

      g_assert_nonnull (other);
      g_assert_true (dra_note_equal (a->pdata[i], other));
      g_assert_cmpint (dra_note_get_anchor (a->pdata[i], &x, NULL), ==,
                       dra_note_get_anchor (other, &y, NULL));
      g_assert_cmpuint (x.start, ==, y.start);
      g_assert_cmpuint (x.end, ==, y.end);
    }
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
list_files (const char *folder)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (!g_str_has_suffix (name, ".json"))
      g_ptr_array_add (names, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (names, compare_names);

  return names;
}

static gboolean
check_file (const char   *path,
            FixtureCheck  check,
            gboolean      lines)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (GRand) rand = g_rand_new_with_seed (g_str_hash (name));
  g_autoptr (DraReading) reading = NULL;
  g_autoptr (DraCast) cast = NULL;
  g_autoptr (GPtrArray) notes = NULL;

  g_test_message ("%s", name);
  if (lines)
    {
      g_autoptr (DraReading) plain = dra_reader_registry_read (file, "lines", NULL, NULL);

      if (plain != NULL)
        check (plain->article, NULL, NULL);
    }
  reading = dra_reader_registry_read (file, NULL, NULL, NULL);
  if (reading == NULL)
    return FALSE;
  cast = fixture_random_cast (reading->article, rand);
  notes = fixture_random_notes (reading->article, cast, rand, 12);
  check (reading->article, cast, notes);

  return TRUE;
}

void
fixture_walk_corpus (FixtureCheck check,
                     gboolean     lines)
{
  static const struct
  {
    const char *folder;
    guint       step; /* one file in so many */
  } formats[] = {
    { "txt", 9 }, { "md", 8 }, { "html", 60 }, { "mhtml", 3 }, { "docx", 6 }, { "odt", 6 },
    { "rtf", 6 }, { "epub", 9 }, { "fb2", 3 }, { "eml", 9 }, { "pdf", 8 }, { "xml", 18 },
  };
  g_autofree char *root = dra_test_shared ("corpus/open");
  gboolean all = g_getenv ("DRAMATIS_TEST_ALL") != NULL;

  for (guint i = 0; root != NULL && i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *folder = g_build_filename (root, formats[i].folder, NULL);
      g_autoptr (GPtrArray) files = list_files (folder);
      guint n_read = 0, n_tried = 0;

      for (guint k = 0; k < files->len; k += all ? 1 : formats[i].step)
        {
          n_tried++;
          n_read += check_file (files->pdata[k], check, lines && i == 0);
        }
      g_test_message ("%s: %u articles in %u files", formats[i].folder, n_read, n_tried);
      if (n_tried > 4)
        g_assert_cmpuint (n_read, >, 0);
    }
}
