/* dra-confine.c: the limits a worker puts on itself before it looks at a file.
 *
 * In this order: no new privileges, limits on memory, time and files (setrlimit(2)), no
 * file system and no network by Landlock where the kernel has it, and then the filter of
 * system calls.  Each would do by itself against most of what a file could make a parser
 * do; a hole in one is closed by another.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "worker/dra-confine-private.h"

#include <gio/gio.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* From linux/landlock.h, which may be older than the kernel. */
#define LANDLOCK_CREATE_RULESET 444
#define LANDLOCK_RESTRICT_SELF 446
#define LANDLOCK_CREATE_VERSION 1

#define LIBRARIES (6 * 1024 * 1024) /* bytes of libraries that are mapped, but not yet in memory */
#define LEAST (16 * 1024 * 1024)    /* bytes that a worker gets in any case */
#define MAX_COPIES 32 /* descriptors of files held that are open at a time */

typedef struct
{
  guint64 handled_access_fs;
  guint64 handled_access_net;
  guint64 scoped;
} LandlockRuleset;

#if defined (__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined (__has_feature)
#if __has_feature (address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

static gboolean
set_limit (int     which,
           guint64 soft,
           guint64 hard)
{
  struct rlimit now, limit = { .rlim_cur = soft, .rlim_max = hard };

  if (getrlimit (which, &now) != 0)
    return FALSE;
  limit.rlim_max = MIN (limit.rlim_max, now.rlim_max);
  limit.rlim_cur = MIN (limit.rlim_cur, limit.rlim_max);

  return setrlimit (which, &limit) == 0;
}

/* Bytes of address space in use, and how many of them are in memory. */
static void
get_memory (guint64 *space,
            guint64 *resident)
{
  FILE *file = fopen ("/proc/self/statm", "re");
  guint64 page = (guint64) sysconf (_SC_PAGESIZE);

  if (file == NULL
      || fscanf (file, "%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT, space, resident) != 2)
    *space = *resident = 0;
  *space *= page;
  *resident *= page;
  if (file != NULL)
    fclose (file);
}

/* The kernel counts address space, not memory: what the worker may still map is what it may
 * have in all without what it has. */
static guint64
get_space_limit (guint64 memory,
                 guint64 space,
                 guint64 resident)
{
  guint64 used = resident + LIBRARIES;

  return space + (memory > used + LEAST ? memory - used : LEAST);
}

static gboolean
set_limits (const DraConfineLimits *limits,
            guint64                 space,
            guint64                 resident)
{
  struct rusage usage;
  guint64 seconds;
  guint64 files = dra_confine_get_last_held () > 0 ? dra_confine_get_last_held () + MAX_COPIES : 0;

  getrusage (RUSAGE_SELF, &usage);
  seconds = (guint64) usage.ru_utime.tv_sec + (guint64) usage.ru_stime.tv_sec + 1 + limits->seconds;

  /* The sanitizers reserve more address space than any limit allows. */
  return (SANITIZED || set_limit (RLIMIT_AS, get_space_limit (limits->memory, space, resident), RLIM_INFINITY))
         && set_limit (RLIMIT_CPU, seconds, seconds + 1)
         && set_limit (RLIMIT_FSIZE, limits->answer, limits->answer)
         && set_limit (RLIMIT_CORE, 0, 0)
         && set_limit (RLIMIT_NOFILE, files, files);
}

/* Forbids all that the kernel's version of Landlock knows; without it, the filter is left. */
static void
forbid_files (void)
{
  /* Rights of versions 1, 2 (moving), 3 (truncating), 5 (devices). */
  static const guint64 rights[] = { 0, 0x1FFF, 0x3FFF, 0x7FFF, 0x7FFF, 0xFFFF };
  long version = syscall (LANDLOCK_CREATE_RULESET, NULL, 0, LANDLOCK_CREATE_VERSION);
  LandlockRuleset ruleset = { 0 };
  gsize size = sizeof ruleset.handled_access_fs;
  int fd;

  if (version < 1)
    return;
  ruleset.handled_access_fs = rights[MIN (version, 5)];
  if (version >= 4)
    {
      ruleset.handled_access_net = 3; /* bind, connect */
      size += sizeof ruleset.handled_access_net;
    }
  if (version >= 6)
    {
      ruleset.scoped = 3; /* abstract sockets, signals */
      size += sizeof ruleset.scoped;
    }
  fd = (int) syscall (LANDLOCK_CREATE_RULESET, &ruleset, size, 0);
  if (fd < 0)
    return;
  syscall (LANDLOCK_RESTRICT_SELF, fd, 0);
  close (fd);
}

/**
 * dra_confine:
 * @limits: what the worker may still use
 * @error: return location
 *
 * Confines the calling process for the rest of its life.  It must have one thread, and all
 * it needs from files loaded.  Sets %G_IO_ERROR_FAILED, and the caller must then not go on.
 *
 * Returns: whether it is confined
 */
gboolean
dra_confine (const DraConfineLimits  *limits,
             GError                 **error)
{
  guint64 space, resident;

  g_return_val_if_fail (limits != NULL, FALSE);

  get_memory (&space, &resident);
  if (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl (PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "prctl");
      return FALSE;
    }
  forbid_files ();
  if (!set_limits (limits, space, resident))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "setrlimit");
      return FALSE;
    }

  return dra_confine_filter (error);
}
