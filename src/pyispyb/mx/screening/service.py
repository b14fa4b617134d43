"""Characterisations, stored as a whole."""

from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from ...access import Viewer
from ...clock import local_now
from ...db.catalogue import Catalogue
from ...db.database import Database
from ...db.new_rows import Key, NewRows
from ...errors import Invalid
from ...processing.programs import add_belongings, add_program, collections_of
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
from ..targets import group_of_target
from . import schemas

UNNAMED = "Characterisation"


async def store(db: Database, viewer: Viewer, sent: schemas.Screening) -> dict[str, Any]:
    """Store what a program found out about a crystal. Raises NotFound, Forbidden, Invalid."""
    group = await group_of_target(db, viewer, sent.dataCollectionId, sent.dataCollectionGroupId)
    rows = NewRows(db)
    program = await _run(db, rows, viewer, sent, sent.dataCollectionId or group.dataCollectionId)
    screening = rows.add(
        Screening,
        {
            "dataCollectionId": sent.dataCollectionId,
            "dataCollectionGroupId": group.dataCollectionGroupId,
            "autoProcProgramId": program,
            "programVersion": sent.programVersion,
            "shortComments": sent.shortComments,
            "comments": sent.comments,
            "bltimeStamp": local_now(),
        },
    )
    if sent.input is not None:
        rows.add(ScreeningInput, {"screeningId": screening, **sent.input.model_dump()})
    sent_output = sent.output
    output = rows.add(ScreeningOutput, {"screeningId": screening, **_found(db.catalogue, sent_output)})
    lattices = [{"screeningOutputId": output, **found.model_dump()} for found in sent_output.lattices]
    rows.add_all(ScreeningOutputLattice, lattices)
    strategies = [_add_strategy(rows, output, strategy) for strategy in sent_output.strategies]
    await rows.write()
    return {
        "screeningId": int(screening),
        "dataCollectionId": sent.dataCollectionId,
        "dataCollectionGroupId": group.dataCollectionGroupId,
        "screeningOutputId": int(output),
        "autoProcProgramId": None if program is None else int(program),
        "strategies": [strategy.told() for strategy in strategies],
        "_metadata": {"notKept": rows.not_kept},
    }


def _found(catalogue: Catalogue, sent: schemas.Output) -> dict[str, Any]:
    """What was found out. What nobody said stays open wherever a column can be: the default of some says no."""
    facts = catalogue.facts_of(ScreeningOutput)
    values = sent.model_dump(exclude={"lattices", "strategies"})
    return {
        name: value for name, value in values.items() if value is not None or (name in facts and facts[name].nullable)
    }


def _own(sent: BaseModel, *nested: str) -> dict[str, Any]:
    return sent.model_dump(exclude=set(nested), exclude_none=True)


@dataclass(frozen=True, slots=True)
class _Strategy:
    """Keys of a strategy, its wedges, and the parts of each."""

    strategy: Key
    wedges: list[Key]
    parts: list[list[Key]]

    def told(self) -> dict[str, Any]:
        """The keys, once the rows are there."""
        return {
            "screeningStrategyId": int(self.strategy),
            "screeningStrategyWedgeIds": [int(wedge) for wedge in self.wedges],
            "screeningStrategySubWedgeIds": [[int(part) for part in parts] for parts in self.parts],
        }


def _add_strategy(rows: NewRows, output: Key, sent: schemas.Strategy) -> _Strategy:
    """A strategy with its wedges."""
    strategy = rows.add(ScreeningStrategy, {"screeningOutputId": output, **_own(sent, "wedges")})
    wedges: list[Key] = []
    parts: list[list[Key]] = []
    for number, wedge in enumerate(sent.wedges, start=1):
        values = _own(wedge, "subWedges") | {"wedgeNumber": wedge.wedgeNumber or number}
        wedges.append(rows.add(ScreeningStrategyWedge, {"screeningStrategyId": strategy, **values}))
        parts.append([_add_part(rows, wedges[-1], part, place) for place, part in enumerate(wedge.subWedges, start=1)])
    return _Strategy(strategy, wedges, parts)


def _add_part(rows: NewRows, wedge: Key, sent: schemas.SubWedge, place: int) -> Key:
    values = sent.model_dump() | {"subWedgeNumber": sent.subWedgeNumber or place}
    return rows.add(ScreeningStrategySubWedge, {"screeningStrategyWedgeId": wedge, **values})


async def _run(
    db: Database, rows: NewRows, viewer: Viewer, sent: schemas.Screening, collection_id: int | None
) -> Key | None:
    """The run that the files are listed with: the one that was announced, or a new one for files without."""
    program: Key | None = sent.autoProcProgramId
    if sent.autoProcProgramId is not None:
        if collection_id not in await collections_of(db, viewer, sent.autoProcProgramId):
            raise Invalid.field("autoProcProgramId", "was announced for another collection")
    elif sent.attachments:
        if collection_id is None:
            raise Invalid.field("attachments", "a group without a collection has no run that files can be listed with")
        name = " ".join(filter(None, (sent.output.program, sent.programVersion))) or UNNAMED
        status = Program(
            processingPrograms=name, processingStatus="success" if sent.output.indexingSuccess else "failed"
        )
        program = add_program(rows, collection_id, status)
    if program is not None:
        add_belongings(rows, program, sent.attachments, ())
    return program
