"""Requests made from the description, and signed statements of random events: refused or recorded, never a fault.

With COMITY_LONG set, 10,000 requests; without it a few hundred.
"""

import datetime
import os
import warnings
from collections import Counter
from functools import cache

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from comity.operation.verifying import verify

with warnings.catch_warnings():  # what it imports, and not what is tested
    warnings.simplefilter("ignore", DeprecationWarning)
    import schemathesis
    from schemathesis.generation.modes import GenerationMode

START = datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC)
LONG = bool(os.environ.get("COMITY_LONG"))
EACH = 280 if LONG else 6
"""How many requests to each of 14 routes in each of two ways: those that fit the description, and those that do not."""
STATEMENTS = 2_200 if LONG else 60
ASKED = {
    "deadline": None,
    "database": None,
    "derandomize": True,
    "phases": [Phase.generate],
    "suppress_health_check": list(HealthCheck),
}


def sent(house, case, seat):
    """Send one request; a stream is read as far as it goes now."""
    asked = case.as_transport_kwargs(base_url="http://testserver")
    headers = {name: value for name, value in (asked.get("headers") or {}).items() if name.lower() != "authorization"}
    params = dict(asked.get("params") or {})
    if case.operation.path == "/v1/stream":
        params["wait"] = 0
    body = {"json": asked["json"]} if "json" in asked else {"content": as_bytes(asked.get("data"))}
    try:
        return house.client.request(
            asked["method"], asked["url"], params=params, headers={**headers, **house.bearer(seat)}, **body
        )
    except (UnicodeEncodeError, ValueError, TypeError):  # it cannot be sent at all
        return None


def as_bytes(data):
    return data if isinstance(data, bytes) or data is None else str(data).encode("utf-8", "surrogatepass")


def ask_all(house, label, strategy, seen):
    @settings(max_examples=EACH, **ASKED)
    @given(case=strategy, seat=st.sampled_from(sorted(house.tokens)))
    def ask(case, seat):
        answer = sent(house, case, seat)
        if answer is None:
            return
        seen[label, answer.status_code] += 1
        assert answer.status_code < 500, (answer.status_code, answer.text, case.as_curl_command())
        if answer.status_code >= 400:
            assert answer.headers["content-type"] == "application/problem+json"

    ask()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.filterwarnings("ignore::hypothesis.errors.NonInteractiveExampleWarning")
def test_no_request_is_a_fault_and_the_register_stays_honest(house):
    for number in range(5):
        house.table(f"Q{number}", f"r{number}")
    schema = schemathesis.openapi.from_dict(house.get("openapi.json").json())
    seen = Counter()
    for found in schema.get_all_operations():
        operation = found.ok()
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            ask_all(house, operation.label, operation.as_strategy(generation_mode=mode), seen)
    assert {name for name, _ in seen} == {operation.ok().label for operation in schema.get_all_operations()}
    assert {200, 422} <= {status for _, status in seen}
    print(sum(seen.values()), sorted(seen.items()))
    assert verify(house.place).honest


CODES = ("USA", "CHN", "RUS", "IND", "JPN")
NAMES = {
    **dict.fromkeys(("question", "about", "to", "text", "instrument"), ("Q0", "Q1", "Q2", "charter")),
    **dict.fromkeys(("obligor", "member", "state", "assessed", "against", "for", "recommender"), CODES),
    **dict.fromkeys(("clause", "commitment"), ("oil_stocks",)),
    **dict.fromkeys(("dispute", "session", "evidence", "review", "pledge", "recommendation"), ("N0", "N1")),
}
"""Names that are there, or will be once they are given, for fields that name something."""


@cache
def bodies():
    """For every kind of event and act, what its JSON Schema allows."""
    from comity.model.event import EVENTS
    from comity.operation.acts import ACTS

    def sent(kind):
        content = {"application/json": {"schema": {**EVENTS, **ACTS}[kind].model_json_schema(by_alias=True)}}
        body = {"required": True, "content": content}
        return {"post": {"operationId": kind, "requestBody": body, "responses": {"200": {"description": "taken"}}}}

    described = {
        "openapi": "3.1.0",
        "info": {"title": "events", "version": "1"},
        "paths": {f"/{kind}": sent(kind) for kind in sorted({**EVENTS, **ACTS})},
    }
    schema = schemathesis.openapi.from_dict(described)
    return {found.ok().path[1:]: found.ok().as_strategy() for found in schema.get_all_operations()}


@st.composite
def an_event(draw):
    kind = draw(st.sampled_from(sorted(bodies())))
    body = draw(bodies()[kind]).body
    made = {name: value for name, value in body.items() if value is not None} if isinstance(body, dict) else {}
    made |= {name: draw(st.sampled_from(known)) for name, known in NAMES.items() if isinstance(made.get(name), str)}
    days = st.dates(START.date() - datetime.timedelta(days=40), START.date() + datetime.timedelta(days=4000))
    return {**made, "kind": kind, "on": draw(days | st.dates()).isoformat()}


def test_no_signed_statement_is_a_fault_and_the_register_stays_honest(house):
    from comity.kernel.errors import InputError

    for number in range(5):
        house.table(f"Q{number}", f"r{number}")
    seen, seats = Counter(), sorted(house.tokens)

    @settings(max_examples=STATEMENTS, **ASKED)
    @given(event=an_event(), seat=st.sampled_from(seats), own=st.sampled_from([True, True, False]))
    def say(event, seat, own):
        try:
            by = seat if own else event.get("by", seat)
            said = house.signed(seat, {**event, "by": by}, f"f{sum(seen.values())}")
        except InputError:
            return
        answer = house.post(said)
        seen[answer.status_code] += 1
        assert answer.status_code < 500, (answer.status_code, event, seat)

    say()
    print(sum(seen.values()), sorted(seen.items()))
    assert {201, 422} <= set(seen)
    assert verify(house.place).honest
