"""Setting up a game: the problem is frozen, and whatever would stop it is said before round 1."""

from __future__ import annotations

import datetime
from collections.abc import Container, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from comity.kernel.errors import InputError, NotComputable, UnknownName
from comity.kernel.family import kind_of
from comity.kernel.quantity import Duration
from comity.model.grounds import Grounds
from comity.model.institution import Institution
from comity.model.instrument import LegalForce
from comity.model.panel import Panel
from comity.model.player import PLAYERS, Player
from comity.model.seat import Answer
from comity.procedure import start
from comity.rehearsal.parts.game.conduct import Conduct
from comity.rehearsal.parts.game.conduct import conduct as conducted
from comity.rehearsal.parts.game.driver import Driver, Hand, Write
from comity.rehearsal.parts.game.joining import may_knock
from comity.rehearsal.parts.game.play import Play
from comity.rehearsal.parts.game.problem import Problem, Shock, Terms, days
from comity.rehearsal.parts.game.sharing import stated
from comity.rehearsal.parts.game.wishes import Topic, topics

USUAL = Duration.parse("6 months")
"""The time between rounds where no organ says how often it meets."""
MOST_MEMBERS = 60
"""How large a body one game takes: every member is asked about everything, one by one."""


def player(written: str | Mapping[str, Any] | Player) -> Player:
    """A player from how it is written: ``concede``, ``concede:speed=1/2`` or its fields.

    Raises:
        UnknownName: where there is no such player.
        InputError: for parameters that it does not have, or that are out of range.

    Example:
        >>> player("concede:speed=1/2").speed
        Fraction(1, 2)
    """
    if isinstance(written, Player):
        return written
    fields = dict(written) if isinstance(written, Mapping) else _fields(written)
    kind = str(fields.get("kind", ""))
    spec = PLAYERS.get(kind)
    try:
        return spec.model_validate(fields)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        named = {name: field.description for name, field in spec.model_fields.items() if name != "kind"}
        told = " ".join(f"{name}: {meaning}" for name, meaning in named.items()) or "It has no parameters."
        raise InputError(f"The player '{kind}': {where}: {_small(first['msg'])}.", mend=told) from None


def _small(message: str) -> str:
    return message[:1].lower() + message[1:]


def _fields(written: str) -> dict[str, Any]:
    kind, *parts = written.split(":")
    fields: dict[str, Any] = {"kind": kind}
    name = ""
    for part in parts:
        if "=" not in part and name:  # the name of a model may hold a colon
            fields[name] = f"{fields[name]}:{part}"
            continue
        name, sign, value = part.partition("=")
        if not sign:
            raise InputError(f"'{part}' in '{written}' is no parameter.", mend="Write NAME:PARAMETER=VALUE.")
        fields[name] = int(value) if value.isdecimal() else value
    return fields


