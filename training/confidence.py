"""Fit what turns the signs of a sentence into the probability that it answers: `python -m training.confidence`.

Questions are asked of development sets by the very functions that answer (`assistant.finding.reading`). First the weights are
fitted by which the passage that answers comes out best (softmax regression over the passages of a question, each by its best
sentence), then the scale and the bias by which the best sentence's score is the probability that it is right (Platt scaling).

Questions without an answer come from three places. A third of a set's records are left out of the index, and questions that
those alone answer are asked all the same: the collection is about their topic and lacks the fact. A set's `unanswerable.jsonl`
has questions written to be near a text, and questions about other texts. The golden set has both kinds of its own; only its
development split is asked.

Prints the weights for `WEIGHTS`, what each threshold costs, and the calibration error, cross-validated by article and by pair.
"""

import argparse
import json
import math
import pickle
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import logsumexp
from sklearn.linear_model import LogisticRegression

from assistant.finding.index import Index
from assistant.finding.reading import ScoredSentence, find, read
from assistant.finding.signs import Signs, Weights
from assistant.question.routing import Router
from assistant.question.understanding import understand
from assistant.wiring import index_opener
from corpus.catalogue import load_catalogue
from corpus.embedding import load_embedder
from corpus.errors import AssistantError
from corpus.lexicon import load_lexicon
from corpus.text import normalise
from evals.benchmark import DIGESTS
from evals.casebook import SHIPPED, Case, read_cases
from evals.golden_retrieval import NAME, ingest_into
from evals.retrieval import RetrievalSet, index_set, read_set

Kind = Literal["answerable", "left out", "near", "outside"]
Floats = NDArray[np.float64]
LEFT_OUT = 3  # one of so many records
FOLDS = 7
BINS = 10
THRESHOLDS = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6)
NAMES = tuple(field.name for field in fields(Signs))
UNHEARD = NAMES.index("unheard")
START = np.array([float(name == "reader") for name in NAMES])
ROUNDS = 3
PENALTY = 0.002  # on weights that are far from the reader alone
HELD = 0.6  # of an expected quote's words that a passage must hold
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
    """A question of a set with the signs of its sentences, shape (sentences, signs), passage by passage.

    `passages` has the number of each sentence's passage, and `answers` says of each passage whether it answers.
    """

    set: str
    kind: Kind
    group: str
    signs: Floats
    passages: NDArray[np.int64]
    answers: NDArray[np.bool_]

    def best(self, weights: Floats) -> Floats:
        """The signs of each passage's best sentence, shape (passages, signs)."""
        scores = self.signs @ weights
        chosen = [np.flatnonzero(self.passages == n)[scores[self.passages == n].argmax()] for n in range(len(self.answers))]
        return np.asarray(self.signs[chosen], np.float64)

    def outcome(self, weights: Floats) -> tuple[float, bool]:
        """The score of the best sentence, and whether its passage answers."""
        scores = self.best(weights) @ weights
        return float(scores.max()), bool(self.answers[scores.argmax()])


def examples_of_set(folder: Path, *, sample: int) -> list[Example]:
    """Return the examples of a BEIR folder, of each kind at most `sample` questions, by lot."""
    kept, questions = development_set(folder)
    with TemporaryDirectory() as place:
        index = index_set(kept, Path(place), load_embedder(), load_lexicon())

        def answers(scored: ScoredSentence, question: Asked) -> bool:
            return scored.passage.chunk.id in question.answers

        return list(_examples(kept.name, _sampled(questions, sample), index, answers))


def examples_of_golden() -> list[Example]:
    """Return the examples of the development split of the golden set, asked of the shipped corpus."""
    cases = [case for case in read_cases(SHIPPED / "golden.jsonl") if case.split == "dev" and not case.draft]
    questions = [_golden(case) for case in cases]
    by_text = {case.question: case for case in cases}

    def answers(scored: ScoredSentence, question: Asked) -> bool:
        said = normalise(scored.passage.chunk.text)
        places = {(scored.passage.document.name, sentence.page) for sentence in scored.passage.chunk.sentences}
        evidence = [item for item in by_text[question.text].evidence if (item.document, item.page) in places]
        return any(_contains(said, item.quote or "") for item in evidence)

    with TemporaryDirectory() as place:
        settings = ingest_into(Path(place), sorted(DIGESTS.glob("*.pdf")))
        index = index_opener(settings)()
        try:
            return list(_examples(NAME, questions, index, answers))
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
    weights = _ranking(examples)
    outcomes = [example.outcome(weights) for example in examples]
    # What is the same for all sentences of a question cannot rank them; it says whether there is an answer.
    unheard = [float(example.signs[0, UNHEARD]) for example in examples]
    scores = np.array([[score, share] for (score, _), share in zip(outcomes, unheard, strict=True)])
    right = np.array([example.kind == "answerable" and found for example, (_, found) in zip(examples, outcomes, strict=True)])
    model = LogisticRegression(C=100.0).fit(scores, right, sample_weight=_shares(examples))
    fitted = float(model.coef_[0, 0]) * weights
    fitted[UNHEARD] += float(model.coef_[0, 1])
    return Weights(**dict(zip(NAMES, fitted.tolist(), strict=True)), bias=float(model.intercept_[0]))


