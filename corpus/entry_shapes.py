"""What each kind of table in `catalogue.toml` may hold, and how the tables must agree with one another."""

from collections.abc import Iterable, Sequence
from typing import Any

from corpus.entries import EditionKind, EditionLanguage, Kind, Level, Mark, Source
from corpus.toml_tables import (
    Check,
    Shape,
    Table,
    address,
    count,
    day,
    identifier,
    one_of,
    period,
    text,
    texts,
    year,
)

# The facts of each kind of entry that need a source. `note` stands for `note_da` and `note_en` together, and so on.
FACTS = {
    "strategy": ("title_da", "title_en", "publishers", "period", "prolonged_to", "published", "initiative_count", "note"),
    "edition": ("pages", "isbn"),
    "initiative": ("number", "name_da", "name_en"),
    "milestone": ("date", "name"),
}
# What there may be only one of, and how a second one is called.
ONLY_ONE: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("edition", ("strategy", "kind", "language"), "this strategy's {kind} in this language"),
    ("initiative", ("strategy", "number"), "initiative {number!r} of this strategy"),
    ("initiative", ("strategy", "name_da"), "an initiative of this strategy with this name"),
    ("initiative", ("strategy", "name_en"), "an initiative of this strategy with this name"),
    ("milestone", ("date", "name_da"), "this event of this day"),
    ("milestone", ("date", "name_en"), "this event of this day"),
)
REFERENCES = ("strategy", "predecessor", "successor", "superseded_by")
BOTH_WAYS = (("predecessor", "successor"), ("successor", "predecessor"))
PAIRS = ("publishers", "initiative_count", "note")


def check_tables(tables: Sequence[Table]) -> None:
    """Raise CatalogueError if tables do not agree: an id given twice, a missing strategy, a fact without source."""
    strategies = {table.values["id"]: table for table in tables if table.kind == "strategy"}
    families = [table for table in tables if table.kind == "family"]
    _check_unique([table for table in tables if "id" in table.values], ("id",), "this id")
    for kind, keys, what in ONLY_ONE:
        _check_unique([table for table in tables if table.kind == kind and keys[-1] in table.values], keys, what)
    _check_topics(table for table in tables if table.kind == "milestone")
    for table in tables:
        _check_references(table, strategies)
    _check_families(families, strategies.values())
    for table in strategies.values():
        _check_strategy(table, strategies)
    for table in tables:
        _check_facts(table)


def _check_unique(tables: Iterable[Table], keys: tuple[str, ...], what: str) -> None:
    first: dict[tuple[object, ...], Table] = {}
    for table in tables:
        other = first.setdefault(tuple(table.values.get(key) for key in keys), table)
        if other is not table:
            raise table.complaint(f"{what.format(**table.values)} is on line {other.line} already", key=keys[-1])


def _check_topics(milestones: Iterable[Table]) -> None:
    """Raise CatalogueError where one thing is spelled in two ways, so that milestones about it would not be found."""
    spelled: dict[str, str] = {}
    for table in milestones:
        for topic in table.values["concerns"]:
            if (known := spelled.setdefault(topic.casefold(), topic)) != topic:
                raise table.complaint(f"{topic!r} is spelled {known!r} before", key="concerns")


def _check_references(table: Table, strategies: dict[str, Table]) -> None:
    for key in REFERENCES:
        if (other := table.values.get(key)) is not None and other not in strategies:
            raise table.complaint(f"{key} names {other!r}, which is no strategy in this catalogue", key=key)


def _check_families(families: Sequence[Table], strategies: Iterable[Table]) -> None:
    """Raise CatalogueError if a strategy names an unknown family, or two families have one short name."""
    ids = {table.values["id"] for table in families}
    for table in strategies:
        if (family := table.values.get("family")) is not None and family not in ids:
            raise table.complaint(f"family names {family!r}, which is no family in this catalogue", key="family")
    taken: dict[str, str] = {}
    for table in families:
        for key in ("names_da", "names_en"):
            for name in table.values[key]:
                other = taken.setdefault(name.casefold(), table.values["id"])
                if other != table.values["id"]:
                    raise table.complaint(f"{name!r} is a short name of {other!r} already", key=key)


