"""Fitting the abstention: which questions are asked, and what the weights do to examples worked out by hand."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.finding.answerability import Signs
from corpus.errors import AssistantError
from evals.fitting import Example, Kind, cross_validate, development_set, examples_of_set, fit, refusals

TEXT = "Kommune nummer {n} samler byggeaffald på genbrugspladsen og deler data om det."
SIGNS = Signs(
    passage=0.5,
    lead=0.1,
    sentence=0.8,
    unheard=0.0,
    names_missing=0.0,
    heaviest_missing=0.2,
    negation_missing=0.0,
    kind_missing=0.0,
    counts=0.0,
    across=0.0,
    bounded=0.0,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "tiny"
    (folder / "qrels").mkdir(parents=True)
    records = {f"Affald#{n}": TEXT.format(n=n) for n in range(12)}
    queries = {f"q{n}": f"Hvad samler kommune nummer {n}?" for n in range(12)}
    near = [("Affald#3", "Hvem støber beton?"), ("Beton#1", "Hvad er fotosyntese?"), (None, "Hvem?")]
    _write(folder / "corpus.jsonl", [{"_id": record, "text": text} for record, text in records.items()])
    _write(folder / "queries.jsonl", [{"_id": query, "text": text} for query, text in queries.items()])
    lines = [{"_id": f"u{n}", "text": text, "nearest_context": nearest} for n, (nearest, text) in enumerate(near)]
    _write(folder / "unanswerable.jsonl", lines)
    # The last question is answered by two records, so they stay together.
    judged = [*((f"q{n}", f"Affald#{n}") for n in range(12)), ("q11", "Affald#10")]
    rows = ["query-id\tcorpus-id\tscore", *(f"{query}\t{record}\t1" for query, record in judged)]
    (folder / "qrels" / "test.tsv").write_text("\n".join(rows) + "\n", "utf-8")
    return folder


def _write(path: Path, lines: list[dict[str, str | None]]) -> None:
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")


def test_what_only_left_out_records_answer_cannot_be_answered(folder: Path) -> None:
    kept, questions = development_set(folder)
    held = {record.partition("#")[2] for record, _ in kept.records}
    assert 0 < len(held) < 12
    assert ("10" in held) == ("11" in held)
    kinds = {question.text.split()[-1].rstrip("?"): question.kind for question in questions if "nummer" in question.text}
    assert kinds == {str(n): "answerable" if str(n) in held else "left out" for n in range(12)}


def test_unanswerable_questions_are_near_where_their_article_is_held(folder: Path) -> None:
    _, questions = development_set(folder)
    kinds = {question.text: question.kind for question in questions if "nummer" not in question.text}
    assert kinds == {"Hvem støber beton?": "near", "Hvad er fotosyntese?": "outside", "Hvem?": "near"}


def test_a_broken_file_of_unanswerable_questions_is_named(folder: Path) -> None:
    (folder / "unanswerable.jsonl").write_text('{"_id": "u1"}\n', "utf-8")
    with pytest.raises(AssistantError, match=r"unanswerable\.jsonl"):
        development_set(folder)


def test_examples_are_read_off_the_sentences_that_are_found(folder: Path) -> None:
    examples = examples_of_set(folder, sample=2)
    found = [example for example in examples if example.kind == "answerable"]
    unrelated = [example for example in examples if example.kind == "outside"]
    assert len(found) == 2
    assert len(unrelated) == 1
    assert min(example.signs.passage for example in found) > unrelated[0].signs.passage


def an_example(kind: Kind, n: int, passage: float) -> Example:
    return Example(set="s", kind=kind, group=f"{kind}{n}", signs=replace(SIGNS, passage=passage))


def test_the_rule_refuses_what_scores_low_and_misses_no_more_than_it_may() -> None:
    # Of a hundred questions of each kind those that can be answered score .31 to 1.3, the others .01 to 1.
    answerable = [an_example("answerable", n, 0.31 + n / 100) for n in range(100)]
    left_out = [an_example("left out", n, 0.01 + n / 100) for n in range(100)]
    examples = [*answerable, *left_out]
    rule = fit(examples, missed=0.1)
    assert rule.weights["passage"] > 0
    shares = refusals(examples, [rule.refuses(example.signs) for example in examples])
    # The tenth part of what can be answered scores below .41; so do forty of the others.
    assert shares == {"s": {"answerable": pytest.approx(0.1), "left out": pytest.approx(0.4)}}
    tried = cross_validate(examples, missed=0.1)["s"]
    assert tried["answerable"] == pytest.approx(0.1, abs=0.05)
    assert tried["left out"] == pytest.approx(0.4, abs=0.05)


def test_a_sign_that_speaks_alone_refuses_at_any_threshold() -> None:
    examples = [an_example("answerable", n, 0.5 + n / 100) for n in range(10)]
    examples += [an_example("near", n, 0.2 + n / 100) for n in range(10)]
    rule = fit(examples, missed=0.2)
    assert rule.refuses(replace(SIGNS, passage=9.0, counts=1.0, kind_missing=1.0))
    assert not rule.refuses(replace(SIGNS, passage=9.0))
    with pytest.raises(AssistantError, match="no threshold"):
        fit([replace(example, signs=replace(example.signs, unheard=1.0, sentence=0.0)) for example in examples], missed=0.2)
