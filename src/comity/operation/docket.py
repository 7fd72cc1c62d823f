"""The docket: evidence, verifications, scores, disputes, corrections and issued texts, as they stand."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field, replace
from fractions import Fraction

from immutables import Map

from comity.kernel.errors import InputError, UnknownName
from comity.model.event.act import Act
from comity.operation import acts
from comity.operation.refusing import Conflict, NotAllowed
from comity.operation.roll import OFFICE
from comity.procedure import State

MEANS = {"consultation", "good_offices", "conciliation", "panel", "appeal", "arbitration", "court"}
"""The means of settlement; a dispute is settled, withdrawn or decided once."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """A dispute as it stands.

    Attributes:
        complainant: who brought it.
        respondent: against whom.
        clause: the clause it is about; empty where it is about none.
        steps: every step with the number of its entry, the last one last; ``decided`` after an award.
        comply_by: the end of the time for compliance that an award set.
    """

    complainant: str
    respondent: str
    clause: str = ""
    steps: tuple[tuple[str, int], ...] = ()
    comply_by: datetime.date | None = None

    @property
    def open(self) -> bool:
        """Whether it is neither settled nor withdrawn nor decided."""
        return self.steps[-1][0] in MEANS | {"brought"}


@dataclass(frozen=True, slots=True)
class Docket:
    """What is before the register, apart from the law.

    Attributes:
        evidence: each piece by its name: the number of its entry and its digest.
        verifications: the newest finding on each clause and obligor: finding and number.
        scores: the newest version of each judgement, by commitment, member and assessor: version, score, number.
        disputes: each dispute by its name.
        corrections: the corrections of each entry, by number.
        texts: the newest issue of each text, by instrument and language: digest and number.
        rates: the newest rate of each pair of currencies: rate, day, number.
    """

    evidence: Map[str, tuple[int, str]] = field(default_factory=Map[str, tuple[int, str]])
    verifications: Map[tuple[str, str], tuple[str, int]] = field(default_factory=Map[tuple[str, str], tuple[str, int]])
    scores: Map[tuple[str, str, str], tuple[int, int, int]] = field(
        default_factory=Map[tuple[str, str, str], tuple[int, int, int]]
    )
    disputes: Map[str, Dispute] = field(default_factory=Map[str, Dispute])
    corrections: Map[int, tuple[int, ...]] = field(default_factory=Map[int, tuple[int, ...]])
    texts: Map[tuple[str, str], tuple[str, int]] = field(default_factory=Map[tuple[str, str], tuple[str, int]])
    rates: Map[tuple[str, str], tuple[Fraction, datetime.date, int]] = field(
        default_factory=Map[tuple[str, str], tuple[Fraction, datetime.date, int]]
    )


def entered(docket: Docket, act: Act, number: int, state: State) -> Docket:
    """The docket after an act; unchanged where it is none of the docket's.

    Args:
        docket: the docket before.
        act: the act.
        number: the number of its entry.
        state: the institution as it stands.

    Raises:
        UnknownName: for evidence, clauses, disputes that are not there.
        NotAllowed: for an obligor that verifies or scores itself, a correction of what another seat said.
        Conflict: for a name given twice, a version out of order, a dispute that has ended.
    """
    match act:
        case acts.EvidenceSubmitted():
            docket = _evidence(docket, act, number, state)
        case acts.VerificationMade():
            docket = _verification(docket, act, number, state)
        case acts.ScoreGiven():
            docket = _score(docket, act, number)
        case acts.CorrectionMade():
            docket = _corrected(docket, act, number)
        case acts.DisputeBrought():
            docket = _brought(docket, act, number, state)
        case acts.DisputeMoved() | acts.AwardMade():
            docket = _moved(docket, act, number)
        case acts.TextIssued():
            docket = replace(docket, texts=docket.texts.set((act.instrument, act.lang), (act.digest, number)))
        case acts.RateQuoted():
            _office(act, "quote rates")
            docket = replace(docket, rates=docket.rates.set((act.base, act.quote), (act.rate, act.of, number)))
        case _:
            pass
    return docket


def _office(act: Act, what: str) -> None:
    if act.by not in OFFICE:
        raise NotAllowed(f"{act.by} cannot {what}.", mend="The secretariat or the chair does.")


def _clause(state: State, clause: str | None) -> None:
    if clause is not None and clause not in state.law.clauses:
        raise UnknownName("clause", clause, sorted(state.law.clauses))


def _laid(docket: Docket, names: tuple[str, ...]) -> None:
    for name in names:
        if name not in docket.evidence:
            raise UnknownName("evidence", name, sorted(docket.evidence), mend="Submit it first.")


def _evidence(docket: Docket, act: acts.EvidenceSubmitted, number: int, state: State) -> Docket:
    _clause(state, act.clause)
    if act.evidence in docket.evidence:
        raise Conflict(
            f"Evidence {act.evidence} was submitted in entry {docket.evidence[act.evidence][0]}.",
            mend="Give a new file a new name; what is wrong is corrected with correction_made.",
        )
    _period(act.since, act.until)
    return replace(docket, evidence=docket.evidence.set(act.evidence, (number, act.digest)))


def _period(since: datetime.date | None, until: datetime.date | None) -> None:
    if since and until and until < since:
        raise InputError(f"The period ends on {until}, before it begins on {since}.", mend="Exchange the two days.")


def _verification(docket: Docket, act: acts.VerificationMade, number: int, state: State) -> Docket:
    _clause(state, act.clause)
    _laid(docket, act.evidence)
    _period(act.since, act.until)
    if act.by == f"member:{act.obligor}":
        raise NotAllowed(f"{act.obligor} cannot verify its own obligation.", mend="A verifier is not the obligor.")
    if (act.clause, act.obligor) not in state.duties:
        bound = sorted(member for clause, member in state.duties if clause == act.clause)
        raise UnknownName(f"obligor of {act.clause}", act.obligor, bound)
    found = docket.verifications.set((act.clause, act.obligor), (act.finding, number))
    return replace(docket, verifications=found)


def _score(docket: Docket, act: acts.ScoreGiven, number: int) -> Docket:
    _laid(docket, act.evidence)
    _period(act.since, act.until)
    if act.by == f"member:{act.assessed}":
        raise NotAllowed(f"{act.assessed} cannot score itself.", mend="Scores come from others.")
    key = (act.commitment, act.assessed, act.assessor)
    before = docket.scores[key][0] if key in docket.scores else 0
    if act.version != before + 1:
        raise Conflict(
            f"{act.assessor}'s judgement of {act.assessed} on {act.commitment}"
            f" has version {before}, not {act.version - 1}.",
            mend=f"Give version {before + 1}; earlier ones stay on record.",
        )
    return replace(docket, scores=docket.scores.set(key, (act.version, act.score, number)))


def _corrected(docket: Docket, act: acts.CorrectionMade, number: int) -> Docket:
    if act.entry >= number:
        raise Conflict(f"Entry {act.entry} is not there yet.", mend=f"The last one is {number - 1}.")
    held = docket.corrections.get(act.entry, ())
    return replace(docket, corrections=docket.corrections.set(act.entry, (*held, number)))


def _brought(docket: Docket, act: acts.DisputeBrought, number: int, state: State) -> Docket:
    _clause(state, act.clause)
    if act.dispute in docket.disputes:
        raise Conflict(f"There is a dispute {act.dispute}.", mend="Give this one another name.")
    if act.member is None or act.member == act.against:
        raise NotAllowed("A dispute is brought by one member against another.")
    made = Dispute(act.member, act.against, act.clause or "", (("brought", number),))
    return replace(docket, disputes=docket.disputes.set(act.dispute, made))


def _moved(docket: Docket, act: acts.DisputeMoved | acts.AwardMade, number: int) -> Docket:
    held = docket.disputes.get(act.dispute)
    if held is None:
        raise UnknownName("dispute", act.dispute, sorted(docket.disputes))
    if not held.open:
        raise Conflict(f"The dispute {act.dispute} ended: {held.steps[-1][0]}, entry {held.steps[-1][1]}.")
    if isinstance(act, acts.AwardMade):
        if act.member in {held.complainant, held.respondent}:
            raise NotAllowed(f"{act.member} cannot decide its own dispute.")
        moved = replace(held, steps=(*held.steps, ("decided", number)), comply_by=act.comply_by)
    else:
        if act.member not in {held.complainant, held.respondent}:
            _office(act, "move a dispute of others")
        moved = replace(held, steps=(*held.steps, (act.step, number)))
    return replace(docket, disputes=docket.disputes.set(act.dispute, moved))
