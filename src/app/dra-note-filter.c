/* dra-note-filter.c: which of an article's notes are listed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-note-filter.h"

#include <string.h>

#include "notes/dra-fold.h"

struct _DraNoteFilter
{
  GtkFilter parent_instance;

  char      **words;  /* (nullable) folded */
  guint       colors; /* bits; 0: all */
  guint       kinds;
  guint       states;
  GHashTable *tags;
};

G_DEFINE_FINAL_TYPE (DraNoteFilter, dra_note_filter, GTK_TYPE_FILTER)

/**
 * dra_note_filter_get_kind:
 * @note: a note
 *
 * Returns: what it is to the reader
 */
DraNoteKind
dra_note_filter_get_kind (DraNote *note)
{
  switch (dra_note_get_target (note))
    {
    case DRA_NOTE_TARGET_ENTITY:
      return DRA_NOTE_KIND_ENTITY;
    case DRA_NOTE_TARGET_ARTICLE:
      return DRA_NOTE_KIND_ARTICLE;
    case DRA_NOTE_TARGET_PASSAGE:
    default:
      return *dra_note_get_body (note) != '\0' ? DRA_NOTE_KIND_PASSAGE : DRA_NOTE_KIND_HIGHLIGHT;
    }
}

static gboolean
matches_words (DraNoteFilter *self,
               DraNote       *note)
{
  const DraQuote *quote = dra_note_get_quote (note);
  const char *name = dra_note_get_entity_name (note);
  g_autofree char *tags = NULL;
  g_autofree char *all = NULL;
  g_autofree char *folded = NULL;

  if (self->words == NULL)
    return TRUE;

  tags = g_strjoinv (" #", (char **) dra_note_get_tags (note));
  all = g_strconcat (dra_note_get_body (note), "\n", quote != NULL ? quote->exact : "", "\n",
                     name != NULL ? name : "", "\n#", tags, NULL);
  folded = dra_fold_string (all);
  for (guint i = 0; self->words[i] != NULL; i++)
    if (strstr (folded, self->words[i]) == NULL)
      return FALSE;

  return TRUE;
}

static gboolean
matches_tags (DraNoteFilter *self,
              DraNote       *note)
{
  const char *const *tags = dra_note_get_tags (note);

  if (g_hash_table_size (self->tags) == 0)
    return TRUE;

  for (guint i = 0; tags[i] != NULL; i++)
    if (g_hash_table_contains (self->tags, tags[i]))
      return TRUE;

  return FALSE;
}

static gboolean
dra_note_filter_match (GtkFilter *filter,
                       gpointer   item)
{
  DraNoteFilter *self = DRA_NOTE_FILTER (filter);
  DraNote *note = item;

  return (self->colors == 0 || (self->colors & 1u << dra_note_get_color (note)) != 0) &&
         (self->kinds == 0 || (self->kinds & 1u << dra_note_filter_get_kind (note)) != 0) &&
         (self->states == 0 ||
          (dra_note_get_target (note) == DRA_NOTE_TARGET_PASSAGE &&
           (self->states & 1u << dra_note_get_anchor (note, NULL, NULL)) != 0)) &&
         matches_tags (self, note) && matches_words (self, note);
}

static GtkFilterMatch
dra_note_filter_get_strictness (GtkFilter *filter)
{
  return dra_note_filter_is_open (DRA_NOTE_FILTER (filter)) ? GTK_FILTER_MATCH_ALL
                                                            : GTK_FILTER_MATCH_SOME;
}

static void
dra_note_filter_finalize (GObject *object)
{
  DraNoteFilter *self = DRA_NOTE_FILTER (object);

  g_strfreev (self->words);
  g_hash_table_unref (self->tags);

  G_OBJECT_CLASS (dra_note_filter_parent_class)->finalize (object);
}

static void
dra_note_filter_class_init (DraNoteFilterClass *klass)
{
  GtkFilterClass *filter_class = GTK_FILTER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = dra_note_filter_finalize;
  filter_class->match = dra_note_filter_match;
  filter_class->get_strictness = dra_note_filter_get_strictness;
}

