"""What anyone may read, and what is withheld while a ballot is open."""

import json

import pytest

from comity.kernel.canonical import record
from comity.operation import tree
from comity.operation.checkpoint import checkpoint


def vote(house, seat, choice, request="ballot", **more):
    return house.say(seat, {"kind": "ballot_cast", "question": "Q1", "choice": choice, **more}, request)


def test_the_register_and_its_checkpoint(house):
    house.table()
    told = house.get("register").json()
    assert (told["institution"], told["size"], told["register"]) == ("g5", 2, house.register.id)
    answer = house.get("checkpoint")
    assert answer.text == told["checkpoint"]
    assert checkpoint(answer.text).carries("register", house.keys["register"].public)
    assert answer.headers["etag"] == '"2"'


def test_pages_go_on_until_the_end_and_hold_every_leaf(house):
    for number in range(7):
        assert house.table(f"Q{number}", f"r{number}").status_code == 201
    found, path = [], "entries?limit=3"
    while path:
        answer = house.get(path)
        page = answer.json()
        found += page["entries"]
        assert ("next" in page) == ("link" in answer.headers)
        path = f"entries?first={page['next']}&limit=3" if "next" in page else ""
    assert [each["number"] for each in found] == list(range(8))
    for each in found:
        assert tree.leaf_hash(record(each["entry"])).hex() == each["leaf"]
    assert house.get("entries?first=99").json()["entries"] == []


def test_nothing_is_sent_twice_to_who_has_it(house):
    for path in ("entries", "register", "status", "entries/0"):
        tag = house.get(path).headers["etag"]
        again = house.get(path, headers={"If-None-Match": tag})
        assert (again.status_code, again.content) == (304, b"")
    tag = house.get("entries").headers["etag"]
    house.table()
    assert house.get("entries", headers={"If-None-Match": tag}).status_code == 200


def test_proofs_lead_to_the_signed_root(house):
    for number in range(6):
        house.table(f"Q{number}", f"r{number}")
    for number in range(7):
        told = house.get(f"proof/{number}").json()
        path = [bytes.fromhex(each) for each in told["path"]]
        root = tree.included(bytes.fromhex(told["leaf"]), number, told["size"], path)
        assert root.hex() == told["root"] == checkpoint(told["checkpoint"]).root
    at_four = house.get("proof/2?size=4").json()
    path = [bytes.fromhex(each) for each in at_four["path"]]
    assert tree.included(bytes.fromhex(at_four["leaf"]), 2, 4, path).hex() == at_four["root"]
    assert at_four["root"] != told["root"]
    for old in range(1, 8):
        told = house.get(f"consistency?old={old}&new=7").json()
        path = [bytes.fromhex(each) for each in told["path"]]
        ends = (bytes.fromhex(told["old_root"]), bytes.fromhex(told["new_root"]))
        assert tree.continues((old, ends[0]), (7, ends[1]), path)


def test_an_open_ballot_is_seen_by_its_own_seat_and_the_secretariat_only(house):
    house.table()
    assert vote(house, "member:JPN", "no").status_code == 201
    for seat, seen in (("", 0), ("member:USA", 0), ("chair", 0), ("member:JPN", 1), ("secretariat", 1)):
        one = house.get("entries/2", seat).json()
        assert ("entry" in one, one.get("withheld")) == ((True, None) if seen else (False, "open_ballot"))
        page, stream = house.get("entries", seat), house.get("stream?first=0&wait=0", seat)
        assert ("ballot_cast" in page.text) == ("ballot_cast" in stream.text) == bool(seen)
        assert page.json()["entries"][2]["leaf"] == house.get("proof/2").json()["leaf"]
    assert house.get("view", "member:USA").json()["questions"]["Q1"]["ballots"] == {}
    assert house.get("view", "member:JPN").json()["questions"]["Q1"]["ballots"] == {"JPN": "no"}
    assert house.get("view").status_code == 401


