"""How a claim differs from its quotes: signs from 0 to 1 that it says something else, each for one kind of alteration.

Words of the claim are aligned with words of the quotes (stems, parts of compounds, translations and paraphrases of the lexicon),
the small words of `markers` are compared by their values, and numbers, bodies and what stands beside "than", "before", "because"
and "from" by what they belong to. `checking` says which fault a sign tells.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

from assistant.language_model.markers import Marker, markers, opposites
from assistant.language_model.numbers import FRACTIONS, SIGNS, Side, number_words
from corpus.lexicon import Lexicon
from corpus.stemming import is_stop_word, stem

LEAST_TRANSLATED, LEAST_PARAPHRASED = 0.02, 0.08
SHORTEST_PREFIX = 5
PLAIN = 0.4  # from which a sign speaks against a claim
ALMOST_A_COPY = 0.6
LEAST_NEAREST = 0.6  # of the claim's words, which one sentence alone must account for
REACH = 4  # words after "than", "from" and the like that it takes
YEARS = range(1900, 2101)
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W_]+(?:['’][^\W_]+)?")
_CLAUSE = re.compile(
    r"[;:!?]|\.(?=\s|$)|,(?=\s)|\b(?:men|mens|but|while|whereas|hvorimod)\b"
    r"|\b(?:og|and)(?= (?:er|har|kan|skal|vil|bliver|blev|ikke|was|were|is|are|will|has|have|not|can|must)\b)"
    r"|\b(?:og|and)(?= \w{3,}(?:ede|ed)\b)"
)
_PASSIVE: Mapping[Side, re.Pattern[str]] = {
    "da": re.compile(r"\b(?:blev|bliver|blive|blevet|er|var|være)\b(?: \w+){0,3} \w+(?:et|t|ede)\b|\b\w{3,}(?:es|as)\b"),
    "en": re.compile(r"\b(?:is|are|was|were|be|been|being)\b(?: \w+){0,2} (?:\w+ed|\w+en|given|made|led|run|driven|set)\b"),
}
_RECEIVE: Mapping[Side, re.Pattern[str]] = {
    "da": re.compile(r"\b(?:får|fik|fået|modtager|modtog|modtage)\b"),
    "en": re.compile(r"\b(?:gets?|got|receiv\w+|given|obtain\w*)\b"),
}
_PAST: Mapping[Side, re.Pattern[str]] = {
    "da": re.compile(
        r"\b(?:blev|var|havde|fik|kom|gik|trådte|faldt|steg|tog|gav|bad|stod|sagde|begyndte|"
        r"er blevet|er \w+et)\b|\b\w{3,}ede\b"
        r"|\b\w{3,}[kt]te\b|\bhar (?:\w+ ){0,3}\w+(?:t|et|ået)\b"
    ),
    "en": re.compile(
        r"\b(?:was|were|had|has|have(?! to)|rose|fell|grew|came|got|became|took|gave|made|led|"
        r"said|began|went|kept|found|met|paid)\b"
        r"|(?<!\bis )(?<!\bare )(?<!\bbe )(?<!\bbeing )(?<!\bnot )\b\w{3,}ed\b"
    ),
}
_FREE = re.compile(
    r"\b(?:without (?:payment|charge)|uden (?:beregning|betaling)|not only|ikke (?:kun|bare|blot)|"
    r"not later than)\b"
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_a-zæøå])")
_AFTER = re.compile(
    r"(?: [^\W\d_]+\.?){0,2} "
    r"(?:(or more|eller (?:mere|derover|flere)|og (?:derover|opefter))|or (?:less|fewer)|eller (?:mindre|derunder))"
)
_EACH = re.compile(r"(?:\d|\b(?:hver|hvert|pr|per|om|a|an|each|every|inden for|within|i))\.? ?(?:\w+ )?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word in lower case with its stem, its place among the words, its clause, and where it starts."""

    text: str
    stem: str
    place: int
    clause: int
    start: int
    content: bool
    capital: bool
    side: Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A text with its words and markers, in lower case."""

    text: str
    side: Side
    words: tuple[Word, ...]
    marked: tuple[Marker, ...]

    @property
    def content(self) -> list[Word]:
        """The words that are no stop words, markers or numbers."""
        return [word for word in self.words if word.content]

    def values(self, kind: str) -> set[str]:
        """The values that the text has of a kind."""
        return {marker.value for marker in self.marked if marker.kind == kind}

    def of(self, kind: str) -> list[Marker]:
        """The markers of a kind."""
        return [marker for marker in self.marked if marker.kind == kind]

    def after(self, marker: Marker, reach: int = REACH) -> list[Word]:
        """The words of content that follow a marker closely, within its clause."""
        following = [word for word in self.words if word.start >= marker.end]
        if not following:
            return []
        near = [word for word in following[:reach] if word.clause == following[0].clause]
        return [word for word in near if word.content]


def read_text(text: str, side: Side) -> Read:
    """Return a text ready to be compared."""
    return _read_text(text, side)


@lru_cache(maxsize=512)
def _read_text(text: str, side: Side) -> Read:
    small = text.casefold() if len(text.casefold()) == len(text) else text.lower()
    marked = markers(small, side)
    taken = [m for m in marked if m.kind not in ("body", "from", "than", "behalf", "direction", "prefix")]
    breaks = [m.start() for m in _CLAUSE.finditer(small)]
    words: list[Word] = []
    for place, match in enumerate(_WORD.finditer(small)):
        said = match.group()
        marker = any(m.start <= match.start() and match.end() <= m.end for m in taken)
        number = said[0].isdigit() or said in number_words(side) or said in FRACTIONS[side] or said in SIGNS
        words.append(
            Word(
                text=said,
                stem=stem(said, side),
                place=place,
                clause=sum(start <= match.start() for start in breaks),
                start=match.start(),
                content=not (marker or number or is_stop_word(said, side)),
                capital=text[match.start()].isupper() and place > 0,
                side=side,
            )
        )
    return Read(text=small, side=side, words=tuple(words), marked=tuple(marked))


@dataclass(frozen=True, slots=True, kw_only=True)
class Aligned:
    """A claim and one quote, with the words of the quote that each word of the claim may stand for."""

    claim: Read
    quote: Read
    links: Mapping[int, frozenset[int]]

    def linked(self, words: Iterable[Word]) -> set[int]:
        """The places in the quote that words of the claim stand for."""
        return {place for word in words for place in self.links.get(word.place, ())}

    @property
    def said(self) -> set[int]:
        """The places in the quote that the claim says."""
        return {place for places in self.links.values() for place in places}

    @property
    def share(self) -> float:
        """The share of the claim's words of content that stand for a word of the quote; 1 if it has none."""
        content = self.claim.content
        return len(self.links) / len(content) if content else 1.0

    def relevant(self) -> set[int]:
        """The clauses of the quote that the claim speaks of."""
        said = self.said
        sizes: dict[int, list[bool]] = {}
        for word in self.quote.content:
            sizes.setdefault(word.clause, []).append(word.place in said)
        shares = {clause: sum(held) / len(held) for clause, held in sizes.items()}
        best = max(shares.values(), default=0.0)
        return {clause for clause, share in shares.items() if share >= 0.5 or share == best > 0}

    def in_relevant(self, marker: Marker) -> bool:
        """Whether a marker of the quote stands in a clause that the claim speaks of."""
        clause = sum(match.start() <= marker.start for match in _CLAUSE.finditer(self.quote.text))
        return clause in self.relevant() or not any(word.content and word.clause == clause for word in self.quote.words)


