"""What several tests share: the folder of measuring data, where it is there, and tools that need no model."""

from pathlib import Path

import pytest

from corpus.catalogue import load_catalogue
from corpus.lexicon import load_lexicon
from corpus.settings import Settings
from ingest.pipeline import Tools
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
