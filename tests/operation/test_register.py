"""A register in use: who may say what, in which order, once, from many threads and many programs."""

from __future__ import annotations

import dataclasses
import datetime
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any, get_args

import pytest

import comity
from comity.kernel.errors import ComityError, InputError
from comity.model.event import EVENTS
from comity.operation.acts import ACTS
from comity.operation.position import Position
from comity.operation.refusing import Conflict, NotAllowed, ReadOnly, Unreadable
from comity.operation.register import Register
from comity.operation.roll import possession
from comity.operation.signing import Key
from comity.operation.verifying import verify

NOW = datetime.datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=datetime.UTC)
SEATS = ("register", "secretariat", "chair", *(f"member:{code}" for code in ("USA", "CHN", "RUS", "IND", "JPN")))
KEYS = {seat: Key.of(seat, bytes([number + 1]) * 32) for number, seat in enumerate(SEATS)}
TABLED = {"kind": "proposal_tabled", "on": "2026-03-01", "question": "Q1", "matter": "energy"}
VOTED = {"kind": "votes_recorded", "on": "2026-03-01", "question": "Q1", "others": "yes", "no": ["USA"]}


class Said:
    """A register with the keys of its seats: says something as a seat."""

    def __init__(self, register: Register, keys: dict[str, Key]) -> None:
        self.register, self.keys, self.count = register, dict(keys), 0

    def __call__(self, seat: str, event: dict[str, Any], *, key: Key | None = None, now=NOW, **more: Any):
        self.count += 1
        statement = self.register.statement(seat, event, **{"request": f"r{self.count}", **more})
        return self.register.submit(statement.signed(key or self.keys[seat]), now=now)

    def new_key(self, seat: str, secret: int, kind: str = "key_registered", by: str = "secretariat", **more: Any):
        key = Key.of(seat, bytes([secret]) * 32)
        shown = key.sign(possession(self.register.id, seat, key.public))
        event = {"kind": kind, "on": "2026-03-01", "seat": seat, "key": key.public, "possession": shown}
        return key, self(by, {**event, **more})

    def revoke(self, seat: str, by: str, key: Key | None = None):
        event = {"kind": "key_revoked", "on": "2026-03-01", "seat": seat, "reason": "lost"}
        return self(by, {**event, "key": (key or self.keys[seat]).public})


@pytest.fixture(scope="module")
def g5():
    return comity.load("g5")


@pytest.fixture
def place(tmp_path):
    return tmp_path / "g5.db"


@pytest.fixture
def said(place, g5):
    with Register.new(place, g5, "g5", keys=KEYS, now=NOW) as register:
        yield Said(register, KEYS)


def refusal(sort: type[ComityError], act, *given: Any, **more: Any) -> str:
    with pytest.raises(sort) as refused:
        act(*given, **more)
    return str(refused.value)


# founding


@pytest.mark.parametrize(
    ("keys", "sort", "says"),
    [
        ({"secretariat": KEYS["secretariat"]}, NotAllowed, "A register needs a key of the register."),
        ({"register": KEYS["register"]}, NotAllowed, "A register needs a key of the secretariat."),
        ({**KEYS, "member:FRA": KEYS["chair"]}, NotAllowed, "Two seats have the same key. Every seat signs with a key"),
        ({**KEYS, "France": Key.of("France", bytes([77]) * 32)}, InputError, "'France' is no seat."),
    ],
)
def test_a_founding_that_is_refused_leaves_nothing_behind(place, g5, keys, sort, says):
    assert says in refusal(sort, Register.new, place, g5, "g5", keys=keys, now=NOW)
    assert not place.exists()


@pytest.mark.usefixtures("said")
def test_a_register_is_never_overwritten(place, g5):
    assert "is there already" in refusal(ReadOnly, Register.new, place, g5, "g5", keys=KEYS, now=NOW)


def test_what_is_no_register(place, tmp_path):
    assert "There is no register" in refusal(Unreadable, Register.open, place)
    (tmp_path / "text.db").write_text("a" * 5000)
    assert "cannot be read as a register" in refusal(Unreadable, Register.open, tmp_path / "text.db")


