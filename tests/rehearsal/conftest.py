"""A club of five that owes one clause, written so that its game can be worked out by hand."""

from __future__ import annotations

import datetime

import pytest

from comity.charter.read import read
from comity.library.actors import actors as shipped
from comity.library.stakes import ground, read_stakes
from comity.model.analysis import Inputs

CHARTER = """
comity: 1
title: {en: Club, zh: 俱乐部}
aliases: [Club]
status: proposed
as_of: 2026-02-06
members: [USA, CHN, JPN, IND, RUS]
organs:
  council: {quorum: {open: 3/5, decide: 3/5, of: members}, proposes: any_member, chair: rotating}
rules:
  majority: {title: {en: Three fifths, zh: 五分之三多数}, kind: majority, at_least: 3/5, of: members}
issues:
  one: {title: {en: One, zh: 一}, organ: council, rule: majority}
  two: {title: {en: Two, zh: 二}, organ: council, rule: majority}
funds:
  pot: {rule: majority, burden: BURDEN}
clauses:
  charts:
    title: {en: Sea charts, zh: 海图}
    kind: target
    issue: ISSUE
    obligor: [OBLIGOR]
    metric: charts
    at_least: 1
    by: 2028-12-31
    verified: {by: council, every: 12 monthsERRORS}
    REWARD
    BREACH
"""
STAKES = """
comity: 1
title: {en: Charts, zh: 海图}
on: 2026-02-06
rules:
  usual: {kind: same, value: [40, 50, 60], why: {en: made up, zh: 虚构}}
  worth: {kind: each, value: [WORTH], why: {en: made up, zh: 虚构}}
  fee: {kind: each, value: [10, 10, 10], why: {en: made up, zh: 虚构}}
issues:
  one:
    title: {en: Charts, zh: 海图}
    sensitivity: low
    ends: {0: {en: none, zh: 无}, 100: {en: all, zh: 全部}}
    status_quo: 20
    position: usual
    salience: usual
    good:
      {benefit: worth, cost: fee, prices: 2024, years: 2, discount: [1/4, 1/4, 1/4], excludable: [KEPT, KEPT, KEPT],
       needed: NEED, why: {en: Charts of the sea, zh: 海图}}
"""
USUAL = {
    "BURDEN": "{kind: equal}",
    "ISSUE": "one",
    "OBLIGOR": "USA, CHN, JPN, IND, RUS",
    "ERRORS": ", false_alarm: 0, miss: 0",
    "REWARD": "",
    "BREACH": "breach: {grace: 6 months, then: renegotiate, within: 6 months}",
    "WORTH": "30, 30, 30",
    "KEPT": "0",
    "NEED": "0",
}


@pytest.fixture(scope="session")
def actors():
    return shipped()


def _filled(text, given):
    for name, usual in USUAL.items():
        text = text.replace(name, given.get(name, usual))
    return text


@pytest.fixture(scope="session")
def club(actors):
    """The club, with parts of its charter and stakes replaced: ``club(MISS="1/20")`` gives inputs."""

    def make(against=(), **given):
        body = read(_filled(CHARTER, given), "club", actors=actors)
        stakes = ground(read_stakes(_filled(STAKES, given), "mine"))
        return Inputs(body, actors, against=tuple(against), stakes=stakes, on=datetime.date(2026, 2, 6))

    return make
