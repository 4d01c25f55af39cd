/* dra-worker-serve.h: what a worker does, from its start to its end.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Closes all descriptors that are none of the worker's; call it before anything else. */
void dra_worker_begin (void);
/* Waits on DRA_WORKER_SOCKET for one request, confines the process, answers, and ends it. */
void dra_worker_serve (void) G_GNUC_NORETURN;

G_END_DECLS
