"""How many altered claims the checks let through and how many true ones they drop: `python -m training.claims FILE ...`.

`training/claim_pairs` holds claims with the quote that each names, by kind: `pairs.jsonl`, on which the checks were made, and
`later.jsonl`, written afterwards, whose bases of even number were then used too.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.language_model.checking import Fault, fault_of
from assistant.values import Quote
from corpus.lexicon import Lexicon, load_lexicon
from corpus.values import Document

FOLDER = Path(__file__).with_name("claim_pairs")
TRUE = "true"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A claim of some kind and the fault that the checks find in it."""

    id: str
    base: int
    kind: str
    fault: Fault | None


def judged(path: Path, lexicon: Lexicon) -> Iterator[Judged]:
    """Yield the claims of a file with what the checks say of each."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        document = Document(
            id="d",
            path="",
            name="",
            checksum="",
            fingerprint="",
            reader="",
            title="",
            language=row["language_quote"],
            paged=True,
            page_count=1,
        )
        quote = Quote(text=row["quote"], document=document, page=1, heading_path=(), start=0, end=len(row["quote"]))
        fault = fault_of(row["claim"], [quote], language=row["language_claim"], lexicon=lexicon)
        yield Judged(id=row["id"], base=row["base"], kind=row["kind"], fault=fault)


def report(name: str, claims: list[Judged]) -> str:
    """Say how many altered claims were let through, in all and by kind, and how many true ones were dropped, by fault."""
    altered, true = [c for c in claims if c.kind != TRUE], [c for c in claims if c.kind == TRUE]
    through, dropped = (
        Counter(c.kind for c in altered if not c.fault),
        Counter(str(c.fault) for c in true if c.fault),
    )
    kinds = Counter(claim.kind for claim in altered)
    lines = [
        f"{name}: {through.total()} of {len(altered)} altered let through ({through.total() / len(altered):.3f}), "
        f"{dropped.total()} of {len(true)} true dropped ({dropped.total() / len(true):.3f})",
        "  " + ", ".join(f"{kind} {through[kind]} of {count}" for kind, count in sorted(kinds.items())),
        "  true dropped for: " + (", ".join(f"{fault} {count}" for fault, count in dropped.most_common()) or "nothing"),
    ]
    return "\n".join(lines)


def main(paths: list[Path]) -> None:
    """Report on files, on our own pairs if none is given."""
    lexicon = load_lexicon()
    for path in paths or sorted(FOLDER.glob("*.jsonl")):
        claims = list(judged(path, lexicon))
        if path.stem == "later":
            sys.stdout.write(report("later, even", [claim for claim in claims if claim.base % 2 == 0]) + "\n")
            claims = [claim for claim in claims if claim.base % 2]
        sys.stdout.write(report(path.stem, claims) + "\n")


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
