import numpy as np
import pytest

from corpus.errors import LexiconError
from corpus.lexicon import GLOSSARY, LEXICON, load_lexicon, save_lexicon
from corpus.stemming import stems

NAMES = {"da": ["hus", "hjem", "sikkerhedspolit", "sikker", "politik"], "en": ["hous", "home", "secur", "polici"]}
PARTS = {"politik": 50, "sikkerhed": 40, "brand": 30, "bil": 9, "brandbil": 2}


def entries(rows):
    source, target, weight = zip(*rows, strict=True)
    return np.array(source), np.array(target), np.array(weight, float)


@pytest.fixture
def path(tmp_path):
    to_english = [(0, 0, 0.7), (0, 1, 0.3), (1, 1, 0.9), (2, 2, 0.6), (2, 3, 0.4), (3, 2, 1.0), (4, 3, 1.0)]
    to_danish = [(0, 0, 1.0), (1, 1, 0.6), (1, 0, 0.4), (2, 3, 1.0), (3, 4, 1.0)]
    save_lexicon(tmp_path / "lexicon.npz", NAMES, {"da": entries(to_english), "en": entries(to_danish)}, PARTS)
    return tmp_path / "lexicon.npz"


def test_translations_come_surest_first(path):
    lexicon = load_lexicon(path, glossary=None)
    assert list(lexicon.tables["da"].of("hus")) == ["hous", "home"]
    assert lexicon.tables["en"].of("home")["hjem"] == pytest.approx(0.6, abs=1e-3)
    assert lexicon.tables["da"].of("ukendt") == {}


def test_paraphrases_share_translations(path):
    # hus -> house .7 -> hus 1.0; hus -> home .3 -> hjem .6, hus .4: hjem is a paraphrase of hus by .3 times .6.
    assert load_lexicon(path, glossary=None).paraphrases("hus", "da") == {"hjem": pytest.approx(0.18, abs=1e-2)}


def test_a_compound_is_split_where_its_parts_carry_its_translations(path):
    lexicon = load_lexicon(path, glossary=None)
    assert lexicon.split("sikkerhedspolitik") == ("sikkerhed", "politik")
    assert lexicon.split("brandpolitik") == ("brand", "politik")
    assert lexicon.split("politik") == ()
    assert lexicon.split("") == ()


def test_the_glossary_adds_terms_and_renamings(path, tmp_path):
    glossary = tmp_path / "glossary.toml"
    glossary.write_text(
        '[terms]\n"digital fuldmagt" = ["digital power of attorney"]\n[renamings]\n"id" = ["NemID", "MitID"]\n', "utf-8"
    )
    lexicon = load_lexicon(path, glossary)
    danish, english = tuple(stems("digital fuldmagt", "da")), tuple(stems("digital power of attorney", "en"))
    assert lexicon.terms["da"][danish] == [english]
    assert lexicon.terms["en"][english] == [danish]
    assert lexicon.renamings["en"]["nemid",] == [("mitid",)]


@pytest.mark.parametrize("content", ["terms = 3", "[terms]\nx = [", '[renamings]\n"a" = ["b"]'])
def test_a_damaged_glossary_is_refused(path, tmp_path, content):
    (tmp_path / "glossary.toml").write_text(content, "utf-8")
    with pytest.raises(LexiconError, match=r"glossary\.toml"):
        load_lexicon(path, tmp_path / "glossary.toml")


def test_a_missing_damaged_or_other_lexicon_is_refused(path, tmp_path):
    with pytest.raises(LexiconError, match="missing or damaged"):
        load_lexicon(tmp_path / "none.npz")
    (tmp_path / "cut.npz").write_bytes(path.read_bytes()[:200])
    with pytest.raises(LexiconError, match="missing or damaged"):
        load_lexicon(tmp_path / "cut.npz")
    with np.load(path) as file:
        np.savez_compressed(tmp_path / "other.npz", **{**file, "version": np.asarray(99)})
    with pytest.raises(LexiconError, match="version 99"):
        load_lexicon(tmp_path / "other.npz")


def test_the_shipped_lexicon_and_glossary_know_the_language_of_administration():
    lexicon = load_lexicon(LEXICON, GLOSSARY)
    assert "author" in lexicon.tables["da"].of("mynd")
    assert "borg" in lexicon.tables["en"].of("citizen")
    assert lexicon.split("digitaliseringsstrategi") == ("digitalisering", "strategi")
    assert tuple(stems("digital fuldmagt", "da")) in lexicon.terms["da"]
