"""The usual kind of answer: the sentences that answer are quoted, or a language model words them; else what comes nearest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from assistant.finding.index import Index
from assistant.finding.reading import ANSWERS, NEARLY, ScoredSentence, find, read
from assistant.language_model.chatting import ChatModel
from assistant.language_model.crediting import credit
from assistant.language_model.excerpting import Turn, described_by
from assistant.language_model.formulating import formulate
from assistant.messages.abstaining import reason_of, word_abstention
from assistant.messages.lines import count_line, not_mentioned_line
from assistant.messages.wording import word_fallback, word_lead, word_open_parts
from assistant.question.understanding import Question
from assistant.quoting.citing import Draft, StandingOf, Verified, cite
from assistant.quoting.composing import Similar, choose, compose
from assistant.quoting.summarising import summarise
from assistant.tables.comparing import in_time
from assistant.tables.mentioning import mentions
from assistant.tables.outlining import numbered, outline_drafts
from assistant.tables.topics import read_topic
from assistant.values import Abstention, AnswerLanguage, Citation, Dropped, GeneratedBy, Passage, Quote, Searched
from corpus.catalogue import Catalogue
from corpus.errors import LanguageModelError
from corpus.values import Document

FEW_STRATEGIES = 4
MOST_NEAREST = 3
READ_FOR_A_PART = 8  # passages that are read again for each part of a question


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What is said to a question, in parts: see `Answer`."""

    lead: str
    verified: Verified
    abstained: Abstention | None
    line: str = ""
    nearest: tuple[Citation, ...] = ()
    note: str = ""
    generated_by: GeneratedBy | None = None
    dropped: tuple[Dropped, ...] = ()
    confidence: float = 0.0
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What every answer needs: the open index, the catalogue, how strategies stand today, and a language model if one is set.

    A model is also told the date, the `conversation` before the question, and a question as it was `asked`.
    """

    index: Index
    catalogue: Catalogue
    standing_of: StandingOf
    model: ChatModel | None = None
    today: date = field(default_factory=date.today)
    conversation: tuple[Turn, ...] = ()
    asked: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """Drafts of claims, a line that answers, a note on who worded them, and what a language model left open or had dropped."""

    claims: Sequence[Draft] = ()
    line: str = ""
    note: str = ""
    missing: tuple[str, ...] = ()
    generated_by: GeneratedBy | None = None
    dropped: tuple[Dropped, ...] = ()
    dropped_quotes: int = 0
    settled: bool = field(default=False)


def look_up(question: Question, desk: Desk, *, searched: Searched) -> Reply:
    """Return the reply that the documents give to a question."""
    passages = find(question, desk.index)
    scored = read(question, passages, desk.index, desk.catalogue)
    parts = _parts(question, passages, scored, desk)
    draft = _draft(question, passages, scored, parts, desk)
    verified = cite(draft.claims, desk.index.store.page, standing_of=desk.standing_of)
    verified = replace(verified, dropped_quotes=verified.dropped_quotes + draft.dropped_quotes)
    confidence = scored[0].confidence if scored else 0.0
    if verified.claims:
        lead = word_lead(verified.citations, question.language)
        unread = tuple(part for part, found in parts.items() if not _may_answer(found))
        open_parts = draft.missing if draft.generated_by else unread
        return Reply(
            lead=word_open_parts(open_parts, lead, question.language),
            verified=verified,
            abstained=None,
            line=draft.line,
            note=draft.note,
            generated_by=draft.generated_by,
            dropped=draft.dropped,
            confidence=confidence,
            passages=tuple(_by_confidence(passages, scored)),
        )
    nearest = _nearest(question, scored, desk)
    abstained = reason_of(question, desk.index.lexical, nearly=bool(nearest))
    held = [strategy for strategy in desk.catalogue.strategies if strategy.id in desk.index.strategies]
    lead = word_abstention(abstained, question, nearest, searched=searched, held=held)
    return Reply(
        lead=word_open_parts(draft.missing, lead, question.language),
        verified=verified,
        abstained=abstained,
        line="" if nearest else _not_mentioned(question, desk.index),
        nearest=nearest,
        note=draft.note,
        dropped=draft.dropped,
        confidence=confidence,
        passages=tuple(_by_confidence(passages, scored)),
    )


def sum_up(question: Question, desk: Desk) -> Reply | None:
    """Return the strategies that a question names or means in brief; None if no document of theirs opens with one."""
    strategies = [one for one in question.strategies if one.id in (question.bound or question.preferred)]
    drafts = summarise(strategies[:FEW_STRATEGIES], desk.index, language=question.language, filters=question.filters)
    verified = cite(drafts, desk.index.store.page, standing_of=desk.standing_of)
    if not verified.claims:
        return None
    return Reply(lead=word_lead(verified.citations, question.language), verified=verified, abstained=None, confidence=1.0)


def _parts(
    question: Question, passages: Sequence[Passage], scored: Sequence[ScoredSentence], desk: Desk
) -> dict[str, list[ScoredSentence]]:
    """What each part of a question is answered by; a question that asks one thing is its own only part."""
    if len(question.parts) < 2:
        return {question.text: list(scored)}
    nearest = _by_confidence(passages, scored)
    found: dict[str, list[ScoredSentence]] = {}
    for part in question.parts:
        left_unsaid = " ".join(word for word in question.topic if word not in part)
        text = f"{part} ({left_unsaid})" if left_unsaid else part
        found[part] = read(question, nearest, desk.index, desk.catalogue, part=text, most=READ_FOR_A_PART)
    return found


def _may_answer(scored: Sequence[ScoredSentence]) -> bool:
    return bool(scored) and scored[0].confidence >= NEARLY


def _draft(
    question: Question,
    passages: Sequence[Passage],
    scored: Sequence[ScoredSentence],
    parts: Mapping[str, Sequence[ScoredSentence]],
    desk: Desk,
) -> _Draft:
    """What a document numbers is counted or listed whole; else a language model answers, or the surest sentences do."""
    outline = _outline(question, passages, desk.index)
    if outline.claims:
        return outline
    worded = _worded(question, scored, passages, desk) if desk.model and passages else _Draft()
    if worded.settled:
        return worded
    groups = [*_by_strategy(question, scored), *(parts.values() if len(parts) > 1 else ())]
    claims: list[Draft] = []
    for group in groups:
        for draft in _composed(question, group, desk.index):
            if not any(_overlap(draft.quotes[0], other.quotes[0]) for other in claims):
                claims.append(draft)
    return replace(worded, claims=tuple(claims))


def _composed(question: Question, scored: Sequence[ScoredSentence], index: Index) -> list[Draft]:
    return compose(scored, least=ANSWERS, language=question.language, page_of=index.store.page, similar=_similarity(index))


def _similarity(index: Index) -> Similar:
    def similar(one: str, other: str) -> float:
        first, second = index.embedder.encode_passages([one, other])
        return float(first @ second)

    return similar


def _by_strategy(question: Question, scored: Sequence[ScoredSentence]) -> list[Sequence[ScoredSentence]]:
    """The sentences of each of a few strategies that a question names, in order of time, so that none takes another's place."""
    if not 1 < len(question.bound) <= FEW_STRATEGIES:
        return [scored]
    named = sorted((one for one in question.strategies if one.id in question.bound), key=in_time)
    return [[sentence for sentence in scored if sentence.passage.document.strategy == one.id] for one in named]


