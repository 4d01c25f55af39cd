/* dra-find.c: case- and diacritics-blind search in linear time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-find.h"

#define MAX_FOLDED 18       /* longest compatibility decomposition of one character */
#define CHECK_EVERY (64 * 1024) /* bytes between looks at the cancellable */

/* Letters that Unicode does not decompose though a reader looks for the plain ones. */
static const struct
{
  gunichar    from;
  const char *to;
} plain[] = {
  { 0x00df, "ss" }, { 0x1e9e, "ss" }, { 0x00e6, "ae" }, { 0x00c6, "ae" }, { 0x0153, "oe" },
  { 0x0152, "oe" }, { 0x00f8, "o" },  { 0x00d8, "o" },  { 0x0142, "l" },  { 0x0141, "l" },
  { 0x0111, "d" },  { 0x0110, "d" },  { 0x0127, "h" },  { 0x0126, "h" },  { 0x0131, "i" },
  { 0x00f0, "d" },  { 0x00d0, "d" },  { 0x00fe, "th" }, { 0x00de, "th" }, { 0x03c2, "\xcf\x83" },
  { 0x2018, "'" },  { 0x2019, "'" },  { 0x201b, "'" },  { 0x02bc, "'" },  { 0x201c, "\"" },
  { 0x201d, "\"" }, { 0x201e, "\"" }, { 0x00ab, "\"" }, { 0x00bb, "\"" }, { 0x2010, "-" },
  { 0x2011, "-" },  { 0x2012, "-" },  { 0x2013, "-" },  { 0x2014, "-" },  { 0x2212, "-" },
  { 0x2028, " " },  { 0x00a0, " " },  { 0x2009, " " },  { 0x202f, " " },
};

/* Writes what a character is compared by; 0 for those that do not count (marks, soft
 * hyphens, zero-width characters). */
static guint
fold_other (gunichar  c,
            gboolean  keep_case,
            gunichar *out)
{
  gunichar parts[MAX_FOLDED];
  gsize n_parts;
  guint n = 0;

  if (c == 0x00ad || c == 0x200b || c == 0x200c || c == 0x200d || c == 0xfeff)
    return 0;
  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    if (plain[i].from == c)
      {
        gboolean upper = keep_case && g_unichar_isupper (c);

        for (const char *p = plain[i].to; *p != '\0'; p = g_utf8_next_char (p))
          out[n++] = upper ? g_unichar_toupper (g_utf8_get_char (p)) : g_utf8_get_char (p);
        return n;
      }
  n_parts = g_unichar_fully_decompose (c, TRUE, parts, MAX_FOLDED);
  for (gsize i = 0; i < n_parts; i++)
    if (!g_unichar_ismark (parts[i]))
      out[n++] = keep_case ? parts[i] : g_unichar_tolower (parts[i]);
  return n;
}

static inline guint
fold (gunichar  c,
      gboolean  keep_case,
      gunichar *out)
{
  if (c < 0x80)
    {
      out[0] = keep_case ? c : (gunichar) g_ascii_tolower ((char) c);
      return 1;
    }
  return fold_other (c, keep_case, out);
}

static GArray *
fold_needle (const char *needle,
             gboolean    keep_case)
{
  GArray *folded = g_array_new (FALSE, FALSE, sizeof (gunichar));
  gunichar parts[MAX_FOLDED];

  for (const char *p = needle; *p != '\0'; p = g_utf8_next_char (p))
    g_array_append_vals (folded, parts, fold (g_utf8_get_char (p), keep_case, parts));
  return folded;
}

/* failure[i]: length of the longest proper prefix of the needle that ends its first i + 1
 * characters. */
static guint *
make_failure (const gunichar *needle,
              guint           length)
{
  guint *failure = g_new0 (guint, length);

  for (guint i = 1, k = 0; i < length; i++)
    {
      while (k > 0 && needle[i] != needle[k])
        k = failure[k - 1];
      if (needle[i] == needle[k])
        k++;
      failure[i] = k;
    }
  return failure;
}

/* Marks after the last letter of a hit belong to it. */
static const char *
skip_marks (const char *p,
            const char *end)
{
  gunichar ignored[MAX_FOLDED];

  while (p < end && (guchar) *p >= 0x80 && g_unichar_ismark (g_utf8_get_char (p))
         && fold_other (g_utf8_get_char (p), FALSE, ignored) == 0)
    p = g_utf8_next_char (p);
  return p;
}

static gboolean
is_word (gunichar c)
{
  return g_unichar_isalnum (c) || g_unichar_ismark (c) || c == '_';
}

/* Whether a hit begins and ends where words do; one that begins or ends with something
 * else than a letter does so anywhere. */
static gboolean
is_whole (const char *text,
          const char *end,
          DraRange    hit)
{
  const char *from = text + hit.start;
  const char *to = text + hit.end;

  if (from > text && is_word (g_utf8_get_char (from))
      && is_word (g_utf8_get_char (g_utf8_prev_char (from))))
    return FALSE;
  return to >= end || !is_word (g_utf8_get_char (to))
         || !is_word (g_utf8_get_char (g_utf8_prev_char (to)));
}

