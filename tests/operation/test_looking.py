"""One clause, or one member, with what is recorded of it."""

import pytest
from tests.operation.door import say, told

from comity.kernel.errors import UnknownName
from comity.operation import looking
from comity.operation.replaying import replayed


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    register = told(tmp_path_factory.mktemp("looking") / "g5.db")
    say(register, "secretariat", {"kind": "score_given", "on": "2029-03-01", "commitment": "oil_stocks",
                                  "assessed": "JPN", "score": 0, "assessor": "rg", "guideline": "2024"}, "s1")  # fmt: skip
    say(register, "member:IND", {"kind": "dispute_brought", "on": "2029-03-02", "dispute": "D1", "against": "JPN",
                                 "clause": "oil_stocks", "says": "No stocks."}, "d1")  # fmt: skip
    say(register, "member:JPN", {"kind": "contribution_announced", "on": "2029-03-03", "pledge": "P1",
                                 "fund": "common_fund", "amount": "5 million USD"}, "p1")  # fmt: skip
    yield register
    register.close()


def test_a_clause_says_how_each_obligor_stands(register):
    told = looking.clause(register.position(), "oil_stocks")
    assert told["obligors"]["JPN"]["state"] == "noticed"
    assert told["obligors"]["JPN"]["measured"] == "84"
    assert [stage for stage, _ in told["obligors"]["JPN"]["history"]][-1] == "breached"
    assert told["obligors"]["IND"]["state"] == "unverified"
    assert told["scores"] == [{"member": "JPN", "assessor": "rg", "version": 1, "score": 0, "entry": 6}]
    assert told["disputes"] == ["D1"]
    with pytest.raises(UnknownName, match="Did you mean oil_stocks"):
        looking.clause(register.position(), "oil_stock")


def test_a_member_says_what_it_owes_and_promised(register):
    told = looking.member(register.position(), "JPN")
    assert told["clauses"] == {"oil_stocks": "noticed"}
    assert told["pledges"]["P1"]["announced"] == "5000000"
    assert told["disputes"] == ["D1"]
    assert told["scores"][0]["score"] == 0
    assert told["is_member"]
    assert told["arrears"] is None
    with pytest.raises(UnknownName, match="member 'FRA'"):
        looking.member(register.position(), "FRA")


def test_entries_about_a_clause_and_about_a_member(register):
    entries = list(replayed(register))
    assert [each.number for each in entries if looking.about_clause(each, "oil_stocks")] == [4, 5, 7]
    assert [each.number for each in entries if looking.about_member(each, "JPN")] == [1, 4, 5, 6, 7, 8]
    assert [each.number for each in entries if looking.about_member(each, "RUS")] == []
