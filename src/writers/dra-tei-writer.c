/* dra-tei-writer.c: a copy as TEI P5, with everything in it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "writers/dra-tei-writer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "writers/dra-plain-output.h"
#include "writers/dra-tei-private.h"

#define NAMESPACE "http://www.tei-c.org/ns/1.0"

/* The names of TEI P5 for each kind: chapter 14, "Names, Dates, People, and Places". */
static const struct
{
  const char *list;
  const char *item;
  const char *name;
} kinds[] = {
  [DRA_ENTITY_PERSON] = { "listPerson", "person", "persName" },
  [DRA_ENTITY_ORGANIZATION] = { "listOrg", "org", "orgName" },
  [DRA_ENTITY_PLACE] = { "listPlace", "place", "placeName" },
};

typedef struct
{
  GString      *out;
  DraArticle   *article;
  DraCast      *cast; /* (nullable) */
  DraCopyNotes  notes;
} Tei;

static void
append_element (GString    *out,
                const char *start,
                const char *text,
                const char *element)
{
  if (text == NULL)
    return;
  g_string_append_printf (out, "<%s>", start);
  dra_markup_append_text (out, text, -1);
  g_string_append_printf (out, "</%s>", element);
}

static gboolean
is_date (const char *date)
{
  g_autofree char *formatted = NULL;

  return dra_copy_format_date (date, &formatted) != NULL;
}

/* Who wrote it, when and where, for the description of the source. */
static void
append_source (Tei *self)
{
  DraArticle *article = self->article;
  const char *title = dra_article_get_title (article);
  const char *published = dra_article_get_metadata (article, DRA_METADATA_PUBLISHED);
  g_autofree char *origin = dra_copy_dup_origin (article);

  g_string_append (self->out, "<sourceDesc><bibl>");
  append_element (self->out, "title", title != NULL ? title : _("Article"), "title");
  append_element (self->out, "author",
                  dra_article_get_metadata (article, DRA_METADATA_BYLINE), "author");
  append_element (self->out, "publisher",
                  dra_article_get_metadata (article, DRA_METADATA_SITE), "publisher");
  if (published != NULL)
    {
      g_string_append (self->out, "<date");
      if (is_date (published))
        dra_markup_append_attribute (self->out, "when", published);
      g_string_append_c (self->out, '>');
      dra_markup_append_text (self->out, published, -1);
      g_string_append (self->out, "</date>");
    }
  if (dra_copy_is_web_address (origin))
    {
      g_autofree char *target = g_uri_escape_string (origin, ":/?#@!$&'()*+,;=%", FALSE);

      g_string_append (self->out, "<ptr");
      dra_markup_append_attribute (self->out, "target", target);
      g_string_append (self->out, "/>");
    }
  g_string_append (self->out, "</bibl></sourceDesc>\n");
}

static gboolean
is_language_tag (const char *tag)
{
  if (tag == NULL || !g_ascii_isalpha (*tag) || strlen (tag) > 35)
    return FALSE;
  for (; *tag != '\0'; tag++)
    if (!g_ascii_isalnum (*tag) && *tag != '-')
      return FALSE;

  return TRUE;
}

