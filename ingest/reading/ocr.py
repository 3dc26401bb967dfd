"""Text from pictures of pages. The door to the `tesseract` program, and the interface that any other engine fills."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from typing import Protocol

from corpus.page_images import Picture

INSTALL = "apt-get install tesseract-ocr tesseract-ocr-dan"
_LANGUAGES = ("dan", "eng")


class OcrError(Exception):
    """A page could not be recognised; the message says why, in words for a person."""


class OcrEngine(Protocol):
    """What a reader asks of an engine that recognises text."""

    def missing(self) -> str | None:
        """Say in one clause what must be installed before the engine works, or None if it works."""

    def name(self) -> str:
        """Return the engine's name and version: it is provenance."""

    def recognise(self, page: Picture, *, seconds: float) -> tuple[tuple[str, ...], ...]:
        """Return the paragraphs of a page, each a tuple of lines; raise OcrError where that fails or takes too long."""


class Tesseract:
    """Tesseract as the operating system installs it, for Danish and English."""

    def missing(self) -> str | None:
        """Say which of the program and its languages is not installed, and how to install it."""
        if shutil.which("tesseract") is None:
            return f"Tesseract is not installed (Debian and Ubuntu: {INSTALL}; other systems: tesseract and its dan data)"
        absent = [language for language in _LANGUAGES if language not in _installed_languages()]
        if absent:
            return f"Tesseract lacks the language data {', '.join(absent)} (Debian and Ubuntu: {INSTALL})"
        return None

    def name(self) -> str:
        """Return "tesseract 5.3.0 dan+eng"."""
        return f"{_version()} {'+'.join(_LANGUAGES)}"

    def recognise(self, page: Picture, *, seconds: float) -> tuple[tuple[str, ...], ...]:
        """Return the paragraphs of a page in Tesseract's reading order, each a tuple of lines."""
        command = ["tesseract", "stdin", "stdout", "-l", "+".join(_LANGUAGES), "--dpi", "300", "tsv"]
        try:
            done = subprocess.run(
                command, input=page.pgm, capture_output=True, timeout=seconds, check=True, env={**_environment()}
            )
        except subprocess.TimeoutExpired:
            raise OcrError(f"recognising its picture took more than {seconds:.0f} seconds") from None
        except (subprocess.CalledProcessError, OSError) as error:
            raise OcrError(f"Tesseract failed: {_reason(error)}") from None
        return _paragraphs(done.stdout.decode("utf-8", "replace").splitlines())


def _environment() -> dict[str, str]:
    """One thread: Tesseract's own are slower than none on small machines (its FAQ says OMP_THREAD_LIMIT=1)."""
    return {**os.environ, "OMP_THREAD_LIMIT": "1"}


def _reason(error: Exception) -> str:
    output = getattr(error, "stderr", b"") or b""
    return " ".join(output.decode("utf-8", "replace").split())[:200] or str(error)


def _paragraphs(rows: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Gather Tesseract's TSV (level, page, block, paragraph, line, word, left, top, width, height, conf, text).

    Specks and ruled lines come out as paragraphs of punctuation alone; those are left out.
    """
    paragraphs: dict[tuple[str, ...], dict[str, list[str]]] = {}
    for row in rows[1:]:
        cells = row.split("\t")
        if len(cells) == 12 and cells[0] == "5" and cells[11].strip():
            lines = paragraphs.setdefault(tuple(cells[1:4]), {})
            lines.setdefault(cells[4], []).append(cells[11])
    made = (tuple(" ".join(words) for words in lines.values()) for lines in paragraphs.values())
    return tuple(lines for lines in made if any(map(str.isalnum, "".join(lines))))


@cache
def _installed_languages() -> frozenset[str]:
    return frozenset(_output("--list-langs").splitlines()[1:])


@cache
def _version() -> str:
    return _output("--version").partition("\n")[0].strip()


def _output(option: str) -> str:
    try:
        done = subprocess.run(["tesseract", option], capture_output=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace")
