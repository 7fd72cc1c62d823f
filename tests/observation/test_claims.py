"""Claims held against data: each kind and each verdict by hand, and the shipped file against the shipped figures."""

import datetime
from fractions import Fraction
from itertools import product

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import comity as co
from comity.cli import run as command
from comity.kernel.result import LANGUAGES, Text
from comity.library.claims import claims
from comity.model.analysis import Inputs
from comity.model.claim import (
    Amount,
    ByBeginning,
    ByDate,
    ByDays,
    ByFigure,
    ByMember,
    ByMembers,
    BySearch,
    ByStated,
    combined,
)
from comity.model.panel import COLUMNS, Indicator, Panel
from comity.observation.claims import ClaimsCheck
from comity.observation.held import Evidence
from comity.observation.held_words import amount

VERDICTS = ("confirmed", "contradicted", "partly", "not_decidable")
CHARTER = """\
comity: 1
title: {en: Club}
status: practice
as_of: 2025-01-01
members:
  - {state: FRA, from: 2000-05-01, seen: quoted}
  - {state: DEU, from: 2000-05-01, seen: text}
  - {state: JPN, from: 2010-01-01, seen: recalled}
  - {state: ITA, from: 2020-01-01, until: 2024-01-01, seen: quoted}
  - BRA
known: {from: 2000-01-01, until: 2026-01-01}
rules: {ordinary: {kind: majority, more_than: 1/2, of: members}}
"""


def panel(cells, *, year=2024, status="reported", actors=("CHN", "DEU", "FRA", "JPN", "USA")):
    rows = [(who, "gdp", year, value, "current US$", None, None, status, "made up", "") for who, value in cells.items()]
    schema = dict.fromkeys(COLUMNS, pl.String) | {"year": pl.Int64, "value": pl.Float64}
    gdp = Indicator(id="gdp", title=Text("GDP", "GDP"), unit="current US$", definition=Text(""))
    return Panel(pl.DataFrame(rows, schema=schema, orient="row"), year, 5, {"gdp": gdp}, actors, {})


def hold(test, cells=None, **given):
    earlier = given.pop("earlier", {})
    world = panel({"CHN": 19.0, "DEU": 4.7, "FRA": 3.2, "JPN": 4.0, "USA": 29.0} if cells is None else cells, **given)
    club = co.read(CHARTER, "club", actors=co.actors())
    return Evidence(world, co.actors(), {"club": club}.__getitem__, earlier).hold(test)


def stated(**fields):
    return ByStated(**{"fact": Text("so it is", "如此"), "seen": "quoted", "where": "a page", **fields})


def by_figure(**fields):
    return ByFigure(indicator="gdp", state="JPN", **fields)


@pytest.mark.parametrize(
    ("fields", "verdict"),
    [
        ({"value": "4"}, "confirmed"),
        ({"value": "4.1"}, "contradicted"),
        ({"value": "4.1", "tolerance": "5 %"}, "confirmed"),
        ({"more_than": "3.9"}, "confirmed"),
        ({"more_than": "4"}, "contradicted"),
        ({"at_least": "4"}, "confirmed"),
        ({"rank": 4}, "confirmed"),
        ({"rank": 3}, "contradicted"),
        ({"rank": 5}, "contradicted"),
        ({"value": "4", "year": 2024}, "confirmed"),
        ({"value": "4", "year": 2023}, "not_decidable"),
        ({"value": "9", "year": 2023}, "not_decidable"),
        ({"value": "9", "near": {"en": "something else"}}, "not_decidable"),
    ],
)
def test_a_figure_decides(fields, verdict):
    found = hold(by_figure(**fields))
    assert found.verdict == verdict
    assert (found.year, found.source.en, found.seen) == (2024, "made up", "reported")


def test_a_figure_of_the_year_claimed_is_looked_for_among_earlier_ones():
    earlier = {2020: panel({"JPN": 5.0}, year=2020)}
    assert hold(by_figure(value=5, year=2020), earlier=earlier).verdict == "confirmed"
    assert hold(by_figure(value=5, year=2021), earlier=earlier).verdict == "not_decidable"


