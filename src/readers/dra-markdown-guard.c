/* dra-markdown-guard.c: bounds what would cost a Markdown parser more than linear time.
 *
 * cmark-gfm is linear on what people write, but not on everything: text after thousands of
 * quotation marks, tables of thousands of columns, brackets that never close, definitions
 * that are used thousands of times.  One pass over the lines before it counts such things
 * and writes the text again.  Up to limits that no article reaches it is the same text;
 * beyond them a mark is escaped, so that it is shown instead of understood, or an extension
 * is left out.  Nothing is lost.
 *
 * A long address in a definition (a whole image, mostly) is put aside, and a short name
 * stands for it until the page is built.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-markdown-private.h"

#include <stdlib.h>
#include <string.h>

#define MAX_DEPTH 100         /* quotations and lists opened in one line */
#define MAX_INDENT 400        /* columns before one of them */
#define MAX_BRACKETS 1000     /* open at once in a paragraph */
#define MAX_UNCLOSED 200      /* "<?" and "<!" without an end, in a paragraph */
#define MAX_MARKS 2000        /* of emphasis in a paragraph, once there were far too many */
#define MAX_REFERENCES 100000 /* of footnotes */
#define LONG_ADDRESS 256      /* bytes */
#define MAX_PREFIX 8          /* tries to find a name that is not in the text */

/* What the parser may take, in steps of a few nanoseconds. */
#define STEPS_PER_BYTE 32
#define MORE_STEPS 10000000
#define STEPS_PER_CELL 400 /* that a row lacks and the parser adds */

/* The lines since a blank one: no paragraph is longer. */
typedef struct
{
  const char *end;
  guint64     n_lines;
  guint64     n_bytes;
  guint64     n_bars;      /* most in a line */
  guint64     n_last_bars; /* in the line before */
  guint64     n_columns;   /* of the table that may be in it */
  guint       n_brackets;  /* open */
  guint       n_unclosed;
  guint64     n_marks;     /* of emphasis */
  gboolean    table;       /* its rows are no paragraph */
  const char *last_ends[3]; /* the last "?>", "]]>" and ">" */
} Run;

typedef struct
{
  DraMarkdownGuard *guard;
  const char       *end;
  Run               run;
  guint64           table_steps;
  guint64           link_steps;
  guint64           mark_steps;
  guint64           max_steps;
  char              fence;        /* '`' or '~' in a block of code, else 0 */
  gsize             fence_length;
  gsize             n_references;
  gboolean          plain; /* there are no definitions */
} Pass;

static const char *
find_last (const char *start,
           const char *end,
           const char *what)
{
  gsize n = strlen (what);

  for (const char *p = end; p >= start + n; p--)
    if (memcmp (p - n, what, n) == 0)
      return p - n;

  return NULL;
}

static const char *
line_end (const char *p,
          const char *end)
{
  while (p < end && *p != '\n' && *p != '\r')
    p++;

  return p;
}

static const char *
next_line (const char *p,
           const char *end)
{
  if (p < end && *p == '\r')
    p++;
  if (p < end && *p == '\n')
    p++;

  return p;
}

static gboolean
is_blank (const char *p,
          const char *end)
{
  for (; p < end; p++)
    if (*p != ' ' && *p != '\t' && *p != '\0')
      return FALSE;

  return TRUE;
}

static void
begin_run (Run        *run,
           const char *start,
           const char *end)
{
  static const char *const ends[] = { "?>", "]]>", ">" };
  const char *p = start;

  *run = (Run){ 0 };
  while (p < end)
    {
      const char *stop = line_end (p, end);

      if (is_blank (p, stop))
        break;
      p = next_line (stop, end);
    }
  run->end = p;
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    run->last_ends[i] = find_last (start, p, ends[i]);
}

/* Length of a list's marker with the space behind it, or 0. */
static gsize
get_marker (const char *p,
            const char *end)
{
  gsize n = 0;

  if (p < end && (*p == '-' || *p == '+' || *p == '*'))
    n = 1;
  else
    {
      while (n < 9 && p + n < end && g_ascii_isdigit (p[n]))
        n++;
      if (n == 0 || p + n >= end || (p[n] != '.' && p[n] != ')'))
        return 0;
      n++;
    }

  return p + n == end || p[n] == ' ' || p[n] == '\t' ? n : 0;
}

/* Writes what opens quotations and lists at the start of a line.  Says whether there is any,
 * and whether there is a bullet.  Returns where it ends. */
