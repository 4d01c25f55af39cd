/* dra-window-speech.c: the article is read aloud, sentence by sentence.
 *
 * One sentence is given to the speaker at a time: so what is marked is what is heard, and
 * pausing is to be silent and to say the sentence again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-window-private.h"

#include <glib/gi18n.h>

#include "app/dra-speaker.h"
#include "app/dra-spoken-text.h"
#include "recognizer/dra-language.h"

/* The window that speaks: another one that begins interrupts it. */
static DraWindow *speaking;

static void
set_state (DraWindow     *self,
           DraSpeechState state)
{
  self->speech = state;
  if (state == DRA_SPEECH_READING)
    speaking = self;
  else if (speaking == self)
    speaking = NULL;
  gtk_widget_set_visible (self->speech_bar, state != DRA_SPEECH_OFF);
  gtk_label_set_label (self->speech_label,
                       state == DRA_SPEECH_PAUSED ? _("Reading aloud is paused")
                                                  : _("Reading aloud"));
  gtk_button_set_icon_name (self->speech_button, state == DRA_SPEECH_PAUSED
                                                   ? "media-playback-start-symbolic"
                                                   : "media-playback-pause-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->speech_button),
                               state == DRA_SPEECH_PAUSED ? _("Go on reading aloud (F8)")
                                                          : _("Pause reading aloud (F8)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->speech_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  state == DRA_SPEECH_PAUSED ? _("Go on reading aloud")
                                                             : _("Pause reading aloud"),
                                  -1);
  if (state == DRA_SPEECH_OFF)
    dra_article_view_set_spoken (self->view, NULL);
  dra_window_update_actions (self);
}

static void
be_silent (DraWindow *self)
{
  self->speech_serial = 0;
  if (self->speech == DRA_SPEECH_READING)
    dra_speaker_stop (dra_speaker_get_default ());
}

/* Marks a sentence, and says it unless paused. */
static void
go_to (DraWindow *self,
       DraRange   sentence)
{
  DraArticle *article = dra_article_view_get_article (self->view);
  g_autofree char *words = NULL;

  self->spoken = sentence;
  dra_article_view_set_spoken (self->view, &sentence);
  if (self->speech != DRA_SPEECH_READING)
    return;
  words = dra_spoken_text_dup (article, sentence);
  self->speech_serial = dra_speaker_say (dra_speaker_get_default (), words,
                                         self->speech_language);
}

static void
ended_cb (DraWindow *self,
          guint      serial,
          gboolean   whole)
{
  DraArticle *article = dra_article_view_get_article (self->view);
  DraRange sentence;

  if (self->speech != DRA_SPEECH_READING || serial != self->speech_serial)
    return;
  /* Something more urgent was said: the screen reader, or a message. */
  if (!whole)
    set_state (self, DRA_SPEECH_PAUSED);
  else if (article != NULL && dra_spoken_text_next (article, self->spoken.end, &sentence))
    go_to (self, sentence);
  else
    set_state (self, DRA_SPEECH_OFF);
}

static void
failed_cb (DraWindow  *self,
           guint       serial,
           const char *sentence)
{
  if (self->speech == DRA_SPEECH_OFF || serial != self->speech_serial)
    return;
  set_state (self, DRA_SPEECH_OFF);
  dra_window_alert (self, _("Reading Aloud"), sentence);
}

static gsize
find_start (DraWindow *self)
{
  DraRange selection;

  if (dra_article_view_get_selection (self->view, &selection))
    return selection.start;
  return dra_article_view_get_visible_offset (self->view);
}

/**
 * dra_window_read_aloud:
 * @self: the window
 *
 * Reads aloud from the selection, or from what is at the top of the window; pauses; goes on
 * with the sentence it was in.
 */
void
dra_window_read_aloud (DraWindow *self)
{
  DraArticle *article = dra_article_view_get_article (self->view);
  DraRange sentence = self->spoken;
  const char *language;

  if (article == NULL)
    return;
  if (self->speech == DRA_SPEECH_READING)
    {
      be_silent (self);
      set_state (self, DRA_SPEECH_PAUSED);
      return;
    }
  if (speaking != NULL)
    dra_window_read_aloud (speaking);
  if (self->speech == DRA_SPEECH_OFF)
    {
      if (!dra_spoken_text_next (article, find_start (self), &sentence))
        return;
      language = dra_language_detect (article);
      self->speech_language = g_strcmp0 (language, "und") == 0 ? NULL : language;
      /* The selection has said where; what is marked from now on is the sentence. */
      dra_article_view_clear_selection (self->view);
    }
  set_state (self, DRA_SPEECH_READING);
  go_to (self, sentence);
}

/**
 * dra_window_stop_reading:
 * @self: the window
 *
 * Reads no more.
 */
void
dra_window_stop_reading (DraWindow *self)
{
  if (self->speech == DRA_SPEECH_OFF)
    return;
  be_silent (self);
  set_state (self, DRA_SPEECH_OFF);
}

/**
 * dra_window_step_reading:
 * @self: the window
 * @direction: 1 for the next sentence, -1 for the one before
 *
 * Goes on at another sentence.  Does nothing unless it is being read aloud, or paused.
 */
void
dra_window_step_reading (DraWindow *self,
                         int        direction)
{
  DraArticle *article = dra_article_view_get_article (self->view);
  DraRange sentence;

  if (self->speech == DRA_SPEECH_OFF || article == NULL)
    return;
  if (direction > 0 ? dra_spoken_text_next (article, self->spoken.end, &sentence)
                    : dra_spoken_text_previous (article, self->spoken.start, &sentence))
    {
      be_silent (self);
      go_to (self, sentence);
    }
}

/**
 * dra_window_connect_speech:
 * @self: a new window
 *
 * Follows what the speaker does.
 */
void
dra_window_connect_speech (DraWindow *self)
{
  DraSpeaker *speaker = dra_speaker_get_default ();

  g_signal_connect_object (speaker, "ended", G_CALLBACK (ended_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (speaker, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
}
