"""Every way an institution decides: its rules, each in each of its readings, with the words for them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from comity.kernel.errors import InputError
from comity.kernel.result import Column, Text
from comity.model.analysis import Inputs
from comity.model.institution import Institution
from comity.model.threshold import Quorum

if TYPE_CHECKING:
    from comity.solvers.game import Game

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
