"""HTML: the main text of a web page, without menus, scripts and footers. The door to trafilatura."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from typing import Any

import trafilatura
from trafilatura.settings import use_config

from corpus.errors import DamagedError
from corpus.values import Reading
from ingest.reading.plain import decoded
from ingest.reading.sections import Element, heading, pages, paragraph

NAME = f"html/trafilatura {version('trafilatura')}"

_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_DECLARED_XML = re.compile(rb"\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})", re.IGNORECASE)


def read(data: bytes, name: str) -> Reading:
    """Return the sections of a web page's main text; raise DamagedError where it holds no text."""
    with _quiet():
        found: Any = trafilatura.bare_extraction(
            _decoded(data, name),
            include_comments=False,
            include_tables=True,
            favor_recall=True,
            with_metadata=True,
            config=_configuration(),
        )
    if found is None or found.body is None:
        raise DamagedError(f"{name!r} holds no main text that can be told from menus and scripts.")
    return Reading(
        reader=NAME, title=" ".join((found.title or "").split()) or None, paged=False, pages=pages(_elements(found.body))
    )


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep trafilatura's remarks from the terminal: what matters of them is said in our error."""
    log = logging.getLogger("trafilatura")
    before = log.level
    log.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        log.setLevel(before)


def _configuration() -> Any:
    """Let short pages pass: by default trafilatura gives up its structure below 250 characters."""
    configuration = use_config()
    for setting in ("MIN_EXTRACTED_SIZE", "MIN_OUTPUT_SIZE"):
        configuration.set("DEFAULT", setting, "1")
    return configuration


def _decoded(data: bytes, name: str) -> str:
    """Decode by the page's own word (meta charset) where it holds, otherwise as any text."""
    declared = _DECLARED_XML.match(data) or _DECLARED.search(data[:4096])
    if declared is not None:
        try:
            text = data.decode(_as_browsers_do(declared.group(1).decode("ascii", "ignore")))
        except (LookupError, UnicodeDecodeError):
            return _undeclared(decoded(data, name))
        return _undeclared(text)
    return _undeclared(decoded(data, name))


def _as_browsers_do(label: str) -> str:
    """Latin-1 on the web means Windows-1252 (WHATWG Encoding Standard, "windows-1252")."""
    return "cp1252" if label.lower() in ("iso-8859-1", "latin1", "ascii", "us-ascii") else label


def _undeclared(text: str) -> str:
    """Drop the XML declaration: lxml refuses one in text that is decoded already."""
    return re.sub(r"\A\s*<\?xml[^>]*\?>", "", text)


def _elements(node: Any) -> Iterator[Element]:
    """Walk the tree that trafilatura makes: head, p, list/item, table/row/cell, quote, code, lb."""
    for child in node:
        if child.tag == "head":
            yield heading(_text(child), int((child.get("rend") or "h2").lstrip("h") or 2))
        elif child.tag == "item":
            yield from _item(child)
        elif child.tag == "row":
            yield Element(kind="table", text=" | ".join(" ".join(_text(cell).split()) for cell in child))
        elif child.tag in ("list", "table", "main", "div", "body") or (child.tag == "quote" and len(child)):
            yield from _loose(child.text)
            yield from _elements(child)
        else:
            yield from _loose(_text(child))
        yield from _loose(child.tail)


def _item(item: Any) -> Iterator[Element]:
    """Yield a list item and, after it, the items of the lists inside it."""
    inner = [child for child in item if child.tag == "list"]
    text = (item.text or "") + "".join((_text(c) if c.tag != "list" else " ") + (c.tail or "") for c in item)
    yield Element(kind="list", text=text)
    for nested in inner:
        yield from _elements(nested)


def _loose(text: str | None) -> Iterator[Element]:
    if text and text.strip():
        yield paragraph(text)


def _text(node: Any) -> str:
    """Return the words inside an element; a line break is a line end."""
    parts = [node.text or ""]
    for child in node:
        parts.append("\n" if child.tag == "lb" else _text(child))
        parts.append(child.tail or "")
    return "".join(parts)
