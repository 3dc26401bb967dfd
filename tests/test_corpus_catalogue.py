import re
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from corpus.catalogue import Catalogue, Digest, Edition, load_catalogue
from corpus.errors import CatalogueError
from corpus.title_page import is_title_page, mentions_years

SHARED_PDFS = Path(__file__).parents[2] / "shared" / "data" / "pdf"

SMALL = """\
[[strategy]]
id = "harbour-2030"
name_da = "Havneplanen 2030-2033"
name_en = "The harbour plan 2030-2033"
title_da = "Havnen for alle - Plan for digitale havne"
kind = "strategy"
level = "sector"
publishers_da = ["Havnestyrelsen"]
publishers_en = ["Harbour Agency"]
period = [2030, 2033]
published = "2029-11"
superseded_by = "harbour-2033"
successor = "harbour-2033"
sources = [
  { facts = ["title_da", "publishers", "period", "published"], at = "https://example.org/havn", mark = "official" },
]

[[edition]]
id = "harbour-2030-da"
strategy = "harbour-2030"
language = "da"
kind = "document"
title = "Havnen for alle - Plan for digitale havne"
pages = 40
sources = [{ facts = ["pages"], at = "https://example.org/havn", mark = "official copy" }]

[[initiative]]
strategy = "harbour-2030"
number = "1.1"
name_da = "Fyr på nettet"
sources = [{ facts = ["number", "name_da"], at = "https://example.org/havn", mark = "official" }]

[[strategy]]
id = "harbour-2033"
name_da = "Havneplanen 2033-2036"
name_en = "The harbour plan 2033-2036"
kind = "strategy"
level = "sector"
publishers_da = ["Havnestyrelsen"]
publishers_en = ["Harbour Agency"]
period = [2033, 2036]
published = "2033-05-04"
predecessor = "harbour-2030"
sources = [{ facts = ["publishers", "period", "published"], at = "https://example.org/ny", mark = "official" }]

[[milestone]]
date = "2031"
name_da = "Det første fyr kommer på nettet"
name_en = "The first lighthouse is online"
concerns = ["fyr"]
strategy = "harbour-2030"
sources = [{ facts = ["date", "name"], at = "https://example.org/fyr", mark = "secondary" }]

[[milestone]]
date = "2030-05-01"
name_da = "Havneloven træder i kraft"
name_en = "The harbour act comes into force"
concerns = ["havneloven", "fyr"]
sources = [{ facts = ["date", "name"], at = "https://example.org/lov", mark = "official" }]

[[digest]]
id = "digest-harbour-2030-da"
strategy = "harbour-2030"
language = "da"
title = "Resumé: Havneplanen 2030-2033"
file = "digest-harbour-2030-da.pdf"
"""


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return load_catalogue()


def load_text(folder: Path, text: str) -> Catalogue:
    path = folder / "small.toml"
    path.write_text(text, encoding="utf-8")
    return load_catalogue(path)


def test_the_joint_strategies_form_one_chain(shipped: Catalogue) -> None:
    chain = [shipped.strategy("joint-2001-2004")]
    while chain[-1].successor:
        chain.append(shipped.strategy(chain[-1].successor))
    assert [strategy.id for strategy in chain] == [
        "joint-2001-2004",
        "joint-2004-2006",
        "joint-2007-2010",
        "joint-2011-2015",
        "joint-2016-2020",
        "joint-2022-2025",
        "joint-2026-2029",
    ]
    assert all(strategy.level == "joint" and strategy.published for strategy in chain)


def test_each_joint_strategy_has_a_digest_in_both_languages(shipped: Catalogue) -> None:
    ids = {strategy.id for strategy in shipped.strategies if strategy.level == "joint"}
    assert {(id, language) for id in ids for language in ("da", "en")} <= {
        (digest.strategy, digest.language) for digest in shipped.digests
    }


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2001, 6, 1), []),  # its document came out in January 2002
        (date(2005, 1, 1), ["joint-2004-2006"]),
        (date(2019, 12, 31), ["joint-2016-2020", "joint-pact-2019"]),
        (date(2021, 6, 1), []),
        (date(2022, 6, 9), []),
        (date(2022, 6, 10), ["joint-2022-2025"]),
        (date(2025, 12, 31), ["joint-2022-2025"]),
        (date(2026, 1, 1), ["joint-2026-2029"]),
    ],
)
def test_joint_strategies_in_force_on_a_day(shipped: Catalogue, day: date, expected: list[str]) -> None:
    assert [strategy.id for strategy in shipped.in_force(day) if strategy.level == "joint"] == expected


