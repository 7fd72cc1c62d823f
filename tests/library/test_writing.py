"""Nothing half-written is ever left."""

import errno
import hashlib
import os
import subprocess
from pathlib import Path

import pytest

from comity.kernel.errors import DestinationError
from comity.library import writing


def left(folder: Path) -> list[str]:
    return sorted(each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file())


def test_a_file_is_replaced_whole(tmp_path):
    writing.write(tmp_path / "a" / "b.txt", b"one")
    writing.write(tmp_path / "a" / "b.txt", b"two")
    assert (tmp_path / "a" / "b.txt").read_bytes() == b"two"
    assert left(tmp_path) == ["a/b.txt"]


def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    writing.write(tmp_path / "b.txt", b"old")

    def full(_handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DestinationError, match=r"b\.txt could not be written: the disk is full\. Make room") as caught:
        writing.write(tmp_path / "b.txt", b"new")
    assert caught.value.exit_code == 4
    assert (tmp_path / "b.txt").read_bytes() == b"old"
    assert left(tmp_path) == ["b.txt"]


def test_a_truly_full_disk():
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full, which this system has not")
    with pytest.raises(DestinationError, match="there is a file where a folder should be"):
        writing.write(Path("/dev/full/answer.csv"), b"x")


def test_a_file_where_a_folder_should_be(tmp_path):
    writing.write(tmp_path / "a", b"")
    with pytest.raises(DestinationError, match="there is a file where a folder should be"):
        writing.write(tmp_path / "a" / "b.txt", b"")
    with (
        pytest.raises(DestinationError, match="there is a file where a folder should be"),
        writing.folder(tmp_path / "a"),
    ):
        pass
    with pytest.raises(DestinationError, match="there is a folder where the file should be"):
        writing.write(tmp_path, b"")
    assert left(tmp_path) == ["a"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="needs a user who may not write everywhere")
def test_an_unwritable_folder(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(DestinationError, match="you may not write there"):
        writing.write(tmp_path / "b.txt", b"")


def test_an_unwritable_folder_as_the_system_reports_it(tmp_path, monkeypatch):
    def refused(*_args, **_named):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(writing.tempfile, "mkdtemp", refused)
    with pytest.raises(DestinationError, match="you may not write there"), writing.folder(tmp_path / "out"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_an_interrupted_run_leaves_the_old_folder_whole(tmp_path):
    with writing.folder(tmp_path / "out") as building:
        writing.write(building / "a.txt", b"old")

    def interrupted(building):
        writing.write(building / "a.txt", b"new")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), writing.folder(tmp_path / "out") as building:
        interrupted(building)
    assert left(tmp_path) == ["out/SHA256SUMS", "out/a.txt"]
    assert (tmp_path / "out" / "a.txt").read_bytes() == b"old"


def test_when_the_swap_fails_the_old_folder_returns(tmp_path, monkeypatch):
    out = tmp_path / "out"
    with writing.folder(out) as building:
        writing.write(building / "a.txt", b"old")
    real = Path.replace

    def failing(self, target):
        if self.name.endswith(".part") and self.is_dir():
            raise OSError(errno.EIO, "Input/output error")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(DestinationError, match="Input/output error"), writing.folder(out) as building:
        writing.write(building / "a.txt", b"new")
    assert left(tmp_path) == ["out/SHA256SUMS", "out/a.txt"]
    assert (out / "a.txt").read_bytes() == b"old"


def test_a_new_answer_replaces_the_old_one_and_keeps_the_users_notes(tmp_path):
    out = tmp_path / "out"
    with writing.folder(out) as building:
        writing.write(building / "tables" / "gone.csv", b"old")
    (out / "notes.txt").write_text("mine")
    for _ in range(2):
        with writing.folder(out) as building:
            writing.write(building / "tables" / "new.csv", b"new")
        assert left(out) == ["SHA256SUMS", "notes.txt", "tables/new.csv"]
    assert [each.name for each in tmp_path.iterdir()] == ["out"]


def test_a_folder_of_other_files_is_not_touched(tmp_path):
    (tmp_path / "thesis.tex").write_text("mine")
    with pytest.raises(DestinationError, match="not results of comity"), writing.folder(tmp_path):
        pass
    assert left(tmp_path) == ["thesis.tex"]


def test_the_sums_are_those_of_the_files(tmp_path):
    with writing.folder(tmp_path / "out") as building:
        writing.write(building / "a.txt", b"a")
    assert (tmp_path / "out" / writing.SUMS).read_text() == f"{hashlib.sha256(b'a').hexdigest()}  a.txt\n"
    checked = subprocess.run(["sha256sum", "-c", writing.SUMS], cwd=tmp_path / "out", capture_output=True, check=False)
    assert checked.returncode == 0


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_only_files_are_replaced_and_links_are_followed(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(DestinationError, match="device or a pipe"):
        writing.write(tmp_path / "pipe", b"x")
    (tmp_path / "target").write_bytes(b"old")
    (tmp_path / "link").symlink_to(tmp_path / "target")
    writing.write(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "target").read_bytes() == b"new"
