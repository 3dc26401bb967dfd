"""Downloading from a server that misbehaves in every way that servers do: what is kept, what is said, what goes on."""

import gzip
import hashlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.catalogue import Edition, load_catalogue
from corpus.errors import DownloadError
from ingest.downloading import Outcome, choose, download
from ingest.fetching import Bounds, is_private
from ingest.manifest import MANIFEST, read_manifest
from tests.misbehaving import PDF, Server, answer, cut, drip, in_parts, misbehaving, raw, redirect

PROJECT = Path(__file__).resolve().parent.parent
QUICK = Bounds(pause=0.01, silence=5, attempt=5)
CHANGED = PDF.replace(b"%%EOF", b"2nd\n%%EOF")


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def server() -> Iterator[Server]:
    with misbehaving() as server:
        yield server


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "documents"


def an_edition(url: str | None, **changes: object) -> Edition:
    values = {"id": "plan-da", "strategy": "plan", "language": "da", "kind": "document", "title": "En plan for alle", "url": url}
    return Edition(**(values | changes))  # type: ignore[arg-type]


def one(url: str, folder: Path, bounds: Bounds = QUICK, **changes: object) -> Outcome:
    (outcome,) = download([an_edition(url, **changes)], folder=folder, bounds=bounds)
    return outcome


