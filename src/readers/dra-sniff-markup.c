/* dra-sniff-markup.c: web pages, annotated copies and XML formats, by their first tags.
 *
 * Web pages as the WHATWG's MIME Sniffing tells them; XML by its root element, with the
 * namespace or document type where the name of the root alone says too little.  Text that
 * only mentions tags is text.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-sniff.h"

#include <string.h>

/* A copy's marker stands in the first lines of the head. */
#define MARKER_HEAD 8192

static gboolean
ends_name (char c)
{
  return c == '\0' || c == '>' || c == '/' || g_ascii_isspace (c);
}

static gboolean
has_tag (const char *head,
         const char *tag)
{
  const char *p = head;

  while ((p = strstr (p, tag)) != NULL)
    {
      if (ends_name (p[strlen (tag)]))
        return TRUE;
      p++;
    }

  return FALSE;
}

static const char *
skip_space (const char *p)
{
  while (g_ascii_isspace (*p))
    p++;

  return p;
}

/* Behind white space, comments and processing instructions: where the first tag or the
 * document type is. */
static const char *
skip_prolog (const char *p)
{
  for (;;)
    {
      const char *end;

      p = skip_space (p);
      if (g_str_has_prefix (p, "<!--"))
        end = strstr (p + 4, "-->");
      else if (g_str_has_prefix (p, "<?"))
        end = strstr (p + 2, "?>");
      else
        return p;
      if (end == NULL)
        return p;
      p = end + (*end == '-' ? 3 : 2);
    }
}

/* Behind a document type, with its internal subset; where it is cut off, its end. */
static const char *
skip_doctype (const char *p)
{
  gboolean subset = FALSE;

  for (; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\'')
        {
          const char *close = strchr (p + 1, *p);

          if (close != NULL)
            p = close;
        }
      else if (*p == '[')
        subset = TRUE;
      else if (*p == ']')
        subset = FALSE;
      else if (*p == '>' && !subset)
        return p + 1;
    }

  return p;
}

/* The root element's name without a prefix, or what the document type calls it when the
 * head ends before it.  doctype: (out): where the document type is, or NULL. */
static const char *
find_root (const char  *head,
           gsize       *length,
           const char **doctype)
{
  const char *p = skip_prolog (head);
  const char *name;

  *doctype = NULL;
  if (g_str_has_prefix (p, "<!doctype"))
    {
      *doctype = p;
      p = skip_prolog (skip_doctype (p));
      if (*p == '\0')
        p = skip_space (*doctype + strlen ("<!doctype")) - 1;
    }
  if (*doctype == NULL && *p != '<')
    return NULL;

  name = p + 1;
  for (p = name; !ends_name (*p) && *p != '['; p++)
    if (*p == ':')
      name = p + 1;
  *length = p - name;

  return name;
}

static gboolean
is_root (const DraSniff    *self,
         const char *const *names)
{
  const char *doctype;
  gsize length;
  const char *root = find_root (self->head, &length, &doctype);

  for (guint i = 0; root != NULL && names[i] != NULL; i++)
    if (strlen (names[i]) == length && strncmp (names[i], root, length) == 0)
      return TRUE;

  return FALSE;
}

gboolean
dra_sniff_is_svg (const DraSniff *self)
{
  return is_root (self, (const char *const[]){ "svg", NULL });
}

/* In an archive, or flat, in one file of XML. */
int
dra_sniff_odt (const DraSniff *self)
{
  static const char *const others[] = {
    "opendocument.spreadsheet", "opendocument.presentation", "opendocument.graphics", "opendocument.chart",
  };

  if (self->zip == DRA_ZIP_ODT)
    return DRA_SNIFF_ROOT;
  if (!is_root (self, (const char *const[]){ "document", NULL })
      || strstr (self->head, "urn:oasis:names:tc:opendocument:") == NULL)
    return 0;
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (strstr (self->head, others[i]) != NULL)
      return 0;

  return DRA_SNIFF_ROOT;
}

int
dra_sniff_fb2 (const DraSniff *self)
{
  return self->zip == DRA_ZIP_FB2 || is_root (self, (const char *const[]){ "fictionbook", NULL })
           ? DRA_SNIFF_ROOT
           : 0;
}

/* HTML has an element of that name too. */
int
dra_sniff_jats (const DraSniff *self)
{
  static const char *const signs[] = {
    "jats", "nlm//dtd", "dtd-version=", "article-type=", "<article-meta", "<journal-meta",
  };

  if (!is_root (self, (const char *const[]){ "article", NULL }))
    return 0;
  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    if (strstr (self->head, signs[i]) != NULL)
      return DRA_SNIFF_ROOT;

  return 0;
}

