"""Laws that every decision rule keeps, for random institutions and ballots."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.kernel.family import kind_of
from comity.model.rule import RULES, Rule
from comity.model.ruling import Choice
from comity.model.threshold import Quorum
from comity.solvers.game import CHOICES

NAMES = ["AAA", "BBB", "CCC", "DDD", "EEE", "FFF"]
DAYS = [datetime.date(1965, 8, 30), datetime.date(1965, 8, 31), datetime.date(2026, 1, 1)]
CHANGE = datetime.date(1965, 8, 31)
AGAINST = {"no", "objects"}
RANK: dict[str, int] = {"objects": 0, "no": 0, "absent": 1, "abstain": 2, "not_participating": 2, "yes": 3}


@dataclass(frozen=True)
class Case:
    rule: Rule
    organ: Quorum | None
    on: datetime.date
    ballots: dict[str, Choice]

    def ruling(self, ballots: dict[str, Choice] | None = None):
        return self.rule.decide(self.ballots if ballots is None else ballots, on=self.on, quorum=self.organ)

    def with_choice(self, member: str, choice: Choice) -> dict[str, Choice]:
        return {**self.ballots, member: choice}


shares = st.builds(lambda p, q: f"{min(p, q)}/{q}", st.integers(1, 12), st.integers(1, 12))


@st.composite
def bounds(draw: st.DrawFn) -> dict[str, Any]:
    name = draw(st.sampled_from(["at_least", "more_than"]))
    share = shares if name == "at_least" else shares.filter(lambda text: Fraction(text) < 1) | st.just("0")
    if draw(st.booleans()):
        return {name: draw(share)}
    periods = [{"until": CHANGE, "value": draw(share)}, {"from": CHANGE, "value": draw(share)}]
    return {name: tuple(periods)}


@st.composite
def quorums(draw: st.DrawFn, deep: int = 1) -> Quorum | None:
    if draw(st.integers(0, 2)) == 0:
        return None
    asked = draw(st.one_of(st.none(), shares, bounds()))
    also = draw(quorums(deep - 1)) if deep else None
    return Quorum.model_validate({"decide": asked, "of": draw(st.sampled_from(["members", "weight"])), "also": also})


weight = st.one_of(
    st.integers(0, 9), st.fractions(0, 3, max_denominator=7).map(str), st.decimals(0, 5, places=2).map(str)
)


@st.composite
def rules(draw: st.DrawFn, members: list[str], kinds: tuple[str, ...] = tuple(RULES.members())) -> Rule:
    kind = draw(st.sampled_from(kinds))
    heads = st.sampled_from(["members", "present", "present_and_voting", "votes_cast"])
    mass = st.sampled_from(["total_weight", "present", "present_and_voting", "votes_cast"])
    made: dict[str, Any] = {"quorum": draw(quorums())}
    holders = st.lists(st.sampled_from([*members, "ZZZ"]), unique=True, max_size=2).map(tuple)
    made["veto"] = draw(
        holders
        | st.tuples(holders, holders).map(
            lambda two: ({"until": CHANGE, "value": two[0]}, {"from": CHANGE, "value": two[1]})
        )
    )
    if kind in {"weighted", "double_majority"}:
        made["weights"] = {"basis": "assumption", "values": {member: draw(weight) for member in members}}
    if kind == "consensus":
        made["objection"] = draw(st.sampled_from(["members_present", "all_members"]))
        made["contested"] = ("all_members", "members_present")
    elif kind == "double_majority":
        made["heads"] = {**draw(bounds()), "of": draw(heads)}
        made["weight"] = {**draw(bounds()), "of": draw(mass)}
        made["blocking_minimum"] = draw(st.none() | st.integers(1, len(members)))
    else:
        made |= draw(bounds())
        made["of"] = draw(heads if kind == "majority" else mass)
    return RULES.get(kind).model_validate(made)


@st.composite
def cases(draw: st.DrawFn, **limits: Any) -> Case:
    members = NAMES[: draw(st.integers(1, len(NAMES)))]
    ballots: dict[str, Choice] = {member: draw(st.sampled_from(CHOICES)) for member in members}
    return Case(draw(rules(members, **limits)), draw(quorums()), draw(st.sampled_from(DAYS)), ballots)


def compiled(case: Case, ballots: list[tuple[str, ...]]) -> Any:
    game = case.rule.compile(list(case.ballots), on=case.on, quorum=case.organ)
    return game.adopted(np.array([[CHOICES.index(choice) for choice in each] for each in ballots]))


@settings(max_examples=100, deadline=None)
@given(cases())
def test_the_compiled_game_adopts_what_the_explained_ruling_adopts(case: Case):
    for _, reading in case.rule.readings().values():
        read = Case(reading, case.organ, case.on, case.ballots)
        assert bool(compiled(read, [tuple(case.ballots.values())])[0]) == read.ruling().adopted


@settings(max_examples=15, deadline=None)
@given(cases(), st.data())
def test_compiled_and_explained_agree_on_every_ballot_of_three(case: Case, data: st.DataObject):
    members = list(case.ballots)[:3]
    small = Case(case.rule, case.organ, case.on, {member: case.ballots[member] for member in members})
    every = list(product(CHOICES, repeat=len(members)))
    game = compiled(small, every)
    for number in data.draw(st.lists(st.integers(0, len(every) - 1), min_size=1, max_size=30, unique=True)):
        assert bool(game[number]) == small.ruling(dict(zip(members, every[number], strict=True))).adopted


@settings(max_examples=60, deadline=None)
@given(cases(), st.data())
def test_a_friendlier_choice_never_hurts_except_where_presence_makes_the_quorum(case: Case, data: st.DataObject):
    member = data.draw(st.sampled_from(list(case.ballots)))
    before = case.ruling()
    friendlier: Choice = data.draw(
        st.sampled_from([each for each in CHOICES if RANK[each] >= RANK[case.ballots[member]]])
    )
    yes = case.ruling(case.with_choice(member, "yes"))
    assert yes.adopted or not before.adopted, "a yes is never worse than anything else"
    enlarges = {"present"} & {requirement.of for requirement in before.requirements}
    leaves_or_comes = "absent" in {case.ballots[member], friendlier}
    if before.adopted and not (enlarges and leaves_or_comes) and not leaves_or_comes:
        assert case.ruling(case.with_choice(member, friendlier)).adopted


@settings(max_examples=60, deadline=None)
@given(cases())
def test_a_veto_is_named_only_where_the_threshold_was_otherwise_reached(case: Case):
    ruling = case.ruling()
    waived = Case(case.rule.model_copy(update={"veto": ()}), case.organ, case.on, case.ballots).ruling()
    holders = case.rule.holders(list(case.ballots), case.on)
    against = tuple(member for member in holders if case.ballots[member] in AGAINST)
    assert ruling.vetoed_by == (against if waived.adopted else ())
    assert ruling.adopted == (waived.adopted and not against)
    if waived.outcome != "adopted":
        assert ruling.outcome == waived.outcome


@settings(max_examples=60, deadline=None)
@given(cases())
def test_without_a_quorum_nothing_else_is_reported(case: Case):
    ruling = case.ruling()
    missed = [each for each in ruling.requirements if each.what == "quorum" and not each.held]
    assert (ruling.outcome == "no_quorum") == bool(missed)
    if missed:
        assert ruling.vetoed_by == ()
    if ruling.adopted:
        assert all(each.held for each in ruling.requirements) or case.rule.model_fields_set >= {"blocking_minimum"}


@settings(max_examples=60, deadline=None)
@given(cases(kinds=("majority", "weighted")), st.data())
def test_an_absent_member_changes_a_count_of_those_voting_only_by_quorum(case: Case, data: st.DataObject):
    of = data.draw(st.sampled_from(["present_and_voting", "votes_cast"]))
    rule = case.rule.model_copy(update={"of": of, "quorum": Quorum(), "veto": ()})
    member = data.draw(st.sampled_from(list(case.ballots)))
    counted = Case(rule, None, case.on, case.ballots)
    outcomes = {
        counted.ruling(counted.with_choice(member, choice)).adopted
        for choice in ("absent", "abstain", "not_participating")
    }
    assert len(outcomes) == 1


@settings(max_examples=60, deadline=None)
@given(cases(), st.sampled_from(["absent", "abstain", "not_participating", "no", "objects"]))
def test_nothing_is_adopted_by_nobody(case: Case, choice: Choice):
    ballots = dict.fromkeys(case.ballots, choice)
    ruling = case.ruling(ballots)
    silent_consent = kind_of(type(case.rule)) == "consensus" and choice in {"abstain", "not_participating"}
    assert not ruling.adopted or silent_consent
    assert sum(ruling.counts.values()) == len(ballots)


@settings(max_examples=100, deadline=None)
@given(cases())
def test_those_who_could_flip_it_are_found_by_trying_every_choice(case: Case):
    ruling = case.ruling()
    tried = {
        member
        for member in case.ballots
        for choice in CHOICES
        if case.ruling(case.with_choice(member, choice)).adopted != ruling.adopted
    }
    assert set(ruling.flips) == tried


@given(st.integers(1, 60), st.integers(1, 60), st.integers(1, 40), st.sampled_from(["majority", "weighted"]))
def test_the_boundary_is_exact(p: int, q: int, scale: int, kind: str):
    """Exactly p/q suffices for at_least, does not for more_than, and one vote less never does."""
    p = min(p, q)
    yes, voting = p * scale, q * scale
    values = {"YES": yes, "NOS": voting - yes, "ONE": 1}
    weights: dict[str, Any] = {"weights": {"basis": "votes", "values": values}}

    def adopted(bound: str, given_yes: int) -> bool:
        made = {bound: f"{p}/{q}", "of": "votes_cast"}
        on = DAYS[-1]
        if kind == "weighted":
            values["YES"], values["NOS"] = given_yes, voting - given_yes
            ballots: dict[str, Choice] = {"YES": "yes", "NOS": "no", "ONE": "abstain"}
            return RULES.get(kind).model_validate(made | weights).decide(ballots, on=on).adopted
        heads: dict[str, Choice] = {f"M{n}": "yes" if n < given_yes else "no" for n in range(voting)}
        game = RULES.get(kind).model_validate(made).compile(list(heads), on=on)
        return bool(game.adopted(np.array([[CHOICES.index(choice) for choice in heads.values()]]))[0])

    assert adopted("at_least", yes)
    assert not adopted("at_least", yes - 1)
    if p < q:
        assert not adopted("more_than", yes)
        assert adopted("more_than", yes + 1)


@settings(max_examples=100, deadline=None)
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_members_does_not_matter(case: Case, shuffle: Any):
    names = list(case.ballots)
    shuffle.shuffle(names)
    turned = case.ruling({name: case.ballots[name] for name in names})
    ruling = case.ruling()
    assert (turned.outcome, set(turned.vetoed_by), set(turned.flips), turned.requirements) == (
        ruling.outcome,
        set(ruling.vetoed_by),
        set(ruling.flips),
        ruling.requirements,
    )


@settings(max_examples=60, deadline=None)
@given(cases(kinds=("weighted", "double_majority")), st.fractions("1/9", 9, max_denominator=9))
def test_only_proportions_of_weight_matter(case: Case, by: Fraction):
    weights = getattr(case.rule, "weights")  # noqa: B009
    scaled = weights.model_copy(update={"values": {name: value * by for name, value in weights.values.items()}})
    other = Case(case.rule.model_copy(update={"weights": scaled}), case.organ, case.on, case.ballots)
    assert other.ruling().outcome == case.ruling().outcome
