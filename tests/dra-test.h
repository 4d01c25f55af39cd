/* dra-test.h: what every test program needs: where the data is, a folder of its own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Path in the shared data ($DRAMATIS_SHARED, else ../shared beside the source tree), or
 * NULL after g_test_skip() has said why: then return from the test.  Free with g_free. */
char *dra_test_shared  (const char *relative);
/* Path in the source tree (data/samples/..., tests/fixtures/...).  Free with g_free. */
char *dra_test_source  (const char *relative);
/* A new empty folder for this test, removed with all it holds by dra_test_rmtree, or when an
 * assertion ends the program. */
char *dra_test_mkdtemp (void);
void  dra_test_rmtree  (char *path); /* takes and frees path */
/* Takes the last reference to an object; a thread that has just answered may hold one yet. */
void  dra_test_finalize (gpointer object);

G_END_DECLS
