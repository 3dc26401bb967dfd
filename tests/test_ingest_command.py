"""`python -m ingest`: what it says, what it lists, and its exit codes."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

import ingest.__main__
from corpus.catalogue import load_catalogue
from corpus.values import SkippedPage
from ingest.__main__ import describe_skipped, main
from tests.misbehaving import answer, misbehaving


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "post.md").write_text("# Digital Post\n\nDigital Post er den fælles løsning til breve.\n", encoding="utf-8")
    return folder


def run(capsys: pytest.CaptureFixture[str], index: Path, *arguments: object) -> tuple[int, str, str]:
    code = main([*map(str, arguments), "--index", str(index)])
    output = capsys.readouterr()
    return code, output.out, output.err


def test_a_run_closes_with_its_figures_and_the_list_shows_the_documents(
    capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    code, _, err = run(capsys, tmp_path / "index", folder)
    assert code == 0
    rows = dict(re.findall(r"│ ([a-z ]+?) +│ +([\d.]+) │", err))
    assert (rows["documents read"], rows["pages"], rows["chunks"], rows["skipped pages"], rows["documents failed"]) == tuple(
        "11100"
    )
    assert re.fullmatch(r"\d+\.\d", rows["seconds"])
    code, out, _ = run(capsys, tmp_path / "index", "--list")
    assert code == 0
    assert out.startswith("post.md\n    Digital Post\n    da, 1 section, markdown/")


def test_a_bad_file_among_good_ones_gives_three_and_alone_gives_one(
    capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    (folder / "empty.pdf").touch()
    code, _, err = run(capsys, tmp_path / "index", folder)
    assert code == 3
    assert [line for line in err.splitlines() if line.startswith("failed:") and "empty.pdf" in line]
    assert run(capsys, tmp_path / "index", folder / "empty.pdf")[0] == 1


def test_what_cannot_be_done_is_one_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for arguments, words in (([], "nothing to ingest"), (["--list"], "nothing is indexed")):
        code, out, err = run(capsys, tmp_path / "none", *arguments)
        assert (code, out) == (1, "")
        assert words in err
        assert err.count("\n") == 1


def test_remove_and_rebuild(capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    run(capsys, index, folder)
    assert run(capsys, index, "--rebuild")[0] == 0
    assert run(capsys, index, "--remove", "post.md")[0] == 0
    assert run(capsys, index, "--list")[1] == ""
    assert run(capsys, index, "--remove", "post.md")[0] == 1


def test_skipped_pages_are_told_by_reason() -> None:
    skipped = [SkippedPage(number=n, reason="blank") for n in range(1, 16)] + [SkippedPage(number=20, reason="damaged")]
    assert describe_skipped(skipped) == [
        "pages 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 and 3 more: blank",
        "page 20: damaged",
    ]


def test_download_and_ingest_in_one_go(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One edition is there, one is not; the PDF names no strategy, so only the list of downloads tells which edition it is."""
    monkeypatch.setenv("no_proxy", "*")
    pdf = (Path(__file__).parent / "files" / "report.pdf").read_bytes()
    with misbehaving() as server:
        catalogue = load_catalogue()
        url = server.on("/a.pdf", answer(200, pdf))
        addresses = {"joint-2016-2020-da": url, "joint-2016-2020-en": server.url + "/none"}
        editions = tuple(replace(edition, url=addresses.get(edition.id)) for edition in catalogue.editions)
        monkeypatch.setattr(ingest.__main__, "load_catalogue", lambda: replace(catalogue, editions=editions))
        to = tmp_path / "a b"
        code, out, err = run(capsys, tmp_path / "index", "--download", "joint-2016-2020", "--to", to)
        assert (code, out) == (3, "")
        assert err.startswith("Official documents belong to their publishers")
        assert f"failed: joint-2016-2020-en: {server.url}/none: the server has no such document (404)\n" in err
        assert re.search(r"│ joint-2016-2020 │ da +│ downloaded │ +[\d.]+ │ joint-2016-2020-da.pdf │", err)
        assert err.endswith(f"Now: python -m ingest '{to}'\n")
        code, _, err = run(capsys, tmp_path / "index", "--download", "joint-2016-2020-da", "--ingest", "--to", to)
        assert code == 0
        assert re.search(r"documents read +│ +1 ", err)
        assert "Now:" not in err
        assert run(capsys, tmp_path / "index", "--download", "joint-2016-2020-en", "--ingest", "--to", to)[0] == 1
    assert "joint-2016-2020," in run(capsys, tmp_path / "index", "--list")[1]


def test_a_download_that_makes_no_sense_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for arguments in (["--to", tmp_path], ["--ingest"], [tmp_path, "--download"], ["--shipped", "--download"]):
        with pytest.raises(SystemExit) as stopped:
            run(capsys, tmp_path / "index", *arguments)
        assert stopped.value.code == 2
        assert "--download" in capsys.readouterr().err.splitlines()[-1]
    code, _, err = run(capsys, tmp_path / "index", "--download", "joint-2099", "--to", tmp_path / "to")
    assert code == 1
    assert err.startswith("ingest: the catalogue has no edition or strategy 'joint-2099'")
    assert not (tmp_path / "to").exists()


def test_what_a_file_calls_itself_does_not_steer_the_terminal(
    capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    (folder / "post.md").write_text("# Ond\x1b[31m\n\nDigital Post er den fælles løsning til breve.\n", encoding="utf-8")
    (folder / "tom\x1b[32m.pdf").touch()
    (folder / "andet.\x1b[33m").touch()
    code, out, err = run(capsys, tmp_path / "index", folder)
    assert code == 3
    out = run(capsys, tmp_path / "index", "--list")[1]
    assert out.startswith("post.md\n    Ond[31m\n")
    assert "\x1b" not in out + err
