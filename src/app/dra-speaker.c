/* dra-speaker.c: speaks sentences through Speech Dispatcher, where it is installed.
 *
 * Speech Dispatcher is the service that the screen reader speaks through; the reader chose
 * voice and speed there.  Its library is loaded when somebody first has something read
 * aloud, so the program starts without it and runs where it is missing.  Every call of it
 * waits for an answer, and the first may start the service: they are all made in a thread
 * that takes orders from a queue.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "app/dra-speaker.h"

#include <glib/gi18n.h>
#include <stdlib.h>

#ifdef DRA_HAVE_SPEECH
#include <dlfcn.h>
#include <libspeechd.h>
#endif

struct _DraSpeaker
{
  GObject      parent_instance;

  GAsyncQueue *orders; /* of Order */
  GThread     *thread; /* (nullable): started by the first order; lives as long as we */
  guint        serial; /* atomic: number of the last order */

  /* The main thread's */
  int          message;       /* the service's number of the last text, or -1 */
  int          early;         /* one that ended before its number was known here, or -1 */
  gboolean     early_whole;
};

typedef struct
{
  guint serial;
  char *text; /* (nullable): to be silent */
  char *language;
} Order;

typedef enum
{
  SPEAKING,
  ENDED,
  FAILED,
} EventKind;

typedef struct
{
  EventKind kind;
  guint     serial;   /* of the order; not of ENDED */
  int       message;
  gboolean  whole;
  char     *sentence; /* of FAILED */
} Event;

enum
{
  SIGNAL_ENDED,
  SIGNAL_FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DraSpeaker, dra_speaker, G_TYPE_OBJECT)

/* {{{ In the main thread */

static void
event_free (gpointer data)
{
  Event *event = data;

  g_free (event->sentence);
  g_free (event);
}

static void
ended (DraSpeaker *self,
       gboolean    whole)
{
  self->message = -1;
  g_signal_emit (self, signals[SIGNAL_ENDED], 0, g_atomic_int_get (&self->serial), whole);
}

static gboolean
event_cb (gpointer data)
{
  DraSpeaker *self = dra_speaker_get_default ();
  Event *event = data;

  if (event->kind == ENDED)
    {
      if (event->message == self->message)
        ended (self, event->whole);
      else if (self->message < 0)
        {
          self->early = event->message;
          self->early_whole = event->whole;
        }
      return G_SOURCE_REMOVE;
    }
  if (event->serial != (guint) g_atomic_int_get (&self->serial))
    return G_SOURCE_REMOVE;
  if (event->kind == FAILED)
    {
      g_signal_emit (self, signals[SIGNAL_FAILED], 0, event->serial, event->sentence);
      return G_SOURCE_REMOVE;
    }
  self->message = event->message;
  if (self->early == self->message)
    ended (self, self->early_whole);
  return G_SOURCE_REMOVE;
}

/* }}} */
/* {{{ In the thread of the service */

static void
post (EventKind   kind,
      guint       serial,
      int         message,
      gboolean    whole,
      const char *sentence)
{
  Event *event = g_new0 (Event, 1);

  event->kind = kind;
  event->serial = serial;
  event->message = message;
  event->whole = whole;
  event->sentence = g_strdup (sentence);
  g_idle_add_full (G_PRIORITY_DEFAULT, event_cb, event, event_free);
}

static void
order_free (Order *order)
{
  g_free (order->text);
  g_free (order->language);
  g_free (order);
}

#ifdef DRA_HAVE_SPEECH

/* What is used of the library, by the name of each function in it. */
typedef struct
{
  SPDConnection *(*open2) (const char *, const char *, const char *, SPDConnectionMode,
                           const SPDConnectionAddress *, int, char **);
  void (*close) (SPDConnection *);
  int (*say) (SPDConnection *, SPDPriority, const char *);
  int (*cancel) (SPDConnection *);
  int (*set_language) (SPDConnection *, const char *);
  int (*set_notification_on) (SPDConnection *, SPDNotification);
} Library;

typedef struct
{
  Library        library;
  gboolean       loaded;
  SPDConnection *connection; /* (nullable) */
  char          *language;   /* (nullable): what the service was told */
} Service;

static gboolean
load_library (Library *library)
{
  const struct
  {
    const char *name;
    gpointer   *function;
  } functions[] = {
    { "spd_open2", (gpointer *) &library->open2 },
    { "spd_close", (gpointer *) &library->close },
    { "spd_say", (gpointer *) &library->say },
    { "spd_cancel", (gpointer *) &library->cancel },
    { "spd_set_language", (gpointer *) &library->set_language },
    { "spd_set_notification_on", (gpointer *) &library->set_notification_on },
  };
  void *handle = dlopen ("libspeechd.so.2", RTLD_NOW | RTLD_LOCAL);

  if (handle == NULL)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (functions); i++)
    {
      *functions[i].function = dlsym (handle, functions[i].name);
      if (*functions[i].function == NULL)
        {
          dlclose (handle);
          return FALSE;
        }
    }
  return TRUE;
}

/* In a thread of the library. */
static void
notification_cb (size_t              message,
                 size_t              client,
                 SPDNotificationType type)
{
  post (ENDED, 0, (int) message, type == SPD_EVENT_END, NULL);
}

