"""What a document numbers: its initiatives, focus areas and the like, read from its own headings and quoted as they stand."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Literal

from assistant.question.asking import ASKING, NAMING, content_words
from assistant.question.naming import DATED_FAMILIES, NEIGHBOURS
from assistant.quoting.citing import Draft
from assistant.values import Quote
from corpus.values import Block, Document, Page

Kind = Literal["initiative", "focus area", "track", "goal", "signpost", "effort"]

ASKED: Mapping[Kind, re.Pattern[str]] = {
    "initiative": re.compile(r"\binitiativ(er|erne|es|e)?\b", re.IGNORECASE),
    "focus area": re.compile(r"\b(fokusområde(r|rne)?|focus areas?)\b", re.IGNORECASE),
    "track": re.compile(r"\b(spor(ene)?|tracks?)\b", re.IGNORECASE),
    "goal": re.compile(r"\b(mål(ene)?|goals?)\b", re.IGNORECASE),
    "signpost": re.compile(r"\b(pejlemærker(ne)?|signposts?|guiding marks?)\b", re.IGNORECASE),
    "effort": re.compile(r"\b(indsatser(ne)?|efforts?)\b", re.IGNORECASE),
}
NAMED: Mapping[Kind, str] = {
    "initiative": "initiativ|initiative",
    "focus area": "fokusområde|focus area",
    "track": "spor|track",
    "goal": "mål|goal",
    "signpost": "pejlemærke|signpost|guiding mark",
    "effort": "indsats|effort",
}
HEADED: Mapping[Kind, re.Pattern[str]] = {
    kind: re.compile(rf"(?:{names})\s+(\d{{1,3}})(?![.,]?\d)", re.IGNORECASE) for kind, names in NAMED.items()
}
LISTING = re.compile(
    r"\b(list|oplist|nævn|name|numbered|nummererede|indeholder|contains?|includes?|findes|digital)\b", re.IGNORECASE
)
NAMES: Mapping[Literal["da", "en"], Mapping[Kind, str]] = {
    "da": {
        "initiative": "initiativer",
        "focus area": "fokusområder",
        "track": "spor",
        "goal": "mål",
        "signpost": "pejlemærker",
        "effort": "indsatser",
    },
    "en": {
        "initiative": "initiatives",
        "focus area": "focus areas",
        "track": "tracks",
        "goal": "goals",
        "signpost": "signposts",
        "effort": "efforts",
    },
}
COUNTED = {
    "da": "Strategien har {count} nummererede {name}, fra nr. 1 til nr. {count}.",
    "en": "The strategy has {count} numbered {name}, from no. 1 to no. {count}.",
}
FEWEST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One numbered heading of a document, with the title that follows it where there is one."""

    number: int
    page: int
    start: int
    end: int
    text: str


def kinds_named(question: str) -> list[Kind]:
    """Return the kinds of numbered things that a question speaks of."""
    return [kind for kind, pattern in ASKED.items() if pattern.search(question)]


def kinds_asked(question: str) -> list[Kind]:
    """Return the kinds of numbered things that a question asks for, all of them.

    None where it asks for more: "which initiatives are about children" is not answered by a list of every initiative.
    """
    kinds = kinds_named(question)
    aside = (*NEIGHBOURS.values(), *DATED_FAMILIES, ASKING, NAMING, LISTING, *ASKED.values())
    rest = reduce(lambda text, pattern: pattern.sub(" ", text), aside, question)
    return [] if content_words(rest) else kinds


def numbered_as(text: str) -> bool:
    """Return whether a text begins as one numbered thing of several: "Focus area 3 is ..."."""
    return any(pattern.match(text) for pattern in HEADED.values())


def numbered(pages: Sequence[Page], kind: Kind, *, anywhere: bool = False) -> list[Item]:
    """Return the headings numbered 1, 2, 3 ... of a kind, or none unless the row is whole: a gap could make a count false.

    With `anywhere` true every block that begins so counts, as in a digest, whose lists number what the document heads.
    """
    items: dict[int, Item] = {}
    for page in pages:
        for place, block in enumerate(page.blocks):
            if block.kind != "heading" and not anywhere:
                continue
            start = _first_letter(page.text, block)
            found = HEADED[kind].match(page.text, start, block.end)
            if not found:
                continue
            item = _item(page, place, start, int(found[1]))
            held = items.get(item.number)
            # The same number may head an overview and then the part itself: the fuller wording, then the later page.
            if held is None or len(item.text) >= len(held.text):
                items[item.number] = item
    whole = len(items) >= FEWEST and sorted(items) == list(range(1, len(items) + 1))
    return [items[number] for number in sorted(items)] if whole else []


def outline_drafts(
    document: Document, items: Sequence[Item], kind: Kind, *, count: bool, language: Literal["da", "en"]
) -> list[Draft]:
    """Return the answer that an outline gives: a count carried by its first and last heading, or every heading in order."""
    quotes = [_quote(document, item) for item in items]
    if not count:
        return [Draft(text=quote.text, quotes=(quote,)) for quote in quotes]
    text = COUNTED[language].format(name=NAMES[language][kind], count=len(items))
    return [Draft(text=text, quotes=(quotes[0], quotes[-1]))]


def _first_letter(text: str, block: Block) -> int:
    found = re.compile(r"\w").search(text, block.start, block.end)
    return found.start() if found else block.end


def _item(page: Page, place: int, start: int, number: int) -> Item:
    block = page.blocks[place]
    end = block.end
    follower = page.blocks[place + 1] if place + 1 < len(page.blocks) else None
    says_only_its_number = page.text[start:end].rstrip(" .:").endswith(str(number))
    if says_only_its_number and follower and follower.kind == "heading":
        end = follower.end
    return Item(number=number, page=page.number, start=start, end=end, text=page.text[start:end])


def _quote(document: Document, item: Item) -> Quote:
    text = " ".join(item.text.split())
    return Quote(text=text, document=document, page=item.page, heading_path=(), start=item.start, end=item.end)
