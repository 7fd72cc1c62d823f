"""The catalogue of figures: list, info, get."""

import pytest

from comity.kernel.errors import AmbiguousName, InputError, UnknownName
from comity.library.figures import indicators
from comity.observation.catalogue import get, info, list_indicators


def rows(result):
    return result.table("figures").rows()


def test_the_list_has_every_indicator_with_its_coverage():
    listed = {row["indicator"]: row for row in list_indicators().table("indicators").rows()}
    assert set(listed) == set(indicators())
    assert (listed["gdp_usd"]["states"], listed["gdp_usd"]["unit"]) == (193, "current US$")
    assert listed["rd_pct_gdp"]["source"] == "World Bank WDI"
    assert listed["rd_pct_gdp"]["first_year"] < listed["rd_pct_gdp"]["last_year"]


def test_info_says_what_is_not_measured_and_where_the_gaps_are():
    told = info("military_expenditure_usd")
    assert "not reach" in told.values["definition"].en
    assert "ISL" in told.values["gaps"]
    assert told.values["states"] + len(told.values["gaps"]) == 193
    assert "Iceland" in told.caveats[0].en
    assert "冰岛" in told.caveats[0].zh
    assert told.provenance.sources


def test_one_row_per_state_its_latest_year():
    found = rows(get(["gdp_ppp"], states=["Japan", "CHN"]))
    assert [(row["iso3"], row["year"]) for row in found] == [("CHN", 2024), ("JPN", 2024)]
    assert len(rows(get(["gdp_usd"]))) == 193


def test_a_year_and_a_span_of_years():
    assert [row["year"] for row in rows(get(["gdp_ppp"], states=["FRA"], year=2022))] == [2022]
    assert [row["year"] for row in rows(get(["gdp_ppp"], states=["FRA"], years=(2022, 2024)))] == [2022, 2023, 2024]


def test_several_indicators_in_the_order_asked_for():
    found = rows(get(["population", "gdp_usd"], states=["USA", "DEU"]))
    assert [(row["indicator"], row["iso3"]) for row in found] == [
        ("population", "DEU"), ("population", "USA"), ("gdp_usd", "DEU"), ("gdp_usd", "USA"),
    ]  # fmt: skip


def test_a_gap_is_a_caveat_and_no_row():
    result = get(["gdp_usd"], states=["CHN", "FRA"], year=2023)
    assert rows(result) == []
    assert "CHN, FRA" in result.caveats[0].en


def test_actors_outside_the_un_only_when_asked_for():
    assert len(rows(get(["gdp_usd"], all_actors=True))) == 197
    assert [row["iso3"] for row in rows(get(["gdp_usd"], states=["Taiwan"], all_actors=True))] == ["TWN"]
    with pytest.raises(InputError, match=r"TWN.*--all"):
        get(["gdp_usd"], states=["Taiwan"])


def test_refusals_are_helpful():
    with pytest.raises(UnknownName, match=r"gdp_usd"):
        get(["gdp_us"])
    with pytest.raises(UnknownName, match=r"reserves_usd"):
        info("reserve_usd")
    with pytest.raises(AmbiguousName, match=r"COD.*COG"):
        get(["gdp_usd"], states=["Congo"])
    with pytest.raises(InputError, match=r"earlier year first"):
        get(["gdp_usd"], years=(2024, 2020))
    with pytest.raises(InputError, match=r"--year or --years"):
        get(["gdp_usd"], year=2020, years=(2020, 2024))
    with pytest.raises(InputError, match=r"No indicator"):
        get([])


def test_an_own_file_is_in_the_catalogue(tmp_path):
    file = tmp_path / "own.csv"
    file.write_text("iso3,indicator,year,value,unit,source\nFRA,carriers,2024,1,ships,me\n", encoding="utf-8")
    assert "carriers" in list_indicators(file).values["indicators"]
    assert info("carriers", file).values["states"] == 1
    assert [row["value"] for row in rows(get(["carriers"], figures=file))] == [1.0]


def test_the_same_question_has_the_same_digest():
    assert get(["gdp_usd"]).digest == get(["gdp_usd"]).digest != get(["gdp_ppp"]).digest
