"""A citation as a person checks it: the page with the quote boxed, its text with the very words marked, and where it is from.

All text goes through `Markup.format`, which escapes whatever is not markup already: documents are data, never HTML.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from urllib.parse import urlsplit

from markupsafe import Markup

from assistant.values import Citation
from corpus.values import Block, Document, Language, Page
from ui.origin import Origin
from ui.picturing import Sight
from ui.references import Style, at_page
from ui.texts import DocumentKind, Texts, number

BREADCRUMB = " › "


def language_attribute(language: Language) -> Markup:
    """Return the HTML `lang` attribute for text in `language`; nothing where the language is not known."""
    return Markup("") if language == "other" else Markup(' lang="{}"').format(language)


def marked(text: str, span: tuple[int, int], quote: tuple[int, int]) -> Markup:
    """Return the characters of `text` in the half-open `span` as HTML, those of them that are in `quote` marked."""
    (start, end), first, last = span, max(span[0], quote[0]), min(span[1], quote[1])
    if first >= last:
        return Markup("{}").format(text[start:end])
    return Markup("{}<mark>{}</mark>{}").format(text[start:first], text[first:last], text[last:end])


def runs(page: Page) -> Iterator[Block]:
    """Yield blocks that cover the page's whole text in order; what lies between its own blocks becomes a paragraph."""
    position = 0
    for block in chain(page.blocks, (Block(kind="paragraph", start=len(page.text), end=len(page.text)),)):
        start = max(block.start, position)
        if page.text[position:start].strip():
            yield Block(kind="paragraph", start=position, end=start)
        if block.end > start:
            yield Block(kind=block.kind, start=start, end=block.end, level=block.level)
        position = max(position, block.end)


def sheet(page: Page, quote: tuple[int, int]) -> Markup:
    """Return the page's text block by block, with the characters in `quote` marked in each block they run through."""
    paragraph = Markup('<p class="sheet-{}">{}</p>')
    return Markup("").join(
        paragraph.format(block.kind, marked(page.text, (block.start, block.end), quote)) for block in runs(page)
    )


