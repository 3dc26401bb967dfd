"""Strategies as wholes: each once, in order of time, with the sentence that says when it came or what it is for."""

from datetime import date

from assistant.tables.overview import CHRONOLOGY, GOALS, side_by_side
from assistant.tables.phrasing import comparison_title, word_comparison
from corpus.catalogue import load_catalogue
from tests.fakes_index import Text, an_index

CATALOGUE = load_catalogue()
INDEX = an_index(
    Text(
        "2016.pdf",
        "joint-2016-2020",
        ["Forhandlingerne om strategien begyndte i 2015.\nStrategien for 2016-2020 blev udgivet den 12. maj 2016."],
    ),
    Text(
        "2011.pdf",
        "joint-2011-2015",
        ["Strategien for 2011-2015 blev udgivet i august 2011.\nDen blev fulgt af strategien for 2016-2020 i maj 2016."],
    ),
    Text("tavs.pdf", "joint-2001-2004", ["Side 4"]),
)


def test_each_strategy_comes_once_in_order_with_the_sentence_that_dates_it() -> None:
    chosen = [CATALOGUE.strategy(key) for key in ("joint-2016-2020", "joint-2001-2004", "joint-2011-2015", "cyber-2022-2024")]
    made = side_by_side(CHRONOLOGY, chosen, language="da", index=INDEX, catalogue=CATALOGUE, on=date(2013, 7, 1))
    told = [(row.strategy.id, row.status, row.citation.quote.text if row.citation else None) for row in made.rows]
    assert told == [
        ("joint-2001-2004", "superseded", None),
        ("joint-2011-2015", "in force", "Strategien for 2011-2015 blev udgivet i august 2011."),
        ("joint-2016-2020", None, "Strategien for 2016-2020 blev udgivet den 12. maj 2016."),
        ("cyber-2022-2024", None, None),
    ]
    assert comparison_title(made) == "Strategierne i den rækkefølge, de kom"
    lead, *_, missing = word_comparison(made).splitlines()
    assert lead == "3 strategier i den rækkefølge, de kom, hver med den sætning, der siger, hvornår. 3 sider er gennemgået."
    assert missing == "Intet dokument her af: Den nationale cyberstrategi 2022-2024."


def test_the_goals_of_each_stand_side_by_side() -> None:
    index = an_index(
        Text("a.pdf", "joint-2016-2020", ["Strategien er trykt.", "# Mål\nDen offentlige sektor skal spare borgerne tid."]),
        Text("b.pdf", "joint-2011-2015", ["# Mål\nDet skal være slut med papir."]),
    )
    chosen = [CATALOGUE.strategy(key) for key in ("joint-2016-2020", "joint-2011-2015")]
    made = side_by_side(GOALS, chosen, language="da", index=index, catalogue=CATALOGUE, on=date(2026, 7, 1))
    assert [row.citation.quote.text if row.citation else None for row in made.rows] == [
        "Det skal være slut med papir.",
        "Den offentlige sektor skal spare borgerne tid.",
    ]
    assert word_comparison(made).startswith("»mål« på tværs af strategierne: omtalt i 2 af de 2")
