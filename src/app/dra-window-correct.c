/* dra-window-correct.c: what the reader says of names, and the walk through unsure ones.
 *
 * Everything is said of the selected name; what is split off, of the mention that the walk
 * stands on.  While unsure names are walked, settling one leads to the next.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-window-private.h"

#include <glib/gi18n.h>

#include "app/dra-key.h"
#include "app/dra-name-chooser.h"

#define MAX_MARKED 200 /* bytes: nobody has a longer name */

/* {{{ What is meant */

static const DraEntity *
get_selected (DraWindow *self)
{
  DraCast *cast = dra_article_view_get_cast (self->view);
  int entity = dra_article_view_get_selected_entity (self->view);

  return cast != NULL && entity >= 0 ? dra_cast_get_entity (cast, (guint) entity) : NULL;
}

/* The mention that the walk stands on, when it is one of the selected name. */
static const DraMention *
get_current (DraWindow *self)
{
  DraCast *cast = dra_article_view_get_cast (self->view);
  int mention = -1;
  guint n_mentions;
  const DraMention *mentions;

  g_object_get (self->view, "current-mention", &mention, NULL);
  if (cast == NULL || mention < 0)
    return NULL;
  mentions = dra_cast_get_mentions (cast, &n_mentions);
  return (guint) mention < n_mentions
             && (int) mentions[mention].entity == dra_article_view_get_selected_entity (self->view)
           ? &mentions[mention]
           : NULL;
}

static gint64
to_code_points (DraWindow *self,
                gsize      offset)
{
  return (gint64) dra_article_to_code_points (dra_article_view_get_article (self->view), offset);
}

static gboolean
is_everywhere (DraWindow *self)
{
  return self->settings == NULL || g_settings_get_boolean (self->settings, "correct-everywhere");
}

/* }}} */
/* {{{ Saying it */

static void
toast (DraWindow                *self,
       const DraCorrectionParts *parts)
{
  g_autoptr (DraCorrection) same = NULL;
  g_autofree char *words = NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *escaped = NULL;
  DraCorrectionParts copy = *parts;
  AdwToast *shown;

  copy.hash = "";
  same = dra_correction_new (&copy);
  words = dra_correction_describe (same);
  sentence = parts->everywhere
               /* Translators: %s is like "“Monday” is not a name" */
               ? g_strdup_printf (_("%s, in all articles."), words)
               : g_strdup_printf (_("%s, in this article."), words);
  escaped = g_markup_escape_text (sentence, -1);
  shown = adw_toast_new (escaped);
  adw_toast_set_button_label (shown, _("_Undo"));
  adw_toast_set_action_name (shown, "win.undo");
  adw_toast_overlay_add_toast (self->toasts, shown);
}

static void
say (DraWindow                *self,
     const DraCorrectionParts *parts)
{
  if (self->document != NULL && dra_document_correct (self->document, parts))
    toast (self, parts);
}

/* Of the selected name. */
static void
correct (DraWindow          *self,
         DraCorrectionAction action,
         DraEntityKind       to_kind,
         const char         *to_name)
{
  const DraEntity *entity = get_selected (self);
  guint n_mentions;
  const DraMention *mentions;
  DraCorrectionParts parts;

  if (entity == NULL)
    return;
  mentions = dra_cast_get_mentions (dra_article_view_get_cast (self->view), &n_mentions);
  parts = (DraCorrectionParts) {
    .action = action, .kind = entity->kind, .name = entity->name, .to_kind = to_kind,
    .to_name = to_name, .split_at = -1, .everywhere = is_everywhere (self),
    .start = to_code_points (self, mentions[entity->mentions[0]].range.start),
  };
  self->review_from = mentions[entity->mentions[0]].range.start;
  say (self, &parts);
}

