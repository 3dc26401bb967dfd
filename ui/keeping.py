"""A conversation as text that the browser keeps, and back; what comes back is checked anew against the index."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from assistant.answering import Assistant
from assistant.messages.standing import standing_of
from assistant.values import Citation, Quote
from corpus.catalogue import Catalogue
from corpus.errors import AssistantError
from corpus.text import find_verbatim
from corpus.values import Document, Page
from ui.screen import Turn
from ui.texts import Change

TURNS = TypeAdapter(tuple[Turn, ...])
ANSWERS = "answers"
ANSWER_ID = re.compile(r"[0-9a-f]{32}")
MOST_CHARACTERS = 4_000_000


def kept(turns: tuple[Turn, ...]) -> str:
    """Return finished turns as JSON. What was retrieved besides the quotes is left out: it is large, and shown nowhere."""
    return TURNS.dump_json(tuple(_slim(turn) for turn in turns if turn.complete)).decode()


def restored(text: str, assistant: Assistant, catalogue: Catalogue) -> tuple[Turn, ...]:
    """Return the turns of a kept conversation with every quote looked up anew; none where the text is no conversation."""
    if not text or len(text) > MOST_CHARACTERS:
        return ()
    try:
        turns = TURNS.validate_json(text)
    except ValidationError:
        return ()
    return tuple(rechecked(turn, assistant, catalogue) for turn in turns if turn.complete)


def save_answer(folder: Path, turn: Turn) -> str:
    """Write one turn to the folder of answers that have a link, and return its id, which its content makes."""
    text = kept((turn,))
    id = hashlib.sha256(text.encode()).hexdigest()[:32]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{id}.json").write_text(text, encoding="utf-8")
    return id


def load_answer(folder: Path, id: str, assistant: Assistant, catalogue: Catalogue) -> tuple[Turn, ...]:
    """Return the turn of a link, checked anew; none where there is no such answer."""
    if not ANSWER_ID.fullmatch(id):
        return ()
    try:
        return restored((folder / f"{id}.json").read_text(encoding="utf-8"), assistant, catalogue)
    except (OSError, UnicodeDecodeError):
        return ()


def rechecked(turn: Turn, assistant: Assistant, catalogue: Catalogue) -> Turn:
    """Return the turn with each citation where its words stand now, its strategy's standing today, and what has changed since."""
    if turn.answer is None:
        return turn
    documents = assistant.documents()
    cited = turn.answer.citations or turn.answer.nearest
    found = [_stands(citation, documents, assistant) for citation in cited]
    changes = tuple((citation.n, change) for citation, change in found if change)
    today = date.today()
    citations = tuple(
        replace(citation, standing=standing_of(citation.quote.document, catalogue, on=today)) for citation, _ in found
    )
    kept_citations = {"citations": citations} if turn.answer.citations else {"nearest": citations}
    answer = replace(turn.answer, passages=(), **kept_citations)  # type: ignore[arg-type]
    return replace(turn, answer=answer, shown=len(answer.claims), changes=changes)


def _slim(turn: Turn) -> Turn:
    return replace(turn, answer=replace(turn.answer, passages=())) if turn.answer else turn


def _stands(citation: Citation, documents: Sequence[Document], assistant: Assistant) -> tuple[Citation, Change | None]:
    """Return a citation where its words stand now, and what changed; an unchanged document is tried first."""
    quote = citation.quote
    for document in sorted(documents, key=lambda held: held.id != quote.document.id):
        same = document.id == quote.document.id
        if not same and not _same_work(document, quote.document):
            continue
        for number in (quote.page, *range(1, document.page_count + 1)):
            page = _page(assistant, document, number)
            span = _span(quote, page) if page else None
            if page and span:
                here = replace(quote, document=document, page=number, start=span[0], end=span[1])
                label = page.label if document.paged else None
                change: Change | None = "moved" if number != quote.page else None if same else "same words"
                return replace(citation, quote=here, printed_page=label, verified=True), change
    return replace(citation, verified=False), "gone"


def _span(quote: Quote, page: Page) -> tuple[int, int] | None:
    """Return where a page says what the quote says: at the quote's own place if there, since words may stand twice."""
    if find_verbatim(quote.text, page.text[quote.start : quote.end]):
        return quote.start, quote.end
    return find_verbatim(quote.text, page.text)


def _same_work(one: Document, other: Document) -> bool:
    if one.edition or other.edition:
        return one.edition == other.edition
    return one.name == other.name


def _page(assistant: Assistant, document: Document, number: int) -> Page | None:
    try:
        return assistant.page(document.id, number)
    except AssistantError:
        return None
