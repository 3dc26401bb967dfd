"""Every measure on an example that a reader works out by hand, and the ranking ones against a second implementation."""

import math
from typing import Any

import numpy as np
import pytest
from sklearn.metrics import ndcg_score

from assistant.records import AnswerRecord
from evals.abstention import area_under_risk, auroc, confidence, hallucinated, missed, risk_coverage
from evals.casebook import Case, Evidence, Fact
from evals.evidence import language_bias, page_accuracy, quote_overlap, ranking_values, word_f1
from evals.fidelity import fidelity
from evals.funnel import ANOTHER, NOT_FOUND, NOT_SURE, losses
from evals.intervals import compare, estimate, estimate_of, holm
from evals.measures import measure
from evals.nuggets import (
    consistent_pairs,
    facts_found,
    grade,
    nugget_recall_strict,
    nugget_recall_weighted,
)
from evals.runs import Described
from evals.support import citation_scores, supports_by_words
from tests.fakes_records import a_passage_record as passage
from tests.fakes_records import a_record

DOCUMENTS = {"da.pdf": Described(language="da"), "en.pdf": Described(language="en")}


def a_case(**changes: object) -> Case:
    values: dict[str, object] = {"id": "c", "language": "da", "question": "?", "kind": "lookup", "answerable": True}
    return Case.model_validate({**values, "facts": (Fact(any_of=("tolv",)),), **changes})


TWINS = (
    Evidence(document="da.pdf", page=1, quote="tolv initiativer", part=1),
    Evidence(document="en.pdf", page=1, quote="twelve initiatives", part=1),
    Evidence(document="da.pdf", page=2, quote="fire områder", part=2),
)


def test_ranking_finds_parts_once() -> None:
    passages = [
        passage("nothing"),
        passage("has twelve initiatives", "en.pdf"),
        passage("har tolv initiativer"),
        passage("fire områder"),
    ]
    values = ranking_values(a_case(evidence=TWINS), passages)
    # Part 1 at rank 2 (the Danish twin at rank 3 adds nothing), part 2 at rank 4: (1/log2(3) + 1/log2(5)) / (1 + 1/log2(3)).
    expected = (1 / math.log2(3) + 1 / math.log2(5)) / (1 + 1 / math.log2(3))
    assert values == pytest.approx({"nDCG@10": expected, "R@5": 1.0, "R@20": 1.0, "RR@10": 0.5})
    assert ranking_values(a_case(evidence=TWINS), []) == {"nDCG@10": 0.0, "R@5": 0.0, "R@20": 0.0, "RR@10": 0.0}
    assert set(ranking_values(a_case(), passages).values()) == {None}


def test_an_answer_is_lost_at_one_step_or_at_none() -> None:
    case = a_case(evidence=TWINS[:1])
    there, elsewhere = passage("har tolv initiativer"), passage("nothing")
    cited, not_cited = ("tolv initiativer", "da.pdf", 1), ("andet", "da.pdf", 9)
    expected = {
        NOT_FOUND: a_record(passages=(elsewhere,)),
        NOT_SURE: a_record(passages=(there,), abstained="near but not answering"),
        ANOTHER: a_record(not_cited, passages=(there,)),
        "": a_record(cited, passages=(there,)),
    }
    for step, record in expected.items():
        assert {name: value for name, value in losses(case, record).items() if value} == ({step: 1.0} if step else {})
    assert set(losses(a_case(), a_record()).values()) == {None}


def test_ranking_measures_agree_with_scikit_learn_and_with_the_definitions() -> None:
    random = np.random.default_rng(7)
    for _ in range(25):
        gains, scores = random.integers(0, 2, 30), random.permutation(30).astype(float)
        gains[0] = 1
        judged = {"q": {str(n): int(gain) for n, gain in enumerate(gains)}}
        found = measure(judged, {"q": {str(n): float(score) for n, score in enumerate(scores)}})
        order = np.argsort(-scores)
        ranks = [rank for rank, n in enumerate(order, start=1) if gains[n]]
        assert found["nDCG@10"]["q"] == pytest.approx(ndcg_score([gains], [scores], k=10))
        assert found["RR@10"]["q"] == pytest.approx(1 / ranks[0] if ranks[0] <= 10 else 0.0)
        for k in (5, 20):
            assert found[f"R@{k}"]["q"] == pytest.approx(sum(rank <= k for rank in ranks) / gains.sum())


