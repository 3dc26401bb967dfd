"""Scoring: from the cases and answers of a run to values per case, and from these to estimates for groups of cases."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from assistant.records import AnswerRecord
from corpus.errors import AssistantError
from evals import abstention, evidence, funnel, nuggets, support
from evals.casebook import Case
from evals.intervals import Rows, estimate, estimate_of
from evals.runs import Answered, Described, Run
from evals.scores import ALL, Row, Score, by_case

COSTS = ("milliseconds", "memory")


def score_run(run: Run, supports: support.Supports = support.supports_by_words) -> list[Score]:
    """Score every answer of a run, in the order in which they came; an unfinished run is refused: `AssistantError`."""
    if not run.complete:
        raise AssistantError(f"{run.folder}: the run is not finished; the same `run` command goes on with it")
    cases = {case.id: case for case in run.cases}
    return [score_answer(cases[answered.case], answered, run.about.documents, supports) for answered in run.answers]


def score_answer(
    case: Case,
    answered: Answered,
    documents: Mapping[str, Described],
    supports: support.Supports = support.supports_by_words,
) -> Score:
    """Score one answer."""
    record = answered.answer
    if record is None:
        failed: dict[str, float | None] = {"failed": 1.0, "crashed": float(answered.crashed)}
        failed["CRAG"] = nuggets.CRAG["missing"]
        return Score(case=case.id, repeat=answered.repeat, grade="missing", confidence=0.0, measures=failed)
    graded = nuggets.grade(case, record)
    return Score(
        case=case.id,
        repeat=answered.repeat,
        grade=graded,
        confidence=abstention.confidence(record),
        measures={
            "failed": 0.0,
            "crashed": 0.0,
            "CRAG": nuggets.CRAG[graded],
            **_retrieval_values(case, record, documents),
            **_answer_values(case, record, answered, supports),
            "milliseconds": record.milliseconds,
            "memory": answered.memory,
        },
    )


def summarise(run: Run, scores: Sequence[Score]) -> list[Row]:
    """Return the estimate of every measure over all cases and over each group of them, with the measures of whole sets."""
    names = list(dict.fromkeys(name for score in scores for name in score.measures if name not in COSTS))
    values = {name: by_case(scores, name) for name in names}
    rows: list[Row] = []
    for (by, group), members in _groups(run).items():
        for name in names:
            found = [values[name][case] for case in members if case in values[name]]
            if found or by == ALL:
                rows.append(Row(by=by, group=group, measure=name, value=estimate(found)))
    return rows + list(_whole_set(run, scores))


def _retrieval_values(case: Case, record: AnswerRecord, documents: Mapping[str, Described]) -> dict[str, float | None]:
    return {
        **evidence.ranking_values(case, record.passages),
        "language bias": evidence.language_bias(case, record.passages, documents),
    }


def _answer_values(case: Case, record: AnswerRecord, answered: Answered, supports: support.Supports) -> dict[str, float | None]:
    recall, precision = support.citation_scores(record, supports)
    found = nuggets.facts_found(case, record)
    return {
        "verbatim quotes": sum(answered.quotes) / len(answered.quotes) if answered.quotes else None,
        "page accuracy": evidence.page_accuracy(case, record.citations),
        "quote overlap": evidence.quote_overlap(case, record.citations),
        "citation recall": recall,
        "citation precision": precision,
        "nugget recall": nuggets.nugget_recall_strict(case, found),
        "nugget recall, weighted": nuggets.nugget_recall_weighted(case, found),
        "answer language": float(record.language == case.language),
        "hallucination": abstention.hallucinated(case, record),
        "hallucination, near": abstention.hallucinated(case, record) if case.kind == "near" else None,
        "hallucination, outside": abstention.hallucinated(case, record) if case.kind == "outside" else None,
        "missed": abstention.missed(case, record),
        **funnel.losses(case, record),
    }


def _groups(run: Run) -> dict[tuple[str, str], list[str]]:
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for case in run.cases:
        for key in _groups_of(case, run.about.documents):
            groups[key].append(case.id)
    return groups


def _groups_of(case: Case, documents: Mapping[str, Described]) -> Iterator[tuple[str, str]]:
    held = [documents[item.document] for item in case.evidence if item.document in documents]
    yield ALL, ALL
    yield "language", case.language
    yield "kind", case.kind
    yield "split", case.split
    if held:
        yield "direction", f"{case.language} → {' + '.join(sorted({document.language for document in held}))}"
    yield from (("strategy", name) for name in sorted({document.strategy for document in held if document.strategy}))
    yield from (("tag", tag) for tag in case.tags)


def _whole_set(run: Run, scores: Sequence[Score]) -> Iterator[Row]:
    """The measures that are no mean of values per case."""
    cases = {case.id: case for case in run.cases}
    first = [score for score in scores if score.repeat == 0]
    pairs = nuggets.consistent_pairs(run.cases, {score.case: score.grade for score in first})
    yield Row(by=ALL, group=ALL, measure="pair consistency", value=estimate(list(pairs.values())))
    sure = [(float(cases[score.case].answerable), score.confidence) for score in first if not score.measures["failed"]]
    yield Row(by=ALL, group=ALL, measure="AUROC", value=estimate_of(abstention.auroc, sure))
    yield Row(by=ALL, group=ALL, measure="AURC", value=estimate_of(abstention.area_under_risk, given_answers(run, scores)))
    yield from _costs(scores)


def given_answers(run: Run, scores: Sequence[Score]) -> list[tuple[float, float]]:
    """(right, confidence) of each answer that was given: right is 1 for one that is at least acceptable."""
    abstained = {answered.case for answered in run.answers if answered.answer is None or answered.answer.abstained}
    return [
        (float(score.grade in ("perfect", "acceptable")), score.confidence)
        for score in scores
        if score.repeat == 0 and score.case not in abstained
    ]


def _costs(scores: Sequence[Score]) -> Iterator[Row]:
    def percentile(rank: float) -> Callable[[Rows], float | None]:
        return lambda rows: float(np.percentile(rows, rank))

    times = [[score.measures["milliseconds"]] for score in scores if score.measures.get("milliseconds") is not None]
    memory = [[score.measures["memory"]] for score in scores if score.measures.get("memory") is not None]
    known = {"milliseconds, p50": (times, 50), "milliseconds, p95": (times, 95), "memory, MiB at most": (memory, 100)}
    for name, (values, rank) in known.items():
        rows = [[value for value in row if value is not None] for row in values]
        yield Row(by=ALL, group=ALL, measure=name, value=estimate_of(percentile(rank), rows))
