import csv
import time
import unicodedata
from pathlib import Path

import pytest

from assistant.finding.spelling import Respelled, Speller
from corpus.generations import open_store
from corpus.lexicon import Lexicon, load_lexicon
from corpus.values import Language

SPELLINGS = Path(__file__).parent / "files" / "spellings.tsv"
TEXTS: list[tuple[str, Language]] = [
    (
        "Digital Fuldmagt: en borger kan give fuldmagt. En fuldmagt gælder i den private sektor og i en offentlig sektor.",
        "da",
    ),
    ("Techgiganter skal følge regler. EU stiller krav til techgiganter, og regler fra EU gælder.", "da"),
    ("Breve ligger i e-Boks. Log ind i e-Boks med MitID. MitID afløste NemID i 2022.", "da"),
    (
        "Digitaliseringsstyrelsen på Østerbro måler økonomien i Aarhus; Digitaliseringsstyrelsen fører tilsyn.",
        "da",
    ),
    ("Kommunens målsætning er grøn. Hvem bruger de fælles data? Brugerdata deles.", "da"),
    ("The organisation of the centre, its behaviour and its licence are set out in the programme.", "en"),
    ("Cyber security matters for the government. The government supports healthcare.", "en"),
]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.fixture(scope="module")
def small(lexicon: Lexicon) -> Speller:
    return Speller.of(TEXTS, lexicon)


@pytest.mark.parametrize(
    ("typed", "read", "language"),
    [
        ("giv fulmagt til en anden", "giv fuldmagt til en anden", "da"),
        ("FULMAGT TIL EN ANDEN", "FULDMAGT TIL EN ANDEN", "da"),
        ("Fulmagt til en anden", "Fuldmagt til en anden", "da"),
        ("den private sekter", "den private sektor", "da"),
        ("hvilke tech-giganter er der", "hvilke techgiganter er der", "da"),
        ("log ind i eBoks", "log ind i e-Boks", "da"),
        ("log ind i eboks", "log ind i e-Boks", "da"),
        ("log ind med mit id", "log ind med MitID", "da"),
        ("log ind med Mit ID", "log ind med MitID", "da"),
        ("log ind med mit-id", "log ind med MitID", "da"),
        ("hvad laver digitaliserings styrelsen", "hvad laver Digitaliseringsstyrelsen", "da"),
        ("hvad laver Digitaliseringstyrelsen", "hvad laver Digitaliseringsstyrelsen", "da"),
        ("hvad gaelder paa Oesterbro", "hvad gælder på Østerbro", "da"),
        ("hvordan går det i Århus", "hvordan går det i Aarhus", "da"),
        ("the organization and the center", "the organisation and the centre", "en"),
        ("behavior and license in a program", "behaviour and licence in a programme", "en"),
        ("what does the goverment support", "what does the government support", "en"),
    ],
)
def test_a_question_is_read_in_the_spellings_of_the_index(typed: str, read: str, language: Language, small: Speller) -> None:
    found = small.respell(typed, "en" if language == "en" else "da")
    assert found.text == read
    assert found.changes


@pytest.mark.parametrize(
    "question",
    [
        "gælder EU-regler for techgiganter?",
        "findes der sekter i byen?",
        "kender Esbjerg og Sverige til Fuldmakt?",
        "hvad skete der i 2023 og i 20222?",
        "hvem bruger data?",
        "fuldmagten, fuldmagter og sektorerne",
        "hva gjelder for fullmakten i Norge, og hvem har skrevet den?",
        "was gilt für die Organisation der Regierung?",
        "",
        "?!",
        "😀 <b>",
    ],
)
def test_what_is_spelt_rightly_is_left_alone(question: str, small: Speller) -> None:
    assert small.respell(question, "da") == Respelled(text=question)


def test_changes_are_shown_as_typed_and_as_read(small: Speller) -> None:
    found = small.respell("Kan man give fulmagt med mit id?", "da")
    assert found.changes == (("fulmagt", "fuldmagt"), ("mit id", "MitID"))


def test_letters_typed_in_two_pieces_are_put_together_and_change_no_word(small: Speller) -> None:
    typed = unicodedata.normalize("NFD", "på Østerbro måler man økonomien")
    assert small.respell(typed, "da") == Respelled(text="på Østerbro måler man økonomien")


def test_a_compound_with_a_hyphen_in_the_index_is_found_without_it(lexicon: Lexicon) -> None:
    speller = Speller.of([("Tech-giganter betaler skat. Andre tech-giganter gør ikke.", "da")], lexicon)
    assert speller.respell("hvad betaler techgiganter", "da").text == "hvad betaler tech-giganter"


def test_an_index_without_words_changes_nothing(lexicon: Lexicon) -> None:
    assert Speller.of([], lexicon).respell("hvad er fulmagt", "da").text == "hvad er fulmagt"


def test_two_words_equally_near_leave_the_typed_one(lexicon: Lexicon) -> None:
    speller = Speller.of([("the braver plan, the braves plan, a braver and a braves plan", "en")], lexicon)
    assert speller.respell("the bravex plan", "en").text == "the bravex plan"


def test_a_very_long_question_takes_no_long_time(small: Speller) -> None:
    started = time.perf_counter()
    small.respell("fulmagt " * 250 + "aaaeoe" * 300, "da")
    assert time.perf_counter() - started < 2


@pytest.mark.parametrize(("part", "least"), [("open", 0.95), ("held", 0.92)])
def test_spellings_over_the_shipped_documents(part: str, least: float, shipped_index: Path, lexicon: Lexicon) -> None:
    """The `held` questions were looked at only when the rules stood; 47 of 50 were then read as meant."""
    store = open_store(shipped_index, embedder=None)
    speller = Speller.of([(row.text, row.language) for row in store.rows()], lexicon)
    with SPELLINGS.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row["part"] == part]
    read = [speller.respell(row["question"], "en" if row["language"] == "en" else "da").text for row in rows]
    right = sum(found == row["read"] for found, row in zip(read, rows, strict=True))
    kept = [found == row["read"] for found, row in zip(read, rows, strict=True) if row["question"] == row["read"]]
    assert right >= least * len(rows)
    assert all(kept)
