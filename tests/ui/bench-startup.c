/* bench-startup.c: from start to the painted article, beside other programs.
 *
 * Starts each program with the same file, watches its window on the X server, and prints
 * when the text stood there, when it had nothing left to draw or to compute, what
 * processor time that took and how much memory all its processes hold then.  Text counts
 * as painted from the moment the middle of the window stays nearly as it looks in the
 * end; an empty or a waiting window is no text.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <X11/Xlib.h>
#include <X11/Xutil.h>

#include <glib.h>
#include <glib/gstdio.h>

#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#define STEP 3 /* every third pixel each way is looked at */
#define STILL                                                                            \
  1000.0         /* milliseconds without change or work: the program has come to rest */
#define BUSY 0.1 /* of a processor, over SLICE */
#define SLICE 250.0 /* milliseconds */
#define LIMIT 60000.0
#define LOOKS 4000 /* at most so many different looks are kept */
#define RUNS 5

typedef struct
{
  double time;     /* milliseconds after the start */
  guint32 *sample; /* the middle of the window */
} Look;

typedef struct
{
  double mapped, painted, settled; /* milliseconds after the start */
  double cpu;                      /* milliseconds, all processes */
  double memory; /* MiB, all processes, what is shared counted in parts */
  int width, height;               /* pixels */
} Figures;

static double
now (void)
{
  return (double)g_get_monotonic_time () / 1000;
}

static int
ignore_error (Display *display G_GNUC_UNUSED, XErrorEvent *event G_GNUC_UNUSED)
{
  return 0; /* a window that went away while it was looked at */
}

/* Fields of /proc/PID/stat after the name: parent, user and system time in ticks. */
static gboolean
read_stat (pid_t process, pid_t *parent, double *cpu)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/stat", (int)process);
  g_autofree char *text = NULL;
  const char *rest;
  unsigned long user, system;
  long up;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;
  rest = strrchr (text, ')');
  if (rest == NULL
      || sscanf (rest + 1, " %*c %ld %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &up,
                 &user, &system)
           != 3)
    return FALSE;
  *parent = (pid_t)up;
  *cpu = (double)(user + system) * 1000 / (double)sysconf (_SC_CLK_TCK);
  return TRUE;
}

static double
memory_of (pid_t process)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/smaps_rollup", (int)process);
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  line = strstr (text, "\nPss:");
  return line != NULL ? g_ascii_strtod (line + strlen ("\nPss:"), NULL) / 1024 : 0;
}

/* Adds what `process` and its descendants use.  Memory takes a while to ask for. */
static void
add_family (pid_t process, Figures *figures, gboolean memory)
{
  g_autoptr (GDir) proc = g_dir_open ("/proc", 0, NULL);
  const char *name;
  pid_t parent;
  double cpu;

  if (!read_stat (process, &parent, &cpu))
    return;
  figures->cpu += cpu;
  if (memory)
    figures->memory += memory_of (process);
  while (proc != NULL && (name = g_dir_read_name (proc)) != NULL)
    {
      pid_t other = (pid_t)g_ascii_strtoll (name, NULL, 10);

      if (other > 0 && read_stat (other, &parent, &cpu) && parent == process)
        add_family (other, figures, memory);
    }
}

/* The middle of the window: three fifths of its width, and of its height. */
static guint32 *
take_sample (Display *display, Window window, const XWindowAttributes *size, gsize *n)
{
  int x = size->width / 5, y = size->height / 5;
  int width = size->width * 3 / 5, height = size->height * 3 / 5;
  XImage *image = XGetImage (display, window, x, y, (unsigned)width, (unsigned)height,
                             AllPlanes, ZPixmap);
  guint32 *sample;

  if (image == NULL)
    return NULL;
  sample = g_new (guint32, (gsize)(width / STEP + 1) * (gsize)(height / STEP + 1));
  *n = 0;
  for (int i = 0; i < height; i += STEP)
    for (int j = 0; j < width; j += STEP)
      sample[(*n)++] = (guint32)XGetPixel (image, j, i) & 0xffffff;
  XDestroyImage (image);
  return sample;
}

