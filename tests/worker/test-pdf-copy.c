/* test-pdf-copy.c: a copy of a PDF document: its own pages, with the notes as annotations.
 *
 * Made in a confined worker, looked at through poppler, and read back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <cairo-pdf.h>
#include <poppler.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include "dra-test.h"
#include "notes/dra-anchor.h"
#include "readers/dra-formats.h"
#include "readers/dra-pdf-reader.h"
#include "worker-fixture.h"
#include "worker/dra-copy-save.h"
#include "worker/dra-worker-client.h"
#include "writers/dra-writer.h"

static const char *const first_page[] = {
  "The keeper of the lighthouse wrote to the council in the",
  "spring. Nobody had asked her to, and nobody knew the inspec-",
  "tor by name. Her letter was read aloud on a Monday evening",
  "by the clerk, who did not like it, and it was then put into", NULL,
};
static const char *const second_page[] = {
  "a drawer, where it stayed for eleven years. The office kept",
  "fine copies of everything else that came in that spring.", NULL,
};

static cairo_status_t
write_bytes (void                *closure,
             const unsigned char *data,
             unsigned int         length)
{
  g_byte_array_append (closure, data, length);

  return CAIRO_STATUS_SUCCESS;
}

static GBytes *
draw_document (void)
{
  const char *const *pages[] = { first_page, second_page };
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (write_bytes, bytes, 595, 842);
  cairo_t *cr = cairo_create (surface);

  cairo_select_font_face (cr, "Serif", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size (cr, 12);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      for (guint k = 0; pages[i][k] != NULL; k++)
        {
          cairo_move_to (cr, 72, 90 + k * 16);
          cairo_show_text (cr, pages[i][k]);
        }
      cairo_show_page (cr);
    }
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);

  return g_byte_array_free_to_bytes (bytes);
}

/* A page that is turned and of which a part is shown. */
static GBytes *
make_turned (guint degrees)
{
  static const char content[] = "BT /F1 14 Tf 60 200 Td (The keeper of the lighthouse wrote a "
                                "letter to them.) Tj 0 -20 Td (Nobody answered her.) Tj ET";
  char *objects[5] = {
    g_strdup ("<</Type/Catalog/Pages 2 0 R>>"),
    g_strdup ("<</Type/Pages/Kids[3 0 R]/Count 1>>"),
    g_strdup_printf ("<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 300]/CropBox[30 50 400 290]/Rotate %u"
                     "/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>", degrees),
    g_strdup_printf ("<</Length %" G_GSIZE_FORMAT ">>stream\n%s\nendstream", sizeof content - 1, content),
    g_strdup ("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"),
  };
  GString *file = g_string_new ("%PDF-1.4\n");
  gsize offsets[5];
  gsize start;

  for (guint i = 0; i < 5; i++)
    {
      offsets[i] = file->len;
      g_string_append_printf (file, "%u 0 obj\n%s\nendobj\n", i + 1, objects[i]);
      g_free (objects[i]);
    }
  start = file->len;
  g_string_append (file, "xref\n0 6\n0000000000 65535 f \n");
  for (guint i = 0; i < 5; i++)
    g_string_append_printf (file, "%010" G_GSIZE_FORMAT " 00000 n \n", offsets[i]);
  g_string_append_printf (file, "trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n%" G_GSIZE_FORMAT
                          "\n%%%%EOF\n", start);

  return g_string_free_to_bytes (file);
}

typedef struct
{
  char       *folder;
  GFile      *file;
  GBytes     *source;
  DraReading *reading;
  GPtrArray  *notes;
} Fixture;