static const char *
write_prefix (Pass       *self,
              const char *p,
              const char *end,
              gboolean   *opened,
              gboolean   *item)
{
  GString *out = self->guard->text;

  for (guint depth = 0;;)
    {
      const char *start = p;
      gsize n;

      while (p < end && (*p == ' ' || *p == '\t'))
        p++;
      n = p < end && *p == '>' ? 1 : get_marker (p, end);
      g_string_append_len (out, start, n > 0 ? MIN (p - start, MAX_INDENT) : p - start);
      if (n == 0)
        return p;
      *opened = TRUE;
      *item = *item || (n == 1 && *p != '>');
      if (++depth > MAX_DEPTH)
        {
          g_string_append_len (out, p, (gssize) n - 1);
          g_string_append_c (out, '\\');
          g_string_append_c (out, p[n - 1]);
          return p + n;
        }
      g_string_append_len (out, p, (gssize) n);
      p += n;
    }
}

/* A line of a table that says how its columns are aligned: how many, or 0. */
static guint64
count_aligned (const char *p,
               const char *end)
{
  const char *start = end;
  guint64 n = 1;
  gboolean dash = FALSE;

  while (start > p && strchr ("|-: \t", start[-1]) != NULL && start[-1] != '\0')
    {
      start--;
      n += *start == '|';
      dash = dash || *start == '-';
    }

  return dash && n > 1 ? n : dash && (*start == ':' || end[-1] == ':') ? 1 : 0;
}

/* What looking for tables would cost; the line is the next of the run. */
static void
count_table (Pass       *self,
             const char *p,
             const char *end)
{
  Run *run = &self->run;
  guint64 n_aligned = count_aligned (p, end);
  guint64 n_bars = 0;

  for (const char *bar = p; (bar = memchr (bar, '|', (gsize) (end - bar))) != NULL; bar++)
    n_bars++;
  if (n_aligned > 0)
    {
      self->table_steps += run->n_lines * run->n_lines + run->n_bytes + run->n_bars * run->n_bars
                           + n_aligned * n_aligned;
      run->n_columns = MAX (run->n_columns, n_aligned);
      run->table = run->table || n_bars == run->n_last_bars;
    }
  else if (run->n_columns > 0)
    self->table_steps += n_bars * n_bars + STEPS_PER_CELL * (run->n_columns > n_bars ? run->n_columns - n_bars : 0);
  run->n_lines++;
  run->n_bytes += (guint64) (end - p);
  run->n_bars = MAX (run->n_bars, n_bars);
  run->n_last_bars = n_bars;
}

/* What cutting the brackets from the ends of bare addresses would cost. */
static void
count_words (Pass       *self,
             const char *p,
             const char *end)
{
  while (p < end)
    {
      const char *start = p;
      guint64 n_closing = 0;

      for (; p < end && *p != ' ' && *p != '\t'; p++)
        n_closing += *p == ')';
      self->link_steps += n_closing * (guint64) (p - start);
      while (p < end && (*p == ' ' || *p == '\t'))
        p++;
    }
}

static gboolean
is_closed (const Run  *run,
           const char *p,
           const char *end)
{
  guint which = p[1] == '?' ? 0 : end - p > 2 && p[2] == '[' ? 1 : 2;

  return run->last_ends[which] != NULL && run->last_ends[which] > p;
}

/* Whether a mark of emphasis is one too many: to match them may take the parser as many
 * steps as there are marks before each. */
static gboolean
count_mark (Pass       *self,
            const char *p,
            const char *start)
{
  Run *run = &self->run;

  if (self->fence != 0)
    return FALSE;
  if (p == start || p[-1] != *p)
    self->mark_steps += ++run->n_marks / 8;

  return run->n_marks > MAX_MARKS && self->mark_steps > self->max_steps;
}

static void
write_text (Pass       *self,
            const char *p,
            const char *end)
{
  const char *start = p;
  GString *out = self->guard->text;
  Run *run = &self->run;
  const char *from = p;

  for (; p < end; p++)
    {
      gboolean escape = FALSE;

      switch (*p)
        {
        case '[':
          run->n_brackets++;
          escape = run->n_brackets > MAX_BRACKETS;
          self->n_references += p + 1 < end && p[1] == '^';
          break;
        case ']':
          run->n_brackets -= run->n_brackets > 0;
          break;
        case '<':
          if (p + 1 < end && (p[1] == '?' || p[1] == '!') && !is_closed (run, p, end))
            escape = ++run->n_unclosed > MAX_UNCLOSED;
          break;
        case '*':
        case '_':
        case '~':
          escape = count_mark (self, p, start);
          break;
        case '\0':
          g_string_append_len (out, from, p - from);
          from = p + 1;
          break;
        default:
          break;
        }
      if (escape)
        {
          g_string_append_len (out, from, p - from);
          g_string_append_c (out, '\\');
          from = p;
        }
    }
  g_string_append_len (out, from, end - from);
}

