/* dra-note.c: one note or highlight and where it was put.
 *
 * A plain object with properties; it knows no file and no database.  Strings are kept as
 * valid UTF-8 and times within the years that ISO 8601 can write, so that every store and
 * file format can take a note as it is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "notes/dra-note-private.h"

/* 0001-01-01T00:00:00Z and 9999-12-31T23:59:59.999999Z in microseconds since 1970. */
#define TIME_MIN G_GINT64_CONSTANT (-62135596800000000)
#define TIME_MAX G_GINT64_CONSTANT (253402300799999999)

enum
{
  PROP_0,
  PROP_UUID,
  PROP_TARGET,
  PROP_CREATED,
  PROP_MODIFIED,
  PROP_COLOR,
  PROP_BODY,
  PROP_TAGS,
  PROP_ENTITY_KIND,
  PROP_ENTITY_NAME,
  PROP_ANCHOR_STATE,
  PROP_ANCHOR_START,
  PROP_ANCHOR_END,
  PROP_ANCHOR_REASON,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DraNote, dra_note, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (DraNoteTarget, dra_note_target,
                    G_DEFINE_ENUM_VALUE (DRA_NOTE_TARGET_PASSAGE, "passage"),
                    G_DEFINE_ENUM_VALUE (DRA_NOTE_TARGET_ENTITY, "entity"),
                    G_DEFINE_ENUM_VALUE (DRA_NOTE_TARGET_ARTICLE, "article"))

G_DEFINE_ENUM_TYPE (DraAnchorState, dra_anchor_state,
                    G_DEFINE_ENUM_VALUE (DRA_ANCHOR_EXACT, "exact"),
                    G_DEFINE_ENUM_VALUE (DRA_ANCHOR_MOVED, "moved"),
                    G_DEFINE_ENUM_VALUE (DRA_ANCHOR_UNSURE, "unsure"),
                    G_DEFINE_ENUM_VALUE (DRA_ANCHOR_LOST, "lost"))

char *
dra_note_dup_valid (const char *string)
{
  return string != NULL ? g_utf8_make_valid (string, -1) : NULL;
}

/* Takes value; FALSE when it is what is there already. */
gboolean
dra_note_take_string (char **where,
                      char  *value)
{
  if (g_strcmp0 (*where, value) == 0)
    {
      g_free (value);
      return FALSE;
    }

  g_free (*where);
  *where = value;
  return TRUE;
}

static gint64
clamp_time (gint64 time)
{
  return CLAMP (time, TIME_MIN, TIME_MAX);
}

static void
dra_note_finalize (GObject *object)
{
  DraNote *self = DRA_NOTE (object);

  g_free (self->uuid);
  g_free (self->body);
  g_strfreev (self->tags);
  g_clear_pointer (&self->quote, dra_quote_free);
  g_clear_object (&self->origin);
  g_free (self->text_hash);
  g_free (self->entity_kind);
  g_free (self->entity_name);
  g_free (self->reason);

  G_OBJECT_CLASS (dra_note_parent_class)->finalize (object);
}

static void
dra_note_get_property (GObject    *object,
                       guint       prop_id,
                       GValue     *value,
                       GParamSpec *pspec)
{
  DraNote *self = DRA_NOTE (object);

  switch (prop_id)
    {
    case PROP_UUID:
      g_value_set_string (value, self->uuid);
      break;
    case PROP_TARGET:
      g_value_set_enum (value, self->target);
      break;
    case PROP_CREATED:
      g_value_set_int64 (value, self->created);
      break;
    case PROP_MODIFIED:
      g_value_set_int64 (value, self->modified);
      break;
    case PROP_COLOR:
      g_value_set_enum (value, self->color);
      break;
    case PROP_BODY:
      g_value_set_string (value, self->body);
      break;
    case PROP_TAGS:
      g_value_set_boxed (value, self->tags);
      break;
    case PROP_ENTITY_KIND:
      g_value_set_string (value, self->entity_kind);
      break;
    case PROP_ENTITY_NAME:
      g_value_set_string (value, self->entity_name);
      break;
    case PROP_ANCHOR_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_ANCHOR_START:
      g_value_set_uint64 (value, self->anchor.start);
      break;
    case PROP_ANCHOR_END:
      g_value_set_uint64 (value, self->anchor.end);
      break;
    case PROP_ANCHOR_REASON:
      g_value_set_string (value, self->reason);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
dra_note_set_property (GObject      *object,
                       guint         prop_id,
                       const GValue *value,
                       GParamSpec   *pspec)
{
  DraNote *self = DRA_NOTE (object);

  switch (prop_id)
    {
    case PROP_UUID:
      self->uuid = g_value_dup_string (value);
      break;
    case PROP_TARGET:
      self->target = g_value_get_enum (value);
      break;
    case PROP_CREATED:
      self->created = g_value_get_int64 (value);
      break;
    case PROP_MODIFIED:
      dra_note_set_modified (self, g_value_get_int64 (value));
      break;
    case PROP_COLOR:
      dra_note_set_color (self, g_value_get_enum (value));
      break;
    case PROP_BODY:
      dra_note_set_body (self, g_value_get_string (value));
      break;
    case PROP_TAGS:
      dra_note_set_tags (self, g_value_get_boxed (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

/* What is missing is made up here, so that g_object_new() gives a whole note too. */
static void
dra_note_constructed (GObject *object)
{
  DraNote *self = DRA_NOTE (object);

  G_OBJECT_CLASS (dra_note_parent_class)->constructed (object);

  if (self->uuid != NULL && g_uuid_string_is_valid (self->uuid))
    {
      char *lower = g_ascii_strdown (self->uuid, -1);

      g_free (self->uuid);
      self->uuid = lower;
    }
  else
    {
      g_free (self->uuid);
      self->uuid = g_uuid_string_random ();
    }

  if (self->created == 0)
    self->created = self->modified != 0 ? self->modified : g_get_real_time ();
  if (self->modified == 0)
    self->modified = self->created;
  self->created = clamp_time (self->created);
  self->modified = clamp_time (self->modified);
}

static void
dra_note_class_init (DraNoteClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags common = G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags construct = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | common;
  const GParamFlags readwrite = G_PARAM_READWRITE | common;
  const GParamFlags readable = G_PARAM_READABLE | common;

  object_class->constructed = dra_note_constructed;
  object_class->finalize = dra_note_finalize;
  object_class->get_property = dra_note_get_property;
  object_class->set_property = dra_note_set_property;

  properties[PROP_UUID] = g_param_spec_string ("uuid", NULL, NULL, NULL, construct);
  properties[PROP_TARGET] = g_param_spec_enum ("target", NULL, NULL, DRA_TYPE_NOTE_TARGET,
                                               DRA_NOTE_TARGET_PASSAGE, construct);
  properties[PROP_CREATED] = g_param_spec_int64 ("created", NULL, NULL, G_MININT64, G_MAXINT64,
                                                 0, construct);
  properties[PROP_MODIFIED] = g_param_spec_int64 ("modified", NULL, NULL, G_MININT64,
                                                  G_MAXINT64, 0, readwrite);
  properties[PROP_COLOR] = g_param_spec_enum ("color", NULL, NULL, DRA_TYPE_NOTE_COLOR,
                                              DRA_NOTE_YELLOW, readwrite);
  properties[PROP_BODY] = g_param_spec_string ("body", NULL, NULL, "", readwrite);
  properties[PROP_TAGS] = g_param_spec_boxed ("tags", NULL, NULL, G_TYPE_STRV, readwrite);
  properties[PROP_ENTITY_KIND] = g_param_spec_string ("entity-kind", NULL, NULL, NULL, readable);
  properties[PROP_ENTITY_NAME] = g_param_spec_string ("entity-name", NULL, NULL, NULL, readable);
  properties[PROP_ANCHOR_STATE] = g_param_spec_enum ("anchor-state", NULL, NULL,
                                                     DRA_TYPE_ANCHOR_STATE, DRA_ANCHOR_LOST,
                                                     readable);
  properties[PROP_ANCHOR_START] = g_param_spec_uint64 ("anchor-start", NULL, NULL, 0,
                                                       G_MAXUINT64, 0, readable);
  properties[PROP_ANCHOR_END] = g_param_spec_uint64 ("anchor-end", NULL, NULL, 0, G_MAXUINT64,
                                                     0, readable);
  properties[PROP_ANCHOR_REASON] = g_param_spec_string ("anchor-reason", NULL, NULL, NULL,
                                                        readable);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dra_note_init (DraNote *self)
{
  self->body = g_strdup ("");
  self->tags = g_new0 (char *, 1);
  self->state = DRA_ANCHOR_LOST;
}

/**
 * dra_note_new_from_parts:
 * @uuid: (nullable): a UUID as a string; a new one is made when it is none
 * @target: what the note is about
 * @created: microseconds since 1970, UTC; 0 for not known
 * @modified: the same
 *
 * Makes a note for storage and import: nothing is made up but what is missing.
 *
 * An unknown @created is @modified or the present; an unknown @modified is @created.
 * The note has no selectors and is [enum@Dra.AnchorState.lost] until it is anchored.
 *
 * Returns: (transfer full): a new note
 */
DraNote *
dra_note_new_from_parts (const char    *uuid,
                         DraNoteTarget  target,
                         gint64         created,
                         gint64         modified)
{
  DraNote *self = g_object_new (DRA_TYPE_NOTE,
                                "uuid", uuid,
                                "target", target,
                                "created", created != 0 ? created : modified,
                                NULL);

  if (modified != 0)
    self->modified = clamp_time (modified);
  return self;
}

/**
 * dra_note_get_uuid:
 * @self: a note
 *
 * Returns: the UUID, in lower case
 */
const char *
dra_note_get_uuid (DraNote *self)
{
  g_return_val_if_fail (DRA_IS_NOTE (self), NULL);

  return self->uuid;
}

/**
 * dra_note_get_target:
 * @self: a note
 *
 * Returns: what the note is about
 */
DraNoteTarget
dra_note_get_target (DraNote *self)
{
  g_return_val_if_fail (DRA_IS_NOTE (self), DRA_NOTE_TARGET_PASSAGE);

  return self->target;
}

/**
 * dra_note_get_created:
 * @self: a note
 *
 * Returns: when the note was made, microseconds since 1970, UTC
 */
gint64
dra_note_get_created (DraNote *self)
{
  g_return_val_if_fail (DRA_IS_NOTE (self), 0);

  return self->created;
}

/**
 * dra_note_get_modified:
 * @self: a note
 *
 * Returns: when the note was last edited, microseconds since 1970, UTC
 */
gint64
dra_note_get_modified (DraNote *self)
{
  g_return_val_if_fail (DRA_IS_NOTE (self), 0);

  return self->modified;
}

/**
 * dra_note_set_modified:
 * @self: a note
 * @modified: microseconds since 1970, UTC; kept within the years 1 to 9999
 *
 * Stamps the time of an edit.
 *
 * The other setters do not: loading, merging and undo set content without being edits.
 */
void
dra_note_set_modified (DraNote *self,
                       gint64   modified)
{
  g_return_if_fail (DRA_IS_NOTE (self));

  modified = clamp_time (modified);
  if (self->modified == modified)
    return;

  self->modified = modified;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODIFIED]);
}

/**
 * dra_note_get_color:
 * @self: a note
 *
 * Returns: the colour of the highlight
 */
DraNoteColor
dra_note_get_color (DraNote *self)
{
  g_return_val_if_fail (DRA_IS_NOTE (self), DRA_NOTE_YELLOW);

  return self->color;
}

/**
 * dra_note_set_color:
 * @self: a note
 * @color: the colour of the highlight
 *
 * Sets the colour; does not stamp the note as modified.
 */
void
dra_note_set_color (DraNote      *self,
                    DraNoteColor  color)
{
  g_return_if_fail (DRA_IS_NOTE (self));
  g_return_if_fail ((guint) color < DRA_N_NOTE_COLORS);

  if (self->color == color)
    return;

  self->color = color;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COLOR]);
}

/**
 * dra_note_get_body:
 * @self: a note
 *
 * Returns: what the reader wrote (Markdown subset); empty for a highlight
 */
const char *
dra_note_get_body (DraNote *self)
{
  g_return_val_if_fail (DRA_IS_NOTE (self), NULL);

  return self->body;
}

/**
 * dra_note_set_body:
 * @self: a note
 * @body: (nullable): the new body; NULL is the empty one
 *
 * Sets the body; does not stamp the note as modified.  Broken UTF-8 is repaired.
 */
void
dra_note_set_body (DraNote    *self,
                   const char *body)
{
  g_return_if_fail (DRA_IS_NOTE (self));

  if (dra_note_take_string (&self->body, dra_note_dup_valid (body != NULL ? body : "")))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BODY]);
}

/**
 * dra_note_get_tags:
 * @self: a note
 *
 * Returns: the tags in the reader's order, never %NULL
 */
const char *const *
dra_note_get_tags (DraNote *self)
{
  g_return_val_if_fail (DRA_IS_NOTE (self), NULL);

  return (const char *const *) self->tags;
}

/**
 * dra_note_set_tags:
 * @self: a note
 * @tags: (nullable): the new tags
 *
 * Sets the tags; empty ones and repetitions are left out, the order is kept.
 *
 * Does not stamp the note as modified.
 */
void
dra_note_set_tags (DraNote           *self,
                   const char *const *tags)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) clean = NULL;

