"""From what a PDF shows on its pages to a reading: order, headings, text, and pictures of pages recognised."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.errors import DamagedError
from corpus.page_images import picture
from corpus.values import Page, Reading, SkippedPage
from ingest.cleaning import RawBlock, composed, traced, vocabulary
from ingest.reading import headings
from ingest.reading.blocks import blocks_of, continued, labels_of, measured
from ingest.reading.columns import in_reading_order
from ingest.reading.furniture import without_furniture
from ingest.reading.limits import Limits
from ingest.reading.lines import Fragment, Line, segments, with_drop_caps
from ingest.reading.ocr import OcrEngine, OcrError

_GLANCE = 30
"""Dots per inch at which a page with anything on it is told from a blank one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """One page as pypdf gives it: raw text, and its fragments with their places."""

    number: int
    raw: str = ""
    fragments: tuple[Fragment, ...] = ()
    rotated: tuple[Fragment, ...] = ()
    empty: bool = False
    failure: str | None = None


def laid_out(
    extracted: Sequence[Extracted],
    *,
    reader: str,
    title: str | None,
    labels: list[str] | None,
    data: bytes,
    limits: Limits,
    ocr: OcrEngine | None,
) -> Reading:
    """Return the reading of a PDF's pages; `data`, the file itself, is for drawing those that hold no text."""
    hyphen_fonts = _fonts_without_hyphen(extracted)
    lines = [segments(_with_hyphens(page.fragments, hyphen_fonts), page.raw) for page in extracted]
    kept, printed = without_furniture(lines, labels)
    parted = [_parted(page) for page in kept]
    regions = [in_reading_order(with_drop_caps(text)) for text, _ in parted]
    words = vocabulary(line.text for page in regions for region in page for line in region)
    measure = measured([region for page in regions for region in page])
    blocked = [continued([blocks_of(region, measure) for region in page]) for page in regions]
    known = headings.styles(blocked, measure.body)
    made = [
        composed(
            number=page.number,
            label=label,
            raw=page.raw,
            blocks=[*_blocks(text, known), *_aside(inside, page)],
            words=words,
        )
        for page, label, text, (_, inside) in zip(extracted, printed, blocked, parted, strict=True)
    ]
    return _assembled(reader, title, extracted, made, _Recognition(data=data, limits=limits, engine=ocr))


def _assembled(
    reader: str, title: str | None, extracted: Sequence[Extracted], made: Sequence[Page], recognition: "_Recognition"
) -> Reading:
    """Return the reading: pages with text, those recognised in pictures, and the reasons why the others were skipped."""
    every = [page if page.text else recognition.of(raw, page.label) for page, raw in zip(made, extracted, strict=True)]
    pages = tuple(page for page in every if isinstance(page, Page))
    if any(page.method == "ocr" for page in pages):
        reader = f"{reader}, {recognition.name}"
    return Reading(
        reader=reader,
        title=title or _first_title(pages[:2]),
        paged=True,
        pages=pages,
        skipped=tuple(page for page in every if isinstance(page, SkippedPage)),
    )


def _first_title(pages: Iterable[Page]) -> str | None:
    """Return the highest heading of the first pages, the first of them where several are as high."""
    found = [(block.level, page.text[block.start : block.end]) for page in pages for block in page.blocks if block.level]
    return min(found, key=lambda heading: heading[0])[1] if found else None


