"""The ingest as a whole: only what changed is read, one bad file harms no other, and a kill at any point harms nothing."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock

from corpus.errors import LockedError, MixedEmbeddersError
from corpus.generations import open_store
from corpus.store import Store
from corpus.values import Filters
from ingest.__main__ import main
from ingest.manifest import Record, write_manifest
from ingest.pipeline import Report, Tools, ingest, rebuild, remove
from tests.fakes import WordEmbedder


def write(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def statuses(report: Report) -> dict[str, str]:
    return {outcome.path.name: outcome.status for outcome in report.outcomes}


@contextmanager
def opened(tools: Tools) -> Iterator[Store]:
    store = open_store(tools.settings.index, embedder=tools.embedder.name)
    try:
        yield store
    finally:
        store.close()


def names(tools: Tools) -> list[str]:
    with opened(tools) as store:
        return [document.name for document in store.documents()]


def texts(tools: Tools) -> str:
    with opened(tools) as store:
        return "\n".join(chunk.text for document in store.documents() for chunk in store.chunks(document.id))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "in", "post.md", "# Digital Post\n\nDigital Post er den fælles løsning til breve fra det offentlige.\n")
    write(tmp_path / "in", "mitid.txt", "MitID er borgernes digitale identitet, og den bruges hver eneste dag.\n")
    return tmp_path / "in"


def test_the_first_run_adds_and_the_second_does_nothing(folder: Path, tools: Tools) -> None:
    assert statuses(ingest([folder], tools=tools)) == {"mitid.txt": "added", "post.md": "added"}
    with opened(tools) as store:
        revision = store.revision
        assert store.lexical_folder.is_dir()
    assert statuses(ingest([folder], tools=tools)) == {"mitid.txt": "unchanged", "post.md": "unchanged"}
    with opened(tools) as store:
        assert store.revision == revision


def test_a_changed_file_replaces_its_old_chunks(folder: Path, tools: Tools) -> None:
    ingest([folder], tools=tools)
    write(folder, "mitid.txt", "NemID blev afløst af MitID, som nu er borgernes digitale identitet.\n")
    assert statuses(ingest([folder], tools=tools)) == {"mitid.txt": "replaced", "post.md": "unchanged"}
    assert "NemID blev afløst" in texts(tools)
    assert "hver eneste dag" not in texts(tools)


def test_a_vanished_file_goes_and_one_outside_the_folder_stays(folder: Path, tools: Tools, tmp_path: Path) -> None:
    other = write(tmp_path / "other", "anden.txt", "En helt anden tekst om noget, der ikke er digitalt.\n")
    ingest([folder, other], tools=tools)
    (folder / "post.md").unlink()
    assert statuses(ingest([folder], tools=tools)) == {"mitid.txt": "unchanged", "post.md": "removed"}
    assert names(tools) == ["anden.txt", "mitid.txt"]


def test_a_moved_file_is_read_in_its_new_place(folder: Path, tools: Tools) -> None:
    ingest([folder], tools=tools)
    (folder / "sub").mkdir()
    (folder / "post.md").rename(folder / "sub" / "brev.md")
    assert statuses(ingest([folder], tools=tools)) == {"mitid.txt": "unchanged", "brev.md": "added", "post.md": "removed"}


def test_the_same_bytes_twice_are_one_document(folder: Path, tools: Tools) -> None:
    shutil.copy(folder / "post.md", folder / "zz-copy.md")
    report = ingest([folder], tools=tools)
    assert statuses(report)["zz-copy.md"] == "duplicate"
    assert len(names(tools)) == 2


def test_a_file_that_becomes_a_copy_of_another_takes_its_old_version_along(folder: Path, tools: Tools) -> None:
    ingest([folder], tools=tools)
    shutil.copy(folder / "post.md", folder / "mitid.txt")
    (outcome,) = ingest([folder], tools=tools).of("duplicate")
    assert (outcome.path.name, "out of the index" in outcome.reason) == ("mitid.txt", True)
    assert names(tools) == ["post.md"]
    assert "hver eneste dag" not in texts(tools)


def test_files_that_change_places_are_both_read_anew(folder: Path, tools: Tools) -> None:
    """Whichever comes first has the bytes that the index knows as the other's, which is no longer so."""
    ingest([folder], tools=tools)
    first, second = folder / "mitid.txt", folder / "post.md"
    texts_before = first.read_text(encoding="utf-8"), second.read_text(encoding="utf-8")
    write(folder, "mitid.txt", texts_before[1])
    write(folder, "post.md", texts_before[0])
    assert statuses(ingest([folder], tools=tools)) == {"mitid.txt": "replaced", "post.md": "replaced"}
    with opened(tools) as store:
        held = {document.name: store.chunks(document.id)[0].text for document in store.documents()}
    assert "borgernes digitale identitet" in held["post.md"]
    assert "fælles løsning til breve" in held["mitid.txt"]