static const char *
connect_to (Service *service)
{
  char *reason = NULL;

  if (!service->loaded && !load_library (&service->library))
    return _("Reading aloud needs Speech Dispatcher, which is not installed.");
  service->loaded = TRUE;
  service->connection = service->library.open2 ("dramatis", "reading", NULL, SPD_MODE_THREADED,
                                                NULL, 1, &reason);
  if (service->connection == NULL)
    {
      g_debug ("speech: %s", reason != NULL ? reason : "no reason given");
      free (reason);
      return _("Reading aloud needs Speech Dispatcher, which does not answer.");
    }
  free (reason); /* of a first try that failed */
  service->connection->callback_end = service->connection->callback_cancel = notification_cb;
  service->library.set_notification_on (service->connection, SPD_END);
  service->library.set_notification_on (service->connection, SPD_CANCEL);
  g_clear_pointer (&service->language, g_free);
  return NULL;
}

static int
try_to_say (Service *service,
            Order   *order)
{
  /* A language the service has no voice for is read by the one it has. */
  if (order->language != NULL && g_strcmp0 (order->language, service->language) != 0)
    {
      service->library.set_language (service->connection, order->language);
      g_free (service->language);
      service->language = g_strdup (order->language);
    }
  return service->library.say (service->connection, SPD_TEXT, order->text);
}

static void
carry_out (Service *service,
           Order   *order)
{
  const char *problem = NULL;
  int message = -1;

  if (order->text == NULL)
    {
      if (service->connection != NULL)
        service->library.cancel (service->connection);
      return;
    }
  /* A service that went away since is looked for again, once. */
  for (guint i = 0; i < 2 && message < 0 && problem == NULL; i++)
    {
      if (service->connection == NULL)
        problem = connect_to (service);
      if (service->connection == NULL)
        break;
      message = try_to_say (service, order);
      if (message < 0)
        {
          service->library.close (service->connection);
          service->connection = NULL;
        }
    }
  if (message >= 0)
    post (SPEAKING, order->serial, message, FALSE, NULL);
  else
    post (FAILED, order->serial, -1, FALSE,
          problem != NULL ? problem : _("Speech Dispatcher did not take the text."));
}

#else

typedef struct
{
  int unused;
} Service;

static void
carry_out (Service *service,
           Order   *order)
{
  if (order->text != NULL)
    post (FAILED, order->serial, -1, FALSE,
          _("This Dramatis was built without Speech Dispatcher, which reading aloud needs."));
}

#endif

static gpointer
thread_func (gpointer data)
{
  DraSpeaker *self = data;
  Service service = { 0 };

  while (TRUE)
    {
      Order *order = g_async_queue_pop (self->orders);

      /* What was ordered and taken back before its turn is not begun. */
      if (order->text == NULL || order->serial == (guint) g_atomic_int_get (&self->serial))
        carry_out (&service, order);
      order_free (order);
    }
  return NULL;
}

/* }}} */

static void
dra_speaker_class_init (DraSpeakerClass *klass)
{
  signals[SIGNAL_ENDED] = g_signal_new ("ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT,
                                        G_TYPE_BOOLEAN);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT,
                                         G_TYPE_STRING);
}

static void
dra_speaker_init (DraSpeaker *self)
{
  self->orders = g_async_queue_new ();
  self->message = self->early = -1;
}

/**
 * dra_speaker_get_default:
 *
 * Returns: (transfer none): the one speaker: two windows cannot speak at once
 */
DraSpeaker *
dra_speaker_get_default (void)
{
  static DraSpeaker *speaker;

  if (speaker == NULL)
    speaker = g_object_new (DRA_TYPE_SPEAKER, NULL);
  return speaker;
}

static guint
give_order (DraSpeaker *self,
            const char *text,
            const char *language)
{
  Order *order = g_new0 (Order, 1);
  guint serial;

  serial = order->serial = (guint) g_atomic_int_add ((gint *) &self->serial, 1) + 1;
  order->text = g_strdup (text);
  order->language = g_strdup (language);
  self->message = self->early = -1;
  if (self->thread == NULL)
    self->thread = g_thread_new ("speech", thread_func, self);
  /* From here on it is the thread's, which may be done with it at once. */
  g_async_queue_push (self->orders, order);
  return serial;
}

/**
 * dra_speaker_say:
 * @self: the speaker
 * @text: what to say
 * @language: (nullable): its language as BCP 47 has it; that of the service's voice
 *
 * Says a text; never blocks.  What was being said before is not cut short: call
 * dra_speaker_stop() for that.
 *
 * Returns: a number that the signals about this text have
 */
guint
dra_speaker_say (DraSpeaker *self,
                 const char *text,
                 const char *language)
{
  g_return_val_if_fail (DRA_IS_SPEAKER (self), 0);
  g_return_val_if_fail (text != NULL, 0);

  return give_order (self, text, language);
}

/**
 * dra_speaker_stop:
 * @self: the speaker
 *
 * Is silent at once.  There will be no signal about what was being said.
 */
void
dra_speaker_stop (DraSpeaker *self)
{
  g_return_if_fail (DRA_IS_SPEAKER (self));

  if (self->thread != NULL)
    give_order (self, NULL, NULL);
}
