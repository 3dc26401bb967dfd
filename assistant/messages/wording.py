"""The few sentences of the answer that are ours, in Danish and English: the lead, and who worded it."""

from collections.abc import Sequence

from assistant.question.explaining import joined, languages_words
from assistant.quoting.citing import page_words
from assistant.values import AnswerLanguage, Citation, quoted
from corpus.errors import LanguageModelError
from corpus.values import Document

LEAD = {"da": "Fra {place}{others}:", "en": "From {place}{others}:"}
LEAD_OTHER_LANGUAGE = {
    "da": "Fra {place}{others}, citeret på originalsproget{original}:",
    "en": "From {place}{others}, quoted in the original{original}:",
}
UNKNOWN = {"da": "", "en": "language"}
OTHERS = {
    "da": (" og i ét andet dokument", " og i {count} andre dokumenter"),
    "en": (" and in one other document", " and in {count} other documents"),
}
SEVERAL_PAGES = {"da": "s.", "en": "pp."}
DIGEST = {"da": "vores resumé, ikke selve strategien", "en": "our digest, not the strategy itself"}
OPEN = {
    "da": "Dokumenterne svarer ikke på {parts}.",
    "en": "The documents do not answer {parts}.",
}
FALLBACK = {
    "da": "Sprogmodellen kunne ikke bruges, så svaret er sat sammen af citater alene ({reason}).",
    "en": "The language model could not be used, so the answer is made of quotes alone ({reason}).",
}


def word_open_parts(parts: Sequence[str], lead: str, language: AnswerLanguage) -> str:
    """Return the lead under a line that says which parts of the question the documents leave open."""
    asked = [quoted(part.strip(" ?"), language) for part in parts]
    return f"{OPEN[language].format(parts=joined(asked, language))}\n{lead}" if asked else lead


def word_fallback(error: LanguageModelError, language: AnswerLanguage) -> str:
    """Say that the language model failed and why."""
    return FALLBACK[language].format(reason=error)


def word_lead(citations: Sequence[Citation], language: AnswerLanguage) -> str:
    """Return the line that says which documents and pages the quotes come from."""
    by_document: dict[str, list[Citation]] = {}
    for citation in citations:
        by_document.setdefault(citation.quote.document.id, []).append(citation)
    first, *rest = by_document.values()
    others = OTHERS[language][len(rest) > 1].format(count=len(rest)) if rest else ""
    place = _place(first, language)
    languages = {citation.quote.spoken for citation in citations}
    if language in languages:
        return LEAD[language].format(place=place, others=others)
    named = languages_words(sorted(languages - {"other"}), language) or UNKNOWN[language]
    original = f" {named}" if named else ""
    return LEAD_OTHER_LANGUAGE[language].format(place=place, others=others, original=original)


def _place(citations: Sequence[Citation], language: AnswerLanguage) -> str:
    document: Document = citations[0].quote.document
    name = f"{document.title} ({DIGEST[language]})" if document.digest else document.title
    ordered = sorted(citations, key=lambda citation: citation.quote.page)
    pages = list(dict.fromkeys(page_words(citation, language) for citation in ordered))
    if not document.paged:
        return name
    short, _, _ = pages[0].partition(" ")
    several = SEVERAL_PAGES[language] if len(pages) > 1 else short
    return f"{name}, {several} {joined([page.removeprefix(f'{short} ') for page in pages], language)}"
