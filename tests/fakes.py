"""Small stand-ins for the doors, and makers of values, so that tests need no mocks and no model."""

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.values import Passage
from corpus.stemming import stems
from corpus.values import Block, Chunk, Document, Language, Page, Sentence
from reader import Reading, Text


class WordEmbedder:
    """An embedder that hashes each stem to a fixed random vector: texts that share words are near."""

    def __init__(self, name: str = "words-64", dimensions: int = 64) -> None:
        self.name = name
        self.dimensions = dimensions

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = [self._row(text) for text in texts]
        return np.asarray(rows, dtype=np.float32).reshape(len(texts), self.dimensions)

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.encode_passages(texts)

    def _row(self, text: str) -> NDArray[np.float64]:
        total = np.zeros(self.dimensions)
        for stem in stems(text, "da"):
            seed = int.from_bytes(hashlib.sha256(stem.encode()).digest()[:8], "big")
            total += np.random.default_rng(seed).standard_normal(self.dimensions)
        norm = np.linalg.norm(total)
        return total / norm if norm else total


class WordReader:
    """A reader that takes the share of the question's stems that a sentence or its heading says for a probability."""

    name = "words"

    def read(self, question: str, texts: Sequence[Text]) -> list[Reading]:
        asked = set(stems(question, "da"))
        return [self._reading(asked, text) for text in texts]

    @staticmethod
    def _reading(asked: set[str], text: Text) -> Reading:
        headed = set(stems(text.heading, "da"))
        answers = []
        for sentence in text.sentences:
            said = set(stems(sentence, "da"))
            share = (len(asked & said) + 0.5 * len((asked & headed) - said)) / max(len(asked), 1)
            answers.append(min(max(share, 0.01), 0.95))
        return Reading(answers=tuple(answers), nothing=1 - max(answers, default=0.0))


def a_page(text: str, *, number: int = 1, label: str | None = None, headings: Sequence[str] = ()) -> Page:
    """A page whose lines are its blocks; lines named in `headings` are headings of level 1."""
    blocks, position = [], 0
    for line in text.split("\n"):
        kind = "heading" if line in headings else "paragraph"
        blocks.append(Block(kind=kind, start=position, end=position + len(line), level=int(kind == "heading")))
        position += len(line) + 1
    return Page(number=number, label=label, text=text, blocks=tuple(blocks), raw=text, alignment=((0, 0, len(text)),))


def a_document(*, id: str = "d1", name: str = "strategy.pdf", **changes: object) -> Document:
    """A Danish document of two pages."""
    values: dict[str, object] = {
        "id": id,
        "path": f"/documents/{name}",
        "name": name,
        "checksum": f"checksum-{id}",
        "fingerprint": "f",
        "reader": "fake/1",
        "title": "En strategi",
        "language": "da",
        "paged": True,
        "page_count": 2,
    }
    return Document(**(values | changes))  # type: ignore[arg-type]


def a_chunk(
    *texts: str,
    document_id: str = "d1",
    position: int = 0,
    page: int = 1,
    headings: Sequence[str] = (),
    language: Language = "da",
) -> Chunk:
    """A chunk of the given sentences, one space apart from the start of its page; Danish unless told otherwise."""
    sentences, start = [], 0
    for text in texts:
        sentences.append(Sentence(text=text, page=page, start=start, end=start + len(text)))
        start += len(text) + 1
    return Chunk(
        id=f"{document_id}:{position}",
        document_id=document_id,
        position=position,
        heading_path=tuple(headings),
        sentences=tuple(sentences),
        language=language,
    )


def a_passage(*texts: str, score: float = 1.0, document: Document | None = None, **changes: object) -> Passage:
    """A passage of one chunk with the given sentences."""
    document = document or a_document()
    chunk = a_chunk(*texts, document_id=document.id, **changes)  # type: ignore[arg-type]
    return Passage(chunk=chunk, document=document, score=score)
