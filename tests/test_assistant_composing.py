"""Composing: few quotes, surest first, none twice, each with what it needs to be understood."""

from collections.abc import Sequence
from dataclasses import fields

from assistant.finding.reading import ScoredSentence
from assistant.finding.signs import Signs
from assistant.quoting.composing import compose
from assistant.values import Passage
from corpus.values import Block, Page
from tests.fakes import a_document, a_page, a_passage

NO_SIGNS = Signs(**{field.name: 0.0 for field in fields(Signs)})
APART = [
    a_passage(text, position=n)
    for n, text in enumerate(["Aber er store.", "Biler kører hurtigt.", "Cykler er røde.", "Duer flyver."])
]


def scored(passage: Passage, *confidences: float) -> list[ScoredSentence]:
    return [
        ScoredSentence(passage=passage, place=place, signs=NO_SIGNS, confidence=confidence)
        for place, confidence in enumerate(confidences)
    ]


def composed(
    *found: Sequence[ScoredSentence], least: float = 0.5, similarity: float = 0.0, page: Page | None = None
) -> list[str]:
    """The texts of the drafts; without a page, each chunk is a page of its own with one space between its sentences."""
    ranked = sorted((sentence for group in found for sentence in group), key=lambda sentence: -sentence.confidence)
    pages = {sentence.passage.document.id: a_page(sentence.passage.chunk.text) for sentence in ranked}
    drafts = compose(
        ranked,
        least=least,
        language="da",
        page_of=lambda document, _: page or pages[document],
        similar=lambda *_: similarity,
    )
    return [draft.text for draft in drafts]


def test_only_those_sure_enough_and_near_the_best_the_surest_first() -> None:
    found = [scored(passage, confidence) for passage, confidence in zip(APART, (0.5, 0.9, 0.95, 0.6), strict=True)]
    assert composed(*found) == ["Cykler er røde.", "Biler kører hurtigt.", "Duer flyver."]
    assert composed(*found, least=0.92) == ["Cykler er røde."]


def test_never_more_than_four() -> None:
    found = [scored(a_passage(f"{letter} {letter * 2} {letter * 3}", position=n), 0.9) for n, letter in enumerate("abcdefgh")]
    assert len(composed(*found)) == 4


def test_nothing_gives_nothing() -> None:
    assert composed() == []


def test_the_same_thing_is_not_said_twice() -> None:
    same = scored(a_passage("Digital Post er for alle.", position=1), 0.95)
    again = scored(a_passage("Digital Post er for alle borgere.", position=2), 0.9)
    assert composed(same, again) == ["Digital Post er for alle."]
    translated = scored(a_passage("Everyone has a letter box.", position=3), 0.9)
    assert composed(same, translated, similarity=0.9) == ["Digital Post er for alle."]


def test_the_first_and_the_third_of_a_row_are_not_the_same() -> None:
    texts = ["Det første mål er vækst i hele landet.", "Det tredje mål er tillid i hele landet."]
    assert composed(*(scored(a_passage(text, position=n), 0.9) for n, text in enumerate(texts))) == texts


def test_two_figures_of_one_thing_are_both_quoted() -> None:
    texts = ["Et vuggestuebarn koster 1.300 kr. om måneden.", "Et vuggestuebarn koster 1.500 kr. om måneden."]
    assert composed(*(scored(a_passage(text, position=n), 0.9) for n, text in enumerate(texts))) == texts


def test_neighbours_become_one_quote_in_their_own_order() -> None:
    passage = a_passage("Aber er store.", "Biler kører hurtigt.", "Cykler er røde.")
    assert composed(scored(passage, 0.8, 0.9, 0.1)) == ["Aber er store. Biler kører hurtigt."]


def test_a_sentence_that_leans_brings_the_one_before_it() -> None:
    passage = a_passage("Løsningen skal udbygges.", "Dette giver bedre hjælp.")
    assert composed(scored(passage, 0.1, 0.9)) == ["Løsningen skal udbygges. Dette giver bedre hjælp."]


LIST = "Strategien har tre spor:\n• Færre breve\n• Ny velfærd\n• Tættere samarbejde\nSporene gælder fra 2011."


def a_list() -> tuple[Passage, Page]:
    """A lead-in, three items and a sentence after them, as a passage and the page that it stands on."""
    lines, blocks, position = LIST.split("\n"), [], 0
    for line in lines:
        kind = "list" if line.startswith("•") else "paragraph"
        blocks.append(Block(kind=kind, start=position, end=position + len(line)))
        position += len(line) + 1
    page = Page(number=1, label=None, text=LIST, blocks=tuple(blocks), raw=LIST, alignment=((0, 0, len(LIST)),))
    passage = a_passage(*(line.removeprefix("• ") for line in lines))
    sentences = []
    for sentence in passage.chunk.sentences:
        start = LIST.index(sentence.text)
        sentences.append(type(sentence)(text=sentence.text, page=1, start=start, end=start + len(sentence.text)))
    chunk = passage.chunk
    placed = type(chunk)(
        id=chunk.id,
        document_id=chunk.document_id,
        position=chunk.position,
        heading_path=chunk.heading_path,
        sentences=tuple(sentences),
        language=chunk.language,
    )
    return Passage(chunk=placed, document=passage.document, score=1.0), page


def test_a_sentence_that_ends_in_a_colon_brings_its_items() -> None:
    passage, page = a_list()
    whole = "Strategien har tre spor: • Færre breve • Ny velfærd • Tættere samarbejde"
    assert composed(scored(passage, 0.9), page=page) == [whole]


def test_an_item_brings_the_sentence_that_leads_in_to_it() -> None:
    passage, page = a_list()
    found = scored(passage, 0.1, 0.1, 0.9, 0.1, 0.1)
    assert composed(found, page=page) == ["Strategien har tre spor: • Færre breve • Ny velfærd"]
    after = scored(passage, 0.1, 0.1, 0.1, 0.1, 0.9)
    assert composed(after, page=page) == ["Sporene gælder fra 2011."]


def test_of_two_that_say_the_same_the_official_document_is_quoted_before_our_digest() -> None:
    digest = scored(a_passage("Aber er meget store.", document=a_document(id="d2", digest=True)), 0.95)
    official = scored(a_passage("Aber er store."), 0.9)
    assert composed(digest, official) == ["Aber er store."]


def test_two_languages_of_a_strategy_are_one_source_quoted_in_the_language_of_the_question() -> None:
    danish = a_document(strategy="s", edition="s-da")
    english = a_document(id="d2", strategy="s", edition="s-en", language="en")
    one = scored(a_passage("Everyone has a letter box.", document=english, language="en"), 0.95)
    same = scored(a_passage("Alle har en postkasse.", document=danish), 0.9)
    assert composed(one, same, similarity=0.65) == ["Alle har en postkasse."]
    assert composed(one, same, similarity=0.5) == ["Everyone has a letter box.", "Alle har en postkasse."]
    other = scored(a_passage("Alle har en postkasse.", document=a_document(strategy="t")), 0.9)
    assert len(composed(one, other, similarity=0.65)) == 2
