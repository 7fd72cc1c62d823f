"""Cases: what happened, event by event, and what the law must say of it, written so that a lawyer can read them.

A case names its facts and their source, the charter and the day, the events, and under ``then`` what must come out:
determinations in their order, flags, and parts of the state at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

from pydantic import TypeAdapter, ValidationError

from comity.kernel.canonical import plain
from comity.kernel.document import Document, mapping, parse
from comity.kernel.errors import DocumentError, Problem
from comity.kernel.family import Spec
from comity.kernel.quantity import Day
from comity.kernel.wording import explain
from comity.model.event import EVENTS
from comity.model.event.act import Act, Instant
from comity.model.fact import Seen
from comity.model.institution import Institution
from comity.procedure.amending import amended
from comity.procedure.applying import advance, apply
from comity.procedure.starting import start
from comity.procedure.state import Determination, Flag, State, Step
from comity.procedure.viewing import view

Basis = Literal["happened", "derived"]


class Given(Spec):
    """Where a case begins."""

    charter: str
    """The charter, by name or path."""
    on: Day | None = None
    """The day; the charter's own where absent."""
    changes: dict[str, Any] = {}
    """Parts of the charter that the case sets otherwise, each by its path."""


class TimePassed(Spec):
    """Time passes until a day or an instant, and nothing else happens."""

    kind: Literal["time_passed"] = "time_passed"
    """The kind of entry."""
    to: Day | None = None
    """The day reached."""
    at: Instant | None = None
    """The instant reached."""


class Expected(Spec):
    """What must come out: every field that is written must be so."""

    about: str | None = None
    """The question, instrument, clause or review."""
    sort: str | None = None
    """What sort of determination."""
    outcome: str | None = None
    """The outcome."""
    on: Day | None = None
    """The day on which it takes effect."""
    rule: str | None = None
    """The rule."""
    article: str | None = None
    """Words of the article."""
    contested: bool | None = None
    """Whether it is disputed."""
    readings: dict[str, str] | None = None
    """The outcome under some or all readings."""
    counts: dict[str, int] | None = None
    """Members by choice."""
    vetoed_by: tuple[str, ...] | None = None
    """Who vetoed what was otherwise adopted."""
    flips: tuple[str, ...] | None = None
    """Whose other choice would have changed the outcome."""
    excluded: dict[str, str] | None = None
    """Who had no vote, and why."""
    facts: dict[str, Any] | None = None
    """Further figures."""
    flag: Literal["ultra_vires", "irregular", "void"] | None = None
    """Instead of a determination: a flag of this kind."""
    says: str | None = None
    """Words of the flag."""
    state: dict[str, Any] | None = None
    """Instead of a determination: parts of the state at the end, each by its path."""


class Case(Spec):
    """One case."""

    id: str
    """Its name."""
    facts: str
    """What happened, in words."""
    said: str
    """The source of the facts."""
    seen: Seen
    """How the source was seen."""
    basis: Basis
    """Whether it happened, or follows from the rule and did not happen."""
    given: Given
    """Where it begins."""
    events: tuple[dict[str, Any], ...]
    """What happens."""
    then: tuple[Expected, ...]
    """What must come out, in this order."""


@dataclass(frozen=True)
class Replayed:
    """A case that was replayed.

    Attributes:
        case: the case.
        steps: each event, or passage of time, with what it did.
        state: the state at the end.
        missed: what should have come out and did not; empty where the case holds.
    """

    case: Case
    steps: tuple[tuple[Act | TimePassed, Step], ...]
    state: State
    missed: tuple[str, ...]


def read(text: str, name: str) -> list[Case]:
    """The cases of a file.

    Args:
        text: YAML 1.2: ``cases``, a list.
        name: the name of the file, for messages.

    Raises:
        DocumentError: with every problem of the file, each at its line and column.
    """
    document = parse(text, name)
    data = mapping(document.data)
    problems = list(document.problems)
    if data is None or not isinstance(data.get("cases"), list):
        problems.append(document.problem((), "is no file of cases", "Write cases: and a list of cases."))
        raise DocumentError(document.name, problems)
    found = list[Case]()
    for number, entry in enumerate(cast("list[Any]", data["cases"])):
        try:
            found.append(Case.model_validate(_plain(entry)))
        except ValidationError as error:
            problems += [_problem(each, document, ("cases", number), Case) for each in error.errors(include_url=False)]
            continue
        problems += _wrong_events(document, number, found[-1])
    if problems:
        raise DocumentError(document.name, problems)
    return found


def _wrong_events(document: Document, number: int, case: Case) -> Iterator[Problem]:
    for place, data in enumerate(case.events):
        try:
            entry(data)
        except ValidationError as error:
            kind = EVENTS.get(str(data.get("kind")), TimePassed)
            for each in error.errors(include_url=False):
                yield _problem(each, document, ("cases", number, "events", place), kind)


def _problem(error: Any, document: Document, place: tuple[Any, ...], spec: type[Spec]) -> Problem:
    below = [part for part in error["loc"] if part not in EVENTS]
    moved = {**error, "loc": (*place, *below)}
    if error["type"] == "union_tag_invalid":
        from comity.kernel.errors import UnknownName

        wrong = UnknownName("kind of event", str(error["ctx"]["tag"]), [*EVENTS, "time_passed"])
        return document.problem((*place, "kind"), wrong.message, wrong.mend)
    _, problem = explain(moved, document, spec)
    return problem


