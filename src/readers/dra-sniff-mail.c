/* dra-sniff-mail.c: mail, mailboxes and web archives, by their header (RFC 5322, 2557).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-sniff.h"

#include <string.h>

typedef struct
{
  guint    n_people; /* From, To, Subject, Date ...: people type these too */
  guint    n_machine; /* fields that only programs write */
  gboolean delivered; /* was sent to somebody */
  gboolean related;   /* Content-Type: multipart/related */
  gboolean saved;     /* by a browser */
  gboolean mailbox;   /* begins with a mailbox's "From " line */
} Header;

static gboolean
is_one_of (const char        *name,
           gsize              length,
           const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (strlen (names[i]) == length && strncmp (names[i], name, length) == 0)
      return TRUE;

  return FALSE;
}

static void
take_field (Header     *header,
            const char *name,
            gsize       length,
            const char *value,
            const char *end)
{
  static const char *const people[] = { "from", "to", "cc", "subject", "date", "sender", "reply-to", NULL };
  static const char *const sent[] = { "received", "return-path", "delivered-to", "x-received",
                                      "dkim-signature", "x-mailer", "envelope-to", NULL };
  static const char *const machine[] = { "message-id", "mime-version", "content-type",
                                         "content-transfer-encoding", "in-reply-to",
                                         "references", NULL };
  static const char *const saved[] = { "snapshot-content-location", "content-location", NULL };

  if (is_one_of (name, length, people))
    {
      header->n_people++;
      header->delivered |= length == 2; /* To, Cc */
      header->saved |= memmem (value, end - value, "<saved by", 9) != NULL;
    }
  else if (is_one_of (name, length, sent))
    {
      header->n_machine++;
      header->delivered = TRUE;
    }
  else if (is_one_of (name, length, machine))
    {
      header->n_machine++;
      header->related |= memmem (value, end - value, "multipart/related", 17) != NULL;
    }
  else
    header->saved |= is_one_of (name, length, saved);
}

/* Reads fields from the first line on to the empty one; a line that is none ends it. */
static Header
read_header (const char *p)
{
  Header header = { 0 };

  while (g_ascii_isspace (*p))
    p++;
  if (g_str_has_prefix (p, "from ") && p[5 + strspn (p + 5, " \t")] != ':' && strchr (p, '\n') != NULL)
    {
      header.mailbox = TRUE;
      p = strchr (p, '\n') + 1;
    }

  while (*p != '\0')
    {
      gsize length = 0;
      const char *colon, *end;

      while (g_ascii_isalnum (p[length]) || p[length] == '-')
        length++;
      colon = p + length + strspn (p + length, " \t");
      if (length == 0 || *colon != ':')
        break;
      /* The field goes on in lines that begin with white space. */
      end = p;
      do
        end = strchrnul (end, '\n') + 1;
      while (end[-1] == '\n' && (*end == ' ' || *end == '\t'));
      end--;
      take_field (&header, p, length, colon + 1, end);
      p = *end == '\n' ? end + 1 : end;
    }

  return header;
}

int
dra_sniff_mail (const DraSniff *self)
{
  Header header = read_header (self->head);

  if (header.mailbox)
    return header.n_people + header.n_machine >= 2 ? DRA_SNIFF_FORM : 0;
  if (header.n_machine >= 2 || (header.n_machine == 1 && header.n_people >= 2))
    return DRA_SNIFF_FORM;
  /* People type such lines above a text as well, but seldom all of them. */
  if (header.n_people >= 4)
    return DRA_SNIFF_TEXT + 1;
  if (header.n_people + header.n_machine > 0)
    return DRA_SNIFF_TEXT;

  return 0;
}

int
dra_sniff_mhtml (const DraSniff *self)
{
  Header header = read_header (self->head);

  if (!header.related || header.mailbox)
    return 0;
  if (header.saved)
    return DRA_SNIFF_ROOT;

  return header.delivered ? DRA_SNIFF_FORM - 1 : DRA_SNIFF_FORM + 5;
}
