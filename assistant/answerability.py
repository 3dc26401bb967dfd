"""Whether the best sentence that was found answers the question at all: signs of it, and their weighing."""

import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from assistant.asking import Wanted
from assistant.judging import Judgement
from assistant.reranking import Asked
from corpus.lexical import LexicalIndex, side_of, terms
from corpus.lexicon import Side
from corpus.stemming import is_stop_word, words
from corpus.values import Query

# What is called by name: written with a capital within the question, or with a figure, or in capitals inside.
NAME = re.compile(r"(?<=\s)[A-ZÆØÅ][\w'’-]*|\b\w*[a-zæøå0-9][A-ZÆØÅ]\w*|\b\w*\d\w*\b")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
WHO = re.compile(r"\b(?:hvem|hvis|who|whom|whose)\b|\b(?:which|hvilken) (?:minist\w+|person|forsker|king|konge)\b", re.IGNORECASE)
CAPITALISED = re.compile(r"(?<=\w\s)[A-ZÆØÅ]\w+")
NEGATION = re.compile(r"\b(?:ikke|aldrig|ingen|intet|uden|not|never|no|without|\w+n['’]t)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What can be read off the best sentence, its passage and the question."""

    score: float
    coverage: float
    similarity: float
    passage: float
    margin: float
    chunk_coverage: float
    heaviest_chunk: float
    heaviest_sentence: float
    missing_concepts: float
    names_missing: float
    names_missing_chunk: float
    named: float
    wanted_missing: float
    wanted_sign: float
    numbers_missing: float
    across: float
    who_missing: float
    negation: float
    concepts: float
    unknown: float
    weakest: float
    second: float
    closeness: float
    window: float
    exact: float
    focus_missing: float
    extremes: float
    negated: float
    names_exact: float
    sentence_gap: float
    best_coverage: float
    same_words: float
    neighbours: float


EXTREME = re.compile(r"\b(?:first|last|only|largest|smallest|most|least|highest|lowest|biggest|oldest|earliest|latest|never|always|all|every|final|main|original"
 r"|første|sidste|eneste|største|mindste|mest|mindst|flest|færrest|højeste|laveste|ældste|tidligste|seneste|aldrig|altid|alle|vigtigste|oprindelige?)\b", re.I)
FOCUS = re.compile(r"\b(?:hvilke[nt]?|hvad for|which|what(?:'s)?)\s+(?:type|kind|slags|form|of|for|\s)*([a-zæøå]\w+)", re.I)


def signs(query: Query, asked: str, wanted: Wanted, judgements: Sequence[Judgement], lexical: LexicalIndex) -> Signs:
    best = max(judgements, key=lambda judgement: judgement.score)
    chunk = best.passage.chunk
    side: Side = side_of(chunk.language)
    weighed = lexical.weighed(asked, query.language)
    concept = Asked.of(weighed[side])
    headings = terms(" ".join((best.passage.document.title, *chunk.heading_path)), side, lexical.lexicon)
    in_sentence = terms(best.sentence.text, side, lexical.lexicon)
    in_chunk = [*terms(chunk.text, side, lexical.lexicon), *headings]
    held_chunk, held_sentence = concept.held(in_chunk), concept.held([*in_sentence, *headings])
    heaviest = int(concept.shares.argmax()) if len(concept.shares) else -1
    names = NAME.findall(query.text)
    others = sorted((j.score for j in judgements if j.passage.chunk.id != chunk.id), reverse=True)
    text = best.sentence.text
    asked_words = set(words(query.text))
    new_names = [n for n in CAPITALISED.findall(text) if n.lower() not in asked_words]
    numbers = set(NUMBER.findall(query.text))
    return Signs(
        score=best.score,
        coverage=best.coverage,
        similarity=best.similarity,
        passage=best.passage.score,
        margin=best.score - (others[0] if others else 0.0),
        chunk_coverage=float(held_chunk @ concept.shares),
        heaviest_chunk=float(held_chunk[heaviest]) if heaviest >= 0 else 0.0,
        heaviest_sentence=float(held_sentence[heaviest]) if heaviest >= 0 else 0.0,
        missing_concepts=float((held_chunk < 0.05).sum()),
        names_missing=_missing(names, [*in_sentence, *headings], side, query, lexical),
        names_missing_chunk=_missing(names, in_chunk, side, query, lexical),
        named=float(bool(names)),
        wanted_missing=float(wanted in ("number", "time") and best.sign == 0),
        wanted_sign=best.sign,
        numbers_missing=float(bool(numbers - set(NUMBER.findall(chunk.text)))),
        across=float(side_of(query.language) != side),
        who_missing=float(bool(WHO.search(query.text)) and not new_names),
        negation=float(bool(NEGATION.search(query.text)) != bool(NEGATION.search(text))),
        concepts=float(len(concept.shares)),
        unknown=_unknown(lexical, weighed, side),
        weakest=float(held_chunk.min(initial=1.0)),
        second=others[0] if others else 0.0,
        closeness=concept.said_in(chunk, lexical.lexicon)[1],
        **more(query, best, judgements, concept, headings, held_chunk, side, lexical, names, in_chunk),
    )


def more(query, best, judgements, concept, headings, held_chunk, side, lexical, names, in_chunk):
    chunk = best.passage.chunk
    sents = list(chunk.sentences)
    i = sents.index(best.sentence)
    near = sents[max(0, i - 1): i + 2]
    window = concept.held([*(t for x in near for t in terms(x.text, side, lexical.lexicon)), *headings])
    extremes_q = {x.lower() for x in EXTREME.findall(query.text)}
    extremes_c = {x.lower() for x in EXTREME.findall(chunk.text)}
    focus = FOCUS.search(query.text)
    focus_missing = 0.0
    if focus:
        c = Asked.of(lexical.weighed(focus[1], query.language)[side])
        if len(c.shares):
            focus_missing = 1 - float(c.held(in_chunk) @ c.shares)
    own = [w for w in words(query.text) if not is_stop_word(w, query.language)]
    cw = set(words(chunk.text)) | set(words(" ".join(chunk.heading_path)))
    inside = [j for j in judgements if j.passage.chunk.id == chunk.id]
    return dict(
        window=float(window @ concept.shares),
        exact=float(concept.shares[held_chunk >= 0.5].sum()) if len(concept.shares) else 0.0,
        focus_missing=focus_missing,
        extremes=float(bool(extremes_q - extremes_c)),
        negated=float(bool(NEGATION.search(query.text)) and not NEGATION.search(best.sentence.text)),
        names_exact=(sum(n.lower().rstrip("s'’") not in chunk.text.lower() for n in names) / len(names)) if names else 0.0,
        sentence_gap=best.similarity - sum(j.similarity for j in inside) / len(inside),
        best_coverage=max(j.coverage for j in judgements),
        same_words=sum(w in cw for w in own) / max(len(own), 1),
        neighbours=float(max((j.coverage for j in judgements if j.passage.chunk.id != chunk.id), default=0.0)),
    )


def _missing(names: Sequence[str], held: Sequence[str], side: Side, query: Query, lexical: LexicalIndex) -> float:
    found = []
    for name in names:
        concept = Asked.of(lexical.weighed(name, query.language)[side])
        if len(concept.shares):
            found.append(float(concept.held(held) @ concept.shares))
    return 1 - sum(found) / len(found) if found else 0.0


def _unknown(lexical: LexicalIndex, weighed, side: Side) -> float:
    part = lexical.parts.get(side)
    if part is None:
        return 0.0
    total = sum(w for _, w in weighed[side]) or 1.0
    return sum(w for c, w in weighed[side] if not part._spans(c)) / total
