/* dra-pdf-reader.c: the text of PDF documents, through poppler.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-pdf-reader.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "article/dra-error.h"
#include "readers/dra-pdf-private.h"
#include "readers/dra-text-private.h"

#define MAX_PAGES 20000
#define MAX_LINES 4000000

/* What is being made of the blocks. */
typedef struct
{
  DraArticleBuilder *builder;
  GHashTable        *words; /* of all lines, but for those at a line's end */
  GArray            *pieces; /* (nullable): of DraPdfPiece */
  DraPdfRun          run;   /* the styles that are open */
} Output;

static void
fail (GError     **error,
      int          code,
      const char  *format,
      const char  *name)
{
  g_set_error (error, DRA_ERROR, code, format, name);
}

static PopplerDocument *
open_document (GBytes      *bytes,
               const char  *name,
               GError     **error)
{
  g_autoptr (GError) local = NULL;
  PopplerDocument *document = poppler_document_new_from_bytes (bytes, NULL, &local);

  if (document != NULL)
    return document;
  if (g_error_matches (local, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED))
    fail (error, DRA_ERROR_UNSUPPORTED,
          _("“%s” is protected by a password, which Dramatis cannot ask for."), name);
  else
    fail (error, DRA_ERROR_DAMAGED, _("“%s” is a damaged PDF document."), name);

  return NULL;
}

static gboolean
read_pages (PopplerDocument *document,
            DraPdfText      *text,
            GCancellable    *cancellable,
            GError         **error)
{
  int n_pages = MIN (poppler_document_get_n_pages (document), MAX_PAGES);

  for (int i = 0; i < n_pages && text->lines->len < MAX_LINES; i++)
    {
      PopplerPage *page;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      page = poppler_document_get_page (document, i);
      dra_pdf_text_add_page (text, page);
      g_clear_object (&page);
    }

  return TRUE;
}

static char *
next_word (const char **p)
{
  const char *start;

  while (**p == ' ')
    (*p)++;
  start = *p;
  while (**p != '\0' && **p != ' ')
    (*p)++;

  return *p > start ? g_strndup (start, *p - start) : NULL;
}

/* Words that stand inside a line tell whether "co-" and "operation" are one word. */
static GHashTable *
collect_words (DraPdfText *text)
{
  GHashTable *words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < text->lines->len; i++)
    {
      const char *p = ((DraPdfLine *) g_ptr_array_index (text->lines, i))->text->str;
      char *word;

      while ((word = next_word (&p)) != NULL)
        {
          gsize length = strlen (word);

          while (length > 0 && strchr (",.;:!?)\"'", word[length - 1]) != NULL)
            word[--length] = '\0';
          g_hash_table_add (words, word);
        }
    }

  return words;
}

/* Bytes to cut from the end of a line whose last word goes on in the next: the hyphen's,
 * or 0 when it belongs to the word. */
static gsize
hyphen_bytes (Output     *output,
              const char *line,
              const char *next)
{
  const char *start = strrchr (line, ' ');
  const char *end = next;
  gsize length = strlen (line);
  gsize hyphen = line[length - 1] == '-' ? 1 : g_str_has_suffix (line, "\302\255") ? 2 : 3;
  g_autofree char *joined = NULL;
  g_autofree char *kept = NULL;

  if (hyphen == 2)
    return hyphen;
  start = start != NULL ? start + 1 : line;
  while (g_unichar_isalpha (g_utf8_get_char (end)) || *end == '-')
    end = g_utf8_next_char (end);
  joined = g_strdup_printf ("%.*s%.*s", (int) (line + length - hyphen - start), start,
                            (int) (end - next), next);
  kept = g_strdup_printf ("%.*s-%.*s", (int) (line + length - hyphen - start), start,
                          (int) (end - next), next);
  if (!g_hash_table_contains (output->words, joined)
      && g_hash_table_contains (output->words, kept))
    return 0;

  if (g_unichar_islower (g_utf8_get_char (next)))
    return hyphen;

  /* A word in capitals. */
  return g_ascii_isupper (next[0]) && (g_ascii_isupper (next[1]) || next[1] == '\0')
             && length > hyphen + 1 && g_ascii_isupper (line[length - hyphen - 1])
             && g_ascii_isupper (line[length - hyphen - 2])
           ? hyphen : 0;
}

static void
set_styles (Output          *output,
            const DraPdfRun *run)
{
  DraArticleBuilder *builder = output->builder;
  DraPdfRun *now = &output->run;

  if (g_strcmp0 (now->uri, run->uri) != 0)
    {
      if (now->uri != NULL)
        dra_article_builder_end_style (builder, DRA_STYLE_LINK);
      if (run->uri != NULL)
        dra_article_builder_begin_style (builder, DRA_STYLE_LINK, run->uri);
    }
  if (now->bold && !run->bold)
    dra_article_builder_end_style (builder, DRA_STYLE_STRONG);
  if (!now->bold && run->bold)
    dra_article_builder_begin_style (builder, DRA_STYLE_STRONG, NULL);
  if (now->italic && !run->italic)
    dra_article_builder_end_style (builder, DRA_STYLE_EMPHASIS);
  if (!now->italic && run->italic)
    dra_article_builder_begin_style (builder, DRA_STYLE_EMPHASIS, NULL);
  *now = *run;
}

