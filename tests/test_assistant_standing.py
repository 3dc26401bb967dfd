"""Standing: how the strategy of a cited document stands on a day, in both languages, with its edition."""

from datetime import date

import pytest

from assistant.messages.standing import standing_of
from assistant.quoting.citing import place
from assistant.values import Citation, Quote
from corpus.catalogue import load_catalogue
from tests.fakes import a_document

CATALOGUE = load_catalogue()


@pytest.mark.parametrize(
    ("strategy", "edition", "day", "state", "danish", "english"),
    [
        ("joint-2026-2029", None, date(2026, 11, 24), "in force", "gældende 2026-2029", "in force 2026-2029"),
        (
            "joint-2026-2029",
            "joint-2026-2029-da",
            date(2026, 11, 24),
            "in force",
            "gældende 2026-2029, dansk udgave",
            "in force 2026-2029, Danish edition",
        ),
        (
            "joint-2016-2020",
            None,
            date(2026, 11, 24),
            "superseded",
            "afløst af strategien 2022-2025",
            "superseded by the strategy 2022-2025",
        ),
        ("joint-2016-2020", None, date(2021, 6, 1), "ended", "udløbet 2020", "ended 2020"),
        (
            "joint-2026-2029",
            None,
            date(2025, 7, 1),
            "announced",
            "gælder fra 2026 til 2029",
            "in force from 2026 to 2029",
        ),
        ("health-2018-2022", None, date(2023, 7, 1), "in force", "gældende 2018-2024", "in force 2018-2024"),
    ],
)
def test_how_a_strategy_stands(strategy: str, edition: str | None, day: date, state: str, danish: str, english: str) -> None:
    found = standing_of(a_document(strategy=strategy, edition=edition), CATALOGUE, on=day)
    assert found is not None
    assert (found.state, found.words("da"), found.words("en")) == (state, danish, english)


@pytest.mark.parametrize("strategy", [None, "ai-2024", "gone-from-the-catalogue"])
def test_of_what_has_no_period_nothing_is_said(strategy: str | None) -> None:
    assert standing_of(a_document(strategy=strategy), CATALOGUE, on=date(2026, 11, 24)) is None


def test_the_place_of_a_quote_tells_the_standing() -> None:
    document = a_document(strategy="joint-2016-2020", title="Resumé", digest=True)
    citation = Citation(
        n=1,
        quote=Quote(text="x", document=document, page=2, heading_path=("Mål",), start=0, end=1),
        printed_page=None,
        verified=True,
        standing=standing_of(document, CATALOGUE, on=date(2026, 11, 24)),
    )
    assert place(citation, "da") == (
        "Resumé (vores resumé, ikke det officielle dokument; afløst af strategien 2022-2025), s. 2 · Mål"
    )
    assert place(citation, "en") == (
        "Resumé (our digest, not the official document; superseded by the strategy 2022-2025), p. 2 · Mål"
    )
