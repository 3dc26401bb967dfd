"""From a web page about an edition to the one PDF on it that is the edition, if it is plain which one that is."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

SPELLINGS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})
LEADING = frozenset({"download", "hent", "laes", "read", "se", "pdf", "publikation", "publikationen", "publication", "the"})
"""Words that a link may have before the title."""
COMPANIONS = frozenset(
    {"annex", "appendix", "bilag", "fact", "factsheet", "faktaark", "hoeringssvar", "kommissorium", "oversigt", "pixi"}
    | {"pixiudgave", "plakat", "pressemeddelelse", "resume", "sammenfatning", "status", "statusrapport", "summary"}
)
"""Words that tell of a document that goes with an edition and has its title."""
LEAST_WORDS = 3
"""A part of a title stands for the whole if it has at least so many words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One link of a page: where it leads and what a reader sees of it."""

    url: str
    text: str


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._inside = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(attributes)
        if tag == "a":
            self._inside = True
            self.found.append((values.get("href") or "", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            href, text = self.found[-1]
            self.found[-1] = (href, text + data)


def links_to_pdf(page: bytes, *, url: str) -> list[Link]:
    """Return the links of a page, met at an address, that lead to PDF files on the same host, each file once."""
    parser = _Links()
    parser.feed(page.decode("utf-8", errors="replace"))
    parser.close()
    links: dict[str, Link] = {}
    for href, text in parser.found:
        try:
            target = urlsplit(urljoin(url, href.strip()))._replace(fragment="")
            same = _host(target.netloc) == _host(urlsplit(url).netloc)
        except ValueError:
            continue
        if same and target.scheme in ("http", "https") and target.path.lower().endswith(".pdf"):
            known = links.get(target.geturl())
            links[target.geturl()] = Link(url=target.geturl(), text=f"{known.text} {text}" if known else text)
    return list(links.values())


def fitting(links: Sequence[Link], *, title: str) -> list[Link]:
    """Return the links whose text or file name begins with the title, or a telling part of it, and tells of no companion."""
    parts = [_words(part) for part in re.split(r"\s[-–—]\s|:\s", title)]
    wanted = [_words(title), *(part for part in parts if len(part) >= LEAST_WORDS)]
    return [link for link in links if any(_begins(words, wanted) for words in _names(link))]


def _names(link: Link) -> list[list[str]]:
    names = [_words(link.text), _words(PurePosixPath(unquote(urlsplit(link.url).path)).stem)]
    return [] if any(COMPANIONS.intersection(words) for words in names) else names


def _begins(words: list[str], wanted: Sequence[list[str]]) -> bool:
    start = next((place for place, word in enumerate(words) if word not in LEADING), len(words))
    return any(title in (words[: len(title)], words[start : start + len(title)]) for title in wanted)


def _words(text: str) -> list[str]:
    """Return the words of a text as file names spell them: small letters without accents."""
    plain = unicodedata.normalize("NFC", text).casefold().translate(SPELLINGS)
    return re.findall(r"[a-z0-9]+", unicodedata.normalize("NFD", plain).encode("ascii", "ignore").decode())


def _host(netloc: str) -> str:
    return netloc.lower().removeprefix("www.")
