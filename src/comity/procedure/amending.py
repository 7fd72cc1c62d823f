"""The charter with some of its parts changed: what comes out must be a charter that can act."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from pydantic import ValidationError

from comity.kernel.canonical import plain
from comity.kernel.document import mapping
from comity.kernel.errors import InputError
from comity.model.clause import CLAUSES, Clause
from comity.model.institution import Institution
from comity.model.threshold import Bound


def amended(law: Institution, parts: dict[str, Any]) -> Institution:
    """The charter with some of its parts changed, each named by its path; the result must be a charter.

    Raises:
        InputError: where a path leads nowhere, or what comes out is no charter.

    Example:
        >>> import comity
        >>> g5 = comity.load("g5")
        >>> amended(g5, {"rules.majority.at_least": "4/5"}).rules["majority"].at_least
        Fraction(4, 5)
    """
    data: Any = plain(law)
    data["rules"] = _by_name(data["rules"], {str(shared): name for name, shared in data["weights"].items()})
    for path, value in parts.items():
        *way, last = path.split(".")
        place: Any = data
        try:
            for step in way:
                place = cast("Any", place[int(step)] if isinstance(place, list) else place[step])
        except (KeyError, IndexError, ValueError, TypeError):
            raise InputError(f"The charter has no part '{path}'.", mend="Name parts such as rules.budget.") from None
        if value is None:
            cast("dict[str, Any]", place).pop(last, None)
        else:
            place[last] = plain(value)
    try:
        made = Institution.model_validate_json(json.dumps(data), strict=True)
    except (ValidationError, ValueError) as error:
        what = f"The amendment of {', '.join(parts)} leaves no charter: {str(error).splitlines()[0]}."
        raise InputError(what, mend="Name parts by their path, such as rules.budget.at_least.") from None
    for what, mend in _unsound(made):
        raise InputError(f"The amendment of {', '.join(parts)} leaves a charter that cannot act: {what}.", mend=mend)
    return made.named(law.name)


def with_clauses(law: Institution, clauses: Mapping[str, Any], joined: Iterable[str] = ()) -> Institution:
    """The charter with clauses that a decision creates beside its own; those who joined since may owe them too.

    Raises:
        InputError: where one has the name of another, is no clause, or names what the charter does not declare.

    Example:
        >>> import comity
        >>> report = {"kind": "report", "issue": "energy", "obligor": ["JPN"], "by": "2027-01-01",
        ...           "verified": {"by": "secretariat", "every": "6 months"}}
        >>> list(with_clauses(comity.load("g5"), {"stocks_report": report}).clauses)
        ['oil_stocks', 'stocks_report']
    """
    made: dict[str, Clause] = {}
    came = [member for member in joined if member not in law.ever_members()]
    whole = law.model_copy(update={"members": (*law.members, *came)}) if came else law
    for name, written in clauses.items():
        try:
            made[name] = CLAUSES.get(str(written.get("kind"))).model_validate(written)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = ".".join(str(part) for part in first["loc"])
            raise InputError(f"{name} is no clause: {where}: {first['msg']}.", mend="See docs/charters.md.") from None
        for path, what, mend in made[name].problems(whole):
            raise InputError(f"{name}: {'.'.join(str(part) for part in path)}: {what}.", mend=mend)
    if twice := [name for name in made if name in law.clauses]:
        raise InputError(f"There is a clause {', '.join(twice)} already.", mend="Choose another name.")
    copy = law.model_copy(update={"clauses": {**law.clauses, **made}})
    vars(copy).pop("digest", None)  # worked out anew when it is asked for
    return copy


def _unsound(law: Institution) -> Iterator[tuple[str, str]]:
    """What keeps a charter from acting: matters without organ or rule, shares that nobody can reach."""
    if not law.rules:
        yield "there is no rule", "Leave at least one."
    for name, issue in law.issues.items():
        if issue.rule not in law.rules or issue.organ not in law.organs:
            yield f"the matter {name} has no rule or organ", "Name one that the charter declares."
    for rule in law.rules.values():
        if isinstance(rule, Bound):
            yield from ((what, mend) for _, what, mend in rule.excess())


def _by_name(value: Any, shared: Mapping[str, str]) -> Any:
    """Rules that name the weights they share again, in the place of a copy of them: changed weights reach them."""
    if isinstance(value, list):
        return [_by_name(each, shared) for each in cast("list[Any]", value)]
    parts = mapping(value)
    if parts is None:
        return value
    own = shared.get(str(parts.get("weights")))
    kept = {name: _by_name(each, shared) for name, each in parts.items() if name != "weights" or own is None}
    return kept if own is None else {**kept, "weights": own}
