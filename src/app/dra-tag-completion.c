/* dra-tag-completion.c: completes the tag being typed from the tags in use.
 *
 * The entry holds several tags with commas between; the one the caret is in is completed.
 * The tags in use are shared by all entries of the program.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-tag-completion.h"

#include <string.h>

#include "notes/dra-fold.h"

enum
{
  COLUMN_TAG,
  COLUMN_FOLDED,
};

static GtkListStore *known;
static GHashTable *known_tags;

static void
ensure_known (void)
{
  if (known != NULL)
    return;

  known = gtk_list_store_new (2, G_TYPE_STRING, G_TYPE_STRING);
  known_tags = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * dra_tag_completion_learn:
 * @tags: (array zero-terminated=1): tags in use, the most used first
 *
 * Adds tags that may be offered from now on.
 */
void
dra_tag_completion_learn (const char *const *tags)
{
  g_return_if_fail (tags != NULL);

  ensure_known ();
  for (guint i = 0; tags[i] != NULL; i++)
    if (g_hash_table_add (known_tags, g_strdup (tags[i])))
      {
        g_autofree char *folded = dra_fold_string (tags[i]);

        gtk_list_store_insert_with_values (known, NULL, -1, COLUMN_TAG, tags[i], COLUMN_FOLDED,
                                           folded, -1);
      }
}

/* The tag the caret is in, as bytes of the text: from after a comma to the next. */
static void
find_part (GtkEditable *entry,
           const char **start,
           const char **end)
{
  const char *text = gtk_editable_get_text (entry);
  const char *caret = g_utf8_offset_to_pointer (text, gtk_editable_get_position (entry));

  *start = caret;
  while (*start > text && (*start)[-1] != ',')
    (*start)--;
  while (**start == ' ' || **start == '#')
    (*start)++;
  *end = strchr (caret, ',');
  if (*end == NULL)
    *end = text + strlen (text);
  *start = MIN (*start, *end);
}

static gboolean
match_cb (GtkEntryCompletion *completion,
          const char         *key,
          GtkTreeIter        *iter,
          gpointer            user_data)
{
  g_autofree char *folded = NULL;
  g_autofree char *part = NULL;
  g_autofree char *typed = NULL;
  const char *start, *end;

  find_part (GTK_EDITABLE (gtk_entry_completion_get_entry (completion)), &start, &end);
  part = g_strndup (start, end - start);
  typed = dra_fold_string (part);
  if (*typed == '\0')
    return FALSE;

  gtk_tree_model_get (GTK_TREE_MODEL (known), iter, COLUMN_FOLDED, &folded, -1);
  return g_str_has_prefix (folded, typed) && strcmp (folded, typed) != 0;
}

static gboolean
selected_cb (GtkEntryCompletion *completion,
             GtkTreeModel       *model,
             GtkTreeIter        *iter)
{
  GtkEditable *entry = GTK_EDITABLE (gtk_entry_completion_get_entry (completion));
  const char *text = gtk_editable_get_text (entry);
  g_autofree char *tag = NULL;
  const char *start, *end;
  int position, last;

  gtk_tree_model_get (model, iter, COLUMN_TAG, &tag, -1);
  find_part (entry, &start, &end);
  position = (int) g_utf8_pointer_to_offset (text, start);
  last = (int) g_utf8_pointer_to_offset (text, end);
  gtk_editable_delete_text (entry, position, last);
  gtk_editable_insert_text (entry, tag, -1, &position);
  if (g_utf8_strlen (gtk_editable_get_text (entry), -1) == position)
    gtk_editable_insert_text (entry, ", ", 2, &position);
  gtk_editable_set_position (entry, position);
  return GDK_EVENT_STOP;
}

/**
 * dra_tag_completion_attach:
 * @entry: an entry for tags, with commas between
 *
 * Offers the tags in use while a tag is typed.
 */
void
dra_tag_completion_attach (GtkEntry *entry)
{
  g_autoptr (GtkEntryCompletion) completion = gtk_entry_completion_new ();

  g_return_if_fail (GTK_IS_ENTRY (entry));

  ensure_known ();
  gtk_entry_completion_set_model (completion, GTK_TREE_MODEL (known));
  gtk_entry_completion_set_text_column (completion, COLUMN_TAG);
  gtk_entry_completion_set_match_func (completion, match_cb, NULL, NULL);
  g_signal_connect (completion, "match-selected", G_CALLBACK (selected_cb), NULL);
  gtk_entry_set_completion (entry, completion);
}