def test_a_gap_decides_nothing():
    assert hold(by_figure(value=4), cells={"USA": 29.0}).verdict == "not_decidable"


def test_a_recalled_figure_decides_nothing():
    found = hold(by_figure(value=4), status="recalled")
    assert found.verdict == "not_decidable"
    assert "only recalled" in found.found.en


def test_a_rank_that_gaps_could_change_decides_nothing():
    cells = {"JPN": 4.0, "USA": 29.0, "CHN": 19.0}
    verdicts = {rank: hold(by_figure(rank=rank), cells=cells).verdict for rank in (2, 3, 4, 5, 6)}
    assert verdicts == {
        2: "contradicted",
        3: "confirmed",
        4: "not_decidable",
        5: "not_decidable",
        6: "contradicted",
    }


def on(year, month=6, day=1):
    return datetime.date(year, month, day)


@pytest.mark.parametrize(
    ("state", "day", "member", "verdict"),
    [
        ("FRA", on(2005), True, "confirmed"),
        ("FRA", on(2005), False, "contradicted"),
        ("ITA", on(2019), True, "contradicted"),
        ("ITA", on(2024, 1, 1), False, "confirmed"),
        ("JPN", on(2012), True, "not_decidable"),
        ("BRA", on(2012), True, "not_decidable"),
        ("FRA", on(1999), True, "not_decidable"),
    ],
)
def test_a_charter_decides_who_belonged(state, day, member, verdict):
    assert hold(ByMember(institution="club", state=state, on=day, belonged=member)).verdict == verdict


@pytest.mark.parametrize(
    ("day", "since", "number", "verdict"),
    [
        (on(2020), on(2015), 1, "confirmed"),
        (on(2020), on(2015), 2, "contradicted"),
        (on(2012), on(2005), 1, "not_decidable"),
        (on(2005), None, 3, "not_decidable"),
        (on(2020), on(1999), 1, "not_decidable"),
    ],
)
def test_a_charter_decides_how_many_joined(day, since, number, verdict):
    assert hold(ByMembers(institution="club", on=day, since=since, count=number)).verdict == verdict


@pytest.mark.parametrize(
    ("state", "year", "verdict"),
    [
        (None, 2000, "confirmed"),
        (None, 2001, "contradicted"),
        ("ITA", 2020, "confirmed"),
        ("JPN", 2010, "not_decidable"),
        ("BRA", 2000, "not_decidable"),
    ],
)
def test_a_charter_decides_when_it_began(state, year, verdict):
    assert hold(ByBeginning(institution="club", state=state, year=year)).verdict == verdict


@pytest.mark.parametrize(
    ("test", "verdict"),
    [
        (stated(value=5, found=5), "confirmed"),
        (stated(value=5, found=0), "contradicted"),
        (stated(more_than=4, found="3.7"), "contradicted"),
        (stated(value=5, found=5, near={"en": "of another kind"}), "not_decidable"),
        (stated(near={"en": "of another kind"}), "not_decidable"),
        (ByDate(fact=Text("x"), seen="text", found=on(2025), on=on(2025)), "confirmed"),
        (ByDate(fact=Text("x"), seen="text", found=on(2025), on=on(2024)), "contradicted"),
        (ByDate(fact=Text("x"), seen="text", found=on(2025), by=on(2025)), "confirmed"),
        (ByDate(fact=Text("x"), seen="text", found=on(2026), by=on(2025)), "contradicted"),
        (ByDays(fact=Text("x"), seen="text", first=on(2025), last=on(2025), count=1), "confirmed"),
        (ByDays(fact=Text("x"), seen="text", first=on(2025), last=on(2025, 6, 3), count=2), "contradicted"),
        (BySearch(fact=Text("nothing found"), claimed=Text("x")), "not_decidable"),
    ],
)
def test_a_fact_with_a_source_decides(test, verdict):
    assert hold(test).verdict == verdict


