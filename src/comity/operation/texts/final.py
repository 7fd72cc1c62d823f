"""Money, disputes and final provisions, as articles."""

from __future__ import annotations

from collections.abc import Iterator

from comity.charter.burdens import burden_in_words, fine
from comity.charter.phrases import row, span
from comity.charter.provisions import readable
from comity.kernel.result import Text
from comity.model.instrument import Amending, EntryIntoForce, Instrument, Withdrawal
from comity.operation.texts.document import Article, Paragraph, refer
from comity.operation.texts.words import Numbered, Terms, Voice, day, inside, money, origin


def funds(terms: Terms) -> Iterator[Article]:
    """Each fund: how it is financed and spent; and when a member in arrears loses its vote."""
    for name, fund in terms.law.funds.items():
        article = f"art_fund_{name}"
        para, who = inside(article), terms.fund(name)
        found = list[Paragraph]()
        told = burden_in_words(fund.burden) if fund.burden else None
        if told is not None:
            told = Text(told.en.replace("filled ", "financed ", 1), told.of("zh"))
            found.append(
                para("financing", terms.say("{who} {shall} be {told}.", "{who}{shall}{told}。", who=who, told=told))
            )
        if fund.amount:
            says = ("{who} {shall} amount to {amount}.", "{who}的数额{shall}为{amount}。")
            found.append(para("amount", terms.say(*says, who=who, amount=money(fund.amount))))
        says = ("Its expenditure {shall} be decided under {rule}.", "其支出{shall}依{rule}决定。")
        found.append(para("expenditure", terms.say(*says, rule=refer(f"art_rule_{fund.rule}"))))
        if fund.shortfall:
            then = (
                "Where a Member withdraws or does not pay its share, {who} {shall} be reduced by that share.",
                "成员退出或未缴付其份额的，{who}{shall}按该份额缩减。",
            )
            if fund.shortfall == "re_share":
                then = (
                    (
                        "Where a Member withdraws or does not pay its share, the other Members {shall} bear "
                        "that share among "
                        "them under the first paragraph of this Article."
                    ),
                    "成员退出或未缴付其份额的，该份额{shall}由其他成员依本条首款分担。",
                )
            found.append(para("shortfall", terms.say(*then, who=who)))
        if fund.votes:
            says = (
                (
                    "Votes {shall} follow contributions paid, except for {share} of all votes, which {shall} be "
                    "divided "
                    "equally among the Members."
                ),
                "表决权{shall}随已缴款项而定，但全部票数的{share}{shall}由各成员均分。",
            )
            found.append(para("votes", terms.say(*says, share=fine(fund.votes.basic))))
        yield Article(article, fund.title or readable(name), tuple(found), origin(article, fund))
    if terms.law.arrears:
        arrears, para = terms.law.arrears, inside("art_arrears")
        says = (
            (
                "A Member in arrears {shall} have no vote where its arrears equal or exceed the contributions "
                "due from it for "
                "the preceding {n} full years."
            ),
            "成员拖欠的数额等于或超过其前{n}个整年应缴会费的，{shall}丧失表决权。",
        )
        found = [para("vote", terms.say(*says, n=arrears.years))]
        if arrears.permits:
            says = (
                "A decision under {rule} may nevertheless permit such a Member to vote.",
                "但可依{rule}作出决定，准许该成员表决。",
            )
            found.append(para("permission", terms.say(*says, rule=refer(f"art_rule_{arrears.permits}"))))
        yield Article("art_arrears", Text("Arrears", "拖欠会费"), tuple(found), origin("art_arrears", arrears))


def safeguards(terms: Terms) -> Iterator[Article]:
    """Limits to what one member may hold; who convenes, interprets and settles disputes."""
    balance, para = terms.law.balance, inside("art_balance")
    if balance:
        found = list[Paragraph]()
        if balance.agenda_cap:
            says = (
                "No Member {shall} hold more than {share} of the items of an agenda.",
                "任何成员{shall_not}占议程项目的{share}以上。",
            )
            found.append(para("agenda", terms.say(*says, share=fine(balance.agenda_cap))))
        if balance.power_cap:
            index = {"shapley_shubik": "Shapley-Shubik", "banzhaf": "Banzhaf"}[balance.index]
            says = (
                "No Member {shall} hold more than {share} of voting power, as measured by the {index} index.",
                "以{index}指数衡量，任何成员{shall_not}持有{share}以上的投票权力。",
            )
            found.append(para("power", terms.say(*says, share=fine(balance.power_cap), index=index)))
        if found:
            yield Article("art_balance", Text("Balance", "平衡"), tuple(found))
    held, para = terms.law.prerogatives, inside("art_disputes")
    if held:
        found = list[Paragraph]()
        for turn, provision, en, zh in (
            (held.convenes, "convening", "The Members {shall} be convened by {who}.", "{shall}由{who}召集各成员。"),
            (
                held.interprets,
                "interpretation",
                "The interpretation of this instrument {shall} rest with {who}.",
                "本文书的解释权{shall}属于{who}。",
            ),
            (
                held.arbitrates,
                "settlement",
                (
                    "A dispute concerning the interpretation or application of this instrument {shall} be "
                    "submitted to {who} "
                    "for settlement."
                ),
                "有关本文书解释或适用的争端，{shall}提交{who}裁决。",
            ),
        ):
            if turn and turn != "none":
                found.append(para(provision, terms.say(en, zh, who=_turn(terms, turn))))
        if found:
            title = Text("Convening, interpretation and settlement of disputes", "召集、解释与争端解决")
            yield Article("art_disputes", title, tuple(found))


