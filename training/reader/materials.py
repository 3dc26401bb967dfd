"""What the reader learns from: questions on texts, each with the sentences that answer it."""

import json
import lzma
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

Language = Literal["da", "en"]
Source = Literal["parliament", "section", "squad", "norquad"]
QUESTION_FOLDER = Path(__file__).parent.parent / "questions"
SLICES = 8
TESTED, CALIBRATED = 0, 1  # the slices of texts, by checksum of their names, that no training sees
SENTENCE_END = re.compile(r"(?<=[.!?])[\"'»”]?\s+(?=[A-ZÆØÅ0-9«\"–-])|\n+")
CROWDED = 14  # sentences of a long text that are kept around an answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A text in one or both languages; the sentences of both are parallel."""

    name: str
    source: Source
    group: str
    headings: Mapping[Language, str]
    sentences: Mapping[Language, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A question in one or both languages, on a passage.

    `answers` are the numbers of the sentences that answer, or none.
    """

    passage: Passage
    questions: Mapping[Language, str]
    answers: frozenset[int]


def slice_of(name: str) -> int:
    """The slice that a text or an article falls in, from 0 to 7."""
    return zlib.crc32(name.encode()) % SLICES


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a file of JSON lines, plain or packed."""
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def written_items(folder: Path, danish: Sequence[str], english: Sequence[str]) -> list[Item]:
    """The written questions.

    Those on sections stand with their text, those on debates name lines of the parallel text.
    """
    items: list[Item] = []
    for path in sorted(folder.glob("o*_*.jsonl")):
        for entry in read_lines(path):
            passage = _section(entry) if "en" in entry else _debate(entry, danish, english)
            if passage is not None:
                questions = [(asked["da"], asked["en"], frozenset(asked["s"])) for asked in entry["items"]]
                items += [Item(passage=passage, questions={"da": da, "en": en}, answers=s) for da, en, s in questions]
    return items


def debate_lines(folder: Path) -> set[int]:
    """The lines of the parallel text that tested questions are on, and their neighbours."""
    entries = [entry for path in sorted(folder.glob("out_*.jsonl")) for entry in read_lines(path)]
    tested = [(_line(entry), entry["n"]) for entry in entries if slice_of(entry["id"]) == TESTED]
    return {number for line, size in tested for number in range(line - 2, line + size + 2)}


def sections(folder: Path) -> list[dict[str, Any]]:
    """The invented sections outside the tested slice."""
    entries = [entry for path in sorted(folder.glob("own_*.jsonl")) for entry in read_lines(path)]
    return [entry for entry in entries if slice_of(entry["id"]) != TESTED]


def squad_items(path: Path) -> list[Item]:
    """The questions on encyclopedia articles, each in one language on a passage in one."""
    items = []
    names: dict[str, str] = {}
    for entry in read_lines(path):
        language, text, article = entry["passage_language"], entry["passage"], entry["article"]
        name = names.setdefault(text, f"{article}#{len(names)}")
        sentences = tuple(text[start:end] for start, end in entry["sentences"])
        title = article.replace("_", " ")
        passage = Passage(
            name=name,
            source="squad",
            group=article,
            headings={language: title},
            sentences={language: sentences},
        )
        answer = entry["answer_sentence"]
        answers = frozenset() if answer is None else frozenset([answer])
        items.append(Item(passage=passage, questions={entry["question_language"]: entry["question"]}, answers=answers))
    return items


def norquad_items(folder: Path) -> list[Item]:
    """Norwegian questions, taken for Danish: each on the sentences around its answer."""
    items = []
    for path in sorted(folder.glob("*.json")):
        for number, entry in enumerate(json.loads(path.read_text(encoding="utf-8"))["data"]):
            for paragraph in entry["paragraphs"]:
                for asked in paragraph["qas"]:
                    items.append(_norwegian(f"{path.stem}-{number}", paragraph["context"], asked))
    return items


def _norwegian(name: str, text: str, asked: Mapping[str, Any]) -> Item:
    """One question on the sentences around its answer.

    How many before it differs from question to question.
    """
    ends = [match.span() for match in SENTENCE_END.finditer(text)]
    spans = list(zip([0, *(end for _, end in ends)], [*(start for start, _ in ends), len(text)], strict=True))
    place = asked["answers"][0]["answer_start"]
    answer = next(number for number, (_, end) in enumerate(spans) if place < end or number == len(spans) - 1)
    first = max(0, answer - zlib.crc32(asked["question"].encode()) % 6)
    kept = spans[first : first + CROWDED // 2 + 1]
    sentences = tuple(text[start:end].strip() or "." for start, end in kept)
    passage = Passage(name=f"{name}-{first}", source="norquad", group=name, headings={"da": ""}, sentences={"da": sentences})
    return Item(passage=passage, questions={"da": asked["question"]}, answers=frozenset([answer - first]))


def _section(entry: Mapping[str, Any]) -> Passage | None:
    languages: tuple[Language, Language] = ("da", "en")
    if len(entry["da"]) != len(entry["en"]):
        return None
    return Passage(
        name=entry["id"],
        source="section",
        group=entry["id"],
        headings={language: entry[f"heading_{language}"] for language in languages},
        sentences={language: tuple(entry[language]) for language in languages},
    )


def _debate(entry: Mapping[str, Any], danish: Sequence[str], english: Sequence[str]) -> Passage | None:
    first, size = _line(entry), entry["n"]
    if first + size > len(danish):
        return None
    return Passage(
        name=entry["id"],
        source="parliament",
        group=entry["id"],
        headings={"da": "", "en": ""},
        sentences={"da": tuple(danish[first : first + size]), "en": tuple(english[first : first + size])},
    )


def _line(entry: Mapping[str, Any]) -> int:
    return int(entry["id"].removeprefix("ep"))
