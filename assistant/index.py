"""An open index with everything that asks it."""

from dataclasses import dataclass

from assistant.judging import Judge
from assistant.retrieving import Retriever
from corpus.lexical import LexicalIndex
from corpus.store import Store
from corpus.values import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """An open index with what searches it, and a mark that differs once an ingest has changed it.

    `ids` names the chunks in the order of the lexical index.
    """

    store: Store
    retriever: Retriever
    judge: Judge
    lexical: LexicalIndex
    ids: tuple[str, ...]
    documents: tuple[Document, ...]
    mark: str
