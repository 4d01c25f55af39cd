/* dra-rtf-words.c: the control words of RTF, and what each changes.
 *
 * Follows Microsoft's Rich Text Format Specification 1.9.1.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-rtf-state.h"

#include "readers/dra-document-info.h"

typedef enum
{
  W_NONE,
  /* Destinations. */
  W_SKIP, W_FONTS, W_STYLES, W_INFO, W_TITLE, W_AUTHOR, W_TIME, W_FIELD, W_INSTRUCTION, W_MARKER, W_FOOTNOTE,
  W_COMMENT, W_ATN_AUTHOR, W_ATN_ID, W_ATN_REF, W_ATN_START, W_ATN_END, W_ATN_DATE, W_PICTURE, W_SHAPE, W_BOX,
  W_UNICODE_TEXT, W_TRANSPARENT,
  /* Paragraphs and tables. */
  W_PAR, W_LINE, W_PARD, W_STYLE, W_OUTLINE, W_LIST, W_LEVEL, W_IN_TABLE, W_TABLE_LEVEL, W_ROW_START, W_CELL_X,
  W_ROW_HEADING, W_CELL, W_ROW, W_NEST_CELL, W_BASED_ON,
  /* Characters. */
  W_PLAIN, W_BOLD, W_ITALIC, W_UNDERLINE, W_NO_UNDERLINE, W_STRIKE, W_SUPER, W_SUB, W_NO_SUPER, W_HIDDEN,
  W_DELETED, W_FONT, W_CHARSET, W_FONT_PAGE, W_UC, W_U, W_TEXT,
  /* The whole. */
  W_PAGE, W_MAC, W_PC, W_PCA, W_DEFAULT_FONT, W_LANGUAGE, W_YEAR, W_MONTH, W_DAY, W_PNG, W_JPEG, W_OTHER_PICTURE,
} Word;