static gsize
count_different (const guint32 *one, const guint32 *other, gsize n)
{
  gsize count = 0;

  for (gsize i = 0; i < n; i++)
    count += one[i] != other[i];
  return count;
}

static Window
find_window (Display *display)
{
  XEvent event;
  XWindowAttributes attributes;

  while (XPending (display) > 0)
    {
      XNextEvent (display, &event);
      if (event.type == MapNotify
          && XGetWindowAttributes (display, event.xmap.window, &attributes) != 0
          && attributes.class == InputOutput && attributes.width >= 200
          && attributes.height >= 200)
        return event.xmap.window;
    }
  return None;
}

/* When what is seen began to stay within a fiftieth of what is inked in the end. */
static double
painted_at (const GArray *looks, gsize n)
{
  const Look *last = &g_array_index (looks, Look, looks->len - 1);
  gsize inked = 0;
  guint first = looks->len - 1;

  for (gsize i = 1; i < n; i++)
    inked += last->sample[i] != last->sample[i - 1];
  while (
    first > 0
    && count_different (g_array_index (looks, Look, first - 1).sample, last->sample, n)
         <= inked / 50)
    first--;
  return g_array_index (looks, Look, first).time;
}

static void
clear_look (gpointer data)
{
  g_free (((Look *)data)->sample);
}

/* Looks at the window until it has come to rest; FALSE when the process ended before. */
static gboolean
watch (Display *display, pid_t process, double start, Figures *figures)
{
  g_autoptr (GArray) looks = g_array_new (FALSE, FALSE, sizeof (Look));
  Window window = None;
  XWindowAttributes size;
  siginfo_t ended = { 0 };
  double asked = start, used = 0;
  gsize n = 0;

  g_array_set_clear_func (looks, clear_look);
  while (now () - start < LIMIT
         && waitid (P_PID, (id_t)process, &ended, WEXITED | WNOHANG | WNOWAIT) == 0
         && ended.si_pid == 0)
    {
      Look look = { now () - start, NULL };
      gsize before = n;

      if (window == None && (window = find_window (display)) != None)
        figures->mapped = look.time;
      if (window != None && XGetWindowAttributes (display, window, &size) != 0
          && size.map_state == IsViewable)
        look.sample = take_sample (display, window, &size, &n);
      if (look.sample != NULL && before != n)
        g_array_set_size (looks, 0); /* the window has another size now */
      if (look.sample != NULL
          && (looks->len == 0
              || count_different (g_array_index (looks, Look, looks->len - 1).sample,
                                  look.sample, n)
                   > 0)
          && looks->len < LOOKS)
        {
          g_array_append_val (looks, look);
          figures->settled = look.time;
          look.sample = NULL;
        }
      g_free (look.sample);
      if (now () - asked > SLICE)
        {
          Figures family = { 0 };
          double passed = now () - asked;

          add_family (process, &family, FALSE);
          if (family.cpu - used > BUSY * passed)
            figures->settled = now () - start;
          used = family.cpu;
          asked = now ();
        }
      if (looks->len > 1 && look.time - figures->settled > STILL)
        {
          figures->painted = painted_at (looks, n);
          figures->width = size.width;
          figures->height = size.height;
          return TRUE;
        }
      g_usleep (4000);
    }
  return FALSE;
}

static gboolean
run_once (Display *display, char **command, Figures *figures)
{
  double start = now ();
  pid_t process;
  gboolean seen;
  int status, tries = 0;

  XSync (display, True); /* forget windows of the run before */
  process = fork ();
  if (process == 0)
    {
      static const char *const ours[] = { "G_DEBUG", "G_SLICE", "MALLOC_CHECK_" };

      for (guint i = 0; i < G_N_ELEMENTS (ours); i++)
        g_unsetenv (ours[i]); /* what tests set would stop or slow a program of others */
      setpgid (0, 0);
      execvp (command[0], command);
      _exit (127);
    }
  seen = watch (display, process, start, figures);
  add_family (process, figures, TRUE);
  kill (-process, SIGTERM);
  while (waitpid (process, &status, WNOHANG) == 0)
    {
      g_usleep (20000);
      if (++tries == 100)
        kill (-process, SIGKILL);
    }
  return seen;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double difference = *(const double *)a - *(const double *)b;

  return difference < 0 ? -1 : difference > 0;
}

