/* dra-restore-dialog.h: asks which backup of all notes to restore, and restores it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "app/dra-services.h"

G_BEGIN_DECLS

#define DRA_TYPE_RESTORE_DIALOG (dra_restore_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DraRestoreDialog, dra_restore_dialog, DRA, RESTORE_DIALOG, AdwMessageDialog)

/* Signal: restored ()  all notes are others now; it has been said to the reader. */
GtkWindow *dra_restore_dialog_new        (GtkWindow        *parent,
                                          DraServices      *services);
guint      dra_restore_dialog_get_n_rows (DraRestoreDialog *self);

G_END_DECLS
