"""Checking: a claim that says more than its quotes do, in numbers, names, denials or language, is told."""

import pytest

from assistant.language_model.checking import Fault, fault_of, is_substantive
from assistant.language_model.numbers import Side
from assistant.values import Quote
from corpus.lexicon import Lexicon, load_lexicon
from corpus.values import Language
from tests.fakes import a_document


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def quoted(text: str, language: Language) -> Quote:
    return Quote(text=text, document=a_document(language=language), page=1, heading_path=(), start=0, end=len(text))


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("Strategien har 12 initiativer", True),
        ("afsat 1,5 mia. kr.", True),
        ("MitID", False),
        ("Digital Post", False),
        ("det er for alle", False),
        ("12", False),
        ("", False),
        (". . . . .", False),
    ],
)
def test_a_quote_must_say_something(quote: str, expected: bool) -> None:
    assert is_substantive(quote) is expected


@pytest.mark.parametrize(
    ("claim", "language", "quote", "source"),
    [
        ("The strategy has 12 initiatives.", "en", "Strategien har 12 initiativer.", "da"),
        ("The strategy has twelve initiatives.", "en", "Strategien har 12 initiativer.", "da"),
        ("DKK 1.5 billion was allocated.", "en", "Der er afsat 1,5 mia. kr.", "da"),
        ("82 percent trust public solutions.", "en", "82 pct. har tillid til offentlige løsninger.", "da"),
        ("The Ministry of Finance leads the work.", "en", "Finansministeriet leder arbejdet.", "da"),
        (
            "The Agency for Digital Government is responsible for MitID.",
            "en",
            "Digitaliseringsstyrelsen har ansvaret for MitID.",
            "da",
        ),
        ("Finansministeriet leder arbejdet.", "da", "The Ministry of Finance leads the work.", "en"),
        ("Danmark skal bruge kunstig intelligens.", "da", "Denmark must use artificial intelligence.", "en"),
        ("AI is to be used in the public sector.", "en", "Kunstig intelligens skal bruges i den offentlige sektor.", "da"),
        ("KL og Danske Regioner har aftalt strategien.", "da", "Strategien er aftalt mellem KL og Danske Regioner.", "da"),
        ("Citizens must receive Digital Post.", "en", "Borgerne skal modtage Digital Post.", "da"),
        ("Digital Post is not mandatory for companies.", "en", "Digital Post er ikke obligatorisk for virksomheder.", "da"),
    ],
)
def test_what_the_quote_says_holds(claim: str, language: Side, quote: str, source: Language, lexicon: Lexicon) -> None:
    assert fault_of(claim, [quoted(quote, source)], language=language, lexicon=lexicon) is None


@pytest.mark.parametrize(
    ("claim", "language", "quote", "fault"),
    [
        ("The strategy has 13 initiatives.", "en", "Strategien har 12 initiativer.", "number"),
        ("The strategy has thirteen initiatives.", "en", "Strategien har 12 initiativer.", "number"),
        ("Strategien har tretten initiativer.", "da", "Strategien har 12 initiativer.", "number"),
        ("DKK 1.5 million was allocated.", "en", "Der er afsat 1,5 mia. kr.", "number"),
        ("DKK 15 billion was allocated.", "en", "Der er afsat 1,5 mia. kr.", "number"),
        ("The strategy 2016-2020 has 12 initiatives.", "en", "Strategien har 12 initiativer.", "number"),
        ("NemID er sikkert for alle borgere.", "da", "MitID er sikkert for alle borgere.", "name"),
        ("The Ministry of Defence leads the work.", "en", "Finansministeriet leder arbejdet.", "name"),
        ("Copenhagen leads the work.", "en", "Finansministeriet leder arbejdet.", "name"),
        ("EU leder arbejdet i ministeriet.", "da", "Finansministeriet leder arbejdet i ministeriet.", "name"),
        ("Digital Post er ikke obligatorisk.", "da", "Digital Post er obligatorisk for virksomheder.", "denial"),
        ("Digital Post is never mandatory.", "en", "Digital Post er obligatorisk for virksomheder.", "denial"),
        ("La stratégie comporte 12 initiatives pour tous les citoyens.", "en", "Strategien har 12 initiativer.", "language"),
        ("the cheese in the moon tastes of green pepper", "en", "Strategien har 12 initiativer.", "off its quote"),
        ("Vote for the good party and buy more shoes.", "en", "Strategien har 12 initiativer.", "name"),
    ],
)
def test_what_the_quote_does_not_say_is_told(claim: str, language: Side, quote: str, fault: Fault, lexicon: Lexicon) -> None:
    assert fault_of(claim, [quoted(quote, "da")], language=language, lexicon=lexicon) == fault


def test_a_claim_without_a_quote_is_told(lexicon: Lexicon) -> None:
    assert fault_of("Anything.", [], language="en", lexicon=lexicon) == "no quote"


def test_a_claim_may_rest_on_several_quotes(lexicon: Lexicon) -> None:
    quotes = [quoted("Strategien har 12 initiativer.", "da"), quoted("KL har aftalt 4 fokusområder.", "da")]
    claim = "Strategien har 12 initiativer og 4 fokusområder, som KL har aftalt."
    assert fault_of(claim, quotes, language="da", lexicon=lexicon) is None
    assert fault_of(claim, quotes[:1], language="da", lexicon=lexicon) == "number"