def visible(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def hidden(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name.startswith(".") and path.name != ".download.lock")


def test_a_document_is_kept_under_its_editions_name_with_a_record_of_where_it_came_from(server: Server, folder: Path) -> None:
    url = server.on("/a", answer(200, PDF, ETag='"1"', Last_Modified="Tue, 24 Nov 2026 10:00:00 GMT"))
    outcome = one(url, folder)
    assert (outcome.status, outcome.bytes, outcome.reason) == ("downloaded", len(PDF), "")
    assert (folder / "plan-da.pdf").read_bytes() == PDF
    assert visible(folder) == [MANIFEST, "plan-da.pdf"]
    assert hidden(folder) == []
    (record,) = read_manifest(folder)
    assert (record.file, record.edition, record.sha256) == ("plan-da.pdf", "plan-da", hashlib.sha256(PDF).hexdigest())
    assert (record.url, record.sent_by, record.page, record.etag) == (url, url, "", '"1"')
    assert record.downloaded.endswith("+00:00")


def test_one_that_fails_stops_no_other(server: Server, folder: Path) -> None:
    good = server.on("/good", answer(200, PDF))
    editions = [an_edition(server.url + "/none", id="a"), an_edition(None, id="b"), an_edition(good, id="c")]
    outcomes = download(editions, folder=folder, bounds=QUICK)
    assert [outcome.status for outcome in outcomes] == ["failed", "by hand", "downloaded"]
    assert "404" in outcomes[0].reason
    assert len(server.seen) == 2  # what is not there is not asked for twice


@pytest.mark.parametrize(
    "trouble",
    [
        answer(500),
        answer(503, Retry_After="0"),
        answer(429, Retry_After="Tue, 24 Nov 2020 10:00:00 GMT"),
        raw(b""),
        answer(200, PDF[:5000], length=len(PDF)),
        cut(PDF, after=5000),
        raw(b"HTTP/1.1 200 OK\r\n\r\n" + PDF[:5000]),
        raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n400\r\n" + PDF[:1024] + b"\r\n"),
    ],
    ids=["500", "503", "429", "closed", "shorter than promised", "reset", "no length, no end", "chunks without end"],
)
def test_trouble_that_passes_is_met_by_another_attempt(server: Server, folder: Path, trouble: object) -> None:
    url = server.on("/a", trouble, answer(200, PDF))  # type: ignore[arg-type]
    assert one(url, folder).status == "downloaded"
    assert (folder / "plan-da.pdf").read_bytes() == PDF
    assert len(server.seen) == 2


def test_trouble_that_does_not_pass_ends(server: Server, folder: Path) -> None:
    outcome = one(server.on("/a", answer(503)), folder)
    assert outcome.status == "failed"
    assert "503, at each of 4 attempts" in outcome.reason
    assert len(server.seen) == 4
    later = one(server.on("/b", answer(429, Retry_After="86400")), folder)
    assert "try again in 86400 seconds" in later.reason


def test_a_wait_that_the_server_asks_for_is_kept(server: Server, folder: Path) -> None:
    started = time.monotonic()
    assert one(server.on("/a", answer(429, Retry_After="1"), answer(200, PDF)), folder).status == "downloaded"
    assert time.monotonic() - started >= 1


@pytest.mark.parametrize(
    ("behaviour", "words"),
    [
        (answer(200, b""), "empty"),
        (answer(200, b"\x89PNG\r\n" + b"x" * 3000, Content_Type="application/pdf"), "neither a PDF nor a web page"),
        (answer(200, b"%PDF-", length=5_000_000_000), "5,000.0 MB or more; at most 100 MB"),
        (answer(200, gzip.compress(b"%PDF-1.7" + bytes(50_000_000)), Content_Encoding="gzip"), "packed"),
        (answer(206, PDF, Content_Range="bytes 0-1/2"), "another part"),
        (answer(304), "no document (304)"),
        (redirect("/a"), "redirects more than 5 times"),
        (redirect("file:///etc/passwd"), "only addresses of http and https"),
        (redirect("http://host:port/"), "does not follow HTTP"),
        (raw(b"SSH-2.0-OpenSSH\r\n\r\n"), "does not follow HTTP"),
    ],
    ids=["empty", "picture", "5 GB", "gzip bomb", "part", "304", "loop", "file scheme", "bad address", "not http"],
)
def test_what_is_no_document_is_refused_and_nothing_of_it_stays(
    server: Server, folder: Path, behaviour: object, words: str
) -> None:
    outcome = one(server.on("/a", behaviour), folder)  # type: ignore[arg-type]
    assert outcome.status == "failed"
    assert words in outcome.reason
    assert visible(folder) == hidden(folder) == []


def test_more_than_is_allowed_is_stopped_though_no_length_was_announced(server: Server, folder: Path) -> None:
    url = server.on("/a", raw(b"HTTP/1.1 200 OK\r\n\r\n" + PDF))
    assert "at most 0.05 MB" in one(url, folder, replace(QUICK, file_bytes=50_000)).reason
    page = server.on("/b", answer(200, b"<html>" + b"x" * 60_000))
    assert "at most 0.05 MB" in one(page, folder, replace(QUICK, page_bytes=50_000)).reason
    assert hidden(folder) == []


@pytest.mark.parametrize("header", [True, False], ids=["header", "body"])
def test_a_slow_drip_is_left_in_time(server: Server, folder: Path, header: bool) -> None:
    stop = threading.Event()
    url = server.on("/a", drip(header=header, stop=stop))
    outcome = one(url, folder, replace(QUICK, attempt=0.3, attempts=2))
    stop.set()
    assert "not there after 0.3 seconds" in outcome.reason


def test_a_pdf_under_a_wrong_content_type_is_a_pdf(server: Server, folder: Path) -> None:
    assert one(server.on("/a", answer(200, PDF, Content_Type="text/html")), folder).status == "downloaded"


def test_what_a_server_says_reaches_neither_the_path_nor_the_terminal(server: Server, folder: Path) -> None:
    start, length = b"HTTP/1.1 200 OK\r\n", f"Content-Length: {len(PDF)}\r\n\r\n".encode()
    named = b'Content-Disposition: attachment; filename="../../evil.pdf"\r\nX-Odd: \xe6\xff\r\nETag: "\xe6"\r\n'
    assert one(server.on("/a", raw(start + named + length + PDF)), folder).status == "downloaded"
    assert visible(folder) == [MANIFEST, "plan-da.pdf"]
    assert read_manifest(folder)[0].etag == ""
    steering = one(server.on("/b", raw(start + b"X-\xe6: \x1b[31m\r\n" + length + PDF)), folder, id="b")
    assert steering.status == "failed"
    assert steering.reason.isprintable()
    said = one(server.on("/c", redirect("ftp://x/\x9b31m\u202e")), folder, id="c").reason
    assert said.isprintable()


def test_a_redirect_into_a_private_network_is_not_followed(server: Server, folder: Path) -> None:
    inside = server.on("/inside", answer(200, PDF))
    url = server.on("/a", redirect(inside)).replace("127.0.0.1", "localhost")
    only_the_number = replace(QUICK, private=lambda host: host == "127.0.0.1")
    assert "into a private network" in one(url, folder, only_the_number).reason
    assert [path for path, _ in server.seen] == ["/a"]
    assert one(url, folder).status == "downloaded"  # from within the private network it may


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", True),
        ("localhost", True),
        ("10.1.2.3", True),
        ("169.254.169.254", True),
        ("::1", True),
        ("::ffff:192.168.0.1", True),
        ("0.0.0.0", True),
        ("2130706433", True),
        ("8.8.8.8", False),
        ("no.such.host.invalid", False),
        ("x" * 70, False),
    ],
)
def test_private_hosts(host: str, expected: bool) -> None:
    assert is_private(host) is expected


def test_what_broke_off_is_gone_on_with(server: Server, folder: Path) -> None:
    url = server.on("/a", cut(PDF, after=60_000, ETag='"1"'), in_parts(PDF, etag='"1"'))
    assert one(url, folder).status == "downloaded"
    assert (folder / "plan-da.pdf").read_bytes() == PDF
    (_, first), (_, second) = server.seen
    assert "Range" not in first
    assert second["If-Range"] == '"1"'
    assert 0 < int(second["Range"].removeprefix("bytes=").removesuffix("-")) <= 60_000


