"""Question: what a question asks is shown, in words and as data, and what bounds the search can be taken away."""

from datetime import date

import pytest

from assistant.question.routing import Router
from assistant.question.understanding import Question, understand
from assistant.values import Restriction
from corpus.catalogue import load_catalogue
from corpus.embedding import load_embedder
from corpus.errors import QuestionError
from corpus.language import question_language
from corpus.renamings import load_renamings, other_names
from corpus.values import Filters

CATALOGUE, RENAMINGS, ROUTER = load_catalogue(), load_renamings(), Router.load(load_embedder())
JOINT = ["joint-2011-2015", "joint-2016-2020", "joint-2022-2025", "joint-2026-2029"]


def asked(question: str, *history: str, filters: Filters | None = None) -> Question:
    return understand(
        question,
        catalogue=CATALOGUE,
        router=ROUTER,
        indexed=JOINT,
        on=date(2026, 11, 24),
        history=history,
        filters=filters or Filters(),
        renamings=RENAMINGS,
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
    ("question", "strategies", "shown"),
    [
        (
            "Hvad er målene i strategien for 2016-2020?",
            ("joint-2016-2020",),
            "Søgt kun i: Den fællesoffentlige digitaliseringsstrategi 2016-2020 (nævnt i spørgsmålet).",
        ),
        (
            "What does the current strategy say about AI?",
            ("joint-2026-2029",),
            "Searched all documents. Read first: The Joint Government Digital Strategy 2026-2029 (the one in force today).",
        ),
        (
            "Which strategy was in force in 2013?",
            ("joint-2011-2015",),
            "Searched only: strategies in force in 2013: The joint government digital strategy 2011-2015 (by the years).",
        ),
        (
            "Hvad gjaldt pr. 1. juli 2013?",
            ("joint-2011-2015",),
            "Søgt i alle dokumenter. Læst først: strategier, der gjaldt den 1. juli 2013: "
            "Den fællesoffentlige digitaliseringsstrategi 2011-2015 (fundet ud fra årstallene).",
        ),
        ("Hvad er borger.dk?", (), "Søgt i alle dokumenter."),
    ],
)
def test_what_is_searched_is_shown(question: str, strategies: tuple[str, ...], shown: str) -> None:
    understood = asked(question)
    assert understood.scope.strategies == strategies
    assert understood.shown.text == shown
    assert [bound.values for bound in understood.shown.restrictions] == ([strategies] if understood.bound else [])


def test_a_bound_is_data_that_can_be_taken_away() -> None:
    question = "Hvad står der i strategien 2016-2020 om børn?"
    (bound,) = asked(question).shown.restrictions
    assert bound == Restriction(
        on="strategies",
        values=("joint-2016-2020",),
        label="Den fællesoffentlige digitaliseringsstrategi 2016-2020",
        reason="named",
    )
    free = asked(question, filters=Filters(everything=True))
    assert free.scope.strategies == ()
    assert (free.shown.restrictions, free.missing, free.shown.strategies) == ((), (), ("joint-2016-2020",))


def test_what_the_caller_chose_wins_and_is_shown() -> None:
    chosen = Filters(strategies=("joint-2011-2015",), languages=("da", "en"))
    understood = asked("What does the strategy 2016-2020 say?", filters=chosen)
    assert understood.scope == chosen
    assert [(bound.on, bound.reason) for bound in understood.shown.restrictions] == [
        ("strategies", "chosen"),
        ("languages", "chosen"),
    ]
    assert "Searched only text in Danish and English (your choice)." in understood.shown.text


def test_a_language_chosen_leaves_the_strategy_to_the_question() -> None:
    understood = asked("Hvad står der i strategien 2016-2020?", filters=Filters(languages=("en",)))
    assert understood.scope == Filters(strategies=("joint-2016-2020",), languages=("en",))


def test_a_strategy_without_a_document_is_named_as_missing() -> None:
    understood = asked("Hvad siger cyberstrategien 2018-2021?")
    assert understood.scope.strategies == ()
    assert understood.shown.missing == ("cyber-2018-2021",)
    assert "Samlingen har intet dokument om: Den nationale cyberstrategi 2018-2021." in understood.shown.text


@pytest.mark.parametrize(
    ("question", "also", "words"),
    [
        ("Hvad er MitID?", ("Digital Signatur", "NemID"), "Også søgt på: Digital Signatur, NemID (fra 2010)."),
        ("What did NemIDs users think?", ("Digital Signatur", "MitID"), "Also searched as: Digital Signatur, MitID (from 2021)."),
        ("Hvad laver Digitaliseringsstyrelsen?", ("IT- og Telestyrelsen",), "Også søgt på: IT- og Telestyrelsen."),
        ("Hvad er borger.dk?", (), ""),
    ],
)
def test_a_thing_renamed_is_searched_under_all_its_names(question: str, also: tuple[str, ...], words: str) -> None:
    shown = asked(question).shown
    assert shown.also_searched_as == also
    assert words in shown.text


def test_a_part_of_a_word_is_no_name() -> None:
    assert other_names("en sproglig KLassiker", RENAMINGS) == ()


def test_a_follow_up_is_shown_as_it_was_understood() -> None:
    shown = asked("og hvad med 2011-2015?", "Hvad siger strategien 2016-2020 om erhvervslivet?").shown
    assert shown.follow_up
    assert shown.query == "Hvad siger strategien 2011-2015 om erhvervslivet?"
    assert shown.text.startswith("Forstået som: Hvad siger strategien 2011-2015 om erhvervslivet? Søgt kun i: ")
    assert (shown.topic, shown.strategies) == (("erhvervslivet",), ("joint-2011-2015",))
    carried = asked("And who pays for it?", "What does the 2016-2020 strategy say about businesses?").shown
    assert "(carried over from the conversation)" in carried.text


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Hvad fulgte efter 2011-2015?", ["joint-2016-2020"]),
        ("What came before the 2011-2015 strategy?", ["joint-2007-2010"]),
        ("Hvad siger strategien 2011-2015 om data?", []),
    ],
)
def test_the_catalogue_knows_what_to_expect_of_a_question_of_order(question: str, expected: list[str]) -> None:
    assert [strategy.id for strategy in asked(question).expected] == expected


@pytest.mark.parametrize("question", ["", "   ", "?!", "🙂🙂"])
def test_a_question_without_words_is_an_error(question: str) -> None:
    with pytest.raises(QuestionError):
        asked(question)


def test_a_very_long_question_is_cut_not_refused() -> None:
    assert len(asked("digital post " * 10_000).text) <= 2000
