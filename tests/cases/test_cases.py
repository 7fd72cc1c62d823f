"""Cases with known outcomes: real votes, and a few derived from a rule, written so that a lawyer can read them.

Each file of this folder holds cases in one form::

    given:   the charter that is applied (by name, or written out) and the day
    ballots: what each member chose: members or counts by choice
    then:    the outcome, and what the ruling must say about it

``said`` is the source of the facts; ``basis`` is ``happened`` or ``derived`` (follows from the rule, did not happen).
"""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any, get_args

import pytest

import comity
from comity.charter.read import plain, read
from comity.kernel.document import parse
from comity.model.institution import Institution
from comity.model.rule import RULES
from comity.model.ruling import Choice, Ruling

FOLDER = Path(__file__).parent


def cases() -> list[Any]:
    found: list[Any] = []
    for file in sorted(FOLDER.glob("*.yaml")):
        data = parse(file.read_text(encoding="utf-8"), file.name)
        assert data.problems == (), data.problems
        found += [pytest.param(case, id=case["id"]) for case in plain(data.data)["cases"]]
    return found


def institution(given: dict[str, Any]) -> Institution:
    if "charter" in given:
        return comity.load(given["charter"])
    many = given.get("members_numbered")
    members = [f"{given.get('prefix', 'M')}{number:03d}" for number in range(many)] if many else given["members"]
    made = {
        "comity": 1, "title": {"en": "Case"}, "status": "historical", "as_of": given["on"],
        "rules": {"rule": given["rule"]}, "members": [],
    }  # fmt: skip
    if many:  # numbered seats stand for states whose votes are known only by count
        made["members"] = [{"constituency": member, "states": ["FRA"]} for member in members]
        return Institution.model_validate_json(json.dumps(made), strict=True)
    made["members"] = members
    return read(json.dumps(made, ensure_ascii=False), "case", actors=comity.actors())


def ballots(case: dict[str, Any], members: list[str]) -> dict[str, Choice]:
    cast: dict[str, Choice] = {}
    counts: dict[Choice, int] = {}
    rest: Choice = case["ballots"].get("others", "absent")
    for choice in get_args(Choice):
        named = case["ballots"].get(choice, [])
        if isinstance(named, int):
            counts[choice] = named
        cast |= dict.fromkeys(named if isinstance(named, list) else [], choice)
    assert set(cast) <= set(members), f"voted without being a member: {set(cast) - set(members)}"
    free = iter([member for member in members if member not in cast])
    cast |= {next(free): choice for choice, number in counts.items() for _ in range(number)}
    return {member: cast.get(member, rest) for member in members}


def decide(case: dict[str, Any]) -> Ruling:
    given = case["given"]
    body = institution(given)
    on = datetime.date.fromisoformat(given.get("on", str(body.as_of)))
    name = given.get("reads_rule", given["rule"] if "charter" in given else "rule")
    rule = body.rule(name)
    if reading := given.get("reading"):
        rule = rule.readings()[reading][1]
    cast = ballots(case, body.members_on(on))
    excluded = case.get("excluded", {})
    ruling = rule.decide(cast, on=on, quorum=body.quorum(name), excluded=excluded)
    counted = rule.standing(cast, excluded)
    game = rule.compile(list(counted), on=on, quorum=body.quorum(name))
    from numpy import array

    from comity.solvers.game import CHOICES

    compiled = bool(game.adopted(array([[CHOICES.index(counted[member]) for member in game.members]]))[0])
    assert compiled == ruling.adopted, "the compiled game and the explained ruling differ"
    return ruling


@pytest.mark.parametrize("case", cases())
def test_the_ruling_is_the_known_one(case: dict[str, Any]):
    ruling, then = decide(case), case["then"]
    assert ruling.outcome == then["outcome"]
    assert set(ruling.vetoed_by) == set(then.get("vetoed_by", []))
    for choice, number in then.get("counts", {}).items():
        assert ruling.counts.get(choice, 0) == number, choice
    if "flips" in then:
        assert set(ruling.flips) == set(then["flips"])
    for name in ("contested", "not_bound"):
        if name in then:
            assert getattr(ruling, name) == (tuple(then[name]) if name == "not_bound" else then[name])
    if "missing" in then:
        assert [f"{each.missing} of {each.of}" for each in ruling.missing] == then["missing"]
    if "remedy" in then:
        assert ruling.remedy is not None
        assert f"{ruling.remedy.what} {ruling.remedy.after}" == then["remedy"]
    if "margin" in then:
        threshold = next(each for each in ruling.requirements if each.what == "threshold")
        assert f"{threshold.reached}/{threshold.base}" == then["margin"]
    if "share_of_weight" in then:
        weight = ruling.requirements[-1]
        assert f"{float(100 * weight.reached / weight.base):.2f}" == str(then["share_of_weight"])


@pytest.mark.parametrize("case", cases())
def test_a_case_says_where_its_facts_come_from(case: dict[str, Any]):
    assert case["basis"] in {"happened", "derived"}
    assert case["said"]
    assert case["facts"]
    assert case["seen"] in {"text", "quoted", "recalled"}


def test_the_known_cases_are_there():
    named = {str(param.values[0]["id"]).split(" ")[0] for param in cases()}
    assert {"C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8a", "C10", "C18", "C22", "C27", "C30"} <= named


def kinds(rule: Any) -> set[str]:
    return {rule["kind"]}.union(
        *(kinds(each) for key in ("rules", "against", "breaks") for each in _some(rule.get(key)))
    )


def _some(inside: Any) -> list[Any]:
    return inside if isinstance(inside, list) else [inside] if inside else []


def test_every_kind_of_rule_has_a_case():
    written = [param.values[0]["given"]["rule"] for param in cases() if "charter" not in param.values[0]["given"]]
    assert set(RULES.members()) == set[str]().union(*(kinds(rule) for rule in written))
