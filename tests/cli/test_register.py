"""``comity register``: what each command records, shows and refuses."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from comity.cli import run

NOW = ("--now", "2026-03-01T09:00Z")
TABLED = '{"kind":"proposal_tabled","on":"2026-03-01","question":"Q1","matter":"energy"}'
VOTED = '{"kind":"votes_recorded","on":"2026-03-01","question":"Q1","others":"yes","no":["USA"]}'


@pytest.fixture
def place(tmp_path: Path, capsys) -> str:
    at = str(tmp_path / "g5.db")
    assert run(["register", "new", at, "--charter", "g5", *NOW]) == 0
    capsys.readouterr()
    return at


def say(place: str, event: str, *more: str) -> int:
    return run(["register", "append", place, "--event", event, *NOW, *more])


def as_json(capsys) -> dict:
    return json.loads(capsys.readouterr().out)


def test_a_register_is_founded_with_a_key_for_every_seat(tmp_path: Path, capsys):
    at = tmp_path / "g5.db"
    assert run(["register", "new", str(at), "--charter", "g5", "--seats", "verifier:IEA", *NOW]) == 0
    told = capsys.readouterr().out
    assert "Hand every delegation its own" in told
    files = sorted(path.name for path in (tmp_path / "g5.keys").iterdir())
    assert files[0] == "chair.pem"
    assert {"register.pem", "secretariat.pem", "member_JPN.pem", "verifier_IEA.pem"} <= set(files)
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "g5.keys").iterdir()} == {0o600}


def test_a_register_is_never_founded_over_another(place: str, capsys):
    assert run(["register", "new", place, "--charter", "g5", *NOW]) == 2
    assert "is there already. Name a new file" in capsys.readouterr().err


def test_what_the_law_rules_is_printed_in_words(place: str, capsys):
    assert say(place, TABLED, "--seat", "member:JPN") == 0
    assert say(place, VOTED, "--lang", "both") == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "1 2026-03-01 Japan: proposal tabled (question: Q1, matter: energy)" in told
    assert "→ Q1: adopted; 4 yes, 1 no" in told
    assert "→ Q1：通过；赞成4、反对1" in told


def test_an_irregular_act_is_recorded_and_flagged(place: str, capsys):
    assert say(place, VOTED) == 0
    assert "! void: there is no question 'Q1'" in " ".join(capsys.readouterr().out.split())


def test_the_same_request_counts_once(place: str, capsys):
    assert say(place, TABLED, "--seat", "member:JPN", "--request", "r1", "--json") == 0
    first = as_json(capsys)
    assert say(place, TABLED, "--seat", "member:JPN", "--request", "r1", "--json") == 0
    again = as_json(capsys)
    assert (first["number"], first["again"], again["number"], again["again"]) == (1, False, 1, True)
    assert say(place, TABLED.replace("Q1", "Q2"), "--seat", "member:JPN", "--request", "r1") == 2
    assert "member:JPN made another statement as request r1: entry 1. Give every" in capsys.readouterr().err


def test_a_seat_does_not_act_for_another(place: str, capsys):
    event = TABLED.replace("{", '{"by":"member:IND",', 1)
    assert say(place, event, "--seat", "member:JPN") == 2
    assert capsys.readouterr().err == (
        "member:JPN cannot act for member:IND. Each seat signs its own acts; minutes of others' acts need a register "
        "that was founded with --minutes.\n"
    )


def test_minutes_let_the_secretariat_record_the_acts_of_others(tmp_path: Path, capsys):
    at = str(tmp_path / "minutes.db")
    assert run(["register", "new", at, "--charter", "g5", "--minutes", *NOW]) == 0
    assert say(at, TABLED.replace("{", '{"by":"member:IND",', 1), "--seat", "secretariat") == 0
    assert "India: proposal tabled" in capsys.readouterr().out


def test_a_statement_on_an_older_state_is_refused_where_asked(place: str, capsys):
    assert say(place, TABLED, "--seat", "member:JPN") == 0
    assert say(place, VOTED, "--only-if-unchanged", "1") == 2
    assert "The register has moved on: 2 entries, not 1." in capsys.readouterr().err
    assert say(place, VOTED, "--only-if-unchanged", "2") == 0
    assert say(place, VOTED, "--only-if-unchanged", "two") == 2
    assert "--only-if-unchanged two: this is no number of entries." in capsys.readouterr().err


def test_events_come_from_a_file_and_the_wrong_one_is_named(place: str, tmp_path: Path, capsys):
    file = tmp_path / "events.yaml"
    file.write_text(
        "events:\n- {kind: proposal_tabled, on: 2026-03-01, by: 'member:JPN', question: Q1, matter: energy}\n"
        "- {kind: ballot_cast, on: 2026-03-01, by: 'member:IND', question: Q1}\n",
        encoding="utf-8",
    )
    assert run(["register", "append", place, "--file", str(file), *NOW]) == 2
    told = capsys.readouterr()
    assert "Japan: proposal tabled" in told.out
    assert f"{file}, event 2: This is no event: ballot_cast.choice: field required." in told.err


def test_events_come_as_lines_of_json(place: str, tmp_path: Path, capsys):
    file = tmp_path / "events.jsonl"
    file.write_text(f"{TABLED}\n{VOTED}\n", encoding="utf-8")
    assert run(["register", "append", place, "--file", str(file), "--json", *NOW]) == 0
    assert [each["number"] for each in as_json(capsys)["entries"]] == [1, 2]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "Name one event with --event, or a file of events with --file."),
        (("--event", "[]"), "--event holds no events."),
        (("--event", '{"kind": "ballot_kast", "on": "2026-03-01"}'), "There is no kind of event 'ballot_kast'."),
        (("--event", "{}", "--now", "noon"), "--now noon: this is no instant. Write it as 2026-03-01T09:00Z."),
        (("--event", TABLED, "--seat", "member:FRA"), "There is no key in this folder for the seat 'member:FRA'."),
        (("--event", TABLED.replace("2026", "26"), "--seat", "chair"), "This is no event: proposal_tabled.on:"),
        (("--file", "none.yaml"), "none.yaml cannot be read: No such file or directory."),
    ],
)
def test_what_cannot_be_recorded_is_told(place: str, options: tuple[str, ...], said: str, capsys):
    assert run(["register", "append", place, *options]) == 2
    assert said in capsys.readouterr().err


def test_a_register_that_is_not_there_is_told_before_its_keys(tmp_path: Path, capsys):
    assert say(str(tmp_path / "none.db"), TABLED) == 2
    assert "There is no register" in capsys.readouterr().err


def test_status_due_clause_and_member(place: str, capsys):
    assert say(place, TABLED, "--seat", "member:JPN") == 0
    capsys.readouterr()
    assert run(["register", "status", place, "--json"]) == 0
    assert as_json(capsys)["open_questions"] == ["Q1"]
    assert run(["register", "status", place, "--lang", "zh"]) == 0
    assert "待决问题：Q1" in capsys.readouterr().out
    assert run(["register", "due", place, "--on", "2028-12-31"]) == 0
    assert "2028-12-31  oil_stocks, India: due and not yet verified" in capsys.readouterr().out
    assert run(["register", "due", place, "--on", "2026-04-01"]) == 0
    assert "Nothing falls due by itself until 2026-04-01." in capsys.readouterr().out
    assert run(["register", "due", place, "--on", "2020-01-01"]) == 2
    assert "Name a later day." in capsys.readouterr().err
    assert run(["register", "clause", place, "oil_stocks"]) == 0
    assert "Japan: in force since" in capsys.readouterr().out
    assert run(["register", "clause", place, "oil_stock"]) == 2
    assert "There is no clause 'oil_stock'. Did you mean oil_stocks?" in capsys.readouterr().err
    assert run(["register", "member", place, "JPN", "--json"]) == 0
    told = as_json(capsys)
    assert told["clauses"] == {"oil_stocks": "in_force"}
    assert [each["number"] for each in told["entries"]] == [1]
    assert run(["register", "member", place, "FRA"]) == 2
    assert "There is no member 'FRA'." in capsys.readouterr().err


def test_verify_exits_with_0_1_or_2(place: str, tmp_path: Path, capsys):
    assert say(place, TABLED, "--seat", "member:JPN") == 0
    assert run(["register", "verify", place, "--json"]) == 0
    capsys.readouterr()
    with sqlite3.connect(place) as raw:
        raw.execute("UPDATE entries SET content = replace(content, 'energy', 'enargy') WHERE number = 1")
    raw.close()
    assert run(["register", "verify", place, "--only", "chain"]) == 1
    told = " ".join(capsys.readouterr().out.split())
    assert told.startswith("✗ 2 entries of the register")
    assert "not verified: keys, signatures and order; the rulings of the law" in told
    (tmp_path / "no.db").write_text("This is no database.", encoding="utf-8")
    assert run(["register", "verify", str(tmp_path / "no.db")]) == 2


def test_a_checkpoint_kept_elsewhere_shows_a_truncation(place: str, tmp_path: Path, capsys):
    kept = tmp_path / "kept"
    assert say(place, TABLED, "--seat", "member:JPN") == 0
    assert run(["register", "checkpoint", place, "--to", str(kept)]) == 0
    assert kept.read_text(encoding="utf-8").startswith("comity-register/")
    assert run(["register", "verify", place, "--checkpoint", str(kept)]) == 0
    with sqlite3.connect(place) as raw:
        raw.execute("DELETE FROM entries WHERE number = 1")
    raw.close()
    capsys.readouterr()
    assert run(["register", "verify", place, "--checkpoint", str(kept), "--json"]) == 1
    assert "truncated" in {fault["what"] for fault in as_json(capsys)["faults"]}
    kept.write_text("no checkpoint", encoding="utf-8")
    assert run(["register", "verify", place, "--checkpoint", str(kept)]) in {1, 2}


def test_a_seat_countersigns_what_continues_its_last_checkpoint(place: str, capsys):
    assert run(["register", "countersign", place, "--seat", "member:JPN"]) == 0
    assert say(place, TABLED, "--seat", "member:JPN") == 0
    capsys.readouterr()
    assert run(["register", "countersign", place, "--seat", "member:JPN", "--json"]) == 0
    told = as_json(capsys)
    assert told["size"] == 2
    assert told["continues"].endswith("member_JPN.checkpoint")
    assert run(["register", "verify", place, "--json"]) == 0
    assert as_json(capsys)["countersigned"] == {"member:JPN": 2}


def test_keys_are_rotated_revoked_and_registered_again(place: str, capsys):
    day = ("--on", "2026-03-02", *NOW)
    assert run(["register", "key", "rotate", place, "member:JPN", *day]) == 0
    assert say(place, TABLED, "--seat", "member:JPN") == 0
    assert run(["register", "key", "rotate", place, "register", *day]) == 0
    assert run(["register", "key", "revoke", place, "member:USA", "--reason", "lost", *day]) == 0
    assert run(["register", "key", "revoke", place, "member:USA", "--reason", "lost", *day]) == 2
    assert "There is no seat with a valid key 'member:USA'." in capsys.readouterr().err
    assert say(place, TABLED.replace("Q1", "Q2"), "--seat", "member:USA") == 2
    assert "of member:USA ended with entry 4" in capsys.readouterr().err
    assert run(["register", "key", "register", place, "member:USA", *day]) == 0
    assert say(place, TABLED.replace("Q1", "Q2"), "--seat", "member:USA") == 0
    capsys.readouterr()
    assert run(["register", "verify", place]) == 0
    assert "registered another key after a revocation for member:USA" in " ".join(capsys.readouterr().out.split())


def test_a_delegation_makes_its_key_on_its_own_machine(place: str, tmp_path: Path, capsys):
    own = tmp_path / "drawer"
    assert run(["register", "key", "new", "verifier:IEA", "--to", str(own), "--json"]) == 0
    public = as_json(capsys)["public"]
    assert run(["register", "key", "possession", place, "verifier:IEA", "--file", str(own)]) == 0
    shown = as_json(capsys)
    assert shown["key"] == public
    options = ("--public", public, "--possession", shown["possession"], "--on", "2026-03-02", *NOW)
    assert run(["register", "key", "register", place, "verifier:IEA", *options]) == 0
    assert run(["register", "key", "register", place, "verifier:IEA", *options]) == 2


def test_evidence_is_kept_beside_the_entry_that_holds_its_digest(place: str, tmp_path: Path, capsys):
    file = tmp_path / "stocks.csv"
    file.write_text("month,days\n2026-02,84\n", encoding="utf-8")
    options = ("--on", "2026-03-02", "--source", "IEA", "--clause", "oil_stocks", "--member", "JPN", *NOW)
    assert run(["register", "evidence", place, str(file), *options]) == 0
    assert run(["register", "evidence", place, str(file), *options]) == 2
    assert "Evidence stocks.csv was submitted in entry 1." in capsys.readouterr().err
    with sqlite3.connect(place) as raw:
        kept = [row[0] for row in raw.execute("SELECT content FROM documents")]
    raw.close()
    assert file.read_bytes() in kept


def test_a_correction_stands_beside_the_entry(place: str, capsys):
    assert say(place, TABLED, "--seat", "member:JPN") == 0
    options = ("--says", "Meant Q2.", "--on", "2026-03-02", "--intended", "question=Q2", "--seat", "member:JPN", *NOW)
    assert run(["register", "correct", place, "1", *options]) == 0
    assert run(["register", "correct", place, "9", *options]) == 2
    assert "Entry 9 is not there yet." in capsys.readouterr().err
    assert run(["register", "correct", place, "1", *options[:-2], "--intended", "Q2"]) == 2
    assert "--intended Q2: this is no field with a value." in capsys.readouterr().err
    assert run(["register", "status", place, "--json"]) == 0
    assert as_json(capsys)["corrected"] == [1]


def test_watch_prints_every_entry_once(place: str, capsys):
    assert say(place, TABLED, "--seat", "member:JPN") == 0
    capsys.readouterr()
    assert run(["register", "watch", place, "--once"]) == 0
    assert "register founded" in capsys.readouterr().out
    assert run(["register", "watch", place, "--once", "--since", "1", "--json"]) == 0
    assert as_json(capsys)["event"]["question"] == "Q1"


def test_a_text_is_generated_and_issued(place: str, tmp_path: Path, capsys):
    to = tmp_path / "charter.txt"
    assert run(["register", "text", place, "--on", "2026-04-01", "--issue", "--to", str(to), *NOW]) == 0
    assert "Group of Five" in to.read_text(encoding="utf-8")
    assert run(["register", "text", place, "--lang", "zh"]) == 0
    assert "五国集团" in capsys.readouterr().out
    assert run(["register", "text", place, "--issue"]) == 2
    assert "A text is issued in one language, on a day." in capsys.readouterr().err
    wrong = {"kind": "text_issued", "on": "2026-04-01", "instrument": "charter", "lang": "en", "digest": "0" * 64}
    assert say(place, json.dumps(wrong)) == 2
    assert "The digest 0000000000000000... is not that of the text of charter in 'en'" in capsys.readouterr().err
    assert run(["register", "verify", place]) == 0


def test_exports_in_the_forms_of_others(place: str, tmp_path: Path, capsys):
    assert say(place, TABLED, "--seat", "member:JPN") == 0
    assert say(place, VOTED) == 0
    capsys.readouterr()
    assert run(["register", "popolo", place]) == 0
    assert as_json(capsys)["vote_events"]
    assert run(["register", "iati", place]) == 0
    assert capsys.readouterr().out.startswith("transaction-ref,")
    assert run(["register", "akoma-ntoso", place, "--to", str(tmp_path / "a.xml"), "--lang", "zh"]) == 0
    assert "五国集团" in (tmp_path / "a.xml").read_text(encoding="utf-8")
    assert run(["register", "akoma-ntoso", place, "Q1"]) == 0
    assert run(["register", "akoma-ntoso", place, "Q2"]) == 2
    assert run(["register", "iati", place, "--to", str(tmp_path / "no" / "x.csv")]) == 4


def test_scores_are_measured(place: str, capsys):
    given = {
        "kind": "score_given",
        "on": "2026-03-02",
        "commitment": "oil_stocks",
        "assessor": "rg",
        "guideline": "2024",
    }
    assert run(["register", "scores", place]) == 2
    assert "No score was given in this register." in capsys.readouterr().err
    assert say(place, json.dumps({**given, "assessed": "JPN", "score": 0})) == 0
    assert say(place, json.dumps({**given, "assessed": "IND", "score": 1})) == 0
    capsys.readouterr()
    assert run(["register", "scores", place, "--json"]) == 0
    assert as_json(capsys)["compliance"] == {"IND": 1.0, "JPN": 0.5}


def test_help_loads_neither_the_database_nor_the_cryptography():
    code = (
        "import sys; from comity.cli import run; run(['--help']); run(['register', '--help']);"
        "sys.exit(bool({'sqlalchemy', 'cryptography', 'numpy'} & set(sys.modules)))"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, env=os.environ).returncode == 0
    )
