"""Abstaining: the type of an abstention, and what is said of what exists, is held, was searched and comes nearest."""

from datetime import date

import pytest

from assistant.messages.abstaining import names_missing, without_document, word_abstention
from assistant.question.understanding import Understanding, understand
from assistant.values import Abstention, Searched
from corpus.catalogue import load_catalogue
from corpus.values import Filters
from tests.fakes import a_passage

CATALOGUE = load_catalogue()
HELD = [CATALOGUE.strategy("joint-2016-2020")]
NEAR = [a_passage("Et.", headings=("Vision",)), a_passage("To.", headings=("Vision",)), a_passage("Tre.", headings=("Mål",))]


def asked(question: str, filters: Filters | None = None) -> Understanding:
    return understand(
        question,
        catalogue=CATALOGUE,
        indexed=["joint-2016-2020"],
        on=date(2026, 11, 24),
        filters=filters or Filters(),
    )


@pytest.mark.parametrize(
    ("question", "abstained"),
    [
        ("Hvad siger cyberstrategien 2018-2021 om havne?", "outside the collection"),
        ("What does the AI strategy say?", "outside the collection"),
        ("What did the strategy say in 2021?", "period without a document"),
        ("Hvilken strategi gjaldt i 1985?", "period without a document"),
        ("Hvad siger strategien 2016-2020 om havne?", None),
        ("Hvad er MitID?", None),
    ],
)
def test_a_strategy_or_a_time_without_a_document(question: str, abstained: Abstention | None) -> None:
    assert without_document(asked(question)) == abstained
    assert without_document(asked(question, Filters(everything=True))) is None


def test_other_documents_may_name_what_has_none() -> None:
    understood = asked("Who published the AI strategy of 2019?")
    assert names_missing("The National Strategy for Artificial Intelligence of March 2019 came first.", understood, CATALOGUE)
    assert not names_missing("The Danish Cyber and Information Security Strategy came first.", understood, CATALOGUE)


def said(abstained: Abstention, question: str) -> str:
    searched = Searched(documents=1, pages=20)
    return word_abstention(abstained, asked(question), NEAR, searched=searched, held=HELD)


def test_what_is_searched_and_nearest_is_said() -> None:
    assert said("nothing near", "Hvad er hovedstaden?") == (
        "Det svarer dokumenterne ikke på, og intet i dem ligger tæt på. Der er søgt i 1 dokument med 20 sider. "
        "Det nærmeste, de handler om, er: Vision (En strategi); Mål (En strategi)."
    )
    assert said("near but not answering", "What is it worth?").startswith(
        "The documents do not answer this. Some of them come near it, but no sentence answers. "
        "Searched: 1 document with 20 pages."
    )


def test_a_strategy_without_a_document_is_named_beside_what_is_held() -> None:
    assert said("outside the collection", "Hvad siger cyberstrategien 2018-2021?").startswith(
        "Det svarer dokumenterne ikke på: Samlingen har intet dokument om Den nationale cyberstrategi 2018-2021. "
        "Samlingen har dokumenter om: Den fællesoffentlige digitaliseringsstrategi 2016-2020."
    )


def test_a_time_without_a_document_tells_what_existed_then() -> None:
    text = said("period without a document", "What did the strategy say in 2021?")
    assert "The catalogue knows these strategies in force in 2021: " in text
    assert "The national cyber strategy 2018-2021" in text
    assert "The collection holds documents of: The Joint Government Digital Strategy 2016-2020." in text
    nothing = said("period without a document", "Hvilken strategi gjaldt i 1985?")
    assert "Kataloget kender ingen strategier, der gjaldt i 1985." in nothing


def test_a_bounded_search_can_be_widened() -> None:
    assert said("nothing near", "Hvad siger strategien 2016-2020 om havne?").endswith(
        "Søgningen blev begrænset ud fra spørgsmålet; den kan udvides til alle dokumenter."
    )