def test_status_tells_announced_superseded_and_ended_apart(shipped: Catalogue) -> None:
    assert shipped.status(shipped.strategy("joint-2026-2029"), on=date(2025, 7, 1)) == "announced"
    assert shipped.status(shipped.strategy("joint-2016-2020"), on=date(2021, 7, 1)) == "ended"
    assert shipped.status(shipped.strategy("joint-2016-2020"), on=date(2022, 7, 1)) == "superseded"
    assert shipped.status(shipped.strategy("health-2018-2022"), on=date(2023, 7, 1)) == "in force"  # prolonged
    assert shipped.status(shipped.strategy("ai-2024"), on=date(2025, 7, 1)) is None  # it states no period


def test_nothing_is_known_of_a_strategy_before_it_was_published(shipped: Catalogue) -> None:
    assert shipped.status(shipped.strategy("joint-2026-2029"), on=date(2025, 6, 10)) is None
    assert shipped.status(shipped.strategy("joint-2001-2004"), on=date(2001, 12, 31)) is None


def test_a_proposal_is_never_in_force(shipped: Catalogue) -> None:
    proposal = shipped.strategy("national-proposal-2023")
    assert shipped.status(proposal, on=date(2024, 2, 7)) == "announced"
    assert shipped.status(proposal, on=date(2024, 2, 8)) == "superseded"


def test_danish_and_english_editions_of_one_document_are_one_source(shipped: Catalogue) -> None:
    editions = {edition.id: edition for edition in shipped.editions}
    both = (editions["joint-2016-2020-da"], editions["joint-2016-2020-en"])
    assert shipped.translations(both[0]) == shipped.translations(both[1]) == both
    assert shipped.translations(editions["joint-2022-2025-en"]) == (editions["joint-2022-2025-en"],)  # a page about it


def test_how_many_initiatives_tells_both_where_sources_disagree(shipped: Catalogue) -> None:
    assert shipped.strategy("joint-2026-2029").initiative_count("da") == "12 initiativer"
    told = shipped.strategy("joint-2011-2015").initiative_count("en") or ""
    assert "60" in told
    assert "72" in told
    assert shipped.strategy("joint-2004-2006").initiative_count("en") is None


@pytest.mark.parametrize(
    ("strategy", "numbers"),
    [
        ("joint-2026-2029", [str(number) for number in range(1, 13)]),
        ("national-2022-2026", [str(number) for number in (*range(1, 13), *range(21, 62))]),  # page 64 was not read
        ("ai-2024", ["1", "2", "3", "4"]),
        ("joint-2011-2015", ["1.1", "1.2", "1.3", "1.4", "1.5"]),
        ("joint-2007-2010", []),
    ],
)
def test_the_initiatives_that_were_read_stand_in_their_order(shipped: Catalogue, strategy: str, numbers: list[str]) -> None:
    assert [initiative.number for initiative in shipped.initiatives(strategy)] == numbers


def test_the_publication_of_each_strategy_is_a_milestone_of_the_same_day(shipped: Catalogue) -> None:
    published = {(strategy.id, strategy.published) for strategy in shipped.strategies if strategy.published}
    assert published <= {(milestone.strategy, milestone.date) for milestone in shipped.all_milestones}


def test_milestones_tell_the_life_of_nemid(shipped: Catalogue) -> None:
    dates = [milestone.date for milestone in shipped.milestones(concerning="NemID")]
    assert dates == ["2010-07-01", "2018", "2022-10", "2023-06-30", "2023-10-31"]


def test_an_unknown_strategy_is_named(shipped: Catalogue) -> None:
    with pytest.raises(CatalogueError, match="'joint-2024-2027'"):
        shipped.strategy("joint-2024-2027")


def test_a_digest_is_known_by_its_file_name_alone(shipped: Catalogue) -> None:
    known = shipped.recognise(file_name="digest-joint-2022-2025-en.pdf", title="", opening_text="")
    assert isinstance(known, Digest)
    assert known.strategy == "joint-2022-2025"
    title = shipped.strategy("joint-2022-2025").name_da
    assert shipped.recognise(file_name="x.pdf", title=f"Resumé: {title}", opening_text=f"Resumé: {title}\n") is None


