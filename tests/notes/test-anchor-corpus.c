/* test-anchor-corpus.c: real articles as they change, and where their notes go.
 *
 * Each article is edited, shortened, re-wrapped and set with another punctuation, and where
 * the shared corpus is at hand its pages and documents are paired with the same article as
 * plain text made by another program.  A map follows every byte, so it is known where each
 * passage went.  Counted are notes that are right, unsure, lost, and wrong: put silently on
 * anything but their passage.  There must be none of those.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "article/dra-article-builder.h"
#include "dra-test.h"
#include "notes/dra-anchor.h"
#include "notes/dra-fold.h"
#include "notes/dra-myers.h"
#include "readers/dra-formats.h"
#include "readers/dra-reader-registry.h"

#define NOTES_EACH 12
#define LARGEST 60000 /* bytes of an article: enough of a book */
#define GONE G_MAXUINT32

typedef struct
{
  guint n, right, moved, unsure, lost, wrong;
} Counts;

/* A text that is being rewritten: where each byte of the old one went. */
typedef struct
{
  const char *old;
  gsize       length;
  GString    *text;
  guint32    *where; /* [length]: byte of text, or GONE */
  GRand      *random;
} Rewrite;

typedef void (*RewriteFunc) (Rewrite *rewrite);

static DraArticle *
make_article (const char *text)
{
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();

  dra_article_builder_take_lines (builder, g_strdup (text), strlen (text));
  return dra_article_builder_build (builder);
}

/* ---- The ways an article changes ---- */

static void
keep (Rewrite *rewrite,
      gsize    from,
      gsize    to)
{
  for (gsize i = from; i < to; i++)
    rewrite->where[i] = (guint32) (rewrite->text->len + i - from);
  g_string_append_len (rewrite->text, rewrite->old + from, (gssize) (to - from));
}

/* Other bytes for these: they stand where those stood. */
static void
put (Rewrite    *rewrite,
     gsize       from,
     gsize       to,
     const char *with)
{
  for (gsize i = from; i < to; i++)
    rewrite->where[i] = (guint32) rewrite->text->len;
  g_string_append (rewrite->text, with);
}

static gsize
sentence_end (const Rewrite *rewrite,
              gsize          from)
{
  gsize i = from;

  while (i < rewrite->length && rewrite->old[i] != '\n' &&
         !(strchr (".!?", rewrite->old[i]) != NULL && i + 1 < rewrite->length && rewrite->old[i + 1] == ' '))
    i++;
  return i < rewrite->length ? i + 1 : i;
}

/* As an editor would: words replaced, put in and taken out, a sentence more or less. */
static void
edit (Rewrite *rewrite)
{
  static const char *const words[] = { "reportedly", "new", "also", "officials", "later", "small", "yesterday", "said" };

  for (gsize at = 0, end; at < rewrite->length; at = end)
    {
      gint what = g_rand_int_range (rewrite->random, 0, 20);

      end = sentence_end (rewrite, at);
      if (what == 0)
        continue;
      if (what == 1)
        g_string_append (rewrite->text, "This sentence was added when the story was updated. ");
      for (gsize word = at, next; word < end; word = next)
        {
          next = word;
          while (next < end && rewrite->old[next] != ' ')
            next++;
          next = MIN (next + 1, end);
          switch (g_rand_int_range (rewrite->random, 0, 60))
            {
            case 0:
              g_string_append_printf (rewrite->text, "%s ", words[g_rand_int_range (rewrite->random, 0, G_N_ELEMENTS (words))]);
              break;
            case 1:
              g_string_append_printf (rewrite->text, "%s ", words[g_rand_int_range (rewrite->random, 0, G_N_ELEMENTS (words))]);
              keep (rewrite, word, next);
              break;
            case 2:
              break;
            default:
              keep (rewrite, word, next);
            }
        }
    }
}

/* Half of the sentences, and nothing of the last third. */
static void
shorten (Rewrite *rewrite)
{
  for (gsize at = 0, end; at < rewrite->length * 2 / 3; at = end)
    {
      end = sentence_end (rewrite, at);
      if (g_rand_boolean (rewrite->random))
        keep (rewrite, at, end);
    }
}

