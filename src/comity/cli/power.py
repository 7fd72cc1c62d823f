"""``comity power``: the voting power of a weighted game, typed or from a CSV file."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import Parameter

from comity.cli.common import Common, progress, show
from comity.kernel.errors import InputError, NotComputable
from comity.kernel.quantity import exact as number
from comity.kernel.result import Column, Finding, Provenance, Result, Table, Text

if TYPE_CHECKING:
    from comity.solvers.power import Measures
    from comity.solvers.simple import Simple

Index = Literal["banzhaf", "shapley_shubik", "all"]
MOST = 100_000
"""The most members that are read."""
TITLES = {
    "banzhaf": Text("Banzhaf", "班扎夫指数"),
    "shapley_shubik": Text("Shapley-Shubik", "夏普利-舒比克指数"),
    "swing_probability": Text("Probability of a swing", "成为关键票的概率"),
    "prevent": Text("Power to prevent", "阻止权力"),
    "initiate": Text("Power to initiate", "发起权力"),
}
HOW = 'Write it as "67; 30, 28, 16, 14, 12", or name a file: --csv FILE --quota 67.'
NAN = re.compile(r"^[+-]?(nan|inf|infinity)$", re.IGNORECASE)


@dataclass(frozen=True)
class Vote:
    """A weighted game as a user gives it: members, weights and the quota that carries, exact."""

    members: tuple[str, ...]
    weights: tuple[Fraction, ...]
    quota: Fraction
    strict: bool = False

    @property
    def total(self) -> Fraction:
        """The weight of all members."""
        return sum(self.weights, Fraction(0))

    @property
    def scaled(self) -> tuple[list[int], int]:
        """Whole weights and the whole quota that says the same."""
        scale = lcm(*(weight.denominator for weight in self.weights))
        quota = self.quota * scale
        least = quota.numerator // quota.denominator + 1 if self.strict else -(-quota.numerator // quota.denominator)
        return [int(weight * scale) for weight in self.weights], least


def power(
    *game: str,
    csv: Path | None = None,
    quota: str | None = None,
    more_than: str | None = None,
    index: Index = "all",
    exact: Annotated[bool, Parameter(negative=())] = False,
    out: Path | None = None,
    common: Common = Common(),
) -> None:
    """Voting power of a weighted game: "67; 30, 28, 16, 14, 12", or a CSV file of members and weights.

    A quota is a weight (67) or a share of the total (2/3, 50 %). A weight may stand for several members: 7x5.

    Parameters
    ----------
    game
        Quota and weights: "q; w1, w2, ..." or "q: w1 w2 ...".
    csv
        A CSV file with the columns member and weight.
    quota
        What carries when it is reached; for --csv, or in place of the typed one.
    more_than
        What must be passed; 1/2 for a simple majority.
    index
        The index.
    exact
        Exact fractions beside the decimals.
    out
        A CSV file to write the table to.
    """
    vote = read_vote(" ".join(game), csv, quota, more_than)
    result = answer(vote, index, exact=exact)
    if out is not None:
        from comity.library.writing import write
        from comity.report.export import table

        write(out, table(result.tables[0], "csv"))
    show(result, common)


def read_vote(game: str, file: Path | None, quota: str | None, more_than: str | None) -> Vote:
    """The game that the command line gives.

    Raises:
        InputError: for what is no weighted game, with what is wrong and how to write it.

    Example:
        >>> read_vote("[16; 7x2, 1x3]", None, None, None).weights[1:3]
        (Fraction(7, 1), Fraction(1, 1))
    """
    if quota is not None and more_than is not None:
        raise InputError("Both --quota and --more-than were given.", mend="A game has one quota: give one of them.")
    asked = quota if quota is not None else more_than
    if bool(game.strip()) == (file is not None):
        raise InputError("The game is typed or stands in a file: neither or both were given.", mend=HOW)
    if file is None:
        typed, names, weights = _typed(game, asked is None)
        asked = typed if asked is None else asked
    else:
        names, weights = _from_file(file)
    if asked is None:
        raise InputError("No quota was given.", mend="Add --quota 67, --quota 2/3 or --more-than 1/2.")
    return _checked(names, weights, asked, strict=more_than is not None)


def _typed(game: str, with_quota: bool) -> tuple[str, list[str], list[Fraction]]:  # noqa: FBT001 - one word says it
    text = game.strip().removeprefix("[").removesuffix("]")
    head, mark, tail = text.partition(";") if ";" in text else text.partition(":")
    if with_quota and not mark:
        raise InputError(f"'{game}': there is no quota in it.", mend=HOW)
    listed = (tail if mark else text).replace(";", " ").strip()
    parts = [part for part in re.split(r"[,\s]+", listed) if part]
    weights: list[Fraction] = []
    for part in parts:
        weight, times, count = part.partition("x")
        if times and not count.isdigit():
            raise InputError(f"'{part}' is no weight.", mend="7x5 stands for five members of weight 7.")
        many = int(count) if times else 1
        if len(weights) + many > MOST:
            raise InputError(f"More than {MOST:,} members.", mend="Give fewer.")
        weights += [_weight(weight, f"'{part}'")] * many
    return head.strip(), [str(place + 1) for place in range(len(weights))], weights


def _weight(text: str, where: str) -> Fraction:
    """One weight, exactly.

    Raises:
        InputError: for what is no number, not a number, or below nought.
    """
    written = text.strip()
    if NAN.match(written):
        raise InputError(f"{where}: {written} is not a number that can be counted.", mend="Give 0 where there is none.")
    if written.startswith(("-", "−")):
        raise InputError(f"{where}: a weight cannot be negative.", mend="Weights are 0 or more.")
    try:
        return number(written)
    except ValueError:
        raise InputError(f"{where}: '{written}' is no weight.", mend="Write 30, 16.5 or 1/3.") from None


def _from_file(file: Path) -> tuple[list[str], list[Fraction]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
            fields = [] if not rows else [name for name in rows[0] if isinstance(name, str)]
    except FileNotFoundError:
        raise InputError(f"{file}: there is no such file.", mend="Check the path.") from None
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{file}: this cannot be read as CSV ({error}).", mend="Save it as CSV in UTF-8.") from None
    columns = {name.strip().casefold(): name for name in fields}
    if not {"member", "weight"} <= set(columns):
        listed = ", ".join(fields) or "none"
        raise InputError(f"{file}: columns: {listed}.", mend="It needs a first line with the columns member,weight.")
    if len(rows) > MOST:
        raise InputError(f"{file}: {len(rows):,} members.", mend=f"{MOST:,} at most.")
    names = [(row[columns["member"]] or "").strip() for row in rows]
    weights = [
        _weight(row[columns["weight"]] or "", f"{file}, line {line}, {name or 'no member'}")
        for line, (row, name) in enumerate(zip(rows, names, strict=True), start=2)
    ]
    if twice := sorted({name for name in names if names.count(name) > 1} if len(names) <= 5000 else set[str]()):
        raise InputError(f"{file}: {', '.join(twice[:5])} stands there twice.", mend="One line a member.")
    if "" in names:
        raise InputError(f"{file}, line {names.index('') + 2}: the member has no name.", mend="Name it.")
    return names, weights


def _checked(names: list[str], weights: list[Fraction], asked: str, *, strict: bool) -> Vote:
    if not weights:
        raise InputError("There are no members.", mend=HOW)
    total = sum(weights, Fraction(0))
    if not total:
        raise InputError("No member has any weight.", mend="Give at least one a weight above 0.")
    written = asked.strip()
    if NAN.match(written) or written.startswith(("-", "−")):
        raise InputError(f"The quota {written} is no weight above 0.", mend="Write 67, 2/3 or 50 %.")
    try:
        bound = number(written)
    except ValueError:
        raise InputError(f"The quota '{written}' is no number.", mend="Write 67, 2/3 or 50 %.") from None
    share = written.endswith("%") or "/" in written
    quota = bound * total if share else bound
    if not quota and not strict:
        raise InputError("A quota of 0 would carry what nobody supports.", mend="Give one above 0.")
    if quota > total or (strict and quota == total):
        what = f"The quota {written} can never be reached: all members together weigh {_plain(total)}."
        raise InputError(what, mend="Give one of at most the total.")
    return Vote(tuple(names), tuple(weights), quota, strict)


def _plain(value: Fraction) -> str:
    return f"{value.numerator:,}" if value.denominator == 1 else f"{float(value):,.6g}"


def answer(vote: Vote, index: Index = "all", *, exact: bool = False) -> Result:
    """The power of every member, the body's power to act, vetoes, dictators and dummies.

    Raises:
        NotComputable: for a game that is too large, with its size.

    Example:
        >>> found = answer(read_vote("16; 9, 9, 7, 3, 1, 1", None, None, None))
        >>> found.values["banzhaf"], found.values["dummies"]
        ([0.3333333333333333, 0.3333333333333333, 0.3333333333333333, 0.0, 0.0, 0.0], ['4', '5', '6'])
    """
    from comity.solvers.coalitions import dictators, veto_players
    from comity.solvers.simple import weighted

    weights, quota = vote.scaled
    game = weighted(weights, quota, vote.members)
    shares, measured, routes = _indices(weights, quota, vote, index, exact=exact)
    named = {"vetoes": list(veto_players(game)), "dictators": list(dictators(game)), "dummies": _dummies(vote, game)}
    values: dict[str, Any] = {
        "quota": vote.quota,
        "more_than": vote.strict,
        "total": vote.total,
        "members": list(vote.members),
        "weights": list(vote.weights),
        **{name: [float(share) for share in column] for name, column in shares.items()},
        **({"exact": {name: list(column) for name, column in shares.items()}} if exact else {}),
        **({"act": float(measured.act), "winning": str(measured.winning)} if measured else {}),
        **named,
    }
    return Result(
        kind="power",
        title=Text("Voting power", "投票权力"),
        values=values,
        tables=(_table(vote, shares, exact=exact),),
        findings=tuple(Finding(text) for text in _sentences(vote, measured, named)),
        caveats=(Text("Abstention counted as no.", "弃权按反对计。"), *_cautions(vote, routes)),
        provenance=Provenance(options={"index": index, "exact": exact}),
    )


def _dummies(vote: Vote, game: Simple) -> list[str]:
    """Those whose vote never makes a difference; in a body too large to tell, those without weight."""
    from comity.solvers.coalitions import dummies

    try:
        return list(dummies(game))
    except ValueError:
        return [member for member, weight in zip(vote.members, vote.weights, strict=True) if not weight]


def _indices(
    weights: list[int], quota: int, vote: Vote, index: Index, *, exact: bool
) -> tuple[dict[str, list[Any]], Measures | None, list[str]]:
    """The columns by name, the measures where all was counted exactly, and the routes taken otherwise."""
    from comity.solvers import power as solver
    from comity.solvers.simple import weighted

    names = ["banzhaf", "shapley_shubik"] if index == "all" else [index]
    try:
        measured = solver.measure(weighted(weights, quota, vote.members))
    except (ValueError, OverflowError):
        return *_large(weights, quota, names, exact=exact), ["large"]
    names += ["swing_probability", "prevent", "initiate"] if index == "all" else []
    return {name: list(getattr(measured, name)) for name in names}, measured, []


def _large(weights: list[int], quota: int, names: list[str], *, exact: bool) -> tuple[dict[str, list[Any]], None]:
    from comity.solvers import power as solver

    found: dict[str, list[Any]] = {}
    with progress() as shown:
        for name in names:
            try:
                if exact:
                    found[name] = solver.exact(weights, quota, name, progress=shown)
                else:
                    index = solver.banzhaf if name == "banzhaf" else solver.shapley_shubik
                    found[name] = index(weights, quota, progress=shown).tolist()
            except (ValueError, OverflowError) as error:
                mend = "Leave out --exact." if exact else "Give fewer members, or rounder weights."
                raise NotComputable(f"{name}: {error}", mend=mend) from None
    return found, None


def _table(vote: Vote, shares: dict[str, list[Any]], *, exact: bool) -> Table:
    import polars as pl

    total = vote.total
    columns: dict[str, list[Any]] = {
        "member": list(vote.members),
        "weight": [float(weight) for weight in vote.weights],
        "share": [float(weight / total) for weight in vote.weights],
    }
    described = [
        Column("member", Text("Member", "成员")),
        Column("weight", Text("Weight", "权重")),
        Column("share", Text("Share of weight", "权重份额"), "share", percent=True, digits=2),
    ]
    if all(weight.denominator == 1 for weight in vote.weights) and total < 2**62:
        columns["weight"] = [int(weight) for weight in vote.weights]
    for name, column in shares.items():
        columns[name] = [float(value) for value in column]
        described.append(Column(name, TITLES[name], "share", percent=True, digits=2))
        if exact:
            columns[f"{name}_exact"] = [str(value) for value in column]
            described.append(Column(f"{name}_exact", Text(f"{TITLES[name].en}, exact", f"{TITLES[name].zh}（精确值）")))
    return Table("power", Text("Power of each member", "各成员的权力"), tuple(described), pl.DataFrame(columns))


def _sentences(vote: Vote, measured: Measures | None, named: dict[str, list[str]]) -> list[Text]:
    quota, total, count = _plain(vote.quota), _plain(vote.total), len(vote.members)
    least = Text("more than", "超过") if vote.strict else Text("at least", "至少")
    found = [
        Text(
            f"{count} members, {least.en} {quota} of {total} carries",
            f"{count}个成员，总权重{total}，{least.zh}{quota}即可通过",
        )
    ]
    if measured is not None:
        act, ways = f"{float(measured.act) * 100:.3g}", f"{measured.winning:,}"
        found.append(
            Text(
                f"Power to act: {act} % of coalitions ({ways} of {measured.coalitions:,})",
                f"行动权力：{act}%的联盟能够通过（{measured.coalitions:,}个中的{ways}个）",
            )
        )
    words = {
        "vetoes": Text("Nothing is carried without", "缺其不可者"),
        "dictators": Text("Decides alone", "独自决定者"),
        "dummies": Text("Without any power", "毫无权力者"),
    }
    for name, members in named.items():
        if members:
            shown = ", ".join(members[:12]) + (f" (+{len(members) - 12})" if len(members) > 12 else "")
            found.append(Text(f"{words[name].en}: {shown}", f"{words[name].zh}：{shown}"))
    return found


def _cautions(vote: Vote, routes: list[str]) -> list[Text]:
    found: list[Text] = []
    if vote.quota < vote.total / 2 or (vote.quota == vote.total / 2 and not vote.strict):
        found.append(
            Text(
                "The quota is no more than half: two opposed coalitions may both carry.",
                "门槛不超过一半：对立的两个联盟可能都获通过。",
            )
        )
    if routes:
        found.append(
            Text(
                "Too large to count one by one: the power to act and Coleman's measures are left out.",
                "规模过大，无法逐一计数：未列行动权力和科尔曼指数。",
            )
        )
    return found
