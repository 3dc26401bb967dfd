"""Whether the best sentences that were found answer the question at all.

Signs are read off the best sentence and its passage, and most are weighed by a logistic regression. Three speak alone: most of
what is asked about stands in no document at all; one strategy is asked about, and nothing of that stands in the sentence; a
number or money is asked for, and the sentence holds none or is about something else. `python -m evals fit-abstention` fits the
weights; data, figures and what lost are in docs/adr/0072-refusing-what-is-near.md.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from assistant.finding.answer_types import BEGUN
from assistant.finding.judging import PLAINLY, Judgement
from assistant.finding.reranking import Asked
from assistant.question.asking import OF_THE_WHOLE, Wanted
from assistant.question.naming import FAMILIES, PERIOD
from assistant.values import Abstention, Query
from corpus.lexical import LexicalIndex, side_of, terms
from corpus.lexicon import Side

# What is called by its name: a capital within the question, a capital inside a word, or a figure.
NAME = re.compile(r"(?<=\s)[A-ZÆØÅ][\w'’-]*|\b\w*[a-zæøå0-9][A-ZÆØÅ]\w*|\b\w*\d\w*\b")
COINED = re.compile(r"\b\w*[a-zæøå][A-ZÆØÅ]\w*\b|\b\w+\.dk\b")  # MitID, NemKonto, borger.dk
DENIAL = re.compile(r"\b(?:ikke|ej|aldrig|ingen|intet|undtagen|not|never|none?|cannot|except|\w+n['’]t)\b", re.IGNORECASE)
NEAR_THE_BEST = 0.85
COUNTED: frozenset[Wanted] = frozenset({"number", "money"})
TYPED: frozenset[Wanted] = COUNTED | {"time", "definition"}
PLAIN: frozenset[Wanted] = frozenset({"publisher", "predecessor", "successor", "strategy"})
LEAST_SIGN = 0.3  # how plainly a sentence must hold the number or the money that is asked for
LEAST_COUNTED = 0.4  # of what is asked about that such a sentence must hold: a number alone says nothing
MOST_UNHEARD, LEAST_BESIDE = 0.5, 0.5  # where so much stands in no document, the sentence must hold more than so much
LEAST_HELD = 0.1  # of what is asked about that the sentence must hold where certain strategies alone are searched
RUNNERS_UP = 8  # sentences that the best is compared with, itself among them
HARDLY = 0.05  # of a name: what lacks no more than so much of it says it
NEAR = 0.25  # of what is asked about that the sentence holds, for it to be called near


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What speaks for and against the best sentence, all but `lead` from 0 to 1.

    `passage` is its passage's score, and `lead` how far its own score is above the mean of the best ones. `sentence` is how much
    it holds, with its headings, of the weight of what is asked about, `unheard` how much of that no document holds, and
    `heaviest_missing` the share of the whole question that the heaviest word it lacks has. `names_missing` is the share of
    the names that it lacks.

    The others are 0 or 1. `across`: it is in another language than the question. `negation_missing`: the question denies and the
    sentence does not. `counts`: a number or money is wanted. `kind_missing`: these, or a time, are wanted and not there.
    `bounded`: certain strategies alone are searched, and the sentence does not plainly hold what is expected.
    """

    passage: float
    lead: float
    sentence: float
    unheard: float
    names_missing: float
    heaviest_missing: float
    negation_missing: float
    kind_missing: float
    counts: float
    across: float
    bounded: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A weight for each sign and a bias: a question is refused where their sum is below 0, or a sign speaks alone."""

    weights: Mapping[str, float]
    bias: float

    def refuses(self, read: Signs) -> bool:
        """Return whether a question is refused for what was read off the best sentence."""
        return speaks_alone(read) or self.weigh(read) < 0

    def weigh(self, read: Signs) -> float:
        """Return the weighed sum of some signs."""
        return self.bias + sum(weight * float(getattr(read, name)) for name, weight in self.weights.items())


# What `python -m evals fit-abstention` printed for development sets.
RULE = Rule(
    weights={
        "passage": 6.39,
        "lead": 3.23,
        "across": 0.44,
        "names_missing": -1.03,
        "heaviest_missing": -0.90,
        "negation_missing": -0.80,
        "kind_missing": -1.11,
    },
    bias=-2.81,
)


def answering(query: Query, wanted: Wanted, judgements: Sequence[Judgement], lexical: LexicalIndex) -> list[Judgement]:
    """Return the judgements that may answer.

    Where a number, money, a time or what something is is asked for, or something is called by name, and a sentence near the
    best holds it, such alone.
    """
    chosen = list(judgements)
    if wanted in TYPED:
        chosen = _preferred(chosen, [judgement.sign >= LEAST_SIGN for judgement in chosen])
    names = _names(query, lexical)
    if names:
        chosen = _preferred(chosen, [_missing(names, judgement, lexical) < HARDLY for judgement in chosen])
    return chosen


def _preferred(judgements: Sequence[Judgement], holds: Sequence[bool]) -> list[Judgement]:
    """Those judgements that hold something, where one of them is near the best; else all."""
    least = NEAR_THE_BEST * max((judgement.score for judgement in judgements), default=0.0)
    held = [judgement for judgement, it_does in zip(judgements, holds, strict=True) if it_does]
    return held if any(judgement.score >= least for judgement in held) else list(judgements)


def refusal(
    query: Query, topic: Sequence[str], wanted: Wanted, judgements: Sequence[Judgement], lexical: LexicalIndex
) -> Abstention | None:
    """Return why the judged sentences are no answer, or None where the best of them may be one.

    `topic` are the words that say what the question is about, none where it is about a strategy alone.
    """
    if not judgements:
        return "nothing near"
    best = max(judgements, key=lambda judgement: judgement.score)
    if best.sign >= PLAINLY and (wanted == "definition" or (wanted in PLAIN | OF_THE_WHOLE and query.filters.strategies)):
        # It says what the thing is; or, of one strategy, plainly who, which or what for: that needs no word of the question.
        return None
    about = " ".join(topic)
    read = signs(query, about, wanted, judgements, lexical)
    if not RULE.refuses(read):
        return None
    if min(lexical.unheard(about, query.language).values()) >= MOST_UNHEARD:
        return "outside the collection"
    return "near but not answering" if read.sentence >= NEAR else "nothing near"


def speaks_alone(read: Signs) -> bool:
    """Return whether a sign refuses whatever the others weigh."""
    strange = read.unheard >= MOST_UNHEARD and read.sentence <= LEAST_BESIDE
    # All that is searched is about the strategy that was named, so what is asked of it must stand there.
    unsaid = bool(read.bounded) and read.sentence < LEAST_HELD
    return strange or unsaid or bool(read.counts and (read.kind_missing or read.sentence < LEAST_COUNTED))


def signs(query: Query, about: str, wanted: Wanted, judgements: Sequence[Judgement], lexical: LexicalIndex) -> Signs:
    """Return the signs of the best of some judged sentences, by the words that say what a question is `about`."""
    first = sorted(judgements, key=lambda judgement: -judgement.score)[:RUNNERS_UP]
    best = first[0]
    chunk, document = best.passage.chunk, best.passage.document
    side = side_of(chunk.language)
    said = terms(" ".join((document.title, *chunk.heading_path, best.sentence.text)), side, lexical.lexicon)
    # "Introduced" is answered by "launched": a beginning is told by any of its verbs.
    told = BEGUN.sub(" ", query.text) if wanted == "time" and BEGUN.search(best.sentence.text) else query.text
    asked, topic = (Asked.of(lexical.weighed(text, query.language)[side]) for text in (told, about))
    denied = DENIAL.search(query.text) and not DENIAL.search(best.sentence.text)
    return Signs(
        passage=best.passage.score,
        lead=best.score - fmean(judgement.score for judgement in first),
        sentence=topic.covered(said, around=[]) if len(topic.shares) else 1.0,
        unheard=lexical.unheard(about, query.language)[side],
        names_missing=_missing(_names(query, lexical), best, lexical),
        heaviest_missing=float((asked.shares * (1 - asked.held(said))).max(initial=0)),
        negation_missing=float(bool(denied)),
        kind_missing=float((wanted in COUNTED or wanted == "time") and best.sign < LEAST_SIGN),
        counts=float(wanted in COUNTED),
        bounded=float(bool(query.filters.strategies) and best.sign < PLAINLY),
        across=float(query.language != "other" and side_of(query.language) != side),
    )


def _names(query: Query, lexical: LexicalIndex) -> dict[str, Mapping[Side, Asked]]:
    """The names in a question with what each asks of texts of either side."""
    found: dict[str, Mapping[Side, Asked]] = {}
    text = PERIOD.sub(" ", query.text)
    if query.filters.strategies:
        # The names of the strategies that alone are searched tell their sentences apart no more.
        for _, pattern in FAMILIES:
            text = pattern.sub(" ", text)
    for name in NAME.findall(text):
        weighed = lexical.weighed(name, query.language)
        found[name] = {side: Asked.of(concepts) for side, concepts in weighed.items()}
    return found


def _missing(names: Mapping[str, Mapping[Side, Asked]], judgement: Judgement, lexical: LexicalIndex) -> float:
    """The share of some names that a sentence and its headings do not say, under none of the names that the glossary knows."""
    if not names:
        return 0.0
    chunk, side = judgement.passage.chunk, side_of(judgement.passage.chunk.language)
    text = judgement.sentence.text
    if not (any(map(COINED.search, names)) and COINED.search(text)):
        # Under a heading that names several, a sentence that names one speaks of that alone.
        text = " ".join((judgement.passage.document.title, *chunk.heading_path, text))
    said = terms(text, side, lexical.lexicon)
    # A name that is also a stop word asks nothing of the index: then it must stand there as it is written.
    held = [
        float(asked[side].held(said) @ asked[side].shares) if len(asked[side].shares) else float(name in text)
        for name, asked in names.items()
    ]
    return 1 - sum(held) / len(held)
