"""Writing results so that nothing half-written is ever left: aside first, then renamed."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

from comity.kernel.errors import DestinationError

SUMS = "SHA256SUMS"
"""The file by which a result folder is known: the SHA-256 of each file in it, as ``sha256sum -c`` reads it."""


def write(path: Path, data: bytes) -> Path:
    """Write one file whole or not at all; missing folders above it are made.

    Args:
        path: where the file shall be; an older file there is replaced in one step.
        data: its content.

    Raises:
        DestinationError: where it cannot be written (full disk, unwritable folder, a file where a folder should be).

    Example:
        >>> folder = Path(tempfile.mkdtemp())
        >>> write(folder / "new" / "answer.csv", b"a,b").read_bytes()
        b'a,b'
    """
    aside: Path | None = None
    try:
        path = path.resolve()
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "is a folder", str(path))
        if path.exists() and not path.is_file():
            raise DestinationError(f"{path} is a device or a pipe, no file.", mend="Name a file.")
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = _written_aside(path, data)
        aside.replace(path)
    except OSError as error:
        raise _refused(path, error) from error
    finally:
        if aside is not None:
            _remove(aside)
    return path


@contextlib.contextmanager
def folder(path: Path) -> Generator[Path]:
    """A whole result folder, built in a temporary folder beside ``path`` and put in its place at the end.

    Until then the folder that stood there stays as it was, so an interrupted run leaves the old answer whole. Files
    that the user laid beside the older results are kept; a folder with anything else in it is not touched.

    Args:
        path: where the folder shall be.

    Yields:
        The temporary folder to write into.

    Raises:
        DestinationError: where it cannot be written, or holds files that are not results of comity.

    Example:
        >>> target = Path(tempfile.mkdtemp()) / "out"
        >>> with folder(target) as building:
        ...     _ = write(building / "a.txt", b"a")
        >>> sorted(each.name for each in target.iterdir())
        ['SHA256SUMS', 'a.txt']
    """
    building: Path | None = None
    path = Path(os.path.abspath(path))  # noqa: PTH100 - keeps a symbolic link as the user named it
    _refuse_foreign(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        building = Path(tempfile.mkdtemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent))
        building.chmod(0o755)
        yield building
        write(building / SUMS, _sums(building))
        _keep_own_files(path, building)
        _swap(building, path)
    except OSError as error:
        raise _refused(path, error) from error
    finally:
        if building is not None:
            _remove(building)


def _written_aside(path: Path, data: bytes) -> Path:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    aside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        aside.chmod(0o644)
    except BaseException:
        _remove(aside)
        raise
    return aside


def _sums(built: Path) -> bytes:
    lines = [f"{hashlib.sha256((built / name).read_bytes()).hexdigest()}  {name}\n" for name in _files(built)]
    return "".join(lines).encode()


def _files(root: Path) -> list[str]:
    return sorted(each.relative_to(root).as_posix() for each in root.rglob("*") if each.is_file() and each.name != SUMS)


def _refuse_foreign(path: Path) -> None:
    try:
        if path.exists() and not path.is_dir():
            raise _refused(path, NotADirectoryError(errno.ENOTDIR, "is a file", str(path)))
        foreign = path.is_dir() and any(path.iterdir()) and not (path / SUMS).is_file()
    except OSError as error:
        raise _refused(path, error) from error
    if foreign:
        raise DestinationError(
            f"The folder {path} holds files that are not results of comity, so nothing was written there.",
            mend="Choose a new or an empty folder.",
        )


def _keep_own_files(old: Path, new: Path) -> None:
    if not old.is_dir():
        return
    sums = old / SUMS
    made = {line[66:] for line in sums.read_text(encoding="utf-8").splitlines()} if sums.is_file() else set[str]()
    for name in _files(old):
        if name not in made and not (new / name).exists():
            (new / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(old / name, new / name)


def _swap(new: Path, path: Path) -> None:
    if not path.exists():
        new.replace(path)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{path.name}.", suffix=".old", dir=path.parent))
    held = old / path.name
    try:
        path.replace(held)
        try:
            new.replace(path)
        except BaseException:
            held.replace(path)
            raise
    finally:
        if not held.exists() or path.exists():
            _remove(old)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


_REASONS = {
    errno.ENOSPC: ("the disk is full", "Make room, or choose another place."),
    errno.EDQUOT: ("your share of the disk is used up", "Make room, or choose another place."),
    errno.EACCES: ("you may not write there", "Choose a folder that you may write to."),
    errno.EPERM: ("you may not write there", "Choose a folder that you may write to."),
    errno.EROFS: ("that disk is read-only", "Choose a folder that you may write to."),
    errno.ENOTDIR: ("there is a file where a folder should be", "Move that file, or choose another place."),
    errno.EEXIST: ("there is a file where a folder should be", "Move that file, or choose another place."),
    errno.EISDIR: ("there is a folder where the file should be", "Choose another name."),
    errno.ENAMETOOLONG: ("the name is too long", "Choose a shorter name."),
}


def _refused(path: Path, error: OSError) -> DestinationError:
    reason, mend = _REASONS.get(error.errno or 0, (error.strerror or str(error), "Choose another place."))
    return DestinationError(f"{path} could not be written: {reason}.", mend=mend)
