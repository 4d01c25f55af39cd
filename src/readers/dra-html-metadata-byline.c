/* dra-html-metadata-byline.c: who wrote a page's article.
 *
 * Each place that may name the authors is cut into names; labels ("By", "Von"), dates, roles
 * and the names of networks go.  The list of names that weighs most is taken: places that
 * agree add up.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-html-metadata-private.h"

#include <string.h>

#define MAX_NAMES 12

static const char *const labels[] = {
  "by", "von", "par", "por", "de", "di", "da", "door", "av", "af", "written by", "words by", "text by", "posted by",
  "published by", "story by", "article by", "author", "authors", "autor", "autoren", "autorin", "auteur", "autore", "text",
  "texto", "texte", "testo", "reviewed by", "created by", "contributed by", "reported by", "report by", "analysis by", "about the author",
  "opinion by", "review by", "from", "автор", "текст", "yazan", "oleh", "penulis", "redaktur", "ein artikel von", "ein kommentar von",
  "eine analyse von", "ein gastbeitrag von", "interview von", "写真", "文", "文・", "取材・文", "記者", "作者", "撰文", "編集", "written", "redakcja",
  "author(s)", "with", "about", "bởi", "tác giả", "by:", "publié par", "propos recueillis par", "escrito por", "publicado por", "scritto da",
  "artikel von", "autoreninfo", "view all posts by", "all posts by", "more by", "skrevet af", "geschreven door", "napsal", "posted", "published", "medical reviewer", "editor", "edited by", "a cura di", NULL
};

/* A part that has one of these as a word is no name. */
static const char *const no_names[] = {
  "updated", "published", "min", "minutes", "read", "share", "follow", "comments", "comment", "email", "facebook", "twitter",
  "linkedin", "instagram", "whatsapp", "subscribe", "posts", "articles", "view", "profile", "bio", "more", "photo", "photos", "foto",
  "image", "getty", "http", "https", "www", "uhr", "ago", "today", "yesterday", "am", "pm", "est", "gmt", "utc", "copyright",
  "reporter", "editor", "correspondent", "contributor", "columnist", "writer", "journalist", "director", "manager", "specialist",
  "analyst", "producer", "founder", "ceo", "professor", "redakteur", "redakteurin", "korrespondent", "periodista", "rédacteur",
  "senior", "freelance", "staff", "chief", "head", "expert", "consultant", "strategist", "president", "author", "posted", "written",
  "print", "click", "here", "about", "fact", "checked", "reviewed", "website", "latest", "all", "see", "his", "her", "has", "is", "was",
  "i", "contact", "bookmark", "save", "listen", "menu", "home", "category", "categories", "tags", "filed", "under", "in", "on",
  "advertisement", "credit", "courtesy", "follower", "followers", "following", "lesezeit", "stand", "marketing", "engineer", "assistant",
  "associate", "co-founder", "vice", "guest", "executive", "managing", "deputy", "leader", "lead", "coordinator", "phd", NULL
};

/* Nor is one of these alone. */
static const char *const no_single_names[] = {
  "news", "by", "von", "par", "por", "nachrichten", "noticias", "sport", "sports", "politics", "opinion", "business", "home",
  "authors", "unknown", "admin", "administrator", "anonymous", "youtube", "connect", "team", "tips", "reviews", "blog", "name",
  "login", "search", "advertise", "undefined", "null", "none", "science", "health", "culture", "lifestyle", "entertainment",
  "technology", "world", "politik", "wirtschaft", "редакция", "著者一覧", "user", "guest", "webmaster", "redaktion", NULL
};

/* Behind a comma these belong to the name before. */
static const char *const degrees[] = {
  "md", "phd", "jr", "sr", "esq", "cfp", "rn", "mph", "dds", "dvm", "mba", "cpa", "ii", "iii", "rd", "msn", "facp", "dabom", "foma", NULL
};

static gboolean
is_in (const char *const *list,
       const char         *word)
{
  for (guint i = 0; list[i] != NULL; i++)
    if (list[i][0] == word[0] && strcmp (list[i], word) == 0)
      return TRUE;

  return FALSE;
}

/* Whether a label may begin with that byte, in any case; beyond ASCII one always may. */
static gboolean
may_begin_label (char c)
{
  static guint8 first[128];
  static gsize once = 0;

  if (g_once_init_enter (&once))
    {
      for (guint i = 0; labels[i] != NULL; i++)
        if ((guchar) labels[i][0] < 128)
          first[(guchar) labels[i][0]] = 1;
      g_once_init_leave (&once, 1);
    }

  return (guchar) c >= 128 || first[(guchar) g_ascii_tolower (c)];
}

