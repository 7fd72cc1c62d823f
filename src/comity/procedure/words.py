"""Determinations and events in words, English and Chinese, generated from what they hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from comity.kernel.quantity import show
from comity.kernel.result import Text
from comity.model.event.act import Act
from comity.model.ruling import NO_RULE, Choice, Ground, Requirement, Ruling
from comity.procedure.state import Determination, Flag
from comity.procedure.tabling import VOTED

Name = Callable[[str], Text]
"""What a member is called."""

OUTCOMES: dict[str, Text] = {
    "adopted": Text("adopted", "通过"),
    "not_adopted": Text("not adopted", "未通过"),
    "no_quorum": Text("no quorum", "未达法定人数"),
    "takes_note": Text("taken note of", "予以注意"),
    "deferred": Text("deferred", "推迟"),
    "tied": Text("tied: a second vote follows", "票数相等，须再次表决"),
    "stands": Text("the chair's ruling stands", "主席裁定有效"),
    "overturned": Text("the chair's ruling is overturned", "主席裁定被推翻"),
    "met": Text("the quorum is met", "达到法定人数"),
    "not_met": Text("the quorum is not met", "未达法定人数"),
    "unknown": Text("unknown", "不详"),
    "elected": Text("all seats are filled", "席位全部选出"),
    "incomplete": Text("seats remain open", "尚有席位未选出"),
    "in_force": Text("in force", "生效"),
    "will_enter_into_force": Text("will enter into force", "将生效"),
    "not_in_force": Text("not in force", "未生效"),
    "no_notice": Text("no notice was received", "未收到通知"),
    "void": Text("the notice is void", "通知无效"),
    "will_take_effect": Text("will take effect", "将发生效力"),
    "effective": Text("has taken effect", "发生效力"),
    "not_effective": Text("has not taken effect", "未发生效力"),
    "clock_met": Text("its time has run", "期限届满"),
    "revoked": Text("the notice is revoked", "通知已撤回"),
    "admitted": Text("admitted", "获接纳"),
    "suspended": Text("suspended", "中止"),
    "restored": Text("rights restored", "权利恢复"),
    "expelled": Text("expelled", "被开除"),
    "stays": Text("stays a member", "继续为成员"),
    "may_vote": Text("may vote although in arrears", "虽欠费仍可投票"),
    "terminated": Text("terminated", "终止"),
    "arrears": Text("in arrears", "拖欠"),
    "good_standing": Text("in good standing", "无拖欠"),
    "announced": Text("announced", "已宣布"),
    "confirmed": Text("confirmed", "已确认"),
    "due": Text("due", "到期"),
    "part_paid": Text("paid in part", "部分支付"),
    "paid": Text("paid", "已支付"),
    "overdue": Text("overdue", "逾期"),
    "rescinded": Text("rescinded", "已撤销"),
    "performed": Text("performed", "已履行"),
    "breached": Text("breached", "违约"),
    "not_delivered": Text("not delivered", "未兑现"),
    "noticed": Text("notice given; time to cure", "已通知，补救期内"),
    "reminded": Text("reminded", "已提醒"),
    "cured": Text("cured", "已补救"),
    "unverified": Text("due and not yet verified", "到期而尚未核查"),
    "renegotiating": Text("under renegotiation", "重新谈判中"),
    "owing": Text("payment is owed instead", "改为付款"),
    "asked_to_pay": Text("asked to pay instead", "请求改为付款"),
    "excused": Text("excused", "免责"),
    "discharged": Text("discharged", "义务解除"),
    "not_yet_due": Text("not yet due", "尚未到期"),
    "held": Text("held", "已举行"),
    "not_held": Text("not held", "未举行"),
    "rescheduled": Text("rescheduled", "改期"),
    "non_cooperation_found": Text("non-cooperation is found", "认定不合作"),
    "non_cooperation_persistent": Text("persistent non-cooperation is found", "认定长期不合作"),
}
"""Every outcome, in words."""

CHOICES: dict[Choice, Text] = {
    "yes": Text("yes", "赞成"),
    "no": Text("no", "反对"),
    "abstain": Text("abstaining", "弃权"),
    "not_participating": Text("not participating", "未参加"),
    "absent": Text("absent", "缺席"),
    "objects": Text("objecting", "提出异议"),
}
"""The six choices, as they are counted."""

KINDS: dict[str, Text] = {
    kind: Text(kind.replace("_", " "), chinese)
    for kind, chinese in {
        "session_opened": "会议开幕",
        "credentials_examined": "审查全权证书",
        "attendance_recorded": "记录出席情况",
        "agenda_adopted": "通过议程",
        "meeting_opened": "宣布开会",
        "session_closed": "会议闭幕",
        "proposal_tabled": "提出提案",
        "proposal_withdrawn": "撤回提案",
        "amendment_tabled": "提出修正案",
        "division_requested": "要求分部分表决",
        "motion_moved": "提出动议",
        "ballot_cast": "投票",
        "votes_recorded": "记录表决结果",
        "objection_made": "正式反对",
        "statement_made": "发言记录在案",
        "silence_started": "启动默认程序",
        "question_put": "付诸表决",
        "chair_ruled": "主席裁定",
        "ruling_appealed": "对裁定提出异议",
        "election_held": "举行选举",
        "instrument_adopted": "通过文书",
        "signed": "签署",
        "deposited": "交存文书",
        "reservation_made": "提出保留",
        "reservation_objected": "反对保留",
        "provisionally_applied": "暂时适用",
        "withdrawal_notified": "通知退出",
        "withdrawal_revoked": "撤回退出通知",
        "membership_lost": "丧失成员资格",
        "amendment_accepted": "接受修正",
        "member_suspended": "中止成员权利",
        "contribution_announced": "宣布捐款",
        "contribution_confirmed": "确认捐款",
        "contribution_assessed": "分摊会费",
        "contribution_paid": "缴款",
        "contribution_rescinded": "撤销捐款",
        "measured": "核查结果",
        "notice_given": "发出违约通知",
        "excuse_invoked": "援引免责情况",
        "clause_renegotiated": "重新议定条款",
        "clause_suspended": "中止条款",
        "clause_resumed": "恢复条款",
        "clause_terminated": "终止条款",
        "review_scheduled": "排定审议",
        "report_submitted": "提交报告",
        "review_opened": "开始审议",
        "review_rescheduled": "审议改期",
        "recommendation_made": "提出建议",
        "recommendation_answered": "答复建议",
        "implementation_reported": "报告落实情况",
        "non_cooperation_found": "认定不合作",
    }.items()
}
"""Every kind of event, in words."""

GROUNDS: dict[Ground, Text] = {
    "arrears": Text("arrears", "拖欠会费"),
    "party_to_dispute": Text("party to dispute", "争端当事方"),
    "member_concerned": Text("member concerned", "有关成员"),
    "suspended": Text("suspended", "权利被中止"),
}
"""Why a member has no vote."""

BASES: dict[str, Text] = {
    "members": Text("members", "全体成员"),
    "present": Text("present", "出席成员"),
    "present_and_voting": Text("present and voting", "出席并参加表决的成员"),
    "votes_cast": Text("votes cast", "所投票数"),
    "total_weight": Text("total weight", "总权重"),
    "weight": Text("weight", "总权重"),
    "approval": Text("approval", "须同意者"),
}
"""Of what a share is asked."""

ASKED: dict[str, Text] = {
    "quorum": Text("quorum", "法定人数"),
    "threshold": Text("threshold", "门槛"),
    "veto": Text("veto", "否决"),
}
"""What is asked of a vote."""

SEATS: dict[str, Text] = {
    "chair": Text("the chair", "主席"),
    "secretariat": Text("the secretariat", "秘书处"),
    "depositary": Text("the depositary", "保存机关"),
    "control": Text("the control", "控制方"),
}
"""Those who act and are no members."""


def listed(texts: Sequence[Text]) -> Text:
    """Several texts as one list."""
    return Text(", ".join(each.en for each in texts), "、".join(each.of("zh") for each in texts))


def joined(*texts: Text | None) -> Text:
    """Several texts as clauses of one sentence; what is not there is left out."""
    said = [each for each in texts if each is not None]
    return Text("; ".join(each.en for each in said), "；".join(each.of("zh") for each in said))


def in_words(found: Determination, name: Name) -> Text:
    """A determination as one sentence.

    Args:
        found: the determination.
        name: what a member is called.

    Example:
        >>> import datetime
        >>> from comity.procedure.state import Determination
        >>> day = datetime.date(2026, 1, 27)
        >>> in_words(Determination("agreement", "withdrawal", "effective", day, facts={"member": "USA"}), Text).en
        'agreement, USA: has taken effect on 2026-01-27'
    """
    who = found.facts.get("member") or found.facts.get("obligor") or found.facts.get("for") or found.facts.get("state")
    about = joined_about(found.about, name(str(who)) if who else None)
    outcome = OUTCOMES.get(found.outcome, Text(found.outcome.replace("_", " ")))
    dated = found.sort in {"entry_into_force", "withdrawal", "clause", "membership", "review"}
    day = Text(f" on {found.on}", f"（{found.on}）") if dated else Text("", "")
    head = Text(f"{about.en}: {outcome.en}{day.en}", f"{about.of('zh')}：{outcome.of('zh')}{day.of('zh')}")
    ruling = found.ruling
    return joined(
        head,
        None if ruling is None else counted(ruling),
        None if ruling is None or not ruling.vetoed_by else _vetoed(ruling, name),
        *(() if ruling is None else tuple(asked(each) for each in ruling.missing)),
        None if ruling is None or not ruling.excluded else _excluded(ruling, name),
        _basis(found),
        _contested(found),
    )


def joined_about(about: str, who: Text | None) -> Text:
    """What a determination is about, with the member that it concerns."""
    if who is None or who.en == about:
        return who or Text(about)
    return Text(f"{about}, {who.en}", f"{about}（{who.of('zh')}）")


SILENT: dict[Choice, Text] = {
    **CHOICES,
    "yes": Text("consenting", "同意"),
    "not_participating": Text("present without objection", "在场且未反对"),
}
"""The choices where nobody is asked to vote, and silence of those present is consent."""


def counted(ruling: Ruling) -> Text:
    """The counts, choice by choice."""
    words = SILENT if ruling.rule.endswith("consensus") else CHOICES
    parts = [
        Text(f"{number} {words[choice].en}", f"{words[choice].of('zh')}{number}")
        for choice in VOTED
        if (number := ruling.counts.get(choice, 0))
    ]
    return listed(parts) if parts else Text("nobody was there", "无人在场")


def asked(requirement: Requirement) -> Text:
    """A requirement that was not met, with how much was missing."""
    of = BASES.get(requirement.of, Text(requirement.of.replace("_", " ")))
    what = ASKED.get(requirement.what, Text(requirement.what))
    more = "more than " if requirement.strict else ""
    reached, required, missing = (
        _number(each) for each in (requirement.reached, requirement.required, requirement.missing)
    )
    return Text(
        f"{what.en} of {of.en}: {reached} of the {more}{required} needed, {missing} missing",
        f"{what.of('zh')}（{of.of('zh')}）：须{'多于' if more else ''}{required}，实得{reached}，尚缺{missing}",
    )


def _number(value: Fraction) -> str:
    if value.denominator == 1:
        return f"{value.numerator:,}"
    return show(value) if value.denominator < 1000 else f"{float(value):,.2f}"


def _vetoed(ruling: Ruling, name: Name) -> Text:
    who = listed([name(member) for member in ruling.vetoed_by])
    return Text(f"vetoed by {who.en}", f"遭{who.of('zh')}否决")


def _excluded(ruling: Ruling, name: Name) -> Text:
    who = listed(
        [
            Text(f"{name(member).en} ({GROUNDS[ground].en})", f"{name(member).of('zh')}（{GROUNDS[ground].of('zh')}）")
            for member, ground in ruling.excluded.items()
        ]
    )
    return Text(f"without a vote: {who.en}", f"无表决权：{who.of('zh')}")


def _basis(found: Determination) -> Text | None:
    if not found.article and not found.rule:
        return None
    if found.article == NO_RULE:
        return Text(NO_RULE, "惯例，未引用规则")
    return Text(found.article) if found.article else Text(f"rule “{found.rule}”", f"规则“{found.rule}”")


def _contested(found: Determination) -> Text | None:
    if not found.contested:
        return None
    if not found.readings:
        return Text("contested", "有争议")
    readings = listed(
        [
            Text(
                f"{reading.replace('_', ' ')}: {_outcome(outcome).en}",
                f"{_reading(reading)}：{_outcome(outcome).of('zh')}",
            )
            for reading, outcome in found.readings.items()
        ]
    )
    return Text(f"CONTESTED - {readings.en}", f"有争议——{readings.of('zh')}")


def _outcome(told: str) -> Text:
    """An outcome under a reading, with its day where it has one (``effective 2026-01-22``)."""
    word, _, day = told.partition(" ") if told.replace(" ", "_") not in OUTCOMES else (told.replace(" ", "_"), "", "")
    said = OUTCOMES.get(word, Text(word.replace("_", " ")))
    return Text(f"{said.en} on {day}", f"{said.of('zh')}（{day}）") if day else said


READINGS = {
    "as_written": "按文本",
    "members_present": "仅在场者可反对",
    "all_members": "须全体成员同意",
    "statements are no objections": "声明不视为反对",
    "statements are objections": "声明视为反对",
    "time alone": "仅计期限",
    "with payment": "须已付款",
}


def _reading(name: str) -> str:
    return "，".join(READINGS.get(part, part) for part in name.split(", "))


def flag_in_words(flag: Flag) -> Text:
    """A flag as one sentence."""
    words = {
        "ultra_vires": Text("beyond powers, without effect", "越权，无效"),
        "irregular": Text("irregular, but it stands", "程序不当，但有效"),
        "void": Text("void", "无效"),
    }
    kind, rule = words[flag.what], f" ({flag.rule})" if flag.rule else ""
    return Text(f"{kind.en}: {flag.says.en}{rule}", f"{kind.of('zh')}：{flag.says.of('zh')}{rule}")


def event_in_words(event: Act, name: Name, kinds: Mapping[str, Text] = KINDS) -> Text:
    """An event as one line: who, what, and the fields that were given.

    Args:
        event: the event.
        name: what a member is called.
        kinds: what each kind is called; those of the law where absent.
    """
    kind = str(getattr(event, "kind", ""))
    member = event.member
    who = name(member) if member else SEATS.get(event.by, Text(event.by))
    given = event.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude={"on", "at", "by", "kind"})
    told = ", ".join(_field(key, value) for key, value in given.items() if value not in ("", [], {}, None))
    when = event.at.strftime("%Y-%m-%d %H:%M UTC") if event.at else str(event.on)
    en, zh = (f" ({told})", f"（{told}）") if told else ("", "")
    return Text(f"{when}  {who.en}: {kinds[kind].en}{en}", f"{when}  {who.of('zh')}：{kinds[kind].of('zh')}{zh}")


def _field(key: str, value: Any) -> str:
    return f"{key}: {_told(value)}"


def _told(value: Any) -> str:
    """What a field holds: the first entries of a list or a mapping, and how many more there are."""
    if isinstance(value, Mapping):
        inside = [f"{name} {_told(each)}" for name, each in value.items()]  # type: ignore[reportUnknownVariableType]
        return ", ".join(inside[:6]) + (" ..." if len(inside) > 6 else "")
    if isinstance(value, list):
        shown = [_told(each) for each in value]  # type: ignore[reportUnknownVariableType]
        return " ".join(shown[:8]) + (f" and {len(shown) - 8} more" if len(shown) > 8 else "")
    return str(value)
