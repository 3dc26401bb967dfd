"""Wording: the few sentences of ours, in both languages, say no more than what was found."""

import pytest

from assistant.messages.wording import word_lead
from assistant.values import AnswerLanguage, Citation, Quote
from corpus.values import Document
from tests.fakes import a_document


def cited(*places: tuple[Document, int]) -> list[Citation]:
    return [
        Citation(
            n=n,
            quote=Quote(text=f"Sætning {n}.", document=document, page=page, heading_path=(), start=0, end=10),
            printed_page=None,
            verified=True,
        )
        for n, (document, page) in enumerate(places, start=1)
    ]


DANISH = a_document(title="Strategien")
UNKNOWN = a_document(id="d4", name="d.pdf", title="Der Plan", language="other")
ENGLISH = a_document(id="d2", name="b.pdf", title="The plan", language="en")
DIGEST = a_document(id="d3", name="c.pdf", title="Resumé", digest=True)


@pytest.mark.parametrize(
    ("found", "language", "lead"),
    [
        (cited((DANISH, 9)), "da", "Fra Strategien, s. 9:"),
        (cited((DANISH, 9), (DANISH, 2), (DANISH, 9)), "da", "Fra Strategien, s. 2 og 9:"),
        (cited((ENGLISH, 9), (ENGLISH, 2)), "en", "From The plan, pp. 2 and 9:"),
        (cited((DANISH, 9)), "en", "From Strategien, p. 9, quoted in the original Danish:"),
        (cited((UNKNOWN, 9)), "en", "From Der Plan, p. 9, quoted in the original language:"),
        (cited((UNKNOWN, 9)), "da", "Fra Der Plan, s. 9, citeret på originalsproget:"),
        (cited((DANISH, 9), (ENGLISH, 1)), "en", "From Strategien, p. 9 and in one other document:"),
        (
            cited((DANISH, 9), (ENGLISH, 1), (DIGEST, 1)),
            "da",
            "Fra Strategien, s. 9 og i 2 andre dokumenter:",
        ),
        (cited((DIGEST, 1)), "da", "Fra Resumé (vores resumé, ikke selve strategien), s. 1:"),
        (cited((a_document(title="Noten", paged=False), 3)), "da", "Fra Noten:"),
    ],
)
def test_the_lead_says_where_it_stands(found: list[Citation], language: AnswerLanguage, lead: str) -> None:
    assert word_lead(found, language) == lead
