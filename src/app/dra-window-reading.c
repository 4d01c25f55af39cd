/* dra-window-reading.c: what follows the reader through the text: title, outline, place.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-window-private.h"

#include <glib/gi18n.h>

#include "app/dra-quotation.h"
#include "library/dra-positions.h"

#define SANS "Cantarell, Inter, Noto Sans, DejaVu Sans, sans-serif"

/* {{{ Title */

static char *
dup_source (DraWindow  *self,
            DraArticle *article)
{
  g_autofree char *name = dra_document_dup_file_name (self->document);
  const char *site = dra_article_get_metadata (article, DRA_METADATA_SITE);
  const char *byline = dra_article_get_metadata (article, DRA_METADATA_BYLINE);

  if (dra_document_get_is_copy (self->document))
    /* Translators: below the title; %s is a file name */
    return g_strdup_printf (_("Annotated copy · %s"), name);
  if (site != NULL && byline != NULL)
    return g_strdup_printf ("%s · %s", site, byline);
  return g_strdup (site != NULL ? site : byline != NULL ? byline : name);
}

/* The title that stands in the text says enough while it is in view. */
static gboolean
title_is_in_view (DraWindow *self)
{
  DraArticle *article = dra_article_view_get_article (self->view);
  const DraBlock *blocks;
  guint n_blocks;

  if (article == NULL || !g_str_equal (dra_window_get_page (self), "article"))
    return FALSE;
  blocks = dra_article_get_blocks (article, &n_blocks);
  return n_blocks > 0
         && (blocks[0].kind == DRA_BLOCK_TITLE || blocks[0].kind == DRA_BLOCK_HEADING)
         && dra_article_view_get_visible_offset (self->view) < blocks[0].range.end;
}

static void
update_subtitle (DraWindow *self)
{
  g_autofree char *left = NULL;
  g_autofree char *subtitle = NULL;
  guint minutes = 0;

  if (self->document != NULL && dra_article_view_get_article (self->view) != NULL
      && g_str_equal (dra_window_get_page (self), "article"))
    minutes = dra_article_view_get_minutes_left (self->view);
  if (minutes > 0 && dra_article_view_get_progress (self->view) < 1)
    /* Translators: how long it takes to read the rest of the article */
    left = g_strdup_printf (ngettext ("%u min left", "%u min left", minutes), minutes);
  if (left != NULL && self->source != NULL && *self->source != '\0')
    subtitle = g_strdup_printf ("%s · %s", self->source, left);
  else
    subtitle = g_strdup (left != NULL ? left : self->source);
  adw_window_title_set_subtitle (self->title, subtitle != NULL ? subtitle : "");
}

/**
 * dra_window_update_title:
 * @self: the window
 *
 * Says which article is open.
 */
void
dra_window_update_title (DraWindow *self)
{
  DraArticle *article = self->document != NULL ? dra_document_get_article (self->document) : NULL;
  g_autofree char *name = NULL;
  const char *title = NULL;

  g_clear_pointer (&self->source, g_free);
  if (self->document == NULL)
    {
      title = g_get_application_name ();
    }
  else
    {
      name = dra_document_dup_file_name (self->document);
      if (article != NULL)
        {
          title = dra_article_get_title (article);
          self->source = dup_source (self, article);
        }
      if (title == NULL || *title == '\0')
        title = name;
      if (g_strcmp0 (self->source, title) == 0)
        g_clear_pointer (&self->source, g_free);
    }
  gtk_window_set_title (GTK_WINDOW (self), title);
  adw_window_title_set_title (self->title, title);
  update_subtitle (self);
}

/* }}} */
/* {{{ The article or the whole page */

#define WORDS 60      /* bytes by which a place is found again */
#define MIN_WORDS 12

