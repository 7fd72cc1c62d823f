"""Package deals: known exchanges, links found by hand, payments, cycles, and what is refused."""

import dataclasses
from itertools import pairwise

import pytest

import comity as co
from comity.analysis.packages import Packages
from comity.charter.read import read
from comity.kernel.errors import InputError, UnknownName
from comity.study.ask import inputs

CHARTER = """
comity: 1
title: {{en: Three, zh: 三方}}
aliases: [Three]
status: proposed
as_of: 2026-02-06
members: [USA, CHN, JPN]
organs:
  council: {{quorum: {{open: 2/3, decide: 2/3, of: members}}, proposes: any_member, chair: rotating}}
prerogatives: {{convenes: rotating, interprets: none}}
rules:
  same: {rule}
issues:
  first: {{title: {{en: First, zh: 一}}, organ: council, rule: same}}
  second: {{title: {{en: Second, zh: 二}}, organ: council, rule: same}}
"""
CONSENSUS = "{title: {en: Consensus, zh: 协商一致}, kind: consensus, objection: members_present}"
MAJORITY = "{title: {en: Majority, zh: 多数}, kind: majority, more_than: 1/2, of: members}"
WEIGHTED = (
    "{title: {en: Weight, zh: 权重}, kind: weighted, at_least: 1/2, of: total_weight, weights: {basis: assumption, "
    "why: {en: made up, zh: 虚构}, values: {USA: 1, CHN: 0.9, JPN: 4}}}"
)
LINKED = {"USA": [(100, 60), (0, 20)], "CHN": [(0, 40), (100, 80)], "JPN": [(50, 0), (50, 0)]}
"""Position and salience by member on the first and second issue; the status quo is nought on both."""
TRIANGLE = {"USA": [(0, 100), (50, 20)], "CHN": [(50, 20), (100, 100)], "JPN": [(100, 60), (0, 60)]}
KNOWN = {"USA": [(100, 95), (25, 60)], "CHN": [(0, 95), (100, 90)], "JPN": [(50, 80.5), (60, 50.25)]}
"""Willems, Wcentr and the rest of the sample data of the program decide."""


def stakes(wants, quo=0, spread=0):
    title = "{en: Made up, zh: 虚构}"
    lines = ["comity: 1", f"title: {title}", "on: 2026-02-06", "issues:"]
    for number, issue in enumerate(("first", "second")):
        lines += [
            f"  {issue}:",
            f"    title: {{en: {issue.title()}, zh: {'一二'[number]}}}",
            "    sensitivity: low",
            "    ends: {0: {en: nothing, zh: 无}, 100: {en: everything, zh: 全部}}",
            f"    status_quo: {quo}",
            "    seats:",
        ]
        for member, both in wants.items():
            at, cares = both[number]
            place = [max(0, at - spread), at, min(100, at + spread)]
            why = "basis: assumption, why: {en: made up, zh: 虚构}"
            lines.append(f"      {member}: {{position: {place}, salience: [{cares}, {cares}, {cares}], {why}}}")
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def deal(actors, wanted):
    def ask(rule, wants, *, quo=0, spread=0, **options):
        body = read(CHARTER.format(rule=rule), "three", actors=actors)
        given = dataclasses.replace(inputs(body), stakes=wanted(stakes(wants, quo, spread)))
        return Packages(**{"draws": 100, **options}).run(given)

    return ask


def rows(result, table):
    return result.table(table).frame.to_dicts()


def test_the_published_exchange_comes_out_of_a_charter_and_a_file_of_stakes(deal):
    best = rows(deal(WEIGHTED, KNOWN), "exchanges")[0]
    assert {best["giver"], best["taker"]} == {"CHN", "USA"}
    assert (best["giver"], best["given"], best["taken"]) == ("CHN", "first", "second")
    assert best["move"] == pytest.approx(61.0512, abs=1e-3)
    assert best["return"] == pytest.approx(75)
    assert best["gain"] == pytest.approx(1.97368, abs=5e-6)
    assert best["lasts"] == 1.0
    assert best["low"] < 1.0


def test_a_third_member_loses_by_an_exchange(deal):
    # the outcomes move by 10.3878 and 13.1579 away from what the third wants
    result = deal(WEIGHTED, {**KNOWN, "JPN": [(0, 80.5), (25, 50.25)]})
    best, effects = rows(result, "exchanges")[0], {row["member"]: row for row in rows(result, "effects")}
    assert best["hurt"].startswith("JPN")
    assert effects["JPN"]["role"] == "third"
    assert effects["JPN"]["effect"] == pytest.approx(-0.805 * 10.3878 - 0.5025 * 13.1579, abs=1e-3)
    assert "Japan pays for it with" in " ".join(finding.text.en for finding in result.findings)


def test_a_stuck_issue_is_opened_by_another(deal):
    # USA gains .6 x - .2 y, CHN .8 y - .4 x: both accept where x / 2 <= y <= 3 x; JPN does not mind
    result = deal(CONSENSUS, LINKED)
    link = next(row for row in rows(result, "links") if row["stuck"] == "first")
    open_ones = sum(x / 2 <= y <= 3 * x for x in range(6, 101, 2) for y in range(0, 101, 2))
    assert link["room"] == pytest.approx(open_ones / 51**2)
    assert (link["text"], link["other_text"]) == (100, 100)
    assert link["gains"] == "CHN +40.0, USA +40.0, JPN +0.0"
    assert (link["works"], link["draws"]) == (1.0, 100)
    assert link["low"] < 1.0
    assert "of 2 issues stuck alone, 2 open when put beside another" in result.findings[0].text.en


