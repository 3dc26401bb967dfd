"""What kind a question is and what it wants, told by the shipped weights."""

import numpy as np
import pytest

from assistant.question.routing import KINDS, WANTED, WEIGHTS, Router, decide
from assistant.values import AnswerKind
from corpus.embedding import load_embedder
from training.kinds import Fitted, fit_both, read_examples, thresholds_of

Fit = tuple[Fitted, Fitted, dict[str, np.ndarray]]
# Written after the examples, none of which they repeat: the question, its kind, and what it wants.
HELD_OUT = (
    ("Hvordan ser man forskelligt på robotter i 2016- og 2022-strategien?", "compare", "other"),
    ("Er fristerne for kommunerne strammere i 2026 end i 2011?", "compare", "other"),
    ("Sammenlign de to seneste cyberstrategier", "compare", "other"),
    ("hvad er forskellen på strategierne fra 2007 og 2011 om telefoni", "compare", "other"),
    ("How has the approach to drones changed between the 2016 and 2022 strategies?", "compare", "other"),
    ("Compare what the strategies say about rural areas", "compare", "other"),
    ("what separates the current joint strategy from the one before", "compare", "other"),
    ("Do the strategies agree on cloud services?", "compare", "other"),
    ("Hvad er der sket med EasyID siden lanceringen?", "timeline", "other"),
    ("Lav en tidslinje over elektronisk fakturering", "timeline", "other"),
    ("hvordan gik det siden hen med den digitale patientjournal", "timeline", "other"),
    ("Forløbet bag sygehusenes journalsystem", "timeline", "other"),
    ("What happened to the electronic patient record?", "timeline", "other"),
    ("timeline for e-invoicing", "timeline", "other"),
    ("How did the citizen portal come about and grow?", "timeline", "other"),
    ("Trace what became of broadband over the years", "timeline", "other"),
    ("List alle initiativer om bredbånd", "complete list", "list"),
    ("jeg vil se alt om robotter på tværs af strategierne", "complete list", "list"),
    ("Alle steder hvor biblioteker omtales", "complete list", "list"),
    ("Find every mention of broadband", "complete list", "list"),
    ("Give me all the initiatives that touch on libraries", "complete list", "list"),
    ("everything on robots in any strategy", "complete list", "list"),
    ("Hvilke strategier er udkommet siden årtusindskiftet?", "strategies", "list"),
    ("Hvilke strategier gjaldt i 2017?", "strategies", "list"),
    ("kan jeg få navnene på de nationale strategier", "strategies", "list"),
    ("Which strategies existed in 2003?", "strategies", "list"),
    ("List the joint-government strategies by year", "strategies", "list"),
    ("what national strategies has Denmark published", "strategies", "list"),
    ("Hvilke strategier er gældende på nuværende tidspunkt?", "in force", "list"),
    ("hvilken strategi har vi lige nu", "in force", "list"),
    ("Which strategies are in effect right now?", "in force", "list"),
    ("what strategies currently apply", "in force", "list"),
    ("Kan du give et overblik over de danske strategier?", "overview", "other"),
    ("Hvordan har strategierne forandret sig gennem 25 år?", "overview", "other"),
    ("Strategiernes historie fortalt kort", "overview", "other"),
    ("Could I have an overview of all the strategies?", "overview", "other"),
    ("How have the strategies evolved over the decades?", "overview", "other"),
    ("brief history of Danish digital strategies", "overview", "other"),
    ("Sammenfat den nationale strategi fra 2022", "summary", "other"),
    ("Hvad handler strategien for 2016-2020 om i hovedtræk?", "summary", "other"),
    ("kort resumé af cyberstrategien", "summary", "other"),
    ("Summarize the joint strategy from 2011", "summary", "other"),
    ("What is the digital growth strategy about, in short?", "summary", "other"),
    ("give me the gist of the 2026 strategy", "summary", "other"),
    ("Hej derude", "greeting", "other"),
    ("1000 tak for din hjælp", "greeting", "other"),
    ("Hi assistant!", "greeting", "other"),
    ("thank you, very helpful", "greeting", "other"),
    ("Hvad kan jeg bruge dig til?", "help", "other"),
    ("hvordan fungerer denne assistent", "help", "other"),
    ("What sort of questions can I ask you?", "help", "other"),
    ("how does this assistant work", "help", "other"),
    ("Hvad er forskellen på kryptering og signering?", "lookup", "definition"),
    ("forskel på borger.dk og virk.dk", "lookup", "definition"),
    ("Hvad siger strategien om biblioteker?", "lookup", "other"),
    ("Hvilken hjælp tilbydes folk med handicap?", "lookup", "list"),
    ("Hvor mange drenge og piger deltager i forsøget?", "lookup", "number"),
    ("Hvad koster initiativ 6?", "lookup", "money"),
    ("Hvor stor en sum er afsat til robotter?", "lookup", "money"),
    ("Hvornår lukkede den gamle portal?", "lookup", "time"),
    ("Hvem er ansvarlig for bredbånd?", "lookup", "who"),
    ("Hvad er en API-gateway?", "lookup", "definition"),
    ("Hvorfor blev portalen lukket?", "lookup", "reason"),
    ("Kan man få papirbreve i stedet?", "lookup", "yes or no"),
    ("Nævnes robotter i strategien?", "lookup", "yes or no"),
    ("Hvilken strategi afløste 2007-2010?", "lookup", "predecessor"),
    ("Hvad blev portalen afløst af?", "lookup", "successor"),
    ("Hej, hvem udgav den nyeste strategi?", "lookup", "who"),
    ("What is the difference between encryption and signing?", "lookup", "definition"),
    ("What does the plan say about libraries?", "lookup", "other"),
    ("How many boys and girls take part?", "lookup", "number"),
    ("How much does initiative 6 cost?", "lookup", "money"),
    ("When was the old portal closed?", "lookup", "time"),
    ("Who is in charge of broadband?", "lookup", "who"),
    ("What is an API gateway?", "lookup", "definition"),
    ("Why was the portal closed?", "lookup", "reason"),
    ("Can I get paper letters instead?", "lookup", "yes or no"),
    ("Are robots mentioned in the strategy?", "lookup", "yes or no"),
    ("Which strategy came before 2011?", "lookup", "predecessor"),
    ("What was the portal replaced with?", "lookup", "successor"),
    ("What help is offered to people with disabilities?", "lookup", "list"),
    ("Which regions are in the project?", "lookup", "list"),
)


