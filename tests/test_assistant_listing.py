"""Listing: everything that is said, numbered things first, what was searched, and who says nothing."""

from assistant.tables.listing import list_all, strategies_between
from assistant.tables.phrasing import word_listing
from corpus.catalogue import load_catalogue
from corpus.values import Filters
from tests.fakes_index import Text, an_index

CATALOGUE = load_catalogue()
INDEX = an_index(
    Text(
        "plan.pdf",
        "joint-2026-2029",
        [
            "# Indledning\nRobotter er nævnt her i planen.",
            "# INITIATIV 10 Hjælp\nRobotter skal hjælpe de ældre.\nDet sker i 2027.",
            "# INITIATIV 2 Robotter\nDe skal køre hele døgnet.",
        ],
    ),
    Text("robot.pdf", "joint-2016-2020", ["Vi nævner robotter.", *["Robotter står på hver side."] * 40]),
    Text("tavs.pdf", "joint-2001-2004", ["Fakturaer skal være digitale."]),
    Text("historie.pdf", None, ["Vi nævner robotter.", "Robotter kom i 1961."]),
)


def listed(**options: object):
    return list_all("robotter", language="da", index=INDEX, catalogue=CATALOGUE, **options)  # type: ignore[arg-type]


def test_the_lines_name_the_numbered_things_in_their_order_first() -> None:
    assert word_listing(listed(filters=Filters(strategies=("joint-2026-2029", "joint-2001-2004")))).splitlines() == [
        "Alt om »robotter«: 3 steder i én strategi. 2 dokumenter og 4 sider er gennemgået.",
        "",
        "Den fællesoffentlige digitaliseringsstrategi 2026-2029",
        "Initiativ 2:",
        "- »De skal køre hele døgnet.« [1]",
        "Initiativ 10:",
        "- »Robotter skal hjælpe de ældre.« [2]",
        "Andre steder:",
        "- »Robotter er nævnt her i planen.« [3]",
        "",
        "Ikke omtalt i det, der er gennemgået af: Den fællesoffentlige strategi 2001-2004.",
    ]


def test_the_same_words_are_given_once() -> None:
    found = listed()
    texts = [item.citation.quote.text for section in found.sections for item in section.items]
    assert len(texts) == len(set(texts))
    assert [section.strategy and section.strategy.id for section in found.sections] == [
        "joint-2016-2020",
        "joint-2026-2029",
        None,
    ]
    assert [item.citation.quote.text for item in found.sections[-1].items] == ["Robotter kom i 1961."]


def test_other_kinds_of_numbered_things_are_left_unnamed() -> None:
    (section,) = listed(kinds=("goal",), filters=Filters(strategies=("joint-2026-2029",))).sections
    assert [item.kind for item in section.items] == [None, None, None]


def test_strategies_by_the_years_in_which_they_began() -> None:
    assert {strategy.id for strategy in strategies_between(CATALOGUE, after=2021)} >= {"joint-2022-2025", "joint-2026-2029"}
    assert "joint-2016-2020" not in {strategy.id for strategy in strategies_between(CATALOGUE, after=2016)}
    assert "joint-2011-2015" in {strategy.id for strategy in strategies_between(CATALOGUE, after=2006, before=2016)}
