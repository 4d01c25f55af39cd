/* dra-pdf-notes.c: passages that are marked in a PDF document, and notes in it, as notes.
 *
 * An annotation of ours carries the whole note in its name (see dra-pdf-annotate.h); what
 * another program has changed in it since, body or colour, counts.  Those of other programs
 * are read as far as they make sense: a marked passage is the characters under its
 * quadrilaterals, anything else is a note on the article.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-pdf-private.h"

#include <math.h>
#include <string.h>
#include <time.h>

#include "notes/dra-anchor.h"
#include "notes/dra-web-annotation.h"

#define MAX_NOTES 10000 /* of a document */
#define URN "urn:uuid:"

/* The colours of passages in a copy. */
static const guint8 colors[DRA_N_NOTE_COLORS][3] = {
  [DRA_NOTE_YELLOW] = { 0xff, 0xe6, 0x66 }, [DRA_NOTE_GREEN] = { 0xa8, 0xe6, 0x9a },
  [DRA_NOTE_BLUE] = { 0xa6, 0xcf, 0xfa },   [DRA_NOTE_PURPLE] = { 0xd4, 0xba, 0xf7 },
  [DRA_NOTE_PINK] = { 0xfa, 0xb4, 0xce },   [DRA_NOTE_ORANGE] = { 0xfe, 0xc7, 0x85 },
};

/**
 * dra_pdf_is_note:
 * @annot: an annotation
 *
 * Returns: whether it marks a passage or is a note; links, forms and drawings are not
 */
gboolean
dra_pdf_is_note (PopplerAnnot *annot)
{
  switch (poppler_annot_get_annot_type (annot))
    {
    case POPPLER_ANNOT_HIGHLIGHT:
    case POPPLER_ANNOT_UNDERLINE:
    case POPPLER_ANNOT_SQUIGGLY:
    case POPPLER_ANNOT_STRIKE_OUT:
      return TRUE;
    case POPPLER_ANNOT_TEXT:
      {
        g_autofree char *contents = poppler_annot_get_contents (annot);

        return contents != NULL && *contents != '\0';
      }
    default:
      return FALSE;
    }
}

/**
 * dra_pdf_is_part:
 * @annot: an annotation
 *
 * Returns: whether it is the second or a later part of a passage in a copy of ours
 */
gboolean
dra_pdf_is_part (PopplerAnnot *annot)
{
  g_autofree char *name = poppler_annot_get_name (annot);

  return name != NULL && g_str_has_prefix (name, URN) && strchr (name, '#') != NULL;
}

/**
 * dra_pdf_has_notes:
 * @page: a page
 *
 * Returns: whether anything on the page is a note for us
 */
gboolean
dra_pdf_has_notes (PopplerPage *page)
{
  GList *mappings = poppler_page_get_annot_mapping (page);
  gboolean found = FALSE;

  for (GList *l = mappings; l != NULL && !found; l = l->next)
    found = dra_pdf_is_note (((PopplerAnnotMapping *) l->data)->annot);
  poppler_page_free_annot_mapping (mappings);

  return found;
}

/**
 * dra_pdf_note_contents:
 * @note: a note
 *
 * Returns: (transfer full): what its annotation says: its body, and its quote before that
 *   when the passage is not in the article
 */
char *
dra_pdf_note_contents (DraNote *note)
{
  const DraQuote *quote = dra_note_get_quote (note);
  const char *body = dra_note_get_body (note);

  if (dra_note_get_target (note) == DRA_NOTE_TARGET_PASSAGE && quote != NULL
      && dra_note_get_anchor (note, NULL, NULL) == DRA_ANCHOR_LOST)
    return g_strdup_printf ("“%s”%s%s", quote->exact, *body != '\0' ? "\n\n" : "", body);

  return g_strdup (body);
}

/**
 * dra_pdf_color_of:
 * @color: the colour of a note
 * @result: (out): what a passage is marked with
 */
void
dra_pdf_color_of (DraNoteColor  color,
                  PopplerColor *result)
{
  const guint8 *rgb = colors[color < DRA_N_NOTE_COLORS ? color : DRA_NOTE_YELLOW];

  *result = (PopplerColor){ rgb[0] * 257, rgb[1] * 257, rgb[2] * 257 };
}