# Written later still, in another voice: people who think aloud, search words, and civil servants' prose.
FRESH = (
    ("Mon 2016-folkene tænkte anderledes om robotter end 2026-folkene gør?", "compare"),
    ("Undertegnede ønsker en sammenstilling af de to cyberstrategiers afsnit om beredskab", "compare"),
    ("biblioteker i strategi 2011 ift strategi 2022", "compare"),
    ("I need the 2011 and 2022 strategies lined up on libraries, for a memo", "compare"),
    ("so did the newer strategy get tougher on cloud than the older one or what", "compare"),
    ("rural areas: 2007 strategy against 2016 strategy", "compare"),
    ("Kan du lige tage mig igennem, hvad der er sket med lægernes journaler siden halvfemserne?", "timeline"),
    ("e-faktura tidslinje", "timeline"),
    ("Der ønskes en kronologisk redegørelse for bredbåndsudbygningen", "timeline"),
    ("walk me through how drones came into public work, year after year", "timeline"),
    ("patient records chronology 1995 to now", "timeline"),
    ("How did things go for the citizen portal after it opened, up to this day?", "timeline"),
    ("Alt I har liggende om droner, fra enhver strategi", "complete list"),
    ("samtlige omtaler biblioteker", "complete list"),
    ("every mention of drones please, whichever strategy", "complete list"),
    ("I'd like all passages that have to do with libraries", "complete list"),
    ("Hvilke strategier lå der egentlig på bordet i 2012?", "strategies"),
    ("strategier udgivet 2001-2010", "strategies"),
    ("Hvad har KL haft af strategier?", "strategies"),
    ("so which strategies were around in 2012", "strategies"),
    ("cyber strategies Denmark list", "strategies"),
    ("Please provide the titles of all joint strategies to date", "strategies"),
    ("Hvilke strategier er det så, der gælder lige nu?", "in force"),
    ("strategi gældende nu", "in force"),
    ("which strategies still count today", "in force"),
    ("Kindly state the strategies presently in force", "in force"),
    ("Jeg skal holde oplæg: giv mig strategiernes historie fra start til slut", "overview"),
    ("overblik danske digitaliseringsstrategier", "overview"),
    ("Give a newcomer the grand tour of Danish digital strategies", "overview"),
    ("strategies history overview", "overview"),
    ("Min chef vil have 2016-strategien på en halv side", "summary"),
    ("cyberstrategi resumé", "summary"),
    ("my boss wants the 2016 strategy on half a page", "summary"),
    ("What, in essence, is the health strategy about?", "summary"),
    ("Nå hej, er du der?", "greeting"),
    ("ok tak, det var alt", "greeting"),
    ("Hey there", "greeting"),
    ("cheers, that was all", "greeting"),
    ("Hvad duer du til?", "help"),
    ("hvordan stiller man et spørgsmål her", "help"),
    ("What are you good for?", "help"),
    ("how do I ask a question here", "help"),
    ("Min far er 84, slipper han for det digitale?", "lookup"),
    ("ventetid borgerservice odense", "lookup"),
    ("Det ønskes oplyst, hvem der fører tilsyn med droner", "lookup"),
    ("Hvad pokker er en orkestrering?", "lookup"),
    ("Hvem kan hjælpe min nabo med at logge på?", "lookup"),
    ("forskellen på en region og en kommune", "lookup"),
    ("Hvor på listen ligger Danmark i EU?", "lookup"),
    ("Hvad siger den nuværende strategi om biblioteker og læsesale?", "lookup"),
    ("Hvor mange delmål har strategien for 2026?", "lookup"),
    ("Historien om drengen i forordet, hvad går den ud på?", "lookup"),
    ("is my dad, 84, let off the digital stuff", "lookup"),
    ("waiting time citizen service odense", "lookup"),
    ("Please state who supervises drones", "lookup"),
    ("Who can help my neighbour log on?", "lookup"),
    ("difference between a region and a municipality", "lookup"),
    ("What has the present strategy got to say on libraries?", "lookup"),
    ("How many sub-goals are in the 2026 strategy?", "lookup"),
    ("What's the plan if the power goes?", "lookup"),
)
# Questions that fixed patterns once took for something else, each in three other wordings.
ONCE_MISREAD = (
    ("Who was chairman of KL at the time of the newest strategy?", "lookup"),
    ("hvem var KL's formand, dengang den seneste strategi kom", "lookup"),
    ("Which person led KL when 2026-2029 was presented?", "lookup"),
    ("MinVirksomhed, what's that supposed to be?", "lookup"),
    ("Hvad skal man forstå ved MinVirksomhed?", "lookup"),
    ("hvor holder Hetzner til", "lookup"),
    ("Hvilket år så Digitaliseringsstyrelsen dagens lys?", "lookup"),
    ("In what year was the Agency for Digital Government set up?", "lookup"),
    ("Digitaliseringsstyrelsen oprettet hvornår", "lookup"),
    ("What portion of people have trust in public digital services?", "lookup"),
    ("hvor mange stoler på det offentliges løsninger", "lookup"),
    ("How large a share trusts digital public services?", "lookup"),
    ("Hvordan skelner man en dataansvarlig fra en databehandler?", "lookup"),
    ("data controller or data processor, what's the difference?", "lookup"),
    ("NemID kontra MitID, hvad er forskellen", "lookup"),
    ("Hvad foregik der med sundhedsstrategien, efter at 2022 var gået?", "lookup"),
    ("What became of digital health work after 2022?", "lookup"),
    ("sundhedsstrategien efter 2022, hvad skete der", "lookup"),
    ("Which joint strategy covered the year 2021?", "strategies"),
    ("Fandtes der i 2021 en fællesoffentlig strategi?", "strategies"),
    ("strategies that covered 2021", "strategies"),
    ("Name the nine visions", "lookup"),
    ("Hvilke ni visioner taler den nationale strategi om?", "lookup"),
    ("What nine visions does the national strategy set out?", "lookup"),
    ("Hvor stort et beløb har KL's program, og hvem har regnet det ud?", "lookup"),
    ("Er der afsat midler til 2026-29?", "lookup"),
    ("How much money has KL's programme, and who says so?", "lookup"),
    ("Hvad bidrager strategien med til grøn omstilling?", "lookup"),
    ("What is the strategy doing for the climate?", "lookup"),
    ("hvor stor besparelse fik Aarhus ud af det", "lookup"),
    ("Jeg vil gerne have et overblik over alle strategierne", "overview"),
    ("overview of Denmark's digital strategies through history", "overview"),
    ("Hvordan har strategierne forandret sig med tiden?", "overview"),
    ("In what way have the strategies changed through the years?", "overview"),
    ("Hvad kan du egentlig hjælpe mig med?", "help"),
    ("What are you able to help me with?", "help"),
    ("hvad bruger man dig til", "help"),
    ("Hvori består forskellen på den fællesoffentlige og den nationale strategi?", "compare"),
    ("national strategy versus joint strategy", "compare"),
    ("How do the joint strategy and the national one differ?", "compare"),
    ("Hvilke opgaver får kommunerne i den nye strategi?", "lookup"),
    ("What must municipalities do under the new strategy?", "lookup"),
    ("Hvem er afsender på den nugældende strategi?", "lookup"),
    ("Who made the strategy now in force?", "lookup"),
    ("What budget does 2026-2029 have?", "lookup"),
    ("Lav et resumé af strategien 2026-2029", "summary"),
    ("Please summarise the strategy for 2026-2029", "summary"),
    ("Kan du opsummere, hvad man ville med strategien 2016-2020?", "summary"),
    ("What strategies are in force now?", "in force"),
    ("Hvilke strategier gælder den dag i dag?", "in force"),
    ("hvilke strategier er gældende", "in force"),
    ("Hvilke strategier beskæftiger sig med sundhed?", "lookup"),
    ("hvad står der om børn i strategien", "lookup"),
    ("What does the strategy have on children?", "lookup"),
    ("Hvor mange initiativer er der i den nuværende strategi, og hvem har lavet den?", "lookup"),
    ("How many initiatives has the current strategy, and who is behind it?", "lookup"),
    ("hvad siger strategien om klimaet", "lookup"),
)


