/* dra-html-metadata-title.c: what a page's article is called.
 *
 * The heading, the JSON-LD, the meta elements and the title element each propose a title,
 * with the site's name taken off; the one that most of the others agree with is taken, as
 * the heading writes it where there is one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-html-metadata-private.h"

#include <string.h>

#include "readers/dra-html-dom.h"

typedef struct
{
  char    *text;
  char    *folded;
  gsize    length;  /* of folded, in bytes */
  double   weight;
  double   support;
  xmlNode *node;
  gboolean heading;
} Proposal;

static void
clear_proposal (Proposal *self)
{
  g_free (self->text);
  g_free (self->folded);
}

static const char *const separators[] = { " | ", " - ", " – ", " — ", " » ", " « ", " · ", " :: ", " / ", " > ", " • ", "｜", " ‹ ", " › ",
                                          " |", "| ", " ~ ", ": ", NULL };

/* Whether a part of a title, folded, names the site: it is its name, or its host without the
 * dots. */
static gboolean
is_folded_site (DraHtmlFacts *self,
                const char   *folded)
{
  const char *site = self->folded_site;
  g_autoptr (GString) packed = NULL;
  g_autofree char *host = NULL;

  if (*folded == '\0')
    return TRUE;
  if (site != NULL && *site != '\0'
      && (strcmp (folded, site) == 0
          || (strlen (site) > 3 && strstr (folded, site) != NULL && strlen (folded) < 2 * strlen (site) + 12)
          || (strlen (folded) > 4 && strstr (site, folded) != NULL)))
    return TRUE;
  if (self->host == NULL)
    return FALSE;
  /* Longer than the host it cannot be in it. */
  if (strlen (folded) > 2 * strlen (self->host) + 1)
    return FALSE;
  packed = g_string_new (NULL);
  for (const char *p = folded; *p != '\0'; p++)
    if (*p != ' ')
      g_string_append_c (packed, *p);
  host = g_strdup (self->host);
  for (char *p = host; *p != '\0'; p++)
    if (*p == '-')
      memmove (p, p + 1, strlen (p));

  return packed->len >= 3 && (g_str_has_prefix (host, packed->str) || (packed->len >= 5 && strstr (host, packed->str) != NULL));
}

static gboolean
is_site (DraHtmlFacts *self,
         const char   *part)
{
  g_autofree char *folded = dra_html_fold (part);

  return is_folded_site (self, folded);
}

static guint
count_words (const char *text)
{
  guint n = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (*p == ' ')
      n++;

  return n + 1;
}

/* Cuts the site's name, and section names behind it, off both ends. */
static char *
strip_site (DraHtmlFacts *self,
            const char   *title)
{
  char *text = dra_html_collapse (title);

  /* Each separator is beyond ASCII or has one of these marks. */
  if (g_str_is_ascii (text) && strpbrk (text, "|-:/>~") == NULL)
    return g_strstrip (text);
  for (guint round = 0; round < 4; round++)
    {
      gboolean cut = FALSE;

      for (guint i = 0; separators[i] != NULL && !cut; i++)
        {
          const char *separator = separators[i];
          char *last = g_strrstr (text, separator);
          char *first = strstr (text, separator);

          if (last != NULL && last > text && strcmp (separator, ": ") != 0 && is_site (self, last + strlen (separator)))
            {
              *last = '\0';
              cut = TRUE;
            }
          else if (first != NULL && first > text)
            {
              g_autofree char *head = g_strndup (text, first - text);

              if (is_site (self, head) && first[strlen (separator)] != '\0')
                {
                  memmove (text, first + strlen (separator), strlen (first + strlen (separator)) + 1);
                  cut = TRUE;
                }
            }
        }
      if (!cut)
        break;
    }

  return g_strstrip (text);
}

static void
propose (DraHtmlFacts *self,
         GArray       *proposals,
         const char   *text,
         double        weight,
         xmlNode      *node,
         gboolean      heading)
{
  Proposal proposal = { .weight = weight, .node = node, .heading = heading };

  if (text == NULL || *text == '\0' || proposals->len >= 64)
    return;
  proposal.text = strip_site (self, text);
  proposal.folded = dra_html_fold (proposal.text);
  proposal.length = strlen (proposal.folded);
  if (is_folded_site (self, proposal.folded))
    proposal.weight *= 0.05;
  if (*proposal.folded == '\0')
    clear_proposal (&proposal);
  else
    g_array_append_val (proposals, proposal);
}

/* Manuals have a link to the heading at its end, shown as a sign. */
static void
cut_anchor (char          *text,
            const xmlNode *node)
{
  static const char *const signs[] = { "#", "¶", "§", "🔗", "\357\203\201", NULL };
  g_autofree char *sign = NULL;

  while (node->last != NULL)
    node = node->last;
  if (dra_html_get_text (node) == NULL)
    return;
  sign = g_strstrip (g_strdup (dra_html_get_text (node)));
  if (!g_strv_contains (signs, sign) || !g_str_has_suffix (text, sign))
    return;
  text[strlen (text) - strlen (sign)] = '\0';
  g_strchomp (text);
}

