/* dra-corpus.c: reads two-column files, and articles with their marks.
 *
 * Two columns: a token, a tab, a BIO2 tag; an empty line ends a sentence, "-DOCSTART-"
 * begins a document.  Files without documents are read as one document a sentence, since
 * what one sentence says of a word holds for no other there.
 *
 * Marked articles: NAME.txt with NAME.cast.json, whose "spans" are [start, end, "P", "O" or
 * "L", index] in code points, and whose "masked" spans count neither way.  They are split
 * with the program's own tokenizer.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recognizer/train/dra-corpus.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "article/dra-text-index.h"

static const char *const tag_names[] = {
  "O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC", "B-MISC", "I-MISC",
};

#define MAYBE_OTHER ((1 << 0) | (1 << 7) | (1 << 8))

static DraCorpusDocument *
document_new (void)
{
  DraCorpusDocument *self = g_new0 (DraCorpusDocument, 1);
  guint zero = 0;

  self->tokens = g_array_new (FALSE, FALSE, sizeof (DraToken));
  self->starts = g_array_new (FALSE, FALSE, sizeof (guint));
  self->allowed = g_array_new (FALSE, FALSE, sizeof (guint16));
  self->weight = 1;
  g_array_append_val (self->starts, zero);
  return self;
}

void
dra_corpus_document_free (DraCorpusDocument *self)
{
  g_free (self->text);
  g_array_unref (self->tokens);
  g_array_unref (self->starts);
  g_array_unref (self->allowed);
  g_free (self);
}

static void
end_sentence (DraCorpusDocument *document)
{
  guint end = document->tokens->len;

  if (end > g_array_index (document->starts, guint, document->starts->len - 1))
    g_array_append_val (document->starts, end);
}

/* Turns each I-X that nothing before it can lead to into B-X: a sentence that ends inside a
 * span, or a source that is careless. */
static void
repair_tags (DraCorpusDocument *document)
{
  for (guint s = 0; s + 1 < document->starts->len; s++)
    {
      guint16 before = 0;

      for (guint i = g_array_index (document->starts, guint, s);
           i < g_array_index (document->starts, guint, s + 1); i++)
        {
          guint16 *allowed = &g_array_index (document->allowed, guint16, i);

          for (guint tag = 2; tag < G_N_ELEMENTS (tag_names); tag += 2)
            if ((*allowed >> tag & 1) != 0 && (before >> (tag - 1) & 3) == 0)
              *allowed = (*allowed & ~(1 << tag)) | 1 << (tag - 1);
          before = *allowed;
        }
    }
}

static void
take_document (GPtrArray          *documents,
               DraCorpusDocument **document,
               GString           **text)
{
  end_sentence (*document);
  repair_tags (*document);
  if ((*document)->tokens->len > 0)
    {
      (*document)->text = g_string_free (*text, FALSE);
      g_ptr_array_add (documents, *document);
      *document = document_new ();
      *text = g_string_new (NULL);
    }
}

static gboolean
parse_tag (const char     *name,
           DraCorpusFlags  flags,
           guint16        *allowed)
{
  for (guint i = 0; i < G_N_ELEMENTS (tag_names); i++)
    if (strcmp (name, tag_names[i]) == 0)
      {
        *allowed = i == 0 && (flags & DRA_CORPUS_NO_OTHER) != 0 ? MAYBE_OTHER : 1 << i;
        return TRUE;
      }
  return FALSE;
}

/* dra_corpus_read_conll: appends the documents of a two-column file. */
gboolean
dra_corpus_read_conll (GPtrArray      *documents,
                       const char     *path,
                       DraCorpusFlags  flags,
                       GError        **error)
{
  g_autofree char *content = NULL;
  DraCorpusDocument *document = document_new ();
  GString *text = g_string_new (NULL);
  gboolean has_documents, ok = TRUE;

  if (!g_file_get_contents (path, &content, NULL, error))
    ok = FALSE;
  has_documents = ok && strstr (content, "-DOCSTART-") != NULL;
  for (char *line = content, *next; ok && line != NULL && *line != '\0'; line = next)
    {
      DraToken token;
      guint16 allowed;
      char *tab;

      next = strchr (line, '\n');
      if (next != NULL)
        *next++ = '\0';
      tab = strchr (line, '\t');
      if (*line == '\0')
        {
          end_sentence (document);
          if (!has_documents)
            take_document (documents, &document, &text);
          continue;
        }
      if (g_str_has_prefix (line, "-DOCSTART-"))
        {
          take_document (documents, &document, &text);
          continue;
        }
      if (tab == NULL || tab == line || !parse_tag (tab + 1, flags, &allowed))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       "%s: not a token and a tag: %s", path, line);
          ok = FALSE;
          break;
        }
      token.range.start = text->len;
      g_string_append_len (text, line, tab - line);
      token.range.end = text->len;
      g_string_append_c (text, ' ');
      g_array_append_val (document->tokens, token);
      g_array_append_val (document->allowed, allowed);
    }
  if (ok)
    take_document (documents, &document, &text);
  g_string_free (text, TRUE);
  dra_corpus_document_free (document);
  return ok;
}