/* Lines of 60 bytes and more, as mail and old pages have them. */
static void
rewrap (Rewrite *rewrite)
{
  gsize column = 0;

  for (gsize i = 0; i < rewrite->length; i++)
    if (rewrite->old[i] == ' ' && column >= 60)
      {
        put (rewrite, i, i + 1, "\n");
        column = 0;
      }
    else
      {
        keep (rewrite, i, i + 1);
        column = rewrite->old[i] == '\n' ? 0 : column + 1;
      }
}

/* Another house style: quotation marks, apostrophes, dashes, ellipses, hard spaces, letters
 * taken apart, soft hyphens. */
static void
punctuate (Rewrite *rewrite)
{
  static const struct
  {
    const char *from, *to;
  } pairs[] = {
    { "...", "…" }, { "“", "\"" }, { "”", "\"" }, { "’", "'" }, { "‘", "'" }, { "'", "’" }, { " - ", " – " },
    { "–", "-" }, { "—", "-" }, { "é", "e\xcc\x81" }, { "ü", "u\xcc\x88" }, { "tion", "ti\xc2\xadon" },
  };
  gboolean open = TRUE;

  for (gsize i = 0; i < rewrite->length;)
    {
      gsize n = 0;

      if (rewrite->old[i] == '"')
        {
          put (rewrite, i, i + 1, open ? "„" : "“");
          open = !open;
          i++;
          continue;
        }
      for (guint k = 0; k < G_N_ELEMENTS (pairs) && n == 0; k++)
        if (g_str_has_prefix (rewrite->old + i, pairs[k].from))
          {
            n = strlen (pairs[k].from);
            put (rewrite, i, i + n, pairs[k].to);
          }
      if (n == 0)
        {
          n = 1;
          keep (rewrite, i, i + 1);
        }
      i += n;
    }
}

static const struct
{
  const char *name;
  RewriteFunc func;
  guint least; /* percent that are placed where the old text is known */
} ways[] = {
  { "edited", edit, 60 },
  { "shortened", shorten, 20 },
  { "re-wrapped", rewrap, 90 },
  { "other punctuation", punctuate, 80 },
};

/* ---- Notes on a text and where they are right ---- */

static GPtrArray *
make_notes (DraArticle *article,
            GRand      *random)
{
  GPtrArray *notes = g_ptr_array_new_with_free_func (g_object_unref);
  gsize length;
  const char *text = dra_article_get_text (article, &length);

  for (guint tries = 0; notes->len < NOTES_EACH && tries < 500; tries++)
    {
      DraRange range = { g_rand_int_range (random, 0, (gint32) length), 0 };
      gint n = g_rand_int_range (random, 1, 16);

      while (range.start < length && text[range.start] != ' ')
        range.start++;
      range.end = ++range.start;
      for (; n > 0 && range.end < length; n--)
        for (range.end++; range.end < length && strchr (" \n", text[range.end]) == NULL;)
          range.end++;
      if (range.end > length || range.start >= range.end || strchr (" \n", text[range.start]) != NULL ||
          range.end - range.start < 3)
        continue;
      g_ptr_array_add (notes, dra_note_new_for_passage (article, range));
    }
  return notes;
}

static char *
get_old_text (const char *hash,
              gsize      *length,
              gpointer    article)
{
  const char *text = dra_article_get_text (article, length);

  return g_str_equal (hash, dra_article_get_hash (article)) ? g_strdup (text) : NULL;
}

/* 0 to 1, when folded. */
static double
likeness (const char *a,
          const char *b)
{
  g_autoptr (DraFold) left = dra_fold_new (a, strlen (a));
  g_autoptr (DraFold) right = dra_fold_new (b, strlen (b));
  g_autoptr (DraMyers) matcher = NULL;

  if (left->n == 0 || right->n == 0)
    return 0;
  matcher = dra_myers_new (left->chars, left->n);
  return 1.0 - (double) dra_myers_distance (matcher, right->chars, right->n) / MAX (left->n, right->n);
}

/* Where the bytes of a passage went; FALSE when all are gone. */
static gboolean
follow (const Rewrite *rewrite,
        DraRange       passage,
        DraRange      *truth)
{
  *truth = (DraRange) { G_MAXSIZE, 0 };
  for (gsize i = passage.start; i < passage.end; i++)
    if (rewrite->where[i] != GONE)
      {
        truth->start = MIN (truth->start, rewrite->where[i]);
        truth->end = MAX (truth->end, rewrite->where[i] + 1);
      }
  return truth->end > 0;
}

