"""Why a register does not take a statement: it may not be made, or the register has moved on."""

from __future__ import annotations

from comity.kernel.errors import InputError


class NotAllowed(InputError):
    """The seat may not make this statement: no key, a revoked one, another's seat, a signature that does not fit."""


class Conflict(InputError):
    """The statement does not fit the register as it stands: it was made before, out of order, or on an older state."""


class ReadOnly(InputError):
    """Nothing can be recorded here: the file or the database cannot be written, or it is a mirror."""


class Unreadable(InputError):
    """This is no register, or it cannot be read."""
