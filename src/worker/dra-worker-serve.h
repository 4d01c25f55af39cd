/* dra-worker-serve.h: what a worker does, from its start to its end.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "readers/dra-pdf-annotate.h"

G_BEGIN_DECLS

/* What writes notes into a PDF document (dra_pdf_annotate()), in a worker that has it. */
typedef GBytes *(*DraWorkerAnnotate) (GBytes            *bytes,
                                      const char        *name,
                                      const DraPdfMarks *marks,
                                      int                fd,
                                      GError           **error);
void dra_worker_provide_annotate (DraWorkerAnnotate annotate);

/* Closes all descriptors that are none of the worker's; call it before anything else. */
void dra_worker_begin (void);
/* Waits on DRA_WORKER_SOCKET for one request, confines the process, answers, and ends it. */
void dra_worker_serve (void) G_GNUC_NORETURN;

G_END_DECLS
