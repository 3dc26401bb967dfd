"""Retrieval sets in the BEIR format, indexed and searched by the very parts that the assistant uses.

A set is a folder with `corpus.jsonl` (`_id`, `title`, `text`), `queries.jsonl` (`_id`, `text`) and `qrels/*.tsv` (query,
record, grade, below a heading). Each record is one chunk of a throw-away index; the language of records and queries is
found as it is for documents and questions. Three steps: read, run, score.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.finding.cross_encoding import PairScorer
from assistant.finding.index import Index
from assistant.finding.retrieving import Retriever
from assistant.values import Query
from corpus.embedding import Embedder, contextual_text
from corpus.errors import AssistantError
from corpus.generations import new_generation
from corpus.language import language_of, question_language
from corpus.lexical import LexicalIndex
from corpus.lexicon import Lexicon
from corpus.values import Chunk, Document, Language, Sentence
from evals.measures import Run, measure
from ingest.chunking import sentence_spans
from reader import open_reader

DEPTH = 100  # how many records of each query are kept
LEAST_SHARE = 0.05  # of the judgements that a direction must have to be told apart; fewer are misread languages
TAG = "strategy-assistant"


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrievalSet:
    """One BEIR folder: records and queries as (id, text) with their languages, and grades by query and record."""

    name: str
    records: Sequence[tuple[str, str]]
    record_languages: Mapping[str, Language]
    queries: Sequence[tuple[str, str]]
    query_languages: Mapping[str, Language]
    judgements: Mapping[str, Mapping[str, int]]


def read_set(folder: Path) -> RetrievalSet:
    """Read a BEIR folder, judged queries only; `AssistantError` with one line where a file is missing or malformed."""
    try:
        records = [(str(line["_id"]), _text(line)) for line in _lines(folder / "corpus.jsonl")]
        asked = {str(line["_id"]): str(line["text"]) for line in _lines(folder / "queries.jsonl")}
        judgements = _read_judgements(folder / "qrels")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise AssistantError(f"{str(folder)!r} is no retrieval set in the BEIR format: {error}") from error
    queries = [(query, text) for query, text in asked.items() if query in judgements]
    if not records or not queries:
        raise AssistantError(f"{str(folder)!r} holds no record or no judged query")
    return RetrievalSet(
        name=folder.name,
        records=records,
        record_languages=_languages(records),
        queries=queries,
        query_languages={query: question_language(text) for query, text in queries},
        judgements={query: judgements[query] for query, _ in queries},
    )


def run_set(chosen: RetrievalSet, embedder: Embedder, lexicon: Lexicon, scorer: PairScorer | None = None) -> Run:
    """Index the records in a folder that is deleted afterwards, ask every query, return the scores of the first records."""
    with TemporaryDirectory() as folder:
        retriever = index_set(chosen, Path(folder), embedder, lexicon, scorer).retriever
        asked = ((query, Query(text=text, language=chosen.query_languages[query])) for query, text in chosen.queries)
        return {query: dict(retriever.rank(question, count=DEPTH)) for query, question in asked}


def index_set(
    chosen: RetrievalSet, folder: Path, embedder: Embedder, lexicon: Lexicon, scorer: PairScorer | None = None
) -> Index:
    """Index the records in a folder, each as one chunk of one document, and return the open index of them."""
    store = new_generation(folder, embedder=embedder.name)
    chunks = [
        Chunk(
            id=record,
            document_id=chosen.name,
            position=position,
            heading_path=(),
            sentences=_sentences(text, chosen.record_languages[record]),
            language=chosen.record_languages[record],
        )
        for position, (record, text) in enumerate(chosen.records)
    ]
    most = Counter(chosen.record_languages.values()).most_common(1)[0][0]
    vectors = embedder.encode_passages([contextual_text((), chunk.text) for chunk in chunks])
    document = stand_in(chosen.name, most)
    store.replace(document, pages=(), chunks=chunks, vectors=vectors)
    rows = store.rows()
    lexical = LexicalIndex.build([row.text for row in rows], [row.language for row in rows], lexicon)
    ids = tuple(row.id for row in rows)
    return Index(
        store=store,
        retriever=Retriever(store=store, embedder=embedder, lexical=lexical, ids=ids, scorer=scorer),
        reader=open_reader(),
        embedder=embedder,
        lexical=lexical,
        ids=ids,
        documents=(document,),
        mark="",
    )


def stand_in(name: str, language: Language) -> Document:
    """Return the document that owns chunks which come from no file."""
    return Document(
        id=name,
        path=name,
        name=name,
        checksum="",
        fingerprint="",
        reader="none",
        title="",
        language=language,
        paged=False,
        page_count=1,
    )


def score_set(chosen: RetrievalSet, run: Run) -> dict[str, dict[str, float]]:
    """The values of each measure by query; where records of two languages are relevant also by direction (`... da-en`)."""
    values = measure(chosen.judgements, run)
    counts = Counter(_directions(chosen))
    usual = sorted(direction for direction, count in counts.items() if count >= LEAST_SHARE * counts.total())
    directions = {direction: _within(chosen, direction) for direction in usual}
    if len(directions) > 1:
        for (asked, found), judgements in directions.items():
            for name, by_query in measure(judgements, run).items():
                values[f"{name} {asked}-{found}"] = by_query
    return values


def write_run(path: Path, run: Run) -> None:
    """Write a run in the TREC format: query, Q0, record, rank, score, tag."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        for query, records in run.items():
            for rank, (record, score) in enumerate(records.items(), start=1):
                file.write(f"{query} Q0 {record} {rank} {score:.6f} {TAG}\n")


