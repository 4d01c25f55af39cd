/* dra-worker-process.c: one worker process, from its start to its answer.
 *
 * A worker reads one file and ends, so that nothing a file did to it is left for the next.
 * The client waits for its end: nobody can change the answer any more when it is looked at.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "worker/dra-worker-process.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "article/dra-error.h"
#include "readers/dra-load.h"
#include "worker/dra-answer.h"
#include "worker/dra-confine.h"

typedef struct
{
  GPid pid;
  int  socket; /* closed by the worker's end */
} Process;

G_LOCK_DEFINE_STATIC (spare);
static Process spare = { 0, -1 };

/* Which of the two workers: what is packed may be a PDF document. */
static gboolean
needs_all (const DraRequest *request)
{
  return request->kind == DRA_REQUEST_ANNOTATE
         || (request->kind == DRA_REQUEST_READ
             && (g_strcmp0 (request->as, "pdf") == 0 || dra_load_is_packed (request->content)));
}

/* $DRAMATIS_WORKER, then the one of the build folder this program is in, then the installed
 * one. */
static char *
find_program (void)
{
  const char *set = g_getenv ("DRAMATIS_WORKER");
  g_autofree char *self = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *kind = NULL;

  if (set != NULL && *set != '\0')
    return g_strdup (set);

  self = g_file_read_link ("/proc/self/exe", NULL);
  if (self != NULL)
    {
      folder = g_path_get_dirname (self);
      kind = g_path_get_basename (folder);
      if (strcmp (kind, "cli") == 0 || strcmp (kind, "app") == 0)
        {
          g_autofree char *beside = g_build_filename (folder, "..", "dramatis-worker", NULL);

          if (g_file_test (beside, G_FILE_TEST_IS_EXECUTABLE))
            return g_steal_pointer (&beside);
        }
    }

  return g_build_filename (DRA_LIBEXECDIR, "dramatis-worker", NULL);
}

/* What of the environment a worker needs: the language, and what the tests set. */
static GStrv
make_environment (void)
{
  static const char *const kept[] = {
    "LANG=", "LANGUAGE=", "LC_", "LOCPATH=", "TZ=", "LD_LIBRARY_PATH=", "GCONV_PATH=",
    "GDK_PIXBUF_MODULE_FILE=", "G_DEBUG=", "G_SLICE=", "MALLOC_", "ASAN_OPTIONS=", "UBSAN_OPTIONS=",
    "LSAN_OPTIONS=", "DRAMATIS_TEST_",
  };
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) all = g_get_environ ();

  for (guint i = 0; all[i] != NULL; i++)
    for (guint k = 0; k < G_N_ELEMENTS (kept); k++)
      if (g_str_has_prefix (all[i], kept[k]))
        g_strv_builder_add (builder, all[i]);

  return g_strv_builder_end (builder);
}

