"""Chunking: sentences as Danish writes them, one heading to a chunk, and spans that give back the very characters."""

import pytest

from corpus.values import Block, Page
from ingest.chunking import chunk_pages, sentence_spans
from tests.fakes import a_page


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Det gælder f.eks. kommuner, bl.a. Aarhus Kommune, jf. aftalen. Det er nyt.",
            ["Det gælder f.eks. kommuner, bl.a. Aarhus Kommune, jf. aftalen.", "Det er nyt."],
        ),
        ("Der er afsat 1,5 mia. kr. i 2024, dvs. ca. 270 mio. kr. årligt.", None),
        (
            "Aftalen blev indgået den 10. juni 2022 af KL. Den gælder.",
            ["Aftalen blev indgået den 10. juni 2022 af KL.", "Den gælder."],
        ),
        ("I 2024 havde 82 pct. af befolkningen tillid, se nr. 8 på s. 11.", None),
        ("  Hvad nu?  Ja!  ", ["Hvad nu?", "Ja!"]),
    ],
)
def test_danish_abbreviations_do_not_end_a_sentence(text: str, expected: list[str] | None) -> None:
    found = [text[start:end] for start, end in sentence_spans(text, "da")]
    assert found == (expected or [text])


def test_english_sentences() -> None:
    text = "It has 33 initiatives, e.g. a consent solution, cf. p. 11. DKK 740 m was agreed."
    assert [text[a:b] for a, b in sentence_spans(text, "en")] == [text[:58], text[59:]]


def test_spans_give_back_the_characters_of_their_page() -> None:
    pages = [
        a_page("Vision\nDet første står her. Det andet står her.\nInitiativ 1\nDet tredje.", headings=("Vision", "Initiativ 1")),
        a_page("Det fjerde står på side to.", number=2),
    ]
    chunks = chunk_pages(pages, document_id="d", title="Titlen", language="da", longest=900)
    assert [(chunk.heading_path, chunk.text) for chunk in chunks] == [
        (("Vision",), "Det første står her. Det andet står her."),
        (("Initiativ 1",), "Det tredje. Det fjerde står på side to."),
    ]
    for chunk in chunks:
        for sentence in chunk.sentences:
            assert pages[sentence.page - 1].text[sentence.start : sentence.end] == sentence.text
    assert [sentence.page for sentence in chunks[1].sentences] == [1, 2]
    assert [chunk.id for chunk in chunks] == ["d:0", "d:1"]


def test_a_heading_path_follows_the_levels() -> None:
    text = "A\nB\nEt afsnit her.\nC\nEt andet afsnit."
    blocks = (
        Block(kind="heading", start=0, end=1, level=1),
        Block(kind="heading", start=2, end=3, level=2),
        Block(kind="paragraph", start=4, end=18),
        Block(kind="heading", start=19, end=20, level=2),
        Block(kind="paragraph", start=21, end=37),
    )
    page = Page(number=1, label=None, text=text, blocks=blocks, raw=text, alignment=())
    assert [chunk.heading_path for chunk in chunk_pages([page], document_id="d", title="Titlen", language="da", longest=900)] == [
        ("A", "B"),
        ("A", "C"),
    ]


def test_chunks_stay_under_their_length_and_lose_no_sentence() -> None:
    sentences = [f"Sætning nummer {n} handler om digitalisering." for n in range(40)]
    chunks = chunk_pages([a_page(" ".join(sentences))], document_id="d", title="Titlen", language="da", longest=200)
    assert [sentence.text for chunk in chunks for sentence in chunk.sentences] == sentences
    assert max(len(chunk.text) for chunk in chunks) <= 200


def test_contents_lines_are_in_no_chunk() -> None:
    page = a_page("Forord 5\nDet er en sætning.")
    page = Page(
        number=1, label=None, text=page.text, raw=page.text, alignment=(),
        blocks=(Block(kind="contents", start=0, end=8), page.blocks[1]),
    )  # fmt: skip
    (chunk,) = chunk_pages([page], document_id="d", title="Titlen", language="da", longest=900)
    assert chunk.text == "Det er en sætning."


def test_the_language_is_told_for_each_chunk() -> None:
    danish = "Den offentlige sektor skal bruge digitale løsninger, som borgerne har tillid til."
    english = "The public sector shall use digital solutions that citizens trust and understand."
    page = a_page(f"A\n{danish}\nB\n{english}", headings=("A", "B"))
    assert [chunk.language for chunk in chunk_pages([page], document_id="d", title="Titlen", language="da", longest=900)] == [
        "da",
        "en",
    ]


def test_a_text_without_full_stops_is_cut_at_spaces() -> None:
    text = "ord " * 2000
    spans = sentence_spans(text.strip(), "da")
    assert max(end - start for start, end in spans) <= 2000
    assert "".join(text[start:end] for start, end in spans).replace(" ", "") == "ord" * 2000


def test_a_figure_in_display_type_is_a_statement_and_heads_nothing() -> None:
    upper, lower = "82 % af befolkningen har tillid til", "digitale løsninger i 2024"
    figure = a_page(f"{upper}\n{lower}", headings=(upper, lower))
    title = a_page("Fokusområde\nBrugervenlighed", number=2, headings=("Fokusområde", "Brugervenlighed"))
    body = a_page("Det er en sætning.", number=3)
    chunks = chunk_pages([figure, title, body], document_id="d", title="Titlen", language="da", longest=900)
    assert [(chunk.heading_path, chunk.text) for chunk in chunks] == [
        ((), "82 % af befolkningen har tillid til digitale løsninger i 2024"),
        (("Brugervenlighed",), "Det er en sætning."),
    ]


def test_a_list_mark_is_no_part_of_a_sentence() -> None:
    page = a_page("• Det første punkt på listen.\n– Det andet punkt på listen.")
    (chunk,) = chunk_pages([page], document_id="d", title="Titlen", language="da", longest=900)
    assert [sentence.text for sentence in chunk.sentences] == ["Det første punkt på listen.", "Det andet punkt på listen."]
    assert page.text[chunk.sentences[1].start : chunk.sentences[1].end] == "Det andet punkt på listen."


def test_a_heading_that_repeats_the_title_is_in_no_path() -> None:
    page = a_page("TITLEN\nKapitel\nDet er en sætning.", headings=("TITLEN", "Kapitel"))
    (chunk,) = chunk_pages([page], document_id="d", title="Titlen", language="da", longest=900)
    assert chunk.heading_path == ("Kapitel",)
