"""Comparing: a row for each strategy in time order, each asked on its own, and an honest "not mentioned"."""

from datetime import date

import pytest

from assistant.tables.comparing import chosen_strategies, compare
from assistant.tables.phrasing import word_comparison
from corpus.catalogue import load_catalogue
from corpus.errors import QuestionError
from tests.fakes_index import Text, an_index

TALKATIVE = "\n".join(f"Digital Post skal bruges af {word} i strategien." for word in ("alle", "mange", "flere", "nogle"))
INDEX = an_index(
    Text("sidste.pdf", "joint-2026-2029", ["# Post\nMitID og Digital Post er fælles løsninger."]),
    Text("meget.pdf", "joint-2011-2015", [TALKATIVE] * 30),
    Text("digest-da.pdf", "joint-2016-2020", ["# Kort fortalt\nResuméet nævner Digital Post i strategien."], digest=True),
    Text("digest-en.pdf", "joint-2016-2020", ["# In brief\nDigital Post is in the strategy."], language="en", digest=True),
    Text("tavs.pdf", "joint-2001-2004", ["# Fakturaer\nMyndighederne skal tage imod fakturaer.", "Papiret skal væk.", "Slut."]),
    Text("kilde.pdf", None, ["Digital Post er nævnt her, men i ingen strategi."]),
)
CATALOGUE = load_catalogue()
DAY = date(2026, 11, 24)


def compared(topic: str = "Digital Post", language: str = "da", **options: object):
    return compare(topic, language=language, index=INDEX, catalogue=CATALOGUE, on=DAY, **options)  # type: ignore[arg-type]


def test_every_strategy_of_the_catalogue_has_a_row_in_time_order() -> None:
    rows = compared().rows
    assert {row.strategy.id for row in rows} == {strategy.id for strategy in CATALOGUE.strategies}
    held = [(row.strategy.id, row.verdict, row.status) for row in rows if row.verdict != "not held"]
    assert held == [
        ("joint-2001-2004", "not mentioned", "superseded"),
        ("joint-2011-2015", "mentioned", "superseded"),
        ("joint-2016-2020", "mentioned", "superseded"),
        ("joint-2026-2029", "mentioned", "in force"),
    ]


def test_quotes_are_verified_numbered_in_order_and_in_the_readers_language() -> None:
    found = compared()
    assert [citation.n for citation in found.citations] == [1, 2, 3]
    assert all(citation.verified for citation in found.citations)
    assert [row.citation.quote.document.name for row in found.of("mentioned") if row.citation] == [
        "meget.pdf", "digest-da.pdf", "sidste.pdf",
    ]  # fmt: skip
    english = compared(language="en").of("mentioned")[1]
    assert english.citation
    assert english.citation.quote.document.name == "digest-en.pdf"


def test_a_silent_strategy_says_how_much_was_searched_and_what_is_nearest() -> None:
    (silent,) = compared().of("not mentioned")
    assert (silent.pages, silent.unread, silent.citation) == (3, 0, None)
    assert silent.nearest
    assert not silent.digests_only


def test_another_name_is_said() -> None:
    (row,) = compared("NemID").of("mentioned")
    assert row.said == ("MitID",)
    assert "(under navnet MitID)" in word_comparison(compared("NemID"))


def test_the_lines_say_which_are_not_mentioned_and_which_not_held() -> None:
    text = word_comparison(compared(strategies=chosen_strategies(["2001-2004", "joint-2016-2020", "ai-2019"], CATALOGUE)))
    assert text.splitlines() == [
        "»Digital Post« på tværs af strategierne: omtalt i 1 af de 2, der har dokumenter her. 5 sider er gennemgået.",
        "Den fællesoffentlige strategi 2001-2004 (afløst): ikke omtalt (3 af 3 sider gennemgået; nærmest: Fakturaer)",
        "Den fællesoffentlige digitaliseringsstrategi 2016-2020 (afløst): »Resuméet nævner Digital Post i strategien.« [1]",
        "Intet dokument her af: Den nationale strategi for kunstig intelligens 2019.",
    ]


@pytest.mark.parametrize(("topic", "language"), [("quantum computers", "en"), ("kvantecomputere", "da"), ("drones", "en")])
def test_an_absent_topic_is_mentioned_by_none(topic: str, language: str) -> None:
    assert compared(topic, language).of("mentioned") == ()


def test_an_unknown_strategy_is_an_error_that_lists_the_known() -> None:
    with pytest.raises(QuestionError, match="no strategy 'x'; it has joint-2001-2004"):
        chosen_strategies(["x"], CATALOGUE)
