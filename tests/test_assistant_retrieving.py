from collections.abc import Sequence

import numpy as np
import pytest

from assistant.finding.reranking import Asked
from assistant.finding.retrieving import RERANKED, Retriever
from assistant.values import Query
from corpus.embedding import contextual_text, load_embedder
from corpus.lexical import LexicalIndex
from corpus.lexicon import load_lexicon
from corpus.values import Chunk, Filters, Sentence
from tests.fakes import a_document

TEXTS = [
    ("da", ("Adgang",), ["Digital Fuldmagt lader en pårørende handle for dig.", "Løsningen åbner i 2026."]),
    ("en", ("Access",), ["A digital power of attorney lets a relative act for you.", "The solution opens in 2026."]),
    ("da", ("Sikkerhed",), ["Virksomhederne skal beskytte deres systemer mod angreb.", "Det koster 30 mio. kr."]),
    ("en", ("Security",), ["Companies must protect their systems against attacks.", "It costs DKK 30 million."]),
    ("da", ("Sundhed",), ["Patienter kan se deres prøvesvar på sundhed.dk."]),
]


class Memory:
    """A store in memory: exact search over a few chunks."""

    def __init__(self, texts, embedder):
        self.chunks = {f"c{n}": a_chunk(n, language, headings, lines) for n, (language, headings, lines) in enumerate(texts)}
        self.texts = [contextual_text(chunk.heading_path, chunk.text) for chunk in self.chunks.values()]
        self.matrix = embedder.encode_passages(self.texts)

    def nearest(self, vector, *, count: int, filters: Filters):
        allowed = self.matching(filters)
        found = sorted(zip(self.chunks, map(float, self.matrix @ vector), strict=True), key=lambda pair: -pair[1])
        return [pair for pair in found if allowed is None or pair[0] in allowed][:count]

    def passages(self, ids: Sequence[str]):
        return [(self.chunks[key], a_document()) for key in ids]

    def vectors(self, ids: Sequence[str]):
        return self.matrix[[list(self.chunks).index(key) for key in ids]]

    def matching(self, filters: Filters):
        if not filters.languages:
            return None
        return {key for key, chunk in self.chunks.items() if chunk.language in filters.languages}


def a_chunk(number, language, headings, lines):
    sentences = tuple(Sentence(text=line, page=1, start=0, end=len(line)) for line in lines)
    return Chunk(
        id=f"c{number}",
        document_id="d1",
        position=number,
        heading_path=headings,
        sentences=sentences,
        language=language,
    )


@pytest.fixture(scope="module")
def parts():
    return load_embedder(), load_lexicon()


def a_retriever(texts, parts, scorer=None):
    embedder, lexicon = parts
    store = Memory(texts, embedder)
    lexical = LexicalIndex.build(store.texts, [language for language, _, _ in texts], lexicon)
    return Retriever(store=store, embedder=embedder, lexical=lexical, ids=list(store.chunks), scorer=scorer)


@pytest.fixture(scope="module")
def retriever(parts):
    return a_retriever(TEXTS, parts)


def first(retriever, text, language, count, **filters):
    found = retriever.retrieve(Query(text=text, language=language, filters=Filters(**filters)), count=count)
    return [passage.chunk.id for passage in found]


@pytest.mark.parametrize(
    ("question", "language", "expected"),
    [
        ("Hvornår åbner Digital Fuldmagt?", "da", {"c0", "c1"}),
        ("When does the digital power of attorney open?", "en", {"c0", "c1"}),
        ("Hvad koster det at beskytte systemerne mod angreb?", "da", {"c2", "c3"}),
        ("What must companies protect?", "en", {"c2", "c3"}),
    ],
)
def test_a_question_finds_the_passage_and_its_translation(retriever, question, language, expected):
    assert set(first(retriever, question, language, 2)) == expected


def test_filters_hold_for_both_legs(retriever):
    assert set(first(retriever, "digital fuldmagt MitID systemer", "da", 9, languages=("en",))) == {"c1", "c3"}
    assert first(retriever, "digital fuldmagt", "da", 9, languages=("sv",)) == []


