/* test-html-copies.c: annotated copies read back: as they were, edited, and hostile.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "article/dra-error.h"
#include "dra-test.h"
#include "notes/dra-anchor.h"
#include "readers/dra-formats.h"
#include "readers/dra-reader-registry.h"
#include "writer-fixtures.h"
#include "writers/dra-writer.h"

static GBytes *
write_copy (DraArticle *article,
            DraCast    *cast,
            GPtrArray  *notes)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes = dra_writer_find ("html")->write (article, cast, notes, NULL, &error);

  g_assert_no_error (error);

  return bytes;
}

static DraReading *
read_copy (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  DraReading *reading = dra_reader_registry_read_bytes (bytes, "copy.html", NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (reading->copy);

  return reading;
}

static DraReading *
read_string (const char *page)
{
  g_autoptr (GBytes) bytes = g_bytes_new (page, strlen (page));

  return read_copy (bytes);
}

static void
assert_same_bytes (GBytes *a,
                   GBytes *b)
{
  gsize a_size, b_size;
  const char *a_data = g_bytes_get_data (a, &a_size);
  const char *b_data = g_bytes_get_data (b, &b_size);

  g_assert_cmpmem (a_data, a_size, b_data, b_size);
}

/* Everything comes back, and the copy of the copy is the copy. */
static void
check_round_trip (DraArticle *article,
                  DraCast    *cast,
                  GPtrArray  *notes)
{
  g_autoptr (GBytes) first = write_copy (article, cast, notes);
  g_autoptr (DraReading) reading = read_copy (first);
  g_autoptr (GBytes) second = NULL;
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  assert_same_article (article, reading->article);
  assert_same_cast (cast, reading->cast);
  assert_same_notes (notes != NULL ? notes : none, reading->notes);

  second = write_copy (reading->article, reading->cast, reading->notes);
  assert_same_bytes (first, second);
}

static void
test_news (void)
{
  g_autoptr (DraArticle) article = fixture_news ();
  g_autoptr (DraCast) cast = fixture_news_cast (article);
  g_autoptr (GPtrArray) notes = fixture_news_notes (article);
  g_autoptr (GBytes) copy = write_copy (article, cast, notes);
  g_autoptr (DraReading) reading = read_copy (copy);

  check_round_trip (article, cast, notes);
  check_round_trip (article, NULL, NULL);
  g_assert_cmpstr (dra_article_get_metadata (reading->article, DRA_METADATA_ORIGIN_URI), ==,
                   "https://coast-gazette.example/2025/lamp?a=1&b=2");
  g_assert_cmpstr (dra_article_get_metadata (reading->article, DRA_METADATA_SOURCE_TYPE), ==,
                   "text/html");
}

