"""Which files an archive holds, under which names, and which of those that were recorded are not on disk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Row

from ..db.database import Database
from ..errors import Invalid, NotFound
from ..files.roots import FileRoots, Owner, Stored
from ..processing import file_queries
from ..tables import AutoProcProgramAttachment
from .choice import Taken, sample_key
from .names import Unique, clean

Files = Literal["result", "log", "all"]

_TYPES: Mapping[Files, frozenset[str] | None] = {
    "result": frozenset({"Result"}),
    "log": frozenset({"Result", "Log", "Graph"}),
    "all": None,
}
"""Types of files that each choice takes; None for every one."""

MOST_FILES = 20_000
MOST_BYTES = 200 * 2**30

RESULTS, MISSING = "results.csv", "MISSING.txt"


@dataclass(frozen=True, slots=True)
class Recorded:
    """A file as the database has it, whose it may be, and its name within the archive."""

    name: str
    path: str | None
    owners: tuple[Owner, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """A file on disk, its size when it was looked for [bytes], and its name within the archive."""

    name: str
    path: Path
    size: int


@dataclass(frozen=True, slots=True)
class Contents:
    """What goes into an archive, and what was recorded and is not there: name and reason."""

    members: list[Member]
    missing: list[tuple[str, str]]

    @property
    def size(self) -> int:
        """Of the files [bytes]."""
        return sum(member.size for member in self.members)


async def recorded(db: Database, taken: Sequence[Taken], files: Files) -> tuple[list[Recorded], list[str]]:
    """The files of results, one statement; and the folder of each result. Raises Invalid where they are too many."""
    runs = [each.result["autoProcProgramId"] for each in taken]
    statement = file_queries.attachments(
        db.catalogue, AutoProcProgramAttachment.autoProcProgramId.in_(runs), most=MOST_FILES + 1
    )
    rows = await db.all(statement)
    if len(rows) > MOST_FILES:
        raise Invalid.field("files", f"are more than {MOST_FILES:,}: take fewer samples at once, or results only")
    folders = _folders(taken)
    by_run: dict[int, list[Row[Any]]] = {}
    for row in rows:
        by_run.setdefault(row.autoProcProgramId, []).append(row)
    types = _TYPES[files]
    found = [
        one
        for each, folder in zip(taken, folders, strict=True)
        for one in _of_run(each, folder, by_run.get(each.result["autoProcProgramId"], ()), types)
    ]
    return found, folders


def _of_run(taken: Taken, folder: str, rows: Sequence[Row[Any]], types: frozenset[str] | None) -> list[Recorded]:
    owners = tuple(dict.fromkeys(Owner.of(place) for place in taken.places))
    names = Unique()
    return [
        Recorded(
            f"{folder}/{names.name(clean(row.fileName, 'file'), str(row.autoProcProgramAttachmentId))}",
            f"{row.filePath.rstrip('/')}/{row.fileName}" if row.filePath and row.fileName else None,
            owners,
        )
        for row in rows
        if types is None or row.fileType in types
    ]


def _folders(taken: Sequence[Taken]) -> list[str]:
    """`sample/pipeline` of each result: two samples of one name, and two runs of one pipeline, lie apart."""
    of_samples: dict[Any, str] = {}
    tops, pipelines = Unique(RESULTS, MISSING), dict[str, Unique]()
    folders = []
    for each in taken:
        result = each.result
        key = sample_key(result)
        if key not in of_samples:
            mark = str(result["blSampleId"] or each.places[0].dataCollectionId)
            of_samples[key] = tops.name(clean(each.sample, "sample"), mark)
        top = of_samples[key]
        name = clean(result["pipeline"], "run")
        within = pipelines.setdefault(top, Unique())
        folders.append(f"{top}/{within.name(name, str(result['autoProcProgramId']))}")
    return folders


def look(roots: FileRoots, files: Sequence[Recorded]) -> Contents:
    """Look for the files on disk. Raises Invalid where they are too large together."""
    members: list[Member] = []
    missing: list[tuple[str, str]] = []
    for file in files:
        try:
            path = _find(roots, file)
            members.append(Member(file.name, path, path.stat().st_size))
        except (NotFound, OSError) as error:
            reason = error.detail if isinstance(error, NotFound) else "The recorded file cannot be reached."
            missing.append((file.name, reason))
    contents = Contents(members, missing)
    if contents.size > MOST_BYTES:
        most, size = MOST_BYTES // 2**30, contents.size / 2**30
        raise Invalid.field("files", f"have {size:,.0f} GiB, more than the {most} of one archive: take fewer at once")
    return contents


def _find(roots: FileRoots, file: Recorded) -> Path:
    """The file in the folders of one of the sessions it was made in. Raises NotFound with the reason."""
    *others, last = file.owners
    for owner in others:
        try:
            return roots.find(Stored(file.path, owner))
        except NotFound:
            continue
    return roots.find(Stored(file.path, last))