# Fitting anew takes a minute on a quiet machine.
pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def router() -> Router:
    return Router.load(load_embedder())


@pytest.fixture(scope="module")
def fit() -> Fit:
    return fit_both(load_embedder())


def test_no_held_out_question_is_an_example() -> None:
    known = {text.lower() for text in (*read_examples("kind"), *read_examples("wanted"))}
    assert not known & {text.lower() for text, *_ in (*HELD_OUT, *FRESH, *ONCE_MISREAD)}


def test_the_shipped_weights_are_those_of_a_refit(fit: Fit) -> None:
    with np.load(WEIGHTS) as kept:
        assert set(kept) == set(fit[2])
        for name, array in fit[2].items():
            np.testing.assert_allclose(kept[name], array, atol=0.02, err_msg=name)
    assert WEIGHTS.stat().st_size < 1_500_000


def test_held_out_questions_are_told_as_often_as_measured(router: Router) -> None:
    routed = [router.route(text) for text, _, _ in HELD_OUT]
    kinds = [found.kind == kind for found, (_, kind, _) in zip(routed, HELD_OUT, strict=True)]
    wanted = [found.wanted == thing for found, (_, _, thing) in zip(routed, HELD_OUT, strict=True)]
    assert np.mean(kinds) >= 0.94
    assert np.mean(wanted) >= 0.84