/* A copy that version 0.1.0 wrote: what people have on their disks opens for ever. */
static void
test_version_1 (void)
{
  g_autofree char *path = dra_test_source ("tests/fixtures/copies/version-1.html");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (DraArticle) article = fixture_news ();
  g_autoptr (DraCast) cast = fixture_news_cast (article);
  g_autoptr (GPtrArray) notes = fixture_news_notes (article);
  g_autoptr (GError) error = NULL;
  g_autoptr (DraReading) reading = dra_reader_registry_read (file, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (reading->copy);
  assert_same_article (article, reading->article);
  assert_same_cast (cast, reading->cast);
  g_assert_cmpuint (reading->notes->len, ==, notes->len);
  for (guint i = 0; i < notes->len; i++)
    {
      gboolean found = FALSE;

      for (guint j = 0; j < reading->notes->len && !found; j++)
        {
          DraRange x, y;

          found = dra_note_get_target (notes->pdata[i])
                    == dra_note_get_target (reading->notes->pdata[j])
                  && dra_note_get_color (notes->pdata[i])
                       == dra_note_get_color (reading->notes->pdata[j])
                  && g_str_equal (dra_note_get_body (notes->pdata[i]),
                                  dra_note_get_body (reading->notes->pdata[j]))
                  && g_strv_equal (dra_note_get_tags (notes->pdata[i]),
                                   dra_note_get_tags (reading->notes->pdata[j]))
                  && dra_note_get_anchor (reading->notes->pdata[j], &x, NULL) == DRA_ANCHOR_EXACT;
          dra_note_get_anchor (notes->pdata[i], &y, NULL);
          found = found && x.start == y.start && x.end == y.end;
        }
      g_assert_true (found);
    }
}

static void
test_no_names (void)
{
  static const char *const names[] = { NULL };
  g_autoptr (DraArticle) article = fixture_news ();
  g_autoptr (DraCast) cast = fixture_cast (article, names);

  check_round_trip (article, cast, NULL);
}

static void
test_random (void)
{
  for (guint seed = 1; seed <= 80; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      g_autoptr (DraArticle) article = seed % 4 == 0   ? fixture_news ()
                                       : seed % 4 == 1 ? fixture_hostile ()
                                       : seed % 4 == 2 ? fixture_tables ()
                                                       : fixture_arabic ();
      g_autoptr (DraCast) cast = fixture_random_cast (article, rand);
      g_autoptr (GPtrArray) notes = fixture_random_notes (article, cast, rand, seed * 2);

      check_round_trip (article, cast, notes);
    }
}

static void
test_lines (void)
{
  static const char *const texts[] = {
    "One", "One\n", "\n\nOne\n\n\nTwo\n\n", " ", "\t\n \n", "a\n\342\200\250\nb",
    "  leading\ttabs and trailing  \n\302\240\n", "<p>&amp;</p>\n]]>\n-->\n\n\n\n\n\n\n\n",
    "\357\273\277mark\n\302\255soft\302\255hyphen\nimage \357\277\274 here\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (DraArticle) article = fixture_lines (texts[i]);
      g_autoptr (GRand) rand = g_rand_new_with_seed (i);
      g_autoptr (DraCast) cast = fixture_random_cast (article, rand);

      check_round_trip (article, cast, NULL);
    }
}

/* One paragraph beyond the 10 MB that libxml2 takes by default, depth of one. */
static void
test_large (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (DraArticle) article = NULL;

  while (text->len < 11 * 1024 * 1024)
    g_string_append (text, "Words & <words> without end. ");
  article = fixture_lines (text->str);
  check_round_trip (article, NULL, NULL);
}

/* Real texts, some in forty encodings, some made to break programs. */
static void
test_corpus (void)
{
  fixture_walk_corpus (check_round_trip, TRUE);
}

static char *
news_page (DraArticle **article,
           DraCast    **cast,
           GPtrArray  **notes)
{
  g_autoptr (GBytes) bytes = NULL;
  gsize size;
  const char *data;

  *article = fixture_news ();
  *cast = fixture_news_cast (*article);
  *notes = fixture_news_notes (*article);
  bytes = write_copy (*article, *cast, *notes);
  data = g_bytes_get_data (bytes, &size);

  return g_strndup (data, size);
}

static char *
replace (const char *page,
         const char *find,
         const char *replacement)
{
  g_autoptr (GString) string = g_string_new (page);

  g_assert_cmpuint (g_string_replace (string, find, replacement, 0), >, 0);

  return g_string_free (g_steal_pointer (&string), FALSE);
}

/* As a browser saves it: HTML that is no XML, a comment before it, and entities. */
static void
test_saved_by_browser (void)
{
  g_autoptr (DraArticle) article = NULL;
  g_autoptr (DraCast) cast = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  g_autofree char *page = news_page (&article, &cast, &notes);
  g_autofree char *a = replace (page, "<br/>", "<br>");
  g_autofree char *b = replace (a, "/>\n", ">\n");
  g_autofree char *c = replace (b, "<!DOCTYPE html>\n",
                                "<!DOCTYPE html>\n<!-- saved from url=(0014)about:internet -->\n");
  g_autofree char *d = replace (c, "“", "&ldquo;");
  g_autofree char *e = replace (d, "<meta name=\"generator\" content=",
                                "<META NAME=\"generator\" CONTENT=");
  g_autoptr (DraReading) reading = read_string (e);

  assert_same_article (article, reading->article);
  assert_same_cast (cast, reading->cast);
  assert_same_notes (notes, reading->notes);
}

static void
test_other_line_ends (void)
{
  g_autoptr (DraArticle) article = NULL;
  g_autoptr (DraCast) cast = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  g_autofree char *page = news_page (&article, &cast, &notes);
  g_autofree char *crlf = replace (page, "\n", "\r\n");
  g_autoptr (DraReading) reading = read_string (crlf);

  assert_same_article (article, reading->article);
  assert_same_cast (cast, reading->cast);
  assert_same_notes (notes, reading->notes);
}

static void
test_other_encoding (void)
{
  g_autoptr (DraArticle) article = NULL;
  g_autoptr (DraCast) cast = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  g_autofree char *page = news_page (&article, &cast, &notes);
  gsize size;
  g_autofree char *utf16 = g_convert (page, -1, "UTF-16", "UTF-8", NULL, &size, NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (utf16, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (DraReading) reading = dra_reader_registry_read_bytes (bytes, "copy.html", "copy",
                                                                   NULL, &error);

  g_assert_no_error (error);
  assert_same_article (article, reading->article);
  assert_same_notes (notes, reading->notes);
}

static guint
count_states (GPtrArray      *notes,
              DraAnchorState  state)
{
  guint n = 0;

  for (guint i = 0; i < notes->len; i++)
    n += dra_note_get_anchor (notes->pdata[i], NULL, NULL) == state;

  return n;
}

/* Somebody put a paragraph in front and changed a word: the text is what is seen, notes
 * move with their passages and mentions with their names. */
static void
test_edited (void)
{
  g_autoptr (DraArticle) article = NULL;
  g_autoptr (DraCast) cast = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  g_autofree char *page = news_page (&article, &cast, &notes);
  g_autofree char *a = replace (page, "<figcaption data-block=\"caption\"",
                                "<p>  A new paragraph, <b>typed in</b>.  </p>\n"
                                "<figcaption data-block=\"caption\"");
  g_autofree char *b = replace (a, "For ninety years", "For almost ninety-one years");
  g_autoptr (DraReading) reading = read_string (b);
  const char *text = dra_article_get_text (reading->article, NULL);
  const DraMention *mentions;
  const DraStyle *styles;
  guint n, n_before;

  g_assert_nonnull (strstr (text, "\nA new paragraph, typed in.\n"));
  g_assert_nonnull (strstr (text, "For almost ninety-one years somebody has lit the lamp. "));
  g_assert_null (strstr (text, "Over two blocks"));
  g_assert_cmpstr (dra_article_get_title (reading->article), ==, "The Lamp on Skerry Point");

  g_assert_cmpuint (reading->notes->len, ==, notes->len);
  g_assert_cmpuint (count_states (reading->notes, DRA_ANCHOR_LOST), ==, 0);
  for (guint i = 0; i < reading->notes->len; i++)
    {
      DraNote *note = reading->notes->pdata[i];
      DraRange range;
      DraAnchorState state = dra_note_get_anchor (note, &range, NULL);
      g_autofree char *passage = NULL;

      if (dra_note_get_target (note) != DRA_NOTE_TARGET_PASSAGE || state == DRA_ANCHOR_UNSURE)
        continue;
      passage = dra_article_dup_range (reading->article, range);
      g_assert_cmpstr (passage, ==, dra_note_get_quote (note)->exact);
    }

  dra_cast_get_mentions (cast, &n_before);
  mentions = dra_cast_get_mentions (reading->cast, &n);
  g_assert_cmpuint (n, ==, n_before);
  for (guint i = 0; i < n; i++)
    {
      const DraEntity *entity = dra_cast_get_entity (reading->cast, mentions[i].entity);
      g_autofree char *form = dra_article_dup_range (reading->article, mentions[i].range);

      g_assert_true (g_strv_contains (entity->forms, form));
    }

  styles = dra_article_get_styles (reading->article, &n);
  g_assert_cmpuint (n, >, 5);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *styled = dra_article_dup_range (reading->article, styles[i].range);

      if (styles[i].kind == DRA_STYLE_LINK && g_str_has_prefix (styles[i].target, "https:"))
        g_assert_cmpstr (styled, ==, "of the Board of Lights");
      if (styles[i].kind == DRA_STYLE_CODE)
        g_assert_cmpstr (styled, ==, "lamp --on");
    }
}

/* A name that was cut out of the text is no mention any more. */
static void
test_mention_gone (void)
{
  g_autoptr (DraArticle) article = NULL;
  g_autoptr (DraCast) cast = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  g_autofree char *page = news_page (&article, &cast, &notes);
  g_autofree char *a = replace (page, ">Pascal Dure</a>", ">a man</a>");
  g_autofree char *b = replace (a, ">Dure</a>", ">he</a>");
  g_autoptr (DraReading) reading = read_string (b);

  g_assert_null (strstr (dra_article_get_text (reading->article, NULL), "Dure"));
  for (guint i = 0; i < dra_cast_get_n_entities (reading->cast); i++)
    g_assert_cmpstr (dra_cast_get_entity (reading->cast, i)->name, !=, "Pascal Dure");
  g_assert_cmpuint (dra_cast_get_n_entities (reading->cast), ==, 5);
}

/* All that made it a copy is gone but the marker: headings, lists and paragraphs stay. */
static void
test_bare (void)
{
  g_autoptr (DraReading) reading = read_string (
    "<html><head><meta content=\"Dramatis 0.1\" name=\"generator\"><title>x</title></head><body>"
    "<h1>The title</h1>text alone<p>One &amp; <b>two</b><br>three</p><ul><li>item</ul>"
    "<blockquote><p>said</p></blockquote><pre>a\n  b</pre><script>x()</script>"
    "<footer>made with</footer></body></html>");
  guint n;
  const DraBlock *blocks = dra_article_get_blocks (reading->article, &n);

  g_assert_cmpstr (dra_article_get_text (reading->article, NULL), ==,
                   "The title\ntext alone\nOne & two\342\200\250three\nitem\nsaid\n"
                   "a\342\200\250  b");
  g_assert_cmpuint (n, ==, 6);
  g_assert_cmpint (blocks[0].kind, ==, DRA_BLOCK_TITLE);
  g_assert_cmpint (blocks[3].kind, ==, DRA_BLOCK_LIST_ITEM);
  g_assert_cmpint (blocks[4].kind, ==, DRA_BLOCK_QUOTATION);
  g_assert_cmpint (blocks[5].kind, ==, DRA_BLOCK_PREFORMATTED);
  g_assert_null (reading->cast);
  g_assert_cmpuint (reading->notes->len, ==, 0);
}

/* Not ours: a page with the same words in its text is no copy. */
static void
test_not_ours (void)
{
  static const char *const pages[] = {
    "<html><body><p>&lt;meta name=\"generator\" content=\"Dramatis 1\"></p></body></html>",
    "<!DOCTYPE html><html><head><meta name=\"generator\" content=\"Other 1\"></head></html>",
    "<html><head><meta name=\"description\" content=\"Dramatis personae\"></head></html>",
  };

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (pages[i], strlen (pages[i]));
      g_autoptr (GError) error = NULL;

      g_assert_null (dra_reader_registry_read_bytes (bytes, "p.html", "copy", NULL, &error));
      g_assert_error (error, DRA_ERROR, DRA_ERROR_UNSUPPORTED);
      g_assert_nonnull (strstr (error->message, "p.html"));
    }
}

static void
test_empty (void)
{
  const char *page = "<html><head><meta name=\"generator\" content=\"Dramatis 1\"></head>"
                     "<body><div id=\"dramatis-text\" data-after=\"0\"> </div></body></html>";
  g_autoptr (GBytes) bytes = g_bytes_new_static (page, strlen (page));
  g_autoptr (GError) error = NULL;

  g_assert_null (dra_reader_registry_read_bytes (bytes, "p.html", "copy", NULL, &error));
  g_assert_error (error, DRA_ERROR, DRA_ERROR_EMPTY);
}

/* No entity is expanded, nothing is loaded. */
static void
test_entities (void)
{
  g_autofree char *dir = dra_test_mkdtemp ();
  g_autofree char *secret = g_build_filename (dir, "secret", NULL);
  g_autofree char *page = NULL;
  g_autoptr (DraReading) reading = NULL;

  g_assert_true (g_file_set_contents (secret, "SECRET", -1, NULL));
  page = g_strdup_printf (
    "<!DOCTYPE html [<!ENTITY x SYSTEM \"file://%s\"><!ENTITY a \"aaaaaaaaaa\">"
    "<!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]>"
    "<html><head><meta name=\"generator\" content=\"Dramatis 1\"/></head><body>"
    "<div id=\"dramatis-text\"><p data-block=\"paragraph\">see &x; and &c;</p></div>"
    "</body></html>", secret);
  reading = read_string (page);
  g_assert_null (strstr (dra_article_get_text (reading->article, NULL), "SECRET"));
  g_assert_null (strstr (dra_article_get_text (reading->article, NULL), "aaaa"));

  dra_test_rmtree (g_steal_pointer (&dir));
}

/* Positions, numbers and structures out of all bounds: a reading or a sentence, never more. */
static void
test_hostile_data (void)
{
  static const char *const rows[] = {
    "[-1, 5, 0.5]", "[5, 1, 0.5]", "[0, 99999999999999999999, 1]", "[0, 1e300, 1]", "[0]",
    "[\"0\", \"5\"]", "[null, {}, []]", "7", "[0, 5, 1e999]", "[0, 5, \"x\"]",
    "[0, 400, 0.5]", "[3, 9, 0.5], [5, 12, 0.5], [0, 100, 0.5]",
  };
  g_autoptr (DraArticle) article = NULL;
  g_autoptr (DraCast) cast = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  g_autofree char *page = news_page (&article, &cast, &notes);
  const char *found = strstr (page, "\"dramatis:mentions\": [[");
  const char *styles = strstr (page, "\"dramatis:styles\": [");
  g_autofree char *nested = g_strnfill (100000, '[');

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (DraReading) reading = NULL;
      g_autofree char *changed
        = g_strdup_printf ("%.*s\"dramatis:mentions\": [%s, [%s", (int) (found - page), page,
                           rows[i], found + strlen ("\"dramatis:mentions\": [["));
      guint n, n_before;

      reading = read_string (changed);
      assert_same_article (article, reading->article);
      dra_cast_get_mentions (reading->cast, &n);
      dra_cast_get_mentions (cast, &n_before);
      g_assert_cmpuint (n, <=, n_before + 3);
    }
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *changed
        = g_strdup_printf ("%.*s\"dramatis:styles\": [%s, %s", (int) (styles - page), page,
                           rows[i], styles + strlen ("\"dramatis:styles\": ["));
      g_autoptr (DraReading) reading = read_string (changed);

      g_assert_cmpstr (dra_article_get_hash (reading->article), ==,
                       dra_article_get_hash (article));
    }

  {
    g_autofree char *changed = g_strdup_printf ("%.*s\"dramatis:styles\": %s", (int) (styles - page),
                                                page, nested);
    g_autoptr (DraReading) reading = read_string (changed);

    /* Without the data that names the hash it is text as it is seen. */
    g_assert_null (reading->cast);
  }
}

