"""What states sell to each other: exports by the partners that the source prints."""

from __future__ import annotations

from comity.model.analysis import Inputs


def sales(inputs: Inputs) -> dict[tuple[str, str], float]:
    """Exports of goods and services by seller and buyer, millions of US dollars a year; a pair not printed has none.

    Raises:
        InputError: where the caller gave no figures.
    """
    from comity.library.ties import partners

    panel = inputs.figures()
    whole = dict(zip(panel.actors, panel.column("exports_usd"), strict=True))
    rows = partners().filter(partners()["direction"] == "export").select("iso3", "partner", "share").iter_rows()
    return {
        (seller, buyer): share / 100 * value / 1e6
        for seller, buyer, share in rows
        if (value := whole.get(seller)) is not None
    }
