"""The drafts of an answer, none verified yet: what a document numbers, a model's claims, or the sentences that answer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.finding.index import Index
from assistant.finding.judging import Judgement
from assistant.language_model.chatting import ChatModel
from assistant.language_model.crediting import credit
from assistant.language_model.formulating import formulate
from assistant.messages.wording import word_fallback
from assistant.question.asking import Wanted
from assistant.question.understanding import Understanding
from assistant.quoting.citing import Draft
from assistant.quoting.composing import compose
from assistant.tables.comparing import in_time
from assistant.tables.outlining import kinds_asked, numbered, outline_drafts
from assistant.values import Passage
from corpus.errors import LanguageModelError
from corpus.values import Document

FEW_STRATEGIES = 4
FAR_FROM_THE_BEST = 0.6  # of the best score: what is below is no answer of its strategy
EXACT: frozenset[Wanted] = frozenset({"number", "time", "publisher", "predecessor", "successor"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """Drafts, a note on who worded them, and how many of a language model's quotes were dropped on the way.

    `settled` says that a model read the passages and found no answer in them, or one that holds.
    """

    drafts: Sequence[Draft] = ()
    note: str = ""
    dropped_quotes: int = 0
    settled: bool = False


def draft_outline(understood: Understanding, passages: Sequence[Passage], index: Index) -> Sequence[Draft]:
    """Return the counts and lists that a document's own numbering gives, or none where the question asks for none."""
    if understood.wanted not in ("number", "list"):
        return ()
    outlines = (_outline(document, understood, index) for document in _numbering(understood, passages, index))
    return next((drafts for drafts in outlines if drafts), ())


def draft_answer(
    understood: Understanding,
    passages: Sequence[Passage],
    judgements: Sequence[Judgement],
    *,
    index: Index,
    model: ChatModel | None,
) -> Drafted:
    """Return the claims of the language model, where there is one that can prove them, else the sentences that answer."""
    worded = _worded(understood, passages, index, model) if model else Drafted()
    if worded.settled:
        return worded
    sentences = [draft for told in _by_strategy(understood, judgements) for draft in _composed(told, understood)]
    return replace(worded, drafts=sentences)


def _composed(judgements: Sequence[Judgement], understood: Understanding) -> list[Draft]:
    return compose(judgements, language=understood.language, exact=understood.wanted in EXACT)


def _by_strategy(understood: Understanding, judgements: Sequence[Judgement]) -> list[Sequence[Judgement]]:
    """The sentences of each of a few strategies that a question names, in order of time, so that none takes another's place."""
    if understood.years or not 1 < len(understood.strategies) <= FEW_STRATEGIES:
        return [judgements]
    least = FAR_FROM_THE_BEST * max((judgement.score for judgement in judgements), default=0.0)
    near = [judgement for judgement in judgements if judgement.score >= least]
    named = [strategy.id for strategy in sorted(understood.strategies, key=in_time)]
    return [[held for held in near if held.passage.document.strategy == one] for one in named]


def _worded(understood: Understanding, passages: Sequence[Passage], index: Index, model: ChatModel) -> Drafted:
    language, page_of, lexicon = understood.language, index.store.page, index.lexical.lexicon
    try:
        found = formulate(understood.query.text, passages, model=model, language=language, page_of=page_of, lexicon=lexicon)
    except LanguageModelError as error:
        return Drafted(note=word_fallback(error, language))
    return Drafted(
        drafts=found.drafts,
        note=credit(found, model=model.name, of=len(passages), language=language),
        dropped_quotes=found.dropped_quotes,
        # A model that finds no answer is believed; one that answers and cannot prove it leaves the documents to speak.
        settled=bool(found.drafts) or not found.faults,
    )


def _outline(document: Document, understood: Understanding, index: Index) -> list[Draft]:
    pages = index.store.pages(document.id)
    drafts: list[Draft] = []
    for kind in kinds_asked(understood.query.text):
        items = numbered(pages, kind, anywhere=document.digest)
        count = understood.wanted == "number" and not drafts
        # A digest says in words how many there are; only the document itself is counted.
        if items and not (count and document.digest):
            drafts += outline_drafts(document, items, kind, count=count, language=understood.language)
    return drafts


def _numbering(understood: Understanding, passages: Sequence[Passage], index: Index) -> list[Document]:
    """The documents of the one strategy whose numbering is asked for: official ones first, then the question's language."""
    filters = understood.query.filters
    wanted = set(filters.strategies or [passage.document.strategy for passage in passages[:1] if passage.document.strategy])
    found = [document for document in index.admitted(filters) if document.strategy in wanted]
    found.sort(key=lambda document: (document.digest, document.language != understood.language))
    return found if len(wanted) == 1 else []
