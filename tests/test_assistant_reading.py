"""Reading: hints move a sentence's confidence; only a strategy that the question names outright leaves sentences out."""

from dataclasses import fields, replace
from datetime import date

import pytest

from assistant.finding.index import Index
from assistant.finding.reading import ScoredSentence, find, read
from assistant.finding.signs import Signs, Weights, confidence
from assistant.question.routing import Router
from assistant.question.understanding import Question, understand
from corpus.catalogue import load_catalogue
from corpus.embedding import load_embedder
from tests.fakes_index import Text, an_index

CATALOGUE, ROUTER = load_catalogue(), Router.load(load_embedder())
OLD = Text("old.txt", "joint-2011-2015", ["# Skoler\nSkolerne får 12 mio. kr. til computere.\nFristen er 1. maj 2012."])
NEW = Text("new.txt", "joint-2026-2029", ["# Skoler\nSkolerne får 30 mio. kr. til sprogmodeller."])
OWN = Text("own.txt", None, ["# Klimaplan\nPlanen for Solvang koster 9 mio. kr. i 2028."])
NEIGHBOUR = Text("neighbour.txt", None, ["# Nordhavn\nNordhavn Kommune ansætter 14 digitale vejledere."])


@pytest.fixture(scope="module")
def index() -> Index:
    return an_index(OLD, NEW, OWN, NEIGHBOUR)


def asked(question: str, index: Index) -> Question:
    return understand(question, catalogue=CATALOGUE, router=ROUTER, indexed=index.strategies, on=date(2026, 11, 28))


def answers(question: str, index: Index) -> list[ScoredSentence]:
    understood = asked(question, index)
    return read(understood, find(understood, index), index, CATALOGUE)


def sources(question: str, index: Index) -> set[str]:
    return {sentence.passage.document.name for sentence in answers(question, index)}


def test_the_surest_sentence_comes_first(index: Index) -> None:
    found = answers("Hvornår er fristen?", index)
    assert found[0].sentence.text == "Fristen er 1. maj 2012."
    assert [sentence.confidence for sentence in found] == sorted((one.confidence for one in found), reverse=True)


@pytest.mark.parametrize(
    "question",
    ["Hvad får skolerne i strategien 2011-2015?", "What do schools get in the 2011-2015 strategy?", "2011-2015 skoler penge"],
)
def test_a_strategy_named_outright_leaves_out_the_others_and_no_document_of_ones_own(question: str, index: Index) -> None:
    assert "new.txt" not in sources(question, index)
    assert {"old.txt", "own.txt"} <= sources(question, index)


@pytest.mark.parametrize("question", ["Hvad siger strategien om skolerne?", "What does the current strategy say about schools?"])
def test_a_strategy_that_is_only_meant_is_preferred_and_leaves_nothing_out(question: str, index: Index) -> None:
    found = answers(question, index)
    assert {"old.txt", "new.txt", "own.txt"} <= {sentence.passage.document.name for sentence in found}
    preferred = {sentence.passage.document.name for sentence in found if sentence.signs.preferred}
    assert preferred == {"new.txt"}


@pytest.mark.parametrize(
    "question", ["Hvad koster planen for Solvang i 2028?", "Hvor mange penge får Solvang i 2028?", "klimaplan Solvang 2028 pris"]
)
def test_a_year_or_the_word_plan_never_hides_a_document_that_the_catalogue_does_not_know(question: str, index: Index) -> None:
    assert answers(question, index)[0].passage.document.name == "own.txt"


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("Hvor mange digitale vejledere ansætter Nordhavn Kommune?", False),
        ("Hvor mange digitale vejledere ansætter Vesterby Kommune?", True),
        ("How many digital guides does Vesterby hire?", True),
        ("ansætter Vesterby digitale vejledere", True),
    ],
)
def test_a_name_that_a_sentence_lacks_speaks_against_it(question: str, missing: bool, index: Index) -> None:
    found = next(one for one in answers(question, index) if one.passage.document.name == "neighbour.txt")
    assert (found.signs.names_missing > 0) is missing


def test_every_sign_moves_the_confidence_by_its_weight() -> None:
    none = Signs(**{field.name: 0.0 for field in fields(Signs)})
    flat = Weights(**{field.name: 0.0 for field in fields(Weights)})
    assert confidence(none, flat) == 0.5
    for field in fields(Signs):
        with_sign = replace(none, **{field.name: 1.0})
        weighted = replace(flat, **{field.name: 2.0})
        assert confidence(with_sign, weighted) == pytest.approx(0.8808, abs=1e-4)
        assert confidence(none, weighted) == 0.5


def test_a_word_alone_is_no_answer() -> None:
    found = answers("Hvad er fuldmagt?", an_index(Text("figure.txt", None, ["# Figur\nFuldmagt\nFuldmagt er en tilladelse."])))
    assert [sentence.sentence.text for sentence in found] == ["Fuldmagt er en tilladelse."]
