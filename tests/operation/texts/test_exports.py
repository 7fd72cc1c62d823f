"""Decisions, Popolo and IATI: what is exported is what happened, and no more than is known."""

from __future__ import annotations

import csv
import io
import json
import os
from fractions import Fraction
from pathlib import Path

import jsonschema
import pytest

import comity
from comity.kernel.errors import InputError, UnknownName
from comity.library.cases import cases, replayed
from comity.library.places import names
from comity.operation.texts import decision, popolo, transactions

CASES = [case for file in names("case") for case in cases(file)]
DATE = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$"}
TEXT = {"type": "string", "minLength": 1}
POPOLO = {
    "type": "object",
    "properties": {
        "persons": {"type": "array", "maxItems": 0},
        "organizations": {"type": "array", "items": {"required": ["id", "name"], "properties": {"id": TEXT, "name": TEXT, "parent_id": TEXT}}},
        "memberships": {"type": "array", "items": {"required": ["organization_id", "member"], "properties": {"member": {"required": ["id"]}}}},
        "motions": {"type": "array", "items": {"required": ["id", "result"], "properties": {"date": DATE, "text": TEXT, "requirement": TEXT}}},
        "vote_events": {
            "type": "array",
            "items": {
                "required": ["id", "motion_id", "result", "counts"],
                "properties": {
                    "start_date": DATE,
                    "counts": {"items": {"required": ["option", "value"], "properties": {"value": {"type": "integer"}}}},
                    "votes": {"items": {"properties": {"option": {"enum": ["yes", "no", "abstain", "absent", "not voting"]}}}},
                },
            },
        },
    },
}  # fmt: skip
"""The part of Popolo's schemas that is written, with the options of its code list."""
FILES = {"organizations": "organization", "posts": "post", "memberships": "membership", "events": "event"} | {
    "motions": "motion",
    "vote_events": "vote_event",
}


def steps(charter: str, *events):
    state, found = comity.start(comity.load(charter)), []
    for each in events:
        act = comity.event(each)
        step = comity.apply(state, act)
        found.append((act, step))
        state = step.state
    return state, found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id[:40])
def test_every_case_is_exported(case):
    done = replayed(case)
    found = json.loads(popolo(done.state, done.steps))
    jsonschema.validate(found, POPOLO)
    ids = {each["id"] for each in found["organizations"]}
    for event in found["vote_events"]:
        assert {each["voter_id"] for each in event["votes"]} <= ids
        cast: dict[str, int] = {}
        for each in event["votes"]:
            cast[each["option"]] = cast.get(each["option"], 0) + 1
        counts = {each["option"]: each["value"] for each in event["counts"]}
        assert all(number <= counts.get(option, 0) for option, number in cast.items())
    assert len(transactions(done.state, done.steps).splitlines()) >= 1
    for name, each in done.state.questions.items():
        if each.status in {"adopted", "takes_note"}:
            text = decision(done.state, done.steps, name)
            assert text.text("en")
            assert "⟦" not in text.text("zh")


def test_popolo_is_valid_against_the_published_schemas():
    folder = Path(os.environ.get("COMITY_SOURCES", "")) / "popolo"
    if not (folder / "motion.json").is_file():
        pytest.skip("COMITY_SOURCES has no popolo/motion.json (see docs/instruments.md)")
    done = replayed(cases("security-council")[0])
    found = json.loads(popolo(done.state, done.steps))
    for part, file in FILES.items():
        schema = json.loads((folder / f"{file}.json").read_text(encoding="utf-8"))
        own = {
            name: {key: value for key, value in each.items() if key != "$ref"}
            for name, each in schema["properties"].items()
        }
        own = {name: {**each, "items": {}} if "items" in each else each for name, each in own.items()}
        validator = jsonschema.Draft3Validator({**schema, "id": "", "properties": own})
        for each in found[part]:
            validator.validate(each)


def test_the_six_choices_are_kept_beside_the_five_options():
    state, found = steps(
        "g5",
        {"kind": "proposal_tabled", "on": "2026-03-01", "by": "member:JPN", "question": "Q", "matter": "energy"},
        {
            "kind": "votes_recorded", "on": "2026-03-01", "question": "Q", "yes": ["JPN"], "objects": ["USA"],
            "not_participating": ["CHN"], "abstain": ["IND"], "absent": ["RUS"],
        },
    )  # fmt: skip
    (event,) = json.loads(popolo(state, found))["vote_events"]
    kept = {each["voter_id"][-3:]: (each["option"], each["comity_choice"]) for each in event["votes"]}
    assert kept == {
        "JPN": ("yes", "yes"), "USA": ("no", "objects"), "CHN": ("not voting", "not_participating"),
        "IND": ("abstain", "abstain"), "RUS": ("absent", "absent"),
    }  # fmt: skip
    assert event["result"] == "fail"


