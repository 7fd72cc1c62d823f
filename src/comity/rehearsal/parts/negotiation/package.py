"""What is negotiated: issues of the stakes as options on a grid, compensation, or the terms of a clause."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from comity.kernel.errors import InputError, NotComputable
from comity.kernel.result import Text
from comity.model.analysis import Inputs
from comity.model.institution import Institution
from comity.model.naming import named, short

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MOST = 20_000
"""The most packages there may be."""
USUAL = 5
"""So many issues make up the package where none is named."""
LEVELS = (0.0, 0.5, 1.0)
"""The parts of the losses that compensation makes good."""
COMPENSATION = "compensation"


@dataclass(frozen=True)
class Issue:
    """One issue of a package: its options as places on a scale, each in words, and where things stand."""

    name: str
    title: Text
    places: tuple[float, ...]
    words: tuple[Text, ...]
    now: int | None


@dataclass(frozen=True)
class Package:
    """What a body negotiates.

    Attributes:
        institution: the body.
        rules: the rules concerned, each by name; all of them must adopt the package.
        organs: the organs that decide its issues.
        issues: the issues.
        members: all members of the body, in the order of its rules.
        silent: members without stakes, taken to go along with the others.
        gain: from the number of a draw to what each package is worth beyond none: members x packages, nought for those
            without stakes.
        unit: the unit of that worth.
    """

    institution: Institution
    rules: tuple[str, ...]
    organs: tuple[str, ...]
    issues: tuple[Issue, ...]
    members: tuple[str, ...]
    silent: tuple[str, ...]
    gain: Callable[[int], Floats]
    unit: str

    @property
    def number(self) -> int:
        """How many packages there are."""
        return counted([each.places for each in self.issues])

    def open(self) -> NDArray[np.bool_]:
        """Which packages may be tabled: all but those that leave every issue as it stands."""
        import numpy as np

        from comity.solvers.bargain.packages import Outcomes

        digits = Outcomes(tuple(each.places for each in self.issues)).digits
        moved = np.array([each.now is not None for each in self.issues])
        now = np.array([-1 if each.now is None else each.now for each in self.issues])
        return np.asarray((digits != now)[:, moved].any(axis=1) | (not moved.any()), dtype=np.bool_)

    def words(self, digits: Sequence[int]) -> Text:
        """A package in words: each issue with its option."""
        each = [
            (issue.title, issue.words[digit]) for issue, digit in zip(self.issues, digits, strict=True)
        ]  # fmt: skip
        return Text(
            "; ".join(f"{title.en}: {word.en}" for title, word in each),
            "；".join(f"{title.of('zh')}：{word.of('zh')}" for title, word in each),
        )


def counted(options: Sequence[Sequence[float]]) -> int:
    """How many packages so many options make.

    Example:
        >>> counted([[0, 50, 100], [0, 1]])
        6
    """
    number = 1
    for each in options:
        number *= len(each)
    return number


def texts(status_quo: float, options: int) -> tuple[tuple[float, ...], int]:
    """A grid of texts from 0 to 100, the nearest replaced by where things stand; and the place of that.

    Example:
        >>> texts(20, 5)
        ((0.0, 20.0, 50.0, 75.0, 100.0), 1)
    """
    grid = [100 * number / (options - 1) for number in range(options)]
    now = min(range(options), key=lambda number: (abs(grid[number] - status_quo), number))
    grid[now] = float(status_quo)
    return tuple(grid), now


def refuse_many(options: Sequence[Sequence[float]], mend: str) -> None:
    """Refuse a package with too many outcomes.

    Raises:
        InputError: where there are more than :data:`MOST`, with how many there are.
    """
    if (number := counted(options)) > MOST:
        sizes = " x ".join(str(len(each)) for each in options)
        raise InputError(f"The package has {sizes} = {number:,} outcomes; at most {MOST:,} are held.", mend=mend)


def chosen(inputs: Inputs, body: Institution, asked: Sequence[str]) -> tuple[list[str], list[Text]]:
    """The issues that a body negotiates, and why others are left out.

    Args:
        inputs: what the analysis may read.
        body: the body.
        asked: issues of the stakes; where there are none, those on which most is at stake for its members.

    Raises:
        UnknownName: for an issue that the stakes do not have.
    """
    grounds = inputs.wanted()
    members = body.members_on(inputs.on or body.as_of)
    found: dict[str, float] = {}
    gaps: list[Text] = []
    for issue in dict.fromkeys(asked or grounds.stakes.issues):
        written, who = grounds.stakes.issue(issue), short(body)
        if body.matter(issue, *written.matters) is None:
            what = written.title
            gaps.append(Text(f"{who.en} has no rule for {what.en}", f"{who.of('zh')}没有决定“{what.of('zh')}”的规则"))
        elif not grounds.enough(issue, members):
            stands = grounds.stands(issue, members)
            lacking = named(inputs, [member for member in members if member not in stands])
            gaps.append(
                Text(
                    f"{written.title.en}: no stakes for {lacking.en} of {who.en}",
                    f"{written.title.of('zh')}：{who.of('zh')}的{lacking.of('zh')}没有诉求数据",
                )
            )
        else:
            quo = float(written.status_quo)
            stands = grounds.stands(issue, members).values()
            found[issue] = sum(each.salience[1] * abs(each.position[1] - quo) for each in stands) / len(members)
    if asked:
        return list(found), gaps
    return sorted(found, key=lambda issue: -found[issue])[:USUAL], []


def of_texts(
    inputs: Inputs, body: Institution, issues: Sequence[str], *, options: int, draws: int, rate: Fraction | None
) -> Package:  # fmt: skip
    """A package of texts on several issues, with compensation where a rate is given.

    What a member gains adds up over issues: its salience (a share of one) times the points by which the text is nearer
    to its position than the status quo is.
    """
    import numpy as np

    from comity.solvers.bargain.packages import Outcomes

    grounds = inputs.wanted()
    matters = [body.matter(each, *grounds.stakes.issue(each).matters) for each in issues]
    decided = [body.issues[matter] for matter in matters if matter is not None]
    rules = tuple(dict.fromkeys(each.rule for each in decided))
    members = body.game(rules[0], inputs.on or body.as_of).members
    grids = [texts(float(grounds.stakes.issue(each).status_quo), options) for each in issues]
    listed = [_text_issue(inputs, each, *grid) for each, grid in zip(issues, grids, strict=True)]
    if rate is not None:
        listed.append(_compensation())
    fewer = max(2, int((MOST / (1 if rate is None else len(LEVELS))) ** (1 / len(issues)) + 1e-9))
    refuse_many(
        [each.places for each in listed],
        f"Take fewer texts of each issue (--options {fewer}), or fewer issues (--issues).",
    )
    gains: list[Floats] = []
    judging: set[str] = set()
    for issue, (places, now) in zip(issues, grids, strict=True):
        stands = list(grounds.stands(issue, members))
        judging |= set(stands)
        drawn = grounds.draws(issue, stands, draws, inputs.seed)
        text = np.asarray(places)
        nearer = np.abs(text[now] - drawn.position)[:, :, None] - np.abs(text - drawn.position[:, :, None])
        wide = np.zeros((draws, len(members), len(text)))
        wide[:, [members.index(each) for each in stands]] = drawn.salience[:, :, None] / 100 * nearer
        gains.append(wide)
    packages = Outcomes(tuple(places for places, _ in grids))

    def gain(draw: int) -> Floats:
        table = packages.summed([each[draw] for each in gains])
        return table if rate is None else compensated(table, float(rate))

    organs = tuple(dict.fromkeys(each.organ for each in decided))
    silent = tuple(member for member in members if member not in judging)
    return Package(body, rules, organs, tuple(listed), members, silent, gain, "points times salience")


def _text_issue(inputs: Inputs, issue: str, places: tuple[float, ...], now: int) -> Issue:
    words = [Text(f"{each:.0f}") for each in places]
    words[now] = Text(f"{places[now]:.0f} (as it stands)", f"{places[now]:.0f}（现状）")
    return Issue(issue, inputs.wanted().stakes.issue(issue).title, places, tuple(words), now)


def _compensation() -> Issue:
    words = (Text("none", "无"), Text("half of all losses", "补偿一半损失"), Text("all losses", "补偿全部损失"))
    return Issue(COMPENSATION, Text("Compensation", "补偿"), LEVELS, words, None)


def compensated(table: Floats, rate: float) -> Floats:
    """Each package with each part of its losses made good: members x packages, to members x (packages x levels).

    Those that gain pay in proportion to what they gain, no more than all of it; what they pay is worth ``rate`` times
    as much to those that are paid.

    Example:
        >>> import numpy as np
        >>> compensated(np.array([[8.0], [-2.0]]), 0.5).tolist()
        [[8.0, 6.0, 4.0], [-2.0, -1.0, 0.0]]
    """
    import numpy as np

    won, lost = np.maximum(table, 0), np.maximum(-table, 0)
    able, owed = won.sum(axis=0), lost.sum(axis=0) / rate
    levels = np.asarray(LEVELS)
    with np.errstate(divide="ignore", invalid="ignore"):
        part = np.where(owed[:, None] > 0, np.minimum(levels, (able / owed)[:, None]), 0.0)
        taken = np.where(able[:, None] > 0, part * owed[:, None] / able[:, None], 0.0)
    found = table[:, :, None] + lost[:, :, None] * part - won[:, :, None] * taken
    return np.ascontiguousarray(found.reshape(len(table), -1))


def packages(inputs: Inputs, asked: Sequence[str], make: Callable[[Institution, list[str]], Package]) -> tuple[
    list[Package], list[Text]
]:  # fmt: skip
    """The package of each body, and what could not be negotiated.

    Raises:
        NotComputable: where the institution asked about has no issue that can be negotiated.
    """
    found: list[Package] = []
    left: list[Text] = []
    for body in (inputs.institution, *inputs.against):
        issues, gaps = chosen(inputs, body, asked)
        left += gaps
        if issues:
            found.append(make(body, issues))
        elif body is inputs.institution:
            told = "; ".join(each.en for each in gaps[:3]) or "no issue of the stakes comes before it"
            raise NotComputable(f"Nothing can be negotiated: {told}.", mend="Give stakes of your own: --stakes FILE.")
    return found, left
