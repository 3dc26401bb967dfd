"""The catalogue: which strategies there are, what followed what, and which edition or digest a document is.

`catalogue.toml` explains its own keys. An edition is what an authority published; a digest is ours and no edition.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from corpus.errors import CatalogueError
from corpus.title_page import is_title_page, mentions_years
from corpus.toml_tables import (
    Shape,
    Table,
    address,
    count,
    day,
    first_day,
    identifier,
    one_of,
    period,
    read_tables,
    text,
    texts,
    year,
)

Kind = Literal["strategy", "action plan", "agreement", "report", "web page"]
Level = Literal["joint", "national", "sector", "municipal"]
Status = Literal["announced", "in force", "superseded", "ended"]
Mark = Literal["official", "official copy", "secondary", "ours"]
EditionLanguage = Literal["da", "en"]
EditionKind = Literal["document", "web page"]

SHIPPED = Path(__file__).with_name("catalogue.toml")
WEB_PAGES = (".htm", ".html", ".xhtml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where some facts of a strategy were read: an address or a document with its page, and how good it is."""

    facts: tuple[str, ...]
    at: str
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One official publication of a strategy in one language; `url` is None where no official address is known."""

    id: str
    strategy: str
    language: EditionLanguage
    kind: EditionKind
    title: str
    url: str | None = None
    pages: int | None = None
    isbn: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """One text of our own, known by its file name; `strategy` is None where it is about several."""

    id: str
    language: EditionLanguage
    title: str
    file: str
    strategy: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Strategy:
    """One policy programme. `name_*` is our short name for it, `title_*` the official title where one was read.

    `period` is its first and last year, `published` is YYYY, YYYY-MM or YYYY-MM-DD and empty where no source gives it.
    `superseded_by` takes its place; `successor` only came after it.
    """

    id: str
    name_da: str
    name_en: str
    kind: Kind
    level: Level
    publishers_da: tuple[str, ...]
    publishers_en: tuple[str, ...]
    sources: tuple[Source, ...]
    title_da: str | None = None
    title_en: str | None = None
    period: tuple[int, int] | None = None
    prolonged_to: int | None = None
    published: str = ""
    predecessor: str | None = None
    successor: str | None = None
    superseded_by: str | None = None
    note_da: str | None = None
    note_en: str | None = None

    @property
    def titles(self) -> tuple[str, ...]:
        """The official titles that were read, Danish first."""
        return tuple(title for title in (self.title_da, self.title_en) if title)

    def title(self, language: EditionLanguage) -> str:
        """Return the official title in a language, else in the other one, else our name in that language."""
        official = (self.title_da, self.title_en) if language == "da" else (self.title_en, self.title_da)
        return official[0] or official[1] or self.name(language)

    def name(self, language: EditionLanguage) -> str:
        """Return our short name for it."""
        return self.name_da if language == "da" else self.name_en

    @property
    def years(self) -> tuple[str, ...]:
        """The years one of which stands on its title page: its period, long and short, or the year of publication."""
        start, end = self.period or (0, 0)
        names = (f"{start}-{end}", f"{start}-{end % 100:02}") if self.period else ()
        return (*names, self.published[:4]) if self.published else names

    @property
    def begins(self) -> date | None:
        """The first day on which it can be in force: within its period and not before it was published."""
        if self.period is None:
            return None
        return max(date(self.period[0], 1, 1), first_day(self.published) if self.published else date.min)

    @property
    def ends(self) -> date | None:
        """The last day of its period, prolongation included."""
        return date(self.prolonged_to or self.period[1], 12, 31) if self.period else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """All strategies, editions and digests. `fingerprint` changes with what decides how a document is recognised."""

    strategies: tuple[Strategy, ...]
    editions: tuple[Edition, ...]
    digests: tuple[Digest, ...]
    fingerprint: str

    def strategy(self, id: str) -> Strategy:
        """Return the strategy with an id; CatalogueError if there is none."""
        for strategy in self.strategies:
            if strategy.id == id:
                return strategy
        raise CatalogueError(f"the catalogue has no strategy {id!r}")

    def status(self, strategy: Strategy, *, on: date) -> Status | None:
        """Return how a strategy stood on a day, or None for one without a period."""
        if strategy.begins is None or strategy.ends is None:
            return None
        if on < strategy.begins:
            return "announced"
        next_begins = self.strategy(strategy.superseded_by).begins if strategy.superseded_by else None
        if next_begins and next_begins <= on:
            return "superseded"
        return "in force" if on <= strategy.ends else "ended"

    def in_force(self, on: date) -> tuple[Strategy, ...]:
        """Return the strategies in force on a day, in the catalogue's order."""
        return tuple(strategy for strategy in self.strategies if self.status(strategy, on=on) == "in force")

    def recognise(self, *, file_name: str, title: str, opening_text: str) -> Edition | Digest | None:
        """Return what a document is: a digest by its file's name, an edition by its title page, otherwise None.

        `title` is the title the file gives itself, `opening_text` the text of its first pages. Naming a strategy is not
        being it: the edition's whole title must come first in one of them, and the strategy's years be in either. A web
        page is never taken for an edition, since everybody's page about a strategy has its title on top.
        """
        for digest in self.digests:
            if digest.file == file_name:
                return digest
        if Path(file_name).suffix.casefold() in WEB_PAGES:
            return None
        documents = (edition for edition in self.editions if edition.kind == "document")
        found = [edition for edition in documents if self._opens(edition, title, opening_text)]
        return max(found, key=lambda edition: len(edition.title), default=None)

    def _opens(self, edition: Edition, *texts: str) -> bool:
        strategy = self.strategy(edition.strategy)
        publishers = (*strategy.publishers_da, *strategy.publishers_en)
        return any(is_title_page(text, title=edition.title, beside=publishers) for text in texts) and any(
            mentions_years(text, strategy.years) for text in texts
        )