/* Takes labels off the beginning. */
static const char *
skip_labels (const char *text)
{
  gboolean again = TRUE;

  while (again)
    {
      g_autofree char *lower = NULL;
      const char *base = text;
      gsize best = 0;

      while (*text == ' ' || *text == '\n' || *text == ':' || *text == '-' || *text == '|' || *text == ',' || *text == '/')
        text++;
      again = FALSE;
      if (!may_begin_label (*text))
        break;
      /* Lower case may be longer in bytes: only where it is not can lengths be compared. */
      lower = g_utf8_strdown (text, -1);
      for (guint i = 0; labels[i] != NULL; i++)
        {
          gsize length = strlen (labels[i]);

          if (length > best && length < strlen (text) && g_str_has_prefix (lower, labels[i])
              && g_unichar_validate (g_utf8_get_char_validated (text + length, -1))
              && (text[length] == ' ' || text[length] == ':' || text[length] == '\n' || text[length] == '/'
                  || g_str_has_prefix (text + length, "：")))
            best = length;
        }
      if (best > 0)
        {
          text += best;
          again = text != base;
          if (g_str_has_prefix (text, "："))
            text += strlen ("：");
        }
    }

  return text;
}

/* "de Sousa", "von Braun": a label at the start may be the first word of a name, but then
 * only when it is written in small letters and the text is no label's. */
static gboolean
is_name (const char *part,
         gboolean    trusted)
{
  g_autofree char *folded = dra_html_fold (part);
  g_auto (GStrv) words = NULL;
  guint n, n_capital = 0, n_digits = 0;
  glong n_chars = g_utf8_strlen (part, -1);

  if (*folded == '\0' || n_chars < 2 || n_chars > 60 || strchr (part, '@') != NULL || strstr (part, "://") != NULL
      || strpbrk (part, "?!{}=<>_#") != NULL)
    return FALSE;
  for (const char *p = part; *p != '\0'; p = g_utf8_next_char (p))
    if (g_ascii_isdigit (*p))
      n_digits++;
  if (n_digits > (trusted ? 4 : 0))
    return FALSE;
  words = g_strsplit (folded, " ", -1);
  n = g_strv_length (words);
  if (n > (trusted ? 9 : 5))
    return FALSE;
  for (guint i = 0; words[i] != NULL; i++)
    if (is_in (no_names, words[i]) && !(trusted && n > 1 && i > 0))
      return FALSE;
  if (n == 1 && is_in (no_single_names, words[0]))
    return FALSE;
  if (trusted)
    return TRUE;
  for (const char *p = part; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if ((p == part || p[-1] == ' ' || p[-1] == '-' || p[-1] == '.') && g_unichar_isalpha (c) && !g_unichar_islower (c))
        n_capital++;
    }

  return n_capital >= 1 && n_capital * 2 >= n;
}

static gboolean
is_degree (const char *part)
{
  g_autofree char *folded = dra_html_fold (part);
  g_autoptr (GString) packed = g_string_new (NULL);

  for (const char *p = folded; *p != '\0'; p++)
    if (*p != ' ')
      g_string_append_c (packed, *p);

  return is_in (degrees, packed->str);
}

static void
add_name (GPtrArray  *names,
          const char *part,
          gboolean    trusted)
{
  g_autofree char *name = dra_html_collapse (part);
  g_autofree char *lower = NULL;
  g_autofree char *folded = NULL;
  char *p;

  /* "NAME (Reuters)", "NAME [email]", "NAME @handle" */
  if ((p = strpbrk (name, "([")) != NULL && p > name)
    *p = '\0';
  if ((p = strstr (name, " @")) != NULL && p > name)
    *p = '\0';
  g_strstrip (name);
  for (gsize length = strlen (name); length > 0 && strchr (",;:-|/", name[length - 1]) != NULL; length--)
    name[length - 1] = '\0';
  g_strstrip (name);
  lower = g_utf8_strdown (name, -1);
  if (!is_name (name, trusted) || is_in (labels, lower))
    return;
  folded = dra_html_fold (name);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *other = dra_html_fold (names->pdata[i]);

      if (strcmp (other, folded) == 0)
        return;
    }
  if (names->len < MAX_NAMES)
    g_ptr_array_add (names, g_steal_pointer (&name));
}