/* The median of a field over all runs. */
static double
median (const Figures *runs, gsize field)
{
  double values[RUNS];

  for (guint i = 0; i < RUNS; i++)
    values[i] = *(const double *)((const char *)&runs[i] + field);
  qsort (values, RUNS, sizeof *values, compare);
  return values[RUNS / 2];
}

static void
measure (Display *display, const char *what, char **command)
{
  Figures runs[RUNS + 1] = { 0 }; /* the first warms the caches and is not counted */

  for (guint i = 0; i < RUNS + 1; i++)
    if (!run_once (display, command, &runs[i]))
      {
        printf ("%-10s %-18s ended, or did not come to rest within %.0f s\n", what,
                strrchr (command[0], '/') != NULL ? strrchr (command[0], '/') + 1
                                                  : command[0],
                LIMIT / 1000);
        return;
      }
#define MEDIAN(field) median (runs + 1, G_STRUCT_OFFSET (Figures, field))
  printf (
    "%-10s %-18s window %5.0f ms  text %5.0f ms  rest %5.0f ms  cpu %5.0f ms  %6.1f "
    "MiB  %d x %d\n",
    what, strrchr (command[0], '/') != NULL ? strrchr (command[0], '/') + 1 : command[0],
    MEDIAN (mapped), MEDIAN (painted), MEDIAN (settled), MEDIAN (cpu), MEDIAN (memory),
    runs[0].width, runs[0].height);
  fflush (stdout);
}

static char *
write_article (const char *name, gsize size)
{
  g_autoptr (GString) text
    = g_string_new ("The Harbour Opens Again\n\nBy Lena Ortiz\n\n");
  g_autoptr (GError) error = NULL;
  const char *folder = g_getenv ("DRA_TEST_DIR");
  char *path = g_build_filename (folder != NULL ? folder : g_get_tmp_dir (), name, NULL);

  for (guint i = 0; text->len < size; i++)
    g_string_append_printf (
      text,
      "Lena Ortiz told the Harbour Board on day %u that nothing had changed "
      "since she came. The board, she said, had promised Tom Renwick an "
      "answer by the end of the month.%s",
      i, i % 3 == 2 ? "\n\n" : " ");
  if (!g_file_set_contents (path, text->str, (gssize)text->len, &error))
    g_error ("%s", error->message);
  return path;
}

int
main (int argc, char **argv)
{
  static const char *const peers[][3] = {
    { "gnome-text-editor", "--standalone", NULL },
    { "gedit", "--standalone", NULL },
  };
  static const struct
  {
    const char *name;
    gsize size;
  } articles[]
    = { { "10-KB.txt", 10000 }, { "1-MB.txt", 1000000 }, { "10-MB.txt", 10000000 } };
  Display *display = XOpenDisplay (NULL);

  if (argc != 2 || display == NULL)
    {
      fprintf (stderr, "bench-startup PROGRAM, on a display\n");
      return 1;
    }
  XSetErrorHandler (ignore_error);
  XSelectInput (display, DefaultRootWindow (display), SubstructureNotifyMask);
  for (guint i = 0; i < G_N_ELEMENTS (articles); i++)
    {
      g_autofree char *path = write_article (articles[i].name, articles[i].size);
      char *ours[] = { argv[1], path, NULL };

      measure (display, articles[i].name, ours);
      for (guint j = 0; j < G_N_ELEMENTS (peers); j++)
        {
          g_autofree char *program = g_find_program_in_path (peers[j][0]);
          char *theirs[] = { program, (char *)peers[j][1], path, NULL };

          if (program != NULL)
            measure (display, articles[i].name, theirs);
          else if (i == 0)
            printf ("%s is not here\n", peers[j][0]);
        }
      g_unlink (path);
    }
  XCloseDisplay (display);
  return 0;
}