def _not_mentioned(question: Question, index: Index) -> str:
    """The line that the one strategy asked about does not mention the topic, if no sentence of its documents does."""
    if len(question.bound) != 1 or not question.topic:
        return ""
    topic = read_topic(" ".join(question.topic), question.language, index.lexical.lexicon)
    if mentions(topic, index, question.scope):
        return ""
    digests_only = all(document.digest for document in index.admitted(question.scope))
    return not_mentioned_line(question.language, digests_only=digests_only)


def _nearest(question: Question, scored: Sequence[ScoredSentence], desk: Desk) -> tuple[Citation, ...]:
    """The sentences that come near an answer, verified."""
    chosen = choose(scored, least=NEARLY, language=question.language, similar=_similarity(desk.index), most=MOST_NEAREST)
    drafts = [Draft(text=sentence.sentence.text, quotes=(_quote(sentence),)) for sentence in chosen]
    return cite(drafts, desk.index.store.page, standing_of=desk.standing_of).citations


def _overlap(one: Quote, other: Quote) -> bool:
    """Whether two quotes share words of one page: what answers two parts of a question is quoted once."""
    same_page = (one.document.id, one.page) == (other.document.id, other.page)
    return same_page and one.start < other.end and other.start < one.end


def _quote(scored: ScoredSentence) -> Quote:
    sentence, passage = scored.sentence, scored.passage
    return Quote(
        text=sentence.text,
        document=passage.document,
        page=sentence.page,
        heading_path=passage.chunk.heading_path,
        start=sentence.start,
        end=sentence.end,
        language=passage.chunk.language,
    )


