/* dra-window-passages.c: the list of passages: results, together with, what they said.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-window-private.h"

#include <glib/gi18n.h>

#include "recognizer/dra-quotations.h"
#include "recognizer/dra-together.h"

#define RESULT_CONTEXT 70    /* bytes round what was found */
#define TOGETHER_CONTEXT 40  /* bytes round where some are named together */
#define MAX_CHOICES 12

/* {{{ Common */

static void
show_pane (DraWindow *self)
{
  adw_view_stack_page_set_visible (
    adw_view_stack_get_page (self->panes, GTK_WIDGET (self->passages_pane)), TRUE);
  dra_window_show_sidebar (self, "passages");
}

static void
list (DraWindow  *self,
      const char *title,
      GArray     *ranges,
      guint       context,
      const char *nothing)
{
  dra_passages_pane_show (self->passages_pane, title, dra_article_view_get_article (self->view),
                          ranges, context, nothing);
  show_pane (self);
}

/**
 * dra_window_clear_passages:
 * @self: the window
 *
 * Takes the list away.
 */
void
dra_window_clear_passages (DraWindow *self)
{
  g_cancellable_cancel (self->finding_quotations);
  g_clear_object (&self->finding_quotations);
  self->listed = DRA_LISTED_NOTHING;
  dra_passages_pane_clear (self->passages_pane);
  if (g_strcmp0 (adw_view_stack_get_visible_child_name (self->panes), "passages") == 0)
    adw_view_stack_set_visible_child_name (self->panes, "cast");
  adw_view_stack_page_set_visible (
    adw_view_stack_get_page (self->panes, GTK_WIDGET (self->passages_pane)), FALSE);
}

static void
closed_cb (DraWindow *self)
{
  dra_window_clear_passages (self);
  gtk_widget_grab_focus (GTK_WIDGET (dra_article_view_get_text_view (self->view)));
}

static void
activated_cb (DraWindow *self,
              guint      index)
{
  DraRange range;

  if (!dra_passages_pane_get_range (self->passages_pane, index, &range))
    return;
  if (self->listed == DRA_LISTED_RESULTS)
    dra_article_view_go_to_hit (self->view, index);
  else
    {
      dra_article_view_scroll_to (self->view, range);
      dra_article_view_select_range (self->view, range);
    }
  dra_passages_pane_set_current (self->passages_pane, (int) index);
  if (adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, FALSE);
}

/* }}} */
/* {{{ Results of a search */

static void
update_results (DraWindow *self)
{
  GArray *hits = dra_article_view_get_hits (self->view);
  g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (DraRange));
  g_autofree char *sought = NULL;
  g_autofree char *title = NULL;

  if (self->listed != DRA_LISTED_RESULTS)
    return;
  g_object_get (self->view, "search-text", &sought, NULL);
  if (sought == NULL && !dra_search_bar_get_search_mode (self->search_bar))
    {
      dra_window_clear_passages (self);
      return;
    }
  /* Translators: %s is what was looked for */
  title = sought != NULL ? g_strdup_printf (_("“%s”"), sought) : g_strdup (_("Find in text"));
  dra_passages_pane_show (self->passages_pane, title, dra_article_view_get_article (self->view),
                          hits != NULL ? hits : none, RESULT_CONTEXT, _("Nothing was found."));
}

static void
current_hit_cb (DraWindow *self)
{
  int current = -1;

  if (self->listed != DRA_LISTED_RESULTS)
    return;
  g_object_get (self->view, "current-hit", &current, NULL);
  dra_passages_pane_set_current (self->passages_pane, current);
}

static void
list_results_cb (DraWindow *self)
{
  dra_window_clear_passages (self);
  self->listed = DRA_LISTED_RESULTS;
  update_results (self);
  show_pane (self);
  current_hit_cb (self);
  dra_passages_pane_focus_list (self->passages_pane);
}

/* }}} */
/* {{{ Together with others */

static gboolean
is_chosen (DraWindow *self,
           guint      entity)
{
  for (guint i = 0; i < self->together->len; i++)
    if (g_array_index (self->together, guint, i) == entity)
      return TRUE;
  return FALSE;
}

static void
list_together (DraWindow *self)
{
  DraArticle *article = dra_article_view_get_article (self->view);
  DraCast *cast = dra_article_view_get_cast (self->view);
  g_autoptr (GArray) passages = NULL;
  g_autofree char *title = NULL;

  title = g_strdup (dra_cast_get_entity (cast, g_array_index (self->together, guint, 0))->name);
  for (guint i = 1; i < self->together->len; i++)
    {
      g_autofree char *before = g_steal_pointer (&title);

      title = g_strdup_printf (
        /* Translators: names of people or organizations that a passage names together */
        _("%s with %s"), before,
        dra_cast_get_entity (cast, g_array_index (self->together, guint, i))->name);
    }
  if (self->together->len > 1)
    passages = dra_together_find (article, cast, (const guint *) (void *) self->together->data,
                                  self->together->len);
  else
    passages = g_array_new (FALSE, FALSE, sizeof (DraRange));
  list (self, title, passages, TOGETHER_CONTEXT,
        self->together->len > 1 ? _("No passage names them together.")
                                : _("Choose who else is to be named."));
}

