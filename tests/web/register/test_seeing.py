"""What is due, and who broke a silence, tell nobody of ballots that are open."""

TABLED = {"kind": "proposal_tabled", "question": "Q1", "matter": "energy"}


def silence(house):
    house.table()
    assert house.say("chair", {"kind": "silence_started", "question": "Q1", "within": "9 days"}, "silence").is_success


def due(house, seat=""):
    return house.get("due?on=2026-04-01", seat).json()


def test_what_a_silence_will_decide_is_public_while_nobody_spoke(house):
    silence(house)
    (found,) = due(house)["due"]
    assert (found["about"], found["outcome"]) == ("Q1", "adopted")


def test_an_objection_is_seen_by_its_own_seat_and_the_secretariat_only(house):
    silence(house)
    assert house.say("member:USA", {"kind": "objection_made", "question": "Q1"}, "no").status_code == 201
    for seat, seen in (("", False), ("member:JPN", False), ("member:USA", True), ("secretariat", True)):
        assert ("entry" in house.get("entries/3", seat).json()) is seen
    assert due(house, "secretariat")["due"][0]["about"] == "Q1"
    for seat in ("", "member:JPN", "chair"):
        told = due(house, seat)
        assert (told["due"], told["withheld"]) == ([], "open_ballot")


def test_an_objection_is_shown_once_the_silence_is_over(exercise):
    silence(exercise)
    exercise.say("member:USA", {"kind": "objection_made", "question": "Q1"}, "no")
    other = {**TABLED, "question": "Q2", "on": "2026-03-20"}
    answer = exercise.say("member:JPN", other, "later")
    assert answer.status_code == 201, answer.text
    assert exercise.get("entries/3").json()["entry"]["statement"]["event"]["kind"] == "objection_made"
    assert "withheld" not in due(exercise)
