"""The usual kind of answer: the sentences of the passages are judged, and those that answer are quoted, or none are."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.drafting import Drafted, draft_answer, draft_outline
from assistant.finding.answerability import answering, refusal
from assistant.finding.index import Index
from assistant.finding.judging import Judgement
from assistant.language_model.chatting import ChatModel
from assistant.messages.abstaining import names_missing, without_document, word_abstention
from assistant.messages.wording import word_answer
from assistant.question.understanding import Understanding
from assistant.quoting.citing import Draft, StandingOf, Verified, cite
from assistant.values import Abstention, Passage, Searched
from corpus.catalogue import Catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What is said to a question: the text, what it claims with what citations, or why there is no answer."""

    text: str
    verified: Verified
    abstained: Abstention | None


def look_up(
    understood: Understanding,
    passages: Sequence[Passage],
    *,
    index: Index,
    catalogue: Catalogue,
    searched: Searched,
    standing_of: StandingOf,
    model: ChatModel | None,
) -> Reply:
    """Return the reply that the passages give; without a `model` it is made of quotes alone."""
    told_otherwise = index.told_otherwise(understood.query.filters, understood.language)
    speaking = [passage for passage in passages if passage.document.id not in told_otherwise]
    judgements = judged(understood, speaking, index, catalogue)
    drafted, abstained = _drafted(understood, passages, speaking, judgements, index=index, model=model)
    verified = cite(drafted.drafts, index.store.page, standing_of=standing_of)
    verified = Verified(
        claims=verified.claims,
        citations=verified.citations,
        dropped_quotes=verified.dropped_quotes + drafted.dropped_quotes,
    )
    if not verified.claims:
        abstained = without_document(understood) or abstained or "near but not answering"
        held = [strategy for strategy in catalogue.strategies if strategy.id in index.strategies]
        text = word_abstention(abstained, understood, speaking, searched=searched, held=held, note=drafted.note)
        return Reply(text=text, verified=verified, abstained=abstained)
    return Reply(text=word_answer(verified, understood.language, note=drafted.note), verified=verified, abstained=None)


def judged(understood: Understanding, speaking: Sequence[Passage], index: Index, catalogue: Catalogue) -> list[Judgement]:
    """The sentences that may answer; where a strategy asked about has no document, those of others that name it."""
    periods = {strategy.period for strategy in understood.strategies if strategy.period}
    found = index.judge.judge(understood.query, understood.wanted, speaking, periods=periods, expected=understood.expected)
    judgements = answering(understood.query, understood.wanted, found, index.lexical)
    if not without_document(understood):
        return judgements
    # Of years without a document no other document tells.
    naming = [] if understood.years else judgements
    return [held for held in naming if names_missing(held.sentence.text, understood, catalogue)]


def _drafted(
    understood: Understanding,
    passages: Sequence[Passage],
    speaking: Sequence[Passage],
    judgements: Sequence[Judgement],
    *,
    index: Index,
    model: ChatModel | None,
) -> tuple[Drafted, Abstention | None]:
    """The drafts of the answer, or none and why."""
    # What a document numbers is counted whole; sentences that speak of single items would only blur it.
    outline: Sequence[Draft] = () if without_document(understood) else draft_outline(understood, passages, index)
    if outline:
        return Drafted(drafts=outline), None
    refused = refusal(understood.query, understood.topic, understood.wanted, judgements, index.lexical)
    if refused:
        return Drafted(), refused
    return draft_answer(understood, speaking, judgements, index=index, model=model), None
