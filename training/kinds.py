"""Fit the model that tells what kind of question a text is: `python -m training.kinds` writes kinds.npz."""

import re
import sys
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from assistant.question.routing import KINDS, WANTED, WEIGHTS, Floats, Linear, decide, features_of
from corpus.embedding import Embedder, load_embedder

EXAMPLES = WEIGHTS.with_suffix(".toml")
FOLDS = 5
SEED = 7
STRENGTH = 10.0  # C of LogisticRegression
ALIKE_WORDS = 0.6  # Jaccard of their words from which two questions are wordings of one
ALIKE_VECTORS = 0.9  # cosine likewise, which also pairs translations
PRECISION = 0.95
TEMPERATURES = np.geomspace(0.2, 5, 60)
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """A model of one list, and what cross-validation says of it: the truth and the probabilities of each example."""

    labels: tuple[str, ...]
    questions: tuple[str, ...]
    truth: Ints
    held_out: Floats
    model: Linear

    @property
    def accuracy(self) -> float:
        """The share of examples whose likeliest class in cross-validation is theirs."""
        return float((self.held_out.argmax(axis=1) == self.truth).mean())


def read_examples(name: str, path: Path = EXAMPLES) -> dict[str, str]:
    """Return the examples of a list ("kind" or "wanted") as question -> label, counter-examples among them.

    Example: `read_examples("kind")["Hej"]` is "greeting".
    """
    entries = tomllib.loads(path.read_text(encoding="utf-8"))[name]
    found: dict[str, str] = {}
    for entry in entries:
        pairs = [(text, entry["name"]) for text in (*entry["examples_da"], *entry["examples_en"])]
        pairs += [(counter["question"], counter["is"]) for counter in entry.get("counter_examples", ())]
        for text, label in pairs:
            if found.setdefault(text, label) != label:
                raise ValueError(f"{text!r} is both {found[text]!r} and {label!r}")
    return found


def fit(examples: Mapping[str, str], labels: Sequence[str], embedder: Embedder) -> Fitted:
    """Fit one list, with every example judged once by a model that saw none of its wordings."""
    questions = tuple(examples)
    features = features_of(questions, embedder)
    truth = np.array([labels.index(label) for label in examples.values()])
    folds = _folds(questions, embedder)
    scores = np.zeros((len(questions), len(labels)), np.float32)
    for fold in range(FOLDS):
        held = folds == fold
        model = _regress(features[~held], truth[~held])
        scores[held] = features[held] @ model.weights.T + model.biases
    temperature = min(TEMPERATURES, key=lambda value: _loss(scores / value, truth))
    whole = _regress(features, truth)
    # As they are shipped, so that what is measured is what runs.
    weights = whole.weights.astype(np.float16).astype(np.float32)
    return Fitted(
        labels=tuple(labels),
        questions=questions,
        truth=truth,
        held_out=np.exp(_log_softmax(scores / temperature)),
        model=Linear(weights=weights, biases=whole.biases, temperature=float(temperature)),
    )


def thresholds_of(fitted: Fitted) -> Floats:
    """Return for each kind the least probability at which its precision in cross-validation reaches PRECISION."""
    most, sure = fitted.held_out.argmax(axis=1), fitted.held_out.max(axis=1)
    found = np.zeros(len(fitted.labels), np.float32)
    for place, label in enumerate(fitted.labels):
        if label == "lookup":
            continue
        chosen = most == place
        right = fitted.truth[chosen] == place
        order = np.argsort(-sure[chosen], kind="stable")
        precisions = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
        reached = np.flatnonzero(precisions >= PRECISION)
        found[place] = sure[chosen][order][reached[-1]] if len(reached) else 1
    return found


