import json
import shutil
import subprocess
import sys

import numpy as np
import pytest

from corpus.embedding import SHIPPED, contextual_text, load_embedder
from corpus.errors import EmbedderError

AWKWARD = ["", "   ", "🎉🎉🎉", "Ψηφιακή διακυβέρνηση", "x" * 100_000, "ord " * 50_000, "\x00\ufffd", "a\u200bb"]


@pytest.fixture(scope="module")
def shipped():
    return load_embedder()


def test_the_shipped_model_brings_translations_together(shipped):
    questions = ["Hvem har ansvaret for sikkerheden?", "Kommunerne skal samarbejde om sundhed.", "Hvad koster det?"]
    passages = ["What does it cost?", "Who is responsible for security?", "The municipalities must cooperate on health."]
    similarity = shipped.encode_queries(questions) @ shipped.encode_passages(passages).T
    assert similarity.argmax(axis=1).tolist() == [1, 2, 0]


def test_rows_are_unit_vectors_and_a_text_without_words_is_zeros(shipped):
    for encode in (shipped.encode_passages, shipped.encode_queries):
        vectors = encode(["Digital post", *AWKWARD])
        assert vectors.shape == (1 + len(AWKWARD), shipped.dimensions)
        assert vectors.dtype == np.float32
        assert np.all(np.isfinite(vectors))
        lengths = np.linalg.norm(vectors, axis=1)
        np.testing.assert_allclose(lengths[[0, 5, 6]], 1, atol=1e-4)
        assert lengths[1] == lengths[2] == 0
    assert shipped.encode_passages([]).shape == (0, shipped.dimensions)


def test_default_and_empty_name_the_same_model_and_names_carry_the_weights(shipped, tmp_path):
    assert load_embedder("default").name == shipped.name
    shutil.copytree(SHIPPED, tmp_path / "default")
    assert load_embedder(str(tmp_path / "default")).name == shipped.name
    weights = tmp_path / "default" / "model.safetensors"
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    weights.write_bytes(content)
    assert load_embedder(str(tmp_path / "default")).name != shipped.name


def test_a_text_is_cut_as_its_tokenizer_cuts_it(shipped):
    texts = ["Selvbetjeningsløsningen (version 2.0) – åbner d. 1/1!", "ﬁn\u00adt  a\u200bb\tc\n\nd", "Ærø & Åbenrå's 100 %"]
    table, tokenizer = shipped._table, shipped._tokenizer
    whole = np.array([table[tokenizer.encode(text, add_special_tokens=False).ids].sum(axis=0) for text in texts])
    whole /= np.linalg.norm(whole, axis=1, keepdims=True)
    np.testing.assert_allclose(shipped.encode_passages(texts), whole, atol=1e-5)


def test_the_shipped_model_needs_no_torch():
    program = "import sys; from corpus.embedding import load_embedder; load_embedder().encode_queries(['a'])"
    program += "; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@pytest.mark.parametrize("damage", ["missing weights", "cut weights", "no tokenizer", "other tokenizer", "empty folder"])
def test_a_damaged_folder_is_refused_in_one_line(tmp_path, damage):
    folder = tmp_path / "model"
    shutil.copytree(SHIPPED, folder)
    if damage == "missing weights":
        (folder / "model.safetensors").unlink()
    elif damage == "cut weights":
        (folder / "model.safetensors").write_bytes((folder / "model.safetensors").read_bytes()[:1000])
    elif damage == "no tokenizer":
        (folder / "tokenizer.json").write_text("{}", "utf-8")
    elif damage == "other tokenizer":
        state = json.loads((folder / "tokenizer.json").read_text("utf-8"))
        state["model"]["vocab"] += [[f"more{number}", -20.0] for number in range(9)]
        (folder / "tokenizer.json").write_text(json.dumps(state), "utf-8")
    else:
        shutil.rmtree(folder)
        folder.mkdir()
    with pytest.raises(EmbedderError, match="model") as error:
        load_embedder(str(folder))
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("name", ["/no/such/folder", "./nowhere", "~/nowhere-at-all"])
def test_a_folder_that_is_not_there_is_refused(name):
    with pytest.raises(EmbedderError, match="does not exist"):
        load_embedder(name)


