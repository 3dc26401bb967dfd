"""The names that things have borne one after another, as `glossary.toml` lists them, for showing and for matching."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import LexiconError
from corpus.lexicon import GLOSSARY

YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Renaming:
    """Names of one thing, the earliest first, and the years in which the later ones came, where all of them are known."""

    names: tuple[str, ...]
    years: tuple[int, ...] = ()

    def since(self, name: str) -> int | None:
        """Return the year in which a name came; None for the first name and where no year is known."""
        place = self.names.index(name)
        return self.years[place - 1] if place and len(self.years) == len(self.names) - 1 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherName:
    """What a thing was or is also called, and since when, where that is known."""

    name: str
    since: int | None


def load_renamings(path: Path = GLOSSARY) -> tuple[Renaming, ...]:
    """Read the renamings of a glossary; one that is missing or damaged is a `LexiconError`."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))["renamings"]
        return tuple(
            Renaming(names=tuple(map(str, names)), years=tuple(map(int, YEAR.findall(key)))) for key, names in table.items()
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise LexiconError(f"The glossary {str(path)!r} cannot be read: {error}") from error


def other_names(text: str, renamings: Sequence[Renaming]) -> tuple[OtherName, ...]:
    """Return the other names of whatever a text names ("MitID"), in the order of the renamings, each once."""
    found: dict[str, OtherName] = {}
    for renaming in renamings:
        named = {name for name in renaming.names if _names(name, text)}
        for name in renaming.names:
            if named and name not in named:
                found.setdefault(name, OtherName(name=name, since=renaming.since(name)))
    return tuple(found.values())


def _names(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?:en|et|s|ens|ets|['’]s)?(?!\w)", text, re.IGNORECASE) is not None
