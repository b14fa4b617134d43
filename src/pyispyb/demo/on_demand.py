"""Files that are made when somebody first asks for them: merged data, models and maps of all runs are gigabytes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson
from fastapi import FastAPI

from ..errors import NotFound
from ..files.roots import FileRoots, Stored
from .processing.reflections import Reflections, write_reflections
from .structures.density import write_coefficients, write_phases
from .structures.models import write_model

ORDERS = "on-demand.json"
"""Lies in a folder and tells what can be made there."""
MAKERS: Mapping[str, Callable[..., None]] = {
    "merged": write_reflections,
    "coefficients": write_coefficients,
    "phases": write_phases,
    "model": write_model,
}


@dataclass(frozen=True)
class Order:
    """A file that can be made: of which kind, from which merged data, and what else its maker must know."""

    made: str
    data: Reflections
    more: dict[str, Any] = field(default_factory=dict)


def leave(folder: Path, orders: Mapping[str, Order]) -> None:
    """Note in a folder how the files of these names are made."""
    noted = {name: {"made": order.made, "data": vars(order.data), **order.more} for name, order in orders.items()}
    (folder / ORDERS).write_bytes(orjson.dumps(noted))


def make(path: Path, target: Path | None = None) -> bool:
    """Make a file, here or elsewhere; False where nothing is noted of it. It is never seen before it is whole."""
    order = orjson.loads(path.with_name(ORDERS).read_bytes()).get(path.name)
    if order is None:
        return False
    target = target or path
    data, maker = Reflections.of(order.pop("data")), MAKERS[order.pop("made")]
    with TemporaryDirectory(dir=target.parent, prefix=".") as folder:
        unfinished = Path(folder) / target.name
        maker(unfinished, data, **order)
        unfinished.replace(target)
    return True


class FilesOnDemand(FileRoots):
    """Confined folders in which files are made that somebody asks for."""

    def find(self, stored: Stored) -> Path:
        """The file of a stored path. Raises NotFound with the reason."""
        try:
            return super().find(stored)
        except NotFound:
            if not self._made(stored):
                raise
        return super().find(stored)

    def _made(self, stored: Stored) -> bool:
        path = Path(stored.path or "")
        if not path.name:
            return False
        try:
            # Found as any other file is: nothing is made where nothing may be read.
            orders = super().find(Stored(str(path.with_name(ORDERS)), stored.owner))
        except NotFound:
            return False
        return make(orders.with_name(path.name))


def install(app: FastAPI) -> None:
    """Let an application make the files that it is asked for."""
    files = app.state.settings.files
    app.state.file_roots = FilesOnDemand(files.roots, files.session_folders)