def load_catalogue(path: Path | None = None) -> Catalogue:
    """Read and check a catalogue, the shipped one by default; CatalogueError names the file and the line."""
    tables = read_tables(path or SHIPPED, SHAPES)
    _check_references(tables)
    strategies = tuple(Strategy(**table.values) for table in tables if table.kind == "strategy")
    editions = tuple(Edition(**table.values) for table in tables if table.kind == "edition")
    digests = tuple(Digest(**table.values) for table in tables if table.kind == "digest")
    known = [(s.id, s.years, s.publishers_da, s.publishers_en) for s in strategies]
    fingerprint = hashlib.sha256(repr((known, editions, digests)).encode()).hexdigest()[:16]
    return Catalogue(strategies=strategies, editions=editions, digests=digests, fingerprint=fingerprint)


def _check_references(tables: Iterable[Table]) -> None:
    """Raise CatalogueError where tables do not agree: an id given twice, a missing strategy, a fact without source."""
    tables = list(tables)
    strategies = {table.values["id"]: table for table in tables if table.kind == "strategy"}
    first: dict[str, Table] = {}
    for table in tables:
        id = table.values["id"]
        if id in first:
            raise table.complaint(f"this id is taken on line {first[id].line}", key="id")
        first[id] = table
        for key in ("strategy", "predecessor", "successor", "superseded_by"):
            if (other := table.values.get(key)) is not None and other not in strategies:
                raise table.complaint(f"{key} names {other!r}, which is no strategy in this catalogue", key=key)
    for table in strategies.values():
        _check_strategy(table, strategies)


def _check_strategy(table: Table, strategies: dict[str, Table]) -> None:
    values = table.values
    for key, back in (("predecessor", "successor"), ("successor", "predecessor")):
        other = values.get(key)
        if other and strategies[other].values.get(back) != values["id"]:
            raise table.complaint(f"{key} is {other!r}, but that one's {back} is not this one", key=key)
    sourced = {fact for source in values["sources"] for fact in source.facts}
    stated = {fact for fact in FACTS if any(key in values for key in (fact, f"{fact}_da", f"{fact}_en"))}
    if unsourced := sorted(stated - sourced):
        raise table.complaint(f"sources says nowhere where {unsourced[0]!r} was read", key="sources")
    if unstated := sorted(sourced - stated):
        raise table.complaint(f"sources names {unstated[0]!r}, which this strategy does not state", key="sources")
    if len(values["publishers_da"]) != len(values["publishers_en"]):
        raise table.complaint("publishers_da and publishers_en are not equally many", key="publishers_en")


def _sources(value: object) -> tuple[Source, ...]:
    if not isinstance(value, list) or not value:
        raise ValueError("must be a list of { facts, at, mark }")
    return tuple(_source(item) for item in value)


def _source(value: Any) -> Source:
    if not isinstance(value, dict) or value.keys() != {"facts", "at", "mark"}:
        raise ValueError(f"must hold {{ facts, at, mark }} each, not {value!r}")
    mark: Any = one_of(Mark)(value["mark"])
    return Source(facts=texts(value["facts"]), at=text(value["at"]), mark=mark)


FACTS = ("title_da", "title_en", "publishers", "period", "prolonged_to", "published", "note")

SHAPES = {
    "strategy": Shape(
        keys={
            "id": identifier,
            "name_da": text,
            "name_en": text,
            "title_da": text,
            "title_en": text,
            "kind": one_of(Kind),
            "level": one_of(Level),
            "publishers_da": texts,
            "publishers_en": texts,
            "period": period,
            "prolonged_to": year,
            "published": day,
            "predecessor": identifier,
            "successor": identifier,
            "superseded_by": identifier,
            "note_da": text,
            "note_en": text,
            "sources": _sources,
        },
        required=frozenset({"id", "name_da", "name_en", "kind", "level", "publishers_da", "publishers_en", "sources"}),
    ),
    "edition": Shape(
        keys={
            "id": identifier,
            "strategy": identifier,
            "language": one_of(EditionLanguage),
            "kind": one_of(EditionKind),
            "title": text,
            "url": address,
            "pages": count,
            "isbn": texts,
        },
        required=frozenset({"id", "strategy", "language", "kind", "title"}),
    ),
    "digest": Shape(
        keys={
            "id": identifier,
            "strategy": identifier,
            "language": one_of(EditionLanguage),
            "title": text,
            "file": text,
        },
        required=frozenset({"id", "language", "title", "file"}),
    ),
}