static void
split (DraWindow *self,
       gboolean   one)
{
  const DraEntity *entity = get_selected (self);
  const DraMention *current = get_current (self);
  g_autofree char *form = NULL;
  DraCorrectionParts parts;

  if (entity == NULL || current == NULL)
    return;
  form = dra_article_dup_range (dra_article_view_get_article (self->view), current->range);
  parts = (DraCorrectionParts) {
    .action = DRA_CORRECTION_SPLIT, .kind = entity->kind, .name = entity->name, .to_name = form,
    .start = to_code_points (self, current->range.start), .split_at = -1,
    .everywhere = !one && is_everywhere (self),
  };
  if (one)
    parts.split_at = parts.start;
  say (self, &parts);
}

/* The selected passage without space round it, when it can be a name. */
static char *
dup_marked (DraWindow *self,
            DraRange  *range)
{
  DraArticle *article = dra_article_view_get_article (self->view);
  g_autofree char *text = NULL;
  gsize leading;

  if (article == NULL || !dra_article_view_get_selection (self->view, range)
      || dra_range_length (*range) > MAX_MARKED)
    return NULL;
  text = dra_article_dup_range (article, *range);
  leading = strspn (text, " \n\t");
  range->start += leading;
  g_strstrip (text);
  range->end = range->start + strlen (text);
  if (*text == '\0' || strpbrk (text, "\n") != NULL || strstr (text, "\xef\xbf\xbc") != NULL)
    return NULL;
  return g_steal_pointer (&text);
}

static void
mark (DraWindow    *self,
      DraEntityKind kind)
{
  DraRange range;
  g_autofree char *name = dup_marked (self, &range);
  DraCorrectionParts parts;

  if (name == NULL)
    {
      dra_window_toast (self, _("Select the name alone: a few words of one paragraph."));
      return;
    }
  parts = (DraCorrectionParts) {
    .action = DRA_CORRECTION_MARK, .kind = kind, .name = name, .split_at = -1,
    .start = to_code_points (self, range.start), .everywhere = is_everywhere (self),
  };
  dra_article_view_clear_selection (self->view);
  self->wanted_mention = (gint64) range.start;
  say (self, &parts);
}

/* }}} */
/* {{{ Unsure names */

static gboolean
is_reviewed (DraWindow       *self,
             const DraEntity *entity)
{
  return entity->confidence < DRA_ENTITY_UNSURE && entity->kind != DRA_ENTITY_PLACE;
}

/**
 * dra_window_count_unsure:
 * @self: the window
 *
 * Returns: how many people and organizations there are whose finder was not sure of them
 */
guint
dra_window_count_unsure (DraWindow *self)
{
  DraCast *cast = dra_article_view_get_cast (self->view);
  guint n = 0;

  for (guint i = 0; cast != NULL && i < dra_cast_get_n_entities (cast); i++)
    n += is_reviewed (self, dra_cast_get_entity (cast, i));
  return n;
}

/* Entities come by their first mention: the next unsure one from a place on, or before it. */
static int
find_unsure (DraWindow *self,
             gsize      from,
             int        direction)
{
  DraCast *cast = dra_article_view_get_cast (self->view);
  int n = (int) dra_cast_get_n_entities (cast);
  int best = -1, first = -1, last = -1;
  guint n_mentions;
  const DraMention *mentions = dra_cast_get_mentions (cast, &n_mentions);

  for (int i = 0; i < n; i++)
    {
      const DraEntity *entity = dra_cast_get_entity (cast, (guint) i);
      gsize start = mentions[entity->mentions[0]].range.start;

      if (!is_reviewed (self, entity))
        continue;
      if (first < 0)
        first = i;
      last = i;
      if (direction > 0 ? best < 0 && start >= from : start < from)
        best = i;
    }
  if (best >= 0)
    return best;
  return direction > 0 ? first : last;
}