static const struct
{
  const char *word;
  Word        id;
  const char *text; /* of W_TEXT */
} words[] = {
  { "b", W_BOLD, NULL }, { "i", W_ITALIC, NULL }, { "ul", W_UNDERLINE, NULL }, { "uld", W_UNDERLINE, NULL },
  { "uldb", W_UNDERLINE, NULL }, { "ulw", W_UNDERLINE, NULL }, { "ulnone", W_NO_UNDERLINE, NULL },
  { "strike", W_STRIKE, NULL }, { "striked", W_STRIKE, NULL }, { "super", W_SUPER, NULL }, { "sub", W_SUB, NULL },
  { "nosupersub", W_NO_SUPER, NULL }, { "v", W_HIDDEN, NULL }, { "deleted", W_DELETED, NULL },
  { "plain", W_PLAIN, NULL }, { "f", W_FONT, NULL }, { "fcharset", W_CHARSET, NULL }, { "cpg", W_FONT_PAGE, NULL },
  { "uc", W_UC, NULL }, { "u", W_U, NULL }, { "par", W_PAR, NULL }, { "sect", W_PAR, NULL }, { "page", W_NONE, NULL },
  { "line", W_LINE, NULL }, { "lbr", W_LINE, NULL }, { "pard", W_PARD, NULL }, { "s", W_STYLE, NULL },
  { "outlinelevel", W_OUTLINE, NULL }, { "ls", W_LIST, NULL }, { "ilvl", W_LEVEL, NULL },
  { "intbl", W_IN_TABLE, NULL }, { "itap", W_TABLE_LEVEL, NULL }, { "trowd", W_ROW_START, NULL },
  { "cellx", W_CELL_X, NULL }, { "trhdr", W_ROW_HEADING, NULL }, { "cell", W_CELL, NULL }, { "row", W_ROW, NULL },
  { "nestcell", W_NEST_CELL, NULL }, { "nestrow", W_NEST_CELL, NULL }, { "sbasedon", W_BASED_ON, NULL },
  { "tab", W_TEXT, " " }, { "emdash", W_TEXT, "—" }, { "endash", W_TEXT, "–" }, { "emspace", W_TEXT, " " },
  { "enspace", W_TEXT, " " }, { "qmspace", W_TEXT, " " }, { "bullet", W_TEXT, "•" }, { "lquote", W_TEXT, "‘" },
  { "rquote", W_TEXT, "’" }, { "ldblquote", W_TEXT, "“" }, { "rdblquote", W_TEXT, "”" },
  { "zwj", W_TEXT, "\342\200\215" }, { "zwnj", W_TEXT, "\342\200\214" }, { "rtlmark", W_TEXT, "\342\200\217" },
  { "ltrmark", W_TEXT, "\342\200\216" },
  { "ansicpg", W_PAGE, NULL }, { "mac", W_MAC, NULL }, { "pc", W_PC, NULL }, { "pca", W_PCA, NULL },
  { "deff", W_DEFAULT_FONT, NULL }, { "deflang", W_LANGUAGE, NULL }, { "yr", W_YEAR, NULL },
  { "mo", W_MONTH, NULL }, { "dy", W_DAY, NULL }, { "pngblip", W_PNG, NULL }, { "jpegblip", W_JPEG, NULL },
  { "emfblip", W_OTHER_PICTURE, NULL }, { "wmetafile", W_OTHER_PICTURE, NULL },
  { "fonttbl", W_FONTS, NULL }, { "stylesheet", W_STYLES, NULL }, { "info", W_INFO, NULL },
  { "title", W_TITLE, NULL }, { "author", W_AUTHOR, NULL }, { "creatim", W_TIME, NULL }, { "field", W_FIELD, NULL },
  { "fldinst", W_INSTRUCTION, NULL }, { "fldrslt", W_TRANSPARENT, NULL }, { "listtext", W_MARKER, NULL },
  { "pntext", W_MARKER, NULL },
  { "footnote", W_FOOTNOTE, NULL }, { "annotation", W_COMMENT, NULL }, { "atnauthor", W_ATN_AUTHOR, NULL },
  { "atnid", W_ATN_ID, NULL }, { "atnref", W_ATN_REF, NULL }, { "atrfstart", W_ATN_START, NULL },
  { "atrfend", W_ATN_END, NULL }, { "atndate", W_ATN_DATE, NULL }, { "pict", W_PICTURE, NULL },
  { "shpinst", W_SHAPE, NULL }, { "do", W_SHAPE, NULL }, { "shptxt", W_BOX, NULL }, { "dptxbxtext", W_BOX, NULL },
  { "ud", W_UNICODE_TEXT, NULL }, { "upr", W_SKIP, NULL }, { "shppict", W_TRANSPARENT, NULL },
  { "colortbl", W_SKIP, NULL }, { "header", W_SKIP, NULL }, { "headerl", W_SKIP, NULL }, { "headerr", W_SKIP, NULL },
  { "headerf", W_SKIP, NULL }, { "footer", W_SKIP, NULL }, { "footerl", W_SKIP, NULL }, { "footerr", W_SKIP, NULL },
  { "footerf", W_SKIP, NULL }, { "ftnsep", W_SKIP, NULL }, { "ftnsepc", W_SKIP, NULL }, { "aftnsep", W_SKIP, NULL },
  { "nonshppict", W_SKIP, NULL }, { "shprslt", W_SKIP, NULL }, { "objdata", W_SKIP, NULL }, { "xe", W_SKIP, NULL },
  { "tc", W_SKIP, NULL }, { "tcn", W_SKIP, NULL }, { "rxe", W_SKIP, NULL }, { "txe", W_SKIP, NULL },
  { "listtable", W_SKIP, NULL }, { "listoverridetable", W_SKIP, NULL }, { "rsidtbl", W_SKIP, NULL },
  { "revtbl", W_SKIP, NULL }, { "filetbl", W_SKIP, NULL }, { "bkmkstart", W_SKIP, NULL }, { "bkmkend", W_SKIP, NULL },
  { "picprop", W_SKIP, NULL }, { "sp", W_SKIP, NULL }, { "themedata", W_SKIP, NULL }, { "nonesttables", W_SKIP, NULL },
};

static GHashTable *
get_words (void)
{
  static gsize once = 0;
  static GHashTable *table;

  if (g_once_init_enter (&once))
    {
      table = g_hash_table_new (g_str_hash, g_str_equal);
      for (guint i = 0; i < G_N_ELEMENTS (words); i++)
        g_hash_table_insert (table, (gpointer) words[i].word, GUINT_TO_POINTER (i + 1));
      g_once_init_leave (&once, 1);
    }

  return table;
}

static void
set_style (DraRtfGroup  *group,
           DraStyleKind  kind,
           gboolean      on)
{
  if (on)
    group->styles |= DRA_FLOW_STYLE (kind);
  else
    group->styles &= ~DRA_FLOW_STYLE (kind);
}