def test_language_bias_is_the_gap_between_twins() -> None:
    passages = [passage("har tolv initiativer"), passage("x"), passage("x"), passage("has twelve initiatives", "en.pdf")]
    twins = TWINS[:2]
    assert language_bias(a_case(evidence=twins), passages, DOCUMENTS) == 1 - 1 / 4
    assert language_bias(a_case(evidence=twins, language="en"), passages, DOCUMENTS) == 1 / 4 - 1
    assert language_bias(a_case(evidence=TWINS[:1]), passages, DOCUMENTS) is None


def test_pages_and_quotes_are_compared_part_by_part() -> None:
    case = a_case(evidence=TWINS)
    record = a_record(("Der er tolv initiativer", "da.pdf", 1), ("fire områder", "da.pdf", 1))
    assert page_accuracy(case, record.citations) == 0.5  # page 2 is not cited
    # Part 1: 2 shared words of 2 and 4 (F1 2/3); part 2: nothing on its page.
    assert quote_overlap(case, record.citations) == pytest.approx((2 / 3 + 0) / 2)
    assert page_accuracy(a_case(), record.citations) is None
    assert quote_overlap(a_case(), record.citations) is None
    assert word_f1("a b b", "b b c") == pytest.approx(2 / 3)
    assert word_f1("", "") == 1.0


def test_citation_recall_and_precision_follow_alce() -> None:
    claims = [
        {"text": "Strategien har 12 initiativer", "citations": [1, 2]},  # carried by 1; 2 is not needed
        {"text": "Strategien har 15 initiativer", "citations": [1]},  # its number is nowhere
        {"text": "Den løber til 2029.", "citations": [3]},
    ]
    quotes = ("Strategien har 12 initiativer i fire fokusområder.", "Vejret er godt i dag.", "Den løber til 2029.")
    record = a_record(*((quote, "da.pdf", 1) for quote in quotes), claims=claims)
    assert citation_scores(record, supports_by_words) == (pytest.approx(2 / 3), pytest.approx(2 / 4))
    assert citation_scores(a_record(abstained="nothing near"), supports_by_words) == (None, None)


def test_two_quotes_that_only_together_carry_a_claim_are_both_needed() -> None:
    claim = {"text": "Strategien har 12 initiativer og 4 fokusområder", "citations": [1, 2]}
    quotes = [("Strategien har 12 initiativer.", "da.pdf", 1), ("Der er 4 fokusområder i strategien.", "da.pdf", 1)]
    assert citation_scores(a_record(*quotes, claims=[claim]), supports_by_words) == (1.0, 1.0)


def test_nuggets_are_weighted_as_in_trec() -> None:
    facts = (Fact(any_of=("tolv", "12")), Fact(any_of=("2029",)), Fact(any_of=("KL",), vital=False))
    case = a_case(facts=facts)
    found = facts_found(case, a_record(("Der er 12 initiativer, aftalt med kl.", "da.pdf", 1)))
    assert found == [True, False, True]
    assert nugget_recall_strict(case, found) == 0.5
    assert nugget_recall_weighted(case, found) == pytest.approx((1 + 0.5) / (1 + 1 + 0.5))
    assert nugget_recall_strict(a_case(evidence=TWINS, facts=()), []) is None
    assert facts_found(a_case(facts=(Fact(any_of=("12",)),)), a_record(("i 2012", "da.pdf", 1))) == [False]


@pytest.mark.parametrize(
    ("answerable", "record", "expected"),
    [
        (True, a_record(("tolv", "da.pdf", 1), ("2029", "da.pdf", 1)), "perfect"),
        (True, a_record(("tolv", "da.pdf", 1)), "acceptable"),
        (True, a_record(("femten", "da.pdf", 1)), "incorrect"),
        (True, a_record(abstained="nothing near"), "missing"),
        (False, a_record(abstained="nothing near"), "perfect"),
        (False, a_record(("tolv", "da.pdf", 1)), "incorrect"),
    ],
)
def test_the_grade_of_crag(answerable: bool, record: AnswerRecord, expected: str) -> None:
    facts = (Fact(any_of=("tolv",)), Fact(any_of=("2029",)))
    case = a_case(facts=facts) if answerable else a_case(kind="near", answerable=False, facts=())
    assert grade(case, record) == expected


