"""Displacement: identical forums split, dominated ones empty, mandates, terms, and what is refused."""

import dataclasses
import json

import pytest

import comity as co
from comity.analysis.displacement import Displacement
from comity.kernel.errors import InputError, NotComputable, UnknownName
from comity.report.draw import svg
from comity.report.reader import Reader
from comity.study.ask import inputs

SURE = "1/2,1/2,1/2"
MOST = pytest.approx(2 / 3)
"""Two of the three issues: on the second nothing can be agreed by consensus, and it goes nowhere."""
FREE = {"per_member": "0,0,0", "per_year": "0,0,0", "opening": "0,0,0", "reach": "0,0,0"}


@pytest.fixture(scope="module")
def ask(club, wanted):
    def run(*against, body=club, **options):
        given = {"forums": (), "draws": 100, "grid": 3, **FREE, **options}
        return Displacement(**given).run(dataclasses.replace(inputs(body), against=against, stakes=wanted()))

    return run


@pytest.fixture(scope="module")
def twin(institution):
    return institution("twin", alias="Twin")


def test_forums_alike_in_everything_split_the_issues(ask, twin, institution):
    third = institution("third", alias="Third")
    result = ask(twin, third, delivery={"club": SURE, "twin": SURE, "third": SURE})
    frame = result.table("cells").frame
    for issue in ("one", "two", "three"):
        after = frame.filter(frame["issue"] == issue)["after"].to_list()
        assert after[0] == pytest.approx(after[1])
        assert after[0] == pytest.approx(after[2])
    assert result.values["after"]["club"] == pytest.approx(result.values["after"]["twin"])
    assert result.values["before"]["club"] == 0.0


def test_a_dominated_forum_empties(ask, twin):
    result = ask(twin, delivery={"club": "3/4,3/4,3/4", "twin": "1/4,1/4,1/4"})
    assert result.values["before"]["twin"] == MOST
    assert result.values["after"] == {"club": MOST, "twin": 0.0}
    assert result.values["empties"]["twin"] == 1.0
    assert set(result.values["migrate"]) == {"one", "three"}
    assert "Twin empties" in result.findings[1].text.en
    assert result.findings[-1].text.en.startswith("On these assumptions the transition succeeds")


def test_a_forum_that_dominates_loses_nothing(ask, twin):
    result = ask(twin, delivery={"club": "1/4,1/4,1/4", "twin": "3/4,3/4,3/4"})
    assert result.values["after"] == {"club": 0.0, "twin": MOST}
    assert result.values["migrate"] == []
    assert result.findings[-1].text.en.startswith("On these assumptions the transition does not succeed")


def test_the_share_delivered_that_it_needs_is_where_it_overtakes(ask, twin):
    result = ask(twin, delivery={"club": SURE, "twin": "62 %,62 %,62 %"})
    assert result.values["delivery_needed"] == pytest.approx(0.65)


def test_a_body_that_keeps_more_of_its_promises_is_never_first_on_less(ask, twin):
    result = ask(twin, delivery={"club": "1/10,1/2,9/10", "twin": "2/5,1/2,3/5"})
    tried = result.values["variants"]
    assert tried["keeps_little"] <= tried["assumed"] <= tried["keeps_much"]
    assert (tried["keeps_little"], tried["keeps_much"]) == (0.0, MOST)
    shares = result.table("needed").frame["share"].to_list()
    assert shares == sorted(shares)


def test_a_body_that_must_be_opened_at_a_price_draws_less(ask, twin):
    spans = {"club": "55 %,55 %,55 %", "twin": SURE}
    cheap, dear = (ask(twin, delivery=spans, opening=cost).values["after"]["club"] for cost in ("0,0,0", "50,50,50"))
    assert cheap == MOST
    # both are only proposed, so that both have the price, and nothing is worth it
    assert dear == 0.0


def test_a_mandate_keeps_issues_out(ask, twin):
    result = ask(twin, delivery={"club": SURE, "twin": "1,1,1"}, mandates={"twin": "one+two"})
    assert result.values["issues"]["three"] == {"before": None, "after": "club"}
    assert result.values["issues"]["one"]["after"] == "twin"
    assert any("Held to their mandates" in caveat.en for caveat in result.caveats)


def test_a_body_of_special_competence_is_asked_about_its_own_issues(ask, twin):
    assert set(ask(twin, mandates={"club": "one+three"}).values["issues"]) == {"one", "three"}
    with pytest.raises(NotComputable, match="No issue of these stakes lies within the mandate of club"):
        ask(twin, mandates={"club": ""})


