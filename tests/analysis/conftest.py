"""A made-up club of five, and institutions like it, written as charters."""

import datetime
from pathlib import Path

import polars as pl
import pytest

from comity.charter.read import read
from comity.kernel.result import Text
from comity.library.actors import actors as shipped
from comity.library.stakes import ground, read_stakes
from comity.model.analysis import Inputs
from comity.model.panel import COLUMNS, Indicator, Panel

CHARTER = """
comity: 1
title: {{en: {name}, zh: {name}}}
aliases: [{alias}]
status: proposed
as_of: 2026-02-06
members: {members}
organs:
  council: {{quorum: {quorum}, proposes: {proposes}, chair: rotating}}
balance: {balance}
prerogatives: {{convenes: rotating, interprets: {interprets}}}
{admission}
rules:
  majority: {{title: {{en: Three fifths, zh: 五分之三多数}}, kind: majority, at_least: 3/5, of: members, veto: {veto}}}
  consensus: {{title: {{en: Consensus, zh: 协商一致}}, kind: consensus, objection: members_present, contested: [all_members]}}
  budget:
    title: {{en: Two thirds of weight, zh: 三分之二权重}}
    kind: weighted
    at_least: 2/3
    of: total_weight
    weights: {{basis: assumption, why: {{en: made up, zh: 虚构}}, values: {weights}}}
{double}
issues:
  one: {{title: {{en: One, zh: 一}}, organ: council, rule: majority}}
  two: {{title: {{en: Two, zh: 二}}, organ: council, rule: consensus}}
  three: {{title: {{en: Three, zh: 三}}, organ: council, rule: budget}}
"""
USUAL = {
    "members": "[USA, CHN, JPN, IND, RUS]",
    "weights": "{USA: 30, CHN: 28, JPN: 16, IND: 14, RUS: 12}",
    "quorum": "{open: 3/5, decide: 3/5, of: members}",
    "proposes": "any_member",
    "balance": "{agenda_cap: 2/5, power_cap: 2/5, index: shapley_shubik}",
    "veto": "[]",
}


@pytest.fixture(scope="session")
def actors():
    return shipped()


@pytest.fixture(scope="session")
def institution(actors):
    def make(name, **given):
        admission = f"admission: {given.pop('admission')}" if "admission" in given else ""
        double = f"  double: {given.pop('double')}" if "double" in given else ""
        alias = given.pop("alias", name)
        given.setdefault("interprets", "USA" if "USA" in given.get("members", "USA") else "none")
        text = CHARTER.format(name=name, alias=alias, admission=admission, double=double, **{**USUAL, **given})
        return read(text, name, actors=actors)

    return make


@pytest.fixture(scope="session")
def wanted():
    """The stakes of `stakes.yaml`, or others of the same form, with the shipped figures."""
    own = (Path(__file__).parent / "stakes.yaml").read_text(encoding="utf-8")
    return lambda text=own, file="mine.yaml": ground(read_stakes(text, "mine", file))


@pytest.fixture(scope="session")
def club(institution):
    return institution("club", alias="Club")


@pytest.fixture(scope="session")
def large(institution, actors):
    """Sixty members of uneven weights under rules that cannot be counted one by one."""
    codes = actors.un_members()
    members = ["USA", *[code for code in codes if code != "USA"][:59]]
    weights = ", ".join(f"{code}: {10**9 + 7 * place**3}" for place, code in enumerate(sorted(members)))
    double = f"{{kind: double_majority, heads: {{at_least: 3/5, of: members}}, weight: {{at_least: 85 %, of: total_weight}}, weights: {{basis: assumption, why: {{en: made up, zh: 虚构}}, values: {{{weights}}}}}}}"
    return institution("large", members=f"[{', '.join(members)}]", weights=f"{{{weights}}}", double=double)


@pytest.fixture(scope="session")
def ask(actors):
    def run(analysis, body, *against, panel=None):
        return analysis.run(Inputs(body, actors, against=against, panel=panel, on=datetime.date(2026, 2, 6)))

    return run


@pytest.fixture(scope="session")
def world(actors):
    """Figures that can be added up by hand: a world of 100, half of it in the club."""
    figures = {
        "gdp_usd": {"USA": 30, "CHN": 20, "JPN": 5, "SAU": 20, "FRA": 25},
        "population": {"USA": 10, "CHN": 10, "JPN": 10, "IND": 10, "RUS": 10, "FRA": 20, "SAU": 30},
        "net_energy_exports_pj": {"USA": 10, "CHN": -50, "JPN": -20, "IND": -9, "RUS": 0, "SAU": 30, "FRA": -8},
        "internet_users_pct": {"USA": 90, "CHN": 70},
    }
    rows = [
        (state, name, 2024, float(value), "", None, None, "reported", "made up", "CC0")
        for name, values in figures.items()
        for state, value in values.items()
    ]
    frame = pl.DataFrame(rows, schema=list(COLUMNS), orient="row")
    titles = {
        "gdp_usd": "GDP",
        "population": "Population",
        "net_energy_exports_pj": "Net energy exports",
        "internet_users_pct": "Internet users",
    }
    indicators = {
        name: Indicator(
            id=name,
            title=Text(titles[name], name),
            unit="",
            nature="rate" if name.endswith("pct") else "amount",
            signed=name == "net_energy_exports_pj",
            definition=Text("made up", "虚构"),
        )
        for name in figures
    }
    return Panel(frame, 2024, 5, indicators, tuple(actors.un_members()), {})
