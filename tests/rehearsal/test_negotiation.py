"""Talks over a package: in a body whose talks can be worked out by hand, in shipped charters, and what is refused."""

from __future__ import annotations

import datetime

import pytest

import comity as co
from comity.charter.read import read
from comity.kernel.errors import InputError, NotComputable, UnknownName
from comity.library.stakes import ground, read_stakes
from comity.model.analysis import Inputs
from comity.rehearsal.negotiation import Negotiation
from comity.rehearsal.parts.negotiation.joining import compensated
from comity.rehearsal.parts.negotiation.package import texts

CHARTER = """
comity: 1
title: {en: Three, zh: 三方}
aliases: [Three]
status: proposed
as_of: 2026-02-06
members: [USA, CHN, JPN]
organs:
  council: {proposes: PROPOSES, chair: rotating}
rules:
  unanimity: {title: {en: All, zh: 全体一致}, kind: majority, at_least: 1, of: members}
  majority: {title: {en: Two of three, zh: 三分之二}, kind: majority, at_least: 2/3, of: members}
  agreed: {title: {en: Consensus, zh: 协商一致}, kind: consensus, objection: members_present}
issues:
  one: {title: {en: One, zh: 一}, organ: council, rule: RULE}
  two: {title: {en: Two, zh: 二}, organ: council, rule: RULE}
"""
STAKES = """
comity: 1
title: {en: Two issues, zh: 两项议题}
on: 2026-02-06
issues:
  one:
    title: {en: One, zh: 一}
    sensitivity: low
    ends: {0: {en: none, zh: 无}, 100: {en: all, zh: 全部}}
    status_quo: 0
    seats:
      USA: {position: [100, 100, 100], salience: [100, 100, 100], basis: assumption, why: {en: x, zh: 虚}}
      CHN: {position: [0, 0, 0], salience: [20, 20, 20], basis: assumption, why: {en: x, zh: 虚}}
      JPN: {position: [50, 50, 50], salience: [50, 50, 50], basis: assumption, why: {en: x, zh: 虚}}
  two:
    title: {en: Two, zh: 二}
    sensitivity: low
    ends: {0: {en: none, zh: 无}, 100: {en: all, zh: 全部}}
    status_quo: 0
    seats:
      USA: {position: [0, 0, 0], salience: [20, 20, 20], basis: assumption, why: {en: x, zh: 虚}}
      CHN: {position: [100, 100, 100], salience: [100, 100, 100], basis: assumption, why: {en: x, zh: 虚}}
      JPN: {position: [50, 50, 50], salience: [50, 50, 50], basis: assumption, why: {en: x, zh: 虚}}
"""


@pytest.fixture(scope="module")
def asked(actors):
    def run(options=None, *, rule="unanimity", proposes="any_member", against=()):
        charter = CHARTER.replace("RULE", rule).replace("PROPOSES", proposes)
        body = read(charter, "three", actors=actors)
        given = Inputs(body, actors, against=tuple(against), stakes=ground(read_stakes(STAKES, "mine")),
                       on=datetime.date(2026, 2, 6))  # fmt: skip
        return Negotiation.model_validate({"draws": 30, **(options or {})}).run(given)

    return run


def talks(result):
    return result.values["talks"]["three"]


def log(result, which="typical"):
    return [each for each in result.table("log").rows() if each["which"] == which]


def member(result, name):
    return next(each for each in result.table("members").rows() if each["member"] == name)


def test_a_package_trades_what_no_issue_alone_would_give(asked):
    found = asked()
    # the United States wants one, China two, each cares little for the other's: alone each would be refused
    assert talks(found)["agreed"] == talks(found)["possible"] == 1
    assert found.values["gains"]["three"]["USA"] > 0.3
    assert found.values["gains"]["three"]["CHN"] > 0.3
    alone = asked({"issues": ("one",)})
    assert (talks(alone)["agreed"], talks(alone)["possible"], talks(alone)["round"]) == (0, 0, None)
    assert [each.name for each in alone.charts] == ["concessions"]
    assert "0\u202f% of the draws" in alone.findings[0].text.en


def test_all_could_be_bought_by_compensation(asked):
    found = asked({"issues": ("one",), "payments": "1"})
    assert talks(found)["agreed"] == 1
    assert found.values["gains"]["three"]["CHN"] >= 0
    assert any("Compensation takes points" in each.en for each in found.caveats)


def test_under_unanimity_nobody_loses_and_a_majority_may_outvote(asked):
    assert all(each["worse"] == 0 for each in asked().table("members").rows())
    outvoted = asked({"issues": ("one",)}, rule="majority")
    assert talks(outvoted)["agreed"] == 1
    assert member(outvoted, "CHN")["worse"] == 1
    assert any("China is left worse off than without agreement" in each.text.en for each in outvoted.findings)
    assert asked({"issues": ("one",), "rule": "unanimity"}, rule="majority").values["talks"]["three"]["agreed"] == 0


