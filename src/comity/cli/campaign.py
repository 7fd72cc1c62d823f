"""``comity rehearse --runs 100000``: a campaign on the command line, its progress, its JSON, its folder.

With ``--vary`` the same games are played at many settings: the experiment of ``comity analyse experiment``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any, Literal

from cyclopts import Parameter

from comity.cli.common import Common, print_json, show
from comity.kernel.errors import InputError
from comity.kernel.result import Result
from comity.model.institution import Institution
from comity.rehearsal.parts.workers.playing import Workers

Progress = Callable[[int, int, str], None]


@Parameter(name="*")
@dataclass(frozen=True)
class Many:
    """Options of many games."""

    runs: Annotated[int | None, Parameter(help="How many games (1); more than one make a campaign.")] = None
    workers: Annotated[int, Parameter(help="How many play at once on this machine.")] = 1
    cluster: Annotated[str, Parameter(help="A Dask scheduler whose workers play instead: tcp://host:8786.")] = ""
    to: Annotated[Path | None, Parameter(help="A folder that keeps a game by rounds, a campaign by blocks.")] = None
    discount: Annotated[str | None, Parameter(help="The yearly rate at which money is discounted (3/100).")] = None
    forgets: Annotated[str | None, Parameter(help="The share of what it has seen that a member forgets (0).")] = None
    path: Annotated[
        Literal["any", "compiled", "law"] | None,
        Parameter(help="Compiled games, the law engine, or any: compiled ones where they can be (any)."),
    ] = None
    vary: Annotated[
        list[str] | None,
        Parameter(
            help="A part that is varied: clauses.NAME.reward.amount='0..500 million USD 2024', "
            "shocks.absent.USA=0..1/2, terms.periods=1..8, players.USA='grim|hold_out'.",
            consume_multiple=True,
            negative=(),
        ),
    ] = None
    instead: Annotated[
        list[str] | None,
        Parameter(
            help="Another setting, compared run by run: clauses.NAME.reward=none.", consume_multiple=True, negative=()
        ),
    ] = None
    design: Annotated[
        Literal["grid", "latin_hypercube", "sobol"] | None,
        Parameter(help="How settings are laid out; a grid for one or two parts, Sobol for more."),
    ] = None
    points: Annotated[int | None, Parameter(help="Levels of each part of a grid (9), or points of a design.")] = None
    outcome: Annotated[str | None, Parameter(help="What findings and charts of --vary are about (worth).")] = None

    @property
    def given(self) -> dict[str, Any]:
        """What a campaign follows from, as far as it was said."""
        names = ("runs", "discount", "forgets", "path")
        return {name: value for name in names if (value := getattr(self, name)) is not None}

    @property
    def experiment(self) -> dict[str, Any]:
        """What an experiment follows from, as far as it was said."""
        names = ("vary", "instead", "design", "points", "outcome")
        return {name: value for name in names if (value := getattr(self, name)) is not None}

    @property
    def hands(self) -> Workers:
        """Who plays."""
        return Workers(self.workers, self.cluster)


def resumed(folder: Path, law: Institution | None, many: Many, given: Mapping[str, Any], **told: Any) -> Result:
    """A campaign taken up again in its folder; what was said beside must be what the folder says.

    Raises:
        InputError: where an option contradicts the folder, or does not belong to a campaign.
    """
    from comity.study.campaign import resume, saved

    if many.experiment or many.to is not None:
        what = f"The campaign goes on in {folder}; --to and --vary are too much."
        raise InputError(what, mend="Leave them out.")
    head = saved(folder)
    held = {name: getattr(head.asked, name) for name in many.given}
    agreed(folder, head.problem, {**given, **many.given}, held)
    return resume(folder, law, workers=many.hands, **told)


def agreed(place: Path, problem: Any, given: Mapping[str, Any], held: Mapping[str, Any]) -> None:
    """Whether what was said is what is saved.

    Args:
        place: where it is saved.
        problem: the problem there.
        given: what was said, by the name of its option.
        held: what is saved beside the problem.

    Raises:
        InputError: where an option contradicts what is saved.
    """
    from comity.kernel.quantity import Duration, Money, exact
    from comity.rehearsal.game import shock
    from comity.rehearsal.parts.game.conduct import conduct, shown
    from comity.rehearsal.parts.game.problem import Shock
    from comity.rehearsal.parts.game.setting_up import player

    known: dict[str, Any] = {
        "every": problem.every, "reward": problem.terms.reward, "fallback": problem.fallback, "on": problem.start,
        "shock": problem.shocks, **held,
    }  # fmt: skip
    read: dict[str, Callable[[Any], Any]] = {
        "every": Duration.parse, "reward": Money.parse, "fallback": player, "discount": exact, "forgets": exact,
        "conduct": conduct,
        "shock": lambda each: tuple(Shock.model_validate(shock(one)) for one in each),
    }  # fmt: skip
    for name, value in given.items():
        if name == "players":
            odd = {each: said for each, said in value.items() if player(said) != problem.players.get(each)}
            for each, said in odd.items():
                _contradicted(place, f"--players {each}={said}", problem.players.get(each))
            continue
        saved: Any = known[name] if name in known else getattr(problem, name)
        if read.get(name, lambda each: each)(value) != saved:
            if name == "conduct":
                _contradicted(place, f"--conduct {value}", shown(saved) or "nothing of the kind")
            shocks = name == "shock"
            said = f"--shock {' --shock '.join(value)}" if shocks else f"--{name} {value}"
            _contradicted(place, said, (f"{len(saved)} shocks" if shocks else saved))


def _contradicted(place: Path, said: str, saved: Any) -> None:
    shown = str(saved) if isinstance(saved, Fraction) or not hasattr(saved, "kind") else saved.kind
    what = f"{said} contradicts what {place} goes on with: {shown}."
    raise InputError(what, mend="Leave it out, or begin anew.")


def print_campaign(result: Result, common: Common, many: Many, *, seconds: float, folder: Path | None) -> None:
    """Print a campaign; in JSON with who played and how long it took, outside its digest.

    An interrupted one exits with 130.
    """
    who = "threads" if result.values["path"] == "compiled" else "processes"
    hands = Workers(many.workers, many.cluster, threads=who == "threads").told
    if common.json:
        print_json({**result.as_json(), "seconds": round(seconds, 3), "played_by": hands.en})
    else:
        show(result, common)
        print(f"{result.values['runs']:,} runs in {seconds:.1f} s by {hands.en}.", file=sys.stderr)
    if result.values.get("ended") == "interrupted":
        hint = f"Go on: comity rehearse --resume {folder}" if folder else "Keep the blocks next time: --to FOLDER."
        print(f"Interrupted after {result.values['runs']:,} runs. {hint}", file=sys.stderr)
        raise SystemExit(130)
