"""Alternating offers: equal to a plain loop, and laws that hold whatever members want."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import comity as co
from comity.solvers.bargain.offer_scores import score
from comity.solvers.bargain.offers import (
    ORDERS,
    WALKED,
    Setting,
    Tactics,
    negotiate,
    postfix,
    time_dependent,
    together,
)
from comity.solvers.bargain.packages import ONE, Outcomes, shares
from comity.solvers.game import ABSENT, NO, OBJECTS, YES, Game, weighted
from comity.solvers.spatial.line import refusal


def plain(setting, table, luck):  # noqa: PLR0915 - as plainly as can be
    """The same, as the docstrings tell it: one member, one vote, one package at a time."""
    packages, tactics, members = setting.outcomes, setting.tactics, len(setting.game.members)
    places = [
        [round((each - min(row)) / ((max(row) - min(row)) or 1) * 10_000) for each in row] for row in packages.issues
    ]
    heed = [1] * members if setting.heed is None else list(setting.heed)
    away, first, last = refusal(setting.game), {}, {}
    chairs, place, told = list(setting.proposers), int(luck[0]), []
    gone = set()
    away_now, still = list(setting.held), 99 if setting.leaves is None else 0
    leaves = [still] * members if setting.leaves is None else list(setting.leaves)

    def after_place():
        following = [(place + step) % len(chairs) for step in range(1, len(chairs) + 1)]
        return [each for each in following if away_now[chairs[each]] < 0]

    def asks(member, round_):
        wanted = round(tactics.asks[member, round_] * ONE)
        moved = [int(table[member, last[j]]) - int(table[member, first[j]]) for j in last if j != member]
        if moved and sum(moved) > 0:
            wanted -= round(tactics.matches[member] * 1000) * (sum(moved) // len(moved)) // 1000
        return max(wanted, round(tactics.least[member] * ONE))

    def apart(member, package):
        total = 0
        for j in range(members):
            if j == member:
                continue
            if setting.knows == "wishes":
                tabled = int(table[j, last[j]]) if j in last else ONE
                total += (0 if j in gone else heed[j]) * max(tabled - int(table[j, package]), 0)
            elif j in last:
                here, there = packages.digits[package], packages.digits[last[j]]
                total += heed[j] * sum(abs(row[a] - row[b]) for row, a, b in zip(places, here, there, strict=True))
        return total

    for turn in range(setting.turns):
        if setting.order == "recognition":
            place = int(luck[turn])
            while away_now[chairs[place]] >= 0:
                place = (place + 1) % len(chairs)
        member, round_ = chairs[place], turn // len(chairs)
        if round_ >= leaves[member] and not any(table[member, last[j]] > 0 for j in last if j != member):
            told.append((WALKED, member, None))
            gone.add(member)
            away_now[member] = ABSENT
            last.pop(member, None)
            willing = [held if held >= 0 else YES for held in away_now]
            if not after_place() or not setting.game.adopted(np.array([willing]))[0]:
                return -1, told
            place = after_place()[0]
            continue
        open_ = [o for o in range(packages.number) if packages.open is None or packages.open[o]]
        good = [o for o in open_ if table[member, o] >= asks(member, round_)]
        wanted = [asks(each, round_) for each in range(members)]
        if not good:
            told.append((-1, member, None))
            place = after_place()[0]
            continue
        tabled = min(good, key=lambda o: (apart(member, o), -table[member, o], o))
        ballots = [
            away_now[i] if away_now[i] >= 0 else YES if table[i, tabled] >= wanted[i] else away[i]
            for i in range(members)
        ]
        first.setdefault(member, tabled)
        last[member] = tabled
        told.append((tabled, member, [int(each) for each in ballots]))
        if setting.game.adopted(np.array([ballots]))[0]:
            return tabled, told
        after = after_place()
        if setting.order == "first_to_refuse":
            place = next((each for each in after if each != place and ballots[chairs[each]] != YES), after[0])
        else:
            place = after[0]
    return -1, told


def drawn(seed, members, *, rounds=6, quota=None, **given):
    random = np.random.default_rng(seed)
    packages = Outcomes(((0, 50, 100), (0, 20, 70, 100), (0, 1)))
    utilities = random.normal(0, 1, (members, packages.number)).round(2)
    speeds = random.choice([0.2, 1, 5], members)
    asks = np.array([time_dependent(rounds, speed) for speed in speeds])
    tactics = given.pop("tactics", Tactics(asks, random.choice([0, 0.5, 1], members), random.choice([0, 0.1], members)))
    game = given.pop("game", weighted([1] * members, quota or int(random.integers(1, members + 1))))
    setting = Setting(game, packages, tactics, heed=random.integers(0, 5, members), **given)
    luck = setting.luck(random.uniform(size=(1, setting.turns)))
    return setting, shares(utilities, np.zeros(members)), luck


def held(setting, table, luck):
    return negotiate(setting, lambda _: table, luck)


@pytest.mark.parametrize("knows", ["offers", "wishes"])
@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("seed", range(25))
def test_the_compiled_loop_is_the_plain_one(seed, order, knows):
    setting, table, luck = drawn(seed, 2 + seed % 4, order=order, knows=knows)
    outcome, told = plain(setting, table, luck[0])
    log = held(setting, table, luck)
    assert log.outcome[0] == outcome
    assert log.turns[0] == len(told)
    assert [(tabled, by) for tabled, by, _ in told] == list(zip(log.offers[0], log.by[0], strict=True))[: len(told)]
    for turn, (tabled, _, ballots) in enumerate(told):
        if tabled >= 0:
            assert log.ballots[0, turn].tolist() == ballots


@pytest.mark.parametrize("knows", ["offers", "wishes"])
@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("seed", range(12))
def test_the_compiled_loop_is_the_plain_one_where_members_break_off(seed, order, knows):
    members = 3 + seed % 3
    leaves = np.random.default_rng(seed).integers(0, 5, members)
    setting, table, luck = drawn(seed, members, order=order, knows=knows, leaves=leaves, quota=members // 2 + 1)
    table -= 500_000
    outcome, told = plain(setting, table, luck[0])
    log = held(setting, table, luck)
    assert (log.outcome[0], log.turns[0]) == (outcome, len(told))
    assert [(tabled, by) for tabled, by, _ in told] == list(zip(log.offers[0], log.by[0], strict=True))[: len(told)]
    gone = [by for tabled, by, _ in told if tabled == WALKED]
    assert np.flatnonzero(log.left[0]).tolist() == sorted(gone)
    for turn, (tabled, _, ballots) in enumerate(told):
        if tabled >= 0:
            assert log.ballots[0, turn].tolist() == ballots


@pytest.mark.parametrize("knows", ["offers", "wishes"])
def test_a_sample_is_negotiated_as_if_nothing_else_were_open(knows):
    for seed in range(10):
        setting, table, luck = drawn(seed, 4, knows=knows)
        picked = np.flatnonzero(np.random.default_rng(seed).uniform(size=setting.outcomes.number) < 0.6)
        open_ = np.isin(np.arange(setting.outcomes.number), picked)
        names = {"heed": setting.heed, "knows": knows}
        some = Setting(setting.game, Outcomes(setting.outcomes.issues, picked=picked), setting.tactics, **names)
        closed = Setting(setting.game, Outcomes(setting.outcomes.issues, open_), setting.tactics, **names)
        one, two = held(some, table[:, picked], luck), held(closed, table, luck)
        assert (one.turns == two.turns).all()
        assert [picked[each] if each >= 0 else each for each in one.offers[0]] == two.offers[0].tolist()


def test_rules_of_several_conditions_are_read_as_they_are_compiled():
    game = co.load("eu-council").game("qualified_majority", co.load("eu-council").as_of)
    random = np.random.default_rng(3)
    packages = Outcomes(((0, 50, 100), (0, 50, 100)))
    tactics = Tactics(np.tile(time_dependent(5, 1.0), (27, 1)), np.zeros(27), np.zeros(27))
    setting = Setting(game, packages, tactics, order="rotation")
    table = shares(random.normal(0.5, 1, (27, 9)), np.zeros(27))
    luck = setting.luck(random.uniform(size=(1, setting.turns)))
    outcome, told = plain(setting, table, luck[0])
    log = held(setting, table, luck)
    assert (log.outcome[0], log.turns[0]) == (outcome, len(told))


@given(seed=st.integers(0, 10_000), members=st.integers(2, 5), knows=st.sampled_from(["offers", "wishes"]))
@settings(max_examples=60, deadline=None)
def test_unanimity_leaves_nobody_worse_off_and_gives_all_what_they_ask_for_in_that_round(seed, members, knows):
    setting, table, luck = drawn(seed, members, quota=members, knows=knows)
    plainly = Tactics(setting.tactics.asks, np.zeros(members), setting.tactics.least)
    for tactics in (setting.tactics, plainly):
        setting = Setting(setting.game, setting.outcomes, tactics, heed=setting.heed, knows=knows)
        log = held(setting, table, luck)
        if log.outcome[0] >= 0:
            end = table[:, log.outcome[0]]
            assert (end >= 0).all()
    if log.outcome[0] >= 0:
        assert (end >= np.rint(plainly.asks[:, log.round[0] - 1] * ONE)).all()


@given(seed=st.integers(0, 10_000), members=st.integers(2, 4))
@settings(max_examples=40, deadline=None)
def test_the_first_round_that_allows_agreement_comes_no_earlier_for_the_more_patient(seed, members):
    # that patience itself delays agreement is no law: it changes what is tabled. The earliest possible round does.
    rounds, never = 8, 99
    earliest = {}
    for speed in (0.3, 1.0, 3.0):
        asks = np.tile(time_dependent(rounds, speed), (members, 1))
        setting, table, luck = drawn(seed, members, rounds=rounds, quota=members,
                                     tactics=Tactics(asks, np.zeros(members), np.zeros(members)))  # fmt: skip
        floor = np.rint(asks * ONE)
        able = [(table >= floor[:, [t]]).all(axis=0).any() for t in range(rounds)]
        earliest[speed] = able.index(True) + 1 if any(able) else never
        log = held(setting, table, luck)
        assert log.outcome[0] < 0 or log.round[0] >= earliest[speed]
    assert earliest[3.0] <= earliest[1.0] <= earliest[0.3]


@given(seed=st.integers(0, 10_000), members=st.integers(2, 5), order=st.sampled_from(ORDERS))
@settings(max_examples=40, deadline=None)
def test_names_do_not_matter(seed, members, order):
    setting, table, luck = drawn(seed, members, order=order, knows="wishes")
    mixed = np.random.default_rng(seed).permutation(members)
    back = np.argsort(mixed)
    tactics = Tactics(setting.tactics.asks[mixed], setting.tactics.matches[mixed], setting.tactics.least[mixed])
    game = weighted([1] * members, int(setting.game.thresholds[0]))
    other = Setting(game, setting.outcomes, tactics, order, proposes=back, heed=setting.heed[mixed], knows="wishes")
    one, two = held(setting, table, luck), held(other, table[mixed], luck)
    assert one.outcome[0] == two.outcome[0]
    turns = int(one.turns[0])
    assert (one.by[0, :turns] == mixed[two.by[0, :turns]]).all()


@given(seed=st.integers(0, 10_000), members=st.integers(2, 5), knows=st.sampled_from(["offers", "wishes"]))
@settings(max_examples=30, deadline=None)
def test_a_dictator_that_holds_out_has_its_wish(seed, members, knows):
    tactics = Tactics(np.ones((members, 3)), np.zeros(members), np.ones(members))
    setting, table, luck = drawn(seed, members, game=weighted([1] + [0] * (members - 1), 1), tactics=tactics,
                                 knows=knows, order="rotation")  # fmt: skip
    log = held(setting, table, luck)
    if table[0].max() == ONE:
        assert table[0, log.outcome[0]] == ONE
        assert log.round[0] <= 2
    else:
        assert (table[0] <= 0).all()


def test_one_that_objects_stops_a_consensus_and_not_a_majority():
    body = co.load("g5")
    random = np.random.default_rng(1)
    packages = Outcomes(((0, 50, 100), (0, 50, 100)))
    tactics = Tactics(np.tile(time_dependent(10, 1.0), (5, 1)), np.zeros(5), np.zeros(5))
    table = shares(random.uniform(0, 1, (5, 9)), np.zeros(5))
    for rule, adopted in (("consensus", False), ("majority", True)):
        setting = Setting(body.game(rule, body.as_of), packages, tactics, fixed=[-1, -1, -1, -1, OBJECTS])
        log = held(setting, table, setting.luck(random.uniform(size=(1, setting.turns))))
        assert (log.outcome[0] >= 0) == adopted
        free = Setting(body.game(rule, body.as_of), packages, tactics)
        assert held(free, table, free.luck(random.uniform(size=(1, free.turns)))).outcome[0] >= 0


def test_who_stays_away_neither_proposes_nor_votes():
    setting, table, luck = drawn(5, 4, quota=4, fixed=[-1, ABSENT, -1, -1])
    log = held(setting, table, luck)
    turns = int(log.turns[0])
    assert log.outcome[0] < 0
    assert 1 not in log.by[0, :turns]
    assert (log.ballots[0, :turns, 1] == ABSENT).all()
    alone = Setting(setting.game, setting.outcomes, setting.tactics, fixed=[ABSENT, NO, ABSENT, -1])
    assert alone.turns == alone.rounds
    with pytest.raises(ValueError, match="Nobody is there"):
        Setting(setting.game, setting.outcomes, setting.tactics, fixed=[ABSENT] * 4)
    with pytest.raises(ValueError, match="cannot propose"):
        Setting(setting.game, setting.outcomes, setting.tactics, fixed=[ABSENT, -1, -1, -1], proposes=[0])


def test_members_that_all_hold_out_for_different_packages_never_agree():
    packages = Outcomes(((0, 100),))
    stubborn = Tactics(np.ones((2, 30)), np.zeros(2), np.ones(2))
    table = shares([[1, 2], [2, 1]], [0, 0])
    setting = Setting(weighted([1, 1], 2), packages, stubborn)
    log = held(setting, table, np.zeros((1, setting.turns), dtype=np.int64))
    assert (log.outcome[0], log.turns[0]) == (-1, 60)
    assert set(log.offers[0]) == {0, 1}


def test_two_over_a_pie_split_it_where_their_asks_meet():
    # eleven ways to split ten; both concede by a tenth a round: their asks add up to one pie in round six, 5 to 5
    packages = Outcomes((tuple(range(11)),))
    tactics = Tactics(np.tile(time_dependent(11, 1.0), (2, 1)), np.zeros(2), np.zeros(2))
    table = shares([list(range(11)), list(range(10, -1, -1))], [0, 0])
    for knows in ("offers", "wishes"):
        setting = Setting(weighted([1, 1], 2), packages, tactics, knows=knows)
        log = held(setting, table, np.zeros((1, setting.turns), dtype=np.int64))
        assert (log.outcome[0], log.round[0]) == (5, 6)


def test_one_that_repays_in_kind_gives_what_it_was_given():
    packages = Outcomes((tuple(range(11)),))
    asks = np.stack([time_dependent(11, 1.0), np.ones(11)])
    setting = Setting(weighted([1, 1], 2), packages, Tactics(asks, np.array([0.0, 1.0]), np.zeros(2)))
    table = shares([list(range(11)), list(range(10, -1, -1))], [0, 0])
    log = held(setting, table, np.zeros((1, setting.turns), dtype=np.int64))
    mine = [int(each) for each, by in zip(log.offers[0], log.by[0], strict=True) if by == 1]
    theirs = [int(each) for each, by in zip(log.offers[0], log.by[0], strict=True) if by == 0]
    assert mine[:4] == [10 - each for each in theirs[:4]]
    assert log.outcome[0] == 5


def test_time_alone_as_the_textbook_has_it():
    # alpha(t) = k + (1 - k) (t / T)^(1 / beta): slow for beta < 1, fast for beta > 1, the same ends for all
    assert time_dependent(3, 0.5).tolist() == [1.0, 0.75, 0.0]
    assert time_dependent(3, 2.0).round(6).tolist() == [1.0, round(1 - 0.5**0.5, 6), 0.0]
    assert time_dependent(3, 1.0, start=0.2, least=0.5).round(6).tolist() == [0.9, 0.7, 0.5]
    slow, even, fast = (time_dependent(20, speed) for speed in (0.2, 1.0, 5.0))
    assert (slow >= even).all()
    assert (even >= fast).all()
    for speed, rounds, least in ((0, 5, 0), (1, 0, 0), (1, 5, 2)):
        with pytest.raises(ValueError, match="Talks have one round"):
            time_dependent(rounds, speed, least=least)


def test_units_of_utility_and_the_number_of_workers_do_not_matter():
    random = np.random.default_rng(7)
    setting, _, _ = drawn(7, 4, order="recognition", knows="wishes")
    tables = random.normal(0, 1, (40, 4, setting.outcomes.number)).round(2)
    luck = setting.luck(random.uniform(size=(40, setting.turns)))
    one = negotiate(setting, lambda n: shares(tables[n], np.zeros(4)), luck)
    two = negotiate(setting, lambda n: shares(tables[n] * 8 + 4, np.full(4, 4)), luck, workers=3)
    for name in ("outcome", "turns", "round", "offers", "by", "ballots"):
        assert (getattr(one, name) == getattr(two, name)).all()


def test_a_package_left_as_it_stands_is_not_tabled():
    setting, table, luck = drawn(11, 3, quota=1)
    open_ = np.arange(setting.outcomes.number) % 2 == 0
    closed = Setting(setting.game, Outcomes(setting.outcomes.issues, open_), setting.tactics)
    log = held(closed, table, luck)
    assert all(each < 0 or each % 2 == 0 for each in log.offers[0])


@pytest.mark.parametrize("seed", range(10))
def test_the_front_and_what_all_could_have_more(seed):
    setting, table, luck = drawn(seed, 3, quota=2)
    gains = table.T / ONE
    front = [
        one for one in gains if not any((other >= one).all() and (other > one).any() for other in gains)
    ]  # fmt: skip
    outcome = int(held(setting, table, luck).outcome[0])
    point = gains[outcome] if outcome >= 0 else np.zeros(3)
    found = score(setting, table, outcome)
    assert found.front == pytest.approx(min(np.sqrt(((each - point) ** 2).mean()) for each in front))
    assert found.room == pytest.approx(max(0.0, (gains - point).min(axis=1).max()))
    assert found.possible == bool(((table >= 0).sum(axis=0) >= 2).any())
    assert score(setting, table, int((gains == front[0]).all(axis=1).argmax())).front == 0


def test_games_joined_adopt_what_each_adopts():
    two = together([weighted([3, 2, 1], 4), weighted([0, 1, 1], 1)])
    ballots = np.array([[each >> place & 1 for place in range(3)] for each in range(8)])
    each = [weighted([3, 2, 1], 4).adopted(ballots), weighted([0, 1, 1], 1).adopted(ballots)]
    assert (two.adopted(ballots) == each[0] & each[1]).all()
    assert postfix(two.formula) == [0, 1, -5]
    with pytest.raises(ValueError, match="same members"):
        together([weighted([1], 1), weighted([1, 1], 1)])


def test_what_does_not_fit_is_refused():
    packages = Outcomes(((0, 1),))
    tactics = Tactics(np.ones((2, 3)), np.zeros(2), np.zeros(2))
    game = weighted([1, 1], 2)
    with pytest.raises(ValueError, match="one issue at least"):
        Outcomes(())
    with pytest.raises(ValueError, match="3 members, the tactics 2"):
        Setting(weighted([1, 1, 1], 2), packages, tactics)
    with pytest.raises(ValueError, match="no order of proposing 'lot'"):
        Setting(game, packages, tactics, order="lot")
    with pytest.raises(ValueError, match="Fixed choices"):
        Setting(game, packages, tactics, fixed=[9, 0])
    with pytest.raises(ValueError, match="share of its own range"):
        Tactics(-np.ones((2, 3)), np.zeros(2), np.zeros(2))
    with pytest.raises(ValueError, match="one chance of nought or more"):
        Setting(game, packages, tactics, recognition=[1, 1]).luck(np.zeros(6))
    setting = Setting(game, packages, tactics)
    with pytest.raises(ValueError, match="Luck is talks x 6 turns"):
        negotiate(setting, lambda _: np.zeros((2, 2)), np.zeros((1, 2), dtype=np.int64))
    with pytest.raises(ValueError, match="2 members x 2 packages"):
        negotiate(setting, lambda _: np.zeros((1, 2)), np.zeros((1, 6), dtype=np.int64))
    assert isinstance(setting.game, Game)
