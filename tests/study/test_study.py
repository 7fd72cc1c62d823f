"""The main job: a study from file to dossier, whole, the same each time, and never half-written."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from comity.cli import run as command
from comity.kernel.errors import DocumentError
from comity.model.analysis import ANALYSES
from comity.study import ask
from comity.study.run import find_study
from comity.study.spec import read_study

SMALL = """\
comity: 1
title: {en: Who decides in the five?, zh: 五国谁说了算？}
charters: [g5]
against: [g7]
items:
  - ask: analysis.membership
  - ask: selection.acceptability
    with: {draws: 400}
  - ask: analysis.absence
answer: [selection.acceptability]
numbers: [{ask: selection.acceptability, figure: p_exact_set, label: {en: of weightings, zh: 的权重}}]
"""


@pytest.fixture
def small(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "small.yaml").write_text(SMALL, encoding="utf-8")
    return tmp_path


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_study_file_makes_a_whole_result_folder_twice_the_same(small, capsys):
    assert command(["study", "small.yaml", "--lang", "both"]) == 0
    shown = capsys.readouterr().out
    first = files(small / "out" / "small")
    assert {"dossier.html", "result.json"} <= set(first)
    assert any(name.startswith("tables/") and name.endswith(".csv") for name in first)
    assert any(name.startswith("tables/") and name.endswith(".parquet") for name in first)
    assert any(name.endswith(".svg") for name in first)
    assert any(name.endswith(".vl.json") for name in first)
    result = json.loads(first["result.json"])
    assert result["digest"][:12] in shown
    assert [each["kind"] for each in result["results"]] == [
        "analysis.membership",
        "selection.acceptability",
        "analysis.absence",
    ]
    page = first["dossier.html"].decode()
    assert "press rumour" in page
    assert "媒体传闻" in page
    assert "<script" not in page
    assert command(["study", "small.yaml", "--lang", "both"]) == 0
    assert files(small / "out" / "small") == first


@pytest.mark.usefixtures("small")
def test_another_seed_gives_another_digest_and_draws_are_laid_over(capsys):
    assert command(["study", "small.yaml", "--json", "--draws", "300", "--seed", "2"]) == 0
    one = json.loads(capsys.readouterr().out)
    assert one["results"][1]["draws"] == 300
    assert command(["study", "small.yaml", "--json", "--draws", "300", "--seed", "3"]) == 0
    assert json.loads(capsys.readouterr().out)["digest"] != one["digest"]


def test_the_shipped_study_and_the_standard_one_are_found():
    name, study = find_study("g5", ("g7",))
    assert (name, study.charters, study.against) == ("g5-against-g7", ("g5",), ("g7",))
    name, study = find_study("brics", ("g7", "g20"))
    assert (name, study.charters, study.against) == ("brics-against-g7-g20", ("brics",), ("g7", "g20"))
    assert study.title.en == "BRICS"


def test_every_problem_of_a_study_is_told_at_once():
    text = SMALL.replace("analysis.membership", "analysis.membrship").replace("draws: 400", "drwas: 400")
    with pytest.raises(DocumentError) as told:
        read_study(text, "s.yaml")
    message = str(told.value)
    assert "s.yaml:6:" in message
    assert "analysis.membership" in message
    assert "s.yaml:8:" in message
    assert "drwas" in message


def test_an_unwritable_folder_is_told_and_nothing_is_left(small, capsys):
    (small / "out").write_text("a file where the folder should be")
    assert command(["study", "small.yaml"]) == 4
    assert "out" in capsys.readouterr().err
    assert (small / "out").read_text() == "a file where the folder should be"


def test_a_folder_of_the_user_is_not_overwritten(small, capsys):
    (small / "mine").mkdir()
    (small / "mine" / "notes.txt").write_text("do not lose me")
    assert command(["study", "small.yaml", "--out", "mine"]) == 4
    assert (small / "mine" / "notes.txt").read_text() == "do not lose me"
    capsys.readouterr()


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
def test_an_interrupted_study_leaves_the_old_answer_whole(small, capsys):
    assert command(["study", "small.yaml"]) == 0
    before = files(small / "out" / "small")
    (small / "small.yaml").write_text(SMALL.replace("draws: 400", "draws: 5000000"), encoding="utf-8")
    code = "from comity.cli import main; main(['study', 'small.yaml'])"
    running = subprocess.Popen([sys.executable, "-c", code], cwd=small, stderr=subprocess.PIPE, text=True)
    time.sleep(3.0)
    running.send_signal(signal.SIGINT)
    told = running.communicate(timeout=30)[1]
    assert running.returncode == 130, told
    assert "Traceback" not in told
    assert files(small / "out" / "small") == before
    assert sorted(path.name for path in (small / "out").iterdir()) == ["small"]
    capsys.readouterr()


@pytest.mark.parametrize("question", ["cost-benefit", "cost_benefit", "analysis.cost_benefit"])
def test_a_question_is_found_as_the_command_line_writes_it(question):
    assert ask.analysis(question, {}).kind == "analysis.cost_benefit"


def test_no_option_of_an_analysis_takes_a_name_that_every_command_has():
    common = {"charter", "institution", "against", "seed", "on", "lang", "names", "figures", "json", "stakes", "world"}
    for kind in ANALYSES.members():
        assert not common & set(ANALYSES.get(kind).model_fields), kind
