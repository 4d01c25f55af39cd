/* dra-note-card.c: the card of a note.
 *
 * What is typed goes to the note after a pause and when the keyboard leaves the card, so
 * that nothing hangs on a button.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-note-card.h"

#include <glib/gi18n.h>

#include "app/dra-note-body.h"
#include "app/dra-note-colors.h"
#include "app/dra-tag-completion.h"
#include "notes/dra-note-markup.h"

#define SAVE_PAUSE 700   /* milliseconds without a key before what was typed is kept */
#define QUOTE_LENGTH 160 /* characters of the passage shown when its place is not certain */

struct _DraNoteCard
{
  GtkWidget parent_instance;

  DraNote  *note;
  gboolean  expanded;
  gboolean  editing;
  gboolean  link_clicked; /* the click that follows was meant for a link */
  gboolean  updating; /* the widgets follow the note, not the other way round */
  guint     save_id;

  GtkWidget     *content;
  GtkLabel      *reason;
  GtkLabel      *quote;
  GtkLabel      *body;
  GtkWidget     *editor;
  GtkTextView   *text;
  GtkTextBuffer *buffer;
  GtkWidget     *placeholder;
  GtkLabel      *tags;
  GtkWidget     *form;
  GtkWidget     *place_buttons;
  GtkButton     *confirm_button;
  GtkButton     *attach_button;
  GtkButton     *copy_button;
  GtkEntry      *tag_entry;
  GtkBox        *swatches;
  GtkWidget     *delete_button;
  GtkWidget     *colors[DRA_N_NOTE_COLORS];
};

enum
{
  PROP_0,
  PROP_NOTE,
  PROP_EXPANDED,
  PROP_EDITING,
  N_PROPS
};

enum
{
  EDITED,
  DELETED,
  FINISHED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DraNoteCard, dra_note_card, GTK_TYPE_WIDGET)

/* --- from the note ---------------------------------------------------------------- */

static char *
format_time (gint64 microseconds)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (microseconds / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;

  /* Translators: a day and a time of day, see g_date_time_format() */
  return local != NULL ? g_date_time_format (local, _("%-e %B %Y, %H:%M")) : g_strdup ("?");
}

static void
update_tooltip (DraNoteCard *self)
{
  gint64 created = dra_note_get_created (self->note);
  gint64 modified = dra_note_get_modified (self->note);
  g_autofree char *made = format_time (created);
  g_autofree char *changed = format_time (modified);
  g_autofree char *tooltip = NULL;

  if (modified / G_USEC_PER_SEC / 60 > created / G_USEC_PER_SEC / 60)
    tooltip = g_strdup_printf (_("Written %s\nChanged %s"), made, changed);
  else
    tooltip = g_strdup_printf (_("Written %s"), made);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->body), tooltip);
}

static void
update_anchor (DraNoteCard *self)
{
  const char *reason;
  DraRange range;
  DraAnchorState state = dra_note_get_anchor (self->note, &range, &reason);
  const DraQuote *quote = dra_note_get_quote (self->note);
  gboolean uncertain = dra_note_get_target (self->note) == DRA_NOTE_TARGET_PASSAGE
                       && (state == DRA_ANCHOR_UNSURE || state == DRA_ANCHOR_LOST);
  g_autofree char *excerpt = NULL;
  gboolean moved = dra_note_get_target (self->note) == DRA_NOTE_TARGET_PASSAGE
                   && state == DRA_ANCHOR_MOVED;

  if (uncertain && reason == NULL)
    reason = state == DRA_ANCHOR_LOST ? _("The passage is no longer in the text.")
                                      : _("This may not be the right passage.");
  gtk_label_set_label (self->reason, (uncertain || moved) && reason != NULL ? reason : "");
  gtk_widget_set_visible (GTK_WIDGET (self->reason), (uncertain || moved) && reason != NULL);
  if (moved)
    gtk_widget_add_css_class (GTK_WIDGET (self->reason), "moved");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->reason), "moved");
  gtk_widget_set_visible (self->place_buttons, uncertain);
  gtk_widget_set_visible (GTK_WIDGET (self->confirm_button), state == DRA_ANCHOR_UNSURE);
  if (uncertain && quote != NULL)
    {
      glong length = g_utf8_strlen (quote->exact, -1);
      g_autofree char *start = g_utf8_substring (quote->exact, 0, MIN (length, QUOTE_LENGTH));

      excerpt = g_strdup_printf (length > QUOTE_LENGTH ? "“%s…”" : "“%s”", start);
    }
  gtk_label_set_label (self->quote, excerpt != NULL ? excerpt : "");
  gtk_widget_set_visible (GTK_WIDGET (self->quote), excerpt != NULL);
}