@pytest.mark.parametrize("seen", ["recalled", None])
def test_a_fact_that_is_only_recalled_never_makes_a_verdict(seen):
    for test in (
        stated(value=5, found=5, seen=seen),
        stated(value=5, found=4, seen=seen),
        ByDate(fact=Text("x"), seen=seen, found=on(2025), on=on(2025)),
        ByDays(fact=Text("x"), seen=seen, first=on(2025), last=on(2025), count=1),
    ):
        found = hold(test)
        assert found.verdict == "not_decidable"
        assert "only recalled" in found.found.en
        assert "仅凭记忆" in found.found.zh


@given(st.lists(st.sampled_from(VERDICTS), min_size=1, max_size=5))
def test_the_verdict_on_a_claim_does_not_depend_on_the_order_or_number_of_its_parts(parts):
    whole = combined(parts)
    assert whole == combined(reversed(parts)) == combined(parts + parts)
    assert (whole == "confirmed") == all(part == "confirmed" for part in parts)
    assert (whole == "not_decidable") == all(part == "not_decidable" for part in parts)


@pytest.mark.parametrize("parts", list(product(VERDICTS[:2], VERDICTS[:2])))
def test_two_parts_that_disagree_make_a_claim_partly_true(parts):
    assert combined(parts) == (parts[0] if len(set(parts)) == 1 else "partly")


@given(st.fractions(min_value=0, max_value=10**6), st.fractions(min_value=0, max_value=10**6))
def test_reaching_is_passing_or_being_equal(claimed, found):
    reached = Amount(at_least=claimed).borne_out(found)
    assert reached == (Amount(more_than=claimed).borne_out(found) or Amount(value=claimed).borne_out(found))


@given(st.integers(1, 10**15), st.fractions(0, Fraction(1, 2)), st.fractions(-1, 1))
def test_a_tolerance_is_a_share_of_the_amount_claimed(claimed, tolerance, off):
    inside = Amount(value=claimed, tolerance=tolerance).borne_out(claimed * (1 + off))
    assert inside == (abs(off) <= tolerance)


@pytest.mark.parametrize(
    ("value", "en", "zh"),
    [
        (Fraction(119 * 10**10), "1.19 trillion US dollars", "1.19万亿美元"),
        (Fraction(820 * 10**9), "820 billion US dollars", "8200亿美元"),
        (Fraction(-85 * 10**9), "-85 billion US dollars", "-850亿美元"),
        (Fraction(0), "0 US dollars", "0美元"),
    ],
)
def test_amounts_are_told_in_the_magnitudes_of_each_language(value, en, zh):
    assert amount(value, Text("US dollars", "美元")) == Text(en, zh)


@pytest.fixture(scope="module")
def checked():
    return co.analyse(co.load("g5"), "claims")


def test_the_shipped_claims_come_out_as_the_data_have_them(checked):
    verdicts = checked.values["verdicts"]
    assert [name for name, each in verdicts.items() if each == "confirmed"] == [
        "over_100_million",
        "us_deficit_and_debt",
        "upr_three_cycles",
        "cop30_days",
        "g20_declaration",
    ]
    assert [name for name, each in verdicts.items() if each == "contradicted"] == [
        "china_surplus",
        "japan_third_largest",
        "japan_net_assets",
        "upr_only_exception",
        "brics_six",
        "without_the_us",
    ]
    assert [name for name, each in verdicts.items() if each == "partly"] == ["g7_since_1975", "cop30_trade"]
    assert sum(checked.values[verdict] for verdict in VERDICTS) == checked.values["checked"] == len(verdicts)


def test_what_the_tables_say_is_what_the_values_say(checked):
    table = checked.table("claims").frame
    assert table["verdict"].to_list() == list(checked.values["verdicts"].values())
    assert table["number"].to_list() == list(range(1, len(table) + 1))
    parts = checked.table("parts").frame
    assert len(parts) == sum(len(claim.tests) for claim in claims("g5").claims)
    assert "Of 20 checkable claims 5 are confirmed, 6 are contradicted" in checked.findings[0].text.en


def test_every_text_of_the_tables_is_told_in_both_languages(checked):
    labelled = [column.labels for table in checked.tables for column in table.columns if column.labels]
    told = [text for labels in labelled for text in labels.values()]
    assert told
    assert all(text.of(lang) for text in told for lang in LANGUAGES)
    table = checked.table("claims")
    for name in ("claim", "claimed", "found"):
        labels = table.column(name).labels
        assert [cell for cell in table.frame[name] if not labels[cell].zh and labels[cell].en != "–"] == []