def frozen(  # noqa: PLR0913 - one argument for each part of the problem
    institution: Institution,
    grounds: Grounds,
    *,
    players: Mapping[str, str | Mapping[str, Any] | Player] | None = None,
    rounds: int = 20,
    seed: int = 1,
    run: int = 0,
    on: datetime.date | None = None,
    every: str | None = None,
    shocks: Sequence[Shock | Mapping[str, Any]] = (),
    items: int = 3,
    texts: int = 3,
    terms: Mapping[str, Any] | None = None,
    fallback: str | Mapping[str, Any] | Player = "reciprocate",
    force: LegalForce | None = None,
    conduct: str | Mapping[str, Any] | Conduct | None = None,
    actors: Container[str] | None = None,
) -> Problem:
    """The problem as it is fixed before round 1.

    Raises:
        UnknownName: for a player, or for a member of the institution, that is not there.
        InputError: for numbers out of range, and shocks that contradict themselves.
    """
    given = {"*": "reciprocate", **(players or {})}
    day = on or institution.as_of
    members = institution.members_on(day)
    for name in given:
        if name != "*" and name not in members:
            raise UnknownName(f"member of {institution.title.en}", name, members)
    seats = {name: player(each) for name, each in given.items()}
    for number, shock in enumerate(shocks):
        named = shock.model_dump() if isinstance(shock, Shock) else shock
        if named.get("what") == "accedes":
            _knocking(members, actors, number + 1, named)
            may_knock(institution, grounds, number + 1, named, outside=bool(seats["*"].outside))
            continue
        for who in (named.get("by"), named.get("against")):
            if who is not None and who not in members:
                raise UnknownName(f"member of {institution.title.en} in shock {number + 1}", who, members)
    for number, shock in enumerate(shocks):
        _shockable(institution, grounds, number + 1, shock)
    fields = {
        "charter": institution.name,
        "charter_digest": institution.digest,
        "stakes": grounds.stakes.name,
        "stakes_digest": grounds.stakes.digest,
        "start": day,
        "every": every or str(_meeting(institution)),
        "rounds": rounds,
        "players": seats,
        "fallback": _deciding(player(fallback)),
        "seed": seed,
        "run": run,
        "shocks": [_electing(each) for each in shocks],
        "items": items,
        "texts": texts,
        "terms": Terms() if terms is None else terms,
        "force": force or _force(institution),
        "conduct": conducted(conduct),
    }
    try:
        return Problem.model_validate(fields)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        mend = str((first.get("ctx") or {}).get("mend", "See `comity rehearse --help`."))
        raise InputError(f"The rehearsal cannot begin: {where}: {_small(first['msg'])}.", mend=mend) from None


def _knocking(members: Sequence[str], actors: Container[str] | None, number: int, shock: Mapping[str, Any]) -> None:
    """Whether whoever asks to join is a state, and outside.

    Raises:
        InputError: where it is a member already, or nobody that is known.
    """
    if actors is not None and str(shock.get("by")) not in actors:
        what = f"Shock {number}: {shock.get('by')} is no state that is known."
        raise InputError(what, mend="Name one by its code, such as FRA.")
    if shock.get("by") in members:
        what = f"Shock {number}: {shock['by']} is a member already."
        raise InputError(what, mend="Name a state that is none.")


def _electing(shock: Shock | Mapping[str, Any]) -> Shock | dict[str, Any]:
    """A shock, with the player that follows an election read from its line."""
    if isinstance(shock, Shock):
        return shock
    given = shock.get("player")
    return dict(shock) if given is None else {**shock, "player": player(given)}


def _shockable(institution: Institution, grounds: Grounds, number: int, shock: Shock | Mapping[str, Any]) -> None:
    """Whether what a shock names is there.

    Raises:
        UnknownName: for an issue that the stakes do not have.
        InputError: where the charter or the stakes leave nothing for it to do.
    """
    given = shock.model_dump() if isinstance(shock, Shock) else shock
    issue, issues = given.get("issue"), grounds.stakes.issues
    if issue is not None and issue not in issues:
        raise UnknownName(f"issue of {grounds.stakes.name} in shock {number}", issue, list(issues))
    if given["what"] == "price" and issue is not None and issues[issue].good is None:
        what = f"Shock {number}: the stakes {grounds.stakes.name} value no good on {issue}, so it has no price."
        raise InputError(what, mend="Name an issue with a good, such as climate_monitoring.")
    if given["what"] == "leaves" and institution.exit is None:
        what = f"Shock {number}: {institution.title.en} says nothing of exit, so nobody can give notice."
        raise InputError(what, mend="Write exit in a copy of the charter, or let the member be absent.")


def _deciding(fallback: Player) -> Player:
    """A fallback, which nobody outside plays."""
    if fallback.outside:
        what = f"The fallback '{kind_of(type(fallback))}' does not decide by itself."
        raise InputError(what, mend="Name another player, such as reciprocate.")
    return fallback


