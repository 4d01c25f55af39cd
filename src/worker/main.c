/* main.c: dramatis-worker, which reads one file in confinement.
 *
 * Started by the client (dra-worker-client.c) and of no use to anyone else.  There are two:
 * one that reads all formats, and one that reads all but PDF and starts in half the time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gi18n-lib.h>
#include <locale.h>
#if defined (DRA_WORKER_ALL) && defined (DRA_HAVE_PDF)
#include <poppler.h>
#endif

#include "readers/dra-formats.h"
#include "readers/dra-pdf-annotate.h"
#include "worker/dra-confine.h"
#include "worker/dra-worker-serve.h"

#ifdef DRA_WORKER_ALL
/* What poppler keeps for all documents is there as long as one is open; it comes from files,
 * which cannot be read later. */
static void
load_formats (void)
{
  dra_formats_provide ();
#ifdef DRA_HAVE_PDF
  {
    static const char smallest[]
      = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
        "trailer<</Root 1 0 R>>\n%%EOF\n";
    static PopplerDocument *kept;
    g_autoptr (GBytes) bytes = g_bytes_new_static (smallest, sizeof smallest - 1);

    kept = poppler_document_new_from_bytes (bytes, NULL, NULL);
    g_debug ("%p", (void *) kept);
    dra_confine_hold_folder (DRA_POPPLER_DATA);
    /* Titles, notes and names of notes are in it. */
    g_iconv_open ("UTF-8", "UTF-16");
    g_iconv_open ("UTF-16", "UTF-8");
    g_iconv_open ("UTF-8", "UTF-16BE");
    g_iconv_open ("UTF-16BE", "UTF-8");
    dra_worker_provide_annotate (dra_pdf_annotate);
  }
#endif
}
#else
static void
load_formats (void)
{
  dra_formats_provide_most ();
}
#endif

int
main (void)
{
  dra_worker_begin ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, DRA_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  load_formats ();

  dra_worker_serve ();
}
