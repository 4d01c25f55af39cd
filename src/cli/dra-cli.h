/* dra-cli.h: what the commands of dramatis-cli share.
 *
 * Results go to standard output, everything said to the person to standard error.
 * Nothing that comes out of a file reaches a terminal as a control character.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "readers/dra-reading.h"

G_BEGIN_DECLS

enum
{
  DRA_CLI_DONE = 0,
  DRA_CLI_FAILED = 1, /* a file failed; the others are done */
  DRA_CLI_USAGE = 2,
};

/* One command.  argv: (transfer none): its name and arguments; returns the exit code. */
typedef struct
{
  const char *name;
  const char *arguments; /* translatable: of the usage line */
  const char *summary;   /* translatable: for the list of commands */
  int       (*run) (const char *const *argv);
} DraCliCommand;

extern const DraCliCommand dra_cli_text_command;
extern const DraCliCommand dra_cli_entities_command;
extern const DraCliCommand dra_cli_quotes_command;
extern const DraCliCommand dra_cli_notes_command;
extern const DraCliCommand dra_cli_annotate_command;

/* dra-cli-output.c */
void        dra_cli_open_standard_files (void);
char       *dra_cli_make_printable      (const char         *text,
                                         gboolean            keep_lines);
void        dra_cli_say                 (const char         *format,
                                         ...) G_GNUC_PRINTF (1, 2);
int         dra_cli_usage_error         (const char         *format,
                                         ...) G_GNUC_PRINTF (1, 2);
gboolean    dra_cli_print               (const char         *data,
                                         gsize               length);
void        dra_cli_show_progress       (guint               n_done,
                                         guint               n_files);
void        dra_cli_clear_progress      (void);
void        dra_cli_append_csv          (GString            *out,
                                         const char         *field);

/* dra-cli-options.c */
gboolean    dra_cli_parse               (const DraCliCommand *command,
                                         const char *const   *argv,
                                         const GOptionEntry  *entries,
                                         const char          *description,
                                         GStrv               *files,
                                         int                 *exit_code);
gboolean    dra_cli_check_as            (const char          *as,
                                         int                 *exit_code);
gboolean    dra_cli_take_one_file       (GStrv                files,
                                         int                 *exit_code);
DraReading *dra_cli_read                (const char          *file,
                                         const char          *as,
                                         GError             **error);
GPtrArray  *dra_cli_gather_notes        (DraReading          *reading,
                                         const char          *notes_file,
                                         GError             **error);
DraCast    *dra_cli_recognize           (DraReading          *reading,
                                         GError             **error);

/* dra-cli-run.c */

/* The result for one file, or NULL with error set; called in several threads at once. */
typedef GString *(*DraCliJob)  (gpointer     data,
                                guint        index,
                                const char  *file,
                                GError     **error);

int         dra_cli_run                 (const char *const   *files,
                                         DraCliJob            job,
                                         gpointer             data,
                                         const char          *separator);

/* dra-cli-markup.c */
#define DRA_CLI_XML_HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

void        dra_cli_append_tei          (GString             *out,
                                         DraArticle          *article,
                                         DraCast             *cast,
                                         const char          *file,
                                         const char          *id_prefix);
void        dra_cli_append_brat         (GString             *out,
                                         DraArticle          *article,
                                         DraCast             *cast);

G_END_DECLS
