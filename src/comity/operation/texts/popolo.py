"""Organizations, seats, motions and votes as Popolo JSON.

A register knows seats and no natural persons: ``persons`` is empty, and every seat of a member is a post that the
member holds. Popolo has no word for two of the six choices: who was present and took no part is ``not voting``, and a
formal objection counts as ``no``; a party to a dispute that must abstain is counted as abstaining. ``comity_choice``
keeps what each chose.

**Source**: Popolo Project, data specification (motion, vote event, vote, count, membership, post).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from comity.charter.words import rule_in_words
from comity.library.actors import actors
from comity.model.event.questions import ProposalTabled, VotesRecorded
from comity.model.ruling import Choice
from comity.operation.texts.instrument import Steps
from comity.procedure.deciding import ballots_of
from comity.procedure.state import Determination, Question, State, Step
from comity.procedure.tabling import VOTED

OPTIONS: Mapping[Choice, str] = {
    "yes": "yes",
    "no": "no",
    "abstain": "abstain",
    "not_participating": "not voting",
    "absent": "absent",
    "objects": "no",
}
"""Popolo's option for each choice."""
RESULTS = {"adopted": "pass", "takes_note": "pass", "not_adopted": "fail"}
"""Popolo's result for each outcome; other outcomes keep their own word."""


def popolo(state: State, steps: Steps) -> str:
    """The register as Popolo JSON, with sorted keys.

    Args:
        state: the institution as it now stands.
        steps: what happened.

    Example:
        >>> from comity.library.cases import cases, replayed
        >>> done = replayed(cases("security-council")[0])
        >>> list(json.loads(popolo(done.state, done.steps)))
        ['events', 'memberships', 'motions', 'organizations', 'persons', 'posts', 'vote_events']
    """
    law = state.law
    whole = law.name or "institution"
    found: dict[str, Any] = {
        "persons": [],
        "organizations": list(_organizations(state, whole)),
        "posts": [
            {
                "id": f"{whole}/member:{each}",
                "label": f"Seat of {_name(state, each)}",
                "role": "member",
                "organization_id": whole,
            }
            for each in state.members
        ],
        "memberships": list(_memberships(state, whole)),
        "events": [
            {
                "id": f"session:{name}",
                "name": name,
                "organization_id": f"{whole}/{each.organ}",
                "classification": "session",
            }
            for name, each in sorted(state.sessions.items())
        ],
        "motions": [_motion(state, steps, each, whole) for _, each in sorted(state.questions.items())],
        "vote_events": list(_vote_events(steps, whole)),
    }
    return json.dumps(found, sort_keys=True, ensure_ascii=False, indent=1) + "\n"


def _name(state: State, member: str) -> str:
    title = state.law.member_title(member)
    known = actors()
    return title.en if title else known[member].name().en if member in known else member


def _organizations(state: State, whole: str) -> Iterator[dict[str, Any]]:
    law, known = state.law, actors()
    yield {
        "id": whole,
        "name": law.title.en,
        "other_names": [{"name": law.title.of("zh"), "note": "zh"}, *({"name": each} for each in law.aliases)],
        "classification": "international institution",
    }
    for name, organ in law.organs.items():
        title = organ.title.en if organ.title else name
        yield {"id": f"{whole}/{name}", "name": title, "parent_id": whole, "classification": "organ"}
    for member in sorted({*state.members, *state.standings, *law.ever_members()}):
        each: dict[str, Any] = {"id": f"member:{member}", "name": _name(state, member)}
        if member in known:
            each["classification"] = known[member].kind
            each["identifiers"] = [{"scheme": "comity", "identifier": member}]
        else:
            each["classification"] = "constituency"
        yield each