static void
go_to_unsure (DraWindow *self,
              gsize      from,
              int        direction)
{
  DraCast *cast = dra_article_view_get_cast (self->view);
  int entity = find_unsure (self, from, direction);

  if (entity < 0)
    {
      self->reviewing = FALSE;
      dra_window_toast (self, _("There is no name left that is unsure."));
      return;
    }
  dra_window_select_entity (self, entity,
                            (int) dra_cast_get_entity (cast, (guint) entity)->mentions[0]);
  self->reviewing = TRUE;
}

/**
 * dra_window_walk_unsure:
 * @self: the window
 * @direction: 1 to the next, -1 to the previous
 *
 * Selects another name that the program is unsure of.
 */
void
dra_window_walk_unsure (DraWindow *self,
                        int        direction)
{
  const DraEntity *selected = get_selected (self);
  DraCast *cast = dra_article_view_get_cast (self->view);
  gsize from = dra_article_view_get_visible_offset (self->view);
  guint n_mentions;

  if (cast == NULL)
    return;
  if (selected != NULL)
    from = dra_cast_get_mentions (cast, &n_mentions)[selected->mentions[0]].range.start
           + (direction > 0);
  go_to_unsure (self, from, direction);
}

/**
 * dra_window_names_corrected:
 * @self: the window, which shows another cast now
 *
 * Goes to what was marked, or, while unsure names are walked, to the next one when the one
 * before is settled.
 */
void
dra_window_names_corrected (DraWindow *self)
{
  DraCast *cast = dra_article_view_get_cast (self->view);
  const DraEntity *selected = get_selected (self);
  guint n_mentions;

  if (cast == NULL)
    return;
  if (self->wanted_mention >= 0)
    {
      int mention = dra_cast_find_mention (cast, (gsize) self->wanted_mention);

      if (mention >= 0)
        {
          self->wanted_mention = -1;
          dra_window_select_entity (
            self, (int) dra_cast_get_mentions (cast, &n_mentions)[mention].entity, mention);
        }
    }
  else if (self->reviewing && (selected == NULL || !is_reviewed (self, selected)))
    {
      go_to_unsure (self, self->review_from, 1);
      if (!self->reviewing)
        dra_window_select_entity (self, -1, -1);
    }
}

/* }}} */
/* {{{ Questions */

static void
renamed_cb (AdwMessageDialog *dialog,
            const char       *response,
            DraWindow        *self)
{
  GtkWidget *entry = adw_message_dialog_get_extra_child (dialog);
  g_autofree char *name = g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry)));
  const DraEntity *entity = get_selected (self);

  if (g_str_equal (response, "rename") && *g_strstrip (name) != '\0' && entity != NULL
      && !g_str_equal (name, entity->name))
    correct (self, DRA_CORRECTION_RENAME, 0, name);
}

static void
name_changed_cb (GtkEditable      *entry,
                 AdwMessageDialog *dialog)
{
  g_autofree char *name = g_strdup (gtk_editable_get_text (entry));

  adw_message_dialog_set_response_enabled (dialog, "rename", *g_strstrip (name) != '\0');
}

