"""Kinds of questions that were once answered wrongly or refused: each in four wordings, over the shipped digests."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant import Answer, Assistant, open_assistant
from corpus.settings import Settings

pytestmark = pytest.mark.slow


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """Wordings of one question, and the words of which any must stand in what is answered; none if it must be refused."""

    name: str
    wordings: Sequence[str]
    any_of: Sequence[str] = ()
    never: Sequence[str] = ()


KINDS = (
    Kind(
        name="a person in an office at a time",
        wordings=(
            "Hvem var formand for KL, da strategien 2026-2029 kom?",
            "Who chaired KL when the 2026-2029 strategy came out?",
            "hvem skrev under på forordet til strategien 2026-2029",
            "Which minister signed the foreword of the 2026-2029 strategy?",
        ),
        any_of=("Martin Damm", "Caroline Stage"),
    ),
    Kind(
        name="what is meant by a thing",
        wordings=(
            "Hvad forstår man ved Digital Signatur?",
            "What is meant by Digital Signatur?",
            "Digital Signatur - hvad var det nu det var?",
            "Can you explain what Digital Signatur was?",
        ),
        any_of=("første generation af digital identitet", "first generation of"),
    ),
    Kind(
        name="when a body was founded",
        wordings=(
            "Hvornår blev Digitaliseringsstyrelsen til?",
            "Hvilket år blev Digitaliseringsstyrelsen oprettet?",
            "When was the Danish Agency for Digital Government founded?",
            "since when has Digitaliseringsstyrelsen existed",
        ),
        any_of=("2011",),
    ),
    Kind(
        name="the sum that is asked about and not the one beside it",
        wordings=(
            "Hvad kostede cyberstrategien fra december 2021?",
            "Hvor mange penge er der i cyberstrategien for 2022-2024?",
            "How much money is in the cyber strategy for 2022-2024?",
            "budget cyberstrategi 2022-2024",
        ),
        any_of=("270 mio", "DKK 270 million"),
    ),
    Kind(
        name="two things asked, both told",
        wordings=(
            "Hvor mange penge er der i KL's digitaliseringsprogram 2021-2025, og hvor kommer tallet fra?",
            "Hvad er beløbet i KL's digitaliseringsprogram 2021-2025, og hvem har oplyst det?",
            "How much money is in KL's digitalisation programme 2021-2025, and where does the figure come from?",
            "KL's programme 2021-2025: how much, and according to whom?",
        ),
        any_of=("150 mio", "DKK 150 million"),
    ),
    Kind(
        name="the difference between two things, which is no comparison of strategies",
        wordings=(
            "Hvad er forskellen på MitID og NemID?",
            "What is the difference between MitID and NemID?",
            "Hvordan adskiller NemID sig fra MitID?",
            "MitID vs NemID, how do they differ",
        ),
        any_of=("NemID var det fælles login før MitID", "NemID was the common login before MitID", "hed det NemID"),
    ),
    Kind(
        name="what is in none of the documents",
        wordings=(
            "Hvor mange ansatte har Digitaliseringsstyrelsen?",
            "How many people work at the Danish Agency for Digital Government?",
            "Hvad hedder Sveriges digitaliseringsstrategi?",
            "What is Norway's digital strategy called?",
        ),
    ),
    Kind(
        name="which are in force",
        wordings=(
            "Hvilke strategier gælder i dag?",
            "Which strategies are in force today?",
            "Hvilke strategier er gældende lige nu?",
            "What strategies apply at the moment?",
        ),
        any_of=("2026-2029",),
        never=("2001-2004",),
    ),
    Kind(
        name="a strategy in brief",
        wordings=(
            "Opsummer strategien 2026-2029",
            "Summarise the 2026-2029 strategy",
            "Giv mig et kort resumé af strategien 2026-2029",
            "Can you sum up the 2026-2029 strategy for me?",
        ),
        any_of=("12 initiativer", "12 initiatives"),
    ),
    Kind(
        name="an overview",
        wordings=(
            "Giv mig et overblik over strategierne",
            "Give me an overview of the Danish digital strategies",
            "Hvordan har strategierne ændret sig over tid?",
            "How did the strategies change over time?",
        ),
        any_of=("2001-2004",),
    ),
)


NOT_YET = {
    "since when has Digitaliseringsstyrelsen existed",
    "Hvad kostede cyberstrategien fra december 2021?",
    "Hvad er beløbet i KL's digitaliseringsprogram 2021-2025, og hvem har oplyst det?",
    "What is the difference between MitID and NemID?",
    "Hvordan adskiller NemID sig fra MitID?",
    "MitID vs NemID, how do they differ",
    "How many people work at the Danish Agency for Digital Government?",
}
"""Wordings that are not answered right by the present reader."""


def cases() -> Iterator[object]:
    """Every wording with its kind."""
    for kind in KINDS:
        for wording in kind.wordings:
            gap = pytest.mark.xfail(wording in NOT_YET, strict=False, reason="not answered right yet")
            yield pytest.param(wording, kind, id=wording, marks=gap)


@pytest.fixture(scope="module")
def assistant(shipped_index: Path) -> Iterator[Assistant]:
    with open_assistant(Settings(index=shipped_index)) as opened:
        yield opened


@pytest.mark.parametrize(("wording", "kind"), cases())
def test_a_kind_is_answered_in_any_wording(wording: str, kind: Kind, assistant: Assistant) -> None:
    answer = assistant.answer(wording)
    if not kind.any_of:
        assert answer.abstained
        return
    said = _said(answer)
    assert answer.abstained is None
    assert any(words in said for words in kind.any_of), said
    assert not any(words in said for words in kind.never), said


@pytest.mark.parametrize("words", ["Hej", "Hello", "Goddag", "hi there"])
def test_a_greeting_is_greeted(words: str, assistant: Assistant) -> None:
    answer = assistant.answer(words)
    assert answer.abstained is None
    assert not answer.citations


@pytest.mark.parametrize(
    "words", ["Hvad kan du hjælpe med?", "What can you do?", "Hvordan bruger jeg dig?", "How does this work?"]
)
def test_a_call_for_help_says_what_can_be_asked(words: str, assistant: Assistant) -> None:
    answer = assistant.answer(words)
    assert answer.abstained is None
    assert "2026-2029" in answer.text
    assert not answer.citations


def _said(answer: Answer) -> str:
    return " ".join([answer.text, *(citation.quote.text for citation in answer.citations)])
