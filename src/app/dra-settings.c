/* dra-settings.c: the settings of the program.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-settings.h"

/* Beside the standard places the schema is looked for where it was installed, so that a
 * program in a prefix of its own runs although the desktop does not know that prefix. */
static GSettingsSchema *
find_schema (void)
{
  GSettingsSchemaSource *standard = g_settings_schema_source_get_default ();
  GSettingsSchema *schema = NULL;
  g_autoptr (GSettingsSchemaSource) own = NULL;

  if (standard != NULL)
    schema = g_settings_schema_source_lookup (standard, DRA_APP_ID, TRUE);
  if (schema != NULL)
    return schema;

  own = g_settings_schema_source_new_from_directory (DRA_SCHEMADIR, standard, TRUE, NULL);
  return own != NULL ? g_settings_schema_source_lookup (own, DRA_APP_ID, TRUE) : NULL;
}

/**
 * dra_settings_get_default:
 *
 * Returns: (transfer none) (nullable): the settings, or %NULL when the schema is not
 *   installed
 */
GSettings *
dra_settings_get_default (void)
{
  static GSettings *settings;

  if (settings == NULL)
    {
      GSettingsSchema *schema = find_schema ();

      if (schema == NULL)
        return NULL;
      settings = g_settings_new_full (schema, NULL, NULL);
      g_settings_schema_unref (schema);
    }

  return settings;
}
