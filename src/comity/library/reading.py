"""Reading a file that one class describes: with every problem of it at once, each at its line and column."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import TypeVar

from pydantic import ValidationError

from comity.charter.read import plain
from comity.kernel.document import Document, mapping, parse
from comity.kernel.errors import DocumentError, Problem
from comity.kernel.family import Spec
from comity.kernel.wording import explain
from comity.model.weights import Complaint

S = TypeVar("S", bound=Spec)


def read(
    text: str, file: str, root: type[S], law: Callable[[S], Iterable[Complaint]], *, what: str, mend: str
) -> tuple[S, Document]:
    """What a file says, and the document it was read from.

    Args:
        text: the content of the file, as YAML 1.2.
        file: its name, for messages.
        root: the class of the whole file.
        law: what contradicts itself or the world in a file of sound structure.
        what: what the file is, for one that has no named parts: ``file of stakes``.
        mend: how to mend that.

    Raises:
        DocumentError: with every problem of the file, each at its line and column.
    """
    document = parse(text, file)
    data = plain(document.data)
    if mapping(data) is None:
        wrong = document.problem((), f"is no {what}: it has named parts", mend)
        raise DocumentError(document.name, [*document.problems, wrong])
    found, problems = _validated(document, data, root)
    told = {problem.path for problem in problems}
    problems += [problem for problem in document.problems if problem.path not in told]
    if found is not None:
        problems += [document.problem(place, wrong, cure, "law") for place, wrong, cure in law(found)]
    if problems or found is None:
        raise DocumentError(document.name, problems)
    return found, document


def _validated(document: Document, data: object, root: type[S]) -> tuple[S | None, list[Problem]]:
    try:
        return root.model_validate_json(json.dumps(data), strict=True), []
    except ValidationError as error:
        return None, [explain(each, document, root)[1] for each in error.errors(include_url=False)]
