"""Every way an institution decides: its rules, each in each of its readings, with the words for them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from comity.kernel.errors import InputError
from comity.kernel.result import Column, Text
from comity.model.analysis import Inputs
from comity.model.institution import Institution
from comity.model.threshold import Quorum

if TYPE_CHECKING:
    from comity.solvers.game import Game

BLUE, ORANGE, GREEN, VERMILION, PURPLE, SKY, YELLOW = (
    "#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9", "#F0E442",
)  # fmt: skip
GREY = "#BDBDBD"
THIN = "\u202f"
WITH_ARTICLE = frozenset({"ARE", "BHS", "CAF", "COM", "DOM", "GBR", "GMB", "MDV", "MHL", "NLD", "PHL", "SLB", "USA"})
"""The states that an English sentence calls "the ..."."""
POLICY = Text(
    "Voting power is power of the rule, not of the policy: it takes every coalition of members to be as likely as any "
    "other and knows nothing of what they want (Garrett and Tsebelis 1999; Napel and Widgrén 2004).",
    "投票权力是规则赋予的权力，而非政策影响力：它假定成员结成任何联盟的可能性相同，并不了解成员想要什么（Garrett与Tsebelis，1999年；Napel与Widgrén，2004年）。",
)


@dataclass(frozen=True)
class Decision:
    """One rule of one institution in one reading, for the members of a day."""

    institution: Institution
    rule: str
    reading: str
    title: Text
    game: Game
    weights: tuple[Fraction, ...]
    quorum: Quorum | None

    @property
    def key(self) -> str:
        """What tables call it: institution, rule and reading."""
        return f"{self.institution.name}.{self.rule}.{self.reading}"

    @property
    def members(self) -> tuple[str, ...]:
        """Who decides."""
        return self.game.members

    @property
    def shares(self) -> list[float]:
        """Each member's share of the voting weight."""
        total = sum(self.weights, Fraction(0))
        return [float(weight / total) if total else 0.0 for weight in self.weights]


def day(inputs: Inputs, institution: Institution) -> datetime.date:
    """The day asked for, else the day the charter describes."""
    return inputs.on or institution.as_of


def decisions(inputs: Inputs, rule: str | None = None, reading: str | None = None) -> list[Decision]:
    """All rules and readings of the institution and of those it is compared with; of one rule, where it is named.

    Raises:
        InputError: for a rule that none of them has, or a reading that the rule does not have, with those it has.
    """
    found = [each for body in (inputs.institution, *inputs.against) for each in _of(body, day(inputs, body), rule)]
    if rule is not None and not any(each.institution is inputs.institution for each in found):
        inputs.institution.rule(rule)
    chosen = found if reading is None else [each for each in found if each.reading == reading]
    if not chosen:
        known = sorted({each.reading for each in found})
        raise InputError(
            f"No rule of {inputs.institution.name} asked about has a reading '{reading}'.",
            mend=f"Readings: {', '.join(known) or 'none'}.",
        )
    return chosen


def _of(institution: Institution, on: datetime.date, rule: str | None) -> Iterable[Decision]:
    members = institution.members_on(on)
    if not members:
        return
    for name in [each for each in institution.rules if rule in {None, each}]:
        readings = institution.readings(name)
        written = institution.rule(name)
        plain = written.title or Text(name.replace("_", " "))
        for reading, words in readings.items():
            title = plain if len(readings) == 1 else _with_reading(plain, words)
            weights = tuple(written.weights_of(members, on))
            game = institution.game(name, on, reading)
            yield Decision(institution, name, reading, title, game, weights, institution.quorum(name))


def _with_reading(title: Text, reading: Text) -> Text:
    english, chinese = reading.en.split(":")[0], reading.of("zh").split("：")[0]
    return Text(f"{title.en} ({english})", f"{title.of('zh')}（{chinese}）")


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


def opening(sentence: str) -> str:
    """The sentence with a capital first letter.

    Example:
        >>> opening("the United States blocks")
        'The United States blocks'
    """
    return sentence[:1].upper() + sentence[1:]


def listed(names: Sequence[Text]) -> Text:
    """Several names in a row: "A, B and C".

    Example:
        >>> listed([Text("A", "甲"), Text("B", "乙"), Text("C", "丙")]).en
        'A, B and C'
    """
    english = [name.en for name in names]
    joined = english[0] if len(english) == 1 else f"{', '.join(english[:-1])} and {english[-1]}" if english else ""
    return Text(joined, "、".join(name.of("zh") for name in names))


def named(inputs: Inputs, members: Sequence[str], most: int = 5) -> Text:
    """The names of some members in a row, or how many they are where they are many."""
    if len(members) > most:
        return Text(f"{len(members)} members", f"{len(members)}个成员")
    return listed([name_of(inputs, member) for member in members])


def identity(decided: Sequence[Decision]) -> tuple[Column, ...]:
    """The columns by which tables say which rule is meant; ``decision`` is ``institution.rule.reading``."""
    bodies = {each.institution.name: each.institution.title for each in decided}
    lines = {each.key: each.title for each in decided}
    return (
        Column("institution", Text("Institution", "机构"), labels=bodies),
        Column("decision", Text("Rule", "规则"), labels=lines),
    )


def identified(decision: Decision) -> dict[str, str]:
    """One row's values for the columns of :func:`identity`."""
    return {"institution": decision.institution.name, "decision": decision.key}


def per_cent(share: float, digits: int = 1) -> str:
    """A share of one as a percentage, with a thin space that no line breaks at.

    Example:
        >>> [per_cent(share).replace(THIN, "_") for share in (0.325, 0.4)]
        ['32.5_%', '40_%']
    """
    return f"{share * 100:.{digits}f}".removesuffix("." + "0" * digits) + f"{THIN}%"


def said(english: str, chinese: str) -> Text:
    """A sentence in both languages: a capital first letter in English, no space before the per cent sign in Chinese."""
    return Text(opening(english), chinese.replace(f"{THIN}%", "%"))


HEADER: Mapping[str, Any] = {
    "title": None,
    "labelAngle": 0,
    "labelAlign": "left",
    "labelOrient": "top",
    "labelAnchor": "start",
    "labelLimit": 520,
    "labelPadding": 2,
}
"""How the heads of a chart's parts are set."""


def parts(field: str, order: Sequence[Text]) -> dict[str, Any]:
    """A chart in several parts, one above the other, by the words of one column."""
    row = {"field": f"{field}_label", "type": "nominal", "sort": list(order), "header": HEADER}
    return {"facet": {"row": row}, "resolve": {"scale": {"y": "independent"}}, "spacing": 12}
