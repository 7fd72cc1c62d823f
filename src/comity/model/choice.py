"""What a member chooses, what becomes of a proposal, and on what ground a member has no vote."""

from __future__ import annotations

from typing import Literal

Choice = Literal["yes", "no", "abstain", "not_participating", "absent", "objects"]
"""Five different things beside a yes: a no, an abstention, presence without taking part, absence, an objection."""
Outcome = Literal["adopted", "not_adopted", "no_quorum"]
"""What a rule says of a proposal."""
Ground = Literal["arrears", "party_to_dispute", "member_concerned", "suspended"]
"""Why a member has no vote: arrears (UN Charter, Article 19), its own dispute (27(3)), its own case, suspension."""
