"""Composing: few quotes, strongest first, none twice, neighbours joined and leaning sentences with what they lean on."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from assistant.finding.judging import Judgement
from assistant.quoting.composing import compose
from assistant.values import Passage
from tests.fakes import a_document, a_passage


def judgements(passage: Passage, scores: Sequence[float], signs: Sequence[float] | None = None) -> list[Judgement]:
    signs = signs or [0.0] * len(scores)
    return [
        Judgement(
            sentence=sentence, passage=passage, similarity=0, coverage=0, sign=sign, score=score, vector=np.zeros(2, np.float32)
        )
        for sentence, score, sign in zip(passage.chunk.sentences, scores, signs, strict=True)
    ]


def composed(found: Sequence[Judgement], similarity: float = 0.0) -> list[str]:
    return [draft.text for draft in compose(found, similar=lambda *_: similarity, language="da")]


APART = [
    a_passage(text, position=n)
    for n, text in enumerate(["Aber er store.", "Biler kører hurtigt.", "Cykler er røde.", "Duer flyver."])
]


def test_only_those_near_the_best_and_the_strongest_first() -> None:
    found = [
        judgement
        for passage, score in zip(APART, (0.5, 0.9, 1.0, 0.85), strict=True)
        for judgement in judgements(passage, [score])
    ]
    assert composed(found) == ["Cykler er røde.", "Biler kører hurtigt.", "Duer flyver."]


def test_never_more_than_five() -> None:
    letters = "abcdefgh"
    found = [
        judgements(a_passage(f"{letter} {letter * 2} {letter * 3}", position=n), [1.0])[0] for n, letter in enumerate(letters)
    ]
    assert len(composed(found)) == 5


def test_the_same_thing_is_not_said_twice() -> None:
    same = judgements(a_passage("Digital Post er for alle.", position=1), [1.0])
    again = judgements(a_passage("Digital Post er for alle borgere.", position=2), [0.95])
    assert composed([*same, *again]) == ["Digital Post er for alle."]
    translated = judgements(a_passage("Everyone has a letter box.", position=3), [0.95])
    assert composed([*same, *translated], similarity=0.9) == ["Digital Post er for alle."]


def test_the_first_and_the_third_of_a_row_are_not_the_same() -> None:
    texts = ["Det første mål er vækst i hele landet.", "Det tredje mål er tillid i hele landet."]
    found = [held for n, text in enumerate(texts) for held in judgements(a_passage(text, position=n), [1.0])]
    assert composed(found) == texts


def test_neighbours_become_one_quote_in_their_own_order() -> None:
    passage = a_passage("Aber er store.", "Biler kører hurtigt.", "Cykler er røde.")
    (draft,) = compose(judgements(passage, [0.9, 1.0, 0.1]), similar=lambda *_: 0.0, language="da")
    assert draft.text == "Aber er store. Biler kører hurtigt."
    (quote,) = draft.quotes
    assert (quote.start, quote.end, quote.page) == (0, len("Aber er store. Biler kører hurtigt."), 1)


def test_a_sentence_that_leans_brings_the_one_before_it() -> None:
    passage = a_passage("Løsningen skal udbygges.", "Dette giver bedre hjælp.")
    assert composed(judgements(passage, [0.1, 1.0])) == ["Løsningen skal udbygges. Dette giver bedre hjælp."]


def test_beside_the_number_asked_for_one_without_it_is_no_answer() -> None:
    found = [*judgements(APART[0], [1.0], [1.0]), *judgements(APART[1], [0.95], [0.3]), *judgements(APART[2], [0.9], [1.0])]
    assert composed(found) == ["Aber er store.", "Cykler er røde."]


def test_beside_an_exact_answer_one_that_says_less_of_what_is_asked_is_none() -> None:
    whole, part = (
        replace(judgements(passage, [score])[0], coverage=coverage, sign=1.0)
        for passage, score, coverage in zip(APART[:2], (1.0, 0.95), (0.8, 0.5), strict=True)
    )
    assert len(compose([whole, part], similar=lambda *_: 0.0, language="da")) == 2
    assert len(compose([whole, part], similar=lambda *_: 0.0, language="da", exact=True)) == 1


def test_nothing_gives_nothing() -> None:
    assert composed([]) == []


def test_the_document_itself_goes_before_our_digest() -> None:
    digest = judgements(a_passage("Aber er store.", document=a_document(id="d2", digest=True)), [1.0])
    official = judgements(a_passage("Biler kører hurtigt."), [0.9])
    assert composed([*digest, *official]) == ["Biler kører hurtigt.", "Aber er store."]


def test_two_languages_of_a_strategy_are_one_source_told_in_the_language_of_the_question() -> None:
    danish = a_document(strategy="s", edition="s-da")
    english = a_document(id="d2", strategy="s", edition="s-en", language="en")
    one = judgements(a_passage("Everyone has a letter box.", document=english, language="en"), [1.0])
    same = judgements(a_passage("Alle har en postkasse.", document=danish), [0.95])
    assert composed([*one, *same], similarity=0.65) == ["Alle har en postkasse."]
    assert composed([*one, *same], similarity=0.5) == ["Everyone has a letter box.", "Alle har en postkasse."]
    other = judgements(a_passage("Alle har en postkasse.", document=a_document(strategy="t")), [0.95])
    assert len(composed([*one, *other], similarity=0.65)) == 2
