"""The one place where the assistant's parts are built and joined."""

from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.answering import Assistant
from assistant.finding.cross_encoding import open_pair_scorer
from assistant.finding.index import Index
from assistant.finding.retrieving import Retriever
from assistant.finding.spelling import Speller
from assistant.language_model.chatting import open_chat_model
from assistant.question.routing import Router
from corpus.catalogue import load_catalogue
from corpus.embedding import load_embedder
from corpus.errors import StoreError
from corpus.generations import index_mark, open_store
from corpus.lexical import LexicalIndex
from corpus.lexicon import Lexicon, load_lexicon
from corpus.renamings import load_renamings
from corpus.settings import Settings, read_settings
from corpus.store import ChunkRow
from reader import open_reader


def open_assistant(settings: Settings | None = None) -> Assistant:
    """Open the index that the settings name, by default those of `settings.toml`; use it in a `with` block or close it.

    Raises `EmptyIndexError`, `MixedEmbeddersError` or another `AssistantError`.
    """
    settings = settings or read_settings()
    # Said before the model is loaded, which may take seconds.
    index_mark(settings.index)
    return Assistant(
        open_index=index_opener(settings),
        mark=lambda: index_mark(settings.index),
        catalogue=load_catalogue(),
        router=Router.load(load_embedder()),
        renamings=load_renamings(),
        model=open_chat_model(settings.language_model),
    )


def index_opener(settings: Settings) -> Callable[[], Index]:
    """Load the models that the settings name, and return what opens their index, as often as it is asked to."""
    embedder, lexicon = load_embedder(settings.embedding_model), load_lexicon()
    scorer, reader = (
        open_pair_scorer(settings.reranking_model),
        open_reader(settings.reader_model, threads=settings.reader_threads),
    )

    def open_index() -> Index:
        mark = index_mark(settings.index)
        store = open_store(settings.index, embedder=embedder.name, server=settings.chroma_server)
        with store.snapshot():
            rows, documents, folder = store.rows(), store.documents(), store.lexical_folder
        lexical = _lexical(folder, rows, lexicon)
        ids = tuple(row.id for row in rows)
        return Index(
            store=store,
            retriever=Retriever(store=store, embedder=embedder, lexical=lexical, ids=ids, scorer=scorer),
            reader=reader,
            embedder=embedder,
            lexical=lexical,
            ids=ids,
            documents=tuple(documents),
            mark=mark,
            speller=Speller.of(((row.text, row.language) for row in rows), lexicon),
        )

    return open_index


def _lexical(folder: Path, rows: Sequence[ChunkRow], lexicon: Lexicon) -> LexicalIndex:
    """The lexical index of the rows: as the ingest kept it, else built here.

    It is missing after an ingest that was killed, and while one is on, which deletes those of earlier revisions.
    """
    try:
        if folder.is_dir():
            return LexicalIndex.load(folder, lexicon)
    except StoreError:
        if folder.is_dir():
            raise
    return LexicalIndex.build([row.text for row in rows], [row.language for row in rows], lexicon)