def align(claim: Read, quote: Read, lexicon: Lexicon) -> Aligned:
    """Return which words of a quote the words of a claim may stand for."""
    names = {word.place: _names_of(word, claim.side, lexicon) for word in quote.words if len(word.text) > 1}
    links: dict[int, frozenset[int]] = {}
    for word in claim.content:
        parts = {word.stem, word.text}
        if claim.side == "da":
            parts |= {stem(part, "da") for part in lexicon.split(word.text)}
        found = {
            place
            for place, held in names.items()
            if not parts.isdisjoint(held) or _akin(word.text, quote.words[place].text, word.side == quote.side)
        }
        if found:
            links[word.place] = frozenset(found)
    return Aligned(claim=claim, quote=quote, links=links)


def _names_of(word: Word, side: Side, lexicon: Lexicon) -> frozenset[str]:
    """What a word of a quote may be called in the language of the claim."""
    parts = [word.text, *(lexicon.split(word.text) if word.side == "da" else ())]
    stems = {stem(part, word.side) for part in parts}
    if side == word.side:
        near = {name for one in stems for name, weight in lexicon.paraphrases(one, side).items() if weight >= LEAST_PARAPHRASED}
        return frozenset({word.text} | stems | (near if len(parts) == 1 else set()))
    held = {word.text} | {stem(word.text, side)}
    for one in stems:
        held |= {name for name, weight in lexicon.tables[word.side].of(one).items() if weight >= LEAST_TRANSLATED}
    for source, targets in lexicon.terms[word.side].items():
        if stems & set(source):
            held |= {name for target in targets for name in target}
    return frozenset(held)