def _turn(terms: Terms, turn: str) -> Text:
    words = {
        "rotating": Text("each Member in turn", "轮值成员"),
        "elected": Text("a Member elected for the purpose", "为此选出的成员"),
        "appointed": Text("whoever is appointed for the purpose", "为此任命者"),
    }
    return words.get(turn) or terms.name(turn)


def final(terms: Terms) -> Iterator[Article]:
    """Accession, withdrawal, amendment, and the terms of each instrument."""
    law = terms.law
    if law.accession:
        says = (
            "A new Member may be admitted by a decision under {rule}.",
            "可依{rule}作出决定，接纳新成员。",
        )
        found = inside("art_accession")("admission", terms.say(*says, rule=refer(f"art_rule_{law.accession.rule}")))
        yield Article("art_accession", Text("Accession", "加入"), (found,), origin("art_accession", law.accession))
    if law.exit:
        found = tuple(_withdrawal(terms, law.exit, inside("art_exit"), Text("Member", "成员")))
        yield Article("art_exit", Text("Withdrawal", "退出"), found, origin("art_exit", law.exit))
    if law.amendment:
        found = tuple(_amendment(terms, law.amendment, inside("art_amendment"), Text("this instrument", "本文书")))
        yield Article("art_amendment", Text("Amendment", "修正"), found)
    for name, instrument in law.instruments.items():
        article = f"art_instrument_{name}"
        found = tuple(_instrument(terms, instrument, inside(article), instrument.title or readable(name)))
        if found:
            yield Article(article, instrument.title or readable(name), found, origin(article, instrument))


def _withdrawal(terms: Terms, leaving: Withdrawal, para: Numbered, who: Text) -> Iterator[Paragraph]:
    says = (
        "A {who} may withdraw at any time by written notice to the depositary.",
        "{who}可随时书面通知保存机关退出。",
    )
    if leaving.not_before:
        says = (
            (
                "At any time after {span} from the day on which it became bound, a {who} may withdraw by "
                "written notice to "
                "the depositary. Notice given earlier {shall} be void."
            ),
            "自受约束之日起满{span}后，{who}可随时书面通知保存机关退出。此前发出的通知{shall}无效。",
        )
    yield para("right", terms.say(*says, who=who, span=span(leaving.not_before)))
    effect = ("Withdrawal {shall} take effect on receipt of the notice.", "退出{shall}自收到通知之日起生效。")
    if leaving.notice:
        effect = (
            "Withdrawal {shall} take effect {notice} after the receipt of the notice.",
            "退出{shall}自收到通知之日起满{notice}时生效。",
        )
    if leaving.effective != "after_notice":
        year = "following that " if leaving.effective == "end_of_following_year" else ""
        effect = (
            f"Withdrawal {{shall}} take effect on 31 December of the year {year}in which the notice was received.",
            f"退出{{shall}}于收到通知{'次' if year else '当'}年12月31日生效。",
        )
    yield para("effect", terms.say(*effect, notice=span(leaving.notice)))
    if leaving.settled:
        says = (
            "Withdrawal {shall_not} take effect before the {who} has met its financial obligations.",
            "该{who}履行其财务义务之前，退出{shall_not}生效。",
        )
        yield para("obligations", terms.say(*says, who=who))
    if leaving.follows:
        says = (
            "A {who} that ceases to belong to {bodies} {shall} also be considered to have withdrawn{after}.",
            "不再属于{bodies}的{who}，{after}{shall}视为亦已退出。",
        )
        after = Text(f" {leaving.after} thereafter", f"其后{span(leaving.after).zh}") if leaving.after else Text("")
        bodies = row(Text(each.replace("-", " ").upper()) for each in leaving.follows)
        yield para("consequential", terms.say(*says, who=who, bodies=bodies, after=after))
    if leaving.unless:
        says = ("A decision under {rule} may allow it to remain.", "可依{rule}作出决定，准许其留任。")
        yield para("remaining", terms.say(*says, rule=refer(f"art_rule_{leaving.unless}")))


