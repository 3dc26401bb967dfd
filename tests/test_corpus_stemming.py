"""Stemming: a name that is a stop word but for a capital inside it is a word of its own."""

from corpus.language import question_language
from corpus.stemming import stems, words


def test_a_capital_inside_keeps_a_name_apart_from_the_stop_word_that_it_spells() -> None:
    assert words("AltID er ikke altid MitID") == ["altidid", "er", "ikke", "altid", "mitid"]
    assert stems("Hvad er AltID?", "da") == ["altidid"] == stems("What is AltID?", "en")


def test_hyphens_join_names_that_tell_no_language() -> None:
    assert question_language("Hvad betyder once-only princippet?") == "da"
    assert question_language("AltID", otherwise="en") == "en"
