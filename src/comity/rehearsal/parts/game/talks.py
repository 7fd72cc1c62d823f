"""Talks: agenda, attendance, texts and votes, each under the rule of its issue.

On each issue the members that may propose table a text in turn, the first of them another one each round. Texts are
voted on in the order in which they were tabled, until one is adopted. This is bargaining by alternating offers as in
the stacked protocol of Aydogan and others (2017), with the charter's own rule in the place of unanimity.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from comity.kernel.canonical import plain
from comity.kernel.quantity import Duration
from comity.model.seat import PASS, Move, Settled, Span
from comity.procedure import legal
from comity.rehearsal.parts.game.agenda import agenda, speaks_first, urgent
from comity.rehearsal.parts.game.play import Play
from comity.rehearsal.parts.game.wishes import Topic

SCALE = Span(Fraction(0), Fraction(100), "points")
HERE = ("present", "absent")


def sessions(game: Play) -> int:
    """The sessions of a round, organ by organ; how many texts were adopted."""
    adopted = 0
    for organ, every in game.sits.items():
        if (game.round - 1) % every == 0 or urgent(game, organ):
            adopted += _session(game, organ)
    return adopted


def _session(game: Play, organ: str) -> int:
    driver, name = game.driver, f"{organ}-{game.round}"
    items = agenda(game, organ)
    driver.conduct("session_opened", session=name, organ=organ)
    listed = [{"item": topic.issue, "matter": topic.matter} for topic in items]
    driver.conduct("agenda_adopted", session=name, items=listed)
    there = attendance(game, name)
    found = driver.conduct("meeting_opened", by="chair", session=name)
    adopted = 0
    if any(each.sort == "quorum" and each.outcome == "not_met" for each in found):
        for topic in items:
            row = {"round": game.round, "organ": organ, "issue": topic.issue, "outcome": "no_quorum"}
            game.ledger.decisions.append({**row, "text": None, "rule": "", "article": found[0].article, **none()})
    else:
        texts: dict[str, list[dict[str, Any]]] = {}
        for place, topic in enumerate(items):
            by = speaks_first(game, place, len(items))
            texts[topic.issue] = _drafted(game, topic, name, there, by=by)
        there = walk_outs(game, name, there)
        adopted = sum(_decided(game, topic, texts[topic.issue], there) for topic in items)
    driver.conduct("session_closed", session=name)
    return adopted


def none() -> dict[str, int]:
    """A count of votes before any was cast."""
    return {"yes": 0, "no": 0, "abstain": 0, "absent": 0, "objects": 0}


def attendance(game: Play, session: str) -> list[str]:
    """Who comes."""
    driver, there, away = game.driver, list[str](), list[str]()
    for member in game.members:
        move = Move(f"attend:{session}", "attendance_recorded", "", {"session": session}, {"attendance": HERE})
        said = driver.ask(
            "attend", member, (move,), {"session": session, "outvoted": game.outvoted[member]}, key=session
        )
        (there if said.values["attendance"] == "present" else away).append(member)
    driver.conduct("attendance_recorded", session=session, present=there, absent=away)
    return there


def walk_outs(game: Play, session: str, there: list[str]) -> list[str]:
    """Members that leave the room before the vote."""
    out = [member for member in there if game.driver.felt("walks_out", member)]
    if out:
        game.driver.conduct("attendance_recorded", session=session, walked_out=out)
    return [member for member in there if member not in out]


def _drafted(game: Play, topic: Topic, session: str, there: list[str], *, by: int) -> list[dict[str, Any]]:
    """The texts that are tabled on an issue, in order."""
    texts: list[dict[str, Any]] = []
    for member, seat in drafters(game, topic, there, by=by):
        move = next(each for each in legal(game.driver.state, seat) if each.id == f"propose:{topic.matter}")
        shown = replace(move, slots={"text": SCALE})
        said = game.driver.ask("table", member, (shown, PASS), _stance(game, topic, member), key=topic.issue)
        if said.answer.move == "pass":
            continue
        text = said.values["text"]
        question = f"{topic.issue}-{game.round}-{len(texts) + 1}"
        words = (f"{topic.issue}: {float(text):g} of 100",)
        effect = {"creates": promises(game, topic), "terminates": _open(game, topic)}
        made = move.event(seat, game.driver.state.on, question=question, paragraphs=words)
        game.driver.apply({**made, "session": session, "effect": effect})
        offer = {"round": game.round, "issue": topic.issue, "question": question, "member": member, "text": text}
        texts.append(offer)
        _scored(game, topic, offer)
    return texts


def drafters(game: Play, topic: Topic, there: list[str], *, by: int) -> list[tuple[str, str]]:
    """Who tables texts, in turn, each with the seat in which it acts."""
    state = game.driver.state
    who = state.law.organs[topic.organ].proposes
    if who in {"chair", "secretariat"}:
        turned = [each for each in _turned(game.members, game.round - 1) if each in there]
        return [(turned[0], who)] if turned else []
    turned = [each for each in _turned(game.members, by) if each in there]
    able = [member for member in turned if who in {None, "any_member", member}]
    may = [
        member
        for member in able[: 2 * game.problem.texts]
        if any(move.id == f"propose:{topic.matter}" for move in legal(state, f"member:{member}"))
    ]
    return [(member, f"member:{member}") for member in may[: game.problem.texts]]


def _turned(members: tuple[str, ...], by: int) -> tuple[str, ...]:
    start = by % len(members)
    return (*members[start:], *members[:start])


def _stance(game: Play, topic: Topic, member: str) -> dict[str, Any]:
    """What a member knows when it tables a text: its own wishes, what stands, and what the others tabled."""
    want, stands = topic.wants.get(member), game.standing(topic.issue)
    others = game.ledger.latest(topic.issue, member)
    return {
        "issue": topic.issue,
        "position": None if want is None else want.position,
        "reach": None if want is None else want.limit(stands, first=game.first(topic.issue)),
        "status_quo": stands,
        "others": stands if others is None else others,
        "refused": game.refused[member, topic.issue],
        "conceded": _conceded(game, topic, member),
    }


def _conceded(game: Play, topic: Topic, member: str) -> Fraction:
    def share(text: Fraction) -> Fraction:
        return game.share(topic.issue, member, text) or Fraction(0)

    return game.ledger.conceded(topic.issue, member, share)


def promises(game: Play, topic: Topic) -> dict[str, Any]:
    """What a text obliges the members to: to deliver on it in each of the coming periods."""
    problem, terms = game.problem, game.problem.terms
    law = game.driver.state.law
    verifier = "secretariat" if "secretariat" in law.organs else topic.organ
    span = problem.every
    checked: dict[str, Any] = {"by": verifier, "every": str(span), "false_alarm": terms.false_alarm, "miss": terms.miss}
    grace, within = (str(Duration(span.number * rounds, span.unit)) for rounds in (terms.grace, terms.within))
    breach = {"grace": grace, "then": terms.then, "within": within}
    reward = {} if terms.reward is None else {"reward": {"from": next(iter(law.funds)), "amount": str(terms.reward)}}
    made: dict[str, Any] = {}
    for period in range(1, terms.periods + 1):
        due = game.round + period
        clause: dict[str, Any] = {
            "kind": "target",
            "issue": topic.matter,
            "obligor": list(game.members),
            "metric": f"{topic.issue}_delivery",
            "at_least": 1,
            "since": problem.day(due - 1),
            "by": problem.day(due),
            "verified": checked,
            "breach": breach,
            "force": problem.force,
            **reward,
        }
        made[f"{topic.issue}_{game.round}_{period}"] = plain(clause)
    return made


def _open(game: Play, topic: Topic) -> list[str]:
    """The promises under an earlier text that a new one replaces: those not yet due."""
    law, day = game.driver.state.law, game.problem.day(game.round)
    return [
        name
        for name, clause in law.clauses.items()
        if name.rpartition("_")[0].rpartition("_")[0] == topic.issue and clause.by > day
    ]


def _scored(game: Play, topic: Topic, offer: dict[str, Any]) -> None:
    """Every offer is kept with what it gives each member, and with what its maker gave up since its last one."""
    ledger, issue, member, text = game.ledger, topic.issue, offer["member"], offer["text"]
    shares = {each: game.share(issue, each, text) for each in game.members}
    known = {each: share for each, share in shares.items() if share is not None}
    for each, share in known.items():
        row = {"round": game.round, "issue": issue, "question": offer["question"], "member": each}
        ledger.scores.append({**row, "share": float(share), "accepts": share >= 0})
    offer["readout"] = {each: share >= 0 for each, share in known.items()}
    offer["accept"] = sum(share >= 0 for share in known.values())
    offer["judged"] = len(known)
    before = ledger.tabled[issue, member]
    if member in known:
        was = game.share(issue, member, before[-1]) if before else known[member]
        others = [each for each in known if each != member]
        got = [known[each] - (game.share(issue, each, before[-1]) or Fraction(0)) for each in others] if before else []
        ledger.concessions.append(
            {
                "round": game.round,
                "issue": issue,
                "member": member,
                "text": float(text),
                "asks": float(known[member]),
                "gave": float((was or Fraction(0)) - known[member]),
                "others_got": float(sum(got, Fraction(0)) / len(got)) if got else 0.0,
            }
        )
    before.append(text)


def _decided(game: Play, topic: Topic, texts: list[dict[str, Any]], there: list[str]) -> bool:
    """Votes on the texts of an issue, in their order, until one is adopted."""
    adopted = None
    for offer in texts:
        if adopted is not None:
            game.driver.conduct("proposal_withdrawn", by=f"member:{offer['member']}", question=offer["question"])
            outcome = "withdrawn"
        else:
            outcome = _voted(game, topic, offer, there)
            adopted = offer if outcome == "adopted" else None
        game.ledger.offers.append({**offer, "text": float(offer["text"]), "outcome": outcome})
        key = (offer["member"], topic.issue)
        if outcome == "adopted":
            game.refused[key] = 0
        elif outcome != "withdrawn":
            game.refused[key] += 1
    if adopted is None:
        return False
    for member in game.members:
        share = game.share(topic.issue, member, adopted["text"])
        if share is not None:
            game.outvoted[member] = game.outvoted[member] + 1 if share < 0 else 0
    game.stands[topic.issue] = adopted["text"]
    for key in [each for each in game.ledger.tabled if each[0] == topic.issue]:
        del game.ledger.tabled[key]  # talks on another text begin anew
    return True


def _voted(game: Play, topic: Topic, offer: dict[str, Any], there: list[str]) -> str:
    driver, question = game.driver, offer["question"]
    counts = none() | {"absent": len(game.members) - len(there)}
    for member in there:
        moves = [
            move
            for move in legal(driver.state, f"member:{member}")
            if move.id in {f"vote:{question}", f"object:{question}"}
        ]
        if not moves:
            continue
        share = game.share(topic.issue, member, offer["text"])
        known = {
            "issue": topic.issue,
            "question": question,
            "text": offer["text"],
            "tabled_by": offer["member"],
            "share": share,
            "conceded": _conceded(game, topic, member),
            "readout": offer["readout"],
        }
        said = driver.ask("vote", member, moves, known, key=question)
        choice = cast(game, member, moves, said)
        counts[choice] = counts.get(choice, 0) + 1
        row = {"round": game.round, "issue": topic.issue, "question": question, "member": member, "choice": choice}
        game.ledger.votes.append({**row, "share": None if share is None else float(share), "by": said.by})
    found = driver.conduct("question_put", by="chair", question=question)
    ruling = next(each for each in found if each.sort == "vote")
    row = {"round": game.round, "organ": topic.organ, "issue": topic.issue, "outcome": ruling.outcome}
    tallies = {name: counts[name] for name in none()}
    game.ledger.decisions.append(
        {**row, "text": float(offer["text"]), "rule": ruling.rule, "article": ruling.article, **tallies}
    )
    return ruling.outcome


def cast(game: Play, member: str, moves: list[Move], said: Settled) -> str:
    """The ballot or objection of a member, as an event."""
    move = next(each for each in moves if each.id == said.answer.move)
    game.driver.apply(move.event(f"member:{member}", game.driver.state.on, **said.values))
    return str(said.values.get("choice", "objects"))
