/* dra-mark-palette.h: the colours of everything drawn over or under the text.
 *
 * GtkTextView knows nothing of CSS where text is marked, so the colours live here, one set
 * each for light and dark, with a stronger form for high contrast.  A tint lies under the
 * text and keeps it at a contrast of 4.5:1 or more; a line reaches 3:1 against the page
 * (WCAG 2.1, 1.4.3 and 1.4.11).  A test holds every entry to that.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gdk/gdk.h>

#include "notes/dra-note.h"

G_BEGIN_DECLS

typedef struct
{
  GdkRGBA tint;
  GdkRGBA line;
} DraMarkColor;

typedef struct
{
  GdkRGBA      page; /* what the tints are laid on, for the contrast test */
  GdkRGBA      text;
  GdkRGBA      secondary;
  GdkRGBA      faint; /* bars, frames and ornaments */
  GdkRGBA      paper; /* behind pictures that let it through */
  GdkRGBA      link;
  GdkRGBA      selection;
  GdkRGBA      selection_backdrop; /* while another window has the keyboard */
  DraMarkColor person;
  DraMarkColor person_selected;
  DraMarkColor person_current;
  DraMarkColor organization;
  DraMarkColor organization_selected;
  DraMarkColor organization_current;
  DraMarkColor place;
  DraMarkColor place_selected;
  DraMarkColor place_current;
  DraMarkColor hit;
  DraMarkColor hit_current;
  DraMarkColor notes[DRA_N_NOTE_COLORS];
  GdkRGBA      solid[DRA_N_NOTE_COLORS]; /* the edge of a card: colour, not information */
} DraMarkPalette;

/* How much the names of one kind are marked; each level has what the one before has.  The
 * values are those of the settings. */
typedef enum
{
  DRA_MARKS_OFF,       /* not at all, and nothing there for the pointer */
  DRA_MARKS_SELECTED,  /* only the selected one */
  DRA_MARKS_UNDERLINE, /* a line below each */
  DRA_MARKS_TINT,      /* and a tint behind it */
} DraMarkLevel;

#define DRA_N_MARKED_KINDS 3 /* people, organizations, places: DraEntityKind */

/**
 * DraTheme:
 * @DRA_THEME_PLAIN: as the desktop's style has it
 * @DRA_THEME_SEPIA: brown on paper, for light styles
 * @DRA_THEME_CONTRAST: black and white
 */
typedef enum
{
  DRA_THEME_PLAIN,
  DRA_THEME_SEPIA,
  DRA_THEME_CONTRAST,
} DraTheme;

void   dra_mark_palette_init_theme (DraMarkPalette *self,
                                  DraTheme        theme,
                                  gboolean        dark,
                                  gboolean        high_contrast);
void   dra_mark_palette_init     (DraMarkPalette *self,
                                  gboolean        dark,
                                  gboolean        high_contrast);
double dra_mark_palette_contrast (const GdkRGBA  *above,
                                  const GdkRGBA  *tint,
                                  const GdkRGBA  *page);

G_END_DECLS
