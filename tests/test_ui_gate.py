"""The gate before every address: login, roles, pace, lengths, and the headers of every response; with real clients."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import openai
import pytest
from gradio_client import Client

from tests.conftest import PROJECT
from tests.served import QUESTION, QUOTE, served
from tests.test_ui_tools import call
from ui.gate import DATA_POLICY, PAGE_POLICY
from ui.library import Shelf
from ui.users import FILE, Register, Users, write_users

READER, CURATOR = ("søren", "et langt kodeord"), ("anna", "et andet kodeord")
ASKED = {"question": QUESTION}


@pytest.fixture(scope="module")
def users() -> Users:
    return Users().with_user(READER[0], "reader", READER[1]).with_user(CURATOR[0], "curator", CURATOR[1])


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory, users: Users) -> Iterator[str]:
    """Where a program is served that people log in to."""
    folder = tmp_path_factory.mktemp("guarded")
    write_users(users, folder / "index-data")
    with served(folder, users=lambda: users) as address:
        yield address


@pytest.fixture(scope="module")
def open_to_all(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Where a program is served without a login, and its folder."""
    folder = tmp_path_factory.mktemp("open")
    with served(folder, requests_per_minute=30) as address:
        yield address, folder


def basic(user: tuple[str, str]) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(":".join(user).encode()).decode()}


@pytest.mark.parametrize(
    "path",
    [
        "/", "/config", "/theme.css", "/gradio_api/file=/etc/hostname", "/gradio_api/info", "/gradio_api/upload_progress",
        "/api/documents", "/api/openapi.json", "/v1/models", "/mcp", "/pages/d1/1.png", "/documents", "/nothing",
    ],
)  # fmt: skip
def test_nothing_is_given_without_a_login(guarded: str, path: str) -> None:
    for method in ("GET", "POST"):
        response = httpx.request(method, f"{guarded}{path}")
        assert response.status_code == 401
        assert response.headers["www-authenticate"].startswith("Basic")
        assert response.json()["detail"].startswith("Log in")


def test_a_wrong_password_is_refused(guarded: str) -> None:
    response = httpx.get(f"{guarded}/api/documents", headers=basic((READER[0], CURATOR[1])))
    assert (response.status_code, response.json()["detail"]) == (401, "Name or password are wrong.")


