"""Fit what turns the signs of a sentence into the probability that it answers: `python -m training.confidence`.

Questions are asked of development sets by the very functions that answer (`assistant.finding.reading`), and the best sentence of
each is right if it stands in a passage that answers. Questions without an answer come from three places. A third of a set's
records are left out of the index, and questions that those alone answer are asked all the same: the collection is about their
topic and lacks the fact. A set's `unanswerable.jsonl` has questions written to be near a text, and questions about other texts.
The golden set has both kinds of its own; only its development split is asked.

Prints the weights for `WEIGHTS`, what each threshold costs, and the calibration error, cross-validated by article and by pair.
"""

import argparse
import json
import sys
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from assistant.finding.index import Index
from assistant.finding.reading import ScoredSentence, Signs, Weights, find, read
from assistant.question.routing import Router
from assistant.question.understanding import understand
from assistant.wiring import index_opener
from corpus.catalogue import load_catalogue
from corpus.embedding import load_embedder
from corpus.errors import AssistantError
from corpus.lexicon import load_lexicon
from evals.benchmark import DIGESTS
from evals.casebook import SHIPPED, Case, read_cases
from evals.golden_retrieval import NAME, ingest_into
from evals.retrieval import RetrievalSet, index_set, read_set

Kind = Literal["answerable", "left out", "near", "outside"]
Floats = NDArray[np.float64]
LEFT_OUT = 3  # one of so many records
FOLDS = 7
BINS = 10
THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
SETS = ("squad-da", "squad-en", "squad-daq-enp", "squad-enq-dap", "mtrag-un")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question of a set, whether it can be answered, and the `group` (an article, a pair of wordings) that no two folds share.

    `answers` are the ids of the passages that answer.
    """

    text: str
    kind: Kind
    group: str
    answers: frozenset[str] = frozenset()
    history: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """The signs of the best sentence for a question of a set, and whether that sentence is right."""

    set: str
    kind: Kind
    group: str
    signs: Signs
    right: bool


def examples_of_set(folder: Path, *, sample: int) -> list[Example]:
    """Return the examples of a BEIR folder, of each kind at most `sample` questions, by lot."""
    kept, questions = development_set(folder)
    with TemporaryDirectory() as place:
        index = index_set(kept, Path(place), load_embedder(), load_lexicon())

        def right(best: ScoredSentence, question: Asked) -> bool:
            return best.passage.chunk.id in question.answers

        return list(_examples(kept.name, _sampled(questions, sample), index, right))


def examples_of_golden() -> list[Example]:
    """Return the examples of the development split of the golden set, asked of the shipped corpus."""
    cases = [case for case in read_cases(SHIPPED / "golden.jsonl") if case.split == "dev" and not case.draft]
    questions = [_golden(case) for case in cases]
    by_text = {case.question: case for case in cases}

    def right(best: ScoredSentence, question: Asked) -> bool:
        evidence = by_text[question.text].evidence
        place = (best.passage.document.name, best.sentence.page)
        return any((item.document, item.page) == place for item in evidence)

    with TemporaryDirectory() as place:
        settings = ingest_into(Path(place), sorted(DIGESTS.glob("*.pdf")))
        index = index_opener(settings)()
        try:
            return list(_examples(NAME, questions, index, right))
        finally:
            index.store.close()


def _golden(case: Case) -> Asked:
    kind: Kind = "outside" if case.kind == "outside" else "answerable" if case.answerable else "near"
    return Asked(text=case.question, kind=kind, group=case.pair or case.id, history=case.history)


def development_set(folder: Path) -> tuple[RetrievalSet, list[Asked]]:
    """Return a BEIR folder's records without those left out, and those of its questions that lack all their records or none."""
    chosen = read_set(folder)
    # Records that answer one question stay together.
    marks = {record: record for record, _ in chosen.records}
    for found in chosen.judgements.values():
        marks |= dict.fromkeys(found, min(marks[record] for record in found))
    out = {record for record, mark in marks.items() if zlib.crc32(mark.encode()) % LEFT_OUT == 0}
    questions: list[Asked] = []
    for query, text in chosen.queries:
        answering = frozenset(chosen.judgements[query])
        if answering.isdisjoint(out) or answering <= out:
            kind: Kind = "left out" if answering <= out else "answerable"
            questions.append(Asked(text=text, kind=kind, group=_article(min(answering)), answers=answering))
    kept = replace(chosen, records=[(record, text) for record, text in chosen.records if record not in out])
    return kept, [*questions, *_unanswerable(folder, {_article(record) for record in marks})]


def fit(examples: Sequence[Example]) -> Weights:
    """Return the weights under which the confidence is the probability that the best sentence is right."""
    values, right = _values(examples), np.array([example.right for example in examples])
    model = LogisticRegression(C=10.0, max_iter=2000).fit(values, right, sample_weight=_shares(examples))
    names = [field.name for field in fields(Signs)]
    return Weights(**dict(zip(names, map(float, model.coef_[0]), strict=True)), bias=float(model.intercept_[0]))


def cross_validated(examples: Sequence[Example]) -> Floats:
    """Return the confidence of each example by weights that were fitted without its group, shape (examples,)."""
    folds = [zlib.crc32(example.group.encode()) % FOLDS for example in examples]
    found = np.zeros(len(examples))
    for fold in sorted(set(folds)):
        weights = fit([example for example, own in zip(examples, folds, strict=True) if own != fold])
        held = [n for n, own in enumerate(folds) if own == fold]
        found[held] = _confidences([examples[n] for n in held], weights)
    return found