/* Where the address of a definition "[label]: address" begins, or NULL. */
static const char *
find_definition (const char *p,
                 const char *end)
{
  const char *start = p;

  if (p >= end || *p != '[' || (p + 1 < end && p[1] == '^'))
    return NULL;
  while (p < end && *p != ']' && p - start < 1000)
    p += *p == '\\' && p + 1 < end ? 2 : 1;
  if (p + 1 >= end || *p != ']' || p[1] != ':')
    return NULL;
  p += 2;
  while (p < end && (*p == ' ' || *p == '\t'))
    p++;

  return p < end ? p : NULL;
}

static const char *
find_address_end (const char *p,
                  const char *end)
{
  char stop = *p == '<' ? '>' : ' ';

  while (p < end && *p != stop && *p != '\t')
    p++;

  return p;
}

static void
write_definition (Pass       *self,
                  const char *p,
                  const char *address,
                  const char *end)
{
  DraMarkdownGuard *guard = self->guard;
  const char *stop = find_address_end (address, end);

  if (*address == '<')
    address++;
  if (self->plain)
    {
      g_string_append_c (guard->text, '\\');
      write_text (self, p, end);
    }
  else if (stop - address > LONG_ADDRESS && guard->prefix != NULL)
    {
      write_text (self, p, address);
      g_string_append_printf (guard->text, "%s%u", guard->prefix, guard->addresses->len);
      g_ptr_array_add (guard->addresses, g_strndup (address, (gsize) (stop - address)));
      g_string_append_len (guard->text, stop, end - stop);
    }
  else
    write_text (self, p, end);
}

/* Follows where blocks of code begin and end. */
static void
find_fence (Pass       *self,
            const char *p,
            const char *end)
{
  gsize n = 0;

  while (p + n < end && (*p == '`' || *p == '~') && p[n] == *p)
    n++;
  if (n < 3)
    return;
  if (self->fence == 0 && (*p == '~' || memchr (p + n, '`', (gsize) (end - p) - n) == NULL))
    {
      self->fence = *p;
      self->fence_length = n;
    }
  else if (self->fence == *p && n >= self->fence_length && is_blank (p + n, end))
    self->fence = 0;
}

static void
write_line (Pass       *self,
            const char *p,
            const char *end)
{
  gboolean opened = FALSE, item = FALSE;
  const char *text = write_prefix (self, p, end, &opened, &item);
  const char *address;

  count_table (self, p, end);
  count_words (self, text, end);
  find_fence (self, text, end);
  /* An item of a list begins a paragraph; each cell of a table is one. */
  if (opened || self->run.n_last_bars == 0 || (text < end && strchr ("#<`~", *text) != NULL))
    self->run.table = FALSE;
  if (self->run.table || (item && !is_blank (text, end)))
    self->run.n_marks = 0;
  address = find_definition (text, end);
  if (address != NULL)
    write_definition (self, text, address, end);
  else
    write_text (self, text, end);
}

/* Whether definitions may be copied to so many places that they would fill the memory. */
static gboolean
is_multiplied (const char *text,
               gsize       length,
               const char *prefix)
{
  const char *end = text + length;
  guint64 n_uses = 0, longest = 0;

  for (const char *p = text; (p = memchr (p, ']', (gsize) (end - p))) != NULL; p++)
    n_uses++;
  for (const char *p = text; p < end;)
    {
      const char *stop = line_end (p, end);
      const char *start = p;
      const char *address;

      while (start < stop && strchr (" \t>", *start) != NULL && *start != '\0')
        start++;
      address = find_definition (start, stop);
      p = next_line (stop, end);
      if (address != NULL)
        {
          gsize n = (gsize) (find_address_end (address, stop) - address);
          guint64 size = (guint64) (stop - start) - (n > LONG_ADDRESS && prefix != NULL ? n : 0);
          const char *title = p;

          /* A title may go on over many lines. */
          while (title < end && (title == p || stop > start) && size < length)
            {
              const char *title_end = line_end (title, end);

              if (is_blank (title, title_end) || *title == '[')
                break;
              size += (guint64) (title_end - title);
              title = next_line (title_end, end);
            }
          longest = MAX (longest, size);
          p = MAX (p, title);
        }
    }

  return n_uses * longest > 8 * (guint64) length + 32 * 1024 * 1024;
}

