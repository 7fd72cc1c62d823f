"""Specs and families: one class, one file; the file's presence is its registration.

A :class:`Spec` is what a user writes: frozen, closed to unknown fields, every field documented. A :class:`Family`
finds all Specs of one sort by scanning packages by name on first use, then the entry points of other distributions:
the only dynamic import in the house. pydantic and the JSON Schema take their union from it.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from importlib.metadata import entry_points
from typing import Any, ClassVar, Generic, TypeVar, cast

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, SerializerFunctionWrapHandler, model_serializer
from pydantic_core import CoreSchema, core_schema

from comity.kernel.errors import UnknownName


class Spec(BaseModel):
    """A value with a name in a file: frozen, closed, documented."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", use_attribute_docstrings=True, populate_by_name=True, defer_build=True
    )

    ADDED: ClassVar[frozenset[str]] = frozenset()
    """Fields that came after the first version of the format: where they say nothing they are left out of what is
    written, so that old digests stay what they were."""

    ALWAYS: ClassVar[frozenset[str]] = frozenset()
    """Fields of the first version that a parent class has come to name among those added."""

    @model_serializer(mode="wrap")
    def _said(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        said = cast("dict[str, Any]", write(self))
        fields = type(self).model_fields
        for name in {name for each in type(self).__mro__ for name in getattr(each, "ADDED", ())} - self.ALWAYS:
            if getattr(self, name) == fields[name].get_default(call_default_factory=True):
                said.pop(fields[name].alias or name, None)
                said.pop(name, None)
        return said


S = TypeVar("S", bound=Spec)


def kind_of(spec: type[Spec]) -> str | None:
    """The ``kind`` by which a file names this class, or None for an abstract one."""
    field = spec.model_fields.get("kind")
    return field.default if field is not None and isinstance(field.default, str) else None


class Family(Generic[S]):
    """All Specs of one sort.

    Args:
        word: what a member is called in messages (``"decision rule"``).
        root: the abstract class all members extend.
        packages: dotted names of the packages to scan, as text, so that no import points upwards.
        group: the entry-point group through which other distributions add members.

    Example:
        >>> from comity.model.rule import RULES
        >>> "majority" in RULES.members()
        True
    """

    def __init__(self, word: str, root: type[S], packages: Sequence[str], group: str) -> None:
        self.word = word
        self.root = root
        self.packages = tuple(packages)
        self.group = group
        self._members: dict[str, type[S]] | None = None

    def members(self) -> dict[str, type[S]]:
        """Every member by its kind, in alphabetical order."""
        if self._members is None:
            found: dict[str, type[S]] = {}
            for package in self.packages:
                for module in pkgutil.iter_modules(importlib.import_module(package).__path__):
                    self._collect(importlib.import_module(f"{package}.{module.name}"), found)
            for point in entry_points(group=self.group):
                loaded = point.load()
                found.setdefault(kind_of(loaded) or point.name, loaded)
            self._members = dict(sorted(found.items()))
        return self._members

    def _collect(self, module: Any, found: dict[str, type[S]]) -> None:
        for value in cast("dict[str, Any]", vars(module)).values():
            own = isinstance(value, type) and value.__module__ == module.__name__
            if own and issubclass(value, self.root) and (kind := kind_of(value)) is not None:
                found[kind] = value

    def get(self, kind: str) -> type[S]:
        """The class of this kind.

        Raises:
            UnknownName: with the nearest kinds that exist.
        """
        members = self.members()
        if kind not in members:
            raise UnknownName(self.word, kind, list(members))
        return members[kind]

    def __get_pydantic_core_schema__(self, _source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """The union of all members told apart by ``kind``, for fields annotated ``Annotated[Root, FAMILY]``."""
        choices = {kind: handler.generate_schema(member) for kind, member in self.members().items()}
        return core_schema.tagged_union_schema(choices, discriminator="kind")