/* Puts a document into a file and reads it as the program does. */
static void
open_document (Fixture *fixture,
               GBytes  *bytes)
{
  g_autoptr (GError) error = NULL;
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  g_clear_pointer (&fixture->reading, dra_reading_free);
  g_clear_pointer (&fixture->source, g_bytes_unref);
  fixture->source = g_bytes_ref (bytes);
  g_file_replace_contents (fixture->file, data, size, NULL, FALSE, 0, NULL, NULL, &error);
  g_assert_no_error (error);
  fixture->reading = dra_worker_read (fixture->file, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data G_GNUC_UNUSED)
{
  g_autofree char *path = NULL;

  fixture->folder = dra_test_mkdtemp ();
  path = g_build_filename (fixture->folder, "letter.pdf", NULL);
  fixture->file = g_file_new_for_path (path);
  fixture->notes = g_ptr_array_new_with_free_func (g_object_unref);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data G_GNUC_UNUSED)
{
  g_clear_pointer (&fixture->reading, dra_reading_free);
  g_clear_pointer (&fixture->source, g_bytes_unref);
  g_clear_pointer (&fixture->notes, g_ptr_array_unref);
  g_clear_object (&fixture->file);
  dra_test_rmtree (fixture->folder);
}

static DraNote *
add_note (Fixture      *fixture,
          const char   *passage,
          DraNoteColor  color,
          const char   *body)
{
  DraArticle *article = fixture->reading->article;
  const char *text = dra_article_get_text (article, NULL);
  const char *found = strstr (text, passage);
  DraNote *note;

  g_assert_nonnull (found);
  note = dra_note_new_for_passage (article, (DraRange){ found - text, found - text + strlen (passage) });
  dra_note_set_color (note, color);
  dra_note_set_body (note, body);
  g_ptr_array_add (fixture->notes, note);

  return note;
}

static GBytes *
make_copy (Fixture *fixture,
           DraCast *cast)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *remark = NULL;
  GBytes *copy = dra_copy_make (dra_writer_find ("pdf"), fixture->reading->article, cast,
                                fixture->notes, &remark, NULL, &error);
  gsize before, after;
  const char *source = g_bytes_get_data (fixture->source, &before);
  const char *data = g_bytes_get_data (copy, &after);

  g_assert_no_error (error);
  g_assert_null (remark);
  /* The document itself is in it, untouched. */
  g_assert_cmpuint (after, >=, before);
  g_assert_cmpmem (data, before, source, before);

  return copy;
}

static DraReading *
read_copy (GBytes *copy)
{
  g_autoptr (GError) error = NULL;
  DraReading *reading = dra_worker_read_bytes (copy, "copy.pdf", NULL, NULL, &error);

  g_assert_no_error (error);

  return reading;
}

static DraNote *
find_note (GPtrArray  *notes,
           const char *uuid)
{
  for (guint i = 0; i < notes->len; i++)
    if (g_str_equal (dra_note_get_uuid (notes->pdata[i]), uuid))
      return notes->pdata[i];

  return NULL;
}

/* The notes come back whole, and where they were. */
static void
check_same (Fixture *fixture,
            GBytes  *copy)
{
  g_autoptr (DraReading) reading = read_copy (copy);

  g_assert_cmpstr (dra_article_get_text (reading->article, NULL), ==,
                   dra_article_get_text (fixture->reading->article, NULL));
  g_assert_cmpuint (reading->notes->len, ==, fixture->notes->len);
  for (guint i = 0; i < fixture->notes->len; i++)
    {
      DraNote *expected = fixture->notes->pdata[i];
      DraNote *note = find_note (reading->notes, dra_note_get_uuid (expected));
      DraRange a, b;

      g_assert_nonnull (note);
      g_assert_true (dra_note_equal (note, expected));
      g_assert_cmpint (dra_note_get_anchor (note, &a, NULL), ==,
                       dra_note_get_anchor (expected, &b, NULL));
      g_assert_cmpuint (a.start, ==, b.start);
      g_assert_cmpuint (a.end, ==, b.end);
    }
}

static PopplerDocument *
open_poppler (GBytes *copy)
{
  g_autoptr (GError) error = NULL;
  PopplerDocument *document = poppler_document_new_from_bytes (copy, NULL, &error);

  g_assert_no_error (error);

  return document;
}

