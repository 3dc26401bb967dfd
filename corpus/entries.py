"""What the catalogue holds: strategies, their editions and initiatives, milestones, digests of ours, and sources."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from corpus.toml_tables import first_day

Kind = Literal["strategy", "action plan", "agreement", "proposal", "report", "web page"]
Level = Literal["joint", "national", "sector", "regional", "municipal"]
Status = Literal["announced", "in force", "superseded", "ended"]
Mark = Literal["official", "official copy", "secondary", "ours"]
EditionLanguage = Literal["da", "en"]
EditionKind = Literal["document", "web page"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where some facts of an entry were read: an address or a document with its page, and how good it is."""

    facts: tuple[str, ...]
    at: str
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Strategies that go by one short name: "the cyber strategy". `names_*` are the names as people write them."""

    id: str
    names_da: tuple[str, ...]
    names_en: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The short names in both languages."""
        return (*self.names_da, *self.names_en)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One official publication of a strategy in one language.

    `url` is its page and `file` the address of the file itself, each None where no official one is known. `sources` are
    those of its page count and ISBN.
    """

    id: str
    strategy: str
    language: EditionLanguage
    kind: EditionKind
    title: str
    url: str | None = None
    file: str | None = None
    pages: int | None = None
    isbn: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """One text of our own, known by its file name; `strategy` is None where it is about several."""

    id: str
    language: EditionLanguage
    title: str
    file: str
    strategy: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Initiative:
    """One initiative of a strategy under the names that were read; `number` is as printed ("1.1"), None where not read."""

    strategy: str
    sources: tuple[Source, ...]
    number: str | None = None
    name_da: str | None = None
    name_en: str | None = None

    def name(self, language: EditionLanguage) -> str:
        """Return its name in a language, else the one that was read in the other: names are never translated by us."""
        names = (self.name_da, self.name_en) if language == "da" else (self.name_en, self.name_da)
        return names[0] or names[1] or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """One dated event in our own words. `date` is YYYY, YYYY-MM or YYYY-MM-DD, as exact as its source.

    `concerns` names the things it is about in Danish ("Digital Post", "grunddata"), `strategy` the one that it belongs to.
    """

    date: str
    name_da: str
    name_en: str
    concerns: tuple[str, ...]
    sources: tuple[Source, ...]
    strategy: str | None = None

    def name(self, language: EditionLanguage) -> str:
        """Return what happened, in a language."""
        return self.name_da if language == "da" else self.name_en

    @property
    def year(self) -> int:
        """The year in which it happened."""
        return int(self.date[:4])


@dataclass(frozen=True, slots=True, kw_only=True)
class Strategy:
    """One policy programme. `name_*` is our short name for it, `title_*` the official title where one was read.

    `period` is its first and last year, `published` is YYYY, YYYY-MM or YYYY-MM-DD and empty where no source gives it.
    `family` is the id of the family by whose short name it goes. `superseded_by` takes its place; `successor` only
    came after it. `initiative_count_*` words how many initiatives sources count, and who counted what if they disagree.
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
    family: str | None = None
    period: tuple[int, int] | None = None
    prolonged_to: int | None = None
    published: str = ""
    predecessor: str | None = None
    successor: str | None = None
    superseded_by: str | None = None
    initiative_count_da: str | None = None
    initiative_count_en: str | None = None
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

    def initiative_count(self, language: EditionLanguage) -> str | None:
        """Return in words how many initiatives it has ("35 initiatives"), or None where no source read says."""
        return self.initiative_count_da if language == "da" else self.initiative_count_en

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
        return max(date(self.period[0], 1, 1), self.known_from)

    @property
    def ends(self) -> date | None:
        """The last day of its period, prolongation included."""
        return date(self.last_year, 12, 31) if self.last_year else None

    @property
    def last_year(self) -> int | None:
        """The last year of its period, prolongation included."""
        return self.prolonged_to or self.period[1] if self.period else None

    @property
    def known_from(self) -> date:
        """The first day on which it can have been published; the first of all days where no source dates it."""
        return first_day(self.published) if self.published else date.min
