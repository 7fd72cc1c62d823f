"""New entries as server-sent events, resumed where they broke off."""

import json
import threading

from comity.web.register import streaming


def events(text: str) -> list[tuple[int, dict]]:
    found = []
    for block in text.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if "data" in fields:
            found.append((int(fields["id"]), json.loads(fields["data"])))
    return found


def test_entries_come_in_order_and_go_on_after_the_last_that_was_received(house):
    for number in range(5):
        house.table(f"Q{number}", f"r{number}")
    answer = house.get("stream?first=0&wait=0")
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert [number for number, _ in events(answer.text)] == [0, 1, 2, 3, 4, 5]
    resumed = house.get("stream?first=0&wait=0", headers={"Last-Event-ID": "3"})
    assert [number for number, _ in events(resumed.text)] == [4, 5]
    assert events(resumed.text)[0][1] == house.get("entries/4").json()
    assert events(house.get("stream?wait=0").text) == []
    assert house.get("stream?wait=0", headers={"Last-Event-ID": "x"}).status_code == 422
    assert events(house.get("stream?wait=0", headers={"Last-Event-ID": "900"}).text) == []


def test_more_than_a_page_comes_whole(house, monkeypatch):
    monkeypatch.setattr(streaming, "PAGE", 2)
    for number in range(5):
        house.table(f"Q{number}", f"r{number}")
    assert [number for number, _ in events(house.get("stream?first=1&wait=0").text)] == [1, 2, 3, 4, 5]


def test_an_entry_comes_while_one_waits(house, monkeypatch):
    monkeypatch.setattr(streaming, "LOOK", 0.02)
    monkeypatch.setattr(streaming, "QUIET", 0.05)
    later = threading.Timer(0.4, house.table)
    later.start()
    answer = house.get("stream?wait=2")
    later.join()
    assert [number for number, _ in events(answer.text)] == [1]
    assert ": nothing new" in answer.text
    assert house.app.state.streams == set()


def test_a_stream_ends_with_its_token(house, monkeypatch):
    monkeypatch.setattr(streaming, "LOOK", 0.02)

    since = streaming._since

    def last(*asked):
        found = since(*asked)
        house.now = house.now.replace(year=2027)
        return found

    monkeypatch.setattr(streaming, "_since", last)
    answer = house.get("stream?wait=60&first=0", "member:JPN")
    assert [number for number, _ in events(answer.text)] == [0]


def test_too_many_streams_are_refused(house, monkeypatch):
    monkeypatch.setattr(streaming, "AT_ONCE", 0)
    answer = house.get("stream?wait=0")
    assert answer.status_code == 503
    assert "streams" in answer.json()["detail"]
