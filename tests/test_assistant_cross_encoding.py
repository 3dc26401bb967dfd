"""The door to cross-encoders, with a tiny untrained model made here."""

import numpy as np
import pytest

from assistant.finding.cross_encoding import CrossEncoderScorer, EntailmentModel, open_pair_scorer, reordered
from corpus.errors import EmbedderError


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return made(tmp_path_factory.mktemp("models") / "cross-encoder-tiny", num_labels=1)


@pytest.fixture(scope="module")
def entailment(tmp_path_factory):
    names = {0: "contradiction", 1: "ENTAILMENT", 2: "neutral"}
    return made(tmp_path_factory.mktemp("models") / "entailment-tiny", id2label=names, label2id={v: k for k, v in names.items()})


def made(folder, **labels):
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    names = ["[PAD]", "[UNK]", "[SEP]", "hvad", "er", "digital", "post", "what", "is"]
    tokenizer = Tokenizer(models.WordLevel({name: number for number, name in enumerate(names)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(single="$A", pair="$A [SEP] $B:1", special_tokens=[("[SEP]", 2)])
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", sep_token="[SEP]", model_max_length=64
    ).save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(names),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=64,
        **labels,
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    return folder


def test_each_pair_gets_the_score_that_the_model_gives_it(model):
    from sentence_transformers import CrossEncoder

    passages = ["digital post er digital", "what is", "", "post " * 500]
    pairs = [("hvad er digital post", passage) for passage in passages]
    expected = CrossEncoder(str(model), device="cpu").predict(pairs)
    np.testing.assert_allclose(CrossEncoderScorer(str(model)).score("hvad er digital post", passages), expected, atol=1e-5)


def test_no_passages_have_no_scores(model):
    assert CrossEncoderScorer(str(model)).score("hvad", []).shape == (0,)


def test_a_folder_without_a_model_is_refused_in_one_line(tmp_path):
    with pytest.raises(EmbedderError, match="reranking model") as error:
        open_pair_scorer(str(tmp_path))
    assert "\n" not in str(error.value)


def test_none_is_opened_unless_one_is_named():
    assert open_pair_scorer("") is None


def test_scores_are_dealt_out_in_the_order_of_others_and_equal_ones_keep_theirs():
    scores, by = np.array([0.9, 0.5, 0.7], np.float32), np.array([1, 3, 2], np.float32)
    assert reordered(scores, by).tolist() == pytest.approx([0.5, 0.9, 0.7])
    assert reordered(scores, np.zeros(3, np.float32)).tolist() == pytest.approx([0.9, 0.7, 0.5])


def test_entailment_is_the_probability_of_its_label_and_a_part_is_not_judged(entailment):
    from sentence_transformers import CrossEncoder

    expected = CrossEncoder(str(entailment), device="cpu").predict([("digital post", "post")], apply_softmax=True)[0][1]
    model = EntailmentModel(str(entailment))
    assert model.entails("digital post", "post") == pytest.approx(expected, abs=1e-5)
    assert model.entails("post " * 100, "post") is None


def test_a_model_without_entailment_is_refused(model):
    with pytest.raises(EmbedderError, match="no label 'entailment'"):
        EntailmentModel(str(model))