/* Behind a date: "Posted on March 1, 2024 by A". */
static const char *
skip_date (const char *line)
{
  const char *by = strstr (line, " by ");

  if (by == NULL || (gsize) (by - line) > 60 || strcspn (line, "0123456789") > (gsize) (by - line))
    return line;

  return by + strlen (" by ");
}

/* How long what parts two names is at p: a mark or a word, with the blanks around it; else 0. */
static gsize
match_separator (const char *p)
{
  static const char marks[] = ",;|•·●–—،、/";
  static const char *const words[] = {
    "and", "und", "et", "y", "och", "og", "en", "with", "mit", "e", "&", "i", "ve", "и", "-",
  };
  const char *start = p;
  gsize length = 0;

  while (g_ascii_isspace (*p))
    p++;
  if (*p != '\0' && g_utf8_strchr (marks, -1, g_utf8_get_char (p)) != NULL)
    length = g_utf8_next_char (p) - p;
  for (guint i = 0; p > start && length == 0 && i < G_N_ELEMENTS (words); i++)
    if (g_str_has_prefix (p, words[i]) && g_ascii_isspace (p[strlen (words[i])]))
      length = strlen (words[i]);
  if (length == 0)
    return 0;
  for (p += length; g_ascii_isspace (*p); p++)
    ;

  return p - start;
}

/* The parts of a list of names, perhaps empty. */
static GPtrArray *
split_names (const char *text)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_free);
  const char *start = text;

  for (const char *p = text; *p != '\0';)
    {
      gsize length = g_ascii_isalnum (*p) ? 0 : match_separator (p);

      if (length > 0)
        {
          g_ptr_array_add (parts, g_strndup (start, p - start));
          p = start = p + length;
        }
      else if (g_ascii_isspace (*p))
        p += strspn (p, " \t\n\f\r"); /* No mark behind them, so neither behind some. */
      else
        p = g_utf8_next_char (p);
    }
  g_ptr_array_add (parts, g_strdup (start));

  return parts;
}

/* The names in one line: "A, B and C", "A, Role", "A | Date". */
static void
add_names (GPtrArray  *names,
           const char *line,
           gboolean    trusted)
{
  const char *text = skip_labels (skip_date (line));
  g_autoptr (GPtrArray) parts = split_names (text);

  for (guint i = 0; i < parts->len; i++)
    {
      const char *part = i == 0 ? parts->pdata[i] : skip_labels (parts->pdata[i]);

      if (*part == '\0' || is_degree (part))
        continue;
      add_name (names, part, trusted);
    }
}

static void
add_lines (GPtrArray  *names,
           const char *text,
           gboolean    trusted)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", 12);

  for (guint i = 0; lines[i] != NULL && i < 11; i++)
    {
      guint before = names->len;

      add_names (names, lines[i], trusted);
      /* Names stand together: a line without one ends them. */
      if (names->len == before && before > 0)
        break;
    }
}

typedef struct
{
  GPtrArray *names;
  GPtrArray *framed; /* each of them folded, with a space on both sides */
  char      *key;    /* these one behind the other */
  double     weight;
  double     support;
  xmlNode   *node;
  guint      source; /* of the claims of one source, one may support another claim */
} Claim;

/* Beside the kinds of places. */
enum
{
  SOURCE_JSON = 100,
  SOURCE_TWITTER,
  SOURCE_META,
};

static void
clear_claim (Claim *self)
{
  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->framed);
  g_free (self->key);
}

static void
claim (GArray    *claims,
       GPtrArray *names,
       double     weight,
       xmlNode   *node,
       guint      source)
{
  g_autoptr (GString) key = NULL;
  GPtrArray *framed;

  if (names->len == 0 || weight <= 0 || claims->len >= 100)
    {
      g_ptr_array_unref (names);
      return;
    }
  key = g_string_new (NULL);
  framed = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *folded = dra_html_fold (names->pdata[i]);

      g_ptr_array_add (framed, g_strconcat (" ", folded, " ", NULL));
      g_string_append (key, framed->pdata[i]);
    }
  g_array_append_val (claims, ((Claim){ names, framed, g_strdup (key->str), weight, 0, node, source }));
}

static gboolean
is_the_site (DraHtmlFacts *self,
             GPtrArray    *names)
{
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *name = dra_html_fold (names->pdata[i]);

      if (g_strcmp0 (name, self->folded_site) != 0 && g_strcmp0 (name, self->folded_publisher) != 0)
        return FALSE;
    }

  return TRUE;
}

