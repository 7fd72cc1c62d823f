"""A weighted game as a user gives it: typed, or from a CSV file of members and weights; read exactly or refused."""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from pathlib import Path

from comity.kernel.errors import InputError
from comity.kernel.quantity import exact as number

MOST = 100_000
"""The most members that are read."""
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
    names: list[str] = []
    weights: list[Fraction] = []
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.reader(lines, strict=True)
            columns = _columns(file, next(reader, list[str]()))
            for cells in reader:
                if not cells:
                    continue
                where = f"{file}, line {reader.line_num}"
                if len(names) == MOST:
                    raise InputError(f"{file}: more than {MOST:,} members.", mend="Give fewer.")
                name, weight = _row(where, cells, columns)
                names.append(name)
                weights.append(weight)
    except FileNotFoundError:
        raise InputError(f"{file}: there is no such file.", mend="Check the path.") from None
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{file}: this cannot be read as CSV ({error}).", mend="Save it as CSV in UTF-8.") from None
    if twice := [name for name, count in Counter(names).items() if count > 1]:
        verb = "stands" if len(twice) == 1 else "stand"
        raise InputError(f"{file}: {', '.join(twice[:5])} {verb} there twice.", mend="One line a member.")
    if not names:
        raise InputError(f"{file}: there are no members.", mend="Write one line a member: JPN,16.")
    return names, weights


def _columns(file: Path, fields: list[str]) -> tuple[int, int, int]:
    """Where member and weight stand, and how many cells a line has."""
    known = [name.strip().casefold() for name in fields]
    if known.count("member") != 1 or known.count("weight") != 1:
        listed = ", ".join(fields) or "none"
        mend = "It needs a first line with the columns member,weight, each once, with commas between."
        raise InputError(f"{file}: columns: {listed}.", mend=mend)
    return known.index("member"), known.index("weight"), len(known)


def _row(where: str, cells: list[str], columns: tuple[int, int, int]) -> tuple[str, Fraction]:
    member, weight, many = columns
    if len(cells) != many:
        what = f"{where}: {len(cells)} cells, where the first line names {many} columns."
        raise InputError(what, mend="Write one and a half as 1.5, and put names with commas in quotation marks.")
    name = cells[member].strip()
    if not name:
        raise InputError(f"{where}: the member has no name.", mend="Name it.")
    return name, _weight(cells[weight], f"{where}, {name}")


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
        what = f"The quota {written} can never be reached: all members together weigh {plain(total)}."
        raise InputError(what, mend="Give one of at most the total.")
    return Vote(tuple(names), tuple(weights), quota, strict)


def plain(value: Fraction) -> str:
    """A weight as a reader sees it."""
    return f"{value.numerator:,}" if value.denominator == 1 else f"{float(value):,.6g}"
