"""Outside options: a pair by hand, a majority that goes on without, shipped bodies, and what is refused."""

import dataclasses
import json

import pytest

import comity as co
from comity.analysis.outside_options import OutsideOptions
from comity.cli import run as typed
from comity.kernel.errors import InputError, NotComputable, UnknownName
from comity.study.ask import inputs

WISHES = {"USA": 80, "CHN": 40, "JPN": 60, "IND": 45, "RUS": 42}
STAKES = """
comity: 1
title: {{en: A threat, zh: 威胁}}
on: 2026-02-06
rules:
  usual: {{kind: same, value: [50, 50, 50], why: {{en: made up, zh: 虚构}}}}
issues:
  one: {one}
  two: {two}
"""
ISSUE = """
    title: {{en: {name}, zh: {name}}}
    sensitivity: low
    ends: {{0: {{en: a, zh: 甲}}, 100: {{en: b, zh: 乙}}}}
    status_quo: 20
    salience: usual
    seats: {{{seats}}}
"""


def written(wishes):
    seats = ", ".join(
        f"{who}: {{position: [{at}, {at}, {at}], basis: assumption, why: {{en: made up, zh: 虚构}}}}"
        for who, at in wishes.items()
    )
    return STAKES.format(one=ISSUE.format(name="One", seats=seats), two=ISSUE.format(name="Two", seats=seats))


@pytest.fixture(scope="module")
def ask(club, wanted):
    """The issue one is decided by three fifths, the issue two by consensus."""

    def run(wishes=WISHES, **options):
        given = dataclasses.replace(inputs(club), stakes=wanted(written(wishes)))
        return OutsideOptions(**{"draws": 100, **options}).run(given)

    return run


def threat(result, issue="two"):
    return result.values["threats"]["club"][issue]


def test_where_all_must_consent_the_text_moves_to_the_one_that_has_somewhere_to_go(ask):
    """Mean 53.4, all accept up to 60; with half the way to 80 it lives at 50 and accepts no less than 50: no change.

    With three quarters of the way it lives at 65 and accepts from 65 on: no text is left, and it acts outside.
    """
    half, far = threat(ask(carries="1/2")), threat(ask(carries="3/4"))
    assert (half["credible"], half["outside"], half["adopted"]) == (1, 50, 1)
    assert half["exit"]["nearer"] == 0
    assert half["exit"]["nash"] >= 0
    assert (far["outside"], far["exit"]["adopted"]) == (65, 0)
    assert far["exit"]["gains"] == 1


def test_it_moves_the_text_by_as_much_as_it_must(ask):
    """At 55 it accepts from 55 on; the compromise of 53.4 moves there, as all accept up to 60."""
    found = threat(ask(carries="35/60"))
    assert found["exit"]["before"] == pytest.approx(53.4)
    assert found["exit"]["after"] == pytest.approx(55)
    assert found["exit"]["nearer"] == pytest.approx(1.6)


def test_a_majority_does_without_it(ask):
    found = threat(ask(carries="3/4"), "one")
    assert found["exit"]["adopted"] == 1
    assert found["exit"]["nearer"] == 0


def test_those_who_live_with_it_measure_texts_by_it_and_lose(ask):
    """Everybody lives at 65 instead of 20: who wants 40 is 25 away instead of 20."""
    result = ask(carries="3/4")
    rows = {row["member"]: row for row in result.table("losers").rows() if row["issue"] == "two"}
    assert rows["CHN"]["loses"] == 1
    assert rows["CHN"]["loss"] == pytest.approx(5)
    assert "JPN" not in rows  # at 60 it gains


def test_an_empty_threat_changes_nothing(ask):
    """At a cost of 40 points acting outside is worth nothing to it: 30 points nearer by half the way."""
    found = threat(ask(carries="1/2", cost=40))
    assert found["credible"] == 0
    for reading in ("exit", "gone"):
        assert found[reading]["adopted"] == found["adopted"]
        assert (found[reading]["nearer"], found[reading]["gains"], found[reading]["hurts"]) == (0, 0, 0)
        assert found[reading]["nash"] == 0
    assert found["setter"] == 0


