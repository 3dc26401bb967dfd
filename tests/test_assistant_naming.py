"""Naming: which strategies a text names or means, in both languages."""

from datetime import date

import pytest

from assistant.question.naming import Meant, strategies_meant
from corpus.catalogue import load_catalogue

CATALOGUE = load_catalogue()
TODAY = date(2026, 11, 24)


def meant(text: str, *focus: str, held: tuple[str, ...] = ()) -> Meant | None:
    return strategies_meant(text, CATALOGUE, on=TODAY, focus=[CATALOGUE.strategy(id) for id in focus], held=held)


def ids(found: Meant | None) -> list[str]:
    return [strategy.id for strategy in found.strategies] if found else []


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("Hvad er målene i strategien for 2016-2020?", ["joint-2016-2020"], "named"),
        ("What did the 2011–15 strategy say about schools?", ["joint-2011-2015"], "named"),
        ("Hvad står der i Sammen griber vi de digitale muligheder?", ["joint-2026-2029"], "named"),
        ("forskel på 2016-2020 og 2022-2025 om AI", ["joint-2022-2025", "joint-2016-2020"], "named"),
        ("Hvad siger den gældende strategi om AI?", ["joint-2026-2029"], "in force"),
        ("What does the current one say about AI?", ["joint-2026-2029"], "in force"),
        ("Hvad siger den gældende?", ["joint-2026-2029"], "in force"),
        ("Hvad sagde den forrige strategi om data?", ["joint-2022-2025"], "neighbour"),
        ("What did the previous one say about data?", ["joint-2022-2025"], "neighbour"),
        ("What did the one after 2007-2010 say?", ["joint-2011-2015"], "neighbour"),
        ("Hvad sagde strategien før 2016-2020 om skoler?", ["joint-2011-2015"], "neighbour"),
        ("What was the first strategy about?", ["joint-2001-2004"], "neighbour"),
        ("Hvad handlede den første cyberstrategi om?", ["cyber-2015-2016"], "neighbour"),
        ("Hvad siger cyberstrategien om små virksomheder?", ["cyber-2026-2029"], "named"),
        ("How many initiatives does the cyber strategy 2018-2021 have?", ["cyber-2018-2021"], "named"),
        ("What does the AI strategy say about language models?", ["ai-2024"], "named"),
        ("Hvem udgav AI-strategien fra 2019?", ["ai-2019"], "named"),
        ("the National Strategy for Artificial Intelligence of March 2019", ["ai-2019"], "named"),
        ("Hvem udgav sundhedsstrategien 2018-2022?", ["health-2018-2022"], "named"),
        ("What does the digital health strategy say?", ["health-2018-2022"], "named"),
        ("Hvad er KL's strategi?", ["municipal-2021-2025"], "named"),
        ("Hvad sagde KL's strategi 2016-2020?", ["municipal-2016-2020"], "named"),
        ("What does the strategy of 2016 say about growth?", ["joint-2016-2020"], "named"),
    ],
)
def test_a_strategy_named_or_meant(text: str, expected: list[str], reason: str) -> None:
    found = meant(text)
    assert ids(found) == expected
    assert found is not None
    assert found.reason == reason


@pytest.mark.parametrize(
    ("text", "relation", "year", "among", "not_among"),
    [
        ("What was planned before 2016?", "before", 2016, "joint-2011-2015", "joint-2016-2020"),
        ("Hvad planlagde man før 2016?", "before", 2016, "joint-2001-2004", "joint-2022-2025"),
        ("List all initiatives on AI after 2018", "after", 2018, "joint-2022-2025", "joint-2016-2020"),
        ("alle initiativer om AI efter 2018", "after", 2018, "joint-2026-2029", "growth-2018"),
        ("since 2016", "since", 2016, "joint-2016-2020", "joint-2011-2015"),
        ("Hvad er vedtaget fra 2016 og frem?", "since", 2016, "joint-2016-2020", "joint-2011-2015"),
        ("What applied as of 2013?", "in", 2013, "joint-2011-2015", "joint-2016-2020"),
        ("Hvilken strategi gjaldt i 2013?", "in", 2013, "joint-2011-2015", "joint-2007-2010"),
        ("What did the strategy say in 2013 about schools?", "in", 2013, "joint-2011-2015", "joint-2016-2020"),
    ],
)
def test_a_bound_in_time(text: str, relation: str, year: int, among: str, not_among: str) -> None:
    found = meant(text)
    assert found is not None
    assert found.years is not None
    assert (found.reason, found.years.relation, found.years.first) == ("years", relation, year)
    assert among in ids(found)
    assert not_among not in ids(found)


def test_as_of_a_day_is_that_day() -> None:
    before, after = meant("in force as of 9 June 2022"), meant("i kraft den 10. juni 2022")
    assert before is not None
    assert before.years is not None
    assert before.years.on == date(2022, 6, 9)
    assert "joint-2022-2025" not in ids(before)
    assert "joint-2022-2025" in ids(after)


@pytest.mark.parametrize(
    "text",
    [
        "Hvad er MitID?",
        "Hvor mange besøg havde borger.dk i 2024?",
        "What happens after 2035?",
        "Hvad sagde VK-regeringen om det?",
        "Hvem er den første minister?",
    ],
)
def test_what_names_no_strategy(text: str) -> None:
    assert meant(text) is None


def test_a_time_without_a_strategy_is_known_to_be_one() -> None:
    found = meant("Hvilke strategier gjaldt i 1985?")
    assert found is not None
    assert found.strategies == ()
    assert found.years is not None


def test_the_previous_one_is_told_from_the_one_spoken_of() -> None:
    assert ids(meant("what about the previous one?", "joint-2011-2015")) == ["joint-2007-2010"]
    assert ids(meant("og den næste?", "joint-2011-2015")) == ["joint-2016-2020"]


def test_a_short_name_stands_for_the_latest_that_is_held_where_the_one_in_force_is_not() -> None:
    assert ids(meant("Hvad siger cyberstrategien?", held=("cyber-2018-2021", "cyber-2022-2024"))) == ["cyber-2022-2024"]
    assert ids(meant("Hvad siger cyberstrategien?", held=("cyber-2018-2021", "cyber-2026-2029"))) == ["cyber-2026-2029"]
