"""Checking a set against an index: each expected quote must stand on the page that it names, and pairs must be pairs."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.store import Store
from corpus.text import find_verbatim
from corpus.values import Document
from evals.casebook import Case, Evidence, repeated_ids


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with one case."""

    case: str
    reason: str


def check_cases(cases: Sequence[Case], store: Store) -> list[Fault]:
    """Return every fault of the cases; none for a set that is sound. A set without a case that is no draft has one."""
    documents = {document.name: document for document in store.documents()}
    faults = [Fault(case=double, reason="the id stands twice") for double in repeated_ids(cases)]
    for case in cases:
        faults += [Fault(case=case.id, reason=reason) for reason in _wrong_with(case, documents, store)]
    if all(case.draft for case in cases):
        faults.append(Fault(case="-", reason="the set holds no case that is approved"))
    return faults + list(_unpaired(cases))


def _wrong_with(case: Case, documents: dict[str, Document], store: Store) -> Iterator[str]:
    for name in case.filters.documents:
        if name not in documents:
            yield f"filters name the document {name!r}, which is not in the index"
    for evidence in case.evidence:
        if evidence.document not in documents:
            yield f"the document {evidence.document!r} is not in the index"
        elif reason := _misplaced(evidence, documents[evidence.document], store):
            yield reason


def _misplaced(evidence: Evidence, document: Document, store: Store) -> str:
    if document.paged != (evidence.page is not None):
        return f"{document.name!r} has {'pages' if document.paged else 'no pages'}, but the page given is {evidence.page}"
    texts = {page.number: page.text for page in store.pages(document.id)}
    searched = list(texts.values()) if evidence.page is None else [texts[evidence.page]] if evidence.page in texts else []
    if not searched:
        return f"{document.name!r} has no text on page {evidence.page}"
    if evidence.quote and not any(find_verbatim(evidence.quote, text) for text in searched):
        elsewhere = [number for number, text in texts.items() if find_verbatim(evidence.quote, text)]
        hint = f"; it stands on page {elsewhere[0]}" if elsewhere else ""
        return f"{evidence.quote!r} does not stand on page {evidence.page} of {document.name!r}{hint}"
    return ""


def _unpaired(cases: Sequence[Case]) -> Iterator[Fault]:
    pairs: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        if case.pair:
            pairs[case.pair].append(case)
    for name, members in pairs.items():
        languages = Counter(case.language for case in members)
        if languages != {"da": 1, "en": 1}:
            yield Fault(case=members[0].id, reason=f"the pair {name!r} is not one Danish and one English case")
        elif len({(case.split, case.answerable) for case in members}) > 1:
            yield Fault(case=members[0].id, reason=f"the cases of the pair {name!r} differ in split or in being answerable")