def _meeting(institution: Institution) -> Duration:
    """The shortest time between the sessions of an organ that decides anything."""
    deciding = {issue.organ for issue in institution.issues.values()}
    spans = [organ.meets for name, organ in institution.organs.items() if name in deciding and organ.meets is not None]
    return min(spans, key=days, default=USUAL)


def _force(institution: Institution) -> LegalForce:
    """What the charter's own clauses say; of a body that is only a practice no text binds in law."""
    for clause in institution.clauses.values():
        return clause.force
    return "politically_binding" if institution.status == "practice" else "binding"


def game(
    problem: Problem,
    institution: Institution,
    grounds: Grounds,
    *,
    panel: Panel | None = None,
    hands: Mapping[str, Hand] | None = None,
    known: Mapping[str, Answer] | None = None,
    write: Write | None = None,
) -> Play:
    """A game before its first round.

    Args:
        problem: what is rehearsed.
        institution: its charter, the very one that was frozen.
        grounds: its stakes, the very ones that were frozen.
        panel: figures that contributions follow.
        hands: who answers from outside, by member.
        known: answers on the log of an interrupted game.
        write: keeps an entry of the log.

    Raises:
        InputError: where charter or stakes are not those that were frozen, or nobody answers for a person.
        NotComputable: where no issue can be played, or the body is too large.
    """
    changed = [
        what
        for what, was, now in (
            (f"charter '{problem.charter}'", problem.charter_digest, institution.digest),
            (f"stakes '{problem.stakes}'", problem.stakes_digest, grounds.stakes.digest),
        )
        if was != now
    ]
    if changed:
        raise InputError(f"The {' and the '.join(changed)} changed since the game began.", mend="Begin a new game.")
    hands = hands or {}
    state = start(institution, problem.start)
    members = state.members
    _seated(problem, members, hands)
    if len(members) > MOST_MEMBERS:
        what = f"{institution.title.en} has {len(members)} members; one game asks each of at most {MOST_MEMBERS}."
        raise NotComputable(what, mend="Rehearse a council of it.")
    found, left = topics(institution, grounds, members)
    if not found:
        why = "it has no rule for any, or its members have no stakes"
        raise NotComputable(
            f"No issue of {grounds.stakes.name} can be played: {why}.", mend="Give stakes: --stakes FILE."
        )
    if problem.terms.reward is not None and not institution.funds:
        raise InputError("A reward needs a fund, and the charter has none.", mend="Add one under funds.")
    stated(institution, problem.conduct)
    driver = Driver(problem, state, hands, known or {}, order={member: at for at, member in enumerate(members)})
    driver.write = write or driver.write
    return Play(problem, driver, found, panel, _sits(problem, institution, found), left=left, grounds=grounds)


def _seated(problem: Problem, members: Sequence[str], hands: Mapping[str, Hand]) -> None:
    """Whether somebody answers in every seat."""
    empty = {each: problem.player(each).outside for each in members if each not in hands}
    if people := [each for each, who in empty.items() if who == "person"]:
        what = f"{', '.join(people)} would be played by a person, and there is no terminal."
        raise InputError(what, mend="Run comity rehearse at a terminal, or name another player.")
    if unheard := [each for each, who in empty.items() if who == "model"]:
        what = f"{', '.join(unheard)} would be played by a language model, and no endpoint is named."
        raise InputError(what, mend="Name one: --model-url http://localhost:11434/v1, or COMITY_MODEL_URL.")


def _sits(problem: Problem, institution: Institution, found: Mapping[str, Topic]) -> dict[str, int]:
    """Every how many rounds each organ that has something to decide sits."""
    organs = dict.fromkeys(topic.organ for topic in found.values())
    spans = {name: institution.organs[name].meets for name in organs}
    return {
        name: 1 if span is None else max(round(days(span) / days(problem.every)), 1) for name, span in spans.items()
    }
