"""Members, organs and decisions, as articles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from comity.charter.duties import admission_in_words
from comity.charter.phrases import put, row, span
from comity.charter.provisions import readable
from comity.charter.vocabulary import TURNS
from comity.charter.words import GROUNDS, quorum_in_words, threshold_in_words
from comity.kernel.family import kind_of
from comity.kernel.result import Text
from comity.model.dated import at
from comity.model.parts import Constituency, Organ
from comity.model.rule import Rule
from comity.model.weights import Weights
from comity.operation.texts.document import Article, Paragraph, refer
from comity.operation.texts.words import Terms, decimal, inside, lettered, opened, origin

BY_ITSELF = frozenset({"negative_consensus", "silence_procedure", "reverse_majority"})
"""Rules whose words say by themselves when a decision is taken."""


def membership(terms: Terms) -> Iterator[Article]:
    """Who belongs, and by which criteria members are chosen."""
    para = inside("art_members")
    if terms.members is not None:
        names = {code.lower(): opened(terms.name(code)) for code in terms.members}
        head = Text("The Members are:", "成员为：")
        found = [lettered(para("members", head), names)]
        found += _constituencies(terms)
        yield Article("art_members", Text("Members", "成员"), tuple(found))
    for name, admission in terms.law.admission.items():
        article = f"art_admission_{name}"
        says = terms.say(
            "Membership {shall} be determined as follows: {told}.",
            "成员资格{shall}按下列办法确定：{told}。",
            told=admission_in_words(admission),
        )
        title = admission.title or Text("Admission", "接纳")
        yield Article(article, title, (inside(article)("admission", says),), origin(article, admission))


def _constituencies(terms: Terms) -> Iterator[Paragraph]:
    standing = [each for each in terms.law.members if isinstance(each, Constituency)]
    for each in standing:
        begun = each.from_ is None or each.from_ <= terms.on
        if begun and (each.until is None or terms.on < each.until):
            says = terms.say(
                "{who} {shall} consist of {states}.",
                "{who}{shall}由{states}组成。",
                who=terms.name(each.constituency),
                states=row(map(terms.name, each.states)),
            )
            yield inside("art_members")(f"constituency_{each.constituency.lower()}", says)


def organs(terms: Terms) -> Iterator[Article]:
    """The organs, and of each who presides, how often it meets and who must be there."""
    if not terms.law.organs:
        return
    names = {name: Text(opened(terms.saying.title("organs", name)).en, terms.saying.title("organs", name).of("zh"))
             for name in terms.law.organs}  # fmt: skip
    head = terms.say("The organs {shall} be the following:", "{shall}设下列机关：")
    establishment = lettered(inside("art_organs")("establishment", head), names)
    yield Article("art_organs", Text("Organs", "机关"), (establishment,))
    for name, organ in terms.law.organs.items():
        article = f"art_organ_{name}"
        if found := tuple(_organ(terms, article, name, organ)):
            yield Article(article, organ.title or readable(name), found, origin(article, organ))


def _organ(terms: Terms, article: str, name: str, organ: Organ) -> Iterator[Paragraph]:
    para, who = inside(article), terms.organ(name)
    if organ.meets:
        says = ("{who} {shall} meet at least once every {span}.", "{who}{shall}至少每{span}召开一次会议。")
        yield para("meetings", terms.say(*says, who=who, span=span(organ.meets)))
    if organ.convened_by:
        share = terms.saying.bound(organ.convened_by, "members")
        says = (
            "A special session {shall} be held at the request of {share}.",
            "应{share}的要求，{shall}举行特别会议。",
        )
        yield para("special", terms.say(*says, share=share))
    if organ.chair:
        yield para("chair", _chair(terms, who, organ))
    if organ.proposes:
        by = TURNS.get(organ.proposes) or terms.name(organ.proposes)
        by = Text("any Member", "任何成员") if organ.proposes == "any_member" else by
        says = ("Proposals may be put before {who} by {by}.", "{by}可向{who}提出提案。")
        yield para("proposals", terms.say(*says, who=who, by=by))
    if organ.quorum:
        says = ("The quorum of {who} {shall} be {quorum}.", "{who}的法定人数{shall}为：{quorum}。")
        yield para("quorum", terms.say(*says, who=who, quorum=quorum_in_words(organ.quorum, terms.saying)))
    if organ.proxies:
        says = (
            "A Member {shall_not} represent more than {n} other Members.",
            "一成员{shall_not}代表超过{n}个其他成员。",
        )
        yield para("proxies", terms.say(*says, n=organ.proxies))
    if organ.procedure:
        says = (
            "Motions of procedure, and appeals against a ruling of the Chair, {shall} be decided under {rule}.",
            "程序性动议及对主席裁定的异议，{shall}依{rule}决定。",
        )
        yield para("procedure", terms.say(*says, rule=refer(f"art_rule_{organ.procedure}")))


def _chair(terms: Terms, who: Text, organ: Organ) -> Text:
    chair = organ.chair or ""
    order = row(map(terms.name, organ.order)) if organ.order else None
    if chair == "rotating" and order:
        says = (
            "The Chair of {who} {shall} rotate among the Members in the following order: {order}.",
            "{who}主席{shall}由各成员按下列次序轮流担任：{order}。",
        )
        return terms.say(*says, who=who, order=order)
    says = {
        "rotating": ("The Chair of {who} {shall} rotate among the Members.", "{who}主席{shall}由各成员轮流担任。"),
        "elected": ("{who} {shall} elect its Chair.", "{who}{shall}选举其主席。"),
        "appointed": ("The Chair of {who} {shall} be appointed.", "{who}主席{shall}由任命产生。"),
        "none": ("{who} {shall} have no Chair.", "{who}不设主席。"),
    }.get(chair, ("{by} {shall} preside over {who}.", "{by}{shall}主持{who}。"))
    return terms.say(*says, who=who, by=terms.name(chair))


def decisions(terms: Terms) -> Iterator[Article]:
    """How decisions are taken: an article for each rule, with the matters that it decides."""
    for name, rule in terms.law.rules.items():
        article = f"art_rule_{name}"
        notes = list(origin(article, rule))
        if rule.note:
            notes.append(Paragraph(f"{article}__note_note", rule.note))
        if rule.contested:
            words = Text(
                "This rule is unwritten practice, or its reading is contested.", "本规则系不成文惯例或其解读有争议。"
            )
            notes.append(Paragraph(f"{article}__note_contested", words))
        yield Article(article, rule.title or readable(name), tuple(_rule(terms, article, name, rule)), tuple(notes))


def _rule(terms: Terms, article: str, name: str, rule: Rule) -> Iterator[Paragraph]:  # noqa: C901
    para, law = inside(article), terms.law
    bare = rule.model_copy(
        update={
            "exclude": (),
            "abstains": (),
            "fallback": None,
            "contested": type(rule).model_fields["contested"].default,
        }
    )
    told = threshold_in_words(bare, terms.saying)
    kind = kind_of(type(rule)) or ""
    pattern = ("A decision under this Article {shall} be adopted by {told}.", "依本条作出决定，{shall}经{told}通过。")
    if kind in BY_ITSELF:
        begun = told.en.removeprefix("adopted ").removeprefix("stands ")
        verb = "stand" if kind == "reverse_majority" else "be adopted"
        told = Text(begun, told.of("zh"))
        pattern = (f"A proposal under this Article {{shall}} {verb} {{told}}.", "依本条提出的提案，{told}。")
    yield para("threshold", terms.say(*pattern, told=told))
    matters = {key: issue for key, issue in law.issues.items() if issue.rule == name}
    for organ in dict.fromkeys(issue.organ for issue in matters.values()):
        listed = {key: issue.title or readable(key) for key, issue in matters.items() if issue.organ == organ}
        says = ("{organ} {shall} decide under this Article on:", "{organ}{shall}依本条就下列事项作出决定：")
        head = para(f"matters_{organ}", terms.say(*says, organ=terms.organ(organ)))
        yield lettered(head, listed)
    if law.otherwise and law.otherwise in matters:
        says = (
            "A matter that no article names {shall} be decided as “{matter}” is.",
            "各条均未列明的事项，{shall}按“{matter}”决定。",
        )
        yield para("otherwise", terms.say(*says, matter=matters[law.otherwise].title or readable(law.otherwise)))
    if rule.veto and at(rule.veto, terms.on):
        says = (
            "A decision {shall_not} be adopted against the negative vote of {who}.",
            "经{who}投反对票的决定，{shall_not}通过。",
        )
        holders = row(map(terms.name, terms.saying.those_standing(at(rule.veto, terms.on))), last=Text(" or ", "或"))
        yield para("veto", terms.say(*says, who=holders))
    if rule.quorum:
        says = ("The quorum {shall} be {quorum}.", "法定人数{shall}为：{quorum}。")
        yield para("quorum", terms.say(*says, quorum=quorum_in_words(rule.quorum, terms.saying)))
    if rule.exclude:
        says = ("{who} {shall} have no vote.", "{who}没有表决权。")
        yield para("excluded", terms.say(*says, who=row(GROUNDS[each] for each in rule.exclude)))
    if rule.abstains:
        says = ("{who} {shall} abstain from voting.", "{who}{shall}弃权。")
        yield para("abstaining", terms.say(*says, who=row(GROUNDS[each] for each in rule.abstains)))
    if rule.fallback:
        says = ("Where no decision is so taken, {other} {shall} apply.", "依本条未能作出决定的，{shall}适用{other}。")
        if rule.fallback.after:
            says = (
                "Where no decision is so taken within {after}, {other} {shall} apply.",
                "在{after}内依本条未能作出决定的，{shall}适用{other}。",
            )
        other = refer(f"art_rule_{rule.fallback.rule}")
        yield para("fallback", terms.say(*says, other=other, after=span(rule.fallback.after)))
    weights = getattr(rule, "weights", None)
    if isinstance(weights, Weights):
        yield _weights(terms, article, weights)


def _weights(terms: Terms, article: str, weights: Weights) -> Paragraph:
    held: Mapping[str, Fraction | None] = {
        code: at(value, terms.on)
        for code, value in weights.values.items()
        if terms.members is None or code in terms.members
    }
    entries = {
        code.lower(): put(Text("{who}: {votes}", "{who}：{votes}"), who=opened(terms.name(code)), votes=decimal(votes))
        for code, votes in held.items()
        if votes is not None
    }
    head = terms.say(
        "For the purposes of this Article the Members {shall} have these weights:",
        "为本条的目的，各成员的权重{shall}为：",
    )
    return lettered(inside(article)("weights", head), entries)
