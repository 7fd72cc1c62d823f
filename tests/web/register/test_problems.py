"""Refusals: each kind has its status, and nothing of the inside is told to a stranger."""

import pytest

from comity.kernel.errors import ComityError, InputError, UnknownName
from comity.operation.refusing import Conflict, NotAllowed, ReadOnly, Unreadable
from comity.web.register.problems import Busy, MovedOn, NotThere, TooLarge, status_of
from comity.web.register.tokens import Unauthorised


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (Unauthorised, 401),
        (NotAllowed, 403),
        (NotThere, 404),
        (Conflict, 409),
        (MovedOn, 412),
        (TooLarge, 413),
        (InputError, 422),
        (Unreadable, 500),
        (ReadOnly, 503),
        (Busy, 503),
        (ComityError, 500),
    ],
)
def test_each_refusal_has_its_status(error, status):
    assert status_of(error("Why.")) == status


def test_a_name_that_is_not_known_cannot_be_used():
    assert status_of(UnknownName("clause", "x", [])) == 422


@pytest.mark.parametrize(("error", "status"), [(Unreadable, 500), (ReadOnly, 503)])
def test_files_and_databases_are_named_in_the_log_only(house, monkeypatch, caplog, error, status):
    def broken(*_, **__):
        raise error(f"{house.place} at postgresql://inside.example is broken.")

    monkeypatch.setattr(house.register, "submit", broken)
    answer = house.table()
    assert answer.status_code == status
    assert house.place not in answer.text
    assert "inside.example" not in answer.text
    assert house.place in caplog.text


def test_a_method_that_is_not_there_is_a_problem(house):
    answer = house.client.delete("/v1/entries/0")
    assert (answer.status_code, answer.headers["content-type"]) == (405, "application/problem+json")
    assert "GET" in answer.headers["allow"]
