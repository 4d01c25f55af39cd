/* dra-search-provider.h: the library in the search of the desktop.
 *
 * org.gnome.Shell.SearchProvider2, as GNOME Shell describes it: who types words there finds
 * notes and articles that were opened.  The installed .ini file names it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "app/dra-services.h"

G_BEGIN_DECLS

#define DRA_SEARCH_PROVIDER_PATH "/io/github/dramatis/Dramatis/SearchProvider"

/**
 * DraSearchProvider::open:
 * @self: the provider
 * @uri: the address of an article
 * @note: (nullable): UUID of the note to show in it
 *
 * A result was chosen.
 */
/**
 * DraSearchProvider::search:
 * @self: the provider
 * @text: what was typed
 *
 * All results are to be shown in the program itself.
 */
#define DRA_TYPE_SEARCH_PROVIDER (dra_search_provider_get_type ())
G_DECLARE_FINAL_TYPE (DraSearchProvider, dra_search_provider, DRA, SEARCH_PROVIDER, GObject)

DraSearchProvider *dra_search_provider_new      (GApplication       *application,
                                                 DraServices        *services);
gboolean           dra_search_provider_export   (DraSearchProvider  *self,
                                                 GDBusConnection    *connection,
                                                 GError            **error);
void               dra_search_provider_unexport (DraSearchProvider  *self);

G_END_DECLS