def test_a_ballot_is_shown_once_the_question_is_decided(house):
    house.table()
    vote(house, "member:JPN", "yes")
    decided = house.say(
        "secretariat", {"kind": "votes_recorded", "question": "Q1", "others": "yes", "no": []}, "decided"
    )
    assert decided.status_code == 201
    assert house.register.position().state.questions["Q1"].settled
    assert house.get("entries/2").json()["entry"]["statement"]["event"]["choice"] == "yes"


def test_a_correction_of_an_open_ballot_is_withheld_with_it(house):
    house.table()
    vote(house, "member:JPN", "no")
    event = {"kind": "correction_made", "entry": 2, "says": "Meant to vote yes.", "intended": {"choice": "yes"}}
    house.say("member:JPN", event, "mend")
    house.say("member:JPN", {**event, "entry": 3, "says": "Meant to vote yes, indeed."}, "mend again")
    for number in (3, 4):
        assert house.get(f"entries/{number}").json()["withheld"] == "open_ballot"
        assert "entry" in house.get(f"entries/{number}", "member:JPN").json()


def test_where_the_institution_stands_and_what_falls_due(house):
    told = house.get("status").json()
    assert (told["entries"], told["members"]) == (1, ["USA", "CHN", "RUS", "IND", "JPN"])
    due = house.get("due?on=2040-01-01").json()
    assert due["on"] == "2040-01-01"
    assert isinstance(due["due"], list)
    assert house.get("due?on=2020-01-01").status_code == 422
    assert house.get("due?on=9999-12-31").status_code == 422


def test_a_document_is_public_once_it_is_evidence(house):
    made = house.client.post("/v1/documents", content=b"stocks: 61 days", headers=house.bearer("member:JPN")).json()
    path = f"documents/{made['digest']}"
    assert house.get(path).status_code == 404
    assert house.get(path, "member:JPN").content == b"stocks: 61 days"
    event = {
        "kind": "evidence_submitted",
        "evidence": "stocks",
        "digest": made["digest"],
        "title": "Oil stocks",
        "source": "The ministry",
    }
    assert house.say("member:JPN", event, "evidence").status_code == 201
    answer = house.get(path)
    assert answer.content == b"stocks: 61 days"
    assert answer.headers["content-disposition"] == "attachment"
    with house.register.store.reading() as view:
        charter = next(digest for digest, media, _ in view.documents() if media.endswith("charter"))
    assert b"oil_stocks" in house.get(f"documents/{charter}").content


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("entries/9", 404),
        ("entries/-1", 422),
        ("entries/99999999999999999999", 422),
        ("entries?first=-1", 422),
        ("entries?limit=5000", 422),
        ("proof/1?size=9", 422),
        ("proof/1", 404),
        ("consistency?old=5", 422),
        ("documents/" + "0" * 64, 404),
        ("documents/none", 422),
        ("nothing", 404),
    ],
)
def test_what_cannot_be_read_is_a_problem_that_says_where_what_why(house, path, status):
    answer = house.get(path)
    told = answer.json()
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert told["status"] == status
    assert told["instance"] == f"/v1/{path.partition('?')[0]}"
    assert told["title"]
    assert told["detail"]
    assert told["mend"]


def test_a_problem_is_told_in_chinese_where_asked(house):
    assert house.get("entries/9", headers={"Accept-Language": "zh-CN"}).json()["title"] == "不存在"


def test_the_description_names_every_route_and_its_refusals(house):
    told = json.loads(house.get("openapi.json").text)
    assert {path.removeprefix("/v1/") for path in told["paths"]} == {
        "register",
        "checkpoint",
        "entries",
        "entries/{number}",
        "proof/{number}",
        "consistency",
        "status",
        "view",
        "due",
        "documents",
        "documents/{sha256}",
        "statements",
        "countersignatures",
        "stream",
    }
    assert {"200", "201", "401", "403", "409", "412", "413", "422", "503"} == set(
        told["paths"]["/v1/statements"]["post"]["responses"]
    )
