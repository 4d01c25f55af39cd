/* dra-confine-filter.c: the system calls that a confined worker may make.
 *
 * A list of what is allowed (seccomp(2)); all else ends the worker at once.  Some calls are
 * refused with an error instead, since libraries make them to ask for what they can do
 * without: where a descriptor leads, whether it is a terminal.  Opening a file is never
 * allowed; a handler gives those that were opened before (dra-confine-held.c), makes those
 * that the C library looks for by itself (tables of an encoding, a time zone) not found, and
 * ends the worker at any other.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "worker/dra-confine-private.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

#ifdef DRA_HAVE_SECCOMP

#include <seccomp.h>

static const int allowed[] = {
  SCMP_SYS (brk), SCMP_SYS (mremap), SCMP_SYS (munmap), SCMP_SYS (madvise),
  SCMP_SYS (dup), SCMP_SYS (read), SCMP_SYS (write), SCMP_SYS (writev), SCMP_SYS (close), SCMP_SYS (lseek),
  SCMP_SYS (futex), SCMP_SYS (sched_yield), SCMP_SYS (getrandom),
  SCMP_SYS (clock_gettime), SCMP_SYS (clock_getres), SCMP_SYS (gettimeofday), SCMP_SYS (time),
  SCMP_SYS (getrusage), SCMP_SYS (times), SCMP_SYS (sysinfo), SCMP_SYS (uname),
  SCMP_SYS (getpid), SCMP_SYS (gettid), SCMP_SYS (getuid), SCMP_SYS (geteuid),
  SCMP_SYS (getgid), SCMP_SYS (getegid),
  SCMP_SYS (rt_sigaction), SCMP_SYS (rt_sigprocmask), SCMP_SYS (rt_sigreturn),
  SCMP_SYS (sigaltstack), SCMP_SYS (restart_syscall),
  SCMP_SYS (exit), SCMP_SYS (exit_group),
};

/* Asked for by libraries that go on without. */
static const struct
{
  int call;
  int error;
} refused[] = {
  { SCMP_SYS (access), EACCES }, { SCMP_SYS (faccessat), EACCES }, { SCMP_SYS (faccessat2), EACCES },
  { SCMP_SYS (stat), EACCES }, { SCMP_SYS (lstat), EACCES }, { SCMP_SYS (newfstatat), EACCES },
  { SCMP_SYS (statx), EACCES }, { SCMP_SYS (fstat), EACCES }, { SCMP_SYS (readlink), EACCES },
  { SCMP_SYS (readlinkat), EACCES }, { SCMP_SYS (getcwd), EACCES },
  { SCMP_SYS (ioctl), ENOTTY }, { SCMP_SYS (prctl), EPERM },
  { SCMP_SYS (prlimit64), EPERM }, { SCMP_SYS (getrlimit), EPERM },
  { SCMP_SYS (sched_getaffinity), EPERM }, { SCMP_SYS (rseq), ENOSYS },
  { SCMP_SYS (fadvise64), EPERM },
};

#if defined (__x86_64__) && defined (REG_RAX)
#define PATH_OF(context) ((const char *) (guintptr) (context)->uc_mcontext.gregs[REG_RSI])
#define SET_RESULT(context, value) ((context)->uc_mcontext.gregs[REG_RAX] = (value))
#define HAVE_HANDLER 1
#elif defined (__aarch64__)
#define PATH_OF(context) ((const char *) (guintptr) (context)->uc_mcontext.regs[1])
#define SET_RESULT(context, value) ((context)->uc_mcontext.regs[0] = (guint64) (value))
#define HAVE_HANDLER 1
#else
#define HAVE_HANDLER 0
#endif

#if HAVE_HANDLER
/* Runs in the worker, taken over or not: it decides only how politely the call fails. */
static void
handle_refusal (int        number,
                siginfo_t *info G_GNUC_UNUSED,
                void      *data)
{
  static const char *const looked_for[] = {
    "/gconv", "/etc/localtime", "/zoneinfo/", "/locale", "/proc/", "/sys/devices/system/cpu",
    DRA_POPPLER_DATA,
  };
  ucontext_t *context = data;

  if (info->si_syscall == SCMP_SYS (openat))
    {
      const char *path = PATH_OF (context);
      int fd = dra_confine_open_held (path);

      for (guint i = 0; fd < 0 && i < G_N_ELEMENTS (looked_for); i++)
        if (strstr (path, looked_for[i]) != NULL)
          fd = -ENOENT;
      if (fd >= 0 || fd == -ENOENT)
        {
          SET_RESULT (context, fd);
          return;
        }
    }

  signal (number, SIG_DFL);
  raise (number);
}
#endif

static gboolean
add_rules (scmp_filter_ctx filter)
{
  int failed = 0;

  for (guint i = 0; i < G_N_ELEMENTS (allowed); i++)
    failed |= seccomp_rule_add (filter, SCMP_ACT_ALLOW, allowed[i], 0);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    failed |= seccomp_rule_add (filter, SCMP_ACT_ERRNO (refused[i].error), refused[i].call, 0);

  /* Memory, but none that can be run; and signals to itself, for abort(). */
  failed |= seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (mmap), 1,
                              SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
  failed |= seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (mprotect), 1,
                              SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
  /* Regular expressions are interpreted where they cannot be compiled. */
  failed |= seccomp_rule_add (filter, SCMP_ACT_ERRNO (EACCES), SCMP_SYS (mmap), 1,
                              SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC));
  failed |= seccomp_rule_add (filter, SCMP_ACT_ERRNO (EACCES), SCMP_SYS (mprotect), 1,
                              SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC));
  /* What a stream asks that is opened on a descriptor, to write a document. */
  failed |= seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (fcntl), 1,
                              SCMP_A1 (SCMP_CMP_EQ, F_GETFL));
  failed |= seccomp_rule_add (filter, SCMP_ACT_ERRNO (EACCES), SCMP_SYS (fcntl), 1,
                              SCMP_A1 (SCMP_CMP_NE, F_GETFL));
  failed |= seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (tgkill), 1,
                              SCMP_A0 (SCMP_CMP_EQ, (scmp_datum_t) getpid ()));
#if HAVE_HANDLER
  failed |= seccomp_rule_add (filter, SCMP_ACT_TRAP, SCMP_SYS (openat), 0);
#endif

  return failed == 0;
}

gboolean
dra_confine_filter (GError **error)
{
  scmp_filter_ctx filter = seccomp_init (SCMP_ACT_KILL_PROCESS);
  gboolean done;

#if HAVE_HANDLER
  struct sigaction action = { .sa_sigaction = handle_refusal, .sa_flags = SA_SIGINFO };

  sigaction (SIGSYS, &action, NULL);
#endif
  done = filter != NULL && add_rules (filter) && seccomp_load (filter) == 0;
  if (filter != NULL)
    seccomp_release (filter);
  if (!done)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "seccomp");

  return done;
}

#else

gboolean
dra_confine_filter (GError **error G_GNUC_UNUSED)
{
  return TRUE;
}

#endif