static int
compare_strings (gconstpointer a,
                 gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The characters whose middle is in a quadrilateral. */
static char *
find_under (PopplerPage                *page,
            const PopplerQuadrilateral *quad,
            double                      height)
{
  GString *found = g_string_new (NULL);
  g_autofree char *text = poppler_page_get_text (page);
  g_autofree PopplerRectangle *places = NULL;
  guint n_places, i = 0;

  g_assert_true (poppler_page_get_text_layout (page, &places, &n_places));
  for (const char *p = text; *p != '\0' && i < n_places; p = g_utf8_next_char (p), i++)
    {
      double x = (places[i].x1 + places[i].x2) / 2;
      double y = height - (places[i].y1 + places[i].y2) / 2;

      if (*p != '\n' && x > quad->p1.x && x < quad->p4.x && y < quad->p1.y && y > quad->p4.y)
        g_string_append_len (found, p, g_utf8_next_char (p) - p);
    }

  return g_string_free (found, FALSE);
}

/* What poppler finds under an annotation, line by line; and what the annotation says. */
static char *
describe (PopplerPage         *page,
          PopplerAnnotMapping *mapping)
{
  GString *out = g_string_new (NULL);
  g_autofree char *contents = poppler_annot_get_contents (mapping->annot);
  g_autofree char *label = poppler_annot_markup_get_label (POPPLER_ANNOT_MARKUP (mapping->annot));
  double width, height;

  g_assert_null (label);
  poppler_page_get_size (page, &width, &height);
  if (POPPLER_IS_ANNOT_TEXT_MARKUP (mapping->annot))
    {
      GArray *quads
        = poppler_annot_text_markup_get_quadrilaterals (POPPLER_ANNOT_TEXT_MARKUP (mapping->annot));

      for (guint i = 0; i < quads->len; i++)
        {
          const PopplerQuadrilateral *quad = &g_array_index (quads, PopplerQuadrilateral, i);
          g_autofree char *text = find_under (page, quad, height);

          g_string_append_printf (out, "%s%s", i > 0 ? "|" : "", text);
        }
      g_array_unref (quads);
    }
  g_string_append_printf (out, ": %s", contents != NULL ? contents : "");

  return g_string_free (out, FALSE);
}

static char *
describe_page (GBytes *copy,
               int     index)
{
  PopplerDocument *document = open_poppler (copy);
  PopplerPage *page = poppler_document_get_page (document, index);
  GList *mappings = poppler_page_get_annot_mapping (page);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  char *joined;

  for (GList *l = mappings; l != NULL; l = l->next)
    g_ptr_array_add (lines, describe (page, l->data));
  g_ptr_array_sort (lines, compare_strings);
  g_ptr_array_add (lines, NULL);
  joined = g_strjoinv ("\n", (char **) lines->pdata);
  poppler_page_free_annot_mapping (mappings);
  g_object_unref (page);
  g_object_unref (document);

  return joined;
}

/* Of the passages of a page: the lines under each, and what is said.  The hyphen at the end of a
 * line is not in the article. */
static void
test_passages (Fixture       *fixture,
               gconstpointer  data G_GNUC_UNUSED)
{
  g_autoptr (GBytes) source = draw_document ();
  g_autoptr (GBytes) copy = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  DraNote *note;

  open_document (fixture, source);
  g_assert_cmpuint (fixture->reading->notes->len, ==, 0);
  note = add_note (fixture, "the lighthouse", DRA_NOTE_GREEN,
                   "“Which” one? (the *old* one) \\ </script> --> é 😀\nA second line.");
  dra_note_set_tags (note, (const char *const[]){ "place", "ask <her>", NULL });
  add_note (fixture, "the inspector by", DRA_NOTE_PINK, "");
  add_note (fixture, "put into a drawer, where", DRA_NOTE_BLUE, "Over two pages.");
  add_note (fixture, "fine copies", DRA_NOTE_ORANGE, "");
  add_note (fixture, "office", DRA_NOTE_PURPLE, "");

  copy = make_copy (fixture, NULL);
  check_same (fixture, copy);
  first = describe_page (copy, 0);
  second = describe_page (copy, 1);
  g_assert_cmpstr (first, ==,
                   "put into: Over two pages.\n"
                   "the inspec|tor by: \n"
                   "the lighthouse: “Which” one? (the *old* one) \\ </script> --> é 😀\nA second line.");
  g_assert_cmpstr (second, ==, "a drawer, where: \nfine copies: \noffice: ");
}

/* What is not about a passage stands on the page as well, and comes back. */
static void
test_other_notes (Fixture       *fixture,
                  gconstpointer  data G_GNUC_UNUSED)
{
  g_autoptr (GBytes) source = draw_document ();
  g_autoptr (GBytes) copy = NULL;
  g_autofree char *first = NULL;
  DraNote *note;
  DraNote *lost;

  open_document (fixture, source);
  note = dra_note_new_for_article (fixture->reading->article);
  dra_note_set_body (note, "All of it is true.");
  g_ptr_array_add (fixture->notes, note);
  note = dra_note_new_for_entity (fixture->reading->article, "person", "Ada Quay");
  dra_note_set_body (note, "Not named here.");
  g_ptr_array_add (fixture->notes, note);
  note = add_note (fixture, "eleven years", DRA_NOTE_YELLOW, "How long exactly?");
  lost = dra_note_new_from_parts (NULL, DRA_NOTE_TARGET_PASSAGE, 1, 1);
  dra_note_set_quote (lost, &(DraQuote){ "a passage of some other letter altogether", "before ", " after" });
  dra_note_set_body (lost, "Gone.");
  g_ptr_array_add (fixture->notes, lost);
  dra_anchor_note (fixture->reading->article, lost);
  g_assert_cmpint (dra_note_get_anchor (lost, NULL, NULL), ==, DRA_ANCHOR_LOST);

  copy = make_copy (fixture, NULL);
  check_same (fixture, copy);
  first = describe_page (copy, 0);
  g_assert_cmpstr (first, ==,
                   ": All of it is true.\n: Not named here.\n"
                   ": “a passage of some other letter altogether”\n\nGone.");
}

static void
test_turned (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GBytes) source = make_turned (GPOINTER_TO_UINT (data));
  g_autoptr (GBytes) copy = NULL;
  g_autoptr (DraReading) reading = NULL;
  g_autoptr (GError) error = NULL;
  PopplerDocument *document;
  PopplerPage *page;
  GList *mappings;

  open_document (fixture, source);
  add_note (fixture, "lighthouse", DRA_NOTE_YELLOW, "Turned.");
  copy = make_copy (fixture, NULL);
  check_same (fixture, copy);

  /* As a mark of another program, found by its quadrilaterals alone. */
  document = open_poppler (copy);
  page = poppler_document_get_page (document, 0);
  mappings = poppler_page_get_annot_mapping (page);
  g_assert_cmpuint (g_list_length (mappings), ==, 1);
  {
    const PopplerAnnotMapping *mapping = mappings->data;
    GArray *quads
      = poppler_annot_text_markup_get_quadrilaterals (POPPLER_ANNOT_TEXT_MARKUP (mapping->annot));
    const PopplerQuadrilateral *quad = &g_array_index (quads, PopplerQuadrilateral, 0);
    double middle = (quad->p1.x + quad->p4.x) / 2;

    g_assert_cmpuint (quads->len, ==, 1);
    /* Where the word stands on the page before it is turned, less what is cut off. */
    g_assert_cmpfloat_with_epsilon (middle, 175.5, 3);
    g_assert_cmpfloat_with_epsilon ((quad->p1.y + quad->p4.y) / 2, 154, 5);
    g_array_unref (quads);
  }
  poppler_page_free_annot_mapping (mappings);
  g_object_unref (page);
  g_object_unref (document);
}

