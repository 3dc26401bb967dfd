"""Drafting cases from a document: questions that its headings, figures and definitions answer, for a person to approve.

The rules are simple on purpose: a draft need not be good, only quicker to correct than an empty line. None is run before it
is approved.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.values import Chunk, Document, Sentence
from evals.casebook import Case, Evidence, Fact, Kind

Spoken = Literal["da", "en"]
LONGEST_HEADING, LEAST_HEADING = 90, 8
SAMPLED = 40  # drafts of one document, spread over its pages

# A number with what it counts, at least one word of four letters: "12 initiativer", "4 focus areas".
COUNT = re.compile(r"(?<![\d.,–-])(\d{1,3}(?:[.,]\d{3})*)\s+((?:[^\W\d_]+\s){0,1}[^\W\d_]{4,})\b")
PERCENT = re.compile(r"(\d+(?:,\d+|\.\d+)?)\s?(?:%|pct\.|procent|percent)")
DEFINITION: Mapping[Spoken, re.Pattern[str]] = {
    "da": re.compile(r"^((?:Den |Det |En |Et )?[A-ZÆØÅ][\w-]*(?: [\w-]+){0,3}) er (?:en|et|den|det) "),
    "en": re.compile(r"^((?:The |A |An )?[A-Z][\w-]*(?: [\w-]+){0,3}) is (?:a|an|the) "),
}
ASK: Mapping[Spoken, Mapping[str, str]] = {
    "da": {
        "heading": "Hvad siger {title} om {thing}?",
        "count": "Hvor mange {thing} nævner {title}?",
        "share": "Hvor stor en andel nævnes i {title} under »{thing}«?",
        "definition": "Hvad er {thing}?",
    },
    "en": {
        "heading": "What does {title} say about {thing}?",
        "count": "How many {thing} does {title} mention?",
        "share": "What share is mentioned in {title} under “{thing}”?",
        "definition": "What is {thing}?",
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A question with what answers it, before it has an id."""

    form: str
    kind: Kind
    thing: str
    sentence: Sentence
    fact: str = ""


def draft_cases(document: Document, chunks: Sequence[Chunk], *, count: int = SAMPLED) -> list[Case]:
    """Return up to `count` draft cases of a document, in its language (English where it is neither Danish nor English).

    The same question is drafted once. Where there are more, they are taken evenly from the whole document.
    """
    language: Spoken = "da" if document.language == "da" else "en"
    found: dict[str, Proposal] = {}
    for chunk in chunks:
        for proposal in _proposals(chunk, language):
            found.setdefault(_question(proposal, document, language), proposal)
    items = list(found.items())
    step = max(1.0, len(items) / count)
    chosen = [items[int(place * step)] for place in range(min(count, len(items)))]
    return [_case(question, proposal, document, language, n) for n, (question, proposal) in enumerate(chosen, start=1)]


def _proposals(chunk: Chunk, language: Spoken) -> Iterator[Proposal]:
    heading = chunk.heading_path[-1] if chunk.heading_path else ""
    if LEAST_HEADING <= len(heading) <= LONGEST_HEADING:
        yield Proposal(form="heading", kind="lookup", thing=heading, sentence=chunk.sentences[0])
    for sentence in chunk.sentences:
        if found := COUNT.search(sentence.text):
            yield Proposal(form="count", kind="number", thing=found[2], sentence=sentence, fact=found[1])
        if heading and (found := PERCENT.search(sentence.text)):
            yield Proposal(form="share", kind="number", thing=heading, sentence=sentence, fact=found[1])
        if found := DEFINITION[language].match(sentence.text):
            yield Proposal(form="definition", kind="lookup", thing=found[1], sentence=sentence)


def _question(proposal: Proposal, document: Document, language: Spoken) -> str:
    return ASK[language][proposal.form].format(title=document.title, thing=proposal.thing)


def _case(question: str, proposal: Proposal, document: Document, language: Spoken, number: int) -> Case:
    sentence = proposal.sentence
    page = sentence.page if document.paged else None
    return Case(
        id=f"{document.name.rsplit('.', 1)[0]}-{number:03}",
        language=language,
        question=question,
        kind=proposal.kind,
        answerable=True,
        evidence=(Evidence(document=document.name, page=page, quote=sentence.text),),
        facts=(Fact(any_of=(proposal.fact,)),) if proposal.fact else (),
        tags=("drafted",),
        draft=True,
    )