def _amendment(terms: Terms, amending: Amending, para: Numbered, what: Text) -> Iterator[Paragraph]:
    rule = refer(f"art_rule_{amending.rule}")
    says = ("Amendments to {what} {shall} be adopted under {rule}.", "{what}的修正{shall}依{rule}通过。")
    yield para("amendment", terms.say(*says, what=what, rule=rule))
    if amending.entry_into_force:
        yield para("amendment_in_force", _entry(terms, amending.entry_into_force, Text("An amendment", "修正")))
        says = (
            "An amendment in force {shall} bind the Parties that have accepted it.",
            "已生效的修正{shall}对接受该修正的缔约方有约束力。",
        )
        if amending.binds == "all":
            says = ("An amendment in force {shall} bind all Parties.", "已生效的修正{shall}对所有缔约方有约束力。")
        yield para("amendment_binds", terms.say(*says))
    else:
        says = ("An amendment {shall} enter into force upon its adoption.", "修正{shall}自通过之时起生效。")
        yield para("amendment_in_force", terms.say(*says))


def _entry(terms: Terms, entry: EntryIntoForce, what: Text) -> Text:
    if entry.on:
        says = ("{what} {shall} enter into force on {on}.", "{what}{shall}于{on}生效。")
        return terms.say(*says, what=what, on=day(entry.on))
    asked = list[Text]()
    if entry.deposits:
        asked.append(terms.say("at least {n} States", "至少{n}个国家", n=entry.deposits))
    if entry.of_members:
        asked.append(terms.say("at least {n} of the Members", "至少{n}的成员", n=fine(entry.of_members)))
    if not asked:
        asked.append(Text("States", "有关国家"))
    if entry.including:
        asked.append(terms.say("among them {who}", "其中须包括{who}", who=row(map(terms.name, entry.including))))
    if entry.share:
        share = terms.saying.bound(entry.share, "total_weight")
        asked.append(terms.say("together accounting for {share},", "且合计占{share}", share=share))
    day_ = terms.say("on the day", "之日")
    if entry.delay:
        day_ = terms.say("{span} after the day", "之日后{span}", span=span(entry.delay))
    says = (
        (
            "{what} {shall} enter into force {day} on which {asked} have deposited their instruments of ratification, "
            "acceptance, approval or accession."
        ),
        "{what}{shall}于{asked}交存批准书、接受书、核准书或加入书{day}生效。",
    )
    return terms.say(*says, what=what, day=day_, asked=row(asked, last=Text(", ", "，"), comma=Text(", ", "，")))


def _instrument(terms: Terms, instrument: Instrument, para: Numbered, title: Text) -> Iterator[Paragraph]:
    own = terms if instrument.legal_force == "binding" else Terms(terms.law, terms.on, terms.members, Voice.of("none"))
    what = Text(f"the {title.en}", title.of("zh")) if not title.en.startswith("the ") else title
    if instrument.legal_force != "binding":
        says = {
            "politically_binding": (
                "{what} is a political commitment and does not bind in law.",
                "{what}系政治承诺，不具法律约束力。",
            ),
            "none": ("{what} does not bind in law.", "{what}不具法律约束力。"),
        }[instrument.legal_force]
        yield para("force", own.say(*says, what=what))
    if instrument.adopted:
        yield para(
            "adoption",
            own.say("{what} was adopted on {on}.", "{what}于{on}通过。", what=what, on=day(instrument.adopted)),
        )
    if instrument.entry_into_force:
        yield para("entry_into_force", _entry(own, instrument.entry_into_force, what))
    if instrument.joining and instrument.joining.delay:
        says = (
            (
                "For each State that consents to be bound thereafter, it {shall} enter into force {span} after "
                "the deposit of "
                "its instrument."
            ),
            "对其后同意受约束的每一国家，{shall}自其交存文书后{span}起生效。",
        )
        yield para("joining", own.say(*says, span=span(instrument.joining.delay)))
    if instrument.withdrawal:
        for each in _withdrawal(own, instrument.withdrawal, para, Text("Party", "缔约方")):
            yield Paragraph(each.id.replace("__para_", "__para_withdrawal_"), each.text)
    if instrument.reservations == "prohibited":
        yield para("reservations", own.say("No reservations may be made.", "不得作出保留。"))
    if instrument.provisional:
        yield para("provisional", own.say("{what} may be applied provisionally.", "{what}可暂时适用。", what=what))
    if instrument.amendment:
        yield from _amendment(own, instrument.amendment, para, what)


def silences(terms: Terms) -> list[Text]:
    """What a treaty usually provides and this charter does not."""
    law, binding = terms.law, list(terms.law.instruments.values())
    absent = (
        (not law.accession, Text("accession", "加入")),
        (not law.exit and not any(each.withdrawal for each in binding), Text("withdrawal", "退出")),
        (not law.amendment and not any(each.amendment for each in binding), Text("amendment", "修正")),
        (not any(each.entry_into_force for each in binding), Text("entry into force", "生效")),
        (
            not (law.prerogatives and (law.prerogatives.arbitrates or "none") != "none"),
            Text("the settlement of disputes", "争端解决"),
        ),
        (not law.clauses, Text("obligations of Members", "成员义务")),
        (
            any(each.breach and each.breach.then == "pay" for each in law.clauses.values()),
            Text("the amount of compensation in the place of performance", "代替履行的补偿数额"),
        ),
    )
    return [text for silent, text in absent if silent]
