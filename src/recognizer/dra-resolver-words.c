/* dra-resolver-words.c: closed word classes, folding, and short forms of given names.
 *
 * Written for this project.  Words are folded: lower case, no diacritics, no final full
 * stop.  One table from word to classes is built on first use.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "recognizer/dra-resolver-words.h"

#include <string.h>

typedef struct
{
  DraWordClass classes;
  const char  *words; /* separated by spaces */
} WordList;

/* A word may stand in several lists. */
static const WordList lists[] = {
  { DRA_WORD_CLASS_HONORIFIC,
    "mr mrs ms miss mx messrs dr sir dame madam madame mme monsieur lord rev reverend hon "
    "honourable honorable sheikh shaikh sheik imam rabbi fr shri smt sri haji alhaji hajj mullah "
    "datuk datin dato tengku señor senora herr frau doctor" },
  /* No role by themselves would be wrong to say so: these are both. */
  { DRA_WORD_CLASS_TITLE | DRA_WORD_CLASS_ROLE,
    "president vice-president ex-president president-elect premier chancellor senator sen "
    "representative rep congressman congresswoman governor gov lieutenant-governor mayor minister "
    "prime-minister secretary secretary-general commissioner ambassador general gen lieutenant lt "
    "colonel col captain capt major maj sergeant sgt corporal cpl private pvt admiral adm "
    "commander cmdr commodore brigadier justice attorney detective det inspector supt constable "
    "superintendent sheriff chairman chairwoman chairperson ceo cfo coo cto professor prof "
    "assemblyman assemblywoman prince princess king queen emperor pope bishop archbishop cardinal "
    "mufti ayatollah havaldar pandit pastor speaker councillor councilman councilwoman cllr councilor alderman "
    "spokesman spokeswoman spokesperson judge deputy coach director-general vice-chancellor "
    "vice-chairman attorney-general undersecretary ex-minister ex-premier mp mep msp mla pm cm "
    "mec mpa undersheriff lawmaker taoiseach gov-elect sen-elect rep-elect prosecutor economist "
    "analyst lawyer" },
  { DRA_WORD_CLASS_ROLE,
    "leader director chief spokesman spokeswoman spokesperson chair co-chair co-chairman officer "
    "executive founder co-founder cofounder adviser advisor aide nominee counsel star actor "
    "actress reporter head member wife husband son daughter father mother brother sister parent "
    "grandson granddaughter grandfather grandmother nephew niece uncle aunt cousin widow widower "
    "fiance fiancee girlfriend boyfriend partner ex-wife ex-husband son-in-law daughter-in-law "
    "stepson mom dad owner co-owner champion candidate correspondent official author co-author "
    "host co-host editor editor-in-chief president-designate congresswoman administrator writer "
    "strategist student singer boss player suspect advocate producer whip agent magistrate "
    "scientist defender comedian expert consultant photographer designer journalist fellow winger "
    "flanker hooker prop physician artist victim swimmer anchor researcher mogul republican "
    "democrat independent conservative businessman businesswoman rival keeper striker friend man "
    "woman boy girl magician model shooter activist organizer organiser full-back fullback "
    "fly-half forward film-maker skipper creator coroner rapper winner runner-up driver fan "
    "insider hopeful quarterback filmmaker pacer cricketer surfer nurse protagonist pollster gm "
    "poet principal firebrand dean publisher theorist gunman opponent commentator critic "
    "guitarist bassist drummer lock scrum-half referee umpire counterpart co-star legend scorer "
    "supremo employee slugger treasurer assistant dictator svp vp evp fighter resident lecturer "
    "billionaire millionaire veteran champ negotiator receiver superstar figure investor hacker "
    "medallist medalist trainer villain athlete dietitian teammate team-mate mentor crooner "
    "academic philosopher illustrator nazim mna mlc columnist composer native haulier grower "
    "civilian predecessor successor ally czar tsar person jumper pediatrician paediatrician "
    "recruiter survivor gambler incumbent fund-raiser fundraiser operative televangelist magnate "
    "tycoon oligarch auditor carpenter publicist developer musician coordinator co-ordinator "
    "substitute goalkeeper goaltender teacher playwright newcomer performer challenger engineer "
    "architect historian novelist essayist biographer blogger vlogger youtuber influencer "
    "astronaut cosmonaut pilot farmer fisherman builder plumber electrician mechanic firefighter "
    "paramedic soldier policeman policewoman trooper patrolman guard bodyguard warden chaplain "
    "priest monk nun minister vicar deacon missionary cleric preacher theologian psychologist "
    "psychiatrist therapist surgeon doctor cardiologist oncologist neurologist epidemiologist "
    "virologist biologist chemist physicist astronomer geologist archaeologist anthropologist "
    "sociologist mathematician statistician zoologist ecologist botanist meteorologist "
    "climatologist seismologist climate-scientist entrepreneur banker broker trader accountant "
    "cashier clerk waiter waitress chef cook baker barber hairdresser stylist salesman manager "
    "co-manager supervisor curator librarian archivist translator interpreter diplomat envoy "
    "emissary consul attache delegate mediator lobbyist politician statesman legislator "
    "parliamentarian backbencher senator-elect contender frontrunner front-runner campaigner "
    "protester demonstrator dissident whistleblower whistle-blower informant witness plaintiff "
    "defendant accuser complainant inmate prisoner convict killer murderer attacker assailant "
    "terrorist militant militiaman rebel insurgent warlord commander-in-chief jihadist extremist "
    "financier philanthropist heir heiress socialite celebrity baron baroness duke duchess earl "
    "countess viscount marquess sultan emir sheikh monarch ruler chieftain elder patriarch "
    "matriarch footballer midfielder centre-back defenseman linebacker cornerback tackle pitcher "
    "catcher shortstop outfielder infielder batsman batter bowler spinner all-rounder "
    "wicketkeeper opener sprinter runner marathoner hurdler boxer wrestler golfer skier "
    "snowboarder skater cyclist rower sailor gymnast racer jockey tennis-player captain "
    "vice-captain manager-coach scout pundit broadcaster newsreader presenter newscaster "
    "anchorman anchorwoman moderator narrator dj vocalist songwriter singer-songwriter frontman "
    "pianist violinist cellist conductor soprano tenor dancer choreographer ballerina "
    "screenwriter cinematographer animator cartoonist painter sculptor director-producer "
    "showrunner volunteer worker labourer laborer contractor landlord tenant homeowner neighbor "
    "neighbour customer passenger patient retiree pensioner graduate alumnus co-director "
    "co-president co-ceo cio cmo chro kingpin mobster gangster fraudster conman dealer smuggler "
    "trafficker spy colleague associate confidant protege apprentice intern trustee "
    "governor-general ombudsman comptroller controller registrar provost rector chancellor "
    "headmaster headteacher representative-elect delegate-elect counselor counsellor "
    "secretary-treasurer vice-principal premier-designate regulator technologist futurist "
    "ethicist criminologist demographer geographer linguist nutritionist pharmacist dentist "
    "veterinarian vet midwife hunter explorer mountaineer climber adventurer inventor innovator "
    "visionary guru icon idol heartthrob diva maestro prodigy whiz watchdog loyalist hardliner "
    "moderate socialist communist libertarian liberal nationalist populist separatist royalist "
    "reformer revolutionary guerrilla spymaster strongman autocrat tyrant despot naturalist "
    "conservationist environmentalist feminist humanitarian pacifist evangelist "
    "boss-turned-critic restaurateur hotelier retailer wholesaler importer exporter industrialist "
    "policymaker planner programmer coder modeler forecaster commissioner-general rabbi imam "
    "ceo-elect lady supermodel rookie pioneer adversary recipient technocrat laureate entertainer "
    "marshal convenor claimant astrophysicist right-back left-back emeritus burglar right-hander "
    "second-in-command jurist solicitor barrister paralegal notary mayor-elect madam hostess "
    "podcaster scholar gp mum companion haulier surrogate medallist klansman under-secretary podcaster "
    "stepfather stepmother sister-in-law brother-in-law mother-in-law father-in-law godfather godmother "
    "co-conspirator accomplice abuser stalker hostage captive refugee migrant asylum-seeker immigrant "
    "shareholder stakeholder freelancer lead-singer keyboardist saxophonist trumpeter cellist harpist "
    "executive-producer cameraman camerawoman stuntman ventriloquist magnate-turned-politician ringleader "
    "co-lead frontwoman curate abbot prioress deaconess canon archdeacon primate headteacher lollipop-lady "
    "usher caterer florist gardener landscaper rancher cattleman horticulturist agronomist" },
  /* A rank or a word that says little: another role beside it says more. */
  { DRA_WORD_CLASS_WEAK_ROLE,
    "prof professor capt captain lt lieutenant col colonel sgt sergeant gen general adm admiral "
    "commander cmdr maj major cpl corporal pvt private brigadier commodore father pastor "
    "ayatollah cardinal bishop archbishop king republican democrat independent conservative "
    "liberal moderate socialist communist nationalist man woman boy girl friend member members "
    "person associate victim colleague fan figure native resident veteran detective det officer "
    "inspector constable trooper imam sheikh baroness baron legend icon partner rival pm" },
  { DRA_WORD_CLASS_PLURAL_ROLE,
    "senators sens representatives reps justices ministers presidents governors judges lawmakers "
    "congressmen reporters members officials directors executives coaches winners champions "
    "students lawyers attorneys prosecutors analysts economists scientists researchers professors "
    "experts activists journalists writers editors councillors commissioners secretaries generals "
    "officers detectives agents artists designers profs advocates correspondents" },
  { DRA_WORD_CLASS_PARTY,
    "republican democratic conservative labour labor liberal independent tory gop socialist "
    "communist" },
  { DRA_WORD_CLASS_MODIFIER,
    "former ex current then acting interim senior junior chief deputy assistant associate vice "
    "executive managing general prime foreign interior home defense defence finance health "
    "education labour labor justice transport energy environment trade agriculture culture sports "
    "security national international federal state local regional provincial municipal county "
    "city district town village world global european american presidential vice-presidential "
    "gubernatorial congressional parliamentary senate mayoral opposition ruling majority minority "
    "party political policy press campaign communications media news police fire military army "
    "navy air force naval marine intelligence counterterrorism terrorism special top lead leading "
    "head first second third principal long-serving star award-winning prize-winning best-selling "
    "bestselling legal public private independent conservative liberal democratic republican "
    "socialist communist labor-party left-wing right-wing far-right far-left hard-line hardline "
    "centrist nationalist rebel guerrilla militant islamist religious spiritual supreme christian "
    "muslim jewish catholic protestant orthodox business tech technology technical financial "
    "investment market research science scientific medical clinical academic history political- "
    "economics law criminal civil human rights constitutional real-estate estate property oil gas "
    "mining film movie television tv radio music pop rock rap hip-hop country folk jazz fashion "
    "theater theatre stage art literary fiction science-fiction comedy talk-show show soap "
    "football soccer basketball baseball hockey rugby cricket tennis golf boxing olympic olympics "
    "two-time three-time four-time five-time six-time seven-time eight-time one-time onetime "
    "defending team club national-team head-of-state joint co-lead founding ranking presumptive "
    "designate high- key chairman-designate certified freelance staff investigative diplomatic "
    "white-house legislative judicial assembly council cabinet shadow under-secretary permanent "
    "personal foreign-policy affairs budget treasury tax housing planning welfare social "
    "immigration border customs homeland water climate space nuclear data product marketing sales "
    "operations operating information strategy design editorial creative artistic musical "
    "sporting goalkeeping batting bowling assistant-head attorney deputy-chief lieutenant "
    "brigadier major squadron self-styled self-described self-proclaimed jailed imprisoned exiled "
    "ousted deposed billionaire millionaire casino media-mogul mega porn adult drug cartel crime "
    "gang mob gop tory lib-dem green moderate freshman congressional-candidate two-term one-term "
    "three-term running hedge fund insurance bank banking commercial corporate company group "
    "teenage left-arm right-arm fast opening olympic-gold gold-medal center centre starting "
    "backup relief tight defensive offensive point small power shooting school college university "
    "high primary secondary law-school medical-school nursing hospital church parish labor-union "
    "union trade-union farm dairy small-business community youth student women women's men's "
    "children's people's child family animal wildlife conservation forensic evolutionary "
    "molecular computer software data- artificial-intelligence quantum theoretical experimental "
    "environmental mechanical electrical chemical aerospace" },
  { DRA_WORD_CLASS_PARTICLE,
    "van von der den de del della di da das dos du la le el al bin ibn bint abu ben ter ten zu "
    "zum af av e y st san santa mac mc o' ap lo dal dello ul ur" },
  { DRA_WORD_CLASS_SUFFIX,
    "jr sr ii iii iv junior senior" },
  { DRA_WORD_CLASS_LEGAL,
    "inc incorporated ltd limited llc llp lp plc corp corporation co company ag sa nv bv gmbh spa "
    "ab asa as oyj pty pte pvt bhd sdn kk kg sarl srl holdings holding group" },
  { DRA_WORD_CLASS_GENERIC,
    "ministry department bank university college school institute court council committee "
    "commission agency authority party association federation union league club company group "
    "office bureau board center centre foundation fund police army force forces navy government "
    "house senate parliament congress assembly church hospital museum team service services "
    "society trust news times post press journal media radio television tv network international "
    "national federal state supreme high united american british royal new first general north "
    "south east west northern southern eastern western central global world european public city "
    "county district the of and for organization organisation movement front alliance coalition "
    "campaign initiative project program programme airlines airways air motors electric energy "
    "systems technologies technology industries partners capital financial insurance securities "
    "research health education justice defense defence treasury interior division unit academy "
    "corps command guard brigade studios pictures records entertainment games sports" },
  /* "Fox News" and "Fox News Digital", "Senate" and "Senate Finance Committee" are two. */
  { DRA_WORD_CLASS_SUBUNIT,
    "committee subcommittee council assembly board desk digital magazine radio tv television "
    "sport sports network division unit office caucus review body court commission secretariat "
    "staff politics services foundation usa america asia europe museum hospital library one two three four five" },
  { DRA_WORD_CLASS_REGIME,
    "administration government presidency campaign cabinet era camp regime" },
  { DRA_WORD_CLASS_LINK,
    "of the and for in on to & de la du des del y et und der fur e do da" },
  { DRA_WORD_CLASS_BELIEF,
    "muslim muslims jewish jew jews christian christians catholic catholics hindu hindus sikh "
    "sikhs buddhist buddhists sunni sunnis shia shias shiite shiites protestant protestants "
    "islamic islam christianity judaism hinduism buddhism evangelical evangelicals mormon mormons "
    "native latino latinos hispanic hispanics black white asian european african "
    "scandinavian latin arab western eastern maori pakeha aboriginal inuit uighur uighurs uyghur uyghurs kurd "
    "kurds tamil tamils rohingya dalit dalits hausa yoruba igbo zulu xhosa pashtun pashtuns hutu hutus tutsi "
    "tutsis cherokee navajo sioux slav slavs geordie scouser scousers cockney" },
  { DRA_WORD_CLASS_COMPANY,
    "company startup start-up firm giant maker website brand airline retailer chain platform "
    "broadcaster studio outlet publisher automaker carmaker insurer bank lender magazine "
    "newspaper subsidiary supermarket conglomerate" },
  { DRA_WORD_CLASS_BODY,
    "company firm group startup start-up agency charity tank union party bank airline retailer publisher "
    "newspaper magazine website nonprofit non-profit organization organisation association network maker "
    "manufacturer operator lender insurer brokerage consultancy foundation militia coalition alliance "
    "regulator watchdog broadcaster studio label band club chain developer provider supplier movement "
    "faction subsidiary cooperative ngo institute body producer automaker carmaker conglomerate contractor" },
  { DRA_WORD_CLASS_THING,
    "system systems point points statement act bill law laws rule rules scheme index plan test tests zone "
    "process disease disorder syndrome virus treaty agreement deal protocol rate rates product products "
    "provider providers user users device devices vehicle vehicles technology engine memorandum policy "
    "code accord convention report order certificate exam examination degree tax fee charge charges "
    "infection therapy drug acid network-attached method model standard format language interface "
    "area areas region deposit deposits offer offering record records "
    /* as well known as words */
    "aids ai bmi cctv ceo cfo cto covid covid-19 dj dna dui dvd eez egm agm esg faq fgm gdp gmt gps hiv html "
    "ied ipo iq it itr iv jpeg lgbt lgbtq lgbtqia led lsd mri mvp ngo ngos nfc nft pc pcr pdf phd pr ptsd pvc "
    "rna rsvp sat suv suvs tb thc tnt tv tvs uav ufo ufos usb vat vip vips vod voip vp vpn wmd xml yaml pm "
    "mp mps mla mlas am dg dgp ias ips md wtf lol obc bc ad er icu gp rv atv cd cds pin sos coo cpo cmo cio ciso svp evp avp potus flotus saas paas iaas fomo goty kpi kpis roi "
    "emt emts mep meps rtd esg faqs diy cop cops msrp aaa gmo gmos nimby bame hons" },
  { DRA_WORD_CLASS_OF_COMPANY,
    "founder founders co-founder co-founders ceo cfo cto chairman chairwoman shares stock "
    "shareholders customers headquarters subsidiary employees plc products" },
  { DRA_WORD_CLASS_FUNCTION,
    "a an the this that these those of in on at by for from to with without into onto over under "
    "above below after before since until during between among against about across around "
    "through toward towards and or but nor so yet if when while as than because although though "
    "where whereas whether who whom whose which what how why he she it they we you i his her its "
    "their our your my him them us me himself herself itself themselves is are was were be been "
    "being am has have had having do does did will would shall should can could may might must "
    "not no n't 's 're 've 'll 'd there here also too very just only even still already again "
    "once never ever always often now then said says say told tells asked added according called "
    "named including like such both either neither each every all some any many most more few "
    "several other another same own alongside within throughout beyond beside behind outside "
    "inside met meets joined joins beat beats via per despite versus vs amid plus minus except "
    "near" },
  { DRA_WORD_CLASS_CALENDAR,
    "january february march april may june july august september october november december jan "
    "feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday "
    "saturday sunday mon tue tues wed thu thur thurs fri sat sun spring summer autumn winter "
    "christmas easter" },
};

