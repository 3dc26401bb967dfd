import itertools
import lzma

import numpy as np
import pytest

from corpus.embedder.aligning import align
from corpus.embedder.teaching import taught_vectors
from corpus.embedder.train import main
from corpus.embedding import load_embedder
from corpus.lexicon import load_lexicon
from tests.fakes import WordEmbedder

SUBJECTS = [("borgeren", "the citizen"), ("kommunen", "the municipality"), ("lægen", "the doctor"), ("skolen", "the school")]
VERBS = [("bruger", "uses"), ("betaler for", "pays for"), ("venter på", "waits for"), ("roser", "praises"), ("ser", "sees")]
OBJECTS = [
    ("den digitale post", "the digital mail"),
    ("et nyt pas", "a new passport"),
    ("den grønne cykel", "the green bicycle"),
    ("en gammel bro", "an old bridge"),
    ("det varme brød", "the warm bread"),
]
PAIRS = [
    tuple(f"{' '.join(words)}." for words in zip(*parts, strict=True)) for parts in itertools.product(SUBJECTS, VERBS, OBJECTS)
]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The folder of a model and a lexicon made from a hundred sentence pairs."""
    folder = tmp_path_factory.mktemp("made")
    with lzma.open(folder / "pairs.tsv.xz", "wt", encoding="utf-8") as file:
        file.writelines(f"{danish}\t{english}\n" for danish, english in PAIRS)
    assert train(folder, "first") == 0
    return folder


def train(folder, name):
    sizes = ["--pieces", "200", "--dimensions", "16", "--steps", "60"]
    return main([str(folder / "pairs.tsv.xz"), "--out", str(folder / name), "--seed", "1", *sizes])


def test_translations_come_out_nearest(made):
    embedder = load_embedder(str(made / "first" / "model"))
    danish = embedder.encode_queries([pair[0] for pair in PAIRS])
    english = embedder.encode_passages([pair[1] for pair in PAIRS])
    nearest = np.argmax(danish @ english.T, axis=1)
    assert np.mean(nearest == np.arange(len(PAIRS))) > 0.9


def test_the_lexicon_knows_the_words(made):
    lexicon = load_lexicon(made / "first" / "lexicon.npz", glossary=None)
    for danish, english in [("cykel", "bicycl"), ("brød", "bread"), ("kommun", "municip")]:
        translations = lexicon.tables["da"].of(danish)
        assert max(translations, key=translations.get) == english
        assert danish in lexicon.tables["en"].of(english)


def test_the_same_seed_makes_the_same_files(made):
    assert train(made, "second") == 0
    for name in ["lexicon.npz", "model/tokenizer.json", "model/model.safetensors"]:
        assert (made / "first" / name).read_bytes() == (made / "second" / name).read_bytes(), name


def test_sentence_transformers_loads_the_model_and_agrees(made):
    from sentence_transformers import SentenceTransformer

    texts = [text for pair in PAIRS[:20] for text in pair]
    theirs = SentenceTransformer(str(made / "first" / "model"), device="cpu").encode(texts)
    ours = load_embedder(str(made / "first" / "model")).encode_passages(texts)
    np.testing.assert_allclose(np.asarray(theirs, np.float32), ours, atol=2e-3)


def test_text_without_pairs_is_refused_in_one_line(tmp_path, capsys):
    (tmp_path / "no.tsv").write_text("one sentence\nand another\n", encoding="utf-8")
    assert main([str(tmp_path / "no.tsv"), "--out", str(tmp_path / "out")]) == 1
    assert main([str(tmp_path / "missing.tsv"), "--out", str(tmp_path / "out")]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert "no.tsv" in lines[0]


def test_alignment_tells_words_apart_that_often_stand_together():
    danish = ["hund kat", "hund fugl", "kat fugl", "hund hest", "kat hest", "fugl hest"] * 3
    english = ["dog cat", "dog bird", "cat bird", "dog horse", "cat horse", "bird horse"] * 3
    found = align(danish, english, danish_stems=str.split, english_stems=str.split)
    best = {}
    for left, right, share in zip(found.left, found.right, found.to_english, strict=True):
        best[found.danish[left]] = max(best.get(found.danish[left], (0, "")), (share, found.english[right]))
    assert {word: name for word, (_, name) in best.items()} == {"hund": "dog", "kat": "cat", "fugl": "bird", "hest": "horse"}


def test_a_teacher_hands_what_it_knows_to_the_pieces_of_both_languages(made):
    teacher = WordEmbedder()
    lexicon = load_lexicon(made / "first" / "lexicon.npz", glossary=None)
    counts = {"da": {"kommunen": 20, "lægen": 20}, "en": {"municipality": 20, "doctor": 20, "bread": 20}}
    pieces = ["[UNK]", "▁kommunen", "▁municipality", "▁lægen", "▁doctor", "ing"]
    vectors = taught_vectors(pieces, counts, lexicon, teacher, seed=1)
    lengths = np.linalg.norm(vectors, axis=1)
    assert vectors.shape == (6, teacher.dimensions)
    np.testing.assert_allclose(lengths[1:5], 1, atol=1e-5)
    assert lengths[[0, 5]].max() < 0.6
    similar = vectors[1:5] @ vectors[1:5].T
    assert min(similar[0, 1], similar[2, 3]) > 0.95
    assert abs(similar[0, 2]) < 0.7