static void
update_shown (DraNoteCard *self)
{
  gboolean form = self->editing || self->expanded;
  gboolean has_body = *dra_note_get_body (self->note) != '\0';
  gboolean has_tags = *gtk_label_get_label (self->tags) != '\0';

  gtk_widget_set_visible (GTK_WIDGET (self->body), !form && has_body);
  gtk_widget_set_visible (GTK_WIDGET (self->tags), !form && has_tags);
  gtk_widget_set_visible (self->editor, form);
  gtk_widget_set_visible (self->form, form);
  /* It brings a list and a popover, which hundreds of cards at rest can do without. */
  if (form && gtk_entry_get_completion (self->tag_entry) == NULL)
    dra_tag_completion_attach (self->tag_entry);
  if (form)
    gtk_widget_add_css_class (GTK_WIDGET (self), "editing");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "editing");
}

static char *
get_typed (DraNoteCard *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  return gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE);
}

static void
update_from_note (DraNoteCard *self)
{
  const char *body = dra_note_get_body (self->note);
  const char *const *tags = dra_note_get_tags (self->note);
  const char *meaning = dra_note_colors_get_meaning (dra_note_get_color (self->note));
  g_autofree char *typed = get_typed (self);
  g_autofree char *formatted = dra_note_body_to_markup (body);
  g_autofree char *plain = dra_note_markup_to_plain (body);
  g_autofree char *shown = NULL;
  g_autofree char *listed = g_strjoinv (", ", (char **) tags);
  g_auto (GStrv) hashes = g_strdupv ((char **) tags);

  self->updating = TRUE;
  gtk_label_set_markup (self->body, formatted);
  for (guint i = 0; hashes[i] != NULL; i++)
    {
      g_autofree char *tag = g_steal_pointer (&hashes[i]);

      hashes[i] = g_strconcat ("#", tag, NULL);
    }
  shown = g_strjoinv ("  ", hashes);
  if (meaning != NULL)
    {
      g_autofree char *only_tags = g_steal_pointer (&shown);

      shown = g_strconcat (meaning, *only_tags != '\0' ? "  " : "", only_tags, NULL);
    }
  gtk_label_set_label (self->tags, shown);
  /* What is being typed is newer than the note. */
  if (self->save_id == 0 && strcmp (typed, body) != 0)
    gtk_text_buffer_set_text (self->buffer, body, -1);
  if (self->save_id == 0
      && strcmp (gtk_editable_get_text (GTK_EDITABLE (self->tag_entry)), listed) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->tag_entry), listed);
  gtk_toggle_button_set_active (
    GTK_TOGGLE_BUTTON (self->colors[dra_note_get_color (self->note)]), TRUE);
  self->updating = FALSE;

  dra_note_colors_set_class (GTK_WIDGET (self), dra_note_get_color (self->note));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  *body != '\0' ? plain : _("Highlight"), -1);
  update_anchor (self);
  update_tooltip (self);
  update_shown (self);
}

static void
note_changed_cb (DraNoteCard *self)
{
  if (!self->updating)
    update_from_note (self);
}

/* --- to the note ------------------------------------------------------------------ */