def test_what_broke_off_and_has_changed_since_starts_anew(server: Server, folder: Path) -> None:
    url = server.on("/a", cut(PDF, after=60_000, ETag='"1"'), in_parts(CHANGED, etag='"2"'))
    assert one(url, folder).status == "downloaded"
    assert (folder / "plan-da.pdf").read_bytes() == CHANGED


@pytest.mark.parametrize(
    "refusal", [answer(416), answer(206, PDF[7:], Content_Range="bytes 7-9/10")], ids=["416", "another part"]
)
def test_a_server_that_will_not_go_on_is_asked_anew(server: Server, folder: Path, refusal: object) -> None:
    url = server.on("/a", cut(PDF, after=60_000, ETag='"1"'), refusal, answer(200, PDF))  # type: ignore[arg-type]
    assert one(url, folder).status == "downloaded"
    assert (folder / "plan-da.pdf").read_bytes() == PDF


def test_a_weak_etag_is_nothing_to_go_on_with(server: Server, folder: Path) -> None:
    url = server.on("/a", cut(PDF, after=60_000, ETag='W/"1"'), answer(200, PDF))
    assert one(url, folder).status == "downloaded"
    assert "Range" not in server.seen[1][1]


def test_a_document_that_is_the_same_is_not_sent_again(server: Server, folder: Path) -> None:
    url = server.on("/a", in_parts(PDF, etag='"1"'))
    one(url, folder)
    outcome = one(url, folder)
    assert (outcome.status, outcome.file) == ("unchanged", folder / "plan-da.pdf")
    assert server.seen[1][1]["If-None-Match"] == '"1"'
    server.on("/a", in_parts(PDF, etag='"2"'))
    assert one(url, folder).status == "unchanged"
    assert [record.etag for record in read_manifest(folder)] == ['"2"']


def test_a_changed_document_lies_beside_the_old_one(server: Server, folder: Path) -> None:
    url = server.on("/a", in_parts(PDF, etag='"1"'))
    one(url, folder)
    server.on("/a", in_parts(CHANGED, etag='"2"'))
    outcome = one(url, folder)
    assert outcome.status == "changed"
    assert "plan-da.pdf" in outcome.reason
    assert outcome.file
    assert outcome.file.name.startswith("plan-da-20")
    assert outcome.file.stem.endswith(hashlib.sha256(CHANGED).hexdigest()[:8])
    assert (folder / "plan-da.pdf").read_bytes() == PDF
    assert outcome.file.read_bytes() == CHANGED
    assert one(url, folder).status == "unchanged"
    server.on("/a", answer(404))
    assert f"{outcome.file.name} of 20" in one(url, folder).reason


def test_a_file_of_somebody_elses_is_not_overwritten(server: Server, folder: Path) -> None:
    folder.mkdir()
    (folder / "plan-da.pdf").write_bytes(b"mine")
    outcome = one(server.on("/a", answer(200, PDF)), folder)
    assert outcome.status == "downloaded"
    assert (folder / "plan-da.pdf").read_bytes() == b"mine"
    assert outcome.file
    assert outcome.file.read_bytes() == PDF


def test_a_file_that_was_deleted_or_spoilt_is_fetched_again(server: Server, folder: Path) -> None:
    url = server.on("/a", in_parts(PDF, etag='"1"'))
    one(url, folder)
    (folder / "plan-da.pdf").unlink()
    assert one(url, folder).status == "downloaded"
    assert (folder / "plan-da.pdf").read_bytes() == PDF


def test_a_landing_page_leads_to_the_one_pdf_that_has_the_title(server: Server, folder: Path) -> None:
    page = b"""<!DOCTYPE html><a href="/media/1.pdf">Hent <b>En plan</b> for alle (pdf)</a>
        <a href="/m/en-plan-for-alle-faktaark.pdf">x</a>
        <a href="http://elsewhere.example/a.pdf">En plan for alle</a>"""
    url = server.on("/page", answer(200, page))
    link = server.on("/media/1.pdf", cut(PDF, after=60_000, ETag='"1"'), in_parts(PDF, etag='"1"'))
    assert one(url, folder).status == "downloaded"
    (record,) = read_manifest(folder)
    assert (record.url, record.page) == (link, url)
    assert "Range" in server.seen[2][1]
    assert one(url, folder).status == "unchanged"
    assert hidden(folder) == []


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (b"<html><body>Ingen filer her</body>", "no file on it has its title"),
        (b'<html><a href="en-plan-for-alle.pdf">1</a><a href="2.pdf">En plan for alle</a>', "2 files on it fit"),
        (b'<html><a href="b.pdf">En plan for alle</a>', "leads to no PDF"),
    ],
)
def test_a_page_that_does_not_lead_on_is_named_for_a_person_to_open(
    server: Server, folder: Path, page: bytes, words: str
) -> None:
    url = server.on("/page/", answer(200, page))
    server.on("/page/b.pdf", answer(200, page))
    outcome = one(url, folder)
    assert outcome.status == "by hand"
    assert words in outcome.reason
    assert outcome.reason.endswith(f"open {url}")
    assert visible(folder) == hidden(folder) == []


