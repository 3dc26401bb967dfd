"""What the assistant says of itself: the answer to a greeting, and to a question about what it can do."""

from collections.abc import Mapping

from assistant.values import AnswerLanguage, Searched

GREETING: Mapping[AnswerLanguage, str] = {
    "da": "Hej. Stil et spørgsmål om de danske digitaliseringsstrategier, så finder jeg svaret og den side, det står på.",
    "en": "Hello. Ask a question about the Danish digital strategies, and I will find the answer and the page it stands on.",
}
HELP: Mapping[AnswerLanguage, str] = {
    "da": (
        "Jeg er et program, der finder svar i {documents} dokumenter ({pages} sider) om dansk digitalisering siden 2001.\n"
        "Hvert svar er citater, der er sammenlignet med den side, de står på. Når dokumenterne ikke svarer, siger jeg det.\n"
        "Du kan for eksempel spørge:\n"
        "Hvor mange initiativer har strategien 2026-2029?\n"
        "Sammenlign, hvad strategierne siger om digital post.\n"
        "Hvad er der sket med NemID?\n"
        "Opsummer strategien 2016-2020.\n"
        "Hvilke strategier gælder i dag?"
    ),
    "en": (
        "I am a program that finds answers in {documents} documents ({pages} pages) about Danish digital strategy since 2001.\n"
        "Every answer is made of quotes, each compared with the page it stands on. If the documents do not answer, I say so.\n"
        "You can ask, for example:\n"
        "How many initiatives does the strategy for 2026-2029 have?\n"
        "Compare what the strategies say about digital post.\n"
        "What happened to NemID?\n"
        "Summarise the strategy for 2016-2020.\n"
        "Which strategies are in force today?"
    ),
}


def word_greeting(language: AnswerLanguage) -> str:
    """Return the answer to a greeting."""
    return GREETING[language]


def word_help(searched: Searched, language: AnswerLanguage) -> str:
    """Return what the assistant can be asked, and how much it searches."""
    return HELP[language].format(documents=searched.documents, pages=searched.pages)
