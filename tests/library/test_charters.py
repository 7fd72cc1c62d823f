"""Facts about the institutions that ship, checked against common knowledge, the instruments and each other."""

from __future__ import annotations

import csv
import datetime
import os
from collections.abc import Iterable
from pathlib import Path

import pytest

import comity
from comity.kernel.errors import InputError
from comity.library.institutions import load
from comity.library.places import shipped_names
from comity.model.institution import Institution
from comity.model.parts import Constituency, actors_of, member_code
from comity.model.ruling import Choice, Ruling
from comity.model.weights import Weights
from comity.rules.all_of import AllOf

DAY = datetime.date
YEARS = [DAY(year, month, day) for year in range(1946, 2027) for month, day in ((1, 17), (6, 30), (12, 31))]
sourced = pytest.mark.skipif("COMITY_SOURCES" not in os.environ, reason="COMITY_SOURCES is not set")


def everybody(body: Institution, **others: Choice) -> dict[str, Choice]:
    """A yes from each member of the charter's own day, with the exceptions named."""
    given: dict[str, Choice] = dict.fromkeys(body.members_on(body.as_of), "yes")
    assert set(others) <= set(given)
    return given | others


def each(choice: Choice, members: Iterable[str]) -> dict[str, Choice]:
    """The same choice of each of these members."""
    return dict.fromkeys(members, choice)


def ruling(body: Institution, rule: str, ballots: dict[str, Choice]) -> Ruling:
    """The ruling by a rule on the charter's own day."""
    return body.decide(rule, ballots, on=body.as_of)


@pytest.mark.parametrize(
    ("name", "on", "count"),
    [
        ("g2", None, 2), ("g5", None, 5), ("g7", None, 7), ("g7", DAY(1976, 6, 26), 6), ("g20", None, 21),
        ("g20", DAY(2023, 9, 8), 20), ("brics", None, 10), ("brics", DAY(2010, 12, 23), 4), ("brics", DAY(2024, 6, 1), 9),
        ("sco", None, 10), ("sco", DAY(2017, 6, 8), 6), ("imf", None, 190), ("unsc", None, 15), ("g8", None, 8),
        ("unsc-1945", None, 11), ("hrc", None, 47), ("upr", None, 193), ("unfccc-cop", None, 198), ("paris", None, 194),
        ("paris", DAY(2026, 1, 26), 195), ("paris", DAY(2021, 2, 18), 189), ("paris", DAY(2016, 11, 4), 74),
        ("wto", None, 166), ("wto", DAY(2001, 12, 10), 142), ("opcw", None, 193), ("osce", None, 57),
        ("osce", DAY(1975, 8, 1), 35), ("osce", DAY(1992, 7, 8), 52), ("asean", None, 11), ("asean", DAY(1999, 5, 1), 10),
        ("ipef-supply-chain", None, 5), ("imf-board", None, 24), ("ibrd", None, 189), ("ndb", None, 5),
        ("ndb", DAY(2024, 1, 1), 8), ("aiib", None, 78), ("eu-council", None, 27), ("board-of-peace", None, 27),
        ("gcf", None, 7), ("who", None, 194), ("unesco", None, 194), ("unesco", DAY(2019, 1, 1), 193),
        ("montreal-protocol", None, 198),
    ],
)  # fmt: skip
def test_so_many_members_on_a_day(name: str, on: datetime.date | None, count: int):
    body = comity.load(name)
    assert len(body.members_on(on or body.as_of)) == count


@pytest.mark.parametrize(
    ("on", "count"),
    [
        (DAY(1945, 10, 24), 29), (DAY(1945, 12, 31), 51), (DAY(1955, 12, 31), 76), (DAY(1960, 12, 31), 99),
        (DAY(1965, 12, 31), 117), (DAY(1971, 10, 25), 131), (DAY(1984, 12, 31), 159), (DAY(1991, 12, 31), 166),
        (DAY(2002, 12, 31), 191), (DAY(2006, 12, 31), 192), (DAY(2011, 7, 14), 193),
    ],
)  # fmt: skip
def test_the_assembly_grows_as_the_united_nations_count(on: datetime.date, count: int):
    assert len(comity.load("unga").members_on(on)) == count