def _check_facts(table: Table) -> None:
    """Raise CatalogueError where a fact has no source, or a source is given for what is not stated."""
    values = table.values
    facts = FACTS.get(table.kind, ())
    sourced = {fact for source in values.get("sources", ()) for fact in source.facts}
    stated = {fact for fact in facts if any(key in values for key in (fact, f"{fact}_da", f"{fact}_en"))}
    if unsourced := sorted(stated - sourced):
        raise table.complaint(f"sources says nowhere where {unsourced[0]!r} was read", key="sources")
    if unstated := sorted(sourced - stated):
        raise table.complaint(f"sources names {unstated[0]!r}, which this {table.kind} does not state", key="sources")
    if table.kind == "initiative" and not stated & {"name_da", "name_en"}:
        raise table.complaint("neither 'name_da' nor 'name_en' is there")


def _check_strategy(table: Table, strategies: dict[str, Table]) -> None:
    values = table.values
    for key, back in BOTH_WAYS:
        other = values.get(key)
        if other and strategies[other].values.get(back) != values["id"]:
            raise table.complaint(f"{key} is {other!r}, but that one's {back} is not this one", key=key)
    for fact in PAIRS:
        danish, english = f"{fact}_da", f"{fact}_en"
        if (danish in values) != (english in values):
            raise table.complaint(f"{danish} and {english} belong together", key=danish if danish in values else english)
    if len(values["publishers_da"]) != len(values["publishers_en"]):
        raise table.complaint("publishers_da and publishers_en are not equally many", key="publishers_en")
    if "prolonged_to" in values and ("period" not in values or values["prolonged_to"] <= values["period"][1]):
        raise table.complaint("prolonged_to is not after the last year of period", key="prolonged_to")


def _sources(value: object) -> tuple[Source, ...]:
    if not isinstance(value, list) or not value:
        raise ValueError("must be a list of { facts, at, mark }")
    return tuple(_source(item) for item in value)


def _source(value: Any) -> Source:
    if not isinstance(value, dict) or value.keys() != {"facts", "at", "mark"}:
        raise ValueError(f"must hold {{ facts, at, mark }} each, not {value!r}")
    mark: Any = one_of(Mark)(value["mark"])
    return Source(facts=texts(value["facts"]), at=text(value["at"]), mark=mark)


def _shape(required: dict[str, Check], optional: dict[str, Check]) -> Shape:
    return Shape(keys=required | optional, required=frozenset(required))


SHAPES = {
    "strategy": _shape(
        required={
            "id": identifier,
            "name_da": text,
            "name_en": text,
            "kind": one_of(Kind),
            "level": one_of(Level),
            "publishers_da": texts,
            "publishers_en": texts,
            "sources": _sources,
        },
        optional={
            "title_da": text,
            "title_en": text,
            "period": period,
            "prolonged_to": year,
            "published": day,
            "predecessor": identifier,
            "successor": identifier,
            "superseded_by": identifier,
            "family": identifier,
            "initiative_count_da": text,
            "initiative_count_en": text,
            "note_da": text,
            "note_en": text,
        },
    ),
    "edition": _shape(
        required={
            "id": identifier,
            "strategy": identifier,
            "language": one_of(EditionLanguage),
            "kind": one_of(EditionKind),
            "title": text,
        },
        optional={"url": address, "file": address, "pages": count, "isbn": texts, "sources": _sources},
    ),
    "initiative": _shape(
        required={"strategy": identifier, "sources": _sources},
        optional={"number": text, "name_da": text, "name_en": text},
    ),
    "milestone": _shape(
        required={"date": day, "name_da": text, "name_en": text, "concerns": texts, "sources": _sources},
        optional={"strategy": identifier},
    ),
    "digest": _shape(
        required={"id": identifier, "language": one_of(EditionLanguage), "title": text, "file": text},
        optional={"strategy": identifier},
    ),
    "family": _shape(required={"id": identifier, "names_da": texts, "names_en": texts}, optional={}),
}
