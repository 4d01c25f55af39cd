/* test-read-aloud.c: an article is read aloud by the real library of Speech Dispatcher, which
 * talks to a service of this test's own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-article-text-private.h"
#include "app/dra-spoken-text.h"
#include "app/dra-window-private.h"
#include "article/dra-article-builder.h"
#include "dra-ui-test.h"

#include <gio/gunixsocketaddress.h>
#include <string.h>

/* The service: knows as much of SSIP (the documentation of Speech Dispatcher, "Speech
 * Synthesis Interface Protocol") as it is asked, and says nothing. */
typedef struct
{
  GMutex             mutex;
  GSocketConnection *connection; /* (nullable) */
  GPtrArray         *said;       /* of char */
  char              *language;
  guint              n_cancelled;
  guint              message;    /* number of the last */
  guint              slow;       /* milliseconds until a greeting is answered */
} Service;

static Service service;

static void
answer (const char *lines)
{
  g_autoptr (GError) error = NULL;

  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (service.connection)),
                             lines, strlen (lines), NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
obey (GDataInputStream *input,
      const char       *order)
{
  g_mutex_lock (&service.mutex);
  if (g_str_has_prefix (order, "SET SELF CLIENT_NAME"))
    {
      g_usleep (service.slow * 1000);
      answer ("208 OK CLIENT NAME SET\r\n");
    }
  else if (g_str_has_prefix (order, "HISTORY GET CLIENT_ID"))
    answer ("245-1\r\n245 OK CLIENT ID SENT\r\n");
  else if (g_str_has_prefix (order, "SET SELF NOTIFICATION"))
    answer ("220 OK NOTIFICATION SET\r\n");
  else if (g_str_has_prefix (order, "SET SELF LANGUAGE "))
    {
      g_free (service.language);
      service.language = g_strdup (order + strlen ("SET SELF LANGUAGE "));
      answer ("201 OK LANGUAGE SET\r\n");
    }
  else if (g_str_has_prefix (order, "SET SELF PRIORITY"))
    answer ("202 OK PRIORITY SET\r\n");
  else if (g_ascii_strncasecmp (order, "CANCEL", 6) == 0)
    {
      service.n_cancelled++;
      answer ("213 OK CANCELED\r\n");
    }
  else if (g_ascii_strcasecmp (order, "SPEAK") == 0)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *lines = NULL;

      answer ("230 OK RECEIVING DATA\r\n");
      while (TRUE)
        {
          g_autofree char *line = g_data_input_stream_read_line (input, NULL, NULL, NULL);

          if (line == NULL || g_str_equal (line, "."))
            break;
          g_string_append (text, line);
        }
      g_ptr_array_add (service.said, g_strdup (text->str));
      lines = g_strdup_printf ("225-%u\r\n225 OK MESSAGE QUEUED\r\n", ++service.message);
      answer (lines);
    }
  else if (g_str_has_prefix (order, "QUIT"))
    answer ("231 HAPPY HACKING\r\n");
  else
    answer ("300 ERR UNKNOWN\r\n");
  g_mutex_unlock (&service.mutex);
}

