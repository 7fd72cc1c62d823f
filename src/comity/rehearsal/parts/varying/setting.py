"""Varying an institution: parts of its charter, of the stakes and of what happens from outside, as factors.

A factor is a path that exists, with values in the unit of its field. Whatever is changed is read again in full, so that
no setting is rehearsed that could not stand in a file.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

from pydantic import ValidationError

from comity.charter.check import check
from comity.charter.read import plain as as_json
from comity.charter.read import read
from comity.charter.write import write
from comity.kernel.canonical import plain
from comity.kernel.document import parse
from comity.kernel.errors import DocumentError, InputError, UnknownName
from comity.kernel.quantity import exact
from comity.model.actor import Actors
from comity.model.grounds import Grounds
from comity.model.institution import Institution
from comity.model.stakes import Stakes
from comity.rehearsal.parts.game.problem import Terms
from comity.rehearsal.parts.game.setting_up import player
from comity.rehearsal.parts.varying.places import Place, place
from comity.rehearsal.parts.varying.ranges import NONE, WRITTEN, Among, Range, ranged

Change = tuple[str, str]
"""A path and the value it is given, as a file would write it."""
WHOLE = "Rehearse the whole: --plays institution."


@dataclass(frozen=True)
class Setting:
    """What is rehearsed: an institution, what its members want, and what happens to them from outside.

    Attributes:
        institution: the institution.
        grounds: what members want.
        actors: the table of states, for the checks.
        shocks: how often something happens to a member, by what and whom: ``{("absent", "USA"): 1/10}``.
        happens: what can happen, in the rehearsal that is asked.
        players: who plays each member, ``*`` all others.
        terms: what an adopted text obliges to.
        seated: whether members are played by players at all, in the rehearsal that is asked.
    """

    institution: Institution
    grounds: Grounds
    actors: Actors
    shocks: Mapping[tuple[str, str], Fraction] = field(default_factory=dict[tuple[str, str], Fraction])
    happens: tuple[str, ...] = ("absent",)
    players: Mapping[str, str] = field(default_factory=dict[str, str])
    terms: Terms = field(default_factory=Terms)
    seated: bool = False

    def place(self, path: str) -> Place:
        """The field at a path: of the charter, below ``stakes.`` or ``terms.``, or a chance below ``shocks.``.

        Raises:
            UnknownName: where there is no such field, member or shock, with near ones.
            InputError: where the path leads nowhere.
        """
        drawer, _, rest = path.partition(".")
        if drawer == "stakes" and rest:
            return place(self.grounds.stakes, rest, f"stakes {self.grounds.stakes.name}")
        if drawer == "shocks":
            what, _, member = rest.partition(".")
            if what not in self.happens:
                raise UnknownName("shock", what, list(self.happens), mend="Write shocks.absent.USA.")
            members = self.institution.members_on(self.institution.as_of)
            if member not in members:
                raise UnknownName(f"member of {self.institution.name}", member, members)
            chance = self.shocks.get((what, member))
            return Place("share", None if chance is None else str(chance))
        if drawer == "players":
            return self._seat(rest)
        if drawer == "terms" and rest:
            if not self.seated:
                raise InputError("A clause alone is played without texts.", mend=WHOLE)
            return place(self.terms, rest, "terms of an adopted text")
        return place(self.institution, path, f"charter {self.institution.name}")

    def _seat(self, member: str) -> Place:
        if not self.seated:
            raise InputError("A clause alone is played without players.", mend=WHOLE)
        members = self.institution.members_on(self.institution.as_of)
        if member not in {*members, "*"}:
            raise UnknownName(f"member of {self.institution.name}", member, [*members, "*"])
        return Place("words", self.players.get(member))

    @cached_property
    def charter(self) -> Any:
        """The charter as a file has it."""
        return as_json(parse(write(self.institution), self.institution.name).data)

    def changed(self, changes: Sequence[Change]) -> Setting:
        """The same with other values in some places, checked in full.

        Raises:
            InputError: where a value cannot stand where it is put, or contradicts the rest.

        Example:
            >>> import comity as co
            >>> from comity.library.stakes import ground
            >>> now = Setting(co.load("g5"), ground(), co.actors())
            >>> less = now.changed([("clauses.oil_stocks.reward.amount", "50 million USD 2024")])
            >>> less.institution.clauses["oil_stocks"].reward.amount
            Money('50 million USD 2024')
        """
        made, players, charter, stakes, words = dict(self.shocks), dict(self.players), None, None, False
        terms = None
        for path, value in changes:
            if value == WRITTEN:
                continue
            drawer, _, rest = path.partition(".")
            here = self.place(path)
            if drawer == "shocks":
                self._happen(made, path, value)
            elif drawer == "players":
                self._play(players, path, value)
            elif drawer == "terms":
                terms = plain(self.terms) if terms is None else terms
                _put(terms, rest, value, here)
            elif drawer == "stakes":
                stakes = plain(self.grounds.stakes) if stakes is None else stakes
                words = words or here.kind == "words"
                _put(stakes, rest, value, here)
            else:
                charter = copy.deepcopy(self.charter) if charter is None else charter
                _put(charter, path, value, here)
        told = ", ".join(f"{path}={value}" for path, value in changes)
        law = self.institution if charter is None else self._law(charter, told)
        wants = self.grounds if stakes is None else self._wants(stakes, told, words=words)
        agreed = self.terms if terms is None else self._terms(terms, told)
        return replace(self, institution=law, grounds=wants, shocks=made, players=players, terms=agreed)

    def _play(self, made: dict[str, str], path: str, value: str) -> None:
        member = path.partition(".")[2]
        if value == NONE:
            made.pop(member, None)
            return
        player(value)
        made[member] = value

    def _happen(self, made: dict[tuple[str, str], Fraction], path: str, value: str) -> None:
        _, what, member = path.split(".", 2)
        if value == NONE:
            made.pop((what, member), None)
            return
        try:
            chance = exact(value)
        except ValueError as error:
            raise InputError(f"{path}={value}: {error}", mend="Write a chance from 0 to 1.") from None
        if not 0 <= chance <= 1:
            raise InputError(f"{path}={value}: a chance is no more than 1.", mend="Write 0..1 or less.")
        made[what, member] = chance

    def _terms(self, data: Any, told: str) -> Terms:
        try:
            return Terms.model_validate_json(json.dumps(data), strict=True)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = ".".join(str(part) for part in first["loc"])
            what = f"{told}: the terms do not allow it: {where}: {first['msg'][:1].lower()}{first['msg'][1:]}."
            raise InputError(
                what, mend=f"See what an adopted text obliges to: {', '.join(Terms.model_fields)}."
            ) from None

    def _law(self, data: Any, told: str) -> Institution:
        name, text = self.institution.name, json.dumps(data)
        try:
            found = Institution.model_validate_json(text, strict=True)
            if not any(check(found, self.actors)):
                return found.named(name)
        except ValidationError:
            pass
        try:
            return read(text, name, actors=self.actors)  # slower, and in a drafter's words
        except DocumentError as error:
            raise _refused(error, f"charter {name}", told) from None

    def _wants(self, data: Any, told: str, *, words: bool) -> Grounds:
        from comity.library.stakes import read_stakes

        name, text = self.grounds.stakes.name, json.dumps(data)
        if not words:
            try:
                found = Stakes.model_validate_json(text, strict=True).named(name, {})
                if not any(found.problems()):
                    return self._grounds(found)
            except ValidationError:
                pass
        try:
            found = read_stakes(text, name)  # slower, and in a drafter's words; it knows the names of figures too
        except DocumentError as error:
            raise _refused(error, f"stakes {name}", told) from None
        return self._grounds(found)

    def _grounds(self, stakes: Stakes) -> Grounds:
        """Other stakes on the same figures and votes; nothing that was derived from the old ones is kept."""
        held = self.grounds
        return Grounds(stakes, held.panel, held.points, held.digests)


@dataclass(frozen=True)
class Factor:
    """One part that is varied.

    Attributes:
        path: where it stands.
        place: what stands there.
        range: the values it takes.
    """

    path: str
    place: Place
    range: Range

    def change(self, at: float) -> Change:
        """The change that puts the factor at a place of its range, from 0 to 1."""
        return self.path, self.range.at(at)

    @property
    def ordered(self) -> bool:
        """Whether its values are numbers."""
        return not isinstance(self.range, Among)


def factors(setting: Setting, vary: Sequence[str]) -> tuple[Factor, ...]:
    """What is varied, each with its range, tried at both ends before anything is rehearsed.

    Args:
        setting: what is rehearsed as it stands.
        vary: ``PATH=LOW..HIGH`` or ``PATH=A|B``.

    Raises:
        UnknownName: for a path that does not exist, with near ones.
        InputError: for a range that is empty, in another unit, or beyond what the field allows.

    Example:
        >>> import comity as co
        >>> from comity.library.stakes import ground
        >>> now = Setting(co.load("g5"), ground(), co.actors())
        >>> [found] = factors(now, ["clauses.oil_stocks.verified.miss=0..1/2"])
        >>> found.range.at(0.5), found.place.written
        ('1/4', '1/20')
    """
    found: list[Factor] = []
    for each in vary:
        path, text = parted(each)
        if any(path == other.path for other in found):
            raise InputError(f"{path} is varied twice.", mend="Name it once, with one range.")
        here = setting.place(path)
        if here.part and any(word.strip() not in {NONE, WRITTEN} for word in text.split("|")):
            mend = f"Vary one of its fields, or write {path}='{WRITTEN}|{NONE}'."
            raise InputError(f"{path} is a part with fields of its own.", mend=mend)
        one = Factor(path, here, ranged(path, text, here.kind, here.written))
        tried = one.range.words if isinstance(one.range, Among) else one.range.ends
        for value in tried:
            setting.changed([(path, value)])
        found.append(one)
    return tuple(found)


def parted(text: str) -> tuple[str, str]:
    """Path and value of ``PATH=VALUE``.

    Raises:
        InputError: where it is not written so.
    """
    path, sign, value = (each.strip() for each in text.partition("="))
    if not (path and sign and value):
        mend = "Write PATH=RANGE, such as clauses.NAME.reward.amount='0..500 million USD 2024'."
        raise InputError(f"'{text}' names no path and no value.", mend=mend)
    return path, value


def _put(data: Any, path: str, value: str, here: Place) -> None:
    """The value where the path leads, as JSON holds it; a part that is left out goes."""
    *before, last = path.split(".")
    held: Any = data
    for part in before:
        held = held[_key(held, part)]
    key = _key(held, last)
    if value != NONE:
        held[key] = _said(value, here)
    elif isinstance(held, list):
        raise InputError(f"{path}: an entry of a list cannot be left out.", mend="Vary its value.")
    else:
        held.pop(key, None)


def _key(held: Any, part: str) -> int | str:
    """A name, or the number of an entry where there is a list."""
    return int(part) if isinstance(held, list) else part


def _said(value: str, here: Place) -> Any:
    """A value as JSON holds it."""
    if here.kind == "triple":
        return [value] * 3
    if here.whole and value.isdigit():
        return int(value)
    return value == "true" if here.truth and value in {"true", "false"} else value


def _refused(error: DocumentError, drawer: str, told: str) -> InputError:
    first = error.problems[0]
    return InputError(f"{told}: the {drawer} does not allow it: {first.path} {first.what}.", mend=first.mend)
