/* dra-reading-pictures.h: the pictures of an opened file, decoded by the worker.
 *
 * Those that the file carries, and those in files beside it; never from the network.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/dra-picture-source.h"
#include "readers/dra-reading.h"

G_BEGIN_DECLS

#define DRA_TYPE_READING_PICTURES (dra_reading_pictures_get_type ())
G_DECLARE_FINAL_TYPE (DraReadingPictures, dra_reading_pictures, DRA, READING_PICTURES,
                      DraPictureSource)

DraPictureSource *dra_reading_pictures_new (DraReading *reading,
                                            GFile      *file);

G_END_DECLS