static void
claim_json (DraHtmlFacts *self,
            GArray       *claims)
{
  GPtrArray *names;

  if (self->article == NULL || self->article->authors->len == 0)
    return;
  names = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < self->article->authors->len; i++)
    add_names (names, self->article->authors->pdata[i], TRUE);
  claim (claims, names, is_the_site (self, names) ? 1.2 : self->article->rank >= 5 ? 4 : 2, NULL, SOURCE_JSON);
}

static void
claim_metas (DraHtmlFacts *self,
             GArray       *claims)
{
  static const struct { const char *name; double weight; } metas[] = {
    { "author", 2.5 }, { "article:author", 1.2 }, { "dc.creator", 2.5 }, { "dcterms.creator", 2.5 }, { "citation_author", 3 },
    { "parsely-author", 3 }, { "sailthru.author", 3 }, { "byl", 3 }, { "article:author_name", 2.5 }, { "authors", 2 },
    { "og:article:author", 1.5 }, { "cxenseparse:author", 2.5 }, { "dc.author", 2 }, { "creator", 1.5 },
    { "rbauthors", 2.5 }, { "mediator_author", 2.5 }, { "citation_authors", 2.5 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (metas); i++)
    {
      GPtrArray *values = g_hash_table_lookup (self->meta, metas[i].name);
      GPtrArray *names;

      if (values == NULL)
        continue;
      names = g_ptr_array_new_with_free_func (g_free);
      for (guint k = 0; k < values->len; k++)
        add_names (names, values->pdata[k], TRUE);
      claim (claims, names, is_the_site (self, names) ? 0.8 : metas[i].weight, NULL, SOURCE_META + i);
    }
}

/* "Written by", or that in any language, in front of the reading time. */
static void
claim_twitter (DraHtmlFacts *self,
               GArray       *claims)
{
  const char *data = dra_html_facts_meta (self, "twitter:data1");
  GPtrArray *names;

  if (data == NULL || dra_html_facts_meta (self, "twitter:label1") == NULL)
    return;
  names = g_ptr_array_new_with_free_func (g_free);
  add_names (names, data, FALSE);
  claim (claims, names, is_the_site (self, names) ? 0.8 : 2.2, NULL, SOURCE_TWITTER);
}

/* Authors of blogs may be called by one word in small letters; only where the page says
 * that it is an author is it taken for a name. */
static void
add_pen_name (GPtrArray          *names,
              const DraHtmlPlace *place)
{
  const char *text;

  if (place->kind > DRA_HTML_PLACE_AUTHOR_CLASS || place->kind == DRA_HTML_PLACE_BYLINE_CLASS
      || strlen (place->text) > 40)
    return;
  text = skip_labels (place->text);
  if (strpbrk (text, " \n,;|") == NULL)
    add_name (names, text, TRUE);
}

static double
weigh_place (DraHtmlPlace *place,
             guint         title_order)
{
  double weight;

  switch (place->kind)
    {
    case DRA_HTML_PLACE_AUTHOR_PROP:
      weight = 2.8;
      break;
    case DRA_HTML_PLACE_AUTHOR_REL:
      weight = 2.6;
      break;
    case DRA_HTML_PLACE_AUTHOR_LINK:
      weight = 1.5;
      break;
    case DRA_HTML_PLACE_BYLINE_CLASS:
      weight = 2.4;
      break;
    case DRA_HTML_PLACE_AUTHOR_CLASS:
      weight = 1.9;
      break;
    default:
      weight = 1.6;
      break;
    }
  if (place->around & DRA_HTML_IN_COMMENTS)
    return 0;
  if (place->around & DRA_HTML_IN_ASIDE)
    weight *= title_order > 0 && place->order > title_order && place->order < title_order + 6 ? 0.6 : 0.25;
  if (place->article > 1)
    weight *= 0.2;
  if (place->around & DRA_HTML_IN_BYLINE)
    weight *= 1.1;
  if (title_order > 0)
    {
      guint distance = place->order > title_order ? place->order - title_order : 2 * (title_order - place->order);

      weight *= distance < 40 ? 1.3 : distance < 120 ? 1 : distance < 600 ? 0.6 : 0.4;
    }

  return weight;
}

/* Authors that stand one after the other in elements of their own are one list. */
static void
join_neighbours (DraHtmlFacts *self,
                 GArray       *claims,
                 guint         title_order)
{
  static const DraHtmlPlaceKind kinds[] = { DRA_HTML_PLACE_AUTHOR_PROP, DRA_HTML_PLACE_AUTHOR_REL, DRA_HTML_PLACE_AUTHOR_LINK };

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
      guint order = 0;
      double weight = 0;
      xmlNode *node = NULL;

      for (guint i = 0; i < self->places->len; i++)
        {
          DraHtmlPlace *place = self->places->pdata[i];
          double own;
          guint before = names->len;

          if (place->kind != kinds[k] || strlen (place->text) > 100 || (own = weigh_place (place, title_order)) <= 0)
            continue;
          if (names->len > 0 && place->order > order + 15)
            break;
          add_lines (names, place->text, FALSE);
          if (names->len == before)
            continue;
          order = place->order;
          weight = MAX (weight, own);
          node = node != NULL ? node : place->node;
        }
      if (names->len > 1)
        claim (claims, names, is_the_site (self, names) ? weight * 0.3 : weight * 1.4, node, kinds[k]);
      else
        g_ptr_array_unref (names);
    }
}

