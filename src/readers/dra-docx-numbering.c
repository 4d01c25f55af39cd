/* dra-docx-numbering.c: the markers of the lists of a DOCX file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "readers/dra-docx-private.h"
#include "readers/dra-document-info.h"

#define N_LEVELS 9
#define MAX_TEXT 64 /* bytes of a marker's pattern */

typedef struct
{
  char *format; /* (nullable): w:numFmt */
  char *text;   /* (nullable): w:lvlText, "%1.%2" say */
  guint start;
} Level;

/* Lists that share a definition go on counting. */
typedef struct
{
  Level levels[N_LEVELS];
  guint counters[N_LEVELS];
  guint used; /* bits of levels that counted */
} Abstract;

typedef struct
{
  Abstract *abstract; /* (nullable) */
  int       starts[N_LEVELS]; /* -1: none */
  guint     started;  /* bits of levels that began */
} Num;

struct _DraDocxNumbering
{
  GHashTable *abstracts; /* id -> Abstract */
  GHashTable *nums;      /* id -> Num */

  /* What is open while parsing. */
  Abstract   *abstract;
  Num        *num;
  Level      *level;
  int         override;
};

enum { ABSTRACT = 1, LVL, START, FORMAT, TEXT, NUM, ABSTRACT_ID, OVERRIDE, START_OVERRIDE };

static const DraXmlToken tokens[] = {
  { W, "abstractNum", ABSTRACT }, { W, "lvl", LVL }, { W, "start", START }, { W, "numFmt", FORMAT },
  { W, "lvlText", TEXT }, { W, "num", NUM }, { W, "abstractNumId", ABSTRACT_ID },
  { W, "lvlOverride", OVERRIDE }, { W, "startOverride", START_OVERRIDE }, { 0, NULL, 0 },
};

static void
abstract_free (gpointer data)
{
  Abstract *abstract = data;

  for (guint i = 0; i < N_LEVELS; i++)
    {
      g_free (abstract->levels[i].format);
      g_free (abstract->levels[i].text);
    }
  g_free (abstract);
}

/**
 * dra_docx_numbering_new:
 *
 * Returns: (transfer full): no lists
 */
DraDocxNumbering *
dra_docx_numbering_new (void)
{
  DraDocxNumbering *self = g_new0 (DraDocxNumbering, 1);

  self->abstracts = g_hash_table_new_full (NULL, NULL, NULL, abstract_free);
  self->nums = g_hash_table_new_full (NULL, NULL, NULL, g_free);

  return self;
}

/**
 * dra_docx_numbering_free:
 * @self: (nullable): lists
 *
 * Frees the lists.
 */
void
dra_docx_numbering_free (DraDocxNumbering *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->abstracts);
  g_hash_table_unref (self->nums);
  g_free (self);
}

static int
get_number (DraXmlStream *stream,
            const char   *attribute,
            int           most)
{
  const char *value = dra_xml_stream_get_attribute (stream, W, attribute);

  return value != NULL ? (int) CLAMP (strtol (value, NULL, 10), 0, most) : 0;
}

