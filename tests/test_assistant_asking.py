"""Asking: the topic, the parts, the names and the numbered things of a question, in both languages."""

import pytest

from assistant.question.asking import (
    asks_for_all_numbered,
    asks_for_title,
    names_in,
    numbered_named,
    parts_of,
    topic_of,
)


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Compare Digital Post across strategies", ("Digital", "Post")),
        ("Hvordan har tilliden udviklet sig i strategierne?", ("tilliden",)),
        ("forskel på 2016-2020 og 2022-2025 om kunstig intelligens", ("kunstig", "intelligens")),
        ("Har alle strategier nævnt sundhed?", ("sundhed",)),
        ("How has security changed across the strategies?", ("security",)),
        ("What happened with digital post?", ("digital", "post")),
        ("Hvad er der sket med NemID?", ("NemID",)),
        ("historien om borger.dk", ("borger.dk",)),
        ("tidslinje for MitID", ("MitID",)),
        ("List all initiatives on AI after 2018", ("AI",)),
        ("Oplist alle initiativer om kunstig intelligens", ("kunstig", "intelligens")),
        ("Hvad er Digital Fuldmagt?", ("Digital", "Fuldmagt")),
        ("Hvilke fokusområder har strategien 2026-2029?", ("fokusområder",)),
        ("Hvad siger den gældende strategi om AI?", ("AI",)),
    ],
)
def test_the_topic_is_what_is_left_when_the_asking_is_taken_away(question: str, topic: tuple[str, ...]) -> None:
    assert topic_of(question) == topic


def test_a_short_name_is_set_aside_with_its_year_and_its_place_in_the_order() -> None:
    assert topic_of("What did the growth plan of 2014 contain?") == ()
    assert topic_of("Hvad ville den første cyberstrategi?") == ()
    assert topic_of("Hvad er AltID?") == ("AltID",)


def test_the_kinds_of_numbered_things_that_a_question_mentions() -> None:
    assert numbered_named("Hvor mange initiativer og hvilke fokusområder har strategien?") == ["initiative", "focus area"]
    assert numbered_named("What are the goals?") == ["goal"]
    assert numbered_named("Hvad er MitID?") == []


@pytest.mark.parametrize(
    ("question", "all_of_them"),
    [
        ("Hvilke fokusområder har den gældende strategi?", True),
        ("Which goals does the current strategy have?", True),
        ("List the initiatives of the Joint Government Digital Strategy 2026-2029", True),
        ("Hvor mange fokusområder har den fællesoffentlige digitaliseringsstrategi 2022-2025?", True),
        ("Hvilke initiativer i strategien 2026-2029 handler om børn?", False),
        ("Which initiatives concern AI?", False),
        ("Hvad er MitID?", False),
    ],
)
def test_a_question_that_asks_for_some_of_them_is_not_answered_by_all(question: str, all_of_them: bool) -> None:
    assert asks_for_all_numbered(question) is all_of_them


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("Hvad koster det, og hvem betaler regningen?", ("Hvad koster det", "hvem betaler regningen?")),
        ("Who signed the foreword and when was it published?", ("Who signed the foreword", "when was it published?")),
        ("Hvad siger strategien om børn og unge?", ("Hvad siger strategien om børn og unge?",)),
        ("Hvem, hvornår og hvorfor?", ("Hvem, hvornår og hvorfor?",)),
    ],
)
def test_a_question_may_ask_several_things(question: str, parts: tuple[str, ...]) -> None:
    assert parts_of(question) == parts


def test_names_are_what_is_written_as_names() -> None:
    assert names_in("Hvad siger strategien 2016-2020 om MitID i Aarhus?") == ("MitID", "Aarhus")


def test_a_title_may_be_asked_for() -> None:
    assert asks_for_title("Hvad hedder den gældende strategi?")
    assert not asks_for_title("Hvem står bag den gældende strategi?")
