/* marked-article.c: reads an article and what people marked in it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "marked-article.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "article/dra-article-builder.h"

void
marked_entity_free (gpointer data)
{
  MarkedEntity *entity = data;

  g_free (entity->name);
  g_free (entity->role);
  g_array_unref (entity->spans);
  g_free (entity);
}

void
marked_article_free (MarkedArticle *marked)
{
  g_clear_object (&marked->article);
  g_clear_pointer (&marked->gold, g_ptr_array_unref);
  g_clear_pointer (&marked->ignored, g_array_unref);
  g_clear_pointer (&marked->marked, g_array_unref);
  g_clear_pointer (&marked->tokens, dra_tokens_free);
  g_free (marked);
}

static void
add_strings (GHashTable *set,
             JsonObject *object,
             const char *member)
{
  JsonArray *array = json_object_has_member (object, member)
                       ? json_object_get_array_member (object, member) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    if (*json_array_get_string_element (array, i) != '\0')
      g_hash_table_add (set, g_strdup (json_array_get_string_element (array, i)));
}

static void
mark_span (MarkedArticle *marked,
           DraRange       range,
           const char    *kind)
{
  DraSpan span = { .confidence = 1 };
  GArray *tokens = marked->tokens->tokens;
  guint low = 0, high = tokens->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (tokens, DraToken, middle).range.end <= range.start)
        low = middle + 1;
      else
        high = middle;
    }
  span.first = low;
  while (low < tokens->len && g_array_index (tokens, DraToken, low).range.start < range.end)
    low++;
  span.n_tokens = low - span.first;
  span.label = *kind == 'P' ? DRA_LABEL_PERSON : *kind == 'O' ? DRA_LABEL_ORGANIZATION : DRA_LABEL_PLACE;
  span.scores[span.label] = 1;
  if (span.n_tokens > 0)
    g_array_append_val (marked->marked, span);
}

static gboolean
is_whole_word (const char *text,
               gsize       start,
               gsize       end)
{
  gboolean left = start > 0 && g_unichar_isalnum (g_utf8_get_char (g_utf8_prev_char (text + start))) &&
                  g_unichar_isalnum (g_utf8_get_char (text + start));
  gboolean right = text[end] != '\0' && g_unichar_isalnum (g_utf8_get_char (text + end)) &&
                   g_unichar_isalnum (g_utf8_get_char (g_utf8_prev_char (text + end)));

  return !left && !right;
}

static int
compare_lengths (gconstpointer a,
                 gconstpointer b)
{
  glong x = g_utf8_strlen (*(const char *const *) a, -1), y = g_utf8_strlen (*(const char *const *) b, -1);

  return x != y ? (x > y ? -1 : 1) : strcmp (*(const char *const *) a, *(const char *const *) b);
}

static gboolean
is_clear (const guint8 *taken,
          gsize         start,
          gsize         end)
{
  for (gsize i = start; i < end; i++)
    if (taken[i])
      return FALSE;

  return TRUE;
}

/* Wherever a name that may be seen either way stands outside every marked span. */
static void
ignore_either (MarkedArticle *marked,
               GHashTable    *either)
{
  gsize length;
  const char *text = dra_article_get_text (marked->article, &length);
  g_autofree guint8 *taken = g_malloc0 (length + 1);
  guint n = 0;
  g_autofree char **names = (char **) g_hash_table_get_keys_as_array (either, &n);

  for (guint e = 0; e < marked->gold->len; e++)
    {
      MarkedEntity *entity = g_ptr_array_index (marked->gold, e);

      for (guint i = 0; i < entity->spans->len; i++)
        {
          DraRange range = g_array_index (entity->spans, DraRange, i);

          memset (taken + range.start, 1, dra_range_length (range));
        }
    }
  qsort (names, n, sizeof *names, compare_lengths);
  for (guint i = 0; i < n; i++)
    {
      gsize size = strlen (names[i]);

      for (const char *p = strstr (text, names[i]); p != NULL; p = strstr (p + size, names[i]))
        {
          DraRange range = { (gsize) (p - text), (gsize) (p - text) + size };

          if (is_whole_word (text, range.start, range.end) && is_clear (taken, range.start, range.end))
            {
              g_array_append_val (marked->ignored, range);
              memset (taken + range.start, 1, size);
            }
        }
    }
}

