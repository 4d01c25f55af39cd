/* dra-html-lists.c: the cast and the notes below the article.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "writers/dra-html-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Code points of a passage that a note in the list shows: enough to recognize it. */
#define MAX_QUOTE 180

static void
append_section_start (DraHtmlPage *page,
                      const char  *id,
                      const char  *class_name,
                      const char  *heading)
{
  g_string_append_printf (page->out, "<section id=\"%s\" aria-labelledby=\"%s-heading\"",
                          id, id);
  if (class_name != NULL)
    dra_html_append_attribute (page->out, "class", class_name);
  dra_html_append_ui_language (page, page->out);
  g_string_append_printf (page->out, ">\n<h2 id=\"%s-heading\">", id);
  dra_html_append_text (page->out, heading, -1);
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
      DraHtmlNote *note = &g_array_index (page->notes, DraHtmlNote,
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
  for (guint i = page->n_placed; i < page->notes->len; i++)
    {
      const DraHtmlNote *note = &g_array_index (page->notes, DraHtmlNote, i);
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
  dra_html_append_attribute (out, "id", entity->id);
  g_string_append (out, "><th scope=\"row\"><span");
  dra_html_append_attribute (out, "class", dra_entity_kind_to_string (entity->kind));
  g_string_append (out, "><bdi>");
  dra_html_append_text (out, entity->name, -1);
  g_string_append (out, "</bdi></span>");
  append_entity_notes (page, entity);

  for (guint i = 0; entity->forms[i] != NULL; i++)
    {
      if (strcmp (entity->forms[i], entity->name) == 0)
        continue;
      g_string_append (out, other_forms ? ", <bdi>" : " <small class=\"forms\"><bdi>");
      dra_html_append_text (out, entity->forms[i], -1);
      g_string_append (out, "</bdi>");
      other_forms = TRUE;
    }
  g_string_append (out, other_forms ? "</small></th>" : "</th>");

  if (any_roles)
    {
      g_string_append (out, "<td class=\"role\"><bdi>");
      if (entity->role != NULL)
        dra_html_append_text (out, entity->role, -1);
      g_string_append (out, "</bdi></td>");
    }

  g_string_append_printf (out, "<td class=\"count\">%u</td><td class=\"where\">",
                          entity->n_mentions);
  for (guint i = 0; i < entity->n_mentions; i++)
    {
      g_autofree char *label = g_strdup_printf (_("Mention %u"), i + 1);

      g_string_append (out, i > 0 ? " <a" : "<a");
      dra_html_append_attribute (out, "aria-label", label);
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
          dra_html_append_text (page->out, heading, -1);
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
    dra_html_append_attribute (out, "class", class_name);
  g_string_append_c (out, '>');
  dra_html_append_text (out, heading, -1);
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
dra_html_note_class (const DraHtmlNote *note)
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

/**
 * dra_html_append_note_body:
 * @out: where to
 * @note: a note
 * @element: "p", or "span" where only inline elements are allowed
 *
 * Appends what the note says and its tags.
 */
void
dra_html_append_note_body (GString           *out,
                           const DraHtmlNote *note,
                           const char        *element)
{
  const char *const *tags = dra_note_get_tags (note->note);

  dra_html_append_lines (out, dra_note_get_body (note->note), element, "class=\"body\"");
  if (tags[0] == NULL)
    return;
  g_string_append_printf (out, "<%s class=\"tags\">", element);
  for (guint i = 0; tags[i] != NULL; i++)
    {
      g_string_append (out, i > 0 ? " <bdi>" : "<bdi>");
      dra_html_append_text (out, tags[i], -1);
      g_string_append (out, "</bdi>");
    }
  g_string_append_printf (out, "</%s>", element);
}

/* The passage, short, from the text where it has a place there, else as it was quoted. */
static void
append_quote (DraHtmlPage       *page,
              const DraHtmlNote *note)
{
  const DraQuote *quote = dra_note_get_quote (note->note);
  const char *start;
  gsize length;
  g_autofree char *line = NULL;
  const char *cut;

  if (dra_range_length (note->range) > 0)
    {
      start = page->text + note->range.start;
      length = dra_range_length (note->range);
    }
  else if (quote != NULL && quote->exact != NULL)
    {
      start = quote->exact;
      length = strlen (start);
    }
  else
    return;

  if (length > MAX_QUOTE * 6)
    length = g_utf8_find_prev_char (start, start + MAX_QUOTE * 6 + 1) - start;
  line = g_strndup (start, length);
  for (char *p = line; *p != '\0'; p++)
    if (*p == '\n' || *p == '\t')
      *p = ' ';

  g_string_append (page->out, "<blockquote class=\"passage\" dir=\"auto\"");
  if (page->language != NULL)
    dra_html_append_attribute (page->out, "lang", page->language);
  g_string_append_c (page->out, '>');
  if (g_utf8_strlen (line, -1) > MAX_QUOTE)
    {
      cut = g_utf8_offset_to_pointer (line, MAX_QUOTE);
      for (const char *space = cut; space > line + (cut - line) / 2; space--)
        if (*space == ' ')
          {
            cut = space;
            break;
          }
      dra_html_append_text (page->out, line, cut - line);
      g_string_append (page->out, " …");
    }
  else
    dra_html_append_text (page->out, line, -1);
  g_string_append (page->out, "</blockquote>");
}

static void
append_about (DraHtmlPage       *page,
              const DraHtmlNote *note)
{
  g_autofree char *about = NULL;

  switch (dra_note_get_target (note->note))
    {
    case DRA_NOTE_TARGET_ARTICLE:
      about = g_strdup (_("About the whole article"));
      break;

    case DRA_NOTE_TARGET_ENTITY:
      /* Translators: %s is the name of a person or organization. */
      about = g_strdup_printf (_("About %s"), dra_note_get_entity_name (note->note));
      break;

    case DRA_NOTE_TARGET_PASSAGE:
    default:
      if (note->lost)
        about = g_strdup (_("This passage is no longer in the text"));
      else if (dra_range_length (note->range) == 0)
        about = g_strdup (_("Where this belongs in the text is uncertain"));
      else
        return;
    }

  g_string_append (page->out, "<p class=\"about\">");
  dra_html_append_text (page->out, about, -1);
  g_string_append (page->out, "</p>");
}

static void
append_date (DraHtmlPage       *page,
             const DraHtmlNote *note)
{
  g_autoptr (GDateTime) date
    = g_date_time_new_from_unix_utc (dra_note_get_modified (note->note) / G_USEC_PER_SEC);
  g_autofree char *iso = NULL;
  g_autofree char *formatted = NULL;

  if (date == NULL)
    return;
  iso = g_date_time_format (date, "%Y-%m-%dT%H:%M:%SZ");
  if (dra_html_format_date (iso, &formatted) == NULL)
    return;

  g_string_append (page->out, "<time class=\"date\"");
  dra_html_append_attribute (page->out, "datetime", iso);
  g_string_append_c (page->out, '>');
  dra_html_append_text (page->out, formatted, -1);
  g_string_append (page->out, "</time>");
}

static void
append_note (DraHtmlPage       *page,
             const DraHtmlNote *note)
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
      dra_html_append_attribute (out, "aria-label", _("Back to the passage"));
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

  if (page->numbered->len == 0)
    return;

  all_placed = g_array_index (page->numbered, guint, page->numbered->len - 1) < page->n_placed;

  append_section_start (page, "notes", all_placed ? "all-placed" : NULL, _("Notes"));
  g_string_append (page->out, "<ol>\n");
  for (guint i = 0; i < page->numbered->len; i++)
    append_note (page, &g_array_index (page->notes, DraHtmlNote,
                                       g_array_index (page->numbered, guint, i)));
  g_string_append (page->out, "</ol>\n</section>\n");
}
