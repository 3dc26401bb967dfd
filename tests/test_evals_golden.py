"""The golden set: what it promises to hold, and that its questions are no repetition of the documents' words."""

from collections import Counter, defaultdict
from pathlib import Path
from typing import get_args

import pytest

from corpus.errors import AssistantError
from corpus.generations import adopt, new_generation, open_store
from corpus.lexicon import load_lexicon
from corpus.store import Store
from evals.benchmark import DIGESTS
from evals.casebook import SHIPPED, Case, Evidence, Fact, Kind, read_cases
from evals.checking import check_cases
from evals.golden_retrieval import retrieval_set
from evals.overlap import ENOUGH, Overlap, word_overlaps
from tests.fakes import WordEmbedder, a_chunk, a_document, a_page

CASES = read_cases(SHIPPED / "golden.jsonl")
SURVEYS = ("glossary", "history")  # digests of no single strategy


def test_every_strategy_has_pairs_and_every_kind_has_cases() -> None:
    asked: dict[str, set[str]] = defaultdict(set)
    for case in CASES:
        for evidence in case.evidence:
            asked[evidence.document.removesuffix(".pdf")].add(case.language)
    digests = {path.stem for path in DIGESTS.glob("digest-*.pdf")}
    without = {name for name in digests if asked[name] != {"da", "en"}}
    assert without == {f"digest-{name}-{language}" for name in SURVEYS for language in ("da", "en")}
    assert {case.kind for case in CASES} == set(get_args(Kind))


def test_its_shares_are_as_promised() -> None:
    unanswerable = [case for case in CASES if not case.answerable]
    assert len(CASES) >= 200
    assert Counter(case.language for case in CASES)["da"] == len(CASES) / 2
    assert all(case.pair for case in CASES)
    assert 0.2 <= len(unanswerable) / len(CASES) <= 0.25
    assert sum("adversarial" in case.tags for case in unanswerable) >= len(unanswerable) / 2


def test_its_quotes_stand_where_they_are_said_to_and_words_alone_do_not_lead_there(shipped_index: Path) -> None:
    store = open_store(shipped_index, embedder=None)
    try:
        assert check_cases(CASES, store) == []
        overlaps = list(word_overlaps(CASES, store, load_lexicon()).values())
    finally:
        store.close()
    assert sum(overlap.share < ENOUGH for overlap in overlaps) >= len(overlaps) / 2
    assert sum(overlap.suffices for overlap in overlaps) <= len(overlaps) / 2


@pytest.fixture
def store(tmp_path: Path) -> Store:
    embedder = WordEmbedder()
    store = new_generation(tmp_path / "index", embedder=embedder.name)
    page = a_page("Strategien har tolv initiativer. Initiativer om tillid tæller mange penge.")
    chunk = a_chunk(page.text)
    store.replace(a_document(), pages=[page], chunks=[chunk], vectors=embedder.encode_passages([chunk.text]))
    adopt(tmp_path / "index", store)
    return store


@pytest.mark.parametrize(
    ("language", "question", "expected"),
    [
        ("da", "Hvor mange initiativer har strategien?", Overlap(share=0.5, suffices=True)),  # initiativ of initiativ, strategi
        ("da", "Hvor mange penge til initiativer om tillid?", Overlap(share=1 / 3, suffices=False)),
        ("da", "Hvor mange projekter?", Overlap(share=0.0, suffices=False)),
        ("en", "How many initiatives?", Overlap(share=1.0, suffices=False)),  # by the lexicon; there is no English sentence
    ],
)
def test_overlap_counts_content_words_in_the_quote_across_languages(
    store: Store, language: str, question: str, expected: Overlap
) -> None:
    case = Case.model_validate(
        {
            "id": "c",
            "language": language,
            "question": question,
            "kind": "number",
            "answerable": True,
            "evidence": (Evidence(document="strategy.pdf", page=1, quote="har tolv initiativer"),),
            "facts": (Fact(any_of=("tolv",)),),
        }
    )
    assert word_overlaps([case], store, load_lexicon())["c"] == expected


def test_chunks_that_hold_an_expected_quote_are_relevant(store: Store) -> None:
    base = {"language": "da", "kind": "number", "answerable": True, "facts": (Fact(any_of=("tolv",)),)}

    def case(name: str, quote: str, **changes: object) -> Case:
        evidence = (Evidence(document="strategy.pdf", page=1, quote=quote),)
        return Case.model_validate({**base, "id": name, "question": "Hvor mange?", "evidence": evidence, **changes})

    cases = [
        case("a", "har tolv"),
        case("b", "har tretten"),
        case("c", "har tolv", split="test"),
        case("d", "har tolv", history=["?"]),
    ]
    chosen = retrieval_set(cases, store)
    (record,) = chosen.records
    assert chosen.queries == [("a", "Hvor mange?")]
    assert chosen.judgements == {"a": {record[0]: 1}}
    with pytest.raises(AssistantError, match="no question"):
        retrieval_set(cases[1:], store)
