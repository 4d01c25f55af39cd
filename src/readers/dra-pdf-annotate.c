/* dra-pdf-annotate.c: notes written into a PDF document as annotations, through poppler.
 *
 * Poppler's GLib interface can give an annotation everything but its name.  The name is set
 * as the label (the T of the author's name), and in what poppler has appended the key is
 * renamed: "/T " becomes "/NM", which is as long, so that no offset changes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-pdf-annotate.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "article/dra-error.h"
#include "notes/dra-anchor.h"
#include "notes/dra-web-annotation.h"
#include "readers/dra-pdf-private.h"

#define ICON 20 /* points: side of a note beside the text */

/* A document being annotated. */
typedef struct
{
  DraPdfDocument  document;
  GArray         *sorted;
  GPtrArray      *notes; /* of DraNote, one a mark */
  GArray         *parts; /* of guint, one a mark: annotations written */
  GArray         *kept;  /* of guint, one a mark: the page, from 1, that has that very note */
  GHashTable     *by_uuid; /* UUID to index + 1 */
} Job;

static void
job_clear (Job *job)
{
  g_clear_pointer (&job->sorted, g_array_unref);
  g_clear_pointer (&job->notes, g_ptr_array_unref);
  g_clear_pointer (&job->parts, g_array_unref);
  g_clear_pointer (&job->by_uuid, g_hash_table_unref);
  g_clear_pointer (&job->kept, g_array_unref);
  dra_pdf_document_clear (&job->document);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Job, job_clear)

static void
fail (GError    **error,
      const char *name)
{
  g_set_error (error, DRA_ERROR, DRA_ERROR_FAILED,
               _("The notes could not be written into the pages of “%s”."), name);
}

static gboolean
read_marks (Job                *job,
            const DraPdfMarks  *marks,
            const char         *name,
            GError            **error)
{
  gsize length;

  dra_article_get_text (job->document.article, &length);
  job->notes = g_ptr_array_new_with_free_func (g_object_unref);
  job->parts = g_array_new (FALSE, TRUE, sizeof (guint));
  g_array_set_size (job->parts, marks->marks->len);
  job->kept = g_array_new (FALSE, TRUE, sizeof (guint));
  g_array_set_size (job->kept, marks->marks->len);
  job->by_uuid = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < marks->marks->len; i++)
    {
      const DraPdfMark *mark = marks->marks->pdata[i];
      g_autoptr (GPtrArray) notes = dra_web_annotation_read_string (mark->json, -1, NULL, NULL);
      DraNote *note;

      if (notes == NULL || notes->len != 1 || mark->range.start > mark->range.end
          || mark->range.end > length)
        {
          fail (error, name);
          return FALSE;
        }
      note = g_object_ref (notes->pdata[0]);
      dra_anchor_note (job->document.article, note);
      g_ptr_array_add (job->notes, note);
      g_hash_table_insert (job->by_uuid, (gpointer) dra_note_get_uuid (note),
                           GUINT_TO_POINTER (i + 1));
    }

  return TRUE;
}

/* What of a passage is on a page, as quadrilaterals of lines; y upwards. */
static GArray *
make_quads (GArray           *places,
            DraRange          range,
            double            height,
            PopplerRectangle *all)
{
  GArray *quads = g_array_new (FALSE, FALSE, sizeof (PopplerQuadrilateral));
  PopplerRectangle box = { 0 };
  const DraPdfLine *line = NULL;
  guint low = 0, high = places->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (places, DraPdfPlace, middle).end <= range.start)
        low = middle + 1;
      else
        high = middle;
    }
  *all = (PopplerRectangle){ G_MAXDOUBLE, G_MAXDOUBLE, -G_MAXDOUBLE, -G_MAXDOUBLE };
  for (guint i = low; i <= places->len; i++)
    {
      const DraPdfPlace *place = i < places->len ? &g_array_index (places, DraPdfPlace, i) : NULL;
      gboolean inside = place != NULL && place->start < range.end;

      if (line != NULL && (!inside || place->line != line))
        {
          PopplerQuadrilateral quad = {
            { box.x1, height - box.y1 }, { box.x2, height - box.y1 },
            { box.x1, height - box.y2 }, { box.x2, height - box.y2 },
          };

          g_array_append_val (quads, quad);
          all->x1 = MIN (all->x1, box.x1);
          all->x2 = MAX (all->x2, box.x2);
          all->y1 = MIN (all->y1, height - box.y2);
          all->y2 = MAX (all->y2, height - box.y1);
          line = NULL;
        }
      if (!inside)
        break;
      if (line == NULL)
        box = place->rectangle;
      line = place->line;
      box.x1 = MIN (box.x1, place->rectangle.x1);
      box.y1 = MIN (box.y1, place->rectangle.y1);
      box.x2 = MAX (box.x2, place->rectangle.x2);
      box.y2 = MAX (box.y2, place->rectangle.y2);
    }

  return quads;
}

