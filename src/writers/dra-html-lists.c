/* dra-html-lists.c: the cast and the notes below the article.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "writers/dra-html-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
append_section_start (DraHtmlPage *page,
                      const char  *id,
                      const char  *class_name,
                      const char  *heading)
{
  g_string_append_printf (page->out, "<section id=\"%s\" aria-labelledby=\"%s-heading\"",
                          id, id);
  if (class_name != NULL)
    dra_markup_append_attribute (page->out, "class", class_name);
  dra_html_append_ui_language (page, page->out);
  g_string_append_printf (page->out, ">\n<h2 id=\"%s-heading\">", id);
  dra_markup_append_text (page->out, heading, -1);
  g_string_append (page->out, "</h2>\n");
}

/* Notes about a person or organization, as numbers that lead to them. */
static void
append_entity_notes (DraHtmlPage     *page,
                     const DraEntity *entity)
{
  GArray *indices = g_hash_table_lookup (page->entity_notes, entity->name);

  for (guint i = 0; indices != NULL && i < indices->len; i++)
    {
      DraCopyNote *note = &g_array_index (page->notes.all, DraCopyNote,
                                          g_array_index (indices, guint, i));

      g_string_append_printf (page->out, "<sup class=\"ref\"");
      if (!note->referenced)
        g_string_append_printf (page->out, " id=\"ref-%u\"", note->number);
      g_string_append_printf (page->out, "><a href=\"#note-%u\">%u</a></sup>",
                              note->number, note->number);
      note->referenced = TRUE;
    }
}

/* The numbered notes about each name, by name. */
static void
collect_entity_notes (DraHtmlPage *page)
{
  for (guint i = page->notes.n_placed; i < page->notes.all->len; i++)
    {
      const DraCopyNote *note = &g_array_index (page->notes.all, DraCopyNote, i);
      const char *name = dra_note_get_entity_name (note->note);
      GArray *indices;

      if (note->number == 0 || name == NULL
          || dra_note_get_target (note->note) != DRA_NOTE_TARGET_ENTITY)
        continue;
      indices = g_hash_table_lookup (page->entity_notes, name);
      if (indices == NULL)
        {
          indices = g_array_new (FALSE, FALSE, sizeof (guint));
          g_hash_table_insert (page->entity_notes, (gpointer) name, indices);
        }
      g_array_append_val (indices, i);
    }
}

static void
append_entity (DraHtmlPage     *page,
               const DraEntity *entity,
               gboolean         any_roles)
{
  GString *out = page->out;
  gboolean other_forms = FALSE;

  g_string_append (out, "<tr");
  dra_markup_append_attribute (out, "id", entity->id);
  g_string_append (out, "><th scope=\"row\"><span");
  dra_markup_append_attribute (out, "class", dra_entity_kind_to_string (entity->kind));
  g_string_append (out, "><bdi>");
  dra_markup_append_text (out, entity->name, -1);
  g_string_append (out, "</bdi></span>");
  append_entity_notes (page, entity);

  for (guint i = 0; entity->forms[i] != NULL; i++)
    {
      if (strcmp (entity->forms[i], entity->name) == 0)
        continue;
      g_string_append (out, other_forms ? ", <bdi>" : " <small class=\"forms\"><bdi>");
      dra_markup_append_text (out, entity->forms[i], -1);
      g_string_append (out, "</bdi>");
      other_forms = TRUE;
    }
  g_string_append (out, other_forms ? "</small></th>" : "</th>");

  if (any_roles)
    {
      g_string_append (out, "<td class=\"role\"><bdi>");
      if (entity->role != NULL)
        dra_markup_append_text (out, entity->role, -1);
      g_string_append (out, "</bdi></td>");
    }

  g_string_append_printf (out, "<td class=\"count\">%u</td><td class=\"where\">",
                          entity->n_mentions);
  for (guint i = 0; i < entity->n_mentions; i++)
    {
      g_autofree char *label = g_strdup_printf (_("Mention %u"), i + 1);

      g_string_append (out, i > 0 ? " <a" : "<a");
      dra_markup_append_attribute (out, "aria-label", label);
      g_string_append_printf (out, " href=\"#%s-%u\">%u</a>", entity->id, i + 1, i + 1);
    }
  g_string_append (out, "</td></tr>\n");
}

static void
append_kind (DraHtmlPage   *page,
             DraEntityKind  kind,
             const char    *heading,
             gboolean       any_roles)
{
  guint n_entities = dra_cast_get_n_entities (page->cast);
  gboolean begun = FALSE;

  for (guint i = 0; i < n_entities; i++)
    {
      const DraEntity *entity = dra_cast_get_entity (page->cast, i);

      if (entity->kind != kind)
        continue;
      if (!begun)
        {
          g_string_append_printf (page->out,
                                  "<tbody>\n<tr class=\"kind\"><th colspan=\"%d\" "
                                  "scope=\"rowgroup\">", any_roles ? 4 : 3);
          dra_markup_append_text (page->out, heading, -1);
          g_string_append (page->out, "</th></tr>\n");
          begun = TRUE;
        }
      append_entity (page, entity, any_roles);
    }
  if (begun)
    g_string_append (page->out, "</tbody>\n");
}

static void
append_column (GString    *out,
               const char *heading,
               const char *class_name)
{
  g_string_append (out, "<th scope=\"col\"");
  if (class_name != NULL)
    dra_markup_append_attribute (out, "class", class_name);
  g_string_append_c (out, '>');
  dra_markup_append_text (out, heading, -1);
  g_string_append (out, "</th>");
}

