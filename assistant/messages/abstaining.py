"""When nothing answers: of which kind the abstention is, and what is said instead of an answer."""

from collections.abc import Mapping, Sequence

from assistant.question.explaining import names_of, years_words
from assistant.question.understanding import Question
from assistant.values import Abstention, AnswerLanguage, Citation, Searched
from corpus.catalogue import Strategy
from corpus.lexical import LexicalIndex

MOST_UNHEARD = 0.5  # of what is asked about; where more stands in no document, the question lies outside the collection
REFUSED: Mapping[AnswerLanguage, str] = {
    "da": "Dokumenterne svarer ikke på det.",
    "en": "The documents do not answer this.",
}
UNSURE: Mapping[AnswerLanguage, str] = {
    "da": "Dokumenterne svarer ikke sikkert på det.",
    "en": "The documents do not clearly answer this.",
}
PERHAPS: Mapping[AnswerLanguage, str] = {
    "da": "Måske er det her, du leder efter:",
    "en": "This may be what you are looking for:",
}
OUTSIDE: Mapping[AnswerLanguage, str] = {
    "da": "Dokumenterne svarer ikke på det: Det ligger uden for det, de handler om.",
    "en": "The documents do not answer this: it is outside what they cover.",
}
WITHOUT_DOCUMENT = {
    "da": "Dokumenterne svarer ikke på det: Samlingen har intet dokument om {names}.",
    "en": "The documents do not answer this: the collection has no document on {names}.",
}
WITHOUT_PERIOD = {
    "da": "Dokumenterne svarer ikke på det: Samlingen har intet dokument fra den tid.",
    "en": "The documents do not answer this: the collection has no document from that time.",
}
EXISTING = {
    "da": ("Kataloget kender ingen {years}.", "Kataloget kender disse {years}: {names}."),
    "en": ("The catalogue knows of no {years}.", "The catalogue knows these {years}: {names}."),
}
HELD = {"da": "Samlingen har dokumenter om: {names}.", "en": "The collection has documents on: {names}."}
SEARCHED = {"da": "Søgt i {documents} ({pages}).", "en": "Searched {documents} ({pages})."}
COUNTED = {
    "da": (("dokument", "dokumenter"), ("side", "sider")),
    "en": (("document", "documents"), ("page", "pages")),
}


def reason_of(question: Question, lexical: LexicalIndex, *, nearly: bool) -> Abstention:
    """Return of which kind the abstention is when no sentence answers; `nearly` says whether some come near."""
    if (question.missing or question.years) and not (question.bound or question.preferred):
        return "period without a document" if question.years else "outside the collection"
    unheard = lexical.unheard(" ".join(question.topic), question.language)
    if question.topic and min(unheard.values()) >= MOST_UNHEARD:
        return "outside the collection"
    return "near but not answering" if nearly else "nothing near"


def word_abstention(
    abstained: Abstention,
    question: Question,
    nearest: Sequence[Citation],
    *,
    searched: Searched,
    held: Sequence[Strategy],
) -> str:
    """Return the line above the nearest quotes, or, if there are none, why nothing answers and how much was searched."""
    language = question.language
    counts = [f"{n} {forms[n != 1]}" for n, forms in zip((searched.documents, searched.pages), COUNTED[language], strict=True)]
    lacking = abstained in ("outside the collection", "period without a document") and bool(question.missing or question.years)
    reason = _lacking(question) if lacking else OUTSIDE[language] if abstained == "outside the collection" else REFUSED[language]
    said = [
        reason,
        *([HELD[language].format(names=names_of(held, language))] if lacking and held else []),
        SEARCHED[language].format(documents=counts[0], pages=counts[1]),
    ]
    if nearest and not lacking and abstained == "near but not answering":
        return f"{UNSURE[language]} {PERHAPS[language]}"
    return " ".join([*said, *([PERHAPS[language]] if nearest else [])])


def _lacking(question: Question) -> str:
    """Why, if the question is about strategies or years without a document."""
    language, names = question.language, names_of(question.missing, question.language)
    if question.years is None:
        return WITHOUT_DOCUMENT[language].format(names=names)
    existing = EXISTING[language][bool(names)].format(years=years_words(question.years, language), names=names)
    return f"{WITHOUT_PERIOD[language]} {existing}"
