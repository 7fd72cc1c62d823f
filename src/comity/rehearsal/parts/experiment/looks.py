"""A clause played look after look: who keeps it, who is away, what verification sees, what is paid and suspended.

Each party decides once, by the rule of Mailath and Samuelson that :mod:`comity.solvers.repeated.clause_game` holds: it
keeps the clause where the suspension that a notice brings outweighs what it saves, taking the others to comply. Then
every look is played: those who keep the clause deliver unless they are away; looks err both ways; who passes is paid; a
notice against anyone suspends the clause for all. Every random number is keyed by seed, run, look, member and purpose,
so that a run meets the same fortune at every setting.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from comity.kernel.streams import triangular

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Truths = NDArray[np.bool_]

_WORD = 2**32
_PATIENT = 1 - 1e-6


def block(problem: bytes, first: int, count: int) -> dict[str, NDArray[Any]]:
    """Some runs of a clause, from a frozen problem.

    Args:
        problem: canonical JSON, as :func:`comity.rehearsal.parts.experiment.problem.frozen` writes it.
        first: the number of the first run.
        count: how many runs.

    Returns:
        One number a run: ``worth`` to all members and ``paid`` out, in millions of dollars a year; ``delivered``, the
        share of all looks and parties in which the clause was performed; ``kept``, whether it always was while in
        force; ``true_notices`` and ``false_notices`` a year; ``suspended``, the share of looks without a clause.
    """
    said: dict[str, Any] = json.loads(problem)
    return _played(said, _drawn(said, first, count), first, count)


class _Drawn(NamedTuple):
    """What differs between runs before the first look; ``members`` in the order of the problem."""

    gains: Floats
    costs: Floats
    kept_from: Floats
    factor: Floats


def _drawn(said: dict[str, Any], first: int, count: int) -> _Drawn:
    """Draws of benefits, costs and discount, in millions of dollars a look."""
    import numpy as np

    seed, per, members = said["seed"], said["years"], said["members"]

    def spans(what: str) -> Floats:
        columns: list[Floats] = []
        for each in members:
            who = "world" if each["common"][what] else each["member"]
            columns.append(
                triangular(each[what], _uniforms(seed, f"{what}.{said['issue']}", who, first=first, count=count))
            )
        return np.column_stack(columns)

    rate = triangular(said["discount"], _uniforms(seed, f"discount.{said['issue']}", "world", first=first, count=count))
    kept = triangular(
        said["excludable"], _uniforms(seed, f"excludable.{said['issue']}", "world", first=first, count=count)
    )
    gains = spans("benefit") * per * ((1.0 + rate) ** -said["lead"])[:, None]
    return _Drawn(gains, spans("cost") * per, kept, np.minimum((1.0 + rate) ** -per, _PATIENT))


def _decided(said: dict[str, Any], drawn: _Drawn) -> Truths:
    """Which parties keep the clause, ``runs x parties``."""
    import numpy as np

    from comity.solvers.repeated.clause_game import Looks, Parties, felt, keeps

    owes = np.array([each["owes"] for each in said["members"]])
    part = np.array([each["part"] for each in said["members"]])
    pays = np.array([each["pays"] for each in said["members"]])[owes]
    whole = _useful(part[owes].sum(), said["needed"])
    left = np.array([_useful(part[owes].sum() - each, said["needed"]) for each in part[owes]])
    gains = drawn.gains[:, owes]
    parties = Parties(drawn.costs[:, owes], gains * (whole - left), gains * left, drawn.kept_from, pays)
    looks = Looks(said["false_alarm"], said["miss"], said["reward"])
    return keeps(parties, looks, felt(drawn.factor, said["suspended"]))


def _useful(share: float, needed: float) -> float:
    return float(share) if share >= needed - 1e-12 else 0.0


def _played(said: dict[str, Any], drawn: _Drawn, first: int, count: int) -> dict[str, NDArray[Any]]:
    import numpy as np

    owes = np.array([each["owes"] for each in said["members"]])
    part = np.array([each["part"] for each in said["members"]])[owes]
    names = tuple(each["member"] for each in said["members"] if each["owes"])
    away = _limits([each["absent"] for each in said["members"] if each["owes"]])
    alarm, seen = _limits([said["false_alarm"], 1 - said["miss"]])
    decided, left = _decided(said, drawn), np.zeros(count, dtype=np.int64)
    sums = {name: np.zeros(count) for name in ("good", "delivered", "true", "false", "paid", "force", "owed")}
    for look in range(said["looks"]):
        words = _words(said["seed"], names, look, first=first, count=count)
        force = left == 0
        does = decided & force[:, None] & (words[..., 0] >= away)
        noticed: Truths = np.logical_and(force[:, None], words[..., 1] < np.where(does, alarm, seen))
        sums["good"] += _worth(said, drawn, does, part=part, owes=owes)
        sums["delivered"] += does.sum(axis=1)
        sums["owed"] += force * len(names)
        sums["true"] += (noticed & ~does).sum(axis=1)
        sums["false"] += (noticed & does).sum(axis=1)
        sums["paid"] += said["reward"] * (force[:, None] & ~noticed).sum(axis=1)
        sums["force"] += force
        left = np.where(force, np.where(noticed.any(axis=1), said["suspended"], 0), left - 1)
    span = said["looks"] * said["years"]
    borne = float(sum(each["pays"] for each in said["members"]))
    return {
        "worth": (sums["good"] + sums["paid"] * (1.0 - borne)) / span,
        "delivered": sums["delivered"] / (said["looks"] * len(names)),
        "kept": (sums["delivered"] == sums["owed"]).astype(np.float64),
        "true_notices": sums["true"] / span,
        "false_notices": sums["false"] / span,
        "paid": sums["paid"] / span,
        "suspended": 1.0 - sums["force"] / said["looks"],
    }


def _worth(said: dict[str, Any], drawn: _Drawn, does: Truths, *, part: Floats, owes: Truths) -> Floats:
    """What one look brings all members, rewards apart: the good less what cannot reach who stays out, less costs."""
    import numpy as np

    whole = does @ part
    whole = np.where(whole >= said["needed"] - 1e-12, whole, 0.0)
    gains, costs = drawn.gains[:, owes], drawn.costs[:, owes]
    reach = np.where(does, 1.0, 1.0 - drawn.kept_from[:, None])
    others = drawn.gains[:, ~owes].sum(axis=1) * whole
    return (gains * reach).sum(axis=1) * whole - (costs * does).sum(axis=1) + others


def _limits(chances: list[float]) -> NDArray[np.int64]:
    """Chances as whole numbers below which a random word lies that often."""
    import numpy as np

    return np.array([round(each * _WORD) for each in chances], dtype=np.int64)


def _key(member: str) -> int:
    return int.from_bytes(hashlib.sha256(member.encode()).digest()[:4], "big")


@lru_cache(maxsize=512)
def _words(seed: int, members: tuple[str, ...], look: int, *, first: int, count: int) -> NDArray[np.int64]:
    """Random words of a look, ``runs x members x 2``: whether a member is away, and what verification sees."""
    import numpy as np

    from comity.kernel.streams import Stream

    keys = [_key(each) for each in members]
    words = Stream(seed, "rehearsal.looks").words(range(first, first + count), keys, look)
    return np.ascontiguousarray(words[..., :2]).astype(np.int64)


@lru_cache(maxsize=256)
def _uniforms(seed: int, purpose: str, who: str, *, first: int, count: int) -> Floats:
    from comity.kernel.streams import Stream

    return Stream(seed, f"rehearsal.{purpose}").uniforms(range(first, first + count), _key(who))[:, 0]
