"""``comity register verify | checkpoint | countersign``: what keeps a register honest."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from comity.cli.common import print_json, progress
from comity.cli.register.door import Door, folder, key, read_text, reading, say, write_out
from comity.kernel.result import Text


def verify(
    place: str,
    /,
    *,
    checkpoint: Annotated[list[Path] | None, Parameter(consume_multiple=True, negative=())] = None,
    only: Annotated[list[Literal["chain", "signatures", "law"]] | None, Parameter(negative=())] = None,
    workers: Annotated[int, Parameter(help="Processes among which signatures are divided.")] = 1,
    door: Door = Door(),
) -> None:
    """Say whether a register is what it was; exit code 0 honest, 1 not, 2 where it cannot be read.

    Bytes, tree and checkpoints; keys, signatures and order; and every ruling, made anew from the charter.

    Parameters
    ----------
    place
        The register.
    checkpoint
        Checkpoints that were kept elsewhere; without one a truncation cannot be seen.
    only
        Only this part: chain, signatures or law.
    """
    from comity.operation.faults import PARTS
    from comity.operation.verifying import verify as verified
    from comity.operation.words import verified_in_words

    held = [(str(path), read_text(path)) for path in checkpoint or ()]
    with progress() as tell:
        found = verified(place, checkpoints=held, only=only or PARTS, workers=workers, progress=tell)
    if door.json:
        print_json(found.as_json())
    else:
        say(verified_in_words(found), door)
    if not found.honest:
        raise SystemExit(1)


def checkpoint(
    place: str,
    /,
    *,
    to: Annotated[Path | None, Parameter(help="The file to write; standard output where absent.")] = None,
    door: Door = Door(),
) -> None:
    """Give the newest checkpoint: the register's size and root, signed; keep it apart from the register.

    Parameters
    ----------
    place
        The register.
    """
    with reading(place) as register:
        note = register.checkpoint()
    if door.json:
        print_json({"register": note.register, "size": note.size, "root": note.root, "note": note.text()})
    else:
        write_out(note.text(), to)


def countersign(
    place: str,
    /,
    *,
    seat: Annotated[str, Parameter(help="Who countersigns: member:JPN.")],
    since: Annotated[Path | None, Parameter(help="The seat's last checkpoint; the one beside its key.")] = None,
    door: Door = Door(),
) -> None:
    """Verify that the register continues the seat's last checkpoint, then countersign the newest.

    The countersigned note is kept in the register, and beside the seat's key, where the next countersigning finds it.

    Parameters
    ----------
    place
        The register.
    """
    from comity.operation.countersigning import countersign as signed
    from comity.operation.signing import file_of

    kept = folder(place, door) / f"{Path(file_of(seat)).stem}.checkpoint"
    last = since or (kept if kept.exists() else None)
    note = signed(place, key(seat, place, door), (str(last), read_text(last)) if last else None)
    write_out(note.text(), kept)
    if door.json:
        shown = str(last) if last else None
        print_json({"seat": seat, "size": note.size, "root": note.root, "continues": shown, "kept": str(kept)})
        return
    said = (
        Text(f"it continues {last}", f"与{last}衔接")
        if last
        else Text("there was none before to compare it with", "此前没有可供比对的检查点")
    )
    head = Text(
        f"{seat} has countersigned {note.size} entries; {said.en}; kept in {kept}",
        f"{seat}已副署{note.size}条记录；{said.zh}；存于{kept}",
    )
    say([("✓ ", head)], door)
