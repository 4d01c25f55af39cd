/* test-resolver.c: every step of the document pass, by tables of marked texts.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "article/dra-article-builder.h"
#include "marked-text.h"
#include "recognizer/dra-resolver-words.h"
#include "recognizer/dra-resolver.h"

typedef struct
{
  const char *marked;
  const char *expected;
} Case;

typedef struct
{
  const char *step;
  const Case *cases;
} Table;

static const Case trim_names[] = {
  { "{P President Claudia Roe} spoke.", "P Claudia Roe: Claudia Roe" },
  { "{P Mr. Vane} and {P Dr Amy Lund} met.", "P Vane: Vane; P Amy Lund: Amy Lund" },
  { "He met {P Amy Lund's} aunt.", "P Amy Lund: Amy Lund" },
  { "The {P President} spoke to the {P Prime Minister}.", "" },
  { "It was {O the Free Party} again.", "O Free Party: Free Party" },
  { "{O The Daily Bugle} wrote it.", "O Daily Bugle: Daily Bugle" },
  { "Ask {P @amylund} or {P amy@example.com} today.", "" },
  { "{P Amy Lund} of the {O Lund administration} and her own.", "P Amy Lund: Amy Lund, Lund" },
  { "Ask the {L Bank of Ellery} and the {L Gulf of Ellery}.",
    "O Bank of Ellery: Bank of Ellery; L Gulf of Ellery: Gulf of Ellery" },
  { "A new {O CEO} came, and the {O NGO} left.", "" },
  /* Words for people of a kind, and the heads of names alone, are no names. */
  { "Then {L Western} leaders met {L European} ones.", "" },
  { "Then {O Muslims} met {O African} {O NGOs} there.", "" },
  { "Then {O Bank} rose. The bank was glad.", "O Bank: Bank" },
  { "{O Bank} clerks rose. The bank was glad.", "" },
  { "This high office, the {O Office}, met.", "" },
  { "Then {O Europeans} of the {O Islamic} history, and {O Buddhism}, came.", "" },
  { "Then {O Quay University Former} and {O Bell Division Eng} came.",
    "O Quay University: Quay University; O Bell Division: Bell Division" },
  { "The {P Clintons} and {P Amy Clinton} came. {P Clinton} left.", "P Amy Clinton: Amy Clinton, Clinton" },
  { "The {P Foxes} met {P Amy Fox}.", "P Amy Fox: Amy Fox" },
  { "The {P Williams} book of {P Amy Williams} sold.", "P Amy Williams: Williams, Amy Williams" },
  { "It was in the {L Ellery Courier} today.", "O Ellery Courier: Ellery Courier" },
  { "They met at {L Ellery High School} today.", "O Ellery High School: Ellery High School" },
  { "The {O Parliament} of {L Ruritania} met.", "O Parliament of Ruritania: Parliament of Ruritania" },
  { "They ate at {O McDonald's} after that.", "O McDonald's: McDonald's" },
  { "Then {P Amy Vane} spoke of {O Vane's Lampworks} and {O Amy's Bells}.",
    "P Amy Vane: Amy Vane, Vane; O Lampworks: Lampworks; O Amy's Bells: Amy's Bells" },
  { "Then {O M\xC4\x81ori} and {O Uighurs} spoke.", "" },
  { "Let {P Cj} = 2 be {P j tj xi} of {P Ab} + {P Cd} here. So max({P Fk} ) is {P Cj} too.", "" },
  { "Then {P ed} and {P Ty} 2 [{P Bo}] came.", "P ed: ed; P Ty: Ty; P Bo: Bo" },
  { "Then {P Xi} said so to {P Wu Bo}, {P J. K.} and {P Al} too.", "P Xi: Xi; P Wu Bo: Wu Bo; P J. K.: J. K.; P Al: Al" },
  { "It won the {O Ellery Bell Awards} by the {O Ellery Lamp Agreement} there.", "" },
  { "The {O Ellery Health Ministry on Monday} met.", "O Ellery Health Ministry: Ellery Health Ministry" },
  { NULL, NULL },
};

