"""Where else the same issues could be decided: the same members under other rules, and other clubs under theirs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from comity.analysis.parts.decisions import day
from comity.analysis.parts.matters import Docket, Gap, Matter, docket
from comity.analysis.parts.zone import Judged
from comity.kernel.errors import InputError
from comity.kernel.result import Text
from comity.model.analysis import Inputs
from comity.model.institution import Institution
from comity.model.naming import short
from comity.model.rule import RULES

SHIPPED = ("g5", "g7", "g20", "brics", "sco", "unsc")
"""The clubs of the heat map where none is named."""
PERMANENT = ("USA", "RUS", "CHN", "GBR", "FRA")
"""Permanent members of the Security Council."""
_MAJORITY: dict[str, Any] = {"kind": "majority", "of": "members"}
RULES_TRIED: dict[str, tuple[Text, dict[str, Any]]] = {
    "consensus": (Text("consensus", "协商一致"), {"kind": "consensus", "objection": "members_present"}),
    "two_thirds": (Text("two thirds", "三分之二多数"), {**_MAJORITY, "at_least": "2/3"}),
    "half": (Text("simple majority", "简单多数"), {**_MAJORITY, "more_than": "1/2"}),
    "half_with_veto": (
        Text("majority, veto of the permanent five", "多数决，五常有否决权"),
        {**_MAJORITY, "more_than": "1/2"},
    ),
}
"""The rules that the same members are put under."""


@dataclass(frozen=True)
class Venue:
    """A column of the heat map: its key, its name, whether it is a rule or a club, and its cells."""

    key: str
    title: Text
    sort: str
    cells: tuple[Matter | Gap, ...]


@dataclass(frozen=True)
class Cells:
    """What was judged: each issue before each body asked about, and each venue with its issues in turn."""

    judged: tuple[Judged, ...]
    heat: tuple[tuple[Venue, Judged | Gap], ...]


def venues(inputs: Inputs, asked: Docket, clubs: tuple[str, ...]) -> list[Venue]:
    """The columns of the heat map: the institution's own rules, other rules for its members, other clubs.

    Args:
        inputs: what the analysis may read.
        asked: the issues before the institution.
        clubs: names of clubs, ``all`` for every one that ships.

    Raises:
        UnknownName: for a club that is not there.
    """
    body = inputs.institution
    own = _cells(asked, body)
    name = short(body)
    found = [Venue(body.name, Text(f"{name.en}, as written", f"{name.of('zh')}（现行规则）"), "rule", own)]
    for key, (title, written) in RULES_TRIED.items():
        cells = tuple(_under(inputs, each, key, written) if isinstance(each, Matter) else each for each in own)
        if key != "half_with_veto" or any(member in PERMANENT for member in body.members_on(day(inputs, body))):
            found.append(Venue(f"{body.name}.{key}", Text(title.en, title.of("zh")), "rule", cells))
    for club in others(inputs, clubs):
        elsewhere = docket(inputs, asked.issues, [club])
        found.append(Venue(club.name, short(club), "club", _cells(elsewhere, club)))
    return found


def _cells(asked: Docket, body: Institution) -> tuple[Matter | Gap, ...]:
    by_issue: dict[str, Matter | Gap] = {each.issue: each for each in asked.gaps if each.institution is body}
    by_issue |= {each.issue: each for each in asked.before(body)}
    return tuple(by_issue[issue] for issue in asked.issues)


def _under(inputs: Inputs, matter: Matter, key: str, written: dict[str, Any]) -> Matter:
    """The same issue before the same members under another rule."""
    decision = matter.decision
    veto = [member for member in decision.members if member in PERMANENT] if key == "half_with_veto" else []
    rule = RULES.get(written["kind"]).model_validate({**written, "veto": veto})
    game = rule.compile(list(decision.members), on=day(inputs, decision.institution), quorum=None)
    title = RULES_TRIED[key][0]
    return replace(matter, decision=replace(decision, rule=key, reading="tried", title=title, game=game, quorum=None))


def others(inputs: Inputs, clubs: tuple[str, ...]) -> list[Institution]:
    """The bodies it is compared with, then these clubs by name, those left out that have no members on the day.

    Raises:
        UnknownName: for a club that is not there.
    """
    from comity.library.institutions import load
    from comity.library.places import shipped_names

    given = {each.name: each for each in inputs.against}
    wanted = list(given) + (shipped_names("charter") if "all" in clubs else list(clubs))
    found: list[Institution] = []
    for name in dict.fromkeys(wanted):
        if name == inputs.institution.name:
            continue
        club = given.get(name) or load(name)
        try:
            members = club.members_on(day(inputs, club))
        except InputError:
            continue
        if members and ("all" not in clubs or club.status != "historical"):
            found.append(club)
    return found