def _akin(one: str, other: str, same_language: bool) -> bool:
    """Whether two words share their beginning: inflected or derived forms, and words that two languages share."""
    least = SHORTEST_PREFIX if same_language else 4
    shared = 0
    for first, second in zip(one, other, strict=False):
        if first != second:
            break
        shared += 1
    return shared >= least and shared >= 0.6 * min(len(one), len(other)) and not (one.isdigit() or other.isdigit())


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number in a text, its place among the words, its bound ("most", "over" and so on), and its sign, such as "kr"."""

    value: Decimal
    place: int
    clause: int
    bound: str
    sign: str

    @property
    def year(self) -> bool:
        """Whether it may be a year."""
        return self.value == self.value.to_integral_value() and int(self.value) in YEARS


def figures(read: Read) -> list[Figure]:
    """Return the numbers of a text in their order."""
    found: list[Figure] = []
    for word in read.words:
        value = _value(word)
        if value is not None:
            near = [m for m in read.of("bound") if 0 <= word.start - m.end <= 7 and m.value]
            between = [m for m in near if not re.search(r"\d|[,;]", read.text[m.end : word.start])]
            bound = between[-1].value if between else _bound_after(read.text[word.start + len(word.text) :])
            beside = read.words[max(word.place - 1, 0) : word.place + 3]
            sign = next((SIGNS[near.text] for near in beside if near.text in SIGNS), "")
            found.append(Figure(value=value, place=word.place, clause=word.clause, bound=bound, sign=sign))
    return found


def _bound_after(text: str) -> str:
    """The bound that follows a number: ten years or more."""
    match = _AFTER.match(text)
    return ("least" if match[1] else "most") if match else ""


def _value(word: Word) -> Decimal | None:
    if word.text[0].isdigit():
        thousands, point = (".", ",") if word.side == "da" else (",", ".")
        if re.fullmatch(rf"\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+", word.text):
            return Decimal(word.text.replace(thousands, ""))
        plain = word.text.replace(point, ".")
        return Decimal(plain).normalize() if re.fullmatch(r"\d+(?:\.\d+)?", plain) else None
    if word.text in FRACTIONS[word.side]:
        return Decimal(1) / FRACTIONS[word.side][word.text]
    return number_words(word.side).get(word.text)


def names_part(name: str, pair: Aligned, lexicon: Lexicon) -> bool:
    """Whether each part of a name of the claim, of a compound each half, is among what the quote may be saying."""
    claim, quote = pair.claim, pair.quote
    held = {one for word in quote.words for one in _names_of(word, claim.side, lexicon)}
    # A scanned page has "Al" for "AI" more often than not.
    held |= {"ai", "a"} if re.search(r"\bal\b", quote.text) else set()
    for part in _WORD.findall(name.casefold()):
        pieces = (lexicon.split(part) if claim.side == "da" else ()) or (part,)
        akin = any(_akin(part, word.text, claim.side == quote.side) for word in quote.words)
        if not all(stem(piece, claim.side) in held or piece in held for piece in pieces) and not akin:
            return False
    return True


def signs(claim: str, quotes: Sequence[tuple[str, Side]], *, language: Side, lexicon: Lexicon) -> dict[str, float]:
    """Return what speaks against a claim, by name, each from 0 to 1; quotes come with the languages that they are read in."""
    said = read_text(claim, language)
    by_side: dict[Side, list[str]] = {}
    for text, side in quotes:
        by_side.setdefault(side, []).append(text)
    texts = {side: " . ".join(held) for side, held in by_side.items()}
    pairs = [align(said, read_text(text, side), lexicon) for side, text in texts.items()]
    pairs += _nearest_sentence(said, texts, lexicon)
    found = [_signs_of(pair) for pair in pairs]
    return min(found, key=lambda each: sum(value > PLAIN for value in each.values()))


def _nearest_sentence(said: Read, texts: Mapping[Side, str], lexicon: Lexicon) -> list[Aligned]:
    """The claim beside the one sentence that says most of it, if there are several: the others may speak of other things."""
    sentences = [(text, side) for side, whole in texts.items() for text in _SENTENCE.split(whole) if len(text.split()) > 2]
    if len(sentences) < 2:
        return []
    pairs = [align(said, read_text(text, side), lexicon) for text, side in sentences]
    best = max(pairs, key=lambda pair: pair.share)
    return [best] if best.share >= LEAST_NEAREST else []


def _signs_of(pair: Aligned) -> dict[str, float]:
    claim, quote = pair.claim, pair.quote
    found: dict[str, float] = {}
    found |= _sureness(pair)
    found |= _quantities(pair)
    found |= _bounds(pair)
    found |= _times(pair)
    found |= _opposites(pair)
    found |= _anchors(pair)
    found |= _roles(pair)
    found |= _exchanged(pair)
    found |= _substituted(pair)
    bodies = [m for m in claim.of("body") if m.value not in quote.values("body")]
    strange = [m for m in bodies if not pair.linked(w for w in claim.words if w.start == m.start)]
    found["body"] = float(bool(strange))
    return found


def _sureness(pair: Aligned) -> dict[str, float]:
    claim, quote = pair.claim, pair.quote
    said, held = claim.values("sureness"), quote.values("sureness")
    near = {m.value for m in quote.of("sureness") if pair.in_relevant(m)}
    hedged = near & {"should", "may", "planned"}
    denied = "denied" in quote.values("denial")
    only = "only" in quote.values("quantity")
    past, was = bool(_PAST[claim.side].search(claim.text)), bool(_PAST[quote.side].search(quote.text))
    return {
        # Danish "skal" is said of what is to come as well.
        "must added": float(
            "must" in said
            and not held & {"must", "planned"}
            and not only
            and not (denied and "may" in held)
            and claim.side == "en"
        ),
        "must for may": float(
            "must" in said and not held & {"must", "planned"} and bool(held & {"may", "should"}) and not only and not denied
        ),
        "should added": float("should" in said and "should" not in held),
        "may for must": float(
            "may" in said and "may" not in held and bool(held & {"must", "should"}) and "denied" not in claim.values("denial")
        ),
        "decided added": float("decided" in said and "decided" not in held),
        "planned added": float(
            "planned" in said and not held & {"planned", "must", "should", "may"} and not claim.values("denial")
        ),
        "planned for past": float(
            "planned" in said and "planned" not in held and was and not past and not claim.values("denial")
        ),
        "hedge dropped": float(bool(hedged) and not said),
        "hedge for fact": float(bool(hedged) and not said and past and not was),
    }


def _quantities(pair: Aligned) -> dict[str, float]:
    claim, quote = pair.claim, pair.quote
    said, held = claim.values("quantity"), quote.values("quantity")
    if re.search(r"\b(?:hvert?|each|every)\b", quote.text):
        held = held | {"all"}
    half = "half" in held or any(figure.value in (Decimal("0.5"), Decimal(50)) for figure in figures(quote))
    shared = {"few": {"few", "some"}, "some": {"some", "few", "more"}, "only": {"only", "few"}}
    strange = {value for value in said - {"more"} if not held & shared.get(value, {value})}
    if half:
        strange.discard("half")
    denied = "denied" in quote.values("denial")
    if "none" in strange and denied and not held & {"most", "some", "half", "few"}:
        strange.discard("none")
    strong = strange & {"all", "most", "few", "none", "half", "some"}
    rival = held & {"all", "most", "few", "none", "half", "some"} - said
    return {
        "quantity": float(bool(strong)),
        "quantity changed": float(bool(strong) and bool(rival)),
        "only added": float("only" in strange and not re.search(r"\b(?:uden|without|unless|medmindre)\b", quote.text)),
        "only dropped": float("only" in held and "only" not in said and "few" not in held | said and "must" not in said),
    }


def _bounds(pair: Aligned) -> dict[str, float]:
    held: dict[Decimal, set[str]] = {}
    for figure in figures(pair.quote):
        held.setdefault(figure.value, set()).add(figure.bound)
    changed = added = 0.0
    for figure in figures(pair.claim):
        bounds = held.get(figure.value, {figure.bound})
        if figure.bound and figure.bound not in bounds:
            real = bool(bounds - {"", "about"})
            changed = max(changed, float(real))
            added = max(added, float(not real and figure.bound != "about"))
    loose = {figure.bound for figure in figures(pair.claim)} - {m.value for m in pair.quote.of("bound")}
    return {
        "bound changed": changed,
        "bound added": added,
        "bound strange": float(bool(loose & {"most", "least", "over", "under"})),
    }


def _times(pair: Aligned) -> dict[str, float]:
    claim, quote = pair.claim, pair.quote
    months = claim.values("month") - quote.values("month")
    seasons = claim.values("season") - quote.values("season")
    periods = claim.values("period") - quote.values("period")
    rival = quote.values("period") - claim.values("period")
    counts = {figure.value for figure in figures(claim)} | {figure.value for figure in figures(quote)}
    if {"year", "quarter"} == periods | rival and Decimal(4) in counts:
        periods = set()
    counted = [m for m in claim.of("period") if m.value in periods and _EACH.search(claim.text[: m.start])]
    return {
        "month": float(bool(months or seasons)),
        "period changed": float(bool(periods) and bool(rival)),
        "period added": float(bool(counted)),
    }


def _opposites(pair: Aligned) -> dict[str, float]:
    """Denials, directions and opposites together: two changes cancel each other, as "not reliable" and "unreliable" do."""
    claim, quote = pair.claim, pair.quote
    text, other = _FREE.sub(" ", claim.text), quote.text
    cues = [m for m in claim.marked if m.kind in ("denial", "prefix") and m.value != "no more"]
    cues = [m for m in _distinct(cues) if not _FREE.search(claim.text[m.start : m.end + 20][:24])]
    held = [m for m in quote.marked if m.kind in ("denial", "prefix") and m.value != "no more"]
    held = [m for m in _distinct(held) if pair.in_relevant(m) and not _FREE.search(quote.text[m.start : m.end + 20][:24])]
    odd = len(cues) % 2 != len(held) % 2
    if odd and "before" in quote.values("order") and re.search(r"not yet|endnu ikke", claim.text):
        odd = False
    ups, downs = claim.values("direction"), quote.values("direction")
    turned = bool(ups and downs and not ups & downs)
    rows = 0
    for (one, two), (first, second) in zip(opposites(claim.side), opposites(quote.side), strict=True):
        here = (bool(one.search(text)), bool(two.search(text)))
        there = (bool(first.search(other)), bool(second.search(other)))
        rows += here != there and ((here[0] and there[1] and not there[0]) or (here[1] and there[0] and not there[1]))
    swapped = _swapped(pair, "than")
    # A direction and an opposite mostly stand for one and the same change.
    changes = int(turned or rows > 0) + int(swapped)
    return {
        "denial": float(odd and changes % 2 == 0),
        "denial and opposite": float(odd and changes % 2 == 1),
        "opposite": float(not odd and changes % 2 == 1),
    }


def _distinct(found: Sequence[Marker]) -> list[Marker]:
    kept: list[Marker] = []
    for marker in found:
        if not kept or marker.start >= kept[-1].end:
            kept.append(marker)
    return kept


def _swapped(pair: Aligned, kind: str, *, claim_value: str = "", quote_value: str = "") -> bool:
    """Whether what follows a marker in the claim stands elsewhere in the quote than after the quote's own."""
    mine = [m for m in pair.claim.of(kind) if not claim_value or m.value == claim_value]
    theirs = [m for m in pair.quote.of(kind) if not quote_value or m.value == quote_value]
    if not mine or not theirs:
        return False
    held = {word.place for marker in theirs for word in pair.quote.after(marker)}
    for marker in mine:
        taken = [word for word in pair.claim.after(marker) if word.place in pair.links]
        inside = sum(bool(pair.links[word.place] & held) for word in taken)
        rest = pair.linked(word for word in pair.claim.content if word not in taken)
        if taken and held and inside * 2 < len(taken) and len(rest & held) * 2 >= len(held & pair.said) > 0:
            return True
    return False