def test_a_case_without_facts_is_graded_by_its_page() -> None:
    case = a_case(facts=(), evidence=TWINS[:1])
    assert grade(case, a_record(("x", "da.pdf", 1))) == "perfect"
    assert grade(case, a_record(("x", "da.pdf", 2))) == "incorrect"


def test_pairs_agree_where_the_grade_is_one() -> None:
    cases = [a_case(id=f"{pair}-{language}", pair=pair, language=language) for pair in "xy" for language in ("da", "en")]
    grades: Any = {"x-da": "perfect", "x-en": "perfect", "y-da": "perfect", "y-en": "missing"}
    assert consistent_pairs(cases, grades) == {"x": 1.0, "y": 0.0}


def test_abstention_rates_are_those_of_nomiracl() -> None:
    outside = a_case(kind="outside", answerable=False, facts=())
    said, silent = a_record(("x", "da.pdf", 1)), a_record(abstained="nothing near")
    assert (hallucinated(outside, said), hallucinated(outside, silent), hallucinated(a_case(), said)) == (1.0, 0.0, None)
    assert (missed(a_case(), silent), missed(a_case(), said), missed(outside, said)) == (1.0, 0.0, None)
    assert confidence(a_record(confidence=0.9, passages=[passage("x", score=0.95)])) == 0.9
    assert confidence(a_record()) == 0.0


def test_auroc_counts_the_pairs_in_order() -> None:
    # Pairs (answerable, not): 0.9 > 0.4, 0.9 > 0.1, 0.3 < 0.4, 0.3 > 0.1: three of four.
    assert auroc(np.array([[1, 0.9], [1, 0.3], [0, 0.4], [0, 0.1]])) == 0.75
    assert auroc(np.array([[1, 0.9], [1, 0.3]])) is None


def test_risk_over_coverage() -> None:
    rows = np.array([[1, 0.9], [0, 0.8], [1, 0.7], [1, 0.7]])
    assert risk_coverage(rows) == [(0.25, 0.0), (0.5, 0.5), (1.0, 0.25)]
    assert area_under_risk(rows) == pytest.approx(0.25 * 0 + 0.25 * 0.5 + 0.5 * 0.25)
    assert area_under_risk(np.zeros((0, 2))) is None


def test_fidelity_of_reading() -> None:
    found = fidelity(["en ﬁn dag", " "], "en fin nat", page_count=3)
    assert found.words == pytest.approx(2 / 3)
    assert found.edits == pytest.approx(1 - 2 / 10)  # "dag" and "nat" differ in two of ten characters
    assert (found.ligatures, found.lost) == (1, 2)


def test_an_interval_of_any_statistic() -> None:
    rows = [[value] for value in range(101)]
    found = estimate_of(lambda table: float(np.median(table)), rows)
    assert found is not None
    assert found.mean == 50
    assert 35 < found.low < 50 < found.high < 65
    assert estimate_of(lambda table: float(table.mean()), []) is None
    assert estimate([]) is None


def test_holm_corrects_step_by_step() -> None:
    # 3 * 0.01, then 2 * 0.03, then at least what came before.
    assert holm({"a": 0.01, "b": 0.04, "c": 0.03}) == pytest.approx({"a": 0.03, "c": 0.06, "b": 0.06})
    assert holm({}) == {}


def test_a_difference_counts_wins_and_says_what_could_be_seen() -> None:
    first = {str(n): 0.0 for n in range(10)}
    found = compare(first, first | {"0": 1.0, "1": -1.0, "2": 1.0})
    assert found is not None
    assert (found.wins, found.ties, found.losses) == (2, 7, 1)
    # Gains 1, -1, 1 and seven 0: mean 0.1, variance (3 - 10 * 0.01) / 9.
    assert found.visible == pytest.approx(2.8 * math.sqrt(2.9 / 9 / 10))


def test_a_difference_in_one_case_alone_shows_nothing() -> None:
    found = compare({"a": 0.0}, {"a": 1.0})
    assert found
    assert (found.mean, found.p, found.visible) == (1.0, 1.0, math.inf)