def test_going_farther_never_serves_a_sole_proposer_less_nor_moves_nash_away(ask):
    found = [threat(ask(carries=share)) for share in ("0", "1/4", "1/2", "3/5")]
    assert [each["setter"] for each in found] == sorted(each["setter"] for each in found)
    moved = [each["exit"]["nash"] for each in found if each["exit"]["nash"] is not None]
    assert moved == sorted(moved)
    assert found[0]["credible"] == 0


def test_partners_act_on_their_compromise_and_all_must_prefer_it(ask):
    found = threat(ask(carries="1/2", partners=("JPN",)))
    assert found["actors"] == ["USA", "JPN"]
    assert found["outside"] == pytest.approx(20 + (70 - 20) / 2)
    assert found["credible"] == 1
    assert found["setter"] is None
    apart = threat(ask({**WISHES, "JPN": 0}, carries="1/2", partners=("JPN",)))
    assert apart["credible"] == 0


def test_how_far_it_carries_is_its_share_of_output_where_no_good_is_valued(ask):
    row = ask().table("texts").rows()[0]
    assert row["basis"] == "output"
    assert 0.2 < row["carries"] < 0.35
    assert ask(carries="1/2").table("texts").rows()[0]["basis"] == "assumption"


@pytest.fixture(scope="module")
def shipped():
    options = {"issues": ("energy", "middle_east"), "draws": 300, "against": (co.load("unga"),), "member": "USA"}
    return co.analyse(co.load("g5"), "outside_options", **options)


def test_the_shipped_issues_have_intervals_and_the_part_of_the_good(shipped):
    rows = shipped.table("texts").rows()
    assert {row["issue"]: row["basis"] for row in rows} == {"energy": "good", "middle_east": "output"}
    for row in shipped.table("threats").rows():
        assert row["adopted_low"] <= row["adopted"] <= row["adopted_high"]
    assert shipped.values["threats"]["unga"]["energy"]["exit"]["nash"] is None


def test_every_mark_of_a_chart_stands_in_its_table(shipped):
    for chart in shipped.charts:
        columns = {column.name for column in shipped.table(chart.table).columns}
        for layer in chart.spec["layer"]:
            for channel in layer["encoding"].values():
                assert channel["field"].removesuffix("_label") in columns


def test_the_same_seed_gives_the_same_bytes(shipped):
    options = {"issues": ("energy", "middle_east"), "draws": 300, "against": (co.load("unga"),), "member": "USA"}
    assert co.analyse(co.load("g5"), "outside_options", **options).digest == shipped.digest


def test_a_member_without_a_seat_is_said_to_have_none():
    result = co.analyse(co.load("g5"), "outside_options", issues=("energy",), draws=100, member="DEU",
                        against=(co.load("g7"),))  # fmt: skip
    assert list(result.values["threats"]) == ["g7"]
    assert any("G5: Germany has no seat there." in each.en for each in result.caveats)


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"carries": "3/2"}, InputError, "--carries 3/2 is more than the whole way"),
        ({"member": "DEU"}, UnknownName, "There is no member of these institutions 'DEU'"),
        ({"partners": ("DEU",)}, UnknownName, "There is no member of these institutions 'DEU'"),
        ({"member": "JPN", "partners": ("JPN",)}, InputError, "A partner is another member, named once"),
        ({"issues": ("three",)}, UnknownName, "issue in the stakes"),
    ],
)
def test_what_cannot_be_asked_is_refused(ask, options, error, message):
    with pytest.raises(error, match=message):
        ask(**options)


def test_where_the_one_that_threatens_has_no_stakes_there_is_nothing_to_say(ask):
    with pytest.raises(NotComputable, match="Nobody can threaten here"):
        ask({who: at for who, at in WISHES.items() if who != "USA"}, member="USA")


def test_the_command_line_asks_it_with_all_its_options(capsys):
    words = ["--issues", "energy", "--member", "USA", "--partners", "JPN", "--carries", "1/3", "--cost", "2"]
    assert typed(["analyse", "outside-options", "g5", *words, "--draws", "100", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["threats"]["g5"]["energy"]["actors"] == ["USA", "JPN"]
    assert found["tables"]["texts"][0]["carries"] == pytest.approx(1 / 3)
