/* marked-text.c: a text with names marked in it, for tables of resolver tests.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "marked-text.h"

#include <string.h>

#include "article/dra-article-builder.h"
#include "recognizer/dra-resolver.h"

typedef struct
{
  DraRange range;
  DraLabel label;
  float    confidence;
} Mark;

static DraArticle *
read_marks (const char *marked,
            GArray     *marks)
{
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  Mark mark = { 0 };
  gsize length;

  for (const char *p = marked; *p != '\0'; p++)
    {
      if (*p == '{')
        {
          const char *letter = strchr ("POLX", p[1]);

          g_assert_nonnull (letter);
          mark.label = (DraLabel) (letter - "POLX");
          mark.confidence = g_ascii_isdigit (p[2]) ? (float) (p[2] - '0') / 10 : 0.9f;
          mark.range.start = text->len;
          p = strchr (p, ' ');
        }
      else if (*p == '}')
        {
          mark.range.end = text->len;
          g_array_append_val (marks, mark);
        }
      else
        {
          g_string_append_c (text, *p);
        }
    }
  length = text->len;
  dra_article_builder_take_lines (builder, g_string_free (g_steal_pointer (&text), FALSE), length);

  return dra_article_builder_build (builder);
}

static GArray *
to_spans (GArray    *marks,
          DraTokens *tokens)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (DraSpan));

  for (guint i = 0; i < marks->len; i++)
    {
      Mark *mark = &g_array_index (marks, Mark, i);
      DraSpan span = { .label = mark->label, .confidence = mark->confidence };

      for (guint t = 0; t < tokens->tokens->len; t++)
        if (dra_range_overlaps (g_array_index (tokens->tokens, DraToken, t).range, mark->range))
          {
            if (span.n_tokens++ == 0)
              span.first = t;
          }
      g_assert_cmpuint (span.n_tokens, >, 0);
      span.scores[span.label] = span.confidence;
      g_array_append_val (spans, span);
    }

  return spans;
}

static DraModel *model; /* what the resolver may ask, or NULL */

void
marked_text_set_model (DraModel *other)
{
  g_clear_pointer (&model, dra_model_unref);
  model = other != NULL ? dra_model_ref (other) : NULL;
}

DraCast *
marked_text_resolve_article (const char  *marked,
                             DraArticle **article)
{
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (Mark));
  g_autoptr (GArray) spans = NULL;
  g_autoptr (DraTokens) tokens = NULL;

  *article = read_marks (marked, marks);
  tokens = dra_tokens_new_for_article (*article);
  spans = to_spans (marks, tokens);

  return dra_resolver_resolve (*article, tokens, spans, model);
}

DraCast *
marked_text_resolve (const char *marked)
{
  g_autoptr (DraArticle) article = NULL;

  return marked_text_resolve_article (marked, &article);
}

char *
marked_text_describe (DraCast    *cast,
                      DraArticle *article)
{
  GString *out = g_string_new (NULL);
  guint n;
  const DraMention *mentions = dra_cast_get_mentions (cast, &n);

  for (guint e = 0; e < dra_cast_get_n_entities (cast); e++)
    {
      const DraEntity *entity = dra_cast_get_entity (cast, e);

      g_string_append_printf (out, "%s%c %s:", e > 0 ? "; " : "", "POL"[entity->kind], entity->name);
      for (guint i = 0; i < entity->n_mentions; i++)
        {
          g_autofree char *text = dra_article_dup_range (article, mentions[entity->mentions[i]].range);

          g_string_append_printf (out, "%s %s", i > 0 ? "," : "", text);
        }
    }

  return g_string_free (out, FALSE);
}

void
marked_text_check (const char *marked,
                   const char *expected)
{
  g_autoptr (DraArticle) article = NULL;
  g_autoptr (DraCast) cast = marked_text_resolve_article (marked, &article);
  g_autofree char *described = marked_text_describe (cast, article);

  if (!g_str_equal (described, expected))
    g_test_message ("%s", marked);
  g_assert_cmpstr (described, ==, expected);
}

/* The role of the first entity of the kind, "-" for none. */
void
marked_text_check_role (const char   *marked,
                        DraEntityKind kind,
                        const char   *expected)
{
  g_autoptr (DraArticle) article = NULL;
  g_autoptr (DraCast) cast = marked_text_resolve_article (marked, &article);

  for (guint e = 0; e < dra_cast_get_n_entities (cast); e++)
    {
      const DraEntity *entity = dra_cast_get_entity (cast, e);

      if (entity->kind != kind)
        continue;
      if (g_strcmp0 (entity->role != NULL ? entity->role : "-", expected) != 0)
        g_test_message ("%s", marked);
      g_assert_cmpstr (entity->role != NULL ? entity->role : "-", ==, expected);
      if (entity->role != NULL)
        {
          g_autofree char *text = dra_article_dup_range (article, entity->role_range);

          g_assert_cmpstr (text, ==, entity->role);
        }
      return;
    }
  g_assert_not_reached ();
}
