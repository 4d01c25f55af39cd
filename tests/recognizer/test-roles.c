/* test-roles.c: the phrase that says who a person is, by patterns.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "marked-text.h"

typedef struct
{
  const char *marked;
  const char *role; /* of the first person or organization; "-" for none */
} Case;

static const Case before[] = {
  { "Mexican opposition leader {P Alma Roe} spoke.", "Mexican opposition leader" },
  { "She met President {P Amy Lund} today.", "President" },
  { "In an interview with journalist {P Ciro Vane}, she smiled.", "journalist" },
  { "The capture of Venezuelan leader {P Nino Roe} came next.", "Venezuelan leader" },
  { "Then {O Acme} chief executive {P Amy Lund} left.", "Acme chief executive" },
  { "He told Secretary of State {P Amy Lund} so.", "Secretary of State" },
  { "He told Secretary of Homeland Security {P Amy Lund} so.", "Secretary of Homeland Security" },
  { "The CEO and co-founder {P Amy Lund} left.", "CEO" },
  { "Then former vice president Dr. {P Amy Lund} left.", "former vice president" },
  { "Then Auditor General {P Amy Lund} left.", "Auditor General" },
  { "Then the former attorney general {P Amy Lund} left.", "former attorney general" },
  { "Police spokesman Sgt. {P Amy Lund} said so.", "Police spokesman" },
  { "The two senators {P Amy Lund} and {P Bob Vane} left the room early.", "senators" },
  { "The party leader, {P Amy Lund}, left.", "party leader" },
  { "Its youngest champion, {P Amy Lund}, left.", "champion" },
  { "The firm's chief content officer — {P Amy Lund} — left.", "chief content officer" },
  { "The Fall of the House director {P Amy Lund} left.", "director" },
  { "Then Passion of the House director {P Amy Lund} left.", "director" },
  /* Lists: one head for all names. */
  { "Then players like {P Amy Lund} and {P Bob Vane} won.", "players" },
  { "Then authors such as {P Amy Lund} came.", "authors" },
  { "His brothers: {P Amos Lund}, {P Bob Lund} and others.", "brothers" },
  { "The film stars {P Amy Lund} again.", "-" },
  { "He wants to coach {P Amy Lund} again.", "-" },
  { "He saw {P Amy Lund} there.", "-" },
  { "Mr. {P Lund} was there.", "-" },
  { NULL, NULL },
};

static const Case after[] = {
  { "{P Amy Lund}, chief executive of {O Acme}, left.", "chief executive of Acme" },
  { "{P Amy Lund}, 54, the chairwoman of the {O Free Party}, left.", "chairwoman of the Free Party" },
  { "{P Amy Lund}, a professor at {O Ruritania University}, left.", "professor at Ruritania University" },
  { "{P Amy Lund}, a gruff former senator from the north, left.", "former senator" },
  { "{P Amy Lund} (captain) was hurt.", "captain" },
  { "{P Amy Lund}, president {P Bob Vane} and others left.", "-" },
  { "{P Amy Lund}, the president's aunt, left.", "president's aunt" },
  { "{P Amy Lund}, one of the cashiers, left.", "one of the cashiers" },
  { "{P Amy Lund}, another of her private secretaries, left.", "another of her private secretaries" },
  { "{P Amy Lund}, one of the figures, left.", "-" },
  { "{P Amos Lund}, {P Vane}'s younger son, left.", "Vane's younger son" },
  { "{P Amos Lund}, father of {P Otto Vane}, left.", "father of Otto Vane" },
  { "He met the star's wife {P Amy Lund} there.", "star's wife" },
  { "{P Bo Roe}'s brother {P Otto Vane} left.", "-" },
  { "He met his wife {P Amy Lund} there. {P Lund}, the mayor, left.", "mayor" },
  { "He met his younger sister {P Amy Lund} there.", "-" },
  { "{P Amy Lund}, a former minister said.", "former minister" },
  { "{P Amy Lund}, for the {O Free Party}, said so.", "for the Free Party" },
  { "{P Amy Lund}, for the {O Free Party} and others, said so.", "-" },
  { "{P Amy Lund}, who had left, came back.", "-" },
  { NULL, NULL },
};

static const Case fallback[] = {
  { "{P Amy Lund} is the president of {O Acme}.", "president of Acme" },
  { "{P Amy Lund}, who was a senator then, left.", "senator" },
  { "{P Amy Lund}, who heads the {O Free Party}, left.", "heads the Free Party" },
  { "{P Amy Lund}, who's the branch secretary, left.", "secretary" },
  { "{P Amy Lund} is one of the judges.", "one of the judges" },
  { "Democrat {P Amy Lund} left.", "Democrat" },
  { "The member {P Amy Lund} left.", "-" },
  { "{P Amy Lund} is a happy sort.", "-" },
  { "{P Amy Lund} left. {P Lund}, an engineer, came back.", "engineer" },
  { "Sgt. {P Amy Lund} left. Then prosecutor {P Amy Lund} came.", "prosecutor" },
  { NULL, NULL },
};

static const Case bodies[] = {
  { "{O Free Institute}, a Berlin-based think tank, said so.", "Berlin-based think tank" },
  { "Then the Berlin-based think tank {O Free Institute} said so.", "Berlin-based think tank" },
  { "They joined think tank {O Free Institute} there.", "-" },
  { "{O Free Institute} is a large think tank in the north.", "large think tank" },
  { "{O Free Institute} is a joy.", "-" },
  { "{O Acme}, the maker of bells, left.", "-" },
  { "{O Acme}, a company, left.", "-" },
  { "{O Acme}, the firm's owner, left.", "-" },
  { "{O Acme}, a struggling paper company that sells paper, left.", "struggling paper company" },
  { NULL, NULL },
};

static void
test_table (gconstpointer data)
{
  for (const Case *c = data; c->marked != NULL; c++)
    marked_text_check_role (c->marked, DRA_ENTITY_PERSON, c->role);
}

static void
test_bodies (void)
{
  for (const Case *c = bodies; c->marked != NULL; c++)
    marked_text_check_role (c->marked, DRA_ENTITY_ORGANIZATION, c->role);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/roles/before", before, test_table);
  g_test_add_data_func ("/roles/after", after, test_table);
  g_test_add_data_func ("/roles/fallback", fallback, test_table);
  g_test_add_func ("/roles/bodies", test_bodies);

  return g_test_run ();
}
