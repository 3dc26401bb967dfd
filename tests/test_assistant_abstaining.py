"""Abstaining: the kind of an abstention, and what is said of what exists, is held and was searched."""

from datetime import date

import pytest

from assistant.messages.abstaining import reason_of, word_abstention
from assistant.question.routing import Router
from assistant.question.understanding import Question, understand
from assistant.values import Abstention, Citation, Quote, Searched
from corpus.catalogue import load_catalogue
from corpus.embedding import load_embedder
from corpus.lexical import LexicalIndex
from corpus.lexicon import load_lexicon
from corpus.values import Filters
from tests.fakes import a_document

CATALOGUE, ROUTER = load_catalogue(), Router.load(load_embedder())
HELD = [CATALOGUE.strategy("joint-2016-2020")]
LEXICAL = LexicalIndex.build(["Havne og skoler får bredbånd.", "MitID er borgernes login."], ["da", "da"], load_lexicon())
NEAR = Citation(
    n=1,
    quote=Quote(text="Havne får bredbånd.", document=a_document(), page=1, heading_path=(), start=0, end=19),
    printed_page=None,
    verified=True,
)


def asked(question: str, filters: Filters | None = None) -> Question:
    return understand(
        question,
        catalogue=CATALOGUE,
        router=ROUTER,
        indexed=["joint-2016-2020"],
        on=date(2026, 11, 24),
        filters=filters or Filters(),
    )


@pytest.mark.parametrize(
    ("question", "nearly", "reason"),
    [
        ("Hvad siger cyberstrategien 2018-2021 om havne?", False, "outside the collection"),
        ("What does the AI strategy say?", True, "outside the collection"),
        ("What did the strategy say in 2021?", False, "period without a document"),
        ("Hvilken strategi gjaldt i 1985?", False, "period without a document"),
        ("Hvad siger strategien 2016-2020 om havne?", True, "near but not answering"),
        ("Hvad er MitID?", False, "nothing near"),
        ("Hvem vandt fodboldkampen?", False, "outside the collection"),
    ],
)
def test_the_kind_of_an_abstention(question: str, nearly: bool, reason: Abstention) -> None:
    assert reason_of(asked(question), LEXICAL, nearly=nearly) == reason


def said(abstained: Abstention, question: str, *nearest: Citation) -> str:
    searched = Searched(documents=1, pages=20)
    return word_abstention(abstained, asked(question), nearest, searched=searched, held=HELD)


def test_a_refusal_is_one_plain_sentence_and_what_was_searched() -> None:
    assert said("nothing near", "Hvad er hovedstaden?") == "Dokumenterne svarer ikke på det. Søgt i 1 dokument (20 sider)."
    assert said("nothing near", "What is it worth?") == "The documents do not answer this. Searched 1 document (20 pages)."


def test_the_nearest_are_offered_as_what_they_are() -> None:
    words = said("near but not answering", "Hvad koster bredbånd?", NEAR)
    assert words == "Dokumenterne svarer ikke sikkert på det. Måske er det her, du leder efter:"
    assert "may be what you are looking for" in said("near but not answering", "What does broadband cost?", NEAR)


def test_a_strategy_without_a_document_is_named_beside_what_is_held() -> None:
    assert said("outside the collection", "Hvad siger cyberstrategien 2018-2021?").startswith(
        "Dokumenterne svarer ikke på det: Samlingen har intet dokument om Den nationale cyberstrategi 2018-2021. "
        "Samlingen har dokumenter om: Den fællesoffentlige digitaliseringsstrategi 2016-2020."
    )


def test_a_time_without_a_document_says_what_existed_then() -> None:
    text = said("period without a document", "What did the strategy say in 2021?")
    assert "The catalogue knows these strategies in force in 2021: " in text
    assert "The national cyber strategy 2018-2021" in text
    assert "The collection has documents on: The Joint Government Digital Strategy 2016-2020." in text
    nothing = said("period without a document", "Hvilken strategi gjaldt i 1985?")
    assert "Kataloget kender ingen strategier, der gjaldt i 1985." in nothing