def test_a_hub_name_that_cannot_be_had_is_refused_in_one_line(monkeypatch):
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(EmbedderError, match="nobody/no-such-model") as error:
        load_embedder("nobody/no-such-model")
    assert "\n" not in str(error.value)


@pytest.fixture(scope="module")
def transformer(tmp_path_factory):
    """A tiny untrained model of the architecture of multilingual-e5, in a folder of that family's name."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    folder = tmp_path_factory.mktemp("models")
    words = ["[PAD]", "[UNK]", "query", "passage", ":", "hvad", "er", "digital", "post", "what", "is"]
    tokenizer = Tokenizer(models.WordLevel({word: number for number, word in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]")
    fast.save_pretrained(folder / "bare")
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=512,
    )
    BertModel(config).save_pretrained(folder / "bare")
    module = Transformer(str(folder / "bare"))
    pooling = Pooling(16, "mean")
    SentenceTransformer(modules=[module, pooling], device="cpu").save(str(folder / "multilingual-e5-tiny"))
    return folder / "multilingual-e5-tiny"


def test_a_family_that_wants_prefixes_gets_them(transformer):
    from sentence_transformers import SentenceTransformer

    plain = SentenceTransformer(str(transformer), device="cpu")
    embedder = load_embedder(str(transformer))
    for encode, prefix in [(embedder.encode_queries, "query: "), (embedder.encode_passages, "passage: ")]:
        expected = plain.encode([f"{prefix}hvad er digital post"], normalize_embeddings=True)
        np.testing.assert_allclose(encode(["hvad er digital post"]), expected, atol=1e-5)
    assert not np.allclose(embedder.encode_queries(["digital post"]), embedder.encode_passages(["digital post"]))


def test_a_model_that_ships_prompts_keeps_them(transformer, tmp_path):
    shutil.copytree(transformer, tmp_path / "multilingual-e5-own")
    config = tmp_path / "multilingual-e5-own" / "config_sentence_transformers.json"
    config.write_text(json.dumps({**json.loads(config.read_text()), "prompts": {"query": "what is ", "document": ""}}))
    from sentence_transformers import SentenceTransformer

    embedder = load_embedder(str(config.parent))
    expected = SentenceTransformer(str(transformer), device="cpu").encode(["what is post"], normalize_embeddings=True)
    np.testing.assert_allclose(embedder.encode_queries(["post"]), expected, atol=1e-5)


def test_any_model_gives_zeros_for_nothing_and_a_name_with_a_fingerprint(transformer):
    embedder = load_embedder(str(transformer))
    vectors = embedder.encode_passages(["digital post", "", "🎉" * 3000])
    assert vectors.shape == (3, embedder.dimensions)
    assert np.all(np.isfinite(vectors))
    assert not vectors[1].any()
    assert embedder.name.startswith("multilingual-e5-tiny@")


def test_a_chunk_stands_below_its_headings():
    assert contextual_text(("Strategi", "Fokus"), "Tekst.") == "Strategi\nFokus\nTekst."
    assert contextual_text(("",), "Tekst.") == "Tekst."


def test_a_static_model_that_joins_words_is_left_to_sentence_transformers(tmp_path):
    from safetensors.numpy import save_file
    from sentence_transformers import SentenceTransformer

    shutil.copytree(SHIPPED, tmp_path / "joining")
    state = json.loads((SHIPPED / "tokenizer.json").read_text("utf-8"))
    state["pre_tokenizer"] = None
    state["model"]["vocab"] = [["[UNK]", 0.0], ["new york", -1.0], *([letter, -5.0] for letter in " abcdefghiknorstvwy")]
    (tmp_path / "joining" / "tokenizer.json").write_text(json.dumps(state), "utf-8")
    table = np.random.default_rng(1).normal(size=(len(state["model"]["vocab"]), 8)).astype(np.float32)
    save_file({"embedding.weight": table}, tmp_path / "joining" / "model.safetensors")
    expected = SentenceTransformer(str(tmp_path / "joining"), device="cpu").encode(["in new york"])
    np.testing.assert_allclose(load_embedder(str(tmp_path / "joining")).encode_passages(["in new york"]), expected, atol=1e-5)
