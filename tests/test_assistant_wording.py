"""Wording: the few sentences of ours, in both languages, say no more than what was found."""

import pytest

from assistant.messages.wording import word_answer
from assistant.quoting.citing import Verified
from assistant.values import AnswerLanguage, Citation, Claim, Quote
from corpus.values import Document
from tests.fakes import a_document


def verified(*places: tuple[Document, int], ours: bool = False) -> Verified:
    citations = tuple(
        Citation(
            n=n,
            quote=Quote(text=f"Sætning {n}.", document=document, page=page, heading_path=(), start=0, end=10),
            printed_page=None,
            verified=True,
        )
        for n, (document, page) in enumerate(places, start=1)
    )
    claims = tuple(Claim(text="Talt af os." if ours else held.quote.text, citations=(held.n,)) for held in citations)
    return Verified(claims=claims, citations=citations, dropped_quotes=0)


DANISH = a_document(title="Strategien")
UNKNOWN = a_document(id="d4", name="d.pdf", title="Der Plan", language="other")
ENGLISH = a_document(id="d2", name="b.pdf", title="The plan", language="en")
DIGEST = a_document(id="d3", name="c.pdf", title="Resumé", digest=True)


@pytest.mark.parametrize(
    ("found", "language", "lead"),
    [
        (verified((DANISH, 9)), "da", "Det står i Strategien, s. 9:"),
        (verified((DANISH, 9), (DANISH, 2), (DANISH, 9)), "da", "Det står i Strategien, s. 2 og 9:"),
        (verified((ENGLISH, 9), (ENGLISH, 2)), "en", "This stands in The plan, pp. 2 and 9:"),
        (verified((DANISH, 9)), "en", "This stands in Strategien, p. 9, quoted in the original Danish:"),
        (verified((UNKNOWN, 9)), "en", "This stands in Der Plan, p. 9, quoted in the original language:"),
        (verified((UNKNOWN, 9)), "da", "Det står i Der Plan, s. 9, citeret på originalsproget:"),
        (verified((DANISH, 9), (ENGLISH, 1)), "en", "This stands in Strategien, p. 9 and in one other document:"),
        (
            verified((DANISH, 9), (ENGLISH, 1), (DIGEST, 1)),
            "da",
            "Det står i Strategien, s. 9 og i 2 andre dokumenter:",
        ),
        (verified((DIGEST, 1)), "da", "Det står i Resumé (vores resumé, ikke selve strategien), s. 1:"),
        (verified((a_document(title="Noten", paged=False), 3)), "da", "Det står i Noten:"),
    ],
)
def test_the_lead_says_where_it_stands(found: Verified, language: AnswerLanguage, lead: str) -> None:
    assert word_answer(found, language).splitlines()[0] == lead


def test_words_of_the_documents_are_quoted_and_ours_are_not() -> None:
    assert word_answer(verified((DANISH, 9)), "da").splitlines()[1] == "»Sætning 1.« [1]"
    assert word_answer(verified((DANISH, 9)), "en").splitlines()[1] == "“Sætning 1.” [1]"
    assert word_answer(verified((DANISH, 9), ours=True), "da").splitlines()[1] == "Talt af os. [1]"


def test_a_note_closes_the_answer() -> None:
    assert word_answer(verified((DANISH, 9)), "da", note="Bemærk.").splitlines()[-1] == "Bemærk."