/* What the names of addresses begin with: something that is not in the text. */
static char *
make_prefix (const char *text,
             gsize       length)
{
  for (guint i = 0; i < MAX_PREFIX; i++)
    {
      g_autofree char *prefix = g_strdup_printf ("dra-address-%u:", i);

      if (memmem (text, length, prefix, strlen (prefix)) == NULL)
        return g_steal_pointer (&prefix);
    }

  return NULL;
}

/**
 * dra_markdown_guard_init:
 * @self: (out): what to fill; clear it with dra_markdown_guard_clear()
 * @text: Markdown in UTF-8
 * @length: its length in bytes
 *
 * Makes Markdown safe to parse, in one pass and in proportion to its length.
 */
void
dra_markdown_guard_init (DraMarkdownGuard *self,
                         const char       *text,
                         gsize             length)
{
  Pass pass = { .guard = self, .end = text + length };
  const char *p = text;

  *self = (DraMarkdownGuard){
    .text = g_string_sized_new (length + 1),
    .addresses = g_ptr_array_new_with_free_func (g_free),
    .restored = g_hash_table_new (NULL, NULL),
    .prefix = make_prefix (text, length),
  };
  pass.plain = is_multiplied (text, length, self->prefix);
  pass.max_steps = (guint64) length * STEPS_PER_BYTE + MORE_STEPS;
  while (p < pass.end)
    {
      const char *stop = line_end (p, pass.end);
      const char *next = next_line (stop, pass.end);

      if (p >= pass.run.end || pass.run.end == NULL)
        begin_run (&pass.run, p, pass.end);
      write_line (&pass, p, stop);
      g_string_append_len (self->text, stop, next - stop);
      p = next;
    }
  self->tables = pass.table_steps <= pass.max_steps;
  self->autolinks = pass.link_steps <= pass.max_steps;
  self->footnotes = pass.n_references <= MAX_REFERENCES;
}

/**
 * dra_markdown_guard_clear:
 * @self: what dra_markdown_guard_init() filled
 */
void
dra_markdown_guard_clear (DraMarkdownGuard *self)
{
  if (self->text != NULL)
    g_string_free (g_steal_pointer (&self->text), TRUE);
  g_clear_pointer (&self->addresses, g_ptr_array_unref);
  g_clear_pointer (&self->restored, g_hash_table_unref);
  g_clear_pointer (&self->prefix, g_free);
}

/**
 * dra_markdown_guard_find:
 * @self: a guard
 * @address: an address as it is in the parsed text
 *
 * Returns: (transfer none): the address, or the one that was put aside when it is the name
 *   of one
 */
const char *
dra_markdown_guard_find (DraMarkdownGuard *self,
                         const char       *address)
{
  const char *number;
  guint64 i;

  if (self->prefix == NULL || !g_str_has_prefix (address, self->prefix))
    return address;
  number = address + strlen (self->prefix);
  if (!g_ascii_isdigit (*number))
    return address;
  i = g_ascii_strtoull (number, NULL, 10);

  return i < self->addresses->len ? self->addresses->pdata[i] : address;
}

/**
 * dra_markdown_guard_restore:
 * @self: a guard
 * @text: text of the parsed document
 *
 * Puts addresses back where they are no addresses, in code say; each once, as it was.
 *
 * Returns: (transfer full) (nullable): the text with the addresses that were put aside, or
 *   %NULL when there are none in it
 */
char *
dra_markdown_guard_restore (DraMarkdownGuard *self,
                            const char       *text)
{
  const char *p = text;
  const char *found;
  GString *out = NULL;

  if (self->prefix == NULL || self->addresses->len == 0)
    return NULL;
  while ((found = strstr (p, self->prefix)) != NULL)
    {
      const char *address = dra_markdown_guard_find (self, found);

      if (out == NULL)
        out = g_string_new (NULL);
      g_string_append_len (out, p, found - p);
      p = found + strlen (self->prefix);
      if (address == found || !g_hash_table_add (self->restored, (gpointer) address))
        g_string_append (out, self->prefix);
      else
        {
          g_string_append (out, address);
          while (g_ascii_isdigit (*p))
            p++;
        }
    }
  if (out == NULL)
    return NULL;
  g_string_append (out, p);

  return g_string_free (out, FALSE);
}
