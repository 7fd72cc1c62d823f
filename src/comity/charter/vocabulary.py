"""The words of the charter format for a reader: its parts, its fields, and who acts, in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping

from comity.kernel.result import Text

PARTS: Mapping[str, Text] = {
    "standing": Text("Standing", "性质"),
    "members": Text("Members", "成员"),
    "admission": Text("Admission by capability", "按实力接纳"),
    "organs": Text("Organs", "机关"),
    "decisions": Text("How each matter is decided", "各事项如何决定"),
    "rules": Text("Rules", "规则"),
    "quorums": Text("Quorums", "法定人数"),
    "vetoes": Text("Vetoes", "否决权"),
    "weights": Text("Weights", "权重"),
    "funds": Text("Funds", "基金"),
    "clauses": Text("Clauses", "条款"),
    "accession": Text("Accession", "加入"),
    "exit": Text("Exit", "退出"),
    "arrears": Text("Arrears", "拖欠会费"),
    "amendment": Text("Amendment", "修正"),
    "instruments": Text("Instruments", "文书"),
    "further": Text("Further provisions", "其他规定"),
}
"""The parts in which differences are told, in their order."""
TURNS: Mapping[str, Text] = {
    "rotating": Text("rotating", "轮值"),
    "elected": Text("elected", "选举产生"),
    "appointed": Text("appointed", "任命"),
    "none": Text("nobody", "无"),
    "any_member": Text("any member", "任一成员"),
    "chair": Text("the chair", "主席"),
    "secretariat": Text("the secretariat", "秘书处"),
}
"""Who acts, where no member is named."""
STATUS: Mapping[str, Text] = {
    "in_force": Text("in force", "有效"),
    "practice": Text("practice without a charter", "有惯例而无章程"),
    "proposed": Text("proposed", "提议中"),
    "rumoured": Text("rumoured", "传闻"),
    "historical": Text("historical", "历史"),
}
"""What a charter says of itself."""
FIELDS: Mapping[str, Text] = {
    "kind": Text("kind", "类型"),
    "meets": Text("meets every", "会议周期"),
    "chair": Text("chair", "主席"),
    "order": Text("order of the chair", "轮值顺序"),
    "proposes": Text("proposals by", "提案权"),
    "rule": Text("rule", "规则"),
    "otherwise": Text("a question not listed is decided as", "未列事项的决定方式"),
    "burden": Text("filled by", "分摊方式"),
    "amount": Text("to raise", "筹集数额"),
    "shortfall": Text("when a member leaves or does not pay", "成员退出或不缴款时"),
    "votes.weights": Text("votes that follow contributions", "随缴款而定的表决权"),
    "votes.basic": Text("share of votes split equally", "平均分配的票数份额"),
    "notice": Text("notice", "通知期"),
    "balance.agenda_cap": Text("largest share of the agenda of one member", "单一成员的议程份额上限"),
    "balance.power_cap": Text("largest share of voting power of one member", "单一成员的投票权力上限"),
    "balance.index": Text("voting power is measured by", "投票权力的衡量"),
    "prerogatives.convenes": Text("convenes", "召集权"),
    "prerogatives.interprets": Text("interprets the texts", "文本解释权"),
    "prerogatives.arbitrates": Text("settles disputes", "争端裁决权"),
    "years": Text("full years of arrears after which the vote is lost", "丧失表决权的拖欠整年数"),
    "permits": Text("the vote in spite of arrears is permitted by", "拖欠时准予表决的规则"),
    "amendment": Text("amendment", "修正"),
    "weights": Text("weights", "权重"),
    "legal_force": Text("legal force", "法律效力"),
    "adopted": Text("adopted on", "通过日期"),
    "entry_into_force": Text("entry into force", "生效"),
    "deposits": Text("deposits", "交存数"),
    "of_members": Text("consent of a share of members", "成员同意比例"),
    "including": Text("including", "须包括"),
    "share": Text("share", "份额"),
    "delay": Text("delay", "延迟"),
    "joining": Text("later parties", "后加入者"),
    "withdrawal": Text("withdrawal", "退出"),
    "not_before": Text("not before", "最早时间"),
    "effective": Text("effective", "生效时间"),
    "settled": Text("obligations to be paid first", "须先清偿义务"),
    "follows": Text("together with", "随同"),
    "after": Text("after", "之后"),
    "unless": Text("unless allowed by", "例外许可规则"),
    "reservations": Text("reservations", "保留"),
    "binds": Text("binds", "约束"),
    "procedure": Text("motions decided by", "程序动议规则"),
    "proxies": Text("proxies a member may hold", "可代理成员数"),
    "convened_by": Text("special session called by", "特别会议召集"),
}
"""The fields of the format as a reader says them."""
ACTS: Mapping[str, Text] = {
    "signed": Text("signed", "签署"),
    "deposited": Text("deposited its consent", "交存同意书"),
    "withdrawal_notified": Text("gave notice of withdrawal", "通知退出"),
    "withdrawal_revoked": Text("took back its notice of withdrawal", "撤回退出通知"),
    "objected": Text("objected", "提出反对"),
}
"""What a state did to an instrument."""
TERMS: Mapping[str, Text] = {
    "binding": Text("binding", "有法律约束力"),
    "politically_binding": Text("politically binding", "有政治约束力"),
    "none": Text("not binding", "无约束力"),
    "permitted": Text("permitted", "允许"),
    "prohibited": Text("prohibited", "禁止"),
    "after_notice": Text("when the notice has run", "通知期满时"),
    "end_of_year": Text("at the end of the year", "当年年底"),
    "end_of_following_year": Text("at the end of the following year", "次年年底"),
    "all": Text("all parties", "所有缔约方"),
    "shrink": Text("it shrinks by that share", "按该份额缩减"),
    "re_share": Text("the others re-share it under the same rule", "由其余成员按同一规则重新分摊"),
    "accepting": Text("those that accepted", "接受者"),
    "low": Text("low", "低"),
    "medium": Text("medium", "中"),
    "high": Text("high", "高"),
}
"""Further words of the format as a reader says them."""
BASIS: Mapping[str, Text] = {
    "votes": Text("votes", "投票权"),
    "shares": Text("shares", "股份"),
    "contributions": Text("contributions", "缴款"),
    "population": Text("population", "人口"),
    "assumption": Text("assumption", "假设"),
}
"""What weights are."""
