"""Laws that every decision rule keeps, for random institutions and ballots."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import product
from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.kernel.family import kind_of
from comity.model.rule import RULES, Rule
from comity.model.ruling import Choice, Ground, Ruling
from comity.model.threshold import Quorum
from comity.solvers.game import CHOICES

NAMES = ["AAA", "BBB", "CCC", "DDD", "EEE", "FFF"]
DAYS = [datetime.date(1965, 8, 30), datetime.date(1965, 8, 31), datetime.date(2026, 1, 1)]
CHANGE = datetime.date(1965, 8, 31)
AGAINST = {"no", "objects"}
GROUNDS = get_args(Ground)
RANK: dict[str, int] = {"objects": 0, "no": 0, "absent": 1, "abstain": 2, "not_participating": 2, "yes": 3}


@dataclass(frozen=True)
class Case:
    rule: Rule
    organ: Quorum | None
    on: datetime.date
    ballots: dict[str, Choice]
    excluded: dict[str, Ground] = field(default_factory=dict)

    def ruling(self, ballots: dict[str, Choice] | None = None):
        cast = self.ballots if ballots is None else ballots
        return self.rule.decide(cast, on=self.on, quorum=self.organ, excluded=self.excluded)

    def compiled(self, ballots: dict[str, Choice] | None = None) -> bool:
        cast = self.rule.standing(self.ballots if ballots is None else ballots, self.excluded)
        game = self.rule.compile(list(cast), on=self.on, quorum=self.organ)
        return bool(game.adopted(np.array([[CHOICES.index(choice) for choice in cast.values()]]))[0])

    def with_choice(self, member: str, choice: Choice) -> dict[str, Choice]:
        return {**self.ballots, member: choice}

    def under(self, **fields: Any) -> Case:
        return replace(self, rule=self.rule.model_copy(update=fields))


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


WEIGHING = ("weighted", "double_majority", "constructive_abstention")
NESTED = ("all_of", "any_of", "reverse_majority", "silence_procedure")


@st.composite
def listed(draw: st.DrawFn, members: list[str], most: int = 2, strangers: tuple[str, ...] = ("ZZZ",)) -> Any:
    codes = st.lists(st.sampled_from([*members, *strangers]), unique=True, max_size=most).map(tuple)
    pairs = st.tuples(codes, codes)
    return draw(codes | pairs.map(lambda two: ({"until": CHANGE, "value": two[0]}, {"from": CHANGE, "value": two[1]})))


@st.composite
def numbers(draw: st.DrawFn, most: int) -> Any:
    number = st.integers(1, most)
    pair = st.tuples(number, number)
    return draw(number | pair.map(lambda two: ({"until": CHANGE, "value": two[0]}, {"from": CHANGE, "value": two[1]})))


@st.composite
def ties(draw: st.DrawFn, members: list[str]) -> dict[str, Any]:
    tie = draw(st.sampled_from([None, "rejected", "second_vote", "casting_vote"]))
    made: dict[str, Any] = {"tie": tie}
    if tie == "second_vote":
        made["second_vote"] = {"within": "48 hours"}
    if tie == "casting_vote":
        made["casting_vote"] = draw(st.sampled_from([*members, "ZZZ"]))
    return {**made, **({"more_than": "1/2", "at_least": None} if tie and draw(st.booleans()) else {})}


@st.composite
def rules(draw: st.DrawFn, members: list[str], kinds: tuple[str, ...] = tuple(RULES.members()), deep: int = 2) -> Rule:
    kind = draw(st.sampled_from([each for each in kinds if deep or each not in NESTED]))
    heads = st.sampled_from(["members", "present", "present_and_voting", "votes_cast"])
    mass = st.sampled_from(["total_weight", "present", "present_and_voting", "votes_cast"])
    inner = rules(members, deep=deep - 1)
    made: dict[str, Any] = {"quorum": draw(quorums()), "veto": draw(listed(members))}
    made["approval"] = draw(st.just(()) | listed(members))
    made["among"] = draw(st.just(()) | listed(members, most=len(members)))
    grounds = draw(st.permutations(GROUNDS))
    made["exclude"], made["abstains"] = grounds[:2], grounds[2 : draw(st.integers(2, 4))]
    if kind in WEIGHING:
        made["weights"] = {"basis": "assumption", "values": {member: draw(weight) for member in members}}
    if kind == "consensus":
        made["objection"] = draw(st.sampled_from(["members_present", "all_members"]))
        made["contested"] = draw(st.just(("all_members", "members_present")) | st.booleans())
        made["minus"] = draw(st.integers(0, 3))
    elif kind == "double_majority":
        made["heads"] = {**draw(bounds()), "of": draw(heads)}
        made["weight"] = {**draw(bounds()), "of": draw(mass)}
        made["blocking_minimum"] = draw(st.none() | st.integers(1, len(members)))
    elif kind == "constructive_abstention":
        made |= {"heads": draw(shares), "weight": draw(shares)}
    elif kind in {"all_of", "any_of"}:
        made["rules"] = tuple(draw(st.lists(inner, min_size=1, max_size=3)))
    elif kind == "reverse_majority":
        made["against"] = draw(inner)
    elif kind == "silence_procedure":
        made |= {"within": "14 days", "breaks": draw(inner | st.none()) if deep else None}
    elif kind != "negative_consensus":
        made |= draw(bounds())
        made["of"] = draw(heads if kind == "majority" else mass)
        made |= draw(ties(members))
        if kind == "majority" and draw(st.booleans()):
            made["minimum_yes"] = draw(numbers(len(members)))
            made |= {"at_least": None, "more_than": None} if draw(st.booleans()) else {}
    return RULES.get(kind).model_validate(made)


@st.composite
def cases(draw: st.DrawFn, **limits: Any) -> Case:
    members = NAMES[: draw(st.integers(1, len(NAMES)))]
    ballots: dict[str, Choice] = {member: draw(st.sampled_from(CHOICES)) for member in members}
    losing = st.dictionaries(st.sampled_from(members[1:]), st.sampled_from(GROUNDS), max_size=2)
    excluded: dict[str, Ground] = draw(losing if len(members) > 1 else st.just({}))
    return Case(draw(rules(members, **limits)), draw(quorums()), draw(st.sampled_from(DAYS)), ballots, excluded)


@settings(max_examples=200, deadline=None)
@given(cases())
def test_the_compiled_game_adopts_what_the_explained_ruling_adopts(case: Case):
    for _, reading in case.rule.readings().values():
        read = replace(case, rule=reading)
        assert read.compiled() == read.ruling().adopted


@pytest.mark.parametrize("kind", RULES.members())
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_every_kind_is_compiled_as_it_is_explained(kind: str, data: st.DataObject):
    case = data.draw(cases(kinds=(kind,)))
    ballots: dict[str, Choice] = {member: data.draw(st.sampled_from(CHOICES)) for member in case.ballots}
    assert case.compiled() == case.ruling().adopted
    assert case.compiled(ballots) == case.ruling(ballots).adopted


@settings(max_examples=15, deadline=None)
@given(cases(), st.data())
def test_compiled_and_explained_agree_on_every_ballot_of_three(case: Case, data: st.DataObject):
    members = list(case.ballots)[:3]
    excluded = {member: ground for member, ground in case.excluded.items() if member in members}
    small = replace(case, ballots={member: case.ballots[member] for member in members}, excluded=excluded)
    every = list(product(CHOICES, repeat=len(members)))
    for number in data.draw(st.lists(st.integers(0, len(every) - 1), min_size=1, max_size=30, unique=True)):
        ballots = dict(zip(members, every[number], strict=True))
        assert small.compiled(ballots) == small.ruling(ballots).adopted


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


@settings(max_examples=100, deadline=None)
@given(cases())
def test_a_veto_is_named_only_where_the_threshold_was_otherwise_reached(case: Case):
    ruling = case.ruling()
    waived = case.under(veto=()).ruling()
    cast = case.rule.standing(case.ballots, case.excluded)
    against = tuple(member for member in case.rule.holders(list(cast), case.on) if cast[member] in AGAINST)
    assert ruling.vetoed_by == (against if waived.adopted else ())
    assert ruling.adopted == (waived.adopted and not against)
    if waived.outcome != "adopted":
        assert ruling.outcome == waived.outcome


@settings(max_examples=100, deadline=None)
@given(cases())
def test_lacking_approval_stops_a_decision_and_is_no_veto(case: Case):
    ruling, freely = case.ruling(), case.under(approval=()).ruling()
    cast = case.rule.standing(case.ballots, case.excluded)
    given_ = all(cast[member] == "yes" for member in case.rule.approving(list(cast), case.on))
    assert ruling.adopted == (freely.adopted and given_)
    if freely.adopted and not given_:
        assert ruling.vetoed_by == ()
        assert any(each.of == "approval" for each in ruling.missing)


@settings(max_examples=100, deadline=None)
@given(cases(), st.sampled_from(CHOICES))
def test_those_excluded_have_no_say_and_those_who_must_abstain_stay(case: Case, choice: Choice):
    ruling = case.ruling()
    for member, ground in case.excluded.items():
        other = case.ruling(case.with_choice(member, choice))
        if ground in case.rule.exclude:
            assert other == ruling
            assert member not in ruling.electorate
        elif ground in case.rule.abstains:
            assert member in ruling.electorate
            assert member not in ruling.flips + ruling.blockers
            there = {"absent", "not_participating"}
            assert other == ruling or {choice, case.ballots[member]} & there
    named = {*case.rule.exclude, *case.rule.abstains}
    assert ruling.excluded == {member: ground for member, ground in case.excluded.items() if ground in named}


@settings(max_examples=100, deadline=None)
@given(cases())
def test_without_a_quorum_nothing_else_is_reported(case: Case):
    ruling = case.ruling()
    missed = [each for each in ruling.requirements if each.what == "quorum" and not each.held]
    assert (ruling.outcome == "no_quorum") == bool(missed)
    if missed:
        assert ruling.vetoed_by == ()
        assert ruling.remedy is None
    if ruling.adopted:
        assert ruling.missing == ()
        assert (ruling.remedy, ruling.vetoed_by) == (None, ())
    else:
        assert ruling.missing or ruling.vetoed_by, "a ruling says why nothing was adopted"
        assert ruling.not_bound == ()


@settings(max_examples=100, deadline=None)
@given(cases())
def test_a_requirement_and_its_opposite_exclude_each_other_and_what_is_missing_would_do(case: Case):
    for each in case.ruling().requirements:
        assert each.opposite().held != each.held
        assert each.opposite().opposite() == each
        assert (each.missing > 0) == (not each.held) or (each.unit == "weight" and each.strict)
        if each.unit == "heads" and not each.held:
            assert replace(each, reached=each.reached + each.missing).held
            assert not replace(each, reached=each.reached + each.missing - 1).held


@settings(max_examples=60, deadline=None)
@given(cases(kinds=("majority", "weighted")), st.data())
def test_an_absent_member_changes_a_count_of_those_voting_only_by_quorum(case: Case, data: st.DataObject):
    of = data.draw(st.sampled_from(["present_and_voting", "votes_cast"]))
    free: dict[str, Any] = {"of": of, "quorum": None, "veto": ()}
    counted = replace(case.under(**free), organ=None)
    wrapped = [
        counted.rule,
        RULES.get("all_of").model_validate({"rules": [counted.rule, counted.rule.model_copy()]}),
        RULES.get("any_of").model_validate({"rules": [counted.rule]}),
        RULES.get("reverse_majority").model_validate({"against": counted.rule}),
    ]
    member = data.draw(st.sampled_from(list(case.ballots)))
    for rule in wrapped:
        read = replace(counted, rule=rule)
        outcomes = {
            read.ruling(read.with_choice(member, choice)).adopted
            for choice in ("absent", "abstain", "not_participating")
        }
        assert len(outcomes) == 1


def stands(rule: Rule, choice: Choice) -> bool:
    """Whether a rule may take a decision for which nobody voted yes."""
    kind, within = kind_of(type(rule)), [stands(each, choice) for _, each in rule.inside()]
    if kind in {"consensus", "negative_consensus"}:
        return choice in {"abstain", "not_participating"}
    if kind in {"reverse_majority", "silence_procedure"}:
        return True
    return all(within) if kind == "all_of" else any(within)


@settings(max_examples=100, deadline=None)
@given(cases(), st.sampled_from(["absent", "abstain", "not_participating", "no", "objects"]))
def test_nothing_is_adopted_by_nobody(case: Case, choice: Choice):
    ruling = replace(case, excluded={}).ruling(dict.fromkeys(case.ballots, choice))
    assert not ruling.adopted or stands(case.rule, choice)
    assert sum(ruling.counts.values()) == len(ruling.electorate)


@settings(max_examples=60, deadline=None)
@given(cases(kinds=("silence_procedure", "reverse_majority")))
def test_silence_lets_stand_what_nobody_opposes(case: Case):
    free = replace(case.under(quorum=None, approval=(), among=()), organ=None)
    opposed = kind_of(type(case.rule)) == "reverse_majority" or getattr(case.rule, "breaks") is not None  # noqa: B009
    ruling = free.ruling(dict.fromkeys(case.ballots, "absent"))
    assert ruling.adopted or opposed


@settings(max_examples=60, deadline=None)
@given(cases(kinds=("constructive_abstention",)))
def test_only_those_who_stood_aside_are_not_bound(case: Case):
    ruling = case.ruling()
    cast = case.rule.standing(case.ballots, case.excluded)
    aside = tuple(member for member, choice in cast.items() if choice in {"abstain", "not_participating"})
    assert ruling.not_bound == (aside if ruling.adopted else ())


@settings(max_examples=100, deadline=None)
@given(cases())
def test_a_blocker_stops_alone_what_all_others_support(case: Case):
    ruling = case.ruling()
    every: dict[str, Choice] = dict.fromkeys(case.ballots, "yes")
    bound = {member: case.ballots[member] for member, ground in case.excluded.items() if ground in case.rule.abstains}
    carried = case.ruling(every | bound).adopted
    alone = {
        member
        for member in ruling.electorate
        if member not in bound and carried and not case.ruling(every | bound | {member: "no"}).adopted
    }
    assert set(ruling.blockers) == alone


@settings(max_examples=100, deadline=None)
@given(cases())
def test_those_who_could_flip_it_are_found_by_trying_every_choice(case: Case):
    ruling = case.ruling()
    tried = {
        member
        for member in case.ballots
        if member not in ruling.excluded
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
    turned, ruling = case.ruling({name: case.ballots[name] for name in names}), case.ruling()

    def told(each: Ruling) -> Any:
        asked = [replace(one, among=tuple(sorted(one.among))) for one in each.requirements]
        return each.outcome, set(each.vetoed_by), set(each.flips), set(each.blockers), asked, each.remedy

    assert told(turned) == told(ruling)


@settings(max_examples=60, deadline=None)
@given(cases(kinds=WEIGHING), st.fractions("1/9", 9, max_denominator=9))
def test_only_proportions_of_weight_matter(case: Case, by: Fraction):
    weights = getattr(case.rule, "weights")  # noqa: B009
    scaled = weights.model_copy(update={"values": {name: value * by for name, value in weights.values.items()}})
    other = case.under(weights=scaled)
    assert other.ruling().outcome == case.ruling().outcome