def test_the_assembly_holds_every_state_with_the_year_of_admission_of_the_table_of_states():
    assembly = comity.load("unga")
    entered: dict[str, str] = {}
    for member in assembly.members:
        entered.setdefault(member_code(member), str(getattr(member, "from_", "")))
    states = comity.actors().un_members()
    assert set(states) == set(assembly.members_on(assembly.as_of))
    admitted = {code: comity.actors()[code].since for code in states if not comity.actors()[code].continues}
    assert len(admitted) > 180
    assert {code for code, since in admitted.items() if entered[code][:4] != since[:4]} == set()


def test_the_council_has_all_its_members_on_every_day_and_five_vetoes():
    council = comity.load("unsc")
    for on in YEARS:
        members = council.members_on(on)
        assert len(members) == len(set(members)) == (15 if on >= DAY(1966, 1, 1) else 11)
        past = "SUN" if on < DAY(1991, 12, 24) else "RUS"
        assert set(council.rule("substantive").holders(members, on)) == {"CHN", "FRA", "GBR", past, "USA"}
        assert council.rule("procedural").holders(members, on) == []


@pytest.mark.parametrize(
    ("on", "needed"), [(DAY(1950, 6, 25), 7), (DAY(1965, 8, 30), 7), (DAY(1965, 8, 31), 9), (DAY(2026, 2, 6), 9)]
)
def test_seven_votes_carry_until_the_amendment_and_nine_from_then_on(on: datetime.date, needed: int):
    council = comity.load("unsc")
    members = council.members_on(on)
    for yes in (needed - 1, needed):
        ballots: dict[str, Choice] = {member: "yes" if place < yes else "no" for place, member in enumerate(members)}
        assert council.decide("procedural", ballots, on=on).adopted == (yes == needed)


def test_the_council_of_eleven_is_the_council_of_its_day():
    old, whole = comity.load("unsc-1945"), comity.load("unsc")
    for on in [day for day in YEARS if day < DAY(1965, 8, 31)]:
        assert set(old.members_on(on)) == set(whole.members_on(on))


def test_a_party_to_a_dispute_abstains_on_its_settlement_and_stays_a_member():
    council = comity.load("unsc")
    ballots = everybody(council, RUS="no")
    assert council.decide("pacific_settlement", ballots, on=council.as_of).vetoed_by == ("RUS",)
    apart = council.decide("pacific_settlement", ballots, on=council.as_of, excluded={"RUS": "party_to_dispute"})
    assert apart.adopted
    assert apart.counts["abstain"] == 1


@sourced
def test_elected_members_are_those_of_the_source():
    council = comity.load("unsc")
    with (Path(os.environ["COMITY_SOURCES"]) / "unsc" / "unsc_members_1986_2027.csv").open(
        encoding="utf-8-sig"
    ) as lines:
        rows = [row for row in csv.DictReader(lines) if row["seat"] == "elected"]
    assert len(rows) > 200
    for row in rows:
        for year in range(int(row["start_year"]), min(int(float(row["end_year"])), 2026) + 1):
            assert row["iso3"] in council.members_on(DAY(year, 12, 1)), row


def test_the_human_rights_council_is_full_but_for_two_vacancies():
    council = comity.load("hrc")
    days = [DAY(2013, 1, 1) + datetime.timedelta(days=7 * week) for week in range(14 * 52)]
    counts = {on: len(council.members_on(on)) for on in days}
    vacant = {on for on, count in counts.items() if count != 47}
    assert {counts[on] for on in vacant} == {46}
    spans = [(DAY(2018, 6, 19), DAY(2018, 7, 13)), (DAY(2022, 4, 7), DAY(2022, 5, 10))]
    assert vacant == {on for on in days if any(start <= on < end for start, end in spans)}


