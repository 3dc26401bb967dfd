"""`python -m evals`: a retrieval set scored and compared, and a benchmark with every figure."""

import json
from pathlib import Path

import pytest

from evals.__main__ import main
from evals.peers import SYSTEMS, compare_systems
from evals.reporting import anchors_table, peers_table
from evals.retrieval import read_set


@pytest.fixture
def small_set(tmp_path: Path) -> Path:
    """Two records and two questions whose answer is plain."""
    folder = tmp_path / "small"
    (folder / "qrels").mkdir(parents=True)
    records = [
        {"_id": "post", "text": "Digital Post er borgernes postkasse."},
        {"_id": "tree", "text": "Giraffen spiser blade fra træer."},
    ]
    queries = [{"_id": "q1", "text": "Hvad spiser giraffen?"}, {"_id": "q2", "text": "What is the citizens' letter box?"}]
    for name, lines in (("corpus", records), ("queries", queries)):
        (folder / f"{name}.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    (folder / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq1\ttree\t1\nq2\tpost\t1\n", encoding="utf-8")
    return folder


def test_a_set_is_scored_as_data(small_set: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["retrieval", str(small_set), "--json"]) == 0
    means = json.loads(capsys.readouterr().out)
    assert means["small"]["nDCG@10"] == 1.0
    assert means["small"]["R@5"] == 1.0


def test_a_run_is_written_and_compared_with_itself(small_set: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    runs = tmp_path / "runs"
    assert main(["retrieval", str(small_set), "--runs", str(runs)]) == 0
    first = (runs / "small.trec").read_text(encoding="utf-8").splitlines()[0].split()
    assert (first[0], first[1], first[2], first[3]) == ("q1", "Q0", "tree", "1")
    assert main(["retrieval", str(small_set), "--against", str(runs)]) == 0
    assert "+0.0000" in capsys.readouterr().out


def test_a_folder_that_is_no_set_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["retrieval", str(tmp_path)]) == 1
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.slow
def test_the_benchmark_measures_everything(capsys: pytest.CaptureFixture[str]) -> None:
    digest = Path(__file__).resolve().parent.parent / "corpus" / "digests" / "digest-joint-2026-2029-da.pdf"
    assert main(["bench", str(digest), "--sets", "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)["figures"]
    assert len(figures) >= 6
    assert all(figure["ours"] > 0 for figure in figures)
    assert figures[0]["peer"] > 0


@pytest.mark.slow
def test_peers_search_the_same_records(small_set: Path) -> None:
    trials = compare_systems([read_set(small_set)])
    assert [trial.system for trial in trials] == list(SYSTEMS)
    assert trials[0].ndcg == 1.0
    assert all(trial.records_per_second > 0 and trial.query_p95 > 0 and trial.peak_mebibytes > 0 for trial in trials)
    assert peers_table(trials).row_count == len(SYSTEMS)


def test_a_reading_is_compared_with_its_reference(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.md").write_text("# Mål\n\nStrategien har tolv initiativer.\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text("Mål\nStrategien har tolv initiativer.\n", encoding="utf-8")
    assert main(["reading", str(tmp_path / "a.md"), "--reference", str(tmp_path / "a.txt")]) == 0
    assert json.loads(capsys.readouterr().out) == {"words": 1.0, "edits": 1.0, "ligatures": 0, "lost": 0}
    assert main(["reading", str(tmp_path / "a.md"), "--reference", str(tmp_path / "none.txt")]) == 1


def test_others_stand_beside_ours_where_they_were_measured() -> None:
    values = {"squad-da": {"nDCG@10": {"q1": 1.0, "q2": 0.5}}, "unknown": {"nDCG@10": {"q1": 1.0}}}
    table = anchors_table(values)
    assert [list(column.cells) for column in table.columns][:3] == [["squad-da"], ["0.750"], ["0.811"]]