def test_consensus_needs_nobody_to_object(asked):
    assert talks(asked({"issues": ("one",)}, rule="agreed"))["agreed"] == 0
    assert talks(asked({"issues": ("one",), "absent": ("CHN",)}, rule="agreed"))["agreed"] == 1


def test_who_stays_away_neither_tables_nor_votes(asked):
    found = asked({"absent": ("JPN",)}, rule="majority")
    assert {each["proposer"] for each in found.table("log").rows()} <= {"USA", "CHN"}
    assert "JPN" not in found.values["gains"]["three"]
    assert talks(asked({"absent": ("JPN",)}))["agreed"] == 0


def test_one_that_alone_may_propose_does(asked):
    found = asked(proposes="JPN")
    assert {each["proposer"] for each in found.table("log").rows()} == {"JPN"}
    free = asked({"order": "rotation"}, proposes="JPN")
    assert len({each["proposer"] for each in free.table("log").rows()}) > 1
    with pytest.raises(NotComputable, match="Nobody who takes part may propose in Three"):
        asked({"absent": ("JPN",)}, proposes="JPN")


def test_one_that_holds_out_concedes_less_and_has_more_where_others_give_way(asked):
    even, hard = asked(), asked({"tactics": {"USA": "hold_out"}, "options": 11})
    assert member(hard, "USA")["conceded"] <= 0.1 + 1e-9
    assert member(hard, "USA")["gain"] >= 0.9 - 1e-9
    assert member(hard, "USA")["gain"] > member(even, "USA")["gain"]
    # where all hold out for more than there is, nothing is agreed
    assert talks(asked({"tactics": {"*": "hold_out"}, "options": 11}))["agreed"] == 0


def test_early_conceders_agree_earlier_than_those_that_hold_until_the_end(asked):
    rounds = [talks(asked({"tactics": {"*": each}}))["round"] for each in ("conceder", "linear", "boulware")]
    assert rounds == sorted(rounds)
    assert rounds[0] < rounds[2]


def test_a_talk_is_told_from_its_first_offer_to_the_last(asked):
    rows = log(asked())
    assert [each["turn"] for each in rows] == sorted(each["turn"] for each in rows)
    assert [each["end"] for each in rows[:-1]] == ["refused"] * (len(rows) - 1)
    assert (rows[-1]["end"], rows[-1]["yes"], rows[-1]["against"]) == ("adopted", 3, "")
    labels = asked().table("log").column("package").labels
    assert all(each["package"] in labels for each in rows)
    assert all("One: " in each.en and each.zh for each in labels.values())


def test_the_same_seed_gives_the_same_talks_and_every_figure_its_interval(asked):
    one, two = asked(), asked()
    assert one.digest == two.digest
    for finding in one.findings:
        assert finding.text.zh
        for figure in finding.figures.values():
            assert figure.low is not None
            assert figure.n
            assert figure.low - 1e-12 <= figure.value <= figure.high + 1e-12
    parts = [each["share"] for each in one.table("packages").rows() if each["issue"] == "one"]
    assert sum(parts) == pytest.approx(1)


def test_the_grid_holds_where_things_stand(asked):
    assert texts(20, 5) == ((0, 20, 50, 75, 100), 1)
    assert texts(100, 2) == ((0, 100), 1)
    assert not any(
        "One: 0 (as it stands); Two: 0 (as it stands)" in each.en
        for each in asked().table("log").column("package").labels.values()
    )


def test_compensation_takes_from_those_that_gain_no_more_than_they_gain():
    import numpy as np

    table = np.array([[8.0, 1.0, -1.0], [-2.0, -4.0, -1.0]])
    full = compensated(table, 1.0).reshape(2, 3, 3)
    assert full[:, 0].tolist() == [[8, 7, 6], [-2, -1, 0]]
    assert full[:, 1].tolist() == [[1, 0, 0], [-4, -3, -3]]
    assert full[:, 2].tolist() == [[-1, -1, -1], [-1, -1, -1]]


def test_the_five_negotiate_as_their_rules_say():
    found = co.analyse(co.load("g5"), "negotiation", against=[co.load("g7")], draws=60)
    five, seven = found.values["talks"]["g5"], found.values["talks"]["g7"]
    assert set(five["rules"]) == {"consensus", "majority"}
    assert five["packages"] == seven["packages"] == 5**5
    assert five["agreed"] > 0.9
    assert five["round"] > seven["round"]
    assert {each.name for each in found.charts} == {"packages", "concessions", "gains"}