/* With what the model's lists know of places. */
static const Case trim_listed[] = {
  { "He saw {O London's Natural Bell Museum} and {O Vane's Bell Museum} and {O Victoria's Chance} there.",
    "O Natural Bell Museum: Natural Bell Museum; O Vane's Bell Museum: Vane's Bell Museum; "
    "O Victoria's Chance: Victoria's Chance" },
  { "Then {O New Zealanders} met a {O Londoner} there.", "" },
  { "It was in the {O New Yorker} once, of a {O Maker}.", "O New Yorker: New Yorker; O Maker: Maker" },
  { NULL, NULL },
};

static const Case split_couples[] = {
  { "{P Bill and Hilda Vane} came. {P Bill Vane} left, {P Hilda} stayed.",
    "P Bill Vane: Bill, Bill Vane; P Hilda Vane: Hilda Vane, Hilda" },
  { "{P Bill} and {P Hilda Vane} came. {P Bill Vane} left.",
    "P Bill Vane: Bill, Bill Vane; P Hilda Vane: Hilda Vane" },
  { "{P Amy Lund} came. {P Lund} and {P Hilda Vane} left.",
    "P Amy Lund: Amy Lund, Lund; P Hilda Vane: Hilda Vane" },
  { "{O Crane and Gamble} rose.", "O Crane and Gamble: Crane and Gamble" },
  { "{O Bell Music and Tone Music} fell.", "O Bell Music: Bell Music; O Tone Music: Tone Music" },
  { "Both ({O PTX & UNX}) fell.", "O PTX: PTX; O UNX: UNX" },
  { "About {O BellTrak BellTrak} it says: {O BellTrak} rose.", "O BellTrak: BellTrak, BellTrak, BellTrak" },
  { "Then {O Habo Habo} sang.", "O Habo Habo: Habo Habo" },
  { "So says {O University of Ellery's School of Lamps} and {O UEX's Lamp Centre} too.",
    "O University of Ellery: University of Ellery; O School of Lamps: School of Lamps; O UEX: UEX; "
    "O Lamp Centre: Lamp Centre" },
  { "It beat {O Habo Plc. Acme Corp. Lamps} by far.", "O Habo Plc.: Habo Plc.; O Acme Corp. Lamps: Acme Corp. Lamps" },
  { "So said {O Ellery High Court P. N. Vane} and {O Ellery Bell Court Lund} too.",
    "O Ellery High Court: Ellery High Court; P P. N. Vane: P. N. Vane; "
    "O Ellery Bell Court Lund: Ellery Bell Court Lund" },
  { "So says {P Vane} of {O Vane's Lamp Institute} here.", "P Vane: Vane; O Vane's Lamp Institute: Vane's Lamp Institute" },
  { "So says the {O People's Bank} and {O Women's Lamp Institute} too.",
    "O People's Bank: People's Bank; O Women's Lamp Institute: Women's Lamp Institute" },
  { "{P Amy Lund Amy Lund} left.", "P Amy Lund: Amy Lund, Amy Lund" },
  { "{O Acme} and {O Zenith} fell. {O Acme and Zenith} rose.",
    "O Acme: Acme, Acme; O Zenith: Zenith, Zenith" },
  { NULL, NULL },
};

static const Case join_nicknames[] = {
  { "Then {P Henry} '{P Big Hank' Jackson} died.", "P Henry 'Big Hank' Jackson: Henry 'Big Hank' Jackson" },
  { "He saw {P Jane} “{P Buffalo Bill}” {P Gumm} there. {P Gumm} left.",
    "P Jane “Buffalo Bill” Gumm: Jane “Buffalo Bill” Gumm, Gumm" },
  { "So {P Henry}: \"Yes.\" And {P Amy Lund} left.", "P Henry: Henry; P Amy Lund: Amy Lund" },
  { NULL, NULL },
};

