"""Events and determinations in words: every kind has its Chinese, and no brackets stand empty."""

from __future__ import annotations

import datetime
from typing import get_args

from comity.kernel.result import Text
from comity.model.event import EVENTS, event
from comity.model.ruling import Ground
from comity.procedure.state import Determination
from comity.procedure.words import GROUNDS, KINDS, event_in_words, in_words

DAY = datetime.date(2026, 1, 22)


def test_every_kind_of_event_has_its_own_words_in_both_languages():
    assert set(KINDS) == set(EVENTS)
    for of in (lambda text: text.en, lambda text: text.of("zh")):
        assert len({of(text) for text in KINDS.values()}) == len(EVENTS)
    assert all(text.zh and not text.zh.isascii() for text in KINDS.values())


def test_every_ground_has_its_words():
    assert set(GROUNDS) == set(get_args(Ground))


def test_an_event_without_particulars_has_no_empty_brackets():
    told = event({"kind": "withdrawal_notified", "on": "2025-01-22", "by": "member:USA"})
    said = event_in_words(told, lambda code: Text("United States", "美国") if code == "USA" else Text(code))
    assert (said.en, said.zh) == ("2025-01-22  United States: withdrawal notified", "2025-01-22  美国：通知退出")


def test_a_reading_that_names_a_day_is_told_in_both_languages():
    readings = {"time alone": f"effective {DAY}", "with payment": "not effective"}
    found = Determination("membership", "withdrawal", "clock_met", DAY, contested=True, readings=readings)
    said = in_words(found, Text)
    assert said.en == (
        "membership: its time has run on 2026-01-22; CONTESTED - "
        "time alone: has taken effect on 2026-01-22, with payment: has not taken effect"
    )
    assert said.zh == (
        "membership：期限届满（2026-01-22）；有争议——仅计期限：发生效力（2026-01-22）、须已付款：未发生效力"
    )


def test_a_rule_without_an_article_is_called_a_rule():
    found = Determination("D", "vote", "not_adopted", DAY, rule="other")
    assert (in_words(found, Text).en, in_words(found, Text).zh) == (
        "D: not adopted; rule “other”",
        "D：未通过；规则“other”",
    )
