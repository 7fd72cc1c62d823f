"""``comity select`` and ``comity analyse``: one command for each analysis, its options taken from its class."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from fractions import Fraction
from types import UnionType
from typing import Annotated, Any, Union, cast, get_args, get_origin

from cyclopts import App, Parameter
from pydantic.fields import FieldInfo

from comity.cli.common import Common, codes, progress, show
from comity.kernel.result import Result
from comity.model.analysis import ANALYSES, Analysis
from comity.model.institution import Institution

HIDDEN = {"kind", "needs"}
_STAKES = (
    inspect.Parameter(
        "stakes",
        inspect.Parameter.KEYWORD_ONLY,
        default=None,
        annotation=Annotated[
            str | None, Parameter(help="A file of stakes, by name or path; the charter's own, else the shipped one.")
        ],
    ),
)


def command(spec: type[Analysis]) -> Callable[..., None]:
    """The command of an analysis: its charter, its options as the class documents them, and the common options."""
    kind = str(spec.model_fields["kind"].default)

    def ask(charter: str, /, **given: Any) -> None:
        common: Common = given.pop("common", Common())
        against = codes(given.pop("against", []))
        seed = int(given.pop("seed", 1))
        stakes = given.pop("stakes", None)
        given = {name: codes(value) if _listed(value) else value for name, value in given.items()}
        show(answer(kind, charter, common, against=against, seed=seed, stakes=stakes, options=given), common)

    fields = {name: field for name, field in spec.model_fields.items() if name not in HIDDEN}
    keyword = inspect.Parameter.KEYWORD_ONLY
    options = [
        inspect.Parameter(
            name,
            keyword,
            default=field.get_default(call_default_factory=True),
            annotation=Annotated[_plain(field.annotation), Parameter(**_shown(name, field))],
        )
        for name, field in fields.items()
    ]
    shared = [
        inspect.Parameter(
            "against",
            keyword,
            default=[],
            annotation=Annotated[
                list[str], Parameter(help="Charters to compare with.", consume_multiple=True, negative=())
            ],
        ),
        inspect.Parameter(
            "seed", keyword, default=1, annotation=Annotated[int, Parameter(help="The seed of random draws.")]
        ),
        *(_STAKES if spec.reads_stakes else ()),
        inspect.Parameter("common", keyword, default=Common(), annotation=Common),
    ]
    subject = inspect.Parameter(
        "charter",
        inspect.Parameter.POSITIONAL_ONLY,
        annotation=Annotated[str, Parameter(help="A charter, by name or path.")],
    )
    ask.__signature__ = inspect.Signature([subject, *options, *shared])
    ask.__annotations__ = {each.name: each.annotation for each in [subject, *options, *shared]}
    ask.__doc__ = inspect.cleandoc(spec.__doc__ or kind).split("\n\n")[0]
    ask.__name__ = kind.split(".")[1]
    return ask


def _plain(annotation: Any) -> Any:
    """The type without its limits, which the analysis itself states in its own words."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _plain(inner[0])
    if origin in {Union, UnionType}:
        return cast("Any", Union)[tuple(_plain(each) for each in inner)]
    if origin in {tuple, dict}:
        return cast("Any", origin)[tuple(each if each is ... else _plain(each) for each in inner)]
    return str if annotation is Fraction else annotation


def _shown(name: str, field: FieldInfo) -> dict[str, Any]:
    """How the command line shows an option: lists take several words, named parts are written with a dot."""
    told = field.description or ""
    named = get_origin(_plain(field.annotation)) is dict
    hint = f" Written --{name.replace('_', '-')}.NAME VALUE." if named else ""
    several = get_origin(_plain(field.annotation)) is tuple
    return {"help": f"{told}{hint}", "negative": (), "consume_multiple": several}


def _listed(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(each, str) for each in cast("list[Any]", value))


def answer(
    kind: str,
    charter: str,
    common: Common,
    *,
    against: tuple[str, ...],
    seed: int,
    stakes: str | None,
    options: dict[str, Any],
) -> Result:
    """The answer to one question of the command line."""
    from comity.library.figures import panel
    from comity.library.institutions import load
    from comity.study.ask import analysis, inputs, wanting

    institution = load(charter)
    kind, options = _possible(institution, kind, options)
    asked = analysis(kind, options)
    others = [load(each) for each in against]
    world = panel(figures=common.figures)
    with progress() as shown:
        given = inputs(institution, world, against=others, on=common.date, seed=seed, progress=shown)
        return asked.run(wanting(given, stakes) if asked.reads_stakes else given)


def _possible(institution: Institution, kind: str, options: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """An admission by conditions alone has no weights to draw: its question is the ranking."""
    variant = options.get("variant") or next(iter(institution.admission), None)
    admission = institution.admission.get(variant) if variant else None
    if kind != "selection.acceptability" or admission is None or admission.criteria:
        return kind, options
    known = ANALYSES.get("selection.ranking").model_fields
    return "selection.ranking", {name: value for name, value in options.items() if name in known}


analyse = App(name="analyse", help="Ask an institution one question.")
for _kind, _spec in ANALYSES.members().items():
    analyse.command(command(_spec), name=_kind.split(".")[1].replace("_", "-"))
select = command(ANALYSES.get("selection.acceptability"))