static void
choice_toggled_cb (DraWindow *self,
                   guint      entity,
                   gboolean   chosen)
{
  if (self->listed != DRA_LISTED_TOGETHER || chosen == is_chosen (self, entity))
    return;
  if (chosen && self->together->len < DRA_TOGETHER_MAX)
    g_array_append_val (self->together, entity);
  for (guint i = 0; !chosen && i < self->together->len; i++)
    if (g_array_index (self->together, guint, i) == entity)
      g_array_remove_index (self->together, i--);
  list_together (self);
}

/**
 * dra_window_list_together:
 * @self: the window
 *
 * Offers those who are named beside the selected one, and lists the passages that name them
 * together.
 */
void
dra_window_list_together (DraWindow *self)
{
  DraArticle *article = dra_article_view_get_article (self->view);
  DraCast *cast = dra_article_view_get_cast (self->view);
  int selected = dra_article_view_get_selected_entity (self->view);
  g_autoptr (GArray) companions = NULL;
  guint entity = (guint) selected;
  guint n_added = 0;

  if (article == NULL || cast == NULL || selected < 0)
    return;
  dra_window_clear_passages (self);
  self->listed = DRA_LISTED_TOGETHER;
  g_array_set_size (self->together, 0);
  g_array_append_val (self->together, entity);
  companions = dra_together_rank (article, cast, &entity, 1);
  for (guint i = 0; i < companions->len && n_added < MAX_CHOICES; i++)
    {
      guint other = g_array_index (companions, DraCompanion, i).entity;
      const DraEntity *companion = dra_cast_get_entity (cast, other);

      if (companion->kind == DRA_ENTITY_PLACE)
        continue;
      /* Whoever is named with them most is chosen for a start. */
      if (n_added == 0)
        g_array_append_val (self->together, other);
      dra_passages_pane_add_choice (self->passages_pane, other, companion->name, n_added == 0);
      n_added++;
    }
  list_together (self);
  dra_passages_pane_focus_list (self->passages_pane);
}

/* }}} */
/* {{{ What they said */

static void
find_quotations (GTask        *task,
                 gpointer      article,
                 gpointer      cast,
                 GCancellable *cancellable)
{
  GError *error = NULL;
  DraQuotations *found = dra_quotations_find (article, cast, cancellable, &error);

  if (found != NULL)
    g_task_return_pointer (task, found, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
quotations_cb (GObject      *article,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (DraWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DraQuotations) quotations = g_task_propagate_pointer (G_TASK (result), &error);
  g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (DraRange));
  DraCast *cast = dra_article_view_get_cast (self->view);
  int selected = dra_article_view_get_selected_entity (self->view);
  g_autofree char *title = NULL;

  if (g_task_get_cancellable (G_TASK (result)) != self->finding_quotations)
    return;
  g_clear_object (&self->finding_quotations);
  if (quotations == NULL || cast == NULL || selected < 0
      || cast != g_task_get_task_data (G_TASK (result)))
    return;
  for (guint i = 0; i < dra_quotations_get_n (quotations); i++)
    {
      const DraQuotation *quotation = dra_quotations_get (quotations, i);

      if (quotation->speaker == selected && quotation->level == 0)
        g_array_append_val (ranges, quotation->range);
    }
  /* Translators: %s is the name of a person or organization */
  title = g_strdup_printf (_("What %s said"), dra_cast_get_entity (cast, selected)->name);
  list (self, title, ranges, 0, _("The article quotes nothing they said."));
  dra_passages_pane_focus_list (self->passages_pane);
}

/**
 * dra_window_list_quotations:
 * @self: the window
 *
 * Lists what the selected one said in this article.
 */
void
dra_window_list_quotations (DraWindow *self)
{
  DraArticle *article = dra_article_view_get_article (self->view);
  DraCast *cast = dra_article_view_get_cast (self->view);
  g_autoptr (GTask) task = NULL;

  if (article == NULL || cast == NULL || dra_article_view_get_selected_entity (self->view) < 0)
    return;
  dra_window_clear_passages (self);
  self->listed = DRA_LISTED_QUOTATIONS;
  self->finding_quotations = g_cancellable_new ();
  task = g_task_new (article, self->finding_quotations, quotations_cb, g_object_ref (self));
  g_task_set_source_tag (task, dra_window_list_quotations);
  g_task_set_task_data (task, g_object_ref (cast), g_object_unref);
  g_task_run_in_thread (task, find_quotations);
}

/* }}} */

/**
 * dra_window_connect_passages:
 * @self: a new window
 *
 * Listens to the list and to the search.
 */
void
dra_window_connect_passages (DraWindow *self)
{
  self->together = g_array_new (FALSE, FALSE, sizeof (guint));
  g_signal_connect_object (self->passages_pane, "passage-activated", G_CALLBACK (activated_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->passages_pane, "choice-toggled", G_CALLBACK (choice_toggled_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->passages_pane, "closed", G_CALLBACK (closed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search_bar, "list-results", G_CALLBACK (list_results_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "found", G_CALLBACK (update_results), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "notify::current-hit", G_CALLBACK (current_hit_cb), self,
                           G_CONNECT_SWAPPED);
}
