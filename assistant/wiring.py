"""The one place where the assistant's parts are built and joined."""

from assistant.answering import Assistant
from assistant.chatting import open_chat_model
from assistant.judging import Judge
from assistant.retrieving import Retriever
from corpus.catalogue import load_catalogue
from corpus.embedding import load_embedder
from corpus.lexical import LexicalIndex
from corpus.lexicon import load_lexicon
from corpus.settings import Settings
from corpus.store import Store, has_index, open_store


def open_assistant(settings: Settings) -> Assistant:
    """Open the index that the settings name; raises `EmptyIndexError`, `MixedEmbeddersError` or another `AssistantError`."""
    if not has_index(settings.index):
        # Said before the model is loaded: it takes seconds.
        open_store(settings.index, embedder=None)
    embedder = load_embedder(settings.embedding_model)
    store = open_store(settings.index, embedder=embedder.name, server=settings.chroma_server)
    lexical = _lexical(store)
    ids = [row.id for row in store.rows()]
    retriever = Retriever(store=store, embedder=embedder, lexical=lexical, ids=ids)
    judge = Judge(embedder=embedder, lexical=lexical)
    model = open_chat_model(settings.language_model)
    return Assistant(store=store, retriever=retriever, judge=judge, catalogue=load_catalogue(), model=model)


def _lexical(store: Store) -> LexicalIndex:
    lexicon = load_lexicon()
    if store.lexical_folder.is_dir():
        return LexicalIndex.load(store.lexical_folder, lexicon)
    # An ingest that was killed had no time to build it.
    rows = store.rows()
    return LexicalIndex.build([row.text for row in rows], [row.language for row in rows], lexicon)
