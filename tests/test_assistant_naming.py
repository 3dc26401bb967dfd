"""Naming: which strategies a text names or means, in both languages."""

from datetime import date
from pathlib import Path

import pytest

from assistant.question.asking import topic_of
from assistant.question.naming import Meant, strategies_meant
from corpus.catalogue import SHIPPED, load_catalogue

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


def test_the_first_and_the_current_one_are_of_the_family_spoken_of_unless_strategies_are_named_anew() -> None:
    assert ids(meant("and the first one?", "cyber-2022-2024")) == ["cyber-2015-2016"]
    assert ids(meant("Og hvad med den gældende?", "cyber-2018-2021")) == ["cyber-2026-2029"]
    assert ids(meant("Hvad siger den gældende strategi om AI?", "cyber-2018-2021")) == ["joint-2026-2029"]


def test_the_current_strategy_beside_one_that_is_named_means_both() -> None:
    found = meant("Compare the current strategy with 2016-2020")
    assert found is not None
    assert (ids(found), found.reason) == (["joint-2026-2029", "joint-2016-2020"], "named")
    assert ids(meant("Is the 2016-2020 strategy still in force?")) == ["joint-2016-2020"]


def test_a_short_name_stands_for_the_latest_that_is_held_where_the_one_in_force_is_not() -> None:
    assert ids(meant("Hvad siger cyberstrategien?", held=("cyber-2018-2021", "cyber-2022-2024"))) == ["cyber-2022-2024"]
    assert ids(meant("Hvad siger cyberstrategien?", held=("cyber-2018-2021", "cyber-2026-2029"))) == ["cyber-2026-2029"]


JOINT_STRATEGIES = [
    "joint-2026-2029",
    "joint-2022-2025",
    "joint-2016-2020",
    "joint-2011-2015",
    "joint-2007-2010",
    "joint-2004-2006",
    "joint-2001-2004",
]


@pytest.mark.parametrize(
    "text",
    [
        "Who agreed the joint-government strategies?",
        "What do the joint-government digital strategies have in common?",
        "Were all of the joint digitalization strategies published online?",
        "Hvem aftalte de fælles-offentlige strategier?",
        "Hvad har de faellesoffentlige digitaliseringsstrategier til fælles?",
        "Hvor findes fællesoffentlige-digitale strategier?",
    ],
)
def test_a_short_name_is_known_however_its_words_are_joined(text: str) -> None:
    assert ids(meant(text)) == JOINT_STRATEGIES


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hvad gør strategien for grøn omstilling?", ["joint-2026-2029"]),
        ("Hvad betyder strategien for små virksomheder?", ["joint-2026-2029"]),
        ("Hvilken rolle spiller strategien for skolebørn?", ["joint-2026-2029"]),
        ("What does the strategy for the green transition do?", ["joint-2026-2029"]),
        ("What is in the strategy for schools?", ["joint-2026-2029"]),
        ("What are the strategy's plans for small firms?", ["joint-2026-2029"]),
        ("Er der sat penge af til strategien for 2026-29?", ["joint-2026-2029"]),
        ("Hvad er nyt i strategien for perioden 2022–25?", ["joint-2022-2025"]),
        ("Hvem skrev strategien for 2011 til 15?", ["joint-2011-2015"]),
        ("Is there money in the strategy for 2026-29?", ["joint-2026-2029"]),
        ("What is new in the strategy for the years 2022/25?", ["joint-2022-2025"]),
        ("Who wrote the strategy covering 2011 to 15?", ["joint-2011-2015"]),
    ],
)
def test_the_strategy_for_a_cause_is_the_one_in_force(text: str, expected: list[str]) -> None:
    found = meant(text, held=("joint-2026-2029",))
    assert found is not None
    assert ids(found) == expected
    assert found.reason == ("named" if "20" in text else "in force")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hvad siger den fra 2016 om skoler?", ["joint-2016-2020"]),
        ("Hvem stod bag den fra 2022?", ["joint-2022-2025"]),
        ("Hvor mange sider har den af 2011?", ["joint-2011-2015"]),
        ("What does the one from 2016 say about schools?", ["joint-2016-2020"]),
        ("Who was behind the one of June 2022?", ["joint-2022-2025"]),
        ("How long is that from 2011?", ["joint-2011-2015"]),
    ],
)
def test_the_one_of_a_year_is_the_joint_one_if_none_was_named_before(text: str, expected: list[str]) -> None:
    found = meant(text)
    assert found is not None
    assert (ids(found), found.reason) == (expected, "years")


