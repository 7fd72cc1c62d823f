"""The person who reads: in which language, and by which names of states, numbers and units are shown."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

from comity.kernel.errors import InputError
from comity.kernel.result import LANGUAGES, Column, Figure, Language, Text
from comity.model.actor import Actors, NamingPolicy
from comity.report.words import MAGNITUDES, SHARES, UNITS, WORDS

Languages = Literal["en", "zh", "both"]
THIN = "\u202f"
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_PERCENT = re.compile(r"(?<=\d) (?=%)")
_MINUS = re.compile(r"(?<=[\s(（:：至为])-(?=\d)")
_CODE = re.compile(r"\b[A-Z]{2,3}\b")
MINUS = "\u2212"
MISSING = "–"


@dataclass(frozen=True)
class Scale:
    """By how much the figures of a column are divided for a reader, the word for it, and how many decimals they get.

    ``mixed`` marks a column of several units (each row names its own): there every cell is scaled by itself.
    """

    divisor: float = 1.0
    word: str = ""
    digits: int | None = None
    mixed: bool = False


def readers(lang: Languages, names: NamingPolicy = "cldr", actors: Actors | None = None) -> tuple[Reader, ...]:
    """The readers that a setting of the language means.

    Args:
        lang: ``en``, ``zh`` or ``both``.
        names: by which policy states are named.
        actors: the table of states; the one that ships where none is given.

    Raises:
        InputError: for a language that the program does not speak.

    Example:
        >>> [each.lang for each in readers("both")]
        ['en', 'zh']
    """
    if lang not in {*LANGUAGES, "both"}:
        raise InputError(f"There is no language '{lang}'.", mend="Choose en, zh or both.")
    return tuple(reader(each, names, actors) for each in LANGUAGES if lang in {"both", each})


def reader(lang: Language, names: NamingPolicy = "cldr", actors: Actors | None = None) -> Reader:
    """A reader of one language; the table of states that ships is used where none is given.

    Example:
        >>> reader("zh", actors=Actors([])).number(1234567.8, digits=1)
        '1\u202f234\u202f567.8'
    """
    if actors is None:
        from comity.library.actors import actors as shipped

        actors = shipped()
    return Reader(lang, names, actors)


@dataclass(frozen=True)
class Reader:
    """How one reader sees words, names and numbers."""

    lang: Language
    names: NamingPolicy
    actors: Actors

    @property
    def tag(self) -> str:
        """The language as HTML names it."""
        return "zh-Hans" if self.lang == "zh" else "en"

    def of(self, text: Text) -> str:
        """A text in the reader's language: thin spaces in numbers and before the per-cent sign, a true minus sign."""
        return _MINUS.sub(MINUS, _PERCENT.sub(THIN, _THOUSANDS.sub(THIN, text.of(self.lang))))

    def word(self, name: str, **given: object) -> str:
        """One of the fixed words of the dossier."""
        return self.of(WORDS[name]).format(**given) if given else self.of(WORDS[name])

    def name(self, code: str) -> str:
        """The name of an actor under the reader's naming policy; the code itself where nobody has it."""
        return self.of(self.actors[code].name(self.names)) if code in self.actors else code

    def sentence(self, text: str) -> str:
        """A sentence with its full stop."""
        stop = "。" if self.lang == "zh" else "."
        return text if text.endswith((".", "!", "?", "。", "！", "？", "…")) else text + stop

    def unit(self, unit: str) -> str:
        """A unit in the reader's language."""
        return self.of(UNITS[unit]) if unit in UNITS else unit

    def listed(self, parts: Sequence[str]) -> str:
        """Several words in a row."""
        return ("、" if self.lang == "zh" else ", ").join(parts)

    def number(self, value: float, digits: int | None = None) -> str:
        """A number with thin spaces between thousands and a true minus sign.

        Args:
            value: the number.
            digits: how many decimals; without it as many as four significant figures need.
        """
        if digits is None:
            digits = 0 if float(value).is_integer() or abs(value) >= 1000 else _decimals(value)
        written = f"{value:,.{digits}f}".replace(",", THIN)
        if written.startswith("-"):
            return written[1:] if not written.strip("-0." + THIN) else MINUS + written[1:]
        return written

    def scale(self, column: Column, values: Sequence[Any], *, mixed: bool = False) -> Scale:
        """The scale of a column: billions (Chinese: 亿) for large sums; one number of decimals for all cells.

        Args:
            column: the column.
            values: its cells.
            mixed: whether the rows of the table name their own units.
        """
        numbers = [abs(value) for value in values if _is_number(value)]
        most = max(numbers, default=0)
        if column.percent or column.digits is not None:
            return Scale(digits=1 if column.digits is None else column.digits)
        if mixed and not column.unit and most >= 1e9:
            return Scale(mixed=True)
        if most >= 1e9:
            finer = 2 if most < 1e10 else 0
            return Scale(1e8, "亿", finer) if self.lang == "zh" else Scale(1e9, "billion ", 1 + finer)
        whole = most >= 1000 or all(float(value).is_integer() for value in numbers)
        return Scale(digits=0 if whole else _decimals(most))

    def heading_unit(self, column: Column, scale: Scale) -> str:
        """What stands under a heading: the unit, with its scale."""
        if column.percent:
            return "%"
        if column.unit in {"code", "iso3", "text"}:
            return ""
        return f"{scale.word}{self.unit(column.unit)}".strip()

    def label(self, column: Column, value: Any) -> Any:
        """A key of a column of actors or labelled words as the reader says it; anything else as it is."""
        if isinstance(value, list):
            return self.listed([str(self.label(column, each)) for each in cast("list[Any]", value)])
        if value is None:
            return None
        if column.labels is not None and str(value) in column.labels:
            return self.of(column.labels[str(value)])
        return self._named(str(value)) if column.actor else value

    def _named(self, codes: str) -> str:
        """Codes as names: several in a row ("USA CHN"), or coalitions ("USA + CHN; USA + JPN")."""
        if " + " in codes or "; " in codes:
            return _CODE.sub(lambda found: self.name(found[0]), codes)
        return self.listed([self.name(code) for code in codes.split(" ")])

    def cell(self, column: Column, value: Any, scale: Scale | None = None) -> str:
        """One cell of a table, as the reader sees it."""
        value = self.label(column, value)
        if value is None or value == "":
            return MISSING
        if isinstance(value, bool):
            return self.word("yes" if value else "no")
        if isinstance(value, datetime.date):
            return value.isoformat()
        if not _is_number(value):
            return self.unit(str(value)) if column.name == "unit" else str(value)
        if scale is not None and scale.mixed and abs(value) >= 1e6:
            size, word = next(each for each in MAGNITUDES[self.lang] if abs(value) >= each[0])
            return f"{self.number(value / size, 1)} {word}"
        return self._amount(column, value, self.scale(column, [value]) if scale is None or scale.mixed else scale)

    def _amount(self, column: Column, value: float, scale: Scale) -> str:
        if is_year(column):
            return str(int(value))
        return self.number(value * 100 if column.percent else value / scale.divisor, scale.digits)

    def figure(self, figure: Figure) -> str:
        """The value of a figure with its unit."""
        return self._measured(figure.value, figure.unit)

    def interval(self, figure: Figure) -> str:
        """The interval of a figure, with the number of draws and the seed; empty where it has none."""
        parts: list[str] = []
        if figure.low is not None and figure.high is not None:
            low, high = (self._measured(bound, figure.unit) for bound in (figure.low, figure.high))
            parts.append(self.word("interval", low=low, high=high))
        return (" · " if parts else "").join([*parts, self.draws(figure.n, figure.seed)]).removesuffix(" · ")

    def draws(self, n: int | None, seed: int | None) -> str:
        """How many draws and which seed; empty where nothing was drawn."""
        parts = [] if n is None else [self.word("draws", n=self.number(n))]
        parts += [] if seed is None else [self.word("seed", seed=seed)]
        return " · ".join(parts)

    def _measured(self, value: float | str | None, unit: str) -> str:
        if value is None:
            return MISSING
        if isinstance(value, str):
            return value
        if unit.startswith(SHARES):
            return f"{self.number(value * 100, 2 if abs(value) < 0.01 and value else 1)}{THIN}%"
        shown = self.unit(unit)
        return f"{self.number(value)}{THIN if shown == '%' else ' '}{shown}".strip()


def width(text: str) -> float:
    """How wide a text is, in Latin letters; a Chinese character is almost two.

    Example:
        >>> width("ab"), width("中国")
        (2.0, 3.6)
    """
    return sum(1.8 if unicodedata.east_asian_width(letter) in "WF" else 1.0 for letter in text)


def is_year(column: Column) -> bool:
    """Whether a column holds years, which are never grouped."""
    return column.unit == "year" or column.name == "year" or column.name.endswith("_year")


def is_numeric(column: Column, kind: Any) -> bool:
    """Whether a reader sees a column as numbers (``kind``: its polars type)."""
    return not column.actor and column.labels is None and kind.is_numeric()


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _decimals(value: float) -> int:
    whole = len(str(int(abs(value)))) if abs(value) >= 1 else 0
    return max(0, 4 - whole) if whole else 3
