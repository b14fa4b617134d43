"""Characterisations and X-ray centring of the past as rows: what the service makes of the same documents over HTTP."""

from datetime import datetime
from typing import Any

from ...tables import (
    DataCollection,
    Screening,
    ScreeningInput,
    ScreeningOutput,
    ScreeningOutputLattice,
    ScreeningStrategy,
    ScreeningStrategySubWedge,
    ScreeningStrategyWedge,
    XrayCentring,
    XrayCentringResult,
)
from ...tables.base import Base
from ..rows import Rows


def add_screening(rows: Rows, document: dict[str, Any], collection: int, run: int, end: datetime) -> None:
    """Plan the rows of a characterisation."""
    about = {name: document[name] for name in ("programVersion", "shortComments")}
    screening = rows.add(
        Screening,
        dataCollectionId=collection,
        dataCollectionGroupId=rows.of(DataCollection)[collection - 1]["dataCollectionGroupId"],
        autoProcProgramId=run,
        bltimeStamp=end,
        **about,
    )
    rows.add(ScreeningInput, screeningId=screening, **document["input"])
    output = _add(rows, ScreeningOutput, {"screeningId": screening}, document["output"])
    for lattice in document["output"].get("lattices", ()):
        rows.add(ScreeningOutputLattice, screeningOutputId=output, bltimeStamp=end, **lattice)
    for strategy in document["output"].get("strategies", ()):
        strategy_key = _add(rows, ScreeningStrategy, {"screeningOutputId": output}, strategy)
        for number, wedge in enumerate(strategy["wedges"], start=1):
            parent = {"screeningStrategyId": strategy_key, "wedgeNumber": number}
            wedge_key = _add(rows, ScreeningStrategyWedge, parent, wedge)
            for place, part in enumerate(wedge["subWedges"], start=1):
                rows.add(ScreeningStrategySubWedge, screeningStrategyWedgeId=wedge_key, subWedgeNumber=place, **part)


def _add(rows: Rows, table: type[Base], parent: dict[str, int], document: dict[str, Any]) -> int:
    """Plan the row of an object without the objects within it."""
    own = {name: value for name, value in document.items() if not isinstance(value, list)}
    return rows.add(table, **parent, **own)


def add_centrings(rows: Rows, documents: list[dict[str, Any]], group: int) -> None:
    """Plan the rows of X-ray centring."""
    for document in documents:
        key = rows.add(
            XrayCentring,
            dataCollectionGroupId=group,
            status=document["status"],
            xrayCentringType=document["xrayCentringType"],
        )
        for found in document["results"]:
            rows.add(XrayCentringResult, xrayCentringId=key, **found)
