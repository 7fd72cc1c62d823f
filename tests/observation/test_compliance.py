"""Compliance of members from a file: what is said, drawn and warned of; real scorecards where they are at hand."""

import csv
import os
from pathlib import Path

import pytest

import comity as co
from comity.kernel.errors import InputError
from comity.report import draw
from comity.report.reader import reader

NAMES = {"canada": "CAN", "france": "FRA", "germany": "DEU", "italy": "ITA", "japan": "JPN", "uk": "GBR", "us": "USA"}
ROWS = [
    f"c{place},{member},{value},rg,2022,{round_},{version},{issue},{coder}"
    for member, row in {"JPN": "+++0+++0", "USA": "-0-0-+-0"}.items() for place, sign in enumerate(row)
    for value in [{"+": 1, "0": 0, "-": -1}[sign]] for issue in ["trade" if place % 2 else "climate"]
    for coder in ["", "ann", "ben"] for version in [1] for round_ in ["interim"]
]  # fmt: skip


@pytest.fixture
def found(tmp_path):
    file = tmp_path / "scores.csv"
    again = "c0,USA,1,rg,2022,final,2,climate,"
    file.write_text("\n".join(["commitment,member,value,assessor,year,round,version,issue,coder", *ROWS, again]))
    return co.analyse(co.load("g7"), "compliance", file=str(file), draws=300)


def test_averages_stand_as_means_and_percentages_with_intervals(found):
    japan = next(row for row in found.table("members").rows() if row["member"] == "JPN")
    assert japan["mean"] == pytest.approx(0.75)
    assert japan["share"] == pytest.approx(0.875)
    assert japan["share_low"] < japan["share"] < japan["share_high"]


def test_members_stand_in_the_order_of_their_codes_and_not_by_rank(found):
    codes = found.table("members").frame["member"].to_list()
    assert codes == sorted(codes)
    assert "rank" not in found.table("members").frame.columns


def test_a_judgement_given_anew_is_shown_with_what_it_was(found):
    (row,) = found.table("versions").rows()
    assert (row["member"], row["before"], row["after"]) == ("USA", "-1", "+1")
    assert (row["round_before"], row["round_after"]) == ("interim", "final")


def test_the_agreement_of_coders_and_the_caveats_are_said(found):
    assert found.values["alpha"] == {"rg": 1.0}
    told = " ".join(text.en for text in found.caveats)
    assert "Downs" in told
    assert "chosen, not drawn" in told
    assert all(text.zh for text in (*found.caveats, *(each.text for each in found.findings)))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_its_charts_can_be_drawn(found, lang):
    assert [chart.name for chart in found.charts] == ["members", "issues"]
    for chart in found.charts:
        assert draw.svg(chart, found.table(chart.table), reader(lang)).startswith("<svg")


def test_what_the_press_printed_stands_beside_and_is_not_mixed_in(found):
    printed = found.table("published").rows()
    assert {row["year"] for row in printed} == {2014}
    assert all(row["source"] and row["seen"] == "quoted" for row in printed)


def test_no_file_is_refused():
    with pytest.raises(InputError, match="No table of scores"):
        co.analyse(co.load("g7"), "compliance")


@pytest.mark.skipif("COMITY_SOURCES" not in os.environ, reason="COMITY_SOURCES is not set to the folder of sources")
def test_a_year_of_real_scorecards_leaves_close_neighbours_unranked(tmp_path):
    source = Path(os.environ["COMITY_SOURCES"]) / "compliance" / "g7_g8_compliance_1975_2020.csv"
    if not source.is_file():
        pytest.skip(f"COMITY_SOURCES has no {source.name}")
    with source.open(encoding="utf-8-sig", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["year"] == "2019"]
    file = tmp_path / "g7.csv"
    with file.open("w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["commitment", "member", "value", "assessor", "year", "issue"])
        for row in rows:
            scored = [(code, row[name]) for name, code in NAMES.items() if row[name]]
            writer.writerows([row["id"], code, int(float(each)), "g7rg", 2019, row["area"]] for code, each in scored)
    real = co.analyse(co.load("g7"), "compliance", file=str(file), draws=500)
    assert real.values["told_apart"] < real.values["of_pairs"]
    widths = [row["share_high"] - row["share_low"] for row in real.table("members").rows()]
    assert all(0.1 < width < 0.5 for width in widths)
