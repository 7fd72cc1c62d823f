"""A toy world: four or five states, two or three criteria, everything countable on one's fingers."""

import datetime

import pytest

from comity.kernel.result import Text
from comity.model.actor import Actor, Actors
from comity.model.analysis import Inputs
from comity.model.institution import Institution
from comity.model.panel import COLUMNS, Indicator, Panel

NAMES = {
    "AAA": ("Alpha", "甲国"),
    "BBB": ("Beta", "乙国"),
    "CCC": ("Gamma", "丙国"),
    "DDD": ("Delta", "丁国"),
    "EEE": ("Epsilon", "戊国"),
}
FIGURES = {
    "wealth": {"AAA": 60.0, "BBB": 30.0, "CCC": 8.0, "DDD": 2.0},
    "energy": {"AAA": 10.0, "BBB": -20.0, "CCC": 25.0, "DDD": 5.0},
}
CRITERIA = {
    "gdp": {"weight": "1/2", "figure": "wealth", "title": {"en": "Wealth", "zh": "财富"}},
    "power": {"weight": "1/2", "figure": "energy", "deficit": "zero"},
}


def a_panel(figures, *, year=2024, years=None, natures=None, status=None):
    import polars as pl

    rows = [
        (
            state,
            name,
            (years or {}).get((state, name), year),
            value,
            "unit",
            None,
            None,
            status or "reported",
            "S",
            "CC0",
        )
        for name, values in sorted(figures.items())
        for state, value in sorted(values.items())
        if value is not None
    ]
    kinds = dict.fromkeys(COLUMNS, pl.String) | {
        "year": pl.Int64,
        "value": pl.Float64,
        "low": pl.Float64,
        "high": pl.Float64,
    }
    described = {
        name: Indicator(
            id=name,
            title=Text(name.title(), f"指标{name}"),
            unit="unit",
            nature=(natures or {}).get(name, "amount"),
            signed=min((value for value in values.values() if value is not None), default=0) < 0,
            definition=Text("A number.", "一个数。"),
            sources={"S": "Source S."},
        )
        for name, values in figures.items()
    }
    states = tuple(sorted({state for values in figures.values() for state in values}))
    frame = pl.DataFrame(rows, schema=kinds, orient="row")
    return Panel(frame=frame, year=year, back=5, indicators=described, actors=states, digests={"toy.csv": "0"})


@pytest.fixture
def make_panel():
    return a_panel


@pytest.fixture
def make():
    """Inputs for a toy club: figures by indicator and state, its members, its admission."""

    def made(figures=FIGURES, *, members=("AAA", "BBB"), admission=None, variant=None, panel=None, **inputs):
        ways = variant or {"own": {"seats": 2, "criteria": CRITERIA, **(admission or {})}}
        charter = {
            "comity": 1,
            "title": {"en": "Toy club", "zh": "玩具俱乐部"},
            "status": "proposed",
            "as_of": datetime.date(2024, 1, 1),
            "members": list(members),
            "admission": ways,
            "rules": {"all": {"kind": "consensus", "objection": "members_present"}},
        }
        actors = Actors([Actor(code, {"cldr": Text(*names)}) for code, names in NAMES.items()])
        institution = Institution.model_validate(charter).named("toy")
        return Inputs(institution, actors, panel=panel or a_panel(figures), **inputs)

    return made