def test_the_founding_says_the_charter_and_names_the_register(said, g5):
    assert said.register.founded.charter == g5.digest
    assert said.register.institution.digest == g5.digest
    assert said.register.checkpoint().register == said.register.id
    assert said.register.size == 1


@pytest.mark.usefixtures("said")
def test_only_the_register_s_own_key_opens_it_for_recording(place):
    assert "This is not the register's key." in refusal(NotAllowed, Register.open, place, KEYS["secretariat"])
    with Register.open(place) as reader:
        statement = reader.statement("member:JPN", TABLED, request="1").signed(KEYS["member:JPN"])
        assert "is open for reading only" in refusal(ReadOnly, reader.submit, statement, now=NOW)
        assert "is open for reading only" in refusal(ReadOnly, reader.lay, b"", "text/plain")


def test_a_charter_with_faults_founds_nothing(place, g5):
    faulty = g5.model_copy(update={"issues": {}})
    assert "is not declared" in refusal(InputError, Register.new, place, faulty, "g5", keys=KEYS, now=NOW)
    assert not place.exists()


# who may speak


def test_a_vote_from_table_to_ruling_with_receipts_that_the_checkpoint_covers(said):
    said("member:JPN", TABLED)
    receipt = said("secretariat", VOTED)
    assert [each.outcome for each in receipt.determinations] == ["adopted"]
    assert receipt.flags == ()
    assert receipt.checkpoint == said.register.checkpoint().text()
    assert receipt.as_json()["determinations"][0]["ruling"]["counts"] == {"no": 1, "yes": 4}
    assert said.register.checkpoint().carries("register", KEYS["register"].public)


def test_no_seat_speaks_with_another_s_key_or_for_another(said):
    assert "is that of member:USA, not of member:JPN" in refusal(
        NotAllowed, said, "member:JPN", TABLED, key=KEYS["member:USA"]
    )
    assert "member:USA cannot act for member:JPN" in refusal(
        NotAllowed, said, "member:USA", {**TABLED, "by": "member:JPN"}
    )
    assert "secretariat cannot act for member:JPN. Each seat signs its own acts; minutes" in refusal(
        NotAllowed, said, "secretariat", {**TABLED, "by": "member:JPN"}
    )
    assert "The register's own key signs checkpoints and its own rotation" in refusal(
        NotAllowed, said, "register", TABLED
    )
    assert "This register was founded already." in refusal(
        Conflict, said, "secretariat", {**ACTS_OF_FOUNDING, "keys": {}}
    )
    assert said.register.size == 1


ACTS_OF_FOUNDING = {
    "kind": "register_founded", "on": "2026-03-01", "institution": "g5", "charter": "00" * 32, "version": "0",
}  # fmt: skip


def test_a_signature_is_over_this_statement_of_this_register(said, tmp_path, g5):
    statement = said.register.statement("member:JPN", TABLED, request="1").signed(KEYS["member:JPN"])
    altered = dataclasses.replace(
        statement,
        statement=dataclasses.replace(statement.statement, event={**statement.statement.event, "question": "Q2"}),
    )
    assert "The signature is not that of member:JPN over this statement." in refusal(
        NotAllowed, said.register.submit, altered, now=NOW
    )
    keys = {**KEYS, "register": Key.of("register", bytes([99]) * 32)}
    with Register.new(tmp_path / "other.db", g5, "g5", keys=keys, now=NOW) as other:
        assert "The statement is for another register." in refusal(NotAllowed, other.submit, statement, now=NOW)


def test_the_secretariat_keeps_minutes_only_where_the_founding_says_so(place, g5):
    with Register.new(place, g5, "g5", keys=KEYS, now=NOW, minutes=True) as register:
        said = Said(register, KEYS)
        said("secretariat", {**TABLED, "by": "member:JPN"})
        assert "chair cannot act for member:JPN" in refusal(NotAllowed, said, "chair", {**VOTED, "by": "member:JPN"})
        assert "secretariat cannot rotate the key of member:JPN" in refusal(
            NotAllowed, said.new_key, "member:JPN", 70, "key_rotated", by="secretariat"
        )


# keys


