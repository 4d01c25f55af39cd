/* dra-pages-lists.c: what stands behind the article: people, organizations and notes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "writers/dra-pages-private.h"

#include <glib/gi18n-lib.h>

static DraPagesItem *
add_list_item (DraPages      *self,
               DraPagesStyle  style,
               double         indent)
{
  DraPagesItem *item = dra_pages_item_new (style);

  item->indent = indent;
  item->width = self->text_width - indent;
  g_ptr_array_add (self->items, item);

  return item;
}

/* "1, 3–5" */
static char *
join_pages (GArray *pages)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < pages->len; i++)
    {
      guint first = g_array_index (pages, guint, i);
      guint last = first;

      while (i + 1 < pages->len && g_array_index (pages, guint, i + 1) == last + 1)
        last = g_array_index (pages, guint, ++i);
      g_string_append_printf (out, out->len > 0 ? ", %u" : "%u", first);
      if (last > first)
        g_string_append_printf (out, last == first + 1 ? ", %u" : "–%u", last);
    }

  return g_string_free (out, FALSE);
}

static void
add_people (DraPages      *self,
            DraEntityKind  kind,
            const char    *heading)
{
  gboolean any = FALSE;

  for (guint i = 0; i < dra_cast_get_n_entities (self->cast); i++)
    {
      const DraEntity *entity = dra_cast_get_entity (self->cast, i);
      GArray *pages = g_hash_table_lookup (self->entity_pages, GUINT_TO_POINTER (i + 1));
      DraPagesItem *item;

      if (entity->kind != kind)
        continue;
      if (!any)
        dra_pages_item_append (add_list_item (self, DRA_PAGES_SMALL, 0), DRA_PAGES_SPAN_SOFT,
                               heading);
      any = TRUE;
      item = add_list_item (self, DRA_PAGES_LIST, 0);
      dra_pages_item_append (item, DRA_PAGES_SPAN_STRONG, entity->name);
      if (entity->role != NULL)
        {
          dra_pages_item_append (item, DRA_PAGES_SPAN_PLAIN, ", ");
          dra_pages_item_append (item, DRA_PAGES_SPAN_PLAIN, entity->role);
        }
      if (pages != NULL)
        {
          g_autofree char *joined = join_pages (pages);
          g_autofree char *text
            /* Translators: the pages on which somebody is mentioned, such as "page 3" and
             * "pages 1, 3–5"; the number is how many there are. */
            = g_strdup_printf (ngettext ("page %s", "pages %s", pages->len), joined);

          dra_pages_item_append (item, DRA_PAGES_SPAN_SOFT, "  ·  ");
          dra_pages_item_append (item, DRA_PAGES_SPAN_SOFT, text);
        }
    }
}

static void
add_note (DraPages *self,
          guint     number)
{
  const DraCopyNote *note = dra_copy_notes_by_number (&self->notes, number);
  g_autofree char *about = dra_copy_note_dup_about (note);
  g_autofree char *passage = dra_copy_note_dup_passage (note, self->article);
  g_autofree char *tags = g_strjoinv (", ", (char **) dra_note_get_tags (note->note));
  g_autofree char *date = dra_copy_note_dup_date (note, NULL);
  DraPagesItem *item = add_list_item (self, DRA_PAGES_LIST, 22);
  g_autoptr (GString) foot = g_string_new (NULL);

  item->label = g_strdup_printf ("%u", number);
  if (about != NULL)
    dra_pages_item_append (item, DRA_PAGES_SPAN_SOFT, about);
  if (passage != NULL)
    {
      g_autofree char *quoted = g_strdup_printf ("%s“%s”", about != NULL ? "\n" : "", passage);

      dra_pages_item_append (item, DRA_PAGES_SPAN_ITALIC, quoted);
    }
  if (*dra_note_get_body (note->note) != '\0')
    {
      dra_pages_item_append (item, DRA_PAGES_SPAN_PLAIN, "\n");
      dra_pages_item_append_note (item, dra_note_get_body (note->note));
    }
  if (self->note_pages[number - 1] > 0)
    {
      g_autofree char *page = g_strdup_printf ("%u", self->note_pages[number - 1]);

      g_string_append_printf (foot, ngettext ("page %s", "pages %s", 1), page);
    }
  if (*tags != '\0')
    g_string_append_printf (foot, "%s%s", foot->len > 0 ? " · " : "", tags);
  if (date != NULL)
    g_string_append_printf (foot, "%s%s", foot->len > 0 ? " · " : "", date);
  g_string_prepend (foot, "\n");
  dra_pages_item_append (item, DRA_PAGES_SPAN_SOFT, foot->str);
  dra_pages_add_span (item->spans, DRA_PAGES_SPAN_NUMBER, number, 0, 0);
}

/**
 * dra_pages_add_lists:
 * @self: pages with the article on them
 *
 * Makes items of the people and organizations and of the notes, with the pages they are on.
 */
void
dra_pages_add_lists (DraPages *self)
{
  gboolean any = FALSE;

  for (guint i = 0; self->cast != NULL && i < dra_cast_get_n_entities (self->cast); i++)
    any = any || dra_cast_get_entity (self->cast, i)->kind != DRA_ENTITY_PLACE;
  if (self->options.cast && any)
    {
      DraPagesItem *item = add_list_item (self, DRA_PAGES_SECTION, 0);

      dra_pages_item_append (item, DRA_PAGES_SPAN_PLAIN, _("People and Organizations"));
      item->level = 1;
      add_people (self, DRA_ENTITY_PERSON, _("People"));
      add_people (self, DRA_ENTITY_ORGANIZATION, _("Organizations"));
    }
  if (self->options.notes && self->notes.numbered->len > 0)
    {
      DraPagesItem *item = add_list_item (self, DRA_PAGES_SECTION, 0);

      dra_pages_item_append (item, DRA_PAGES_SPAN_PLAIN, _("Notes"));
      item->level = 1;
      for (guint i = 1; i <= self->notes.numbered->len; i++)
        add_note (self, i);
    }
}
