"""A folder of blocks that are done: an interrupted campaign is taken up from it, and no other's blocks are mixed in."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from comity.kernel.errors import DestinationError, InputError
from comity.rehearsal.parts.workers.blocks import Arrays, Job

if TYPE_CHECKING:
    from numpy.typing import NDArray

MANIFEST = "manifest.json"


class Folder:
    """Blocks on disk, each whole or not there at all.

    Args:
        path: where they are kept.
        plan: the digest of the plan they belong to.
        told: what the manifest says of it for a reader: runs, size of a block, problems.

    Raises:
        InputError: where the folder holds the blocks of another plan, or other files.
        DestinationError: where it cannot be written.
    """

    def __init__(self, path: Path, plan: str, told: Mapping[str, Any]) -> None:
        self.path = path
        manifest = path / MANIFEST
        try:
            path.mkdir(parents=True, exist_ok=True)
            if manifest.exists():
                self._same(manifest, plan)
                return
            if any(path.iterdir()):
                raise InputError(f"{path} holds other files.", mend="Name a new folder, or an empty one.")
            whole(manifest, json.dumps({"comity": 1, "plan": plan, **told}, indent=1).encode())
        except OSError as error:
            raise DestinationError(f"{path} cannot be used: {error.strerror}.", mend="Name another folder.") from None

    def _same(self, manifest: Path, plan: str) -> None:
        try:
            said: Any = json.loads(manifest.read_text(encoding="utf-8"))
            held = str(said["plan"])
        except (ValueError, KeyError, TypeError):
            raise InputError(f"{manifest} is no manifest of blocks.", mend="Name another folder.") from None
        if held != plan:
            what = f"{self.path} holds the blocks of another problem ({held[:12]}; this one is {plan[:12]})."
            raise InputError(what, mend="Name another folder, or ask with the charter, stakes and options of that day.")

    def __contains__(self, job: Job) -> bool:
        return self._file(job).exists()

    def read(self, job: Job) -> Arrays | None:
        """The figures of a block; None where its file is not there or not whole, so that it is played again."""
        import io

        import numpy as np

        try:
            with np.load(io.BytesIO(self._file(job).read_bytes()), allow_pickle=False) as held:
                found = {name: cast("NDArray[Any]", held[name]) for name in held.files}
        except (OSError, ValueError, EOFError, KeyError, zipfile.BadZipFile):
            return None
        return found if all(len(each) == job.count for each in found.values()) else None

    def keep(self, job: Job, arrays: Arrays) -> None:
        """Keep a block that is done.

        Raises:
            DestinationError: where it cannot be written; the blocks before it stay.
        """
        import io

        import numpy as np

        held = io.BytesIO()
        np.savez(held, allow_pickle=False, **dict(arrays))
        try:
            whole(self._file(job), held.getvalue())
        except OSError as error:
            what = f"{self.path} cannot be written further: {error.strerror}. The blocks in it are whole."
            raise DestinationError(what, mend="Make room, and ask again with the same folder.") from None

    def _file(self, job: Job) -> Path:
        return self.path / f"block-{job.number:08d}.npz"


def whole(file: Path, data: bytes) -> None:
    """Write a file under another name first, so that one of this name is always whole.

    Raises:
        OSError: where it cannot be written; nothing of it is left.
    """
    part = file.with_suffix(".part")
    try:
        part.write_bytes(data)
        part.replace(file)
    except OSError:
        part.unlink(missing_ok=True)
        raise