def test_scores_fall_and_equal_passages_keep_the_order_of_the_index(parts):
    twins = a_retriever([("da", (), ["Digital post til alle."])] * 4, parts)
    query = Query(text="digital post", language="da")
    assert [passage.chunk.id for passage in twins.retrieve(query, count=4)] == ["c0", "c1", "c2", "c3"]
    scores = [score for _, score in a_retriever(TEXTS, parts).rank(Query(text="angreb i 2026", language="da"), count=5)]
    assert scores == sorted(scores, reverse=True)


def test_more_than_is_reranked_can_be_asked_for(parts):
    many = a_retriever([("da", (), [f"Digital post nummer {n} til kommunen."]) for n in range(RERANKED + 20)], parts)
    ranked = many.rank(Query(text="digital post nummer 7", language="da"), count=RERANKED + 10)
    assert len(ranked) == RERANKED + 10
    assert len(dict(ranked)) == RERANKED + 10
    assert ranked[0][0] == "c7"
    scores = [score for _, score in ranked]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("text", ["", "  ", "🎉", "Ψηφιακή", "?" * 100_000, "og eller men", "ord " * 25_000])
def test_a_query_that_says_nothing_does_no_harm(retriever, text):
    assert len(first(retriever, text, "da", 3)) <= 3


def test_an_empty_index_has_no_passages(parts):
    embedder, lexicon = parts
    empty = Retriever(store=Memory(TEXTS, embedder), embedder=embedder, lexical=LexicalIndex.build([], [], lexicon), ids=[])
    assert empty.retrieve(Query(text="digital post", language="da"), count=3) == []


def test_the_best_sentence_counts_and_its_neighbour_with_it(parts):
    _, lexicon = parts
    texts = [" ".join(lines) for _, _, lines in TEXTS]
    lexical = LexicalIndex.build(texts, [language for language, _, _ in TEXTS], lexicon)
    asked = Asked.of(lexical.weighed("pårørende løsningen", "da")["da"])
    scattered = a_chunk(8, "da", (), ["En pårørende hjælper i dag.", "Noget helt andet.", "Her er løsningen."])
    beside = a_chunk(9, "da", (), ["En pårørende hjælper i dag.", "Her er løsningen.", "Noget helt andet."])
    headed = a_chunk(10, "da", ("Løsningen",), ["En pårørende hjælper."])
    close = a_chunk(11, "da", (), ["En pårørende i løsningen hjælper."])
    coverage = [asked.said_in(chunk, lexicon)[0] for chunk in (beside, scattered, headed, close)]
    assert coverage == [pytest.approx(1.0), coverage[1], coverage[2], pytest.approx(1.0)]
    assert 0 < coverage[1] < coverage[2] < 1
    assert [asked.said_in(chunk, lexicon)[1] for chunk in (close, beside, scattered)] == [1.0, 0.5, 0.5]


def test_a_text_that_shares_no_word_is_reranked_for_its_meaning(parts):
    beside = "Of cars the committee said nothing when it met in room {} to speak of the minutes."
    many = [("en", (), [beside.format(number)]) for number in range(RERANKED + 20)]
    retriever = a_retriever([*many, ("en", (), ["Vehicles with low emissions and no exhaust fumes."])], parts)
    words = retriever._lexical.score("Which cars are clean?", "en")
    assert words[-1] < words[:-1].min()
    assert first(retriever, "Which cars are clean?", "en", len(many) + 1).index(f"c{len(many)}") <= RERANKED


def test_a_cross_encoder_orders_the_passages_and_leaves_the_scores_comparable(parts):
    class Shortest:
        def score(self, query, passages):
            return -np.array([len(passage) for passage in passages], np.float32)

    query = Query(text="Hvad skal virksomheder beskytte?", language="da")
    plain = a_retriever(TEXTS, parts).rank(query, count=5)
    scored = a_retriever(TEXTS, parts, Shortest()).rank(query, count=5)
    assert [score for _, score in scored] == pytest.approx([score for _, score in plain])
    texts = Memory(TEXTS, parts[0]).texts
    lengths = [len(texts[int(key[1:])]) for key, _ in scored]
    assert lengths == sorted(lengths)
