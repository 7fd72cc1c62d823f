"""What seats may write, and what is refused: each refusal leaves the register as it was."""

import json

import pytest

from comity.operation.signing import Key
from comity.operation.verifying import verify
from comity.web.register.writing import parsed

TABLED = {"kind": "proposal_tabled", "question": "Q1", "matter": "energy"}


def test_a_statement_is_recorded_and_sent_again_gives_the_same_entry(house):
    said = house.signed("member:JPN", TABLED, "1")
    first, again = house.post(said), house.post(said, **{"Idempotency-Key": '"1"'})
    assert (first.status_code, again.status_code) == (201, 200)
    assert (first.json()["number"], again.json()["number"]) == (1, 1)
    assert (first.json()["leaf"], again.json()["again"]) == (again.json()["leaf"], True)
    assert first.headers["location"] == "/v1/entries/1"
    assert house.register.size == 2


def test_the_idempotency_key_is_the_request(house):
    said = house.signed("member:JPN", TABLED, "1")
    assert house.post(said, **{"Idempotency-Key": "2"}).status_code == 422
    assert house.register.size == 1
    assert house.post(said, **{"Idempotency-Key": "1"}).status_code == 201


def test_another_statement_under_the_same_request_is_a_conflict(house):
    house.table("Q1", "1")
    answer = house.table("Q2", "1")
    assert answer.status_code == 409
    assert "request 1" in answer.json()["detail"]


def test_the_expected_head_is_signed_and_a_register_that_moved_on_says_so(house):
    said = house.signed("member:JPN", TABLED, "1", only=True)
    other = house.signed("member:USA", {**TABLED, "question": "Q2"}, "1", only=True)
    assert house.post(said, **{"If-Match": '"1"'}).status_code == 201
    late = house.post(other, **{"If-Match": '"1"'})
    assert (late.status_code, late.json()["title"]) == (412, "The register has moved on")
    assert house.post(other).status_code == 409
    assert house.post(said, **{"If-Match": '"1"'}).status_code == 200  # sent again: it was recorded
    loose = house.signed("member:USA", {**TABLED, "question": "Q2"}, "2")
    assert house.post(loose, **{"If-Match": '"2"'}).status_code == 422
    fits = house.signed("member:USA", {**TABLED, "question": "Q2"}, "3", only=True)
    assert house.post(fits, **{"If-Match": '"1"'}).status_code == 422
    assert house.post(fits, **{"If-Match": '"2"'}).status_code == 201


def test_nobody_writes_without_a_token(house):
    said = house.signed("member:JPN", TABLED, "1")
    answer = house.client.post("/v1/statements", json=said.plain())
    assert (answer.status_code, answer.headers["www-authenticate"][:6]) == (401, "Bearer")
    for path in ("documents", "countersignatures"):
        assert house.client.post(f"/v1/{path}", content=b"x").status_code == 401
    assert house.register.size == 1


def test_a_token_speaks_for_its_own_seat_only(house):
    answer = house.post(house.signed("member:JPN", TABLED, "1"), as_="member:USA")
    assert answer.status_code == 403
    assert "cannot speak for member:JPN" in answer.json()["detail"]


def test_a_token_replaces_no_signature(house):
    said = house.signed("member:JPN", TABLED, "1")
    other = house.signed("member:JPN", TABLED, "1", key="member:USA")
    assert house.post(other).status_code == 403  # the key of another seat
    bent = said.plain() | {"signature": other.signature}
    changed = json.loads(json.dumps(said.plain()))
    changed["statement"]["event"]["question"] = "Q9"
    for wrong in (bent, changed):
        answer = house.client.post("/v1/statements", json=wrong, headers=house.bearer("member:JPN"))
        assert answer.status_code == 403
        assert "signature" in answer.json()["detail"]
    assert house.register.size == 1


def test_a_seat_cannot_act_for_another(house):
    answer = house.say("member:JPN", {**TABLED, "by": "member:USA"}, "1")
    assert (answer.status_code, house.register.size) == (403, 1)


def test_a_replayed_or_reordered_statement_is_refused(house):
    early = house.signed("member:JPN", {**TABLED, "question": "Q0"}, "0")  # has seen 1
    house.table("Q1", "1", "member:USA")
    house.table("Q2", "2", "member:JPN")  # has seen 2
    answer = house.post(early)
    assert (answer.status_code, house.register.size) == (409, 3)
    assert "spoken since" in answer.json()["detail"]
    elsewhere = house.signed("member:JPN", TABLED, "3").plain()
    elsewhere["statement"]["register"] = "0" * 64
    assert house.client.post("/v1/statements", json=elsewhere, headers=house.bearer("member:JPN")).status_code == 403
    ahead = house.signed("member:JPN", TABLED, "4", after=99)
    assert house.post(ahead).status_code == 409


