"""The command line in process: what users type, what they see, and what comes of their mistakes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from comity.cli import run

MISTAKES = [
    (["study", "nowhere"], "There is no charter 'nowhere'"),
    (["study", "g5", "--against", "g77"], "There is no charter 'g77'"),
    (["check", "missing.yaml"], "missing.yaml: there is no such file."),
    (["check"], "No charter was named."),
    (["analyse", "power", "g5", "--rule", "budgte"], "Did you mean budget"),
    (["analyse", "power", "g5", "--on", "yesterday"], "--on yesterday: this is not a date."),
    (["analyse", "absence", "g5", "--member", "FRA"], "FRA"),
    (["data", "get", "gdp"], "There is no indicator 'gdp'. Did you mean gdp_usd"),
    (["data", "get", "gdp_usd", "--states", "Korea"], "The name 'Korea' is ambiguous."),
    (["data", "get", "gdp_usd", "--years", "then"], "this is not a span of years"),
    (["data", "states", "Atlantis"], "No state or body is called 'Atlantis'."),
    (["new", "a/b"], "'a/b' is no name for a file."),
    (["study", "g5", "--figures", "none.csv"], "none.csv"),
    (["select", "g5", "--seats", "0"], "seats"),
]


@pytest.mark.parametrize(
    ("tokens", "message"), MISTAKES, ids=lambda value: " ".join(value) if isinstance(value, list) else ""
)
def test_a_mistake_ends_in_one_message(tokens, message, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run(tokens) == 2
    told = capsys.readouterr().err
    assert message in told
    assert "Traceback" not in told
    assert list(tmp_path.iterdir()) == []


def test_unknown_options_and_commands_are_refused_with_code_2(capsys):
    assert run(["study", "g5", "--colour", "red"]) == 2
    assert run(["stduy"]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_check_lists_every_problem_and_json_tells_them(tmp_path, capsys):
    club = tmp_path / "club.yaml"
    club.write_text("comity: 1\ntitle: {en: Club}\nstatus: rumored\nas_of: 2026-01-01\nmembers: [USA, UK]\nrules: {}\n")
    assert run(["check", str(club), "g7"]) == 2
    shown = capsys.readouterr()
    assert "g7: sound" in shown.out
    assert f"{club}:3:" in shown.err
    assert "GBR (United Kingdom)" in shown.err
    assert run(["check", str(club), "--json"]) == 2
    problems = json.loads(capsys.readouterr().out)["problems"]
    assert [problem["line"] for problem in problems] == sorted(problem["line"] for problem in problems)


def test_a_new_charter_is_a_sound_copy_and_overwrites_nothing(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run(["new", "my-club", "--from", "g5"]) == 0
    text = (tmp_path / "my-club.yaml").read_text()
    assert "# A press rumour." in text
    assert run(["check", "my-club.yaml"]) == 0
    assert run(["new", "my-club"]) == 4
    assert (tmp_path / "my-club.yaml").read_text() == text
    capsys.readouterr()


def test_a_project_comes_before_what_ships(tmp_path, monkeypatch, capsys):
    (tmp_path / "comity.toml").write_text("")
    monkeypatch.chdir(tmp_path)
    assert run(["new", "g7", "--from", "g7"]) == 0
    own = tmp_path / "charters" / "g7.yaml"
    own.write_text(own.read_text().replace("Group of Seven", "Our Seven"))
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path / "below")
    capsys.readouterr()
    assert run(["library"]) == 0
    assert "Our Seven" in capsys.readouterr().out


def test_figures_leave_as_csv_on_standard_output_and_as_files(tmp_path, capsysbinary):
    assert run(["data", "get", "gdp_usd", "--states", "JPN,德国"]) == 0
    lines = capsysbinary.readouterr().out.decode().splitlines()
    assert lines[0] == "iso3,indicator,year,value,unit,low,high,status,source,licence"
    assert [line[:3] for line in lines[1:]] == ["DEU", "JPN"]
    for form, magic in (("parquet", b"PAR1"), ("xlsx", b"PK"), ("json", b"{")):
        file = tmp_path / f"gdp.{form}"
        assert run(["data", "get", "gdp_usd", "--format", form, "--out", str(file)]) == 0
        assert file.read_bytes().startswith(magic)
    capsysbinary.readouterr()


def test_select_answers_as_json_with_errors(capsys):
    assert run(["select", "g5", "--draws", "500", "--seed", "1", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert 0 < answer["p_exact_set"] < 0.1
    assert answer["p_exact_set_error"] > 0
    assert answer["p_seat"]["USA"] > 0.99
    assert all({"members", "p", "error"} <= set(each) for each in answer["sets"])
    assert answer["provenance"]["seed"] == 1


def test_the_schema_is_json_schema(capsys):
    assert run(["schema"]) == 0
    assert json.loads(capsys.readouterr().out)["$schema"].startswith("https://json-schema.org/")


def test_a_faraway_day_is_refused_where_members_are_not_known(capsys):
    assert run(["analyse", "power", "unsc", "--on", "1945-12-01"]) == 2
    assert "its members on 1945-12-01 are not known" in capsys.readouterr().err


@pytest.mark.parametrize("tokens", [["--help"], ["study", "--help"], ["data", "--help"], ["check", "--help"]])
def test_help_loads_none_of_the_heavy_libraries(tokens):
    code = (
        "import sys\nfrom comity.cli import run\n"
        f"run({tokens!r})\n"
        "heavy = {'polars', 'numba', 'scipy', 'altair', 'numpy', 'vl_convert'} & set(sys.modules)\n"
        "sys.exit(f'loaded {heavy}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_python_door_is_lazy_and_names_every_place():
    code = "import sys, comity\nsys.exit(any(name in sys.modules for name in ('pydantic', 'polars', 'numpy')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    import comity

    assert set(comity.PLACES) <= set(dir(comity))
    for name in comity.PLACES:
        assert getattr(comity, name) is not None
    with pytest.raises(AttributeError, match="has no public name 'lod'"):
        _ = comity.lod


def test_a_shut_pipe_is_no_fault():
    command = f'{sys.executable} -c \'from comity.cli import main; main(["data", "states"])\' | head -1'
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, check=False, cwd=Path(__file__).parent
    )
    assert done.stdout.count("\n") == 1
    assert "Traceback" not in done.stderr


def test_the_figures_of_a_project_are_laid_over_in_every_command(tmp_path, monkeypatch, capsysbinary):
    (tmp_path / "comity.toml").write_text('[library]\nfigures = "own.csv"\n')
    (tmp_path / "own.csv").write_text(
        "iso3,indicator,year,value,unit,source\nUSA,gdp_usd,2025,1,current US$,me\nFRA,ships,2025,9,ships,me\n"
    )
    monkeypatch.chdir(tmp_path)
    assert run(["data", "get", "gdp_usd", "--states", "USA"]) == 0
    assert b"USA,gdp_usd,2025,1,current US$" in capsysbinary.readouterr().out
    assert run(["data", "info", "ships"]) == 0
    assert run(["analyse", "ranking", "g5", "--json"]) == 0
    out = capsysbinary.readouterr().out.decode()
    assert json.loads(out[out.index("{") :])["provenance"]["figures"].keys() == {"figures.csv", "own.csv"}
    (tmp_path / "comity.toml").write_text('[library]\nfigures = "gone.csv"\n')
    assert run(["data", "get", "gdp_usd"]) == 2
    assert b"there is no figures file 'gone.csv'" in capsysbinary.readouterr().err


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="needs /dev/full")
def test_a_full_standard_output_is_told():
    code = "from comity.cli import main; main(['data', 'get', 'gdp_usd'])"
    done = subprocess.run(
        ["bash", "-c", f'{sys.executable} -c "{code}" > /dev/full'], capture_output=True, text=True, check=False
    )
    assert done.returncode == 4
    assert "Standard output could not be written" in done.stderr


@pytest.mark.parametrize(
    "tokens", [["study", "g5", "--against", "g5"], ["analyse", "membership", "g5", "--against", "g5"]]
)
def test_nobody_is_compared_with_itself(tokens, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run(tokens) == 2
    assert "g5 would be compared with itself" in capsys.readouterr().err


def test_the_python_door_tells_what_it_needs(tmp_path):
    import comity as co
    from comity.kernel.errors import InputError

    for call, told in [
        (lambda: co.load(3), "no name of a charter"),
        (lambda: co.panel(year="x"), "looks back from a year"),
        (lambda: co.panel(year=1800), "no figure from 1795 to 1800"),
        (lambda: co.analyse("g5", "power"), "is no institution"),
        (lambda: co.dossier([], to=tmp_path / "x.html"), "made of results"),
        (lambda: co.sensitivity(co.load("g5"), seed=-1), "The seed -1 does not fit"),
    ]:
        with pytest.raises(InputError, match=told):
            call()
