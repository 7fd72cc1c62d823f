"""Case files by name or path, replayed under the charters of the library."""

from __future__ import annotations

from pathlib import Path

from comity.library.institutions import load
from comity.library.places import find
from comity.procedure.case import Case, Replayed, read, replay


def cases(name: str) -> list[Case]:
    """The cases of a file: of the project, shipped, or at a path.

    Raises:
        UnknownName: where there is no such file, with the nearest names.
        DocumentError: with every problem of the file, each at its line and column.

    Example:
        >>> cases("johannesburg")[0].given.charter
        'g20'
    """
    found = find("case", name)
    return [_beside(each, Path(found.file).parent) for each in read(found.text, found.file)]


def _beside(case: Case, folder: Path) -> Case:
    """The case, with a charter that lies beside its file named by where it lies."""
    charter = folder / case.given.charter
    if charter.suffix not in {".yaml", ".yml"} or not charter.is_file():
        return case
    return case.model_copy(update={"given": case.given.model_copy(update={"charter": str(charter)})})


def replayed(case: Case) -> Replayed:
    """A case replayed under its charter.

    Raises:
        InputError: for a charter that is not there, or that cannot be applied on the day.
    """
    return replay(case, load)
