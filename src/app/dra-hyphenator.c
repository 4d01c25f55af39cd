/* dra-hyphenator.c: where words of a language may be divided, by libhyphen.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-hyphenator.h"

#include <string.h>

#ifdef DRA_HAVE_HYPHEN
#include <hyphen.h>
#endif

#define SOFT_HYPHEN "\xc2\xad" /* U+00AD */
#define LEAST_WORD 6           /* letters: shorter words are not divided */
#define MOST_WORD 64           /* letters: longer ones are no words, and a bit is one letter */
#define CACHE 20000            /* words whose divisions are remembered */

struct _DraHyphenator
{
  GObject       parent_instance;

#ifdef DRA_HAVE_HYPHEN
  HyphenDict   *dictionary;
#endif
  gboolean      capitals; /* words that begin with a capital are divided too */
  GStringChunk *words;
  GHashTable   *known;    /* word to index in divisions, plus 1 */
  GArray       *divisions;
};

G_DEFINE_FINAL_TYPE (DraHyphenator, dra_hyphenator, G_TYPE_OBJECT)

/* Language to DraHyphenator, or to NULL where there is none; only the main thread's. */
static GHashTable *loaded;

static void
dra_hyphenator_finalize (GObject *object)
{
  DraHyphenator *self = DRA_HYPHENATOR (object);

#ifdef DRA_HAVE_HYPHEN
  if (self->dictionary != NULL)
    hnj_hyphen_free (self->dictionary);
#endif
  g_hash_table_unref (self->known);
  g_string_chunk_free (self->words);
  g_array_unref (self->divisions);
  G_OBJECT_CLASS (dra_hyphenator_parent_class)->finalize (object);
}

static void
dra_hyphenator_class_init (DraHyphenatorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dra_hyphenator_finalize;
}

static void
dra_hyphenator_init (DraHyphenator *self)
{
  self->words = g_string_chunk_new (16 * 1024);
  self->known = g_hash_table_new (g_str_hash, g_str_equal);
  self->divisions = g_array_new (FALSE, FALSE, sizeof (guint64));
}

/**
 * dra_hyphenator_is_supported:
 *
 * Returns: whether this build of Dramatis can divide words at all
 */
gboolean
dra_hyphenator_is_supported (void)
{
#ifdef DRA_HAVE_HYPHEN
  return TRUE;
#else
  return FALSE;
#endif
}

/* {{{ Dictionaries */

static char *
find_exact (const char *folder,
            const char *language,
            const char *region)
{
  g_autofree char *name = region != NULL
                            ? g_strdup_printf ("hyph_%s_%s.dic", language, region)
                            : g_strdup_printf ("hyph_%s.dic", language);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_IS_REGULAR) ? g_steal_pointer (&path) : NULL;
}

/* The first by name of those for this language, wherever it is spoken. */
static char *
find_any (const char *folder,
          const char *language)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autofree char *prefix = g_strdup_printf ("hyph_%s_", language);
  g_autofree char *best = NULL;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, prefix) && g_str_has_suffix (name, ".dic")
        && (best == NULL || strcmp (name, best) < 0))
      {
        g_free (best);
        best = g_strdup (name);
      }
  return best != NULL ? g_build_filename (folder, best, NULL) : NULL;
}

/* The region of the reader's own locale, when that is of this language. */
static char *
dup_own_region (const char *language)
{
  const char *const *names = g_get_language_names ();

  for (gsize i = 0; names[i] != NULL; i++)
    if (g_str_has_prefix (names[i], language) && names[i][strlen (language)] == '_')
      return g_strndup (names[i] + strlen (language) + 1, 2);
  return NULL;
}

