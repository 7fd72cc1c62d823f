"""Ratification: the truncated zone by hand, the break-even, and what is refused."""

import dataclasses

import pytest

import comity as co
from comity.analysis.ratification import Ratification
from comity.kernel.errors import InputError, NotComputable, UnknownName
from comity.study.ask import inputs

HOMELESS = """
comity: 1
title: {en: Nobody ratifies, zh: 无人批准}
on: 2026-02-06
rules: {usual: {kind: same, value: [40, 50, 60], why: {en: made up, zh: 虚构}}}
issues:
  one:
    title: {en: One, zh: 一}
    sensitivity: low
    ends: {0: {en: a, zh: 甲}, 100: {en: b, zh: 乙}}
    status_quo: 0
    position: usual
    salience: usual
"""
FIRM = """
comity: 1
title: {en: Made up, zh: 虚构}
on: 2026-02-06
rules: {usual: {kind: same, value: [50, 50, 50], why: {en: made up, zh: 虚构}}}
ratifiers:
  USA: {title: {en: Senate, zh: 参议院}, resists: [1/2, 1/2, 1/2], why: {en: made up, zh: 虚构}}
issues:
  two:
    title: {en: Two, zh: 二}
    sensitivity: high
    ends: {0: {en: a, zh: 甲}, 100: {en: b, zh: 乙}}
    status_quo: 0
    position: usual
    salience: usual
    seats: {USA: {position: [40, 40, 40], basis: assumption, why: {en: made up, zh: 虚构}}}
"""


@pytest.fixture(scope="module")
def ask(club, wanted):
    def run(text=None, **options):
        stakes = wanted() if text is None else wanted(text)
        return Ratification(**{"draws": 400, **options}).run(dataclasses.replace(inputs(club), stakes=stakes))

    return run


def test_the_zone_under_consensus_is_cut_to_what_the_ratifier_prefers(ask):
    # government at 40, half the way back to 0: the pivot is at 20 and consents up to 40; alone the government up to 80
    rows = {row["stage"]: row for row in ask(FIRM).table("issues").frame.to_dicts()}
    assert (rows["governments"]["zone_low"], rows["governments"]["zone_high"]) == (5.0, 80.0)
    assert (rows["ratified"]["zone_low"], rows["ratified"]["zone_high"]) == (5.0, 40.0)
    assert rows["ratified"]["survives"] == 0.0  # the compromise, 48, is more than the ratifier takes


def test_the_break_even_is_where_the_ratifier_takes_no_text_that_counts(ask):
    # 2 (1 - s) 40 = 5 at s = 0.9375
    home = ask(FIRM).table("homes").frame.to_dicts()[0]
    assert home["break_even"] == pytest.approx(0.9375)
    assert home["why"] == "closes"
    assert ask(FIRM, member="USA", resists="15/16,15/16,15/16").values["open"]["club"]["two"]["ratified"] == 1.0
    assert ask(FIRM, member="USA", resists="19/20,19/20,19/20").values["open"]["club"]["two"]["ratified"] == 0.0


def test_tied_hands_bring_the_text_nearer_to_the_government(ask):
    home = ask(FIRM).table("homes").frame.to_dicts()[0]
    assert home["gain"] == pytest.approx(8.0)  # from 48 to 40


def test_ratifiers_never_widen_the_zone(ask):
    for body in ask().values["open"].values():
        for stages in body.values():
            assert stages["ratified"] <= stages["governments"]


def test_more_resistance_never_helps_a_signature(ask):
    shares = [
        ask(FIRM, member="USA", resists=f"{share},{share},{share}").values["survives"]["club"]["two"]["all"]
        for share in ("0", "1/5", "2/5", "3/5")
    ]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] == 1.0


def test_every_share_has_its_interval_and_the_same_seed_the_same_bytes(ask):
    first = ask()
    frame = first.table("homes").frame
    known = frame.filter(frame["survives"].is_not_null())
    assert (known["survives_low"] <= known["survives"]).all()
    assert (known["survives"] <= known["survives_high"]).all()
    assert ask().digest == first.digest


@pytest.mark.parametrize("resists", ["1/2", "a,b,c", "1/2,1/4,1", "0,1/2,3/2", "0;1/2;1"])
def test_what_is_no_triple_of_shares_is_refused(ask, resists):
    with pytest.raises(InputError, match="--resists"):
        ask(member="USA", resists=resists)


def test_a_share_without_a_member_and_a_member_without_a_ratifier_are_refused(ask):
    with pytest.raises(InputError, match="share of one ratifier"):
        ask(resists="0,1/2,1")
    with pytest.raises(UnknownName, match="ratifier of"):
        ask(member="CHN")


def test_where_nobody_ratifies_there_is_nothing_to_say(ask):
    with pytest.raises(NotComputable, match="Nobody in these institutions has a ratifier"):
        ask(HOMELESS)


def test_congress_narrows_the_shipped_stakes():
    result = co.analyse(co.load("g5"), "ratification", member="USA", draws=300)
    widths = {(row["issue"], row["stage"]): row["width"] for row in result.table("issues").frame.to_dicts()}
    narrower = [
        issue for issue, stage in widths if stage == "ratified" and widths[issue, stage] < widths[issue, "governments"]
    ]
    assert narrower


def test_the_share_at_which_the_zone_closes_is_said(ask):
    told = ask(FIRM).findings[-1]
    assert told.figures["break_even"].value == pytest.approx(0.9375)
    assert "closes where the ratifier of the United States stands 94" in told.text.en
    assert "众值" in told.text.zh


def test_a_share_of_signed_texts_says_in_how_many_draws_something_was_signed(ask):
    result = ask(FIRM.replace("[40, 40, 40]", "[0, 5, 10]"))  # it takes texts up to twice its position, at least 5
    (governments, _) = result.table("issues").rows()
    assert 0 < governments["open"] < 1
    assert result.findings[0].figures["two"].n == round(400 * governments["open"])