static const Case filter_headlines[] = {
  { "{P Opposition Leader} Urges {O Cooperation Against Gangs}\n"
    "The opposition leader asked for cooperation against gangs in a long speech yesterday.",
    "" },
  { "{P Roe Urges} Calm In The City Again\n"
    "{P Amy Roe} urges calm in the city, she said, and will do so again tomorrow.",
    "P Amy Roe: Roe, Amy Roe" },
  { "{O Acme} Wins The Long Race Again\n"
    "The race was won by the same company again, as many thought it would be.", "O Acme: Acme" },
  { NULL, NULL },
};

static const Case find_bodies[] = {
  /* By the head, with nothing or a part of it found. */
  { "The Institute for Bell Studies met.", "O Institute for Bell Studies: Institute for Bell Studies" },
  { "The {O Ministry of Bells}, Lamps and Human Quays met.",
    "O Ministry of Bells, Lamps and Human Quays: Ministry of Bells, Lamps and Human Quays" },
  { "The {O Bureau of Bells}, {X Lamps} and Quays Director {P Amy Lund} left at once and for good.",
    "O Bureau of Bells, Lamps and Quays: Bureau of Bells, Lamps and Quays; P Amy Lund: Amy Lund" },
  { "The {O Ministry of Bells}, {O Acme} and {P Amy Lund} met there for a while.",
    "O Ministry of Bells: Ministry of Bells; O Acme: Acme; P Amy Lund: Amy Lund" },
  { "The {O Ministry of Bells}, Vane said, met.", "O Ministry of Bells: Ministry of Bells" },
  { "They saw the Habo Council there.", "O Habo Council: Habo Council" },
  { "They saw the General Council there.", "" },
  { "The university of the town met the council.", "" },
  /* What somebody is of */
  { "So it was said by {P Amy Lund} of Habo Bells.", "P Amy Lund: Amy Lund; O Habo Bells: Habo Bells" },
  { "So it was said by {P Amy Lund} of {L New Ellery}.", "P Amy Lund: Amy Lund; L New Ellery: New Ellery" },
  /* Results, towns, roads */
  { "{O Harbours 4}, Lamps 2: {P Amy Lund} scored twice.",
    "O Harbours: Harbours; O Lamps: Lamps; P Amy Lund: Amy Lund" },
  { "Then {P Amy Lund} of {O Habo}, Wis., left.", "P Amy Lund: Amy Lund; L Habo: Habo" },
  { "{P ST. HABO}, Mich. \xE2\x80\x94 It rained on {P Amy Lund}, Wis. was dry.",
    "L ST. HABO: ST. HABO; P Amy Lund: Amy Lund" },
  { "They met in {O Habo County} and at {L Quay Museum} there.",
    "L Habo County: Habo County; O Quay Museum: Quay Museum" },
  { NULL, NULL },
};

static const Case find_ends[] = {
  { "The {O Free Front (V)} met the {O Free Front} (S) and the {O Workers Party} (Marxist) there.",
    "O Free Front (V): Free Front (V); O Free Front (S): Free Front (S); "
    "O Workers Party (Marxist): Workers Party (Marxist)" },
  { "The {O Free Front} (FFR) met.", "O Free Front: Free Front, FFR" },
  { "Then the {O Labour} party met the Bell party.", "O Labour party: Labour party" },
  { "Then {O Democratic Progressive} party members met.",
    "O Democratic Progressive party: Democratic Progressive party" },
  { "The {L Ellery County} sheriff's office said so to Vane's office.",
    "O Ellery County sheriff's office: Ellery County sheriff's office" },
  { "It ran on Channel 4, {O BBC} Three and {O BBC} Radio 4, not on {O BBC} 1 or radio 4.",
    "O Channel 4: Channel 4; O BBC Three: BBC Three; O BBC Radio 4: BBC Radio 4; O BBC: BBC" },
  { NULL, NULL },
};