static gboolean
overlap (DraRange a,
         DraRange b)
{
  const gsize start = MAX (a.start, b.start), end = MIN (a.end, b.end);

  return end > start && 2 * (end - start) >= MIN (a.end - a.start, b.end - b.start);
}

static void
count_one (Counts     *counts,
           DraNote    *note,
           DraArticle *article,
           gboolean    right)
{
  const char *reason;
  DraRange range;
  DraAnchorState state = dra_note_get_anchor (note, &range, &reason);

  counts->n++;
  if (state == DRA_ANCHOR_UNSURE)
    counts->unsure++;
  else if (state == DRA_ANCHOR_LOST)
    counts->lost++;
  else if (right)
    {
      counts->right++;
      counts->moved += state == DRA_ANCHOR_MOVED;
    }
  else
    {
      g_autofree char *there = dra_article_dup_range (article, range);

      counts->wrong++;
      g_test_message ("WRONG: “%s” was put on “%s” (%s)", dra_note_get_quote (note)->exact, there, reason);
    }
}

static void
rewrite_article (const char *text,
                 guint       way,
                 guint       seed,
                 Counts      counts[2])
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  g_autoptr (DraArticle) article = make_article (text);
  g_autoptr (DraArticle) changed = NULL;
  g_autoptr (GPtrArray) notes = make_notes (article, random);
  Rewrite rewrite = { .text = g_string_new (NULL), .random = random };

  rewrite.old = dra_article_get_text (article, &rewrite.length);
  rewrite.where = g_new (guint32, rewrite.length + 1);
  memset (rewrite.where, 0xFF, (rewrite.length + 1) * sizeof *rewrite.where);
  ways[way].func (&rewrite);
  changed = make_article (rewrite.text->str);
  for (guint known = 0; known < 2; known++)
    {
      dra_anchor_notes_from (changed, notes, known ? get_old_text : NULL, article);
      for (guint i = 0; i < notes->len; i++)
        {
          DraRange range, passage, truth;
          gsize start, end;

          dra_note_get_position (notes->pdata[i], &start, &end);
          passage.start = dra_article_to_bytes (article, start);
          passage.end = dra_article_to_bytes (article, end);
          dra_note_get_anchor (notes->pdata[i], &range, NULL);
          count_one (&counts[known], notes->pdata[i], changed,
                     follow (&rewrite, passage, &truth) && overlap (range, truth));
        }
    }
  g_string_free (rewrite.text, TRUE);
  g_free (rewrite.where);
}

static void
report (const char   *name,
        const Counts *counts)
{
  g_test_message ("%-24s %5u notes: %5u right (%u of them moved), %4u unsure, %4u lost, %u wrong", name, counts->n,
                  counts->right, counts->moved, counts->unsure, counts->lost, counts->wrong);
  g_assert_cmpuint (counts->wrong, ==, 0);
}

/* The project's own articles, and some of the corpus where it is at hand. */
static GPtrArray *
load_articles (void)
{
  static const char *const own[] = { "bank.txt", "harbour.txt", "map.txt" };
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *folder = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    {
      g_autofree char *relative = g_build_filename ("data", "samples", own[i], NULL);
      g_autofree char *path = dra_test_source (relative);
      char *text;

      g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
      g_ptr_array_add (texts, text);
    }
  folder = dra_test_shared ("corpus/open/html");
  dir = folder != NULL ? g_dir_open (folder, 0, NULL) : NULL;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *text = NULL;
      gsize length;

      if (!g_str_has_suffix (name, ".gold.txt") || g_str_hash (name) % 10 != 0 ||
          !g_file_get_contents (path, &text, &length, NULL) || length < 800 || length > LARGEST ||
          !g_utf8_validate (text, (gssize) length, NULL) || strchr (text, '\r') != NULL)
        continue;
      g_ptr_array_add (texts, g_steal_pointer (&text));
      if (++n == 60)
        break;
    }
  return texts;
}

static void
test_rewritten (gconstpointer data)
{
  const guint way = GPOINTER_TO_UINT (data);
  g_autoptr (GPtrArray) texts = load_articles ();
  g_autofree char *known = g_strconcat (ways[way].name, ", old text known", NULL);
  Counts counts[2] = { 0 };

  for (guint i = 0; i < texts->len; i++)
    rewrite_article (texts->pdata[i], way, i + 1, counts);
  report (ways[way].name, &counts[0]);
  report (known, &counts[1]);
  g_assert_cmpuint (counts[1].right * 100, >=, ways[way].least * counts[1].n);
}

