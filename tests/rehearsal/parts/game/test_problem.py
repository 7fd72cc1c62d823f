"""The frozen problem: its digest, its days, its shocks, and what it refuses before round 1."""

from __future__ import annotations

import datetime

import pytest

import comity
from comity.kernel.errors import InputError, NotComputable, UnknownName
from comity.library.figures import panel
from comity.library.stakes import ground, stakes
from comity.rehearsal.game import shock
from comity.rehearsal.parts.game.problem import Problem
from comity.rehearsal.parts.game.setting_up import frozen, game, player


def test_everything_in_it_is_in_its_digest(g5, grounds):
    usual = frozen(g5, grounds)
    others = [
        frozen(g5, grounds, rounds=19),
        frozen(g5, grounds, seed=2),
        frozen(g5, grounds, players={"USA": "grim"}),
        frozen(g5, grounds, shocks=[{"what": "absent", "by": "USA", "round": 1}]),
        frozen(g5, grounds, terms={"periods": 3}),
    ]
    assert len({each.digest for each in (usual, *others)}) == 6
    assert frozen(g5, grounds).digest == usual.digest
    assert Problem.model_validate(usual.model_dump(mode="json", by_alias=True)).digest == usual.digest


def test_rounds_follow_the_calendar(g5, grounds):
    problem = frozen(g5, grounds)
    assert str(problem.every) == "3 months"
    assert [problem.day(number) for number in (1, 2, 5)] == [
        datetime.date(2026, 2, 6),
        datetime.date(2026, 5, 6),
        datetime.date(2027, 2, 6),
    ]


def test_a_changed_charter_or_changed_stakes_stop_it_before_round_1(g5, grounds):
    problem = frozen(g5, grounds)
    with pytest.raises(InputError, match="The charter 'g5' changed since the game began"):
        game(problem, comity.load("g7"), grounds)
    cut = stakes("mission")
    fewer = cut.model_copy(update={"issues": {"energy": cut.issues["energy"]}}).named("mission", {})
    with pytest.raises(InputError, match="The stakes 'mission' changed since the game began"):
        game(problem, g5, ground(fewer, panel()))


@pytest.mark.parametrize(
    ("given", "error", "said"),
    [
        ({"players": {"USA": "hold_on"}}, UnknownName, "There is no player 'hold_on'. Did you mean hold_out"),
        ({"players": {"FRA": "grim"}}, UnknownName, "There is no member of Group of Five (as rumoured) 'FRA'."),
        (
            {"players": {"USA": "concede:speed=0"}},
            InputError,
            "The player 'concede': speed: input should be greater than 0",
        ),
        ({"players": {"USA": "grim:speed=1"}}, InputError, "The player 'grim': speed: extra inputs are not permitted"),
        ({"players": {"USA": "concede:fast"}}, InputError, "'fast' in 'concede:fast' is no parameter."),
        ({"rounds": 0}, InputError, "The rehearsal cannot begin: rounds: input should be greater than or equal to 1"),
        ({"every": "a while"}, InputError, "The rehearsal cannot begin: every: is no duration."),
        ({"terms": {"miss": "3/2"}}, InputError, "The rehearsal cannot begin: terms.miss: "),
        (
            {"shocks": [{"what": "absent", "by": "USA"}]},
            InputError,
            "The rehearsal cannot begin: shocks.0: needs a round or a chance, and not both. Write round: 5, or",
        ),
        ({"shocks": [{"what": "tariff", "by": "USA", "round": 1}]}, InputError, "names against and amount where it is"),
        ({"shocks": [{"what": "absent", "by": "FRA", "round": 1}]}, UnknownName, "in shock 1 'FRA'"),
    ],
)
def test_what_cannot_be_played_is_said_before_round_1(g5, grounds, given, error, said):
    with pytest.raises(error) as caught:
        frozen(g5, grounds, **given)
    assert said in str(caught.value)


def test_a_person_without_a_terminal_is_refused(g5, grounds):
    with pytest.raises(InputError, match="JPN would be played by a person, and there is no terminal"):
        game(frozen(g5, grounds, players={"JPN": "human"}), g5, grounds)


def test_a_body_too_large_and_one_without_stakes_are_not_computable(grounds):
    assembly = comity.load("unga")
    with pytest.raises(NotComputable, match=r"has 193 members; one game asks each of at most 60"):
        game(frozen(assembly, grounds), assembly, grounds)
    board = comity.load("imf-board")
    with pytest.raises(NotComputable, match="No issue of mission can be played"):
        game(frozen(board, grounds), board, grounds)


@pytest.mark.parametrize("wrong", ["absent", "absent:USA", "absent:USA:5:six"])
def test_a_shock_that_cannot_be_read_says_how_to_write_it(wrong):
    with pytest.raises(InputError, match=r"is no shock. Write WHAT:MEMBER:ROUND"):
        shock(wrong)


def test_a_player_is_written_in_one_line():
    assert player("walk_out:patience=2:leaves_after=5").leaves_after == 5
    assert player(player("grim")) == player({"kind": "grim"})
