import math
from pathlib import Path
from random import Random

import numpy as np
import pytest

from reader import Text, open_reader
from reader.windows import Window
from training.reader.calibrating import fit_calibration, platt, top_sentence
from training.reader.examples import Chances, Example, changed_question, changed_sentences
from training.reader.judging import Judged
from training.reader.materials import QUESTION_FOLDER, read_lines, slice_of
from training.reader.measuring import auroc, calibration_error

torch = pytest.importorskip("torch")
NEVER = Chances(lower=0, bare=0, slip=0, no_heading=0, title=0, cut=0, without_answer=0, joined=0)


def judged(above: list[float], right: list[int]) -> Judged:
    return Judged(above=np.array(above), right=np.array([place in right for place in range(len(above))]))


def test_auroc_by_hand():
    assert auroc([0.9, 0.8, 0.2, 0.1], [True, False, True, False]) == pytest.approx(0.75)
    assert auroc([0.5, 0.5], [True, False]) == pytest.approx(0.5)
    assert auroc([0.5], [True]) is None


def test_calibration_error_by_hand():
    assert calibration_error([0.95, 0.95, 0.05, 0.05], [True, False, False, False]) == pytest.approx(0.25)
    assert calibration_error([], []) is None


def test_platt_scaling_finds_the_line_of_the_data():
    scores = np.repeat([-2.0, 0.0, 2.0], 1000)
    chances = 1 / (1 + np.exp(-(1.5 * scores - 0.5)))
    right = np.concatenate([np.arange(1000) < 1000 * chance for chance in chances[[0, 1000, 2000]]])
    assert platt(scores, right) == pytest.approx((1.5, -0.5), abs=0.02)


def test_the_surest_sentence_of_several_passages():
    question = [judged([0.0, 1.0], [0]), judged([3.0], [])]
    assert top_sentence(question) == (3.0, False)
    calibration = fit_calibration([question, [judged([2.0, 5.0], [1])]])
    assert math.isfinite(calibration.answer_slope)


def test_nothing_is_changed_where_chance_is_nought():
    random = Random(1)
    assert changed_question("Hvad koster det?", NEVER, random) == "Hvad koster det?"
    kept = changed_sentences(["a", "b", "c"], frozenset([1]), ["d"], NEVER, random)
    assert kept == (["a", "b", "c"], {1})


@pytest.mark.parametrize("seed", range(30))
def test_answers_follow_their_sentences_through_every_change(seed: int):
    random = Random(seed)
    always = Chances(cut=1, without_answer=0, joined=1)
    texts = [f"s{number}" for number in range(8)]
    sentences, answers = changed_sentences(texts, frozenset([3, 4]), ["x", "y", "z"], always, random)
    assert {sentences[place] for place in answers} == {"s3", "s4"}


def test_a_passage_without_its_answers_answers_nothing():
    random = Random(1)
    always = Chances(cut=0, without_answer=1, joined=0)
    assert changed_sentences(["a", "b", "c", "d"], frozenset([1]), [], always, random) == (["a", "c", "d"], set())


def test_the_loss_is_small_where_the_model_is_right():
    from training.reader.learning import make_batch, reading_loss

    answered = Window(ids=(1, 9, 2, 5, 6, 2), asked=3, sentences=(0, 1), spans=((3, 4), (4, 5)))
    batch = make_batch([Example(window=answered, answers=(1,)), Example(window=answered, answers=())])
    right = reading_loss(torch.tensor([[-9.0, 9.0], [-9.0, -9.0]]), torch.tensor([0.0, 0.0]), batch, 0.5)
    wrong = reading_loss(torch.tensor([[9.0, -9.0], [9.0, -9.0]]), torch.tensor([0.0, 0.0]), batch, 0.5)
    assert right < 0.01
    assert wrong > 5


def test_the_written_questions_are_well_formed():
    seen: set[str] = set()
    for path in sorted(QUESTION_FOLDER.glob("o*_*.jsonl")):
        for entry in read_lines(path):
            assert entry["id"] not in seen, entry["id"]
            seen.add(entry["id"])
            size = len(entry["en"]) if "en" in entry else entry["n"]
            assert len(entry.get("da", "")) == len(entry.get("en", "")) or "en" not in entry
            for item in entry["items"]:
                assert item["da"].strip()
                assert item["en"].strip()
                assert all(0 <= number < size for number in item["s"])
    assert {slice_of(name) for name in seen} == set(range(8))


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_small_training_makes_a_reader(tmp_path: Path, shared_data: Path):
    pytest.importorskip("onnx", reason="onnx, which writes the reader's model, is not installed")
    from training.reader.__main__ import main

    folders = ["--shared", str(shared_data), "--work", str(tmp_path / "work"), "--out", str(tmp_path / "out")]
    assert main(["make", "--small", *folders]) == 0
    (reading,) = open_reader(str(tmp_path / "out")).read("Hvem?", [Text(heading="", sentences=("En.", "To."))])
    assert len(reading.answers) == 2
    model = (tmp_path / "out" / "model.onnx").read_bytes()
    assert main(["make", "--small", *folders]) == 0  # every stage is there already
    assert (tmp_path / "out" / "model.onnx").read_bytes() == model


def test_a_missing_text_is_one_clear_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    from training.reader.__main__ import main

    assert main(["make", "--small", "--shared", str(tmp_path), "--work", str(tmp_path), "--out", str(tmp_path)]) == 1
    assert capsys.readouterr().err.startswith("training.reader: Cannot read the parallel text")