def fit_both(embedder: Embedder) -> tuple[Fitted, Fitted, dict[str, NDArray[np.generic]]]:
    """Return both fitted lists and the arrays that kinds.npz keeps."""
    wanted_examples = read_examples("wanted")
    kinds, wanted = fit(read_examples("kind"), KINDS, embedder), fit(wanted_examples, WANTED, embedder)
    arrays: dict[str, NDArray[np.generic]] = {"thresholds": thresholds_of(kinds)}
    for name, fitted in (("kind", kinds), ("wanted", wanted)):
        arrays[f"{name}_weights"] = fitted.model.weights.astype(np.float16)
        arrays[f"{name}_biases"] = fitted.model.biases
        arrays[f"{name}_temperature"] = np.array(fitted.model.temperature, np.float32)
    return kinds, wanted, arrays


def report(fitted: Fitted, thresholds: Floats | None = None) -> str:
    """Return accuracy, precision and recall of each class and the confused examples, a line each."""
    if thresholds is None:
        chosen = fitted.held_out.argmax(axis=1)
    else:
        chosen = np.array([decide(row, thresholds) for row in fitted.held_out])
    right = chosen == fitted.truth
    lines = [f"accuracy {right.mean():.3f} over {len(right)}"]
    for place, label in enumerate(fitted.labels):
        precision = right[chosen == place].mean() if (chosen == place).any() else float("nan")
        recall = right[fitted.truth == place].mean()
        count = int((fitted.truth == place).sum())
        lines.append(f"  {label:14} n {count:3}  precision {precision:.3f}  recall {recall:.3f}")
    for place in map(int, np.flatnonzero(~right)):
        lines.append(f"    {fitted.labels[fitted.truth[place]]} -> {fitted.labels[chosen[place]]}: {fitted.questions[place]}")
    return "\n".join(lines)


def main() -> int:
    """Fit both lists, print what cross-validation says, and write the weights."""
    kinds, wanted, arrays = fit_both(load_embedder())
    thresholds = thresholds_of(kinds)
    sys.stdout.write(f"kind, without thresholds: {kinds.accuracy:.3f}\nkind: {report(kinds, thresholds)}\n")
    sys.stdout.write(f"thresholds: {dict(zip(KINDS, thresholds.round(2).tolist(), strict=True))}\n")
    sys.stdout.write(f"wanted: {report(wanted)}\n")
    with WEIGHTS.open("wb") as target:
        np.savez_compressed(target, **arrays)  # type: ignore[arg-type]
    return 0


def _regress(features: Floats, truth: Ints) -> Linear:
    model = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=500, random_state=SEED)
    model.fit(features, truth)
    return Linear(weights=model.coef_.astype(np.float32), biases=model.intercept_.astype(np.float32), temperature=1.0)


def _folds(questions: Sequence[str], embedder: Embedder) -> Ints:
    """Return the fold of each question; wordings of one question share a fold."""
    words = [frozenset(re.findall(r"\w+", question.lower())) for question in questions]
    vectors = embedder.encode_queries(questions)
    alike = vectors @ vectors.T >= ALIKE_VECTORS
    groups = list(range(len(questions)))
    for row in range(len(questions)):
        for other in range(row):
            shared = len(words[row] & words[other]) / max(1, len(words[row] | words[other]))
            if (alike[row, other] or shared >= ALIKE_WORDS) and groups[row] != groups[other]:
                old, new = groups[row], groups[other]
                groups = [new if group == old else group for group in groups]
    members, sizes = np.unique(groups, return_counts=True)
    order = np.random.default_rng(SEED).permutation(len(members))
    order = order[np.argsort(-sizes[order], kind="stable")]
    filled, fold_of = np.zeros(FOLDS, np.int64), {}
    for place in order:
        fold_of[int(members[place])] = int(filled.argmin())
        filled[filled.argmin()] += sizes[place]
    return np.array([fold_of[group] for group in groups])


def _log_softmax(scores: Floats) -> Floats:
    raised = scores - scores.max(axis=1, keepdims=True)
    return np.asarray(raised - np.log(np.exp(raised).sum(axis=1, keepdims=True)), np.float32)


def _loss(scores: Floats, truth: Ints) -> float:
    return float(-_log_softmax(scores)[np.arange(len(truth)), truth].mean())


if __name__ == "__main__":
    sys.exit(main())
