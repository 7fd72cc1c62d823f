"""Rules compared by coalitions: exact where all can be tried, and never a false alarm where they cannot."""

from __future__ import annotations

import itertools
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import comity
from comity.charter.weaker import weaker
from comity.model.institution import Institution

CODES = [actor.code for actor in comity.actors() if actor.kind == "un_member"]


def club(members: list[str], **rules: object) -> Institution:
    made = {"comity": 1, "title": {"en": "Club"}, "status": "proposed", "as_of": "2026-01-01"}
    return Institution.model_validate_json(json.dumps({**made, "members": members, "rules": rules}), strict=True)


def weighted(weights: list[int], share: str, **more: object) -> dict[str, object]:
    values = dict(zip(CODES, weights, strict=False))
    basis = {"basis": "votes", "values": values}
    return {"kind": "weighted", "at_least": share, "of": "total_weight", "weights": basis, **more}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(1, 5), min_size=3, max_size=5),
    st.lists(st.integers(1, 5), min_size=5, max_size=5),
    st.sampled_from(["1/2", "3/5", "2/3", "3/4", "1"]),
    st.sampled_from(["1/2", "3/5", "2/3", "3/4", "1"]),
    st.integers(0, 3),
)
def test_the_coalition_found_is_a_smallest_one_that_carries_one_rule_and_not_the_other(first, second, one, two, vetoes):
    members = CODES[: len(first)]
    body = club(
        members,
        a=weighted(first, one),
        b=weighted(second[: len(first)], two, veto=members[:vetoes]),
    )

    def carries(rule: str, coalition: tuple[str, ...]) -> bool:
        ballots = {member: "yes" if member in coalition else "no" for member in members}
        return body.rule(rule).decide(ballots, on=body.as_of).adopted

    every = [who for size in range(len(members) + 1) for who in itertools.combinations(members, size)]
    witnesses = [who for who in every if carries("a", who) and not carries("b", who)]
    found = weaker(body, "a", "b")
    assert found.weaker == bool(witnesses)
    if witnesses:
        assert found.who in witnesses
        assert len(found.who) == len(witnesses[0])


def test_a_large_body_of_equal_members_is_compared_exactly():
    two_thirds = {"kind": "majority", "at_least": "2/3", "of": "members"}
    half = {"kind": "majority", "more_than": "1/2", "of": "members"}
    body = club(CODES, half=half, two_thirds=two_thirds, guarded={**half, "veto": ["CHN", "USA"]})
    found = weaker(body, "half", "two_thirds")
    assert (found.weaker, len(found.who)) == (True, 97)
    assert weaker(body, "two_thirds", "half").weaker is False
    lacking = weaker(body, "two_thirds", "guarded")
    assert lacking.weaker
    assert not {"CHN", "USA"} <= set(lacking.who)


def test_many_different_weights_are_compared_by_trying_and_by_thresholds():
    imf = comity.load("imf")
    found = weaker(imf, "special70", "special85")
    assert found.weaker
    ballots = {member: "yes" if member in found.who else "no" for member in imf.members_on(imf.as_of)}
    assert imf.rule("special70").decide(ballots, on=imf.as_of).adopted
    assert not imf.rule("special85").decide(ballots, on=imf.as_of).adopted
    assert weaker(imf, "amendment", "special85").weaker is False
    assert weaker(imf, "special85", "ordinary").weaker is False
    assert weaker(imf, "special85", "amendment").weaker in {True, None}


@pytest.mark.parametrize(("needed", "found"), [({"of_members": "1"}, False), ({"including": ["USA"]}, True)])
def test_consents_without_which_nothing_enters_into_force_count(needed, found):
    half = {"kind": "majority", "more_than": "1/2", "of": "members"}
    body = club(["USA", "CHN", "RUS"], half=half, guarded={**half, "veto": ["USA", "CHN"]})
    body = Institution.model_validate_json(
        json.dumps(
            {
                **json.loads(body.model_dump_json(by_alias=True, exclude_none=True)),
                "amendment": {"rule": "half", "entry_into_force": needed},
            }
        ),
        strict=True,
    )
    assert body.amendment is not None
    assert weaker(body, "half", "guarded", body.amendment.entry_into_force).weaker is found
    assert weaker(body, "half", "guarded").weaker
