"""Answerability: what is near and does not answer is refused, by signs that can be read off it."""

from dataclasses import replace

import pytest

from assistant.finding.answerability import Signs, answering, refusal, signs
from assistant.finding.judging import Judge, Judgement
from assistant.finding.reranking import rerank
from assistant.question.asking import Wanted, topic_of, wanted_in
from assistant.values import Abstention, Query
from corpus.embedding import load_embedder
from corpus.language import question_language
from corpus.lexical import LexicalIndex
from corpus.lexicon import load_lexicon
from corpus.values import Filters
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
    """A question with the judged sentences of all texts, each passage with the score that reranking gives it."""
    query = Query(text=question, language=question_language(question), filters=filters or Filters())
    embedder = load_embedder()
    passages = [a_passage(*sentences, position=n) for n, sentences in enumerate(TEXTS)]
    scores = rerank(
        query,
        embedder.encode_queries([question])[0],
        [passage.chunk for passage in passages],
        vectors=embedder.encode_passages([passage.chunk.text for passage in passages]),
        words=lexical.score(question, query.language),
        embedder=embedder,
        lexical=lexical,
    )
    passages = [replace(passage, score=float(score)) for passage, score in zip(passages, scores, strict=True)]
    wanted = wanted_in(question)
    return query, wanted, Judge(embedder=embedder, lexical=lexical).judge(query, wanted, passages)


def refused(question: str, lexical: LexicalIndex) -> Abstention | None:
    query, wanted, judgements = judged(question, lexical)
    return refusal(query, topic_of(question), wanted, answering(query, wanted, judgements, lexical), lexical)


@pytest.mark.parametrize(
    "question",
    [
        "Hvornår lukkede NemID?",
        "How many users did NemID have?",
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


def signs_of(question: str, lexical: LexicalIndex) -> Signs:
    query, wanted, judgements = judged(question, lexical)
    return signs(query, " ".join(topic_of(question)), wanted, answering(query, wanted, judgements, lexical), lexical)


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("Hvem deler aldrig data om byggeaffald?", True),
        ("Who doesn't share data on construction waste?", True),
        ("Hvem deler data om byggeaffald?", False),
        ("Who shares data on construction waste?", False),
    ],
)
def test_a_denial_that_the_sentence_lacks_speaks_against_it(question: str, missing: bool, lexical: LexicalIndex) -> None:
    assert signs_of(question, lexical).negation_missing == missing


def test_the_kind_of_thing_wanted_is_missing_where_no_such_thing_stands_there(lexical: LexicalIndex) -> None:
    assert signs_of("Hvornår deler kommunerne data om byggeaffald?", lexical).kind_missing == 1
    assert signs_of("When did NemID close?", lexical).kind_missing == 0
    assert signs_of("Hvem deler data om byggeaffald?", lexical).kind_missing == 0


def test_the_heaviest_word_missing_is_a_share_of_the_whole_question(lexical: LexicalIndex) -> None:
    whole = signs_of("Hvem deler data om byggeaffald?", lexical)
    lacking = signs_of("Hvem deler data om byggeaffald og vulkaner?", lexical)
    assert whole.heaviest_missing < lacking.heaviest_missing < 1


def test_a_sentence_alone_in_saying_it_leads(lexical: LexicalIndex) -> None:
    alone, among_others = signs_of("Hvem deler data om byggeaffald?", lexical), signs_of("Hvad siger de?", lexical)
    assert alone.lead > among_others.lead >= 0


def test_a_sentence_in_the_other_language_is_told_apart(lexical: LexicalIndex) -> None:
    assert signs_of("Who shares data on construction waste?", lexical).across == 1
    assert signs_of("Hvem deler data om byggeaffald?", lexical).across == 0