static void
start_destination (DraRtf *self,
                   Word    word)
{
  DraRtfGroup *group = dra_rtf_top (self);

  if (group->destination == DRA_RTF_TO_SKIP && word != W_UNICODE_TEXT)
    return;
  switch (word)
    {
    case W_SKIP:         group->destination = DRA_RTF_TO_SKIP; break;
    case W_FONTS:        group->destination = DRA_RTF_TO_FONTS; break;
    case W_STYLES:       group->destination = DRA_RTF_TO_STYLES; break;
    case W_INFO:         group->destination = DRA_RTF_TO_INFO; break;
    case W_SHAPE:        group->destination = DRA_RTF_TO_SHAPE; break;
    case W_UNICODE_TEXT: group->destination = DRA_RTF_TO_NORMAL; break;
    case W_TITLE:        dra_rtf_start_value (self, DRA_RTF_V_TITLE); break;
    case W_AUTHOR:       dra_rtf_start_value (self, DRA_RTF_V_AUTHOR); break;
    case W_TIME:         dra_rtf_start_value (self, DRA_RTF_V_TIME); break;
    case W_INSTRUCTION:  dra_rtf_start_value (self, DRA_RTF_V_INSTRUCTION); break;
    case W_MARKER:       dra_rtf_start_value (self, DRA_RTF_V_MARKER); break;
    case W_ATN_AUTHOR:   dra_rtf_start_value (self, DRA_RTF_V_ATN_AUTHOR); break;
    case W_ATN_ID:       dra_rtf_start_value (self, DRA_RTF_V_ATN_ID); break;
    case W_ATN_REF:      dra_rtf_start_value (self, DRA_RTF_V_ATN_REF); break;
    case W_ATN_START:    dra_rtf_start_value (self, DRA_RTF_V_ATN_START); break;
    case W_ATN_END:      dra_rtf_start_value (self, DRA_RTF_V_ATN_END); break;
    case W_ATN_DATE:     dra_rtf_start_value (self, DRA_RTF_V_ATN_DATE); break;
    case W_FIELD:        group->field = self->groups->len - 1; break;
    case W_FOOTNOTE:     dra_rtf_start_footnote (self); break;
    case W_COMMENT:      dra_rtf_start_comment (self); break;
    case W_PICTURE:      dra_rtf_start_picture (self); break;
    case W_BOX:
      if (dra_rtf_go_inside (self, -2))
        {
          dra_rtf_top (self)->destination = DRA_RTF_TO_NORMAL;
          dra_flow_begin_aside (self->flow);
        }
      break;
    default:
      break;
    }
}

static void
change_paragraph (DraRtf *self,
                  Word    word,
                  int     number)
{
  DraRtfGroup *group = dra_rtf_top (self);

  switch (word)
    {
    case W_PARD:
      group->style = 0;
      group->outline = -1;
      group->list = group->level = 0;
      group->in_table = FALSE;
      break;
    case W_STYLE:
      group->style = number;
      if (group->destination == DRA_RTF_TO_STYLES)
        self->style_number = number;
      break;
    case W_OUTLINE:
      group->outline = group->destination == DRA_RTF_TO_STYLES ? -1 : CLAMP (number, 0, 9);
      if (group->destination == DRA_RTF_TO_STYLES)
        self->style.outline = CLAMP (number, 0, 9);
      break;
    case W_BASED_ON:    self->style.style_base = number; break;
    case W_LIST:        group->list = (guint) MAX (number, 0); break;
    case W_LEVEL:       group->level = (guint) MAX (number, 0); break;
    case W_IN_TABLE:    group->in_table = TRUE; break;
    case W_TABLE_LEVEL: group->in_table = number > 0; break;
    case W_ROW_START:
      if (!self->now.row_open)
        self->now.heading = FALSE;
      if (!self->now.row_open)
        self->now.n_columns = 0;
      break;
    case W_CELL_X:
      if (!self->now.row_open && self->now.n_columns < G_MAXINT)
        self->now.n_columns++;
      break;
    case W_ROW_HEADING: self->now.heading = TRUE; break;
    case W_PAR:         dra_rtf_end_paragraph (self); break;
    case W_LINE:        dra_rtf_add_break (self); break;
    case W_CELL:        dra_rtf_end_cell (self); break;
    case W_ROW:         dra_rtf_end_row (self); break;
    case W_NEST_CELL:
      if (group->destination == DRA_RTF_TO_NORMAL && self->now.row_open)
        {
          dra_flow_add_break (self->flow);
          self->now.begun = FALSE;
        }
      break;
    default:
      break;
    }
}