def test_before_its_credentials_and_after_revocation_a_seat_says_nothing(said):
    france = Key.of("member:FRA", bytes([60]) * 32)
    paid = {"kind": "contribution_announced", "on": "2026-03-01", "pledge": "P", "amount": "5 USD"}
    assert "No seat has registered the key" in refusal(NotAllowed, said, "member:FRA", paid, key=france)
    key, receipt = said.new_key("member:FRA", 60)
    assert said("member:FRA", paid, key=key).number == receipt.number + 1
    said.keys["member:FRA"] = key
    said.revoke("member:FRA", "member:FRA")
    assert "of member:FRA ended with entry 3" in refusal(NotAllowed, said, "member:FRA", paid, key=key)


def test_a_new_key_shows_that_somebody_holds_it_and_was_never_used(said):
    key = Key.of("member:FRA", bytes([60]) * 32)
    event = {"kind": "key_registered", "on": "2026-03-01", "seat": "member:FRA", "key": key.public}
    for shown in (
        possession("00" * 32, "member:FRA", key.public),
        possession(said.register.id, "member:GBR", key.public),
    ):
        assert "The new key of member:FRA did not sign for its possession." in refusal(
            NotAllowed, said, "secretariat", {**event, "possession": key.sign(shown)}
        )
    used = KEYS["member:USA"]
    shown = used.sign(possession(said.register.id, "member:FRA", used.public))
    assert "was registered before. Make a new one." in refusal(
        NotAllowed, said, "secretariat", {**event, "key": used.public, "possession": shown}
    )


def test_who_registers_rotates_and_revokes(said):
    cases = [
        (said.new_key, ("member:FRA", 60, "key_registered", "member:USA"), "member:USA cannot register keys."),
        (said.new_key, ("member:JPN", 60), "member:JPN has a valid key. It rotates the key itself"),
        (said.new_key, ("register", 60), "register has a valid key."),
        (
            said.new_key,
            ("member:JPN", 60, "key_rotated", "secretariat"),
            "secretariat cannot rotate the key of member:JPN",
        ),
        (
            said.new_key,
            ("member:JPN", 60, "key_rotated", "member:USA"),
            "member:USA cannot rotate the key of member:JPN",
        ),
        (said.revoke, ("member:JPN", "member:USA"), "member:USA cannot revoke the key of member:JPN."),
        (said.revoke, ("member:JPN", "chair", KEYS["member:USA"]), "is not the valid key of member:JPN."),
        (said.revoke, ("register", "chair"), "The register's own key is rotated, never revoked"),
        (said.new_key, ("France", 60), "This is no event: key_registered.seat"),
    ]
    for act, given, says in cases:
        assert says in refusal(InputError, act, *given)
    assert said.register.size == 1


def test_the_last_office_keeps_its_key(said):
    said.revoke("chair", "secretariat")
    assert "secretariat is the last that can register keys" in refusal(
        NotAllowed, said.revoke, "secretariat", "secretariat"
    )


def test_a_seat_rotates_its_own_key_and_the_old_one_ends(said):
    key, receipt = said.new_key("member:JPN", 61, "key_rotated", "member:JPN")
    assert f"ended with entry {receipt.number}" in refusal(NotAllowed, said, "member:JPN", TABLED)
    said("member:JPN", TABLED, key=key)


def test_another_key_from_the_secretariat_after_a_revocation_is_never_silent(said, place):
    said.revoke("member:JPN", "secretariat")
    _, receipt = said.new_key("member:JPN", 62)
    flagged = said.register.position().flagged
    assert dict(flagged) == {1: ("revoked_by_another",), receipt.number: ("registered_again",)}
    found = verify(place)
    assert found.honest
    assert "registered another key after a revocation for member:JPN" in found.notes[0].en


def test_the_register_rotates_its_key_and_checkpoints_before_and_after_hold(said, place):
    said("member:JPN", TABLED)
    before = said.register.checkpoint()
    new = Key.of("register", bytes([63]) * 32)
    shown = new.sign(possession(said.register.id, "register", new.public))
    event = {"kind": "key_rotated", "on": "2026-03-01", "seat": "register", "key": new.public, "possession": shown}
    said("register", event)
    assert "The register's key has been rotated. Open the register with the new one." in refusal(
        ReadOnly, said, "secretariat", VOTED
    )
    said.register.close()
    assert "rotated" in refusal(ReadOnly, Said(Register.open(place, KEYS["register"]), KEYS), "secretariat", VOTED)
    with Register.open(place, new) as register:
        Said(register, KEYS)("secretariat", VOTED)
        after = register.checkpoint()
        register.keep_snapshot()
    assert after.carries("register", new.public)
    found = verify(place, checkpoints=[("before", before.text()), ("after", after.text())])
    assert found.faults == ()
    forged = dataclasses.replace(before, signatures={}).signed(new)
    assert [each.what for each in verify(place, checkpoints=[("forged", forged.text())]).faults] == ["checkpoint"]
    with Register.open(place) as reader:
        assert reader._snapshot is not None  # the register's new key signed it
        assert reader.position().size == 4


