"""A folder that keeps a game as it is played: the frozen problem apart, and the rows of every round as they come.

Each table is a folder of Parquet files, one a round that has rows of it: ``polars.read_parquet("decisions/*.parquet")``
reads the whole. A file is there whole or not at all, so that an interrupted game leaves rounds that can be read.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from comity.kernel.canonical import dumps, plain
from comity.kernel.errors import DestinationError, InputError
from comity.kernel.result import Text
from comity.rehearsal.parts.game.ledger import Ledger, Row
from comity.rehearsal.parts.game.log import header
from comity.rehearsal.parts.game.play import Play
from comity.rehearsal.parts.game.problem import Problem
from comity.rehearsal.parts.game.tables import tables
from comity.rehearsal.parts.workers.folder import whole

HEAD, LOG = "problem.json", "game.jsonl"
"""The files within the folder that are no table: the parameters, and the log."""


class Shelf:
    """The folder of one game.

    Args:
        folder: where it is kept; made where it is not there.
        problem: what is rehearsed.
        issues: the titles of issues.
        figures: the digests of the figures that contributions follow.

    Raises:
        InputError: where it holds another game.
        DestinationError: where it cannot be written.
    """

    def __init__(
        self, folder: Path, problem: Problem, issues: Mapping[str, Text], figures: Mapping[str, str] | None = None
    ) -> None:
        self.folder, self.issues, self.done = folder, issues, dict[str, int]()
        head = dumps(plain({**header(problem), "figures": dict(figures or {})}))
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if (folder / HEAD).exists():
                self._same(json.loads((folder / HEAD).read_text("utf-8")), json.loads(head))
            elif odd := sorted(each.name for each in folder.iterdir() if each.name != LOG):
                what = f"{folder} is not empty: it holds {', '.join(odd[:3])}."
                raise InputError(what, mend="Name an empty folder, or a new one.")
            else:
                whole(folder / HEAD, (head + "\n").encode())
        except OSError as error:
            raise DestinationError(f"{folder} cannot be written: {error.strerror}.", mend="Name another.") from None
        except ValueError:
            raise InputError(f"{folder} holds no game.", mend="Name an empty folder.") from None

    def _same(self, held: Mapping[str, Any], head: Mapping[str, Any]) -> None:
        if held != head:
            raise InputError(f"{self.folder} holds another game.", mend="Name an empty folder, or a new one.")

    def keep(self, game: Play) -> None:
        """The rows that the round just played has added to every table.

        Raises:
            DestinationError: where they cannot be written; what is there already is whole.
        """
        added = Ledger()
        for each in fields(Ledger):
            if isinstance(getattr(added, each.name), list):
                setattr(added, each.name, self._new(each.name, getattr(game.ledger, each.name)))
        try:
            for table in tables(replace(game, ledger=added), self.issues):
                if table.frame.height:
                    held = io.BytesIO()
                    table.frame.write_parquet(held)
                    (self.folder / table.name).mkdir(exist_ok=True)
                    whole(self.folder / table.name / f"{game.round:06d}.parquet", held.getvalue())
        except OSError as error:
            what = f"{self.folder} cannot be written further: {error.strerror}. The rounds in it are whole."
            raise DestinationError(what, mend="Make room, and play again.") from None

    def _new(self, name: str, rows: list[Row]) -> list[Row]:
        since, self.done[name] = self.done.get(name, 0), len(rows)
        return rows[since:]