static void
update_page_banner (DraWindow *self)
{
  switch (dra_document_get_extent (self->document))
    {
    case DRA_READING_MAIN:
      dra_banner_show (self->page_banner,
                       _("Only the article is shown, without what is around it on the page."),
                       _("Show Whole _Page"));
      break;
    case DRA_READING_PAGE:
      dra_banner_show (self->page_banner, _("The whole page is shown."), _("Show _Article"));
      break;
    case DRA_READING_ALL:
    default:
      dra_banner_hide (self->page_banner);
    }
}

/**
 * dra_window_switch_extent:
 * @self: the window
 *
 * Shows the whole web page instead of the article found in it, or the other way round.
 */
void
dra_window_switch_extent (DraWindow *self)
{
  DraReadingExtent extent;

  if (self->document == NULL || dra_document_get_article (self->document) == NULL)
    return;
  extent = dra_document_get_extent (self->document);
  if (extent != DRA_READING_ALL)
    dra_window_reload_extent (self, extent == DRA_READING_PAGE ? DRA_READING_ALL
                                                               : DRA_READING_PAGE);
}

/**
 * dra_window_dup_words_in_view:
 * @self: the window
 *
 * Returns: (transfer full) (nullable): what stands at the top of the window; nothing at the
 *   beginning of the article
 */
char *
dra_window_dup_words_in_view (DraWindow *self)
{
  DraArticle *article = dra_article_view_get_article (self->view);
  gsize offset = dra_article_view_get_visible_offset (self->view);
  const char *text;
  gsize length;

  if (article == NULL || offset == 0)
    return NULL;
  text = dra_article_get_text (article, &length);
  length = MIN (WORDS, length - offset);
  length = dra_article_to_bytes (
             article, dra_article_to_code_points (article, offset + length)) - offset;
  return g_strndup (text + offset, MIN (length, strcspn (text + offset, "\n")));
}

/**
 * dra_window_find_place_again:
 * @self: the window
 * @words: (nullable): what dra_window_dup_words_in_view() gave before
 * @share: how far the reader was, from 0 to 1
 *
 * Goes where the reader was in another text of the same article.
 */
void
dra_window_find_place_again (DraWindow  *self,
                             const char *words,
                             double      share)
{
  DraArticle *article = dra_article_view_get_article (self->view);
  const char *text, *best = NULL;
  gsize length, expected;

  if (article == NULL || words == NULL)
    return;
  text = dra_article_get_text (article, &length);
  expected = (gsize) (CLAMP (share, 0, 1) * length);
  for (const char *p = text; strlen (words) >= MIN_WORDS && (p = strstr (p, words)) != NULL; p++)
    {
      if (best != NULL && (gsize) (p - text) > expected
          && (gsize) (p - text) - expected
               > (gsize) ABS ((gssize) expected - (gssize) (best - text)))
        break;
      best = p;
    }
  if (best != NULL)
    dra_article_view_restore (self->view, best - text);
}

/* }}} */
/* {{{ Where the reader is */

static void
scrolled_cb (DraWindow *self)
{
  if (self->document == NULL || dra_article_view_get_article (self->view) == NULL)
    return;
  gtk_stack_set_visible_child_name (self->title_stack,
                                    title_is_in_view (self) ? "nothing" : "title");
  /* It has been read, and the menu has the same. */
  if (dra_article_view_get_visible_offset (self->view) > 0 && dra_document_get_extent (self->document) == DRA_READING_MAIN)
    dra_banner_hide (self->page_banner);
  update_subtitle (self);
  dra_outline_pane_set_position (self->outline_pane,
                                 dra_article_view_get_visible_offset (self->view));
}

/**
 * dra_window_show_reading:
 * @self: the window
 *
 * The article that is shown now is another: lists its headings and goes where the reader
 * was in it.
 */
void
dra_window_show_reading (DraWindow *self)
{
  DraArticle *article = dra_article_view_get_article (self->view);
  gsize offset;

  dra_outline_pane_set_article (self->outline_pane, article);
  if (article != NULL && self->positions != NULL
      && dra_positions_find (self->positions, article, &offset))
    dra_article_view_restore (self->view, offset);
  update_page_banner (self);
  scrolled_cb (self);
}

