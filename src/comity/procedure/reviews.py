"""Peer reviews: scheduled, held or not, recommendations, non-cooperation.

**Source**: Human Rights Council resolution 5/1, annex, paragraphs 14 to 38.
"""

from __future__ import annotations

from comity.model.event.reviews import (
    ImplementationReported,
    NonCooperationFound,
    RecommendationAnswered,
    RecommendationMade,
    ReportSubmitted,
    ReviewOpened,
    ReviewRescheduled,
    ReviewScheduled,
)
from comity.procedure.changing import beyond, irregular, told, void
from comity.procedure.state import Changed, Review, State
from comity.procedure.values import replace

ANNEX = "Human Rights Council resolution 5/1, annex"


def scheduled(state: State, event: ReviewScheduled) -> Changed:
    """A member is scheduled for review."""
    if event.review in state.reviews:
        return void(state, f"there is a review '{event.review}' already", f"已有审议“{event.review}”")
    if event.state not in state.members:
        return beyond(state, f"{event.state} is not under review here", f"{event.state}不在审议范围内", ANNEX)
    return _kept(state, event.review, Review(event.state, event.session, cycle=event.cycle, day=event.day))


def reported(state: State, event: ReportSubmitted) -> Changed:
    """A report; the national report is for the state under review alone."""
    review = state.reviews.get(event.review)
    if review is None:
        return _unknown(state, event.review)
    if event.report == "national" and event.member != review.state:
        return beyond(
            state,
            f"the national report is for {review.state} to submit",
            f"国家报告应由{review.state}提交",
            f"{ANNEX}, paragraph 15",
        )
    return _kept(state, event.review, replace(review, reports=(*review.reports, event.report)))


def opened(state: State, event: ReviewOpened) -> Changed:
    """The review is held where the state under review is there; without it, it cannot proceed."""
    review = state.reviews.get(event.review)
    if review is None:
        return _unknown(state, event.review)
    if event.state_present is None:
        return state, (told(event.review, "review", "unknown", event.on, article=ANNEX),), ()
    word = "held" if event.state_present else "not_held"
    kept = replace(state, reviews=state.reviews.set(event.review, replace(review, status=word, day=event.on)))
    facts = {
        "state": review.state,
        "national_report": "national" in review.reports,
        "membership": "unchanged" if review.state in state.members else "no member",
        "sanction": "none is provided for",
    }
    return kept, (told(event.review, "review", word, event.on, article=ANNEX, facts=facts),), ()


def rescheduled(state: State, event: ReviewRescheduled) -> Changed:
    """The review is put off; until somebody reports what happened there, its outcome is unknown."""
    review = state.reviews.get(event.review)
    if review is None:
        return _unknown(state, event.review)
    changed = replace(review, status="rescheduled", session=event.session, day=event.day)
    kept = replace(state, reviews=state.reviews.set(event.review, changed))
    facts = {"session": event.session, "or_earlier": event.or_earlier, "outcome": "unknown"}
    return kept, (told(event.review, "review", "rescheduled", event.on, article=ANNEX, facts=facts),), ()


def recommended(state: State, event: RecommendationMade) -> Changed:
    """Any state may recommend, once the review is held."""
    review = state.reviews.get(event.review)
    if review is None:
        return _unknown(state, event.review)
    if event.member == review.state:
        return beyond(state, f"{review.state} cannot recommend to itself", f"{review.state}不能向自己提出建议", ANNEX)
    made = review.recommendations.set(event.recommendation, (event.member or event.by, "", ""))
    changed, told_, _ = _kept(state, event.review, replace(review, recommendations=made))
    late = () if review.status == "held" else (irregular(ANNEX, "the review was not held", "审议尚未进行"),)
    return changed, told_, late


def answered(state: State, event: RecommendationAnswered) -> Changed:
    """The state under review supports or notes: nobody else can answer for it."""
    return _recommendation(state, event, event.answer, None)


def implemented(state: State, event: ImplementationReported) -> Changed:
    """What became of a recommendation that was supported."""
    return _recommendation(state, event, None, event.status)


def _recommendation(
    state: State,
    event: RecommendationAnswered | ImplementationReported,
    answer: str | None,
    status: str | None,
) -> Changed:
    review = state.reviews.get(event.review)
    if review is None:
        return _unknown(state, event.review)
    if event.recommendation not in review.recommendations:
        return void(state, f"there is no recommendation '{event.recommendation}'", f"没有建议“{event.recommendation}”")
    by, answered_, became = review.recommendations[event.recommendation]
    if answer is not None and event.member != review.state:
        return beyond(state, f"only {review.state} can answer", f"只有{review.state}可以答复", f"{ANNEX}, paragraph 32")
    if status is not None and answered_ != "supported":
        return beyond(
            state, f"{event.recommendation} was not supported", f"{event.recommendation}未获支持", f"{ANNEX}, 32 to 34"
        )
    told_ = (by, answer or answered_, status or became)
    changed = replace(review, recommendations=review.recommendations.set(event.recommendation, told_))
    return _kept(state, event.review, changed)


def not_cooperating(state: State, event: NonCooperationFound) -> Changed:
    """A finding of its own. Persistent non-cooperation is for the Council to address, after all efforts."""
    review = state.reviews.get(event.review)
    if review is None:
        return _unknown(state, event.review)
    word = "persistent" if event.persistent else "found"
    flags = ()
    if event.persistent and not review.non_cooperation:
        flags = (
            irregular(
                f"{ANNEX}, paragraph 38",
                "persistent non-cooperation is found only after all efforts to encourage cooperation",
                "须在用尽一切鼓励合作的努力之后，方可认定长期不合作",
            ),
        )
    kept = replace(state, reviews=state.reviews.set(event.review, replace(review, non_cooperation=word)))
    facts = {"state": review.state, "sanction": "none is provided for", "by": event.question}
    found = told(
        event.review, "review", f"non_cooperation_{word}", event.on, article=f"{ANNEX}, paragraph 38", facts=facts
    )
    return kept, (found,), flags


def _kept(state: State, name: str, review: Review) -> Changed:
    return replace(state, reviews=state.reviews.set(name, review)), (), ()


def _unknown(state: State, name: str) -> Changed:
    return void(state, f"there is no review '{name}'", f"没有名为“{name}”的审议")
