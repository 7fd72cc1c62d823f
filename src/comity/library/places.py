"""Where things are: a project folder (with ``comity.toml``) before what ships with the program, then a path.

A project folder holds ``charters/NAME.yaml``, ``studies/NAME.yaml`` and ``stakes/NAME.yaml``, and ``comity.toml``::

    [library]
    figures = "figures.csv"     # laid over the shipped figures, where given
    ideal_points = "positions"  # a folder of tables from `comity data build positions`, instead of the shipped ones
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Literal, cast

from comity.kernel.errors import InputError, UnknownName

_LARGEST = 200_000_000
Sort = Literal["charter", "study", "case", "stakes"]
_FOLDERS: dict[Sort, str] = {"charter": "charters", "study": "studies", "case": "cases", "stakes": "stakes"}


@dataclass(frozen=True)
class Found:
    """A file of the library or of the user.

    Attributes:
        name: the name it is called by.
        file: the file as messages name it.
        text: its content.
    """

    name: str
    file: str
    text: str


def project(start: Path | None = None) -> Path | None:
    """The nearest folder at or above ``start`` (the working folder by default) that holds a ``comity.toml``."""
    try:
        here = (start or Path.cwd()).resolve()
    except OSError:
        return None  # the working folder is gone
    return next((folder for folder in (here, *here.parents) if _is_file(folder / "comity.toml")), None)


def project_figures(start: Path | None = None) -> Path | None:
    """The figures file that the project's ``comity.toml`` names, if any.

    Raises:
        InputError: where ``comity.toml`` cannot be read, or names a file that is not there.
    """
    named = _setting("figures", start)
    if named is not None and not _is_file(named):
        what = f"{named.parent / 'comity.toml'}: there is no figures file '{named.name}'."
        raise InputError(what, mend="Name a CSV or Parquet file of the project.")
    return named


def project_folder(setting: str, start: Path | None = None) -> Path | None:
    """The folder that the project's ``comity.toml`` names under a key of ``[library]``, if any.

    Raises:
        InputError: where ``comity.toml`` cannot be read, or names a folder that is not there.
    """
    named = _setting(setting, start)
    if named is not None and not named.is_dir():
        raise InputError(f"comity.toml: there is no folder '{named}'.", mend=f"Name the folder of {setting}.")
    return named


def _setting(key: str, start: Path | None) -> Path | None:
    folder = project(start)
    if folder is None:
        return None
    file = folder / "comity.toml"
    try:
        settings = tomllib.loads(read_text(file))
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{file}: not TOML: {error}.", mend="Mend the line, or empty the file.") from None
    library = settings.get("library", {})
    if not isinstance(library, dict):
        raise InputError(f"{file}: library is no table.", mend='Write [library], and below it figures = "FILE.csv".')
    named = cast("dict[str, Any]", library).get(key)
    if named is not None and not isinstance(named, str):
        raise InputError(f"{file}: {key} is no text.", mend=f'Write {key} = "NAME".')
    return None if named is None else folder / named


def names(sort: Sort) -> list[str]:
    """The names that can be asked for: those of the project, then those that ship."""
    folder = project()
    own = sorted(path.stem for path in (folder / _FOLDERS[sort]).glob("*.yaml")) if folder else []
    return list(dict.fromkeys([*own, *shipped_names(sort)]))


def shipped_names(sort: Sort) -> list[str]:
    """The names that ship with the program."""
    return sorted(Path(entry.name).stem for entry in _shipped(sort).iterdir() if entry.name.endswith(".yaml"))


def find(sort: Sort, name: str) -> Found:
    """The file of this name: of the project, else shipped, else the path itself.

    Raises:
        UnknownName: where there is none, with the nearest names.
        InputError: where the file cannot be read.
    """
    if re.fullmatch(r"[^/\\\x00\ud800-\udfff]{1,100}", name):
        folder = project()
        if folder and _is_file(own := folder / _FOLDERS[sort] / f"{name}.yaml"):
            return Found(name, str(own), read_text(own))
        shipped = _shipped(sort) / f"{name}.yaml"
        if shipped.is_file():
            return Found(name, f"{name}.yaml", shipped.read_text(encoding="utf-8"))
    path = Path(name)
    if path.suffix in {".yaml", ".yml"}:
        return Found(path.stem, name, read_text(path))
    if _is_file(path):
        raise InputError(f"{name}: not a .yaml file.", mend=f"A {sort} is a .yaml file; name one.")
    raise UnknownName(sort, name, names(sort), mend="Or give the path of a .yaml file.")


def read_text(path: Path) -> str:
    """The text of a user's file.

    Raises:
        InputError: where it is missing, no plain file, too large, not permitted, or not UTF-8.
    """
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            raise InputError(f"{path}: this is no plain file.", mend="Name a file.")
        if path.is_file() and path.stat().st_size > _LARGEST:
            raise InputError(f"{path}: larger than {_LARGEST:,} bytes.", mend="Name a smaller file.")
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file.", mend="Check the path.") from None
    except IsADirectoryError:
        raise InputError(f"{path}: this is a folder.", mend="Name a file.") from None
    except PermissionError:
        raise InputError(f"{path}: reading is not permitted.", mend="Change its permissions.") from None
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 text (byte {error.start}).", mend="Save it as UTF-8.") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise InputError(f"{str(path)[:200]}: cannot be read ({why}).", mend="Check the path.") from None


def _is_file(path: Path) -> bool:
    """Whether a plain file stands there; where that cannot be told, not."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _shipped(sort: Sort) -> Traversable:
    return files("comity.library") / _FOLDERS[sort]
