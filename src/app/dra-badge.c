/* dra-badge.c: the initials of a person in a circle, of an organization in a square.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-badge.h"

#define BADGE_SIZE 32 /* pixels */

struct _DraBadge
{
  GtkWidget  parent_instance;

  GtkWidget *label;
};

G_DEFINE_FINAL_TYPE (DraBadge, dra_badge, GTK_TYPE_WIDGET)

static void
dra_badge_dispose (GObject *object)
{
  g_clear_pointer (&DRA_BADGE (object)->label, gtk_widget_unparent);

  G_OBJECT_CLASS (dra_badge_parent_class)->dispose (object);
}

static void
dra_badge_class_init (DraBadgeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dra_badge_dispose;
  gtk_widget_class_set_css_name (widget_class, "badge");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
dra_badge_init (DraBadge *self)
{
  self->label = g_object_new (GTK_TYPE_LABEL, "accessible-role",
                              GTK_ACCESSIBLE_ROLE_PRESENTATION, "single-line-mode", TRUE, NULL);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  gtk_widget_set_size_request (GTK_WIDGET (self), BADGE_SIZE, BADGE_SIZE);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

GtkWidget *
dra_badge_new (void)
{
  return g_object_new (DRA_TYPE_BADGE, NULL);
}

static gboolean
is_upper (const char *name)
{
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isupper (g_utf8_get_char (p)))
      return FALSE;

  return *name != '\0';
}

/**
 * dra_badge_initials:
 * @kind: what it is
 * @name: its name
 *
 * The first letters of the first and the last word of a name, of an organization's first
 * two capitalized words; of a name in one word its first letter.  An organization known by
 * its initials ("CIA") shows them.
 *
 * Returns: (transfer full): one to three letters in upper case, never empty
 */
char *
dra_badge_initials (DraEntityKind kind,
                    const char   *name)
{
  g_auto (GStrv) words = g_strsplit_set (name, " \t-", -1);
  gunichar letters[2] = { 0, 0 };
  guint n = 0;
  GString *initials;

  if (kind != DRA_ENTITY_PERSON && g_utf8_strlen (name, -1) <= 3 && is_upper (name))
    return g_strdup (name);

  initials = g_string_new (NULL);
  for (guint i = 0; words[i] != NULL; i++)
    {
      const char *p = words[i];

      while (*p != '\0' && !g_unichar_isalnum (g_utf8_get_char (p)))
        p = g_utf8_next_char (p);
      if (*p == '\0')
        continue;
      if (kind != DRA_ENTITY_PERSON &&
          (n >= 2 || (n == 1 && !g_unichar_isupper (g_utf8_get_char (p)))))
        continue;
      /* "Leonardo da Vinci" is LV: only the last word counts as the second. */
      letters[MIN (n, 1)] = g_utf8_get_char (p);
      n++;
    }

  for (guint i = 0; i < G_N_ELEMENTS (letters); i++)
    if (letters[i] != 0)
      g_string_append_unichar (initials, g_unichar_toupper (letters[i]));
  if (initials->len == 0)
    g_string_append_c (initials, '?');

  return g_string_free (initials, FALSE);
}

/**
 * dra_badge_set_entity:
 * @self: the badge
 * @kind: person or organization
 * @name: its name
 *
 * Shows the initials of @name in the shape of @kind.
 */
void
dra_badge_set_entity (DraBadge     *self,
                      DraEntityKind kind,
                      const char   *name)
{
  g_autofree char *initials = NULL;

  g_return_if_fail (DRA_IS_BADGE (self));
  g_return_if_fail (name != NULL);

  initials = dra_badge_initials (kind, name);
  gtk_label_set_label (GTK_LABEL (self->label), initials);
  gtk_widget_remove_css_class (GTK_WIDGET (self), "person");
  gtk_widget_remove_css_class (GTK_WIDGET (self), "organization");
  gtk_widget_remove_css_class (GTK_WIDGET (self), "place");
  gtk_widget_add_css_class (GTK_WIDGET (self),
                            dra_entity_kind_to_string (kind));
}
