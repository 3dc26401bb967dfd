"""A conversation to take along: questions, answers with their citations, a reference list, and what made them."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Literal

from assistant.quoting.citing import place
from assistant.values import Answer, Citation
from corpus.catalogue import Catalogue
from corpus.settings import Settings
from corpus.values import Document
from ui.conversation import lead
from ui.references import Style, reference
from ui.screen import Turn
from ui.texts import Texts, number, written_moment

Kind = Literal["title", "heading", "subheading", "paragraph", "quote", "item"]
OPENING: dict[Kind, str] = {
    "title": "# ",
    "heading": "## ",
    "subheading": "### ",
    "paragraph": "",
    "quote": "> ",
    "item": "- ",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One paragraph of an exported conversation, and its role."""

    kind: Kind
    text: str


def corpus_version(documents: Iterable[Document]) -> str:
    """Return a mark that two indexes share only if they hold the same files, read alike."""
    held = sorted((document.checksum, document.fingerprint) for document in documents)
    return hashlib.sha256(repr(held).encode()).hexdigest()[:12]


def parts(
    turns: Sequence[Turn], documents: Sequence[Document], catalogue: Catalogue, settings: Settings, texts: Texts, *, now: datetime
) -> list[Part]:
    """Return the conversation paragraph by paragraph."""
    answered = [turn for turn in turns if turn.answer]
    name = turns[0].question if turns else texts.title
    made = [Part(kind="title", text=name), Part(kind="paragraph", text=f"{texts.title}, {written_moment(now, texts)}")]
    for turn in answered:
        made += _turn(turn, texts)
    cited = {c.quote.document.id: c.quote.document for turn in answered for c in _citations(turn)}
    if cited:
        style: Style = "danish" if texts.language == "da" else "apa"
        lines = sorted({reference(document, catalogue, style) for document in cited.values()})
        made += [Part(kind="heading", text=texts.reference_list), *(Part(kind="item", text=line) for line in lines)]
    made += [
        Part(kind="heading", text=texts.how_made),
        *(Part(kind="item", text=line) for line in _made(documents, settings, texts)),
    ]
    return made


def markdown(parts: Iterable[Part]) -> str:
    """Return the parts as Markdown, with what Markdown would take for a sign of its own escaped."""
    opening: dict[Kind, str] = {
        "title": "# ",
        "heading": "## ",
        "subheading": "### ",
        "paragraph": "",
        "quote": "> ",
        "item": "- ",
    }
    return "\n\n".join(opening[part.kind] + _escaped(part.text) for part in parts) + "\n"


def _turn(turn: Turn, texts: Texts) -> Iterator[Part]:
    answer = turn.answer
    assert answer is not None
    yield Part(kind="heading", text=turn.question)
    for line in (answer.line, *lead(answer)):
        if line:
            yield Part(kind="paragraph", text=line)
    for claim in answer.claims:
        marks = "".join(f"[{n}]" for n in claim.citations)
        yield Part(kind="quote" if _verbatim(answer, claim.text) else "paragraph", text=f"{claim.text} {marks}")
    for citation in answer.nearest:
        yield Part(kind="quote", text=f"{citation.quote.text} [{citation.n}]")
    if answer.note:
        yield Part(kind="paragraph", text=answer.note)
    cited = _citations(turn)
    if cited:
        yield Part(kind="subheading", text=texts.citations)
    for citation in cited:
        unsure = "" if citation.verified else f" ({texts.unverified})"
        yield Part(kind="item", text=f"[{citation.n}] {place(citation, texts.language)} ({citation.quote.document.name}){unsure}")


def _made(documents: Sequence[Document], settings: Settings, texts: Texts) -> Iterator[str]:
    pages = sum(document.page_count for document in documents)
    counted = texts.coverage.format(documents=number(len(documents), texts.language), pages=number(pages, texts.language))
    yield f"{counted}; {texts.corpus_version} {corpus_version(documents)}"
    yield f"{texts.embedding_model}: {settings.embedding_model}"
    yield f"{texts.language_model}: {settings.language_model.name or texts.no_language_model}"
    yield f"{texts.program}: strategy-assistant {_program()}"


def _program() -> str:
    try:
        return version("strategy-assistant")
    except PackageNotFoundError:
        return "0"


def _citations(turn: Turn) -> tuple[Citation, ...]:
    return (turn.answer.citations or turn.answer.nearest) if turn.answer else ()


def _verbatim(answer: Answer, text: str) -> bool:
    return any(citation.quote.text == text for citation in answer.citations)


def _escaped(text: str) -> str:
    signs = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_#<>|"})
    return " ".join(text.translate(signs).split())
