"""What a seat may do now, each move with the rule that allows it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from comity.model.life import FINAL
from comity.model.parts import Organ
from comity.model.ruling import Choice
from comity.model.seat import Move, Slot, Span
from comity.procedure.arrears import owed
from comity.procedure.changing import suspended
from comity.procedure.powers import powers
from comity.procedure.state import Question, State
from comity.procedure.tabling import PRECEDENCE

CHOICES: tuple[Choice, ...] = ("yes", "no", "abstain", "not_participating")


def legal(state: State, seat: str) -> list[Move]:
    """Everything a seat may do now.

    Args:
        state: the institution as it stands.
        seat: ``member:JPN``, ``chair``, ``secretariat``, ``verifier:NAME``, ``depositary``.

    Example:
        >>> import comity
        >>> state = comity.start(comity.load("g5"))
        >>> sorted({move.kind for move in legal(state, "member:JPN")})
        ['clause_renegotiated', 'proposal_tabled', 'withdrawal_notified']
    """
    head, _, name = seat.partition(":")
    moves = list[Move]()
    if head == "member":
        if name in state.members and not suspended(state, name):
            moves += [*_proposals(state, name), *_votes(state, name), *_motions(state, name), *_notices(state, name)]
        moves += _treaties(state, name)
        moves += _reviews(state, name)
    elif head == "chair":
        moves += [*_service(state, head), *_chair(state)]
    elif head in {"verifier", "secretariat"}:
        moves += _verifications(state, name or None)
        if head == "secretariat":
            moves += [*_service(state, head), *_sittings(state)]
    return sorted(moves, key=lambda move: move.id)


def _proposals(state: State, member: str) -> Iterator[Move]:
    for name, issue in state.law.issues.items():
        organ = state.law.organs.get(issue.organ)
        if organ is not None and organ.proposes in {None, "any_member", member}:
            yield _proposal(name, organ)


def _proposal(matter: str, organ: Organ) -> Move:
    slots: dict[str, Slot] = {"question": "its name", "paragraphs": "its paragraphs"}
    return Move(f"propose:{matter}", "proposal_tabled", organ.where, {"matter": matter}, slots)


def _service(state: State, seat: str) -> Iterator[Move]:
    """Where the charter leaves proposals to the chair or the secretariat, they are its own."""
    for name, issue in state.law.issues.items():
        organ = state.law.organs.get(issue.organ)
        if organ is not None and organ.proposes == seat:
            yield _proposal(name, organ)


def _votes(state: State, member: str) -> Iterator[Move]:
    for question in (state.questions[name] for name in sorted(state.unsettled)):
        article = state.law.rules[question.rule].article
        name = question.question
        if question.status == "silence":
            yield Move(f"object:{name}", "objection_made", article, {"question": name})
            continue
        if not _there(state, question, member):
            continue
        yield Move(f"vote:{name}", "ballot_cast", article, {"question": name}, {"choice": CHOICES})
        yield Move(f"object:{name}", "objection_made", article, {"question": name})
        said = ("dissociates", "explanation_of_vote", "explanation_of_position", "reserves_position", "statement")
        yield Move(f"state:{name}", "statement_made", "", {"question": name}, {"statement": said, "says": "its words"})
        if member in question.sponsors and not question.voted and not question.amended and not question.ballots:
            yield Move(f"withdraw:{name}", "proposal_withdrawn", "UNGA Rules of Procedure, rule 80", {"question": name})
        if question.sort == "proposal":
            yield Move(
                f"amend:{name}",
                "amendment_tabled",
                "UNGA Rules of Procedure, rule 90",
                {"to": name},
                {"question": "its name", "replaces": "paragraphs by number", "removed": "how far removed"},
            )


def _there(state: State, question: Question, member: str) -> bool:
    session = state.sessions.get(question.session) if question.session else None
    return session is None or (
        session.of(member) not in {"absent", "walked_out", "not_invited"} and member not in session.rejected
    )


def _motions(state: State, member: str) -> Iterator[Move]:
    for organ, session in state.sitting.items():
        if state.law.organs[organ].procedure is None or state.sessions[session].of(member) in {"absent", "walked_out"}:
            continue
        yield Move(
            f"motion:{session}",
            "motion_moved",
            "UNGA Rules of Procedure, rules 71 to 81",
            {"session": session},
            {"question": "its name", "motion": PRECEDENCE, "about": "the proposal"},
        )
    for question in state.questions.values():
        if question.ruled and question.settled and state.law.organs[question.organ].procedure is not None:
            yield Move(
                f"appeal:{question.question}",
                "ruling_appealed",
                "UNGA Rules of Procedure, rule 71",
                {"against": question.question},
                {"question": "its name"},
            )


def _notices(state: State, member: str) -> Iterator[Move]:
    given = state.standings.get(member)
    if state.law.exit is not None and (given is None or given.leaving is None):
        yield Move("leave", "withdrawal_notified", state.law.exit.where)
    if (open_dues := owed(state, member)) > 0:
        due = state.dues[member][0]
        article = state.law.arrears.where if state.law.arrears else ""
        yield Move("pay", "contribution_paid", article, {}, {"amount": Span(Fraction(0), open_dues, due.currency)})
    for power in powers(state, member):
        slots = SLOTS.get(power.act, {})
        own = {"clause": power.clause}
        fixed = own if power.act == "contribution_paid" else {**own, "obligor": power.obligor}
        yield Move(f"{power.act}:{power.clause}:{power.obligor}", power.act, power.article, fixed, slots)


SLOTS: dict[str, dict[str, Slot]] = {
    "clause_renegotiated": {"due": "the new day", "value": "the new value"},
    "contribution_paid": {"amount": "the amount"},
}
"""What is left to choose in the exercise of a power."""


def _treaties(state: State, member: str) -> Iterator[Move]:
    for name, treaty in state.treaties.items():
        tie = treaty.ties.get(member)
        standing = tie.standing(state.on) if tie else "third_state"
        fixed = {"instrument": name}
        if standing == "third_state" and treaty.in_force is None:
            yield Move(f"sign:{name}", "signed", "Vienna Convention, Article 12", fixed)
        if standing in {"third_state", "signatory", "former_party"}:
            consents = ("ratification", "acceptance", "approval", "accession")
            yield Move(
                f"deposit:{name}", "deposited", "Vienna Convention, Articles 14 to 16", fixed, {"consent": consents}
            )
        if standing == "signatory" and treaty.terms.reservations == "permitted":
            yield Move(
                f"reserve:{name}", "reservation_made", "Vienna Convention, Article 19", fixed, {"provision": "which"}
            )
        if standing == "party" and tie is not None and tie.leaving is None and treaty.terms.withdrawal is not None:
            yield Move(f"withdraw:{name}", "withdrawal_notified", treaty.terms.withdrawal.where, fixed)
        if tie is not None and tie.leaving is not None and tie.left is None:
            yield Move(f"revoke:{name}", "withdrawal_revoked", "Vienna Convention, Article 68", fixed)


def _reviews(state: State, member: str) -> Iterator[Move]:
    for name, review in state.reviews.items():
        if review.state == member:
            if "national" not in review.reports:
                yield Move(f"report:{name}", "report_submitted", "HRC resolution 5/1, 15", {"review": name})
            for recommendation, (_, answer, _) in review.recommendations.items():
                if not answer:
                    yield Move(
                        f"answer:{recommendation}",
                        "recommendation_answered",
                        "HRC resolution 5/1, 32",
                        {"review": name, "recommendation": recommendation},
                        {"answer": ("supported", "noted")},
                    )
        elif review.status == "held" and member in state.members:
            yield Move(
                f"recommend:{name}",
                "recommendation_made",
                "HRC resolution 5/1, 21",
                {"review": name},
                {"recommendation": "its name", "says": "its words"},
            )


def _chair(state: State) -> Iterator[Move]:
    for question in state.questions.values():
        if question.settled or question.status == "silence":
            continue
        name, article = question.question, state.law.rules[question.rule].article
        yield Move(f"put:{name}", "question_put", article, {"question": name})
        outcomes = ("adopted", "not_adopted", "takes_note")
        yield Move(
            f"rule:{name}", "chair_ruled", article, {"question": name}, {"outcome": outcomes, "basis": "its words"}
        )
    for session in state.sitting.values():
        yield Move(f"open:{session}", "meeting_opened", "", {"session": session})
        yield Move(f"close:{session}", "session_closed", "", {"session": session})


def _sittings(state: State) -> Iterator[Move]:
    for name, organ in state.law.organs.items():
        if name not in state.sitting and (organ.meets is not None or organ.chair is not None):
            yield Move(f"sit:{name}", "session_opened", organ.where, {"organ": name}, {"session": "its name"})
    for session in state.sitting.values():
        yield Move(f"attendance:{session}", "attendance_recorded", "", {"session": session}, {"absent": "members"})


def _verifications(state: State, verifier: str | None) -> Iterator[Move]:
    for (clause, obligor), duty in state.duties.items():
        spec = state.law.clauses.get(clause)
        if spec is None or duty.state in FINAL or verifier not in {None, spec.verified.by}:
            continue
        fixed = {"clause": clause, "obligor": obligor}
        yield Move(f"measure:{clause}:{obligor}", "measured", spec.where, fixed, {"value": "what was measured"})
