"""The assets that a text names for members, and by which figure each can be measured, if any."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Annotated, Literal

from pydantic import Field

from comity.kernel.document import parse
from comity.kernel.family import Spec
from comity.kernel.quantity import Day
from comity.kernel.result import Text
from comity.model.parts import Id
from comity.model.weights import Code


class Asset(Spec):
    """One asset that a text names for one member."""

    member: Code
    """Whose it is."""
    id: Id
    """Its name."""
    title: Text
    """Its name for a reader."""
    figure: Id | None = None
    """The indicator that measures it, or stands in for it; none where no figure ships."""
    claim: Id | None = None
    """The claim of `comity analyse claims g5` that holds the text's own number against data."""
    limit: Text = Text("")
    """What the figure does not say, or that there is none."""


class Assets(Spec):
    """The assets that one text names."""

    comity: Literal[1]
    """The version of the format."""
    source: str
    """The text."""
    seen_on: Day
    """When it was read."""
    assets: Annotated[tuple[Asset, ...], Field(min_length=1)]
    """The assets."""


@cache
def assets() -> Assets:
    """The assets that the press text on a G5 names for its members.

    Example:
        >>> [each.id for each in assets().assets if each.member == "CHN"]
        ['full_industry', 'surplus']
    """
    text = files("comity.library").joinpath("figures", "assets.yaml").read_text(encoding="utf-8")
    return Assets.model_validate(parse(text, "assets.yaml").data)