static gboolean
take_tags (DraNoteCard *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->tag_entry));
  g_auto (GStrv) parts = g_strsplit (typed, ",", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) tags = NULL;

  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *tag = g_strstrip (parts[i]);

      if (*tag == '#')
        tag++;
      if (*tag != '\0')
        g_strv_builder_add (builder, tag);
    }
  tags = g_strv_builder_end (builder);
  if (g_strv_equal ((const char *const *) tags, dra_note_get_tags (self->note)))
    return FALSE;
  dra_note_set_tags (self->note, (const char *const *) tags);
  dra_tag_completion_learn ((const char *const *) tags);
  return TRUE;
}

/**
 * dra_note_card_commit:
 *
 * Gives the note what was typed so far and emits #DraNoteCard::edited if that changed it.
 */
void
dra_note_card_commit (DraNoteCard *self)
{
  g_autofree char *typed = NULL;
  gboolean changed;

  g_return_if_fail (DRA_IS_NOTE_CARD (self));

  g_clear_handle_id (&self->save_id, g_source_remove);
  if (!self->editing && !self->expanded)
    return;
  typed = get_typed (self);
  self->updating = TRUE;
  changed = strcmp (typed, dra_note_get_body (self->note)) != 0;
  if (changed)
    dra_note_set_body (self->note, typed);
  changed = take_tags (self) || changed;
  self->updating = FALSE;
  if (changed)
    {
      dra_note_set_modified (self->note, g_get_real_time ());
      g_signal_emit (self, signals[EDITED], 0);
    }
}