static void
dra_note_filter_init (DraNoteFilter *self)
{
  self->tags = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * dra_note_filter_new:
 *
 * Returns: (transfer full): a filter that lets everything through
 */
DraNoteFilter *
dra_note_filter_new (void)
{
  return g_object_new (DRA_TYPE_NOTE_FILTER, NULL);
}

static void
changed (DraNoteFilter *self)
{
  gtk_filter_changed (GTK_FILTER (self), GTK_FILTER_CHANGE_DIFFERENT);
}

/**
 * dra_note_filter_set_text:
 * @self: the filter
 * @text: words, all of which must be somewhere in a note; case and accents do not matter
 */
void
dra_note_filter_set_text (DraNoteFilter *self,
                          const char    *text)
{
  g_autofree char *folded = NULL;
  g_auto (GStrv) parts = NULL;
  g_autoptr (GStrvBuilder) words = NULL;

  g_return_if_fail (DRA_IS_NOTE_FILTER (self));

  folded = dra_fold_string (text);
  parts = g_strsplit (folded, " ", -1);
  words = g_strv_builder_new ();
  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      g_strv_builder_add (words, parts[i]);
  g_clear_pointer (&self->words, g_strfreev);
  if (*folded != '\0')
    self->words = g_strv_builder_end (words);
  changed (self);
}

void
dra_note_filter_set_colors (DraNoteFilter *self,
                            guint          colors)
{
  g_return_if_fail (DRA_IS_NOTE_FILTER (self));

  self->colors = colors;
  changed (self);
}

void
dra_note_filter_set_kinds (DraNoteFilter *self,
                           guint          kinds)
{
  g_return_if_fail (DRA_IS_NOTE_FILTER (self));

  self->kinds = kinds;
  changed (self);
}

void
dra_note_filter_set_states (DraNoteFilter *self,
                            guint          states)
{
  g_return_if_fail (DRA_IS_NOTE_FILTER (self));

  self->states = states;
  changed (self);
}

guint
dra_note_filter_get_states (DraNoteFilter *self)
{
  g_return_val_if_fail (DRA_IS_NOTE_FILTER (self), 0);

  return self->states;
}

/**
 * dra_note_filter_set_tag:
 * @self: the filter
 * @tag: a tag
 * @wanted: whether notes with it are wanted
 */
void
dra_note_filter_set_tag (DraNoteFilter *self,
                         const char    *tag,
                         gboolean       wanted)
{
  g_return_if_fail (DRA_IS_NOTE_FILTER (self));
  g_return_if_fail (tag != NULL);

  if (wanted ? g_hash_table_add (self->tags, g_strdup (tag)) : g_hash_table_remove (self->tags, tag))
    changed (self);
}

gboolean
dra_note_filter_has_tag (DraNoteFilter *self,
                         const char    *tag)
{
  g_return_val_if_fail (DRA_IS_NOTE_FILTER (self), FALSE);

  return g_hash_table_contains (self->tags, tag);
}

/**
 * dra_note_filter_is_open:
 * @self: the filter
 *
 * Returns: whether it lets everything through
 */
gboolean
dra_note_filter_is_open (DraNoteFilter *self)
{
  g_return_val_if_fail (DRA_IS_NOTE_FILTER (self), TRUE);

  return self->words == NULL && self->colors == 0 && self->kinds == 0 && self->states == 0 &&
         g_hash_table_size (self->tags) == 0;
}

/**
 * dra_note_filter_clear:
 * @self: the filter
 *
 * Lets everything through again.
 */
void
dra_note_filter_clear (DraNoteFilter *self)
{
  g_return_if_fail (DRA_IS_NOTE_FILTER (self));

  g_clear_pointer (&self->words, g_strfreev);
  self->colors = self->kinds = self->states = 0;
  g_hash_table_remove_all (self->tags);
  changed (self);
}