static gboolean
run_cb (GThreadedSocketService *listener,
        GSocketConnection      *connection,
        GObject                *source,
        gpointer                data)
{
  g_autoptr (GDataInputStream) input
    = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  char *order;

  g_data_input_stream_set_newline_type (input, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
  g_mutex_lock (&service.mutex);
  service.connection = connection;
  g_mutex_unlock (&service.mutex);
  while ((order = g_data_input_stream_read_line (input, NULL, NULL, NULL)) != NULL)
    {
      obey (input, order);
      g_free (order);
    }
  g_mutex_lock (&service.mutex);
  if (service.connection == connection)
    service.connection = NULL;
  g_mutex_unlock (&service.mutex);
  return TRUE;
}

/* What happened to the last message: 702 it was said, 703 it was cut short. */
static void
tell (guint code)
{
  g_autofree char *lines = NULL;

  g_mutex_lock (&service.mutex);
  lines = g_strdup_printf ("%u-%u\r\n%u-1\r\n%u %s\r\n", code, service.message, code, code,
                           code == 702 ? "END" : "CANCELED");
  answer (lines);
  g_mutex_unlock (&service.mutex);
}

static gboolean
said (guint       n,
      const char *last)
{
  gboolean it_is;

  g_mutex_lock (&service.mutex);
  it_is = service.said->len == n && g_str_equal (g_ptr_array_index (service.said, n - 1), last);
  g_mutex_unlock (&service.mutex);
  return it_is;
}

static void
forget (void)
{
  g_mutex_lock (&service.mutex);
  g_ptr_array_set_size (service.said, 0);
  service.n_cancelled = 0;
  g_mutex_unlock (&service.mutex);
}

static DraRange
find (DraArticle *article,
      const char *passage)
{
  const char *text = dra_article_get_text (article, NULL);
  const char *found = strstr (text, passage);

  g_assert_nonnull (found);
  return (DraRange) { found - text, found - text + strlen (passage) };
}

static gboolean
marks (DraWindow  *window,
       const char *passage)
{
  DraRange range = find (dra_article_view_get_article (window->view), passage);
  DraRange spoken = DRA_ARTICLE_TEXT (dra_article_view_get_text_view (window->view))->spoken;

  return spoken.start == range.start && spoken.end == range.end;
}

static DraWindow *
open_article (void)
{
  g_autoptr (GString) text = g_string_new ("The Ice House\n\n");
  g_autofree char *path = NULL;
  DraWindow *window;

  for (guint i = 0; i < 60; i++)
    g_string_append (text, "Ice was cut on the lake each winter and kept in straw.\n\n");
  g_string_append (text, "Mr. Renwick sold it. He sold it dear! Nobody else had any.\n\n"
                         "So it went for forty years.\n");
  path = dra_ui_test_write ("ice.txt", text->str, -1);
  window = dra_ui_test_open (path);
  /* It may open where another test has left it. */
  dra_article_view_scroll_to (window->view, (DraRange) { 0, 0 });
  WAIT_FOR (dra_article_view_get_visible_offset (window->view) == 0);
  return window;
}

/* Sentence after sentence from the selection on; marked, in view, in the article's language. */
static void
test_follow (void)
{
  DraWindow *window = open_article ();
  DraArticle *article = dra_article_view_get_article (window->view);
  DraRange range;

  forget ();
  g_assert_false (gtk_widget_get_mapped (window->speech_bar));
  dra_article_view_select_range (window->view, find (article, "Renwick sold it."));
  /* Nothing waits for a service that is slow to answer. */
  service.slow = 300;
  {
    gint64 before = g_get_monotonic_time ();

    dra_ui_test_act (window, "read-aloud");
    g_assert_cmpint (g_get_monotonic_time () - before, <, 250 * 1000);
  }
  service.slow = 0;
  WAIT_FOR (said (1, "Mr. Renwick sold it."));
  g_assert_cmpstr (service.language, ==, "en");
  g_assert_true (marks (window, "Mr. Renwick sold it."));
  WAIT_FOR (dra_article_view_get_visible_offset (window->view) > 1000);
  WAIT_FOR (gtk_widget_get_mapped (window->speech_bar));
  g_assert_true (dra_ui_test_says (window->speech_bar, "Reading aloud"));
  g_assert_false (dra_article_view_get_selection (window->view, &range));

  tell (702);
  WAIT_FOR (said (2, "He sold it dear!"));
  g_assert_true (marks (window, "He sold it dear!"));
  tell (702);
  WAIT_FOR (said (3, "Nobody else had any."));
  tell (702);
  WAIT_FOR (said (4, "So it went for forty years."));
  tell (702);
  WAIT_FOR (!gtk_widget_get_mapped (window->speech_bar));
  g_assert_cmpuint (DRA_ARTICLE_TEXT (dra_article_view_get_text_view (window->view))->spoken.end,
                    ==, 0);
  dra_ui_test_close (window);
}

/* Pause and go on, next and previous sentence, stop; and another program that interrupts. */
static void
test_control (void)
{
  DraWindow *window = open_article ();

  forget ();
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "next-sentence"));
  dra_ui_test_act (window, "read-aloud");
  /* From what is at the top of the window. */
  WAIT_FOR (said (1, "The Ice House"));
  dra_ui_test_act (window, "next-sentence");
  WAIT_FOR (said (2, "Ice was cut on the lake each winter and kept in straw."));
  g_assert_cmpuint (service.n_cancelled, ==, 1);
  dra_ui_test_act (window, "previous-sentence");
  WAIT_FOR (said (3, "The Ice House"));
  g_assert_cmpuint (service.n_cancelled, ==, 2);

  dra_ui_test_act (window, "read-aloud");
  WAIT_FOR (service.n_cancelled == 3);
  tell (703);
  dra_ui_test_run (100);
  g_assert_true (said (3, "The Ice House"));
  g_assert_true (dra_ui_test_says (window->speech_bar, "Reading aloud is paused"));
  g_assert_true (marks (window, "The Ice House"));
  /* Walking while it is silent. */
  dra_ui_test_act (window, "next-sentence");
  dra_ui_test_run (100);
  g_assert_true (said (3, "The Ice House"));
  dra_ui_test_act (window, "previous-sentence");
  dra_ui_test_act (window, "read-aloud");
  WAIT_FOR (said (4, "The Ice House"));
  dra_ui_test_run (50);

  tell (703);
  WAIT_FOR (dra_ui_test_says (window->speech_bar, "Reading aloud is paused"));
  dra_ui_test_act (window, "read-aloud");
  WAIT_FOR (said (5, "The Ice House"));
  dra_ui_test_act (window, "escape");
  WAIT_FOR (!gtk_widget_get_mapped (window->speech_bar));
  WAIT_FOR (service.n_cancelled == 4);
  dra_ui_test_close (window);
}