/* The nearest of ours, by hue where the colour has any. */
static DraNoteColor
read_color (PopplerAnnot *annot)
{
  PopplerColor *color = poppler_annot_get_color (annot);
  DraNoteColor best = DRA_NOTE_YELLOW;
  double best_distance = G_MAXDOUBLE;
  double in[3], most, least;

  if (color == NULL)
    return best;
  in[0] = color->red;
  in[1] = color->green;
  in[2] = color->blue;
  g_free (color);
  most = MAX (MAX (in[0], in[1]), in[2]);
  least = MIN (MIN (in[0], in[1]), in[2]);
  if (most - least < .05 * 65535)
    return best;

  for (guint i = 0; i < DRA_N_NOTE_COLORS; i++)
    {
      const guint8 *ours = colors[i];
      double high = MAX (MAX (ours[0], ours[1]), ours[2]);
      double low = MIN (MIN (ours[0], ours[1]), ours[2]);
      double distance = 0;

      /* As if all were fully saturated. */
      for (guint k = 0; k < 3; k++)
        distance += pow ((in[k] - least) / (most - least) - (ours[k] - low) / (high - low), 2);
      if (distance < best_distance)
        {
          best_distance = distance;
          best = i;
        }
    }

  return best;
}

/* Microseconds since 1970.  Never the present: the library takes the newer of two notes, and a
 * file that was only opened is not newer. */
static gint64
read_time (PopplerDocument *document,
           PopplerAnnot    *annot)
{
  g_autofree char *modified = poppler_annot_get_modified (annot);
  time_t seconds;

  if (modified == NULL || !poppler_date_parse (modified, &seconds) || seconds < 0)
    seconds = poppler_document_get_modification_date (document);
  if (seconds <= 0)
    seconds = poppler_document_get_creation_date (document);

  return (gint64) MAX (seconds, 1) * G_USEC_PER_SEC;
}

/* A box of quadrilaterals, y upwards. */
typedef struct
{
  double x1, y1, x2, y2;
} Box;

static Box
box_of (const PopplerQuadrilateral *quad)
{
  const PopplerPoint *points[] = { &quad->p1, &quad->p2, &quad->p3, &quad->p4 };
  Box box = { G_MAXDOUBLE, G_MAXDOUBLE, -G_MAXDOUBLE, -G_MAXDOUBLE };

  for (guint i = 0; i < 4; i++)
    {
      box.x1 = MIN (box.x1, points[i]->x);
      box.y1 = MIN (box.y1, points[i]->y);
      box.x2 = MAX (box.x2, points[i]->x);
      box.y2 = MAX (box.y2, points[i]->y);
    }

  return box;
}

/* Poppler gives quadrilaterals as the page was before it was turned. */
static Box
turn (Box    box,
      guint  quarters,
      double width,
      double height)
{
  switch (quarters)
    {
    case 1:
      return (Box){ box.y1, height - box.x2, box.y2, height - box.x1 };
    case 2:
      return (Box){ width - box.x2, height - box.y2, width - box.x1, height - box.y1 };
    case 3:
      return (Box){ width - box.y2, box.x1, width - box.y1, box.x2 };
    default:
      return box;
    }
}

/* How the page is turned, which poppler does not tell: the way that brings the
 * quadrilaterals to where the annotation is. */
static guint
find_quarters (GArray                 *quads,
               const PopplerRectangle *area,
               double                  width,
               double                  height)
{
  Box all = box_of (&g_array_index (quads, PopplerQuadrilateral, 0));
  guint best = 0;
  double best_distance = G_MAXDOUBLE;

  for (guint i = 1; i < quads->len; i++)
    {
      Box box = box_of (&g_array_index (quads, PopplerQuadrilateral, i));

      all = (Box){ MIN (all.x1, box.x1), MIN (all.y1, box.y1), MAX (all.x2, box.x2),
                   MAX (all.y2, box.y2) };
    }
  for (guint i = 0; i < 4; i++)
    {
      Box box = turn (all, i, width, height);
      double distance = fabs (box.x1 - area->x1) + fabs (box.y1 - area->y1)
                        + fabs (box.x2 - area->x2) + fabs (box.y2 - area->y2);

      if (distance < best_distance - 1)
        {
          best_distance = distance;
          best = i;
        }
    }

  return best;
}

