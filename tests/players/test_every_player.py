"""What every player must do, whoever wrote it: play legal moves only, the same for the same question, and no more."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.kernel.family import Spec
from comity.model.player import PLAYERS, Player, Tabled
from comity.model.policy import Policy
from comity.model.seat import Ask, legal_values

KINDS = [kind for kind, member in PLAYERS.members().items() if not member.outside]
ABOUT = ("attend", "table", "vote", "perform", "pay", "enforce", "consent", "leave")
shares = st.fractions(-2, 1, max_denominator=20)
views = st.fixed_dictionaries(
    {
        "round": st.integers(1, 20),
        "position": st.none() | st.fractions(0, 100, max_denominator=10),
        "reach": st.fractions(0, 100, max_denominator=10),
        "others": st.fractions(0, 100, max_denominator=10),
        "share": st.none() | shares,
        "refused": st.integers(0, 30),
        "conceded": st.fractions(0, 1, max_denominator=20),
        "outvoted": st.integers(0, 30),
        "kept": st.integers(0, 50),
        "broken": st.integers(0, 50),
        "last_judged": st.integers(0, 5),
        "last_broken": st.integers(0, 5),
        "worth": st.sampled_from([0, 1, 2]),
        "noticed": st.booleans(),
        "agreed": st.integers(0, 4),
    }
)
battery = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def made(kind: str) -> Player:
    return PLAYERS.get(kind).model_validate({"kind": kind})


@pytest.mark.parametrize("kind", KINDS)
@battery
@given(about=st.sampled_from(ABOUT), view=views, chance=st.integers(0, 2**32 - 1))
def test_it_plays_a_legal_move_and_the_same_again(kind, ask: Callable[..., Ask], about, view, chance):
    question = ask(about, chance, **view)
    answer = made(kind).choose(question)
    legal_values(question, answer)
    assert answer == made(kind).choose(question)


@pytest.mark.parametrize("kind", KINDS)
def test_it_has_no_clock_and_no_random_numbers_of_its_own(kind):
    tree = ast.parse(Path(inspect.getfile(PLAYERS.get(kind))).read_text(encoding="utf-8"))
    named = {each.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for each in node.names}
    named |= {(node.module or "").split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert named & {"random", "time", "datetime", "os", "socket", "secrets", "numpy", "uuid"} == set()


@pytest.mark.parametrize("kind", KINDS)
def test_it_names_its_source(kind):
    assert "Source:" in (PLAYERS.get(kind).__doc__ or "")


@pytest.mark.parametrize("kind", KINDS)
def test_its_table_holds_chances_and_whole_rows(kind):
    player = made(kind)
    if not isinstance(player, Tabled):
        return
    for rounds in (1, 2, 20):
        policy: Policy = player.policy(rounds)
        assert len(policy.keeps) == 12
        chances = (*policy.keeps, *policy.attends, *policy.leaves, *policy.consents, policy.cures, policy.matches)
        assert all(isinstance(each, Fraction) and 0 <= each <= 1 for each in chances)
        assert all(0 <= each <= 1 for each in (*policy.asks, *policy.yields))
        assert policy.asks
        assert policy.takes


@pytest.mark.parametrize("kind", KINDS)
def test_it_gives_nothing_away_by_rounding(kind, ask: Callable[..., Ask]):
    """A text is never further from its position than the share it asks for allows, but for a tenth of a point."""
    player = made(kind)
    for position, others in ((Fraction(200, 3), Fraction(0)), (Fraction(100, 3), Fraction(90))):
        question = ask("table", position=position, others=others, reach=Fraction(30))
        text = player.choose(question).slots["text"]
        asked = player.policy(20).asked(1) if isinstance(player, Tabled) else Fraction(1)
        assert abs(text - position) <= (1 - asked) * 30 + Fraction(1, 20) + Fraction(1, 20)


def test_players_are_frozen_specs_that_can_be_written_and_read_again():
    for kind in KINDS:
        player = made(kind)
        assert isinstance(player, Spec)
        assert PLAYERS.get(kind).model_validate(player.model_dump(mode="json", by_alias=True)) == player
