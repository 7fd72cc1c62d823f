"""Holding one part of a claim against what is at hand: a figure, a charter, or a fact with its source."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import singledispatchmethod
from typing import Any

from comity.kernel.errors import InputError
from comity.kernel.result import Text
from comity.model.actor import Actors
from comity.model.claim import (
    Amount,
    ByBeginning,
    ByDate,
    ByDays,
    ByFigure,
    ByMember,
    ByMembers,
    BySearch,
    ByStated,
    Found,
    Verdict,
)
from comity.model.dated import within
from comity.model.institution import Institution
from comity.model.panel import Panel
from comity.model.parts import Constituency, Membership
from comity.observation import held_words as words


@dataclass(frozen=True)
class Part:
    """What one part of a claim says, what is at hand, and the verdict that follows.

    ``seen`` is how the fact was seen (convention 13), or ``reported`` and ``derived`` for a figure.
    """

    verdict: Verdict
    claimed: Text
    found: Text
    source: Text
    year: int | None = None
    seen: str = ""
    url: str = ""


def _decided(*, agrees: bool) -> Verdict:
    return "confirmed" if agrees else "contradicted"


@dataclass(frozen=True)
class Evidence:
    """What claims are held against.

    Attributes:
        panel: the figures.
        actors: the table of states.
        charter: gives a charter by its name.
        earlier: figures of other years.
    """

    panel: Panel
    actors: Actors
    charter: Callable[[str], Institution]
    earlier: Mapping[int, Panel] = field(default_factory=dict[int, Panel])

    @singledispatchmethod
    def hold(self, test: Any) -> Part:
        """What is at hand on one part of a claim, and the verdict that follows."""
        raise TypeError(f"Nothing is known of how to hold a claim against {type(test).__name__}.")

    @hold.register
    def _figure(self, test: ByFigure) -> Part:
        panel = self._of_year(test)
        indicator = panel.indicator(test.indicator)
        value, unit = panel.value(test.state, test.indicator), words.unit(indicator.unit)
        claimed = _claimed(test, unit)
        if value is None:
            gap = words.gap(self._name(test.state), indicator.title)
            return Part("not_decidable", claimed, gap, Text("–"), None)
        year = panel.years(test.indicator)[test.state]
        source, status = _origin(panel, test)
        shown = words.figure(self._name(test.state), indicator.title, year, words.amount(Fraction(value), unit))
        verdict = _decided(agrees=test.borne_out(Fraction(value)))
        if test.rank is not None:
            place, gaps = _place(panel, test.indicator, test.state)
            claimed, shown = words.rank(test.rank, indicator.title), words.ranked(shown, place, gaps)
            certain = test.rank == place or not place < test.rank <= place + gaps
            verdict = _decided(agrees=test.rank == place) if certain else "not_decidable"
        if test.state not in panel.actors and test.rank is not None:
            verdict = "not_decidable"
        if test.near is not None or status == "recalled" or (test.year is not None and year != test.year):
            verdict = "not_decidable"
            shown = words.near(shown, test.near, recalled=status == "recalled")
        return Part(verdict, claimed, shown, source, year, status)

    @hold.register
    def _member(self, test: ByMember) -> Part:
        body = self.charter(test.institution)
        claimed = words.belonging(self._name(test.state), test.on, member=test.belonged)
        members = _members(body, test.on)
        if members is None:
            return _unknown(body, claimed, test.on)
        belongs = test.state in members
        entries = [entry for entry in _entries(body, test.on) if entry.state == test.state]
        if belongs and not _seen(entries):
            return _only_recalled(body, claimed, test.on)
        found = words.belonging(self._name(test.state), test.on, member=belongs)
        return Part(
            _decided(agrees=belongs == test.belonged), claimed, found, _charter(body), test.on.year, _how(entries)
        )

    @hold.register
    def _members(self, test: ByMembers) -> Part:
        body = self.charter(test.institution)
        claimed = words.members(test.count, test.on, test.since)
        now, before = _members(body, test.on), _members(body, test.since) if test.since else []
        if now is None or before is None:
            return _unknown(body, claimed, test.on)
        counted = [code for code in now if code not in before]
        entries = [entry for entry in _entries(body, test.on) if entry.state in counted]
        if len(entries) < len(counted) or not _seen(entries):
            return _only_recalled(body, claimed, test.on)
        found = words.members(len(counted), test.on, test.since, [self._name(code) for code in counted])
        verdict = _decided(agrees=len(counted) == test.count)
        return Part(verdict, claimed, found, _charter(body), test.on.year, _how(entries))

    @hold.register
    def _begun(self, test: ByBeginning) -> Part:
        body = self.charter(test.institution)
        claimed = words.beginning(test.year)
        entries = [
            each
            for each in body.members
            if isinstance(each, Membership) and each.from_ is not None and test.state in {None, each.state}
        ]
        first = min((each.from_ for each in entries if each.from_), default=None)
        entries = [each for each in entries if each.from_ == first]
        if first is None or not _seen(entries):
            return _only_recalled(body, claimed, None)
        found = words.begun([self._name(each.state) for each in entries], first)
        return Part(_decided(agrees=first.year == test.year), claimed, found, _charter(body), first.year, _how(entries))

    @hold.register
    def _stated(self, test: ByStated) -> Part:
        claimed = _claimed(test, test.unit) if test.stated() else Text("–")
        found = test.fact if test.found is None else words.told(test.fact, words.amount(test.found, test.unit))
        agrees = test.found is not None and test.borne_out(test.found)
        if test.near is not None:
            return _fact(test, "not_decidable", (claimed, words.near(found, test.near)), test.year)
        return _fact(test, _decided(agrees=agrees), (claimed, found), test.year)

    @hold.register
    def _dated(self, test: ByDate) -> Part:
        agrees = test.found == test.on if test.by is None else test.found <= test.by
        found = words.told(test.fact, words.day(test.found))
        verdict = _decided(agrees=agrees)
        return _fact(test, verdict, (words.when(test.on, test.by), found), test.found.year)

    @hold.register
    def _days(self, test: ByDays) -> Part:
        counted = (test.last - test.first).days + 1
        found = words.told(test.fact, words.span(test.first, test.last, counted))
        return _fact(test, _decided(agrees=counted == test.count), (words.days(test.count), found), test.last.year)

    @hold.register
    def _sought(self, test: BySearch) -> Part:
        return Part("not_decidable", test.claimed, test.fact, Text(test.where or "–"), None, url=test.url)

    def _name(self, code: str) -> Text:
        return self.actors[code].name() if code in self.actors else Text(code)

    def _of_year(self, test: ByFigure) -> Panel:
        """The panel that holds the figure of the year claimed, else the one at hand."""
        panels = (self.panel, *self.earlier.values())
        held = (each for each in panels if each.years(test.indicator).get(test.state) == test.year)
        return self.panel if test.year is None else next(held, self.panel)


def _claimed(test: Amount, unit: Text) -> Text:
    if test.value is not None:
        return words.about(words.amount(test.value, unit), test.tolerance)
    if test.more_than is not None:
        return words.more_than(words.amount(test.more_than, unit))
    return words.at_least(words.amount(test.at_least or Fraction(0), unit))


def _place(panel: Panel, indicator: str, state: str) -> tuple[int, int]:
    """The place of a state among the members of the UN, and how many of them have no figure."""
    own = panel.value(state, indicator) or 0.0
    world = panel.column(indicator)
    return 1 + sum(value > own for value in world if value is not None), sum(value is None for value in world)


def _origin(panel: Panel, test: ByFigure) -> tuple[Text, str]:
    """The source of a figure, and whether it is reported, derived or recalled."""
    cells = panel.frame.filter((panel.frame["iso3"] == test.state) & (panel.frame["indicator"] == test.indicator))
    return Text(str(cells["source"][0])), str(cells["status"][0])


def _fact(test: Found, verdict: Verdict, told: tuple[Text, Text], year: int | None) -> Part:
    """The finding that rests on a fact: none does on what is only recalled (convention 13)."""
    claimed, found = told
    if not test.decides:
        verdict, found = "not_decidable", words.near(found, None, recalled=True)
    return Part(verdict, claimed, found, Text(test.where or "–"), year, test.seen or "", test.url)


def _members(body: Institution, on: datetime.date) -> list[str] | None:
    try:
        return body.members_on(on)
    except InputError:
        return None


def _entries(body: Institution, on: datetime.date) -> list[Membership]:
    standing = (each for each in body.members if isinstance(each, Membership))
    return [each for each in standing if within(each.from_, each.until, on)]


def _seen(entries: Sequence[Membership | Constituency]) -> bool:
    return bool(entries) and all(each.seen in {"text", "quoted"} for each in entries)


def _how(entries: Sequence[Membership]) -> str:
    return "quoted" if any(each.seen == "quoted" for each in entries) else "text" if entries else ""


def _charter(body: Institution) -> Text:
    return words.charter(body.aliases[0] if body.aliases else body.name)


def _unknown(body: Institution, claimed: Text, on: datetime.date) -> Part:
    return Part("not_decidable", claimed, words.unknown_members(on), _charter(body), on.year)


def _only_recalled(body: Institution, claimed: Text, on: datetime.date | None) -> Part:
    return Part("not_decidable", claimed, words.unsourced(), _charter(body), on.year if on else None)
