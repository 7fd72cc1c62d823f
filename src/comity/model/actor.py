"""States and the few bodies that act beside them, and the lookup that knows their many spellings.

Figures and rules name an actor by its ISO 3166-1 alpha-3 code; former states by ISO 3166-3 (``SUN``, ``YUG``);
documented own codes for the rest (``EU``, ``AU``, ``XKX``). The table itself ships in :mod:`comity.library`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property
from typing import Literal

from comity.kernel.errors import AmbiguousName, InputError
from comity.kernel.result import Text

NamingPolicy = Literal["cldr", "un", "iso"]


@dataclass(frozen=True)
class Actor:
    """A state or body.

    Attributes:
        code: ISO 3166-1 alpha-3, ISO 3166-3, or a documented own code.
        names: its name by naming policy (``cldr``, ``un``, ``iso``).
        kind: ``un_member``, ``observer_state`` of the UN, ``former_state``, ``organisation``, ``other_state`` (takes
            part in treaties or organisations beside the UN) or ``territory`` (has figures of its own); a word for
            sorting, which says nothing about legal status.
        m49: UN M49 area code, three digits, or empty.
        cow: Correlates of War country code, or None.
        gw: Gleditsch-Ward code, or None.
        iso2: ISO 3166-1 alpha-2, or empty.
        continues: the former actor whose seat it took, or empty.
        since: the date of that continuation or of UN admission, ISO 8601, or empty.
        aliases: further spellings (World Bank, UN, IMF, Chinese).
    """

    code: str
    names: Mapping[str, Text]
    kind: str = "un_member"
    iso2: str = ""
    m49: str = ""
    cow: int | None = None
    gw: int | None = None
    continues: str = ""
    since: str = ""
    aliases: tuple[str, ...] = ()

    def name(self, policy: NamingPolicy = "cldr") -> Text:
        """The name under a naming policy; CLDR's where the policy has none."""
        return self.names.get(policy) or self.names["cldr"]


_WRITTEN_OUT = {
    "st": "saint",
    "ste": "saint",
    "rep": "republic",
    "dem": "democratic",
    "fed": "federated",
    "sts": "states",
    "is": "islands",
}


def folded(name: str) -> str:
    """A name without accents, capitals, punctuation and usual abbreviations, so that spellings can be compared.

    Example:
        >>> folded("Côte d’Ivoire"), folded("St. Kitts & Nevis"), folded("Congo, Dem. Rep. of the")
        ('cote d ivoire', 'saint kitts and nevis', 'congo democratic republic')
    """
    decomposed = unicodedata.normalize("NFKD", name.replace("&", " and ")).casefold()
    letters = "".join(character for character in decomposed if not unicodedata.combining(character))
    words = [_WRITTEN_OUT.get(word, word) for word in re.sub(r"[^\w]+", " ", letters).split()]
    return " ".join(word for word in words if word not in {"the", "of"})


def _in_order(spelling: str) -> str:
    """The words in alphabetical order: "Korea, Republic of" is "Republic of Korea"."""
    return " ".join(sorted(spelling.split()))


@dataclass(frozen=True)
class Actors:
    """All known actors, in the order of their codes.

    Example:
        >>> france = Actor("FRA", {"cldr": Text("France", "法国")}, iso2="FR")
        >>> Actors([france]).find("法国").code
        'FRA'
    """

    listed: Iterable[Actor]
    _codes: dict[str, Actor] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_codes", {actor.code: actor for actor in self.listed})

    @cached_property
    def _spellings(self) -> list[tuple[str, Actor]]:
        written: list[tuple[str, Actor]] = []
        for actor in self:
            names = [spelling for name in actor.names.values() for spelling in (name.en, name.zh)]
            written += [(folded(spelling), actor) for spelling in (actor.code, *actor.aliases, *names) if spelling]
        return written

    @cached_property
    def _meant(self) -> dict[str, dict[str, Actor]]:
        meant: dict[str, dict[str, Actor]] = {}
        for spelling, actor in self._spellings:
            meant.setdefault(_in_order(spelling), {})[actor.code] = actor
        return meant

    def __iter__(self) -> Iterator[Actor]:
        return iter(self._codes.values())

    def __contains__(self, code: object) -> bool:
        return code in self._codes

    def __getitem__(self, code: str) -> Actor:
        """The actor with this code.

        Raises:
            InputError: where no actor has it, with the nearest names.
        """
        if code not in self._codes:
            raise InputError(f"There is no state or body with the code '{code}'.", mend=self.suggest(code))
        return self._codes[code]

    def un_members(self) -> list[str]:
        """The codes of the members of the United Nations."""
        return [actor.code for actor in self if actor.kind == "un_member"]

    def find(self, name: str) -> Actor:
        """The actor that a code or a spelling in any known source means.

        Raises:
            AmbiguousName: where several are meant ("Congo", "Korea").
            InputError: where none is, with the nearest spellings.
        """
        if name in self._codes:
            return self._codes[name]
        found = self._meant.get(_in_order(folded(name)), {})
        if len(found) == 1:
            return next(iter(found.values()))
        if found:
            raise AmbiguousName("name", name, [f"{code} ({actor.name().en})" for code, actor in found.items()])
        raise InputError(f"No state or body is called '{name}'.", mend=self.suggest(name))

    def suggest(self, name: str) -> str:
        """A sentence with the nearest spellings, or where to look."""
        key = folded(name)
        scored: dict[str, float] = {}
        matcher = SequenceMatcher(None, b=key)
        for spelling, actor in self._spellings:
            matcher.set_seq1(spelling)
            begun = 0.3 if key and spelling.startswith(key) else 0.0
            if matcher.quick_ratio() + begun > scored.get(actor.code, 0.6):
                scored[actor.code] = max(matcher.ratio() + begun, scored.get(actor.code, 0.0))
        best = max(scored.values(), default=0.0)
        close = [code for code, score in scored.items() if score >= max(0.6, best - 0.15)]
        near = sorted(close, key=lambda code: (-scored[code], code))[:3]
        if near:
            return f"Did you mean {' or '.join(f'{code} ({self._codes[code].name().en})' for code in near)}?"
        return "Codes are ISO 3166-1 alpha-3, such as FRA; `comity data states` lists them."
