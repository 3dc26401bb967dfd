"""Understanding: the language, the strategies named, what is wanted, and a follow-up made to stand alone."""

from datetime import date

import pytest

from assistant.understanding import Understanding, understand
from corpus.catalogue import load_catalogue
from corpus.errors import QuestionError
from corpus.language import question_language
from corpus.values import Filters

CATALOGUE = load_catalogue()
JOINT = ["joint-2011-2015", "joint-2016-2020", "joint-2022-2025", "joint-2026-2029"]


def asked(question: str, *history: str, filters: Filters | None = None) -> Understanding:
    return understand(
        question,
        catalogue=CATALOGUE,
        indexed=JOINT,
        on=date(2026, 11, 23),
        history=history,
        filters=filters or Filters(),
    )


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("What is Digital Fuldmagt to become?", "en"),
        ("Hvad er Digital Post?", "da"),
        ("Who pays?", "en"),
        ("Hvem betaler?", "da"),
        ("digital identitetstegnebog", "da"),
        ("digital identity wallet", "en"),
    ],
)
def test_the_language_of_a_question(question: str, language: str) -> None:
    assert question_language(question) == language


@pytest.mark.parametrize(
    ("question", "strategies"),
    [
        ("Hvad er målene i strategien for 2016-2020?", ("joint-2016-2020",)),
        ("What did the 2011–15 strategy say about schools?", ("joint-2011-2015",)),
        ("Hvad står der i Sammen griber vi de digitale muligheder?", ("joint-2026-2029",)),
        ("Hvad siger den nuværende strategi om AI?", ("joint-2026-2029",)),
        ("Hvad er MitID?", ()),
    ],
)
def test_a_strategy_that_is_named_becomes_a_filter(question: str, strategies: tuple[str, ...]) -> None:
    assert asked(question).query.filters.strategies == strategies


def test_a_filter_of_the_caller_wins() -> None:
    chosen = Filters(strategies=("joint-2011-2015",))
    assert asked("Hvad står der i strategien 2016-2020?", filters=chosen).query.filters == chosen


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Hvor mange initiativer er der?", "number"),
        ("Which share of citizens trusts it?", "number"),
        ("Hvornår blev NemID indført?", "time"),
        ("Who published the strategy?", "publisher"),
        ("Hvem står bag strategien?", "publisher"),
        ("Hvilke fokusområder er der?", "list"),
        ("Hvad er Digital Fuldmagt?", "passage"),
    ],
)
def test_what_kind_of_answer_is_wanted(question: str, wanted: str) -> None:
    assert asked(question).wanted == wanted


def test_a_follow_up_takes_the_question_before_it_along() -> None:
    first = "Hvad siger strategien 2016-2020 om erhvervslivet?"
    followed = asked("Og hvem betaler for det?", first)
    assert "erhvervslivet" in followed.query.text
    assert followed.query.filters.strategies == ("joint-2016-2020",)


def test_a_question_that_stands_alone_leaves_the_past_alone() -> None:
    alone = asked("Hvor mange besøg havde borger.dk i 2024?", "Hvad siger strategien 2016-2020 om erhvervslivet?")
    assert alone.query.text == "Hvor mange besøg havde borger.dk i 2024?"
    assert alone.query.filters.strategies == ()


@pytest.mark.parametrize("question", ["", "   ", "?!", "🙂🙂"])
def test_a_question_without_words_is_an_error(question: str) -> None:
    with pytest.raises(QuestionError):
        asked(question)


def test_a_very_long_question_is_cut_not_refused() -> None:
    assert len(asked("digital post " * 10_000).query.text) <= 2000
