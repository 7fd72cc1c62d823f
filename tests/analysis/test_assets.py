"""Assets: shares and ranks by hand and on the shipped figures, the gaps of what the text names, refusals."""

import dataclasses

import pytest

import comity as co
from comity.analysis.assets import Assets
from comity.kernel.errors import InputError, NotComputable, UnknownName
from comity.report.draw import svg
from comity.report.reader import Reader
from comity.study.ask import inputs


@pytest.fixture(scope="module")
def held():
    return co.analyse(co.load("g5"), "assets")


def cells(result):
    return {(row["member"], row["figure"]): row for row in result.table("held").rows()}


def test_shares_and_ranks_by_hand(club, world):
    given = dataclasses.replace(inputs(club), panel=world)
    found = cells(Assets(indicators=("gdp_usd", "net_energy_exports_pj")).run(given))
    assert (found["USA", "gdp_usd"]["share"], found["USA", "gdp_usd"]["rank"]) == (0.3, 1)
    assert (found["USA", "gdp_usd"]["next"], found["USA", "gdp_usd"]["times"]) == ("FRA", 1.2)
    assert found["CHN", "gdp_usd"]["rank"] == 3  # shared with Saudi Arabia
    assert found["IND", "gdp_usd"]["value"] is None
    # of net exports only what is above nought is held: 10 of 40
    assert (found["USA", "net_energy_exports_pj"]["share"], found["CHN", "net_energy_exports_pj"]["share"]) == (
        0.25,
        0.0,
    )
    assert found["CHN", "net_energy_exports_pj"]["rank"] == 7


def test_who_is_first_in_the_world(held):
    first = held.values["first"]
    assert {"gdp_usd", "military_expenditure_usd", "imports_usd"} <= set(first["USA"])
    assert {"manufacturing_usd", "gdp_ppp", "exports_usd", "reserves_usd"} <= set(first["CHN"])
    assert first["IND"] == ["population"]
    assert first["RUS"] == ["net_energy_exports_pj"]
    assert first["JPN"] == []
    assert held.values["ranks"]["JPN"]["gdp_usd"] == 4  # not the third


def test_no_share_is_above_one_and_every_rank_is_a_place(held):
    for row in held.table("held").rows():
        assert row["share"] is None or 0 <= row["share"] <= 1
        assert row["rank"] is None or 1 <= row["rank"] <= 197
        assert (row["times"] is not None) <= (row["rank"] == 1)


def test_first_suppliers_are_counted_over_the_lists_of_partners(held):
    frame = co.partners()
    imports = frame.filter(frame["direction"] == "import").to_dicts()
    best: dict[str, float] = {}
    for row in imports:
        best[row["iso3"]] = max(best.get(row["iso3"], 0.0), row["share"])
    china = sum(row["partner"] == "CHN" and row["share"] == best[row["iso3"]] for row in imports)
    cell = cells(held)["CHN", "first_supplier_of"]
    assert (cell["value"], cell["share"]) == (china, china / 195)


def test_what_the_text_names_has_its_figure_or_its_gap(held):
    named = {row["asset"]: row for row in held.table("named").rows()}
    assert named["JPN.economy"]["rank"] == 4
    assert named["JPN.economy"]["claim"] == "japan_third_largest"
    assert named["RUS.fertiliser"]["figure"] is None
    assert "no figure of fertiliser" in named["RUS.fertiliser"]["limit"]
    assert "RUS.fertiliser" in held.values["gaps"]
    assert held.findings[-1].figures["gaps"].value == len(held.values["gaps"])


def test_members_that_lead_in_nothing_are_named():
    result = co.analyse(co.load("g7"), "assets", members=("FRA", "ITA"), indicators=("gdp_usd",))
    assert "No member of G7 is the world's first" in result.findings[0].text.en
    assert result.values["first"] == {"FRA": [], "ITA": []}
    assert not result.table("named").rows()


def test_refusals(club, world):
    with pytest.raises(InputError, match=r"rd_pct_gdp is a rate: nobody holds a part of it"):
        co.analyse(co.load("g5"), "assets", indicators=("rd_pct_gdp",))
    with pytest.raises(UnknownName, match="indicator"):
        co.analyse(co.load("g5"), "assets", indicators=("gdp",))
    with pytest.raises(NotComputable, match=r"No member of .* has a figure"):
        Assets(indicators=("gdp_usd",), members=("BRA",)).run(dataclasses.replace(inputs(club), panel=world))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_chart_is_drawn_and_every_text_stands_in_both_languages(lang, actors):
    result = co.analyse(co.load("g5"), "assets", against=[co.load("g7")])
    for chart in result.charts:
        picture = svg(chart, result.table(chart.table), Reader(lang, "cldr", actors))
        assert "<svg" in picture
        assert "undefined" not in picture
        assert "data" not in chart.spec
        assert chart.alt.zh
    for text in [*(each.text for each in result.findings), *result.caveats, *(each.title for each in result.charts)]:
        assert text.en
        assert text.zh