def test_fresh_questions_are_told_as_often_as_measured(router: Router) -> None:
    assert np.mean([router.route(text).kind == kind for text, kind in FRESH]) >= 0.88


def test_questions_once_misread_are_told_in_other_wordings(router: Router) -> None:
    wrong = [text for text, kind in ONCE_MISREAD if router.route(text).kind != kind]
    assert len(wrong) <= 5, wrong


def test_cross_validation_stays_where_it_was(fit: Fit) -> None:
    kinds, wanted, _ = fit
    assert kinds.accuracy >= 0.87
    assert wanted.accuracy >= 0.83


def test_an_ordinary_question_is_almost_never_taken_for_another_kind(fit: Fit) -> None:
    kinds, lookup = fit[0], KINDS.index("lookup")
    chosen = np.array([decide(row, thresholds_of(kinds)) for row in kinds.held_out])
    assert (chosen[kinds.truth == lookup] == lookup).mean() >= 0.97


@pytest.mark.parametrize(
    ("kind", "least"),
    [
        ("compare", 0.79),
        ("timeline", 0.69),
        ("complete list", 0.81),
        ("strategies", 0.79),
        ("in force", 0.80),
        ("overview", 0.71),
        ("summary", 0.78),
        ("greeting", 0.74),
        ("help", 0.70),
    ],
)
def test_each_kind_is_found_as_often_as_measured(fit: Fit, kind: AnswerKind, least: float) -> None:
    kinds, place = fit[0], KINDS.index(kind)
    chosen = np.array([decide(row, thresholds_of(kinds)) for row in kinds.held_out])
    assert (chosen[kinds.truth == place] == place).mean() >= least


def test_kinds_share_what_is_no_lookups() -> None:
    thresholds = np.full(len(KINDS), 0.8, np.float32)
    row = np.zeros(len(KINDS), np.float32)
    row[[KINDS.index("lookup"), KINDS.index("compare"), KINDS.index("timeline")]] = 0.15, 0.45, 0.4
    assert KINDS[decide(row, thresholds)] == "compare"
    row[[KINDS.index("lookup"), KINDS.index("timeline")]] = 0.25, 0.3
    assert KINDS[decide(row, thresholds)] == "lookup"


def test_a_route_names_a_kind_and_a_confidence_even_of_nothing(router: Router) -> None:
    for text in ("", "🙂", "<b>x</b>" * 500):
        routed = router.route(text)
        assert routed.kind in KINDS
        assert routed.wanted in WANTED
        assert 0 <= routed.kind_confidence <= 1
