"""Acts and verifications in words, English and Chinese."""

from comity.kernel.result import Text
from comity.operation import acts
from comity.operation.faults import Fault, Verified
from comity.operation.words import ACTS, act_in_words, ruled_in_words, verified_in_words
from comity.procedure import Determination, Flag, Step


def test_every_act_of_a_register_has_words_in_both_languages():
    assert set(ACTS) == set(acts.ACTS)
    assert all(words.of("zh") != words.en for words in ACTS.values())


def test_long_keys_and_digests_are_shortened():
    made = acts.act({"kind": "key_revoked", "on": "2026-03-01", "seat": "chair", "key": "ab" * 32, "reason": "lost"})
    said = act_in_words(made, Text)
    assert "key: abababababababab..." in said.en
    assert said.of("zh").startswith("2026-03-01  秘书处：撤销密钥")


def test_rulings_and_flags_each_have_a_sign(monkeypatch):
    del monkeypatch
    import comity

    state = comity.start(comity.load("g5"))
    ruling = Determination("Q1", "vote", "adopted", state.on)
    step = Step(state, (ruling,), (Flag("void", "", Text("nothing there", "不存在")),))
    assert [(sign, said.of("zh")[:2]) for sign, said in ruled_in_words(step, Text)] == [("→ ", "Q1"), ("! ", "无效")]


def test_faults_are_counted_and_named():
    fault = Fault(4, "ruling", Text("the law rules otherwise", "裁定不符"))
    whole = Fault(-1, "checkpoint", Text("not signed", "未签名"))
    found = Verified("ab" * 32, 9, "cd" * 32, ("chain", "signatures", "law"), (whole, fault), {})
    told = [f"{sign}{said.en}" for sign, said in verified_in_words(found)]
    assert told == [
        "✗ 9 entries of the register abababababababab...: 2 faults",
        "  ✗ the whole: not signed [checkpoint]",
        "  ✗ entry 4: the law rules otherwise [ruling]",
        "  verified: bytes, tree and checkpoints; keys, signatures and order; the rulings of the law",
    ]
    assert "第4条：裁定不符[ruling]" in [said.of("zh") for _, said in verified_in_words(found)]
