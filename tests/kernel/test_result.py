"""Results: texts in two languages, tables that hold what they describe, digests over values and tables only."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import polars as pl
import pytest

from comity.kernel.result import Chart, Column, Figure, Finding, Provenance, Result, Table, Text

TITLE = Text("Power", "权力")


def table(**data: Any) -> Table:
    data = data or {"member": ["USA", "JPN"], "power": [0.6, 0.4]}
    return Table("power", TITLE, tuple(Column(name, Text(name)) for name in data), pl.DataFrame(data))


def result(**fields: Any) -> Result:
    return Result(
        **{"kind": "analysis.power", "title": TITLE, "values": {"act": "1/2"}, "tables": (table(),), **fields}
    )


def test_a_text_falls_back_to_english_and_refuses_other_languages():
    assert (TITLE.of("zh"), TITLE.of("en"), Text("Veto").of("zh"), str(TITLE)) == ("权力", "Power", "Veto", "Power")
    with pytest.raises(ValueError, match="fr"):
        Text(en="a", fr="b")


def test_a_table_describes_exactly_the_columns_it_holds():
    assert table().column("power").name == "power"
    assert table().rows() == [{"member": "USA", "power": 0.6}, {"member": "JPN", "power": 0.4}]
    with pytest.raises(ValueError, match="describes the columns"):
        replace(table(), columns=())


def test_a_chart_refers_to_a_table_that_is_there():
    chart = Chart("c", "nowhere", TITLE, TITLE, TITLE, {})
    with pytest.raises(ValueError, match="refers to the table 'nowhere'"):
        result(charts=(chart,))


def test_the_digest_is_of_values_and_tables_and_of_nothing_else():
    base = result().digest
    assert result(title=Text("Other"), caveats=(TITLE,), provenance=Provenance(seed=7)).digest == base
    assert result(findings=(Finding(TITLE, {"n": Figure(1)}),)).digest == base
    changed = {base, result(kind="x").digest, result(values={"act": "1/3"}).digest, result(tables=()).digest}
    assert len({*changed, result(tables=(table(member=["USA"], power=[1.0]),)).digest}) == 5


def test_json_has_the_values_at_top_level_and_leaves_out_what_is_empty():
    finding = Finding(TITLE, {"share": Figure(0.5, "share", n=10, seed=1)})
    made = result(findings=(finding,), provenance=Provenance(seed=1, on="2026-01-01")).as_json()
    assert made["act"] == "1/2"
    assert made["provenance"] == {"seed": 1, "on": "2026-01-01"}
    assert made["findings"][0]["figures"]["share"] == {"value": 0.5, "unit": "share", "n": 10, "seed": 1}
    assert made["digest"] == result().digest


def test_values_may_not_take_the_names_of_the_frame():
    with pytest.raises(ValueError, match="reserved names: digest"):
        result(values={"digest": 1}).as_json()
