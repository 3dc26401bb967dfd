"""The few sentences of the answer that are ours, in Danish and English: the lead, and what is said when nothing answers."""

from collections.abc import Sequence

from assistant.citing import Verified, page_words
from assistant.explaining import joined, languages_words
from corpus.errors import LanguageModelError
from corpus.values import AnswerLanguage, Citation, Document, Passage

LEAD = {"da": "Det står i {place}{others}:", "en": "This stands in {place}{others}:"}
LEAD_OTHER_LANGUAGE = {
    "da": "Det står i {place}{others}, citeret på originalsproget {original}:",
    "en": "This stands in {place}{others}, quoted in the original {original}:",
}
OTHERS = {
    "da": (" og i ét andet dokument", " og i {count} andre dokumenter"),
    "en": (" and in one other document", " and in {count} other documents"),
}
DIGEST = {"da": "vores resumé, ikke selve strategien", "en": "our digest, not the strategy itself"}
ABSTAIN = {
    "da": "Det svarer dokumenterne ikke på. Der er søgt i {documents} med {pages}.",
    "en": "The documents do not answer this. Searched: {documents} with {pages}.",
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
AUTHORSHIP = {
    "da": "Formuleret af sprogmodellen {model}; hvert citat er kontrolleret ordret mod siden.",
    "en": "Worded by the language model {model}; every quote was checked word for word against its page.",
}
FALLBACK = {
    "da": "Sprogmodellen kunne ikke bruges, så svaret er sat sammen af citater alene ({reason}).",
    "en": "The language model could not be used, so the answer is made of quotes alone ({reason}).",
}


def word_answer(verified: Verified, language: AnswerLanguage, *, note: str = "") -> str:
    """Return the answer as shown: a lead that says where it stands, each claim with its citation marks, and a note if any."""
    lines = [_lead(verified.citations, language)]
    for claim in verified.claims:
        marks = "".join(f"[{n}]" for n in claim.citations)
        quoted = any(claim.text == citation.quote.text for citation in verified.citations)
        text = f"“{claim.text}”" if quoted and language == "en" else f"»{claim.text}«" if quoted else claim.text
        lines.append(f"{text} {marks}")
    return "\n".join([*lines, note] if note else lines)


def word_authorship(model: str, language: AnswerLanguage) -> str:
    """Say which language model worded the answer."""
    return AUTHORSHIP[language].format(model=model)


def word_fallback(error: LanguageModelError, language: AnswerLanguage) -> str:
    """Say that the language model failed and why."""
    return FALLBACK[language].format(reason=error)


def word_abstention(nearest: Sequence[Passage], *, documents: int, pages: int, language: AnswerLanguage) -> str:
    """Say that nothing answers, how much was searched, and which headings come nearest."""
    counts = [f"{n} {forms[n != 1]}" for n, forms in zip((documents, pages), COUNTED[language], strict=True)]
    said = ABSTAIN[language].format(documents=counts[0], pages=counts[1])
    topics: list[str] = []
    for passage in nearest:
        topic = _topic(passage)
        if topic not in topics:
            topics.append(topic)
    return f"{said} {NEAREST[language].format(topics='; '.join(topics[:NEAREST_TOPICS]))}" if topics else said


def _topic(passage: Passage) -> str:
    heading = passage.chunk.heading_path[-1] if passage.chunk.heading_path else ""
    return f"{heading} ({passage.document.title})" if heading else passage.document.title


def _lead(citations: Sequence[Citation], language: AnswerLanguage) -> str:
    by_document: dict[str, list[Citation]] = {}
    for citation in citations:
        by_document.setdefault(citation.quote.document.id, []).append(citation)
    first, *rest = by_document.values()
    others = OTHERS[language][len(rest) > 1].format(count=len(rest)) if rest else ""
    place = _place(first, language)
    languages = {citation.quote.document.language for citation in citations}
    if language in languages:
        return LEAD[language].format(place=place, others=others)
    original = languages_words(sorted(languages), language)
    return LEAD_OTHER_LANGUAGE[language].format(place=place, others=others, original=original)


def _place(citations: Sequence[Citation], language: AnswerLanguage) -> str:
    document: Document = citations[0].quote.document
    name = f"{document.title} ({DIGEST[language]})" if document.digest else document.title
    ordered = sorted(citations, key=lambda citation: citation.quote.page)
    pages = list(dict.fromkeys(page_words(citation, language) for citation in ordered))
    if not document.paged:
        return name
    short = pages[0].split(" ")[0]
    return f"{name}, {short} {joined([page.removeprefix(f'{short} ') for page in pages], language)}"