static void
test_hostile_markup (void)
{
  static const char *const head
    = "<!DOCTYPE html>\n<html><head><meta name=\"generator\" content=\"Dramatis 1\"/></head><body>";
  static const char *const bodies[] = {
    "<div id=\"dramatis-text\" data-after=\"16000000\"><p data-block=\"paragraph\" "
    "data-before=\"16000000\">a</p><p data-block=\"paragraph\" data-before=\"16000000\">b</p>"
    "</div></body></html>",
    "<div id=\"dramatis-text\" data-after=\"-1\"><p data-block=\"heading\" data-level=\"999\" "
    "data-before=\"x\">a</p><p data-block=\"nothing\">b</p></div></body></html>",
    "<div id=\"dramatis-text\"><p data-block=\"paragraph\">a<p data-block=\"paragraph\">b</p>c"
    "</p>d</div><div id=\"dramatis-text\">e</div></body></html>",
    "<div id=\"dramatis-text\"><p data-block=\"paragraph\">a",
    "<div id=\"dramatis-text\"><p data-block=\"image\" data-label=\"x\">a</p><p>b</p></div>",
    "<script type=\"application/ld+json\" id=\"dramatis-article\">{\"a\":</script><p>b</p>",
    "</html></body></div></p>a<p>",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autofree char *page = g_strconcat (head, bodies[i], NULL);
      g_autoptr (DraReading) reading = read_string (page);
      gsize length;
      const char *text = dra_article_get_text (reading->article, &length);

      g_assert_true (g_utf8_validate_len (text, length, NULL));
    }

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GString) page = g_string_new (head);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (DraReading) reading = NULL;

      /* Deep, well-formed or not. */
      for (guint j = 0; j < 200000; j++)
        g_string_append (page, "<b>");
      g_string_append (page, "deep");
      for (guint j = 0; i == 0 && j < 200000; j++)
        g_string_append (page, "</b>");
      if (i == 0)
        g_string_append (page, "</body></html>");
      bytes = g_bytes_new (page->str, page->len);
      reading = dra_reader_registry_read_bytes (bytes, "deep.html", NULL, NULL, NULL);
    }
}