static GtkWindow *
find_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (ADW_IS_MESSAGE_DIALOG (l->data))
      return l->data;
  return NULL;
}

/* Closed while it reads, a window is silent, and the next one reads as if it had not been. */
static void
test_closed (void)
{
  DraWindow *window = open_article ();

  forget ();
  dra_ui_test_act (window, "read-aloud");
  WAIT_FOR (said (1, "The Ice House"));
  dra_ui_test_close (window);
  WAIT_FOR (service.n_cancelled == 1);

  window = open_article ();
  dra_ui_test_act (window, "read-aloud");
  WAIT_FOR (said (2, "The Ice House"));
  dra_ui_test_close (window);
  WAIT_FOR (service.n_cancelled == 2);
}

/* A service that went away is looked for again; one that is not there is said to be missing. */
static void
test_service_gone (void)
{
  DraWindow *window = open_article ();
  g_autofree char *address = g_strdup (g_getenv ("SPEECHD_ADDRESS"));
  GtkWindow *dialog;

  forget ();
  dra_ui_test_act (window, "read-aloud");
  WAIT_FOR (said (1, "The Ice House"));
  dra_ui_test_act (window, "read-aloud");
  WAIT_FOR (service.n_cancelled == 1);
  g_socket_shutdown (g_socket_connection_get_socket (service.connection), TRUE, TRUE, NULL);
  WAIT_FOR (service.connection == NULL);
  dra_ui_test_act (window, "read-aloud");
  WAIT_FOR (said (2, "The Ice House"));
  dra_ui_test_act (window, "read-aloud");
  WAIT_FOR (service.n_cancelled == 2);

  g_setenv ("SPEECHD_ADDRESS", "unix_socket:/nowhere/at/all", TRUE);
  g_socket_shutdown (g_socket_connection_get_socket (service.connection), TRUE, TRUE, NULL);
  WAIT_FOR (service.connection == NULL);
  dra_ui_test_act (window, "read-aloud");
  WAIT_FOR (window->speech == DRA_SPEECH_OFF);
  WAIT_FOR ((dialog = find_dialog ()) != NULL);
  g_assert_cmpstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (dialog)), ==,
                   "Reading aloud needs Speech Dispatcher, which does not answer.");
  gtk_window_close (dialog);
  g_setenv ("SPEECHD_ADDRESS", address, TRUE);
  dra_ui_test_close (window);
}

