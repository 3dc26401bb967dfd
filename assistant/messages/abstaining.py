"""When nothing answers: of which type the abstention is, and what is said instead of an answer."""

from collections.abc import Mapping, Sequence

from assistant.finding.judging import lists_sources
from assistant.question.explaining import names_of, years_words
from assistant.question.naming import named_strategies
from assistant.question.understanding import Understanding
from assistant.values import Abstention, AnswerLanguage, Passage, Searched
from corpus.catalogue import Catalogue, Strategy

REFUSED: Mapping[AnswerLanguage, Mapping[Abstention, str]] = {
    "da": {
        "nothing near": "Det svarer dokumenterne ikke på, og intet i dem ligger tæt på.",
        "near but not answering": "Det svarer dokumenterne ikke på. Noget i dem ligger tæt på, men ingen sætning svarer.",
        "outside the collection": "Det svarer dokumenterne ikke på: Spørgsmålet ligger uden for det, de handler om.",
        "period without a document": "Det svarer dokumenterne ikke på: Samlingen har intet dokument fra den tid.",
    },
    "en": {
        "nothing near": "The documents do not answer this, and nothing in them comes near it.",
        "near but not answering": "The documents do not answer this. Some of them come near it, but no sentence answers.",
        "outside the collection": "The documents do not answer this: it lies outside what they are about.",
        "period without a document": "The documents do not answer this: the collection holds no document of that time.",
    },
}
WITHOUT_DOCUMENT = {
    "da": "Det svarer dokumenterne ikke på: Samlingen har intet dokument om {names}.",
    "en": "The documents do not answer this: the collection holds no document of {names}.",
}
EXISTING = {
    "da": ("Kataloget kender ingen {years}.", "Kataloget kender disse {years}: {names}."),
    "en": ("The catalogue knows of no {years}.", "The catalogue knows these {years}: {names}."),
}
HELD = {"da": "Samlingen har dokumenter om: {names}.", "en": "The collection holds documents of: {names}."}
SEARCHED = {"da": "Der er søgt i {documents} med {pages}.", "en": "Searched: {documents} with {pages}."}
WIDEN = {
    "da": "Søgningen blev begrænset ud fra spørgsmålet; den kan udvides til alle dokumenter.",
    "en": "The question bounded the search; it can be widened to all documents.",
}
COUNTED = {
    "da": (("dokument", "dokumenter"), ("side", "sider")),
    "en": (("document", "documents"), ("page", "pages")),
}
NEAREST = {
    "da": "Det nærmeste, de handler om, er: {topics}.",
    "en": "The nearest that they do cover: {topics}.",
}
NEAREST_TOPICS = 3


def without_document(understood: Understanding) -> Abstention | None:
    """Return the type of abstention where a question means strategies or years of which the index holds nothing at all."""
    if understood.query.filters.strategies:
        return None
    if understood.years:
        return "period without a document"
    return "outside the collection" if understood.missing else None


def names_missing(text: str, understood: Understanding, catalogue: Catalogue) -> bool:
    """Return whether a text of another document names one of the strategies that have none of their own."""
    return any(strategy in understood.missing for strategy in named_strategies(text, catalogue))


def word_abstention(
    abstained: Abstention,
    understood: Understanding,
    nearest: Sequence[Passage],
    *,
    searched: Searched,
    held: Sequence[Strategy],
    note: str = "",
) -> str:
    """Say that nothing answers and why, how much was searched, what comes nearest or is held instead, and a note if any."""
    language = understood.language
    counts = [f"{n} {forms[n != 1]}" for n, forms in zip((searched.documents, searched.pages), COUNTED[language], strict=True)]
    lacking = without_document(understood) == abstained
    derived = any(bound.reason != "chosen" for bound in understood.shown.restrictions)
    topics = _topics(nearest)
    said = [
        _reason(abstained, understood) if lacking else REFUSED[language][abstained],
        *([HELD[language].format(names=names_of(held, language))] if lacking and held else []),
        SEARCHED[language].format(documents=counts[0], pages=counts[1]),
        *([NEAREST[language].format(topics="; ".join(topics))] if topics else []),
        *([WIDEN[language]] if derived else []),
    ]
    return "\n".join([" ".join(said), *([note] if note else [])])


def _reason(abstained: Abstention, understood: Understanding) -> str:
    """Why, where strategies or years without a document were asked about."""
    language, names = understood.language, names_of(understood.missing, understood.language)
    if understood.years is None:
        return WITHOUT_DOCUMENT[language].format(names=names)
    existing = EXISTING[language][bool(names)].format(years=years_words(understood.years, language), names=names)
    return f"{REFUSED[language][abstained]} {existing}"


def _topics(nearest: Sequence[Passage]) -> list[str]:
    topics = dict.fromkeys(_topic(passage) for passage in nearest if not lists_sources(passage))
    return list(topics)[:NEAREST_TOPICS]


def _topic(passage: Passage) -> str:
    heading = passage.chunk.heading_path[-1] if passage.chunk.heading_path else ""
    return f"{heading} ({passage.document.title})" if heading else passage.document.title