static GBytes *
save_poppler (Fixture         *fixture,
              PopplerDocument *document)
{
  g_autofree char *path = g_build_filename (fixture->folder, "other.pdf", NULL);
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  g_autoptr (GError) error = NULL;
  char *data;
  gsize size;

  g_assert_true (poppler_document_save (document, uri, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &data, &size, NULL));

  return g_bytes_new_take (data, size);
}

/* What another program says in a note of ours counts, and is newer. */
static void
test_edited_elsewhere (Fixture       *fixture,
                       gconstpointer  data G_GNUC_UNUSED)
{
  g_autoptr (GBytes) source = draw_document ();
  g_autoptr (GBytes) copy = NULL;
  g_autoptr (GBytes) edited = NULL;
  g_autoptr (DraReading) reading = NULL;
  PopplerColor green = { 0, 0xffff, 0 };
  PopplerDocument *document;
  PopplerPage *page;
  GList *mappings;
  DraNote *note;
  DraNote *changed;

  open_document (fixture, source);
  note = add_note (fixture, "the council", DRA_NOTE_YELLOW, "Which one?");
  dra_note_set_tags (note, (const char *const[]){ "ask", NULL });
  dra_note_set_modified (note, 1000000);
  copy = make_copy (fixture, NULL);

  document = open_poppler (copy);
  page = poppler_document_get_page (document, 0);
  mappings = poppler_page_get_annot_mapping (page);
  poppler_annot_set_contents (((PopplerAnnotMapping *) mappings->data)->annot, "The town’s.");
  poppler_annot_set_color (((PopplerAnnotMapping *) mappings->data)->annot, &green);
  edited = save_poppler (fixture, document);
  poppler_page_free_annot_mapping (mappings);
  g_object_unref (page);
  g_object_unref (document);

  reading = read_copy (edited);
  g_assert_cmpuint (reading->notes->len, ==, 1);
  changed = reading->notes->pdata[0];
  g_assert_cmpstr (dra_note_get_uuid (changed), ==, dra_note_get_uuid (note));
  g_assert_cmpstr (dra_note_get_body (changed), ==, "The town’s.");
  g_assert_cmpint (dra_note_get_color (changed), ==, DRA_NOTE_GREEN);
  g_assert_cmpstr (dra_note_get_tags (changed)[0], ==, "ask");
  g_assert_cmpint (dra_note_get_modified (changed), >, dra_note_get_modified (note));
}