def _memberships(state: State, whole: str) -> Iterator[dict[str, Any]]:
    for member in state.members:
        standing = state.standings.get(member)
        found: dict[str, Any] = {
            "id": f"{whole}/membership:{member}",
            "member": {"@type": "organization", "id": f"member:{member}", "name": _name(state, member)},
            "organization_id": whole,
            "post_id": f"{whole}/member:{member}",
            "role": "member",
        }
        if standing is not None and standing.joined:
            found["start_date"] = str(standing.joined)
        yield found


def _motion(state: State, steps: Steps, question: Question, whole: str) -> dict[str, Any]:
    tabled = next((act for act, _ in steps if getattr(act, "question", None) == question.question), None)
    rule = state.law.rules.get(question.rule)
    title = tabled.title.en if isinstance(tabled, ProposalTabled) and tabled.title else ""
    found: dict[str, Any] = {
        "id": f"motion:{question.question}",
        "identifier": question.question,
        "organization_id": f"{whole}/{question.organ}",
        "classification": question.motion or question.sort,
        "text": "\n".join(each for each in (title, *question.paragraphs) if each) or question.question,
        "requirement": rule_in_words(rule, on=state.on).en if rule else question.rule,
        "result": RESULTS.get(question.status, question.status),
        "comity_sponsors": [f"member:{each}" for each in question.sponsors],
        "comity_contested": question.contested,
    }
    if question.session:
        found["legislative_session_id"] = f"session:{question.session}"
    if tabled is not None:
        found["date"] = f"{tabled.on}T00:00:00Z"  # type: ignore[union-attr]
    return found


def _vote_events(steps: Steps, whole: str) -> Iterator[dict[str, Any]]:
    voted = dict[str, int]()
    for act, step in steps:
        for found in step.determinations:
            if found.sort == "vote" and found.ruling is not None:
                voted[found.about] = voted.get(found.about, 0) + 1
                yield _vote_event(act, step, found, voted[found.about], whole=whole)


def _vote_event(act: Any, step: Step, found: Determination, number: int, *, whole: str) -> dict[str, Any]:
    ruling = found.ruling
    assert ruling is not None
    name = f"vote:{found.about}:{number}"
    question = step.state.questions[found.about]
    counts = dict[str, int]()
    for choice in VOTED:
        if held := ruling.counts.get(choice, 0):
            counts[OPTIONS[choice]] = counts.get(OPTIONS[choice], 0) + held
    ballots = _ballots(act, step.state, question)
    event: dict[str, Any] = {
        "id": name,
        "motion_id": f"motion:{found.about}",
        "organization_id": f"{whole}/{question.organ}",
        "start_date": f"{found.on}T00:00:00Z",
        "result": RESULTS.get(found.outcome, found.outcome),
        "counts": [{"option": option, "value": value} for option, value in counts.items()],
        "comity_counts": {choice: ruling.counts[choice] for choice in VOTED if ruling.counts.get(choice)},
        "comity_vetoed_by": [f"member:{each}" for each in ruling.vetoed_by],
        "comity_excluded": {f"member:{each}": ground for each, ground in ruling.excluded.items()},
        "votes": [
            {
                "vote_event_id": name,
                "voter_id": f"member:{member}",
                "option": "abstain" if member in ruling.excluded else OPTIONS[choice],
                "comity_choice": choice,
            }
            for member, choice in ballots.items()
            if member in ruling.electorate
        ],
    }
    if question.session:
        event["legislative_session_id"] = f"session:{question.session}"
    return event


def _ballots(act: Any, state: State, question: Question) -> dict[str, Choice]:
    """Who chose what, where that is known: of votes recorded by number alone, only those that were named."""
    if isinstance(act, VotesRecorded) and act.question == question.question and act.counts:
        return {member: choice for choice in VOTED for member in getattr(act, choice)}
    if question.status in {"deferred", "tied", "open"} and not question.ballots:
        return {}
    if getattr(act, "kind", "") not in {"votes_recorded", "question_put"} or act.question != question.question:
        return dict(question.ballots)  # a silence that is over: who said nothing cast no vote
    return ballots_of(state, question)
