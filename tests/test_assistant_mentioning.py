"""Mentioning: what counts as speaking of a topic, by hand."""

import pytest

from assistant.tables.mentioning import mentions
from assistant.tables.topics import read_topic
from corpus.values import Filters
from tests.fakes_index import Text, an_index

INDEX = an_index(
    Text(
        "strategi.pdf",
        "joint-2011-2015",
        [
            "# Post\nAlle borgere skal have Digital Post i 2014.\nDigitale breve sparer både porto og post.",
            "# Sikkerhed\nStaten styrker cyber- og informationssikkerhed.\nStrategien nævner ikke kunstig intelligens.",
            "# Digital Fuldmagt\nDet hjælper de pårørende.\nDet åbner om to år.",
            "# Kilder\nKunstig intelligens i staten, en rapport.",
        ],
    ),
    Text("plan.pdf", "ai-2019", ["# AI\nThe plan is about artificial intelligence and NemID.\nAI is new."], language="en"),
)


def said(topic: str, language: str = "da", filters: Filters = Filters()) -> list[str]:  # noqa: B008
    found = mentions(read_topic(topic, language, INDEX.lexical.lexicon), INDEX, filters)
    return [mention.sentence.text for mention in found]


def test_the_words_of_a_phrase_must_stand_together() -> None:
    assert said("Digital Post") == ["Alle borgere skal have Digital Post i 2014."]


def test_every_sentence_is_found_in_either_language() -> None:
    expected = ["The plan is about artificial intelligence and NemID.", "AI is new."]
    assert said("kunstig intelligens") == expected
    assert said("artificial intelligence", "en") == expected


def test_what_is_denied_or_only_a_source_is_not_spoken_of() -> None:
    assert said("kunstig intelligens", filters=Filters(strategies=("joint-2011-2015",))) == []


def test_a_compound_is_found_in_an_ellipsis() -> None:
    assert said("cybersikkerhed") == ["Staten styrker cyber- og informationssikkerhed."]
    assert said("cyber security", "en") == ["Staten styrker cyber- og informationssikkerhed."]


def test_of_many_parts_only_the_commonest_may_be_missing() -> None:
    assert said("digital post til borgere i 2014") == ["Alle borgere skal have Digital Post i 2014."]
    assert said("robotter til borgere i 2014") == []


def test_it_is_a_word_where_it_is_written_in_capitals() -> None:
    index = an_index(
        Text("it.pdf", None, ["IT security is a task for all.", "It is a matter of security for all."], language="en"),
        Text("it-da.pdf", None, ["Staten styrker it-sikkerheden.", "Sikkerhed koster penge."]),
    )
    for topic, language in (("IT security", "en"), ("it-sikkerhed", "da")):
        found = mentions(read_topic(topic, language, index.lexical.lexicon), index, Filters())  # type: ignore[arg-type]
        assert [one.sentence.text for one in found] == ["IT security is a task for all.", "Staten styrker it-sikkerheden."]


def test_a_heading_speaks_for_the_first_sentence_under_it() -> None:
    (mention,) = mentions(read_topic("digital fuldmagt", "da", INDEX.lexical.lexicon), INDEX, Filters())
    assert (mention.sentence.text, mention.said) == ("Det hjælper de pårørende.", ())


def test_another_name_is_told() -> None:
    (mention,) = mentions(read_topic("MitID", "da", INDEX.lexical.lexicon), INDEX, Filters())
    assert (mention.said, mention.renamed) == (("NemID",), True)


@pytest.mark.parametrize(
    ("topic", "language"), [("quantum computers", "en"), ("kvantecomputere", "da"), ("drones", "en"), ("droner", "da")]
)
def test_what_is_not_there_is_not_found(topic: str, language: str) -> None:
    assert said(topic, language) == []