def test_what_the_one_in_the_way_would_have_to_be_paid(deal):
    # alone the text 100 gives the United States 60 and takes 40 from China
    payment = next(row for row in rows(deal(CONSENSUS, LINKED), "payments") if row["issue"] == "first")
    assert (payment["text"], payment["cost"], payment["paid"]) == (100, 40, "CHN 40.0")
    assert (payment["cost_low"], payment["cost_high"]) == (40, 40)
    assert (payment["enough"], payment["payers"]) == ("yes", "USA")


def test_gains_that_do_not_cover_the_payment_are_said_not_to(deal):
    poor = {**LINKED, "USA": [(100, 10), (0, 20)], "CHN": [(0, 80), (0, 80)]}
    result = deal(CONSENSUS, poor)
    assert {row["enough"] for row in rows(result, "payments")} == {"no"}
    assert "do the gainers gain enough" in " ".join(finding.text.en for finding in result.findings)


def test_no_second_issue_helps_where_nobody_has_anything_to_offer(deal):
    result = deal(CONSENSUS, {**LINKED, "CHN": [(0, 80), (0, 80)]})
    assert all(row["room"] == 0 and row["works"] == 0 for row in rows(result, "links"))
    assert "no second issue opens any of them" in result.findings[0].text.en


def test_under_consensus_a_package_is_safe_and_under_majority_none_is(deal):
    assert all(row["safe"] > 0 and not row["run"] for row in rows(deal(CONSENSUS, LINKED), "stability"))
    unsafe = rows(deal(MAJORITY, TRIANGLE, quo=50), "stability")
    assert unsafe
    for row in unsafe:
        assert row["safe"] == 0
        run = [tuple(map(float, point.strip("() ").split(","))) for point in row["run"].split(" → ")]
        assert run[0] == run[-1]
        assert len(run) > 2
        order = (0, 1) if row["stuck"] == "first" else (1, 0)
        for before, after in pairwise(run):
            better = sum(value(member, after, order) > value(member, before, order) for member in TRIANGLE)
            assert better >= 2


def value(member, point, order):
    """What a package is worth to a member: less the further it lies from what it wants."""
    return -sum(TRIANGLE[member][k][1] * abs(at - TRIANGLE[member][k][0]) for at, k in zip(point, order, strict=True))


def test_who_consents_to_the_best_package_is_never_worse_off(deal):
    for wants, rule, needed in ((LINKED, CONSENSUS, 3), (TRIANGLE, MAJORITY, 2)):
        for row in rows(deal(rule, wants, quo=0 if rule == CONSENSUS else 50), "links"):
            gains = [float(each.split()[1]) for each in row["gains"].split(", ")]
            assert sum(gain >= 0 for gain in gains) >= needed


def test_uncertain_positions_give_shares_between_nought_and_one(deal):
    # China asks for more than the United States gives, unless that wants enough of the second issue itself
    result = deal(CONSENSUS, {**LINKED, "CHN": [(0, 60), (100, 10)]}, spread=40, draws=400)
    for row in rows(result, "links")[:1]:
        assert 0 < row["works"] < 1
        assert row["low"] < row["works"] < row["high"]
        assert 0 < row["draws"] < 400


def test_the_same_seed_gives_the_same_answer(deal):
    one, again = (deal(CONSENSUS, LINKED, spread=20) for _ in range(2))
    assert one.digest == again.digest


def test_nothing_is_stuck_where_all_want_the_same(deal):
    result = deal(CONSENSUS, {member: [(80, 50), (80, 50)] for member in LINKED})
    assert "none of 2 issues is stuck" in result.findings[0].text.en
    assert "no two members on opposite sides" in result.findings[1].text.en
    assert not result.charts


def test_one_issue_alone_cannot_be_linked(deal):
    result = deal(CONSENSUS, LINKED, issues=("first",))
    assert any("one issue alone cannot be linked" in caveat.en for caveat in result.caveats)
    assert [chart.name for chart in result.charts] == []


def test_charts_show_links_and_harms(deal):
    result = deal(CONSENSUS, LINKED)
    assert [chart.name for chart in result.charts] == ["links", "effects"]
    assert all(chart.title.zh and chart.alt.zh for chart in result.charts)


def test_in_a_large_body_only_the_most_salient_trade(large, wanted):
    members = sorted(large.members_on(large.as_of))
    wants = {m: [(k * 100 // 60, 20 + k), (100 - k * 100 // 60, 90 - k)] for k, m in enumerate(members)}
    text = stakes(wants).replace("  first:", "  one:").replace("  second:", "  two:")
    result = Packages(draws=100).run(dataclasses.replace(inputs(large), stakes=wanted(text)))
    traders = {row[side] for row in rows(result, "exchanges") for side in ("giver", "taker")}
    assert 0 < len(traders) <= 10
    assert any("has more than 30 members" in caveat.en for caveat in result.caveats)
    assert not rows(result, "stability")


def test_what_is_refused(deal):
    with pytest.raises(UnknownName):
        deal(CONSENSUS, LINKED, issues=("fist",))
    with pytest.raises(InputError, match="Nothing can be judged"):
        deal(CONSENSUS, {"USA": LINKED["USA"]})


def test_the_shipped_stakes_are_read():
    result = co.analyse(co.load("g5"), "packages", draws=100)
    assert result.kind == "analysis.packages"
    assert result.findings