static GHashTable *
build_table (void)
{
  GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_auto (GStrv) words = g_strsplit (lists[i].words, " ", -1);

      for (gsize j = 0; words[j] != NULL; j++)
        {
          guint classes = GPOINTER_TO_UINT (g_hash_table_lookup (table, words[j]));

          g_hash_table_replace (table, g_strdup (words[j]),
                                GUINT_TO_POINTER (classes | (guint) lists[i].classes));
        }
    }

  return table;
}

/**
 * dra_word_class_lookup:
 * @folded: a word as dra_word_fold() makes it
 *
 * What the closed classes say of a word.  Thread-safe.
 *
 * Returns: its classes, 0 when it is in none
 */
DraWordClass
dra_word_class_lookup (const char *folded)
{
  static GHashTable *table;

  g_return_val_if_fail (folded != NULL, 0);

  if (g_once_init_enter (&table))
    g_once_init_leave (&table, build_table ());

  return (DraWordClass) GPOINTER_TO_UINT (g_hash_table_lookup (table, folded));
}

/**
 * dra_word_fold:
 * @text: valid UTF-8
 * @length: bytes
 *
 * Makes the key by which words of names are compared: lower case, without diacritics,
 * curly apostrophes and the typographic hyphens made plain, a final full stop and those of
 * "U.N." taken out (not that of "Example.com").
 *
 * Returns: (transfer full): the folded word
 */
