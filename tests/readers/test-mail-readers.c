/* test-mail-readers.c: mails, mailboxes and web archives.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "article/dra-error.h"
#include "dra-test-page.h"
#include "dra-test-readers.h"
#include "readers/dra-mail-reader.h"
#include "readers/dra-mhtml-reader.h"

#define PNG "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

static const char chromium[] =
  "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://quay.example/news/ferry.html\r\nSubject: Ferry\r\nMIME-Version: 1.0\r\n"
  "Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----B\"\r\n\r\n------B\r\nContent-Type: text/html\r\n"
  "Content-ID: <frame-1@mhtml.blink>\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://quay.example/news/ferry.html\r\n\r\n"
  "<html lang=3D\"en\"><head><meta charset=3D\"utf-8\"><title>Ferry vote</title></head><body><h1>Ferry vote</h1><p>The caf=C3=A9 <a href=3D'/x'>met</a>.</p>"
  "<img src=3D\"../img/a.png\" alt=3D\"A ferry\"></body></html>\r\n------B\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n"
  "Content-Location: https://quay.example/img/a.png\r\n\r\n" PNG "\r\n------B--\r\n";

static const DraTestCase cases[] = {
  { "plain", dra_mail_read,
    "From: =?utf-8?Q?J=C3=BCrgen_Berg?= <berg@quay.example>\r\nTo: Omar <omar@quay.example>\r\n"
    "Subject: =?iso-8859-1?Q?The_ferry_=E9?=\r\nDate: Fri, 01 Mar 2024 10:00:00 +0100\r\n"
    "Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    "The caf=E9 is open.\r\n\r\nOn Monday Omar wrote:\r\n> Is it open?\r\n",
    "@title The ferry é\n@byline Jürgen Berg\n@published 2024-03-01T10:00:00+01:00\n@type message/rfc822\n"
    "title: The ferry é\nbyline: Jürgen Berg\nparagraph: The café is open.\nparagraph: On Monday Omar wrote:\n"
    "quotation 1: Is it open?\n" },
  { "flowed", dra_mail_read,
    "Subject: Flow\nContent-Type: text/plain; charset=utf-8; format=flowed\n\nOne long line that \nwas broken here.\n"
    "\n>> Deeply quoted \n>> words.\n",
    "@title Flow\n@type message/rfc822\ntitle: Flow\nparagraph: One long line that was broken here.\nquotation 2: Deeply quoted words.\n" },
  { "alternative", dra_mail_read,
    "Subject: Two\nContent-Type: multipart/alternative; boundary=x\n\n--x\nContent-Type: text/plain\n\nPlain words.\n--x\n"
    "Content-Type: multipart/related; boundary=y\n\n--y\nContent-Type: text/html; charset=utf-8\n\n<p>Rich <b>words</b>.<img src='cid:p1' alt='A ferry'>\n"
    "--y\nContent-Type: image/png\nContent-ID: <p1>\nContent-Transfer-Encoding: base64\n\n" PNG "\n--y--\n--x--\n",
    "@title Two\n@type message/rfc822\ntitle: Two\nparagraph: Rich words.\nimage [A ferry]: \357\277\274\n" },
  { "empty-html-alternative", dra_mail_read,
    "Subject: Two\nContent-Type: multipart/alternative; boundary=x\n\n--x\nContent-Type: text/plain\n\nPlain words.\n--x\n"
    "Content-Type: text/html\n\n<p> </p>\n--x--\n",
    "@title Two\n@type message/rfc822\ntitle: Two\nparagraph: Plain words.\n" },
  { "nested-and-attachment", dra_mail_read,
    "Subject: Outer\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\nSee below.\n--x\nContent-Type: text/plain\n"
    "Content-Disposition: attachment; filename=a.txt\n\nNot shown.\n--x\nContent-Type: message/rfc822\n\nSubject: Inner\nFrom: Anna Berg <a@b.example>\n"
    "\nForwarded words.\n--x--\n",
    "@title Outer\n@type message/rfc822\ntitle: Outer\nparagraph: See below.\nheading 2: Inner\nbyline: Anna Berg\nparagraph: Forwarded words.\n" },
  { "mailbox", dra_mail_read,
    "From a@b.example Fri Mar  1 10:00:00 2024\nSubject: One\n\nFirst words.\n\nFrom a@b.example Fri Mar  1 10:00:00 2024\nSubject: Two\n\nSecond words.\n",
    "@title One\n@type application/mbox\nheading 1: One\nparagraph: First words.\nheading 1: Two\nparagraph: Second words.\n" },
  { "old-spacing", dra_mail_read,
    "From  : Anna Berg <a@b.example>\nSubject : Old\n\nWords.\n",
    "@title Old\n@byline Anna Berg\n@type message/rfc822\ntitle: Old\nbyline: Anna Berg\nparagraph: Words.\n" },
};

/* The picture of a mail or an archive is one of the reading's. */
static void
check_picture (DraReading *reading)
{
  guint n;
  const DraBlock *blocks = dra_article_get_blocks (reading->article, &n);

  g_assert_cmpuint (reading->images->len, ==, 1);
  g_assert_cmpint (blocks[n - 1].kind, ==, DRA_BLOCK_IMAGE);
  g_assert_nonnull (dra_reading_find_image (reading, blocks[n - 1].source));
}

static void
test_picture (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    if (strstr (cases[i].text, "image/png") != NULL)
      {
        g_autoptr (DraReading) reading = dra_test_read_text (cases[i].read, cases[i].text);

        check_picture (reading);
      }
}

