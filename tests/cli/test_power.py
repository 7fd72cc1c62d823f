"""``comity power``: typed games, files, and what comes of mistakes."""

import csv
import json
from fractions import Fraction

import pytest

import comity
from comity.cli import run
from comity.cli.power import answer
from comity.cli.votes import read_vote

MISTAKES = [
    (["67; 30, -28, 16"], "'-28': a weight cannot be negative."),
    (["67; 30, nan, 16"], "nan is not a number that can be counted"),
    (["67; 30, thirty"], "'thirty' is no weight"),
    (["67; 30, 7xy"], "7x5 stands for five members"),
    (["nan; 1, 2"], "The quota nan is no weight above 0."),
    (["[-3; 1, 2]"], "The quota -3 is no weight above 0."),
    (["0; 1, 2"], "A quota of 0 would carry what nobody supports."),
    (["9; 1, 2"], "The quota 9 can never be reached: all members together weigh 3."),
    (["1, 2", "--more-than", "100 %"], "can never be reached"),
    (["q; 1, 2"], "The quota 'q' is no number."),
    (["2; 0, 0"], "No member has any weight."),
    (["2;"], "There are no members."),
    (["30, 28, 16"], "there is no quota in it"),
    ([], "neither or both were given"),
    (["2; 1, 1", "--csv", "x.csv"], "neither or both were given"),
    (["2; 1, 1", "--quota", "1", "--more-than", "1/2"], "Both --quota and --more-than were given."),
    (["--csv", "missing.csv", "--quota", "1"], "there is no such file"),
    (["1; 1x1000000"], "More than 100,000 members."),
    (["2; 1, 1", "--index", "johnston"], ""),
]