/**
 * dra_html_append_cast:
 * @page: the page
 *
 * Appends the people and organizations as a table, each with links to its mentions;
 * nothing when there are none.  Places are not listed.
 */
void
dra_html_append_cast (DraHtmlPage *page)
{
  guint n_entities = page->cast != NULL ? dra_cast_get_n_entities (page->cast) : 0;
  gboolean any = FALSE, any_roles = FALSE;

  for (guint i = 0; i < n_entities; i++)
    {
      const DraEntity *entity = dra_cast_get_entity (page->cast, i);

      if (entity->kind == DRA_ENTITY_PLACE)
        continue;
      any = TRUE;
      any_roles = any_roles || entity->role != NULL;
    }
  if (!any)
    return;

  collect_entity_notes (page);
  append_section_start (page, "cast", NULL, _("People and Organizations"));
  g_string_append (page->out, "<table>\n<thead><tr>");
  append_column (page->out, _("Name"), NULL);
  if (any_roles)
    append_column (page->out, _("Role"), NULL);
  append_column (page->out, _("Mentions"), "count");
  append_column (page->out, _("Where"), NULL);
  g_string_append (page->out, "</tr></thead>\n");
  append_kind (page, DRA_ENTITY_PERSON, _("People"), any_roles);
  append_kind (page, DRA_ENTITY_ORGANIZATION, _("Organizations"), any_roles);
  g_string_append (page->out, "</table>\n</section>\n");
}

/**
 * dra_html_note_class:
 * @note: a note
 *
 * Returns: class attribute of its highlight: the colour, and whether it says something
 */
const char *
dra_html_note_class (const DraCopyNote *note)
{
  static const char *const plain[DRA_N_NOTE_COLORS] = {
    "yellow", "green", "blue", "purple", "pink", "orange",
  };
  static const char *const noted[DRA_N_NOTE_COLORS] = {
    "yellow noted", "green noted", "blue noted", "purple noted", "pink noted",
    "orange noted",
  };
  DraNoteColor color = dra_note_get_color (note->note);

  if (color >= DRA_N_NOTE_COLORS)
    color = DRA_NOTE_YELLOW;

  return note->number != 0 ? noted[color] : plain[color];
}

static void
append_quote (DraHtmlPage       *page,
              const DraCopyNote *note)
{
  g_autofree char *passage = dra_copy_note_dup_passage (note, page->article);

  if (passage == NULL)
    return;
  g_string_append (page->out, "<blockquote class=\"passage\" dir=\"auto\"");
  if (page->language != NULL)
    dra_markup_append_attribute (page->out, "lang", page->language);
  g_string_append_c (page->out, '>');
  dra_markup_append_text (page->out, passage, -1);
  g_string_append (page->out, "</blockquote>");
}

static void
append_about (DraHtmlPage       *page,
              const DraCopyNote *note)
{
  g_autofree char *about = dra_copy_note_dup_about (note);

  if (about == NULL)
    return;
  g_string_append (page->out, "<p class=\"about\">");
  dra_markup_append_text (page->out, about, -1);
  g_string_append (page->out, "</p>");
}

static void
append_date (DraHtmlPage       *page,
             const DraCopyNote *note)
{
  g_autofree char *iso = NULL;
  g_autofree char *formatted = dra_copy_note_dup_date (note, &iso);

  if (formatted == NULL)
    return;
  g_string_append (page->out, "<time class=\"date\"");
  dra_markup_append_attribute (page->out, "datetime", iso);
  g_string_append_c (page->out, '>');
  dra_markup_append_text (page->out, formatted, -1);
  g_string_append (page->out, "</time>");
}

static void
append_note (DraHtmlPage       *page,
             const DraCopyNote *note)
{
  GString *out = page->out;
  gboolean placed = dra_range_length (note->range) > 0;

  g_string_append_printf (out, "<li id=\"note-%u\" value=\"%u\" class=\"%s%s\">",
                          note->number, note->number, dra_html_note_class (note),
                          placed ? " placed" : "");
  append_about (page, note);
  append_quote (page, note);
  g_string_append (out, "<div dir=\"auto\">");
  dra_html_append_note_body (out, note, "p");
  g_string_append (out, "</div><p class=\"foot\">");
  append_date (page, note);
  if (placed || note->referenced)
    {
      g_string_append_printf (out, " <a href=\"#ref-%u\"", note->number);
      dra_markup_append_attribute (out, "aria-label", _("Back to the passage"));
      g_string_append (out, ">↩</a>");
    }
  g_string_append (out, "</p></li>\n");
}

/**
 * dra_html_append_notes:
 * @page: the page
 *
 * Appends the numbered notes as a list; nothing when there are none.  On a wide screen
 * the style shows those that have a place in the text in the margin instead.
 */
void
dra_html_append_notes (DraHtmlPage *page)
{
  gboolean all_placed;

  if (page->notes.numbered->len == 0)
    return;

  all_placed = g_array_index (page->notes.numbered, guint, page->notes.numbered->len - 1) < page->notes.n_placed;

  append_section_start (page, "notes", all_placed ? "all-placed" : NULL, _("Notes"));
  g_string_append (page->out, "<ol>\n");
  for (guint i = 0; i < page->notes.numbered->len; i++)
    append_note (page, &g_array_index (page->notes.all, DraCopyNote,
                                       g_array_index (page->notes.numbered, guint, i)));
  g_string_append (page->out, "</ol>\n</section>\n");
}
