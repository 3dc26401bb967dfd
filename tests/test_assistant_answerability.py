"""Answerability: what is near and does not answer is refused, by signs that can be read off it."""

import pytest

from assistant.answerability import answering, refusal
from assistant.asking import Wanted, topic_of, wanted_in
from assistant.judging import Judge, Judgement
from corpus.embedding import load_embedder
from corpus.language import question_language
from corpus.lexical import LexicalIndex
from corpus.lexicon import load_lexicon
from corpus.values import Abstention, Filters, Passage, Query
from tests.fakes import a_document, a_passage

TEXTS = (
    ("NemID lukkede den 31. oktober 2023 og havde 5,4 mio. brugere.", "NemHandel blev indført i 2008."),
    ("MitID er en sikker løsning for borgere og virksomheder.", "Borgerne har tillid til løsningen."),
    ("Digitaliseringsstyrelsen blev oprettet som ny styrelse i 2011.", "Styrelsen har ansvar for borger.dk."),
    ("Der er afsat 800 mio. kr. til den nationale strategi.", "Pengene går til kunstig intelligens."),
    ("Kommunerne deler data om byggeaffald.", "Jorden kan være forurenet."),
)


@pytest.fixture(scope="module")
def lexical() -> LexicalIndex:
    texts = [" ".join(sentences) for sentences in TEXTS]
    return LexicalIndex.build(texts, ["da"] * len(texts), load_lexicon())


def judged(question: str, lexical: LexicalIndex, filters: Filters | None = None) -> tuple[Query, Wanted, list[Judgement]]:
    """A question with the judged sentences of all texts, each passage as near as the share of the question that it holds."""
    query = Query(text=question, language=question_language(question), filters=filters or Filters())
    scores = lexical.score(question, query.language)
    passages: list[Passage] = [
        a_passage(*sentences, position=n, score=float(score))
        for n, (sentences, score) in enumerate(zip(TEXTS, scores, strict=True))
    ]
    wanted = wanted_in(question)
    return query, wanted, Judge(embedder=load_embedder(), lexical=lexical).judge(query, wanted, passages)


def refused(question: str, lexical: LexicalIndex) -> Abstention | None:
    query, wanted, judgements = judged(question, lexical)
    return refusal(query, topic_of(question), wanted, answering(query, wanted, judgements, lexical), lexical)


@pytest.mark.parametrize(
    "question",
    [
        "Hvornår lukkede NemID?",
        "When did NemID close?",
        "Hvor mange brugere havde NemID?",
        "Hvad er MitID?",
        "Hvornår blev Digitaliseringsstyrelsen oprettet?",
        "Hvor mange penge er der afsat til den nationale strategi?",
        "Who shares data on construction waste?",
    ],
)
def test_what_a_sentence_answers_is_not_refused(question: str, lexical: LexicalIndex) -> None:
    assert refused(question, lexical) is None


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ("Hvad koster MitID borgerne?", "near but not answering"),
        ("How much does MitID cost citizens?", "near but not answering"),
        ("Hvor mange ansatte har Digitaliseringsstyrelsen?", "outside the collection"),
        ("Hvad siger de om blockchain?", "outside the collection"),
        ("What do they say about quantum entanglement?", "outside the collection"),
    ],
)
def test_what_is_near_and_does_not_answer_is_refused(question: str, why: Abstention, lexical: LexicalIndex) -> None:
    assert refused(question, lexical) == why


def test_a_sentence_with_the_name_asked_about_goes_alone(lexical: LexicalIndex) -> None:
    query, wanted, judgements = judged("Hvornår blev NemID lukket eller indført?", lexical)
    assert {"NemID" in held.sentence.text for held in answering(query, wanted, judgements, lexical)} == {True}


def test_the_sentence_that_plainly_says_who_needs_no_word_of_the_question(lexical: LexicalIndex) -> None:
    query = Query(text="Hvem står bag?", language="da", filters=Filters(strategies=("s",)))
    passage = a_passage("Planen er aftalt af regeringen og KL i fællesskab.", document=a_document(strategy="s"), score=0.1)
    judge = Judge(embedder=load_embedder(), lexical=lexical)
    assert refusal(query, (), "publisher", judge.judge(query, "publisher", [passage]), lexical) is None


def test_nothing_judged_is_nothing_near(lexical: LexicalIndex) -> None:
    assert refusal(Query(text="Hvad?", language="da"), (), "passage", [], lexical) == "nothing near"
