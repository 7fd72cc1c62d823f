"""Files of claims by name: a project's, then those that ship, then a path."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from comity.kernel.document import Path as Place
from comity.kernel.errors import UnknownName
from comity.library.actors import actors
from comity.library.figures import indicators
from comity.library.places import Found, names, project, read_text
from comity.library.reading import read
from comity.model.claim import ByFigure, Claim, Claims
from comity.model.weights import Complaint

_FOLDER = "claims"


def claims(name: str, figures: Collection[str] | None = None) -> Claims:
    """The claims of a file.

    Args:
        name: the name of a project's file (``claims/NAME.yaml``), of a shipped one, or a path.
        figures: the indicators that a claim may be held against; those that ship where absent.

    Raises:
        UnknownName: where there is no such file, with the nearest names.
        DocumentError: with every problem of the file, each at its line and column.

    Example:
        >>> claims("g5").claims[0].id
        'over_100_million'
    """
    found = _find(name)
    return read_claims(found.text, found.file, figures)


def claim_files() -> list[str]:
    """The names that can be asked for: those of the project, then those that ship."""
    folder = project()
    own = sorted(path.stem for path in (folder / _FOLDER).glob("*.yaml")) if folder else []
    shipped = (files("comity.library") / _FOLDER).iterdir()
    return list(dict.fromkeys([*own, *sorted(Path(each.name).stem for each in shipped if each.name.endswith(".yaml"))]))


def _find(name: str) -> Found:
    folder = project()
    if folder and (own := folder / _FOLDER / f"{name}.yaml").is_file():
        return Found(name, str(own), read_text(own))
    shipped = files("comity.library") / _FOLDER / f"{name}.yaml"
    if name == Path(name).name and shipped.is_file():
        return Found(name, f"{_FOLDER}/{name}.yaml", shipped.read_text(encoding="utf-8"))
    path = Path(name)
    if path.suffix in {".yaml", ".yml"} or path.is_file():
        return Found(path.stem, name, read_text(path))
    raise UnknownName("file of claims", name, claim_files(), mend="Or give the path of a .yaml file.")


def read_claims(text: str, file: str, figures: Collection[str] | None = None) -> Claims:
    """The claims that a text holds.

    Args:
        text: the content of the file.
        file: its name, for messages.
        figures: the indicators that a claim may be held against; those that ship where absent.

    Raises:
        DocumentError: with every problem of the file, each at its line and column.
    """

    def law(found: Claims) -> Iterator[Complaint]:
        return _law(found, indicators() if figures is None else figures)

    return read(text, file, Claims, law, what="file of claims", mend="Start from the claims of the g5.")[0]


def _law(found: Claims, figures: Collection[str]) -> Iterator[tuple[Place, str, str]]:
    seen: set[str] = set()
    for number, claim in enumerate(found.claims):
        here = ("claims", number)
        if claim.id in seen:
            yield (*here, "id"), f"the claim '{claim.id}' stands twice", "Give each its own name."
        seen.add(claim.id)
        if claim.by not in found.texts:
            yield (*here, "by"), f"the text '{claim.by}' is not declared", f"Declared: {', '.join(found.texts)}."
        yield from _tests(claim, (*here, "tests"), figures)


def _tests(claim: Claim, here: Place, figures: Collection[str]) -> Iterator[tuple[Place, str, str]]:
    for number, test in enumerate(claim.tests):
        state: Any = getattr(test, "state", None)
        institution: Any = getattr(test, "institution", None)
        if isinstance(test, ByFigure) and test.indicator not in figures:
            mend = "`comity data list` shows the figures."
            yield (*here, number, "indicator"), f"there is no figure '{test.indicator}'", mend
        if state is not None and state not in actors():
            yield (*here, number, "state"), f"there is no state with the code '{state}'", actors().suggest(state)
        if institution is not None and institution not in names("charter"):
            mend = f"Known: {', '.join(names('charter'))}."
            yield (*here, number, "institution"), f"there is no charter '{institution}'", mend