def _ranking(examples: Sequence[Example]) -> Floats:
    """The weights by which the passages that answer come out best, shape (signs,).

    Which sentence stands for a passage is chosen anew in each round.
    """
    able = [example for example in examples if example.answers.any() and not example.answers.all()]
    sizes = Counter(example.set for example in able)
    weights = START
    for _ in range(ROUNDS):
        chosen = [(example.best(weights), example.answers, 1 / sizes[example.set]) for example in able]

        def loss(tried: Floats, chosen: Sequence[tuple[Floats, NDArray[np.bool_], float]] = tuple(chosen)) -> float:
            total = 0.0
            for signs, answers, share in chosen:
                scores = signs @ tried
                total += share * float(logsumexp(scores) - logsumexp(scores[answers]))
            return total + PENALTY * float(((tried - START) ** 2).sum())

        weights = np.asarray(minimize(loss, weights, method="L-BFGS-B").x, np.float64)
    return weights


def cross_validated(examples: Sequence[Example]) -> list[tuple[float, bool]]:
    """Return the confidence of each example, and whether its best sentence is right, by weights fitted without its group."""
    folds = [zlib.crc32(example.group.encode()) % FOLDS for example in examples]
    found: dict[int, tuple[float, bool]] = {}
    for fold in sorted(set(folds)):
        fitted = fit([example for example, own in zip(examples, folds, strict=True) if own != fold])
        weights = np.array([getattr(fitted, name) for name in NAMES])
        for n, own in enumerate(folds):
            if own == fold:
                score, right = examples[n].outcome(weights)
                found[n] = (1 / (1 + math.exp(-score - fitted.bias)), right and examples[n].kind == "answerable")
    return [found[n] for n in range(len(examples))]


def calibration_error(confidences: Floats, right: NDArray[np.bool_]) -> float:
    """Return the expected calibration error in ten bins of equal width (Guo et al., 2017)."""
    bins = np.minimum((confidences * BINS).astype(int), BINS - 1)
    gaps = [
        abs(confidences[bins == n].mean() - right[bins == n].mean()) * (bins == n).mean()
        for n in range(BINS)
        if (bins == n).any()
    ]
    return float(sum(gaps))


def _shares(examples: Sequence[Example]) -> Floats:
    """How much each example counts: every set the same, and in it what can be answered as much as what cannot."""
    sizes: dict[tuple[str, bool], int] = defaultdict(int)
    for example in examples:
        sizes[example.set, example.kind == "answerable"] += 1
    return np.array([1 / sizes[example.set, example.kind == "answerable"] for example in examples])


def _contains(said: str, quote: str) -> bool:
    """Whether a passage has most of the words of an expected quote: a chunk may end within a long one."""
    expected = normalise(quote).casefold().split()
    words = set(said.casefold().split())
    return bool(expected) and sum(word in words for word in expected) >= HELD * len(expected)


def _examples(
    name: str, questions: Iterable[Asked], index: Index, answers: Callable[[ScoredSentence, Asked], bool]
) -> Iterator[Example]:
    """Examples of the questions that are looked up."""
    catalogue, router = load_catalogue(), Router.load(load_embedder())
    for asked in questions:
        question = understand(
            asked.text,
            catalogue=catalogue,
            router=router,
            indexed=index.strategies,
            on=date.today(),
            history=asked.history,
        )
        scored = read(question, find(question, index), index, catalogue)
        if not scored or question.kind != "lookup":
            continue
        first = {sentence.passage.chunk.id: sentence for sentence in scored}
        numbers = {id: n for n, id in enumerate(first)}
        yield Example(
            set=name,
            kind=asked.kind,
            group=asked.group,
            signs=np.array([[getattr(sentence.signs, sign) for sign in NAMES] for sentence in scored]),
            passages=np.array([numbers[sentence.passage.chunk.id] for sentence in scored]),
            answers=np.array([asked.kind == "answerable" and answers(sentence, asked) for sentence in first.values()]),
        )


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


def report(examples: Sequence[Example], outcomes: Sequence[tuple[float, bool]]) -> str:
    """Return by set and threshold how many questions without an answer are answered, and with one refused or answered right."""
    confidences = np.array([confidence for confidence, _ in outcomes])
    right = np.array([found for _, found in outcomes])
    able = np.array([example.kind == "answerable" for example in examples])
    lines = [f"calibration error {calibration_error(confidences, right):.3f} over {len(examples)} questions"]
    for name in (*sorted({example.set for example in examples}), "all"):
        chosen = np.array([name in (example.set, "all") for example in examples])
        lines.append(f"{name}: best passage answers {right[chosen & able].mean():.3f}")
        for threshold in THRESHOLDS:
            said = confidences >= threshold
            refused, correct = 1 - said[chosen & able].mean(), (said & right)[chosen & able].mean()
            wrongly = said[chosen & ~able].mean()
            lines.append(f"  at {threshold}: refused {refused:.3f}, right {correct:.3f}, unanswerable answered {wrongly:.3f}")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit on the folders given and the golden set, and print what came of it."""
    parser = argparse.ArgumentParser(prog="python -m training.confidence", description=__doc__)
    parser.add_argument("data", type=Path, help="the folder with the BEIR folders")
    parser.add_argument("--sample", type=int, default=150, help="questions of each kind and set (default: 150)")
    parser.add_argument("--keep", type=Path, help="write the examples to this file, or read them from it if it is there")
    options = parser.parse_args(arguments)
    if options.keep and options.keep.exists():
        examples = pickle.loads(options.keep.read_bytes())
    else:
        examples = examples_of_golden()
        for name in SETS:
            examples += examples_of_set(options.data / name, sample=options.sample)
        if options.keep:
            options.keep.write_bytes(pickle.dumps(examples))
    weights = fit(examples)
    rounded: Mapping[str, float] = {name: round(value, 2) for name, value in asdict(weights).items()}
    sys.stdout.write(f"{rounded}\n{report(examples, cross_validated(examples))}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