def test_after_its_credentials_are_revoked_a_seat_does_nothing(house):
    said = house.signed("member:JPN", TABLED, "1")
    event = {"kind": "key_revoked", "seat": "member:JPN", "key": house.keys["member:JPN"].public, "reason": "Lost."}
    assert house.say("secretariat", event, "revoke").status_code == 201
    answer = house.post(said)
    assert answer.status_code == 403
    assert "revoked" in answer.json()["detail"]
    assert house.post(said, as_="member:USA").status_code == 403
    assert house.get("view", "member:JPN").status_code == 403


def test_before_its_credentials_a_seat_does_nothing(house):
    house.keys["verifier:IEA"] = Key.of("verifier:IEA", b"v" * 32)
    answer = house.post(house.signed("verifier:IEA", TABLED, "1"), as_="secretariat")
    assert answer.status_code == 403
    assert house.register.size == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"nothing",
        b"\xff\xfe",
        b"[]",
        b"7",
        b"null",
        b'{"statement": 1, "key": 2, "signature": 3}',
        b'{"a": 1, "a": 2}',
        b'{"a": NaN}',
        b"[" * 100_000,
        b'{"a":' * 80 + b"1" + b"}" * 80,
        b'{"a": ' + b"9" * 5000 + b"}",
    ],
)
def test_what_is_no_statement_is_refused(house, content):
    answer = house.client.post("/v1/statements", content=content, headers=house.bearer("member:JPN"))
    assert (answer.status_code, house.register.size) == (422, 1)


@pytest.mark.parametrize(
    "event",
    [
        {"kind": "nonsense"},
        {"kind": "proposal_tabled"},
        {**TABLED, "share": 0.5},
        {**TABLED, "question": None},
        {**TABLED, "question": 2**60},
        {"kind": ["proposal_tabled"]},
        {},
    ],
)
def test_an_event_that_is_none_is_refused(house, event):
    plain = house.signed("member:JPN", TABLED, "1").plain()
    plain["statement"]["event"] = event
    answer = house.client.post("/v1/statements", json=plain, headers=house.bearer("member:JPN"))
    assert answer.status_code in {403, 422}
    assert house.register.size == 1


@pytest.mark.parametrize("field", ["seat", "request", "register", "key", "signature"])
@pytest.mark.parametrize("text", ["\ud800", "a\u0000b", "x" * 5000, ""])
def test_a_strange_text_is_refused_and_disturbs_nobody(house, field, text):
    plain = house.signed("member:JPN", TABLED, "1").plain()
    (plain if field in plain else plain["statement"])[field] = text
    sent = json.dumps(plain)
    answer = house.client.post("/v1/statements", content=sent, headers=house.bearer("member:JPN"))
    assert answer.status_code in {403, 422}
    assert house.table().status_code == 201


def test_what_is_too_large_is_not_taken(house):
    large = b"x" * (2**20 + 1)
    answer = house.client.post("/v1/documents", content=large, headers=house.bearer("member:JPN"))
    assert (answer.status_code, answer.json()["title"]) == (413, "Too large")
    streamed = house.client.post(
        "/v1/documents", content=iter([large[: 2**19], large[2**19 :]]), headers=house.bearer("member:JPN")
    )
    assert streamed.status_code == 413
    statement = b'"' + b"x" * (5 * 2**20) + b'"'
    assert house.client.post("/v1/statements", content=statement, headers=house.bearer("member:JPN")).status_code == 413
    assert house.client.post("/v1/documents", content=b"", headers=house.bearer("member:JPN")).status_code == 422


def test_a_document_is_kept_once_under_its_digest(house):
    sent = [house.client.post("/v1/documents", content=b"paper", headers=house.bearer("chair")) for _ in range(2)]
    assert {each.status_code for each in sent} == {201}
    assert {each.headers["location"] for each in sent} == {f"/v1/documents/{sent[0].json()['digest']}"}


def test_a_seat_countersigns_with_its_own_key_what_the_register_signed(house):
    house.table()
    note = house.register.checkpoint()

    def send(made, seat="member:JPN"):
        return house.client.post("/v1/countersignatures", content=made.text(), headers=house.bearer(seat))

    assert send(note).status_code == 403
    assert send(note.signed(Key.of("member:JPN", b"f" * 32))).status_code == 403
    assert send(note.signed(house.keys["member:USA"])).status_code == 403
    forged = type(note)(note.register, note.size, "0" * 64)
    assert send(forged.signed(house.keys["register"]).signed(house.keys["member:JPN"])).status_code == 403
    bare = type(note)(note.register, note.size, note.root)
    assert send(bare.signed(house.keys["member:JPN"])).status_code == 403
    assert house.client.post("/v1/countersignatures", content=b"no", headers=house.bearer("chair")).status_code == 422
    with house.register.store.reading() as view:
        assert view.checkpoints() == []
    both = note.signed(house.keys["member:JPN"]).signed(house.keys["member:USA"])
    answer = send(both)
    assert (answer.status_code, answer.json()["size"]) == (201, 2)
    found = verify(house.place)
    assert found.honest
    assert found.countersigned == {"member:JPN": 2}


def test_json_is_read_in_one_way_only():
    assert parsed('{"名": ["甲"]}'.encode()) == {"名": ["甲"]}