static void
append_header (Tei                *self,
               const DraCopyShape *shapes)
{
  const char *title = dra_article_get_title (self->article);
  const char *language = dra_article_get_metadata (self->article, DRA_METADATA_LANGUAGE);
  g_autoptr (GString) json = g_string_new (NULL);

  g_string_append (self->out, "<teiHeader>\n<fileDesc><titleStmt>");
  append_element (self->out, "title", title != NULL ? title : _("Article"), "title");
  append_element (self->out, "author",
                  dra_article_get_metadata (self->article, DRA_METADATA_BYLINE), "author");
  g_string_append (self->out, "</titleStmt>\n<publicationStmt>");
  append_element (self->out, "p", _("An annotated copy made with Dramatis."), "p");
  g_string_append (self->out, "</publicationStmt>\n");
  append_source (self);
  g_string_append (self->out, "</fileDesc>\n<encodingDesc><appInfo>"
                              "<application ident=\"dramatis\" version=\"" DRA_VERSION "\">"
                              "<label>Dramatis</label></application></appInfo>"
                              "</encodingDesc>\n");
  if (is_language_tag (language))
    {
      g_string_append (self->out, "<profileDesc><langUsage><language");
      dra_markup_append_attribute (self->out, "ident", language);
      g_string_append (self->out, "/></langUsage></profileDesc>\n");
    }
  g_string_append (self->out, "<xenoData xml:id=\"dramatis-article\">\n");
  dra_copy_data_append_article (self->out, self->article, self->cast, shapes, DRA_JSON_IN_HTML);
  g_string_append (self->out, "\n</xenoData>\n");
  if (self->notes.all->len > 0)
    {
      g_string_append (self->out, "<xenoData xml:id=\"dramatis-notes\">\n");
      dra_copy_data_append_notes (self->out, self->article, &self->notes);
      g_string_append (self->out, "</xenoData>\n");
    }
  g_string_append (self->out, "</teiHeader>\n");
}

static void
append_entity (Tei             *self,
               const DraEntity *entity)
{
  const char *name = kinds[entity->kind].name;
  g_autofree char *other = g_strdup_printf ("%s type=\"other\"", name);

  g_string_append_printf (self->out, "<%s xml:id=\"%s\">", kinds[entity->kind].item, entity->id);
  append_element (self->out, name, entity->name, name);
  for (guint i = 0; entity->forms[i] != NULL; i++)
    if (strcmp (entity->forms[i], entity->name) != 0)
      append_element (self->out, other, entity->forms[i], name);
  append_element (self->out, "note type=\"role\"", entity->role, "note");
  g_string_append_printf (self->out, "</%s>\n", kinds[entity->kind].item);
}

static void
append_kind (Tei           *self,
             DraEntityKind  kind)
{
  gboolean any = FALSE;

  for (guint i = 0; self->cast != NULL && i < dra_cast_get_n_entities (self->cast); i++)
    {
      const DraEntity *entity = dra_cast_get_entity (self->cast, i);

      if (entity->kind != kind)
        continue;
      if (!any)
        g_string_append_printf (self->out, "<%s>\n", kinds[kind].list);
      any = TRUE;
      append_entity (self, entity);
    }
  if (any)
    g_string_append_printf (self->out, "</%s>\n", kinds[kind].list);
}

/* The id of whom a note is about. */
static const char *
find_entity (Tei     *self,
             DraNote *note)
{
  const char *name = dra_note_get_entity_name (note);

  for (guint i = 0; self->cast != NULL && i < dra_cast_get_n_entities (self->cast); i++)
    {
      const DraEntity *entity = dra_cast_get_entity (self->cast, i);

      if (g_strcmp0 (entity->name, name) == 0)
        return entity->id;
    }

  return NULL;
}

static void
append_body (GString    *out,
             const char *body)
{
  g_autofree char *clean = dra_plain_clean (body, TRUE);
  g_auto (GStrv) lines = g_strsplit (clean, "\n", -1);
  gboolean open = FALSE;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (*lines[i] == '\0')
        {
          g_string_append (out, open ? "</p>" : "");
          open = FALSE;
          continue;
        }
      g_string_append (out, open ? "<lb/>" : "<p>");
      dra_markup_append_text (out, lines[i], -1);
      open = TRUE;
    }
  g_string_append (out, open ? "</p>" : "");
}

