"""The catalogue: which strategies there are, what followed what, what happened when, and which edition or digest a document is.

`catalogue.toml` explains its own keys. An edition is what an authority published; a digest is ours and no edition.
"""

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from corpus.entries import (
    Digest,
    Edition,
    EditionKind,
    EditionLanguage,
    Family,
    Initiative,
    Kind,
    Level,
    Mark,
    Milestone,
    Source,
    Status,
    Strategy,
)
from corpus.entry_shapes import SHAPES, check_tables
from corpus.errors import CatalogueError
from corpus.title_page import is_title_page, mentions_years
from corpus.toml_tables import first_day, read_tables

__all__ = [
    "Catalogue",
    "Digest",
    "Edition",
    "EditionKind",
    "EditionLanguage",
    "Family",
    "Initiative",
    "Kind",
    "Level",
    "Mark",
    "Milestone",
    "Source",
    "Status",
    "Strategy",
    "load_catalogue",
]

SHIPPED = Path(__file__).with_name("catalogue.toml")
WEB_PAGES = (".htm", ".html", ".xhtml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """All that is known of strategies, in the order of the file; milestones are `all_milestones`, by date.

    `fingerprint` changes with what decides how a document is recognised.
    """

    strategies: tuple[Strategy, ...]
    editions: tuple[Edition, ...]
    digests: tuple[Digest, ...]
    all_initiatives: tuple[Initiative, ...]
    all_milestones: tuple[Milestone, ...]
    families: tuple[Family, ...]
    fingerprint: str

    def strategy(self, id: str) -> Strategy:
        """Return the strategy with an id; CatalogueError if there is none."""
        for strategy in self.strategies:
            if strategy.id == id:
                return strategy
        raise CatalogueError(f"the catalogue has no strategy {id!r}")

    def family(self, id: str) -> tuple[Strategy, ...]:
        """Return the strategies of a family, in the catalogue's order."""
        return tuple(strategy for strategy in self.strategies if strategy.family == id)

    @property
    def years(self) -> tuple[int, int]:
        """The first year in which a strategy began or was published, and the last year that one covers.

        Example: `load_catalogue().years == (2001, 2029)`. Raises `CatalogueError` if no strategy has a year.
        """
        years: list[int] = []
        for strategy in self.strategies:
            years += [strategy.period[0]] if strategy.period else []
            years += [strategy.last_year] if strategy.last_year else []
            years += [int(strategy.published[:4])] if strategy.published else []
        if not years:
            raise CatalogueError("no strategy of the catalogue has a year")
        return min(years), max(years)

    def status(self, strategy: Strategy, *, on: date) -> Status | None:
        """Return how a strategy stood on a day; None for one without a period, and before it was published.

        A proposal is announced until something takes its place: it is never in force.
        """
        if strategy.begins is None or strategy.ends is None or on < strategy.known_from:
            return None
        next_begins = self.strategy(strategy.superseded_by).begins if strategy.superseded_by else None
        if next_begins and next_begins <= on:
            return "superseded"
        if on > strategy.ends:
            return "ended"
        return "announced" if on < strategy.begins or strategy.kind == "proposal" else "in force"

    def in_force(self, on: date) -> tuple[Strategy, ...]:
        """Return the strategies in force on a day, in the catalogue's order."""
        return tuple(strategy for strategy in self.strategies if self.status(strategy, on=on) == "in force")

    def covering(self, year: int) -> tuple[Strategy, ...]:
        """Return the strategies whose period, prolongation included, covers a year, in the catalogue's order."""
        dated = (strategy for strategy in self.strategies if strategy.period)
        return tuple(s for s in dated if s.period and s.last_year and s.period[0] <= year <= s.last_year)

    def initiatives(self, strategy_id: str) -> tuple[Initiative, ...]:
        """Return the initiatives of a strategy whose names were read, in its own order; often not all that it has."""
        return tuple(initiative for initiative in self.all_initiatives if initiative.strategy == strategy_id)

    def milestones(
        self, *, concerning: str | None = None, strategy_id: str | None = None, years: tuple[int, int] | None = None
    ) -> tuple[Milestone, ...]:
        """Return the milestones about a thing, of a strategy, from a first to a last year (or all), the earliest first."""
        topic = concerning.casefold() if concerning else None
        return tuple(
            milestone
            for milestone in self.all_milestones
            if (topic is None or topic in map(str.casefold, milestone.concerns))
            and strategy_id in (None, milestone.strategy)
            and (years is None or years[0] <= milestone.year <= years[1])
        )

    def translations(self, edition: Edition) -> tuple[Edition, ...]:
        """Return the editions of the same document in every language, itself among them: together they are one source."""
        document = (edition.strategy, edition.kind)
        return tuple(other for other in self.editions if (other.strategy, other.kind) == document)

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
    check_tables(tables)
    strategies = tuple(Strategy(**table.values) for table in tables if table.kind == "strategy")
    editions = tuple(Edition(**table.values) for table in tables if table.kind == "edition")
    digests = tuple(Digest(**table.values) for table in tables if table.kind == "digest")
    milestones = [Milestone(**table.values) for table in tables if table.kind == "milestone"]
    return Catalogue(
        strategies=strategies,
        editions=editions,
        digests=digests,
        all_initiatives=tuple(Initiative(**table.values) for table in tables if table.kind == "initiative"),
        all_milestones=tuple(sorted(milestones, key=lambda milestone: first_day(milestone.date))),
        families=tuple(Family(**table.values) for table in tables if table.kind == "family"),
        fingerprint=_fingerprint(strategies, editions, digests),
    )


def _fingerprint(strategies: tuple[Strategy, ...], editions: tuple[Edition, ...], digests: tuple[Digest, ...]) -> str:
    """Return 16 hexadecimal digits that change with what `recognise` looks at."""
    known = [(s.id, s.years, s.publishers_da, s.publishers_en) for s in strategies]
    titles = [(e.id, e.strategy, e.language, e.kind, e.title) for e in editions]
    return hashlib.sha256(repr((known, titles, digests)).encode()).hexdigest()[:16]