static gboolean
is_under (const DraPdfPlace *place,
          GArray            *boxes,
          double             height)
{
  double x = (place->rectangle.x1 + place->rectangle.x2) / 2;
  double y = height - (place->rectangle.y1 + place->rectangle.y2) / 2;

  for (guint i = 0; i < boxes->len; i++)
    {
      const Box *box = &g_array_index (boxes, Box, i);

      if (x >= box->x1 && x <= box->x2 && y >= box->y1 && y <= box->y2)
        return TRUE;
    }

  return FALSE;
}

/* The longest stretch of the article under the boxes; a character or two may be missed. */
static DraRange
find_range (GArray *places,
            GArray *boxes,
            double  height)
{
  DraRange best = { 0, 0 };
  guint start = 0;
  guint last = G_MAXUINT;

  for (guint i = 0; i < places->len; i++)
    {
      const DraPdfPlace *place = &g_array_index (places, DraPdfPlace, i);

      if (!is_under (place, boxes, height))
        continue;
      if (last == G_MAXUINT || i - last > 3)
        start = i;
      last = i;
      if (place->end - g_array_index (places, DraPdfPlace, start).start > dra_range_length (best))
        best = (DraRange){ g_array_index (places, DraPdfPlace, start).start, place->end };
    }

  return best;
}

static DraRange
find_passage (const PopplerAnnotMapping *mapping,
              PopplerPage               *page,
              GArray                    *places)
{
  g_autoptr (GArray) boxes = g_array_new (FALSE, FALSE, sizeof (Box));
  GArray *quads;
  double width, height;
  DraRange range = { 0, 0 };

  if (!POPPLER_IS_ANNOT_TEXT_MARKUP (mapping->annot))
    return range;
  quads = poppler_annot_text_markup_get_quadrilaterals (POPPLER_ANNOT_TEXT_MARKUP (mapping->annot));
  /* More than a page has lines is not a marked passage, and all are compared with all
   * characters. */
  if (quads != NULL && quads->len > 0 && quads->len < 500)
    {
      guint quarters;

      poppler_page_get_size (page, &width, &height);
      quarters = find_quarters (quads, &mapping->area, width, height);
      for (guint i = 0; i < quads->len; i++)
        {
          Box box = turn (box_of (&g_array_index (quads, PopplerQuadrilateral, i)), quarters,
                          width, height);

          g_array_append_val (boxes, box);
        }
      range = find_range (places, boxes, height);
    }
  if (quads != NULL)
    g_array_unref (quads);

  return range;
}

/* Our own, whole as it was written, but for what another program changed. */
static DraNote *
read_own (DraPdfDocument *self,
          PopplerAnnot   *annot,
          const char     *name)
{
  g_autoptr (GPtrArray) notes = dra_web_annotation_read_string (name, -1, NULL, NULL);
  g_autofree char *contents = NULL;
  g_autofree char *expected = NULL;
  DraNoteColor color;
  DraNote *note;
  gboolean changed;

  if (notes == NULL || notes->len != 1)
    return NULL;
  note = g_object_ref (notes->pdata[0]);
  dra_anchor_note (self->article, note);

  contents = poppler_annot_get_contents (annot);
  expected = dra_pdf_note_contents (note);
  color = read_color (annot);
  changed = strcmp (contents != NULL ? contents : "", expected) != 0;
  if (changed)
    dra_note_set_body (note, contents != NULL ? contents : "");
  if (color != dra_note_get_color (note))
    {
      dra_note_set_color (note, color);
      changed = TRUE;
    }
  if (changed)
    dra_note_set_modified (note, MAX (dra_note_get_modified (note) + 1,
                                      read_time (self->document, annot)));

  return note;
}