def test_votes_counted_without_names_are_nobody_s():
    state, found = steps(
        "unga",
        {"kind": "proposal_tabled", "on": "2026-03-01", "by": "member:JPN", "question": "Q", "matter": "ordinary_question"
         if "ordinary_question" in comity.load("unga").issues else next(iter(comity.load("unga").issues))},
        {"kind": "votes_recorded", "on": "2026-03-01", "question": "Q", "no": ["USA"], "counts": {"yes": 140}},
    )  # fmt: skip
    (event,) = json.loads(popolo(state, found))["vote_events"]
    assert [each["voter_id"] for each in event["votes"]] == ["member:USA"]
    assert {"option": "yes", "value": 140} in event["counts"]


def test_the_money_of_a_fund_is_coded_and_comes_out_even():
    done = replayed(next(each for each in CASES if each.id.startswith("C29")))
    rows = list(csv.DictReader(io.StringIO(transactions(done.state, done.steps))))
    codes = [(row["transaction-type-code"], row["value"]) for row in rows]
    assert codes == [
        ("13", "3000000000"), ("11", "3000000000"), ("1", "500000000"), ("1", "500000000"), ("1", "1000000000"),
        ("13", "3000000000"), ("11", "-1000000000"), ("13", "-3000000000"),
    ]  # fmt: skip
    committed = sum(Fraction(row["value"]) for row in rows if row["transaction-type-code"] == "11")
    assert committed == sum(Fraction(row["value"]) for row in rows if row["transaction-type-code"] == "1")


def test_acts_without_effect_move_no_money():
    done = replayed(next(each for each in CASES if each.id == "pledges that are due and overdue"))
    rows = list(csv.DictReader(io.StringIO(transactions(done.state, done.steps))))
    assert sum(Fraction(row["value"]) for row in rows if row["transaction-type-code"] == "1") == 100_000_000
    assert {row["provider-org-ref"] for row in rows} == {"JPN"}


def test_a_reward_is_committed_by_the_fund_to_whoever_performed():
    state, found = steps(
        "g5", {"kind": "measured", "on": "2027-01-10", "clause": "oil_stocks", "obligor": "JPN", "value": 95}
    )
    (row,) = csv.DictReader(io.StringIO(transactions(state, found)))
    assert (row["transaction-type-code"], row["receiver-org"], row["price-year"]) == ("2", "Japan", "2024")


def test_a_decision_says_what_it_does_and_how_it_was_adopted():
    clause = {
        "kind": "report", "issue": "energy", "obligor": ["JPN"], "by": "2027-01-01",
        "verified": {"by": "secretariat", "every": "6 months"},
    }  # fmt: skip
    effect = {"creates": {"stocks_report": clause}, "amends": {"clauses.oil_stocks.at_least": 85}}
    state, found = steps(
        "g5",
        {"kind": "proposal_tabled", "on": "2026-03-01", "by": "member:JPN", "question": "Q/1", "matter": "energy",
         "title": {"en": "Stocks", "zh": "储备"}, "paragraphs": ["Decides one thing;", "Decides another."], "effect": effect},
        {"kind": "amendment_tabled", "on": "2026-03-01", "by": "member:IND", "question": "A", "to": "Q/1", "replaces": {1: ""}},
        {"kind": "votes_recorded", "on": "2026-03-01", "question": "A", "others": "yes"},
        {"kind": "votes_recorded", "on": "2026-03-02", "question": "Q/1", "no": ["USA"], "others": "yes"},
    )  # fmt: skip
    text = decision(state, found, "Q/1")
    ids = [each for each, _ in text.passages()]
    assert "art_operative__para_1" not in ids
    assert "art_operative__para_2" in ids
    said = text.text()
    assert "it shall read: “Japan and India shall each ensure" in said
    assert "not less than 85" in said
    assert "Adopted by the Council on 2 March 2026" in said
    assert "4 yes, 1 no" in said
    assert text.title.zh.endswith("储备")


def test_what_was_not_adopted_has_no_text():
    state, found = steps(
        "g5", {"kind": "proposal_tabled", "on": "2026-03-01", "by": "member:JPN", "question": "Q", "matter": "energy"}
    )
    with pytest.raises(InputError, match="has no adopted text"):
        decision(state, found, "Q")
    with pytest.raises(UnknownName, match="'P'"):
        decision(state, found, "P")