def hint(texts: Texts, words: str) -> Markup:
    """Return the panel before anything is opened, with words on how to open something."""
    return Markup('<section class="evidence" aria-label="{}"><p class="hint">{}</p></section>').format(texts.evidence, words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A page that stands open: its number, its stored text (None where there is none), how it is seen, and the references.

    `held` tells whether the index still holds the document.
    """

    number: int
    page: Page | None
    sight: Sight
    held: bool
    references: Mapping[Style, str]


def panel(
    citation: Citation, opened: Opened, *, among: Sequence[Citation], key: str, turn: int, origin: Origin, texts: Texts
) -> Markup:
    """Return the evidence of one citation of the answer in `turn`, at the page that stands open; `key` is the turn's own."""
    document = citation.quote.document
    kind = kind_of(document)
    status, note = texts.kind[kind]
    return Markup(
        '<section class="evidence" aria-labelledby="evidence-{key}">{tabs}'
        '<h2 class="evidence-title" id="evidence-{key}" tabindex="-1"{lang}>{title}</h2>'
        '{where}{leafing}<div class="folder">{page}{quote}'
        '<p class="status {kind}"><strong>{status}</strong> {note}</p>{facts}</div></section>'
    ).format(
        key=key,
        tabs=_tabs(citation, among, turn, key, texts),
        kind=kind,
        status=status,
        note=note,
        lang=language_attribute(document.language),
        title=document.title,
        where=_where(citation, texts),
        leafing=_leafing(citation, opened, texts) if document.paged and opened.held else "",
        page=_page(citation, opened, texts),
        quote=_quotation(citation, opened, texts),
        facts=_facts(document, origin, citation.quote.page, texts),
    )


def kind_of(document: Document) -> DocumentKind:
    """Return what a document is to a reader; official is only what the catalogue recognised as an edition."""
    return "digest" if document.digest else "official" if document.edition else "other"


def _tabs(current: Citation, among: Sequence[Citation], turn: int, key: str, texts: Texts) -> Markup:
    button = Markup(
        '<li><button type="button" class="cite" data-event="cite" data-turn="{}" data-n="{}" aria-label="{}"{}>{}</button></li>'
    )
    items = Markup("").join(
        button.format(
            turn,
            citation.n,
            texts.citation.format(n=citation.n),
            Markup(' aria-current="true"') if citation.n == current.n else "",
            citation.n,
        )
        for citation in among
    )
    return Markup(
        '<nav class="tabs" aria-label="{0}"><span aria-hidden="true">{0}</span><ol>{1}</ol>'
        '<button type="button" class="link" data-return="cite-{2}-{3}">{4}</button></nav>'
    ).format(texts.citations, items, key, current.n, texts.back_to_answer)


def _where(citation: Citation, texts: Texts) -> Markup:
    document, headings = citation.quote.document, citation.quote.heading_path
    # A document often opens with its own title, which stands above already.
    below = headings[1:] if headings[:1] == (document.title,) else headings
    page = Markup("<strong>{}</strong>").format(texts.page.format(page=_page_words(citation, texts)))
    path = Markup("<span{}>{}</span>").format(language_attribute(document.language), BREADCRUMB.join(below))
    return Markup('<p class="where">{}</p>').format(Markup(" · ").join([page] * document.paged + [path] * bool(below)))


def _facts(document: Document, origin: Origin, page: int, texts: Texts) -> Markup:
    rows = (
        (texts.strategy, origin.strategy),
        (texts.publisher, origin.publisher),
        (texts.edition, _edition(document, origin, page, texts)),
        (texts.file, document.name),
    )
    row = Markup("<div><dt>{}</dt><dd>{}</dd></div>")
    return Markup("<dl>{}</dl>").format(Markup("").join(row.format(name, value) for name, value in rows if value))


def _edition(document: Document, origin: Origin, page: int, texts: Texts) -> Markup:
    host = urlsplit(origin.address).hostname
    if host is None:
        return Markup("{}").format(origin.edition)
    # The pages of a digest are not those of the official edition.
    address = origin.address if document.digest or not document.paged else at_page(origin.address, page)
    return Markup('{}, <a href="{}" target="_blank" rel="noopener noreferrer">{}<span class="unseen"> ({})</span></a>').format(
        origin.edition, address, host.removeprefix("www."), texts.new_window
    )


def _page_words(citation: Citation, texts: Texts) -> str:
    number = str(citation.quote.page)
    if citation.printed_page in (None, number):
        return number
    return texts.pages_differ.format(printed=citation.printed_page, number=number)


def _leafing(citation: Citation, opened: Opened, texts: Texts) -> Markup:
    """The way to the page before and after, and back to the quote."""
    last, here = citation.quote.document.page_count, opened.number
    button = Markup('<button type="button" data-event="leaf" data-page="{}" aria-label="{}"{}>{}</button>')
    back = Markup('<button type="button" class="link" data-event="leaf" data-page="{}">{}</button>')
    return Markup('<div class="leafing" role="group" aria-label="{}">{}<span aria-live="polite">{}</span>{}{}</div>').format(
        texts.leafing,
        button.format(here - 1, texts.page_before, "" if here > 1 else Markup(" disabled"), "‹"),
        texts.page_of.format(number=number(here, texts.language), count=number(last, texts.language)),
        button.format(here + 1, texts.page_after, "" if here < last else Markup(" disabled"), "›"),
        back.format(citation.quote.page, texts.back_to_quote) if here != citation.quote.page else "",
    )


def _page(citation: Citation, opened: Opened, texts: Texts) -> Markup:
    if not opened.held:
        return Markup('<p class="warning">{}</p>').format(texts.page_gone)
    of_quote = opened.number == citation.quote.page
    text = _text(citation, opened, texts) if opened.page else Markup('<p class="check">{}</p>').format(texts.page_without_text)
    check = _check(citation, opened.page, texts) if of_quote and opened.page else ""
    if opened.sight.unseen:
        return Markup('{}<p class="check">{}</p>{}').format(check, texts.unseen[opened.sight.unseen], text)
    return Markup('{}{}<details class="page-text"><summary>{}</summary>{}</details>{}').format(
        _picture(opened, texts), "" if opened.sight.boxes or not of_quote else _unboxed(texts), texts.page_text, text, check
    )


def _picture(opened: Opened, texts: Texts) -> Markup:
    """The picture of the page. The boxes are drawn over it; what they say is told by the text of the page below it."""
    seen = opened.sight
    box = Markup('<span class="box" style="left:{:.3f}%;top:{:.3f}%;width:{:.3f}%;height:{:.3f}%"></span>')
    boxes = Markup("").join(
        box.format(100 * one.left, 100 * one.top, 100 * (one.right - one.left), 100 * (one.bottom - one.top))
        for one in seen.boxes
    )
    said = (texts.picture_boxed if seen.boxes else texts.picture).format(number=opened.number)
    return Markup(
        '<figure class="picture"><a href="{address}" target="_blank" rel="noopener">'
        '<img src="{address}" alt="{said}" width="{width:.0f}" '
        'height="{height:.0f}" decoding="async"><span class="unseen"> ({window})</span>{boxes}</a></figure>'
    ).format(address=seen.address, said=said, width=seen.width, height=seen.height, window=texts.new_window, boxes=boxes)


def _unboxed(texts: Texts) -> Markup:
    return Markup('<p class="check">{}</p>').format(texts.unboxed)


def _check(citation: Citation, page: Page, texts: Texts) -> Markup:
    recognised = Markup('<p class="check warning">{}</p>').format(texts.recognised) if page.method == "ocr" else ""
    return Markup('<p class="check {}">{}</p>{}').format(
        "verified" if citation.verified else "warning", texts.verified if citation.verified else texts.unverified, recognised
    )


def _text(citation: Citation, opened: Opened, texts: Texts) -> Markup:
    quote, document, page = citation.quote, citation.quote.document, opened.page
    assert page is not None
    span = (quote.start, quote.end) if opened.number == quote.page else (0, 0)
    return Markup('<div class="sheet" role="region" tabindex="0" aria-label="{}"{}>{}{}</div>').format(
        texts.page_text if document.paged else texts.section_text,
        language_attribute(document.language),
        sheet(page, span),
        _folio(document, page),
    )


def _quotation(citation: Citation, opened: Opened, texts: Texts) -> Markup:
    """The quote and the ways to take it along; the words that are copied travel with the button."""
    button = Markup('<button type="button" class="link" data-copy="{}" data-copied="{}">{}</button>')
    buttons = Markup("").join(button.format(words, texts.copied, texts.copy[style]) for style, words in opened.references.items())
    return Markup(
        '<div class="quotation"><blockquote{}>{}</blockquote><p class="copying">{}<span role="status"></span></p></div>'
    ).format(language_attribute(citation.quote.document.language), citation.quote.text, buttons)


def _folio(document: Document, page: Page) -> Markup:
    if not document.paged:
        return Markup("")
    return Markup('<p class="folio" aria-hidden="true">{}</p>').format(page.label or page.number)