def _parted(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Return the running text and the labels inside figures; a page that stands in forms as a whole is running text."""
    inside = [line for line in lines if line.in_form]
    if 2 * sum(len(line.text) for line in inside) > sum(len(line.text) for line in lines):
        return list(lines), []
    return [line for line in lines if not line.in_form], inside


def _aside(inside: Sequence[Line], page: Extracted) -> Iterator[RawBlock]:
    """Yield the labels inside figures, and text that runs up or down the page, as blocks after the running text."""
    for block in (*labels_of(inside), *labels_of(segments(page.rotated, page.raw))):
        yield RawBlock(kind="paragraph", lines=tuple(line.content for line in block))


def _fonts_without_hyphen(extracted: Iterable[Extracted]) -> frozenset[str]:
    """Return the fonts that show soft hyphens and no hyphen: there every "soft" hyphen is one that is seen (2026-2029).

    Some typesetters give the one hyphen glyph of a font to U+00AD; hyphens at line ends look the same and are undone
    like any other. What the file marks as a soft hyphen itself is taken at its word and does not count here.
    """
    soft, hard = set(), set()
    for fragment in (f for page in extracted for f in page.fragments):
        if "-" in fragment.text:
            hard.add(fragment.font)
        if "\u00ad" in fragment.text and not fragment.soft:
            soft.add(fragment.font)
    return frozenset(soft - hard)


def _with_hyphens(fragments: Iterable[Fragment], fonts: frozenset[str]) -> Iterator[Fragment]:
    for fragment in fragments:
        if fragment.font in fonts and not fragment.soft:
            yield replace(fragment, text=fragment.text.replace("\u00ad", "-"))
        else:
            yield fragment


def _blocks(blocked: list[list[Line]], known: headings.Styles) -> list[RawBlock]:
    merged = headings.merged_figures(headings.merged_kickers(blocked, known), known)
    if headings.is_contents_page(merged):
        told = headings.contents_entries(merged, known)
    else:
        told = [(headings.kind(block, known), block) for block in merged]
    return [RawBlock(kind=kind, lines=tuple(line.content for line in block), level=level) for (kind, level), block in told]


class _Recognition:
    """Recognises the text of pages that hold none, as many as the limits allow."""

    def __init__(self, *, data: bytes, limits: Limits, engine: OcrEngine | None) -> None:
        self._data = data
        self._limits = limits
        self._engine = engine
        self._left = limits.ocr_pages

    @property
    def name(self) -> str:
        """The engine's name and version."""
        return self._engine.name() if self._engine is not None else "no engine"

    def of(self, page: Extracted, label: str | None) -> Page | SkippedPage:
        """Return the page as the engine recognises it, or why no text came from it."""
        if page.failure is not None:
            return SkippedPage(number=page.number, reason=page.failure)
        try:
            if page.empty or picture(self._data, page.number, _GLANCE).blank:
                return SkippedPage(number=page.number, reason="blank")
            if (hindrance := self._hindrance()) is not None:
                return SkippedPage(number=page.number, reason=f"page {page.number} is a picture without text, and {hindrance}")
            paragraphs = self._paragraphs(page.number)
        except (OcrError, DamagedError) as error:
            return SkippedPage(number=page.number, reason=str(error))
        if not paragraphs:
            return SkippedPage(number=page.number, reason="a picture in which no text was recognised")
        return _recognised(page.number, label, paragraphs)

    def _hindrance(self) -> str | None:
        if self._engine is None:
            return "recognising text in pictures is switched off"
        if self._left <= 0:
            return f"at most {self._limits.ocr_pages} pages of a file are recognised"
        return self._engine.missing()

    def _paragraphs(self, number: int) -> tuple[tuple[str, ...], ...]:
        assert self._engine is not None  # else there was a hindrance
        self._left -= 1
        drawn = picture(self._data, number, self._limits.ocr_dots_per_inch)
        return self._engine.recognise(drawn, seconds=self._limits.ocr_seconds)


def _recognised(number: int, label: str | None, paragraphs: Sequence[Sequence[str]]) -> Page:
    raw, blocks = "", []
    for paragraph in paragraphs:
        lines = []
        for line in paragraph:
            lines.append(traced(line, len(raw)))
            raw += line + "\n"
        blocks.append(RawBlock(kind="paragraph", lines=tuple(lines)))
    words = vocabulary(line for paragraph in paragraphs for line in paragraph)
    return composed(number=number, label=label, raw=raw, blocks=blocks, words=words, method="ocr")
