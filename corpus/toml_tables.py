"""Read a TOML file that is a row of [[tables]], each checked against its shape: every complaint names its line.

A check takes a value as TOML holds it and returns it converted; it raises ValueError with words that follow the key.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, get_args

from corpus.errors import CatalogueError

Check = Callable[[object], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What a kind of table may hold: for each key how to check and convert its value, and which keys it must have."""

    keys: Mapping[str, Check]
    required: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table: its kind, its converted values, and the lines of the file on which it and its keys stand."""

    kind: str
    values: Mapping[str, Any]
    file: str
    line: int
    lines: Mapping[str, int]

    def complaint(self, message: str, *, key: str | None = None) -> CatalogueError:
        """Return an error that says where in the file something is wrong."""
        line = self.lines.get(key, self.line) if key else self.line
        name = f"{self.kind} {self.values['id']!r}" if "id" in self.values else self.kind
        return CatalogueError(f"{self.file}, line {line}: {name}: {message}")


def read_tables(path: Path, shapes: Mapping[str, Shape]) -> list[Table]:
    """Read the tables of a file in their order; CatalogueError names the line of the first thing that is wrong."""
    try:
        text = path.read_text(encoding="utf-8")
        tomllib.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{path.name} cannot be read: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{path.name} is not valid TOML: {error}") from error
    return [_checked(table, shapes) for table in _cut(text.splitlines(), path.name)]


def _cut(lines: list[str], file: str) -> Iterator[Table]:
    """Yield the tables as they stand; keys before the first header make a table without kind."""
    headers = [number for number, line in enumerate(lines, 1) if line.startswith("[")]
    for start, end in zip([0, *headers], [*headers, len(lines) + 1], strict=True):
        body = lines[start : end - 1]
        keys = {match[1]: start + n for n, line in enumerate(body, 1) if (match := re.match(r"([\w-]+)\s*=", line))}
        kind = lines[start - 1].partition("#")[0].strip() if start else ""
        if start or keys:
            yield Table(kind=kind, values=tomllib.loads("\n".join(body)), file=file, line=start or 1, lines=keys)


def _checked(table: Table, shapes: Mapping[str, Shape]) -> Table:
    """Return a table with its values converted, or raise the complaint about it."""
    kind = table.kind.removeprefix("[[").removesuffix("]]")
    if kind not in shapes or table.kind != f"[[{kind}]]":
        raise CatalogueError(
            f"{table.file}, line {table.line}: expected one of {', '.join(f'[[{name}]]' for name in shapes)}, "
            f"found {table.kind or next(iter(table.lines))!r}"
        )
    shape = shapes[kind]
    table = replace(table, kind=kind)
    if missing := sorted(shape.required - table.values.keys()):
        raise table.complaint(f"{missing[0]!r} is missing")
    values = {}
    for key, value in table.values.items():
        if key not in shape.keys:
            raise table.complaint(f"unknown key {key!r}", key=key)
        try:
            values[key] = shape.keys[key](value)
        except ValueError as error:
            raise table.complaint(f"{key} {error}", key=key) from error
    return replace(table, values=values)


def first_day(text: str) -> date:
    """Return the first day of YYYY, YYYY-MM or YYYY-MM-DD; ValueError for anything else."""
    if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", text):
        raise ValueError(f"must be YYYY, YYYY-MM or YYYY-MM-DD, not {text!r}")
    return date.fromisoformat((text + "-01-01")[:10])


def text(value: object) -> str:
    """Return a value that is text and not empty."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"must be text, not {value!r}")
    return value


def identifier(value: object) -> str:
    """Return a value that is small letters and digits, joined by hyphens."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text(value)):
        raise ValueError(f"must be small letters, digits and hyphens, not {value!r}")
    return text(value)


def address(value: object) -> str:
    """Return a value that is a web address."""
    if not re.fullmatch(r"https?://[^\s/]+/\S*", text(value)):
        raise ValueError(f"must be a web address, not {value!r}")
    return text(value)


def day(value: object) -> str:
    """Return a value that is a date, as it was written."""
    try:
        first_day(text(value))
    except ValueError as error:
        raise ValueError(f"must be a date YYYY, YYYY-MM or YYYY-MM-DD, not {value!r}") from error
    return text(value)


def count(value: object) -> int:
    """Return a value that is a whole number above 0."""
    if type(value) is not int or value < 1:
        raise ValueError(f"must be a whole number above 0, not {value!r}")
    return value


def year(value: object) -> int:
    """Return a value that is a year of our time."""
    if type(value) is not int or not 1950 <= value <= 2100:
        raise ValueError(f"must be a year, not {value!r}")
    return value


def period(value: object) -> tuple[int, int]:
    """Return a first and a last year."""
    if not isinstance(value, list) or len(value) != 2 or year(value[0]) > year(value[1]):
        raise ValueError(f"must be [first year, last year], not {value!r}")
    return value[0], value[1]


def texts(value: object) -> tuple[str, ...]:
    """Return a value that is a list of texts."""
    if not isinstance(value, list) or not value:
        raise ValueError(f"must be a list of texts, not {value!r}")
    return tuple(text(item) for item in value)


def one_of(choices: object) -> Check:
    """Return a check that a value is one of the values of a Literal type."""

    def check(value: object) -> object:
        if value not in get_args(choices):
            raise ValueError(f"must be one of {', '.join(get_args(choices))}, not {value!r}")
        return value

    return check