/* ---- The same article in another format ---- */

/* Right is what reads the same; when the quote is there exactly once, that place alone. */
static gboolean
is_same_passage (DraNote    *note,
                 DraArticle *other,
                 DraRange    range)
{
  const char *exact = dra_note_get_quote (note)->exact;
  const char *text = dra_article_get_text (other, NULL);
  const char *first = strstr (text, exact);
  g_autofree char *there = dra_article_dup_range (other, range);

  if (first != NULL && strstr (first + 1, exact) == NULL)
    return overlap (range, (DraRange) { first - text, first - text + strlen (exact) });
  return likeness (exact, there) >= 0.7;
}

static void
pair_articles (DraArticle *article,
               DraArticle *other,
               guint       seed,
               Counts      counts[2])
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  g_autoptr (GPtrArray) notes = make_notes (article, random);

  for (guint known = 0; known < 2; known++)
    {
      dra_anchor_notes_from (other, notes, known ? get_old_text : NULL, article);
      for (guint i = 0; i < notes->len; i++)
        {
          DraRange range;

          dra_note_get_anchor (notes->pdata[i], &range, NULL);
          count_one (&counts[known], notes->pdata[i], other, is_same_passage (notes->pdata[i], other, range));
        }
    }
}

static const struct
{
  const char *folder;
  const char *as;
  guint one_of; /* files */
} formats[] = {
  { "html", "html", 40 }, { "docx", "docx", 1 }, { "odt", "odt", 1 }, { "epub", "epub", 3 }, { "rtf", "rtf", 1 },
  { "fb2", "fb2", 1 }, { "md", "markdown", 3 }, { "pdf", "pdf", 2 }, { "eml", "mail", 3 },
};

static gboolean
pair_file (const char *folder,
           const char *name,
           guint       format,
           Counts      counts[2])
{
  const char *as = formats[format].as;
  g_autofree char *stem = g_str_has_suffix (name, ".html.gz") ? g_strndup (name, strlen (name) - 8) : g_strdup (name);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *gold_path = g_strconcat (folder, "/", stem, ".gold.txt", NULL);
  g_autofree char *gold = NULL;
  g_autofree char *data = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (DraReading) reading = NULL;
  g_autoptr (DraArticle) other = NULL;
  gsize length;

  if (!g_file_get_contents (gold_path, &gold, &length, NULL) || length < 500 || length > LARGEST ||
      !g_utf8_validate (gold, (gssize) length, NULL) || strchr (gold, '\r') != NULL || strchr (gold, '\f') != NULL)
    return FALSE;
  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  bytes = g_bytes_new_take (g_steal_pointer (&data), length);
  reading = dra_reader_registry_read_bytes (bytes, name, as, NULL, NULL);
  if (reading == NULL)
    return FALSE;
  dra_article_get_text (reading->article, &length);
  if (length < 500 || length > LARGEST)
    return FALSE;

  other = make_article (gold);
  pair_articles (reading->article, other, g_str_hash (name), counts);
  pair_articles (other, reading->article, g_str_hash (name) + 1, counts);
  return TRUE;
}

static void
test_other_format (void)
{
  Counts all[2] = { 0 };
  guint n_files = 0;

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *relative = g_build_filename ("corpus", "open", formats[i].folder, NULL);
      g_autofree char *folder = dra_test_shared (relative);
      g_autoptr (GDir) dir = folder != NULL ? g_dir_open (folder, 0, NULL) : NULL;
      const char *name;

      if (dir == NULL)
        return;
      while ((name = g_dir_read_name (dir)) != NULL)
        if (!g_str_has_suffix (name, ".gold.txt") && !g_str_has_suffix (name, ".meta.json") &&
            g_str_hash (name) % formats[i].one_of == 0)
          n_files += pair_file (folder, name, i, all);
    }
  g_test_message ("%u pairs of files", n_files);
  report ("another format", &all[0]);
  report ("another format, old text known", &all[1]);
  g_assert_cmpuint (n_files, >, 0);
  g_assert_cmpuint (all[1].right, >, all[1].n / 2);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dra_formats_provide ();
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autofree char *path = g_strdelimit (g_strconcat ("/anchor-corpus/", ways[i].name, NULL), " ", '-');

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_rewritten);
    }
  g_test_add_func ("/anchor-corpus/another-format", test_other_format);
  return g_test_run ();
}
