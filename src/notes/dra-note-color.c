/* dra-note-color.c: the colours of notes and their names in files.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "notes/dra-note.h"

G_DEFINE_ENUM_TYPE (DraNoteColor, dra_note_color,
                    G_DEFINE_ENUM_VALUE (DRA_NOTE_YELLOW, "yellow"),
                    G_DEFINE_ENUM_VALUE (DRA_NOTE_GREEN, "green"),
                    G_DEFINE_ENUM_VALUE (DRA_NOTE_BLUE, "blue"),
                    G_DEFINE_ENUM_VALUE (DRA_NOTE_PURPLE, "purple"),
                    G_DEFINE_ENUM_VALUE (DRA_NOTE_PINK, "pink"),
                    G_DEFINE_ENUM_VALUE (DRA_NOTE_ORANGE, "orange"))

static const char *const color_names[DRA_N_NOTE_COLORS] = {
  [DRA_NOTE_YELLOW] = "yellow", [DRA_NOTE_GREEN] = "green",
  [DRA_NOTE_BLUE] = "blue",     [DRA_NOTE_PURPLE] = "purple",
  [DRA_NOTE_PINK] = "pink",     [DRA_NOTE_ORANGE] = "orange",
};

/**
 * dra_note_color_to_string:
 * @color: a colour
 *
 * Returns: its name in files: "yellow", "green", "blue", "purple", "pink" or "orange"
 */
const char *
dra_note_color_to_string (DraNoteColor color)
{
  g_return_val_if_fail ((guint) color < DRA_N_NOTE_COLORS, NULL);

  return color_names[color];
}

/**
 * dra_note_color_from_string:
 * @string: (nullable): a name
 * @color: (out): the colour, set only when there is one
 *
 * Reads the name of a colour, whatever its case.
 *
 * Returns: %FALSE when @string names none
 */
gboolean
dra_note_color_from_string (const char   *string,
                            DraNoteColor *color)
{
  for (guint i = 0; string != NULL && i < DRA_N_NOTE_COLORS; i++)
    if (g_ascii_strcasecmp (string, color_names[i]) == 0)
      {
        *color = i;
        return TRUE;
      }

  return FALSE;
}
