"""Following: a follow-up takes what it leaves unsaid from the questions before it, in both languages, and nothing else."""

from datetime import date

import pytest

from assistant.question.following import Turn, converse
from assistant.question.routing import Router
from corpus.catalogue import load_catalogue
from corpus.embedding import load_embedder

CATALOGUE, ROUTER = load_catalogue(), Router.load(load_embedder())
DA, EN = "Hvad siger strategien 2016-2020 om erhvervslivet?", "What does the 2016-2020 strategy say about businesses?"


def follow(*questions: str) -> Turn:
    return converse(questions, catalogue=CATALOGUE, router=ROUTER, on=date(2026, 11, 24))


def strategies(turn: Turn) -> list[str]:
    return [strategy.id for strategy in turn.meant.strategies] if turn.meant else []


@pytest.mark.parametrize(
    ("before", "follow_up", "text", "strategy"),
    [
        (DA, "og hvad med 2011-2015?", "Hvad siger strategien 2011-2015 om erhvervslivet?", "joint-2011-2015"),
        (EN, "and 2011-2015?", "What does the 2011-2015 strategy say about businesses?", "joint-2011-2015"),
        (DA, "Hvad med den forrige?", "Hvad siger strategien 2011-2015 om erhvervslivet?", "joint-2011-2015"),
        (EN, "what about the previous one?", "What does the 2011-2015 strategy say about businesses?", "joint-2011-2015"),
        (EN, "and the current one?", "What does the 2026-2029 strategy say about businesses?", "joint-2026-2029"),
        (DA, "og hvad med skoler?", "Hvad siger strategien 2016-2020 om skoler?", "joint-2016-2020"),
        (EN, "and schools?", "What does the 2016-2020 strategy say about schools?", "joint-2016-2020"),
        (DA, "Og hvem betaler for det?", "hvem betaler for det (erhvervslivet, strategien 2016-2020)?", "joint-2016-2020"),
        (EN, "and who pays for it?", "who pays for it (businesses, the strategy 2016-2020)?", "joint-2016-2020"),
        (DA, "Hvem står bag?", "Hvem står bag (strategien 2016-2020)?", "joint-2016-2020"),
        (EN, "When was it published?", "When was it published (the strategy 2016-2020)?", "joint-2016-2020"),
        (DA, "Hvad kom efter den?", "Hvad kom efter den (strategien 2016-2020)?", "joint-2016-2020"),
    ],
)
def test_a_follow_up_stands_alone(before: str, follow_up: str, text: str, strategy: str) -> None:
    turn = follow(before, follow_up)
    assert turn.text == text
    assert strategies(turn) == [strategy]
    assert turn.carried


def test_a_number_asked_for_is_asked_for_again() -> None:
    turn = follow("How many initiatives does the 2016-2020 strategy have?", "And the current one?")
    assert (turn.wanted, turn.text) == ("number", "How many initiatives does the 2026-2029 strategy have?")


def test_a_topic_without_a_strategy_is_carried_too() -> None:
    assert follow("Hvad er Digital Post?", "Hvornår blev det obligatorisk?").topic == ("obligatorisk", "Digital", "Post")
    assert follow("What is Digital Post?", "When did it become mandatory?").topic == ("mandatory", "Digital", "Post")


@pytest.mark.parametrize(
    ("questions", "text"),
    [
        (("Hvornår blev MitID lanceret?", "og NemID?"), "Hvornår blev NemID lanceret?"),
        (("When was MitID launched?", "What about NemID?"), "When was NemID launched?"),
        (
            ("What is Digital Post?", "when did it become mandatory for citizens?", "and for businesses?"),
            "when did it become mandatory for businesses (Digital Post)?",
        ),
        (
            ("Hvornår blev Digital Post obligatorisk for borgere?", "og for virksomheder?"),
            "Hvornår blev Digital Post obligatorisk for virksomheder?",
        ),
    ],
)
def test_one_part_of_the_topic_is_changed(questions: tuple[str, ...], text: str) -> None:
    assert follow(*questions).text == text


def test_a_chain_of_follow_ups() -> None:
    turn = follow(EN, "What about the previous one?", "and the one before that?")
    assert turn.text == "What does the 2007-2010 strategy say about businesses?"
    assert strategies(turn) == ["joint-2007-2010"]


@pytest.mark.parametrize(
    "question",
    [
        "Hvor mange besøg havde borger.dk i 2024?",
        "What is MitID?",
        "Hvad er den fællesoffentlige digitale arkitektur?",
        "Hvornår blev det nye Digital Post taget i brug?",
        "How many citizens were exempt from Digital Post?",
        "Hvilke strategier handler om sundhed?",
        "Which strategies cover schools?",
        "Er der en strategi for havne?",
    ],
)
def test_a_question_that_stands_alone_leaves_the_past_alone(question: str) -> None:
    turn = follow(DA, question)
    assert (turn.text, turn.carried, strategies(turn)) == (question, False, [])


@pytest.mark.parametrize(
    "question", ["hvad siger strategien om børn?", "Does the strategy mention ports?", "Hvad lover strategien de ældre?"]
)
def test_the_strategy_with_a_topic_of_its_own_is_no_follow_up_of_a_list_of_all(question: str) -> None:
    turn = follow("Hvilke strategier har der været siden 2001?", question)
    assert (turn.text, turn.carried) == (question, False)


def test_a_strategy_of_its_own_takes_the_place_of_the_old_one() -> None:
    turn = follow(DA, "Hvad siger strategien 2022-2025 om klima og grøn omstilling?")
    assert (strategies(turn), turn.carried) == (["joint-2022-2025"], False)
    assert turn.topic == ("klima", "grøn", "omstilling")


def test_no_history_changes_nothing() -> None:
    assert follow("og hvad med den?").carried is False
    assert follow("", "   ", "Hvad er MitID?").text == "Hvad er MitID?"


def test_the_parts_of_a_strategy_are_not_carried_into_a_question_of_its_own() -> None:
    turn = follow("Hvad er målene i strategien 2022-2025?", "Hvor mange initiativer har den?")
    assert turn.text == "Hvor mange initiativer har den (strategien 2022-2025)?"
    turn = follow("Hvor mange fokusområder har strategien 2016-2020?", "Hvad hedder de?")
    assert turn.text == "Hvad hedder de (fokusområder, strategien 2016-2020)?"


def test_years_alone_mean_a_strategy_of_the_kind_that_was_spoken_of() -> None:
    asked = ["Hvad vil KL's digitaliseringsstrategi 2021-2025?", "Hvad med 2016-2020?"]
    turn = follow(*asked)
    assert strategies(turn) == ["municipal-2016-2020"]
    turn = follow("Hvad siger AI-strategien fra 2019 om etik?", "Og den fra 2024?")
    assert turn.text == "Hvad siger Den strategiske indsats for kunstig intelligens 2024 om etik?"


def test_a_name_alone_is_asked_in_the_language_of_the_conversation() -> None:
    assert follow("What is the digital identity wallet?", "AltID").language == "en"


def test_what_is_current_is_replaced_with_its_article() -> None:
    assert follow("Hvem står bag den gældende strategi?", "Hvad med den forrige?").text == "Hvem står bag strategien 2022-2025?"
    asked = follow("What does the current cyber strategy say about firms?", "and the first one?")
    assert asked.text == "What does the strategy 2015-2016 say about firms?"


def test_strategies_that_a_follow_up_names_take_the_place_of_those_before() -> None:
    turn = follow("Hvad er målene i strategien 2026-2029?", "Who agreed the joint-government strategies?")
    assert len(strategies(turn)) == 7
    assert not turn.carried
