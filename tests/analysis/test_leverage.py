"""Leverage: who depends on whom on the shipped figures, with bounds; what is said, and what is refused."""

import pytest

import comity as co
from comity.kernel.errors import InputError, UnknownName
from comity.report.draw import svg
from comity.report.reader import Reader
from comity.study.ask import analysis


@pytest.fixture(scope="module")
def ask():
    def run(name="g5", against=(), **options):
        return co.analyse(co.load(name), "leverage", against=[co.load(each) for each in against], **options)

    return run


def ties(result):
    return {(row["member"], row["power"]): row for row in result.table("pairs").rows()}


def test_the_neighbours_of_a_giant_depend_on_it_and_not_the_reverse(ask):
    held = ties(ask(members=("CAN", "MEX", "USA"), power=("USA", "CHN", "CAN")))
    assert held["CAN", "USA"]["value"] == pytest.approx(0.40, abs=0.01)
    assert held["MEX", "USA"]["value"] == pytest.approx(0.45, abs=0.01)
    assert held["USA", "CAN"]["value"] == pytest.approx(0.035, abs=0.001)
    assert held["CAN", "USA"]["vulnerable"] > 0.9 * held["CAN", "USA"]["value"]
    assert held["USA", "CAN"]["vulnerable"] < 0.1 * held["USA", "CAN"]["value"]
    assert (held["CAN", "USA"]["exports"], held["CAN", "USA"]["imports"]) == (0.71, 0.51)


def test_what_the_figures_say_of_others(ask):
    result = ask(members=("KAZ", "ARE", "IND"), power=("CHN", "RUS", "USA"))
    held = ties(result)
    assert result.values["largest"]["KAZ"] == result.values["largest"]["ARE"] == "CHN"
    assert held["KAZ", "RUS"]["defence"] == pytest.approx(0.94, abs=0.01)
    assert held["KAZ", "CHN"]["defence"] == 0  # a pact to consult is no promise of defence
    assert held["IND", "USA"]["value_low"] > 0.05


def test_every_number_lies_within_its_bounds_and_a_gap_has_only_a_bound(ask):
    result = ask("eu-council", power=("CHN",))
    rows = result.table("pairs").rows()
    for row in rows:
        assert 0 <= row["value_low"] <= row["value_high"]
        if row["basis"] == "bound":
            assert row["value"] is None
        else:
            assert row["value_low"] - 1e-12 <= row["value"] <= row["value_high"] + 1e-12
    assert {row["basis"] for row in rows} == {"printed", "one", "bound"}
    graded = {row["member"]: row["value"] for row in rows}
    assert graded["DEU"] > graded["ITA"]  # the exposure of Europeans to China is graded
    assert graded["FRA"] is None
    assert len(rows) == 27


def test_concentration_lies_between_its_bounds(ask):
    for low, high in [ends for each in ask("g7").values["concentration"].values() for ends in each.values()]:
        assert 0 < low < high < 100
    canada = ask("g7").values["concentration"]["CAN"]["export"]
    assert 70.5 < canada[0] < 71.3 < canada[1] < 72.5


def test_the_two_largest_hold_each_other_but_not_at_ten_per_cent(ask):
    assert ask().values["circle"] == ["USA", "CHN"]
    assert ask(threshold=0.1).values["circle"] == []
    assert "hold each other: each depends on the other for" in ask().findings[2].text.en
    assert "No two of these powers" in ask(threshold=0.1).findings[2].text.en


def test_the_order_of_names_changes_nothing_but_the_columns(ask):
    one = ask(members=("CAN", "MEX"), power=("USA", "CHN"))
    other = ask(members=("Mexico", "加拿大"), power=("CHN", "USA"))
    assert one.values["dependence"] == other.values["dependence"]
    assert one.values["centrality"] == other.values["centrality"]


def test_defence_by_treaty_is_another_measure(ask):
    result = ask("g7", by="defence", power=("USA", "CHN"))
    held = ties(result)
    assert held["JPN", "USA"]["value"] == held["JPN", "USA"]["defence"] > 0.9
    assert held["JPN", "CHN"]["value"] == 0
    assert result.values["largest"]["DEU"] == "USA"
    assert "spend" in result.findings[0].text.en


def test_exports_and_imports_are_parts_of_trade(ask):
    parts = [ties(ask("g7", by=by))["CAN", "USA"]["value"] for by in ("exports", "imports", "trade")]
    assert parts[0] + parts[1] == pytest.approx(parts[2])


def test_gaps_are_said(ask):
    result = ask("g20")
    told = " ".join(caveat.en for caveat in result.caveats)
    assert "Left out" in told
    assert "EU" not in result.values["dependence"]
    assert all(caveat.zh for caveat in result.caveats)


def test_a_list_that_leaves_out_a_large_partner_is_not_used(ask):
    result = ask("sco")
    assert "BLR" not in result.values["dependence"]
    told = " ".join(caveat.en for caveat in result.caveats)
    assert "no usable list of partners" in told
    assert "leaves out Russia" in told


@pytest.mark.parametrize("name", ["unga", "imf", "sco", "brics"])
def test_large_and_other_bodies_answer(ask, name):
    result = ask(name)
    assert result.findings[0].figures
    assert result.charts[0].spec["transform"][0]["filter"]["oneOf"]


def test_it_is_the_same_twice_and_names_its_sources(ask):
    first = ask()
    assert first.digest == ask().digest
    assert {"ties/partners.csv", "ties/alliances.csv", "figures.csv"} <= set(first.provenance.figures)
    assert first.provenance.seed is None
    assert any("Alliance Treaty" in source for source in first.provenance.sources)


def test_refusals(ask):
    with pytest.raises(InputError, match="No state or body is called 'Ruritania'"):
        ask(members=("Ruritania",))
    with pytest.raises(InputError, match=r"No figures of AU\. Name a state that trades"):
        ask(power=("AU",))
    with pytest.raises(InputError, match="threshold"):
        analysis("leverage", {"threshold": 2})
    with pytest.raises(UnknownName, match="analysis"):
        analysis("leverages_", {})


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_chart_is_drawn_and_every_text_stands_in_both_languages(lang, actors):
    result = co.analyse(co.load("g5"), "leverage", against=[co.load("g7")])
    for chart in result.charts:
        picture = svg(chart, result.table(chart.table), Reader(lang, "cldr", actors))
        assert "<svg" in picture
        assert "undefined" not in picture
        assert "data" not in chart.spec
        assert chart.alt.zh
    for text in [*(each.text for each in result.findings), *result.caveats, *(each.title for each in result.charts)]:
        assert text.en
        assert text.zh