static void
test_mhtml (void)
{
  g_autoptr (DraReading) reading = dra_test_read_text (dra_mhtml_read, chromium);
  guint n;
  const DraStyle *styles = dra_article_get_styles (reading->article, &n);

  g_assert_cmpstr (dra_article_get_metadata (reading->article, DRA_METADATA_TITLE), ==, "Ferry vote");
  g_assert_cmpstr (dra_article_get_metadata (reading->article, DRA_METADATA_ORIGIN_URI), ==, "https://quay.example/news/ferry.html");
  g_assert_nonnull (strstr (dra_article_get_text (reading->article, NULL), "The café met."));
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpstr (styles[0].target, ==, "https://quay.example/x");
  check_picture (reading);
}

typedef struct
{
  const char *name;
  DraReadFunc read;
  const char *head;
  gboolean    only_article;
  DraReadingExtent extent;
} Around;

#define NEWSLETTER "Subject: This week\nList-Unsubscribe: <https://post.example/leave>\nContent-Type: text/html; charset=utf-8\n\n"
#define ARCHIVE "MIME-Version: 1.0\nContent-Location: https://post.example/mill\nContent-Type: multipart/related; boundary=x\n\n" \
                "--x\nContent-Type: text/html; charset=utf-8\n\n"

/* The article of a newsletter and of an archived page; all of what a person writes. */
static const Around arounds[] = {
  { "newsletter", dra_mail_read, NEWSLETTER, TRUE, DRA_READING_MAIN },
  { "newsletter-page", dra_mail_page_read, NEWSLETTER, FALSE, DRA_READING_PAGE },
  { "letter", dra_mail_read, "Subject: Look\nFrom: a@b.example\nContent-Type: text/html; charset=utf-8\n\n", FALSE, DRA_READING_ALL },
  { "list", dra_mail_read, "List-Post: <mailto:mill@b.example>\n" NEWSLETTER, FALSE, DRA_READING_ALL },
  { "archive", dra_mhtml_read, ARCHIVE, TRUE, DRA_READING_MAIN },
  { "archive-page", dra_mhtml_page_read, ARCHIVE, FALSE, DRA_READING_PAGE },
};

static void
test_around (gconstpointer data)
{
  const Around *row = data;
  g_autofree char *file = g_strconcat (row->head, PAGE, "\n--x--\n", NULL);
  g_autoptr (DraReading) reading = dra_test_read_text (row->read, file);
  const char *text = dra_article_get_text (reading->article, NULL);

  g_assert_cmpint (reading->extent, ==, row->extent);
  g_assert_nonnull (strstr (text, ARTICLE_TEXT));
  g_assert_cmpint (strstr (text, "Related stories") == NULL, ==, row->only_article);
  g_assert_cmpint (strstr (text, "river_rat") == NULL, ==, row->only_article);
}

static void
test_hostile (void)
{
  GString *file = g_string_new ("Subject: Deep\n");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DraReading) deep = NULL;

  for (guint i = 0; i < 50000; i++)
    g_string_append_printf (file, "Content-Type: multipart/mixed; boundary=b%u\n\n--b%u\n", i, i);
  g_string_append (file, "\nwords\n");
  bytes = g_string_free_to_bytes (file);
  deep = dra_mail_read (bytes, "deep.eml", NULL, &error);
  g_assert_true (deep != NULL || strstr (error->message, "deep.eml") != NULL);
}

/* Nothing, and little more than that: one sentence each. */
static void
test_empty (void)
{
  static const char *const files[] = { "", "\n", "From ", "Subject:", "Content-Type: multipart/mixed; boundary=x\n\n--x" };
  static const DraReadFunc functions[] = { dra_mail_read, dra_mhtml_read };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    for (guint k = 0; k < G_N_ELEMENTS (functions); k++)
      {
        g_autoptr (GBytes) bytes = g_bytes_new (*files[i] != '\0' ? files[i] : NULL, strlen (files[i]));
        g_autoptr (GError) error = NULL;
        g_autoptr (DraReading) reading = functions[k](bytes, "none.eml", NULL, &error);

        g_assert_null (reading);
        g_assert_cmpint (error->domain, ==, DRA_ERROR);
        g_assert_nonnull (strstr (error->message, "none.eml"));
      }
}

static void
test_linear (void)
{
  dra_test_check_linear (dra_mail_read, "Subject: Big\nContent-Type: multipart/mixed; boundary=x\n\n",
                         "--x\nContent-Type: text/plain; format=flowed\n\nSome words of a \nmail.\n> Quoted \n> words.\n"
                         "--x\nContent-Type: text/html\n\n<p>More words <b>here</b>.</p>\n", "--x--\n", 200);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dra_test_add_cases ("/mail/case", cases, G_N_ELEMENTS (cases));
  g_test_add_func ("/mail/picture", test_picture);
  for (guint i = 0; i < G_N_ELEMENTS (arounds); i++)
    {
      g_autofree char *path = g_strdup_printf ("/mail/around/%s", arounds[i].name);

      g_test_add_data_func (path, &arounds[i], test_around);
    }
  g_test_add_func ("/mail/mhtml", test_mhtml);
  g_test_add_func ("/mail/hostile", test_hostile);
  g_test_add_func ("/mail/empty", test_empty);
  g_test_add_func ("/mail/linear", test_linear);

  return g_test_run ();
}