static char *
find_in (const char *folder,
         const char *language,
         const char *stated)
{
  g_autofree char *own = dup_own_region (language);
  g_autofree char *same = g_ascii_strup (language, -1);
  const char *const regions[] = { stated, own, NULL, g_str_equal (language, "en") ? "US" : same };

  for (gsize i = 0; i < G_N_ELEMENTS (regions); i++)
    {
      char *path;

      if (i < 2 && regions[i] == NULL)
        continue;
      path = find_exact (folder, language, regions[i]);
      if (path != NULL)
        return path;
    }
  return find_any (folder, language);
}

/**
 * dra_hyphenator_find:
 * @language: (nullable): a BCP 47 tag
 * @folders: (nullable): where to look, or %NULL for where the system has its dictionaries
 *
 * Prefers the region of the tag, then that of the reader's locale.
 *
 * Returns: (transfer full) (nullable): the path of a dictionary
 */
char *
dra_hyphenator_find (const char        *language,
                     const char *const *folders)
{
  g_auto (GStrv) parts = NULL;
  g_autoptr (GPtrArray) standard = NULL;
  const char *region = NULL;

  if (language == NULL)
    return NULL;
  parts = g_strsplit_set (language, "-_", -1);
  if (parts[0] == NULL || strlen (parts[0]) < 2 || strlen (parts[0]) > 3)
    return NULL;
  /* It becomes part of a file's name. */
  for (const char *p = parts[0]; *p != '\0'; p++)
    if (!g_ascii_islower (*p))
      return NULL;
  for (gsize i = 1; parts[i] != NULL; i++)
    if (strlen (parts[i]) == 2 && g_ascii_isupper (parts[i][0]) && g_ascii_isupper (parts[i][1]))
      region = parts[i];

  if (folders == NULL)
    {
      const char *const *system = g_get_system_data_dirs ();

      standard = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (standard, g_build_filename (g_get_user_data_dir (), "hyphen", NULL));
      for (gsize i = 0; system[i] != NULL; i++)
        g_ptr_array_add (standard, g_build_filename (system[i], "hyphen", NULL));
      g_ptr_array_add (standard, g_strdup ("/usr/share/hyphen"));
      g_ptr_array_add (standard, NULL);
      folders = (const char *const *) standard->pdata;
    }
  for (gsize i = 0; folders[i] != NULL; i++)
    {
      char *path = find_in (folders[i], parts[0], region);

      if (path != NULL)
        return path;
    }
  return NULL;
}

/**
 * dra_hyphenator_new:
 * @path: of a dictionary
 *
 * Reads a dictionary, which takes some milliseconds.
 *
 * Returns: (transfer full) (nullable): a hyphenator, or %NULL when there is no such file or
 *   this build cannot divide words
 */
DraHyphenator *
dra_hyphenator_new (const char *path)
{
  g_autoptr (DraHyphenator) self = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (DRA_TYPE_HYPHENATOR, NULL);
  /* Names are best left whole, and a capital is what tells them, but not in German. */
  name = g_path_get_basename (path);
  self->capitals = g_str_has_prefix (name, "hyph_de");
#ifdef DRA_HAVE_HYPHEN
  self->dictionary = hnj_hyphen_load (path);
  if (self->dictionary != NULL)
    return g_steal_pointer (&self);
#endif
  return NULL;
}

static void
load_in_thread (GTask        *task,
                gpointer      source,
                gpointer      language,
                GCancellable *cancellable)
{
  g_autofree char *path = dra_hyphenator_find (language, NULL);

  g_task_return_pointer (task, path != NULL ? dra_hyphenator_new (path) : NULL, g_object_unref);
}

/**
 * dra_hyphenator_get_async:
 * @language: a BCP 47 tag
 * @cancellable: (nullable): to give up
 * @callback: called with the result
 * @user_data: for @callback
 *
 * Finds and reads the dictionary of a language in a thread.
 */
void
dra_hyphenator_get_async (const char          *language,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, dra_hyphenator_get_async);
  g_task_set_task_data (task, g_strdup (language), g_free);
  g_task_run_in_thread (task, load_in_thread);
}