static gboolean
is_safe_uri (const char *uri)
{
  return uri != NULL
         && (g_ascii_strncasecmp (uri, "http://", 7) == 0
             || g_ascii_strncasecmp (uri, "https://", 8) == 0
             || g_ascii_strncasecmp (uri, "mailto:", 7) == 0);
}

static void
add_line (Output           *output,
          const DraPdfLine *line,
          gsize             start,
          gsize             end,
          gboolean          plain)
{
  for (guint i = 0; i < line->runs->len; i++)
    {
      DraPdfRun run = g_array_index (line->runs, DraPdfRun, i);
      gsize from = MAX (run.start, start);
      gsize to = MIN (run.end, end);
      DraPdfPiece piece;

      if (from >= to)
        continue;
      run.uri = is_safe_uri (run.uri) ? run.uri : NULL;
      run.bold = run.bold && !plain;
      run.italic = run.italic && !plain;
      piece = (DraPdfPiece){ .start = dra_article_builder_get_length (output->builder),
                             .line = line, .from = from, .to = to, .run = i };
      set_styles (output, &run);
      dra_article_builder_add_text (output->builder, line->text->str + from, (gssize) (to - from));
      piece.end = dra_article_builder_get_length (output->builder);
      if (output->pieces != NULL && piece.end > piece.start)
        g_array_append_val (output->pieces, piece);
    }
}

static void
begin_block (Output            *output,
             const DraPdfBlock *block)
{
  static const DraBlockKind kinds[] = {
    [DRA_PDF_PARAGRAPH] = DRA_BLOCK_PARAGRAPH, [DRA_PDF_HEADING] = DRA_BLOCK_HEADING,
    [DRA_PDF_TITLE] = DRA_BLOCK_TITLE,         [DRA_PDF_ITEM] = DRA_BLOCK_LIST_ITEM,
    [DRA_PDF_CAPTION] = DRA_BLOCK_CAPTION,     [DRA_PDF_FOOTNOTE] = DRA_BLOCK_FOOTNOTE,
  };
  g_autofree char *label = NULL;
  guint level = block->role == DRA_PDF_HEADING ? block->level : block->role == DRA_PDF_ITEM;

  if (block->role == DRA_PDF_ITEM)
    label = g_strndup (((DraPdfLine *) g_ptr_array_index (block->lines, 0))->text->str,
                       block->marker - 1);
  dra_article_builder_begin_block (output->builder, kinds[block->role], level, label);
}

static void
add_block (Output            *output,
           const DraPdfBlock *block)
{
  static const DraPdfRun none = { 0 };
  gboolean plain = block->role == DRA_PDF_HEADING || block->role == DRA_PDF_TITLE;

  begin_block (output, block);
  for (guint i = 0; i < block->lines->len; i++)
    {
      const DraPdfLine *line = g_ptr_array_index (block->lines, i);
      const DraPdfLine *next
        = i + 1 < block->lines->len ? g_ptr_array_index (block->lines, i + 1) : NULL;
      gsize end = line->text->len;
      gboolean joined = FALSE;

      if (next != NULL && dra_pdf_ends_hyphen (line->text->str))
        {
          end -= hyphen_bytes (output, line->text->str, next->text->str);
          joined = TRUE;
        }
      add_line (output, line, i == 0 ? block->marker : 0, end, plain);
      if (next != NULL && !joined)
        dra_article_builder_add_text (output->builder, " ", 1);
    }
  set_styles (output, &none);
  dra_article_builder_end_block (output->builder);
}

static gboolean
has_two_letters (const char *text)
{
  guint n = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    n += g_unichar_isalpha (g_utf8_get_char (p)) ? 1 : 0;

  return n >= 2;
}

/* Programs write their own names and those of files where the title should be. */
static gboolean
is_sensible (const char *value)
{
  static const char *const bad[] = { "Microsoft Word", "untitled", "Untitled", "PowerPoint",
                                     "LaTeX", "http:", "https:", "Slide 1" };
  static const char *const suffixes[] = { ".doc", ".docx", ".dvi", ".indd", ".qxd", ".tex", ".pdf",
                                          ".ps", ".rtf", ".odt", ".html", ".txt", ".xls" };
  g_autofree char *lower = NULL;

  if (value == NULL || g_utf8_strlen (value, -1) < 3 || !g_utf8_validate (value, -1, NULL))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    if (g_str_has_prefix (value, bad[i]))
      return FALSE;
  lower = g_ascii_strdown (value, -1);
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (g_str_has_suffix (lower, suffixes[i]))
      return FALSE;

  return has_two_letters (value);
}

