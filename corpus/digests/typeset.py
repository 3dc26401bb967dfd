"""Typeset the digests: every Markdown source in this folder becomes a PDF beside it, byte for byte the same each time.

Run `python -m corpus.digests.typeset` for all of them, or name the sources to typeset. A source is TOML between two
lines of `+++`, then a small part of Markdown: `## ` headings, `- ` items, paragraphs, `*emphasis*`, bare addresses.
This module is the door to the `typst` compiler, which only whoever changes a digest needs to have installed.
"""

import json
import re
import sys
import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

from corpus.errors import CatalogueError

FOLDER = Path(__file__).parent
TEMPLATE = FOLDER / "digest.typ"

MARK = {
    "da": "Strategy Assistants eget resumé, ikke det officielle dokument.",
    "en": "Strategy Assistant's own digest, not the official document.",
}
OFFICIAL = {"da": "Officiel kilde: ", "en": "Official source: "}
NO_OFFICIAL = {
    "da": "Bygger på de kilder, der står sidst i teksten.",
    "en": "It rests on the sources listed at its end.",
}
MONTHS = {
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "en": "January February March April May June July August September October November December",
}

WRITTEN = {"da": "Skrevet den {day}. {month}", "en": "Written {day} {month}"}

KEYS = {"strategy", "language", "title", "date", "official"}
INLINE = re.compile(r"(?P<link>https?://\S*[^\s.,;:)])|\*(?P<emphasis>[^*\n]+)\*")

# A page reference stays on the line of what it belongs to, and an amount on that of its unit.
TIED = re.compile(r" (?=\(?(?:s|pp?)\. \d)|(?<=\b[sp]\.) (?=\d)|(?<=\bpp\.) (?=\d)|(?<=\d) (?=(?:pct|mio|mia)\.|[mb]illion)")

Run = dict[Literal["text", "style"], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One digest as its author wrote it; `official` is the address of the official source, None where there is none."""

    strategy: str | None
    language: Literal["da", "en"]
    title: str
    date: date
    official: str | None
    body: str


def read_source(path: Path) -> Source:
    """Read one Markdown source; CatalogueError says which file lacks what."""
    match = re.fullmatch(r"\+\+\+\n(.*?)\n\+\+\+\n(.*)", path.read_text(encoding="utf-8"), re.DOTALL)
    if match is None:
        raise CatalogueError(f"{path.name} does not begin with front matter between two lines of '+++'")
    try:
        front = tomllib.loads(match[1])
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{path.name}: the front matter is not TOML: {error}") from error
    if unknown := front.keys() - KEYS:
        raise CatalogueError(f"{path.name}: unknown key {min(unknown)!r} in the front matter")
    if front.get("language") not in MARK or not front.get("title") or type(front.get("date")) is not date:
        raise CatalogueError(f"{path.name}: the front matter needs a title, a date and the language 'da' or 'en'")
    return Source(
        strategy=front.get("strategy"),
        language=front["language"],
        title=front["title"],
        date=front["date"],
        official=front.get("official"),
        body=match[2],
    )


def typeset(source: Source) -> bytes:
    """Return the PDF of one digest. Its date is the digest's own, and no font of this machine is used."""
    import typst

    pdf = typst.compile(
        TEMPLATE,
        format="pdf",
        font_paths=[],
        ignore_system_fonts=True,
        sys_inputs={"digest": json.dumps(_content(source), ensure_ascii=False)},
        pdf_standards="ua-1",
        timestamp=datetime(source.date.year, source.date.month, source.date.day, tzinfo=UTC),
    )
    assert isinstance(pdf, bytes)
    return pdf


def _content(source: Source) -> dict[str, object]:
    """Return what the template shows, as plain data."""
    origin = OFFICIAL[source.language] + source.official if source.official else NO_OFFICIAL[source.language]
    return {
        "title": source.title,
        "language": source.language,
        "mark": MARK[source.language],
        "notes": [_runs(origin), _runs(_dated(source))],
        "blocks": _blocks(source.body),
    }


def _dated(source: Source) -> str:
    """Return the line that says when the digest was written."""
    day, month = source.date.day, MONTHS[source.language].split()[source.date.month - 1]
    return f"{WRITTEN[source.language].format(day=day, month=month)} {source.date.year}."


def _blocks(body: str) -> list[dict[str, object]]:
    """Cut a body at its empty lines into headings, lists and paragraphs."""
    blocks: list[dict[str, object]] = []
    for text in re.split(r"\n\s*\n", body.strip()):
        if text.startswith("## "):
            blocks.append({"kind": "heading", "runs": _runs(text.removeprefix("## "))})
        elif text.startswith("- "):
            items = re.split(r"^- ", text, flags=re.MULTILINE)[1:]
            blocks.append({"kind": "list", "items": [_runs(item) for item in items]})
        else:
            blocks.append({"kind": "paragraph", "runs": _runs(text)})
    return blocks


def _runs(text: str) -> list[Run]:
    """Cut a text into runs of plain text, emphasis and addresses; line ends become spaces."""
    text = TIED.sub("\u00a0", " ".join(text.split()))
    runs: list[Run] = []
    end = 0
    for match in INLINE.finditer(text):
        runs.append({"text": text[end : match.start()], "style": "plain"})
        runs.append({"text": match["link"] or match["emphasis"], "style": "link" if match["link"] else "emphasis"})
        end = match.end()
    runs.append({"text": text[end:], "style": "plain"})
    return [run for run in runs if run["text"]]


def main(arguments: list[str]) -> int:
    """Typeset the named sources, or all in this folder; return the exit code."""
    paths = [Path(name) for name in arguments] or sorted(FOLDER.glob("digest-*.md"))
    try:
        for path in paths:
            path.with_suffix(".pdf").write_bytes(typeset(read_source(path)))
    except ModuleNotFoundError:
        sys.stderr.write("the typesetter is not installed: run 'pip install typst'\n")
        return 1
    except (OSError, CatalogueError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