int
dra_sniff_nitf (const DraSniff *self)
{
  return is_root (self, (const char *const[]){ "nitf", NULL }) ? DRA_SNIFF_ROOT : 0;
}

int
dra_sniff_newsml (const DraSniff *self)
{
  static const char *const roots[] = { "newsitem", "newsmessage", "packageitem", "newsml", NULL };

  return is_root (self, roots) ? DRA_SNIFF_ROOT : 0;
}

int
dra_sniff_tei (const DraSniff *self)
{
  static const char *const roots[] = { "tei", "teicorpus", "tei.2", NULL };

  return is_root (self, roots) ? DRA_SNIFF_ROOT : 0;
}

int
dra_sniff_feed (const DraSniff *self)
{
  static const char *const atom[] = { "feed", "entry", NULL };

  if (is_root (self, (const char *const[]){ "rss", NULL }))
    return DRA_SNIFF_ROOT;
  if (is_root (self, atom) && (strstr (self->head, "w3.org/2005/atom") != NULL
                               || strstr (self->head, "purl.org/atom") != NULL
                               || strstr (self->head, "purl.org/echo") != NULL))
    return DRA_SNIFF_ROOT;
  if (is_root (self, (const char *const[]){ "rdf", NULL })
      && (strstr (self->head, "purl.org/rss") != NULL
          || strstr (self->head, "netscape.com/rdf") != NULL))
    return DRA_SNIFF_ROOT;

  return 0;
}

static gboolean
has_any_tag (const char *head)
{
  for (const char *p = head; (p = strchr (p, '<')) != NULL; p++)
    if ((p[1] == '/' && g_ascii_isalpha (p[2])) || g_str_has_prefix (p, "<p>")
        || g_str_has_prefix (p, "<br"))
      return TRUE;

  return FALSE;
}

/* Web pages, and parts of one that begin with one of its tags. */
int
dra_sniff_html (const DraSniff *self)
{
  static const char *const tags[] = {
    "<html", "<head", "<body", "<title", "<meta", "<link", "<script", "<style", "<base",
    "<table", "<div", "<p", "<br", "<h1", "<h2", "<a", "<font", "<iframe", "<center",
    "<article", "<main", "<section", "<img", "<form", "<frameset",
  };
  const char *p = skip_prolog (self->head);

  if (g_str_has_prefix (p, "<!doctype html") || is_root (self, (const char *const[]){ "html", NULL }))
    return DRA_SNIFF_ROOT;
  if (*p == '<' && has_tag (p, "<html"))
    return DRA_SNIFF_FORM;
  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    if (g_str_has_prefix (p, tags[i]) && ends_name (p[strlen (tags[i])]))
      return DRA_SNIFF_LIKELY;

  /* With a name that says so. */
  return has_any_tag (self->head) ? DRA_SNIFF_TEXT : 0;
}

/* A page whose head says <meta name="generator" content="Dramatis ...">, the attributes in
 * any order, since other programs sort them. */
int
dra_sniff_copy (const DraSniff *self)
{
  gsize length = strnlen (self->head, MARKER_HEAD);
  const char *end = self->head + length;
  const char *p = skip_space (self->head);

  if (*p != '<' || memmem (p, MIN (end - p, 1024), "<html", 5) == NULL)
    return 0;
  while ((p = memmem (p, end - p, "<meta", 5)) != NULL)
    {
      const char *close = memchr (p, '>', end - p);

      if (close == NULL)
        break;
      if (memmem (p, close - p, "\"generator\"", 11) != NULL
          && memmem (p, close - p, "\"dramatis ", 10) != NULL)
        return 100;
      p = close;
    }

  return 0;
}

/* Front matter that says "generator: "Dramatis ..."". */
int
dra_sniff_markdown_copy (const DraSniff *self)
{
  const char *end, *line;

  if (!g_str_has_prefix (self->head, "---\n") && !g_str_has_prefix (self->head, "---\r\n"))
    return 0;
  end = strstr (self->head + 3, "\n---");
  line = strstr (self->head, "\ngenerator: \"dramatis ");

  return end != NULL && line != NULL && line < end ? 100 : 0;
}

/* TEI whose header names Dramatis as what made it, with no document type of its own. */
int
dra_sniff_tei_copy (const DraSniff *self)
{
  const char *root = strstr (self->head, "<tei");

  if (root == NULL || memmem (self->head, (gsize) (root - self->head), "<!doctype", 9) != NULL
      || strstr (root, "http://www.tei-c.org/ns/1.0") == NULL)
    return 0;

  return strstr (root, "<application ident=\"dramatis\"") != NULL ? 100 : 0;
}
