"""Fitting the weights of `assistant.finding.answerability` on development questions, by the very parts that answer.

Questions of a BEIR folder without an answer come from three places. A third of its records are left out of the index, and
questions that those alone answer are asked all the same: the collection is about their topic and lacks the fact. The folder's
`unanswerable.jsonl` has questions written to be near a text (`nearest_context`), and questions about other texts. The golden set
has both kinds of its own; only its development split is asked.
"""

import json
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Literal

import numpy as np

from assistant.answering import PASSAGES
from assistant.finding.answerability import PLAIN, RULE, Rule, Signs, signs, speaks_alone
from assistant.finding.index import Index
from assistant.looking_up import judged
from assistant.question.understanding import understand
from assistant.wiring import index_opener
from corpus.catalogue import load_catalogue
from corpus.embedding import load_embedder
from corpus.errors import AssistantError
from corpus.lexicon import load_lexicon
from evals.abstention import tell_apart
from evals.benchmark import DIGESTS
from evals.casebook import SHIPPED, read_cases
from evals.golden_retrieval import NAME, ingest_into
from evals.intervals import Rows
from evals.retrieval import RetrievalSet, index_set, read_set

Kind = Literal["answerable", "left out", "near", "outside"]
SHARES: Mapping[Kind, float] = {"answerable": 1.0, "left out": 0.5, "near": 0.25, "outside": 0.25}
"""How much the questions of a kind count together, in each set."""
LEFT_OUT = 3  # one of so many records
FOLDS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question, whether it can be answered, and the `group` (an article, a pair of wordings) that no two folds share."""

    text: str
    kind: Kind
    group: str
    history: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """What was read off the best sentence for a question of a set."""

    set: str
    kind: Kind
    group: str
    signs: Signs


def examples_of_set(folder: Path, *, sample: int) -> list[Example]:
    """Return the examples of a BEIR folder, of each kind at most `sample` questions, by lot."""
    kept, questions = development_set(folder)
    with TemporaryDirectory() as place:
        index = index_set(kept, Path(place), load_embedder(), load_lexicon())
        return list(_examples(kept.name, _sampled(questions, sample), index))


def examples_of_golden() -> list[Example]:
    """Return the examples of the development split of the golden set, asked of the shipped corpus."""
    kinds: Mapping[bool, Kind] = {True: "answerable", False: "near"}
    questions = [
        Question(
            text=case.question,
            kind="outside" if case.kind == "outside" else kinds[case.answerable],
            group=case.pair or case.id,
            history=case.history,
        )
        for case in read_cases(SHIPPED / "golden.jsonl")
        if case.split == "dev" and not case.draft
    ]
    with TemporaryDirectory() as place:
        settings = ingest_into(Path(place), sorted(DIGESTS.glob("*.pdf")))
        index = index_opener(settings)()
        try:
            return list(_examples(NAME, questions, index))
        finally:
            index.store.close()


def development_set(folder: Path) -> tuple[RetrievalSet, list[Question]]:
    """Return a BEIR folder's records without those left out, and those of its questions that lack all their records or none."""
    chosen = read_set(folder)
    # Records that answer one question stay together.
    marks = {record: record for record, _ in chosen.records}
    for found in chosen.judgements.values():
        marks |= dict.fromkeys(found, min(marks[record] for record in found))
    out = {record for record, mark in marks.items() if zlib.crc32(mark.encode()) % LEFT_OUT == 0}
    questions: list[Question] = []
    for query, text in chosen.queries:
        answering = set(chosen.judgements[query])
        if answering.isdisjoint(out) or answering <= out:
            kind: Kind = "left out" if answering <= out else "answerable"
            questions.append(Question(text=text, kind=kind, group=_article(min(answering))))
    kept = replace(chosen, records=[(record, text) for record, text in chosen.records if record not in out])
    return kept, [*questions, *_unanswerable(folder, {_article(record) for record in marks})]


def fit(examples: Sequence[Example], *, missed: float) -> Rule:
    """Return the rule that best tells answerable questions, every set counting the same, and by its bias misses a share of them.

    `missed` is that share, on the mean of the sets.
    """
    values = np.array([[getattr(example.signs, name) for name in RULE.weights] for example in examples])
    weights, bias = tell_apart(values, np.array([example.kind == "answerable" for example in examples]), _counts(examples))
    rule = Rule(weights=dict(zip(RULE.weights, weights.tolist(), strict=True)), bias=bias)
    return replace(rule, bias=bias - _threshold(rule, examples, missed))


