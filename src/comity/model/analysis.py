"""An analysis: everything a room can be asked, with its options, as one Spec with the verb ``run``."""

from __future__ import annotations

import datetime
from abc import abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from comity.kernel.errors import Cancelled, InputError
from comity.kernel.family import Family, Spec
from comity.kernel.result import Provenance, Result, Table
from comity.model.actor import Actors
from comity.model.grounds import Grounds
from comity.model.institution import Institution
from comity.model.panel import Panel

Progress = Callable[[int, int, str], None]


def _silent(_done: int, _total: int, _note: str) -> None:
    """No progress shown."""


def _never() -> bool:
    return False


@dataclass(frozen=True)
class Inputs:
    """What an analysis may read: nothing else reaches it.

    Attributes:
        institution: the institution asked about.
        against: institutions it is compared with.
        actors: the table of states, for names and checks.
        panel: the figures, where the caller has them.
        histories: panels of other years by year, for questions over time.
        stakes: what members want, with the figures and votes it follows from, where the caller has it.
        tables: tables of other analyses, by ``kind.table``, for those named in ``needs``.
        on: the date at which dated values are read.
        seed: the seed of every random draw.
        command: the command that reproduces the answer, for the provenance.
        version: the version of comity.
        progress: told ``(done, total, note)`` on long work.
        cancelled: asked between blocks of long work.
    """

    institution: Institution
    actors: Actors
    against: tuple[Institution, ...] = ()
    panel: Panel | None = None
    histories: Mapping[int, Panel] = field(default_factory=dict[int, Panel])
    stakes: Grounds | None = None
    tables: Mapping[str, Table] = field(default_factory=dict[str, Table])
    on: datetime.date | None = None
    seed: int = 1
    command: str = ""
    version: str = ""
    progress: Progress = _silent
    cancelled: Callable[[], bool] = _never

    @property
    def date(self) -> datetime.date:
        """The date asked for, else the day the charter describes."""
        return self.on or self.institution.as_of

    def figures(self) -> Panel:
        """The figures.

        Raises:
            InputError: where the caller gave none.
        """
        if self.panel is None:
            raise InputError("This analysis needs figures.", mend="Pass panel=comity.panel(year=...).")
        return self.panel

    def wanted(self) -> Grounds:
        """What members want.

        Raises:
            InputError: where the caller gave no stakes.
        """
        if self.stakes is None:
            raise InputError("This analysis needs stakes.", mend="Pass stakes=comity.stakes('mission').")
        return self.stakes

    def step(self, done: int, total: int, note: str) -> None:
        """Report progress, and stop where the user asked to.

        Raises:
            Cancelled: where the user interrupted.
        """
        self.progress(done, total, note)
        if self.cancelled():
            raise Cancelled

    def provenance(self, analysis: Analysis, *, random: bool = False) -> Provenance:
        """From what the answer was computed."""
        charters = (self.institution, *self.against)
        held = self.stakes if analysis.reads_stakes else None
        return Provenance(
            charters={each.name: each.digest for each in charters},
            stakes={} if held is None else {held.stakes.name: held.stakes.digest},
            figures=({} if self.panel is None else dict(self.panel.digests)) | (dict(held.digests) if held else {}),
            options=analysis.model_dump(mode="json", exclude={"kind"}, exclude_none=True),
            seed=self.seed if random else None,
            on=self.date.isoformat(),
            version=self.version,
            command=self.command,
        )


class Analysis(Spec):
    """A question that a room answers. Members live in their room, one file each."""

    needs: tuple[str, ...] = ()
    """Tables of other analyses it reads, as ``kind.table``."""
    reads_stakes: ClassVar[bool] = False
    """Whether it asks what members want."""

    @abstractmethod
    def run(self, inputs: Inputs) -> Result:
        """Answer the question from the inputs alone."""
        raise NotImplementedError


ANALYSES: Family[Analysis] = Family(
    "analysis",
    Analysis,
    ("comity.selection", "comity.analysis", "comity.rehearsal", "comity.observation"),
    "comity.analyses",
)
