/* dra-formats.c: the readers that need a parser library, one row a format.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-formats.h"

/* Rows are sorted as in the registry: { id, function }. */
static const struct
{
  const char *id;
  DraReadFunc read;
} functions[] = {
  { NULL, NULL },
};

/**
 * dra_formats_provide:
 *
 * Gives the registry the functions of all readers that were built.  Call it once, before
 * anything is read.
 */
void
dra_formats_provide (void)
{
  for (guint i = 0; functions[i].id != NULL; i++)
    dra_reader_registry_provide (functions[i].id, functions[i].read);
}