def _anchors(pair: Aligned) -> dict[str, float]:
    claim, quote = pair.claim, pair.quote
    orders, held = claim.values("order"), quote.values("order")
    both = bool(orders and held)
    same = bool(orders & held)
    anchors = _swapped(pair, "order")
    because = claim.of("cause")
    reasons = [word for marker in because for word in claim.after(marker, 10)]
    unknown = sum(word.place not in pair.links for word in reasons) / len(reasons) if reasons else 0.0
    condition, lacking = quote.of("condition"), not claim.of("condition")
    near = [m for m in condition if m.text not in ("men ikke", "but not")]
    must = "must" in claim.values("sureness") or "only" in claim.values("quantity")
    tails = {word.place for marker in near for word in quote.after(marker, 8)}
    spoken = bool(tails) and len(tails & pair.said) / len(tails) > 0.5
    return {
        "order": float(both and ((same and anchors) or (not same and not anchors))),
        "cause unknown": unknown,
        "cause added": float(bool(because) and not quote.of("cause") and not re.search(r"\b(?:da|as|since)\b", quote.text)),
        "cause swapped": float(_swapped(pair, "cause")),
        "condition dropped": float(bool(near) and lacking and not (must and spoken)),
        "condition changed": float(bool(near) and not lacking and not claim.values("condition") & {m.value for m in near}),
    }