def _by_confidence(passages: Sequence[Passage], scored: Sequence[ScoredSentence]) -> list[Passage]:
    """Passages in the order of their surest sentences, those that were not read last."""
    surest: dict[str, float] = {}
    for sentence in scored:
        surest.setdefault(sentence.passage.chunk.id, sentence.confidence)
    return sorted(passages, key=lambda passage: -surest.get(passage.chunk.id, -1.0))


def _worded(question: Question, scored: Sequence[ScoredSentence], passages: Sequence[Passage], desk: Desk) -> _Draft:
    """What a language model says, which decides whether the question is answered; quotes alone if it fails."""
    assert desk.model is not None
    language = question.language
    try:
        found = formulate(
            question,
            scored,
            passages,
            model=desk.model,
            describe=described_by(desk.catalogue, language, lambda document: _standing_words(document, desk, language)),
            today=desk.today,
            page_of=desk.index.store.page,
            lexicon=desk.index.lexical.lexicon,
            conversation=desk.conversation,
            asked=desk.asked,
        )
    except LanguageModelError as error:
        return _Draft(note=word_fallback(error, language))
    return _Draft(
        claims=found.drafts,
        note=credit(found, model=desk.model.name, language=language),
        missing=(found.missing,) if found.missing else (),
        generated_by=GeneratedBy(model=desk.model.name, server=desk.model.server) if found.drafts else None,
        dropped=found.dropped,
        dropped_quotes=found.unknown,
        # A model that finds no answer is believed; one that answers and cannot prove it leaves the documents to speak.
        settled=bool(found.drafts) or not found.dropped,
    )


def _standing_words(document: Document, desk: Desk, language: AnswerLanguage) -> str:
    standing = desk.standing_of(document)
    return standing.words(language) if standing else ""


def _outline(question: Question, passages: Sequence[Passage], index: Index) -> _Draft:
    """The counts and lists that a document's own numbering gives; empty if the question asks for none."""
    if question.wanted not in ("number", "list") or not question.whole:
        return _Draft()
    outlines = (_outline_of(document, question, index) for document in _numbering(question, passages, index))
    return next((outline for outline in outlines if outline.claims), _Draft())


def _outline_of(document: Document, question: Question, index: Index) -> _Draft:
    pages = index.store.pages(document.id)
    drafts: list[Draft] = []
    line = ""
    for kind in question.numbered:
        items = numbered(pages, kind, anywhere=document.digest)
        count = question.wanted == "number" and not drafts
        # A digest says in words how many there are; only the document itself is counted.
        if items and not (count and document.digest):
            drafts += outline_drafts(document, items, kind, count=count, language=question.language)
            line = line or count_line(len(items), kind, question.language)
    return _Draft(claims=drafts, line=line)


def _numbering(question: Question, passages: Sequence[Passage], index: Index) -> list[Document]:
    """The documents of the one strategy whose numbering is asked for: official ones first, then the question's language."""
    filters = question.scope
    wanted = set(filters.strategies or [passage.document.strategy for passage in passages[:1] if passage.document.strategy])
    found = [document for document in index.admitted(filters) if document.strategy in wanted]
    found.sort(key=lambda document: (document.digest, document.language != question.language))
    return found if len(wanted) == 1 else []
