"""A citation as a person checks it: where the quote stands, and the page's text with the very words marked.

All text goes through `Markup.format`, which escapes whatever is not markup already: documents are data, never HTML.
"""

from collections.abc import Iterator, Sequence
from itertools import chain
from urllib.parse import urlsplit

from markupsafe import Markup

from corpus.values import Block, Citation, Document, Language, Page
from ui.origin import Origin
from ui.texts import DocumentKind, Texts

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


def hint(texts: Texts) -> Markup:
    """Return the panel before any citation is opened."""
    return Markup('<section class="evidence" aria-label="{}"><p class="hint">{}</p></section>').format(
        texts.evidence, texts.evidence_hint
    )


def panel(citation: Citation, *, among: Sequence[Citation], turn: int, page: Page | None, origin: Origin, texts: Texts) -> Markup:
    """Return the evidence of one citation of the answer in `turn`; `page` is `None` where it is no longer stored."""
    document = citation.quote.document
    kind = kind_of(document)
    status, note = texts.kind[kind]
    return Markup(
        '<section class="evidence" aria-labelledby="evidence-title">{tabs}'
        '<p class="status {kind}"><strong>{status}</strong> {note}</p>'
        '<h2 id="evidence-title" tabindex="-1"{lang}>{title}</h2>{where}{sheet}{facts}</section>'
    ).format(
        tabs=_tabs(citation, among, turn, texts),
        kind=kind,
        status=status,
        note=note,
        lang=language_attribute(document.language),
        title=document.title,
        where=_where(citation, texts),
        sheet=_checked_sheet(citation, page, texts),
        facts=_facts(document, origin, texts),
    )


def kind_of(document: Document) -> DocumentKind:
    """Return what a document is to a reader; official is only what the catalogue recognised as an edition."""
    return "digest" if document.digest else "official" if document.edition else "other"


def _tabs(current: Citation, among: Sequence[Citation], turn: int, texts: Texts) -> Markup:
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
        '<button type="button" class="link" data-return="{2}-{3}">{4}</button></nav>'
    ).format(texts.citations, items, turn, current.n, texts.back_to_answer)


def _where(citation: Citation, texts: Texts) -> Markup:
    document, headings = citation.quote.document, citation.quote.heading_path
    # A document often opens with its own title, which stands above already.
    below = headings[1:] if headings[:1] == (document.title,) else headings
    page = Markup("<strong>{}</strong>").format(texts.page.format(page=_page_words(citation, texts)))
    path = Markup("<span{}>{}</span>").format(language_attribute(document.language), BREADCRUMB.join(below))
    return Markup('<p class="where">{}</p>').format(Markup(" · ").join([page] * document.paged + [path] * bool(below)))


def _facts(document: Document, origin: Origin, texts: Texts) -> Markup:
    rows = (
        (texts.strategy, origin.strategy),
        (texts.edition, _edition(origin, texts)),
        (texts.file, document.name),
    )
    row = Markup("<div><dt>{}</dt><dd>{}</dd></div>")
    return Markup("<dl>{}</dl>").format(Markup("").join(row.format(name, value) for name, value in rows if value))


def _edition(origin: Origin, texts: Texts) -> Markup:
    host = urlsplit(origin.address).hostname
    if host is None:
        return Markup("{}").format(origin.edition)
    return Markup('{}, <a href="{}" target="_blank" rel="noopener noreferrer">{}<span class="unseen"> ({})</span></a>').format(
        origin.edition, origin.address, host.removeprefix("www."), texts.new_window
    )


def _page_words(citation: Citation, texts: Texts) -> str:
    number = str(citation.quote.page)
    if citation.printed_page in (None, number):
        return number
    return texts.pages_differ.format(printed=citation.printed_page, number=number)


def _checked_sheet(citation: Citation, page: Page | None, texts: Texts) -> Markup:
    if page is None:
        return Markup('<p class="warning">{}</p>').format(texts.page_gone)
    quote, document = citation.quote, citation.quote.document
    return Markup(
        '<p class="check {kind}">{check}</p>{recognised}'
        '<div class="sheet" role="region" tabindex="0" aria-label="{name}"{lang}>{text}{folio}</div>'
    ).format(
        kind="verified" if citation.verified else "warning",
        check=texts.verified if citation.verified else texts.unverified,
        recognised=Markup('<p class="check warning">{}</p>').format(texts.recognised) if page.method == "ocr" else "",
        name=texts.page_text if document.paged else texts.section_text,
        lang=language_attribute(document.language),
        text=sheet(page, (quote.start, quote.end)),
        folio=_folio(document, page),
    )


def _folio(document: Document, page: Page) -> Markup:
    if not document.paged:
        return Markup("")
    return Markup('<p class="folio" aria-hidden="true">{}</p>').format(page.label or page.number)