def read_run(path: Path) -> dict[str, dict[str, float]]:
    """Read a run in the TREC format; `AssistantError` where it is none."""
    run: dict[str, dict[str, float]] = {}
    try:
        for line in path.read_text(encoding="utf-8").splitlines():
            query, _, record, _, score, _ = line.split()
            run.setdefault(query, {})[record] = float(score)
    except (OSError, ValueError) as error:
        raise AssistantError(f"{str(path)!r} is no run in the TREC format: {error}") from error
    return run


def _sentences(text: str, language: Language) -> tuple[Sentence, ...]:
    spans = sentence_spans(text, language) or [(0, len(text))]
    return tuple(Sentence(text=text[start:end], page=1, start=start, end=end) for start, end in spans)


def _languages(records: Sequence[tuple[str, str]]) -> dict[str, Language]:
    """The language of each record; short ones are taken to be in the language of most."""
    found = [language_of(text, otherwise="other") for _, text in records]
    most = Counter(language for language in found if language != "other").most_common(1)
    usual: Language = most[0][0] if most else "other"
    return {record: usual if language == "other" else language for (record, _), language in zip(records, found, strict=True)}


def _directions(chosen: RetrievalSet) -> Iterator[tuple[Language, Language]]:
    for query, records in chosen.judgements.items():
        yield from ((chosen.query_languages[query], chosen.record_languages[record]) for record in records)


def _within(chosen: RetrievalSet, direction: tuple[Language, Language]) -> dict[str, dict[str, int]]:
    """The judgements of one direction: queries of its first language, records of its second."""
    asked, wanted = direction
    kept = {
        query: {record: grade for record, grade in records.items() if chosen.record_languages[record] == wanted}
        for query, records in chosen.judgements.items()
        if chosen.query_languages[query] == asked
    }
    return {query: records for query, records in kept.items() if records}


def _read_judgements(folder: Path) -> dict[str, dict[str, int]]:
    judgements: dict[str, dict[str, int]] = {}
    for path in sorted(folder.glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines()[1:]:
            query, record, grade = line.split("\t")
            judgements.setdefault(query, {})[record] = int(grade)
    return judgements


def _lines(path: Path) -> Iterator[dict[str, object]]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def _text(record: Mapping[str, object]) -> str:
    return "\n".join(str(part) for part in (record.get("title"), record["text"]) if part).strip()
