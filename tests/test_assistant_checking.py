"""Checking: a claim that says more than its quotes do, in numbers, names, denials or language, is told."""

import pytest

from assistant.language_model.checking import Fault, cleaned, fault_of
from assistant.language_model.numbers import Side
from assistant.values import Quote
from corpus.lexicon import Lexicon, load_lexicon
from corpus.values import Language
from tests.fakes import a_document
from training.claims import FOLDER, TRUE, judged


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def quoted(text: str, language: Language) -> Quote:
    return Quote(text=text, document=a_document(language=language), page=1, heading_path=(), start=0, end=len(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Der er 12 [1][23]\u202e tiltag.\n", "Der er 12 tiltag."),
        ("n\u200bot \ud800 \x1b[31m", "not [31m"),
        ("", ""),
    ],
)
def test_what_shows_nothing_or_steers_a_screen_is_taken_out(text: str, expected: str) -> None:
    assert cleaned(text) == expected


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
        (
            "AI is to be used in the public sector.",
            "en",
            "Kunstig intelligens skal bruges i den offentlige sektor.",
            "da",
        ),
        (
            "KL og Danske Regioner har aftalt strategien.",
            "da",
            "Strategien er aftalt mellem KL og Danske Regioner.",
            "da",
        ),
        ("Citizens must receive Digital Post.", "en", "Borgerne skal modtage Digital Post.", "da"),
        (
            "Digital Post is not mandatory for companies.",
            "en",
            "Digital Post er ikke obligatorisk for virksomheder.",
            "da",
        ),
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
        (
            "Digital Post er ikke obligatorisk.",
            "da",
            "Digital Post er obligatorisk for virksomheder.",
            "denial",
        ),
        (
            "Digital Post is never mandatory.",
            "en",
            "Digital Post er obligatorisk for virksomheder.",
            "denial",
        ),
        (
            "La stratégie comporte 12 initiatives pour tous les citoyens.",
            "en",
            "Strategien har 12 initiativer.",
            "language",
        ),
        (
            "the cheese in the moon tastes of green pepper",
            "en",
            "Strategien har 12 initiativer.",
            "off its quote",
        ),
        ("Vote for the good party and buy more shoes.", "en", "Strategien har 12 initiativer.", "off its quote"),
    ],
)
def test_what_the_quote_does_not_say_is_told(claim: str, language: Side, quote: str, fault: Fault, lexicon: Lexicon) -> None:
    assert fault_of(claim, [quoted(quote, "da")], language=language, lexicon=lexicon) == fault


@pytest.mark.parametrize(
    ("claim", "language", "quote", "source"),
    [
        ("At most 15 suppliers are invited.", "en", "Højst 15 leverandører inviteres.", "da"),
        ("A third of the companies use AI.", "en", "En tredjedel af virksomhederne bruger AI.", "da"),
        (
            "Statistics Denmark publishes the figures every quarter.",
            "en",
            "Danmarks Statistik offentliggør tallene hvert kvartal.",
            "da",
        ),
        ("The agency cannot trace the error.", "en", "The agency is unable to trace the error.", "en"),
        ("Brugen af AI stiger.", "da", "Brugen af Al stiger i den offentlige sektor.", "da"),
        (
            "No more than 20 projects can receive funding.",
            "en",
            "At most 20 projects can receive funding.",
            "en",
        ),
        (
            "Loven blev vedtaget, efter at KL var blevet hørt.",
            "da",
            "KL blev hørt, inden loven blev vedtaget.",
            "da",
        ),
        (
            "The old portal is slower than the new one.",
            "en",
            "The new portal is faster than the old one.",
            "en",
        ),
        (
            "The component may be reused by authorities without payment.",
            "en",
            "Authorities may reuse the component free of charge.",
            "en",
        ),
    ],
)
def test_what_is_said_in_other_words_holds(claim: str, language: Side, quote: str, source: Language, lexicon: Lexicon) -> None:
    assert fault_of(claim, [quoted(quote, source)], language=language, lexicon=lexicon) is None


@pytest.mark.parametrize(
    ("claim", "language", "quote", "fault"),
    [
        ("Kommunerne skal tilbyde hjælp.", "da", "Kommunerne kan tilbyde hjælp.", "sureness"),
        ("Portalen åbnede i 2027.", "da", "Portalen forventes at åbne i 2027.", "sureness"),
        ("Alle skoler deltager i forsøget.", "da", "Nogle skoler deltager i forsøget.", "quantity"),
        ("Kun skoler deltager i forsøget.", "da", "Skoler og museer deltager i forsøget.", "quantity"),
        ("Mindst 30 pct. af midlerne er brugt.", "da", "Op til 30 pct. af midlerne er brugt.", "bound"),
        ("Forsøget varer ni år.", "da", "Forsøget varer ni måneder.", "unit"),
        ("Loven træder i kraft den 1. juni.", "da", "Loven træder i kraft den 1. juli.", "date"),
        ("Brugen af papir steg i regionerne.", "da", "Brugen af papir faldt i regionerne.", "opposite"),
        (
            "Planen godkendes, efter at arbejdet begynder.",
            "da",
            "Planen godkendes, før arbejdet begynder.",
            "order",
        ),
        ("Ordningen udvides i 2029.", "da", "Ordningen udvides i 2029, hvis der findes penge.", "condition"),
        ("Loven gælder for museer.", "da", "Loven gælder ikke for museer.", "denial"),
        (
            "Systemet er tilgængeligt for alle brugere.",
            "da",
            "Systemet er utilgængeligt for alle brugere.",
            "denial",
        ),
        ("Regionerne driver portalen.", "da", "Kommunerne driver portalen.", "name"),
        (
            "Regionerne får 31 mio. kr.",
            "da",
            "Regionerne får 18 mio. kr., og kommunerne får 31 mio. kr.",
            "exchange",
        ),
        ("Digital P\u043ast er for alle.", "da", "Digital Post er for alle.", "language"),
        ("Digital Post er for [alle](http://evil.example).", "da", "Digital Post er for alle.", "language"),
    ],
)
def test_small_words_that_change_what_is_said_are_told(
    claim: str, language: Side, quote: str, fault: Fault, lexicon: Lexicon
) -> None:
    assert fault_of(claim, [quoted(quote, "da")], language=language, lexicon=lexicon) == fault


def test_of_our_own_pairs_no_more_than_was_measured_goes_wrong(lexicon: Lexicon) -> None:
    claims = list(judged(FOLDER / "pairs.jsonl", lexicon))
    altered, true = [c.fault for c in claims if c.kind != TRUE], [c.fault for c in claims if c.kind == TRUE]
    assert len(claims) == 460
    assert altered.count(None) / len(altered) <= 0.13
    assert 1 - true.count(None) / len(true) <= 0.04


def test_a_claim_without_a_quote_is_told(lexicon: Lexicon) -> None:
    assert fault_of("Anything.", [], language="en", lexicon=lexicon) == "no quote"


def test_a_claim_may_rest_on_several_quotes(lexicon: Lexicon) -> None:
    quotes = [quoted("Strategien har 12 initiativer.", "da"), quoted("KL har aftalt 4 fokusområder.", "da")]
    claim = "Strategien har 12 initiativer og 4 fokusområder, som KL har aftalt."
    assert fault_of(claim, quotes, language="da", lexicon=lexicon) is None
    assert fault_of(claim, quotes[:1], language="da", lexicon=lexicon) == "number"