static const Case join_acronyms[] = {
  { "The {O Free Workers Party} (FWP) met. Then FWP left and {P5 FWP} returned.",
    "O Free Workers Party: Free Workers Party, FWP, FWP, FWP" },
  { "The {O Partido Obrero} ({O PRO}) met. {O PRO} left.", "O Partido Obrero: Partido Obrero, PRO, PRO" },
  { "{O FWP} (Free Workers Party) met.", "O Free Workers Party: FWP, Free Workers Party" },
  { "The {O Free Workers Party}, or FWP, met. FWP left.", "O Free Workers Party: Free Workers Party, FWP, FWP" },
  { "The {O Free Workers Party}, known as the FWP, met.", "O Free Workers Party: Free Workers Party, FWP" },
  { "The {O Free Workers Party} or {O ABC} met.", "O Free Workers Party: Free Workers Party; O ABC: ABC" },
  /* Explained nowhere, but the initials of a name that is there. */
  { "The {O Lisbon Bell Council} met. Then {X LBC} left, and LBC came again, with LB.",
    "O Lisbon Bell Council: Lisbon Bell Council, LBC, LBC" },
  { "A Remote Monitoring System (RMS) was built. RMS works.", "" },
  { "The {O Free Workers Party} ({L UK}) met.", "O Free Workers Party: Free Workers Party; L UK: UK" },
  { NULL, NULL },
};

static const Case settle_acronyms[] = {
  { "So robotic bell ringing ({O RBR}) grew. Then {O RBR} fell.", "" },
  { "A Contact {O Point} ({O CP}) was set. {O CP} works.", "" },
  { "The {O Statement of Case} ({O SoC}) was filed.", "" },
  { "The state bell commission ({O SBC}) met. {O SBC} left.", "O SBC: SBC, SBC" },
  /* There are many of them. */
  { "They saw an {O ASQ} of 40 and more. The {O ASQ} fell.", "" },
  { "They saw an {O ASQ} agent there. The {O ASQ} fell.", "O ASQ: ASQ, ASQ" },
  { "In {L Ober Pfalz} it rained. {O OP} and others wait.", "L Ober Pfalz: Ober Pfalz, OP" },
  { "In {L Ober Pfalz} the {O Orange Party} met. {O OP} left.",
    "L Ober Pfalz: Ober Pfalz; O Orange Party: Orange Party, OP" },
  { NULL, NULL },
};

/* What stands beside a name tells what it is. */
static const Case cues[] = {
  { "Book giant {P Habo} rose. We saw {P Habo} fall.", "O Habo: Habo, Habo" },
  { "{P Habo}, which sells bells, rose. We saw {P Habo} fall.", "O Habo: Habo, Habo" },
  { "Then {P Habo} chief executive {P Amy Lund} left {P Habo}.", "O Habo: Habo, Habo; P Amy Lund: Amy Lund" },
  { "So said {P Amy Lund} of {P7 Vane Otis}.", "P Amy Lund: Amy Lund; O Vane Otis: Vane Otis" },
  { "The charity, {P Habo}, left.", "O Habo: Habo" },
  { "Then {P BellBuddy} left.", "O BellBuddy: BellBuddy" },
  { "Then {P McVane} left.", "P McVane: McVane" },
  { "According to {X Habo}, it rose.", "O Habo: Habo" },
  { "So an analyst at {X Habo Bells} said.", "O Habo Bells: Habo Bells" },
  { "\"Yes,\" {X Habo} said. {P7 Habo} left.", "P Habo: Habo, Habo" },
  { "{P Habo}, a bell maker, left.", "P Habo: Habo" },
  { "Shares of bell giant {L7 Home Ellery} fell.", "O Home Ellery: Home Ellery" },
  { "They saw {X Habo} there.", "" },
  /* It is somebody's: a cue does not take that away. */
  { "We saw {P Amy Habo} there. Bell giant {P Habo} left.", "P Amy Habo: Amy Habo, Habo" },
  { NULL, NULL },
};

