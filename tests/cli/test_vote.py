"""``comity vote``: verdicts, who could flip and block, spellings of members, and what comes of mistakes."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest

import comity
from comity.cli import run
from comity.kernel.errors import InputError, UnknownName
from comity.library.places import shipped_names

UKRAINE = ["unsc", "--matter", "substantive", "--no", "RUS", "--abstain", "CHN,IND,ARE"]


def told(tokens: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    assert run(["vote", *tokens]) == 0
    return " ".join(capsys.readouterr().out.split())


def values(tokens: list[str], capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    assert run(["vote", *tokens, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_veto_of_one_permanent_member(capsys):
    found = values([*UKRAINE, "--on", "2022-02-25"], capsys)
    assert (found["adopted"], found["vetoed"], found["by"]) == (False, True, ["RUS"])
    assert found["counts"] == {"yes": 11, "no": 1, "abstain": 3, "not_participating": 0, "absent": 0, "objects": 0}
    assert (found["missing"], found["contested"], found["readings"]) == ([], False, {"as_written": "not_adopted"})
    assert found["flips"] == ["RUS"]
    assert found["blockers"] == ["CHN", "FRA", "RUS", "GBR", "USA"]
    assert (found["rule"], found["article"], len(found["electorate"])) == ("substantive", "Charter, Article 27(3)", 15)
    assert {"adopted", "vetoed", "by", "counts", "missing", "contested", "readings", "flips"} <= set(found)
    assert {"rule", "article", "electorate", "excluded"} <= set(found)


def test_without_a_day_it_is_the_last_on_which_all_those_named_were_members(capsys):
    assert values(UKRAINE, capsys)["on"] == "2022-12-31"
    said = told(UKRAINE, capsys)
    assert "Not adopted: vetoed by Russia; the threshold was reached. 11 in favour, 1 against, 3 abstaining." in said
    assert "Russia alone could have changed the outcome." in said
    assert "Read on 2022-12-31, the last day on which all those named were members" in said


def test_a_qualified_majority_tells_its_margin_and_how_many_block(capsys):
    found = values(["eu-council", "--no", "HUN", "--absent", "MLT"], capsys)
    assert (found["adopted"], found["vetoed"], found["flips"], found["blockers"]) == (True, False, [], [])
    assert found["block_with"] == 4
    said = told(["eu-council", "--no", "HUN", "--absent", "MLT"], capsys)
    assert "25 in favour, 1 against, 1 absent." in said
    assert "it takes at least 4 members to block" in said
    assert "No matter was named: the first of eu-council was taken, “legislation”" in said
    assert "Weights: Eurostat" in said


def test_where_readings_disagree_nothing_is_claimed_until_one_is_chosen(capsys):
    johannesburg = ["g20", "--absent", "USA", "--abstain", "ARG", "--on", "2025-11-22"]
    found = values(johannesburg, capsys)
    assert (found["adopted"], found["contested"]) == (None, True)
    assert found["readings"] == {"members_present": "adopted", "all_members": "not_adopted"}
    chosen = values([*johannesburg, "--reading", "all_members"], capsys)
    assert (chosen["adopted"], chosen["flips"], chosen["readings"]) == (False, ["USA"], found["readings"])
    assert values([*johannesburg, "--reading", "members_present"], capsys)["adopted"] is True
    assert "Contested: adopted on the reading “consensus of those present”, not adopted" in told(johannesburg, capsys)


@pytest.mark.parametrize("russia", ["RUS", "rus", "Russia", "Russian Federation", "俄罗斯"])
def test_members_are_found_in_any_spelling(russia, capsys):
    assert values(["unsc", "--matter", "substantive", "--no", russia], capsys)["by"] == ["RUS"]


def test_every_choice_has_its_option_and_the_others_choose_what_is_asked(capsys):
    options = ["--yes", "FRA", "GBR", "--no", "RUS", "--objects", "USA", "--abstain", "DNK", "--absent", "GRC"]
    found = values(["unsc", "--rule", "procedural", *options, "--not-participating", "CHN", "--others", "no"], capsys)
    assert found["counts"] == {"yes": 2, "no": 9, "abstain": 1, "not_participating": 1, "absent": 1, "objects": 1}
    assert [each["missing"] for each in found["missing"]] == ["7"]
    other = values(["unsc", "--rule", "procedural", "--others", "not-participating"], capsys)
    assert other["counts"]["not_participating"] == 15


def test_a_party_to_the_dispute_must_abstain_where_the_rule_says_so(capsys):
    party = ["--no", "RUS", "--excluded", "RUS=party_to_dispute"]
    found = values(["unsc", "--rule", "pacific_settlement", *party], capsys)
    assert (found["adopted"], found["vetoed"], found["excluded"]) == (True, False, {"RUS": "party_to_dispute"})
    assert (found["counts"]["abstain"], "RUS" in found["electorate"], "RUS" in found["blockers"]) == (1, True, False)
    assert "Russia must abstain: party to the dispute." in told(
        ["unsc", "--rule", "pacific_settlement", *party], capsys
    )
    said = told(["unsc", "--matter", "substantive", *party], capsys)
    assert "vetoed by Russia" in said
    assert "Russia votes: the rule names no ground “party to the dispute”" in said


def test_a_fallback_is_asked_of_the_same_ballots(capsys):
    found = values(["opcw", "--rule", "consensus", "--no", "RUS"], capsys)
    assert (found["adopted"], found["remedy"]["outcome"]) == (False, "adopted")
    assert "After 24 hours it may be decided by" in told(["opcw", "--rule", "consensus", "--no", "RUS"], capsys)


def test_approval_is_a_condition_and_no_veto(capsys):
    found = values(["board-of-peace", "--abstain", "USA"], capsys)
    assert (found["adopted"], found["vetoed"], found["by"]) == (False, False, [])
    assert [each["of"] for each in found["missing"]] == ["approval"]
    assert "Not adopted: the approval of the United States is lacking." in told(
        ["board-of-peace", "--abstain", "USA"], capsys
    )


def test_chinese_is_whole(capsys):
    said = told([*UKRAINE, "--lang", "zh"], capsys)
    assert "未通过：被俄罗斯否决" in said
    assert "仅俄罗斯单独改变选择即可改变结果" in said
    assert "in favour" not in said


MISTAKES = [
    (["unsc", "--no", "Atlantis"], "No state or body is called 'Atlantis'."),
    (["unsc", "--no", "Korea"], "ambiguous"),
    (
        ["unsc", "--no", "DEU", "--on", "2026-02-06"],
        "DEU (DEU) is not a member of unsc on 2026-02-06. Its members: CHN",
    ),
    (["unsc", "--no", "RUS", "--abstain", "Russia"], "Russia (RUS) is named twice: no and abstain."),
    (["unsc", "--no", "RUS,RUS"], "RUS (RUS) is named twice: no, twice."),
    (["unsc", "--matter", "substanse"], "There is no matter in unsc 'substanse'. Did you mean substantive?"),
    (["unsc", "--rule", "nine"], "There is no rule in unsc 'nine'."),
    (["unsc", "--rule", "procedural", "--matter", "procedural"], "Both a matter and a rule are named."),
    (["unsc", "--others", "maybe"], "There is no choice 'maybe'."),
    (["unsc", "--excluded", "RUS"], "--excluded RUS: no ground is given. Write it as RUS=party_to_dispute."),
    (["unsc", "--excluded", "RUS=laziness"], "There is no ground 'laziness'."),
    (["unsc", "--reading", "mine"], "There is no reading of the rule"),
    (["unsc", "--on", "yesterday"], "this is not a date"),
    (["unsc", "--on", "1800-01-01"], "are not known"),
    (["no-such-body"], "There is no charter 'no-such-body'."),
]


@pytest.mark.parametrize(
    ("tokens", "message"), MISTAKES, ids=lambda each: " ".join(each) if isinstance(each, list) else ""
)
def test_a_mistake_ends_in_one_message(tokens, message, capsys):
    assert run(["vote", *tokens]) == 2
    found = capsys.readouterr()
    assert message in " ".join(found.err.split())
    assert "Traceback" not in found.err + found.out


def test_the_seat_of_a_former_state_and_of_a_constituency_is_told():
    council, board = comity.load("unsc-1945"), comity.load("imf-board")
    with pytest.raises(InputError, match="Its seat was held by SUN"):
        comity.vote(council, no=["Russia"], on=datetime.date(1950, 6, 25))
    with pytest.raises(InputError, match="It acts through ITALY: name that"):
        comity.vote(board, no=["Greece"])


def test_the_python_door_takes_names_matters_and_rules():
    five = comity.load("g5")
    first = comity.vote(five, rule="budget", no=["Japan"])
    assert first.values["ballots"]["JPN"] == "no"
    assert comity.vote(five, rule="budget", no="JPN").digest == first.digest
    with pytest.raises(InputError, match="is no institution"):
        comity.vote("unsc")  # type: ignore[arg-type]
    with pytest.raises(UnknownName):
        comity.vote(five, "nothing")


@pytest.mark.parametrize("name", shipped_names("charter"))
def test_every_rule_of_a_charter_can_be_voted_on(name):
    body = comity.load(name)
    for rule in body.rules:
        found = comity.vote(body, rule=rule)
        assert found.values["adopted"] is True, rule
        assert found.values["vetoed"] is False
        assert found.tables[-1].frame.height == len(body.members_on(body.as_of))


def test_a_group_of_seats_is_named_by_its_title_too(capsys):
    for title in ("Developed country Parties (twelve seats)", "发达国家缔约方（十二席）"):
        assert values(["gcf", "--no", title], capsys)["ballots"]["DEVELOPED"] == "no"


def test_the_only_matter_and_a_rule_that_is_disputed_with_one_reading_are_told_as_such(capsys):
    assert "No matter was named: g20 has one only, “declaration”." in told(["g20"], capsys)
    shown = told(["board-of-peace"], capsys)
    assert "The rule is disputed; it is applied as written." in shown
    assert "with the approval of the United States" in shown