static void
ask_name (DraWindow *self)
{
  const DraEntity *entity = get_selected (self);
  GtkWidget *dialog, *entry;

  if (entity == NULL)
    return;
  dialog = adw_message_dialog_new (GTK_WINDOW (self), _("Rename"),
                                   _("How the name is to be shown in the list."));
  entry = gtk_entry_new ();
  gtk_editable_set_text (GTK_EDITABLE (entry), entity->name);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Name"), -1);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), entry);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "rename",
                                    _("_Rename"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "rename",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "rename");
  g_signal_connect (entry, "changed", G_CALLBACK (name_changed_cb), dialog);
  g_signal_connect_object (dialog, "response", G_CALLBACK (renamed_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (entry);
}

static void
chosen_cb (DraNameChooser *chooser,
           const char     *kind_name,
           const char     *name,
           DraWindow      *self)
{
  DraEntityKind kind;

  if (dra_entity_kind_from_string (kind_name, &kind))
    correct (self, DRA_CORRECTION_MERGE, kind, name);
}

static void
ask_who (DraWindow *self)
{
  DraCast *cast = dra_article_view_get_cast (self->view);
  int entity = dra_article_view_get_selected_entity (self->view);
  GtkWindow *chooser;

  if (cast == NULL || entity < 0)
    return;
  chooser = dra_name_chooser_new (GTK_WINDOW (self), cast, (guint) entity);
  g_signal_connect_object (chooser, "chosen", G_CALLBACK (chosen_cb), self, 0);
  gtk_window_present (chooser);
}

/* }}} */
/* {{{ Actions */

static void
confirm_action (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  correct (user_data, DRA_CORRECTION_CONFIRM, 0, NULL);
}

static void
reject_action (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  correct (user_data, DRA_CORRECTION_REJECT, 0, NULL);
}

static void
kind_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  DraWindow *self = user_data;
  const DraEntity *entity = get_selected (self);
  DraEntityKind kind;

  if (entity == NULL
      || !dra_entity_kind_from_string (g_variant_get_string (parameter, NULL), &kind))
    return;
  /* Of the kind it is taken for: then it is just right. */
  correct (self, kind == entity->kind ? DRA_CORRECTION_CONFIRM : DRA_CORRECTION_KIND, kind, NULL);
}

static void
rename_action (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  ask_name (user_data);
}

static void
same_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  ask_who (user_data);
}

static void
split_action (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  split (user_data, FALSE);
}

static void
split_one_action (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  split (user_data, TRUE);
}

static void
mark_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  DraEntityKind kind;

  if (dra_entity_kind_from_string (g_variant_get_string (parameter, NULL), &kind))
    mark (user_data, kind);
}

static void
next_unsure_action (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  dra_window_walk_unsure (user_data, 1);
}

static void
previous_unsure_action (GSimpleAction *action,
                        GVariant      *parameter,
                        gpointer       user_data)
{
  dra_window_walk_unsure (user_data, -1);
}

static void
other_articles_action (GSimpleAction *action,
                       GVariant      *parameter,
                       gpointer       user_data)
{
  dra_window_list_other_articles (user_data);
}

static const GActionEntry entries[] = {
  { "other-articles", other_articles_action },
  { "correct-confirm", confirm_action },
  { "correct-reject", reject_action },
  { "correct-kind", kind_action, "s", "''" },
  { "correct-rename", rename_action },
  { "correct-same", same_action },
  { "correct-split", split_action },
  { "correct-split-one", split_one_action },
  { "mark-as", mark_action, "s" },
  { "next-unsure", next_unsure_action },
  { "previous-unsure", previous_unsure_action },
};

/* Whether the name is called otherwise too, and whether in these words more than once. */
static void
count_forms (DraWindow       *self,
             const DraEntity *entity,
             gboolean        *others,
             gboolean        *again)
{
  const DraMention *current = get_current (self);
  const char *text = dra_article_get_text (dra_article_view_get_article (self->view), NULL);
  guint n_mentions;
  const DraMention *mentions;
  gsize size;

  *others = *again = FALSE;
  if (current == NULL)
    return;
  mentions = dra_cast_get_mentions (dra_article_view_get_cast (self->view), &n_mentions);
  size = dra_range_length (current->range);
  for (guint i = 0; i < entity->n_mentions && !(*others && *again); i++)
    {
      const DraMention *mention = &mentions[entity->mentions[i]];

      if (mention == current)
        continue;
      if (dra_range_length (mention->range) == size
          && memcmp (text + mention->range.start, text + current->range.start, size) == 0)
        *again = TRUE;
      else
        *others = TRUE;
    }
}

static void
enable (DraWindow  *self,
        const char *name,
        gboolean    enabled)
{
  g_simple_action_set_enabled (
    G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), name)), enabled);
}

/**
 * dra_window_update_correct_actions:
 * @self: the window
 *
 * Enables what can be said now.
 */