char *
dra_word_fold (const char *text,
               gsize       length)
{
  GString *out = g_string_sized_new (length + 1);
  gboolean ascii = TRUE;

  g_return_val_if_fail (text != NULL, NULL);

  for (gsize i = 0; i < length && ascii; i++)
    ascii = ((guchar) text[i] & 0x80) == 0;

  if (ascii)
    {
      for (gsize i = 0; i < length; i++)
        if (text[i] != '.' || length == 1 || !(i + 1 == length || i == 1 || (i > 1 && text[i - 2] == '.')))
          g_string_append_c (out, g_ascii_tolower (text[i]));
    }
  else
    {
      g_autofree char *apart = g_utf8_normalize (text, (gssize) length, G_NORMALIZE_ALL);

      for (const char *p = apart != NULL ? apart : ""; *p != '\0'; p = g_utf8_next_char (p))
        {
          gunichar c = g_utf8_get_char (p);

          if (g_unichar_type (c) == G_UNICODE_NON_SPACING_MARK || c == '.' || c == 0xAD)
            continue;
          switch (c)
            {
            case 0x2019: case 0x2018: case 0x2BC: c = '\''; break;
            case 0x2010: case 0x2011: c = '-'; break;
            case 0xF8: case 0xD8: c = 'o'; break;   /* ø has no decomposition */
            case 0x142: case 0x141: c = 'l'; break; /* ł */
            case 0x131: c = 'i'; break;             /* dotless i */
            default: c = g_unichar_tolower (c); break;
            }
          g_string_append_unichar (out, c);
        }
    }

  return g_string_free (out, FALSE);
}