/* Cut anywhere, with a byte changed anywhere: it reads, or says why not. */
static void
test_mutations (void)
{
  g_autoptr (DraArticle) article = NULL;
  g_autoptr (DraCast) cast = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  g_autofree char *page = news_page (&article, &cast, &notes);
  gsize size = strlen (page);
  g_autoptr (GRand) rand = g_rand_new_with_seed (42);

  for (guint i = 0; i < 400; i++)
    {
      g_autofree char *changed = g_strdup (page);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (DraReading) reading = NULL;
      g_autoptr (GError) error = NULL;
      gsize length = size;

      if (i % 4 == 0)
        length = (gsize) g_rand_int_range (rand, 1, (gint) size);
      else
        for (guint j = 0; j < i % 4 * 3; j++)
          changed[g_rand_int_range (rand, 0, (gint) size)] = (char) g_rand_int_range (rand, 0, 256);
      bytes = g_bytes_new (changed, length);
      reading = dra_reader_registry_read_bytes (bytes, "copy.html", "copy", NULL, &error);
      g_assert_true ((reading == NULL) == (error != NULL));
      if (reading != NULL)
        {
          gsize n;
          const char *text = dra_article_get_text (reading->article, &n);

          g_assert_true (g_utf8_validate_len (text, n, NULL));
        }
      else
        g_assert_nonnull (strstr (error->message, "copy.html"));
    }
}