def test_the_one_of_a_year_is_of_the_kind_that_was_named_before() -> None:
    assert ids(meant("Og den fra 2024?", "ai-2019")) == ["ai-2024"]
    assert ids(meant("Which strategy came before the one from 2018?", "cyber-2022-2024")) == ["cyber-2015-2016"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hvilken strategi kom lige før den fra 2016?", ["joint-2011-2015"]),
        ("Hvad hed strategien før den fra 2022?", ["joint-2016-2020"]),
        ("Hvad gik forud for den fra 2011?", ["joint-2007-2010"]),
        ("Which strategy came just before the one from 2016?", ["joint-2011-2015"]),
        ("What preceded the one of 2022?", ["joint-2016-2020"]),
        ("What was it called, the strategy prior to the one from 2011?", ["joint-2007-2010"]),
        ("Hvilken strategi kom lige efter den fra 2016?", ["joint-2022-2025"]),
        ("Which strategy came right after the one from 2016?", ["joint-2022-2025"]),
    ],
)
def test_what_came_before_or_after_the_one_of_a_year(text: str, expected: list[str]) -> None:
    found = meant(text)
    assert found is not None
    assert (ids(found), found.reason) == (expected, "neighbour")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hvad ville den forrige?", "joint-2022-2025"),
        ("What did the previous say?", "joint-2022-2025"),
        ("Hvem skrev forgængeren?", "joint-2022-2025"),
        ("What did its predecessor want?", "joint-2022-2025"),
        ("Which was the first?", "joint-2001-2004"),
        ("Hvad hed den ældste?", "joint-2001-2004"),
    ],
)
def test_the_place_of_a_strategy_among_the_joint_ones(text: str, expected: str) -> None:
    found = meant(text)
    assert found is not None
    assert (ids(found), found.reason) == ([expected], "neighbour")


@pytest.mark.parametrize(
    "text",
    [
        "What does the next strategy say?",
        "Hvad siger den efterfølgende plan?",
        "What did its successor want?",
        "Hvem skrev efterfølgeren?",
    ],
)
def test_what_follows_the_strategy_that_was_spoken_of(text: str) -> None:
    assert ids(meant(text, "joint-2016-2020")) == ["joint-2022-2025"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hvad skete der med digital sundhedsstrategi efter 2022?", ["health-2018-2022"]),
        ("Hvordan gik det med strategien for digital velfærd efter 2016?", ["welfare-2013-2020"]),
        ("Hvad blev der af KL's digitaliseringsprogram efter 2023?", ["municipal-2021-2025"]),
        ("What happened to the digital health strategy after 2022?", ["health-2018-2022"]),
        ("What became of the digital welfare strategy after 2016?", ["welfare-2013-2020"]),
        ("Was the tech diplomacy strategy renewed after 2023?", ["diplomacy-2021-2023"]),
    ],
)
def test_what_happened_to_a_strategy_after_a_year_names_that_strategy(text: str, expected: list[str]) -> None:
    found = meant(text)
    assert found is not None
    assert (ids(found), found.reason, found.years) == (expected, "named", None)


@pytest.mark.parametrize(
    "text",
    [
        "Hvilke kommunale projekter levede videre efter 2015?",
        "Hvad skete der med NemID efter 2022?",
        "Kan man stadig få papirpost efter 2014?",
        "What happened to NemID after 2022?",
        "Did municipal projects live on after 2015?",
        "Could one pay by card before 2001?",
    ],
)
def test_a_year_after_which_something_else_happened_is_no_bound(text: str) -> None:
    assert meant(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Hvilke cyberstrategier kom efter 2018?",
        "Hvilken cyberstrategi begyndte efter 2018?",
        "Nævn cyberstrategierne efter 2018",
        "Which cyber strategies came after 2018?",
        "Which cyber strategy began after 2018?",
        "List the cyber strategies after 2018",
    ],
)
def test_which_strategies_began_after_a_year_is_a_bound(text: str) -> None:
    found = meant(text)
    assert found is not None
    assert (ids(found), found.reason) == (["cyber-2026-2029", "cyber-2022-2024"], "years")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Was there a joint digital strategy covering 2021?", ["joint-2022-2025", "joint-2016-2020"]),
        ("Did a joint government strategy apply in 2012?", ["joint-2011-2015"]),
        ("Which national cyber strategy was there for 2017?", ["cyber-2018-2021", "cyber-2015-2016"]),
        ("Fandtes der en fællesoffentlig strategi i 2021?", ["joint-2022-2025", "joint-2016-2020"]),
        ("Dækkede en fællesoffentlig digitaliseringsstrategi 2012?", ["joint-2011-2015"]),
        ("Hvilken cyberstrategi gjaldt i 2017?", ["cyber-2018-2021", "cyber-2015-2016"]),
        ("Which AI strategy applied in 2021?", ["ai-2019"]),
        ("Hvilken fællesoffentlig strategi gjaldt i 1990?", []),
    ],
)
def test_a_family_and_a_year_mean_those_that_cover_or_border_on_it(text: str, expected: list[str]) -> None:
    found = meant(text)
    assert found is not None
    assert (ids(found), found.reason) == (expected, "years")