def test_guessing_passwords_is_slowed_down(tmp_path: Path, users: Users, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.gate.ATTEMPTS_PER_MINUTE", 2)
    with served(tmp_path, users=lambda: users) as address:
        codes = [httpx.get(f"{address}/", headers=basic(("eva", f"{number}"))).status_code for number in range(3)]
    assert codes == [401, 401, 429]


def test_every_client_logs_in_with_the_same_name_and_password(guarded: str) -> None:
    assert httpx.post(f"{guarded}/api/ask", json=ASKED, headers=basic(READER)).json()["citations"][0]["quote"] == QUOTE
    client = openai.OpenAI(base_url=f"{guarded}/v1", api_key="anna:et andet kodeord", max_retries=0)
    assert [model.id for model in client.models.list()] == ["strategy-assistant"]
    chat = Client(guarded, headers=basic(READER), verbose=False, analytics_enabled=False)
    assert QUOTE in str(chat.predict(QUESTION, api_name="/ask"))


def test_only_a_curator_adds_documents(guarded: str) -> None:
    sent = {"content": b"ord", "headers": {"x-file-name": "a.md"}}
    refused = httpx.post(f"{guarded}/documents", content=b"ord", headers={**sent["headers"], **basic(READER)})
    assert (refused.status_code, refused.json()["detail"]) == (403, "Only a curator may add documents.")
    taken = httpx.post(f"{guarded}/documents", content=b"ord", headers={**sent["headers"], **basic(CURATOR)})
    assert taken.status_code == 200


@pytest.mark.parametrize(("user", "changed"), [(READER, False), (CURATOR, True)])
@pytest.mark.parametrize("event", ["ingest", "remove"])
def test_only_a_curators_page_changes_the_library(
    guarded: str, monkeypatch: pytest.MonkeyPatch, user: tuple[str, str], changed: bool, event: str
) -> None:
    """Asked as a page asks that was tampered with, so that it shows the buttons."""
    seen: list[bool] = []

    def noted(_: object, shelf: Shelf, *rest: object) -> Iterator[Shelf]:
        seen.append(shelf.curated)
        yield shelf

    monkeypatch.setattr("ui.wiring_rooms.take_in", noted)
    monkeypatch.setattr("ui.wiring_rooms.take_out", noted)
    with httpx.Client(base_url=guarded, headers=basic(user), timeout=30) as client:
        functions = client.get("/config").json()["dependencies"]
        number = next(found["id"] for found in functions if any(target[1] == event for target in found["targets"]))
        asked = {"fn_index": number, "data": [None, None], "event_data": {"document": "d1"}, "session_hash": f"{event}{changed}"}
        client.post("/gradio_api/queue/join", json=asked).raise_for_status()
        with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": asked["session_hash"]}) as told:
            assert any("process_completed" in line for line in told.iter_lines())
    assert seen == [changed]


@pytest.mark.parametrize(
    ("path", "policy"), [("/", PAGE_POLICY), ("/config", PAGE_POLICY), ("/pages/d9/1.png", PAGE_POLICY), ("/api/no", DATA_POLICY)]
)
def test_every_response_tells_the_browser_what_it_may(open_to_all: tuple[str, Path], path: str, policy: str) -> None:
    headers = httpx.get(f"{open_to_all[0]}{path}").headers
    assert headers["content-security-policy"] == policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_a_name_that_leads_here_from_elsewhere_is_refused(open_to_all: tuple[str, Path]) -> None:
    response = httpx.get(f"{open_to_all[0]}/api/documents", headers={"host": "evil.example:7860"})
    assert response.status_code == 421


@pytest.mark.parametrize("path", ["/api/ask", "/v1/chat/completions", "/mcp", "/gradio_api/queue/join"])
def test_a_long_request_is_refused_unread(open_to_all: tuple[str, Path], path: str) -> None:
    body = json.dumps({"question": "a" * 2_000_000}).encode()
    response = httpx.post(f"{open_to_all[0]}{path}", content=body, headers={"content-type": "application/json"})
    assert (response.status_code, response.json()["detail"]) == (413, "A request may have 1024 KiB at most.")
    pieces = httpx.post(f"{open_to_all[0]}{path}", content=iter([b"a", b"b"]))
    assert pieces.status_code == 411


def test_no_file_beside_the_index_can_be_read_through_gradio(open_to_all: tuple[str, Path]) -> None:
    address, folder = open_to_all
    data = folder / "index-data"
    data.mkdir(exist_ok=True)
    (data / FILE).write_text("{}", encoding="utf-8")
    outside = [
        data / FILE,
        folder / "index" / "chroma.sqlite3",
        PROJECT / "settings.toml",
        "/etc/passwd",
        "../../etc/passwd",
    ]
    for path in outside:
        assert httpx.get(f"{address}/gradio_api/file={path}").status_code in (403, 404)


def test_who_asks_too_often_waits_and_the_page_still_loads(tmp_path: Path) -> None:
    with served(tmp_path, requests_per_minute=5) as address:
        codes = [httpx.get(f"{address}/api/documents").status_code for _ in range(6)]
        refused = httpx.get(f"{address}/v1/models")
        assert codes == [200] * 5 + [429]
        assert refused.status_code == 429
        assert int(refused.headers["retry-after"]) >= 1
        assert httpx.get(f"{address}/").status_code == 200


def test_mcp_passes_the_gate(open_to_all: tuple[str, Path]) -> None:
    _, _, answer = call(f"{open_to_all[0]}/mcp", "ask", question=QUESTION)
    assert answer["citations"][0]["quote"] == QUOTE


def test_who_is_removed_loses_access_at_once_and_who_is_added_gets_it(tmp_path: Path, users: Users) -> None:
    data = tmp_path / "index-data"
    register = Register(data)
    with served(tmp_path, users=register) as address:

        def code(user: tuple[str, str] | None = None) -> int:
            return httpx.get(f"{address}/api/documents", headers=basic(user) if user else {}).status_code

        assert code() == 200
        write_users(users, data)
        assert [code(), code(READER), code(CURATOR)] == [401, 200, 200]
        write_users(users.without(READER[0]), data)
        assert [code(READER), code(CURATOR)] == [401, 200]
        (data / FILE).write_text("{", encoding="utf-8")
        assert code(CURATOR) == 401
        write_users(Users(), data)  # nobody is left, and nothing opens
        assert [code(), code(CURATOR)] == [401, 401]


def test_a_browser_that_logs_out_is_refused_and_its_new_login_is_worth_nothing(guarded: str) -> None:
    nobody = ("-", "-")
    assert httpx.get(f"{guarded}/logout", headers=basic(READER)).status_code == 401
    assert httpx.get(f"{guarded}/logout", headers=basic(nobody)).status_code == 204
    assert httpx.get(f"{guarded}/api/documents", headers=basic(nobody)).status_code == 401
