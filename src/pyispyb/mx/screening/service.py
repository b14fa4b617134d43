"""Characterisations, stored as a whole."""

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel

from ...access import Viewer
from ...clock import local_now
from ...db.database import Database
from ...db.writes import insert_row, insert_rows
from ...errors import Invalid
from ...processing.programs import add_belongings, collections_of, insert_program
from ...processing.schemas import Program
from ...tables import (
    Screening,
    ScreeningInput,
    ScreeningOutput,
    ScreeningOutputLattice,
    ScreeningStrategy,
    ScreeningStrategySubWedge,
    ScreeningStrategyWedge,
)
from ...tables.base import Base
from ..targets import group_of_target
from . import schemas

UNNAMED = "Characterisation"


async def store(db: Database, viewer: Viewer, sent: schemas.Screening) -> dict[str, Any]:
    """Store what a program found out about a crystal. Raises NotFound, Forbidden, Invalid."""
    group = await group_of_target(db, viewer, sent.dataCollectionId, sent.dataCollectionGroupId)
    writer = _Writer(db)
    program_id = await _run(db, viewer, sent, sent.dataCollectionId or group.dataCollectionId, writer)
    screening_id = await writer.add(
        Screening,
        {
            "dataCollectionId": sent.dataCollectionId,
            "dataCollectionGroupId": group.dataCollectionGroupId,
            "autoProcProgramId": program_id,
            "programVersion": sent.programVersion,
            "shortComments": sent.shortComments,
            "comments": sent.comments,
            "bltimeStamp": local_now(),
        },
    )
    if sent.input is not None:
        await writer.add(ScreeningInput, {"screeningId": screening_id, **sent.input.model_dump()})
    output = sent.output
    output_id = await writer.add(
        ScreeningOutput, {"screeningId": screening_id, **_own(output, "lattices", "strategies")}
    )
    of_output = {"screeningOutputId": output_id}
    await writer.add_all(ScreeningOutputLattice, [{**of_output, **found.model_dump()} for found in output.lattices])
    strategies = [await _store_strategy(writer, of_output, strategy) for strategy in output.strategies]
    return {
        "screeningId": screening_id,
        "dataCollectionId": sent.dataCollectionId,
        "dataCollectionGroupId": group.dataCollectionGroupId,
        "screeningOutputId": output_id,
        "autoProcProgramId": program_id,
        "strategies": strategies,
        "_metadata": {"notKept": sorted(writer.not_kept)},
    }


class _Writer:
    """Adds rows, and keeps in mind what this database has no column for."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.not_kept: set[str] = set()

    async def add(self, table: type[Base], values: dict[str, Any]) -> int:
        """Add a row; answers its key."""
        written = await insert_row(self.db, table, values)
        self.not_kept.update(written.not_kept)
        return written.key

    async def add_all(self, table: type[Base], rows: Sequence[dict[str, Any]]) -> None:
        """Add rows that nobody asks the keys of."""
        self.not_kept.update(await insert_rows(self.db, table, rows))


def _own(sent: BaseModel, *nested: str) -> dict[str, Any]:
    return sent.model_dump(exclude=set(nested), exclude_none=True)


async def _store_strategy(writer: _Writer, parent: dict[str, int], sent: schemas.Strategy) -> dict[str, Any]:
    """Write a strategy with its wedges; answers the keys."""
    strategy_id = await writer.add(ScreeningStrategy, {**parent, **_own(sent, "wedges")})
    wedges: list[int] = []
    parts: list[list[int]] = []
    for number, wedge in enumerate(sent.wedges, start=1):
        values = _own(wedge, "subWedges") | {"wedgeNumber": wedge.wedgeNumber or number}
        wedge_id = await writer.add(ScreeningStrategyWedge, {"screeningStrategyId": strategy_id, **values})
        wedges.append(wedge_id)
        parts.append(
            [
                await writer.add(
                    ScreeningStrategySubWedge,
                    {
                        "screeningStrategyWedgeId": wedge_id,
                        **part.model_dump(),
                        "subWedgeNumber": part.subWedgeNumber or place,
                    },
                )
                for place, part in enumerate(wedge.subWedges, start=1)
            ]
        )
    return {
        "screeningStrategyId": strategy_id,
        "screeningStrategyWedgeIds": wedges,
        "screeningStrategySubWedgeIds": parts,
    }


async def _run(
    db: Database, viewer: Viewer, sent: schemas.Screening, collection_id: int | None, writer: _Writer
) -> int | None:
    """The run that the files are listed with: the one that was announced, or a new one for files without."""
    program_id = sent.autoProcProgramId
    if program_id is not None:
        if collection_id not in await collections_of(db, viewer, program_id):
            raise Invalid.field("autoProcProgramId", "was announced for another collection")
    elif sent.attachments:
        if collection_id is None:
            raise Invalid.field("attachments", "a group without a collection has no run that files can be listed with")
        name = " ".join(filter(None, (sent.output.program, sent.programVersion))) or UNNAMED
        status = Program(
            processingPrograms=name, processingStatus="success" if sent.output.indexingSuccess else "failed"
        )
        program_id, not_kept = await insert_program(db, collection_id, status)
        writer.not_kept.update(not_kept)
    if program_id is not None:
        writer.not_kept.update(await add_belongings(db, program_id, sent.attachments, ()))
    return program_id