def test_the_terms_of_a_clause_are_negotiated():
    found = co.analyse(co.load("g5"), "negotiation", clause="oil_stocks", draws=60)
    rows = found.table("packages").rows()
    assert {each["issue"] for each in rows} == {"target", "price", "grace", "monitoring"}
    assert found.values["talks"]["g5"]["packages"] == 5 * 5 * 3 * 3
    assert found.values["talks"]["g5"]["agreed"] > 0.9
    dear = co.analyse(co.load("g5"), "negotiation", clause="oil_stocks", draws=60, reading="500")
    cost = dict.fromkeys(("cheap", "dear"), 0.0)
    for name, result in (("cheap", found), ("dear", dear)):
        cost[name] = sum(
            each["place"] * (each["share"] or 0) for each in result.table("packages").rows()
            if each["issue"] == "monitoring"
        )  # fmt: skip
    assert cost["dear"] < cost["cheap"]


def test_clause_and_texts_are_one_package():
    given = {"clause": "oil_stocks", "issues": ("middle_east",), "draws": 30}
    found = co.analyse(co.load("g5"), "negotiation", one_by_one=True, **given)
    held = found.values["talks"]["g5"]
    assert held["issues"] == ["middle_east", "target", "price", "grace", "monitoring"]
    assert (held["packages"], held["of"]) == (5 * 225, 5 * 225)
    assert set(held["rules"]) == {"consensus", "majority"}
    assert set(found.values["one_by_one"]["g5"]["agreed"]) == {"middle_east", "oil_stocks"}
    assert any("weigh beside texts" in each.en for each in found.caveats)
    # a point worth a fortune leaves the clause no weight: what is agreed on the text is what it is without the clause
    dear = co.analyse(co.load("g5"), "negotiation", point="1000000000", **given)
    alone = co.analyse(co.load("g5"), "negotiation", issues=("middle_east",), draws=30)
    assert dear.values["gains"]["g5"] != found.values["gains"]["g5"]
    joint, text = (
        {each["option"]: each["share"] or 0 for each in r.table("packages").rows() if each["issue"] == "middle_east"}
        for r in (dear, alone)
    )
    assert max(joint, key=lambda each: joint[each]) == max(text, key=lambda each: text[each])


def test_a_sample_of_packages_is_said_to_be_one(asked):
    given = {"options": 21, "payments": "1"}
    found = asked({**given, "sample": 300})
    assert (talks(found)["packages"], talks(found)["of"]) == (pytest.approx(300, abs=45), 21 * 21 * 3)
    assert any("drawn at random, stand for all 1,323" in each.en for each in found.caveats)
    whole = asked({**given, "sample": 5000})
    assert whole.digest == asked(given).digest
    assert found.values["gains"]["three"]["USA"] == pytest.approx(whole.values["gains"]["three"]["USA"], abs=0.15)


def test_what_members_have_outside_is_what_they_must_be_given(asked):
    # under unanimity each takes part only in what is better than its outside option
    plain, strong = asked(), asked({"outside": {"CHN": "1/2"}, "options": 11})
    assert member(strong, "CHN")["worth"] >= member(asked({"options": 11}), "CHN")["worth"] - 1e-9
    assert member(strong, "CHN")["worse"] == 0
    best = member(plain, "CHN")["worth"] / member(plain, "CHN")["gain"]
    assert member(strong, "CHN")["worth"] >= best / 2 - 1e-6
    none = asked({"outside": {"*": "9/10"}})
    assert (talks(none)["agreed"], talks(none)["possible"]) == (0, 0)
    assert member(none, "CHN")["worth"] == pytest.approx(0.9 * best)


def test_one_that_walks_out_has_what_it_has_outside_and_the_rule_goes_on(asked):
    given = {"outside": {"CHN": "9/10"}, "walks_out": {"CHN": 2}}
    gone = asked(given)
    assert (talks(gone)["agreed"], talks(gone)["walked_out"]) == (0, 1)
    assert [each["end"] for each in log(gone)][-1] == "walked_out"
    assert asked({"outside": {"CHN": "9/10"}}).values["talks"]["three"]["walked_out"] == 0
    rest = asked(given, rule="majority")
    assert talks(rest)["agreed"] == 1
    assert rest.values["gains"]["three"]["CHN"] == 0 or talks(rest)["walked_out"] < 1
    assert any("walks out most often" in each.text.en for each in gone.findings)


def test_a_veto_stops_what_absence_would_let_pass(asked):
    assert talks(asked({"vetoes": ("CHN",)}, rule="agreed"))["agreed"] == 0
    assert talks(asked({"absent": ("CHN",)}, rule="agreed"))["agreed"] == 1
    assert talks(asked({"vetoes": ("CHN",)}, rule="majority"))["agreed"] == 1
    blocked = co.analyse(co.load("unsc"), "negotiation", draws=20, vetoes=("RUS",))
    assert blocked.values["talks"]["unsc"]["agreed"] == 0


