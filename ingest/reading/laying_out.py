"""From what a PDF shows on its pages to a reading: order, headings, text, and pictures of pages recognised."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.errors import DamagedError
from corpus.values import Page, Reading, SkippedPage
from ingest.cleaning import RawBlock, composed, traced, vocabulary
from ingest.reading import headings
from ingest.reading.blocks import Measure, blocks_of, continued, measured
from ingest.reading.columns import in_reading_order
from ingest.reading.furniture import without_furniture
from ingest.reading.limits import Limits
from ingest.reading.lines import Fragment, Line, segments, with_drop_caps
from ingest.reading.ocr import OcrEngine, OcrError
from ingest.reading.rendering import picture


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
    pages: list[Page] = []
    skipped: list[SkippedPage] = []
    for at, page in enumerate(extracted):
        label = printed[at]
        blocks = [*_blocks(blocked[at], known), *_labels_of_figures(parted[at][1], page, measure)]
        made: Page | SkippedPage = composed(number=page.number, label=label, raw=page.raw, blocks=blocks, words=words)
        if isinstance(made, Page) and not made.text:
            made = _without_text(page, label, data, limits, ocr)
        if isinstance(made, SkippedPage):
            skipped.append(made)
        else:
            pages.append(made)
    return Reading(reader=reader, title=title, paged=True, pages=tuple(pages), skipped=tuple(skipped))


def _parted(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Return the running text and the labels inside figures; a page that stands in forms as a whole is running text."""
    inside = [line for line in lines if line.in_form]
    if 2 * sum(len(line.text) for line in inside) > sum(len(line.text) for line in lines):
        return list(lines), []
    return [line for line in lines if not line.in_form], inside


def _labels_of_figures(inside: Sequence[Line], page: Extracted, measure: Measure) -> Iterator[RawBlock]:
    """Yield what stands inside figures, and what stands upright, as blocks of its own after the running text."""
    for lines in (inside, segments(page.rotated, page.raw)):
        for region in in_reading_order(lines):
            for block in blocks_of(region, measure):
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


def _without_text(page: Extracted, label: str | None, data: bytes, limits: Limits, ocr: OcrEngine | None) -> Page | SkippedPage:
    """Return the page as an engine recognises it, or why no text came from it."""
    if page.failure is not None:
        return SkippedPage(number=page.number, reason=page.failure)
    if page.empty:
        return SkippedPage(number=page.number, reason="blank")
    missing = ocr.missing() if ocr is not None else "recognising text in pictures is switched off"
    if ocr is None or missing is not None:
        return SkippedPage(number=page.number, reason=f"page {page.number} is a picture without text, and {missing}")
    try:
        drawn = picture(data, page.number, limits.ocr_dots_per_inch)
        paragraphs = () if drawn.blank else ocr.recognise(drawn, seconds=limits.ocr_seconds)
    except (OcrError, DamagedError) as error:
        return SkippedPage(number=page.number, reason=str(error))
    if not paragraphs:
        return SkippedPage(number=page.number, reason="blank" if drawn.blank else "a picture without text")
    return _recognised(page.number, label, paragraphs)


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
