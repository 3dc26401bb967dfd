"""An index in memory, made of a few pages of text, with everything that asks it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.finding.index import Index
from assistant.finding.retrieving import Retriever
from corpus.embedding import contextual_text
from corpus.lexical import LexicalIndex
from corpus.lexicon import load_lexicon
from corpus.values import Document, Filters, Page
from ingest.chunking import chunk_pages
from tests.fakes import WordEmbedder, WordReader, a_document, a_page


@dataclass(frozen=True)
class Text:
    """One document as a test writes it: pages of lines; a line that begins with # is a heading."""

    name: str
    strategy: str | None
    pages: Sequence[str]
    language: str = "da"
    digest: bool = False


class MemoryStore:
    """What the assistant asks of a store, in memory, with exact search."""

    def __init__(self, texts: Sequence[Text], embedder: WordEmbedder) -> None:
        self._documents, self._pages, self._chunks = {}, {}, {}
        for number, text in enumerate(texts, start=1):
            document = _document(text, f"d{number}")
            pages = [_page(lines, place) for place, lines in enumerate(text.pages, start=1)]
            self._documents[document.id] = document
            self._pages |= {(document.id, page.number): page for page in pages}
            chunks = chunk_pages(pages, document_id=document.id, title=document.title, language=text.language, longest=900)
            self._chunks |= {chunk.id: chunk for chunk in chunks}
        self.ids = tuple(self._chunks)
        self.texts = [contextual_text(chunk.heading_path, chunk.text) for chunk in self._chunks.values()]
        self.languages = [chunk.language for chunk in self._chunks.values()]
        self._matrix = embedder.encode_passages(self.texts)

    def documents(self) -> list[Document]:
        return list(self._documents.values())

    def page(self, document_id: str, number: int) -> Page:
        return self._pages[document_id, number]

    def pages(self, document_id: str) -> list[Page]:
        return [page for (held, _), page in self._pages.items() if held == document_id]

    def nearest(self, vector, *, count: int, filters: Filters):
        allowed = self.matching(filters)
        found = sorted(zip(self.ids, map(float, self._matrix @ vector), strict=True), key=lambda pair: -pair[1])
        return [(key, score) for key, score in found if allowed is None or key in allowed][:count]

    def passages(self, ids: Sequence[str]):
        return [(self._chunks[key], self._documents[self._chunks[key].document_id]) for key in ids]

    def vectors(self, ids: Sequence[str]):
        return np.asarray([self._matrix[self.ids.index(key)] for key in ids])

    def matching(self, filters: Filters) -> set[str] | None:
        return {
            key
            for key, chunk in self._chunks.items()
            if filters.admit(self._documents[chunk.document_id])
            and (not filters.languages or chunk.language in filters.languages)
        }


def an_index(*texts: Text) -> Index:
    """An index of texts, with an embedder that knows words alone."""
    embedder = WordEmbedder()
    store = MemoryStore(texts, embedder)
    lexical = LexicalIndex.build(store.texts, store.languages, load_lexicon())
    return Index(
        store=store,  # type: ignore[arg-type]
        retriever=Retriever(store=store, embedder=embedder, lexical=lexical, ids=store.ids),
        reader=WordReader(),
        embedder=embedder,
        lexical=lexical,
        ids=store.ids,
        documents=tuple(store.documents()),
        mark="1",
    )


def _document(text: Text, id: str) -> Document:
    return a_document(
        id=id,
        name=text.name,
        title=text.name,
        language=text.language,
        page_count=len(text.pages),
        strategy=text.strategy,
        digest=text.digest,
    )


def _page(lines: str, number: int) -> Page:
    plain = "\n".join(line.removeprefix("# ") for line in lines.split("\n"))
    return a_page(plain, number=number, headings=[line[2:] for line in lines.split("\n") if line.startswith("# ")])
