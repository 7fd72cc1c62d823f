"""comity: executable international institutions.

The Python door: every public name, and the one module it lives in, loaded when first used.

    >>> import comity as co
    >>> g5 = co.load("g5")
    >>> g5.status
    'rumoured'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from comity.kernel.version import VERSION

if TYPE_CHECKING:
    from comity.charter.read import read as read
    from comity.kernel.errors import ComityError as ComityError
    from comity.kernel.errors import DocumentError as DocumentError
    from comity.library.actors import actors as actors
    from comity.library.figures import panel as panel
    from comity.library.institutions import load as load
    from comity.library.positions import ideal_points as ideal_points
    from comity.library.stakes import stakes as stakes
    from comity.library.ties import alliances as alliances
    from comity.library.ties import partners as partners
    from comity.model.event import event as event
    from comity.operation.opening import register as register
    from comity.procedure import advance as advance
    from comity.procedure import apply as apply
    from comity.procedure import legal as legal
    from comity.procedure import start as start
    from comity.procedure import view as view
    from comity.study.ask import analyse as analyse
    from comity.study.ask import sensitivity as sensitivity
    from comity.study.diff import diff as diff
    from comity.study.rehearse import rehearse as rehearse
    from comity.study.vote import vote as vote
    from comity.study.write import dossier as dossier

__version__ = VERSION

PLACES = {
    "ComityError": "comity.kernel.errors",
    "DocumentError": "comity.kernel.errors",
    "actors": "comity.library.actors",
    "advance": "comity.procedure",
    "alliances": "comity.library.ties",
    "analyse": "comity.study.ask",
    "apply": "comity.procedure",
    "diff": "comity.study.diff",
    "dossier": "comity.study.write",
    "event": "comity.model.event",
    "ideal_points": "comity.library.positions",
    "legal": "comity.procedure",
    "load": "comity.library.institutions",
    "panel": "comity.library.figures",
    "partners": "comity.library.ties",
    "read": "comity.charter.read",
    "register": "comity.operation.opening",
    "rehearse": "comity.study.rehearse",
    "sensitivity": "comity.study.ask",
    "stakes": "comity.library.stakes",
    "start": "comity.procedure",
    "view": "comity.procedure",
    "vote": "comity.study.vote",
}
"""Every public name and the one module it lives in."""

__all__ = [
    "PLACES",
    "ComityError",
    "DocumentError",
    "__version__",
    "actors",
    "advance",
    "alliances",
    "analyse",
    "apply",
    "diff",
    "dossier",
    "event",
    "ideal_points",
    "legal",
    "load",
    "panel",
    "partners",
    "read",
    "register",
    "rehearse",
    "sensitivity",
    "stakes",
    "start",
    "view",
    "vote",
]


def __getattr__(name: str) -> Any:
    if name in PLACES:
        return getattr(import_module(PLACES[name]), name)
    raise AttributeError(f"comity has no public name '{name}'; it has {', '.join(PLACES)}.")


def __dir__() -> list[str]:
    return sorted(__all__)
