"""Tests of joining lines to text: hyphenation, ligatures, and the way back to the raw page."""

from collections import Counter

import pytest

from corpus.values import Page
from ingest.cleaning import RawBlock, cleaned, composed, hyphenation, traced, vocabulary


def joined(*lines: str, words: Counter[str] | None = None) -> str:
    at, made = 0, []
    for line in lines:
        made.append(traced(line, at))
        at += len(line) + 1
    return cleaned(made, words if words is not None else Counter()).text


def page(raw: str) -> Page:
    at, blocks = 0, []
    for paragraph in raw.split("\n\n"):
        lines = []
        for line in paragraph.split("\n"):
            lines.append(traced(line, at))
            at += len(line) + 1
        at += 1
        blocks.append(RawBlock(kind="paragraph", lines=tuple(lines)))
    return composed(number=1, label=None, raw=raw, blocks=blocks, words=Counter())


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (("digitaliserings-", "strategi"), "digitaliseringsstrategi"),
        (("digitaliserings\u00ad", "strategi"), "digitaliseringsstrategi"),
        (("digitaliserings- ", " strategi"), "digitaliseringsstrategi"),
        (("send en e-", "mail"), "send en e-mail"),
        (("it-", "systemet"), "it-systemet"),
        (("EU-", "retlige"), "EU-retlige"),
        (("i 2026-", "2029"), "i 2026-2029"),
        (("i 2026\u2013", "2029"), "i 2026\u20132029"),
        (("covid-", "19"), "covid-19"),
        (("Nord-", "Sjælland"), "Nord-Sjælland"),
        (("børne-", "og ungdomspsykiatri"), "børne- og ungdomspsykiatri"),
        (("børne- og", "ungdomspsykiatri"), "børne- og ungdomspsykiatri"),
        (("DIGITALISERINGS-", "STRATEGI"), "DIGITALISERINGSSTRATEGI"),
        (("en pause -", "og så videre"), "en pause - og så videre"),
        (("en pause –", "så videre"), "en pause – så videre"),
        (("se borger.", "dk for mere"), "se borger.dk for mere"),
        (("https://havn.dk/den-store-", "plan"), "https://havn.dk/den-store-plan"),
        (("børne/ungeafde-", "linger"), "børne/ungeafdelinger"),
        (("Det er slut.", "Det begynder"), "Det er slut. Det begynder"),
        (("værdi- \u00ad ", "skabende"), "værdiskabende"),
        (("usyn\u00adlig", "blød"), "usynlig blød"),
    ],
)
def test_lines_are_joined_as_they_were_written(lines: tuple[str, ...], text: str) -> None:
    assert joined(*lines) == text


def test_the_documents_own_spelling_decides_about_a_hyphen() -> None:
    words = vocabulary(["De tech-selskaber og tech-selskaber, som co-", "workshop og onlinetjeneste"])
    assert hyphenation("tech", "selskaber", words) == "keep"
    assert hyphenation("online", "tjeneste", words) == "join"
    assert "co" not in words


def test_ligatures_spaces_and_control_characters_are_made_plain() -> None:
    assert joined("o\ufb03cielt\u00a0\t  tal\x01 \u200bher") == "officielt tal her"


def test_blocks_stand_on_lines_of_their_own_and_empty_ones_are_left_out() -> None:
    made = page("Første afsnit\ngår videre.\n\n\u00ad\n\nAndet afsnit.")
    assert made.text == "Første afsnit går videre.\nAndet afsnit."
    assert [made.text[b.start : b.end] for b in made.blocks] == made.text.split("\n")


def test_the_alignment_leads_back_to_every_character_that_was_left_alone() -> None:
    made = page("Den digitali-\nserede kommu-\nnes e\ufb00ekt i 2026-\n2029.")
    assert made.text == "Den digitaliserede kommunes effekt i 2026-2029."
    for text_at, raw_at, length in made.alignment:
        assert made.text[text_at : text_at + length] == made.raw[raw_at : raw_at + length]
    covered = {raw_at + step for _, raw_at, length in made.alignment for step in range(length)}
    lost = {made.raw[at] for at in range(len(made.raw)) if at not in covered}
    assert lost == {"-", "\n", "\ufb00"}