static void
scan (const char     *text,
      const char     *end,
      const gunichar *needle,
      guint           length,
      DraFindFlags    flags,
      GCancellable   *cancellable,
      GArray         *hits)
{
  g_autofree guint *failure = make_failure (needle, length);
  /* Where the last `length` folded characters came from, as a ring. */
  g_autofree gsize *sources = g_new (gsize, length);
  const char *check = text + MIN (CHECK_EVERY, end - text);
  gsize last_end = 0;
  gsize n_folded = 0;
  guint matched = 0;
  gunichar parts[MAX_FOLDED];

  for (const char *p = text; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = (guchar) *p < 0x80 ? (guchar) *p : g_utf8_get_char (p);
      guint n_parts = fold (c, flags & DRA_FIND_CASE, parts);

      if (p >= check)
        {
          if (g_cancellable_is_cancelled (cancellable))
            return;
          check = p + MIN (CHECK_EVERY, end - p);
        }
      for (guint i = 0; i < n_parts; i++, n_folded++)
        {
          sources[n_folded % length] = p - text;
          while (matched > 0 && parts[i] != needle[matched])
            matched = failure[matched - 1];
          if (parts[i] == needle[matched])
            matched++;
          if (matched == length)
            {
              DraRange hit = { sources[(n_folded + 1) % length],
                               skip_marks (g_utf8_next_char (p), end) - text };

              if ((flags & DRA_FIND_WORDS) && !is_whole (text, end, hit))
                {
                  /* One that overlaps it may be whole. */
                  matched = failure[length - 1];
                  continue;
                }
              if (hit.start >= last_end)
                {
                  g_array_append_val (hits, hit);
                  last_end = hit.end;
                }
              matched = 0;
            }
        }
    }
}

/**
 * dra_find_full:
 * @text: valid UTF-8
 * @length: its length in bytes
 * @needle: what to look for, valid UTF-8
 * @flags: case, whole words
 * @cancellable: (nullable): ends the search early, with what it had found
 *
 * Finds all occurrences of @needle, from left to right and not overlapping, as whole
 * characters of the text.  Accents never count.  Nothing is found for a needle in which no
 * character counts.
 *
 * Returns: (transfer full) (element-type DraRange): ascending, in bytes
 */
GArray *
dra_find_full (const char   *text,
               gsize         length,
               const char   *needle,
               DraFindFlags  flags,
               GCancellable *cancellable)
{
  GArray *hits = g_array_new (FALSE, FALSE, sizeof (DraRange));
  g_autoptr (GArray) folded = NULL;

  g_return_val_if_fail (text != NULL && needle != NULL, hits);

  folded = fold_needle (needle, flags & DRA_FIND_CASE);
  if (folded->len > 0)
    scan (text, text + length, (const gunichar *) (void *) folded->data, folded->len, flags,
          cancellable, hits);
  return hits;
}

/**
 * dra_find:
 * @text: valid UTF-8
 * @length: its length in bytes
 * @needle: what to look for, valid UTF-8
 * @cancellable: (nullable): ends the search early, with what it had found
 *
 * As dra_find_full(), in any case and anywhere in a word.
 *
 * Returns: (transfer full) (element-type DraRange): ascending, in bytes
 */
GArray *
dra_find (const char   *text,
          gsize         length,
          const char   *needle,
          GCancellable *cancellable)
{
  return dra_find_full (text, length, needle, DRA_FIND_DEFAULT, cancellable);
}

typedef struct
{
  char         *needle;
  DraFindFlags  flags;
} Job;

static void
job_free (gpointer data)
{
  g_free (((Job *) data)->needle);
  g_free (data);
}

static void
find_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  const Job *job = data;
  gsize length;
  const char *text = dra_article_get_text (source, &length);
  GArray *hits = dra_find_full (text, length, job->needle, job->flags, cancellable);

  g_task_return_pointer (task, hits, (GDestroyNotify) g_array_unref);
}

/**
 * dra_find_async:
 * @article: where to look
 * @needle: what to look for
 * @flags: case, whole words
 * @cancellable: (nullable): a cancellable
 * @callback: called when all is found
 * @data: for @callback
 *
 * Searches in a thread, as dra_find_full() does.
 */
void
dra_find_async (DraArticle          *article,
                const char          *needle,
                DraFindFlags         flags,
                GCancellable        *cancellable,
                GAsyncReadyCallback  callback,
                gpointer             data)
{
  g_autoptr (GTask) task = g_task_new (article, cancellable, callback, data);
  Job *job = g_new0 (Job, 1);

  job->needle = g_strdup (needle);
  job->flags = flags;
  g_task_set_source_tag (task, dra_find_async);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, find_in_thread);
}

/**
 * dra_find_finish:
 * @result: what the callback got
 * @error: set to %G_IO_ERROR_CANCELLED only
 *
 * Returns: (transfer full) (element-type DraRange) (nullable): as from dra_find()
 */
GArray *
dra_find_finish (DraArticle    *article,
                 GAsyncResult  *result,
                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, article), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