  g_return_if_fail (DRA_IS_NOTE (self));

  for (gsize i = 0; tags != NULL && tags[i] != NULL; i++)
    {
      g_autofree char *tag = dra_note_dup_valid (tags[i]);

      if (*tag != '\0' && !g_hash_table_contains (seen, tag))
        {
          g_strv_builder_add (builder, tag);
          g_hash_table_add (seen, g_steal_pointer (&tag));
        }
    }

  clean = g_strv_builder_end (builder);
  if (g_strv_equal ((const char *const *) clean, (const char *const *) self->tags))
    return;

  g_strfreev (self->tags);
  self->tags = g_steal_pointer (&clean);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TAGS]);
}

/**
 * dra_note_get_entity_kind:
 * @self: a note
 *
 * Returns: (nullable): "person", "organization" or "place" of a note on one
 */
const char *
dra_note_get_entity_kind (DraNote *self)
{
  g_return_val_if_fail (DRA_IS_NOTE (self), NULL);

  return self->entity_kind;
}

/**
 * dra_note_get_entity_name:
 * @self: a note
 *
 * Returns: (nullable): the name of whom the note is about
 */
const char *
dra_note_get_entity_name (DraNote *self)
{
  g_return_val_if_fail (DRA_IS_NOTE (self), NULL);

  return self->entity_name;
}

