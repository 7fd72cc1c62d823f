"""What is negotiated: issues of the stakes as options on a grid, and what they make together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.kernel.errors import NotComputable
from comity.kernel.result import Text
from comity.model.analysis import Inputs
from comity.model.institution import Institution
from comity.model.naming import named, short

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from comity.solvers.bargain.packages import Outcomes

    Floats = NDArray[np.float64]

MOST = 20_000
"""The most packages there may be."""
USUAL = 5
"""So many issues make up the package where none is named."""


@dataclass(frozen=True)
class Issue:
    """One issue of a package: its options as places on a scale, each in words, and where things stand."""

    name: str
    title: Text
    places: tuple[float, ...]
    words: tuple[Text, ...]
    now: int | None


@dataclass(frozen=True)
class Block:
    """What is settled in one piece: a text on one issue, or all terms of a clause.

    Attributes:
        name: its name.
        title: its title.
        issues: its issues.
        gains: draws x members x combinations of their options; what each is worth beyond none.
        rule: the rule that decides it.
        organ: the organ that does.
        judging: members with stakes in it.
    """

    name: str
    title: Text
    issues: tuple[Issue, ...]
    gains: Floats
    rule: str
    organ: str
    judging: frozenset[str]


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
        blocks: what it is put together from.
        picked: the numbers of the packages that are held, where they are a sample.
    """

    institution: Institution
    rules: tuple[str, ...]
    organs: tuple[str, ...]
    issues: tuple[Issue, ...]
    members: tuple[str, ...]
    silent: tuple[str, ...]
    gain: Callable[[int], Floats]
    unit: str
    blocks: tuple[Block, ...] = ()
    picked: NDArray[np.int64] | None = None

    @property
    def of(self) -> int:
        """How many packages the options make."""
        return counted([each.places for each in self.issues])

    @property
    def number(self) -> int:
        """How many packages are held."""
        return self.of if self.picked is None else len(self.picked)

    def outcomes(self) -> Outcomes:
        """The packages, with which of them may be tabled."""
        from comity.solvers.bargain.packages import Outcomes

        return Outcomes(tuple(each.places for each in self.issues), self.open(), self.picked)

    def open(self) -> NDArray[np.bool_]:
        """Which packages may be tabled: all but those that leave every text as it stands and settle nothing else."""
        import numpy as np

        from comity.solvers.bargain.packages import Outcomes

        digits = Outcomes(tuple(each.places for each in self.issues), picked=self.picked).digits
        moved = np.array([each.now is not None for each in self.issues])
        now = np.array([-1 if each.now is None else each.now for each in self.issues])
        settles = any(issue.now is None for block in self.blocks for issue in block.issues) or not moved.any()
        return np.asarray((digits != now)[:, moved].any(axis=1) | settles, dtype=np.bool_)

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


def text_blocks(
    inputs: Inputs, body: Institution, issues: Sequence[str], *, options: int, draws: int
) -> list[Block]:  # fmt: skip
    """Texts on several issues, each a block of its own.

    A text is worth to a member its salience (a share of one) times the points by which the text is nearer to its
    position than what it has without agreement: the status quo or, where the stakes say so, its reservation.
    """
    import numpy as np

    grounds = inputs.wanted()
    found: list[Block] = []
    for name in issues:
        written = grounds.stakes.issue(name)
        matter = body.matter(name, *written.matters)
        if matter is None:
            continue
        decided = body.issues[matter]
        members = body.game(decided.rule, inputs.on or body.as_of).members
        places, now = texts(float(written.status_quo), options)
        stands = list(grounds.stands(name, members))
        drawn = grounds.draws(name, stands, draws, inputs.seed)
        reach = (drawn.high - drawn.low) / 2
        nearer = reach[:, :, None] - np.abs(np.asarray(places) - drawn.position[:, :, None])
        wide = np.zeros((draws, len(members), len(places)))
        wide[:, [members.index(each) for each in stands]] = drawn.salience[:, :, None] / 100 * nearer
        issue = _text_issue(inputs, name, places, now)
        found.append(Block(name, written.title, (issue,), wide, decided.rule, decided.organ, frozenset(stands)))
    return found


def _text_issue(inputs: Inputs, issue: str, places: tuple[float, ...], now: int) -> Issue:
    words = [Text(f"{each:.0f}") for each in places]
    words[now] = Text(f"{places[now]:.0f} (as it stands)", f"{places[now]:.0f}（现状）")
    return Issue(issue, inputs.wanted().stakes.issue(issue).title, places, tuple(words), now)


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
