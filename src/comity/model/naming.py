"""How institutions and their members are called in a sentence, a table or a chart."""

from __future__ import annotations

from collections.abc import Sequence

from comity.kernel.result import Text
from comity.kernel.saying import listed
from comity.model.analysis import Inputs
from comity.model.institution import Institution

WITH_ARTICLE = frozenset({"ARE", "BHS", "CAF", "COM", "DOM", "GBR", "GMB", "MDV", "MHL", "NLD", "PHL", "SLB", "USA"})
"""The states that an English sentence calls "the ..."."""


def short(institution: Institution) -> Text:
    """The institution in a word: its first short alias, else its title."""
    brief = next((alias for alias in institution.aliases if len(alias) <= 8), None)
    return Text(brief) if brief else institution.title


def label_of(inputs: Inputs, member: str) -> Text:
    """A member's name in a table or a chart: of the constituency, of the actor, else its code."""
    for institution in (inputs.institution, *inputs.against):
        if (title := institution.member_title(member)) is not None:
            return title
    return inputs.actors[member].name() if member in inputs.actors else Text(member)


def name_of(inputs: Inputs, member: str) -> Text:
    """A member's name in a sentence, with the article that English asks for."""
    name = label_of(inputs, member)
    titled = any(body.member_title(member) is not None for body in (inputs.institution, *inputs.against))
    return Text(f"the {name.en}", name.of("zh")) if member in WITH_ARTICLE and not titled else name


def named(inputs: Inputs, members: Sequence[str], most: int = 5) -> Text:
    """The names of some members in a row, or how many they are where they are many."""
    if len(members) > most:
        return Text(f"{len(members)} members", f"{len(members)}个成员")
    return listed([name_of(inputs, member) for member in members])