/* A document that another program has marked. */
static GBytes *
mark_elsewhere (Fixture *fixture,
                GBytes  *source)
{
  PopplerDocument *document = open_poppler (source);
  PopplerPage *page = poppler_document_get_page (document, 0);
  PopplerRectangle area = { 160, 842 - 95, 235, 842 - 80 };
  PopplerRectangle corner = { 500, 700, 520, 720 };
  PopplerColor blue = { 0x8000, 0xc000, 0xffff };
  g_autoptr (GArray) quads = g_array_new (FALSE, FALSE, sizeof (PopplerQuadrilateral));
  PopplerQuadrilateral quad = {
    { area.x1, area.y2 }, { area.x2, area.y2 }, { area.x1, area.y1 }, { area.x2, area.y1 },
  };
  PopplerAnnot *underline, *text;
  GBytes *marked;

  g_array_append_val (quads, quad);
  underline = poppler_annot_text_markup_new_underline (document, &area, quads);
  poppler_annot_set_contents (underline, "Mine");
  poppler_annot_set_color (underline, &blue);
  poppler_annot_markup_set_label (POPPLER_ANNOT_MARKUP (underline), "Somebody Else");
  poppler_page_add_annot (page, underline);
  text = poppler_annot_text_new (document, &corner);
  poppler_annot_set_contents (text, "On the page");
  poppler_page_add_annot (page, text);
  marked = save_poppler (fixture, document);
  g_object_unref (underline);
  g_object_unref (text);
  g_object_unref (page);
  g_object_unref (document);

  return marked;
}

/* Marks of other programs are notes; they stay as they are, are changed or go, as the notes do. */
static void
test_foreign (Fixture       *fixture,
              gconstpointer  data G_GNUC_UNUSED)
{
  g_autoptr (GBytes) source = draw_document ();
  g_autoptr (GBytes) marked = mark_elsewhere (fixture, source);
  g_autoptr (GBytes) same = NULL;
  g_autoptr (GBytes) changed = NULL;
  g_autoptr (GBytes) none = NULL;
  g_autoptr (DraReading) again = NULL;
  g_autofree char *passage = NULL;
  g_autofree char *page = NULL;
  DraNote *note;
  DraNote *on_page;
  DraRange range;

  open_document (fixture, marked);
  g_assert_cmpuint (fixture->reading->notes->len, ==, 2);
  note = fixture->reading->notes->pdata[0];
  on_page = fixture->reading->notes->pdata[1];
  g_assert_cmpint (dra_note_get_anchor (note, &range, NULL), ==, DRA_ANCHOR_EXACT);
  passage = dra_article_dup_range (fixture->reading->article, range);
  g_assert_nonnull (strstr (passage, "lighthouse"));
  g_assert_cmpuint (strlen (passage), <, strlen (" the lighthouse wrote"));
  g_assert_cmpstr (dra_note_get_body (note), ==, "Mine");
  g_assert_cmpint (dra_note_get_color (note), ==, DRA_NOTE_BLUE);
  g_assert_cmpint (dra_note_get_target (on_page), ==, DRA_NOTE_TARGET_ARTICLE);
  again = read_copy (marked);
  g_assert_true (dra_note_equal (again->notes->pdata[0], note));
  g_assert_true (dra_note_equal (again->notes->pdata[1], on_page));

  /* Nothing changed: nothing is written. */
  g_ptr_array_add (fixture->notes, g_object_ref (note));
  g_ptr_array_add (fixture->notes, g_object_ref (on_page));
  same = make_copy (fixture, NULL);
  g_assert_true (g_bytes_equal (same, marked));

  dra_note_set_body (note, "Hers");
  changed = make_copy (fixture, NULL);
  page = describe_page (changed, 0);
  g_assert_nonnull (strstr (page, "Hers"));
  g_assert_null (strstr (page, "Mine"));
  check_same (fixture, changed);

  g_ptr_array_set_size (fixture->notes, 0);
  none = make_copy (fixture, NULL);
  check_same (fixture, none);
}

