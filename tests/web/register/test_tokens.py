"""Tokens: issued for seats with a key, for a time, kept as digests, and never repeated anywhere."""

import datetime
import logging
import pathlib

import pytest

from comity.kernel.errors import InputError, UnknownName
from comity.operation.refusing import NotAllowed
from comity.web.register.tokens import Tokens, Unauthorised

DAY = datetime.timedelta(days=1)


def test_a_token_lets_in_until_it_expires(house):
    assert house.get("view", "member:JPN").status_code == 200
    house.now += DAY - datetime.timedelta(milliseconds=1)
    assert house.get("view", "member:JPN").status_code == 200
    house.now += datetime.timedelta(milliseconds=1)
    answer = house.get("view", "member:JPN")
    assert (answer.status_code, house.table().status_code) == (401, 401)
    assert "expired" in answer.json()["detail"]
    assert house.register.size == 1


def test_a_revoked_token_is_refused_at_once(house):
    tokens = Tokens(house.register)
    ended = tokens.revoke(house.ids["member:JPN"], now=house.now)
    assert ended.revoked
    assert "revoked" in house.table().json()["detail"]
    assert house.table(seat="member:USA").status_code == 201
    assert tokens.revoke(ended.id, now=house.now + DAY) == ended
    with pytest.raises(UnknownName):
        tokens.revoke("0" * 16, now=house.now)


def test_what_is_no_token_is_refused_even_where_the_public_may_read(house):
    good = house.tokens["member:JPN"]
    stranger = good[:-1] + ("A" if good[-1] != "A" else "B")
    swapped = house.tokens["member:USA"][:24] + good[24:]
    for shown in (stranger, swapped, good.upper(), "", "comity_", "comity_" + "0" * 16 + "_" + "A" * 43, good + "A"):
        answer = house.client.get("/v1/register", headers={"Authorization": f"Bearer {shown}"})
        assert answer.status_code == 401
    assert house.client.get("/v1/register", headers={"Authorization": "Basic eDp4"}).status_code == 401
    assert house.client.get("/v1/register").status_code == 200


def test_tokens_are_for_seats_with_a_key_and_for_a_year_at_most(house):
    tokens = Tokens(house.register)
    with pytest.raises(UnknownName, match="member:GBR"):
        tokens.issue("member:GBR", now=house.now, lasts=DAY)
    with pytest.raises(NotAllowed):
        tokens.issue("register", now=house.now, lasts=DAY)
    for days in (0, -1, 367):
        with pytest.raises(InputError, match="cannot count"):
            tokens.issue("chair", now=house.now, lasts=DAY * days)


def test_a_register_without_tokens_lets_nobody_in(tmp_path, house):
    import comity
    from comity.operation.register import Register

    with Register.new(tmp_path / "other.db", comity.load("g5"), "g5", keys=house.keys, now=house.now) as other:
        assert Tokens(other).listed() == []
        with pytest.raises(Unauthorised):
            Tokens(other).seat(house.tokens["chair"], now=house.now)


def test_only_digests_are_kept(house):
    house.table()
    house.register.store.engine.dispose()
    kept = b"".join(
        pathlib.Path(house.place + end).read_bytes() for end in ("", "-wal") if pathlib.Path(house.place + end).exists()
    )
    assert house.ids["member:JPN"].encode() in kept
    for shown in house.tokens.values():
        assert shown[24:].encode() not in kept


def test_secrets_are_in_no_log_and_no_answer(house, caplog, monkeypatch):
    caplog.set_level(logging.DEBUG)
    wrong = "comity_" + "a" * 16 + "_" + "Z" * 43
    said = []
    house.tokens["wrong"] = wrong
    for seat in ("member:JPN", "wrong"):
        paths = ("register", "view", "entries?limit=0", "entries/77", "nothing", "due?on=never")
        said += [house.get(path, seat) for path in paths]
        said.append(house.post(house.signed("member:USA", {"kind": "none"}, "x"), as_=seat))
        said.append(house.client.post("/v1/statements", content=b"{", headers=house.bearer(seat)))
    house.now += 2 * DAY
    said.append(house.get("view", "member:JPN"))
    house.now -= 2 * DAY

    def broken(*_, **__):
        raise RuntimeError("the disk is on fire")

    monkeypatch.setattr(house.register, "submit", broken)
    fault = house.table()
    assert (fault.status_code, fault.json()["title"]) == (500, "A fault of the register")
    assert "on fire" not in fault.text
    assert "on fire" in caplog.text
    private = [key.private.private_bytes_raw().hex() for key in house.keys.values()]
    for secret in (house.tokens["member:JPN"][24:], wrong[24:], *private):
        assert secret not in caplog.text
        for answer in (*said, fault):
            assert secret not in answer.text + str(answer.headers)