@pytest.mark.parametrize(("tokens", "message"), MISTAKES)
def test_a_mistake_ends_in_one_message(tokens, message, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run(["power", *tokens]) == 2
    told = capsys.readouterr()
    assert message in told.err
    assert "Traceback" not in told.err + told.out


@pytest.mark.parametrize(
    "typed",
    [
        "67; 30, 28, 16, 14, 12",
        "67: 30 28 16 14 12",
        "[67; 30,28,16,14,12]",
        "67 % ; 30,28,16,14,12",
        "201/300: 30 28 16 14 12",
    ],
)
def test_one_game_in_several_spellings(typed):
    found = answer(read_vote(typed, None, None, None)).values
    assert found["banzhaf"] == pytest.approx([7 / 23, 7 / 23, 3 / 23, 3 / 23, 3 / 23], abs=1e-15)
    assert found["act"] == 9 / 32


def test_decimal_weights_are_exact():
    """0.1 + 0.2 reaches 0.3, as on paper."""
    found = answer(read_vote("0.3; 0.1, 0.2, 0.05", None, None, None), exact=True).values
    assert found["exact"]["banzhaf"] == [Fraction(1, 2), Fraction(1, 2), 0]
    assert found["vetoes"] == ["1", "2"]
    assert found["dummies"] == ["3"]


def test_more_than_half_is_more_than_half():
    passed = answer(read_vote("2, 1, 1", None, None, "1/2")).values
    reached = answer(read_vote("2, 1, 1", None, "1/2", None))
    assert passed["winning"] == "3"
    assert reached.values["winning"] == "5"
    assert any("two opposed coalitions may both carry" in caveat.en for caveat in reached.caveats)
    assert answer(read_vote("3; 5, 1, 1", None, None, "1/2")).values["dictators"] == ["1"]


def test_the_security_council_as_typed(capsys):
    assert run(["power", "[39; 7x5, 1x10]", "--json", "--exact"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["exact"]["shapley_shubik"][0] == "421/2145"
    assert found["winning"] == "848"
    assert found["vetoes"] == ["1", "2", "3", "4", "5"]


def test_a_file_of_members_and_a_table_to_write(tmp_path, capsys):
    given, written = tmp_path / "board.csv", tmp_path / "power.csv"
    given.write_text("\ufeffMember,Weight,note\nAlpha,50,x\nBeta,30,\nGamma,20,\n", encoding="utf-8")
    assert run(["power", "--csv", str(given), "--more-than", "50 %", "--out", str(written), "--lang", "both"]) == 0
    shown = capsys.readouterr().out
    assert "Nothing is carried without: Alpha" in shown
    assert "缺其不可者：Alpha" in shown
    with written.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert [(row["member"], row["weight"], row["banzhaf"]) for row in rows] == [
        ("Alpha", "50", "0.6"), ("Beta", "30", "0.2"), ("Gamma", "20", "0.2"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name,votes\nA,1\n", "It needs a first line with the columns member,weight"),
        ("member,weight\nA,1\nB,-2\n", "line 3, B: a weight cannot be negative"),
        ("member,weight\nA,1\nB,\n", "line 3, B: '' is no weight"),
        ("member,weight\nA,1\nA,2\n", "A stands there twice"),
        ("member,weight\nA,1\n,2\n", "line 3: the member has no name"),
        ("", "columns: none"),
        ("member,weight\n", "there are no members"),
        ("member,weight,weight\nA,1,2\n", "each once"),
        ("member;weight\nA;1\n", "with commas between"),
        ("member,weight\nA,1,5\n", "line 2: 3 cells, where the first line names 2"),
        ("member,weight\n\n\nA,x\n", "line 4, A: 'x' is no weight"),
        ('member,weight\n"A,1\n', "cannot be read as CSV"),
    ],
)
def test_what_is_wrong_in_a_file(tmp_path, capsys, text, message):
    file = tmp_path / "board.csv"
    file.write_text(text, encoding="utf-8")
    assert run(["power", "--csv", str(file), "--quota", "1"]) == 2
    assert message in capsys.readouterr().err


def test_the_fund_from_a_file(tmp_path, capsys):
    """190 members and five million votes: too many to count one by one, so doubles with a proven bound."""
    fund = comity.load("imf")
    file = tmp_path / "imf.csv"
    votes = fund.weights["votes"].values
    file.write_text("member,weight\n" + "".join(f"{name},{votes[name]}\n" for name in votes), encoding="utf-8")
    assert run(["power", "--csv", str(file), "--quota", "85 %", "--index", "banzhaf", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["vetoes"] == ["USA"]
    assert sum(found["banzhaf"]) == pytest.approx(1, abs=1e-12)
    assert max(found["banzhaf"]) < 0.03
    assert "act" not in found


def test_help_names_every_option(capsys):
    assert run(["power", "--help"]) == 0
    shown = capsys.readouterr().out
    for option in ("--csv", "--quota", "--more-than", "--index", "--exact", "--out", "--json"):
        assert option in shown


def test_names_in_chinese_behind_a_byte_order_mark(tmp_path, capsys):
    file = tmp_path / "中国.csv"
    file.write_text("\ufeffmember,weight\n中国,3\n美国,2\n日本,1\n", encoding="utf-8")
    assert run(["power", "--csv", str(file), "--quota", "3", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["members"] == ["中国", "美国", "日本"]


@pytest.mark.parametrize(
    ("typed", "code", "message"),
    [
        (["-3; 1, 2"], 2, "The quota -3 is no weight above 0"),
        (["2; 1, 1", "--foo"], 2, "no option --foo"),
        (["6; 9999999999999999999999, 1"], 3, "a number of 23 digits"),
        (["2; 1, nan"], 2, "nan is not a number"),
    ],
)
def test_an_error_is_said_and_with_json_is_json_as_well(capsys, typed, code, message):
    assert run(["power", *typed]) == code
    plain = capsys.readouterr()
    assert message in plain.err
    assert not plain.out
    assert run(["power", *typed, "--json"]) == code
    both = capsys.readouterr()
    assert both.err == plain.err
    told = json.loads(both.out)["error"]
    assert message in told["message"]
    assert told["exit_code"] == code


def test_an_option_that_cannot_be_read_is_json_too(capsys):
    assert run(["analyse", "power", "g5", "--nonsense", "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["exit_code"] == 2


def test_a_thousand_members_have_no_veto_players_soon(capsys):
    weights = " ".join(str(100 + place % 7) for place in range(1000))
    assert run(["power", f"50 %; {weights}", "--index", "banzhaf", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["vetoes"] == []
