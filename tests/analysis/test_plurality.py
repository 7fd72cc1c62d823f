"""Plurality: the numbers of a made-up club by hand, the laws of exits, gaps, growth, and what is refused."""

import datetime
from itertools import pairwise

import pytest

import comity as co
from comity.analysis.parts.plurality import times
from comity.analysis.plurality import Plurality
from comity.kernel.errors import InputError, NotComputable, UnknownName
from comity.model.analysis import Inputs

USUAL = {"measures": ("gdp_usd", "population"), "draws": 200}


@pytest.fixture(scope="module")
def result(ask, club, world):
    return ask(Plurality(**USUAL), club, panel=world)


def rows(result, name, **wanted):
    found = result.table(name).frame.to_dicts()
    return [row for row in found if all(row[key] == value for key, value in wanted.items())]


def test_the_numbers_of_the_club_are_those_of_the_hand(result):
    # 30, 20 and 5 of 55; without the first 20 and 5 of 25
    here = result.values["effective"]["club"]["powers.gdp_usd"]
    assert here["number"] == pytest.approx(55**2 / (30**2 + 20**2 + 5**2))
    assert here["without"] == pytest.approx(25**2 / (20**2 + 5**2))
    assert result.values["effective"]["club"]["powers.population"]["number"] == pytest.approx(5)


def test_votes_enter_as_weights_and_heads(result):
    club = result.values["effective"]["club"]
    assert club["votes.heads"]["number"] == pytest.approx(5)
    weights = (30, 28, 16, 14, 12)
    assert club["votes.club.budget"]["number"] == pytest.approx(100**2 / sum(each**2 for each in weights))


def test_a_gap_widens_the_interval_and_is_told(result):
    row = rows(result, "numbers", institution="club", measure="powers.gdp_usd")[0]
    assert row["effective_low"] <= row["effective"] < row["effective_high"]
    assert row["effective_high"] > 3  # IND and RUS may hold up to the median of the made-up world, 20
    assert any("GDP: no figure for India, Russia." in each.en for each in result.caveats)


def test_the_interval_of_what_is_written_has_no_width(result):
    row = rows(result, "numbers", institution="club", measure="votes.club.budget")[0]
    assert (row["effective_low"], row["effective_high"]) == (None, None)
    held = result.values["effective"]["club"]["votes.club.budget"]
    assert held["low"] == held["number"] == held["high"]


def test_an_exit_adds_where_the_share_is_above_the_threshold_and_takes_at_most_one(result):
    behind = {(row["institution"], row["measure"]): row for row in rows(result, "holders")}
    for row in rows(result, "numbers"):
        if row["others"] is None:
            continue
        held = behind[row["institution"], row["measure"]]
        assert row["others"] >= row["effective"] - 1 - 1e-9
        assert (row["others"] > row["effective"]) == (held["share"] > held["threshold"])


def test_without_nobody_that_is_there_the_others_are_none(ask, club, world):
    result = ask(Plurality(**USUAL, without=("FRA",)), club, panel=world)
    assert {row["effect"] for row in rows(result, "numbers", institution="club")} == {"absent"}
    assert rows(result, "numbers", institution="world", measure="powers.gdp_usd")[0]["others"] is not None


def test_several_may_leave_together(ask, club, world):
    result = ask(Plurality(**USUAL, without=("USA", "CHN")), club, panel=world)
    assert result.values["effective"]["club"]["powers.gdp_usd"]["without"] == pytest.approx(1)


def test_who_has_no_line_of_its_own_cannot_be_taken_out_of_the_long_series():
    others = {(moment.series, moment.others is None) for moment in times.moments(("USA", "AUS"))}
    assert ("capabilities", True) in others
    assert ("capabilities", False) not in others
    assert ("un_regular_budget", False) in others
    result = co.analyse(co.load("g20"), "plurality", without=("USA", "AUS"), draws=100)
    assert any("Australia cannot be taken out of them" in each.en for each in result.caveats)


def test_since_a_year_after_which_a_series_has_none_nothing_is_said_of_it():
    result = co.analyse(co.load("g7"), "plurality", since=2100, draws=100)
    assert not any("Since 2100" in each.text.en for each in result.findings)
    assert rows(result, "moved") == []


def test_the_same_seed_gives_the_same_bytes_and_another_other_intervals(ask, club, world, actors):
    first = ask(Plurality(**USUAL), club, panel=world)
    assert first.digest == ask(Plurality(**USUAL), club, panel=world).digest
    other = Plurality(**USUAL).run(Inputs(club, actors, panel=world, on=datetime.date(2026, 2, 6), seed=2))
    assert other.digest != first.digest
    assert other.values["effective"]["club"]["powers.gdp_usd"]["number"] == pytest.approx(3025 / 1325)


