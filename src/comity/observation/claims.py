"""What press texts claimed, held against the figures and charters at hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, get_args

from comity.kernel.canonical import digest
from comity.kernel.result import Column, Figure, Finding, Result, Table, Text
from comity.model.analysis import Analysis, Inputs
from comity.model.claim import ByFigure, Claim, Claims, Verdict, combined
from comity.model.institution import Institution
from comity.observation import held_words as words
from comity.observation.held import Evidence, Part

if TYPE_CHECKING:
    import polars as pl

TITLE = Text("What was claimed, and what the figures say", "文章的说法与数据的回答")


@dataclass(frozen=True)
class Held:
    """A claim with what was found on each of its parts."""

    claim: Claim
    parts: tuple[Part, ...]

    @property
    def verdict(self) -> Verdict:
        """The verdict that follows from those on the parts."""
        return combined(part.verdict for part in self.parts)


class ClaimsCheck(Analysis):
    """Checkable claims of press texts, held against figures and charters.

    A number, a date, a membership or a ranking is confirmed, contradicted, confirmed in part, or not decidable with
    the data at hand. No verdict is written by hand: it is computed from the figures, the charters and facts with a
    source. A fact that is only recalled decides nothing.

    Example:
        >>> import comity as co
        >>> co.analyse(co.load("g5"), "claims").values["verdicts"]["japan_third_largest"]
        'contradicted'
    """

    kind: Literal["observation.claims"] = "observation.claims"
    """The kind of analysis."""
    file: str | None = None
    """The file of claims, by name or path; the one named like the charter where absent."""

    def run(self, inputs: Inputs) -> Result:
        """Hold every claim of the file against what is at hand.

        Raises:
            UnknownName: for a file that is not there.
            DocumentError: with every problem of the file, where it has any.
        """
        from comity.library.claims import claim_files, claims

        if self.file is None and inputs.institution.name not in claim_files():
            return self._nothing(inputs)
        file = self.file or inputs.institution.name
        asked = claims(file, inputs.figures().indicators)
        charters = _Charters(inputs)
        evidence = Evidence(inputs.figures(), inputs.actors, charters.get, inputs.histories)
        held: list[Held] = []
        for number, claim in enumerate(asked.claims):
            inputs.step(number, len(asked.claims), claim.id)
            held.append(Held(claim, tuple(evidence.hold(test) for test in claim.tests)))
        counts = {verdict: sum(each.verdict == verdict for each in held) for verdict in get_args(Verdict)}
        whence = inputs.provenance(self)
        return Result(
            kind=self.kind,
            title=TITLE,
            values={"checked": len(held), **counts, "verdicts": {each.claim.id: each.verdict for each in held}},
            tables=(_claims(held), _parts(asked, held)),
            findings=(Finding(words.outcome(counts), _figures(counts)),),
            caveats=tuple(_caveats(asked, held)),
            provenance=replace(
                whence,
                charters={**whence.charters, **charters.digests()},
                figures={**whence.figures, f"claims {file}": digest(asked)},
                sources=_sources(inputs, asked),
            ),
        )

    def _nothing(self, inputs: Inputs) -> Result:
        title = inputs.institution.title
        sentence = Text(
            f"No file of claims on {title.en} is at hand, so nothing was checked.",
            f"没有关于{title.of('zh')}的说法文件，因此未作核对。",
        )
        counts: dict[str, Any] = dict.fromkeys(get_args(Verdict), 0)
        return Result(
            kind=self.kind,
            title=TITLE,
            values={"checked": 0, **counts, "verdicts": {}},
            tables=(_claims([]),),
            caveats=(sentence,),
            provenance=inputs.provenance(self),
        )


class _Charters:
    """The charters that claims are held against: those the caller gave, else those of the library."""

    def __init__(self, inputs: Inputs) -> None:
        self.known: dict[str, Institution] = {each.name: each for each in (inputs.institution, *inputs.against)}

    def get(self, name: str) -> Institution:
        from comity.library.institutions import load

        if name not in self.known:
            self.known[name] = load(name)
        return self.known[name]

    def digests(self) -> dict[str, str]:
        return {name: each.digest for name, each in self.known.items()}


def _sources(inputs: Inputs, asked: Claims) -> tuple[str, ...]:
    tests = (test for claim in asked.claims for test in claim.tests)
    used = dict.fromkeys(test.indicator for test in tests if isinstance(test, ByFigure))
    return tuple(dict.fromkeys(inputs.figures().sources(list(used)).values()))


def _figures(counts: dict[Verdict, int]) -> dict[str, Figure]:
    return {verdict: Figure(number, "claims") for verdict, number in counts.items()}


def _caveats(asked: Claims, held: Sequence[Held]) -> list[Text]:
    recalled = [each.claim.text for each in held if any(part.seen == "recalled" for part in each.parts)]
    only = [
        Text(
            f"Only recalled, and therefore not deciding: {'; '.join(text.en for text in recalled)}",
            f"仅凭记忆、不足以判定：{'；'.join(text.of('zh') for text in recalled)}",
        )
    ]
    told = [
        Text(f"On claim {number}: {each.claim.note.en}", f"第{number}项：{each.claim.note.of('zh')}")
        for number, each in enumerate(held, 1)
        if each.claim.note is not None
    ]
    return [*asked.limits, *(only if recalled else []), *told]


def _joined(texts: Sequence[Text]) -> Text:
    """Different texts in a row; equal ones once."""
    english, chinese = (dict.fromkeys(each) for each in ([t.en for t in texts], [t.of("zh") for t in texts]))
    return Text("; ".join(english), "；".join(chinese))


def _labelled(texts: Sequence[Text]) -> dict[str, Text]:
    return {text.en: text for text in texts}


def _claims(held: Sequence[Held]) -> Table:
    """One row a claim: what was said, the verdict, and what it was held against."""
    said = [each.claim.text for each in held]
    claimed = [_joined([part.claimed for part in each.parts]) for each in held]
    found = [_joined([part.found for part in each.parts]) for each in held]
    columns = (
        Column("number", Text("No.", "序号")),
        Column("claim", Text("Claim, in our words", "说法（转述）"), labels=_labelled(said)),
        Column("verdict", Text("Verdict", "判定"), labels=words.VERDICTS),
        Column("claimed", Text("Value claimed", "所称数值"), labels=_labelled(claimed)),
        Column("found", Text("What our data say", "本程序数据"), labels=_labelled(found)),
    )
    texts = {"claim": said, "claimed": claimed, "found": found}
    data: dict[str, Any] = {name: [text.en for text in column] for name, column in texts.items()}
    data |= {"number": range(1, len(held) + 1), "verdict": [each.verdict for each in held]}
    return Table("claims", Text("Claim by claim", "逐项核对"), columns, _frame(columns, data))


def _parts(asked: Claims, held: Sequence[Held]) -> Table:
    """One row a part of a claim: who said it, what it is held against, how that was seen and where it can be read."""
    rows = [(number, each.claim, part) for number, each in enumerate(held, 1) for part in each.parts]
    source = [part.source for _, _, part in rows]
    by = [asked.texts[claim.by].title for _, claim, _ in rows]
    columns = (
        Column("number", Text("No.", "序号")),
        Column("id", Text("Claim", "说法")),
        Column("by", Text("Said by", "出处"), labels=_labelled(by)),
        Column("verdict", Text("Verdict", "判定"), labels=words.VERDICTS),
        Column("source", Text("Held against", "核对依据"), labels=_labelled(source)),
        Column("year", Text("Year of the data", "数据年份")),
        Column("seen", Text("How it was seen", "所见方式"), labels=words.SEEN),
        Column("url", Text("Address", "网址")),
    )
    data: dict[str, Any] = {
        "number": [number for number, _, _ in rows],
        "id": [claim.id for _, claim, _ in rows],
        "by": [text.en for text in by],
        "verdict": [part.verdict for _, _, part in rows],
        "source": [text.en for text in source],
        "year": [part.year for _, _, part in rows],
        "seen": [part.seen for _, _, part in rows],
        "url": [part.url for _, _, part in rows],
    }
    return Table("parts", Text("What each verdict rests on", "各项判定的依据"), columns, _frame(columns, data))


def _frame(columns: Sequence[Column], data: dict[str, Any]) -> pl.DataFrame:
    import polars as pl

    kinds = {each.name: pl.Int64 if each.name in {"number", "year"} else pl.String for each in columns}
    return pl.DataFrame({name: list(data[name]) for name in kinds}, schema=kinds)
