/* dra-article-view-properties.c: the properties and signals of DraArticleView.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-article-view-private.h"

guint dra_article_view_signals[DRA_VIEW_N_SIGNALS];
GParamSpec *dra_article_view_properties[DRA_VIEW_N_PROPS];

/**
 * dra_article_view_notify:
 * @property: which property has another value
 */
void
dra_article_view_notify (DraArticleView  *self,
                         DraViewProperty  property)
{
  g_object_notify_by_pspec (G_OBJECT (self), dra_article_view_properties[property]);
}

static void
get_property (GObject    *object,
              guint       id,
              GValue     *value,
              GParamSpec *pspec)
{
  DraArticleView *self = DRA_ARTICLE_VIEW (object);

  switch ((DraViewProperty) id)
    {
    case DRA_VIEW_PROP_ARTICLE:
      g_value_set_object (value, self->article);
      break;
    case DRA_VIEW_PROP_CAST:
      g_value_set_object (value, self->cast);
      break;
    case DRA_VIEW_PROP_NOTES:
      g_value_set_object (value, self->notes);
      break;
    case DRA_VIEW_PROP_SELECTED_ENTITY:
      g_value_set_int (value, self->selected_entity);
      break;
    case DRA_VIEW_PROP_CURRENT_MENTION:
      g_value_set_int (value, self->current_mention);
      break;
    case DRA_VIEW_PROP_ZOOM:
      g_value_set_double (value, self->zoom);
      break;
    case DRA_VIEW_PROP_MARGIN_NOTES:
      g_value_set_boolean (value, self->notified_wide);
      break;
    case DRA_VIEW_PROP_HAS_TEXT_SELECTION:
      g_value_set_boolean (value, self->has_selection);
      break;
    case DRA_VIEW_PROP_PEOPLE_MARKS:
    case DRA_VIEW_PROP_ORGANIZATIONS_MARKS:
    case DRA_VIEW_PROP_PLACES_MARKS:
      g_value_set_uint (value, self->levels[id - DRA_VIEW_PROP_PEOPLE_MARKS]);
      break;
    case DRA_VIEW_PROP_SEARCH_TEXT:
      g_value_set_string (value, self->search_text);
      break;
    case DRA_VIEW_PROP_SEARCH_FLAGS:
      g_value_set_uint (value, self->search_flags);
      break;
    case DRA_VIEW_PROP_N_HITS:
      g_value_set_uint (value, self->hits != NULL ? self->hits->len : 0);
      break;
    case DRA_VIEW_PROP_CURRENT_HIT:
      g_value_set_int (value, self->current_hit);
      break;
    case DRA_VIEW_PROP_0:
    case DRA_VIEW_N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

/* The properties are in the order of the kinds. */
static void
set_level (DraArticleView  *self,
           DraMarkLevel     level,
           DraViewProperty  property)
{
  DraEntityKind kind = (DraEntityKind) (property - DRA_VIEW_PROP_PEOPLE_MARKS);

  if (self->levels[kind] == level)
    return;
  self->levels[kind] = level;
  dra_article_text_set_level (self->text, kind, level);
  dra_article_view_notify (self, property);
}

static void
set_search_text (DraArticleView *self,
                 const char     *text)
{
  if (g_strcmp0 (self->search_text, text) == 0)
    return;
  g_free (self->search_text);
  self->search_text = g_strdup (text);
  dra_article_view_search_start (self);
  dra_article_view_notify (self, DRA_VIEW_PROP_SEARCH_TEXT);
}

static void
set_search_flags (DraArticleView *self,
                  guint           flags)
{
  if (self->search_flags == flags)
    return;
  self->search_flags = flags;
  dra_article_view_search_start (self);
  dra_article_view_notify (self, DRA_VIEW_PROP_SEARCH_FLAGS);
}

static void
set_property (GObject      *object,
              guint         id,
              const GValue *value,
              GParamSpec   *pspec)
{
  DraArticleView *self = DRA_ARTICLE_VIEW (object);

  switch ((DraViewProperty) id)
    {
    case DRA_VIEW_PROP_ARTICLE:
      dra_article_view_set_article (self, g_value_get_object (value));
      break;
    case DRA_VIEW_PROP_CAST:
      dra_article_view_set_cast (self, g_value_get_object (value));
      break;
    case DRA_VIEW_PROP_NOTES:
      dra_article_view_set_notes (self, g_value_get_object (value));
      break;
    case DRA_VIEW_PROP_SELECTED_ENTITY:
      dra_article_view_set_selected_entity (self, g_value_get_int (value));
      break;
    case DRA_VIEW_PROP_CURRENT_MENTION:
      dra_article_view_set_current_mention (self, g_value_get_int (value));
      break;
    case DRA_VIEW_PROP_ZOOM:
      dra_article_view_set_zoom (self, g_value_get_double (value));
      break;
    case DRA_VIEW_PROP_PEOPLE_MARKS:
    case DRA_VIEW_PROP_ORGANIZATIONS_MARKS:
    case DRA_VIEW_PROP_PLACES_MARKS:
      set_level (self, g_value_get_uint (value), id);
      break;
    case DRA_VIEW_PROP_SEARCH_TEXT:
      set_search_text (self, g_value_get_string (value));
      break;
    case DRA_VIEW_PROP_SEARCH_FLAGS:
      set_search_flags (self, g_value_get_uint (value));
      break;
    case DRA_VIEW_PROP_0:
    case DRA_VIEW_PROP_MARGIN_NOTES:
    case DRA_VIEW_PROP_HAS_TEXT_SELECTION:
    case DRA_VIEW_PROP_N_HITS:
    case DRA_VIEW_PROP_CURRENT_HIT:
    case DRA_VIEW_N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags rw = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags ro = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GParamSpec **p = dra_article_view_properties;

  p[DRA_VIEW_PROP_ARTICLE] = g_param_spec_object ("article", NULL, NULL, DRA_TYPE_ARTICLE, rw);
  p[DRA_VIEW_PROP_CAST] = g_param_spec_object ("cast", NULL, NULL, DRA_TYPE_CAST, rw);
  p[DRA_VIEW_PROP_NOTES] = g_param_spec_object ("notes", NULL, NULL, G_TYPE_LIST_MODEL, rw);
  p[DRA_VIEW_PROP_SELECTED_ENTITY]
    = g_param_spec_int ("selected-entity", NULL, NULL, -1, G_MAXINT, -1, rw);
  p[DRA_VIEW_PROP_CURRENT_MENTION]
    = g_param_spec_int ("current-mention", NULL, NULL, -1, G_MAXINT, -1, rw);
  p[DRA_VIEW_PROP_ZOOM]
    = g_param_spec_double ("zoom", NULL, NULL, DRA_VIEW_MIN_ZOOM, DRA_VIEW_MAX_ZOOM, 1.0, rw);
  p[DRA_VIEW_PROP_MARGIN_NOTES]
    = g_param_spec_boolean ("margin-notes", NULL, NULL, FALSE, ro);
  p[DRA_VIEW_PROP_HAS_TEXT_SELECTION]
    = g_param_spec_boolean ("has-text-selection", NULL, NULL, FALSE, ro);
  p[DRA_VIEW_PROP_PEOPLE_MARKS] = g_param_spec_uint ("people-marks", NULL, NULL, 0, DRA_MARKS_TINT,
                                                     DRA_MARKS_TINT, rw);
  p[DRA_VIEW_PROP_ORGANIZATIONS_MARKS] = g_param_spec_uint (
    "organizations-marks", NULL, NULL, 0, DRA_MARKS_TINT, DRA_MARKS_TINT, rw);
  p[DRA_VIEW_PROP_PLACES_MARKS]
    = g_param_spec_uint ("places-marks", NULL, NULL, 0, DRA_MARKS_TINT, DRA_MARKS_OFF, rw);
  p[DRA_VIEW_PROP_SEARCH_TEXT] = g_param_spec_string ("search-text", NULL, NULL, NULL, rw);
  p[DRA_VIEW_PROP_SEARCH_FLAGS]
    = g_param_spec_uint ("search-flags", NULL, NULL, 0, G_MAXUINT, 0, rw);
  p[DRA_VIEW_PROP_N_HITS] = g_param_spec_uint ("n-hits", NULL, NULL, 0, G_MAXUINT, 0, ro);
  p[DRA_VIEW_PROP_CURRENT_HIT]
    = g_param_spec_int ("current-hit", NULL, NULL, -1, G_MAXINT, -1, ro);
  g_object_class_install_properties (object_class, DRA_VIEW_N_PROPS, p);
}

static void
install_signals (GType type)
{
  guint *s = dra_article_view_signals;

  s[DRA_VIEW_TEXT_SHOWN] = g_signal_new ("text-shown", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 0);
  s[DRA_VIEW_SCROLLED] = g_signal_new ("scrolled", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                       NULL, G_TYPE_NONE, 0);
  s[DRA_VIEW_FOUND] = g_signal_new ("found", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 0);
  s[DRA_VIEW_MENTION_CLICKED]
    = g_signal_new ("mention-clicked", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, G_TYPE_UINT);
  s[DRA_VIEW_PEEKED] = g_signal_new ("peeked", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 2, G_TYPE_UINT, GTK_TYPE_LABEL);
  s[DRA_VIEW_NOTE_CLICKED] = g_signal_new ("note-clicked", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                           NULL, NULL, G_TYPE_NONE, 1, DRA_TYPE_NOTE);
  s[DRA_VIEW_NOTE_EDITED] = g_signal_new ("note-edited", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 1, DRA_TYPE_NOTE);
  s[DRA_VIEW_NOTE_DELETED] = g_signal_new ("note-deleted", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                           NULL, NULL, G_TYPE_NONE, 1, DRA_TYPE_NOTE);
  s[DRA_VIEW_ADD_NOTE] = g_signal_new ("add-note", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                       NULL, G_TYPE_NONE, 0);
  s[DRA_VIEW_ADD_HIGHLIGHT]
    = g_signal_new ("add-highlight", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, G_TYPE_INT);
  s[DRA_VIEW_LINK_ACTIVATED]
    = g_signal_new ("link-activated", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, G_TYPE_STRING);
  s[DRA_VIEW_PICTURE_ACTIVATED]
    = g_signal_new ("picture-activated", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, G_TYPE_UINT);
}

/**
 * dra_article_view_install_properties:
 * @klass: the class being made
 */
void
dra_article_view_install_properties (DraArticleViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = get_property;
  object_class->set_property = set_property;
  install_properties (object_class);
  install_signals (G_TYPE_FROM_CLASS (klass));
}