static DraNote *
read_foreign (DraPdfDocument            *self,
              const PopplerAnnotMapping *mapping,
              PopplerPage               *page,
              GArray                    *places,
              const char                *name)
{
  DraRange range = find_passage (mapping, page, places);
  g_autofree char *contents = poppler_annot_get_contents (mapping->annot);
  g_autofree char *unique = NULL;
  g_autofree char *uuid = NULL;
  gint64 time = read_time (self->document, mapping->annot);
  gboolean passage = dra_range_length (range) > 0;
  DraNote *note;

  if (!passage && (contents == NULL || *contents == '\0'))
    return NULL;
  unique = g_strdup_printf ("pdf:%s:%d:%s:%.0f:%.0f", dra_article_get_hash (self->article),
                            poppler_page_get_index (page), name != NULL ? name : "",
                            mapping->area.x1, mapping->area.y1);
  uuid = dra_web_annotation_make_uuid (unique);
  note = dra_note_new_from_parts (uuid, passage ? DRA_NOTE_TARGET_PASSAGE : DRA_NOTE_TARGET_ARTICLE,
                                  time, time);
  if (passage)
    {
      g_autoptr (DraNote) made = dra_note_new_for_passage (self->article, range);

      dra_note_take_selectors (note, made);
      dra_note_set_anchor (note, DRA_ANCHOR_EXACT, range, NULL);
    }
  else
    {
      dra_note_set_text_hash (note, dra_article_get_hash (self->article));
      dra_note_set_anchor (note, DRA_ANCHOR_EXACT, range, NULL);
    }
  dra_note_set_color (note, read_color (mapping->annot));
  dra_note_set_body (note, contents != NULL ? contents : "");

  return note;
}

/**
 * dra_pdf_read_note:
 * @self: a document with its pieces
 * @mapping: an annotation that dra_pdf_is_note()
 * @page: its page
 * @places: the places of that page
 *
 * Returns: (transfer full) (nullable): the note, anchored; %NULL for the second part of a
 *   passage and for a mark where no text is
 */
DraNote *
dra_pdf_read_note (DraPdfDocument            *self,
                   const PopplerAnnotMapping *mapping,
                   PopplerPage               *page,
                   GArray                    *places)
{
  g_autofree char *name = poppler_annot_get_name (mapping->annot);

  if (dra_pdf_is_part (mapping->annot))
    return NULL;
  if (name != NULL && g_str_has_prefix (name, "{\"id\":\"" URN))
    {
      DraNote *note = read_own (self, mapping->annot, name);

      if (note != NULL)
        return note;
    }

  return read_foreign (self, mapping, page, places, name);
}

/**
 * dra_pdf_read_notes:
 * @self: a document with its pieces
 *
 * Returns: (transfer full) (element-type DraNote): the notes in it, anchored, in the order of
 *   pages; of several with the same UUID the first
 */
GPtrArray *
dra_pdf_read_notes (DraPdfDocument *self)
{
  GPtrArray *notes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GArray) sorted = dra_pdf_sort_pieces (self);

  for (guint i = 0; i < self->text->page_height->len && notes->len < MAX_NOTES; i++)
    {
      PopplerPage *page = poppler_document_get_page (self->document, (int) i);
      GList *mappings = page != NULL ? poppler_page_get_annot_mapping (page) : NULL;
      g_autoptr (GArray) places = NULL;

      for (GList *l = mappings; l != NULL && notes->len < MAX_NOTES; l = l->next)
        {
          const PopplerAnnotMapping *mapping = l->data;
          g_autoptr (DraNote) note = NULL;

          if (!dra_pdf_is_note (mapping->annot))
            continue;
          if (places == NULL)
            places = dra_pdf_find_places (self, sorted, i, page);
          note = dra_pdf_read_note (self, mapping, page, places);
          if (note != NULL && g_hash_table_add (seen, (gpointer) dra_note_get_uuid (note)))
            g_ptr_array_add (notes, g_steal_pointer (&note));
        }
      poppler_page_free_annot_mapping (mappings);
      g_clear_object (&page);
    }

  return notes;
}
