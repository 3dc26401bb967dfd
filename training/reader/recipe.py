"""The numbers of a training, the real one and a small one that shows the way works."""

from dataclasses import dataclass, field, replace

from reader.windows import Limits
from training.reader.distilling import DistillingPlan
from training.reader.learning import LearningPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixture:
    """How many examples of each source a pass has, and how many foreign passages for each of them."""

    squad: int
    norquad: int
    readings: int  # of the two or four pairs of languages in which each written question can be read
    foreign: float = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """Everything that decides what comes out."""

    lines: int | None = None  # of the parallel text that are looked at
    danish_pieces: int = 26_000
    vocabulary_step: int = 6
    aligned: int = 150_000
    distilled: int = 160_000
    layers: int = 6
    written: int | None = None  # questions
    seed: int = 1
    limits: Limits = field(default_factory=Limits)
    distilling: DistillingPlan = field(default_factory=DistillingPlan)
    passes: tuple[tuple[Mixture, LearningPlan], ...] = (
        (Mixture(squad=4_000, norquad=800, readings=1, foreign=0.3), LearningPlan()),
        (
            Mixture(squad=2_000, norquad=300, readings=2, foreign=0.3),
            LearningPlan(rate=1e-4, head_rate=2e-4, seed=2),
        ),
        (
            Mixture(squad=2_500, norquad=0, readings=1),
            LearningPlan(rate=1.5e-4, head_rate=2e-4, word_rate=2e-4, seed=3),
        ),
    )
    calibrated: int = 400  # questions, at most
    foreign: int = 9  # passages beside a question's own, for the calibration


def small_recipe() -> Recipe:
    """A training of about a minute, whose reader is of no use."""
    standard = Recipe()
    learning = replace(LearningPlan(), tokens=2_000)
    return replace(
        standard,
        lines=4_000,
        danish_pieces=2_000,
        vocabulary_step=1,
        aligned=1_500,
        distilled=300,
        layers=2,
        written=60,
        passes=(
            (Mixture(squad=60, norquad=20, readings=1), learning),
            (Mixture(squad=20, norquad=0, readings=2), learning),
        ),
        foreign=2,
    )