/**
 * dra_hyphenator_get_finish:
 * @result: what the callback was given
 *
 * Returns: (transfer none) (nullable): the hyphenator, kept for the next time, or %NULL when
 *   there is none for the language
 */
DraHyphenator *
dra_hyphenator_get_finish (GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  DraHyphenator *self = g_task_propagate_pointer (G_TASK (result), &error);

  if (error != NULL)
    return NULL;
  if (loaded == NULL)
    loaded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  if (self != NULL)
    g_hash_table_replace (loaded, g_strdup (g_task_get_task_data (G_TASK (result))), self);
  return self;
}

/**
 * dra_hyphenator_get_loaded:
 * @language: (nullable): a BCP 47 tag
 *
 * Returns: (transfer none) (nullable): what dra_hyphenator_get_finish() gave before
 */
DraHyphenator *
dra_hyphenator_get_loaded (const char *language)
{
  return loaded != NULL && language != NULL ? g_hash_table_lookup (loaded, language) : NULL;
}

/* }}} */
/* {{{ Words */

#ifdef DRA_HAVE_HYPHEN
/* Liang's patterns as libhyphen applies them; a place where letters would have to change
 * ("Zucker", "Zuk-ker") is none, because the text is never changed. */
static guint64
divide_lower (DraHyphenator *self,
              const char    *word)
{
  g_autofree char *encoded = NULL;
  g_autofree char *hyphens = NULL;
  char **replacements = NULL;
  int *positions = NULL, *cuts = NULL;
  guint64 division = 0;
  gsize length = strlen (word);
  gsize n = (gsize) g_utf8_strlen (word, -1);

  if (!self->dictionary->utf8)
    {
      encoded = g_convert (word, -1, self->dictionary->cset, "UTF-8", NULL, &length, NULL);
      if (encoded == NULL || length != n)
        return 0;
      word = encoded;
    }
  hyphens = g_malloc0 (length + 5);
  if (hnj_hyphen_hyphenate2 (self->dictionary, word, (int) length, hyphens, NULL, &replacements,
                             &positions, &cuts)
      == 0)
    for (gsize i = 0; i + 1 < n; i++)
      if ((hyphens[i] & 1) != 0 && (replacements == NULL || replacements[i] == NULL))
        division |= G_GUINT64_CONSTANT (1) << i;

  for (gsize i = 0; replacements != NULL && i < length; i++)
    free (replacements[i]);
  free (replacements);
  free (positions);
  free (cuts);
  return division;
}
#endif

/**
 * dra_hyphenator_divide:
 * @word: letters, valid UTF-8
 * @length: of @word, in bytes
 *
 * Words with capitals inside are left whole, and those that begin with one are too, except
 * in German, as they are mostly names.
 *
 * Returns: a bit for each letter after which the word may be divided, the first letter's
 *   being the lowest
 */
guint64
dra_hyphenator_divide (DraHyphenator *self,
                       const char    *word,
                       gsize          length)
{
  g_autofree char *lower = NULL;
  guint64 division = 0;
  gsize n = 0;
  guint index;

  g_return_val_if_fail (DRA_IS_HYPHENATOR (self), 0);

  for (const char *p = word; p < word + length; p = g_utf8_next_char (p), n++)
    if (g_unichar_isupper (g_utf8_get_char (p)) && (n > 0 || !self->capitals))
      return 0;
  if (n < LEAST_WORD || n > MOST_WORD)
    return 0;
  lower = g_utf8_strdown (word, (gssize) length);
  if ((gsize) g_utf8_strlen (lower, -1) != n)
    return 0;

  index = GPOINTER_TO_UINT (g_hash_table_lookup (self->known, lower));
  if (index > 0)
    return g_array_index (self->divisions, guint64, index - 1);
#ifdef DRA_HAVE_HYPHEN
  division = divide_lower (self, lower);
#endif
  if (self->divisions->len >= CACHE)
    {
      g_hash_table_remove_all (self->known);
      g_string_chunk_clear (self->words);
      g_array_set_size (self->divisions, 0);
    }
  g_array_append_val (self->divisions, division);
  g_hash_table_insert (self->known, g_string_chunk_insert (self->words, lower),
                       GUINT_TO_POINTER (self->divisions->len));
  return division;
}

