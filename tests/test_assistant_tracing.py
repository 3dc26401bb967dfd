"""Tracing: dated sentences in order, one to an event, none dated by what dates something else."""

from assistant.tables.dating import Moment
from assistant.tables.phrasing import word_timeline
from assistant.tables.tracing import moments_of, trace
from corpus.catalogue import load_catalogue
from tests.fakes_index import Text, an_index

CATALOGUE = load_catalogue()
INDEX = an_index(
    Text(
        "plan.pdf",
        "joint-2011-2015",
        [
            "Digital Post er lanceret.\nDen blev obligatorisk for borgere den 1. november 2014.",
            "Digital Post blev obligatorisk for virksomheder i 2013.\nI strategien for 2011-2015 står Digital Post først.",
        ],
    ),
    Text("x-da.pdf", None, ["Digital Post blev obligatorisk for virksomheder i 2013 (styrelsen)."], digest=True),
    Text("x-en.pdf", None, ["Digital Post became mandatory for companies in 2013."], language="en", digest=True),
)


def traced(topic: str = "digital post", language: str = "da"):
    return trace(topic, language=language, index=INDEX, catalogue=CATALOGUE)  # type: ignore[arg-type]


def test_events_stand_in_order_each_once_with_all_that_tell_it() -> None:
    events = traced().events
    assert [event.moment.first.isoformat() for event in events] == ["2013-01-01"]
    assert [citation.quote.document.name for citation in (events[0].citation, *events[0].also)] == ["plan.pdf", "x-da.pdf"]


def test_the_lines_of_a_timeline() -> None:
    assert word_timeline(traced()).splitlines() == [
        "»digital post« gennem tiden, som dokumenterne daterer det. 3 dokumenter og 4 sider er gennemgået.",
        "2013: »Digital Post blev obligatorisk for virksomheder i 2013.« [1][2]",
        "Strategier, der omtaler det, i den rækkefølge de kom:",
        "august 2011: Den fællesoffentlige digitaliseringsstrategi 2011-2015: »Digital Post er lanceret.« [3]",
    ]


def test_nothing_dated_is_said() -> None:
    found = traced("quantum computers", "en")
    assert found.events == ()
    assert word_timeline(found) == (
        "No document dates anything about “quantum computers”. 3 documents and 4 pages were gone through."
    )


def years(text: str, *said: str, references: frozenset[Moment] = frozenset()) -> list[int]:
    return [moment.first.year for moment in moments_of(text, said, references)]


def test_a_clause_dates_what_it_speaks_of() -> None:
    assert years("Loven kom i 2012, og NemID lukkede i 2023.", "NemID") == [2023]
    assert years("NemID kom i 2010; NemID lukkede i 2023.", "NemID") == [2010, 2023]
    assert years("In 2012 the law came, and NemID followed.", "NemID") == [2012]
    assert years("De nye strategier fra årene omkring 2007 og 2011 byggede, og de sene handler om NemID.", "NemID") == []


def test_a_date_in_brackets_counts_where_there_is_no_other() -> None:
    assert years("NemID kom i 2010 (opgjort i 2016).", "NemID") == [2010]
    assert years("NemID (2010) er lukket.", "NemID") == [2010]


def test_the_period_of_a_strategy_dates_nothing() -> None:
    period = Moment(
        first=moments_of("i 2011", ["i"], frozenset())[0].first, last=moments_of("i 2015", ["i"], frozenset())[0].last
    )
    assert years("I strategien for 2011-2015 står NemID.", "NemID", references=frozenset({period})) == []


def test_two_sentences_of_one_year_that_give_the_same_figure_tell_of_one_event() -> None:
    lines = [
        "NemPost sendte 112,6 mio. breve i 2016.",
        "I 2016 var tallet for NemPost 112,6 mio.",
        "I 2016 fik NemPost en ny forside.",
    ]
    index = an_index(Text("tal.pdf", None, lines))
    found = trace("NemPost", language="da", index=index, catalogue=CATALOGUE)
    assert [len(event.also) for event in found.events] == [1, 0]
