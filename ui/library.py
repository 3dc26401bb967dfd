"""The library as HTML: what is in force today, every document with what it is and where it comes from, and uploading."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup

from corpus.catalogue import Catalogue, Strategy
from corpus.values import Document
from ingest.pipeline import Outcome, Report
from ingest.reading import SUPPORTED
from ui.evidence import kind_of, language_attribute
from ui.ingesting import Event, Step, Stopped
from ui.texts import DocumentKind, Texts, number, numbers, written_day, written_moment

NAMED_PAGES = 12
ORDER: tuple[DocumentKind, ...] = ("official", "other", "digest")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """What the library shows besides its documents: the last event of an ingest, and the document that is to be removed.

    With `curated` false, who looks at it may neither add nor remove.
    """

    event: Event | None = None
    removing: str = ""
    curated: bool = True

    @property
    def busy(self) -> bool:
        """Whether an ingest is at work."""
        return isinstance(self.event, Step)


def library(
    shelf: Shelf, documents: Sequence[Document], catalogue: Catalogue, texts: Texts, *, on: date, most_mebibytes: int
) -> Markup:
    """Return the library on a day."""
    kinds = ((kind, [held for held in documents if kind_of(held) == kind]) for kind in ORDER)
    return Markup('<section class="library" aria-label="{}">{}{}{}</section>').format(
        texts.tab["library"],
        _in_force(documents, catalogue, texts, on),
        _adding(shelf, texts, most_mebibytes),
        Markup("").join(_group(kind, held, shelf, catalogue, texts, on) for kind, held in kinds if held),
    )


def _in_force(documents: Iterable[Document], catalogue: Catalogue, texts: Texts, on: date) -> Markup:
    held = {(document.strategy, document.digest) for document in documents}
    row = Markup("<li><strong>{}</strong> <span>{}</span> <em>{}</em></li>")

    def holding(strategy: Strategy) -> str:
        if (strategy.id, False) in held:
            return texts.held_official
        return texts.held_digest if (strategy.id, True) in held else texts.held_not

    items = Markup("").join(
        row.format(strategy.name(texts.language), _period(strategy), holding(strategy)) for strategy in catalogue.in_force(on)
    )
    day = written_day(on.isoformat(), texts)
    return Markup('<section class="in-force"><h2>{}</h2><ul>{}</ul></section>').format(texts.in_force.format(day=day), items)


def _adding(shelf: Shelf, texts: Texts, most_mebibytes: int) -> Markup:
    """The place where files are dropped. Its texts for what the browser finds out by itself travel with it."""
    if not most_mebibytes or not shelf.curated:
        return Markup("")
    words = (("most", str(most_mebibytes)), ("sending", texts.sending), *texts.refusals.items())
    told = Markup("").join(Markup(' data-{}="{}"').format(name, value) for name, value in words)
    return Markup(
        '<section class="adding"><h2>{title}</h2><div class="drop"{told}>'
        '<p><label class="choose"><input type="file" multiple accept="{accept}"{disabled}>'
        '<span>{choose}</span></label> {drop}</p><p class="limits">{limits}</p>'
        '<p class="sending" role="status"></p></div><div role="status">{outcome}</div></section>'
    ).format(
        title=texts.adding,
        told=told,
        accept=",".join(sorted(SUPPORTED)),
        disabled=Markup(" disabled") if shelf.busy else "",
        choose=texts.choose_files,
        drop=texts.drop_files,
        limits=texts.upload_limits.format(size=number(most_mebibytes, texts.language)),
        outcome=_outcome(shelf.event, texts),
    )


def _outcome(event: Event | None, texts: Texts) -> Markup:
    match event:
        case None:
            return Markup("")
        case Step(done=done, total=total, name=name):
            counted = texts.ingest_step.format(done=number(done + 1, texts.language), total=number(total, texts.language))
            return Markup('<p class="working">{} <span>{}</span></p><progress max="{}" value="{}">{}</progress>').format(
                counted, name, max(total, 1), done, counted
            )
        case Stopped(reason=reason):
            return Markup('<p class="failure">{} <span lang="en">{}</span></p>').format(texts.ingest_stopped, reason)
        case Report():
            return _report(event, texts)


def _report(report: Report, texts: Texts) -> Markup:
    told = [outcome for outcome in report.outcomes if outcome.status != "unchanged"]
    if not told:
        return Markup('<p class="done">{}</p>').format(texts.ingest_nothing)
    return Markup('<ul class="outcomes">{}</ul>').format(Markup("").join(_told(outcome, texts) for outcome in told))


def _told(outcome: Outcome, texts: Texts) -> Markup:
    # The reason is the command line's own line, in English.
    reason = Markup(' <span lang="en">{}</span>').format(outcome.reason) if outcome.reason else ""
    return Markup('<li class="{}"><strong>{}</strong> {}{}</li>').format(
        outcome.status, outcome.path.name, texts.outcome[outcome.status], reason
    )


def _group(kind: DocumentKind, held: Sequence[Document], shelf: Shelf, catalogue: Catalogue, texts: Texts, on: date) -> Markup:
    return Markup('<section class="group"><h2>{} <span>{}</span></h2><ul>{}</ul></section>').format(
        texts.group[kind],
        number(len(held), texts.language),
        Markup("").join(_document(document, shelf, catalogue, texts, on) for document in held),
    )


def _document(document: Document, shelf: Shelf, catalogue: Catalogue, texts: Texts, on: date) -> Markup:
    strategy = next((known for known in catalogue.strategies if known.id == document.strategy), None)
    status = catalogue.status(strategy, on=on) if strategy else None
    summary = (
        texts.language_of[document.language],
        _period(strategy) if strategy else "",
        texts.standing[status] if status else "",
        _pages(document, texts),
        _without_text(document, texts),
    )
    return Markup(
        '<li class="document"><h3{lang}>{title}</h3><p>{summary}</p>'
        "<details{open}><summary>{more}</summary><dl>{facts}</dl>{removing}</details></li>"
    ).format(
        lang=language_attribute(document.language),
        title=document.title,
        summary=" · ".join(part for part in summary if part),
        # Asking whether to remove it happens within.
        open=Markup(" open") if shelf.removing == document.id else "",
        more=texts.more_of_document,
        facts=_facts(document, texts),
        removing=_removing(document, shelf, texts),
    )


def _facts(document: Document, texts: Texts) -> Markup:
    moment = datetime.fromisoformat(document.ingested) if document.ingested else None
    rows = (
        (texts.file, document.name),
        (texts.checksum, Markup("<code>{}</code>").format(document.checksum)),
        (texts.ingested, written_moment(moment, texts) if moment else texts.unknown),
        (texts.read_with, document.reader),
    )
    reason = Markup('<span lang="en">{}</span>')
    skipped = ((texts.page.format(page=page.number), reason.format(page.reason)) for page in document.skipped[:NAMED_PAGES])
    row = Markup("<div><dt>{}</dt><dd>{}</dd></div>")
    return Markup("").join(row.format(name, value) for name, value in (*rows, *skipped))


def _removing(document: Document, shelf: Shelf, texts: Texts) -> Markup:
    if not shelf.curated:
        return Markup("")
    button = Markup('<button type="button" class="{}" data-event="{}" data-document="{}"{}>{}</button>')
    if shelf.removing != document.id:
        disabled = Markup(" disabled") if shelf.busy else ""
        return button.format("link", "unshelve", document.id, disabled, texts.remove_document)
    return Markup('<p class="asking" role="alert">{} {} {}</p>').format(
        texts.remove_sure,
        button.format("danger", "remove", document.id, "", texts.remove_document),
        button.format("link", "unshelve", "", "", texts.keep_document),
    )


def _pages(document: Document, texts: Texts) -> str:
    return numbers(document.page_count, texts.pages_counted if document.paged else texts.sections_counted, texts.language)


def _without_text(document: Document, texts: Texts) -> str:
    return texts.without_text.format(count=number(len(document.skipped), texts.language)) if document.skipped else ""


def _period(strategy: Strategy) -> str:
    return f"{strategy.period[0]}–{strategy.prolonged_to or strategy.period[1]}" if strategy.period else ""
