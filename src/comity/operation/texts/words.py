"""How a legal text says things: who is bound and how strictly, days, exact sums of money, members by their names."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from comity.charter.phrases import Saying, put
from comity.charter.provisions import titles
from comity.kernel.errors import InputError
from comity.kernel.quantity import Money, show
from comity.kernel.result import Text
from comity.kernel.saying import CURRENCIES
from comity.library.actors import actors
from comity.library.figures import indicators
from comity.model.fact import Fact
from comity.model.institution import Institution
from comity.model.instrument import LegalForce
from comity.model.naming import WITH_ARTICLE
from comity.operation.texts.document import Paragraph

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
METRICS: Mapping[str, Text] = {
    "oil_stock_days": Text("stocks of oil (in days of net imports)", "石油储备（以净进口天数计）")
}
"""What is measured, where it is no indicator of the figures that ship."""
SEEN: Mapping[str, Text] = {
    "text": Text("read in the text itself", "已查阅原文"),
    "quoted": Text("quoted from a source that cites it", "据转引"),
    "recalled": Text("recalled, its text was not read", "凭记忆，未查阅原文"),
}
"""How a fact was seen."""
SCALES = ((10**9, " billion"), (10**6, " million"))
CHARACTERS = ((10**8, "亿"), (10**4, "万"))


@dataclass(frozen=True)
class Voice:
    """The verbs by which a text binds: those of a treaty, or those of a text that does not bind in law."""

    shall: Text
    shall_not: Text
    failed: Text

    @classmethod
    def of(cls, force: LegalForce) -> Voice:
        """The verbs for a legal force.

        Example:
            >>> Voice.of("binding").shall, Voice.of("politically_binding").shall
            (Text(en='shall', zh='应'), Text(en='will', zh='将'))
        """
        if force == "binding":
            return cls(Text("shall", "应"), Text("shall not", "不得"), Text("breach", "违反"))
        return cls(Text("will", "将"), Text("will not", "将不"), Text("non-delivery", "未兑现"))


@dataclass(frozen=True)
class Terms:
    """How one text of one institution on one day says things.

    Attributes:
        law: the institution.
        on: the day.
        members: the members of that day; None where they are not known.
        voice: the verbs of the text as a whole.
    """

    law: Institution
    on: datetime.date
    members: tuple[str, ...] | None
    voice: Voice

    @cached_property
    def saying(self) -> Saying:
        """How the words of the charter are told here."""
        standing = self.law.model_copy(update={"known": None}).members_on(self.on)
        return Saying(self.on, self.members, self.name, standing, titles(self.law))

    def name(self, code: str) -> Text:
        """A member as a sentence names it."""
        title = self.law.member_title(code)
        if title is not None:
            return title
        known = actors()
        if code not in known:
            return Text(code)
        name = known[code].name()
        return Text(f"the {name.en}", name.of("zh")) if code in WITH_ARTICLE else name

    def organ(self, name: str) -> Text:
        """An organ as a sentence names it."""
        title = self.saying.title("organs", name)
        return Text(f"the {_proper(title.en)}", title.of("zh"))

    def fund(self, name: str) -> Text:
        """A fund as a sentence names it."""
        title = self.saying.title("funds", name)
        return Text(f"the {_proper(title.en)}", title.of("zh"))

    def say(self, en: str, zh: str, **parts: object) -> Text:
        """A sentence with its places filled; ``shall`` and ``shall_not`` are the verbs of the text."""
        return put(Text(en, zh), **{"shall": self.voice.shall, "shall_not": self.voice.shall_not, **parts})


def terms(law: Institution, on: datetime.date, members: tuple[str, ...] | None = None) -> Terms:
    """How a text of an institution on a day says things; practice without a charter binds nobody in law."""
    if members is None:
        try:
            members = tuple(law.members_on(on))
        except InputError:
            members = None
    return Terms(law, on, members, Voice.of("politically_binding" if law.status == "practice" else "binding"))


def _capital(title: str) -> str:
    return title[:1].upper() + title[1:]


def _proper(title: str) -> str:
    """A title as a name inside a sentence: "Common Fund"."""
    return " ".join(word if word in {"of", "and", "the", "for", "in"} else _capital(word) for word in title.split(" "))


def opened(text: Text) -> Text:
    """A sentence with a capital first letter."""
    return Text(_capital(text.en), text.of("zh"))


def day(on: datetime.date) -> Text:
    """A day as a treaty writes it.

    Example:
        >>> day(datetime.date(2028, 12, 31))
        Text(en='31 December 2028', zh='2028年12月31日')
    """
    return Text(f"{on.day} {MONTHS[on.month - 1]} {on.year}", f"{on.year}年{on.month}月{on.day}日")


def money(sum_: Money) -> Text:
    """A sum of money, exactly as it was written and to the last unit, with the year of its prices.

    Example:
        >>> money(Money.parse("200 million USD 2024"))
        Text(en='USD 200 million (at 2024 prices)', zh='2亿美元（按2024年价格计）')
        >>> money(Money.parse("1234567.5 EUR")).en, money(Money.parse("0.5 billion USD")).zh
        ('EUR 1,234,567.5', '5亿美元')
    """
    said = amount(sum_.amount, sum_.currency)
    if sum_.price_year is None:
        return said
    return put(Text("{said} (at {year} prices)", "{said}（按{year}年价格计）"), said=said, year=sum_.price_year)


def amount(value: Fraction, currency: str) -> Text:
    """An exact sum in one currency."""
    unit = CURRENCIES.get(currency, Text(currency, currency))
    return Text(f"{unit.en} {_scaled(value, SCALES)}", f"{_scaled(value, CHARACTERS)}{unit.of('zh')}")


def _scaled(value: Fraction, scales: tuple[tuple[int, str], ...]) -> str:
    for scale, word in scales:
        parts = value / scale
        if value >= scale and (parts * 1000).denominator == 1:
            return f"{decimal(parts)}{word}"
    return decimal(value)


def decimal(value: Fraction) -> str:
    """An exact number with its decimals; a fraction where it has no end.

    Example:
        >>> decimal(Fraction(90)), decimal(Fraction(1, 4)), decimal(Fraction(1, 3)), decimal(Fraction(1234567))
        ('90', '0.25', '1/3', '1,234,567')
    """
    places = next((each for each in range(13) if (value * 10**each).denominator == 1), None)
    if places is None:
        return show(value)
    whole, rest = divmod(int(value * 10**places), 10**places)
    return f"{whole:,}" + (f".{rest:0{places}d}" if places else "")


def metric(name: str) -> Text:
    """What is measured, by the words that define it; its own name in quotation marks where nothing defines it.

    Example:
        >>> metric("oil_stock_days").zh, metric("sunny_days").en
        ('石油储备（以净进口天数计）', 'the indicator “sunny days”')
    """
    if name in METRICS:
        return METRICS[name]
    known = indicators().get(name)
    if known is not None:
        return put(Text("{title} ({unit})", "{title}（{unit}）"), title=known.title, unit=known.unit)
    return Text(f"the indicator “{name.replace('_', ' ')}”", f"“{name.replace('_', ' ')}”指标")


def origin(article: str, fact: Fact) -> tuple[Paragraph, ...]:
    """The note that says where a provision was found, and how it was seen."""
    where = getattr(fact, "article", "") or fact.where
    if not where:
        return ()
    pattern = Text("Source: {where}.", "来源：{where}。")
    if fact.seen:
        pattern = Text("Source: {where} ({seen}).", "来源：{where}（{seen}）。")
    note = put(pattern, where=where.rstrip("."), seen=SEEN.get(fact.seen or "", ""))
    return (Paragraph(f"{article}__note_source", note),)


Numbered = Callable[[str, Text], Paragraph]


def inside(article: str) -> Numbered:
    """What makes the paragraphs of an article: each by the name of its provision."""
    return lambda provision, text: Paragraph(f"{article}__para_{provision}", opened(text))


def lettered(paragraph: Paragraph, entries: Mapping[str, Text]) -> Paragraph:
    """A paragraph with lettered items, each by a name that stays."""
    items = tuple(Paragraph(f"{paragraph.id}__item_{name}", text) for name, text in entries.items())
    return Paragraph(paragraph.id, paragraph.text, items)