def _roles(pair: Aligned) -> dict[str, float]:
    claim, quote = pair.claim, pair.quote
    voices = [bool(_PASSIVE[read.side].search(read.text)) for read in (claim, quote)]
    receives = [bool(_RECEIVE[read.side].search(read.text)) for read in (claim, quote)]
    turned = (voices[0] != voices[1]) != (receives[0] != receives[1])
    bodies = {m.start for m in claim.of("body")}
    actors = [w for w in claim.words if (w.start in bodies or w.capital) and w.place in pair.links]
    order = [min(pair.links[w.place]) for w in actors if len(pair.links[w.place]) <= 2]
    joined = {i for i, w in enumerate(quote.words) if w.text in ("og", "and", "eller", "or")}
    inverted = 0
    for first, second in pairwise(order):
        if first > second and not joined & set(range(second, first)):
            inverted += 1
    subject = _subject_changed(pair)
    return {
        "from": float(_swapped(pair, "from")),
        "behalf": float(_swapped(pair, "behalf") and any(len(m.text) > 3 for m in (*claim.of("behalf"), *quote.of("behalf")))),
        "actor for actor": float(subject and not turned and bool(inverted)),
        "list added": float(_lists_more(pair)),
    }


_OPENING = re.compile(
    r"^(?:i|på|for|fra|efter|før|inden|ved|med|hvis|når|da|fordi|medmindre|såfremt|pr|ifølge|der|"
    r"det|senest|siden|uden|under|kun|også"
    r"|blandt|hos|om|af|til|mens|selv|ud|både|in|on|for|from|after|before|by|with|if|when|because|"
    r"unless|per|according|there|it|under"
    r"|to|at|of|since|without|only|among|during|as|while|although|both|so|until|every|each|hver|hvert)\b"
)


