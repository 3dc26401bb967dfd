import json

import pytest

from corpus.embedding import load_embedder
from corpus.errors import AssistantError
from corpus.lexicon import load_lexicon
from evals.intervals import compare, estimate
from evals.measures import measure
from evals.retrieval import read_run, read_set, run_set, score_set, write_run

RECORDS = {
    "d1": "Borgerne kan give en digital fuldmagt til deres pårørende, når løsningen åbner i 2026.",
    "e1": "Citizens can give their relatives a digital power of attorney when the solution opens in 2026.",
    "d2": "Kommunerne og regionerne samarbejder om sundhedsvæsenets fælles arkitektur og standarder.",
    "e2": "The municipalities and the regions work together on the common architecture of the health service.",
}
QUERIES = {"q1": "Hvem kan få en digital fuldmagt?", "q2": "Which architecture does the health service have?"}
GRADES = [("q1", "d1"), ("q1", "e1"), ("q2", "d2"), ("q2", "e2")]


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "tiny"
    (folder / "qrels").mkdir(parents=True)
    records = [json.dumps({"_id": key, "title": "", "text": text}) for key, text in RECORDS.items()]
    queries = [json.dumps({"_id": key, "text": text}) for key, text in {**QUERIES, "q3": "Unjudged?"}.items()]
    (folder / "corpus.jsonl").write_text("\n".join(records), "utf-8")
    (folder / "queries.jsonl").write_text("\n".join(queries), "utf-8")
    rows = ["query-id\tcorpus-id\tscore", *(f"{query}\t{record}\t1" for query, record in GRADES)]
    (folder / "qrels" / "test.tsv").write_text("\n".join(rows) + "\n", "utf-8")
    return folder


def test_a_set_is_indexed_and_asked_through_the_retriever(folder):
    chosen = read_set(folder)
    assert chosen.record_languages == {"d1": "da", "e1": "en", "d2": "da", "e2": "en"}
    assert chosen.query_languages == {"q1": "da", "q2": "en"}
    run = run_set(chosen, load_embedder(), load_lexicon())
    assert {query: set(list(records)[:2]) for query, records in run.items()} == {"q1": {"d1", "e1"}, "q2": {"d2", "e2"}}
    values = score_set(chosen, run)
    assert values["nDCG@10"] == {"q1": 1.0, "q2": 1.0}
    assert {name for name in values if name.startswith("R@5 ")} == {"R@5 da-da", "R@5 da-en", "R@5 en-da", "R@5 en-en"}


def test_measures_match_values_worked_out_by_hand():
    judgements = {"a": {"x": 1, "y": 1}, "b": {"z": 1}, "c": {"x": 1}}
    run = {"a": {"w": 3.0, "x": 2.0, "y": 1.0}, "b": {"z": 1.0}}
    values = measure(judgements, run, ["nDCG@10", "RR@10", "R@5"])
    # a: gains at ranks 2 and 3, (1/log2(3) + 1/log2(4)) / (1 + 1/log2(3)) = 1.1309 / 1.6309
    assert values["nDCG@10"]["a"] == pytest.approx(0.6934, abs=1e-4)
    assert values["RR@10"] == {"a": 0.5, "b": 1.0, "c": 0.0}
    assert values["R@5"] == {"a": 1.0, "b": 1.0, "c": 0.0}


def test_a_run_survives_writing_and_reading(tmp_path):
    run = {"q1": {"d1": 0.5, "e1": 0.25}, "q2": {"d2": -0.125}}
    write_run(tmp_path / "runs" / "tiny.trec", run)
    assert read_run(tmp_path / "runs" / "tiny.trec") == run


def test_equal_runs_do_not_differ_and_a_better_one_shows():
    first = {f"q{n}": n % 2 * 0.5 for n in range(40)}
    assert compare(first, first).p == 1.0
    better = compare(first, {query: value + 0.25 for query, value in first.items()})
    assert better.mean == pytest.approx(0.25)
    assert better.low > 0
    assert better.p < 0.01
    noise = compare(first, {query: value + (-1) ** (n // 2) * 0.1 for n, (query, value) in enumerate(first.items())})
    assert noise.low < 0 < noise.high
    assert noise.p > 0.5
    assert compare(first, {}) is None


def test_an_interval_holds_the_mean_and_nothing_has_none():
    found = estimate([0.0, 1.0] * 50)
    assert found.mean == 0.5
    assert 0.35 < found.low < 0.5 < found.high < 0.65
    assert estimate([]) is None


@pytest.mark.parametrize("damage", ["corpus.jsonl", "queries.jsonl", "qrels/test.tsv"])
def test_a_folder_that_is_no_set_is_refused_in_one_line(folder, damage):
    (folder / damage).write_text("no json\nand no table\n", "utf-8")
    with pytest.raises(AssistantError, match="tiny") as error:
        read_set(folder)
    assert "\n" not in str(error.value)
    (folder / damage).unlink()
    with pytest.raises(AssistantError, match="tiny"):
        read_set(folder)


def test_a_file_that_is_no_run_is_refused(tmp_path):
    (tmp_path / "no.trec").write_text("a b c\n", "utf-8")
    with pytest.raises(AssistantError, match=r"no\.trec"):
        read_run(tmp_path / "no.trec")
