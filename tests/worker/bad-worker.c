/* bad-worker.c: a worker that does what a file wants.
 *
 * It is confined as the real one is, and then its reader of RTF does what the first word of
 * the content says: crash, loop, eat memory, open a file, answer rubbish.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "article/dra-article-builder.h"
#include "readers/dra-reader-registry.h"
#include "worker/dra-answer.h"
#include "worker/dra-request.h"
#include "worker/dra-worker-serve.h"

/* A file that is made by a worker that can make one. */
#define TRACE "/tmp/dramatis-bad-worker"

/* Whatever the answer's descriptor is. */
static void
answer (const void *data,
        gsize       length)
{
  for (int fd = DRA_WORKER_SOCKET + 1; fd < 16; fd++)
    if (write (fd, data, length) < 0)
      continue;
  _exit (0);
}

static void
do_crash (void)
{
  raise (SIGSEGV);
}

static void
do_abort (void)
{
  abort ();
}

static void
do_loop (void)
{
  for (volatile guint i = 0;; i++)
    ;
}

/* Waits for what never comes. */
static void
do_wait (void)
{
  char byte;

  while (read (DRA_WORKER_SOCKET, &byte, 1) < 0)
    ;
  for (;;)
    ;
}

static void
do_eat (void)
{
  for (;;)
    memset (g_malloc (1 << 20), 1, 1 << 20);
}

static void
do_map (void)
{
  while (mmap (NULL, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED)
    ;
  g_error ("failed to allocate");
}

static int
recurse (int depth)
{
  volatile char space[4096];

  space[depth % 4096] = 1;

  return depth < 0 ? 0 : recurse (depth + 1) + space[0];
}

static void
do_recurse (void)
{
  recurse (0);
}

static void
do_open (void)
{
  syscall (SYS_openat, AT_FDCWD, "/etc/passwd", O_RDONLY);
}

#ifdef SYS_open
static void
do_old_open (void)
{
  syscall (SYS_open, "/etc/passwd", O_RDONLY);
}
#endif

static void
do_create (void)
{
  syscall (SYS_openat, AT_FDCWD, TRACE, O_CREAT | O_WRONLY, 0600);
}

static void
do_socket (void)
{
  socket (AF_INET, SOCK_STREAM, 0);
}

static void
do_local_socket (void)
{
  socket (AF_UNIX, SOCK_STREAM, 0);
}

static void
do_send (void)
{
  send (DRA_WORKER_SOCKET, "x", 1, 0);
}

static void
do_fork (void)
{
  if (syscall (SYS_clone, SIGCHLD, 0, 0, 0, 0) == 0)
    _exit (0);
}

static void
do_execute (void)
{
  execl ("/bin/touch", "touch", TRACE, NULL);
}

static void
do_kill (void)
{
  kill (getppid (), SIGTERM);
}

static void
do_trace (void)
{
  ptrace (PTRACE_ATTACH, getppid (), NULL, NULL);
}

static void
do_unlink (void)
{
  syscall (SYS_unlinkat, AT_FDCWD, TRACE, 0);
}

static void
do_io_uring (void)
{
  syscall (425, 8, NULL); /* io_uring_setup */
}

/* Code of one's own: refused, so what jumps to it crashes. */
static void
do_run_code (void)
{
  void *code = mmap (NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  if (code != MAP_FAILED)
    answer ("ran", 3);
  abort ();
}

static void
do_raise_limits (void)
{
  struct rlimit limit = { RLIM_INFINITY, RLIM_INFINITY };

  if (setrlimit (RLIMIT_NOFILE, &limit) == 0 || setrlimit (RLIMIT_CPU, &limit) == 0)
    answer ("raised", 6);
  abort ();
}

static void
do_flood (void)
{
  g_autofree char *block = g_malloc0 (1 << 20);

  for (guint i = 0; i < 400; i++)
    for (int fd = DRA_WORKER_SOCKET + 1; fd < 16; fd++)
      if (write (fd, block, 1 << 20) < 0)
        continue;
  _exit (0);
}

static void
do_nothing (void)
{
  _exit (0);
}

static void
do_fail (void)
{
  _exit (7);
}

static void
do_rubbish (void)
{
  answer ("<html>This is no answer at all, but long enough for one.</html>", 63);
}

static void
do_short (void)
{
  answer ("DRAA\1\0\0\0\2\0\0\0", 12);
}

/* One sentence of an error that claims to be a reading's. */
static void
do_control (void)
{
  g_autoptr (GError) error = g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "two\nlines");

  for (int fd = DRA_WORKER_SOCKET + 1; fd < 16; fd++)
    dra_answer_write_error (fd, error);
  _exit (0);
}

static void
do_pixels (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("1234", 4);
  g_autoptr (DraPixels) pixels = dra_pixels_new (1, 1, 4, bytes);

  for (int fd = DRA_WORKER_SOCKET + 1; fd < 16; fd++)
    dra_answer_write_pixels (fd, pixels);
  _exit (0);
}

static const struct
{
  const char *name;
  void      (*run) (void);
} deeds[] = {
  { "crash", do_crash },
  { "abort", do_abort },
  { "loop", do_loop },
  { "wait", do_wait },
  { "eat", do_eat },
  { "map", do_map },
  { "recurse", do_recurse },
  { "open", do_open },
#ifdef SYS_open
  { "old-open", do_old_open },
#endif
  { "create", do_create },
  { "socket", do_socket },
  { "local-socket", do_local_socket },
  { "send", do_send },
  { "fork", do_fork },
  { "execute", do_execute },
  { "kill", do_kill },
  { "trace", do_trace },
  { "unlink", do_unlink },
  { "io-uring", do_io_uring },
  { "run-code", do_run_code },
  { "raise-limits", do_raise_limits },
  { "flood", do_flood },
  { "nothing", do_nothing },
  { "fail", do_fail },
  { "rubbish", do_rubbish },
  { "short", do_short },
  { "control", do_control },
  { "pixels", do_pixels },
};

static DraReading *
read_bad (GBytes        *bytes,
          const char    *name G_GNUC_UNUSED,
          GCancellable  *cancellable G_GNUC_UNUSED,
          GError       **error G_GNUC_UNUSED)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autofree char *content = g_strndup (data, length);
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();

  for (guint i = 0; i < G_N_ELEMENTS (deeds); i++)
    if (g_str_equal (content, deeds[i].name))
      deeds[i].run ();

  /* Nothing stopped it. */
  dra_article_builder_begin_block (builder, DRA_BLOCK_PARAGRAPH, 0, NULL);
  dra_article_builder_add_text (builder, "it was done", -1);
  dra_article_builder_end_block (builder);

  return dra_reading_new (dra_article_builder_build (builder), NULL, NULL);
}

int
main (void)
{
  dra_worker_begin ();
  dra_reader_registry_provide ("rtf", read_bad);

  dra_worker_serve ();
}
