"""Thresholds and quorums: exact fractions of a base that is always named (convention 4)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from fractions import Fraction
from typing import Annotated, Any, Literal, Self

from pydantic import ConfigDict, Discriminator, Tag, model_validator
from pydantic_core import PydanticCustomError

from comity.kernel.errors import InputError
from comity.kernel.family import Spec
from comity.kernel.quantity import Exact, show
from comity.model.dated import DatedShare, at, is_dated, stated

HeadBase = Literal["members", "present", "present_and_voting", "votes_cast"]
"""What a share of heads is a share of; abstainers are present but cast no vote (UNGA Rules of Procedure 86)."""
WeightBase = Literal["total_weight", "present", "present_and_voting", "votes_cast"]
"""What a share of weight is a share of; ``total_weight`` counts the absent as well."""


_ONE = "Write one: at_least: 2/3 where reaching it suffices, more_than: 1/2 where it must be passed."


def one_of(*names: str) -> dict[str, Any]:
    """What a JSON Schema says where exactly one of these fields is stated."""
    return {"oneOf": [given(name) for name in names]}


def given(name: str) -> dict[str, Any]:
    """What a JSON Schema says where a field is stated, and not as null."""
    return {"required": [name], "properties": {name: {"not": {"type": "null"}}}}


class Bound(Spec):
    """A threshold: exactly one of ``at_least`` (reaching it suffices) and ``more_than`` (it must be passed)."""

    model_config = ConfigDict(json_schema_extra=one_of("at_least", "more_than"))

    at_least: DatedShare | None = None
    """The share that suffices."""
    more_than: DatedShare | None = None
    """The share that must be passed."""

    @model_validator(mode="after")
    def _checked(self) -> Self:
        self._bounded()
        return self

    def _bounded(self) -> None:
        """Refuse what states no share, or two.

        Raises:
            PydanticCustomError: with what is stated and how to mend it.
        """
        given = [name for name in ("at_least", "more_than") if getattr(self, name) is not None]
        if len(given) != 1:
            what = f"states {'both' if given else 'neither'} of at_least and more_than"
            raise PydanticCustomError("bound", "{what}", {"what": what, "mend": _ONE})

    def bound(self, on: datetime.date) -> tuple[Fraction, bool]:
        """The share on a day, and whether it must be passed.

        Raises:
            InputError: where no period of a dated threshold covers the day.
        """
        share = at(self.more_than if self.at_least is None else self.at_least, on)
        if share is None:
            raise InputError(f"The threshold is not stated for {on}.", mend="Add a period that covers the day.")
        return share, self.at_least is None

    def excess(self) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
        """What is wrong with the numbers themselves: a share of a body lies between nought and one."""
        name = "more_than" if self.at_least is None else "at_least"
        value = getattr(self, name)
        shares: list[Fraction] = stated(value)
        for number, share in enumerate(shares):
            place = (name, number, "value") if is_dated(value) else (name,)
            if share > 1 or (share == 1 and name == "more_than"):
                yield place, f"{name} {show(share)} can never be reached", "Write a share such as 2/3 or 55 %."
            elif share == 0 and name == "at_least":
                yield place, "at_least 0 asks for nothing", "Write a share above 0, or more_than: 0."


def _stated(value: object) -> str:
    return "(bound)" if isinstance(value, dict | Bound) else "(share)"


Presence = Annotated[Annotated[Exact, Tag("(share)")] | Annotated[Bound, Tag("(bound)")], Discriminator(_stated)]
"""A share that suffices, or a threshold spelt out."""


class Quorum(Spec):
    """The least presence, to open a meeting and to decide: two separate numbers.

    A bare share means "at least"; ``{more_than: 1/2}`` means that half is not enough.
    """

    open: Presence | None = None
    """Presence needed to open."""
    decide: Presence | None = None
    """Presence needed to decide."""
    of: Literal["members", "weight"] = "members"
    """Whether heads or weights are counted."""
    also: Quorum | None = None
    """A second requirement on another base (a majority of governors *with* two thirds of the votes)."""

    def bound(
        self, to: Literal["open", "decide"], on: datetime.date = datetime.date.max
    ) -> tuple[Fraction, bool] | None:
        """The share on a day and whether it must be passed, or None where the quorum is not written.

        Raises:
            InputError: where no period of a dated quorum covers the day.
        """
        asked = self.open if to == "open" else self.decide
        if isinstance(asked, Bound):
            return asked.bound(on)
        return None if asked is None else (asked, False)

    def each(self) -> tuple[Quorum, ...]:
        """This requirement and the further ones."""
        return (self, *(self.also.each() if self.also else ()))


def phrase(share: Fraction, *, strict: bool, of: str) -> str:
    """The threshold in words.

    Example:
        >>> phrase(Fraction(2, 3), strict=False, of="members")
        'at least 2/3 of members'
    """
    return f"{'more than' if strict else 'at least'} {show(share)} of {of.replace('_', ' ')}"