static void
append_note (Tei   *self,
             guint  index)
{
  const DraCopyNote *note = dra_copy_notes_get (&self->notes, index);
  const char *const *tags = dra_note_get_tags (note->note);
  DraNoteTarget target = dra_note_get_target (note->note);
  gboolean placed = dra_range_length (note->range) > 0;
  g_autofree char *passage = dra_copy_note_dup_passage (note, self->article);
  const char *entity;

  g_string_append_printf (self->out, "<note xml:id=\"note-%u\" type=\"%s\" rend=\"%s\"", index + 1,
                          note->number > 0 ? "comment" : "highlight",
                          dra_note_color_to_string (dra_note_get_color (note->note)));
  if (note->number > 0)
    g_string_append_printf (self->out, " n=\"%u\"", note->number);
  if (placed)
    g_string_append_printf (self->out, " target=\"#note-%u-start\" targetEnd=\"#note-%u-end\"",
                            index + 1, index + 1);
  else if (target == DRA_NOTE_TARGET_ARTICLE)
    g_string_append (self->out, " target=\"#text\"");
  else if (target == DRA_NOTE_TARGET_ENTITY && (entity = find_entity (self, note->note)) != NULL)
    g_string_append_printf (self->out, " target=\"#%s\"", entity);
  g_string_append_c (self->out, '>');
  if (passage != NULL)
    append_element (self->out, "quote", passage, "quote");
  append_body (self->out, dra_note_get_body (note->note));
  for (guint i = 0; tags[i] != NULL; i++)
    append_element (self->out, "term type=\"tag\"", tags[i], "term");
  g_string_append (self->out, "</note>\n");
}

static void
append_lists (Tei *self)
{
  gsize length;

  g_string_append (self->out, "<standOff>\n");
  length = self->out->len;
  append_kind (self, DRA_ENTITY_PERSON);
  append_kind (self, DRA_ENTITY_ORGANIZATION);
  append_kind (self, DRA_ENTITY_PLACE);
  if (self->notes.all->len > 0)
    {
      g_string_append (self->out, "<listAnnotation>\n");
      for (guint i = 0; i < self->notes.all->len; i++)
        append_note (self, i);
      g_string_append (self->out, "</listAnnotation>\n");
    }
  /* It may not be empty. */
  if (self->out->len == length)
    g_string_truncate (self->out, length - strlen ("<standOff>\n"));
  else
    g_string_append (self->out, "</standOff>\n");
}

static GBytes *
write_tei (DraArticle    *article,
           DraCast       *cast,
           GPtrArray     *notes,
           GCancellable  *cancellable,
           GError       **error)
{
  const char *language = dra_article_get_metadata (article, DRA_METADATA_LANGUAGE);
  g_autoptr (GString) out = NULL;
  g_autoptr (GString) body = NULL;
  g_autofree DraCopyShape *shapes = NULL;
  Tei self = { .article = article, .cast = cast };
  DraCopyWalk walk;
  guint n_blocks;
  gsize length;
  gboolean ok;

  dra_article_get_text (article, &length);
  dra_article_get_blocks (article, &n_blocks);
  shapes = g_new0 (DraCopyShape, n_blocks + 1);
  body = g_string_sized_new (length + length / 4 + 1024);
  dra_copy_notes_init (&self.notes, article, notes);
  dra_copy_walk_init (&walk, article, cast, &self.notes);
  walk.places = TRUE;
  ok = dra_tei_append_body (body, &walk, shapes, cancellable, error);
  dra_copy_walk_clear (&walk);
  if (ok)
    {
      self.out = out = g_string_sized_new (body->len * 2);
      g_string_append (out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                            "<TEI xmlns=\"" NAMESPACE "\"");
      if (is_language_tag (language))
        dra_markup_append_attribute (out, "xml:lang", language);
      g_string_append (out, ">\n");
      append_header (&self, shapes);
      append_lists (&self);
      g_string_append (out, "<text xml:id=\"text\">\n");
      g_string_append_len (out, body->str, (gssize) body->len);
      g_string_append (out, "</text>\n</TEI>\n");
    }
  dra_copy_notes_clear (&self.notes);

  return ok ? g_string_free_to_bytes (g_steal_pointer (&out)) : NULL;
}

const DraWriter dra_tei_writer = {
  .id = "tei",
  .name = N_("TEI, for scholarly editions"),
  .suffix = ".tei.xml",
  .type = "application/tei+xml",
  .shows = DRA_WRITER_TEXT | DRA_WRITER_NOTES | DRA_WRITER_CAST,
  .returns = DRA_WRITER_TEXT | DRA_WRITER_NOTES | DRA_WRITER_CAST,
  .write = write_tei,
};
