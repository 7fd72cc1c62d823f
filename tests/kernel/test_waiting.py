"""How long a service asks to be left alone, in seconds or as a date."""

import pytest

from comity.kernel.waiting import retry_after


@pytest.mark.parametrize(("told", "now", "wait"), [
    ("5", "", 5.0), ("²", "", None), ("-5", "", None), ("9" * 400, "", float("inf")), ("", "", None), ("soon", "", None), ("Wed, 21 Oct 2026 07:28:30 GMT", "", None),
    ("Wed, 21 Oct 2026 07:28:30 GMT", "Wed, 21 Oct 2026 07:28:00 GMT", 30.0),
    ("Wed, 21 Oct 2026 07:27:00 GMT", "Wed, 21 Oct 2026 07:28:00 GMT", 0.0),
])  # fmt: skip
def test_retry_after_in_seconds_or_as_a_date(told, now, wait):
    assert retry_after(told, now) == wait
