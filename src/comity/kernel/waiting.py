"""How long a service asks to be left alone."""

from __future__ import annotations

from email.utils import parsedate_to_datetime


def retry_after(told: str, now: str) -> float | None:
    """Seconds that a ``Retry-After`` header asks for; a date in it is read against the answer's own ``Date``.

    Example:
        >>> retry_after("7", ""), retry_after("Wed, 21 Oct 2026 07:28:30 GMT", "Wed, 21 Oct 2026 07:28:00 GMT")
        (7.0, 30.0)
    """
    if told.isdecimal() and told.isascii():
        return float(told)
    try:
        return max(0.0, (parsedate_to_datetime(told) - parsedate_to_datetime(now)).total_seconds())
    except (TypeError, ValueError):
        return None