static const Case unite_labels[] = {
  { "Then {P Varga} said so. We saw {P Varga} there. Later {O4 Varga} left.",
    "P Varga: Varga, Varga, Varga" },
  { "We saw {P Amy Varga} there. Later {O5 Varga} left.", "P Amy Varga: Amy Varga, Varga" },
  { "The {P5 Habo} founders left. {P5 Habo} grew. Startup {P5 Habo} sold it.", "O Habo: Habo, Habo, Habo" },
  { "He saw Mr {P Habo} there. {P Habo}'s customers left.", "P Habo: Habo, Habo" },
  { "Then {O5 Habo Bells} and {X4 Habo Bells} and {P4 Habo Bells} and {O4 Habo Bells} came.",
    "O Habo Bells: Habo Bells, Habo Bells, Habo Bells, Habo Bells" },
  { "Then {O8 Habaru Bells} rose. We saw {P3 Habaru} there.", "O Habaru Bells: Habaru Bells, Habaru" },
  { "He went to {L Vernon}. He met {P Vernon} there.", "L Vernon: Vernon; P Vernon: Vernon" },
  { "According to {X The Habo Courier}, it rose.", "O Habo Courier: Habo Courier" },
  { NULL, NULL },
};

static const Case fix_boundaries[] = {
  { "Shares of {O Golden Sacks} rose. Then {O5 Golden} Sacks fell.",
    "O Golden Sacks: Golden Sacks, Golden Sacks" },
  { "He met {P Amy Lund}. Then Amy Lund left.", "P Amy Lund: Amy Lund, Amy Lund" },
  { "He met {P Amy Lund}. Then the Amy Lund Museum opened.", "P Amy Lund: Amy Lund" },
  { NULL, NULL },
};

static const Case spread_names[] = {
  { "He met {P Amy Lund}. Later he thanked Lund for it.", "P Amy Lund: Amy Lund, Lund" },
  { "He met {P Amy Baker}. The baker was there, and Baker said so.", "P Amy Baker: Amy Baker" },
  { "Then {O Acme} paid {O Acme} again, and Acme was glad.", "O Acme: Acme, Acme, Acme" },
  { "Then {O5 Acme} paid, and Acme was glad.", "O Acme: Acme" },
  { "Then {O Acme} paid, and Acme was glad.", "O Acme: Acme, Acme" },
  { "Then {O Congress} and {O Congress} met, and Congress was glad.", "O Congress: Congress, Congress, Congress" },
  { "Then {O Congress} met, and Congress was glad.", "O Congress: Congress" },
  { "He met {P Amy Lund}. Lund Street is long.", "P Amy Lund: Amy Lund" },
  { NULL, NULL },
};

static const Case drop_non_names[] = {
  { "The {X French} film {X War and Peace} won.", "" },
  { NULL, NULL },
};

