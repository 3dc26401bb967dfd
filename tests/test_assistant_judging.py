"""Judging: what counts as the number, the date or the publisher asked for, and how much of a question a text covers."""

import pytest

from assistant.finding.answer_types import Expected, defines, names_expected, type_sign
from assistant.finding.judging import Judge
from assistant.finding.reranking import Asked
from assistant.question.asking import Wanted
from assistant.values import Passage, Query
from corpus.catalogue import load_catalogue
from corpus.lexical import Concept, LexicalIndex
from corpus.lexicon import load_lexicon
from tests.fakes import WordEmbedder, a_passage


@pytest.mark.parametrize(
    ("text", "wanted", "counted", "sign"),
    [
        ("Strategien har 33 konkrete initiativer.", "number", {"initiativ"}, 1.0),
        ("Initiativ 9.2 handler om hjælp.", "number", {"initiativ"}, 0.0),
        ("Det er 4 af de små, som initiativer har.", "number", {"initiativ"}, 0.3),
        ("Strategien for 2016-2020 har mange initiativer (s. 14).", "number", {"initiativ"}, 0.0),
        ("82 % af befolkningen havde tillid.", "number", set(), 1.0),
        ("The agency was responsible for six of the 27 initiatives.", "number", {"initi"}, 0.5),
        ("There are twelve initiatives.", "number", {"initi"}, 1.0),
        ("I 2011 fik styrelsen nyt kontor.", "number", {"ansat"}, 0.0),
        ("Lov nr. 528 gælder.", "number", {"ansat"}, 0.0),
        ("Der kom 528 breve.", "number", {"ansat"}, 0.1),
        ("Der er afsat 800 mio. kr.", "money", set(), 1.0),
        ("DKK 740 million was set aside.", "money", set(), 1.0),
        ("252 million messages were sent.", "money", set(), 0.0),
        ("Den blev udgivet den 12. maj 2016.", "time", set(), 1.0),
        ("Den kom i 2016.", "time", set(), 0.5),
        ("Strategien for 2016-2020 gælder.", "time", set(), 0.0),
        ("Regeringen, KL og Danske Regioner er gået sammen.", "publisher", set(), 1.0),
        ("KL mener noget andet.", "publisher", set(), 0.0),
        ("Efter vækstplanen kom en strategi i 2018.", "successor", set(), 1.0),
        ("Vækstplanen har 23 initiativer.", "successor", set(), 0.0),
        ("Strategien har 33 initiativer.", "passage", set(), 0.0),
        ("De tre mål er tryghed, vækst og tid til børnene.", "list", {"mål"}, 1.0),
        ("Det tredje mål er tryghed, tillid og respekt.", "list", {"mål"}, 0.5),
        ("Strategien har tre mål og 33 initiativer.", "list", {"mål"}, 0.0),
        ("De tre regioner er nord, syd og øst.", "list", {"mål"}, 0.0),
    ],
)
def test_the_sign_of_what_is_wanted(text: str, wanted: Wanted, counted: set[str], sign: float) -> None:
    assert type_sign(text, wanted, counted) == sign


@pytest.mark.parametrize(
    ("question", "text", "sign"),
    [
        ("Hvornår blev strategien offentliggjort?", "Strategien blev udgivet den 12. maj 2016.", 1.0),
        ("Hvornår blev strategien offentliggjort?", "Forhandlingerne om strategien begyndte i maj 2015.", 0.25),
        ("Hvornår blev det obligatorisk for virksomheder?", "Virksomheder har haft pligt til det siden 2013.", 0.5),
        ("Hvornår blev det obligatorisk for virksomheder?", "Det blev obligatorisk for borgere den 1. november 2014.", 0.0625),
        ("When did borger.dk open?", "In January 2007 borger.dk was launched.", 1.0),
        ("Hvornår kunne man begynde at bruge NemID?", "NemID blev lukket den 31. oktober 2023.", 0.25),
        ("When did NemID end?", "NemID was launched on 1 July 2010.", 0.25),
        ("When did NemID end?", "NemID had its millionth user in May 2011.", 0.5),
        ("When did NemID end?", "NemID was launched on 1 July 2010 and closed on 31 October 2023.", 1.0),
    ],
)
def test_a_time_is_of_what_was_done_and_of_those_asked_about(question: str, text: str, sign: float) -> None:
    assert Expected(question=question, wanted="time").sign(text, "da") == sign


