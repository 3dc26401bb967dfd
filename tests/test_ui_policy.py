"""What the gate lets a real Chromium do: everything the page needs, without one violation of the policy."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.served import QUESTION, served
from ui.texts import DANISH
from ui.users import Users

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PASSWORD = "et langt kodeord"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium (Debian: apt-get install chromium)"),
]


@pytest.fixture(scope="module")
def chromium() -> Iterator[object]:
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.mark.parametrize(("name", "may_change"), [("eva", False), ("anna", True)])
def test_the_page_works_behind_the_login_without_a_violation(chromium, tmp_path: Path, name: str, may_change: bool) -> None:
    users = Users().with_user("eva", "reader", PASSWORD).with_user("anna", "curator", PASSWORD)
    faults: list[str] = []
    with served(tmp_path, users=lambda: users) as address:
        context = chromium.new_context(http_credentials={"username": name, "password": PASSWORD})
        tab = context.new_page()
        tab.on("console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None)
        tab.on("pageerror", lambda error: faults.append(str(error)))
        tab.goto(f"{address}/?lang=da")
        tab.wait_for_selector(".welcome")
        tab.fill("#question textarea", QUESTION)
        tab.click("#send")
        tab.wait_for_selector(".turn:last-child:not([aria-busy]) .claim")
        tab.click("[data-tab=library]")
        tab.wait_for_selector("#library .document", state="attached")
        assert (tab.locator(".adding").count() > 0) is may_change
        assert (tab.locator("[data-event=unshelve]").count() > 0) is may_change
        context.close()
    assert faults == []


def test_who_logs_out_is_asked_for_the_password_again(chromium, tmp_path: Path) -> None:
    users = Users().with_user("eva", "reader", PASSWORD)
    with served(tmp_path, users=lambda: users) as address:
        context = chromium.new_context(locale="da-DK")
        tab = context.new_page()
        tab.goto(f"{address}/api/documents".replace("://", f"://eva:{quote(PASSWORD)}@"))
        tab.goto(f"{address}/?lang=da")
        tab.wait_for_selector(".welcome")
        with tab.expect_response(lambda response: response.url.startswith(f"{address}/?") and response.status == 401):
            tab.click(f"text={DANISH.log_out.format(name='eva')}")
        assert tab.request.get(f"{address}/api/documents").status == 401
        context.close()