def cross_validate(examples: Sequence[Example], *, missed: float) -> dict[str, dict[Kind, float]]:
    """Return by set and kind the share refused by rules that were each fitted without the groups that they are tried on."""
    refused: dict[int, bool] = {}
    folds = [zlib.crc32(example.group.encode()) % FOLDS for example in examples]
    for fold in sorted(set(folds)):
        rule = fit([example for example, held in zip(examples, folds, strict=True) if held != fold], missed=missed)
        refused |= {n: rule.refuses(example.signs) for n, example in enumerate(examples) if folds[n] == fold}
    return refusals(examples, [refused[n] for n in range(len(examples))])


def refusals(examples: Sequence[Example], refused: Sequence[bool]) -> dict[str, dict[Kind, float]]:
    """Return the share refused by set and kind."""
    held: dict[tuple[str, Kind], list[bool]] = defaultdict(list)
    for example, it_is in zip(examples, refused, strict=True):
        held[example.set, example.kind].append(it_is)
    found: dict[str, dict[Kind, float]] = defaultdict(dict)
    for (name, kind), values in held.items():
        found[name][kind] = float(np.mean(values))
    return dict(found)


def _threshold(rule: Rule, examples: Sequence[Example], missed: float) -> float:
    """The weighed sum below which the rule must refuse for it to refuse that share of what can be answered."""
    answerable = [example for example in examples if example.kind == "answerable"]
    sizes = {name: sum(example.set == name for example in answerable) for name in {example.set for example in answerable}}
    # What a sign refuses alone is refused at any threshold.
    sums = [(-np.inf if speaks_alone(held.signs) else rule.weigh(held.signs), 1 / sizes[held.set]) for held in answerable]
    below = 0.0
    for weighed, share in sorted(sums):
        below += share / len(sizes)
        if below > missed and np.isfinite(weighed):
            return float(weighed)
    raise AssistantError("no threshold refuses so few of the questions that can be answered")


def _counts(examples: Sequence[Example]) -> Rows:
    """How much each example counts, shape (examples,): as `SHARES` says, what can be answered as much as what cannot."""
    sizes: dict[tuple[str, Kind], int] = defaultdict(int)
    for example in examples:
        sizes[example.set, example.kind] += 1
    totals: dict[tuple[str, bool], float] = defaultdict(float)
    for name, kind in sizes:
        totals[name, kind == "answerable"] += SHARES[kind]
    return np.array(
        [
            SHARES[example.kind] / sizes[example.set, example.kind] / totals[example.set, example.kind == "answerable"]
            for example in examples
        ]
    )


def _examples(name: str, questions: Iterable[Question], index: Index) -> Iterator[Example]:
    """Examples of the questions that are looked up and whose best sentence is weighed."""
    catalogue = load_catalogue()
    for question in questions:
        understood = understand(
            question.text, catalogue=catalogue, indexed=index.strategies, on=date.today(), history=question.history
        )
        told_otherwise = index.told_otherwise(understood.query.filters, understood.language)
        passages = index.retriever.retrieve(understood.query, count=PASSAGES)
        speaking = [passage for passage in passages if passage.document.id not in told_otherwise]
        judgements = judged(understood, speaking, index, catalogue)
        plain = understood.wanted in PLAIN and understood.query.filters.strategies
        if judgements and understood.kind == "lookup" and not (plain and max(judgements, key=lambda held: held.score).sign == 1):
            read = signs(understood.query, " ".join(understood.topic), understood.wanted, judgements, index.lexical)
            yield Example(set=name, kind=question.kind, group=question.group, signs=read)


def _unanswerable(folder: Path, articles: set[str]) -> Iterator[Question]:
    """The questions of `unanswerable.jsonl`; one that names no nearest text is near to some."""
    path = folder / "unanswerable.jsonl"
    try:
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []
        for line in lines:
            nearest = line.get("nearest_context")
            kind: Kind = "near" if nearest is None or _article(nearest) in articles else "outside"
            yield Question(text=line["text"], kind=kind, group=_article(nearest or line["_id"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise AssistantError(f"{path}: is no file of unanswerable questions: {error}") from error


def _article(record: str) -> str:
    """The article of a record, or the conversation of a question: what stands before the number."""
    return record.partition("#")[0].partition("<::>")[0]


def _sampled(questions: Sequence[Question], count: int) -> list[Question]:
    lot = Random(1)
    kinds = [[question for question in questions if question.kind == kind] for kind in SHARES]
    return [question for kind in kinds for question in lot.sample(kind, min(count, len(kind)))]
