import numpy as np
import pytest

from corpus.errors import StoreError
from corpus.lexical import LexicalIndex, spread
from corpus.lexicon import load_lexicon

TEXTS = [
    ("da", "Borgerne kan give en digital fuldmagt til deres pårørende i løsningen."),
    ("en", "Citizens can give their relatives a digital power of attorney."),
    ("da", "Kommunerne samarbejder om sundhedsvæsenets arkitektur og standarder."),
    ("en", "The municipalities work together on the architecture of the health service."),
    ("da", "MitID har afløst den gamle løsning, som 4,5 mio. danskere brugte i 2021."),
    ("en", "MitID replaced the old solution, which 10,000 companies used in 2021."),
    ("sv", "Kommunerna samarbetar om vården."),
]


@pytest.fixture(scope="module")
def lexicon():
    return load_lexicon()


@pytest.fixture(scope="module")
def index(lexicon):
    return LexicalIndex.build([text for _, text in TEXTS], [language for language, _ in TEXTS], lexicon)


def best(index, query, language, count=1):
    return set(np.argsort(-index.score(query, language), kind="stable")[:count].tolist())


@pytest.mark.parametrize(
    ("query", "language", "found"),
    [
        ("Hvem kan få en digital fuldmagt?", "da", {0, 1}),
        ("Who can be given a digital power of attorney?", "en", {0, 1}),
        ("kommunernes arbejde med sundhed", "da", {2, 3}),
        ("architecture of the health service", "en", {2, 3}),
        ("Hvornår kom MitID?", "da", {4, 5}),
        ("When did MitID come?", "en", {4, 5}),
    ],
)
def test_either_language_finds_either(index, query, language, found):
    assert best(index, query, language, 2) == found


def test_an_earlier_name_finds_what_is_said_of_the_later_one(index):
    assert best(index, "NemID", "da", 2) == {4, 5}
    assert best(index, "NemID", "en", 2) == {4, 5}


def test_numbers_are_exact_and_their_marks_do_not_matter(index):
    assert best(index, "10.000 virksomheder", "da") == {5}
    assert np.count_nonzero(index.score("2021", "da")) == 2
    assert not np.any(index.score("2022", "da"))


def test_scores_are_shares_of_the_query(index):
    scores = index.score("digital fuldmagt", "da")
    assert scores.shape == (len(TEXTS),)
    assert scores.dtype == np.float32
    assert scores.max() < 1
    assert scores.min() == 0


@pytest.mark.parametrize("query", ["", "   ", "og eller men", "🎉🎉", "Ψηφιακή διακυβέρνηση", "?" * 100, "\x00"])
def test_a_query_without_a_known_word_finds_nothing(index, query):
    assert not np.any(index.score(query, "da"))
    assert not np.any(index.score(query, "en"))


def test_a_very_long_query_is_answered(index):
    query = "digital fuldmagt " + "xyzzy%d " * 3 + " ".join(f"ord{number}" for number in range(12_000))
    assert len(query) > 90_000
    assert best(index, query, "da", 2) == {0, 1}


def test_a_query_in_a_third_language_stands_for_itself(index):
    assert best(index, "MitID 2021", "other", 2) == {4, 5}


def test_across_tells_the_other_language(index):
    assert index.across("en").tolist() == [language != "en" for language, _ in TEXTS]
    assert not index.across("other").any()


def test_saving_and_loading_changes_nothing(index, lexicon, tmp_path):
    index.save(tmp_path / "lexical")
    loaded = LexicalIndex.load(tmp_path / "lexical", lexicon)
    for query in ["digital fuldmagt", "sundhed 2021", ""]:
        np.testing.assert_array_equal(loaded.score(query, "da"), index.score(query, "da"))


def test_a_damaged_or_missing_index_is_refused(index, lexicon, tmp_path):
    with pytest.raises(StoreError, match="missing or damaged"):
        LexicalIndex.load(tmp_path / "none", lexicon)
    index.save(tmp_path / "cut")
    (tmp_path / "cut" / "da" / "data.csc.index.npy").write_bytes(b"")
    with pytest.raises(StoreError, match="missing or damaged"):
        LexicalIndex.load(tmp_path / "cut", lexicon)
    index.save(tmp_path / "other")
    (tmp_path / "other" / "lexical.json").write_text('{"version": 0, "size": 1, "parts": []}', "utf-8")
    with pytest.raises(StoreError, match="another version"):
        LexicalIndex.load(tmp_path / "other", lexicon)


@pytest.mark.parametrize("texts", [[], [""], ["og i på"], ["", "MitID"]])
def test_texts_without_words_make_an_index_that_answers(lexicon, texts, tmp_path):
    LexicalIndex.build(texts, ["da"] * len(texts), lexicon).save(tmp_path / "few")
    assert LexicalIndex.load(tmp_path / "few", lexicon).score("MitID", "da").shape == (len(texts),)


def test_weights_rise_with_rarity_and_cover_both_sides(index):
    concepts = index.weighed("pårørende i løsningen", "da")
    assert set(concepts) == {"da", "en"}
    (_, rare), (_, common) = concepts["da"]
    assert rare > common > 0


def test_a_glossary_term_of_several_words_is_translated_as_one(lexicon):
    stems = {name for concept in spread("digital fuldmagt", "da", "en", lexicon) for name in concept.stems}
    assert {"digit", "power", "attorney"} <= stems


def test_what_stands_in_no_text_is_unheard_on_its_side(index):
    assert index.unheard("blockchain", "en") == {"da": 1.0, "en": 1.0}
    assert index.unheard("digital fuldmagt", "da") == {"da": 0.0, "en": 0.0}
    assert index.unheard("", "en") == {"da": 0.0, "en": 0.0}
    assert 0 < index.unheard("MitID blockchain", "en")["en"] < 1