static void
change_character (DraRtf   *self,
                  Word      word,
                  int       number,
                  gboolean  has_number)
{
  DraRtfGroup *group = dra_rtf_top (self);
  gboolean on = !has_number || number != 0;
  int page;

  switch (word)
    {
    case W_PLAIN:
      group->styles = 0;
      group->hidden = group->deleted = FALSE;
      group->font = self->default_font;
      break;
    case W_BOLD:         set_style (group, DRA_STYLE_STRONG, on); break;
    case W_ITALIC:       set_style (group, DRA_STYLE_EMPHASIS, on); break;
    case W_UNDERLINE:    set_style (group, DRA_STYLE_UNDERLINE, on); break;
    case W_NO_UNDERLINE: set_style (group, DRA_STYLE_UNDERLINE, FALSE); break;
    case W_STRIKE:       set_style (group, DRA_STYLE_STRIKETHROUGH, on); break;
    case W_SUPER:        set_style (group, DRA_STYLE_SUPERSCRIPT, on); break;
    case W_SUB:          set_style (group, DRA_STYLE_SUBSCRIPT, on); break;
    case W_NO_SUPER:
      set_style (group, DRA_STYLE_SUPERSCRIPT, FALSE);
      set_style (group, DRA_STYLE_SUBSCRIPT, FALSE);
      break;
    case W_HIDDEN:       group->hidden = on; break;
    case W_DELETED:      group->deleted = on; break;
    case W_FONT:
      group->font = number;
      if (group->destination == DRA_RTF_TO_FONTS)
        self->font_number = number;
      break;
    case W_CHARSET:
    case W_FONT_PAGE:
      page = word == W_CHARSET ? dra_rtf_charset_to_page (number) : number;
      if (group->destination == DRA_RTF_TO_FONTS && page != 0 && (word == W_CHARSET ? number != 0 : number > 0))
        g_hash_table_insert (self->fonts, GINT_TO_POINTER (self->font_number), GINT_TO_POINTER (page));
      break;
    case W_UC:           group->uc = (guint8) CLAMP (number, 0, 255); break;
    case W_U:            dra_rtf_add_unicode (self, number); break;
    default:
      break;
    }
}

static void
change_document (DraRtf *self,
                 Word    word,
                 int     number)
{
  switch (word)
    {
    case W_PAGE: self->page = number > 0 ? number : self->page; break;
    case W_MAC:  self->page = 10000; break;
    case W_PC:   self->page = 437; break;
    case W_PCA:  self->page = 850; break;
    case W_DEFAULT_FONT:
      self->default_font = number;
      dra_rtf_top (self)->font = number;
      break;
    case W_LANGUAGE:
      dra_flow_set_metadata (self->flow, DRA_METADATA_LANGUAGE,
                             dra_document_info_find_language ((guint) CLAMP (number, 0, 0xFFFF)));
      break;
    case W_YEAR:
    case W_MONTH:
    case W_DAY:
      if (dra_rtf_top (self)->destination == DRA_RTF_TO_VALUE && dra_rtf_top (self)->what == DRA_RTF_V_TIME)
        *(word == W_YEAR ? &self->year : word == W_MONTH ? &self->month : &self->day) = CLAMP (number, 0, 9999);
      break;
    case W_PNG:           self->picture_type = "image/png"; break;
    case W_JPEG:          self->picture_type = "image/jpeg"; break;
    case W_OTHER_PICTURE: self->picture_type = NULL; break;
    default:
      break;
    }
}

void
dra_rtf_take_word (DraRtf *self)
{
  guint i = GPOINTER_TO_UINT (g_hash_table_lookup (get_words (), self->lexer.word));
  Word word = i > 0 ? words[i - 1].id : W_NONE;
  DraRtfGroup *group = dra_rtf_top (self);
  gboolean star = group->star;

  group->star = group->fresh = FALSE;
  if (word != W_U && self->skip > 0)
    {
      self->skip--;
      return;
    }
  if (word != W_U && word != W_TEXT)
    dra_rtf_put_text (self);
  if (word == W_TEXT)
    dra_rtf_add_utf8 (self, words[i - 1].text);
  else if (word == W_NONE)
    {
      /* A destination that is not known, which may be left out. */
      if (star)
        group->destination = DRA_RTF_TO_SKIP;
    }
  else if (word <= W_TRANSPARENT)
    {
      start_destination (self, word);
      /* "\atrfstart 1" has its number as text, "\atrfstart1" has not. */
      if (self->lexer.has_number && dra_rtf_top (self)->destination == DRA_RTF_TO_VALUE)
        g_string_append_printf (self->value, "%d", self->lexer.number);
    }
  else if (word <= W_BASED_ON)
    change_paragraph (self, word, self->lexer.number);
  else if (word < W_TEXT)
    {
      change_character (self, word, self->lexer.number, self->lexer.has_number);
      if (star && group->destination == DRA_RTF_TO_NORMAL)
        group->destination = DRA_RTF_TO_SKIP;
    }
  else
    change_document (self, word, self->lexer.number);
}
