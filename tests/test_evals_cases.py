"""Cases: their shape, and the checking of a set against an index."""

import json
from pathlib import Path

import jsonschema
import pytest

from corpus.errors import AssistantError
from corpus.generations import adopt, new_generation
from corpus.store import Store
from evals.casebook import SCHEMA_FILE, Case, Evidence, Fact, case_record, read_cases, schema, write_cases
from evals.checking import check_cases
from tests.fakes import WordEmbedder, a_chunk, a_document, a_page

PAGES = (a_page("Strategien har 12 initiativer.\nDen gælder til 2029.", number=1), a_page("Om tillid.", number=2))


def a_case(**changes: object) -> Case:
    """A Danish case whose quote stands on page 1 of the document of `a_document`."""
    values: dict[str, object] = {
        "id": "c1",
        "language": "da",
        "question": "Hvor mange initiativer har strategien?",
        "kind": "number",
        "answerable": True,
        "evidence": (Evidence(document="strategy.pdf", page=1, quote="har 12 initiativer"),),
        "facts": (Fact(any_of=("12", "tolv")),),
    }
    return Case.model_validate(values | changes)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    embedder = WordEmbedder()
    store = new_generation(tmp_path / "index", embedder=embedder.name)
    chunk = a_chunk("Strategien har 12 initiativer.")
    store.replace(a_document(), pages=PAGES, chunks=[chunk], vectors=embedder.encode_passages([chunk.text]))
    adopt(tmp_path / "index", store)
    return store


def test_cases_survive_writing_and_reading(tmp_path: Path) -> None:
    cases = [a_case(), a_case(id="c2", kind="outside", answerable=False, evidence=(), facts=(), tags=("capital",))]
    write_cases(tmp_path / "set.jsonl", cases)
    assert read_cases(tmp_path / "set.jsonl") == cases


def test_the_shipped_schema_is_the_models_and_lets_a_case_through() -> None:
    shipped = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    assert shipped == schema()
    jsonschema.validate(case_record(a_case()), shipped)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**case_record(a_case()), "colour": "red"}, shipped)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "holds no case"),
        ("no json\n", "line 1"),
        (json.dumps({"id": "a"}) + "\n", "line 1: language"),
        (json.dumps(case_record(a_case())) * 1 + "\n" + json.dumps(case_record(a_case())) + "\n", "stands twice"),
        (json.dumps({**case_record(a_case()), "kind": "near"}) + "\n", "contradict"),
        (json.dumps({**case_record(a_case()), "evidence": [], "facts": []}) + "\n", "needs evidence"),
    ],
)
def test_a_set_that_is_not_sound_is_refused_in_one_line(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "set.jsonl").write_text(text, encoding="utf-8")
    with pytest.raises(AssistantError, match=reason) as error:
        read_cases(tmp_path / "set.jsonl")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("evidence", "reason"),
    [
        (Evidence(document="strategy.pdf", page=1, quote="12  INITIATIVER"), "does not stand"),
        (Evidence(document="strategy.pdf", page=2, quote="har 12 initiativer"), "stands on page 1"),
        (Evidence(document="strategy.pdf", page=9, quote="har"), "no text on page 9"),
        (Evidence(document="strategy.pdf", quote="har 12 initiativer"), "has pages"),
        (Evidence(document="other.pdf", page=1, quote="har"), "not in the index"),
    ],
)
def test_evidence_that_does_not_stand_where_it_says_is_a_fault(store: Store, evidence: Evidence, reason: str) -> None:
    assert [reason in fault.reason for fault in check_cases([a_case(evidence=(evidence,))], store)] == [True]


def test_a_sound_set_has_no_fault_and_a_lone_half_of_a_pair_has_one(store: Store) -> None:
    danish, english = a_case(pair="p"), a_case(id="c2", language="en", pair="p")
    assert check_cases([danish, english], store) == []
    assert "one Danish and one English" in check_cases([danish], store)[0].reason
    assert "differ in split" in check_cases([danish, a_case(id="c2", language="en", pair="p", split="test")], store)[0].reason
    assert "approved" in check_cases([a_case(draft=True)], store)[0].reason
