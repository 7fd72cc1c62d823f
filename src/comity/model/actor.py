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
        kind: ``un_member``, ``observer_state``, ``former_state``, ``territory``, ``organisation`` or ``other_state``.
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


def _key(name: str) -> str:
    folded = unicodedata.normalize("NFKD", name).casefold()
    letters = "".join(character for character in folded if not unicodedata.combining(character))
    words = re.sub(r"[^\w]+", " ", letters.replace("&", " and ")).split()
    return " ".join(word for word in words if word not in {"the", "of"})


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
    _spellings: dict[str, dict[str, Actor]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        codes = {actor.code: actor for actor in self.listed}
        spellings: dict[str, dict[str, Actor]] = {}
        for actor in codes.values():
            written = [actor.code, *actor.aliases]
            written += [spelling for name in actor.names.values() for spelling in (name.en, name.zh)]
            for spelling in written:
                if _key(spelling):
                    spellings.setdefault(_key(spelling), {})[actor.code] = actor
        object.__setattr__(self, "_codes", codes)
        object.__setattr__(self, "_spellings", spellings)

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
        found = self._spellings.get(_key(name), {})
        if len(found) == 1:
            return next(iter(found.values()))
        if found:
            raise AmbiguousName("name", name, [f"{code} ({actor.name().en})" for code, actor in found.items()])
        raise InputError(f"No state or body is called '{name}'.", mend=self.suggest(name))

    def suggest(self, name: str) -> str:
        """A sentence with the nearest spellings, or where to look."""
        key = _key(name)
        scored: dict[str, float] = {}
        for spelling, owners in self._spellings.items():
            score = SequenceMatcher(None, key, spelling).ratio() + (0.3 if key and spelling.startswith(key) else 0.0)
            for code in owners:
                scored[code] = max(score, scored.get(code, 0.0))
        near = sorted((code for code, score in scored.items() if score >= 0.6), key=lambda code: -scored[code])[:3]
        if near:
            return f"Did you mean {' or '.join(f'{code} ({self._codes[code].name().en})' for code in near)}?"
        return "Codes are ISO 3166-1 alpha-3, such as FRA; `comity data states` lists them."