def test_the_parts_of_a_change_add_up_to_it(result):
    for series in ("capabilities", "gdp_constant", "un_regular_budget"):
        found = rows(result, "moved", series=series)
        ends = result.values["over_time"][series]
        change = ends[str(found[0]["until"])] - ends[str(found[0]["since"])]
        assert sum(row["part"] for row in found) == pytest.approx(change, abs=2e-2)
        assert sum(row["after"] for row in found) == pytest.approx(1, abs=1e-3)


def test_the_world_was_never_fewer_than_one_nor_more_than_its_states():
    for moment in times.moments(("USA",)):
        if moment.number is not None:
            assert 1 <= moment.number <= moment.states
        if moment.others is not None and moment.number is not None:
            assert moment.others >= moment.number - 1 - 1e-6


def test_a_ceiling_on_shares_is_a_floor_under_the_number_of_payers():
    fund = co.analyse(co.load("g5"), "plurality", draws=100).values["effective"]["g5"]["payers.g5.common_fund"]
    assert fund["number"] >= 3  # nobody pays more than a third
    assert fund["low"] == fund["number"] == fund["high"]


def test_brics_at_its_growth():
    result = co.analyse(co.load("brics"), "plurality", against=[co.load("sco")], draws=100)
    grown = rows(result, "growth", institution="brics", measure="population")
    assert [row["members"] for row in grown] == [4, 5, 9, 10]
    assert [row["effective"] for row in grown] == sorted(row["effective"] for row in grown)
    for before, after in pairwise(grown):
        assert after["by_joining"] == pytest.approx(after["effective"] - before["effective"])
    assert any("BRICS grew from 4 members (2009) to 10 (2025)" in each.text.en for each in result.findings)


def test_pledges_that_are_not_all_seen_have_bounds_and_no_number():
    result = co.analyse(co.load("gcf"), "plurality", draws=100)
    row = rows(result, "numbers", institution="gcf", measure="payers.gcf")[0]
    assert row["effective"] is None
    assert 1 < row["effective_low"] < row["effective_high"] < 20
    assert any("no single number is given" in each.en for each in result.caveats)


@pytest.mark.parametrize("name", ["g20", "unga", "imf", "unsc", "imf-board", "unfccc-cop"])
def test_institutions_that_ship_can_be_counted(name):
    result = co.analyse(co.load(name), "plurality", draws=100)
    assert result.findings
    for row in rows(result, "numbers"):
        if row["effective"] is not None:
            low, high = row["effective_low"] or row["effective"], row["effective_high"] or row["effective"]
            assert 1 - 1e-9 <= low <= row["effective"] <= high <= row["members"] + 40
            assert row["effective"] <= row["members"] + 1e-9


def test_what_cannot_be_asked_is_refused(ask, club, world):
    with pytest.raises(InputError, match="Shares of internet_users_pct are not defined: it is a rate"):
        ask(Plurality(measures=("internet_users_pct",)), club, panel=world)
    with pytest.raises(InputError, match="Shares of net_energy_exports_pj are not defined: it can be negative"):
        ask(Plurality(measures=("net_energy_exports_pj",)), club, panel=world)
    with pytest.raises(UnknownName, match="There is no indicator 'gold'"):
        ask(Plurality(measures=("gold",)), club, panel=world)
    with pytest.raises(UnknownName, match="There is no member 'XXX'"):
        ask(Plurality(without=("XXX",)), club, panel=world)
    with pytest.raises(InputError, match="needs figures"):
        ask(Plurality(), club)


def test_where_nothing_can_be_counted_it_says_so(ask, world, club):
    nobody = club.model_copy(update={"members": ()})
    with pytest.raises(NotComputable, match=r"Nothing of .* can be counted"):
        ask(Plurality(**USUAL), nobody, panel=world)


def test_a_body_that_only_changes_its_members_has_not_grown():
    told = [each.text.en for each in co.analyse(co.load("unsc"), "plurality", draws=100).findings]
    assert not [each for each in told if "grew from" in each and "UNSC" in each]
    assert any(each.startswith("UNSC has 15 members in 2026 as in 2020, but not the same ones") for each in told)


def test_members_that_a_ledger_does_not_name_are_told():
    result = co.analyse(co.load("imf-board"), "plurality", draws=100)
    told = next(each.en for each in result.caveats if each.en.startswith("Rates of the UN budget: no figure for"))
    assert told.endswith("more.")
    assert "(7 of 24 with a figure)" in result.findings[1].text.en
