"""What a dossier opens with, drawn from the answers: nothing is written here that a finding does not say."""

from __future__ import annotations

from collections.abc import Mapping

from comity.kernel.result import Result, Text
from comity.model.institution import Institution
from comity.report.front import Front, Headline
from comity.study.run import Answered


def front(answered: Answered, *, command: str, tables: str = "tables") -> Front:
    """The opening of a study's dossier: question, answer, numbers, what would change our mind, and the notes.

    Args:
        answered: the study with its answers.
        command: the command that reproduces it.
        tables: the folder beside the page that holds every table as CSV; empty where none is written.
    """
    study = answered.study
    found = {result.kind: result for result in reversed(answered.results)}
    wanted = [(found[number.ask], number) for number in study.numbers if number.ask in found]
    numbers = [
        Headline(figure, number.label)
        for result, number in wanted
        for finding in result.findings
        for name, figure in finding.figures.items()
        if name == number.figure
    ]
    return Front(
        question=study.question or Text(""),
        answer=joined([_told(found, asked) for asked in study.answer]),
        numbers=tuple(numbers),
        would_change=tuple(joined([text]) for asked in study.would_change if (text := _told(found, asked)).en),
        box=tuple(note for institution in answered.institutions for note in notes(institution)),
        limits=study.limits,
        methods=study.methods,
        command=command,
        tables=tables,
    )


def notes(institution: Institution) -> tuple[Text, ...]:
    """What a reader must know of an institution that is not in force: that it is a rumour, and who denied it.

    Example:
        >>> import comity
        >>> notes(comity.load("g5"))[0].en.startswith("Group of Five (as rumoured) is a press rumour")
        True
    """
    if institution.status not in {"rumoured", "proposed"}:
        return ()
    en, zh = institution.title.en, institution.title.of("zh")
    if institution.status == "proposed":
        return (
            Text(
                f"{en} is a proposal; the charter used here is a model of it.",
                f"{zh}只是一项提议；此处使用的章程是对它的模拟。",
            ),
        )
    when, denier = institution.reported, institution.denied_by
    reported = denied = Text("")
    if when:
        day = f"{when.year}年{when.month}月{when.day}日"
        reported = Text(f", reported on {when.day} {when:%B %Y}", f"（{day}报道）")
    if denier:
        denied = Text(f" and denied by {denier.en}", f"，已被{denier.of('zh')}否认")
    first = Text(
        f"{en} is a press rumour, not an institution{reported.en}{denied.en}. The charter here is our model of it: "
        "every rule, weight and clause in it is an assumption that can be changed.",
        f"{zh}是媒体传闻{reported.of('zh')}，并非现实机构{denied.of('zh')}。此处使用的章程是我们对该传闻的模拟："
        "其中的每条规则、权重和条款都是可以更改的假设。",
    )
    return (first, institution.summary) if institution.summary else (first,)


def joined(texts: list[Text]) -> Text:
    """Sentences one after the other, each with its full stop.

    Example:
        >>> joined([Text("Yes", "是"), Text("It does.", "的确。")])
        Text(en='Yes. It does.', zh='是。的确。')
    """
    said = [text for text in texts if text.en]
    return Text(
        " ".join(text.en if text.en[-1] in ".?!" else f"{text.en}." for text in said),
        "".join(text.of("zh") if text.of("zh")[-1] in "。？！" else f"{text.of('zh')}。" for text in said),
    )


def _told(found: Mapping[str, Result], asked: str) -> Text:
    """The first finding of an analysis, or the one that holds a figure (``selection.swaps:moved``)."""
    kind, _, figure = asked.partition(":")
    findings = found[kind].findings if kind in found else ()
    return next((each.text for each in findings if not figure or figure in each.figures), Text(""))