/* contents: what is said, on the first part only. */
static void
finish_annot (Job               *job,
              const DraPdfMarks *marks,
              guint              index,
              PopplerPage       *page,
              PopplerAnnot      *annot)
{
  DraNote *note = job->notes->pdata[index];
  guint *n_parts = &g_array_index (job->parts, guint, index);
  g_autofree char *contents = dra_pdf_note_contents (note);
  g_autofree char *name = NULL;
  PopplerColor color;

  *n_parts += 1;
  if (*n_parts == 1)
    name = g_strdup (((DraPdfMark *) marks->marks->pdata[index])->json);
  else
    name = g_strdup_printf ("urn:uuid:%s#%u", dra_note_get_uuid (note), *n_parts);
  dra_pdf_color_of (dra_note_get_color (note), &color);
  poppler_annot_set_color (annot, &color);
  if (*n_parts == 1 && *contents != '\0')
    poppler_annot_set_contents (annot, contents);
  poppler_annot_markup_set_label (POPPLER_ANNOT_MARKUP (annot), name);
  poppler_page_add_annot (page, annot);
  g_object_unref (annot);
}

static void
add_icon (Job               *job,
          const DraPdfMarks *marks,
          guint              index,
          PopplerPage       *page,
          double             x,
          double             top)
{
  PopplerRectangle rectangle = { x, top - ICON, x + ICON, top };
  PopplerAnnot *annot = poppler_annot_text_new (job->document.document, &rectangle);

  poppler_annot_text_set_icon (POPPLER_ANNOT_TEXT (annot), POPPLER_ANNOT_TEXT_ICON_NOTE);
  finish_annot (job, marks, index, page, annot);
}

static void
add_mark (Job               *job,
          const DraPdfMarks *marks,
          guint              index,
          PopplerPage       *page,
          GArray            *places)
{
  const DraPdfMark *mark = marks->marks->pdata[index];
  DraNote *note = job->notes->pdata[index];
  g_autoptr (GArray) quads = NULL;
  PopplerRectangle all;
  double width, height;

  poppler_page_get_size (page, &width, &height);
  quads = make_quads (places, mark->range, height, &all);
  if (quads->len == 0)
    return;
  if (dra_note_get_target (note) == DRA_NOTE_TARGET_PASSAGE)
    finish_annot (job, marks, index, page,
                  poppler_annot_text_markup_new_highlight (job->document.document, &all, quads));
  else if (g_array_index (job->parts, guint, index) == 0)
    add_icon (job, marks, index, page, MAX (all.x1 - ICON, 0), MIN (all.y2 + ICON / 2.0, height));
}

/* Takes away the notes of the page that were changed or deleted; those that are as they
 * should be stay, with all that another program may have said about them. */