static void
propose_headings (DraHtmlFacts *self,
                  GArray       *proposals)
{
  guint n_h1 = 0, n_headlines = 0, n_h2 = 0;

  for (guint i = 0; i < self->places->len; i++)
    {
      DraHtmlPlace *place = self->places->pdata[i];
      g_autofree char *text = NULL;
      double weight = 1;

      if (place->kind > DRA_HTML_PLACE_HEADLINE || strlen (place->text) > 400)
        continue;
      if (place->kind == DRA_HTML_PLACE_H1)
        weight = n_h1++ == 0 ? 2.2 : n_h1 < 4 ? 1.5 : 0.3;
      else if (place->kind == DRA_HTML_PLACE_HEADLINE)
        weight = n_headlines++ == 0 ? 1.0 : n_headlines < 6 ? 0.4 : 0.1;
      else
        weight = n_h2++ == 0 ? 0.5 : 0.1;
      if (n_h1 + n_headlines + n_h2 > 60)
        break;
      if (place->around & (DRA_HTML_IN_ARTICLE | DRA_HTML_IN_MAIN))
        weight *= 1.3;
      if (place->around & (DRA_HTML_IN_ASIDE | DRA_HTML_IN_COMMENTS))
        weight *= 0.4;
      if (place->around & DRA_HTML_IN_HEADER)
        weight *= 0.7;
      if (place->around & DRA_HTML_IN_LINK)
        weight *= 0.6;
      if (place->article > 1)
        weight *= 0.4;
      text = g_strdelimit (g_strdup (place->text), "\n", ' ');
      cut_anchor (text, place->node);
      propose (self, proposals, text, weight, place->node, TRUE);
    }
}

/* How far two titles agree, 0 to 1: the same words, or one of them is cut or longer. */
static double
agreement (const Proposal *a,
           const Proposal *b)
{
  gsize x = a->length, y = b->length;
  const char *longer = x >= y ? a->folded : b->folded;
  const char *shorter = x >= y ? b->folded : a->folded;

  if (x == y)
    return strcmp (a->folded, b->folded) == 0 ? 1 : 0;
  if (MIN (x, y) >= 8 && strstr (longer, shorter) != NULL)
    return 0.3 + 0.6 * (double) MIN (x, y) / (double) MAX (x, y);

  return 0;
}

static void
propose_all (DraHtmlFacts *self,
             GArray       *proposals)
{
  static const struct { const char *name; double weight; } metas[] = {
    { "og:title", 2 }, { "twitter:title", 1 }, { "headline", 1.5 }, { "dc.title", 1.5 }, { "title", 1 },
    { "parsely-title", 1.5 }, { "sailthru.title", 1.5 }, { "citation_title", 2 }, { "dcterms.title", 1.5 },
  };

  propose_headings (self, proposals);
  if (self->article != NULL)
    propose (self, proposals, self->article->headline, self->article->rank >= 5 ? 2.2 : 0.8, NULL, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (metas); i++)
    propose (self, proposals, dra_html_facts_meta (self, metas[i].name), metas[i].weight, NULL, FALSE);
  propose (self, proposals, self->head_title, 1.6, NULL, FALSE);
}

/* A title element cut at a separator where nothing else said what its parts are. */
static char *
cut_at_separator (const char *title)
{
  char *text = g_strdup (title);

  for (guint i = 0; separators[i] != NULL && strcmp (separators[i], ": ") != 0; i++)
    {
      char *last = g_strrstr (text, separators[i]);

      if (last != NULL && last > text)
        {
          g_autofree char *head = g_strndup (text, last - text);

          if (count_words (head) >= 3 && count_words (head) > count_words (last + strlen (separators[i])))
            {
              *last = '\0';
              break;
            }
        }
    }

  return g_strstrip (text);
}

/* A heading that is the title up to a separator: what is behind it are sections and the site. */
static Proposal *
find_shorter_heading (GArray   *proposals,
                      Proposal *best)
{
  for (guint i = 0; i < proposals->len; i++)
    {
      Proposal *other = &g_array_index (proposals, Proposal, i);
      gsize length = strlen (other->text);

      if (!other->heading || other->weight < 0.5 || count_words (other->text) < 4 || !g_str_has_prefix (best->text, other->text))
        continue;
      for (guint k = 0; separators[k] != NULL; k++)
        if (strcmp (separators[k], ": ") != 0 && g_str_has_prefix (best->text + length, separators[k]))
          return other;
    }

  return best;
}

/**
 * dra_html_facts_choose_title:
 * @self: facts
 * @metadata: where to set it
 *
 * Sets the title and the heading that has it.
 */
void
dra_html_facts_choose_title (DraHtmlFacts    *self,
                             DraHtmlMetadata *metadata)
{
  g_autoptr (GArray) proposals = g_array_new (FALSE, FALSE, sizeof (Proposal));
  Proposal *best = NULL;

  g_array_set_clear_func (proposals, (GDestroyNotify) clear_proposal);
  propose_all (self, proposals);
  for (guint i = 0; i < proposals->len; i++)
    {
      Proposal *a = &g_array_index (proposals, Proposal, i);

      for (guint k = 0; k < proposals->len; k++)
        if (k != i)
          {
            const Proposal *b = &g_array_index (proposals, Proposal, k);

            a->support += agreement (a, b) * MIN (b->weight, 2);
          }
      a->support = a->weight + 0.8 * MIN (a->support, 6) * MIN (1, a->weight);
      if (best == NULL || a->support > best->support)
        best = a;
    }
  if (best == NULL)
    return;

  for (guint i = 0; i < proposals->len; i++)
    {
      Proposal *other = &g_array_index (proposals, Proposal, i);

      /* The heading's own writing, when it is the same title. */
      if (other->heading && metadata->title_node == NULL && strcmp (other->folded, best->folded) == 0)
        {
          metadata->title_node = other->node;
          best = other;
        }
    }
  if (metadata->title_node == NULL)
    best = find_shorter_heading (proposals, best);
  if (best->heading)
    metadata->title_node = best->node;
  metadata->title = best->heading || best->support > best->weight ? g_strdup (best->text) : cut_at_separator (best->text);
}