def test_who_is_outside_the_bodies_that_hold_nearly_every_state():
    everywhere = set(comity.load("upr").members)
    paris, convention = comity.load("paris"), comity.load("unfccc-cop")
    outside = set(convention.members_on(paris.as_of)) - set(paris.members_on(paris.as_of))
    assert outside == {"IRN", "LBY", "YEM", "USA"}
    assert set(map(member_code, convention.members)) - everywhere == {"COK", "EU", "NIU", "PSE", "VAT"}
    assert everywhere - set(map(member_code, comity.load("opcw").members)) == {"EGY", "ISR", "PRK", "SSD"}
    fund, bank = comity.load("imf"), comity.load("ibrd")
    assert set(fund.members_on(fund.as_of)) - set(bank.members_on(bank.as_of)) == {"AND"}


def test_paris_entered_into_force_and_the_united_states_left_on_the_days_that_its_articles_give():
    agreement = comity.load("paris").instruments["agreement"]
    entry, leaving = agreement.entry_into_force, agreement.withdrawal
    assert entry is not None
    assert leaving is not None
    assert isinstance(entry.weights, Weights)
    first: dict[str, datetime.date] = {}
    for deed in agreement.history:
        if deed.kind == "deposited":
            first.setdefault(deed.by, deed.on)
    met = entry.met(first, list(entry.weights.values), entry.weights)
    assert met is not None
    assert met == DAY(2016, 10, 5)
    assert entry.effect(met) == DAY(2016, 11, 4)
    exits = [deed.on for deed in agreement.history if deed.kind == "withdrawal_notified"]
    assert [leaving.effect(on) for on in exits] == [DAY(2020, 11, 4), DAY(2026, 1, 27)]
    assert leaving.effect(DAY(2019, 11, 3), bound_since=DAY(2016, 11, 4)) is None


def test_every_party_to_paris_is_bound_thirty_days_after_its_deposit():
    body = comity.load("paris")
    deposits = [(deed.by, deed.on) for deed in body.instruments["agreement"].history if deed.kind == "deposited"]
    bound = {(code, max(DAY(2016, 11, 4), on + datetime.timedelta(days=30))) for code, on in deposits}
    assert bound == {(member_code(member), getattr(member, "from_", None)) for member in body.members}


def test_the_chairs_of_the_executive_board_cast_the_votes_of_their_members():
    board, fund = comity.load("imf-board"), comity.load("imf")
    votes = fund.weights["votes"].values
    chairs = board.weights["votes"].values
    for member in board.members:
        inside = actors_of(member)
        assert sum(votes[code] for code in inside) == chairs[member_code(member)]  # pyright: ignore[reportArgumentType, reportCallIssue]
    assert sum(chairs.values()) == 5_001_244  # pyright: ignore[reportArgumentType, reportCallIssue]
    seated = {code for member in board.members for code in actors_of(member)}
    assert set(fund.members_on(fund.as_of)) - seated == {"VEN"}


def test_the_special_majorities_of_the_fund_are_blocked_by_the_united_states_alone():
    fund = comity.load("imf")
    without = everybody(fund, USA="absent")
    decided = {rule: ruling(fund, rule, without).outcome for rule in fund.rules}
    assert decided == {
        "ordinary": "adopted",
        "special70": "adopted",
        "special85": "not_adopted",
        "amendment": "not_adopted",
        "compulsory_withdrawal": "not_adopted",
    }


def test_three_founders_of_the_new_development_bank_carry_no_special_majority():
    bank = comity.load("ndb")
    three, four = everybody(bank, IND="no", RUS="no"), everybody(bank, IND="no")
    assert [ruling(bank, rule, three).adopted for rule in ("simple", "qualified", "special")] == [True, False, False]
    assert [ruling(bank, rule, four).adopted for rule in ("simple", "qualified", "special")] == [True, True, True]


@pytest.mark.parametrize("name", ["ibrd", "aiib"])
def test_votes_without_a_source_are_left_out_and_said_so(name: str):
    bank = comity.load(name)
    assert not bank.weights
    assert not any(rule.weighs for rule in bank.rules.values())
    assert all("not counted" in rule.where for rule in bank.rules.values())
    assert bank.summary is not None
    assert "could not be sourced" in bank.summary.en


def test_no_rule_by_votes_is_applied_where_the_votes_are_not_known():
    with pytest.raises(InputError, match="No weight is stated"):
        comity.load("ndb").game("qualified", DAY(2024, 1, 1))