static void
sift (Job         *job,
      guint        index,
      PopplerPage *page,
      GArray      *places)
{
  GList *mappings = poppler_page_get_annot_mapping (page);

  for (GList *l = mappings; l != NULL; l = l->next)
    {
      const PopplerAnnotMapping *mapping = l->data;
      g_autoptr (DraNote) note = NULL;
      guint found;

      if (!dra_pdf_is_note (mapping->annot))
        continue;
      note = dra_pdf_read_note (&job->document, mapping, page, places);
      /* A mark where no text is, which the article knows nothing of. */
      if (note == NULL && !dra_pdf_is_part (mapping->annot))
        continue;
      found = note != NULL
        ? GPOINTER_TO_UINT (g_hash_table_lookup (job->by_uuid, dra_note_get_uuid (note))) : 0;
      if (found > 0 && g_array_index (job->kept, guint, found - 1) == 0
          && dra_note_equal (note, job->notes->pdata[found - 1]))
        {
          g_array_index (job->kept, guint, found - 1) = index + 1;
          g_array_index (job->parts, guint, found - 1) = 1;
        }
      else
        poppler_page_remove_annot (page, mapping->annot);
    }
  poppler_page_free_annot_mapping (mappings);
}

/* For each page the marks that have something on it. */
static GPtrArray *
list_marks (Job               *job,
            const DraPdfMarks *marks)
{
  GPtrArray *pages = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  const GArray *pieces = job->document.pieces;

  for (guint i = 0; i < job->document.text->page_height->len; i++)
    g_ptr_array_add (pages, g_array_new (FALSE, FALSE, sizeof (guint)));
  for (guint i = 0; i < marks->marks->len; i++)
    {
      DraRange range = ((DraPdfMark *) marks->marks->pdata[i])->range;
      guint low = 0, high = pieces->len;

      while (low < high)
        {
          guint middle = low + (high - low) / 2;

          if (g_array_index (pieces, DraPdfPiece, middle).end <= range.start)
            low = middle + 1;
          else
            high = middle;
        }
      for (; low < pieces->len && g_array_index (pieces, DraPdfPiece, low).start < range.end; low++)
        {
          GArray *page = pages->pdata[g_array_index (pieces, DraPdfPiece, low).line->page];

          if (page->len == 0 || g_array_index (page, guint, page->len - 1) != i)
            g_array_append_val (page, i);
        }
    }

  return pages;
}

static void
annotate_page (Job               *job,
               const DraPdfMarks *marks,
               guint              index,
               const GArray      *on_page)
{
  PopplerPage *page = poppler_document_get_page (job->document.document, (int) index);
  g_autoptr (GArray) places = NULL;

  if (page == NULL)
    return;
  if (on_page->len > 0 || dra_pdf_has_notes (page))
    {
      places = dra_pdf_find_places (&job->document, job->sorted, index, page);
      sift (job, index, page, places);
    }
  for (guint i = 0; i < on_page->len; i++)
    {
      guint mark = g_array_index (on_page, guint, i);

      if (g_array_index (job->kept, guint, mark) != index + 1)
        add_mark (job, marks, mark, page, places);
    }
  g_object_unref (page);
}

/* What has no place in the text stands at the top of the first page. */
static void
add_rest (Job               *job,
          const DraPdfMarks *marks)
{
  PopplerPage *page = poppler_document_get_page (job->document.document, 0);
  double width, height;
  guint n = 0;

  if (page == NULL)
    return;
  poppler_page_get_size (page, &width, &height);
  for (guint i = 0; i < marks->marks->len; i++)
    if (g_array_index (job->parts, guint, i) == 0)
      {
        guint a_row = MAX ((guint) (width / (ICON + 4)), 1);

        add_icon (job, marks, i, page, n % a_row * (ICON + 4) + 2,
                  MAX (height - n / a_row * (ICON + 4) - 2, ICON));
        n++;
      }
  g_object_unref (page);
}

/* Where the walk through what poppler appended is. */
typedef struct
{
  char    *p;
  char    *end;
  guint    depth;    /* of dictionaries */
  gboolean after_key;
  gboolean is_note;
  char    *subtype;  /* the key was that, the value comes */
  char    *label;    /* where the key T is */
} Walk;

static void
skip_string (Walk *walk)
{
  guint depth = 0;

  for (; walk->p < walk->end; walk->p++)
    {
      if (*walk->p == '\\')
        walk->p++;
      else if (*walk->p == '(')
        depth++;
      else if (*walk->p == ')' && --depth == 0)
        break;
    }
  walk->p = MIN (walk->p + 1, walk->end);
}