def calibration_error(confidences: Floats, right: NDArray[np.bool_]) -> float:
    """Return the expected calibration error in ten bins of equal width (Guo et al., 2017)."""
    bins = np.minimum((confidences * BINS).astype(int), BINS - 1)
    gaps = [
        abs(confidences[bins == n].mean() - right[bins == n].mean()) * (bins == n).mean()
        for n in range(BINS)
        if (bins == n).any()
    ]
    return float(sum(gaps))


def _values(examples: Sequence[Example]) -> Floats:
    names = [field.name for field in fields(Signs)]
    return np.array([[getattr(example.signs, name) for name in names] for example in examples], np.float64)


def _confidences(examples: Sequence[Example], weights: Weights) -> Floats:
    by_name = asdict(weights)
    bias = by_name.pop("bias")
    totals = bias + _values(examples) @ np.array(list(by_name.values()))
    return np.asarray(1 / (1 + np.exp(-totals)), np.float64)


def _shares(examples: Sequence[Example]) -> Floats:
    """How much each example counts: every set the same, and in it what can be answered as much as what cannot."""
    sizes: dict[tuple[str, bool], int] = defaultdict(int)
    for example in examples:
        sizes[example.set, example.kind == "answerable"] += 1
    return np.array([1 / sizes[example.set, example.kind == "answerable"] for example in examples])


def _examples(name: str, questions: Iterable[Asked], index: Index, right) -> Iterator[Example]:  # type: ignore[no-untyped-def]
    catalogue, router = load_catalogue(), Router.load(load_embedder())
    for asked in questions:
        question = understand(
            asked.text, catalogue=catalogue, router=router, indexed=index.strategies, on=date.today(), history=asked.history
        )
        scored = read(question, find(question, index), index, catalogue)
        if scored and question.kind == "lookup":
            best = scored[0]
            is_right = asked.kind == "answerable" and right(best, asked)
            yield Example(set=name, kind=asked.kind, group=asked.group, signs=best.signs, right=is_right)


def _unanswerable(folder: Path, articles: set[str]) -> Iterator[Asked]:
    """The questions of `unanswerable.jsonl`; one that names no nearest text is near to some."""
    path = folder / "unanswerable.jsonl"
    try:
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []
        for line in lines:
            nearest = line.get("nearest_context")
            kind: Kind = "near" if nearest is None or _article(nearest) in articles else "outside"
            yield Asked(text=line["text"], kind=kind, group=_article(nearest or line["_id"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise AssistantError(f"{path}: is no file of unanswerable questions: {error}") from error


def _article(record: str) -> str:
    """The article of a record, or the conversation of a question: what stands before the number."""
    return record.partition("#")[0].partition("<::>")[0]


def _sampled(questions: Sequence[Asked], count: int) -> list[Asked]:
    lot = Random(1)
    chosen: list[Asked] = []
    for kind in ("answerable", "left out", "near", "outside"):
        of_kind = [question for question in questions if question.kind == kind]
        chosen += lot.sample(of_kind, min(count, len(of_kind)))
    return chosen


def report(examples: Sequence[Example], confidences: Floats) -> str:
    """Return by set and threshold how many questions without an answer are answered, and with one refused or answered right."""
    right = np.array([example.right for example in examples])
    lines = [f"calibration error {calibration_error(confidences, right):.3f} over {len(examples)} questions"]
    for name in (*sorted({example.set for example in examples}), "all"):
        chosen = np.array([name in (example.set, "all") for example in examples])
        able = np.array([example.kind == "answerable" for example in examples])
        for threshold in THRESHOLDS:
            said = confidences >= threshold
            parts = {
                "refused though answerable": 1 - said[chosen & able].mean(),
                "right": (said & right)[chosen & able].mean(),
                "answered though not": said[chosen & ~able].mean(),
            }
            words = ", ".join(f"{label} {value:.3f}" for label, value in parts.items())
            lines.append(f"{name} at {threshold}: {words}")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit on the folders given and the golden set, and print what came of it."""
    parser = argparse.ArgumentParser(prog="python -m training.confidence", description=__doc__)
    parser.add_argument("data", type=Path, help="the folder with the BEIR folders")
    parser.add_argument("--sample", type=int, default=150, help="questions of each kind and set (default: 150)")
    parser.add_argument("--keep", type=Path, help="write the examples to this file, or read them from it if it is there")
    options = parser.parse_args(arguments)
    if options.keep and options.keep.exists():
        lines = [json.loads(line) for line in options.keep.read_text(encoding="utf-8").splitlines()]
        examples = [Example(**{**line, "signs": Signs(**line["signs"])}) for line in lines]
    else:
        examples = examples_of_golden()
        for name in SETS:
            examples += examples_of_set(options.data / name, sample=options.sample)
        if options.keep:
            options.keep.write_text("".join(json.dumps(asdict(example)) + "\n" for example in examples), encoding="utf-8")
    weights = fit(examples)
    rounded: Mapping[str, float] = {name: round(value, 2) for name, value in asdict(weights).items()}
    sys.stdout.write(f"{rounded}\n{report(examples, cross_validated(examples))}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