/* Pairs that do not begin alike; "Alex" and "Alexander" need no list. */
static const char *const given_pairs[][2] = {
  { "bill", "william" }, { "billy", "william" }, { "bob", "robert" }, { "bobby", "robert" },
  { "dick", "richard" }, { "rick", "richard" }, { "jim", "james" }, { "jimmy", "james" },
  { "mike", "michael" }, { "mick", "michael" }, { "tony", "anthony" }, { "jack", "john" },
  { "joe", "joseph" }, { "joey", "joseph" }, { "chuck", "charles" }, { "charlie", "charles" },
  { "ted", "edward" }, { "ted", "theodore" }, { "ed", "edward" }, { "kate", "katherine" },
  { "kate", "catherine" }, { "katie", "katherine" }, { "cathy", "catherine" }, { "liz", "elizabeth" },
  { "beth", "elizabeth" }, { "betsy", "elizabeth" }, { "peggy", "margaret" }, { "meg", "margaret" },
  { "jenny", "jennifer" }, { "tom", "thomas" }, { "tommy", "thomas" }, { "hank", "henry" },
  { "harry", "henry" }, { "larry", "lawrence" }, { "jerry", "gerald" }, { "gerry", "gerald" },
  { "andy", "andrew" }, { "drew", "andrew" }, { "sandy", "alexander" }, { "sasha", "alexander" },
  { "tim", "timothy" }, { "steve", "stephen" }, { "steve", "steven" }, { "stephen", "steven" },
  { "dave", "david" }, { "geoff", "geoffrey" }, { "jeff", "jeffrey" }, { "greg", "gregory" },
  { "ron", "ronald" }, { "don", "donald" }, { "ken", "kenneth" }, { "nick", "nicholas" },
  { "bernie", "bernard" }, { "mitch", "mitchell" }, { "chris", "christopher" }, { "matt", "matthew" },
  { "pat", "patrick" }, { "pete", "peter" }, { "sam", "samuel" }, { "dan", "daniel" },
  { "danny", "daniel" }, { "ben", "benjamin" }, { "alex", "alexander" }, { "becky", "rebecca" },
  { "debbie", "deborah" }, { "sue", "susan" }, { "vicky", "victoria" }, { "zach", "zachary" },
};

/**
 * dra_word_same_given:
 * @folded_a: a given name as dra_word_fold() makes it
 * @folded_b: another
 *
 * Whether two given names are known as forms of one ("bill", "william"), are equal, or one
 * is the initial of the other.
 *
 * Returns: %TRUE when they may name the same person
 */
gboolean
dra_word_same_given (const char *folded_a,
                     const char *folded_b)
{
  gsize a, b;

  g_return_val_if_fail (folded_a != NULL && folded_b != NULL, FALSE);

  if (strcmp (folded_a, folded_b) == 0)
    return TRUE;

  a = (gsize) g_utf8_strlen (folded_a, -1);
  b = (gsize) g_utf8_strlen (folded_b, -1);
  if (a == 1 || b == 1)
    return g_utf8_get_char (folded_a) == g_utf8_get_char (folded_b);

  for (gsize i = 0; i < G_N_ELEMENTS (given_pairs); i++)
    if ((strcmp (folded_a, given_pairs[i][0]) == 0 && strcmp (folded_b, given_pairs[i][1]) == 0) ||
        (strcmp (folded_b, given_pairs[i][0]) == 0 && strcmp (folded_a, given_pairs[i][1]) == 0))
      return TRUE;

  return FALSE;
}