@pytest.mark.parametrize(
    "opening",
    [
        "Digitalisering der løfter samfundet\nDen fællesoffentlige digitaliseringsstrategi 2022-2025\nForord",
        "REGERINGEN  KL  DANSKE REGIONER\nJuni 2022\nDIGITALISERING DER\nLØFTER SAMFUNDET\n"
        "Den fælles\u00adoffentlige digitaliseringsstrategi 2022\u20132025",
        "Den fællesoffentlige digitaliseringsstrategi 2022 \u2013 2025: Digitalisering der løfter samfundet\nIndhold",
    ],
)
def test_a_title_page_is_recognised_however_it_is_set(shipped: Catalogue, opening: str) -> None:
    known = shipped.recognise(file_name="strategi.pdf", title="", opening_text=opening)
    assert isinstance(known, Edition)
    assert known.id == "joint-2022-2025-da"


@pytest.mark.parametrize(
    "opening",
    [
        "Evaluering af\nDigitalisering der løfter samfundet\nDen fællesoffentlige digitaliseringsstrategi 2022-2025",
        "Digitalisering der løfter samfundet\nSvar på Den fællesoffentlige digitaliseringsstrategi 2022-2025",
        "Digitalisering der løfter samfundet er titlen på\nDen fællesoffentlige digitaliseringsstrategi 2022-2025",
        "Den fællesoffentlige digitaliseringsstrategi 2022-2025\nStatus for arbejdet",
        "Notat\nJf. Digitalisering der løfter samfundet - Den fællesoffentlige digitaliseringsstrategi 2022-2025.",
        "",
    ],
)
def test_a_document_that_names_a_strategy_is_not_it(shipped: Catalogue, opening: str) -> None:
    assert shipped.recognise(file_name="notat.pdf", title="", opening_text=opening) is None


def test_the_title_a_file_gives_itself_counts_but_not_without_the_years(shipped: Catalogue) -> None:
    title = "Den digitale vej til fremtidens velfærd"
    known = shipped.recognise(file_name="a.pdf", title=title, opening_text="Regeringen august 2011. Forord til planen")
    assert isinstance(known, Edition)
    assert known.id == "joint-2011-2015-da"
    assert shipped.recognise(file_name="a.pdf", title=title, opening_text="En kronik fra 2009") is None


def test_a_web_page_is_never_taken_for_an_edition(shipped: Catalogue) -> None:
    opening = "Digitalisering der løfter samfundet\nDen fællesoffentlige digitaliseringsstrategi 2022-2025\nLæs mere"
    assert shipped.recognise(file_name="omtale.html", title="", opening_text=opening) is None


@pytest.mark.parametrize(
    ("name", "expected"), [("fods-2026-2029-da.pdf", "joint-2026-2029-da"), ("digst-rad-v0.4-20171115-da.pdf", None)]
)
def test_official_pdfs(shipped: Catalogue, name: str, expected: str | None) -> None:
    path = SHARED_PDFS / name
    if not path.exists():
        pytest.skip(f"{name} is not beside the project: official documents are not shipped with it")
    opening = "\n".join(page.extract_text() for page in PdfReader(path).pages[:3])
    known = shipped.recognise(file_name="document.pdf", title="", opening_text=opening)
    assert (known.id if known else None) == expected


def test_publishers_and_numbers_may_stand_around_a_title_and_nothing_else() -> None:
    title = "Havnen for alle - Plan for digitale havne"
    assert is_title_page("Havnestyrelsen 2029\nHavnen for alle\nPlan for digitale havne", title=title, beside=["Havnestyrelsen"])
    assert not is_title_page("Skibet\nHavnen for alle\nPlan for digitale havne", title=title, beside=["Havnestyrelsen"])
    assert not is_title_page("Havnen for alle", title=title, beside=["Havnestyrelsen"])
    assert mentions_years("for 2030 \u2013 2033", ["2030-2033"])
    assert not mentions_years("nr. 12030", ["2030"])


