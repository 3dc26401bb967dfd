"""What several tests share: the folder of measuring data, where it is there, and tools that need no model."""

from pathlib import Path

import pytest

from corpus.catalogue import load_catalogue
from corpus.embedding import load_embedder
from corpus.lexicon import load_lexicon
from corpus.settings import Settings
from ingest.pipeline import Tools, ingest
from tests.fakes import WordEmbedder

PROJECT = Path(__file__).resolve().parent.parent
SHARED = PROJECT.parent / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The measuring data that lies beside the project on some machines."""
    if not SHARED.is_dir():
        pytest.skip(f"the measuring data is not on this machine ({SHARED} is missing)")
    return SHARED


@pytest.fixture
def tools(tmp_path: Path) -> Tools:
    """Everything an ingest works with, with a small embedder and an index of its own."""
    settings = Settings(index=tmp_path / "index", ocr=False)
    return Tools(settings=settings, embedder=WordEmbedder(), lexicon=load_lexicon(), catalogue=load_catalogue())


@pytest.fixture(scope="session")
def shipped_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the shipped corpus, made with the shipped embedder."""
    return indexed(tmp_path_factory.mktemp("shipped"), sorted((PROJECT / "corpus" / "digests").glob("*.pdf")))


@pytest.fixture(scope="session")
def official_index(tmp_path_factory: pytest.TempPathFactory, shared_data: Path) -> Path:
    """An index of the real documents of the measuring data, made with the shipped embedder."""
    return indexed(tmp_path_factory.mktemp("official"), [shared_data / "pdf"])


def indexed(folder: Path, paths: list[Path]) -> Path:
    settings = Settings(index=folder)
    tools = Tools(settings=settings, embedder=load_embedder(), lexicon=load_lexicon(), catalogue=load_catalogue())
    failed = ingest(paths, tools=tools).of("failed")
    # Without Tesseract a file that is all pictures cannot be read; the others can.
    assert not [outcome for outcome in failed if "Tesseract" not in outcome.reason]
    return folder
