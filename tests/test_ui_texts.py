"""The words of the interface: both languages say the same things."""

from collections.abc import Mapping
from dataclasses import fields
from string import Formatter
from typing import get_args

import pytest

from corpus.catalogue import Status
from ui.run_texts import RUN_TEXTS, RunTexts
from ui.table_texts import TABLE_TEXTS, TableTexts
from ui.texts import EXAMPLES, LANGUAGE_NAMES, TEXTS, Failure, Texts, number, preferred_language

Both = Mapping[str, Texts | TableTexts | RunTexts]


def leaves(texts: Texts | TableTexts | RunTexts) -> dict[str, str]:
    """Every text of a language by its path: `title`, `kind.digest.0`, `months.11`."""
    found: dict[str, str] = {}

    def collect(path: str, value: object) -> None:
        if isinstance(value, str):
            found[path] = value
        elif isinstance(value, dict):
            for key, item in value.items():
                collect(f"{path}.{key}", item)
        elif isinstance(value, tuple):
            for key, item in enumerate(value):
                collect(f"{path}.{key}", item)

    for field in fields(texts):
        collect(field.name, getattr(texts, field.name))
    return found


def blanks(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)


@pytest.mark.parametrize("texts", [TEXTS, TABLE_TEXTS, RUN_TEXTS], ids=["page", "tables", "runs"])
def test_both_languages_have_every_text_and_none_is_empty(texts: Both) -> None:
    danish, english = leaves(texts["da"]), leaves(texts["en"])
    assert danish.keys() == english.keys()
    assert [path for path, text in [*danish.items(), *english.items()] if not text.strip()] == []


@pytest.mark.parametrize("texts", [TEXTS, TABLE_TEXTS, RUN_TEXTS], ids=["page", "tables", "runs"])
def test_both_languages_fill_in_the_same_things(texts: Both) -> None:
    danish, english = leaves(texts["da"]), leaves(texts["en"])
    assert {path: blanks(text) for path, text in danish.items()} == {path: blanks(text) for path, text in english.items()}


@pytest.mark.parametrize("texts", [TEXTS, TABLE_TEXTS, RUN_TEXTS], ids=["page", "tables", "runs"])
def test_nothing_is_left_untranslated(texts: Both) -> None:
    english = leaves(texts["en"])
    assert [path for path, text in leaves(texts["da"]).items() if text == english[path]] == []


def test_there_are_words_for_every_failure_and_every_standing() -> None:
    for texts in TEXTS.values():
        assert set(texts.failures) == set(get_args(Failure))
        assert set(texts.standing) == set(get_args(Status))
        assert len(texts.months) == 12


def test_each_language_offers_examples_and_names_itself() -> None:
    assert EXAMPLES.keys() == LANGUAGE_NAMES.keys() == TEXTS.keys()
    assert all(EXAMPLES.values())


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("da-DK,da;q=0.9,en;q=0.8", "da"),
        ("en-US,en;q=0.9,da;q=0.8", "en"),
        ("nb-NO,nb;q=0.9,en;q=0.7", "en"),
        ("de-DE", "da"),
        ("", "da"),
        ("EN", "en"),
        (";;,,", "da"),
    ],
)
def test_the_browsers_first_language_of_ours_is_taken(header: str, expected: str) -> None:
    assert preferred_language(header) == expected


def test_thousands_are_separated_as_each_language_does() -> None:
    assert (number(1362, "da"), number(1362, "en"), number(52, "da")) == ("1.362", "1,362", "52")
