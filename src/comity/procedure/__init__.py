"""The law engine: what an institution's own rules make of what happens.

Three functions are the whole of it, all pure: :func:`start` gives the state of a charter on a day, :func:`apply` the
state after an event, with rulings and flags, :func:`advance` the state when time has passed. :func:`legal` says what a
seat may do now, :func:`view` what it may know.
"""

from comity.model.seat import Move
from comity.procedure.applying import advance, apply
from comity.procedure.legal import legal
from comity.procedure.powers import Power, powers
from comity.procedure.starting import start
from comity.procedure.state import Determination, Flag, State, Step
from comity.procedure.viewing import cite, view

__all__ = [
    "Determination",
    "Flag",
    "Move",
    "Power",
    "State",
    "Step",
    "advance",
    "apply",
    "cite",
    "legal",
    "powers",
    "start",
    "view",
]