def test_the_chairman_of_the_board_of_peace_approves_and_does_not_veto():
    board = comity.load("board-of-peace")
    lacking = ruling(board, "majority_with_approval", everybody(board, USA="no"))
    assert (lacking.outcome, lacking.vetoed_by, lacking.contested) == ("not_adopted", (), True)
    assert ruling(board, "majority_with_approval", everybody(board)).adopted
    gaza, elsewhere = board.issues["gaza"], board.issues["other_conflicts"]
    assert "2803" in gaza.where
    assert "2803" not in elsewhere.where


@pytest.mark.parametrize(
    ("name", "rule", "member"),
    [
        ("osce", "without_the_state_concerned", "RUS"),
        ("sco", "without_the_member_concerned", "PAK"),
        ("g8", "without_the_member", "RUS"),
    ],
)
def test_the_member_concerned_does_not_stop_its_own_case(name: str, rule: str, member: str):
    body = comity.load(name)
    objecting = everybody(body) | each("objects", [member])
    assert not ruling(body, rule, objecting).adopted
    assert body.decide(rule, objecting, on=body.as_of, excluded={member: "member_concerned"}).adopted


@pytest.mark.parametrize(
    ("name", "rule", "then", "after"),
    [
        ("opcw", "consensus", "substance_by_vote", "24 hours"),
        ("wto", "consensus", "votes_cast", ""),
        ("unfccc-cop", "amendment_by_consensus", "amendment_by_vote", ""),
        ("gcf", "consensus", "four_fifths", ""),
    ],
)
def test_where_consensus_fails_the_charter_names_what_follows(name: str, rule: str, then: str, after: str):
    body = comity.load(name)
    first = body.members_on(body.as_of)[0]
    missed = ruling(body, rule, everybody(body) | each("objects", [first]))
    assert missed.remedy is not None
    assert (missed.remedy.rule, missed.remedy.after) == (then, after)


def test_a_member_in_arrears_has_no_vote_in_the_assembly():
    assembly = comity.load("unga")
    members = assembly.members_on(assembly.as_of)
    ballots: dict[str, Choice] = {member: "yes" if place < 97 else "no" for place, member in enumerate(members)}
    barred = assembly.decide(
        "other", ballots, on=assembly.as_of, excluded={members[0]: "arrears", members[1]: "arrears"}
    )
    assert assembly.decide("other", ballots, on=assembly.as_of).adopted
    assert not barred.adopted
    assert set(barred.excluded) == set(members[:2])


def test_a_tie_in_the_assembly_is_voted_again_and_in_a_committee_it_means_rejection():
    assembly = comity.load("unga")
    members = assembly.members_on(assembly.as_of)
    tied: dict[str, Choice] = {member: "yes" if place % 2 else "no" for place, member in enumerate(members[:-1])}
    tied |= {members[-1]: "abstain"}
    again, lost = ruling(assembly, "other", tied), ruling(assembly, "committee", tied)
    assert (again.adopted, lost.adopted) == (False, False)
    assert again.remedy is not None
    assert (again.remedy.what, again.remedy.after) == ("second_vote", "48 hours")
    assert lost.remedy is None


def test_one_objection_stops_an_appointment_and_only_all_stop_a_report():
    trade = comity.load("wto")
    one = everybody(trade) | each("objects", ["USA"])
    all_but_one = each("objects", one) | each("yes", {"ATG"})
    assert [ruling(trade, rule, one).adopted for rule in ("dispute_consensus", "negative_consensus")] == [False, True]
    assert ruling(trade, "negative_consensus", all_but_one).adopted
    assert not ruling(trade, "negative_consensus", each("objects", one)).adopted


def test_the_budget_of_the_trade_organisation_needs_more_than_half_of_its_members():
    trade = comity.load("wto")
    members = trade.members_on(trade.as_of)
    for yes in (83, 84):
        ballots: dict[str, Choice] = {
            member: "yes" if place < yes else "abstain" for place, member in enumerate(members)
        }
        assert ruling(trade, "budget", ballots).adopted == (yes == 84)