def _plain(data: Any) -> Any:
    if (parts := mapping(data)) is not None:
        return {key: _plain(value) for key, value in parts.items()}
    if isinstance(data, list):
        return tuple(_plain(each) for each in cast("list[Any]", data))
    return data


def entry(data: Mapping[str, Any]) -> Act | TimePassed:
    """The event, or passage of time, that an entry describes.

    Raises:
        pydantic.ValidationError: for an unknown kind, or fields that do not fit it.
    """
    from comity.model.event import event

    if data.get("kind") == "time_passed":
        return TypeAdapter(TimePassed).validate_python(dict(data))
    return event(dict(data))


def replay(case: Case, load: Callable[[str], Institution]) -> Replayed:
    """The case, event by event, and whether it comes out as it must.

    Args:
        case: the case.
        load: what gives a charter by its name.

    Raises:
        InputError: for a charter that is not there, or changes that leave none.
    """
    law = load(case.given.charter)
    if case.given.changes:
        law = amended(law, case.given.changes)
    state = start(law, case.given.on)
    steps = list[tuple[Act | TimePassed, Step]]()
    for data in case.events:
        each = entry(data)
        passes = isinstance(each, TimePassed)
        step = advance(state, each.at or each.to or state.on) if passes else apply(state, each)
        steps.append((each, step))
        state = step.state
    return Replayed(case, tuple(steps), state, tuple(_missed(case.then, [step for _, step in steps], state)))


def _missed(expected: Sequence[Expected], steps: Sequence[Step], state: State) -> Iterator[str]:
    determinations = iter([each for step in steps for each in step.determinations])
    flags = iter([each for step in steps for each in step.flags])
    for each in expected:
        if each.state is not None:
            yield from _state_missed(each.state, view(state))
        elif each.flag is not None:
            if not any(_flag_fits(each, flag) for flag in flags):
                yield f"no flag {each.flag} {each.says or ''} was raised".rstrip()
        else:
            tried = list[str]()
            if not any(_tried(each, found, tried) for found in determinations):
                near = f"; nearest: {tried[-1]}" if tried else ""
                yield f"{_wanted(each)} did not come out{near}"


def _wanted(expected: Expected) -> str:
    said = expected.model_dump(exclude_none=True, exclude_defaults=True)
    return ", ".join(f"{name} {plain(value)}" for name, value in said.items())


def _tried(expected: Expected, found: Determination, tried: list[str]) -> bool:
    wrong = list(_differences(expected, found))
    if wrong and expected.about in {None, found.about}:
        tried.append(f"{found.about} {found.outcome} on {found.on}: {'; '.join(wrong)}")
    return not wrong


def _differences(expected: Expected, found: Determination) -> Iterator[str]:
    for name in ("about", "sort", "outcome", "on", "rule", "contested"):
        wanted = getattr(expected, name)
        if wanted is not None and getattr(found, name) != wanted:
            yield f"{name} is {getattr(found, name)}, not {wanted}"
    if expected.article is not None and expected.article not in found.article:
        yield f"article is {found.article!r}"
    ruling = found.ruling
    for name in ("vetoed_by", "flips"):
        wanted = getattr(expected, name)
        if wanted is not None and (ruling is None or set(getattr(ruling, name)) != set(wanted)):
            yield f"{name} is {sorted(getattr(ruling, name, ()))}"
    if expected.counts is not None:
        counts = {choice: number for choice, number in ruling.counts.items() if number} if ruling else {}
        if counts != {choice: number for choice, number in expected.counts.items() if number}:
            yield f"counts are {counts}"
    yield from _within("readings", plain(expected.readings or {}), plain(found.readings))
    if expected.excluded is not None:
        yield from _within("excluded", plain(expected.excluded), plain(dict(ruling.excluded) if ruling else {}))
    yield from _within("facts", plain(expected.facts or {}), plain(found.facts))


def _within(name: str, wanted: Any, given: Any) -> Iterator[str]:
    for key, value in wanted.items():
        there: Any = given.get(key, "(nothing)")
        parts, deeper = mapping(value), mapping(there)
        if parts is not None and deeper is not None:
            yield from _within(f"{name}.{key}", parts, deeper)
        elif _words(there) != _words(value):
            yield f"{name}.{key} is {there}, not {value}"


def _words(value: Any) -> str | list[str]:
    """A value as it is compared: a list by its entries, all else as it is written."""
    return list(map(str, cast("list[Any]", value))) if isinstance(value, list | tuple) else str(value)


def _flag_fits(expected: Expected, flag: Flag) -> bool:
    return flag.what == expected.flag and (expected.says is None or expected.says in flag.says.en)


def _state_missed(wanted: Mapping[str, Any], state: Any) -> Iterator[str]:
    for path, value in plain(wanted).items():
        there: Any = state
        for part in path.split("."):
            inside = mapping(there)
            there = "(nothing)" if inside is None else inside.get(part, "(nothing)")
        if isinstance(value, list):
            wanted_, found = set(map(str, cast("list[Any]", value))), set(map(str, cast("list[Any]", there)))
            if not wanted_ <= found:
                yield f"{path} is {sorted(found)}, without {sorted(wanted_ - found)}"
        elif str(cast("object", there)) != str(value):
            yield f"{path} is {there}, not {value}"