/* The sentences of an article of every kind of block, forward and back. */
static void
test_sentences (void)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();
  g_autoptr (DraArticle) article = NULL;
  DraRange sentence, before;
  g_autofree char *last = NULL;
  gsize offset = 0;
  guint n = 0, n_whole = 0;

  /* More than is looked at in one go. */
  for (guint i = 0; i < 2000; i++)
    g_string_append (words, "A rope is as strong as its weakest yarn. ");
  dra_article_builder_begin_block (builder, DRA_BLOCK_HEADING, 1, NULL);
  dra_article_builder_add_text (builder, "Ropes", -1);
  dra_article_builder_end_block (builder);
  dra_article_builder_begin_block (builder, DRA_BLOCK_RULE, 0, NULL);
  dra_article_builder_add_text (builder, "* * *", -1);
  dra_article_builder_end_block (builder);
  dra_article_builder_begin_block (builder, DRA_BLOCK_PARAGRAPH, 0, NULL);
  dra_article_builder_add_text (builder, words->str, words->len);
  dra_article_builder_end_block (builder);
  dra_article_builder_begin_block (builder, DRA_BLOCK_TABLE_ROW, 0, "first");
  dra_article_builder_add_text (builder, "Hemp", -1);
  dra_article_builder_next_cell (builder);
  dra_article_builder_add_text (builder, "Nylon", -1);
  dra_article_builder_end_block (builder);
  article = dra_article_builder_build (builder);

  while (dra_spoken_text_next (article, offset, &sentence))
    {
      g_autofree char *text = dra_spoken_text_dup (article, sentence);

      g_assert_cmpuint (sentence.end, >, offset);
      if (n > 0)
        {
          g_assert_true (dra_spoken_text_previous (article, sentence.start, &before));
          g_assert_cmpuint (before.end, ==, offset);
        }
      else
        {
          g_assert_false (dra_spoken_text_previous (article, sentence.start, &before));
        }
      if (n == 0)
        g_assert_cmpstr (text, ==, "Ropes");
      offset = sentence.end;
      n++;
      n_whole += g_str_equal (text, "A rope is as strong as its weakest yarn.");
      g_free (last);
      last = g_steal_pointer (&text);
    }
  g_assert_cmpstr (last, ==, "Hemp, Nylon");
  /* The builder parts paragraphs of this length somewhere. */
  g_assert_cmpuint (n, >=, 2002);
  g_assert_cmpuint (n_whole, >, 1980);
}

static void
add_tests (void)
{
  g_test_add_func ("/read-aloud/sentences", test_sentences);
#ifdef DRA_HAVE_SPEECH
  g_test_add_func ("/read-aloud/follow", test_follow);
  g_test_add_func ("/read-aloud/control", test_control);
  g_test_add_func ("/read-aloud/closed", test_closed);
  g_test_add_func ("/read-aloud/service-gone", test_service_gone);
#endif
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *path = dra_ui_test_path ("speechd.sock");
  g_autofree char *address = g_strconcat ("unix_socket:", path, NULL);
  g_autoptr (GSocketAddress) place = g_unix_socket_address_new (path);
  g_autoptr (GSocketService) listener = g_threaded_socket_service_new (4);
  g_autoptr (GError) error = NULL;
  int status;

  service.said = g_ptr_array_new_with_free_func (g_free);
  g_setenv ("SPEECHD_ADDRESS", address, TRUE);
  g_signal_connect (listener, "run", G_CALLBACK (run_cb), NULL);
  g_socket_listener_add_address (G_SOCKET_LISTENER (listener), place, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_DEFAULT, NULL, NULL, &error);
  g_assert_no_error (error);
  g_socket_service_start (listener);
  status = dra_ui_test_main (argc, argv, add_tests);
  g_socket_service_stop (listener);
  return status;
}
