"""How soon a person can ask after the chat was started over an index that is there: measured in a real browser."""

import shutil
import time
from pathlib import Path
from statistics import median

from playwright.sync_api import sync_playwright

from corpus.errors import AssistantError
from evals.serving import running_chat

ROUNDS = 3
NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
QUESTION_BOX = "#question textarea:enabled"


def time_to_interactive(index: Path) -> tuple[float, float]:
    """Return seconds from the start of `python -m ui`, median of three: until it serves, until the question box can be typed in.

    The browser is open before, as a person's is; `AssistantError` where there is none.
    """
    chromium = next(filter(None, map(shutil.which, NAMES)), None)
    if chromium is None:
        raise AssistantError("there is no Chromium to open the chat in (Debian: apt-get install chromium)")
    found: list[tuple[float, float]] = []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        for _ in range(ROUNDS):
            page, started = browser.new_context().new_page(), time.perf_counter()
            with running_chat(index) as chat:
                serving = time.perf_counter() - started
                page.goto(chat.address)
                # The welcome comes from the program's first event: from then on a question is answered.
                page.wait_for_selector(".welcome")
                page.fill(QUESTION_BOX, "?")
                found.append((serving, time.perf_counter() - started))
                page.close()
        browser.close()
    serving_at, usable_at = zip(*found, strict=True)
    return median(serving_at), median(usable_at)
