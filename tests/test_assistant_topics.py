"""Topics: which words say a thing in either language, by hand."""

import pytest

from assistant.tables.topics import Phrase, read_topic
from corpus.errors import QuestionError
from corpus.lexicon import load_lexicon


@pytest.fixture(scope="module")
def lexicon():
    return load_lexicon()


def ways(topic, side):
    """Every phrase of a topic's parts as the stems of its slots."""
    return [[tuple(sorted(slot)[0] for slot in phrase.slots) for phrase in part] for part in topic.parts[side]]


def test_a_phrase_stands_where_its_words_stand_in_order_and_close() -> None:
    phrase = Phrase(slots=(frozenset({"cyb"}), frozenset({"sikker"})), reach=3)
    assert phrase.found_in({"cyb": [4], "sikker": [6]}) == [(4, 6)]
    assert phrase.found_in({"cyb": [4], "sikker": [2, 9]}) == []
    assert phrase.found_in({"sikker": [6]}) == []


def test_the_glossary_says_a_term_in_the_other_language(lexicon) -> None:
    assert ("artifici", "intellig") in ways(read_topic("kunstig intelligens", "da", lexicon), "en")[0]
    assert ("ai",) in ways(read_topic("artificial intelligence", "en", lexicon), "en")[0]
    assert ("kunst", "intel") in ways(read_topic("AI", "en", lexicon), "da")[0]


def test_a_word_translates_only_into_what_translates_back(lexicon) -> None:
    (drone,) = ways(read_topic("drones", "en", lexicon), "da")
    assert ("fly",) not in drone
    assert any("child" in phrase or "children" in phrase for phrase in ways(read_topic("børn", "da", lexicon), "en")[0])


def test_a_name_finds_what_it_was_called_before_and_after(lexicon) -> None:
    (part,) = read_topic("NemID", "da", lexicon).parts["da"]
    assert not part[0].renamed
    assert any(phrase.renamed and "mitid" in phrase.slots[0] for phrase in part)


def test_a_compound_is_also_its_parts(lexicon) -> None:
    assert ("cyb", "sikker") in ways(read_topic("cybersikkerhed", "da", lexicon), "da")[0]
    assert ("sund", "data") in ways(read_topic("sundhedsdata", "da", lexicon), "da")[0]


def test_the_words_of_an_address_stand_together(lexicon) -> None:
    topic = read_topic("breve på borger.dk", "da", lexicon)
    assert topic.parts["da"][-1][0].slots == (frozenset({"borg"}), frozenset({"dk"}))
    assert topic.parts["da"][-1][0].reach == 1


def test_a_topic_without_words_is_an_error(lexicon) -> None:
    with pytest.raises(QuestionError, match="no words"):
        read_topic("og det", "da", lexicon)
