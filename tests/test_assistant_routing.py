"""What kind a question is and what it wants, told by the shipped weights."""

import numpy as np
import pytest

from assistant.question.routing import KINDS, WANTED, WEIGHTS, Router, decide
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


@pytest.fixture(scope="module")
def router() -> Router:
    return Router.load(load_embedder())


@pytest.fixture(scope="module")
def fit() -> Fit:
    return fit_both(load_embedder())


def test_no_held_out_question_is_an_example() -> None:
    known = {text.lower() for text in (*read_examples("kind"), *read_examples("wanted"))}
    assert not known & {text.lower() for text, _, _ in HELD_OUT}


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
    assert np.mean(kinds) >= 0.83
    assert np.mean(wanted) >= 0.84


def test_cross_validation_stays_where_it_was(fit: Fit) -> None:
    kinds, wanted, _ = fit
    assert kinds.accuracy >= 0.80
    assert wanted.accuracy >= 0.79


def test_an_ordinary_question_is_almost_never_taken_for_another_kind(fit: Fit) -> None:
    kinds, lookup = fit[0], KINDS.index("lookup")
    chosen = np.array([decide(row, thresholds_of(kinds)) for row in kinds.held_out])
    assert (chosen[kinds.truth == lookup] == lookup).mean() >= 0.98


def test_a_route_names_a_kind_and_a_confidence_even_of_nothing(router: Router) -> None:
    for text in ("", "🙂", "<b>x</b>" * 500):
        routed = router.route(text)
        assert routed.kind in KINDS
        assert routed.wanted in WANTED
        assert 0 <= routed.kind_confidence <= 1
