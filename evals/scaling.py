"""How the cost of a query grows with the index: the very retriever over 10,000 chunks, 100,000 and more.

The chunks are made: sentences of the shipped corpus, drawn by lot, four to a chunk. Their few words stand in many chunks each, so
the lexical leg has more to do than in real text of that size. Vectors are what the embedder makes of them, with noise, since a
million sums of the same few thousand sentences would lie nearer to one another than texts do.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from assistant.finding.retrieving import Retriever
from assistant.values import Query
from corpus.embedding import Embedder, Vectors, load_embedder
from corpus.generations import new_generation
from corpus.language import question_language
from corpus.lexical import LexicalIndex
from corpus.lexicon import load_lexicon
from corpus.values import Chunk, Language, Sentence
from evals.retrieval import stand_in
from ingest import reading
from ingest.chunking import sentence_spans

SENTENCES = 4
BATCH = 5_000  # chunks to a document
NOISE = 0.7  # the length of the noise beside a vector's own
ROUNDS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What queries cost over an index of `chunks`: the median and the 95th percentile, in milliseconds of one core's time."""

    chunks: int
    median: float
    p95: float
    indexing_seconds: float


def measure_growth(sizes: Sequence[int], files: Sequence[Path], questions: Sequence[str]) -> list[Cost]:
    """Ask the questions over an index of each size, made from the sentences of the files."""
    sentences = [text for file in files for text in _sentences(file)]
    return [_cost(size, sentences, questions) for size in sizes]


def _cost(size: int, sentences: Sequence[tuple[Language, str]], questions: Sequence[str]) -> Cost:
    embedder = load_embedder()
    queries = [Query(text=text, language=question_language(text)) for text in questions]
    with TemporaryDirectory() as folder:
        started = time.perf_counter()
        retriever = _index(size, sentences, Path(folder), embedder)
        indexing = time.perf_counter() - started
        for query in queries:
            retriever.retrieve(query, count=24)
        seconds = [_processor_seconds(retriever, query) for _ in range(ROUNDS) for query in queries]
    return Cost(
        chunks=size,
        median=float(np.median(seconds)) * 1000,
        p95=float(np.percentile(seconds, 95)) * 1000,
        indexing_seconds=indexing,
    )


def _processor_seconds(retriever: Retriever, query: Query) -> float:
    # The time that the processor worked for it, on whatever threads: that of a clock also counts the neighbours' work.
    started = time.process_time()
    retriever.retrieve(query, count=24)
    return time.process_time() - started


def _index(size: int, sentences: Sequence[tuple[Language, str]], folder: Path, embedder: Embedder) -> Retriever:
    store = new_generation(folder, embedder=embedder.name)
    random = np.random.default_rng(1)
    for number, start in enumerate(range(0, size, BATCH)):
        chunks = list(_chunks(f"made-{number}", min(BATCH, size - start), sentences, random))
        vectors = _spread(embedder.encode_passages([chunk.text for chunk in chunks]), random)
        store.replace(stand_in(f"made-{number}", "da"), pages=(), chunks=chunks, vectors=vectors)
    rows = store.rows()
    lexical = LexicalIndex.build([row.text for row in rows], [row.language for row in rows], load_lexicon())
    return Retriever(store=store, embedder=embedder, lexical=lexical, ids=[row.id for row in rows])


def _chunks(document: str, count: int, sentences: Sequence[tuple[Language, str]], random: np.random.Generator) -> Iterator[Chunk]:
    languages: tuple[Language, Language] = ("da", "en")
    held = {code: [text for language, text in sentences if language == code] for code in languages}
    for position in range(count):
        language = languages[position % 2]
        drawn = [held[language][at] for at in random.integers(0, len(held[language]), SENTENCES)]
        yield Chunk(
            id=f"{document}:{position}",
            document_id=document,
            position=position,
            heading_path=(),
            sentences=tuple(Sentence(text=text, page=1, start=0, end=len(text)) for text in drawn),
            language=language,
        )


def _spread(vectors: Vectors, random: np.random.Generator) -> Vectors:
    noise = random.standard_normal(vectors.shape, np.float32) * np.float32(NOISE * vectors.shape[1] ** -0.5)
    spread = vectors + noise
    return np.asarray(spread / np.linalg.norm(spread, axis=1, keepdims=True), np.float32)


def _sentences(file: Path) -> Iterator[tuple[Language, str]]:
    language: Language = "da" if file.stem.endswith("-da") else "en"
    for page in reading.read(file, ocr=None).pages:
        yield from ((language, page.text[start:end]) for start, end in sentence_spans(page.text, language))
