"""Asking: the kind of answer, the kind of thing, and the topic of a question, in both languages."""

import pytest

from assistant.question.asking import (
    asks_for_all_numbered,
    asks_for_title,
    kind_in,
    names_in,
    numbered_named,
    parts_of,
    topic_of,
    wanted_in,
)


@pytest.mark.parametrize(
    ("question", "kind", "topic"),
    [
        ("Compare Digital Post across strategies", "compare", ("Digital", "Post")),
        ("Hvordan har tilliden udviklet sig i strategierne?", "compare", ("tilliden",)),
        ("forskel på 2016-2020 og 2022-2025 om kunstig intelligens", "compare", ("kunstig", "intelligens")),
        ("Har alle strategier nævnt sundhed?", "compare", ("sundhed",)),
        ("How has security changed across the strategies?", "compare", ("security",)),
        ("What happened with digital post?", "timeline", ("digital", "post")),
        ("Hvad er der sket med NemID?", "timeline", ("NemID",)),
        ("historien om borger.dk", "timeline", ("borger.dk",)),
        ("tidslinje for MitID", "timeline", ("MitID",)),
        ("List all initiatives on AI after 2018", "complete list", ("AI",)),
        ("Oplist alle initiativer om kunstig intelligens", "complete list", ("kunstig", "intelligens")),
        ("Hvad er Digital Fuldmagt?", "lookup", ("Digital", "Fuldmagt")),
        ("Hvilke fokusområder har strategien 2026-2029?", "lookup", ("fokusområder",)),
        ("Hvad siger den gældende strategi om AI?", "lookup", ("AI",)),
    ],
)
def test_the_kind_of_answer_and_the_topic(question: str, kind: str, topic: tuple[str, ...]) -> None:
    assert kind_in(question) == kind
    assert topic_of(question) == topic


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Hvor mange initiativer er der?", "number"),
        ("Which share of citizens trusts it?", "number"),
        ("Hvad koster MitID borgerne?", "money"),
        ("How much money was set aside for it?", "money"),
        ("What is the budget of the strategy?", "money"),
        ("Hvornår blev NemID indført?", "time"),
        ("On which day did the strategy come out?", "time"),
        ("Who published the strategy?", "publisher"),
        ("Hvem står bag strategien?", "publisher"),
        ("Hvad fulgte efter 2007-2010?", "successor"),
        ("What replaced the 2022-2025 strategy?", "successor"),
        ("Hvilken strategi kom før 2011-2015?", "predecessor"),
        ("What did the 2011-2015 strategy replace?", "predecessor"),
        ("Which strategy was in force in 2013?", "strategy"),
        ("Hvad hedder den gældende strategi?", "strategy"),
        ("Hvilke fokusområder er der?", "list"),
        ("Hvad er Digital Fuldmagt?", "definition"),
        ("What does once-only mean?", "definition"),
        ("AltID", "definition"),
        ("Hvad er Mit Overblik?", "definition"),
        ("What are basic data?", "definition"),
        ("What is the Danish Agency for Digital Government?", "definition"),
        ("What are the goals?", "list"),
        ("What is the basic data agreement?", "passage"),
        ("Hvad er målene?", "passage"),
        ("Hvilke cyberstrategier findes der?", "strategy"),
        ("List all national strategies", "strategy"),
        ("Which was the first?", "strategy"),
        ("Hvad kom der ud af strategien 2016-2020?", "passage"),
    ],
)
def test_what_kind_of_thing_is_wanted(question: str, wanted: str) -> None:
    assert wanted_in(question) == wanted


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Hvem stod bag?", "publisher"),
        ("Hvem vedtog den?", "publisher"),
        ("Er strategien 2022-2025 stadig i kraft?", "successor"),
        ("Is the 2016-2020 strategy still in force?", "successor"),
        ("Hvad var der afsat af penge?", "money"),
        ("Which strategies have there been since 2001?", "strategy"),
        ("Hvad hedder de?", "list"),
    ],
)
def test_other_ways_to_ask_want_the_same(question: str, wanted: str) -> None:
    assert wanted_in(question) == wanted


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
