"""The golden set as a retrieval set: chunks of the shipped corpus, and which of them hold the words that a question expects.

So retrievers can be compared from a fresh clone, without data of others. Only the development split is asked.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.catalogue import load_catalogue
from corpus.embedding import contextual_text, load_embedder
from corpus.errors import AssistantError
from corpus.generations import open_store
from corpus.lexicon import load_lexicon
from corpus.settings import Settings
from corpus.store import Store
from corpus.text import find_verbatim
from corpus.values import Chunk
from evals.casebook import SHIPPED, Case, read_cases
from evals.retrieval import RetrievalSet
from ingest.pipeline import Tools, ingest

NAME = "golden"


def golden_set(files: Sequence[Path]) -> RetrievalSet:
    """Return the set of the files and the shipped questions on them; the files are read into an index that is deleted."""
    with TemporaryDirectory() as folder:
        settings = ingest_into(Path(folder), files)
        store = open_store(settings.index, embedder=None)
        try:
            return retrieval_set(read_cases(SHIPPED / "golden.jsonl"), store)
        finally:
            store.close()


def ingest_into(folder: Path, files: Sequence[Path]) -> Settings:
    """Read files into an index within a folder, and return the settings that name it."""
    settings = Settings(index=folder / "index")
    tools = Tools(settings=settings, embedder=load_embedder(), lexicon=load_lexicon(), catalogue=load_catalogue())
    ingest(files, tools=tools)
    return settings


def retrieval_set(cases: Sequence[Case], store: Store) -> RetrievalSet:
    """Return the set of the store's chunks and those questions of the development split that stand alone and expect a quote.

    A chunk is relevant to a question where it holds a quote whole. A question without such a chunk is left out, and a set
    without a question is an `AssistantError`.
    """
    chunks = {held.name: store.chunks(held.id) for held in store.documents()}
    asked = {case.id: case for case in cases if case.split == "dev" and case.answerable and not case.history}
    judged = {name: found for name, case in asked.items() if (found := _relevant(case, chunks))}
    if not judged:
        raise AssistantError("no question of the golden set expects words of these documents")
    records = [chunk for found in chunks.values() for chunk in found]
    return RetrievalSet(
        name=NAME,
        # The heading stands before the text, as in a retrieval set of others a record's title does.
        records=[(chunk.id, contextual_text(chunk.heading_path, chunk.text)) for chunk in records],
        record_languages={chunk.id: chunk.language for chunk in records},
        queries=[(name, asked[name].question) for name in judged],
        query_languages={name: asked[name].language for name in judged},
        judgements=judged,
    )


def _relevant(case: Case, chunks: Mapping[str, Sequence[Chunk]]) -> dict[str, int]:
    return {
        chunk.id: 1
        for evidence in case.evidence
        if evidence.quote
        for chunk in chunks.get(evidence.document, ())
        if evidence.page in (None, *(sentence.page for sentence in chunk.sentences)) and find_verbatim(evidence.quote, chunk.text)
    }