/* Without its document the article is set on pages, as any other is. */
static void
test_gone (Fixture       *fixture,
           gconstpointer  data G_GNUC_UNUSED)
{
  g_autoptr (GBytes) source = draw_document ();
  g_autoptr (GBytes) other = make_turned (0);
  g_autoptr (GError) error = NULL;
  gsize size;
  const char *bytes = g_bytes_get_data (other, &size);

  open_document (fixture, source);
  add_note (fixture, "the council", DRA_NOTE_YELLOW, "Which one?");
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GBytes) copy = NULL;
      g_autoptr (DraReading) reading = NULL;
      g_autofree char *remark = NULL;

      if (i == 0)
        g_file_replace_contents (fixture->file, bytes, size, NULL, FALSE, 0, NULL, NULL, &error);
      else
        g_file_delete (fixture->file, NULL, &error);
      g_assert_no_error (error);
      copy = dra_copy_make (dra_writer_find ("pdf"), fixture->reading->article, NULL, fixture->notes,
                            &remark, NULL, &error);
      g_assert_no_error (error);
      g_assert_nonnull (strstr (remark, i == 0 ? "has changed" : "is gone"));
      reading = read_copy (copy);
      g_assert_nonnull (strstr (dra_article_get_text (reading->article, NULL), "Which one?"));
    }
}

#define OLD "what stood there before"
#define N_KILLS 24

/* What the child of the next test does: a note into a document, which is saved. */
static int
save_copy (const char *source,
           const char *target)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) copy = g_file_new_for_path (target);
  Fixture fixture = {
    .file = g_file_new_for_path (source), .notes = g_ptr_array_new_with_free_func (g_object_unref),
  };
  gboolean saved;

  fixture.reading = dra_worker_read (fixture.file, NULL, NULL, &error);
  g_assert_no_error (error);
  add_note (&fixture, "the council", DRA_NOTE_YELLOW, "Which one?");
  saved = dra_copy_save (dra_writer_find ("pdf"), fixture.reading->article, NULL, fixture.notes, copy, NULL,
                         NULL, &error);
  g_assert_no_error (error);
  g_object_unref (fixture.file);
  g_ptr_array_unref (fixture.notes);
  dra_reading_free (fixture.reading);

  return saved ? 0 : 1;
}

static GPid
start_saving (const char *source,
              const char *target)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  const char *argv[] = { program, "--save", source, target, NULL };
  g_autoptr (GError) error = NULL;
  GPid pid;

  g_spawn_async (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, &error);
  g_assert_no_error (error);

  return pid;
}

/* A process killed at any moment: what stood there before, or the whole document with the
 * note; the document it was made of is as it was. */
static void
test_killed (Fixture       *fixture,
             gconstpointer  data G_GNUC_UNUSED)
{
  g_autoptr (GBytes) source = draw_document ();
  g_autofree char *target = g_build_filename (fixture->folder, "copy.pdf", NULL);
  g_autoptr (GFile) copy = g_file_new_for_path (target);
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  gint64 begin = g_get_monotonic_time (), duration;
  guint n_old = 0, n_new = 0;
  int status;

  open_document (fixture, source);
  waitpid (start_saving (g_file_peek_path (fixture->file), target), &status, 0);
  g_assert_cmpint (status, ==, 0);
  duration = g_get_monotonic_time () - begin;

  for (guint i = 0; i < N_KILLS; i++)
    {
      g_autofree char *got = NULL;
      g_autofree char *kept = NULL;
      g_autoptr (GError) error = NULL;
      gsize size;
      GPid pid;

      g_file_set_contents (target, OLD, -1, &error);
      g_assert_no_error (error);
      pid = start_saving (g_file_peek_path (fixture->file), target);
      /* Most of them late, when it is written. */
      g_usleep ((gulong) (i % 3 == 0 ? g_rand_double_range (rand, 0, 1.1) * duration
                                     : g_rand_double_range (rand, 0.7, 1.1) * duration));
      kill (pid, SIGKILL);
      waitpid (pid, NULL, 0);

      g_assert_true (g_file_get_contents (g_file_peek_path (fixture->file), &kept, &size, NULL));
      g_assert_cmpmem (kept, size, g_bytes_get_data (source, NULL), g_bytes_get_size (source));
      g_assert_true (g_file_get_contents (target, &got, &size, NULL));
      if (size == strlen (OLD))
        {
          g_assert_cmpstr (got, ==, OLD);
          n_old++;
        }
      else
        {
          g_autoptr (DraReading) reading = dra_worker_read (copy, NULL, NULL, &error);

          g_assert_no_error (error);
          g_assert_cmpmem (got, g_bytes_get_size (source), g_bytes_get_data (source, NULL), g_bytes_get_size (source));
          g_assert_cmpuint (reading->notes->len, ==, 1);
          g_assert_cmpstr (dra_note_get_body (reading->notes->pdata[0]), ==, "Which one?");
          n_new++;
        }
    }
  g_test_message ("%u times the old file, %u times the new", n_old, n_new);
  g_assert_cmpuint (n_old, >, 0);
}