static const Case group_people[] = {
  { "{P Alejandro Moreno Cardenas} came. {P Moreno Cardenas} spoke. {P Moreno} left.",
    "P Alejandro Moreno Cardenas: Alejandro Moreno Cardenas, Moreno Cardenas, Moreno" },
  { "{P Sheinberg} spoke. {P Claudia Sheinberg} left.", "P Claudia Sheinberg: Sheinberg, Claudia Sheinberg" },
  { "{P J. K. Bowling} wrote. {P Joan Bowling} read. {P Bowling} left.",
    "P J. K. Bowling: J. K. Bowling, Joan Bowling, Bowling" },
  { "{P George W. Marsh} came. {P George H.W. Marsh} left.",
    "P George W. Marsh: George W. Marsh; P George H.W. Marsh: George H.W. Marsh" },
  { "{P Robert Vane Jr.} came. {P Robert Vane Sr.} left.",
    "P Robert Vane Jr.: Robert Vane Jr.; P Robert Vane Sr.: Robert Vane Sr." },
  { "{P Ludwig van der Berg} came. {P Van der Berg} left. {P van der Berg} slept.",
    "P Ludwig van der Berg: Ludwig van der Berg, Van der Berg, van der Berg" },
  { "{P Bashir al-Assam} came. {P Assam} left, {P al-Assam} too.",
    "P Bashir al-Assam: Bashir al-Assam, Assam, al-Assam" },
  { "{P Nicolás Madero} came. {P Nicolas Madero} left. {P MADERO} slept.",
    "P Nicolás Madero: Nicolás Madero, Nicolas Madero, MADERO" },
  /* Family names first, hyphens, and the order turned round. */
  { "{P Kim Jong-un} came. {P Kim Jong Un} left. Mr {P Kim} slept.",
    "P Kim Jong Un: Kim Jong-un, Kim Jong Un, Kim" },
  { "{P Orban Viktor} came. {P Viktor Orban} left.", "P Orban Viktor: Orban Viktor, Viktor Orban" },
  { "{P Kim Jong Il} came. {P Kim} left.", "P Kim Jong Il: Kim Jong Il, Kim" },
  { "{P Bill Vane} came. {P William Vane} left.", "P Bill Vane: Bill Vane, William Vane" },
  { "{P Bob Vane} came. {P Robert Vane} left.", "P Bob Vane: Bob Vane, Robert Vane" },
  { "{P Amy Scaramanga} came. {P Sacramanga} left.", "P Amy Scaramanga: Amy Scaramanga, Sacramanga" },
  { "{P Amy Hansen} came. {P Hanson} left.", "P Amy Hansen: Amy Hansen, Hanson" },
  { "{P Amy Hansen} came. {P Jansson} left.", "P Amy Hansen: Amy Hansen; P Jansson: Jansson" },
  /* Father and son. */
  { "{P Robert Vane Jr.} came. {P Robert Vane} left. {P Robert Vane Jr.} slept.",
    "P Robert Vane Jr.: Robert Vane Jr., Robert Vane Jr.; P Robert Vane: Robert Vane" },
  { "{P Robert S. Vane III} came. {P Robert Vane} left.", "P Robert S. Vane III: Robert S. Vane III, Robert Vane" },
  { "{P Robert Vane Sr.} came. {P Robert Vane} left.", "P Robert Vane Sr.: Robert Vane Sr., Robert Vane" },
  { "{P Robert Vane} came. {P Robert Jr.} left.", "P Robert Vane: Robert Vane; P Robert Jr.: Robert Jr." },
  { "{P Robert Vane Jr.} and {P Amy Vane} came. {P Vane Jr.} left.",
    "P Robert Vane Jr.: Robert Vane Jr., Vane Jr.; P Amy Vane: Amy Vane" },
  /* He and she. */
  { "Mr {P Vane} met Mrs {P Vane}. Then Mr {P Vane} left.", "P Vane: Vane, Vane; P Vane: Vane" },
  { "{P Hillary Vane} met {P Bill Vane}. Then Mr {P Vane} left, and Mrs {P Vane} stayed.",
    "P Hillary Vane: Hillary Vane, Vane; P Bill Vane: Bill Vane, Vane" },
  { "{P Yoko Vane} spoke for herself. {P Yoko Vane} left her. {P Ueno Vane} came. Mr {P Vane} stayed.",
    "P Yoko Vane: Yoko Vane, Yoko Vane; P Ueno Vane: Ueno Vane, Vane" },
  { "{P Hillary Vane} came. Then Mr {P Vane} left.", "P Hillary Vane: Hillary Vane; P Vane: Vane" },
  { "{P Hillary Vane} came. Then Mrs {P Vane} left. {P Vane} slept.", "P Hillary Vane: Hillary Vane, Vane, Vane" },
  /* Two people of one family name: it is whoever was named first ... */
  { "{P Barry Obana} came. {P Michelle Obana} came later. {P Obana} spoke. {P Michelle} left.",
    "P Barry Obana: Barry Obana, Obana; P Michelle Obana: Michelle Obana, Michelle" },
  /* ... but two who come in together give no clue. */
  { "{P Amy Smith} and {P John Smith} came. {P Smith} left.",
    "P Amy Smith: Amy Smith; P John Smith: John Smith; P Smith: Smith" },
  { "{P William \"Bill\" Vane} came. {P William Vane} left.",
    "P William \"Bill\" Vane: William \"Bill\" Vane, William Vane" },
  { NULL, NULL },
};

