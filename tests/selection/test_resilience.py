"""The sheet of resilience: ranks by hand, both treatments of gaps, named gaps, and what is refused."""

import dataclasses

import pytest

import comity as co
from comity.kernel.errors import InputError, NotComputable, UnknownName
from comity.kernel.result import Text
from comity.selection import resilience
from comity.selection.resilience import Resilience
from comity.selection.resilience_indicators import INDICATORS, Wanted

FIGURES = {
    "wealth": {"AAA": 60.0, "BBB": 30.0, "CCC": 8.0, "DDD": 2.0, "EEE": 1.0},
    "skill": {"AAA": 10.0, "BBB": 40.0, "CCC": 30.0, "DDD": 20.0, "EEE": 5.0},
    "grain": {"AAA": 50.0, "BBB": None, "CCC": 70.0, "DDD": 90.0, "EEE": 10.0},
}


@pytest.fixture
def toy(monkeypatch, make, make_panel):
    """Three indicators that have figures and one that has none; the club is of the first four states."""
    wanted = tuple(
        Wanted(name, Text(name.title(), name), "ours", name, Text("no doubt", "无"), Text("a census", "普查"))
        for name in FIGURES
    )
    missing = Wanted("song", Text("Song", "歌"), "mission", "", Text("", ""), Text("a choir", "合唱团"))
    monkeypatch.setattr(resilience, "INDICATORS", (*wanted, missing))
    given = make(members=["AAA", "BBB", "CCC", "DDD"])
    return dataclasses.replace(given, panel=make_panel(FIGURES, natures=dict.fromkeys(FIGURES, "rate")))


def rows(result, name, **wanted):
    return [row for row in result.table(name).frame.to_dicts() if all(row[key] == wanted[key] for key in wanted)]


def test_ranks_among_members_and_in_the_world_are_those_of_the_hand(toy):
    result = Resilience(draws=200).run(toy)
    cell = rows(result, "sheet", member="CCC", indicator="skill")[0]
    assert (cell["rank"], cell["world_rank"], cell["of_world"]) == (2, 2, 5)
    assert cell["place"] == pytest.approx(3 / 4)
    gap = rows(result, "sheet", member="BBB", indicator="grain")[0]
    assert (gap["value"], gap["rank"], gap["standing"]) == (None, None, "gap")
    assert rows(result, "sheet", member="AAA", indicator="song")[0]["standing"] == "unshipped"


def test_a_gap_as_the_worst_never_helps(toy):
    found = Resilience(draws=500).run(toy).values["ranks"]
    assert found["BBB"]["worst"]["mean_rank"] > found["BBB"]["left_out"]["mean_rank"]
    assert found["BBB"]["worst"]["top"] <= found["BBB"]["left_out"]["top"]


def test_left_out_a_member_first_in_all_it_has_is_first_more_often_than_others(toy):
    found = Resilience(draws=2000, indicators=("skill", "grain")).run(toy).values["ranks"]
    assert found["BBB"]["left_out"]["first"] == 1.0  # 40 is the most skill of all, and grain is not counted
    assert found["DDD"]["worst"]["first"] > 0


def test_shares_of_ranks_sum_to_one_and_have_intervals(toy):
    result = Resilience(draws=300, top=1).run(toy)
    for row in rows(result, "ranks"):
        assert row["top_low"] <= row["top"] <= row["top_high"]
        assert row["first"] == row["top"]
    for treatment in ("worst", "left_out"):
        assert sum(row["first"] for row in rows(result, "ranks", treatment=treatment)) >= 1 - 1e-9


def test_gaps_are_named_with_what_would_fill_them(toy):
    result = Resilience(draws=100).run(toy)
    said = [each.en for each in result.caveats]
    assert "Song: a gap. It would be filled by a choir." in said
    assert any(each.startswith("Grain: no figure of Beta") for each in said)
    assert result.values["gaps"] == {"song": "a choir"}
    assert "4 indicators of resilience 3 have figures" in result.findings[0].text.en


def test_the_same_seed_gives_the_same_bytes(toy):
    assert Resilience(draws=100).run(toy).digest == Resilience(draws=100).run(toy).digest
    other = dataclasses.replace(toy, seed=2)
    assert Resilience(draws=100).run(other).digest != Resilience(draws=100).run(toy).digest


def test_distances_instead_of_places_can_be_asked_for(toy):
    by_place = Resilience(draws=500, indicators=("wealth", "skill")).run(toy).values["ranks"]
    by_distance = Resilience(draws=500, indicators=("wealth", "skill"), scale="min_max").run(toy).values["ranks"]
    assert by_place != by_distance


def test_what_cannot_be_asked_is_refused(toy):
    with pytest.raises(UnknownName, match="There is no indicator of resilience 'luck'"):
        Resilience(indicators=("luck",)).run(toy)
    with pytest.raises(InputError, match="4 of 4 members cannot all be first"):
        Resilience(top=4).run(toy)
    with pytest.raises(NotComputable, match="Fewer than two members of"):
        Resilience(indicators=("song",)).run(toy)


def test_the_shipped_sheet_names_seven_of_the_text_and_three_of_ours():
    assert [each.whose for each in INDICATORS].count("mission") == 7
    assert len(INDICATORS) == 10
    described = co.panel().indicators
    for each in INDICATORS:
        assert each.title.zh
        assert each.fill.zh
        assert not each.figure or (described[each.figure].nature == "rate" and each.doubt.zh)


@pytest.mark.parametrize(("name", "against"), [("g5", "g7"), ("g20", None), ("brics", "sco"), ("unga", None)])
def test_institutions_that_ship_have_a_sheet(name, against):
    result = co.analyse(co.load(name), "resilience", against=[co.load(against)] if against else [], draws=200)
    assert set(result.values["gaps"]) == {"basic_research", "settlement", "food", "emergency"}
    for row in rows(result, "sheet"):
        assert (row["value"] is None) == (row["standing"] != "figure")
        assert row["value"] is None or 2020 <= row["year"] <= 2025


def test_china_has_a_gap_where_the_source_repeats_itself():
    result = co.analyse(co.load("g5"), "resilience", draws=100)
    sheet = result.values["sheet"]
    assert any("no figure of China (its last, of 2011, was 41.5) from 2020 on" in each.en for each in result.caveats)
    assert sheet["CHN"]["high_end_manufacturing"] is None
    assert sheet["USA"]["high_end_manufacturing"] == pytest.approx(44.08)