/* Notes at many places of documents that others made. */
static void
test_corpus (Fixture       *fixture,
             gconstpointer  data G_GNUC_UNUSED)
{
  g_autofree char *folder = dra_test_shared ("corpus/open/pdf");
  g_autoptr (GDir) dir = folder != NULL ? g_dir_open (folder, 0, NULL) : NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;
  guint n = 0;

  if (dir == NULL)
    {
      g_test_skip ("no corpus");
      return;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_strings);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, names->pdata[i], NULL);
      g_autofree char *contents = NULL;
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GBytes) copy = NULL;
      g_autoptr (DraReading) reading = NULL;
      const char *text;
      gsize size, length;

      /* All of them with DRAMATIS_TEST_ALL. */
      if (g_getenv ("DRAMATIS_TEST_ALL") == NULL && i % 6 != 0)
        continue;
      g_assert_true (g_file_get_contents (path, &contents, &size, NULL));
      bytes = g_bytes_new (contents, size);
      reading = dra_worker_read_bytes (bytes, names->pdata[i], NULL, NULL, NULL);
      if (reading == NULL || !g_str_has_suffix (names->pdata[i], ".pdf"))
        continue;
      open_document (fixture, bytes);
      g_ptr_array_set_size (fixture->notes, 0);
      for (guint k = 0; k < fixture->reading->notes->len; k++)
        g_ptr_array_add (fixture->notes, g_object_ref (fixture->reading->notes->pdata[k]));
      text = dra_article_get_text (fixture->reading->article, &length);
      for (guint k = 0; k < 8; k++)
        {
          const char *start = text + length * k / 8;
          const char *end;

          while (((guchar) *start & 0xC0) == 0x80 || *start == '\n')
            start++;
          end = start + MIN (strlen (start), 20 + 60 * k);
          while (((guchar) *end & 0xC0) == 0x80)
            end++;
          if (end > start)
            g_ptr_array_add (fixture->notes,
                             dra_note_new_for_passage (fixture->reading->article,
                                                       (DraRange){ start - text, end - text }));
        }
      copy = make_copy (fixture, NULL);
      check_same (fixture, copy);
      n++;
    }
  g_test_message ("%u documents", n);
  g_assert_cmpuint (n, >, 3);
}

int
main (int    argc,
      char **argv)
{
  if (argc == 4 && g_str_equal (argv[1], "--save"))
    {
      dra_formats_provide ();
      return save_copy (argv[2], argv[3]);
    }
  g_test_init (&argc, &argv, NULL);
  dra_formats_provide ();

#define ADD(path, data, function)                                                               \
  g_test_add ("/pdf-copy/" path, Fixture, data, set_up, function, tear_down)
  ADD ("passages", NULL, test_passages);
  ADD ("other-notes", NULL, test_other_notes);
  ADD ("turned/0", GUINT_TO_POINTER (0), test_turned);
  ADD ("turned/90", GUINT_TO_POINTER (90), test_turned);
  ADD ("turned/180", GUINT_TO_POINTER (180), test_turned);
  ADD ("turned/270", GUINT_TO_POINTER (270), test_turned);
  ADD ("edited-elsewhere", NULL, test_edited_elsewhere);
  ADD ("foreign", NULL, test_foreign);
  ADD ("gone", NULL, test_gone);
  ADD ("killed", NULL, test_killed);
  ADD ("corpus", NULL, test_corpus);

  return g_test_run ();
}
