"""What a charter provides on a day, thing by thing, each with its content and its words.

Two charters, or one charter on two days, are compared by these provisions; what a part of the format has no words for
is told as it is written, so that no part of a charter is passed over.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, cast

from comity.charter.burdens import fund_in_words
from comity.charter.duties import (
    admission_in_words,
    arrears_in_words,
    clause_in_words,
    instrument_in_words,
    withdrawal_in_words,
)
from comity.charter.phrases import COMMA, Named, Saying, put, row, span
from comity.charter.reach import REFERS
from comity.charter.vocabulary import ACTS, BASIS, FIELDS, STATUS, TERMS, TURNS
from comity.charter.words import quorum_in_words, threshold_in_words
from comity.kernel.canonical import plain
from comity.kernel.errors import InputError
from comity.kernel.family import Spec
from comity.kernel.quantity import Duration, Money
from comity.kernel.result import Text
from comity.model.dated import at, is_dated
from comity.model.fact import Fact
from comity.model.institution import Accession, Institution, Organ
from comity.model.instrument import Amending
from comity.model.rule import Rule
from comity.model.threshold import Quorum
from comity.model.weights import Weights

_TOLD = {"comity", "title", "aliases", "summary", "reported", "denied_by", "sources", "members", "known", "as_of"} | {
    *("status", "organs", "weights", "rules", "issues", "funds", "clauses", "accession", "exit", "admission"),
    *("instruments", "amendment", "arrears"),
}
_NO_LAW = {*Fact.model_fields, "title", "why", "note"}


@dataclass(frozen=True)
class Facet:
    """One side of a thing: what differs where the thing itself is the same (the chair of an organ)."""

    title: Text
    value: Any
    words: Text


@dataclass(frozen=True)
class Thing:
    """One thing that a charter provides: a member, an organ, the rule of a matter.

    Attributes:
        part: the part in which it is told, one of :data:`comity.charter.vocabulary.PARTS`.
        title: its name for a reader; empty where the part says it all.
        facets: its sides by name; one side without a name where there is only one.
        whole: all of it in words, for a charter that has it where the other has not.
    """

    part: str
    title: Text
    facets: Mapping[str, Facet]
    whole: Text


def provisions(institution: Institution, on: datetime.date, named: Named) -> dict[str, Thing]:
    """Everything the charter provides on a day, by its path.

    Args:
        institution: the charter.
        on: the day.
        named: by which name a member is told.

    Example:
        >>> import comity
        >>> g5 = comity.load("g5")
        >>> provisions(g5, g5.as_of, Text)["issues.energy"].whole.en
        'Council, at least 3/5 of all members (3 of 5)'
    """
    try:
        members = institution.members_on(on)
    except InputError:
        members = None
    saying = Saying(on, members, named, _standing(institution, on), titles(institution))
    found: dict[str, Thing] = {"status": _one("standing", Text(""), institution.status, STATUS[institution.status])}
    for code in members or ():
        found[f"members.{code}"] = _one("members", Text(""), code, named(code))
    for name, organ in institution.organs.items():
        found |= dict(_organ(f"organs.{name}", organ.title or readable(name), organ, saying))
    for name, issue in institution.issues.items():
        found[f"issues.{name}"] = _matter(institution, name, issue.title or readable(name), saying)
    for name, rule in institution.rules.items():
        found |= dict(_rule(f"rules.{name}", rule.title or readable(name), rule, saying))
    found |= dict(_money_and_clauses(institution, saying))
    found |= dict(_coming_and_going(institution, saying))
    found |= dict(_instruments(institution, on, saying))
    for section in (each for each in type(institution).model_fields if each not in _TOLD):
        for path, value in leaves(getattr(institution, section), section, on):
            title = FIELDS.get(path) or Text(path.replace("_", " ").replace(".", ", "))
            found[path] = _one("further", title, value, said(value, saying))
    return found


def _standing(institution: Institution, on: datetime.date) -> list[str]:
    """Those whose membership the charter states for a day, even where it does not know all members."""
    return institution.model_copy(update={"known": None}).members_on(on)


def titles(institution: Institution) -> dict[str, Text]:
    """The titles of the rules, organs and funds that have one, by their place in the charter."""
    sections = {"rules": institution.rules, "organs": institution.organs, "funds": institution.funds}
    named = {f"{section}.{name}": each.title for section, parts in sections.items() for name, each in parts.items()}
    return {place: title for place, title in named.items() if title is not None}


def readable(name: str) -> Text:
    """A name of the file as a reader reads it."""
    return Text(name.replace("_", " "))


def _one(part: str, title: Text, value: Any, words: Text) -> Thing:
    return Thing(part, title, {"": Facet(Text(""), value, words)}, words)


def _several(part: str, title: Text, facets: Mapping[str, Facet]) -> Thing:
    pattern = Text("{title} {words}", "{title}：{words}")
    told = [
        each.title
        if each.value is True
        else put(pattern, title=each.title, words=each.words)
        if each.title.en
        else each.words
        for each in facets.values()
    ]
    return Thing(part, title, facets, row(told, last=COMMA, comma=COMMA))


def _organ(path: str, title: Text, organ: Organ, saying: Saying) -> Iterator[tuple[str, Thing]]:
    facets = _sides(organ, saying, {"quorum"})
    thing = _several("organs", title, facets)
    yield path, thing if facets else Thing("organs", title, {}, Text("without further provisions", "无其他规定"))
    if organ.quorum:
        yield f"{path}.quorum", _quorum(title, organ.quorum, saying)


def _matter(institution: Institution, name: str, title: Text, saying: Saying) -> Thing:
    issue = institution.issues[name]
    organ = institution.organs[issue.organ].title or readable(issue.organ)
    rule = institution.rules[issue.rule]
    facets = {
        "organ": Facet(Text("organ", "机关"), issue.organ, organ),
        "rule": Facet(Text(""), issue.rule, _decided(rule, saying)),
    }
    whole = put(Text("{organ}, {rule}", "{organ}，{rule}"), organ=organ, rule=facets["rule"].words)
    return Thing("decisions", title, facets, whole)


def _decided(rule: Rule, saying: Saying) -> Text:
    words = threshold_in_words(rule, saying)
    if not rule.veto:
        return words
    return put(Text("{words}; with a veto", "{words}；有否决权"), words=words)


def _rule(path: str, title: Text, rule: Rule, saying: Saying) -> Iterator[tuple[str, Thing]]:
    yield path, _one("rules", title, _law(rule, saying, {"veto", "quorum"}), threshold_in_words(rule, saying))
    if rule.quorum:
        yield f"{path}.quorum", _quorum(title, rule.quorum, saying)
    if rule.veto:
        standing = saying.those_standing(at(rule.veto, saying.day) or ())
        yield f"{path}.veto", _one("vetoes", title, standing, saying.holders(rule.veto))
    yield from _weighing(path, title, rule, saying)


def _law(rule: Rule, saying: Saying, without: set[str]) -> dict[str, Any]:
    """What a rule and the rules inside it provide on the day, by path; weights are things of their own."""
    inside = list(rule.inside())
    apart = {*without, "weights", "article", *(str(place[0]) for place, _ in inside)}
    law = {name: value for name, value in leaves(rule, "", saying.day) if name.split(".")[0] not in apart}
    for place, each in inside:
        nested = _law(each, saying, set())
        law |= {".".join(map(str, (*place, name))): value for name, value in nested.items()}
    return law


def _weighing(path: str, title: Text, rule: Rule, saying: Saying) -> Iterator[tuple[str, Thing]]:
    weights = getattr(rule, "weights", None)
    if isinstance(weights, Weights):
        yield f"{path}.weights", _weights(title, weights, saying)
    for place, each in rule.inside():
        yield from _weighing(".".join(map(str, (path, *place))), title, each, saying)


def _quorum(title: Text, quorum: Quorum, saying: Saying) -> Thing:
    return _one("quorums", title, dict(leaves(quorum, "", saying.day)), quorum_in_words(quorum, saying))


def _weights(title: Text, weights: Weights, saying: Saying) -> Thing:
    stated: dict[str, Fraction | None] = {code: at(value, saying.day) for code, value in weights.values.items()}
    held = {code: each for code, each in stated.items() if each is not None and _counts(code, saying)}
    total = sum(held.values(), Fraction(0))
    basis = Facet(Text("basis", "依据"), weights.basis, BASIS[weights.basis])
    facets = {"basis": basis} | {
        code: Facet(
            saying.named(code),
            str(each),
            put(Text("{each} of {total}", "{total}中的{each}"), each=_amount(each), total=_amount(total)),
        )
        for code, each in held.items()
    }
    largest = sorted(held, key=lambda code: -held[code])[:3]
    most = row(
        put(Text("{who} {share}", "{who}{share}"), who=saying.named(code), share=_per_cent(held[code], total))
        for code in largest
    )
    pattern = Text(
        "weights of {n} members by {basis}, the largest {most}", "{n}个成员的权重（依据：{basis}），最大者为{most}"
    )
    return Thing("weights", title, facets, put(pattern, n=len(held), basis=basis.words, most=most))


def _counts(code: str, saying: Saying) -> bool:
    return saying.members is None or code in saying.members


def _amount(weight: Fraction) -> str:
    return str(int(weight)) if weight.denominator == 1 else f"{float(weight):.6g}"


def _per_cent(weight: Fraction, total: Fraction) -> Text:
    share = f"{float(100 * weight / total):.1f}" if total else "0"
    return Text(f"{share} %", f"{share}%")


def _money_and_clauses(institution: Institution, saying: Saying) -> Iterator[tuple[str, Thing]]:
    for name, fund in institution.funds.items():
        spent = Facet(Text("spent by", "支出须"), fund.rule, _decided(institution.rules[fund.rule], saying))
        filled = fund_in_words(fund)
        sides = {"rule": spent, **_sides(fund, saying, {"rule"})}
        pattern = Text("{title} {words}; {filled}", "{title}{words}；{filled}")
        whole = put(pattern, title=spent.title, words=spent.words, filled=filled or "")
        thing = _several("funds", fund.title or readable(name), sides)
        yield f"funds.{name}", replace(thing, whole=whole) if filled else thing
    for name, clause in institution.clauses.items():
        thing = _several("clauses", clause.title or readable(name), _sides(clause, saying))
        yield f"clauses.{name}", replace(thing, whole=clause_in_words(clause, saying) or thing.whole)
    for name, admission in institution.admission.items():
        thing = _several("admission", admission.title or readable(name), _sides(admission, saying))
        yield f"admission.{name}", replace(thing, whole=admission_in_words(admission))


def _coming_and_going(institution: Institution, saying: Saying) -> Iterator[tuple[str, Thing]]:
    for part in ("accession", "amendment"):
        if (provided := getattr(institution, part)) is not None:
            yield part, _several(part, Text(""), _decided_sides(institution, provided, saying))
    if institution.exit:
        whole = withdrawal_in_words(institution.exit, saying)
        yield "exit", Thing("exit", Text(""), _sides(institution.exit, saying), whole)
    if institution.arrears:
        whole = arrears_in_words(institution.arrears, saying)
        yield "arrears", Thing("arrears", Text(""), _sides(institution.arrears, saying), whole)


def _decided_sides(institution: Institution, provided: Accession | Amending, saying: Saying) -> dict[str, Facet]:
    """The sides of what is decided by a rule, the rule in its words."""
    decided = Facet(Text(""), provided.rule, _decided(institution.rules[provided.rule], saying))
    return {"rule": decided, **_sides(provided, saying, {"rule"})}


def _instruments(institution: Institution, on: datetime.date, saying: Saying) -> Iterator[tuple[str, Thing]]:
    """Each instrument with what it provides and what states did to it up to the day."""
    for name, instrument in institution.instruments.items():
        sides = _sides(instrument, saying, {"history"})
        done = sorted((each for each in instrument.history if each.on <= on), key=lambda each: each.on)
        for each in done:
            words = put(Text("{who} on {on}", "{who}（{on}）"), who=saying.named(each.by), on=each.on)
            sides[f"history.{each.by}.{each.kind}"] = Facet(ACTS[each.kind], each.on.isoformat(), words)
        title = instrument.title or readable(name)
        provided = instrument_in_words(instrument, saying)
        acts = put(
            Text("{words}; {n} acts of states on record", "{words}；记录在案的国家行为{n}项"),
            words=provided,
            n=len(done),
        )
        yield f"instruments.{name}", Thing("instruments", title, sides, acts if done else provided)


def _sides(thing: Spec, saying: Saying, without: set[str] | None = None) -> dict[str, Facet]:
    sides: dict[str, Facet] = {}
    for path, value in leaves(thing, "", saying.day):
        names = path.split(".")
        if names[0] not in (without or set()):
            words = [FIELDS.get(each) or readable(each) for each in names]
            title = Text(" ".join(each.en for each in words), "".join(each.of("zh") for each in words))
            refers = names[-1] in REFERS and isinstance(value, str)
            sides[path] = Facet(title, value, saying.title("rules", value) if refers else said(value, saying))
    return sides


def leaves(value: Any, path: str, on: datetime.date) -> Iterator[tuple[str, Any]]:
    """Every stated value below a part, by its path, dated values read on the day; words and origins left out."""
    if is_dated(value):
        value = at(value, on)
    if isinstance(value, Spec):
        fields = type(value).model_fields
        for name, each in value:
            if name in fields and name not in _NO_LAW and (name == "kind" or each != fields[name].get_default()):
                yield from leaves(each, _below(path, fields[name].alias or name), on)
    elif isinstance(value, Mapping):
        for name, each in cast("Mapping[str, Any]", value).items():
            yield from leaves(each, _below(path, name), on)
    elif value is not None:
        yield path, _written(value)


def _written(value: Any) -> Any:
    """A value as JSON holds it; durations and money as the charter writes them."""
    return str(value) if isinstance(value, Duration | Money) else plain(value)


def _below(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def said(value: Any, saying: Saying) -> Text:
    """A value of a charter in words: names of members, words of the format, everything else as it is written."""
    if isinstance(value, list | tuple):
        return row(said(each, saying) for each in cast("Sequence[Any]", value))
    if isinstance(value, bool):
        return Text("yes", "是") if value else Text("no", "否")
    text = str(value)
    if re.fullmatch(Duration.pattern, text):
        return span(Duration.parse(text))
    return TURNS.get(text) or TERMS.get(text) or (saying.named(text) if text.isupper() else Text(text))
