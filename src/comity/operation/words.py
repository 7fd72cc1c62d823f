"""Entries, receipts and faults in words, English and Chinese."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from comity.kernel.result import Text
from comity.model.event.act import Act
from comity.operation.faults import Part, Verified
from comity.procedure import Step
from comity.procedure.words import KINDS, event_in_words, flag_in_words, in_words

Name = Callable[[str], Text]
"""What a member is called."""

ACTS: dict[str, Text] = {
    "register_founded": Text("register founded", "设立登记册"),
    "key_registered": Text("key registered", "登记密钥"),
    "key_rotated": Text("key rotated", "更换密钥"),
    "key_revoked": Text("key revoked", "撤销密钥"),
    "evidence_submitted": Text("evidence submitted", "提交证据"),
    "verification_made": Text("verification made", "作出核查"),
    "score_given": Text("score given", "评定履约分数"),
    "rate_quoted": Text("rate quoted", "公布汇率"),
    "text_issued": Text("text issued", "发布文本"),
    "correction_made": Text("correction made", "作出更正"),
    "dispute_brought": Text("dispute brought", "提出争端"),
    "dispute_moved": Text("dispute moved", "争端转入下一程序"),
    "award_made": Text("award made", "作出裁决"),
}
"""Every kind of act of the register, in words."""
PARTS: dict[Part, Text] = {
    "chain": Text("bytes, tree and checkpoints", "字节、哈希树与检查点"),
    "signatures": Text("keys, signatures and order", "密钥、签名与次序"),
    "law": Text("the rulings of the law", "依法裁定"),
}
"""What is verified, in words."""


def act_in_words(act: Act, name: Name) -> Text:
    """An act of the register, or an event of the law, as one line.

    Args:
        act: the act.
        name: what a member is called.

    Example:
        >>> from comity.operation.acts import act
        >>> made = act({"kind": "correction_made", "on": "2026-03-01", "entry": 4, "says": "Meant to vote no."})
        >>> act_in_words(made, Text).en
        '2026-03-01  the secretariat: correction made (entry: 4, says: Meant to vote no.)'
    """
    return event_in_words(_brief(act), name, {**KINDS, **ACTS})


def _brief(act: Act) -> Act:
    """The act with its long hexadecimal values as a reader can tell them apart: their first sixteen digits."""
    long = {
        name: f"{value[:16]}..."
        for name in ("charter", "key", "digest", "possession")
        if isinstance(value := getattr(act, name, None), str) and len(value) > 40
    }
    keys = getattr(act, "keys", None)
    if isinstance(keys, dict):
        long["keys"] = {seat: f"{str(key)[:8]}..." for seat, key in keys.items()}  # type: ignore[reportUnknownVariableType]
    return act.model_copy(update=long) if long else act


def ruled_in_words(step: Step, name: Name) -> Iterator[tuple[str, Text]]:
    """What the law says of an entry, line by line: a sign, ``→`` for a ruling and ``!`` for a flag, and a sentence."""
    for found in step.determinations:
        yield "→ ", in_words(found, name)
    for flag in step.flags:
        yield "! ", flag_in_words(flag)


def verified_in_words(found: Verified) -> Iterator[tuple[str, Text]]:
    r"""What a verification found, line by line, with a sign before each.

    Example:
        >>> told = Verified("ab" * 32, 3, "cd" * 32, ("chain",), (), {"member:JPN": 2})
        >>> print(*(f"{sign}{says.en}" for sign, says in verified_in_words(told)), sep="\n")
        ✓ 3 entries of the register abababababababab...: nothing is wrong
          verified: bytes, tree and checkpoints; not verified: keys, signatures and order; the rulings of the law
          member:JPN has countersigned the first 2 entries
    """
    shown = f"{found.register[:16]}..."
    count = Text("1 entry" if found.size == 1 else f"{found.size} entries", f"{found.size}条记录")
    if found.honest:
        head = Text(f"{count.en} of the register {shown}: nothing is wrong", f"登记册{shown}的{count.zh}：未发现问题")
        yield "✓ ", head
    else:
        many = len(found.faults)
        faults = Text("1 fault" if many == 1 else f"{many} faults", f"{many}处问题")
        yield "✗ ", Text(f"{count.en} of the register {shown}: {faults.en}", f"登记册{shown}的{count.zh}：{faults.zh}")
    for fault in found.faults:
        place = Text(f"entry {fault.entry}", f"第{fault.entry}条") if fault.entry >= 0 else Text("the whole", "整体")
        yield (
            "  ✗ ",
            Text(f"{place.en}: {fault.says.en} [{fault.what}]", f"{place.zh}：{fault.says.of('zh')}[{fault.what}]"),
        )
    done = Text(
        "; ".join(PARTS[part].en for part in found.parts), "；".join(PARTS[part].of("zh") for part in found.parts)
    )
    left: list[Part] = [part for part in PARTS if part not in found.parts]
    rest = (
        Text(
            f"; not verified: {'; '.join(PARTS[part].en for part in left)}",
            f"；未核验：{'；'.join(PARTS[part].of('zh') for part in left)}",
        )
        if left
        else Text("", "")
    )
    yield "  ", Text(f"verified: {done.en}{rest.en}", f"已核验：{done.zh}{rest.zh}")
    for seat, size in found.countersigned.items():
        what = "the first entry" if size == 1 else f"the first {size} entries"
        yield "  ", Text(f"{seat} has countersigned {what}", f"{seat}已副署前{size}条记录")
    for note in found.notes:
        yield "  ", note
