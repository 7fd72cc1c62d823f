"""A state knocks: the members decide on its accession under the charter's rule, and it joins with a player of its own.

A newcomer is welcome to a member where what the newcomer wants gives the member, on average over all issues by how much
it cares, no less than the texts that stand.

Source:
    Vienna Convention on the Law of Treaties, Article 15; Downs, Rocke and Barsoom (1998), "Managing the evolution of
    multilateralism", International Organization 52(2), for whom members let in, and when.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from comity.kernel.errors import InputError
from comity.model.grounds import Grounds
from comity.model.institution import Institution
from comity.procedure import legal
from comity.rehearsal.parts.game import talks
from comity.rehearsal.parts.game.play import Play
from comity.rehearsal.parts.game.problem import Shock
from comity.rehearsal.parts.game.wishes import Topic, valued, want

NOUGHT, ONE = Fraction(0), Fraction(1)
NAMES = ("accession", "admission", "membership")
"""Under which of its matters a charter is looked at first for the accession of a member."""


def matter(law: Institution) -> str | None:
    """The matter as which accession is decided: one that is decided by the charter's rule of accession."""
    if law.accession is None:
        return None
    names = (*NAMES, *law.issues)
    fits = (name for name in names if name in law.issues and law.issues[name].rule == law.accession.rule)
    return next(fits, None)


def may_knock(law: Institution, grounds: Grounds, number: int, given: Mapping[str, Any], *, outside: bool) -> None:
    """Whether a state may ask to join.

    Args:
        law: the charter.
        grounds: the stakes.
        number: the number of the shock, for messages.
        given: the shock.
        outside: whether somebody outside the program plays all members that nobody named.

    Raises:
        InputError: where the charter, the stakes or the players leave no way in.
    """
    who = given.get("by")
    if matter(law) is None:
        what = f"Shock {number}: {law.title.en} decides no matter by a rule of accession, so nobody can join."
        raise InputError(what, mend="Write accession, and an issue with its rule, in a copy of the charter.")
    if all(grounds.stand(issue, str(who)) is None for issue in grounds.stakes.issues):
        what = f"Shock {number}: the stakes {grounds.stakes.name} say of no issue what {who} wants."
        raise InputError(what, mend="Name a state with stakes, or give it a seat there.")
    if outside and given.get("player") is None:
        what = f"Shock {number}: {who} would be played by somebody outside the program."
        raise InputError(what, mend=f"Name a player that decides by itself: accedes:{who}:3:player=reciprocate.")


def knocked(game: Play) -> int:
    """States that ask to join in this round; how many were admitted."""
    asking = [shock for shock in game.driver.shocks if shock.what == "accedes" and shock.whom not in game.members]
    return sum(_decided(game, shock) for shock in asking)


def _decided(game: Play, shock: Shock) -> bool:
    """A session on one accession; whether the state is a member now."""
    driver, law, who = game.driver, game.driver.state.law, shock.whom
    decides = matter(law)
    if decides is None:  # an amendment may have changed the charter since
        return False
    session = question = f"accession-{who}-{game.round}"
    topic = Topic(session, decides, law.issues[decides].organ, NOUGHT, {}, None)
    driver.conduct("session_opened", session=session, organ=topic.organ)
    driver.conduct("agenda_adopted", session=session, items=[{"item": session, "matter": decides}])
    there = talks.attendance(game, session)
    found = driver.conduct("meeting_opened", by="chair", session=session)
    row = {"round": game.round, "state": who, "outcome": "no_quorum", "rule": "", "article": found[0].article}
    tallies = talks.none()
    if not any(each.sort == "quorum" and each.outcome == "not_met" for each in found):
        drafters = talks.drafters(game, topic, there, by=game.round - 1)
        row["outcome"] = "not_tabled"
        if drafters:
            seat = drafters[0][1]
            move = next(each for each in legal(driver.state, seat) if each.id == f"propose:{decides}")
            made = move.event(seat, driver.state.on, question=question)
            driver.apply({**made, "session": session, "effect": {"admits": who}})
            there = talks.walk_outs(game, session, there)
            row |= _voted(game, question, there, tallies)
    driver.conduct("session_closed", session=session)
    game.ledger.accessions.append({**row, **tallies, "absent": len(game.members) - len(there)})
    if who not in game.members:
        return False
    _seated(game, shock)
    return True


def _voted(game: Play, question: str, there: list[str], tallies: dict[str, int]) -> dict[str, Any]:
    """The votes of those who are there, and what the law says of them."""
    driver, who = game.driver, question.split("-")[1]
    for member in there:
        names = {f"vote:{question}", f"object:{question}"}
        moves = [move for move in legal(driver.state, f"member:{member}") if move.id in names]
        if not moves:
            continue
        known = {"question": question, "candidate": who, "share": welcome(game, member, who), "conceded": NOUGHT}
        said = driver.ask("vote", member, moves, known, key=question)
        choice = talks.cast(game, member, moves, said)
        tallies[choice] = tallies.get(choice, 0) + 1
    ruling = next(each for each in driver.conduct("question_put", by="chair", question=question) if each.sort == "vote")
    return {"outcome": ruling.outcome, "rule": ruling.rule, "article": ruling.article}


def welcome(game: Play, member: str, who: str) -> Fraction | None:
    """1 where a newcomer is welcome to a member, else how much of its range it stands to lose; None without stakes."""
    weight = total = NOUGHT
    for issue, topic in game.topics.items():
        own, other = topic.wants.get(member), None if game.grounds is None else game.grounds.stand(issue, who)
        if own is None or other is None:
            continue
        brings = own.share(want(other).position, game.standing(issue), first=game.first(issue))
        total += own.salience * max(min(brings, ONE), -ONE)
        weight += own.salience
    if not weight:
        return None
    return ONE if total >= 0 else total / weight


def _seated(game: Play, shock: Shock) -> None:
    """The newcomer sits down: its wishes count, its worth of every good, and a player plays it."""
    who, grounds = shock.whom, game.grounds
    if shock.player is not None:
        game.driver.elected[who] = shock.player
    if grounds is None:
        return
    for issue, topic in game.topics.items():
        stand = grounds.stand(issue, who)
        wants = topic.wants if stand is None else {**topic.wants, who: want(stand)}
        game.topics[issue] = replace(topic, wants=wants, good=valued(grounds, issue, game.members))
