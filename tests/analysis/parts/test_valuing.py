"""Goods before bodies: which are valued, whose worth is a gap, and what is refused."""

from __future__ import annotations

import pytest

import comity as co
from comity.analysis.parts.valuing import ledger, ledger_caveats
from comity.kernel.errors import InputError, NotComputable, UnknownName
from comity.study.ask import inputs, wanting


@pytest.fixture(scope="module")
def five():
    return wanting(inputs(co.load("g5"), against=(co.load("g7"),)))


def test_every_good_of_the_stakes_is_valued_before_every_body(five):
    found = ledger(five)
    assert [each.issue for each in found.before(found.bodies[1])] == [
        "climate_monitoring", "public_health", "anti_piracy", "energy", "climate_finance",
    ]  # fmt: skip
    assert all(not each.silent for each in found.valued)


def test_the_modes_are_those_of_the_stakes(five):
    (good,) = ledger(five, ["energy"], [five.institution]).valued
    modes = good.modes()
    assert modes.benefit[0].tolist() == [each.benefit[1] for each in good.worths.values()]
    assert 0 < modes.part.sum() < 1


def test_bodies_of_constituencies_have_no_worth():
    with pytest.raises(
        NotComputable, match="what Joint climate monitoring is worth is not known for any member of GCF"
    ):
        ledger(wanting(inputs(co.load("gcf"))))


def test_an_issue_without_a_good_or_that_is_not_there_is_refused(five):
    with pytest.raises(InputError, match=r"mission.yaml:\d+: the good of 'ai_arms' is not valued"):
        ledger(five, ["ai_arms"])
    with pytest.raises(UnknownName, match="energy"):
        ledger(five, ["enrgy"])


def test_the_caveats_name_what_nobody_has_valued(five):
    said = " ".join(each.en for each in ledger_caveats(five, ledger(five)))
    assert "Nobody has put a value on: Security of supply chains" in said
