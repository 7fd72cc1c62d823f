"""Positions of members: what the tables say of the G5 and G7, and what is refused."""

import pytest

import comity as co
from comity.kernel.errors import InputError


@pytest.fixture(scope="module")
def stand():
    return co.analyse(co.load("g5"), "positions", against=[co.load("g7")], since=60)


def test_the_club_of_rivals_agrees_less_than_the_club_of_allies(stand):
    cohesion = stand.values["cohesion"]
    assert cohesion["g5"] < cohesion["g7"] - 0.1


def test_the_united_states_define_the_high_end(stand):
    latest = stand.values["latest"]
    assert max(latest, key=lambda member: latest[member]) == "USA"
    assert latest["CHN"] < latest["RUS"] < latest["JPN"] < latest["GBR"]


def test_every_point_has_its_interval(stand):
    frame = stand.table("points").frame
    assert (frame["low"] < frame["value"]).all()
    assert (frame["value"] < frame["high"]).all()


def test_the_pivots_of_a_session_stand_in_order(stand):
    frame = stand.table("pivots").frame
    for session in frame["session"].unique():
        value = dict(frame.filter(frame["session"] == session).select("majority", "value").rows())
        assert value["two_thirds_low"] <= value["median"] <= value["two_thirds_high"]


def test_absence_is_counted_apart_from_votes(stand):
    frame = stand.table("turnout").frame
    assert ((frame["share"] >= 0) & (frame["share"] <= 1)).all()
    assert frame["absent"].sum() > 0


def test_the_groups_are_other_tables(stand):
    nuclear = co.analyse(co.load("g5"), "positions", group="nuclear", since=60)
    assert nuclear.values["latest"] != {key: stand.values["latest"][key] for key in nuclear.values["latest"]}


def test_the_board_of_states_without_votes_is_told(stand):
    g20 = co.analyse(co.load("g20"), "positions", since=74)
    assert any("no votes of" in caveat.en for caveat in g20.caveats)
    assert not any("no votes of" in caveat.en for caveat in stand.caveats)


def test_sessions_without_votes_are_refused():
    with pytest.raises(InputError, match="No votes of the members"):
        co.analyse(co.load("g5"), "positions", since=200)


def test_an_unknown_group_is_refused():
    with pytest.raises(InputError, match="group"):
        co.analyse(co.load("g5"), "positions", group="fisheries")
