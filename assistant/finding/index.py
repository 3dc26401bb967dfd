"""An open index with everything that searches and reads it."""

from dataclasses import dataclass

from assistant.finding.retrieving import Retriever
from assistant.finding.spelling import Speller
from corpus.embedding import Embedder
from corpus.lexical import LexicalIndex
from corpus.store import Store
from corpus.values import Document, Filters, Language
from reader import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How much of an index some filters let through."""

    documents: int
    pages: int
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """An open index with what searches and reads it, and a mark that differs once an ingest has changed it.

    `ids` names the chunks in the order of the lexical index. Without a `speller`, questions are read as they are typed.
    """

    store: Store
    retriever: Retriever
    reader: Reader
    embedder: Embedder
    lexical: LexicalIndex
    ids: tuple[str, ...]
    documents: tuple[Document, ...]
    mark: str
    speller: Speller | None = None

    @property
    def strategies(self) -> tuple[str, ...]:
        """The ids of the strategies of the documents, one for each document that has one."""
        return tuple(document.strategy for document in self.documents if document.strategy)

    def admitted(self, filters: Filters) -> list[Document]:
        """Return the documents that filters let through."""
        return [
            document
            for document in self.documents
            if filters.admit(document) and (not filters.languages or document.language in filters.languages)
        ]

    def coverage(self, filters: Filters) -> Coverage:
        """Return how many documents and pages filters let through, and the titles."""
        admitted = self.admitted(filters)
        titles = tuple(sorted({document.title for document in admitted}))
        return Coverage(documents=len(admitted), pages=sum(document.page_count for document in admitted), titles=titles)

    def other_twins(self, filters: Filters, language: Language) -> set[str]:
        """Return the ids of our digests that say in another language what an admitted twin says in this one: one source."""
        digests = [document for document in self.admitted(filters) if document.digest]
        own = {twins(digest) for digest in digests if digest.language == language}
        return {digest.id for digest in digests if digest.language != language and twins(digest) in own}


def twins(digest: Document) -> str:
    """Return what the two languages of a digest share: their file names differ in the language alone."""
    return digest.name.removesuffix(f"-{digest.language}.pdf")