void
dra_window_update_correct_actions (DraWindow *self)
{
  static const char *const of_selected[]
    = { "correct-reject", "correct-kind", "correct-rename", "correct-same" };
  const DraEntity *entity = get_selected (self);
  gboolean others = FALSE, again = FALSE, selection = FALSE;

  if (entity != NULL)
    count_forms (self, entity, &others, &again);
  for (gsize i = 0; i < G_N_ELEMENTS (of_selected); i++)
    enable (self, of_selected[i], entity != NULL);
  enable (self, "other-articles", entity != NULL && self->settings != NULL
                                    && dra_window_is_known_elsewhere (entity)
                                    && g_settings_get_boolean (self->settings, "index-articles"));
  enable (self, "correct-confirm", entity != NULL && entity->confidence < DRA_ENTITY_UNSURE);
  enable (self, "correct-split", others);
  enable (self, "correct-split-one", others || again);
  g_simple_action_set_state (
    G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), "correct-kind")),
    g_variant_new_string (entity != NULL ? dra_entity_kind_to_string (entity->kind) : ""));

  g_object_get (self->view, "has-text-selection", &selection, NULL);
  enable (self, "mark-as", selection && dra_article_view_get_cast (self->view) != NULL);
  enable (self, "next-unsure", dra_article_view_get_cast (self->view) != NULL);
  enable (self, "previous-unsure", dra_article_view_get_cast (self->view) != NULL);
}

static void
add_kind_key (GtkEventController *keys,
              guint               keyval,
              GdkModifierType     modifiers,
              const char         *action,
              DraEntityKind       kind)
{
  GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (keyval, modifiers),
                                            gtk_named_action_new (action));

  gtk_shortcut_set_arguments (shortcut, g_variant_new_string (dra_entity_kind_to_string (kind)));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys), shortcut);
}

/**
 * dra_window_install_correct_actions:
 * @self: a new window
 *
 * Adds the actions, and their keys: single letters, which a field that is written in gets
 * first.
 */
void
dra_window_install_correct_actions (DraWindow *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  self->wanted_mention = -1;
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  if (self->settings != NULL)
    g_signal_connect_object (self->settings, "changed::index-articles",
                             G_CALLBACK (dra_window_update_actions), self, G_CONNECT_SWAPPED);
  dra_add_key (keys, GDK_KEY_u, 0, "win.next-unsure");
  dra_add_key (keys, GDK_KEY_u, GDK_SHIFT_MASK, "win.previous-unsure");
  dra_add_key (keys, GDK_KEY_a, 0, "win.other-articles");
  dra_add_key (keys, GDK_KEY_y, 0, "win.correct-confirm");
  dra_add_key (keys, GDK_KEY_x, 0, "win.correct-reject");
  dra_add_key (keys, GDK_KEY_F2, 0, "win.correct-rename");
  dra_add_key (keys, GDK_KEY_s, 0, "win.correct-same");
  dra_add_key (keys, GDK_KEY_e, 0, "win.correct-split");
  dra_add_key (keys, GDK_KEY_e, GDK_SHIFT_MASK, "win.correct-split-one");
  add_kind_key (keys, GDK_KEY_p, 0, "win.correct-kind", DRA_ENTITY_PERSON);
  add_kind_key (keys, GDK_KEY_o, 0, "win.correct-kind", DRA_ENTITY_ORGANIZATION);
  add_kind_key (keys, GDK_KEY_l, 0, "win.correct-kind", DRA_ENTITY_PLACE);
  add_kind_key (keys, GDK_KEY_p, GDK_SHIFT_MASK, "win.mark-as", DRA_ENTITY_PERSON);
  add_kind_key (keys, GDK_KEY_o, GDK_SHIFT_MASK, "win.mark-as", DRA_ENTITY_ORGANIZATION);
  add_kind_key (keys, GDK_KEY_l, GDK_SHIFT_MASK, "win.mark-as", DRA_ENTITY_PLACE);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/* }}} */
