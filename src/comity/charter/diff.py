"""What differs between two charters, or between two days of one, in words."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from comity.charter.phrases import SEMICOLON, Named, put, row
from comity.charter.provisions import Thing, provisions
from comity.charter.vocabulary import PARTS
from comity.kernel.errors import InputError
from comity.kernel.result import Text
from comity.model.actor import Actors, NamingPolicy
from comity.model.institution import Institution

ABSENT = Text("–", "–")
MOST = 12
"""How many changes of weight one sentence tells."""


@dataclass(frozen=True)
class Side:
    """One of the two that are compared.

    Attributes:
        institution: the charter.
        on: the day.
        only: the words before what this side alone has.
        members: the words before members that this side alone has.
    """

    institution: Institution
    on: datetime.date
    only: Text
    members: Text


@dataclass(frozen=True)
class Difference:
    """One thing that differs.

    Attributes:
        path: where it stands in the charter (``rules.majority.quorum``).
        part: the part of the charter, one of :data:`comity.charter.vocabulary.PARTS`.
        old: its content in the first, None where the first has it not.
        new: its content in the second, None where the second has it not.
        before: the first content in words.
        after: the second content in words.
        thing: what it is, in words; empty where the part says it all.
        side: which side of it differs (the chair of an organ); empty where it is the thing itself.
    """

    path: str
    part: str
    old: Any
    new: Any
    before: Text
    after: Text
    thing: Text
    side: Text = Text("")

    @property
    def arrow(self) -> Text:
        """What it was and what it is."""
        return put(Text("{before} → {after}"), before=self.before, after=self.after)

    @property
    def words(self) -> Text:
        """The difference as one sentence."""
        where = row((each for each in (self.thing, self.side) if each.en), last=Text(", ", "，"))
        return put(Text("{where}: {said}", "{where}：{said}"), where=where, said=self.arrow) if where.en else self.arrow

    def as_json(self) -> dict[str, Any]:
        """Path, part, old and new content, and the sentence in both languages."""
        words = {"en": self.words.en, "zh": self.words.zh}
        return {"path": self.path, "part": self.part, "old": self.old, "new": self.new, "words": words}


def sides(
    old: Institution, new: Institution, from_: datetime.date | None = None, to: datetime.date | None = None
) -> tuple[Side, Side]:
    """The two that are compared: two charters each on its day, or one charter on two days.

    Args:
        old: the first charter.
        new: the second, or the same again.
        from_: the day at which the first is read; its own day where absent.
        to: the day at which the second is read; its own day where absent.

    Raises:
        InputError: where a charter would be compared with itself on one day.
    """
    first, second = from_ or old.as_of, to or new.as_of
    same = old.digest == new.digest and old.name == new.name
    if same and first == second:
        what = f"{old.name or old.title.en} would be compared with itself on {first}."
        raise InputError(what, mend="Name another charter, or two days: --from 1950-06-25 --to 2026-02-06.")
    if same:
        gone, come = Text("no longer", "不再有"), Text("new", "新增")
        return Side(old, first, gone, Text("left", "退出")), Side(new, second, come, Text("joined", "加入"))
    alone = [put(Text("only in {name}", "仅见于{name}"), name=_called(each)) for each in (old, new)]
    return Side(old, first, alone[0], alone[0]), Side(new, second, alone[1], alone[1])


def _called(institution: Institution) -> Text:
    return Text(institution.aliases[0]) if institution.aliases else institution.title


def namer(institutions: Sequence[Institution], actors: Actors, policy: NamingPolicy = "cldr") -> Named:
    """By which name a member is told: its constituency's, its actor's, else its code."""

    def named(code: str) -> Text:
        titles = (each.member_title(code) for each in institutions)
        title = next((each for each in titles if each is not None), None)
        return title or (actors[code].name(policy) if code in actors else Text(code))

    return named


def compare(old: Side, new: Side, named: Named = Text) -> list[Difference]:
    """Everything that differs, in the order of the parts of a charter.

    Example:
        >>> import comity
        >>> first, second = sides(comity.load("g7"), comity.load("g5"))
        >>> [each.words.en for each in compare(first, second) if each.part == "exit"]
        ['– → notice of 12 months']
    """
    before, after = (provisions(side.institution, side.on, named) for side in (old, new))
    if any(_unknown(side) for side in (old, new)):
        before, after = (
            {path: each for path, each in side.items() if each.part != "members"} for side in (before, after)
        )
    paths = [*before, *(path for path in after if path not in before)]
    found = [each for path in paths for each in _differing(path, before.get(path), after.get(path))]
    order = list(PARTS)
    return sorted(found, key=lambda each: order.index(each.part))


def _unknown(side: Side) -> str:
    """Why the members of a side are not known on its day; nothing where they are."""
    try:
        side.institution.members_on(side.on)
    except InputError as error:
        return str(error)
    return ""


def caveats(old: Side, new: Side) -> list[Text]:
    """What could not be compared."""
    return [
        put(Text("Members were not compared. {why}", "未比较成员：{why}"), why=why)
        for why in (_unknown(side) for side in (old, new))
        if why
    ]


def _differing(path: str, old: Thing | None, new: Thing | None) -> Iterator[Difference]:
    one = old or new
    if one is None:
        return
    if old is None or new is None:
        content = {name: each.value for name, each in one.facets.items()}
        value = content.get("", content)
        if new is None:
            yield Difference(path, one.part, value, None, one.whole, ABSENT, one.title)
        else:
            yield Difference(path, one.part, None, value, ABSENT, one.whole, one.title)
        return
    for name in dict.fromkeys((*old.facets, *new.facets)):
        before, after = old.facets.get(name), new.facets.get(name)
        title = next(each.title for each in (before, after) if each is not None)
        values = tuple(None if each is None else each.value for each in (before, after))
        words = tuple(ABSENT if each is None else each.words for each in (before, after))
        told = words if name == "rule" or one.part == "decisions" else values  # rules differ by what they say
        if told[0] != told[1]:
            here = f"{path}.{name}" if name else path
            yield Difference(here, one.part, values[0], values[1], words[0], words[1], one.title, title)


def sentences(differences: Iterable[Difference], old: Side, new: Side) -> dict[str, list[Text]]:
    """The differences as sentences by part; things that differ in the same words share a sentence."""
    listed = list(differences)
    grouped: dict[tuple[str, str, str], list[Difference]] = {}
    for each in listed:
        if not _told_by_matter(each, listed):
            grouped.setdefault(_group(each), []).append(each)
    told: dict[str, list[Text]] = {}
    for (part, way, _), group in grouped.items():
        if way == "changed":
            said = [_changed(group)]
        elif way == "weight":
            said = [_weights(group)]
        else:
            said = [_only(old if way == "left" else new, group)]
        told.setdefault(part, []).extend(said)
    return told


def _told_by_matter(each: Difference, listed: Sequence[Difference]) -> bool:
    """Whether what a rule asks for is already told with a matter that it decides."""

    def within(part: Text, whole: Text) -> bool:
        return part == ABSENT or part.en in whole.en

    matters = (other for other in listed if other.part == "decisions")
    return each.part == "rules" and any(
        within(each.before, other.before) and within(each.after, other.after) for other in matters
    )


def _group(each: Difference) -> tuple[str, str, str]:
    above = each.path.rpartition(".")[0]
    if above.endswith(".weights"):
        return each.part, "weight", above
    if ABSENT not in {each.before, each.after} or each.side.en:
        return each.part, "changed", f"{each.side.en}: {each.arrow.en}"
    if each.part == "members":
        return each.part, "left" if each.after == ABSENT else "joined", ""
    if each.after == ABSENT:
        return each.part, "left", each.before.en
    return each.part, "joined", each.after.en


def _changed(group: Sequence[Difference]) -> Text:
    """What changed in the same way, as one sentence."""
    if len(group) == 1 or not all(each.thing.en for each in group):
        return group[0].words
    things = row(each.thing for each in group)
    return replace(group[0], thing=things).words


def _only(side: Side, group: Sequence[Difference]) -> Text:
    """What one side alone has: "only in G7: Canada and France"; things of the same content are listed together."""
    contents = [each.before if each.after == ABSENT else each.after for each in group]
    if group[0].part == "members":
        pattern = Text("{only} ({n}): {what}", "{only}（{n}）：{what}")
        return put(pattern, only=side.members, n=len(group), what=row(contents))
    things = row(each.thing for each in group if each.thing.en)
    pattern = Text("{only}: {things}: {what}", "{only}：{things}：{what}")
    if not things.en:
        pattern = Text("{only}: {what}", "{only}：{what}")
    return put(pattern, only=side.only, things=things, what=contents[0])


def _weights(group: Sequence[Difference]) -> Text:
    """The weights of one rule that differ: the first of them, and how many more."""
    told = [put(Text("{who} {said}", "{who}{said}"), who=each.side, said=each.arrow) for each in group[:MOST]]
    said = put(
        Text("{rule}: {told}", "{rule}：{told}"), rule=group[0].thing, told=row(told, last=SEMICOLON, comma=SEMICOLON)
    )
    more = len(group) - MOST
    return said if more <= 0 else put(Text("{said}; and {more} more", "{said}；另有{more}项"), said=said, more=more)