static const Case group_organizations[] = {
  { "{O Acme Inc.} rose. {O Acme} fell. {O Acme Ltd} slept.", "O Acme Inc.: Acme Inc., Acme, Acme Ltd" },
  { "{O New York Times} wrote. The {O Times} wrote again.", "O New York Times: New York Times, Times" },
  { "The {O New York Yankees} won. The {O Yankees} won again.", "O New York Yankees: New York Yankees, Yankees" },
  { "{O New York Times} wrote. {O Sunday Times} wrote. The {O Times} wrote again.",
    "O New York Times: New York Times; O Sunday Times: Sunday Times; O Times: Times" },
  { "The {O Department of Justice} said. {O Justice Department} lawyers left. {O DOJ} slept.",
    "O Department of Justice: Department of Justice, Justice Department, DOJ" },
  { "{O U.S. Postal Service} came. {O USPS} left.", "O U.S. Postal Service: U.S. Postal Service, USPS" },
  { "{O Federal Deposit Insurance Corp} came. {O FDIC} left.",
    "O Federal Deposit Insurance Corp: Federal Deposit Insurance Corp, FDIC" },
  { "The {O Senate} met. The {O Senate Finance Committee} voted.",
    "O Senate: Senate; O Senate Finance Committee: Senate Finance Committee" },
  { "{O Royal Bank of Ellery} rose. The {O Bank of Ellery} fell.",
    "O Royal Bank of Ellery: Royal Bank of Ellery; O Bank of Ellery: Bank of Ellery" },
  { "{O US House of Representatives} met. The {O House of Representatives} left.",
    "O US House of Representatives: US House of Representatives, House of Representatives" },
  { "{O BarbWire.com} wrote. {O Barb Wire} wrote.", "O Barb Wire: BarbWire.com, Barb Wire" },
  { "{O Reno Police Dept} came. {O Reno Police Department} left.",
    "O Reno Police Dept: Reno Police Dept, Reno Police Department" },
  { NULL, NULL },
};

/* The full stop of a sentence is not that of a company that is written without. */
static const Case build_cast[] = {
  { "Shares of {O Acme Inc} rose. So did those of {O Habo Inc.}\nThen it rained.",
    "O Acme Inc: Acme Inc; O Habo Inc: Habo Inc" },
  { "Shares of {O Acme Inc.} rose. So did those of {O Habo Inc.}\nThen it rained.",
    "O Acme Inc.: Acme Inc.; O Habo Inc.: Habo Inc." },
  { NULL, NULL },
};

static const Case group_places[] = {
  { "In {L Paris} and {L U.S.} and {L US} and {L Paris}.", "L Paris: Paris, Paris; L U.S.: U.S., US" },
  { NULL, NULL },
};

static const Table tables[] = {
  { "trim-names", trim_names },
  { "split-couples", split_couples },
  { "join-nicknames", join_nicknames },
  { "filter-headlines", filter_headlines },
  { "find-bodies", find_bodies },
  { "find-ends", find_ends },
  { "join-acronyms", join_acronyms },
  { "settle-acronyms", settle_acronyms },
  { "cues", cues },
  { "unite-labels", unite_labels },
  { "fix-boundaries", fix_boundaries },
  { "spread-names", spread_names },
  { "drop-non-names", drop_non_names },
  { "group-people", group_people },
  { "group-organizations", group_organizations },
  { "group-places", group_places },
  { "build-cast", build_cast },
};

static void
test_table (gconstpointer data)
{
  for (const Case *c = data; c->marked != NULL; c++)
    marked_text_check (c->marked, c->expected);
}

static void
test_listed (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DraModel) model = dra_model_open (g_getenv ("DRAMATIS_MODEL"), &error);

  g_assert_no_error (error);
  marked_text_set_model (model);
  test_table (trim_listed);
  marked_text_set_model (NULL);
}