static gboolean
is_name (const char *start,
         const char *end,
         const char *name)
{
  return (gsize) (end - start) == strlen (name) && memcmp (start, name, end - start) == 0;
}

static gboolean
is_regular (char c)
{
  return !g_ascii_isspace (c) && c != '\0' && strchr ("()<>[]{}/%", c) == NULL;
}

static void
take_name (Walk *walk)
{
  char *start = walk->p++;

  while (walk->p < walk->end && is_regular (*walk->p))
    walk->p++;
  if (walk->depth != 1)
    return;
  if (walk->after_key)
    {
      walk->is_note |= walk->subtype != NULL
                       && (is_name (start, walk->p, "/Highlight") || is_name (start, walk->p, "/Text"));
      walk->after_key = FALSE;
      return;
    }
  walk->after_key = TRUE;
  walk->subtype = is_name (start, walk->p, "/Subtype") ? start : NULL;
  if (is_name (start, walk->p, "/T") && walk->end - walk->p >= 2 && walk->p[0] == ' '
      && (walk->p[1] == '<' || walk->p[1] == '('))
    walk->label = start;
}

static void
take_dictionary (Walk     *walk,
                 gboolean  begins)
{
  walk->p += 2;
  if (begins && walk->depth++ == 0)
    {
      walk->is_note = walk->after_key = FALSE;
      walk->subtype = walk->label = NULL;
    }
  else if (!begins && walk->depth > 0 && --walk->depth == 0 && walk->is_note && walk->label != NULL)
    memcpy (walk->label, "/NM", 3);
  walk->after_key = FALSE;
}

/* In what poppler appended: the label of each new annotation becomes its name. */
static void
rename_labels (char  *tail,
               gsize  length)
{
  Walk walk = { .p = tail, .end = tail + length };

  while (walk.p < walk.end)
    {
      gboolean pair = walk.end - walk.p >= 2 && walk.p[0] == walk.p[1];

      if (*walk.p == '/')
        {
          take_name (&walk);
          continue;
        }
      if (pair && (*walk.p == '<' || *walk.p == '>'))
        {
          take_dictionary (&walk, *walk.p == '<');
          continue;
        }
      if (walk.depth == 1 && !g_ascii_isspace (*walk.p))
        walk.after_key = FALSE;
      if (*walk.p == '(')
        skip_string (&walk);
      else if (walk.end - walk.p >= 6 && memcmp (walk.p, "stream", 6) == 0)
        {
          char *end = memmem (walk.p, walk.end - walk.p, "endstream", 9);

          walk.p = end != NULL ? end + 9 : walk.end;
        }
      else
        walk.p++;
    }
}

