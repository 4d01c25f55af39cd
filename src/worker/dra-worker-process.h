/* dra-worker-process.h: one worker process, from its start to its answer.
 *
 * Used by the client and its tests only.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>
#include <sys/resource.h>

#include "worker/dra-request.h"

G_BEGIN_DECLS

/* How a worker ended, for tests and benchmarks. */
typedef struct
{
  guint         timeout; /* in: milliseconds, 0 for what the size of the content gives */
  int           status;  /* as waitpid() gives it */
  struct rusage usage;
} DraWorkerReport;

/* Sets one sentence that names the file; G_IO_ERROR_CANCELLED ends the worker at once. */
GBytes *dra_worker_run     (const DraRequest  *request,
                            DraWorkerReport   *report,
                            GCancellable      *cancellable,
                            GError           **error);
/* Starts a worker for the next request; what is asked in the meantime takes it. */
void    dra_worker_start_spare (void);
void    dra_worker_end_spare   (void);

G_END_DECLS
