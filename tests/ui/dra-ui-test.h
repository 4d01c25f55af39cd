/* dra-ui-test.h: what tests that drive the real window share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/dra-application.h"
#include "dra-test.h"

G_BEGIN_DECLS

/* Runs the main loop until condition holds; the test fails when it never does. */
#define WAIT_FOR(condition)                                                                   \
  G_STMT_START                                                                                \
  {                                                                                           \
    gint64 wait_until = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;                        \
    guint wait_id = g_timeout_add (20, G_SOURCE_FUNC (dra_ui_test_tick), NULL);               \
    while (!(condition) && g_get_monotonic_time () < wait_until)                              \
      g_main_context_iteration (NULL, TRUE);                                                  \
    g_source_remove (wait_id);                                                                \
    g_assert_true (condition);                                                                \
  }                                                                                           \
  G_STMT_END

gboolean        dra_ui_test_tick        (gpointer    unused);
/* Lets the main loop run for a while: for what must not happen. */
void            dra_ui_test_run         (guint       milliseconds);
DraApplication *dra_ui_test_application (void);
/* Opens a file in a window of its own and waits until all is shown. */
DraWindow      *dra_ui_test_open        (const char *path);
/* Closes the window and waits until it is gone and its notes are on disk. */
void            dra_ui_test_close       (DraWindow  *window);
/* The first mapped descendant of this type, in tree order, or NULL. */
GtkWidget      *dra_ui_test_find        (GtkWidget  *root,
                                         GType       type);
/* Whether a visible label below root says text. */
gboolean        dra_ui_test_says        (GtkWidget  *root,
                                         const char *text);
/* Where a passage is in the text of the window, in bytes; fails when it is not there. */
DraRange        dra_ui_test_find_text   (DraWindow  *window,
                                         const char *passage);
/* Activates an action of the window; fails when it is not there or not enabled. */
void            dra_ui_test_act         (DraWindow  *window,
                                         const char *action);
/* Path in DRA_TEST_DIR; free with g_free. */
char           *dra_ui_test_path        (const char *name);
char           *dra_ui_test_write       (const char *name,
                                         const char *content,
                                         gssize      length);
/* For the leak checker, before there are 2048 quarks. */
void            dra_ui_test_spare_quarks (void);
int             dra_ui_test_main        (int         argc,
                                         char       *argv[],
                                         void      (*add_tests) (void));

G_END_DECLS