@pytest.mark.parametrize(
    ("text", "thing", "held"),
    [
        ("Digital Fuldmagt (digital power of attorney) is the joint solution.", "Digital Fuldmagt", True),
        ("Den digitale identitetstegnebog er navnet, AltID er navnet på appen.", "AltID", True),
        ("The digital identity wallet is an app.", "digital identity wallet", True),
        ("Åbningsdagen for AltID er ikke bekræftet.", "AltID", False),
        ("In January 2007 borger.dk was launched.", "borger.dk", False),
        ("NemID was launched on 1 July 2010.", "NemID", False),
        ("NemID var det digitale id før MitID.", "NemID", True),
        ("Anything is possible.", "", False),
    ],
)
def test_what_a_thing_is_is_said_of_it_first(text: str, thing: str, held: bool) -> None:
    assert defines(text, thing) is held


def test_a_count_is_of_the_year_asked_about() -> None:
    expected = Expected(question="Hvor mange breve blev sendt i 2016?", wanted="number")
    assert expected.sign("Der blev sendt 112,6 mio. breve i 2016.", "da") == 1.0
    assert expected.sign("Der blev sendt 252 mio. breve i 2024.", "da") == 0.25


def test_coverage_is_the_share_of_weight_found() -> None:
    asked = Asked.of([(Concept(stems={"a": 1.0}), 3.0), (Concept(stems={"b": 1.0, "c": 0.5}), 1.0)])
    assert asked.covered(["a"], around=[]) == pytest.approx(0.75)
    assert asked.covered(["c"], around=["a"]) == pytest.approx((3 * 0.5 + 0.5) / 4)
    assert asked.covered([], around=[]) == 0
    assert Asked.of([]).covered(["a"], around=[]) == 0


def judged(
    *passages: Passage, query: str, wanted: Wanted = "passage", periods: frozenset[tuple[int, int]] = frozenset()
) -> list[str]:
    """The sentences of the passages, best first."""
    texts = [held.chunk.text for held in passages]
    lexical = LexicalIndex.build(texts, ["da"] * len(texts), load_lexicon())
    judge = Judge(embedder=WordEmbedder(), lexical=lexical)
    found = judge.judge(Query(text=query, language="da"), wanted, passages, periods=periods)
    return [held.sentence.text for held in sorted(found, key=lambda held: -held.score)]


def test_the_sentence_with_the_number_comes_first() -> None:
    passage = a_passage("Initiativ 2 handler om fuldmagter i strategien.", "Strategien har i alt 33 initiativer.")
    assert (
        judged(passage, query="Hvor mange initiativer har strategien?", wanted="number")[0]
        == "Strategien har i alt 33 initiativer."
    )


def test_a_sentence_about_another_period_counts_less() -> None:
    passage = a_passage("Strategien for 2022-2025 udkom i juni 2022.", "Strategien for 2016-2020 udkom i maj 2016.")
    first = judged(passage, query="Hvornår udkom strategien?", wanted="time", periods=frozenset({(2016, 2020)}))[0]
    assert first == "Strategien for 2016-2020 udkom i maj 2016."


def test_fragments_are_not_quotable() -> None:
    assert judged(a_passage("Side 4", "Borgerne skal have tillid til det."), query="tillid") == [
        "Borgerne skal have tillid til det."
    ]


@pytest.mark.parametrize(
    ("text", "wanted", "named"),
    [
        ("Strategien for 2016-2020 blev fulgt af strategien for 2022-2025.", "successor", True),
        ("Den næste strategi er Digitalisering der løfter samfundet.", "successor", True),
        ("Strategien for 2022-2025 har 28 indsatser.", "successor", False),
        ("The Joint Government Digital Strategy 2022-2025 has 28 efforts.", "strategy", True),
        ("Strategien for 2016-2020 blev fulgt af digitaliseringspagten.", "successor", False),
    ],
)
def test_a_sentence_names_what_the_catalogue_expects(text: str, wanted: Wanted, named: bool) -> None:
    assert names_expected(text, wanted, [load_catalogue().strategy("joint-2022-2025")]) is named


def test_lists_of_sources_and_words_of_a_glossary_are_no_answers() -> None:
    said = a_passage("Borgerne skal have tillid til det offentlige.")
    source = a_passage("Styrelsen om tillid og borgere på sin side.", headings=("Resumé", "Kilder"))
    term = a_passage("Tillid på dansk hedder trust på engelsk.")
    row = a_passage("Tillid er trust, mens tilsyn er supervision.", headings=("Ordliste", "Falske venner"))
    address = a_passage("Siden om tillid ligger her: https://example.org/tillid")
    assert judged(said, source, term, row, address, query="Hvad siges om tillid?") == [
        "Borgerne skal have tillid til det offentlige."
    ]
    assert len(judged(said, source, term, query="Hvad hedder tillid på engelsk?")) == 2
