/* dra-ui-quarks.c: keeps the leak checker from one block of GLib's.
 *
 * GLib lets go of its table of quarks when it grows past 2048 of them, which programs with
 * as many types as GTK has come near.  Only the slow way of taking stacks would tell that
 * block from one of ours, so it is looked up and named here.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "dra-ui-test.h"

#if defined (__SANITIZE_ADDRESS__)

#include <link.h>
#include <sanitizer/lsan_interface.h>

/* Of sanitizer/allocator_interface.h, which gcc does not install. */
int    __sanitizer_get_ownership      (const volatile void *block);
size_t __sanitizer_get_allocated_size (const volatile void *block);

#define TABLE_SIZE (2048 * sizeof (char *)) /* QUARK_BLOCK_SIZE of GLib's gquark.c */

static int
find_table (struct dl_phdr_info *info,
            gsize                size,
            gpointer             found)
{
  if (strstr (info->dlpi_name, "libglib-2.0.so") == NULL)
    return 0;
  for (guint i = 0; i < info->dlpi_phnum; i++)
    {
      const ElfW (Phdr) *header = &info->dlpi_phdr[i];
      const char *const **words = (gpointer) ((info->dlpi_addr + header->p_vaddr + 7) & ~(gsize) 7);

      if (header->p_type != PT_LOAD || (header->p_flags & PF_W) == 0)
        continue;
      for (gsize word = 0; word + 1 < header->p_memsz / sizeof *words; word++)
        if (words[word] != NULL && __sanitizer_get_ownership (words[word])
            && __sanitizer_get_allocated_size (words[word]) == TABLE_SIZE
            && words[word][1] == g_quark_to_string (1))
          *(gconstpointer *) found = words[word];
    }
  return 1;
}

void
dra_ui_test_spare_quarks (void)
{
  gconstpointer table = NULL;

  dl_iterate_phdr (find_table, &table);
  if (table != NULL)
    __lsan_ignore_object (table);
}

#else

void
dra_ui_test_spare_quarks (void)
{
}

#endif