def test_the_near_figure_of_the_surplus_is_shown_and_decides_nothing(checked):
    parts = checked.table("parts").frame.filter(pl.col("id") == "china_surplus")
    assert parts["verdict"].to_list() == ["not_decidable", "contradicted"]
    row = checked.table("claims").frame.filter(pl.col("claim").str.contains("surplus"))
    assert "539 billion US dollars (goods and services of another year)" in row["found"][0]


def test_the_charters_and_the_file_of_claims_stand_in_the_provenance(checked):
    assert {"g5", "g7", "g20", "brics"} <= set(checked.provenance.charters)
    assert {"figures.csv", "claims g5"} <= set(checked.provenance.figures)
    assert any("Factbook" in line for line in checked.provenance.sources)


def test_the_same_question_has_the_same_answer(checked):
    assert co.analyse(co.load("g5"), "claims").digest == checked.digest


def changed(world, state, indicator, value):
    cell = (pl.col("iso3") == state) & (pl.col("indicator") == indicator)
    frame = world.frame.with_columns(pl.when(cell).then(value).otherwise(pl.col("value")).alias("value"))
    return Panel(frame, world.year, world.back, world.indicators, world.actors, world.digests)


@pytest.mark.parametrize(
    ("state", "indicator", "value", "claim", "verdict"),
    [
        ("DEU", "gdp_usd", 4.0e12, "japan_third_largest", "confirmed"),
        ("JPN", "population", 9.9e7, "over_100_million", "partly"),
    ],
)
def test_another_figure_gives_another_verdict(checked, state, indicator, value, claim, verdict):
    again = co.analyse(co.load("g5"), "claims", changed(co.panel(), state, indicator, value)).values["verdicts"]
    assert again[claim] == verdict != checked.values["verdicts"][claim]
    assert {name for name in again if again[name] != checked.values["verdicts"][name]} == {claim}


def test_another_charter_gives_another_verdict(checked):
    brics = co.load("brics")
    joined = brics.members[-1].model_copy(update={"state": "SAU"})
    larger = brics.model_copy(update={"members": (*brics.members, joined)}).named("brics")
    again = co.analyse(co.load("g5"), "claims", against=[larger])
    assert again.values["verdicts"]["brics_six"] == "confirmed" != checked.values["verdicts"]["brics_six"]


def test_an_institution_without_claims_says_so():
    result = co.analyse(co.load("unsc"), "claims")
    assert result.values["checked"] == 0
    assert result.table("claims").frame.is_empty()
    assert [text.en for text in result.caveats] == [
        "No file of claims on United Nations Security Council is at hand, so nothing was checked."
    ]


def test_a_file_of_ones_own_is_checked(tmp_path):
    file = tmp_path / "own.yaml"
    file.write_text(
        "comity: 1\ntitle: {en: Own}\ntexts: {a: {title: {en: my text}}}\nclaims:\n"
        "  - id: recalled_only\n    by: a\n    text: {en: It was so}\n"
        "    tests: [{kind: stated, value: 3, found: 3, fact: {en: I think so}, seen: recalled}]\n",
        encoding="utf-8",
    )
    result = co.analyse(co.load("g7"), "claims", file=str(file))
    assert result.values["verdicts"] == {"recalled_only": "not_decidable"}
    assert "Only recalled, and therefore not deciding: It was so" in [text.en for text in result.caveats]


def test_progress_is_told_claim_by_claim():
    told = []
    inputs = Inputs(co.load("g5"), co.actors(), panel=co.panel(), progress=lambda *step: told.append(step))
    ClaimsCheck().run(inputs)
    assert told[0] == (0, 20, "over_100_million")
    assert len(told) == 20


@pytest.mark.parametrize(("lang", "words"), [("en", "Of 20 checkable claims"), ("zh", "20项可核对的说法中")])
def test_the_command_tells_it_in_both_languages(lang, words, capsys):
    assert command(["analyse", "claims", "g5", "--lang", lang]) == 0
    assert words in capsys.readouterr().out