/* The address of the original stays; of a local one the name, never the folder. */
static void
test_origin (void)
{
  g_autofree char *dir = dra_test_mkdtemp ();
  g_autofree char *path = g_build_filename (dir, "My article %.txt", NULL);
  g_autofree char *copy_path = g_build_filename (dir, "copy.html", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) copy = g_file_new_for_path (copy_path);
  g_autoptr (DraReading) original = NULL;
  g_autoptr (DraReading) reading = NULL;
  g_autoptr (GBytes) second = NULL;
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  g_autofree char *page = NULL;
  g_autofree char *origin = NULL;
  gsize size;

  g_assert_true (g_file_set_contents (path, "A title line\n\nAnd a paragraph of text.\n", -1, NULL));
  original = dra_reader_registry_read (file, NULL, NULL, &error);
  g_assert_no_error (error);
  g_ptr_array_add (notes, fixture_note (original->article, "paragraph", DRA_NOTE_BLUE, "x"));
  dra_writer_save (dra_writer_find ("html"), original->article, NULL, notes, copy, NULL, &error);
  g_assert_no_error (error);

  g_assert_true (g_file_get_contents (copy_path, &page, &size, NULL));
  g_assert_null (strstr (page, dir));
  reading = dra_reader_registry_read (copy, NULL, NULL, &error);
  g_assert_no_error (error);
  origin = g_strdup_printf ("./%s/My%%20article%%20%%25.txt",
                            dra_article_get_hash (original->article));
  g_assert_cmpstr (dra_article_get_metadata (reading->article, DRA_METADATA_ORIGIN_URI), ==,
                   origin);
  second = write_copy (reading->article, reading->cast, reading->notes);
  g_assert_cmpmem (page, size, g_bytes_get_data (second, NULL), g_bytes_get_size (second));

  dra_test_rmtree (g_steal_pointer (&dir));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dra_formats_provide ();

  g_test_add_func ("/html-copies/news", test_news);
  g_test_add_func ("/html-copies/version-1", test_version_1);
  g_test_add_func ("/html-copies/no-names", test_no_names);
  g_test_add_func ("/html-copies/random", test_random);
  g_test_add_func ("/html-copies/lines", test_lines);
  g_test_add_func ("/html-copies/large", test_large);
  g_test_add_func ("/html-copies/corpus", test_corpus);
  g_test_add_func ("/html-copies/origin", test_origin);
  g_test_add_func ("/html-copies/saved-by-browser", test_saved_by_browser);
  g_test_add_func ("/html-copies/other-line-ends", test_other_line_ends);
  g_test_add_func ("/html-copies/other-encoding", test_other_encoding);
  g_test_add_func ("/html-copies/edited", test_edited);
  g_test_add_func ("/html-copies/mention-gone", test_mention_gone);
  g_test_add_func ("/html-copies/bare", test_bare);
  g_test_add_func ("/html-copies/not-ours", test_not_ours);
  g_test_add_func ("/html-copies/empty", test_empty);
  g_test_add_func ("/html-copies/entities", test_entities);
  g_test_add_func ("/html-copies/hostile-data", test_hostile_data);
  g_test_add_func ("/html-copies/hostile-markup", test_hostile_markup);
  g_test_add_func ("/html-copies/mutations", test_mutations);

  return g_test_run ();
}
