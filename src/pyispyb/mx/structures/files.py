"""Files of a structure: which there are, and where."""

from typing import Any

from ...access import Viewer
from ...db.database import Database
from ...errors import NotFound
from ...files.contents import content_of
from ...files.roots import Owner, Stored
from ...processing import file_queries
from ...tables import AutoProcProgramAttachment
from . import queries
from .reading import Opened, blobs_of, in_full, open_structure


async def read_with_files(db: Database, viewer: Viewer, structure_id: str) -> dict[str, Any]:
    """One structure in full. Raises NotFound."""
    opened = await open_structure(db, viewer, structure_id)
    told = await in_full(db, opened.structure)
    files = [
        {
            "file": key,
            "fileName": name,
            "fileType": kind,
            "content": content_of(name),
            "url": f"/structures/{structure_id}/files/{key}",
        }
        for key, (name, kind, _) in (await _files(db, opened)).items()
    ]
    return {**told, "files": files}


async def file_of(db: Database, viewer: Viewer, structure_id: str, file: str) -> Stored:
    """Where a file of a structure is. Raises NotFound."""
    opened = await open_structure(db, viewer, structure_id)
    found = (await _files(db, opened)).get(file)
    if found is None:
        raise NotFound.of("file of a structure", file)
    return await _stored(db, opened, found[2])


async def view_of_blob(db: Database, viewer: Viewer, structure_id: str, number: int, view: int) -> Stored:
    """Where a picture of a blob is. Raises NotFound."""
    opened = await open_structure(db, viewer, structure_id)
    blobs = await blobs_of(db, opened.structure)
    views = blobs[number - 1]["views"] if number <= len(blobs) else []
    if view > len(views):
        raise NotFound("There is no such picture of a blob.")
    return await _stored(db, opened, views[view - 1])


async def _stored(db: Database, opened: Opened, path: str) -> Stored:
    owner = await db.one(file_queries.owner(min(opened.collections)), NotFound("No such file was recorded."))
    return Stored(path, Owner.of(owner))


async def _files(db: Database, opened: Opened) -> dict[str, tuple[str, str | None, str]]:
    """Name, type and path of each file by its key: those of the run, and those that other programs note elsewhere."""
    rows = opened.structure["rows"]
    found: dict[str, tuple[str, str | None, str]] = {}
    if rows["programId"] is not None:
        where = AutoProcProgramAttachment.autoProcProgramId == rows["programId"]
        for row in await db.all(file_queries.attachments(db.catalogue, where)):
            if row.fileName and row.filePath:
                path = f"{row.filePath.rstrip('/')}/{row.fileName}"
                found[str(row.autoProcProgramAttachmentId)] = row.fileName, row.fileType, path
    for column, path in rows["paths"].items():
        found[column] = path.rpartition("/")[2], "Input" if column.startswith("input") else None, path
    if rows["phasingRunId"] is not None:
        for row in await db.all(queries.phasing_files(rows["phasingRunId"])):
            if row.fileName and row.filePath:
                path = f"{row.filePath.rstrip('/')}/{row.fileName}"
                found[f"p{row.phasingProgramAttachmentId}"] = row.fileName, row.fileType, path
    return found
