/* dra-peek.c: collects what an article says of someone, and sets it on a card.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-peek.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/dra-badge.h"
#include "app/dra-snippet.h"
#include "notes/dra-note-markup.h"
#include "notes/dra-fold.h"
#include "notes/dra-note.h"
#include "recognizer/dra-together.h"

#define BEFORE 90  /* bytes of the sentence that introduced them */
#define AFTER 150
#define MAX_FORMS 5
#define MAX_WITH 4
#define MAX_NOTES 3
#define MAX_NOTE 120 /* bytes that are shown of a note */
#define WIDTH 320    /* pixels */

static char *
join_forms (const DraEntity *entity)
{
  GString *forms = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; entity->forms[i] != NULL && n < MAX_FORMS; i++)
    {
      if (g_str_equal (entity->forms[i], entity->name))
        continue;
      /* Translators: a name in quotation marks */
      g_string_append (forms, n > 0 ? ", " : "");
      g_string_append_printf (forms, _("“%s”"), entity->forms[i]);
      n++;
    }
  return g_string_free (forms, n == 0);
}

static char *
join_companions (DraArticle *article,
                 DraCast    *cast,
                 guint       entity)
{
  g_autoptr (GArray) companions = dra_together_rank (article, cast, &entity, 1);
  GString *with = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < companions->len && n < MAX_WITH; i++)
    {
      const DraEntity *other
        = dra_cast_get_entity (cast, g_array_index (companions, DraCompanion, i).entity);

      if (other->kind == DRA_ENTITY_PLACE)
        continue;
      g_string_append (with, n > 0 ? ", " : "");
      g_string_append (with, other->name);
      n++;
    }
  return g_string_free (with, n == 0);
}

/* Whether a passage names the entity: its mentions are in text order. */
static gboolean
names (DraCast         *cast,
       const DraEntity *entity,
       DraRange         passage)
{
  guint n_mentions;
  const DraMention *mentions = dra_cast_get_mentions (cast, &n_mentions);
  guint low = 0, high = entity->n_mentions;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (mentions[entity->mentions[middle]].range.end <= passage.start)
        low = middle + 1;
      else
        high = middle;
    }
  return low < entity->n_mentions
         && mentions[entity->mentions[low]].range.start < passage.end;
}

/* Whether a note is about them: by their name, or another they have in this article. */
static gboolean
is_about (DraNote         *note,
          const DraEntity *entity)
{
  const char *name = dra_note_get_entity_name (note);
  g_autofree char *folded = NULL;
  g_autofree char *own = dra_fold_string (entity->name);

  if (dra_note_get_target (note) != DRA_NOTE_TARGET_ENTITY || name == NULL)
    return FALSE;
  folded = dra_fold_string (name);
  if (g_str_equal (folded, own))
    return TRUE;
  for (guint i = 0; entity->forms[i] != NULL; i++)
    {
      g_autofree char *form = dra_fold_string (entity->forms[i]);

      if (g_str_equal (folded, form))
        return TRUE;
    }
  return FALSE;
}

static char *
join_notes (DraCast         *cast,
            const DraEntity *entity,
            GPtrArray       *notes)
{
  GString *joined = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; notes != NULL && i < notes->len && n < MAX_NOTES; i++)
    {
      DraNote *note = g_ptr_array_index (notes, i);
      g_autofree char *body = dra_note_markup_to_plain (dra_note_get_body (note));
      g_autofree char *line = NULL;
      DraRange range;

      if (*body == '\0'
          || (!is_about (note, entity)
              && (dra_note_get_target (note) != DRA_NOTE_TARGET_PASSAGE
                  || dra_note_get_anchor (note, &range, NULL) == DRA_ANCHOR_LOST
                  || !names (cast, entity, range))))
        continue;
      line = g_strndup (body, strcspn (body, "\n"));
      if (strlen (line) > MAX_NOTE)
        {
          char *end = g_utf8_find_prev_char (line, line + MAX_NOTE);

          if (end != NULL)
            *end = '\0';
        }
      g_string_append (joined, n > 0 ? "\n" : "");
      g_string_append (joined, line);
      n++;
    }
  return g_string_free (joined, n == 0);
}