static void
start_cb (DraXmlStream *stream,
          int           token,
          gpointer      user_data)
{
  DraDocxNumbering *self = user_data;
  gpointer id;

  switch (token)
    {
    case ABSTRACT:
      id = GINT_TO_POINTER (get_number (stream, "abstractNumId", G_MAXINT));
      self->abstract = NULL;
      if (g_hash_table_contains (self->abstracts, id))
        break;
      self->abstract = g_new0 (Abstract, 1);
      g_hash_table_insert (self->abstracts, id, self->abstract);
      break;
    case LVL:
      if (self->num == NULL && self->abstract != NULL)
        {
          self->level = &self->abstract->levels[get_number (stream, "ilvl", N_LEVELS - 1)];
          self->level->start = 1;
        }
      break;
    case START:
      if (self->level != NULL)
        self->level->start = (guint) get_number (stream, "val", 1000000);
      break;
    case FORMAT:
      if (self->level != NULL && self->level->format == NULL)
        self->level->format = g_strdup (dra_xml_stream_get_attribute (stream, W, "val"));
      break;
    case TEXT:
      if (self->level != NULL && self->level->text == NULL)
        self->level->text = g_strdup (dra_xml_stream_get_attribute (stream, W, "val"));
      break;
    case NUM:
      id = GINT_TO_POINTER (get_number (stream, "numId", G_MAXINT));
      self->num = NULL;
      if (g_hash_table_contains (self->nums, id))
        break;
      self->num = g_new0 (Num, 1);
      for (guint i = 0; i < N_LEVELS; i++)
        self->num->starts[i] = -1;
      g_hash_table_insert (self->nums, id, self->num);
      break;
    case ABSTRACT_ID:
      if (self->num != NULL)
        self->num->abstract = g_hash_table_lookup (self->abstracts,
                                                   GINT_TO_POINTER (get_number (stream, "val", G_MAXINT)));
      break;
    case OVERRIDE:
      self->override = get_number (stream, "ilvl", N_LEVELS - 1);
      break;
    case START_OVERRIDE:
      if (self->num != NULL)
        self->num->starts[self->override] = get_number (stream, "val", 1000000);
      break;
    default:
      break;
    }
}

static void
end_cb (DraXmlStream *stream G_GNUC_UNUSED,
        int           token,
        gpointer      user_data)
{
  DraDocxNumbering *self = user_data;

  if (token == LVL)
    self->level = NULL;
  else if (token == ABSTRACT)
    self->abstract = NULL;
  else if (token == NUM)
    self->num = NULL;
}

/**
 * dra_docx_numbering_parse:
 * @self: lists
 * @zip: the file
 * @path: the part with lists
 * @error: return location
 *
 * Adds the lists of a part.  Errors are those of dra_package_parse().
 *
 * Returns: %FALSE with @error set
 */
gboolean
dra_docx_numbering_parse (DraDocxNumbering *self,
                          DraZip           *zip,
                          const char       *path,
                          GError          **error)
{
  static const DraXmlVocabulary vocabulary = { dra_docx_namespaces, tokens, start_cb, end_cb, NULL };

  return dra_package_parse (zip, path, &vocabulary, self, error);
}

/**
 * dra_docx_numbering_next:
 * @self: lists
 * @num_id: which list
 * @level: the item's level, from 0
 *
 * Counts an item.
 *
 * Returns: (transfer full) (nullable): its marker, %NULL when it has none
 */
char *
dra_docx_numbering_next (DraDocxNumbering *self,
                         int               num_id,
                         int               level)
{
  Num *num = g_hash_table_lookup (self->nums, GINT_TO_POINTER (num_id));
  Abstract *abstract = num != NULL ? num->abstract : NULL;
  Level *now;
  GString *out;

  level = CLAMP (level, 0, N_LEVELS - 1);
  if (abstract == NULL)
    return g_strdup ("•");
  now = &abstract->levels[level];
  if (num->starts[level] >= 0 && (num->started & (1u << level)) == 0)
    abstract->counters[level] = (guint) num->starts[level];
  else if ((abstract->used & (1u << level)) == 0)
    abstract->counters[level] = now->start;
  else
    abstract->counters[level]++;
  num->started |= 1u << level;
  abstract->used |= 1u << level;
  abstract->used &= (2u << level) - 1; /* deeper levels begin again */

  if (now->format == NULL || strcmp (now->format, "bullet") == 0)
    return now->format == NULL && now->text == NULL ? g_strdup ("•") : dra_document_info_make_bullet (now->text);
  if (strcmp (now->format, "none") == 0 || now->text == NULL || *now->text == '\0')
    return NULL;
  out = g_string_new (NULL);
  for (const char *p = now->text; *p != '\0' && p - now->text < MAX_TEXT; p++)
    if (*p == '%' && p[1] >= '1' && p[1] <= '9')
      {
        int i = p[1] - '1';
        Level *other = &abstract->levels[i];
        g_autofree char *text = dra_document_info_format_number (
          (abstract->used & (1u << i)) != 0 ? abstract->counters[i] : other->start, other->format);

        g_string_append (out, text);
        p++;
      }
    else
      g_string_append_c (out, *p);

  return g_string_free (out, FALSE);
}
