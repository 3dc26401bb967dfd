"""One question, the straight way through: understand, retrieve, judge, compose, verify, word."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.abstaining import names_missing, without_document, word_abstention
from assistant.answerability import answering, refusal
from assistant.answers import Table, TableAnswer, table_claims, table_words
from assistant.chatting import ChatModel
from assistant.citing import Draft, StandingOf, cite
from assistant.comparing import Comparison, compare
from assistant.composing import compose
from assistant.crediting import credit
from assistant.formulating import formulate
from assistant.index import Index
from assistant.judging import Judgement
from assistant.listing import Listing, list_all
from assistant.outlining import Kind, kinds_asked, kinds_named, numbered, outline_drafts
from assistant.standing import standing_of
from assistant.tracing import Timeline, trace
from assistant.understanding import Understanding, understand
from assistant.wording import word_answer, word_fallback
from corpus.catalogue import Catalogue, Strategy
from corpus.errors import LanguageModelError
from corpus.renamings import Renaming
from corpus.values import Answer, AnswerLanguage, Document, Filters, Language, Page, Passage, Searched

PASSAGES = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What the index holds."""

    documents: int
    pages: int
    titles: tuple[str, ...]


class Assistant:
    """Answers questions from an index, which it opens anew when an ingest has changed it."""

    def __init__(
        self,
        *,
        open_index: Callable[[], Index],
        mark: Callable[[], str],
        catalogue: Catalogue,
        renamings: Sequence[Renaming] = (),
        model: ChatModel | None = None,
    ) -> None:
        """Open the index; without a model, answers are made of quotes alone."""
        self._open_index = open_index
        self._mark = mark
        self._catalogue = catalogue
        self._renamings = renamings
        self._model = model
        self._index = open_index()

    def answer(self, question: str, *, history: Sequence[str] = (), filters: Filters | None = None) -> Answer:
        """Return the answer to a question, or an abstention; raises `QuestionError` for one without words."""
        started, today = time.perf_counter(), date.today()
        self._follow_the_index()
        understood = understand(
            question,
            catalogue=self._catalogue,
            indexed=[document.strategy for document in self._index.documents if document.strategy],
            on=today,
            history=history,
            filters=filters or Filters(),
            renamings=self._renamings,
        )
        passages = self._index.retriever.retrieve(understood.query, count=PASSAGES)
        if table := self._table(understood):
            return self._tabled(question, understood, table, passages, started=started)
        told_otherwise = self._told_otherwise(understood.language)
        speaking = [held for held in passages if held.document.id not in told_otherwise]
        periods = {strategy.period for strategy in understood.strategies if strategy.period}
        judgements = self._index.judge.judge(
            understood.query, understood.wanted, speaking, periods=periods, expected=understood.expected
        )
        lacking = without_document(understood)
        judgements = answering(understood.query, understood.wanted, judgements, self._index.lexical)
        if lacking:
            judgements = self._of_the_missing(judgements, understood)
        # What a document numbers is counted whole; sentences that speak of single items would only blur it.
        drafts: Sequence[Draft] = [] if lacking else self._outline(understood, passages)
        note, dropped = "", 0
        abstained = (
            None if drafts else refusal(understood.query, understood.topic, understood.wanted, judgements, self._index.lexical)
        )
        if not drafts and not abstained:
            drafts, note, dropped = self._compose(understood, speaking, judgements)
        verified = cite(drafts, self._index.store.page, standing_of=self._standing(today))
        if not verified.claims and not abstained:
            abstained = "near but not answering"
        abstained = lacking if abstained and lacking else abstained
        held = self.coverage(understood.query.filters)
        searched = Searched(documents=held.documents, pages=held.pages)
        text = (
            word_abstention(abstained, understood, speaking, searched=searched, held=self._held(), note=note)
            if abstained
            else word_answer(verified, understood.language, note=note)
        )
        return Answer(
            question=question,
            language=understood.language,
            abstained=abstained,
            text=text,
            claims=verified.claims,
            citations=verified.citations,
            passages=tuple(passages),
            dropped_quotes=verified.dropped_quotes + dropped,
            milliseconds=(time.perf_counter() - started) * 1000,
            understood=understood.shown,
            searched=searched,
        )

    @property
    def catalogue(self) -> Catalogue:
        """The strategies that are known."""
        return self._catalogue

    def compare(
        self, topic: str, *, language: AnswerLanguage, strategies: Sequence[Strategy] = (), filters: Filters | None = None
    ) -> Comparison:
        """Return what each of the strategies says of a topic today, of all where none is given."""
        self._follow_the_index()
        return compare(
            topic,
            language=language,
            index=self._index,
            catalogue=self._catalogue,
            on=date.today(),
            strategies=strategies,
            filters=filters or Filters(),
            standing_of=self._standing(date.today()),
        )

    def trace(self, topic: str, *, language: AnswerLanguage, filters: Filters | None = None) -> Timeline:
        """Return the dated events of a topic."""
        self._follow_the_index()
        return trace(
            topic,
            language=language,
            index=self._index,
            catalogue=self._catalogue,
            filters=filters or Filters(),
            standing_of=self._standing(date.today()),
        )

    def list_all(
        self, topic: str, *, language: AnswerLanguage, kinds: Sequence[Kind] = (), filters: Filters | None = None
    ) -> Listing:
        """Return everything that is said of a topic, of numbered things those of `kinds` alone where any are given."""
        self._follow_the_index()
        return list_all(
            topic,
            language=language,
            index=self._index,
            catalogue=self._catalogue,
            kinds=kinds,
            filters=filters or Filters(),
            standing_of=self._standing(date.today()),
        )

    def page(self, document_id: str, number: int) -> Page:
        """Return a stored page, to show a quote where it stands."""
        return self._index.store.page(document_id, number)

    def follow(self) -> None:
        """Open the index anew where an ingest has changed it, as the next question would."""
        self._follow_the_index()

    def documents(self) -> tuple[Document, ...]:
        """Return what the index holds, as it was when it was opened last."""
        return self._index.documents

    def coverage(self, filters: Filters | None = None) -> Coverage:
        """Return how many documents and pages the index holds for the filters, and their titles."""
        held = [document for document in self._index.documents if _let_through(document, filters or Filters())]
        titles = tuple(sorted({document.title for document in held}))
        return Coverage(documents=len(held), pages=sum(document.page_count for document in held), titles=titles)

    def close(self) -> None:
        """Let go of the index."""
        self._index.store.close()

    def _table(self, understood: Understanding) -> Table | None:
        """The table that a question asks for, None where it asks for none, names no topic, or nothing is dated or listed."""
        topic, language, filters = " ".join(understood.topic), understood.language, understood.query.filters
        if not topic or understood.kind == "lookup":
            return None
        if understood.kind == "compare":
            chosen = {*filters.strategies, *(strategy.id for strategy in understood.missing)}
            strategies = [strategy for strategy in self._catalogue.strategies if strategy.id in chosen]
            return self.compare(topic, language=language, strategies=strategies, filters=filters)
        if understood.kind == "timeline":
            timeline = self.trace(topic, language=language, filters=filters)
            return timeline if timeline.events else None
        listing = self.list_all(topic, language=language, kinds=kinds_named(understood.query.text), filters=filters)
        return listing if listing.citations else None

    def _tabled(
        self, question: str, understood: Understanding, table: Table, passages: Sequence[Passage], *, started: float
    ) -> TableAnswer:
        """The answer that a table is; of a comparison in which no strategy speaks of the topic, an abstention that shows it."""
        held = self.coverage(understood.query.filters)
        return TableAnswer(
            question=question,
            language=understood.language,
            abstained=None if table.citations else "nothing near",
            text=table_words(table),
            claims=table_claims(table),
            citations=table.citations,
            passages=tuple(passages),
            dropped_quotes=table.dropped_quotes,
            milliseconds=(time.perf_counter() - started) * 1000,
            understood=understood.shown,
            searched=Searched(documents=held.documents, pages=held.pages),
            table=table,
        )

    def _standing(self, on: date) -> StandingOf:
        """Tells how the strategy of a document stands on a day."""
        return lambda document: standing_of(document, self._catalogue, on=on)

    def _follow_the_index(self) -> None:
        if self._mark() != self._index.mark:
            # Closed first: Chroma shares one client among all that open a folder, and it never sees another process's writes.
            self._index.store.close()
            self._index = self._open_index()

    def _held(self) -> list[Strategy]:
        """The strategies that have a document in the index, in the catalogue's order."""
        held = {document.strategy for document in self._index.documents}
        return [strategy for strategy in self._catalogue.strategies if strategy.id in held]

    def _of_the_missing(self, judgements: Sequence[Judgement], understood: Understanding) -> list[Judgement]:
        """The sentences by which other documents tell of strategies that have none of their own; none tells of a time."""
        if understood.years:
            return []
        return [held for held in judgements if names_missing(held.sentence.text, understood, self._catalogue)]

    def _told_otherwise(self, language: Language) -> set[str]:
        """The ids of our digests that say in another language what their twin says in this one: they are one source."""
        told = {_twins(held) for held in self._index.documents if held.digest and held.language == language}
        return {held.id for held in self._index.documents if held.digest and held.language != language and _twins(held) in told}

    def _compose(
        self, understood: Understanding, passages: Sequence[Passage], judgements: Sequence[Judgement]
    ) -> tuple[Sequence[Draft], str, int]:
        """The language model's drafts where there is one, else the sentences that answer; who worded them; quotes dropped."""
        note, dropped = "", 0
        if self._model:
            question, language = understood.query.text, understood.language
            page_of, lexicon = self._index.store.page, self._index.lexical.lexicon
            try:
                found = formulate(question, passages, model=self._model, language=language, page_of=page_of, lexicon=lexicon)
            except LanguageModelError as error:
                note = word_fallback(error, language)
            else:
                note, dropped = credit(found, model=self._model.name, of=len(passages), language=language), found.dropped_quotes
                # A model that finds no answer is believed; one that answers and cannot prove it leaves the documents to speak.
                if found.drafts or not found.faults:
                    return found.drafts, note, dropped
        drafts = compose(judgements, similar=lambda one, other: float(one.vector @ other.vector), language=understood.language)
        return drafts, note, dropped

    def _outline(self, understood: Understanding, passages: Sequence[Passage]) -> list[Draft]:
        """The counts and lists that a document's own numbering gives, or none where the question asks for none."""
        if understood.wanted not in ("number", "list"):
            return []
        for document in self._outlined(understood, passages):
            pages = self._index.store.pages(document.id)
            drafts: list[Draft] = []
            for kind in kinds_asked(understood.query.text):
                items = numbered(pages, kind, anywhere=document.digest)
                count = understood.wanted == "number" and not drafts
                # A digest says in words how many there are; only the document itself is counted.
                if items and not (count and document.digest):
                    drafts += outline_drafts(document, items, kind, count=count, language=understood.language)
            if drafts:
                return drafts
        return []

    def _outlined(self, understood: Understanding, passages: Sequence[Passage]) -> list[Document]:
        """The documents of the one strategy whose numbering is asked for: official ones first, then the question's language."""
        wanted = understood.query.filters.strategies or tuple(
            passage.document.strategy for passage in passages[:1] if passage.document.strategy
        )
        found = [
            held for held in self._index.documents if held.strategy in wanted and _let_through(held, understood.query.filters)
        ]
        found.sort(key=lambda held: (held.digest, held.language != understood.language))
        return found if len(set(wanted)) == 1 else []


def _twins(digest: Document) -> str:
    """What the two languages of a digest share: their file names differ in the language alone."""
    return digest.name.removesuffix(f"-{digest.language}.pdf")


def _let_through(document: Document, filters: Filters) -> bool:
    return filters.admit(document) and (not filters.languages or document.language in filters.languages)