/**
 * dra_window_keep_position:
 * @self: the window
 *
 * Remembers where the reader is, for the next time.
 */
void
dra_window_keep_position (DraWindow *self)
{
  DraArticle *article = dra_article_view_get_article (self->view);
  gsize offset;

  if (self->positions == NULL || self->document == NULL || article == NULL || !self->text_shown
      || dra_document_get_article (self->document) != article)
    return;
  offset = dra_article_view_get_visible_offset (self->view);
  /* To the beginning of a character, which a line always is. */
  dra_positions_keep (self->positions, article, offset,
                      dra_article_view_get_progress (self->view));
}

static void
heading_activated_cb (DraWindow *self,
                      guint64    offset)
{
  dra_article_view_restore (self->view, offset);
  if (adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (dra_article_view_get_text_view (self->view)));
  dra_article_view_select_range (self->view, (DraRange) { offset, offset });
}

/* }}} */
/* {{{ Quotations */

/**
 * dra_window_copy_quotation:
 * @self: the window
 *
 * Puts the selected passage in quotation marks on the clipboard, with who wrote it, the
 * title, the site, the date, the address and where in the text it stands.
 */
void
dra_window_copy_quotation (DraWindow *self)
{
  DraArticle *article = dra_article_view_get_article (self->view);
  g_autofree char *quotation = NULL;
  DraRange range;

  if (article == NULL || !dra_article_view_get_selection (self->view, &range))
    return;
  quotation = dra_quotation_new_for_range (article, range);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), quotation);
  dra_window_toast (self, _("Quotation copied"));
}

/* }}} */
/* {{{ Typography */

static void
typography_cb (DraWindow *self)
{
  DraTypography typography = DRA_TYPOGRAPHY_INIT;
  g_autofree char *family = g_settings_get_string (self->settings, "font-family");
  g_autofree char *font = g_settings_get_string (self->settings, "font");
  g_autofree char *style = g_settings_get_string (self->settings, "style");

  if (g_str_equal (font, "sans"))
    typography.family = SANS;
  else if (g_str_equal (font, "other"))
    typography.family = family;
  if (g_str_equal (style, "sepia"))
    typography.theme = DRA_THEME_SEPIA;
  else if (g_str_equal (style, "contrast"))
    typography.theme = DRA_THEME_CONTRAST;
  typography.measure = (guint) g_settings_get_int (self->settings, "measure");
  typography.line_height = g_settings_get_double (self->settings, "line-height");
  typography.justify = g_settings_get_boolean (self->settings, "justify");
  typography.hyphenate = g_settings_get_boolean (self->settings, "hyphenate");
  typography.indent = g_settings_get_boolean (self->settings, "indent");
  typography.old_figures = g_settings_get_boolean (self->settings, "old-style-figures");
  dra_article_view_set_typography (self->view, &typography);
}

/* }}} */

/**
 * dra_window_connect_reading:
 * @self: a new window
 *
 * Follows the settings of the text and the reader in it.
 */
void
dra_window_connect_reading (DraWindow *self)
{
  static const char *const keys[] = { "font", "font-family", "measure", "line-height", "justify",
                                      "hyphenate", "indent", "old-style-figures", "style" };

  self->positions = dra_positions_new (NULL);
  g_signal_connect_object (self->view, "scrolled", G_CALLBACK (scrolled_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->outline_pane, "heading-activated",
                           G_CALLBACK (heading_activated_cb), self, G_CONNECT_SWAPPED);
  if (self->settings == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *signal = g_strconcat ("changed::", keys[i], NULL);

      g_signal_connect_object (self->settings, signal, G_CALLBACK (typography_cb), self,
                               G_CONNECT_SWAPPED);
    }
  typography_cb (self);
}