static void
test_words (void)
{
  static const char *const folds[][2] = {
    { "Nicolás", "nicolas" }, { "U.N.", "un" }, { "U.N", "un" }, { "Inc.", "inc" },
    { "Example.com", "example.com" }, { "O’Neill", "o'neill" }, { "Łukasz", "lukasz" },
    { "Søren", "soren" }, { ".", "." }, { "", "" }, { "İ", "i" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (folds); i++)
    {
      g_autofree char *folded = dra_word_fold (folds[i][0], strlen (folds[i][0]));

      g_assert_cmpstr (folded, ==, folds[i][1]);
    }
  /* What stands before a word that begins with a stop is none of its letters. */
  {
    static const char text[] = ". .net";
    g_autofree char *folded = dra_word_fold (text + 2, 4);

    g_assert_cmpstr (folded, ==, ".net");
  }
  g_assert_true (dra_word_same_given ("bill", "william"));
  g_assert_true (dra_word_same_given ("j", "joan"));
  g_assert_false (dra_word_same_given ("bill", "hilda"));
  g_assert_cmpint (dra_word_class_lookup ("zyzzyva"), ==, 0);
  g_assert_cmpint (dra_word_class_lookup ("jr") & DRA_WORD_CLASS_SUFFIX, !=, 0);
}

/* Spans that do not fit are left out, not trusted. */
static void
test_bad_spans (void)
{
  g_autoptr (DraArticleBuilder) builder = dra_article_builder_new ();
  g_autoptr (DraArticle) article = NULL;
  g_autoptr (DraTokens) tokens = NULL;
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (DraSpan));
  g_autoptr (DraCast) cast = NULL;
  const DraSpan bad[] = {
    { .first = 0, .n_tokens = 2, .label = DRA_LABEL_PERSON, .confidence = 1 },
    { .first = 1, .n_tokens = 1, .label = DRA_LABEL_ORGANIZATION, .confidence = 1 },
    { .first = 2, .n_tokens = 0, .label = DRA_LABEL_PERSON },
    { .first = 2, .n_tokens = G_MAXUINT, .label = DRA_LABEL_PERSON },
    { .first = G_MAXUINT, .n_tokens = 1, .label = DRA_LABEL_PERSON },
    { .first = 2, .n_tokens = 1, .label = (DraLabel) 99 },
  };

  dra_article_builder_add_text (builder, "Amy Lund left early.", -1);
  article = dra_article_builder_build (builder);
  tokens = dra_tokens_new_for_article (article);
  g_array_append_vals (spans, bad, G_N_ELEMENTS (bad));
  cast = dra_resolver_resolve (article, tokens, spans, NULL);

  g_assert_cmpuint (dra_cast_get_n_entities (cast), ==, 1);
  g_assert_cmpstr (dra_cast_get_entity (cast, 0)->name, ==, "Amy Lund");
}

static void
test_empty (void)
{
  g_autoptr (DraCast) cast = marked_text_resolve ("");

  g_assert_cmpuint (dra_cast_get_n_entities (cast), ==, 0);
}

/* A family saga: thousands of people of one family name stay apart and take no longer
 * for it. */
static void
test_many_namesakes (void)
{
  g_autoptr (GString) marked = g_string_new (NULL);
  g_autoptr (DraCast) cast = NULL;

  for (guint i = 0; i < 4000; i++)
    g_string_append_printf (marked, "Then {P Name%c%c%c Buendia} and {P Buendia} came.\n", 'a' + i % 26,
                            'a' + i / 26 % 26, 'a' + i / 676);
  cast = marked_text_resolve (marked->str);

  g_assert_cmpuint (dra_cast_get_n_entities (cast), >=, 4000);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *path = g_strconcat ("/resolver/", tables[i].step, NULL);

      g_test_add_data_func (path, tables[i].cases, test_table);
    }
  g_test_add_func ("/resolver/listed", test_listed);
  g_test_add_func ("/resolver/words", test_words);
  g_test_add_func ("/resolver/bad-spans", test_bad_spans);
  g_test_add_func ("/resolver/empty", test_empty);
  g_test_add_func ("/resolver/many-namesakes", test_many_namesakes);

  return g_test_run ();
}
