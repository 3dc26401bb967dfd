"""Models as judges: what they are given is whole and kept, no score depends on them, and agreement is counted."""

import json
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import AssistantError, ContextLengthError
from evals.judging import ChatJudge, EntailmentJudge, agreement, describe, judge_claims, kappa, write_judged
from evals.runs import About, Answered, Run
from tests.fakes_records import a_record

QUOTE = "Strategien har 12 initiativer. " * 40 + "Den gælder til 2029."
RECORD = a_record(
    (QUOTE, "da.pdf", 1),
    ("Vejret er godt.", "da.pdf", 1),
    claims=[
        {"text": "Den gælder til 2029.", "citations": [1]},
        {"text": "Strategien har 15 initiativer", "citations": [1, 2]},
        {"text": "Uden citat", "citations": []},
    ],
)


class Model:
    """A chat model that supports what speaks of 2029 alone, or replies what it is told; it keeps what it was sent."""

    name = "fake"
    timeout_seconds = 1.0

    def __init__(self, reply: str | None = None) -> None:
        self.reply = reply
        self.sent: list[str] = []

    def complete(self, *, system: str, user: str, schema: object, seconds: float) -> str:
        self.sent.append(user)
        if self.reply == "too long":
            raise ContextLengthError("too long")
        return self.reply or json.dumps({"supported": "<claim>Den gælder" in user})


class Inference:
    name = "fake-nli"

    def entails(self, premise: str, hypothesis: str) -> float | None:
        return None if len(premise) > len(QUOTE) else float(hypothesis in premise)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    about = About(name="t", started="", made_by="", corpus="", documents={}, embedder="", code="", settings={}, versions={})
    return Run(folder=tmp_path, about=about, cases=(), answers=(Answered(case="c", answer=RECORD), Answered(case="d", error="x")))


def test_a_chat_model_is_given_everything_and_that_is_kept(run: Run) -> None:
    model = Model()
    judge = ChatJudge(model)
    judged = judge_claims(run, judge)
    kept = [json.loads(line) for line in write_judged(run.folder, judge, judged).read_text(encoding="utf-8").splitlines()]
    assert [line["given"] for line in kept] == model.sent
    assert all(QUOTE in sent for sent in model.sent)
    assert [(line["by"], line["judge"], line["words"]) for line in kept] == [("fake", True, True), ("fake", False, False)]


@pytest.mark.parametrize("reply", ["too long", "Perhaps", "[]", '{"supported": "yes"}'])
def test_what_is_no_verdict_is_none(run: Run, reply: str) -> None:
    judged = judge_claims(run, ChatJudge(Model(reply)))
    assert [one.judge for one in judged] == [None, None]
    assert describe(agreement(judged)) == "no verdict on 2 claims"


def test_a_judge_that_was_given_a_part_is_refused(run: Run) -> None:
    class Cutting(ChatJudge):
        def text(self, claim: str, quotes: list[str]) -> str:  # type: ignore[override]
            return super().text(claim, quotes)[:200]

    with pytest.raises(AssistantError, match="not given the whole"):
        judge_claims(run, Cutting(Model()))


def test_inference_judges_what_it_can_read_whole(run: Run) -> None:
    judged = judge_claims(run, EntailmentJudge(Inference()))
    assert [(one.judge, one.words) for one in judged] == [(True, True), (None, False)]
    assert agreement(judged).without == 1


def test_agreement_beyond_chance() -> None:
    # Of 4, 3 are the same; each says yes to half, so chance is 1/2: (3/4 - 1/2) / (1/2).
    assert kappa(np.array([[1, 1], [1, 1], [0, 0], [0, 1.0]])) == pytest.approx((0.75 - 0.5) / 0.5)
    assert kappa(np.array([[1, 1], [1, 1.0]])) is None