static void
read_entities (JsonObject   *root,
               const char   *member,
               DraEntityKind kind,
               GPtrArray    *entities,
               GPtrArray    *forms)
{
  JsonArray *array = json_object_get_array_member (root, member);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *object = json_array_get_object_element (array, i);
      MarkedEntity *entity = g_new0 (MarkedEntity, 1);
      GHashTable *set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

      entity->kind = kind;
      entity->name = g_strdup (json_object_get_string_member (object, "name"));
      entity->role = g_strdup (json_object_get_string_member_with_default (object, "role", NULL));
      entity->spans = g_array_new (FALSE, FALSE, sizeof (DraRange));
      g_ptr_array_add (entities, entity);
      g_hash_table_add (set, g_strdup (entity->name));
      add_strings (set, object, "forms");
      g_ptr_array_add (forms, set);
    }
}

static gboolean
all_in (GHashTable *forms,
        GHashTable *either)
{
  GHashTableIter iter;
  gpointer form;

  g_hash_table_iter_init (&iter, forms);
  while (g_hash_table_iter_next (&iter, &form, NULL))
    if (!g_hash_table_contains (either, form))
      return FALSE;

  return TRUE;
}

static void
read_spans (MarkedArticle *marked,
            JsonObject    *root,
            GPtrArray     *entities,
            guint          n_people)
{
  JsonArray *spans = json_object_get_array_member (root, "spans");

  for (guint i = 0; i < json_array_get_length (spans); i++)
    {
      JsonArray *span = json_array_get_array_element (spans, i);
      const char *kind = json_array_get_string_element (span, 2);
      guint index = (guint) json_array_get_int_element (span, 3) + (*kind == 'O' ? n_people : 0);
      DraRange range = {
        dra_article_to_bytes (marked->article, (gsize) json_array_get_int_element (span, 0)),
        dra_article_to_bytes (marked->article, (gsize) json_array_get_int_element (span, 1)),
      };

      mark_span (marked, range, kind);
      if (*kind != 'L')
        g_array_append_val (((MarkedEntity *) g_ptr_array_index (entities, index))->spans, range);
    }
}

/* Reads FOLDER/NAME.txt and FOLDER/NAME.cast.json. */
MarkedArticle *
marked_article_read (const char *folder,
                     const char *name,
                     GError    **error)
{
  g_autoptr (MarkedArticle) marked = g_new0 (MarkedArticle, 1);
  g_autofree char *text_path = g_strdup_printf ("%s/%s.txt", folder, name);
  g_autofree char *json_path = g_strdup_printf ("%s/%s.cast.json", folder, name);
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GPtrArray) entities = g_ptr_array_new ();
  g_autoptr (GPtrArray) forms = g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);
  g_autoptr (GHashTable) either = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  JsonObject *root;
  char *text;
  gsize length;
  guint n_people;

  if (!g_file_get_contents (text_path, &text, &length, error))
    return NULL;
  dra_article_builder_take_lines (builder, text, length);
  marked->article = dra_article_builder_build (builder);
  marked->tokens = dra_tokens_new_for_article (marked->article);
  marked->gold = g_ptr_array_new_with_free_func (marked_entity_free);
  marked->ignored = g_array_new (FALSE, FALSE, sizeof (DraRange));
  marked->marked = g_array_new (FALSE, FALSE, sizeof (DraSpan));

  if (!json_parser_load_from_file (parser, json_path, error))
    return NULL;
  root = json_node_get_object (json_parser_get_root (parser));
  add_strings (either, root, "either");
  read_entities (root, "people", DRA_ENTITY_PERSON, entities, forms);
  n_people = entities->len;
  read_entities (root, "organizations", DRA_ENTITY_ORGANIZATION, entities, forms);

  read_spans (marked, root, entities, n_people);

  for (guint i = 0; i < entities->len; i++)
    {
      MarkedEntity *entity = g_ptr_array_index (entities, i);

      if (all_in (g_ptr_array_index (forms, i), either))
        {
          g_array_append_vals (marked->ignored, entity->spans->data, entity->spans->len);
          marked_entity_free (entity);
        }
      else
        {
          g_ptr_array_add (marked->gold, entity);
        }
    }
  ignore_either (marked, either);

  return g_steal_pointer (&marked);
}
