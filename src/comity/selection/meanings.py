"""What "hard power" may mean: for each criterion of a charter, the other figures that could measure it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from comity.kernel.errors import InputError
from comity.kernel.result import Text
from comity.model.admission import Admission, Criterion
from comity.model.panel import Panel

ALTERNATIVES: Mapping[str, tuple[str, ...]] = {
    "gdp_usd": ("gdp_ppp",),
    "gdp_ppp": ("gdp_usd",),
    "net_energy_exports_pj": ("net_energy_exports_pj:zero", "net_energy_exports_pj:negative", "energy_use_pj"),
    "internet_users": ("fixed_broadband",),
    "military_expenditure_usd": ("military_personnel", "military_reach", "reach", "cinc"),
}
"""Other figures for a figure; ``figure:deficit`` where it can be negative. What the figures do not hold is skipped."""
MOST = 200
"""Definitions that one table holds."""


def choices(admission: Admission, panel: Panel, own: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """For each criterion its keys, the charter's first; a key is ``figure`` or ``figure:deficit``.

    Args:
        admission: the way of admission.
        panel: the figures.
        own: the user's alternatives by criterion, in place of the house's.

    Raises:
        InputError: for an unknown criterion, or more definitions than a table holds.
        UnknownName: for an indicator that the user names and the figures do not hold.
    """
    for criterion in own:
        if criterion not in admission.criteria:
            known = ", ".join(admission.criteria)
            raise InputError(f"There is no criterion '{criterion}'.", mend=f"The criteria are {known}.")
    found: dict[str, tuple[str, ...]] = {}
    for name, criterion in admission.criteria.items():
        first = key_of(criterion)
        if name in own:
            others = own[name]
            for key in others:
                panel.indicator(key.partition(":")[0])
        else:
            others = tuple(key for key in ALTERNATIVES.get(criterion.figure, ()) if _usable(key, admission, panel))
        found[name] = tuple(dict.fromkeys((first, *others)))
    many = 1
    for keys in found.values():
        many *= len(keys)
    if many > MOST:
        raise InputError(f"These alternatives make {many} definitions, more than {MOST}.", mend="Name fewer.")
    return found


def _usable(key: str, admission: Admission, panel: Panel) -> bool:
    figure, _, deficit = key.partition(":")
    if figure not in panel.indicators:
        return False
    indicator = panel.indicators[figure]
    summed = indicator.nature == "amount" or admission.scale != "share_of_world"
    return summed and (not indicator.signed or bool(deficit))


def key_of(criterion: Criterion) -> str:
    """The key of a criterion: its figure, and how a deficit counts where that is declared."""
    return f"{criterion.figure}:{criterion.deficit}" if criterion.deficit else criterion.figure


def title_of_key(key: str, panel: Panel) -> Text:
    """The words for a key."""
    figure, _, deficit = key.partition(":")
    title = panel.indicator(figure).title
    if deficit == "zero":
        return Text(f"{title.en}, deficits as nought", f"{title.of('zh')}（逆差计为零）")
    if deficit == "negative":
        return Text(f"{title.en}, deficits count against", f"{title.of('zh')}（逆差计为负）")
    return title


def definitions(
    admission: Admission, keys: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[dict[str, str], Admission]]:
    """Every combination of keys, the charter's own first, with the admission it makes at equal weights."""
    for combination in product(*keys.values()):
        chosen = dict(zip(keys, combination, strict=True))
        criteria: dict[str, Criterion] = {}
        for name, key in chosen.items():
            figure, _, deficit = key.partition(":")
            fields = {"weight": "1", "figure": figure, "deficit": deficit or None}
            criteria[name] = Criterion.model_validate(fields)
        yield chosen, admission.model_copy(update={"criteria": criteria})
