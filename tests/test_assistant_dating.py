"""Dating: the moments that Danish and English sentences speak of."""

import pytest

from assistant.tables.dating import dates_in


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("Den 1. november 2014 kom det.", ["2014-11-01 2014-11-01"]),
        ("On 1st November 2014 and November 3, 2015", ["2014-11-01 2014-11-01", "2015-11-03 2015-11-03"]),
        ("published in June 2013", ["2013-06-01 2013-06-30"]),
        ("fra 2018", ["2018-01-01 2018-12-31"]),
        ("strategien for 2001-2004", ["2001-01-01 2004-12-31"]),
        ("eGovernment 2004–06", ["2004-01-01 2006-12-31"]),
        ("between 2018 and 2020", ["2018-01-01 2020-12-31"]),
        ("i foråret 2016", ["2016-03-01 2016-05-31"]),
        ("i første halvår af 2018", ["2018-01-01 2018-06-30"]),
        ("third quarter of 2026; Q1 2027", ["2026-07-01 2026-09-30", "2027-01-01 2027-03-31"]),
        ("opened 2022-03-21, 01.02.2003", ["2022-03-21 2022-03-21", "2003-02-01 2003-02-01"]),
        ("in May in 2026, and in may 2027", ["2026-05-01 2026-05-31", "2027-05-01 2027-05-31"]),
        ("what one may in 2026", ["2026-01-01 2026-12-31"]),
        ("maj i 2026 og okt. 2027, Sept 2028", ["2026-05-01 2026-05-31", "2027-10-01 2027-10-31", "2028-09-01 2028-09-30"]),
        ("112,6 mio. i 2016", ["2016-01-01 2016-12-31"]),
    ],
)
def test_what_is_a_date(text: str, spans: list[str]) -> None:
    assert [f"{found.moment.first} {found.moment.last}" for found in dates_in(text)] == spans


@pytest.mark.parametrize(
    "text", ["2.016 borgere", "forordning 2016/679", "2000 kr.", "lov nr. 2014", "1990'erne", "31. februar 2012", "side 2100"]
)
def test_what_is_none(text: str) -> None:
    assert dates_in(text) == []


def test_where_it_stands() -> None:
    (found,) = dates_in("Fra den 1. november 2014.")
    assert (found.start, found.end) == (8, 24)
