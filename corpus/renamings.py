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
    """Names of one thing, the earliest first, and the years in which the later ones came, where they are known."""

    names: tuple[str, ...]
    years: tuple[int, ...] = ()


def load_renamings(path: Path = GLOSSARY) -> tuple[Renaming, ...]:
    """Read the renamings of a glossary; one that is missing or damaged is a `LexiconError`."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))["renamings"]
        return tuple(
            Renaming(names=tuple(map(str, names)), years=tuple(map(int, YEAR.findall(key)))) for key, names in table.items()
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise LexiconError(f"The glossary {str(path)!r} cannot be read: {error}") from error


def other_names(text: str, renamings: Sequence[Renaming]) -> tuple[str, ...]:
    """Return the other names of whatever a text names, each with the year it came where that is known ("MitID")."""
    found: dict[str, None] = {}
    for renaming in renamings:
        named = [name for name in renaming.names if _names(name, text)]
        # Of "digital identitetstegnebog" and its kin only what stands there as words of its own counts.
        found |= dict.fromkeys(name for name in renaming.names if named and name not in named)
    return tuple(found)


def _names(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?:en|et|s|ens|ets|['’]s)?(?!\w)", text, re.IGNORECASE) is not None
