"""The folder of an analysis: what an interrupted run has finished, and what is written at the end."""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from rapport.core.encoding import to_json
from rapport.core.errors import InputError

_UNFINISHED = ".unfinished"


class Folder:
    """A folder for results.

    Sections are kept under the hash of everything they come from, so that a run that is started
    again goes on where it stopped, and nothing of other data or another plan is taken up. The
    files of the result appear when all of it is done.
    """

    def __init__(self, out: Path, made_from: str) -> None:
        self.out = out
        self._kept = out / _UNFINISHED / made_from
        self.taken_up: list[str] = []

    def keep(self, name: str, kind: Any, make: Callable[[], Any]) -> Any:
        """A section: read where a run before has finished it, made and kept otherwise.

        Errors: InputError where the folder cannot be written to.
        """
        path = self._kept / f"{name}.json"
        if path.is_file():
            try:
                found = msgspec.json.decode(path.read_bytes(), type=kind)
            except msgspec.DecodeError:
                path.unlink()
            else:
                self.taken_up.append(name)
                return found
        made = make()
        self._write(path, to_json(made))
        # Read back, so that a resumed run and one at a stretch give the same bytes.
        return msgspec.json.decode(to_json(made), type=kind)

    def finish(self, files: Mapping[str, bytes]) -> None:
        """Write the files, each whole or not at all, and forget what was kept.

        Errors: InputError where the folder cannot be written to.
        """
        for name, data in files.items():
            self._write(self.out / name, data)
        shutil.rmtree(self.out / _UNFINISHED, ignore_errors=True)

    def _write(self, path: Path, data: bytes) -> None:
        draft = path.with_name(f"{path.name}.draft")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(data)
            draft.replace(path)
        except OSError as error:
            raise InputError(
                f"the folder cannot be written to: {error.strerror or 'it is no folder'}",
                where=str(path.parent),
                fix="name another folder with --out",
            ) from None
