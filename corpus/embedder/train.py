"""`python -m corpus.embedder.train PAIRS.tsv.xz --out FOLDER`: make embedding model and lexicon from parallel text.

PAIRS holds one Danish and one English sentence a line, with a tab between, in document order. FOLDER gets `model/`,
which sentence_transformers loads, and `lexicon.npz`. The same text, seed and package versions give the same files. Exit
codes: 0 made, 1 the text cannot be used (one line says why), 2 the command line is wrong.
"""

import argparse
import json
import logging
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Tokenizer

from corpus.embedder.aligning import Alignment, align
from corpus.embedder.contrasting import Plan, train_vectors
from corpus.embedder.pairs import read_pairs
from corpus.embedder.teaching import taught_vectors
from corpus.embedder.tokenizing import cut, piece_weights, train_tokenizer
from corpus.embedding import Embedder, load_embedder
from corpus.errors import AssistantError
from corpus.lexicon import SHORTEST_PART, Side, load_lexicon, save_lexicon
from corpus.stemming import is_stop_word, stems, words

MODULES = [
    {
        "idx": 0,
        "name": "0",
        "path": "",
        "type": "sentence_transformers.sentence_transformer.modules.static_embedding.StaticEmbedding",
    },
    {
        "idx": 1,
        "name": "1",
        "path": "1_Normalize",
        "type": "sentence_transformers.base.modules.normalize.Normalize",
    },
]
# Endings that are also words: a compound is not cut before them.
ENDINGS = frozenset(
    "ende endes else erne ernes ning heden hedens heds skab lige ligen ligt ling sker tion tive".split()  # noqa: SIM905
)
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What is made: the vocabulary, trained on every `sample`-th pair, the vectors, and what the lexicon keeps."""

    pieces: int = 40_000
    sample: int = 6
    plan: Plan = field(default_factory=Plan)
    least_share: float = 0.02
    most_translations: int = 8
    least_part: int = 20


def make(danish: Sequence[str], english: Sequence[str], out: Path, recipe: Recipe, teacher: Embedder | None) -> None:
    """Write `model/` and `lexicon.npz` into `out` from two lists of sentences that belong together.

    The vectors start from what an English `teacher` knows, and then have its dimensions, or from chance.
    """
    out.mkdir(parents=True, exist_ok=True)
    counts: dict[Side, Counter[str]] = {
        "da": Counter(word for text in danish for word in words(text)),
        "en": Counter(word for text in english for word in words(text)),
    }
    log.info("aligning %d pairs", len(danish))
    alignment = align(danish, english, danish_stems=partial(stems, language="da"), english_stems=partial(stems, language="en"))
    write_lexicon(alignment, choose_parts(counts["da"], recipe), out / "lexicon.npz", recipe)
    log.info("cutting the texts into pieces")
    tokenizer = train_tokenizer([*danish[:: recipe.sample], *english[:: recipe.sample]], recipe.pieces)
    sides = cut(tokenizer, danish), cut(tokenizer, english)
    size = tokenizer.get_vocab_size()
    first = None
    if teacher:
        pieces = [str(tokenizer.id_to_token(number)) for number in range(size)]
        lexicon = load_lexicon(out / "lexicon.npz", glossary=None)
        first = taught_vectors(pieces, counts, lexicon, teacher, recipe.plan.seed)
    vectors = train_vectors(*sides, piece_weights(sides, size), recipe.plan, first)
    write_model(vectors, tokenizer, out / "model")


def write_model(vectors: NDArray[np.float32], tokenizer: Tokenizer, folder: Path) -> None:
    """Write piece vectors (pieces, dimensions) and their tokenizer as a `StaticEmbedding` of sentence_transformers."""
    (folder / "1_Normalize").mkdir(parents=True, exist_ok=True)
    save_file({"embedding.weight": vectors.astype(np.float16)}, folder / "model.safetensors")
    (folder / "model.safetensors").chmod(0o644)
    (folder / "tokenizer.json").write_text(tokenizer.to_str(pretty=False), encoding="utf-8")
    _write_json(folder / "modules.json", MODULES)
    _write_json(folder / "1_Normalize" / "config.json", {})
    _write_json(folder / "config_sentence_transformers.json", {"similarity_fn_name": "cosine"})


def write_lexicon(alignment: Alignment, parts: Mapping[str, int], path: Path, recipe: Recipe) -> None:
    """Write the surest translations of an alignment, in both directions, and the words that compounds are made of."""
    names: dict[Side, Sequence[str]] = {"da": alignment.danish, "en": alignment.english}
    to_english = _surest(alignment.left, alignment.right, alignment.to_english, recipe)
    to_danish = _surest(alignment.right, alignment.left, alignment.to_danish, recipe)
    save_lexicon(path, names, {"da": to_english, "en": to_danish}, parts)


def choose_parts(counts: Mapping[str, int], recipe: Recipe) -> dict[str, int]:
    """The Danish words that a compound may be made of, with how often each was seen, in alphabetical order."""
    return {
        word: count
        for word, count in sorted(counts.items())
        if count >= recipe.least_part
        and len(word) >= SHORTEST_PART
        and word.isalpha()
        and word not in ENDINGS
        and not is_stop_word(word, "da")
    }


def _surest(
    source: NDArray[np.int32], target: NDArray[np.int32], share: NDArray[np.float64], recipe: Recipe
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float64]]:
    """The entries whose share counts, of each source stem only the first few, in the order of the source stems."""
    kept = np.flatnonzero(share >= recipe.least_share)
    kept = kept[np.lexsort((target[kept], -share[kept], source[kept]))]
    rank = np.arange(len(kept)) - np.searchsorted(source[kept], source[kept])
    kept = kept[rank < recipe.most_translations]
    return source[kept], target[kept], share[kept]


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    standard = Recipe()
    parser = argparse.ArgumentParser(
        prog="python -m corpus.embedder.train", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("pairs", type=Path, help="the parallel text, .tsv or .tsv.xz")
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="where the files are written")
    parser.add_argument("--seed", type=int, default=standard.plan.seed)
    parser.add_argument("--limit", type=int, metavar="N", help="use the first N pairs only")
    parser.add_argument("--pieces", type=int, default=standard.pieces, help="size of the vocabulary")
    parser.add_argument("--dimensions", type=int, default=standard.plan.dimensions, help="without a teacher")
    parser.add_argument("--steps", type=int, default=standard.plan.steps)
    parser.add_argument("--teacher", metavar="MODEL", default="", help="an English sentence encoder: folder or hub name")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    plan = Plan(dimensions=options.dimensions, steps=options.steps, seed=options.seed)
    try:
        teacher = load_embedder(options.teacher) if options.teacher else None
        recipe = Recipe(pieces=options.pieces, plan=plan)
        make(*read_pairs(options.pairs, options.limit), options.out, recipe, teacher)
    except (AssistantError, OSError) as error:
        sys.stderr.write(f"train: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