/**
 * dra_note_set_entity:
 * @self: a note
 * @kind: (nullable): "person", "organization" or "place"
 * @name: (nullable): the name
 *
 * Sets whom the note is about.
 */
void
dra_note_set_entity (DraNote    *self,
                     const char *kind,
                     const char *name)
{
  g_return_if_fail (DRA_IS_NOTE (self));

  g_object_freeze_notify (G_OBJECT (self));
  if (dra_note_take_string (&self->entity_kind, dra_note_dup_valid (kind)))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ENTITY_KIND]);
  if (dra_note_take_string (&self->entity_name, dra_note_dup_valid (name)))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ENTITY_NAME]);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * dra_note_get_anchor:
 * @self: a note
 * @range: (out) (optional): where it stands, bytes of the text at hand; empty when lost
 *   and for notes that are not on a passage
 * @reason: (out) (optional) (nullable) (transfer none): why, one sentence for the reader
 *
 * Gets where the note stands in the article at hand.
 *
 * Returns: how sure that is
 */
DraAnchorState
dra_note_get_anchor (DraNote     *self,
                     DraRange    *range,
                     const char **reason)
{
  g_return_val_if_fail (DRA_IS_NOTE (self), DRA_ANCHOR_LOST);

  if (range != NULL)
    *range = self->anchor;
  if (reason != NULL)
    *reason = self->reason;
  return self->state;
}

