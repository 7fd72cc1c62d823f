"""``comity vote``: who votes how, and what the rule says of it."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from comity.cli.common import Common, codes, show
from comity.kernel.errors import InputError

Members = Annotated[list[str], Parameter(negative=(), consume_multiple=True)]


def vote(  # noqa: PLR0913 - one option for each choice
    charter: str,
    /,
    *,
    matter: str | None = None,
    rule: str | None = None,
    yes: Members = [],
    no: Members = [],
    abstain: Members = [],
    absent: Members = [],
    not_participating: Members = [],
    objects: Members = [],
    others: str = "yes",
    excluded: Members = [],
    reading: str | None = None,
    common: Common = Common(),
) -> None:
    """How an institution decides on given votes: verdict, margin, who could flip it, who can block.

    Members are named by code or in any known spelling, one by one or joined by commas; those not named vote yes.

    Parameters
    ----------
    charter
        A charter, by name or path.
    matter
        What is decided, by its name in the charter; its first matter where absent.
    rule
        The rule that decides, in place of the matter.
    yes
        Members that vote yes.
    no
        Members that vote no.
    abstain
        Members that abstain.
    absent
        Members that are absent.
    not_participating
        Members that are present and take no part in the vote.
    objects
        Members that formally object.
    others
        What those not named choose: yes, no, abstain, absent, not_participating or objects.
    excluded
        Members without a vote and the ground: RUS=party_to_dispute (or arrears, member_concerned, suspended).
    reading
        The reading, where the rule has several; without it "adopted" is null where they disagree.
    """
    from comity.library.institutions import load
    from comity.study.vote import vote as counted

    result = counted(
        load(charter),
        matter,
        rule=rule,
        yes=codes(yes),
        no=codes(no),
        abstain=codes(abstain),
        absent=codes(absent),
        not_participating=codes(not_participating),
        objects=codes(objects),
        others=others,
        excluded=dict(_ground(each) for each in codes(excluded)),
        reading=reading,
        on=common.date,
    )
    show(result, common)


def _ground(text: str) -> tuple[str, str]:
    """A member and the ground on which it has no vote.

    Raises:
        InputError: where no ground is given.
    """
    member, mark, ground = text.partition("=")
    if not mark or not member or not ground:
        raise InputError(f"--excluded {text}: no ground is given.", mend="Write it as RUS=party_to_dispute.")
    return member.strip(), ground.strip()