def test_bad_files_are_named_with_their_reason_and_the_rest_goes_on(folder: Path, tools: Tools) -> None:
    write(folder, "empty.pdf", "")
    write(folder, "fake.pdf", "Dette er slet ikke en PDF.")
    write(folder, "fake.docx", "Dette er slet ikke et Word-dokument.")
    write(folder, "picture.png", "x")
    locked = write(folder, "locked.txt", "Denne fil må ingen læse.")
    locked.chmod(0)
    report = ingest([folder], tools=tools)
    failed = {outcome.path.name: outcome.reason for outcome in report.of("failed")}
    readable_by_root = os.access(locked, os.R_OK)
    assert set(failed) == {"empty.pdf", "fake.pdf", "fake.docx"} | (set() if readable_by_root else {"locked.txt"})
    assert all("\n" not in reason and name in reason for name, reason in failed.items())
    assert [path.name for path in report.ignored] == ["picture.png"]
    assert statuses(report)["post.md"] == "added"


def test_a_file_that_goes_bad_keeps_answering_from_what_was_read_before(folder: Path, tools: Tools) -> None:
    ingest([folder], tools=tools)
    write(folder, "mitid.txt", "\0\0\0")
    (outcome,) = ingest([folder], tools=tools).of("failed")
    assert "still answers" in outcome.reason
    assert "hver eneste dag" in texts(tools)


def test_a_downloaded_edition_is_recognised_though_nothing_in_it_says_what_it_is(folder: Path, tools: Tools) -> None:
    """The list of downloads names the bytes, so a file that was changed since is not taken for the edition."""
    path = folder / "mitid.txt"
    record = Record(
        file="joint-2016-2020-da.pdf",
        edition="joint-2016-2020-da",
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        bytes=path.stat().st_size,
        url="https://documents.example/a.pdf",
        sent_by="https://documents.example/a.pdf",
        page="",
        etag="",
        last_modified="",
        downloaded="2026-11-24T10:00:00+00:00",
    )
    write_manifest(folder, [record])
    report = ingest([folder], tools=tools)
    assert (statuses(report), report.ignored) == ({"mitid.txt": "added", "post.md": "added"}, ())
    with opened(tools) as store:
        editions = {document.name: (document.edition, document.strategy) for document in store.documents()}
    assert editions == {"mitid.txt": ("joint-2016-2020-da", "joint-2016-2020"), "post.md": (None, None)}
    write(folder, "mitid.txt", "En anden tekst, som ingen har hentet noget sted fra.\n")
    ingest([folder], tools=tools)
    with opened(tools) as store:
        assert [document.edition for document in store.documents()] == [None, None]


def test_a_file_whose_name_is_not_utf_8_fails_alone(folder: Path, tools: Tools) -> None:
    try:
        (folder / os.fsdecode(b"r\xe5d.md")).write_text("# Et råd\n\nDet er et råd.\n", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes no such name")
    report = ingest([folder], tools=tools)
    assert [outcome.reason[:8] for outcome in report.of("failed")] == ["its name"]
    assert len(report.of("added")) == 2


def test_a_pipe_or_a_device_under_a_files_name_fails_alone(folder: Path, tools: Tools) -> None:
    os.mkfifo(folder / "pipe.txt")
    (folder / "zero.txt").symlink_to("/dev/zero")
    (folder / "nowhere.txt").symlink_to(folder / "gone.txt")
    report = ingest([folder], tools=tools)
    assert len(report.of("failed")) == 3
    assert len(report.of("added")) == 2


def test_a_folder_with_a_link_loop_ends(folder: Path, tools: Tools) -> None:
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    assert statuses(ingest([folder], tools=tools)) == {"mitid.txt": "added", "post.md": "added"}


def test_a_path_that_is_not_there_fails_by_name(folder: Path, tools: Tools) -> None:
    report = ingest([folder, folder / "nowhere.pdf"], tools=tools)
    assert statuses(report)["nowhere.pdf"] == "failed"
    assert statuses(report)["post.md"] == "added"


def test_two_ingests_are_kept_apart(folder: Path, tools: Tools) -> None:
    tools.settings.index.mkdir(parents=True)
    with FileLock(tools.settings.index / "ingest.lock"), pytest.raises(LockedError, match="another ingest"):
        ingest([folder], tools=tools)
    assert statuses(ingest([folder], tools=tools))["post.md"] == "added"


def test_two_embedders_do_not_mix_and_a_rebuild_changes_over(folder: Path, tools: Tools) -> None:
    ingest([folder], tools=tools)
    (folder / "post.md").unlink()
    other = replace(tools, embedder=WordEmbedder(name="words-32", dimensions=32))
    with pytest.raises(MixedEmbeddersError, match="--rebuild"):
        ingest([folder], tools=other)
    assert statuses(rebuild([], tools=other)) == {"mitid.txt": "added", "post.md": "kept"}
    assert "fælles løsning til breve" in texts(other)
    assert len(list(tools.settings.index.glob("*/documents.sqlite"))) == 1


def test_a_rebuild_loses_no_document_whose_file_has_gone_bad(folder: Path, tools: Tools) -> None:
    ingest([folder], tools=tools)
    write(folder, "mitid.txt", "\0\0\0")
    report = rebuild([], tools=tools)
    assert [(outcome.path.name, outcome.status) for outcome in report.of("failed", "kept")] == [
        ("mitid.txt", "failed"),
        ("mitid.txt", "kept"),
    ]
    assert "hver eneste dag" in texts(tools)


def test_remove_takes_out_what_is_named_and_says_what_is_not_there(folder: Path, tools: Tools) -> None:
    ingest([folder], tools=tools)
    assert statuses(remove(["post.md", "nothing.pdf"], tools=tools)) == {"post.md": "removed", "nothing.pdf": "failed"}
    assert names(tools) == ["mitid.txt"]


KILLED = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, {project!r})
from corpus import store, vectors
from corpus.catalogue import load_catalogue
from corpus.lexicon import load_lexicon
from corpus.settings import Settings
from ingest import pipeline
from tests.fakes import WordEmbedder

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

