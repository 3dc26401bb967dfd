"""The door to PyStemmer: texts as stems, by language, so that `digitaliseringen` and `digitalisering` meet."""

import re
import unicodedata
from threading import local

import Stemmer

from corpus.values import Language

WORD = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+")
POINT = re.compile(r"[.,]")
POSSESSIVE = re.compile(r"['’]s\b")
INNER_CAPITAL = re.compile(r"\b([^\W\d_]*?[a-zæøå])([A-ZÆØÅ][^\W_]*)")
LONGEST = 40  # letters; a longer "word" is a hash, a link or damage
_ALGORITHMS: dict[Language, str] = {"da": "danish", "en": "english", "no": "norwegian", "sv": "swedish"}
# Words of the closed classes, question words and their kin: they stand in every text and tell no two apart.
_STOP_WORDS: dict[Language, frozenset[str]] = {
    "da": frozenset(
        """
        ad af alle allerede alt altid anden andet andre at bare begge blandt blev blevet blive bliver burde
        bør da de dem den denne der deres derfor dermed det dette dig din dine disse dit dog du efter ej eller
        en end endnu er et fik for fordi forskellige fra få får før gennem gjorde gjort gør gøre ham han hans
        har havde have hej hende hendes her hos hun hvad hvem hver hvilke hvilken hvilket hvis hvor hvordan
        hvorfor hvornår hvorledes i igen ikke imellem imod ind inden ingen intet ja jeg jer jeres jo kan kun
        kunne langs lige man mange med meget mellem men mens mere mest mig min mine mit mod må måske måtte ned
        nej noget nogen nogle nok nu når nær næsten og også om omkring op os over på samme samt se selv selvom
        siden sig sin sine sit skal skulle som særlig så sådan sådanne sådant temmelig tidligere til ud uden
        udover under ved vi via vil ville vor vore vores vort var være været
        """.split()  # noqa: SIM905
    ),
    "en": frozenset(
        """
        a about above after again against all almost already also am among an and another any are as at be
        because been before being below between both but by can cannot could d did didn do does doesn doing
        don done down during each either else ever every few for from further get gets got had has hasn have
        haven having he her here hers herself him himself his how however i if in instead into is isn it its
        itself just ll m many may me might more most much must my myself neither no nor not now o of off often
        on once only onto or other others our ours ourselves out over own per quite rather re s same shall she
        should shouldn since so some still such t than that the their theirs them themselves then there
        therefore these they this those though through thus to together too toward towards under until up upon
        us ve very via was wasn we were weren what when where whether which while who whom whose why will with
        within without won would wouldn yet you your yours yourself yourselves
        """.split()  # noqa: SIM905
    ),
}


def words(text: str) -> list[str]:
    """The words of a text in lower case; `10.000` and `10,000` are one word, a possessive s is none.

    A name that is a stop word but for a capital inside it is kept apart from that: AltID is `altidid`.
    """
    folded = POSSESSIVE.sub("", INNER_CAPITAL.sub(_apart, unicodedata.normalize("NFKC", text)).lower())
    found = [word if word.isalpha() else POINT.sub("", word) for word in WORD.findall(folded)]
    return [word for word in found if len(word) <= LONGEST]


def _apart(name: re.Match[str]) -> str:
    alike = any(name[0].lower() in stop_words for stop_words in _STOP_WORDS.values())
    return name[0] + name[2] if alike else name[0]


def is_stop_word(word: str, language: Language) -> bool:
    """Whether a word in lower case carries no meaning of its own in its language."""
    return word in _STOP_WORDS.get(language, frozenset())


def stem(word: str, language: Language) -> str:
    """The Snowball stem of a word in lower case; the word itself in a language without a stemmer."""
    algorithm = _ALGORITHMS.get(language)
    return _stemmers.of(algorithm).stemWord(word) if algorithm else word


def stems(text: str, language: Language) -> list[str]:
    """The stems of a text's words in their order, without stop words."""
    return [stem(word, language) for word in words(text) if not is_stop_word(word, language)]


class _Stemmers(local):
    """The stemmers of a thread: PyStemmer's must not be shared."""

    def __init__(self) -> None:
        self._held: dict[str, Stemmer.Stemmer] = {}

    def of(self, algorithm: str) -> Stemmer.Stemmer:
        if algorithm not in self._held:
            self._held[algorithm] = Stemmer.Stemmer(algorithm)
        return self._held[algorithm]


_stemmers = _Stemmers()