static gboolean
is_apostrophe (gunichar c)
{
  return c == '\'' || c == 0x2019;
}

/* A dash with words on both sides parts them as a space does. */
static gboolean
is_gap (gunichar c)
{
  return g_unichar_isspace (c) || c == 0x2028 || c == 0x2013 || c == 0x2014;
}

static void
append_word (DraHyphenator *self,
             const char    *word,
             const char    *end,
             GString       *divided,
             GArray        *positions,
             gsize          at)
{
  guint64 division = dra_hyphenator_divide (self, word, end - word);

  for (guint i = 0; word < end; i++)
    {
      const char *next = g_utf8_next_char (word);

      g_string_append_len (divided, word, next - word);
      word = next;
      at++;
      if (i < MOST_WORD && (division >> i & 1) != 0)
        {
          g_string_append (divided, SOFT_HYPHEN);
          g_array_append_val (positions, at);
        }
    }
}

/* What stands between two gaps: letters with apostrophes among them and signs round them,
 * else it is no word of the language but an address or a formula. */
static gboolean
find_letters (const char  *token,
              const char  *end,
              const char **first,
              const char **last)
{
  *first = *last = NULL;
  for (const char *p = token; p < end; p = g_utf8_next_char (p))
    if (g_unichar_isalpha (g_utf8_get_char (p)))
      {
        if (*first == NULL)
          *first = p;
        *last = g_utf8_next_char (p);
      }
  if (*first == NULL)
    return FALSE;
  for (const char *p = token; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean inside = p >= *first && p < *last;

      if (inside ? !g_unichar_isalpha (c) && !is_apostrophe (c) : !g_unichar_ispunct (c))
        return FALSE;
    }
  return TRUE;
}

/**
 * dra_hyphenator_append:
 * @text: running text, valid UTF-8
 * @length: of @text, in bytes
 * @divided: where the text goes, with a soft hyphen wherever a word may be divided
 * @positions: (element-type gsize): where the position of each soft hyphen goes
 * @first: code points before @text
 *
 * A position is the number of code points before it, without the soft hyphens.
 */
void
dra_hyphenator_append (DraHyphenator *self,
                       const char    *text,
                       gsize          length,
                       GString       *divided,
                       GArray        *positions,
                       gsize          first)
{
  const char *end = text + length;

  g_return_if_fail (DRA_IS_HYPHENATOR (self));

  while (text < end)
    {
      const char *token = text, *letters, *last;

      while (text < end && !is_gap (g_utf8_get_char (text)))
        text = g_utf8_next_char (text);
      if (text > token && find_letters (token, text, &letters, &last))
        {
          g_string_append_len (divided, token, letters - token);
          first += (gsize) g_utf8_strlen (token, letters - token);
          for (const char *part = letters; part < last;)
            {
              const char *next = part;

              while (next < last && !is_apostrophe (g_utf8_get_char (next)))
                next = g_utf8_next_char (next);
              append_word (self, part, next, divided, positions, first);
              first += (gsize) g_utf8_strlen (part, next - part);
              part = next;
              while (part < last && is_apostrophe (g_utf8_get_char (part)))
                {
                  part = g_utf8_next_char (part);
                  first++;
                }
              g_string_append_len (divided, next, part - next);
            }
          token = last;
        }
      while (text < end && is_gap (g_utf8_get_char (text)))
        text = g_utf8_next_char (text);
      g_string_append_len (divided, token, text - token);
      first += (gsize) g_utf8_strlen (token, text - token);
    }
}

/* }}} */