/**
 * dra_note_set_anchor:
 * @self: a note
 * @state: how sure the place is
 * @range: the place, bytes of the text at hand; ignored when @state is lost
 * @reason: (nullable): why, one sentence for the reader
 *
 * Sets where the note stands in the article at hand.  The selectors stay as they were.
 */
void
dra_note_set_anchor (DraNote        *self,
                     DraAnchorState  state,
                     DraRange        range,
                     const char     *reason)
{
  g_return_if_fail (DRA_IS_NOTE (self));
  g_return_if_fail ((guint) state <= DRA_ANCHOR_LOST);

  if (state == DRA_ANCHOR_LOST)
    range = (DraRange) { 0, 0 };
  g_return_if_fail (range.start <= range.end);

  g_object_freeze_notify (G_OBJECT (self));
  if (self->state != state)
    {
      self->state = state;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ANCHOR_STATE]);
    }
  if (self->anchor.start != range.start)
    {
      self->anchor.start = range.start;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ANCHOR_START]);
    }
  if (self->anchor.end != range.end)
    {
      self->anchor.end = range.end;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ANCHOR_END]);
    }
  if (dra_note_take_string (&self->reason, dra_note_dup_valid (reason)))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ANCHOR_REASON]);
  g_object_thaw_notify (G_OBJECT (self));
}
