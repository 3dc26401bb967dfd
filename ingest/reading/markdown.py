"""Markdown: headings, paragraphs, list items, table rows and code from its tokens. The door to markdown-it-py."""

import re
from collections.abc import Iterator, Sequence
from importlib.metadata import version

from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.values import Reading
from ingest.reading.plain import decoded
from ingest.reading.sections import Element, heading, pages, paragraph

NAME = f"markdown/markdown-it-py {version('markdown-it-py')}"

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_HIDDEN = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)|<[^>]{0,1000}>", re.DOTALL | re.IGNORECASE)


def read(data: bytes, name: str) -> Reading:
    """Return the sections of a Markdown file; raise DamagedError or UnsupportedError where it is not text."""
    text = decoded(data, name).lstrip("\ufeff").replace("\r\n", "\n")
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(_FRONT_MATTER.sub("", text))
    elements = tuple(_elements(tokens))
    title = next((element.text for element in elements if element.kind == "heading"), None)
    return Reading(reader=NAME, title=title, paged=False, pages=pages(elements))


def _elements(tokens: Sequence[Token]) -> Iterator[Element]:
    opened: list[Token] = []
    cells: list[str] = []
    for token in tokens:
        if token.nesting == 1:
            opened.append(token)
        elif token.nesting == -1:
            opened.pop()
        if token.type == "inline" and opened[-1].tag in ("th", "td"):
            cells.append(_text(token))
        elif token.type == "inline":
            yield _element(token, opened)
        elif token.type == "tr_close":
            yield Element(kind="table", text=" | ".join(cells))
            cells = []
        elif token.type in ("fence", "code_block"):
            yield paragraph(token.content)
        elif token.type == "html_block":
            yield paragraph(_HIDDEN.sub(" ", token.content))


def _element(token: Token, opened: Sequence[Token]) -> Element:
    if opened[-1].type == "heading_open":
        return heading(_text(token), int(opened[-1].tag[1:]))
    listed = any(parent.type == "list_item_open" for parent in opened)
    return Element(kind="list" if listed else "paragraph", text=_text(token))


def _text(token: Token) -> str:
    """Return the words of an inline token: no marks, no tags, the alternative text of a picture, line ends as they are."""
    return "".join(_inline(child) for child in token.children or ())


def _inline(child: Token) -> str:
    if child.type in ("softbreak", "hardbreak"):
        return "\n"
    return child.content if child.type in ("text", "code_inline", "image") else ""
