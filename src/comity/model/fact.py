"""Facts: who saw what, where, and when (convention 13)."""

from __future__ import annotations

from typing import Literal

from comity.kernel.family import Spec
from comity.kernel.quantity import Day

Seen = Literal["text", "quoted", "recalled"]


class Fact(Spec):
    """A statement with its origin. ``verified`` is never written by hand: it is computed as ``seen: text``."""

    seen: Seen | None = None
    """``text``: read in the instrument itself; ``quoted``: read in a source that cites it; ``recalled``: neither."""
    where: str = ""
    """Where it was seen: article and edition, publication, page."""
    seen_on: Day | None = None
    """The day on which it was looked at."""

    @property
    def is_verified(self) -> bool:
        """Whether the instrument's own text was read."""
        return self.seen == "text"
