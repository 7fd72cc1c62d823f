"""The World Bank's answers, in the form its documentation gives."""

import json
from pathlib import Path

import pytest

from comity.kernel.errors import InputError, UnknownName
from comity.library.figures import indicators
from comity.model.source import SOURCES, Observation, Refused, Unreadable
from comity.sources.world_bank import FREE, SERIES, WorldBank

RECORDED = Path(__file__).parent / "recorded"


def recorded(name):
    return (RECORDED / f"{name}.json").read_bytes()


def first(indicator):
    return WorldBank(indicators=(indicator,)).requests()[0]


def test_it_is_a_source():
    assert SOURCES.get("world_bank") is WorldBank


def test_every_series_gives_an_indicator_of_ours_in_its_unit():
    described = indicators()
    for name, series in SERIES.items():
        assert described[name].unit == series.unit


def test_what_may_not_be_passed_on_comes_only_when_asked_for():
    assert "military_expenditure_usd" not in FREE
    assert "military_expenditure_usd" not in {request.indicator for request in WorldBank().requests()}
    asked = WorldBank(indicators=("military_expenditure_usd",))
    rows = json.loads(recorded("population-1"))
    for row in rows[1]:
        row["indicator"]["id"] = "MS.MIL.XPND.CD"
    [observation] = asked.read(json.dumps(rows).encode(), asked.requests()[0]).observations[:1]
    assert "SIPRI" in observation.licence


def test_a_request_names_series_years_and_page():
    request = WorldBank(indicators=("gdp_usd",), first=2020, last=2024).requests()[0]
    assert request.url == (
        "https://api.worldbank.org/v2/country/all/indicator/NY.GDP.MKTP.CD?format=json&per_page=1000&date=2020:2024&page=1"
    )


def test_the_first_page_asks_for_the_others_and_the_others_for_none():
    source = WorldBank(indicators=("gdp_usd",))
    answer = source.read(recorded("gdp_usd-1"), first("gdp_usd"))
    assert [request.url.rsplit("=", 1)[1] for request in answer.following] == ["2"]
    assert answer.edition == "2026-07-01"
    assert source.read(recorded("gdp_usd-2"), answer.following[0]).following == ()


def test_figures_are_read_and_what_has_none_or_no_code_is_left_out():
    source = WorldBank(indicators=("gdp_usd",))
    pages = [source.read(recorded(f"gdp_usd-{page}"), first("gdp_usd")).observations for page in (1, 2)]
    found = {(each.iso3, each.year): each.value for page in pages for each in page}
    assert found["JPN", 2024] == 4026210821171.41
    assert found["KOR", 2024] == 1712792854000
    assert ("AFG", 2024) not in found
    assert not any(code == "" for code, _ in found)
    assert {each.unit for page in pages for each in page} == {"current US$"}


def test_an_empty_answer_is_no_error():
    answer = WorldBank().read(recorded("empty"), first("gdp_usd"))
    assert (answer.observations, answer.following) == ((), ())


def test_the_services_own_message_is_a_refusal():
    with pytest.raises(Refused, match=r"deleted or archived"):
        WorldBank().read(recorded("refused"), first("gdp_usd"))


@pytest.mark.parametrize(
    "content",
    [
        b"", b"<html>busy</html>", b"{}", b"[]", b"[1,2]", b'[{"page":1,"pages":1}]', b'[{"page":1,"pages":"x"},[]]',
        b'[{"page":1,"pages":1},{"a":1}]', b'[{"page":1,"pages":1},[{"date":"2024"}]]',
        b'[{"page":1,"pages":1},[null]]', b"\xff\xfe",
    ],
)  # fmt: skip
def test_what_has_not_the_documented_form_is_unreadable(content):
    with pytest.raises(Unreadable):
        WorldBank().read(content, first("gdp_usd"))


def test_every_cut_of_an_answer_is_unreadable():
    whole = recorded("gdp_usd-1").rstrip()
    for length in range(0, len(whole), 37):
        with pytest.raises(Unreadable):
            WorldBank().read(whole[:length], first("gdp_usd"))


def test_an_answer_about_another_series_is_unreadable():
    with pytest.raises(Unreadable, match=r"SP\.POP\.TOTL"):
        WorldBank().read(recorded("population-1"), first("gdp_usd"))


def test_internet_users_follow_from_share_and_population_of_the_same_year():
    source = WorldBank()
    given = [
        Observation("JPN", name, year, value, "x", "reported", "CC BY 4.0")
        for name, year, value in [
            ("population", 2024, 123_975_371.0), ("internet_users_pct", 2024, 87.0), ("internet_users_pct", 2023, 86.9),
        ]
    ]  # fmt: skip
    [users] = source.derived(given)
    assert (users.indicator, users.year, users.value, users.status) == (
        "internet_users",
        2024,
        107_900_000.0,
        "derived",
    )


def test_unknown_indicators_and_reversed_years_are_refused():
    with pytest.raises(UnknownName, match=r"gdp_usd"):
        WorldBank(indicators=("gdp_us",)).requests()
    with pytest.raises(InputError, match=r"before the first"):
        WorldBank(first=2024, last=2020).requests()