static gboolean
save_pause_cb (gpointer data)
{
  DraNoteCard *self = data;

  self->save_id = 0;
  dra_note_card_commit (self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (DraNoteCard *self)
{
  if (self->note == NULL)
    return;
  gtk_widget_set_visible (self->placeholder,
                          gtk_text_buffer_get_char_count (self->buffer) == 0);
  if (self->updating)
    return;
  g_clear_handle_id (&self->save_id, g_source_remove);
  self->save_id = g_timeout_add (SAVE_PAUSE, save_pause_cb, self);
}

static void
color_cb (DraNoteCard     *self,
          GtkToggleButton *button)
{
  if (self->updating || !gtk_toggle_button_get_active (button))
    return;
  dra_note_card_commit (self);
  for (guint i = 0; i < DRA_N_NOTE_COLORS; i++)
    if (self->colors[i] == GTK_WIDGET (button) && i != dra_note_get_color (self->note))
      {
        dra_note_set_color (self->note, i);
        dra_note_set_modified (self->note, g_get_real_time ());
        g_signal_emit (self, signals[EDITED], 0);
      }
}

static void
delete_cb (DraNoteCard *self)
{
  /* Undo brings back the last letters too. */
  dra_note_card_commit (self);
  g_signal_emit (self, signals[DELETED], 0);
}

/* --- editing ---------------------------------------------------------------------- */

static void
set_editing (DraNoteCard *self,
             gboolean     editing)
{
  if (self->editing == editing)
    return;
  if (!editing)
    dra_note_card_commit (self);
  self->editing = editing;
  update_from_note (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EDITING]);
}

static void
finish_cb (DraNoteCard *self)
{
  dra_note_card_commit (self);
  if (!self->expanded)
    {
      gtk_widget_grab_focus (GTK_WIDGET (self));
      set_editing (self, FALSE);
    }
  g_signal_emit (self, signals[FINISHED], 0);
}

static gboolean
text_key_cb (DraNoteCard     *self,
             guint            key,
             guint            code,
             GdkModifierType  state)
{
  gboolean enter = key == GDK_KEY_Return || key == GDK_KEY_KP_Enter;

  if (enter && (state & GDK_CONTROL_MASK) != 0)
    {
      finish_cb (self);
      return GDK_EVENT_STOP;
    }
  return dra_note_body_key (self->buffer, key, state) ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
}

static gboolean
key_cb (DraNoteCard     *self,
        guint            key,
        guint            code,
        GdkModifierType  state)
{
  gboolean focused = gtk_widget_is_focus (GTK_WIDGET (self));

  if (key == GDK_KEY_Escape && (self->editing || self->expanded))
    {
      finish_cb (self);
      return GDK_EVENT_STOP;
    }
  if (focused && (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter || key == GDK_KEY_F2))
    {
      dra_note_card_edit (self);
      return GDK_EVENT_STOP;
    }
  if (focused && (key == GDK_KEY_Delete || key == GDK_KEY_KP_Delete))
    {
      delete_cb (self);
      return GDK_EVENT_STOP;
    }
  return GDK_EVENT_PROPAGATE;
}

static gboolean
link_cb (DraNoteCard *self)
{
  self->link_clicked = TRUE;
  return GDK_EVENT_PROPAGATE; /* the label opens it */
}

static void
clicked_cb (DraNoteCard *self)
{
  gboolean link = self->link_clicked;

  self->link_clicked = FALSE;
  if (link)
    return;
  if (!self->editing && !self->expanded)
    dra_note_card_edit (self);
}

static void
focus_leave_cb (DraNoteCard *self)
{
  dra_note_card_commit (self);
  if (!self->expanded)
    set_editing (self, FALSE);
}

/**
 * dra_note_card_edit:
 *
 * Opens the form and puts the keyboard at the end of the note's text.
 */
void
dra_note_card_edit (DraNoteCard *self)
{
  GtkTextIter end;

  g_return_if_fail (DRA_IS_NOTE_CARD (self));

  set_editing (self, TRUE);
  gtk_text_buffer_get_end_iter (self->buffer, &end);
  gtk_text_buffer_place_cursor (self->buffer, &end);
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

/* --- class ------------------------------------------------------------------------ */

static void
dra_note_card_get_property (GObject    *object,
                            guint       id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  DraNoteCard *self = DRA_NOTE_CARD (object);

  switch (id)
    {
    case PROP_NOTE:
      g_value_set_object (value, self->note);
      break;
    case PROP_EXPANDED:
      g_value_set_boolean (value, self->expanded);
      break;
    case PROP_EDITING:
      g_value_set_boolean (value, self->editing);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dra_note_card_set_property (GObject      *object,
                            guint         id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  DraNoteCard *self = DRA_NOTE_CARD (object);

  switch (id)
    {
    case PROP_NOTE:
      self->note = g_value_dup_object (value);
      break;
    case PROP_EXPANDED:
      self->expanded = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dra_note_card_constructed (GObject *object)
{
  DraNoteCard *self = DRA_NOTE_CARD (object);

  G_OBJECT_CLASS (dra_note_card_parent_class)->constructed (object);
  for (guint i = 0; i < 3; i++)
    gtk_actionable_set_action_target (
      GTK_ACTIONABLE (i == 0   ? self->confirm_button
                      : i == 1 ? self->attach_button
                               : self->copy_button),
      "s", dra_note_get_uuid (self->note));
  g_signal_connect_object (self->note, "notify", G_CALLBACK (note_changed_cb), self,
                           G_CONNECT_SWAPPED);
  update_from_note (self);
}

static void
dra_note_card_dispose (GObject *object)
{
  DraNoteCard *self = DRA_NOTE_CARD (object);

  g_clear_handle_id (&self->save_id, g_source_remove);
  if (self->note != NULL)
    g_signal_handlers_disconnect_by_func (self->note, note_changed_cb, self);
  self->editing = self->expanded = FALSE;
  gtk_widget_dispose_template (GTK_WIDGET (self), DRA_TYPE_NOTE_CARD);
  g_clear_object (&self->note);
  G_OBJECT_CLASS (dra_note_card_parent_class)->dispose (object);
}

static void
dra_note_card_class_init (DraNoteCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = dra_note_card_get_property;
  object_class->set_property = dra_note_card_set_property;
  object_class->constructed = dra_note_card_constructed;
  object_class->dispose = dra_note_card_dispose;

  properties[PROP_NOTE] = g_param_spec_object ("note", NULL, NULL, DRA_TYPE_NOTE,
                                               G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY
                                                 | G_PARAM_STATIC_STRINGS);
  properties[PROP_EXPANDED] = g_param_spec_boolean ("expanded", NULL, NULL, FALSE,
                                                    G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY
                                                      | G_PARAM_STATIC_STRINGS);
  properties[PROP_EDITING] = g_param_spec_boolean ("editing", NULL, NULL, FALSE,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DELETED] = g_signal_new ("deleted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FINISHED] = g_signal_new ("finished", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                    0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/dramatis/Dramatis/dra-note-card.ui");
  gtk_widget_class_bind_template_child (widget_class, DraNoteCard, content);
  gtk_widget_class_bind_template_child (widget_class, DraNoteCard, reason);
  gtk_widget_class_bind_template_child (widget_class, DraNoteCard, quote);
  gtk_widget_class_bind_template_child (widget_class, DraNoteCard, place_buttons);
  gtk_widget_class_bind_template_child (widget_class, DraNoteCard, confirm_button);
  gtk_widget_class_bind_template_child (widget_class, DraNoteCard, attach_button);
  gtk_widget_class_bind_template_child (widget_class, DraNoteCard, copy_button);
  gtk_widget_class_bind_template_child (widget_class, DraNoteCard, body);
  gtk_widget_class_bind_template_child (widget_class, DraNoteCard, editor);
  gtk_widget_class_bind_template_child (widget_class, DraNoteCard, text);
  gtk_widget_class_bind_template_child (widget_class, DraNoteCard, buffer);
  gtk_widget_class_bind_template_child (widget_class, DraNoteCard, placeholder);
  gtk_widget_class_bind_template_child (widget_class, DraNoteCard, tags);
  gtk_widget_class_bind_template_child (widget_class, DraNoteCard, form);
  gtk_widget_class_bind_template_child (widget_class, DraNoteCard, tag_entry);
  gtk_widget_class_bind_template_child (widget_class, DraNoteCard, swatches);
  gtk_widget_class_bind_template_child (widget_class, DraNoteCard, delete_button);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, text_key_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_cb);
  gtk_widget_class_bind_template_callback (widget_class, finish_cb);
  gtk_widget_class_bind_template_callback (widget_class, delete_cb);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, link_cb);
  gtk_widget_class_bind_template_callback (widget_class, focus_leave_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
dra_note_card_init (DraNoteCard *self)
{
  dra_note_colors_load_css ();
  gtk_widget_init_template (GTK_WIDGET (self));
  dra_note_body_follow (self->buffer);
  for (guint i = 0; i < DRA_N_NOTE_COLORS; i++)
    {
      /* Translators: %s is the name of a colour */
      self->colors[i] = dra_note_colors_new_button (i, _("Color %s"));
      if (i > 0)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (self->colors[i]),
                                     GTK_TOGGLE_BUTTON (self->colors[0]));
      g_signal_connect_object (self->colors[i], "toggled", G_CALLBACK (color_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_box_append (self->swatches, self->colors[i]);
    }
}

/**
 * dra_note_card_new:
 * @note: the note
 * @expanded: whether the form is always shown
 *
 * Returns: (transfer full): a card
 */
GtkWidget *
dra_note_card_new (DraNote  *note,
                   gboolean  expanded)
{
  return g_object_new (DRA_TYPE_NOTE_CARD, "note", note, "expanded", expanded, NULL);
}

/**
 * dra_note_card_get_note:
 *
 * Returns: (transfer none): the note
 */
DraNote *
dra_note_card_get_note (DraNoteCard *self)
{
  g_return_val_if_fail (DRA_IS_NOTE_CARD (self), NULL);

  return self->note;
}

/**
 * dra_note_card_get_editing:
 *
 * Returns: whether the card shows its form because somebody writes in it
 */
gboolean
dra_note_card_get_editing (DraNoteCard *self)
{
  g_return_val_if_fail (DRA_IS_NOTE_CARD (self), FALSE);

  return self->editing;
}