def _subject_changed(pair: Aligned) -> bool:
    """Whether what the quote opens with is something else in the claim, which opens with what comes later in the quote."""
    claim, quote = pair.claim, pair.quote
    if _OPENING.match(claim.text) or _OPENING.match(quote.text):
        return False
    mine = next((w for w in claim.content), None)
    theirs = next((w for w in quote.content), None)
    if mine is None or theirs is None or mine.place not in pair.links or theirs.place in pair.links[mine.place]:
        return False
    later = [w for w in claim.content if theirs.place in pair.links.get(w.place, ())]
    joined = any(w.text in ("og", "and", "eller", "or") for w in quote.words[theirs.place : min(pair.links[mine.place])])
    return bool(later) and not joined and "than" not in claim.values("than")


def _lists_more(pair: Aligned) -> bool:
    """Whether the claim's list has a thing that the quote does not name."""
    words = pair.claim.words
    for word in words[1:]:
        before = words[word.place - 1]
        between = pair.claim.text[before.start + len(before.text) : word.start]
        lead = before if before.text in ("og", "and") else word if "," in between else None
        verb = word.text.endswith(("ede", "ed", "er")) or pair.claim.side != pair.quote.side
        if lead is None or not word.content or word.place in pair.links or (verb and not word.capital):
            continue
        earlier = words[word.place - (2 if lead is before else 1)] if word.place > 1 else None
        if earlier is not None and earlier.place in pair.links and (earlier.capital == word.capital):
            return True
    return False