def test_members_of_the_union_that_stand_aside_are_not_bound_and_too_many_stop_the_decision():
    council = comity.load("eu-council")
    few = ruling(council, "constructive_abstention", everybody(council, AUT="abstain", IRL="abstain"))
    assert few.adopted
    assert set(few.not_bound) == {"AUT", "IRL"}
    many = everybody(council) | each("abstain", ["DEU", "FRA", "AUT", "IRL", "MLT", "CYP", "LUX", "EST", "LVA"])
    assert not ruling(council, "constructive_abstention", many).adopted


def test_duties_stand_unless_a_qualified_majority_is_against_them():
    council = comity.load("eu-council")
    members = council.members_on(council.as_of)
    some = everybody(council) | each("no", members[:10])
    most = each("no", members) | each("yes", {"HUN", "DEU"})
    assert ruling(council, "reverse_qualified_majority", some).adopted
    assert not ruling(council, "qualified_majority", some).adopted
    assert not ruling(council, "reverse_qualified_majority", most).adopted


def test_each_group_of_the_montreal_protocol_must_agree():
    protocol = comity.load("montreal-protocol")
    richer = {"USA", "EU", "JPN", "GBR", "DEU", "FRA", "ITA", "CAN", "AUS", "NZL", "NOR", "CHE", "ISL", "RUS", "UKR"}
    ballots = everybody(protocol)
    assert ruling(protocol, "adjustment_by_vote", ballots | each("no", richer)).adopted
    rule = protocol.rule("adjustment_by_vote")
    assert isinstance(rule, AllOf)
    group = rule.rules[2].counted(list(ballots), protocol.as_of)
    assert richer < set(group)
    assert len(group) == 50
    split = ballots | each("no", group)
    assert sum(choice == "yes" for choice in split.values()) * 3 >= 2 * len(split)
    assert not ruling(protocol, "adjustment_by_vote", split).adopted


def test_the_chairman_breaks_ties_and_two_thirds_keep_a_member_that_he_removes():
    board = comity.load("board-of-peace")
    members = [member for member in board.members_on(board.as_of) if member != "USA"]
    tied: dict[str, Choice] = {member: "yes" if place < 12 else "no" for place, member in enumerate(members)}
    tied = tied | each("yes", ["USA"]) | each("abstain", members[-1:])
    assert sum(choice == "yes" for choice in tied.values()) == sum(choice == "no" for choice in tied.values()) == 13
    assert ruling(board, "majority_with_approval", tied).adopted
    for kept in (17, 18):
        against: dict[str, Choice] = {
            member: "no" if place < kept else "absent" for place, member in enumerate(members)
        }
        assert ruling(board, "removal", {**against, "USA": "yes"}).adopted == (kept == 17)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("G7", "g7"), ("UNSC", "unsc"), ("g-20", "g20"), ("BRICS", "brics"), ("I M F", "imf"), ("WTO", "wto"),
        ("G8", "g8"), ("ASEAN", "asean"),
    ],
)  # fmt: skip
def test_a_name_is_found_in_capitals_with_hyphens_or_spaces(written: str, meant: str):
    assert load(written).name == meant


@pytest.mark.parametrize("name", shipped_names("charter"))
def test_every_actor_of_a_shipped_charter_has_names_in_two_languages(name: str):
    for member in comity.load(name).members:
        for code in actors_of(member):
            assert comity.actors()[code].name().zh


@pytest.mark.parametrize("name", shipped_names("charter"))
def test_a_dated_membership_says_who_saw_it(name: str):
    dated = [each for each in comity.load(name).members if not isinstance(each, str | Constituency)]
    assert [each.state for each in dated if each.seen is None] == []


@pytest.mark.parametrize("name", ["g7", "g20", "brics", "asean", "g8"])
def test_an_unwritten_consensus_is_given_in_both_readings(name: str):
    assert list(comity.load(name).readings("consensus")) == ["members_present", "all_members"]


@pytest.mark.parametrize("name", ["g7", "g8", "g20", "brics", "osce"])
def test_the_texts_of_a_forum_do_not_bind_in_law(name: str):
    assert {each.legal_force for each in comity.load(name).instruments.values()} == {"politically_binding"}


def test_a_rumour_and_an_idea_say_that_they_are_none():
    assert comity.load("g5").status == "rumoured"
    assert comity.load("g5").denied_by is not None
    assert comity.load("g2").status == "proposed"
