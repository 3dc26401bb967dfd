"""What a document numbers: its initiatives, focus areas and the like, read from its own headings and quoted as they stand."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.question.asking import Numbered
from assistant.quoting.citing import Draft
from assistant.values import Quote
from corpus.values import Block, Document, Page

NAMED: Mapping[Numbered, str] = {
    "initiative": "initiativ|initiative",
    "focus area": "fokusområde|focus area",
    "track": "spor|track",
    "goal": "mål|goal",
    "signpost": "pejlemærke|signpost|guiding mark",
    "effort": "indsats|effort",
}
HEADED: Mapping[Numbered, re.Pattern[str]] = {
    kind: re.compile(rf"(?:{names})\s+(\d{{1,3}})(?![.,]?\d)", re.IGNORECASE) for kind, names in NAMED.items()
}
NAMES: Mapping[Literal["da", "en"], Mapping[Numbered, str]] = {
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


def numbered(pages: Sequence[Page], kind: Numbered, *, anywhere: bool = False) -> list[Item]:
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
    document: Document, items: Sequence[Item], kind: Numbered, *, count: bool, language: Literal["da", "en"]
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
