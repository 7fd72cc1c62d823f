"""A data source: what to ask an outside service for, and how to read its answers. It never opens a connection."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import ClassVar

from comity.kernel.family import Family, Spec


@dataclass(frozen=True)
class Request:
    """One question to the service.

    Attributes:
        url: the whole address.
        indicator: the indicator it asks for, by our name.
        name: a short name of the request, from which a file name can be made.
    """

    url: str
    indicator: str
    name: str


@dataclass(frozen=True)
class Observation:
    """One figure as the service gives it.

    Attributes:
        iso3: the code that the service uses; aggregates have codes that no state has.
        indicator: our name of the indicator.
        year: the year it is about.
        value: the figure.
        unit: our unit.
        status: ``reported`` or ``derived``.
        licence: under which the service gives it.
    """

    iso3: str
    indicator: str
    year: int
    value: float
    unit: str
    status: str
    licence: str


@dataclass(frozen=True)
class Answer:
    """What one answer of the service says.

    Attributes:
        observations: the figures in it.
        following: further requests that the answer makes necessary (its other pages).
        edition: the edition of the data, as the service names it; pages of one edition belong together.
    """

    observations: tuple[Observation, ...] = ()
    following: tuple[Request, ...] = ()
    edition: str = ""


class Refused(ValueError):
    """The service answered in its documented form that it will not give these data."""


class Unreadable(ValueError):
    """The answer has not the documented form: cut off on its way, or a page of a server in trouble."""


class Source(Spec):
    """An outside service of figures. Its fields are the options of a refresh."""

    title: ClassVar[str]
    """The name that stands in the ``source`` column."""
    attribution: ClassVar[str]
    """The line its licence asks for."""

    @abstractmethod
    def requests(self) -> list[Request]:
        """The first request for every indicator asked for.

        Raises:
            UnknownName: where the service has no such indicator.
        """
        raise NotImplementedError

    @abstractmethod
    def read(self, content: bytes, request: Request) -> Answer:
        """What the answer to a request says.

        Raises:
            Refused: where the service says in its documented form that it will not answer.
            Unreadable: where the answer has not the documented form.
        """
        raise NotImplementedError

    def derived(self, observations: Sequence[Observation]) -> list[Observation]:
        """Figures that follow from those of the service; none by default."""
        del observations
        return []

    @abstractmethod
    def covers(self, indicator: str, year: int, given: Collection[str]) -> bool:
        """Whether a figure of this indicator and year would come again if the service still had it.

        Args:
            indicator: our name of the indicator.
            year: the year.
            given: the indicators that the service did give this time.
        """
        raise NotImplementedError


SOURCES: Family[Source] = Family("data source", Source, ("comity.sources",), "comity.sources")