def _exchanged(pair: Aligned) -> dict[str, float]:
    claim, quote = pair.claim, pair.quote
    mine, theirs = figures(claim), figures(quote)
    values = {figure.value for figure in theirs}
    exchanged = dated = 0.0
    for figure in mine:
        if figure.value not in values:
            continue
        own = [one for one in theirs if one.value == figure.value]
        signed = {one.sign for one in own}
        others = [
            one
            for one in theirs
            if one.value not in {each.value for each in mine} and one.year == figure.year and one.sign in signed
        ]
        ranged = any(_ranges(quote, one) for one in theirs)
        votes: dict[int, int] = {}
        for places in pair.links.values():
            if len(places) == 1 and others and not ranged:
                (place,) = places
                near, far = _nearness(quote, place, own), _nearness(quote, place, others)
                votes[place] = (near - far <= -2) - (near - far >= 2)
        # What a text opens with may be the subject of all that follows.
        if len(votes) > 1 and quote.content:
            votes.pop(quote.content[0].place, None)
        if sum(votes.values()) < 0:
            exchanged = 1.0
    named = {one.value for one in mine if one.year}
    years = [one for one in theirs if one.year]
    for figure in (one for one in mine if not one.year):
        own = [one for one in theirs if one.value == figure.value]
        if own and len(years) > 1 and named and named <= {one.value for one in years}:
            dated = max(dated, float(all(_year_of(one, theirs) not in named for one in own)))
    return {"number exchanged": exchanged, "year exchanged": dated}


def _ranges(quote: Read, figure: Figure) -> bool:
    """Whether a number is an end of a range: from the one to the other."""
    before = quote.words[figure.place - 1].text if figure.place else ""
    return before in ("fra", "til", "from", "to")


def _year_of(figure: Figure, held: Sequence[Figure]) -> Decimal | None:
    """The year that a number is said of: the next one, unless another number comes first or the text opens with a year."""
    later = next((one for one in held if one.place > figure.place), None)
    earlier = [one for one in held if one.place < figure.place and one.year]
    if later and later.year and not (held[0].year and earlier):
        return later.value
    return earlier[-1].value if earlier else later.value if later else None


def _nearness(quote: Read, place: int, held: Sequence[Figure]) -> float:
    clause = quote.words[place].clause
    return min(abs(place - one.place) + 3 * abs(clause - one.clause) for one in held)


def _substituted(pair: Aligned) -> dict[str, float]:
    """Whether the claim says the quote over again with a word in the place of another that it does not stand for."""
    claim, quote = pair.claim, pair.quote
    said = pair.said
    mine = [_token(word, pair) for word in claim.words]
    theirs = [f"q{word.place}" if word.place in said else word.text for word in quote.words]
    matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
    put = False
    for kind, first, last, start, end in matcher.get_opcodes():
        unknown = any(word.content and word.place not in pair.links for word in claim.words[first:last])
        lost = any(word.content and word.place not in said for word in quote.words[start:end])
        put = put or (kind == "replace" and unknown and lost)
    return {"substituted in a copy": float(put and matcher.ratio() > ALMOST_A_COPY)}


def _token(word: Word, pair: Aligned) -> str:
    places = pair.links.get(word.place)
    return f"q{min(places)}" if places else word.text
