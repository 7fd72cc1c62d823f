"""``comity diff`` in process: what users type, what they see, and what comes of their mistakes."""

import json

import pytest

from comity.cli import run

MISTAKES = [
    (["diff", "g7"], "g7 would be compared with itself on 2026-02-06."),
    (["diff", "g7", "g77"], "There is no charter 'g77'"),
    (["diff", "unsc", "--from", "then"], "--from then: this is not a date."),
    (["diff", "unsc", "--on", "2024-01-01,2025-01-01,2026-01-01"], "more than two days"),
    (["diff", "unsc", "--on", "2024-01-01,never"], "--on never: this is not a date."),
    (["diff", "unsc", "--on", "2024-01-01", "--to", "2025-01-01"], "says a day twice"),
]


@pytest.mark.parametrize(
    ("tokens", "message"), MISTAKES, ids=lambda value: " ".join(value) if isinstance(value, list) else ""
)
def test_a_mistake_ends_in_one_message(tokens, message, capsys):
    assert run(tokens) == 2
    told = capsys.readouterr().err
    assert message in told
    assert "Traceback" not in told


def test_two_charters_part_by_part(capsys):
    assert run(["diff", "g7", "g5"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Group of Seven (2026-02-06) → Group of Five (as rumoured) (2026-02-06)"
    assert lines[lines.index("Members") + 1].startswith("  only in G7 (5): Canada")
    assert lines.index("Members") < lines.index("How each matter is decided") < lines.index("Exit")


def test_two_languages(capsys):
    assert run(["diff", "g7", "g5", "--lang", "both"]) == 0
    shown = capsys.readouterr().out
    assert "仅见于G7（5）：加拿大、法国、德国、意大利和英国" in shown
    assert "only in G7 (5)" in shown


def test_two_days_of_one_charter_and_of_a_file(tmp_path, capsys):
    assert run(["diff", "unsc", "--on", "2025-06-01,2026-06-01"]) == 0
    dated = capsys.readouterr().out
    assert run(["diff", "unsc", "--from", "2025-06-01", "--to", "2026-06-01"]) == 0
    assert capsys.readouterr().out == dated
    assert "left (5): Algeria" in dated
    club = tmp_path / "club.yaml"
    text = (
        "comity: 1\ntitle: {en: Club}\nstatus: proposed\nas_of: 2026-01-01\nmembers: [FRA, DEU, ITA]\n"
        "rules: {all: {kind: majority, at_least: 2/3, of: present_and_voting}}\n"
    )
    club.write_text(text, encoding="utf-8")
    other = tmp_path / "other.yaml"
    other.write_text(
        text.replace(
            "kind: majority, at_least: 2/3, of: present_and_voting", "kind: consensus, objection: members_present"
        ),
        encoding="utf-8",
    )
    assert run(["diff", str(club), str(other)]) == 0
    assert "all: at least 2/3 of those present and voting → consensus of those present" in capsys.readouterr().out


def test_json_lists_path_part_old_new_and_words(capsys):
    assert run(["diff", "g7", "g5", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["kind"] == "study.diff"
    assert {"path", "part", "old", "new", "words"} == set(answer["differences"][0])
    found = {each["path"]: each for each in answer["differences"]}
    assert found["members.CAN"]["old"] == "CAN"
    assert found["members.CAN"]["new"] is None
    assert found["exit"]["new"] == {"notice": "12 months"}
    assert found["rules.budget.weights"]["new"]["USA"] == "30"
    assert len(answer["tables"]["differences"]) == len(answer["differences"])
    assert set(answer["provenance"]["charters"]) == {"g5", "g7"}
