"""What people take home, put together: looked up, looked for on disk, and noted in the audit trail."""

import asyncio
import io
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

from zipstream import ZipStream

from ..access import Viewer
from ..audit import Action, Origin, record
from ..db.database import Database, Databases
from ..errors import Invalid, NotFound
from ..files.roots import FileRoots
from ..processing.ranking import DEFAULT, Rule
from ..processing.reading import read_result
from ..settings import Settings
from . import queries
from .archive import archive
from .choice import Taken, Wanted, label_of, take
from .contents import MISSING, RESULTS, Contents, Files, look, recorded
from .deposition import deposition
from .names import clean
from .pdf import draw
from .report import gather, map_of, snapshot
from .table import Format, csv_lines, write_xlsx


@dataclass(frozen=True, slots=True)
class Document:
    """Something to take home: its bytes, and a name for the file."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Packed:
    """An archive that is not read yet, a name for the file, and what the audit trail says of it."""

    name: str
    stream: ZipStream
    detail: dict[str, Any]


async def note(databases: Databases, origin: Origin, what: str, name: str, **detail: Any) -> None:
    """Note that something was taken home, before its first byte leaves."""
    async with databases.write() as db:
        await record(db, origin, Action.EXPORT, what, name, **detail)


async def pack(
    db: Database, viewer: Viewer, roots: FileRoots, wanted: Wanted, rules: Sequence[Rule], files: Files
) -> Packed:
    """Files of results with a table of these. Raises NotFound, and Invalid where they are too many or too large."""
    taken = await take(db, viewer, wanted, rules)
    found, folders = await recorded(db, taken, files)
    await db.release()
    contents = await asyncio.to_thread(look, roots, found)
    texts = {RESULTS: b"".join(csv_lines(taken, ("Folder", folders)))}
    if contents.missing:
        texts[MISSING] = _missing(contents)
    label = _label(taken)
    detail = {"runs": len(taken), "files": len(contents.members), "bytes": contents.size, "which": files}
    return Packed(f"{label}_results.zip", archive(texts, contents.members), detail)


def _label(taken: Sequence[Taken]) -> str:
    samples = {each.sample for each in taken}
    label = clean(label_of(taken), "ispyb")
    return f"{label}_{clean(samples.pop(), 'sample')}" if len(samples) == 1 else label


def _missing(contents: Contents) -> bytes:
    lines = ["These files were recorded, and are not in this archive:", ""]
    lines += [f"{name}: {reason}" for name, reason in contents.missing]
    return ("\n".join(lines) + "\n").encode()


async def tabulate(db: Database, viewer: Viewer, wanted: Wanted, rules: Sequence[Rule], kind: Format) -> Document:
    """Results as a table. Raises NotFound and Invalid."""
    taken = await take(db, viewer, wanted, rules)
    await db.release()
    label = _label(taken)
    return Document(f"{label}_results.{kind}", await asyncio.to_thread(_table, taken, kind, label))


def _table(taken: Sequence[Taken], kind: Format, label: str) -> bytes:
    if kind == "csv":
        return b"".join(csv_lines(taken))
    made = io.BytesIO()
    write_xlsx(taken, made, f"Results of {label}")
    return made.getvalue()


_drawing = ThreadPoolExecutor(max_workers=1, thread_name_prefix="report")
"""Reports are drawn one after the other: the requests of others go on beside."""


async def report(
    db: Database, settings: Settings, viewer: Viewer, roots: FileRoots, session_id: int, rules: Sequence[Rule]
) -> Document:
    """The report of a session as PDF. Raises NotFound."""
    told = await gather(db, settings, viewer, session_id, rules)
    await db.release()
    loop = asyncio.get_running_loop()
    content = await loop.run_in_executor(_drawing, draw, told, partial(snapshot, roots), partial(map_of, roots))
    return Document(f"{clean(told.session['session'], f'session_{session_id}')}_report.pdf", content)


async def deposit(
    db: Database, viewer: Viewer, program_id: int, scaling_id: int | None, facility: str | None
) -> Document:
    """What a deposition needs of a result, as mmCIF: of one way of scaling, the best one when none is named.

    Raises NotFound for a run that the viewer does not see, that made no result, or not in that way; Invalid for one
    that did not end well: nobody would see in the file that its numbers are not to be trusted.
    """
    result = await read_result(db, viewer, program_id, DEFAULT)
    scalings = {scaling["autoProcScalingId"]: scaling for scaling in result["scalings"]}
    if not scalings:
        raise NotFound.of("result of processing run", program_id)
    if result["state"] != "success":
        how = "failed" if result["state"] == "failed" else "has not ended"
        raise Invalid.field("autoProcProgramId", f"the run {how}: what it made is nothing to deposit")
    chosen = next(iter(scalings)) if scaling_id is None else scaling_id
    if chosen not in scalings:
        raise NotFound.of("way of scaling", chosen)
    measured = await db.all(queries.measured(db.catalogue, viewer, queries.named(result["dataCollectionIds"])))
    content = deposition(result, scalings[chosen], measured, facility)
    name = "_".join((clean(result["sample"], "run"), clean(result["pipeline"], "result"), str(program_id)))
    return Document(f"{name}.cif", content)
