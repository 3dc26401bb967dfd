"""The chat and all that goes with it, served on a free port over two small documents, for tests with real clients."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from assistant.answering import Assistant
from corpus.catalogue import load_catalogue
from corpus.settings import ChatSettings, Settings
from tests.fakes_index import Text, an_index
from ui.app import build, launch
from ui.ports import first_free
from ui.users import UsersNow, everybody
from ui.views import Views

DANISH = Text(
    name="digital-post.txt",
    strategy="joint-2011-2015",
    pages=(
        "# Digital post\nAlle borgere skal have en digital postkasse senest i 2014.\n# Breve\nPosten sendes digitalt.",
        "# Velfærd\nSkoler skal have trådløst netværk. <script>alert(1)</script> er ikke et mål.",
    ),
)
ENGLISH = Text(
    name="cyber.txt",
    strategy="cyber-2018-2021",
    pages=("# Cyber security\nThe government establishes a national cyber security centre. The centre opens in 2018.",),
    language="en",
)
QUESTION = "Hvornår skal alle borgere have en digital postkasse?"
QUOTE = "Alle borgere skal have en digital postkasse senest i 2014."


def an_assistant() -> Assistant:
    """A real assistant over the two documents."""
    return Assistant(open_index=lambda: an_index(DANISH, ENGLISH), mark=lambda: "1", catalogue=load_catalogue())


@contextmanager
def served(folder: Path, *, assistant: Assistant | None = None, users: UsersNow = everybody, **settings: Any) -> Iterator[str]:
    """Serve everything and give its address, without a slash at the end."""
    assistant = assistant or an_assistant()
    views = Views(
        assistant=assistant, catalogue=load_catalogue(), settings=Settings(index=folder / "index", chat=ChatSettings(**settings))
    )
    port = first_free("127.0.0.1", 7900)
    assert port is not None
    page = build(views, users)
    try:
        yield launch(page, views, host="127.0.0.1", port=port, programs=assistant, users=users).rstrip("/")
    finally:
        page.close(verbose=False)