def test_only_those_who_may_propose_or_block_are_movers(ask, institution, twin):
    chaired = institution("chaired", alias="Chaired", proposes="USA")
    result = ask(twin, body=chaired, delivery={"chaired": "1,1,1", "twin": "1/10,1/10,1/10"})
    members = result.table("members").frame
    goes = dict(members.filter(members["forum"] == "chaired").select("member", "after").iter_rows())
    assert goes["USA"] > 0
    # issue one is decided by three fifths: nobody but the United States can move it there; two by consensus: all block
    cells = result.table("cells").frame
    alone = cells.filter((cells["issue"] == "one") & (cells["forum"] == "twin"))["after"].item()
    assert alone > 0


def test_the_members_choice_can_be_asked_for_alone(ask, institution):
    wide = institution(
        "wide",
        alias="Wide",
        members="[USA, CHN, JPN, IND, RUS, DEU]",
        weights="{USA: 30, CHN: 28, JPN: 16, IND: 14, RUS: 12, DEU: 10}",
    )
    whole = ask(wide, issues=("three",))
    own = ask(wide, issues=("three",), movers="members")
    assert own.provenance.options["movers"] == "members"
    assert own.values["before"]["wide"] >= 0
    assert whole.digest != own.digest


def test_quantal_choice_spreads_what_certain_choice_gives_to_one(ask, twin):
    spans = {"club": "60 %,60 %,60 %", "twin": SURE}
    sure, loose = (ask(twin, delivery=spans, precision=precision).table("cells").frame for precision in (None, 0.01))
    assert sure.filter(sure["forum"] == "twin")["after"].sum() == 0
    assert loose.filter(loose["forum"] == "twin")["after"].sum() > 0


def test_shares_have_intervals_and_the_same_seed_the_same_bytes(ask, twin):
    first = ask(twin)
    frame = first.table("forums").frame
    assert frame["share_low"].is_not_null().all()
    assert (frame["share_low"] <= frame["share_high"]).all()
    assert frame.filter(frame["stage"] == "after")["share"].sum() <= 1 + 1e-9
    assert ask(twin).digest == first.digest


def test_the_phase_diagram_has_its_corners(ask, twin):
    phases = ask(twin).values["phase"]
    assert {(each["rivalry"], each["common"]) for each in phases} >= {(0.0, 0.0), (2.0, 0.0), (0.0, 40.0), (2.0, 40.0)}
    assert len(phases) == 9


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"delivery": {"g9": SURE}}, UnknownName, "g9"),
        ({"delivery": {"twin": "0,1,2"}}, InputError, "--delivery.twin 0,1,2: nothing lies above 1."),
        ({"unknown": "1/2"}, InputError, "--unknown 1/2: these are not three numbers"),
        ({"per_member": "2,1,0"}, InputError, "--per-member 2,1,0: low, mode and high ascend."),
        ({"mandates": {"g9": "one"}}, UnknownName, "g9"),
        ({"mandates": {"twin": "seven"}}, UnknownName, "seven"),
        ({"forums": ("g99",)}, UnknownName, "g99"),
        ({"issues": ("seven",)}, UnknownName, "seven"),
        ({"weighs": "hats"}, UnknownName, "hats"),
    ],
)
def test_what_is_not_there_is_refused(ask, twin, options, error, message):
    with pytest.raises(error, match=message.split(":")[0]):
        ask(twin, **options)


def test_a_body_without_any_forum_beside_it_is_refused(ask):
    with pytest.raises(InputError, match="has no forum beside it"):
        ask()


def test_where_nobody_may_propose_or_block_nothing_moves(ask, institution):
    mute, dumb = (institution(name, alias=name, proposes="secretariat") for name in ("mute", "dumb"))
    with pytest.raises(NotComputable, match="can move an issue in these forums"):
        ask(dumb, body=mute, issues=("one",))


def test_the_rumoured_five_beside_the_shipped_forums(actors):
    result = co.analyse(co.load("g5"), "displacement", forums=("g7", "unga", "wto"), draws=100, grid=3)
    assert set(result.values["after"]) == {"g5", "g7", "unga", "wto"}
    frame = result.table("terms").frame
    assert dict(frame.select("forum", "basis").iter_rows())["g7"] == "record"
    assert any("No record of delivery" in caveat.en for caveat in result.caveats)
    assert "delivery.csv" in result.provenance.figures
    assert json.loads(json.dumps(result.as_json()))["kind"] == "analysis.displacement"
    for chart in result.charts:
        for lang in ("en", "zh"):
            assert "undefined" not in svg(chart, result.table(chart.table), Reader(lang, "cldr", actors))


def test_the_diagram_and_its_title_say_the_same():
    result = co.analyse(co.load("g5"), "displacement", against=[co.load("g7")], draws=200, grid=3)
    here = next(each["share"] for each in result.values["phase"] if (each["rivalry"], each["common"]) == (1, 0))
    assert result.findings[-1].figures["present"].value == here


def test_a_body_that_is_there_is_no_transition():
    result = co.analyse(co.load("g7"), "displacement", against=[co.load("g20")], draws=100, grid=3)
    assert "ransition" not in result.findings[-1].text.en
    assert result.findings[-1].text.en.startswith("G7 is first on")
