"""Where an institution stands, and what falls due: real events recorded as minutes, entry by entry."""

from __future__ import annotations

import datetime
import json
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import comity
from comity.kernel.canonical import plain, record
from comity.kernel.errors import InputError
from comity.operation.amounts import amounts, without_vote
from comity.operation.register import Register
from comity.operation.signing import Key
from comity.operation.status import due, status
from comity.operation.verifying import verify
from comity.procedure.amending import amended
from comity.procedure.case import Case, TimePassed, entry, read, replay

NOW = datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC)
KEYS = {seat: Key.of(seat, bytes([number]) * 32) for number, seat in enumerate(("register", "secretariat"), 1)}
FOLDER = Path(comity.__file__).parent / "library" / "cases"
CASES = {
    case.id: case
    for file in sorted(FOLDER.glob("*.yaml"))
    for case in read(file.read_text(encoding="utf-8"), file.name)
}
load = cache(comity.load)


def kept(case: Case, place: Path) -> tuple[Register, list[Any]]:
    """The events of a case as an exercise whose secretariat keeps minutes, and the receipts."""
    law = load(case.given.charter)
    law = amended(law, case.given.changes) if case.given.changes else law
    founded = Register.new(
        place, law, case.given.charter, keys=KEYS, on=case.given.on, now=NOW, minutes=True, exercise=True
    )
    receipts = []
    for number, data in enumerate(case.events):
        act = entry(data)
        if isinstance(act, TimePassed):
            continue
        event = {**act.model_dump(mode="json", by_alias=True, exclude_defaults=True), "kind": act.kind, "by": act.by}
        said = founded.statement("secretariat", event, request=str(number)).signed(KEYS["secretariat"])
        receipts.append(founded.submit(said, now=NOW))
    return founded, receipts


def plainly(case: Case) -> bool:
    """Whether nothing but events happens, so that a register of them must come to the same."""
    if case.given.changes or case.given.charter not in {"g5", "gcf", "unsc", "unga", "wto", "paris"}:
        return False
    return not any(data.get("kind") == "time_passed" for data in case.events)


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if plainly(case)])
def test_a_register_comes_to_what_the_law_comes_to(name: str, tmp_path: Path):
    events = tuple(json.loads(json.dumps(plain(each), sort_keys=True)) for each in CASES[name].events)
    case = CASES[name].model_copy(update={"events": events})  # as they are read again
    wanted = replay(case, load)
    register, receipts = kept(CASES[name], tmp_path / "r.db")
    with register:
        assert [each.determinations for each in receipts] == [step.determinations for _, step in wanted.steps]
        assert [each.flags for each in receipts] == [step.flags for _, step in wanted.steps]
        assert register.position().state == wanted.state
        record(plain({"status": drop(status(register.position()))}))
    assert verify(tmp_path / "r.db").faults == ()


def drop(value: Any) -> Any:
    """What is said, without what is said to be unknown."""
    if isinstance(value, dict):
        return {name: drop(each) for name, each in value.items() if each is not None}
    return value


def test_arrears_cost_the_vote_and_a_permission_gives_it_back(tmp_path: Path):
    register, _ = kept(CASES["C12 Article 19"], tmp_path / "r.db")
    with register:
        position = register.position()
        told = status(position)
    assert set(told["without_vote"]) == {"ATG", "COG", "GIN", "IRN", "PNG", "SDN", "VUT", "VEN"}
    assert told["without_vote"]["VEN"] == {"why": "arrears", "owed": "2000000", "currency": "USD"}
    assert "COM" in told["arrears"]  # it owes as much, and may vote
    assert "COM" not in without_vote(position)
    assert told["amounts"]["USD"]["owed"] == "22000000"


def test_the_ladder_of_the_green_climate_fund(tmp_path: Path):
    register, _ = kept(CASES["C29 the United States and the Green Climate Fund"], tmp_path / "r.db")
    with register:
        told = amounts(register.position(), ["USA"])["by_currency"]["USD"]
    assert told == {
        "announced": 6 * 10**9, "confirmed": 3 * 10**9, "paid": 2 * 10**9, "rescinded": 4 * 10**9, "confirmed_unpaid": 0,
    }  # fmt: skip


def test_notices_of_withdrawal_with_their_clocks(tmp_path: Path):
    case = CASES["C24 the United States leaves, returns and leaves the Paris Agreement"]
    register, _ = kept(case, tmp_path / "r.db")
    with register:
        position = register.position()
    told = status(position)
    ((instrument, running),) = told["leaving_treaties"].items() or [("", {})]
    day = datetime.date.fromisoformat(running["USA"])
    assert day > position.state.on
    assert (instrument, "effective") in {(each.about, each.outcome) for each in due(position, day)}


def test_what_falls_due_on_a_day_to_come_and_no_day_that_is_past():
    from comity.operation.acts import RegisterFounded
    from comity.operation.position import founding

    g5 = load("g5")
    made = RegisterFounded(on=g5.as_of, institution="g5", charter=g5.digest, keys={}, version="0")
    position = founding(g5, made, "ab" * 32, NOW)
    found = due(position, datetime.date(2029, 1, 1))
    assert {each.outcome for each in found} == {"unverified"}
    assert due(position, position.state.on) == []
    with pytest.raises(InputError, match="Time runs forwards only"):
        due(position, datetime.date(2020, 1, 1))
    told = status(position)
    assert told["entries"] == 1
    assert told["members"] == ["USA", "CHN", "RUS", "IND", "JPN"]
    assert told["clauses"]["oil_stocks"]["JPN"] == "in_force"
    assert told["amounts"] == {}


def test_amounts_in_one_currency_with_the_day_of_the_rate_and_what_has_none(tmp_path: Path):
    case = Case(
        id="x", facts="x", said="x", seen="recalled", basis="derived", then=(), given={"charter": "gcf", "on": "2025-01-01"},
        events=tuple(
            {"kind": "contribution_announced", "on": "2025-01-01", "by": f"member:{code}", "pledge": code, "amount": amount}
            for code, amount in (("USA", "10 USD"), ("DEU", "5 EUR"), ("GBR", "8 GBP"), ("JPN", "1000 JPY"))
        ),
    )  # fmt: skip
    register, _ = kept(case, tmp_path / "r.db")
    with register:
        for number, (base, quote, rate) in enumerate((("EUR", "USD", "1.2"), ("USD", "GBP", "0.8"))):
            event = {"kind": "rate_quoted", "on": "2025-01-02", "base": base, "quote": quote, "rate": rate,
                     "of": "2025-01-02", "source": "ECB"}  # fmt: skip
            said = register.statement("secretariat", event, request=f"rate {number}").signed(KEYS["secretariat"])
            register.submit(said, now=NOW)
        told = amounts(register.position(), into="USD")["in"]
    assert told["amounts"]["announced"] == 10 + 6 + 10
    assert told["lacking"] == ["JPY"]
    assert [(each["base"], each["quote"], each["rate"], each["of"]) for each in told["rates"]] == [
        ("EUR", "USD", Fraction(6, 5), datetime.date(2025, 1, 2)),
        ("USD", "GBP", Fraction(4, 5), datetime.date(2025, 1, 2)),
    ]