static gboolean
write_at (int         fd,
          const char *data,
          gsize       length,
          gsize       offset)
{
  if (lseek (fd, (off_t) offset, SEEK_SET) < 0)
    return FALSE;
  while (length > 0)
    {
      gssize n = write (fd, data, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      data += n;
      length -= n;
    }

  return TRUE;
}

typedef struct
{
  gpointer data;
  gsize    size;
} Mapping;

static void
unmap (gpointer data)
{
  Mapping *mapping = data;

  munmap (mapping->data, mapping->size);
  g_free (mapping);
}

/* Asks no more of the system than a confined process may. */
static GBytes *
map_file (int fd)
{
  off_t size = lseek (fd, 0, SEEK_END);
  gpointer data = size > 0 ? mmap (NULL, (gsize) size, PROT_READ, MAP_SHARED, fd, 0) : MAP_FAILED;
  Mapping *mapping;

  if (data == MAP_FAILED)
    return NULL;
  mapping = g_new (Mapping, 1);
  *mapping = (Mapping){ data, (gsize) size };

  return g_bytes_new_with_free_func (data, (gsize) size, unmap, mapping);
}

/* Poppler reads what is cut off as well, by looking for objects; others may not. */
static gboolean
ends_document (const char *data,
               gsize       size)
{
  while (size > 0 && g_ascii_isspace (data[size - 1]))
    size--;

  return size >= 5 && memcmp (data + size - 5, "%%EOF", 5) == 0;
}

/* Saves the document and names what was added. */
static gboolean
save (Job    *job,
      GBytes *original,
      int     fd)
{
  g_autoptr (GBytes) written = NULL;
  g_autofree char *tail = NULL;
  gsize size, before;
  const char *data;
  const char *source = g_bytes_get_data (original, &before);
  int own = dup (fd);

  /* Poppler closes what it is given, or (22.12) forgets to, and to write out the rest. */
  if (own < 0 || !poppler_document_save_to_fd (job->document.document, own, TRUE, NULL)
      || fflush (NULL) != 0)
    return FALSE;
  written = map_file (fd);
  data = written != NULL ? g_bytes_get_data (written, &size) : NULL;
  if (data == NULL || size < before || memcmp (data, source, before) != 0
      || !ends_document (data, size))
    return FALSE;
  tail = g_memdup2 (data + before, size - before);
  rename_labels (tail, size - before);

  return tail == NULL || write_at (fd, tail, size - before, before);
}

/* Reads what was written: the same text, and each note in it. */
static gboolean
check (const DraPdfMarks *marks,
       GPtrArray         *notes,
       const char        *name,
       GBytes            *bytes)
{
  g_auto (DraPdfDocument) document = { 0 };
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GHashTable) uuids = g_hash_table_new (g_str_hash, g_str_equal);

  if (!dra_pdf_document_open (&document, bytes, name, FALSE, NULL, NULL)
      || g_strcmp0 (dra_article_get_hash (document.article), marks->text_hash) != 0)
    return FALSE;
  found = dra_pdf_read_notes (&document);
  for (guint i = 0; i < found->len; i++)
    g_hash_table_add (uuids, (gpointer) dra_note_get_uuid (found->pdata[i]));
  for (guint i = 0; i < notes->len; i++)
    if (!g_hash_table_contains (uuids, dra_note_get_uuid (notes->pdata[i])))
      return FALSE;

  return TRUE;
}

/**
 * dra_pdf_annotate:
 * @bytes: a PDF document
 * @name: its name, for messages
 * @marks: the notes and where they stand
 * @fd: a file that is empty and can be read and written; the result is mapped from it, so it
 *   must stay as it is
 * @error: return location
 *
 * Writes a PDF document with notes in it, and reads the result again to be sure of it.
 * Highlights and notes that the document had and that are not among @marks, as they are
 * there, are left out.  Sets %DRA_ERROR_FAILED when the text of the document is not the one
 * the notes are for and when they cannot be written, and what dra_pdf_read() sets.
 *
 * Returns: (transfer full): the document, or %NULL with @error set
 */
GBytes *
dra_pdf_annotate (GBytes             *bytes,
                  const char         *name,
                  const DraPdfMarks  *marks,
                  int                 fd,
                  GError            **error)
{
  g_auto (Job) job = { 0 };
  g_autoptr (GPtrArray) on_pages = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (GBytes) written = NULL;

  g_return_val_if_fail (bytes != NULL && name != NULL && marks != NULL, NULL);

  if (!dra_pdf_document_open (&job.document, bytes, name, TRUE, NULL, error))
    return NULL;
  if (g_strcmp0 (dra_article_get_hash (job.document.article), marks->text_hash) != 0)
    {
      fail (error, name);
      return NULL;
    }
  if (!read_marks (&job, marks, name, error))
    return NULL;

  job.sorted = dra_pdf_sort_pieces (&job.document);
  on_pages = list_marks (&job, marks);
  for (guint i = 0; i < on_pages->len; i++)
    annotate_page (&job, marks, i, on_pages->pdata[i]);
  add_rest (&job, marks);
  notes = g_ptr_array_ref (job.notes);
  if (save (&job, bytes, fd))
    written = map_file (fd);
  /* One document at a time, for the memory. */
  job_clear (&job);
  job = (Job){ 0 };
  if (written == NULL || !check (marks, notes, name, written))
    {
      fail (error, name);
      return NULL;
    }

  return g_steal_pointer (&written);
}
