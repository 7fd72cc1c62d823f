"""Verifying documents: that they are what their digests say, and that the charter is there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from comity.kernel.canonical import digest
from comity.kernel.result import Text
from comity.operation.faults import Fault
from comity.operation.seals import Opened
from comity.operation.store import Reading


def documents(said: Opened, view: Reading) -> Iterator[Fault]:
    """Documents that are not those of their digest, found at the entry that names it; a charter that is not there.

    Args:
        said: the entries as they were read.
        view: the register.
    """
    named = dict[str, int]()
    for number, held in enumerate(said.entries):
        event: Any = held.signed.statement.event if held else {}
        for name in {"digest", "document"} & set(event):
            named.setdefault(str(event[name]), number)
    laid = dict[str, str]()
    for sha256, _, content in view.documents():
        laid[sha256] = digest(content)
        if laid[sha256] != sha256:
            says = Text(f"the document {sha256[:16]}... has other content", f"文件{sha256[:16]}……的内容已被改动")
            yield Fault(named.get(sha256, -1), "document", says)
    if said.founded is not None and said.founded.document and said.founded.document not in laid:
        yield Fault(0, "document", Text("the charter's text is not there", "章程文本缺失"))
