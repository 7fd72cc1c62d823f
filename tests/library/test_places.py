"""Where charters and studies are found, and what happens with names and files that are none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import comity
from comity.kernel.errors import ComityError, InputError, UnknownName
from comity.library.places import find, names, project, project_figures, read_text, shipped_names

CHARTER = "comity: 1\ntitle: {en: Mine}\nstatus: proposed\nas_of: 2026-01-01\nmembers: [FRA]\nrules: {r: {kind: consensus, objection: all_members}}\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def own(folder: Path) -> Path:
    (folder / "comity.toml").write_text("", encoding="utf-8")
    (folder / "charters").mkdir()
    (folder / "charters" / "g7.yaml").write_text(CHARTER, encoding="utf-8")
    (folder / "charters" / "club.yaml").write_text(CHARTER, encoding="utf-8")
    return folder


def test_a_project_comes_before_what_ships(own: Path):
    assert comity.load("g7").title.en == "Mine"
    assert names("charter")[:2] == ["club", "g7"]
    assert len(names("charter")) == len(set(names("charter")))
    (own / "charters" / "my own (2).yaml").write_text(CHARTER, encoding="utf-8")
    assert comity.load("my own (2)").name == "my own (2)"
    assert "club" not in shipped_names("charter")
    assert find("charter", "g7").file == str(own / "charters" / "g7.yaml")


def test_a_project_is_found_from_a_folder_within(own: Path, monkeypatch: pytest.MonkeyPatch):
    (own / "deep" / "deeper").mkdir(parents=True)
    monkeypatch.chdir(own / "deep" / "deeper")
    assert project() == own
    assert comity.load("club").name == "club"


def test_without_a_project_the_shipped_charter_answers():
    assert project() is None
    assert comity.load("g7").title.en == "Group of Seven"


def test_a_path_is_read_and_names_its_file(folder: Path):
    (folder / "club.yaml").write_text(CHARTER, encoding="utf-8-sig")
    assert comity.load("club.yaml").name == "club"
    (folder / "broken.yaml").write_text("[]", encoding="utf-8")
    with pytest.raises(comity.DocumentError, match=r"^broken\.yaml:1:1  "):
        comity.load("broken.yaml")


def test_capitals_and_hyphens_are_forgiven_for_shipped_names():
    assert comity.load("UNSC").name == comity.load("G-7").name.replace("g7", "unsc") == "unsc"


def test_an_unknown_name_gets_near_ones():
    with pytest.raises(UnknownName, match="Did you mean g"):
        comity.load("g77")


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "/", "../../etc/passwd", "/etc/passwd", "../../../etc/hostname", "charters/../g7", "g7/../../g7",
     "a\0b", "a\0b.yaml", "x" * 5000, "x" * 5000 + ".yaml", "~", "$HOME", "g7.yaml/", "con", "\u202eg7", "\ud800", "\ud800.yaml",
     "no-such.yaml", "/dev/zero", "/dev/null", "/proc/self/mem", "https://example.org/g7.yaml", "*", "?.yaml"],
)  # fmt: skip
def test_a_name_that_is_none_ends_in_one_clear_error(name: str):
    with pytest.raises(ComityError) as found:
        comity.load(name)
    assert str(found.value)
    assert len(str(found.value)) < 2000 + 2 * len(name)


def test_a_name_does_not_climb_out_of_the_projects_charters(own: Path):
    (own / "secret.yaml").write_text(CHARTER, encoding="utf-8")
    with pytest.raises(UnknownName):
        comity.load("../secret")


def test_a_folder_a_loop_a_fifo_and_an_endless_file_are_told(folder: Path):
    (folder / "folder.yaml").mkdir()
    (folder / "loop.yaml").symlink_to("loop.yaml")
    (folder / "dangling.yaml").symlink_to("nowhere.yaml")
    (folder / "zero.yaml").symlink_to("/dev/zero")
    for name in ("folder", "loop", "dangling", "zero"):
        with pytest.raises(InputError, match=rf"^{name}\.yaml: "):
            comity.load(f"{name}.yaml")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_nobody_writes_into_does_not_hang(folder: Path):
    os.mkfifo(folder / "pipe.yaml")
    with pytest.raises(InputError, match="no plain file"):
        comity.load("pipe.yaml")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="needs a user who may not read everything")
def test_a_file_that_may_not_be_read_is_told(folder: Path):
    (folder / "closed.yaml").write_text(CHARTER, encoding="utf-8")
    (folder / "closed.yaml").chmod(0)
    with pytest.raises(InputError, match="not permitted"):
        comity.load("closed.yaml")


def test_bytes_that_are_no_text_are_told(folder: Path):
    (folder / "latin.yaml").write_bytes("title: café".encode("latin-1"))
    with pytest.raises(InputError, match=r"not UTF-8 text \(byte 10\)"):
        comity.load("latin.yaml")


def test_a_huge_file_is_refused_before_it_is_read(folder: Path):
    with (folder / "huge.yaml").open("wb") as file:
        file.truncate(300_000_000)
    with pytest.raises(InputError, match="larger than"):
        read_text(folder / "huge.yaml")


def test_a_working_folder_that_is_gone_is_no_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert project() is None
    assert comity.load("g7").name == "g7"


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("[library", "not TOML"),
        ("library = 3", "library is no table"),
        ("[library]\nfigures = 3", "figures is no text"),
        ('[library]\nfigures = "none.csv"', "no figures file 'none.csv'"),
        ('[library]\nfigures = "a\\u0000b"', "no figures file"),
    ],
)
def test_a_broken_project_file_is_told(folder: Path, settings: str, message: str):
    (folder / "comity.toml").write_text(settings, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        project_figures()


def test_a_project_may_bring_figures(folder: Path):
    (folder / "comity.toml").write_text('[library]\nfigures = "own.csv"', encoding="utf-8")
    (folder / "own.csv").write_text("iso3", encoding="utf-8")
    assert project_figures() == folder / "own.csv"
