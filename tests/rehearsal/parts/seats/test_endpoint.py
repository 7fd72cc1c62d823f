"""The endpoint: patience with a server in trouble, limits against one that floods, and a key that nobody sees."""

from __future__ import annotations

import json
import logging

import httpx
import pytest

from comity.kernel.errors import InputError, SourceError
from comity.rehearsal.parts.seats.endpoint import LARGEST, LONGEST, Endpoint, connected

HTML = b"<html><body>Bad gateway</body></html>"


def test_it_sends_the_question_and_reads_the_answer(server, endpoint, request_, way, key):
    server.ways = [way("says")("hello", {"prompt_tokens": 5, "completion_tokens": 2, "total_tokens": 7})]
    reply = endpoint(request_())
    assert (reply.text, reply.fault, reply.requests, reply.refused) == ("hello", "", 1, False)
    assert (reply.served, reply.usage) == ("served-1", {"prompt_tokens": 5, "completion_tokens": 2})
    assert server.seen == [request_().body]
    assert server.headers[0]["Authorization"] == f"Bearer {key}"


@pytest.mark.parametrize(
    ("name", "told", "fault"),
    [
        ("gives", (HTML,), "what came is no chat completion"),
        ("gives", (HTML, 502), "HTTP status 502"),
        ("gives", (b"", 500), "HTTP status 500"),
        ("gives", (b'{"choices": []}',), "what came is no chat completion"),
        ("gives", (b"[" * 100_000,), "what came is no chat completion"),
        ("gives", (b'\xff\xfe{"choices"',), "what came is no chat completion"),
        ("says", ([{"type": "text", "text": "hello"}],), "what came is no chat completion in words"),
    ],
)
def test_what_passes_is_asked_again_with_longer_waits(server, endpoint, request_, way, waits, name, told, fault):
    server.ways = [way(name)(*told)]
    reply = endpoint(request_(tries=4))
    assert reply.text is None
    assert reply.fault == f"The model gave no answer: {fault}, 4 times over."
    assert not reply.refused
    assert (reply.requests, len(server.seen), waits) == (4, 4, [1.0, 2.0, 4.0])


def test_a_server_that_recovers_is_heard(server, endpoint, request_, way, waits):
    server.ways = [way("gives")(HTML, 503), way("cuts"), way("says")("at last")]
    reply = endpoint(request_(tries=3))
    assert (reply.text, reply.requests, waits) == ("at last", 3, [1.0, 2.0])


def test_it_waits_as_long_as_it_is_asked_to(server, endpoint, request_, way, waits):
    server.ways = [way("gives")(b"{}", 429, Retry_After="7"), way("says")("now")]
    assert endpoint(request_(tries=2)).text == "now"
    assert waits == [7.0]


def test_it_does_not_wait_for_ever(server, endpoint, request_, way, waits):
    server.ways = [way("gives")(b"{}", 429, Retry_After="86400")]
    reply = endpoint(request_(tries=5))
    assert reply.fault == "The model gave no answer: HTTP status 429, and it asks to wait 86400 seconds."
    assert (reply.requests, waits, reply.refused) == (1, [], False)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 422])
def test_what_is_refused_for_good_is_not_asked_again(server, endpoint, request_, way, waits, status):
    server.ways = [way("gives")(b'{"error": "no"}', status)]
    reply = endpoint(request_(tries=5))
    assert (reply.text, reply.refused, reply.requests, waits) == (None, True, 1, [])
    assert reply.fault == f"The model gave no answer: HTTP status {status}."


def test_it_does_not_follow_with_its_key_to_another_place(server, endpoint, request_, way):
    server.ways = [way("gives")(b"", 307, Location="http://127.0.0.1:9/steal")]
    assert endpoint(request_()).fault == "The model gave no answer: HTTP status 307."


def test_it_is_late(server, endpoint, request_, way):
    server.ways = [way("sleeps")]
    assert endpoint(request_(seconds=1)).fault == "The model gave no answer: nothing within 1 seconds."


def test_a_drip_is_late_too(server, waits, request_, way, key):
    server.ways = [way("drips")]
    clock = iter(range(0, 10**6, 20))
    with httpx.Client() as client:
        dripped = Endpoint(server.url, client, waits.append, lambda: float(next(clock)), key)
        assert dripped(request_(seconds=60)).fault == "The model gave no answer: not all within 60 seconds."


