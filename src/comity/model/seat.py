"""The seat protocol: a seat is asked with its legal moves, and answers with one of them.

People, algorithms and models sit in the same seats and are asked in the same way. Whoever drives a game or a session
decides when an answer is late; what counts of the answers that came is decided here, once for all drivers.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal, TypeAlias

from comity.kernel.quantity import exact, show


@dataclass(frozen=True, slots=True)
class Span:
    """A bounded exact number: everything from ``low`` to ``high``, both included.

    Attributes:
        low: the least that may be filled in.
        high: the most that may be filled in.
        unit: what is counted; three capital letters are a currency, and the number becomes an amount of money.

    Example:
        >>> Span(Fraction(0), Fraction(100), "points").read("62.5")
        Fraction(125, 2)
    """

    low: Fraction
    high: Fraction
    unit: str = ""

    def read(self, value: Any) -> Fraction:
        """The number that was filled in, exactly.

        Raises:
            ValueError: for what is no exact number, or lies outside.
        """
        number = exact(value)
        if not self.low <= number <= self.high:
            raise ValueError(f"{show(number)} lies outside {self}.")
        return number

    def written(self, number: Fraction) -> str | Fraction:
        """The number as an event holds it: with its currency, where it is money."""
        return f"{_decimal(number)} {self.unit}" if re.fullmatch("[A-Z]{3}", self.unit) else number

    def __str__(self) -> str:
        return f"{show(self.low)} to {show(self.high)}{f' {self.unit}' if self.unit else ''}"


def _decimal(number: Fraction) -> str:
    """An amount of money in whole cents, rounded down."""
    cents = int(number * 100)
    return str(cents // 100) if cents % 100 == 0 else f"{cents // 100}.{cents % 100:02d}"


Slot: TypeAlias = tuple[str, ...] | Span | str
"""What is left to choose: words, a bounded exact number, or free words, of which this text says what they are."""


@dataclass(frozen=True, slots=True)
class Move:
    """One thing a seat may do: a kind of event with what is fixed, and what is left to choose.

    Attributes:
        id: its name among the moves of the moment.
        kind: the kind of event it becomes; empty for a move that becomes none (to let something pass).
        article: the rule that allows it.
        fixed: fields that are given.
        slots: fields to be filled.
    """

    id: str
    kind: str
    article: str
    fixed: dict[str, Any] = field(default_factory=dict[str, Any])
    slots: dict[str, Slot] = field(default_factory=dict[str, Slot])

    def filled(self, slots: Mapping[str, Any]) -> dict[str, Any]:
        """The values of its slots, read and checked.

        Raises:
            ValueError: for a slot that is not there, or a value that may not be chosen.
        """
        read: dict[str, Any] = {}
        for name, value in slots.items():
            allowed = self.slots.get(name)
            if allowed is None:
                raise ValueError(f"The move {self.id} has no slot '{name}'; it has {', '.join(self.slots) or 'none'}.")
            if isinstance(allowed, tuple) and value not in allowed:
                raise ValueError(f"'{value}' cannot be chosen for {name}; choose among {', '.join(allowed)}.")
            read[name] = allowed.read(value) if isinstance(allowed, Span) else value
        return read

    def complete(self, slots: Mapping[str, Any]) -> dict[str, Any]:
        """The same where nothing may be left open that has to be chosen: words among several, or a number.

        Raises:
            ValueError: as :meth:`filled`, and for a slot that was left open.
        """
        read = self.filled(slots)
        lacking = [name for name, allowed in self.slots.items() if not isinstance(allowed, str) and name not in read]
        if lacking:
            raise ValueError(f"The move {self.id} leaves {', '.join(lacking)} open.")
        return read

    def event(self, seat: str, on: datetime.date, **filled: Any) -> dict[str, Any]:
        """The event that the move becomes when its slots are filled, ready for :func:`comity.model.event.event`.

        Raises:
            ValueError: for a slot that is not there, or a value that may not be chosen.
        """
        read = self.filled(filled)
        for name, allowed in self.slots.items():
            if isinstance(allowed, Span) and name in read:
                read[name] = allowed.written(read[name])
        return {"kind": self.kind, "on": on, "by": seat, **self.fixed, **read}


PASS = Move("pass", "", "")
"""To let something pass: no event."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A question to a seat.

    Attributes:
        id: its name; an answer names it.
        seat: who is asked: ``member:JPN``.
        about: what is decided: ``attend``, ``table``, ``vote``, ``perform``, ``enforce``, ``consent``, ``pay``,
            ``leave``, ``resume``, ``retaliate`` or ``walk_back``.
        view: what the seat may know and needs for it: only its own wishes, and what is on the public record.
        moves: what it may do; never empty.
        until: the day by which it is to answer.
        chance: a random whole number from 0 to 2**32 - 1 that belongs to this question alone, drawn by whoever asks
            (by seed, run, round, member and purpose); a player that mixes its moves compares it, and has no other.
    """

    id: str
    seat: str
    about: str
    view: Mapping[str, Any]
    moves: tuple[Move, ...]
    until: datetime.date
    chance: int = 0

    @property
    def member(self) -> str:
        """The code of the member that is asked."""
        return self.seat.partition(":")[2]

    def move(self, name: str) -> Move | None:
        """One of its moves; None where it is not among them."""
        return next((each for each in self.moves if each.id == name), None)

    def likely(self, share: Fraction) -> bool:
        """Whether a chance of this share comes true for this question.

        Example:
            >>> ask = Ask("a", "member:JPN", "vote", {}, (PASS,), datetime.date(2026, 1, 1), chance=2**31)
            >>> ask.likely(Fraction(1, 2)), ask.likely(Fraction(2, 3))
            (False, True)
        """
        return self.chance * share.denominator < share.numerator * 2**32


@dataclass(frozen=True, slots=True)
class Answer:
    """What a seat answers.

    Attributes:
        ask: the question it answers.
        move: one of its moves.
        slots: what was filled in.
        reason: its reason, for the record; it decides nothing.
    """

    ask: str
    move: str
    slots: Mapping[str, Any] = field(default_factory=dict[str, Any])
    reason: str = ""


class NoAnswer(Exception):
    """A seat that is played from outside gave no answer that can be read; the message says why, for the record."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What counts in the end.

    Attributes:
        answer: the answer that counts.
        values: its slots, read exactly.
        by: whether the seat's own answer counts, the declared fallback, or what a shock of the game forces on it.
        said: the answer that did not count, where one came.
        fault: why the fallback plays; empty where the seat's own answer counts.
        ignored: how many more answers to the same question came, which count for nothing.
    """

    answer: Answer
    values: Mapping[str, Any]
    by: Literal["seat", "fallback", "shock"] = "seat"
    said: Answer | None = None
    fault: str = ""
    ignored: int = 0


def legal_values(ask: Ask, answer: Answer) -> dict[str, Any]:
    """The slots of an answer, read, where it answers this question with a move that is legal and complete.

    Raises:
        ValueError: with what is wrong.
    """
    if answer.ask != ask.id:
        raise ValueError(f"It answers {answer.ask}, not {ask.id}.")
    move = ask.move(answer.move)
    if move is None:
        raise ValueError(f"'{answer.move}' is no legal move; there are {', '.join(each.id for each in ask.moves)}.")
    return move.complete(answer.slots)


def settle(
    ask: Ask, answers: Sequence[Answer], fallback: Answer, *, late: bool = False, missing: str = "No answer came."
) -> Settled:
    """What counts of the answers to a question.

    The first answer counts, once. Where none came in time, or the first is not legal, that is recorded and the
    fallback plays, which was declared beforehand.

    Args:
        ask: the question.
        answers: what the seat answered, in the order of arrival.
        fallback: what plays in its place.
        late: whether they came after the time was over.
        missing: why none came, where none did.

    Raises:
        ValueError: where the fallback itself is not legal: a fault of whoever declared it.

    Example:
        >>> ask = Ask("a", "member:JPN", "leave", {}, (PASS,), datetime.date(2026, 1, 1))
        >>> settle(ask, [Answer("a", "pass"), Answer("a", "pass")], Answer("a", "pass")).ignored
        1
        >>> settle(ask, [Answer("a", "veto")], Answer("a", "pass")).fault
        "'veto' is no legal move; there are pass."
    """
    ignored = max(len(answers) - 1, 0)
    said, fault = (answers[0], "") if answers else (None, missing)
    if said is not None and late:
        fault = f"It came after {ask.until}."
    if said is not None and not fault:
        try:
            return Settled(said, legal_values(ask, said), ignored=ignored)
        except ValueError as error:
            fault = str(error)
    return Settled(fallback, legal_values(ask, fallback), "fallback", said, fault, ignored)
