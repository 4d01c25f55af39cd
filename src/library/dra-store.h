/* dra-store.h: one connection to the library's file, for the other files of this folder.
 *
 * Opens, upgrades and, where it must, replaces the file, and runs functions in
 * transactions.  Not thread-safe: DraLibrary holds a lock around it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

typedef struct _DraStore DraStore;

/* Runs inside a transaction; may run a second time when the file had to be replaced. */
typedef gboolean (*DraStoreFunc) (DraStore  *self,
                                  gpointer   data,
                                  GError   **error);

DraStore     *dra_store_new              (const char          *path,
                                          const char *const   *steps);
void          dra_store_free             (DraStore            *self);
gboolean      dra_store_connect          (DraStore            *self,
                                          GError             **error);
const char   *dra_store_get_path         (DraStore            *self);
const char   *dra_store_get_notice       (DraStore            *self);
gboolean      dra_store_is_read_only     (DraStore            *self);
void          dra_store_set_busy_timeout (DraStore            *self,
                                          guint                milliseconds);
sqlite3      *dra_store_get_db           (DraStore            *self);

/* Makes the file what backup holds, another library of this version or an earlier one. */
gboolean      dra_store_load             (DraStore            *self,
                                          const char          *backup,
                                          GError             **error);

gboolean      dra_store_read             (DraStore            *self,
                                          DraStoreFunc         func,
                                          gpointer             data,
                                          GError             **error);
gboolean      dra_store_write            (DraStore            *self,
                                          DraStoreFunc         func,
                                          gpointer             data,
                                          GError             **error);
/* Deletes, and leaves nothing of it in the log either. */
gboolean      dra_store_wipe             (DraStore            *self,
                                          DraStoreFunc         func,
                                          gpointer             data,
                                          GError             **error);

/* A prepared statement, kept by the connection; reset it when done (g_autoptr does). */
typedef sqlite3_stmt DraStatement;

DraStatement *dra_store_prepare          (DraStore            *self,
                                          const char          *sql, /* a literal */
                                          GError             **error);
void          dra_statement_bind_text    (DraStatement        *statement,
                                          int                  index,
                                          const char          *text);
/* SQLITE_ROW, SQLITE_DONE, or 0 with error set. */
int           dra_store_step             (DraStore            *self,
                                          DraStatement        *statement,
                                          GError             **error);
void          dra_statement_reset        (DraStatement        *statement);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DraStore, dra_store_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DraStatement, dra_statement_reset)

G_END_DECLS