static void
claim_places (DraHtmlFacts    *self,
              DraHtmlMetadata *metadata,
              GArray          *claims)
{
  guint title_order = 0;

  for (guint i = 0; i < self->places->len; i++)
    {
      DraHtmlPlace *place = self->places->pdata[i];

      if (metadata->title_node != NULL && place->node == metadata->title_node)
        title_order = place->order;
    }
  join_neighbours (self, claims, title_order);
  for (guint i = 0; i < self->places->len && claims->len < 60; i++)
    {
      DraHtmlPlace *place = self->places->pdata[i];
      double weight;
      GPtrArray *names;

      if (place->kind < DRA_HTML_PLACE_AUTHOR_PROP || place->kind > DRA_HTML_PLACE_BYLINE_TEXT)
        continue;
      weight = weigh_place (place, title_order);
      if (weight <= 0)
        continue;
      names = g_ptr_array_new_with_free_func (g_free);
      if (place->kind == DRA_HTML_PLACE_AUTHOR_PROP && place->value != NULL && strchr (place->value, '/') == NULL)
        add_names (names, place->value, TRUE);
      else
        add_lines (names, place->text, FALSE);
      if (names->len == 0)
        {
          add_pen_name (names, place);
          weight *= 0.6;
        }
      claim (claims, names, is_the_site (self, names) ? weight * 0.45 : weight, place->node, place->kind);
    }
}

static double
agreement (const Claim *a,
           const Claim *b)
{
  guint n = 0;

  if (strcmp (a->key, b->key) == 0)
    return 1;
  for (guint i = 0; i < a->names->len; i++)
    n += strstr (b->key, a->framed->pdata[i]) != NULL;

  return 0.7 * n / MAX (a->names->len, 1);
}

/**
 * dra_html_facts_choose_byline:
 * @self: facts
 * @metadata: what is known; the title's place helps
 *
 * Sets the authors' names and where in the page they stand.
 */
void
dra_html_facts_choose_byline (DraHtmlFacts    *self,
                              DraHtmlMetadata *metadata)
{
  g_autoptr (GArray) claims = g_array_new (FALSE, FALSE, sizeof (Claim));
  Claim *best = NULL;

  g_array_set_clear_func (claims, (GDestroyNotify) clear_claim);
  claim_json (self, claims);
  claim_metas (self, claims);
  claim_twitter (self, claims);
  claim_places (self, metadata, claims);
  for (guint i = 0; i < claims->len; i++)
    {
      Claim *a = &g_array_index (claims, Claim, i);

      double by_source[SOURCE_META + 40] = { 0 };

      for (guint k = 0; k < claims->len; k++)
        {
          const Claim *b = &g_array_index (claims, Claim, k);
          double more = k != i ? agreement (a, b) * MIN (2, b->weight) : 0;

          if (more > by_source[b->source])
            by_source[b->source] = more;
        }
      for (guint k = 0; k < G_N_ELEMENTS (by_source); k++)
        a->support += by_source[k];
      a->support = a->weight + 0.5 * MIN (a->support, 5);
      if (best == NULL || a->support > best->support)
        best = a;
    }
  if (best == NULL || best->support < 1)
    return;
  g_ptr_array_add (best->names, NULL);
  metadata->byline = g_strjoinv (", ", (char **) best->names->pdata);
  for (guint i = 0; i < claims->len && metadata->byline_node == NULL; i++)
    {
      Claim *other = &g_array_index (claims, Claim, i);

      if (other->node != NULL && strcmp (other->key, best->key) == 0 && other->weight > 1)
        metadata->byline_node = other->node;
    }
}
