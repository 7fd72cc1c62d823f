"""Words that the analyses of this room share: lists of states, percentages, numbers with their nouns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from comity.kernel.result import Text
from comity.model.actor import Actors

COLOURS = ("#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9", "#F0E442", "#000000")
"""The colours of Okabe and Ito, in the order in which criteria take them."""
MEMBER, OTHER = "#0072B2", "#E69F00"
"""The colours of the charter's members and of the others; their shapes differ as well."""
MEMBERSHIP: Mapping[str, Text] = {
    "member": Text("member in the charter", "章程所列成员"),
    "other": Text("not in the charter", "不在章程之列"),
}


def percent(share: float, digits: int = 1) -> Text:
    """A share of one in per cent, never rounding something down to nothing.

    Example:
        >>> percent(0.0261).en, percent(0.00001).en, percent(0.99999).zh
        ('2.6 %', 'under 0.1 %', '99.9%以上')
    """
    least = 10.0**-digits
    if 0 < share * 100 < least / 2:
        return Text(f"under {least:g} %", f"不到{least:g}%")
    if 100 - least / 2 < share * 100 < 100:
        return Text(f"over {100 - least:g} %", f"{100 - least:g}%以上")
    return Text(f"{share * 100:.{digits}f} %", f"{share * 100:.{digits}f}%")


def listed(texts: Iterable[Text], most: int = 24) -> Text:
    """Several words as one: "A, B and C".

    Example:
        >>> listed([Text("A", "甲"), Text("B", "乙"), Text("C", "丙")]).en
        'A, B and C'
        >>> listed([Text(str(number)) for number in range(9)], most=3).en
        '0, 1, 2 and 6 more'
    """
    every = list(texts)
    if not every:
        return Text("none", "无")
    if len(every) > most:
        rest = len(every) - most
        shown = every[:most]
        return Text(
            f"{', '.join(each.en for each in shown)} and {rest} more",
            f"{'、'.join(each.of('zh') for each in shown)}等（另有{rest}个）",
        )
    if len(every) == 1:
        return every[0]
    before, last = every[:-1], every[-1]
    english = f"{', '.join(each.en for each in before)} and {last.en}"
    return Text(english, f"{'、'.join(each.of('zh') for each in before)}和{last.of('zh')}")


def state(actors: Actors, code: str) -> Text:
    """The name of a state, or its code where the table of states has none."""
    return actors[code].name() if code in actors else Text(code)


def states(actors: Actors, codes: Iterable[str], most: int = 24) -> Text:
    """The names of states as one text."""
    return listed((state(actors, code) for code in codes), most)


def count(number: int, one: str, many: str, chinese: str) -> Text:
    """A number with its noun.

    Example:
        >>> count(1, "state", "states", "个国家").en, count(3, "state", "states", "个国家").zh
        ('1 state', '3个国家')
    """
    return Text(f"{number} {one if number == 1 else many}", f"{number}{chinese}")


def bars(rows: int, least: int = 3) -> dict[str, int]:
    """The height of a chart with one bar a row."""
    return {"height": max(rows, least) * 22}


def sentence(pattern: Text, **parts: Text | str | float) -> Text:
    """A sentence with its parts put in, in each language.

    Example:
        >>> sentence(Text("{who} sits.", "{who}入席。"), who=Text("Japan", "日本")).zh
        '日本入席。'
    """
    english = {name: part.en if isinstance(part, Text) else part for name, part in parts.items()}
    chinese = {name: part.of("zh") if isinstance(part, Text) else part for name, part in parts.items()}
    return Text(pattern.en.format(**english), pattern.zh.format(**chinese))


def joined(texts: Sequence[Text]) -> Text:
    """Sentences one after another."""
    return Text(" ".join(each.en for each in texts if each.en), "".join(each.of("zh") for each in texts if each.en))