static gboolean
start (Process  *process,
       gboolean  all,
       GError  **error)
{
  g_autofree char *most = find_program ();
  g_autofree char *program = g_strconcat (most, all ? "-all" : NULL, NULL);
  g_auto (GStrv) environment = make_environment ();
  char *argv[] = { program, NULL };
  GSpawnFlags flags = G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_LEAVE_DESCRIPTORS_OPEN
                      | G_SPAWN_STDOUT_TO_DEV_NULL;
  int pair[2], target = DRA_WORKER_SOCKET;
  gboolean started;

  if (g_getenv ("DRAMATIS_WORKER_STDERR") == NULL)
    flags |= G_SPAWN_STDERR_TO_DEV_NULL;
  if (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
    {
      g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
      return FALSE;
    }
  started = g_spawn_async_with_pipes_and_fds (NULL, (const char *const *) argv,
                                              (const char *const *) environment, flags, NULL, NULL,
                                              -1, -1, -1, &pair[1], &target, 1, &process->pid,
                                              NULL, NULL, NULL, error);
  close (pair[1]);
  if (!started)
    {
      close (pair[0]);
      return FALSE;
    }
  process->socket = pair[0];

  return TRUE;
}

static void
finish (Process         *process,
        DraWorkerReport *report)
{
  pid_t pid;

  do
    pid = wait4 (process->pid, &report->status, 0, &report->usage);
  while (pid < 0 && errno == EINTR);
  close (process->socket);
}

static gboolean
send_descriptors (const Process *process,
                  int            request,
                  int            answer)
{
  int both[2] = { request, answer };
  char byte = 'r';
  union
  {
    char           space[CMSG_SPACE (sizeof both)];
    struct cmsghdr align;
  } control = { 0 };
  struct iovec part = { .iov_base = &byte, .iov_len = 1 };
  struct msghdr message = {
    .msg_iov = &part, .msg_iovlen = 1,
    .msg_control = control.space, .msg_controllen = sizeof control.space,
  };
  struct cmsghdr *header = CMSG_FIRSTHDR (&message);
  gssize n;

  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN (sizeof both);
  memcpy (CMSG_DATA (header), both, sizeof both);
  do
    n = sendmsg (process->socket, &message, MSG_NOSIGNAL);
  while (n < 0 && errno == EINTR);

  return n == 1;
}

/* Waits for the worker's end: 1 when it has ended, 0 when the time is over, -1 when the
 * reader is no longer interested. */
static int
wait_for_end (const Process *process,
              guint          timeout,
              GCancellable  *cancellable)
{
  gint64 deadline = g_get_monotonic_time () + (gint64) timeout * 1000;
  GPollFD cancel = { .fd = -1 };
  gboolean has_cancel = cancellable != NULL && g_cancellable_make_pollfd (cancellable, &cancel);
  int result = -2;

  while (result == -2)
    {
      struct pollfd polls[] = {
        { .fd = process->socket, .events = POLLIN },
        { .fd = cancel.fd, .events = POLLIN },
      };
      gint64 left = (deadline - g_get_monotonic_time () + 999) / 1000;
      int n = poll (polls, G_N_ELEMENTS (polls), (int) CLAMP (left, 0, G_MAXINT));

      if (n < 0 && errno != EINTR)
        result = 0;
      else if (n > 0 && polls[0].revents != 0)
        result = 1;
      else if (g_cancellable_is_cancelled (cancellable))
        result = -1;
      else if (left <= 0)
        result = 0;
    }
  if (has_cancel)
    g_cancellable_release_fd (cancellable);

  return result;
}

static void
set_too_long (GError    **error,
              const char *name)
{
  g_set_error (error, DRA_ERROR, DRA_ERROR_TOO_LARGE,
               _("“%s” could not be opened because reading it takes too long."), name);
}

/* One sentence for each way in which a worker ends without an answer. */
static void
set_end (GError    **error,
         const char *name,
         int         status)
{
  int by = WIFSIGNALED (status) ? WTERMSIG (status) : 0;
  int code = WIFEXITED (status) ? WEXITSTATUS (status) : 0;

  if (by == SIGXCPU || by == SIGKILL)
    set_too_long (error, name);
  else if (by == SIGSYS)
    g_set_error (error, DRA_ERROR, DRA_ERROR_DAMAGED,
                 _("“%s” was not opened: what reads it tried to do more than read."), name);
  else if (code == DRA_WORKER_NO_MEMORY)
    g_set_error (error, DRA_ERROR, DRA_ERROR_TOO_LARGE,
                 _("“%s” could not be opened because reading it takes too much memory."), name);
  else if (code == DRA_WORKER_NOT_CONFINED)
    g_set_error (error, DRA_ERROR, DRA_ERROR_FAILED,
                 _("“%s” was not opened because this system does not let Dramatis read it safely."),
                 name);
  else
    g_set_error (error, DRA_ERROR, DRA_ERROR_DAMAGED,
                 _("“%s” could not be opened: what reads it stopped, so it may be damaged."), name);
}

static void
set_not_started (GError       **error,
                 const char    *name,
                 const GError  *cause)
{
  g_set_error (error, DRA_ERROR, DRA_ERROR_FAILED,
               _("“%s” could not be opened because the part of Dramatis that reads it did not start: %s."),
               name, cause != NULL ? cause->message : g_strerror (errno));
}

static GBytes *
take_answer (int         fd,
             gsize       size,
             const char *name,
             GError    **error)
{
  g_autoptr (GMappedFile) file = NULL;
  struct stat info;

  if (fstat (fd, &info) == 0 && (guint64) info.st_size <= dra_answer_max_size (size))
    file = g_mapped_file_new_from_fd (fd, FALSE, NULL);
  if (file == NULL)
    {
      g_set_error (error, DRA_ERROR, DRA_ERROR_TOO_LARGE,
                   _("“%s” is larger than an article may be."), name);
      return NULL;
    }

  return g_mapped_file_get_bytes (file);
}

static Process
take_spare (void)
{
  Process taken;

  G_LOCK (spare);
  taken = spare;
  spare = (Process){ 0, -1 };
  G_UNLOCK (spare);

  return taken;
}

/**
 * dra_worker_start_spare:
 *
 * Starts a worker that waits for the next article, unless one waits already: the one that
 * reads all formats, as there is time for it to load its libraries.
 */
void
dra_worker_start_spare (void)
{
  Process process;

  G_LOCK (spare);
  if (spare.socket < 0 && start (&process, TRUE, NULL))
    spare = process;
  G_UNLOCK (spare);
}

/**
 * dra_worker_end_spare:
 *
 * Ends the worker that waits for the next article, if there is one, and frees its memory.
 */
void
dra_worker_end_spare (void)
{
  Process process = take_spare ();
  DraWorkerReport ended;

  if (process.socket < 0)
    return;
  kill (process.pid, SIGKILL);
  finish (&process, &ended);
}

/* Hands the request to a worker; one that waited may have been ended by somebody. */
static gboolean
begin (Process    *process,
       gboolean    all,
       gboolean    spare_too,
       int         request,
       int         answer,
       const char *name,
       GError    **error)
{
  g_autoptr (GError) cause = NULL;

  *process = spare_too ? take_spare () : (Process){ 0, -1 };
  if (process->socket >= 0)
    {
      DraWorkerReport ended;

      if (send_descriptors (process, request, answer))
        return TRUE;
      kill (process->pid, SIGKILL);
      finish (process, &ended);
    }
  if (!start (process, all, &cause))
    {
      set_not_started (error, name, cause);
      return FALSE;
    }
  if (!send_descriptors (process, request, answer))
    {
      DraWorkerReport ended;

      set_not_started (error, name, NULL);
      kill (process->pid, SIGKILL);
      finish (process, &ended);
      return FALSE;
    }

  return TRUE;
}

/* Many times what a worker may use of the processor: others may use it as well. */
static guint
get_timeout (gsize size)
{
  return 1000 * 4 * DRA_CONFINE_SECONDS (size);
}

/**
 * dra_worker_run:
 * @request: what to do
 * @report: (nullable): how the worker ended
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Lets a worker do something, and waits for its end.  Sets %DRA_ERROR with one sentence
 * that names the file however the worker ended, and %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full): an answer that nobody has checked, or %NULL with @error set
 */
GBytes *
dra_worker_run (const DraRequest  *request,
                DraWorkerReport   *report,
                GCancellable      *cancellable,
                GError           **error)
{
  DraWorkerReport own = { 0 };
  gsize size = g_bytes_get_size (request->content);
  GBytes *answer = NULL;
  int request_fd, answer_fd, ended;
  Process process;

  if (report == NULL)
    report = &own;
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  request_fd = dra_request_write (request);
  answer_fd = request_fd >= 0 ? memfd_create ("dramatis-answer", MFD_CLOEXEC) : -1;
  if (answer_fd < 0)
    set_not_started (error, request->name, NULL);
  else if (begin (&process, needs_all (request), request->kind != DRA_REQUEST_DECODE, request_fd, answer_fd, request->name, error))
    {
      ended = wait_for_end (&process, report->timeout > 0 ? report->timeout : get_timeout (size),
                            cancellable);
      if (ended != 1)
        kill (process.pid, SIGKILL);
      finish (&process, report);
      if (ended == 0)
        set_too_long (error, request->name);
      else if (ended < 0)
        g_cancellable_set_error_if_cancelled (cancellable, error);
      else if (WIFEXITED (report->status) && WEXITSTATUS (report->status) == 0)
        answer = take_answer (answer_fd, size, request->name, error);
      else
        set_end (error, request->name, report->status);
    }
  if (request_fd >= 0)
    close (request_fd);
  if (answer_fd >= 0)
    close (answer_fd);

  return answer;
}