static char *
title_of (GPtrArray *blocks)
{
  for (guint i = 0; i < blocks->len; i++)
    {
      const DraPdfBlock *block = g_ptr_array_index (blocks, i);
      GString *title;

      if (block->role != DRA_PDF_TITLE)
        continue;
      title = g_string_new (NULL);
      for (guint k = 0; k < block->lines->len; k++)
        g_string_append_printf (title, "%s%s", k > 0 ? " " : "",
                                ((DraPdfLine *) g_ptr_array_index (block->lines, k))->text->str);
      return g_string_free (title, FALSE);
    }

  return NULL;
}

static void
set_metadata (Output          *output,
              PopplerDocument *document,
              GPtrArray       *blocks)
{
  g_autofree char *title = poppler_document_get_title (document);
  g_autofree char *author = poppler_document_get_author (document);
  g_autofree char *seen = title_of (blocks);

  if (seen != NULL || is_sensible (title))
    dra_article_builder_set_metadata (output->builder, DRA_METADATA_TITLE,
                                      seen != NULL ? seen : title);
  /* A name has two words; one alone is a user of a computer. */
  if (is_sensible (author) && strchr (g_strstrip (author), ' ') != NULL)
    {
      g_autofree char *names = dra_text_byline_clean (author, strlen (author));

      dra_article_builder_set_metadata (output->builder, DRA_METADATA_BYLINE, names);
    }
}

/**
 * dra_pdf_document_open:
 * @self: (out): the document; clear it with dra_pdf_document_clear()
 * @bytes: a PDF document
 * @name: its name, for messages
 * @wants_pieces: whether the pieces are wanted in any case; they are there when some page
 *   has notes
 * @cancellable: (nullable): a cancellable, looked at before each page
 * @error: return location, see dra_pdf_read()
 *
 * Returns: whether it was read
 */
gboolean
dra_pdf_document_open (DraPdfDocument  *self,
                       GBytes          *bytes,
                       const char      *name,
                       gboolean         wants_pieces,
                       GCancellable    *cancellable,
                       GError         **error)
{
  g_autoptr (GPtrArray) blocks = NULL;
  g_autoptr (DraArticleBuilder) builder = NULL;
  Output output = { 0 };

  *self = (DraPdfDocument){ 0 };
  self->document = open_document (bytes, name, error);
  if (self->document == NULL)
    return FALSE;
  self->text = dra_pdf_text_new ();
  self->pieces = g_array_new (FALSE, FALSE, sizeof (DraPdfPiece));
  if (!read_pages (self->document, self->text, cancellable, error))
    return FALSE;
  dra_pdf_drop_running (self->text);
  blocks = dra_pdf_find_blocks (self->text);
  builder = dra_article_builder_new ();
  output.builder = builder;
  output.pieces = wants_pieces || self->text->marked ? self->pieces : NULL;
  output.words = collect_words (self->text);
  set_metadata (&output, self->document, blocks);
  for (guint i = 0; i < blocks->len; i++)
    add_block (&output, g_ptr_array_index (blocks, i));
  g_hash_table_unref (output.words);
  if (dra_article_builder_get_length (builder) == 0)
    {
      fail (error, DRA_ERROR_EMPTY,
            _("“%s” has no text in it, only pictures of pages: it was probably scanned."), name);
      return FALSE;
    }
  self->article = dra_article_builder_build (builder);

  return TRUE;
}

/**
 * dra_pdf_document_clear:
 * @self: a document, whole or not
 */
void
dra_pdf_document_clear (DraPdfDocument *self)
{
  g_clear_object (&self->article);
  g_clear_pointer (&self->pieces, g_array_unref);
  g_clear_pointer (&self->text, dra_pdf_text_free);
  g_clear_object (&self->document);
}

/**
 * dra_pdf_read:
 * @bytes: a PDF document
 * @name: its name, for messages
 * @cancellable: (nullable): a cancellable, looked at before each page
 * @error: return location
 *
 * Reads the text of a PDF document: paragraphs joined over lines, columns and pages,
 * hyphenation undone, running heads and page numbers dropped, what is set larger taken
 * for headings.  Passages that are marked in it and notes become notes.  Sets
 * %DRA_ERROR_DAMAGED, %DRA_ERROR_UNSUPPORTED when a password is needed, %DRA_ERROR_EMPTY
 * when there is no text in it, and %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full): the reading, or %NULL with @error set
 */
DraReading *
dra_pdf_read (GBytes        *bytes,
              const char    *name,
              GCancellable  *cancellable,
              GError       **error)
{
  g_auto (DraPdfDocument) document = { 0 };

  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  if (!dra_pdf_document_open (&document, bytes, name, FALSE, cancellable, error))
    return NULL;

  return dra_reading_new (g_object_ref (document.article), NULL,
                          document.text->marked ? dra_pdf_read_notes (&document) : NULL);
}