def test_a_connection_that_breaks_off(server, endpoint, request_, way):
    server.ways = [way("cuts")]
    assert endpoint(request_()).fault == "The model gave no answer: the connection failed or broke off."


def test_a_flood_is_left_alone(server, endpoint, request_, way, waits):
    server.ways = [way("floods")]
    reply = endpoint(request_(tries=3))
    assert reply.fault == f"The model gave no answer: a response of more than {LARGEST} bytes."
    assert (reply.requests, waits) == (1, [])


def test_an_answer_that_is_too_long_counts_as_used(server, endpoint, request_, way):
    used = {"prompt_tokens": 5, "completion_tokens": 900}
    server.ways = [way("says")("x" * (LONGEST + 1), used)]
    reply = endpoint(request_(tries=3))
    assert (reply.text, reply.requests, reply.usage) == (None, 1, used)
    assert reply.fault == f"The model gave an answer of {LONGEST + 1} signs, more than {LONGEST}."


@pytest.mark.parametrize("usage", [[1, 2], "many", {"prompt_tokens": None}, None])
def test_usage_that_is_none_is_left_to_whoever_counts(server, endpoint, request_, way, usage):
    server.ways = [way("says")("hello", usage)]
    assert endpoint(request_()).usage == {"prompt_tokens": None, "completion_tokens": None}


def test_nothing_that_comes_back_holds_the_key(server, endpoint, request_, way, key, caplog):
    caplog.set_level(logging.DEBUG)
    server.ways = [way("says")(f"Your key is {key}.", None, model=f"m-{key}")]
    reply = endpoint(request_())
    assert (reply.text, reply.served) == ("Your key is [key].", "m-[key]")
    server.ways = [way("gives")(json.dumps({"error": f"Incorrect API key provided: {key}"}).encode(), 401)]
    assert key not in endpoint(request_()).fault
    assert key not in repr(endpoint)
    assert key not in caplog.text


def test_a_placeholder_is_no_key_to_hide(server, request_, way, waits):
    server.ways = [way("says")("an ox")]
    with connected(server.url, "x", sleep=waits.append, now=lambda: 0.0) as local:
        assert local(request_()).text == "an ox"


@pytest.mark.parametrize("bad", ["sk\nX-Other: 1", "schlüssel-äöü", "two words"])
def test_a_key_that_cannot_be_one_is_refused_without_showing_it(bad):
    with (
        pytest.raises(InputError) as caught,
        connected("http://localhost/v1", bad, sleep=lambda _: None, now=lambda: 0.0),
    ):
        pass
    assert str(caught.value) == "The key of the model holds signs that no key has. Set COMITY_MODEL_KEY anew."


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("localhost:11434/v1", "'localhost:11434/v1' is no URL of a model."),
        ("ftp://host/v1", "'ftp://host/v1' is no URL of a model."),
        ("http://", "'http://' is no URL of a model."),
        ("http://host:99999/v1", "The URL of the model is none."),
        ("https://me:secret@host/v1", "The URL of the model holds a name, a key or a query."),
        ("https://host/v1?key=secret", "The URL of the model holds a name, a key or a query."),
    ],
)
def test_a_url_that_is_none_is_refused_without_showing_what_is_secret(url, said):
    with pytest.raises(InputError) as caught, connected(url, "", sleep=lambda _: None, now=lambda: 0.0):
        pass
    assert caught.value.message == said
    assert "secret" not in str(caught.value)


def test_the_whole_address_of_completions_does_too(server, request_, way, waits):
    server.ways = [way("says")("hello")]
    with connected(f"{server.url}/chat/completions/", "", sleep=waits.append, now=lambda: 0.0) as whole:
        assert whole(request_()).text == "hello"
    assert "Authorization" not in server.headers[0]


def test_whether_anybody_is_there_is_seen_beforehand(server, endpoint, waits):
    endpoint.reach()
    server.models = 404  # not every endpoint lists its models
    endpoint.reach()
    server.models = 401
    with pytest.raises(InputError, match=r"refuses the key \(HTTP 401\)"):
        endpoint.reach()
    with (
        connected("http://127.0.0.1:9/v1", "", sleep=waits.append, now=lambda: 0.0) as nobody,
        pytest.raises(SourceError, match=r"http://127\.0\.0\.1:9/v1, cannot be reached"),
    ):
        nobody.reach()