@pytest.mark.parametrize(
    "text",
    [
        "Hvem har skrevet under på forordet til den nye strategi?",
        "Hvad siger den nuværende digitaliseringsstrategi om AI?",
        "Hvad står der i vores seneste fællesoffentlige strategi?",
        "Hvad vil den aktuelle strategi?",
        "Hvad er målene i den strategi, der gælder nu?",
        "Hvad siger strategien, som er i kraft, om børn?",
        "Hvad vil den gældende for de ældre?",
        "Hvad hedder den strategi, der gælder i øjeblikket?",
        "Which strategy is in effect?",
        "Hvor mange initiativer er der i dagens strategi?",
        "Who signed the foreword of the new strategy?",
        "What does the present digital strategy say about AI?",
        "What is in our most recent joint government strategy?",
        "What does today's strategy aim for?",
        "What are the goals of the strategy that applies now?",
        "What does the strategy in force say about children?",
        "What does the latest say about the elderly?",
        "Does the newest one mention schools?",
    ],
)
def test_the_current_strategy_in_its_common_wordings(text: str) -> None:
    found = meant(text)
    assert found is not None
    assert (ids(found), found.reason) == (["joint-2026-2029"], "in force")


@pytest.mark.parametrize(
    "text",
    [
        "Hvilke strategier gælder i dag?",
        "Hvilke strategier er i kraft?",
        "Nævn de gældende strategier",
        "Which strategies are in force today?",
        "Which strategies apply now?",
        "List the current strategies",
    ],
)
def test_the_current_strategies_are_all_that_are_in_force(text: str) -> None:
    found = meant(text)
    assert found is not None
    assert sorted(ids(found)) == sorted(one.id for one in CATALOGUE.in_force(TODAY))
    assert found.reason == "in force"


@pytest.mark.parametrize(
    "text",
    [
        "When did the government present the life science strategy?",
        "Hvad er det nye i Digital Post ifølge strategierne?",
        "What new services did the ministry of the strategy offer?",
    ],
)
def test_an_adjective_of_something_else_means_no_current_strategy(text: str) -> None:
    found = meant(text)
    assert found is None or found.reason == "named"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hvad siger cyberstrategien og sundhedsstrategien om data?", ["cyber-2026-2029", "health-2018-2022"]),
        ("Compare the AI strategy with the digital health strategy", ["ai-2024", "health-2018-2022"]),
        ("Hvad er National strategi for kunstig intelligens fra 2019?", ["ai-2019"]),
        ("Who is behind the national strategy for cyber and information security?", ["cyber-2026-2029"]),
        ("Hvad siger teknologidiplomati-strategien om store tech-virksomheder?", ["diplomacy-2021-2023"]),
    ],
)
def test_the_longest_short_name_counts_and_each_of_several(text: str, expected: list[str]) -> None:
    assert ids(meant(text)) == expected


def test_a_strategy_added_to_the_catalogue_is_known_by_its_short_name(tmp_path: Path) -> None:
    added = """
[[family]]
id = "harbour"
names_da = ["havneplan", "plan for digitale færger"]
names_en = ["harbour plan"]

[[strategy]]
id = "ships-2024"
name_da = "Havneplanen 2024-2033"
name_en = "The harbour plan 2024-2033"
family = "harbour"
kind = "strategy"
level = "sector"
publishers_da = ["Havnestyrelsen"]
publishers_en = ["Harbour Agency"]
period = [2024, 2033]
sources = [{ facts = ["publishers", "period"], at = "https://example.org", mark = "official" }]
"""
    path = tmp_path / "catalogue.toml"
    path.write_text(SHIPPED.read_text(encoding="utf-8") + added, encoding="utf-8")
    catalogue = load_catalogue(path)
    for text in ("Hvad siger havneplanens mål?", "What is in the harbour-plan?", "Hvad er planen for digitale faerger?"):
        found = strategies_meant(text, catalogue, on=TODAY)
        assert (ids(found), found and found.reason) == (["ships-2024"], "named")
        assert meant(text) is None
        assert topic_of(text, catalogue) == tuple(word for word in ("mål",) if word in text)


def test_a_month_may_stand_in_a_date_and_english_may_is_no_month_else() -> None:
    found = meant("Which strategies were in force as of 3 may 2023?")
    assert found is not None
    assert found.years is not None
    assert found.years.on == date(2023, 5, 3)
