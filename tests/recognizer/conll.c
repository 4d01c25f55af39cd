/* conll.c: reads two-column files, tags their tokens, counts.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "conll.h"

#include <gio/gio.h>
#include <string.h>

#include "article/dra-article-builder.h"
#include "recognizer/dra-resolver.h"

static const char *const classes[DRA_N_LABELS] = { "PER", "ORG", "LOC", "MISC" };

typedef struct
{
  GString   *text;
  DraTokens  tokens;
  GPtrArray *tags; /* of char * into the file, one a token */
} Document;

static void
document_init (Document *self)
{
  self->text = g_string_new (NULL);
  self->tokens.tokens = g_array_new (FALSE, FALSE, sizeof (DraToken));
  self->tokens.sentences = g_array_new (FALSE, FALSE, sizeof (DraSentence));
  self->tags = g_ptr_array_new ();
}

static void
document_clear (Document *self)
{
  g_string_free (self->text, TRUE);
  g_array_unref (self->tokens.tokens);
  g_array_unref (self->tokens.sentences);
  g_ptr_array_unref (self->tags);
}

static void
end_sentence (Document *self)
{
  DraSentence sentence = { 0 };

  if (self->tokens.sentences->len > 0)
    {
      DraSentence *last = &g_array_index (self->tokens.sentences, DraSentence,
                                          self->tokens.sentences->len - 1);

      sentence.first = last->first + last->n_tokens;
    }
  sentence.n_tokens = self->tokens.tokens->len - sentence.first;
  if (sentence.n_tokens > 0)
    g_array_append_val (self->tokens.sentences, sentence);
}

/* The label of the gold span that begins at token i of a sentence, and where it ends; an I
 * that continues nothing begins a span too. */
static guint
gold_span (Document *self,
           guint     i,
           guint     end,
           int      *label)
{
  const char *tag = g_ptr_array_index (self->tags, i);
  guint stop = i + 1;

  *label = -1;
  if (tag[0] == 'O' || tag[1] != '-')
    return stop;
  for (int l = 0; l < DRA_N_LABELS; l++)
    if (strcmp (tag + 2, classes[l]) == 0)
      *label = l;
  while (stop < end && ((char *) g_ptr_array_index (self->tags, stop))[0] == 'I' &&
         strcmp ((char *) g_ptr_array_index (self->tags, stop) + 2 -
                   (((char *) g_ptr_array_index (self->tags, stop))[1] == '\0'),
                 tag + 2) == 0)
    stop++;
  return stop;
}

/* Puts the spans through the document pass and back. */
static GArray *
resolve_spans (DraModel *model,
               Document *self,
               GArray   *spans)
{
  static const DraLabel labels[] = { DRA_LABEL_PERSON, DRA_LABEL_ORGANIZATION, DRA_LABEL_PLACE };
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();
  g_autoptr (DraArticle) article = NULL;
  g_autoptr (DraCast) cast = NULL;
  GArray *resolved = g_array_new (FALSE, FALSE, sizeof (DraSpan));
  const DraMention *mentions;
  guint n, t = 0;

  dra_article_builder_take_lines (builder, g_strdup (self->text->str), self->text->len);
  article = dra_article_builder_build (builder);
  cast = dra_resolver_resolve (article, &self->tokens, spans, model);
  mentions = dra_cast_get_mentions (cast, &n);
  for (guint i = 0; i < n; i++)
    {
      DraSpan span = { .label = labels[dra_cast_get_entity (cast, mentions[i].entity)->kind] };

      while (g_array_index (self->tokens.tokens, DraToken, t).range.start < mentions[i].range.start)
        t++;
      span.first = t;
      while (t < self->tokens.tokens->len &&
             g_array_index (self->tokens.tokens, DraToken, t).range.end <= mentions[i].range.end)
        t++;
      span.n_tokens = t - span.first;
      g_array_append_val (resolved, span);
    }

  return resolved;
}

static void
score_document (DraModel   *model,
                Document   *self,
                ConllScore *score)
{
  g_autoptr (GArray) spans = NULL;
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  end_sentence (self);
  spans = dra_tagger_tag (model, self->text->str, &self->tokens, NULL, NULL);
  if (score->resolve)
    {
      g_autoptr (GArray) tagged = g_steal_pointer (&spans);

      spans = resolve_spans (model, self, tagged);
    }
  for (guint i = 0; i < spans->len; i++)
    {
      const DraSpan *span = &g_array_index (spans, DraSpan, i);
      gint64 *key = g_new (gint64, 1);

      *key = ((gint64) span->first << 32) | (span->n_tokens << 3) | span->label;
      g_hash_table_add (found, key);
      score->found[span->label]++;
    }
  for (guint s = 0; s < self->tokens.sentences->len; s++)
    {
      const DraSentence *sentence = &g_array_index (self->tokens.sentences, DraSentence, s);
      guint end = sentence->first + sentence->n_tokens;

      for (guint i = sentence->first, stop; i < end; i = stop)
        {
          int label;
          gint64 key;

          stop = gold_span (self, i, end, &label);
          if (label < 0)
            continue;
          key = ((gint64) i << 32) | ((stop - i) << 3) | label;
          score->gold[label]++;
          score->right[label] += g_hash_table_contains (found, &key);
        }
    }
  score->n_tokens += self->tokens.tokens->len;
}

/* Scores the model on a file.  A file without "-DOCSTART-" lines is taken for as many
 * documents as it has sentences, since nothing tells what belongs together. */
gboolean
conll_score (DraModel   *model,
             const char *path,
             ConllScore *score,
             GError    **error)
{
  g_autofree char *content = NULL;
  gboolean has_documents;
  Document document;

  if (!g_file_get_contents (path, &content, NULL, error))
    return FALSE;
  has_documents = strstr (content, "-DOCSTART-") != NULL;
  document_init (&document);
  for (char *line = content, *next; line != NULL && *line != '\0'; line = next)
    {
      DraToken token;
      char *tab;

      next = strchr (line, '\n');
      if (next != NULL)
        *next++ = '\0';
      tab = strchr (line, '\t');
      if (*line == '\0' || g_str_has_prefix (line, "-DOCSTART-"))
        {
          end_sentence (&document);
          if (*line != '\0' || !has_documents)
            {
              score_document (model, &document, score);
              document_clear (&document);
              document_init (&document);
            }
          continue;
        }
      if (tab == NULL || tab == line)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: not two columns: %s", path,
                       line);
          document_clear (&document);
          return FALSE;
        }
      token.range.start = document.text->len;
      g_string_append_len (document.text, line, tab - line);
      token.range.end = document.text->len;
      g_string_append_c (document.text, ' ');
      g_array_append_val (document.tokens.tokens, token);
      g_ptr_array_add (document.tags, tab + 1);
    }
  score_document (model, &document, score);
  document_clear (&document);
  return TRUE;
}

double
conll_precision (const ConllScore *score,
                 DraLabel          label)
{
  return score->found[label] > 0 ? 100.0 * score->right[label] / score->found[label] : 0;
}

double
conll_recall (const ConllScore *score,
              DraLabel          label)
{
  return score->gold[label] > 0 ? 100.0 * score->right[label] / score->gold[label] : 0;
}

double
conll_f1 (const ConllScore *score,
          DraLabel          label)
{
  guint all = score->found[label] + score->gold[label];

  return all > 0 ? 200.0 * score->right[label] / all : 0;
}