typedef struct
{
  DraRange range;
  int      label; /* -1: masked */
} Mark;

static int
compare_marks (gconstpointer a,
               gconstpointer b)
{
  gsize x = ((const Mark *) a)->range.start, y = ((const Mark *) b)->range.start;

  return x < y ? -1 : x > y;
}

static gboolean
read_marks (JsonObject   *object,
            const char   *member,
            DraTextIndex *index,
            GArray       *marks)
{
  JsonArray *array = json_object_get_array_member (object, member);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonArray *item = json_array_get_array_element (array, i);
      Mark mark = { { 0, 0 }, -1 };
      gint64 start, end;
      gsize n = dra_text_index_get_n_code_points (index);

      if (json_array_get_length (item) < 2)
        return FALSE;
      start = json_array_get_int_element (item, 0);
      end = json_array_get_int_element (item, 1);
      if (start < 0 || end <= start || (gsize) end > n)
        return FALSE;
      mark.range.start = dra_text_index_to_bytes (index, start);
      mark.range.end = dra_text_index_to_bytes (index, end);
      if (json_array_get_length (item) > 2)
        {
          const char *kind = json_array_get_string_element (item, 2);

          mark.label = *kind == 'P' ? 0 : *kind == 'O' ? 1 : 2;
        }
      g_array_append_val (marks, mark);
    }
  return TRUE;
}

/* Whether a token goes on behind a mark by no more than the dot of its abbreviation. */
static gboolean
has_dot_more (const char *text,
              DraRange    token,
              DraRange    mark)
{
  return token.end == mark.end + 1 && text[mark.end] == '.';
}

/* The tags of each token under marks that are sorted and do not overlap: what a span cuts in
 * two is left open, as what is masked is. */
static void
apply_marks (DraCorpusDocument *document,
             GArray            *marks)
{
  guint m = 0;

  for (guint i = 0; i < document->tokens->len; i++)
    {
      DraRange range = g_array_index (document->tokens, DraToken, i).range;
      guint16 allowed = MAYBE_OTHER;

      while (m < marks->len && g_array_index (marks, Mark, m).range.end <= range.start)
        m++;
      if (m < marks->len && dra_range_overlaps (g_array_index (marks, Mark, m).range, range))
        {
          const Mark *mark = &g_array_index (marks, Mark, m);

          if (mark->label < 0 || mark->range.start > range.start ||
              (mark->range.end < range.end && !has_dot_more (document->text, range, mark->range)))
            allowed = DRA_CORPUS_ANY;
          else
            allowed = 1 << (1 + 2 * mark->label + (mark->range.start < range.start ? 1 : 0));
        }
      g_array_append_val (document->allowed, allowed);
    }
}

static DraCorpusDocument *
read_article (const char  *stem,
              GError     **error)
{
  g_autofree char *text_path = g_strconcat (stem, ".txt", NULL);
  g_autofree char *json_path = g_strconcat (stem, ".cast.json", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (DraTextIndex) index = NULL;
  g_autoptr (DraTokens) tokens = NULL;
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (Mark));
  g_autofree char *text = NULL;
  DraCorpusDocument *document;
  gsize length;

  if (!g_file_get_contents (text_path, &text, &length, error) ||
      !json_parser_load_from_file (parser, json_path, error))
    return NULL;
  index = dra_text_index_new (text, length);
  if (!JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)) ||
      !read_marks (json_node_get_object (json_parser_get_root (parser)), "spans", index, marks) ||
      !read_marks (json_node_get_object (json_parser_get_root (parser)), "masked", index, marks))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: not marks of the text",
                   json_path);
      return NULL;
    }
  g_array_sort (marks, compare_marks);

  tokens = dra_tokens_new_for_text (text, length);
  document = document_new ();
  document->text = g_steal_pointer (&text);
  g_array_append_vals (document->tokens, tokens->tokens->data, tokens->tokens->len);
  for (guint i = 0; i < tokens->sentences->len; i++)
    {
      DraSentence *sentence = &g_array_index (tokens->sentences, DraSentence, i);
      guint end = sentence->first + sentence->n_tokens;

      g_array_append_val (document->starts, end);
    }
  apply_marks (document, marks);
  repair_tags (document);
  return document;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* dra_corpus_read_news: appends the marked articles of a folder, in the order of their
 * names. */
gboolean
dra_corpus_read_news (GPtrArray   *documents,
                      const char  *directory,
                      GError     **error)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  if (dir == NULL)
    return FALSE;
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".cast.json"))
      g_ptr_array_add (names, g_strndup (name, strlen (name) - strlen (".cast.json")));
  g_ptr_array_sort (names, compare_names);

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *stem = g_build_filename (directory, g_ptr_array_index (names, i), NULL);
      DraCorpusDocument *document = read_article (stem, error);

      if (document == NULL)
        return FALSE;
      g_ptr_array_add (documents, document);
    }
  return TRUE;
}