/**
 * dra_peek_new:
 * @article: the article
 * @cast: its cast
 * @notes: (nullable) (element-type DraNote): the reader's notes
 * @entity: index in the cast
 *
 * Collects what there is about someone.
 *
 * Returns: (transfer full): free with dra_peek_free()
 */
DraPeek *
dra_peek_new (DraArticle *article,
              DraCast    *cast,
              GPtrArray  *notes,
              guint       entity)
{
  const DraEntity *chosen;
  const DraMention *mentions;
  guint n_mentions;
  DraPeek *self;

  g_return_val_if_fail (DRA_IS_ARTICLE (article) && DRA_IS_CAST (cast), NULL);

  self = g_new0 (DraPeek, 1);
  chosen = dra_cast_get_entity (cast, entity);
  mentions = dra_cast_get_mentions (cast, &n_mentions);
  self->kind = chosen->kind;
  self->name = g_strdup (chosen->name);
  self->role = g_strdup (chosen->role);
  self->introduced = dra_snippet_dup_markup (article, mentions[chosen->mentions[0]].range,
                                             BEFORE, AFTER);
  self->forms = join_forms (chosen);
  self->count = g_strdup_printf (ngettext ("%u mention", "%u mentions", chosen->n_mentions),
                                 chosen->n_mentions);
  self->with = join_companions (article, cast, entity);
  self->notes = join_notes (cast, chosen, notes);
  return self;
}

/**
 * dra_peek_free:
 * @self: (transfer full): what dra_peek_new() gave
 */
void
dra_peek_free (DraPeek *self)
{
  g_free (self->name);
  g_free (self->role);
  g_free (self->introduced);
  g_free (self->forms);
  g_free (self->count);
  g_free (self->with);
  g_free (self->notes);
  g_free (self);
}

static GtkWidget *
add_label (GtkWidget  *box,
           const char *text,
           gboolean    markup,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  if (markup)
    gtk_label_set_markup (GTK_LABEL (label), text);
  else
    gtk_label_set_label (GTK_LABEL (label), text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  /* As wide as the card, which has one width: its height follows from that. */
  gtk_label_set_max_width_chars (GTK_LABEL (label), 10);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

/**
 * dra_peek_set_passage:
 * @label: a label that has words of the article
 *
 * Sets them in letters like the article's.  Not by CSS: GTK 4.8 takes the size of a popover
 * before its style is there.
 */
void
dra_peek_set_passage (GtkLabel *label)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes,
                          pango_attr_family_new ("EB Garamond 12, EB Garamond, serif"));
  pango_attr_list_insert (attributes, pango_attr_scale_new (1.15));
  gtk_label_set_attributes (label, attributes);
}

/**
 * dra_peek_create_card:
 * @self: what there is about someone
 *
 * Returns: (transfer floating): a card that says it
 */
GtkWidget *
dra_peek_create_card (DraPeek *self)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *names = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *badge = g_object_new (DRA_TYPE_BADGE, NULL);
  g_autofree char *last = NULL;

  gtk_widget_add_css_class (card, "peek-card");
  gtk_widget_set_size_request (card, WIDTH, -1);
  dra_badge_set_entity (DRA_BADGE (badge), self->kind, self->name);
  gtk_widget_set_valign (badge, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (head), badge);
  add_label (names, self->name, FALSE, "heading");
  if (self->role != NULL)
    add_label (names, self->role, FALSE, "dim-label");
  gtk_widget_set_valign (names, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (names, TRUE);
  gtk_box_append (GTK_BOX (head), names);
  gtk_box_append (GTK_BOX (card), head);

  dra_peek_set_passage (
    GTK_LABEL (add_label (card, self->introduced, TRUE, NULL)));
  if (self->forms != NULL)
    {
      /* Translators: other names that an article uses for someone */
      g_autofree char *forms = g_strdup_printf (_("Also %s"), self->forms);

      add_label (card, forms, FALSE, NULL);
    }
  if (self->with != NULL)
    /* Translators: first how often someone is named, then who is named beside them */
    last = g_strdup_printf (_("%s · beside %s"), self->count, self->with);
  else
    last = g_strdup (self->count);
  add_label (card, last, FALSE, "dim-label");
  if (self->notes != NULL)
    {
      add_label (card, _("Your notes"), FALSE, "caption-heading");
      add_label (card, self->notes, FALSE, NULL);
    }
  return card;
}
