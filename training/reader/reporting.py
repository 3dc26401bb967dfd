"""The report of all held-out figures, as Markdown."""

from collections.abc import Sequence
from pathlib import Path
from random import Random

from corpus.embedding import load_embedder
from reader.opening import open_reader
from training.reader.foreign import ForeignPassages
from training.reader.materials import TESTED, Item, Passage, read_lines
from training.reader.measuring import (
    ItemReading,
    as_table,
    confidence_figures,
    figures,
    read_items,
    size_in_megabytes,
    speed,
)
from training.reader.stages import Materials, of_slice

SEED = 5
FIRST_SECTIONS = ("own0-", "own1-", "own2-", "own3-")
MOST_AMONG = 300  # questions that are read on ten passages each


def report(materials: Materials, folder: Path, most: int | None) -> str:
    """Measure the reader of a folder on everything held out.

    At most `most` questions of a kind, drawn by chance.
    """
    reader = open_reader(str(folder))
    written = of_slice(materials.written, TESTED)
    squad = of_slice(materials.squad, TESTED)
    impossible = _impossible(materials.shared / "beir", squad)
    foreign = ForeignPassages(written, load_embedder())
    ours = read_items(reader, _some(written, most))
    articles = read_items(reader, _some(squad, most))
    more = read_items(reader, _some(impossible, most))
    among = confidence_figures(reader, _some(written, most or MOST_AMONG), foreign, SEED)
    parts = [
        f"Reader {reader.name}, {size_in_megabytes(folder):.1f} MB, one thread",
        "Written texts, by source\n\n" + as_table(figures(ours, lambda reading: reading.item.passage.source)),
        "Written texts, first and later ones\n\n" + as_table(figures(ours, _age)),
        "Written texts, by languages\n\n" + as_table(figures(ours, _languages)),
        "SQuAD, articles held out\n\n" + as_table(figures(articles, _languages)),
        "The same, with more impossible questions\n\n" + as_table(figures([*articles, *more], _languages)),
        "Each written question among ten passages\n\n" + as_table({"all": among}),
        "Speed\n\n" + as_table({"written": speed(reader, _some(written, 200))}),
    ]
    return "\n\n".join(parts) + "\n"


def _languages(reading: ItemReading) -> str:
    return f"{reading.question} on {reading.text}"


def _age(reading: ItemReading) -> str:
    """Whether a section is one of the first four files, or a later one; windows of debates are one group."""
    source, name = reading.item.passage.source, reading.item.passage.name
    if source == "section":
        return "sections, first" if name.startswith(FIRST_SECTIONS) else "sections, later"
    return "debates"


def _some(items: Sequence[Item], most: int | None) -> list[Item]:
    return list(items) if most is None or len(items) <= most else Random(SEED).sample(items, most)


def _impossible(folder: Path, squad: Sequence[Item]) -> list[Item]:
    """Questions that their article was written to leave open, on the passage that they were asked of."""
    found = []
    for language in ("da", "en"):
        texts = {entry["_id"]: entry["text"] for entry in read_lines(folder / f"squad-{language}" / "corpus.jsonl")}
        passages: dict[str, Passage] = {
            " ".join(item.passage.sentences[language]): item.passage for item in squad if language in item.passage.sentences
        }
        for entry in read_lines(folder / f"squad-{language}" / "unanswerable.jsonl"):
            text = texts.get(entry.get("nearest_context", ""), "")
            passage = passages.get(text)
            if passage is not None:
                found.append(Item(passage=passage, questions={language: entry["text"]}, answers=frozenset()))
    return found
