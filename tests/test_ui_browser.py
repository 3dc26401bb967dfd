"""The page in a real Chromium, as a person uses it: ask, check, leaf, copy, switch; by mouse, by keyboard and on a phone."""

import shutil
from collections.abc import Iterator

import pytest

from assistant.wiring import open_assistant
from corpus.catalogue import load_catalogue
from corpus.settings import Settings
from tests.conftest import PROJECT, indexed
from ui.app import build, launch
from ui.ports import first_free
from ui.views import Views

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
QUESTION = "Hvad skal Digital Fuldmagt blive til?"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium (Debian: apt-get install chromium)"),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The chat over two digests, served while these tests run."""
    digests = [PROJECT / "corpus" / "digests" / f"digest-joint-2026-2029-{language}.pdf" for language in ("da", "en")]
    settings = Settings(index=indexed(tmp_path_factory.mktemp("browser") / "index", digests))
    assistant = open_assistant(settings)
    port = first_free("127.0.0.1", 7970)
    assert port is not None
    views = Views(assistant=assistant, catalogue=load_catalogue(), settings=settings)
    page = build(views)
    yield launch(page, views, host="127.0.0.1", port=port)
    page.close(verbose=False)
    assistant.close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[object]:
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def tab(chromium, address: str, request: pytest.FixtureRequest) -> Iterator[object]:  # type: ignore[no-untyped-def]
    """A page of its own, in Danish, as wide, as dark as the test's parameter says."""
    wanted = getattr(request, "param", {})
    context = chromium.new_context(
        viewport=wanted.get("viewport", WIDE),
        color_scheme=wanted.get("scheme", "light"),
        permissions=["clipboard-read", "clipboard-write"],
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{address}?lang=da")
    page.wait_for_selector(".welcome")
    yield page
    context.close()
    assert faults == []


def ask(tab, question: str = QUESTION) -> None:  # type: ignore[no-untyped-def]
    tab.fill("#question textarea", question)
    tab.click("#send")
    tab.wait_for_selector(".turn:last-child:not([aria-busy]) .claim")
    tab.wait_for_selector(".picture img")
    tab.wait_for_function("document.querySelector('.picture img').complete")