def die_if_any(_, ids):
    if ids:
        die()

def dies_after(function):
    def wrapped(*values, **named):
        result = function(*values, **named)
        die()
    return wrapped

point = {point!r}
if point == "after the vectors":
    vectors.VectorCollection.put = dies_after(vectors.VectorCollection.put)
elif point == "inside the transaction":
    store.swap = dies_after(store.swap)
elif point == "after the transaction":
    vectors.VectorCollection.remove = die_if_any
elif point == "before the lexical index":
    pipeline._build_lexical = die
elif point == "before a rebuild is adopted":
    pipeline.adopt = die
tools = pipeline.Tools(settings=Settings(index=Path({index!r}), ocr=False), embedder=WordEmbedder(),
                       lexicon=load_lexicon(), catalogue=load_catalogue())
(pipeline.rebuild if "rebuild" in point else pipeline.ingest)([Path({folder!r})], tools=tools)
"""


@pytest.mark.parametrize(
    ("point", "as_before"),
    [
        ("after the vectors", True),
        ("inside the transaction", True),
        ("after the transaction", False),
        ("before the lexical index", False),
        ("before a rebuild is adopted", True),
    ],
)
def test_a_killed_ingest_leaves_an_index_that_answers_and_the_next_run_completes(
    point: str, as_before: bool, folder: Path, tools: Tools
) -> None:
    ingest([folder], tools=tools)
    write(folder, "mitid.txt", "NemID blev afløst af MitID, som nu er borgernes digitale identitet.\n")
    project = str(Path(__file__).resolve().parent.parent)
    script = KILLED.format(project=project, point=point, index=str(tools.settings.index), folder=str(folder))
    killed = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=100, check=False)
    assert killed.returncode == -signal.SIGKILL, killed.stderr

    assert ("hver eneste dag" in texts(tools)) is as_before
    assert ("NemID blev afløst" in texts(tools)) is not as_before
    vector = tools.embedder.encode_queries(["borgernes digitale identitet"])[0]
    with opened(tools) as store:
        assert {key for key, _ in store.nearest(vector, count=2, filters=Filters())} == {row.id for row in store.rows()}

    ingest([folder], tools=tools)
    assert "NemID blev afløst" in texts(tools)
    assert "hver eneste dag" not in texts(tools)
    with opened(tools) as store:
        assert store.sweep() == 0
        assert store.lexical_folder.is_dir()


FULL = """
import resource, sys
from pathlib import Path
sys.path.insert(0, {project!r})
from ingest.__main__ import main
resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}))
sys.exit(main(["--index", {index!r}, {folder!r}]))
"""


@pytest.mark.parametrize("room", [1_000, 60_000, 150_000])
def test_a_disk_that_fills_up_is_one_line_and_the_index_answers_as_before(room: int, folder: Path, tmp_path: Path) -> None:
    """The limit of a file's size stands for the full disk: every write beyond it fails."""
    index, project = tmp_path / "index", str(Path(__file__).resolve().parent.parent)
    assert main(["--index", str(index), str(folder / "post.md")]) == 0
    for number in range(60):
        write(folder / "more", f"{number}.txt", f"Dokument nummer {number} handler om noget helt andet. " * 40)
    script = FULL.format(project=project, room=room, index=str(index), folder=str(folder / "more"))
    stopped = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=100, check=False)
    assert stopped.returncode == 1, stopped.stderr
    (line,) = [line for line in stopped.stderr.splitlines() if line.startswith("ingest: ")]
    assert "Traceback" not in stopped.stderr
    assert line
    with closing(open_store(index, embedder=None)) as store:
        assert "post.md" in [document.name for document in store.documents()]
        row = next(row for row in store.rows() if "fælles løsning" in row.text)
        assert store.vectors([row.id]).shape[0] == 1
