import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from reader import Reader, Text, open_reader

PROJECT = Path(__file__).resolve().parent.parent
HARBOUR = Text(
    heading="Havnebadet › Sæsonen 2031",
    sentences=(
        "Badet holder åbent fra den 1. maj til den 15. september.",
        "En voksenbillet koster 45 kr., og børn under otte år kommer gratis ind.",
        "To livreddere holder øje med bassinet i hele åbningstiden.",
        "Saunaen lejes ud af roklubben, der også står for rengøringen.",
    ),
)
LIBRARY = Text(
    heading="The library › Opening hours",
    sentences=(
        "The main library is open from eight in the morning until nine in the evening.",
        "On Sundays, the staff go home at four, but the doors stay open with a card.",
        "Last year, 212,000 books were lent, a little fewer than the year before.",
        "The café on the ground floor is run by a group of volunteers.",
    ),
)
ASKED = [
    ("Hvad koster det for en voksen at komme ind?", HARBOUR, 1),
    ("how much is a ticket for an adult", HARBOUR, 1),
    ("Hvem gør rent i saunaen?", HARBOUR, 3),
    ("hvornår lukker badet for sæsonen", HARBOUR, 0),
    ("Who looks after safety at the pool?", HARBOUR, 2),
    ("How many books were borrowed?", LIBRARY, 2),
    ("Hvor mange bøger blev der udlånt sidste år?", LIBRARY, 2),
    ("Who runs the café?", LIBRARY, 3),
    ("Hvornår åbner hovedbiblioteket om morgenen?", LIBRARY, 0),
    ("Can I get in on a Sunday evening?", LIBRARY, 1),
]
STRANGE = ["", " ", "?", "\x00", "\ud800", "😀" * 50, "a" * 30_000, "\n\t", "‮abc", "æ" * 5000 + "?"]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return open_reader()


def test_most_questions_find_their_sentence(reader: Reader) -> None:
    found = [max(enumerate(reader.read(question, [text])[0].answers), key=lambda pair: pair[1])[0] for question, text, _ in ASKED]
    right = sum(place == expected for place, (_, _, expected) in zip(found, ASKED, strict=True))
    assert right >= 8, found


def test_a_text_that_answers_is_surer_than_one_that_does_not(reader: Reader) -> None:
    right = 0
    for question, text, _ in ASKED:
        own, other = reader.read(question, [text, LIBRARY if text is HARBOUR else HARBOUR])
        right += max(own.answers) > max(other.answers) and own.nothing < other.nothing
    assert right >= 9


def test_probabilities_lie_between_nought_and_one(reader: Reader) -> None:
    for reading in reader.read("Hvad koster det?", [HARBOUR, LIBRARY]):
        assert all(0 <= chance <= 1 for chance in (*reading.answers, reading.nothing))


def test_nothing_to_read_gives_nothing(reader: Reader) -> None:
    assert reader.read("Hvad koster det?", []) == []
    (empty,) = reader.read("Hvad koster det?", [Text(heading="Havnebadet", sentences=())])
    assert empty.answers == ()
    assert empty.nothing == 1.0
    (blank,) = reader.read("Hvad koster det?", [Text(heading="", sentences=("", " "))])
    assert max(blank.answers) < 0.01
    (unasked,) = reader.read("", [HARBOUR])
    assert unasked.nothing == 1.0


@pytest.mark.parametrize("strange", STRANGE)
def test_any_string_can_be_read(reader: Reader, strange: str) -> None:
    text = Text(heading=strange, sentences=(strange, "Badet er åbent.", strange))
    for question in (strange, "Hvornår er badet åbent?"):
        (reading,) = reader.read(question, [text])
        assert len(reading.answers) == 3
        assert all(0 <= chance <= 1 for chance in (*reading.answers, reading.nothing))


def test_a_reading_does_not_depend_on_what_is_read_beside_it(reader: Reader) -> None:
    question = "Hvem gør rent i saunaen?"
    both = reader.read(question, [HARBOUR, LIBRARY])
    assert reader.read(question, [LIBRARY, HARBOUR]) == both[::-1]
    assert reader.read(question, [HARBOUR]) == both[:1]


def test_a_sentence_deep_in_a_long_text_is_found(reader: Reader) -> None:
    long = Text(heading="", sentences=(*LIBRARY.sentences * 12, *HARBOUR.sentences, *LIBRARY.sentences * 12))
    (reading,) = reader.read("Hvem gør rent i saunaen?", [long])
    assert len(reading.answers) == len(long.sentences)
    best = max(range(len(long.sentences)), key=lambda place: reading.answers[place])
    assert best == 51


def test_several_threads_read_the_same(reader: Reader) -> None:
    alone = [reader.read(question, [text]) for question, text, _ in ASKED]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda asked: reader.read(asked[0], [asked[1]]), ASKED))
    assert together == alone


def test_reading_imports_no_torch() -> None:
    script = "import sys; from reader import open_reader; open_reader(); print('torch' in sys.modules, 'training' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=PROJECT)
    assert found.stdout.split() == ["False", "False"]


def test_the_shipped_files_are_small() -> None:
    size = sum(path.stat().st_size for path in (PROJECT / "reader" / "weights").iterdir())
    assert size <= 45e6