def test_a_small_catalogue_loads(tmp_path: Path) -> None:
    small = load_text(tmp_path, SMALL)
    plan = small.strategy("harbour-2030")
    assert plan.period == (2030, 2033)
    assert plan.title("en") == "Havnen for alle - Plan for digitale havne"
    assert small.strategy("harbour-2033").title("en") == "The harbour plan 2033-2036"
    assert [strategy.id for strategy in small.in_force(date(2033, 5, 3))] == ["harbour-2030"]
    assert [strategy.id for strategy in small.in_force(date(2033, 5, 4))] == ["harbour-2033"]


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('level = "sector"\n', "", "line 1: strategy 'harbour-2030': 'level' is missing"),
        ('name_en = "The harbour plan 2030-2033"\n', "", "line 1: strategy 'harbour-2030': 'name_en' is missing"),
        (
            'title = "Resumé: Havneplanen 2030-2033"\n',
            "",
            "line 61: digest 'digest-harbour-2030-da': 'title' is missing",
        ),
        ("pages = 40", 'colour = "blue"', "line 24: edition 'harbour-2030-da': unknown key 'colour'"),
        ("pages = 40", "pages = 0", "line 24: edition 'harbour-2030-da': pages must be a whole number above 0"),
        (
            'published = "2029-11"',
            'published = "2029-13"',
            "line 11: strategy 'harbour-2030': published must be a date",
        ),
        (
            'published = "2029-11"',
            'published = "nov 2029"',
            "line 11: strategy 'harbour-2030': published must be a date",
        ),
        ("[2030, 2033]", "[2033, 2030]", "line 10: strategy 'harbour-2030': period must be [first year, last year]"),
        (
            'level = "sector"',
            'level = "parish"',
            "line 7: strategy 'harbour-2030': level must be one of joint, national",
        ),
        ('mark = "official"', 'mark = "sure"', "line 14: strategy 'harbour-2030': sources must be one of official, "),
        ('"period", "published"], at', '"period"], at', "line 14: strategy 'harbour-2030': sources says nowhere where"),
        (
            'predecessor = "harbour-2030"',
            'predecessor = "h-1"',
            "line 43: strategy 'harbour-2033': predecessor names 'h-1'",
        ),
        ('successor = "harbour-2033"\n', "", "line 42: strategy 'harbour-2033': predecessor is 'harbour-2030', but"),
        (
            'id = "harbour-2030-da"',
            'id = "harbour-2030"',
            "line 19: edition 'harbour-2030': this id is on line 1 already",
        ),
        (
            "[[digest]]",
            "[[digests]]",
            "line 61: expected one of [[strategy]], [[edition]], [[initiative]], [[milestone]], [[digest]], [[family]], found",
        ),
        ("[[strategy]]\n", "version = 1\n[[strategy]]\n", "line 1: expected one of [[strategy]], "),
        ('id = "harbour-2030-da"', 'id = "harbour', "not valid TOML"),
        (
            'sources = [{ facts = ["pages"], at = "https://example.org/havn", mark = "official copy" }]\n',
            "",
            "line 18: edition 'harbour-2030-da': sources says nowhere where 'pages' was read",
        ),
        ("pages = 40", 'pages = 40\nfile = "havn.pdf"', "line 25: edition 'harbour-2030-da': file must be a web address"),
        (
            'strategy = "harbour-2030"\nnumber',
            'strategy = "h-1"\nnumber',
            "line 28: initiative: strategy names 'h-1', which is no strategy",
        ),
        (
            '"number", "name_da"]',
            '"name_da"]',
            "line 31: initiative: sources says nowhere where 'number' was read",
        ),
        ('name_da = "Fyr på nettet"\n', "", "line 30: initiative: sources names 'name_da', which this initiative"),
        (
            'name_da = "Fyr på nettet"\nsources = [{ facts = ["number", "name_da"]',
            'sources = [{ facts = ["number"]',
            "line 27: initiative: neither 'name_da' nor 'name_en' is there",
        ),
        ('number = "1.1"', "number = 1", "line 29: initiative: number must be text, not 1"),
        ('date = "2031"', 'date = "spring 2031"', "line 47: milestone: date must be a date YYYY, YYYY-MM"),
        ('concerns = ["fyr"]', "concerns = []", "line 50: milestone: concerns must be a list of texts"),
        ('["havneloven", "fyr"]', '["Fyr"]', "line 58: milestone: 'Fyr' is spelled 'fyr' before"),
        ('"date", "name"], at = "https://example.org/fyr"', '"name"], at = "x"', "nowhere where 'date' was read"),
        (
            'level = "sector"',
            'family = "harbour"\nlevel = "sector"',
            "line 7: strategy 'harbour-2030': family names 'harbour', which is no family",
        ),
        (
            "[[digest]]",
            '[[family]]\nid = "a"\nnames_da = ["havneplan"]\nnames_en = ["harbour plan"]\n\n'
            '[[family]]\nid = "b"\nnames_da = ["Havneplan"]\nnames_en = ["port plan"]\n\n[[digest]]',
            "line 68: family 'b': 'Havneplan' is a short name of 'a' already",
        ),
        (
            "[[digest]]",
            '[[family]]\nid = "a"\nnames_da = []\nnames_en = ["harbour plan"]\n\n[[digest]]',
            "line 63: family 'a': names_da must be a list of texts",
        ),
        ("[2030, 2033]", "[2030, 2033]\nprolonged_to = 2033", "line 11: strategy 'harbour-2030': prolonged_to is not after"),
        ("[2030, 2033]", '[2030, 2033]\nnote_da = "Ny."', "line 11: strategy 'harbour-2030': note_da and note_en belong"),
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    assert old in SMALL
    with pytest.raises(CatalogueError, match=re.escape(complaint)) as caught:
        load_text(tmp_path, SMALL.replace(old, new, 1))
    assert "\n" not in str(caught.value)
    assert "small.toml" in str(caught.value)