# order, once


def test_the_same_statement_counts_once_and_gets_the_same_receipt(said):
    statement = said.register.statement("member:JPN", TABLED, request="1").signed(KEYS["member:JPN"])
    first = said.register.submit(statement, now=NOW)
    again = said.register.submit(statement, now=NOW + datetime.timedelta(days=1))
    assert (again.number, again.leaf, again.recorded) == (first.number, first.leaf, first.recorded)
    assert (first.again, again.again) == (False, True)
    other = said.register.statement("member:JPN", {**TABLED, "question": "Q2"}, request="1").signed(KEYS["member:JPN"])
    assert "member:JPN made another statement as request 1: entry 1." in refusal(
        Conflict, said.register.submit, other, now=NOW
    )
    twice = [
        said.register.statement("member:JPN", {**TABLED, "question": "Q3"}, request="3").signed(KEYS["member:JPN"])
    ] * 2
    assert [each.again for each in said.register.submit_all(twice, now=NOW)] == [False, True]
    assert said.register.size == 3


def test_statements_out_of_order(said):
    said("member:JPN", TABLED)
    said("member:JPN", {**TABLED, "question": "Q2"})
    assert "member:JPN has spoken since: it had seen 2 entries, here 1." in refusal(
        Conflict, said, "member:JPN", {**TABLED, "question": "Q3"}, after=1
    )
    assert "Its author saw 9 entries; there are 3." in refusal(
        Conflict, said, "member:JPN", {**TABLED, "question": "Q3"}, after=9
    )
    assert "The register has moved on: 3 entries, not 2." in refusal(
        Conflict, said, "member:USA", {**TABLED, "question": "Q3"}, after=2, only=True
    )
    assert said("member:USA", {**TABLED, "question": "Q3"}, after=2).number == 3
    assert said("member:USA", {**TABLED, "question": "Q4"}, only=True).number == 4


@pytest.mark.parametrize(
    ("event", "says"),
    [
        ({"kind": "nothing"}, "There is no kind of event 'nothing'."),
        ({**TABLED, "on": "31 March"}, "This is no event: proposal_tabled.on: "),
        ({**TABLED, "more": "x"}, "This is no event: proposal_tabled.more: extra inputs are not permitted."),
        ({**TABLED, "by": "member:jpn"}, "This is no event: proposal_tabled.by: "),
        ({**TABLED, "on": "2026-03-03"}, "2026-03-03 has not come: the clock of the register says 2026-03-01."),
        ({**TABLED, "at": "2026-03-03T00:00Z"}, "2026-03-03 has not come"),
    ],
)
def test_what_is_no_event_or_has_not_come(said, event, says):
    assert says in refusal(InputError, said, "member:JPN", event)
    assert said.register.size == 1


def test_a_day_that_has_come_somewhere_is_taken_and_an_exercise_takes_any(said, tmp_path, g5):
    assert said("member:JPN", {**TABLED, "on": "2026-03-02"}).flags == ()
    with Register.new(tmp_path / "game.db", g5, "g5", keys=KEYS, now=NOW, exercise=True) as game:
        Said(game, KEYS)("member:JPN", {**TABLED, "on": "2031-01-01"})
        assert game.position().state.on == datetime.date(2031, 1, 1)
    assert verify(tmp_path / "game.db").honest


def test_one_that_cannot_be_taken_does_not_stop_those_beside_it(said):
    good = [
        said.register.statement("member:JPN", {**TABLED, "question": f"Q{n}"}, request=f"g{n}").signed(
            KEYS["member:JPN"]
        )
        for n in range(3)
    ]
    bad = said.register.statement("member:USA", {"kind": "x"}, request="b").signed(KEYS["member:USA"])
    with pytest.raises(InputError, match="There is no kind of event 'x'"):
        said.register.submit_all([good[0], bad, good[1]], now=NOW)
    assert said.register.size == 3
    assert said.register.submit(good[2], now=NOW).number == 3


