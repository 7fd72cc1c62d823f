"""Asking one question of one institution: how Python, the command line and a study all do it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from comity.kernel.errors import InputError, UnknownName
from comity.kernel.quantity import day_of
from comity.kernel.result import Result
from comity.library.actors import actors
from comity.model.analysis import ANALYSES, Analysis, Inputs
from comity.model.institution import Institution
from comity.model.panel import Panel
from comity.model.stakes import Stakes


def analysis(question: str, options: Mapping[str, Any]) -> Analysis:
    """The analysis of this name with these options.

    Args:
        question: its kind (``analysis.power``), or the part after the dot where that is enough (``power``), written
            ``cost_benefit`` or, as on the command line, ``cost-benefit``.
        options: its options by name.

    Raises:
        UnknownName: where there is no such analysis.
        InputError: for options it does not have or cannot read.
    """
    kinds = list(ANALYSES.members())
    name = question.replace("-", "_")
    full = name if name in kinds else next((kind for kind in kinds if kind.split(".")[1] == name), None)
    if full is None:
        raise UnknownName("analysis", question, [kind.split(".")[1] for kind in kinds])
    try:
        return ANALYSES.get(full).model_validate({**options, "kind": full})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        name = ".".join(str(part) for part in first["loc"]) or "options"
        known = [field for field in ANALYSES.get(full).model_fields if field not in {"kind", "needs"}]
        raise InputError(
            f"{full}: {name}: {_said(first['type'], first['msg'])}.", mend=f"Its options are {', '.join(known)}."
        ) from None


def analyse(
    institution: Institution,
    question: str,
    world: Panel | None = None,
    *,
    against: Sequence[Institution] = (),
    on: datetime.date | str | None = None,
    seed: int = 1,
    stakes: Stakes | str | None = None,
    progress: Callable[[int, int, str], None] | None = None,
    **options: Any,
) -> Result:
    """Ask an institution one question.

    Args:
        institution: the institution asked about.
        question: the analysis (``power``, ``vetoes``, ``absence``, ``acceptability`` ...).
        world: the figures; the shipped ones where absent.
        against: institutions it is compared with.
        on: the day at which dated values are read; the charter's own day where absent.
        seed: the seed of random draws.
        stakes: what members want, or the name of a file of it; the one of the charter's name, else the shipped one,
            where absent.
        progress: told ``(done, total, note)`` on long work.
        **options: the options of the analysis.

    Raises:
        UnknownName: where there is no such analysis, rule, member or figure.
        InputError: for options that cannot be used.

    Example:
        >>> import comity as co
        >>> power = co.analyse(co.load("g5"), "power", rule="budget")
        >>> power.kind
        'analysis.power'
    """
    asked = analysis(question, options)
    given = inputs(institution, world, against=against, on=on, seed=seed, progress=progress)
    return asked.run(wanting(given, stakes) if asked.reads_stakes else given)


def _said(kind: str, message: str) -> str:
    """A message of pydantic in plain words."""
    if kind == "string_pattern_mismatch":
        return "not a code such as JPN"
    return f"{message[0].lower()}{message[1:]}".replace("input should", "it should").replace("string", "text")


def sensitivity(institution: Institution, world: Panel | None = None, *, draws: int = 10_000, seed: int = 1) -> Result:
    """How robust a choice of members is: the probability of a seat over random weights of the criteria.

    Args:
        institution: the institution, whose charter says how members are chosen.
        world: the figures; the shipped ones where absent.
        draws: how many weightings are drawn.
        seed: the seed of the draws.

    Example:
        >>> import comity as co
        >>> robust = co.sensitivity(co.load("g5"), co.panel(year=2025), draws=1000, seed=1)
        >>> 0 <= robust.values["p_exact_set"] <= 1
        True
    """
    return analyse(institution, "acceptability", world, seed=seed, draws=draws)


def inputs(
    institution: Institution,
    world: Panel | None = None,
    *,
    against: Sequence[Institution] = (),
    on: datetime.date | str | None = None,
    seed: int = 1,
    histories: Mapping[int, Panel] | None = None,
    command: str = "",
    progress: Callable[[int, int, str], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Inputs:
    """What an analysis may read, with the shipped figures and table of states where the caller gives none."""
    from comity import __version__
    from comity.library.figures import panel

    wrong = [each for each in (institution, *against) if not isinstance(each, Institution)]
    if wrong:
        raise InputError(f"{wrong[0]!r} is no institution.", mend="Load it first: comity.load('g5').")
    names = [each.name for each in (institution, *against)]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise InputError(f"{', '.join(twice)} would be compared with itself.", mend="Name each institution once.")
    if not 0 <= seed < 2**64:
        raise InputError(f"The seed {seed} does not fit.", mend="Give a whole number from 0 to 2**64 - 1.")

    given = {"progress": progress, "cancelled": cancelled}
    return Inputs(
        institution=institution,
        actors=actors(),
        against=tuple(against),
        panel=panel() if world is None else world,
        histories=dict(histories or {}),
        on=None if on is None else day_of(on),
        seed=seed,
        command=command,
        version=__version__,
        **{name: value for name, value in given.items() if value is not None},  # pyright: ignore[reportArgumentType]
    )


def wanting(given: Inputs, stakes: Stakes | str | None = None) -> Inputs:
    """The same with what members want: these stakes, else those of the charter's name, else those that ship.

    Raises:
        UnknownName: where there is no such file of stakes.
        DocumentError: with every problem of the file, where it has any.
    """
    from comity.library.places import names
    from comity.library.stakes import SHIPPED, ground

    own = given.institution.name
    asked = stakes or (own if own in names("stakes") else SHIPPED)
    return replace(given, stakes=ground(asked, given.panel))