@pytest.mark.parametrize(
    ("marker", "complaint"),
    [
        ("[[edition]]", "line 71: edition 'other': this strategy's document in this language is on line 18 already"),
        ("[[initiative]]", "line 70: initiative: initiative '1.1' of this strategy is on line 27 already"),
        ("[[milestone]]", "line 70: milestone: this event of this day is on line 46 already"),
    ],
)
def test_what_there_may_be_only_one_of_is_not_there_twice(tmp_path: Path, marker: str, complaint: str) -> None:
    again = SMALL[SMALL.index(marker) :].partition("\n\n")[0].replace('id = "harbour-2030-da"', 'id = "other"')
    with pytest.raises(CatalogueError, match=re.escape(complaint)):
        load_text(tmp_path, f"{SMALL}\n{again}\n")


def test_initiatives_and_milestones_of_a_small_catalogue(tmp_path: Path) -> None:
    small = load_text(tmp_path, SMALL)
    (lighthouse,) = small.initiatives("harbour-2030")
    assert (lighthouse.number, lighthouse.name("da"), lighthouse.name("en")) == ("1.1", "Fyr på nettet", "Fyr på nettet")
    assert small.initiatives("harbour-2033") == ()
    act, online = small.milestones()
    assert (act.date, online.date) == ("2030-05-01", "2031")
    assert small.milestones(concerning="Fyr") == (act, online)
    assert small.milestones(concerning="havneloven") == (act,)
    assert small.milestones(strategy_id="harbour-2030") == (online,)
    assert small.milestones(years=(2031, 2033)) == (online,)
    assert small.milestones(concerning="færge") == ()


def test_a_family_is_the_strategies_that_name_it(tmp_path: Path) -> None:
    family = '[[family]]\nid = "harbour"\nnames_da = ["havneplan"]\nnames_en = ["harbour plan"]\n'
    small = load_text(tmp_path, SMALL.replace('level = "sector"', 'family = "harbour"\nlevel = "sector"') + family)
    assert [strategy.id for strategy in small.family("harbour")] == ["harbour-2030", "harbour-2033"]
    assert small.family("ferry") == ()
    assert small.families[0].names == ("havneplan", "harbour plan")


def test_every_family_of_the_shipped_catalogue_has_strategies(shipped: Catalogue) -> None:
    assert all(shipped.family(family.id) for family in shipped.families)


def test_the_years_of_a_catalogue_reach_from_its_first_to_its_last_strategy(tmp_path: Path) -> None:
    assert load_text(tmp_path, SMALL).years == (2029, 2036)
    with pytest.raises(CatalogueError, match="no strategy of the catalogue has a year"):
        _ = load_text(tmp_path, "").years


def test_a_year_is_covered_by_every_strategy_whose_period_holds_it(tmp_path: Path) -> None:
    small = load_text(tmp_path, SMALL)
    assert [strategy.id for strategy in small.covering(2029)] == []
    assert [strategy.id for strategy in small.covering(2030)] == ["harbour-2030"]
    assert [strategy.id for strategy in small.covering(2033)] == ["harbour-2030", "harbour-2033"]
    prolonged = load_text(
        tmp_path,
        SMALL.replace("period = [2033, 2036]", "period = [2033, 2036]\nprolonged_to = 2038").replace(
            '"period", "published"], at = "https://example.org/ny"',
            '"period", "prolonged_to", "published"], at = "https://example.org/ny"',
        ),
    )
    assert [strategy.id for strategy in prolonged.covering(2038)] == ["harbour-2033"]


def test_a_missing_file_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"nowhere\.toml cannot be read"):
        load_catalogue(tmp_path / "nowhere.toml")


def test_the_fingerprint_follows_what_recognises_documents(tmp_path: Path) -> None:
    first = load_text(tmp_path, SMALL).fingerprint
    assert load_text(tmp_path, SMALL.replace("example.org/ny", "example.org/nyere")).fingerprint == first
    assert load_text(tmp_path, SMALL.replace('2033-2036"\nname_en', '2033-36"\nname_en')).fingerprint == first
    assert load_text(tmp_path, SMALL.replace("Plan for digitale havne", "Plan for havne")).fingerprint != first