def test_one_issue_at_a_time_loses_what_the_package_trades(asked):
    found = asked({"one_by_one": True})
    parted = found.values["one_by_one"]["three"]
    assert parted["agreed"] == {"one": 0, "two": 0}
    assert parted["one_by_one"] == 0
    assert parted["package"] > 0
    lost = {each["member"]: each for each in found.table("one_by_one").rows()}
    for name in ("USA", "CHN", "JPN"):
        assert lost[name]["lost"] == pytest.approx(lost[name]["package"] - lost[name]["alone"])
        assert lost[name]["lost_low"] <= lost[name]["lost"] <= lost[name]["lost_high"]
    assert found.charts[-1].name == "one_by_one"
    assert "100\u202f% is lost" in found.findings[-1].text.en


def test_sums_products_and_how_many_talks_are_enough(asked):
    found = talks(asked())
    assert 0 < found["welfare"] <= 1 + 1e-9
    assert 0 < found["nash_product"] <= 1 + 1e-9
    few, more = (asked({"draws": draws}) for draws in (30, 120))
    assert not talks(few)["enough"]["reached"]
    assert talks(few)["enough"]["talks"] > 30
    assert talks(more)["enough"]["talks"] > 120
    assert "talks are not enough" in few.findings[-1].text.en


def test_reservations_in_the_stakes_are_what_texts_are_measured_against(actors):
    def held(reservation):
        written = STAKES.replace("{position: [50, 50, 50],", f"{{position: [50, 50, 50], reservation: {reservation},")
        body = read(CHARTER.replace("RULE", "unanimity").replace("PROPOSES", "any_member"), "three", actors=actors)
        given = Inputs(body, actors, stakes=ground(read_stakes(written, "mine")), on=datetime.date(2026, 2, 6))
        return Negotiation(draws=30).run(given)

    narrow, wide = held("[5, 5, 5]"), held("[50, 50, 50]")
    assert wide.values["gains"] == Negotiation(draws=30).run(_given(actors)).values["gains"]
    # within five points of the middle on both, on average: nothing but the middle itself is left
    assert {each["option"] for each in narrow.table("packages").rows() if each["share"]} == {"one.50", "two.50"}
    assert any("will not accept" in each.en for each in narrow.caveats)


def _given(actors):
    body = read(CHARTER.replace("RULE", "unanimity").replace("PROPOSES", "any_member"), "three", actors=actors)
    return Inputs(body, actors, stakes=ground(read_stakes(STAKES, "mine")), on=datetime.date(2026, 2, 6))


def test_what_cannot_be_negotiated_is_refused_with_its_mend(asked):
    g5 = co.load("g5")
    with pytest.raises(InputError, match=r"21 x 21 x 21 x 21 x 21 = 4,084,101 outcomes; .*--options 7"):
        co.analyse(g5, "negotiation", options=21)
    with pytest.raises(InputError, match="UNGA has 193 members; at most 60 talk in turns"):
        co.analyse(co.load("unga"), "negotiation", draws=20)
    with pytest.raises(UnknownName, match="no member of Three 'GBR'"):
        asked({"absent": ("GBR",)})
    with pytest.raises(UnknownName, match="no member of Three 'GBR'"):
        asked({"tactics": {"GBR": "linear"}})
    with pytest.raises(UnknownName, match="no issue in the stakes 'mine' 'three'"):
        asked({"issues": ("three",)})
    with pytest.raises(UnknownName, match="no rule in three 'lot'"):
        asked({"rule": "lot"})
    joint = ("rare_earths", "middle_east", "south_china_sea")
    with pytest.raises(InputError, match=r"28,125 outcomes; .*--options 4.*--sample 5000"):
        co.analyse(g5, "negotiation", clause="oil_stocks", issues=joint)
    with pytest.raises(InputError, match="its stakes would count twice"):
        co.analyse(g5, "negotiation", clause="oil_stocks", issues=("energy",))
    with pytest.raises(InputError, match="Name both --clause and --issues"):
        asked({"point": "10"})
    with pytest.raises(InputError, match="no share of the range"):
        asked({"outside": {"CHN": "1"}})
    with pytest.raises(InputError, match="stays away and cannot refuse"):
        asked({"absent": ("CHN",), "vetoes": ("CHN",)})
    with pytest.raises(UnknownName, match="no member of Three 'GBR'"):
        asked({"walks_out": {"GBR": 3}})
    with pytest.raises(InputError, match="no rate at which points are passed on"):
        asked({"payments": "3/2"})
    with pytest.raises(UnknownName, match="no clause"):
        co.analyse(g5, "negotiation", clause="oil_stock")
