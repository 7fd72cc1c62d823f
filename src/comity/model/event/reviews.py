"""Events of a peer review such as the Universal Periodic Review (Human Rights Council resolution 5/1, annex)."""

from __future__ import annotations

from typing import Literal

from comity.kernel.quantity import Day
from comity.model.event.act import Act, Code, Codes, Label


class ReviewScheduled(Act):
    """A state is scheduled for review."""

    kind: Literal["review_scheduled"] = "review_scheduled"
    """The kind of event."""
    review: Label
    """The name of the review."""
    state: Code
    """The state under review."""
    session: Label
    """The session in which it is to be held."""
    day: Day | None = None
    """The day for which it is scheduled."""
    cycle: int | None = None
    """The cycle."""


class ReportSubmitted(Act):
    """The state under review, or the secretariat for it, submits a report."""

    kind: Literal["report_submitted"] = "report_submitted"
    """The kind of event."""
    review: Label
    """The review."""
    report: Literal["national", "compilation", "stakeholders"] = "national"
    """Which report."""


class ReviewOpened(Act):
    """The review is called: it can proceed only where the state under review is there."""

    kind: Literal["review_opened"] = "review_opened"
    """The kind of event."""
    review: Label
    """The review."""
    state_present: bool | None = None
    """Whether the state under review is there; nothing (null, or left out) is unknown, and is not absence."""
    speakers: Codes = ()
    """Members that spoke."""


class ReviewRescheduled(Act):
    """The review is put off to another session."""

    kind: Literal["review_rescheduled"] = "review_rescheduled"
    """The kind of event."""
    review: Label
    """The review."""
    session: Label
    """The new session."""
    day: Day | None = None
    """The new day."""
    or_earlier: bool = False
    """Whether it may be held earlier where the state comes back."""


class RecommendationMade(Act):
    """A member recommends something to the state under review."""

    kind: Literal["recommendation_made"] = "recommendation_made"
    """The kind of event."""
    review: Label
    """The review."""
    recommendation: Label
    """Its name."""
    says: str = ""
    """Its words."""


class RecommendationAnswered(Act):
    """The state under review supports or notes a recommendation; there is no third answer."""

    kind: Literal["recommendation_answered"] = "recommendation_answered"
    """The kind of event."""
    review: Label
    """The review."""
    recommendation: Label
    """The recommendation."""
    answer: Literal["supported", "noted"]
    """The answer."""


class ImplementationReported(Act):
    """What became of a supported recommendation."""

    kind: Literal["implementation_reported"] = "implementation_reported"
    """The kind of event."""
    review: Label
    """The review."""
    recommendation: Label
    """The recommendation."""
    status: Literal["implemented", "partly_implemented", "not_implemented"]
    """What became of it."""


class NonCooperationFound(Act):
    """The body finds that a state does not cooperate: a finding of its own, which no sanction follows by itself."""

    kind: Literal["non_cooperation_found"] = "non_cooperation_found"
    """The kind of event."""
    review: Label
    """The review."""
    persistent: bool = False
    """Whether it is found to be persistent, after all efforts to encourage cooperation."""
    question: Label | None = None
    """The decision by which it was found."""


REVIEW_EVENTS = (
    ReviewScheduled,
    ReportSubmitted,
    ReviewOpened,
    ReviewRescheduled,
    RecommendationMade,
    RecommendationAnswered,
    ImplementationReported,
    NonCooperationFound,
)