# time


def test_an_act_of_an_earlier_day_is_flagged_and_both_days_are_kept(said):
    said("member:JPN", TABLED)
    late = said("member:USA", {**TABLED, "question": "Q2", "on": "2026-02-06"})
    assert [each.what for each in late.flags] == ["irregular"]
    held = list(said.register.entries())[late.number]
    assert held.signed.statement.event["on"] == "2026-02-06"
    assert held.recorded == NOW.replace(microsecond=123000)
    assert dict(said.register.position().flagged) == {2: ("irregular",)}


def test_an_illegal_act_is_recorded_and_flagged(said):
    receipt = said("member:USA", VOTED)
    assert [each.what for each in receipt.flags] == ["ultra_vires"]
    assert said.register.size == 2


def test_a_clock_that_goes_backwards(said):
    later = NOW + datetime.timedelta(hours=1)
    said("member:JPN", TABLED, now=later)
    a_little = said("member:USA", {**TABLED, "question": "Q2"}, now=later - datetime.timedelta(minutes=4))
    assert a_little.recorded == later.replace(microsecond=123000)
    assert (
        "The clock says 2026-03-01T12:54:00.123Z, the last entry was recorded at 2026-03-01T13:00:00.123Z."
        in refusal(
            Conflict, said, "member:USA", {**TABLED, "question": "Q3"}, now=later - datetime.timedelta(minutes=6)
        )
    )
    assert "has no zone" in refusal(
        InputError, said, "member:USA", {**TABLED, "question": "Q3"}, now=NOW.replace(tzinfo=None)
    )
    assert said.register.size == 3


# many at once


def test_many_threads_each_statement_once_and_in_one_order(said, place):
    def run(seat: str) -> list[int]:
        numbers = []
        for n in range(20):
            event = {**TABLED, "question": f"{seat} {n}"}
            statement = said.register.statement(seat, event, request=str(n)).signed(KEYS[seat])
            numbers.append(said.register.submit(statement, now=NOW).number)
        return numbers

    members = SEATS[3:]
    with ThreadPoolExecutor(len(members)) as pool:
        told = list(pool.map(run, members))
    assert sorted(number for each in told for number in each) == list(range(1, 101))
    assert all(each == sorted(each) for each in told)
    assert verify(place).honest


def test_two_programs_on_one_file_catch_up_with_each_other(said, place):
    with Register.open(place, KEYS["register"]) as other:
        also = Said(other, KEYS)
        also.count = 1000
        said("member:JPN", TABLED)
        also("member:USA", {**TABLED, "question": "Q2"})
        said("secretariat", VOTED)
        assert other.position() == said.register.position()
        ready = threading.Barrier(2)

        def run(who: Said, seat: str) -> None:
            ready.wait()
            for n in range(15):
                who(seat, {**TABLED, "question": f"{seat} {n}"})

        with ThreadPoolExecutor(2) as pool:
            for each in [pool.submit(run, said, "member:CHN"), pool.submit(run, also, "member:RUS")]:
                each.result()
        assert other.position() == said.register.position()
        assert other.size == 34
    assert verify(place).honest


def test_a_snapshot_opens_the_register_where_it_stood_and_is_never_taken_on_trust(said, place):
    for n in range(5):
        said("member:JPN", {**TABLED, "question": f"Q{n}"})
    before = said.register.position()
    said.register.keep_snapshot()
    said("secretariat", {**VOTED, "question": "Q0"})
    with Register.open(place) as reader:
        assert reader._snapshot is not None
        assert reader._snapshot.size == before.size == 6
        assert reader.position() == said.register.position()
        assert isinstance(reader.position(), Position)
    assert verify(place).faults == ()


def test_no_event_must_say_nothing_since_null_cannot_be_recorded():
    for kind, sort in {**ACTS, **EVENTS}.items():
        for name, field in sort.model_fields.items():
            assert not (field.is_required() and type(None) in get_args(field.annotation)), (kind, name)