def test_an_edition_that_is_a_web_page_is_not_asked_for(server: Server, folder: Path) -> None:
    outcome = one(server.url + "/x", folder, kind="web page")
    assert (outcome.status, server.seen) == ("by hand", [])
    assert server.url in outcome.reason


def test_a_server_that_cannot_be_reached_is_one_line(folder: Path) -> None:
    with misbehaving() as server:
        pass
    outcome = one(server.url + "/a", folder)
    assert outcome.status == "failed"
    assert "cannot be reached" in outcome.reason


def test_the_proxy_of_the_environment_is_used(server: Server, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", server.url)
    server.behaviours["http://documents.invalid/a.pdf"] = [answer(200, PDF)]
    assert one("http://documents.invalid/a.pdf", folder).status == "downloaded"
    monkeypatch.setenv("http_proxy", "gopher://x")
    assert "proxy" in one("http://documents.invalid/a.pdf", folder, id="b").reason


def test_a_damaged_list_and_a_folder_that_cannot_be_are_one_line(server: Server, folder: Path) -> None:
    folder.mkdir()
    for damaged in (
        "{",
        "[]",
        "[" * 100_000,
        " " * 5_000_001,
        '{"format": 2, "files": []}',
        '{"format": 1, "files": [{"file": 1}]}',
    ):
        (folder / MANIFEST).write_text(damaged, encoding="utf-8")
        with pytest.raises(DownloadError, match=r"downloads\.json: cannot be read"):
            one(server.url + "/a", folder)
    (folder / "file").touch()
    with pytest.raises(DownloadError, match="cannot be kept there"):
        one(server.url + "/a", folder / "file")


def test_editions_are_chosen_by_their_id_or_their_strategys() -> None:
    catalogue = load_catalogue()
    both = choose(["joint-2016-2020"], catalogue)
    assert [edition.id for edition in both] == ["joint-2016-2020-da", "joint-2016-2020-en"]
    assert choose(["joint-2016-2020-en"], catalogue) == both[1:]
    assert all(edition.url for edition in choose([], catalogue))
    with pytest.raises(DownloadError, match="near it: joint-2016-2020"):
        choose(["joint-2016-202"], catalogue)


CHILD = """
import json, resource, sys
sys.path.insert(0, {project!r})
from pathlib import Path
from ingest.downloading import download
from ingest.fetching import Bounds
from tests.test_ingest_downloading import an_edition
if {room}:
    resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}))
(outcome,) = download([an_edition({url!r})], folder=Path({folder!r}), bounds=Bounds(pause=0.01))
print(outcome.status, outcome.reason)
"""


def child(url: str, folder: Path, *, room: int = 0) -> subprocess.Popen[str]:
    script = CHILD.format(project=str(PROJECT), room=room, url=url, folder=str(folder))
    return subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)


def test_a_disk_that_is_full_is_one_line_and_the_next_run_goes_on(server: Server, folder: Path) -> None:
    """The limit of a file's size stands for the full disk: every write beyond it fails."""
    url = server.on("/a", in_parts(PDF, etag='"1"'))
    said, _ = child(url, folder, room=50_000).communicate(timeout=60)
    assert said.startswith("failed")
    assert "cannot be written" in said
    assert visible(folder) == []
    assert one(url, folder).status == "downloaded"
    assert "Range" in server.seen[1][1]


def test_a_download_that_is_killed_is_completed_by_the_next_one(server: Server, folder: Path) -> None:
    half = threading.Event()

    def stall(request: object) -> None:
        answer(200, PDF[:60_000], length=len(PDF), ETag='"1"')(request)  # type: ignore[arg-type]
        half.wait(30)

    url = server.on("/a", stall, in_parts(PDF, etag='"1"'))
    process = child(url, folder)
    part = folder / ".plan-da.part"
    while not (part.exists() and part.stat().st_size):
        assert process.poll() is None
        time.sleep(0.02)
    with pytest.raises(DownloadError, match="another download"):
        one(url, folder)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate(timeout=60)
    half.set()
    assert visible(folder) == []
    assert one(url, folder).status == "downloaded"
    assert (folder / "plan-da.pdf").read_bytes() == PDF
    assert json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"][0]["bytes"] == len(PDF)
    assert hidden(folder) == []
